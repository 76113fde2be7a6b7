//! The words of a language: headings that stand for keys, and what the theme prints.
//!
//! One YAML file a language in the theme's `words/`: a map of texts and lists, trusted like
//! templates, so serde_yaml reads them without places. English phrases are their own keys: what a
//! language does not say stays English, and what a site's own theme says wins.

use super::body::Fills;
use super::settings::Settings;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Span, among, did_you_mean};
use crate::sources::Sources;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

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
        let theme = settings.theme.value.as_str();
        let own = sources.theme_files(theme);
        let files = [main, language].map(|language| format!("words/{language}.yaml"));
        let is_known = |language: &str| Sources::builtin_words(language).is_some();
        let mut said = Vec::new();
        if !is_known(main) && !files.iter().any(|file| own.contains_key(file)) {
            said.push(unknown(settings, main, &own));
        }
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
                Ok(more) => {
                    let own = Own { file: *file, theme: &own, sources };
                    said.extend(own.faults(&more.words));
                    wording.words.extend(more.words);
                }
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

/// The words of a phrase, each with the name that follows.
pub fn parts(said: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || "_.".contains(c))
    };
    let mut rest = Some(said);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let named = text.find('{').and_then(|open| {
            let close = text[open..].find('}')? + open;
            let name = &text[open + 1..close];
            is_name(name).then_some((&text[..open], name, &text[close + 1..]))
        });
        match named {
            Some((before, name, after)) => {
                rest = Some(after);
                Some((before, Some(name)))
            }
            None => Some((text, None)),
        }
    })
}

/// A file of words in a site's own theme.
struct Own<'s> {
    file: FileId,
    /// The files of the theme, by their path within it.
    theme: &'s BTreeMap<String, FileId>,
    sources: &'s Sources,
}

impl Own<'_> {
    /// Phrases that nothing says, and names that a phrase does not fill in.
    fn faults(&self, words: &BTreeMap<String, String>) -> Vec<Diagnostic> {
        let builtin: Vec<_> = Sources::builtin_languages().into_iter().map(read).collect();
        let phrases = || builtin.iter().flat_map(|words| words.words.keys()).map(String::as_str);
        let known: HashSet<&str> = phrases().collect();
        let faults = words.iter().filter_map(|(phrase, said)| {
            // What joins phrases is the same in all languages, and stands in none of their files.
            let joins = !phrase.contains(char::is_alphabetic);
            let (message, help) = if joins || known.contains(&**phrase) || self.says(phrase) {
                let mut others = names(said).filter(|name| !names(phrase).any(|own| own == *name));
                let other = others.next()?;
                let help = among(other, names(phrase)).unwrap_or_else(|| "leave it out".into());
                (format!("`{phrase}` fills in no `{{{other}}}`"), help)
            } else {
                let help = did_you_mean(phrase, phrases()).unwrap_or_else(|| "remove it".into());
                (format!("no page says `{phrase}`"), help)
            };
            Some(Diagnostic::new(Code::Template, self.place(phrase), message).help(help))
        });
        faults.collect()
    }

    /// Whether a template of the theme says a phrase.
    fn says(&self, phrase: &str) -> bool {
        let said = format!("say(\"{phrase}\")");
        let templates = self.theme.iter().filter(|(path, _)| path.starts_with("templates/"));
        let mut texts = templates.filter_map(|(_, file)| self.sources.theme_text(*file).ok());
        texts.any(|text| text.contains(&said))
    }

    /// Where a line of the file begins with a phrase; all of the file, where none does as it is.
    fn place(&self, phrase: &str) -> Place {
        let text = self.sources.theme_text(self.file).unwrap_or_default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let key = line.trim_start();
            let key = key.strip_prefix(['"', '\'']).unwrap_or(key);
            if key.strip_prefix(phrase).is_some_and(|rest| rest.starts_with([':', '"', '\''])) {
                let at = start + line.len() - key.len();
                return self.file.at(Span::new(at, at + phrase.len()));
            }
            start += line.len();
        }
        self.file.top()
    }
}

/// The names that a phrase fills in.
fn names(phrase: &str) -> impl Iterator<Item = &str> {
    parts(phrase).filter_map(|(_, name)| name)
}

/// A language of which neither Casebook nor the site's theme has words.
fn unknown(settings: &Settings, main: &str, theme: &BTreeMap<String, FileId>) -> Diagnostic {
    let language = settings.language.value.as_str();
    let mut known = Sources::builtin_languages();
    known.extend(theme.keys().filter_map(|path| {
        path.strip_prefix("words/").and_then(|name| name.strip_suffix(".yaml"))
    }));
    known.sort_unstable();
    known.dedup();
    let message = format!("there are no words for the language `{language}`");
    let theme = Some(settings.theme.value.as_str()).filter(|theme| *theme != "default");
    let theme = theme.unwrap_or("ours");
    let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
    // Longer tags of a language begin as its short one: `eng`, `deu`.
    let near = known.iter().find(|name| main.starts_with(**name));
    let help = near.map(|name| format!("did you mean `{name}`?"));
    let help = help.or_else(|| did_you_mean(language, known.iter().copied()));
    let help = help.unwrap_or_else(|| {
        let file = format!("themes/{theme}/words/{main}.yaml");
        format!("write one of {}, or put the words into {file}", names.join(", "))
    });
    Diagnostic::new(Code::BadSetting, FileId(0).at(settings.language.span), message).help(help)
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
