//! What a browser is given: the built pages, dressed so far as a preview must.

use crate::running::{Running, book, dressing, project, put, undressed};
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn every_file_is_the_built_one_byte_for_byte() {
    let folder = book();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = folder.path().join("sample");
    let root = root.to_str().expect("a plain path").to_string();
    let mut copied = 0;
    for part in ["casebook.yaml", "content", "themes"] {
        for entry in walkdir::WalkDir::new(sample.join(part)) {
            let entry = entry.expect("the sample can be read");
            if entry.file_type().is_file() {
                let below = entry.path().strip_prefix(sample).expect("it is below");
                let bytes = fs::read(entry.path()).expect("a file");
                put(Path::new(&root), below.to_str().expect("a plain path"), bytes);
                copied += 1;
            }
        }
    }
    assert!(copied > 30);
    let built = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["build", "--quiet", "--root", &root, "--output", "built"])
        .current_dir(folder.path())
        .status();
    assert!(built.expect("it runs").success());
    let running = Running::with(folder, &["--port", "0", "--root", &root], &[]);
    let built = running.root().join("built");
    let (mut pages, mut asking) = (0, running.asking());
    let token = running.slip("/", "token");
    for entry in walkdir::WalkDir::new(&built) {
        let entry = entry.expect("the site can be read");
        let below = entry.path().strip_prefix(&built).expect("it is below");
        let address = below.to_str().expect("a plain path");
        if !entry.file_type().is_file() || address.starts_with(".casebook") {
            continue;
        }
        let bytes = fs::read(entry.path()).expect("a file");
        let sent = asking.get(&format!("/{address}"));
        assert_eq!(sent.status, 200, "{address}");
        if address.ends_with(".html") {
            let (sent, built) = (sent.text(), String::from_utf8(bytes).expect("a text"));
            assert!(!built.contains("casebook preview"), "{address}");
            assert!(!built.contains("connect-src"), "{address}");
            // A page of a moved address has no policy, and no need of one.
            let policed = built.contains("Content-Security-Policy");
            assert_eq!(sent.contains("; connect-src 'self'\">"), policed, "{address}");
            assert_eq!(undressed(&sent), built, "{address}");
            assert!(dressing(&sent).is(&token, "", ""), "{address}");
            pages += 1;
        } else {
            assert!(sent.body == bytes, "{address}");
        }
    }
    assert!(pages > 100, "{pages}");
}

#[test]
fn files_have_their_kinds_and_no_one_keeps_them_unasked() {
    let folder = book();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    put(folder.path(), "content/projects/claims/a.svg", svg);
    put(
        folder.path(),
        "content/projects/claims/index.md",
        project("Claims", "![A form](a.svg)\n\nPaid on the day."),
    );
    let running = Running::on(folder);
    let style = running.get("/").text();
    let (_, style) = style.split_once("rel=\"stylesheet\" href=\"assets/").expect("a style sheet");
    let style = format!("/assets/{}", style.split_once('"').expect("it ends").0);
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/projects/claims/", "text/html; charset=utf-8"),
        ("/projects/claims/a.svg", "image/svg+xml"),
        ("/data/projects.csv", "text/csv; charset=utf-8"),
        ("/data/portfolio.json", "application/json"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        (&style, "text/css; charset=utf-8"),
        ("/.casebook/preview.js", "text/javascript; charset=utf-8"),
        ("/.casebook/preview.css", "text/css; charset=utf-8"),
    ] {
        let answer = running.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
}

#[test]
fn a_browser_that_has_it_is_not_sent_it_again() {
    let running = Running::small();
    for path in ["/", "/data/projects.csv", "/.casebook/preview.js"] {
        let first = running.get(path);
        let tag = first.header("etag").expect("a tag").to_string();
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".into()] {
            let again = running.ask("GET", path, &[("If-None-Match", &known)]);
            assert_eq!((again.status, again.body.len()), (304, 0), "{path} {known}");
            assert_eq!(again.header("etag"), Some(&*tag), "{path}");
        }
        let other = running.ask("GET", path, &[("If-None-Match", "\"x\"")]);
        assert_eq!((other.status, other.body == first.body), (200, true), "{path}");
        let head = running.ask("HEAD", path, &[]);
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-length"), Some(&*first.body.len().to_string()), "{path}");
        assert_eq!(head.header("content-type"), first.header("content-type"), "{path}");
        let range = running.ask("GET", path, &[("Range", "bytes=0-9")]);
        assert_eq!((range.status, range.body == first.body), (200, true), "{path}");
    }
}

#[test]
fn a_folder_ends_with_a_slash_and_what_is_not_there_is_the_sites_own_page() {
    let running = Running::small();
    let sent_on = running.get("/projects/claims?x=1");
    assert_eq!(sent_on.status, 301);
    assert_eq!(sent_on.header("location"), Some("/projects/claims/?x=1"));
    let missing = running.get("/projects/nothing/");
    assert_eq!(missing.status, 404);
    assert_eq!(undressed(&missing.text()), undressed(&running.get("/404.html").text()));
    assert_eq!(running.get("/projects/nothing").status, 404);
    assert_eq!(running.get("/.casebook/").status, 404);
}

#[test]
fn the_page_for_missing_addresses_works_under_the_path_of_the_site() {
    let folder = book();
    let settings = folder.path().join("casebook.yaml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(settings, text + "base_url: https://example.org/our/book/\n").expect("settings");
    let running = Running::on(folder);
    let page = running.get("/nothing").text();
    let (_, rest) = page.split_once("href=\"/our/book/assets/").expect("links from the root");
    let style = format!("/our/book/assets/{}", rest.split_once('"').expect("it ends").0);
    assert_eq!(running.get(&style).status, 200);
    assert_eq!(running.get("/our/book/projects/claims/").status, 200);
    assert_eq!(running.get("/our/book/projects/claims").status, 301);
}

#[test]
fn drafts_and_audiences_are_shown_to_whom_they_are_asked_for() {
    let folder = book();
    let draft = project("Draft", "Soon.").replace("status:", "draft: true\nstatus:");
    let board = project("Board", "Secret.").replace("status:", "audience: board\nstatus:");
    put(folder.path(), "content/projects/draft.md", draft);
    put(folder.path(), "content/projects/board.md", board);
    let running = Running::with(folder, &["--port", "0"], &[]);
    assert_eq!(running.get("/projects/draft/").status, 404);
    assert_eq!(running.get("/projects/board/").status, 404);
    assert!(running.told.iter().any(|line| line.contains("content/projects/draft.md (a draft")));
    let folder = book();
    fs::rename(running.root().join("content"), folder.path().join("other")).expect("moved");
    fs::remove_dir_all(folder.path().join("content")).expect("removed");
    fs::rename(folder.path().join("other"), folder.path().join("content")).expect("moved");
    let all = Running::with(folder, &["--port", "0", "--drafts", "--audience", "board"], &[]);
    assert_eq!(all.get("/projects/draft/").status, 200);
    assert_eq!(all.get("/projects/board/").status, 200);
}
