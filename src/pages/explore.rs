//! Lists that can be explored: what their pages say to the script that narrows and orders them, and what
//! it reads beside: which rows have which values, how they can be ordered, and the rows themselves.
//!
//! All files are classic scripts, `casebook.list(…)` and `casebook.part(…)`, so that they work on any
//! host and from `file://`. Values and ranks are written in letters: no number that an edition
//! withholds can come about among them by chance. `themes/default/assets/explore.js` reads them.

mod actions;
mod choices;
mod columns;
mod files;
mod kpis;
mod projects;

use super::here::Here;
use super::view::{ChoiceView, ExploreView};
use super::{Pages, list};
use crate::documents::part::Part;
use serde::Serialize;

/// Where the files lie.
const FOLDER: &str = "explore/";

/// A list that can be explored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Explored {
    Projects,
    Kpis,
    Actions,
}

/// What rows can be chosen by.
pub(super) struct Choice<'h> {
    /// Its values: the word in addresses, and what readers see.
    values: Vec<(String, String)>,
    /// Brings the positions of the values that each row has.
    of: Box<dyn Fn() -> Vec<Vec<usize>> + 'h>,
}

/// What rows can be ordered by: the rank of each from 1; 0 where there is nothing to order it by.
pub(super) type Order = Vec<usize>;

/// A cell of a row: its text, then what there is of a second line, a link, how it looks (`a` for
/// what is absent, `s` for a drawing, else the tone of a badge), and a link of the second line.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(super) enum CellOf {
    Plain(String),
    Of(Vec<String>),
}

/// What a list can be ordered by, as addresses and the heads of its columns name it.
type Orders = &'static [&'static str];

impl Explored {
    const ALL: [Explored; 3] = [Explored::Projects, Explored::Kpis, Explored::Actions];

    fn name(self) -> &'static str {
        match self {
            Explored::Projects => "projects",
            Explored::Kpis => "kpis",
            Explored::Actions => "actions",
        }
    }

    fn page(self) -> String {
        format!("{}/index.html", self.name())
    }

    fn choices(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Explored::Projects => list::KINDS,
            Explored::Kpis => kpis::CHOICES,
            Explored::Actions => actions::CHOICES,
        }
    }

    fn orders(self) -> Orders {
        match self {
            Explored::Projects => projects::ORDERS,
            Explored::Kpis => kpis::ORDERS,
            Explored::Actions => actions::ORDERS,
        }
    }
}

impl Pages<'_> {
    /// Whether a list can be explored: it is there, and has two rows to choose from.
    pub(super) fn explores(&self, explored: Explored) -> bool {
        let portfolio = self.portfolio;
        !portfolio.settings.leave_out.contains(&Part::Choices)
            && !portfolio.leaves_out(&explored.page())
            && self.count_explored(explored) > 1
    }

    fn count_explored(&self, explored: Explored) -> usize {
        match explored {
            Explored::Projects => self.portfolio.projects.len(),
            Explored::Kpis => self.kpis.len(),
            Explored::Actions => self.portfolio.actions.list.len(),
        }
    }
}

impl Here<'_> {
    /// What the page of a list says to its explorer; nothing on its other pages.
    pub(super) fn explorer(&self, explored: Explored, nth: usize) -> Option<ExploreView> {
        if nth != 1 || !self.pages.explores(explored) {
            return None;
        }
        let index = self.to(&format!("{FOLDER}{}.js", explored.name()));
        Some(ExploreView {
            script: self.to(&self.pages.assets.explore),
            index: index.trim_end_matches(".js").into(),
            name: explored.name(),
            all: self.all_explored(explored),
            choices: self.explored_by(explored),
            words: json(&self.explorer_words(explored)),
        })
    }

    /// How many rows a list has.
    fn all_explored(&self, explored: Explored) -> String {
        let (one, many) = match explored {
            Explored::Projects => ("{n} project", "{n} projects"),
            Explored::Kpis => ("{n} KPI", "{n} KPIs"),
            Explored::Actions => ("{n} action", "{n} actions"),
        };
        self.plural(self.pages.count_explored(explored), one, many)
    }

    /// What a list can be narrowed by.
    fn explored_by(&self, explored: Explored) -> Vec<ChoiceView> {
        let choices = explored.choices().iter().filter(|(id, _)| self.has_choice(id));
        choices.map(|(id, label)| ChoiceView { id, label: self.say(label).into() }).collect()
    }

    /// What the script says. What stands in braces is filled in by it.
    fn explorer_words(&self, explored: Explored) -> Vec<&str> {
        let of = match explored {
            Explored::Projects => "{n} of {all} projects",
            Explored::Kpis => "{n} of {all} KPIs",
            Explored::Actions => "{n} of {all} actions",
        };
        [
            of,
            "{column}, rising",
            "{column}, falling",
            "{from} to {to}",
            "Previous",
            "Next",
            "Nothing fits all of these. Take one away.",
            "The list could not be read.",
            "None told",
        ]
        .map(|phrase| self.say(phrase))
        .to_vec()
    }
}

impl CellOf {
    fn of(parts: [&str; 5]) -> CellOf {
        let some = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
        match some {
            0 | 1 => CellOf::Plain(parts[0].to_string()),
            _ => CellOf::Of(parts[..some].iter().map(ToString::to_string).collect()),
        }
    }

    fn cell(cell: &super::view::Cell) -> CellOf {
        let kind = if cell.absent { "a" } else { "" };
        CellOf::of([&cell.text, &cell.sub, "", kind, ""])
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data in memory is written whole")
}
