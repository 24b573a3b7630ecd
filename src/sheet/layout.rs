//! Lays a booklet out. What depends on where pages end (captions split over pages, page numbers) is known only afterwards,
//! so all is laid out again until nothing moves any more.
//!
//! A part whose last page then holds hardly anything is laid out again with its rows a little closer, and stays so where
//! that saves the page.
//!
//! That ends: a caption that was split once takes no height from then on, so every pass has either the same rows on the same
//! pages as the one before or more captions without height, of which there are only so many. Nearly always two passes do. Spacings are
//! tried at most three times.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use typst::{
    diag::{SourceDiagnostic, Warned},
    ecow::EcoVec,
};
use typst_layout::PagedDocument;

use super::{
    booklet::Booklet,
    fonts::{Face, Fonts, SystemFonts, is_bundled},
    frames,
    markup::{self, TEXT_SIZE},
    pages::{Pages, Unprintable},
    picture,
    placement::Placement,
    spacing::Spacing,
    state::{Key, State},
    text,
    world::{PrintWorld, TEMPLATE},
};

/// More passes than any form was ever seen to need.
const MOST_PASSES: usize = 8;
/// For how many layouts, or pages of a job, typst remembers what it laid out and drew, so that the next after a small edit is
/// quick.
pub(super) const REMEMBERED: usize = 10;

/// Why nothing was laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("排版没有完成，没有生成页面，表中内容没有改动。请把以下信息交给维护人员：{0}。")]
pub struct LayoutError(String);

/// Lays booklets out. One for the whole program: what it once found out about fonts and texts it remembers.
pub struct Typesetter {
    system: SystemFonts,
    /// The fonts of the latest layout.
    fonts: Mutex<Option<Arc<Fonts>>>,
}

impl Typesetter {
    /// With the fonts of this computer to fall back on.
    pub fn new() -> Self {
        Self::with_fonts(SystemFonts::installed())
    }

    /// With these fonts to fall back on.
    pub fn with_fonts(system: SystemFonts) -> Self {
        Self {
            system,
            fonts: Mutex::new(None),
        }
    }

    /// Lays a booklet out.
    ///
    /// # Errors
    ///
    /// The template failed; that would be a fault of the program.
    pub fn lay_out(&self, booklet: &Booklet) -> Result<Pages, LayoutError> {
        self.settled(booklet).map(|(pages, _)| pages)
    }

    /// What typst is given for the booklet in the last pass: its source and `data.json`. With it, the same pages can be
    /// looked into with typst's own tools.
    ///
    /// # Errors
    ///
    /// As [`Self::lay_out`].
    pub fn markup(&self, booklet: &Booklet) -> Result<(&'static str, Vec<u8>), LayoutError> {
        self.settled(booklet).map(|(_, data)| (TEMPLATE, data))
    }

    /// A drawing in SVG as a PNG file: `width` points wide, with `scale` pixels per point.
    ///
    /// # Errors
    ///
    /// As [`Self::lay_out`].
    pub(super) fn drawing(
        &self,
        svg: &str,
        width: f64,
        scale: f64,
    ) -> Result<Vec<u8>, LayoutError> {
        let fonts = self.fonts(svg.chars(), Face::Bundled);
        let data = serde_json::json!({ "svg": svg, "width": width }).to_string();
        let world = PrintWorld::of_chart(&fonts, data.into_bytes());
        let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
        let document = output.map_err(told)?;
        typst::comemo::evict(REMEMBERED);
        let page = document.pages().first();
        page.and_then(|page| picture::png_of(page, scale))
            .ok_or_else(|| LayoutError("没有生成图片".to_owned()))
    }

    /// Lays out as it is printed: the pages, and the data of the last pass.
    fn settled(&self, booklet: &Booklet) -> Result<(Pages, Vec<u8>), LayoutError> {
        let used = characters(booklet);
        let fonts = self.fonts(used.keys().copied(), booklet.face);
        let usual = Settled::new(booklet, &fonts, State::first(booklet))?;
        let settled = usual.with_pages_saved(booklet, &fonts)?;
        typst::comemo::evict(REMEMBERED);
        let warnings = settled.warnings.iter();
        let mut parts = settled.placement.parts.clone();
        for (part, spacing) in parts.iter_mut().zip(&settled.state.spacings) {
            part.is_close = *spacing != Spacing::Usual;
        }
        let pages = Pages {
            document: settled.document,
            time: booklet.time,
            cells: settled.placement.cells(booklet),
            parts,
            unprintable: unprintable(booklet, &used, &fonts.lacking),
            has_face: fonts.has_face,
            passes: settled.passes,
            is_settled: settled.is_settled,
            warnings: warnings.map(|one| one.message.to_string()).collect(),
        };
        Ok((pages, settled.data))
    }

    /// The fonts for these characters: nearly always those of the layout before.
    fn fonts(&self, characters: impl Iterator<Item = char>, face: Face) -> Arc<Fonts> {
        let foreign: BTreeSet<char> = characters.filter(|c| !is_bundled(*c)).collect();
        // A panic elsewhere leaves nothing half done here.
        let mut latest = self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*latest
            && known.face == face
            && known.foreign == foreign
        {
            return Arc::clone(known);
        }
        let fonts = Arc::new(Fonts::new(foreign, face, &self.system));
        *latest = Some(Arc::clone(&fonts));
        fonts
    }
}

impl fmt::Debug for Typesetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typesetter").finish_non_exhaustive()
    }
}

impl Default for Typesetter {
    fn default() -> Self {
        Self::new()
    }
}

/// A booklet laid out until nothing moved any more.
struct Settled {
    document: PagedDocument,
    data: Vec<u8>,
    placement: Placement,
    state: State,
    warnings: EcoVec<SourceDiagnostic>,
    /// All that led here.
    passes: usize,
    is_settled: bool,
}

impl Settled {
    /// Lays out from this state on, with its spacings.
    fn new(booklet: &Booklet, fonts: &Fonts, mut state: State) -> Result<Self, LayoutError> {
        let mut passes = 0;
        loop {
            passes += 1;
            let (data, origins) = markup::data(booklet, &state, fonts);
            let world = PrintWorld::new(fonts, data.clone());
            let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
            let document = output.map_err(told)?;
            let placement = Placement::new(booklet, frames::find(&document), origins);
            let next = state.next(booklet, &placement);
            let is_settled = next == state;
            if is_settled || passes == MOST_PASSES {
                return Ok(Self {
                    document,
                    data,
                    placement,
                    state,
                    warnings,
                    passes,
                    is_settled,
                });
            }
            state = next;
        }
    }

    /// With the rows closer in parts whose last page is saved by that. Each part is as it would be by itself.
    fn with_pages_saved(self, booklet: &Booklet, fonts: &Fonts) -> Result<Self, LayoutError> {
        let count = |settled: &Self, part: usize| settled.placement.parts[part].count;
        let mut wanted = self.spacings_wanted(booklet);
        let mut passes = self.passes;
        loop {
            if !self.is_settled || wanted == self.state.spacings {
                return Ok(Self { passes, ..self });
            }
            let tried = Self::new(booklet, fonts, self.state.spaced(booklet, wanted.clone()))?;
            passes += tried.passes;
            let mut is_kept = tried.is_settled;
            for (part, spacing) in wanted.iter_mut().enumerate() {
                if *spacing != Spacing::Usual && count(&tried, part) >= count(&self, part) {
                    *spacing = spacing.closer().unwrap_or_default();
                    is_kept = false;
                }
            }
            if is_kept {
                return Ok(Self { passes, ..tried });
            }
            if !tried.is_settled {
                wanted.fill(Spacing::Usual);
            }
        }
    }

    fn spacings_wanted(&self, booklet: &Booklet) -> Vec<Spacing> {
        if !booklet.saves_pages {
            return self.state.spacings.clone();
        }
        let pages = self.placement.last_pages(booklet).into_iter();
        pages
            .map(|page| Spacing::saving(&page?, TEXT_SIZE))
            .map(Option::unwrap_or_default)
            .collect()
    }
}

fn told(errors: EcoVec<SourceDiagnostic>) -> LayoutError {
    let errors: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    LayoutError(errors.join("；"))
}

/// Every character that is printed, with the first cell it is in.
fn characters(booklet: &Booklet) -> BTreeMap<char, Option<Key>> {
    let mut used = BTreeMap::new();
    for (part, content) in booklet.parts.iter().enumerate() {
        for (address, cell) in content.sheet.cells() {
            for line in text::lines(&cell.text) {
                for character in line.chars() {
                    used.entry(character).or_insert(Some(Key { part, address }));
                }
            }
        }
    }
    let drawings = booklet.parts.iter().flat_map(|part| &part.drawings);
    for character in drawings.flat_map(|drawing| drawing.svg.chars()) {
        used.entry(character).or_insert(None);
    }
    let foot = booklet.footer.iter().flat_map(|text| text.chars());
    for character in foot.chain("（续）—0123456789".chars()) {
        used.entry(character).or_insert(None);
    }
    used
}

fn unprintable(
    booklet: &Booklet,
    used: &BTreeMap<char, Option<Key>>,
    lacking: &BTreeSet<char>,
) -> Vec<Unprintable> {
    lacking
        .iter()
        .map(|character| {
            let key = used.get(character).copied().flatten();
            Unprintable {
                character: *character,
                part: key.map_or(0, |key| key.part),
                address: key.map(|key| key.address),
                at: key.and_then(|key| {
                    let rows = &booklet.parts[key.part].sheet.blocks[key.address.block].rows;
                    rows[key.address.row].cells[key.address.cell].at.clone()
                }),
            }
        })
        .collect()
}
