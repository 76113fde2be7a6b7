//! The words of the site's languages: every phrase that pages and templates say has its words in
//! each language that comes with Casebook, and a German site is German throughout.
#![allow(clippy::disallowed_methods, reason = "tests read the sources and build into a folder")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use walkdir::WalkDir;

const LANGUAGES: [&str; 3] = ["de", "fr", "es"];

/// German words that come with numbers and with Markdown, by no phrase of a page.
const LATER: [&str; 9] = [
    "Mio",
    "Tsd",
    "Mrd",
    "Anmerkungen",
    "Hinweis",
    "Tipp",
    "Warnung",
    "Wichtig",
    "zurück zum Text",
];

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
    for text in ["src/pages", "src/documents", "src/editions", "src/editions.rs"]
        .map(|folder| files(folder, ".rs"))
        .concat()
    {
        let text = joined(text.split("#[cfg(test)]").next().unwrap_or_default());
        for (call, count) in [(".say(", 1), (".fill(", 1), (".plural(", 2)] {
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

/// A word of the site in German between marks, which nothing else on a page has.
fn marked(said: &str) -> String {
    let inner = said.trim_matches(' ');
    said.replacen(inner, &format!("⟦{inner}⟧"), 1)
}

/// The texts of a page that a reader meets: between tags, in labels of cells and in descriptions.
fn texts(html: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        texts.push(&rest[..open]);
        let tag = &rest[open..];
        // What stands in these is for machines, or as typed.
        let whole = ["<script", "<style", "<code"].into_iter().find(|name| tag.starts_with(name));
        let end = match whole {
            Some(name) => tag.find(&format!("</{}", &name[1..])).unwrap_or(tag.len() - 1),
            None => tag.find('>').unwrap_or(tag.len() - 1),
        };
        let labels = ["data-label=\"", "aria-label=\"", " alt=\"", " title=\""];
        let description = tag.starts_with("<meta") && tag[..end].contains("description\"");
        for label in labels.into_iter().chain(description.then_some("content=\"")) {
            let found = tag[..end].split(label).skip(1);
            texts.extend(found.map(|part| part.split('"').next().unwrap_or_default()));
        }
        rest = &tag[end..];
        rest = rest.strip_prefix('>').unwrap_or(rest);
    }
    let plain = |text: &str| {
        let named =
            [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
        named.iter().fold(text.to_string(), |text, (name, sign)| text.replace(name, sign))
    };
    texts.into_iter().map(plain).collect()
}

/// What is left of a text without what is marked, cut at figures, at names of files and at signs
/// between clauses.
fn unmarked(text: &str) -> Vec<String> {
    let mut left = String::new();
    let mut depth = 0;
    for sign in text.chars() {
        match sign {
            '⟦' => depth += 1,
            '⟧' if depth > 0 => {
                depth -= 1;
                left.push('|');
            }
            // It was opened before a link.
            '⟧' => left.clear(),
            _ if depth == 0 => left.push(sign),
            _ => {}
        }
    }
    // A no-break space ties a measure to its number.
    let is_cut = |word: &str| {
        let file = [".csv", ".json", "/"].iter().any(|part| word.contains(part));
        file || word.chars().any(char::is_numeric)
    };
    let words = left.split([' ', '\n', '\t']).map(|word| if is_cut(word) { "|" } else { word });
    let left = words.collect::<Vec<_>>().join(" ");
    let parts = left.split(|sign: char| "|,;:.()–·/?!→…".contains(sign)).map(str::trim);
    let parts = parts.filter(|part| part.chars().filter(|sign| sign.is_alphabetic()).count() > 1);
    parts.map(str::to_string).collect()
}

/// Whether a text holds words one after another; or, where they are many, in two pieces, between
/// which it quotes a figure.
fn holds(text: &str, words: &str) -> bool {
    let gaps = || words.match_indices(' ').map(|(at, _)| at);
    text.contains(words)
        || gaps().count() > 6
            && gaps().any(|at| text.contains(&words[..=at]) && text.contains(&words[at..]))
}

/// A text as its words alone.
fn spelled(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

/// Builds the sample in German, with each German word marked: what is not marked is content, or was
/// never given a German word.
#[test]
fn a_german_site_says_nothing_in_english() {
    let folder = tempfile::tempdir().expect("a folder");
    let copied = Command::new("cp").args(["-r", "content"]).arg(folder.path()).status();
    assert!(copied.expect("cp runs").success());
    let settings = fs::read_to_string("casebook.yaml").expect("settings");
    let lines = settings.lines().filter(|line| !line.starts_with("language:"));
    let settings: String = lines.chain(["language: de"]).map(|line| format!("{line}\n")).collect();
    fs::write(folder.path().join("casebook.yaml"), &settings).expect("written");
    let german = words("de");
    let said = german.iter().map(|(phrase, said)| (phrase.clone(), marked(said))).collect();
    let own = folder.path().join("themes/default/words");
    fs::create_dir_all(&own).expect("a folder");
    let said =
        serde_yaml::to_string(&BTreeMap::from([("words", &said)] as [(_, &BTreeMap<_, _>); 1]));
    fs::write(own.join("de.yaml"), said.expect("yaml")).expect("written");
    let ran = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["build", "--quiet", "--root"])
        .arg(folder.path())
        .output()
        .expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));

    let mut content = settings;
    for entry in WalkDir::new("content").sort_by_file_name() {
        let path = entry.expect("a file").into_path();
        content.push_str(&format!("\n{}\n", path.display()));
        if path.is_file()
            && path.extension().is_some_and(|ending| ending == "md" || ending == "csv")
        {
            content.push_str(&fs::read_to_string(path).expect("a text"));
        }
    }
    // Link addresses are not read.
    let mut parts = content.split("](");
    let first = parts.next().unwrap_or_default().to_string();
    let content =
        parts.fold(first, |all, part| all + " " + part.split_once(')').map_or("", |p| p.1));
    let values: BTreeSet<&str> = content
        .split(['\n', '|', '(', ')', ',', '[', ']', '{', '}'])
        .map(|line| line.trim().trim_start_matches(['#', '-', ' ']))
        .map(|line| line.split_once(": ").map_or(line, |(_, value)| value).trim_matches(['"', '*']))
        .collect();
    let content = spelled(&content);
    let differing = german.iter().filter(|(phrase, said)| phrase != said);
    let english: BTreeSet<&str> = differing.map(|(phrase, _)| phrase.trim()).collect();
    let by_right: BTreeSet<String> = WalkDir::new("src/diagnostics/codes")
        .into_iter()
        .map(|entry| {
            entry.expect("a code").path().file_stem().map(|stem| stem.to_string_lossy().into())
        })
        .map(Option::unwrap_or_default)
        .chain(LATER.map(str::to_string))
        .collect();

    let mut seen = BTreeSet::new();
    let mut found = BTreeSet::new();
    for entry in WalkDir::new(folder.path().join("public")).sort_by_file_name() {
        let entry = entry.expect("a file");
        if entry.path().extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let html = fs::read_to_string(entry.path()).expect("a page");
        let page = entry.path().strip_prefix(folder.path()).unwrap_or(Path::new("")).display();
        for text in texts(&html) {
            // What stands for a project that is gone is said before there are pages.
            for part in unmarked(&text.replace(&german["a withheld project"], "|")) {
                if !seen.insert((part.clone(), part == text.trim())) {
                    continue;
                }
                let english = part == text.trim() && english.contains(&*part);
                let told = holds(&content, &spelled(&part));
                let told = told && (!english || values.contains(&*part));
                if !told && !by_right.contains(&part) {
                    found.insert(format!("{part} ({page})"));
                }
            }
        }
    }
    assert!(found.is_empty(), "not German: {found:#?}");
    let home = fs::read_to_string(folder.path().join("public/index.html")).expect("home");
    assert!(home.contains("<html lang=\"de\">") && home.contains("⟦Kennzahlen⟧"), "German words");
}
