//! The home page: how the portfolio is doing, in a sentence, a few numbers, and what needs a look.

use super::format::plural;
use super::kpi::{Kpi, tone};
use super::view::{AttentionRow, Badge, Headline, HomeView, LessonView, StoryView, Words};
use super::{Here, kpi};
use crate::documents::date::When;
use crate::documents::project::Status;
use crate::portfolio::Project;
use crate::portfolio::kpi::{Label, Verdict};
use crate::portfolio::project::is_overdue;
use crate::portfolio::totals::{Money, review_overdue};
use jiff::civil::Date;

/// How many entries each list of the home page has at most.
const ATTENTION: usize = 7;
const FINISHED: usize = 5;
const STORIES: usize = 3;
const UNITS: usize = 12;
const LESSONS: usize = 5;

impl Here<'_> {
    /// The home page.
    pub(super) fn home(&self) -> HomeView {
        let portfolio = self.portfolio();
        let settings = &portfolio.settings;
        let own = portfolio.home.as_ref();
        let title =
            own.map(|home| home.front.title.value.clone()).filter(|title| !title.is_empty());
        let title = title
            .or_else(|| settings.tagline.clone())
            .unwrap_or_else(|| "What our transformation projects delivered".into());
        let result = self.sentence();
        let description: String = result.iter().map(|words| words.text.as_str()).collect();
        let mut frame = self.frame("", Some(description), &[]);
        frame.crumbs.clear();
        let (attention, attention_note) = self.attention();
        let ended = |at: &&usize| portfolio.projects[**at].status == Status::Completed;
        let finished = self.portfolio().newest.iter().filter(ended).take(FINISHED);
        HomeView {
            frame,
            title,
            result,
            figures: self.headline_figures(),
            html: own.map(|home| self.body(&home.body, None)).unwrap_or_default(),
            attention,
            attention_note,
            finished: finished.map(|at| self.row(*at)).collect(),
            stories: self.stories(),
            units: self.largest_units().into_iter().map(|at| self.unit_row(at)).collect(),
            lessons: self.newest_lessons(),
        }
    }

    /// The units that own most, by name.
    fn largest_units(&self) -> Vec<usize> {
        let units = &self.portfolio().units;
        let mut order = units.by_name();
        if order.len() > UNITS {
            order.sort_by_key(|at| std::cmp::Reverse(units.list[*at].owns.len()));
            order.truncate(UNITS);
            let names = units.by_name();
            order.sort_by_key(|at| names.iter().position(|name| name == at));
        }
        order
    }

    fn headline_figures(&self) -> Vec<Headline> {
        let portfolio = self.portfolio();
        let coverage = portfolio.totals.coverage;
        let mut figures = Vec::new();
        if coverage.total > 0 {
            let without = match coverage.without {
                0 => String::new(),
                n => format!(", {n} without a figure"),
            };
            figures.push(Headline {
                label: "Due KPIs met".into(),
                value: self.format().count(coverage.met),
                small: format!(" of {}", self.format().count(coverage.due())),
                note: format!("{} missed{without}", self.format().count(coverage.missed)),
            });
        }
        let currency = portfolio.settings.currency.as_str();
        if let Some(money) = portfolio.totals.money.get(currency) {
            figures.extend(self.money_headlines(money, currency));
        }
        let others = portfolio.totals.money.keys().filter(|other| *other != currency).count();
        if let (Some(last), true) = (figures.last_mut(), others > 0) {
            last.note.push_str(&format!(
                "; {} not included",
                plural(others, "other currency", "other currencies")
            ));
        }
        figures
    }

    fn money_headlines(&self, money: &Money, currency: &str) -> Vec<Headline> {
        let short = |amount| self.format().money_short(amount, currency);
        let mut figures = Vec::new();
        let hidden = |withheld: usize| match withheld {
            0 => String::new(),
            n => format!("; {} withheld", plural(n, "amount", "amounts")),
        };
        if money.invested.counted > 0 {
            let over = money.variance.amount;
            let part = (!money.variance_base.is_zero())
                .then(|| format!(", {}", self.format().percent(over.abs() / money.variance_base)));
            let part = part.unwrap_or_default();
            let note = match (money.variance.counted, over) {
                (0, _) => format!("in {}", plural(money.invested.counted, "project", "projects")),
                (_, over) if over.is_zero() => "Finished work: on budget".into(),
                (_, over) if over.is_sign_negative() => {
                    format!("Finished work: {} over first budgets{part}", short(-over))
                }
                (_, over) => format!("Finished work: {} under first budgets{part}", short(over)),
            };
            figures.push(Headline {
                label: "Invested to date".into(),
                value: short(money.invested.amount),
                small: String::new(),
                note: note + &hidden(money.invested.withheld),
            });
        } else if money.budget.counted > 0 {
            figures.push(Headline {
                label: "Budgeted".into(),
                value: short(money.budget.amount),
                small: String::new(),
                note: format!(
                    "in {}{}",
                    plural(money.budget.counted, "project", "projects"),
                    hidden(money.budget.withheld)
                ),
            });
        }
        if !money.confirmed_cash.is_zero() || !money.claimed_cash.is_zero() {
            let planned = match money.planned_cash.is_zero() {
                true => String::new(),
                false => format!("{} was planned by now", short(money.planned_cash)),
            };
            let claimed = match money.claimed_cash.is_zero() {
                true => String::new(),
                false => format!("{} more is claimed", short(money.claimed_cash)),
            };
            let parts: Vec<String> =
                [planned, claimed].into_iter().filter(|part| !part.is_empty()).collect();
            figures.push(Headline {
                label: "Confirmed cash benefits".into(),
                value: short(money.confirmed_cash),
                small: String::new(),
                note: parts.join("; "),
            });
        }
        if let Some(roi) = money.roi() {
            figures.push(Headline {
                label: "Return to date".into(),
                value: self.format().percent(roi),
                small: String::new(),
                note: format!(
                    "Confirmed and claimed cash on {} spent by {}{}",
                    short(money.cost_to_date.amount),
                    plural(money.cost_to_date.counted, "ended project", "ended projects"),
                    hidden(money.cost_to_date.withheld),
                ),
            });
        }
        if let Some(share) = money.it_share() {
            figures.push(Headline {
                label: "Paid by IT".into(),
                value: self.format().percent(share),
                small: String::new(),
                note: format!(
                    "of {} told by share{}",
                    short(money.paid.amount),
                    hidden(money.paid.withheld)
                ),
            });
        }
        figures
    }

    /// What needs attention: the latest first to be chosen, then told by unit.
    fn attention(&self) -> (Vec<AttentionRow>, String) {
        let portfolio = self.portfolio();
        let mut all: Vec<(Option<Date>, AttentionRow)> =
            portfolio.projects.iter().flat_map(|project| self.needs(project)).collect();
        let count = all.len();
        all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.what.text.cmp(&b.1.what.text)));
        let mut shown: Vec<AttentionRow> =
            all.into_iter().take(ATTENTION).map(|(_, row)| row).collect();
        shown.sort_by(|a, b| a.unit.text.cmp(&b.unit.text));
        let what = "Missed KPIs, overdue actions, reviews and stages, by unit.";
        let note = match count {
            0 => String::new(),
            n if n <= ATTENTION => format!("{what} All {n} are shown."),
            n => format!("{what} The latest {ATTENTION} of {} are shown.", self.format().count(n)),
        };
        (shown, note)
    }

    fn needs(&self, project: &Project) -> Vec<(Option<Date>, AttentionRow)> {
        let portfolio = self.portfolio();
        let as_of = portfolio.as_of;
        let page = self.to(&project.page);
        let unit = match project.unit {
            Some(unit) => Words::link(
                portfolio.units.list[unit].name.clone(),
                self.to(&portfolio.unit_page(unit)),
            ),
            None => Words::plain("No unit"),
        };
        let row = |badge: Badge, what: String, anchor: String, when: String| AttentionRow {
            unit: unit.clone(),
            badge,
            what: Words::link(what, format!("{page}{anchor}")),
            project: project.title().to_string(),
            when,
        };
        let overdue = || Badge { word: "Overdue".into(), tone: "miss" };
        let since = |word: &str, when: Option<When>| match when {
            Some(when) => format!("{word} {}", self.format().when(when)),
            None => "No date".into(),
        };
        let mut needs = Vec::new();
        for at in 0..project.kpis.len() {
            let kpi = Kpi::of(project, at);
            let judgement = kpi.judgement;
            let missing = judgement.label == Label::NotGiven && judgement.due;
            if judgement.verdict != Verdict::NotMet && !missing {
                continue;
            }
            let when = kpi
                .told
                .target
                .as_ref()
                .and_then(|t| t.by)
                .or(judgement.judged.as_ref().and_then(|j| j.on));
            let badge = match missing {
                true => Badge { word: "No figure".into(), tone: "none" },
                false => {
                    Badge { word: judgement.label.words().into(), tone: tone(judgement.label) }
                }
            };
            let anchor = format!("#kpi-{}", kpi.told.id.value);
            needs.push((
                when.map(|when| when.to),
                row(badge, self.kpi_title(kpi), anchor, since("since", when)),
            ));
        }
        for action in project.front().post_mortem.iter().flat_map(|p| &p.actions) {
            if is_overdue(action, as_of) {
                let what = format!("Action: {}", kpi::ended(&action.text));
                let when = since("due", action.due);
                needs.push((
                    action.due.map(|due| due.to),
                    row(overdue(), what, "#part-actions".into(), when),
                ));
            }
        }
        let ended = project.status == Status::Completed;
        let late: Vec<_> = project.stages.iter().filter(|stage| stage.overdue).copied().collect();
        let review = review_overdue(&project.stages, as_of).filter(|_| ended);
        for stage in late.into_iter().chain(review) {
            let what = format!("{} is overdue", stage.name);
            let when = since("planned", stage.planned);
            needs.push((
                stage.planned.map(|p| p.to),
                row(overdue(), what, "#part-stages".into(), when),
            ));
        }
        needs
    }

    fn stories(&self) -> Vec<StoryView> {
        let portfolio = self.portfolio();
        let featured = self.portfolio().newest.iter().map(|at| &portfolio.projects[*at]);
        let featured = featured.filter(|p| p.front().featured && p.status == Status::Completed);
        featured.take(STORIES).map(|project| self.story(project)).collect()
    }

    fn story(&self, project: &Project) -> StoryView {
        let front = project.front();
        let kpi = project.headline.map(|at| Kpi::of(project, at));
        let figures = kpi.map(|kpi| self.before_after(kpi)).filter(|cell| !cell.absent);
        let (before_after, measure) = figures.map(|cell| (cell.text, cell.sub)).unwrap_or_default();
        let unit = project.unit.map(|unit| self.portfolio().units.list[unit].name.clone());
        let praise = front.recognition.first().map(|praise| {
            let on = praise.on.map(|on| format!(", {}", self.format().when(on)));
            format!("Recognized: {}{}", praise.by, on.unwrap_or_default())
        });
        StoryView {
            before_after,
            measure,
            project: Words::link(project.title(), self.to(&project.page)),
            result: self.result(project),
            about: [unit, project.year.map(|year| year.to_string())]
                .into_iter()
                .flatten()
                .collect(),
            quote: front.quotes.first().map(|quote| self.quote(quote)),
            recognition: praise.unwrap_or_default(),
        }
    }

    /// The first pain point and opportunity of the projects that told theirs last.
    fn newest_lessons(&self) -> Vec<LessonView> {
        let portfolio = self.portfolio();
        let mut told: Vec<(&Project, Option<Date>)> = portfolio
            .projects
            .iter()
            .filter(|project| project.front().post_mortem.is_some())
            .map(|project| {
                let held = project.front().post_mortem.as_ref().and_then(|p| p.held_on);
                (project, held.map(|held| held.to).or(project.date))
            })
            .collect();
        told.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.id().cmp(b.0.id())));
        let lessons = told.into_iter().filter_map(|(project, _)| {
            let post_mortem = project.front().post_mortem.as_ref()?;
            let lesson = post_mortem.pain_points.first().or(post_mortem.opportunities.first())?;
            Some((project, lesson))
        });
        lessons
            .take(LESSONS)
            .map(|(project, lesson)| {
                let about = vec![Words::link(project.title(), self.to(&project.page))];
                self.lesson(lesson, project, &[about])
            })
            .collect()
    }
}
