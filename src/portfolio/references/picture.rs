//! What is in the files beside write-ups that go into the site: looked at once for each.

use super::NeededFile;
use crate::diagnostics::{Code, Diagnostic, FileId, did_you_mean};
use crate::documents::path::below;
use crate::documents::picture::{Size, Use, look};
use crate::documents::settings::Settings;
use crate::sources::Sources;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What was found in files, by the path of each among the sources and what is done with it.
#[derive(Clone, Debug, Default)]
pub struct Pictures(BTreeMap<(String, Use), (Option<Size>, Vec<Diagnostic>)>);

/// Where the site's mark is looked for.
const LOGO: &str = "content/";

impl Pictures {
    /// Looks at the files that were not looked at; says what is wrong with those that are needed.
    pub(super) fn look(
        &mut self,
        needed: &[&NeededFile],
        sources: &Sources,
        settings: &Settings,
    ) -> Vec<Diagnostic> {
        let (logo, missing) = match logo(sources, settings) {
            Ok(logo) => (logo, None),
            Err(problem) => (None, Some(*problem)),
        };
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
        let said = found.flat_map(|(_, said)| said.iter().cloned());
        said.chain(missing).collect()
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

/// The path of the site's mark, where it has one.
fn logo(sources: &Sources, settings: &Settings) -> Result<Option<String>, Box<Diagnostic>> {
    let Some(name) = &settings.logo else { return Ok(None) };
    let source = below(name).map(|below| format!("{LOGO}{below}"));
    let source = source.filter(|source| sources.find(source).is_some());
    source.map(Some).ok_or_else(|| {
        let message = format!("there is no picture `{}` in {LOGO}", name.value);
        let files = sources.below(LOGO).iter().filter_map(|file| file.path.strip_prefix(LOGO));
        let help = did_you_mean(name, files.filter(|file| !file.ends_with(".md")));
        let help = help.unwrap_or_else(|| format!("put the file into {LOGO}"));
        Box::new(Diagnostic::new(Code::ImageMissing, FileId(0).at(name.span), message).help(help))
    })
}
