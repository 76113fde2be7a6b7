//! Events: what a browser is told of a rebuild.
//!
//! Each listener says which page it shows and is told how that page stands: at once, and after
//! each rebuild. So one that slept or lost its line is in step with the first thing it hears, and
//! a slow one hears the last state, not all that lay between.

use super::preview::Preview;
use super::seen;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use serde::Serialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::Receiver;

/// After so long a browser whose line broke tries again.
const RETRY: Duration = Duration::from_millis(500);

/// So many changed addresses are named.
const NAMED: usize = 100;

/// What a listener is told.
#[derive(Debug, Serialize)]
struct State<'p> {
    /// How many rebuilds there were.
    build: u64,
    /// The key of all that its page shows; another one means another page.
    page: String,
    /// The style sheets that there are, by their addresses.
    styles: &'p [String],
    /// What is laid over each page, while something is wrong.
    overlay: Option<Laid<'p>>,
    /// The addresses that the last rebuild changed, up to a number.
    changed: &'p [String],
    /// How many it changed in all.
    changes: usize,
}

#[derive(Debug, Serialize)]
struct Laid<'p> {
    key: &'p str,
    html: &'p str,
}

/// The stream for one listener, who shows the page at a path.
pub fn stream(
    mut look: Receiver<Option<Arc<Preview>>>,
    path: String,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    look.mark_changed();
    let stream = unfold((look, path), |(mut look, path)| async move {
        loop {
            look.changed().await.ok()?;
            let preview = look.borrow_and_update().clone();
            if let Some(preview) = preview {
                let event = Event::default().retry(RETRY).data(state(&preview, &path));
                return Some((Ok(event), (look, path)));
            }
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

fn state(preview: &Preview, path: &str) -> String {
    let state = State {
        build: preview.build,
        page: seen::key(preview, path),
        styles: &preview.styles,
        overlay: preview.overlay.as_ref().map(|over| Laid { key: &over.key, html: &over.html }),
        changed: &preview.changed[..preview.changed.len().min(NAMED)],
        changes: preview.changed.len(),
    };
    serde_json::to_string(&state).expect("texts and counts can be written as JSON")
}
