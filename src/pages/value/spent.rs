//! Cost against result: what was spent on projects that delivered, and on those that did not.

use super::super::Here;
use super::super::chart::{self, Said};
use super::super::view::{Cell, SpentRow, SpentView, Words};
use crate::portfolio::spent::{BySpent, Spent};
use crate::portfolio::standing::Standing;
use rust_decimal::Decimal;

impl Here<'_> {
    /// A row for each standing whose projects tell a cost; none where no project does.
    pub(super) fn spent(&self, currency: &str, all: &BySpent) -> Option<SpentView> {
        let told = || all.iter().filter(|(_, spent)| spent.cost.counted > 0);
        let most = told().map(|(_, spent)| spent.cost.amount).max()?;
        let sum: Decimal = told().map(|(_, spent)| spent.cost.amount).sum();
        let scale = Scale { currency, most, sum };
        Some(SpentView {
            caption: self.say("What was spent, by how projects stand").into(),
            rows: told()
                .map(|(standing, spent)| self.spent_row(*standing, spent, &scale))
                .collect(),
        })
    }

    fn spent_row(&self, standing: Standing, spent: &Spent, scale: &Scale<'_>) -> SpentRow {
        let badge = self.standing_badge(standing);
        let short = |amount| self.format().money_short(amount, scale.currency);
        let cost = short(spent.cost.amount);
        let costs: Vec<Decimal> = spent.projects.iter().map(|(_, cost)| *cost).collect();
        let projects = self.plural(spent.cost.counted, "{n} project", "{n} projects");
        let desc = format!("{cost}, {projects}");
        let largest = spent.projects.first().map(|(at, cost)| {
            let project = &self.portfolio().projects[*at];
            (Words::link(project.title(), self.to(&project.page)), short(*cost))
        });
        let (largest, largest_cost) = largest.unwrap_or_default();
        SpentRow {
            svg: chart::spent(
                &costs,
                scale.most,
                badge.tone,
                Said { title: &badge.word, desc: &desc },
            ),
            badge,
            largest,
            largest_cost,
            cost: Cell::text(cost).sub(match spent.cost.withheld {
                0 => String::new(),
                n => self.fill("{n} withheld", &[("n", &self.format().count(n))]),
            }),
            share: match scale.sum.is_zero() {
                true => Cell::absent(self.say("Nothing was paid")),
                false => Cell::text(self.format().percent(spent.cost.amount / scale.sum)),
            },
            projects: self.format().count(spent.cost.counted),
            kpis: match spent.coverage.due() {
                0 => Cell::absent(self.say("None due")),
                due => Cell::text(self.fill(
                    "{n} of {all}",
                    &[
                        ("n", &self.format().count(spent.coverage.met)),
                        ("all", &self.format().count(due)),
                    ],
                )),
            },
            back: self.cash_back(spent, short),
        }
    }

    /// The cash that came back; what is only claimed is told apart.
    fn cash_back(&self, spent: &Spent, short: impl Fn(Decimal) -> String) -> Cell {
        let claimed = || self.fill("{amount} claimed", &[("amount", &short(spent.claimed))]);
        match (spent.confirmed.is_zero(), spent.claimed.is_zero(), spent.withheld) {
            (false, true, _) => Cell::text(short(spent.confirmed)),
            (false, false, _) => Cell::text(short(spent.confirmed)).sub(claimed()),
            (true, false, _) => Cell::absent(claimed()),
            (true, true, 1..) => Cell::absent(self.say("Withheld")),
            (true, true, 0) => Cell::absent(self.say("None is told")),
        }
    }
}

/// What rows are held against.
struct Scale<'c> {
    currency: &'c str,
    most: Decimal,
    sum: Decimal,
}
