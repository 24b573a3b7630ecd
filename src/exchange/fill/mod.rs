//! 填回原表: a project's values into the cells of the bureau's own workbook or Word document, which otherwise stays as it is.
//!
//! The template is read and recognised like any other file ([`plan`]): where its captions, headings and rows stand says where
//! values belong. The plan is then carried out in the package itself ([`workbook`], [`word`]): only the cells of the plan
//! change, so that formats, merges, formulas, hidden sheets, protection and print setup stay.
//!
//! | module | subject |
//! |---|---|
//! | [`plan`] | what goes where, told by the template's own captions |
//! | [`workbook`] | carries plans out in .xlsx and .xlsm |
//! | [`word`] | carries plans out in .docx |
//! | [`convert`] | .xls into .xlsx first |

use std::{borrow::Cow, sync::Arc};

use self::workbook::rows::FORMULA;
use super::{
    child::Aside,
    error::ReadError,
    grid::Place,
    kind::Kind,
    read::{self, Limited},
    watch::Watch,
};
use crate::model::{
    edition::Edition,
    path::{self, CellPath},
    project::Project,
};

pub mod convert;
pub mod plan;
pub mod word;
pub mod workbook;

/// A project to be filled in.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The project.
    pub project: Arc<Project>,
    /// The edition it is filled in on.
    pub edition: Arc<Edition>,
}

/// What is to be done in one grid of the template (a sheet of a workbook, the whole of a document).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The number of the grid in the template, from 0.
    pub grid: usize,
    /// Rows to be inserted, from top to bottom, in rows of the template as it is.
    pub inserts: Vec<Insert>,
    /// Cells to be written, in rows of the template once the rows are inserted.
    pub writes: Vec<Write>,
}

/// Rows to be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insert {
    /// The row after which they come; they look like it (heights, formats, merges within the row).
    pub after: u32,
    /// How many.
    pub count: u32,
    /// Cells of row `after` or above that end with it and now cover the new rows too (captions of the group, reasons and
    /// scores of several rows), by their upper left corners in rows of the template as it is. What spans beyond `after` grows by itself.
    pub grown: Vec<Place>,
}

/// A cell to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// The upper left corner of the cell.
    pub place: Place,
    /// What is written.
    pub value: Value,
    /// The field it comes from.
    pub at: CellPath,
}

/// What is written into a cell. Nothing of it is ever a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number with its text as typed: a cell with a number's format shows it by that, rounded to cents or further where
    /// the format has fewer decimals; where it would show another value than `text`, or the cell is text, the text is
    /// written.
    Number {
        /// The value that the cell gets; of a percentage the share (95 % is 0.95).
        value: rust_decimal::Decimal,
        /// As it is typed ("95%").
        text: String,
    },
    /// Nothing: what stood there as an example or of an earlier filling is removed.
    Blank,
}

impl Value {
    /// The text as typed; empty where there is none.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number { text, .. } => text,
            Self::Blank => "",
        }
    }
}

/// A value that found no place, or a place that keeps its own content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// The field; `None` for something of the template itself.
    pub at: Option<CellPath>,
    /// The field in words ("数量指标 · 培训场次 · 实际完成值").
    pub field: String,
    /// The value as typed.
    pub text: String,
    /// Where in the template, where it has a place ("自评表!F12").
    pub place: String,
    /// Why, one sentence.
    pub why: String,
}

/// A template filled in.
#[derive(Debug, Clone)]
pub struct Filled {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its kind, which says its ending: a workbook or a Word document.
    pub kind: Kind,
    /// How many cells were written.
    pub written: usize,
    /// How many rows were inserted.
    pub inserted: usize,
    /// The projects that were filled in, by their index among those given, with where ("自评表").
    pub projects: Vec<(usize, String)>,
    /// What could not be placed.
    pub unplaced: Vec<Unplaced>,
    /// What a person should know (converted from .xls, a formula kept), one sentence each.
    pub remarks: Vec<String>,
}

/// Why a template could not be filled in. Neither it nor the project was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// It cannot be read.
    #[error("{}", of_filling(.0))]
    Unread(#[from] ReadError),
    /// A kind that is read but not filled in, with what to do.
    #[error("{0}")]
    Kind(String),
    /// It holds no form.
    #[error(
        "文件中没有找到绩效自评表，没有填写。请选择当初导入的那份表，或财政部门下发的空白自评表。"
    )]
    NoForm,
    /// It holds forms, but none for any of the projects.
    #[error(
        "文件中的自评表与要填的项目对不上（{0}），没有填写。请核对项目名称，或一次只填一个项目。"
    )]
    NoMatch(String),
}

/// Fills the projects into the template. A template with one form takes the only project whatever it says; one with several
/// takes each project where its name stands, else where a form without a name is left, in their order. All of it takes no longer than
/// [`limits::TIME`](super::limits::TIME).
///
/// # Errors
///
/// Why nothing was filled in.
pub fn fill(
    template: &[u8],
    name: &str,
    projects: &[Subject],
    aside: &dyn Aside,
    watch: &dyn Watch,
) -> Result<Filled, FillError> {
    if template.is_empty() {
        return Err(ReadError::Empty.into());
    }
    let limited = Limited::new(watch);
    let watch = &limited;
    let Fillable {
        bytes,
        kind,
        mut remarks,
    } = fillable(template, name, aside, watch)?;
    let content = read::read_template(&bytes, kind, watch)?;
    let mut planned = plan::plan(&content, projects);
    if planned.forms == 0 {
        return Err(FillError::NoForm);
    }
    if planned.projects.is_empty() {
        let names: Vec<&str> = projects
            .iter()
            .map(|subject| subject.project.name())
            .collect();
        return Err(FillError::NoMatch(names.join("、")));
    }
    let written = match kind {
        Kind::Word => word::apply(&bytes, &planned.plans, watch),
        _ => workbook::apply(&bytes, &planned.plans, watch),
    }?;
    remarks.append(&mut planned.remarks);
    remarks.extend(written.remarks);
    let mut unplaced = planned.unplaced;
    let mut formulas = Vec::new();
    for (number, write, why) in &written.kept {
        let plan = planned.plans.get(*number);
        let grid = plan.and_then(|plan| content.grids.get(plan.grid));
        let place = plan::place_name(grid.map_or("", |grid| &grid.name), write.place);
        if why == FORMULA {
            formulas.push(place);
            continue;
        }
        unplaced.push(Unplaced {
            at: Some(write.at.clone()),
            field: planned.words.get(&write.at).cloned().unwrap_or_default(),
            text: write.value.text().to_owned(),
            place,
            why: why.clone(),
        });
    }
    remarks.extend(of_formulas(&formulas));
    let homeless =
        (0..projects.len()).filter(|at| planned.projects.iter().all(|(own, _)| own != at));
    unplaced.extend(homeless.filter_map(|at| projects.get(at)).map(no_form));
    let writes: usize = planned.plans.iter().map(|plan| plan.writes.len()).sum();
    let inserts = planned.plans.iter().flat_map(|plan| &plan.inserts);
    Ok(Filled {
        bytes: written.bytes,
        kind,
        written: writes.saturating_sub(written.kept.len()),
        inserted: inserts.map(|insert| insert.count as usize).sum(),
        projects: planned.projects,
        unplaced,
        remarks,
    })
}

/// Why a template cannot be read, in the words of filling in.
fn of_filling(error: &ReadError) -> String {
    error.to_string().replace("导入", "填写")
}

/// What is to be said of formulas that stay where the project has a value: they are meant to give it.
fn of_formulas(places: &[String]) -> Option<String> {
    /// As many places as are told by name.
    const TOLD: usize = 5;
    let told = places.iter().take(TOLD).map(String::as_str);
    let told = told.collect::<Vec<_>>().join("、");
    let count = match places.len() {
        0 => return None,
        1 => String::new(),
        more @ 2..=TOLD => format!("这 {more} 格"),
        many => format!("等 {many} 格"),
    };
    Some(format!(
        "{told}{count}是公式，保留了原表的公式，没有改写；打开后请核对算出的数。"
    ))
}

/// A template as a kind that can be filled in.
struct Fillable<'b> {
    bytes: Cow<'b, [u8]>,
    kind: Kind,
    /// What is to be said of that.
    remarks: Vec<String>,
}

/// The template as a kind that can be filled in.
fn fillable<'b>(
    template: &'b [u8],
    name: &str,
    aside: &dyn Aside,
    watch: &dyn Watch,
) -> Result<Fillable<'b>, FillError> {
    let kind = Kind::of(template, name);
    match kind {
        Kind::Workbook | Kind::Word => Ok(Fillable {
            bytes: Cow::Borrowed(template),
            kind,
            remarks: Vec::new(),
        }),
        Kind::OldWorkbook => {
            // What may bring a reader down does so elsewhere, before the conversion reads it here.
            aside.read(kind, template, watch)?;
            let (converted, remarks) = convert::workbook(template, watch)?;
            let told = remarks.iter().any(|remark| remark.contains(".xlsx"));
            let told = (!told)
                .then(|| "原文件是旧版 .xls，已转换为 .xlsx 后填写，原文件没有改动。".to_owned());
            Ok(Fillable {
                bytes: Cow::Owned(converted),
                kind: Kind::Workbook,
                remarks: told.into_iter().chain(remarks).collect(),
            })
        }
        Kind::Encrypted => Err(ReadError::Protected.into()),
        kind => Err(FillError::Kind(advice(kind).to_owned())),
    }
}

/// What to do with a kind that is not filled in.
fn advice(kind: Kind) -> &'static str {
    match kind {
        Kind::BinaryWorkbook | Kind::OpenDocument | Kind::Text | Kind::Web => {
            "这种表格不能直接填回，没有填写，原文件没有改动。请用 WPS 表格打开，“文件—另存为”选 .xlsx，再填回。"
        }
        Kind::OldWord | Kind::OtherText => {
            "这种文档不能直接填回，没有填写，原文件没有改动。请用 WPS 文字打开，“文件—另存为”选 .docx，再填回。"
        }
        Kind::Wps => {
            "这是 WPS 自有格式的文件，不能直接填回，没有填写，原文件没有改动。请用 WPS 打开，“文件—另存为”，表格选 .xlsx，文字选 .docx，再填回。"
        }
        Kind::Pdf | Kind::Ofd | Kind::Picture => {
            "这是版式文件或图片，不能填写，原文件没有改动。请索取 .xlsx 或 .docx 格式的空白自评表，再填回。"
        }
        _ => {
            "这不是表格或文档，不能填写，原文件没有改动。请选择 .xlsx、.xls 或 .docx 格式的自评表。"
        }
    }
}

/// Tells that the template has no form for a project.
fn no_form(subject: &Subject) -> Unplaced {
    Unplaced {
        at: Some(subject.project.at(path::Place::Whole)),
        field: "项目".to_owned(),
        text: subject.project.name().to_owned(),
        place: String::new(),
        why: "文件中没有这个项目的自评表，也没有空白的自评表，这个项目没有填写".to_owned(),
    }
}
