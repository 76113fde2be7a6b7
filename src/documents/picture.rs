//! Pictures: what kind a file is, how large it is shown, and what of it may go into the site.
//!
//! In go the bytes of a file, out come its size or what is wrong with it, and the same picture without
//! what no one sees: places and names that a camera wrote, comments, thumbnails, whatever lies behind
//! its end. What is seen is never changed: pixels are not decoded, let alone packed again, and nothing
//! is believed or laid out by a header's word. Copies for small screens, [`copies`], are made beside it.

mod avif;
pub mod copies;
mod drawing;
mod gif;
mod jpeg;
mod png;
mod upright;
mod walk;
mod webp;

use crate::diagnostics::{Code, Diagnostic, FileId, Span};
use crate::memo::Key;
use crate::memo::store::Store;
use crate::sources::{Limits, SourceFile};
use copies::{Copies, Planned, Unpacked};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use walk::{Fault, Walk};

/// A picture's width and height in pixels, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// The copies of a picture.
#[derive(Clone, Debug)]
pub struct Copied {
    /// Those that it may have.
    pub planned: Vec<Planned>,
    /// The key under which those that it has are kept.
    pub key: Key,
    /// Those that it has.
    pub made: Copies,
}

/// What is done with a file beside a write-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Use {
    /// A link leads to it.
    Linked,
    /// A page shows it as a picture.
    Shown,
}

/// The kinds of pictures that every browser shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Jpeg,
    Png,
    Gif,
    Webp,
    Avif,
    Svg,
}

/// Something in a file that is not as it must be.
struct Problem {
    code: Code,
    span: Span,
    message: String,
    help: String,
}

/// Files that a browser may run when it is led to them.
const RUN: &[&str] =
    &["htm", "html", "mht", "mhtml", "shtml", "svgz", "xht", "xhtml", "xml", "xsl", "xslt"];

/// The size of a picture, where it is one, and what is wrong with a file that goes into the site.
pub fn look(
    id: FileId,
    source: &SourceFile,
    used: Use,
    limits: Limits,
) -> (Option<Size>, Vec<Diagnostic>) {
    let name = source.path.rsplit('/').next().unwrap_or_default();
    let (size, problems) = looked(name, source.bytes(), used, limits.pixels);
    let said = problems.into_iter().map(|problem| {
        Diagnostic::new(problem.code, id.at(problem.span), problem.message).help(problem.help)
    });
    (size, said.collect())
}

/// The copies that a picture which was looked at may have, and those that it has; says where it
/// cannot be unpacked. What was made before is found in the store.
pub fn copied(
    id: FileId,
    source: &SourceFile,
    size: Size,
    store: &dyn Store,
) -> Result<Option<Copied>, Box<Diagnostic>> {
    let published = published(&source.path, source.bytes());
    let planned = copies::planned(&published, size);
    if planned.is_empty() {
        return Ok(None);
    }
    let key = copies::key(source.key, size);
    let all = match store.makes() {
        true => store.find_or(key, || copies::make(&published, size)),
        false => store.find(key).map_or_else(|| copies::look(&published, size), Ok),
    };
    let (code, message) = match all.map(Copies::of) {
        Ok(Some(made)) => return Ok(Some(Copied { planned, key, made })),
        Err(Unpacked::TooLarge) => {
            (Code::ImageTooLarge, "this picture takes more memory than its size promises")
        }
        Ok(None) | Err(Unpacked::Broken) => {
            (Code::ImageBroken, "this picture is whole, but what it shows cannot be unpacked")
        }
    };
    let said = Diagnostic::new(code, id.at(Span::default()), message.to_string());
    Err(Box::new(said.help("save or copy the picture again")))
}

/// The bytes of a file as they go into the site: of a picture all that is seen, of another file all.
pub fn published<'b>(path: &str, bytes: &'b [u8]) -> Cow<'b, [u8]> {
    let kind = Kind::of(bytes).filter(|kind| *kind != Kind::Svg || ending(path) == "svg");
    match kind.map(|kind| kind.walked(bytes)) {
        Some((walk, Ok(_))) => walk.kept(),
        _ => Cow::Borrowed(bytes),
    }
}

/// The size of the picture in a file that was found to be one.
pub fn size(bytes: &[u8]) -> Option<Size> {
    Kind::of(bytes)?.walked(bytes).1.ok()
}

fn looked(name: &str, bytes: &[u8], used: Use, most: u64) -> (Option<Size>, Vec<Problem>) {
    let ending = ending(name);
    let of_ending = Kind::ALL.into_iter().find(|kind| kind.endings().contains(&ending.as_str()));
    let kind = Kind::of(bytes);
    let whole = |code, message: String, help: String| {
        (None, vec![Problem { code, span: Span::default(), message, help }])
    };
    if used == Use::Linked && of_ending.is_none() {
        if RUN.contains(&ending.as_str()) {
            let help = "write it as a page of the casebook, or link a PDF of it";
            let message = "a file of this kind could run a script where a link leads to it";
            return whole(Code::UnsafeFile, message.into(), help.into());
        }
        // A text that begins like a drawing is a text.
        if kind.is_none_or(|kind| kind == Kind::Svg) {
            return (None, Vec::new());
        }
    }
    let Some(kind) = kind else {
        let message = "this is no picture that every browser shows";
        let help = "save it as JPEG, PNG, GIF, WebP, AVIF or SVG";
        return whole(Code::ImageBroken, message.into(), help.into());
    };
    if of_ending != Some(kind) {
        let message =
            format!("by its bytes this picture is {}, by its name it is not", kind.name());
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let help = format!("rename it to `{stem}.{}`, and name it so", kind.endings()[0]);
        return whole(Code::ImageEnding, message, help);
    }
    if kind == Kind::Svg {
        return drawing::look(bytes);
    }
    match kind.walked(bytes).1 {
        Ok(size) if u64::from(size.width) * u64::from(size.height) > most => {
            let Size { width, height } = size;
            let message =
                format!("this picture has {width} × {height} pixels; the limit is {most} in all");
            let help = "make it smaller, or raise `limits: {pixels: …}` in casebook.yaml";
            whole(Code::ImageTooLarge, message, help.into())
        }
        Ok(size) => (Some(size), Vec::new()),
        Err(fault) => {
            let message = match fault {
                Fault::EndsEarly => "this picture ends too early".to_string(),
                Fault::Broken => format!("this {} is broken", kind.name()),
            };
            whole(Code::ImageBroken, message, "save or copy the picture again".into())
        }
    }
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

impl Kind {
    const ALL: [Kind; 6] = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp, Kind::Avif, Kind::Svg];

    /// The kind of a picture by how its bytes begin.
    fn of(bytes: &[u8]) -> Option<Kind> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
            _ if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Some(Kind::Png),
            _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Some(Kind::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
            _ if avif::begins(bytes) => Some(Kind::Avif),
            _ if drawing::begins(bytes) => Some(Kind::Svg),
            _ => None,
        }
    }

    /// The endings by which hosts and browsers know it; the usual one first.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Jpeg => &["jpg", "jpeg"],
            Kind::Png => &["png"],
            Kind::Gif => &["gif"],
            Kind::Webp => &["webp"],
            Kind::Avif => &["avif"],
            Kind::Svg => &["svg"],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Jpeg => "JPEG",
            Kind::Png => "PNG",
            Kind::Gif => "GIF",
            Kind::Webp => "WebP",
            Kind::Avif => "AVIF",
            Kind::Svg => "SVG",
        }
    }

    /// What is kept of a picture, and its size.
    fn walked(self, bytes: &[u8]) -> (Walk<'_>, Result<Size, Fault>) {
        let mut walk = Walk::of(bytes);
        let size = match self {
            Kind::Jpeg => jpeg::walk(&mut walk),
            Kind::Png => png::walk(&mut walk),
            Kind::Gif => gif::walk(&mut walk),
            Kind::Webp => webp::walk(&mut walk),
            Kind::Avif => avif::walk(&mut walk),
            Kind::Svg => drawing::walk(&mut walk),
        };
        (walk, size)
    }
}

impl Size {
    /// A size of at least one pixel each way.
    fn of(width: u32, height: u32) -> Result<Size, Fault> {
        let size = Size { width, height };
        if width == 0 || height == 0 { Err(Fault::Broken) } else { Ok(size) }
    }

    /// The size of a picture that is turned before it is shown.
    fn turned(self, orientation: u8) -> Size {
        let Size { width, height } = self;
        if orientation < 5 { self } else { Size { width: height, height: width } }
    }
}
