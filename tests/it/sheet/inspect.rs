//! What must hold for every laid out form, whatever is in it.

use std::collections::BTreeMap;

use jiping::sheet::{
    pages::{PlacedCell, Rect},
    table::{BlockKind, Style},
};

use super::{
    LaidOut,
    cells::assert_tiled,
    readback::{self, Word},
};

/// Closer than this, in points, is the same place.
const NEAR: f64 = 0.3;
/// No page has narrower margins than this, in points.
const LEAST_MARGIN: f64 = 36.0;

/// Fails unless everything lies where it must, and every text is printed where its cell is.
pub fn assert_sound(laid: &LaidOut, name: &str) {
    assert_tiled(&laid.sheet, name);
    assert_settled(laid, name);
    assert_placed(laid, name);
    assert_pages_tiled(laid, name);
    assert_rows_stay_together(laid, name);
    assert_words_in_cells(laid, name);
}

fn assert_settled(laid: &LaidOut, name: &str) {
    let pages = &laid.pages;
    assert!(
        pages.is_settled,
        "{name}: still moving after {} passes",
        pages.passes
    );
    // Where a page is to be saved, spacings are tried beside the usual one.
    let most = if pages.parts[0].is_close { 8 } else { 4 };
    assert!(pages.passes <= most, "{name}: {} passes", pages.passes);
    assert_eq!(pages.warnings, [""; 0], "{name}");
    assert_eq!(pages.parts.len(), 1, "{name}");
    assert_eq!(pages.parts[0].count, pages.count(), "{name}");
}

fn pieces(laid: &LaidOut) -> impl Iterator<Item = (&PlacedCell, usize, Rect)> {
    let cells = laid.pages.cells.iter();
    cells.flat_map(|cell| {
        cell.pieces
            .iter()
            .map(move |(page, rect)| (cell, *page, *rect))
    })
}

/// Every cell is somewhere, in the page's text area, and found again by a point of it.
fn assert_placed(laid: &LaidOut, name: &str) {
    assert_eq!(
        laid.pages.cells.len(),
        laid.sheet.cells().count(),
        "{name}: all cells are placed"
    );
    for (address, cell) in laid.sheet.cells() {
        let placed = laid.pages.placed(0, address);
        let placed = placed.unwrap_or_else(|| panic!("{name}: {cell:?} is on no page"));
        assert_eq!(placed.at, cell.at, "{name}");
        assert!(!placed.pieces.is_empty(), "{name}: {cell:?} is nowhere");
    }
    let mut tops: BTreeMap<(usize, usize), (usize, f64)> = BTreeMap::new();
    for cell in &laid.pages.cells {
        let (page, rect) = cell.pieces[0];
        let row = (cell.address.block, cell.address.row);
        let (on, top) = *tops.entry(row).or_insert((page, rect.y));
        assert!(
            on == page && (top - rect.y).abs() < NEAR,
            "{name}: {:?} begins beside its row, at {rect:?} of page {page}, not at {top} of {on}",
            laid.cell(cell.address)
        );
    }
    for (cell, page, rect) in pieces(laid) {
        let (width, height) = laid.pages.size(page).expect("a page");
        let what = || {
            format!(
                "{name}, page {page}: {rect:?} of {:?}",
                laid.cell(cell.address)
            )
        };
        assert!(
            rect.width > 1.0 && rect.height > 1.0,
            "{} has a size",
            what()
        );
        assert!(
            rect.x >= LEAST_MARGIN
                && rect.y >= LEAST_MARGIN
                && rect.right() <= width - LEAST_MARGIN
                && rect.bottom() <= height - LEAST_MARGIN,
            "{} leaves the page's text area",
            what()
        );
        let centre = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
        let found = laid.pages.cell_at(page, centre.0, centre.1);
        assert_eq!(
            found.map(|found| found.address),
            Some(cell.address),
            "{} is found by its centre",
            what()
        );
    }
}

/// The table's pieces on a page cover it from its left to its right edge without gaps and without overlaps.
fn assert_pages_tiled(laid: &LaidOut, name: &str) {
    for page in 0..laid.pages.count() {
        let mut rects: Vec<(Rect, &PlacedCell)> = pieces(laid)
            .filter(|(cell, on, _)| {
                *on == page && laid.sheet.blocks[cell.address.block].kind == BlockKind::Table
            })
            .map(|(cell, _, rect)| (rect, cell))
            .collect();
        rects.sort_by(|(one, _), (other, _)| one.x.total_cmp(&other.x));
        let mut heights: Vec<f64> = rects
            .iter()
            .flat_map(|(rect, _)| [rect.y, rect.bottom()])
            .collect();
        heights.sort_by(f64::total_cmp);
        let left = rects
            .iter()
            .map(|(rect, _)| rect.x)
            .fold(f64::MAX, f64::min);
        let right = rects
            .iter()
            .map(|(rect, _)| rect.right())
            .fold(0.0, f64::max);
        for band in heights.windows(2).filter(|band| band[1] - band[0] > NEAR) {
            let middle = f64::midpoint(band[0], band[1]);
            let mut reached = left;
            for (rect, cell) in &rects {
                if (rect.y..rect.bottom()).contains(&middle) {
                    assert!(
                        (rect.x - reached).abs() < NEAR,
                        "{name}, page {page}, height {middle}: {:?} at {rect:?} does not touch {reached}",
                        laid.cell(cell.address)
                    );
                    reached = rect.right();
                }
            }
            assert!(
                (reached - right).abs() < NEAR,
                "{name}, page {page}, height {middle}: cells reach to {reached} instead of {right}"
            );
        }
    }
}

/// Where a row may not be the last of a page, the next begins on the same page, unless they are too high for that.
fn assert_rows_stay_together(laid: &LaidOut, name: &str) {
    let page_of = |block: usize, row: usize| {
        let cells = laid.pages.cells.iter();
        let mut cells = cells.filter(|cell| cell.address.block == block && cell.address.row == row);
        cells.next().map(|cell| cell.pieces[0].0)
    };
    for (block, content) in laid.sheet.blocks.iter().enumerate() {
        for row in content.header_rows..content.rows.len() {
            let kept = content.rows[row].keep_with_next && is_short(laid, block, row);
            let (Some(page), Some(next)) = (page_of(block, row), page_of(block, row + 1)) else {
                continue;
            };
            assert!(
                !kept || page == next,
                "{name}: block {block}, row {row} ends page {page}, the next is on {next}"
            );
        }
    }
}

/// Whether the rows that are held together with this one are few, and they and all cells that reach into them a few lines
/// high.
fn is_short(laid: &LaidOut, block: usize, row: usize) -> bool {
    let rows = &laid.sheet.blocks[block].rows;
    let first = rows[..row].iter().rposition(|row| !row.keep_with_next);
    let first = first.map_or(0, |before| before + 1);
    let last = (row..rows.len()).find(|row| !rows[*row].keep_with_next);
    let last = last.unwrap_or(rows.len() - 1);
    let cells = laid.sheet.cells();
    let mut touching = cells.filter(|(address, cell)| {
        address.block == block && address.row <= last && address.row + cell.rows > first
    });
    last - first < 5
        && touching.all(|(_, cell)| {
            let width = usize::from(cell.right - cell.left);
            cell.text.chars().count() * 12 <= 3 * width && !cell.text.contains('\n')
        })
}

/// Without white space and without what is only there to end lines.
pub fn letters(text: &str) -> String {
    jiping::sheet::text::lines(text)
        .concat()
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect()
}

/// The letters of a text, whatever their order: narrow columns beside each other are read back line by line.
pub fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = letters(text).chars().collect();
    letters.sort_unstable();
    letters
}

/// Every word lies in a cell and the words of a cell are its text, or it belongs to what a page repeats.
fn assert_words_in_cells(laid: &LaidOut, name: &str) {
    let mut printed: BTreeMap<_, Vec<Vec<String>>> = BTreeMap::new();
    for cell in &laid.pages.cells {
        printed.insert(cell.address, vec![Vec::new(); cell.pieces.len()]);
    }
    for word in readback::words(&laid.pages) {
        let (width, height) = laid.pages.size(word.page).expect("a page");
        assert!(
            word.left >= LEAST_MARGIN - 8.0 && word.right <= width - LEAST_MARGIN + 8.0,
            "{name}: {word:?} leaves the page's text area"
        );
        assert!(
            word.top >= LEAST_MARGIN - 1.0 && word.bottom < height,
            "{name}: {word:?}"
        );
        let (x, y) = (
            f64::midpoint(word.left, word.right),
            f64::midpoint(word.top, word.bottom),
        );
        match laid.pages.cell_at(word.page, x, y) {
            Some(cell) => {
                let (piece, rect) = piece_at(cell, &word, y);
                assert_inside(laid, cell, rect, &word, name);
                printed.get_mut(&cell.address).expect("placed")[piece].push(word.text);
            }
            None => assert_furniture(laid, &word, name),
        }
    }
    for (address, cell) in laid.sheet.cells() {
        let pieces = &printed[&address];
        let texts: Vec<String> = pieces.iter().map(|words| words.concat()).collect();
        let is_continued = cell.style == Style::Span && pieces.len() > 1;
        let is_printed = if is_continued && sorted(&texts.concat()) != sorted(&cell.text) {
            is_carried_on(&texts, &cell.text)
        } else {
            sorted(&texts.concat()) == sorted(&cell.text)
        };
        assert!(is_printed, "{name}: {cell:?} is printed as {texts:?}");
    }
}

/// Whether a caption is whole where it begins, and carried on with （续） or left out behind that.
fn is_carried_on(texts: &[String], caption: &str) -> bool {
    let whole = sorted(caption);
    let again = sorted(&format!("{caption}（续）"));
    let (first, rest) = texts.split_first().expect("a piece");
    let is_somewhere = texts.iter().any(|text| !text.is_empty());
    is_somewhere
        && (first.is_empty() || sorted(first) == whole)
        && rest
            .iter()
            .all(|text| text.is_empty() || sorted(text) == again)
}

fn piece_at(cell: &PlacedCell, word: &Word, y: f64) -> (usize, Rect) {
    let pieces = cell.pieces.iter().enumerate();
    let mut pieces = pieces
        .filter(|(_, (page, rect))| *page == word.page && (rect.y..rect.bottom()).contains(&y));
    let (index, (_, rect)) = pieces.next().expect("the point is in the cell");
    (index, *rect)
}

fn assert_inside(laid: &LaidOut, cell: &PlacedCell, rect: Rect, word: &Word, name: &str) {
    // Boxes of words are as high as their font, which is more than its letters and more than a line.
    let slack = 4.0;
    // The empty half of a stop at the end of a line may lie beyond it, as that of a bracket at its beginning.
    let beyond = |character: Option<char>, halves: &str| match character {
        // A box is as high as its letters are wide.
        Some(character) if halves.contains(character) => (word.bottom - word.top) / 2.0 + 0.5,
        _ => 0.5,
    };
    let before = beyond(word.text.chars().next(), "（“‘《「【");
    let behind = beyond(word.text.chars().next_back(), "、。，；：！？）”’》」】");
    assert!(
        word.left >= rect.x - before
            && word.right <= rect.right() + behind
            && word.top >= rect.y - slack
            && word.bottom <= rect.bottom() + slack,
        "{name}: {word:?} leaves {rect:?} of {:?}",
        laid.cell(cell.address)
    );
}

/// Beside cells stand only captions that a page repeats, and the page's number.
fn assert_furniture(laid: &LaidOut, word: &Word, name: &str) {
    let said = letters(&word.text);
    let headers = laid.sheet.blocks.iter();
    let mut headers = headers.flat_map(|block| &block.rows[..block.header_rows]);
    let is_header = headers.any(|row| {
        row.cells
            .iter()
            .any(|cell| letters(&cell.text).contains(&said))
    });
    let (_, height) = laid.pages.size(word.page).expect("a page");
    let is_foot = word.top > height - 60.0
        && (said.chars().all(|letter| letter.is_ascii_digit()) || "第页共页".contains(&said));
    let is_foot = is_foot
        || said == letters(&format!("第{}页", word.page + 1))
        || said == letters(&format!("共{}页", laid.pages.count()))
        || said == letters(&format!("第{}页共{}页", word.page + 1, laid.pages.count()));
    assert!(is_header || is_foot, "{name}: {word:?} is in no cell");
}
