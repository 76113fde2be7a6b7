//! Which pages there are, in the order of the plan.

use super::{Page, Pages, ROWS, Subject, action, lesson, list, partnership, value};
use crate::portfolio::address::{self, brief as brief_address};

impl Pages<'_> {
    /// All pages, each with its address and what it is about.
    pub(super) fn addresses(&self) -> Vec<Page> {
        let portfolio = self.portfolio;
        let mut list = Vec::with_capacity(portfolio.projects.len() + 64);
        let mut add = |address: String, subject| list.push(Page { address, subject });
        add("index.html".into(), Subject::Home);
        let counted = |n: usize| 1..=n.div_ceil(ROWS).max(1);
        for nth in counted(portfolio.projects.len()) {
            add(list::page("projects/index.html", nth), Subject::Projects(None, nth));
        }
        for (at, facet) in portfolio.facets.all.iter().enumerate() {
            for nth in counted(facet.projects.len()) {
                add(list::page(&facet.page(), nth), Subject::Projects(Some(at), nth));
            }
        }
        add("board/index.html".into(), Subject::Board);
        for nth in counted(self.kpis.len()) {
            add(list::page("kpis/index.html", nth), Subject::Kpis(nth));
        }
        add(lesson::LESSONS.into(), Subject::Lessons);
        for (at, theme) in portfolio.lessons.themes.iter().enumerate() {
            for nth in counted(theme.lessons.len()) {
                add(list::page(&theme.page, nth), Subject::LessonTheme(at, nth));
            }
        }
        for nth in counted(portfolio.actions.list.len()) {
            add(list::page(action::ACTIONS, nth), Subject::Actions(nth));
        }
        for nth in 1..=portfolio.projects.len().div_ceil(partnership::MATRIX).max(1) {
            add(list::page(partnership::PARTNERSHIP, nth), Subject::Partnership(nth));
        }
        for nth in 1..=portfolio.projects.len().div_ceil(value::ROWS).max(1) {
            add(list::page(value::VALUE, nth), Subject::Value(nth));
        }
        for nth in counted(portfolio.units.list.len()) {
            add(list::page("units/index.html", nth), Subject::Units(nth));
        }
        for (at, unit) in portfolio.units.list.iter().enumerate() {
            add(format!("units/{}/index.html", unit.id), Subject::Unit(at));
        }
        let tags = portfolio.facets.all.iter().enumerate().filter(|(_, facet)| facet.kind == "tag");
        for nth in counted(tags.clone().count()) {
            add(list::page("tags/index.html", nth), Subject::Tags(nth));
        }
        for (at, facet) in tags {
            for nth in counted(facet.projects.len()) {
                add(list::page(&facet.tag_page(), nth), Subject::Tag(at, nth));
            }
        }
        for nth in counted(portfolio.years.len()) {
            add(list::page("years/index.html", nth), Subject::Years(nth));
        }
        for (at, year) in portfolio.years.iter().enumerate() {
            for nth in counted(year.projects.len()) {
                add(list::page(&year.page(), nth), Subject::Year(at, nth));
            }
        }
        for (at, page) in portfolio.pages.iter().enumerate() {
            add(format!("{}/index.html", page.id), Subject::Free(at));
        }
        if portfolio.pages.iter().all(|page| page.id != address::ACCESSIBILITY_PAGE) {
            add(address::ACCESSIBILITY.into(), Subject::Accessibility);
        }
        add("404.html".into(), Subject::NotFound);
        for (at, (address, _)) in portfolio.addresses.aliases.iter().enumerate() {
            add(address.clone(), Subject::Alias(at));
        }
        for (at, project) in portfolio.projects.iter().enumerate() {
            add(project.page.clone(), Subject::Project(at));
            add(brief_address(project.id()), Subject::Brief(at));
            add(address::evidence(project.id()), Subject::Evidence(at));
        }
        list.extend(self.people_pages());
        list.extend(self.timeline_pages());
        list.extend(self.search_pages());
        list.retain(|page| !portfolio.leaves_out(&page.address));
        list
    }
}
