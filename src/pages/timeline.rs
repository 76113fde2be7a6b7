//! The timeline: the stages of all projects, planned against actual, with a bar a project.

use super::chart::{self, Mark, Said};
use super::say::small;
use super::view::{Badge, Cell, TimelineRow, TimelineView, Words};
use super::{Here, Page, Pages, Subject, list};
use crate::documents::project::Status;
use crate::portfolio::Project;
use crate::portfolio::facet::status_words;
use crate::portfolio::stage::Stage;
use crate::portfolio::timeline::span;
use jiff::civil::Date;
use rust_decimal::Decimal;

const TIMELINE: &str = "timeline/index.html";

/// How many projects a page shows.
const ROWS: usize = 50;

/// How many projects without a date are named.
const NAMED: usize = 50;

/// How many years are named above the bars.
const YEARS: i16 = 10;

/// More years than this have no line of their own in a bar.
const MOST_YEARS: i16 = 60;

impl Pages<'_> {
    /// The pages of the timeline.
    pub(super) fn timeline_pages(&self) -> Vec<Page> {
        let count = self.portfolio.timeline.dated.len().div_ceil(ROWS).max(1);
        let page =
            |nth| Page { address: list::page(TIMELINE, nth), subject: Subject::Timeline(nth) };
        (1..=count).map(page).collect()
    }
}

impl Here<'_> {
    /// A page of the timeline.
    pub(super) fn timeline(&self, nth: usize) -> TimelineView {
        let portfolio = self.portfolio();
        let timeline = &portfolio.timeline;
        let shown = timeline.dated.iter().skip((nth - 1) * ROWS).take(ROWS);
        let shown: Vec<&Project> = shown.map(|at| &portfolio.projects[*at]).collect();
        let now = portfolio.as_of;
        let spans = shown.iter().filter_map(|project| {
            let (first, last) = span(&project.stages)?;
            Some((first, if project.status == Status::Active { last.max(now) } else { last }))
        });
        let whole = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        let years = whole.map_or((0, 0), |(first, last)| (first.year(), last.year()));
        let row = |project: &&Project| self.timeline_row(project, years);
        let is_last = nth * ROWS >= timeline.dated.len();
        let result = self.timeline_sentence();
        let named = |list: &[usize], one, many| match is_last && !list.is_empty() {
            true => self.named_projects(list, one, many),
            false => Vec::new(),
        };
        TimelineView {
            frame: self.frame(self.say("Timeline"), Some(result.clone()), &[]),
            title: self.say("Timeline").into(),
            result,
            note: self.timeline_note(),
            years: if whole.is_some() { named_years(years) } else { Vec::new() },
            rows: shown.iter().map(row).collect(),
            listing: list::listing_by(
                self,
                TIMELINE,
                nth,
                ROWS,
                (timeline.dated.len(), "Projects"),
            ),
            undated: named(
                &timeline.undated,
                "{n} project tells no date: ",
                "{n} projects tell no date: ",
            ),
            withheld: named(
                &timeline.withheld,
                "The dates of {n} project are withheld: ",
                "The dates of {n} projects are withheld: ",
            ),
        }
    }

    fn timeline_row(&self, project: &Project, years: (i16, i16)) -> TimelineRow {
        let unit = project.unit.map(|unit| self.portfolio().units.list[unit].name.as_str());
        let status = status_words(project.status);
        let go_live = project.stages.iter().find(|stage| stage.key == "go_live");
        let overdue = project.stages.iter().any(|stage| stage.overdue);
        let stages: Vec<String> =
            project.stages.iter().map(|stage| self.stage_in_words(stage)).collect();
        TimelineRow {
            project: Words::link(project.title(), self.to(&project.page)),
            about: [unit, Some(self.say(status))]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
            svg: self.bar(project, years, &stages.join("; ")),
            stages,
            slip: match go_live {
                Some(stage) if stage.actual.is_none() && project.status == Status::Stopped => {
                    Cell::absent(self.say("Stopped before"))
                }
                Some(stage) => {
                    let told = self.stage(stage);
                    if told.has_slip { Cell::text(told.slip) } else { Cell::absent(told.slip) }
                }
                None => Cell::absent(self.say("Not given")),
            },
            badge: overdue.then(|| Badge { word: self.say("Overdue").into(), tone: "miss" }),
        }
    }

    /// "Go-live 7 Oct 2024, planned 2 Sep 2024, 35 days late".
    fn stage_in_words(&self, stage: &Stage) -> String {
        let name = self.say(stage.name);
        let when = |when| self.format().when(when);
        match (stage.planned, stage.actual) {
            (None, Some(actual)) => format!("{name} {}", when(actual)),
            (Some(planned), Some(actual)) => {
                let with =
                    [("stage", name), ("actual", &when(actual)), ("planned", &when(planned))];
                let told = self.fill("{stage} {actual}, planned {planned}", &with);
                match stage.slip {
                    Some(_) => format!("{told}, {}", small(&self.stage(stage).slip)),
                    None => told,
                }
            }
            (Some(planned), None) => {
                let with = [("stage", name), ("planned", &when(planned))];
                let phrase = match stage.overdue {
                    true => "{stage} planned {planned}, overdue",
                    false => "{stage} planned {planned}",
                };
                self.fill(phrase, &with)
            }
            (None, None) => self.fill("{stage} without a date", &[("stage", name)]),
        }
    }

    fn timeline_sentence(&self) -> String {
        let go_lives = &self.portfolio().timeline.go_lives;
        let Some(median) = go_lives.median else {
            return self
                .say("No project tells both the planned and the actual day of its go-live.")
                .into();
        };
        let on_time = self.format().count(go_lives.on_time);
        let all = self.format().count(go_lives.judged());
        let met = self.fill(
            "{n} of {all} go-lives that tell both days were on time.",
            &[("n", &on_time), ("all", &all)],
        );
        let days = self.span(median.abs().normalize(), "days");
        let slip = match median {
            slip if slip.is_zero() => self.say("The median go-live is on its day.").to_string(),
            slip if slip > Decimal::ZERO => {
                self.fill("The median go-live is {days} late.", &[("days", &days)])
            }
            _ => self.fill("The median go-live is {days} early.", &[("days", &days)]),
        };
        format!("{met} {slip}")
    }

    /// What the sentence cannot count, each project once.
    fn timeline_note(&self) -> String {
        let timeline = &self.portfolio().timeline;
        let go_lives = &timeline.go_lives;
        let hidden = go_lives.withheld;
        let mut parts = Vec::new();
        for (n, one, many) in [
            (
                go_lives.unknown,
                "{n} project went live without two full days to compare.",
                "{n} projects went live without two full days to compare.",
            ),
            (
                go_lives.stopped,
                "{n} project was stopped before its go-live.",
                "{n} projects were stopped before their go-live.",
            ),
            (go_lives.not_yet, "{n} project is not live yet.", "{n} projects are not live yet."),
            (go_lives.overdue, "{n} of them is overdue.", "{n} of them are overdue."),
            (go_lives.untold, "{n} project tells no go-live.", "{n} projects tell no go-live."),
            (hidden, "{n} project withholds its dates.", "{n} projects withhold their dates."),
        ] {
            if n > 0 {
                parts.push(self.plural(n, one, many));
            }
        }
        parts.join(" ")
    }

    fn named_projects(&self, list: &[usize], one: &'static str, many: &'static str) -> Vec<Words> {
        let portfolio = self.portfolio();
        let mut words = vec![Words::plain(self.plural(list.len(), one, many))];
        for (nth, at) in list.iter().take(NAMED).enumerate() {
            if nth > 0 {
                words.push(Words::plain(", "));
            }
            let project = &portfolio.projects[*at];
            words.push(Words::link(project.title(), self.to(&project.page)));
        }
        words.push(match list.len().saturating_sub(NAMED) {
            0 => Words::plain("."),
            more => Words::plain(self.plural(more, " and {n} more.", " and {n} more.")),
        });
        words
    }

    /// The bar of a project on the scale of its page, which spans whole years.
    fn bar(&self, project: &Project, years: (i16, i16), said: &str) -> String {
        let day = |date: Date| i64::from(days(date) - days(begins(years.0)));
        let stages = &project.stages;
        let done = || stages.iter().filter_map(|stage| stage.actual);
        let last = done().map(|when| when.to).max().map(|last| match project.status {
            // What is under way has come as far as the data.
            Status::Active => last.max(self.portfolio().as_of),
            _ => last,
        });
        let done = done().map(|when| when.from).min().zip(last);
        let all = span(stages).expect("a project of the timeline tells a date");
        let go_live = stages.iter().find(|stage| stage.key == "go_live");
        let step = usize::from(step(years).unsigned_abs());
        let lines: Vec<i64> = match years.1 - years.0 < MOST_YEARS {
            true => {
                (years.0..=years.1).step_by(step).skip(1).map(|year| day(begins(year))).collect()
            }
            false => Vec::new(),
        };
        let mark = Mark {
            whole: day(begins(years.1 + 1)),
            all: (day(all.0), day(all.1)),
            done: done.map(|(from, to)| (day(from), day(to))),
            lines: &lines,
            planned: go_live.and_then(|stage| stage.planned).map(|when| day(when.to)),
            actual: go_live.and_then(|stage| stage.actual).map(|when| day(when.to)),
        };
        chart::timeline(&mark, Said { title: project.title(), desc: said })
    }
}

/// The first day of a year.
fn begins(year: i16) -> Date {
    Date::new(year.clamp(1, 9998), 1, 1).expect("each year has a first day")
}

fn days(date: Date) -> i32 {
    date.since(Date::ZERO).map_or(0, |span| span.get_days())
}

/// How many years lie between two that are named.
fn step((first, last): (i16, i16)) -> i16 {
    (last - first) / YEARS + 1
}

fn named_years((first, last): (i16, i16)) -> Vec<String> {
    if last - first >= MOST_YEARS {
        return vec![first.to_string(), last.to_string()];
    }
    let step = step((first, last));
    let name =
        |year: i16| if (year - first) % step == 0 { year.to_string() } else { String::new() };
    (first..=last).map(name).collect()
}
