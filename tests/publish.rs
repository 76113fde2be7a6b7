//! Publishing from outside: a build that is killed, and readers that look on (T66, T67, T69, T70, T72).
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests look at the disk from outside")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A casebook that is saved in one of two forms, the site of each, and an output to publish into.
struct Book {
    folder: tempfile::TempDir,
    /// The files of the site of each form.
    sites: [BTreeMap<String, Vec<u8>>; 2],
}

type Tree = BTreeMap<String, Vec<u8>>;

const MANIFEST: &str = ".casebook-manifest";

impl Book {
    fn new() -> Book {
        let folder = tempfile::tempdir().expect("a folder");
        let mut book = Book { folder, sites: Default::default() };
        fs::create_dir_all(book.path("content/projects")).expect("a folder");
        fs::create_dir_all(book.path("themes/ours/assets")).expect("a folder");
        for form in [1, 0] {
            book.save(form);
            let site = format!("clean-{form}");
            assert!(book.build(&["--fresh", "--output", &site]).wait().expect("it runs").success());
            book.sites[form] = tree(&book.path(&site)).0;
        }
        let [one, other] = &book.sites;
        let differ = one.iter().filter(|(path, bytes)| other.get(*path) != Some(bytes)).count();
        assert!(differ > 30, "{differ} files differ");
        book
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The two forms differ in every page, in the style, and in which pages there are.
    fn save(&self, form: usize) {
        let put = |path: &str, text: String| fs::write(self.path(path), text).expect("a file");
        put("casebook.yaml", format!("title: Form {form}\ntheme: ours\nas_of: 2026-01-01\n"));
        put("themes/ours/assets/tokens.css", format!(":root {{ --form: {form} }}\n"));
        for nth in 0..12 {
            let text = format!(
                "---\ntitle: Project {nth}\nstatus: completed\nunit: claims\nowner: Amara Osei\n---\n\n\
                 Paid on the day, form {form}.\n"
            );
            put(&format!("content/projects/p-{nth}.md"), text);
        }
        for own in 0..2 {
            let path = format!("content/projects/only-{own}.md");
            let text = "---\ntitle: Only\nstatus: planned\nunit: claims\nowner: Amara Osei\n---\n";
            match own == form {
                true => put(&path, text.to_string()),
                false => drop(fs::remove_file(self.path(&path))),
            }
        }
    }

    fn build(&self, more: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        command.args(["build", "--quiet"]).args(more).current_dir(self.folder.path());
        command.env_remove("SOURCE_DATE_EPOCH").stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("it starts")
    }

    fn publishes(&self) {
        assert!(self.build(&[]).wait().expect("it runs").success());
    }

    /// Which form's site stands, byte for byte; what is not ours stands beside it.
    fn stands(&self, at: &str) -> usize {
        let (site, lasting) = tree(&self.path("public"));
        let known = |form: &usize| self.sites[*form] == site;
        let form = [0, 1].into_iter().find(known).unwrap_or_else(|| {
            let wrong: Vec<_> =
                site.keys().filter(|path| !self.sites[0].contains_key(*path)).collect();
            panic!("{at}: neither site stands; not of the first: {wrong:?}")
        });
        assert!(lasting <= 1, "{at}: {lasting} styles of the site before");
        form
    }
}

/// The files of a site, without the manifest and what it says is of the site before; and how many
/// those are.
fn tree(folder: &Path) -> (Tree, usize) {
    let mut all = Tree::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.expect("it can be read");
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).expect("it is below");
            let bytes = fs::read(entry.path()).expect("it can be read");
            all.insert(path.to_str().expect("a plain path").to_string(), bytes);
        }
    }
    let manifest = all.remove(MANIFEST).expect("a manifest");
    let manifest = String::from_utf8(manifest).expect("a text");
    let lasting: Vec<&str> =
        manifest.lines().filter_map(|line| line.get(64..)?.strip_prefix(" *")).collect();
    for path in &lasting {
        all.remove(*path).expect("what lasts is there");
    }
    (all, lasting.len())
}

/// Numbers that look drawn; the same in each run.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % end
    }
}

#[test]
fn a_build_that_is_killed_leaves_the_old_site_or_the_new_one() {
    let mut book = Book::new();
    book.publishes();
    fs::write(book.path("public/CNAME"), "casebook.example.org").expect("a file");
    for form in [0, 1] {
        book.sites[form].insert("CNAME".into(), b"casebook.example.org".to_vec());
    }
    book.save(1);
    let begun = Instant::now();
    book.publishes();
    let usual = u64::try_from(begun.elapsed().as_micros()).expect("it is short") + 1;
    let (mut drawn, mut form) = (Drawn(67), book.stands("at first"));
    // How many were killed, how many of those while they wrote, and which site stood then.
    let (mut killed, mut writing, mut stood) = (0, 0, [0, 0]);
    // When the last build that wrote said so.
    let told =
        || fs::metadata(book.path(".public.casebook/next")).and_then(|met| met.modified()).ok();
    // When the site that stands was put there.
    let put = || fs::metadata(book.path("public")).and_then(|met| met.modified()).ok();
    for nth in 0.. {
        if killed == 200 {
            break;
        }
        assert!(nth < 2000, "{killed} of {nth} were killed");
        book.save(1 - form);
        let (before, stood_before) = (told(), put());
        let mut build = book.build(&[]);
        let writes = || told().is_some_and(|told| Some(told) != before);
        let has_put = || put().is_some_and(|put| Some(put) != stood_before);
        // Every other one while it writes, or changes places; of the others every other one right after
        // it has changed them.
        let is_far = || match nth % 4 {
            0 | 2 => writes(),
            1 => has_put(),
            _ => true,
        };
        let wait = Instant::now();
        while !is_far() && wait.elapsed() < Duration::from_secs(20) {
            if build.try_wait().expect("it runs").is_some() {
                break;
            }
        }
        let within = match nth % 4 {
            0 | 2 => usual / 2,
            1 => usual / 16,
            _ => usual + usual / 2,
        };
        std::thread::park_timeout(Duration::from_micros(drawn.below(within)));
        build.kill().expect("it is killed, or has ended");
        let done = build.wait().expect("it ended").success();
        let stands = book.stands(&format!("kill {nth}"));
        if !done {
            killed += 1;
            writing += usize::from(writes());
            stood[usize::from(stands != form)] += 1;
        }
        form = stands;
    }
    assert!(writing >= 30 && stood.iter().all(|count| *count > 0), "{writing}, {stood:?}");
    // And the next one is as if nothing had been.
    book.save(1 - form);
    book.publishes();
    assert_eq!(book.stands("in the end"), 1 - form);
    assert!(!book.path(".public.casebook/next").exists());
}

#[test]
fn a_build_that_is_told_to_stop_clears_up_and_says_so() {
    let book = Book::new();
    book.publishes();
    let mut stopped = [0, 0];
    for nth in 0..60 {
        let (name, code) = [("INT", 130), ("TERM", 143)][nth % 2];
        book.save(1 - book.stands("before"));
        let before = tree(&book.path("public")).0;
        let mut build = book.build(&[]);
        let next = book.path(".public.casebook/next");
        while nth % 3 != 0 && !next.exists() && build.try_wait().expect("it runs").is_none() {}
        let kill = Command::new("kill").args(["-s", name, &build.id().to_string()]).output();
        kill.expect("there is such a command");
        let ended = build.wait().expect("it ended");
        assert!(!next.exists(), "{name} {nth}");
        match (ended.code(), std::os::unix::process::ExitStatusExt::signal(&ended)) {
            // Before it listened, or when the site was whole already.
            (None, Some(_)) | (Some(0), _) => drop(book.stands("after")),
            (ended, _) => {
                assert_eq!(ended, Some(code), "{name} {nth}");
                assert_eq!(tree(&book.path("public")).0, before, "{name} {nth}");
                stopped[nth % 2] += 1;
            }
        }
    }
    assert!(stopped.iter().all(|count| *count > 5), "{stopped:?}");
}

#[test]
fn a_reader_meets_no_hole_and_no_mixture() {
    let book = Book::new();
    book.publishes();
    let (over, public) = (AtomicBool::new(false), book.path("public"));
    let rounds = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut rounds, mut met) = (0, [0, 0]);
            while !over.load(Ordering::Relaxed) {
                rounds += 1;
                let read = |path: &str| {
                    fs::read(public.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
                };
                let page = read("projects/p-3/index.html");
                let of = |form: &usize| book.sites[*form]["projects/p-3/index.html"] == page;
                let form = [0, 1].into_iter().find(of).expect("a page of one of the two sites");
                met[form] += 1;
                let text = String::from_utf8(page).expect("a text");
                let from = text.find("assets/style-").expect("a page names its style");
                let style = text[from..].split('"').next().expect("and ends its name");
                assert_eq!(read(style), book.sites[form][style], "the style of that page");
                let home = read("index.html");
                assert!(book.sites.iter().any(|site| site["index.html"] == home), "half a page");
                read("data/projects.csv");
            }
            assert!(met.iter().all(|count| *count > 20), "{met:?}");
            rounds
        });
        for nth in 1..=100 {
            book.save(nth % 2);
            book.publishes();
        }
        over.store(true, Ordering::Relaxed);
        reader.join().expect("the reader met nothing wrong")
    });
    assert!(rounds > 500, "{rounds} rounds");
}

#[test]
fn two_builds_at_once_are_told_apart_and_a_dead_ones_place_is_free() {
    let book = Book::new();
    book.publishes();
    for nth in 1..=10 {
        book.save(nth % 2);
        let mut builds: Vec<Child> = (0..3).map(|_| book.build(&[])).collect();
        let codes = builds.iter_mut().map(|build| build.wait().expect("it ended").code());
        let codes: Vec<i32> = codes.map(|code| code.expect("it ended by itself")).collect();
        assert!(codes.contains(&0) && codes.iter().all(|code| [0, 2].contains(code)), "{codes:?}");
        assert_eq!(book.stands(&format!("round {nth}")), nth % 2);
    }
}

#[test]
fn the_site_before_is_put_back_and_again() {
    let book = Book::new();
    let rolled_back = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        let ran = command.args(["build", "--rollback"]).current_dir(book.folder.path()).output();
        let ran = ran.expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (ran.status.code(), text(&ran.stdout), text(&ran.stderr))
    };
    assert_eq!(rolled_back().0, Some(2), "nothing was ever published");
    book.publishes();
    let (code, _, said) = rolled_back();
    assert_eq!(
        (code, said.lines().next()),
        (Some(2), Some("error: no earlier site is kept for `public`"))
    );
    book.save(1);
    book.publishes();
    fs::write(book.path("public/CNAME"), "mine").expect("a file");
    // Settings that cannot be read might name another folder.
    let settings = fs::read(book.path("casebook.yaml")).expect("settings");
    fs::write(book.path("casebook.yaml"), "output: [").expect("a file");
    let (code, _, said) = rolled_back();
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("so the output is not certain"), "{said}");
    fs::write(book.path("casebook.yaml"), settings).expect("a file");
    for stands in [0, 1, 0] {
        let (code, said, _) = rolled_back();
        assert_eq!(code, Some(0));
        assert!(said.starts_with("put back the site before the last in public: "), "{said}");
        assert_eq!(fs::read(book.path("public/CNAME")).expect("it stays"), b"mine");
        fs::remove_file(book.path("public/CNAME")).expect("it is there");
        assert_eq!(book.stands("put back"), stands);
        fs::write(book.path("public/CNAME"), "mine").expect("a file");
    }
    // A build after it publishes what is saved.
    fs::remove_file(book.path("public/CNAME")).expect("it is there");
    book.publishes();
    assert_eq!(book.stands("built again"), 1);
}
