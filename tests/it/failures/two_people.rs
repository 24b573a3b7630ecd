//! Two people save one file, in both orders: the second one is told, and a merge keeps both edits.

use jiping::{
    session::{
        outside::{Outside, Theirs},
        saving::SaveEnd,
    },
    versions::merge::Merge,
};

use super::*;

fn save(session: &mut Session) -> SaveEnd {
    session.save().expect("the disk takes it")
}

/// What the second one finds on the disk.
fn found(session: &mut Session) -> Arc<Theirs> {
    let look = session.look().expect("a file");
    session.finish_look(look.run());
    match session.outside() {
        Outside::Changed(theirs) => Arc::clone(theirs),
        other => panic!("nothing is found: {other:?}"),
    }
}

fn merge(session: &mut Session, theirs: &Theirs) -> usize {
    let ours = Arc::clone(session.document());
    let merge = Merge::new(theirs.base.clone(), ours, Arc::clone(&theirs.document));
    let conflicts = merge.conflicts().count();
    let taken = session.edit(&merge.command("合并"));
    assert!(taken.is_ok(), "{taken:?}");
    session.join_theirs(theirs);
    conflicts
}

#[test]
fn of_two_who_save_the_second_is_told_and_the_merge_keeps_both() {
    for first_is_li in [true, false] {
        let fs = disk();
        let (mut li, mut wang) = (open(&fs, 1), open(&fs, 2));
        write(&mut li, NAME, "李梅填的名称");
        write(&mut wang, UNIT, "王强填的单位");
        let (first, second) = match first_is_li {
            true => (&mut li, &mut wang),
            false => (&mut wang, &mut li),
        };
        assert!(matches!(save(first), SaveEnd::Saved(_)));
        assert!(matches!(save(second), SaveEnd::Conflict(_)));
        let theirs = found(second);
        assert_eq!(merge(second, &theirs), 0, "they changed different cells");
        assert!(matches!(save(second), SaveEnd::Saved(_)));

        let after = open(&fs, 3);
        assert_eq!(text(&after, NAME), "李梅填的名称");
        assert_eq!(text(&after, UNIT), "王强填的单位");
        // The first one sees it in turn, has nothing unsaved, and takes it.
        found(first);
        assert!(first.take_theirs());
        assert_eq!(first.document(), after.document());
        assert!(!first.is_dirty());
    }
}

#[test]
fn a_cell_that_both_changed_is_a_conflict_and_no_text_is_lost_from_history() {
    let fs = disk();
    let (mut li, mut wang) = (open(&fs, 1), open(&fs, 2));
    write(&mut li, NAME, "李梅的名称");
    write(&mut wang, NAME, "王强的名称");
    assert!(matches!(save(&mut li), SaveEnd::Saved(_)));
    assert!(matches!(save(&mut wang), SaveEnd::Conflict(_)));
    let theirs = found(&mut wang);
    assert_eq!(merge(&mut wang, &theirs), 1);
    assert_eq!(
        text(&wang, NAME),
        "王强的名称",
        "mine, until I decide otherwise"
    );
    assert!(matches!(save(&mut wang), SaveEnd::Saved(_)));
    let kept = wang.versions();
    let backups = kept.list().expect("a list");
    let names: Vec<String> = backups
        .iter()
        .map(|backup| {
            let opened = kept.read(backup).expect("a backup");
            let project = opened.document.projects.first().expect("a project");
            project.name().to_owned()
        })
        .collect();
    assert!(names.contains(&"李梅的名称".to_owned()), "{names:?}");
}

#[test]
fn a_third_change_after_the_merge_is_told_again() {
    let fs = disk();
    let (mut li, mut wang) = (open(&fs, 1), open(&fs, 2));
    write(&mut li, NAME, "甲");
    write(&mut wang, UNIT, "乙");
    assert!(matches!(save(&mut li), SaveEnd::Saved(_)));
    let theirs = found(&mut wang);
    merge(&mut wang, &theirs);
    write(&mut li, NAME, "丙");
    assert!(matches!(save(&mut li), SaveEnd::Saved(_)));
    assert!(matches!(save(&mut wang), SaveEnd::Conflict(_)));
    let theirs = found(&mut wang);
    merge(&mut wang, &theirs);
    assert!(matches!(save(&mut wang), SaveEnd::Saved(_)));
    let after = open(&fs, 3);
    assert_eq!(
        (text(&after, NAME), text(&after, UNIT)),
        ("丙".into(), "乙".into())
    );
}
