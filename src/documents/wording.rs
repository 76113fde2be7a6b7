//! The words of a language: headings that stand for keys, and what the theme prints.
//!
//! One YAML file a language in the theme's `words/`: a map of texts and lists, trusted like
//! templates, so serde_yaml reads them without places. English phrases are their own keys: what a
//! language does not say stays English, and what a site's own theme says wins.

use super::body::Fills;
use super::settings::Settings;
use crate::diagnostics::{Code, Diagnostic};
use crate::sources::Sources;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The words of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Headings of body sections by the key that they fill, in lower case.
    #[serde(default)]
    pub headings: BTreeMap<String, Vec<String>>,
    /// What is said for an English phrase; `{name}` stands for what is filled in.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
}

/// The keys that a section of the body can fill.
const FILLED: &[(&str, Fills)] = &[
    ("need", Fills::Need),
    ("objective", Fills::Objective),
    ("bright_spots", Fills::BrightSpots),
    ("pain_points", Fills::PainPoints),
    ("opportunities", Fills::Opportunities),
];

impl Wording {
    /// The built-in words of a language, with the English ones under them.
    pub fn of(language: &str) -> Wording {
        let main = language.split('-').next().unwrap_or("en");
        let mut words = read("en");
        if main != "en" {
            for (key, more) in read(main).headings {
                words.headings.entry(key).or_default().extend(more);
            }
        }
        words
    }

    /// The built-in words of a language alone.
    pub fn builtin(language: &str) -> Wording {
        read(language.split('-').next().unwrap_or("en"))
    }

    /// The words of a site's language, its own theme's over the built-in ones.
    pub fn load(sources: &Sources, settings: &Settings) -> (Wording, Vec<Diagnostic>) {
        let language = settings.language.as_str();
        let main = language.split('-').next().unwrap_or("en");
        let mut wording = read(main);
        let mut said = Vec::new();
        let own = sources.theme_files(&settings.theme.value);
        let files = [main, language].map(|language| format!("words/{language}.yaml"));
        for file in
            files.iter().take(if main == language { 1 } else { 2 }).filter_map(|f| own.get(f))
        {
            let read = sources.theme_text(*file).map_err(|problem| *problem).and_then(|text| {
                serde_yaml::from_str::<Wording>(text).map_err(|error| {
                    let message = format!("these words cannot be read: {error}");
                    Diagnostic::new(Code::Template, file.top(), message)
                        .help("write `words:` and below it each English phrase with what to say")
                })
            });
            match read {
                Ok(more) => wording.words.extend(more.words),
                Err(problem) => said.push(problem),
            }
        }
        (wording, said)
    }

    /// What is said for an English phrase.
    pub fn say<'w>(&'w self, phrase: &'w str) -> &'w str {
        self.words.get(phrase).map_or(phrase, String::as_str)
    }

    /// The headings with the keys they fill; a site's own come on top.
    pub fn fills(&self, own: &BTreeMap<String, Vec<String>>) -> Vec<(String, Fills)> {
        let of = |key: &str| {
            let both = [own.get(key), self.headings.get(key)];
            both.into_iter()
                .flatten()
                .flatten()
                .map(|words| words.to_lowercase())
                .collect::<Vec<_>>()
        };
        let each =
            FILLED.iter().map(|(key, fills)| of(key).into_iter().map(|words| (words, *fills)));
        each.flatten().collect()
    }

    /// The keys that a section can fill, for settings to be checked against.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        FILLED.iter().map(|(key, _)| *key)
    }
}

fn read(language: &str) -> Wording {
    Sources::builtin_words(language)
        .map(|text| serde_yaml::from_str(text).expect("a test reads each built-in wording file"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_built_in_language_fills_every_key() {
        for language in Sources::builtin_languages() {
            let words = read(language);
            for key in Wording::keys() {
                assert!(
                    words.headings.get(key).is_some_and(|w| !w.is_empty()),
                    "{language}: {key}"
                );
            }
        }
        assert!(Wording::of("de-AT").fills(&BTreeMap::new()).len() > 10);
    }
}
