//! A project that was written to a workbook, read and recognised is the project again.

use super::{FORMULAS, Subject, read_back};
use crate::exchange::compared::{Otherwise, changed_cells};

/// What comes back otherwise: the form, what the line holds, and why. Each must still be so: what comes back as it was is taken
/// off the list.
const OTHERWISE: [(&str, &str, &str); 3] = [
    ("shenzhen-2020-corrected", "共用原因", BESIDE),
    ("shenzhen-2020-filed", "目标 Expected", MARKUP),
    ("shenzhen-2020-filed", "目标 Actual", MARKUP),
];
/// A reason of a whole section is printed beside those of its rows that have none of their own.
const BESIDE: &str = "the form does not say which rows a reason is for";
/// Such marks were left in the text that was filed.
const MARKUP: &str = "marks such as <p> are not taken over";

#[test]
fn a_written_project_comes_back() {
    let mut otherwise = Otherwise::new(&OTHERWISE);
    for subject in super::filed().iter().chain(&super::clean()) {
        let content = read_back(&subject.write(FORMULAS).expect("a workbook"));
        let Subject {
            name,
            project,
            edition,
        } = subject;
        otherwise.take(name, changed_cells(project, edition, "导出.xlsx", content));
    }
    otherwise.check();
}
