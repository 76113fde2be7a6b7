//! Series and data files from any bytes.
#![no_main]

use casebook_fuzz::{checks::csv, on_this_thread};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: on_this_thread(), |bytes: &[u8]| {
    // What begins with a number sign goes out, all other comes in.
    match bytes.strip_prefix(b"#") {
        Some(fields) => csv::data(&String::from_utf8_lossy(fields)),
        None => csv::series(bytes),
    }
});
