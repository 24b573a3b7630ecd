//! The letters of the mark as curves.

use serde::Serialize;
use ttf_parser::{Face, OutlineBuilder};
use typst::text::Font;

/// A step of a curve: its kind (M, L, Q, C, Z) and points, in shares of the font's size, downwards from the top of the line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Step(char, Vec<[f32; 2]>);

/// The outlines of a text, one per character. Characters that the font lacks have none.
pub(super) fn outlines(text: &str, font: &Font) -> Vec<Vec<Step>> {
    let Ok(face) = Face::parse(font.data(), font.index()) else {
        return Vec::new();
    };
    text.chars()
        .map(|character| {
            let mut outline = Outline {
                steps: Vec::new(),
                scale: 1.0 / f32::from(face.units_per_em()).max(1.0),
            };
            if let Some(glyph) = face.glyph_index(character) {
                face.outline_glyph(glyph, &mut outline);
            }
            outline.steps
        })
        .collect()
}

struct Outline {
    steps: Vec<Step>,
    scale: f32,
}

impl Outline {
    fn add(&mut self, kind: char, points: &[(f32, f32)]) {
        /// How far above the baseline the top of a Chinese character's box is.
        const TOP: f32 = 0.88;
        let points = points
            .iter()
            .map(|(x, y)| [x * self.scale, TOP - y * self.scale]);
        self.steps.push(Step(kind, points.collect()));
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.add('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.add('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.add('Z', &[]);
    }
}
