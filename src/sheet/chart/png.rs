//! A chart as PNG: its SVG, drawn by the typesetter with the bundled fonts.

use super::{Chart, svg::WIDTH};
use crate::sheet::layout::{LayoutError, Typesetter};

impl Chart {
    /// The chart as a PNG file, with so many pixels per point.
    ///
    /// # Errors
    ///
    /// The drawing failed; that would be a fault of the program.
    pub fn png(&self, typesetter: &Typesetter, scale: f64) -> Result<Vec<u8>, LayoutError> {
        typesetter.drawing(&self.svg(), WIDTH, scale)
    }
}
