//! Which approved indicators the form lacks, which rows were never approved, and which of them are the same under another
//! name.

use similar::TextDiff;

use super::super::form::{Form, GroupOf, Row};
use crate::model::{folding::are_same, indicator::Removed, typed::trim};

/// How the rows of the form and the approved indicators fall apart.
pub struct Presence<'f, 'a> {
    /// Approved, not in the form, and no adjustment says why.
    pub missing: Vec<&'a Removed>,
    /// In the form and not approved.
    pub added: Vec<&'f Row<'a>>,
    /// Approved under one name, in the same group of the form under a name like it.
    pub renamed: Vec<(&'a Removed, &'f Row<'a>)>,
}

impl<'f, 'a> Presence<'f, 'a> {
    /// `None` where nothing is on record of what was approved.
    pub fn of(form: &'f Form<'a>) -> Option<Self> {
        let is_approved = |row: &Row<'_>| row.indicator().approved.is_some();
        // Where no row is approved, the list is of another project's approval, or of none that can be told.
        let has_approved_rows = form.rows.iter().any(is_approved);
        if !has_approved_rows && form.project.removed.is_empty() {
            return None;
        }
        let listed = || form.project.removed.iter().map(|removed| &**removed);
        let mut missing: Vec<&Removed> = listed()
            .filter(|removed| removed.cancelled.is_none())
            .filter(|removed| !trim(&removed.approved.name).is_empty())
            .filter(|removed| !stands_in(form, removed))
            .collect();
        let mut added: Vec<&Row<'_>> = match has_approved_rows {
            true => form.rows.iter().filter(|row| is_own(row)).collect(),
            false => Vec::new(),
        };
        added.retain(|row| {
            let name = &row.indicator().name;
            !listed().any(|removed| are_same(&removed.approved.name, name))
        });
        let mut renamed = Vec::new();
        missing.retain(|removed| {
            let twin = added.iter().position(|row| is_renamed(removed, row));
            if let Some(at) = twin {
                renamed.push((*removed, added.remove(at)));
            }
            twin.is_none()
        });
        Some(Self {
            missing,
            added,
            renamed,
        })
    }
}

/// Whether the row is judged and nothing is on record of its approval.
fn is_own(row: &Row<'_>) -> bool {
    let indicator = row.indicator();
    indicator.approved.is_none()
        && indicator.part_of.is_none()
        && indicator.is_applicable()
        && !trim(&indicator.name).is_empty()
}

/// Whether the form has it: a row of the name in its group, or the only row of the name, as approvals often have other groups.
fn stands_in(form: &Form<'_>, removed: &Removed) -> bool {
    let is_named = |row: &&Row<'_>| are_same(&row.indicator().name, &removed.approved.name);
    let mut named = form.rows.iter().filter(is_named);
    let Some(first) = named.next() else {
        return false;
    };
    let mut others = named.peekable();
    let is_only = others.peek().is_none();
    is_only || is_at_home(removed, first) || others.any(|row| is_at_home(removed, row))
}

fn is_at_home(removed: &Removed, row: &Row<'_>) -> bool {
    are_same(removed.group_name(), row.view.group.name())
}

/// Whether the row is likely to be the approved indicator under another name.
fn is_renamed(removed: &Removed, row: &Row<'_>) -> bool {
    /// Names that are as much alike as this are the same one, rewritten.
    const ALIKE: f32 = 0.6;
    /// With the same target and the same weight, this is enough.
    const AKIN: f32 = 0.4;
    if !is_at_home(removed, row) {
        return false;
    }
    let (approved, indicator) = (&removed.approved, row.indicator());
    let likeness = TextDiff::from_chars(trim(&approved.name), trim(&indicator.name)).ratio();
    let has_same_values = are_same(&approved.target, indicator.target.text())
        && are_same(&approved.weight, indicator.weight.text());
    likeness >= if has_same_values { AKIN } else { ALIKE }
}

/// The group of the form in which it would stand.
pub fn group_of<'f, 'a>(form: &'f Form<'a>, removed: &Removed) -> Option<&'f GroupOf<'a>> {
    form.groups.iter().find(|group| {
        are_same(removed.group_name(), group.group.name())
            && are_same(removed.section_name(), group.section.name())
    })
}

/// "“编印培训教材”（指标值 ≥5册，分值 10）"
pub fn described(removed: &Removed) -> String {
    let approved = &removed.approved;
    let target = format!("{}{}", trim(&approved.target), trim(&approved.unit));
    let values: Vec<String> = [
        ("指标值", target.as_str()),
        ("分值", trim(&approved.weight)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(caption, value)| format!("{caption} {value}"))
    .collect();
    let name = trim(&approved.name);
    match values.as_slice() {
        [] => format!("“{name}”"),
        values => format!("“{name}”（{}）", values.join("，")),
    }
}
