//! Diagnostics: whatever a file, a path or a message holds, what is painted shows all of it and
//! obeys none, machines can read it, and each place is one that the file has.

use super::html::is_overlay;
use casebook::diagnostics::{Code, Diagnostic, Failure, FileId, Span};
use casebook::report::{self, Color, Files};
use serde_json::Value;

/// Parts a text into file, message, label, help, path and a second file.
pub const PART: char = '\u{1e}';

/// So many bytes at the beginning are numbers: two for each of four places, a width and a code.
const NUMBERS: usize = 10;

struct Desk(Vec<(String, String)>);

impl Files for Desk {
    fn path(&self, file: FileId) -> &str {
        &self.0[file.0 as usize].0
    }

    fn text(&self, file: FileId) -> Option<&str> {
        Some(&self.0[file.0 as usize].1)
    }
}

/// Diagnostics made of any bytes, painted in each way.
pub fn hold(bytes: &[u8]) {
    let (numbers, rest) = bytes.split_at(bytes.len().min(NUMBERS));
    let number = |at: usize| usize::from(numbers.get(at).copied().unwrap_or_default());
    let text = String::from_utf8_lossy(rest);
    let mut parts = text.split(PART);
    let mut part = || parts.next().unwrap_or_default().to_string();
    let (file, message, label, help, path, other) =
        (part(), part(), part(), part(), part(), part());
    let desk = Desk(vec![(path, file), ("content/b.md".into(), other)]);
    let place = |file: usize, at: usize| {
        let most = desk.0[file].1.len() + 2;
        let start = (number(at) * 256 + number(at + 1)) % most;
        let end = start + number(at + 1) % 64;
        FileId::nth(file).at(Span::new(start, end))
    };
    let code = Code::ALL[number(9) % Code::ALL.len()];
    let said = [
        Diagnostic::new(code, place(0, 0), &message).label(&label).help(&help),
        Diagnostic::new(Code::RepeatedKey, place(0, 2), &message)
            .also(place(0, 4), &label)
            .also(place(1, 6), &help),
        Diagnostic::new(Code::FileUnused, FileId(0).top(), &label).also(place(1, 4), ""),
    ];
    on_a_terminal(&said, &desk, 20 + number(8));
    for_machines(&said, &desk);
    in_a_browser(&said, &desk, &message);
    let failure = Failure::usage(&message).help(&help);
    assert_shown(&report::failure(&failure, Color::Never));
    is_overlay(&report::overlay_failure(&failure));
}

/// Nothing acts on a terminal but our own colors, without which the text is the same.
fn on_a_terminal(said: &[Diagnostic], desk: &Desk, width: usize) {
    let plain = report::terminal(said, desk, Color::Never, width);
    assert_shown(&plain);
    let colored = report::terminal(said, desk, Color::Always, width);
    let mut parts = colored.split('\u{1b}');
    let mut bare = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (color, text) = part.split_once('m').expect("a color ends");
        let digits = color.strip_prefix('[').expect("a color begins");
        assert!(digits.chars().all(|c| c.is_ascii_digit() || c == ';'), "{digits:?}");
        bare.push_str(text);
    }
    assert_eq!(bare, plain);
}

fn assert_shown(text: &str) {
    let acts = text.chars().find(|c| *c != '\n' && (c.is_control() || turns_or_hides(*c)));
    assert_eq!(acts, None, "{text:?}");
}

/// Marks that change the direction of writing, and those that are not seen.
fn turns_or_hides(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Both formats can be read, and each line and column is one of the file's.
fn for_machines(said: &[Diagnostic], desk: &Desk) {
    let json: Value = serde_json::from_str(&report::json(said, desk)).expect("it is JSON");
    let entries = json["diagnostics"].as_array().expect("a list");
    assert_eq!(entries.len(), said.len());
    for entry in entries {
        let also = entry["also"].as_array().expect("a list");
        for spot in also.iter().chain([entry]) {
            let file = desk.0.iter().find(|(path, _)| spot["path"] == path.as_str());
            let text = &file.expect("it is one of the files").1;
            exists(text, &spot["line"], &spot["column"]);
            exists(text, &spot["end_line"], &spot["end_column"]);
        }
    }
    let sarif: Value = serde_json::from_str(&report::sarif(said, desk)).expect("it is JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    for (result, entry) in results.iter().zip(entries) {
        let at = &result["locations"][0]["physicalLocation"];
        assert_eq!(at["region"]["startLine"], entry["line"]);
        assert_eq!(at["region"]["endColumn"], entry["end_column"]);
        let address = at["artifactLocation"]["uri"].as_str().expect("an address");
        assert!(address.bytes().all(|byte| byte.is_ascii_graphic()), "{address:?}");
    }
}

/// A line and a column that the text has; neither, where all of the file is meant.
fn exists(text: &str, line: &Value, column: &Value) {
    let (Some(line), Some(column)) = (line.as_u64(), column.as_u64()) else {
        assert!(line.is_null() && column.is_null());
        return;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (line, column) = (line as usize, column as usize);
    let text = text.replace("\r\n", "\n");
    let all: Vec<&str> = text.split(['\n', '\r']).collect();
    assert!((1..=all.len()).contains(&line), "line {line} of {}: {text:?}", all.len());
    // Behind a line stands its end, of two characters at most.
    assert!((1..=all[line - 1].chars().count() + 2).contains(&column), "{line}:{column}: {text:?}");
}

/// All is escaped, and said.
fn in_a_browser(said: &[Diagnostic], desk: &Desk, message: &str) {
    let text = is_overlay(&report::overlay(said, desk));
    let is_plain = !message.contains(|c: char| c.is_control() || turns_or_hides(c));
    if is_plain && message.is_ascii() {
        assert!(text.contains(message), "{message:?} in {text:?}");
    }
}
