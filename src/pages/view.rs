//! What templates see: plain structs of finished texts, numbers already written, links already
//! relative. No places in files, no ids to look up, nothing that is not on the page.
//!
//! Fields named `svg` or `html` are finished markup; everything else is text that the template
//! engine escapes.

mod action;
mod alphabet;
mod brief;
mod card;
mod evidence;
mod frame;
mod home;
mod kept;
mod kpi;
mod lesson;
mod money;
mod partnership;
mod parts;
mod person;
mod post_mortem;
mod project;
mod search;
mod tag;
mod timeline;
mod unit;
mod value;
mod year;

pub use action::{ActionsView, PromiseRow, PromiseSum};
pub use alphabet::{AlphabetView, LetterLink, LetterView, NameView};
pub use brief::{BoardMoney, BoardProject, BoardView, BriefAction, BriefKpi, BriefView, Line};
pub use card::Share;
pub use evidence::{EvidenceView, FigureRow, FiguresPart};
pub use frame::{Frame, NavItem};
pub use home::{AccessibilityView, AttentionRow, FreePageView, HomeView, NotFoundView, StoryView};
pub use kept::Kept;
pub use kpi::{Fact, KpiRow, KpiView, KpisView, ReadingRow, SeriesView};
pub use lesson::{LessonRow, LessonThemeView, LessonsView, ThemeRow};
pub use money::{BenefitRow, MoneyView, ShareRow};
pub use partnership::{
    PartnershipCell, PartnershipRow, PartnershipView, RuleComparison, RuleSum, WaivedRule,
};
pub use parts::{
    Badge, Cell, ChoiceView, ExploreView, Headline, ListingPage, ListingView, Pair, ProjectRow,
    QuoteView, TocEntry, Words,
};
pub use person::{PeopleView, PersonActionRow, PersonProjectRow, PersonRow, PersonView};
pub use post_mortem::{ActionRow, EvidenceRow, LessonView, PostMortemView};
pub use project::{
    FilterGroup, FilterOption, ImageView, OutcomeView, ProjectView, ProjectsView, StageRow,
};
pub use search::SearchView;
pub use tag::{TagView, TagsView};
pub use timeline::{TimelineRow, TimelineView};
pub use unit::{ChampionRow, PaidRow, UnitRow, UnitView, UnitsView};
pub use value::{
    BenefitOf, ItRow, LedgerView, PayersRow, PayersView, Reckoned, ReturnYear, SpentRow, SpentView,
    ValueView, YearsChart,
};
pub use year::{YearKpiRow, YearMoneyView, YearProjectRow, YearRow, YearView, YearsView};
