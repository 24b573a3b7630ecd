//! Writes the elements of an SVG file. Every text goes through [`escaped`].

use std::fmt::Write as _;

use crate::sheet::{
    chart::hues::{PAPER, Rgb},
    text,
};

/// Families to write with: the bundled one, then what computers have.
const FAMILIES: &str = "Jiping Sans, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif";
const INK: &str = "#1c2024";
const LINES: &str = "#d5d9df";
const LIMIT: &str = "#b3261e";
const SHADE: &str = "#f3e6e4";
/// The side of a pattern's square.
const PATTERN: f64 = 6.0;

/// Where a text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A drawing in the making; lengths are in points.
pub struct Canvas {
    body: String,
    head: String,
    width: f64,
}

impl Canvas {
    /// An empty drawing with a title and a description.
    pub fn new(width: f64, title: &str, description: &str) -> Self {
        let head = format!(
            "<title>{}</title>\n<desc>{}</desc>\n{}",
            escaped(title),
            escaped(description),
            patterns()
        );
        Self {
            body: String::new(),
            head,
            width,
        }
    }

    /// A line of text with its baseline at a point.
    pub fn text(
        &mut self,
        (x, y): (f64, f64),
        size: f64,
        anchor: Anchor,
        is_bold: bool,
        content: &str,
    ) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if is_bold { " font-weight=\"bold\"" } else { "" };
        let content = escaped(content);
        self.element(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\"{anchor}{weight}>{content}</text>"
        ));
    }

    /// A hairline.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), is_strong: bool) {
        let color = if is_strong { INK } else { LINES };
        self.path(from, to, color, "0.8", "");
    }

    /// The line of a limit.
    pub fn dashed(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.path(from, to, LIMIT, "1.2", " stroke-dasharray=\"5 3\"");
    }

    /// A bar of a hue, with the hue's pattern over it.
    pub fn bar(&mut self, at: (f64, f64), size: (f64, f64), hue: usize) {
        let hue = hue % PAPER.len();
        self.rect(at, size, &hex(PAPER[hue]));
        if hue > 0 {
            self.rect(at, size, &format!("url(#hue{hue})"));
        }
    }

    fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str) {
        self.element(format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
        ));
    }

    /// A shaded rectangle.
    pub fn shade(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.element(format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{SHADE}\" stroke=\"{LIMIT}\" stroke-width=\"0.6\" stroke-dasharray=\"3 2\"/>"
        ));
    }

    /// A point: each series has its shape.
    pub fn marker(&mut self, (x, y): (f64, f64), size: f64, hue: usize, shape: usize) {
        let fill = hex(PAPER[hue % PAPER.len()]);
        let edge = "stroke=\"#ffffff\" stroke-width=\"0.8\"";
        if shape == 0 {
            self.element(format_args!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{size}\" fill=\"{fill}\" {edge}/>"
            ));
            return;
        }
        let size = size * 1.25;
        let (left, right, top, bottom) = (x - size, x + size, y - size, y + size);
        self.element(format_args!(
            "<path d=\"M{x:.1} {top:.1}L{right:.1} {y:.1}L{x:.1} {bottom:.1}L{left:.1} {y:.1}Z\" fill=\"{fill}\" {edge}/>"
        ));
    }

    /// A line of a series; those after the first are dashed.
    pub fn course(&mut self, from: (f64, f64), to: (f64, f64), hue: usize, shape: usize) {
        let color = hex(PAPER[hue % PAPER.len()]);
        let dashes = if shape == 0 {
            ""
        } else {
            " stroke-dasharray=\"6 3\""
        };
        self.path(from, to, &color, "2", dashes);
    }

    fn path(&mut self, from: (f64, f64), to: (f64, f64), color: &str, width: &str, more: &str) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.element(format_args!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{color}\" stroke-width=\"{width}\"{more}/>"
        ));
    }

    fn element(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing into memory does not fail.
        let _ = writeln!(self.body, "{element}");
    }

    /// The file, so high. With ground, it is white and not clear.
    pub fn finish(self, height: f64, has_ground: bool) -> String {
        let Self { body, head, width } = self;
        let ground = if has_ground {
            format!("<rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>\n")
        } else {
            String::new()
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"{FAMILIES}\" fill=\"{INK}\">\n{head}{ground}{body}</svg>\n"
        )
    }
}

/// What lies over each hue but the first: stripes, dots, stripes the other way, a grid. The hue itself is drawn beneath, so
/// that no seams are seen between a pattern's squares.
fn patterns() -> String {
    let drawn = [
        "<path d=\"M-1 1L1 -1M0 6L6 0M5 7L7 5\" stroke=\"#ffffff\" stroke-width=\"1.1\"/>",
        "<circle cx=\"3\" cy=\"3\" r=\"1.1\" fill=\"#ffffff\"/>",
        "<path d=\"M-1 5L1 7M0 0L6 6M5 -1L7 1\" stroke=\"#ffffff\" stroke-width=\"1.1\"/>",
        "<path d=\"M0 3H6M3 0V6\" stroke=\"#ffffff\" stroke-width=\"0.9\"/>",
    ];
    let mut all = String::from("<defs>\n");
    for (hue, drawn) in (1..PAPER.len()).zip(drawn) {
        let _ = writeln!(
            all,
            "<pattern id=\"hue{hue}\" width=\"{PATTERN}\" height=\"{PATTERN}\" patternUnits=\"userSpaceOnUse\">{drawn}</pattern>"
        );
    }
    all.push_str("</defs>\n");
    all
}

fn hex(Rgb(red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A text as XML takes it, in one line.
fn escaped(content: &str) -> String {
    let line = text::lines(content).join(" ");
    let mut escaped = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML knows no such characters, not even escaped.
            '\u{FFFE}' | '\u{FFFF}' => {}
            character => escaped.push(character),
        }
    }
    escaped
}
