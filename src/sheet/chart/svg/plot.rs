//! The plot: axes, bars, points, lines.

use super::{
    MARGIN, SMALL, WIDTH,
    canvas::{Anchor, Canvas},
    width,
};
use crate::sheet::chart::{
    Across, Axis, Chart, Form,
    geometry::{Area, Spot},
    words::clipped,
};

/// The widest room for names at the left, in points.
const NAMES: f64 = 170.0;
/// With more marks than this, values do not stand at them.
const MOST_LABELS: usize = 36;

/// The plot with its rectangle on the drawing.
pub struct Plot<'a> {
    chart: &'a Chart,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl<'a> Plot<'a> {
    /// The plot beneath `y`.
    pub fn new(chart: &'a Chart, y: f64) -> Self {
        let at_left = |words: &str| width(words, SMALL);
        let widest = match chart.form {
            Form::Rows => chart
                .names()
                .iter()
                .map(|name| at_left(name))
                .fold(0.0, f64::max),
            _ => {
                let ticks = chart.values.ticks.iter();
                ticks.map(|tick| at_left(&tick.words)).fold(0.0, f64::max)
            }
        };
        let top = y + if chart.form == Form::Rows { 6.0 } else { 24.0 };
        Self {
            chart,
            left: MARGIN + widest.min(NAMES) + 8.0,
            // Values stand behind the longest bar.
            right: WIDTH - MARGIN - if chart.form == Form::Rows { 44.0 } else { 8.0 },
            top,
            bottom: top + chart.plot_height(),
        }
    }

    /// Where all that belongs to the plot ends.
    pub fn bottom(&self) -> f64 {
        self.bottom
            + match self.chart.form {
                Form::Thin => 4.0,
                Form::Rows | Form::Points => 34.0,
                Form::Columns | Form::Lines => 20.0,
            }
    }

    fn x(&self, share: f64) -> f64 {
        self.left + share * (self.right - self.left)
    }

    fn y(&self, share: f64) -> f64 {
        self.bottom - share * (self.bottom - self.top)
    }

    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.x(x), self.y(y))
    }

    /// Draws it.
    pub fn draw(&self, canvas: &mut Canvas) {
        self.corner(canvas);
        match self.chart.form {
            Form::Rows => self.lying_axis(canvas, &self.chart.values),
            _ => self.upright_axis(canvas, &self.chart.values),
        }
        match &self.chart.across {
            Across::Axis(across, _) => self.lying_axis(canvas, across),
            Across::Names(names) => self.names(canvas, names),
        }
        self.courses(canvas);
        let spots = self.chart.spots();
        for spot in &spots {
            self.mark(canvas, spot);
        }
        if spots.len() <= MOST_LABELS {
            for spot in &spots {
                self.label(canvas, spot, spots.len());
            }
        }
        self.limits(canvas);
    }

    fn upright_axis(&self, canvas: &mut Canvas, axis: &Axis) {
        canvas.text(
            (MARGIN, self.top - 10.0),
            SMALL,
            Anchor::Start,
            false,
            &axis.caption(),
        );
        for tick in &axis.ticks {
            let y = self.y(axis.share(tick.at));
            canvas.line((self.left, y), (self.right, y), tick.at.is_zero());
            let text = clipped(&tick.words, 16);
            canvas.text((self.left - 6.0, y + 3.5), SMALL, Anchor::End, false, &text);
        }
    }

    fn lying_axis(&self, canvas: &mut Canvas, axis: &Axis) {
        for tick in &axis.ticks {
            let x = self.x(axis.share(tick.at));
            canvas.line((x, self.top), (x, self.bottom), tick.at.is_zero());
            let text = clipped(&tick.words, 10);
            canvas.text((x, self.bottom + 14.0), SMALL, Anchor::Middle, false, &text);
        }
        let at = (self.right, self.bottom + 29.0);
        canvas.text(at, SMALL, Anchor::End, false, &axis.caption());
    }

    fn names(&self, canvas: &mut Canvas, names: &[String]) {
        let room = (self.right - self.left) / names.len().max(1) as f64;
        for (index, name) in names.iter().enumerate() {
            let middle = self.chart.middle_of(index);
            match self.chart.form {
                Form::Thin | Form::Points => {}
                Form::Rows => {
                    let at = (self.left - 6.0, self.y(1.0 - middle) + 3.5);
                    canvas.text(at, SMALL, Anchor::End, false, &fitting(name, NAMES));
                }
                Form::Columns | Form::Lines => {
                    let at = (self.x(middle), self.bottom + 15.0);
                    canvas.text(at, SMALL, Anchor::Middle, false, &fitting(name, room - 4.0));
                }
            }
        }
    }

    fn corner(&self, canvas: &mut Canvas) {
        let (Some(corner), Across::Axis(across, _)) = (&self.chart.corner, &self.chart.across)
        else {
            return;
        };
        let right = self.x(across.share(corner.below));
        let bottom = self.y(self.chart.values.share(corner.from));
        let size = (right - self.left, bottom - self.top);
        canvas.shade((self.left, self.top), size);
    }

    fn mark(&self, canvas: &mut Canvas, spot: &Spot<'_>) {
        let Area { from, to } = spot.area;
        let (left, bottom) = self.at(from);
        let (right, top) = self.at(to);
        let hue = spot.series.hue;
        match self.chart.form {
            Form::Points | Form::Lines => {
                let shape = self.shape_of(spot);
                canvas.marker((left, bottom), 4.0, hue, shape);
            }
            // A bar of no length is still to be seen.
            Form::Rows => {
                canvas.bar(
                    (left, top),
                    ((right - left).max(0.8), bottom - top - 0.6),
                    hue,
                );
            }
            Form::Columns | Form::Thin => {
                let height = (bottom - top).max(0.8);
                let gap = if self.chart.form == Form::Columns {
                    1.0
                } else {
                    0.0
                };
                let width = (right - left - gap).max(0.5);
                canvas.bar((left, bottom - height), (width, height), hue);
            }
        }
    }

    /// The index of the spot's series: each has a shape of its own.
    fn shape_of(&self, spot: &Spot<'_>) -> usize {
        let mut series = self.chart.series.iter();
        let found = series.position(|one| std::ptr::eq(one, spot.series));
        found.unwrap_or_default()
    }

    /// The value at a mark, where it has room.
    fn label(&self, canvas: &mut Canvas, spot: &Spot<'_>, count: usize) {
        let label = &spot.mark.label;
        if label.is_empty() {
            return;
        }
        let Area { from, to } = spot.area;
        match self.chart.form {
            Form::Rows => {
                let end = if spot.is_negative { from.0 } else { to.0 };
                let y = self.y(spot.area.middle().1) + 3.5;
                let is_left = spot.is_negative && self.x(end) - width(label, SMALL) > self.left;
                if is_left {
                    canvas.text((self.x(end) - 4.0, y), SMALL, Anchor::End, false, label);
                } else {
                    let end = self.x(end.max(to.0)) + 4.0;
                    canvas.text(
                        (end, y),
                        SMALL,
                        Anchor::Start,
                        false,
                        &fitting(label, WIDTH - end),
                    );
                }
            }
            Form::Columns | Form::Lines => {
                let middle = self.x(spot.area.middle().0);
                let room = (self.right - self.left) / count.max(1) as f64;
                let is_line = self.chart.form == Form::Lines;
                if is_line || width(label, SMALL) <= room * 1.3 {
                    // Above the mark; that of a second line beneath it.
                    let beneath = is_line && self.shape_of(spot) > 0;
                    let y = if beneath {
                        self.y(to.1) + 15.0
                    } else {
                        self.y(to.1) - 5.0
                    };
                    canvas.text((middle, y), SMALL, Anchor::Middle, false, label);
                }
            }
            Form::Thin | Form::Points => {}
        }
    }

    fn courses(&self, canvas: &mut Canvas) {
        if self.chart.form != Form::Lines {
            return;
        }
        let spots = self.chart.spots();
        for (shape, series) in self.chart.series.iter().enumerate() {
            let own: Vec<&Spot<'_>> = spots
                .iter()
                .filter(|spot| std::ptr::eq(spot.series, series))
                .collect();
            for pair in own.windows(2) {
                // Over a year without a number no line is drawn.
                if pair[1].mark.index == pair[0].mark.index + 1 {
                    let ends = [pair[0], pair[1]].map(|spot| self.at(spot.area.from));
                    canvas.course(ends[0], ends[1], series.hue, shape);
                }
            }
        }
    }

    fn limits(&self, canvas: &mut Canvas) {
        for limit in &self.chart.limits {
            let share = self.chart.values.share(limit.at);
            match self.chart.form {
                Form::Rows => {
                    let x = self.x(share);
                    canvas.dashed((x, self.top - 3.0), (x, self.bottom));
                }
                _ => {
                    let y = self.y(share);
                    canvas.dashed((self.left, y), (self.right, y));
                }
            }
        }
    }
}

/// A text cut to a width, in points.
fn fitting(text: &str, room: f64) -> String {
    let mut most = text.chars().count();
    let mut cut = clipped(text, most);
    while most > 1 && width(&cut, SMALL) > room {
        // Names may be very long: at once down to what could fit at all.
        most = (most - 1).min((room / SMALL * 3.0) as usize + 1);
        cut = clipped(text, most);
    }
    cut
}
