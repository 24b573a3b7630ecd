//! Every message says what it means for the data and ends with the path.

use std::{io, path::PathBuf};

use jiping::store::{Fingerprint, Left, Step, StoreError, error::shown};

#[test]
fn the_long_form_of_windows_paths_is_not_shown() {
    assert_eq!(shown(r"\\?\C:\项目\a.jiping".as_ref()), r"C:\项目\a.jiping");
    assert_eq!(
        shown(r"\\?\UNC\server\share\a".as_ref()),
        r"\\server\share\a"
    );
    assert_eq!(shown("/项目/a.jiping".as_ref()), "/项目/a.jiping");
}

#[test]
fn every_message_names_the_path_last_and_the_data_before() {
    let path = || PathBuf::from(r"\\?\D:\绩效\表.jiping");
    let source = || io::Error::from(io::ErrorKind::StorageFull);
    let written = Fingerprint::of(b"x");
    let errors = [
        StoreError::Missing { path: path() },
        StoreError::NotAFile { path: path() },
        StoreError::TooLarge {
            limit: 5 << 20,
            path: path(),
        },
        StoreError::NoFolder {
            folder: path(),
            path: path(),
        },
        StoreError::Unreadable {
            step: Step::Open,
            path: path(),
            source: source(),
        },
        StoreError::ReadOnly { path: path() },
        StoreError::Refused {
            reason: "不一致".to_owned(),
            path: path(),
        },
        StoreError::Exists { path: path() },
        StoreError::ChangedMeanwhile { path: path() },
        StoreError::Failed {
            step: Step::WriteTemporary,
            left: Left::Nothing,
            path: path(),
            source: source(),
        },
        StoreError::NotReplaced {
            kept: path(),
            left: Left::Original,
            path: path(),
            source: source(),
        },
        StoreError::Unverified {
            written,
            path: path(),
            source: source(),
        },
        StoreError::Differs {
            on_disk: written,
            path: path(),
        },
        StoreError::DamagedBackup { path: path() },
    ];
    let data = ["没有", "未改动", "未作任何改动", "未受影响", "已经写入"];
    for error in errors {
        let message = error.to_string();
        assert!(message.ends_with(r"：D:\绩效\表.jiping"), "{message}");
        assert!(
            data.iter().any(|words| message.contains(words)),
            "{message}"
        );
        assert!(message.contains('请'), "{message}");
        assert!(!message.contains(r"\\?\"), "{message}");
    }
}
