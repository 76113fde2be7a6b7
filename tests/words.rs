//! The words of the site's languages: every phrase that pages and templates say has its words in
//! each language that comes with Casebook, and a German site is German throughout.
#![allow(clippy::disallowed_methods, reason = "tests read the sources and build into a folder")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use walkdir::WalkDir;

const LANGUAGES: [&str; 3] = ["de", "fr", "es"];

/// Pages whose formulas are still told in English in every language.
const NOT_YET: [&str; 2] = ["/evidence/", "/public/value/"];

#[derive(serde::Deserialize)]
struct Wording {
    words: BTreeMap<String, String>,
}

fn words(language: &str) -> BTreeMap<String, String> {
    let path = format!("themes/default/words/{language}.yaml");
    let text = fs::read_to_string(&path).expect("a wording file");
    serde_yaml::from_str::<Wording>(&text).expect("words").words
}

fn files(folder: &str, ending: &str) -> Vec<String> {
    let walk =
        WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("a file"));
    let files = walk.filter(|entry| entry.path().to_string_lossy().ends_with(ending));
    files.map(|entry| fs::read_to_string(entry.path()).expect("a text")).collect()
}

/// The text literals that follow a call: one for `say(` and `fill(`, two for `plural(`.
fn literals<'t>(text: &'t str, call: &str, count: usize) -> Vec<&'t str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(call) {
        let mut rest = &text[at + call.len()..];
        if count == 1 && !rest.trim_start().starts_with('"') {
            continue;
        }
        for _ in 0..count {
            let Some(open) = rest.find('"') else { break };
            let Some(close) = rest[open + 1..].find('"') else { break };
            found.push(&rest[open + 1..open + 1 + close]);
            rest = &rest[open + close + 2..];
        }
    }
    found
}

/// A text as the compiler reads it: a literal goes on behind a `\\` at the end of its line.
fn joined(text: &str) -> String {
    let mut lines = text.split("\\\n");
    let first = lines.next().unwrap_or_default().to_string();
    lines.fold(first, |whole, line| whole + line.trim_start())
}

/// Every phrase that the code and the templates of our own themes say.
fn phrases() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for text in [files("src/pages", ".rs"), files("src/documents", ".rs")].concat() {
        let text = joined(text.split("#[cfg(test)]").next().unwrap_or_default());
        for (call, count) in
            [("self.say(", 1), ("here.say(", 1), ("self.fill(", 1), ("self.plural(", 2)]
        {
            all.extend(literals(&text, call, count).into_iter().map(str::to_string));
        }
    }
    for text in files("themes", ".html") {
        all.extend(literals(&text, "say(", 1).into_iter().map(str::to_string));
    }
    // What joins phrases is the same in all languages.
    all.retain(|phrase| phrase.chars().any(char::is_alphabetic));
    all
}

/// The names in braces of a phrase.
fn names(phrase: &str) -> BTreeSet<&str> {
    let parts = phrase.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

#[test]
fn each_language_has_words_for_every_phrase() {
    let phrases = phrases();
    assert!(phrases.len() > 400, "only {} phrases were found", phrases.len());
    for language in LANGUAGES {
        let words = words(language);
        let missing: Vec<_> =
            phrases.iter().filter(|phrase| !words.contains_key(*phrase)).collect();
        assert!(missing.is_empty(), "{language} says nothing for {missing:#?}");
    }
}

#[test]
fn translations_fill_in_what_their_phrase_fills_in() {
    for language in LANGUAGES {
        for (phrase, said) in words(language) {
            assert_eq!(names(&phrase), names(&said), "{language}: {phrase}");
            let ends = |text: &str| (text.starts_with(' '), text.ends_with(' '));
            assert_eq!(ends(&phrase), ends(&said), "{language}: `{phrase}` and `{said}`");
        }
    }
}

#[test]
fn no_words_are_left_that_no_one_says() {
    let sources = joined(&[files("src", ".rs"), files("themes", ".html")].concat().concat());
    for language in LANGUAGES {
        let words = words(language);
        let dead: Vec<_> =
            words.keys().filter(|phrase| !sources.contains(&format!("\"{phrase}\""))).collect();
        assert!(dead.is_empty(), "{language}: no one says {dead:#?}");
    }
}

/// The texts of a page: what stands between tags, and the labels of cells.
fn texts(html: &str) -> impl Iterator<Item = &str> {
    let between = html.split('>').map(|part| part.split('<').next().unwrap_or_default().trim());
    let labels = html.split("data-label=\"").skip(1);
    between.chain(labels.map(|part| part.split('"').next().unwrap_or_default()))
}

#[test]
fn a_german_site_says_nothing_in_english() {
    let folder = tempfile::tempdir().expect("a folder");
    let copied = Command::new("cp").args(["-r", "content"]).arg(folder.path()).status();
    assert!(copied.expect("cp runs").success());
    let settings = fs::read_to_string("casebook.yaml").expect("settings");
    let settings: String = settings
        .lines()
        .filter(|line| !line.starts_with("language:"))
        .map(|line| format!("{line}\n"))
        .chain(["language: de\n".to_string()])
        .collect();
    fs::write(folder.path().join("casebook.yaml"), settings).expect("written");
    let ran = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["build", "--quiet", "--root"])
        .arg(folder.path())
        .output()
        .expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));

    let words = words("de");
    let content = [files("content", ".md"), files("content", ".csv")].concat().concat();
    let english: BTreeSet<&str> = words
        .iter()
        .filter(|(phrase, said)| phrase != said && !content.contains(phrase.as_str()))
        .map(|(phrase, _)| phrase.trim())
        .collect();
    let mut found = BTreeSet::new();
    for entry in WalkDir::new(folder.path().join("public")).sort_by_file_name() {
        let entry = entry.expect("a file");
        if entry.path().extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let path = entry.path().to_string_lossy();
        if NOT_YET.iter().any(|folder| path.contains(folder)) {
            continue;
        }
        let html = fs::read_to_string(entry.path()).expect("a page");
        let left = texts(&html).filter(|text| english.contains(text));
        let page = entry.path().strip_prefix(folder.path()).unwrap_or(Path::new("")).display();
        found.extend(left.map(|text| format!("{text} ({page})")));
    }
    assert!(found.is_empty(), "still English: {found:#?}");
    let home = fs::read_to_string(folder.path().join("public/index.html")).expect("home");
    assert!(home.contains("<html lang=\"de\">") && home.contains("Kennzahlen"), "German words");
}
