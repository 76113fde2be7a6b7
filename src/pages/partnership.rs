//! Partnership: how projects stand to the rules about the work itself, each and in sum.

use super::kpi::ended;
use super::view::{
    Badge, Cell, PartnershipCell, PartnershipRow, PartnershipView, RuleComparison, RuleSum,
    WaivedRule, Words,
};
use super::{Here, list};
use crate::diagnostics::Code;
use crate::portfolio::partnership::{self, FEWEST_PROJECTS, Group};
use crate::portfolio::rule::{Outcome, RULES};
use rust_decimal::Decimal;

/// The first page.
pub(super) const PARTNERSHIP: &str = "partnership/index.html";

/// How many projects a page of the matrix has.
pub(super) const MATRIX: usize = 50;

/// What a rule of partnership asks, as the heading of its column.
fn column(code: Code) -> &'static str {
    match code {
        Code::ItOwned => "Owned by the business",
        Code::KpisAfterIt => "KPIs before IT",
        Code::ItTooLate => "IT before kickoff",
        Code::NoChampion => "Champions",
        Code::NoSteering => "Steering committee",
        Code::NoPostMortem => "Post-mortem",
        Code::UnitBringsNoData => "Data from each unit",
        Code::NoDecision => "Decision",
        _ => "",
    }
}

/// What a rule asks, in words.
fn asks(code: Code) -> &'static str {
    match code {
        Code::ItOwned => "A business unit owns the project",
        Code::KpisAfterIt => "KPIs are agreed before IT is engaged",
        Code::ItTooLate => "IT is engaged before the kickoff",
        Code::NoChampion => "Each department has a champion",
        Code::NoSteering => "Several units have a steering committee",
        Code::KpiWithoutBaseline => "Each KPI has a baseline",
        Code::KpiWithoutSource => "Each figure has a source",
        Code::KpiAlreadyMet => "No target is met at its baseline",
        Code::KpiWrongSide => "Targets lie on the better side of their baselines",
        Code::BaselineAfterKickoff => "Baselines are measured before the kickoff",
        Code::ActualBeforeGoLive => "Results are measured after the go-live",
        Code::SourcesDiffer => "Baseline and result have one source",
        Code::SmallSample => "Samples have 30 cases or more",
        Code::OutcomeWithoutKpi => "A KPI shows each outcome",
        Code::SharesBelow => "Shares add up to the whole cost",
        Code::BenefitTwice => "No benefit is counted twice",
        Code::NoPostMortem => "An ended project has a post-mortem",
        Code::UnitBringsNoData => "Each unit at the post-mortem brings data",
        Code::NoDecision => "A post-mortem ends with a decision",
        Code::ActionLoose => "Open actions have an owner and a date",
        Code::ActionOverdue => "No action is overdue",
        Code::ReviewOverdue => "Benefits reviews are held in time",
        Code::StagesOutOfOrder => "Stages follow one another",
        Code::StaleFigure => "Figures of active projects are of the last year",
        Code::Blame => "No pain point names a person",
        Code::UnitSlip => "No figure is 1000 times its neighbors",
        Code::PercentOver100 => "No percentage is over 100",
        _ => "",
    }
}

/// The claims of the founding article that rules stand for.
fn claim(number: u8) -> &'static str {
    match number {
        1 => "Business ownership",
        2 => "Pre-work before IT",
        3 => "Built for outcomes",
        4 => "Cost shared fairly",
        5 => "Visibility",
        7 => "Champions and committees",
        _ => "Post-mortems with numbers",
    }
}

impl Here<'_> {
    /// A page of the matrix of projects and rules.
    pub(super) fn partnership(&self, nth: usize) -> PartnershipView {
        let portfolio = self.portfolio();
        let rules = partnership::looked_for(&portfolio.rules);
        let page: Vec<usize> =
            portfolio.newest.iter().skip((nth - 1) * MATRIX).take(MATRIX).copied().collect();
        let result = self.partnership_sentence(&rules);
        let title = self.say("Do we work the way we said?");
        let mut view = PartnershipView {
            frame: self.frame(self.say("Partnership"), Some(result.clone()), &[]),
            title: title.into(),
            result,
            coverage: self.partnership_coverage(&rules),
            columns: rules.iter().map(|rule| self.say(column(RULES[*rule].code)).into()).collect(),
            rows: page.iter().map(|at| self.partnership_row(*at, &rules)).collect(),
            listing: list::listing_by(
                self,
                PARTNERSHIP,
                nth,
                MATRIX,
                (portfolio.projects.len(), "Projects"),
            ),
            waivers: page.iter().flat_map(|at| self.waivers(*at)).collect(),
            ..PartnershipView::default()
        };
        if nth == 1 && !portfolio.projects.is_empty() {
            view.sums = portfolio.rules.on.iter().map(|rule| self.rule_sum(*rule)).collect();
            view.comparisons = self.comparisons(&rules);
            view.caution = self.caution(view.comparisons.is_empty()).into();
        }
        view
    }

    /// "12 of 14 projects break none of the rules of partnership."
    fn partnership_sentence(&self, rules: &[usize]) -> String {
        let portfolio = self.portfolio();
        if portfolio.projects.is_empty() {
            return self.say("No project is told yet.").into();
        }
        if rules.is_empty() {
            return self.say("This site looks for none of the rules of partnership.").into();
        }
        let count = portfolio.rules.partnership;
        let asked = count.keep + count.break_some;
        if asked == 0 {
            return self.say("No rule of partnership applies to a project yet.").into();
        }
        let number = |n| self.format().count(n);
        let projects = self.plural(asked, "{n} project", "{n} projects");
        let (keep, broke) = (number(count.keep), number(count.break_some));
        let with =
            [("keep", keep.as_str()), ("broke", broke.as_str()), ("projects", projects.as_str())];
        match (count.keep, count.break_some) {
            (_, 0) => self.fill("{projects} broke none of the rules of partnership.", &with),
            (0, _) => self.fill("{projects} broke at least one rule of partnership.", &with),
            _ => self.fill(
                "Of {projects}, {keep} broke none of the rules of partnership and {broke} broke \
                 at least one.",
                &with,
            ),
        }
    }

    /// Of how many projects and rules the answer is known.
    fn partnership_coverage(&self, rules: &[usize]) -> String {
        let portfolio = self.portfolio();
        let all = portfolio.projects.len() * rules.len();
        if all == 0 {
            return String::new();
        }
        let number = |n| self.format().count(n);
        self.fill(
            "A rule is not asked of a project to which it does not apply, or of which too little is \
             recorded: {asked} of {all} answers are there.",
            &[("asked", &number(portfolio.rules.partnership.answers)), ("all", &number(all))],
        )
    }

    fn outcome_badge(&self, outcome: Outcome) -> Badge {
        let (word, tone) = match outcome {
            Outcome::Kept => ("Kept", "met"),
            Outcome::Broken => ("Broken", "miss"),
            Outcome::Waived => ("Waived", "way"),
            Outcome::NotApplicable => ("Not asked", "none"),
        };
        Badge { word: self.say(word).into(), tone }
    }

    fn partnership_row(&self, at: usize, rules: &[usize]) -> PartnershipRow {
        let portfolio = self.portfolio();
        let (project, outcomes) = (&portfolio.projects[at], portfolio.outcomes(at));
        let cell = |rule: &usize| PartnershipCell {
            label: self.say(column(RULES[*rule].code)).into(),
            badge: self.outcome_badge(outcomes[*rule]),
        };
        let others = portfolio.rules.on.iter().filter(|rule| !rules.contains(rule));
        let broken: Vec<&str> = others
            .filter(|rule| outcomes[**rule] == Outcome::Broken)
            .map(|rule| RULES[*rule].code.name())
            .collect();
        PartnershipRow {
            project: Words::link(project.title(), self.to(&project.page)),
            cells: rules.iter().map(cell).collect(),
            other: match broken.len() {
                0 => Cell::absent(self.say("None broken")),
                n => Cell::text(self.plural(n, "{n} broken", "{n} broken")).sub(broken.join(", ")),
            },
        }
    }

    /// Why a project waives rules, where this edition shows it.
    fn waivers(&self, at: usize) -> Vec<WaivedRule> {
        let portfolio = self.portfolio();
        let (project, outcomes) = (&portfolio.projects[at], portfolio.outcomes(at));
        let waived = project.front().waived.iter().filter(|(rule, _)| {
            let at = RULES.iter().position(|one| one.code.name() == rule.value);
            at.is_some_and(|at| outcomes[at] == Outcome::Waived)
        });
        let link = || Words::link(project.title(), self.to(&project.page));
        let told =
            waived.filter_map(|(rule, why)| self.waived_rule(&rule.value, why, Some(link())));
        told.collect()
    }

    /// A rule that does not apply, in plain words and with its code.
    pub(super) fn waived_rule(
        &self,
        name: &str,
        why: &str,
        project: Option<Words>,
    ) -> Option<WaivedRule> {
        let rule = RULES.iter().find(|rule| rule.code.name() == name)?;
        let asks = self.say(asks(rule.code)).into();
        Some(WaivedRule { asks, code: rule.code.name(), project, why: ended(why) })
    }

    fn rule_sum(&self, nth: usize) -> RuleSum {
        let rule = &RULES[nth];
        let [kept, broken, waived, not_asked] = self.portfolio().rules.counts(nth);
        let count = |n: usize| match n {
            0 => Cell::absent(self.say("None")),
            n => Cell::text(self.format().count(n)),
        };
        let of = kept + broken;
        let share = match of {
            0 => String::new(),
            _ => self.fill(
                "{share} of {n}",
                &[("share", &self.share_of(kept, of)), ("n", &self.format().count(of))],
            ),
        };
        RuleSum {
            asks: self.say(asks(rule.code)).into(),
            code: rule.code.name(),
            claim: self.say(claim(rule.claim)).into(),
            kept: count(kept).sub(share),
            broken: count(broken),
            waived: count(waived),
            not_asked: count(not_asked),
        }
    }

    fn share_of(&self, part: usize, whole: usize) -> String {
        self.format().percent(Decimal::from(part) / Decimal::from(whole.max(1)))
    }

    /// Rules of which both groups are large enough, where there are projects enough at all.
    fn comparisons(&self, rules: &[usize]) -> Vec<RuleComparison> {
        let portfolio = self.portfolio();
        if portfolio.projects.len() < FEWEST_PROJECTS {
            return Vec::new();
        }
        let pairs = rules.iter().map(|rule| {
            (*rule, partnership::compared(portfolio.projects.all(), &portfolio.rules, *rule))
        });
        let enough: Vec<_> =
            pairs.filter(|(_, (keep, broke))| keep.is_enough() && broke.is_enough()).collect();
        let rows = enough.iter().map(|(rule, (keep, broke))| RuleComparison {
            asks: self.say(asks(RULES[*rule].code)).into(),
            kept: self.group(*keep),
            broken: self.group(*broke),
        });
        rows.collect()
    }

    /// "64 % of KPIs met", "128 of 200 KPIs, 45 projects".
    fn group(&self, group: Group) -> Cell {
        let number = |n| self.format().count(n);
        let share = self.share_of(group.met, group.judged);
        let with = [
            ("met", number(group.met)),
            ("judged", number(group.judged)),
            ("n", number(group.projects)),
        ];
        let with = with.each_ref().map(|(name, value)| (*name, value.as_str()));
        Cell::text(self.fill("{share} met", &[("share", &share)]))
            .sub(self.fill("{met} of {judged} KPIs, {n} projects", &with))
    }

    fn caution(&self, nothing: bool) -> &str {
        if self.portfolio().projects.len() < FEWEST_PROJECTS {
            return self
                .say("With fewer than 20 projects the rules are counted and nothing is compared.");
        }
        self.say(match nothing {
            true => {
                "For no rule are there 10 projects with judged KPIs that keep it and 10 that \
                 break it, so nothing is compared."
            }
            false => {
                "Projects that keep a rule differ from the others in more than that: a \
                 difference says nothing of its cause."
            }
        })
    }
}
