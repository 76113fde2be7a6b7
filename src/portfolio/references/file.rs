//! Files beside write-ups that pages show or link: what is wrong with one that a site cannot have.

use super::There;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::documents::path::{below, is_portable};
use crate::portfolio::Project;
use crate::portfolio::address::Addresses;

/// A file's address and its path among the sources, or what is wrong with it.
pub(super) type Wanted = Result<(String, String), Box<Diagnostic>>;

impl There<'_> {
    /// A file that a page needs, by its address and its path among the sources.
    pub(super) fn file(&self, address: String, source: String, place: Place) -> Wanted {
        match problem(&address, place, &self.portfolio.addresses) {
            Some(problem) => Err(Box::new(problem)),
            None => Ok((address, source)),
        }
    }

    /// The picture that the front matter names, if it is there.
    pub(super) fn image(&self, project: &Project) -> Option<Wanted> {
        let document = &project.shown.document;
        let src = &project.front().image.as_ref()?.src;
        let below = below(src)?;
        let source = format!("{}{below}", document.folder.as_ref()?);
        self.sources.find(&source)?;
        let address = format!("projects/{}/{below}", project.id());
        Some(self.file(address, source, document.file.at(src.span)))
    }
}

/// What is wrong with a file at an address: its name, or a page that needs the same place.
fn problem(address: &str, place: Place, addresses: &Addresses) -> Option<Diagnostic> {
    if let Some(part) = address.split('/').find(|part| !is_portable(part)) {
        let message = format!("no site can have a file called `{part}`");
        let help = "rename it with letters, digits, points and hyphens";
        return Some(Diagnostic::new(Code::Id, place, message).help(help));
    }
    let inside = format!("{address}/index.html");
    let above = address.match_indices('/').map(|(at, _)| &address[..at]);
    let page = [address, &inside].into_iter().chain(above).find(|page| addresses.has(page))?;
    let message = format!("this file and the page /{page} cannot stand beside each other");
    Some(Diagnostic::new(Code::AddressTaken, place, message).help("rename the file"))
}
