//! The same promises on the disk of this computer.

use std::{path::Path, sync::mpsc, time::Duration};

use jiping::store::{
    Backups, Expected, Fs, RealFs, RealSleeper, SaveOutcome, SaveRequest, Saver, StoreError, open,
};
use tempfile::TempDir;

use super::*;

const SAVER: Saver<'static> = Saver {
    fs: &RealFs,
    sleeper: &RealSleeper,
};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn read(path: &Path) -> Vec<u8> {
    RealFs.read(path, 1 << 20).expect("reads")
}

fn names_in(folder: &Path) -> Vec<String> {
    let names = RealFs.list(folder).expect("lists");
    let mut names: Vec<_> = names
        .iter()
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn put(path: &Path, bytes: &[u8]) {
    SAVER.write_new(path, bytes).expect("writes");
}

fn save_real(path: &Path, bytes: &[u8], expected: Expected, backups: &Backups) -> SaveOutcome {
    let request = SaveRequest {
        path,
        bytes,
        expected,
        backups: Some(backups),
        check: None,
        now: &now(),
    };
    SAVER.save(request).expect("no failure")
}

#[test]
fn names_of_all_kinds_are_saved_backed_up_and_opened() {
    let folder = folder();
    let backups = Backups::at(folder.path().join("backups"));
    let longest = format!("{}.jiping", "评".repeat(82));
    let names = [
        "自评表.jiping",
        "🎯 目标　全角空格.jiping",
        "a.b.c",
        "无扩展名",
        ".隐藏",
        &longest,
    ];
    for name in names {
        let path = folder.path().join(name);
        for (expected, bytes) in [(Expected::Absent, OLD), (expecting(OLD), NEW)] {
            let outcome = save_real(&path, bytes, expected, &backups);
            let saved = saved(Ok(outcome));
            assert!(saved.warnings.is_empty(), "{name}: {:?}", saved.warnings);
        }
        let opened = open(&RealFs, &path, LIMIT, now().timestamp()).expect("opens");
        assert_eq!(opened.bytes, NEW, "{name}");
        let kept = backups.list(&RealFs, &path).expect("lists");
        assert_eq!(kept.len(), 1, "{name}");
        assert_eq!(
            backups.read(&RealFs, &kept[0], LIMIT).expect("reads"),
            OLD,
            "{name}"
        );
    }
    assert_eq!(names_in(folder.path()).len(), names.len() + 1);
}

#[test]
fn a_name_that_is_too_long_is_said_so() {
    let folder = folder();
    let path = folder.path().join("评".repeat(100));
    let error = SAVER.write_new(&path, NEW).expect_err("too long");
    let message = error.to_string();
    assert!(
        message.contains("文件名过长或含有不允许的字符"),
        "{message}"
    );
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn a_missing_folder_is_no_place_to_save() {
    let folder = folder();
    let path = folder.path().join("没有/表.jiping");
    let error = SAVER.write_new(&path, NEW).expect_err("no folder");
    assert!(matches!(error, StoreError::NoFolder { .. }), "{error}");
    assert!(error.to_string().contains("没有”不存在"), "{error}");
}

#[test]
fn a_folder_is_neither_opened_nor_replaced() {
    let folder = folder();
    let opened = open(&RealFs, folder.path(), LIMIT, now().timestamp());
    assert!(
        matches!(opened, Err(StoreError::NotAFile { .. })),
        "{opened:?}"
    );
    let replaced = SAVER.replace_atomically(folder.path(), NEW, &now());
    assert!(
        matches!(replaced, Err(StoreError::NotAFile { .. })),
        "{replaced:?}"
    );
}

#[test]
fn reading_stops_at_the_bound() {
    let folder = folder();
    let path = folder.path().join("大.jiping");
    put(&path, &[b'x'; 5000]);
    assert_eq!(RealFs.read(&path, 5000).expect("fits").len(), 5000);
    let error = RealFs.read(&path, 4999).expect_err("too large");
    assert_eq!(error.kind(), std::io::ErrorKind::FileTooLarge);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_lies_about_its_length_is_bounded_too() {
    // The kernel gives 0 as the length of these.
    let lying = Path::new("/proc/self/maps");
    assert_eq!(RealFs.info(lying).expect("is there").length, 0);
    let error = RealFs.read(lying, 100).expect_err("too large");
    assert_eq!(error.kind(), std::io::ErrorKind::FileTooLarge);
}

#[cfg(unix)]
#[test]
fn devices_are_not_read() {
    let opened = open(&RealFs, "/dev/zero".as_ref(), LIMIT, now().timestamp());
    assert!(opened.is_err());
}

#[test]
fn a_second_name_is_never_taken_by_force() {
    let folder = folder();
    let (from, to) = (folder.path().join("a"), folder.path().join("b"));
    put(&from, NEW);
    put(&to, OLD);
    let error = RealFs.rename_new(&from, &to).expect_err("taken");
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!((read(&from), read(&to)), (NEW.to_vec(), OLD.to_vec()));
}

#[test]
fn the_second_save_waits_for_the_first_and_meets_a_conflict() {
    let folder = folder();
    let path = folder.path().join("表.jiping");
    put(&path, OLD);
    let now = now();
    let request = |bytes| SaveRequest {
        path: &path,
        bytes,
        expected: expecting(OLD),
        backups: None,
        check: None,
        now: &now,
    };
    let (begin, begun) = mpsc::channel();
    let (end, ended) = mpsc::channel();
    std::thread::scope(|scope| {
        let second = scope.spawn(move || {
            begun.recv().expect("the first begins");
            let outcome = SAVER.save(request(b"second")).expect("no failure");
            // Nobody listens any more once the first is done.
            end.send(()).ok();
            outcome
        });
        // In the midst of the first save, the second is given time to overtake it.
        let in_the_midst = |_: &[u8]| {
            begin.send(()).expect("the second waits");
            match ended.recv_timeout(Duration::from_millis(200)) {
                Ok(()) => Err("overtaken".to_owned()),
                Err(_) => Ok(()),
            }
        };
        let first = SAVER.save(SaveRequest {
            check: Some(&in_the_midst),
            ..request(NEW)
        });
        saved(first);
        let outcome = second.join().expect("ends");
        let conflict = matches!(outcome, SaveOutcome::Conflict { on_disk } if on_disk == Some(Fingerprint::of(NEW)));
        assert!(conflict, "{outcome:?}");
    });
    assert_eq!(read(&path), NEW);
}

#[cfg(unix)]
mod on_unix {
    use std::{
        fs,
        os::unix::fs::{PermissionsExt, symlink},
        path::PathBuf,
    };

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("is there").permissions().mode() & 0o777
    }

    fn chmod(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("sets");
    }

    #[test]
    fn permissions_are_kept() {
        let folder = folder();
        let path = folder.path().join("表.jiping");
        put(&path, OLD);
        for kept in [0o600, 0o640, 0o664] {
            chmod(&path, kept);
            let text = format!("{kept:o}");
            SAVER
                .replace_atomically(&path, text.as_bytes(), &now())
                .expect("saves");
            assert_eq!((mode(&path), read(&path)), (kept, text.into_bytes()));
        }
    }

    #[test]
    fn a_file_that_nobody_may_write_is_not_replaced() {
        let folder = folder();
        let path = folder.path().join("表.jiping");
        put(&path, OLD);
        chmod(&path, 0o444);
        let error = SAVER
            .replace_atomically(&path, NEW, &now())
            .expect_err("read-only");
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
        assert_eq!(read(&path), OLD);
    }

    #[test]
    fn links_are_followed_to_a_file_old_or_new() {
        let folder = folder();
        fs::create_dir(folder.path().join("真")).expect("creates");
        let target = folder.path().join("真/表.jiping");
        let (link, chain) = (
            folder.path().join("链接.jiping"),
            folder.path().join("再链接.jiping"),
        );
        symlink("真/表.jiping", &link).expect("links");
        symlink(&link, &chain).expect("links");
        for bytes in [OLD, NEW] {
            SAVER
                .replace_atomically(&chain, bytes, &now())
                .expect("saves");
            assert_eq!(read(&target), bytes);
        }
        assert_eq!(
            names_in(folder.path()),
            ["再链接.jiping", "真", "链接.jiping"]
        );
        for path in [&link, &chain] {
            assert!(fs::symlink_metadata(path).expect("is there").is_symlink());
        }
    }

    #[test]
    fn a_circle_of_links_is_an_error() {
        let folder = folder();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        symlink(&a, &b).expect("links");
        symlink(&b, &a).expect("links");
        assert!(SAVER.replace_atomically(&a, NEW, &now()).is_err());
        assert_eq!(names_in(folder.path()), ["a", "b"]);
    }

    #[test]
    fn names_that_are_not_unicode_are_saved() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder();
        // GBK bytes of 绩效.
        let path: PathBuf = folder
            .path()
            .join(std::ffi::OsStr::from_bytes(b"\xbc\xa8\xd0\xa7"));
        for bytes in [OLD, NEW] {
            SAVER
                .replace_atomically(&path, bytes, &now())
                .expect("saves");
            assert_eq!(read(&path), bytes);
        }
        assert_eq!(names_in(folder.path()).len(), 1);
    }
}
