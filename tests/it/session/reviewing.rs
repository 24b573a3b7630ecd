//! 审阅模式: nothing of the forms changes, whichever way it is tried.

use jiping::{
    edit::refusal::Refusal,
    model::{
        id::{CountedIds, Id},
        project::{Note, Stage},
        review::{NoteKind, StageRecord},
        working_paper::PaperCell,
    },
};
use proptest::prelude::*;

use super::*;
use crate::generate;

#[test]
fn notes_working_paper_and_stage_are_written_and_nothing_else() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "改过的");
    session.undo();
    session.set_reviewing(true);
    let before = Arc::clone(session.document());
    let typed = set(&session, Place::Header(header::UNIT.into()), "别的单位");
    assert_eq!(session.edit(&typed), Err(Refusal::Reviewing));
    assert_eq!(session.redo(), None, "what was undone before stays undone");
    assert_eq!(session.document(), &before);

    let opinion = set(&session, Place::Paper(PaperCell::Opinion), "同意");
    assert_eq!(session.edit(&opinion), Ok(true));
    let project = session.document().projects.first().expect("a project");
    let (id, mut ids) = (project.id, CountedIds(1 << 50));
    let note = Note {
        id: Id::new(&mut ids),
        at: project.at(Place::Whole),
        author: "王审".into(),
        time: String::new(),
        text: "请补充依据".into(),
        kind: NoteKind::MustChange,
        resolved: false,
        replies: Default::default(),
        unknown: Default::default(),
    };
    let record = StageRecord::of(
        project,
        Id::new(&mut ids),
        Stage::Submitted,
        String::new(),
        String::new(),
    );
    for command in [
        EditCommand::AddNote { project: id, note },
        EditCommand::MoveOn {
            project: id,
            record,
        },
    ] {
        assert_eq!(session.edit(&command), Ok(true), "{}", command.label());
    }
    for _ in 0..3 {
        assert!(
            session.undo().is_some(),
            "a reviewer's own steps are undone"
        );
    }
    assert_eq!(session.document(), &before);
    session.set_reviewing(false);
    assert_eq!(session.edit(&typed), Ok(true));
}

#[test]
fn steps_from_before_the_review_are_not_undone() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "改过的");
    session.set_reviewing(true);
    assert_eq!(session.undo(), None);
    assert_eq!(name(&session), "改过的");
    session.set_reviewing(false);
    assert!(session.undo().is_some());
    assert_ne!(name(&session), "改过的");
}

/// What the forms of a document say.
fn said(session: &Session) -> Vec<String> {
    let projects = session.document().projects.iter();
    projects
        .map(|project| project.content_hash().to_string())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_tried_the_forms_say_the_same(
        steps in proptest::collection::vec((generate::step(), 0..4_u8), 1..24),
    ) {
        let fs = disk();
        let mut session = open(&fs);
        let mut ids = CountedIds(0xE000_0000_0000_0000);
        let half = steps.len() / 2;
        for (step, _) in &steps[..half] {
            let command = step.command(session.document(), &mut ids);
            let _ = session.edit(&command);
        }
        session.set_reviewing(true);
        let before = said(&session);
        for (step, way) in &steps[half..] {
            match way {
                0 => drop(session.undo()),
                1 => drop(session.redo()),
                _ => {
                    let command = step.command(session.document(), &mut ids);
                    let _ = session.edit(&command);
                }
            }
            prop_assert_eq!(said(&session), before.clone());
        }
    }
}
