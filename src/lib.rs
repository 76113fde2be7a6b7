//! The map of the house, which is this crate's documentation too.
#![doc = include_str!("README.md")]

pub mod cli;
pub mod diagnostics;
pub mod documents;
pub mod editions;
pub mod leaks;
pub mod memo;
pub mod pages;
pub mod pipeline;
pub mod portfolio;
pub mod report;
pub mod serve;
pub mod site;
pub mod sources;
pub mod theme;
