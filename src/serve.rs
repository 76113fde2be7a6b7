//! `serve`: a preview that is made anew whenever something is saved, and never lies.
//!
//! In go an [`Order`] and a [`Caller`], who knows clock and terminal; it serves until it is told to
//! stop. One thread attends to the casebook and makes the site, in memory; another, with an
//! event loop, answers browsers. Nothing is written, and nothing of the preview is in the built
//! bytes: pages are dressed on their way out.

mod answer;
mod attend;
mod door;
mod dress;
mod events;
mod find;
mod policy;
mod preview;
mod rebuild;
mod seen;
mod socket;
mod vigil;
pub(crate) mod watches;

pub use preview::Preview;

use crate::diagnostics::Failure;
use crate::memo::store::{Nowhere, Store};
use crate::pipeline::{Built, Request, Watch};
use answer::Desk;
use attend::Attendant;
use door::Door;
use futures_util::future::{Either, select};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::sync::{oneshot, watch};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Order {
    /// The name or address to serve at.
    pub host: String,
    /// The port, or the first to be tried; 0 lets the system choose.
    pub port: u16,
    /// What no one outside can guess.
    pub token: String,
}

/// Who started it: knows what is to be made, the clock, and people who listen.
pub trait Caller: Send + Sync {
    /// What is to be made, today.
    fn request(&self) -> Request;
    /// Where what is long to make is kept.
    fn store(&self) -> Arc<dyn Store> {
        Arc::new(Nowhere)
    }
    /// The time since some start.
    fn now(&self) -> Duration;
    /// Lets a build be done, once, and looks on.
    fn watching(&self, build: &mut dyn FnMut(&dyn Watch));
    /// Hears what happened.
    fn hear(&self, news: News<'_>);
}

/// What happened.
#[derive(Debug)]
pub enum News<'n> {
    /// The site was made, or could not be.
    Round(Round<'n>),
    /// Browsers may come.
    Open(Open),
    /// The system does not tell of changes, for this reason: they are looked for.
    Polling(&'n str),
    /// The casebook's folder, or its content, is gone.
    Gone,
    /// It is there again.
    Back,
}

/// One build and what it changed.
#[derive(Debug)]
pub struct Round<'n> {
    /// The files that were touched; none for the first build.
    pub causes: &'n [String],
    /// What the pipeline says, or why it could not.
    pub outcome: Result<&'n Built, &'n Failure>,
    /// What was shown before.
    pub before: &'n Preview,
    /// What is shown now.
    pub after: &'n Preview,
    /// How long it took until browsers were told.
    pub took: Duration,
}

/// Where browsers find it.
#[derive(Clone, Debug)]
pub struct Open {
    /// The address to type.
    pub url: String,
    /// The port that was asked for, where it was taken.
    pub taken: Option<u16>,
    /// Whether other machines can reach it.
    pub exposed: bool,
}

/// Serves until Ctrl-C; fails where a build could not begin, or nothing can be served.
pub fn serve(order: &Order, caller: Arc<dyn Caller>) -> Result<(), Failure> {
    let (listener, address) = socket::open(order)?;
    let door = Arc::new(Door::new(address, &order.host, &order.token));
    let (show, look) = watch::channel(None);
    let router = answer::router(Desk { door, look });
    let (end, mut ended) = oneshot::channel();
    let open = opened(order, address);
    let attend = move || match Attendant::begin(caller.clone(), show) {
        Ok(attendant) => {
            caller.hear(News::Open(open));
            attendant.attend()
        }
        // Where no one listens any more, there is no one to tell.
        Err(failure) => drop(end.send(failure)),
    };
    let machine = |error| Failure::machine(format!("cannot serve: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(machine)?;
    let attending = thread::Builder::new().name("attend".into()).spawn(attend).map_err(machine)?;
    runtime.block_on(async {
        let stopped = pin!(tokio::signal::ctrl_c());
        let answers = pin!(socket::answer(listener, router));
        match select(select(stopped, answers), &mut ended).await {
            Either::Left((Either::Left(_), _)) => Ok(()),
            Either::Left((Either::Right((answered, _)), _)) => answered.map_err(machine),
            Either::Right((Ok(failure), _)) => Err(failure),
            // It ended without a word: that is a bug, which goes on where others are told.
            Either::Right((Err(_), _)) => match attending.join() {
                Err(bug) => std::panic::resume_unwind(bug),
                Ok(()) => Ok(()),
            },
        }
    })
}

fn opened(order: &Order, address: SocketAddr) -> Open {
    let ip = address.ip();
    // Served on all addresses, it is served on this machine's own too.
    let host = if ip.is_unspecified() || ip.is_loopback() && order.host == "localhost" {
        "localhost".to_string()
    } else if ip.is_ipv6() {
        format!("[{ip}]")
    } else {
        ip.to_string()
    };
    Open {
        url: format!("http://{host}:{}/", address.port()),
        taken: Some(order.port).filter(|port| *port != 0 && *port != address.port()),
        exposed: !ip.is_loopback(),
    }
}
