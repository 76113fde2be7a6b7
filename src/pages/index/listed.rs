//! The pages that can be found, in the order in which they are numbered, and what is shown of each.
//!
//! Projects come first, those of the latest year before the others, by unit within a year: so year
//! and unit of ten thousand projects are a few stretches of numbers, and only their status is told
//! of each.

use super::digits::{letter, number};
use super::{BLOCK, FileOf, quoted};
use crate::documents::part::Part;
use crate::documents::project::Status;
use crate::memo::Key;
use crate::pages::Pages;
use crate::pages::here::Here;
use crate::portfolio::facet::status_words;
use serde::Serialize;

/// What a page that can be found is of, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    Project(usize),
    Unit(usize),
    Person(usize),
    Theme(usize),
    Tag(usize),
    Page(usize),
}

/// The longest text that is shown of a page, in letters.
const TEXT: usize = 150;

/// What is known of all pages at once, so that they can be counted and chosen.
#[derive(Serialize)]
struct Facets<'f> {
    /// What pages are of, each with how many there are.
    kinds: Vec<(&'f str, usize)>,
    statuses: [&'f str; 4],
    units: Vec<&'f str>,
    /// Years, the latest first, each with how many projects stand there; the last has none.
    years: Vec<(String, usize)>,
    /// Stretches of projects of one unit: the unit's position from 1 (0 where there is none), and
    /// how many.
    unit: String,
    /// The status of each project, three to a letter.
    status: String,
}

/// What is shown of a page: title, address, standing, a text.
type Shown = (String, String, String, String);

impl Pages<'_> {
    /// The pages that can be found.
    pub(super) fn listed(&self) -> Vec<Noun> {
        let portfolio = self.portfolio;
        let there = |part| !portfolio.settings.leave_out.contains(&part);
        let mut newest: Vec<usize> = portfolio.newest.to_vec();
        newest.sort_by_key(|at| {
            let project = &portfolio.projects[*at];
            (std::cmp::Reverse(project.year), project.unit)
        });
        let mut all: Vec<Noun> = newest.into_iter().map(Noun::Project).collect();
        all.extend((0..portfolio.units.list.len()).map(Noun::Unit));
        if there(Part::People) {
            let people = portfolio.people.list.iter().enumerate();
            let paged = people.filter(|(_, person)| !person.slug.is_empty());
            all.extend(paged.map(|(at, _)| Noun::Person(at)));
        }
        if there(Part::Lessons) {
            let themes = portfolio.lessons.themes.iter().enumerate();
            all.extend(themes.filter(|(_, t)| t.name.is_some()).map(|(at, _)| Noun::Theme(at)));
        }
        if there(Part::Tags) {
            let facets = portfolio.facets.all.iter().enumerate();
            all.extend(facets.filter(|(_, f)| f.kind == "tag").map(|(at, _)| Noun::Tag(at)));
        }
        all.extend((0..portfolio.pages.len()).map(Noun::Page));
        all
    }

    /// How many of them there are, without putting them in order.
    pub(super) fn count_listed(&self) -> usize {
        let portfolio = self.portfolio;
        let there = |part, count: usize| match portfolio.settings.leave_out.contains(&part) {
            true => 0,
            false => count,
        };
        let people = portfolio.people.list.iter().filter(|person| !person.slug.is_empty());
        let themes = portfolio.lessons.themes.iter().filter(|theme| theme.name.is_some());
        let tags = portfolio.facets.all.iter().filter(|facet| facet.kind == "tag");
        portfolio.projects.len()
            + portfolio.units.list.len()
            + there(Part::People, people.count())
            + there(Part::Lessons, themes.count())
            + there(Part::Tags, tags.count())
            + portfolio.pages.len()
    }

    /// What stands for the numbers of these pages: where one has another number, it is another.
    pub(super) fn numbering(&self, all: &[Noun]) -> String {
        let key = Key::told(&all.iter().map(|noun| self.address_of(*noun)).collect::<Vec<_>>());
        let mut rest = key.number();
        let letters = (0..8).map(|_| {
            let nth = u8::try_from(rest % 26).unwrap_or_default();
            rest /= 26;
            char::from(b'a' + nth)
        });
        letters.collect()
    }

    fn address_of(&self, noun: Noun) -> String {
        let portfolio = self.portfolio;
        match noun {
            Noun::Project(at) => portfolio.projects[at].page.clone(),
            Noun::Unit(at) => portfolio.unit_page(at),
            Noun::Person(at) => portfolio.people.list[at].page(),
            Noun::Theme(at) => portfolio.lessons.themes[at].page.clone(),
            Noun::Tag(at) => portfolio.facets.all[at].tag_page(),
            Noun::Page(at) => format!("{}/index.html", portfolio.pages[at].id),
        }
    }

    /// The file of what is known of all pages at once.
    pub(super) fn facets_file(&self, all: &[Noun], numbering: &str) -> Vec<u8> {
        let portfolio = self.portfolio;
        let here = Here { pages: self, address: "search/index.html" };
        const KINDS: [&str; 6] = ["Project", "Unit", "Person", "Lessons", "Tag", "Page"];
        let mut counts = [0; KINDS.len()];
        let (mut years, mut unit, mut status) = (Vec::new(), String::new(), String::new());
        let (mut of_unit, mut held) = ((0, 0), (0, 0));
        for noun in all {
            counts[noun.kind()] += 1;
            let Noun::Project(at) = *noun else { continue };
            let project = &portfolio.projects[at];
            let year = project.year.map(|year| year.to_string()).unwrap_or_default();
            match years.last_mut() {
                Some((last, count)) if *last == year => *count += 1,
                _ => years.push((year, 1)),
            }
            let own = project.unit.map_or(0, |unit| unit + 1);
            if own != of_unit.0 && of_unit.1 > 0 {
                stretch(of_unit, &mut unit);
                of_unit = (own, 0);
            }
            of_unit = (own, of_unit.1 + 1);
            held = (held.0 + (place(project.status) << (2 * held.1)), held.1 + 1);
            if held.1 == 3 {
                status.push(letter(held.0));
                held = (0, 0);
            }
        }
        if of_unit.1 > 0 {
            stretch(of_unit, &mut unit);
        }
        if held.1 > 0 {
            status.push(letter(held.0));
        }
        let facets = Facets {
            kinds: KINDS.iter().map(|kind| here.say(kind)).zip(counts).collect(),
            statuses: STATUSES.map(|status| here.say(status_words(status))),
            units: portfolio.units.list.iter().map(|unit| unit.name.as_str()).collect(),
            years,
            unit,
            status,
        };
        quoted(FileOf::Facets, numbering, &facets)
    }

    /// A file of what is shown of some pages.
    pub(super) fn block_file(&self, nth: usize, all: &[Noun], numbering: &str) -> Vec<u8> {
        let here = Here { pages: self, address: "search/index.html" };
        let some = all.iter().skip(nth * BLOCK).take(BLOCK);
        let shown: Vec<Shown> = some.map(|noun| here.shown(*noun)).collect();
        quoted(FileOf::Block(nth), numbering, &shown)
    }
}

impl Here<'_> {
    fn shown(&self, noun: Noun) -> Shown {
        let portfolio = self.portfolio();
        let (title, standing, text) = match noun {
            Noun::Project(at) => {
                let project = &portfolio.projects[at];
                let standing = self.say(project.standing.words()).to_string();
                (project.title().to_string(), standing, self.result(project))
            }
            Noun::Unit(at) => (portfolio.units.list[at].name.clone(), String::new(), String::new()),
            Noun::Person(at) => {
                let person = &portfolio.people.list[at];
                (person.name.clone(), String::new(), person.titles.join(", "))
            }
            Noun::Theme(at) => {
                let theme = &portfolio.lessons.themes[at];
                let name = theme.name.clone().unwrap_or_default();
                let count = self.plural(theme.lessons.len(), "{n} lesson", "{n} lessons");
                (crate::pages::frame::capitalized(&name), String::new(), count)
            }
            Noun::Tag(at) => {
                let tag = &portfolio.facets.all[at];
                let count = self.plural(tag.projects.len(), "{n} project", "{n} projects");
                (tag.label.clone(), String::new(), count)
            }
            Noun::Page(at) => {
                (portfolio.pages[at].front.title.value.clone(), String::new(), String::new())
            }
        };
        (title, self.pages.address_of(noun), standing, shortened(&text))
    }
}

impl Noun {
    /// Its place among the kinds.
    fn kind(self) -> usize {
        match self {
            Noun::Project(_) => 0,
            Noun::Unit(_) => 1,
            Noun::Person(_) => 2,
            Noun::Theme(_) => 3,
            Noun::Tag(_) => 4,
            Noun::Page(_) => 5,
        }
    }
}

const STATUSES: [Status; 4] = [Status::Planned, Status::Active, Status::Completed, Status::Stopped];

/// A status by its place among them.
fn place(status: Status) -> usize {
    STATUSES.iter().position(|own| *own == status).unwrap_or_default()
}

/// A stretch of projects of one unit.
fn stretch((unit, count): (usize, usize), out: &mut String) {
    number(unit, out);
    number(count, out);
}

/// A text up to the last word that fits.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(TEXT) {
        None => text.to_string(),
        Some((end, _)) => {
            let head = &text[..end];
            format!("{} …", head.rsplit_once(' ').map_or(head, |(words, _)| words))
        }
    }
}
