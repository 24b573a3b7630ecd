//! One document as several, and several as one.

use std::sync::Arc;

use jiping::versions::parts::{join, split};

use super::*;

fn two_projects() -> Document {
    let mut document = document();
    let second = first(&document).duplicate(&mut CountedIds(3000));
    document.projects.push(second);
    document
}

#[test]
fn what_was_split_is_put_together_with_its_ids() {
    let whole = two_projects();
    let mut ids = CountedIds(9000);
    let parts = split(&whole, &[], &mut ids);
    assert_eq!(parts.len(), 2);
    assert!(parts.iter().all(|part| part.id != whole.id));
    let parts: Vec<Arc<Document>> = parts.into_iter().map(Arc::new).collect();
    let joined = join(&parts, &mut ids);
    assert_eq!(joined.document.projects, whole.projects);
    assert!(joined.clashes.is_empty());
}

#[test]
fn a_part_that_was_filled_in_comes_back_over_the_whole() {
    let whole = two_projects();
    let parts = split(&whole, &[], &mut CountedIds(9000));
    let filled = changed(
        &parts[0],
        &[cell(&parts[0], "数量指标1", IndicatorField::Actual, "7")],
    );
    let merge = merge(Some(&whole), &whole, &filled);
    assert_eq!(merge.items().len(), 1, "{:#?}", merge.items());
    assert_eq!(merge.merged().projects.len(), 2);
    assert_eq!(
        read(merge.merged(), "数量指标1", IndicatorField::Actual),
        "7"
    );
}

#[test]
fn one_project_in_two_files_is_joined_and_its_conflicts_are_told() {
    let base = document();
    let field = || IndicatorField::Actual;
    let one = changed(&base, &[cell(&base, "数量指标1", field(), "7")]);
    let other = changed(&base, &[cell(&base, "数量指标1", field(), "9")]);
    let joined = join(&[Arc::new(one), Arc::new(other)], &mut CountedIds(9000));
    assert_eq!(joined.document.projects.len(), 1);
    assert_eq!(joined.clashes.len(), 1);
    assert_eq!(read(&joined.document, "数量指标1", field()), "7");
}
