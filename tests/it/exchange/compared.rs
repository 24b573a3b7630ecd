//! A form before and after it went out and was read back.

use std::{collections::HashSet, fs, path::Path, sync::Arc};

use jiping::{
    exchange::{
        grid::Content,
        recognise::{self, File, Fit, Form, FormKind, Recognised, Wishes},
        report::Source,
    },
    model::{
        edition::Edition,
        id::{CountedIds, Id},
        indicator::SharedReason,
        path::{IndicatorField, Place, StatedField},
        project::Project,
    },
    sheet::table::FormSheet,
    store::editions::EditionShelf,
};

use super::{forms::differences, shown};

/// The built-in editions and those kept for tests.
pub fn shelf() -> EditionShelf {
    let mut shelf = EditionShelf::built_in();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editions");
    for entry in fs::read_dir(folder).expect("tests/editions") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("an edition");
        shelf
            .add_user(&path.display().to_string(), &text)
            .expect("an edition");
    }
    shelf
}

/// What is recognised in a file.
pub fn recognised(name: &str, content: Content, wishes: &Wishes) -> Recognised {
    let file = File {
        name: name.to_owned(),
        content: Arc::new(content),
    };
    recognise::recognise(&[file], &shelf(), wishes, &mut CountedIds(1 << 20))
}

/// A project as if it had been recognised.
fn original(project: &Project, edition: &Edition) -> Recognised {
    let form = Form {
        source: Source {
            file: 0,
            grid: 0,
            place: None,
        },
        what: if edition.is_for_monitoring() {
            FormKind::Monitoring
        } else {
            FormKind::SelfEvaluation
        },
        project: project.clone(),
        edition: Arc::new(edition.clone()),
        fit: Fit::Chosen,
    };
    Recognised {
        forms: vec![form],
        ..Recognised::default()
    }
}

/// What tells everything recognised in a file from the project it was written from, line by line.
pub fn changed(project: &Project, edition: &Edition, got: &Recognised) -> Vec<String> {
    let expected = shown::recognised(&original(project, edition));
    let got = shown::recognised(got);
    let expected: Vec<&str> = expected.lines().collect();
    let got: Vec<&str> = got.lines().collect();
    let lines = differences(&expected, &got);
    lines.lines().map(str::to_owned).collect()
}

/// What tells the cells of the only form in a file, every text whole, from those of the project it was written from. The form
/// is put on that project's edition, as a person who knows it does.
pub fn changed_cells(
    project: &Project,
    edition: &Edition,
    name: &str,
    content: Content,
) -> Vec<String> {
    let wishes = Wishes {
        edition: Some(edition.id.clone()),
        ..Wishes::default()
    };
    let recognised = recognised(name, content, &wishes);
    let [form] = &recognised.forms[..] else {
        return vec![format!("{} forms", recognised.forms.len())];
    };
    let expected = said(project, edition);
    let got = said(&form.project, &form.edition);
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    let got: Vec<&str> = got.iter().map(String::as_str).collect();
    let lines = differences(&expected, &got);
    lines.lines().map(str::to_owned).collect()
}

/// What the project says in cells that its form has, one line for each in their order, without ids and white space. Parts
/// (其中) are told from other rows, and reasons by the rows they are for.
fn said(project: &Project, edition: &Edition) -> Vec<String> {
    let sheet = FormSheet::new(project, edition);
    let cells = sheet.cells().filter_map(|(_, cell)| cell.at.as_ref());
    let printed: HashSet<&Place> = cells.map(|at| &at.place).collect();
    let rows = project.rows().map(|row| row.indicator);
    let parts: HashSet<_> = rows
        .filter(|row| row.part_of.is_some())
        .map(|row| row.id)
        .collect();
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
            Place::Indicator(id, IndicatorField::Name) if parts.contains(&id) => "其中".to_owned(),
            Place::Indicator(_, field) => format!("指标 {field:?}"),
            Place::Reason(id) => format!("共用原因 {}", span_of(project, id)),
            Place::Table(table, _, key) => format!("{table} {key}"),
            // The form does not say whether these are the edition's.
            Place::Stated(
                StatedField::Footnote(_) | StatedField::Title | StatedField::MoneyUnit,
            ) => return,
            place => format!("{place:?}"),
        };
        let text = shown::squeezed(cell.text);
        if !text.is_empty() {
            lines.push(format!("{what}：{text}"));
        }
    });
    lines
}

fn span_of(project: &Project, id: Id<SharedReason>) -> String {
    let goals = project.goals.iter();
    let mut reasons = goals.flat_map(|goal| goal.reasons.iter().map(move |reason| (goal, reason)));
    let (goal, reason) = reasons
        .find(|(_, reason)| reason.id == id)
        .expect("the reason of a filled cell");
    shown::span_of(goal, reason)
}

/// What comes back otherwise from PDF and Word alike.
pub const OF_EVERY_DOCUMENT: [(&str, &str, &str); 8] = [
    (
        "shenzhen-2020-corrected",
        "应为    共用原因 产出指标（50分）：",
        BESIDE,
    ),
    (
        "shenzhen-2020-corrected",
        "读成    共用原因 信息安全维护次数、",
        BESIDE,
    ),
    ("shenzhen-2020-filed", "应为    预期：<p>", MARKUP),
    ("shenzhen-2020-filed", "应为    实际：<p>", MARKUP),
    ("shenzhen-2020-filed", "读成    预期：一、", MARKUP),
    ("shenzhen-2020-filed", "读成    实际：一、", MARKUP),
    ("19", "应为  标题：", YEAR),
    ("19", "读成  标题：", YEAR),
];
/// A reason of a whole section is printed beside those of its rows that have none of their own.
const BESIDE: &str = "the form does not say which rows a reason is for";
/// Such marks were left in the text that was filed.
const MARKUP: &str = "marks such as <p> are cleaned as the text is read";
/// The year stands behind the title, in brackets of half width; it comes back as the project's year.
const YEAR: &str = "the year is no part of the title";

/// What comes back otherwise: the document, what a line of the difference holds, and why. Each must still be so: what comes
/// back as it was is taken off the list.
pub struct Otherwise<'l> {
    list: &'l [(&'l str, &'l str, &'l str)],
    met: Vec<bool>,
    faults: Vec<String>,
}

impl<'l> Otherwise<'l> {
    /// A list of which nothing was met yet.
    pub fn new(list: &'l [(&'l str, &'l str, &'l str)]) -> Self {
        Self {
            list,
            met: vec![false; list.len()],
            faults: Vec::new(),
        }
    }

    /// Takes what was different in a document.
    pub fn take(&mut self, document: &str, lines: Vec<String>) {
        for line in lines {
            let known = self
                .list
                .iter()
                .position(|(name, part, _)| document == *name && line.contains(part));
            match known {
                Some(index) => self.met[index] = true,
                None => self.faults.push(format!("{document}  {line}")),
            }
        }
    }

    /// What is not on the list, and what is on it and was not met.
    pub fn faults(self) -> Vec<String> {
        let mut faults = self.faults;
        for ((document, part, why), met) in self.list.iter().zip(self.met) {
            if !met {
                faults.push(format!("{document}  {part}  no longer ({why})"));
            }
        }
        faults
    }

    /// Fails with what [`Self::faults`] finds.
    pub fn check(self) {
        let faults = self.faults();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }
}
