//! What the explorer of a list reads: which rows have which values, how they can be ordered, and the
//! rows themselves, a few to a file.
//!
//! All files are classic scripts, `casebook.list(…)` and `casebook.rows(…)`, so that they work on any
//! host and from `file://`. Values and ranks are written in letters: no number that an edition
//! withholds can come about among them by chance. `themes/default/assets/explore.js` reads them.

mod actions;
mod choices;
mod columns;
mod kpis;
mod projects;

use super::data::DataFile;
use super::here::Here;
use super::view::{ChoiceView, ExploreView};
use super::{Pages, list};
use crate::documents::part::Part;
use crate::memo::Key;
use columns::letters;
use serde::Serialize;

/// Where the files lie.
const FOLDER: &str = "explore/";
/// So many rows stand in one file.
const BLOCK: usize = 50;

/// A list that can be explored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Explored {
    Projects,
    Kpis,
    Actions,
}

/// What rows can be chosen by.
pub(super) struct Choice {
    /// Its values: the word in addresses, and what readers see.
    values: Vec<(String, String)>,
    /// The positions of the values that each row has.
    of: Vec<Vec<usize>>,
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

/// A choice, as a script has it: its values, how many letters one takes, whether a row can have
/// several, and those of all rows.
type ChoiceOf<'h> = (&'h [(String, String)], usize, bool, String);

/// The head of a list, as a script has it.
#[derive(Serialize)]
struct Head<'h> {
    key: &'h str,
    rows: usize,
    block: usize,
    choices: Vec<ChoiceOf<'h>>,
    /// Each with how many letters a rank takes, and those of all rows.
    orders: Vec<(&'static str, usize, String)>,
}

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

    fn orders(self) -> Orders {
        match self {
            Explored::Projects => projects::ORDERS,
            Explored::Kpis => kpis::ORDERS,
            Explored::Actions => actions::ORDERS,
        }
    }
}

impl Pages<'_> {
    /// The files of all lists that can be explored; none where the site does without choices.
    pub(super) fn explorers(&self) -> Vec<DataFile<'_>> {
        let mut files = Vec::new();
        for explored in Explored::ALL.into_iter().filter(|explored| self.explores(*explored)) {
            let head = format!("{FOLDER}{}.js", explored.name());
            files.push(DataFile::short(head, move || self.head_file(explored)));
            for nth in 0..self.count_explored(explored).div_ceil(BLOCK) {
                let address = format!("{FOLDER}{}-{nth}.js", explored.name());
                files.push(DataFile::short(address, move || self.rows_file(explored, nth)));
            }
        }
        files
    }

    /// Whether a list can be explored: it is there, and has two rows to choose from.
    fn explores(&self, explored: Explored) -> bool {
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

    /// What stands for the order of the rows: a file of one order never meets that of another.
    fn order_key(&self, explored: Explored) -> &str {
        let short =
            |key: Key| letters(usize::try_from(key.number() % 100_000_000).unwrap_or_default(), 5);
        // All files of a list say the same: it is reckoned for the first, and each looks at it.
        let known = &self.orders[explored as usize];
        match explored {
            Explored::Projects => {
                let newest = &*self.portfolio.newest;
                known.get_or_init(|| short(Key::told(newest)))
            }
            Explored::Kpis => {
                let kpis = &*self.kpis;
                known.get_or_init(|| short(Key::told(kpis)))
            }
            Explored::Actions => {
                let actions = &self.portfolio.actions.list;
                known.get_or_init(|| short(Key::told(actions)))
            }
        }
    }

    fn head_file(&self, explored: Explored) -> Vec<u8> {
        let address = explored.page();
        let here = Here { pages: self, address: &address };
        let (choices, orders) = here.explored(explored);
        let written = |choice: &Choice| columns::values(&choice.of, choice.values.len());
        let head = Head {
            key: self.order_key(explored),
            rows: self.count_explored(explored),
            block: BLOCK,
            choices: choices
                .iter()
                .map(|choice| {
                    let (width, several, text) = written(choice);
                    (&*choice.values, width, several, text)
                })
                .collect(),
            orders: explored
                .orders()
                .iter()
                .zip(&orders)
                .map(|(id, order)| {
                    let (width, text) = columns::ranks(order);
                    (*id, width, text)
                })
                .collect(),
        };
        script("list", &(head,))
    }

    fn rows_file(&self, explored: Explored, nth: usize) -> Vec<u8> {
        let address = explored.page();
        let here = Here { pages: self, address: &address };
        let rows = nth * BLOCK..((nth + 1) * BLOCK).min(self.count_explored(explored));
        let rows: Vec<Vec<CellOf>> = rows.map(|row| here.explored_row(explored, row)).collect();
        script("rows", &(self.order_key(explored), nth, rows))
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

    /// All that its rows can be chosen and ordered by.
    fn explored(&self, explored: Explored) -> (Vec<Choice>, Vec<Order>) {
        match explored {
            Explored::Projects => self.explored_projects(),
            Explored::Kpis => self.explored_kpis(),
            Explored::Actions => self.explored_actions(),
        }
    }

    fn explored_row(&self, explored: Explored, row: usize) -> Vec<CellOf> {
        match explored {
            Explored::Projects => self.explored_project(row),
            Explored::Kpis => self.explored_kpi(row),
            Explored::Actions => self.explored_action(row),
        }
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
        let choices = match explored {
            Explored::Projects => list::KINDS,
            Explored::Kpis => kpis::CHOICES,
            Explored::Actions => actions::CHOICES,
        };
        let choices = choices.iter().filter(|(id, _)| self.has_choice(id));
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

/// A call of the explorer's script.
fn script(call: &str, arguments: &impl Serialize) -> Vec<u8> {
    let arguments = json(arguments);
    let arguments = arguments.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    format!("casebook.{call}({});\n", arguments.unwrap_or_default()).into_bytes()
}
