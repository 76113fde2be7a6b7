//! Lessons across projects: the themes, and all lessons of each.

use super::frame::capitalized;
use super::view::{Badge, Cell, LessonRow, LessonThemeView, LessonsView, ThemeRow, Words};
use super::{Here, ROWS, list};
use crate::portfolio::action::{Count, State};
use crate::portfolio::lesson::theme::{Recurrence, Theme};
use crate::portfolio::lesson::{Kind, Learned};

/// The list of themes.
pub(super) const LESSONS: &str = "lessons/index.html";

/// How many adopters of a theme's opportunities are named among the themes.
const ADOPTERS: usize = 3;

impl Here<'_> {
    /// The themes.
    pub(super) fn lessons(&self) -> LessonsView {
        let portfolio = self.portfolio();
        let lessons = &portfolio.lessons;
        let named = lessons.themes.iter().filter(|theme| theme.name.is_some()).count();
        let back = |theme: &&Theme| matches!(theme.recurrence, Recurrence::CameBack { .. });
        let back = lessons.themes.iter().filter(|t| t.name.is_some()).filter(back).count();
        let mut tellers: Vec<usize> = lessons.list.iter().map(|learned| learned.project).collect();
        tellers.dedup();
        let counts = Kind::ALL.map(|kind| lessons.list.iter().filter(|l| l.kind == kind).count());
        let result = match lessons.list.is_empty() {
            true => self.say("No project has told a lesson yet.").into(),
            false => {
                let told = self.told_sentence(counts, tellers.len());
                let (n, all) = (self.format().count(back), self.format().count(named));
                let with = [("n", n.as_str()), ("all", &all)];
                let back = match (back, named) {
                    (_, 0) => String::new(),
                    (0, _) => self.say(" No theme came back after an action was done.").into(),
                    _ => {
                        self.fill(" {n} of {all} themes came back after an action was done.", &with)
                    }
                };
                format!("{told}{back}")
            }
        };
        LessonsView {
            frame: self.frame(self.say("Lessons"), Some(result.clone()), &[]),
            title: self.say("Lessons").into(),
            result,
            note: self.withheld_post_mortems(),
            themes: lessons.themes.iter().map(|theme| self.theme_row(theme)).collect(),
            unused: self.unused_themes(),
            undated: self.undated_post_mortems(&tellers),
        }
    }

    /// "47 lessons from 13 projects: 20 pain points, 14 opportunities, 13 bright spots."
    fn told_sentence(&self, counts: [usize; 3], projects: usize) -> String {
        let [pains, chances, spots] = counts;
        let parts = [
            (pains, "{n} pain point", "{n} pain points"),
            (spots, "{n} bright spot", "{n} bright spots"),
            (chances, "{n} opportunity", "{n} opportunities"),
        ];
        let parts = parts.iter().filter(|(n, ..)| *n > 0);
        let parts: Vec<String> = parts.map(|(n, one, many)| self.plural(*n, one, many)).collect();
        let lessons = self.plural(counts.iter().sum(), "{n} lesson", "{n} lessons");
        let projects = self.plural(projects, "{n} project", "{n} projects");
        self.fill(
            "{lessons} from {projects}: {kinds}.",
            &[("lessons", &lessons), ("projects", &projects), ("kinds", &parts.join(", "))],
        )
    }

    fn theme_row(&self, theme: &Theme) -> ThemeRow {
        let count = |n: usize| match n {
            0 => Cell::absent(self.say("None")),
            n => Cell::text(self.format().count(n)),
        };
        let (badge, recurrence) = self.recurrence(theme);
        let adopters = theme.adopters.iter().take(ADOPTERS).map(|at| self.project_link(*at));
        let name =
            theme.name.as_deref().map_or_else(|| self.say("No theme").into(), |n| self.theme(n));
        ThemeRow {
            theme: Words::link(name, self.to(&theme.page)),
            pain_points: count(theme.count(Kind::PainPoint)),
            bright_spots: count(theme.count(Kind::BrightSpot)),
            opportunities: count(theme.count(Kind::Opportunity)),
            projects: count(theme.projects),
            seen: match (theme.first, theme.last) {
                (Some(first), Some(last)) if first == last => Cell::text(self.format().when(first)),
                (Some(first), Some(last)) => Cell::text(self.format().when(first))
                    .sub(self.fill("to {date}", &[("date", &self.format().when(last))])),
                _ => Cell::absent(self.say("No date")),
            },
            badge,
            recurrence,
            adopters: adopters.collect(),
            adopters_more: match theme.adopters.len().saturating_sub(ADOPTERS) {
                0 => String::new(),
                n => self.plural(n, "and {n} more project", "and {n} more projects"),
            },
        }
    }

    fn project_link(&self, at: usize) -> Words {
        let project = &self.portfolio().projects[at];
        Words::link(project.title(), self.to(&project.page))
    }

    /// Whether a theme came back: as a badge, and where or since when.
    fn recurrence(&self, theme: &Theme) -> (Option<Badge>, Vec<Words>) {
        if theme.name.is_none() {
            return (None, Vec::new());
        }
        let when = |date| self.format().when(date);
        let (word, tone, words) = match theme.recurrence {
            Recurrence::NeverAProblem => ("No pain point", "none", Vec::new()),
            Recurrence::NothingDone => {
                let words = "No dated action of its projects is done.";
                ("Nothing done", "none", vec![Words::plain(self.say(words))])
            }
            Recurrence::NotSince { done } => {
                let words =
                    self.fill("None since an action was done {date}.", &[("date", &when(done))]);
                ("Not since", "way", vec![Words::plain(words)])
            }
            Recurrence::CameBack { projects, last, held, acted, done } => {
                let begins = self.plural(projects, "In ", "In {n} projects, last in ");
                let words = vec![
                    Words::plain(begins),
                    self.project_link(last),
                    Words::plain(
                        self.fill(", {date}, after an action of ", &[("date", &when(held))]),
                    ),
                    self.project_link(acted),
                    Words::plain(self.fill(" was done {date}.", &[("date", &when(done))])),
                ];
                ("Came back", "miss", words)
            }
        };
        (Some(Badge { word: self.say(word).into(), tone }), words)
    }

    /// A theme at the beginning of a line; those that come with Casebook have words of ours.
    fn theme(&self, name: &str) -> String {
        capitalized(self.pages.wording.say(name))
    }

    fn unused_themes(&self) -> String {
        let portfolio = self.portfolio();
        let names = portfolio.settings.lesson_themes.iter();
        let unused: Vec<&str> =
            names.map(String::as_str).filter(|n| portfolio.lessons.theme(n).is_none()).collect();
        match unused.is_empty() {
            true => String::new(),
            false => {
                let unused: Vec<&str> = unused.into_iter().map(|name| self.say(name)).collect();
                let themes = unused.join(", ");
                self.fill("No lesson is told yet about {themes}.", &[("themes", &themes)])
            }
        }
    }

    fn undated_post_mortems(&self, tellers: &[usize]) -> String {
        let projects = tellers.iter().map(|at| &self.portfolio().projects[*at]);
        let undated = projects.filter(|project| {
            let hurt = !Kind::PainPoint.of(project).is_empty();
            hurt && project.front().post_mortem.as_ref().is_some_and(|p| p.held_on.is_none())
        });
        match undated.count() {
            0 => String::new(),
            n => self.plural(
                n,
                "The pain points of {n} project have no date: whether they came back is not known.",
                "The pain points of {n} projects have no date: whether they came back is not known.",
            ),
        }
    }

    /// A page of the lessons of a theme.
    pub(super) fn lesson_theme(&self, at: usize, nth: usize) -> LessonThemeView {
        let theme = &self.portfolio().lessons.themes[at];
        let title = match &theme.name {
            Some(name) => self.fill("Lessons about {theme}", &[("theme", self.say(name))]),
            None => self.say("Lessons without a theme").into(),
        };
        let crumb =
            theme.name.as_deref().map_or_else(|| self.say("No theme").into(), |n| self.theme(n));
        let result = self.told_sentence(theme.counts, theme.projects);
        let (badge, recurrence) = self.recurrence(theme);
        let rows = theme.lessons.iter().skip((nth - 1) * ROWS).take(ROWS);
        let mut frame = self.frame(&title, Some(result.clone()), &[(self.say("Lessons"), LESSONS)]);
        if let Some(last) = frame.crumbs.last_mut() {
            last.text = crumb;
        }
        LessonThemeView {
            frame,
            title,
            result,
            badge,
            recurrence,
            rows: rows.map(|learned| self.lesson_row(*learned)).collect(),
            listing: list::listing(self, &theme.page, nth, (theme.lessons.len(), "Lessons")),
        }
    }

    fn lesson_row(&self, learned: Learned) -> LessonRow {
        let portfolio = self.portfolio();
        let project = &portfolio.projects[learned.project];
        let told = learned.told(&portfolio.projects);
        let adopters = told.adopted_by.iter().filter_map(|id| portfolio.position(id));
        let actions = self.counted(Count::of(project, portfolio.as_of));
        LessonRow {
            text: self.plain_text(&told.text, told, project),
            kind: match learned.kind {
                Kind::PainPoint => self.say("Pain point").into(),
                Kind::Opportunity => self.say("Opportunity").into(),
                Kind::BrightSpot => self.say("Bright spot").into(),
            },
            project: self.project_link(learned.project),
            unit: match learned.unit {
                Some(unit) => self.unit_link(unit),
                None => Words::default(),
            },
            actions: match actions {
                Some(words) => {
                    Words::link(words, format!("{}#part-actions", self.to(&project.page)))
                }
                None => Words::default(),
            },
            adopters: adopters.map(|at| self.project_link(at)).collect(),
        }
    }

    /// "3 actions: 1 overdue, 2 done", or nothing where there is none.
    fn counted(&self, count: Count) -> Option<String> {
        let parts = State::ALL.iter().filter(|state| count.in_state(**state) > 0);
        let parts = parts
            .map(|state| (count.in_state(*state), self.inline(state.words())))
            .map(|(n, word)| format!("{} {word}", self.format().count(n)));
        let parts: Vec<String> = parts.collect();
        let all = self.plural(count.all(), "{n} action", "{n} actions");
        (count.all() > 0).then(|| format!("{all}: {}", parts.join(", ")))
    }

    /// The list of themes, where a lesson is told: "All 47 lessons, by theme".
    pub(super) fn all_lessons(&self) -> Option<Words> {
        let words = match self.portfolio().lessons.list.len() {
            0 => return None,
            n => self.plural(n, "The one lesson that is told", "All {n} lessons, by theme"),
        };
        Words::link(words, self.to(LESSONS)).if_linked()
    }
}
