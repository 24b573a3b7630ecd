//! Earlier versions: the newest ten, one for each day of work, within bounds, found again after a file was moved.

use std::path::Path;

use jiff::{ToSpan as _, civil::date};
use jiping::{
    model::id::Id,
    store::{
        Backups, Expected, SaveRequest, Saver, StoreError,
        backup::Bounds,
        simulated::{Damage, Fault, Operation, SimulatedFs},
    },
};

use super::*;

fn version(n: usize) -> Vec<u8> {
    format!("version {n}").into_bytes()
}

/// The kept versions, newest first.
fn kept(fs: &SimulatedFs) -> Vec<String> {
    let all = backups().list(fs, FILE.as_ref()).expect("lists");
    let read = all.iter().map(|backup| {
        let bytes = backups().read(fs, backup, LIMIT).expect("reads");
        String::from_utf8(bytes).expect("text")
    });
    read.collect()
}

fn save_versions(fs: &SimulatedFs, versions: impl IntoIterator<Item = usize>) {
    for n in versions {
        saved(save(fs, &version(n), Expected::Anything));
    }
}

/// Saves a version at noon of a day of 2025, counted from 1 January.
fn save_on(fs: &SimulatedFs, day: i64, content: &[u8], backups: &Backups) {
    let noon = date(2025, 1, 1)
        .at(12, 0, 0, 0)
        .in_tz("UTC")
        .expect("a time");
    let now = noon.checked_add(day.days()).expect("a time");
    let sleeper = Scripted::default();
    let saver = Saver {
        fs,
        sleeper: &sleeper,
    };
    saved(saver.save(SaveRequest {
        path: FILE.as_ref(),
        bytes: content,
        expected: Expected::Anything,
        backups: Some(backups),
        check: None,
        now: &now,
    }));
}

#[test]
fn the_ten_newest_versions_are_kept_and_what_the_day_began_with() {
    let fs = SimulatedFs::new();
    fs.put(FILE, version(0));
    save_versions(&fs, 1..=14);
    let mut expected: Vec<String> = (4..=13).rev().map(|n| format!("version {n}")).collect();
    expected.push("version 0".into());
    assert_eq!(kept(&fs), expected);
}

#[test]
fn of_thirty_days_of_work_the_last_version_of_each_is_kept() {
    let fs = SimulatedFs::new();
    fs.put(FILE, version(0));
    // Three versions a day; the last of day n is 3 n + 2, and the first save of the next day replaces it.
    for n in 0..120 {
        save_on(&fs, n / 3, &version(n as usize + 1000), &backups());
    }
    let last_of_days = (9..=38)
        .rev()
        .map(|day| format!("version {}", day * 3 + 1002));
    let newest = (1109..=1118).rev().map(|n| format!("version {n}"));
    let mut expected: Vec<String> = newest.chain(last_of_days).collect();
    expected.sort();
    expected.dedup();
    expected.reverse();
    assert_eq!(kept(&fs), expected);
    // Whatever the clock says: a wrong year drops no more than a day does.
    for year in [74, -25] {
        save_on(
            &fs,
            year * 365,
            &version(2000 + year.unsigned_abs() as usize),
            &backups(),
        );
    }
    assert!(kept(&fs).len() > 30, "{:?}", kept(&fs));
}

#[test]
fn backups_stay_within_their_bounds_but_for_the_newest_three() {
    let fs = SimulatedFs::new();
    let bounds = Bounds {
        of_file: 50,
        in_all: 90,
    };
    let backups = backups().within(bounds);
    fs.put(FILE, vec![0; 10]);
    for n in 1..=9 {
        save_on(&fs, i64::from(n), &[n; 10], &backups);
    }
    let sizes = |file: &str| {
        let all = backups.list(&fs, file.as_ref()).expect("lists");
        let read = all
            .iter()
            .map(|one| backups.read(&fs, one, LIMIT).expect("reads")[0]);
        read.collect::<Vec<u8>>()
    };
    assert_eq!(sizes(FILE), [8, 7, 6, 5, 4]);
    // Large versions: the newest three stay whatever they need.
    for n in 10..=14 {
        save_on(&fs, i64::from(n), &[n; 40], &backups);
    }
    assert_eq!(sizes(FILE), [13, 12, 11]);
    backups.hold_bound(&fs);
    assert_eq!(sizes(FILE), [13, 12, 11]);
}

#[test]
fn the_bound_of_all_drops_the_oldest_whichever_file_they_are_of() {
    let fs = SimulatedFs::new();
    let backups = backups();
    fs.put(FILE, vec![0; 10]);
    for n in 1..=8 {
        save_on(&fs, i64::from(n), &[n; 10], &backups);
    }
    let all = || backups.list(&fs, FILE.as_ref()).expect("lists").len();
    assert_eq!(all(), 8);
    backups.hold_bound(&fs);
    assert_eq!(all(), 8);
    let in_all = |in_all| Bounds {
        in_all,
        ..Bounds::default()
    };
    backups.clone().within(in_all(55)).hold_bound(&fs);
    assert_eq!(all(), 5);
    backups.clone().within(in_all(0)).hold_bound(&fs);
    assert_eq!(all(), 3);
}

#[test]
fn the_past_of_a_document_is_found_where_its_file_was_before() {
    let fs = SimulatedFs::new();
    let backups = backups().of_document(Id::from_bits(7));
    fs.put(FILE, version(0));
    save_on(&fs, 0, &version(1), &backups);
    assert!(backups.elsewhere(&fs, Some(FILE.as_ref())).is_empty());
    // Moved and renamed.
    let moved = "/归档/2020 年.jiping";
    fs.put(moved, version(1));
    assert!(backups.list(&fs, moved.as_ref()).expect("lists").is_empty());
    let found = backups.elsewhere(&fs, Some(moved.as_ref()));
    let [(was, kept)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(was, Path::new(FILE));
    assert_eq!(
        backups.read(&fs, &kept[0], LIMIT).expect("reads"),
        version(0)
    );
    // Even where nobody knows any more where the file is now.
    assert_eq!(backups.elsewhere(&fs, None).len(), 1);
    let other = super::backups().of_document(Id::from_bits(8));
    assert!(other.elsewhere(&fs, Some(moved.as_ref())).is_empty());
}

#[test]
fn the_same_content_is_kept_once_and_counts_as_newest() {
    let fs = SimulatedFs::new();
    fs.put(FILE, version(0));
    save_versions(&fs, [1, 0, 2, 0, 3]);
    assert_eq!(kept(&fs), ["version 0", "version 2", "version 1"]);
}

#[test]
fn a_clock_that_goes_back_does_not_make_the_newest_version_the_oldest() {
    let fs = SimulatedFs::new();
    fs.put(FILE, version(0));
    save_versions(&fs, 1..=12);
    let yesterday = date(1999, 12, 31).at(0, 0, 0, 0).in_tz("UTC").unwrap();
    let sleeper = Scripted::default();
    let saver = Saver {
        fs: &fs,
        sleeper: &sleeper,
    };
    let request = SaveRequest {
        path: FILE.as_ref(),
        bytes: &version(13),
        expected: Expected::Anything,
        backups: Some(&backups()),
        check: None,
        now: &yesterday,
    };
    saved(saver.save(request));
    let newest = &backups().list(&fs, FILE.as_ref()).expect("lists")[0];
    assert_eq!(newest.at, yesterday.datetime());
    assert_eq!(kept(&fs)[0], "version 12");
}

#[test]
fn two_files_of_one_name_have_backups_of_their_own() {
    let fs = disk();
    fs.put("/别处/自评表 2020.jiping", b"another".as_slice());
    saved(save(&fs, NEW, expecting(OLD)));
    assert_eq!(kept(&fs).len(), 1);
    let other = backups().list(&fs, "/别处/自评表 2020.jiping".as_ref());
    assert!(other.expect("lists").is_empty());
}

#[test]
fn a_link_and_its_target_share_their_backups() {
    let fs = disk();
    fs.link("/桌面/快捷.jiping", FILE);
    saved(save(&fs, NEW, expecting(OLD)));
    let through_link = backups().list(&fs, "/桌面/快捷.jiping".as_ref());
    let kept = through_link.expect("lists");
    assert_eq!(kept.len(), 1);
    assert_eq!(kept, backups().list(&fs, FILE.as_ref()).expect("lists"));
}

#[test]
fn a_damaged_backup_is_not_taken_for_a_good_one() {
    let fs = disk();
    saved(save(&fs, NEW, expecting(OLD)));
    let backup = backups().list(&fs, FILE.as_ref()).expect("lists").remove(0);
    fs.put(&backup.path, &OLD[..5]);
    let error = backups().read(&fs, &backup, LIMIT).expect_err("damaged");
    assert!(matches!(error, StoreError::DamagedBackup { .. }), "{error}");
    let error = backups().read(&fs, &backup, 3).expect_err("too large");
    assert!(
        matches!(error, StoreError::TooLarge { limit: 3, .. }),
        "{error}"
    );
}

#[test]
fn other_files_among_the_backups_are_ignored_and_left_alone() {
    let fs = disk();
    saved(save(&fs, NEW, expecting(OLD)));
    let folder = backups().list(&fs, FILE.as_ref()).expect("lists")[0]
        .path
        .clone();
    let note = folder.with_file_name("说明_1_2_3.txt");
    fs.put(&note, b"mine".as_slice());
    save_versions(&fs, 1..=14);
    assert_eq!(kept(&fs).len(), 11);
    assert!(fs.content(&note).is_some());
}

#[test]
fn names_tell_a_person_what_the_backup_is() {
    let fs = disk();
    saved(save(&fs, NEW, expecting(OLD)));
    let backup = backups().list(&fs, FILE.as_ref()).expect("lists").remove(0);
    let name = backup
        .path
        .file_name()
        .expect("named")
        .to_string_lossy()
        .into_owned();
    let digits = &Fingerprint::of(OLD).hex()[..16];
    assert_eq!(
        name,
        format!("000001_2025-03-01 14-30-05_{digits}_自评表 2020.jiping")
    );
}

#[test]
fn a_folder_of_backups_that_cannot_be_listed_is_said_so() {
    let fs = disk();
    fs.inject(Fault {
        on: Some(Operation::List),
        from: 1,
        times: 1,
        damage: Damage::Denied,
    });
    let error = Backups::at("/data")
        .list(&fs, FILE.as_ref())
        .expect_err("no rights");
    assert!(
        error.to_string().starts_with("查找备份时出错：没有权限。"),
        "{error}"
    );
}
