//! The form of Shenzhen as its unit filed it.

use rust_decimal::dec;

use super::*;
use crate::format::{read, samples};

#[test]
fn the_form_of_shenzhen_is_computed_as_its_reviewer_did() {
    let document = read(&samples::filed()).expect("a sample").document;
    let project = document.projects.first().expect("a project");
    let shelf = EditionShelf::built_in();
    let edition = shelf.get(&project.edition).expect("shipped").edition;
    let outcome = score_project(project, &edition);
    let execution = &outcome.execution;
    assert_eq!(shown(execution.shown_rate), "99.7");
    assert_eq!(
        (shown(execution.score), execution.filed),
        ("9.97".into(), Some(dec!(9.97)))
    );
    assert_eq!(
        execution.working.to_string(),
        "8,086,475.64 ÷ 8,108,600.00 = 99.73%，× 10 = 9.97"
    );
    let groups: Vec<(usize, String, String)> = outcome.goals[0]
        .sections
        .iter()
        .flat_map(|section| &section.groups)
        .map(|group| {
            (
                group.members.len(),
                shown(group.computed),
                group.working.to_string(),
            )
        })
        .collect();
    let full = |rows: usize, points: u32| {
        (
            rows,
            format!("{points}.00"),
            format!("{rows} ÷ {rows} × {points} = {points}.00"),
        )
    };
    let none = || (1, "—".to_owned(), String::new());
    assert_eq!(
        groups,
        [
            (15, "14.70".into(), "(14 + 7 ÷ 10) ÷ 15 × 15 = 14.70".into()),
            full(13, 15),
            full(15, 10),
            full(1, 10),
            none(),
            full(11, 30),
            none(),
            full(3, 10),
        ]
    );
    let [output, benefit] = &outcome.goals[0].sections[..] else {
        panic!("two sections");
    };
    assert_eq!(
        (output.weight.value, benefit.weight.value),
        (dec!(50), dec!(40))
    );
    assert_eq!(
        (output.filed.value, benefit.filed.value),
        (dec!(50), dec!(40))
    );
    assert_eq!(output.computed, Some(dec!(49.70)));
    assert_eq!(outcome.total.weight.value, dec!(100));
    assert_eq!(outcome.total.filed.value, dec!(99.97));
    assert_eq!(outcome.total.computed, Some(dec!(99.67)));
    let counted = outcome.goals[0]
        .sections
        .iter()
        .flat_map(|section| &section.groups)
        .flat_map(|group| &group.members)
        .filter(|member| member.counts)
        .count();
    assert_eq!(counted, 58);
}
