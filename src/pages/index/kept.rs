//! The words of pages as they are kept from one run to the next, so that only projects that changed
//! are read again.

use crate::memo::Key;
use foldhash::{HashMap, HashMapExt};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// So many projects stand in one part.
pub(super) const SOME: usize = 256;

/// What some pages say.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Said {
    /// The words, in the order in which they were met, one behind the other; and where each ends.
    forms: String,
    form_ends: Vec<usize>,
    /// Each word of each page, by its position, and where it stands.
    pub words: Vec<At>,
    /// Where the words of each page end.
    pub ends: Vec<usize>,
}

/// A number of a word or a page, and a place: small, as there are millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Adds a word; its position, of which there are enough.
    pub fn add(&mut self, form: &str) -> Option<u32> {
        let at = u32::try_from(self.form_ends.len()).ok();
        self.forms.push_str(form);
        self.form_ends.push(self.forms.len());
        at
    }

    /// The words that are met in any of the pages.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        (0..self.form_ends.len()).map(|at| self.form(at))
    }

    /// One of them.
    pub fn form(&self, at: usize) -> &str {
        let begin = at.checked_sub(1).map_or(0, |before| self.form_ends[before]);
        &self.forms[begin..self.form_ends[at]]
    }

    /// The words of one of the pages.
    pub fn of(&self, nth: usize) -> &[At] {
        let first = nth.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[first..self.ends[nth]]
    }
}

/// What some projects say, and the key of all that each one's words came from.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Part {
    keys: Vec<Key>,
    pub said: Said,
}

impl Part {
    pub fn of(keys: &[Key], said: Said) -> Part {
        Part { keys: keys.to_vec(), said }
    }
}

/// What was gathered in this run or the one before it.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    known: Arc<Mutex<Known>>,
    /// The key of what the edition leaves out.
    pub(super) cut: Key,
}

#[derive(Debug)]
enum Known {
    Read(Arc<Vec<Arc<Part>>>),
    /// As another process put it away: it is read where someone asks.
    Stored(Vec<u8>),
}

impl Default for Known {
    fn default() -> Known {
        Known::Read(Arc::default())
    }
}

impl Gathered {
    /// The same, for an edition that leaves out other things.
    pub fn under(self, cut: Key) -> Gathered {
        Gathered { cut, ..self }
    }

    /// What another process put away.
    pub fn restored(bytes: &[u8]) -> Gathered {
        let known = Arc::new(Mutex::new(Known::Stored(bytes.to_vec())));
        Gathered { known, ..Gathered::default() }
    }

    /// All of it, for another process.
    pub fn stored(&self) -> Vec<u8> {
        match &*self.known.lock().unwrap_or_else(PoisonError::into_inner) {
            Known::Stored(bytes) => bytes.clone(),
            Known::Read(parts) => {
                let parts: Vec<&Part> = parts.iter().map(|part| &**part).collect();
                // About as much memory as it takes, at once: to grow is to copy.
                let words: usize = parts.iter().map(|part| part.said.words.len()).sum();
                let bytes = Vec::with_capacity(4 * words);
                postcard::to_extend(&parts, bytes).expect("words and numbers are plain data")
            }
        }
    }

    /// What was gathered before; nothing, where that cannot be read.
    pub(super) fn before(&self) -> Before {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Known::Stored(bytes) = &*known {
            let parts: Vec<Part> = postcard::from_bytes(bytes).unwrap_or_default();
            *known = Known::Read(Arc::new(parts.into_iter().map(Arc::new).collect()));
        }
        let parts = match &*known {
            Known::Read(parts) => parts.clone(),
            Known::Stored(_) => Arc::default(),
        };
        Before { parts, places: OnceLock::new() }
    }

    /// Keeps what was gathered now.
    pub(super) fn keep(&self, parts: &[Arc<Part>]) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Known::Read(Arc::new(parts.to_vec()));
    }
}

/// What was gathered before.
pub(super) struct Before {
    parts: Arc<Vec<Arc<Part>>>,
    /// Where each project is, once anyone asks.
    places: OnceLock<HashMap<Key, (usize, usize)>>,
}

impl Before {
    /// A part, where it has these projects as they are.
    pub fn same(&self, nth: usize, keys: &[Key]) -> Option<Arc<Part>> {
        self.parts.get(nth).filter(|part| part.keys == keys).cloned()
    }

    /// The part that has a project, and its position there.
    pub fn find(&self, key: Key) -> Option<(&Part, usize)> {
        let places = self.places.get_or_init(|| {
            let mut places = HashMap::new();
            for (part, its) in self.parts.iter().enumerate() {
                let of_part = its.keys.iter().enumerate();
                places.extend(of_part.map(|(page, key)| (*key, (part, page))));
            }
            places
        });
        places.get(&key).map(|(part, page)| (&*self.parts[*part], *page))
    }
}
