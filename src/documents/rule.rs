//! The names of the rules about the work itself, which a project may waive and a site may weigh.

use super::reader::Reader;
use crate::diagnostics::{Code, Span, among};

/// The names of the rules, in the order of the contract.
pub fn names() -> impl Iterator<Item = &'static str> {
    Code::ALL.iter().filter(|code| code.is_rule()).map(|code| code.name())
}

/// Says that a rule is not there, if it is not.
pub fn check(name: &str, span: Span, reader: &Reader<'_>) {
    if !names().any(|rule| rule == name) {
        let help = among(name, names());
        reader.say(Code::UnknownRule, span, format!("there is no rule `{name}`")).maybe_help(help);
    }
}
