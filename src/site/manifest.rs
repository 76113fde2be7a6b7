//! The manifest: which files in an output folder are ours, and the key of each one's bytes.
//!
//! It is a text in the folder itself: a header with its version, the edition that the site is, then
//! `blake3-hex  path`, sorted, with `*` before the path of a file of the site before, which stays a
//! while. Version 1 did not name the edition.
//! While files are being written, the header says `unfinished` and the list holds the old and
//! the new paths, so that a run that dies leaves nothing behind that the next one does not know.
//! In and out go texts; nothing here touches the disk.

use super::edition::Edition;
use crate::memo::Key;
use rayon::prelude::*;

/// The manifest's own name in the output folder.
pub const NAME: &str = crate::sources::BUILT;

/// What to do where one is damaged: no one knows what is ours there.
pub const DAMAGED: &str = "move the folder away, and build again";

/// The folder in the output in which new files wait where sites cannot change places.
pub const STAGE: &str = ".casebook-stage";

const FIRST: &str = "casebook-manifest 1";
const HEADER: &str = "casebook-manifest 2";
const UNFINISHED: &str = " unfinished";

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
    /// Which edition the site is; none, where an earlier casebook did not say.
    pub edition: Option<Edition>,
    /// Each path below the output folder, with the blake3 key of its bytes as hexadecimals.
    pub files: Files,
}

/// Paths, each once and in order, with the key of each: the lines of a manifest, and where each
/// begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    lines: String,
    starts: Vec<usize>,
}

/// What stands before the path: a key of so many letters, and two spaces.
const KEY: usize = 64;
const BEFORE: usize = KEY + 2;

/// What stands between the key and the path, of a file of the site and of one that outlasts it.
const OWN: &str = "  ";
const LASTING: &str = " *";

impl Files {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The path and the key of one.
    pub fn at(&self, position: usize) -> (&str, &str) {
        let end = self.starts.get(position + 1).copied().unwrap_or(self.lines.len());
        let line = &self.lines[self.starts[position]..end - 1];
        (&line[BEFORE..], &line[..KEY])
    }

    /// Where a path stands among them.
    pub fn position(&self, path: &str) -> Option<usize> {
        let less = |start: &usize| {
            let rest = &self.lines.as_bytes()[start + BEFORE..];
            rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())] < *path.as_bytes()
        };
        let at = self.starts.partition_point(less);
        (at < self.len() && self.at(at).0 == path).then_some(at)
    }

    /// The paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.at(at).0)
    }

    /// Puts one behind all others.
    fn push(&mut self, path: &str, key: &str, mark: &str) {
        self.starts.push(self.lines.len());
        for part in [key, mark, path, "\n"] {
            self.lines.push_str(part);
        }
    }

    fn push_line(&mut self, line: &str) {
        self.starts.push(self.lines.len());
        self.lines.push_str(line);
        self.lines.push('\n');
    }

    /// Whether one is no part of the site, but of the one before.
    pub fn is_lasting(&self, position: usize) -> bool {
        self.lines[self.starts[position] + KEY..].starts_with(LASTING)
    }

    /// The same with files of the site before, which stay for who still has a page of it.
    pub fn with_lasting<'f>(&self, lasting: impl Iterator<Item = (&'f str, &'f str)>) -> Files {
        let own = (0..self.len()).map(|at| (self.at(at), OWN));
        let mut each: Vec<_> = own.chain(lasting.map(|file| (file, LASTING))).collect();
        each.sort_by_key(|((path, _), _)| *path);
        let mut all = Files::default();
        each.iter().for_each(|((path, key), mark)| all.push(path, key, mark));
        all
    }

    /// Files that come in the order of their paths.
    pub fn in_order<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> Files {
        let mut all = Files::default();
        let likely = files.size_hint().0;
        all.lines.reserve(likely * 112);
        all.starts.reserve(likely);
        files.for_each(|(path, key)| all.push(path, key, OWN));
        all
    }

    /// The lines of a text, if each is one of a manifest, to its end.
    fn read(lines: &str) -> Option<Files> {
        if !lines.is_empty() && !lines.ends_with('\n') {
            return None;
        }
        let each: Vec<&str> = lines.lines().collect();
        let apart = |line: &'_ &'_ str| {
            let (key, mark) = (line.get(..KEY)?, line.get(KEY..BEFORE)?);
            let path = &line[BEFORE..];
            let sound =
                key.bytes().all(|b| b.is_ascii_hexdigit()) && [OWN, LASTING].contains(&mark);
            (sound && stays_inside(path)).then_some(())
        };
        each.par_iter().with_min_len(256).try_for_each(apart)?;
        let in_order = each.par_windows(2).all(|two| two[0][BEFORE..] < two[1][BEFORE..]);
        if !in_order {
            let told = each.iter().map(|line| (&line[BEFORE..], &line[..KEY]));
            return Some(told.collect());
        }
        let mut all = Files { lines: String::with_capacity(lines.len()), starts: Vec::new() };
        all.starts.reserve(each.len());
        each.iter().for_each(|line| all.push_line(line));
        Some(all)
    }
}

/// Of two with one path, the later counts.
impl<P: Into<String>, K: Into<String>> FromIterator<(P, K)> for Files {
    fn from_iter<I: IntoIterator<Item = (P, K)>>(files: I) -> Files {
        let files = files.into_iter().map(|(path, key)| (path.into(), key.into()));
        let all: std::collections::BTreeMap<String, String> = files.collect();
        Files::in_order(all.iter().map(|(path, key)| (path.as_str(), key.as_str())))
    }
}

impl Manifest {
    /// What stands in the folder while this manifest is replaced by another.
    pub fn until(&self, next: &Manifest) -> Manifest {
        let of_next = self.files.paths().eq(next.files.paths());
        let files = if of_next {
            next.files.clone()
        } else {
            let all = [&self.files, &next.files].into_iter();
            all.flat_map(|files| (0..files.len()).map(|at| files.at(at))).collect()
        };
        Manifest { state: State::Unfinished, edition: next.edition.clone(), files }
    }

    /// The manifest as a text.
    pub fn text(&self) -> String {
        self.pieces().concat()
    }

    /// The key of the text.
    pub fn key(&self) -> Key {
        Key::of_pieces(self.pieces().map(str::as_bytes))
    }

    /// Whether a text is that of this manifest.
    pub fn is_of(&self, mut text: &[u8]) -> bool {
        self.pieces().into_iter().all(|piece| {
            let rest = text.strip_prefix(piece.as_bytes());
            text = rest.unwrap_or_default();
            rest.is_some()
        }) && text.is_empty()
    }

    fn pieces(&self) -> [&str; 7] {
        let state = if self.state == State::Whole { "" } else { UNFINISHED };
        let (header, [word, audience], end) = match &self.edition {
            Some(edition) => (HEADER, edition.line(), "\n"),
            None => (FIRST, ["", ""], ""),
        };
        [header, state, "\n", word, audience, end, &self.files.lines]
    }

    /// Reads a manifest; none, if this is not one that Casebook wrote.
    pub fn read(text: &str) -> Option<Manifest> {
        let (header, list) = text.split_once('\n')?;
        let (version, state) = match header.strip_suffix(UNFINISHED) {
            Some(version) => (version, State::Unfinished),
            None => (header, State::Whole),
        };
        let (edition, list) = match version {
            FIRST => (None, list),
            HEADER => {
                let (line, list) = list.split_once('\n')?;
                (Some(Edition::read(line)?), list)
            }
            _ => return None,
        };
        Some(Manifest { state, edition, files: Files::read(list)? })
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
    use crate::documents::path::below;
    use crate::editions::Drafts;
    use proptest::prelude::*;

    fn of(files: &[(&str, &str)]) -> Manifest {
        let key = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
        let files = files.iter().map(|(path, text)| (*path, key(text)));
        let edition = Some(Edition::new("internal", Drafts::Hidden));
        Manifest { state: State::Whole, edition, files: files.collect() }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let old = of(&[("b/ä  x.html", "b"), ("a.html", "a")]);
        assert_eq!(Manifest::read(&old.text()).as_ref(), Some(&old));
        let next = of(&[("a.html", "changed"), ("c.html", "c")]);
        let between = old.until(&next);
        assert_eq!(Manifest::read(&between.text()).as_ref(), Some(&between));
        assert_eq!(between.state, State::Unfinished);
        assert_eq!(between.files.paths().collect::<Vec<_>>(), ["a.html", "b/ä  x.html", "c.html"]);
        assert!(old.is_of(old.text().as_bytes()) && !old.is_of(next.text().as_bytes()));
        assert!(!old.is_of(&old.text().as_bytes()[1..]) && old.key() == Key::of(old.text()));
    }

    #[test]
    fn its_form_is_fixed() {
        let text = of(&[("x/index.html", "")]).text();
        let key = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
        assert_eq!(text, format!("casebook-manifest 2\nedition internal\n{key}  x/index.html\n"));
    }

    #[test]
    fn one_of_the_first_version_names_no_edition() {
        let text = of(&[("x/index.html", "")]).text();
        for state in ["", UNFINISHED] {
            let lines = text.lines().last().expect("it has a file");
            let first = format!("casebook-manifest 1{state}\n{lines}\n");
            let read = Manifest::read(&first).expect("it is a manifest");
            assert_eq!((&read.edition, read.files.len()), (&None, 1));
            assert!(read.is_of(first.as_bytes()) && read.text() == first);
        }
    }

    #[test]
    fn each_path_is_found_and_no_other() {
        let paths = ["a", "a-b/x", "a/b", "a/b.html", "a/b/c", "ab", "ä"];
        let files: Files = paths.map(|path| (path, "0".repeat(KEY))).into_iter().rev().collect();
        assert_eq!(files.paths().collect::<Vec<_>>(), paths);
        for (at, path) in paths.iter().enumerate() {
            assert_eq!(files.position(path), Some(at), "{path}");
        }
        for other in ["", "A", "a/", "a/b.htm", "a/b/", "a/b/d", "b", "äa"] {
            assert_eq!(files.position(other), None, "{other}");
        }
        // What someone has put into another order is still read.
        let turned: Vec<String> =
            paths.iter().rev().map(|path| format!("{}  {path}\n", "0".repeat(KEY))).collect();
        assert_eq!(Files::read(&turned.concat()), Some(files));
    }

    #[test]
    fn what_another_wrote_is_no_manifest() {
        let key = "0".repeat(64);
        assert_eq!(Manifest::read(""), None);
        assert_eq!(Manifest::read("casebook-manifest 3\n"), None);
        assert_eq!(Manifest::read("casebook-manifest 2\n"), None);
        assert_eq!(Manifest::read(&format!("casebook-manifest 2\n{key}  a.html\n")), None);
        assert_eq!(Manifest::read("casebook-manifest 1\nabc  a.html\n"), None);
        assert_eq!(Manifest::read(&format!("casebook-manifest 1\n{key}  ../a.html\n")), None);
    }

    #[test]
    fn one_that_is_cut_off_within_a_line_is_no_manifest() {
        let whole = of(&[("a.html", "a"), ("b/x.html", "b"), ("c.html", "c")]);
        let earlier = Manifest { edition: None, ..whole.clone() };
        for text in [whole.text(), earlier.text(), whole.until(&of(&[("d", "d")])).text()] {
            for end in 0..text.len() {
                let cut = &text[..end];
                assert!(cut.ends_with('\n') || Manifest::read(cut).is_none(), "{cut}");
            }
            assert!(Manifest::read(&text).is_some());
        }
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

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..Default::default() })]

        /// The gate before content and this one before the output agree where both speak: what the
        /// first lets through is inside, and of plain names what is inside is let through as it is.
        #[test]
        fn what_the_gate_lets_through_is_inside(
            path in "([/\\\\.:%~a-c\u{e9} \u{200b}\n\0]|\\.\\./){0,10}",
            plain in "[/.a-c\u{e9}]{0,8}",
        ) {
            if let Ok(clean) = below(&path) {
                prop_assert!(stays_inside(&clean), "{clean:?}");
            }
            let as_it_is = below(&plain).is_ok_and(|clean| clean == plain);
            // A name that ends with a dot leads nowhere else, but Windows takes the dot off.
            let ends = plain.split('/').any(|part| part.ends_with('.') && !["", ".", ".."].contains(&part));
            prop_assert_eq!(stays_inside(&plain) && !ends, as_it_is, "{:?}", plain);
        }
    }
}
