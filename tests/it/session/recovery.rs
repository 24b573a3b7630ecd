//! What a crash leaves: the work up to the last copy, offered once, opened as unsaved work on the same file.

use jiping::{
    session::{
        recovery::{Offer, decline, offers, restore},
        saving::SaveEnd,
    },
    store::{
        editions::EditionShelf,
        recovery::Recovered,
        simulated::{Damage, Fault, Operation, Survival},
    },
};

use super::*;

const COPIES: &str = "/data/recovery";

/// The program after a crash and a new start.
fn again(fs: &SimulatedFs, run: u64) -> Arc<Environment> {
    fs.restart(Survival::Everything);
    another(fs, run)
}

/// Another process beside the first.
fn another(fs: &SimulatedFs, run: u64) -> Arc<Environment> {
    let clock = Arc::new(FixedClock::new(noon()));
    let first_id = 0xF000_0000_0000_0000 + run * 0x1_0000;
    Arc::new(Environment::for_tests(fs, clock, first_id))
}

fn keep(session: &Session) {
    let job = session.recovery_job().expect("unsaved work");
    assert!(job.run().expect("writes").is_some());
}

fn only(offers: &[Offer]) -> &Recovered {
    assert_eq!(offers.len(), 1, "{offers:?}");
    &offers[0].entry
}

#[test]
fn unsaved_work_is_offered_after_a_crash_and_saves_to_its_file() {
    let fs = disk();
    let mut session = open(&fs);
    assert!(session.recovery_job().is_none(), "nothing is unsaved");
    rename(&mut session, "崩溃前的名称");
    keep(&session);

    let world = again(&fs, 1);
    let offered = offers(&world);
    assert_eq!(offered[0].path.as_deref(), Some(Path::new(FILE)));
    assert_eq!(offered[0].time, "2021-03-01 12:00");
    assert_eq!(offered[0].words(), "1 个项目有改动，共 1 处");
    let mut restored = restore(world, only(&offered)).expect("opens");
    assert_eq!(restored.document(), session.document());
    assert_eq!(restored.path(), Some(Path::new(FILE)));
    assert!(restored.is_dirty());
    assert!(matches!(restored.save(), Ok(SaveEnd::Saved(_))));
    assert_eq!(name(&open(&fs)), "崩溃前的名称");
    assert_eq!(fs.names(COPIES), [""; 0], "saved work needs no copy");
}

#[test]
fn a_file_that_changed_since_is_a_conflict_and_the_offer_says_so() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    keep(&session);
    let world = again(&fs, 1);
    let mut other = Session::open(Arc::clone(&world), Path::new(FILE)).expect("opens");
    rename(&mut other, "别人的名称");
    assert!(matches!(other.save(), Ok(SaveEnd::Saved(_))));

    let offered = offers(&world);
    assert_eq!(
        offered[0].words(),
        "1 个项目有改动，共 1 处；原文件在那之后另有改动"
    );
    let mut restored = restore(world, only(&offered)).expect("opens");
    assert!(matches!(restored.save(), Ok(SaveEnd::Conflict(_))));
    assert_eq!(name(&open(&fs)), "别人的名称");
    assert_eq!(fs.names(COPIES).len(), 2, "unsaved work keeps its copy");
}

#[test]
fn the_old_copy_stays_until_the_restored_session_has_its_own() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    keep(&session);
    let world = again(&fs, 1);
    let restored = restore(Arc::clone(&world), only(&offers(&world))).expect("opens");
    // A second crash before the first copy of the restored session.
    let world = again(&fs, 2);
    let offered = offers(&world);
    let second = restore(Arc::clone(&world), only(&offered)).expect("opens");
    assert_eq!(second.document(), restored.document());
    keep(&second);
    assert_eq!(fs.names(COPIES).len(), 2, "one entry of two files");
    let third = again(&fs, 3);
    assert_ne!(only(&offers(&third)).id, offered[0].entry.id);
}

#[test]
fn a_document_without_a_file_is_recovered_as_one() {
    let fs = SimulatedFs::new();
    let shelf = EditionShelf::built_in();
    let session = Session::new(world(&fs), &shelf.list()[0].edition);
    keep(&session);
    let world = again(&fs, 1);
    let offered = offers(&world);
    assert_eq!(offered[0].path, None);
    assert_eq!(offered[0].words(), "从未保存过，1 个项目");
    let restored = restore(world, only(&offered)).expect("opens");
    assert_eq!(restored.path(), None);
    assert_eq!(restored.document(), session.document());
}

#[test]
fn a_copy_that_is_late_is_not_written_over_a_save_or_a_newer_copy() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    let older = session.recovery_job().expect("unsaved");
    rename(&mut session, "乙");
    keep(&session);
    assert_eq!(older.run().expect("is not needed"), None);
    let late = session.recovery_job().expect("unsaved");
    assert!(matches!(session.save(), Ok(SaveEnd::Saved(_))));
    assert_eq!(late.run().expect("is not needed"), None);
    assert_eq!(fs.names(COPIES), [""; 0]);
    rename(&mut session, "丙");
    keep(&session);
    assert_eq!(fs.names(COPIES).len(), 2, "later work is kept again");
}

#[test]
fn what_stands_in_the_editor_is_kept_too() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    let draft = set(
        &session,
        Place::Header(header::PROJECT_NAME.into()),
        "还在输入",
    );
    let job = session.recovery_job_with(&draft).expect("unsaved");
    job.run().expect("writes");
    let world = again(&fs, 1);
    let restored = restore(Arc::clone(&world), only(&offers(&world))).expect("opens");
    assert_eq!(name(&restored), "还在输入");
    assert_eq!(name(&session), "甲", "the session itself is as it was");
}

#[test]
fn a_process_that_is_still_going_is_left_its_copy() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    keep(&session);
    assert!(offers(&another(&fs, 1)).is_empty());
}

#[test]
fn a_declined_copy_is_not_offered_again() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    keep(&session);
    let world = again(&fs, 1);
    decline(&world, only(&offers(&world))).expect("notes");
    assert!(offers(&world).is_empty());
    assert_eq!(fs.names(COPIES).len(), 2, "but kept for a while");
}

#[test]
fn a_copy_that_cannot_be_written_leaves_the_session_as_it_was() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    let job = session.recovery_job().expect("unsaved");
    fs.inject(Fault {
        on: Some(Operation::Write),
        from: 1,
        times: 1,
        damage: Damage::NoSpace,
    });
    assert!(job.run().is_err());
    assert!(job.run().expect("writes at the next try").is_some());
    assert!(session.is_dirty());
}

#[test]
fn a_damaged_copy_is_offered_as_such() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    keep(&session);
    let world = again(&fs, 1);
    let copy = only(&offers(&world)).copy.clone();
    fs.put(&copy, &b"{\"format\": \"jiping\""[..]);
    let offered = offers(&world);
    assert_eq!(offered[0].difference, None);
    let error = restore(Arc::clone(&world), only(&offered))
        .err()
        .expect("is damaged");
    assert!(error.to_string().contains(".jiping"), "{error}");
    assert_eq!(fs.names(COPIES).len(), 2, "nothing was removed");
}
