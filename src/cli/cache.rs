//! What `build` remembers from the last build of the same edition by the same program: which files
//! need not be opened, what was read of each, and what each page was made of.
//!
//! It is believed only where its own key is right, where this program wrote it, and where the
//! output folder still holds the site that it tells of; else everything is made anew.

use super::options::Options;
use crate::memo::{Key, parcel};
use crate::pipeline::{Drafts, Memory, Request};
use crate::site::output::Seen;
use crate::site::{Stretches, cache};
use crate::sources::Sources;

/// What stands before the parcel: the form and the key of the program.
const FORM: &[u8] = b"casebook-cache 3\n";
const KEY: usize = 16;

/// What was remembered, and the site that it tells of.
#[derive(Debug)]
pub struct Cached {
    name: String,
    program: Option<Key>,
    /// What was seen of the site that was remembered.
    pub seen: Option<Seen>,
    /// What was remembered; empty where nothing was.
    pub memory: Memory,
}

impl Cached {
    /// What the last build put away; says where it cannot be used.
    pub fn read(request: &Request, options: &Options, fresh: bool) -> Cached {
        let drafts = if request.drafts == Drafts::Shown { "-drafts" } else { "" };
        let edition = request.audience.as_deref().unwrap_or_default();
        let name = format!("build-{:032x}{drafts}", Key::of(edition).number());
        let program = options.program;
        let mut cached = Cached { name, program, seen: None, memory: Memory::default() };
        let bytes = (!fresh).then(|| Sources::put_away(&request.root, &cached.name)).flatten();
        let Some(bytes) = bytes else { return cached };
        match program.and_then(|program| opened(&bytes, program)) {
            Some((seen, memory)) => {
                cached.seen = Some(seen);
                cached.memory = memory;
            }
            None => options.voice.tell(
                "what the last build remembered is of another program or broken: everything is made \
                 anew\n",
            ),
        }
        cached
    }

    /// Whether the next build would gain by what this one remembers of files.
    pub fn has_news(&self, options: &Options) -> bool {
        self.memory.has_news(options.began)
    }

    /// Puts away what this build remembers.
    pub fn write(&self, request: &Request, options: &Options, seen: Seen) {
        let Some(program) = self.program else { return };
        let bytes = closed(program, seen, self.memory.stored(options.began));
        if let Err(failure) = cache::put(&request.root, &self.name, bytes) {
            options.voice.tell(&format!("the next build will make everything anew: {failure}\n"));
        }
    }
}

/// The bytes of what is remembered, a stretch at a time.
fn closed<'m>(
    program: Key,
    seen: Seen,
    parts: impl Iterator<Item = Vec<u8>> + 'm,
) -> Stretches<'m> {
    let head = [FORM, &program.number().to_le_bytes()].concat();
    let seen = postcard::to_stdvec(&seen).expect("keys and moments are plain data");
    let parts = std::iter::once(seen).chain(parts);
    Box::new(std::iter::once(head).chain(parcel::tied(&[program], parts)))
}

/// Takes the bytes apart, where they are those of this program and whole: nothing is made of bytes
/// that are not known to be ours.
fn opened(bytes: &[u8], program: Key) -> Option<(Seen, Memory)> {
    let (by, parcel) = bytes.strip_prefix(FORM)?.split_first_chunk::<KEY>()?;
    let by = Key::from_number(u128::from_le_bytes(*by));
    if by != program {
        return None;
    }
    let parts = parcel::untied(&[by], parcel)?;
    let (seen, parts) = parts.split_first()?;
    Some((postcard::from_bytes(seen).ok()?, Memory::restored(parts)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    #[test]
    fn bytes_are_believed_whole_and_by_the_program_that_wrote_them() {
        let seen = Seen { manifest: Key::of("site"), names: Some((1, 2)) };
        let program = Key::of("this");
        let memory = Memory::default();
        let parts = memory.stored(SystemTime::UNIX_EPOCH);
        let whole = closed(program, seen, parts).collect::<Vec<_>>().concat();
        assert_eq!(opened(&whole, program).map(|(seen, _)| seen), Some(seen));
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
