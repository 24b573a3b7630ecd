//! Pages as pictures.

use jiping::sheet::{
    pages::Pages,
    picture::{Picture, Region},
};

use super::{SAMPLE, review};

fn pixel(picture: &Picture, x: u32, y: u32) -> [u8; 4] {
    let at = (y * picture.width + x) as usize * 4;
    picture.rgba[at..at + 4].try_into().expect("four bytes")
}

#[test]
fn a_picture_is_as_large_as_asked_for() {
    let (width, height) = SAMPLE.pages.size(0).expect("a page");
    for scale in [0.5, 1.0, 1.37] {
        let picture = SAMPLE.pages.picture(0, scale).expect("a picture");
        for (pixels, points) in [(picture.width, width), (picture.height, height)] {
            assert!(
                (f64::from(pixels) - points * scale).abs() <= 1.0,
                "{pixels} pixels for {points} points at {scale}"
            );
        }
        let bytes = picture.width as usize * picture.height as usize * 4;
        assert_eq!(picture.rgba.len(), bytes);
    }
}

#[test]
fn the_paper_is_white_and_the_text_black() {
    for page in 0..SAMPLE.pages.count() {
        let picture = SAMPLE.pages.picture(page, 1.0).expect("a picture");
        for (x, y) in [(0, 0), (picture.width - 1, picture.height - 1), (20, 20)] {
            assert_eq!(pixel(&picture, x, y), [255; 4], "page {page}");
        }
        let dark = picture
            .rgba
            .chunks_exact(4)
            .filter(|pixel| pixel[..3].iter().all(|part| *part < 100))
            .count();
        let share = dark * 1000 / (picture.rgba.len() / 4);
        assert!((2..300).contains(&share), "page {page}: {share} ‰ are dark");
    }
}

#[test]
fn a_cell_with_text_is_where_its_rectangle_is() {
    let scale = 2.0;
    let picture = SAMPLE.pages.picture(0, scale).expect("a picture");
    let cells = SAMPLE.pages.cells.iter();
    let cells = cells.filter(|cell| cell.pieces.len() == 1 && cell.pieces[0].0 == 0);
    let mut count = 0;
    for cell in cells {
        let rect = cell.pieces[0].1;
        // Without the lines around it.
        let [left, right] = [rect.x + 1.0, rect.right() - 1.0].map(|x| (x * scale) as u32);
        let [top, bottom] = [rect.y + 1.0, rect.bottom() - 1.0].map(|y| (y * scale) as u32);
        let is_blank = (top..bottom).all(|y| (left..right).all(|x| pixel(&picture, x, y)[0] > 128));
        let text = SAMPLE.cell(cell.address).text.trim();
        assert_eq!(is_blank, text.is_empty(), "{text:?} at {rect:?}");
        count += 1;
    }
    assert!(count > 50);
}

#[test]
fn absurd_scales_are_bounded() {
    for scale in [0.0, -3.0, 1e-9] {
        let picture = SAMPLE.pages.picture(0, scale).expect("a picture");
        assert!(picture.width >= 1 && picture.width < 100, "{scale}");
    }
    let picture = SAMPLE.pages.picture(0, f64::NAN);
    assert!(picture.is_none_or(|picture| picture.width <= 12_000));
    if super::is_long() {
        for scale in [1e9, f64::INFINITY] {
            let picture = SAMPLE.pages.picture(0, scale).expect("a picture");
            assert!(picture.height <= 12_000, "{scale}: {}", picture.height);
        }
    }
}

#[test]
fn a_page_that_is_not_there_has_no_picture() {
    let count = SAMPLE.pages.count();
    assert_eq!(SAMPLE.pages.picture(count, 1.0), None);
    assert_eq!(SAMPLE.pages.png(count, 1.0), None);
    assert_eq!(SAMPLE.pages.size(count), None);
}

#[test]
fn a_png_has_the_size_of_the_picture() {
    let picture = SAMPLE.pages.picture(1, 1.5).expect("a picture");
    let png = SAMPLE.pages.png(1, 1.5).expect("a picture");
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!(png[16..20], picture.width.to_be_bytes());
    assert_eq!(png[20..24], picture.height.to_be_bytes());
}

/// The strips of a page beneath each other.
fn from_strips(
    pages: &Pages,
    page: usize,
    scale: f64,
    [width, height]: [u32; 2],
    rows: u32,
) -> Vec<u8> {
    let mut rgba = Vec::new();
    for top in (0..height).step_by(rows as usize) {
        let height = rows.min(height - top);
        let region = Region {
            left: 0,
            top,
            width,
            height,
        };
        let strip = pages.part_of_picture(page, scale, region).expect("a strip");
        assert_eq!([strip.width, strip.height], [width, height]);
        rgba.extend(strip.rgba);
    }
    rgba
}

/// Fails unless the strips of a page, put together, are its picture. Edges may fall on the other side of a sample, of which a
/// pixel has four by four, so that a line may be a shade paler or darker: a quarter of the way for one edge, and a little more
/// where another one crosses it in the same pixel.
fn assert_strips_are_the_page(pages: &Pages, page: usize, scale: f64, rows: u32) {
    let whole = pages.picture(page, scale).expect("a picture");
    let strips = from_strips(pages, page, scale, [whole.width, whole.height], rows);
    assert_eq!(strips.len(), whole.rgba.len());
    let differences = strips.iter().zip(&whole.rgba);
    let differences = differences.map(|(one, other)| one.abs_diff(*other));
    let most = differences.clone().max().unwrap_or_default();
    let seen = differences.filter(|difference| *difference > 2).count();
    assert!(
        most <= 96 && seen * 200 < strips.len(),
        "{seen} differ by up to {most} at {scale}"
    );
}

#[test]
fn strips_of_a_page_put_together_are_its_picture() {
    for (scale, rows) in [
        (1.0, 100),
        (1.37, 64),
        (200.0 / 72.0, 333),
        (600.0 / 72.0, 2000),
    ] {
        assert_strips_are_the_page(&SAMPLE.pages, 1, scale, rows);
    }
    // With a mark across the page, numbers of findings, and a foot.
    assert_strips_are_the_page(&review::FILED.pages, 0, 300.0 / 72.0, 1200);
}
