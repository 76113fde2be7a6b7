//! Attending: the loop that waits until a casebook is touched and makes its preview anew.
//!
//! One thread does nothing else. What is touched while it builds waits for it, so that the last
//! thing saved is always the one shown in the end. Where the system tells of no changes, or has no
//! watches left, it looks for itself.

use super::preview::Preview;
use super::rebuild::{Rebuilt, rebuild};
use super::watches::{EXHAUSTED, Heard, Watches};
use super::{Caller, News, Round};
use crate::diagnostics::{Diagnostic, Failure, Severity};
use crate::documents::settings::Settings;
use crate::pipeline::Built;
use crate::report;
use crate::sources::{Glance, Sources};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::Sender;

/// As long as nothing was touched before a build begins. An editor that writes beside a file and
/// renames is done within a few milliseconds, a checkout leaves less than 20 between two files; and
/// what takes less than 100 in all is felt as at once.
const QUIET: Duration = Duration::from_millis(50);

/// Where it never becomes quiet, a build begins all the same after so long.
const RESTLESS: Duration = Duration::from_secs(10);

/// Between two looks for what the system did not tell of.
const PULSE: Duration = Duration::from_secs(2);

/// Between two looks where the system tells nothing.
const POLL: Duration = Duration::from_millis(500);

/// Looking takes at most this part of the time.
const SHARE: u32 = 25;

/// What is shown, for all who look.
pub type Show = Sender<Option<Arc<Preview>>>;

/// What looks after one preview.
pub struct Attendant {
    caller: Arc<dyn Caller>,
    root: PathBuf,
    show: Show,
    preview: Arc<Preview>,
    watches: Watches,
    /// Whether the system tells of changes.
    told: bool,
    /// The files when they were last looked at, and how long that took.
    seen: Glance,
    looking: Duration,
    had_content: bool,
}

/// Why a build begins.
enum Cause {
    /// These paths were touched.
    Touched(BTreeSet<String>),
    /// The files were looked at just now, and are not as they were.
    Looked(Glance),
}

impl Attendant {
    /// Makes the first preview; fails where a build would.
    pub fn begin(caller: Arc<dyn Caller>, show: Show) -> Result<Attendant, Failure> {
        let root = caller.request().root;
        let mut attendant = Attendant {
            caller,
            root,
            show,
            preview: Arc::default(),
            watches: Watches::none(),
            told: true,
            seen: Glance::default(),
            looking: Duration::ZERO,
            had_content: false,
        };
        // Watches first, so that what is saved during the first build is not lost.
        attendant.renew();
        attendant.seen = attendant.look();
        attendant.first()?;
        Ok(attendant)
    }

    /// Attends for ever.
    pub fn attend(mut self) -> ! {
        loop {
            let cause = self.wait();
            self.round(cause);
        }
    }

    /// Waits until something was touched and then was quiet.
    fn wait(&mut self) -> Cause {
        let mut suspect = None;
        loop {
            if !self.stands() {
                return self.until_back();
            }
            let pause = if self.told { PULSE } else { POLL }.max(self.looking * SHARE);
            match self.listen(pause) {
                Heard::Touched(paths) => return self.quiet(paths),
                Heard::Moved => {
                    self.renew();
                    let glance = self.look();
                    return self.settled(glance);
                }
                Heard::Exhausted => self.poll(EXHAUSTED),
                Heard::Overflow => {
                    self.renew();
                    // A build reads more files than the system keeps words for: only what
                    // differs counts, else it would build for ever.
                    let glance = self.look();
                    if glance != self.seen {
                        return self.settled(glance);
                    }
                }
                Heard::Nothing | Heard::Unrelated => {
                    let glance = self.look();
                    if glance == self.seen {
                        suspect = None;
                    } else if !self.told {
                        return self.settled(glance);
                    } else if suspect.as_ref() == Some(&glance) {
                        // It is still so after a whole pause, and the system said nothing.
                        self.poll("the system did not tell of a change");
                        return Cause::Looked(glance);
                    } else {
                        suspect = Some(glance);
                    }
                }
            }
        }
    }

    /// Listens past what no build reads.
    fn listen(&self, most: Duration) -> Heard {
        let until = self.caller.now() + most;
        loop {
            let left = until.saturating_sub(self.caller.now());
            match self.watches.listen(left) {
                Heard::Unrelated if !left.is_zero() => {}
                heard => return heard,
            }
        }
    }

    /// Waits until nothing was touched for a while.
    fn quiet(&mut self, mut paths: BTreeSet<String>) -> Cause {
        let begun = self.caller.now();
        while self.caller.now() - begun < RESTLESS {
            match self.listen(QUIET) {
                Heard::Touched(more) => paths.extend(more),
                Heard::Nothing | Heard::Unrelated => break,
                Heard::Exhausted => self.poll(EXHAUSTED),
                Heard::Moved | Heard::Overflow => {
                    self.renew();
                    let glance = self.look();
                    return self.settled(glance);
                }
            }
        }
        Cause::Touched(paths)
    }

    /// Looks until nothing changes for a while.
    fn settled(&mut self, mut glance: Glance) -> Cause {
        let begun = self.caller.now();
        while self.caller.now() - begun < RESTLESS {
            match self.listen(QUIET) {
                Heard::Exhausted => self.poll(EXHAUSTED),
                Heard::Moved | Heard::Overflow => self.renew(),
                Heard::Nothing | Heard::Unrelated | Heard::Touched(_) => {}
            }
            let next = self.look();
            if next == glance {
                break;
            }
            glance = next;
        }
        Cause::Looked(glance)
    }

    /// Waits until the folder is there again.
    fn until_back(&mut self) -> Cause {
        self.watches.drop();
        self.caller.hear(News::Gone);
        while !self.stands() {
            self.listen(POLL);
        }
        if self.told {
            self.renew();
        }
        self.caller.hear(News::Back);
        let glance = self.look();
        self.settled(glance)
    }

    fn stands(&mut self) -> bool {
        match Sources::standing(&self.root) {
            Some((_, has_content)) => {
                let stands = has_content || !self.had_content;
                self.had_content |= has_content;
                stands
            }
            None => false,
        }
    }

    fn renew(&mut self) {
        // Where the folder is gone, the next look says so.
        let Some((root, _)) = Sources::standing(&self.root) else { return };
        if self.told
            && let Err(why) = self.watches.renew(&root)
        {
            self.poll(&why);
        }
    }

    fn poll(&mut self, why: &str) {
        self.watches.drop();
        self.told = false;
        self.caller.hear(News::Polling(why));
    }

    fn look(&mut self) -> Glance {
        let begun = self.caller.now();
        let glance = Glance::at(&self.root);
        self.looking = self.caller.now() - begun;
        glance
    }

    fn first(&mut self) -> Result<(), Failure> {
        let begun = self.caller.now();
        let mut rebuilt = self.rebuild()?;
        let before = self.put(Ok(&mut rebuilt));
        let took = self.caller.now() - begun;
        self.tell(&[], Ok(&rebuilt.built), &before, took);
        Ok(())
    }

    fn round(&mut self, cause: Cause) {
        if !self.stands() {
            return;
        }
        let begun = self.caller.now();
        let mut rebuilt = self.rebuild();
        // What was made while the folder went away is neither the site nor a mistake in it.
        if !self.stands() {
            return;
        }
        let before = self.put(rebuilt.as_mut().map_err(|failure| &*failure));
        let took = self.caller.now() - begun;
        let causes = self.causes(cause);
        self.tell(&causes, rebuilt.as_ref().map(|rebuilt| &rebuilt.built), &before, took);
    }

    fn rebuild(&self) -> Result<Rebuilt, Failure> {
        let request = self.caller.request();
        let mut rebuilt = None;
        self.caller.watching(&mut |watch| {
            rebuilt = Some(rebuild(&request, watch, self.preview.site.as_deref()));
        });
        rebuilt.expect("who is asked to look on lets it be done")
    }

    /// Shows what was made, from here on, and brings what was shown before.
    fn put(&mut self, rebuilt: Result<&mut Rebuilt, &Failure>) -> Arc<Preview> {
        let preview = match rebuilt {
            Ok(Rebuilt { built, site }) => match site.take() {
                Some(site) => self.preview.mended(site, base(&built.portfolio.settings)),
                None => {
                    let errors = built.diagnostics.iter();
                    let errors = errors.filter(|one| one.severity == Severity::Error).cloned();
                    let errors: Vec<Diagnostic> = errors.collect();
                    let entries = report::overlay(&errors, &built.sources);
                    self.preview.broken(&report::summary(&errors), &entries)
                }
            },
            Err(failure) => {
                self.preview.broken("The site cannot be made", &report::overlay_failure(failure))
            }
        };
        let before = std::mem::replace(&mut self.preview, Arc::new(preview));
        self.show.send_replace(Some(self.preview.clone()));
        before
    }

    /// The files that a build began for, for people.
    fn causes(&mut self, cause: Cause) -> Vec<String> {
        let (seen, causes) = match cause {
            Cause::Looked(glance) => {
                let causes = glance.since(&self.seen);
                (glance, causes)
            }
            Cause::Touched(mut paths) => {
                let glance = self.look();
                let mut causes = glance.since(&self.seen);
                // What was touched while it was built is for the next time.
                causes.retain(|cause| above(cause).any(|path| paths.contains(path)));
                if causes.is_empty() {
                    // An editor's own file that came and went in between is not worth a word.
                    paths.retain(|path| glance.has(path) || self.seen.has(path));
                    causes.extend(paths);
                }
                (glance, causes)
            }
        };
        self.seen = seen;
        causes
    }

    fn tell(
        &self,
        causes: &[String],
        outcome: Result<&Built, &Failure>,
        before: &Preview,
        took: Duration,
    ) {
        let after = &*self.preview;
        self.caller.hear(News::Round(Round { causes, outcome, before, after, took }));
    }
}

/// A path and the folders it is in.
fn above(path: &str) -> impl Iterator<Item = &str> {
    let folders = path.rmatch_indices('/').map(|(at, _)| &path[..at]);
    std::iter::once(path).chain(folders)
}

/// The path of a site on its host, with a slash at its end.
fn base(settings: &Settings) -> String {
    let base = settings.base_url.as_deref().unwrap_or("/");
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    format!("{}/", path.trim_end_matches('/'))
}
