//! Copying a project: every id is new, `copied_from` tells where each part came from, and references inside the copy point
//! at the copy.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{
    aside::Aside,
    budget::BudgetAdjustment,
    id::{Id, IdSource},
    indicator::{Group, Indicator, Removed, Section, SharedReason},
    path::{CellPath, Place},
    project::{Evidence, Explanation, FundRow, Goal, Note, Project, TableRow},
    record::KeyMap,
    review::Reply,
    rows::Rows,
    working_paper::{PaperCell, PaperSubject},
};

impl Project {
    /// A copy within the same or another document. Everything filled in is kept, results included, but not the working paper:
    /// it is a reviewer's, about the project it was written for.
    pub fn duplicate(&self, ids: &mut dyn IdSource) -> Self {
        let mut renewal = Renewal {
            project: self.id,
            renewed: BTreeMap::new(),
            ids,
        };
        // Parts before references: a reference is renewed only if its part is known.
        let mut copy = renewal.part(self);
        copy.working_paper = None;
        copy.funds = renewal.parts(&self.funds);
        copy.tables = renewal.tables(&self.tables);
        copy.aside = self.aside.as_ref().map(|aside| Aside {
            funds: renewal.parts(&aside.funds),
            tables: renewal.tables(&aside.tables),
            unknown: aside.unknown.clone(),
        });
        copy.goals = self.goals.iter().map(|goal| renewal.goal(goal)).collect();
        copy.goals = copy
            .goals
            .iter()
            .map(|goal| renewal.references_of_goal(goal))
            .collect();
        copy.evidence = self
            .evidence
            .iter()
            .map(|evidence| Evidence {
                id: renewal.fresh(evidence.id),
                indicator: evidence.indicator.map(|id| renewal.known(id)),
                ..(**evidence).clone()
            })
            .collect();
        copy.notes = self
            .notes
            .iter()
            .map(|note| Note {
                id: renewal.fresh(note.id),
                at: renewal.address(&note.at),
                replies: note
                    .replies
                    .iter()
                    .map(|reply| Reply {
                        id: renewal.fresh(reply.id),
                        ..(**reply).clone()
                    })
                    .collect(),
                ..(**note).clone()
            })
            .collect();
        copy.explanations = self
            .explanations
            .iter()
            .map(|explanation| Explanation {
                id: renewal.fresh(explanation.id),
                at: renewal.address(&explanation.at),
                ..(**explanation).clone()
            })
            .collect();
        copy.budget_adjustments = self
            .budget_adjustments
            .iter()
            .map(|record| BudgetAdjustment {
                id: renewal.fresh(record.id),
                fund: record.fund.map(|id| renewal.known(id)),
                ..(**record).clone()
            })
            .collect();
        copy.removed = self
            .removed
            .iter()
            .map(|removed| Removed {
                id: renewal.fresh(removed.id),
                ..(**removed).clone()
            })
            .collect();
        // What was sent, returned and closed was the original.
        copy.stages = Rows::new();
        copy
    }
}

/// A part that knows which part it was copied from.
trait Part: Clone {
    fn identity(&self) -> Id<Self>;
    fn set_identity(&mut self, id: Id<Self>, copied_from: Id<Self>);
}

macro_rules! parts {
    ($($part:ty),+) => {$(
        impl Part for $part {
            fn identity(&self) -> Id<Self> {
                self.id
            }

            fn set_identity(&mut self, id: Id<Self>, copied_from: Id<Self>) {
                self.id = id;
                self.copied_from = Some(copied_from);
            }
        }
    )+};
}
parts!(
    Project,
    FundRow,
    Goal,
    Section,
    Group,
    Indicator,
    SharedReason,
    TableRow
);

/// Old ids with the new ones of the copy.
struct Renewal<'a> {
    project: Id<Project>,
    renewed: BTreeMap<u64, u64>,
    ids: &'a mut dyn IdSource,
}

impl Renewal<'_> {
    /// The new id of a part.
    fn fresh<T>(&mut self, old: Id<T>) -> Id<T> {
        let bits = match self.renewed.entry(old.bits()) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => *place.insert(self.ids.next_id()),
        };
        Id::from_bits(bits)
    }

    /// The new id of what a reference points at; one that points at nothing in the project stays as it is.
    fn known<T>(&self, old: Id<T>) -> Id<T> {
        self.renewed
            .get(&old.bits())
            .map_or(old, |bits| Id::from_bits(*bits))
    }

    fn part<T: Part>(&mut self, part: &T) -> T {
        let mut copy = part.clone();
        let id = self.fresh(part.identity());
        copy.set_identity(id, part.identity());
        copy
    }

    fn parts<T: Part>(&mut self, rows: &Rows<T>) -> Rows<T> {
        rows.iter().map(|row| self.part(&**row)).collect()
    }

    fn tables(&mut self, tables: &KeyMap<Rows<TableRow>>) -> KeyMap<Rows<TableRow>> {
        tables
            .iter()
            .map(|(key, rows)| (key.clone(), self.parts(rows)))
            .collect()
    }

    fn goal(&mut self, goal: &Goal) -> Goal {
        let mut copy = self.part(goal);
        copy.reasons = self.parts(&goal.reasons);
        copy.sections = goal
            .sections
            .iter()
            .map(|section| self.section(section))
            .collect();
        copy
    }

    fn section(&mut self, section: &Section) -> Section {
        let mut copy = self.part(section);
        copy.groups = section
            .groups
            .iter()
            .map(|group| {
                let mut copy = self.part(&**group);
                copy.indicators = self.parts(&group.indicators);
                copy
            })
            .collect();
        copy
    }

    fn references_of_goal(&self, goal: &Goal) -> Goal {
        let mut goal = goal.clone();
        goal.reasons = goal
            .reasons
            .iter()
            .map(|reason| SharedReason {
                section: reason.section.map(|id| self.known(id)),
                group: reason.group.map(|id| self.known(id)),
                rows: reason.rows.iter().map(|id| self.known(*id)).collect(),
                ..(**reason).clone()
            })
            .collect();
        goal.sections = goal
            .sections
            .iter()
            .map(|section| self.references_of_section(section))
            .collect();
        goal
    }

    fn references_of_section(&self, section: &Section) -> Section {
        let mut section = section.clone();
        for index in 0..section.groups.len() {
            let Some(group) = section.groups.get_mut(index) else {
                continue;
            };
            for row in 0..group.indicators.len() {
                let part_of = group.indicators.get(row).and_then(|row| row.part_of);
                if let (Some(parent), Some(row)) = (part_of, group.indicators.get_mut(row)) {
                    row.part_of = Some(self.known(parent));
                }
            }
        }
        section
    }

    fn address(&self, at: &CellPath) -> CellPath {
        if at.project != self.project {
            return at.clone();
        }
        CellPath {
            project: self.known(at.project),
            place: self.place(&at.place),
        }
    }

    fn place(&self, place: &Place) -> Place {
        match place {
            Place::Fund(id, key) => Place::Fund(self.known(*id), key.clone()),
            Place::Goal(id, field) => Place::Goal(self.known(*id), field.clone()),
            Place::Section(id, field) => Place::Section(self.known(*id), *field),
            Place::Group(id, field) => Place::Group(self.known(*id), *field),
            Place::Indicator(id, field) => Place::Indicator(self.known(*id), field.clone()),
            Place::Reason(id) => Place::Reason(self.known(*id)),
            Place::Table(table, id, key) => {
                Place::Table(table.clone(), self.known(*id), key.clone())
            }
            Place::Whole
            | Place::Header(_)
            | Place::Stated(_)
            | Place::Text(_)
            | Place::Footer(_) => place.clone(),
            Place::Paper(cell) => Place::Paper(self.paper_cell(*cell)),
        }
    }

    fn paper_cell(&self, cell: PaperCell) -> PaperCell {
        let PaperCell::Line(subject, field) = cell else {
            return cell;
        };
        let subject = match subject {
            PaperSubject::Execution => subject,
            PaperSubject::Group(id) => PaperSubject::Group(self.known(id)),
            PaperSubject::Indicator(id) => PaperSubject::Indicator(self.known(id)),
        };
        PaperCell::Line(subject, field)
    }
}
