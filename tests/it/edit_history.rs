//! Undo, redo, grouping, the saved mark and the bounds.

use jiping::{
    edit::{
        command::{EditCommand, Parts},
        history::{Grouping, History, Limits},
    },
    model::{
        document::Document,
        id::{CountedIds, Id},
        path::{CellPath, Place},
        project::Project,
    },
};
use proptest::prelude::*;

use super::generate::{EDITION, document, step};

fn blank_document() -> Document {
    let mut ids = CountedIds(0);
    let mut document = Document::new(Id::new(&mut ids));
    document.projects.push(Project::blank(&EDITION, &mut ids));
    document
}

fn header(document: &Document, key: &str) -> CellPath {
    let project = document.projects.first().expect("a project");
    project.at(Place::Header(key.into()))
}

fn typed(history: &History, key: &str, text: &str) -> EditCommand {
    EditCommand::SetCell {
        at: header(history.document(), key),
        text: text.into(),
    }
}

fn edit(history: &mut History, key: &str, text: &str, grouping: Option<Grouping>) {
    let command = typed(history, key, text);
    history.edit(&command, grouping).expect("a change");
}

fn read(history: &History, key: &str) -> String {
    let document = history.document();
    document
        .projects
        .first()
        .expect("a project")
        .header(key)
        .to_owned()
}

fn steps(history: &History) -> usize {
    history.undo_labels().count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn undo_goes_back_to_the_start_and_redo_to_the_end(
        document in document(),
        changes in proptest::collection::vec((step(), proptest::option::of(0u64..3)), 0..30),
        save_after in 0usize..30,
    ) {
        let mut ids = CountedIds(1 << 40);
        let start = document.clone();
        let mut history = History::new(document, Limits::default());
        let mut states = vec![start.clone()];
        let mut saved = None;
        for (number, (change, grouping)) in changes.iter().enumerate() {
            let command = change.command(history.document(), &mut ids);
            let before = history.document().clone();
            let known = (steps(&history), history.state());
            match history.edit(&command, grouping.map(Grouping)) {
                Ok(true) => prop_assert_ne!(&before, history.document()),
                Ok(false) | Err(_) => {
                    prop_assert_eq!(&before, history.document());
                    prop_assert_eq!(known, (steps(&history), history.state()));
                }
            }
            states.truncate(steps(&history));
            states.push((**history.document()).clone());
            if number == save_after {
                history.mark_saved(history.state());
                saved = Some((**history.document()).clone());
            }
        }
        for state in states.iter().rev() {
            prop_assert_eq!(&**history.document(), state);
            history.undo();
            if history.is_saved() {
                prop_assert_eq!(Some(&**history.document()), saved.as_ref());
            }
        }
        prop_assert!(!history.can_undo());
        prop_assert_eq!(&**history.document(), &start);
        let mut met_saved = history.is_saved();
        for state in &states[1..] {
            prop_assert!(history.redo().is_some());
            prop_assert_eq!(&**history.document(), state);
            met_saved |= history.is_saved();
        }
        prop_assert!(!history.can_redo());
        prop_assert_eq!(met_saved, saved.is_some(), "the saved state is met again, unless nothing was saved");
    }
}

#[test]
fn keystrokes_in_one_cell_become_one_step() {
    let mut history = History::new(blank_document(), Limits::default());
    let entered = Some(Grouping(1));
    for text in ["2", "20", "202", "2020"] {
        edit(&mut history, "year", text, entered);
    }
    assert_eq!(steps(&history), 1);
    edit(&mut history, "unit", "某", entered);
    edit(&mut history, "year", "2021", entered);
    assert_eq!(steps(&history), 3, "another cell ends the run");
    edit(&mut history, "year", "2022", Some(Grouping(2)));
    assert_eq!(steps(&history), 4, "so does entering the cell anew");
    edit(&mut history, "year", "2023", None);
    edit(&mut history, "year", "2024", None);
    assert_eq!(
        steps(&history),
        6,
        "without grouping every change is a step"
    );
    while history.undo().is_some() {}
    assert_eq!(read(&history, "year"), "");
    history.redo();
    assert_eq!(read(&history, "year"), "2020");
}

#[test]
fn typing_back_to_the_beginning_leaves_no_step() {
    let mut history = History::new(blank_document(), Limits::default());
    history.mark_saved(history.state());
    let entered = Some(Grouping(1));
    edit(&mut history, "year", "2", entered);
    assert!(!history.is_saved());
    edit(&mut history, "year", "", entered);
    assert_eq!(steps(&history), 0);
    assert!(history.is_saved());
    edit(&mut history, "year", "3", entered);
    assert_eq!(steps(&history), 1);
}

#[test]
fn undo_ends_a_run_of_keystrokes() {
    let mut history = History::new(blank_document(), Limits::default());
    let entered = Some(Grouping(1));
    edit(&mut history, "unit", "某局", None);
    edit(&mut history, "year", "2", entered);
    history.undo();
    history.redo();
    edit(&mut history, "year", "20", entered);
    assert_eq!(steps(&history), 3);
    history.undo();
    assert_eq!(read(&history, "year"), "2");
}

#[test]
fn the_saved_mark_outlives_undo_and_redo() {
    let mut history = History::new(blank_document(), Limits::default());
    let entered = Some(Grouping(1));
    edit(&mut history, "year", "2", entered);
    let written = history.state();
    history.close_group();
    edit(&mut history, "year", "20", entered);
    history.mark_saved(written);
    assert!(
        !history.is_saved(),
        "typing went on while the file was written"
    );
    edit(&mut history, "year", "202", entered);
    assert_eq!(
        steps(&history),
        3,
        "typing after the saved mark is a step of its own"
    );
    history.undo();
    history.undo();
    assert!(history.is_saved());
    history.undo();
    assert!(!history.is_saved());
    history.redo();
    assert!(history.is_saved());
    history.undo();
    edit(&mut history, "year", "2", None);
    assert!(
        !history.is_saved(),
        "the same text on another branch is not what was saved"
    );
}

#[test]
fn a_new_change_ends_what_could_be_redone() {
    let mut history = History::new(blank_document(), Limits::default());
    edit(&mut history, "year", "2020", None);
    history.undo();
    let refused = EditCommand::SetCell {
        at: history
            .document()
            .projects
            .first()
            .expect("a project")
            .at(Place::Whole),
        text: "x".into(),
    };
    history.edit(&refused, None).expect_err("refused");
    edit(&mut history, "year", "", None);
    assert!(history.can_redo(), "a change that changes nothing is none");
    edit(&mut history, "unit", "某局", None);
    assert!(!history.can_redo());
    assert_eq!(history.undo_labels().collect::<Vec<_>>(), ["修改 实施单位"]);
}

#[test]
fn the_oldest_steps_go_first() {
    let limits = Limits {
        steps: 3,
        ..Limits::default()
    };
    let mut history = History::new(blank_document(), limits);
    for text in ["1", "2", "3", "4", "5"] {
        edit(&mut history, "year", text, None);
    }
    assert_eq!(steps(&history), 3);
    while history.undo().is_some() {}
    assert_eq!(read(&history, "year"), "2");
    assert_eq!(history.redo_labels().count(), 3);
}

#[test]
fn large_steps_are_bounded_by_bytes_and_the_latest_is_kept() {
    let limits = Limits {
        bytes: 250_000,
        ..Limits::default()
    };
    let mut history = History::new(blank_document(), limits);
    for letter in ["一", "二", "三", "四", "五", "六"] {
        edit(&mut history, "year", &letter.repeat(30_000), None);
        assert!(history.bytes() <= 250_000, "{}", history.bytes());
    }
    assert_eq!(steps(&history), 2);
    edit(&mut history, "year", &"七".repeat(300_000), None);
    edit(&mut history, "year", "2020", None);
    assert_eq!(steps(&history), 1);
    assert!(history.bytes() > 900_000);
    history.undo();
    assert_eq!(read(&history, "year").chars().count(), 300_000);
}

#[test]
fn the_estimate_is_even_after_undo_redo_and_new_steps() {
    let mut history = History::new(blank_document(), Limits::default());
    let project = history.document().projects.first().expect("a project");
    let remove = EditCommand::Remove {
        project: project.id,
        parts: Parts::Goals(project.goals.iter().map(|goal| goal.id).collect()),
    };
    history.edit(&remove, None).expect("a change");
    edit(&mut history, "year", "2020", None);
    let bytes = history.bytes();
    assert!(bytes > 10_000, "the removed goals are still held: {bytes}");
    while history.undo().is_some() {}
    assert!(
        history.bytes() < bytes,
        "what is removed again is held by the present"
    );
    while history.redo().is_some() {}
    assert_eq!(history.bytes(), bytes);
    while history.undo().is_some() {}
    edit(&mut history, "year", "2021", None);
    assert!(history.bytes() < bytes);
}
