//! What a save does when others use the same file.

use std::time::Duration;

use jiping::store::{
    Expected, Fs, SaveOutcome, SaveRequest, SaveWarning, Saver, StoreError,
    save::Check,
    simulated::{Damage, Fault, Operation, SimulatedFs},
};

use super::*;

fn conflict(outcome: Result<SaveOutcome, StoreError>) -> Option<Fingerprint> {
    match outcome {
        Ok(SaveOutcome::Conflict { on_disk }) => on_disk,
        other => panic!("no conflict: {other:?}"),
    }
}

fn strike(fs: &SimulatedFs, on: Operation, times: u64, damage: Damage) {
    fs.inject(Fault {
        on: Some(on),
        from: 1,
        times,
        damage,
    });
}

/// Saves [`NEW`] over [`OLD`] and says what was waited for, too.
fn save_waiting(fs: &SimulatedFs) -> (Result<SaveOutcome, StoreError>, Vec<u128>) {
    let sleeper = Scripted::default();
    let saver = Saver {
        fs,
        sleeper: &sleeper,
    };
    let outcome = saver.save(SaveRequest {
        path: FILE.as_ref(),
        bytes: NEW,
        expected: expecting(OLD),
        backups: None,
        check: None,
        now: &now(),
    });
    (outcome, sleeper.milliseconds())
}

#[test]
fn a_save_gives_the_fingerprint_that_the_next_one_expects() {
    let fs = disk();
    let first = saved(save(&fs, NEW, expecting(OLD)));
    assert_eq!(first.fingerprint, Fingerprint::of(NEW));
    saved(save(&fs, b"third", Expected::Content(first.fingerprint)));
    assert_eq!(fs.content(FILE).as_deref(), Some(&b"third"[..]));
    assert_eq!(names(&fs), ["自评表 2020.jiping"]);
}

#[test]
fn the_second_of_two_people_meets_a_conflict_and_writes_nothing() {
    let fs = disk();
    saved(save(&fs, NEW, expecting(OLD)));
    let before = fs.operations().len();
    let theirs = conflict(save(&fs, b"the other person's", expecting(OLD)));
    assert_eq!(theirs, Some(Fingerprint::of(NEW)));
    assert_eq!(fs.content(FILE).as_deref(), Some(NEW));
    let harmless = [Operation::Resolve, Operation::Info, Operation::Read];
    let writes = fs.operations().split_off(before);
    assert!(
        writes.iter().all(|done| harmless.contains(done)),
        "{writes:?}"
    );
    saved(save(&fs, b"the other person's", Expected::Anything));
}

#[test]
fn a_file_that_appeared_or_vanished_is_a_conflict() {
    let fs = disk();
    assert_eq!(
        conflict(save(&fs, NEW, Expected::Absent)),
        Some(Fingerprint::of(OLD))
    );
    fs.remove(FILE.as_ref()).unwrap();
    assert_eq!(conflict(save(&fs, NEW, expecting(OLD))), None);
    assert!(names(&fs).is_empty());
}

#[test]
fn new_time_stamps_alone_are_no_conflict() {
    let fs = disk();
    fs.advance(Duration::from_hours(24));
    fs.put(FILE, OLD);
    saved(save(&fs, NEW, expecting(OLD)));
}

#[test]
fn content_that_is_there_already_is_not_written_again() {
    let fs = disk();
    saved(save(&fs, OLD, Expected::Absent));
    assert!(!fs.operations().contains(&Operation::Write));
}

#[test]
fn a_change_while_ours_is_written_is_a_conflict() {
    let fs = disk();
    let theirs = b"written in the same second";
    fs.let_another_write(Operation::Sync, FILE, *theirs);
    let (outcome, _) = save_waiting(&fs);
    assert_eq!(conflict(outcome), Some(Fingerprint::of(theirs)));
    assert_eq!(fs.content(FILE).as_deref(), Some(&theirs[..]));
    assert_eq!(names(&fs), ["自评表 2020.jiping"]);
}

#[test]
fn a_file_that_appears_while_ours_is_written_is_a_conflict() {
    for operation in [Operation::Sync, Operation::RenameNew] {
        let fs = disk();
        fs.remove(FILE.as_ref()).unwrap();
        fs.let_another_write(operation, FILE, OLD);
        let outcome = save(&fs, NEW, Expected::Absent);
        assert_eq!(
            conflict(outcome),
            Some(Fingerprint::of(OLD)),
            "{operation:?}"
        );
        assert_eq!(fs.content(FILE).as_deref(), Some(OLD), "{operation:?}");
        assert_eq!(names(&fs), ["自评表 2020.jiping"], "{operation:?}");
    }
}

#[test]
fn what_somebody_writes_at_the_same_moment_is_not_overwritten_unseen() {
    let fs = disk();
    fs.let_another_write(Operation::Sync, FILE, *b"theirs");
    let sleeper = Scripted::default();
    let saver = Saver {
        fs: &fs,
        sleeper: &sleeper,
    };
    let error = saver.replace_atomically(FILE.as_ref(), NEW, &now());
    let error = error.expect_err("changed meanwhile");
    assert!(
        matches!(error, StoreError::ChangedMeanwhile { .. }),
        "{error}"
    );
    assert_eq!(fs.content(FILE).as_deref(), Some(&b"theirs"[..]));
}

#[test]
fn the_same_content_rewritten_meanwhile_is_no_conflict() {
    let fs = disk();
    fs.let_another_write(Operation::Sync, FILE, OLD);
    let (outcome, _) = save_waiting(&fs);
    saved(outcome);
    assert_eq!(fs.content(FILE).as_deref(), Some(NEW));
}

#[test]
fn a_file_that_reads_back_differently_is_not_called_saved() {
    let fs = disk();
    fs.let_another_write(Operation::SyncFolder, FILE, *b"theirs");
    let (outcome, _) = save_waiting(&fs);
    let error = outcome.expect_err("it is not our content");
    assert!(matches!(error, StoreError::Differs { .. }), "{error}");
}

#[test]
fn a_file_held_for_a_moment_is_replaced_in_the_end() {
    for code in [5, 32, 33] {
        for operation in [Operation::Info, Operation::Read, Operation::Rename] {
            let fs = disk();
            strike(&fs, operation, 3, Damage::Held(code));
            let (outcome, slept) = save_waiting(&fs);
            saved(outcome);
            assert_eq!(slept, [10, 25, 50], "{operation:?} with error {code}");
        }
    }
}

#[test]
fn a_file_held_for_long_keeps_the_new_content_beside_it() {
    let fs = disk();
    strike(&fs, Operation::Rename, u64::MAX, Damage::Held(32));
    let (outcome, slept) = save_waiting(&fs);
    assert_eq!(slept, [10, 25, 50, 100, 200]);
    let kept = "/项目/自评表 2020（未能覆盖的保存 2025-03-01 14-30-05）.jiping";
    let error = outcome.expect_err("the file is held");
    assert_eq!(error.kept(), Some(kept.as_ref()));
    assert_eq!(fs.content(kept).as_deref(), Some(NEW));
    assert_eq!(fs.content(FILE).as_deref(), Some(OLD));
    insta::assert_snapshot!(error.to_string().replace('\\', "/"), @"替换原文件时出错：文件正被其他程序占用（如 WPS、杀毒软件、同步盘），或没有权限。磁盘上的原文件未改动。新内容已完整写在：/项目/自评表 2020（未能覆盖的保存 2025-03-01 14-30-05）.jiping。请关闭占用该文件的程序后再保存，或另存为新文件。文件：/项目/自评表 2020.jiping");

    let (again, _) = save_waiting(&fs);
    let second = "/项目/自评表 2020（未能覆盖的保存 2025-03-01 14-30-05 2）.jiping";
    assert_eq!(again.expect_err("still held").kept(), Some(second.as_ref()));
}

#[test]
fn where_nothing_can_be_renamed_the_new_content_goes_to_the_backups() {
    let fs = disk();
    strike(&fs, Operation::Rename, u64::MAX, Damage::Denied);
    // The first puts the backup of the old content in place, the second would keep the new one beside the file.
    fs.inject(Fault {
        on: Some(Operation::RenameNew),
        from: 2,
        times: 1,
        damage: Damage::Denied,
    });
    let error = save(&fs, NEW, expecting(OLD)).expect_err("no rights");
    let kept = error.kept().expect("kept").to_path_buf();
    assert!(kept.starts_with("/data/backups"), "{}", kept.display());
    assert_eq!(fs.content(kept).as_deref(), Some(NEW));
    assert_eq!(fs.content(FILE).as_deref(), Some(OLD));
}

#[test]
fn a_refusal_of_the_check_reaches_the_person_before_the_disk() {
    let fs = disk();
    let sleeper = Scripted::default();
    let saver = Saver {
        fs: &fs,
        sleeper: &sleeper,
    };
    let refuse: Check<'_> = &|bytes| {
        assert_eq!(bytes, NEW);
        Err("写出的内容与表中不一致".to_owned())
    };
    let outcome = saver.save(SaveRequest {
        path: FILE.as_ref(),
        bytes: NEW,
        expected: expecting(OLD),
        backups: None,
        check: Some(refuse),
        now: &now(),
    });
    insta::assert_snapshot!(outcome.expect_err("refused"), @"保存前核对未通过：写出的内容与表中不一致。磁盘上的文件未改动，本次内容尚未保存。请撤销最近一步修改后再保存，并保留本提示以便查找原因。文件：/项目/自评表 2020.jiping");
    assert!(fs.operations().is_empty());
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let fs = disk();
    fs.set_read_only(FILE, true);
    let error = save(&fs, NEW, expecting(OLD)).expect_err("read-only");
    insta::assert_snapshot!(error, @"文件是只读的，不能覆盖。磁盘上的原文件未改动，本次内容尚未保存。请另存为新文件，或取消文件的只读属性后再保存。文件：/项目/自评表 2020.jiping");
    assert_eq!(fs.content(FILE).as_deref(), Some(OLD));
    assert_eq!(names(&fs), ["自评表 2020.jiping"]);
}

#[test]
fn a_folder_without_rights_is_said_so() {
    let fs = disk();
    strike(&fs, Operation::CreateNew, u64::MAX, Damage::Denied);
    let error = save(&fs, NEW, expecting(OLD)).expect_err("no rights");
    insta::assert_snapshot!(error, @"新建临时文件时出错：没有权限。磁盘上的原文件未改动，本次内容尚未保存。请另存到有写入权限的文件夹。文件：/项目/自评表 2020.jiping");
}

#[test]
fn a_backup_that_fails_is_a_warning() {
    let fs = disk();
    strike(&fs, Operation::CreateFolders, 1, Damage::NoSpace);
    let saved = saved(save(&fs, NEW, expecting(OLD)));
    let [warning @ SaveWarning::Backup(_)] = saved.warnings.as_slice() else {
        panic!("{:?}", saved.warnings);
    };
    let text = warning.to_string();
    let (text, folder) = text.rsplit_once("：").expect("a path at the end");
    assert!(folder.starts_with("/data/backups"), "{folder}");
    insta::assert_snapshot!(text, @"已保存，但上一版本没有留下备份：写入备份时出错：磁盘空间不足。刚保存的文件完好；请检查备份所在的磁盘。备份");
    assert_eq!(fs.content(FILE).as_deref(), Some(NEW));
}

#[test]
fn the_target_of_a_link_is_written_and_the_link_stays() {
    let fs = disk();
    fs.link("/桌面/自评表.jiping", FILE);
    let sleeper = Scripted::default();
    let saver = Saver {
        fs: &fs,
        sleeper: &sleeper,
    };
    saver
        .replace_atomically("/桌面/自评表.jiping".as_ref(), NEW, &now())
        .expect("saves");
    assert_eq!(fs.content(FILE).as_deref(), Some(NEW));
    assert_eq!(
        fs.resolve("/桌面/自评表.jiping".as_ref()).unwrap(),
        std::path::Path::new(FILE)
    );
    assert_eq!(fs.names("/桌面"), ["自评表.jiping"]);
}

#[test]
fn an_export_overwrites_nothing() {
    let fs = disk();
    let sleeper = Scripted::default();
    let saver = Saver {
        fs: &fs,
        sleeper: &sleeper,
    };
    let error = saver.write_new(FILE.as_ref(), NEW).expect_err("exists");
    assert!(matches!(error, StoreError::Exists { .. }), "{error}");
    assert_eq!(fs.content(FILE).as_deref(), Some(OLD));
    saver
        .write_new("/项目/导出.xlsx".as_ref(), NEW)
        .expect("is new");
    assert_eq!(fs.content("/项目/导出.xlsx").as_deref(), Some(NEW));
}

#[test]
fn an_export_overwrites_no_file_that_comes_in_between() {
    for operation in [Operation::Sync, Operation::RenameNew] {
        let fs = disk();
        fs.remove(FILE.as_ref()).unwrap();
        fs.let_another_write(operation, FILE, OLD);
        let sleeper = Scripted::default();
        let saver = Saver {
            fs: &fs,
            sleeper: &sleeper,
        };
        let error = saver.write_new(FILE.as_ref(), NEW);
        let error = error.expect_err("came in between");
        assert!(matches!(error, StoreError::Exists { .. }), "{error}");
        assert_eq!(fs.content(FILE).as_deref(), Some(OLD));
        assert_eq!(names(&fs), ["自评表 2020.jiping"]);
    }
}
