//! Fonts, colours and formats of the cells of an .xls, as .xlsx has them.

use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, FormatPattern, FormatScript, FormatUnderline,
};

use crate::exchange::{
    error::ReadError,
    old_workbook::{
        bytes::{u16_at, u32_at},
        globals::Globals,
        records::{Length, Record, Records, Script, kind},
    },
    watch::Budget,
};

/// Formats of cells at most, as many as Excel has.
const FORMATS: usize = 1 << 12;

/// Colours that a workbook may change begin with this number.
const FIRST_OWN: usize = 8;

/// The colours that numbers mean unless a workbook changes them, from 8 on; the eight before are the same as these eight.
const COLOURS: [u32; 56] = [
    0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF,
    0x80_0000, 0x00_8000, 0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xC0_C0C0, 0x80_8080,
    0x99_99FF, 0x99_3366, 0xFF_FFCC, 0xCC_FFFF, 0x66_0066, 0xFF_8080, 0x00_66CC, 0xCC_CCFF,
    0x00_0080, 0xFF_00FF, 0xFF_FF00, 0x00_FFFF, 0x80_0080, 0x80_0000, 0x00_8080, 0x00_00FF,
    0x00_CCFF, 0xCC_FFFF, 0xCC_FFCC, 0xFF_FF99, 0x99_CCFF, 0xFF_99CC, 0xCC_99FF, 0xFF_CC99,
    0x33_66FF, 0x33_CCCC, 0x99_CC00, 0xFF_CC00, 0xFF_9900, 0xFF_6600, 0x66_6699, 0x96_9696,
    0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
];

/// How the cells of a workbook look.
pub(super) struct Looks {
    formats: Vec<Format>,
    plain: Format,
    /// Pixels of a digit of the font in which widths of columns are counted.
    pub digit: u32,
}

/// A font.
struct Font {
    name: String,
    /// In twentieths of a point.
    height: u16,
    flags: u16,
    colour: u16,
    weight: u16,
    script: u16,
    underline: u8,
    charset: u8,
}

/// What is gathered before formats can be made of it.
struct Gathered<'s> {
    fonts: Vec<Font>,
    colours: [u32; 56],
    formats: Vec<&'s [u8]>,
}

impl Looks {
    /// Reads what the stream says before its sheets.
    pub fn read(stream: &[u8], globals: &Globals, budget: &Budget) -> Result<Self, ReadError> {
        let mut gathered = Gathered {
            fonts: Vec::new(),
            colours: COLOURS,
            formats: Vec::new(),
        };
        for record in Records::from(stream, 0) {
            match record.kind {
                kind::EOF => break,
                kind::FONT if gathered.fonts.len() < FORMATS => {
                    gathered.fonts.push(Font::read(&record, globals.script));
                }
                kind::PALETTE => gathered.take_colours(record.data),
                kind::XF if gathered.formats.len() < FORMATS => gathered.formats.push(record.data),
                _ => {}
            }
            budget.go_on()?;
        }
        let formats = gathered.formats.iter().enumerate();
        let formats = formats
            .map(|(at, data)| gathered.format(data, globals.formats.code(at)))
            .collect();
        let height = gathered.fonts.first().map_or(200, |font| font.height);
        Ok(Self {
            formats,
            plain: Format::new(),
            digit: if height >= 240 { 8 } else { 7 },
        })
    }

    /// The format of this number.
    pub fn format(&self, number: u16) -> &Format {
        self.formats.get(usize::from(number)).unwrap_or(&self.plain)
    }
}

impl Font {
    fn read(record: &Record, script: Script) -> Self {
        let data = record.data;
        let word = |at| u16_at(data, at).unwrap_or(0);
        let name = record.reader(14).text(script, Length::Byte);
        Self {
            name: name.unwrap_or_default(),
            height: word(0),
            flags: word(2),
            colour: word(4),
            weight: word(6),
            script: word(8),
            underline: data.get(10).copied().unwrap_or(0),
            charset: data.get(12).copied().unwrap_or(0),
        }
    }

    fn apply(&self, mut format: Format, colour: Option<Color>) -> Format {
        const ITALIC: u16 = 2;
        const STRUCK: u16 = 8;
        const BOLD: u16 = 600;
        format = format
            .set_font_size(f64::from(self.height) / 20.0)
            .set_font_charset(self.charset);
        if !self.name.is_empty() {
            format = format.set_font_name(&self.name);
        }
        if self.weight >= BOLD {
            format = format.set_bold();
        }
        if self.flags & ITALIC != 0 {
            format = format.set_italic();
        }
        if self.flags & STRUCK != 0 {
            format = format.set_font_strikethrough();
        }
        if let Some(colour) = colour {
            format = format.set_font_color(colour);
        }
        format = match self.script {
            1 => format.set_font_script(FormatScript::Superscript),
            2 => format.set_font_script(FormatScript::Subscript),
            _ => format,
        };
        match self.underline {
            1 => format.set_underline(FormatUnderline::Single),
            2 => format.set_underline(FormatUnderline::Double),
            0x21 => format.set_underline(FormatUnderline::SingleAccounting),
            0x22 => format.set_underline(FormatUnderline::DoubleAccounting),
            _ => format,
        }
    }
}

impl Gathered<'_> {
    fn take_colours(&mut self, data: &[u8]) {
        let own = data.get(2..).unwrap_or_default().chunks_exact(4);
        for (colour, own) in self.colours.iter_mut().zip(own) {
            *colour = u32::from_be_bytes([0, own[0], own[1], own[2]]);
        }
    }

    /// A colour by its number; `None` for the one that the system has.
    fn colour(&self, number: u32) -> Option<Color> {
        let number = usize::try_from(number).ok()?;
        let at = number.checked_sub(FIRST_OWN).unwrap_or(number);
        self.colours.get(at).map(|colour| Color::RGB(*colour))
    }

    fn font(&self, number: u16) -> Option<&Font> {
        // There is no font of the number 4.
        let number = usize::from(number);
        self.fonts.get(if number > 4 { number - 1 } else { number })
    }

    fn format(&self, data: &[u8], code: &str) -> Format {
        const LOCKED: u16 = 1;
        const HIDDEN: u16 = 2;
        let word = |at| u16_at(data, at).unwrap_or(0);
        let mut format = Format::new();
        if code != "General" {
            format = format.set_num_format(code);
        }
        if let Some(font) = self.font(word(0)) {
            format = font.apply(format, self.colour(font.colour.into()));
        }
        if word(4) & LOCKED == 0 {
            format = format.set_unlocked();
        }
        if word(4) & HIDDEN != 0 {
            format = format.set_hidden();
        }
        format = aligned(format, word(6), word(8));
        format = self.bordered(format, word(10), word(12), u32_at(data, 14).unwrap_or(0));
        self.filled(format, u32_at(data, 14).unwrap_or(0) >> 26, word(18))
    }

    fn bordered(&self, mut format: Format, lines: u16, sides: u16, others: u32) -> Format {
        let line = |number: u16| border(number & 15);
        let colour = |number: u32| self.colour(number & 0x7F);
        format = format
            .set_border_left(line(lines))
            .set_border_right(line(lines >> 4))
            .set_border_top(line(lines >> 8))
            .set_border_bottom(line(lines >> 12));
        let sides = u32::from(sides);
        if let Some(colour) = colour(sides) {
            format = format.set_border_left_color(colour);
        }
        if let Some(colour) = colour(sides >> 7) {
            format = format.set_border_right_color(colour);
        }
        if let Some(colour) = colour(others) {
            format = format.set_border_top_color(colour);
        }
        if let Some(colour) = colour(others >> 7) {
            format = format.set_border_bottom_color(colour);
        }
        format
    }

    fn filled(&self, mut format: Format, number: u32, colours: u16) -> Format {
        let pattern = pattern(number);
        if pattern == FormatPattern::None {
            return format;
        }
        let colours = u32::from(colours);
        let (front, back) = (
            self.colour(colours & 0x7F),
            self.colour(colours >> 7 & 0x7F),
        );
        format = format.set_pattern(pattern);
        if let Some(front) = front {
            format = format.set_foreground_color(front);
        }
        // Of a solid fill only the colour in front is seen.
        match back {
            Some(back) if pattern != FormatPattern::Solid => format.set_background_color(back),
            _ => format,
        }
    }
}

/// How the text of a cell stands.
fn aligned(mut format: Format, align: u16, indent: u16) -> Format {
    const WRAP: u16 = 8;
    const SHRINK: u16 = 16;
    format = match align & 7 {
        1 => format.set_align(FormatAlign::Left),
        2 => format.set_align(FormatAlign::Center),
        3 => format.set_align(FormatAlign::Right),
        4 => format.set_align(FormatAlign::Fill),
        5 => format.set_align(FormatAlign::Justify),
        6 => format.set_align(FormatAlign::CenterAcross),
        7 => format.set_align(FormatAlign::Distributed),
        _ => format,
    };
    format = match align >> 4 & 7 {
        0 => format.set_align(FormatAlign::Top),
        1 => format.set_align(FormatAlign::VerticalCenter),
        3 => format.set_align(FormatAlign::VerticalJustify),
        4 => format.set_align(FormatAlign::VerticalDistributed),
        _ => format.set_align(FormatAlign::Bottom),
    };
    if align & WRAP != 0 {
        format = format.set_text_wrap();
    }
    if indent & SHRINK != 0 {
        format = format.set_shrink();
    }
    if indent & 15 != 0 {
        // Four bits fit.
        format = format.set_indent((indent & 15) as u8);
    }
    let turned = i16::try_from(align >> 8).unwrap_or(0);
    match turned {
        1..=90 => format.set_rotation(turned),
        91..=180 => format.set_rotation(90 - turned),
        // One letter below the other.
        255 => format.set_rotation(270),
        _ => format,
    }
}

fn border(number: u16) -> FormatBorder {
    match number {
        1 => FormatBorder::Thin,
        2 => FormatBorder::Medium,
        3 => FormatBorder::Dashed,
        4 => FormatBorder::Dotted,
        5 => FormatBorder::Thick,
        6 => FormatBorder::Double,
        7 => FormatBorder::Hair,
        8 => FormatBorder::MediumDashed,
        9 => FormatBorder::DashDot,
        10 => FormatBorder::MediumDashDot,
        11 => FormatBorder::DashDotDot,
        12 => FormatBorder::MediumDashDotDot,
        13 => FormatBorder::SlantDashDot,
        _ => FormatBorder::None,
    }
}

fn pattern(number: u32) -> FormatPattern {
    match number {
        1 => FormatPattern::Solid,
        2 => FormatPattern::MediumGray,
        3 => FormatPattern::DarkGray,
        4 => FormatPattern::LightGray,
        5 => FormatPattern::DarkHorizontal,
        6 => FormatPattern::DarkVertical,
        7 => FormatPattern::DarkDown,
        8 => FormatPattern::DarkUp,
        9 => FormatPattern::DarkGrid,
        10 => FormatPattern::DarkTrellis,
        11 => FormatPattern::LightHorizontal,
        12 => FormatPattern::LightVertical,
        13 => FormatPattern::LightDown,
        14 => FormatPattern::LightUp,
        15 => FormatPattern::LightGrid,
        16 => FormatPattern::LightTrellis,
        17 => FormatPattern::Gray125,
        18 => FormatPattern::Gray0625,
        _ => FormatPattern::None,
    }
}
