//! `casebook completions`: prints what a shell needs to complete commands and options.
//!
//! In goes a shell's name, out comes its script on stdout. Nothing is installed: where a shell
//! looks for it is the reader's to decide.

use super::Outcome;
use super::options::Options;
use super::typed::{Completions, Typed};
use crate::diagnostics::Failure;
use clap::CommandFactory;

/// Runs it.
pub fn run(typed: &Completions, options: &Options) -> Result<Outcome, Failure> {
    // Into memory first: clap_complete panics where a pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(typed.shell, &mut Typed::command(), "casebook", &mut script);
    options.voice.answer(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}
