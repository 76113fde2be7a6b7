//! What each page says, as words with the place where each stands first; of projects some at a time,
//! so that what is known of those that did not change is not read again.

use super::language::Language;
use super::listed::Noun;
use super::words::Words;
use crate::documents::body::{Body, Piece, parts_of};
use crate::documents::person::Person;
use crate::documents::post_mortem::PostMortem;
use crate::documents::settings::PeopleShown;
use crate::memo::Key;
use crate::pages::Pages;
use crate::portfolio::Project;
use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::{Arc, Mutex};

/// Where a word stands, those that count most first.
pub(super) const PLACES: usize = 6;
const TITLE: u8 = 0;
const KPI: u8 = 1;
const NAME: u8 = 2;
const SUMMARY: u8 = 3;
const LESSON: u8 = 4;
const TEXT: u8 = 5;

/// The places that are short: a word there is meant.
pub(super) const MEANT: u8 = NAME;

/// So many projects are read at a time.
pub(super) const SOME: usize = 256;

/// What some pages say.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The words, in the order in which they were met, one behind the other; and where each ends.
    forms: String,
    form_ends: Vec<usize>,
    /// Each word of each page, by its position, and where it stands.
    words: Vec<At>,
    /// Where the words of each page end.
    ends: Vec<usize>,
}

/// A number of a word or a page, and a place: small, as there are millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At(u32);

impl At {
    /// A number below half a billion, and one of the places.
    pub fn new(number: u32, place: u8) -> At {
        At(number << 3 | u32::from(place))
    }

    pub fn number(self) -> u32 {
        self.0 >> 3
    }

    pub fn place(self) -> u8 {
        (self.0 & 7) as u8
    }
}

impl Said {
    /// The words that are met in any of the pages.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        let begins = [0].into_iter().chain(self.form_ends.iter().copied());
        begins.zip(&self.form_ends).map(|(begin, end)| &self.forms[begin..*end])
    }

    /// The words of all of the pages.
    pub fn all(&self) -> &[At] {
        &self.words
    }

    /// The words of one of the pages.
    pub fn of(&self, nth: usize) -> &[At] {
        let first = nth.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[first..self.ends[nth]]
    }
}

/// What was gathered of projects, for the next run: by the position of the first, with its key.
type Known = HashMap<usize, (Key, Arc<Said>)>;

/// What was gathered in this run and the one before it.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    known: Arc<Mutex<Known>>,
    /// The key of what the edition leaves out.
    cut: Key,
}

impl Gathered {
    /// The same, for an edition that leaves out other things.
    pub fn under(self, cut: Key) -> Gathered {
        Gathered { cut, ..self }
    }

    fn or(&self, first: usize, key: Key, gather: impl FnOnce() -> Said) -> Arc<Said> {
        let known = self.known.lock().ok().and_then(|known| known.get(&first).cloned());
        if let Some((_, said)) = known.filter(|(its, _)| *its == key) {
            return said;
        }
        let said = Arc::new(gather());
        if let Ok(mut known) = self.known.lock() {
            known.insert(first, (key, said.clone()));
        }
        said
    }
}

impl Pages<'_> {
    /// What all pages say: of the projects, some at a time, and then of the others.
    pub(super) fn gathered(&self, others: &[Noun], language: &Language) -> Vec<Arc<Said>> {
        let projects = &self.portfolio.projects;
        let units = &self.portfolio.units.list;
        let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
        let settings = &self.portfolio.settings;
        let common = Key::told(&(names, settings.people, &settings.language));
        let firsts: Vec<usize> = (0..projects.len()).step_by(SOME).collect();
        let of_some = |first: usize| {
            let some = projects.stretch(first..(first + SOME).min(projects.len()));
            let of =
                |project: &Project| [project.shown.document.keys.0, project.shown.document.keys.1];
            let key = Key::all(some.iter().flat_map(of).chain([common, self.index_words.cut]));
            self.index_words.or(first, key, || {
                let mut gather = Gather::new(language);
                for project in some {
                    self.project_words(project, &mut gather);
                    gather.page();
                }
                gather.said
            })
        };
        let (mut all, rest): (Vec<Arc<Said>>, _) = rayon::join(
            || firsts.into_par_iter().with_max_len(1).map(of_some).collect(),
            || {
                let mut gather = Gather::new(language);
                for noun in others {
                    self.other_words(*noun, &mut gather);
                    gather.page();
                }
                Arc::new(gather.said)
            },
        );
        all.push(rest);
        all
    }

    fn project_words(&self, project: &Project, to: &mut Gather<'_>) {
        let (front, document) = (project.front(), &project.shown.document);
        to.text(TITLE, project.title());
        front.kpis.iter().for_each(|kpi| to.text(KPI, &kpi.name));
        let people = [Some(&front.owner), front.sponsor.as_ref(), front.it_lead.as_ref()];
        let people = people.into_iter().flatten().chain(&front.champions).chain(&front.steering);
        let led = front.post_mortem.iter().filter_map(|told| told.facilitator.as_ref());
        people.chain(&front.team).chain(led).for_each(|person| self.person_words(person, to));
        for unit in &project.units {
            to.text(NAME, &self.portfolio.units.list[*unit].name);
        }
        front.tags.iter().for_each(|tag| to.text(NAME, tag));
        match &front.summary {
            Some(summary) => to.text(SUMMARY, summary),
            None if project.withholds("summary") => {}
            None => to.pieces(SUMMARY, &document.body.lead),
        }
        if let Some(told) = &front.post_mortem {
            post_mortem_words(told, to);
        }
        front.shadowing.iter().filter_map(|s| s.learned.as_ref()).for_each(|t| to.text(LESSON, t));
        let texts = [&front.need, &front.objective, &front.handover, &front.class_reason];
        texts.into_iter().flatten().for_each(|text| to.text(TEXT, text));
        front.outcomes.iter().for_each(|outcome| to.text(TEXT, &outcome.statement));
        front.benefits.iter().for_each(|benefit| to.text(TEXT, &benefit.name));
        front.gaps.iter().for_each(|gap| to.text(TEXT, &gap.text));
        front.quotes.iter().for_each(|quote| to.text(TEXT, &quote.text));
        front.recognition.iter().filter_map(|r| r.text.as_ref()).for_each(|t| to.text(TEXT, t));
        to.body(&document.body);
        document.narrative.iter().for_each(|(_, body)| to.body(body));
    }

    fn person_words(&self, person: &Person, to: &mut Gather<'_>) {
        if self.portfolio.settings.people == PeopleShown::Names {
            to.text(NAME, &person.name);
        }
        person.role.iter().for_each(|role| to.text(NAME, role));
    }

    fn other_words(&self, noun: Noun, to: &mut Gather<'_>) {
        let portfolio = self.portfolio;
        match noun {
            Noun::Project(_) => {}
            Noun::Unit(at) => {
                let unit = &portfolio.units.list[at];
                to.text(TITLE, &unit.name);
                unit.formerly.iter().for_each(|name| to.text(NAME, name));
                unit.lead.iter().for_each(|lead| self.person_words(lead, to));
                unit.body.iter().for_each(|(_, body)| to.body(body));
            }
            Noun::Person(at) => {
                let person = &portfolio.people.list[at];
                to.text(TITLE, &person.name);
                person.titles.iter().for_each(|title| to.text(NAME, title));
                let units = person.units.iter().map(|unit| &portfolio.units.list[*unit].name);
                units.for_each(|unit| to.text(NAME, unit));
            }
            Noun::Theme(at) => {
                portfolio.lessons.themes[at].name.iter().for_each(|name| to.text(TITLE, name));
            }
            Noun::Tag(at) => to.text(TITLE, &portfolio.facets.all[at].label),
            Noun::Page(at) => {
                to.text(TITLE, &portfolio.pages[at].front.title);
                to.body(&portfolio.pages[at].body);
            }
        }
    }
}

/// What a post-mortem says.
fn post_mortem_words(told: &PostMortem, to: &mut Gather<'_>) {
    let lessons = told.bright_spots.iter().chain(&told.pain_points).chain(&told.opportunities);
    for lesson in lessons {
        to.quoting(LESSON, &lesson.text);
        lesson.theme.iter().for_each(|theme| to.text(LESSON, theme));
    }
    let texts = [&told.expected, &told.happened];
    let why = told.decision.iter().filter_map(|decision| decision.why.as_ref());
    let texts = texts.into_iter().flatten().chain(why);
    texts.chain(told.actions.iter().map(|action| &action.text)).for_each(|t| to.text(LESSON, t));
}

/// What some pages say, while it is gathered.
struct Gather<'l> {
    said: Said,
    words: Words,
    /// The position of each word; none for those that are on every page.
    known: HashMap<Cow<'l, str>, Option<u32>>,
    /// Which page had each word last.
    last: Vec<usize>,
}

impl<'l> Gather<'l> {
    fn new(language: &'l Language) -> Gather<'l> {
        let mut known = HashMap::with_capacity(1 << 14);
        known.extend(language.common().map(|word| (Cow::Borrowed(word), None)));
        Gather { said: Said::default(), words: Words::default(), known, last: Vec::new() }
    }

    /// A page is read; places were read in their order, so that the first of a word counts.
    fn page(&mut self) {
        self.said.ends.push(self.said.words.len());
    }

    fn with(&mut self, place: u8, read: impl FnOnce(&mut Words, &mut dyn FnMut(&str))) {
        let Gather { said, words, known, last } = self;
        let page = said.ends.len() + 1;
        read(words, &mut |word| {
            let at = known.get(word).copied().unwrap_or_else(|| {
                let at = u32::try_from(last.len()).ok();
                said.forms.push_str(word);
                said.form_ends.push(said.forms.len());
                last.push(0);
                known.insert(Cow::Owned(word.to_string()), at);
                at
            });
            if let Some(at) = at
                && std::mem::replace(&mut last[at as usize], page) != page
            {
                said.words.push(At::new(at, place));
            }
        });
    }

    fn text(&mut self, place: u8, text: &str) {
        self.with(place, |words, take| words.of_text(text, take));
    }

    /// A text that may quote figures, which are no words of its own.
    fn quoting(&mut self, place: u8, text: &str) {
        parts_of(text).into_iter().flatten().for_each(|text| self.text(place, text));
    }

    fn pieces(&mut self, place: u8, pieces: &[Piece]) {
        for piece in pieces {
            if let Piece::Html(html) = piece {
                self.with(place, |words, take| words.of_html(html, take));
            }
        }
    }

    fn body(&mut self, body: &Body) {
        body.sections.iter().for_each(|section| self.pieces(TEXT, &section.pieces));
    }
}
