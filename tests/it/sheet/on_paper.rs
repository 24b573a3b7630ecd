//! What a printer makes of a file: its paper, its fonts, the edges it does not reach, and its blacks and greys.

use std::sync::LazyLock;

use jiping::sheet::{
    booklet::{Booklet, Mark},
    pages::Pages,
    review::ReviewOptions,
    table::FormSheet,
};

use super::{
    EDITIONS, SAMPLE, TIME, TYPESETTER, blank,
    filled::{Points, filled},
    readback::{self, Grey, Word},
    review,
};

/// The files that are looked at, each with its name; written once for all that looks at them.
static FILES: LazyLock<Vec<(&str, Pages, Vec<u8>)>> = LazyLock::new(|| {
    let sheets = EDITIONS.iter().flat_map(|edition| {
        let blank = FormSheet::new(&blank(edition), edition);
        let filled = FormSheet::new(&filled(edition, 2, Points::Rows), edition);
        [blank, filled]
    });
    let official = Booklet::official(sheets, TIME);
    let options = ReviewOptions {
        charts: true,
        ..ReviewOptions::default()
    };
    let reviewed = review::booklet_with(&review::SEVERAL.subjects, Mark::Draft, options);
    let laid = |booklet: &Booklet| TYPESETTER.lay_out(booklet).expect("lays out");
    let files = [
        ("the sample", SAMPLE.pages.clone()),
        ("all editions", laid(&official)),
        ("the review copy", review::FILED.pages.clone()),
        ("a review copy with charts", laid(&reviewed)),
    ];
    let written = files.map(|(name, pages)| {
        let pdf = readback::pdf(&pages);
        (name, pages, pdf)
    });
    written.into()
});

#[test]
fn every_page_is_exactly_a4() {
    for (name, pages, pdf) in &*FILES {
        let boxes = readback::media_boxes(pdf);
        assert_eq!(boxes.len(), pages.count(), "{name}");
        for (page, [width, height]) in boxes.iter().enumerate() {
            let [short, long] = [width.min(*height), width.max(*height)];
            assert!(
                (short - 595.28).abs() < 0.01 && (long - 841.89).abs() < 0.01,
                "{name}, page {page}: {width} × {height}"
            );
            let size = pages.size(page).expect("a page");
            assert!((size.0 - width).abs() < 0.01, "{name}, page {page}");
        }
    }
}

#[test]
fn every_file_brings_its_fonts() {
    for (name, _, pdf) in &*FILES {
        let fonts = readback::assert_fonts_embedded(pdf);
        assert!(!fonts.is_empty(), "{name}");
        for font in fonts {
            // Of a font only what is used: six letters say so.
            let is_ours = font
                .split_once('+')
                .is_some_and(|(letters, name)| letters.len() == 6 && name.starts_with("Jiping"));
            assert!(is_ours, "{name} uses {font}");
        }
    }
}

#[test]
fn nothing_is_drawn_where_printers_do_not_reach() {
    /// Five millimetres, in pixels.
    const EDGE: usize = 20;
    for (name, pages, pdf) in &*FILES {
        let pictures = readback::grey_pictures(pdf, 100);
        assert_eq!(pictures.len(), pages.count(), "{name}");
        for (page, picture) in pictures.iter().enumerate() {
            let mut inked = 0;
            for (index, pixel) in picture.pixels.iter().enumerate() {
                let (x, y) = (index % picture.width, index / picture.width);
                let is_reached = (EDGE..picture.width - EDGE).contains(&x)
                    && (EDGE..picture.height - EDGE).contains(&y);
                assert!(is_reached || *pixel == 255, "{name}, page {page}: {x}, {y}");
                inked += usize::from(*pixel < 255);
            }
            assert!(inked > 1000, "{name}, page {page} is not blank");
        }
    }
}

/// How much light a grey gives, of 1.
fn light(grey: u8) -> f64 {
    let value = f64::from(grey) / 255.0;
    if value <= 0.04045 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

/// The contrast between a word's letters and what they stand on, as WCAG 2 defines it: the darkest and the lightest in the
/// middle of its box.
fn contrast(word: &Word, picture: &Grey, scale: f64) -> f64 {
    let [left, right] = [word.left, word.right].map(|x| (x * scale) as usize);
    let fifth = (word.bottom - word.top) / 5.0;
    let [top, bottom] = [word.top + fifth, word.bottom - fifth].map(|y| (y * scale) as usize);
    let pixels = (top..=bottom)
        .flat_map(|y| (left..=right).map(move |x| picture.pixels[y * picture.width + x]));
    let (darkest, lightest) = pixels.fold((255, 0), |(darkest, lightest), pixel| {
        (pixel.min(darkest), pixel.max(lightest))
    });
    (light(lightest) + 0.05) / (light(darkest) + 0.05)
}

#[test]
fn all_words_are_read_without_colours() {
    const RESOLUTION: u32 = 200;
    for (name, pages, pdf) in &FILES[1..] {
        let pictures = readback::grey_pictures(pdf, RESOLUTION);
        let words = readback::words(pages);
        assert!(words.len() > 500, "{name}");
        let scale = f64::from(RESOLUTION) / 72.0;
        for word in words {
            let contrast = contrast(&word, &pictures[word.page], scale);
            assert!(contrast >= 4.5, "{name}: {contrast:.1} for {word:?}");
        }
    }
}

/// Letters over the mark: what they stand on there is the mark's grey.
#[test]
fn the_mark_leaves_black_letters_legible() {
    let pages = &review::FILED.pages;
    let pictures = readback::grey_pictures(&readback::pdf(pages), 100);
    let greys = pictures[0].pixels.iter().fold([0; 256], |mut greys, grey| {
        greys[usize::from(*grey)] += 1;
        greys
    });
    // The mark is the only large surface besides the paper.
    let mark = (0..255_u8)
        .max_by_key(|grey| greys[usize::from(*grey)])
        .expect("greys");
    assert!(greys[usize::from(mark)] > 10_000, "there is a mark");
    let black_on_it = (light(mark) + 0.05) / 0.05;
    assert!(black_on_it >= 12.0, "{mark}: {black_on_it}");
    assert!(mark < 245, "{mark}: a printer still shows it");
}
