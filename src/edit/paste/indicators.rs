//! Pasting into the indicator table.

use std::collections::{HashMap, HashSet};

use crate::model::{
    document::RowView,
    edition::{Edition, IndicatorColumn, IndicatorRole, ScoredBy},
    id::{Id, IdSource},
    indicator::{Group, Indicator, Section, SharedReason, split_caption},
    path::{BlockField, IndicatorField, Place},
    project::Project,
};

use super::{
    super::{
        apply::{fill_row_cell, refuse_locked_cell},
        block::Block,
        command::NewParts,
        refusal::{Missing, Refusal},
    },
    NewRows, PastePlan, PlannedCell, is_blank, refuse_too_wide,
};

/// Plans a paste from `start` on.
pub(super) fn plan(
    project: &Project,
    edition: &Edition,
    start: &Place,
    block: &Block,
    ids: &mut dyn IdSource,
) -> Result<PastePlan, Refusal> {
    let columns = columns_from(edition, start).ok_or(Refusal::PasteOutsideTable)?;
    refuse_too_wide(block, columns.len())?;
    let rows: Vec<RowView<'_>> = project.rows().collect();
    let merged = MergedReasons::of(&rows);
    let first = first_row(project, &rows, &merged, start)?;

    let room = rows.len() - first;
    let (onto, beyond) = block.rows().split_at(block.rows().len().min(room));
    let mut planner = Planner {
        project,
        edition,
        columns,
        merged,
        captions: Captions::default(),
        cells: Vec::new(),
    };
    for (view, texts) in rows[first..].iter().zip(onto) {
        planner.fill(view, texts);
    }
    let home = home_of_new_rows(project, &rows, start);
    let new_rows = home.and_then(|home| planner.grow(home, beyond, ids));
    Ok(PastePlan {
        project: project.id,
        cells: planner.cells,
        new_rows,
    })
}

/// The edition's columns from the one in which the place stands.
fn columns_from<'a>(edition: &'a Edition, start: &Place) -> Option<&'a [IndicatorColumn]> {
    let block_role = |field: &BlockField, level| match field {
        BlockField::Caption => level,
        BlockField::Weight => IndicatorRole::Weight,
        BlockField::Score => IndicatorRole::Score,
    };
    let (role, key) = match start {
        Place::Section(_, field) => (block_role(field, IndicatorRole::Level1), ""),
        Place::Group(_, field) => (block_role(field, IndicatorRole::Level2), ""),
        Place::Reason(_) => (IndicatorRole::Deviation, ""),
        Place::Indicator(_, IndicatorField::Tier) => return None,
        Place::Indicator(_, IndicatorField::Extra(key)) => (IndicatorRole::Extra, key.as_str()),
        Place::Indicator(_, field) => (IndicatorRole::of(field), ""),
        _ => return None,
    };
    let columns = &edition.indicators.columns;
    let here = |column: &IndicatorColumn| {
        column.role == role && (role != IndicatorRole::Extra || column.key == key)
    };
    columns.iter().position(here).map(|first| &columns[first..])
}

/// The position of the row in which the place begins; one past the last for a group without rows.
fn first_row(
    project: &Project,
    rows: &[RowView<'_>],
    merged: &MergedReasons,
    start: &Place,
) -> Result<usize, Refusal> {
    let (found, missing) = match start {
        Place::Indicator(id, _) => (
            rows.iter().position(|view| view.indicator.id == *id),
            Missing::Indicator,
        ),
        Place::Group(id, _) => {
            let empty = |view: &&Group| view.id == *id && view.indicators.is_empty();
            if project.groups().any(|view| empty(&view.group)) {
                return Ok(rows.len());
            }
            let first = rows.iter().position(|view| view.group.id == *id);
            (first, Missing::Group)
        }
        Place::Section(id, _) => (
            rows.iter().position(|view| view.section.id == *id),
            Missing::Section,
        ),
        Place::Reason(id) => (
            rows.iter()
                .position(|view| merged.reason(view.indicator) == Some(*id)),
            Missing::Reason,
        ),
        _ => (None, Missing::Cell),
    };
    found.ok_or(Refusal::UnknownPlace(missing))
}

/// Where rows beyond the last one go.
#[derive(Clone, Copy)]
struct Home<'a> {
    section: &'a Section,
    group: &'a Group,
}

/// New rows continue the group of the last row, or fill the group without rows that the paste starts in.
fn home_of_new_rows<'a>(
    project: &'a Project,
    rows: &[RowView<'a>],
    start: &Place,
) -> Option<Home<'a>> {
    let started = project.groups().find(|view| {
        matches!(start, Place::Group(id, _) if view.group.id == *id)
            && view.group.indicators.is_empty()
    });
    let last = rows.last();
    started
        .map(|view| (view.section, view.group))
        .or(last.map(|view| (view.section, view.group)))
        .map(|(section, group)| Home { section, group })
}

/// Which shared reason stands in a row's deviation cell, and in which row its text begins.
struct MergedReasons {
    of_row: HashMap<Id<Indicator>, Id<SharedReason>>,
    heads: HashSet<Id<Indicator>>,
}

impl MergedReasons {
    fn of(rows: &[RowView<'_>]) -> Self {
        let mut begun = HashSet::new();
        let mut merged = Self {
            of_row: HashMap::new(),
            heads: HashSet::new(),
        };
        for view in rows {
            let spans = |reason: &&std::sync::Arc<SharedReason>| {
                reason.section == Some(view.section.id)
                    || reason.group == Some(view.group.id)
                    || reason.rows.contains(&view.indicator.id)
            };
            let row = view.indicator;
            if let Some(reason) = view.goal.reasons.iter().find(spans)
                && row.deviation.is_empty()
            {
                merged.of_row.insert(row.id, reason.id);
                if begun.insert(reason.id) {
                    merged.heads.insert(row.id);
                }
            }
        }
        merged
    }

    fn reason(&self, row: &Indicator) -> Option<Id<SharedReason>> {
        self.of_row.get(&row.id).copied()
    }
}

/// The captions that hold for a pasted row: its own, or under a merged cell the last one above.
#[derive(Default)]
struct Captions {
    level1: Option<String>,
    level2: Option<String>,
}

impl Captions {
    fn read(&mut self, columns: &[IndicatorColumn], texts: &[String]) {
        for (column, text) in columns.iter().zip(texts) {
            let caption = match column.role {
                IndicatorRole::Level1 => &mut self.level1,
                IndicatorRole::Level2 => &mut self.level2,
                _ => continue,
            };
            if !is_blank(text) {
                *caption = Some(text.clone());
            }
        }
    }

    /// Refuses a row that stands elsewhere in the form than in the block. Points in a caption and other names that the
    /// edition knows for the same make no difference, nor does a caption that the form leaves open.
    fn refuse_elsewhere(
        &self,
        edition: &Edition,
        section: &Section,
        group: &Group,
    ) -> Result<(), Refusal> {
        let first = section.name();
        let known1 = |name: &str| edition.first_level(name).map(|level| level.name.clone());
        let known2 = |name: &str| {
            let level = edition.second_level(first, name);
            level.map(|level| level.name.clone())
        };
        refuse_other(self.level1.as_deref(), first, known1)?;
        refuse_other(self.level2.as_deref(), group.name(), known2)
    }
}

fn refuse_other(
    pasted: Option<&str>,
    here: &str,
    known: impl Fn(&str) -> Option<String>,
) -> Result<(), Refusal> {
    let Some(pasted) = pasted.map(|pasted| split_caption(pasted).0) else {
        return Ok(());
    };
    let alike = known(pasted).is_some_and(|name| known(here) == Some(name));
    if here.is_empty() || pasted == here || alike {
        return Ok(());
    }
    Err(Refusal::OtherBlock {
        here: here.to_owned(),
        pasted: pasted.to_owned(),
    })
}

/// The cell of a row in one column.
enum Target {
    /// The row's own cell.
    Own(IndicatorField),
    /// A cell merged over several rows, and whether it begins in this one.
    Merged(Place, bool),
    /// A caption that is only compared.
    Caption(Place),
}

struct Planner<'a> {
    project: &'a Project,
    edition: &'a Edition,
    columns: &'a [IndicatorColumn],
    merged: MergedReasons,
    captions: Captions,
    cells: Vec<PlannedCell>,
}

impl Planner<'_> {
    /// Plans one line of the block onto a row.
    fn fill(&mut self, view: &RowView<'_>, texts: &[String]) {
        self.captions.read(self.columns, texts);
        let home = self
            .captions
            .refuse_elsewhere(self.edition, view.section, view.group);
        for (column, text) in self.columns.iter().zip(texts) {
            let target = self.target(view, column);
            match target {
                Target::Own(field) => {
                    let row = view.indicator;
                    let allowed = home.clone().and_then(|()| refuse_locked_cell(row, &field));
                    let old = row.cell_text(&field);
                    let at = self.project.at_indicator(row, field.clone());
                    self.cells.push(PlannedCell::new(at, &old, text, allowed));
                }
                Target::Merged(place, true) => self.plan_at(place, text, home.clone()),
                Target::Merged(_, false) if is_blank(text) => {}
                Target::Merged(place, false) => {
                    self.plan_at(place, text, home.clone().and(Err(Refusal::InsideMerged)));
                }
                Target::Caption(_) if is_blank(text) => {}
                Target::Caption(place) => self.compare(place, text, home.clone()),
            }
        }
    }

    fn plan_at(&mut self, place: Place, text: &str, allowed: Result<(), Refusal>) {
        let old = self.project.cell_text(&place).unwrap_or_default();
        let at = self.project.at(place.clone());
        self.cells.push(PlannedCell::new(at, &old, text, allowed));
    }

    /// A caption that names the same block fits as it stands, with or without its points.
    fn compare(&mut self, place: Place, text: &str, home: Result<(), Refusal>) {
        let present = self.project.cell_text(&place).unwrap_or_default();
        match home {
            Ok(()) => self.plan_at(place.clone(), &present, Ok(())),
            Err(_) => self.plan_at(place.clone(), text, home),
        }
    }

    /// Whether weight and score stand in a cell merged over the group.
    fn is_by_group(&self, group: &Group) -> bool {
        self.edition.indicators.scored_by == ScoredBy::Group || group.is_scored_as_one()
    }

    fn target(&self, view: &RowView<'_>, column: &IndicatorColumn) -> Target {
        let of_group = |field| {
            let is_first = view.number == 1;
            Target::Merged(Place::Group(view.group.id, field), is_first)
        };
        let by_group = self.is_by_group(view.group);
        match column.role {
            IndicatorRole::Level1 => {
                Target::Caption(Place::Section(view.section.id, BlockField::Caption))
            }
            IndicatorRole::Level2 => {
                Target::Caption(Place::Group(view.group.id, BlockField::Caption))
            }
            IndicatorRole::Weight if by_group => of_group(BlockField::Weight),
            IndicatorRole::Score if by_group => of_group(BlockField::Score),
            IndicatorRole::Deviation => match self.merged.reason(view.indicator) {
                Some(reason) => {
                    let begins = self.merged.heads.contains(&view.indicator.id);
                    Target::Merged(Place::Reason(reason), begins)
                }
                None => Target::Own(IndicatorField::Deviation),
            },
            _ => Target::Own(own_field(column)),
        }
    }

    /// Plans the lines beyond the last row as new rows of `home`. Blank lines are left out.
    fn grow(
        &mut self,
        home: Home<'_>,
        lines: &[Vec<String>],
        ids: &mut dyn IdSource,
    ) -> Option<NewRows> {
        let mut rows = Vec::new();
        let mut filled = 0;
        for texts in lines
            .iter()
            .filter(|texts| !texts.iter().all(|text| is_blank(text)))
        {
            self.captions.read(self.columns, texts);
            if let Err(elsewhere) =
                self.captions
                    .refuse_elsewhere(self.edition, home.section, home.group)
            {
                let place = Place::Group(home.group.id, BlockField::Caption);
                let text = self.captions.level2.clone().unwrap_or_default();
                self.plan_at(place, &text, Err(elsewhere));
                continue;
            }
            let is_first = home.group.indicators.is_empty() && rows.is_empty();
            let mut row = Indicator::blank(ids);
            for (column, text) in self.columns.iter().zip(texts) {
                filled += usize::from(self.fill_new(&mut row, home, column, text, is_first));
            }
            rows.push(row);
        }
        let count = rows.len();
        let parts = NewParts::Indicators(home.group.id, rows);
        (count > 0).then_some(NewRows {
            parts,
            count,
            filled,
        })
    }

    /// Fills one cell of a new row; returns whether the row has got a text.
    fn fill_new(
        &mut self,
        row: &mut Indicator,
        home: Home<'_>,
        column: &IndicatorColumn,
        text: &str,
        is_first: bool,
    ) -> bool {
        let by_group = self.is_by_group(home.group);
        let field = match column.role {
            IndicatorRole::Weight if by_group => BlockField::Weight,
            IndicatorRole::Score if by_group => BlockField::Score,
            IndicatorRole::Level1 | IndicatorRole::Level2 => return false,
            _ => {
                let filled = fill_row_cell(row, &own_field(column), text);
                return filled.is_ok() && !is_blank(text);
            }
        };
        if is_first || !is_blank(text) {
            let allowed = if is_first {
                Ok(())
            } else {
                Err(Refusal::InsideMerged)
            };
            self.plan_at(Place::Group(home.group.id, field), text, allowed);
        }
        false
    }
}

/// The row's field that stands in a column.
fn own_field(column: &IndicatorColumn) -> IndicatorField {
    match column.role {
        IndicatorRole::Nature => IndicatorField::Nature,
        IndicatorRole::Target => IndicatorField::Target,
        IndicatorRole::Unit => IndicatorField::Unit,
        IndicatorRole::Actual => IndicatorField::Actual,
        IndicatorRole::Weight => IndicatorField::Weight,
        IndicatorRole::Score => IndicatorField::Score,
        IndicatorRole::Deviation => IndicatorField::Deviation,
        IndicatorRole::Extra => IndicatorField::Extra(column.key.clone()),
        IndicatorRole::Name | IndicatorRole::Level1 | IndicatorRole::Level2 => IndicatorField::Name,
    }
}
