//! The ten newest earlier versions.

use jiff::civil::date;
use jiping::store::{
    Backups, Expected, SaveRequest, Saver, StoreError,
    simulated::{Damage, Fault, Operation, SimulatedFs},
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

#[test]
fn the_ten_newest_versions_are_kept() {
    let fs = SimulatedFs::new();
    fs.put(FILE, version(0));
    save_versions(&fs, 1..=14);
    let expected: Vec<String> = (4..=13).rev().map(|n| format!("version {n}")).collect();
    assert_eq!(kept(&fs), expected);
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
    assert_eq!(kept(&fs).len(), 10);
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
