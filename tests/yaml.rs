//! The reader of front matter against a second reader of YAML, and against whatever one types.
//!
//! For every document that both accept, shape, keys and texts must agree; and no text, however it
//! is broken, may stop the road from files to painted diagnostics.

use casebook::diagnostics::{FileId, sort};
use casebook::documents::reader::{Conventions, Reader};
use casebook::documents::settings::Settings;
use casebook::documents::yaml::{Node, Value, parse};
use casebook::editions::{self, Wanted};
use casebook::report::{self, Color};
use casebook::sources::{Content, Kind, SourceFile, Sources};
use casebook::{documents, portfolio};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_yaml::Value as Theirs;

/// Front matter as it is meant, before it is written.
#[derive(Clone, Debug)]
enum Meant {
    Plain(String),
    Single(String),
    Double(String),
    List(Vec<Meant>),
    Map(Vec<(String, Meant)>),
}

impl Meant {
    /// Writes it as a value behind a key or a dash, at an indent.
    fn write(&self, indent: usize, out: &mut String) {
        match self {
            Meant::Plain(text) => out.push_str(text),
            Meant::Single(text) => out.push_str(&format!("'{}'", text.replace('\'', "''"))),
            Meant::Double(text) => {
                out.push_str(&format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")));
            }
            Meant::List(items) if items.is_empty() => out.push_str("[]"),
            Meant::Map(entries) if entries.is_empty() => out.push_str("{}"),
            Meant::List(items) => {
                for item in items {
                    out.push_str(&format!("\n{}- ", " ".repeat(indent)));
                    item.write(indent + 2, out);
                }
            }
            Meant::Map(entries) => {
                for (key, value) in entries {
                    out.push_str(&format!("\n{}{key}: ", " ".repeat(indent)));
                    value.write(indent + 2, out);
                }
            }
        }
    }

    /// Whether our tree is what was meant.
    fn is(&self, node: &Node<'_>) -> bool {
        match (self, &node.value) {
            (Meant::Plain(text), Value::Absent) => matches!(text.as_str(), "" | "~" | "null"),
            (Meant::Single(text) | Meant::Double(text), Value::Absent) => text.is_empty(),
            (Meant::Plain(a) | Meant::Single(a) | Meant::Double(a), Value::Text(b)) => a == b,
            (Meant::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b))
            }
            (Meant::Map(a), Value::Map(b)) => {
                let same = |((key, a), b): (&(String, Meant), &documents::yaml::Entry<'_>)| {
                    *key == b.key && a.is(&b.value)
                };
                a.len() == b.len() && a.iter().zip(b).all(same)
            }
            _ => false,
        }
    }
}

fn meant() -> impl Strategy<Value = Meant> {
    let leaf = prop_oneof![
        "[A-Za-zéß目0-9][A-Za-z0-9éß目 ._/-]{0,11}[A-Za-z0-9é目]".prop_map(Meant::Plain),
        prop::sample::select(vec!["~", "null", "NO", "010", "1.10", "1e3", "0x1F", "12:30"])
            .prop_map(|text| Meant::Plain(text.into())),
        "[ -~é目]{0,12}".prop_map(Meant::Single),
        "[ -~é目]{0,12}".prop_map(Meant::Double),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let key = "[a-zé目][a-z_0-9é目]{0,8}";
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Meant::List),
            prop::collection::btree_map(key, inner, 0..5)
                .prop_map(|map| Meant::Map(map.into_iter().collect())),
        ]
    })
}

/// Whether both readers found the same; a plain text is theirs if it reads alone as what they say.
fn agree(ours: &Node<'_>, theirs: &Theirs) -> bool {
    match (&ours.value, theirs) {
        (Value::Absent, Theirs::Null) => true,
        (Value::Absent, Theirs::String(text)) => text.is_empty(),
        (Value::Text(text), Theirs::String(other)) => text == other,
        (Value::Text(text), Theirs::Null | Theirs::Bool(_) | Theirs::Number(_)) => {
            serde_yaml::from_str::<Theirs>(text).is_ok_and(|alone| same_scalar(&alone, theirs))
        }
        (Value::List(a), Theirs::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| agree(a, b))
        }
        (Value::Map(a), Theirs::Mapping(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|(entry, (key, value))| {
                    let key = match key {
                        Theirs::String(key) => *key == entry.key,
                        Theirs::Null => entry.key.is_empty() || entry.key == "~",
                        Theirs::Sequence(_) | Theirs::Mapping(_) => entry.key == "?",
                        other => serde_yaml::from_str::<Theirs>(&entry.key)
                            .is_ok_and(|alone| same_scalar(&alone, other)),
                    };
                    key && agree(&entry.value, value)
                })
        }
        _ => false,
    }
}

/// `.nan` is not equal to itself.
fn same_scalar(a: &Theirs, b: &Theirs) -> bool {
    let nan = |value: &Theirs| value.as_f64().is_some_and(f64::is_nan);
    a == b || (nan(a) && nan(b))
}

/// What a text says, if nothing is wrong with it.
fn read_soundly<T>(text: &str, then: impl FnOnce(&Node<'_>) -> T) -> Option<T> {
    let conventions = Conventions::default();
    let reader = Reader::new(FileId(1), &conventions);
    let node = parse(text, 0, &reader);
    let sound = reader.is_whole();
    reader.into_said().is_empty().then(|| then(&node)).filter(|_| sound)
}

/// A file in all stages, its diagnostics painted.
fn whole_road(path: &str, text: &str) {
    let file = |path: &str, text: &str| SourceFile {
        path: path.into(),
        kind: if path == "casebook.yaml" { Kind::Settings } else { Kind::of(path) },
        content: Content::Text(text.into()),
    };
    let data = SourceFile {
        path: "content/projects/a/data.csv".into(),
        kind: Kind::Attachment,
        content: Content::Bytes(text.as_bytes().into()),
    };
    let mut files = vec![file("casebook.yaml", text), data, file(path, text)];
    files[1..].sort_by(|a, b| a.path.cmp(&b.path));
    let sources = Sources { files, ..Sources::default() };
    let (settings, mut said) = Settings::read(text, FileId(0));
    let mut documents = documents::read(&sources, &settings);
    said.append(&mut documents.diagnostics);
    let cut = editions::cut(documents, &sources, &settings, &Wanted::default());
    if let Ok(mut edition) = cut {
        said.append(&mut edition.diagnostics);
        let as_of = jiff::civil::date(2026, 6, 30);
        said.extend(portfolio::link(edition, &sources, &settings, as_of).1);
    }
    sort(&mut said);
    report::terminal(&said, &sources, Color::Never, 100);
    report::json(&said, &sources);
}

/// Pieces of YAML, put together as no one would. Not among them: U+0085 and U+2028, which ended a
/// line in YAML 1.1 and are letters like others in 1.2.
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
    fn what_is_written_is_what_both_read(meant in meant()) {
        let mut text = String::from("key: ");
        meant.write(2, &mut text);
        text.push('\n');
        let value = |node: &Node<'_>| match &node.value {
            Value::Map(entries) => entries.first().map(|entry| meant.is(&entry.value)),
            _ => None,
        };
        // A word that begins with # behind a blank is cut by YAML, and told.
        let sound = read_soundly(&text, value);
        prop_assert!(sound == Some(Some(true)), "we read something else:\n{text}");
        let theirs: Theirs = serde_yaml::from_str(&text).expect("they read it too");
        prop_assert_eq!(read_soundly(&text, |node| agree(node, &theirs)), Some(true), "{}", text);
    }

    #[test]
    fn what_both_accept_is_the_same(text in soup()) {
        if let Ok(theirs) = serde_yaml::from_str::<Theirs>(&text)
            && let Some(same) = read_soundly(&text, |node| agree(node, &theirs))
        {
            prop_assert!(same, "{text:?}: {theirs:?}");
        }
    }

    #[test]
    fn no_text_stops_the_road(text in prop_oneof![soup(), write_up(), any::<String>()]) {
        whole_road("content/projects/a/index.md", &text);
        whole_road("content/units/it.md", &text);
        whole_road("content/index.md", &text);
    }
}
