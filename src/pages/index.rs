//! The index of the search: which pages have which words, cut into scripts so small that a browser
//! reads but a few for a query, from any host and from `file://`.
//!
//! Each file is one call, `casebook.take(NAME, NUMBERING, DATA)`. All of it is made of the portfolio
//! as this edition shows it; which files there are hangs on how many projects and pages there are,
//! never on what they say. `themes/default/assets/search.js` reads them.

mod digits;
mod gather;
mod kept;
mod language;
mod listed;
mod shards;
mod typos;
mod words;

use super::Pages;
use foldhash::{HashMap, HashMapExt};
pub use kept::Gathered;
use kept::{At, Part, SOME};
use language::Language;
use listed::Noun;
use rayon::prelude::*;
use serde::Serialize;
use shards::Group;
use std::sync::Arc;

/// Where the files lie.
const FOLDER: &str = "search/";
/// So many projects bring the words of one file, about.
const PROJECTS: usize = 7;
/// And so many those of one file of the words themselves.
const PROJECTS_OF_WORDS: usize = 60;
/// So many pages are shown out of one file.
const BLOCK: usize = 4;

/// A file of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileOf {
    /// Which words are in which file.
    Terms,
    /// What is known of all pages at once.
    Facets,
    /// Words, and the pages that have them.
    Shard(usize),
    /// The words alone.
    Words(usize),
    /// The words from behind.
    Reversed(usize),
    /// What is shown of some pages.
    Block(usize),
}

impl FileOf {
    fn name(self) -> String {
        match self {
            FileOf::Terms => "terms".into(),
            FileOf::Facets => "facets".into(),
            FileOf::Shard(nth) => format!("t-{nth}"),
            FileOf::Words(nth) => format!("v-{nth}"),
            FileOf::Reversed(nth) => format!("w-{nth}"),
            FileOf::Block(nth) => format!("d-{nth}"),
        }
    }
}

/// The index: of all words is known in which file they stand, and each file is made when it is asked
/// for.
#[derive(Debug)]
pub struct Index<'p> {
    pages: &'p Pages<'p>,
    files: Vec<FileOf>,
    listed: Vec<Noun>,
    /// What stands for the numbers of the pages: each file begins with it.
    pub numbering: String,
    terms: Terms,
    texts: Vec<String>,
    forward: Vec<String>,
    backward: Vec<String>,
}

impl Index<'_> {
    /// Whether a file shows pages, and has nothing in it that does not stand on these.
    pub fn shows_pages(&self, nth: usize) -> bool {
        matches!(self.files[nth], FileOf::Block(_))
    }

    /// The bytes of a file, by its position.
    pub fn file(&self, nth: usize) -> Vec<u8> {
        let (file, numbering) = (self.files[nth], &*self.numbering);
        match file {
            FileOf::Terms => taken(file, numbering, &self.terms),
            FileOf::Facets => self.pages.facets_file(&self.listed, numbering),
            FileOf::Shard(nth) => taken(file, numbering, &self.texts[nth]),
            FileOf::Words(nth) => taken(file, numbering, &self.forward[nth]),
            FileOf::Reversed(nth) => taken(file, numbering, &self.backward[nth]),
            FileOf::Block(nth) => self.pages.block_file(nth, &self.listed, numbering),
        }
    }
}

/// Which words are in which file.
#[derive(Debug, Serialize)]
struct Terms {
    /// How many pages there are.
    pages: usize,
    /// How many of them stand in a file.
    block: usize,
    /// Words that find nothing.
    common: &'static str,
    /// The words at which the files of words begin.
    t: String,
    v: String,
    w: String,
}

impl Pages<'_> {
    /// The addresses of the index's files; none where the site does without a search.
    pub fn index_files(&self) -> Vec<String> {
        let address = |file: FileOf| format!("{FOLDER}{}.js", file.name());
        let mut files: Vec<String> = self.files_of_index().into_iter().map(address).collect();
        files.retain(|file| !self.portfolio.leaves_out(file));
        files
    }

    fn files_of_index(&self) -> Vec<FileOf> {
        let projects = self.portfolio.projects.len();
        let shards = projects.div_ceil(PROJECTS).max(1);
        let words = projects.div_ceil(PROJECTS_OF_WORDS).max(1);
        let blocks = self.count_listed().div_ceil(BLOCK);
        let mut files = vec![FileOf::Terms, FileOf::Facets];
        files.extend((0..shards).map(FileOf::Shard));
        files.extend((0..words).map(FileOf::Words));
        files.extend((0..words).map(FileOf::Reversed));
        files.extend((0..blocks).map(FileOf::Block));
        files
    }

    /// Makes the index.
    pub fn index(&self) -> Index<'_> {
        let files = self.files_of_index();
        let count = |of: fn(&FileOf) -> bool| files.iter().filter(|file| of(file)).count();
        let shards = count(|file| matches!(file, FileOf::Shard(_)));
        let words = count(|file| matches!(file, FileOf::Words(_)));
        let listed = self.listed();
        let numbering = self.numbering(&listed);
        let language = Language::of(&self.portfolio.settings.language);
        let projects = self.portfolio.projects.len();
        let said = self.gathered(&listed[projects..], &language);
        let groups = grouped(&said, &listed, &language);
        let begins = shards::cut(shards::sizes(&groups, listed.len()), shards);
        let signs = shards::signs(&begins, |at| groups[at].forms[0], groups.len());
        let (texts, (forward, backward)) = rayon::join(
            || shards::texts(&groups, &begins, &signs, listed.len()),
            || {
                let mut offered = typos::offered(&groups);
                let mut reversed: Vec<(String, usize)> =
                    offered.iter().map(|(word, count)| (typos::reversed(word), *count)).collect();
                rayon::join(
                    || {
                        offered.par_sort_unstable();
                        typos::vocabulary(&offered, words)
                    },
                    || {
                        reversed.par_sort_unstable();
                        typos::vocabulary(&reversed, words)
                    },
                )
            },
        );
        let mut t = String::new();
        shards::spelled(signs.into_iter(), &mut t);
        let terms = Terms {
            pages: listed.len(),
            block: BLOCK,
            common: language.common,
            t,
            v: forward.signs,
            w: backward.signs,
        };
        let (forward, backward) = (forward.texts, backward.texts);
        Index { pages: self, files, listed, numbering, terms, texts, forward, backward }
    }
}

/// A file as the script that it is.
fn taken(file: FileOf, numbering: &str, data: &impl Serialize) -> Vec<u8> {
    let mut script = format!("casebook.take(\"{}\",\"{numbering}\",", file.name()).into_bytes();
    serde_json::to_writer(&mut script, data).expect("plain data in memory is written whole");
    script.extend_from_slice(b");\n");
    script
}

/// The same of texts that people wrote: none of it is a tag, whoever reads it as HTML.
fn quoted(file: FileOf, numbering: &str, data: &impl Serialize) -> Vec<u8> {
    let script = taken(file, numbering, data);
    script.split(|byte| *byte == b'<').collect::<Vec<_>>().join(&b"\\u003c"[..])
}

/// The words of all pages by the forms of one, with the pages that have them by their numbers.
fn grouped<'g>(said: &'g [Arc<Part>], listed: &[Noun], language: &Language) -> Vec<Group<'g>> {
    let mut forms: Vec<&str> = Vec::new();
    let mut known: HashMap<&str, u32> = HashMap::with_capacity(1 << 16);
    // The position among all forms of each form of each part.
    let mut places: Vec<Vec<u32>> = Vec::with_capacity(said.len());
    for Part { said: some, .. } in said.iter().map(|part| &**part) {
        let mut place = |form: &'g str| {
            *known.entry(form).or_insert_with(|| {
                forms.push(form);
                u32::try_from(forms.len() - 1).unwrap_or_default()
            })
        };
        places.push(some.forms().map(&mut place).collect());
    }
    let mut order: Vec<u32> = (0..forms.len()).filter_map(|at| u32::try_from(at).ok()).collect();
    order.par_sort_unstable_by_key(|at| forms[*at as usize]);
    let stems: Vec<String> = order
        .par_iter()
        .with_min_len(1024)
        .map_init(|| language.stemmer(), |stem, at| stem(forms[*at as usize]))
        .collect();
    // In the order of the forms, so that a group stands where its first form does.
    let mut groups: Vec<Group<'g>> = Vec::new();
    let mut by_stem: HashMap<&str, usize> = HashMap::with_capacity(forms.len());
    let mut group_of = vec![0; forms.len()];
    for (at, stem) in order.iter().zip(&stems) {
        let group = *by_stem.entry(stem).or_insert_with(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        groups[group].forms.push(forms[*at as usize]);
        group_of[*at as usize] = group;
    }
    let group_of = |place: &u32| group_of[*place as usize];
    let own: Vec<Vec<usize>> =
        places.par_iter().map(|of_part| of_part.iter().map(group_of).collect()).collect();
    // At once as much memory as they can need: to grow is to copy.
    let mut counts = vec![0; groups.len()];
    for (part, own) in said.iter().zip(&own) {
        part.said.words.iter().for_each(|at| counts[own[at.number() as usize]] += 1);
    }
    groups.iter_mut().zip(counts).for_each(|(group, count)| group.pages.reserve_exact(count));
    let projects = listed.iter().filter(|noun| matches!(noun, Noun::Project(_))).count();
    for (number, noun) in (0_u32..).zip(listed) {
        let (part, nth) = match *noun {
            Noun::Project(at) => (at / SOME, at % SOME),
            _ => (said.len() - 1, number as usize - projects),
        };
        for at in said[part].said.of(nth) {
            let pages = &mut groups[own[part][at.number() as usize]].pages;
            match pages.last_mut().filter(|last| last.number() == number) {
                Some(last) => *last = At::new(number, last.place().min(at.place())),
                None => pages.push(At::new(number, at.place())),
            }
        }
    }
    groups
}
