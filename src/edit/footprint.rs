//! About how much memory a snapshot needs beyond what it shares with its neighbour. Undo is bounded by it.

use std::{mem::size_of, sync::Arc};

use crate::model::{
    aside::Aside,
    budget::{BudgetAdjustment, BudgetMove},
    deadlines::Deadline,
    document::Document,
    edition::Edition,
    figure::MoneyUnit,
    id::Id,
    indicator::{
        Adjustment, Approved, ApprovedField, Cancellation, Group, Indicator, Removed, Section,
        SharedReason,
    },
    last_year::{LastFunds, LastIndicator, LastYear},
    ledger::Rectification,
    measure::Tier,
    path::CellPath,
    project::{
        Account, EditionRef, Evidence, Explanation, FundRow, Goal, Note, Project, Stage, Stated,
        TableRow,
    },
    record::{KeyMap, Text, Unknown},
    review::{NoteKind, Reply, StageRecord, Withheld},
    rows::Rows,
    sending::{Return, Sending},
    typed::Typed,
    working_paper::{PaperLine, WorkingPaper},
};

/// A value that knows what it keeps on the heap.
pub(super) trait Footprint {
    /// Bytes on the heap, beyond the value itself, that `other` does not share.
    fn bytes_beyond(&self, other: Option<&Self>) -> usize;
}

/// Every field of a record is named, so that a new one cannot be forgotten.
macro_rules! records {
    ($($record:ident { $($field:ident),+ $(,)? })+) => {$(
        impl Footprint for $record {
            fn bytes_beyond(&self, other: Option<&Self>) -> usize {
                let Self { $($field),+ } = self;
                0 $(+ $field.bytes_beyond(other.map(|other| &other.$field)))+
            }
        }
    )+};
}

records! {
    Document { id, projects, editions, ledger, sendings, unknown }
    Rectification {
        id, number, project, project_name, at, place, comment, before, after, reply, by, date, done, guessed,
        unknown,
    }
    Sending { id, to, projects, file, time, due, returns, unknown }
    Return { time, file, content, saved, taken, unknown }
    Project {
        id, copied_from, edition, stage, money_unit, header, funds, goals, tables, texts, footer, stated, evidence, notes,
        explanations, account, budget_adjustments, removed, working_paper, last_year, deadlines, aside, stages, withheld,
        unknown,
    }
    LastYear { project, year, name, edition, money_unit, funds, total_score, rating, indicators, source, unknown }
    LastFunds { key, name, is_total, initial, adjusted, executed, unknown }
    LastIndicator { row, section, group, name, nature, unit, target, actual, weight, score, unknown }
    Deadline { stage, date, remark, unknown }
    Aside { funds, tables, unknown }
    WorkingPaper { reviewer, date, opinion, lines, unknown }
    PaperLine { indicator, group, actual, score, note, unknown }
    Account { initial, adjusted, executed, money_unit, source, unknown }
    BudgetAdjustment { id, fund, way, amount, date, document_no, reason, remark, unknown }
    EditionRef { id, hash, unknown }
    FundRow { id, copied_from, key, name, figures, remark, unknown }
    Goal { id, copied_from, caption, weight, expected, actual, texts, sections, reasons, unknown }
    Section { id, copied_from, caption, weight, score, groups, unknown }
    Group { id, copied_from, caption, weight, score, indicators, unknown }
    Indicator {
        id, copied_from, part_of, name, nature, target, unit, actual, tier, method, weight, score, deviation, extra, approved,
        adjustments, unknown,
    }
    Approved { name, nature, target, unit, weight, unknown }
    Removed { id, goal, section, group, approved, cancelled, unknown }
    Cancellation { date, document_no, reason, unknown }
    Adjustment { date, document_no, reason, field, old, new, unknown }
    SharedReason { id, copied_from, section, group, rows, text, unknown }
    TableRow { id, copied_from, key, cells, unknown }
    Stated { title, total_weight, total_score, rating, money_unit, footnotes, unknown }
    Evidence { id, indicator, title, file, hash, length, unknown }
    Note { id, at, author, time, text, kind, resolved, replies, unknown }
    Reply { id, author, time, text, unknown }
    StageRecord { id, from, to, by, time, reason, content, unknown }
    Withheld { reason, unknown }
    Explanation { id, rule, at, text, fingerprint, author, time, unknown }
}

macro_rules! without_heap {
    ($($type:ty),+) => {
        $(impl Footprint for $type {
            fn bytes_beyond(&self, _: Option<&Self>) -> usize {
                0
            }
        })+
    };
}
without_heap!(
    Stage,
    NoteKind,
    MoneyUnit,
    BudgetMove,
    Tier,
    ApprovedField,
    bool,
    i16,
    u64
);

impl<T> Footprint for Id<T> {
    fn bytes_beyond(&self, _: Option<&Self>) -> usize {
        0
    }
}

impl Footprint for String {
    fn bytes_beyond(&self, _: Option<&Self>) -> usize {
        self.capacity()
    }
}

impl Footprint for Text {
    fn bytes_beyond(&self, other: Option<&Self>) -> usize {
        match other {
            Some(other) if Arc::ptr_eq(self, other) => 0,
            _ => self.len() + COUNTERS,
        }
    }
}

/// What an [`Arc`] keeps beside its value.
const COUNTERS: usize = 2 * size_of::<usize>();

/// The reading of a measure repeats its unit at most.
impl<T> Footprint for Typed<T> {
    fn bytes_beyond(&self, _: Option<&Self>) -> usize {
        2 * self.text().len()
    }
}

impl Footprint for CellPath {
    fn bytes_beyond(&self, _: Option<&Self>) -> usize {
        0
    }
}

impl Footprint for Unknown {
    fn bytes_beyond(&self, _: Option<&Self>) -> usize {
        self.iter()
            .map(|(key, value)| key.len() + 2 * value.to_string().len() + size_of_val(value))
            .sum()
    }
}

impl Footprint for Edition {
    fn bytes_beyond(&self, _: Option<&Self>) -> usize {
        serde_json::to_vec(self).map_or(0, |written| 2 * written.len())
    }
}

impl<T: Footprint> Footprint for Arc<T> {
    fn bytes_beyond(&self, other: Option<&Self>) -> usize {
        match other {
            Some(other) if Self::ptr_eq(self, other) => 0,
            _ => COUNTERS + size_of::<T>() + T::bytes_beyond(self, other.map(|other| &**other)),
        }
    }
}

impl<T: Footprint> Footprint for Option<T> {
    fn bytes_beyond(&self, other: Option<&Self>) -> usize {
        let other = other.and_then(Self::as_ref);
        self.as_ref().map_or(0, |own| own.bytes_beyond(other))
    }
}

impl<T: Footprint> Footprint for Vec<T> {
    fn bytes_beyond(&self, other: Option<&Self>) -> usize {
        let items = self
            .iter()
            .enumerate()
            .map(|(index, item)| item.bytes_beyond(other.and_then(|other| other.get(index))));
        self.capacity() * size_of::<T>() + items.sum::<usize>()
    }
}

impl<T: Footprint> Footprint for KeyMap<T> {
    fn bytes_beyond(&self, other: Option<&Self>) -> usize {
        /// Entries that a node of the standard library's tree has room for.
        const NODE: usize = 11;
        let nodes = self.len().div_ceil(NODE);
        let entries = self.iter().map(|(key, value)| {
            key.capacity() + value.bytes_beyond(other.and_then(|other| other.get(key)))
        });
        nodes * NODE * (size_of::<String>() + size_of::<T>()) + entries.sum::<usize>()
    }
}

impl<T: Footprint> Footprint for Rows<T> {
    fn bytes_beyond(&self, other: Option<&Self>) -> usize {
        let row = |own: &T, other: Option<&T>| COUNTERS + own.bytes_beyond(other);
        match other {
            Some(other) => self.unshared_bytes(other, row),
            None => self.unshared_bytes(&Self::new(), row),
        }
    }
}
