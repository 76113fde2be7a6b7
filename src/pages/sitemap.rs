//! The sitemap: every page by its address on the web, for those who search the web; and
//! `robots.txt`, which tells them where it is.
//!
//! What one file cannot hold by the protocol is cut into parts, and the first file names them.

use super::xml::Xml;
use super::{Pages, Subject};

/// Where it lies.
pub(super) const SITEMAP: &str = "sitemap.xml";

/// Where it is told.
pub(super) const ROBOTS: &str = "robots.txt";

/// How many addresses a file may hold, by the protocol.
const ENTRIES: usize = 50_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

impl Pages<'_> {
    /// The files of the sitemap: one, or an index and its parts; none without `base_url`.
    pub(super) fn sitemap_files(&self) -> Vec<String> {
        match self.portfolio.settings.base_url {
            Some(_) => files(self.mapped().count()),
            None => Vec::new(),
        }
    }

    /// The bytes of one of these files.
    pub(super) fn sitemap(&self, file: &str) -> Vec<u8> {
        let pages: Vec<&str> = self.mapped().collect();
        written(file, &pages, |address| self.on_the_web(address).unwrap_or_default())
    }

    /// All pages but old addresses and the page for those that lead nowhere.
    fn mapped(&self) -> impl Iterator<Item = &str> {
        let pages = self.list.iter();
        let pages =
            pages.filter(|page| !matches!(page.subject, Subject::NotFound | Subject::Alias(_)));
        pages.map(|page| page.address.as_str())
    }

    /// What crawlers may read: all of it.
    pub(super) fn robots(&self) -> Vec<u8> {
        let mut text = "User-agent: *\nDisallow:\n".to_string();
        if let Some(sitemap) = self.on_the_web(SITEMAP) {
            text.push_str(&format!("\nSitemap: {sitemap}\n"));
        }
        text.into_bytes()
    }
}

/// The files for so many pages.
fn files(pages: usize) -> Vec<String> {
    let parts = if pages > ENTRIES { pages.div_ceil(ENTRIES) } else { 0 };
    let parts = (1..=parts).map(|nth| format!("sitemap-{nth}.xml"));
    [SITEMAP.to_string()].into_iter().chain(parts).collect()
}

/// One of the files for these pages.
fn written(file: &str, pages: &[&str], on_the_web: impl Fn(&str) -> String) -> Vec<u8> {
    let files = files(pages.len());
    let nth = files.iter().position(|one| one == file).expect("it is a file of the sitemap");
    if nth == 0 && files.len() > 1 {
        return list("sitemapindex", "sitemap", files[1..].iter().map(|file| on_the_web(file)));
    }
    let pages = pages.chunks(ENTRIES).nth(nth.saturating_sub(1)).unwrap_or_default();
    list("urlset", "url", pages.iter().map(|page| on_the_web(page)))
}

fn list(all: &str, one: &str, addresses: impl Iterator<Item = String>) -> Vec<u8> {
    let mut xml = Xml::begin(all, &[("xmlns", NAMESPACE)]);
    for address in addresses {
        xml.open(one, &[]);
        xml.text("loc", &address);
        xml.close(one);
    }
    xml.end(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The top element of a file for so many pages, and the addresses in it.
    fn read(file: &str, pages: usize) -> (String, Vec<String>) {
        let names: Vec<String> = (0..pages).map(|nth| format!("p-{nth}/")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let bytes = written(file, &names, |page| format!("https://x.example/{page}"));
        let text = String::from_utf8(bytes).unwrap();
        let read = roxmltree::Document::parse(&text).unwrap();
        let top = read.root_element();
        assert_eq!(top.tag_name().namespace(), Some(NAMESPACE));
        let locs = top.descendants().filter(|node| node.has_tag_name((NAMESPACE, "loc")));
        let locs = locs.filter_map(|node| node.text().map(String::from)).collect();
        (top.tag_name().name().to_string(), locs)
    }

    #[test]
    fn what_one_file_cannot_hold_is_cut_into_parts() {
        let (top, locs) = read("sitemap.xml", ENTRIES);
        assert_eq!((top.as_str(), locs.len()), ("urlset", ENTRIES));
        let all = ENTRIES + 1;
        let (top, parts) = read("sitemap.xml", all);
        let expected = ["https://x.example/sitemap-1.xml", "https://x.example/sitemap-2.xml"];
        assert_eq!((top.as_str(), parts), ("sitemapindex", expected.map(String::from).to_vec()));
        let (_, first) = read("sitemap-1.xml", all);
        let (top, second) = read("sitemap-2.xml", all);
        assert_eq!((top.as_str(), first.len()), ("urlset", ENTRIES));
        assert_eq!(second, [format!("https://x.example/p-{ENTRIES}/")]);
    }
}
