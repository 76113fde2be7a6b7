//! Assets: the style sheet, the scripts and what else a theme brings, under names that carry their content.
//!
//! A name with the content's key in it can be kept by browsers for ever, and a new page never
//! meets an old style.

use crate::diagnostics::{Code, Diagnostic, FileId, did_you_mean};
use crate::documents::fields::Spanned;
use crate::documents::path::{Refused, below, on_disk};
use crate::documents::picture;
use crate::documents::settings::Settings;
use crate::pages::Assets;
use crate::sources::{Kind, SourceFile, Sources};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Where the style sheet lies in a theme.
const STYLE: &str = "assets/style.css";

/// Where the script lies that narrows and orders lists.
const EXPLORE: &str = "assets/explore.js";

/// Where the small picture lies by which a browser shows the site.
const ICON: &str = "assets/icon.svg";

/// The color in it that gives way to the site's accent.
const ICON_COLOR: &str = "#0B4F9E";
/// Where the script of the search lies, and that of every page: colors, and the key that leads there.
const SEARCH: &str = "assets/search.js";
const KEYS: &str = "assets/keys.js";

/// Where a theme says its own colors and type, which come behind the style sheet's.
const TOKENS: &str = "assets/tokens.css";

/// What a theme brings, by address.
type Files = BTreeMap<String, Vec<u8>>;

/// Gives all assets their addresses; the theme's tokens and the site's accent are added to the
/// style sheet.
pub(super) fn collect(
    files: Vec<(String, Vec<u8>)>,
    settings: &Settings,
    sources: &Sources,
) -> Result<(Assets, Files), Box<Diagnostic>> {
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
        if path == ICON
            && let (Some(accent), Ok(drawn)) = (&settings.accent, str::from_utf8(&bytes))
        {
            bytes = drawn.replace(ICON_COLOR, accent).into_bytes();
        }
        if let Cow::Owned(kept) = picture::published(&path, &bytes) {
            bytes = kept;
        }
        let address = hashed(&path, &bytes);
        match path.as_str() {
            STYLE => assets.style.clone_from(&address),
            SEARCH => assets.search.clone_from(&address),
            KEYS => assets.keys.clone_from(&address),
            EXPLORE => assets.explore.clone_from(&address),
            ICON => assets.icon.clone_from(&address),
            _ => {}
        }
        out.insert(address, bytes);
    }
    if let Some(logo) = &settings.logo {
        let (below, file) = mark(logo, sources)?;
        let bytes = picture::published(&below, file.bytes());
        let address = hashed(&format!("assets/{}", below.replace('/', "-")), &bytes);
        out.insert(address.clone(), bytes.into_owned());
        // What is no picture is told where references are looked up.
        assets.logo = picture::size(file.bytes()).map(|size| (address, size));
    }
    Ok((assets, out))
}

/// The file of the site's mark, below `content/`.
fn mark<'s>(
    logo: &Spanned<String>,
    sources: &'s Sources,
) -> Result<(String, &'s SourceFile), Box<Diagnostic>> {
    let say = |code, message: String, help: String| {
        Box::new(Diagnostic::new(code, FileId(0).at(logo.span), message).help(help))
    };
    let below = below(logo).map_err(|refused| match refused {
        Refused::Name(message, help) => say(Code::FileName, message, help),
        Refused::Outside => {
            let message = format!("`{}` leads out of the content folder", logo.value);
            say(Code::OutsideProject, message, "put the file into content/".into())
        }
    })?;
    let is_mark =
        |path: &str| sources.find(path).is_some_and(|(_, file)| file.kind == Kind::Attachment);
    let found = on_disk(&format!("content/{below}"), is_mark);
    let Some((_, file)) = found.and_then(|path| sources.find(&path)) else {
        let files = sources.below("content/").iter().filter(|file| is_mark(&file.path));
        let files = files.filter_map(|file| file.path.strip_prefix("content/"));
        let help = did_you_mean(&below, files);
        let help = help.unwrap_or_else(|| "put the file into content/, or remove this line".into());
        let message = format!("there is no picture `{}` in content/", logo.value);
        return Err(say(Code::ImageMissing, message, help));
    };
    Ok((below, file))
}

/// `assets/style.css` as `assets/style-0123456789.css`.
fn hashed(path: &str, bytes: &[u8]) -> String {
    let key = blake3::hash(bytes).to_hex();
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{}.{ending}", &key[..10]),
        None => format!("{path}-{}", &key[..10]),
    }
}
