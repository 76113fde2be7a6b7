//! Small pictures of each kind, whole, with a word in each place that no one sees.

/// Stands in each place that no one sees.
pub const SECRET: &[u8] = b"Ravenstone-4711";

/// A picture: its name, and its bytes without and with what no one sees.
pub struct Made {
    pub name: &'static str,
    pub plain: Vec<u8>,
    pub full: Vec<u8>,
    pub size: (u32, u32),
}

/// One of each kind.
pub fn all() -> Vec<Made> {
    let one = |name, size, make: fn(bool) -> Vec<u8>| Made {
        name,
        plain: make(false),
        full: make(true),
        size,
    };
    vec![
        one("form.jpg", (40, 30), jpeg),
        one("form.png", (40, 30), png),
        one("form.gif", (40, 30), gif),
        one("form.webp", (40, 30), webp),
        one("moving.webp", (40, 30), moving_webp),
        one("form.avif", (40, 30), avif),
        one("form.svg", (40, 30), svg),
    ]
}

/// Exif with an orientation and a word.
pub fn exif(orientation: u8, word: &[u8]) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    let length = u8::try_from(word.len()).expect("short");
    tiff.extend([1, 0x0f, 0, 2, 0, 0, 0, length, 0, 0, 0, 38]);
    tiff.extend([1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(word);
    tiff
}

fn segment(marker: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let length = u16::try_from(body.len() + 2).expect("short").to_be_bytes();
    [&[0xff, marker][..], &length, &body].concat()
}

fn jpeg(full: bool) -> Vec<u8> {
    jpeg_turned(full, 1)
}

/// A JPEG that is shown turned.
pub fn jpeg_turned(full: bool, orientation: u8) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    let thumbnail = [SECRET, SECRET, &[0; 18]].concat();
    let jfif = b"JFIF\0\x01\x02\0\0\x01\0\x01";
    match full {
        true => bytes.extend(segment(0xe0, &[jfif, &[4, 4], &thumbnail])),
        false => bytes.extend(segment(0xe0, &[jfif, &[0, 0]])),
    }
    if full {
        bytes.extend(segment(0xe0, &[b"JFXX\0\x10", SECRET]));
        bytes.extend(segment(0xe1, &[b"Exif\0\0", &exif(orientation, SECRET)]));
        bytes.extend(segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", SECRET]));
        bytes.extend(segment(0xe2, &[b"MPF\0", SECRET]));
        bytes.extend(segment(0xed, &[b"Photoshop 3.0\0", SECRET]));
        bytes.extend(segment(0xfe, &[SECRET]));
        // Room before a marker.
        bytes.extend([0xff, 0xff]);
    }
    bytes.extend(segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", b"colors"]));
    bytes.extend(segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01"]));
    bytes.extend(segment(0xdb, &[&[0; 65]]));
    bytes.extend(segment(0xc2, &[&[8, 0, 30, 0, 40, 1, 1, 0x11, 0]]));
    bytes.extend(segment(0xda, &[&[1, 1, 0, 0, 63, 0]]));
    bytes.extend([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
    if full {
        bytes.extend(segment(0xfe, &[SECRET]));
    }
    bytes.extend(segment(0xda, &[&[1, 1, 0, 0, 63, 0]]));
    bytes.extend([0x78, 0xff, 0xd9]);
    if full {
        // A second picture behind the first, as a phone's moving photo has it.
        bytes.extend([b"\xff\xd8\xff", SECRET].concat());
    }
    bytes
}

fn chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
    let named = [name, body].concat();
    let sum = named.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 }
        })
    });
    let length = u32::try_from(body.len()).expect("short").to_be_bytes();
    [&length[..], &named, &(!sum).to_be_bytes()].concat()
}

fn png(full: bool) -> Vec<u8> {
    png_turned(full, 1)
}

/// A PNG that is shown turned.
pub fn png_turned(full: bool, orientation: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &[0, 0, 0, 40, 0, 0, 0, 30, 8, 0, 0, 0, 0]));
    bytes.extend(chunk(b"gAMA", &[0, 0, 0xb1, 0x8f]));
    bytes.extend(chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]));
    if full {
        bytes.extend(chunk(b"eXIf", &exif(orientation, SECRET)));
        for name in [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"sPLT", b"prVt", b"dSIG"] {
            bytes.extend(chunk(name, SECRET));
        }
    }
    bytes.extend(chunk(b"IDAT", b"pixels"));
    if full {
        bytes.extend(chunk(b"tEXt", SECRET));
    }
    bytes.extend(chunk(b"IEND", b""));
    if full {
        bytes.extend(SECRET);
    }
    bytes
}

fn gif(full: bool) -> Vec<u8> {
    gif_of(40, 30, full)
}

/// A GIF of a size.
pub fn gif_of(width: u16, height: u16, full: bool) -> Vec<u8> {
    let length = [u8::try_from(SECRET.len()).expect("short")];
    let mut bytes = b"GIF89a".to_vec();
    bytes.extend(width.to_le_bytes());
    bytes.extend(height.to_le_bytes());
    bytes.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
    bytes.extend([b"\x21\xff\x0bNETSCAPE2.0".as_slice(), &[3, 1, 5, 0]].concat());
    if full {
        // A block that is not read hides behind the one that is.
        bytes.extend([&length, SECRET].concat());
    }
    bytes.push(0);
    if full {
        bytes.extend([&[0x21, 0xfe], &length[..], SECRET, &[0]].concat());
        bytes.extend([b"\x21\xff\x0bXMP DataXMP", &length[..], SECRET, &[0]].concat());
        bytes.extend([&[0x21, 0x01], &length[..], SECRET, &[0]].concat());
    }
    bytes.extend([0x21, 0xf9, 4, 0, 5, 0, 0, 0]);
    bytes.extend([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0, 0x3b]);
    if full {
        bytes.extend(SECRET);
    }
    bytes
}

fn riff_chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("short").to_le_bytes();
    [name, &length, body, &vec![0; body.len() % 2]].concat()
}

fn riff(chunks: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
    let body = chunks.concat();
    let length = u32::try_from(body.len() + 4).expect("short").to_le_bytes();
    [b"RIFF", &length[..], b"WEBP", &body, behind].concat()
}

/// The head of a WebP: its flags, then 40 by 30.
fn webp_head(flags: u8) -> Vec<u8> {
    riff_chunk(b"VP8X", &[flags, 0, 0, 0, 39, 0, 0, 29, 0, 0])
}

fn vp8l() -> Vec<u8> {
    // 39 and 29 in 14 bits each.
    riff_chunk(b"VP8L", &[0x2f, 39, 0x40, 7, 0, 1, 2])
}

fn webp(full: bool) -> Vec<u8> {
    webp_turned(full, 1)
}

/// A WebP that is shown turned.
pub fn webp_turned(full: bool, orientation: u8) -> Vec<u8> {
    let flags = if full { 0x2c } else { 0x20 };
    let mut chunks = vec![webp_head(flags), riff_chunk(b"ICCP", b"colors"), vp8l()];
    if full {
        chunks.push(riff_chunk(b"EXIF", &exif(orientation, SECRET)));
        chunks.push(riff_chunk(b"XMP ", SECRET));
        chunks.push(riff_chunk(b"Note", SECRET));
    }
    riff(&chunks, if full { SECRET } else { b"" })
}

fn moving_webp(full: bool) -> Vec<u8> {
    let note = if full { riff_chunk(b"Note", SECRET) } else { Vec::new() };
    let frame = [&[0; 16][..], &vp8l(), &note].concat();
    let chunks = [
        webp_head(if full { 0x06 } else { 0x02 }),
        riff_chunk(b"ANIM", &[0; 6]),
        riff_chunk(b"ANMF", &frame),
        note,
    ];
    riff(&chunks, b"")
}

fn inner(name: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let length = u32::try_from(body.len() + 8).expect("short").to_be_bytes();
    [&length, name, &body].concat()
}

/// An AVIF of three items: pixels, Exif and XMP; without what no one sees, blanks stand there.
fn avif(full: bool) -> Vec<u8> {
    let told = exif(1, SECRET);
    let mut blank =
        b"\0\0\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0\0".to_vec();
    blank.resize(4 + told.len(), 0);
    let told = [&[0; 4][..], &told].concat();
    let blanks = vec![b' '; SECRET.len()];
    let (told, xmp) = if full { (&told, SECRET) } else { (&blank, &*blanks) };
    let infe = |id: u8, kind: &[u8]| inner(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind, &[0]]);
    let iinf = inner(
        b"iinf",
        &[&[0, 0, 0, 0, 0, 3], &infe(1, b"av01"), &infe(2, b"Exif"), &infe(3, b"mime")],
    );
    let ispe = inner(b"ispe", &[&[0; 4], &[0, 0, 0, 40], &[0, 0, 0, 30]]);
    let iprp = inner(b"iprp", &[&inner(b"ipco", &[&ispe])]);
    let ftyp = inner(b"ftyp", &[b"avif", &[0; 4], b"avif", b"mif1"]);
    let pixels = b"pixels";
    let lengths = [pixels.len(), told.len(), xmp.len()];
    let meta_of = |mut at: usize| {
        let mut iloc = vec![0, 0, 0, 0, 0x44, 0, 0, 3];
        for (item, length) in [1, 2, 3].into_iter().zip(lengths) {
            iloc.extend([0, item, 0, 0, 0, 1]);
            iloc.extend(u32::try_from(at).expect("short").to_be_bytes());
            iloc.extend(u32::try_from(length).expect("short").to_be_bytes());
            at += length;
        }
        inner(b"meta", &[&[0; 4], &iinf, &inner(b"iloc", &[&iloc]), &iprp])
    };
    let begin = ftyp.len() + meta_of(0).len() + 8;
    let meta = meta_of(begin);
    let own = [ftyp, meta, inner(b"mdat", &[pixels, told, xmp])].concat();
    let mut bytes = own;
    match full {
        true => bytes.extend(inner(b"uuid", &[&[0; 16], SECRET])),
        false => bytes.extend(inner(b"uuid", &[&vec![0; 16 + SECRET.len()]])),
    }
    if full {
        bytes.extend(SECRET);
    }
    bytes
}

/// A drawing.
fn svg(full: bool) -> Vec<u8> {
    let secret = String::from_utf8_lossy(SECRET);
    let embedded = data_encoding::BASE64.encode(&png(full));
    let text = match full {
        false => format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\"><title>A form</title>\
             <style>rect{{fill:#000}} </style><rect width=\"4\"/>\
             <image href=\"data:image/png;base64,{embedded}\"/></svg>\n"
        ),
        true => format!(
            "<!DOCTYPE svg PUBLIC \"{secret}\" \"{secret}\"><!-- {secret} --><?by {secret}?>\
             <svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:ink=\"http://ink.example/{secret}\" \
             ink:export-filename=\"/home/{secret}\" viewBox=\"0 0 40 30\" data-by=\"{secret}\" \
             content=\"{secret}\"><title>A form</title><metadata><b>{secret}</b></metadata>\
             <ink:view a=\"{secret}\"><ink:b/></ink:view><ink:view a=\"{secret}\"/>\
             <style>rect{{fill:#000}}/* {secret} */</style><rect ink:by='{secret}' width=\"4\"/>\
             <!--{secret}--><image href=\"data:image/png;base64,{embedded}\"/></svg>\n\
             <!-- {secret} -->"
        ),
    };
    text.into_bytes()
}
