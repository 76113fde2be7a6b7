//! What templates see: plain structs of finished texts, numbers already written, links already
//! relative. No places in files, no ids to look up, nothing that is not on the page.
//!
//! Fields named `svg` or `html` are finished markup; everything else is text that the template
//! engine escapes.

use serde::Serialize;

/// What every page has around its content.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// The language of the page: `en`.
    pub language: String,
    /// The page's own title; empty on the home page.
    pub title: String,
    /// The site's title.
    pub site: String,
    /// What the page says, for search engines and shares.
    pub description: Option<String>,
    /// The address of the page on the web, where the site has one.
    pub canonical: Option<String>,
    /// The home page, from here.
    pub home: String,
    /// The style sheet, from here.
    pub style: String,
    /// The site's mark, from here.
    pub logo: Option<String>,
    /// The main navigation.
    pub nav: Vec<NavItem>,
    /// The way from the home page to here; the last has no link.
    pub crumbs: Vec<Words>,
    /// The day of the data: `30 Jun 2026`.
    pub as_of: String,
    /// The circle that this edition is for: `Internal`.
    pub edition: String,
    /// Whose casebook it is.
    pub organization: Option<String>,
    /// How many projects the edition shows: `14 projects`.
    pub projects: String,
    /// The version of Casebook.
    pub version: &'static str,
}

/// An entry of the main navigation.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NavItem {
    /// Its word.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// `page` on its own page, `true` below it, else nothing.
    pub current: Option<&'static str>,
}

/// A stretch of a sentence, perhaps linked; a sentence is a list of them, set without gaps.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub href: Option<String>,
}

/// A status: a word, and a tone (`met`, `way`, `near`, `miss`, `none`) that decides color and shape.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Badge {
    /// The word.
    pub word: String,
    /// The tone.
    pub tone: &'static str,
}

/// A big number with its label and what it is compared with.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Headline {
    /// What it is.
    pub label: String,
    /// The number.
    pub value: String,
    /// What follows it in small letters, with its leading space.
    pub small: String,
    /// What it is compared with.
    pub note: String,
}

/// A label and what stands behind it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pair {
    /// The label.
    pub label: String,
    /// The sentence.
    pub words: Vec<Words>,
    /// Whether the sentence says that there is nothing.
    pub absent: bool,
}

/// A text that may say that there is nothing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// A second, smaller line.
    pub sub: String,
    /// Whether the text says that there is nothing.
    pub absent: bool,
}

/// A row of a table of projects.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProjectRow {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The owning unit.
    pub unit: String,
    /// `Completed`.
    pub status: String,
    /// Its standing.
    pub standing: Badge,
    /// The headline KPI as before → after; absent where there is none.
    pub headline: Cell,
    /// Its year; empty where no date is told.
    pub year: String,
    /// What it cost, or its budget.
    pub cost: Cell,
}

/// A fact about a KPI: one row of its table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Fact {
    /// Which mark of the chart it explains: `m-actual`, `m-target`, `m-base`, `m-none`.
    pub mark: &'static str,
    /// `Actual`, `Target`, `First target`, `Baseline`.
    pub name: String,
    /// The figure, or why there is none.
    pub figure: Cell,
    /// Its date: `31 Mar 2025`, `by 31 Mar 2025`.
    pub date: Cell,
    /// Its source, or the reason of a change.
    pub source: Cell,
}

/// A series of a KPI as a chart and a table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SeriesView {
    /// `Median time to pay, days, Jan 2024 to Mar 2025`.
    pub caption: String,
    /// What the lines mean.
    pub key: String,
    /// The scale, from the top down.
    pub ticks: Vec<String>,
    /// The first and the last date.
    pub axis: Vec<String>,
    /// The chart.
    pub svg: String,
    /// The measure, for the head of the table.
    pub measure: String,
    /// The readings.
    pub rows: Vec<ReadingRow>,
}

/// A reading of a series.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReadingRow {
    /// When.
    pub date: String,
    /// What.
    pub value: String,
    /// What is to be said of it.
    pub note: String,
}

/// A KPI on its project's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KpiView {
    /// Its id; the heading's anchor is `kpi-ID`.
    pub id: String,
    /// What is measured.
    pub name: String,
    /// `days`; may be empty.
    pub measure: String,
    /// The verdict.
    pub badge: Badge,
    /// The number, or empty where there is none.
    pub value: String,
    /// What follows the number in small letters, with its leading space.
    pub small: String,
    /// The gap and the progress in words, a line each.
    pub gaps: Vec<String>,
    /// The bullet chart; empty where there is nothing to draw.
    pub svg: String,
    /// The two ends of the chart's scale.
    pub axis: Vec<String>,
    /// The table: actual, target, former targets, baseline.
    pub facts: Vec<Fact>,
    /// Method, sample, who brings the data, the same KPI elsewhere.
    pub notes: Vec<Vec<Words>>,
    /// The readings, where there are any.
    pub series: Option<SeriesView>,
}

/// A KPI on the scoreboard.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KpiRow {
    /// Its name.
    pub name: String,
    /// Its place on the project's page.
    pub href: String,
    /// The project's title.
    pub project: String,
    /// Where it began.
    pub baseline: Cell,
    /// What it was to reach; the second line is by when.
    pub target: Cell,
    /// What it reached; the second line is when and the source.
    pub actual: Cell,
    /// The bullet chart; empty where there is nothing to draw.
    pub svg: String,
    /// The verdict.
    pub badge: Badge,
    /// The gap in words.
    pub gap: String,
    /// The readings as a line; empty where there are none.
    pub trend_svg: String,
}

/// One unit's part of a cost.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ShareRow {
    /// The unit, or `Unallocated`.
    pub unit: Words,
    /// Its color in the bar: `s1` to `s5`, `it`, `left`.
    pub swatch: &'static str,
    /// `60 %`.
    pub share: Cell,
    /// `$522,000`.
    pub amount: Cell,
}

/// A benefit.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BenefitRow {
    /// What it is.
    pub name: String,
    /// Its kind, who has it, its source.
    pub about: String,
    /// What was planned; the second line is for which years.
    pub planned: Cell,
    /// What came; the second line is in which years.
    pub realized: Cell,
    /// `Confirmed` or `Claimed`; none where there is no amount.
    pub badge: Option<Badge>,
    /// Who confirmed it.
    pub by: String,
}

/// What a project cost and what came back.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MoneyView {
    /// Cost, return and payback as big numbers.
    pub figures: Vec<Headline>,
    /// Budget, running cost, capital and source in words.
    pub pairs: Vec<Pair>,
    /// The bar of who paid; empty where it is not told.
    pub shares_svg: String,
    /// Who paid.
    pub shares: Vec<ShareRow>,
    /// The sum, where all parts are known.
    pub shares_total: Option<ShareRow>,
    /// The benefits.
    pub benefits: Vec<BenefitRow>,
    /// Confirmed and claimed in words.
    pub benefits_note: String,
}

/// A heading of a story.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TocEntry {
    /// Its words.
    pub text: String,
    /// Its place: `#what-changed`.
    pub href: String,
    /// How deep it lies: 1 or 2.
    pub depth: u8,
}

/// A stage.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StageRow {
    /// Its name.
    pub name: String,
    /// When it was to be.
    pub planned: Cell,
    /// When it was.
    pub actual: Cell,
    /// The slip in days, in words.
    pub slip: Cell,
    /// Set where it is overdue.
    pub badge: Option<Badge>,
}

/// A lesson.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LessonView {
    /// The sentence.
    pub text: String,
    /// Its theme; empty where none is told.
    pub theme: String,
    /// What follows it: unit, project, who adopted it, what was done.
    pub about: Vec<Vec<Words>>,
}

/// What a unit brought to the post-mortem.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EvidenceRow {
    /// The unit.
    pub unit: Words,
    /// The measure, linked where it is a KPI.
    pub measure: Words,
    /// Before.
    pub before: Cell,
    /// After.
    pub after: Cell,
    /// Where it comes from.
    pub source: Cell,
}

/// An action.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ActionRow {
    /// What.
    pub text: String,
    /// Who.
    pub owner: Cell,
    /// By when.
    pub due: Cell,
    /// `Open`, `Overdue`, `Done`, `Dropped`.
    pub badge: Badge,
    /// When it was done, and its priority.
    pub sub: String,
}

/// A post-mortem.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PostMortemView {
    /// When it was held, who led it, who attended.
    pub note: String,
    /// Expected and happened.
    pub pairs: Vec<Pair>,
    /// What went well.
    pub bright_spots: Vec<LessonView>,
    /// What went wrong.
    pub pain_points: Vec<LessonView>,
    /// What to do next time.
    pub opportunities: Vec<LessonView>,
    /// What each unit brought.
    pub evidence: Vec<EvidenceRow>,
    /// The decision, in a sentence; empty where none is told.
    pub decision: String,
    /// What was promised.
    pub actions: Vec<ActionRow>,
    /// The narrative of a file of its own.
    pub html: String,
}

/// What someone said.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QuoteView {
    /// The words.
    pub text: String,
    /// Whose they are, as `Maud Ferris, claims handler, Claims`.
    pub by: String,
}

/// The picture of a project.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImageView {
    /// The file, from here.
    pub src: String,
    /// What it shows.
    pub alt: String,
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
    /// Its picture.
    pub image: Option<ImageView>,
    /// "1 of 6 due KPIs met, …".
    pub coverage: String,
    /// The KPIs, the headline first.
    pub kpis: Vec<KpiView>,
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
    /// Rules that do not apply, with the reason.
    pub waived: Vec<Pair>,
    /// Tags, linked to their lists.
    pub tags: Vec<Words>,
    /// The data files, from here.
    pub data: Vec<Words>,
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

/// The pages of a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListingView {
    /// "Projects 1 to 200 of 10,000"; empty where the list is one page.
    pub said: String,
    /// All pages, where there are several.
    pub pages: Vec<ListingPage>,
}

/// One page of a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListingPage {
    /// Its number.
    pub number: usize,
    /// Its address, from here.
    pub href: String,
    /// Whether this is it.
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
    /// Links to the other lists.
    pub filters: Vec<FilterGroup>,
    /// The projects of this page of the list.
    pub rows: Vec<ProjectRow>,
    /// The pages of the list.
    pub listing: ListingView,
}

/// The scoreboard.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KpisView {
    /// Around it.
    pub frame: Frame,
    /// `KPIs`.
    pub title: String,
    /// "24 of 36 due KPIs met, …".
    pub result: String,
    /// The KPIs of this page of the list.
    pub rows: Vec<KpiRow>,
    /// The pages of the list.
    pub listing: ListingView,
}

/// A unit in a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UnitRow {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// "Business, led by …".
    pub about: String,
    /// How many projects it owns.
    pub owns: Cell,
    /// In how many it takes part.
    pub takes_part: Cell,
    /// "3 of 10".
    pub kpis: Cell,
    /// What it paid.
    pub paid: Cell,
    /// How many lessons concern it.
    pub lessons: Cell,
}

/// The list of units.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UnitsView {
    /// Around it.
    pub frame: Frame,
    /// `Units`.
    pub title: String,
    /// The sentence that sums.
    pub result: String,
    /// The units.
    pub units: Vec<UnitRow>,
    /// The pages of the list.
    pub listing: ListingView,
}

/// A project that a unit paid for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PaidRow {
    /// The project.
    pub project: Words,
    /// `60 %`.
    pub share: Cell,
    /// `$522,000`.
    pub amount: Cell,
}

/// A unit's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UnitView {
    /// Around it.
    pub frame: Frame,
    /// Its name.
    pub title: String,
    /// Lead, kind, parent, former names.
    pub meta: Vec<Pair>,
    /// The sentence that sums.
    pub result: String,
    /// Its own words.
    pub html: String,
    /// What it owns; the first 200.
    pub owns: Vec<ProjectRow>,
    /// Where the rest is, if there is more.
    pub owns_more: Option<Words>,
    /// In what it takes part; the first 200.
    pub takes_part: Vec<ProjectRow>,
    /// How many more there are, in words.
    pub takes_part_more: String,
    /// "$2.48m in 3 projects; 1 share withheld".
    pub paid_note: String,
    /// What it paid; the first 200.
    pub paid: Vec<PaidRow>,
    /// The sum of the visible amounts, a currency each.
    pub paid_total: String,
    /// Its champions and their projects.
    pub champions: Vec<Pair>,
    /// What was learned about it; the newest 20.
    pub lessons: Vec<LessonView>,
    /// Who of IT came to see it.
    pub shadowing: Vec<Pair>,
}

/// Something that needs attention.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AttentionRow {
    /// The unit.
    pub unit: Words,
    /// `Missed`, `Overdue`, `No figure`.
    pub badge: Badge,
    /// What, linked to its place.
    pub what: Words,
    /// The project's title.
    pub project: String,
    /// Since when.
    pub when: String,
}

/// A success story.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StoryView {
    /// `12 → 0.8`; empty where there is no figure.
    pub before_after: String,
    /// What is measured, with its measure.
    pub measure: String,
    /// The project.
    pub project: Words,
    /// The result in one sentence.
    pub result: String,
    /// Unit and year.
    pub about: Vec<String>,
    /// What someone said.
    pub quote: Option<QuoteView>,
    /// "Recognized by the chief executive, 2 Jun 2025".
    pub recognition: String,
}

/// The home page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HomeView {
    /// Around it.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// The portfolio in one sentence.
    pub result: Vec<Words>,
    /// Four to six big numbers.
    pub figures: Vec<Headline>,
    /// The site's own words.
    pub html: String,
    /// What needs attention; at most seven.
    pub attention: Vec<AttentionRow>,
    /// How many there are in all, in words.
    pub attention_note: String,
    /// What was finished lately.
    pub finished: Vec<ProjectRow>,
    /// Success stories.
    pub stories: Vec<StoryView>,
    /// The units.
    pub units: Vec<UnitRow>,
    /// The newest lessons.
    pub lessons: Vec<LessonView>,
}

/// A free page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FreePageView {
    /// Around it.
    pub frame: Frame,
    /// Its title.
    pub title: String,
    /// What it says, in a sentence.
    pub summary: String,
    /// Its words.
    pub html: String,
    /// Its headings.
    pub toc: Vec<TocEntry>,
}

/// The page for an address that leads nowhere.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NotFoundView {
    /// Around it; its links are absolute.
    pub frame: Frame,
    /// `Page not found`.
    pub title: String,
}
