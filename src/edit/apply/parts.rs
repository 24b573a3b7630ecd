//! The parts of a project as things with an identity: listing, taking out, putting in.

use std::{collections::HashSet, sync::Arc};

use crate::model::{
    budget::BudgetAdjustment,
    id::Id,
    indicator::{Group, Indicator, Removed, Section, SharedReason},
    path::Place,
    project::{Evidence, Explanation, FundRow, Goal, Note, Project, TableRow},
    review::{Reply, StageRecord},
    rows::Rows,
    working_paper::{PaperCell, PaperSubject},
};

use super::super::{command::NewParts, refusal::Refusal};

/// What kind of part an id belongs to; ids of different kinds never clash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Goal,
    Section,
    Group,
    Indicator,
    Reason,
    Fund,
    TableRow,
    Evidence,
    Note,
    Explanation,
    Removed,
    BudgetAdjustment,
    Reply,
    StageRecord,
}

/// A part of a project that has an id.
pub(super) trait Part: Sized {
    /// Its kind.
    const KIND: Kind;

    /// Its id.
    fn id(&self) -> Id<Self>;
}

macro_rules! parts {
    ($($type:ident => $kind:ident,)+) => {
        $(impl Part for $type {
            const KIND: Kind = Kind::$kind;

            fn id(&self) -> Id<Self> {
                self.id
            }
        })+
    };
}
parts! {
    Goal => Goal,
    Section => Section,
    Group => Group,
    Indicator => Indicator,
    SharedReason => Reason,
    FundRow => Fund,
    TableRow => TableRow,
    Evidence => Evidence,
    Note => Note,
    Explanation => Explanation,
    Removed => Removed,
    BudgetAdjustment => BudgetAdjustment,
    Reply => Reply,
    StageRecord => StageRecord,
}

/// A set of parts by kind and id.
#[derive(Debug, Default)]
pub(super) struct Ids {
    known: HashSet<(Kind, u64)>,
    repeated: bool,
}

impl Ids {
    /// Whether the part with this id is in the set.
    pub(super) fn has<T: Part>(&self, id: Id<T>) -> bool {
        self.known.contains(&(T::KIND, id.bits()))
    }

    /// Adds one part without what stands in it.
    pub(super) fn add<T: Part>(&mut self, id: Id<T>) {
        self.repeated |= !self.known.insert((T::KIND, id.bits()));
    }

    fn add_all<'a, T: Part + 'a>(&mut self, parts: impl IntoIterator<Item = &'a T>) {
        parts.into_iter().for_each(|part| self.add(part.id()));
    }

    /// Adds a group and its rows.
    pub(super) fn add_group(&mut self, group: &Group) {
        self.add(group.id);
        self.add_all(group.indicators.iter().map(|row| &**row));
    }

    /// Adds a section and all that stands in it.
    pub(super) fn add_section(&mut self, section: &Section) {
        self.add(section.id);
        section
            .groups
            .iter()
            .for_each(|group| self.add_group(group));
    }

    /// Adds a goal block and all that stands in it.
    pub(super) fn add_goal(&mut self, goal: &Goal) {
        self.add(goal.id);
        goal.sections
            .iter()
            .for_each(|section| self.add_section(section));
        self.add_all(goal.reasons.iter().map(|reason| &**reason));
    }

    /// All parts of a project.
    pub(super) fn of_project(project: &Project) -> Self {
        let mut ids = Self::default();
        project.goals.iter().for_each(|goal| ids.add_goal(goal));
        ids.add_all(project.funds.iter().map(|row| &**row));
        for rows in project.tables.values() {
            ids.add_all(rows.iter().map(|row| &**row));
        }
        if let Some(aside) = &project.aside {
            ids.add_all(aside.funds.iter().map(|row| &**row));
            let tables = aside.tables.values();
            ids.add_all(tables.flat_map(|rows| rows.iter().map(|row| &**row)));
        }
        ids.add_all(project.evidence.iter().map(|evidence| &**evidence));
        ids.add_all(project.notes.iter().map(|note| &**note));
        for note in project.notes.iter() {
            ids.add_all(note.replies.iter().map(|reply| &**reply));
        }
        ids.add_all(project.stages.iter().map(|record| &**record));
        ids.add_all(project.explanations.iter().map(|given| &**given));
        let records = project.budget_adjustments.iter();
        ids.add_all(records.map(|record| &**record));
        ids.add_all(project.removed.iter().map(|removed| &**removed));
        ids
    }

    /// All parts that are to be inserted.
    pub(super) fn of_new(parts: &NewParts) -> Self {
        let mut ids = Self::default();
        match parts {
            NewParts::Indicators(_, rows) => ids.add_all(rows),
            NewParts::Groups(_, groups) => groups.iter().for_each(|group| ids.add_group(group)),
            NewParts::Sections(_, sections) => {
                sections.iter().for_each(|section| ids.add_section(section));
            }
            NewParts::Goals(goals) => goals.iter().for_each(|goal| ids.add_goal(goal)),
            NewParts::Funds(rows) => ids.add_all(rows),
            NewParts::TableRows(_, rows) => ids.add_all(rows),
            NewParts::Reasons(_, reasons) => ids.add_all(reasons),
            NewParts::Evidence(evidence) => ids.add_all(evidence),
        }
        ids
    }

    /// Adds what is in one set and not in the other.
    pub(super) fn add_missing(&mut self, of: &Self, here: &Self) {
        self.known.extend(of.known.difference(&here.known));
    }

    /// Whether no part is in the set.
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Whether any part is in both sets.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        !self.known.is_disjoint(&other.known)
    }

    /// Whether an id came up twice.
    pub(super) fn has_repeated(&self) -> bool {
        self.repeated
    }

    /// Whether the place lies in one of the parts.
    pub(super) fn hold(&self, place: &Place) -> bool {
        match place {
            Place::Fund(id, _) => self.has(*id),
            Place::Goal(id, _) => self.has(*id),
            Place::Section(id, _) => self.has(*id),
            Place::Group(id, _) => self.has(*id),
            Place::Indicator(id, _) => self.has(*id),
            Place::Reason(id) => self.has(*id),
            Place::Table(_, id, _) => self.has(*id),
            Place::Whole
            | Place::Header(_)
            | Place::Stated(_)
            | Place::Text(_)
            | Place::Footer(_) => false,
            Place::Paper(PaperCell::Line(subject, _)) => self.hold_subject(*subject),
            Place::Paper(_) => false,
        }
    }

    /// Whether a line of the working paper is about one of the parts.
    pub(super) fn hold_subject(&self, subject: PaperSubject) -> bool {
        match subject {
            PaperSubject::Execution => false,
            PaperSubject::Group(id) => self.has(id),
            PaperSubject::Indicator(id) => self.has(id),
        }
    }
}

/// Refuses a project that uses an id twice for the same kind of part.
pub(super) fn refuse_repeated_ids(project: &Project) -> Result<(), Refusal> {
    if Ids::of_project(project).has_repeated() {
        Err(Refusal::DuplicateId)
    } else {
        Ok(())
    }
}

/// Takes out the rows that `test` picks, in their order.
pub(super) fn take<T>(rows: &mut Rows<T>, mut test: impl FnMut(&T) -> bool) -> Vec<Arc<T>> {
    let picked: Vec<usize> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| test(row))
        .map(|(index, _)| index)
        .collect();
    let mut taken: Vec<Arc<T>> = picked
        .into_iter()
        .rev()
        .filter_map(|index| rows.remove(index))
        .collect();
    taken.reverse();
    taken
}

/// Puts rows in before the one at `index`; an index past the end appends.
pub(super) fn put<T>(rows: &mut Rows<T>, index: usize, new: impl IntoIterator<Item = Arc<T>>) {
    let start = index.min(rows.len());
    for (offset, row) in new.into_iter().enumerate() {
        rows.insert(start + offset, row);
    }
}
