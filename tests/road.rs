//! Whatever one types: no text, however it is broken, stops the road from files to painted
//! diagnostics.

use casebook::diagnostics::{FileId, sort};
use casebook::documents::settings::Settings;
use casebook::editions::{self, Wanted};
use casebook::report::{self, Color};
use casebook::sources::{Content, SourceFile, Sources};
use casebook::{documents, portfolio};
use proptest::collection::vec;
use proptest::prelude::*;

/// A file in all stages, its diagnostics painted.
fn whole_road(path: &str, text: &str) {
    let file = |path: &str, text: &str| SourceFile::of(path, Content::Text(text.into()));
    let data =
        SourceFile::of("content/projects/a/data.csv", Content::Bytes(text.as_bytes().into()));
    let mut files = vec![file("casebook.yaml", text), data, file(path, text)];
    files[1..].sort_by(|a, b| a.path.cmp(&b.path));
    let sources = Sources::of(files);
    let (settings, mut said) = Settings::read(text, FileId(0));
    let mut documents = documents::read(&sources, &settings, None);
    said.append(&mut documents.diagnostics);
    let cut = editions::cut(documents, &sources, &settings, &Wanted::default());
    if let Ok(mut edition) = cut {
        said.append(&mut edition.diagnostics);
        let as_of = jiff::civil::date(2026, 6, 30);
        let (mut portfolio, problems) = portfolio::link(edition, &settings, as_of);
        said.extend(problems);
        said.extend(portfolio.refer(&sources));
    }
    sort(&mut said);
    report::terminal(&said, &sources, Color::Never, 100);
    report::json(&said, &sources);
}

/// Pieces of YAML, put together as no one would.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a", "b: ", "c:", "- ", "-", "\n", "\n  ", "\n    ", " ", "\"x\"", "'y'", "\"", "'", "[",
        "]", "{", "}", ", ", "é", "目", "#", " #c", "|\n", ">-\n", "1.10", "NO", "~", ":", "\t",
        "&a ", "*a", "!t ", "? ", "---\n", "...\n", "<<: ", "\\", "%", "@", "`",
    ]);
    // Front matter is a map, and always ends with a line end: the closing line comes behind it.
    vec(pieces, 0..40).prop_map(|pieces| format!("k: {}\n", pieces.concat()))
}

/// A write-up of real keys with unlikely values, and a body of pieces of Markdown.
fn write_up() -> impl Strategy<Value = String> {
    let keys = prop::sample::select(vec![
        "title",
        "status",
        "owner",
        "unit",
        "units",
        "kpis",
        "benefits",
        "investment",
        "stages",
        "series",
        "target",
        "baseline",
        "actual",
        "value",
        "min",
        "max",
        "by",
        "was",
        "budget",
        "shares",
        "costs",
        "running",
        "realized",
        "planned",
        "2025",
        "9999",
        "1000",
        "name",
        "measure",
        "direction",
        "post_mortem",
        "pain_points",
        "tags",
        "aliases",
        "image",
        "src",
        "restricted",
        "discount_rate",
        "as_of",
        "audiences",
        "audience",
        "limits",
        "thresholds",
        "currency",
        "kind",
        "language",
        "fiscal_year_start",
        "same_as",
        "evidence",
        "claims",
        "text",
        "theme",
        "it",
    ]);
    let values = prop::sample::select(vec![
        "A",
        "completed",
        "active",
        "claims",
        "Amara Osei, x (it)",
        "12",
        "-0.000000001",
        "1.2m",
        "9999999999999999",
        "9999999999b",
        "60%",
        "999%",
        "2024-11-04",
        "2024",
        "9999-12-31",
        "range",
        "lower",
        "cash_releasing",
        "[a, b]",
        "{value: 1, by: 2025}",
        "{min: 1, max: 0}",
        "data.csv",
        "../x",
        "/x/",
        "~",
        "{not_due: x}",
        "{withheld: y}",
        "0",
        "99%",
        "board",
        "true",
        "de",
        "fr",
        "[{name: A, target: 1, baseline: 0}, {name: A, target: {min: 2}}]",
        "a/days",
        "\"{kpi:a}\"",
        "{2025: 1m, 9998: 9999999999999999}",
        "{1000: 1, 2025: 9999999999999999}",
        "12",
        "1",
        "[{name: B, kind: cash_releasing, realized: {2025: 9999999999999999}}]",
    ]);
    let line = (keys, values, 0usize..3)
        .prop_map(|(key, value, deep)| format!("{}{key}: {value}\n", "  ".repeat(deep)));
    let body = prop::sample::select(vec![
        "# ",
        "## Need\n\n",
        "## What went wrong\n\n",
        "- x (data, it)\n",
        "{kpi:a}",
        "{chart:a}\n\n",
        "{roi}",
        "{payback}",
        "{share:it}",
        "\\{",
        "{",
        "}",
        "[[a]]",
        "[[",
        "]]",
        "[a](b.md)",
        "![](x.png)",
        "![a](../../y)",
        "[^n]",
        "\n[^n]: x\n",
        "\n\n",
        "\n",
        "> ",
        "* ",
        "1. ",
        "é",
        "目",
        "|a|b|\n|-|-|\n|c|\n",
        "```\n",
        "`",
        "<b>",
        "<!--",
        "~~",
        "**",
        "_",
        "$",
        "(da",
        "ta)",
        ": ",
        "- [ ] ",
        "    ",
        "\t",
        "\u{0}",
        "\u{1}",
        "{#id}",
        "<javascript:x>",
        "https://e.org",
    ]);
    (vec(line, 0..14), vec(body, 0..40))
        .prop_map(|(lines, body)| format!("---\n{}---\n{}", lines.concat(), body.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_stops_the_road(text in prop_oneof![soup(), write_up(), any::<String>()]) {
        whole_road("content/projects/a/index.md", &text);
        whole_road("content/units/it.md", &text);
        whole_road("content/index.md", &text);
    }
}
