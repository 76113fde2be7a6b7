//! What another process may know of the files that were read: the stamp and the key of each
//! write-up, so that one that is the same by the disk's word need not be opened.
//!
//! Only what was settled when it was read is told: a file that was changed a moment before could
//! be changed once more, and the disk would not show it.

use super::{Content, Kind, Later, Limits, SETTINGS, SourceFile, Sources, Stamp};
use crate::memo::Key;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::SystemTime;

/// A write-up that another process need not open.
#[derive(Serialize, Deserialize)]
struct Known {
    path: String,
    stamp: Stamp,
    key: Key,
}

impl Sources {
    /// What another process may know of these, which were read after a moment.
    pub fn stored(&self, began: SystemTime) -> Vec<u8> {
        let known: Vec<Known> = self.settled(began).map(|(_, known)| known).collect();
        postcard::to_stdvec(&(self.limits, known)).expect("stamps and keys are plain data")
    }

    /// What was stored; nothing, where the bytes are nothing of the kind.
    pub fn restored(bytes: &[u8]) -> Option<Sources> {
        let (limits, known): (Limits, Vec<Known>) = postcard::from_bytes(bytes).ok()?;
        let settings = SourceFile::of(SETTINGS, Content::Refused);
        let files = known.into_iter().map(|Known { path, stamp, key }| {
            let (kind, content) = (Kind::of(&path), Content::Later(Later::default()));
            SourceFile { path, kind, content, key, stamp: Some(stamp), problem: None }
        });
        let files = std::iter::once(settings).chain(files).map(Arc::new).collect();
        Some(Sources { files, limits, ..Sources::default() })
    }

    /// Whether a write-up was opened that the next process need not open.
    pub fn has_news(&self, began: SystemTime) -> bool {
        let known =
            |file: &SourceFile| matches!(&file.content, Content::Later(text) if !text.let_go);
        self.settled(began).any(|(file, _)| !known(file))
    }

    /// The write-ups that are texts without fault and were settled when they were read.
    fn settled(&self, began: SystemTime) -> impl Iterator<Item = (&SourceFile, Known)> {
        self.files.iter().skip(1).filter_map(move |file| {
            let sound = file.kind.is_write_up() && file.is_text() && file.problem.is_none();
            let stamp = file.stamp.filter(|stamp| sound && stamp.is_settled(began))?;
            Some((&**file, Known { path: file.path.clone(), stamp, key: file.key }))
        })
    }
}
