//! A rebuild equals a clean build, byte for byte, whatever was edited in between.
//!
//! A casebook is edited at random, as writers, publishers and theme authors do: after each edit the
//! site that was made again must be the one that a first build makes, and so must all that is said.
#![allow(clippy::disallowed_methods, reason = "tests write casebooks of their own")]

#[path = "again/edits.rs"]
mod edits;

use casebook::diagnostics::Failure;
use casebook::editions::Drafts;
use casebook::pipeline::{self, Built, Memory, Request, Watch};
use casebook::site::Shelf;
use edits::Edits;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A site in memory; what is put on it becomes the site once it is whole.
#[derive(Default)]
struct Site {
    stands: BTreeMap<String, Arc<Vec<u8>>>,
    taken: Mutex<BTreeMap<String, Arc<Vec<u8>>>>,
}

impl Shelf for Site {
    fn begin(&self, _output: &str, _addresses: BTreeSet<String>) -> Result<(), Failure> {
        self.taken.lock().expect("no thread panics with it").clear();
        Ok(())
    }

    fn take(&self, address: &str, bytes: &[u8]) -> Result<(), Failure> {
        let bytes = Arc::new(bytes.to_vec());
        self.taken.lock().expect("no thread panics with it").insert(address.into(), bytes);
        Ok(())
    }

    fn keep(&self, address: &str) -> Result<bool, Failure> {
        let Some(bytes) = self.stands.get(address) else { return Ok(false) };
        let mut taken = self.taken.lock().expect("no thread panics with it");
        taken.insert(address.into(), Arc::clone(bytes));
        Ok(true)
    }
}

struct Silent;

impl Watch for Silent {
    fn stage(&self, _name: &'static str) {}
    fn page(&self, _done: usize, _of: usize) {}
}

fn request(root: &Path) -> Request {
    Request {
        root: root.to_path_buf(),
        as_of: None,
        today: jiff::civil::date(2026, 6, 30),
        audience: None,
        drafts: Drafts::Hidden,
    }
}

/// What a run said and made, in a form that can be compared.
fn told(built: &Built) -> String {
    let Built { diagnostics, left_out, made, whole, .. } = built;
    format!("{diagnostics:#?} {left_out:?} {} {} {whole}", made.projects, made.pages)
}

/// Edits a casebook so many times and holds each rebuild against a clean build; how many pages
/// were rendered, of how many.
fn edited(seed: u64, times: usize) -> (usize, usize) {
    let mut edits = Edits::new(seed);
    let root = edits.root().to_path_buf();
    let (mut memory, mut site) = (Memory::default(), Site::default());
    let (mut rendered, mut of) = (0, 0);
    for nth in 0..times {
        let what = if nth == 0 { "nothing".into() } else { edits.edit() };
        let at = format!("seed {seed}, edit {nth}: {what}");
        let again = pipeline::rebuild(&request(&root), &Silent, &site, &mut memory);
        let clean = Site::default();
        let first = pipeline::build(&request(&root), &Silent, &clean);
        let (again, first) = match (again, first) {
            (Err(again), Err(first)) => {
                edits.made(false);
                assert_eq!(format!("{again:?}"), format!("{first:?}"), "{at}");
                continue;
            }
            (again, first) => (again.expect(&at), first.expect(&at)),
        };
        assert_eq!(told(&again), told(&first), "{at}");
        edits.made(again.whole);
        if !again.whole {
            continue;
        }
        (rendered, of) = (rendered + again.made.rendered, of + again.made.pages);
        let stands = std::mem::take(site.taken.get_mut().expect("no thread panics with it"));
        let clean = clean.taken.into_inner().expect("no thread panics with it");
        let all: BTreeSet<&String> = stands.keys().chain(clean.keys()).collect();
        let differ: Vec<_> =
            all.into_iter().filter(|path| stands.get(*path) != clean.get(*path)).collect();
        assert!(differ.is_empty(), "{at}: {differ:?} differ");
        site.stands = stands;
    }
    (rendered, of)
}

#[test]
fn a_rebuild_equals_a_clean_build_whatever_was_edited() {
    let (rendered, of) = edited(1, 140);
    assert!(rendered * 2 < of, "{rendered} of {of} pages were rendered again");
    let random = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), 0);
    edited(random, 60);
}
