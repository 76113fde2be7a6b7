//! The manifest: which files in an output folder are ours, and the key of each one's bytes.
//!
//! It is a text in the folder itself: a header with its version, then `blake3-hex  path`, sorted.
//! While files are being written, the header says `unfinished` and the list holds the old and
//! the new paths, so that a run that dies leaves nothing behind that the next one does not know.
//! In and out go texts; nothing here touches the disk.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The manifest's own name in the output folder.
pub const NAME: &str = ".casebook-manifest";

/// The folder in the output in which new files wait until all are there.
pub const STAGE: &str = ".casebook-stage";

const HEADER: &str = "casebook-manifest 1";
const UNFINISHED: &str = "casebook-manifest 1 unfinished";

/// Whether the run that wrote a manifest came to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// What is listed stands in the folder, with these keys.
    #[default]
    Whole,
    /// The files may be old or new, and some may not be there.
    Unfinished,
}

/// The files of ours in an output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Whether the keys can be believed.
    pub state: State,
    /// Each path below the output folder, with the blake3 key of its bytes as hexadecimals.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// What stands in the folder while this manifest is replaced by another.
    pub fn until(&self, next: &Manifest) -> Manifest {
        let mut files = self.files.clone();
        files.extend(next.files.iter().map(|(path, key)| (path.clone(), key.clone())));
        Manifest { state: State::Unfinished, files }
    }

    /// The manifest as a text.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(64 + self.files.len() * 112);
        text.push_str(if self.state == State::Whole { HEADER } else { UNFINISHED });
        text.push('\n');
        for (path, key) in &self.files {
            writeln!(text, "{key}  {path}").expect("a String takes any text");
        }
        text
    }

    /// Reads a manifest; none, if this is not one that Casebook wrote.
    pub fn read(text: &str) -> Option<Manifest> {
        let (header, list) = text.split_once('\n')?;
        let state = match header {
            HEADER => State::Whole,
            UNFINISHED => State::Unfinished,
            _ => return None,
        };
        let files = list
            .lines()
            .map(|line| {
                let (key, path) = line.split_once("  ")?;
                let sound = key.len() == 64 && key.bytes().all(|b| b.is_ascii_hexdigit());
                (sound && stays_inside(path)).then(|| (path.to_owned(), key.to_owned()))
            })
            .collect::<Option<_>>()?;
        Some(Manifest { state, files })
    }
}

/// Whether a path names a file below the output folder, on every system.
pub fn stays_inside(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains(|c: char| c == '\\' || c == ':' || c.is_control())
        && !path.starts_with(NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> Manifest {
        let key = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), key(text)));
        Manifest { state: State::Whole, files: files.collect() }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let old = of(&[("b/ä  x.html", "b"), ("a.html", "a")]);
        assert_eq!(Manifest::read(&old.text()).as_ref(), Some(&old));
        let next = of(&[("a.html", "changed"), ("c.html", "c")]);
        let between = old.until(&next);
        assert_eq!(Manifest::read(&between.text()).as_ref(), Some(&between));
        assert_eq!(between.state, State::Unfinished);
        assert_eq!(between.files.keys().collect::<Vec<_>>(), ["a.html", "b/ä  x.html", "c.html"]);
    }

    #[test]
    fn its_form_is_fixed() {
        let text = of(&[("x/index.html", "")]).text();
        let key = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
        assert_eq!(text, format!("casebook-manifest 1\n{key}  x/index.html\n"));
    }

    #[test]
    fn what_another_wrote_is_no_manifest() {
        let key = "0".repeat(64);
        assert_eq!(Manifest::read(""), None);
        assert_eq!(Manifest::read("casebook-manifest 2\n"), None);
        assert_eq!(Manifest::read("casebook-manifest 1\nabc  a.html\n"), None);
        assert_eq!(Manifest::read(&format!("casebook-manifest 1\n{key}  ../a.html\n")), None);
    }

    #[test]
    fn a_path_that_leads_out_is_told_from_one_that_does_not() {
        for inside in ["index.html", "a/b/c.html", "données/é.csv", "a..b", ".nojekyll"] {
            assert!(stays_inside(inside), "{inside}");
        }
        let outside = ["", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a\\b", "C:/a", "a\0"];
        for outside in outside {
            assert!(!stays_inside(outside), "{outside}");
        }
        assert!(!stays_inside(NAME));
    }
}
