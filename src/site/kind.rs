//! What kind of content a file is, told by its ending, for the header that names it; and whether its
//! name carries its key, so that who has it once need not ask for it again.

/// The media type of the file at an address.
pub fn of(address: &str) -> &'static str {
    let ending = address.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _ => "application/octet-stream",
    }
}

/// Whether it is a page.
pub fn is_page(address: &str) -> bool {
    address.ends_with(".html")
}

/// Whether it is a style or a script.
pub fn is_style_or_script(address: &str) -> bool {
    address.ends_with(".css") || address.ends_with(".js")
}

/// Whether a file carries its own key in its name, as `style-0123456789.css`: what stands there is
/// the same for ever.
pub fn carries(address: &str, key: &str) -> bool {
    let name = address.rsplit_once('/').map_or(address, |(_, name)| name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let short = stem.rsplit_once('-').map_or("", |(_, short)| short);
    short.len() >= SHORT && key.starts_with(short)
}

/// What a browser is told of how long it may keep the file at an address, with this key.
pub fn kept(address: &str, key: &str) -> &'static str {
    match carries(address, key) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    }
}

/// So many letters of a key are in a name at least.
const SHORT: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_the_key_of_what_stands_there_and_no_other() {
        let key = "0123456789abcdef";
        for named in ["style-0123456789.css", "a/b-c-0123456789ab.svg", "a.b/logo-0123456789"] {
            assert!(carries(named, key), "{named}");
        }
        for other in ["style.css", "style-012345678.css", "style-1123456789.css", "-/x.css", "x-."]
        {
            assert!(!carries(other, key), "{other}");
        }
        assert!(is_style_or_script("a-1.css") && is_style_or_script("a.js"));
        assert!(!is_style_or_script("css") && !is_style_or_script("a.css/index.html"));
        assert!(is_page("a/index.html") && !is_page("html"));
    }
}
