//! 佐证材料: files are registered, found changed or missing, found again, and follow the document to another folder.

use std::path::{Path, PathBuf};

use jiping::{
    edit::command::{EditCommand, NewParts},
    model::{
        id::Id,
        project::{Evidence, Stage},
    },
    session::{
        evidence::{checked, found, places, registered},
        progress::Progress,
        session::Session,
    },
    sharing::evidence::{check::State, completeness::Completeness, find::find},
    store::{
        Fingerprint, Fs as _, RealFs,
        simulated::{Damage, Fault, Operation, SimulatedFs},
    },
};

use crate::session::{FILE, disk, open, world};

const PDF: &str = "/项目/佐证/合同.pdf";
const SHEET: &str = "/项目/佐证/签到表.xlsx";

/// A disk with a document and two files that may prove something.
fn with_files() -> SimulatedFs {
    let fs = disk();
    fs.put(PDF, b"contract".to_vec());
    fs.put(SHEET, b"list".to_vec());
    fs
}

/// Registers files for the first indicator.
fn register(fs: &SimulatedFs, session: &mut Session, paths: &[&str]) {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let environment = world(fs);
    let (taken, problems) = registered(&environment, &paths, session.path(), &Progress::default());
    assert!(problems.is_empty(), "{problems:?}");
    let project = session.document().projects.first().expect("a project");
    let row = project.rows().next().expect("a row").indicator.id;
    let parts: Vec<Evidence> = taken
        .iter()
        .zip(1..)
        .map(|(one, id)| Evidence {
            indicator: Some(row),
            ..one.evidence(Id::from_bits(0xE00 + id))
        })
        .collect();
    let insert = EditCommand::Insert {
        project: project.id,
        parts: NewParts::Evidence(parts),
        index: 0,
    };
    assert_eq!(session.edit(&insert), Ok(true));
}

fn states(fs: &SimulatedFs, session: &Session) -> Vec<State> {
    let environment = world(fs);
    let checked = checked(
        &environment,
        session.document(),
        session.path(),
        &Progress::default(),
    );
    let lines = checked.lines.iter();
    let state = |id| checked.states.get(&id).cloned().expect("looked at");
    lines.map(|line| state(line.evidence.id)).collect()
}

fn files(session: &Session) -> Vec<String> {
    let project = session.document().projects.first().expect("a project");
    project
        .evidence
        .iter()
        .map(|one| one.file.clone())
        .collect()
}

#[test]
fn files_are_found_changed_or_missing_and_a_share_that_is_away_is_neither() {
    let fs = with_files();
    let mut session = open(&fs);
    register(&fs, &mut session, &[PDF, SHEET]);
    assert_eq!(files(&session), ["佐证/合同.pdf", "佐证/签到表.xlsx"]);
    assert_eq!(states(&fs, &session), [State::Present, State::Present]);
    // As long as before: the content decides.
    fs.put(PDF, b"CONTRACT".to_vec());
    fs.remove(Path::new(SHEET)).expect("removed");
    assert_eq!(states(&fs, &session), [State::Changed, State::Missing]);
    fs.inject(Fault {
        on: Some(Operation::Info),
        from: 1,
        times: 9,
        damage: Damage::Device,
    });
    for state in states(&fs, &session) {
        assert!(matches!(state, State::Unreadable(_)), "{state:?}");
    }
}

#[test]
fn files_that_moved_are_found_by_their_content() {
    let fs = with_files();
    let mut session = open(&fs);
    register(&fs, &mut session, &[PDF, SHEET]);
    fs.put("/归档/改名.pdf", b"contract".to_vec());
    fs.put("/归档/签到表.xlsx", b"another list".to_vec());
    fs.remove(Path::new(PDF)).expect("removed");
    fs.remove(Path::new(SHEET)).expect("removed");
    let environment = world(&fs);
    let lost = checked(
        &environment,
        session.document(),
        session.path(),
        &Progress::default(),
    );
    let progress = Progress::default();
    let again = found(&environment, Path::new("/归档"), &lost.lines, &progress);
    assert_eq!(again.seen, 2);
    let places = places(&environment, &again, session.path());
    let at = Id::from_bits(0xE01);
    assert_eq!(places, [(at, "../归档/改名.pdf".to_owned())]);
    let folder = tempfile::TempDir::new().expect("a folder");
    let deep = folder.path().join("2020/合同");
    std::fs::create_dir_all(&deep).expect("made");
    std::fs::write(deep.join("另名.pdf"), "contract").expect("written");
    let again = find(&RealFs, folder.path(), &lost.lines, &|| true);
    assert_eq!(
        again.files,
        [(at, deep.join("另名.pdf"))],
        "folders below too"
    );
}

#[test]
fn files_are_found_from_wherever_the_document_is_saved_even_when_it_is_final() {
    let fs = with_files();
    fs.create_folders(Path::new("/报送")).expect("made");
    let mut session = open(&fs);
    register(&fs, &mut session, &[PDF]);
    let project = session.document().projects.first().expect("a project").id;
    let stage = EditCommand::SetStage {
        project,
        stage: Stage::Final,
    };
    session.edit(&stage).expect("moved on");
    session
        .save_as(Path::new("/报送/表.jiping"))
        .expect("saved");
    assert!(!session.is_dirty(), "what was rewritten is in the file");
    assert_eq!(files(&session), ["../项目/佐证/合同.pdf"]);
    assert_eq!(states(&fs, &session), [State::Present]);
    // A save that does not come off leaves everything as it is.
    session.save_as(Path::new(FILE)).expect("a conflict");
    assert_eq!(files(&session), ["../项目/佐证/合同.pdf"]);
    let again = Session::open(world(&fs), Path::new("/报送/表.jiping")).expect("opens");
    assert_eq!(states(&fs, &again), [State::Present]);
}

#[test]
fn completeness_counts_indicators_with_a_result() {
    let fs = with_files();
    let mut session = open(&fs);
    let of = |session: &Session| {
        Completeness::of(session.document().projects.first().expect("a project"))
    };
    let before = of(&session);
    assert_eq!((before.with(), before.without.len()), (0, before.wanted));
    register(&fs, &mut session, &[PDF, SHEET]);
    let after = of(&session);
    assert_eq!((after.wanted, after.with()), (before.wanted, 1));
    let words = format!("{} 项指标中 1 项有材料", after.wanted);
    assert_eq!(after.in_words(), words);
}

#[test]
fn large_files_are_read_piece_by_piece_within_bounds_and_can_be_given_up() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("大文件.bin");
    let bytes: Vec<u8> = (0..1_000_000u32).map(|n| n as u8).collect();
    std::fs::write(&path, &bytes).expect("written");
    let limit = bytes.len() as u64;
    let read = RealFs.fingerprint(&path, limit, &|| true);
    assert_eq!(read.expect("read"), Fingerprint::of(&bytes));
    let kind = |result: std::io::Result<Fingerprint>| result.expect_err("refused").kind();
    let short = RealFs.fingerprint(&path, limit - 1, &|| true);
    assert_eq!(kind(short), std::io::ErrorKind::FileTooLarge);
    let given_up = RealFs.fingerprint(&path, limit, &|| false);
    assert_eq!(kind(given_up), std::io::ErrorKind::Interrupted);
}
