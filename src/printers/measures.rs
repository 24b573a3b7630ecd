//! Where the pixels of a page land on a printer that is drawn on.

use crate::sheet::picture::Region;

/// How much a page may differ from the paper before it is scaled: A4 is 210 × 297 mm, and drivers round.
const ALIKE: f64 = 0.99;

/// Points per inch.
const POINTS: f64 = 72.0;

/// Millimetres per inch.
const MILLIMETRES: f64 = 25.4;

/// What a printer says of itself and its paper, in its own dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measures {
    /// Dots per inch, across and down.
    pub resolution: (i32, i32),
    /// Width and height of the paper.
    pub paper: (i32, i32),
    /// From the paper's upper left corner to where the printer begins to reach.
    pub offset: (i32, i32),
    /// Width and height of what it reaches.
    pub reach: (i32, i32),
}

/// A page on a printer's paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// Dots per pixel, across and down.
    factor: (f64, f64),
    /// Where the page's upper left corner is, in dots from where the printer begins to reach.
    corner: (f64, f64),
}

/// A rectangle in a printer's dots, from where it begins to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dots {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

impl Measures {
    /// The finest resolution that is worth drawing, in dots per inch.
    pub fn finest(&self) -> f64 {
        f64::from(self.resolution.0.max(self.resolution.1))
    }

    /// What the printer does not reach at the widest of the four edges, in millimetres.
    pub fn unreachable(&self) -> f64 {
        let far = |paper: i32, offset: i32, reach: i32| paper - offset - reach;
        let across = self
            .offset
            .0
            .max(far(self.paper.0, self.offset.0, self.reach.0));
        let down = self
            .offset
            .1
            .max(far(self.paper.1, self.offset.1, self.reach.1));
        let millimetres = |dots: i32, resolution: i32| {
            f64::from(dots.max(0)) / f64::from(resolution.max(1)) * MILLIMETRES
        };
        millimetres(across, self.resolution.0).max(millimetres(down, self.resolution.1))
    }

    /// A page of so many points, drawn at `scale` pixels per point: at its own size, and on smaller paper as large as fits, in the
    /// middle.
    pub fn aim(&self, (width, height): (f64, f64), scale: f64) -> Aim {
        let dots = |points: f64, resolution: i32| points / POINTS * f64::from(resolution.max(1));
        let whole = (
            dots(width, self.resolution.0),
            dots(height, self.resolution.1),
        );
        let paper = (f64::from(self.paper.0), f64::from(self.paper.1));
        let fits = (paper.0 / whole.0).min(paper.1 / whole.1);
        // Paper that is unknown is taken for the right one.
        let shrunk = if fits < ALIKE && fits > 0.0 {
            fits
        } else {
            1.0
        };
        let middle = |paper: f64, page: f64| match shrunk < 1.0 {
            true => (paper - page * shrunk) / 2.0,
            false => 0.0,
        };
        let per_pixel = |resolution: i32| f64::from(resolution.max(1)) / POINTS / scale * shrunk;
        Aim {
            factor: (per_pixel(self.resolution.0), per_pixel(self.resolution.1)),
            corner: (
                middle(paper.0, whole.0) - f64::from(self.offset.0),
                middle(paper.1, whole.1) - f64::from(self.offset.1),
            ),
        }
    }
}

impl Aim {
    /// Where pixels of the page land. Neighbours share their edges, so that no line of dots is left out between them.
    pub fn dots(&self, region: Region) -> Dots {
        let edge = |pixels: u32, factor: f64, corner: f64| {
            // Papers are some ten thousand dots wide.
            (f64::from(pixels) * factor + corner).round() as i32
        };
        let x = edge(region.left, self.factor.0, self.corner.0);
        let y = edge(region.top, self.factor.1, self.corner.1);
        let right = edge(region.left + region.width, self.factor.0, self.corner.0);
        let bottom = edge(region.top + region.height, self.factor.1, self.corner.1);
        Dots {
            x,
            y,
            width: (right - x).max(1),
            height: (bottom - y).max(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: (f64, f64) = (841.89, 595.28);

    /// A4 across at 600 dots per inch, with 4 mm at each edge out of reach.
    fn laser() -> Measures {
        Measures {
            resolution: (600, 600),
            paper: (7016, 4960),
            offset: (94, 94),
            reach: (6828, 4772),
        }
    }

    fn region(left: u32, top: u32, width: u32, height: u32) -> Region {
        Region {
            left,
            top,
            width,
            height,
        }
    }

    #[test]
    fn a_page_keeps_its_size() {
        let aim = laser().aim(A4, 600.0 / 72.0);
        let dots = aim.dots(region(600, 300, 1200, 60));
        assert_eq!((dots.x, dots.y), (600 - 94, 300 - 94));
        assert_eq!((dots.width, dots.height), (1200, 60));
        assert!((laser().unreachable() - 3.98).abs() < 0.01);
    }

    #[test]
    fn dots_that_are_not_square_keep_the_form_in_shape() {
        let fine = Measures {
            resolution: (1200, 600),
            paper: (14_032, 4960),
            ..laser()
        };
        let dots = fine.aim(A4, 600.0 / 72.0).dots(region(100, 100, 50, 50));
        assert_eq!((dots.width, dots.height), (100, 50));
    }

    #[test]
    fn on_smaller_paper_it_is_shrunk_and_centred() {
        let letter = Measures {
            paper: (6600, 5100),
            offset: (0, 0),
            reach: (6600, 5100),
            ..laser()
        };
        let aim = letter.aim(A4, 600.0 / 72.0);
        let whole = aim.dots(region(0, 0, 7016, 4961));
        assert_eq!((whole.x, whole.width), (0, 6600));
        let below = 5100 - whole.y - whole.height;
        assert!((whole.y - below).abs() <= 1, "in the middle: {whole:?}");
    }

    #[test]
    fn strips_leave_no_gap() {
        let aim = laser().aim(A4, 173.0 / 72.0);
        for top in 0..500 {
            let (upper, lower) = (
                aim.dots(region(0, top, 10, 1)),
                aim.dots(region(0, top + 1, 10, 1)),
            );
            assert_eq!(upper.y + upper.height, lower.y);
        }
    }
}
