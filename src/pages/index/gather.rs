//! What each page says, as words with the place where each stands first; what is known of projects
//! that did not change is not read again.

use super::kept::{At, Part, SOME, Said};
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
use std::sync::Arc;

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

impl Pages<'_> {
    /// What all pages say: of the projects, some at a time, and then of the others.
    pub(super) fn gathered(&self, others: &[Noun], language: &Language) -> Vec<Arc<Part>> {
        let projects = &self.portfolio.projects;
        let units = &self.portfolio.units.list;
        let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
        let settings = &self.portfolio.settings;
        let common = Key::told(&(names, settings.people, &settings.language));
        let key_of = |project: &Project| {
            let (front, body) = project.shown.document.keys;
            Key::all([front, body, common, self.index_words.cut])
        };
        let keys: Vec<Key> = projects.stretch(0..projects.len()).iter().map(key_of).collect();
        let before = self.index_words.before();
        let of_some = |(nth, keys): (usize, &[Key])| {
            if let Some(same) = before.same(nth, keys) {
                return same;
            }
            let first = nth * SOME;
            let mut gather = Gather::new(language);
            for (project, key) in projects.stretch(first..first + keys.len()).iter().zip(keys) {
                match before.find(*key) {
                    Some((part, page)) => gather.again(part, page),
                    None => self.project_words(project, &mut gather),
                }
                gather.page();
            }
            Arc::new(Part::of(keys, gather.said))
        };
        let (mut all, rest): (Vec<Arc<Part>>, _) = rayon::join(
            || keys.par_chunks(SOME).with_max_len(1).enumerate().map(of_some).collect(),
            || {
                let mut gather = Gather::new(language);
                for noun in others {
                    self.other_words(*noun, &mut gather);
                    gather.page();
                }
                Arc::new(Part::of(&[], gather.said))
            },
        );
        self.index_words.keep(&all);
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
            to.name(NAME, &self.portfolio.units.list[*unit].name);
        }
        front.tags.iter().for_each(|tag| to.name(NAME, tag));
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
                to.name(TITLE, &unit.name);
                unit.formerly.iter().for_each(|name| to.text(NAME, name));
                unit.lead.iter().for_each(|lead| self.person_words(lead, to));
                unit.body.iter().for_each(|(_, body)| to.body(body));
            }
            Noun::Person(at) => {
                let person = &portfolio.people.list[at];
                to.text(TITLE, &person.name);
                person.titles.iter().for_each(|title| to.text(NAME, title));
                let units = person.units.iter().map(|unit| &portfolio.units.list[*unit].name);
                units.for_each(|unit| to.name(NAME, unit));
            }
            Noun::Theme(at) => {
                portfolio.lessons.themes[at].name.iter().for_each(|name| to.text(TITLE, name));
            }
            Noun::Tag(at) => to.name(TITLE, &portfolio.facets.all[at].label),
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
    /// The positions of those that are on every page and are a name all the same, as IT is one.
    named: HashMap<String, Option<u32>>,
    /// Which page had each word last.
    last: Vec<usize>,
}

impl<'l> Gather<'l> {
    fn new(language: &'l Language) -> Gather<'l> {
        let mut known = HashMap::with_capacity(1 << 14);
        known.extend(language.common().map(|word| (Cow::Borrowed(word), None)));
        let (said, words, named) = Default::default();
        Gather { said, words, known, named, last: Vec::new() }
    }

    /// A page is read; places were read in their order, so that the first of a word counts.
    fn page(&mut self) {
        self.said.ends.push(self.said.words.len());
    }

    /// Takes over what a page says that was read before.
    fn again(&mut self, part: &Part, page: usize) {
        let Gather { said, known, named, last, .. } = self;
        for at in part.said.of(page) {
            let form = part.said.form(at.number() as usize);
            if known.get(form) == Some(&None) {
                let own = add_name(named, said, last, form);
                said.words.extend(own.map(|own| At::new(own, at.place())));
                continue;
            }
            let own = known.get(form).copied().unwrap_or_else(|| {
                let own = said.add(form);
                last.push(0);
                known.insert(Cow::Owned(form.to_string()), own);
                own
            });
            said.words.extend(own.map(|own| At::new(own, at.place())));
        }
    }

    fn with(&mut self, place: u8, read: impl FnOnce(&mut Words, &mut dyn FnMut(&str))) {
        let Gather { said, words, known, last, .. } = self;
        let page = said.ends.len() + 1;
        read(words, &mut |word| {
            let at = known.get(word).copied().unwrap_or_else(|| {
                let at = said.add(word);
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

    /// A name. Where it is no more than words that are on every page, these count here.
    fn name(&mut self, place: u8, name: &str) {
        let Gather { said, words, known, named, last } = self;
        let mut common = Some(Vec::new());
        words.of_text(name, |word| match known.get(word) {
            Some(None) => common.iter_mut().for_each(|common| common.push(word.to_string())),
            _ => common = None,
        });
        let Some(common) = common else { return self.text(place, name) };
        let page = said.ends.len() + 1;
        for word in &common {
            if let Some(at) = add_name(named, said, last, word)
                && std::mem::replace(&mut last[at as usize], page) != page
            {
                said.words.push(At::new(at, place));
            }
        }
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

/// The position of a word that is on every page, where it is a name.
fn add_name(
    named: &mut HashMap<String, Option<u32>>,
    said: &mut Said,
    last: &mut Vec<usize>,
    word: &str,
) -> Option<u32> {
    if let Some(at) = named.get(word) {
        return *at;
    }
    let at = said.add(word);
    last.push(0);
    named.insert(word.to_string(), at);
    at
}
