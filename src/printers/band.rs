//! Pages as strips of pixels, for printers that are drawn on. A page at a printer's resolution is a hundred megabytes; a
//! strip is a few, blank ones are left out, and those without colour take a byte for each pixel.

use crate::sheet::{
    pages::Pages,
    picture::{Picture, Region},
};

/// The finest resolution that is drawn, in dots per inch. Printers that have more scale it up; nobody sees the difference,
/// and it costs a fourth.
pub const FINEST: f64 = 600.0;

/// About as many pixels as a strip has.
const PIXELS: u32 = 2 << 20;

/// Points per inch.
const POINTS: f64 = 72.0;

/// A strip of a page: as much of it as is not white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Where it lies on the page, in pixels.
    pub region: Region,
    /// Its pixels, row by row from above.
    pub ink: Ink,
}

/// The pixels of a strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ink {
    /// A byte each, 0 is black.
    Grey(Vec<u8>),
    /// Red, green and blue of each.
    Colour(Vec<u8>),
}

impl Ink {
    /// Bytes of each pixel.
    pub fn depth(&self) -> usize {
        match self {
            Self::Grey(_) => 1,
            Self::Colour(_) => 3,
        }
    }

    /// All bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Grey(bytes) | Self::Colour(bytes) => bytes,
        }
    }
}

/// How a page is cut into strips.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    scale: f64,
    width: u32,
    height: u32,
    rows: u32,
    grey: bool,
}

impl Cut {
    /// For a page of so many points, at so many dots per inch, at most [`FINEST`]; `grey` takes the colours out.
    pub fn new((width, height): (f64, f64), resolution: f64, grey: bool) -> Self {
        let scale = resolution.clamp(POINTS, FINEST) / POINTS;
        // Pages are a few thousand pixels wide and high.
        let pixels = |points: f64| (points * scale).ceil().clamp(1.0, 65_535.0) as u32;
        let width = pixels(width);
        Self {
            scale,
            width,
            height: pixels(height),
            rows: (PIXELS / width).max(1),
            grey,
        }
    }

    /// Pixels per point.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// How many strips there are.
    pub fn count(&self) -> u32 {
        self.height.div_ceil(self.rows)
    }

    /// A strip of a page, counted from above; `Ok(None)` where it is blank.
    ///
    /// # Errors
    ///
    /// It could not be drawn.
    pub fn band(&self, pages: &Pages, page: usize, index: u32) -> Result<Option<Band>, NotDrawn> {
        let top = index * self.rows;
        let region = Region {
            left: 0,
            top,
            width: self.width,
            height: self.rows.min(self.height.saturating_sub(top)),
        };
        let picture = pages.part_of_picture(page, self.scale, region);
        Ok(inked(&picture.ok_or(NotDrawn)?, top, self.grey))
    }
}

/// A strip that could not be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotDrawn;

/// What of a picture is not white. It lies `top` pixels below the upper edge of its page.
fn inked(picture: &Picture, top: u32, grey: bool) -> Option<Band> {
    let width = picture.width as usize;
    let is_white = |pixel: &[u8]| pixel[..3] == [255; 3];
    let rows = || picture.rgba.chunks_exact(width * 4);
    let has_ink = |row: &[u8]| !row.chunks_exact(4).all(is_white);
    let first = rows().position(has_ink)?;
    let last = rows().rposition(has_ink)?;
    let (mut left, mut right) = (width, 0);
    for row in rows().take(last + 1).skip(first) {
        let mut pixels = row.chunks_exact(4);
        if let Some(at) = pixels.clone().position(|pixel| !is_white(pixel)) {
            left = left.min(at);
        }
        if let Some(at) = pixels.rposition(|pixel| !is_white(pixel)) {
            right = right.max(at);
        }
    }
    let cut = rows().take(last + 1).skip(first);
    let pixels = cut.flat_map(|row| row[left * 4..=right * 4 + 3].chunks_exact(4));
    let is_grey = grey
        || pixels
            .clone()
            .all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    let ink = if is_grey {
        Ink::Grey(pixels.map(luma).collect())
    } else {
        Ink::Colour(
            pixels
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
                .collect(),
        )
    };
    let number = |pixels: usize| pixels as u32;
    Some(Band {
        region: Region {
            left: number(left),
            top: top + number(first),
            width: number(right - left + 1),
            height: number(last - first + 1),
        },
        ink,
    })
}

/// How bright a pixel is, by the weights of ITU-R BT.709, rounded to the nearest.
fn luma(pixel: &[u8]) -> u8 {
    let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
    ((red * 2126 + green * 7152 + blue * 722 + 5000) / 10_000) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A white picture with these pixels on it.
    fn picture(width: u32, height: u32, ink: &[(usize, [u8; 3])]) -> Picture {
        let mut rgba = vec![255; (width * height * 4) as usize];
        for (at, colour) in ink {
            rgba[at * 4..at * 4 + 3].copy_from_slice(colour);
        }
        Picture {
            width,
            height,
            rgba,
        }
    }

    #[test]
    fn white_is_left_out() {
        assert_eq!(inked(&picture(4, 3, &[]), 0, false), None);
        // Of four by three: the second row's second and third pixel.
        let band = inked(&picture(4, 3, &[(5, [0; 3]), (6, [9; 3])]), 100, false);
        let region = Region {
            left: 1,
            top: 101,
            width: 2,
            height: 1,
        };
        let ink = Ink::Grey(vec![0, 9]);
        assert_eq!(band, Some(Band { region, ink }));
    }

    #[test]
    fn colours_stay_unless_they_are_not_wanted() {
        let picture = picture(2, 1, &[(0, [255, 0, 0])]);
        let band = inked(&picture, 0, false).expect("ink");
        assert_eq!(band.ink, Ink::Colour(vec![255, 0, 0]));
        let band = inked(&picture, 0, true).expect("ink");
        assert_eq!(band.ink, Ink::Grey(vec![54]));
    }

    #[test]
    fn a_page_is_cut_whole() {
        let cut = Cut::new((841.89, 595.28), 1200.0, false);
        assert_eq!(cut.width, 7016);
        assert!(cut.rows * (cut.count() - 1) < cut.height);
        assert!(cut.rows * cut.count() >= cut.height);
    }
}
