//! A strip of pixels as Windows draws it: rows from below, each filled up to four bytes, blue before green before red.

use super::band::{Band, Ink};

/// The pixels of a strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dib {
    /// Width and height in pixels.
    pub size: (i32, i32),
    /// Bits of each: 8 with a table of greys, or 24.
    pub bits: u16,
    /// The rows.
    pub bytes: Vec<u8>,
}

impl Dib {
    /// The same pixels.
    pub fn new(band: &Band) -> Self {
        let depth = band.ink.depth();
        let width = band.region.width as usize;
        let stride = (width * depth).next_multiple_of(4);
        let mut bytes = Vec::with_capacity(stride * band.region.height as usize);
        for row in band.ink.bytes().chunks_exact(width * depth).rev() {
            let start = bytes.len();
            match band.ink {
                Ink::Grey(_) => bytes.extend_from_slice(row),
                Ink::Colour(_) => {
                    let pixels = row.chunks_exact(3);
                    bytes.extend(pixels.flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]));
                }
            }
            bytes.resize(start + stride, 0);
        }
        // Strips are below 65,536 pixels on each side.
        Self {
            size: (band.region.width as i32, band.region.height as i32),
            bits: depth as u16 * 8,
            bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::picture::Region;

    fn band(width: u32, height: u32, ink: Ink) -> Band {
        let region = Region {
            left: 0,
            top: 0,
            width,
            height,
        };
        Band { region, ink }
    }

    #[test]
    fn rows_come_from_below_and_are_filled_up() {
        let dib = Dib::new(&band(3, 2, Ink::Grey(vec![1, 2, 3, 4, 5, 6])));
        assert_eq!(dib.bytes, [4, 5, 6, 0, 1, 2, 3, 0]);
        assert_eq!((dib.size, dib.bits), ((3, 2), 8));
    }

    #[test]
    fn blue_comes_first() {
        let dib = Dib::new(&band(1, 1, Ink::Colour(vec![10, 20, 30])));
        assert_eq!(dib.bytes, [30, 20, 10, 0]);
        assert_eq!(dib.bits, 24);
    }
}
