//! A project linked: its names resolved, its KPIs judged, its money reckoned.

use super::completeness::Completeness;
use super::coverage::Coverage;
use super::future;
use super::investment::{self, Hidden, Investment, Today, over_the_whole};
use super::kpi::{Judgement, Label, Thresholds, Unclear, Verdict, judge};
use super::stage::{self, Stage};
use super::standing::Standing;
use super::unit::Units;
use crate::diagnostics::{Code, Diagnostic, FileId, Span};
use crate::documents::fields::Spanned;
use crate::documents::kpi::Kpi as Told;
use crate::documents::money::Share;
use crate::documents::post_mortem::{Action, PostMortem};
use crate::documents::project::{Project as Front, Status};
use crate::documents::settings::Settings;
use crate::editions::Shown;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A project.
#[derive(Clone, Debug)]
pub struct Project {
    /// What its files say, as far as this edition shows it.
    pub shown: Shown,
    /// Its page: `projects/x/index.html`.
    pub page: String,
    /// How far it is.
    pub status: Status,
    /// How it stands.
    pub standing: Standing,
    /// The unit that owns it.
    pub unit: Option<usize>,
    /// All units that take part, the owning one first.
    pub units: Vec<usize>,
    /// The judgement of each KPI, in the order told.
    pub kpis: Vec<Judgement>,
    /// The KPI that leads.
    pub headline: Option<usize>,
    /// How many KPIs are judged; one that another project tells as well counts there.
    pub coverage: Coverage,
    /// Its stages.
    pub stages: Vec<Stage>,
    /// The calendar year it belongs to.
    pub year: Option<i16>,
    /// Its money.
    pub investment: Option<Investment>,
    /// How much of it is told.
    pub completeness: Completeness,
    /// Its latest content date up to the day of the data.
    pub date: Option<Date>,
}

/// What linking one project needs to know of the rest.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'s> {
    /// The settings.
    pub settings: &'s Settings,
    /// All units.
    pub units: &'s Units,
    /// The day of the data.
    pub as_of: Date,
}

impl Desk<'_> {
    /// Links one project; the names of other projects in it are looked at later.
    pub fn link(&self, shown: Shown) -> (Project, Vec<Diagnostic>) {
        let mut said = Vec::new();
        let file = shown.document.file;
        let front = &shown.document.front;
        let kpis = self.judge(&shown, &mut said);
        let (unit, units) = self.units(front, file, &mut said);
        let status = front.status.unwrap_or(Status::Planned);
        let stages = stage::stages(&front.stages, front.status, self.as_of);
        let mut coverage = Coverage::default();
        for (told, judgement) in front.kpis.iter().zip(&kpis) {
            if told.same_as.is_none() {
                coverage += Coverage::of(judgement);
            }
        }
        // The project's own standing looks at all of its KPIs.
        let mut own = Coverage::default();
        kpis.iter().for_each(|judgement| own += Coverage::of(judgement));
        let overdue = stages.iter().any(|stage| stage.overdue);
        let withholds = |key: &str| shown.withheld.contains(key);
        let standing = Standing::of(status, &own, overdue, withholds);
        self.check_names(front, file, &shown, &mut said);
        let fiscal_start = self.settings.fiscal_year_start;
        said.extend(future::check(front, fiscal_start, self.as_of, file));
        let investment = self.investment(front, Hidden::of(&shown), file, &mut said);
        let headline = front.kpis.iter().position(|kpi| kpi.headline);
        let project = Project {
            page: format!("projects/{}/index.html", shown.document.id),
            status,
            standing,
            unit,
            units,
            headline: headline.or((!kpis.is_empty()).then_some(0)),
            coverage,
            year: stage::year(&stages),
            date: latest(front, &stages, &kpis, self.as_of),
            stages,
            investment,
            completeness: Completeness::of(&shown),
            kpis,
            shown,
        };
        (project, said)
    }

    fn judge(&self, shown: &Shown, said: &mut Vec<Diagnostic>) -> Vec<Judgement> {
        let document = &shown.document;
        let thresholds = Thresholds {
            nearly: self.settings.nearly / Decimal::ONE_HUNDRED,
            exceeded: self.settings.exceeded / Decimal::ONE_HUNDRED,
        };
        let each = document.front.kpis.iter().enumerate().map(|(at, told)| {
            let readings = document.series.get(&at).map_or(&[][..], Vec::as_slice);
            judge(told, readings, self.as_of, thresholds).unwrap_or_else(|unclear| {
                said.push(unclear_target(told, unclear, document.file));
                unjudged()
            })
        });
        each.collect()
    }

    /// The owning unit, and all that take part: named in `units` or anywhere a part is named.
    fn units(
        &self,
        front: &Front,
        file: FileId,
        said: &mut Vec<Diagnostic>,
    ) -> (Option<usize>, Vec<usize>) {
        let owner = front.unit.as_ref().and_then(|name| self.units.find(name));
        let mut units: Vec<usize> = owner.into_iter().collect();
        for name in front.units.iter().chain(takes_part(front)) {
            // `unit` and `units` were looked at when units arose; the rest must be known by now.
            let arises = front.units.iter().any(|own| own.value == name.value);
            let found =
                if arises { self.units.find(name) } else { self.units.known(name, file, said) };
            if let Some(unit) = found.filter(|unit| !units.contains(unit)) {
                units.push(unit);
            }
        }
        (owner, units)
    }

    fn check_names(&self, front: &Front, file: FileId, shown: &Shown, said: &mut Vec<Diagnostic>) {
        for name in has_a_word(front) {
            self.units.known(name, file, said);
        }
        let kpis_hidden = shown.withheld.contains("kpis") || shown.document.partial;
        let mut kpi_names: Vec<(&Spanned<String>, FileId)> =
            front.outcomes.iter().filter_map(|o| Some((o.kpi.as_ref()?, file))).collect();
        // A post-mortem with a file of its own has its places there.
        let there = shown.document.narrative.as_ref().map_or(file, |(file, _)| *file);
        if let Some(post_mortem) = &front.post_mortem {
            let told_here =
                [&post_mortem.bright_spots, &post_mortem.pain_points, &post_mortem.opportunities];
            for lesson in told_here.into_iter().flatten() {
                self.check_lesson(lesson, shown.document.told_in(lesson), said);
            }
            for name in looked_back(post_mortem) {
                self.units.known(name, there, said);
            }
            let evidence = post_mortem.evidence.iter();
            kpi_names.extend(evidence.filter_map(|e| Some((e.kpi.as_ref()?, there))));
        }
        for (name, file) in kpi_names {
            if !kpis_hidden && !front.kpis.iter().any(|kpi| kpi.id.value == name.value) {
                said.push(unknown_kpi(name, front, file));
            }
        }
    }

    fn check_lesson(
        &self,
        lesson: &crate::documents::post_mortem::Lesson,
        file: FileId,
        said: &mut Vec<Diagnostic>,
    ) {
        if let Some(unit) = &lesson.unit {
            self.units.known(unit, file, said);
        }
        let themes = &self.settings.lesson_themes;
        if let Some(theme) = lesson.theme.as_ref().filter(|theme| !themes.contains(&theme.value)) {
            let message = format!("there is no lesson theme `{}`", theme.value);
            let help = crate::diagnostics::among(theme, themes.iter().map(String::as_str));
            said.push(
                Diagnostic::new(Code::UnknownTheme, file.at(theme.span), message).maybe_help(help),
            );
        }
    }

    fn investment(
        &self,
        front: &Front,
        hidden: Hidden,
        file: FileId,
        said: &mut Vec<Diagnostic>,
    ) -> Option<Investment> {
        let nothing = crate::documents::investment::Investment::default();
        let told = front.investment.as_ref();
        if let Some(over) = told.and_then(over_the_whole) {
            let span = told.map(|told| told.shares_span).unwrap_or_default();
            let message = format!("the shares sum to {} %", over.round_dp(1).normalize());
            said.push(
                Diagnostic::new(Code::SharesOver, file.at(span), message)
                    .help("make them sum to 100 %, or to the whole amount"),
            );
        }
        if let Some(span) = told.and_then(bare_percentages) {
            said.push(
                Diagnostic::new(
                    Code::BadShare,
                    file.at(span),
                    "these shares sum to 100 of the currency",
                )
                .help("write percentages with their sign, as 60%"),
            );
        }
        if told.is_none() && front.benefits.is_empty() {
            return None;
        }
        let today = Today::of(self.settings, self.as_of, hidden);
        let units = |name: &str| self.units.find(name);
        Some(investment::reckon(told.unwrap_or(&nothing), &front.benefits, today, units))
    }
}

impl Project {
    /// The id.
    pub fn id(&self) -> &str {
        &self.shown.document.id
    }

    /// The front matter.
    pub fn front(&self) -> &Front {
        &self.shown.document.front
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.front().title.value
    }

    /// Whether some of its front matter could not be read, which was said.
    pub fn is_partial(&self) -> bool {
        self.shown.document.partial
    }

    /// Whether a key is kept to a narrower circle.
    pub fn withholds(&self, key: &str) -> bool {
        self.shown.withheld.contains(key)
    }

    /// A KPI by its id: as told, and as judged.
    pub fn kpi(&self, id: &str) -> Option<(&Told, &Judgement)> {
        let at = self.front().kpis.iter().position(|kpi| kpi.id.value == id)?;
        Some((&self.front().kpis[at], &self.kpis[at]))
    }

    /// The KPIs as told and as judged, the headline first.
    pub fn kpis_in_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.kpis.len()).collect();
        order.sort_by_key(|at| Some(*at) != self.headline);
        order
    }
}

/// The units named by their part in a project, besides `unit` and `units`.
fn takes_part(front: &Front) -> impl Iterator<Item = &Spanned<String>> {
    let people = [&front.sponsor, &front.it_lead].into_iter().flatten();
    let people = people.chain(&front.champions).chain(&front.steering).chain(&front.team);
    let shares = front.investment.iter().flat_map(|i| &i.shares).map(|share| &share.unit);
    people
        .filter_map(|person| person.unit.as_ref())
        .chain(&front.owner.unit)
        .chain(front.shadowing.iter().map(|shadowing| &shadowing.unit))
        .chain(front.kpis.iter().filter_map(|kpi| kpi.brought_by.as_ref()))
        .chain(front.benefits.iter().filter_map(|benefit| benefit.unit.as_ref()))
        .chain(shares)
}

/// The units named beside a word of theirs: a gap they found, a quote, money they confirmed.
fn has_a_word(front: &Front) -> impl Iterator<Item = &Spanned<String>> {
    let gaps = front.gaps.iter().filter_map(|gap| gap.found_by.as_ref());
    let quotes = front.quotes.iter().filter_map(|quote| quote.unit.as_ref());
    let confirmed = front.benefits.iter().filter_map(|b| b.confirmed_by.as_ref()?.unit.as_ref());
    gaps.chain(quotes).chain(confirmed)
}

/// The units named in a post-mortem, besides those in its lessons.
fn looked_back(post_mortem: &PostMortem) -> impl Iterator<Item = &Spanned<String>> {
    let people = post_mortem.facilitator.iter();
    let people = people.chain(post_mortem.actions.iter().filter_map(|a| a.owner.as_ref()));
    let evidence = post_mortem.evidence.iter().map(|evidence| &evidence.unit);
    let people = people.filter_map(|person| person.unit.as_ref());
    post_mortem.attended.iter().chain(people).chain(evidence)
}

/// All names of units in a front matter.
pub fn names_of_units(front: &Front) -> impl Iterator<Item = &Spanned<String>> {
    front.unit.iter().chain(&front.units).chain(parts_of_units(front))
}

/// All names of units in a front matter by which a unit may arise, besides `unit` and `units`.
pub fn parts_of_units(front: &Front) -> impl Iterator<Item = &Spanned<String>> {
    let told = front.post_mortem.iter().flat_map(|post_mortem| {
        let lessons = post_mortem.bright_spots.iter().chain(&post_mortem.pain_points);
        let lessons = lessons.chain(&post_mortem.opportunities);
        looked_back(post_mortem).chain(lessons.filter_map(|lesson| lesson.unit.as_ref()))
    });
    takes_part(front).chain(has_a_word(front)).chain(told)
}

/// Where shares stand that are percentages without their sign: amounts that sum to 100.
fn bare_percentages(told: &crate::documents::investment::Investment) -> Option<Span> {
    let amount = |share: &Share| match share {
        Share::Amount(amount) => Some(*amount),
        _ => None,
    };
    let amounts: Option<Vec<Decimal>> = told.shares.iter().map(|s| amount(&s.share)).collect();
    let sum: Decimal = amounts?.iter().sum();
    (sum == Decimal::ONE_HUNDRED).then_some(told.shares_span)
}

/// Whether an action is past its day.
pub fn is_overdue(action: &Action, as_of: Date) -> bool {
    use crate::documents::post_mortem::ActionStatus;
    action.status == ActionStatus::Open && action.due.is_some_and(|due| due.to < as_of)
}

fn unclear_target(told: &Told, unclear: Unclear, file: FileId) -> Diagnostic {
    let target = told.target.as_ref().map_or(told.span, |target| target.span);
    let span = told.direction.as_ref().map_or(target, |direction| direction.span);
    let (code, span, message, help) = match unclear {
        Unclear::Direction => (
            Code::KpiDirection,
            target,
            "target and baseline do not say which way is better",
            "add `direction: higher`, `lower`, `range` or `exact`",
        ),
        Unclear::NeedsBounds => (
            Code::KpiBounds,
            span,
            "a range needs a minimum and a maximum",
            "write `target: {min: …, max: …}`, or another direction",
        ),
        Unclear::NeedsValue => (
            Code::KpiBounds,
            span,
            "a target with both a minimum and a maximum is a range",
            "write `direction: range`, or one value as the target",
        ),
    };
    Diagnostic::new(code, file.at(span), message).help(help)
}

fn unjudged() -> Judgement {
    Judgement {
        direction: None,
        bounds: Default::default(),
        judged: None,
        verdict: Verdict::Nothing,
        label: Label::NoTarget,
        progress: None,
        days_late: None,
        due: false,
        formerly: Vec::new(),
    }
}

fn unknown_kpi(name: &Spanned<String>, front: &Front, file: FileId) -> Diagnostic {
    let ids = front.kpis.iter().map(|kpi| kpi.id.value.as_str());
    let help = crate::diagnostics::among(name, ids).unwrap_or_else(|| "add it to `kpis`".into());
    let message = format!("this project has no KPI `{}`", name.value);
    Diagnostic::new(Code::UnknownKpi, file.at(name.span), message).help(help)
}

/// The latest date that the content tells and that is not in the future.
fn latest(front: &Front, stages: &[Stage], kpis: &[Judgement], as_of: Date) -> Option<Date> {
    let stages = stages.iter().filter_map(|stage| stage.actual);
    let figures = kpis.iter().filter_map(|kpi| kpi.judged.as_ref()?.on);
    let dates = front.dates().chain(stages).chain(figures).map(|when| when.to);
    dates.filter(|date| *date <= as_of).max()
}
