//! Finds the files of a casebook, in the order of their paths.
//!
//! Links are followed only within the casebook's folder; what leads out, loops, has a name that
//! no address can be made of, or is no file at all, is a diagnostic. Nothing is opened here.

use super::{BUILT, Door, Found, Kind, LeftOut, SETTINGS};
use crate::diagnostics::{Code, Failure, closest};
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// What a walk brings.
#[derive(Default)]
pub(super) struct Walk {
    pub files: Vec<Found>,
    pub left_out: Vec<LeftOut>,
}

/// Why a path is not read: told at its own place, once its file has an id.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub code: Code,
    pub message: String,
    pub help: String,
}

impl Refusal {
    fn new(code: Code, message: &str, help: &str) -> Refusal {
        Refusal { code, message: message.into(), help: help.into() }
    }

    /// Of what lies elsewhere.
    pub fn leads_out() -> Refusal {
        let message = "this is a link that leads out of the project";
        Refusal::new(Code::OutsideProject, message, "copy what it points at to here")
    }

    /// Of a link below a folder, or in its place, where what it leads to may not be read. The folder
    /// itself may lie where it likes within the casebook.
    fn of_link(link: &Path, top: &Path, door: &Door) -> Option<Refusal> {
        let Some(behind) = door.behind(link) else { return Some(Refusal::leads_out()) };
        let own = door.behind(top).and_then(|top| Some(behind.strip_prefix(top).ok()?.to_owned()));
        let mut names = own
            .as_ref()
            .unwrap_or(&behind)
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        let why = match names.find_map(|name| set_aside(&name)) {
            Some(why) => why,
            None if behind == Path::new(SETTINGS) => "the settings",
            None if door.built_above(&behind).is_some() => "part of a site that was built",
            None => return None,
        };
        let message = format!("this is a link to `{}`, which is {why}", behind.display());
        let help = "copy here what may be published of it";
        Some(Refusal::new(Code::OutsideProject, &message, help))
    }

    /// Of what leads to nothing.
    pub fn leads_nowhere() -> Refusal {
        let message = "this is a link that leads nowhere";
        Refusal::new(Code::OutsideProject, message, "remove the link, or mend it")
    }

    /// Of what must not be opened.
    pub fn special() -> Refusal {
        let message = "this is no file, but a pipe, a device or a socket";
        Refusal::new(Code::SpecialFile, message, "remove it from the content folder")
    }
}

/// The folder of what writers wrote.
const CONTENT: &str = "content";

/// Walks `content/`, without which there is no casebook, and `themes/`.
pub(super) fn find(root: &Path, door: &Door) -> Result<Walk, Failure> {
    let mut walk = Walk::default();
    for part in [CONTENT, "themes"] {
        let top = root.join(part);
        // A link that leads nowhere is told at its own place.
        if part == CONTENT && !top.is_dir() && !top.is_symlink() {
            return Err(no_content(root));
        }
        if top.symlink_metadata().is_ok() {
            walk.folder(root, door, &top)?;
        }
    }
    walk.files.sort_by(|a, b| a.path.cmp(&b.path));
    walk.left_out.sort();
    Ok(walk)
}

/// Without its content a casebook would make an empty site in the place of a good one.
fn no_content(root: &Path) -> Failure {
    let told = root.display();
    let folders = root.read_dir().into_iter().flatten().flatten().filter(|e| e.path().is_dir());
    let names: Vec<String> = folders.filter_map(|e| e.file_name().into_string().ok()).collect();
    let help = match closest(CONTENT, names.iter().map(String::as_str)) {
        Some(near) => format!("rename `{near}` to `{CONTENT}`"),
        None => format!("put it back, or run `casebook init {told}`"),
    };
    Failure::usage(format!("there is no folder `{CONTENT}` in {told}")).help(help)
}

impl Walk {
    fn folder(&mut self, root: &Path, door: &Door, top: &Path) -> Result<(), Failure> {
        let mut entries = WalkDir::new(top).follow_links(true).into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.trouble(root, &error)?;
                    continue;
                }
            };
            let path = shown(root, entry.path());
            if let Some(why) = set_aside(&entry.file_name().to_string_lossy()) {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                self.left_out.push(LeftOut { path, why: why.into() });
            } else if entry.path_is_symlink()
                && let Some(refusal) = Refusal::of_link(entry.path(), top, door)
            {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                self.refuse(path, refusal);
            } else if entry.depth() > 0
                && entry.file_type().is_dir()
                && entry.path().join(BUILT).is_file()
            {
                entries.skip_current_dir();
                self.left_out.push(LeftOut { path, why: "a site that was built".into() });
            } else if !entry.file_type().is_dir() {
                self.file(&entry, path);
            }
        }
        Ok(())
    }

    fn file(&mut self, entry: &DirEntry, path: String) {
        if !entry.file_type().is_file() {
            self.refuse(path, Refusal::special());
        } else if entry.path().to_str().is_none() {
            let message = "the name of this file is not UTF-8";
            let help = "rename it with plain letters";
            self.refuse(path, Refusal::new(Code::FileName, message, help));
        } else {
            let kind = Kind::of(&path);
            self.files.push(Found { path, kind, refusal: None });
        }
    }

    fn trouble(&mut self, root: &Path, error: &walkdir::Error) -> Result<(), Failure> {
        let at = error.path().unwrap_or(root);
        let path = shown(root, at);
        if let Some(above) = error.loop_ancestor() {
            let above = shown(root, above);
            let message = format!("this is a link back to `{above}`, which contains it");
            self.refuse(path, Refusal::new(Code::OutsideProject, &message, "remove the link"));
        } else if at.symlink_metadata().is_ok_and(|data| data.is_symlink()) {
            self.refuse(path, Refusal::leads_nowhere());
        } else {
            let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
            return Err(Failure::machine(format!("cannot read {path}: {reason}")));
        }
        Ok(())
    }

    /// Lists a path that is never opened, so that what is wrong with it has its place.
    fn refuse(&mut self, path: String, refusal: Refusal) {
        // Whatever it would have been, it is no stray file besides.
        let kind = match Kind::of(&path) {
            Kind::Unused => Kind::Attachment,
            kind => kind,
        };
        self.files.push(Found { path, kind, refusal: Some(refusal) });
    }
}

/// Why a file or folder of a name is no part of the casebook, if it is not.
pub(super) fn set_aside(name: &str) -> Option<&'static str> {
    if name.starts_with('.') {
        Some("a hidden file")
    } else if name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".tmp") {
        Some("an editor's backup")
    } else if name == "Thumbs.db" || name == "desktop.ini" {
        Some("a file of the system's own")
    } else {
        None
    }
}

/// A path as it is shown: below the root, with `/`, bytes that are no UTF-8 escaped.
fn shown(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    if let ('/', Some(text)) = (std::path::MAIN_SEPARATOR, below.to_str()) {
        return text.to_string();
    }
    let parts = below.components().map(|part| {
        let part = part.as_os_str();
        part.to_str()
            .map_or_else(|| part.as_encoded_bytes().escape_ascii().to_string(), str::to_string)
    });
    parts.collect::<Vec<_>>().join("/")
}
