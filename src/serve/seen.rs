//! What is seen of a page: a key that changes when a browser must load the page again.
//!
//! In go the site and the path that a page was asked by, out comes the key of all that the page
//! shows: its bytes and the pictures in it. Style sheets count by their place alone, for a browser
//! takes another one without loading the page.

use super::dress;
use super::find::{Found, find, unescaped};
use super::preview::Preview;
use crate::site::memory::{File, Held};
use memchr::memmem;

/// The key of what is at a path.
pub fn key(preview: &Preview, path: &str) -> String {
    let Some(site) = &preview.site else { return String::new() };
    match find(site, &preview.base, path) {
        Found::File(address, file) => of_file(site, &preview.styles, address, file),
        Found::Folder => "folder".to_string(),
        // Where nothing is, the page for missing addresses is seen.
        Found::Missing => match site.file(MISSING) {
            Some(file) => format!("none-{}", of_file(site, &preview.styles, MISSING, file)),
            None => "none".to_string(),
        },
    }
}

/// The page for addresses at which nothing is.
pub const MISSING: &str = "404.html";

/// The key of a page, or of another file.
pub fn of_file(site: &Held, styles: &[String], address: &str, file: &File) -> String {
    if !address.ends_with(".html") {
        return dress::key(&file.bytes());
    }
    let mut hasher = blake3::Hasher::new();
    let bytes = file.bytes();
    plain(&bytes, styles, |bytes| {
        hasher.update(bytes);
    });
    for source in sources(&bytes) {
        if let Some(shown) = resolved(address, source).and_then(|address| site.file(&address)) {
            hasher.update(shown.key.as_bytes());
        }
    }
    hasher.finalize().to_hex()[..16].to_string()
}

/// The key of a page's bytes alone, wherever its style sheets are.
pub fn unstyled(bytes: &[u8], styles: &[String]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    plain(bytes, styles, |bytes| {
        hasher.update(bytes);
    });
    hasher.finalize()
}

/// Hands on the bytes, with the names of style sheets as they are without the keys in them.
fn plain<'b>(bytes: &'b [u8], styles: &'b [String], mut put: impl FnMut(&'b [u8])) {
    let mut places: Vec<(usize, &String)> = styles
        .iter()
        .flat_map(|style| memmem::find_iter(bytes, style.as_bytes()).map(move |at| (at, style)))
        .collect();
    places.sort_unstable();
    let mut from = 0;
    for (at, style) in places.into_iter() {
        if at >= from {
            put(&bytes[from..at]);
            let (stem, ending) = family(style);
            put(stem.as_bytes());
            put(ending.as_bytes());
            from = at + style.len();
        }
    }
    put(&bytes[from..]);
}

/// `assets/style-0123456789.css` as `assets/style` and `.css`.
fn family(address: &str) -> (&str, &str) {
    let (stem, ending) = address.rfind('.').map_or((address, ""), |at| address.split_at(at));
    match stem.rsplit_once('-') {
        Some((name, key)) if key.len() == 10 && key.bytes().all(|b| b.is_ascii_hexdigit()) => {
            (name, ending)
        }
        _ => (stem, ending),
    }
}

/// What the page shows besides itself.
fn sources(page: &[u8]) -> impl Iterator<Item = &str> {
    const SRC: &[u8] = b" src=\"";
    memmem::find_iter(page, SRC).filter_map(|at| {
        let rest = &page[at + SRC.len()..];
        let end = memchr::memchr(b'"', rest)?;
        std::str::from_utf8(&rest[..end]).ok()
    })
}

/// The address that a relative link leads to from a page.
fn resolved(from: &str, link: &str) -> Option<String> {
    if link.contains(':') || link.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split(['?', '#']).next()?.split('/') {
        match part {
            ".." => {
                parts.pop()?;
            }
            "." => {}
            part => parts.push(part),
        }
    }
    unescaped(&parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "projects/a/index.html";

    fn seen(page: &str, picture: &str, style: &str) -> String {
        let page = page.replace("STYLE", style);
        let files = [(PAGE, &*page), ("projects/a/ä.png", picture), (style, "x")];
        let site = Held::of(&files.map(|(address, text)| (address, text.as_bytes())));
        let file = site.file(PAGE).expect("it is there");
        of_file(&site, &[style.to_string()], PAGE, file)
    }

    #[test]
    fn text_and_pictures_are_seen_and_style_sheets_are_not() {
        let (one, two) = ("assets/style-0123456789.css", "assets/style-abcdefabcd.css");
        let page = "<link href=\"../../STYLE\"><img src=\"%C3%A4.png\">";
        let before = seen(page, "a picture", one);
        assert_eq!(seen(page, "a picture", two), before);
        assert_ne!(seen(page, "another", one), before);
        assert_ne!(seen(&format!("{page}x"), "a picture", one), before);
        assert_ne!(seen(page, "a picture", "assets/other-0123456789.css"), before);
    }

    #[test]
    fn links_lead_where_a_browser_goes() {
        let to = |link| resolved(PAGE, link);
        assert_eq!(to("x.png?1#a").as_deref(), Some("projects/a/x.png"));
        assert_eq!(to("../../assets/x%20y.png").as_deref(), Some("assets/x y.png"));
        for elsewhere in ["https://a.example/x", "data:x", "/x", "../../../x", "%zz"] {
            assert_eq!(to(elsewhere), None, "{elsewhere}");
        }
    }
}
