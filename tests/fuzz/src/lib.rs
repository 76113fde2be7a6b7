//! The checks, and how a fuzzer runs them.

pub mod checks;

/// Lets the library do its work on the thread of the fuzzer, so that each run is of one input.
pub fn on_this_thread() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("it is built once, before the first run");
}
