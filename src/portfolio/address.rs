//! Addresses: every page and file that the site has, and what a link in a body leads to.
//!
//! An address is a path below the site's root that names its file: `projects/x/index.html`.

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::documents::PageDocument;
use crate::documents::body::Target;
use crate::documents::id::{Below, is_reserved};
use crate::documents::part::Part;
use crate::documents::path::{below, composed, folded, on_disk};
use crate::memo::Key;
use foldhash::HashMap;

/// The pages that each site has.
const OWN_PAGES: &[&str] = &[
    "index.html",
    "projects/index.html",
    "kpis/index.html",
    "lessons/index.html",
    "value/index.html",
    "actions/index.html",
    "units/index.html",
    "timeline/index.html",
    "search/index.html",
    "people/index.html",
    "partnership/index.html",
    "tags/index.html",
    "years/index.html",
    "board/index.html",
    "404.html",
];

/// The pages of the site's own, beside these free ones.
pub fn own(free: &[PageDocument]) -> impl Iterator<Item = &'static str> {
    // A free page of that name takes the place of the site's own.
    let told = free.iter().any(|page| page.id == ACCESSIBILITY_PAGE);
    OWN_PAGES.iter().copied().chain((!told).then_some(ACCESSIBILITY))
}

/// The page that says how the site can be read.
pub const ACCESSIBILITY: &str = "accessibility/index.html";
/// The free page that takes its place.
pub const ACCESSIBILITY_PAGE: &str = "accessibility";

/// Where a write-up stands, for links relative to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Its folder among the sources: `content/projects/x/`.
    pub source: String,
    /// Its page: `projects/x/index.html`.
    pub page: String,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// A page of the site.
    Page(String),
    /// A file beside a write-up, by its path among the sources and its address.
    File {
        /// `content/projects/x/plan.pdf`
        source: String,
        /// `projects/x/plan.pdf`
        address: String,
    },
}

/// Every page of the site by its address, with the place that asked for it.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    pages: HashMap<String, Taken>,
    /// The parts of a site that this one does without.
    left_out: Vec<Part>,
    /// Old addresses and the pages they lead to.
    pub aliases: Vec<(String, String)>,
}

/// What has an address.
#[derive(Clone, Debug)]
struct Taken {
    place: Option<Place>,
    what: String,
    /// The address, where it is another than what all names of it are folded to.
    address: Option<Box<str>>,
}

/// The page of a project's brief.
pub fn brief(id: &str) -> String {
    format!("projects/{id}/brief/index.html")
}

impl Addresses {
    /// No address yet, of a site that does without some of its parts.
    pub fn without(parts: &[Part]) -> Addresses {
        Addresses { left_out: parts.to_vec(), ..Addresses::default() }
    }

    /// Takes an address for a page; two pages with one address are told, both.
    pub fn take(
        &mut self,
        address: String,
        place: Option<Place>,
        what: String,
    ) -> Option<Diagnostic> {
        if Part::is_left_out(&self.left_out, &address) {
            return None;
        }
        if let Some(taken) = self.taken(&address, place, &what) {
            return Some(taken);
        }
        let folded = folded(&address).into_owned();
        let address = (folded != address).then(|| address.into());
        self.pages.insert(folded, Taken { place, what, address });
        None
    }

    /// A word that an address is taken already, perhaps in other letters; what has it is named.
    pub fn taken(&self, address: &str, place: Option<Place>, what: &str) -> Option<Diagnostic> {
        let Taken { place: first, what: other, .. } = self.pages.get(&*folded(address))?;
        let shown = address.strip_suffix("index.html").unwrap_or(address);
        let message = format!("{what} and {other} have one address, /{shown}");
        let at = place.or(*first).unwrap_or_default();
        let mut said = Diagnostic::new(Code::AddressTaken, at, message);
        if let (Some(first), true) = (first, place.is_some()) {
            said = said.also(*first, "the other one");
        }
        Some(said.help("rename one of the two"))
    }

    /// Takes an old address that is to lead to a page.
    pub fn alias(&mut self, written: &str, page: &str, place: Place) -> Option<Diagnostic> {
        let path = written.strip_prefix('/').unwrap_or_default();
        let path = path.strip_suffix("index.html").unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let Some(path) = below(path).ok().filter(|clean| clean == path) else {
            let message = format!("`{written}` is no address of this site");
            return Some(
                Diagnostic::new(Code::Alias, place, message).help("write it as /old/address/"),
            );
        };
        let first = path.split(['/', '.']).next().unwrap_or_default();
        // Where the site has a file it can have no folder.
        let folder = path.split('/').next().unwrap_or_default();
        let file = folder.contains('.') && !folder.ends_with(".html");
        let own = is_reserved(first, Below::Root) || first.starts_with("sitemap-");
        let files = matches!(first, "data" | "assets") || (file && own);
        if files || (is_reserved(first, Below::Root) && !path.contains('/')) {
            let message = format!("the address `{written}` is the site's own");
            return Some(
                Diagnostic::new(Code::AddressTaken, place, message).help("remove this old address"),
            );
        }
        let address = match path.rsplit_once('.') {
            Some((_, "html")) => path.to_string(),
            _ => format!("{path}/index.html"),
        };
        let taken = self.take(address.clone(), Some(place), format!("the alias `{written}`"));
        if taken.is_none() {
            self.aliases.push((address, page.to_string()));
        }
        taken
    }

    /// The key of all addresses: which there are, in whatever order, and which lead elsewhere.
    pub fn key(&self) -> Key {
        let sum = self.pages.keys().map(|page| Key::of(page).number()).fold(0, u128::wrapping_add);
        Key::told(&(sum, self.pages.len(), &self.aliases))
    }

    /// Whether there is a page.
    pub fn has(&self, address: &str) -> bool {
        self.pages.contains_key(&*folded(address))
    }

    /// The address of a page as it is, if there is one, in whatever letters it is asked for.
    fn find(&self, address: &str) -> Option<String> {
        let folded = folded(address);
        let taken = self.pages.get(&*folded)?;
        Some(taken.address.as_ref().map_or_else(|| folded.into_owned(), |own| own.to_string()))
    }

    /// What a link leads to, if it leads anywhere; `files` knows the files beside write-ups.
    pub fn resolve(
        &self,
        target: &Target,
        base: &Base,
        files: impl Fn(&str) -> bool,
    ) -> Option<Resolved> {
        if target.path.is_empty() {
            return Some(Resolved::Page(base.page.clone()));
        }
        if let Some(path) = target.path.strip_prefix('/') {
            return self.page(path).map(Resolved::Page);
        }
        // From the file: to another write-up, or to a file beside this one.
        let source = join(&base.source, &target.path);
        if let Some(source) = &source {
            let stem = source.strip_suffix("/index.md").or_else(|| source.strip_suffix(".md"));
            if let Some(page) = stem.and_then(page_of) {
                return self.page(&page).map(Resolved::Page);
            }
            if let Some(source) = on_disk(source, files) {
                let address = composed(source.strip_prefix("content/")?).into_owned();
                return Some(Resolved::File { source, address });
            }
        }
        // From the page: as the address bar would read it.
        let folder = base.page.strip_suffix("index.html").unwrap_or_default();
        self.page(&join(folder, &target.path)?).map(Resolved::Page)
    }

    fn page(&self, path: &str) -> Option<String> {
        let path = path.trim_start_matches('/');
        let bare = path.strip_suffix('/').unwrap_or(path);
        let candidates = match bare {
            "" => vec!["index.html".to_string()],
            bare => vec![path.to_string(), format!("{bare}/index.html")],
        };
        candidates.into_iter().find_map(|candidate| self.find(&candidate))
    }

    /// Every page, for suggestions: in the form that writers use.
    pub fn shown(&self) -> Vec<String> {
        let mut all: Vec<_> = self
            .pages
            .keys()
            .map(|page| format!("/{}", page.strip_suffix("index.html").unwrap_or(page)))
            .collect();
        all.sort();
        all
    }
}

/// The page of a write-up by its path among the sources, without its ending.
fn page_of(stem: &str) -> Option<String> {
    let path = stem.strip_prefix("content/")?;
    Some(match path.strip_prefix("pages/") {
        Some(page) => format!("{page}/"),
        None if path == "index" => String::new(),
        None => format!("{path}/"),
    })
}

/// Joins a path to a folder, by components; `None` if it leads out of the root.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The page of the figures of a project, by its id.
pub fn evidence(id: &str) -> String {
    format!("projects/{id}/evidence/index.html")
}

/// The card of a project, for where its page is shared, by its id.
pub fn card(id: &str) -> String {
    format!("projects/{id}/card.png")
}

/// The address of one page as seen from another.
pub fn relative(from: &str, to: &str) -> String {
    let slash = |bytes: &[u8]| bytes.iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
    let folder = &from[..slash(from.as_bytes())];
    // Many lead down, from the root or from where the page lies.
    let common = match to.starts_with(folder) {
        true => folder.len(),
        false => {
            let same = folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
            slash(&folder.as_bytes()[..same])
        }
    };
    let up = folder[common..].bytes().filter(|byte| *byte == b'/').count();
    let mut out = String::with_capacity(3 * up + to.len() - common);
    (0..up).for_each(|_| out.push_str("../"));
    out.push_str(&to[common..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses() -> (Addresses, Base) {
        let mut addresses = Addresses::default();
        for page in
            ["index.html", "projects/a/index.html", "projects/b/index.html", "about/index.html"]
        {
            assert_eq!(addresses.take(page.into(), None, page.into()), None);
        }
        let base =
            Base { source: "content/projects/a/".into(), page: "projects/a/index.html".into() };
        (addresses, base)
    }

    #[test]
    fn a_link_is_read_from_the_root_from_the_file_and_from_the_page() {
        let (addresses, base) = addresses();
        let to = |path: &str| {
            let target = Target { path: path.into(), fragment: String::new() };
            let files = |file: &str| file == "content/projects/a/plan.pdf";
            match addresses.resolve(&target, &base, files)? {
                Resolved::Page(page) => Some(page),
                Resolved::File { address, .. } => Some(format!("file:{address}")),
            }
        };
        for path in [
            "/projects/b/",
            "/projects/b",
            "../b/",
            "../b.md",
            "/projects/b/index.html",
            "../b/index.md",
        ] {
            assert_eq!(to(path).as_deref(), Some("projects/b/index.html"), "{path}");
        }
        assert_eq!(to("/").as_deref(), Some("index.html"));
        assert_eq!(to("../../pages/about.md").as_deref(), Some("about/index.html"));
        assert_eq!(to("plan.pdf").as_deref(), Some("file:projects/a/plan.pdf"));
        for path in ["/projects/c/", "../../../../etc/passwd", "other.pdf", "/../projects/b/"] {
            assert_eq!(to(path), None, "{path}");
        }
    }

    #[test]
    fn links_between_pages_name_the_file() {
        assert_eq!(relative("projects/a/index.html", "projects/b/index.html"), "../b/index.html");
        assert_eq!(relative("index.html", "projects/index.html"), "projects/index.html");
        assert_eq!(relative("projects/page/2/index.html", "index.html"), "../../../index.html");
        assert_eq!(relative("a/index.html", "a/index.html"), "index.html");
    }

    #[test]
    fn aliases_cannot_lead_out_or_fall_on_a_page() {
        let (mut addresses, _) = addresses();
        let mut code = |alias: &str| {
            addresses.alias(alias, "about/index.html", Place::default()).map(|d| d.code)
        };
        assert_eq!(code("/old/address/"), None);
        assert_eq!(code("/old/address"), Some(Code::AddressTaken));
        assert_eq!(code("/About/"), Some(Code::AddressTaken));
        for alias in [
            "../x",
            "/../x",
            "//host/x",
            "/%2e%2e/x",
            "/a\\b",
            "C:\\x",
            "/",
            "x",
            "/a//b",
            "/con/",
            "/x./",
            "/a?b/",
            "/a%2fb",
            "/e\u{301}/",
        ] {
            assert_eq!(code(alias), Some(Code::Alias), "{alias}");
        }
    }
}
