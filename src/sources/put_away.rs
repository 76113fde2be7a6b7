//! What a build put away for the next: bytes in a folder that nothing needs, never trusted as such.

use super::Door;
use std::fs::File;
use std::path::Path;

/// A file that was put away, of which one part after the other is read.
#[derive(Debug)]
pub struct PutAway {
    #[cfg(unix)]
    file: File,
    #[cfg(not(unix))]
    file: std::sync::Mutex<File>,
    /// How many bytes it has.
    pub length: u64,
}

impl PutAway {
    /// Opens it, if it is there.
    pub fn open(root: &Path, name: &str) -> Option<PutAway> {
        let (file, met) = Door::put_away(root, name)?;
        let length = met.len();
        #[cfg(not(unix))]
        let file = std::sync::Mutex::new(file);
        Some(PutAway { file, length })
    }

    /// Reads as many bytes as the buffer has, from a place on.
    #[cfg(unix)]
    pub fn read(&self, from: u64, bytes: &mut [u8]) -> Option<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, bytes, from).ok()
    }

    /// Reads as many bytes as the buffer has, from a place on.
    #[cfg(not(unix))]
    pub fn read(&self, from: u64, bytes: &mut [u8]) -> Option<()> {
        use std::io::{Read, Seek, SeekFrom};
        let mut file = self.file.lock().ok()?;
        file.seek(SeekFrom::Start(from)).ok()?;
        file.read_exact(bytes).ok()
    }
}
