#![doc = include_str!("README.md")]

pub mod diagnostics;
pub mod documents;
pub mod sources;
