//! Names of files that are no write-ups: what some system cannot have, or takes for one.
//!
//! In go all files, out comes a word for each name that is not the same on every system, whatever
//! disk it was read from: pictures, series, other files beside write-ups, and those of themes.
//! Names of write-ups are ids, and told as such.

use super::path::{composed, folded, unfit};
use crate::diagnostics::{Code, Diagnostic};
use crate::sources::{Kind, SourceFile, Sources};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What is wrong with the names of files.
pub(super) fn check(sources: &Sources) -> Vec<Diagnostic> {
    let files = sources.iter().filter(|(_, file)| is_named_freely(file));
    let mut said = Vec::new();
    let mut odd = BTreeMap::new();
    for (id, file) in files {
        let names = file.path.split('/').skip(ours(&file.path));
        said.extend(
            names.filter_map(unfit).map(|(message, help)| {
                Diagnostic::new(Code::FileName, id.top(), message).help(help)
            }),
        );
        // A plain name is its own folded one: only others can fall on it or on each other.
        let Cow::Owned(folded) = folded(&file.path) else { continue };
        let plain = sources.find(&folded).filter(|(_, other)| is_named_freely(other));
        let first = plain.filter(|(other, _)| *other != id);
        let Some((other, twin)) = first.or_else(|| odd.get(&folded).copied()) else {
            odd.insert(folded, (id, file));
            continue;
        };
        if same_write_up(&file.path, &twin.path) {
            let message = match composed(&file.path) == composed(&twin.path) {
                true => {
                    format!("`{}` stands twice, its accents put together in two ways", file.path)
                }
                false => {
                    format!("`{}` and `{}` are one file on some systems", file.path, twin.path)
                }
            };
            said.push(
                Diagnostic::new(Code::AddressTaken, id.top(), message)
                    .also(other.top(), "the other one")
                    .help("rename one of the two"),
            );
        }
    }
    said
}

fn is_named_freely(file: &SourceFile) -> bool {
    matches!(file.kind, Kind::Attachment | Kind::Theme)
}

/// How many of the first names in a path are not looked at: those of ours, and ids.
fn ours(path: &str) -> usize {
    if path.starts_with("content/projects/") { 3 } else { 1 }
}

/// Two ids with one address are told where they are taken, and not for each file besides.
fn same_write_up(one: &str, other: &str) -> bool {
    let id =
        |path: &'_ str| path.split('/').take(ours(path)).map(str::to_string).collect::<Vec<_>>();
    id(one) == id(other)
}
