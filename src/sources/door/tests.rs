//! What stands in a file's place when it is opened, however it came there after it was found (T03,
//! T04).

use super::super::{Content, Found, Limits, SETTINGS, SourceFile, Sources, read, walk};
use super::*;
use crate::diagnostics::Code;
use std::fs;
use std::io::Read;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const PATH: &str = "content/projects/a/data/x.csv";
const SECRET: &str = "not for this site";

/// A casebook with one series, and a folder beside it that is none of its.
struct Two {
    folder: tempfile::TempDir,
    root: PathBuf,
}

impl Two {
    fn new() -> Two {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there").join("book");
        fs::create_dir_all(root.join("content/projects/a/data")).expect("folders");
        fs::write(root.join(PATH), "own").expect("a file");
        fs::create_dir(folder.path().join("outside")).expect("a folder");
        fs::write(folder.path().join("outside/x.csv"), SECRET).expect("a file");
        Two { folder, root }
    }

    fn outside(&self) -> PathBuf {
        self.folder.path().join("outside")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Puts a link in the place of a file or a folder, which lies beside it then.
    fn swap(&self, path: &str, target: impl AsRef<Path>) {
        fs::rename(self.at(path), self.at("was")).expect("it was there");
        symlink(target, self.at(path)).expect("a link");
    }

    fn door(&self) -> Arc<Door> {
        Arc::new(Door::of(&self.root).expect("it is there"))
    }

    fn text(&self) -> Result<String, Shut> {
        text(&self.door(), PATH)
    }
}

fn text(door: &Door, path: &str) -> Result<String, Shut> {
    let (mut file, _) = door.open(path)?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(Shut::Failed).map(|_| text)
}

/// Finds the files, lets something happen, and reads what was found.
fn read_after(two: &Two, happens: impl FnOnce()) -> SourceFile {
    let door = two.door();
    let found: Vec<Found> = walk::find(&two.root, &door).expect("content").files;
    assert!(found.iter().all(|found| found.refusal.is_none()), "nothing is wrong yet");
    happens();
    let read = read::all(found, &door, Limits::default(), None).expect("it can be read");
    assert_eq!(read.diagnostics.len(), read.files.iter().filter(|f| f.problem.is_some()).count());
    SourceFile::clone(&read.files[0])
}

fn problem(file: &SourceFile) -> Option<Code> {
    assert_eq!(file.path, PATH);
    assert_eq!((file.content == Content::Refused, file.bytes()), (true, &b""[..]));
    file.problem.as_ref().map(|problem| problem.code)
}

#[test]
fn a_file_that_became_a_link_out_is_told_and_not_followed() {
    let two = Two::new();
    let read = read_after(&two, || two.swap(PATH, two.outside().join("x.csv")));
    assert_eq!(problem(&read), Some(Code::OutsideProject));
    // The next walk finds it itself, and says the same.
    let settings = Sources::settings(&two.root).expect("settings");
    let again = Sources::read(&two.root, settings, Limits::default(), None).expect("readable");
    let (_, again) = again.find(PATH).expect("it is there");
    assert_eq!(again.problem, read.problem);
}

#[test]
fn a_folder_that_became_a_link_out_is_not_followed() {
    for (folder, target) in [
        ("content/projects/a/data", "../../../../outside"),
        ("content/projects/a", "../../../outside-too"),
        ("content", "../outside-three"),
    ] {
        let two = Two::new();
        for other in ["outside-too/data", "outside-three/projects/a/data"] {
            let other = two.folder.path().join(other);
            fs::create_dir_all(&other).expect("folders");
            fs::write(other.join("x.csv"), SECRET).expect("a file");
        }
        let read = read_after(&two, || two.swap(folder, target));
        assert_eq!(fs::read_to_string(two.at(PATH)).ok().as_deref(), Some(SECRET), "{folder}");
        assert_eq!(problem(&read), Some(Code::OutsideProject), "{folder}");
    }
}

#[test]
fn links_within_are_followed_however_they_are_written() {
    let two = Two::new();
    let within = two.at("content/within.csv");
    fs::write(&within, "within").expect("a file");
    for target in [
        PathBuf::from("../../../within.csv"),
        within.clone(),
        PathBuf::from("../../../../../book/content/within.csv"),
        two.outside().join("../book/content/within.csv"),
    ] {
        fs::remove_file(two.at(PATH)).expect("it was there");
        symlink(&target, two.at(PATH)).expect("a link");
        assert_eq!(two.text().expect("within"), "within", "{}", target.display());
    }
    // The casebook's own folder may be reached through a link.
    let book = two.folder.path().join("by-another-name");
    symlink("book", &book).expect("a link");
    let door = Door::of(&book).expect("it is there");
    assert_eq!(text(&door, PATH).expect("within"), "within");
}

#[test]
fn a_pipe_or_a_socket_in_a_files_place_is_told_at_once() {
    let two = Two::new();
    let read = read_after(&two, || {
        fs::remove_file(two.at(PATH)).expect("it was there");
        UnixListener::bind(two.at(PATH)).expect("a socket");
    });
    assert_eq!(problem(&read), Some(Code::SpecialFile));
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        let two = Two::new();
        let read = read_after(&two, || {
            fs::remove_file(two.at(PATH)).expect("it was there");
            mknodat(CWD, two.at(PATH), FileType::Fifo, Mode::RUSR, 0).expect("a pipe");
        });
        assert_eq!(problem(&read), Some(Code::SpecialFile));
    }
    let two = Two::new();
    let device = read_after(&two, || two.swap(PATH, "/dev/null"));
    assert_eq!(problem(&device), Some(Code::OutsideProject));
}

#[test]
fn settings_come_through_the_door_as_well() {
    let two = Two::new();
    let told = || Sources::settings(&two.root).expect_err("no settings").message;
    fs::write(two.outside().join("casebook.yaml"), SECRET).expect("a file");
    for (target, message) in [
        ("../outside/casebook.yaml", "casebook.yaml is a link that leads out of the project"),
        ("gone.yaml", "casebook.yaml is a link that leads nowhere"),
    ] {
        symlink(target, two.at(SETTINGS)).expect("a link");
        assert_eq!(told(), message);
        fs::remove_file(two.at(SETTINGS)).expect("it was there");
    }
    UnixListener::bind(two.at(SETTINGS)).expect("a socket");
    assert_eq!(told(), "casebook.yaml is no file, but a pipe, a device or a socket");
}

#[test]
fn what_was_put_away_elsewhere_is_not_read() {
    let two = Two::new();
    symlink(two.outside(), two.at(CACHE)).expect("a link");
    assert_eq!(Sources::put_away(&two.root, "x.csv"), None);
    fs::remove_file(two.at(CACHE)).expect("it was there");
    fs::create_dir(two.at(CACHE)).expect("a folder");
    fs::write(two.at(CACHE).join("x.csv"), "own").expect("a file");
    assert_eq!(Sources::put_away(&two.root, "x.csv").as_deref(), Some(&b"own"[..]));
}

/// Another program that swaps files for links as fast as it can meets 200 reads and more, until
/// each of the two was met.
#[test]
fn no_race_brings_a_byte_from_elsewhere() {
    let two = Two::new();
    fs::rename(two.at("content/projects/a/data"), two.at("content/within")).expect("a folder");
    let data = two.at("content/projects/a/data");
    symlink("../../within", &data).expect("a link");
    let over = |made: &dyn Fn(&Path) -> io::Result<()>, place: &Path| {
        let half = two.at("half");
        made(&half).and_then(|()| fs::rename(&half, place))
    };
    let file = two.at("content/within/x.csv");
    fs::hard_link(&file, two.at("was")).expect("a second name");
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let swaps = || -> io::Result<()> {
            while !ended.load(Ordering::Relaxed) {
                over(&|half| symlink(two.outside().join("x.csv"), half), &file)?;
                over(&|half| fs::hard_link(two.at("was"), half), &file)?;
                over(&|half| symlink(two.outside(), half), &data)?;
                over(&|half| symlink("../../within", half), &data)?;
            }
            Ok(())
        };
        let swaps = scope.spawn(swaps);
        let door = two.door();
        let (mut own, mut out, mut reads) = (0, 0, 0);
        let mut strange = None;
        while strange.is_none() && (reads < 200 || (own * out == 0 && reads < 1_000_000)) {
            reads += 1;
            match text(&door, PATH) {
                Ok(text) if text == "own" => own += 1,
                Err(Shut::Out) => out += 1,
                other => strange = Some(other),
            }
        }
        ended.store(true, Ordering::Relaxed);
        swaps.join().expect("no panic").expect("it swaps");
        assert!(strange.is_none(), "{strange:?}");
        assert!(own > 0 && out > 0, "{own} own, {out} out");
    });
}
