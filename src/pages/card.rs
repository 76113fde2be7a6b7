//! Share cards: what a project's own picture says where its page is shared. It says no more than the
//! page does, for it is made of the same edition.

use super::kpi::Kpi;
use super::view::{Badge, Share};
use super::{Here, Pages};
use crate::portfolio::Project;
use crate::portfolio::address;

/// How wide and high a card is: what all who show shared pages take.
pub const SIZE: (u32, u32) = (1200, 630);

/// A share card. It is no page: the theme draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The site's title.
    pub site: String,
    /// The project's title: its outcome in plain words.
    pub title: String,
    /// The headline KPI as before → after; empty where no figure is told.
    pub figure: String,
    /// What the figure is of.
    pub of: String,
    /// The unit and the year.
    pub about: String,
    /// The standing.
    pub badge: Badge,
    /// The site's accent, where it sets one.
    pub accent: Option<String>,
}

impl Pages<'_> {
    /// The projects that have a card, by their positions, and where each lies.
    pub fn cards(&self) -> Vec<(usize, String)> {
        let portfolio = self.portfolio;
        let all = portfolio.projects.all().iter().enumerate();
        let shown = all.filter(|(_, project)| portfolio.has_card(project));
        shown.map(|(at, project)| (at, address::card(project.id()))).collect()
    }

    /// What the card of a project shows.
    pub fn card(&self, at: usize) -> Card {
        let project = &self.portfolio.projects[at];
        let here = Here { pages: self, address: &project.page };
        let settings = &self.portfolio.settings;
        let (figure, of) = here.figure_of_card(project);
        let unit = project.unit.map(|unit| self.portfolio.units.list[unit].name.clone());
        let about = [unit, project.year.map(|year| year.to_string())];
        Card {
            site: settings.title.clone(),
            title: project.title().to_string(),
            figure,
            of,
            about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            badge: here.standing_badge(project.standing),
            accent: settings.accent.clone(),
        }
    }
}

impl Here<'_> {
    /// The card of a project as its page names it, where it has one.
    pub(super) fn shared_as(&self, project: &Project) -> Option<Share> {
        if !self.portfolio().has_card(project) {
            return None;
        }
        let (figure, of) = self.figure_of_card(project);
        let figure = if figure.is_empty() { figure } else { format!("{of}: {figure}.") };
        let badge = format!("{}.", self.standing_badge(project.standing).word);
        let told = [super::kpi::ended(project.title()), figure, badge];
        let told = told.into_iter().filter(|text| !text.is_empty());
        let (width, height) = SIZE;
        Some(Share {
            image: self.pages.on_the_web(&address::card(project.id()))?,
            width,
            height,
            alt: told.collect::<Vec<_>>().join(" "),
        })
    }

    /// The headline KPI as before → after, and its name; nothing, where no figure is told.
    fn figure_of_card(&self, project: &Project) -> (String, String) {
        let kpi = project.headline.map(|at| Kpi::of(project, at));
        let cell = kpi.map(|kpi| self.before_after(kpi)).filter(|cell| !cell.absent);
        cell.map(|cell| (cell.text, cell.sub)).unwrap_or_default()
    }
}
