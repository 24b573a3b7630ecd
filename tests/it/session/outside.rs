//! What others do to the file while it is open: only content counts, nothing is taken over by itself, and nothing is lost.

use jiff::ToSpan as _;
use jiping::{
    edit::refusal::Refusal,
    session::{
        outside::{Outside, Theirs},
        saving::SaveEnd,
        session::Access,
    },
    store::{
        Fs as _,
        simulated::{Damage, Fault, Operation},
    },
};

use super::*;

fn look(session: &mut Session) {
    let look = session.look().expect("there is a file");
    session.finish_look(look.run());
}

fn is_known(session: &Session) -> bool {
    matches!(session.outside(), Outside::Known)
}

fn theirs(session: &Session) -> Arc<Theirs> {
    match session.outside() {
        Outside::Changed(theirs) => Arc::clone(theirs),
        other => panic!("not changed: {other:?}"),
    }
}

fn unseen(session: &Session) -> bool {
    matches!(session.outside(), Outside::Unseen(_))
}

/// A colleague gives the project another name, on a computer of their own.
fn colleague_renames(fs: &SimulatedFs, name: &str) {
    let clock = Arc::new(FixedClock::new(noon()));
    let world = Environment::for_tests(fs, clock, 0xE000_0000_0000_0000);
    let mut session = Session::open(Arc::new(world), Path::new(FILE)).expect("opens");
    rename(&mut session, name);
    assert!(matches!(session.save(), Ok(SaveEnd::Saved(_))));
}

#[test]
fn a_new_time_alone_and_the_same_bytes_are_no_change() {
    let fs = disk();
    let mut session = open(&fs);
    look(&mut session);
    for days in [1, 400] {
        fs.advance(std::time::Duration::from_hours(24 * days));
        fs.put(FILE, FILED);
        look(&mut session);
        assert!(is_known(&session));
    }
}

#[test]
fn a_change_of_the_same_length_within_one_step_of_the_clock_is_seen() {
    let fs = disk();
    let mut session = open(&fs);
    look(&mut session);
    let text = String::from_utf8(FILED.to_vec()).expect("text");
    let name = "深圳市科学技术协会";
    assert!(text.contains(name), "the sample names its unit");
    let changed = text.replace(name, "深圳市技术科学协会");
    assert_eq!(changed.len(), FILED.len());
    // The simulated clock moves a millisecond with each operation; here the file gets the time it had.
    fs.put_as_old(FILE, changed);
    look(&mut session);
    assert_ne!(theirs(&session).document, *session.document());
}

#[test]
fn a_file_that_stands_still_is_not_read_again_and_again() {
    let fs = disk();
    let mut session = open(&fs);
    let reads = |session: &mut Session| {
        let count = |fs: &SimulatedFs| {
            let operations = fs.operations();
            operations
                .iter()
                .filter(|one| **one == Operation::Read)
                .count()
        };
        let before = count(&fs);
        look(session);
        count(&fs) - before
    };
    let first: Vec<usize> = (0..4).map(|_| reads(&mut session)).collect();
    assert_eq!(first, [1, 1, 0, 0]);
    let many: usize = (0..40).map(|_| reads(&mut session)).sum();
    assert!(
        (1..=4).contains(&many),
        "now and then its content is looked at: {many}"
    );
}

#[test]
fn a_share_that_is_gone_is_no_change_and_a_change_meanwhile_is_seen_afterwards() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "我的名称");
    look(&mut session);
    for damage in [Damage::Device, Damage::Denied, Damage::Held(32)] {
        let fault = |on| Fault {
            on: Some(on),
            from: 1,
            times: u64::MAX,
            damage,
        };
        for on in [Operation::Info, Operation::Read] {
            // What was seen last is not trusted any more.
            let bytes = fs.content(FILE).expect("a file");
            fs.put(FILE, bytes);
            fs.inject(fault(on));
            look(&mut session);
            assert!(unseen(&session), "{damage:?} on {on:?}");
            fs.heal();
            look(&mut session);
            assert!(is_known(&session), "{damage:?} on {on:?}");
        }
    }
    fs.inject(Fault {
        on: Some(Operation::Info),
        from: 1,
        times: 1,
        damage: Damage::Device,
    });
    look(&mut session);
    assert!(unseen(&session));
    fs.heal();
    colleague_renames(&fs, "对方的名称");
    look(&mut session);
    assert_eq!(name_of(&theirs(&session)), "对方的名称");
    assert_eq!(
        name(&session),
        "我的名称",
        "nothing is taken over by itself"
    );
}

#[test]
fn a_file_that_is_moved_away_is_not_seen_and_not_changed() {
    let fs = disk();
    let mut session = open(&fs);
    look(&mut session);
    fs.rename(Path::new(FILE), Path::new("/项目/别处.jiping"))
        .expect("moves");
    look(&mut session);
    assert!(unseen(&session));
    fs.rename(Path::new("/项目/别处.jiping"), Path::new(FILE))
        .expect("moves");
    look(&mut session);
    assert!(is_known(&session));
}

#[test]
fn half_a_file_is_told_only_once_it_stays_so() {
    let fs = disk();
    let mut session = open(&fs);
    look(&mut session);
    fs.put(FILE, &FILED[..FILED.len() / 2]);
    look(&mut session);
    assert!(is_known(&session), "somebody may be writing");
    fs.put(FILE, FILED);
    look(&mut session);
    assert!(is_known(&session));
    fs.put(FILE, b"what another program wrote".as_slice());
    look(&mut session);
    look(&mut session);
    assert!(matches!(session.outside(), Outside::Broken(..)));
}

#[test]
fn taking_what_is_on_the_disk_is_one_step_that_undo_takes_back() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "我的名称");
    let own = Arc::clone(session.document());
    colleague_renames(&fs, "对方的名称");
    look(&mut session);
    assert!(session.take_theirs());
    assert_eq!(name(&session), "对方的名称");
    assert!(!session.is_dirty(), "this is what the file holds");
    assert!(is_known(&session));

    assert_eq!(session.undo().as_deref(), Some("换成磁盘上的内容"));
    assert_eq!(*session.document(), own);
    assert!(session.is_dirty());
    assert!(
        matches!(session.save(), Ok(SaveEnd::Saved(_))),
        "the person has seen it and went back"
    );
    assert_eq!(name(&open(&fs)), "我的名称");
}

#[test]
fn the_same_document_in_other_bytes_is_known_from_then_on() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "同一个名称");
    colleague_renames(&fs, "同一个名称");
    look(&mut session);
    assert!(is_known(&session));
    assert!(!session.is_dirty(), "both wrote the same");
    rename(&mut session, "再改");
    assert!(matches!(session.save(), Ok(SaveEnd::Saved(_))));
}

#[test]
fn the_common_version_is_at_hand_where_theirs_comes_from_ours() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "我存过的名称");
    assert!(matches!(session.save(), Ok(SaveEnd::Saved(_))));
    let saved = Arc::clone(session.document());
    rename(&mut session, "我又改的名称");
    colleague_renames(&fs, "对方的名称");
    look(&mut session);
    assert_eq!(theirs(&session).base.as_ref(), Some(&saved));
}

#[test]
fn a_look_that_comes_late_says_nothing_about_what_was_saved_meanwhile() {
    let fs = disk();
    let mut session = open(&fs);
    rename(&mut session, "甲");
    let early = session.look().expect("a file").run();
    assert!(matches!(session.save(), Ok(SaveEnd::Saved(_))));
    session.finish_look(early);
    assert!(is_known(&session));
    let save = session.prepare_save().expect("none under way");
    assert!(session.look().is_none(), "the file is being written");
    assert!(matches!(
        session.finish_save(save.run()),
        Ok(SaveEnd::Saved(_))
    ));
}

#[test]
fn times_of_the_future_are_not_told() {
    let fs = disk();
    let mut session = open(&fs);
    let ahead = std::time::SystemTime::from(noon().saturating_add(3.days()).timestamp());
    fs.advance(
        ahead
            .duration_since(fs.now())
            .expect("the simulated clock is behind"),
    );
    colleague_renames(&fs, "对方的名称");
    look(&mut session);
    assert_eq!(theirs(&session).time, noon().timestamp());
}

#[test]
fn what_is_only_looked_at_is_not_changed_until_the_person_says_so() {
    let fs = disk();
    let mut session = open(&fs);
    session.look_only(true);
    let place = Place::Header(header::PROJECT_NAME.into());
    let command = set(&session, place, "改名");
    assert_eq!(session.edit(&command), Err(Refusal::OnlyLooking));
    assert!(!session.is_dirty());
    session.look_only(false);
    assert_eq!(session.edit(&command), Ok(true));
}

#[test]
fn a_copy_has_no_file_and_keeps_its_hands_off_the_first_one() {
    let fs = disk();
    let mut session = open(&fs);
    session.become_copy();
    rename(&mut session, "副本中的名称");
    assert_eq!(session.path(), None);
    assert_eq!(session.copied_from(), Some(Path::new(FILE)));
    assert!(session.save().is_err());
    let copy = Path::new("/项目/副本.jiping");
    assert!(matches!(session.save_as(copy), Ok(SaveEnd::Saved(_))));
    assert_eq!(session.copied_from(), None);
    assert_eq!(fs.content(FILE).as_deref(), Some(FILED));
}

#[test]
fn a_folder_that_takes_no_files_makes_the_file_one_to_be_saved_elsewhere() {
    let fs = disk();
    let mut session = open(&fs);
    session.folder_takes_files(false);
    assert_eq!(session.access(), Access::Folder);
    assert!(session.is_read_only());
    rename(&mut session, "仍可编辑");
    session.folder_takes_files(true);
    assert_eq!(session.access(), Access::Full);
    session.look_only(true);
    session.folder_takes_files(false);
    assert_eq!(
        session.access(),
        Access::Looking,
        "the person's choice stands"
    );
}

fn name_of(theirs: &Theirs) -> String {
    let project = theirs.document.projects.first().expect("a project");
    project.name().to_owned()
}
