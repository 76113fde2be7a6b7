//! What is in the files beside write-ups that go into the site: looked at once for each.

use super::{Project, Telling};
use crate::diagnostics::{Code, Diagnostic, Place, did_you_mean};
use crate::documents::fields::Spanned;
use crate::documents::path::{Refused, below, on_disk};
use crate::documents::picture::{Size, Use, look};
use crate::documents::settings::Settings;
use crate::sources::{Kind, Sources};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// What was found in files, by the path of each among the sources and what is done with it.
#[derive(Clone, Debug, Default)]
pub struct Pictures(BTreeMap<(String, Use), (Option<Size>, Vec<Diagnostic>)>);

impl Pictures {
    /// Looks at the files that were not looked at; says what is wrong with those that are needed.
    pub(super) fn look(
        &mut self,
        needed: &[&NeededFile],
        sources: &Sources,
        settings: &Settings,
    ) -> Vec<Diagnostic> {
        let logo = logo(sources, settings);
        let mut all: Vec<(&str, Use)> = needed.iter().map(|file| file.key()).collect();
        all.extend(logo.as_deref().map(|source| (source, Use::Shown)));
        all.sort_unstable();
        all.dedup();
        let known = |key: &(&str, Use)| self.0.contains_key(&(key.0.to_string(), key.1));
        let strange: Vec<(&str, Use)> = all.iter().copied().filter(|key| !known(key)).collect();
        let found: Vec<_> = strange
            .into_par_iter()
            .filter_map(|(path, used)| {
                let (id, source) = sources.find(path)?;
                Some(((path.to_string(), used), look(id, source, used, settings.limits)))
            })
            .collect();
        self.0.extend(found);
        let found =
            all.into_iter().filter_map(|(path, used)| self.0.get(&(path.to_string(), used)));
        found.flat_map(|(_, said)| said.iter().cloned()).collect()
    }

    /// The sizes of the pictures among some files, by address.
    pub(super) fn sizes(&self, needed: &[&NeededFile]) -> BTreeMap<String, Size> {
        let sizes = needed.iter().filter_map(|file| {
            let (path, used) = file.key();
            let size = self.0.get(&(path.to_string(), used))?.0?;
            Some((file.address.clone(), size))
        });
        sizes.collect()
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
