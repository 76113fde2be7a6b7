//! Files beside pages, each under an address of its own: what the site makes, what the theme brings,
//! what lies beside write-ups, and the narrower copies of pictures there.
//!
//! Pages have taken their addresses before. A file that would fall on one, or on another file, is
//! told together with it; so is one that stands where a folder is needed.

use crate::diagnostics::{Code, Diagnostic, FileId, Place};
use crate::documents::path;
use crate::pages::Pages;
use crate::portfolio::Portfolio;
use crate::portfolio::address::Addresses;
use crate::sources::Sources;
use crate::theme::Theme;
use std::collections::BTreeMap;

/// What is wrong with the addresses of files beside pages.
pub fn check(
    portfolio: &Portfolio,
    pages: &Pages<'_>,
    theme: Option<&Theme>,
    sources: &Sources,
) -> Vec<Diagnostic> {
    if portfolio.files.is_empty() && portfolio.copies.is_empty() {
        return Vec::new();
    }
    let mut files = Files { pages: &portfolio.addresses, taken: BTreeMap::new() };
    let made = pages.files().into_iter().map(|file| file.address);
    for address in made.chain(pages.index_files()) {
        files
            .taken
            .insert(path::folded(&address).into_owned(), Taken { what: OWN.into(), source: None });
    }
    let brought = theme.map(|theme| theme.files.keys()).into_iter().flatten();
    for address in brought {
        files
            .taken
            .insert(path::folded(address).into_owned(), Taken { what: OWN.into(), source: None });
    }
    let beside = portfolio.files.iter().map(|(address, source)| {
        let what = format!("the file `{source}`");
        (address, source, what)
    });
    let copies = portfolio.copies.iter().map(|copy| {
        let what = format!("a narrower copy of `{}`", copy.picture);
        (&copy.address, &copy.picture, what)
    });
    beside
        .chain(copies)
        .filter_map(|(address, source, what)| {
            let (id, _) = sources.find(source)?;
            files.take(address, id, source, what)
        })
        .collect()
}

const OWN: &str = "a file of the site's own";

/// Files by their addresses, as all names of each are folded.
struct Files<'p> {
    pages: &'p Addresses,
    taken: BTreeMap<String, Taken<'p>>,
}

struct Taken<'p> {
    what: String,
    /// Where it lies among the sources, if it does.
    source: Option<(&'p str, Place)>,
}

impl<'p> Files<'p> {
    fn take(
        &mut self,
        address: &str,
        file: FileId,
        source: &'p str,
        what: String,
    ) -> Option<Diagnostic> {
        let at = file.top();
        if let Some(taken) = self.pages.taken(address, Some(at), &what) {
            return Some(taken);
        }
        let folded = path::folded(address).into_owned();
        let told = |message, other: Option<Place>| {
            let said = Diagnostic::new(Code::AddressTaken, at, message);
            let said = match other {
                Some(other) => said.also(other, "the other one"),
                None => said,
            };
            Some(said.help("rename this file, and the words that name it"))
        };
        if let Some(Taken { what: other, source: twin }) = self.taken.get(&folded) {
            // Two names that differ by case alone are told where files are named.
            let is_named = twin.is_some_and(|(twin, _)| path::folded(twin) == path::folded(source));
            let message = format!("{what} and {other} have one address, /{address}");
            return told(message, twin.map(|(_, at)| at)).filter(|_| !is_named);
        }
        let over = folded.match_indices('/').map(|(at, _)| &folded[..at]);
        let is_file = |path: &&str| self.pages.has(path) || self.taken.contains_key(*path);
        let below = format!("{folded}/");
        let within = || self.taken.range(below.clone()..).next();
        let is_folder = self.pages.has(&format!("{folded}/index.html"))
            || within().is_some_and(|(path, _)| path.starts_with(&below));
        if is_folder {
            return told(format!("{what} stands where the site has a folder, /{address}/"), None);
        }
        if let Some(over) = over.rev().find(is_file) {
            return told(format!("{what} needs a folder where the site has a file, /{over}"), None);
        }
        self.taken.insert(folded, Taken { what, source: Some((source, at)) });
        None
    }
}
