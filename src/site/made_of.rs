//! What a site was made of: the files of the casebook and the key of each, put away by `build`.
//!
//! A write-up that was withdrawn, or made narrower, after a build stands in what was built still; so
//! who hands that out holds the files against these. It lies in `.casebook`, not beside the pages:
//! the key of what some may not see is not for them either. It is of one site in one folder; where
//! another stands there, or nothing was put away, nothing is known.

use super::{cache, guard};
use crate::diagnostics::Failure;
use crate::memo::Key;
use crate::sources::Sources;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

const HEADER: &str = "casebook-made-of 1";

/// Puts away what the site in a folder, of a manifest with this key, was made of.
pub fn put(root: &Path, output: &Path, manifest: Key, sources: &Sources) -> Result<(), Failure> {
    let mut text = head(manifest);
    for file in &sources.files {
        let line = writeln!(text, "{:032x}  {}", file.key.number(), file.path);
        line.expect("a String takes any text");
    }
    let name = name(output)?;
    let stands = Sources::put_away(root, &name).is_some_and(|there| there == text.as_bytes());
    if stands {
        return Ok(());
    }
    cache::put(root, &name, Box::new(std::iter::once(text.into_bytes())))
}

/// The paths that are there now and were not, that were and are not, or that are other files now;
/// none, where it is not known what they were.
pub fn changed(root: &Path, output: &Path, manifest: Key, now: &Sources) -> Option<Vec<String>> {
    let text = String::from_utf8(Sources::put_away(root, &name(output).ok()?)?).ok()?;
    let lines = text.strip_prefix(&head(manifest))?.lines();
    let mut then: BTreeMap<&str, &str> = BTreeMap::new();
    for line in lines {
        let (key, path) = line.split_once("  ")?;
        then.insert(path, key);
    }
    let mut changed = Vec::new();
    for file in &now.files {
        let key = format!("{:032x}", file.key.number());
        if then.remove(file.path.as_str()) != Some(key.as_str()) {
            changed.push(file.path.clone());
        }
    }
    changed.extend(then.into_keys().map(str::to_owned));
    changed.sort();
    Some(changed)
}

/// Whether anything was put away for a folder, be it of the site that stands there or of another.
pub fn is_noted(root: &Path, output: &Path) -> bool {
    name(output).is_ok_and(|name| Sources::put_away(root, &name).is_some())
}

fn head(manifest: Key) -> String {
    format!("{HEADER}\n{:032x}\n", manifest.number())
}

/// One for each output folder.
fn name(output: &Path) -> Result<String, Failure> {
    let output = guard::true_path(output)?;
    Ok(format!("made-of-{:032x}", Key::of(output.as_os_str().as_encoded_bytes()).number()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::{Content, SourceFile};

    fn sources(files: &[(&str, &str)]) -> Sources {
        let file =
            |(path, text): &(&str, &str)| SourceFile::of(path, Content::Text((*text).into()));
        Sources::of(files.iter().map(file).collect())
    }

    #[test]
    fn what_changed_since_is_known_of_one_site_in_one_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let (root, output) = (folder.path(), folder.path().join("public"));
        let (site, other) = (Key::of("site"), Key::of("other"));
        let then =
            sources(&[("casebook.yaml", ""), ("content/a.md", "a"), ("content/b  b.md", "b")]);
        assert_eq!(changed(root, &output, site, &then), None);
        assert!(!is_noted(root, &output));
        put(root, &output, site, &then).expect("it is put away");
        assert!(is_noted(root, &output) && !is_noted(root, &root.join("www")));
        assert_eq!(changed(root, &output, site, &then), Some(Vec::new()));
        assert_eq!(changed(root, &root.join("x/../public"), site, &then), Some(Vec::new()));
        assert_eq!(changed(root, &root.join("www"), site, &then), None);
        assert_eq!(changed(root, &output, other, &then), None);
        let now = sources(&[("casebook.yaml", ""), ("content/a.md", "A"), ("content/c.md", "b")]);
        let paths = ["content/a.md", "content/b  b.md", "content/c.md"];
        assert_eq!(changed(root, &output, site, &now), Some(paths.map(String::from).into()));
        put(root, &output, other, &now).expect("it takes the place");
        assert_eq!(changed(root, &output, site, &then), None);
        assert_eq!(changed(root, &output, other, &now), Some(Vec::new()));
    }
}
