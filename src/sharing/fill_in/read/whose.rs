//! Whose form a sheet is.

use std::collections::HashMap;

use crate::{
    exchange::grid::{Content, Grid},
    model::{
        document::Document, folding::squeezed, id::Id, path::CellPath, project::Project,
        typed::trim,
    },
    sharing::fill_in::ticket::Ticket,
};

/// A sheet with the project that it is the form of.
pub(super) struct Sheet<'a> {
    pub project: Id<Project>,
    pub grid: &'a Grid,
    /// What stands beside its rows.
    pub marks: Vec<(u32, &'a str)>,
}

/// How many rows from the top a project's name is looked for in.
const HEAD: u32 = 40;

/// The sheets that are forms of projects: by their marks, by the names that they were sent under, by the project's name.
pub(super) fn sheets<'a>(
    content: &'a Content,
    ticket: Option<&Ticket>,
    document: &Document,
) -> Vec<Sheet<'a>> {
    let names = names(document);
    let grids = content.grids.iter().enumerate();
    grids
        .filter_map(|(number, grid)| {
            let marks = content.own.marks.iter().filter(|mark| mark.grid == number);
            let marks: Vec<(u32, &str)> =
                marks.map(|mark| (mark.row, mark.text.as_str())).collect();
            let project = by_marks(&marks)
                .or_else(|| by_sheet(&grid.name, ticket))
                .or_else(|| by_name(grid, &names))?;
            Some(Sheet {
                project,
                grid,
                marks,
            })
        })
        .collect()
}

/// The project that most marks name.
fn by_marks(marks: &[(u32, &str)]) -> Option<Id<Project>> {
    let mut counts: HashMap<Id<Project>, usize> = HashMap::new();
    for (_, mark) in marks {
        if let Ok(at) = mark.parse::<CellPath>() {
            *counts.entry(at.project).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(id, count)| (*count, *id));
    most.map(|(id, _)| id)
}

fn by_sheet(name: &str, ticket: Option<&Ticket>) -> Option<Id<Project>> {
    let forms = ticket?.forms.iter();
    let mut own = forms.filter(|form| form.head.sheet == name);
    own.next().map(|form| form.head.project)
}

/// The projects by their names; a name that two share tells nothing.
fn names(document: &Document) -> HashMap<String, Option<Id<Project>>> {
    let mut names: HashMap<String, Option<Id<Project>>> = HashMap::new();
    for project in document.projects.iter() {
        let name = squeezed(trim(project.name()));
        if !name.is_empty() {
            names
                .entry(name)
                .and_modify(|known| *known = None)
                .or_insert(Some(project.id));
        }
    }
    names
}

fn by_name(grid: &Grid, names: &HashMap<String, Option<Id<Project>>>) -> Option<Id<Project>> {
    // 填写说明 lists projects too, but several in a cell, or one behind its number.
    let cells = grid.cells.iter().filter(|cell| cell.place.row < HEAD);
    let mut found = cells.filter_map(|cell| names.get(&squeezed(&cell.text)).copied().flatten());
    found.next()
}

impl Ticket {
    /// The form of a project.
    pub(super) fn form(
        &self,
        project: Id<Project>,
    ) -> Option<&crate::sharing::fill_in::ticket::SentForm> {
        self.forms.iter().find(|form| form.head.project == project)
    }

    /// The names of its projects; of many, the first.
    pub(super) fn names(&self) -> String {
        const TOLD: usize = 3;
        let names = self.forms.iter().map(|form| trim(&form.head.name));
        let told: Vec<&str> = names.take(TOLD).collect();
        match self.forms.len() {
            count if count > TOLD => format!("{}等 {count} 个项目", told.join("、")),
            _ => told.join("、"),
        }
    }
}
