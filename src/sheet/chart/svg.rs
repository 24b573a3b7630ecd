//! A chart as SVG, for files and for paper.
//!
//! Text of users is escaped. Fonts are named and not embedded: typesetting and pictures find the bundled ones, other programs
//! take theirs. Series have patterns beside their hues, so that grey print keeps them apart.

mod canvas;
mod plot;

use super::{Chart, Form, words::clipped};
use crate::sheet::{fonts, text::Advances as _};
use canvas::{Anchor, Canvas};
use plot::Plot;

/// The width of every drawing, in points.
pub(super) const WIDTH: f64 = 640.0;
/// The room at the edges.
const MARGIN: f64 = 16.0;
/// Sizes of text.
const TITLE: f64 = 16.0;
const READING: f64 = 11.5;
const SMALL: f64 = 10.0;
/// Lines of the reading are so far apart.
const LINE: f64 = 17.0;
/// Longer titles are cut.
const TITLE_LENGTH: usize = 36;

impl Chart {
    /// The chart as SVG on white ground, with title, reading and legend.
    pub fn svg(&self) -> String {
        self.drawing(true)
    }

    /// The same without ground: what lies behind it on a page is seen.
    pub fn clear_svg(&self) -> String {
        self.drawing(false)
    }

    fn drawing(&self, has_ground: bool) -> String {
        let mut canvas = Canvas::new(WIDTH, &self.title, &self.reading);
        let mut y = MARGIN + TITLE;
        canvas.text(
            (MARGIN, y),
            TITLE,
            Anchor::Start,
            true,
            &clipped(&self.title, TITLE_LENGTH),
        );
        let name = clipped(&self.whose, TITLE_LENGTH);
        canvas.text((WIDTH - MARGIN, y), SMALL, Anchor::End, false, &name);
        y += 8.0;
        for line in wrapped(&self.reading, WIDTH - 2.0 * MARGIN, READING) {
            y += LINE;
            canvas.text((MARGIN, y), READING, Anchor::Start, false, &line);
        }
        y += 10.0;
        y = self.legend(&mut canvas, y);
        let plot = Plot::new(self, y);
        plot.draw(&mut canvas);
        canvas.finish(plot.bottom() + MARGIN, has_ground)
    }

    /// What the chart says without being seen.
    pub fn alternative(&self) -> String {
        let name = match self.whose.as_str() {
            "" => String::new(),
            name => format!("（{name}）"),
        };
        format!("{}{name}。{}", self.title, self.reading)
    }

    /// The height of the plot itself that suits its marks, in points.
    pub fn plot_height(&self) -> f64 {
        match self.form {
            Form::Rows => {
                let bars = self.names().len() * self.lanes.max(1);
                (bars as f64 * 13.0 + self.names().len() as f64 * 7.0).max(48.0)
            }
            Form::Columns | Form::Thin | Form::Points | Form::Lines => 220.0,
        }
    }

    /// The names of the series with their marks; where it ends.
    fn legend(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let baseline = top + 16.0;
        let mut x = MARGIN;
        for (index, series) in self.series.iter().enumerate() {
            match self.form {
                Form::Points | Form::Lines => {
                    canvas.marker((x + 6.0, baseline - 4.0), 4.5, series.hue, index);
                }
                Form::Columns | Form::Rows | Form::Thin => {
                    canvas.bar((x, baseline - 9.0), (12.0, 10.0), series.hue);
                }
            }
            canvas.text(
                (x + 17.0, baseline),
                SMALL,
                Anchor::Start,
                false,
                &series.name,
            );
            x += 17.0 + width(&series.name, SMALL) + 18.0;
        }
        for limit in &self.limits {
            canvas.dashed((x, baseline - 4.0), (x + 14.0, baseline - 4.0));
            canvas.text(
                (x + 19.0, baseline),
                SMALL,
                Anchor::Start,
                false,
                &limit.words,
            );
            x += 19.0 + width(&limit.words, SMALL) + 18.0;
        }
        if let Some(corner) = &self.corner {
            canvas.shade((x, baseline - 9.0), (12.0, 10.0));
            canvas.text(
                (x + 17.0, baseline),
                SMALL,
                Anchor::Start,
                false,
                &corner.words,
            );
        }
        baseline + 12.0
    }
}

/// The width of a line of text, in points.
fn width(text: &str, size: f64) -> f64 {
    f64::from(fonts::sans().width(text)) * size / 100.0
}

/// A text in lines that are not wider than `room`. No line begins with a stop, and numbers and words stay whole.
fn wrapped(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && width(&line, size) + width(piece.trim_end(), size) > room {
            lines.push(std::mem::take(&mut line));
        }
        if width(piece, size) <= room {
            line.push_str(if line.is_empty() {
                piece.trim_start()
            } else {
                piece
            });
            continue;
        }
        // A word longer than a line is broken anywhere.
        for character in piece.chars() {
            line.push(character);
            if width(&line, size) > room - size {
                lines.push(std::mem::take(&mut line));
            }
        }
    }
    lines.push(line);
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// The parts of a text between which a line may end.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        let is_wide = |c: char| c >= '\u{2E80}' && c.is_alphabetic();
        let may_end = before.is_some_and(|before| {
            let ends =
                is_wide(before) || before.is_whitespace() || "，。；：、”）".contains(before);
            let begins = is_wide(character)
                || character.is_ascii_alphanumeric()
                || "“（".contains(character);
            // A number stays with its unit: the space between them is no place to end.
            let is_unit = before == ' ' && is_wide(character);
            ends && begins && !is_unit
        });
        if may_end {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(character);
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_no_stop_begins_one() {
        let text = "全年预算 1,200.00 万元，执行 1,150.00 万元，执行率 95.83%。";
        let lines = wrapped(text, 110.0, 10.0);
        assert!(lines.len() > 2);
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        for line in &lines {
            assert!(!line.starts_with(['，', '。', '%']), "{lines:?}");
            assert!(width(line, 10.0) <= 125.0, "{line}");
        }
        let endless = "9".repeat(300);
        assert_eq!(wrapped(&endless, 100.0, 10.0).concat(), endless);
    }
}
