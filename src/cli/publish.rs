//! `casebook publish`: hands out the site that was built, to a folder or to an object store.
//!
//! In go the output folder, as its manifest lists it, and a target. Nothing is made here, so that
//! what was checked is what goes out; to a folder it goes as a build would write it there.

use super::Outcome;
use super::build::{by_which_way, done, kept, named};
use super::options::Options;
use super::progress::Progress;
use super::settings;
use super::stop::Stop;
use super::target::Target;
use super::typed::Publish;
use crate::diagnostics::{Failure, FileId};
use crate::documents::settings::Settings;
use crate::site::built::Built;
use crate::site::guard::{NEXT_STEP, Place};
use crate::site::output::Output;
use crate::sources::Sources;
use std::path::Path;

/// What was done, and what is not ours where it was done.
type Done = (String, Vec<String>);

/// Runs it.
pub fn run(typed: &Publish, options: &Options) -> Result<Outcome, Failure> {
    let progress = Progress::start(options.voice);
    let target = typed.target.display().to_string();
    let kind = Target::of(&target)?;
    let root = options.root()?;
    // A typed path starts where it was typed, one in the settings at the casebook's folder.
    let (folder, told) = match &typed.output {
        Some(output) => (options.here.join(output), output.display().to_string()),
        None => {
            let output = settings::certain(&root, "output")?.output;
            (root.join(&output), output)
        }
    };
    let open = || {
        let built = Built::open(&folder, &told)?;
        is_of_now(&built, &root, &told, options)?;
        Ok(built)
    };
    let (built, (did, foreign)) = if kind == Target::Store {
        to_store(&target, open)?
    } else {
        let built = open()?;
        let output = options.here.join(&typed.target);
        let output = Output::open(Place { root: root.clone(), output, home: options.home.clone() });
        let output = output.map_err(elsewhere)?;
        output.is_apart_from(&folder)?;
        let other = "publish each edition to a folder of its own";
        built.edition.follows(output.holds(), &target, other)?;
        let did = to_folder(&built, output, &target, options)?;
        (built, did)
    };
    let seconds = progress.elapsed().as_secs_f64();
    let edition = &built.edition;
    let mut said =
        format!("published {told}, the edition {edition}, to {target} ({did}) in {seconds:.2} s\n");
    if let Some(named) = named(&built.foreign) {
        said += &format!("not published, for casebook did not make it: {named}\n");
    }
    options.voice.say(&(said + &kept(&foreign)))?;
    Ok(Outcome::Fine)
}

/// The next step where a build would be told of its settings.
fn elsewhere(refused: Failure) -> Failure {
    match refused.help.as_deref() {
        Some(NEXT_STEP) => refused.help("name a folder of its own, such as the web server's"),
        _ => refused,
    }
}

/// Refuses a site that was made of other files than those that are there now: what was withdrawn since
/// would go out. Where a casebook is without its content there is nothing to hold it against; that it
/// is gone is told where one was built there before.
fn is_of_now(built: &Built, root: &Path, told: &str, options: &Options) -> Result<(), Failure> {
    let has_content = matches!(Sources::standing(root), Some((_, true)));
    if !has_content && !built.is_noted(root) {
        return Ok(());
    }
    let file = Sources::settings(root)?;
    let limits = Settings::read(file.text().unwrap_or_default(), FileId(0)).0.limits;
    let sources = Sources::read(root, file, limits, None)?;
    match built.changed(root, &sources) {
        Some(changed) => match named(&changed) {
            None => Ok(()),
            Some(named) => {
                let message = format!("{named} changed since `{told}` was built");
                Err(Failure::usage(message).help("run `casebook build`, and publish what it makes"))
            }
        },
        None if options.voice.quiet => Ok(()),
        None => {
            options.voice.tell(&format!(
                "it is not known whether the content changed since `{told}` was built: after \
                 `casebook build` it is\n"
            ));
            Ok(())
        }
    }
}

fn to_folder(
    built: &Built,
    output: Output,
    target: &str,
    options: &Options,
) -> Result<Done, Failure> {
    let stop = Stop::listening();
    stop.begins_to_write();
    let published = built.hand_out(output, || stop.is_not_wanted())?;
    options.voice.tell(&by_which_way(&published, target));
    Ok((done(&published), published.kept_foreign))
}

/// A run that is stopped here needs no clearing up: the next one goes on where it was.
#[cfg(feature = "object-store")]
fn to_store(
    target: &str,
    open: impl Fn() -> Result<Built, Failure>,
) -> Result<(Built, Done), Failure> {
    use super::surroundings::Surroundings;
    use crate::site::remote::{Delivered, Remote};
    let remote = Remote::open(target, &Surroundings::stores())?;
    let built = open()?;
    // Before anything is touched, all is known to be as it was built.
    let lengths = built.lengths()?;
    let Delivered { put, unchanged, gone, foreign } = remote.publish(&built, &lengths)?;
    Ok((built, (format!("{put} put, {unchanged} unchanged, {gone} removed"), foreign)))
}

#[cfg(not(feature = "object-store"))]
fn to_store(
    target: &str,
    _open: impl Fn() -> Result<Built, Failure>,
) -> Result<(Built, Done), Failure> {
    let scheme = target.split("://").next().unwrap_or_default();
    let message = format!("this casebook knows no object stores, so nothing goes to `{scheme}://`");
    Err(Failure::usage(message).help(
        "install one that does: in its source, cargo install --path . --features object-store",
    ))
}
