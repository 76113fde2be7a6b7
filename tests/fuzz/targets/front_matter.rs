//! Front matter from any bytes.
#![no_main]

use casebook_fuzz::{checks::front_matter, on_this_thread};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: on_this_thread(), |bytes: &[u8]| {
    front_matter::hold(&String::from_utf8_lossy(bytes));
});
