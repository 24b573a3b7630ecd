//! The marked copy of a comparison: the form as it is now with every changed cell on a tint, the old text struck through beside
//! the new one, a number at each change, and the list of changes. What is gone from the form stands in the list alone.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::DateTime;

use super::{appendix, appendix_part, captions};
use crate::{
    model::{
        edition::{Edition, Orientation},
        path::{BlockField, GoalField, IndicatorField, Place},
        project::Project,
    },
    sheet::{
        booklet::{Booklet, Chip, Part, Redline, Reference, Run, Tense, title_of},
        edges::divided,
        fonts::Face,
        table::{Block, Cell, CellAddress, CellIndex, FULL_WIDTH, FormSheet, Row, Style},
    },
};

/// A project with what changed in it.
#[derive(Debug, Clone, Copy)]
pub struct Marked<'a> {
    /// The project as it is now.
    pub project: &'a Project,
    /// The edition it is filled in on.
    pub edition: &'a Edition,
    /// What changed, in the order of the list.
    pub changes: &'a [MarkedChange],
}

/// A change, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedChange {
    /// The cell where it is marked; `None` for what is marked nowhere.
    pub at: Option<Place>,
    /// Whether the row or block of that cell came as a whole.
    pub is_new_row: bool,
    /// "修改", "新增" …
    pub kind: String,
    /// The place in words.
    pub place: String,
    /// What stood there, as the list tells it.
    pub before: String,
    /// What stands there, as the list tells it.
    pub after: String,
    /// What stands there in full.
    pub text: String,
    /// The text of the cell with what it said before; empty where the text itself did not change.
    pub runs: Vec<Run>,
}

/// What a marked copy says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangesImprint {
    /// The older state: its name and time.
    pub older: String,
    /// The newer state: its name and time.
    pub newer: String,
    /// How much changed, in words.
    pub summary: String,
    /// When it is printed, local time.
    pub time: DateTime,
}

/// Relative widths: number, kind, place, before, after, page.
const WIDTHS: [u32; 6] = [6, 8, 28, 30, 30, 5];
/// The index of the block and of the column in which pages stand.
const TABLE: usize = 1;
const PAGE_COLUMN: usize = 5;

impl Booklet {
    /// The marked copy of these projects; `rest` are changes that no form shows: projects that are gone, and what is about the
    /// file.
    pub fn changes(
        projects: &[Marked<'_>],
        rest: &[MarkedChange],
        imprint: &ChangesImprint,
    ) -> Self {
        let (mut parts, mut references) = (Vec::new(), Vec::new());
        for one in projects {
            add_project(one, imprint, &mut parts, &mut references);
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::alone(rest_sheet(rest, imprint)));
        }
        let sheets: Vec<&FormSheet> = parts.iter().map(|part| &part.sheet).collect();
        let (older, newer) = (&imprint.older, &imprint.newer);
        Self {
            title: format!("{}（对照审阅稿）", title_of(&sheets)),
            time: imprint.time,
            mark: None,
            footer: Some(format!("对照审阅稿　旧：{older}　新：{newer}")),
            face: Face::default(),
            saves_pages: true,
            parts,
            references,
        }
    }
}

fn add_project(
    one: &Marked<'_>,
    imprint: &ChangesImprint,
    parts: &mut Vec<Part>,
    references: &mut Vec<Reference>,
) {
    let sheet = FormSheet::new(one.project, one.edition);
    let form = parts.len();
    let cells = sheet.index();
    let places: Vec<Option<CellAddress>> = one
        .changes
        .iter()
        .map(|change| cells.find(change.at.as_ref()?))
        .collect();
    for (row, to_cell) in (1..).zip(&places) {
        references.extend(to_cell.map(|cell| Reference {
            part: form + 1,
            cell: CellAddress {
                block: TABLE,
                row,
                cell: PAGE_COLUMN,
            },
            to_part: form,
            to_cell: Some(cell),
            through: false,
        }));
    }
    let list = list(one, &sheet, imprint);
    let part = Part {
        chips: chips(&places),
        redlines: redlines(one, &sheet, &cells),
        ..Part::alone(sheet.clone())
    };
    parts.push(part);
    parts.push(appendix_part(list));
}

fn chips(places: &[Option<CellAddress>]) -> BTreeMap<CellAddress, Vec<Chip>> {
    let mut chips: BTreeMap<CellAddress, Vec<Chip>> = BTreeMap::new();
    for (number, cell) in (1..).zip(places) {
        if let Some(cell) = cell {
            chips.entry(*cell).or_default().push(Chip {
                number,
                is_error: false,
            });
        }
    }
    chips
}

fn redlines(
    one: &Marked<'_>,
    sheet: &FormSheet,
    cells: &CellIndex<'_>,
) -> BTreeMap<CellAddress, Redline> {
    let printed: BTreeMap<CellAddress, &Cell> = sheet.cells().collect();
    let mut redlines: BTreeMap<CellAddress, Redline> = BTreeMap::new();
    for change in one.changes {
        let Some(place) = &change.at else { continue };
        let Some(address) = cells.find(place) else {
            continue;
        };
        let redline = redlines.entry(address).or_default();
        let own = printed.get(&address).filter(|cell| shows(cell, place));
        if let Some(cell) = own.filter(|_| redline.runs.is_empty()) {
            redline.runs = in_cell(&cell.text, change);
        }
    }
    let new: HashSet<Place> = one
        .changes
        .iter()
        .filter(|change| change.is_new_row)
        .filter_map(|change| change.at.clone())
        .collect();
    for (address, cell) in printed {
        let row = cell.at.as_ref().and_then(|at| row_of(&at.place));
        if row.is_some_and(|row| new.contains(&row)) {
            redlines.entry(address).or_default().runs = vec![Run {
                tense: Tense::Came,
                text: cell.text.clone(),
            }];
        }
    }
    redlines
}

fn shows(cell: &Cell, place: &Place) -> bool {
    cell.at.as_ref().is_some_and(|at| at.place == *place)
}

/// The place that stands for the row of a cell.
fn row_of(place: &Place) -> Option<Place> {
    Some(match place {
        Place::Fund(row, _) => Place::Fund(*row, "name".into()),
        Place::Goal(goal, _) => Place::Goal(*goal, GoalField::Caption),
        Place::Section(section, _) => Place::Section(*section, BlockField::Caption),
        Place::Group(group, _) => Place::Group(*group, BlockField::Caption),
        Place::Indicator(row, _) => Place::Indicator(*row, IndicatorField::Name),
        Place::Reason(_) => place.clone(),
        Place::Table(table, row, _) => Place::Table(table.clone(), *row, String::new()),
        _ => return None,
    })
}

/// The runs within the text of a cell, which may say more than the field (填表人：李明). Where the field's text is not found in
/// it, none: the cell is tinted, and the list says what changed. A text that is another one altogether stands in a line of its own.
fn in_cell(printed: &str, change: &MarkedChange) -> Vec<Run> {
    if change.runs.is_empty() {
        return Vec::new();
    }
    let stays = |text: &str| Run {
        tense: Tense::Stays,
        text: text.to_owned(),
    };
    let Some((ahead, behind)) = (match change.text.is_empty() {
        true => Some((printed, "")),
        false => printed.split_once(&change.text),
    }) else {
        return Vec::new();
    };
    let mut runs = Vec::new();
    if !ahead.is_empty() {
        runs.push(stays(ahead));
    }
    let is_replaced = !change.runs.iter().any(|run| run.tense == Tense::Stays);
    for run in &change.runs {
        let follows =
            run.tense == Tense::Came && runs.last().is_some_and(|last| last.tense == Tense::Went);
        let text = match is_replaced && follows {
            true => format!("\n{}", run.text),
            false => run.text.clone(),
        };
        runs.push(Run {
            tense: run.tense,
            text,
        });
    }
    if !behind.is_empty() {
        runs.push(stays(behind));
    }
    runs
}

fn list(one: &Marked<'_>, form: &FormSheet, imprint: &ChangesImprint) -> FormSheet {
    let count = one.changes.len();
    let line = format!(
        "{}　旧：{}　新：{}　共 {count} 处，序号标在表中相应的单元格上；底色表示改动，删除线是旧内容，下划线是新内容。",
        form.name, imprint.older, imprint.newer
    );
    appendix(form, "附一　改动清单", line, table(one.changes))
}

fn table(changes: &[MarkedChange]) -> Block {
    let edges = divided(0, &WIDTHS);
    let heads = ["序号", "类别", "位置", "改动前", "改动后", "页"];
    let mut rows = vec![captions(&edges, &heads)];
    for (number, change) in (1..).zip(changes) {
        let texts = [
            (number.to_string(), Style::Figure),
            (change.kind.clone(), Style::Short),
            (change.place.clone(), Style::Text),
            (or_empty(&change.before), Style::Text),
            (or_empty(&change.after), Style::Text),
            ("—".to_owned(), Style::Figure),
        ];
        let cells = texts.into_iter().zip(edges.windows(2));
        rows.push(Row::of(cells.map(|((text, style), edge)| {
            Cell::new(edge[0], edge[1], text, style)
        })));
    }
    Block::table(1, rows)
}

fn or_empty(text: &str) -> String {
    match text.trim() {
        "" => "（空）".to_owned(),
        _ => text.to_owned(),
    }
}

/// What no form shows.
fn rest_sheet(rest: &[MarkedChange], imprint: &ChangesImprint) -> FormSheet {
    let (older, newer) = (&imprint.older, &imprint.newer);
    let line = format!("旧：{older}　新：{newer}　{}。", imprint.summary);
    let table = match rest {
        [] => {
            let nothing = Cell::new(0, FULL_WIDTH, "没有改动。", Style::Text);
            Block::table(0, vec![Row::of([nothing])])
        }
        rest => table(rest),
    };
    FormSheet {
        project: None,
        seal: None,
        name: "其他改动".to_owned(),
        page: Orientation::Landscape,
        blocks: vec![super::heading("其他改动", line), table],
    }
}
