//! Where the cells of a form lie, and which of them are open.

use super::{
    ticket::{FormHead, SentCell, SentForm, SentRow},
    wanted::Wanted,
};
use crate::{
    model::{
        edition::{Edition, FieldKind},
        id::{Id, IdSource},
        indicator::{Group, Indicator},
        path::{CellPath, IndicatorField, Place},
        project::Project,
    },
    sheet::{
        booklet::Part,
        table::{Cell, FormSheet},
        workbook::fill_in::SheetPlan,
    },
};

/// A form that is to be filled in.
pub(super) struct Form<'a> {
    /// The project, with blank rows for new indicators.
    pub project: Project,
    pub edition: &'a Edition,
    pub part: Part,
    blank: Vec<(Id<Indicator>, Id<Group>)>,
    wanted: Wanted,
}

impl<'a> Form<'a> {
    /// The form of a project as its edition prints it.
    pub fn new(
        project: &Project,
        edition: &'a Edition,
        wanted: Wanted,
        ids: &mut dyn IdSource,
    ) -> Self {
        let mut project = project.clone();
        let blank = add_blank_rows(&mut project, wanted.blank_rows, ids);
        let part = Part::alone(FormSheet::new(&project, edition));
        Self {
            project,
            edition,
            part,
            blank,
            wanted,
        }
    }

    /// Whether a cell is to be filled in. One that shows something else than its field holds is only where what is typed
    /// there can be told from the rest.
    pub fn is_open(&self, cell: &Cell) -> bool {
        let Some(at) = &cell.at else { return false };
        let is_wanted = match self.blank_row(&at.place) {
            Some(_) => {
                self.wanted.scores
                    || !matches!(at.place, Place::Indicator(_, IndicatorField::Score))
            }
            None => self.wanted.wants(&self.project, self.edition, &at.place),
        };
        is_wanted && (self.held(cell).is_none() || can_tell(self.edition, &at.place))
    }

    /// The blank row that a field stands in.
    pub fn blank_row(&self, place: &Place) -> Option<Id<Indicator>> {
        let Place::Indicator(row, _) = place else {
            return None;
        };
        let mut blank = self.blank.iter().map(|(row, _)| *row);
        blank.find(|own| own == row)
    }

    /// What the field of a cell holds, where something else is shown.
    fn held(&self, cell: &Cell) -> Option<String> {
        let held = self.project.cell_text(&cell.at.as_ref()?.place)?;
        (held != cell.text).then(|| held.into_owned())
    }

    /// What is noted of it.
    pub fn sent(&self, plan: &SheetPlan) -> SentForm {
        let sheet = &self.part.sheet;
        let mut rows: Vec<SentRow> = Vec::new();
        let mut placed = plan.cells.clone();
        placed.sort_by_key(|(_, row, column)| (*row, *column));
        for (at, row, column) in placed {
            let cells = sheet.blocks.get(at.block).and_then(|b| b.rows.get(at.row));
            let Some(cell) = cells.and_then(|row| row.cells.get(at.cell)) else {
                continue;
            };
            let sent = SentCell {
                column: column.into(),
                is_open: self.is_open(cell),
                held: self.held(cell),
                at: cell.at.clone(),
                shown: cell.text.clone(),
            };
            match rows.last_mut() {
                Some(last) if last.row == row => last.cells.push(sent),
                _ => rows.push(SentRow {
                    row,
                    cells: vec![sent],
                }),
            }
        }
        SentForm {
            head: FormHead {
                project: self.project.id,
                name: self.project.name().to_owned(),
                edition: self.project.edition.id.clone(),
                hash: self.project.edition.hash.clone(),
                sheet: plan.name.clone(),
                blank: self.blank.clone(),
            },
            rows,
        }
    }
}

/// What a row with these fields is known by: the first that is its own, rather than merged over several rows.
pub(super) fn key_of<'a>(fields: impl Iterator<Item = &'a CellPath> + Clone) -> Option<String> {
    let is_own = |at: &&CellPath| {
        !matches!(
            at.place,
            Place::Section(..) | Place::Group(..) | Place::Reason(_)
        )
    };
    let mut own = fields.clone().filter(is_own);
    own.next()
        .or_else(|| fields.clone().next())
        .map(ToString::to_string)
}

/// Whether what is typed into a cell can be told from what is shown beside it.
fn can_tell(edition: &Edition, place: &Place) -> bool {
    match place {
        // A figure that was worked out, or a tier in words.
        Place::Fund(..) | Place::Indicator(..) | Place::Footer(_) => true,
        Place::Header(key) => edition.header.iter().any(|field| {
            field.key == *key && matches!(field.kind, FieldKind::Choice | FieldKind::Choices)
        }),
        _ => false,
    }
}

fn add_blank_rows(
    project: &mut Project,
    count: u8,
    ids: &mut dyn IdSource,
) -> Vec<(Id<Indicator>, Id<Group>)> {
    let mut added = Vec::new();
    if count == 0 {
        return added;
    }
    for at in 0..project.goals.len() {
        let Some(goal) = project.goals.get_mut(at) else {
            continue;
        };
        for at in 0..goal.sections.len() {
            let Some(section) = goal.sections.get_mut(at) else {
                continue;
            };
            for at in 0..section.groups.len() {
                let Some(group) = section.groups.get_mut(at) else {
                    continue;
                };
                for _ in 0..count.min(Wanted::MOST_BLANK_ROWS) {
                    let row = Indicator::blank(ids);
                    added.push((row.id, group.id));
                    group.indicators.push(row);
                }
            }
        }
    }
    added
}
