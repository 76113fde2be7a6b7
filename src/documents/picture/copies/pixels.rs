//! A picture as pixels: unpacked within limits, made smaller, written again.

use super::{Kind, Size, Unpacked};
use fast_image_resize as resize;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::error::ImageError;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader};
use jpeg_encoder::{Encoder, SamplingFactor};
use serde::{Deserialize, Serialize};
use std::io::Cursor;

/// How the bytes of a copy are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Written {
    Jpeg,
    Png,
    Webp,
}

/// Of 100: nothing can be seen of what it loses at the size it is shown in.
const QUALITY: u8 = 82;

/// A picture that was unpacked.
pub(super) struct Pixels {
    image: DynamicImage,
    /// Its color profile.
    profile: Option<Vec<u8>>,
    upright: Orientation,
}

/// Unpacks a picture of which the size is known; none, where it is of a kind that is not copied.
pub(super) fn unpack(bytes: &[u8], kind: Kind, size: Size) -> Result<Option<Pixels>, Unpacked> {
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        _ => ImageFormat::WebP,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // Four colors of sixteen bits, twice; a decoder that asks for more was told an untruth.
    let pixels = u64::from(size.width) * u64::from(size.height);
    let side = size.width.max(size.height);
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(pixels * 16 + (16 << 20));
    (limits.max_image_width, limits.max_image_height) = (Some(side), Some(side));
    reader.limits(limits);
    let unpacked = reader.into_decoder().and_then(|mut decoder| {
        let (profile, upright) = (decoder.icc_profile()?, decoder.orientation()?);
        let image = DynamicImage::from_decoder(decoder)?;
        Ok(Pixels { image: plain(image), profile, upright })
    });
    match unpacked {
        // What browsers can show and this decoder cannot is shown as it is.
        Err(ImageError::Unsupported(_)) => Ok(None),
        Err(ImageError::Limits(_)) => Err(Unpacked::TooLarge),
        Err(_) => Err(Unpacked::Broken),
        Ok(unpacked) => Ok(Some(unpacked)),
    }
}

/// The same in eight bits a color, as screens show it, and without a transparency that nothing has.
fn plain(image: DynamicImage) -> DynamicImage {
    match image.color() {
        ColorType::L8 | ColorType::Rgb8 => image,
        ColorType::L16 => DynamicImage::ImageLuma8(image.into_luma8()),
        ColorType::La8 | ColorType::La16 => {
            let image = image.into_luma_alpha8();
            match image.pixels().all(|pixel| pixel.0[1] == u8::MAX) {
                true => DynamicImage::ImageLuma8(DynamicImage::from(image).into_luma8()),
                false => DynamicImage::ImageLumaA8(image),
            }
        }
        ColorType::Rgba8 | ColorType::Rgba16 | ColorType::Rgba32F => {
            let image = image.into_rgba8();
            match image.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
                true => DynamicImage::ImageRgb8(DynamicImage::from(image).into_rgb8()),
                false => DynamicImage::ImageRgba8(image),
            }
        }
        _ => DynamicImage::ImageRgb8(image.into_rgb8()),
    }
}

impl Pixels {
    /// A copy of a width, as it is shown, upright.
    pub fn copy(&self, width: u32, written: Written) -> Option<Vec<u8>> {
        let (own, other) = (self.image.width(), self.image.height());
        let lies = matches!(
            self.upright,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        );
        let scaled = |side: u32, of: u32| {
            let (side, of, width) = (u64::from(side), u64::from(of), u64::from(width));
            u32::try_from(((side * width + of / 2) / of).max(1)).ok()
        };
        let mut copy = match lies {
            true => self.scaled(scaled(own, other)?, width)?,
            false => self.scaled(width, scaled(other, own)?)?,
        };
        copy.apply_orientation(self.upright);
        self.write(&copy, written)
    }

    fn scaled(&self, width: u32, height: u32) -> Option<DynamicImage> {
        let (pixel, bytes) = match &self.image {
            DynamicImage::ImageLuma8(image) => (resize::PixelType::U8, image.as_raw()),
            DynamicImage::ImageLumaA8(image) => (resize::PixelType::U8x2, image.as_raw()),
            DynamicImage::ImageRgb8(image) => (resize::PixelType::U8x3, image.as_raw()),
            DynamicImage::ImageRgba8(image) => (resize::PixelType::U8x4, image.as_raw()),
            _ => return None,
        };
        let (own, other) = (self.image.width(), self.image.height());
        let from = resize::images::ImageRef::new(own, other, bytes, pixel).ok()?;
        let mut to = resize::images::Image::new(width, height, pixel);
        let lanczos = resize::ResizeAlg::Convolution(resize::FilterType::Lanczos3);
        let options = resize::ResizeOptions::new().resize_alg(lanczos).use_alpha(true);
        resize::Resizer::new().resize(&from, &mut to, &options).ok()?;
        let bytes = to.into_vec();
        match &self.image {
            DynamicImage::ImageLuma8(_) => {
                image::GrayImage::from_raw(width, height, bytes).map(DynamicImage::from)
            }
            DynamicImage::ImageLumaA8(_) => {
                image::GrayAlphaImage::from_raw(width, height, bytes).map(DynamicImage::from)
            }
            DynamicImage::ImageRgb8(_) => {
                image::RgbImage::from_raw(width, height, bytes).map(DynamicImage::from)
            }
            _ => image::RgbaImage::from_raw(width, height, bytes).map(DynamicImage::from),
        }
    }

    fn write(&self, copy: &DynamicImage, written: Written) -> Option<Vec<u8>> {
        let (width, height, color) = (copy.width(), copy.height(), copy.color().into());
        let (pixels, profile) = (copy.as_bytes(), self.profile.clone());
        let mut bytes = Vec::new();
        match written {
            Written::Jpeg => return self.jpeg(copy),
            Written::Png => {
                let (how, filter) = (CompressionType::Default, FilterType::Adaptive);
                let mut encoder = PngEncoder::new_with_quality(&mut bytes, how, filter);
                profile.map_or(Ok(()), |own| encoder.set_icc_profile(own)).ok()?;
                encoder.write_image(pixels, width, height, color).ok()?;
            }
            Written::Webp => {
                let mut encoder = WebPEncoder::new_lossless(&mut bytes);
                profile.map_or(Ok(()), |own| encoder.set_icc_profile(own)).ok()?;
                encoder.write_image(pixels, width, height, color).ok()?;
            }
        }
        Some(bytes)
    }

    /// Colors at half the sharpness of light, as cameras and browsers have it.
    fn jpeg(&self, copy: &DynamicImage) -> Option<Vec<u8>> {
        let color = match copy {
            DynamicImage::ImageLuma8(_) => jpeg_encoder::ColorType::Luma,
            DynamicImage::ImageRgb8(_) => jpeg_encoder::ColorType::Rgb,
            _ => return None,
        };
        let side = |side: u32| u16::try_from(side).ok();
        let (width, height) = (side(copy.width())?, side(copy.height())?);
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, QUALITY);
        encoder.set_progressive(true);
        encoder.set_optimized_huffman_tables(true);
        encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
        if let Some(profile) = &self.profile {
            encoder.add_icc_profile(profile).ok()?;
        }
        encoder.encode(copy.as_bytes(), width, height, color).ok()?;
        Some(bytes)
    }
}
