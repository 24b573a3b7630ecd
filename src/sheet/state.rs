//! What one pass of the layout knows from the one before: where captions are split, how many pages there are, on which page
//! something is.

use std::collections::BTreeMap;

use super::{
    booklet::Booklet, markup::TEXT_SIZE, placement::Placement, spacing::Spacing, table::CellAddress,
};

/// A cell of a booklet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub part: usize,
    pub address: CellAddress,
}

/// What one pass knows from the one before.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    /// Captions that take no height, each with its pieces.
    pub splits: BTreeMap<Key, Vec<Segment>>,
    /// Captions drawn beside the rest of a high row.
    pub carried: Vec<Carried>,
    /// By part, how many pages are counted with its own.
    pub totals: Vec<usize>,
    /// How many pages there are.
    pub pages: usize,
    /// By part, how close its rows stand. No pass changes that.
    pub spacings: Vec<Spacing>,
    /// What cells say that tell where something is.
    pub references: BTreeMap<Key, Shown>,
}

/// A caption on a page on which only the rest of a high row stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Carried {
    pub part: usize,
    /// The page of the file, from 1.
    pub page: usize,
    /// Left and upper edge, width and height, in whole points.
    pub place: [f64; 4],
    pub text: String,
    pub size: Size,
}

/// A piece of a caption: rows on one page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Segment {
    pub row: usize,
    pub rows: usize,
    pub caption: Caption,
}

/// How a piece of a caption is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Caption {
    Printed(Size),
    /// Not at all: its rows have no room for it.
    Left,
}

/// Sizes of captions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Size {
    Usual,
    Smaller,
    Smallest,
}

impl Size {
    pub(super) fn points(self) -> f64 {
        match self {
            Self::Usual => TEXT_SIZE,
            Self::Smaller => 7.5,
            Self::Smallest => 6.0,
        }
    }
}

/// What a cell says that tells where something is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub text: String,
    /// Page, from 1, and point, in whole points.
    pub to: Option<(usize, f64, f64)>,
}

impl State {
    pub(super) fn first(booklet: &Booklet) -> Self {
        Self {
            splits: BTreeMap::new(),
            carried: Vec::new(),
            totals: vec![1; booklet.parts.len()],
            pages: booklet.parts.len(),
            spacings: vec![Spacing::Usual; booklet.parts.len()],
            references: BTreeMap::new(),
        }
    }

    pub(super) fn next(&self, booklet: &Booklet, placement: &Placement) -> Self {
        Self {
            splits: placement.splits(booklet, self),
            carried: placement.carried(booklet),
            totals: placement.totals(booklet),
            pages: placement.parts.iter().map(|part| part.count).sum(),
            spacings: self.spacings.clone(),
            references: placement.references(booklet),
        }
    }

    /// With other spacings. What is known of parts whose spacing stays is kept; the others begin anew, and are expected to
    /// have one page less.
    pub(super) fn spaced(&self, booklet: &Booklet, spacings: Vec<Spacing>) -> Self {
        let stays = |part: usize| self.spacings.get(part) == spacings.get(part);
        let splits = self.splits.iter().filter(|(key, _)| stays(key.part));
        let carried = self.carried.iter().filter(|one| stays(one.part));
        let mut totals = self.totals.clone();
        let mut saved = 0;
        for part in (0..spacings.len()).filter(|part| !stays(*part)) {
            saved += 1;
            for index in booklet.run_of(part) {
                totals[index] = totals[index].saturating_sub(1);
            }
        }
        Self {
            totals,
            pages: self.pages.saturating_sub(saved),
            splits: splits.map(|(key, pieces)| (*key, pieces.clone())).collect(),
            carried: carried.cloned().collect(),
            spacings,
            ..self.clone()
        }
    }
}

/// The largest size in which a caption of this many characters fits.
pub(super) fn fitting(characters: usize, width: f64, height: f64) -> Caption {
    for size in [Size::Usual, Size::Smaller, Size::Smallest] {
        let points = size.points();
        // A table's columns are wider than one character, and captions shorter than a thousand.
        let per_line = (width / points).floor().max(1.0);
        let lines = (characters as f64 / per_line).ceil();
        if lines * points * 1.32 <= height {
            return Caption::Printed(size);
        }
    }
    Caption::Left
}
