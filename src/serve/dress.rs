//! Dressing: what is added to a page on its way to a browser.
//!
//! In go the built bytes, out come those the browser gets: the policy opened, and one stretch
//! between two marks with the preview's style sheet, its script and, while something is wrong, the
//! overlay. Without the stretch and with its own policy a page is the built one, byte for byte.

use super::policy;
use crate::report::escaped;

/// Where the preview's own files and events are; no page of a site can have such an address, for
/// hidden files are never read.
pub const OWN: &str = "/.casebook/";

const BEGIN: &str = "<!--casebook preview-->";
const END: &str = "<!--/casebook preview-->";

/// What a page is told with.
#[derive(Clone, Copy, Debug)]
pub struct Slip<'s> {
    /// This run's token.
    pub token: &'s str,
    /// What the browser has once it has this page.
    pub key: &'s str,
    /// What is wrong, if anything is.
    pub overlay: Option<&'s Overlay>,
}

/// What is laid over each page while something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// The key of the markup.
    pub key: String,
    /// The markup.
    pub html: String,
}

impl Overlay {
    /// An overlay of entries that `report` made, under a line that sums them up.
    pub fn new(summary: &str, entries: &str, below: Below) -> Overlay {
        let (class, then, button) = match below {
            Below::LastGood => (
                "over",
                "Below is the last good page. Mend it and save: this goes away by itself.",
                "<button type=\"button\" hidden>Hide (Esc)</button>\n",
            ),
            Below::Nothing => ("alone", "The site comes as soon as this is mended and saved.", ""),
        };
        let html = format!(
            "<section id=\"casebook-overlay\" class=\"{class}\" role=\"alert\" tabindex=\"-1\" lang=\"en\" dir=\"ltr\" \
             aria-labelledby=\"casebook-overlay-title\">\n<div class=\"head\">\n\
             <h2 id=\"casebook-overlay-title\">{}</h2>\n<p>{then}</p>\n\
             {button}</div>\n<ol>\n{entries}</ol>\n</section>",
            escaped(summary),
        );
        Overlay { key: key(html.as_bytes()), html }
    }
}

/// What an overlay lies over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below {
    /// A page of the last good site.
    LastGood,
    /// No page yet.
    Nothing,
}

/// A short key of some bytes.
pub fn key(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_string()
}

/// A page as the browser gets it.
pub fn dressed(page: &[u8], slip: &Slip<'_>) -> Vec<u8> {
    // What is no text is handed out as it is.
    let Ok(html) = std::str::from_utf8(page) else { return page.to_vec() };
    let mut html = policy::opened(html);
    let at = html.rfind("</body>").unwrap_or(html.len());
    html.insert_str(at, &stretch(slip));
    html.into_bytes()
}

/// The page where there is none yet: what is wrong, and nothing else.
pub fn bare(slip: &Slip<'_>) -> Vec<u8> {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>Not made yet</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n</head>\n<body>\n{}</body>\n</html>\n",
        stretch(slip),
    );
    page.into_bytes()
}

fn stretch(slip: &Slip<'_>) -> String {
    let (token, key) = (escaped(slip.token), escaped(slip.key));
    let overlay = slip.overlay.map_or("", |overlay| &overlay.html);
    let shown = slip.overlay.map_or("", |overlay| &overlay.key);
    format!(
        "{BEGIN}<link rel=\"stylesheet\" href=\"{OWN}preview.css\">\
         <script src=\"{OWN}preview.js\" data-token=\"{token}\" data-key=\"{key}\" \
         data-overlay=\"{shown}\" defer></script>{overlay}{END}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The built page, from the one that was sent: what a test on a socket does as well.
    fn undressed(sent: &str) -> String {
        let (before, rest) = sent.split_once(BEGIN).expect("it begins");
        let (_, after) = rest.split_once(END).expect("it ends");
        format!("{before}{after}")
    }

    #[test]
    fn a_page_without_its_slip_is_the_built_page() {
        let overlay = Overlay::new("1 error in 1 file", "<li>x</li>\n", Below::LastGood);
        let slip = Slip { token: "t", key: "k", overlay: Some(&overlay) };
        for page in [
            "<!DOCTYPE html>\n<body>\n<p>&lt;/body&gt;</p>\n</body>\n</html>\n",
            "<p>no end",
            "",
            "<body></body></body>",
        ] {
            let sent = String::from_utf8(dressed(page.as_bytes(), &slip)).expect("a text");
            assert_eq!(undressed(&sent), page);
            assert!(sent.contains(&overlay.html));
        }
        assert_eq!(dressed(b"\xff</body>", &slip), b"\xff</body>");
    }

    #[test]
    fn what_is_told_is_escaped() {
        let overlay = Overlay::new("<b>", "", Below::Nothing);
        assert!(overlay.html.contains("&lt;b&gt;") && !overlay.html.contains("<b>"));
        let slip = Slip { token: "\"><script>", key: "'", overlay: None };
        let sent = String::from_utf8(bare(&slip)).expect("a text");
        assert_eq!(sent.matches("<script").count(), 1, "{sent}");
    }
}
