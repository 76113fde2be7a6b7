//! What holds of any input, as checks that panic where it does not.
//!
//! In goes one text or a row of bytes, as a fuzzer makes them; each check puts it where a writer
//! would and looks at what comes out on the library's public road. The targets beside this folder
//! run them under a fuzzer, `tests/properties.rs` on texts that are put together at random.

pub mod addresses;
pub mod csv;
pub mod front_matter;
pub mod html;
pub mod markdown;
pub mod report;
pub mod road;
pub mod twin;
