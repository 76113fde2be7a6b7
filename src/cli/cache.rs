//! What `build` remembers from the last build of the same edition by the same program.
//!
//! It is believed only where its own key is right, where this program wrote it, and where the
//! output folder still holds the site that it tells of; else everything is made anew.

use super::options::Options;
use crate::memo::Key;
use crate::pipeline::{Drafts, Memory, Request};
use crate::site::cache;
use crate::sources::Sources;

/// What stands before the bytes: the form, then three keys.
const FORM: &[u8] = b"casebook-cache 1\n";
const KEY: usize = 16;

/// What was remembered, and the key of the manifest that it tells of.
#[derive(Debug)]
pub struct Cached {
    name: String,
    program: Option<Key>,
    /// The key of the manifest of the site that was remembered.
    pub manifest: Option<Key>,
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
        let mut cached = Cached { name, program, manifest: None, memory: Memory::default() };
        let bytes = (!fresh).then(|| Sources::put_away(&request.root, &cached.name)).flatten();
        let Some(bytes) = bytes else { return cached };
        match program.and_then(|program| opened(&bytes, program)) {
            Some((manifest, memory)) => {
                cached.manifest = Some(manifest);
                cached.memory = memory;
            }
            None => options.voice.tell(
                "what the last build remembered is of another program or broken: everything is made \
                 anew\n",
            ),
        }
        cached
    }

    /// Puts away what this build remembers.
    pub fn write(&self, request: &Request, options: &Options, manifest: Key) {
        let Some(program) = self.program else { return };
        let memory = self.memory.stored();
        let mut bytes = FORM.to_vec();
        for key in [program, manifest, Key::of(&memory)] {
            bytes.extend_from_slice(&key.number().to_le_bytes());
        }
        bytes.extend_from_slice(&memory);
        if let Err(failure) = cache::put(&request.root, &self.name, &bytes) {
            options.voice.tell(&format!("the next build will make everything anew: {failure}\n"));
        }
    }
}

/// Takes the bytes apart, where they are those of this program and whole.
fn opened(bytes: &[u8], program: Key) -> Option<(Key, Memory)> {
    let rest = bytes.strip_prefix(FORM)?;
    let (by, rest) = rest.split_at_checked(KEY)?;
    let (manifest, rest) = rest.split_at_checked(KEY)?;
    let (key, memory) = rest.split_at_checked(KEY)?;
    let sound =
        by == program.number().to_le_bytes() && key == Key::of(memory).number().to_le_bytes();
    let manifest = Key::from_number(u128::from_le_bytes(manifest.try_into().ok()?));
    Some((manifest, Memory::restored(memory).filter(|_| sound)?))
}
