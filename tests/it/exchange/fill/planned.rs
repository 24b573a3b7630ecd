//! Plans, carried out on the grid: what a template shows afterwards is recognised as the project that was filled in.

use std::fmt::Write as _;

use jiping::{
    exchange::{
        fill::plan::{Plans, plan},
        grid::Content,
        recognise::Recognised,
    },
    model::{
        path::{GoalField, IndicatorField, Place},
        project::header,
    },
};

use super::{
    super::shown,
    carried, changes,
    corpus::{self, recognised, subjects},
};

fn templates() -> impl Iterator<Item = (String, Content)> {
    corpus::files().map(|(name, bytes)| {
        let content = corpus::content(&name, &bytes);
        (name, content)
    })
}

/// How what is recognised after filling in differs from what was filled in; empty where it does not.
fn faults(name: &str, template: &Content, filled: &Recognised) -> (String, Plans) {
    let plans = plan(template, &subjects(filled));
    let content = carried::out(template, &plans.plans);
    let faults = corpus::faults(name, filled, &content, &plans.unplaced);
    (faults, plans)
}

#[test]
fn a_project_that_is_the_templates_own_changes_nothing() {
    let mut all = String::new();
    for (name, content) in templates() {
        let (faults, plans) = faults(&name, &content, &recognised(&name, &content));
        all.push_str(&faults);
        for plan in &plans.plans {
            let _ = writeln!(all, "{name}: {:?}{:?}", plan.inserts, plan.writes);
        }
    }
    assert!(all.is_empty(), "{all}");
}

#[test]
fn other_values_are_read_back_from_where_the_old_ones_stood() {
    let mut all = String::new();
    for (name, content) in templates() {
        let mut filled = recognised(&name, &content);
        for at in 0..filled.forms.len() {
            let mut project = filled.forms[at].project.clone();
            changes::values(&mut project, &filled, at);
            filled.forms[at].project = project;
        }
        all.push_str(&faults(&name, &content, &filled).0);
    }
    assert!(all.is_empty(), "{all}");
}

/// Whether a field of a blank form is to be filled in.
fn is_open(place: &Place) -> bool {
    match place {
        Place::Header(_) | Place::Text(_) | Place::Footer(_) | Place::Table(..) => true,
        Place::Fund(_, key) => key != "name" && key != "weight",
        Place::Goal(_, field) => !matches!(field, GoalField::Caption | GoalField::Weight),
        Place::Indicator(_, field) => matches!(
            field,
            IndicatorField::Actual | IndicatorField::Score | IndicatorField::Deviation
        ),
        _ => false,
    }
}

#[test]
fn a_template_whose_values_are_blank_is_filled_in_again() {
    let mut all = String::new();
    // Forms that state targets are no forms of this kind once their targets are blank.
    for (name, content) in templates().filter(|(name, _)| !name.starts_with("targets")) {
        let original = recognised(&name, &content);
        let mut blank = content.clone();
        for entry in &original.report.entries {
            let open = entry.target.as_ref().is_some_and(|at| is_open(&at.place));
            let place = entry.source.place.filter(|_| open);
            let cells = &mut blank.grids[entry.source.grid].cells;
            let cell = cells.iter_mut().find(|cell| Some(cell.place) == place);
            let Some(cell) = cell else { continue };
            // Of a year in a title or on a line of its own the digits are left to be written.
            if entry
                .target
                .as_ref()
                .is_some_and(|at| at.place == Place::Header(header::YEAR.into()))
                && cell.text.contains('年')
            {
                cell.text = cell.text.replace(|c: char| c.is_ascii_digit(), " ");
                continue;
            }
            // What shares a cell with its caption stays.
            if shown::squeezed(&cell.text)
                .starts_with(shown::squeezed(&entry.text).trim_end_matches('…'))
            {
                cell.text.clear();
            }
        }
        all.push_str(&faults(&name, &blank, &original).0);
    }
    assert!(all.is_empty(), "{all}");
}

#[test]
fn rows_that_the_template_lacks_are_inserted() {
    let mut all = String::new();
    for (name, content) in templates() {
        let mut filled = recognised(&name, &content);
        let mut added = 0;
        for form in &mut filled.forms {
            added += changes::more_rows(&mut form.project);
        }
        let (faults, plans) = faults(&name, &content, &filled);
        all.push_str(&faults);
        let inserts = plans.plans.iter().flat_map(|plan| &plan.inserts);
        let inserted: u32 = inserts.map(|insert| insert.count).sum();
        if inserted as usize != added {
            let _ = writeln!(all, "{name}: {inserted} of {added} rows");
        }
    }
    assert!(all.is_empty(), "{all}");
}
