//! The n-th operation fails, for every n; the power fails at the n-th operation, for every n.

use jiping::store::{
    Expected, Fs, SaveOutcome, Saver, StoreError, open,
    simulated::{Damage, Fault, Operation, SimulatedFs, Survival},
};

use super::*;

const DAMAGES: [Damage; 10] = [
    Damage::NoSpace,
    Damage::Device,
    Damage::Denied,
    Damage::Held(5),
    Damage::Held(32),
    Damage::Held(33),
    Damage::Unsupported,
    Damage::ShortWrite,
    Damage::TornWrite,
    Damage::LostAnswer,
];

/// No save takes this many operations; a loop that gets here does not end.
const TOO_MANY: u64 = 500;

fn every_operation(n: u64, times: u64, damage: Damage) -> Fault {
    Fault {
        on: None,
        from: n,
        times,
        damage,
    }
}

/// Runs `attempt` with the n-th operation failing for n = 1, 2, … until the failure comes too late to strike, and says how
/// many operations there were.
fn for_every_n(times: u64, damage: Damage, mut attempt: impl FnMut(u64, Fault) -> bool) -> u64 {
    let mut n = 1;
    while attempt(n, every_operation(n, times, damage)) {
        n += 1;
        assert!(n < TOO_MANY, "{damage:?} × {times} never passes");
    }
    n - 1
}

/// What must hold after any failed or successful attempt to replace `before` (perhaps nothing) by [`NEW`].
fn assert_harmless(
    fs: &SimulatedFs,
    before: Option<&[u8]>,
    outcome: &Result<SaveOutcome, StoreError>,
    case: &str,
) {
    let on_disk = fs.content(FILE);
    let on_disk = on_disk.as_deref();
    match outcome {
        Ok(SaveOutcome::Saved(_)) => assert_eq!(on_disk, Some(NEW), "{case}"),
        Ok(SaveOutcome::Conflict { .. }) => panic!("{case}: nobody else wrote"),
        Err(error) => {
            let message = error.to_string();
            assert!(message.contains("时出错："), "{case}: {message}");
            assert!(message.ends_with(FILE), "{case}: {message}");
            let expected = match error {
                StoreError::Unverified { .. } => Some(NEW),
                _ => before,
            };
            assert_eq!(on_disk, expected, "{case}: {message}");
            if let Some(kept) = error.kept() {
                assert_eq!(fs.content(kept).as_deref(), Some(NEW), "{case}: {message}");
                assert!(
                    message.contains(&kept.display().to_string()),
                    "{case}: {message}"
                );
            }
        }
    }
}

/// After the trouble is over, the same document can be saved and nothing of ours lies about, except what was kept.
///
/// The simulated disk forgets what was not synced, so a disk that refused to sync is not switched off.
fn assert_recovers(
    fs: &SimulatedFs,
    outcome: &Result<SaveOutcome, StoreError>,
    expected: Expected,
    case: &str,
) {
    fs.heal();
    let expected = match outcome {
        Ok(_) => expecting(NEW),
        Err(error) => error.written().map_or(expected, Expected::Content),
    };
    let again = saved(save(fs, NEW, expected));
    assert!(again.warnings.is_empty(), "{case}: {:?}", again.warnings);
    assert_eq!(fs.content(FILE).as_deref(), Some(NEW), "{case}");
    let refused_to_sync = case.contains("Unsupported");
    fs.restart(match refused_to_sync {
        true => Survival::Everything,
        false => Survival::Nothing,
    });
    let opened = open(fs, FILE.as_ref(), LIMIT, now().timestamp()).expect("opens");
    assert_eq!(opened.bytes, NEW, "{case}");
    let strangers: Vec<String> = names(fs)
        .into_iter()
        .filter(|name| !FILE.ends_with(name.as_str()) && !name.contains("未能覆盖的保存"))
        .collect();
    assert!(strangers.is_empty(), "{case}: {strangers:?}");
}

#[test]
fn a_failure_at_any_operation_of_a_save_harms_nothing() {
    for damage in DAMAGES {
        for times in [1, u64::MAX] {
            let operations = for_every_n(times, damage, |n, fault| {
                // Persistent lost answers: the disk does everything and denies it, so no program can tell what it holds.
                let unknowable = damage == Damage::LostAnswer && times > 1;
                let case = format!("{damage:?} × {times} at {n}");
                let fs = disk();
                fs.inject(fault);
                let outcome = save(&fs, NEW, expecting(OLD));
                let struck = fs.was_struck();
                if unknowable {
                    let content = fs.content(FILE).expect("still there");
                    assert!(content == OLD || content == NEW, "{case}: torn");
                } else {
                    assert_harmless(&fs, Some(OLD), &outcome, &case);
                    assert_recovers(&fs, &outcome, expecting(OLD), &case);
                }
                struck
            });
            assert!(operations >= 20, "{damage:?}: only {operations} operations");
        }
    }
}

#[test]
fn a_failure_at_any_operation_of_a_first_save_leaves_nothing_or_everything() {
    for damage in DAMAGES {
        let operations = for_every_n(1, damage, |n, fault| {
            let case = format!("{damage:?} at {n}");
            let fs = disk();
            fs.remove(FILE.as_ref()).unwrap();
            fs.inject(fault);
            let outcome = save(&fs, NEW, Expected::Absent);
            let struck = fs.was_struck();
            assert_harmless(&fs, None, &outcome, &case);
            assert_recovers(&fs, &outcome, Expected::Absent, &case);
            struck
        });
        assert!(operations >= 8, "{damage:?}: only {operations} operations");
    }
}

#[test]
fn a_failure_at_any_operation_of_an_export_leaves_nothing_or_everything() {
    for damage in DAMAGES {
        let operations = for_every_n(1, damage, |n, fault| {
            let case = format!("{damage:?} at {n}");
            let fs = disk();
            fs.remove(FILE.as_ref()).unwrap();
            fs.inject(fault);
            let sleeper = Scripted::default();
            let saver = Saver {
                fs: &fs,
                sleeper: &sleeper,
            };
            let outcome = saver.write_new(FILE.as_ref(), NEW).map(SaveOutcome::Saved);
            assert_harmless(&fs, None, &outcome, &case);
            fs.was_struck()
        });
        assert!(operations >= 8, "{damage:?}: only {operations} operations");
    }
}

#[test]
fn a_success_with_a_failed_step_says_which() {
    let mut said = String::new();
    for_every_n(1, Damage::Device, |n, fault| {
        let fs = disk();
        fs.inject(fault);
        let outcome = save(&fs, NEW, expecting(OLD));
        let struck = fs.was_struck();
        if let Ok(SaveOutcome::Saved(saved)) = outcome {
            for warning in &saved.warnings {
                said += &format!("{warning}\n");
            }
            fs.heal();
            let kept = backups().list(&fs, FILE.as_ref()).expect("lists");
            let warned = !saved.warnings.is_empty();
            assert!(
                !kept.is_empty() || warned,
                "{n}: no backup and nobody was told"
            );
        }
        struck
    });
    for step in ["写入备份", "新建临时文件", "设置文件权限", "更新文件夹记录"]
    {
        assert!(said.contains(&format!("{step}时出错：")), "{step}: {said}");
    }
    assert!(
        said.lines().all(|line| line.starts_with("已保存，但")),
        "{said}"
    );
}

#[test]
fn each_operation_names_its_own_step() {
    let steps = [
        (Operation::Resolve, "查找文件位置"),
        (Operation::Read, "读取磁盘上的现有文件"),
        (Operation::CreateNew, "新建临时文件"),
        (Operation::Write, "写入临时文件"),
        (Operation::Sync, "把临时文件写到磁盘"),
        (Operation::Close, "关闭临时文件"),
        (Operation::Rename, "替换原文件"),
    ];
    for (operation, step) in steps {
        let fs = disk();
        // Without backups, so that the first of each kind belongs to the file itself.
        fs.inject(Fault {
            on: Some(operation),
            from: 1,
            times: 1,
            damage: Damage::NoSpace,
        });
        let sleeper = Scripted::default();
        let saver = Saver {
            fs: &fs,
            sleeper: &sleeper,
        };
        let error = saver.replace_atomically(FILE.as_ref(), NEW, &now());
        let message = error.expect_err("fails").to_string();
        let beginning = format!("{step}时出错：磁盘空间不足。");
        assert!(message.starts_with(&beginning), "{operation:?}: {message}");
        let data = message.contains("文件未改动")
            && message.contains("新内容已完整写在") != message.contains("尚未保存");
        assert!(data, "{operation:?}: {message}");
    }
}

#[test]
fn a_disk_that_cannot_sync_still_saves() {
    for operation in [Operation::Sync, Operation::SyncFolder] {
        let fs = disk();
        fs.inject(Fault {
            on: Some(operation),
            from: 1,
            times: u64::MAX,
            damage: Damage::Unsupported,
        });
        let saved = saved(save(&fs, NEW, expecting(OLD)));
        assert!(
            fs.was_struck() && saved.warnings.is_empty(),
            "{operation:?}"
        );
    }
}

#[test]
fn a_power_loss_at_any_operation_leaves_the_old_or_the_new_file() {
    for survival in [Survival::Nothing, Survival::Names, Survival::Everything] {
        let mut ended_old = 0;
        let mut ended_new = 0;
        for_every_n(1, Damage::Crash, |n, fault| {
            let case = format!("{survival:?} after a crash at {n}");
            let fs = disk();
            fs.inject(fault);
            let outcome = save(&fs, NEW, expecting(OLD));
            let struck = fs.was_struck();
            fs.restart(survival);

            let opened = open(&fs, FILE.as_ref(), LIMIT, now().timestamp());
            let bytes = opened.expect("opens").bytes;
            match bytes.as_slice() {
                OLD => ended_old += 1,
                NEW => ended_new += 1,
                torn => panic!("{case}: {torn:?}"),
            }
            if outcome.is_ok() {
                assert_eq!(bytes, NEW, "{case}: confirmed and lost");
            }
            assert_eq!(names(&fs), ["自评表 2020.jiping"], "{case}: leftovers");

            saved(save(&fs, b"the next day", expecting(&bytes)));
            let kept = backups().list(&fs, FILE.as_ref()).expect("lists");
            assert!(!kept.is_empty(), "{case}");
            for backup in &kept {
                let read = backups().read(&fs, backup, LIMIT);
                let read = read.unwrap_or_else(|error| panic!("{case}: {error}"));
                assert!(read == OLD || read == NEW, "{case}");
            }
            let folder = kept[0].path.parent().expect("in a folder");
            assert_eq!(
                fs.names(folder).len(),
                kept.len(),
                "{case}: leftovers of backups"
            );
            struck
        });
        assert!(
            ended_old > 10 && ended_new > 0,
            "{survival:?}: {ended_old} old, {ended_new} new"
        );
    }
}

#[test]
fn a_power_loss_at_any_operation_of_a_first_save_leaves_no_torn_file() {
    for survival in [Survival::Nothing, Survival::Names, Survival::Everything] {
        for_every_n(1, Damage::Crash, |n, fault| {
            let fs = disk();
            fs.remove(FILE.as_ref()).unwrap();
            fs.sync_folder(FOLDER.as_ref()).unwrap();
            fs.inject(fault);
            let confirmed = save(&fs, NEW, Expected::Absent).is_ok();
            let struck = fs.was_struck();
            fs.restart(survival);
            let content = fs.content(FILE);
            let whole = content.is_none() || content.as_deref() == Some(NEW);
            assert!(whole, "{survival:?} at {n}: {content:?}");
            assert!(content.is_some() || !confirmed, "{survival:?} at {n}: lost");
            struck
        });
    }
}
