//! The open file: revisions, the saved mark, snapshots, and what comes from outside.

use std::ffi::OsString;

use jiff::{Timestamp, tz::TimeZone};
use jiping::{
    edit::{command::EditCommand, history::Grouping, refusal::Refusal},
    model::{
        document::Document,
        id::{CountedIds, Id},
        path::Place,
        project::{Project, Stage},
    },
    session::{
        environment::{Environment, SOURCE_DATE_EPOCH},
        session::{DiskState, Session},
    },
};

use super::generate::EDITION;

fn environment() -> Environment {
    let time = Timestamp::from_second(1_614_926_000).expect("a time");
    let time = time.to_zoned(TimeZone::UTC);
    Environment::new(move || time.clone(), CountedIds(500), "张三")
}

fn document() -> Document {
    let mut ids = CountedIds(0);
    let mut document = Document::new(Id::new(&mut ids));
    document.projects.push(Project::blank(&EDITION, &mut ids));
    document
}

fn year(session: &Session, text: &str) -> EditCommand {
    let project = session.document().projects.first().expect("a project");
    EditCommand::SetCell {
        at: project.at(Place::Header("year".into())),
        text: text.into(),
    }
}

#[test]
fn every_change_of_the_document_is_a_new_revision() {
    let mut session = Session::with_new(document(), environment());
    let first = session.revision();
    let second = session
        .edit(&year(&session, "2020"), None)
        .expect("a change");
    assert!(second > first);
    assert_eq!(
        session.edit(&year(&session, "2020"), None),
        Ok(second),
        "nothing has changed"
    );
    assert_eq!(session.undo().as_deref(), Some("修改 实施年度"));
    let third = session.revision();
    assert!(
        third > second,
        "the same content again is still another revision"
    );
    assert_eq!(session.redo().as_deref(), Some("修改 实施年度"));
    assert!(session.revision() > third);
    let last = session.revision();
    assert_eq!(session.redo(), None);
    assert_eq!(session.revision(), last);
}

#[test]
fn a_refused_change_leaves_the_revision() {
    let mut session = Session::with_new(document(), environment());
    let project = session.document().projects.first().expect("a project").id;
    let stage = Stage::Published;
    session
        .edit(&EditCommand::SetStage { project, stage }, None)
        .expect("a change");
    let (revision, before) = (session.revision(), session.document().clone());
    let refusal = session.edit(&year(&session, "2020"), None);
    assert_eq!(refusal, Err(Refusal::LockedByStage(stage)));
    assert_eq!(session.revision(), revision);
    assert_eq!(*session.document(), before);
}

#[test]
fn saving_marks_what_was_written_not_what_was_typed_meanwhile() {
    let mut session = Session::with_new(document(), environment());
    assert_eq!(
        (session.is_saved(), session.disk()),
        (false, DiskState::New)
    );
    let entered = Some(Grouping(1));
    session
        .edit(&year(&session, "2"), entered)
        .expect("a change");
    let written = session.snapshot_for_saving();
    session
        .edit(&year(&session, "20"), entered)
        .expect("a change");
    session.saved(&written, "甲.jiping".into());
    assert!(!session.is_saved());
    assert_eq!(session.disk(), DiskState::InStep);
    assert_eq!(session.file(), Some("甲.jiping".as_ref()));
    session.undo();
    assert!(session.is_saved());
    assert_eq!(*session.document(), written.document);
}

#[test]
fn an_opened_file_is_saved_until_it_is_changed() {
    let mut session = Session::with_opened(document(), "甲.jiping".into(), environment());
    assert!(session.is_saved());
    session
        .edit(&year(&session, "2020"), None)
        .expect("a change");
    assert!(!session.is_saved());
    session.observe_disk(DiskState::ChangedOutside);
    assert_eq!(session.disk(), DiskState::ChangedOutside);
}

#[test]
fn a_snapshot_stays_as_it_was() {
    let mut session = Session::with_new(document(), environment());
    let snapshot = session.snapshot();
    session
        .edit(&year(&session, "2020"), None)
        .expect("a change");
    assert_eq!(*snapshot.document, document());
    assert!(snapshot.revision < session.revision());
}

#[test]
fn time_ids_and_name_come_from_outside() {
    let mut session = Session::with_new(document(), environment());
    let environment = session.environment();
    assert_eq!(environment.time_of_note(), "2021-03-05 06:33");
    assert_eq!(environment.today().to_string(), "2021-03-05");
    assert_eq!(environment.user(), "张三");
    assert_eq!(Id::<Project>::new(environment.ids()).bits(), 501);
    environment.set_user("李四");
    assert_eq!(environment.user(), "李四");
}

#[test]
fn source_date_epoch_stops_the_clock() {
    let machine = |epoch: &'static str| {
        Environment::of_machine(move |name| match name {
            SOURCE_DATE_EPOCH => Some(OsString::from(epoch)),
            "USER" => Some("zhang".into()),
            _ => None,
        })
    };
    let environment = machine("1614926000");
    assert_eq!(environment.time_of_note(), "2021-03-05 06:33");
    assert_eq!(environment.now(), environment.now());
    assert_eq!(environment.user(), "zhang");
    for unreadable in ["", "gestern", "99999999999999999999"] {
        assert!(machine(unreadable).now().year() > 2021);
    }
}
