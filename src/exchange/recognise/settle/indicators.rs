//! 年度总体目标 with their indicator tables: blocks, groups, shared reasons.

use std::ops::Range;

use super::{
    super::{
        FormKind,
        found::{Field, FoundGoal, FoundGroup, FoundReason, FoundSection, FoundSpan},
        telling::Trust,
    },
    Kind, Settler,
};
use crate::{
    exchange::grid::Cell,
    model::{
        edition::IndicatorRole,
        figure::FigureCell,
        id::Id,
        indicator::{Group, Indicator, Section, SharedReason, split_caption},
        path::{BlockField, GoalField, IndicatorField, Place},
        project::Goal,
        record::{KeyMap, Text},
        rows::Rows,
        typed::trim,
    },
};

/// A goal block while its rows are taken.
pub(super) struct Block<'f> {
    pub(super) found: &'f FoundGoal,
    pub(super) index: usize,
    /// The rows so far, with their rows in the grid.
    pub(super) rows: Vec<(u32, Id<Indicator>)>,
}

impl Settler<'_, '_> {
    /// The goal blocks of the form. A form without any has one blank one.
    pub(super) fn goals(&mut self) -> Rows<Goal> {
        let blocks = self.found.goals.iter().enumerate();
        let goals: Rows<Goal> = blocks.map(|(index, goal)| self.goal(index, goal)).collect();
        if goals.is_empty() {
            let id = Id::new(self.ids);
            return Rows::from_iter([empty_goal(id)]);
        }
        goals
    }

    fn goal(&mut self, index: usize, found: &FoundGoal) -> Goal {
        let mut goal = empty_goal(Id::new(self.ids));
        self.goal_texts(&mut goal, index, found);
        self.headings(index, found);
        let mut block = Block {
            found,
            index,
            rows: Vec::new(),
        };
        let mut sections: Vec<Section> = Vec::with_capacity(found.sections.len());
        for section in &found.sections {
            sections.push(self.section(&mut block, section));
        }
        for reason in &found.reasons {
            self.reason(&mut goal, &mut sections, &block, reason);
        }
        goal.sections = sections.into_iter().collect();
        goal
    }

    fn goal_texts(&mut self, goal: &mut Goal, index: usize, found: &FoundGoal) {
        let layout = &self.edition.goals;
        let full = &Trust::FULL;
        if let Some(cell) = &found.side {
            self.caption(cell, &layout.caption);
        }
        if let Some(cell) = &found.table_caption {
            self.caption(cell, &self.edition.indicators.caption);
        }
        let area = if self.found.goals.len() > 1 {
            format!("{}{}", layout.caption, index + 1)
        } else {
            layout.caption.clone()
        };
        let id = goal.id;
        let place = |field| Place::Goal(id, field);
        if let Some(cell) = &found.caption {
            let words = format!("{area} · 标题");
            goal.caption = self.take(cell, Kind::Caption, place(GoalField::Caption), words, full);
            if found.weight.is_some() {
                // The points have a field of their own and are printed behind the caption.
                goal.caption = split_caption(&goal.caption).0.to_owned();
            }
        }
        if let Some(cell) = &found.weight {
            let words = format!("{area} · 分值");
            let text = self.take(cell, Kind::Figure, place(GoalField::Weight), words, full);
            goal.weight = FigureCell::new(text);
        }
        let pairs = [
            (&found.expected, &layout.expected, GoalField::Expected),
            (&found.actual, &layout.actual, GoalField::Actual),
        ];
        for (field, layout, to) in pairs {
            let Some(field) = field else { continue };
            if layout.caption.is_empty() {
                self.unplaced_goal_text(field);
                continue;
            }
            let words = format!("{area} · {}", layout.caption);
            let text = self.goal_text(field, &layout.caption, place(to.clone()), words);
            match to {
                GoalField::Expected => goal.expected = text,
                _ => goal.actual = text,
            }
        }
        for layout in &layout.extra {
            goal.texts.insert(layout.key.clone(), Text::default());
        }
        let matched = self
            .matches
            .goals
            .get(index)
            .map(|goal| goal.others.clone());
        let matched = matched.unwrap_or_default();
        for (number, field) in found.others.iter().enumerate() {
            let at = matched.get(number).copied().flatten();
            let Some(layout) = at.and_then(|at| layout.extra.get(at)) else {
                self.unplaced_goal_text(field);
                continue;
            };
            let words = format!("{area} · {}", layout.caption);
            let place = Place::Goal(id, GoalField::Text(layout.key.clone()));
            let text = self.goal_text(field, &layout.caption, place, words);
            goal.texts.insert(layout.key.clone(), text);
        }
    }

    fn goal_text(&mut self, field: &Field, printed: &str, place: Place, words: String) -> Text {
        self.field_caption(field, printed);
        match &field.value {
            Some(value) => self
                .take(value, Kind::Paragraph, place, words, &Trust::FULL)
                .into(),
            None => Text::default(),
        }
    }

    fn unplaced_goal_text(&mut self, field: &Field) {
        let why = format!(
            "表样的目标部分没有“{}”一栏，没有导入",
            trim(&field.caption.text)
        );
        for cell in std::iter::once(&field.caption).chain(&field.value) {
            self.teller.ignored(cell, why.as_str());
        }
    }

    fn headings(&mut self, index: usize, found: &FoundGoal) {
        for (number, heading) in found.columns.iter().enumerate() {
            match self.column(index, number) {
                Some(column) => self.caption(&heading.cell, &column.caption),
                None => self
                    .teller
                    .ignored(&heading.cell, "表样的指标表没有这一列，整列没有导入"),
            }
        }
    }

    fn section(&mut self, block: &mut Block, found: &FoundSection) -> Section {
        let id = Id::new(self.ids);
        let mut section = Section {
            id,
            copied_from: None,
            caption: String::new(),
            weight: FigureCell::default(),
            score: FigureCell::default(),
            groups: Rows::new(),
            unknown: Default::default(),
        };
        let place = |field| Place::Section(id, field);
        if let Some(cell) = &found.caption {
            let note = self.unprinted_level(IndicatorRole::Level1);
            section.caption =
                self.level_caption(cell, place(BlockField::Caption), "一级指标", note);
        }
        let name = section.name().to_owned();
        section.weight = self.points(found.weight.as_ref(), place(BlockField::Weight), &name);
        section.score = self.points(found.score.as_ref(), place(BlockField::Score), &name);
        let groups = found.groups.iter();
        section.groups = groups
            .map(|group| self.group(block, group, &name))
            .collect();
        section
    }

    fn group(&mut self, block: &mut Block, found: &FoundGroup, section: &str) -> Group {
        let id = Id::new(self.ids);
        let mut group = Group {
            id,
            copied_from: None,
            caption: String::new(),
            weight: FigureCell::default(),
            score: FigureCell::default(),
            indicators: Rows::new(),
            unknown: Default::default(),
        };
        let place = |field| Place::Group(id, field);
        if let Some(cell) = &found.caption {
            let note = self.unprinted_level(IndicatorRole::Level2);
            group.caption = self.level_caption(cell, place(BlockField::Caption), "二级指标", note);
        }
        let name = match group.name() {
            "" => section.to_owned(),
            name => name.to_owned(),
        };
        group.weight = self.points(found.weight.as_ref(), place(BlockField::Weight), &name);
        group.score = self.points(found.score.as_ref(), place(BlockField::Score), &name);
        let mut whole = None;
        let rows = found.rows.iter();
        group.indicators = rows
            .map(|row| self.row(block, row, &name, &mut whole))
            .collect();
        group
    }

    /// What is to be said of a level's caption that the edition has no column for.
    fn unprinted_level(&self, role: IndicatorRole) -> &'static str {
        if self.edition.has_column(role) {
            ""
        } else {
            "表样没有这一级指标的列，名称已保留，但不会印出"
        }
    }

    fn level_caption(&mut self, cell: &Cell, place: Place, level: &str, note: &str) -> String {
        let words = format!("绩效指标 · {level}");
        let trust = Trust { sure: 100, note };
        self.take(cell, Kind::Caption, place, words, &trust)
    }

    /// Weight or score in a cell of a whole block.
    fn points(&mut self, cell: Option<&Cell>, place: Place, name: &str) -> FigureCell {
        let Some(cell) = cell else {
            return FigureCell::default();
        };
        let is_weight = matches!(
            place,
            Place::Section(_, BlockField::Weight) | Place::Group(_, BlockField::Weight)
        );
        let role = if is_weight {
            IndicatorRole::Weight
        } else {
            IndicatorRole::Score
        };
        if !self.edition.has_column(role) {
            let why = format!("表样没有“{}”列，没有导入", role.usual_caption());
            self.teller.ignored(cell, why);
            return FigureCell::default();
        }
        let words = format!(
            "绩效指标 · {name} · {}",
            self.edition.indicator_caption(role)
        );
        FigureCell::new(self.take(cell, Kind::Figure, place, words, &Trust::FULL))
    }

    /// A reason of several rows; one that spans a single row is that row's own.
    fn reason(
        &mut self,
        goal: &mut Goal,
        sections: &mut [Section],
        block: &Block,
        found: &FoundReason,
    ) {
        if !self.edition.has_column(IndicatorRole::Deviation) {
            let why = "表样没有偏差原因列，没有导入";
            return self.teller.ignored(&found.cell, why);
        }
        let id = Id::new(self.ids);
        let mut reason = SharedReason {
            id,
            copied_from: None,
            section: None,
            group: None,
            rows: Vec::new(),
            text: Text::default(),
            unknown: Default::default(),
        };
        let of = span(&mut reason, &found.span, sections, block);
        let Some(of) = of else {
            let why = "找不到这段原因对应的指标，没有导入";
            return self.teller.ignored(&found.cell, why);
        };
        let caption = self.edition.indicator_caption(IndicatorRole::Deviation);
        let words = format!("绩效指标 · {of} · {caption}");
        let note = if found.sure < 100 {
            "不在表格中的一段文字，按位置推断为偏差原因，请核对"
        } else {
            ""
        };
        let trust = Trust {
            sure: found.sure,
            note,
        };
        if let [only] = reason.rows.as_slice()
            && let Some(row) = row_without_reason(sections, *only)
        {
            let place = Place::Indicator(*only, IndicatorField::Deviation);
            let words = format!("绩效指标 · {} · {caption}", row.name);
            row.deviation = self
                .take(&found.cell, Kind::Paragraph, place, words, &trust)
                .into();
            return;
        }
        reason.text = self
            .take(
                &found.cell,
                Kind::Paragraph,
                Place::Reason(id),
                words,
                &trust,
            )
            .into();
        goal.reasons.push(reason);
    }

    /// Whether the form states approved values.
    pub(super) fn is_targets(&self) -> bool {
        self.found.what == FormKind::Targets
    }
}

/// Says in the reason what it spans; the words for it, or `None` where there is no such thing.
fn span(
    reason: &mut SharedReason,
    span: &FoundSpan,
    sections: &[Section],
    block: &Block,
) -> Option<String> {
    match span {
        FoundSpan::Section(at) => {
            let section = sections.get(*at)?;
            reason.section = Some(section.id);
            Some(section.name().to_owned())
        }
        FoundSpan::Group(at, group) => {
            let group = sections.get(*at)?.groups.get(*group)?;
            reason.group = Some(group.id);
            Some(group.name().to_owned())
        }
        FoundSpan::Rows(rows) => {
            reason.rows = spanned(block, rows);
            (!reason.rows.is_empty()).then(|| format!("{}行合并单元格", reason.rows.len()))
        }
    }
}

/// The indicators whose rows in the grid the cell covers.
fn spanned(block: &Block, rows: &Range<u32>) -> Vec<Id<Indicator>> {
    let from = block.rows.partition_point(|(row, _)| *row < rows.start);
    let covered = block.rows.iter().skip(from);
    covered
        .take_while(|(row, _)| rows.contains(row))
        .map(|(_, id)| *id)
        .collect()
}

fn row_without_reason(sections: &mut [Section], id: Id<Indicator>) -> Option<&mut Indicator> {
    let (section, group, row) = sections.iter().enumerate().find_map(|(at, section)| {
        let mut groups = section.groups.iter().enumerate();
        groups.find_map(|(group, rows)| {
            let row = rows.indicators.position(|row| row.id == id)?;
            Some((at, group, row))
        })
    })?;
    let group = sections.get_mut(section)?.groups.get_mut(group)?;
    let row = group.indicators.get_mut(row)?;
    row.deviation.is_empty().then_some(row)
}

fn empty_goal(id: Id<Goal>) -> Goal {
    Goal {
        id,
        copied_from: None,
        caption: String::new(),
        weight: FigureCell::default(),
        expected: Text::default(),
        actual: Text::default(),
        texts: KeyMap::new(),
        sections: Rows::new(),
        reasons: Rows::new(),
        unknown: Default::default(),
    }
}
