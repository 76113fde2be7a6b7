//! Views of printed sheets: the brief of a project, and the portfolio for the board.

use super::frame::Frame;
use super::home::AttentionRow;
use super::parts::{Badge, Headline, Words};
use serde::Serialize;

/// A label and a short text.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Line {
    /// The label: `Owner`, `Who paid`, `Went wrong`.
    pub label: String,
    /// The text, or the word that there is none.
    pub text: String,
}

/// A KPI on a brief: figures, or why there are none, each with its date in a second line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BriefKpi {
    /// What is measured.
    pub name: String,
    /// Where it began.
    pub baseline: String,
    /// When that was.
    pub baseline_on: String,
    /// What it was to reach.
    pub target: String,
    /// By when.
    pub target_by: String,
    /// What it reached.
    pub actual: String,
    /// When that was.
    pub actual_on: String,
    /// Where the figure comes from.
    pub source: String,
    /// The verdict in a word.
    pub verdict: String,
    /// Its tone, which decides color and shape.
    pub tone: &'static str,
    /// The gap, or the way that is gone, in words.
    pub gap: String,
}

/// An open action on a brief.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BriefAction {
    /// What.
    pub text: String,
    /// Who, or that no one is named.
    pub owner: String,
    /// By when, or that no date is given.
    pub due: String,
    /// `Open` or `Overdue`.
    pub state: String,
    /// Its tone, which decides color and shape.
    pub tone: &'static str,
}

/// A project on one printed page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BriefView {
    /// Around it.
    pub frame: Frame,
    /// The project's title.
    pub title: String,
    /// The project's page, from here.
    pub back: String,
    /// How it stands; its status where that says as much.
    pub standing: Badge,
    /// Status, class, owner, dates.
    pub meta: Vec<Line>,
    /// The result in one sentence.
    pub result: String,
    /// "1 of 6 due KPIs met, …".
    pub coverage: String,
    /// The headline KPI, and as many of the others as fit.
    pub kpis: Vec<BriefKpi>,
    /// "… and 3 more KPIs on the project page"; empty where all are here.
    pub kpis_more: String,
    /// Set where the KPIs are withheld, or there are none.
    pub kpis_absent: String,
    /// Cost, return and payback as big numbers.
    pub figures: Vec<Headline>,
    /// Who paid, what came back.
    pub money: Vec<Line>,
    /// Three lessons and the decision.
    pub lessons: Vec<Line>,
    /// "3 of 8 lessons"; or that there are none.
    pub lessons_note: String,
    /// Open actions, overdue ones first.
    pub actions: Vec<BriefAction>,
    /// "1 overdue, 2 open, 4 done"; or that there are none.
    pub actions_note: String,
    /// "… and 2 more open actions on the project page".
    pub actions_more: String,
}

/// A project that ended, on the board's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BoardProject {
    /// Its title.
    pub title: String,
    /// Its brief, from here.
    pub href: String,
    /// The owning unit.
    pub unit: String,
    /// Its standing in a word.
    pub standing: String,
    /// The tone of that, which decides color and shape.
    pub tone: &'static str,
    /// The headline KPI as before → after.
    pub headline: String,
    /// What it measures.
    pub measure: String,
    /// The verdict on it.
    pub verdict: String,
    /// What it cost.
    pub cost: String,
}

/// Money in one currency.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BoardMoney {
    /// `USD`.
    pub currency: String,
    /// What was spent.
    pub invested: String,
    /// What was confirmed to have come back in cash.
    pub confirmed: String,
    /// What is claimed to have come back in cash.
    pub claimed: String,
    /// Money's worth that frees no cash.
    pub other: String,
    /// The return to date of ended projects.
    pub roi: String,
    /// IT's part of what was paid.
    pub it: String,
    /// How many projects these sums could count, and what is withheld.
    pub coverage: String,
}

/// The portfolio on one printed page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BoardView {
    /// Around it.
    pub frame: Frame,
    /// `For the board`.
    pub title: String,
    /// The portfolio in one sentence.
    pub result: Vec<Words>,
    /// Four to six big numbers.
    pub figures: Vec<Headline>,
    /// What needs attention.
    pub attention: Vec<AttentionRow>,
    /// How many there are in all.
    pub attention_note: String,
    /// Projects that ended, the newest first.
    pub ended: Vec<BoardProject>,
    /// "… and 12 more: 3 delivered, 9 mixed"; empty where all are here.
    pub ended_more: String,
    /// A row for each currency that fits.
    pub money: Vec<BoardMoney>,
    /// What stands behind these sums, and the currencies that are left out.
    pub money_note: String,
}
