//! Lists: their pages of 200 rows, the links between them, and the prebuilt choices of projects.

use super::explore::Explored;
use super::format::NBSP;
use super::view::{FilterGroup, FilterOption, Kept, ListingPage, ListingView, ProjectsView, Words};
use super::{Here, Pages, ROWS, Subject};
use crate::documents::part::Part;
use crate::documents::project::Status;
use crate::portfolio::facet::{Facet, status_words};
use std::collections::BTreeMap;

/// A list of no more pages than these links all of them from each.
const FEW_PAGES: usize = 12;

/// The address of the nth page of a list: `…/page/2/`.
pub(super) fn page(first: &str, nth: usize) -> String {
    match nth {
        1 => first.to_string(),
        nth => {
            let folder = first.strip_suffix("index.html").unwrap_or(first);
            format!("{folder}page/{nth}/index.html")
        }
    }
}

/// The pages of a list as seen from its nth page; `all` is how many rows it has of what.
pub(super) fn listing(
    here: &Here<'_>,
    first: &str,
    nth: usize,
    all: (usize, &'static str),
) -> ListingView {
    listing_by(here, first, nth, ROWS, all)
}

/// The same, of a list whose pages have so many rows.
pub(super) fn listing_by(
    here: &Here<'_>,
    first: &str,
    nth: usize,
    rows: usize,
    all: (usize, &'static str),
) -> ListingView {
    let (count, what) = all;
    let pages = count.div_ceil(rows);
    if pages <= 1 {
        return ListingView::default();
    }
    let from = (nth - 1) * rows + 1;
    let to = (nth * rows).min(count);
    let number = |n| here.format().count(n);
    let mut before = 0;
    let one = |page_number| ListingPage {
        number: page_number,
        href: here.to(&page(first, page_number)),
        current: page_number == nth,
        skips: page_number != std::mem::replace(&mut before, page_number) + 1,
    };
    ListingView {
        said: here.fill(
            "{what} {from} to {to} of {all}",
            &[
                ("what", here.say(what)),
                ("from", &number(from)),
                ("to", &number(to)),
                ("all", &number(count)),
            ],
        ),
        pages: near(nth, pages).map(one).collect(),
    }
}

/// The pages that the nth of so many links: the first links all, the others their neighbours and
/// steps across the rest, so that two clicks lead from any page to any other.
fn near(nth: usize, pages: usize) -> impl Iterator<Item = usize> {
    let step = if nth == 1 || pages <= FEW_PAGES { 1 } else { pages.isqrt() + 1 };
    (1..=pages).filter(move |page| {
        page % step == 0 || [1, pages].contains(page) || page.abs_diff(nth) <= step.div_ceil(2)
    })
}

/// The kinds of choices, in the order in which readers see them.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("status", "Status"),
    ("standing", "Standing"),
    ("unit", "Unit"),
    ("year", "Year"),
    ("class", "Class"),
    ("tag", "Tag"),
];

/// Links to lists, by the kind of the list and the depth of the page that they stand on.
pub(super) type Filters =
    BTreeMap<(&'static str, usize), BTreeMap<&'static str, Kept<FilterGroup>>>;

impl Pages<'_> {
    /// The links to lists, for each kind of list and each depth.
    pub(super) fn all_filters(&self) -> Filters {
        let mut filters = Filters::new();
        for page in &self.list {
            let Subject::Projects(facet, _) = page.subject else { continue };
            let here = Here { pages: self, address: &page.address };
            let facet = facet.map(|at| &self.portfolio.facets.all[at]);
            filters.entry(here.shelf(facet)).or_insert_with(|| {
                let all = KINDS
                    .iter()
                    .map(|(kind, label)| (*kind, here.filter_group(kind, label, facet)));
                let some = all.filter(|(_, group)| !group.options.is_empty());
                some.map(|(kind, group)| (kind, Kept::of(&group))).collect()
            });
        }
        filters
    }
}

/// The order in which projects are told by their status.
pub(super) const ORDER: [Status; 4] =
    [Status::Completed, Status::Active, Status::Planned, Status::Stopped];

impl Here<'_> {
    /// A page of all projects, or of one choice of them.
    pub(super) fn projects(&self, facet: Option<usize>, nth: usize) -> ProjectsView {
        let portfolio = self.portfolio();
        let facet = facet.map(|at| &portfolio.facets.all[at]);
        let (first, list) = match facet {
            None => ("projects/index.html".into(), &*portfolio.newest),
            Some(facet) => (facet.page(), &facet.projects),
        };
        let rows = list.iter().skip((nth - 1) * ROWS).take(ROWS).map(|at| self.row(*at));
        let title = facet.map_or(self.say("Projects").to_string(), |facet| self.heading(facet));
        let (frame, result) = match facet {
            None => {
                let sentence = self.sentence();
                let said = sentence.iter().map(|words| words.text.as_str()).collect();
                (self.frame(self.say("Projects"), Some(said), &[]), sentence)
            }
            Some(facet) => {
                let said = self.plural(facet.projects.len(), "{n} project.", "{n} projects.");
                let way = [(self.say("Projects"), "projects/index.html")];
                let frame = self.frame(&self.label(facet), Some(said.clone()), &way);
                (frame, vec![Words::plain(said)])
            }
        };
        ProjectsView {
            frame,
            title,
            result,
            filters: self.filters(facet),
            rows: rows.collect(),
            narrow: facet.and_then(|facet| self.narrowed(facet)),
            explore: self.explorer(Explored::Projects, nth).filter(|_| facet.is_none()),
            listing: listing(self, &first, nth, (list.len(), "Projects")),
        }
    }

    /// The whole list, narrowed to a choice.
    fn narrowed(&self, facet: &Facet) -> Option<Words> {
        let to = || format!("{}?{}={}", self.to("projects/index.html"), facet.kind, facet.id);
        let explores = self.pages.explores(Explored::Projects);
        explores.then(|| Words::link(self.say("Narrow and order"), to()))
    }

    /// The links to the other lists: those to lists of another kind are the same from all pages of
    /// this kind.
    fn filters(&self, current: Option<&Facet>) -> Vec<Kept<FilterGroup>> {
        let groups = self.pages.filters.get(&self.shelf(current)).cloned().unwrap_or_default();
        let kinds = KINDS.iter().filter_map(|(kind, label)| {
            match current.is_some_and(|facet| facet.kind == *kind) {
                true => Some(Kept::of(&self.filter_group(kind, label, current))),
                false => groups.get(kind).cloned(),
            }
        });
        kinds.collect()
    }

    /// The lists from which links to others look the same: of one kind, and in one depth.
    fn shelf(&self, current: Option<&Facet>) -> (&'static str, usize) {
        (current.map_or("", |facet| facet.kind), self.address.matches('/').count())
    }

    fn filter_group(
        &self,
        kind: &'static str,
        label: &'static str,
        current: Option<&Facet>,
    ) -> FilterGroup {
        let portfolio = self.portfolio();
        let all = FilterOption {
            label: self.say("All").into(),
            href: self.to("projects/index.html"),
            count: self.format().count(portfolio.projects.len()),
            current: current.is_none(),
        };
        let option = |facet: &Facet| FilterOption {
            label: self.label(facet),
            href: self.to(&facet.page()),
            count: self.format().count(facet.projects.len()),
            current: current.is_some_and(|current| current == facet),
        };
        let of_kind = portfolio.facets.all.iter().filter(|facet| facet.kind == kind);
        let none = portfolio.settings.leave_out.contains(&Part::Choices);
        let of_kind = of_kind.filter(|_| !none);
        let all = (kind == "status" && !none).then_some(all);
        FilterGroup {
            label: self.say(label).into(),
            within: self.say(kind).into(),
            options: all.into_iter().chain(of_kind.map(option)).collect(),
        }
    }

    /// What readers see of a choice: a name of the writers' own, or a word of ours.
    pub(super) fn label(&self, facet: &Facet) -> String {
        match facet.kind {
            "unit" | "year" | "tag" => facet.label.clone(),
            _ => self.say(&facet.label).into(),
        }
    }

    fn heading(&self, facet: &Facet) -> String {
        let label = self.label(facet);
        match facet.kind {
            "unit" => self.fill("Projects owned by {unit}", &[("unit", &label)]),
            "year" => self.fill("Projects of {year}", &[("year", &label)]),
            "tag" => self.fill("Projects about {tag}", &[("tag", &label)]),
            // Standings are no nouns, which some languages write large.
            "status" | "standing" => {
                let choice = self.inline(&facet.label);
                self.fill("Projects: {choice}", &[("choice", &choice)])
            }
            _ => self.fill("Projects: {choice}", &[("choice", &label)]),
        }
    }

    /// The portfolio in one sentence: "9 completed: 5 delivered, 2 mixed; 4 active; 1 stopped."
    pub(super) fn sentence(&self) -> Vec<Words> {
        let portfolio = self.portfolio();
        let totals = &portfolio.totals;
        if portfolio.projects.is_empty() {
            return vec![Words::plain(self.say("No project is told yet."))];
        }
        let link =
            |kind: &'static str, id: &str, text: String| match portfolio.facets.find(kind, id) {
                Some(facet) => Words::link(text, self.to(&facet.page())),
                None => Words::plain(text),
            };
        let mut words = Vec::new();
        for status in ORDER {
            let count = totals.of_status(status);
            if count == 0 {
                continue;
            }
            if !words.is_empty() {
                words.push(Words::plain("; "));
            }
            words.push(link(
                "status",
                status.word(),
                format!(
                    "{}{NBSP}{}",
                    self.format().count(count),
                    self.inline(status_words(status))
                ),
            ));
            let told = totals.standings_of(status).filter(|(s, _)| s.word() != status.word());
            for (nth, (standing, count)) in told.enumerate() {
                words.push(Words::plain(if nth == 0 { ": " } else { ", " }));
                let text = format!(
                    "{}{NBSP}{}",
                    self.format().count(count),
                    self.inline(standing.words())
                );
                words.push(link("standing", standing.word(), text));
            }
        }
        words.push(Words::plain("."));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_clicks_lead_from_any_page_to_any_other() {
        for pages in [1, 2, 12, 13, 50, 200, 1000] {
            let links = |nth| near(nth, pages).collect::<Vec<_>>();
            for from in [1, pages.div_ceil(2), pages] {
                let first = links(from);
                assert!(first.contains(&1) && first.contains(&pages) && first.contains(&from));
                let mut reached: Vec<usize> = first.iter().flat_map(|nth| links(*nth)).collect();
                reached.sort_unstable();
                reached.dedup();
                assert_eq!(reached.len(), pages, "from {from} of {pages}");
            }
        }
        assert_eq!((near(1, 200).count(), near(5, 12).count()), (200, 12));
        assert!(near(100, 200).count() < 40);
    }
}
