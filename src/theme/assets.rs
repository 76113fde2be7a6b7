//! Assets: the style sheet and what else a theme brings, under names that carry their content.
//!
//! A name with the content's key in it can be kept by browsers for ever, and a new page never
//! meets an old style.

use crate::documents::picture;
use crate::documents::settings::Settings;
use crate::pages::Assets;
use crate::sources::Sources;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Where the style sheet lies in a theme.
const STYLE: &str = "assets/style.css";

/// Where a theme says its own colors and type, which come behind the style sheet's.
const TOKENS: &str = "assets/tokens.css";

/// Gives all assets their addresses; the theme's tokens and the site's accent are added to the
/// style sheet.
pub(super) fn collect(
    files: Vec<(String, Vec<u8>)>,
    settings: &Settings,
    sources: &Sources,
) -> (Assets, BTreeMap<String, Vec<u8>>) {
    let mut assets = Assets::default();
    let mut out = BTreeMap::new();
    let tokens = files.iter().find(|(path, _)| path == TOKENS).map(|(_, bytes)| bytes.clone());
    for (path, mut bytes) in files {
        if !path.starts_with("assets/") || path == TOKENS {
            continue;
        }
        if path == STYLE
            && let Some(tokens) = &tokens
        {
            bytes.push(b'\n');
            bytes.extend_from_slice(tokens);
        }
        if path == STYLE
            && let Some(accent) = &settings.accent
        {
            bytes.extend_from_slice(format!("\n:root{{--accent:{accent}}}\n").as_bytes());
        }
        if let Cow::Owned(kept) = picture::published(&path, &bytes) {
            bytes = kept;
        }
        let address = hashed(&path, &bytes);
        if path == STYLE {
            assets.style.clone_from(&address);
        }
        out.insert(address, bytes);
    }
    if let Some(logo) = &settings.logo
        && let Some(below) = crate::documents::path::below(logo)
        && let Some((_, file)) = sources.find(&format!("content/{below}"))
    {
        let bytes = picture::published(&below, file.bytes());
        let address = hashed(&format!("assets/{}", below.replace('/', "-")), &bytes);
        out.insert(address.clone(), bytes.into_owned());
        // What is no picture is told where references are looked up.
        assets.logo = picture::size(file.bytes()).map(|size| (address, size));
    }
    (assets, out)
}

/// `assets/style.css` as `assets/style-0123456789.css`.
fn hashed(path: &str, bytes: &[u8]) -> String {
    let key = blake3::hash(bytes).to_hex();
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{}.{ending}", &key[..10]),
        None => format!("{path}-{}", &key[..10]),
    }
}
