//! Narrower copies of pictures: they show the same, upright and in the same colors; what cannot be
//! copied so stays alone, and nothing that a file promises is laid out by its word (T84).
#![allow(clippy::disallowed_methods, reason = "tests build into folders of their own")]

use casebook::documents::picture::copies::{Copies, Unpacked, make, planned};
use casebook::documents::picture::{published, size};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{
    DynamicImage, ExtendedColorType, GenericImageView, ImageDecoder, ImageEncoder, ImageFormat,
    ImageReader, Rgb, RgbImage, Rgba, RgbaImage,
};
use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

const PROFILE: &[u8] = b"a profile of colors";

/// A picture that is red at its top left, green at its top right and blue below, with a grain that
/// makes it as heavy as a photograph.
fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 7;
        let grain = (grain % 24) as u8;
        match (x < width / 2, y < height / 2) {
            (true, true) => Rgb([230 - grain, grain, grain]),
            (false, true) => Rgb([grain, 200 - grain, grain]),
            (_, false) => Rgb([grain, grain, 230 - grain]),
        }
    })
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 92);
    encoder.set_icc_profile(PROFILE.to_vec()).expect("a profile");
    let (width, height) = picture.dimensions();
    encoder.encode(picture, width, height, ExtendedColorType::Rgb8).expect("a picture");
    bytes
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(PROFILE.to_vec()).expect("a profile");
    let (width, height) = picture.dimensions();
    encoder
        .write_image(picture.as_bytes(), width, height, picture.color().into())
        .expect("a picture");
    bytes
}

fn webp(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    encoder.set_icc_profile(PROFILE.to_vec()).expect("a profile");
    let (width, height) = picture.dimensions();
    encoder.encode(picture, width, height, ExtendedColorType::Rgb8).expect("a picture");
    bytes
}

/// The copies of a picture, each as bytes, by its address.
fn copied(name: &str, bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Unpacked> {
    let (bytes, size) = (published(name, bytes), size(bytes).expect("a picture"));
    let made = Copies::of(make(&bytes, size)?).expect("what was made");
    let all = planned(&bytes, size).into_iter();
    Ok(all.filter_map(|one| Some((one.address(name), made.bytes(one.width)?.to_vec()))).collect())
}

fn read(bytes: &[u8]) -> (DynamicImage, Option<Vec<u8>>, ImageFormat) {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().expect("memory");
    let format = reader.format().expect("a format");
    let mut decoder = reader.into_decoder().expect("a picture");
    assert_eq!(decoder.exif_metadata().expect("none"), None);
    let profile = decoder.icc_profile().expect("it can be told");
    (DynamicImage::from_decoder(decoder).expect("pixels"), profile, format)
}

/// Which of the three colors of the scene a pixel is nearest to.
fn hue(picture: &DynamicImage, x: u32, y: u32) -> usize {
    let Rgba([red, green, blue, _]) = picture.get_pixel(x, y);
    let all = [red, green, blue];
    (0..3).max_by_key(|nth| all[*nth]).expect("three")
}

#[test]
fn copies_show_the_same_in_the_same_form_and_weigh_less() {
    let scene = scene(1600, 800);
    let all = [
        ("a.jpg", jpeg(&scene), ImageFormat::Jpeg),
        ("a.jpeg", jpeg(&scene), ImageFormat::Jpeg),
        ("a.png", png(&scene.clone().into()), ImageFormat::Png),
        ("a.webp", webp(&scene), ImageFormat::WebP),
    ];
    for (name, bytes, form) in all {
        let copies = copied(name, &bytes).expect("it can be unpacked");
        let ending = name.rsplit('.').next().expect("an ending");
        // The third is not a fifth narrower.
        let named = [480, 960].map(|width| format!("a-{width}w.{ending}"));
        assert_eq!(copies.keys().cloned().collect::<Vec<_>>(), named, "{name}");
        for (copy, (width, height)) in copies.values().zip([(480, 240), (960, 480)]) {
            assert!(copy.len() * 5 <= bytes.len() * 4, "{name}");
            let (picture, profile, format) = read(copy);
            assert_eq!(picture.dimensions(), (width, height), "{name}");
            assert_eq!((profile.as_deref(), format), (Some(PROFILE), form), "{name}");
            let hues = [(9, 9), (width - 9, 9), (9, height - 9)];
            assert_eq!(hues.map(|(x, y)| hue(&picture, x, y)), [0, 1, 2], "{name}");
        }
    }
}

#[test]
fn copies_stand_upright() {
    let scene = scene(1000, 600);
    let plain = jpeg(&scene);
    // What is seen at the top left, the top right, and at the bottom of those.
    let seen = [
        [0, 1, 2, 2],
        [1, 0, 2, 2],
        [2, 2, 1, 0],
        [2, 2, 0, 1],
        [0, 2, 1, 2],
        [2, 0, 2, 1],
        [2, 1, 2, 0],
        [1, 2, 0, 2],
    ];
    for (orientation, seen) in (1_u8..).zip(seen) {
        let mut tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        tiff.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        let length = u16::try_from(tiff.len() + 2).expect("short").to_be_bytes();
        let exif = [&[0xff, 0xe1][..], &length, &tiff].concat();
        let turned = [&plain[..2], &exif, &plain[2..]].concat();
        let copies = copied("a.jpg", &turned).expect("it can be unpacked");
        let (picture, ..) = read(&copies["a-480w.jpg"]);
        let high = if orientation < 5 { 288 } else { 800 };
        assert_eq!(picture.dimensions(), (480, high), "{orientation}");
        let corners = [(9, 9), (471, 9), (9, high - 9), (471, high - 9)];
        assert_eq!(corners.map(|(x, y)| hue(&picture, x, y)), seen, "{orientation}");
    }
}

#[test]
fn what_is_transparent_leaves_no_seam() {
    let wide = RgbaImage::from_fn(1200, 600, |x, y| match (x / 40 + y / 40) % 2 {
        0 => Rgba([0, 0, 200 + (x % 7) as u8, 255]),
        _ => Rgba([255, 0, 0, 0]),
    });
    let copies = copied("a.png", &png(&wide.clone().into())).expect("it can be unpacked");
    for copy in copies.values() {
        let (picture, ..) = read(copy);
        let pixels = picture.to_rgba8();
        assert!(pixels.pixels().any(|pixel| pixel.0[3] == 0), "it is transparent still");
        let red = pixels.pixels().filter(|pixel| pixel.0[3] > 16 && pixel.0[0] > 16);
        assert_eq!(red.count(), 0, "nothing of the red that no one sees");
    }
    assert!(!copies.is_empty());
}

#[test]
fn what_cannot_be_copied_as_it_is_seen_stays_alone() {
    let narrow = scene(599, 300);
    assert!(planned(&jpeg(&narrow), size(&jpeg(&narrow)).expect("a picture")).is_empty());
    let picture = scene(1000, 500);
    let plain = png(&picture.clone().into());
    let with = |chunk: &[u8], body: &[u8]| {
        let head = 8 + 25;
        let length = u32::try_from(body.len()).expect("short").to_be_bytes();
        let named = [chunk, body].concat();
        let sum = crc(&named).to_be_bytes();
        [&plain[..head], &length, &named, &sum, &plain[head..]].concat()
    };
    let count = |name: &str, bytes: &[u8]| copied(name, bytes).map(|copies| copies.len());
    assert_eq!(count("a.png", &plain), Ok(1));
    assert_eq!(count("a.png", &with(b"gAMA", &45_455_u32.to_be_bytes())), Ok(1));
    // It moves; its colors are those of a brighter screen.
    assert_eq!(count("a.png", &with(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0])), Ok(0));
    assert_eq!(count("a.png", &with(b"cICP", &[9, 16, 0, 1])), Ok(0));
    // Four inks.
    let inks: Vec<u8> = picture.pixels().flat_map(|Rgb([r, g, b])| [*r, *g, *b, 9]).collect();
    let mut press = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut press, 90);
    encoder.encode(&inks, 1000, 500, jpeg_encoder::ColorType::Cmyk).expect("a picture");
    assert_eq!(count("a.jpg", &press), Ok(0));
    // A bit for each pixel, and no two alike: a copy has a byte for each of its own.
    assert_eq!(count("a.png", &bits(1000, 100)), Ok(0));
}

/// A PNG of black and white pixels, as they come.
fn bits(width: u32, height: u32) -> Vec<u8> {
    let mut rows = Vec::new();
    let mut random = 1_u32;
    for _ in 0..height {
        rows.push(0);
        rows.extend((0..width.div_ceil(8)).map(|_| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            random.to_be_bytes()[0]
        }));
    }
    let (one, two) = rows.iter().fold((1, 0), |(one, two), byte| {
        let one = (one + u32::from(*byte)) % 65_521;
        (one, (two + one) % 65_521)
    });
    let length = u16::try_from(rows.len()).expect("one block");
    let head = [&[0x78, 0x01, 1][..], &length.to_le_bytes(), &(!length).to_le_bytes()].concat();
    let body = [&*head, &rows, &(two << 16 | one).to_be_bytes()].concat();
    written(width, height, [1, 0], &body)
}

/// A PNG of a depth and kind of color, and what its pixels are packed as.
fn written(width: u32, height: u32, color: [u8; 2], body: &[u8]) -> Vec<u8> {
    let chunk = |name: &[u8], body: &[u8]| {
        let named = [name, body].concat();
        let length = u32::try_from(body.len()).expect("short").to_be_bytes();
        [&length[..], &named, &crc(&named).to_be_bytes()].concat()
    };
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let head = [&sides[..], &color, &[0, 0, 0]].concat();
    let chunks = [chunk(b"IHDR", &head), chunk(b"IDAT", body), chunk(b"IEND", &[])].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunks].concat()
}

#[test]
fn a_lossy_webp_has_copies_in_jpeg() {
    let lossy = include_bytes!("copies/lossy.webp");
    let copies = copied("a.webp", lossy).expect("it can be unpacked");
    assert_eq!(copies.keys().collect::<Vec<_>>(), ["a-webp-480w.jpg"]);
    let (picture, _, format) = read(&copies["a-webp-480w.jpg"]);
    assert_eq!((picture.dimensions(), format), ((480, 96), ImageFormat::Jpeg));
    assert_eq!([hue(&picture, 9, 9), hue(&picture, 470, 9)], [0, 2]);
}

#[test]
fn what_a_file_promises_is_not_believed() {
    let nothing = [0x78, 0x9c, 0x03, 0, 0, 0, 0, 1];
    let head = |width, height| written(width, height, [16, 6], &nothing);
    assert_eq!(copied("a.png", &head(7000, 7000)), Err(Unpacked::Broken));
    assert_eq!(copied("a.png", &head(1, 50_000_000)).map(|copies| copies.len()), Ok(0));
}

/// The sum behind a chunk of a PNG.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 }
        })
    })
}

fn built(root: &Path, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let ran = command.args(["build", "--root"]).arg(root).args(more).output();
    let ran = ran.expect("the program runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let public = root.join("public");
    let entries = walkdir::WalkDir::new(&public).into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|file| {
            let path = file.path().strip_prefix(&public).expect("below it").display().to_string();
            (path, fs::read(file.path()).expect("a file"))
        })
        .collect()
}

/// What is kept of copies and cards.
fn kept(root: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(root.join(".casebook")).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_made = |path: &std::path::PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("drawn-"))
    };
    paths.filter(is_made).collect()
}

#[test]
fn a_site_has_copies_and_cards_and_makes_each_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let project = root.join("content/projects/a");
    fs::create_dir_all(&project).expect("a folder");
    fs::write(project.join("hero, wide.jpg"), jpeg(&scene(1600, 800))).expect("a picture");
    fs::write(project.join("plan.png"), png(&scene(1000, 500).into())).expect("a picture");
    let body = "![A plan](plan.png)\n\n![A scene](<hero, wide.jpg>)\n";
    let head = "title: A\nstatus: completed\nunit: claims\nowner: B\nfeatured: true\n\
                image: {src: 'hero, wide.jpg', alt: A scene}\nkpis:\n- {id: days, name: Days to pay, \
                measure: days, baseline: 12, target: 4, actual: 3}\n";
    fs::write(project.join("index.md"), format!("---\n{head}---\n\n{body}")).expect("a write-up");
    let settings = "as_of: 2026-06-30\nbase_url: https://x.example/y/\n";
    fs::write(root.join("casebook.yaml"), settings).expect("settings");

    let site = built(root, &["--jobs", "1"]);
    let page = String::from_utf8_lossy(&site["projects/a/index.html"]);
    let wide = "srcset=\"hero%2C%20wide-480w.jpg 480w, hero%2C%20wide-960w.jpg 960w, \
                hero%2C%20wide.jpg 1600w\"";
    assert_eq!(page.matches(wide).count(), 2, "in front matter and body");
    let plan = "<img src=\"plan.png\" srcset=\"plan-480w.png 480w, plan.png 1000w\" \
                sizes=\"(min-width: 48em) 44em, 100vw\" width=\"1000\" height=\"500\" \
                alt=\"A plan\" loading=\"lazy\" decoding=\"async\">";
    assert!(page.contains(plan), "{page}");
    for (name, width) in [("hero, wide-480w.jpg", 480), ("plan-480w.png", 480)] {
        assert_eq!(read(&site[&format!("projects/a/{name}")]).0.width(), width);
    }
    assert_eq!(site["projects/a/plan.png"], fs::read(project.join("plan.png")).expect("it"));

    let (card, _, format) = read(&site["projects/a/card.png"]);
    assert_eq!((card.dimensions(), format), ((1200, 630), ImageFormat::Png));
    let shared = "<meta property=\"og:image\" content=\"https://x.example/y/projects/a/card.png\">";
    assert!(page.contains(shared), "{page}");

    // Again, on other threads, with what is kept, with that damaged, and without it.
    let all = kept(root);
    assert_eq!(all.len(), 3, "two pictures and a card");
    assert!(built(root, &["--jobs", "4"]) == site);
    fs::remove_dir_all(root.join("public")).expect("it was there");
    assert!(built(root, &["--jobs", "4"]) == site);
    for path in &all {
        let mut bytes = fs::read(path).expect("it is there");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).expect("it is there");
    }
    fs::remove_dir_all(root.join("public")).expect("it was there");
    assert!(built(root, &[]) == site);
    assert!(built(root, &["--fresh"]) == site);

    // What no page shows any more is kept no longer.
    fs::write(project.join("index.md"), format!("---\n{head}---\n\nPaid.\n")).expect("a write-up");
    let less = built(root, &[]);
    assert!(!less.contains_key("projects/a/plan-480w.png"));
    assert!(less.contains_key("projects/a/hero, wide-480w.jpg"));
    assert_eq!(kept(root).len(), 2);
    let settings = format!("{settings}cards: none\n");
    fs::write(root.join("casebook.yaml"), settings).expect("settings");
    assert!(!built(root, &[]).contains_key("projects/a/card.png"));
    assert_eq!(kept(root).len(), 1);
}
