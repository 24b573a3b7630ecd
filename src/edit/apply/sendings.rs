//! Forms that were given out to be filled in, and those that came back.

use crate::model::{
    document::Document,
    id::Id,
    sending::{Return, Sending},
};

use super::{
    super::refusal::{Missing, Refusal},
    parts::take,
};

/// Notes a form that was given out; one with the same id is replaced.
pub(super) fn record(document: &mut Document, given: &Sending) {
    let sendings = &mut document.sendings;
    let at = sendings.position(|known| known.id == given.id);
    match at.and_then(|at| sendings.get_mut(at)) {
        Some(known) => known.clone_from(given),
        None => sendings.push(given.clone()),
    }
}

/// Notes that a form came back.
pub(super) fn record_return(
    document: &mut Document,
    id: Id<Sending>,
    given: &Return,
) -> Result<(), Refusal> {
    let sendings = &mut document.sendings;
    let at = sendings.position(|known| known.id == id);
    let sending = at.and_then(|at| sendings.get_mut(at));
    let sending = sending.ok_or(Refusal::UnknownPlace(Missing::Sending))?;
    sending.returns.push(given.clone());
    Ok(())
}

/// Takes a form off the list.
pub(super) fn drop_sending(document: &mut Document, id: Id<Sending>) -> Result<(), Refusal> {
    match take(&mut document.sendings, |known| known.id == id).is_empty() {
        true => Err(Refusal::UnknownPlace(Missing::Sending)),
        false => Ok(()),
    }
}
