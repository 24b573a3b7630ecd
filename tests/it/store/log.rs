//! The log file: bounded, one event per line, and no trouble where it cannot be written.

use std::sync::Arc;

use jiping::store::{
    Folders,
    log::{LARGEST, Level, Log},
    simulated::{Damage, Fault, SimulatedFs},
};

use super::now;

const FILE: &str = "/data/log/jiping.log";

fn log(fs: &SimulatedFs) -> Log {
    Log::new(Arc::new(fs.clone()), Some(&Folders::at("/data")))
}

fn text(fs: &SimulatedFs) -> String {
    String::from_utf8(fs.content(FILE).expect("a log")).expect("text")
}

#[test]
fn one_event_is_one_line_with_time_and_level() {
    let fs = SimulatedFs::new();
    let log = log(&fs);
    log.write(&now(), Level::Info, "started");
    log.write(&now(), Level::Error, "panicked:\r\nat src/a.rs:1\n");
    assert_eq!(
        text(&fs),
        "2025-03-01 14:30:05+00:00 INFO started\n2025-03-01 14:30:05+00:00 ERROR panicked:⏎at src/a.rs:1\n"
    );
}

#[test]
fn a_full_log_is_kept_once_and_a_new_one_begun() {
    let fs = SimulatedFs::new();
    let size = usize::try_from(LARGEST).expect("small");
    fs.put(FILE, vec![b'a'; size]);
    fs.put("/data/log/jiping.1.log", b"older".as_slice());
    log(&fs).write(&now(), Level::Info, "new");
    assert_eq!(fs.names("/data/log"), ["jiping.1.log", "jiping.log"]);
    assert!(text(&fs).ends_with(" INFO new\n"));
    let kept = fs.content("/data/log/jiping.1.log").expect("kept");
    assert_eq!(kept.len(), size);
}

#[test]
fn a_line_is_cut_where_a_character_ends() {
    let fs = SimulatedFs::new();
    log(&fs).write(&now(), Level::Info, &"绩".repeat(5000));
    let text = text(&fs);
    assert!((4000..4200).contains(&text.len()), "{} bytes", text.len());
    assert!(text.ends_with("绩\n"));
}

#[test]
fn a_log_that_cannot_be_written_stops_nobody() {
    let fs = SimulatedFs::new();
    fs.inject(Fault {
        on: None,
        from: 1,
        times: u64::MAX,
        damage: Damage::NoSpace,
    });
    log(&fs).write(&now(), Level::Info, "started");
    assert_eq!(fs.content(FILE), None);
    Log::new(Arc::new(fs), None).write(&now(), Level::Info, "started");
}
