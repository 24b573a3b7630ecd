//! Six forms that were really filed: the checks find what is known to be wrong with them.

use std::{collections::BTreeSet, fs, path::PathBuf};

use jiff::civil::date;
use jiping::{
    model::{edition::Edition, id::CountedIds, project::Project},
    rules::{checker::check_project, finding::Finding},
    store::format,
};
use serde_json::Value;

use crate::cases;

/// A form that was filed, with what is known to be wrong with it.
pub struct FiledForm {
    pub number: String,
    pub project: Project,
    pub edition: Edition,
    known_errors: Vec<Value>,
}

impl FiledForm {
    /// The codes of the rules that are to find what is known.
    pub fn expected_codes(&self) -> BTreeSet<String> {
        let known = self.known_errors.iter();
        let all = known.flat_map(|known| {
            let told = known["found"].as_array().into_iter().flatten();
            let codes = told.flat_map(|told| codes(told, "any_of"));
            codes.map(str::to_owned).collect::<Vec<_>>()
        });
        all.collect()
    }
}

pub fn filed_forms() -> Vec<FiledForm> {
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

/// Whether a finding is one that `told` describes: one of its codes, a cell whose place has its words, a message with its values.
fn is_told(told: &Value, finding: &Finding, form: &FiledForm) -> bool {
    let at = told["at"].as_str().unwrap_or("");
    let lies_there = finding.cells.iter().any(|cell| {
        let place = cell.in_words(&form.project, &form.edition);
        place.contains(at)
    });
    let says = told["says"].as_array().into_iter().flatten();
    let mut values = says.map(|part| part.as_str().expect("words"));
    codes(told, "any_of").contains(&finding.rule.code)
        && lies_there
        && values.all(|value| finding.message.contains(value))
}

#[test]
fn every_known_error_is_found_where_it_is_and_told_with_its_values() {
    let forms = filed_forms();
    assert_eq!(forms.len(), 6);
    for form in &forms {
        let findings = findings(form);
        let listing = cases::listing(&findings, &form.project, &form.edition);
        assert!(!form.known_errors.is_empty(), "form {}", form.number);
        let is_found = |told: &Value| findings.iter().any(|one| is_told(told, one, form));
        for known in &form.known_errors {
            let (number, error) = (&form.number, &known["known_error"]);
            match known["found"].as_array() {
                Some(found) => {
                    for told in found {
                        let codes = codes(told, "any_of");
                        assert!(!codes.is_empty(), "form {number}: {error}");
                        assert!(is_found(told), "form {number}: {error}: {told}\n{listing}");
                    }
                }
                None => {
                    let left = &known["not_found"];
                    assert!(
                        left["why"].as_str().is_some_and(|why| !why.is_empty()),
                        "form {number}: {error}: found, or why not"
                    );
                    assert!(
                        !is_found(left),
                        "form {number}: {error} is found now\n{listing}"
                    );
                }
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
