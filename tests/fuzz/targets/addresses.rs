//! Names from any bytes.
#![no_main]

use casebook_fuzz::{checks::addresses, on_this_thread};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: on_this_thread(), |bytes: &[u8]| {
    addresses::hold(&String::from_utf8_lossy(bytes));
});
