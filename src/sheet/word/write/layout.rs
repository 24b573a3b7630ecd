//! Sizes: paper, margins, letters. Word measures in twentieths of a point and, for letters, in half points.

use crate::{
    model::edition::Orientation,
    sheet::{
        fonts::{self, Face},
        paper::{INSET_X, Paper},
        text::{self, Advances as _},
        word::document::{Document, Look},
    },
};

/// Twentieths of a point in a point.
const TWENTIETHS: f64 = 20.0;
/// The short and the long side of A4.
const SHORT: i64 = 11906;
const LONG: i64 = 16838;
/// A row higher than this share of a page may be broken over pages, as on paper.
const KEPT_SHARE: f64 = 0.4;

/// The measures of a section's pages, in twentieths of a point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measures {
    pub width: i64,
    pub height: i64,
    pub top: i64,
    pub right: i64,
    pub bottom: i64,
    pub left: i64,
    /// From the lower edge of the page to its foot.
    pub foot: i64,
    /// The size of texts in tables, in half points.
    pub table_size: i64,
}

impl Measures {
    /// The measures of pages that lie so.
    pub fn of(document: &Document, page: Orientation) -> Self {
        let (width, height) = match page {
            Orientation::Portrait => (SHORT, LONG),
            Orientation::Landscape => (LONG, SHORT),
        };
        let [top, right, bottom, left] = match document.look {
            Look::Form => {
                let [sides, top, bottom] = Paper::of(page).margin.map(twentieths);
                [top, sides, bottom, sides]
            }
            // 37 mm above, 35 mm beneath, 28 mm and 26 mm at the sides, as official letters have them.
            Look::Report => match page {
                Orientation::Portrait => [2098, 1474, 1984, 1588],
                Orientation::Landscape => [1588, 2098, 1474, 1984],
            },
        };
        let (foot, table_size) = match document.look {
            Look::Form => (400, 18),
            Look::Report => (992, 21),
        };
        Self {
            width,
            height,
            top,
            right,
            bottom,
            left,
            foot,
            table_size,
        }
    }

    /// The width of the text.
    pub fn text_width(&self) -> i64 {
        self.width - self.left - self.right
    }

    /// Widths of columns that fill the text's width, in these proportions. No column has none.
    pub fn columns(&self, widths: &[u32]) -> Vec<i64> {
        let share = |width: &u32| i64::from(*width).max(1);
        let total: i64 = widths.iter().map(share).sum();
        let mut reached = 0;
        let mut left = 0;
        let columns = widths.iter().map(|width| {
            reached += share(width);
            let right = self.text_width() * reached / total;
            let column = right - left;
            left = right;
            column
        });
        columns.collect()
    }

    /// The largest size, in half points, in which a number fits a cell of this width in one line; never less than 5.5 points.
    pub fn number_size(&self, number: &str, width: i64) -> i64 {
        const SMALLEST: i64 = 11;
        let room = width as f64 / TWENTIETHS - INSET_X;
        let ems = f64::from(fonts::sans().width(number.trim())) / 100.0;
        let fitting = (room / ems.max(0.01) * 2.0).floor();
        // Between the two, so it fits.
        fitting.clamp(SMALLEST as f64, self.table_size as f64) as i64
    }

    /// Whether a cell of this text and width is so high that its row may be broken over pages. Roughly.
    pub fn is_high(&self, text: &str, width: i64) -> bool {
        let size = self.table_size as f64 / 2.0;
        let room = (width as f64 / TWENTIETHS - INSET_X).max(size) / size * 100.0;
        // Between 0 and some thousand.
        let lines = text::line_count(text, room as u32, fonts::sans());
        let page = (self.height - self.top - self.bottom) as f64 / TWENTIETHS;
        f64::from(lines) * size * 1.32 > KEPT_SHARE * page
    }
}

fn twentieths(points: f64) -> i64 {
    (points * TWENTIETHS).round() as i64
}

/// Names of fonts: for letters and figures, and for Chinese characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fonts {
    pub latin: &'static str,
    pub chinese: &'static str,
}

impl Fonts {
    const SONG: Self = Self {
        latin: "Times New Roman",
        chinese: "宋体",
    };
    const FANG_SONG: Self = Self {
        latin: "Times New Roman",
        chinese: "仿宋",
    };
    const HEI: Self = Self {
        latin: "黑体",
        chinese: "黑体",
    };
    const KAI: Self = Self {
        latin: "Times New Roman",
        chinese: "楷体",
    };

    /// Of running text. The program's own fonts are on no other machine: 宋体 is what they are like.
    pub fn of_text(face: Face) -> Self {
        match face {
            Face::Bundled | Face::Song => Self::SONG,
            Face::FangSong => Self::FANG_SONG,
            Face::Hei => Self::HEI,
        }
    }

    /// Of captions in tables: as on paper, where a face that was asked for prints everything.
    pub fn of_captions(document: &Document) -> Self {
        match (document.look, document.face) {
            (Look::Report, _) | (_, Face::Bundled) => Self::HEI,
            (_, face) => Self::of_text(face),
        }
    }

    /// Of a heading of this level. Reports have 黑体 above 楷体 above their own.
    pub fn of_heading(document: &Document, level: u8) -> Self {
        match (document.look, level) {
            (Look::Report, 1) => Self::HEI,
            (Look::Report, 2) => Self::KAI,
            _ => Self::of_text(document.face),
        }
    }
}
