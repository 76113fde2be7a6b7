//! `casebook serve` from outside, on a real socket: who may ask, what is answered, what happens
//! when something is saved, breaks, goes away or comes back.
//!
//! Each test runs the program on a casebook of its own. Nothing here knows it from within, and
//! nothing waits for a time: a rebuild is heard on the stream of events.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk from outside")]

#[path = "serve/broken.rs"]
mod broken;
#[path = "serve/door.rs"]
mod door;
#[path = "serve/pages.rs"]
mod pages;
#[path = "serve/running.rs"]
mod running;
#[path = "serve/saves.rs"]
mod saves;
#[path = "serve/staying.rs"]
mod staying;
