//! What every page has around its content: navigation, the way from home, the day of the data.

use super::Here;
use super::view::{Frame, NavItem, Words};

/// How many free pages the navigation takes where the settings name none.
const PAGES_IN_MENU: usize = 3;

impl Words {
    /// Words without a link.
    pub fn plain(text: impl Into<String>) -> Words {
        Words { text: text.into(), href: None }
    }

    /// Words with a link.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Words {
        Words { text: text.into(), href: Some(href.into()) }
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
        let portfolio = self.portfolio();
        let settings = &portfolio.settings;
        let mut crumbs = vec![Words::link("Home", self.to("index.html"))];
        crumbs.extend(way.iter().map(|(label, page)| Words::link(*label, self.to(page))));
        crumbs.push(Words::plain(title));
        let folder = self.address.strip_suffix("index.html").unwrap_or(self.address);
        Frame {
            language: self.language(),
            title: title.to_string(),
            site: settings.title.clone(),
            description,
            canonical: settings.base_url.as_ref().map(|base| format!("{base}{folder}")),
            home: self.to("index.html"),
            style: self.to(&self.pages.assets.style),
            logo: self.pages.assets.logo.as_ref().map(|logo| self.to(logo)),
            nav: self.pages.navs.get(&quarter(self.address)).cloned().unwrap_or_default(),
            crumbs,
            as_of: self.format().day(portfolio.as_of),
            edition: capitalized(&portfolio.audience),
            organization: settings.organization.clone(),
            projects: match portfolio.projects.len() {
                1 => "1 project".into(),
                count => format!("{} projects", self.format().count(count)),
            },
            version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// The navigation, which all pages of a quarter share.
    pub(super) fn nav(&self) -> Vec<NavItem> {
        let fixed = [("Projects", "projects/"), ("KPIs", "kpis/"), ("Units", "units/")];
        let fixed = fixed.map(|(label, folder)| (label.to_string(), folder.to_string()));
        let portfolio = self.portfolio();
        let menu = &portfolio.settings.menu;
        let named = |id: &str| portfolio.pages.iter().find(|page| page.id == id);
        let free: Vec<_> = match menu.is_empty() {
            true => portfolio.pages.iter().take(PAGES_IN_MENU).collect(),
            false => menu.iter().filter_map(|id| named(id)).collect(),
        };
        let free =
            free.into_iter().map(|page| (page.front.title.value.clone(), format!("{}/", page.id)));
        let item = |(label, folder): (String, String)| {
            let page = format!("{folder}index.html");
            let current = match () {
                () if self.address == page => Some("page"),
                () if self.address.starts_with(&folder) => Some("true"),
                () => None,
            };
            NavItem { label, href: self.to(&page), current }
        };
        fixed.into_iter().chain(free).map(item).collect()
    }
}

/// The pages from which the navigation looks the same: one folder of the site's own, one depth.
pub(super) fn quarter(address: &str) -> (String, usize) {
    let first = address.split('/').next().unwrap_or_default().to_string();
    (first, address.matches('/').count())
}

/// A word with a capital at its beginning.
pub(super) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
