//! The program: hands what was typed to the command line and ends with its exit code.
//!
//! All else is in the library, so that tests reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    casebook::cli::run(std::env::args_os())
}
