//! The editions of an open file: its own, the user's, the program's; and none.

use std::{ffi::OsStr, sync::Arc};

use jiping::{
    model::{edition::Edition, project::EditionRef},
    session::environment::Clock,
    store::editions::EditionShelf,
};

use super::*;

const CHONGQING: &str = include_str!("../../editions/v21-chongqing.json");

fn chongqing() -> Arc<Edition> {
    Arc::new(serde_json::from_str(CHONGQING).expect("an edition"))
}

/// Puts the first project on another edition of the form.
fn put_on(session: &mut Session, edition: EditionRef) {
    let project = session.document().projects.first().expect("a project").id;
    let command = EditCommand::SetEdition { project, edition };
    assert_eq!(session.edit(&command), Ok(true));
}

#[test]
fn a_project_whose_edition_is_missing_is_kept_shown_and_reported_but_not_checked() {
    let fs = disk();
    let mut session = open(&fs);
    put_on(&mut session, chongqing().reference());
    session.save().expect("saved");

    let mut session = open(&fs);
    let notes = session.notes();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(
        notes[0].contains("缺少表样“") && notes[0].contains("不能校验"),
        "{notes:?}"
    );
    let found = &session.findings()[0];
    assert!(!found.is_checked());
    assert!(found.findings.is_empty());
    let verdict = session.verdict();
    assert!(!verdict.is_ready());
    assert_eq!(verdict.to_string(), "有 1 个项目缺少表样，未校验");
    rename(&mut session, "照样可以修改");
    session.save().expect("saved");
    assert_eq!(name(&open(&fs)), "照样可以修改");
}

#[test]
fn an_edition_put_into_the_document_is_used_at_once_and_taken_back_by_undo() {
    let fs = disk();
    let mut session = open(&fs);
    let edition = chongqing();
    put_on(&mut session, edition.reference());
    assert_eq!(session.verdict().unchecked, 1);
    assert_eq!(
        session.edit(&EditCommand::EmbedEdition { edition }),
        Ok(true)
    );
    assert_eq!(session.verdict().unchecked, 0);
    assert!(session.notes().is_empty());
    session.undo();
    assert_eq!(session.verdict().unchecked, 1);
    session.redo();
    session.save().expect("saved");
    assert_eq!(open(&fs).verdict().unchecked, 0, "it travels with the file");
}

#[test]
fn a_changed_edition_is_used_and_reported() {
    let fs = disk();
    let mut session = open(&fs);
    let mut reference = session
        .document()
        .projects
        .first()
        .expect("a project")
        .edition
        .clone();
    reference.hash = "0000000000000000".into();
    put_on(&mut session, reference);
    assert_eq!(session.verdict().unchecked, 0);
    let notes = session.notes();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].contains("内容不同"), "{notes:?}");
}

#[test]
fn editions_of_the_users_own_are_at_hand_and_travel_with_new_documents() {
    let fs = SimulatedFs::new();
    fs.put("/data/editions/重庆.json", CHONGQING);
    fs.put("/data/editions/坏的.json", "{");
    fs.put("/data/editions/说明.txt", "not an edition");
    let world = world(&fs);
    assert_eq!(world.problems().len(), 1, "{:?}", world.problems());
    assert!(
        world.problems()[0].contains("坏的.json"),
        "{:?}",
        world.problems()
    );
    let built_in = EditionShelf::built_in().list().len();
    assert_eq!(world.editions().list().len(), built_in + 1);

    let found = world
        .editions()
        .get(&chongqing().reference())
        .expect("the user's");
    assert!(found.exact);
    let session = Session::new(world, &found.edition);
    assert_eq!(session.document().editions, [found.edition]);
}

#[test]
fn the_clock_can_be_fixed_in_seconds_since_1970() {
    let fixed = |value| FixedClock::from_epoch(OsStr::new(value));
    let clock = fixed("1614600000").expect("a number");
    assert_eq!(clock.now().to_string(), "2021-03-01T12:00:00+00:00[UTC]");
    assert!(fixed("yesterday").is_none());
    assert!(fixed("").is_none());
}
