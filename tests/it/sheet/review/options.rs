//! What a review copy has beside the forms is chosen.

use jiping::sheet::{booklet::Mark, review::ReviewOptions, table::Style};

use super::{FILED, TYPESETTER, booklet_with};

/// The headings of the appendices.
fn headings(options: ReviewOptions) -> Vec<String> {
    let booklet = booklet_with(&FILED.subjects, Mark::default(), options);
    let cells = booklet.parts.iter().flat_map(|part| part.sheet.cells());
    let headings = cells.filter(|(_, cell)| cell.style == Style::Heading);
    headings.map(|(_, cell)| cell.text.clone()).collect()
}

#[test]
fn appendices_are_counted_whichever_there_are() {
    let usual = ReviewOptions::default();
    assert_eq!(headings(usual), ["附一　校验意见", "附二　得分测算过程"]);
    let without_findings = ReviewOptions {
        findings: false,
        ..usual
    };
    assert_eq!(headings(without_findings), ["附一　得分测算过程"]);
    let without_working = ReviewOptions {
        working: false,
        ..usual
    };
    assert_eq!(headings(without_working), ["附一　校验意见"]);
}

#[test]
fn without_the_list_of_findings_no_cell_has_a_number() {
    let options = ReviewOptions {
        findings: false,
        ..ReviewOptions::default()
    };
    let booklet = booklet_with(&FILED.subjects, Mark::default(), options);
    assert!(booklet.parts.iter().all(|part| part.chips.is_empty()));
    assert!(!FILED.booklet.parts[0].chips.is_empty());
    assert!(booklet.references.is_empty());
    let pages = TYPESETTER.lay_out(&booklet).expect("lays out");
    assert!(pages.is_settled);
}
