//! What others read of a site by convention: feed, sitemap, robots, calendar, share tags. Each is
//! read again by a parser that did not write it, with texts in it that would break it unescaped.
#![allow(clippy::disallowed_methods, reason = "tests build into folders of their own")]

use ical::parser::ical::component::{IcalCalendar, IcalEvent};
use roxmltree::{Document, Node};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A title that would end an element, an attribute and a line.
const TITLE: &str = "</title><script>alert('1')</script> & \"quotes\", ]]> 😀 {{ x }}";

/// The same in front matter, with characters that XML cannot hold.
const WRITTEN: &str =
    r#""</title><script>alert('1')</script>\u0007 & \"quotes\", ]]> 😀\uFFFE {{ x }}""#;

/// Builds a casebook of these files.
fn built(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let ran = command.args(["build", "--quiet", "--root"]).arg(folder.path()).output();
    let ran = ran.expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    folder
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("public").join(path)).expect(path)
}

/// A casebook whose every text is hostile.
fn hostile() -> tempfile::TempDir {
    let settings = format!(
        "title: {WRITTEN}\ntagline: {WRITTEN}\norganization: {WRITTEN}\n\
         base_url: https://x.example/books/ours\nas_of: 2026-06-30\n"
    );
    let project = format!(
        "---\ntitle: {WRITTEN}\nsummary: {WRITTEN}\nstatus: completed\nunit: claims\n\
         owner: {{name: {WRITTEN}}}\n\
         stages: {{kickoff: 2025-01-10, go_live: 2025-03-04, benefits_review: 2026-Q4}}\n\
         kpis: [{{name: {WRITTEN}, baseline: 9, target: 5, actual: 4, on: 2025-05-06, \
         source: {WRITTEN}}}]\nquotes: [{{text: {WRITTEN}, by: {WRITTEN}}}]\n\
         aliases: [/old/]\npost_mortem:\n  actions:\n    \
         - {{text: {WRITTEN}, owner: {{name: {WRITTEN}}}, due: 2026-09-30}}\n    \
         - {{text: \"Comma, semicolon; backslash \\\\ and\\nline\", due: 2026-02}}\n    \
         - {{text: Done already., due: 2026-09-30, status: done}}\n    \
         - {{text: Without a day.}}\n---\n\n{TITLE}\n"
    );
    let unit = format!("---\nname: {WRITTEN}\n---\n");
    let stopped = "---\ntitle: Stopped\nstatus: stopped\nunit: claims\nowner: Amara Osei\n\
                   stages: {kickoff: 2026-06-01, benefits_review: {planned: 2026-12-01}}\n---\n";
    let active = "---\ntitle: Active\nstatus: active\nunit: claims\nowner: Amara Osei\n---\n";
    let undated = "---\ntitle: No date\nstatus: completed\nunit: claims\nowner: Amara Osei\n---\n";
    built(&[
        ("casebook.yaml", &settings),
        ("content/projects/a.md", &project),
        ("content/projects/über-uns.md", stopped),
        ("content/projects/c.md", active),
        ("content/projects/d.md", undated),
        ("content/units/claims.md", &unit),
    ])
}

/// The text of a child of an element.
fn child<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.children().find(|child| child.has_tag_name((ATOM, name))).and_then(|child| child.text())
}

fn links<'a, 'i>(node: Node<'a, 'i>) -> Vec<(Option<&'a str>, Option<&'a str>)> {
    let links = node.children().filter(|child| child.has_tag_name((ATOM, "link")));
    links.map(|link| (link.attribute("rel"), link.attribute("href"))).collect()
}

/// A date as RFC 3339 writes it, and as far as we write it.
fn is_time(text: &str) -> bool {
    let day = text.strip_suffix("T00:00:00Z").and_then(|day| day.parse::<jiff::civil::Date>().ok());
    day.is_some_and(|day| format!("{day}T00:00:00Z") == text)
}

#[test]
fn the_feed_is_atom() {
    let folder = hostile();
    let text = read(folder.path(), "feed.xml");
    let feed = Document::parse(&text).expect("well-formed XML");
    let top = feed.root_element();
    assert!(top.has_tag_name((ATOM, "feed")));
    // RFC 4287, 4.1.1: one id, title and updated, an author for all entries, a link to itself.
    for name in ["id", "title", "updated"] {
        let of = top.children().filter(|child| child.has_tag_name((ATOM, name)));
        assert_eq!(of.count(), 1, "{name}");
    }
    let title = TITLE.to_string();
    assert_eq!(child(top, "title"), Some(title.as_str()));
    assert_eq!(child(top, "subtitle"), Some(title.as_str()));
    assert_eq!(child(top, "id"), Some("https://x.example/books/ours/"));
    let author = top.children().find(|child| child.has_tag_name((ATOM, "author")));
    assert_eq!(author.and_then(|author| child(author, "name")), Some(title.as_str()));
    assert!(links(top).contains(&(Some("self"), Some("https://x.example/books/ours/feed.xml"))));
    assert!(links(top).contains(&(Some("alternate"), Some("https://x.example/books/ours/"))));
    let entries: Vec<Node<'_, '_>> =
        top.children().filter(|child| child.has_tag_name((ATOM, "entry"))).collect();
    // 4.1.2: one id, title and updated, and a link to the page, for there is no content.
    let mut ids = BTreeSet::new();
    for entry in &entries {
        let id = child(*entry, "id").expect("an id");
        assert!(ids.insert(id), "{id} stands twice");
        assert!(id.is_ascii() && id.starts_with("https://x.example/books/ours/projects/"), "{id}");
        assert_eq!(links(*entry), [(Some("alternate"), Some(id))]);
        assert!(child(*entry, "title").is_some());
        assert!(child(*entry, "updated").is_some_and(is_time));
    }
    // Finished work alone, the newest first; without a date there is no place in that order.
    let told = |name| entries.iter().map(|entry| child(*entry, name)).collect::<Vec<_>>();
    assert_eq!(told("title"), [Some("Stopped"), Some(title.as_str())]);
    let dates = ["2026-06-01T00:00:00Z", "2025-05-06T00:00:00Z"].map(Some);
    assert_eq!(told("updated"), dates);
    assert_eq!(child(top, "updated"), dates[0]);
    assert_eq!(child(entries[1], "summary"), Some(title.as_str()));
}

#[test]
fn a_feed_has_the_fifty_newest() {
    let mut files = vec![("casebook.yaml".to_string(), SETTINGS.to_string())];
    files.extend((10..70).map(|nth| {
        let text = format!(
            "---\ntitle: Project {nth}\nstatus: completed\nunit: claims\nowner: Amara Osei\n\
             stages: {{closed: 20{nth}-01-01}}\n---\n"
        );
        (format!("content/projects/p-{nth}.md"), text)
    }));
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let folder = built(&files);
    let text = read(folder.path(), "feed.xml");
    let feed = Document::parse(&text).expect("well-formed XML");
    let titles = feed.descendants().filter(|node| node.has_tag_name((ATOM, "entry")));
    let titles: Vec<&str> = titles.filter_map(|entry| child(entry, "title")).collect();
    let expected: Vec<String> = (20..70).rev().map(|nth| format!("Project {nth}")).collect();
    assert_eq!(titles, expected);
}

const SETTINGS: &str = "base_url: https://x.example\nas_of: 2080-01-01\n";

#[test]
fn the_sitemap_names_every_page_once() {
    let folder = hostile();
    let text = read(folder.path(), "sitemap.xml");
    let map = Document::parse(&text).expect("well-formed XML");
    let locs = map.descendants().filter(|node| node.tag_name().name() == "loc");
    let locs: Vec<String> = locs.filter_map(|node| node.text().map(String::from)).collect();
    let named: BTreeSet<String> = locs.iter().cloned().collect();
    assert_eq!(named.len(), locs.len(), "each page stands once");
    assert!(named.contains("https://x.example/books/ours/projects/%C3%BCber-uns/"));
    let public = folder.path().join("public");
    let pages = walkdir::WalkDir::new(&public).into_iter().map(|entry| entry.expect("an entry"));
    let pages = pages.filter(|entry| entry.path().extension().is_some_and(|e| e == "html"));
    let pages: BTreeSet<String> = pages
        .map(|entry| entry.path().strip_prefix(&public).expect("below").display().to_string())
        .filter(|page| page != "404.html" && page != "old/index.html")
        .map(|page| page.replace("index.html", "").replace('ü', "%C3%BC"))
        .map(|page| format!("https://x.example/books/ours/{page}"))
        .collect();
    assert_eq!(named, pages);
    let robots = read(folder.path(), "robots.txt");
    assert!(robots.ends_with("\nSitemap: https://x.example/books/ours/sitemap.xml\n"), "{robots}");
}

/// The calendar as an independent reader has it, after the rules of the form were looked at.
fn calendar(folder: &Path) -> IcalCalendar {
    let text = read(folder, "calendar.ics");
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "lines are folded");
    let mut calendars: Vec<IcalCalendar> = ical::IcalParser::new(text.as_bytes())
        .map(|calendar| calendar.expect("a calendar"))
        .collect();
    assert_eq!(calendars.len(), 1);
    calendars.remove(0)
}

/// The value of a property, its escapes taken back.
fn value(event: &IcalEvent, name: &str) -> Option<String> {
    let mut of = event.properties.iter().filter(|property| property.name == name);
    let found = of.next()?.value.clone()?;
    assert!(of.next().is_none(), "{name} stands twice");
    let mut out = String::new();
    let mut letters = found.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.extend(letters.next().map(|next| if next == 'n' { '\n' } else { next })),
            letter => out.push(letter),
        }
    }
    Some(out)
}

#[test]
fn the_calendar_holds_what_is_due() {
    let folder = hostile();
    let calendar = calendar(folder.path());
    let has = |name: &str| calendar.properties.iter().any(|property| property.name == name);
    assert!(has("VERSION") && has("PRODID"));
    let all = |name: &str| -> Vec<Option<String>> {
        calendar.events.iter().map(|event| value(event, name)).collect()
    };
    let some = |values: &[&str]| -> Vec<Option<String>> {
        values.iter().map(|value| Some((*value).to_string())).collect()
    };
    assert_eq!(all("DTSTART"), some(&["20260228", "20260930", "20261231"]));
    assert_eq!(all("DTEND"), some(&["20260301", "20261001", "20270101"]));
    assert_eq!(all("DTSTAMP"), some(&["20260630T000000Z"; 3]));
    let action = format!("Action: {TITLE}");
    let review = format!("Benefits review: {TITLE}");
    let comma = "Action: Comma, semicolon; backslash \\ and\nline";
    // A character that XML cannot hold is no harm here.
    let summaries: Vec<String> =
        all("SUMMARY").into_iter().flatten().map(|text| text.replace('\u{fffe}', "")).collect();
    assert_eq!(summaries, [comma.to_string(), action, review]);
    let page = "https://x.example/books/ours/projects/a/";
    let actions = format!("{page}#part-actions");
    assert_eq!(all("URL"), some(&[&actions, &actions, page]));
    let ids: BTreeSet<String> = all("UID").into_iter().flatten().collect();
    assert_eq!(ids.len(), 3);
    assert!(ids.iter().all(|id| id.ends_with("@x.example")));
}

#[test]
fn an_event_keeps_its_id_when_it_moves() {
    let project = |actions: &str| {
        format!(
            "---\ntitle: A\nstatus: completed\nunit: claims\nowner: Amara Osei\n\
             post_mortem:\n  actions: [{actions}]\n---\n"
        )
    };
    let events = |actions: &str| {
        let text = project(actions);
        let folder = built(&[("casebook.yaml", SETTINGS), ("content/projects/a.md", &text)]);
        let events = calendar(folder.path()).events;
        let told = |event: &IcalEvent| Some((value(event, "UID")?, value(event, "DTSTART")?));
        events.iter().filter_map(told).collect::<Vec<_>>()
    };
    let before = events("{text: Hurry., due: 2080-03-01}");
    let after = events("{text: Wait., due: 2080-01-02}, {text: Hurry., due: 2080-04-01}");
    assert_eq!((before.len(), after.len()), (1, 2));
    assert_eq!(before[0].0, after[1].0);
    assert_ne!(before[0].1, after[1].1);
    let twins = events("{text: Hurry., due: 2080-03-01}, {text: Hurry., due: 2080-03-01}");
    assert_ne!(twins[0].0, twins[1].0);
}

#[test]
fn a_calendar_without_an_event_holds_its_time_zone() {
    let folder = built(&[("casebook.yaml", "as_of: 2026-06-30\n"), ("content/.gitkeep", "")]);
    let calendar = calendar(folder.path());
    assert_eq!((calendar.events.len(), calendar.timezones.len()), (0, 1));
}

#[test]
fn without_an_address_on_the_web_what_needs_one_is_left_out() {
    let project = "---\ntitle: A\nstatus: completed\nunit: claims\nowner: Amara Osei\n---\n";
    let folder =
        built(&[("casebook.yaml", "as_of: 2026-06-30\n"), ("content/projects/a.md", project)]);
    let public = folder.path().join("public");
    assert!(!public.join("feed.xml").exists() && !public.join("sitemap.xml").exists());
    let page = read(folder.path(), "projects/a/index.html");
    for absent in ["og:", "rel=\"canonical\"", "rel=\"alternate\"", "feed.xml"] {
        assert!(!page.contains(absent), "{absent}");
    }
    assert_eq!(read(folder.path(), "robots.txt"), "User-agent: *\nDisallow:\n");
}

#[test]
fn share_tags_are_escaped() {
    let folder = hostile();
    let page = read(folder.path(), "projects/a/index.html");
    let content = |property: &str| {
        let opening = format!("<meta property=\"{property}\" content=\"");
        let (_, rest) = page.split_once(&opening).expect(property);
        let raw = rest.split('"').next().expect("it ends");
        assert!(!raw.contains(['<', '>']), "{property}: {raw}");
        let plain = raw.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        let plain = plain.replace("&#x27;", "'").replace("&#39;", "'").replace("&#x2F;", "/");
        plain.replace("&amp;", "&").replace(['\u{7}', '\u{fffe}'], "")
    };
    assert_eq!(content("og:title"), TITLE);
    assert_eq!(content("og:description"), TITLE);
    assert_eq!(content("og:site_name"), TITLE);
    assert_eq!(content("og:type"), "article");
    assert_eq!(content("og:url"), "https://x.example/books/ours/projects/a/");
    assert!(page.contains("type=\"application/atom+xml\""));
    assert!(page.contains("href=\"../../feed.xml\""));
    assert!(read(folder.path(), "index.html").contains("property=\"og:type\" content=\"website\""));
}
