//! What is in the files beside write-ups that go into the site: looked at once for each, with its
//! narrower copies where it is a picture that has any.

use super::{Project, Telling};
use crate::diagnostics::{Code, Diagnostic, Place, did_you_mean};
use crate::documents::fields::Spanned;
use crate::documents::path::{Refused, below, on_disk};
use crate::documents::picture::copies::{Copies, LARGE};
use crate::documents::picture::{Copied, Size, Use, copied, look};
use crate::documents::settings::Settings;
use crate::memo::Key;
use crate::memo::store::Store;
use crate::sources::{Kind, Sources};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file beside a write-up that a page needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeededFile {
    /// Where it goes: `projects/x/plan.pdf`.
    pub(super) address: String,
    /// Its path among the sources.
    pub(super) source: String,
    pub(super) used: Use,
    /// Where it is named.
    pub(super) place: Place,
}

/// A picture beside a write-up, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// How large it is.
    pub size: Size,
    /// Its narrower copies, the narrowest first: the width of each and where it lies.
    pub copies: Vec<(u32, String)>,
}

/// A place beside a picture that a narrower copy of it has, or had if it weighed less.
#[derive(Clone, Debug)]
pub struct Copy {
    /// Where it lies, or would.
    pub address: String,
    /// The path of the picture among the sources.
    pub picture: String,
    made: Option<(Copies, u32)>,
}

impl Copy {
    /// Its bytes, where there is one.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.made.as_ref().and_then(|(copies, width)| copies.bytes(*width))
    }
}

/// What was found in files.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// By the path of each among the sources and what is done with it.
    seen: BTreeMap<(String, Use), Seen>,
    /// Copies that were made in another run, by their keys.
    before: BTreeMap<Key, Copies>,
}

#[derive(Clone, Debug)]
struct Seen {
    size: Option<Size>,
    said: Vec<Diagnostic>,
    copied: Option<Copied>,
}

impl Pictures {
    /// Looks at the files that were not looked at; says what is wrong with those that are needed.
    pub(super) fn look(
        &mut self,
        needed: &[&NeededFile],
        sources: &Sources,
        settings: &Settings,
        store: &dyn Store,
    ) -> Vec<Diagnostic> {
        let logo = logo(sources, settings);
        let mut all: Vec<(&str, Use)> = needed.iter().map(|file| file.key()).collect();
        all.extend(logo.as_deref().map(|source| (source, Use::Shown)));
        all.sort_unstable();
        all.dedup();
        let known = |key: &(&str, Use)| self.seen.contains_key(&(key.0.to_string(), key.1));
        let strange: Vec<(&str, Use)> = all.iter().copied().filter(|key| !known(key)).collect();
        let mut found: Vec<_> = strange
            .into_par_iter()
            .filter_map(|(path, used)| {
                let (id, source) = sources.find(path)?;
                let (size, said) = look(id, source, used, settings.limits);
                Some(((path.to_string(), used), Seen { size, said, copied: None }))
            })
            .collect();
        let store = Before { copies: std::mem::take(&mut self.before), store };
        let is_copied =
            |(path, used): &(String, Use)| *used == Use::Shown && logo.as_ref() != Some(path);
        let copy = |(key, seen): &mut ((String, Use), Seen)| {
            let source = sources.find(&key.0).filter(|_| is_copied(key));
            let Some(((id, source), size)) = source.zip(seen.size) else { return };
            match copied(id, source, size, &store) {
                Ok(copied) => seen.copied = copied,
                Err(said) => seen.said.push(*said),
            }
        };
        let (mut large, mut small): (Vec<_>, Vec<_>) = found.iter_mut().partition(|(_, seen)| {
            seen.size
                .is_some_and(|Size { width, height }| u64::from(width) * u64::from(height) > LARGE)
        });
        small.par_iter_mut().with_max_len(1).for_each(|one| copy(one));
        large.iter_mut().for_each(|one| copy(one));
        self.seen.extend(found);
        let keys = self.seen.values().filter_map(|seen| Some(seen.copied.as_ref()?.key));
        keys.for_each(|key| store.uses(key));
        let found =
            all.into_iter().filter_map(|(path, used)| self.seen.get(&(path.to_string(), used)));
        found.flat_map(|seen| seen.said.iter().cloned()).collect()
    }

    /// The pictures among some files, by address, and where copies of them lie, in order.
    pub(super) fn shown(&self, needed: &[&NeededFile]) -> (BTreeMap<String, Picture>, Vec<Copy>) {
        let (mut pictures, mut places) = (BTreeMap::new(), BTreeMap::new());
        for file in needed {
            let (path, used) = file.key();
            let Some(seen) = self.seen.get(&(path.to_string(), used)) else { continue };
            let Some(size) = seen.size else { continue };
            let mut copies = Vec::new();
            for planned in seen.copied.iter().flat_map(|copied| &copied.planned) {
                let width = planned.width;
                let address = planned.address(&file.address);
                let made = seen.copied.as_ref().map(|copied| &copied.made);
                let made = made.filter(|made| made.bytes(width).is_some());
                copies.extend(made.map(|_| (width, address.clone())));
                let made = made.map(|made| (made.clone(), width));
                let copy = Copy { address: address.clone(), picture: path.into(), made };
                places.insert((address, path), copy);
            }
            // One that is shown and linked is shown.
            if used == Use::Shown || !pictures.contains_key(&file.address) {
                pictures.insert(file.address.clone(), Picture { size, copies });
            }
        }
        (pictures, places.into_values().collect())
    }

    /// Takes over the copies that another run has.
    pub fn has_copies(&mut self, copies: BTreeMap<Key, Copies>) {
        self.before = copies;
    }

    /// The copies of all pictures that were looked at.
    pub fn copies_by_key(&self) -> BTreeMap<Key, Copies> {
        let copied = self.seen.values().filter_map(|seen| seen.copied.as_ref());
        copied.map(|copied| (copied.key, copied.made.clone())).collect()
    }
}

/// What another run has, over what is kept elsewhere.
#[derive(Debug)]
struct Before<'s> {
    copies: BTreeMap<Key, Copies>,
    store: &'s dyn Store,
}

impl Store for Before<'_> {
    fn find(&self, key: Key) -> Option<Arc<[u8]>> {
        self.copies.get(&key).map(Copies::all).or_else(|| self.store.find(key))
    }

    fn keep(&self, key: Key, made: &Arc<[u8]>) {
        self.store.keep(key, made);
    }

    fn makes(&self) -> bool {
        self.store.makes()
    }

    fn uses(&self, key: Key) {
        self.store.uses(key);
    }
}

impl NeededFile {
    fn key(&self) -> (&str, Use) {
        (&self.source, self.used)
    }
}

/// The picture that the front matter names, if it is there.
pub(super) fn image(project: &Project, sources: &Sources) -> Option<NeededFile> {
    let folder = project.shown.document.folder.as_ref()?;
    let src = &project.front().image.as_ref()?.src;
    let below = below(src).ok()?;
    let source = on_disk(&format!("{folder}{below}"), |path| sources.find(path).is_some())?;
    let address = format!("projects/{}/{below}", project.id());
    let place = project.shown.document.file.at(src.span);
    Some(NeededFile { address, source, used: Use::Shown, place })
}

impl Telling<'_> {
    /// The file of a picture in the text.
    pub(super) fn picture(
        &self,
        path: &Spanned<String>,
        sources: &Sources,
    ) -> Result<NeededFile, Box<Diagnostic>> {
        let below = below(path);
        let folder = self.base.source.as_str();
        let used = |found: &str| {
            sources.find(found).is_some_and(|(_, file)| file.kind == Kind::Attachment)
        };
        let found =
            below.as_ref().ok().and_then(|below| on_disk(&format!("{folder}{below}"), used));
        let flat = self.project.filter(|project| project.shown.document.folder.is_none());
        match (below, found) {
            (Ok(_), _) if flat.is_some() => {
                let id = flat.map(Project::id).unwrap_or_default();
                let message = format!("`{}` needs a write-up with a folder of its own", path.value);
                let help = format!("move this file to content/projects/{id}/index.md");
                Err(Box::new(self.say(Code::NeedsFolder, path.span, message).help(help)))
            }
            (Ok(below), Some(source)) => {
                let page = self.base.page.strip_suffix("index.html").unwrap_or_default();
                let address = format!("{page}{below}");
                let place = self.file.at(path.span);
                Ok(NeededFile { address, source, used: Use::Shown, place })
            }
            (Err(Refused::Name(message, help)), _) => {
                Err(Box::new(self.say(Code::FileName, path.span, message).help(help)))
            }
            (Err(Refused::Outside), _) => {
                let message = format!("`{}` leads out of the write-up's folder", path.value);
                let help = "put the picture beside the write-up, and name it here";
                Err(Box::new(self.say(Code::OutsideProject, path.span, message).help(help)))
            }
            _ => {
                let message = format!("there is no picture `{}` beside this file", path.value);
                let files =
                    sources.below(folder).iter().filter_map(|file| file.path.strip_prefix(folder));
                let files = files.filter(|file| !file.ends_with(".md"));
                let help = did_you_mean(path, files)
                    .unwrap_or_else(|| format!("put the file into {folder}"));
                Err(Box::new(self.say(Code::ImageMissing, path.span, message).help(help)))
            }
        }
    }
}

/// The path of the site's mark, where it is there; where it is not, the theme says so.
fn logo(sources: &Sources, settings: &Settings) -> Option<String> {
    let below = below(settings.logo.as_ref()?).ok()?;
    on_disk(&format!("content/{below}"), |path| sources.find(path).is_some())
}
