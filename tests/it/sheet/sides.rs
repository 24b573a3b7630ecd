//! Some of the pages for a printer, with blank sides between them.

use jiping::sheet::{booklet::Booklet, pages::Pages, table::FormSheet};

use super::{
    SAMPLE, TIME, TYPESETTER, blank,
    inspect::letters,
    readback::{
        assert_fonts_embedded, assert_well_formed, drawn_texts, drawn_texts_of, media_boxes,
        unpacked,
    },
    review,
};
use crate::cases;

fn sides(pages: &Pages, sides: &[Option<usize>]) -> Vec<u8> {
    pages.pdf_of(sides).expect("a PDF")
}

#[test]
fn sides_are_printed_in_the_order_asked_for() {
    let bytes = sides(&SAMPLE.pages, &[Some(2), Some(0), None, Some(2)]);
    assert_well_formed(&bytes);
    let whole = drawn_texts(&SAMPLE.pages);
    let printed = drawn_texts_of(&bytes);
    assert_eq!(printed.len(), 4);
    for (side, page) in [(0, 2), (1, 0), (3, 2)] {
        assert_eq!(
            letters(&printed[side]),
            letters(&whole[page]),
            "side {side}"
        );
    }
    assert_eq!(printed[2].trim(), "", "the back is blank");
    assert!(!assert_fonts_embedded(&bytes).is_empty());
}

#[test]
fn a_blank_side_is_as_large_as_the_one_before() {
    let [upright, across] = ["shenzhen-2020", "mof-2020"].map(cases::edition);
    let sheets = [&upright, &across].map(|edition| FormSheet::new(&blank(edition), edition));
    let pages = TYPESETTER
        .lay_out(&Booklet::official(sheets, TIME))
        .expect("lays out");
    let [first, second] = [0, 1].map(|part| pages.parts[part].first);
    let size = |page| pages.size(page).expect("a page");
    assert_ne!(size(first), size(second));
    let asked_for = [None, Some(second), None, Some(first), None];
    let boxes = media_boxes(&sides(&pages, &asked_for));
    let wanted = [second, second, second, first, first].map(size);
    assert_eq!(boxes.len(), wanted.len());
    for (number, (found, wanted)) in boxes.iter().zip(wanted).enumerate() {
        assert!(
            (found[0] - wanted.0).abs() < 0.01 && (found[1] - wanted.1).abs() < 0.01,
            "side {number} is {found:?} instead of {wanted:?}"
        );
    }
}

#[test]
fn nothing_in_it_leads_to_pages_that_are_not_printed() {
    let copy = &*review::SEVERAL;
    let last = copy.pages.count() - 1;
    let bytes = sides(&copy.pages, &[Some(0), Some(last), Some(0)]);
    assert_well_formed(&bytes);
    let text = unpacked(&bytes);
    for word in ["/Subtype /Link", "/StructTreeRoot", "/Outlines", "/Dest"] {
        assert!(!text.contains(word), "{word}");
    }
    assert_eq!(drawn_texts_of(&bytes).len(), 3);
}

#[test]
fn all_pages_are_drawn_as_in_the_whole_file() {
    let copy = &*review::FILED;
    let all: Vec<Option<usize>> = (0..copy.pages.count()).map(Some).collect();
    let printed = drawn_texts_of(&sides(&copy.pages, &all));
    assert_eq!(printed.len(), all.len());
    for (printed, whole) in printed.iter().zip(drawn_texts(&copy.pages)) {
        assert_eq!(letters(printed), letters(&whole));
    }
    assert!(
        sides(&copy.pages, &all) == sides(&copy.pages, &all),
        "the same bytes"
    );
}

#[test]
fn sides_that_are_not_there_are_refused() {
    let count = SAMPLE.pages.count();
    for wrong in [&[][..], &[Some(count)], &[Some(0), None, Some(count)]] {
        let error = SAMPLE.pages.pdf_of(wrong).expect_err("no such page");
        assert!(error.to_string().contains("没有这些页面"), "{error}");
    }
}
