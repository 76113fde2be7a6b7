//! The sample portfolio as a site: the same tree however it is built, every link leads somewhere,
//! every page is near, and what is restricted leaves no trace.
#![allow(clippy::disallowed_methods, reason = "tests build into folders of their own")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

type Tree = BTreeMap<String, Vec<u8>>;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Builds a casebook into a new folder and reads what is there.
fn built(root: &Path, options: &[&str], environment: &[(&str, &str)]) -> Tree {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("site");
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(["build", "--quiet", "--root"]).arg(root).arg("--output").arg(&output);
    command.args(options).envs(environment.iter().copied());
    let ran = command.output().expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    tree(&output)
}

fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("it is below");
            (path.display().to_string(), fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// A copy of the sample, to be changed.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["content", "casebook.yaml"] {
        for entry in walkdir::WalkDir::new(repository().join(part)) {
            let entry = entry.expect("an entry");
            let to = folder.path().join(entry.path().strip_prefix(repository()).expect("below"));
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).expect("a folder");
            } else {
                fs::copy(entry.path(), to).expect("a file");
            }
        }
    }
    folder
}

#[test]
fn the_tree_is_the_same_on_one_thread_and_two_and_elsewhere() {
    let one = built(&repository(), &["--jobs", "1"], &[]);
    let two = built(&repository(), &["--jobs", "2"], &[]);
    assert_same(&one, &two);
    let elsewhere = copy();
    let abroad = [("TZ", "Pacific/Kiritimati"), ("LANG", "de_DE.UTF-8"), ("HOME", "/nowhere")];
    assert_same(&one, &built(elsewhere.path(), &["--jobs", "3"], &abroad));
    assert!(one.len() > 60, "the sample has {} files", one.len());
}

fn assert_same(one: &Tree, other: &Tree) {
    let differ = |path: &&String| one.get(*path) != other.get(*path);
    let all: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    assert_eq!(all.into_iter().filter(differ).collect::<Vec<_>>(), [""; 0]);
}

/// The values of an attribute in a page.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let opening = format!(" {attribute}=\"");
    let parts = html.split(opening.as_str()).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

/// The page that a link leads to as its path in the tree, and its anchor; none if it leaves.
fn target(page: &str, href: &str) -> Option<(String, String)> {
    if href.contains("://") || href.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
    // What is asked of a page does not make it another.
    let path = path.split('?').next().unwrap_or_default();
    let mut parts: Vec<&str> = page.split('/').collect();
    if !path.is_empty() {
        parts.pop();
    }
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {href} leaves the site"),
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), anchor.to_string()))
}

#[test]
fn every_link_anchor_and_picture_leads_somewhere() {
    for options in [&[][..], &["--audience", "board"], &["--drafts"]] {
        let looked = links(&built(&repository(), options, &[]));
        assert!(looked > 2000, "only {looked} links were looked at");
    }
}

#[test]
fn no_link_leads_to_a_part_that_is_left_out() {
    let parts = "actions board briefs calendar choices data evidence kpis lessons partnership people \
                 search tags timeline value years";
    let each: Vec<&str> = parts.split_whitespace().collect();
    let all = each.join(", ");
    let folder = copy();
    let settings = folder.path().join("casebook.yaml");
    let text = fs::read_to_string(&settings).expect("settings");
    let mut least = usize::MAX;
    for left_out in each.iter().copied().chain([all.as_str()]) {
        fs::write(&settings, format!("{text}leave_out: [{left_out}]\n")).expect("settings");
        let site = built(folder.path(), &[], &[]);
        assert!(links(&site) > 200, "{left_out}");
        least = least.min(site.len());
    }
    assert!(least < 60, "without all of these, {least} files are left");
}

/// Looks where each link of a site leads; how many there are.
fn links(site: &Tree) -> usize {
    let mut looked = 0;
    for (page, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        // Its links count from the host's root, for it is served for any address.
        if page == "404.html" {
            continue;
        }
        let html = std::str::from_utf8(bytes).expect("UTF-8");
        for href in values(html, "href").into_iter().chain(values(html, "src")) {
            assert!(!href.is_empty(), "{page} has a link to nowhere");
            let Some((path, anchor)) = target(page, href) else { continue };
            let found = site.get(&path);
            assert!(found.is_some(), "{page}: {href} leads to no file");
            let there = String::from_utf8_lossy(found.expect("just looked"));
            let id = format!(" id=\"{anchor}\"");
            assert!(anchor.is_empty() || there.contains(&id), "{page}: {href} has no anchor");
            looked += 1;
        }
    }
    looked
}

#[test]
fn every_page_is_within_three_clicks_of_home() {
    let site = built(&repository(), &[], &[]);
    let mut clicks = BTreeMap::from([("index.html".to_string(), 0)]);
    let mut queue = VecDeque::from(["index.html".to_string()]);
    while let Some(page) = queue.pop_front() {
        let html = String::from_utf8_lossy(&site[&page]).into_owned();
        let near = clicks[&page] + 1;
        for (path, _) in values(&html, "href").into_iter().filter_map(|href| target(&page, href)) {
            if path.ends_with(".html") && !clicks.contains_key(&path) {
                clicks.insert(path.clone(), near);
                queue.push_back(path);
            }
        }
    }
    // An old address is only met from outside, and the page for wrong addresses by no link.
    let is_old = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\"");
    let pages = site
        .iter()
        .filter(|(path, bytes)| path.ends_with(".html") && *path != "404.html" && !is_old(bytes));
    let far: Vec<_> = pages
        .map(|(path, _)| path)
        .filter(|path| clicks.get(*path).is_none_or(|n| *n > 3))
        .collect();
    assert_eq!(far, [""; 0]);
}

#[test]
fn each_page_has_one_heading_of_the_first_level_and_no_level_is_skipped() {
    let site = built(&repository(), &["--audience", "board"], &[]);
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    for (page, bytes) in pages.filter(|(_, bytes)| !bytes.windows(7).any(|w| w == b"refresh")) {
        let html = String::from_utf8_lossy(bytes);
        let levels: Vec<u8> = html
            .match_indices("<h")
            .filter_map(|(at, _)| html.as_bytes().get(at + 2).filter(|b| b.is_ascii_digit()))
            .map(|digit| digit - b'0')
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{page}");
        for pair in levels.windows(2) {
            assert!(
                pair[1] <= pair[0] + 1,
                "{page}: a heading of level {} follows {}",
                pair[1],
                pair[0]
            );
        }
    }
}

#[test]
fn no_script_style_or_handler_stands_in_a_page() {
    // A script lies beside the pages, under a name that carries its key, and says nothing here.
    let is_own = |rest: &str| {
        let tag = rest.strip_prefix(" src=\"").and_then(|rest| rest.split_once("></script>"));
        tag.is_some_and(|(tag, _)| {
            let path = tag.trim_start_matches(['.', '/']);
            path.starts_with("assets/") && !tag.contains(['<', '>'])
        })
    };
    for (page, bytes) in built(&repository(), &[], &[]) {
        if !page.ends_with(".html") {
            continue;
        }
        let html = String::from_utf8_lossy(&bytes).to_lowercase();
        let scripts = html.split("<script").skip(1);
        assert!(scripts.clone().count() <= 2 && scripts.clone().all(is_own), "{page}");
        for forbidden in ["<style", " style=", " onclick=", " onload=", "javascript:"] {
            assert!(!html.contains(forbidden), "{page} holds {forbidden}");
        }
    }
}

/// Neither who built a site, nor where, nor what was noted in its sources is in it (T59).
#[test]
fn no_path_name_or_comment_of_its_makers_stands_in_a_site() {
    let sample = copy();
    let page = sample.path().join("content/pages/about.md");
    let told = fs::read_to_string(&page).expect("a page");
    let noted = told.replacen("---\n", "---\n# ravenstone-yaml\n", 1);
    fs::write(
        &page,
        format!("{noted}\n<!-- ravenstone-html -->\n\nAnd <!-- ravenstone-inline --> so.\n"),
    )
    .expect("written");
    let surroundings = [
        ("HOME", "/home/ravenstone-home"),
        ("USER", "ravenstone-user"),
        ("LOGNAME", "ravenstone-log"),
        ("HOSTNAME", "ravenstone-host"),
        ("GIT_AUTHOR_EMAIL", "ravenstone@example.org"),
    ];
    let site = built(sample.path(), &["--drafts", "--audience", "board"], &surroundings);
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let mut words = vec!["ravenstone", env!("CARGO_MANIFEST_DIR"), "/.cargo/", "/src/"];
    words.push(sample.path().to_str().expect("UTF-8"));
    // A host may be named as something that a casebook speaks of.
    words.extend(Some(host.trim()).filter(|host| host.len() > 8));
    for (path, bytes) in &site {
        let has = |word: &&str| bytes.windows(word.len()).any(|own| own == word.as_bytes());
        assert_eq!(words.iter().copied().filter(has).collect::<Vec<_>>(), [""; 0], "{path}");
        assert!(!path.ends_with(".html") || !has(&"<!--"), "{path} has a comment");
    }
    assert!(site.contains_key("projects/same-day-motor-claims/claim-form.png"));
}

/// Restricted values are changed in the source; the wider edition must not show that they were.
#[test]
fn what_is_restricted_leaves_no_trace_in_the_wider_edition() {
    let sample = copy();
    let before = built(sample.path(), &[], &[]);
    let board = built(sample.path(), &["--audience", "board"], &[]);
    let project = sample.path().join("content/projects/repair-cost-recoveries.md");
    let told = fs::read_to_string(&project).expect("the project with restricted keys");
    let changed =
        told.replace("  actual: 391200", "  actual: 691234").replace("122500}", "422534}");
    assert!(told != changed, "the sample has a restricted amount to change");
    fs::write(&project, changed).expect("written");
    let hidden = sample.path().join("content/projects/head-office-space.md");
    let told = fs::read_to_string(&hidden).expect("the project for the board");
    fs::write(&hidden, format!("{told}\nOne more sentence that only the board may read.\n"))
        .expect("written");
    assert_same(&before, &built(sample.path(), &[], &[]));
    assert_ne!(board, built(sample.path(), &["--audience", "board"], &[]));
}

#[test]
fn a_failed_build_leaves_the_site_as_it_was() {
    let sample = copy();
    let public = sample.path().join("public");
    let build = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        command.args(["build", "--root"]).arg(sample.path()).output().expect("it runs")
    };
    assert!(build().status.success());
    let before = tree(&public);
    let page = sample.path().join("content/pages/about.md");
    fs::write(page, "---\ntitel: About\n---\n").expect("written");
    assert_eq!(build().status.code(), Some(1));
    assert_same(&before, &tree(&public));
    // A template that fails amid the pages, after others were rendered.
    fs::write(sample.path().join("content/pages/about.md"), "---\ntitle: New\n---\n")
        .expect("written");
    let templates = sample.path().join("themes/default/templates");
    fs::create_dir_all(&templates).expect("a folder");
    fs::write(templates.join("unit.html"), "{{ no_such_thing }}").expect("written");
    let failed = build();
    assert_eq!(failed.status.code(), Some(1));
    let told = String::from_utf8_lossy(&failed.stderr);
    assert!(told.contains("no_such_thing") && told.contains("unit.html"), "{told}");
    assert_same(&before, &tree(&public));
}

#[test]
fn the_sample_breaks_the_rules_that_its_stories_tell_of_and_no_others() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(["check", "--format", "json", "--root"]).arg(repository());
    let told = command.output().expect("it runs").stdout;
    let told: serde_json::Value = serde_json::from_slice(&told).expect("JSON");
    let each = told["diagnostics"].as_array().expect("a list").iter();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
    let broken: Vec<(String, String)> =
        each.map(|one| (word(&one["code"]), word(&one["path"]))).collect();
    let broken: Vec<_> = broken.iter().map(|(code, path)| (code.as_str(), path.as_str())).collect();
    assert_eq!(
        broken,
        [
            ("action-overdue", "content/projects/broker-quotes-in-minutes/post-mortem.md"),
            ("no-champion", "content/projects/farm-flood-scores/index.md"),
            ("it-too-late", "content/projects/month-end-in-four-days.md"),
            ("action-overdue", "content/projects/self-service-portal.md"),
        ]
    );
}

#[test]
fn home_and_board_count_the_same_needs() {
    let site = built(&repository(), &[], &[]);
    let said = |page: &str, before: &str, behind: &str| {
        let html = String::from_utf8_lossy(&site[page]).into_owned();
        let count = html.split_once(behind).and_then(|(upto, _)| upto.rsplit_once(before));
        count.unwrap_or_else(|| panic!("{page} counts them")).1.to_string()
    };
    let board = said("board/index.html", " of ", " needs are shown.");
    assert_eq!(board, said("index.html", " of ", " by date are shown."));
    assert!(board.parse::<usize>().is_ok_and(|all| all > 7), "{board}");
}
