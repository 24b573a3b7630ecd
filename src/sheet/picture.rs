//! Pages as pictures, sharp at any scale.

use typst::utils::Scalar;
use typst_render::{RenderOptions, render};

use super::pages::Pages;

/// The largest picture, in pixels on its longer side: A4 at some 1,000 dots per inch.
const LARGEST: f64 = 12_000.0;

/// A page as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Red, green, blue and opacity of each pixel, row by row. The paper is white and opaque.
    pub rgba: Vec<u8>,
}

impl Pages {
    /// A page, counted from 0, as a picture with `scale` pixels per point of 1/72 inch. Scales beyond what is useful are cut.
    ///
    /// `None` where there is no such page.
    pub fn picture(&self, page: usize, scale: f64) -> Option<Picture> {
        let pixels = render(
            self.document.pages().get(page)?,
            &self.options(page, scale)?,
        );
        Some(Picture {
            width: pixels.width(),
            height: pixels.height(),
            rgba: pixels.take(),
        })
    }

    /// The same as a PNG file.
    pub fn png(&self, page: usize, scale: f64) -> Option<Vec<u8>> {
        let pixels = render(
            self.document.pages().get(page)?,
            &self.options(page, scale)?,
        );
        pixels.encode_png().ok()
    }

    fn options(&self, page: usize, scale: f64) -> Option<RenderOptions> {
        let (width, height) = self.size(page)?;
        let scale = scale.clamp(0.05, LARGEST / width.max(height));
        Some(RenderOptions {
            pixel_per_pt: Scalar::new(scale),
            ..RenderOptions::default()
        })
    }
}
