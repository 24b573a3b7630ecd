//! Characters of symbol fonts, as the characters they look like. Boxes and ticks of Chinese forms are often letters in one of
//! these fonts.

/// A font whose letters are pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SymbolFont {
    Wingdings,
    Wingdings2,
    Symbol,
    Other,
}

impl SymbolFont {
    /// The font of this name; `None` for a font of text.
    pub(super) fn of(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "wingdings" => Some(Self::Wingdings),
            "wingdings 2" => Some(Self::Wingdings2),
            "symbol" => Some(Self::Symbol),
            "wingdings 3" | "webdings" => Some(Self::Other),
            _ => None,
        }
    }

    /// What a letter of this font looks like.
    fn look(self, code: u32) -> Option<char> {
        let look = match (self, code) {
            (Self::Wingdings, 0x6F | 0x70 | 0x71 | 0x72 | 0xA8) => '□',
            (Self::Wingdings, 0xFD) => '☒',
            (Self::Wingdings, 0xFE) => '☑',
            (Self::Wingdings, 0xFB) => '✗',
            (Self::Wingdings, 0xFC) => '✓',
            (Self::Wingdings, 0x6C) => '●',
            (Self::Wingdings, 0x6E) => '■',
            (Self::Wingdings, 0x75) => '◆',
            (Self::Wingdings, 0xA1) => '○',
            (Self::Wingdings2, 0xA3) => '□',
            (Self::Wingdings2, 0x4F) => '✗',
            (Self::Wingdings2, 0x50) => '✓',
            (Self::Wingdings2, 0x51 | 0x53 | 0x54) => '☒',
            (Self::Wingdings2, 0x52) => '☑',
            (Self::Symbol, 0xA3) => '≤',
            (Self::Symbol, 0xB1) => '±',
            (Self::Symbol, 0xB3) => '≥',
            (Self::Symbol, 0xB4) => '×',
            (Self::Symbol, 0xB7) => '·',
            (Self::Symbol, 0xB8) => '÷',
            (Self::Symbol, 0xB9) => '≠',
            (Self::Symbol, 0xBB) => '≈',
            // Digits and signs of arithmetic look like themselves.
            (Self::Symbol, 0x20..=0x3F) => char::from_u32(code)?,
            _ => return None,
        };
        Some(look)
    }
}

/// What a character in a font looks like; `None` where that is not known. Symbol fonts have their letters at U+F000 as well;
/// there, a font that is not named is most often Wingdings.
pub(super) fn look(character: char, font: Option<SymbolFont>) -> Option<char> {
    let code = u32::from(character);
    match (font, code) {
        (_, 0xF020..=0xF0FF) => font.unwrap_or(SymbolFont::Wingdings).look(code - 0xF000),
        // A Chinese character in a run of a symbol font is drawn in another font.
        (Some(font), 0x21..=0xFF) => font.look(code),
        _ => Some(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_ticks_and_comparators_are_known() {
        for (character, font, expected) in [
            ('\u{F0FE}', "Wingdings", Some('☑')),
            ('R', "Wingdings 2", Some('☑')),
            ('\u{F0B3}', "Symbol", Some('≥')),
            ('5', "Symbol", Some('5')),
            ('R', "宋体", Some('R')),
            ('是', "Wingdings", Some('是')),
            ('\u{F0A8}', "宋体", Some('□')),
            ('\u{F021}', "Webdings", None),
        ] {
            let found = look(character, SymbolFont::of(font));
            assert_eq!(found, expected, "{character} in {font}");
        }
    }
}
