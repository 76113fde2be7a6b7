//! The program: hands what was typed to the command line and ends with its exit code.
//!
//! All else is in the library, so that tests reach it.

use std::process::ExitCode;

/// Pages are built of many small texts on all cores at once, which the system's own allocator
/// takes twice as long for.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    casebook::cli::run(std::env::args_os())
}
