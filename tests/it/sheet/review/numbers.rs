//! Numbers of findings at the cells of the form.

use std::collections::{BTreeMap, BTreeSet};

use jiping::{
    model::policy::Severity,
    sheet::{booklet::Mark, table::CellAddress},
};

use super::{FILED, FOOT, SEVERAL, booklet};
use crate::sheet::{SAMPLE, readback};

#[test]
fn every_printed_cell_of_a_finding_has_its_number_and_no_other_cell() {
    let mut printed_nowhere = 0;
    let mut chips = 0;
    for copy in [&*FILED, &*SEVERAL] {
        for (subject, part) in copy.subjects.iter().zip(copy.forms()) {
            let form = subject.form();
            let mut expected: BTreeSet<(CellAddress, usize, bool)> = BTreeSet::new();
            for (number, finding) in (1..).zip(&subject.findings.findings) {
                let strong = finding.level == Severity::Error;
                let cells = finding.cells.iter();
                let cells: Vec<CellAddress> =
                    cells.filter_map(|at| form.cell_for(&at.place)).collect();
                printed_nowhere += usize::from(cells.is_empty());
                expected.extend(cells.into_iter().map(|cell| (cell, number, strong)));
            }
            let part = &copy.booklet.parts[part];
            assert_eq!(part.sheet, form, "the form is that of the official print");
            let found: Vec<(CellAddress, usize, bool)> = part
                .chips
                .iter()
                .flat_map(|(cell, chips)| {
                    let chips = chips.iter();
                    chips.map(move |chip| (*cell, chip.number, chip.is_error))
                })
                .collect();
            assert!(
                found.is_sorted(),
                "numbers of a cell are in order, each once"
            );
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
            chips += found.len();
        }
    }
    assert!(chips > 20, "{chips}");
    assert!(printed_nowhere > 0, "some finding is about nothing printed");
}

#[test]
fn what_was_explained_is_not_printed_strongly() {
    let mut subject = super::Subject::of("assets/samples/shenzhen-2020-filed.jiping");
    let form = subject.form();
    let findings = &mut subject.findings.findings;
    let first = findings
        .iter_mut()
        .find(|finding| form.cell_for(&finding.at.place).is_some())
        .expect("a finding at a cell");
    assert_eq!(first.level, Severity::Error);
    first.explained = Some("已按批复执行，无需修改。".to_owned());
    let cell = form.cell_for(&first.at.place).expect("found");
    let code = first.rule.code;
    let number = 1 + findings
        .iter()
        .position(|finding| finding.explained.is_some())
        .expect("just explained");
    let booklet = booklet(&[subject], Mark::Draft);
    let mut chips = booklet.parts[0].chips[&cell].iter();
    let chip = chips.find(|chip| chip.number == number);
    assert!(!chip.expect("still has its number").is_error, "{code}");
    let listed = super::rows(&booklet.parts[1].sheet).nth(number - 1);
    let told: Vec<&str> = listed
        .expect("still listed")
        .iter()
        .map(|cell| cell.text.as_str())
        .collect();
    assert!(
        told.concat().contains("已按批复执行，无需修改。"),
        "{told:?}"
    );
}

#[test]
fn appendices_and_contents_have_no_numbers_at_their_cells() {
    let forms = SEVERAL.forms();
    for (index, part) in SEVERAL.booklet.parts.iter().enumerate() {
        assert!(forms.contains(&index) || part.chips.is_empty(), "{index}");
    }
}

#[test]
fn numbers_lie_on_no_word_of_the_form() {
    // Numbers are set small, so their boxes are low.
    let (numbers, words): (Vec<_>, Vec<_>) = FILED
        .words
        .iter()
        .filter(|word| word.page < SAMPLE.pages.count())
        .partition(|word| word.bottom - word.top < 9.0);
    assert!(numbers.len() > 20, "{} numbers", numbers.len());
    for number in numbers {
        let x = f64::midpoint(number.left, number.right);
        let y = f64::midpoint(number.top, number.bottom);
        let beneath = words.iter().find(|word| {
            // A word's box is that of the font: higher than its letters.
            let spare = (word.bottom - word.top) / 4.0;
            word.page == number.page
                && (word.left..word.right).contains(&x)
                && (word.top + spare..word.bottom - spare).contains(&y)
        });
        assert!(beneath.is_none(), "{number:?} on {beneath:?}");
    }
}

/// How often each digit stands above the foot of the first pages.
fn digits(words: &[readback::Word], pages: usize) -> BTreeMap<char, usize> {
    let (_, height) = SAMPLE.pages.size(0).expect("a page");
    let words = words.iter();
    let words = words.filter(|word| word.page < pages && word.top <= height - FOOT);
    let mut counts = BTreeMap::new();
    for digit in words.flat_map(|word| word.text.chars().filter(char::is_ascii_digit)) {
        *counts.entry(digit).or_default() += 1;
    }
    counts
}

#[test]
fn every_number_is_printed_once_at_each_of_its_cells() {
    let count = SAMPLE.pages.count();
    let mut expected = digits(&readback::words(&SAMPLE.pages), count);
    for chip in FILED.booklet.parts[0].chips.values().flatten() {
        for digit in chip.number.to_string().chars() {
            *expected.entry(digit).or_default() += 1;
        }
    }
    assert_eq!(digits(&FILED.words, count), expected);
}
