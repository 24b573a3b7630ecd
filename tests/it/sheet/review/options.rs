//! What a review copy has beside the forms is chosen.

use jiping::sheet::{booklet::Mark, review::ReviewOptions, table::Style};

use super::{FILED, SEVERAL, TYPESETTER, booklet_with};
use jiping::sheet::pdf::Conformance;

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

#[test]
fn charts_stand_behind_each_project_and_those_of_all_at_the_end() {
    let options = ReviewOptions {
        charts: true,
        ..ReviewOptions::default()
    };
    assert_eq!(headings(options).last().expect("a heading"), "附三　图表");
    let booklet = booklet_with(&SEVERAL.subjects, Mark::default(), options);
    let last = booklet.parts.last().expect("a part");
    assert_eq!((last.sheet.project, last.drawings.len()), (None, 2));
    let drawings = booklet.parts.iter().flat_map(|part| &part.drawings);
    assert!(drawings.clone().count() > 4);
    // The mark in the background is seen through them.
    assert!(
        drawings
            .clone()
            .all(|one| !one.svg.contains("#ffffff\"/>\n<text"))
    );
    let pages = TYPESETTER.lay_out(&booklet).expect("lays out");
    assert!(pages.is_settled);
    assert_eq!(pages.warnings, Vec::<String>::new());
    // Drawings say in words what they show, as accessible PDF asks for.
    let pdf = pages.pdf(Conformance::Accessible).expect("PDF/UA-1");
    assert!(pdf.starts_with(b"%PDF"));
    // Charts move nothing of what stands before them.
    for part in 0..3 {
        assert_eq!(pages.parts[part], SEVERAL.pages.parts[part]);
    }
}
