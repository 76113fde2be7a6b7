//! Diagnostics from any bytes.
#![no_main]

use casebook_fuzz::checks::report;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    report::hold(bytes);
});
