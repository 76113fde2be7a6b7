//! Raw HTML that a site lets in, held against a browser's parser.
//!
//! In go random soups of tags, Markdown and gaps. Each body is put into a page and parsed as a browser
//! parses it: it may hold only what is on the list below, nothing of what the soups hide in attributes,
//! and what stands behind it on the page must stay behind it; so for each of its sections alone, as an
//! edition may leave others out (T45, T46).

use casebook::diagnostics::FileId;
use casebook::documents::Conventions;
use casebook::documents::body::{Body, Fills, Manner, Piece, Section, read};
use casebook::documents::reader::Reader;
use casebook::documents::settings::RawHtml;
use casebook::documents::wording::Wording;
use html5ever::serialize::{SerializeOpts, serialize};
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom, SerializableHandle};
use proptest::prelude::*;

/// What a body may hold, of its own and of what it lets in.
const ELEMENTS: &str = "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details \
    dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt \
    ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul \
    var wbr";

const ATTRIBUTES: &str = "abbr alt aria-label checked class colspan data-label datetime decoding dir disabled \
    href id lang loading open rel reversed rowspan scope span src start title type value";

/// Where an address may lead: a gap is filled with a page.
const SCHEMES: &[&str] = &["http://", "https://", "mailto:", "tel:", "#", "page.html"];

/// What soups are made of. What must not get through says `evil`. No body holds a null: a file with
/// one is no text.
const WORDS: &[&str] = &[
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td colspan=2>",
    "</td>",
    "<th>",
    "<tbody>",
    "<caption>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<ol start=3>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<ruby>",
    "<rt>",
    "<br>",
    "</br>",
    "<hr>",
    "<blockquote>",
    "</blockquote>",
    "<figure>",
    "</figure>",
    "<h1 id=evil>",
    "</h1>",
    "<h3>",
    "</h3>",
    "</h2>",
    "<a href=https://a.example/>",
    "<a href='javascript:evil'>",
    "<a href=evil.html>",
    "</a>",
    "<a href=&#x6a;avascript:evil>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "</svg>",
    "<math>",
    "</math>",
    "<mtext>",
    "<mglyph>",
    "<foreignObject>",
    "<noscript>",
    "</noscript>",
    "<xmp>",
    "</xmp>",
    "<plaintext>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<template>",
    "</template>",
    "<select>",
    "<option>",
    "</select>",
    "<form action=evil>",
    "<input name=evil>",
    "<button>",
    "<iframe src=evil>",
    "<object data=evil>",
    "<embed src=evil>",
    "<base href=evil>",
    "<meta content=evil>",
    "<link href=evil>",
    "<img src=evil onerror=evil>",
    "<p id=evil class=evil>",
    "<b style=evil onclick=evil>",
    "<x-evil>",
    "<main>",
    "</main>",
    "</section>",
    "<body onload=evil>",
    "</body>",
    "</html>",
    "<html>",
    "<head>",
    "<frameset>",
    "<abbr title=\"</p><b id=evil>\">",
    "<p title='</noscript><img src=evil>'>",
    "<b title=\"--><img src=evil>\">",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<?php",
    "<!DOCTYPE html>",
    "<",
    ">",
    "\"",
    "'",
    "<b",
    "/>",
    "<b class=\"evil",
    "{roi}",
    "\\{",
    "[[other]]",
    "[text](b.md)",
    "[text](https://a.example/)",
    "![alt](a.png)",
    "**",
    "*",
    "`",
    "```\n",
    "\n## Need\n",
    "\n# Story\n",
    "\n### Part\n",
    "\n- item",
    "\n1. item",
    "\n> quote",
    "\n\n",
    "\n\n",
    "\n\n",
    "\n",
    "\n\n| a | b |\n|---|---|\n| c | d |\n",
    " [^1] ",
    "\n\n[^1]: note\n",
    "- [ ] done",
    "text",
    "text ",
    " ",
    "&lt;img src=evil&gt;",
    "&amp;",
    "\u{fdd0}0\u{fdd0}",
    "&#xfdd0;1",
    "&#0;",
    "ä",
    "\t",
    "    ",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 1..40).prop_map(|words| words.concat())
}

fn body(text: &str, raw_html: RawHtml) -> Body {
    let conventions = Conventions::default();
    let reader = Reader::new(FileId(0), &conventions);
    let words = [("need".to_string(), Fills::Need)];
    let wording = Wording::builtin("en");
    let manner = Manner {
        top: 3,
        words: &words,
        themes: &[],
        prefix: "",
        ids: &[],
        wording: &wording,
        raw_html,
    };
    read(text, 0, manner, &reader)
}

/// The HTML of sections whose gaps are filled.
fn html<'s>(sections: impl IntoIterator<Item = &'s Section>) -> String {
    let pieces = sections.into_iter().flat_map(|section| &section.pieces);
    let filled = pieces.map(|piece| match piece {
        Piece::Html(html) => html,
        Piece::Figure(_) => "1.2",
        Piece::Chart(_) => "<span><svg></svg></span>",
        Piece::Project(_) => "<a href=\"page.html\">Other</a>",
        Piece::Href(_) | Piece::Src(_) => "page.html",
    });
    filled.collect()
}

fn parsed(html: &str) -> RcDom {
    html5ever::parse_document(RcDom::default(), Default::default()).one(html)
}

/// What is wrong with the page that holds a body.
fn wrong(body: &str) -> Option<String> {
    let page = format!("<!DOCTYPE html><body><main>{body}</main><p id=after></body>");
    let document = parsed(&page).document;
    let root = document.children.borrow()[1].clone();
    let shown = root.children.borrow()[1].clone();
    let names: Vec<_> = shown.children.borrow().iter().map(name).collect();
    if names != ["main", "p"] || root.children.borrow().len() != 2 {
        return Some(format!("{names:?} stand on the page"));
    }
    let main = shown.children.borrow()[0].clone();
    let mut open: Vec<Handle> = main.children.borrow().clone();
    while let Some(node) = open.pop() {
        if let Some(wrong) = wrong_node(&node) {
            return Some(wrong);
        }
        // What a gap was filled with is the page's own.
        if name(&node) != "svg" {
            open.extend(node.children.borrow().iter().cloned());
        }
    }
    None
}

fn name(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        NodeData::Text { .. } => "#text".into(),
        other => format!("{other:?}"),
    }
}

fn wrong_node(node: &Handle) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else {
        return (name(node) != "#text").then(|| name(node));
    };
    let name = name(node);
    if !ELEMENTS.split_whitespace().any(|own| own == name) && name != "svg" {
        return Some(format!("<{name}>"));
    }
    let attributes = attrs.borrow();
    for attribute in attributes.iter() {
        let (its, value) = (&*attribute.name.local, &*attribute.value);
        let leads = !matches!(its, "href" | "src")
            || SCHEMES.iter().any(|scheme| value.starts_with(scheme));
        let hides = value.contains("evil") && its != "title" && its != "alt";
        if !ATTRIBUTES.split_whitespace().any(|own| own == its) || !leads || hides {
            return Some(format!("<{name} {its}=\"{value}\">"));
        }
    }
    let named = attributes.iter().any(|attribute| &*attribute.name.local == "id");
    let heading = name.len() == 2 && name.starts_with('h') && name != "hr";
    (heading && !named).then(|| format!("<{name}> that no Markdown made"))
}

/// The same HTML, as a parser writes it.
fn again(html: &str) -> String {
    let document = parsed(html);
    let mut out = Vec::new();
    serialize(&mut out, &SerializableHandle::from(document.document), SerializeOpts::default())
        .expect("memory takes all");
    String::from_utf8(out).expect("it was text")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn a_soup_is_only_what_may_stay_and_stays_where_it_is(text in soup()) {
        let body = body(&text, RawHtml::Clean);
        let whole = html(&body.sections);
        prop_assert_eq!(wrong(&whole), None, "{:?}\n{}", text, whole);
        for section in &body.sections {
            let alone = html([section]);
            prop_assert_eq!(wrong(&alone), None, "{:?}\n{}", text, alone);
        }
        prop_assert!(!whole.contains('\u{0}'), "{:?}", text);
    }
}

#[test]
fn what_markdown_makes_is_left_as_it_is() {
    let text = "# One {#two}\n\nA *b* **c** ~~d~~ `e` [f](g.md \"h\") <https://i.example> \\{j} {roi}\n\
        [k](mailto:l@m.example) ![n](o.png) [[p]] [^1]\\\nq\n\n> [!NOTE]\n> r\n\n- [x] s\n- [ ] t\n\n\
        3. u\n4. v\n\n| w | x |\n|---|--:|\n| y | z |\n\n```rust\n<a>\n\n```\n\nTerm\n: Told\n\n\
        {chart:a}\n\n***\n\n    code\n\n## Need\n\n&amp;\u{a0}&nbsp; \"quoted\"\n\n[^1]: A *note*.\n";
    let plain = html(&body(text, RawHtml::LeaveOut).sections);
    assert_eq!(wrong(&plain), None);
    let let_in = html(&body(&format!("{text}\n<wbr>\n"), RawHtml::Clean).sections);
    assert_eq!(let_in.matches("<wbr>").count(), 1);
    let one = |html: &str| again(html).replace("\n\n", "\n");
    assert_eq!(one(&let_in.replacen("<wbr>", "", 1)), one(&plain));
}

#[test]
fn a_body_without_html_is_the_same_under_both_settings() {
    let text = "# One\n\nA *b* [c](d.md) {roi} \u{fdd0}\n\n<!-- said -->\n";
    assert_eq!(body(text, RawHtml::LeaveOut), body(text, RawHtml::Clean));
}
