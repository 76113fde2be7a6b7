//! Reads the files that were found, in parallel, and makes text of those that must be text.

use super::walk::Refusal;
use super::{
    Content, Door, Found, Kind, Limits, SETTINGS, Shut, SourceFile, Sources, Stamp, door_of,
};
use crate::diagnostics::{Code, Diagnostic, Failure, FileId, Place, Span};
use crate::memo::Key;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::str::Utf8Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The settings file, and its stamp from before it was read; nothing, where there is none.
pub(super) fn settings(root: &Path) -> Result<(Option<Stamp>, Vec<u8>), Failure> {
    let door = door_of(root)?;
    let path = root.join(SETTINGS);
    let refused = |refusal: Refusal| {
        let message = refusal.message.replacen("this", SETTINGS, 1);
        Failure::usage(message).help(refusal.help)
    };
    let (mut file, met) = match door.open(SETTINGS) {
        Ok(opened) => opened,
        Err(Shut::Out) => return Err(refused(Refusal::leads_out())),
        Err(Shut::Special) => {
            let help = "put a file in its place".to_string();
            return Err(refused(Refusal { help, ..Refusal::special() }));
        }
        Err(Shut::Failed(error)) if error.kind() == ErrorKind::NotFound => {
            return if path.is_symlink() {
                Err(refused(Refusal::leads_nowhere()))
            } else {
                Ok((None, Vec::new()))
            };
        }
        Err(Shut::Failed(error)) => return Err(Failure::io("read", &path, &error)),
    };
    let mut bytes = Vec::new();
    let read = file.read_to_end(&mut bytes);
    read.map_err(|error| Failure::io("read", &path, &error))?;
    Ok((Some(Stamp::of(&met)), bytes))
}

/// Reads all files; the first one gets id 1, for the settings have 0.
pub(super) fn all(
    found: Vec<Found>,
    door: &Arc<Door>,
    limits: Limits,
    before: Option<&Sources>,
) -> Result<Sources, Failure> {
    let fresh = AtomicUsize::new(0);
    let read: Result<Vec<Arc<SourceFile>>, Failure> = found
        .into_par_iter()
        .with_max_len(32)
        .enumerate()
        .map(|(at, found)| {
            let id = FileId::nth(at + 1);
            let known = before.and_then(|before| {
                let likely = before.files.get(at + 1).filter(|file| file.path == found.path);
                likely.or_else(|| {
                    let elsewhere = before.known(&found.path).map(|(_, file)| file);
                    // What was said of it names its place in the order.
                    elsewhere.filter(|file| file.problem.is_none())
                })
            });
            if let Some(file) = known.filter(|file| is_same(&found, file, door)) {
                return Ok(file.behind(door));
            }
            fresh.fetch_add(1, Ordering::Relaxed);
            one(found, id, door, limits).map(Arc::new)
        })
        .collect();
    let files = read?;
    let diagnostics = files.iter().filter_map(|file| file.problem.clone()).collect();
    let fresh = fresh.into_inner();
    let door = Some(Arc::clone(door));
    Ok(Sources { files, diagnostics, left_out: Vec::new(), fresh, limits, door })
}

/// Reads those of the files again that were touched, where each is a plain file that was there.
pub(super) fn touched(
    root: &Path,
    before: &Sources,
    touched: &BTreeSet<String>,
) -> Option<Result<Sources, Failure>> {
    let door = Arc::new(Door::of(root).ok()?);
    let mut sources = Sources { fresh: 0, door: Some(Arc::clone(&door)), ..before.clone() };
    for path in touched.iter().filter(|path| *path != SETTINGS) {
        let (id, file) = before.known(path)?;
        let met = root.join(path).symlink_metadata();
        if file.stamp.is_none() || !met.is_ok_and(|met| met.is_file()) {
            return None;
        }
        let kind = file.kind.clone();
        let found = Found { path: path.clone(), kind, refusal: None };
        if !is_same(&found, file, &door) {
            match one(found, id, &door, before.limits) {
                Ok(read) => sources.files[id.0 as usize] = Arc::new(read),
                Err(failure) => return Some(Err(failure)),
            }
            sources.fresh += 1;
        }
    }
    sources.diagnostics = sources.files.iter().filter_map(|file| file.problem.clone()).collect();
    Some(Ok(sources))
}

/// Whether the disk says that a file is the same as when it was read.
fn is_same(found: &Found, file: &SourceFile, door: &Door) -> bool {
    found.refusal.is_none() && file.stamp.is_some() && file.stamp == door.stamp(&found.path)
}

fn one(found: Found, id: FileId, door: &Door, limits: Limits) -> Result<SourceFile, Failure> {
    let Found { path, kind, refusal } = found;
    let mut file = SourceFile {
        path,
        kind,
        content: Content::Refused,
        key: Key::default(),
        stamp: None,
        problem: None,
    };
    let refused =
        |Refusal { code, message, help }| Diagnostic::new(code, id.top(), message).help(help);
    if let Some(refusal) = refusal {
        file.problem = Some(refused(refusal));
        return Ok(file);
    }
    let limit = if file.kind.is_write_up() { limits.file } else { limits.asset };
    let (stamp, bytes) = match bytes(door, &file.path, &file.kind, limit) {
        Ok(read) => read,
        // What was a file when it was found may be none now.
        Err(Shut::Out) => {
            file.problem = Some(refused(Refusal::leads_out()));
            return Ok(file);
        }
        Err(Shut::Special) => {
            file.problem = Some(refused(Refusal::special()));
            return Ok(file);
        }
        Err(Shut::Failed(error)) => {
            return Err(Failure::io("read", &door.real.join(&file.path), &error));
        }
    };
    file.stamp = Some(stamp);
    match bytes {
        Bytes::Unused => {}
        Bytes::TooMany(size) => file.problem = Some(too_large(id, size, limit, &file.kind)),
        Bytes::Read(bytes) => {
            file.key = Key::of(&bytes);
            (file.content, file.problem) = understood(bytes, &file.kind, &file.path, id);
        }
    }
    Ok(file)
}

/// What a file on disk brings.
enum Bytes {
    Read(Vec<u8>),
    /// More than the limit; that many.
    TooMany(u64),
    /// No page uses it.
    Unused,
}

/// The bytes of a file, and its stamp from before they were read.
fn bytes(door: &Door, path: &str, kind: &Kind, limit: usize) -> Result<(Stamp, Bytes), Shut> {
    let (mut file, met) = door.open(path)?;
    let (size, stamp) = (met.len(), Stamp::of(&met));
    if size > limit as u64 {
        return Ok((stamp, Bytes::TooMany(size)));
    }
    if *kind == Kind::Unused {
        return Ok((stamp, Bytes::Unused));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.read_to_end(&mut bytes).map_err(Shut::Failed)?;
    Ok((stamp, Bytes::Read(bytes)))
}

fn understood(
    bytes: Vec<u8>,
    kind: &Kind,
    path: &str,
    id: FileId,
) -> (Content, Option<Diagnostic>) {
    if !kind.is_write_up() && path.ends_with(".csv") {
        // A spreadsheet's lines are counted as a write-up's are.
        return match String::from_utf8(bytes) {
            Ok(text) => (Content::Text(normalized(text)), None),
            Err(error) => (Content::Bytes(error.into_bytes().into()), None),
        };
    }
    if !kind.is_write_up() {
        return (Content::Bytes(bytes.into()), None);
    }
    if looks_binary(&bytes) {
        let problem = Diagnostic::new(Code::NotText, id.top(), "this is not a text file")
            .help("save the write-up as plain text in UTF-8");
        return (Content::Refused, Some(problem));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (Content::Text(normalized(text)), None),
        Err(error) => {
            // The excerpt shows the file with the bytes that are no text replaced.
            let text = normalized(String::from_utf8_lossy(error.as_bytes()).into_owned());
            let start = text.find('\u{fffd}').unwrap_or(0);
            let place = id.at(Span::new(start, start + '\u{fffd}'.len_utf8()));
            let problem = not_utf8(place, &error.utf8_error()).label("not a letter in UTF-8");
            (Content::Lossy(text), Some(problem))
        }
    }
}

/// A file that must be a text and has bytes in it that are none.
pub(super) fn not_utf8(place: Place, error: &Utf8Error) -> Diagnostic {
    let message = format!("this file is not UTF-8 from byte {} on", error.valid_up_to());
    Diagnostic::new(Code::NotUtf8, place, message).help("save it as UTF-8 in your editor")
}

fn looks_binary(bytes: &[u8]) -> bool {
    bytes.contains(&0)
        || bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || bytes.starts_with(b"\x89PNG")
        || bytes.starts_with(&[0xff, 0xd8, 0xff])
        || bytes.starts_with(b"%PDF-")
        || bytes.starts_with(b"PK\x03\x04")
}

fn too_large(id: FileId, size: u64, limit: usize, kind: &Kind) -> Diagnostic {
    let key = if kind.is_write_up() { "file" } else { "asset" };
    let message = format!("this file has {size} bytes; the limit is {limit}");
    Diagnostic::new(Code::FileTooLarge, id.top(), message)
        .help(format!("shorten it, or raise `limits: {{{key}: …}}` in casebook.yaml"))
}

/// A text without byte order mark, each line ended by `\n`.
pub(super) fn normalized(text: String) -> Box<str> {
    // Most texts are kept as they were read, without a copy.
    if text.starts_with('\u{feff}') || text.contains('\r') {
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        text.replace("\r\n", "\n").replace('\r', "\n").into_boxed_str()
    } else {
        text.into_boxed_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_marks_are_taken_off() {
        assert_eq!(&*normalized("\u{feff}a\r\nb\rc\n".into()), "a\nb\nc\n");
    }

    #[test]
    fn only_what_was_touched_is_read_and_only_where_no_walk_is_needed() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        std::fs::create_dir_all(root.join("content/projects")).expect("a folder");
        let put = |name: &str, text: &str| {
            std::fs::write(root.join("content/projects").join(name), text).expect("a file");
        };
        ["a.md", "b.md"].iter().for_each(|name| put(name, "one"));
        let settings = || Sources::settings(root).expect("settings");
        let before = Sources::read(root, settings(), Limits::default(), None).expect("readable");
        let touched = |names: &[&str]| {
            let names = names.iter().map(|name| format!("content/projects/{name}")).collect();
            let again = before.touched(root, &settings(), Limits::default(), &names)?;
            let again = again.expect("readable");
            let texts: Vec<String> =
                again.files[1..].iter().filter_map(|file| Some(file.text()?.into())).collect();
            Some((again.fresh, texts.join(" ")))
        };
        put("a.md", "three");
        put("b.md", "four");
        assert_eq!(touched(&["b.md"]), Some((1, "one four".into())));
        assert_eq!(touched(&[]), Some((0, "one one".into())));
        assert_eq!(touched(&["c.md"]), None, "it may be there now");
        std::fs::remove_file(root.join("content/projects/b.md")).expect("it was there");
        assert_eq!(touched(&["b.md"]), None, "it is gone");
        assert_eq!(touched(&["a.md"]), Some((1, "three one".into())));
        std::fs::create_dir(root.join("content/projects/b.md")).expect("a folder");
        assert_eq!(touched(&["b.md"]), None, "it is no file now");
    }
}
