//! `casebook build`: makes the site and publishes it, or says why nothing was written.
//!
//! What was made is said on stdout, what is wrong on stderr. A folder that must not be written is
//! refused before the site is made where it was typed, and before anything is touched always.

use super::Outcome;
use super::cache::Cached;
use super::check::{left_out, open, outcome};
use super::options::Options;
use super::progress::Progress;
use super::settings;
use super::stop::Stop;
use super::store::{How, Kept};
use super::target;
use super::typed::Build;
use super::voice::some;
use crate::diagnostics::Failure;
use crate::memo;
use crate::pipeline::{self, Made, Watch};
use crate::report;
use crate::site::edition::Edition;
use crate::site::exchange::Way;
use crate::site::guard::Place;
use crate::site::made_of;
use crate::site::output::{Output, Seen};
use crate::site::roll::Roll;
use crate::site::rollback::RolledBack;
use crate::site::staging::{Published, Staging, Unkept};
use crate::site::{Shelf, Stretches};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

/// So many foreign files are named.
const NAMED: usize = 5;

/// Runs it.
pub fn run(typed: Build, options: &Options) -> Result<Outcome, Failure> {
    let voice = options.voice;
    let request = options.request(&typed.edition)?;
    let place = |output| Place { root: request.root.clone(), output, home: options.home.clone() };
    // First of all: what is done side by side before would settle how many threads there are.
    if let Some(jobs) = typed.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global();
        pool.map_err(|error| Failure::machine(format!("cannot start {jobs} threads: {error}")))?;
    }
    if let Some(output) = &typed.output {
        target::folder(&output.display().to_string())?;
    }
    // A typed path starts where it was typed, one in the settings at the casebook's folder.
    let typed_place = typed.output.as_ref().map(|output| place(options.here.join(output)));
    if typed.rollback {
        let place = match typed_place {
            Some(place) => place,
            None => {
                let output = settings::certain(&request.root, "output")?.output;
                target::folder(&output)?;
                place(PathBuf::from(output))
            }
        };
        return rolled_back(place, options);
    }
    let mut here = typed_place.map(Output::open).transpose()?;

    let stop = Stop::listening();
    let progress = Progress::start(voice);
    progress.stage("recall");
    let mut cached = Cached::read(&request, options, typed.fresh);
    let how = if typed.fresh { How::Anew } else { How::Keeping };
    let store = Arc::new(Kept::of(&request.root, options.program, how));
    let (built, disk) = loop {
        let disk = Disk {
            opened: Mutex::new(here.take()),
            place: &place,
            staging: OnceLock::new(),
            remembered: cached.seen,
            stop: stop.clone(),
        };
        let memory = &mut cached.memory;
        memory.store = store.clone();
        let made = memo::unless_gone(|| pipeline::rebuild(&request, &progress, &disk, memory));
        if let Some(built) = made {
            break (built, disk);
        }
        // What was remembered was whole when the build began, and is not any more.
        drop(disk);
        cached = cached.forgotten(options);
        let typed_place = typed.output.as_ref().map(|output| place(options.here.join(output)));
        here = typed_place.map(Output::open).transpose()?;
    };
    progress.clear();
    let built = built?;
    voice.tell_diagnostics(&built.diagnostics, &built.sources);
    let summary = report::summary(&built.diagnostics);
    let outcome = outcome(&built.diagnostics, &typed.edition);
    if outcome != Outcome::Fine {
        voice.tell(&format!("nothing was written: {summary}\n"));
        return Ok(outcome);
    }
    if !built.diagnostics.is_empty() {
        voice.tell(&format!("{summary}\n"));
    }

    let staging = disk.staging.into_inner().expect("a build without errors makes a site");
    progress.stage("publish");
    stop.is_not_wanted()?;
    let folder = staging.folder().to_path_buf();
    let published = staging.commit()?;
    // Where it cannot be put away, `publish` says that it does not know.
    let _ = made_of::put(&request.root, &folder, published.seen.manifest, &built.sources);
    let other = built.made.rendered > 0 || cached.seen != Some(published.seen);
    if other || cached.has_news(options) {
        progress.stage("remember");
        cached.write(&request, options, published.seen);
    }
    store.sweep(&cached.name);
    let told = typed.output.as_deref().unwrap_or(Path::new(&built.settings.output)).display();
    voice.tell(&by_which_way(&published, &told.to_string()));
    let seconds = progress.elapsed().as_secs_f64();
    let line = format!(
        "built {} into {told} ({}) in {seconds:.2} s\n",
        made(&built.made),
        done(&published)
    );
    voice.say(
        &(line
            + &kept(&published.kept_foreign)
            + &left_out(&built.left_out)
            + &open(&built, NAMED)),
    )?;
    if typed.timings {
        voice.answer(&(progress.table() + &counts(&built.made, &published)))?;
    }
    // The process ends here: to take a large portfolio down would only keep someone waiting.
    std::mem::forget((built, cached));
    Ok(Outcome::Fine)
}

/// Puts the site before the last back.
fn rolled_back(place: Place, options: &Options) -> Result<Outcome, Failure> {
    let told = place.output.display().to_string();
    let RolledBack { changed, back, gone, shown } = Output::open(place)?.roll_back()?;
    options.voice.say(&format!(
        "put back the site before the last in {told}: {changed} changed, {back} back, {gone} gone; \
         once more puts the newer one back\n"
    ))?;
    options.voice.tell(&shown_again(&shown));
    Ok(Outcome::Fine)
}

/// What readers can open again: it may be what someone withdrew.
fn shown_again(shown: &[String]) -> String {
    let pages: Vec<&String> = shown.iter().filter(|path| path.ends_with(".html")).collect();
    let upper = pages.iter().min_by_key(|path| path.matches('/').count());
    let (count, noun, first) = match (upper, shown.first()) {
        (Some(page), _) => (pages.len(), "page", *page),
        (None, Some(file)) => (shown.len(), "file", file),
        (None, None) => return String::new(),
    };
    let some = some(count, noun);
    match count {
        1 => format!(
            "{some} is back that the site did not have any more, {first}: see whether it was \
             withdrawn\n"
        ),
        _ => format!(
            "{some} are back that the site did not have any more, such as {first}: see whether \
             they were withdrawn\n"
        ),
    }
}

/// The output folder as the shelf that the pipeline puts files on.
struct Disk<'p> {
    /// The folder that was typed, opened before anything was made.
    opened: Mutex<Option<Output>>,
    place: &'p (dyn Fn(PathBuf) -> Place + Sync),
    staging: OnceLock<Staging>,
    /// What was seen there of the site that is remembered.
    remembered: Option<Seen>,
    stop: Stop,
}

impl Shelf for Disk<'_> {
    fn begin(&self, output: &str, edition: &Edition, roll: &Roll) -> Result<(), Failure> {
        let opened = self.opened.lock().expect("no thread panics with it").take();
        let set = || {
            target::folder(output)?;
            Output::open((self.place)(PathBuf::from(output)))
        };
        let output = opened.map_or_else(set, Ok)?;
        self.stop.begins_to_write();
        self.stop.is_not_wanted()?;
        let staging = output.begin(edition, roll, self.remembered)?;
        self.staging.set(staging).expect("a build begins once");
        Ok(())
    }

    fn take(&self, address: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.stop.is_not_wanted()?;
        self.staging.get().expect(BEGUN).take(address, bytes)
    }

    fn keep(&self, address: &str) -> Result<bool, Failure> {
        self.stop.is_not_wanted()?;
        let staging = self.staging.get().expect(BEGUN);
        Ok(staging.is_known() && staging.keep(address)?)
    }

    fn take_long(&self, address: &str, stretches: Stretches<'_>) -> Result<(), Failure> {
        self.stop.is_not_wanted()?;
        self.staging.get().expect(BEGUN).take_long(address, stretches)
    }
}

/// The order in which the pipeline calls a shelf.
const BEGUN: &str = "a build begins before its first file";

fn made(made: &Made) -> String {
    format!(
        "{}, {} and {} as {}",
        some(made.projects, "project"),
        some(made.units, "unit"),
        some(made.kpis, "KPI"),
        some(made.pages, "page"),
    )
}

/// "10000 read, 1 page rendered, 1 written of 21340".
fn counts(made: &Made, published: &Published) -> String {
    let all = published.written + published.unchanged;
    let rendered = some(made.rendered, "page");
    format!("{} read, {rendered} rendered, {} written of {all}\n", made.read, published.written)
}

/// Says it where a site could not take its place in one step, or none is kept to be put back.
pub fn by_which_way(published: &Published, told: &str) -> String {
    match (published.way, &published.unkept) {
        (Way::Ordered(why), _) => format!(
            "{told} was changed file by file, styles first and pages last, and the site before is \
             not kept: {why}\n"
        ),
        (_, Some(Unkept::Nothing)) => format!(
            "no site stood in {told} any more, and this one took the place of the one that was \
             kept: there is nothing to roll back to\n"
        ),
        (_, Some(Unkept::Differs(path))) => format!(
            "`{path}` in {told} was not as it was built, so the site before is not kept: there is \
             nothing to roll back to\n"
        ),
        (_, None) => String::new(),
    }
}

/// "12 written, 72 unchanged, 1 removed".
pub fn done(published: &Published) -> String {
    let Published { written, unchanged, removed, .. } = published;
    format!("{written} written, {unchanged} unchanged, {removed} removed")
}

/// What is not ours and stays.
pub fn kept(foreign: &[String]) -> String {
    match named(foreign) {
        None => String::new(),
        Some(named) => format!("left alone, for casebook did not make it: {named}\n"),
    }
}

/// The first of some paths, and how many more there are.
pub fn named(foreign: &[String]) -> Option<String> {
    if foreign.is_empty() {
        return None;
    }
    let named = foreign.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = match foreign.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("{named}{more}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_and_done_is_one_line() {
        let counts = Made { projects: 16, units: 6, kpis: 38, pages: 84, ..Made::default() };
        assert_eq!(made(&counts), "16 projects, 6 units and 38 KPIs as 84 pages");
        let one = Made { projects: 1, units: 0, kpis: 1, pages: 1, ..Made::default() };
        assert_eq!(made(&one), "1 project, 0 units and 1 KPI as 1 page");
        let published =
            Published { written: 12, unchanged: 72, removed: 1, ..Published::default() };
        assert_eq!(done(&published), "12 written, 72 unchanged, 1 removed");
    }

    #[test]
    fn what_can_be_opened_again_is_counted_and_one_is_named() {
        let told = |paths: &[&str]| {
            shown_again(&paths.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(told(&[]), "");
        let one = "1 page is back that the site did not have any more, b/index.html: see whether \
                   it was withdrawn\n";
        assert_eq!(told(&["a.png", "b/index.html"]), one);
        let two = "2 files are back that the site did not have any more, such as a.csv: see \
                   whether they were withdrawn\n";
        assert_eq!(told(&["a.csv", "b.png"]), two);
    }

    #[test]
    fn foreign_files_are_named_up_to_a_few() {
        let foreign: Vec<String> = ["a", "b", "c", "d", "e", "f"].map(str::to_owned).into();
        assert_eq!(kept(&[]), "");
        assert_eq!(kept(&foreign[..1]), "left alone, for casebook did not make it: a\n");
        let six = "left alone, for casebook did not make it: a, b, c, d, e and 1 more\n";
        assert_eq!(kept(&foreign), six);
    }
}
