//! Markdown: whatever a body says, its HTML is ours, alone and in its page.

use super::html::{is_a_page, is_harmless_too, is_ours};
use super::road::{SETTINGS, Told, as_read, byte_file, dressed, go, text_file};
use casebook::pages::View;

/// A drawing.
const PICTURE: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>\n";

const FRONT: &str = "---
title: Claims <b>paid</b> & \"told\"
status: completed
class: transformation
unit: claims
owner: Amara Osei
kpis:
  - id: days
    name: Days <i>& nights</i>
    measure: days
    direction: lower
    source: a's \"ledger\"
    baseline: {value: 12, on: 2024-12-31}
    target: {value: 3, by: 2025-12-31}
    series: data/days.csv
  - {id: bare, name: Bare, baseline: 1, target: 2}
investment:
  budget: 100k
  actual: 90k
  shares: {claims: 60%, it: 40%}
benefits:
  - {name: Time, kind: cash_releasing, unit: claims, realized: {2025: 20k}}
image: {src: form.svg, alt: The form}
---
";
/// With this body alone the casebook is sound.
pub const PLAIN: &str = "Paid on the day by {kpi:a/days}.\n\n[There](/projects/a/)\n";
const SHORT: &str = "---\ntitle: <b>B</b>\nstatus: planned\nunit: it\nowner: Bela Fors\n---\n";
const PAGE: &str = "---\ntitle: About\n---\n";
const SERIES: &[u8] = b"date,value\n2025-01-31,9\n2025-06-30,4\n";

/// A body in each place that has one; of a casebook without errors the page is looked at as well.
pub fn hold(text: &str) {
    in_all_places(text, SETTINGS, is_ours);
    // Raw HTML, where a site lets in what can do no harm.
    if text.contains('<') {
        in_all_places(text, &format!("{SETTINGS}raw_html: clean\n"), is_harmless_too);
    }
}

fn in_all_places(text: &str, settings: &str, holds: fn(&str)) {
    let told = told(text, settings);
    assert!(told.is_sound() || text != PLAIN, "{:?}", told.said);
    let plan = told.plan();
    let view = |address| told.view(&plan, address).expect("the page is there");
    let project = view("projects/a/index.html");
    let is_whole = settings == SETTINGS && told.is_sound() && text.len().is_multiple_of(4);
    if let View::Project(project) = &project {
        holds(&project.story_html);
        project.post_mortem.iter().for_each(|one| holds(&one.html));
    }
    if is_whole {
        is_a_page(&dressed(project, "projects/a/index.html"));
    }
    for address in ["index.html", "units/claims/index.html", "about/index.html"] {
        match view(address) {
            View::Home(home) => holds(&home.html),
            View::Unit(unit) => holds(&unit.html),
            View::Free(page) => holds(&page.html),
            other => panic!("{other:?}"),
        }
    }
}

/// What the stages make of a body.
fn told(text: &str, settings: &str) -> Told {
    // A text with a null is no text, and is refused where it is read.
    let text = &as_read(&text.replace('\0', ""));
    let under = |front: &str| format!("{front}{text}");
    let in_folder = |name: &str| format!("content/projects/a/{name}");
    let files = vec![
        text_file("content/index.md", &under("---\n---\n")),
        text_file("content/pages/about.md", &under(PAGE)),
        text_file(&in_folder("index.md"), &under(FRONT)),
        text_file(&in_folder("post-mortem.md"), &under("---\n---\n")),
        byte_file(&in_folder("data/days.csv"), SERIES),
        byte_file(&in_folder("form.svg"), PICTURE),
        byte_file(&in_folder("plan.pdf"), b"a plan"),
        text_file("content/projects/b.md", &format!("{SHORT}{text}")),
        text_file("content/units/claims.md", &under("---\nname: Claims & <b>\n---\n")),
        text_file("content/units/it.md", "---\nname: IT\n---\n"),
    ];
    go(settings, files)
}
