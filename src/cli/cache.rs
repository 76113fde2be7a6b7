//! What `build` remembers from the last build of the same edition by the same program: which files
//! need not be opened, what was read of each, and what each page was made of.
//!
//! It is believed only where its own key is right, where this program wrote it, and where the
//! output folder still holds the site that it tells of; else everything is made anew.

use super::options::Options;
use crate::diagnostics::Failure;
use crate::documents::Bring;
use crate::memo::{self, Key, parcel};
use crate::pipeline::{Drafts, FIRST, Memory, Request};
use crate::site::output::Seen;
use crate::site::{Stretches, cache};
use crate::sources::{PutAway, Sources};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What stands before the parcel: the form and the key of the program.
const FORM: &[u8] = b"casebook-cache 4\n";
const KEY: usize = 16;

/// What was remembered, and the site that it tells of.
///
/// It lies in two files: a parcel, which is written whole by each build, and the parts of what was
/// read, behind which a build puts those that are others now. The parcel says where each lies.
#[derive(Debug)]
pub struct Cached {
    /// The edition, as the names of files have it.
    pub name: String,
    program: Option<Key>,
    /// What was seen of the site that was remembered.
    pub seen: Option<Seen>,
    /// What was remembered; empty where nothing was.
    pub memory: Memory,
    /// Where the parts lie that it came from, and how long the file is that has them.
    parts: Vec<Part>,
    length: u64,
}

/// Where a part lies, and its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    from: u64,
    length: u64,
    key: Key,
}

impl Cached {
    /// What the last build put away; says where it cannot be used.
    pub fn read(request: &Request, options: &Options, fresh: bool) -> Cached {
        let drafts = if request.drafts == Drafts::Shown { "-drafts" } else { "" };
        let edition = request.audience.as_deref().unwrap_or_default();
        let name = format!("{:032x}{drafts}", Key::of(edition).number());
        let cached = Cached {
            name,
            program: options.program,
            seen: None,
            memory: Memory::default(),
            parts: Vec::new(),
            length: 0,
        };
        let root = &request.root;
        let bytes = (!fresh).then(|| Sources::put_away(root, &cached.parcel())).flatten();
        let Some(bytes) = bytes else { return cached };
        let opened = options.program.and_then(|program| {
            let file = Arc::new(PutAway::open(root, &cached.of_parts())?);
            Some((opened(&bytes, program, &file)?, file.length))
        });
        match opened {
            Some(((seen, parts, memory), length)) => {
                Cached { seen: Some(seen), memory, parts, length, ..cached }
            }
            None => cached.forgotten(options),
        }
    }

    /// Nothing is remembered, for what was is not to be believed.
    pub fn forgotten(self, options: &Options) -> Cached {
        options.voice.tell(
            "what the last build remembered is of another program or broken: everything is made \
             anew\n",
        );
        let (memory, parts) = (Memory::default(), Vec::new());
        Cached { memory, parts, seen: None, length: 0, ..self }
    }

    fn parcel(&self) -> String {
        format!("build-{}", self.name)
    }

    fn of_parts(&self) -> String {
        format!("read-{}", self.name)
    }

    /// Whether the next build would gain by what this one remembers of files.
    pub fn has_news(&self, options: &Options) -> bool {
        self.memory.has_news(options.began)
    }

    /// Puts away what this build remembers.
    pub fn write(&self, request: &Request, options: &Options, seen: Seen) {
        let Some(program) = self.program else { return };
        let put = || {
            let parts = self.put_parts(request)?;
            let first = self.memory.stored_first(options.began);
            cache::put(&request.root, &self.parcel(), closed(program, seen, &parts, first))
        };
        // Where a part is gone that has another body in it, the next build finds that out.
        let put = memo::unless_gone(put).unwrap_or(Ok(()));
        if let Err(failure) = put {
            options.voice.tell(&format!("this build is not remembered: {failure}\n"));
        }
    }

    /// Puts away what was read, behind what stands there or in its place; brings where each part
    /// lies then.
    fn put_parts(&self, request: &Request) -> Result<Vec<Part>, Failure> {
        let (root, name) = (&request.root, self.of_parts());
        let used: u64 = self.parts.iter().map(|part| part.length).sum();
        let mut parts = Vec::new();
        let part = |from: u64, bytes: &[u8]| Part {
            from,
            length: bytes.len() as u64,
            key: Key::of(bytes),
        };
        // Once more is out of use than in use, all is written anew.
        if !self.parts.is_empty() && self.length <= 2 * used {
            let mut added = Vec::new();
            let mut standing = self.parts.iter();
            for made in self.memory.stored_read(true) {
                let stands = standing.next();
                parts.extend(match (&made, stands) {
                    (Some(bytes), _) => Some(part(self.length + added.len() as u64, bytes)),
                    (None, stands) => stands.copied(),
                });
                added.extend(made.into_iter().flatten());
            }
            if added.len() as u64 <= used / 2 {
                if !added.is_empty() {
                    cache::add(root, &name, &added)?;
                }
                return Ok(parts);
            }
            parts.clear();
        }
        let mut from = 0;
        let stretches = self.memory.stored_read(false).flatten().inspect(|bytes| {
            parts.push(part(from, bytes));
            from += bytes.len() as u64;
        });
        cache::put(root, &name, Box::new(stretches))?;
        Ok(parts)
    }
}

/// The bytes of the parcel, a stretch at a time.
fn closed(program: Key, seen: Seen, parts: &[Part], first: [Vec<u8>; FIRST]) -> Stretches<'static> {
    let head = [FORM, &program.number().to_le_bytes()].concat();
    let own = postcard::to_stdvec(&(seen, parts)).expect("keys and numbers are plain data");
    let all = std::iter::once(own).chain(first);
    Box::new(std::iter::once(head).chain(parcel::tied(&[program], all)))
}

/// Takes the bytes apart, where they are those of this program and whole: nothing is made of bytes
/// that are not known to be ours.
fn opened(bytes: &[u8], program: Key, file: &Arc<PutAway>) -> Option<(Seen, Vec<Part>, Memory)> {
    let (by, parcel) = bytes.strip_prefix(FORM)?.split_first_chunk::<KEY>()?;
    let by = Key::from_number(u128::from_le_bytes(*by));
    if by != program {
        return None;
    }
    let all = parcel::untied(&[by], parcel)?;
    let (own, first) = all.split_first()?;
    let (seen, parts): (Seen, Vec<Part>) = postcard::from_bytes(own).ok()?;
    let (file, places) = (file.clone(), parts.clone());
    let bring: Bring = Arc::new(move |nth, bytes| {
        let Part { from, length, key } = *places.get(nth)?;
        if from.checked_add(length)? > file.length {
            return None;
        }
        bytes.resize(usize::try_from(length).ok()?, 0);
        file.read(from, bytes)?;
        (Key::of(&bytes[..]) == key).then_some(())
    });
    let memory = Memory::restored_by(first.try_into().ok()?, parts.len(), &bring)?;
    Some((seen, parts, memory))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    #[test]
    fn bytes_are_believed_whole_and_by_the_program_that_wrote_them() {
        let seen = Seen { manifest: Key::of("site"), names: Some((1, 2)) };
        let (program, folder) = (Key::of("this"), tempfile::tempdir().expect("a folder"));
        cache::put(folder.path(), "x", Box::new(std::iter::empty())).expect("it is put away");
        let file = Arc::new(PutAway::open(folder.path(), "x").expect("it is there"));
        let first = Memory::default().stored_first(SystemTime::UNIX_EPOCH);
        let whole = closed(program, seen, &[], first).collect::<Vec<_>>().concat();
        let opened = |bytes: &[u8], program| opened(bytes, program, &file).map(|(seen, ..)| seen);
        assert_eq!(opened(&whole, program), Some(seen));
        assert!(opened(&whole, Key::of("another")).is_none());
        for at in 0..whole.len() {
            assert!(opened(&whole[..at], program).is_none(), "cut at {at}");
            let mut turned = whole.clone();
            turned[at] ^= 1;
            assert!(opened(&turned, program).is_none(), "turned at {at}");
        }
        assert!(opened(&[&whole[..], b"\0"].concat(), program).is_none());
        assert!(opened(&[&whole[..], &[0; 8]].concat(), program).is_none());
    }
}
