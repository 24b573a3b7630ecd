//! Colleagues on a share see who has a file open, by a note beside it that expires, and nobody is kept from anything.

use jiff::{SignedDuration, Timestamp};
use jiping::{
    model::id::CountedIds,
    store::{
        Folders, Fs as _, RealFs,
        beside::{Colleague, EXPIRES_AFTER, Held, Holding, Person, RENEWED_EVERY},
        fs::ProcessMark,
        run::{Run, RunId, is_going},
        simulated::{Damage, Fault, Operation, SimulatedFs},
    },
};

use super::{FILE, FOLDER, disk, now};

const NOTE: &str = "/项目/~$自评表 2020.jiping";

/// A window of a person at a computer of their own.
struct Desk {
    fs: SimulatedFs,
    mark: ProcessMark,
    folders: Folders,
    run: Run,
    holding: Holding,
    /// How far this computer's clock is ahead.
    ahead: SignedDuration,
}

impl Desk {
    fn new(fs: &SimulatedFs, user: &str, machine: u32) -> Self {
        Self::with_clock(fs, user, machine, SignedDuration::ZERO)
    }

    fn with_clock(fs: &SimulatedFs, user: &str, machine: u32, ahead: SignedDuration) -> Self {
        let mark = ProcessMark { machine, pid: 7 };
        fs.set_process(mark);
        let folders = Folders::at(format!("/data/{machine}"));
        let mut ids = CountedIds(u64::from(machine) << 32);
        let run = Run::start(fs, &folders, &mut ids);
        let person = Person {
            user: user.into(),
            computer: format!("电脑{machine}"),
            home: Some(machine),
        };
        let since = now().timestamp() + ahead;
        Self {
            holding: Holding::new(FILE.as_ref(), person, &mut ids, since),
            fs: fs.clone(),
            mark,
            folders,
            run,
            ahead,
        }
    }

    /// Looks at the note this long after the beginning.
    fn look(&mut self, after: SignedDuration) -> Held {
        self.fs.set_process(self.mark);
        let (fs, folders) = (&self.fs, &self.folders);
        let is_going = |run: RunId, process| is_going(fs, folders, run, process);
        let now = now().timestamp() + self.ahead + after;
        self.holding.renew(fs, &self.run, now, &is_going)
    }

    fn others_at(&mut self, after: SignedDuration) -> Option<String> {
        self.look(after).other.map(|other| other.user)
    }
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

const START: SignedDuration = SignedDuration::ZERO;

#[test]
fn a_colleague_learns_who_has_the_file_where_and_since_when() {
    let fs = disk();
    let mut first = Desk::new(&fs, "李梅", 1);
    let alone = Held {
        other: None,
        takes_files: Some(true),
    };
    assert_eq!(first.look(START), alone);
    let mut second = Desk::new(&fs, "王强", 2);
    let li = Colleague {
        user: "李梅".into(),
        computer: "电脑1".into(),
        since: now().timestamp(),
    };
    assert_eq!(second.look(minutes(1)).other, Some(li));
    assert_eq!(first.look(minutes(2)), alone, "the first one's note stands");
}

#[test]
fn once_the_first_has_closed_the_second_takes_the_place() {
    let fs = disk();
    let mut first = Desk::new(&fs, "李梅", 1);
    let mut second = Desk::new(&fs, "王强", 2);
    first.look(START);
    assert!(second.look(START).other.is_some());
    first.holding.release(&fs);
    assert_eq!(fs.content(NOTE), None);
    assert_eq!(second.others_at(minutes(2)), None);
    let mut third = Desk::new(&fs, "赵敏", 3);
    assert_eq!(third.others_at(minutes(3)).as_deref(), Some("王强"));
    // Releasing takes nobody else's note away, and a note that was taken back is not written again.
    first.holding.release(&fs);
    assert_eq!(first.others_at(minutes(4)), None);
    assert_eq!(third.others_at(minutes(4)).as_deref(), Some("王强"));
}

#[test]
fn a_note_that_is_renewed_no_more_expires_and_is_replaced() {
    let fs = disk();
    let mut first = Desk::new(&fs, "李梅", 1);
    first.look(START);
    first.look(RENEWED_EVERY);
    let mut second = Desk::new(&fs, "王强", 2);
    assert!(
        second.others_at(EXPIRES_AFTER).is_some(),
        "it was renewed once"
    );
    let later = RENEWED_EVERY + EXPIRES_AFTER + minutes(8);
    let mut third = Desk::new(&fs, "赵敏", 3);
    assert_eq!(third.others_at(later), None);
    assert_eq!(second.others_at(later).as_deref(), Some("赵敏"));
}

#[test]
fn the_time_of_the_file_does_not_count() {
    let fs = disk();
    let mut first = Desk::new(&fs, "李梅", 1);
    first.look(START);
    // A sync program writes the note again, days later.
    let bytes = fs.content(NOTE).expect("a note");
    fs.advance(std::time::Duration::from_hours(72));
    fs.put(NOTE, bytes);
    let mut second = Desk::new(&fs, "王强", 2);
    assert_eq!(second.others_at(minutes(72 * 60)), None);
}

#[test]
fn wrong_clocks_are_tolerated() {
    for ahead in [minutes(8 * 60), minutes(-8), minutes(-8 * 60)] {
        let fs = disk();
        let mut first = Desk::with_clock(&fs, "李梅", 1, ahead);
        first.look(START);
        let mut second = Desk::new(&fs, "王强", 2);
        second.look(minutes(1));
        // Whoever was taken for gone at first sight notices the other's note in its place.
        let told = [first.others_at(minutes(2)), second.others_at(minutes(3))];
        assert_eq!(told.iter().flatten().count(), 1, "{ahead:?}: {told:?}");
    }
}

#[test]
fn a_note_from_the_future_expires_too_when_it_moves_no_more() {
    let fs = disk();
    let mut first = Desk::with_clock(&fs, "李梅", 1, minutes(8 * 60));
    first.look(START);
    let mut second = Desk::new(&fs, "王强", 2);
    assert!(second.others_at(minutes(1)).is_some());
    assert!(second.others_at(minutes(9)).is_some());
    assert_eq!(second.others_at(minutes(12)), None);
}

#[test]
fn what_a_crash_of_ones_own_left_is_replaced_at_once() {
    let fs = disk();
    let mut crashed = Desk::new(&fs, "李梅", 1);
    crashed.look(START);
    drop(crashed);
    let mut again = Desk::new(&fs, "李梅", 1);
    assert_eq!(again.others_at(minutes(1)), None);
    let mut second = Desk::new(&fs, "王强", 2);
    let since = second.look(minutes(2)).other.map(|other| other.since);
    assert_eq!(since, Some(now().timestamp()), "the new window's note");
}

#[test]
fn a_second_window_of_the_same_person_is_no_colleague() {
    let fs = disk();
    let mut first = Desk::new(&fs, "李梅", 1);
    first.look(START);
    let note = fs.content(NOTE);
    let person = Person {
        user: "李梅".into(),
        computer: "电脑1".into(),
        home: Some(1),
    };
    let mut window = Holding::new(
        FILE.as_ref(),
        person,
        &mut CountedIds(99),
        now().timestamp(),
    );
    let going = |run, process| is_going(&fs, &first.folders, run, process);
    let run = Run::unseen(&fs, &mut CountedIds(77));
    let held = window.renew(&fs, &run, now().timestamp(), &going);
    assert_eq!(held.other, None);
    assert_eq!(fs.content(NOTE), note, "the first window's note stays");
}

#[test]
fn folders_that_take_no_file_are_told_and_stop_nobody() {
    let fs = disk();
    for (damage, takes) in [
        (Damage::Denied, Some(false)),
        (Damage::Device, None),
        (Damage::NoSpace, None),
    ] {
        let mut first = Desk::new(&fs, "李梅", 1);
        fs.inject(Fault {
            on: Some(Operation::CreateNew),
            from: 1,
            times: u64::MAX,
            damage,
        });
        let held = first.look(START);
        assert_eq!((held.other, held.takes_files), (None, takes), "{damage:?}");
        assert_eq!(fs.names(FOLDER), ["自评表 2020.jiping"]);
        fs.heal();
    }
}

#[test]
fn a_failure_at_any_operation_leaves_nothing_that_warns_for_ever() {
    for damage in [Damage::Device, Damage::TornWrite, Damage::LostAnswer] {
        for at in 1.. {
            let fs = disk();
            let mut first = Desk::new(&fs, "李梅", 1);
            fs.inject(Fault {
                on: None,
                from: at,
                times: 1,
                damage,
            });
            first.look(START);
            first.holding.release(&fs);
            if !fs.was_struck() {
                break;
            }
            fs.heal();
            let mut second = Desk::new(&fs, "王强", 2);
            assert_eq!(second.others_at(minutes(11)), None, "{damage:?} at {at}");
        }
    }
}

#[test]
fn a_link_in_the_place_of_a_note_is_neither_followed_nor_removed() {
    let fs = disk();
    fs.put("/别处/重要.txt", "important");
    fs.link(NOTE, "/别处/重要.txt");
    let mut first = Desk::new(&fs, "李梅", 1);
    assert_eq!(first.look(START).other, None);
    first.holding.release(&fs);
    assert_eq!(
        fs.content("/别处/重要.txt").as_deref(),
        Some(&b"important"[..])
    );
    assert!(
        fs.names(FOLDER)
            .contains(&"~$自评表 2020.jiping".to_owned())
    );
}

#[test]
fn what_is_no_note_is_left_alone_and_half_a_note_is_replaced() {
    let office = b"\x06user of an office program".as_slice();
    let large = vec![b'{'; 1 << 20];
    for foreign in [office, &large, b"[1, 2]", b"{}"] {
        let fs = disk();
        fs.put(NOTE, foreign);
        let mut first = Desk::new(&fs, "李梅", 1);
        assert_eq!(first.look(START).other, None);
        first.holding.release(&fs);
        assert_eq!(fs.content(NOTE).as_deref(), Some(foreign));
    }
    let fs = disk();
    let mut first = Desk::new(&fs, "李梅", 1);
    first.look(START);
    let whole = fs.content(NOTE).expect("a note");
    for half in 0..whole.len() {
        fs.put(NOTE, &whole[..half]);
        let mut second = Desk::new(&fs, "王强", 2);
        assert_eq!(second.others_at(START), None, "{half} bytes");
        assert_eq!(first.others_at(START).as_deref(), Some("王强"));
    }
}

#[test]
fn the_note_lies_beside_the_file_itself_and_has_a_name_that_fits() {
    let fs = disk();
    fs.link("/桌面/快捷.jiping", FILE);
    let mut first = Desk::new(&fs, "李梅", 1);
    first.look(START);
    let mut ids = CountedIds(5);
    let person = |home| Person {
        user: "王强".into(),
        computer: String::new(),
        home: Some(home),
    };
    let mut through_link = Holding::new(
        "/桌面/快捷.jiping".as_ref(),
        person(2),
        &mut ids,
        Timestamp::UNIX_EPOCH,
    );
    fs.set_process(ProcessMark { machine: 2, pid: 1 });
    let run = Run::unseen(&fs, &mut ids);
    let held = through_link.renew(&fs, &run, now().timestamp(), &|_, _| false);
    assert!(held.other.is_some());
    assert_eq!(fs.names("/桌面"), ["快捷.jiping"]);

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(format!("{}.jiping", "长".repeat(82)));
    std::fs::write(&file, "x").expect("a file");
    let mut long = Holding::new(&file, person(1), &mut ids, now().timestamp());
    let run = Run::unseen(&RealFs, &mut ids);
    let held = long.renew(&RealFs, &run, now().timestamp(), &|_, _| false);
    assert_eq!(held.takes_files, Some(true));
    assert_eq!(RealFs.list(folder.path()).expect("lists").len(), 2);
    long.release(&RealFs);
    assert_eq!(RealFs.list(folder.path()).expect("lists").len(), 1);
}
