//! Pages: which pages exist, and all that each one shows.
//!
//! In goes the portfolio; out come the addresses of all pages and, one at a time, each page's view:
//! a plain struct in which every number is written and every link is relative. What it looks like
//! is for the theme.

mod action;
mod alias;
mod alphabet;
mod asked;
mod attention;
mod benefit;
mod board;
mod brief;
mod calendar;
pub mod card;
mod chart;
pub mod data;
mod evidence;
mod explore;
mod facts;
mod feed;
mod files;
pub mod format;
mod frame;
mod free;
mod here;
mod home;
mod index;
mod keys;
mod kpi;
mod lesson;
mod list;
mod money;
mod partnership;
mod person;
mod planned;
mod post_mortem;
mod project;
mod row;
mod say;
mod scoreboard;
mod search;
mod series;
mod sheet;
mod sitemap;
mod story;
mod tag;
mod timeline;
mod unit;
mod value;
pub mod view;
mod xml;
mod year;

use crate::documents::wording::Wording;
use crate::memo::{Mark, Watched};
use crate::portfolio::Portfolio;
use crate::portfolio::alphabet::Place;
use crate::portfolio::keys::NEXT;
pub use asked::Asked;
use format::Format;
pub use frame::Assets;
use here::Here;
pub use index::{Gathered, Index};
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use std::sync::OnceLock;
use view::{
    AccessibilityView, ActionsView, BoardView, BriefView, EvidenceView, FreePageView, HomeView,
    Kept, KpisView, LessonThemeView, LessonsView, NotFoundView, PartnershipView, PeopleView,
    PersonView, ProjectView, ProjectsView, SearchView, TagView, TagsView, TimelineView, UnitView,
    UnitsView, ValueView, Words, YearView, YearsView,
};

/// Every name, from A to Z.
const NAMES: Mark = Mark::one(NEXT);
/// Every KPI, in the order of the scoreboard.
const SCOREBOARD: Mark = Mark::one(NEXT + 1);
/// The navigation.
const NAVS: Mark = Mark::one(NEXT + 2);
/// Links between lists of projects.
const FILTERS: Mark = Mark::one(NEXT + 3);

/// How many rows a page of a list has.
pub const ROWS: usize = 200;

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Subject {
    Home,
    /// A page of the list of all projects, or of one choice of them.
    Projects(Option<usize>, usize),
    Project(usize),
    /// A project on one printed page.
    Brief(usize),
    /// The portfolio on one printed page.
    Board,
    /// The figures of a project, for an auditor.
    Evidence(usize),
    Kpis(usize),
    Lessons,
    /// A page of the lessons of a theme.
    LessonTheme(usize, usize),
    Actions(usize),
    Value(usize),
    Units(usize),
    /// A page of the matrix of projects and rules.
    Partnership(usize),
    Unit(usize),
    /// A page of the list of people, or of roles.
    People(usize),
    /// A page of the projects of a person.
    Person(usize, usize),
    Timeline(usize),
    /// A page of the list of everything.
    Search(usize),
    Tags(usize),
    /// A page of the projects of a tag, which is one of the choices.
    Tag(usize, usize),
    Years(usize),
    Year(usize, usize),
    Free(usize),
    Accessibility,
    NotFound,
    /// An old address.
    Alias(usize),
}

/// A page that is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its address: `projects/x/index.html`.
    pub address: String,
    subject: Subject,
}

/// What a template is given.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
#[allow(missing_docs, reason = "each is the view of its name")]
pub enum View {
    Home(Box<HomeView>),
    Projects(Box<ProjectsView>),
    Project(Box<ProjectView>),
    Brief(Box<BriefView>),
    Board(Box<BoardView>),
    Evidence(Box<EvidenceView>),
    Kpis(Box<KpisView>),
    Lessons(Box<LessonsView>),
    LessonTheme(Box<LessonThemeView>),
    Actions(Box<ActionsView>),
    Value(Box<ValueView>),
    Units(Box<UnitsView>),
    Partnership(Box<PartnershipView>),
    Unit(Box<UnitView>),
    People(Box<PeopleView>),
    Person(Box<PersonView>),
    Timeline(Box<TimelineView>),
    Search(Box<SearchView>),
    Tags(Box<TagsView>),
    Tag(Box<TagView>),
    Years(Box<YearsView>),
    Year(Box<YearView>),
    Free(Box<FreePageView>),
    Accessibility(Box<AccessibilityView>),
    NotFound(Box<NotFoundView>),
    /// A finished page that needs no template.
    Finished(String),
}

/// All pages of a portfolio.
#[derive(Clone, Copy, Debug)]
pub struct Pages<'p> {
    portfolio: &'p Portfolio,
    wording: &'p Wording,
    plan: &'p Plan,
}

/// Which pages there are, and what many of them show.
#[derive(Debug)]
pub struct Plan {
    /// The pages, in the order of the plan.
    pub list: Vec<Page>,
    format: Format,
    /// Where the style sheet and the mark lie, for pages to link.
    assets: Assets,
    /// What the theme's template of a project asks for.
    asked: Asked,
    /// A row for each project, its links still from the root.
    cards: row::Cards,
    /// What pages have around their content, by where they lie.
    quarters: Watched<frame::Quarters>,
    /// Where the figures of a project can be looked up, from its page.
    figures: Kept<Vec<Words>>,
    /// Links between lists of projects.
    filters: Watched<list::Filters>,
    /// Everything that has a name, from A to Z.
    names: Watched<Vec<(Place, search::Named)>>,
    /// How many names there are of each kind.
    counts: OnceLock<[usize; 6]>,
    /// Every KPI as (project, KPI), in the order of the scoreboard.
    kpis: Watched<Vec<(usize, usize)>>,
    /// What stands for the order of each list that can be explored.
    orders: [OnceLock<String>; 3],
    /// What was gathered for the index of the search.
    pub index_words: Gathered,
}

impl Deref for Pages<'_> {
    type Target = Plan;

    fn deref(&self) -> &Plan {
        self.plan
    }
}

/// Plans the pages of a portfolio.
pub fn plan(portfolio: &Portfolio, wording: &Wording, assets: Assets, asked: Asked) -> Plan {
    let settings = &portfolio.settings;
    let mut plan = Plan {
        list: Vec::new(),
        format: Format::of(&settings.language, settings.fiscal_year_start),
        assets,
        asked,
        cards: row::Cards::default(),
        quarters: Watched::default(),
        figures: Kept::default(),
        filters: Watched::default(),
        names: Watched::default(),
        counts: OnceLock::new(),
        kpis: Watched::default(),
        orders: Default::default(),
        index_words: Gathered::default(),
    };
    // Each of these looks at those before it.
    plan.cards = plan.pages(portfolio, wording).all_cards();
    plan.kpis = Watched::new(SCOREBOARD, plan.pages(portfolio, wording).scoreboard_order());
    plan.names = Watched::new(NAMES, plan.pages(portfolio, wording).all_names());
    plan.list = plan.pages(portfolio, wording).addresses();
    plan.quarters = Watched::new(NAVS, plan.pages(portfolio, wording).quarters());
    plan.figures = plan.pages(portfolio, wording).where_figures_stand();
    plan.filters = Watched::new(FILTERS, plan.pages(portfolio, wording).all_filters());
    plan
}

impl Plan {
    /// The pages of the portfolio that they were planned for, whatever its bodies are.
    pub fn pages<'p>(&'p self, portfolio: &'p Portfolio, wording: &'p Wording) -> Pages<'p> {
        Pages { portfolio, wording, plan: self }
    }
}

impl Pages<'_> {
    fn quarters(&self) -> frame::Quarters {
        let mut quarters = frame::Quarters::default();
        for page in &self.list {
            quarters.add(&page.address, || Here { pages: self, address: &page.address }.around());
        }
        quarters
    }

    /// All that a page shows.
    pub fn view(&self, page: &Page) -> View {
        let here = Here { pages: self, address: &page.address };
        match page.subject {
            Subject::Home => View::Home(Box::new(here.home())),
            Subject::Projects(facet, nth) => View::Projects(Box::new(here.projects(facet, nth))),
            Subject::Project(at) => View::Project(Box::new(here.project(at))),
            Subject::Brief(at) => View::Brief(Box::new(here.brief(at))),
            Subject::Board => View::Board(Box::new(here.board())),
            Subject::Evidence(at) => View::Evidence(Box::new(here.proofs(at))),
            Subject::Kpis(nth) => View::Kpis(Box::new(here.scoreboard(nth))),
            Subject::Lessons => View::Lessons(Box::new(here.lessons())),
            Subject::LessonTheme(at, nth) => {
                View::LessonTheme(Box::new(here.lesson_theme(at, nth)))
            }
            Subject::Actions(nth) => View::Actions(Box::new(here.promises(nth))),
            Subject::Partnership(nth) => View::Partnership(Box::new(here.partnership(nth))),
            Subject::Value(nth) => View::Value(Box::new(here.value(nth))),
            Subject::Units(nth) => View::Units(Box::new(here.units(nth))),
            Subject::Unit(at) => View::Unit(Box::new(here.unit(at))),
            Subject::People(nth) => View::People(Box::new(here.people_list(nth))),
            Subject::Person(at, nth) => View::Person(Box::new(here.person_page(at, nth))),
            Subject::Timeline(nth) => View::Timeline(Box::new(here.timeline(nth))),
            Subject::Search(nth) => View::Search(Box::new(here.search(nth))),
            Subject::Tags(nth) => View::Tags(Box::new(here.tags(nth))),
            Subject::Tag(at, nth) => View::Tag(Box::new(here.tag(at, nth))),
            Subject::Years(nth) => View::Years(Box::new(here.years(nth))),
            Subject::Year(at, nth) => View::Year(Box::new(here.year(at, nth))),
            Subject::Free(at) => View::Free(Box::new(here.free(at))),
            Subject::Accessibility => View::Accessibility(Box::new(here.accessibility())),
            Subject::NotFound => View::NotFound(Box::new(here.not_found())),
            Subject::Alias(at) => View::Finished(here.alias(at)),
        }
    }
}

impl View {
    /// The template that renders it; a finished page has none.
    pub fn template(&self) -> Option<&'static str> {
        Some(match self {
            View::Home(_) => "home.html",
            View::Projects(_) => "projects.html",
            View::Project(_) => "project.html",
            View::Brief(_) => "brief.html",
            View::Board(_) => "board.html",
            View::Evidence(_) => "evidence.html",
            View::Kpis(_) => "kpis.html",
            View::Lessons(_) => "lessons.html",
            View::LessonTheme(_) => "lesson-theme.html",
            View::Actions(_) => "actions.html",
            View::Partnership(_) => "partnership.html",
            View::Value(_) => "value.html",
            View::Units(_) => "units.html",
            View::Unit(_) => "unit.html",
            View::People(_) => "people.html",
            View::Person(_) => "person.html",
            View::Timeline(_) => "timeline.html",
            View::Search(_) => "search.html",
            View::Tags(_) => "tags.html",
            View::Tag(_) => "tag.html",
            View::Years(_) => "years.html",
            View::Year(_) => "year.html",
            View::Free(_) => "page.html",
            View::Accessibility(_) => "accessibility.html",
            View::NotFound(_) => "404.html",
            View::Finished(_) => return None,
        })
    }
}
