//! What the options mean: what was typed, together with the surroundings.
//!
//! In go [`super::typed`] and [`Surroundings`]; out come whole paths, the casebook's folder and a
//! [`Request`] for the pipeline. Settings are not read here: what a site's settings say gives way
//! to these in the pipeline.
#![expect(clippy::disallowed_methods, reason = "a casebook must be found before it is read")]

use super::surroundings::Surroundings;
use super::typed::{Common, Edition};
use super::voice::Voice;
use crate::diagnostics::Failure;
use crate::memo::Key;
use crate::pipeline::{Drafts, Request};
use crate::sources::SETTINGS;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What every command knows.
#[derive(Debug)]
pub struct Options {
    /// How this run speaks.
    pub voice: Voice,
    /// The folder that typed paths start from.
    pub here: PathBuf,
    /// The home folder, which is never written.
    pub home: Option<PathBuf>,
    /// Today.
    pub today: Date,
    /// When this run began, before any file was read.
    pub began: SystemTime,
    /// Which program this is.
    pub program: Option<Key>,
    root: Option<PathBuf>,
    as_of: Option<Date>,
    surroundings: Surroundings,
}

impl Options {
    /// Puts together what was typed and what is around.
    pub fn new(common: Common, surroundings: Surroundings) -> Result<Options, Failure> {
        let gone = || Failure::machine("the folder that this was started in is gone");
        let here = surroundings.here.clone().ok_or_else(gone)?;
        Ok(Options {
            voice: Voice::new(&common, &surroundings),
            root: common.root.map(|root| here.join(root)),
            here,
            home: surroundings.home.clone(),
            today: surroundings.today,
            began: surroundings.began,
            program: surroundings.program,
            as_of: common.as_of,
            surroundings,
        })
    }

    /// The casebook's folder: the one that was typed, else this one or the nearest above it with
    /// settings, else this one if it has content.
    pub fn root(&self) -> Result<PathBuf, Failure> {
        self.root_if_any()?.ok_or_else(|| {
            Failure::usage("there is no casebook here, nor in a folder above")
                .help("run `casebook init`, or name the folder with --root")
        })
    }

    /// The same, or none where none was typed and none is here or above.
    pub fn root_if_any(&self) -> Result<Option<PathBuf>, Failure> {
        if let Some(root) = &self.root {
            let told = root.display();
            if !root.is_dir() {
                return Err(Failure::usage(format!("there is no folder {told}")));
            }
            if !is_casebook(root) {
                return Err(Failure::usage(format!("there is no casebook in {told}"))
                    .help(format!("run `casebook init {told}`")));
            }
            return Ok(Some(root.clone()));
        }
        let marked = self.here.ancestors().find(|folder| folder.join(SETTINGS).is_file());
        let found = marked.or_else(|| Some(self.here.as_path()).filter(|here| is_casebook(here)));
        Ok(found.map(Path::to_path_buf))
    }

    /// Where a new casebook is started.
    pub fn new_root(&self, typed: Option<&Path>) -> PathBuf {
        match (typed, &self.root) {
            (Some(typed), _) => self.here.join(typed),
            (None, Some(root)) => root.clone(),
            (None, None) => self.here.clone(),
        }
    }

    /// What the pipeline is asked for.
    pub fn request(&self, edition: &Edition) -> Result<Request, Failure> {
        let as_of = match self.as_of {
            Some(typed) => Some(typed),
            None => self.surroundings.source_date()?,
        };
        Ok(Request {
            root: self.root()?,
            as_of,
            today: self.today,
            audience: edition.audience.clone(),
            drafts: if edition.drafts { Drafts::Shown } else { Drafts::Hidden },
        })
    }
}

fn is_casebook(folder: &Path) -> bool {
    folder.join(SETTINGS).is_file() || folder.join("content").is_dir()
}

#[cfg(test)]
mod tests {
    use super::super::typed::When;
    use super::*;
    use jiff::civil::date;
    use std::fs;

    fn common() -> Common {
        Common { root: None, as_of: None, quiet: false, color: When::Never }
    }

    fn root(here: &Path, typed: Option<&str>) -> Result<PathBuf, Failure> {
        let common = Common { root: typed.map(PathBuf::from), ..common() };
        Options::new(common, Surroundings::at(here))?.root()
    }

    #[test]
    fn the_casebook_is_here_or_above_or_where_it_is_said_to_be() {
        let folder = tempfile::tempdir().expect("a folder");
        let top = folder.path();
        fs::create_dir_all(top.join("a b/content/projects")).expect("folders");
        fs::create_dir_all(top.join("bare/content")).expect("folders");
        let book = top.join("a b");
        assert_eq!(root(top, None).expect_err("nothing").exit, 2);
        assert_eq!(root(&top.join("bare"), None), Ok(top.join("bare")));
        fs::write(book.join(SETTINGS), "").expect("settings");
        assert_eq!(root(&book, None), Ok(book.clone()));
        assert_eq!(root(&book.join("content/projects"), None), Ok(book.clone()));
        assert_eq!(root(top, Some("a b")), Ok(book));
        assert_eq!(root(top, Some("gone")).expect_err("gone").exit, 2);
        let failure = root(&top.join("bare"), Some("..")).expect_err("no casebook");
        assert!(failure.help.is_some_and(|help| help.contains("casebook init")));
    }

    #[test]
    fn a_typed_day_goes_before_the_epoch() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(SETTINGS), "").expect("settings");
        let day = date(2024, 2, 29);
        let as_of = |typed: Option<Date>, epoch: Option<&str>| {
            let around = Surroundings::at(folder.path());
            let around = Surroundings { epoch: epoch.map(str::to_owned), ..around };
            let edition = Edition { drafts: false, audience: None, strict: false };
            let options = Options::new(Common { as_of: typed, ..common() }, around);
            options.and_then(|options| options.request(&edition)).map(|request| request.as_of)
        };
        assert_eq!(as_of(None, None), Ok(None));
        assert_eq!(as_of(None, Some("86400")), Ok(Some(date(1970, 1, 2))));
        assert_eq!(as_of(Some(day), Some("86400")), Ok(Some(day)));
        assert_eq!(as_of(Some(day), Some("soon")), Ok(Some(day)));
        assert_eq!(as_of(None, Some("soon")).expect_err("no number").exit, 2);
    }
}
