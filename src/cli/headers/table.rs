//! What a web server is to say with each file of a site, whatever server it is.
//!
//! Plain data. The policy is that of the built-in pages, and stricter where only a header can be; a
//! theme that gives its pages another policy needs that one here, too.

/// The headers of all files.
pub const HEADERS: &[(&str, &str)] = &[
    // Only what the site itself brings is run, drawn or shown; no other site may frame it.
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    ),
    // A file is what its type says, and no script because it looks like one.
    ("X-Content-Type-Options", "nosniff"),
    // Other sites do not learn which project a reader came from.
    ("Referrer-Policy", "same-origin"),
    // No page needs a camera, a place or a payment.
    (
        "Permissions-Policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), \
         fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), \
         payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), \
         serial=(), usb=(), xr-spatial-tracking=()",
    ),
    // A window that another site opened is cut off from it.
    ("Cross-Origin-Opener-Policy", "same-origin"),
    // No other site shows our pictures and data as its own.
    ("Cross-Origin-Resource-Policy", "same-origin"),
    // The same as `frame-ancestors`, for old browsers.
    ("X-Frame-Options", "DENY"),
];

/// Browsers ask each time whether a file is still the same.
pub const ASKED_AGAIN: &str = "no-cache";

/// Files below this carry their key in their name: under one name they never change.
pub const KEYED: &str = "assets/";

/// Kept for a year, without asking.
pub const KEPT: &str = "public, max-age=31536000, immutable";

/// Headers that are right for some sites only, each with when.
pub const FOR_SOME: [(&str, &str, &str); 2] = [
    // Once a browser has seen it, it will not open the host without HTTPS for a year.
    (
        "Strict-Transport-Security",
        "max-age=31536000",
        "Once all of this host is served over HTTPS for good",
    ),
    ("X-Robots-Tag", "noindex", "For an edition that search engines are not to find"),
];

/// Endings of files whose type servers do not know, or give without its letters.
pub const TYPES: &[(&str, &str)] = &[
    (".csv", "text/csv; charset=utf-8"),
    (".ics", "text/calendar; charset=utf-8"),
    (".json", "application/json; charset=utf-8"),
    (".xml", "application/xml; charset=utf-8"),
];

/// What is there for Casebook, and for no reader.
pub const OWN: &str = ".casebook-manifest";

/// The page for what is not there.
pub const NOT_THERE: &str = "404.html";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_no_more_than_that_of_the_pages() {
        let page = include_str!("../../../themes/default/templates/base.html");
        let meta = page.split("content=\"").nth(1).and_then(|rest| rest.split('"').next());
        let meta = meta.filter(|policy| policy.starts_with("default-src")).expect("a policy");
        let ours: Vec<_> = HEADERS[0].1.split("; ").collect();
        for directive in meta.split("; ") {
            let name = directive.split(' ').next().unwrap_or_default();
            let none = format!("{name} 'none'");
            assert!(ours.contains(&directive) || ours.contains(&none.as_str()), "{directive}");
        }
    }
}
