//! The command line from outside: what a shell sees of commands that need no content.
//!
//! Each test runs the program itself in a folder of its own and looks at the exit code, at both
//! streams and at the files. What a build makes is tested in `spec.rs`.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk from outside")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(arguments).current_dir(folder);
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("RUST_BACKTRACE").env_remove("NO_COLOR");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the program starts")
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
    (output.status.code().expect("it ended by itself"), text(&output.stdout), text(&output.stderr))
}

/// Runs it where nothing is, and wants an exit code.
fn ends(arguments: &[&str], exit: i32) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, out, err) = told(&run(folder.path(), arguments));
    assert_eq!(code, exit, "{arguments:?}\n{out}{err}");
    (out, err)
}

const COMMANDS: &[&[&str]] = &[
    &[],
    &["init"],
    &["new"],
    &["new", "project"],
    &["new", "unit"],
    &["new", "post-mortem"],
    &["build"],
    &["publish"],
    &["serve"],
    &["check"],
    &["explain"],
    &["theme"],
    &["theme", "eject"],
    &["doctor"],
    &["headers"],
    &["completions"],
];

#[test]
fn each_help_fits_a_screen_and_shows_an_example() {
    for command in COMMANDS {
        let (long, _) = ends(&[command, &["--help"][..]].concat(), 0);
        let (short, _) = ends(&[command, &["-h"][..]].concat(), 0);
        assert_eq!(long, short, "{command:?}");
        assert!(long.lines().count() <= 24, "{command:?} has too many lines:\n{long}");
        let wide = long.lines().find(|line| line.chars().count() > 80);
        assert_eq!(wide, None, "{command:?} is too wide");
        assert!(long.contains("Example"), "{command:?}:\n{long}");
    }
}

#[test]
fn wrong_use_ends_with_two_and_says_what_is_right() {
    for arguments in [
        &["biuld"][..],
        &[],
        &["build", "--jobs", "0"],
        &["build", "--as-of", "30/06/2025"],
        &["check", "--format", "xml"],
        &["new", "project"],
        &["completions", "tcsh"],
    ] {
        let (out, err) = ends(arguments, 2);
        assert_eq!(out, "", "{arguments:?}");
        assert!(!err.is_empty(), "{arguments:?}");
    }
    assert!(ends(&["biuld"], 2).1.contains("build"));
    for arguments in [&["build"][..], &["check"], &["new", "unit", "x"]] {
        let (_, err) = ends(arguments, 2);
        assert!(err.contains("casebook init"), "{arguments:?}: {err}");
    }
    let (_, err) = ends(&["explain", "unknwon-key"], 2);
    assert!(err.contains("did you mean `unknown-key`?"), "{err}");
}

#[test]
fn the_version_and_the_codes_are_answers() {
    let (version, _) = ends(&["--version"], 0);
    assert_eq!(version, format!("casebook {}\n", env!("CARGO_PKG_VERSION")));
    let (codes, _) = ends(&["explain"], 0);
    assert!(codes.lines().any(|line| line.starts_with("unknown-key ")), "{codes}");
    let (text, _) = ends(&["explain", "unknown-key"], 0);
    assert!(!text.trim().is_empty());
    assert_eq!(ends(&["--quiet", "explain", "unknown-key"], 0).0, text);
}

#[test]
fn each_shell_has_completions() {
    for shell in ["bash", "zsh", "fish"] {
        let (script, _) = ends(&["completions", shell], 0);
        assert!(script.contains("post-mortem"), "{shell}");
    }
}

#[test]
fn init_starts_a_casebook_and_never_overwrites() {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("unser Buch 📘");
    let name = "unser Buch 📘";
    let (code, out, _) = told(&run(folder.path(), &["init", name]));
    assert_eq!(code, 0);
    assert!(out.contains(name), "{out}");
    for path in [
        "casebook.yaml",
        "content/index.md",
        "content/pages/about.md",
        "content/units/operations.md",
        "content/units/it.md",
        "content/projects/first-project.md",
    ] {
        assert!(book.join(path).is_file(), "{path}");
    }
    assert_eq!(fs::read_to_string(book.join(".gitignore")).expect("made"), "/public\n");

    fs::write(book.join("casebook.yaml"), "title: Mine\n").expect("a file");
    fs::remove_file(book.join("content/units/it.md")).expect("removed");
    let (code, out, _) = told(&run(&book, &["init"]));
    assert_eq!(code, 0);
    assert!(out.contains("kept casebook.yaml, which was there already"), "{out}");
    assert_eq!(fs::read_to_string(book.join("casebook.yaml")).expect("kept"), "title: Mine\n");
    assert!(book.join("content/units/it.md").is_file());

    let (code, out, _) = told(&run(&book, &["--quiet", "init"]));
    assert_eq!((code, out.as_str()), (0, ""));
}

#[test]
fn new_makes_files_and_never_overwrites() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("casebook.yaml"), "").expect("a file");
    let below = folder.path().join("some/where");
    fs::create_dir_all(&below).expect("a folder");
    let steps: &[(&[&str], i32, &str)] = &[
        (&["new", "project", "claims"], 0, "content/projects/claims.md"),
        (&["new", "project", "claims"], 2, "already"),
        (&["new", "project", "claims", "--folder"], 2, "already"),
        (&["new", "post-mortem", "claims"], 2, "mv content/projects/claims.md"),
        (&["new", "project", "roster", "--folder"], 0, "content/projects/roster/index.md"),
        (&["new", "post-mortem", "roster"], 0, "content/projects/roster/post-mortem.md"),
        (&["new", "post-mortem", "roster"], 2, "already"),
        (&["new", "unit", "finance"], 0, "content/units/finance.md"),
        (&["new", "unit", "finance"], 2, "already"),
        (&["new", "unit", "Customer Service"], 2, "`customer-service`"),
        (&["new", "project", "../../evil"], 2, "`evil`"),
    ];
    for (arguments, exit, says) in steps {
        let (code, out, err) = told(&run(&below, arguments));
        assert_eq!(code, *exit, "{arguments:?}\n{out}{err}");
        let said = if *exit == 0 { &out } else { &err };
        assert!(said.contains(says), "{arguments:?} says\n{said}");
        let path = folder.path().join(says);
        if *exit == 0 {
            assert!(fs::read_to_string(path).expect("made").starts_with("---\n"));
        }
    }
}

#[test]
fn what_init_makes_builds_without_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    told(&run(folder.path(), &["init"]));
    let (code, out, err) = told(&run(folder.path(), &["build", "--strict"]));
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.starts_with("built 1 project, 2 units and 1 KPI as "), "{out}");
    assert!(folder.path().join("public/index.html").is_file());
    let (code, out, err) = told(&run(folder.path(), &["check", "--strict"]));
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
}

#[test]
fn what_new_makes_builds() {
    let folder = tempfile::tempdir().expect("a folder");
    told(&run(folder.path(), &["init"]));
    for arguments in [
        &["new", "project", "claims"][..],
        &["new", "project", "roster", "--folder"],
        &["new", "post-mortem", "roster"],
        &["new", "unit", "finance"],
    ] {
        assert_eq!(told(&run(folder.path(), arguments)).0, 0, "{arguments:?}");
    }
    let (code, _, err) = told(&run(folder.path(), &["build", "--drafts"]));
    assert_eq!(code, 0, "{err}");
}

#[test]
fn an_output_folder_that_must_be_kept_is_refused_before_anything_is_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    told(&run(folder.path(), &["init", "book"]));
    fs::create_dir(folder.path().join("full")).expect("a folder");
    fs::write(folder.path().join("full/mine.txt"), "mine").expect("a file");
    for output in ["book", "book/content", "book/themes/x", ".", "/", "full"] {
        let (code, out, err) =
            told(&run(folder.path(), &["build", "--root", "book", "--output", output]));
        assert_eq!((code, out.as_str()), (2, ""), "{output}");
        assert!(err.contains("the site cannot be written to"), "{output}: {err}");
    }
    let left: Vec<_> = fs::read_dir(folder.path().join("full")).expect("kept").collect();
    assert_eq!(left.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = command(folder.path(), &["completions", "bash"]);
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    drop(child.stdout.take());
    let (code, _, err) = told(&child.wait_with_output().expect("it ends"));
    assert_eq!((code, err.as_str()), (0, ""));
}

/// How many files were read, pages rendered and files written, by the last line of the timings.
fn counts(folder: &Path) -> (Vec<usize>, String) {
    let (code, out, err) = told(&run(folder, &["build", "--timings"]));
    assert_eq!(code, 0, "{err}");
    let last = out.lines().last().expect("a line").split([' ', ',']);
    (last.filter_map(|word| word.parse().ok()).collect(), err)
}

#[test]
fn the_next_build_makes_what_changed_and_needs_nothing_of_the_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("book");
    assert_eq!(told(&run(folder.path(), &["init", "book"])).0, 0);
    let (first, _) = counts(&book);
    let [read, rendered, written, all] = first[..] else { panic!("{first:?}") };
    assert!(read > 1 && rendered > 10 && written == all && all > rendered, "{first:?}");
    // Once the disk's times are clearly past, a write-up that is the same is not opened again.
    let begun = Instant::now();
    while counts(&book) != (vec![0, 0, 0, all], String::new()) {
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", counts(&book));
    }

    let write_up = fs::read_dir(book.join("content/projects")).expect("projects").flatten();
    let write_up = write_up.map(|entry| entry.path()).find(|path| path.is_file()).expect("one");
    let text = fs::read_to_string(&write_up).expect("a write-up");
    fs::write(&write_up, format!("{text}\n## More\n\nOne thought more.\n")).expect("a write-up");
    let (next, _) = counts(&book);
    // The page, and where the index of the search has other words.
    assert!(next[0] == 1 && next[1] < 4 && (1..8).contains(&next[2]), "{next:?}");
    assert_eq!(next[3], all);

    // What is put away may be broken or gone: then all is made anew, and it is the same.
    let put_away = fs::read_dir(book.join(".casebook")).expect("a folder").flatten();
    let put_away: Vec<_> = put_away.map(|entry| entry.path()).collect();
    for which in ["build-", "read-"] {
        let cache = put_away.iter().find(|path| path.to_string_lossy().contains(which));
        let cache = cache.expect("it was put away");
        // All of it is in use.
        fs::write(cache, "junk").expect("bytes");
        counts(&book);
        let whole = fs::read(cache).expect("bytes");
        let turned = |at: usize| {
            let mut turned = whole.clone();
            turned[at] ^= 1;
            turned
        };
        let turned = (0..whole.len()).step_by(whole.len() / 8).chain([whole.len() - 1]).map(turned);
        let others = [b"junk".to_vec(), Vec::new(), whole[..whole.len() / 2].to_vec()];
        for broken in turned.chain(others) {
            fs::write(cache, broken).expect("bytes");
            let (again, err) = counts(&book);
            // A body that is broken is not seen where no one looks at it.
            let unseen = which == "read-" && again[1..] == [0, 0, all] && err.is_empty();
            let anew = again == [read, rendered, 0, all] && err.lines().count() == 1;
            assert!(unseen || anew, "{which}: {again:?}, {err}");
        }
        // Another title may be meant by the body of any other project: all are looked at.
        let second = book.join("content/projects/a-second.md");
        let text = fs::read_to_string(&write_up).expect("a write-up");
        fs::write(&second, text.replacen("title: ", "title: Once more, ", 1)).expect("a write-up");
        counts(&book);
        let mut last = fs::read(cache).expect("bytes");
        *last.last_mut().expect("a byte") ^= 1;
        fs::write(cache, last).expect("bytes");
        fs::write(&second, text.replacen("title: ", "title: Again, ", 1)).expect("a write-up");
        let (again, err) = counts(&book);
        assert_eq!((again[0], again[1] > rendered), (read + 1, true), "{which}: {again:?}");
        assert_eq!(err.lines().count(), 1, "{err}");
        fs::remove_file(&second).expect("it goes");
        counts(&book);
    }
    fs::remove_dir_all(book.join(".casebook")).expect("it goes");
    assert_eq!(counts(&book), (vec![read, rendered, 0, all], String::new()));
}
