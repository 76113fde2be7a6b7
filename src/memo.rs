//! Memo: what a page looked at while it was made, so that it is made anew only where that changed.
//!
//! A noun that pages read is [`Watched`]: whoever looks at it leaves a mark, without doing anything
//! for it. The marks of a page are all that it depends on; [`Keys`] says of each what it is now.
//! Two runs whose keys are the same for all marks of a page make the same page of it.

mod key;
pub mod parcel;
pub mod store;

pub use key::Key;

use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::fmt::{self, Debug, Formatter};
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, OnceLock};

/// What can be looked at: a noun of the whole portfolio, or one of many of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mark(u32);

/// Of a kind: projects, by their position.
pub const PROJECT: u32 = 1;
/// Of a kind: the bodies of write-ups, by the number of their file.
pub const BODY: u32 = 2;

/// So many nouns of a kind can be told apart.
const KIND: u32 = 1 << 27;

impl Mark {
    /// A noun of which there is one.
    pub const fn one(nth: u32) -> Mark {
        Mark(nth)
    }

    /// One of many of a kind, which counts from 1.
    pub fn of(kind: u32, at: usize) -> Mark {
        Mark(kind * KIND + u32::try_from(at).unwrap_or(KIND - 1).min(KIND - 1))
    }
}

/// A value that is marked when it is looked at.
#[derive(Clone)]
pub struct Watched<T> {
    value: OnceLock<T>,
    /// What brings the value, where it is not there before someone looks.
    later: Option<Arc<dyn Fn() -> T + Send + Sync>>,
    mark: Mark,
}

/// What was remembered is not there any more: whoever looked for it cannot go on.
struct Gone;

/// Ends what is being done, up to [`unless_gone`]: what was remembered is not there any more.
pub fn gone() -> ! {
    resume_unwind(Box::new(Gone))
}

/// Does something that looks for what was remembered; nothing, where that is not there any more.
pub fn unless_gone<T>(work: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => Some(done),
        Err(why) if why.is::<Gone>() => None,
        Err(why) => resume_unwind(why),
    }
}

impl<T> Watched<T> {
    /// Watches a value.
    pub fn new(mark: Mark, value: T) -> Watched<T> {
        Watched { value: OnceLock::from(value), later: None, mark }
    }

    /// Watches a value that is brought when someone looks at it.
    pub fn later(mark: Mark, bring: impl Fn() -> T + Send + Sync + 'static) -> Watched<T> {
        Watched { value: OnceLock::new(), later: Some(Arc::new(bring)), mark }
    }

    /// The value, for one who leaves a mark of another kind.
    pub fn unwatched(&self) -> &T {
        self.value.get_or_init(|| self.later.as_ref().expect("it is there, or is brought")())
    }

    /// The value, to be changed before anyone watches.
    pub fn change(&mut self) -> &mut T {
        self.unwatched();
        self.value.get_mut().expect("it is there now")
    }
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        look(self.mark);
        self.unwatched()
    }
}

impl<T: Debug> Debug for Watched<T> {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        let (value, mark) = (self.unwatched(), &self.mark);
        to.debug_struct("Watched").field("value", value).field("mark", mark).finish()
    }
}

/// A value whose mark has no key in any run: what looks at it is always made anew.
impl<T: Default> Default for Watched<T> {
    fn default() -> Watched<T> {
        Watched::new(Mark(u32::MAX), T::default())
    }
}

thread_local! {
    static ON: Cell<bool> = const { Cell::new(false) };
    /// A bit for each of the first nouns of which there is one: these are looked at all the time.
    static FIRST: Cell<u64> = const { Cell::new(0) };
    static MARKS: RefCell<Vec<Mark>> = const { RefCell::new(Vec::new()) };
}

/// Leaves a mark where someone is watching.
pub fn look(mark: Mark) {
    if !ON.get() {
        return;
    }
    if mark.0 < u64::BITS {
        FIRST.set(FIRST.get() | 1 << mark.0);
        return;
    }
    MARKS.with_borrow_mut(|marks| {
        if marks.last() != Some(&mark) {
            marks.push(mark);
        }
    });
}

/// Makes something, and brings the marks of all that was looked at on this thread.
pub fn watch<T>(make: impl FnOnce() -> T) -> (T, Box<[Mark]>) {
    let outer = (ON.replace(true), FIRST.take(), MARKS.take());
    let made = make();
    ON.set(outer.0);
    let first = FIRST.replace(outer.1);
    let mut marks = MARKS.replace(outer.2);
    marks.extend((0..u64::BITS).filter(|bit| first & (1 << bit) != 0).map(Mark));
    marks.sort_unstable();
    marks.dedup();
    (made, marks.into_boxed_slice())
}

/// What can be looked at in one run, each with the key of what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    kinds: Vec<Vec<Key>>,
}

impl Keys {
    /// Keys of the nouns of which there is one, then those of each kind, in the order of the marks.
    pub fn of(kinds: Vec<Vec<Key>>) -> Keys {
        Keys { kinds }
    }

    /// Adds keys of nouns of which there is one, behind those that are there.
    pub fn extend(&mut self, keys: impl IntoIterator<Item = Key>) {
        self.kinds.resize_with(self.kinds.len().max(1), Vec::new);
        self.kinds[0].extend(keys);
    }

    /// Puts another key in the place of that of a noun of which there is one.
    pub fn replace_one(&mut self, mark: Mark, key: Key) {
        if let Some(old) = self.kinds.first_mut().and_then(|ones| ones.get_mut(mark.0 as usize)) {
            *old = key;
        }
    }

    /// Puts other keys in the place of those of a kind.
    pub fn replace(&mut self, kind: u32, keys: Vec<Key>) {
        if let Some(old) = self.kinds.get_mut(kind as usize) {
            *old = keys;
        }
    }

    /// What is not the same in another run.
    pub fn changed(&self, other: &Keys) -> Changed {
        let kinds = self.kinds.len().max(other.kinds.len());
        let of = |keys: &'_ Keys, kind: usize, at: usize| {
            keys.kinds.get(kind).and_then(|keys| keys.get(at)).copied()
        };
        let count = |keys: &Keys, kind: usize| keys.kinds.get(kind).map_or(0, Vec::len);
        let kinds = (0..kinds).map(|kind| {
            let most = count(self, kind).max(count(other, kind));
            (0..most).map(|at| of(self, kind, at) != of(other, kind, at)).collect()
        });
        Changed { kinds: kinds.collect() }
    }
}

/// What is not the same in two runs.
#[derive(Clone, Debug, Default)]
pub struct Changed {
    kinds: Vec<Vec<bool>>,
}

impl Changed {
    /// Whether anything is, but for what is of a kind.
    pub fn but_for(&self, kind: u32) -> bool {
        let others = self.kinds.iter().zip(0..).filter(|(_, other)| *other != kind);
        others.flat_map(|(changed, _)| changed).any(|changed| *changed)
    }

    /// Whether anything is.
    pub fn is_anything(&self) -> bool {
        self.kinds.iter().flatten().any(|changed| *changed)
    }

    /// Whether any of what was marked is; what neither run knows is held to be another.
    pub fn any(&self, marks: &[Mark]) -> bool {
        marks.iter().any(|mark| {
            let (kind, at) = ((mark.0 / KIND) as usize, (mark.0 % KIND) as usize);
            self.kinds.get(kind).and_then(|kind| kind.get(at)).is_none_or(|changed| *changed)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_at_is_marked_and_nothing_else() {
        let (a, b) = (Watched::new(Mark::one(3), "a"), Watched::new(Mark::of(1, 7), "b"));
        assert_eq!(a.len(), 1);
        let (sum, marks) = watch(|| {
            let (inner, marks) = watch(|| b.len());
            assert_eq!(*marks, [Mark::of(1, 7)]);
            inner + a.len() + a.len()
        });
        assert_eq!((sum, &*marks), (3, &[Mark::one(3)][..]));
        assert!(watch(|| ()).1.is_empty());
    }

    #[test]
    fn what_comes_later_is_brought_once_and_what_is_gone_is_no_panic() {
        let brought = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let count = brought.clone();
        let later = Watched::later(Mark::one(3), move || {
            count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            "a".to_string()
        });
        assert_eq!(format!("{later:?}"), format!("{:?}", Watched::new(Mark::one(3), "a")));
        assert_eq!(watch(|| later.len()).1.len() + later.clone().len(), 2);
        assert_eq!(brought.load(std::sync::atomic::Ordering::Relaxed), 1);
        let lost: Watched<String> = Watched::later(Mark::one(3), || gone());
        assert_eq!(unless_gone(|| lost.len()), None);
        assert_eq!(unless_gone(|| later.len()), Some(1));
    }

    #[test]
    fn keys_agree_where_what_was_marked_is_the_same() {
        let key = |text: &str| Key::of(text);
        let old = Keys::of(vec![vec![key("a")], vec![key("x"), key("y")]]);
        let new = Keys::of(vec![vec![key("a")], vec![key("x"), key("z"), key("w")]]);
        let changed = old.changed(&new);
        assert!(!changed.any(&[Mark::one(0), Mark::of(1, 0)]));
        assert!(changed.any(&[Mark::of(1, 1)]), "it changed");
        assert!(changed.any(&[Mark::of(1, 2)]), "it was not there");
        assert!(changed.any(&[Mark::of(2, 0)]), "no such kind");
        assert!(changed.but_for(0) && !changed.but_for(1));
        let mut like = old.clone();
        like.replace(1, vec![key("x"), key("z"), key("w")]);
        assert_eq!(like, new);
    }
}
