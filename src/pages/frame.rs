//! What every page has around its content: navigation, the way from home, the day of the data.

use super::Here;
use super::feed::FEED;
use super::view::{Frame, Kept, NavItem, Words};
use crate::documents::PageDocument;
use crate::portfolio::address::ACCESSIBILITY_PAGE;
use std::collections::BTreeMap;

/// The pages of the site's own in the header, by theme.md; those that exist are shown.
const HEADER: &[(&str, &str)] = &[
    ("Projects", "projects/"),
    ("KPIs", "kpis/"),
    ("Value", "value/"),
    ("Lessons", "lessons/"),
    ("Actions", "actions/"),
    ("Units", "units/"),
];

/// Those in the footer.
const FOOTER: &[(&str, &str)] = &[
    ("Board", "board/"),
    ("Timeline", "timeline/"),
    ("Partnership", "partnership/"),
    ("People", "people/"),
    ("Years", "years/"),
    ("Tags", "tags/"),
];

/// How the site can be read, last of all.
const ACCESSIBILITY: (&str, &str) = ("Accessibility", "accessibility/");

const SEARCH: (&str, &str) = ("Search", "search/");

/// The page of the search.
const SEARCH_PAGE: &str = "search/index.html";

/// How many free pages the footer takes; the list of everything has them all.
const PAGES_IN_FOOTER: usize = 12;

/// The addresses of what the theme brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The script of the search.
    pub search: String,
    /// The script of the key that leads to it.
    pub keys: String,
    /// The script that narrows and orders lists.
    pub explore: String,
    /// The small picture by which a browser shows the site.
    pub icon: String,
    /// The site's mark, and its size.
    pub logo: Option<(String, crate::documents::picture::Size)>,
}

impl Words {
    /// Words without a link.
    pub fn plain(text: impl Into<String>) -> Words {
        Words { text: text.into(), href: None }
    }

    /// Words with a link, where there is a page to lead to.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Words {
        Words { text: text.into(), href: Some(href.into()).filter(|href| !href.is_empty()) }
    }

    /// A link, or nothing where there is no page to lead to.
    pub fn if_linked(self) -> Option<Words> {
        self.href.is_some().then_some(self)
    }
}

impl Here<'_> {
    /// The language, as a tag that is safe in an attribute.
    pub(super) fn language(&self) -> String {
        let tag = self.portfolio().settings.language.chars();
        tag.filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
    }

    /// The frame of a page with a title, below the pages of `way`.
    pub(super) fn frame(
        &self,
        title: &str,
        description: Option<String>,
        way: &[(&str, &str)],
    ) -> Frame {
        let mut crumbs = vec![Words::link(self.say("Home"), self.to("index.html"))];
        crumbs.extend(way.iter().map(|(label, page)| Words::link(*label, self.to(page))));
        crumbs.push(Words::plain(title));
        Frame {
            title: title.to_string(),
            description,
            canonical: self.canonical(),
            kind: match is_project(self.address) {
                true => "article",
                false => "website",
            },
            crumbs,
            ..self.pages.quarters.around(self.address).cloned().unwrap_or_default()
        }
    }

    /// What all pages of a quarter have around their content.
    pub(super) fn around(&self) -> Frame {
        let portfolio = self.portfolio();
        let settings = &portfolio.settings;
        let edition = match portfolio.audience.as_str() {
            // The circles that a site has unless it names its own.
            "internal" => self.say("Internal").into(),
            "board" => self.say("Board").into(),
            own => capitalized(own),
        };
        let logo = self.pages.assets.logo.as_ref();
        Frame {
            language: Kept::of(&self.language()),
            site: Kept::of(&settings.title),
            feed: Kept::of(&settings.base_url.as_ref().map(|_| self.to(FEED))),
            home: Kept::of(&self.to("index.html")),
            style: Kept::of(&self.to(&self.pages.assets.style)),
            icon: Kept::of(&self.to(&self.pages.assets.icon)),
            search: Kept::of(&self.to(SEARCH_PAGE)),
            keys: Kept::of(&self.to(&self.pages.assets.keys)),
            logo: Kept::of(&logo.map(|(logo, _)| self.to(logo))),
            logo_width: logo.map(|(_, size)| size.width),
            logo_height: logo.map(|(_, size)| size.height),
            nav: Kept::of(&self.nav()),
            nav_at_foot: Kept::of(&self.nav_at_foot()),
            as_of: Kept::of(&self.day_of_data()),
            edition: Kept::of(&edition),
            organization: Kept::of(&settings.organization),
            projects: Kept::of(&self.plural(
                portfolio.projects.len(),
                "{n} project",
                "{n} projects",
            )),
            version: env!("CARGO_PKG_VERSION"),
            ..Frame::default()
        }
    }

    /// The day of the data: `30 Jun 2026`.
    pub(super) fn day_of_data(&self) -> String {
        self.format().day(self.portfolio().as_of)
    }

    /// The navigation, which all pages of a quarter share: the pages of the site's own that exist,
    /// the free pages that the settings put into the menu, and the search.
    fn nav(&self) -> Vec<NavItem> {
        let portfolio = self.portfolio();
        let menu = portfolio.settings.menu.iter();
        let free = menu.filter_map(|id| portfolio.pages.iter().find(|page| page.id == **id));
        let free = free.map(|page| self.free_item(page));
        let (own, search) = (self.items(HEADER), self.items(&[SEARCH]));
        own.chain(free).chain(search).collect()
    }

    /// The navigation at the foot: the other pages of the site's own, and the other free pages.
    fn nav_at_foot(&self) -> Vec<NavItem> {
        let portfolio = self.portfolio();
        let in_menu = |id: &str| portfolio.settings.menu.iter().any(|named| **named == id);
        let others = portfolio.pages.iter().filter(|page| !in_menu(&page.id));
        let (last, others): (Vec<_>, Vec<_>) =
            others.partition(|page| page.id == ACCESSIBILITY_PAGE);
        let free = others.into_iter().take(PAGES_IN_FOOTER).chain(last);
        let free = free.map(|page| self.free_item(page));
        // Where a free page tells it, that is in the place of the site's own.
        let told = portfolio.pages.iter().any(|page| page.id == ACCESSIBILITY_PAGE);
        let own = if told { &[][..] } else { &[ACCESSIBILITY][..] };
        self.items(FOOTER).chain(free).chain(self.items(own)).collect()
    }

    fn items(
        &self,
        pages: &'static [(&'static str, &'static str)],
    ) -> impl Iterator<Item = NavItem> {
        let addresses = &self.portfolio().addresses;
        let there =
            pages.iter().filter(|(_, folder)| addresses.has(&format!("{folder}index.html")));
        there.map(|(label, folder)| self.nav_item(self.say(label).to_string(), folder))
    }

    fn free_item(&self, page: &PageDocument) -> NavItem {
        self.nav_item(page.front.title.value.clone(), &format!("{}/", page.id))
    }

    fn nav_item(&self, label: String, folder: &str) -> NavItem {
        let page = format!("{folder}index.html");
        let current = match () {
            () if self.address == page => Some("page"),
            () if self.address.starts_with(folder) => Some("true"),
            () => None,
        };
        NavItem { label, href: self.to(&page), current }
    }
}

/// Whether an address is that of a project.
fn is_project(address: &str) -> bool {
    let id = address.strip_prefix("projects/").and_then(|rest| rest.strip_suffix("/index.html"));
    id.is_some_and(|id| !id.contains('/'))
}

/// What the pages of a quarter have around them: those of one folder of the site's own and of one
/// depth, from which the navigation and what lies at the root look the same.
#[derive(Debug, Default)]
pub(super) struct Quarters(BTreeMap<String, BTreeMap<usize, Frame>>);

impl Quarters {
    fn around(&self, address: &str) -> Option<&Frame> {
        let (folder, depth) = quarter(address);
        self.0.get(folder)?.get(&depth)
    }

    /// Makes it for a page, unless there is one of its quarter.
    pub fn add(&mut self, address: &str, around: impl FnOnce() -> Frame) {
        let (folder, depth) = quarter(address);
        if !self.0.contains_key(folder) {
            self.0.insert(folder.to_string(), BTreeMap::new());
        }
        if let Some(depths) = self.0.get_mut(folder) {
            depths.entry(depth).or_insert_with(around);
        }
    }
}

fn quarter(address: &str) -> (&str, usize) {
    let folder = &address[..address.find('/').unwrap_or(address.len())];
    (folder, address.bytes().filter(|byte| *byte == b'/').count())
}

/// A word with a capital at its beginning.
pub(super) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
