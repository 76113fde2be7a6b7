//! Diagnostics as SARIF 2.1.0, which code hosts show beside the lines of a change.
//!
//! One run with the codes that occur as its rules, each with its title and explanation. Columns
//! are counted in characters, which the run declares; paths become relative addresses. What
//! concerns a whole file has an address without a region.

use super::Files;
use super::json::word;
use super::places::Places;
use crate::diagnostics::{Code, Diagnostic, Label, explain};
use serde::Serialize;
use std::collections::BTreeSet;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    help: Help,
    default_configuration: Weight,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Weight {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// The diagnostics as one SARIF log, with a line break at its end.
pub fn sarif(diagnostics: &[Diagnostic], files: &dyn Files) -> String {
    let mut places = Places::new(files);
    let codes: BTreeSet<Code> = diagnostics.iter().map(|d| d.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let results = diagnostics.iter().map(|d| finding(d, &codes, &mut places)).collect();
    let driver = Driver {
        name: "casebook",
        version: env!("CARGO_PKG_VERSION"),
        rules: codes.iter().map(|code| rule(*code)).collect(),
    };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    serde_json::to_string_pretty(&log).expect("texts and counts can be written as JSON") + "\n"
}

fn rule(code: Code) -> Rule {
    let text = explain::text(code);
    Rule {
        id: code.name(),
        short_description: Text { text: code.title().to_owned() },
        help: Help { text, markdown: text },
        default_configuration: Weight { level: word(code.severity()) },
    }
}

fn finding(diagnostic: &Diagnostic, codes: &[Code], places: &mut Places<'_>) -> Finding {
    let mut text = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        text.push('\n');
        text.push_str(help);
    }
    let mut locations: Vec<_> = diagnostic.labels.iter().map(|l| location(l, places)).collect();
    let related_locations = locations.split_off(locations.len().min(1));
    Finding {
        rule_id: diagnostic.code.name(),
        rule_index: codes.binary_search(&diagnostic.code).unwrap_or_default(),
        level: word(diagnostic.severity),
        message: Text { text },
        locations,
        related_locations,
    }
}

fn location(label: &Label, places: &mut Places<'_>) -> Location {
    let region = places.stretch(label.place).map(|stretch| Region {
        start_line: stretch.start.line,
        start_column: stretch.start.column,
        end_line: stretch.end.line,
        end_column: stretch.end.column,
    });
    let artifact_location = Artifact { uri: uri(places.path(label.place)) };
    let text = label.text.clone();
    Location {
        physical_location: Physical { artifact_location, region },
        message: Some(Text { text }).filter(|message| !message.text.is_empty()),
    }
}

/// A path as a relative address: what an address has no letters for is written `%20`.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{FileId, Span};
    use crate::report::Desk;

    #[test]
    fn a_log_names_its_rules_and_its_places() {
        let desk = Desk(vec![("content/projects/ä b.md", Some("titel: x\n".into()))]);
        let place = FileId(0).at(Span::new(0, 5));
        let unknown = Diagnostic::new(Code::UnknownKey, place, "unknown key").help("did you mean?");
        let missing = Diagnostic::new(Code::MissingKey, FileId(0).top(), "no title")
            .also(place, "perhaps this");
        let log: serde_json::Value =
            serde_json::from_str(&sarif(&[unknown, missing], &desk)).expect("it is JSON");
        let run = &log["runs"][0];
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "unknown-key");
        assert_eq!(run["tool"]["driver"]["rules"][1]["id"], "missing-key");
        let expected = r#"{
  "ruleId": "missing-key", "ruleIndex": 1, "level": "error", "message": {"text": "no title"},
  "locations": [
    {"physicalLocation": {"artifactLocation": {"uri": "content/projects/%C3%A4%20b.md"}}}
  ],
  "relatedLocations": [{
    "physicalLocation": {
      "artifactLocation": {"uri": "content/projects/%C3%A4%20b.md"},
      "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 6}
    },
    "message": {"text": "perhaps this"}
  }]
}"#;
        let expected: serde_json::Value = serde_json::from_str(expected).expect("it is JSON");
        assert_eq!(run["results"][1], expected);
        assert_eq!(run["results"][0]["message"]["text"], "unknown key\ndid you mean?");
    }
}
