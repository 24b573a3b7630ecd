//! A form without all that is not for the public.

use std::{collections::BTreeMap, sync::Arc};

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Decision, Form, Name};
use crate::{
    model::{
        document::Document,
        edition::Edition,
        id::Id,
        indicator::{Group, Indicator, Section},
        method::MethodCell,
        project::{Goal, Project, header},
        record::{KeyMap, Text},
        rows::Rows,
    },
    rules::personal::{is_for_telephone, names::hidden, numbers},
    sharing::rewriting::{Rewriter, Spot, rewritten},
};

/// The forms as the public sees them, in their order, under ids that tell nothing; `None` where that would be no form.
pub(super) fn cleaned(forms: &[Form], names: &[Name]) -> Option<Vec<Arc<Project>>> {
    let mut document = Document::new(Id::from_bits(0));
    document.projects = forms
        .iter()
        .map(|(project, edition)| form_alone(project, edition))
        .collect();
    let copy = rewritten(&document, &mut Cleaning::new(names))?;
    Some(copy.projects.iter().cloned().collect())
}

/// What is printed of a project, and nothing that lies beside it.
fn form_alone(project: &Project, edition: &Edition) -> Project {
    let mut form = Project {
        copied_from: None,
        evidence: Rows::new(),
        notes: Rows::new(),
        explanations: Rows::new(),
        account: None,
        budget_adjustments: Rows::new(),
        removed: Rows::new(),
        working_paper: None,
        last_year: None,
        deadlines: Vec::new(),
        aside: None,
        stages: Rows::new(),
        withheld: None,
        ..project.clone()
    };
    empty_telephones(&mut form.header, |key| {
        is_for_telephone(edition.header_caption(key))
    });
    empty_telephones(&mut form.footer, |key| {
        is_for_telephone(edition.footer_caption(key))
    });
    each(&mut form.goals, |goal: &mut Goal| {
        each(&mut goal.sections, |section: &mut Section| {
            each(&mut section.groups, |group: &mut Group| {
                each(&mut group.indicators, |row: &mut Indicator| {
                    row.approved = None;
                    row.adjustments.clear();
                    row.method = MethodCell::default();
                });
            });
        });
    });
    form
}

/// The form's own fields for telephones are empty in public, whatever stands in them.
fn empty_telephones(fields: &mut KeyMap<Text>, is_telephone: impl Fn(&str) -> bool) {
    let ours = fields.iter_mut().filter(|(key, _)| is_telephone(key));
    ours.for_each(|(_, text)| *text = Text::default());
}

fn each<T: Clone>(rows: &mut Rows<T>, change: impl Fn(&mut T)) {
    for at in 0..rows.len() {
        if let Some(row) = rows.get_mut(at) {
            change(row);
        }
    }
}

/// Takes numbers and names out of every text.
struct Cleaning {
    names: Option<AhoCorasick>,
    instead: Vec<String>,
    ids: BTreeMap<String, String>,
}

impl Cleaning {
    fn new(names: &[Name]) -> Self {
        let is_taken = |name: &&Name| matches!(name.decision, Decision::Hide | Decision::Remove);
        let taken: Vec<&Name> = names.iter().filter(is_taken).collect();
        let instead = taken.iter().map(|name| match name.decision {
            Decision::Hide => hidden(&name.text),
            _ => String::new(),
        });
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(taken.iter().map(|name| &name.text));
        Self {
            instead: instead.collect(),
            // There are never so many names that no finder could be built.
            names: finder.ok().filter(|_| !taken.is_empty()),
            ids: BTreeMap::new(),
        }
    }
}

impl Rewriter for Cleaning {
    fn text(&mut self, spot: Spot<'_>, text: &mut String) {
        if spot.record == "EditionRef" {
            return;
        }
        // As long as the number of an account, and no person's.
        let is_code = spot.record == "Project" && spot.key == header::PROJECT_CODE;
        if !is_code {
            let found = numbers::all(text);
            if !found.is_empty() {
                *text = numbers::masked(text, &found);
            }
        }
        if let Some(names) = self.names.as_ref().filter(|names| names.is_match(&**text)) {
            *text = names.replace_all(text, &self.instead);
        }
    }

    fn id(&mut self, id: &mut String) {
        let next = self.ids.len() + 1;
        let new = self.ids.entry(id.clone());
        id.clone_from(new.or_insert_with(|| format!("{next:016x}")));
    }
}
