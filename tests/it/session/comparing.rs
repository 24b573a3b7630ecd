//! Two states side by side: which is which, and the marked copy.

use jiping::{
    edit::command::Parts,
    session::comparing::{Compared, NamedState},
    sheet::{booklet::Tense, fonts::Face},
};

use super::*;

/// The open sample with changes, beside its file.
fn changed() -> (Compared, Arc<Environment>) {
    let fs = disk();
    let mut session = open(&fs);
    let at = row_place(&session, 0, IndicatorField::Actual);
    let command = set(&session, at, "99项");
    session.edit(&command).expect("is allowed");
    let project = session.document().projects.first().expect("a project");
    let gone = project.rows().nth(3).expect("a row").indicator.id;
    let command = EditCommand::Remove {
        project: project.id,
        parts: Parts::Indicators(vec![gone]),
    };
    session.edit(&command).expect("is allowed");
    let environment = world(&fs);
    let older = NamedState::read(&environment, Path::new(FILE)).expect("opens");
    let newer = NamedState::of_session(&session);
    let compared = Compared::of(older, newer, &environment.editions());
    (compared, environment)
}

#[test]
fn it_is_told_which_state_is_which() {
    let (compared, environment) = changed();
    assert_eq!(compared.older.name, "自评表 2020.jiping");
    assert_eq!(compared.newer.time, "正在编辑，有未保存的改动");
    assert_eq!(compared.lines.len(), 2);
    let back = compared.swapped(&environment.editions());
    assert_eq!(back.older.time, compared.newer.time);
    assert_eq!(back.lines[0].before, compared.lines[0].after);
}

#[test]
fn the_marked_copy_shows_old_and_new_and_lists_what_is_gone() {
    let (compared, environment) = changed();
    let booklet = compared.booklet(&compared.lines, &environment.now(), Face::default());
    let [form, list] = &booklet.parts[..] else {
        panic!("a form and its list: {}", booklet.parts.len());
    };
    let chips: Vec<usize> = form
        .chips
        .values()
        .flatten()
        .map(|chip| chip.number)
        .collect();
    assert_eq!(chips.len(), 1, "what is gone has no cell");
    let runs: Vec<_> = form.redlines.values().flat_map(|one| &one.runs).collect();
    let tenses: Vec<Tense> = runs.iter().map(|run| run.tense).collect();
    assert!(tenses.contains(&Tense::Went) && tenses.contains(&Tense::Came));
    let listed: Vec<&str> = list.sheet.cells().map(|(_, cell)| &*cell.text).collect();
    assert!(listed.contains(&"删除"), "{listed:?}");
    assert!(listed.contains(&"99项"), "{listed:?}");
}
