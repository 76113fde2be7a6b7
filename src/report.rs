//! Reports: diagnostics painted for people (a terminal, a browser) and for machines (JSON, SARIF).
//!
//! In go diagnostics, already sorted, and the files that they point into; out comes text. Nothing
//! here writes to a stream, drops a diagnostic from a count or changes its wording. What the
//! text of an author could do to a terminal is made harmless here and nowhere else.

mod json;
mod overlay;
mod places;
mod sarif;
mod terminal;
mod visible;

pub use json::json;
pub use overlay::{escaped, overlay, overlay_failure};
pub use sarif::sarif;
pub use terminal::{failure, terminal};

use crate::diagnostics::{Diagnostic, FileId, Severity};
use crate::sources::Sources;
use std::collections::BTreeSet;

/// What a report needs of the files that were read.
pub trait Files {
    /// The path that an author knows the file by, relative to the casebook's folder.
    fn path(&self, file: FileId) -> &str;

    /// What stands in the file; nothing where it is not a text.
    fn text(&self, file: FileId) -> Option<&str>;
}

impl Files for Sources {
    fn path(&self, file: FileId) -> &str {
        &self.file(file).path
    }

    fn text(&self, file: FileId) -> Option<&str> {
        self.file(file).excerpt()
    }
}

/// Whether a terminal is sent colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Never,
    /// With the terminal's escapes.
    Always,
}

/// How many diagnostics of each weight there are: errors, then warnings.
pub(crate) fn counts(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    (errors, diagnostics.len() - errors)
}

/// One line that sums up: "2 errors and 1 warning in 2 files", or "no problems".
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let (errors, warnings) = counts(diagnostics);
    let files: BTreeSet<_> = diagnostics.iter().map(|d| d.place().file).collect();
    let found = match (errors, warnings) {
        (0, 0) => return "no problems".to_owned(),
        (0, _) => some(warnings, "warning"),
        (_, 0) => some(errors, "error"),
        _ => format!("{} and {}", some(errors, "error"), some(warnings, "warning")),
    };
    format!("{found} in {}", some(files.len(), "file"))
}

fn some(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Files for the tests of the painters: a name and, where it is a text, what stands in it.
#[cfg(test)]
pub(crate) struct Desk(pub Vec<(&'static str, Option<String>)>);

#[cfg(test)]
impl Files for Desk {
    fn path(&self, file: FileId) -> &str {
        self.0[file.0 as usize].0
    }

    fn text(&self, file: FileId) -> Option<&str> {
        self.0[file.0 as usize].1.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;

    #[test]
    fn a_summary_counts_all_and_says_where() {
        let at = |file| FileId(file).top();
        let error = Diagnostic::new(Code::UnknownKey, at(0), "a");
        let warning = Diagnostic::new(Code::RawHtml, at(1), "b");
        assert_eq!(summary(&[]), "no problems");
        assert_eq!(summary(std::slice::from_ref(&warning)), "1 warning in 1 file");
        assert_eq!(summary(&[error.clone(), error, warning]), "2 errors and 1 warning in 2 files");
    }
}
