//! `casebook serve`: a preview in the browser that follows what is saved.
//!
//! What is served and how is in [`crate::serve`]; here clock, randomness and terminal are met, and
//! what happens is told: one line a rebuild, for someone who looks up from writing.

mod browser;
mod told;

use super::Outcome;
use super::options::Options;
use super::progress::Progress;
use super::store::{How, Kept};
use super::surroundings::Surroundings;
use super::typed::{Edition, Serve};
use super::voice::Voice;
use crate::diagnostics::Failure;
use crate::memo::store::Store;
use crate::pipeline::{Request, Watch};
use crate::serve::{self, Caller, News, Order};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use told::Told;

/// Runs it until Ctrl-C.
pub fn run(typed: Serve, options: &Options) -> Result<Outcome, Failure> {
    let Serve { open, port, host, drafts, audience } = typed;
    let request = options.request(&Edition { drafts, audience, strict: false })?;
    let order = Order { host, port, token: Surroundings::token() };
    let store = Arc::new(Kept::of(&request.root, options.program, How::Keeping));
    let desk = Desk {
        request,
        store,
        open,
        voice: options.voice,
        watch: Progress::start(options.voice),
        told: Mutex::default(),
    };
    serve::serve(&order, Arc::new(desk))?;
    Ok(Outcome::Fine)
}

/// The one who writes, at a terminal.
struct Desk {
    request: Request,
    store: Arc<Kept>,
    open: bool,
    voice: Voice,
    /// Started once, for the time since then.
    watch: Progress,
    told: Mutex<Told>,
}

impl Caller for Desk {
    fn request(&self) -> Request {
        // A preview may stand open over midnight.
        Request { today: Surroundings::today(), ..self.request.clone() }
    }

    fn store(&self) -> Arc<dyn Store> {
        self.store.clone()
    }

    fn now(&self) -> Duration {
        self.watch.elapsed()
    }

    fn watching(&self, build: &mut dyn FnMut(&dyn Watch)) {
        let progress = Progress::start(self.voice);
        build(&progress);
        progress.clear();
    }

    fn hear(&self, news: News<'_>) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let News::Round(round) = &news {
            match round.outcome {
                Ok(built) => {
                    self.voice.tell_diagnostics(&told.worth_telling(built), &built.sources);
                }
                Err(failure) => self.voice.tell_failure(failure),
            }
        }
        let lines = told::lines(&news);
        if told::is_trouble(&news) {
            self.voice.tell(&lines);
        } else if let News::Open(open) = &news {
            // Whoever closed the terminal's end may still look at the pages.
            let _ = self.voice.answer(&lines);
            if self.open && !browser::show(&open.url) {
                self.voice.tell("no browser could be started: open the address yourself\n");
            }
        } else {
            let _ = self.voice.say(&lines);
        }
    }
}
