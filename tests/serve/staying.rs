//! It stays up: folders that go and come, systems that tell nothing, browsers that sleep; and it
//! ends when it is told to.

use crate::running::{Running, book, project, put};
use std::fs;
use std::process::Command;

const PAGE: &str = "/projects/roster/";
const FILE: &str = "content/projects/roster.md";

#[test]
fn a_folder_that_goes_away_leaves_the_site_and_is_taken_up_again() {
    for part in ["content", ""] {
        // The casebook lies in a folder of its own, so that it can be moved as a whole.
        let above = tempfile::tempdir().expect("a folder");
        let folder = book();
        let root = above.path().join("book");
        fs::rename(folder.path(), &root).expect("moved");
        let mut running = Running::with(above, &["--port", "0", "--root", "book"], &[]);
        let mut listener = running.listen(PAGE);
        let before = listener.hear();
        let (there, away) = (root.join(part), running.root().join("away"));
        fs::rename(&there, &away).expect("moved");
        running.line("is gone: the last good site stays");
        let answer = running.get(PAGE);
        assert_eq!(answer.status, 200, "{part}");
        assert!(answer.text().contains("Shifts are known in time."), "{part}");
        fs::write(
            away.join(FILE.trim_start_matches(if part.is_empty() { "" } else { "content/" })),
            project("Roster", "Back again."),
        )
        .expect("written");
        fs::rename(&away, &there).expect("moved");
        running.line("it is back");
        assert_ne!(listener.hear()["page"], before["page"], "{part}");
        assert!(running.get(PAGE).text().contains("Back again."), "{part}");
        // And what is saved after that is seen as before.
        put(&root, FILE, project("Roster", "And once more."));
        listener.hear();
        assert!(running.get(PAGE).text().contains("And once more."), "{part}");
        assert_eq!(running.told.iter().filter(|line| line.contains("is gone")).count(), 1);
    }
}

#[cfg(unix)]
#[test]
fn what_the_system_does_not_tell_of_is_looked_for_and_that_is_said() {
    // What lies behind a link is not watched, but a build reads it.
    let folder = book();
    put(folder.path(), "elsewhere/index.md", project("Linked", "From elsewhere."));
    let link = folder.path().join("content/projects/linked");
    std::os::unix::fs::symlink("../../elsewhere", link).expect("a link");
    let mut running = Running::on(folder);
    let mut listener = running.listen("/projects/linked/");
    let before = listener.hear();
    running.save("elsewhere/index.md", project("Linked", "Changed behind its back."));
    let after = listener.hear();
    assert_ne!(after["page"], before["page"]);
    assert!(running.get("/projects/linked/").text().contains("Changed behind its back."));
    let line = running.line("looked at twice a second");
    assert!(line.starts_with("the system did not tell of a change: "), "{line}");
    assert!(running.line("linked/index.md: ").contains(" changed, "));
    // From here on by looking alone, wherever it is.
    running.save("content/projects/linked/index.md", project("Linked", "Once more."));
    assert_ne!(listener.hear()["page"], after["page"]);
    running.save(FILE, project("Roster", "Here too."));
    listener.hear();
    assert!(running.get(PAGE).text().contains("Here too."));
}

#[test]
fn a_browser_that_slept_is_in_step_with_the_first_word() {
    let running = Running::small();
    let mut asleep = running.listen(PAGE);
    let mut awake = running.listen("/");
    let (old, _) = (asleep.hear(), awake.hear());
    drop(asleep);
    running.save(FILE, project("Roster", "While it slept."));
    awake.hear();
    running.save("content/projects/claims/index.md", project("Claims", "This as well."));
    let last = awake.hear();
    let said = running.listen(PAGE).hear();
    assert_ne!(said["page"], old["page"]);
    assert_eq!(said["page"], running.slip(PAGE, "key"));
    assert_eq!(said["build"], last["build"]);
    // One that did not close its line but did not read hears the last state, in the end.
    let mut slow = running.listen(PAGE);
    slow.hear();
    for nth in 0..3 {
        running.save(FILE, project("Roster", &format!("Word {nth}.")));
        awake.hear();
    }
    let now = running.slip(PAGE, "key");
    slow.until(|said| said["page"] == *now);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_well() {
    let mut running = Running::small();
    let listener = running.listen("/");
    let idle = running.connect();
    let kill = Command::new("kill").args(["-INT", &running.pid().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    assert_eq!(running.ended(), Some(0));
    drop((listener, idle));
}

#[test]
fn what_cannot_be_served_ends_as_a_build_does() {
    let folder = book();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        let output = command.arg("serve").args(arguments).current_dir(folder.path()).output();
        let output = output.expect("it runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("a text"))
    };
    let (code, told) = run(&["--port", "0", "--audience", "nobody"]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("nobody"), "{told}");
    let (code, told) = run(&["--port", "0", "--host", "no such host"]);
    assert_eq!(code, Some(2), "{told}");
    let (code, told) = run(&["--port", "0", "--root", "nowhere"]);
    assert_eq!(code, Some(2), "{told}");
    assert_eq!(run(&["--port", "70000"]).0, Some(2));
}

#[test]
fn a_quiet_one_says_its_address_and_what_is_wrong() {
    let folder = book();
    let mut running = Running::with(folder, &["--port", "0", "--quiet"], &[]);
    let mut listener = running.listen("/");
    listener.hear();
    running.save(FILE, project("Roster", "Quietly."));
    listener.hear();
    running.save(FILE, "no front matter");
    running.line("the last good site stays");
    let lines = &running.told;
    assert!(lines[0].starts_with("serving http://"), "{lines:?}");
    assert!(lines[1].starts_with("error[front-matter-missing]"), "{lines:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_browser_is_opened_where_that_is_asked_for() {
    use std::os::unix::fs::PermissionsExt;
    let folder = book();
    let bin = folder.path().join("bin");
    let pipe = folder.path().join("opened");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("it runs").success());
    put(folder.path(), "bin/xdg-open", format!("#!/bin/sh\necho \"$1\" > '{}'\n", pipe.display()));
    let all = fs::Permissions::from_mode(0o755);
    fs::set_permissions(bin.join("xdg-open"), all).expect("it can be run");
    let running = Running::with(folder, &["--port", "0", "--open"], &[("PATH", &bin)]);
    let opened = fs::read_to_string(pipe).expect("it is told");
    assert_eq!(opened, format!("http://127.0.0.1:{}/\n", running.port));
    let empty = running.root().join("content");
    let mut without = Running::with(book(), &["--port", "0", "--open"], &[("PATH", &empty)]);
    without.line("no browser could be started");
}
