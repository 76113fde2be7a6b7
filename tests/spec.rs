//! none yet
fn main() {}
