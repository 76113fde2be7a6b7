//! The files that the explorer of a list reads: its head first, with the values that there are; the values
//! of all rows in one choice, or their ranks in one order, when a reader asks for that one; and the rows
//! themselves, a few to a file.

use super::super::Pages;
use super::super::data::DataFile;
use super::super::here::Here;
use super::{CellOf, Choice, Explored, FOLDER, Order, columns, json};
use crate::memo::Key;
use serde::Serialize;

/// So many rows stand in one file.
const BLOCK: usize = 50;

/// The head of a list, as a script has it.
#[derive(Serialize)]
struct Head<'h> {
    key: &'h str,
    rows: usize,
    block: usize,
    /// The values of each choice.
    choices: Vec<Vec<(String, String)>>,
}

/// What a file brings beside the head.
#[derive(Clone, Copy)]
enum Brings {
    /// The values of all rows in a choice: in how many letters each, whether a row can have several.
    Values(&'static str),
    /// The ranks of all rows in an order: in how many letters each.
    Ranks(&'static str),
    /// So many-th rows.
    Rows(usize),
}

impl Brings {
    /// What its name has behind that of the list.
    fn name(self) -> String {
        match self {
            Brings::Values(id) => format!("-of-{id}"),
            Brings::Ranks(id) => format!("-by-{id}"),
            Brings::Rows(nth) => format!("-{nth}"),
        }
    }
}

impl Pages<'_> {
    /// The files of all lists that can be explored; none where the site does without choices.
    pub(in super::super) fn explorers(&self) -> Vec<DataFile<'_>> {
        let mut files = Vec::new();
        for explored in Explored::ALL.into_iter().filter(|explored| self.explores(*explored)) {
            let address = explored.page();
            let here = Here { pages: self, address: &address };
            let choices = explored.choices().iter().map(|(id, _)| *id);
            let choices = choices.filter(|id| here.has_choice(id)).map(Brings::Values);
            let orders = explored.orders().iter().map(|id| Brings::Ranks(id));
            let rows = (0..self.count_explored(explored).div_ceil(BLOCK)).map(Brings::Rows);
            let head = format!("{FOLDER}{}.js", explored.name());
            files.push(DataFile::short(head, move || self.head_file(explored)));
            files.extend(choices.chain(orders).chain(rows).map(|part| {
                let address = format!("{FOLDER}{}{}.js", explored.name(), part.name());
                DataFile::short(address, move || self.part_file(explored, part))
            }));
        }
        files
    }

    /// What stands for the order of the rows: a file of one order never meets that of another.
    fn order_key(&self, explored: Explored) -> &str {
        let short = |key: Key| {
            columns::letters(usize::try_from(key.number() % 100_000_000).unwrap_or_default(), 5)
        };
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
        let choices = explored.choices().iter().filter(|(id, _)| here.has_choice(id));
        let head = Head {
            key: self.order_key(explored),
            rows: self.count_explored(explored),
            block: BLOCK,
            choices: choices.map(|(id, _)| here.choice(explored, id).values).collect(),
        };
        script("list", &(head,))
    }

    fn part_file(&self, explored: Explored, part: Brings) -> Vec<u8> {
        let address = explored.page();
        let here = Here { pages: self, address: &address };
        let (key, name) = (self.order_key(explored), part.name());
        match part {
            Brings::Values(id) => {
                let Choice { values, of } = here.choice(explored, id);
                script("part", &(key, name, columns::values(&of(), values.len())))
            }
            Brings::Ranks(id) => {
                script("part", &(key, name, columns::ranks(&here.order(explored, id))))
            }
            Brings::Rows(nth) => {
                let rows = nth * BLOCK..((nth + 1) * BLOCK).min(self.count_explored(explored));
                let rows: Vec<Vec<CellOf>> = rows.map(|row| here.row_of(explored, row)).collect();
                script("part", &(key, name, rows))
            }
        }
    }
}

impl Here<'_> {
    fn choice(&self, explored: Explored, id: &'static str) -> Choice<'_> {
        match explored {
            Explored::Projects => self.choice_in_projects(id),
            Explored::Kpis => self.choice_in_kpis(id),
            Explored::Actions => self.choice_in_actions(id),
        }
    }

    fn order(&self, explored: Explored, id: &str) -> Order {
        match explored {
            Explored::Projects => self.order_in_projects(id),
            Explored::Kpis => self.order_in_kpis(id),
            Explored::Actions => self.order_in_actions(id),
        }
    }

    fn row_of(&self, explored: Explored, row: usize) -> Vec<CellOf> {
        match explored {
            Explored::Projects => self.explored_project(row),
            Explored::Kpis => self.explored_kpi(row),
            Explored::Actions => self.explored_action(row),
        }
    }
}

/// A call of the explorer's script.
fn script(call: &str, arguments: &impl Serialize) -> Vec<u8> {
    let arguments = json(arguments);
    let arguments = arguments.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    format!("casebook.{call}({});\n", arguments.unwrap_or_default()).into_bytes()
}
