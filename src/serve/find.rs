//! Finding: what an address that a browser asks for leads to in the site.
//!
//! In go the path of a request as it came and the site, out comes a file, a folder to be sent on
//! to, or nothing. The site is a map from address to bytes: no path from outside meets the disk.
//! Escapes are resolved once and strictly, and nothing is tidied: `..`, `//` and the like are
//! addresses that no file has.

use crate::site::memory::{File, Held};

/// What is at an address.
#[derive(Debug)]
pub enum Found<'s> {
    /// A file: its address in the site, and what it holds.
    File(&'s str, &'s File),
    /// A folder that was asked for without the slash at its end.
    Folder,
    /// Nothing.
    Missing,
}

/// Looks up a request's path. `base` is the path that the site will have on its host, which only
/// the page for missing addresses links with; it serves as a second name of the root.
pub fn find<'s>(site: &'s Held, base: &str, path: &str) -> Found<'s> {
    let Some(path) = address(path) else { return Found::Missing };
    match path.strip_prefix('/').map(|below| look(site, below)) {
        Some(Found::Missing) | None => {
            let below = path.strip_prefix(base);
            below.map_or(Found::Missing, |below| look(site, below))
        }
        Some(found) => found,
    }
}

fn look<'s>(site: &'s Held, below: &str) -> Found<'s> {
    let page = if below.is_empty() || below.ends_with('/') {
        format!("{below}index.html")
    } else {
        below.to_string()
    };
    if let Some((address, file)) = site.find(&page) {
        Found::File(address, file)
    } else if site.file(&format!("{page}/index.html")).is_some() {
        Found::Folder
    } else {
        Found::Missing
    }
}

/// A path with its escapes resolved; nothing where one hides a slash or a control character.
fn address(path: &str) -> Option<String> {
    let bytes = unescaped(path)?;
    let hidden = |(raw, seen): (usize, usize)| raw != seen;
    let slashes = |text: &str| text.matches('/').count();
    if bytes.chars().any(char::is_control) || bytes.contains('\\') {
        return None;
    }
    (!hidden((slashes(path), slashes(&bytes)))).then_some(bytes)
}

/// A text with each `%XX` resolved once; nothing where one is not whole or no UTF-8 comes of it.
pub fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        if *first == b'%' {
            let [high, low, behind @ ..] = behind else { return None };
            bytes.push((digit(*high)? << 4) | digit(*low)?);
            rest = behind;
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    let value = char::from(byte).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Held {
        let addresses =
            ["index.html", "projects/a/index.html", "projects/a/größe x.png", "404.html"];
        Held::of(&addresses.map(|address| (address, address.as_bytes())))
    }

    fn found(base: &str, path: &str) -> String {
        match find(&site(), base, path) {
            Found::File(address, _) => address.to_string(),
            Found::Folder => "a folder".to_string(),
            Found::Missing => "nothing".to_string(),
        }
    }

    #[test]
    fn a_folder_is_its_index_and_escapes_are_resolved_once() {
        for (path, there) in [
            ("/", "index.html"),
            ("/index.html", "index.html"),
            ("/projects/a/", "projects/a/index.html"),
            ("/projects/a", "a folder"),
            ("/projects/a/gr%C3%B6%C3%9fe%20x.png", "projects/a/größe x.png"),
            ("/projects/", "nothing"),
            ("/index.html/", "nothing"),
        ] {
            assert_eq!(found("/", path), there, "{path}");
        }
    }

    #[test]
    fn no_way_of_writing_leads_elsewhere() {
        for path in [
            "",
            "//",
            "//index.html",
            "/./index.html",
            "/x/../index.html",
            "/../index.html",
            "/projects/a/../../index.html",
            "/projects//a/",
            "/%2e%2e/index.html",
            "/%252e%252e/index.html",
            "/projects%2fa%2findex.html",
            "/projects%2Fa/",
            "/projects/a\\index.html",
            "/projects/a%5cindex.html",
            "/index.html%00",
            "/index.html%0a",
            "/%",
            "/%2",
            "/%zz",
            "/%+1",
            "/%c0%ae%c0%ae/index.html",
            "/%ff",
            "/index.html%20",
            "/INDEX.HTML",
            "index.html",
            "/etc/passwd",
            "/%u002e",
        ] {
            assert_eq!(found("/", path), "nothing", "{path}");
        }
    }

    #[test]
    fn the_path_on_the_host_is_a_second_name_of_the_root() {
        assert_eq!(found("/sub/", "/sub/projects/a/"), "projects/a/index.html");
        assert_eq!(found("/sub/", "/sub/projects/a"), "a folder");
        assert_eq!(found("/sub/", "/sub/"), "index.html");
        assert_eq!(found("/sub/", "/projects/a/"), "projects/a/index.html");
        assert_eq!(found("/sub/", "/subprojects/a/"), "nothing");
    }
}
