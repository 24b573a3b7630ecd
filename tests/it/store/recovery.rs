//! Recovery copies: one per open document, never lost half way, offered only when their run has ended.

use std::path::Path;

use jiff::{SignedDuration, Zoned};
use jiping::{
    model::id::CountedIds,
    store::{
        Fingerprint, Saver, StoreError,
        fs::ProcessMark,
        recovery::{Entry, Recovered, Recoveries},
        run::{Run, RunId},
        simulated::{Damage, Fault, Operation, SimulatedFs},
    },
};

use super::{FILE, NEW, OLD, Scripted, now};

const COPIES: &str = "/data/recovery";

fn recoveries() -> Recoveries {
    Recoveries::at(COPIES)
}

fn run(fs: &SimulatedFs, id: u64) -> Run {
    Run::unseen(fs, &mut CountedIds(id))
}

fn later(minutes: i64) -> Zoned {
    now() + SignedDuration::from_mins(minutes)
}

fn with_saver<T>(fs: &SimulatedFs, work: impl FnOnce(&Saver<'_>) -> T) -> T {
    let sleeper = Scripted::default();
    work(&Saver {
        fs,
        sleeper: &sleeper,
    })
}

fn keep(fs: &SimulatedFs, run: &Run, bytes: &[u8], at: &Zoned) -> Result<(), StoreError> {
    let entry = Entry {
        number: 1,
        run,
        path: Some(Path::new(FILE)),
        opened: Some(Fingerprint::of(OLD)),
        bytes,
    };
    with_saver(fs, |saver| recoveries().keep(saver, entry, at)).map(drop)
}

fn nobody(_: RunId, _: Option<ProcessMark>) -> bool {
    false
}

fn list(fs: &SimulatedFs) -> Vec<Recovered> {
    recoveries().list(fs, &nobody)
}

#[test]
fn a_copy_comes_back_with_its_file_and_what_the_file_held() {
    let fs = SimulatedFs::new();
    keep(&fs, &run(&fs, 1), OLD, &now()).expect("keeps");
    keep(&fs, &run(&fs, 1), NEW, &later(1)).expect("keeps");
    let found = list(&fs);
    assert_eq!(found.len(), 1, "the later copy replaces the earlier one");
    assert!(found[0].is_whole());
    let record = found[0].record.as_ref().expect("a record");
    assert_eq!(record.path.as_deref(), Some(Path::new(FILE)));
    assert_eq!(record.opened, Some(Fingerprint::of(OLD)));
    assert_eq!(record.time, later(1).timestamp());
    assert_eq!(recoveries().read(&fs, &found[0]).expect("reads"), NEW);
}

#[test]
fn the_newest_comes_first_and_entries_never_collide() {
    let fs = SimulatedFs::new();
    for (id, minutes) in [(1, 5), (2, 9), (3, 7)] {
        keep(&fs, &run(&fs, id), NEW, &later(minutes)).expect("keeps");
    }
    let times = list(&fs)
        .into_iter()
        .map(|entry| entry.record.expect("whole").time);
    let expected = [9, 7, 5].map(|minutes| later(minutes).timestamp());
    assert_eq!(times.collect::<Vec<_>>(), expected);
}

#[test]
fn a_run_that_is_still_going_is_not_offered() {
    let fs = SimulatedFs::new();
    let (going, ended) = (run(&fs, 1), run(&fs, 2));
    keep(&fs, &going, NEW, &now()).expect("keeps");
    keep(&fs, &ended, NEW, &now()).expect("keeps");
    let offered = recoveries().list(&fs, &|id, process| {
        assert_eq!(
            process,
            Some(going.process()),
            "runs without a lock are told by their process"
        );
        id == going.id()
    });
    let runs: Vec<RunId> = offered.iter().map(|entry| entry.id.run).collect();
    assert_eq!(runs, [ended.id()]);
}

#[test]
fn broken_entries_are_listed_as_broken() {
    let fs = SimulatedFs::new();
    keep(&fs, &run(&fs, 1), NEW, &now()).expect("keeps");
    let copy = list(&fs)[0].copy.clone();
    for broken in ["", "{", "{\"path\": 3}", "null"] {
        fs.put(copy.with_extension("json"), broken);
        let found = list(&fs);
        assert_eq!(found.len(), 1);
        assert!(!found[0].is_whole() && found[0].has_copy, "{broken:?}");
        assert_eq!(recoveries().read(&fs, &found[0]).expect("reads"), NEW);
    }
    keep(&fs, &run(&fs, 1), NEW, &now()).expect("keeps");
    jiping::store::Fs::remove(&fs, &copy).expect("removes");
    let found = list(&fs);
    assert!(!found[0].has_copy && !found[0].is_whole());
    recoveries().discard(&fs, found[0].id);
    assert_eq!(fs.names(COPIES), [""; 0]);
}

#[test]
fn other_files_in_the_folder_are_left_alone() {
    let fs = SimulatedFs::new();
    for name in ["说明.txt", "a-b.jiping", "0000000000000001-01.json"] {
        fs.put(format!("{COPIES}/{name}"), "mine");
    }
    assert_eq!(list(&fs), []);
    recoveries().clean_up(&fs, &later(60 * 24 * 365));
    assert_eq!(fs.names(COPIES).len(), 3);
}

#[test]
fn a_declined_copy_is_kept_for_thirty_days() {
    let fs = SimulatedFs::new();
    keep(&fs, &run(&fs, 1), NEW, &now()).expect("keeps");
    keep(&fs, &run(&fs, 2), NEW, &now()).expect("keeps");
    let declined = list(&fs).remove(0);
    with_saver(&fs, |saver| recoveries().decline(saver, &declined, &now())).expect("notes");
    const DAY: i64 = 24 * 60;
    recoveries().clean_up(&fs, &later(30 * DAY - 1));
    let states: Vec<bool> = list(&fs).iter().map(Recovered::is_declined).collect();
    assert_eq!(states.len(), 2);
    assert_eq!(states.iter().filter(|declined| **declined).count(), 1);
    recoveries().clean_up(&fs, &later(30 * DAY));
    let left = list(&fs);
    assert_eq!(left.len(), 1, "what nobody declined stays");
    assert_ne!(left[0].id, declined.id);
}

#[test]
fn a_copy_with_a_broken_record_can_be_declined_too() {
    let fs = SimulatedFs::new();
    keep(&fs, &run(&fs, 1), NEW, &now()).expect("keeps");
    fs.put(list(&fs)[0].copy.with_extension("json"), "{");
    let broken = list(&fs).remove(0);
    with_saver(&fs, |saver| recoveries().decline(saver, &broken, &now())).expect("notes");
    assert!(list(&fs)[0].is_declined());
}

#[test]
fn an_earlier_copy_survives_every_failure_of_a_later_one() {
    for damage in [Damage::NoSpace, Damage::TornWrite, Damage::Crash] {
        for from in 1.. {
            let fs = SimulatedFs::new();
            keep(&fs, &run(&fs, 1), OLD, &now()).expect("keeps");
            fs.inject(Fault {
                on: None,
                from,
                times: 1,
                damage,
            });
            let outcome = keep(&fs, &run(&fs, 1), NEW, &later(1));
            let was_struck = fs.was_struck();
            fs.heal();
            fs.restart(jiping::store::simulated::Survival::Everything);
            let found = list(&fs);
            assert_eq!(found.len(), 1, "{damage:?} {from}");
            assert!(found[0].is_whole(), "{damage:?} {from}");
            let bytes = recoveries().read(&fs, &found[0]).expect("reads");
            assert!(bytes == OLD || bytes == NEW, "{damage:?} {from}");
            if outcome.is_ok() {
                assert_eq!(bytes, NEW, "{damage:?} {from}");
            }
            if !was_struck {
                break;
            }
        }
    }
}

#[test]
fn a_folder_that_cannot_be_read_offers_nothing() {
    let fs = SimulatedFs::new();
    keep(&fs, &run(&fs, 1), NEW, &now()).expect("keeps");
    fs.inject(Fault {
        on: Some(Operation::List),
        from: 1,
        times: u64::MAX,
        damage: Damage::Denied,
    });
    assert_eq!(list(&fs), []);
    recoveries().clean_up(&fs, &later(1));
}
