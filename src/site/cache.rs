//! What a build puts away for the next, in a folder that nothing needs.

use super::{Stretches, write};
use crate::diagnostics::Failure;
use crate::sources::CACHE;
use std::fs;
use std::path::Path;

/// Puts bytes away, one stretch behind the other, in place of those that were there; the folder is
/// kept out of git.
pub fn put(root: &Path, name: &str, stretches: Stretches<'_>) -> Result<(), Failure> {
    let folder = root.join(CACHE);
    fs::create_dir_all(&folder).map_err(|error| Failure::io("make the folder", &folder, &error))?;
    if folder.join(".gitignore").symlink_metadata().is_err() {
        write::put(&folder, ".gitignore", b"*\n")?;
    }
    write::put_long(&folder, name, stretches)
}
