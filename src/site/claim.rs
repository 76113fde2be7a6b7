//! A claim on an output folder: as long as a build holds it, no other can write there.
//!
//! The folder itself is locked, which leaves no file behind and ends with the process, however it
//! ends.

use crate::diagnostics::Failure;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// An output folder that this build alone writes into, as long as it holds on to it.
#[derive(Debug)]
pub struct Claim {
    /// The folder.
    pub folder: PathBuf,
    /// Whether it is there only because of this build.
    pub made: bool,
    /// What the system lets go when the build ends, however it ends.
    pub _lock: Option<File>,
}

/// Locks the folder itself, which leaves no file behind; where a system cannot open folders, a
/// build goes on without.
pub fn locked(folder: &Path, told: &Path) -> Result<Option<File>, Failure> {
    let Ok(handle) = File::open(folder) else { return Ok(None) };
    match handle.try_lock() {
        Ok(()) => Ok(Some(handle)),
        Err(TryLockError::WouldBlock) => {
            let message = format!("another build is writing into `{}`", told.display());
            Err(Failure::usage(message).help("wait until it has ended, or choose another folder"))
        }
        Err(TryLockError::Error(_)) => Ok(None),
    }
}
