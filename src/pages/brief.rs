//! The brief: one project on one printed page, for the board.
//!
//! What must be told is told first, cut to whole sentences where it is long; then come more lessons,
//! open actions and KPIs as long as the sheet has room. What is left out is counted in words.

mod action;
mod kpi;
mod money;

use super::Here;
use super::kpi::ended;
use super::sheet::{Set, Sheet, WIDTH};
use super::view::{Badge, BriefKpi, BriefView, Line};
use crate::documents::post_mortem::{Action, ActionStatus, Lesson, PostMortem};
use crate::documents::project::Status;
use crate::portfolio::Project;
use crate::portfolio::facet::{class_words, status_words};
use crate::portfolio::project::is_overdue;

/// How the parts of a sheet are set, as `style.css` has them under "Sheets".
const TITLE: Set = Set { width: WIDTH, size: 180, line: 20 };
const FACTS: Set = Set { width: WIDTH, size: 90, line: 13 };
pub(super) const RESULT: Set = Set { width: WIDTH, size: 125, line: 15 };
/// A rule, a heading and its note in one line.
pub(super) const HEADING: u32 = 28;
/// A line that counts what is left out.
pub(super) const MORE: u32 = 14;
pub(super) const FIGURE_NOTE: Set = Set { width: 160, size: 85, line: 11 };
const SAID: Set = Set { width: 425, size: 90, line: 12 };

/// How many lessons a brief tells.
const LESSONS: usize = 3;

impl Here<'_> {
    /// The brief of a project.
    pub(super) fn brief(&self, at: usize) -> BriefView {
        let project = &self.portfolio().projects[at];
        let title = project.title();
        let way = [(self.say("Projects"), "projects/index.html"), (title, project.page.as_str())];
        let mut frame = self.frame(self.say("Brief"), None, &way);
        frame.title = self.fill("{title}: brief", &[("title", title)]);
        let mut sheet = Sheet::new();
        sheet.must(self.head_height());
        let mut view = BriefView {
            frame,
            title: TITLE.cut(title, 3),
            back: self.to(&project.page),
            standing: match project.status {
                Status::Planned | Status::Stopped => {
                    let word = self.say(status_words(project.status)).into();
                    Badge { word, ..self.standing_badge(project.standing) }
                }
                _ => self.standing_badge(project.standing),
            },
            meta: self.brief_meta(project),
            result: RESULT.cut(&self.result(project), 4),
            coverage: String::new(),
            kpis: Vec::new(),
            kpis_more: String::new(),
            kpis_absent: String::new(),
            figures: Vec::new(),
            money: Vec::new(),
            lessons: Vec::new(),
            lessons_note: String::new(),
            actions: Vec::new(),
            actions_note: String::new(),
            actions_more: String::new(),
        };
        let meta = view.meta.iter().map(|line| format!("{}  {}   ", line.label, line.text));
        let meta = format!("{}        {}", view.standing.word, meta.collect::<String>());
        sheet.must(8 + TITLE.height(&view.title) + 6 + FACTS.height(&meta));
        sheet.must(6 + RESULT.height(&view.result));
        self.brief_money(project, &mut view, &mut sheet);
        let kpis = self.first_kpi(project, &mut view, &mut sheet);
        let post_mortem = project.front().post_mortem.as_ref();
        self.brief_lessons(project, post_mortem, &mut view, &mut sheet);
        self.brief_actions(project, post_mortem, (&kpis, &mut view), &mut sheet);
        view
    }

    fn brief_meta(&self, project: &Project) -> Vec<Line> {
        let front = project.front();
        let short = |text: &str| FACTS.cut(text, 1);
        let mut meta = Vec::new();
        if !matches!(project.status, Status::Planned | Status::Stopped) {
            meta.push(self.line("Status", self.say(status_words(project.status)).into()));
        }
        meta.extend(
            front.class.map(|class| self.line("Class", self.say(class_words(class)).into())),
        );
        let mut owner = self.person_name(&front.owner);
        if let Some(unit) = project.unit {
            owner = format!("{owner}, {}", self.portfolio().units.list[unit].name);
        }
        meta.push(self.line("Owner", short(&owner)));
        meta.extend(self.dates(project).map(|dates| self.line("Dates", dates)));
        meta
    }

    /// Three lessons of different kinds, as far as there are any, and the decision.
    fn brief_lessons(
        &self,
        project: &Project,
        told: Option<&PostMortem>,
        view: &mut BriefView,
        sheet: &mut Sheet,
    ) {
        sheet.must(HEADING);
        let Some(told) = told else {
            sheet.must(MORE);
            view.lessons_note = self.no_post_mortem(project);
            return;
        };
        let decision = match self.decision(told) {
            said if said.is_empty() => self.say("No decision is recorded.").into(),
            said => SAID.cut(&said, 2),
        };
        sheet.must(SAID.height(&decision) + 5);
        let kinds = [
            ("Went wrong", &told.pain_points),
            ("Next time", &told.opportunities),
            ("Went well", &told.bright_spots),
        ];
        let all: usize = kinds.iter().map(|(_, lessons)| lessons.len()).sum();
        for (label, lesson) in in_turn(kinds).take(LESSONS) {
            let text = SAID.cut(&ended(&self.plain_text(&lesson.text, lesson, project)), 2);
            if sheet.has(SAID.height(&text) + 5) {
                view.lessons.push(self.line(label, text));
            }
        }
        view.lessons_note = match (view.lessons.len(), all) {
            (_, 0) => self.say("No lesson is recorded.").into(),
            (shown, all) if shown == all => String::new(),
            (shown, all) => self.fill(
                "{shown} of {all} lessons; the others are on the project page.",
                &[("shown", &self.format().count(shown)), ("all", &self.format().count(all))],
            ),
        };
        view.lessons.push(self.line("Decision", decision));
    }

    /// Three open actions, then the KPIs, then the other open actions, as long as there is room.
    fn brief_actions(
        &self,
        project: &Project,
        told: Option<&PostMortem>,
        (kpis, view): (&[(BriefKpi, u32)], &mut BriefView),
        sheet: &mut Sheet,
    ) {
        sheet.must(HEADING);
        let as_of = self.portfolio().as_of;
        let actions = told.map_or(&[][..], |told| &told.actions);
        let none_open = actions.iter().all(|action| action.status != ActionStatus::Open);
        view.actions_note = match (project.withholds("post_mortem"), actions.is_empty()) {
            (true, _) => self.say("The actions are withheld.").into(),
            (_, true) => self.say("No action is recorded.").into(),
            _ if none_open => {
                let sum = self.actions_in_sum(actions);
                self.fill("No action is open: {sum}", &[("sum", &sum)])
            }
            _ => self.actions_in_sum(actions),
        };
        let mut open: Vec<&Action> =
            actions.iter().filter(|action| action.status == ActionStatus::Open).collect();
        open.sort_by_key(|action| (!is_overdue(action, as_of), action.due));
        let all = open.len();
        let mut rows = open.into_iter().map(|action| self.brief_action(action)).peekable();
        sheet.must(if all > 0 { 16 + MORE * u32::from(all > 1) } else { MORE });
        let mut some = |view: &mut BriefView, sheet: &mut Sheet, most| {
            while view.actions.len() < most && rows.peek().is_some_and(|row| sheet.has(row.1)) {
                view.actions.extend(rows.next().map(|row| row.0));
            }
        };
        some(view, sheet, 3);
        let fitting = kpis.iter().take_while(|(_, height)| sheet.has(*height));
        view.kpis.extend(fitting.map(|(kpi, _)| kpi.clone()));
        some(view, sheet, usize::MAX);
        let rest = all - view.actions.len();
        if rest > 0 {
            view.actions_more = self.plural(
                rest,
                "… and {n} more open action on the project page.",
                "… and {n} more open actions on the project page.",
            );
        }
        let rest = (kpis.len() + 1).saturating_sub(view.kpis.len());
        if view.kpis_absent.is_empty() && rest > 0 {
            view.kpis_more = self.plural(
                rest,
                "… and {n} more KPI on the project page.",
                "… and {n} more KPIs on the project page.",
            );
        }
    }

    /// The head of a printed sheet: the site's name and the day of the data.
    pub(super) fn head_height(&self) -> u32 {
        const NAME: Set = Set { width: WIDTH, size: 115, line: 14 };
        let (site, as_of) = (&self.portfolio().settings.title, self.day_of_data());
        10 + NAME.height(&format!("{site}  Data as of {as_of}, some edition"))
    }

    pub(super) fn line(&self, label: &'static str, text: String) -> Line {
        Line { label: self.say(label).into(), text }
    }
}

/// One lesson of each kind, then the second of each.
fn in_turn<'l>(
    kinds: [(&'static str, &'l Vec<Lesson>); 3],
) -> impl Iterator<Item = (&'static str, &'l Lesson)> {
    let longest = kinds.iter().map(|(_, lessons)| lessons.len()).max().unwrap_or_default();
    (0..longest).flat_map(move |nth| {
        kinds.into_iter().filter_map(move |(label, lessons)| Some((label, lessons.get(nth)?)))
    })
}
