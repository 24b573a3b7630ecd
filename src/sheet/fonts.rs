//! The fonts a form is printed with: those bundled with the program, a face of the system's where the person asks for it,
//! and for characters that none of these has, whatever font of the system has them.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock, OnceLock},
};

use serde::Serialize;
use typst::{
    foundations::Bytes,
    text::{Font, FontInfo, FontWeight},
};
use typst_kit::fonts::{FontSource, FontStore};

use super::text::Advances;

/// The family of texts and figures, in the manner of 宋体.
const SERIF: &str = "Jiping Serif";
/// The family of captions, in the manner of 黑体.
const SANS: &str = "Jiping Sans";

/// The file of the bundled sans, in the manner of 黑体. The window writes with it too.
pub static SANS_REGULAR: &[u8] = include_bytes!("../../fonts/JipingSans-Regular.otf");
/// The file of its bold face.
pub static SANS_BOLD: &[u8] = include_bytes!("../../fonts/JipingSans-Bold.otf");

static BUNDLED: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../../fonts/JipingSerif-Regular.otf"),
        include_bytes!("../../fonts/JipingSerif-Bold.otf"),
        SANS_REGULAR,
        SANS_BOLD,
    ];
    files
        .into_iter()
        .filter_map(|file| Font::new(Bytes::new(file), 0))
        .collect()
});

/// What texts are printed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Face {
    /// The fonts of the program: the same on every computer.
    #[default]
    Bundled,
    /// The system's 宋体
    Song,
    /// The system's 仿宋
    FangSong,
    /// The system's 黑体
    Hei,
}

impl Face {
    /// All faces.
    pub const ALL: [Self; 4] = [Self::Bundled, Self::Song, Self::FangSong, Self::Hei];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bundled => "自带字体",
            Self::Song => "宋体",
            Self::FangSong => "仿宋",
            Self::Hei => "黑体",
        }
    }

    /// The families under which Windows, macOS and Office install it, best first.
    fn families(self) -> &'static [&'static str] {
        match self {
            Self::Bundled => &[],
            Self::Song => &["SimSun", "宋体", "NSimSun", "新宋体", "STSong", "Songti SC"],
            Self::FangSong => &[
                "FangSong",
                "仿宋",
                "FangSong_GB2312",
                "仿宋_GB2312",
                "STFangsong",
            ],
            Self::Hei => &["SimHei", "黑体", "STHeiti", "Heiti SC"],
        }
    }
}

/// A font of the system. Its file is read only when the font is used.
#[derive(Clone)]
pub struct SystemFont {
    info: FontInfo,
    source: Arc<dyn FontSource>,
}

impl SystemFont {
    /// A font with this description.
    pub fn new(info: FontInfo, source: impl FontSource) -> Self {
        Self {
            info,
            source: Arc::new(source),
        }
    }
}

impl FontSource for SystemFont {
    fn load(&self) -> Option<Font> {
        self.source.load()
    }
}

/// The fonts of the system, looked for only when they are needed: that may take a second.
pub struct SystemFonts {
    find: Box<dyn Fn() -> Vec<SystemFont> + Send + Sync>,
    found: OnceLock<Vec<SystemFont>>,
}

impl SystemFonts {
    /// The fonts installed on this computer.
    pub fn installed() -> Self {
        Self::from_fn(|| {
            typst_kit::fonts::system()
                .map(|(source, info)| SystemFont::new(info, source))
                .collect()
        })
    }

    /// The fonts that `find` finds; it is called once at most.
    pub fn from_fn(find: impl Fn() -> Vec<SystemFont> + Send + Sync + 'static) -> Self {
        Self {
            find: Box::new(find),
            found: OnceLock::new(),
        }
    }

    /// Whether texts can be printed with this face.
    pub fn has(&self, face: Face) -> bool {
        let of_system = || faces_of(face, self).first().and_then(FontSource::load);
        face == Face::Bundled || of_system().is_some()
    }

    fn all(&self) -> &[SystemFont] {
        self.found.get_or_init(|| (self.find)())
    }
}

/// The fonts of one printed file.
pub(super) struct Fonts {
    /// The face asked for.
    pub face: Face,
    /// Characters that the bundled fonts lack.
    pub foreign: BTreeSet<char>,
    /// The fonts, as typesetting asks for them.
    pub store: FontStore,
    /// Which of them print what.
    pub families: Families,
    /// Whether the face asked for is there.
    pub has_face: bool,
    /// Characters that no font has.
    pub lacking: BTreeSet<char>,
    /// Measures texts.
    pub texts: Measure,
    /// Measures numbers.
    pub numbers: Measure,
}

/// Which families print what. The first that has a character prints it.
#[derive(Debug, Serialize)]
pub(super) struct Families {
    /// Texts.
    body: Vec<String>,
    /// Captions.
    head: Vec<String>,
    /// The title.
    bold: Vec<String>,
    /// Numbers: digits as wide as each other, so that they stand in columns.
    figures: Vec<String>,
}

impl Families {
    fn all(&mut self) -> [&mut Vec<String>; 4] {
        [
            &mut self.body,
            &mut self.head,
            &mut self.bold,
            &mut self.figures,
        ]
    }
}

/// Measures text in one font.
pub(super) struct Measure {
    font: Option<Font>,
    ascii: [u32; 128],
}

impl Fonts {
    /// The fonts for a file that has these characters beside those of the bundled fonts.
    pub fn new(foreign: BTreeSet<char>, face: Face, system: &SystemFonts) -> Self {
        let mut store = FontStore::new();
        for font in BUNDLED.iter() {
            store.push((font.clone(), font.info().clone()));
        }
        let mut families = Families {
            body: vec![SERIF.to_owned(), SANS.to_owned()],
            head: vec![SANS.to_owned(), SERIF.to_owned()],
            bold: vec![SERIF.to_owned(), SANS.to_owned()],
            // Digits of the serif differ in width.
            figures: vec![SANS.to_owned(), SERIF.to_owned()],
        };
        let faces = faces_of(face, system);
        let asked_for = faces.first().and_then(FontSource::load);
        if asked_for.is_some() {
            for list in families.all() {
                list.insert(0, faces[0].info.family.clone());
            }
            for font in faces {
                let info = font.info.clone();
                store.push((font, info));
            }
        }
        let lacking = add_fallbacks(&mut store, &foreign, system, &mut families);
        let bundled = |family: &str| {
            BUNDLED
                .iter()
                .find(|font| font.info().family == family)
                .cloned()
        };
        Self {
            face,
            foreign,
            has_face: face == Face::Bundled || asked_for.is_some(),
            texts: Measure::new(asked_for.clone().or_else(|| bundled(SERIF))),
            numbers: Measure::new(asked_for.or_else(|| bundled(SANS))),
            store,
            families,
            lacking,
        }
    }

    /// The font of the mark in the background.
    pub fn of_mark() -> Option<&'static Font> {
        BUNDLED.iter().find(|font| {
            font.info().family == SANS && font.info().variant.weight == FontWeight::BOLD
        })
    }
}

/// Measures text in the bundled sans.
pub(super) fn sans() -> &'static Measure {
    static MEASURE: LazyLock<Measure> = LazyLock::new(|| {
        let mut fonts = BUNDLED.iter();
        Measure::new(fonts.find(|font| font.info().family == SANS).cloned())
    });
    &MEASURE
}

impl Measure {
    fn new(font: Option<Font>) -> Self {
        let mut ascii = [FULL; 128];
        if let Some(face) = font.as_ref().and_then(face_of) {
            for (character, width) in (0..128_u8).zip(&mut ascii) {
                *width = advance(&face, char::from(character));
            }
        }
        Self { font, ascii }
    }
}

fn face_of(font: &Font) -> Option<ttf_parser::Face<'_>> {
    ttf_parser::Face::parse(font.data(), font.index()).ok()
}

/// The width of a Chinese character, in hundredths of the font's size.
const FULL: u32 = 100;

fn advance(face: &ttf_parser::Face, character: char) -> u32 {
    let advance = face
        .glyph_index(character)
        .and_then(|glyph| face.glyph_hor_advance(glyph));
    advance.map_or(FULL, |advance| {
        (u32::from(advance) * FULL).div_ceil(u32::from(face.units_per_em()).max(1))
    })
}

impl Advances for Measure {
    fn advance(&self, character: char) -> u32 {
        match self.ascii.get(character as usize) {
            Some(advance) => *advance,
            None if character >= '\u{2E80}' => FULL,
            None => self
                .font
                .as_ref()
                .and_then(face_of)
                .map_or(FULL, |face| advance(&face, character)),
        }
    }
}

/// The system's fonts of the first family of this face that is there: its regular and its bold.
fn faces_of(face: Face, system: &SystemFonts) -> Vec<SystemFont> {
    let of_family = |family: &&str| -> Vec<SystemFont> {
        let fonts = system.all().iter();
        fonts
            .filter(|font| font.info.family.eq_ignore_ascii_case(family))
            .cloned()
            .collect()
    };
    face.families()
        .iter()
        .map(of_family)
        .find(|fonts| !fonts.is_empty())
        .unwrap_or_default()
}

/// Adds fonts of the system that have characters which the bundled ones lack. What is left, nothing has.
fn add_fallbacks(
    store: &mut FontStore,
    foreign: &BTreeSet<char>,
    system: &SystemFonts,
    families: &mut Families,
) -> BTreeSet<char> {
    let covers = |info: &FontInfo, character: &char| info.coverage.contains(*character as u32);
    let mut lacking = foreign.clone();
    if lacking.is_empty() {
        return lacking;
    }
    let mut names = Vec::new();
    for font in system.all() {
        let has_some = lacking
            .iter()
            .any(|character| covers(&font.info, character));
        if has_some {
            lacking.retain(|character| !covers(&font.info, character));
            names.push(font.info.family.clone());
            store.push((font.clone(), font.info.clone()));
        }
        if lacking.is_empty() {
            break;
        }
    }
    for list in families.all() {
        list.extend(names.iter().cloned());
    }
    lacking
}

/// Whether the bundled fonts print the character, or nothing has to be printed for it.
pub(super) fn is_bundled(character: char) -> bool {
    let code = character as usize;
    let word = COVERED.get(code / 64).copied().unwrap_or_default();
    word >> (code % 64) & 1 == 1 || is_drawn_by_nothing(character)
}

/// One bit for each character that some bundled font has.
static COVERED: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut words = vec![0_u64; 0x11_0000 / 64];
    for code in BUNDLED.iter().flat_map(|font| font.info().coverage.iter()) {
        if let Some(word) = words.get_mut(code as usize / 64) {
            *word |= 1 << (code % 64);
        }
    }
    words
});

/// White space, and signs that join or vary the sign before them.
fn is_drawn_by_nothing(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}')
        || matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}
