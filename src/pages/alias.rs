//! The page at an old address, which leads to where its content is now. It needs no template.

use super::Here;
use pulldown_cmark_escape::{escape_href, escape_html};

impl Here<'_> {
    pub(super) fn alias(&self, at: usize) -> String {
        let (_, page) = &self.portfolio().addresses.aliases[at];
        let said = |phrase| {
            let mut said = String::new();
            let _ = escape_html(&mut said, self.say(phrase));
            said
        };
        let (mut href, mut text) = (String::new(), String::new());
        // Writing to a string cannot fail.
        let _ = escape_href(&mut href, &self.to(page));
        let _ = escape_html(&mut text, page.strip_suffix("index.html").unwrap_or(page));
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <title>{}</title>\n<meta name=\"robots\" content=\"noindex\">\n\
             <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n</head>\n<body>\n\
             <p>{} <a href=\"{href}\">/{text}</a>.</p>\n</body>\n</html>\n",
            self.language(),
            said("Moved"),
            said("This page has moved to"),
        )
    }
}
