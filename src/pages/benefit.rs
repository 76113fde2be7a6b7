//! What came back: each benefit with what was planned and realized, confirmed and claimed apart.

use super::Here;
use super::view::{Badge, BenefitRow, Cell};
use crate::documents::benefit::{Benefit, BenefitKind};
use crate::documents::money::{Amount, ByYear};
use crate::portfolio::Project;
use crate::portfolio::investment::Investment;
use rust_decimal::Decimal;

impl Here<'_> {
    /// A benefit.
    pub(super) fn benefit(&self, benefit: &Benefit, investment: &Investment) -> BenefitRow {
        let unit = benefit.unit.as_ref().and_then(|name| self.portfolio().units.find(name));
        let unit = unit.map(|unit| format!(", {}", self.portfolio().units.list[unit].name));
        let source = match (&benefit.source, benefit.kind) {
            (_, BenefitKind::Qualitative) => String::new(),
            (Some(source), _) => self.fill(". Source: {source}", &[("source", source)]),
            (None, _) => self.say(". No source given").into(),
        };
        let counts = benefit.kind != BenefitKind::Qualitative;
        let confirmed = benefit.confirmed_by.as_ref();
        let badge = match confirmed {
            Some(_) => Badge { word: self.say("Confirmed").into(), tone: "met" },
            None => Badge { word: self.say("Claimed").into(), tone: "none" },
        };
        BenefitRow {
            name: benefit.name.clone(),
            about: format!(
                "{}{}{source}",
                self.say(kind_words(benefit.kind)),
                unit.unwrap_or_default()
            ),
            planned: self.benefit_sum(benefit, &benefit.planned, investment),
            realized: self.benefit_sum(benefit, &benefit.realized, investment),
            badge: (counts && !benefit.realized.is_empty()).then_some(badge),
            by: match confirmed {
                Some(person) => match &person.role {
                    Some(role) => format!("{}, {role}", self.person_name(person)),
                    None => self.person_name(person),
                },
                None if counts && !benefit.realized.is_empty() => {
                    self.say("No one confirmed it").into()
                }
                None => String::new(),
            },
        }
    }

    fn benefit_sum(&self, benefit: &Benefit, years: &ByYear, investment: &Investment) -> Cell {
        if years.is_empty() {
            let word =
                if benefit.kind == BenefitKind::Qualitative { "No amount" } else { "Not given" };
            return Cell::absent(self.say(word));
        }
        let hidden = years.values().filter(|amount| amount.withheld().is_some()).count();
        let sum: Decimal = years.values().filter_map(Amount::known).sum();
        let written = match &benefit.measure {
            Some(measure) if !benefit.kind.is_monetized() => self.format().figure(sum, measure),
            _ => self.format().money(sum, &investment.currency),
        };
        // What was realized in a running year is not all of it; what was planned is.
        let year = |year| match std::ptr::eq(years, &benefit.realized) {
            true => self.year_to_date(year),
            false => self.format().fiscal_year(year),
        };
        let span = match (years.keys().next(), years.keys().next_back()) {
            (Some(first), Some(last)) if first != last => {
                format!("{}–{}", year(*first), year(*last))
            }
            (Some(first), _) => year(*first),
            _ => String::new(),
        };
        match (hidden, hidden == years.len()) {
            (_, true) => Cell::absent(self.say("Withheld")).sub(span),
            (0, _) => Cell::text(written).sub(span),
            (n, _) => {
                let hidden = self.plural(n, "{n} year withheld", "{n} years withheld");
                Cell::text(written).sub(format!("{span}; {hidden}"))
            }
        }
    }

    /// Confirmed and claimed in words.
    pub(super) fn benefits_note(&self, investment: &Investment, project: &Project) -> String {
        let realized = &investment.realized;
        let money = |amount| self.format().money(amount, &investment.currency);
        if project.withholds("benefits") {
            return self.say("The benefits are withheld.").into();
        }
        let mut parts = Vec::new();
        for (amount, what) in [
            (realized.confirmed_cash, "Confirmed in cash"),
            (realized.claimed_cash, "Claimed in cash"),
            (realized.confirmed_other, "Confirmed without cash"),
            (realized.claimed_other, "Claimed without cash"),
        ] {
            if !amount.is_zero() {
                parts.push(format!("{}: {}.", self.say(what), money(amount)));
            }
        }
        let mixed = !(realized.confirmed_cash + realized.confirmed_other).is_zero()
            && !(realized.claimed_cash + realized.claimed_other).is_zero();
        if mixed {
            let apart = "Confirmed and claimed are told apart; the return counts the cash of both.";
            parts.push(self.say(apart).into());
        }
        if realized.withheld > 0 {
            parts.push(self.plural(
                realized.withheld,
                "{n} amount is withheld.",
                "{n} amounts are withheld.",
            ));
        }
        parts.join(" ")
    }
}

pub(super) fn kind_words(kind: BenefitKind) -> &'static str {
    match kind {
        BenefitKind::CashReleasing => "Cash-releasing",
        BenefitKind::NonCashReleasing => "Non-cash-releasing",
        BenefitKind::Quantified => "Quantified",
        BenefitKind::Qualitative => "Qualitative",
    }
}
