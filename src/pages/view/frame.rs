//! Views of what every page has around its content.

use super::card::Share;
use super::kept::Kept;
use super::parts::Words;
use serde::Serialize;

/// What every page has around its content.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// The language of the page: `en`.
    pub language: Kept<String>,
    /// The page's own title; empty on the home page.
    pub title: String,
    /// The site's title.
    pub site: Kept<String>,
    /// What the page says, for search engines and shares.
    pub description: Option<String>,
    /// The address of the page on the web, where the site has one.
    pub canonical: Option<String>,
    /// The feed, from here, where the site has one.
    pub feed: Kept<Option<String>>,
    /// What the page is to those who share it: `article` for a project, else `website`.
    pub kind: &'static str,
    /// The picture that stands for the page where it is shared, if it has one.
    pub share: Option<Share>,
    /// The home page, from here.
    pub home: Kept<String>,
    /// The style sheet, from here.
    pub style: Kept<String>,
    /// The small picture by which a browser shows the site, from here.
    pub icon: Kept<String>,
    /// The page of the search, from here; empty where the site does without it.
    pub search: Kept<String>,
    /// The script of every page, from here: the colors that a reader chose, and the key that leads to
    /// the search.
    pub keys: Kept<String>,
    /// The site's mark, from here.
    pub logo: Kept<Option<String>>,
    /// The width of the mark in pixels, where there is one.
    pub logo_width: Option<u32>,
    /// The height of the mark in pixels, where there is one.
    pub logo_height: Option<u32>,
    /// The main navigation.
    pub nav: Kept<Vec<NavItem>>,
    /// The rest of the pages, at the foot.
    pub nav_at_foot: Kept<Vec<NavItem>>,
    /// The way from the home page to here; the last has no link.
    pub crumbs: Vec<Words>,
    /// The day of the data: `30 Jun 2026`.
    pub as_of: Kept<String>,
    /// The circle that this edition is for: `Internal`.
    pub edition: Kept<String>,
    /// Whose casebook it is.
    pub organization: Kept<Option<String>>,
    /// How many projects the edition shows: `14 projects`.
    pub projects: Kept<String>,
    /// The version of Casebook.
    pub version: &'static str,
}

/// An entry of a navigation.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NavItem {
    /// Its word.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// `page` on its own page, `true` below it, else nothing.
    pub current: Option<&'static str>,
}
