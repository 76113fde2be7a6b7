//! A portfolio of more projects than a page of a list holds: every project stands once, on pages
//! of 200 that are all linked from the first and say what they show.
#![allow(clippy::disallowed_methods, reason = "tests build into folders of their own")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

const PROJECTS: i32 = 401;

/// When the action of the first project was due; each of the others a day before.
const DUE: jiff::civil::Date = jiff::civil::date(2026, 6, 29);

/// Writes a casebook of many small projects and builds it.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let projects = folder.path().join("content/projects");
    fs::create_dir_all(&projects).expect("a folder");
    fs::write(folder.path().join("casebook.yaml"), "as_of: 2026-06-30\n").expect("written");
    for nth in 0..PROJECTS {
        let text = format!(
            "---\ntitle: Project {nth}\nstatus: completed\nunit: claims\nowner: Amara Osei\n\
             tags: [desk]\nstages: {{kickoff: 2025-01-15, go_live: 2025-03-03}}\n\
             investment: {{actual: 10k, shares: {{claims: 100%}}}}\npost_mortem:\n  pain_points: [{{text: It was late., theme: scope}}]\n  \
             actions: [{{text: Hurry., due: {}}}]\nkpis:\n  - {{name: Days, baseline: 9, target: 5, actual: 4, on: 2025}}\n\
             ---\n\nDone.\n",
            DUE.checked_sub(jiff::Span::new().days(nth)).expect("a date"),
        );
        fs::write(projects.join(format!("p-{nth:03}.md")), text).expect("written");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let ran = command.args(["build", "--quiet", "--root"]).arg(folder.path()).output();
    let ran = ran.expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    folder
}

fn page(folder: &Path, path: &str) -> String {
    let path = folder.join("public").join(path).join("index.html");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_row_stands_once_and_each_page_says_what_it_shows() {
    let folder = built();
    for (list, what, row) in [
        ("projects", "Projects", "<th scope=\"row\"><a href=\""),
        ("projects/by/tag/desk", "Projects", "<th scope=\"row\"><a href=\""),
        ("kpis", "KPIs", "<th scope=\"row\"><a href=\""),
        ("actions", "Actions", "<th scope=\"row\">Hurry."),
        ("lessons/scope", "Lessons", "<th scope=\"row\">It was late."),
    ] {
        let pages = ["", "/page/2", "/page/3"].map(|n| page(folder.path(), &format!("{list}{n}")));
        let said = ["1 to 200", "201 to 400", "401 to 401"];
        let mut titles = Vec::new();
        for ((html, said), rows) in pages.iter().zip(said).zip([200, 200, 1]) {
            assert!(html.contains(&format!("{what} {said} of 401")), "{list}: {said}");
            assert_eq!(html.matches(row).count(), rows, "{list}: {said}");
            let title =
                |part: &str| part.split("Project ").nth(1)?.split('<').next().map(String::from);
            titles.extend(html.split("<th scope=\"row\">").skip(1).filter_map(title));
        }
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), 401, "{list}");
        let first = &pages[0];
        assert!(
            first.contains("page/2/index.html") && first.contains("page/3/index.html"),
            "{list}"
        );
        assert!(!folder.path().join("public").join(list).join("page/4").exists(), "{list}");
    }
}

/// The titles that stand at the head of rows.
fn heads(html: &str) -> BTreeSet<String> {
    let rows = html.split("<th scope=\"row\">").skip(1);
    let cells = rows.map(|row| row.split("</th>").next().unwrap_or_default());
    let title = |cell: &str| cell.split("Project ").nth(1)?.split('<').next().map(String::from);
    cells.filter_map(title).collect()
}

#[test]
fn no_project_stands_on_two_pages_of_a_list() {
    let folder = built();
    for (list, rows) in [
        ("tags/desk", 200),
        ("people/amara-osei", 200),
        ("years/2025", 200),
        ("timeline", 50),
        ("value", 50),
        ("partnership", 50),
    ] {
        let mut all = BTreeSet::new();
        for nth in 1..=401usize.div_ceil(rows) {
            let path = if nth == 1 { list.into() } else { format!("{list}/page/{nth}") };
            let heads = heads(&page(folder.path(), &path));
            assert_eq!(heads.len(), rows.min(401 - (nth - 1) * rows), "{path}");
            assert!(all.is_disjoint(&heads), "{path}");
            all.extend(heads);
        }
        assert_eq!(all.len(), 401, "{list}");
    }
}

#[test]
fn what_is_overdue_longest_comes_first() {
    let folder = built();
    let pages = ["actions", "actions/page/2", "actions/page/3"].map(|n| page(folder.path(), n));
    let html = pages.concat();
    let rows = html.split("<th scope=\"row\">Hurry.").skip(1);
    let project = |row: &str| row.split("Project ").nth(1)?.split('<').next()?.parse::<i32>().ok();
    let order: Vec<i32> = rows.filter_map(project).collect();
    assert_eq!(order, (0..PROJECTS).rev().collect::<Vec<_>>());
    assert!(html.contains("401 of 401 actions are overdue"), "the sentence counts all of them");
    assert!(html.contains("1 day overdue") && html.contains("401 days overdue"));
}

#[test]
fn home_sums_what_the_lists_show() {
    let folder = built();
    let home = page(folder.path(), "");
    assert!(home.contains("401\u{a0}completed"), "the sentence counts all projects");
    assert!(home.contains("401 projects"), "so does the foot of the page");
}
