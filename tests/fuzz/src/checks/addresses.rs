//! Addresses: what is made of any name stays below the root, is the same when it is made again,
//! can be had on each system, and is no one else's; what was accepted leads to what is there.

use super::html::{addresses, is_harmless};
use super::road::{SETTINGS, Told, byte_file, dressed, go, quoted, text_file};
use casebook::diagnostics::FileId;
use casebook::documents::id::{Below, check, slug};
use casebook::documents::path::below;
use casebook::site::manifest::stays_inside;
use casebook::sources::{SourceFile, Sources};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Parts a text into names.
pub const PART: char = '\u{1e}';

/// What stands in the place of each name: an id, an alias, a link, a picture, a series, a tag, a
/// person, another alias and another id. With these alone the casebook is sound.
const PLAIN: [&str; 9] =
    ["a", "/old/", "plan.pdf", "plan.svg", "x.csv", "claims", "Amara Osei", "/older/", "b"];

/// Any names, as ids, aliases, links, pictures, series, tags and persons of one casebook; behind the
/// number of a place the first name stands there alone.
pub fn hold(text: &str) {
    let names: Vec<&str> = text.split(PART).collect();
    names.iter().for_each(|name| is_stable(name));
    let alone = names[0].parse::<usize>().ok().filter(|at| *at < PLAIN.len());
    let mut all = PLAIN;
    match alone {
        Some(at) => all[at] = names.get(1).copied().unwrap_or_default(),
        None => all.iter_mut().zip(&names).for_each(|(place, name)| *place = name),
    }
    let told = casebook(all, &names);
    assert!(told.is_sound() || all != PLAIN || names.len() > 2, "{:?}", told.said);
    let plan = told.plan();
    if !told.is_sound() || !told.apart(&plan).is_empty() {
        return;
    }
    let all = told.addresses(&plan);
    all.iter().for_each(|address| is_safe(address));
    are_apart(&all);
    let there: BTreeSet<&str> = all.iter().map(String::as_str).collect();
    let mut projects = told.portfolio().projects.all().iter();
    let with_links = projects.find(|project| project.shown.document.folder.is_some());
    let page = with_links.expect("it is not hidden").page.as_str();
    let view = told.view(&plan, page).expect("it is in the plan");
    leads_somewhere(&dressed(view, page), page, &there);
}

/// What was made of a name once is made of it again.
pub fn is_stable(name: &str) {
    let once = slug(name);
    assert_eq!(slug(&once), once, "{name:?}");
    for place in [Below::Folder, Below::Root] {
        let (id, problem) = check(name, place, FileId(0));
        let (again, still) = check(&id, place, FileId(0));
        assert_eq!((&id, problem.is_some()), (&again, still.is_some()), "{name:?}");
        if problem.is_none() {
            is_safe(&id);
        }
    }
    if let Ok(path) = below(name) {
        assert_eq!(below(&path).ok().as_ref(), Some(&path), "{name:?}");
        assert!(stays_inside(&format!("projects/a/{path}")), "{name:?}");
    }
}

/// A casebook in which each name has its place; where a disk can have them, they are files too.
fn casebook(all: [&str; PLAIN.len()], others: &[&str]) -> Told {
    let name = |at: usize| all[at];
    let id = if is_name(name(0)) { name(0) } else { "a" };
    let folder = format!("content/projects/{id}/");
    let mut front = "---\ntitle: A\nstatus: completed\nunit: it\n".to_string();
    front += &format!("owner: {{name: {}}}\n", quoted(name(6)));
    front += &format!("aliases: [{}, {}]\n", quoted(name(1)), quoted(name(7)));
    front += &format!("tags: [{}, claims]\n", quoted(name(5)));
    front += &format!("image: {{src: {}, alt: A picture}}\n", quoted(name(3)));
    front += &format!(
        "kpis:\n  - {{name: K, baseline: 12, target: 1, series: {}}}\n---\n",
        quoted(name(4))
    );
    let (linked, shown) = (plain(name(2)), plain(name(3)));
    let body = format!("[There](<{linked}>)\n\n![A picture](<{shown}>)\n");
    let other = if is_name(name(8)) { name(8) } else { "b" };
    let short = |unit: &str| format!("---\ntitle: {}\n{unit}---\n", quoted(name(5)));
    let project = "status: planned\nunit: it\nowner: Bela Fors\n";
    let mut files = vec![
        text_file(&format!("{folder}index.md"), &(front + &body)),
        text_file(&format!("content/projects/{other}.md"), &short(project)),
        text_file(&format!("content/pages/{other}.md"), &short("")),
        text_file(&format!("content/units/{other}.md"), "---\nname: Other\n---\n"),
        text_file("content/units/it.md", "---\nname: IT\n---\n"),
    ];
    let beside_it = all.iter().chain(others).chain(["plan.pdf", "plan.svg", "x.csv"].iter());
    files.extend(beside_it.filter_map(|name| beside(&folder, name)));
    go(SETTINGS, files)
}

/// A link's address as Markdown that means just that.
fn plain(name: &str) -> String {
    let escaped = |c: char| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c]);
    name.chars().filter(|c| *c != '\n').flat_map(escaped).collect()
}

/// A file beside a write-up, where a disk can have one of that name.
fn beside(folder: &str, name: &str) -> Option<SourceFile> {
    let is_path = name.split('/').all(is_name);
    let bytes: &[u8] = match name.ends_with(".svg") {
        true => b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>\n",
        false => b"date,value\n2025-01-31,3\n2025-02-28,1\n",
    };
    let file = byte_file(&format!("{folder}{name}"), bytes);
    (is_path && !file.kind.is_write_up()).then_some(file)
}

/// Whether a file or folder can have a name, and is read.
fn is_name(name: &str) -> bool {
    let is_one = !matches!(name, "" | "." | "..") && name.len() < 250;
    is_one && !name.contains(['/', '\0']) && !Sources::set_aside(name)
}

/// Whether each system can have a path, and its reader sees what it is.
fn is_safe(path: &str) {
    assert!(stays_inside(path), "{path:?}");
    for part in path.split('/') {
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let numbered = |device| stem.strip_prefix(device).is_some_and(|n| n.len() == 1);
        let device = ["con", "prn", "aux", "nul"].contains(&&*stem)
            || ["com", "lpt"].into_iter().any(numbered)
                && stem.ends_with(|c: char| c.is_ascii_digit());
        assert!(!device, "a device: {path:?}");
        assert!(!part.ends_with(['.', ' ']) && part.len() <= 255, "{path:?}");
        assert!(!part.contains(['<', '>', ':', '"', '|', '?', '*', '\\']), "{path:?}");
        let hides = |c: char| {
            matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}')
        };
        assert!(!part.contains(|c: char| c.is_control() || hides(c)), "{path:?}");
    }
}

/// No two paths are one on a disk that takes small and large letters, or composed and decomposed
/// ones, for the same; and no file stands where another needs a folder.
fn are_apart(all: &[String]) {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for path in all {
        let folded: String = path.nfc().flat_map(char::to_lowercase).nfc().collect();
        let before = taken.insert(folded, path);
        assert_eq!(before, None, "one address for two, and no word of it: {path:?}");
    }
    for folded in taken.keys() {
        let folders = folded.match_indices('/').map(|(at, _)| &folded[..at]);
        for folder in folders {
            assert!(!taken.contains_key(folder), "{folder:?} is a file and a folder");
        }
    }
}

/// Each link and picture of a page leads to a file of the site, as a browser reads it.
fn leads_somewhere(html: &str, page: &str, there: &BTreeSet<&str>) {
    for address in &addresses(html) {
        assert!(is_harmless(address), "{address:?}");
        let scheme = ["http:", "https:", "mailto:", "tel:"];
        let lower = address.to_ascii_lowercase();
        if scheme.iter().any(|scheme| lower.starts_with(scheme)) {
            continue;
        }
        let path = address.split(['#', '?']).next().unwrap_or_default();
        let target = joined(page, &decoded(path));
        let found = target.as_deref().is_some_and(|target| there.contains(target));
        assert!(found || path.is_empty(), "{address:?} on {page:?} leads to {target:?}");
    }
}

fn joined(page: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// An address with its percent signs read.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let code = code.filter(|_| *first == b'%').and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
