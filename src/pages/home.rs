//! The home page: how the portfolio is doing, in a sentence, a few numbers, and what needs a look.

use super::Here;
use super::chart::{self, Part, Said};
use super::kpi::Kpi;
use super::list::ORDER;
use super::say::filled;
use super::view::{Headline, HomeView, LessonView, StoryView, Words};
use crate::documents::money::FiscalYear;
use crate::documents::project::Status;
use crate::portfolio::Project;
use crate::portfolio::totals::Money;
use jiff::civil::Date;

/// How many entries each list of the home page has at most.
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
            .unwrap_or_else(|| self.say("What our transformation projects delivered").into());
        let result = self.sentence();
        let description: String = result.iter().map(|words| words.text.as_str()).collect();
        let mut frame = self.frame("", Some(description.clone()), &[]);
        frame.crumbs.clear();
        let (attention, attention_note, _) = self.attention();
        let ended = |at: &&usize| portfolio.projects[**at].status == Status::Completed;
        let finished = self.portfolio().newest.iter().filter(ended).take(FINISHED);
        HomeView {
            frame,
            title,
            result,
            standings_svg: self.standings_bar(&description),
            figures: self.headline_figures().into_iter().map(Headline::fitted).collect(),
            board: self.to("board/index.html"),
            html: own.map(|home| self.body(&home.body, None)).unwrap_or_default(),
            attention,
            attention_note,
            attention_more: self.all_promises(),
            finished: finished.map(|at| self.row(*at)).collect(),
            stories: self.stories(),
            units: self.largest_units().into_iter().map(|at| self.unit_row(at)).collect(),
            lessons: self.newest_lessons(),
            lessons_more: self.all_lessons(),
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

    /// How all projects stand, as a bar; the sentence above it says the same.
    fn standings_bar(&self, sentence: &str) -> String {
        let totals = &self.portfolio().totals;
        let part = |(standing, count)| Part {
            tone: self.standing_badge(standing).tone,
            count,
            said: self.format().count(count),
        };
        let parts: Vec<Part> =
            ORDER.into_iter().flat_map(|status| totals.standings_of(status).map(part)).collect();
        match parts.is_empty() {
            true => String::new(),
            false => chart::standings(
                &parts,
                Said { title: self.say("Standing of all projects"), desc: sentence },
            ),
        }
    }

    pub(super) fn headline_figures(&self) -> Vec<Headline> {
        let portfolio = self.portfolio();
        let coverage = portfolio.totals.coverage;
        let mut figures = Vec::new();
        if coverage.total > 0 {
            let with = |phrase, n| self.fill(phrase, &[("n", &self.format().count(n))]);
            let (small, note) = match (coverage.due(), coverage.without) {
                (0, _) => (String::new(), self.say("None due").into()),
                (due, 0) => (with(" of {n}", due), with("{n} missed", coverage.missed)),
                (due, without) => {
                    let missed = with("{n} missed", coverage.missed);
                    (with(" of {n}", due), missed + &with(", {n} without a figure", without))
                }
            };
            figures.push(Headline {
                label: self.say("Due KPIs met").into(),
                value: self.format().count(coverage.met),
                small,
                note,
            });
        }
        let currency = portfolio.settings.currency.as_str();
        if let Some(money) = portfolio.totals.money.get(currency) {
            figures.extend(self.money_headlines(money, currency));
        }
        let others = portfolio.totals.money.keys().filter(|other| *other != currency).count();
        if let (Some(last), true) = (figures.last_mut(), others > 0) {
            last.note.push_str(&self.plural(
                others,
                "; {n} other currency not included",
                "; {n} other currencies not included",
            ));
        }
        figures
    }

    fn money_headlines(&self, money: &Money, currency: &str) -> Vec<Headline> {
        let short = |amount| self.format().money_short(amount, currency);
        let mut figures = Vec::new();
        let hidden = |withheld: usize| match withheld {
            0 => String::new(),
            n => self.plural(n, "; {n} amount withheld", "; {n} amounts withheld"),
        };
        // Of a project whose money is withheld as a whole, not even the currency is known.
        let value = &self.portfolio().value;
        let (silent, silent_ended) = (value.silent.withheld, value.silent_ended.withheld);
        if money.invested.counted > 0 {
            let over = money.variance.amount;
            let part = (!money.variance_base.is_zero())
                .then(|| format!(", {}", self.format().percent(over.abs() / money.variance_base)));
            let part = part.unwrap_or_default();
            let note = match (money.variance.counted, over) {
                (0, _) => "No finished work has a budget to compare",
                (_, over) if over.is_zero() => "Finished work: on budget",
                (_, over) if over.is_sign_negative() => {
                    "Finished work: {gap} over first budgets{part}"
                }
                _ => "Finished work: {gap} under first budgets{part}",
            };
            let note = self.fill(note, &[("gap", &short(over.abs())), ("part", &part)]);
            let counted = self.format().count(money.invested.counted);
            let coverage = self.plural(
                self.portfolio().projects.len(),
                "In {counted} of {n} project. ",
                "In {counted} of {n} projects. ",
            );
            let coverage = filled(&coverage, &[("counted", &counted)]);
            figures.push(Headline {
                label: self.say("Invested to date").into(),
                value: short(money.invested.amount),
                small: String::new(),
                note: format!("{coverage}{note}{}", hidden(money.invested.withheld + silent)),
            });
        } else if money.budget.counted > 0 {
            figures.push(Headline {
                label: self.say("Budgeted").into(),
                value: short(money.budget.amount),
                small: String::new(),
                note: self.plural(money.budget.counted, "in {n} project", "in {n} projects")
                    + &hidden(money.budget.withheld + silent),
            });
        }
        let some = !money.confirmed_cash.is_zero() || !money.claimed_cash.is_zero();
        if some || money.benefits_withheld > 0 {
            let planned = match money.planned_cash.is_zero() {
                true => String::new(),
                false => {
                    let start = self.portfolio().settings.fiscal_year_start;
                    let year = FiscalYear::of(self.portfolio().as_of, start);
                    let year = self.format().fiscal_year(year);
                    let planned = short(money.planned_cash);
                    self.fill(
                        "{amount} was planned to the end of {year}",
                        &[("amount", &planned), ("year", &year)],
                    )
                }
            };
            let claimed = match money.claimed_cash.is_zero() {
                true => String::new(),
                false => {
                    self.fill("{amount} more is claimed", &[("amount", &short(money.claimed_cash))])
                }
            };
            let parts: Vec<String> =
                [planned, claimed].into_iter().filter(|part| !part.is_empty()).collect();
            figures.push(Headline {
                label: self.say("Confirmed cash benefits").into(),
                value: match some {
                    true => short(money.confirmed_cash),
                    false => self.say("Withheld").into(),
                },
                small: String::new(),
                note: match parts.join("; ") + &hidden(money.benefits_withheld) {
                    note if parts.is_empty() => note.trim_start_matches("; ").into(),
                    note => note,
                },
            });
        }
        let totals = &self.portfolio().totals;
        let ended = totals.of_status(Status::Completed) + totals.of_status(Status::Stopped);
        if let Some(roi) = money.roi() {
            figures.push(Headline {
                label: self.say("Return to date").into(),
                value: self.format().percent(roi),
                small: String::new(),
                note: self.fill(
                    "Confirmed and claimed cash on {cost} spent, running cost included, by {n} of {all} ended projects",
                    &[
                        ("cost", &short(money.cost_to_date.amount)),
                        ("n", &self.format().count(money.cost_to_date.counted)),
                        ("all", &self.format().count(ended)),
                    ],
                ) + &hidden(money.cost_to_date.withheld + silent_ended),
            });
        }
        if let Some(share) = money.it_share() {
            figures.push(Headline {
                label: self.say("Paid by IT").into(),
                value: self.format().percent(share),
                small: String::new(),
                note: self
                    .fill("of {amount} told by share", &[("amount", &short(money.paid.amount))])
                    + &hidden(money.paid.withheld + silent),
            });
        }
        figures
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
        let [before, after, small] =
            kpi.and_then(|kpi| self.before_and_after(kpi)).unwrap_or_default();
        let unit = project.unit.map(|unit| self.portfolio().units.list[unit].name.clone());
        let praise = front.recognition.first().map(|praise| {
            let on = praise.on.map(|on| format!(", {}", self.format().when(on)));
            let by = format!("{}{}", self.praiser(praise), on.unwrap_or_default());
            self.fill("Recognized: {by}", &[("by", &by)])
        });
        StoryView {
            measure: kpi.map(|kpi| kpi.told.name.value.clone()).unwrap_or_default(),
            before,
            after,
            small,
            project: Words::link(project.title(), self.to(&project.page)),
            result: self.result(project),
            about: [unit, project.year.map(|year| year.to_string())]
                .into_iter()
                .flatten()
                .collect(),
            quote: front.quotes.first().map(|quote| self.quote(quote)),
            recognition: praise.unwrap_or_default(),
            image: self.image(project),
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
