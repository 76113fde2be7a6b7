//! Diagnostics: what an author wrote wrong, as data.
//!
//! A diagnostic is a code from the closed table, a severity, a message in the author's words,
//! labels at places in files (the first is where the caret goes) and one way to fix it. Nothing
//! here paints: that is `report`. Nothing here fails: what stopped *us* is a [`Failure`].

use serde::{Deserialize, Serialize};

mod code;
pub mod explain;
mod failure;
mod place;
mod suggest;

pub use code::Code;
pub use failure::Failure;
pub use place::{FileId, Place, Span};
pub use suggest::{among, closest, did_you_mean};

/// How much a diagnostic weighs: an error stops a build, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The page would be wrong or missing.
    Error,
    /// The page stands, but the author should look.
    Warning,
}

/// A place in a file and what is to be said of it; the text may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What, in a few words behind the caret.
    pub text: String,
}

/// One problem in the content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Its kind, from the closed table.
    pub code: Code,
    /// Its weight.
    pub severity: Severity,
    /// One line, lower case, in the author's words.
    pub message: String,
    /// Where; the first is the place itself, the others are what it refers to.
    pub labels: Vec<Label>,
    /// One next step.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem of a kind, at a place, with the severity that the kind has by default.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            labels: vec![Label { place, text: String::new() }],
            help: None,
        }
    }

    /// Says what stands at the place itself, behind the caret.
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// Points at a second place, perhaps in another file.
    pub fn also(mut self, place: Place, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Gives the one next step.
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help = Some(text.into());
        self
    }

    /// Gives a next step where there is one.
    pub fn maybe_help(mut self, text: Option<String>) -> Diagnostic {
        self.help = text.or(self.help);
        self
    }

    /// Where the caret goes.
    pub fn place(&self) -> Place {
        self.labels.first().expect("a diagnostic is made with a place").place
    }

    /// The order in which diagnostics are told: by file, then by place, then by code.
    pub fn order(&self) -> (Place, &'static str, &str) {
        (self.place(), self.code.name(), &self.message)
    }
}

/// Puts diagnostics into the order in which they are told and drops exact repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    diagnostics.dedup();
}
