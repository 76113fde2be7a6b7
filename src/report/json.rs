//! Diagnostics as JSON, for scripts and editors: `casebook check --format json`.
//!
//! One document with a version, so that its readers can tell when its shape changes. Every
//! diagnostic is there, however many a code has. Lines and columns count from 1, columns in
//! characters; the end is the character after the last. What concerns a whole file has `null`s.

use super::places::Places;
use super::{Files, counts};
use crate::diagnostics::{Diagnostic, Label, Severity};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    diagnostics: Vec<Entry<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    at: Spot<'a>,
    /// The second places.
    also: Vec<Spot<'a>>,
}

#[derive(Serialize)]
struct Spot<'a> {
    label: Option<&'a str>,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// The diagnostics as one JSON document, with a line break at its end.
pub fn json(diagnostics: &[Diagnostic], files: &dyn Files) -> String {
    let mut places = Places::new(files);
    let (errors, warnings) = counts(diagnostics);
    let diagnostics = diagnostics.iter().filter_map(|d| entry(d, &mut places)).collect();
    let document = Document { version: 1, diagnostics, errors, warnings };
    serde_json::to_string_pretty(&document).expect("texts and counts can be written as JSON") + "\n"
}

fn entry<'a>(diagnostic: &'a Diagnostic, places: &mut Places<'a>) -> Option<Entry<'a>> {
    let (first, others) = diagnostic.labels.split_first()?;
    Some(Entry {
        code: diagnostic.code.name(),
        severity: word(diagnostic.severity),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        at: spot(first, places),
        also: others.iter().map(|label| spot(label, places)).collect(),
    })
}

fn spot<'a>(label: &'a Label, places: &mut Places<'a>) -> Spot<'a> {
    let stretch = places.stretch(label.place);
    let (start, end) = (stretch.as_ref().map(|s| s.start), stretch.as_ref().map(|s| s.end));
    Spot {
        label: Some(label.text.as_str()).filter(|text| !text.is_empty()),
        path: places.path(label.place),
        line: start.map(|point| point.line),
        column: start.map(|point| point.column),
        end_line: end.map(|point| point.line),
        end_column: end.map(|point| point.column),
    }
}

/// A severity as JSON and SARIF both name it.
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Code, FileId, Span};
    use crate::report::Desk;

    #[test]
    fn a_document_holds_places_labels_and_counts() {
        let desk = Desk(vec![("a.md", Some("é: 1\né: 2\n".into())), ("b.png", None)]);
        let twice =
            Diagnostic::new(Code::RepeatedKey, FileId(0).at(Span::new(6, 8)), "\"é\" twice")
                .also(FileId(0).at(Span::new(0, 2)), "first given here")
                .help("keep one");
        let unused = Diagnostic::new(Code::FileUnused, FileId(1).top(), "no page uses it");
        let expected = r#"{
  "version": 1,
  "diagnostics": [
    {
      "code": "repeated-key",
      "severity": "error",
      "message": "\"é\" twice",
      "help": "keep one",
      "label": null,
      "path": "a.md",
      "line": 2,
      "column": 1,
      "end_line": 2,
      "end_column": 2,
      "also": [
        {
          "label": "first given here",
          "path": "a.md",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 2
        }
      ]
    },
    {
      "code": "file-unused",
      "severity": "warning",
      "message": "no page uses it",
      "help": null,
      "label": null,
      "path": "b.png",
      "line": null,
      "column": null,
      "end_line": null,
      "end_column": null,
      "also": []
    }
  ],
  "errors": 1,
  "warnings": 1
}
"#;
        assert_eq!(json(&[twice, unused], &desk), expected);
    }
}
