//! Reading with a bound, and cleaning up after dead processes.

use std::{path::Path, time::Duration};

use jiff::Timestamp;
use jiping::store::{
    Folders, StoreError,
    folders::{PORTABLE_DATA, PORTABLE_MARKER},
    fs::ProcessMark,
    open,
    simulated::{Damage, Fault, SimulatedFs},
    temporary::{STALE_AFTER, TemporaryName},
};

use super::*;

const HERE: ProcessMark = ProcessMark {
    machine: 7,
    pid: 4242,
};

fn clock(fs: &SimulatedFs) -> Timestamp {
    Timestamp::try_from(fs.now()).expect("in range")
}

/// Opens [`FILE`] in a folder that also holds `name`, `age` after it was written; says whether `name` is still there.
fn survives(name: &str, age: Duration) -> bool {
    let fs = disk();
    fs.set_process(HERE);
    let path = Path::new(FOLDER).join(name);
    fs.put(&path, b"half".as_slice());
    fs.advance(age);
    open(&fs, FILE.as_ref(), LIMIT, clock(&fs)).expect("opens");
    fs.content(path).is_some()
}

fn temporary_of(machine: u32, pid: u32) -> String {
    TemporaryName::beside(FILE.as_ref(), ProcessMark { machine, pid }).to_string()
}

#[test]
fn a_file_is_read_with_what_the_next_save_needs() {
    let fs = disk();
    fs.link("/桌面/a.jiping", FILE);
    fs.set_read_only(FILE, true);
    let opened = open(&fs, "/桌面/a.jiping".as_ref(), LIMIT, clock(&fs)).expect("opens");
    assert_eq!(opened.bytes, OLD);
    assert_eq!(opened.fingerprint, Fingerprint::of(OLD));
    assert_eq!(opened.location, std::path::Path::new(FILE));
    assert!(opened.info.read_only);
}

#[test]
fn the_bound_admits_exactly_its_length() {
    let fs = disk();
    let length = OLD.len() as u64;
    assert!(open(&fs, FILE.as_ref(), length, clock(&fs)).is_ok());
    let error = open(&fs, FILE.as_ref(), length - 1, clock(&fs)).expect_err("too large");
    insta::assert_snapshot!(error, @"内容超过 26 字节的上限，没有处理；磁盘上的文件未改动。请确认选对了文件，或把项目分成几个文件。文件：/项目/自评表 2020.jiping");
}

#[test]
fn missing_files_and_folders_are_told_apart_from_broken_disks() {
    let fs = disk();
    let missing = open(&fs, "/项目/无.jiping".as_ref(), LIMIT, clock(&fs)).expect_err("missing");
    insta::assert_snapshot!(missing, @"找不到文件，没有读入任何内容。请确认它未被移动、改名，U 盘或共享文件夹仍然连接。文件：/项目/无.jiping");
    let elsewhere = open(&fs, "/无/无.jiping".as_ref(), LIMIT, clock(&fs)).expect_err("missing");
    assert!(
        matches!(elsewhere, StoreError::Missing { .. }),
        "{elsewhere}"
    );
    let folder = open(&fs, FOLDER.as_ref(), LIMIT, clock(&fs)).expect_err("a folder");
    insta::assert_snapshot!(folder, @"这不是普通文件（可能是文件夹或设备），未作任何改动。请另选文件。位置：/项目");
    fs.inject(Fault {
        on: None,
        from: 3,
        times: 1,
        damage: Damage::Device,
    });
    let broken = open(&fs, FILE.as_ref(), LIMIT, clock(&fs)).expect_err("broken");
    insta::assert_snapshot!(broken, @"打开文件时出错：磁盘或网络读写失败（系统没有说明原因）。文件未改动。请检查磁盘、U 盘或共享文件夹的连接后再试。文件：/项目/自评表 2020.jiping");
}

#[test]
fn what_a_dead_process_left_is_removed_at_once() {
    assert!(!survives(&temporary_of(7, 1), Duration::ZERO));
}

#[test]
fn what_a_running_process_or_another_computer_writes_is_left_alone() {
    assert!(survives(&temporary_of(7, 4242), Duration::ZERO));
    assert!(survives(&temporary_of(8, 1), STALE_AFTER / 2));
}

#[test]
fn what_nobody_touched_for_long_is_removed_whoever_wrote_it() {
    assert!(!survives(&temporary_of(8, 1), STALE_AFTER));
    assert!(!survives(&temporary_of(7, 4242), STALE_AFTER));
}

#[test]
fn files_of_others_are_never_removed() {
    let names = [
        "自评表 2020（未能覆盖的保存 2025-03-01 14-30-05）.jiping",
        ".自评表 2020.jiping-tmp-",
        ".自评表 2020.jiping-tmp-00000007-1",
        ".自评表 2020.jiping-tmp-00000007-1-2-3",
        ".自评表 2020.jiping-tmp-00000007-+1-2",
        ".自评表 2020.jiping-tmp-7-1-2",
        ".自评表 2020.jiping-tmp-00000007-1-2.bak",
        "自评表 2020.jiping-tmp-00000007-1-2",
        "~$自评表 2020.docx",
    ];
    for name in names {
        assert!(survives(name, STALE_AFTER * 100), "{name}");
    }
}

#[test]
fn a_leftover_that_cannot_be_removed_does_not_stop_opening() {
    let fs = disk();
    fs.put(
        format!("{FOLDER}/{}", temporary_of(1, 1)),
        b"half".as_slice(),
    );
    fs.inject(Fault {
        on: None,
        from: 4,
        times: u64::MAX,
        damage: Damage::Denied,
    });
    assert!(open(&fs, FILE.as_ref(), LIMIT, clock(&fs)).is_ok());
    assert!(fs.was_struck());
}

#[test]
fn temporary_names_fit_and_are_recognised_whatever_the_file_is_called() {
    let names = [
        "a",
        "绩效🎯.jiping",
        "评".repeat(83).as_str(),
        "无扩展名",
        "a.b-c.jiping-tmp-1",
    ]
    .map(|name| format!("/x/{name}"));
    for name in names {
        let temporary = TemporaryName::beside(name.as_ref(), HERE);
        let text = temporary.to_string();
        assert!(text.len() <= 255 && text.starts_with('.'), "{text}");
        assert!(TemporaryName::parse(&text).is_some(), "{text}");
    }
}

#[test]
fn the_data_folder_can_be_put_elsewhere() {
    let chosen = |value: Option<&str>| Folders::choose(value.map(Into::into), None, |_| false);
    let elsewhere = chosen(Some("/u盘/绩评数据")).expect("chosen");
    assert_eq!(
        elsewhere,
        Folders::at(std::path::absolute("/u盘/绩评数据").unwrap())
    );
    assert_eq!(chosen(Some("")).ok(), chosen(None).ok());
    assert!(Folders::at("/d").data().starts_with("/d"));
    assert_eq!(
        Folders::at("/d").backups(),
        jiping::store::Backups::at("/d/backups")
    );
}

#[test]
fn beside_a_marker_the_program_is_portable() {
    let program = Path::new("/u盘/绩评/jiping.exe");
    let marker = Path::new("/u盘/绩评").join(PORTABLE_MARKER);
    let marked = |path: &Path| path == marker;
    let beside = Folders::at(Path::new("/u盘/绩评").join(PORTABLE_DATA));
    assert_eq!(
        Folders::choose(None, Some(program), marked).expect("marked"),
        beside
    );
    let by_variable = Folders::choose(Some("/d".into()), Some(program), marked);
    let asked = std::path::absolute("/d").expect("a path");
    assert_eq!(by_variable.expect("asked for"), Folders::at(asked));
    let usual = Folders::choose(None, None, |_| true).ok();
    assert_ne!(usual, Some(beside));
    for unmarked in [
        Folders::choose(None, Some(program), |_| false),
        Folders::choose(None, Some("/别处/jiping".as_ref()), marked),
    ] {
        assert_eq!(unmarked.ok(), usual);
    }
}
