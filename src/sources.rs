//! Sources: every byte that is read from disk: settings, content and theme.
//!
//! In goes the casebook's folder, out come its files in the order of their paths, each with its
//! kind, and a diagnostic for each that cannot be used. Texts arrive with their byte order mark
//! off and their line ends as `\n`. This is the only storey that reads the disk; what the files
//! say is for `documents`.
#![expect(clippy::disallowed_methods, reason = "sources is the one storey that reads the disk")]

mod builtin;
mod door;
mod glance;
mod kind;
mod known;
mod later;
mod put_away;
mod read;
mod stamp;
mod walk;

use crate::diagnostics::{Diagnostic, Failure, FileId};
use crate::memo::Key;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use door::{Door, Shut};
pub use glance::Glance;
pub use kind::Kind;
pub use later::Later;
pub use put_away::PutAway;
use stamp::Stamp;

/// How much is read of a file before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of a write-up, unit, page or settings file.
    pub file: usize,
    /// Bytes of front matter.
    pub front_matter: usize,
    /// Bytes of a picture or a series.
    pub asset: usize,
    /// Pixels of a picture, in all.
    pub pixels: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file: 5 << 20, front_matter: 64 << 10, asset: 50 << 20, pixels: 50_000_000 }
    }
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text, normalized.
    Text(Box<str>),
    /// Text with bytes in it that are no UTF-8: to show where, not to be read.
    Lossy(Box<str>),
    /// Text that another run has read, and that is opened where someone asks for it.
    Later(Later),
    /// Anything else, as it is.
    Bytes(Arc<[u8]>),
    /// Nothing that can be used; a diagnostic says why.
    Refused,
}

/// One file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path below the casebook's folder, with `/`.
    pub path: String,
    /// What it is for.
    pub kind: Kind,
    /// What it holds.
    pub content: Content,
    /// The key of its bytes.
    pub key: Key,
    /// By what it is known on disk to be the same.
    stamp: Option<Stamp>,
    /// What is wrong with it as a file.
    problem: Option<Diagnostic>,
}

/// A file that is left alone, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// Its path below the casebook's folder.
    pub path: String,
    /// Why, in a few words.
    pub why: String,
}

/// All that was read, in the order of paths; the settings come first.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The files.
    pub files: Vec<Arc<SourceFile>>,
    /// What is wrong with files as files.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that are no part of a casebook: backups, hidden files.
    pub left_out: Vec<LeftOut>,
    /// How many files were read at once, and not known from before.
    fresh: usize,
    limits: Limits,
    /// Through which a text is opened later.
    door: Option<Arc<Door>>,
}

impl SourceFile {
    /// A file that is at hand already.
    pub fn of(path: &str, content: Content) -> SourceFile {
        let kind = if path == SETTINGS { Kind::Settings } else { Kind::of(path) };
        let mut file = SourceFile {
            path: path.into(),
            kind,
            content,
            key: Key::default(),
            stamp: None,
            problem: None,
        };
        file.key = Key::of(file.bytes());
        file
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Later(later) => later.text(&self.path, self.key),
            _ => None,
        }
    }

    /// Whether it is another path to the same file of the disk, by a link or a second name.
    pub fn is_twin_of(&self, other: &SourceFile) -> bool {
        self.stamp.is_some() && self.stamp == other.stamp && self.key == other.key
    }

    /// Whether it is a text, without opening it.
    pub fn is_text(&self) -> bool {
        matches!(self.content, Content::Text(_) | Content::Later(_))
    }

    /// What a diagnostic can show of it.
    pub fn excerpt(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) | Content::Lossy(text) => Some(text),
            Content::Later(_) => self.text(),
            Content::Bytes(bytes) => {
                let text = std::str::from_utf8(bytes).ok()?;
                Some(text.strip_prefix('\u{feff}').unwrap_or(text))
            }
            Content::Refused => None,
        }
    }

    /// The bytes, text or not.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(_) | Content::Later(_) => self.text().unwrap_or_default().as_bytes(),
            Content::Bytes(bytes) => bytes,
            Content::Lossy(_) | Content::Refused => &[],
        }
    }
}

impl Sources {
    /// Files that are at hand already, the settings first, then in the order of their paths.
    pub fn of(files: Vec<SourceFile>) -> Sources {
        Sources { files: files.into_iter().map(Arc::new).collect(), ..Sources::default() }
    }

    /// Reads the settings file alone, which decides how the rest is read.
    pub fn settings(root: &Path) -> Result<SourceFile, Failure> {
        let (stamp, bytes) = read::settings(root)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Failure::usage(format!("{SETTINGS} is not UTF-8 at byte {at}"))
                .help("save it as UTF-8 in your editor")
        })?;
        let key = Key::of(&text);
        let content = Content::Text(read::normalized(text));
        let (path, kind) = (SETTINGS.into(), Kind::Settings);
        Ok(SourceFile { path, kind, content, key, stamp, problem: None })
    }

    /// Reads the content and the themes of a casebook whose settings are known. What another run
    /// read under the same limits is not read again, where the disk says that it is the same.
    pub fn read(
        root: &Path,
        settings: SourceFile,
        limits: Limits,
        before: Option<&Sources>,
    ) -> Result<Sources, Failure> {
        let door = Arc::new(door_of(root)?);
        let mut found = walk::find(root, &door)?;
        let before = before.filter(|before| before.limits == limits);
        let mut sources = read::all(std::mem::take(&mut found.files), &door, limits, before)?;
        sources.files.insert(0, Arc::new(settings));
        sources.left_out = found.left_out;
        Ok(sources)
    }

    /// The same files, of which none but those that were touched are looked at; nothing, where it
    /// takes a walk to know which files there are.
    pub fn touched(
        &self,
        root: &Path,
        settings: &SourceFile,
        limits: Limits,
        touched: &BTreeSet<String>,
    ) -> Option<Result<Sources, Failure>> {
        let read = read::touched(root, self, touched).filter(|_| self.limits == limits)?;
        Some(read.map(|mut sources| {
            sources.files[0] = Arc::new(settings.clone());
            sources
        }))
    }

    /// The true path of a casebook's folder and whether it has content; none where it is gone.
    pub fn standing(root: &Path) -> Option<(PathBuf, bool)> {
        let root = root.canonicalize().ok().filter(|root| root.is_dir())?;
        let has_content = root.join("content").is_dir();
        Some((root, has_content))
    }

    /// Whether a name marks a file or folder that is never read, such as an editor's backup.
    pub fn set_aside(name: &str) -> bool {
        walk::set_aside(name).is_some()
    }

    /// What a build put away for the next, if it is there; it is never trusted as such.
    pub fn put_away(root: &Path, name: &str) -> Option<Vec<u8>> {
        let (mut file, _) = Door::put_away(root, name)?;
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).ok()?;
        Some(bytes)
    }

    /// A file by its id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// A file by its path below the casebook's folder.
    pub fn find(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        self.known(path).map(|(id, file)| (id, &**file))
    }

    fn known(&self, path: &str) -> Option<(FileId, &Arc<SourceFile>)> {
        let rest = self.files.get(1..)?;
        let at = rest.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some((FileId(u32::try_from(at).ok()? + 1), &rest[at]))
    }

    /// The files in a folder of the casebook.
    pub fn below(&self, folder: &str) -> &[Arc<SourceFile>] {
        let rest = self.files.get(1..).unwrap_or_default();
        let start = rest.partition_point(|file| file.path.as_str() < folder);
        let length = rest[start..].partition_point(|file| file.path.starts_with(folder));
        &rest[start..start + length]
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().zip(0..).map(|(file, id)| (FileId(id), &**file))
    }

    /// The built-in words of a language, as YAML.
    pub fn builtin_words(language: &str) -> Option<&'static str> {
        builtin::file(&format!("words/{language}.yaml"))
    }

    /// The languages that have built-in words.
    pub fn builtin_languages() -> Vec<&'static str> {
        builtin::stems("words")
    }

    /// The files of the built-in theme, by their path within it.
    pub fn builtin_theme() -> Vec<(String, Vec<u8>)> {
        builtin::under(Vec::new(), "default").unwrap_or_default()
    }

    /// The names of all themes that a site can use.
    pub fn themes(&self) -> Vec<String> {
        let own = self.files.iter().filter_map(|file| file.path.strip_prefix("themes/"));
        let mut names: Vec<String> =
            own.filter_map(|path| path.split_once('/').map(|(name, _)| name.to_string())).collect();
        names.push("default".into());
        names.sort();
        names.dedup();
        names
    }

    /// The key of all files of themes.
    pub fn theme_key(&self) -> Key {
        let files = self.below("themes/").iter();
        Key::all(files.flat_map(|file| [Key::of(&file.path), file.key]))
    }

    /// What a theme's own file says, without its byte order mark, where that must be a text.
    pub fn theme_text(&self, id: FileId) -> Result<&str, Box<Diagnostic>> {
        let text = std::str::from_utf8(self.file(id).bytes())
            .map_err(|error| Box::new(read::not_utf8(id.top(), &error)))?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// A site's own files of a theme, by their path within it.
    pub fn theme_files(&self, name: &str) -> std::collections::BTreeMap<String, FileId> {
        let prefix = format!("themes/{name}/");
        let own = self.iter().filter_map(|(id, file)| {
            file.path.strip_prefix(&prefix).map(|path| (path.to_string(), id))
        });
        own.collect()
    }

    /// The files of a theme below `themes/NAME/`, the site's own over the built-in ones, each by
    /// its path within the theme; `None` if there is no such theme.
    pub fn theme(&self, name: &str) -> Option<Vec<(String, Vec<u8>)>> {
        let prefix = format!("themes/{name}/");
        let own = self.files.iter().filter_map(|file| {
            let path = file.path.strip_prefix(&prefix)?;
            Some((path.to_string(), file.bytes().to_vec()))
        });
        builtin::under(own.collect(), name)
    }
}

/// The folder of what a build puts away for the next.
pub const CACHE: &str = ".casebook";

/// The file that says which others in a folder are of a site that was built there.
pub const BUILT: &str = ".casebook-manifest";

/// The name of the settings file, which marks a casebook's folder.
pub const SETTINGS: &str = "casebook.yaml";

/// The door of a casebook's folder, which must be there.
fn door_of(root: &Path) -> Result<Door, Failure> {
    Door::of(root).map_err(|error| Failure::io("open the folder", root, &error))
}

/// A file that was found, before it is read.
#[derive(Clone, Debug)]
struct Found {
    /// Its path below the casebook's folder.
    path: String,
    kind: Kind,
    /// Why it is not to be opened.
    refusal: Option<walk::Refusal>,
}
