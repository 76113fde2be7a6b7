//! Views of a project's page, and the lists of projects.

use super::frame::Frame;
use super::kept::Kept;
use super::kpi::KpiView;
use super::money::MoneyView;
use super::partnership::WaivedRule;
use super::parts::{Badge, ExploreView, ListingView, Pair, ProjectRow, QuoteView, TocEntry, Words};
use super::post_mortem::PostMortemView;
use serde::Serialize;

/// A stage.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StageRow {
    /// Its name.
    pub name: String,
    /// When it was to be, or that this is not given.
    pub planned: String,
    /// Whether it was given when it was to be.
    pub has_planned: bool,
    /// When it was, or that it was not yet.
    pub actual: String,
    /// Whether it was.
    pub has_actual: bool,
    /// The slip in days, in words, or that it is not known.
    pub slip: String,
    /// Whether it is known.
    pub has_slip: bool,
    /// Set where it is overdue.
    pub badge: Option<Badge>,
}

/// The picture of a project.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImageView {
    /// The file, from here.
    pub src: String,
    /// Narrower copies of it and the file itself, each with its width; none, where it has no copies.
    pub srcset: Option<String>,
    /// What it shows.
    pub alt: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// A project's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProjectView {
    /// Around it.
    pub frame: Frame,
    /// The outcome in plain words.
    pub title: String,
    /// How it stands.
    pub standing: Badge,
    /// Whether the standing says more than the status.
    pub shows_standing: bool,
    /// `Completed`.
    pub status: String,
    /// Class, owner, unit, dates: the line under the title.
    pub meta: Vec<Pair>,
    /// The result in one sentence.
    pub result: String,
    /// Its brief, from here.
    pub brief: String,
    /// Its picture.
    pub image: Option<ImageView>,
    /// "1 of 6 due KPIs met, …".
    pub coverage: String,
    /// The KPIs, the headline first.
    pub kpis: Vec<KpiView>,
    /// Whether one of them has a chart, which needs its key.
    pub has_charts: bool,
    /// Set where the KPIs are kept to a narrower circle, or there are none.
    pub kpis_absent: String,
    /// What is different now.
    pub outcomes: Vec<OutcomeView>,
    /// Need, objective, class, scope, gaps.
    pub changed: Vec<Pair>,
    /// Cost and return.
    pub money: Option<MoneyView>,
    /// Set where there is no money to tell of.
    pub money_absent: String,
    /// The story; empty where there is none.
    pub story_html: String,
    /// Its headings.
    pub toc: Vec<TocEntry>,
    /// Owner, sponsor, champions, committee, team, shadowing.
    pub people: Vec<Pair>,
    /// The stages that are told.
    pub stages: Vec<StageRow>,
    /// Assurance and handover.
    pub after: Vec<Pair>,
    /// The post-mortem.
    pub post_mortem: Option<PostMortemView>,
    /// Set where there is none.
    pub post_mortem_absent: String,
    /// What people said.
    pub quotes: Vec<QuoteView>,
    /// Praise: the text, and who gave it when.
    pub recognition: Vec<QuoteView>,
    /// Related projects.
    pub related: Vec<ProjectRow>,
    /// "6 of 8 told; missing: assurance, handover".
    pub completeness: String,
    /// What else is not told: `the story`, `quotes`.
    pub untold: Vec<String>,
    /// The page that shows how all projects stand to the rules.
    pub partnership: String,
    /// What is kept to a narrower circle: `investment`, `quotes`.
    pub withheld: Vec<String>,
    /// Rules that do not apply, with the reason.
    pub waived: Vec<WaivedRule>,
    /// Tags, linked to their lists.
    pub tags: Vec<Words>,
    /// The data files, from here.
    pub data: Kept<Vec<Words>>,
}

/// What is different now, and the KPI that shows it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OutcomeView {
    /// In one sentence.
    pub statement: String,
    /// The KPI, or none.
    pub kpi: Option<Words>,
}

/// A group of links to prebuilt lists.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FilterGroup {
    /// `Status`.
    pub label: String,
    /// The same within a sentence: `status`.
    pub within: String,
    /// Its lists.
    pub options: Vec<FilterOption>,
}

/// A link to a prebuilt list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FilterOption {
    /// `Completed`.
    pub label: String,
    /// Its list, from here.
    pub href: String,
    /// How many it holds.
    pub count: String,
    /// Whether this page is it.
    pub current: bool,
}

/// A list of projects: all of them, or one of the prebuilt choices.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProjectsView {
    /// Around it.
    pub frame: Frame,
    /// `Projects`, or `Projects: completed`.
    pub title: String,
    /// The sentence that sums.
    pub result: Vec<Words>,
    /// From a choice to the whole list, narrowed to it by the script; none where there is no script for it.
    pub narrow: Option<Words>,
    /// Links to the other lists.
    pub filters: Vec<Kept<FilterGroup>>,
    /// The projects of this page of the list.
    pub rows: Vec<ProjectRow>,
    /// For the script that narrows and orders the list; on its first page only.
    pub explore: Option<ExploreView>,
    /// The pages of the list.
    pub listing: ListingView,
}
