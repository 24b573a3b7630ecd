//! A 表样 being edited: steps with names, undo and redo, and what is wrong with it in words. What one change drags along
//! (the weights of a level that is renamed, the sums over a row that goes) is in the files of the parts:
//!
//! | file | part of the form |
//! |---|---|
//! | [`fields`] | lists of fields: 表头, 表下文字, 表尾, further goal cells |
//! | [`funds`] | 项目资金: columns, rows, sums |
//! | [`indicators`] | 指标表: columns, levels, points |
//! | [`tables`] | 附表 |
//! | [`faults`] | what is wrong, at its part and in words |

pub mod faults;
pub mod fields;
pub mod funds;
pub mod indicators;
pub mod tables;

use std::sync::Arc;

use self::fields::FieldList;
use crate::model::{
    edition::{Edition, EditionStatus, IndicatorRole, TableLayout},
    id::IdSource,
};

/// The most steps that can be taken back.
const MOST_STEPS: usize = 500;

/// An edition with its past and its undone future.
#[derive(Debug, Clone)]
pub struct EditionDraft {
    present: Arc<Edition>,
    /// Steps that can be taken back, each with the edition before it.
    past: Vec<Step>,
    /// Steps that were taken back, next last, each with the edition after it.
    future: Vec<Step>,
    /// The field that is being typed into.
    open: Option<String>,
    kept: Arc<Edition>,
}

#[derive(Debug, Clone)]
struct Step {
    label: String,
    edition: Arc<Edition>,
}

impl EditionDraft {
    /// Begins with this edition; nothing of it counts as changed.
    pub fn new(edition: Arc<Edition>) -> Self {
        Self {
            kept: Arc::clone(&edition),
            present: edition,
            past: Vec::new(),
            future: Vec::new(),
            open: None,
        }
    }

    /// The edition as it is now.
    pub fn edition(&self) -> &Arc<Edition> {
        &self.present
    }

    /// Takes a change as one step. Typing into one `field` again and again is one step. Returns whether anything is
    /// different now.
    pub fn take(&mut self, label: &str, field: Option<&str>, edition: Edition) -> bool {
        if edition == *self.present {
            return false;
        }
        let joins = field.is_some() && self.open.as_deref() == field;
        let before = std::mem::replace(&mut self.present, Arc::new(edition));
        self.future.clear();
        if !joins {
            self.past.push(Step {
                label: label.to_owned(),
                edition: before,
            });
        } else if self
            .past
            .pop_if(|step| step.edition == self.present)
            .is_some()
        {
            // Typed back to where it began.
            self.open = None;
            return true;
        }
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
        self.open = field.map(str::to_owned);
        true
    }

    /// What would be undone.
    pub fn undoable(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// What would be made again.
    pub fn redoable(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// Takes the latest step back and returns its label.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.past.pop()?;
        Some(self.go(step, false))
    }

    /// Makes the step that was taken back last again and returns its label.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.future.pop()?;
        Some(self.go(step, true))
    }

    fn go(&mut self, step: Step, is_forward: bool) -> String {
        self.open = None;
        let left = std::mem::replace(&mut self.present, step.edition);
        let other = Step {
            label: step.label.clone(),
            edition: left,
        };
        match is_forward {
            true => self.past.push(other),
            false => self.future.push(other),
        }
        step.label
    }

    /// Whether it is another one than it was at the beginning, or when it was kept last.
    pub fn is_changed(&self) -> bool {
        self.present != self.kept
    }

    /// Notes that it is kept as it is now.
    pub fn mark_kept(&mut self) {
        self.open = None;
        self.kept = Arc::clone(&self.present);
    }
}

/// A new edition that begins as a copy of another: with an id of its own, and not compared with any form.
pub fn copy_of(edition: &Edition, name: &str, ids: &mut dyn IdSource) -> Edition {
    let mut copy = edition.clone();
    copy.id = new_id(ids);
    copy.name = name.to_owned();
    copy.status = EditionStatus::Reference;
    copy.source = format!("由“{}”复制后修改。{}", edition.name, edition.source);
    copy
}

/// Whether everything that a form on `before` holds has its place on `now` too, and means the same there.
pub fn keeps_all(before: &Edition, now: &Edition) -> bool {
    fn within<'a>(before: impl Iterator<Item = &'a str>, now: Vec<&'a str>) -> bool {
        before.into_iter().all(|key| now.contains(&key))
    }
    let fields = |list: FieldList| {
        let keys = |edition| list.of(edition).iter().map(|field| field.key.as_str());
        within(keys(before), keys(now).collect())
    };
    let lists = [
        FieldList::Header,
        FieldList::Goals,
        FieldList::Texts,
        FieldList::Footer,
    ];
    let columns = |edition: &'_ Edition| -> Vec<(IndicatorRole, String)> {
        let columns = edition.indicators.columns.iter();
        columns
            .map(|column| (column.role, column.key.clone()))
            .collect()
    };
    let tables = before.tables.iter().all(|table| {
        let twin = now.tables.iter().find(|twin| twin.key == table.key);
        twin.is_some_and(|twin| {
            let keys = |table: &'_ TableLayout| -> Vec<String> {
                let columns = table.columns.iter().map(|column| column.key.clone());
                columns
                    .chain(table.rows.iter().map(|row| row.key.clone()))
                    .collect()
            };
            let now = keys(twin);
            keys(table).iter().all(|key| now.contains(key))
        })
    });
    let (own, other) = (columns(before), columns(now));
    let fund_columns = now.funds.columns.iter().map(|column| column.key.as_str());
    let fund_rows = now.funds.rows.iter().map(|row| row.key.as_str());
    before.money_unit == now.money_unit
        && before.goals.most_blocks <= now.goals.most_blocks
        && lists.into_iter().all(fields)
        && within(
            before
                .funds
                .columns
                .iter()
                .map(|column| column.key.as_str()),
            fund_columns.collect(),
        )
        && within(
            before.funds.rows.iter().map(|row| row.key.as_str()),
            fund_rows.collect(),
        )
        && own.iter().all(|column| other.contains(column))
        && tables
}

/// The id of an edition of the user's own.
pub fn new_id(ids: &mut dyn IdSource) -> String {
    format!("own-{:012x}", ids.next_id() & 0xffff_ffff_ffff)
}

/// A key that none of these is: "field_3".
fn fresh<'a>(prefix: &str, taken: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut number = 1usize;
    loop {
        let key = format!("{prefix}_{number}");
        if !taken.clone().any(|known| known == key) {
            return key;
        }
        number += 1;
    }
}

/// Moves one of a list up or down; whether it went.
pub fn step<T>(list: &mut [T], index: usize, is_up: bool) -> bool {
    let other = match is_up {
        true => index.checked_sub(1),
        false => index.checked_add(1),
    };
    match other {
        Some(other) if other < list.len() && index < list.len() => {
            list.swap(index, other);
            true
        }
        _ => false,
    }
}
