//! What must hold for any review copy.

use proptest::prelude::*;

use super::{ReviewCopy, Subject};
use crate::sheet::random::{build, shape};

/// A copy takes thousands of times what a case of other properties takes.
fn few() -> ProptestConfig {
    let asked_for = ProptestConfig::default().cases;
    ProptestConfig {
        cases: asked_for.div_ceil(64),
        max_shrink_iters: 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn any_review_copy_comes_to_rest_and_numbers_only_what_it_lists(
        shapes in proptest::collection::vec(shape(), 1..3)
    ) {
        let subjects: Vec<Subject> = shapes
            .iter()
            .map(|shape| {
                let (project, edition) = build(shape);
                Subject::new(project, edition.clone())
            })
            .collect();
        let copy = ReviewCopy::new(subjects);
        prop_assert!(copy.pages.is_settled, "moving after {} passes", copy.pages.passes);
        prop_assert_eq!(&copy.pages.warnings, &[""; 0]);
        for (subject, form) in copy.subjects.iter().zip(copy.forms()) {
            let count = subject.findings.findings.len();
            for chip in copy.booklet.parts[form].chips.values().flatten() {
                prop_assert!((1..=count).contains(&chip.number));
            }
            for row in 1..=count {
                let page = copy.last_printed(form + 1, row);
                let number: Option<usize> = page.parse().ok();
                let pages = 1..=copy.pages.parts[form].count;
                prop_assert!(
                    page == "—" || number.is_some_and(|number| pages.contains(&number)),
                    "row {row} tells page {page}"
                );
            }
        }
    }
}
