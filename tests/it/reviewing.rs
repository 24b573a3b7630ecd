//! Notes with their answers, 送审、退回、定稿 with their record, and what a closed form says of itself.

use jiping::{
    edit::{apply::apply, command::EditCommand, refusal::Refusal},
    model::{
        content_hash::ContentHash,
        document::Document,
        id::{CountedIds, Id},
        path::{CellPath, Place},
        project::{Note, Project, Stage},
        review::{NoteKind, Reply, StageRecord},
    },
    store::format,
};

const FILED: &[u8] = include_bytes!("../../assets/samples/shenzhen-2020-filed.jiping");

/// The filed sample on its way from hand to hand.
struct Form {
    document: Document,
    ids: CountedIds,
}

impl Form {
    fn new() -> Self {
        let mut ids = CountedIds(1 << 40);
        let opened = format::read(FILED, &mut ids).expect("opens");
        Self {
            document: opened.document,
            ids,
        }
    }

    fn project(&self) -> &Project {
        self.document.projects.first().expect("a project")
    }

    fn make(&mut self, command: &EditCommand) {
        self.document = apply(&self.document, command).expect("is allowed");
    }

    fn refusal(&self, command: &EditCommand) -> Refusal {
        apply(&self.document, command).expect_err("is refused")
    }

    fn step(&mut self, to: Stage, reason: &str) -> EditCommand {
        let time = "2021-03-05 14:32".to_owned();
        let id = Id::new(&mut self.ids);
        let mut record = StageRecord::of(self.project(), id, to, "李梅".into(), time);
        record.reason = reason.into();
        let project = self.project().id;
        EditCommand::MoveOn { project, record }
    }

    fn go(&mut self, to: Stage, reason: &str) {
        let command = self.step(to, reason);
        self.make(&command);
    }

    fn name(&self) -> CellPath {
        self.project().at(Place::Header("project_name".into()))
    }

    fn rename(&self, text: &str) -> EditCommand {
        let (at, text) = (self.name(), text.to_owned());
        EditCommand::SetCell { at, text }
    }

    fn note(&mut self, kind: NoteKind) -> Id<Note> {
        let id = Id::new(&mut self.ids);
        let note = Note {
            id,
            at: self.name(),
            author: "王审".into(),
            time: "2021-03-06 09:00".into(),
            text: "请用全称".into(),
            kind,
            resolved: false,
            replies: Default::default(),
            unknown: Default::default(),
        };
        let project = self.project().id;
        self.make(&EditCommand::AddNote { project, note });
        id
    }

    fn reply(&mut self, text: &str) -> Reply {
        Reply {
            id: Id::new(&mut self.ids),
            author: "李梅".into(),
            time: "2021-03-06 10:00".into(),
            text: text.into(),
            unknown: Default::default(),
        }
    }
}

#[test]
fn a_note_is_changed_and_answered_at_every_stage_and_the_form_stays_the_same() {
    let mut form = Form::new();
    let said = form.project().content_hash();
    form.go(Stage::Final, "");
    let project = form.project().id;
    let note = form.note(NoteKind::Suggestion);
    form.make(&EditCommand::ChangeNote {
        project,
        note,
        text: "必须用全称".into(),
        kind: NoteKind::MustChange,
    });
    assert_eq!(form.project().open_demands(), 1);
    let reply = form.reply("已改");
    let id = reply.id;
    let answer = |reply| EditCommand::ReplyToNote {
        project,
        note,
        reply,
    };
    form.make(&answer(reply.clone()));
    form.make(&answer(Reply {
        text: "已改为全称".into(),
        ..reply.clone()
    }));
    let replies = &form.project().notes.first().expect("a note").replies;
    let texts: Vec<&str> = replies.iter().map(|reply| &*reply.text).collect();
    assert_eq!(
        texts,
        ["已改为全称"],
        "an answer with the same id is replaced"
    );
    // An answer stands at one note only.
    let other = form.note(NoteKind::Question);
    let elsewhere = EditCommand::ReplyToNote {
        project,
        note: other,
        reply,
    };
    assert_eq!(form.refusal(&elsewhere), Refusal::DuplicateId);
    form.make(&EditCommand::RemoveReply {
        project,
        note,
        reply: id,
    });
    assert_eq!(form.project().content_hash(), said);
    assert_eq!(form.project().seal().expect("closed").holds(), Some(true));
}

#[test]
fn every_step_is_on_record_and_what_is_locked_stays_locked() {
    let mut form = Form::new();
    form.go(Stage::Submitted, "");
    assert_eq!(
        form.refusal(&form.rename("别的")),
        Refusal::LockedByStage(Stage::Submitted)
    );
    form.go(Stage::Returned, "请用全称");
    form.make(&form.rename("全称"));
    form.go(Stage::Submitted, "");
    form.go(Stage::Final, "");
    form.go(Stage::Published, "");
    let opened = form.step(Stage::SelfEvaluation, " ");
    assert_eq!(
        form.refusal(&opened),
        Refusal::OpenedWithoutReason(Stage::Published)
    );
    form.go(Stage::SelfEvaluation, "审计更正");
    let steps = form.project().stages.iter();
    let steps: Vec<String> = steps.map(|step| step.called()).collect();
    assert_eq!(steps, ["送审", "退回", "送审", "定稿", "公开", "重新打开"]);
    let contents = form.project().stages.iter();
    let mut contents: Vec<&str> = contents.map(|step| &*step.content).collect();
    contents.dedup();
    assert_eq!(contents.len(), 2, "what was said changed once");
    // A form that is put in the place of this one keeps its record.
    let blank = Project {
        stages: Default::default(),
        ..form.project().clone()
    };
    form.make(&EditCommand::ReplaceForm {
        label: "替换".into(),
        form: blank.into(),
    });
    assert_eq!(form.project().stages.len(), 6);
    // A copy begins a record of its own.
    let copy = form.project().duplicate(&mut CountedIds(1 << 50));
    assert!(copy.stages.is_empty());
}

#[test]
fn a_closed_form_says_when_it_was_closed_and_whether_it_is_as_it_was() {
    let mut form = Form::new();
    assert_eq!(form.project().seal(), None);
    form.go(Stage::Final, "");
    let code = form.project().content_hash();
    let seal = form.project().seal().expect("closed").to_string();
    assert_eq!(seal, format!("内容校验码 {code}　2021-03-05 定稿"));
    form.go(Stage::Published, "");
    let seal = form.project().seal().expect("closed").to_string();
    assert!(
        seal.ends_with("定稿"),
        "it was closed before it was published"
    );
    // Written by another program, which knows no locks.
    let mut project = form.project().clone();
    project.header.insert("project_name".into(), "改".into());
    let seal = project.seal().expect("closed");
    assert_eq!(seal.holds(), Some(false));
    assert!(seal.to_string().ends_with("（定稿后内容有改动）"), "{seal}");
    // Nothing is on record.
    project.stages = Default::default();
    let seal = project.seal().expect("closed");
    assert_eq!(seal.holds(), None);
    assert!(!seal.to_string().contains("改动"));
}

#[test]
fn the_code_of_a_form_stays_the_same_for_ever() {
    // Printed on paper: a program of later years must come to the same.
    let form = Form::new();
    let code = form.project().content_hash();
    assert_eq!(code.to_string(), "8EFD-8EC1-3E02-32D9");
    let written = format::write(&form.document);
    let again = format::read(&written, &mut CountedIds(0)).expect("opens");
    let again = again
        .document
        .projects
        .first()
        .expect("a project")
        .content_hash();
    assert_eq!(again, code);
    let shown = code.to_string();
    for typed in [
        shown.to_lowercase(),
        shown.replace('-', ""),
        shown.replace('-', " － "),
    ] {
        assert_eq!(ContentHash::read(&typed), Some(code), "{typed}");
    }
    assert_eq!(ContentHash::read(&shown[1..]), None);
}
