//! `casebook doctor`: whether this machine and this casebook are fit for a build, line by line, and
//! with --verify whether what was published is still there.
//!
//! It writes nothing but what it takes away again, and puts in order what a build that died left.

use super::Outcome;
use super::options::Options;
use super::progress::Progress;
use super::target;
use super::typed::{Doctor, Edition};
use super::voice::some;
use crate::diagnostics::{Diagnostic, Failure, Severity};
use crate::pipeline::{self, Built};
use crate::report;
use crate::serve::watches::Watches;
use crate::site::checkup::{Checkup, Verified};
use crate::site::guard::Place;
use crate::site::output::Output;
use crate::sources::Kind;
use std::path::PathBuf;

/// So many paths are named.
const NAMED: usize = 5;

/// Less than this is little for any site.
const SCARCE: u64 = 1 << 20;

/// What was looked at, how it is, and how that ends the command.
struct Finding {
    what: &'static str,
    health: Health,
    told: String,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Fine,
    /// It works, but not at its best.
    Note,
    /// It does not work.
    Wrong(Outcome),
    /// The machine would not.
    Broken,
}

/// Runs it.
pub fn run(typed: Doctor, options: &Options) -> Result<Outcome, Failure> {
    let edition = Edition { drafts: false, audience: None, strict: false };
    let request = options.request(&edition)?;
    let progress = Progress::start(options.voice);
    let built = pipeline::check(&request, &progress);
    progress.clear();
    let built = built?;
    let mut all = casebook(&built);
    let set = PathBuf::from(&built.settings.output);
    let told = typed.output.as_ref().unwrap_or(&set).display().to_string();
    let output = typed.output.map_or(set, |output| options.here.join(output));
    let place = Place { root: request.root.clone(), output, home: options.home.clone() };
    let output = target::folder(&told).and_then(|()| Output::open(place));
    match output.and_then(|output| Ok((output.check_up()?, output))) {
        Ok((checkup, output)) => {
            all.extend(published(&checkup, &told));
            all.extend(changed(&output.changed(&built.sources).unwrap_or_default(), &told));
            if typed.verify {
                all.push(verified(&output.verify()?, &told));
                all.extend(output.verify_kept()?.as_ref().and_then(kept));
            }
        }
        Err(failure) => all.push(refused(&failure)),
    }
    all.push(watched(&request.root));
    let counts = |one: &&Finding| !options.voice.quiet || one.health != Health::Fine;
    let lines: Vec<String> = all.iter().filter(counts).map(Finding::line).collect();
    options.voice.answer(&lines.concat())?;
    // What is broken outweighs what is written wrong.
    if all.iter().any(|one| one.health == Health::Broken) {
        let broken = all.iter().filter(|one| one.health == Health::Broken).count();
        return Err(Failure::machine(format!(
            "{} wrong",
            if broken == 1 { "one thing is".into() } else { format!("{broken} things are") }
        )));
    }
    let wrong = all.iter().filter_map(|one| match one.health {
        Health::Wrong(outcome) => Some(outcome),
        _ => None,
    });
    Ok(wrong.max_by_key(|outcome| *outcome == Outcome::BadSettings).unwrap_or(Outcome::Fine))
}

impl Finding {
    fn line(&self) -> String {
        let mark = match self.health {
            Health::Fine => "fine ",
            Health::Note => "note ",
            Health::Wrong(_) | Health::Broken => "wrong",
        };
        format!("{mark}  {:<9} {}\n", self.what, self.told)
    }
}

/// What the files of the casebook are like.
fn casebook(built: &Built) -> Vec<Finding> {
    let kind = |one: &&Diagnostic| &built.sources.file(one.place().file).kind;
    let of = |what: &'static str, whole: String, wrong: Outcome, is: &dyn Fn(&Kind) -> bool| {
        let own: Vec<Diagnostic> =
            built.diagnostics.iter().filter(|one| is(kind(one))).cloned().collect();
        let health = match own.iter().map(|one| one.severity).max() {
            None => Health::Fine,
            Some(Severity::Error) => Health::Wrong(wrong),
            Some(_) => Health::Note,
        };
        let told = match own.is_empty() {
            true => whole,
            false => format!("{whole}: {} (see `casebook check`)", report::summary(&own)),
        };
        Finding { what, health, told }
    };
    let made = &built.made;
    let themes = built.sources.theme_files(&built.settings.theme).len();
    let theme = match themes {
        0 => format!("{}, as it is built in", built.settings.theme.value),
        files => format!("{}, {} of its own", built.settings.theme.value, some(files, "file")),
    };
    let content = format!(
        "{}, {}, {}",
        some(made.projects, "project"),
        some(made.units, "unit"),
        some(made.kpis, "KPI")
    );
    vec![
        of("settings", "casebook.yaml".into(), Outcome::BadSettings, &|kind| {
            *kind == Kind::Settings
        }),
        of("theme", theme, Outcome::Problems, &|kind| *kind == Kind::Theme),
        of("content", content, Outcome::Problems, &|kind| {
            !matches!(kind, Kind::Settings | Kind::Theme)
        }),
    ]
}

/// What stands in the output, and how the next site will come there.
fn published(checkup: &Checkup, told: &str) -> Vec<Finding> {
    let size = size(checkup.bytes);
    let (health, site) = match (checkup.files, checkup.whole) {
        (0, _) => (Health::Fine, format!("{told}: no site is there yet")),
        (files, true) => {
            let back = match (&checkup.shut, checkup.rollback) {
                // Nobody looked.
                (Some(_), _) => "",
                (None, true) => "; the site before it is kept",
                (None, false) => "; no site before it is kept",
            };
            let edition = checkup.edition.as_ref();
            let edition = edition.map(|edition| format!(" of the edition {edition}"));
            let files = some(files, "file") + &edition.unwrap_or_default();
            (Health::Fine, format!("{told}: {files}, {size}{back}"))
        }
        (_, false) => {
            let next = "a build was stopped midway; the next one makes it whole";
            (Health::Note, format!("{told}: {next}"))
        }
    };
    let output = Finding { what: "output", health, told: site };
    let publish = match (&checkup.shut, checkup.ordered) {
        (Some(why), _) => (Health::Broken, format!("nothing can be written there: {why}")),
        (None, None) => {
            (Health::Fine, "in one step: the new site and the old one change places".into())
        }
        (None, Some(why)) => {
            let how = "file by file, styles first and pages last, for";
            (Health::Note, format!("{how} {why}; a reader can meet both sites"))
        }
    };
    let publish = Finding { what: "publish", health: publish.0, told: publish.1 };
    // What is free is of no use where nothing can be written.
    let disk = checkup.free.filter(|_| checkup.shut.is_none()).map(|free| {
        let health = match free {
            0 => Health::Broken,
            // Another copy, and what changes.
            _ if free < checkup.bytes.saturating_mul(2).max(SCARCE) => Health::Note,
            _ => Health::Fine,
        };
        let told = format!("{} free; a build keeps two copies of the site", self::size(free));
        Finding { what: "disk", health, told }
    });
    [output, publish].into_iter().chain(disk).collect()
}

/// What is not as it was when the site was built.
fn changed(changed: &[String], told: &str) -> Option<Finding> {
    let named = named(changed);
    let told = format!("{named} changed since {told} was built; `casebook build` makes it anew");
    let finding = Finding { what: "sources", health: Health::Note, told };
    Some(finding).filter(|_| !changed.is_empty())
}

fn verified(verified: &Verified, told: &str) -> Finding {
    let what = "verify";
    let Verified { files, missing, changed, foreign } = verified;
    let beside = match foreign.len() {
        0 => String::new(),
        _ => format!("; not ours: {}", named(foreign)),
    };
    if verified.is_whole() {
        let told =
            format!("{told}: {} read, each as it was published{beside}", some(*files, "file"));
        return Finding { what, health: Health::Fine, told };
    }
    let told = format!("{told}: {}{beside}; `casebook build` mends it", wrong(changed, missing));
    Finding { what, health: Health::Broken, told }
}

/// The site before is not as it was.
fn kept(verified: &Verified) -> Option<Finding> {
    let Verified { changed, missing, .. } = verified;
    let told = format!(
        "the site before: {}; it cannot be put back, and the next build that changes something \
         keeps another",
        wrong(changed, missing)
    );
    let finding = Finding { what: "verify", health: Health::Note, told };
    Some(finding).filter(|_| !verified.is_whole())
}

/// "1 changed: a; 2 missing: b, c".
fn wrong(changed: &[String], missing: &[String]) -> String {
    let lists = [("changed", changed), ("missing", missing)];
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
    let wrong: Vec<String> =
        lists.map(|(how, list)| format!("{} {how}: {}", list.len(), named(list))).collect();
    wrong.join("; ")
}

fn named(list: &[String]) -> String {
    let first = list.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match list.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// A site cannot be published there.
fn refused(failure: &Failure) -> Finding {
    let health = match failure.exit {
        2 => Health::Wrong(Outcome::BadSettings),
        _ => Health::Broken,
    };
    Finding { what: "output", health, told: failure.message.clone() }
}

/// Whether `serve` will be told what is saved.
fn watched(root: &std::path::Path) -> Finding {
    let (health, told) = match Watches::none().renew(root) {
        Ok(()) => (Health::Fine, "the system tells `casebook serve` what is saved".into()),
        Err(why) => {
            (Health::Note, format!("{why}; `casebook serve` looks at the files every two seconds"))
        }
    };
    Finding { what: "watches", health, told }
}

/// A count of bytes in the unit that suits it.
fn size(bytes: u64) -> String {
    let units = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    let unit = units.iter().find(|(of, _)| bytes >= *of);
    unit.map_or_else(
        || some(usize::try_from(bytes).unwrap_or(usize::MAX), "byte"),
        |(of, name)| format!("{} {name}", bytes / of),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(checkup: Checkup) -> String {
        published(&checkup, "public").iter().map(Finding::line).collect()
    }

    const SOUND: Checkup = Checkup {
        files: 186,
        edition: None,
        bytes: 3 << 20,
        whole: true,
        rollback: true,
        ordered: None,
        shut: None,
        free: Some(81 << 30),
    };

    #[test]
    fn what_was_found_is_a_line_each() {
        assert_eq!(
            lines(SOUND),
            "fine   output    public: 186 files, 3 MB; the site before it is kept\n\
             fine   publish   in one step: the new site and the old one change places\n\
             fine   disk      81 GB free; a build keeps two copies of the site\n"
        );
        let half = Checkup {
            whole: false,
            ordered: Some("a disk is mounted at it"),
            free: Some(5 << 20),
            ..SOUND
        };
        assert_eq!(lines(half).matches("note ").count(), 3);
        assert_eq!(size(999), "999 bytes");
    }

    #[test]
    fn where_nothing_can_be_written_that_is_wrong() {
        let health = |checkup: Checkup| {
            let all = published(&checkup, "public");
            all.into_iter().map(|one| one.health).collect::<Vec<_>>()
        };
        let (fine, note, broken) = (Health::Fine, Health::Note, Health::Broken);
        let of = |bytes, free| Checkup { bytes, free: Some(free), ..SOUND };
        assert_eq!(health(of(0, 0)), [fine, fine, broken]);
        assert_eq!(health(of(0, SCARCE - 1)), [fine, fine, note]);
        assert_eq!(health(of(0, SCARCE)), [fine, fine, fine]);
        assert_eq!(health(of(SCARCE, 2 * SCARCE - 1)), [fine, fine, note]);
        assert_eq!(health(of(SCARCE, 2 * SCARCE)), [fine, fine, fine]);
        let why = "the disk of `/srv/public` is read-only".to_owned();
        assert_eq!(
            lines(Checkup { shut: Some(why), free: Some(0), ..SOUND }),
            "fine   output    public: 186 files, 3 MB\n\
             wrong  publish   nothing can be written there: the disk of `/srv/public` is read-only\n"
        );
    }

    #[test]
    fn what_is_not_as_it_was_is_named() {
        let paths = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let found = Verified {
            files: 9,
            missing: paths(&["a"]),
            changed: paths(&["b", "c", "d", "e", "f", "g"]),
            foreign: paths(&["x/"]),
        };
        let found = verified(&found, "public");
        assert_eq!(found.health, Health::Broken);
        assert_eq!(
            found.told,
            "public: 6 changed: b, c, d, e, f and 1 more; 1 missing: a; not ours: x/; \
             `casebook build` mends it"
        );
    }
}
