//! What a reference that leads nowhere was perhaps meant to be.
//!
//! A project that got another name is missing in every write-up that names it, and to look through
//! thousands of names for each of them takes a minute: what came of a word is kept for the next.

use crate::diagnostics::{among, did_you_mean};
use crate::portfolio::{Portfolio, Project};
use foldhash::HashMap;
use std::sync::{Mutex, OnceLock};

/// Answers for the words of one run.
pub struct Near<'p> {
    portfolio: &'p Portfolio,
    /// The addresses of all pages.
    shown: OnceLock<Vec<String>>,
    pages: Answers,
    projects: Answers,
}

impl<'p> Near<'p> {
    /// Knows no word yet.
    pub fn new(portfolio: &'p Portfolio) -> Near<'p> {
        let (pages, projects) = Default::default();
        Near { portfolio, shown: OnceLock::new(), pages, projects }
    }

    /// The page that a link was perhaps to lead to.
    pub fn page(&self, path: &str) -> Option<String> {
        let shown = || self.shown.get_or_init(|| self.portfolio.addresses.shown());
        self.pages.to(path, || did_you_mean(path, shown().iter().map(String::as_str)))
    }

    /// The project that was perhaps named, or some that there are; none is told to name itself.
    pub fn project(&self, name: &str, from: Option<&Project>) -> Option<String> {
        let ids = || self.portfolio.projects.iter().map(Project::id);
        let help = self.projects.to(name, || among(name, ids()));
        let Some(own) = from.map(Project::id) else { return help };
        match help {
            Some(help) if help.contains(&format!("`{own}`")) => {
                among(name, ids().filter(|id| *id != own))
            }
            help => help,
        }
    }
}

/// What came of each word.
#[derive(Default)]
struct Answers(Mutex<HashMap<String, Option<String>>>);

impl Answers {
    fn to(&self, word: &str, look: impl FnOnce() -> Option<String>) -> Option<String> {
        let known = self.0.lock().expect(WHOLE).get(word).cloned();
        known.unwrap_or_else(|| {
            // Not under the lock: the other threads look for other words meanwhile.
            let answer = look();
            self.0.lock().expect(WHOLE).insert(word.to_string(), answer.clone());
            answer
        })
    }
}

const WHOLE: &str = "no thread panics with it";
