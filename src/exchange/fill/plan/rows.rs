//! The cells of indicator rows, groups and blocks.

use std::collections::BTreeMap;

use super::{
    board::Spot,
    draft::Draft,
    frame::{FrameRow, level},
    indicators::{Filling, Goes, Own},
    value::Entry,
};
use crate::{
    exchange::{grid::Cell, recognise::captions::exact},
    model::{
        edition::{IndicatorColumn, IndicatorRole as Role},
        id::Id,
        indicator::{Group, Indicator, Section, SharedReason, caption_points},
        measure::Nature,
        path::{self, BlockField, IndicatorField as Field},
        project::Goal,
        typed::trim,
    },
};

impl<'t> Draft<'t> {
    /// Fills a row.
    pub(super) fn row(
        &mut self,
        filling: &Filling<'t>,
        indicator: &Indicator,
        own: &[Own],
        goes: Goes<'t>,
    ) {
        let group = own.iter().find(|own| {
            let mut rows = own.group.indicators.iter();
            rows.any(|row| row.id == indicator.id)
        });
        let group = group.map_or("", |own| own.group.name());
        for (at, column) in filling.columns.iter().enumerate() {
            let column = column.and_then(|at| self.edition.indicators.columns.get(at));
            let Some(column) = column else { continue };
            let Some(entry) = self.row_entry(filling, indicator, group, column) else {
                continue;
            };
            match goes {
                Goes::Old(row) => self.row_cell(filling, &row, at, &entry),
                Goes::New(next) => self.new_cell(filling, next, at, &entry),
            }
        }
    }

    /// Puts a value into a cell of an inserted row, which is like that of the row before it.
    pub(super) fn new_cell(
        &mut self,
        filling: &Filling,
        next: (u32, u32),
        column: usize,
        entry: &Entry,
    ) {
        let spot = filling.frame.cell_at(next.0, column);
        let is_free = |spot: &Spot| spot.place.row == next.0 && spot.rows == 1;
        match spot.filter(is_free) {
            Some(spot) => self.put_new(next, spot.place.column, entry),
            None => self.lacks(entry, None, MERGED),
        }
    }

    /// What an indicator says in a column of the edition.
    fn row_entry(
        &mut self,
        filling: &Filling,
        indicator: &Indicator,
        group: &str,
        column: &IndicatorColumn,
    ) -> Option<Entry> {
        let caption = column.caption.trim_start_matches(['*', '＊']);
        let words = format!("绩效指标 · {group} · {} · {caption}", trim(&indicator.name));
        let place = |field: Field| path::Place::Indicator(indicator.id, field);
        Some(match column.role {
            Role::Level1 | Role::Level2 => return None,
            Role::Name => Entry::line(place(Field::Name), words, &indicator.name)
                .folded()
                .stated(),
            Role::Nature => {
                Entry::line(place(Field::Nature), words, indicator.nature.text()).stated()
            }
            Role::Target => {
                let text = self.with_sign_and_unit(filling, indicator, indicator.target.text());
                Entry::measure(place(Field::Target), words, &text).stated()
            }
            Role::Unit => Entry::line(place(Field::Unit), words, &indicator.unit).stated(),
            Role::Actual => Entry::measure(place(Field::Actual), words, indicator.actual.text()),
            Role::Weight => {
                Entry::figure(place(Field::Weight), words, indicator.weight.text()).stated()
            }
            Role::Score => Entry::figure(place(Field::Score), words, indicator.score.text()),
            Role::Deviation => Entry::text(place(Field::Deviation), words, &indicator.deviation),
            Role::Extra => {
                let text = indicator.extra.get(&column.key).map_or("", |text| text);
                Entry::text(place(Field::Extra(column.key.clone())), words, text)
            }
        })
    }

    /// The target, with what the template has no column for: the sign before it and the unit behind it.
    fn with_sign_and_unit(
        &mut self,
        filling: &Filling,
        indicator: &Indicator,
        target: &str,
    ) -> String {
        let Some(measure) = indicator.target.value() else {
            return target.to_owned();
        };
        let lacks = |role: Role| {
            let columns = filling.columns.iter().flatten();
            let mut roles = columns.filter_map(|at| self.edition.indicators.columns.get(*at));
            self.edition.has_column(role) && !roles.any(|column| column.role == role)
        };
        let compared = matches!(indicator.nature.value(), Some(Nature::Compared(_)));
        let sign = compared && measure.comparator.is_none() && lacks(Role::Nature);
        let unit = measure.number().is_some()
            && measure.unit().is_empty()
            && !trim(&indicator.unit).is_empty()
            && lacks(Role::Unit);
        let mut text = trim(target).to_owned();
        if sign {
            text.insert_str(0, trim(indicator.nature.text()));
            self.see(&path::Place::Indicator(indicator.id, Field::Nature));
        }
        if unit {
            text.push_str(trim(&indicator.unit));
            self.see(&path::Place::Indicator(indicator.id, Field::Unit));
        }
        text
    }

    /// Puts a value into a row of the template.
    fn row_cell(&mut self, filling: &Filling<'t>, row: &FrameRow<'t>, at: usize, entry: &Entry) {
        let found = row.found.and_then(|found| {
            let cell = found.cells.iter().find(|(own, _)| *own == at);
            cell.map(|(_, cell)| cell)
        });
        if matches!(entry.place, path::Place::Indicator(_, Field::Target))
            && self.is_said_apart(filling, row, entry)
        {
            return self.see(&entry.place);
        }
        let Some(spot) = filling.frame.cell(row, at) else {
            return self.lacks(entry, None, "原表的这一行没有这一格");
        };
        let shared = spot.place.row != row.row || spot.rows > 1;
        match found {
            Some(cell) => self.put_value(cell, entry),
            None if !shared => self.put(spot.place, entry),
            None if trim(&entry.text).is_empty() && spot.place.row == row.row => {
                self.put(spot.place, entry);
            }
            None => self.lacks(entry, Some(spot.place), MERGED),
        }
    }

    /// Whether the template says the target with sign and unit in columns of their own that the edition lacks; where it says
    /// otherwise, these are removed, since the target says it all.
    fn is_said_apart(&mut self, filling: &Filling<'t>, row: &FrameRow<'t>, entry: &Entry) -> bool {
        let cell = |role: Role| {
            let at = filling.frame.column(role)?;
            let is_open = filling.columns.get(at).is_some_and(Option::is_none);
            let spot = filling.frame.cell(row, at)?;
            ((role == Role::Target || is_open) && spot.place.row == row.row).then_some(spot)
        };
        let apart = [cell(Role::Nature), cell(Role::Unit)];
        if apart.iter().all(Option::is_none) {
            return false;
        }
        let text = |spot: Option<Spot<'t>>| spot.map_or("", |spot| trim(spot.text));
        let [nature, unit] = apart;
        let whole = format!("{}{}{}", text(nature), text(cell(Role::Target)), text(unit));
        if exact(&whole) == exact(&entry.text)
            || exact(text(cell(Role::Target))) == exact(&entry.text)
        {
            return true;
        }
        for spot in apart.into_iter().flatten() {
            self.blank(spot.place, &entry.place);
        }
        false
    }

    /// Caption, weight and score of a group.
    pub(super) fn group_cells(&mut self, filling: &Filling<'t>, at: usize, own: &Own) {
        let Some(home) = filling.frame.groups.get(at) else {
            return;
        };
        let (weight, score) = self.group_points(own.group);
        let caption = Entry::line(
            path::Place::Group(own.group.id, BlockField::Caption),
            "绩效指标 · 二级指标",
            &own.group.caption,
        );
        let printed = home.group.and_then(|group| group.caption.as_ref());
        self.level_caption(filling, printed, &caption);
        let found = |pick: fn(&crate::exchange::recognise::found::FoundGroup) -> Option<&Cell>| {
            home.group.and_then(pick)
        };
        let first = home.rows.first().map(|row| row.row);
        let of_weight = found(|group| group.weight.as_ref());
        let of_score = found(|group| group.score.as_ref());
        self.points(filling, (Role::Weight, first), of_weight, &weight);
        self.points(filling, (Role::Score, first), of_score, &score);
    }

    /// Weight and score that a whole group has.
    pub(super) fn group_points(&self, group: &Group) -> (Entry, Entry) {
        let entry = |field, role: Role, text: &str| {
            let caption = self.edition.indicator_caption(role);
            let words = format!("绩效指标 · {} · {caption}", group.name());
            Entry::figure(path::Place::Group(group.id, field), words, text)
        };
        let weight = entry(BlockField::Weight, Role::Weight, group.weight.text());
        let score = entry(BlockField::Score, Role::Score, group.score.text());
        (weight.stated(), score)
    }

    /// Caption, weight and score of a first-level block.
    pub(super) fn section(
        &mut self,
        filling: &Filling<'t>,
        partners: &BTreeMap<Id<Section>, usize>,
        section: &Section,
    ) {
        let Some(at) = partners.get(&section.id) else {
            return;
        };
        let mut groups = filling.frame.groups.iter();
        let home = groups.find(|group| group.section.map(|(own, _)| own) == Some(*at));
        let Some((home, found)) = home.and_then(|home| Some((home, home.section?.1))) else {
            return;
        };
        let place = |field| path::Place::Section(section.id, field);
        let words = |what: &str| format!("绩效指标 · {} · {what}", section.name());
        let caption = Entry::line(
            place(BlockField::Caption),
            "绩效指标 · 一级指标",
            &section.caption,
        );
        self.level_caption(filling, found.caption.as_ref(), &caption);
        let weight = Entry::figure(
            place(BlockField::Weight),
            words("分值"),
            section.weight.text(),
        );
        let score = Entry::figure(
            place(BlockField::Score),
            words("得分"),
            section.score.text(),
        );
        let first = home.rows.first().map(|row| row.row);
        let weight = weight.stated();
        self.points(
            filling,
            (Role::Weight, first),
            found.weight.as_ref(),
            &weight,
        );
        self.points(filling, (Role::Score, first), found.score.as_ref(), &score);
    }

    /// A caption that means the same stays as the bureau printed it.
    fn level_caption(&mut self, filling: &Filling, printed: Option<&Cell>, entry: &Entry) {
        let Some(cell) = printed else {
            return;
        };
        let (own, text) = (level(&cell.text), level(&entry.text));
        let same = match (caption_points(&entry.text), caption_points(&cell.text)) {
            (None, _) => true,
            // The points stand in a column of their own.
            (Some(_), None) => filling.frame.column(Role::Weight).is_some(),
            (points, printed) => points == printed,
        };
        if (own == text && same) || trim(&entry.text).is_empty() {
            self.see(&entry.place);
        } else {
            self.put_value(cell, &entry.clone().stated());
        }
    }

    /// Puts the points of a whole group or block into the cell that spans it.
    fn points(
        &mut self,
        filling: &Filling<'t>,
        (role, first): (Role, Option<u32>),
        found: Option<&Cell>,
        entry: &Entry,
    ) {
        if let Some(cell) = found {
            return self.put_value(cell, entry);
        }
        if trim(&entry.text).is_empty() {
            return;
        }
        let column = filling.frame.column(role);
        let spot = column.zip(first).and_then(|(column, first)| {
            let spot = filling.frame.cell_at(first, column);
            spot.filter(|spot| spot.place.row == first)
        });
        match spot {
            Some(spot) => self.put(spot.place, entry),
            None => self.lacks(entry, None, "原表没有填写整组分值或得分的格"),
        }
    }

    /// Reasons of several rows go to the cell that spans these, else to the first of them.
    pub(super) fn reasons(&mut self, filling: &Filling<'t>, goal: &Goal) {
        let column = filling.frame.column(Role::Deviation);
        for reason in goal.reasons.iter() {
            let caption = self.edition.indicator_caption(Role::Deviation);
            let words = format!("绩效指标 · 几行共用的{caption}");
            let entry = Entry::text(path::Place::Reason(reason.id), words, &reason.text);
            let rows = spanned(goal, reason);
            let olds = rows.iter().filter_map(|id| match filling.rows.get(id) {
                Some(Goes::Old(row)) => Some(row.row),
                _ => None,
            });
            let first = olds.min();
            let found = filling.frame.goal.reasons.iter().find(|found| {
                let from = found.cell.place.row;
                let covers = from..from.saturating_add(found.cell.rows.max(1));
                first.is_some_and(|first| covers.contains(&first)) || found.sure < 100
            });
            let spot = column
                .zip(first)
                .and_then(|(column, first)| filling.frame.cell_at(first, column));
            match (found, spot) {
                (Some(found), _) => self.put_value(&found.cell, &entry),
                (None, Some(spot)) => {
                    if spot.rows == 1 && rows.len() > 1 && !entry.text.is_empty() {
                        let place = self.place_name(spot.place);
                        self.remarks.push(format!(
                            "{place}：这段原因是几行共用的，原表没有合并的格，已写在首行，请核对。"
                        ));
                    }
                    self.put(spot.place, &entry);
                }
                (None, None) => self.lacks(&entry, None, "原表没有填写几行共用原因的格"),
            }
        }
        self.old_reasons(filling);
    }

    /// What an earlier filling gave as a reason that the project does not have is removed.
    fn old_reasons(&mut self, filling: &Filling<'t>) {
        for found in &filling.frame.goal.reasons {
            let spot = self.board.at(found.cell.place);
            if found.sure == 100 && exact(spot.text) == exact(&found.cell.text) {
                self.blank(found.cell.place, &path::Place::Whole);
            }
        }
    }
}

/// What is said of a value whose cell belongs to several rows.
const MERGED: &str = "原表中这一格是几行合并的，放不下单独一行的内容";

/// The indicators that a reason is for.
fn spanned(goal: &Goal, reason: &SharedReason) -> Vec<Id<Indicator>> {
    let sections = goal.sections.iter();
    let groups =
        sections.flat_map(|section| section.groups.iter().map(move |group| (section.id, group)));
    groups
        .flat_map(|(section, group)| {
            let whole = reason.section == Some(section) || reason.group == Some(group.id);
            let rows = group.indicators.iter().map(|row| row.id);
            rows.filter(move |id| whole || reason.rows.contains(id))
        })
        .collect()
}
