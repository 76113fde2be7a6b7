//! File by file: how a site takes the place of another where the two cannot change places at once.
//!
//! All new files are brought into the folder first, under a name that no page names, so that a full
//! disk is met before a reader sees anything. Then each takes its place by a rename: what pages
//! need first, pages next; what is gone goes last. For a moment readers meet pages of both sites.

use super::disk::{Disk, make_folders};
use super::manifest::{Manifest, NAME, STAGE};
use super::next::clear;
use super::plan::Plan;
use super::write;
use crate::diagnostics::Failure;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// A site that takes the place of another.
pub struct Ordered<'o> {
    pub disk: &'o dyn Disk,
    /// The folder that readers see, and what stands in it.
    pub live: &'o Path,
    pub before: &'o Manifest,
    pub plan: &'o Plan,
    /// The whole site, elsewhere.
    pub next: &'o Path,
    pub after: &'o Manifest,
    /// The paths of it that are not in the folder yet.
    pub differ: &'o [&'o str],
}

impl Ordered<'_> {
    /// Publishes it.
    pub fn carry_out(&self) -> Result<(), Failure> {
        let Ordered { disk, live, before, plan, after, .. } = *self;
        let stage = live.join(STAGE);
        let brought = self.bring(&stage).and_then(|()| {
            write::put(disk, live, NAME, before.until(after).text().as_bytes())?;
            plan.in_the_way.iter().try_for_each(|path| write::remove(disk, live, path))?;
            if !plan.in_the_way.is_empty() {
                write::tidy(disk, live, plan.left_behind.iter().map(String::as_str));
            }
            let folders = plan.folders.iter();
            folders
                .map(String::as_str)
                .try_for_each(|path| write::make_folder(disk, live, path))?;
            let place = |path: &&str| write::place(disk, live, &stage, path);
            let (pages, others): (Vec<&str>, Vec<&str>) =
                self.differ.iter().partition(|path| path.ends_with(".html"));
            others.par_iter().try_for_each(place)?;
            pages.par_iter().try_for_each(place)?;
            let stale = plan.stale.par_iter();
            let stale = stale.filter(|path| after.files.position(path).is_none());
            stale.try_for_each(|path| write::remove(disk, live, path))?;
            write::tidy(disk, live, plan.left_behind.iter().map(String::as_str));
            write::put(disk, live, NAME, after.text().as_bytes())
        });
        let cleared = clear(disk, &stage);
        brought?;
        cleared?;
        let settled = disk.settle(live, &[]);
        settled.map_err(|error| Failure::io("write", live, &error))
    }

    fn bring(&self, stage: &Path) -> Result<(), Failure> {
        clear(self.disk, stage)?;
        let made = make_folders(self.disk, stage);
        made.map_err(|error| Failure::io("make the folder", stage, &error))?;
        let bring = |path: &&str| {
            let to: PathBuf = stage.join(path);
            let copied = write::copy(self.disk, &self.next.join(path), &to);
            copied.map(|_| ()).map_err(|error| Failure::io("write", &to, &error))
        };
        self.differ.par_iter().try_for_each(bring)
    }
}
