//! Reading in a process of its own: what comes back, and every way in which it can end badly.

use std::{path::PathBuf, process::Command, time::Duration};

use jiping::exchange::{
    child::{Apart, Aside, Within},
    error::{Excess, ReadError},
    grid::Content,
    kind::Kind,
    limits,
    watch::{Unwatched, Watch},
};

const FORM: &[u8] = include_bytes!("../../exchange/old/form.xls");

/// The program itself.
const PROGRAM: &str = env!("CARGO_BIN_EXE_jiping-cli");

/// Reads a file with this program and a folder of its own, which is empty afterwards.
fn read_by(
    program: impl Into<PathBuf>,
    patience: Duration,
    watch: &dyn Watch,
) -> Result<Content, ReadError> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let apart = Apart {
        patience,
        ..Apart::new(program, folder.path())
    };
    let content = apart.read(Kind::OldWorkbook, FORM, watch);
    let left = std::fs::read_dir(folder.path())
        .expect("the folder is there")
        .count();
    assert_eq!(left, 0, "nothing is left in the folder");
    content
}

#[test]
fn a_child_reads_what_this_process_would() {
    let here = Within.read(Kind::OldWorkbook, FORM, &Unwatched).unwrap();
    assert_eq!(read_by(PROGRAM, limits::TIME, &Unwatched), Ok(here));
}

#[test]
fn a_child_says_why_it_read_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let apart = Apart::new(PROGRAM, folder.path());
    let error = apart.read(Kind::OldWorkbook, b"no workbook", &Unwatched);
    assert!(matches!(error, Err(ReadError::Broken(_))), "{error:?}");
    let error = apart.read(Kind::Word, FORM, &Unwatched);
    assert_eq!(error, Err(ReadError::Unreadable(Kind::Word)));
}

#[test]
fn a_child_takes_no_file_that_is_too_large() {
    let folder = tempfile::tempdir().unwrap();
    let apart = Apart::new(PROGRAM, folder.path());
    let error = apart.read(Kind::OldWorkbook, &vec![0; limits::FILE + 1], &Unwatched);
    assert_eq!(error, Err(ReadError::TooLarge(Excess::File)));
}

#[test]
fn a_kind_that_is_not_read_apart_is_refused_by_the_child() {
    for arguments in [&["--read-apart"][..], &["--read-apart", "docx"]] {
        let done = Command::new(PROGRAM).args(arguments).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        assert!(done.stdout.is_empty());
    }
}

#[test]
fn a_program_that_is_not_there_is_no_crash_of_this_one() {
    let error = read_by("/nowhere/jiping", limits::TIME, &Unwatched);
    let Err(ReadError::Crashed(why)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(why, "读取程序没有启动：文件或文件夹不存在");
}

/// What the standard library says of its own end, by which the parent knows it.
#[test]
fn a_process_without_memory_says_so() {
    const ASKED: &str = "JIPING_TEST_STARVES";
    if std::env::var_os(ASKED).is_some() {
        let too_much = Vec::<u8>::with_capacity(isize::MAX as usize);
        println!("{}", too_much.capacity());
        return;
    }
    let test = std::env::current_exe().unwrap();
    let name = std::thread::current().name().unwrap().to_owned();
    let starved = Command::new(test)
        .args(["--exact", &name, "--nocapture"])
        .env(ASKED, "1")
        .output()
        .unwrap();
    assert!(!starved.status.success());
    let said = String::from_utf8_lossy(&starved.stderr);
    assert!(said.contains("memory allocation of"), "{said}");
}

/// Programs in the place of this one that end in every other way: they are scripts.
#[cfg(unix)]
mod stand_ins {
    use std::{
        cell::Cell,
        path::{Path, PathBuf},
        time::Instant,
    };

    use super::*;

    /// A program that does something else than to read.
    fn stand_in(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange/child");
        folder.join(format!("{name}.sh"))
    }

    #[test]
    fn the_file_goes_in_and_the_answer_comes_out() {
        let content = read_by(stand_in("answers"), limits::TIME, &Unwatched).unwrap();
        assert_eq!(
            content.remarks,
            [format!("--read-apart xls {}", FORM.len())]
        );
        let refused = read_by(stand_in("refuses"), limits::TIME, &Unwatched);
        assert_eq!(refused, Err(ReadError::Protected));
    }

    #[test]
    fn a_child_that_ends_badly_is_an_error_of_the_file() {
        let crashed = |why: &str| Err(ReadError::Crashed(why.to_owned()));
        for (program, error) in [
            ("garbles", crashed("没有得到完整的结果")),
            ("aborts", crashed("进程被系统终止")),
            ("fails", crashed("退出代码 101")),
            ("starves", Err(ReadError::TooLarge(Excess::Memory))),
        ] {
            let found = read_by(stand_in(program), limits::TIME, &Unwatched);
            assert_eq!(found, error, "{program}");
        }
    }

    #[test]
    fn a_child_that_takes_too_long_is_ended() {
        let begun = Instant::now();
        let error = read_by(stand_in("hangs"), Duration::from_secs(1), &Unwatched);
        assert_eq!(error, Err(ReadError::TooSlow(1)));
        assert!(begun.elapsed() < Duration::from_secs(10));
    }

    /// Somebody cancels after a few looks.
    #[derive(Default)]
    struct Impatient {
        looks: Cell<u32>,
        reached: Cell<u32>,
    }

    impl Watch for Impatient {
        fn stopped(&self) -> Option<ReadError> {
            self.looks.set(self.looks.get() + 1);
            (self.looks.get() > 3).then_some(ReadError::Cancelled)
        }

        fn reached(&self, thousandths: u32) {
            self.reached.set(self.reached.get().max(thousandths));
        }
    }

    #[test]
    fn a_child_is_ended_when_somebody_cancels() {
        let begun = Instant::now();
        let watch = Impatient::default();
        let error = read_by(stand_in("hangs"), Duration::from_secs(60), &watch);
        assert_eq!(error, Err(ReadError::Cancelled));
        assert!(begun.elapsed() < Duration::from_secs(10));
        assert_eq!(watch.reached.into_inner(), 0);
    }
}
