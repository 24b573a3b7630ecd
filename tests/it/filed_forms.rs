//! Six forms that were really filed: the checks find what is known to be wrong with them.

use std::{collections::BTreeSet, fs, path::PathBuf};

use jiff::civil::date;
use jiping::{
    model::{edition::Edition, id::CountedIds, project::Project},
    rules::{catalogue, checker::check_project, finding::Finding},
    store::format,
};
use serde_json::Value;

use crate::cases;

struct FiledForm {
    number: String,
    project: Project,
    edition: Edition,
    known_errors: Vec<Value>,
}

fn filed_forms() -> Vec<FiledForm> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    let mut numbers: Vec<String> = fs::read_dir(&folder)
        .expect("tests/forms")
        .filter_map(|entry| {
            let name = entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8");
            name.strip_suffix(".jiping").map(str::to_owned)
        })
        .collect();
    numbers.sort();
    numbers
        .into_iter()
        .map(|number| {
            let bytes = fs::read(folder.join(format!("{number}.jiping"))).expect("a form");
            let document = format::read(&bytes, &mut CountedIds(0))
                .expect("opens")
                .document;
            let project = Project::clone(document.projects.first().expect("a project"));
            let text =
                fs::read_to_string(folder.join(format!("{number}.expected.json"))).expect("UTF-8");
            let expected: Value = serde_json::from_str(&text).expect("JSON");
            FiledForm {
                number,
                edition: cases::edition(&project.edition.id),
                project,
                known_errors: expected["known_errors"].as_array().expect("a list").clone(),
            }
        })
        .collect()
}

fn codes<'v>(known: &'v Value, key: &str) -> Vec<&'v str> {
    let list = known[key].as_array().map_or(&[][..], Vec::as_slice);
    list.iter()
        .map(|code| code.as_str().expect("a code"))
        .collect()
}

fn findings(form: &FiledForm) -> Vec<Finding> {
    check_project(&form.project, &form.edition, date(2024, 3, 1)).findings
}

#[test]
fn every_known_error_of_a_finished_rule_is_found() {
    let forms = filed_forms();
    assert_eq!(forms.len(), 6);
    for form in &forms {
        let findings = findings(form);
        let found: BTreeSet<&str> = findings.iter().map(|finding| finding.rule.code).collect();
        for known in &form.known_errors {
            let all = codes(known, "all_of")
                .iter()
                .all(|code| found.contains(code));
            let wanted = codes(known, "any_of");
            let any = wanted.is_empty() || wanted.iter().any(|code| found.contains(code));
            let listing = cases::listing(&findings, &form.project, &form.edition);
            assert!(
                all && any,
                "form {}: {}\n{listing}",
                form.number,
                known["known_error"]
            );
        }
    }
}

#[test]
fn what_is_left_for_later_has_no_rule_yet() {
    for form in filed_forms() {
        for known in &form.known_errors {
            for code in codes(known, "later") {
                assert!(
                    catalogue::by_code(code).is_none(),
                    "{code} has come: form {} can expect it",
                    form.number
                );
            }
        }
    }
}

#[test]
fn a_form_without_weights_is_not_told_that_scores_are_missing() {
    let forms = filed_forms();
    let unscored = forms
        .iter()
        .find(|form| form.number == "06")
        .expect("form 06");
    for finding in findings(unscored) {
        let code = finding.rule.code;
        let about_scores =
            code.starts_with('S') || matches!(code, "C01" | "C02" | "C04" | "C06" | "B04" | "B12");
        assert!(
            !about_scores,
            "{code} on a form that scores nothing: {}",
            finding.message
        );
    }
}
