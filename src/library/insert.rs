//! Entries as rows of a form, written in the way its edition has it: sign, value and unit in one cell or in three.

use std::collections::{BTreeMap, HashSet};

use crate::{
    edit::command::{EditCommand, NewParts},
    model::{
        edition::{Edition, IndicatorRole, Sense},
        id::{Id, IdSource},
        indicator::{Group, Indicator},
        library::Entry,
        measure::{Comparator, MeasureCell, Nature, NatureCell, Quantity},
        path::IndicatorField,
        project::Project,
        typed::trim,
    },
};

/// Where entries are to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Into the group that measures the same, whichever that is.
    ByLevel,
    /// Into this group, and there behind or into the row.
    Group(Id<Group>, Option<Id<Indicator>>),
}

/// What an insertion does.
#[derive(Debug, Clone, PartialEq)]
pub struct Insertion {
    /// The one step; `None` where no entry has a place.
    pub command: Option<EditCommand>,
    /// The rows that are new or filled in, in order.
    pub rows: Vec<Id<Indicator>>,
    /// The entries, by number, for which the form has no group of their level: somebody has to say where they belong.
    pub without_place: Vec<usize>,
}

/// What puts the entries into the project. Blank rows are filled in before rows are added. Nothing of the form is overwritten.
pub fn insertion(
    project: &Project,
    edition: &Edition,
    entries: &[(&Entry, Place)],
    ids: &mut dyn IdSource,
) -> Insertion {
    let mut plan = Plan {
        project,
        writing: Writing::of(project, edition),
        taken: HashSet::new(),
        commands: Vec::new(),
        added: BTreeMap::new(),
        rows: Vec::new(),
    };
    let mut without_place = Vec::new();
    for (number, (entry, place)) in entries.iter().enumerate() {
        let target = match *place {
            Place::Group(group, after) => Some((group, after)),
            Place::ByLevel => group_for(project, edition, entry).map(|group| (group, None)),
        };
        match target {
            Some((group, after)) => plan.put(entry, group, after, ids),
            None => without_place.push(number),
        }
    }
    plan.finish(without_place)
}

/// The group of the form where an indicator like this belongs: that of the same name, else the first that measures the same,
/// else the only one there is.
pub fn group_for(project: &Project, edition: &Edition, entry: &Entry) -> Option<Id<Group>> {
    let groups = || project.groups();
    let mut first = groups();
    if let (Some(only), None) = (first.next(), first.next()) {
        return Some(only.group.id);
    }
    let is_named = |view: &crate::model::document::GroupView<'_>| {
        !entry.group_name().is_empty()
            && crate::model::folding::are_same(view.group.name(), entry.group_name())
    };
    let sense = |view: &crate::model::document::GroupView<'_>| {
        edition.sense(view.section.name(), view.group.name())
    };
    groups()
        .find(|view| is_named(view))
        .or_else(|| {
            let mut alike = groups();
            alike.find(|view| entry.sense != Sense::Other && sense(view) == entry.sense)
        })
        .map(|view| view.group.id)
}

/// A row that nothing was typed into.
pub fn is_blank(row: &Indicator) -> bool {
    let texts = [
        &*row.name,
        row.nature.text(),
        row.target.text(),
        &row.unit,
        row.actual.text(),
        row.score.text(),
        &row.deviation,
    ];
    texts.iter().all(|text| trim(text).is_empty())
        && row.extra.values().all(|text| trim(text).is_empty())
        && row.approved.is_none()
        && row.part_of.is_none()
}

struct Plan<'p> {
    project: &'p Project,
    writing: Writing,
    /// Blank rows that are filled in already.
    taken: HashSet<Id<Indicator>>,
    commands: Vec<EditCommand>,
    /// How many rows were put into a group at a place: the next goes behind them.
    added: BTreeMap<(Id<Group>, usize), usize>,
    rows: Vec<Id<Indicator>>,
}

impl Plan<'_> {
    fn put(
        &mut self,
        entry: &Entry,
        group: Id<Group>,
        after: Option<Id<Indicator>>,
        ids: &mut dyn IdSource,
    ) {
        let Some(view) = self.project.groups().find(|view| view.group.id == group) else {
            return;
        };
        let rows = &view.group.indicators;
        let chosen = after.and_then(|id| rows.position(|row| row.id == id));
        let is_free = |row: &Indicator| is_blank(row) && !self.taken.contains(&row.id);
        let blank = chosen
            .and_then(|at| rows.get(at))
            .filter(|row| is_free(row))
            .or_else(|| rows.iter().find(|row| is_free(row)));
        if let Some(row) = blank {
            self.taken.insert(row.id);
            self.rows.push(row.id);
            self.fill(row, entry);
            return;
        }
        let mut at = chosen.map_or(rows.len(), |at| at + 1);
        // Parts (其中) stay with the row that they belong to.
        while rows.get(at).is_some_and(|row| row.part_of.is_some()) {
            at += 1;
        }
        let mut row = Indicator::blank(ids);
        row.name.clone_from(&entry.name);
        row.nature = NatureCell::new(self.writing.nature(entry));
        row.target = MeasureCell::new(self.writing.target(entry));
        row.unit = self.writing.unit(entry).to_owned();
        self.rows.push(row.id);
        let before = self.added.entry((group, at)).or_default();
        self.commands.push(EditCommand::Insert {
            project: self.project.id,
            parts: NewParts::Indicators(group, vec![row]),
            index: at + *before,
        });
        *before += 1;
    }

    fn fill(&mut self, row: &Indicator, entry: &Entry) {
        let cells = [
            (IndicatorField::Name, entry.name.clone()),
            (
                IndicatorField::Nature,
                self.writing.nature(entry).to_owned(),
            ),
            (IndicatorField::Target, self.writing.target(entry)),
            (IndicatorField::Unit, self.writing.unit(entry).to_owned()),
        ];
        for (field, text) in cells.into_iter().filter(|(_, text)| !text.is_empty()) {
            let at = self.project.at_indicator(row, field);
            self.commands.push(EditCommand::SetCell { at, text });
        }
    }

    fn finish(self, without_place: Vec<usize>) -> Insertion {
        let label = format!("从指标库加入 {} 条指标", self.rows.len());
        let commands = self.commands;
        Insertion {
            command: (!commands.is_empty()).then_some(EditCommand::Many { label, commands }),
            rows: self.rows,
            without_place,
        }
    }
}

/// How a form writes what is aimed at.
struct Writing {
    has_target: bool,
    has_nature: bool,
    has_unit: bool,
    /// 指标性质 says 定量 or 定性 in this form, and the sign stands with the target.
    says_kind: bool,
}

impl Writing {
    fn of(project: &Project, edition: &Edition) -> Self {
        let natures = || {
            project
                .rows()
                .filter_map(|row| row.indicator.nature.value())
        };
        let says_kind = natures().any(|nature| matches!(nature, Nature::Quantitative))
            && !natures().any(|nature| matches!(nature, Nature::Compared(_)));
        Self {
            has_target: edition.has_column(IndicatorRole::Target),
            has_nature: edition.has_column(IndicatorRole::Nature),
            has_unit: edition.has_column(IndicatorRole::Unit),
            says_kind,
        }
    }

    fn sign(entry: &Entry) -> Option<Comparator> {
        entry.comparator.filter(|_| entry.is_number())
    }

    fn nature(&self, entry: &Entry) -> &'static str {
        if !self.has_nature {
            return "";
        }
        let is_words = !entry.is_number() && entry.quantity() == Quantity::Words;
        match (is_words, Self::sign(entry)) {
            (true, _) => "定性",
            (false, _) if self.says_kind => "定量",
            (false, Some(comparator)) => comparator.sign(),
            // A date is kept or missed; what is compared is the day.
            (false, None) => Comparator::AtMost.sign(),
        }
    }

    fn target(&self, entry: &Entry) -> String {
        let value = trim(&entry.target);
        if !self.has_target || value.is_empty() {
            return String::new();
        }
        let sign = if self.has_nature && !self.says_kind {
            ""
        } else {
            Self::sign(entry).map_or("", Comparator::sign)
        };
        let unit = if self.has_unit || !entry.is_number() {
            ""
        } else {
            trim(&entry.unit)
        };
        format!("{sign}{value}{unit}")
    }

    fn unit<'e>(&self, entry: &'e Entry) -> &'e str {
        if self.has_unit { trim(&entry.unit) } else { "" }
    }
}
