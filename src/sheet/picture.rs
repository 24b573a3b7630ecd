//! Pages as pictures, sharp at any scale.

use std::ops::Range;

use typst::{
    layout::{Abs, Frame, FrameItem, GroupItem, Point, Size, Transform},
    utils::Scalar,
};
use typst_layout::Page;
use typst_render::{RenderOptions, render};

use super::{layout::REMEMBERED, pages::Pages};

/// The largest picture, in pixels on its longer side: A4 at some 1,000 dots per inch.
pub const LARGEST: f64 = 12_000.0;

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

/// A part of a page's picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Region {
    /// Left edge.
    pub left: u32,
    /// Upper edge.
    pub top: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Pages {
    /// A part of the picture that [`Self::picture`] gives at this scale, however large the whole would be: for the screen,
    /// which shows only some of it.
    ///
    /// `None` where there is no such page, and for regions without pixels or longer than [`LARGEST`] on a side.
    pub fn part_of_picture(&self, page: usize, scale: f64, region: Region) -> Option<Picture> {
        let whole = self.document.pages().get(page)?;
        let longest = region.width.max(region.height);
        if region.width.min(region.height) == 0 || f64::from(longest) > LARGEST || scale <= 0.0 {
            return None;
        }
        let points = |pixels: u32| Abs::pt(f64::from(pixels) / scale);
        let mut frame = Frame::hard(Size::new(points(region.width), points(region.height)));
        let corner = Point::new(-points(region.left), -points(region.top));
        let shown = -corner.y..frame.height() - corner.y;
        frame.push_frame(corner, near(&whole.frame, shown));
        let part = Page {
            frame,
            ..whole.clone()
        };
        let pixels = render(
            &part,
            &RenderOptions {
                pixel_per_pt: Scalar::new(scale),
                ..RenderOptions::default()
            },
        );
        Some(Picture {
            width: pixels.width(),
            height: pixels.height(),
            rgba: pixels.take(),
        })
    }

    /// Lets go of letters that were drawn some pages ago: for after each page of a long job. At a printer's resolution
    /// the letters of a page are megabytes.
    pub fn forget_letters() {
        typst::comemo::evict(REMEMBERED);
    }

    /// A page, counted from 0, as a picture with `scale` pixels per point of 1/72 inch. Scales beyond what is useful are cut.
    ///
    /// `None` where there is no such page.
    pub fn picture(&self, page: usize, scale: f64) -> Option<Picture> {
        let page = self.document.pages().get(page)?;
        let pixels = render(page, &options(page, scale));
        Some(Picture {
            width: pixels.width(),
            height: pixels.height(),
            rgba: pixels.take(),
        })
    }

    /// The same as a PNG file.
    pub fn png(&self, page: usize, scale: f64) -> Option<Vec<u8>> {
        png_of(self.document.pages().get(page)?, scale)
    }
}

/// A page as a PNG file.
pub(super) fn png_of(page: &Page, scale: f64) -> Option<Vec<u8>> {
    render(page, &options(page, scale)).encode_png().ok()
}

/// What of a frame may be seen between these heights. Letters elsewhere are left out: typst draws each letter before it looks
/// whether it lies in the picture, and remembers it.
fn near(frame: &Frame, shown: Range<Abs>) -> Frame {
    /// Farther than this above or beneath its line no letter reaches, in sizes.
    const REACH: f64 = 2.0;
    let mut seen = Frame::new(frame.size(), frame.kind());
    for (at, item) in frame.items() {
        let item = match item {
            FrameItem::Text(text) => {
                let reach = text.size * REACH;
                if at.y + reach < shown.start || at.y - reach > shown.end {
                    continue;
                }
                item.clone()
            }
            FrameItem::Group(group) if group.transform == Transform::identity() => {
                FrameItem::Group(GroupItem {
                    frame: near(&group.frame, shown.start - at.y..shown.end - at.y),
                    ..group.clone()
                })
            }
            _ => item.clone(),
        };
        seen.push(*at, item);
    }
    seen
}

fn options(page: &Page, scale: f64) -> RenderOptions {
    let size = page.frame.size();
    let longer = size.x.to_pt().max(size.y.to_pt());
    RenderOptions {
        pixel_per_pt: Scalar::new(scale.clamp(0.05, LARGEST / longer)),
        ..RenderOptions::default()
    }
}
