//! Earlier versions: where two copies parted, what is kept when something gives way, and the way back.

use jiping::{
    session::{
        saving::{SaveEnd, SaveError},
        versions::{FileVersions, open_version, restoring},
    },
    store::{
        Fs as _, format,
        simulated::{Damage, Fault},
    },
};

use super::*;

fn saved(end: Result<SaveEnd, SaveError>) {
    assert!(matches!(end, Ok(SaveEnd::Saved(_))), "{end:?}");
}

fn rename_and_save(session: &mut Session, name: &str) {
    rename(session, name);
    saved(session.save());
}

/// A colleague's computer: a disk of its own, with this file on it.
fn colleague(file: Vec<u8>) -> (SimulatedFs, Session) {
    let fs = SimulatedFs::new();
    fs.put(FILE, file);
    let clock = Arc::new(FixedClock::new(noon()));
    let world = Environment::for_tests(&fs, clock, 0xE000_0000_0000_0000);
    let session = Session::open(Arc::new(world), Path::new(FILE)).expect("opens");
    (fs, session)
}

#[test]
fn each_save_of_a_change_is_a_version_and_nothing_else_is() {
    let fs = disk();
    let mut session = open(&fs);
    assert!(session.lineage().is_empty());
    saved(session.save());
    assert!(session.lineage().is_empty(), "nothing was changed");
    assert_eq!(fs.content(FILE).as_deref(), Some(FILED));

    rename_and_save(&mut session, "甲");
    let first = session.lineage().last().expect("a version");
    saved(session.save());
    assert_eq!(session.lineage().last(), Some(first));
    session.undo();
    assert_eq!(
        session.lineage().last(),
        Some(first),
        "undo takes none away"
    );
    saved(session.save());
    assert_ne!(session.lineage().last(), Some(first));
    assert_eq!(session.lineage(), open(&fs).lineage());

    let elsewhere = Path::new("/项目/另存.jiping");
    let before = session.lineage().clone();
    saved(session.save_as(elsewhere));
    rename_and_save(&mut session, "乙");
    assert_eq!(session.lineage().common(&before).count(), 2);
}

#[test]
fn a_save_that_failed_and_is_tried_again_is_one_version() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    fs.inject(Fault {
        on: None,
        from: 3,
        times: u64::MAX,
        damage: Damage::LostAnswer,
    });
    assert!(!matches!(session.save(), Ok(SaveEnd::Saved(_))));
    fs.heal();
    saved(session.save());
    assert_eq!(session.lineage().newest_first().count(), 1);
}

#[test]
fn two_copies_find_where_they_parted() {
    let fs = disk();
    let mut mine = open(&fs);
    rename_and_save(&mut mine, "分开之前");
    let sent = fs.content(FILE).expect("a file");
    let (_, mut theirs) = colleague(sent);
    rename_and_save(&mut theirs, "他改的");
    rename_and_save(&mut theirs, "他又改的");
    for n in 0..5 {
        rename_and_save(&mut mine, &format!("我改的 {n}"));
    }
    let ancestor = mine.ancestor_of(theirs.lineage()).expect("in a backup");
    assert_eq!(ancestor.projects.first().expect("one").name(), "分开之前");
    let ancestor = theirs.ancestor_of(mine.lineage()).expect("in a backup");
    assert_eq!(ancestor.projects.first().expect("one").name(), "分开之前");

    // Unsaved changes come after the last version.
    let (_, theirs) = colleague(fs.content(FILE).expect("a file"));
    rename(&mut mine, "还没有保存");
    let ancestor = mine.ancestor_of(theirs.lineage()).expect("in memory");
    assert_eq!(ancestor.projects.first().expect("one").name(), "我改的 4");

    let unrelated = open(&disk());
    assert_eq!(mine.ancestor_of(unrelated.lineage()), None);
}

#[test]
fn a_copy_of_unsaved_work_does_not_pass_for_the_saved_version() {
    let fs = disk();
    let mut mine = open(&fs);
    rename_and_save(&mut mine, "保存过的");
    assert_eq!(
        mine.copy(Path::new(FILE)),
        fs.content(FILE).expect("a file")
    );
    rename(&mut mine, "没有保存的");
    let (_, theirs) = colleague(mine.copy(Path::new(FILE)));
    assert_eq!(theirs.lineage().common(mine.lineage()).count(), 1);
    assert_ne!(theirs.lineage().last(), mine.lineage().last());
}

#[test]
fn a_version_is_restored_as_one_step_and_the_present_is_kept() {
    let fs = disk();
    let mut session = open(&fs);
    rename_and_save(&mut session, "甲");
    rename_and_save(&mut session, "乙");
    rename(&mut session, "没有保存");
    let versions = session.versions();
    let list = versions.list().expect("a list");
    assert_eq!(list.len(), 2);
    let look = versions.look(&list[0], Some(session.document()));
    assert_eq!(look.words, "此后：1 个项目有改动，共 1 处");
    assert!(look.is_whole);

    versions
        .keep(session.document(), session.lineage())
        .expect("keeps");
    let opened = versions.read(&list[0]).expect("reads");
    let before = Arc::clone(session.document());
    let command = restoring(&list[0], opened.document);
    assert_eq!(session.edit(&command), Ok(true));
    assert_eq!(name(&session), "甲");
    assert_eq!(session.document().id, before.id);
    assert_eq!(
        session.history().undo_labels().next(),
        Some("恢复 2021-03-01 12:00 之前的版本")
    );
    assert!(session.is_dirty(), "nothing on the disk changes by it");
    session.undo();
    assert_eq!(session.document(), &before);
    session.redo();
    saved(session.save());
    let kept = session.versions();
    let contents: Vec<String> = kept
        .list()
        .expect("a list")
        .iter()
        .map(|version| {
            let document = kept.read(version).expect("reads").document;
            document.projects.first().expect("one").name().to_owned()
        })
        .collect();
    assert!(contents.contains(&"没有保存".to_owned()), "{contents:?}");
    assert!(contents.contains(&"乙".to_owned()), "{contents:?}");
}

#[test]
fn a_damaged_file_goes_on_from_its_latest_backup() {
    let fs = disk();
    let mut session = open(&fs);
    rename_and_save(&mut session, "甲");
    rename_and_save(&mut session, "乙");
    let whole = fs.content(FILE).expect("a file");
    for cut in [0, 10, 700, whole.len() / 2] {
        fs.put(FILE, &whole[..cut]);
        let world = world(&fs);
        assert!(Session::open(Arc::clone(&world), Path::new(FILE)).is_err());
        let versions = FileVersions::of_file(Arc::clone(&world), Path::new(FILE));
        let list = versions.list().expect("a list");
        assert!(list.len() >= 2, "cut at {cut}");
    }
    let world = world(&fs);
    let versions = FileVersions::of_file(Arc::clone(&world), Path::new(FILE));
    let list = versions.list().expect("a list");
    let file = Some(Path::new(FILE));
    let mut session = open_version(world, &list[0].backup, file).expect("opens");
    assert_eq!(name(&session), "甲");
    assert!(session.is_dirty());
    saved(session.save());
    assert_eq!(name(&open(&fs)), "甲");
    let damaged = &whole[..whole.len() / 2];
    let kept = session.versions();
    let list = kept.list().expect("a list");
    let newest = kept.bytes(&list[0]).expect("reads");
    assert_eq!(newest, damaged, "what was replaced is kept, whatever it is");
    let look = kept.look(&list[0], Some(session.document()));
    assert_eq!(look.words, "当时的文件已损坏或不是绩评文件");
    assert!(!look.is_whole);
}

#[test]
fn what_somebody_else_wrote_and_was_overwritten_is_kept() {
    let fs = disk();
    let mut mine = open(&fs);
    let mut theirs = open(&fs);
    rename_and_save(&mut theirs, "别人的");
    rename(&mut mine, "我的");
    let Ok(SaveEnd::Conflict(conflict)) = mine.save() else {
        panic!("no conflict");
    };
    let job = mine.prepare_save_over(&conflict).expect("starts");
    let result = job.run();
    saved(mine.finish_save(result));
    let versions = mine.versions();
    let list = versions.list().expect("a list");
    let kept: Vec<String> = list
        .iter()
        .map(|version| {
            let document = versions.read(version).expect("reads").document;
            document.projects.first().expect("one").name().to_owned()
        })
        .collect();
    assert!(kept.contains(&"别人的".to_owned()), "{kept:?}");
    assert_eq!(kept.len(), 2, "and what both began with: {kept:?}");
}

#[test]
fn a_file_that_was_moved_keeps_its_past() {
    let fs = disk();
    let mut session = open(&fs);
    rename_and_save(&mut session, "甲");
    let moved = Path::new("/归档/旧表.jiping");
    fs.put(moved, fs.content(FILE).expect("a file"));
    fs.remove(Path::new(FILE)).expect("removes");
    let session = Session::open(world(&fs), moved).expect("opens");
    let versions = session.versions();
    let list = versions.list().expect("a list");
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].was.as_deref(), Some(Path::new(FILE)));
    assert_eq!(versions.bytes(&list[0]).expect("reads"), FILED);
    assert!(format::lineage(FILED).is_empty());
}
