//! The tables of `themes/README.md`, read from the code: templates with their view, blocks and
//! components, then each view with its fields.
//!
//! The sources are formatted by rustfmt, so that a line at a time is enough to read them. What
//! would be missing from the tables fails: a field without words, a type that is not told.

use std::collections::BTreeMap;
use std::fmt::Write;

type Texts = BTreeMap<String, String>;

/// A view: what it is, and its fields in order.
struct View {
    words: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    kind: String,
    words: String,
}

/// All tables, from the list of pages, the files of views and the templates.
pub fn tables(pages: &str, views: &Texts, templates: &Texts) -> String {
    let views = views.values().flat_map(|text| structs(text)).collect::<BTreeMap<_, _>>();
    let shown = shown(pages);
    let mut out = String::from("\n## Templates of pages\n");
    for (template, view) in &shown {
        let text = templates.get(*template).unwrap_or_else(|| panic!("there is no {template}"));
        let words = &views.get(*view).unwrap_or_else(|| panic!("there is no {view}")).words;
        let _ =
            writeln!(out, "\n### `{template}`\n\n{words} It sees [`{view}`](#{}).", anchor(view));
        out += &extends(text);
        out += &named("Blocks", &blocks(text));
    }
    out += "\n## Templates that others are made of\n";
    for (template, text) in templates.iter().filter(|(name, _)| !shown.contains_key(name.as_str()))
    {
        let _ = writeln!(out, "\n### `{template}`");
        out += &named("Blocks", &blocks(text));
        out += &named("Components", &components(text));
    }
    out +=
        "\n## Views\n\nA view of a page first sees its `frame`. The types are explained above.\n";
    for (name, view) in &views {
        let _ =
            writeln!(out, "\n### {name}\n\n{}\n\n| field | type | is |\n|---|---|---|", view.words);
        for field in &view.fields {
            let kind = match field.name.ends_with("html") || field.name.ends_with("svg") {
                true => "markup".to_string(),
                false => kind(&field.kind, &views),
            };
            assert!(!field.words.is_empty(), "{name}.{} has no words", field.name);
            let words = field.words.replace('|', "\\|");
            let _ = writeln!(out, "| `{}` | {kind} | {words} |", field.name);
        }
    }
    out
}

/// Which template shows which view: `View::Home(_) => "home.html"` and `Home(Box<HomeView>)`.
fn shown(pages: &str) -> BTreeMap<&str, &str> {
    let views: BTreeMap<&str, &str> = pages
        .lines()
        .filter_map(|line| line.trim().strip_suffix(">),")?.split_once("(Box<"))
        .collect();
    let arms = pages.lines().filter_map(|line| {
        let (name, template) = line.trim().strip_prefix("View::")?.split_once("(_) => \"")?;
        Some((template.strip_suffix("\",")?, *views.get(name)?))
    });
    let shown: BTreeMap<&str, &str> = arms.collect();
    assert_eq!(shown.len(), views.len(), "each view has a template of its own");
    shown
}

/// The structs of a file that are serialized, by name.
fn structs(text: &str) -> Vec<(String, View)> {
    let (mut found, mut words) = (Vec::<(String, View)>::new(), Vec::new());
    let mut open = false;
    for line in text.lines() {
        let code = line.trim();
        if let Some(said) = code.strip_prefix("/// ") {
            words.push(said);
        } else if let Some(name) =
            line.strip_prefix("pub struct ").and_then(|l| l.strip_suffix(" {"))
        {
            // A view is plain; what is generic keeps one.
            open = !name.contains('<');
            if open {
                let view = View { words: words.join(" "), fields: Vec::new() };
                found.push((name.to_string(), view));
            }
            words.clear();
        } else if open && line.starts_with("    pub ") {
            let (name, kind) = code
                .strip_prefix("pub ")
                .and_then(|code| code.strip_suffix(',')?.split_once(": "))
                .unwrap_or_else(|| panic!("a field on more than a line: {line}"));
            let (_, view) = found.last_mut().expect("it is open");
            let words = std::mem::take(&mut words).join(" ");
            view.fields.push(Field { name: name.into(), kind: kind.into(), words });
        } else if line.starts_with("pub enum ") {
            panic!("views are structs, for templates cannot match: {line}");
        } else if !code.starts_with("#[") {
            open &= line != "}";
            words.clear();
        }
    }
    found
}

/// A type in a theme author's words.
fn kind(kind: &str, views: &BTreeMap<String, View>) -> String {
    let within = |opening: &str| kind.strip_prefix(opening).and_then(|k| k.strip_suffix('>'));
    if let Some(inner) = within("Kept<").or_else(|| within("Box<")).or_else(|| within("Arc<")) {
        return self::kind(inner, views);
    }
    if let Some(inner) = within("Vec<") {
        return format!("list of {}", self::kind(inner, views));
    }
    if let Some(inner) = within("Option<") {
        return format!("{} or none", self::kind(inner, views));
    }
    match kind {
        "String" | "&'static str" | "str" => "text".into(),
        "bool" => "yes or no".into(),
        "u8" | "u16" | "u32" | "u64" | "usize" => "number".into(),
        name => {
            assert!(views.contains_key(name), "the type {name} is not told to theme authors");
            format!("[{name}](#{})", anchor(name))
        }
    }
}

fn anchor(name: &str) -> String {
    name.to_lowercase()
}

/// What a template extends, as a sentence.
fn extends(text: &str) -> String {
    let parent = text.split_once("{% extends \"").and_then(|(_, rest)| rest.split('"').next());
    parent.map(|parent| format!("It extends `{parent}`.\n")).unwrap_or_default()
}

fn named(label: &str, names: &[String]) -> String {
    match names {
        [] => String::new(),
        names => format!("\n{label}: `{}`.\n", names.join("`, `")),
    }
}

/// The names of a template's blocks, in order.
fn blocks(text: &str) -> Vec<String> {
    let tags = text.split("{%").skip(1).filter_map(|tag| tag.split("%}").next());
    let tags = tags.map(|tag| tag.trim_matches(|c: char| c == '-' || c.is_whitespace()));
    tags.filter_map(|tag| tag.strip_prefix("block ").map(str::to_string)).collect()
}

/// The components that a template defines, as they are called: `badge(b)`.
fn components(text: &str) -> Vec<String> {
    let tags = text.split("{%").skip(1).filter_map(|tag| tag.split("%}").next());
    let tags = tags.map(|tag| tag.trim_matches(|c: char| c == '-' || c.is_whitespace()));
    tags.filter_map(|tag| tag.strip_prefix("component ").map(str::to_string)).collect()
}

#[test]
fn what_is_told_is_what_is_there() {
    let pages = "    Home(Box<HomeView>),\n            View::Home(_) => \"home.html\",\n";
    let view = "/// Home.\n#[derive(Serialize)]\npub struct HomeView {\n    /// Its\n    /// title.\n    \
                pub title: Kept<Vec<String>>,\n}\n";
    let home = "{% extends \"base.html\" %}{%- block main %}{% endblock %}";
    let texts = |name: &str, text: &str| Texts::from([(name.to_string(), text.to_string())]);
    let mut templates = texts("home.html", home);
    templates.insert("parts.html".into(), "{%- component badge(b) -%}{% endcomponent %}".into());
    let told = tables(pages, &texts("home.rs", view), &templates);
    for line in [
        "Home. It sees [`HomeView`](#homeview).",
        "It extends `base.html`.",
        "Blocks: `main`.",
        "Components: `badge(b)`.",
        "| `title` | list of text | Its title. |",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }
}
