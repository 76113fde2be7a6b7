//! `casebook new`: starts a write-up, a unit or a post-mortem from a scaffold.
//!
//! In go a kind and an id, which must be its own address; out comes one file that the writer
//! fills. The scaffolds are in `starter/`. Nothing is overwritten, and nothing that is there is
//! read: whether it is right, `check` says.

use super::Outcome;
use super::options::Options;
use super::typed::What;
use crate::diagnostics::{Failure, FileId};
use crate::documents::id::{self, Below};
use crate::site::starter::{create_new, is_there};
use jiff::civil::Date;
use std::path::Path;

const PROJECT: &str = include_str!("starter/project.md");
const UNIT: &str = include_str!("starter/unit.md");
const POST_MORTEM: &str = include_str!("starter/post-mortem.md");

/// A file that was made, and what to do next.
#[derive(Debug, PartialEq, Eq)]
struct Started {
    path: String,
    next: String,
}

/// Runs it.
pub fn run(what: &What, options: &Options) -> Result<Outcome, Failure> {
    let root = options.root()?;
    let started = match what {
        What::Project { id, folder: false } => flat(&root, &sound(id)?)?,
        What::Project { id, folder: true } => in_folder(&root, &sound(id)?)?,
        What::Unit { id } => unit(&root, &sound(id)?)?,
        What::PostMortem { id } => post_mortem(&root, &sound(id)?, options.today)?,
    };
    options.voice.say(&format!("made {}\nnext: {}\n", started.path, started.next))?;
    Ok(Outcome::Fine)
}

const THEN: &str = "see it with `casebook build --drafts`, and take out `draft: true` when others \
                    may read it";

fn flat(root: &Path, id: &str) -> Result<Started, Failure> {
    refuse_existing(root, id)?;
    let path = format!("content/projects/{id}.md");
    create_new(root, &path, &filled(PROJECT, id))?;
    Ok(Started { path, next: format!("fill it in, {THEN}") })
}

fn in_folder(root: &Path, id: &str) -> Result<Started, Failure> {
    refuse_existing(root, id)?;
    let path = format!("content/projects/{id}/index.md");
    create_new(root, &path, &filled(PROJECT, id))?;
    let next = format!("fill it in, put series into content/projects/{id}/data/ as CSV, {THEN}");
    Ok(Started { path, next })
}

fn refuse_existing(root: &Path, id: &str) -> Result<(), Failure> {
    let forms = [format!("content/projects/{id}.md"), format!("content/projects/{id}/index.md")];
    match forms.iter().find(|path| is_there(&root.join(path))) {
        None => Ok(()),
        Some(path) => Err(Failure::usage(format!("the project `{id}` is there already: {path}"))
            .help("open that file, or choose another name")),
    }
}

fn unit(root: &Path, id: &str) -> Result<Started, Failure> {
    let path = format!("content/units/{id}.md");
    if is_there(&root.join(&path)) {
        return Err(Failure::usage(format!("the unit `{id}` is there already: {path}"))
            .help("open that file, or choose another name"));
    }
    create_new(root, &path, &filled(UNIT, id))?;
    Ok(Started { path, next: format!("fill it in, then name it in write-ups as `unit: {id}`") })
}

fn post_mortem(root: &Path, id: &str, today: Date) -> Result<Started, Failure> {
    let folder = format!("content/projects/{id}");
    let path = format!("{folder}/post-mortem.md");
    if is_there(&root.join(&path)) {
        return Err(Failure::usage(format!("the post-mortem is there already: {path}")));
    }
    if is_there(&root.join(format!("{folder}/index.md"))) {
        let text = POST_MORTEM.replace("@TODAY@", &today.to_string());
        create_new(root, &path, &text)?;
        let next = "fill it in, then run `casebook check`".to_owned();
        return Ok(Started { path, next });
    }
    Err(if is_there(&root.join(format!("{folder}.md"))) {
        Failure::usage(format!(
            "a post-mortem of its own needs a folder, and {folder}.md is a file"
        ))
        .help(format!("run `mkdir {folder} && mv {folder}.md {folder}/index.md` first"))
    } else {
        Failure::usage(format!("there is no project `{id}`"))
            .help(format!("run `casebook new project {id} --folder` first"))
    })
}

/// The id as it will be read, if it is its own address: `check` would refuse another later.
fn sound(typed: &str) -> Result<String, Failure> {
    let (id, problem) = id::check(typed, Below::Folder, FileId::default());
    match problem {
        None => Ok(id),
        Some(problem) => {
            let failure = Failure::usage(problem.message);
            Err(match problem.help {
                Some(help) => failure.help(help),
                None => failure,
            })
        }
    }
}

/// A scaffold with a title made of the id: "same-day-claims" gives "Same day claims".
fn filled(scaffold: &str, id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    scaffold.replace("@TITLE@", &(first + letters.as_str()))
}

#[cfg(test)]
mod tests;
