//! The program's builds on the disk: one that remembers the last, and one that is made from nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The files of a site, by address.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Where a build puts away what it remembers.
const CACHE: &str = ".casebook";

/// The output folders of one casebook.
pub struct Disk {
    root: PathBuf,
    folder: TempDir,
    /// What the folder that is written again and again should hold: the last good site.
    good: Files,
    /// How many pages were rendered in it, of how many.
    pub rendered: (usize, usize),
}

/// What a build from nothing brought.
pub struct Clean {
    /// Its site, where there is one.
    pub site: Option<Files>,
    code: Option<i32>,
    told: String,
}

impl Disk {
    pub fn begin(root: &Path) -> Disk {
        let folder = tempfile::tempdir().expect("a folder");
        Disk { root: root.to_path_buf(), folder, good: Files::new(), rendered: (0, 0) }
    }

    /// Builds from nothing remembered. What that puts away would serve the next warm build: it is
    /// taken away.
    pub fn clean(&self) -> Clean {
        let (cache, aside) = (self.root.join(CACHE), self.folder.path().join("aside"));
        let (is_there, site) = (cache.is_dir(), self.folder.path().join("clean"));
        if is_there {
            fs::rename(&cache, &aside).expect("it moves");
        }
        let output = self.build("clean", "--fresh");
        if cache.is_dir() {
            fs::remove_dir_all(&cache).expect("it goes");
        }
        if is_there {
            fs::rename(&aside, &cache).expect("it moves");
        }
        let site = output.status.success().then(|| files(&site));
        Clean { site, code: output.status.code(), told: text(output.stderr) }
    }

    /// Builds with what the last build remembered: the folder must hold the clean site, or the
    /// last good one where there is none, and the same must be told.
    pub fn builds(&mut self, clean: &Clean, at: &str) {
        let output = self.build("warm", "--timings");
        assert_eq!(output.status.code(), clean.code, "{at}: {output:?}");
        if let Some(site) = &clean.site {
            self.good.clone_from(site);
            let pages = site.keys().filter(|address| address.ends_with(".html")).count();
            self.rendered.0 += rendered(&text(output.stdout));
            self.rendered.1 += pages;
        }
        assert_eq!(text(output.stderr), clean.told, "{at}");
        let stands = files(&self.folder.path().join("warm"));
        let differ = differences(&stands, &self.good);
        assert!(differ.is_empty(), "{at}: {differ:?} differ on the disk");
    }

    fn build(&self, output: &str, option: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        command.args(["build", option, "--output"]).arg(self.folder.path().join(output));
        command.env_remove("SOURCE_DATE_EPOCH").env_remove("RUST_BACKTRACE");
        command.current_dir(&self.root).output().expect("the program starts")
    }
}

/// The addresses at which two sites differ.
pub fn differences<'f>(one: &'f Files, other: &'f Files) -> Vec<&'f str> {
    let all: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differ = all.into_iter().filter(|address| one.get(*address) != other.get(*address));
    differ.map(String::as_str).collect()
}

/// How many pages were rendered, by the last line of the timings.
fn rendered(told: &str) -> usize {
    let last = told.lines().last().expect("a line").split(", ");
    let counts: Vec<&str> = last.filter_map(|part| part.split(' ').next()).collect();
    let [_, rendered, _] = counts[..] else { panic!("{told}") };
    rendered.parse().expect("a count")
}

/// All files of the site in a folder, without those that outlast the site before, which the manifest
/// marks; none where there is none.
fn files(folder: &Path) -> Files {
    let mut all = all_files(folder);
    let Some(manifest) = all.remove(MANIFEST) else { return all };
    let manifest = text(manifest);
    let is_lasting = |line: &&str| line.get(64..).is_some_and(|rest| rest.starts_with(" *"));
    let (lasting, own): (Vec<&str>, Vec<&str>) = manifest.lines().partition(is_lasting);
    assert!(lasting.len() <= 1, "{lasting:?}: one style changes at a time");
    for line in lasting {
        assert!(line.ends_with(".css"), "{line}");
        all.remove(&line[66..]).expect("what outlasts its site is there");
    }
    all.insert(MANIFEST.to_string(), own.join("\n").into_bytes());
    all
}

const MANIFEST: &str = ".casebook-manifest";

fn all_files(folder: &Path) -> Files {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = walk.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path());
    let read = files.map(|path| {
        let below = path.strip_prefix(folder).expect("it was found there");
        (below.to_str().expect("a plain path").to_string(), fs::read(&path).expect("a file"))
    });
    read.collect()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("a text")
}
