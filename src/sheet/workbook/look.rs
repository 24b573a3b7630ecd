//! What cells look like: fonts, borders, how their text stands.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::plan::{INDENT, size};
use crate::sheet::{fonts::Face, table::Style};

/// All that makes a cell look as it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    pub style: Style,
    /// Whether lines are drawn around it.
    pub ruled: bool,
    /// Whether its text begins at its top: in the middle of a cell of several pages nobody finds it.
    pub from_top: bool,
    /// How it shows its number.
    pub value: Value,
    /// What it is to people who fill the workbook in.
    pub part: Part,
}

/// What a cell is to people who fill the workbook in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Part {
    /// To be read.
    #[default]
    Plain,
    /// To be read, in the colour of what is filled in.
    Shaded,
    /// To be filled in.
    Open,
}

/// The colour of what is to be filled in: seen on screens, and next to white where it is printed in black.
const TO_FILL_IN: &str = "#FFF6D6";

/// What kind of value a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text,
    /// Text that a program would take for a number or a formula as soon as somebody opens the cell for editing.
    Guarded,
    /// A number in this format.
    Number(String),
}

impl Value {
    /// How a text is shown.
    pub fn of_text(text: &str) -> Self {
        /// Old programs show longer texts of guarded cells as a row of crosses.
        const LONGEST: usize = 250;
        let first = text.trim_start().chars().next();
        let looks_otherwise =
            first.is_some_and(|first| first.is_ascii_digit() || "=+-@'＝＋－＠".contains(first));
        if looks_otherwise && text.chars().count() <= LONGEST {
            Self::Guarded
        } else {
            Self::Text
        }
    }
}

/// The formats of a workbook, each made once.
pub(super) struct Looks {
    face: Face,
    made: Vec<(Look, Format)>,
}

impl Looks {
    /// The formats of a workbook in this face.
    pub fn new(face: Face) -> Self {
        Self {
            face,
            made: Vec::new(),
        }
    }

    /// The format of such cells.
    pub fn format(&mut self, look: &Look) -> &Format {
        let at = match self.made.iter().position(|(made, _)| made == look) {
            Some(at) => at,
            None => {
                self.made.push((look.clone(), format(look, self.face)));
                self.made.len() - 1
            }
        };
        &self.made[at].1
    }
}

/// How cells look that nothing is written to, and by whose digits the widths of columns are counted: Excel's own choice in
/// Chinese offices. A font that stands in for it elsewhere has digits about as wide.
pub(super) fn usual() -> Format {
    written_in("宋体", 11.0)
}

/// The height of a row of such cells and the width of their columns, in pixels.
pub(super) const USUAL_HEIGHT: u32 = 18;
pub(super) const USUAL_WIDTH: u32 = 72;

fn written_in(font: &str, size: f64) -> Format {
    /// GB2312: a computer without the font takes another Chinese one.
    const CHINESE: u8 = 134;
    Format::new()
        .set_font_name(font)
        .set_font_size(size)
        .set_font_charset(CHINESE)
}

/// The font of texts, by the name under which office programs know it.
pub(super) fn text_font(face: Face) -> &'static str {
    match face {
        Face::Bundled | Face::Song => "宋体",
        Face::FangSong => "仿宋",
        Face::Hei => "黑体",
    }
}

/// The font of captions. As on paper, a face that was asked for is that of captions too.
pub(super) fn caption_font(face: Face) -> &'static str {
    match face {
        Face::Bundled => "黑体",
        face => text_font(face),
    }
}

fn format(look: &Look, face: Face) -> Format {
    let font = match look.style {
        Style::Caption | Style::Span => caption_font(face),
        _ => text_font(face),
    };
    let format = written_in(font, size(look.style));
    let format = with_value(standing(format, look), &look.value);
    let format = match look.style {
        Style::Title | Style::Heading => format.set_bold(),
        _ => format,
    };
    let format = match look.part {
        Part::Plain => format,
        Part::Shaded => format.set_background_color(TO_FILL_IN),
        Part::Open => format.set_background_color(TO_FILL_IN).set_unlocked(),
    };
    if look.ruled {
        format.set_border(FormatBorder::Thin)
    } else {
        format
    }
}

/// Where the text stands in its cell.
fn standing(format: Format, look: &Look) -> Format {
    /// Points of one step of indentation.
    const STEP: f64 = 9.0;
    let (side, height) = match look.style {
        Style::Title
        | Style::Caption
        | Style::Span
        | Style::Short
        | Style::Figure
        | Style::Total => (FormatAlign::Center, FormatAlign::VerticalCenter),
        Style::Amount => (FormatAlign::Right, FormatAlign::VerticalCenter),
        Style::Passage => (FormatAlign::Left, FormatAlign::Top),
        Style::Heading
        | Style::Aside
        | Style::Text
        | Style::Part
        | Style::Signature
        | Style::Note => (FormatAlign::Left, FormatAlign::VerticalCenter),
    };
    let height = if look.from_top {
        FormatAlign::Top
    } else {
        height
    };
    let format = format.set_align(side).set_align(height);
    match look.style {
        Style::Part => format.set_indent((INDENT / STEP) as u8),
        _ => format,
    }
}

/// Numbers are set smaller rather than shown as a row of crosses; texts are wrapped.
fn with_value(format: Format, value: &Value) -> Format {
    match value {
        Value::Text => format.set_text_wrap(),
        Value::Guarded => format.set_text_wrap().set_num_format("@"),
        Value::Number(pattern) => format.set_shrink().set_num_format(pattern),
    }
}
