//! Rolling back: the last site takes the place of the one that stands, which is the last one then.

use super::backstage::Backstage;
use super::exchange::{Exchange, Way};
use super::kind;
use super::manifest::{Files, Manifest};
use super::next::{Next, clear};
use super::output::Output;
use super::plan::strangers;
use crate::diagnostics::Failure;

/// What was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolledBack {
    /// Files with other bytes than before.
    pub changed: usize,
    /// Files that the newer site did not have.
    pub back: usize,
    /// Files that only the newer site has.
    pub gone: usize,
    /// Those of the files that are back that a reader can open, in order: pages, pictures, data.
    pub shown: Vec<String>,
}

impl Output {
    /// Puts the last site back.
    pub fn roll_back(self) -> Result<RolledBack, Failure> {
        let none = |told: &std::path::Path| {
            let message = format!("no earlier site is kept for `{}`", told.display());
            Failure::usage(message).help(
                "the site before the last build that changed something is kept, until it is put \
                 back or a build fails",
            )
        };
        if self.before.files.is_empty() {
            return Err(none(&self.told));
        }
        let (live, disk) = (&*self.folder, &*self.disk);
        let backstage = Backstage::enter(live, &self.told, &self.root, self.disk.clone())?;
        let next = Next::of(&backstage, live, self.disk.clone())?;
        let before = &self.before;
        let last = next.last().filter(|last| *last != before).ok_or_else(|| none(&self.told))?;
        if let (Some(stands), Some(back)) = (&before.edition, &last.edition) {
            back.follows(Some(stands), &self.told.display().to_string(), "build it again")?;
        }
        next.is_as_it_was_left()?;
        let foreign = strangers(live, before, None)?;
        let backstage = &backstage;
        let (foreign, after) = (&foreign[..], last);
        let exchange = Exchange { disk, backstage, live, before, foreign, after, keeps: true };
        match exchange.carry_out()? {
            Way::Ordered(why) => {
                clear(disk, &backstage.site())?;
                backstage.is_last()?;
                let message = format!("the earlier site cannot be put back: {why}");
                Err(Failure::machine(message).help("build it again from its sources"))
            }
            _ => Ok(compared(before, last)),
        }
    }
}

fn compared(before: &Manifest, last: &Manifest) -> RolledBack {
    let missing = |one: &Files, other: &Files| {
        one.paths().filter(|path| other.position(path).is_none()).count()
    };
    let (newer, older) = (&before.files, &last.files);
    let differs = |at: &usize| {
        let (path, key) = older.at(*at);
        newer.position(path).is_some_and(|at| newer.at(at).1 != key)
    };
    let shown = older.paths().filter(|path| newer.position(path).is_none());
    let shown = shown.filter(|path| !kind::is_style_or_script(path)).map(str::to_owned);
    RolledBack {
        shown: shown.collect(),
        changed: (0..older.len()).filter(differs).count(),
        back: missing(older, newer),
        gone: missing(newer, older),
    }
}
