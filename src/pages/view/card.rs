//! What a page says of the card that stands for it where it is shared.

use serde::Serialize;

/// A share card as a page names it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Share {
    /// Its address on the web.
    pub image: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What it shows.
    pub alt: String,
}
