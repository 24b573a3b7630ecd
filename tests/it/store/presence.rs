//! One file in two windows is noticed, by locks that do not outlive their processes.

use jiff::Timestamp;
use jiping::{
    model::id::CountedIds,
    store::{
        Folders, Fs, RealFs, Saver,
        fs::ProcessMark,
        presence::OtherProcess,
        run::{Run, is_going},
        simulated::{Damage, Fault, SimulatedFs, Survival},
    },
};

use super::{FILE, Scripted, disk, now};

fn folders() -> Folders {
    Folders::at("/data")
}

fn start(fs: &SimulatedFs, id: u64) -> Run {
    Run::start(fs, &folders(), &mut CountedIds(id))
}

fn announce(fs: &SimulatedFs, run: &Run, file: &str) -> Option<OtherProcess> {
    let sleeper = Scripted::default();
    let saver = Saver {
        fs,
        sleeper: &sleeper,
    };
    let is_going = |run, process| is_going(fs, &folders(), run, process);
    folders()
        .presence()
        .announce(&saver, file.as_ref(), run, &now(), &is_going)
}

#[test]
fn the_second_window_learns_who_has_the_file_and_since_when() {
    let fs = disk();
    let (first, second) = (start(&fs, 0x10), start(&fs, 0x20));
    assert_eq!(announce(&fs, &first, FILE), None);
    let other = announce(&fs, &second, FILE).expect("the first window");
    assert_eq!(other.process, fs.process());
    assert_eq!(other.since, now().timestamp());
}

#[test]
fn a_link_to_the_file_is_the_same_file() {
    let fs = disk();
    fs.link("/桌面/快捷.jiping", FILE);
    let (first, second) = (start(&fs, 0x10), start(&fs, 0x20));
    announce(&fs, &first, FILE);
    assert!(announce(&fs, &second, "/桌面/快捷.jiping").is_some());
}

#[test]
fn a_closed_file_and_another_file_warn_nobody() {
    let fs = disk();
    fs.put("/项目/别的.jiping", "");
    let (first, second) = (start(&fs, 0x10), start(&fs, 0x20));
    announce(&fs, &first, FILE);
    assert_eq!(announce(&fs, &second, "/项目/别的.jiping"), None);
    folders().presence().withdraw(&fs, FILE.as_ref(), &first);
    assert_eq!(announce(&fs, &second, FILE), None);
}

#[test]
fn the_note_of_a_killed_process_is_stale_and_removed() {
    let fs = disk();
    let first = start(&fs, 0x10);
    announce(&fs, &first, FILE);
    fs.restart(Survival::Everything);
    let second = start(&fs, 0x20);
    assert_eq!(announce(&fs, &second, FILE), None);
    assert_eq!(fs.names("/data/open").len(), 1, "its own note only");
}

#[test]
fn a_process_id_that_is_used_again_does_not_mislead() {
    let fs = disk();
    let first = start(&fs, 0x10);
    announce(&fs, &first, FILE);
    let mark = fs.process();
    fs.restart(Survival::Everything);
    fs.set_process(mark);
    let second = start(&fs, 0x20);
    assert_eq!(announce(&fs, &second, FILE), None);
}

#[test]
fn without_locks_the_process_id_tells() {
    let fs = disk();
    fs.inject(Fault {
        on: Some(jiping::store::simulated::Operation::Lock),
        from: 1,
        times: u64::MAX,
        damage: Damage::Unsupported,
    });
    let (first, second) = (start(&fs, 0x10), start(&fs, 0x20));
    assert!(!first.is_locked());
    announce(&fs, &first, FILE);
    assert!(announce(&fs, &second, FILE).is_some());
    let elsewhere = ProcessMark {
        machine: 99,
        ..fs.process()
    };
    assert!(!is_going(&fs, &folders(), first.id(), Some(elsewhere)));
}

#[test]
fn a_disk_that_fails_warns_nobody_and_stops_nobody() {
    let fs = disk();
    let first = start(&fs, 0x10);
    announce(&fs, &first, FILE);
    fs.inject(Fault {
        on: None,
        from: 1,
        times: u64::MAX,
        damage: Damage::Device,
    });
    let second = start(&fs, 0x20);
    assert_eq!(announce(&fs, &second, FILE), None);
    fs.heal();
    assert_eq!(
        announce(&fs, &second, FILE).map(|other| other.since),
        Some(now().timestamp())
    );
}

#[test]
fn a_broken_note_counts_as_none() {
    let fs = disk();
    let first = start(&fs, 0x10);
    announce(&fs, &first, FILE);
    let note = format!("/data/open/{}", fs.names("/data/open")[0]);
    fs.put(&note, b"{\"machine\": 1".as_slice());
    assert_eq!(announce(&fs, &start(&fs, 0x20), FILE), None);
    assert_eq!(fs.content(&note), None);
}

#[test]
fn locks_of_the_real_disk_are_held_until_they_are_dropped() {
    let folder = tempfile::tempdir().expect("a folder");
    let folders = Folders::at(folder.path());
    let run = Run::start(&RealFs, &folders, &mut CountedIds(0x10));
    assert!(run.is_locked());
    let (id, nobody) = (run.id(), None);
    assert!(is_going(&RealFs, &folders, id, nobody));
    drop(run);
    assert!(!is_going(&RealFs, &folders, id, nobody));
    let next = Run::start(&RealFs, &folders, &mut CountedIds(0x20));
    let locks = RealFs.list(&folders.runs()).expect("lists");
    assert_eq!(locks.len(), 1, "the lock of the run that ended is removed");
    assert_eq!(next.process().pid, std::process::id());
}

#[test]
fn times_of_notes_are_kept_to_the_moment() {
    let fs = disk();
    let first = start(&fs, 0x10);
    announce(&fs, &first, FILE);
    let note = format!("/data/open/{}", fs.names("/data/open")[0]);
    let text = String::from_utf8(fs.content(note).expect("a note")).expect("text");
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let since: Timestamp = value["since"]
        .as_str()
        .expect("text")
        .parse()
        .expect("a time");
    assert_eq!(since, now().timestamp());
}
