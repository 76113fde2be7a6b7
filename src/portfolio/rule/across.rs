//! What rules need to know of all projects at once, gathered in one pass: who is known by name,
//! and which benefits are told more than once.

use crate::diagnostics::Place;
use crate::documents::benefit::{Benefit, BenefitKind};
use crate::documents::money::FiscalYear;
use crate::documents::person::Person;
use crate::portfolio::Project;
use crate::portfolio::unit::Units;
use foldhash::{HashMap, HashSet};
use rust_decimal::Decimal;

/// What lies across projects.
pub(super) struct Across<'p> {
    /// The names of people, by their first two words.
    names: HashMap<(&'p str, &'p str), Vec<Vec<&'p str>>>,
    /// Benefits that were told before: by project and position, where, and whether in the same one.
    twice: HashMap<(usize, usize), (Place, bool)>,
}

/// An amount of a benefit: whose, what, of which year, planned or realized, and how much.
type Entry<'p> = (usize, Option<usize>, BenefitKind, bool, FiscalYear, Decimal);

/// Words that are part of a role or of a unit, and of no person's name.
const NO_NAMES: &[&str] = &[
    "abteilung",
    "agency",
    "analyst",
    "audit",
    "auditoría",
    "aufsichtsrat",
    "ausschuss",
    "board",
    "business",
    "chief",
    "comité",
    "committee",
    "consejo",
    "council",
    "counsel",
    "department",
    "dirección",
    "direction",
    "director",
    "engineer",
    "executive",
    "finance",
    "geschäftsführung",
    "group",
    "head",
    "lead",
    "leitung",
    "manager",
    "minister",
    "ministry",
    "office",
    "officer",
    "operations",
    "program",
    "programme",
    "project",
    "prüfung",
    "revision",
    "secretary",
    "service",
    "services",
    "sponsor",
    "team",
    "unit",
    "vorstand",
];

impl<'p> Across<'p> {
    pub fn of(projects: &'p [Project], units: &'p Units) -> Across<'p> {
        let mut across = Across { names: HashMap::default(), twice: HashMap::default() };
        // Names matter only where someone tells of what went wrong.
        let told = |project: &Project| {
            project.front().post_mortem.as_ref().is_some_and(|told| !told.pain_points.is_empty())
        };
        if projects.iter().any(told) {
            across.gather_names(projects, units);
        }
        across.gather_benefits(projects, units);
        across
    }

    fn gather_names(&mut self, projects: &'p [Project], units: &'p Units) {
        let mut seen: HashSet<&str> = HashSet::default();
        let people = projects.iter().flat_map(people_of);
        let leads = units.list.iter().filter_map(|unit| unit.lead.as_ref());
        for name in people.chain(leads).map(|person| person.name.as_str()) {
            if !seen.insert(name) {
                continue;
            }
            let words: Vec<&str> = name.split_whitespace().map(bare).collect();
            if let [first, second, ..] = words.as_slice()
                && is_a_name(name)
                && units.find(name).is_none()
            {
                self.names.entry((first, second)).or_default().push(words);
            }
        }
    }

    fn gather_benefits(&mut self, projects: &'p [Project], units: &'p Units) {
        let mut names: HashMap<String, usize> = HashMap::default();
        let mut first: HashMap<Entry<'p>, (usize, Place)> = HashMap::default();
        for (at, project) in projects.iter().enumerate() {
            for (nth, benefit) in project.front().benefits.iter().enumerate() {
                let name = benefit.name.split_whitespace().collect::<Vec<_>>().join(" ");
                let next = names.len();
                let name = *names.entry(name.to_lowercase()).or_insert(next);
                let unit = benefit.unit.as_ref().map_or(project.unit, |unit| units.find(unit));
                let place = project.shown.document.file.at(benefit.span);
                for (planned, year, amount) in amounts(benefit) {
                    let entry = (name, unit, benefit.kind, planned, year, amount);
                    let (before, told) = *first.entry(entry).or_insert((at, place));
                    if told != place {
                        self.twice.entry((at, nth)).or_insert((told, before == at));
                    }
                }
            }
        }
    }

    /// Where a benefit was told before, and whether in the same project.
    pub fn told_before(&self, project: usize, benefit: usize) -> Option<(Place, bool)> {
        self.twice.get(&(project, benefit)).copied()
    }

    /// The first known person whose whole name stands in a text.
    pub fn named_in(&self, text: &str) -> Option<String> {
        let words: Vec<&str> = text.split_whitespace().map(bare).collect();
        (0..words.len().saturating_sub(1)).find_map(|at| {
            let names = self.names.get(&(words[at], words[at + 1]))?;
            let name = names.iter().find(|name| words[at..].starts_with(name))?;
            Some(name.join(" "))
        })
    }
}

/// The amounts of a benefit that are given and are not zero: whether planned, the year, how much.
fn amounts(benefit: &Benefit) -> impl Iterator<Item = (bool, FiscalYear, Decimal)> {
    let lists = [(true, &benefit.planned), (false, &benefit.realized)];
    let all = lists.into_iter().flat_map(|(planned, years)| {
        years.iter().filter_map(move |(year, amount)| Some((planned, *year, *amount.known()?)))
    });
    all.filter(|(_, _, amount)| !amount.is_zero())
}

fn people_of(project: &Project) -> impl Iterator<Item = &Person> {
    let front = project.front();
    let one = [&front.sponsor, &front.it_lead].into_iter().flatten();
    let told = front.post_mortem.iter();
    let after = told.flat_map(|told| {
        told.facilitator
            .iter()
            .chain(told.actions.iter().filter_map(|action| action.owner.as_ref()))
    });
    std::iter::once(&front.owner)
        .chain(one)
        .chain(front.champions.iter().chain(&front.steering).chain(&front.team))
        .chain(front.benefits.iter().filter_map(|benefit| benefit.confirmed_by.as_ref()))
        .chain(after)
}

/// A word without the signs around it, and without its `'s`.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word)
}

fn starts_large(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a text is nothing but what could be a person's name.
pub fn is_a_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().map(bare).collect();
    (2..=5).contains(&words.len())
        && starts_large(words[0])
        && words.iter().all(|word| is_of_a_name(word))
}

/// Names are written large, but for the likes of `van` and `de`; roles and units are no names.
fn is_of_a_name(word: &str) -> bool {
    let small = word.to_lowercase();
    let particle = ["van", "von", "der", "den", "de", "del", "di", "da", "la", "le", "bin", "al"];
    (starts_large(word) || particle.contains(&word)) && !NO_NAMES.contains(&small.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whole_and_no_role_is_a_name() {
        let mut across = Across { names: HashMap::default(), twice: HashMap::default() };
        across.names.insert(("Amara", "Osei"), vec![vec!["Amara", "Osei"]]);
        across.names.insert(("Jan", "van"), vec![vec!["Jan", "van", "Dijk"]]);
        for (text, found) in [
            ("It was Amara Osei's fault.", Some("Amara Osei")),
            ("Ask (Amara Osei), they said.", Some("Amara Osei")),
            ("Jan van Dijk was away", Some("Jan van Dijk")),
            ("Jan van Eyck was away", None),
            ("Amara was away", None),
            ("", None),
        ] {
            assert_eq!(across.named_in(text).as_deref(), found, "{text}");
        }
        assert!(is_of_a_name("Osei") && is_of_a_name("van") && is_of_a_name("Adebisi-Lund"));
        assert!(!is_of_a_name("of") && !is_of_a_name("Department") && !is_of_a_name("Chief"));
    }
}
