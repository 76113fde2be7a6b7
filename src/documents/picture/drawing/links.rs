//! Addresses in a drawing: within it, embedded in it, or leading elsewhere.

use crate::documents::picture::{Kind, walk::Walk};
use data_encoding::BASE64;

/// What an address in a drawing is.
pub(super) enum Link {
    /// It leads to a part of the drawing, or is followed by no one but a reader.
    Sound,
    /// It is a picture; this is the address of what is kept of it.
    Embedded(String),
    /// It could run a script.
    Runs,
    /// Something is shown that lies elsewhere.
    Elsewhere,
}

/// Tells what the address on an element is.
pub(super) fn sort(element: &str, address: &str) -> Link {
    // Browsers pass over these signs wherever they stand.
    let address = address.replace(['\t', '\r', '\n'], "");
    let address = address.trim_matches(|sign: char| sign <= ' ');
    if address.starts_with('#') || address.is_empty() {
        return Link::Sound;
    }
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_lowercase());
    let scheme = scheme.filter(|scheme| !scheme.contains(['/', '?', '#']));
    match (element, scheme.as_deref()) {
        ("a", None | Some("http" | "https" | "mailto" | "tel")) => Link::Sound,
        ("image" | "feImage", Some("data")) => embedded(address).unwrap_or(Link::Elsewhere),
        (_, None | Some("http" | "https" | "file")) => Link::Elsewhere,
        _ => Link::Runs,
    }
}

/// What is kept of a picture that is embedded in base64.
fn embedded(address: &str) -> Option<Link> {
    let (head, code) = address.split_once(',')?;
    let is_base64 = head.to_lowercase().ends_with(";base64");
    let code: String = code.chars().filter(|sign| !sign.is_ascii_whitespace()).collect();
    let bytes = BASE64.decode(code.as_bytes()).ok().filter(|_| is_base64)?;
    let kind = Kind::of(&bytes).filter(|kind| *kind != Kind::Svg)?;
    let (walk, size): (Walk<'_>, _) = kind.walked(&bytes);
    size.ok()?;
    let media = kind.name().to_lowercase();
    Some(Link::Embedded(format!("data:image/{media};base64,{}", BASE64.encode(&walk.kept()))))
}
