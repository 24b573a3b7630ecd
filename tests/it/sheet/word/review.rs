//! The review copy in Word: findings and notes as comments, pages told by fields, the mark, drawings left out.

use jiff::civil::date;
use jiping::{
    model::{
        id::Id,
        path::{Place, StatedField},
        project::{Note, Project},
    },
    rules::checker::check_project,
    sheet::{
        booklet::{Booklet, Mark},
        office::Behind,
        review::{Imprint, ReviewOptions, Reviewed},
        word::form,
    },
};

use super::{
    super::{TIME, edition_of, first_project},
    bytes, part, seen,
};

fn imprint() -> Imprint {
    Imprint {
        document: "科协自评表".to_owned(),
        revision: "3f9ac2e1".to_owned(),
        time: TIME,
        mark: Mark::ForReview,
    }
}

fn noted() -> Project {
    let mut project = first_project("assets/samples/shenzhen-2020-filed.jiping");
    let note = |number: u64, at, author: &str, text: &str| Note {
        id: Id::from_bits(number),
        at: project.at(at),
        author: author.to_owned(),
        time: "2021-03-06 09:15".to_owned(),
        text: text.into(),
        kind: Default::default(),
        resolved: number == 2,
        replies: Default::default(),
        unknown: Default::default(),
    };
    let total = Place::Stated(StatedField::TotalScore);
    let notes = [
        note(1, total, "王处", "请说明 <总分>\n两行"),
        note(2, Place::Whole, "", "整份表"),
    ];
    for note in notes {
        project.notes.push(note);
    }
    project
}

#[test]
fn findings_and_notes_are_comments_at_their_cells() {
    let project = noted();
    let edition = edition_of(&project);
    let findings = check_project(&project, &edition, date(2021, 3, 5));
    let one = Reviewed {
        project: &project,
        edition: &edition,
        findings: &findings,
    };
    let options = ReviewOptions {
        charts: true,
        ..ReviewOptions::default()
    };
    let behind = Behind {
        project: &project,
        edition: &edition,
        findings: Some(&findings),
    };
    let booklet = Booklet::review(&[one], &imprint(), options);
    let document = form::document(&booklet, &[behind]).expect("a document");
    let [copy] = &seen(std::slice::from_ref(&document))[..] else {
        panic!("one document");
    };

    assert_eq!(copy.comments.len(), findings.findings.len() + 2);
    assert_eq!(copy.commented.len(), copy.comments.len());
    for (number, finding) in (1..).zip(&findings.findings) {
        let begin = format!(
            "{number}. {}（{}）：{}",
            finding.level, finding.rule.code, finding.message
        );
        let found = copy.comments.iter().filter(|one| one.1.starts_with(&begin));
        assert_eq!(found.count(), 1, "{begin}");
    }
    let at = |text: &str| {
        let number = copy
            .comments
            .iter()
            .position(|one| one.1.starts_with(text))
            .expect(text);
        let place = copy
            .commented
            .iter()
            .find(|one| one.0 == number)
            .expect("a place");
        (copy.comments[number].0.as_str(), place.1.as_str())
    };
    assert_eq!(at("建议：请说明 <总分>\n两行"), ("王处", "99.97"));
    assert_eq!(
        at("建议：整份表（已处理）"),
        ("审核人", "项目支出绩效自评表")
    );

    let told = findings.findings.len();
    let pages = copy
        .fields
        .iter()
        .filter(|field| field.starts_with("PAGEREF _place"));
    assert_eq!(
        pages.count(),
        told + 2,
        "every finding and note tells its page"
    );
    let drawings = copy
        .paragraphs
        .iter()
        .filter(|one| one.1.contains("图表没有放进 Word 文件"));
    let drawn: usize = booklet.parts.iter().map(|part| part.drawings.len()).sum();
    assert_eq!((drawings.count(), drawn > 0), (drawn, true));
    let docx = bytes(&document);
    assert!(part(&docx, "word/header1.xml").contains("string=\"送审稿\""));
    assert!(part(&docx, "word/footer1.xml").contains("版本 3f9ac2e1"));
    assert!(part(&docx, "word/comments.xml").contains("2021-03-06T09:15:00Z"));
}

#[test]
fn copies_of_a_project_have_each_their_own_comments_and_pages_run_through() {
    let project = noted();
    let edition = edition_of(&project);
    let findings = check_project(&project, &edition, date(2021, 3, 5));
    let one = Reviewed {
        project: &project,
        edition: &edition,
        findings: &findings,
    };
    let behind = Behind {
        project: &project,
        edition: &edition,
        findings: Some(&findings),
    };
    let booklet = Booklet::review(&[one, one], &imprint(), ReviewOptions::default());
    let document = form::document(&booklet, &[behind, behind]).expect("a document");
    let silent = Behind {
        findings: None,
        ..behind
    };
    let without = form::document(&booklet, &[silent, silent]).expect("a document");
    let [copy, quiet] = &seen(&[document, without])[..] else {
        panic!("two documents");
    };
    assert_eq!(copy.comments.len(), 2 * (findings.findings.len() + 2));
    assert!(quiet.comments.is_empty());
    assert!(
        copy.sections.iter().all(|section| !section.4),
        "pages are counted through"
    );
    assert!(copy.fields.iter().all(|field| field != "SECTIONPAGES"));
}
