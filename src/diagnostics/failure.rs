//! A failure: what stopped *us*, as opposed to what the author wrote wrong.
//!
//! It is one clear line, perhaps with a next step, and decides the exit code.

use std::fmt;
use std::path::Path;

/// Why a command could not do its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What the process ends with: 2 for wrong use or settings, 3 for the disk or the machine.
    pub exit: u8,
    /// One line, with the path in it where there is one.
    pub message: String,
    /// One next step.
    pub help: Option<String>,
}

impl Failure {
    /// Wrong use of a command, or of a setting: exit code 2.
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure { exit: 2, message: message.into(), help: None }
    }

    /// The disk or the machine would not: exit code 3.
    pub fn machine(message: impl Into<String>) -> Failure {
        Failure { exit: 3, message: message.into(), help: None }
    }

    /// A call to the disk that failed, as "cannot read content/x.md: permission denied".
    pub fn io(verb: &str, path: &Path, error: &std::io::Error) -> Failure {
        let text = error.to_string();
        let reason = text.split(" (os error").next().unwrap_or_default().to_lowercase();
        Failure::machine(format!("cannot {verb} {}: {reason}", path.display()))
    }

    /// Gives the one next step.
    pub fn help(mut self, text: impl Into<String>) -> Failure {
        self.help = Some(text.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
