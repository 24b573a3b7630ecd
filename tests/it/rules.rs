//! Every rule against its case file.

use std::{collections::BTreeSet, fs, path::Path};

use jiping::rules::{book, catalogue, profile::Applied};

use crate::cases;

/// The case files with the codes of their rules, in order.
pub fn case_files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("tests/rules")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let code = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (code, fs::read_to_string(path).expect("UTF-8"))
        })
        .filter(|(code, _)| code != "README")
        .collect();
    files.sort();
    files
}

#[test]
fn every_case_comes_out_as_its_file_says() {
    let mut failures = Vec::new();
    for (code, text) in case_files() {
        for case in cases::parse(&text) {
            if let Err(failure) = case.run() {
                failures.push(format!("{code}: {failure}"));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} cases failed\n{}",
        failures.len(),
        failures.join("\n\n")
    );
}

#[test]
fn every_code_has_cases_that_fire_and_cases_that_must_not() {
    let mut both = BTreeSet::new();
    for (code, text) in case_files() {
        let cases = cases::parse(&text);
        let expects = |fires: bool, expectation: &str| {
            cases.iter().any(|case| {
                case.fires == fires
                    && case
                        .expectations()
                        .iter()
                        .any(|line| line.starts_with(expectation))
            })
        };
        if expects(true, &code) && expects(false, &format!("无 {code}")) {
            both.insert(code);
        }
    }
    let codes: BTreeSet<String> = catalogue::all().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(
        codes, both,
        "left: rules of the catalogue, right: codes with both kinds of cases"
    );
}

#[test]
fn codes_are_unique_and_what_they_silence_exists() {
    let codes: Vec<&str> = catalogue::all().map(|rule| rule.code).collect();
    let unique: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(unique.len(), codes.len());
    for rule in catalogue::all() {
        for silenced in rule.silences {
            assert!(
                unique.contains(silenced) && *silenced != rule.code,
                "{} silences {silenced}",
                rule.code
            );
        }
    }
}

#[test]
fn every_rule_is_told_in_full_in_the_book() {
    for rule in catalogue::all() {
        let said = [
            rule.name,
            rule.summary,
            rule.why,
            rule.basis,
            rule.mend,
            rule.example,
        ];
        assert!(said.iter().all(|part| !part.is_empty()), "{}", rule.code);
        let entry = book::entry(rule, &Applied::default());
        for part in entry.split("#### ").skip(1) {
            let (caption, words) = part.split_once("\n\n").expect("a caption");
            assert!(!words.trim().is_empty(), "{} {caption}", rule.code);
        }
    }
}

#[test]
fn every_rule_says_how_to_mend_and_gives_the_first_case_as_its_example() {
    let mut faults = Vec::new();
    for (code, text) in case_files() {
        let rule = catalogue::by_code(&code).expect("a case file without a rule");
        let cases = cases::parse(&text);
        let first = cases
            .iter()
            .find(|case| case.fires)
            .expect("a case that fires");
        let (_, _, findings) = first.check();
        let said = findings.iter().find(|finding| finding.rule.code == code);
        let message = said.map_or("", |finding| finding.message.as_str());
        if message != rule.example {
            faults.push(format!("{code} {message}"));
        }
        if rule.mend.is_empty() {
            faults.push(format!("{code}: mend is blank"));
        }
    }
    assert!(
        faults.is_empty(),
        "examples are to be\n{}",
        faults.join("\n")
    );
}

#[test]
fn the_clean_form_of_the_cases_has_no_error_or_warning() {
    for id in ["mof-2020", "shenzhen-2020"] {
        let edition = cases::edition(id);
        let project = cases::clean_project(&edition);
        let today = jiff::civil::date(2021, 3, 1);
        let findings = jiping::rules::checker::check_project(&project, &edition, today).findings;
        let serious: Vec<_> = findings
            .iter()
            .filter(|finding| finding.level > jiping::model::policy::Severity::Hint)
            .cloned()
            .collect();
        assert!(
            serious.is_empty(),
            "{id}\n{}",
            cases::listing(&serious, &project, &edition)
        );
    }
}
