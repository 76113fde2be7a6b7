//! The reader of one file: where it says what is wrong, and what it must know of the settings.
//!
//! Reading never stops at the first problem, so all reading functions share one of these and
//! return what they could make out.

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Span};
use std::cell::{Cell, RefCell, RefMut};

/// What the settings say about how values are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conventions {
    /// The sign between thousands in amounts, besides none.
    pub thousands: char,
    /// The month in which a year of money begins.
    pub fiscal_start: i8,
}

impl Default for Conventions {
    fn default() -> Conventions {
        Conventions { thousands: ',', fiscal_start: 1 }
    }
}

/// Collects what is wrong with one file.
#[derive(Debug)]
pub struct Reader<'c> {
    /// The file.
    pub file: FileId,
    /// How values are written.
    pub conventions: &'c Conventions,
    said: RefCell<Vec<Diagnostic>>,
    /// What of the front matter could not be read.
    unread: Cell<Option<Span>>,
}

/// A diagnostic that was just said, to be made more precise.
pub struct Saying<'r>(RefMut<'r, Diagnostic>);

impl<'c> Reader<'c> {
    /// A reader for a file.
    pub fn new(file: FileId, conventions: &'c Conventions) -> Reader<'c> {
        Reader { file, conventions, said: RefCell::default(), unread: Cell::default() }
    }

    /// A place in this file.
    pub fn place(&self, span: Span) -> Place {
        self.file.at(span)
    }

    /// Says that something is wrong at a place of the file.
    pub fn say(&self, code: Code, span: Span, message: impl Into<String>) -> Saying<'_> {
        let mut said = self.said.borrow_mut();
        said.push(Diagnostic::new(code, self.place(span), message));
        Saying(RefMut::map(said, |said| said.last_mut().expect("one was just pushed")))
    }

    /// Notes that a stretch of the front matter could not be read, which was said already.
    pub fn give_up(&self, span: Span) {
        self.unread.set(Some(span));
    }

    /// Whether all of the front matter could be read.
    pub fn is_whole(&self) -> bool {
        self.unread.get().is_none()
    }

    /// All that was said, without what only follows from something else that was said.
    pub fn into_said(self) -> Vec<Diagnostic> {
        let mut said = self.said.into_inner();
        let unread = self.unread.get();
        let marks: Vec<Span> =
            said.iter().filter(|d| is_of_signs(d.code)).map(|d| d.place().span).collect();
        said.retain(|diagnostic| {
            let span = diagnostic.place().span;
            let follows = |other: Span| span.start < other.end && other.start < span.end;
            let told = marks.iter().copied().any(follows);
            if diagnostic.code == Code::YamlSyntax {
                return !told;
            }
            is_of_form(diagnostic.code)
                || !(unread.is_some() && diagnostic.code == Code::MissingKey
                    || unread.is_some_and(follows)
                    || told)
        });
        said
    }
}

/// Whether a problem is one of how front matter is written, not of what it says.
fn is_of_form(code: Code) -> bool {
    use Code::{FrontMatterForm, RepeatedKey, UnknownKey, YamlSyntax, YamlTooDeep};
    is_of_signs(code)
        || matches!(code, FrontMatterForm | RepeatedKey | UnknownKey | YamlSyntax | YamlTooDeep)
}

/// Whether a problem is a sign that makes a value something else than it seems.
fn is_of_signs(code: Code) -> bool {
    matches!(code, Code::YamlAnchor | Code::YamlTag)
}

impl Saying<'_> {
    /// What stands behind the caret.
    pub fn label(self, text: impl Into<String>) -> Self {
        self.map(|diagnostic| diagnostic.label(text))
    }

    /// A second place.
    pub fn also(self, place: Place, text: impl Into<String>) -> Self {
        self.map(|diagnostic| diagnostic.also(place, text))
    }

    /// One next step.
    pub fn help(self, text: impl Into<String>) -> Self {
        self.map(|diagnostic| diagnostic.help(text))
    }

    /// A next step, where there is one.
    pub fn maybe_help(self, text: Option<String>) -> Self {
        self.map(|diagnostic| diagnostic.maybe_help(text))
    }

    fn map(mut self, change: impl FnOnce(Diagnostic) -> Diagnostic) -> Self {
        let new = change(self.0.clone());
        *self.0 = new;
        self
    }
}
