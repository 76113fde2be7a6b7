//! What is wrong is laid over the last good page, and goes when it is mended.

use crate::running::{Running, book, project, put};
use std::fs;

const PAGE: &str = "/projects/roster/";
const FILE: &str = "content/projects/roster.md";

#[test]
fn a_broken_edit_keeps_the_last_good_site_and_says_what_is_wrong() {
    let mut running = Running::small();
    let mut listener = running.listen(PAGE);
    let good = listener.hear();
    assert!(good["overlay"].is_null());
    running.save(FILE, project("Roster", "Better.").replace("status: active", "statsu: active"));
    let broken = listener.hear();
    // The page is the same, and only something is laid over it.
    assert_eq!(broken["page"], good["page"]);
    let overlay = broken["overlay"]["html"].as_str().expect("an overlay").to_string();
    for part in ["role=\"alert\"", "tabindex=\"-1\"", "error", "statsu: active", "^^^^^^", FILE] {
        assert!(overlay.contains(part), "{part} in\n{overlay}");
    }
    let answer = running.get(PAGE);
    assert_eq!((answer.status, answer.header("etag")), (500, None));
    let text = answer.text();
    assert!(text.contains("Shifts are known in time.") && !text.contains("Better."));
    assert!(text.contains(&overlay), "the page has it without a script too");
    assert_eq!(running.get("/").status, 500);
    assert_eq!(running.get("/nothing/").status, 500);
    assert_eq!(running.get("/data/projects.csv").status, 200, "a file is no page");
    assert_eq!(running.get("/.casebook/preview.css").status, 200);
    running.line("error[unknown-key]");
    let line = running.line("the last good site stays");
    assert!(line.starts_with(&format!("{FILE}: ")), "{line}");
    // Broken otherwise: said again, and not twice.
    running.save(FILE, project("Roster", "Better.").replace("status: active", "status: acitve"));
    let other = listener.hear();
    assert_ne!(other["overlay"]["key"], broken["overlay"]["key"]);
    assert!(!other["overlay"]["html"].as_str().expect("an overlay").contains("statsu"));
    running.save(FILE, project("Roster", "Better."));
    let mended = listener.hear();
    assert!(mended["overlay"].is_null());
    assert_ne!(mended["page"], good["page"]);
    let answer = running.get(PAGE);
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("Better.") && !answer.text().contains("casebook-overlay"));
    assert!(running.line("mended; ").contains(FILE));
}

#[test]
fn whatever_is_wrong_is_shown_and_never_run() {
    let running = Running::small();
    let mut listener = running.listen(PAGE);
    listener.hear();
    let attack = "<script>alert('x')</script><img src=x onerror=\"alert(1)\">";
    let text = project("Roster", "x").replace("title:", &format!("{attack}: 1\ntitle:"));
    running.save(FILE, text.replace("status: active", "status: '</pre></section><script>'"));
    running.save("content/projects/<img src=x onerror=alert(1)>.md", project("X", "x"));
    listener.until(|said| {
        let html = said["overlay"]["html"].as_str().unwrap_or_default();
        html.contains("onerror") && html.contains("&lt;script&gt;alert")
    });
    let page = running.get(PAGE).text();
    let (_, overlay) = page.split_once("<section id=\"casebook-overlay\"").expect("an overlay");
    let (overlay, _) = overlay.split_once("</section>").expect("it ends");
    for markup in ["<script", "<img", "alert('x')", "onerror=\""] {
        assert!(!overlay.contains(markup), "{markup} in\n{overlay}");
    }
    assert!(overlay.contains("&lt;img src=x onerror=alert(1)&gt;"), "{overlay}");
    assert_eq!(page.matches("</section>").count(), page.matches("<section").count());
}

#[test]
fn a_site_that_was_never_made_is_waited_for() {
    let folder = book();
    put(folder.path(), FILE, "no front matter");
    let mut running = Running::on(folder);
    assert!(running.told.iter().any(|line| line.contains("there is no page until it is mended")));
    for path in ["/", PAGE, "/data/projects.csv"] {
        let answer = running.get(path);
        assert_eq!(answer.status, 500, "{path}");
        assert!(answer.text().contains("front-matter-missing"), "{path}");
        assert!(!answer.text().contains("last good"), "{path}");
    }
    let mut listener = running.listen("/");
    let before = listener.hear();
    assert_eq!(before["page"], running.slip("/", "key"));
    running.save(FILE, project("Roster", "Shifts are known in time."));
    let after = listener.hear();
    assert_ne!(after["page"], before["page"]);
    assert_eq!(running.get("/").status, 200);
    running.line("made 2 projects");
}

#[test]
fn settings_that_cannot_be_read_are_laid_over_too() {
    let mut running = Running::small();
    let mut listener = running.listen("/");
    listener.hear();
    let settings = running.root().join("casebook.yaml");
    let good = fs::read(&settings).expect("settings");
    running.save("casebook.yaml", b"title: \xff\xfe\n");
    let said = listener.hear();
    let html = said["overlay"]["html"].as_str().expect("an overlay");
    assert!(html.contains("casebook.yaml is not UTF-8"), "{html}");
    running.line("error: casebook.yaml is not UTF-8");
    running.save("casebook.yaml", good);
    assert!(listener.hear()["overlay"].is_null());
}

#[test]
fn warnings_are_told_once_and_again_when_they_come_again() {
    let mut running = Running::small();
    let mut listener = running.listen("/");
    listener.hear();
    let html = project("Roster", "<b>Bold</b> words.");
    running.save(FILE, &html);
    running.line("warning[raw-html]");
    running.line("; 1 warning in 1 file");
    running.save("content/projects/claims/index.md", project("Claims", "Other words."));
    running.line("claims/index.md: ");
    running.save(FILE, project("Roster", "Plain words."));
    running.line("roster.md: ");
    assert_eq!(running.told.iter().filter(|line| line.contains("warning[raw-html]")).count(), 1);
    running.save(FILE, &html);
    running.line("warning[raw-html]");
}
