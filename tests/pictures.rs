//! Pictures that go into a site: what no one sees of them is gone (T59), whatever stands in a file is
//! met without harm (T84), and what is left is the same picture.
#![allow(clippy::disallowed_methods, reason = "tests build into folders of their own")]

#[path = "pictures/make.rs"]
mod make;

use casebook::diagnostics::FileId;
use casebook::documents::picture::{Size, Use, look, published, size};
use casebook::sources::{Content, Limits, SourceFile};
use make::SECRET;
use proptest::prelude::*;
use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::process::Command;

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|own| own == word)
}

/// The size of a picture beside a write-up, and the codes of what is said of it.
fn told(name: &str, bytes: &[u8]) -> (Option<Size>, Vec<&'static str>) {
    let path = format!("content/projects/a/{name}");
    let source = SourceFile::of(&path, Content::Bytes(bytes.into()));
    let (size, said) = look(FileId(1), &source, Use::Shown, Limits::default());
    (size, said.iter().map(|one| one.code.name()).collect())
}

fn sized(bytes: &[u8]) -> Option<(u32, u32)> {
    size(bytes).map(|size| (size.width, size.height))
}

/// What another reader says of a picture's size.
fn sized_by_another(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

#[test]
fn nothing_is_left_but_what_is_seen() {
    for made in make::all() {
        let (name, kept) = (made.name, published(made.name, &made.full));
        assert!(holds(&made.full, SECRET) && !holds(&kept, SECRET), "{name}");
        assert_eq!(told(name, &made.full), told(name, &made.plain), "{name}");
        assert_eq!(told(name, &made.plain).1, [""; 0], "{name}");
        assert_eq!(sized(&kept), Some(made.size), "{name}");
        if !name.ends_with(".svg") {
            assert_eq!(sized_by_another(&kept), Some(made.size), "{name}");
        }
        let (kept, plain) =
            (kept.escape_ascii().to_string(), made.plain.escape_ascii().to_string());
        assert_eq!(kept, plain, "{name}");
        // Where nothing has to go, the bytes are those of the file.
        assert!(matches!(published(name, &made.plain), Cow::Borrowed(_)), "{name}");
    }
}

#[test]
fn which_way_up_a_picture_is_shown_stays() {
    for orientation in 1..=8 {
        let size = if orientation < 5 { (40, 30) } else { (30, 40) };
        for (name, make) in
            [("a.jpg", make::jpeg_turned as fn(bool, u8) -> _), ("a.png", make::png_turned)]
        {
            let (full, plain) = (make(true, orientation), make(false, 1));
            let kept = published(name, &full);
            assert_eq!(
                (sized(&full), sized(&kept)),
                (Some(size), Some(size)),
                "{name} {orientation}"
            );
            assert_eq!(*kept == *plain, orientation == 1, "{name} {orientation}");
            assert!(!holds(&kept, SECRET), "{name} {orientation}");
        }
        // Chromium turns JPEG and PNG, and no WebP.
        let full = make::webp_turned(true, orientation);
        let kept = published("a.webp", &full);
        assert_eq!((sized(&full), sized(&kept)), (Some((40, 30)), Some((40, 30))), "{orientation}");
        let plain = make::webp_turned(false, 1);
        assert_eq!(*kept == *plain, orientation == 1, "{orientation}");
        assert!(!holds(&kept, SECRET));
    }
}

#[test]
fn a_picture_that_is_cut_anywhere_is_told() {
    for made in make::all() {
        for length in 0..made.plain.trim_ascii_end().len() {
            // What lies behind an AVIF's last pixel is no part of it.
            let is_whole =
                made.name.ends_with(".avif") && length >= made.plain.len() - 24 - SECRET.len();
            let said = told(made.name, &made.plain[..length]).1;
            assert_eq!(said == ["image-broken"], !is_whole, "{} {length} {said:?}", made.name);
        }
    }
}

#[test]
fn a_picture_whose_pixels_lie_behind_its_last_box_is_told() {
    let made = make::all().into_iter().find(|made| made.name.ends_with(".avif")).expect("one");
    let at = made.full.windows(4).position(|four| four == b"mdat").expect("pixels");
    for bytes in [&made.plain, &made.full] {
        let mut bytes = bytes.clone();
        bytes[at - 4..at].copy_from_slice(&10_u32.to_be_bytes());
        // No item is known for one that no one sees: that alone would be told.
        let kinds = bytes.windows(4).position(|four| four == b"iinf").expect("kinds of items");
        bytes[kinds] = b'_';
        stands(made.name, &bytes);
        assert_eq!(told(made.name, &bytes).1, ["image-broken"]);
    }
}

#[test]
fn a_picture_without_bounds_is_told_and_not_believed() {
    let bomb = make::gif_of(30_000, 30_000, false);
    assert_eq!(told("a.gif", &bomb), (None, vec!["image-too-large"]));
    assert_eq!(told("a.gif", &make::gif_of(1, 1, false)).0, Some(Size { width: 1, height: 1 }));
    assert_eq!(told("a.gif", &make::gif_of(0, 1, false)).1, ["image-broken"]);
    assert_eq!(told("a.png", &make::gif_of(1, 1, false)).1, ["image-ending"]);
    assert_eq!(told("a.gif", b"").1, ["image-broken"]);
    assert_eq!(told("a.pdf", b"%PDF-1.7").1, ["image-broken"]);
    assert_eq!(told("a.GIF", &make::gif_of(1, 1, false)).1, [""; 0]);
}

/// A site of pictures that are shown, linked, embedded and the site's mark.
#[test]
fn no_byte_of_a_site_tells_what_no_one_sees() {
    let folder = tempfile::tempdir().expect("a folder");
    let project = folder.path().join("content/projects/a");
    fs::create_dir_all(&project).expect("a folder");
    let mut body = String::new();
    for made in make::all() {
        fs::write(project.join(made.name), &made.full).expect("a picture");
        fs::write(project.join(format!("linked-{}", made.name)), &made.full).expect("a picture");
        fs::write(folder.path().join("content").join(made.name), &made.full).expect("a picture");
        body.push_str(&format!("![A form]({0}) [the form](linked-{0})\n\n", made.name));
    }
    let secret = String::from_utf8_lossy(SECRET);
    body.push_str(&format!("Paid.\n\n<!-- {secret} -->\n\nAnd <!-- {secret} --> on the day.\n"));
    let head =
        "title: A\nstatus: completed\nunit: claims\nowner: B\nimage: {src: form.jpg, alt: A form}";
    fs::write(project.join("index.md"), format!("---\n{head}\n# {secret}\n---\n\n{body}"))
        .expect("a write-up");
    for logo in make::all() {
        let settings = format!("# {secret}\nas_of: 2026-06-30\nlogo: {}\n", logo.name);
        fs::write(folder.path().join("casebook.yaml"), settings).expect("settings");
        let site = built(folder.path());
        assert!(site.iter().any(|(path, _)| path.ends_with(logo.name)), "{}", logo.name);
        let mark = site
            .iter()
            .find(|(path, _)| path.contains("assets/form") || path.contains("assets/moving"));
        assert_eq!(mark.and_then(|(_, bytes)| sized(bytes)), Some(logo.size), "{}", logo.name);
        for (path, bytes) in &site {
            assert!(!holds(bytes, SECRET), "{path}");
            let html = String::from_utf8_lossy(bytes);
            for picture in html.split("<img ").skip(1).filter(|_| path.ends_with(".html")) {
                let tag = picture.split('>').next().unwrap_or_default();
                assert!(tag.contains(" width=\"40\" height=\"30\""), "{path}: <img {tag}>");
            }
        }
    }
}

fn built(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let ran = command.args(["build", "--root"]).arg(root).output().expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let entries = walkdir::WalkDir::new(root.join("public")).into_iter();
    let files = entries.map(|entry| entry.expect("an entry")).filter(|e| e.file_type().is_file());
    files
        .map(|file| (file.path().display().to_string(), fs::read(file.path()).expect("a file")))
        .collect()
}

/// One of the pictures with bytes set, cut out and repeated.
fn changed() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let edits =
        proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..6);
    (0..make::all().len(), any::<bool>(), edits).prop_map(|(nth, full, edits)| {
        let made = make::all().swap_remove(nth);
        let mut bytes = if full { made.full } else { made.plain };
        for (at, byte, kind) in edits {
            let at = at.index(bytes.len().max(1));
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                2 => bytes.insert(at, byte),
                _ => {
                    let again =
                        bytes.iter().copied().skip(at).take(usize::from(byte)).collect::<Vec<_>>();
                    bytes.splice(at..at, again);
                }
            }
        }
        (made.name, bytes)
    })
}

/// What holds of any file at all.
fn stands(name: &str, bytes: &[u8]) {
    let (size, said) = told(name, bytes);
    assert_eq!(size.is_none(), !said.is_empty(), "{said:?}");
    let kept = published(name, bytes);
    if size.is_some() {
        assert_eq!(told(name, &kept), (size, said));
        assert!(published(name, &kept) == kept, "what is kept is kept again");
        let same = |(width, height)| Size { width, height };
        if let (Some(other), true) = (sized_by_another(&kept), !name.ends_with(".svg")) {
            let turned = (other.1, other.0);
            assert!(size == Some(same(other)) || size == Some(same(turned)), "{size:?} {other:?}");
        }
    } else if said == ["image-broken"] {
        assert!(*kept == *bytes, "what is no picture is left alone");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn pictures_that_were_changed_do_no_harm((name, bytes) in changed()) {
        stands(name, &bytes);
    }

    #[test]
    fn any_bytes_do_no_harm(nth in 0..7_usize, begin in 0..64_usize, rest in proptest::collection::vec(any::<u8>(), 0..200)) {
        let made = make::all().swap_remove(nth);
        let bytes = [&made.plain[..begin.min(made.plain.len())], &rest].concat();
        stands(made.name, &bytes);
    }
}
