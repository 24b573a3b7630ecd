//! What the formats of cells say of the room that a text takes: the size of its letters, and whether it is wrapped.

use super::pieces::{Piece, Pieces, Tag};
use crate::exchange::error::ReadError;

/// The size of letters where none is told, in points.
const SIZE: f64 = 11.0;

/// Formats that are kept at most, as many as Excel has.
const MOST: usize = 1 << 16;

/// The looks of cells by the numbers of their formats.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Looks {
    fonts: Vec<f64>,
    /// The number of the font, and whether a text is wrapped.
    formats: Vec<(usize, bool)>,
}

impl Looks {
    /// Reads the part of a workbook that holds the formats.
    pub fn of(text: &str) -> Result<Self, ReadError> {
        let mut looks = Self::default();
        let mut pieces = Pieces::of(text);
        // The same elements stand in other lists too, of styles' parents and of conditional formats.
        let mut list = "";
        while let Some((piece, _)) = pieces.next()? {
            let tag = match piece {
                Piece::Open(tag) | Piece::Empty(tag) => tag,
                Piece::Close(_) | Piece::Other => continue,
            };
            if matches!(piece, Piece::Open(_)) && pieces.depth() == 2 {
                list = tag.name();
            }
            looks.take(list, tag);
        }
        Ok(looks)
    }

    fn take(&mut self, list: &str, tag: Tag) {
        match (list, tag.name()) {
            ("fonts", "font") if self.fonts.len() < MOST => self.fonts.push(SIZE),
            ("fonts", "sz") => {
                let size = tag.get("val").and_then(|size| size.parse::<f64>().ok());
                let size = size.filter(|size| (1.0..=409.0).contains(size));
                if let (Some(font), Some(size)) = (self.fonts.last_mut(), size) {
                    *font = size;
                }
            }
            ("cellXfs", "xf") if self.formats.len() < MOST => {
                let font = tag.get("fontId").and_then(|font| font.parse().ok());
                self.formats.push((font.unwrap_or(0), false));
            }
            ("cellXfs", "alignment") => {
                let is_on = |name| matches!(tag.get(name).as_deref(), Some("1" | "true"));
                let is_turned = tag.get("textRotation").is_some_and(|angle| angle != "0");
                if let Some((_, wraps)) = self.formats.last_mut() {
                    *wraps = is_on("wrapText") && !is_turned;
                }
            }
            _ => {}
        }
    }

    /// The size of the letters in which the widths of columns are counted.
    pub fn usual_size(&self) -> f64 {
        self.fonts.first().copied().unwrap_or(SIZE)
    }

    /// The size of the letters of cells with this format, in points.
    pub fn size(&self, format: usize) -> f64 {
        let font = self.formats.get(format).map_or(0, |(font, _)| *font);
        self.fonts.get(font).copied().unwrap_or(SIZE)
    }

    /// Whether cells with this format show a long text in several level lines.
    pub fn wraps(&self, format: usize) -> bool {
        self.formats.get(format).is_some_and(|(_, wraps)| *wraps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_the_size_of_letters_and_of_wrapping() {
        let looks = Looks::of(
            "<styleSheet><fonts><font><sz val='12'/></font><font/><font><sz val='9.5'/></font></fonts>\
             <cellStyleXfs><xf fontId='2'><alignment wrapText='1'/></xf></cellStyleXfs>\
             <cellXfs><xf fontId='0'/><xf fontId='2'><alignment wrapText='1'/></xf>\
             <xf fontId='1'><alignment wrapText='true' textRotation='255'/></xf></cellXfs></styleSheet>",
        );
        let looks = looks.unwrap();
        let all: Vec<_> = (0..4).map(|at| (looks.size(at), looks.wraps(at))).collect();
        assert_eq!(
            all,
            [(12.0, false), (9.5, true), (11.0, false), (12.0, false)]
        );
        assert_eq!(looks.usual_size(), 12.0);
        assert_eq!(Looks::default().usual_size(), SIZE);
    }
}
