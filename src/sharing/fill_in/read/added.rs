//! Rows that were not sent: blank ones that were filled in, and such as colleagues inserted.

use sha2::{Digest, Sha256};

use crate::{
    model::{
        folding::squeezed,
        id::{CountedIds, Id},
        indicator::{Group, Indicator},
        path::{IndicatorField, Place},
        project::Project,
        record::Text,
        typed::trim,
    },
    sharing::fill_in::{
        rows::Board,
        ticket::{SentForm, SentRow},
    },
};

/// A row that was not sent, as a new indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRow {
    /// The group that it stands in.
    pub group: Id<Group>,
    /// The row above it; `None` where it is to be the last.
    pub after: Option<Id<Indicator>>,
    /// The indicator. Read from the same file again it has the same id, so that it is not added twice.
    pub indicator: Indicator,
}

/// Rows under an indicator that are looked at for new ones, at most.
const LOOKED_AT: u32 = 50;

/// The rows that were added.
pub(super) fn rows(sent: &SentForm, board: &Board<'_>, project: &Project) -> Vec<NewRow> {
    let mut added = Vec::new();
    let all = sent.rows.iter().enumerate();
    let placed = all.filter_map(|(index, row)| Some((row, board.row(index)?)));
    let mut placed: Vec<(&SentRow, u32)> = placed.collect();
    placed.sort_by_key(|(_, at)| *at);
    for (index, (row, at)) in placed.iter().enumerate() {
        let Some(own) = indicator_of(row) else {
            continue;
        };
        let next = placed
            .get(index + 1)
            .map_or(board.height, |(_, next)| *next);
        let blank = sent.blank_row(&Place::Indicator(own, IndicatorField::Name));
        let group = match blank {
            Some((_, group)) => Some(group),
            None => group_of(project, own),
        };
        let Some(group) = group else { continue };
        if blank.is_some() {
            let indicator = filled(row, *at, board, own);
            added.extend(indicator.map(|indicator| NewRow {
                group,
                after: None,
                indicator,
            }));
        }
        let inserted = (at + 1)..next.min(at.saturating_add(LOOKED_AT));
        for at in inserted.filter(|at| is_row(row, *at, board)) {
            let id = id_of(project, group, name_at(row, at, board));
            let after = blank.is_none().then_some(own);
            added.extend(filled(row, at, board, id).map(|indicator| NewRow {
                group,
                after,
                indicator,
            }));
        }
    }
    added
}

/// The indicator whose row it is.
fn indicator_of(row: &SentRow) -> Option<Id<Indicator>> {
    row.cells
        .iter()
        .find_map(|cell| match cell.at.as_ref()?.place {
            Place::Indicator(own, IndicatorField::Name) => Some(own),
            _ => None,
        })
}

fn group_of(project: &Project, row: Id<Indicator>) -> Option<Id<Group>> {
    let mut rows = project.rows();
    rows.find(|view| view.indicator.id == row)
        .map(|view| view.group.id)
}

fn name_at<'b>(row: &SentRow, at: u32, board: &Board<'b>) -> &'b str {
    let mut cells = row.cells.iter();
    let name = cells.find(|cell| {
        let place = cell.at.as_ref().map(|at| &at.place);
        matches!(place, Some(Place::Indicator(_, IndicatorField::Name)))
    });
    name.map_or("", |cell| board.text(at, cell.column))
}

/// Whether a row is one of indicators: it has a name, and nothing is merged over it.
fn is_row(row: &SentRow, at: u32, board: &Board<'_>) -> bool {
    let has_name = !trim(name_at(row, at, board)).is_empty();
    let fields = row.cells.iter().filter(|cell| {
        let place = cell.at.as_ref().map(|at| &at.place);
        matches!(place, Some(Place::Indicator(..)))
    });
    let filled = fields.filter(|cell| !trim(board.text(at, cell.column)).is_empty());
    has_name && filled.count() > 1
}

/// What stands in a row, in the columns of another; `None` where nothing does.
fn filled(columns: &SentRow, at: u32, board: &Board<'_>, id: Id<Indicator>) -> Option<Indicator> {
    let mut row = Indicator {
        id,
        // Its own id is taken no further.
        ..Indicator::blank(&mut CountedIds(0))
    };
    let mut is_blank = true;
    for cell in &columns.cells {
        let Some(Place::Indicator(_, field)) = cell.at.as_ref().map(|at| &at.place) else {
            continue;
        };
        let text = trim(board.text(at, cell.column));
        if text.is_empty() {
            continue;
        }
        is_blank = false;
        put(&mut row, field, text);
    }
    (!is_blank).then_some(row)
}

fn put(row: &mut Indicator, field: &IndicatorField, text: &str) {
    match field {
        IndicatorField::Name => row.name = text.to_owned(),
        IndicatorField::Nature => row.nature = text.into(),
        IndicatorField::Target => row.target = text.into(),
        IndicatorField::Unit => row.unit = text.to_owned(),
        IndicatorField::Actual => row.actual = text.into(),
        IndicatorField::Weight => row.weight = text.into(),
        IndicatorField::Score => row.score = text.into(),
        IndicatorField::Deviation => row.deviation = Text::from(text),
        IndicatorField::Extra(key) => {
            row.extra.insert(key.clone(), Text::from(text));
        }
        IndicatorField::Tier => {}
    }
}

/// An id that follows from what the row is.
fn id_of(project: &Project, group: Id<Group>, name: &str) -> Id<Indicator> {
    let said = format!("{}/{group}/{}", project.id, squeezed(name));
    let hash: [u8; 32] = Sha256::digest(said.as_bytes()).into();
    let mut bits = [0; 8];
    bits.copy_from_slice(&hash[..8]);
    Id::from_bits(u64::from_be_bytes(bits))
}
