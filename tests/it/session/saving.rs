//! Opening and saving: no edit is lost, no other's work is overwritten.

use std::sync::mpsc::channel;

use jiping::{
    edit::history::Grouping,
    model::id::Id,
    session::{
        jobs::{Jobs, Wanted},
        saving::{Conflict, SaveEnd, SaveError},
        session::OpenError,
    },
    store::{
        Backups, Fs, StoreError,
        editions::EditionShelf,
        simulated::{Damage, Fault, Operation},
    },
};

use super::*;

const OTHER: &[u8] = b"what somebody else wrote meanwhile";

fn saved(end: Result<SaveEnd, SaveError>) {
    match end {
        Ok(SaveEnd::Saved(warnings)) => assert!(warnings.is_empty(), "{warnings:?}"),
        other => panic!("not saved: {other:?}"),
    }
}

fn conflict(end: Result<SaveEnd, SaveError>) -> Conflict {
    match end {
        Ok(SaveEnd::Conflict(conflict)) => conflict,
        other => panic!("no conflict: {other:?}"),
    }
}

fn backups(fs: &SimulatedFs) -> Vec<Vec<u8>> {
    let backups = Backups::at("/data/backups");
    let list = backups.list(fs, Path::new(FILE)).expect("a list");
    let read = |backup| backups.read(fs, backup, u64::MAX).expect("a backup");
    list.iter().map(read).collect()
}

#[test]
fn what_is_edited_and_saved_is_there_when_opened_again() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "改过的项目");
    let actual = row_place(&session, 3, IndicatorField::Actual);
    let command = set(&session, actual, "12次");
    assert_eq!(session.edit(&command), Ok(true));
    saved(session.save());

    let again = open(&fs);
    assert_eq!(again.document(), session.document());
    assert_eq!(name(&again), "改过的项目");
    assert_eq!(backups(&fs), [FILED], "the version before is kept");
}

#[test]
fn a_new_document_gets_its_file_by_saving_under_a_name() {
    let fs = SimulatedFs::new();
    fs.put("/项目/别的文件.txt", "");
    let shelf = EditionShelf::built_in();
    let edition = &shelf.list()[0].edition;
    let mut session = Session::new(world(&fs), edition);
    assert!(session.is_dirty());
    assert_eq!(session.path(), None);
    assert!(matches!(session.save(), Err(SaveError::NoPath)));

    saved(session.save_as(Path::new(FILE)));
    assert!(!session.is_dirty());
    assert_eq!(session.path(), Some(Path::new(FILE)));
    let again = open(&fs);
    assert_eq!(again.document(), session.document());
    assert!(
        again.document().editions.is_empty(),
        "everybody has built-in ones"
    );
}

#[test]
fn the_dirty_mark_follows_undo_redo_and_save() {
    let fs = disk();
    let mut session = open(&fs);
    assert!(!session.is_dirty(), "just opened");
    rename(&mut session, "甲");
    assert!(session.is_dirty());
    assert_eq!(session.undo().as_deref(), Some("修改 项目名称"));
    assert!(!session.is_dirty(), "back at what the file holds");
    assert_eq!(session.redo().as_deref(), Some("修改 项目名称"));
    assert!(session.is_dirty());
    saved(session.save());
    assert!(!session.is_dirty());
    session.undo();
    assert!(session.is_dirty(), "the file holds what was undone");
    session.redo();
    assert!(!session.is_dirty());
    assert_eq!(session.redo(), None);
}

#[test]
fn a_change_that_changes_nothing_leaves_the_document_clean() {
    let fs = disk();
    let mut session = open(&fs);
    let (before, name) = (session.revision(), name(&session));
    let command = set(&session, Place::Header(header::PROJECT_NAME.into()), &name);
    assert_eq!(session.edit(&command), Ok(false));
    assert!(!session.is_dirty());
    assert_eq!(session.revision(), before);
}

#[test]
fn edits_made_during_a_save_in_the_background_stay_unsaved() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "保存时的名称");
    let at_save = Arc::clone(session.document());
    let (wake, woken) = channel();
    let mut jobs = Jobs::new(move || wake.send(()).expect("the test listens"));
    let (go, gone) = channel();
    let save = session.prepare_save().expect("none under way");
    jobs.start(
        (),
        "save",
        Wanted::Always,
        session.snapshot(),
        move |_, _| {
            gone.recv().expect("the test goes on");
            save.run()
        },
    );
    rename(&mut session, "保存期间改的名称");
    go.send(()).expect("the job waits");
    woken.recv().expect("the job wakes");
    let finished = jobs
        .poll(session.revision())
        .pop()
        .expect("a save is always wanted");
    saved(session.finish_save(finished.result.expect("no panic")));

    assert!(session.is_dirty());
    assert_eq!(open(&fs).document(), &at_save);
    session.undo();
    assert!(!session.is_dirty(), "this is what was saved");
    session.redo();
    saved(session.save());
    assert_eq!(name(&open(&fs)), "保存期间改的名称");
}

#[test]
fn typing_on_in_the_same_cell_during_a_save_is_a_step_of_its_own() {
    let fs = disk();
    let mut session = open(&fs);
    let entered = Grouping(1);
    let place = || Place::Header(header::PROJECT_NAME.into());
    let typed = |session: &mut Session, text| {
        let command = set(session, place(), text);
        assert_eq!(session.type_into(&command, entered), Ok(true));
    };
    typed(&mut session, "自");
    typed(&mut session, "自评");
    let save = session.prepare_save().expect("none under way");
    typed(&mut session, "自评项目");
    saved(session.finish_save(save.run()));
    assert!(session.is_dirty());
    session.undo();
    assert_eq!(name(&session), "自评");
    assert!(!session.is_dirty(), "this is what was saved");
    session.undo();
    assert_eq!(session.undo(), None, "typing before the save is one step");
}

#[test]
fn every_change_is_a_new_revision_and_nothing_else_is() {
    let fs = disk();
    let mut session = open(&fs);
    let mut last = session.revision();
    let mut is_new = |session: &Session| {
        let before = std::mem::replace(&mut last, session.revision());
        before < last
    };
    rename(&mut session, "甲");
    assert!(is_new(&session));
    session.undo();
    assert!(
        is_new(&session),
        "the same content again, but not the same revision"
    );
    session.redo();
    assert!(is_new(&session));
    let gone = Place::Indicator(Id::from_bits(1), IndicatorField::Actual);
    let refused = set(&session, gone, "1");
    assert!(session.edit(&refused).is_err());
    saved(session.save());
    session.findings();
    assert_eq!(session.redo(), None);
    assert!(!is_new(&session));
}

#[test]
fn one_save_at_a_time() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    let first = session.prepare_save().expect("none under way");
    assert!(session.is_saving());
    assert!(matches!(session.save(), Err(SaveError::UnderWay)));
    let elsewhere = session.save_as(Path::new("/项目/另一份.jiping"));
    assert!(matches!(elsewhere, Err(SaveError::UnderWay)));
    saved(session.finish_save(first.run()));
    assert!(!session.is_saving());

    rename(&mut session, "乙");
    drop(session.prepare_save());
    session.abandon_save();
    assert!(session.is_dirty());
    saved(session.save());
}

#[test]
fn what_others_wrote_is_not_overwritten_until_the_person_agrees() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    fs.put(FILE, OTHER);
    let found = conflict(session.save());
    assert!(found.to_string().contains("没有覆盖它"), "{found}");
    assert!(found.to_string().ends_with(FILE), "{found}");
    assert!(session.is_dirty());
    assert_eq!(fs.content(FILE).as_deref(), Some(OTHER));

    fs.put(FILE, "changed once more");
    let job = session.prepare_save_over(&found).expect("none under way");
    let again = conflict(session.finish_save(job.run()));
    assert_ne!(again.on_disk, found.on_disk, "agreed was to something else");
    let job = session.prepare_save_over(&again).expect("none under way");
    saved(session.finish_save(job.run()));
    assert!(!session.is_dirty());
    assert_eq!(name(&open(&fs)), "甲");
    let kept = backups(&fs);
    assert!(kept.contains(&b"changed once more".to_vec()));
    assert_eq!(kept.len(), 2, "and what the work came from");
}

#[test]
fn a_file_that_is_gone_is_a_conflict_too() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    fs.remove(Path::new(FILE)).expect("removed");
    let found = conflict(session.save());
    assert_eq!(found.on_disk, None);
    assert!(found.to_string().contains("移走"), "{found}");
    assert_eq!(fs.content(FILE), None);
    let job = session.prepare_save_over(&found).expect("none under way");
    saved(session.finish_save(job.run()));
    assert_eq!(name(&open(&fs)), "甲");
}

#[test]
fn of_two_sessions_on_one_file_the_second_to_save_meets_a_conflict() {
    for first in [0, 1] {
        let fs = disk();
        let mut sessions = [open(&fs), open(&fs)];
        rename(&mut sessions[0], "甲的修改");
        rename(&mut sessions[1], "乙的修改");
        saved(sessions[first].save());
        let second = 1 - first;
        let found = conflict(sessions[second].save());
        assert!(found.own);
        assert!(sessions[second].is_dirty());
        assert_eq!(open(&fs).document(), sessions[first].document());
    }
}

#[test]
fn saving_under_a_name_never_replaces_another_file() {
    let fs = disk();
    let taken = Path::new("/项目/已有.jiping");
    fs.put(taken, OTHER);
    fs.link("/项目/链接.jiping", FILE);
    let mut session = open(&fs);
    rename(&mut session, "甲");
    let found = conflict(session.save_as(taken));
    assert!(!found.own);
    assert!(found.to_string().contains("同名文件已存在"), "{found}");
    assert_eq!(fs.content(taken).as_deref(), Some(OTHER));
    assert_eq!(session.path(), Some(Path::new(FILE)), "still its own file");
    // The own file by another name is the own file.
    saved(session.save_as(Path::new("/项目/链接.jiping")));
    assert_eq!(name(&open(&fs)), "甲");
}

#[test]
fn whatever_operation_of_a_save_fails_the_file_is_old_or_new_and_the_edit_is_not_lost() {
    for damage in [
        Damage::NoSpace,
        Damage::Device,
        Damage::Denied,
        Damage::TornWrite,
        Damage::Held(32),
        Damage::LostAnswer,
    ] {
        for times in [1, u64::MAX] {
            let struck = (1..)
                .take_while(|n| save_with_fault(damage, *n, times))
                .count();
            assert!(struck > 5, "{damage:?}: a save has more operations");
        }
    }
}

/// Saves with the n-th operation failing; false if there were fewer.
fn save_with_fault(damage: Damage, n: u64, times: u64) -> bool {
    let case = format!("{damage:?} × {times} at {n}");
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    fs.inject(Fault {
        on: None,
        from: n,
        times,
        damage,
    });
    let end = session.save();
    let content = fs.content(FILE).expect("never without a file");
    let is_new = content != FILED;
    match &end {
        Ok(SaveEnd::Saved(_)) => assert!(is_new && !session.is_dirty(), "{case}"),
        // A disk that does everything and denies it cannot be told from somebody else's work.
        Ok(SaveEnd::Conflict(_)) => assert!(damage == Damage::LostAnswer && times > 1, "{case}"),
        Err(error) => {
            assert!(session.is_dirty(), "{case}");
            assert!(error.to_string().ends_with(FILE), "{case}: {error}");
        }
    }
    assert!(!session.is_saving(), "{case}");
    let struck = fs.was_struck();
    fs.heal();
    if is_new {
        assert_eq!(open(&fs).document(), session.document(), "{case}");
    }
    match session.save() {
        Ok(SaveEnd::Saved(_)) => assert!(!session.is_dirty(), "{case}"),
        other => panic!("{case}: {other:?}"),
    }
    assert_eq!(open(&fs).document(), session.document(), "{case}");
    struck
}

#[test]
fn a_save_without_backup_is_a_save_with_a_warning() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    fs.inject(Fault {
        on: Some(Operation::CreateFolders),
        from: 1,
        times: 1,
        damage: Damage::NoSpace,
    });
    let Ok(SaveEnd::Saved(warnings)) = session.save() else {
        panic!("not saved");
    };
    let words = warnings.first().expect("a warning").to_string();
    assert!(words.contains("没有留下备份"), "{words}");
    assert!(!session.is_dirty());
}

#[test]
fn a_file_that_is_read_only_is_opened_and_saved_elsewhere() {
    let fs = disk();
    fs.set_read_only(FILE, true);
    let mut session = open(&fs);
    assert!(session.is_read_only());
    rename(&mut session, "甲");
    let refused = session.save();
    assert!(matches!(
        refused,
        Err(SaveError::Store(StoreError::ReadOnly { .. }))
    ));
    let elsewhere = Path::new("/项目/副本.jiping");
    saved(session.save_as(elsewhere));
    assert!(!session.is_read_only());
    assert_eq!(session.path(), Some(elsewhere));
    assert_eq!(fs.content(FILE).as_deref(), Some(FILED));
}

#[test]
fn what_is_no_document_is_not_opened_and_the_path_stands_last() {
    let fs = SimulatedFs::new();
    let cut = &FILED[..FILED.len() / 2];
    let newer = br#"{"format": "jiping", "version": 999, "document": {}}"#.as_slice();
    for (content, words) in [(cut, "行第"), (newer, "新版本"), (b"".as_slice(), "空的")] {
        fs.put(FILE, content);
        let error = Session::open(world(&fs), Path::new(FILE))
            .err()
            .expect("refused");
        assert!(matches!(error, OpenError::Format { .. }));
        let message = error.to_string();
        assert!(message.contains(words), "{message}");
        assert!(message.ends_with(&format!("。文件：{FILE}")), "{message}");
        assert_eq!(fs.content(FILE).as_deref(), Some(content));
    }
}
