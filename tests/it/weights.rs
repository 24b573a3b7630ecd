//! Weights and totals of the six filed forms: what must be found and what must not.

use jiff::civil::date;
use jiping::{
    model::{document::Document, policy::Severity, project::Project},
    rules::{checker::check_project, finding::Finding},
};

use crate::cases;

const FORM_06: &str = include_str!("../forms/06.jiping");
const FORM_19: &str = include_str!("../forms/19.jiping");
const FORM_31: &str = include_str!("../forms/31.jiping");
const FORM_32: &str = include_str!("../forms/32.jiping");
const FORM_37: &str = include_str!("../forms/37.jiping");

fn filed_form(text: &str) -> Project {
    let mut file: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let document: Document = serde_json::from_value(file["document"].take()).expect("a document");
    Project::clone(document.projects.first().expect("a project"))
}

fn weight_findings(project: &Project) -> Vec<Finding> {
    let edition = cases::edition(&project.edition.id);
    let mut findings = check_project(project, &edition, date(2024, 3, 1)).findings;
    findings.retain(|finding| finding.rule.code.starts_with('S'));
    findings
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.code).collect()
}

#[test]
fn weights_that_leave_out_the_execution_are_found() {
    let findings = weight_findings(&filed_form(FORM_32));
    assert_eq!(codes(&findings), ["S01", "S08"]);
    assert!(findings[0].message.contains("分值合计为110，应为100"));
}

#[test]
fn a_form_without_scores_is_told_so_once() {
    let findings = weight_findings(&filed_form(FORM_19));
    assert_eq!(codes(&findings), ["S08", "S10"]);
    assert!(findings[0].message.contains("2项指标的得分都没有填写"));
}

#[test]
fn forms_with_sound_totals_or_no_scores_are_left_alone() {
    for form in [FORM_06, FORM_31, FORM_37] {
        let project = filed_form(form);
        let findings = weight_findings(&project);
        assert_eq!(codes(&findings), [""; 0], "{}", project.name());
    }
}

#[test]
fn the_real_form_has_full_marks_everywhere_and_sound_sums() {
    let filed = include_str!("../../assets/samples/shenzhen-2020-filed.jiping");
    let findings = weight_findings(&filed_form(filed));
    assert_eq!(codes(&findings), ["S14"]);
    assert!(
        findings[0]
            .message
            .contains("全部满分（90/90），但年度课题数量未达标")
    );
    let corrected = include_str!("../../assets/samples/shenzhen-2020-corrected.jiping");
    assert_eq!(codes(&weight_findings(&filed_form(corrected))), [""; 0]);
}

#[test]
fn a_goal_block_whose_indicators_weigh_less_is_found() {
    let mut project = filed_form(FORM_31);
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.weight = "80".into();
    let findings = weight_findings(&project);
    assert_eq!(codes(&findings), ["S03"]);
    assert_eq!(findings[0].level, Severity::Error);
    assert!(findings[0].message.contains("合计90，标明的是80"));
}
