//! Where marks lie: the one place where numbers become lengths. All positions are shares of the plot, from 0 at the left and
//! at the bottom to 1.

use rust_decimal::{Decimal, prelude::ToPrimitive as _};

use super::{Across, Axis, Chart, Form, Mark, Series};

/// The share of a name's room that its bars take.
const FILLED: f64 = 0.72;
/// An upright bar is not wider than this share of the plot.
const WIDEST: f64 = 0.1;

/// A rectangle in the plot; a point where both corners are the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left, bottom.
    pub from: (f64, f64),
    /// Right, top.
    pub to: (f64, f64),
}

impl Area {
    /// The middle.
    pub fn middle(&self) -> (f64, f64) {
        (
            f64::midpoint(self.from.0, self.to.0),
            f64::midpoint(self.from.1, self.to.1),
        )
    }
}

/// A mark with its place.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    /// What it belongs to.
    pub series: &'a Series,
    /// What it is.
    pub mark: &'a Mark,
    /// Where it is.
    pub area: Area,
    /// Whether a bar reaches from zero downwards, or to the left.
    pub is_negative: bool,
}

impl Axis {
    /// Where a number lies between the axis' ends; numbers beyond lie at an end.
    pub fn share(&self, value: Decimal) -> f64 {
        let share = value
            .checked_sub(self.low)
            .zip(self.high.checked_sub(self.low))
            .and_then(|(above, range)| above.checked_div(range))
            .and_then(|share| share.to_f64());
        share.unwrap_or_default().clamp(0.0, 1.0)
    }
}

impl Chart {
    /// All marks that have a value, from the left to the right and from the top to the bottom, as keys go through them.
    pub fn spots(&self) -> Vec<Spot<'_>> {
        let mut spots: Vec<Spot<'_>> = self
            .series
            .iter()
            .flat_map(|series| series.marks.iter().map(move |mark| (series, mark)))
            .filter_map(|(series, mark)| {
                Some(Spot {
                    series,
                    mark,
                    area: self.area(series, mark)?,
                    is_negative: mark.value?.is_sign_negative(),
                })
            })
            .collect();
        match self.form {
            Form::Points => {
                let across = |spot: &Spot<'_>| (spot.mark.across, spot.mark.index);
                spots.sort_by_key(across);
            }
            _ => spots.sort_by_key(|spot| (spot.mark.index, spot.series.lane)),
        }
        spots
    }

    /// Where a mark lies.
    fn area(&self, series: &Series, mark: &Mark) -> Option<Area> {
        let value = self.values.share(mark.value?);
        let zero = self.values.share(Decimal::ZERO);
        let (low, high) = (value.min(zero), value.max(zero));
        match (&self.across, self.form) {
            (Across::Axis(across, _), _) => {
                let at = (across.share(mark.across?), value);
                Some(Area { from: at, to: at })
            }
            (Across::Names(_), Form::Lines | Form::Points) => {
                let at = (self.middle_of(mark.index), value);
                Some(Area { from: at, to: at })
            }
            (Across::Names(_), Form::Columns | Form::Thin) => {
                let (left, right) = self.lane_of(series, mark.index);
                Some(Area {
                    from: (left, low),
                    to: (right, high),
                })
            }
            (Across::Names(_), Form::Rows) => {
                // The first name stands at the top.
                let (top, bottom) = self.lane_of(series, mark.index);
                Some(Area {
                    from: (low, 1.0 - bottom),
                    to: (high, 1.0 - top),
                })
            }
        }
    }

    /// The middle of the room of a name, along the names.
    pub fn middle_of(&self, index: usize) -> f64 {
        (index as f64 + 0.5) / self.names().len().max(1) as f64
    }

    /// From where to where a bar reaches along the names.
    fn lane_of(&self, series: &Series, index: usize) -> (f64, f64) {
        let room = 1.0 / self.names().len().max(1) as f64;
        let lanes = self.lanes.max(1) as f64;
        let widest = if self.form == Form::Rows { 1.0 } else { WIDEST };
        let width = (room * FILLED / lanes).min(widest);
        let begin = self.middle_of(index) - width * lanes / 2.0;
        let from = begin + series.lane as f64 * width;
        (from, from + width)
    }
}
