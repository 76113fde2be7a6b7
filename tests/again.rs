//! A rebuild equals a clean build, byte for byte, whatever was edited in between.
//!
//! A casebook is edited at random, as writers, publishers and theme authors do: after each edit the
//! site that was made again must be the one that a first build makes, and so must all that is said.
//! So it is in memory, on the socket of a preview and in a folder on the disk (T79).
#![allow(clippy::disallowed_methods, reason = "tests write casebooks of their own")]

#[path = "again/disk.rs"]
mod disk;
#[path = "again/edits.rs"]
mod edits;
#[allow(dead_code, reason = "tests/serve.rs asks for more")]
#[path = "serve/running.rs"]
mod running;
#[path = "again/served.rs"]
mod served;
#[path = "again/site.rs"]
mod site;

use casebook::editions::Drafts;
use casebook::pipeline::{self, Built, Made, Memory, Request, Watch};
use casebook::report::{self, Color};
use disk::Disk;
use edits::Edits;
use served::{Served, Wrong};
use site::Site;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, SystemTime};

struct Silent;

impl Watch for Silent {
    fn stage(&self, _name: &'static str) {}
    fn page(&self, _done: usize, _of: usize) {}
}

fn request(root: &Path) -> Request {
    Request {
        root: root.to_path_buf(),
        as_of: None,
        today: jiff::civil::date(2026, 6, 30),
        audience: None,
        drafts: Drafts::Hidden,
    }
}

/// What a run said and made, in a form that can be compared.
fn told(built: &Built) -> String {
    let Built { sources, diagnostics, left_out, made, whole, .. } = built;
    let painted = report::terminal(diagnostics, sources, Color::Never, 100);
    format!("{painted}\n{diagnostics:#?} {left_out:?} {} {} {whole}", made.projects, made.pages)
}

/// How what is remembered comes from one run to the next.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Remembered {
    /// In the same process.
    #[default]
    Held,
    /// As bytes that another process reads.
    Stored,
}

/// A casebook that is made again after each edit, and held against a clean build.
#[derive(Default)]
struct Again {
    memory: Memory,
    remembered: Remembered,
    site: Site,
}

impl Again {
    /// Makes it again; how much was made, where there is a site.
    fn build(&mut self, root: &Path, at: &str) -> Option<Made> {
        if self.remembered == Remembered::Stored {
            self.memory = handed_on(&self.memory);
        }
        let again = pipeline::rebuild(&request(root), &Silent, &self.site, &mut self.memory);
        let clean = Site::default();
        let first = pipeline::build(&request(root), &Silent, &clean);
        let (again, first) = match (again, first) {
            (Err(again), Err(first)) => {
                assert_eq!(format!("{again:?}"), format!("{first:?}"), "{at}");
                return None;
            }
            (again, first) => (again.expect(at), first.expect(at)),
        };
        assert_eq!(told(&again), told(&first), "{at}");
        if !again.whole {
            return None;
        }
        let stands = std::mem::take(self.site.taken.get_mut().expect("no thread panics with it"));
        let clean = clean.taken.into_inner().expect("no thread panics with it");
        let told = self.site.roll.get_mut().expect("no thread panics with it");
        assert_eq!(*told, stands.keys().cloned().collect(), "{at}: what was told was made");
        let all: BTreeSet<&String> = stands.keys().chain(clean.keys()).collect();
        let differ: Vec<_> =
            all.into_iter().filter(|path| stands.get(*path) != clean.get(*path)).collect();
        assert!(differ.is_empty(), "{at}: {differ:?} differ");
        self.site.stands = stands;
        let [standing, taken] = &mut self.site.long;
        let taken = std::mem::take(taken.get_mut().expect("no thread panics with it"));
        *standing.get_mut().expect("no thread panics with it") = taken;
        Some(again.made)
    }
}

/// What is remembered, as another process has it that believes all stamps: each edit is later than
/// the build before it by more than the disk's times are coarse.
fn handed_on(memory: &Memory) -> Memory {
    let later = SystemTime::now() + Duration::from_secs(3600);
    let parts: Vec<Vec<u8>> = memory.stored(later).collect();
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    Memory::restored(&parts).expect("what was stored")
}

/// Edits a casebook so many times, and makes it again in memory; how many pages were rendered, of
/// how many.
fn edited(seed: u64, times: usize, remembered: Remembered) -> (usize, usize) {
    let mut edits = Edits::new(seed);
    let root = edits.root().to_path_buf();
    let mut again = Again { remembered, ..Again::default() };
    let (mut rendered, mut of) = (0, 0);
    for nth in 0..times {
        let what = if nth == 0 { "nothing".into() } else { edits.edit() };
        let made = again.build(&root, &format!("seed {seed}, edit {nth}: {what}"));
        edits.made(made.is_some());
        let made = made.unwrap_or_default();
        (rendered, of) = (rendered + made.rendered, of + made.pages);
    }
    (rendered, of)
}

/// Edits a casebook so many times, while it is served; after each the program builds it again. How
/// many pages were rendered on the disk, of how many.
fn saved(seed: u64, times: usize) -> (usize, usize) {
    let mut edits = Edits::new(seed);
    let root = edits.root().to_path_buf();
    let (mut disk, mut served) = (Disk::begin(&root), Served::begin(&root));
    for nth in 0..=times {
        let what = if nth == 0 { "nothing".into() } else { edits.edit() };
        let at = format!("seed {seed}, edit {nth}: {what}");
        let clean = disk.clean();
        disk.builds(&clean, &at);
        match &clean.site {
            Some(site) => served.shows(site, &at),
            None => served.warns(
                &Wrong::of(pipeline::build(&request(&root), &Silent, &Site::default())),
                &at,
            ),
        }
        edits.made(clean.site.is_some());
    }
    disk.rendered
}

/// So many projects that each list has two pages.
const MANY: usize = 210;

/// A short write-up.
fn write_up(title: &str, more: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: It is done.\nstatus: completed\nunit: claims\n\
         owner: {{name: Owner of {title}, unit: claims}}\n{more}\n---\n\nDone.\n"
    )
}

#[test]
fn a_body_that_alone_changed_may_ask_for_a_file_or_let_it_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let project = folder.path().join("content/projects/a");
    std::fs::create_dir_all(&project).expect("a folder");
    std::fs::write(folder.path().join("casebook.yaml"), "as_of: 2026-06-30\n").expect("settings");
    std::fs::write(project.join("plan.pdf"), "%PDF-1.4").expect("a file");
    for remembered in [Remembered::Held, Remembered::Stored] {
        let mut again = Again { remembered, ..Again::default() };
        for (more, files) in
            [("", 0), ("\n[The plan](plan.pdf).\n", 1), ("\n[It](plan.pdf).\n", 1), ("", 0)]
        {
            let text = write_up("One", "") + more;
            std::fs::write(project.join("index.md"), text).expect("a write-up");
            again.build(folder.path(), &format!("with {more:?}")).expect("a site");
            let beside = again.site.stands.keys().filter(|path| path.ends_with("plan.pdf"));
            assert_eq!(beside.count(), files, "with {more:?}");
        }
    }
}

#[test]
fn a_picture_of_another_size_makes_the_pages_that_show_it_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = folder.path().join("content");
    let put = |path: &str, text: &str| {
        let path = content.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    std::fs::write(folder.path().join("casebook.yaml"), "as_of: 2026-06-30\n").expect("settings");
    put("index.md", "![A form](form.svg)\n");
    put("pages/about.md", "---\ntitle: About\n---\n\n![A form](form.svg)\n");
    put("units/claims.md", "---\nname: Claims\n---\n\n![A form](form.svg)\n");
    put("projects/a/index.md", &(write_up("One", "") + "\n![A form](form.svg)\n"));
    let pages =
        ["about/index.html", "index.html", "projects/a/index.html", "units/claims/index.html"];
    for remembered in [Remembered::Held, Remembered::Stored] {
        let mut again = Again { remembered, ..Again::default() };
        for width in [40, 40, 41, 42] {
            let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\"/>");
            let places = ["form.svg", "pages/form.svg", "units/form.svg", "projects/a/form.svg"];
            places.iter().for_each(|place| put(place, &svg));
            again.build(folder.path(), &format!("{width} wide")).expect("a site");
            let told = format!("<img src=\"form.svg\" width=\"{width}\" height=\"150\"");
            for page in pages {
                let html = String::from_utf8_lossy(&again.site.stands[page]).into_owned();
                assert!(html.contains(&told), "{page}: {width}");
            }
        }
    }
}

#[test]
fn what_moves_between_the_pages_of_a_list_is_found_on_both() {
    let folder = tempfile::tempdir().expect("a folder");
    let projects = folder.path().join("content/projects");
    std::fs::create_dir_all(&projects).expect("a folder");
    std::fs::write(folder.path().join("casebook.yaml"), "as_of: 2026-06-30\n").expect("settings");
    let put = |nth: usize, title: &str, more: &str| {
        let path = projects.join(format!("p{nth:03}.md"));
        std::fs::write(path, write_up(title, more)).expect("a write-up");
    };
    let plain = |nth: usize| format!("Title {nth:03}");
    const KPI: &str = "kpis: [{name: Days, measure: days, baseline: 9, target: 3}]";
    let tagged = |tag: &str, more: &str| format!("tags: [{tag}]\n{KPI}\n{more}");
    (0..MANY).for_each(|nth| put(nth, &plain(nth), &tagged("one", "")));
    let mut again = Again::default();
    let pages = again.build(folder.path(), "at first").expect("a site").pages;
    let edits = [
        (3, "Zebra", tagged("one", "")),
        (205, "Aardvark", tagged("one", "")),
        (205, "Aardvark", tagged("two", "")),
        (207, "Title 207", tagged("one", "stages: {kickoff: 2024-01-15, go_live: 2025-03-01}")),
        (8, "Title 008", tagged("one", "investment: {budget: 20k, actual: 10k}")),
        (9, "Title 009", tagged("one", "post_mortem: {pain_points: [{text: Late., theme: data}]}")),
    ];
    for (nth, title, more) in edits {
        put(nth, title, &more);
        let made = again.build(folder.path(), &format!("{nth}: {title}, {more}"));
        let Made { rendered, pages: of, .. } = made.expect("a site");
        assert!(rendered > 2 && of + 20 > pages, "{rendered} of {of}");
    }
}

/// A seed that is another one each time.
fn random() -> u64 {
    std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), 0)
}

#[test]
fn a_rebuild_equals_a_clean_build_whatever_was_edited() {
    let (rendered, of) = edited(1, 15, Remembered::Held);
    assert!(rendered * 2 < of, "{rendered} of {of} pages were rendered again");
    edited(random(), 5, Remembered::Held);
}

#[test]
fn so_does_one_by_another_process() {
    let (rendered, of) = edited(3, 20, Remembered::Stored);
    assert!(rendered * 2 < of, "{rendered} of {of} pages were rendered again");
    edited(random(), 5, Remembered::Stored);
}

#[test]
fn another_process_opens_what_changed_and_what_is_no_write_up() {
    let edits = Edits::new(1);
    let root = edits.root();
    let mut again = Again { remembered: Remembered::Stored, ..Again::default() };
    let mut read = |at| again.build(root, at).expect("a site").read;
    let all = read("at first");
    let files = walkdir::WalkDir::new(root.join("content")).into_iter().flatten();
    let write_ups = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "md"));
    let write_ups = write_ups.count();
    assert!(write_ups > 20 && all >= write_ups, "{write_ups} of {all}");
    assert_eq!(read("with nothing changed"), all - write_ups);
    let path = root.join("content/units/it.md");
    let text = std::fs::read_to_string(&path).expect("a unit") + "\nOne thought more.\n";
    std::fs::write(&path, text).expect("a unit");
    assert_eq!(read("with one changed"), all - write_ups + 1);
    assert_eq!(read("with nothing changed again"), all - write_ups);
}

#[test]
fn bytes_that_are_broken_are_no_memory_and_no_end() {
    let edits = Edits::new(1);
    let mut again = Again::default();
    again.build(edits.root(), "at first").expect("a site");
    let whole: Vec<_> =
        again.memory.stored(SystemTime::now() + Duration::from_secs(3600)).collect();
    let parts: Vec<&[u8]> = whole.iter().map(Vec::as_slice).collect();
    assert!(Memory::restored(&parts).is_some() && parts.len() > 3);
    // Some of these are a memory of something else: whoever reads them looks at their key first.
    for (nth, part) in parts.iter().enumerate() {
        let _ = Memory::restored(&parts[..nth]);
        let mut others = parts.clone();
        for at in (0..part.len()).step_by(100) {
            others[nth] = &part[..at];
            let _ = Memory::restored(&others);
            let mut turned = part.to_vec();
            turned[at] ^= 1 << (at / 100 % 8);
            let mut others = parts.clone();
            others[nth] = &turned;
            let _ = Memory::restored(&others);
        }
    }
}

#[test]
fn what_is_served_and_built_equals_a_clean_build_whatever_was_saved() {
    let (rendered, of) = saved(2, 90);
    assert!(rendered * 2 < of, "{rendered} of {of} pages were rendered again");
}

#[test]
fn and_so_it_does_after_other_edits() {
    let (rendered, of) = saved(3, 90);
    assert!(rendered * 2 < of, "{rendered} of {of} pages were rendered again");
}

#[test]
#[expect(clippy::print_stdout, reason = "shown where it fails, whatever it fails with")]
fn and_after_any_others() {
    let seed = random();
    println!("the seed is {seed}");
    saved(seed, 20);
}
