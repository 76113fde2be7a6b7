//! What needs attention: missed KPIs, overdue actions, reviews and stages.
//!
//! All needs of a portfolio are found first, each no more than a date and a position; only those
//! that the page has room for are written out.

use super::Here;
use super::kpi::{Kpi, ended, tone};
use super::view::{AttentionRow, Badge, Words};
use crate::documents::date::When;
use crate::documents::project::Status;
use crate::portfolio::Project;
use crate::portfolio::kpi::{Label, Verdict};
use crate::portfolio::project::is_overdue;
use crate::portfolio::totals::review_overdue;
use jiff::civil::Date;
use std::cmp::Reverse;

/// How many are shown.
const SHOWN: usize = 7;

/// Something that needs attention, and since when.
#[derive(Clone, Copy)]
struct Need {
    since: Option<When>,
    project: usize,
    what: What,
}

/// What it is, by its position in the project.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Kpi(usize),
    Action(usize),
    Stage(&'static str),
}

impl Here<'_> {
    /// The latest needs, by unit, what is said of them, and how many there are in all.
    pub(super) fn attention(&self) -> (Vec<AttentionRow>, String, usize) {
        let portfolio = self.portfolio();
        let projects = portfolio.projects.iter().enumerate();
        let mut all: Vec<Need> =
            projects.flat_map(|(at, project)| needs(at, project, portfolio.as_of)).collect();
        let count = all.len();
        let date = |need: &Need| need.since.map(|since| since.to);
        all.sort_by_key(|need| (Reverse(date(need)), need.project, need.what));
        all.truncate(SHOWN);
        let mut rows: Vec<AttentionRow> = all.into_iter().map(|need| self.need(need)).collect();
        rows.sort_by(|a, b| a.unit.text.cmp(&b.unit.text));
        for of_unit in rows.chunk_by_mut(|a, b| a.unit.text == b.unit.text) {
            of_unit[0].of_unit = of_unit.len();
        }
        let what = "Missed KPIs, overdue actions, reviews and stages, by the unit of the project.";
        let with = [("n", self.format().count(count)), ("shown", self.format().count(SHOWN))];
        let with = with.each_ref().map(|(name, value)| (*name, value.as_str()));
        let shown = match count {
            0 => return (rows, String::new(), 0),
            1 => String::new(),
            n if n <= SHOWN => self.fill(" All {n} are shown.", &with),
            _ => self.fill(" The latest {shown} of {n} by date are shown.", &with),
        };
        let note = format!("{}{shown}", self.say(what));
        (rows, note, count)
    }

    fn need(&self, need: Need) -> AttentionRow {
        let portfolio = self.portfolio();
        let project = &portfolio.projects[need.project];
        let overdue = || Badge { word: self.say("Overdue").into(), tone: "miss" };
        let (badge, what, detail, anchor, word) = match need.what {
            What::Kpi(at) => {
                let kpi = Kpi::of(project, at);
                let label = kpi.judgement.label;
                let badge = match label {
                    Label::NotGiven => Badge { word: self.say("No figure").into(), tone: "none" },
                    label => Badge { word: self.say(label.words()).into(), tone: tone(label) },
                };
                let anchor = format!("#kpi-{}", kpi.told.id.value);
                let name = kpi.told.name.value.clone();
                (badge, name, self.kpi_figures(kpi), anchor, "since {date}")
            }
            What::Action(at) => {
                let actions = project.front().post_mortem.iter().flat_map(|p| &p.actions);
                let text = actions.skip(at).map(|action| ended(&action.text)).next();
                let what = self.fill("Action: {text}", &[("text", &text.unwrap_or_default())]);
                (overdue(), what, String::new(), "#part-actions".to_string(), "due {date}")
            }
            What::Stage(name) => {
                let what = self.fill("{stage} is overdue", &[("stage", self.say(name))]);
                (overdue(), what, String::new(), "#part-stages".to_string(), "planned {date}")
            }
        };
        AttentionRow {
            unit: match project.unit {
                Some(unit) => {
                    let name = portfolio.units.list[unit].name.clone();
                    Words::link(name, self.to(&portfolio.unit_page(unit)))
                }
                None => Words::plain(self.say("No unit")),
            },
            badge,
            of_unit: 0,
            what: Words::link(what, format!("{}{anchor}", self.to(&project.page))),
            detail,
            project: project.title().to_string(),
            when: match need.since {
                Some(since) => self.fill(word, &[("date", &self.format().when(since))]),
                None => self.say("No date").into(),
            },
        }
    }
}

/// All that one project needs.
fn needs(at: usize, project: &Project, as_of: Date) -> Vec<Need> {
    let need = |since, what| Need { since, project: at, what };
    let front = project.front();
    let kpis = front.kpis.iter().zip(&project.kpis).enumerate();
    let missed = kpis.filter(|(_, (_, kpi))| {
        kpi.verdict == Verdict::NotMet || (kpi.label == Label::NotGiven && kpi.due)
    });
    let missed = missed.map(|(at, (told, kpi))| {
        let by = told.target.as_ref().and_then(|target| target.by);
        need(by.or(kpi.judged.as_ref().and_then(|judged| judged.on)), What::Kpi(at))
    });
    let actions = front.post_mortem.iter().flat_map(|p| &p.actions).enumerate();
    let actions = actions
        .filter(|(_, action)| is_overdue(action, as_of))
        .map(|(at, action)| need(action.due, What::Action(at)));
    let completed = project.status == Status::Completed;
    let review = review_overdue(&project.stages, as_of).filter(|_| completed);
    let late = project.stages.iter().filter(|stage| stage.overdue).copied().chain(review);
    let late = late.map(|stage| need(stage.planned, What::Stage(stage.name)));
    missed.chain(actions).chain(late).collect()
}
