//! Ctrl-C and SIGTERM: as long as nothing is being written the program ends at once, and after that
//! as soon as what it has written is cleared away.

use crate::diagnostics::Failure;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Whether someone wants it to stop.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Nothing has to be cleared away.
    idle: Arc<AtomicBool>,
    /// The exit code that is wanted; none is 0.
    wanted: Arc<AtomicUsize>,
}

/// The signals, and what a shell knows a program by that one of them ended.
const SIGNALS: [(i32, u8); 2] = [(SIGINT, 130), (SIGTERM, 143)];

impl Stop {
    /// Listens from now on. Where a system will not let it, a signal ends the program as ever, and
    /// the next build clears up.
    pub fn listening() -> Stop {
        let idle = Arc::new(AtomicBool::new(true));
        let wanted = Arc::new(AtomicUsize::new(0));
        for (signal, exit) in SIGNALS {
            let at_once = flag::register_conditional_shutdown(signal, exit.into(), idle.clone());
            if at_once.is_ok() {
                let _ = flag::register_usize(signal, wanted.clone(), exit.into());
            }
        }
        Stop { idle, wanted }
    }

    /// From now on there is something to clear away.
    pub fn begins_to_write(&self) {
        self.idle.store(false, Ordering::SeqCst);
    }

    /// Fails where someone wants it to stop.
    pub fn is_not_wanted(&self) -> Result<(), Failure> {
        match u8::try_from(self.wanted.load(Ordering::Relaxed)) {
            Ok(exit) if exit > 0 => Err(Failure {
                exit,
                message: "stopped; the site stands as it was".into(),
                help: None,
            }),
            _ => Ok(()),
        }
    }
}
