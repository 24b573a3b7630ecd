//! `verify`: closed forms against what is on record, and codes from paper against the file.

use jiping::{
    edit::{apply::apply, command::EditCommand},
    model::{
        document::Document,
        id::{CountedIds, Id},
        path::Place,
        project::{Project, Stage},
        review::StageRecord,
    },
    store::format,
};

use super::{Desk, FILED};

const CLOSED: &str = "定稿.jiping";

fn project(document: &Document) -> &Project {
    document.projects.first().expect("a project")
}

/// The step of the first project to another stage.
fn step(document: &Document, to: Stage, reason: &str, ids: &mut CountedIds) -> EditCommand {
    let project = project(document);
    let time = "2021-03-05 14:32".to_owned();
    let mut record = StageRecord::of(project, Id::new(ids), to, "李梅".into(), time);
    record.reason = reason.into();
    EditCommand::MoveOn {
        project: project.id,
        record,
    }
}

fn renamed(document: &Document) -> EditCommand {
    EditCommand::SetCell {
        at: project(document).at(Place::Header("project_name".into())),
        text: "改过的名称".into(),
    }
}

impl Desk {
    /// The sample, sent, then closed; its code.
    fn put_closed(&self) -> String {
        let mut ids = CountedIds(1 << 40);
        let sample = format::read(self.content(FILED).as_bytes(), &mut ids).expect("opens");
        let mut document = sample.document;
        for to in [Stage::Submitted, Stage::Final] {
            let command = step(&document, to, "", &mut ids);
            document = apply(&document, &command).expect("moves on");
        }
        let written = String::from_utf8(format::write(&document)).expect("UTF-8");
        self.put(CLOSED, &written);
        project(&document).content_hash().to_string()
    }
}

#[test]
fn a_closed_form_is_as_it_was_and_its_code_is_known() {
    let desk = Desk::new();
    let code = desk.put_closed();
    let answer = desk.expect(0, &["verify", CLOSED, "--code", &code.to_lowercase()]);
    for said in [code.as_str(), "定稿", "李梅", "一致：是“"] {
        assert!(answer.out.contains(said), "{said}: {}", answer.out);
    }
    let seen = desk.json(0, &["verify", CLOSED, "--code", &code, "--format", "json"]);
    let project = &seen["projects"][0];
    assert_eq!(project["equal"], true);
    assert_eq!(project["content"], code.as_str());
    assert_eq!(project["closed"]["step"], "定稿");
    assert_eq!(seen["matches"][0]["now"], true);
    // What is no closed form has nothing to compare with.
    let open = desk.json(0, &["verify", FILED, "--format", "json"]);
    assert!(open["projects"][0]["equal"].is_null());
    assert!(open["projects"][0]["closed"].is_null());
}

#[test]
fn a_form_that_was_changed_by_hand_after_it_was_closed_is_told() {
    let desk = Desk::new();
    let code = desk.put_closed();
    let content = desk.content(CLOSED);
    assert!(content.contains("99.97"));
    desk.put(CLOSED, &content.replace("99.97", "99.99"));
    let answer = desk.expect(1, &["verify", CLOSED, "--code", &code]);
    assert!(answer.out.contains("不一致"), "{}", answer.out);
    assert!(answer.out.contains("后来改过"), "{}", answer.out);
    assert!(answer.err.contains("定稿后内容有改动"), "{}", answer.err);
    let seen = desk.json(1, &["verify", CLOSED, "--format", "json"]);
    assert_eq!(seen["projects"][0]["equal"], false);
}

#[test]
fn a_form_that_was_opened_again_knows_its_older_codes() {
    let desk = Desk::new();
    let code = desk.put_closed();
    let mut ids = CountedIds(1 << 41);
    let closed = format::read(desk.content(CLOSED).as_bytes(), &mut ids).expect("opens");
    let mut document = closed.document;
    for command in [
        step(&document, Stage::Returned, "更正", &mut ids),
        renamed(&document),
    ] {
        document = apply(&document, &command).expect("is allowed");
    }
    let written = String::from_utf8(format::write(&document)).expect("UTF-8");
    desk.put(CLOSED, &written);
    let seen = desk.json(1, &["verify", CLOSED, "--code", &code, "--format", "json"]);
    assert_eq!(seen["matches"][0]["now"], false);
    assert_eq!(seen["matches"][0]["step"], "退回");
    desk.expect(0, &["verify", CLOSED]);
}

#[test]
fn a_code_that_is_none_or_of_nothing_is_told() {
    let desk = Desk::new();
    desk.put_closed();
    let answer = desk.expect(1, &["verify", CLOSED, "--code", "0000-1111-2222-3333"]);
    assert!(
        answer.out.contains("文件中没有这个校验码"),
        "{}",
        answer.out
    );
    let answer = desk.expect(2, &["verify", CLOSED, "--code", "三月五日"]);
    assert!(answer.err.contains("16 位"), "{}", answer.err);
    desk.expect(2, &["verify", "没有.jiping"]);
}
