//! Lists: their pages of 200 rows, the links between them, and the prebuilt choices of projects.

use super::format::NBSP;
use super::view::{FilterGroup, FilterOption, ListingPage, ListingView, ProjectsView, Words};
use super::{Here, ROWS};
use crate::documents::project::Status;
use crate::portfolio::facet::Facet;
use crate::portfolio::standing::Standing;

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
pub(super) fn listing(here: &Here<'_>, first: &str, nth: usize, all: (usize, &str)) -> ListingView {
    let (count, what) = all;
    let pages = count.div_ceil(ROWS);
    if pages <= 1 {
        return ListingView::default();
    }
    let from = (nth - 1) * ROWS + 1;
    let to = (nth * ROWS).min(count);
    let number = |n| here.format().count(n);
    let one = |number| ListingPage {
        number,
        href: here.to(&page(first, number)),
        current: number == nth,
    };
    ListingView {
        said: format!("{what} {} to {} of {}", number(from), number(to), number(count)),
        pages: (1..=pages).map(one).collect(),
    }
}

/// The kinds of choices, in the order in which readers see them.
const KINDS: &[(&str, &str)] = &[
    ("status", "Status"),
    ("standing", "Standing"),
    ("unit", "Unit"),
    ("year", "Year"),
    ("class", "Class"),
    ("tag", "Tag"),
];

impl Here<'_> {
    /// A page of all projects, or of one choice of them.
    pub(super) fn projects(&self, facet: Option<usize>, nth: usize) -> ProjectsView {
        let portfolio = self.portfolio();
        let facet = facet.map(|at| &portfolio.facets.all[at]);
        let (first, list) = match facet {
            None => ("projects/index.html".into(), &portfolio.newest),
            Some(facet) => (facet.page(), &facet.projects),
        };
        let rows = list.iter().skip((nth - 1) * ROWS).take(ROWS).map(|at| self.row(*at));
        let title = facet.map_or("Projects".to_string(), heading);
        let (frame, result) = match facet {
            None => (self.frame("Projects", None, &[]), self.sentence()),
            Some(facet) => {
                let count = facet.projects.len();
                let said = match count {
                    1 => "1 project.".to_string(),
                    n => format!("{} projects.", self.format().count(n)),
                };
                let frame = self.frame(&facet.label, None, &[("Projects", "projects/index.html")]);
                (frame, vec![Words::plain(said)])
            }
        };
        ProjectsView {
            frame,
            title,
            result,
            filters: self.filters(facet),
            rows: rows.collect(),
            listing: listing(self, &first, nth, (list.len(), "Projects")),
        }
    }

    fn filters(&self, current: Option<&Facet>) -> Vec<FilterGroup> {
        let portfolio = self.portfolio();
        let all = FilterOption {
            label: "All".into(),
            href: self.to("projects/index.html"),
            count: self.format().count(portfolio.projects.len()),
            current: current.is_none(),
        };
        let option = |facet: &Facet| FilterOption {
            label: facet.label.clone(),
            href: self.to(&facet.page()),
            count: self.format().count(facet.projects.len()),
            current: current.is_some_and(|current| current == facet),
        };
        let groups = KINDS.iter().map(|(kind, label)| {
            let of_kind = portfolio.facets.all.iter().filter(|facet| facet.kind == *kind);
            let mut options: Vec<_> = of_kind.map(option).collect();
            if *kind == "status" {
                options.insert(0, all.clone());
            }
            FilterGroup { label: (*label).into(), options }
        });
        groups.filter(|group| !group.options.is_empty()).collect()
    }

    /// The portfolio in one sentence: "9 completed: 5 delivered, 2 mixed; 4 active; 1 stopped."
    pub(super) fn sentence(&self) -> Vec<Words> {
        let portfolio = self.portfolio();
        let totals = &portfolio.totals;
        if portfolio.projects.is_empty() {
            return vec![Words::plain("No project is told yet.")];
        }
        let link =
            |kind: &'static str, id: &str, text: String| match portfolio.facets.find(kind, id) {
                Some(facet) => Words::link(text, self.to(&facet.page())),
                None => Words::plain(text),
            };
        let mut words = Vec::new();
        for status in [Status::Completed, Status::Active, Status::Planned, Status::Stopped] {
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
                format!("{}{NBSP}{}", self.format().count(count), status.word()),
            ));
            let parts =
                Standing::ALL.iter().filter(|s| s.status() == status && s.word() != status.word());
            let told = parts.filter_map(|s| Some((s, *totals.standings.get(s)?)));
            for (nth, (standing, count)) in told.enumerate() {
                words.push(Words::plain(if nth == 0 { ": " } else { ", " }));
                let text = format!(
                    "{}{NBSP}{}",
                    self.format().count(count),
                    standing.words().to_lowercase()
                );
                words.push(link("standing", standing.word(), text));
            }
        }
        words.push(Words::plain("."));
        words
    }
}

fn heading(facet: &Facet) -> String {
    match facet.kind {
        "unit" => format!("Projects owned by {}", facet.label),
        "year" => format!("Projects of {}", facet.label),
        "tag" => format!("Projects about {}", facet.label),
        _ => format!("Projects: {}", facet.label.to_lowercase()),
    }
}
