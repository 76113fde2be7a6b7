//! `casebook check`: says what is wrong in the content, and writes nothing.
//!
//! As a text, problems are told on stderr, like a build's; as JSON or SARIF they are the answer
//! and the only thing on stdout.

use super::Outcome;
use super::options::Options;
use super::progress::Progress;
use super::store::{How, Kept};
use super::typed::{Check, Edition, Format};
use super::voice::some;
use crate::diagnostics::{Code, Diagnostic, Failure, FileId, Place, Severity};
use crate::pipeline::{self, Built, LeftOut};
use crate::report;
use std::fmt::Write;

/// So many files that are left out are named.
const NAMED: usize = 20;

/// So many places are named in which a withheld value is told.
const PLACES: usize = 500;

/// The settings file, which is read first.
const SETTINGS: FileId = FileId(0);

/// Runs it.
pub fn run(typed: Check, options: &Options) -> Result<Outcome, Failure> {
    let voice = options.voice;
    let request = options.request(&typed.edition)?;
    let progress = Progress::start(voice);
    let store = Kept::of(&request.root, options.program, How::Looking);
    let built = pipeline::check_with(&request, &progress, &store);
    progress.clear();
    let built = built?;
    match typed.format {
        Format::Json => voice.answer(&report::json(&built.diagnostics, &built.sources))?,
        Format::Sarif => voice.answer(&report::sarif(&built.diagnostics, &built.sources))?,
        Format::Text if built.diagnostics.is_empty() => voice.say(&checked(&built))?,
        Format::Text => {
            voice.tell_diagnostics(&built.diagnostics, &built.sources);
            voice.tell(&checked(&built));
        }
    }
    if typed.format == Format::Text {
        voice.say(&(left_out(&built.left_out) + &open(&built, PLACES)))?;
    }
    Ok(outcome(&built.diagnostics, &typed.edition))
}

fn checked(built: &Built) -> String {
    let made = &built.made;
    format!(
        "checked {}, {} and {}: {}\n",
        some(made.projects, "project"),
        some(made.units, "unit"),
        some(made.kpis, "KPI"),
        report::summary(&built.diagnostics),
    )
}

/// What becomes of a run by what was found: a build goes on only where all is fine.
pub fn outcome(diagnostics: &[Diagnostic], edition: &Edition) -> Outcome {
    let stops = |found: &&Diagnostic| edition.strict || found.severity == Severity::Error;
    let mut wrong = diagnostics.iter().filter(stops).peekable();
    if wrong.peek().is_none() {
        Outcome::Fine
    } else if wrong.any(|found| found.place().file == SETTINGS && found.code != Code::Template) {
        Outcome::BadSettings
    } else {
        Outcome::Problems
    }
}

/// What is not on the pages, and why: a line each, up to a number.
pub fn left_out(left_out: &[LeftOut]) -> String {
    let mut lines = String::new();
    for LeftOut { path, why } in left_out.iter().take(NAMED) {
        writeln!(lines, "left out: {path} ({why})").expect("a String takes any text");
    }
    if left_out.len() > NAMED {
        let more = left_out.len() - NAMED;
        writeln!(lines, "left out: {more} more").expect("a String takes any text");
    }
    lines
}

/// Values that are withheld, and that other files tell as well: a line each, up to a number.
pub fn open(built: &Built, most: usize) -> String {
    let mut lines = String::new();
    if built.open.is_empty() {
        return lines;
    }
    let at = |place: &Place| {
        let file = built.sources.file(place.file);
        let before = file.excerpt().and_then(|text| text.get(..place.span.start as usize));
        format!("{}:{}", file.path, before.unwrap_or_default().matches('\n').count() + 1)
    };
    let values = some(built.open.len(), "withheld value");
    let mut all: Vec<String> = Vec::new();
    let mut open = built.open.iter();
    for (withheld, told) in open.by_ref() {
        let line = format!("  that of {} in {}", at(withheld), at(told));
        if all.last() != Some(&line) {
            all.push(line);
        }
        if all.len() == most {
            break;
        }
    }
    let more = open.len();
    if more > 0 {
        let named = if most < PLACES { "; `casebook check` names them" } else { "" };
        all.push(format!("  and {more} more{named}"));
    }
    let told = all.join("\n");
    writeln!(lines, "told to `{}` elsewhere: {values}\n{told}", built.edition)
        .expect("a String takes any text");
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_stop_only_a_strict_run() {
        let edition = |strict| Edition { drafts: false, audience: None, strict };
        let error = [Diagnostic::new(Code::UnknownKey, FileId(1).top(), "x")];
        let warning = [Diagnostic::new(Code::RawHtml, FileId(1).top(), "x")];
        assert_eq!(outcome(&error, &edition(false)), Outcome::Problems);
        assert_eq!(outcome(&warning, &edition(false)), Outcome::Fine);
        assert_eq!(outcome(&warning, &edition(true)), Outcome::Problems);
        assert_eq!(outcome(&[], &edition(true)), Outcome::Fine);
    }

    #[test]
    fn an_error_in_the_settings_is_wrong_use() {
        let edition = Edition { drafts: false, audience: None, strict: false };
        let at = |file| Diagnostic::new(Code::UnknownKey, FileId(file).top(), "x");
        assert_eq!(outcome(&[at(0), at(1)], &edition), Outcome::BadSettings);
    }

    #[test]
    fn a_long_list_of_what_is_left_out_is_cut_and_counted() {
        let list = |count: usize| -> Vec<LeftOut> {
            let one = |n| LeftOut { path: format!("content/{n}.md"), why: "a draft".into() };
            (0..count).map(one).collect()
        };
        assert_eq!(left_out(&[]), "");
        assert_eq!(left_out(&list(1)), "left out: content/0.md (a draft)\n");
        assert_eq!(left_out(&list(20)).lines().count(), 20);
        assert_eq!(left_out(&list(32)).lines().last(), Some("left out: 12 more"));
    }
}
