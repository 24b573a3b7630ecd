//! A project that was written to a workbook, read and recognised is the project again.

use std::{collections::HashSet, fmt::Write as _, sync::Arc};

use jiping::{
    exchange::recognise::{self, File, Wishes},
    model::{
        edition::Edition,
        id::CountedIds,
        path::{Place, StatedField},
        project::Project,
    },
    sheet::table::FormSheet,
    store::editions::EditionShelf,
};

use super::{FORMULAS, read_back};
use crate::sheet::{folder, names_in};

/// What comes back otherwise: the form, what the line holds, and why. Each must still be so: what comes back as it was is taken
/// off the list.
const OTHERWISE: [(&str, &str, &str); 6] = [
    ("shenzhen-2020-filed", "目标 Expected", MARKUP),
    ("shenzhen-2020-filed", "目标 Actual", MARKUP),
    ("v22-forestry-2024", "一级 Caption", NO_VALUES),
    ("v22-forestry-2024", "指标 Name", NO_VALUES),
    ("v5-hubei", "Header(", BOXES),
    ("v8-transfer-2022", "项目按计划完成", BELOW),
];
const MARKUP: &str = "marks such as <p> are not taken over";
const NO_VALUES: &str =
    "a table without targets and actual values is not told to be one of indicators";
const BOXES: &str = "options are printed behind boxes, and read as they are printed";
const BELOW: &str = "a text below a blank table is taken for its row";

fn shelf() -> EditionShelf {
    let mut shelf = EditionShelf::built_in();
    for name in names_in("tests/editions", ".json") {
        let path = folder("tests/editions").join(name).with_extension("json");
        let text = std::fs::read_to_string(&path).expect("an edition");
        shelf
            .add_user(&path.display().to_string(), &text)
            .expect("an edition");
    }
    shelf
}

/// What the project says in cells that its form has, one line for each, without ids.
fn said(project: &Project, edition: &Edition) -> Vec<String> {
    let sheet = FormSheet::new(project, edition);
    let cells = sheet.cells().filter_map(|(_, cell)| cell.at.as_ref());
    let printed: HashSet<&Place> = cells.map(|at| &at.place).collect();
    let mut lines = Vec::new();
    project.each_filled_cell(&mut |cell| {
        if !printed.contains(&cell.place()) {
            return;
        }
        let what = match cell.place() {
            Place::Fund(_, key) => format!("资金 {key}"),
            Place::Goal(_, field) => format!("目标 {field:?}"),
            Place::Section(_, field) => format!("一级 {field:?}"),
            Place::Group(_, field) => format!("二级 {field:?}"),
            Place::Indicator(_, field) => format!("指标 {field:?}"),
            Place::Reason(_) => "共用原因".to_owned(),
            Place::Table(table, _, key) => format!("{table} {key}"),
            // The print does not say whether these are the edition's.
            Place::Stated(
                StatedField::Footnote(_) | StatedField::Title | StatedField::MoneyUnit,
            ) => return,
            place => format!("{place:?}"),
        };
        let text: String = cell.text.split_whitespace().collect();
        if !text.is_empty() {
            lines.push(format!("{what}：{text}"));
        }
    });
    lines
}

#[test]
fn a_written_project_comes_back() {
    let shelf = shelf();
    let mut faults = String::new();
    let mut met = [false; OTHERWISE.len()];
    for subject in super::filed().iter().chain(&super::clean()) {
        let content = read_back(&subject.write(FORMULAS).expect("a workbook"));
        let file = File {
            name: format!("{}.xlsx", subject.name),
            content: Arc::new(content),
        };
        let wishes = Wishes {
            edition: Some(subject.edition.id.clone()),
            ..Wishes::default()
        };
        let mut ids = CountedIds(1 << 20);
        let recognised = recognise::recognise(&[file], &shelf, &wishes, &mut ids);
        let [form] = &recognised.forms[..] else {
            let _ = writeln!(faults, "{}: {} forms", subject.name, recognised.forms.len());
            continue;
        };
        let expected = said(&subject.project, &subject.edition);
        let got = said(&form.project, &form.edition);
        let lost = expected.iter().filter(|line| !got.contains(line));
        let new = got.iter().filter(|line| !expected.contains(line));
        for line in lost.chain(new) {
            let known = OTHERWISE
                .iter()
                .position(|(form, part, _)| subject.name == *form && line.contains(part));
            match known {
                Some(index) => met[index] = true,
                None => {
                    let _ = writeln!(faults, "{}  {line}", subject.name);
                }
            }
        }
    }
    for ((form, part, why), met) in OTHERWISE.iter().zip(met) {
        if !met {
            let _ = writeln!(faults, "{form}  {part}  no longer ({why})");
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}
