//! The voice: what is said on stdout and told on stderr.
//!
//! Results are said and can be piped; problems are told. A reader who goes away (`| head`) ends
//! the saying quietly. Painting is for `report`; nothing here decides what is said.

use super::surroundings::Surroundings;
use super::typed::{Common, When};
use crate::diagnostics::{Diagnostic, Failure};
use crate::report::{self, Color, Files};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// How this run speaks.
#[derive(Clone, Copy, Debug)]
pub struct Voice {
    /// Whether only what is wrong is told.
    pub quiet: bool,
    /// Whether a bar may show how far a long build is.
    pub bar: bool,
    color: Color,
    width: usize,
}

impl Voice {
    /// The voice that the options and the terminal call for.
    pub fn new(common: &Common, around: &Surroundings) -> Voice {
        let painted = match common.color {
            When::Always => true,
            When::Never => false,
            When::Auto => around.watched && !around.no_color,
        };
        Voice {
            quiet: common.quiet,
            bar: around.watched && !common.quiet,
            color: if painted { Color::Always } else { Color::Never },
            width: around.width,
        }
    }

    /// Says what a command was asked for, quiet or not.
    pub fn answer(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::io("write to", Path::new("stdout"), &error))
            }
            _ => Ok(()),
        }
    }

    /// Says what was done, unless it is to be quiet.
    pub fn say(&self, text: &str) -> Result<(), Failure> {
        if self.quiet { Ok(()) } else { self.answer(text) }
    }

    /// Tells what is wrong.
    pub fn tell(&self, text: &str) {
        // Where no one listens on stderr, there is no one to tell that either.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// Tells what is wrong in the content.
    pub fn tell_diagnostics(&self, diagnostics: &[Diagnostic], files: &dyn Files) {
        if !diagnostics.is_empty() {
            self.tell(&report::terminal(diagnostics, files, self.color, self.width));
        }
    }

    /// Tells what stopped us.
    pub fn tell_failure(&self, failure: &Failure) {
        self.tell(&report::failure(failure, self.color));
    }
}

/// A count with its noun: "1 page", "2 pages".
pub fn some(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn color_is_for_terminals_unless_it_is_asked_for() {
        let color = |color: When, watched: bool, no_color: bool| {
            let common = Common { root: None, as_of: None, quiet: false, color };
            let around = Surroundings::at(std::path::Path::new("/"));
            Voice::new(&common, &Surroundings { watched, no_color, ..around }).color
        };
        assert_eq!(color(When::Auto, true, false), Color::Always);
        assert_eq!(color(When::Auto, true, true), Color::Never);
        assert_eq!(color(When::Auto, false, false), Color::Never);
        assert_eq!(color(When::Always, false, true), Color::Always);
        assert_eq!(color(When::Never, true, false), Color::Never);
    }
}
