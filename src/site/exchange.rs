//! The exchange: the next site takes the place of the one that stands, in one step where the disk
//! can do that.

use super::backstage::Backstage;
use super::disk::Disk;
use super::foreign::{bring_home, carry, drop_carried};
use super::manifest::{Manifest, NAME};
use super::next::{clear, named};
use super::write;
use crate::diagnostics::Failure;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// How a site took its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// It stood there already.
    #[default]
    Unchanged,
    /// Nothing was in its place.
    New,
    /// The two changed places in one step.
    Exchanged,
    /// File by file, as that step cannot be done, for this reason.
    Ordered(&'static str),
}

/// Two sites that are to change places.
pub struct Exchange<'e> {
    /// What does it.
    pub disk: &'e dyn Disk,
    /// Where the next one stands.
    pub backstage: &'e Backstage,
    /// The folder that readers see.
    pub live: &'e Path,
    /// The site in it.
    pub before: &'e Manifest,
    /// What is not ours there.
    pub foreign: &'e [String],
    /// The site that comes.
    pub after: &'e Manifest,
    /// Whether the one that makes room is kept to be put back.
    pub keeps: bool,
}

impl Exchange<'_> {
    /// Lets them change places; where that cannot be done in one step, nothing is done.
    pub fn carry_out(&self) -> Result<Way, Failure> {
        let Exchange { disk, backstage, live, .. } = *self;
        let next = backstage.site();
        backstage.is_next(&named(self.after))?;
        let is_new = live.symlink_metadata().is_err();
        if self.foreign.iter().any(|path| path.contains(char::REPLACEMENT_CHARACTER)) {
            return Ok(Way::Ordered("a file in it has a name that is not UTF-8"));
        }
        if let Err(error) = carry(disk, live, &next, self.foreign) {
            let why = "what casebook did not make in it cannot be carried over";
            return self.hindered(&error, Some(why));
        }
        let moved = if is_new { disk.rename(&next, live) } else { disk.exchange(&next, live) };
        if let Err(error) = moved {
            return self.hindered(&error, None);
        }
        if let Some(over) = live.parent() {
            let settled = disk.settle_names(over);
            settled.map_err(|error| Failure::io("write", over, &error))?;
        }
        if !is_new {
            let since = backstage.entered();
            bring_home(disk, &next, self.before, live, self.foreign, since)?;
        }
        backstage.is_last()?;
        if !is_new && (self.before.files.is_empty() || !self.keeps) {
            // Without its manifest it is no site, so that the next run removes what is left of it. It
            // must not be the next one any more then: what is in it would count as not ours.
            write::remove(disk, &next, NAME)?;
            clear(disk, &next)?;
        }
        Ok(if is_new { Way::New } else { Way::Exchanged })
    }

    /// What cannot be done on this disk, apart from what failed.
    fn hindered(&self, error: &Error, why: Option<&'static str>) -> Result<Way, Failure> {
        let on_this_disk = match error.kind() {
            ErrorKind::CrossesDevices => "it lies on another disk than the folder above it",
            ErrorKind::ResourceBusy => "it is where a disk is mounted, or in use",
            ErrorKind::PermissionDenied => "the folder above it may not be written",
            ErrorKind::Unsupported | ErrorKind::InvalidInput | ErrorKind::TooManyLinks => {
                "this file system cannot exchange folders"
            }
            _ => return Err(Failure::io("write", self.live, error)),
        };
        // What was carried over already has its first name still.
        let next = self.backstage.site();
        drop_carried(self.disk, &next, self.foreign)
            .map_err(|error| Failure::io("remove", &next, &error))?;
        Ok(Way::Ordered(why.unwrap_or(on_this_disk)))
    }
}
