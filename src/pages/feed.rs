//! The feed: finished work as an Atom document (RFC 4287), the newest first.
//!
//! An entry's date is the project's latest content date up to the day of the data. A project that
//! tells no date has no place in an order of dates, so it is not in the feed.

use super::xml::Xml;
use super::{Here, Pages};
use crate::documents::project::Status;
use crate::portfolio::Project;
use jiff::civil::Date;

/// Where it lies.
pub(super) const FEED: &str = "feed.xml";

/// How many entries it has at most.
const ENTRIES: usize = 50;

const ATOM: &str = "http://www.w3.org/2005/Atom";

impl Pages<'_> {
    /// The feed; none without `base_url`.
    pub(super) fn feed(&self) -> Option<Vec<u8>> {
        let (home, own) = (self.on_the_web("index.html")?, self.on_the_web(FEED)?);
        let portfolio = self.portfolio;
        let settings = &portfolio.settings;
        let here = Here { pages: self, address: "index.html" };
        let projects = portfolio.newest.iter().map(|at| &portfolio.projects[*at]);
        let ended =
            |project: &&Project| matches!(project.status, Status::Completed | Status::Stopped);
        let dated = projects.filter(ended).filter_map(|project| Some((project, project.date?)));
        let entries: Vec<(&Project, Date)> = dated.take(ENTRIES).collect();
        let language = here.language();
        let mut xml = Xml::begin("feed", &[("xmlns", ATOM), ("xml:lang", &language)]);
        xml.text("id", &home);
        xml.text("title", &settings.title);
        if let Some(tagline) = &settings.tagline {
            xml.text("subtitle", tagline);
        }
        xml.text("updated", &at(entries.first().map_or(portfolio.as_of, |(_, date)| *date)));
        xml.open("author", &[]);
        xml.text("name", settings.organization.as_ref().unwrap_or(&settings.title));
        xml.close("author");
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &home)]);
        for (project, date) in entries {
            here.entry(project, date, &mut xml);
        }
        Some(xml.end("feed"))
    }
}

impl Here<'_> {
    fn entry(&self, project: &Project, date: Date, xml: &mut Xml) {
        let page = self.pages.on_the_web(&project.page).unwrap_or_default();
        let units = &self.portfolio().units;
        xml.open("entry", &[]);
        xml.text("id", &page);
        xml.text("title", project.title());
        xml.text("updated", &at(date));
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &page)]);
        if let Some(unit) = project.unit.map(|unit| &units.list[unit]) {
            xml.empty("category", &[("term", &unit.id), ("label", &unit.name)]);
        }
        let standing = self.standing_badge(project.standing).word;
        xml.empty("category", &[("term", project.standing.word()), ("label", &standing)]);
        let result = self.result(project);
        if !result.is_empty() {
            xml.text("summary", &result);
        }
        xml.close("entry");
    }
}

/// A day as feeds write it.
fn at(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
