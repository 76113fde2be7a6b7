//! `casebook theme eject`: copies built-in templates into the site's theme, to be changed there.
//!
//! In go the name of a template, or none for all of them and the style sheet; out come files in
//! `themes/NAME/`, where NAME is the theme that the settings name. What is there already is never
//! overwritten, and nothing is written through a link.

use super::Outcome;
use super::options::Options;
use super::settings;
use super::typed::Ejected;
use super::voice::some;
use crate::diagnostics::{Failure, among};
use crate::site::starter;
use crate::sources::Sources;
use std::path::Path;

/// Where the style sheet lies in a theme, and the name by which it is asked for.
const STYLE: (&str, &str) = ("assets/style.css", "style.css");

/// A built-in file: its path within the theme, and its text.
type File = (String, String);

/// Runs it.
pub fn run(typed: &Ejected, options: &Options) -> Result<Outcome, Failure> {
    let root = options.root()?;
    let theme = theme(&root)?;
    let folder = format!("themes/{theme}");
    refuse_links(&root, &folder)?;
    let files = match &typed.template {
        Some(name) => vec![asked(name, &root, &folder)?],
        None => all(),
    };
    let (mut made, mut kept) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let whole = format!("{folder}/{path}");
        if starter::is_there(&root.join(&whole)) {
            kept.push(whole);
        } else {
            starter::create_new(&root, &whole, &text)?;
            made.push(whole);
        }
    }
    options.voice.say(&said(&theme, &made, &kept))?;
    Ok(Outcome::Fine)
}

/// The theme that the settings name.
fn theme(root: &Path) -> Result<String, Failure> {
    let name = settings::certain(root, "theme")?.theme.value;
    let plain = |c: char| c.is_alphanumeric() || "-_ ".contains(c);
    if name.trim().is_empty() || !name.chars().all(plain) {
        return Err(Failure::usage(format!("`{name}` cannot be the name of a theme's folder"))
            .help("write `theme:` in casebook.yaml with letters, digits and hyphens"));
    }
    Ok(name)
}

fn refuse_links(root: &Path, folder: &str) -> Result<(), Failure> {
    let below = ["", "/templates", "/assets"].map(|part| format!("{folder}{part}"));
    let link = std::iter::once("themes".to_string()).chain(below);
    match link.into_iter().find(|path| starter::is_link(&root.join(path))) {
        None => Ok(()),
        Some(path) => Err(Failure::usage(format!("{path} is a link, and is not written through"))
            .help("put a folder in its place, or copy the template by hand")),
    }
}

/// The one file that was asked for.
fn asked(name: &str, root: &Path, folder: &str) -> Result<File, Failure> {
    let files = all();
    let short = |path: &str| {
        if path == STYLE.0 { STYLE.1.to_string() } else { path.replace("templates/", "") }
    };
    let Some(file) = files.iter().find(|(path, _)| short(path) == name || path == name) else {
        let names: Vec<String> = files.iter().map(|(path, _)| short(path)).collect();
        let failure = Failure::usage(format!("there is no built-in template `{name}`"));
        return Err(match among(name, names.iter().map(String::as_str)) {
            Some(help) => failure.help(help),
            None => failure,
        });
    };
    let whole = format!("{folder}/{}", file.0);
    if starter::is_there(&root.join(&whole)) {
        return Err(Failure::usage(format!("{whole} is there already"))
            .help("change it there, or move it away to start from the built-in one again"));
    }
    Ok(file.clone())
}

/// The built-in templates and the style sheet.
fn all() -> Vec<File> {
    let files = Sources::builtin_theme().into_iter();
    let theirs = files.filter(|(path, _)| path.starts_with("templates/") || path == STYLE.0);
    theirs.filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?))).collect()
}

fn said(theme: &str, made: &[String], kept: &[String]) -> String {
    let mut said = String::new();
    for path in made {
        said += &format!("made {path}\n");
    }
    for path in kept {
        said += &format!("kept {path}, which was there already\n");
    }
    if made.is_empty() {
        return said + "nothing to do: all of them are there already\n";
    }
    let files = some(made.len(), "file");
    let belong = if made.len() == 1 { "belongs" } else { "belong" };
    let follow = if made.len() == 1 { "follows" } else { "follow" };
    said +=
        &format!("{files} now {belong} to the theme `{theme}` and no longer {follow} updates\n");
    said + "next: change what you need, remove the rest, then run `casebook build`\n"
}
