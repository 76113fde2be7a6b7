//! A project as a row of a table: written once, for all the lists that show it.

use super::kpi::Kpi;
use super::view::{Badge, Cell, Kept, ProjectRow};
use super::{Here, Pages};
use crate::memo::{Mark, PROJECT, look};
use crate::portfolio::Project;
use crate::portfolio::facet::status_words;
use crate::portfolio::investment::Known;
use crate::portfolio::standing::Standing;
use rayon::prelude::*;
use std::ops::Index;

/// A row for each project; who looks at one has looked at its project and at no other.
#[derive(Debug, Default)]
pub(super) struct Cards(Vec<ProjectRow>);

impl Index<usize> for Cards {
    type Output = ProjectRow;

    fn index(&self, at: usize) -> &ProjectRow {
        look(Mark::of(PROJECT, at));
        &self.0[at]
    }
}

impl Pages<'_> {
    /// A row for each project, with links from the root.
    pub(super) fn all_cards(&self) -> Cards {
        let root = Here { pages: self, address: "index.html" };
        let projects = self.portfolio.projects.all().par_iter();
        Cards(projects.map(|project| root.card(project)).collect())
    }
}

impl Here<'_> {
    /// A standing as a badge.
    pub(super) fn standing_badge(&self, standing: Standing) -> Badge {
        let tone = match standing {
            Standing::Delivered => "met",
            Standing::OnTrack | Standing::UnderWay => "way",
            Standing::Mixed => "near",
            Standing::FellShort | Standing::Behind => "miss",
            Standing::Unproven | Standing::Withheld | Standing::Planned | Standing::Stopped => {
                "none"
            }
        };
        Badge { word: self.say(standing.words()).into(), tone }
    }

    fn card(&self, project: &Project) -> ProjectRow {
        let unit = project.unit.map(|unit| self.portfolio().units.list[unit].name.clone());
        ProjectRow {
            title: project.title().to_string(),
            href: project.page.clone(),
            unit: unit.unwrap_or_default(),
            status: self.say(status_words(project.status)).into(),
            standing: Kept::of(&self.standing_badge(project.standing)),
            headline: Kept::of(&self.headline(project)),
            year: project.year.map(|year| year.to_string()).unwrap_or_default(),
            cost: Kept::of(&self.cost(project)),
        }
    }

    /// Its headline KPI, before and after.
    pub(super) fn headline(&self, project: &Project) -> Cell {
        match project.headline {
            Some(at) => self.before_after(Kpi::of(project, at)),
            None if project.withholds("kpis") => Cell::absent(self.say("Withheld")),
            None => Cell::absent(self.say("No KPI")),
        }
    }

    /// What it cost; where that is not told, its budget.
    pub(super) fn cost(&self, project: &Project) -> Cell {
        let Some(investment) = &project.investment else {
            let word = if project.withholds("investment") { "Withheld" } else { "Not given" };
            return Cell::absent(self.say(word));
        };
        let short = |amount| self.format().money_short(amount, &investment.currency);
        match (investment.actual, investment.budget) {
            (Known::Told(actual), _) => Cell::text(short(actual)),
            (Known::Withheld, _) => Cell::absent(self.say("Withheld")),
            (Known::Nothing, Known::Told(budget)) => {
                Cell::text(short(budget)).sub(self.say("budget"))
            }
            (Known::Nothing, Known::Withheld) => Cell::absent(self.say("Withheld")),
            (Known::Nothing, Known::Nothing) => Cell::absent(self.say("Not given")),
        }
    }

    /// The row of a project, with its link from here.
    pub(super) fn row(&self, at: usize) -> ProjectRow {
        let card = &self.pages.cards[at];
        ProjectRow { href: self.to(&card.href), ..card.clone() }
    }
}
