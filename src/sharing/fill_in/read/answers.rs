//! What stands in the cells of a form that came back.

use super::{ReturnedForm, added, whose::Sheet};
use crate::{
    exchange::recognise::ticked,
    model::{
        edition::{Edition, FieldKind},
        id::CountedIds,
        measure::Tier,
        path::{CellPath, IndicatorField, Place},
        project::Project,
        typed::trim,
    },
    sharing::fill_in::{
        layout::Form,
        rows::{Board, By},
        ticket::{SentCell, SentForm, SentRow},
        wanted::Wanted,
    },
    sheet::{booklet::Booklet, workbook::fill_in},
};

/// What stands in a cell that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The field.
    pub at: CellPath,
    /// What it held when it was sent; where that is lost, what it holds now.
    pub sent: String,
    /// What it holds in what came back.
    pub returned: String,
    /// Whether it was to be filled in.
    pub is_open: bool,
}

impl Answer {
    /// Whether something else came back than was sent.
    pub fn is_changed(&self) -> bool {
        self.sent != self.returned
    }
}

/// Reads the form of a project. `known` is how it was sent.
pub(super) fn form(
    sheet: &Sheet<'_>,
    known: Option<&SentForm>,
    project: &Project,
    edition: &Edition,
) -> ReturnedForm {
    let now;
    let sent = match known {
        Some(sent) => sent,
        None => {
            now = as_it_is_now(project, edition);
            &now
        }
    };
    let board = Board::new(sent, sheet.grid, &sheet.marks);
    let mut answers = Vec::new();
    let mut notes = Vec::new();
    let mut lost: Vec<String> = Vec::new();
    for (index, row) in sent.rows.iter().enumerate() {
        let Some(at) = board.row(index) else {
            let open = row.cells.iter().find(|cell| cell.is_open);
            let own = open.and_then(|cell| cell.at.as_ref());
            let is_blank = own.is_some_and(|at| sent.blank_row(&at.place).is_some());
            lost.extend(
                own.filter(|_| !is_blank)
                    .map(|at| at.in_words(project, edition)),
            );
            continue;
        };
        for cell in &row.cells {
            let Some(path) = &cell.at else { continue };
            let is_elsewhere = sent.blank_row(&path.place).is_some();
            if !is_elsewhere && !board.is_covered(at, cell.column) {
                let returned = board.text(at, cell.column);
                answers.extend(of_cell(path, cell, returned, project, edition));
            }
        }
    }
    if !lost.is_empty() {
        notes.push(format!(
            "有 {} 行没有找到，没有收回：{}。",
            lost.len(),
            few(&lost)
        ));
    }
    notes.extend(how(sent, &board));
    ReturnedForm {
        project: project.id,
        name: project.shown_name().to_owned(),
        has_base: known.is_some(),
        added: added::rows(sent, &board, project),
        answers,
        notes,
    }
}

/// The form as it would be sent now, where it is not known how it was.
fn as_it_is_now(project: &Project, edition: &Edition) -> SentForm {
    // No row is new, so no id is taken.
    let form = Form::new(project, edition, Wanted::ALL, &mut CountedIds(0));
    let mut booklet = Booklet::official([], Default::default());
    booklet.parts = vec![form.part.clone()];
    let plans = fill_in::plan(&booklet).unwrap_or_default();
    plans.first().map_or_else(
        || {
            form.sent(&fill_in::SheetPlan {
                name: String::new(),
                cells: Vec::new(),
            })
        },
        |plan| form.sent(plan),
    )
}

/// How rows were found, where it was not by their marks. Rows of captions have none.
fn how(sent: &SentForm, board: &Board<'_>) -> Vec<String> {
    let has_field = |row: &SentRow| row.cells.iter().any(|cell| cell.at.is_some());
    let by = |wanted: By| {
        let rows = sent.rows.iter().zip(&board.rows);
        let of_fields = rows.filter(|(row, _)| has_field(row));
        of_fields
            .filter(|(_, found)| found.is_some_and(|(_, by)| by == wanted))
            .count()
    };
    let mut notes = Vec::new();
    if let count @ 1.. = by(By::Name) {
        notes.push(format!(
            "有 {count} 行移动过位置或没有标记，已按名称对应，请核对。"
        ));
    }
    if let count @ 1.. = by(By::Neighbour) {
        notes.push(format!(
            "有 {count} 行没有标记，已按上一行的位置对应，请核对。"
        ));
    }
    notes
}

/// What came back in a cell; nothing where the field is no longer there, or shows what nobody can type.
fn of_cell(
    at: &CellPath,
    cell: &SentCell,
    returned: &str,
    project: &Project,
    edition: &Edition,
) -> Vec<Answer> {
    if project.cell_text(&at.place).is_none() {
        return Vec::new();
    }
    let sent = cell.stored().to_owned();
    let answer = |place: Place, sent: String, returned: String| Answer {
        at: project.at(place),
        sent,
        returned,
        is_open: cell.is_open,
    };
    if says_the_same(&cell.shown, returned) {
        // What was not to be filled in and was left alone needs no answer.
        return match cell.is_open {
            true => vec![answer(at.place.clone(), sent.clone(), sent)],
            false => Vec::new(),
        };
    }
    if !cell.is_open && cell.held.is_some() {
        return Vec::new();
    }
    let typed = normal(returned);
    if let Place::Indicator(row, IndicatorField::Actual) = at.place
        && sent.is_empty()
        && let Some(tier) = tier(&typed)
    {
        let place = Place::Indicator(row, IndicatorField::Tier);
        let before = match Tier::ALL.iter().any(|tier| tier.words() == cell.shown) {
            true => cell.shown.clone(),
            false => String::new(),
        };
        return vec![answer(place, before, tier.to_string())];
    }
    vec![answer(at.place.clone(), sent, held(at, &typed, edition))]
}

fn tier(text: &str) -> Option<Tier> {
    let text = trim(text);
    Tier::ALL.into_iter().find(|tier| tier.words() == text)
}

/// What a field holds when this is shown.
fn held(at: &CellPath, shown: &str, edition: &Edition) -> String {
    match &at.place {
        Place::Footer(key) => {
            let caption = edition.footer_caption(key);
            let name = shown.strip_prefix(caption).unwrap_or(shown);
            let name = name.trim_start_matches(['：', ':']);
            name.trim_matches(|c: char| c == '_' || c.is_whitespace())
                .to_owned()
        }
        Place::Header(key) => {
            let field = edition.header.iter().find(|field| field.key == *key);
            let is_choice = |kind| matches!(kind, FieldKind::Choice | FieldKind::Choices);
            match field.filter(|field| is_choice(field.kind)) {
                Some(field) => match ticked(shown, &field.options) {
                    Some(chosen) => chosen,
                    None if shown.starts_with(['□', '☐']) => String::new(),
                    None => shown.to_owned(),
                },
                None => shown.to_owned(),
            }
        }
        _ => shown.to_owned(),
    }
}

/// Whether two texts are the same but for white space around them and the way lines end.
fn says_the_same(one: &str, other: &str) -> bool {
    normal(one) == normal(other)
}

fn normal(text: &str) -> String {
    trim(&text.replace("\r\n", "\n").replace('\r', "\n")).to_owned()
}

/// The first few of many, parted by 、.
pub(super) fn few(all: &[String]) -> String {
    const TOLD: usize = 3;
    let told: Vec<&str> = all.iter().take(TOLD).map(String::as_str).collect();
    match all.len() {
        count if count > TOLD => format!("{}等", told.join("、")),
        _ => told.join("、"),
    }
}
