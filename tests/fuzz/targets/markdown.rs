//! Bodies from any bytes.
#![no_main]

use casebook_fuzz::{checks::markdown, on_this_thread};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: on_this_thread(), |bytes: &[u8]| {
    markdown::hold(&String::from_utf8_lossy(bytes));
});
