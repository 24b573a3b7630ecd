//! The bundled fonts: what they cover, what happens where they do not, and faces of the system.

use std::{
    collections::BTreeSet,
    fs,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use jiping::{
    model::path::{IndicatorField, Place},
    sheet::{
        booklet::Booklet,
        fonts::{Face, SystemFont, SystemFonts},
        layout::Typesetter,
        pages::Pages,
        table::FormSheet,
    },
};
use typst::{
    foundations::Bytes,
    text::{Coverage, Font, FontInfo},
};

use super::{
    EDITIONS, TIME, TYPESETTER, blank,
    filled::{Points, filled},
    folder, names_in, readback,
};
use crate::cases;

/// All characters of GBK as Unicode has them, as ranges of code points.
const GBK: &str = "\
    A4 A7-A8 B0-B1 B7 D7 E0-E1 E8-EA EC-ED F2-F3 F7 F9-FA FC 101 113 11B 12B 144 148 14D 16B 1CE 1D0 1D2 1D4 1D6 1D8 1DA \
    1DC 251 261 2C7 2C9-2CB 2D9 391-3A1 3A3-3A9 3B1-3C1 3C3-3C9 401 410-44F 451 2010 2013-2016 2018-2019 201C-201D \
    2025-2026 2030 2032-2033 2035 203B 2103 2105 2109 2116 2121 2160-216B 2170-2179 2190-2193 2196-2199 2208 220F 2211 \
    2215 221A 221D-2220 2223 2225 2227-222B 222E 2234-2237 223D 2248 224C 2252 2260-2261 2264-2267 226E-226F 2295 2299 \
    22A5 22BF 2312 2460-2469 2474-249B 2500-254B 2550-2573 2581-258F 2593-2595 25A0-25A1 25B2-25B3 25BC-25BD 25C6-25C7 \
    25CB 25CE-25CF 25E2-25E5 2605-2606 2609 2640 2642 3000-3003 3005-3017 301D-301E 3021-3029 3041-3093 309B-309E \
    30A1-30F6 30FC-30FE 3105-3129 3220-3229 3231 32A3 338E-338F 339C-339E 33A1 33C4 33CE 33D1-33D2 33D5 4E00-9FA5 F92C \
    F979 F995 F9E7 F9F1 FA0C-FA0F FA11 FA13-FA14 FA18 FA1F-FA21 FA23-FA24 FA27-FA29 FE30-FE31 FE33-FE44 FE49-FE52 \
    FE54-FE57 FE59-FE66 FE68-FE6B FF01-FF5E FFE0-FFE5";

/// No font of the program has it.
const RARE: char = '\u{2A6A5}';

fn gbk() -> BTreeSet<char> {
    GBK.split_whitespace()
        .flat_map(|range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            let code = |digits| u32::from_str_radix(digits, 16).expect("hexadecimal");
            (code(first)..=code(last)).map(|code| char::from_u32(code).expect("a character"))
        })
        .collect()
}

fn lacking(file: &str, characters: impl IntoIterator<Item = char>) -> String {
    let bytes = fs::read(folder("fonts").join(file)).expect("a font");
    let face = ttf_parser::Face::parse(&bytes, 0).expect("a font");
    characters
        .into_iter()
        .filter(|character| face.glyph_index(*character).is_none())
        .collect()
}

#[test]
fn the_regular_fonts_have_all_of_gbk_and_of_the_standard_characters() {
    assert_eq!(gbk().len(), 21_791);
    let list = fs::read_to_string(folder("fonts/tongyong-guifan.txt")).expect("a list");
    let standard: BTreeSet<char> = list.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(standard.len(), 8_105);
    for font in ["JipingSans-Regular.otf", "JipingSerif-Regular.otf"] {
        // Noto's faces for Simplified Chinese have no ≒.
        assert_eq!(lacking(font, gbk()), "≒", "{font}");
        assert_eq!(lacking(font, standard.iter().copied()), "", "{font}");
    }
}

#[test]
fn what_editions_print_is_in_both_regular_fonts() {
    let mut printed: BTreeSet<char> = "■□（续）注：".chars().collect();
    for edition in EDITIONS.iter() {
        let sheet = FormSheet::new(&blank(edition), edition);
        printed.extend(sheet.cells().flat_map(|(_, cell)| cell.text.chars()));
    }
    printed.remove(&'\n');
    for font in ["JipingSans-Regular.otf", "JipingSerif-Regular.otf"] {
        assert_eq!(lacking(font, printed.iter().copied()), "", "{font}");
    }
}

#[test]
fn all_fonts_together_are_small() {
    let names = names_in("fonts", ".otf");
    assert_eq!(names.len(), 4);
    let sizes = names.iter().map(|name| {
        let file = folder("fonts").join(format!("{name}.otf"));
        fs::metadata(file).expect("a font").len()
    });
    assert!(sizes.sum::<u64>() <= 32 << 20);
}

/// Fonts of a made-up computer, and how often it was asked for them.
fn computer(
    fonts: impl Fn() -> Vec<SystemFont> + Send + Sync + 'static,
) -> (Typesetter, Arc<AtomicUsize>) {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let system = SystemFonts::from_fn(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        fonts()
    });
    (Typesetter::with_fonts(system), calls)
}

/// A font of this family that claims to have the characters.
fn font(family: &str, characters: &[char]) -> SystemFont {
    let bytes = fs::read(folder("fonts/JipingSans-Bold.otf")).expect("a font");
    let font = Font::new(Bytes::new(bytes), 0).expect("a font");
    let codes = characters.iter().map(|character| u32::from(*character));
    let info = FontInfo {
        family: family.to_owned(),
        coverage: Coverage::from_vec(codes.collect()),
        ..font.info().clone()
    };
    SystemFont::new(info, font)
}

/// A small form with this text as the actual value of its first row, and the place of that.
fn form(text: &str) -> (FormSheet, Place) {
    let edition = cases::edition("transfer-2019");
    let mut project = blank(&edition);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    let row = group.indicators.get_mut(0).expect("a row");
    row.actual = text.into();
    let place = Place::Indicator(row.id, IndicatorField::Actual);
    (FormSheet::new(&project, &edition), place)
}

fn lay_out(typesetter: &Typesetter, sheet: FormSheet, face: Face) -> Pages {
    let mut booklet = Booklet::official([sheet], TIME);
    booklet.face = face;
    typesetter.lay_out(&booklet).expect("lays out")
}

#[test]
fn a_character_that_nothing_has_is_told_with_its_cell() {
    let (sheet, place) = form(&format!("张{RARE}🙂"));
    let address = sheet.cell_for(&place).expect("printed");
    let pages = lay_out(&TYPESETTER, sheet, Face::Bundled);
    let found: Vec<char> = pages.unprintable.iter().map(|one| one.character).collect();
    assert_eq!(found, ['🙂', RARE]);
    for one in &pages.unprintable {
        assert_eq!((one.part, one.address), (0, Some(address)));
        assert_eq!(one.at.as_ref().map(|at| &at.place), Some(&place));
    }
}

#[test]
fn a_font_of_the_system_helps_out() {
    let (typesetter, calls) = computer(|| vec![font("Useless", &['A']), font("Rare", &[RARE])]);
    let (sheet, _) = form(&format!("张{RARE}🙂"));
    let pages = lay_out(&typesetter, sheet.clone(), Face::Bundled);
    let found: Vec<char> = pages.unprintable.iter().map(|one| one.character).collect();
    assert_eq!(found, ['🙂']);
    lay_out(&typesetter, sheet, Face::Bundled);
    assert_eq!(calls.load(Ordering::Relaxed), 1, "it is searched once");
}

#[test]
fn the_system_is_not_searched_where_nothing_is_missing() {
    let (typesetter, calls) = computer(Vec::new);
    for text in [
        "完成",
        "一\u{200D}二\u{FE0F}\u{202E}\u{7}\t三\u{3000}四\u{A0}五",
        "",
    ] {
        let (sheet, _) = form(text);
        let pages = lay_out(&typesetter, sheet, Face::Bundled);
        assert_eq!(pages.unprintable, []);
        assert!(pages.has_face);
    }
    assert_eq!(calls.load(Ordering::Relaxed), 0);
}

#[test]
fn a_face_of_the_system_is_used_where_it_is_there() {
    let all: Vec<char> = gbk().into_iter().chain(' '..='~').collect();
    let (typesetter, _) = computer(move || vec![font("FangSong", &all)]);
    let (sheet, _) = form("完成");
    let pages = lay_out(&typesetter, sheet.clone(), Face::FangSong);
    assert!(pages.has_face);
    assert!(pages.is_settled);
    // The made-up 仿宋 is a sans in truth.
    let serif = "JipingSerif-Regular";
    assert!(!readback::unpacked(&readback::pdf(&pages)).contains(serif));
    let pages = lay_out(&typesetter, sheet, Face::Bundled);
    assert!(readback::unpacked(&readback::pdf(&pages)).contains(serif));
}

#[test]
fn a_face_that_is_not_there_is_told_and_replaced() {
    let (typesetter, _) = computer(|| vec![font("Some Other", &['A'])]);
    for face in [Face::Song, Face::FangSong, Face::Hei] {
        let (sheet, _) = form("完成");
        let pages = lay_out(&typesetter, sheet, face);
        assert!(!pages.has_face, "{}", face.name());
        assert_eq!(pages.unprintable, []);
        assert!(readback::drawn_texts(&pages)[0].contains("完成"));
    }
}

#[test]
fn blanks_of_all_editions_lack_nothing() {
    for edition in EDITIONS.iter() {
        let sheet = FormSheet::new(&filled(edition, 1, Points::Rows), edition);
        let pages = lay_out(&TYPESETTER, sheet, Face::Bundled);
        assert_eq!(pages.unprintable, [], "{}", edition.id);
    }
}
