//! The site that is made of files, in memory.
#![expect(clippy::disallowed_methods, reason = "a test makes its casebook on the disk")]

use casebook::diagnostics::{Diagnostic, Severity};
use casebook::pipeline::{self, Drafts, Request, Watch};
use casebook::site::memory::Filling;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files by path or address.
pub type Files = BTreeMap<String, Vec<u8>>;

struct Silent;

impl Watch for Silent {
    fn stage(&self, _name: &'static str) {}
    fn page(&self, _done: usize, _of: usize) {}
}

/// Writes a casebook into a new folder.
pub fn put(files: &[(String, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder over it")).expect("a folder");
        fs::write(&path, text).expect("a file");
    }
    folder
}

/// How a circle's edition of a casebook is asked for.
pub fn request(root: &Path, audience: &str, drafts: Drafts) -> Request {
    Request {
        root: PathBuf::from(root),
        as_of: None,
        today: jiff::civil::date(2026, 6, 30),
        audience: Some(audience.into()),
        drafts,
    }
}

/// A circle's edition, and the errors that kept it from being made.
pub fn site(root: &Path, audience: &str, drafts: Drafts) -> (Files, Vec<Diagnostic>) {
    let filling = Filling::after(None);
    let built =
        pipeline::build(&request(root, audience, drafts), &Silent, &filling).expect("readable");
    let errors = built.diagnostics.into_iter().filter(|one| one.severity == Severity::Error);
    let errors: Vec<Diagnostic> = errors.collect();
    if !errors.is_empty() {
        return (Files::new(), errors);
    }
    let held = filling.whole();
    let files = held.addresses().map(|address| {
        (address.to_string(), held.file(address).expect("it is there").bytes().to_vec())
    });
    (files.collect(), errors)
}
