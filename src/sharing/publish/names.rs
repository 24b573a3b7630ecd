//! Names of persons in the printed cells of forms: in fields that are made for them, where the words around say so, and wherever
//! one stands that is known from elsewhere in the file.

use std::collections::BTreeMap;

use super::{Decision, Form, Name, Placed};
use crate::{
    model::{edition::Edition, path::Place, project::Project, typed::trim},
    rules::personal::{
        is_for_name,
        names::{names_in, names_of_field},
    },
};

/// Characters shown before and after a name.
const AROUND: usize = 12;

/// The names in the order of the forms.
pub(super) fn of(forms: &[Form]) -> Vec<Name> {
    let mut names = Names::default();
    for (project, edition) in forms {
        names.learn(project, edition);
    }
    for (project, edition) in forms {
        names.place(project, edition);
    }
    names.found.retain(|name| !name.places.is_empty());
    names.found
}

#[derive(Default)]
struct Names {
    found: Vec<Name>,
    known: BTreeMap<String, usize>,
}

impl Names {
    fn add(&mut self, name: &str) {
        let name = trim(name);
        let is_one = name.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
        if !is_one || self.known.contains_key(name) {
            return;
        }
        self.known.insert(name.to_owned(), self.found.len());
        self.found.push(Name {
            text: name.to_owned(),
            places: Vec::new(),
            decision: Decision::default(),
        });
    }

    fn field(&mut self, text: &str) {
        names_of_field(text)
            .into_iter()
            .for_each(|name| self.add(name));
    }

    fn learn(&mut self, project: &Project, edition: &Edition) {
        project.each_filled_cell(&mut |cell| match asks_for_name(&cell.place(), edition) {
            true => self.field(cell.text),
            false => names_in(cell.text)
                .into_iter()
                .for_each(|range| self.add(&cell.text[range])),
        });
        // Whoever wrote beside the form may be named in it.
        for note in project.notes.iter() {
            self.field(&note.author);
            note.replies
                .iter()
                .for_each(|reply| self.field(&reply.author));
        }
        project.stages.iter().for_each(|step| self.field(&step.by));
        project
            .explanations
            .iter()
            .for_each(|given| self.field(&given.author));
        if let Some(paper) = &project.working_paper {
            self.field(&paper.reviewer);
        }
    }

    fn place(&mut self, project: &Project, edition: &Edition) {
        project.each_filled_cell(&mut |cell| {
            for name in &mut self.found {
                let Some(at) = cell.text.find(&name.text) else {
                    continue;
                };
                name.places.push(Placed {
                    project: project.id,
                    place: project.at(cell.place()).in_words(project, edition),
                    context: around(cell.text, at, name.text.len()),
                });
            }
        });
    }
}

fn asks_for_name(place: &Place, edition: &Edition) -> bool {
    match place {
        Place::Header(key) => is_for_name(edition.header_caption(key)),
        Place::Footer(key) => is_for_name(edition.footer_caption(key)),
        _ => false,
    }
}

fn around(text: &str, at: usize, length: usize) -> String {
    let before: Vec<char> = text[..at].chars().rev().take(AROUND).collect();
    let has_more_before = text[..at].chars().nth(AROUND).is_some();
    let after = &text[at + length..];
    let shown: String = after.chars().take(AROUND).collect();
    let has_more_after = after.chars().nth(AROUND).is_some();
    let dots = |is: bool| if is { "…" } else { "" };
    let before: String = before.into_iter().rev().collect();
    let line = format!(
        "{}{before}{}{shown}{}",
        dots(has_more_before),
        &text[at..at + length],
        dots(has_more_after)
    );
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
