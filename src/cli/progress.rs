//! Progress: how long each stage took, and a bar where a build takes more than a second.
//!
//! In come the pipeline's words on where it is, from any thread. The bar is drawn only where a
//! person watches; it never holds a line that is needed afterwards.
#![expect(clippy::disallowed_methods, reason = "a stopwatch: it decides nothing that is made")]

use crate::pipeline::Watch;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Write;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// A build that takes less has no bar: it would flicker.
const PATIENCE: Duration = Duration::from_secs(1);

/// Watches one build.
pub struct Progress {
    started: Instant,
    stages: Mutex<Vec<(&'static str, Instant)>>,
    may_draw: bool,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// Starts to watch; `voice.bar` says whether a bar may be drawn.
    pub fn start(voice: super::voice::Voice) -> Progress {
        Progress {
            started: Instant::now(),
            stages: Mutex::default(),
            may_draw: voice.bar,
            bar: OnceLock::new(),
        }
    }

    /// Takes the bar away, so that a line can be written.
    pub fn clear(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// A table of the stages and their milliseconds.
    pub fn table(&self) -> String {
        let stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = stages.iter().skip(1).map(|(_, begun)| *begun).chain([Instant::now()]);
        let mut table = String::new();
        for ((name, begun), end) in stages.iter().zip(ends) {
            row(&mut table, name, end - *begun);
        }
        row(&mut table, "in all", self.elapsed());
        table
    }
}

fn row(table: &mut String, name: &str, took: Duration) {
    let tenths = took.as_micros() / 100;
    let milliseconds = format!("{}.{}", tenths / 10, tenths % 10);
    writeln!(table, "  {name:<12}{milliseconds:>10} ms").expect("a String takes any text");
}

impl Watch for Progress {
    fn stage(&self, name: &'static str) {
        let mut stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
        stages.push((name, Instant::now()));
    }

    fn page(&self, done: usize, of: usize) {
        if !self.may_draw || self.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} pages, {eta} left");
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.with_style(style.expect("the template is one that indicatif reads"))
        });
        bar.set_length(of as u64);
        // Threads come in any order; a bar does not go back.
        if done as u64 > bar.position() {
            bar.set_position(done as u64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::surroundings::Surroundings;
    use super::super::typed::{Common, When};
    use super::super::voice::Voice;
    use super::*;

    #[test]
    fn each_stage_has_a_row_and_the_last_row_is_the_sum() {
        let common = Common { root: None, as_of: None, quiet: false, color: When::Never };
        let around = Surroundings::at(std::path::Path::new("/"));
        let progress = Progress::start(Voice::new(&common, &around));
        progress.stage("read");
        progress.stage("render");
        progress.page(1, 2);
        progress.clear();
        let table = progress.table();
        let names: Vec<_> = table.lines().filter_map(|row| row.get(2..14)).map(str::trim).collect();
        assert_eq!(names, ["read", "render", "in all"]);
        assert!(table.lines().all(|row| row.ends_with(" ms")), "{table}");
    }
}
