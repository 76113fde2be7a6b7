//! Bugs: a panic becomes one line and an exit code, never a stack trace.
//!
//! Who sets `RUST_BACKTRACE` is a developer and sees all of it.

use super::surroundings::Surroundings;
use crate::diagnostics::Failure;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};
use std::sync::OnceLock;

static WHAT: OnceLock<String> = OnceLock::new();

/// Lets a panic be told in a line from here on, unless a developer wants to see all of it.
pub fn tell_shortly(surroundings: &Surroundings) {
    if !surroundings.backtrace {
        set_hook(Box::new(|panic| {
            // The first one is the cause; others follow from it.
            let _ = WHAT.set(line(panic));
        }));
    }
}

/// Does some work; a panic in it is a failure like others.
pub fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let what = WHAT.get().map_or("see above", String::as_str);
        Err(Failure::machine(format!("this is a bug in casebook: {what}"))
            .help("report this line; to see more, run it again with RUST_BACKTRACE=1"))
    })
}

fn line(panic: &PanicHookInfo<'_>) -> String {
    let payload = panic.payload();
    let said = payload
        .downcast_ref::<&str>()
        .map(|said| (*said).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line()));
    format!("{}{}", said.lines().next().unwrap_or_default(), place.unwrap_or_default())
}
