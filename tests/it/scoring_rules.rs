//! Scoring consistency on forms that were really filed: what case files cannot say about fixes, folding and places.

use std::{fs, path::Path, sync::Arc};

use jiff::civil::date;
use jiping::{
    model::{
        document::Document,
        edition::{Edition, IndicatorRole},
        path::{BlockField, IndicatorField, Place},
        policy::Severity,
        project::Project,
    },
    rules::{
        checker::check_project,
        finding::{Finding, Mend},
    },
};
use serde_json::Value;

use crate::cases;

/// A filed form.
fn filed(number: &str) -> Arc<Project> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/forms/{number}.jiping"));
    let text = fs::read_to_string(path).expect("a filed form");
    let envelope: Value = serde_json::from_str(&text).expect("JSON");
    let document: Document =
        serde_json::from_value(envelope["document"].clone()).expect("a document");
    Arc::clone(document.projects.first().expect("a project"))
}

/// The findings of the scoring family on a filed form.
fn findings(number: &str) -> Vec<Finding> {
    let project = filed(number);
    let edition = cases::edition(&project.edition.id);
    let mut findings = check_project(&project, &edition, date(2022, 3, 1)).findings;
    findings.retain(|finding| finding.rule.code.starts_with('C'));
    findings
}

fn of_code<'f>(findings: &'f [Finding], code: &str) -> Vec<&'f Finding> {
    findings
        .iter()
        .filter(|finding| finding.rule.code == code)
        .collect()
}

#[test]
fn scores_off_the_formula_fold_by_group_and_level_and_are_fixed_together() {
    let findings = findings("12");
    let off = of_code(&findings, "C02");
    let levels: Vec<(Severity, usize)> = off
        .iter()
        .map(|finding| (finding.level, finding.cells.len()))
        .collect();
    assert_eq!(levels, [(Severity::Error, 8), (Severity::Warning, 5)]);
    for finding in off {
        let fix = finding.fix.as_ref().expect("a fix");
        let mended: Vec<_> = fix.changes.iter().map(|change| &change.at).collect();
        assert_eq!(mended, finding.cells.iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_form_without_a_column_for_reasons_is_asked_for_none() {
    let of_reasons = |edition: &Edition| {
        let project = filed("12");
        let findings = check_project(&project, edition, date(2022, 3, 1)).findings;
        let codes = findings.iter().map(|finding| finding.rule.code);
        codes.filter(|code| ["C06", "C07"].contains(code)).count()
    };
    let edition = cases::edition(&filed("12").edition.id);
    assert!(of_reasons(&edition) > 0);
    let mut without = Edition::clone(&edition);
    let columns = &mut without.indicators.columns;
    columns.retain(|column| column.role != IndicatorRole::Deviation);
    assert_eq!(of_reasons(&without), 0);
}

#[test]
fn full_marks_for_a_missed_target_are_named_with_the_score_they_should_be() {
    let findings = findings("12");
    let [full] = of_code(&findings, "C01")[..] else {
        panic!("one finding")
    };
    assert!(
        full.message
            .contains("目标38508人、实际37442人，得3分，测算为2.92分")
    );
    let fix = full.fix.as_ref().expect("a fix");
    assert_eq!(fix.changes[0].new, "2.92");
    assert_eq!(fix.changes[0].at, full.at);
}

#[test]
fn fixes_touch_nothing_but_scores_that_can_be_mended_now() {
    let mut fixes = 0;
    for number in ["06", "12", "19", "31", "32", "37"] {
        for finding in findings(number) {
            let Some(fix) = finding.fix else { continue };
            assert_eq!(finding.mend, Mend::Now);
            for change in fix.changes {
                fixes += 1;
                assert!(matches!(
                    change.at.place,
                    Place::Indicator(_, IndicatorField::Score) | Place::Group(_, BlockField::Score)
                ));
            }
        }
    }
    assert!(fixes > 10);
}

#[test]
fn a_score_taken_by_rate_is_found_without_row_weights() {
    let findings = findings("37");
    let [deducted] = findings.as_slice() else {
        panic!("one finding: {findings:?}")
    };
    assert_eq!(deducted.rule.code, "C04");
    assert!(
        deducted
            .message
            .contains("得19.6分，似为按完成率折算，达标应得20分")
    );
    assert!(matches!(
        deducted.at.place,
        Place::Indicator(_, IndicatorField::Score)
    ));
}
