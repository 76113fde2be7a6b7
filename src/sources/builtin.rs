//! The default theme, inside the binary: what a site's theme leaves out comes from here.

use include_dir::{Dir, DirEntry, include_dir};
use std::collections::BTreeMap;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Lays a theme's own files over the built-in ones; `None` if it is not built in and has none.
pub(super) fn under(own: Vec<(String, Vec<u8>)>, name: &str) -> Option<Vec<(String, Vec<u8>)>> {
    if own.is_empty() && name != "default" {
        return None;
    }
    let mut files = BTreeMap::new();
    collect(&DEFAULT, &mut files);
    files.extend(own);
    Some(files.into_iter().collect())
}

/// A file of the built-in theme, by its path within the theme.
pub(super) fn file(path: &str) -> Option<&'static str> {
    DEFAULT.get_file(path).and_then(|file| file.contents_utf8())
}

/// The names of the built-in files in a folder of the theme, without their endings.
pub(super) fn stems(folder: &str) -> Vec<&'static str> {
    let files = DEFAULT.get_dir(folder).map(Dir::files).into_iter().flatten();
    files.filter_map(|file| file.path().file_stem()?.to_str()).collect()
}

fn collect(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => collect(dir, files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.insert(path, file.contents().to_vec());
            }
        }
    }
}
