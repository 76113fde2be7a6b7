//! The command line: what was typed becomes a command, its failure a line and an exit code.
//!
//! `typed` is what was typed and `options` what it means; each command is a file of its own.
//! The clock, the environment and the streams are met on this storey and nowhere below it.
//! Nothing here knows how a site is made: that is [`crate::pipeline`].

mod bug;
mod build;
mod cache;
mod check;
mod completions;
mod doctor;
mod explain;
mod headers;
mod init;
mod new;
mod options;
mod progress;
mod publish;
mod serve;
mod settings;
mod stop;
mod store;
mod surroundings;
mod target;
mod theme;
mod typed;
mod voice;

use crate::diagnostics::Failure;
use clap::Parser;
use options::Options;
use std::ffi::OsString;
use std::process::ExitCode;
use surroundings::Surroundings;
use typed::{Command, ThemeCommand, Typed};
use voice::Voice;

/// How a command ended that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All is well; warnings included.
    Fine,
    /// Something in the content is wrong.
    Problems,
    /// Something in the settings is wrong.
    BadSettings,
}

/// Runs the program with its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let typed = match Typed::try_parse_from(arguments) {
        Ok(typed) => typed,
        Err(said) => {
            // Help and the version come this way too. Where no one reads them, nothing is lost.
            let _ = said.print();
            return ExitCode::from(if said.use_stderr() { 2 } else { 0 });
        }
    };
    let surroundings = Surroundings::met();
    let voice = Voice::new(&typed.common, &surroundings);
    bug::tell_shortly(&surroundings);
    let command = || Options::new(typed.common, surroundings).and_then(|o| obey(typed.command, &o));
    match bug::caught(command) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Ok(Outcome::BadSettings) => ExitCode::from(2),
        Err(failure) => {
            voice.tell_failure(&failure);
            ExitCode::from(failure.exit)
        }
    }
}

fn obey(command: Command, options: &Options) -> Result<Outcome, Failure> {
    match command {
        Command::Init(typed) => init::run(&typed, options),
        Command::New(typed) => new::run(&typed.what, options),
        Command::Build(typed) => build::run(typed, options),
        Command::Publish(typed) => publish::run(&typed, options),
        Command::Serve(typed) => serve::run(typed, options),
        Command::Check(typed) => check::run(typed, options),
        Command::Explain(typed) => explain::run(&typed, options),
        Command::Doctor(typed) => doctor::run(typed, options),
        Command::Theme(typed) => match typed.what {
            ThemeCommand::Eject(typed) => theme::run(&typed, options),
        },
        Command::Headers(typed) => headers::run(&typed, options),
        Command::Completions(typed) => completions::run(&typed, options),
    }
}
