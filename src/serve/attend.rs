//! Attending: a preview is made, shown, told of, and made again when something was touched.
//!
//! One thread does nothing else. What is touched while it builds waits for it, so that the last
//! thing saved is always the one shown in the end.

use super::preview::Preview;
use super::rebuild::{Rebuilding, Rebuilt};
use super::vigil::Vigil;
use super::{Caller, News, Round};
use crate::diagnostics::{Diagnostic, Failure, Severity};
use crate::documents::settings::Settings;
use crate::pipeline::{Request, Watch};
use crate::report;
use crate::site::memory::Held;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::Sender;

/// What is shown, for all who look.
pub type Show = Sender<Option<Arc<Preview>>>;

/// What looks after one preview.
pub struct Attendant {
    caller: Arc<dyn Caller>,
    vigil: Vigil,
    rebuilding: Rebuilding,
    preview: Arc<Preview>,
    show: Show,
}

impl Attendant {
    /// Makes the first preview; fails where a build would.
    pub fn begin(caller: Arc<dyn Caller>, show: Show) -> Result<Attendant, Failure> {
        let vigil = Vigil::begin(caller.clone(), caller.request().root);
        let (rebuilding, preview) = (Rebuilding::with(caller.store()), Arc::default());
        let mut attendant = Attendant { caller, vigil, rebuilding, preview, show };
        let begun = attendant.caller.now();
        let rebuilt = attendant.rebuild()?;
        attendant.show(Ok(rebuilt), begun);
        Ok(attendant)
    }

    /// Attends for ever.
    pub fn attend(mut self) -> ! {
        loop {
            self.vigil.wait();
            if !self.vigil.stands() {
                continue;
            }
            let begun = self.caller.now();
            let rebuilt = self.rebuild();
            if self.vigil.stands() {
                self.show(rebuilt, begun);
                self.follow();
            } else {
                // What was made while the folder went away is neither the site nor a mistake.
                self.rebuilding.forget();
            }
        }
    }

    fn rebuild(&mut self) -> Result<Rebuilt, Failure> {
        let mut touched = self.vigil.touched();
        self.made(|rebuilding, request, watch, before| {
            rebuilding.again(request, watch, before, touched.take())
        })
    }

    /// Makes the index of the search, which has every word of every page in it and so takes longer
    /// than a page: it waits until browsers were told.
    fn follow(&mut self) {
        if self.preview.overlay.is_some() || !self.rebuilding.has_index_waiting() {
            return;
        }
        let begun = self.caller.now();
        let rebuilt = self.made(Rebuilding::index);
        if !self.vigil.stands() {
            return self.rebuilding.forget();
        }
        match rebuilt {
            Ok(Rebuilt { site: Some(site), .. }) => {
                self.preview = Arc::new(self.preview.followed(site));
                self.show.send_replace(Some(self.preview.clone()));
            }
            wrong => self.show(wrong, begun),
        }
    }

    fn made(
        &mut self,
        mut make: impl FnMut(
            &mut Rebuilding,
            &Request,
            &dyn Watch,
            Option<&Held>,
        ) -> Result<Rebuilt, Failure>,
    ) -> Result<Rebuilt, Failure> {
        let request = self.caller.request();
        let (rebuilding, before) = (&mut self.rebuilding, self.preview.site.as_deref());
        let mut rebuilt = None;
        self.caller.watching(&mut |watch| {
            rebuilt = Some(make(rebuilding, &request, watch, before));
        });
        rebuilt.expect("who is asked to look on lets it be done")
    }

    /// Shows what was made, first to browsers, then to the caller.
    fn show(&mut self, mut rebuilt: Result<Rebuilt, Failure>, begun: Duration) {
        let after = Arc::new(self.after(&mut rebuilt));
        self.show.send_replace(Some(after.clone()));
        let took = self.caller.now() - begun;
        let built = rebuilt.as_ref().map(|rebuilt| &rebuilt.built);
        let causes = self.vigil.note(built.as_ref().ok().map(|built| &built.sources));
        let before = std::mem::replace(&mut self.preview, after);
        let (causes, before, after) = (&causes[..], &*before, &*self.preview);
        self.caller.hear(News::Round(Round { causes, outcome: built, before, after, took }));
    }

    /// The preview after a rebuild.
    fn after(&self, rebuilt: &mut Result<Rebuilt, Failure>) -> Preview {
        let Rebuilt { built, site } = match rebuilt {
            Ok(rebuilt) => rebuilt,
            Err(failure) => {
                let entries = report::overlay_failure(failure);
                return self.preview.broken("The site cannot be made", &entries);
            }
        };
        if let Some(site) = site.take() {
            return self.preview.mended(site, base(&built.settings));
        }
        let errors = built.diagnostics.iter().filter(|one| one.severity == Severity::Error);
        let errors: Vec<Diagnostic> = errors.cloned().collect();
        let entries = report::overlay(&errors, &built.sources);
        self.preview.broken(&report::summary(&errors), &entries)
    }
}

/// The path of a site on its host, with a slash at its end.
fn base(settings: &Settings) -> String {
    let base = settings.base_url.as_deref().unwrap_or("/");
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    format!("{}/", path.trim_end_matches('/'))
}
