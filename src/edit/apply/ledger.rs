//! 整改台账: entries come, change, move and go. The stage of a project does not lock them: they are written once a form was
//! returned, and beside one that is final.

use std::collections::HashSet;

use crate::model::{id::Id, ledger::Rectification, path::CellPath, rows::Rows};

use super::{
    super::refusal::{Missing, Refusal},
    parts::take,
};

/// Puts new entries in.
pub(super) fn add(
    ledger: &mut Rows<Rectification>,
    entries: &[Rectification],
    index: usize,
) -> Result<(), Refusal> {
    let mut known: HashSet<Id<Rectification>> = ledger.iter().map(|entry| entry.id).collect();
    for entry in entries {
        refuse_unaddressable(entry)?;
        if !known.insert(entry.id) {
            return Err(Refusal::DuplicateId);
        }
    }
    let index = index.min(ledger.len());
    for (offset, entry) in entries.iter().enumerate() {
        ledger.insert(index + offset, entry.clone());
    }
    Ok(())
}

/// Replaces an entry.
pub(super) fn set(ledger: &mut Rows<Rectification>, entry: &Rectification) -> Result<(), Refusal> {
    refuse_unaddressable(entry)?;
    let at = ledger.position(|known| known.id == entry.id);
    at.and_then(|at| ledger.get_mut(at))
        .ok_or(MISSING)?
        .clone_from(entry);
    Ok(())
}

/// Takes entries off.
pub(super) fn drop_entries(
    ledger: &mut Rows<Rectification>,
    entries: &[Id<Rectification>],
) -> Result<(), Refusal> {
    let wanted: HashSet<Id<Rectification>> = entries.iter().copied().collect();
    let taken = take(ledger, |entry| wanted.contains(&entry.id));
    match taken.len() == wanted.len() {
        true => Ok(()),
        false => Err(MISSING),
    }
}

/// Moves an entry.
pub(super) fn relocate(
    ledger: &mut Rows<Rectification>,
    entry: Id<Rectification>,
    index: usize,
) -> Result<(), Refusal> {
    let at = ledger.position(|known| known.id == entry).ok_or(MISSING)?;
    let moved = ledger.remove(at).ok_or(MISSING)?;
    ledger.insert(index, moved);
    Ok(())
}

const MISSING: Refusal = Refusal::UnknownPlace(Missing::Rectification);

/// An address that cannot be read back would make the whole file unreadable. The cell itself may be gone: what was said of it
/// stands.
fn refuse_unaddressable(entry: &Rectification) -> Result<(), Refusal> {
    match &entry.at {
        Some(at) if at.to_string().parse::<CellPath>().as_ref() != Ok(at) => {
            Err(Refusal::Unaddressable)
        }
        _ => Ok(()),
    }
}
