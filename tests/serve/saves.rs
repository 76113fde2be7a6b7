//! What is saved, however it is saved, is what is shown in the end, after one rebuild.

use crate::running::{Running, book, build, project, put};
use std::fs;
use std::path::Path;

const PAGE: &str = "/projects/roster/";
const FILE: &str = "content/projects/roster.md";

/// How an editor saves: the folder, the file and the new text.
type Save = fn(&Path, &Path, &str);

const SAVES: [(&str, Save); 7] = [
    ("truncates and writes", |_, file, text| fs::write(file, text).expect("written")),
    ("writes in pieces", |_, file, text| {
        use std::io::Write;
        let mut file = fs::File::create(file).expect("opened");
        for piece in text.as_bytes().chunks(16) {
            file.write_all(piece).expect("written");
        }
    }),
    ("renames over", |folder, file, text| {
        let new = folder.join(".roster.md.new");
        fs::write(&new, text).expect("written");
        fs::rename(new, file).expect("renamed");
    }),
    ("renames over, from a plain name", |folder, file, text| {
        let new = folder.join("roster.md.tmp");
        fs::write(&new, text).expect("written");
        fs::rename(new, file).expect("renamed");
    }),
    ("keeps a backup", |folder, file, text| {
        fs::rename(file, folder.join("roster.md~")).expect("renamed");
        fs::write(file, text).expect("written");
    }),
    ("tries the folder, keeps a backup and takes it away", |folder, file, text| {
        fs::write(folder.join("4913"), "").expect("written");
        fs::remove_file(folder.join("4913")).expect("removed");
        fs::rename(file, folder.join("roster.md~")).expect("renamed");
        fs::write(file, text).expect("written");
        fs::remove_file(folder.join("roster.md~")).expect("removed");
    }),
    ("deletes and creates", |_, file, text| {
        fs::remove_file(file).expect("removed");
        fs::write(file, text).expect("written");
    }),
];

#[test]
fn each_way_of_saving_is_one_rebuild() {
    let running = Running::small();
    let file = running.root().join(FILE);
    let folder = file.parent().expect("a folder").to_path_buf();
    let mut listener = running.listen(PAGE);
    let mut before = listener.hear();
    for (nth, (way, save)) in SAVES.iter().enumerate() {
        save(&folder, &file, &project("Roster", &format!("Saved as number {nth}.")));
        let said = listener.hear();
        // One that came of the save before would be counted here.
        assert_eq!(build(&said), build(&before) + 1, "{way}");
        assert_ne!(said["page"], before["page"], "{way}");
        assert!(running.get(PAGE).text().contains(&format!("Saved as number {nth}.")), "{way}");
        before = said;
    }
}

#[test]
fn a_save_tells_those_whose_page_it_changed() {
    let mut running = Running::small();
    let (mut roster, mut claims) = (running.listen(PAGE), running.listen("/projects/claims/"));
    let (roster_before, claims_before) = (roster.hear(), claims.hear());
    running.save(FILE, project("Roster", "Shifts are known two weeks before."));
    let (roster_after, claims_after) = (roster.hear(), claims.hear());
    assert_ne!(roster_after["page"], roster_before["page"]);
    assert_eq!(claims_after["page"], claims_before["page"]);
    let changed = roster_after["changed"].as_array().expect("a list").clone();
    assert!(changed.iter().any(|address| address == "projects/roster/index.html"), "{changed:?}");
    assert!(!changed.iter().any(|address| address == "projects/claims/index.html"), "{changed:?}");
    assert_eq!(roster_after["changes"], changed.len());
    assert_eq!(roster_after["page"], running.slip(PAGE, "key"));
    let line = running.line(FILE);
    assert!(line.contains(" pages and ") && line.contains(" changed, "), "{line}");
}

#[test]
fn a_thousand_files_at_once_are_not_a_thousand_rebuilds() {
    let running = Running::small();
    let mut listener = running.listen(PAGE);
    let first = build(&listener.hear());
    for nth in 0..1_000 {
        running.save(&format!("content/projects/claims/scan-{nth}.txt"), "scanned");
    }
    running.save(FILE, project("Roster", "All is checked out."));
    let said = listener.until(|said| said["page"] == running.slip(PAGE, "key"));
    let page = running.get(PAGE).text();
    assert!(page.contains("All is checked out."));
    // On a busy machine writing may rest for longer than a save does.
    assert!(build(&said) <= first + 5, "{} rebuilds", build(&said) - first);
}

#[test]
fn what_was_saved_last_is_shown_whatever_was_being_built() {
    let running = Running::small();
    let mut listener = running.listen(PAGE);
    listener.hear();
    for nth in 0..8 {
        running.save(FILE, project("Roster", &format!("Save {nth} a.")));
        // Asking takes as long as it takes: the next save falls anywhere.
        for _ in 0..nth * 3 {
            running.get(PAGE);
        }
        running.save(FILE, project("Roster", &format!("Save {nth} b.")));
        if nth % 2 == 0 {
            listener.hear();
        }
    }
    let shown = || running.get(PAGE).text().contains("Save 7 b.");
    while !shown() {
        listener.hear();
    }
}

#[test]
fn a_new_style_is_no_new_page() {
    let mut running = Running::small();
    let mut listener = running.listen(PAGE);
    let before = listener.hear();
    let own = include_str!("../../themes/default/assets/style.css");
    running.save("themes/default/assets/style.css", format!("{own}\nbody {{ margin: 1px }}\n"));
    let after = listener.hear();
    assert_eq!(after["page"], before["page"]);
    assert_ne!(after["styles"], before["styles"]);
    let style = format!("/{}", after["styles"][0].as_str().expect("an address"));
    assert!(running.get(&style).text().ends_with("body { margin: 1px }\n"));
    assert!(running.get(PAGE).text().contains(&style[1..]));
    assert!(running.line("themes/default/assets/style.css: ").contains("the style changed, "));
    // A template changes pages.
    let mut home = running.listen("/");
    let plain = home.hear();
    let own = include_str!("../../themes/default/templates/base.html");
    let other = own.replace("<main", "<main data-other");
    running.save("themes/default/templates/base.html", other);
    assert_ne!(home.hear()["page"], plain["page"]);
    assert!(running.get("/").text().contains("data-other"));
    assert!(running.line("templates/base.html: ").contains("27 of 27 pages changed, "));
}

/// A drawing that says something.
fn drawn(word: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>{word}</text></svg>"
    )
}

#[test]
fn a_new_picture_and_new_settings_are_seen() {
    let folder = book();
    let with = project("Claims", "![A form](form.svg)\n\nPaid on the day.");
    put(folder.path(), "content/projects/claims/index.md", with);
    put(folder.path(), "content/projects/claims/form.svg", drawn("one"));
    let running = Running::on(folder);
    let mut listener = running.listen("/projects/claims/");
    let before = listener.hear();
    running.save("content/projects/claims/form.svg", drawn("another"));
    let after = listener.hear();
    assert_eq!(after["changed"], serde_json::json!(["projects/claims/form.svg"]));
    assert_ne!(after["page"], before["page"]);
    assert_eq!(running.get("/projects/claims/form.svg").body, drawn("another").as_bytes());
    let settings = running.root().join("casebook.yaml");
    let text = fs::read_to_string(&settings).expect("settings");
    running.save("casebook.yaml", text + "title: The New Name\n");
    assert_ne!(listener.hear()["page"], after["page"]);
    assert!(running.get("/").text().contains("The New Name"));
}

#[test]
fn a_project_that_comes_and_goes_is_seen_where_it_is() {
    let running = Running::small();
    let mut waiting = running.listen("/projects/new/");
    let nothing = waiting.hear();
    assert_eq!(running.get("/projects/new/").status, 404);
    // A folder that comes with its file in it.
    let away = running.root().join("away");
    put(&away, "index.md", project("New", "It is here."));
    fs::rename(away, running.root().join("content/projects/new")).expect("moved");
    let there = waiting.hear();
    assert_ne!(there["page"], nothing["page"]);
    assert_eq!(running.get("/projects/new/").status, 200);
    // What is saved in it later is seen too.
    running.save("content/projects/new/index.md", project("New", "It is changed."));
    assert_ne!(waiting.hear()["page"], there["page"]);
    fs::remove_dir_all(running.root().join("content/projects/new")).expect("removed");
    assert_eq!(waiting.hear()["page"], nothing["page"]);
}

#[test]
fn what_no_build_reads_makes_none() {
    let running = Running::small();
    let mut listener = running.listen(PAGE);
    let before = build(&listener.hear());
    for other in [
        "content/.hidden.md",
        "content/projects/roster.md~",
        "content/projects/.x.swp",
        "public/index.html",
        "notes.txt",
        "content/.git/index",
    ] {
        running.save(other, "anything");
    }
    fs::read_to_string(running.root().join(FILE)).expect("it can be read");
    running.save(FILE, project("Roster", "And now something."));
    assert_eq!(build(&listener.hear()), before + 1);
}
