//! Joining two states of a document.

mod conflicts;
mod documents;
mod parts;
mod random;
mod taken;

use jiping::{
    edit::{
        apply::apply,
        command::{EditCommand, NewParts, Parts, Relocation},
    },
    model::{
        document::Document,
        id::{CountedIds, Id},
        indicator::{Group, Indicator},
        path::{IndicatorField, Place},
        project::{Project, Stage},
    },
    versions::merge::{Choice, Clash, Item, Key, Merge, merge},
};

use crate::generate::EDITION;

/// A document of one project with two groups of three rows each, whose ids are below 1000.
fn document() -> Document {
    let mut ids = CountedIds(0);
    let mut document = Document::new(Id::new(&mut ids));
    let mut project = Project::blank(&EDITION, &mut ids);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    while section.groups.remove(0).is_some() {}
    for caption in ["数量指标", "质量指标"] {
        let mut group = Group::blank(caption, &mut ids);
        while group.indicators.remove(0).is_some() {}
        for number in 1..=3 {
            let mut row = Indicator::blank(&mut ids);
            row.name = format!("{caption}{number}");
            group.indicators.push(row);
        }
        section.groups.push(group);
    }
    document.projects.push(project);
    document
}

fn first(document: &Document) -> &Project {
    document.projects.first().expect("a project")
}

fn changed(document: &Document, commands: &[EditCommand]) -> Document {
    let change = |document: Document, command: &EditCommand| {
        apply(&document, command).expect("an allowed change")
    };
    commands.iter().fold(document.clone(), change)
}

/// The row with this name.
fn row(document: &Document, name: &str) -> Id<Indicator> {
    let mut rows = first(document).rows();
    let view = rows.find(|view| view.indicator.name == name);
    view.expect("a row").indicator.id
}

fn group(document: &Document, name: &str) -> Id<Group> {
    let mut groups = first(document).groups();
    let view = groups.find(|view| view.group.name() == name);
    view.expect("a group").group.id
}

/// The names of the rows of a group.
fn names(document: &Document, name: &str) -> Vec<String> {
    let mut groups = first(document).groups();
    let view = groups.find(|view| view.group.name() == name);
    let rows = view.expect("a group").group.indicators.iter();
    rows.map(|row| row.name.clone()).collect()
}

fn typing(document: &Document, place: Place, text: &str) -> EditCommand {
    EditCommand::SetCell {
        at: first(document).at(place),
        text: text.into(),
    }
}

/// Types into a cell of the row with this name.
fn cell(document: &Document, name: &str, field: IndicatorField, text: &str) -> EditCommand {
    typing(document, Place::Indicator(row(document, name), field), text)
}

fn read(document: &Document, name: &str, field: IndicatorField) -> String {
    let place = Place::Indicator(row(document, name), field);
    let text = first(document).cell_text(&place);
    text.expect("a cell").into_owned()
}

fn removal(document: &Document, name: &str) -> EditCommand {
    EditCommand::Remove {
        project: first(document).id,
        parts: Parts::Indicators(vec![row(document, name)]),
    }
}

fn relocation(document: &Document, name: &str, into: &str, index: usize) -> EditCommand {
    EditCommand::Move {
        project: first(document).id,
        to: Relocation::Indicators(vec![row(document, name)], group(document, into)),
        index,
    }
}

/// Puts a new row into a group.
fn insertion(document: &Document, into: &str, index: usize, name: &str, id: u64) -> EditCommand {
    let mut row = Indicator::blank(&mut CountedIds(id));
    row.name = name.into();
    EditCommand::Insert {
        project: first(document).id,
        parts: NewParts::Indicators(group(document, into), vec![row]),
        index,
    }
}

fn staged(document: &Document, stage: Stage) -> EditCommand {
    EditCommand::SetStage {
        project: first(document).id,
        stage,
    }
}

/// The only conflict, which is of this kind.
fn only_conflict(merge: &Merge, clash: Clash) -> &Item {
    let conflicts: Vec<&Item> = merge.conflicts().collect();
    assert_eq!(conflicts.len(), 1, "{conflicts:#?}");
    assert_eq!(conflicts[0].clash, Some(clash));
    conflicts[0]
}

/// With the only conflict decided.
fn decided(merge: &Merge, choice: Choice) -> Document {
    let keys: Vec<Key> = merge.conflicts().map(|item| item.key.clone()).collect();
    let mut merge = merge.clone();
    merge.choose(keys.into_iter().map(|key| (key, choice)));
    (**merge.merged()).clone()
}
