//! What goes where: the template's own captions, headings and rows beside the project's.
//!
//! The template is recognised as an import would ([`scan`]), and its parts are matched to the edition by the same rules, so
//! that what is written into a cell is what an import reads from it. A blank cell is where a filled one would be: beside its
//! caption, below its heading, in the row of its group.
//!
//! | module | subject |
//! |---|---|
//! | `board` | the cell at a place, blank ones and merged ones included |
//! | `draft`, `value` | the plan of one form while it is made; texts and numbers |
//! | `fields`, `funds`, `goals`, `rest` | what stands around the indicator table, and what found no place |
//! | `frame`, `indicators`, `rows` | the rows of the indicator table, who gets which, and their cells |

use std::collections::BTreeMap;

use self::{
    board::Board,
    draft::{Draft, Intent, Spotted},
};
use super::{Insert, Plan, Subject, Unplaced, Write};
use crate::{
    exchange::{
        grid::{Content, Place},
        recognise::{
            ColumnUse, FormKind, RowUse,
            captions::exact,
            found::FoundForm,
            matching::{Matches, Spot},
            scan::{self, Said},
        },
    },
    model::{path::CellPath, project::header},
};
pub(super) use draft::place_name;

mod board;
mod draft;
mod fields;
mod frame;
mod funds;
mod goals;
mod indicators;
mod rest;
mod rows;
mod value;

/// What is to be done for the projects, by grid.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plans {
    /// A plan for each grid in which something is to be written.
    pub plans: Vec<Plan>,
    /// The projects that have a place, by their index, with where.
    pub projects: Vec<(usize, String)>,
    /// What has none.
    pub unplaced: Vec<Unplaced>,
    /// What a person should know, one sentence each: values of the template that the project states otherwise, amounts in
    /// another unit.
    pub remarks: Vec<String>,
    /// The fields that are written, in words.
    pub words: BTreeMap<CellPath, String>,
    /// How many forms the template holds.
    pub forms: usize,
}

/// Plans how the projects are filled into the template.
pub fn plan(template: &Content, projects: &[Subject]) -> Plans {
    let grids: Vec<Vec<FoundForm>> = template
        .grids
        .iter()
        .map(|grid| scan::scan(grid, &Nothing).forms)
        .collect();
    let mut forms: Vec<(usize, usize)> = Vec::new();
    for kind in [
        FormKind::SelfEvaluation,
        FormKind::Monitoring,
        FormKind::Targets,
    ] {
        if forms.is_empty() {
            for (grid, found) in grids.iter().enumerate() {
                let of_kind = (0..found.len()).filter(|at| found[*at].what == kind);
                forms.extend(of_kind.map(|at| (grid, at)));
            }
        }
    }
    let mut plans = Plans {
        forms: forms.len(),
        ..Plans::default()
    };
    let found: Vec<&FoundForm> = forms.iter().map(|&(grid, at)| &grids[grid][at]).collect();
    let homes = homes(&found, projects);
    for (number, grid) in template.grids.iter().enumerate() {
        let board = Board::new(grid);
        let mut sum = Sum::default();
        for (home, &(at, index)) in homes.iter().zip(&forms) {
            let Some((subject, project)) = home
                .filter(|_| at == number)
                .and_then(|project| Some((projects.get(project)?, project)))
            else {
                continue;
            };
            let form = &grids[at][index];
            let beside = |(other, own): (usize, &FoundForm)| {
                other != index && own.rows.start < form.rows.end && form.rows.start < own.rows.end
            };
            let alone = !grids[at].iter().enumerate().any(beside);
            let mut draft = Draft::new(&board, form, subject, alone);
            fill(&mut draft);
            let title = form.title.as_ref().map(|cell| cell.place);
            plans
                .projects
                .push((project, where_is(&grid.name, form, title)));
            plans.unplaced.append(&mut draft.unplaced);
            plans.remarks.extend(draft.told());
            plans.words.append(&mut draft.words);
            sum.add(draft.intents, draft.inserts);
        }
        let plan = sum.finish(number);
        if !plan.writes.is_empty() || !plan.inserts.is_empty() {
            plans.plans.push(plan);
        }
    }
    plans
}

/// Where a form stands, in words.
fn where_is(grid: &str, form: &FoundForm, title: Option<Place>) -> String {
    if !grid.is_empty() {
        return grid.to_owned();
    }
    let first = Place {
        row: form.rows.start,
        column: 0,
    };
    place_name(grid, title.unwrap_or(first))
}

fn fill(draft: &mut Draft) {
    let matches = Matches::new(draft.found, draft.edition);
    draft.year();
    draft.title();
    draft.fields(&matches);
    let unit = draft.unit();
    draft.funds(&matches, unit);
    draft.goals(&matches);
    draft.total();
    draft.tables(&matches);
    draft.left();
}

/// For every form the index of the project that is filled in there: by name, else forms without a name in order. The only
/// form takes the only project whatever it says.
fn homes(forms: &[&FoundForm], projects: &[Subject]) -> Vec<Option<usize>> {
    if let ([_], [_]) = (forms, projects) {
        return vec![Some(0)];
    }
    let mut homes: Vec<Option<usize>> = vec![None; forms.len()];
    let names: Vec<String> = forms
        .iter()
        .map(|form| project_name(form, projects))
        .collect();
    let mut left: Vec<usize> = Vec::new();
    for (project, subject) in projects.iter().enumerate() {
        let own = exact(subject.project.name());
        let named = (0..forms.len())
            .find(|at| homes[*at].is_none() && !own.is_empty() && names[*at] == own);
        match named {
            Some(at) => homes[at] = Some(project),
            None => left.push(project),
        }
    }
    let mut left = left.into_iter();
    for (home, name) in homes.iter_mut().zip(&names) {
        if home.is_none() && name.is_empty() {
            *home = left.next();
        }
    }
    homes
}

/// The project's name that a form states, folded.
fn project_name(form: &FoundForm, projects: &[Subject]) -> String {
    let edition = projects.first().map(|subject| &subject.edition);
    let Some(edition) = edition else {
        return String::new();
    };
    let matches = Matches::new(form, edition);
    let is_name = |spot: &Spot| match spot {
        Spot::Header(at) => edition
            .header
            .get(*at)
            .is_some_and(|field| field.key == header::PROJECT_NAME),
        _ => false,
    };
    let mut fields = form.header.iter().zip(&matches.header);
    let named = fields.find(|(_, spot)| is_name(spot));
    let value = named.and_then(|(field, _)| field.value.as_ref());
    value.map_or_else(String::new, |value| exact(&value.text))
}

/// What is done in one grid, of all its forms.
#[derive(Default)]
struct Sum {
    intents: BTreeMap<Spotted, Intent>,
    inserts: BTreeMap<u32, Insert>,
}

impl Sum {
    fn add(&mut self, intents: BTreeMap<Spotted, Intent>, inserts: BTreeMap<u32, Insert>) {
        self.intents.extend(intents);
        self.inserts.extend(inserts);
    }

    /// The plan, its cells in rows once the rows are inserted.
    fn finish(self, grid: usize) -> Plan {
        let Self { intents, inserts } = self;
        let before = |row: u32| -> u32 {
            let above = inserts.range(..row);
            above.map(|(_, insert)| insert.count).sum()
        };
        let mut writes: Vec<Write> = intents
            .into_iter()
            .map(|(spotted, Intent { value, at })| {
                let place = match spotted {
                    Spotted::Old(Place { row, column }) => Place {
                        row: row + before(row),
                        column,
                    },
                    Spotted::New { after, nth, column } => Place {
                        row: after + before(after) + 1 + nth,
                        column,
                    },
                };
                Write { place, value, at }
            })
            .collect();
        writes.sort_by_key(|write| write.place);
        Plan {
            grid,
            inserts: inserts.into_values().collect(),
            writes,
        }
    }
}

/// Nobody said anything of columns and rows.
struct Nothing;

impl Said for Nothing {
    fn column(&self, _: Place) -> Option<&ColumnUse> {
        None
    }

    fn row(&self, _: u32) -> Option<&RowUse> {
        None
    }
}
