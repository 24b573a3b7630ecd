//! What a closed form says of itself on paper, and what a review copy lists of notes and of the form's way.

use jiff::civil::date;
use jiping::{
    model::{
        id::{CountedIds, Id},
        path::{Place, StatedField},
        project::{Note, Project, Stage},
        review::{NoteKind, Reply, StageRecord},
    },
    rules::checker::check_project,
    sheet::{
        booklet::{Booklet, Mark},
        office::Behind,
        review::{Imprint, ReviewOptions, Reviewed},
        table::FormSheet,
        word::form,
        workbook::{WorkbookOptions, workbook},
    },
};

use super::{
    LaidOut, SAMPLE, TIME, TYPESETTER, edition_of, first_project, inspect::letters, readback,
};

const ANSWER: &str = "回复（李梅，2021-03-04 15:00）：已核对明细";

/// The sample, closed, with two notes; one is answered.
fn closed() -> Project {
    let mut project = first_project("assets/samples/shenzhen-2020-filed.jiping");
    let mut ids = CountedIds(1 << 40);
    for (to, reason) in [(Stage::Submitted, ""), (Stage::Final, "主任已审阅")] {
        let time = "2021-03-05 14:32".to_owned();
        let mut record = StageRecord::of(&project, Id::new(&mut ids), to, "李梅".into(), time);
        record.reason = reason.into();
        project.stage = to;
        project.stages.push(record);
    }
    let mut note = |place, kind, text: &str| Note {
        id: Id::new(&mut ids),
        at: project.at(place),
        author: "王审".into(),
        time: "2021-03-04 09:10".into(),
        text: text.into(),
        kind,
        resolved: kind == NoteKind::Question,
        replies: Default::default(),
        unknown: Default::default(),
    };
    let total = Place::Stated(StatedField::TotalScore);
    let mut first = note(total, NoteKind::MustChange, "总分与明细不符");
    let second = note(Place::Whole, NoteKind::Question, "资金何时到账");
    first.replies.push(Reply {
        id: Id::new(&mut ids),
        author: "李梅".into(),
        time: "2021-03-04 15:00".into(),
        text: "已核对明细".into(),
        unknown: Default::default(),
    });
    project.notes.push(first);
    project.notes.push(second);
    project
}

fn review(project: &Project) -> (Booklet, jiping::rules::checker::ProjectFindings) {
    let edition = edition_of(project);
    let findings = check_project(project, &edition, date(2021, 3, 5));
    let reviewed = Reviewed {
        project,
        edition: &edition,
        findings: &findings,
    };
    let imprint = Imprint {
        document: "科协自评表".into(),
        revision: "3f9ac2e1".into(),
        time: TIME,
        mark: Mark::Final,
    };
    let booklet = Booklet::review(&[reviewed], &imprint, ReviewOptions::default());
    (booklet, findings)
}

#[test]
fn a_closed_form_prints_its_code_on_every_page_and_breaks_where_it_did() {
    let project = closed();
    let seal = letters(&project.seal().expect("closed").to_string());
    let laid = LaidOut::new(&project, &edition_of(&project));
    assert_eq!(laid.pages.count(), SAMPLE.pages.count());
    let texts = readback::page_texts(&laid.pages);
    for (text, draft) in texts.iter().zip(readback::page_texts(&SAMPLE.pages)) {
        let (text, draft) = (letters(text), letters(&draft));
        assert!(text.contains(&seal), "{text}");
        assert!(!draft.contains("校验码"), "a draft has none");
        assert_eq!(
            text.replace(&seal, "").len(),
            draft.len(),
            "nothing else moves"
        );
    }
}

#[test]
fn workbook_and_word_have_the_code_at_the_foot() {
    let project = closed();
    let edition = edition_of(&project);
    let seal = project.seal().expect("closed").to_string();
    let sheet = FormSheet::new(&project, &edition);
    let booklet = Booklet::official([sheet], TIME);
    let behind = Behind {
        project: &project,
        edition: &edition,
        findings: None,
    };
    let bytes = workbook(&booklet, &[behind], WorkbookOptions::default()).expect("a workbook");
    let written = super::workbook::entry(&bytes, "xl/worksheets/sheet1.xml");
    assert!(written.contains(&seal), "{seal}");
    let document = form::document(&booklet, &[behind]).expect("a document");
    assert_eq!(document.sections[0].footer.as_ref(), Some(&seal));

    let (copy, findings) = review(&project);
    let behind = Behind {
        findings: Some(&findings),
        ..behind
    };
    let bytes = workbook(&copy, &[behind], WorkbookOptions::default()).expect("a workbook");
    let written = super::workbook::entry(&bytes, "xl/worksheets/sheet1.xml");
    assert!(written.contains(&seal) && written.contains("3f9ac2e1"));
    let comments = super::workbook::entry(&bytes, "xl/comments1.xml");
    for told in ["必须改，王审", ANSWER] {
        assert!(comments.contains(told), "{told}");
    }
    let document = form::document(&copy, &[behind]).expect("a document");
    assert!(format!("{document:?}").contains(ANSWER));
    let foot = document.sections[0].footer.as_ref().expect("a foot");
    assert!(foot.contains(&seal) && foot.contains("3f9ac2e1"), "{foot}");
    assert!(
        !document.sections[1]
            .footer
            .as_ref()
            .expect("a foot")
            .contains(&seal)
    );
}

#[test]
fn a_review_copy_lists_notes_with_answers_and_the_way_of_the_form() {
    let project = closed();
    let (booklet, _) = review(&project);
    let pages = TYPESETTER.lay_out(&booklet).expect("lays out");
    let text = letters(&readback::page_texts(&pages).concat());
    for said in [
        "附二　审核意见",
        "共 2 条。未处理：必须改 1 条。",
        "总分与明细不符",
        ANSWER,
        "附四　流转记录",
        "主任已审阅",
        "自评→送审",
        &project.content_hash().to_string(),
    ] {
        assert!(text.contains(&letters(said)), "{said}");
    }
    // A note tells the page of its cell.
    let noted = &booklet.parts[2].sheet;
    let told = booklet.references.iter().filter(|one| one.part == 2);
    assert_eq!(told.count(), 2, "{}", noted.name);
}
