//! The measures of a page, in points of 1/72 inch.

use super::table::FULL_WIDTH;
use crate::model::edition::Orientation;

/// The room between the left and right edge of a cell and its text, both together, in points; as in the template.
pub(super) const INSET_X: f64 = 6.0;

/// The measures of a page.
pub(super) struct Paper {
    width: f64,
    height: f64,
    /// At the sides, above, beneath.
    pub margin: [f64; 3],
}

impl Paper {
    pub fn of(orientation: Orientation) -> Self {
        match orientation {
            Orientation::Portrait => Self {
                width: 595.28,
                height: 841.89,
                margin: [40.0, 45.0, 48.0],
            },
            Orientation::Landscape => Self {
                width: 841.89,
                height: 595.28,
                margin: [45.0, 42.0, 46.0],
            },
        }
    }

    fn table_width(&self) -> f64 {
        self.width - 2.0 * self.margin[0]
    }

    /// The right edge of tables.
    pub fn right(&self) -> f64 {
        self.width - self.margin[0]
    }

    pub fn text_height(&self) -> f64 {
        self.height - self.margin[1] - self.margin[2]
    }

    /// A distance in thousandths of the table's width, in points.
    pub fn points(&self, thousandths: u16) -> f64 {
        self.table_width() * f64::from(thousandths) / f64::from(FULL_WIDTH)
    }

    /// Where a vertical line is on the page.
    pub fn line(&self, edge: u16) -> f64 {
        self.margin[0] + self.points(edge)
    }

    /// Where the text of a page ends.
    pub fn bottom(&self) -> f64 {
        self.height - self.margin[2]
    }
}
