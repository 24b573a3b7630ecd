//! What is taken without a question, what is told, and what stays right afterwards.

use jiping::{
    model::{
        path::{CellPath, IndicatorField, Place},
        project::{Note, Stage},
        review::StageRecord,
    },
    versions::merge::Matter,
};

use super::*;

fn note(document: &Document, place: Place, text: &str, id: u64) -> EditCommand {
    EditCommand::AddNote {
        project: first(document).id,
        note: Note {
            id: Id::from_bits(id),
            at: first(document).at(place),
            author: "李".into(),
            time: "2021-03-05 14:32".into(),
            text: text.into(),
            kind: Default::default(),
            resolved: false,
            replies: Default::default(),
            unknown: Default::default(),
        },
    }
}

#[test]
fn both_sides_edits_of_different_rows_stand_together() {
    let base = document();
    let ours = [
        cell(&base, "数量指标1", IndicatorField::Actual, "7"),
        insertion(&base, "数量指标", 1, "新指标甲", 7000),
    ];
    let theirs = [
        cell(&base, "数量指标1", IndicatorField::Score, "5"),
        insertion(&base, "数量指标", 3, "新指标乙", 8000),
        relocation(&base, "质量指标3", "质量指标", 0),
    ];
    let (ours, theirs) = (changed(&base, &ours), changed(&base, &theirs));
    let merge = merge(Some(&base), &ours, &theirs);
    assert_eq!(merge.conflicts().count(), 0);
    let merged = merge.merged();
    assert_eq!(
        names(merged, "数量指标"),
        [
            "数量指标1",
            "新指标甲",
            "数量指标2",
            "数量指标3",
            "新指标乙"
        ]
    );
    assert_eq!(names(merged, "质量指标")[0], "质量指标3");
    assert_eq!(read(merged, "数量指标1", IndicatorField::Actual), "7");
    assert_eq!(read(merged, "数量指标1", IndicatorField::Score), "5");
    let told: Vec<Matter> = merge.items().iter().map(|item| item.matter).collect();
    assert_eq!(
        told,
        [Matter::Text, Matter::Added, Matter::Order].map(|matter| matter)
    );
}

#[test]
fn what_is_taken_can_be_left_out() {
    let base = document();
    let theirs = changed(
        &base,
        &[cell(&base, "数量指标1", IndicatorField::Actual, "7")],
    );
    let mut merge = merge(Some(&base), &base, &theirs);
    let key = merge.items()[0].key.clone();
    merge.choose([(key, Choice::Mine)]);
    assert_eq!(**merge.merged(), base);
    assert!(!merge.changes_anything());
    merge.forget_choices();
    assert_eq!(**merge.merged(), theirs);
}

#[test]
fn a_locked_form_takes_notes_and_nothing_else() {
    let base = document();
    let ours = changed(&base, &[staged(&base, Stage::Final)]);
    let place = Place::Indicator(row(&base, "数量指标1"), IndicatorField::Actual);
    let theirs = [
        cell(&base, "数量指标1", IndicatorField::Actual, "7"),
        note(&base, place, "请附签到表", 9000),
    ];
    let theirs = changed(&base, &theirs);
    let merge = merge(Some(&base), &ours, &theirs);
    let merged = first(merge.merged());
    assert_eq!(merged.content_hash(), first(&ours).content_hash());
    assert_eq!(merged.notes.len(), 1);
    let told = merge
        .items()
        .iter()
        .any(|item| item.matter == Matter::Locked);
    assert!(told, "{:#?}", merge.items());
    assert!(apply(&ours, &merge.command("合并")).is_ok());
}

#[test]
fn a_form_that_was_returned_is_open_again_with_its_notes() {
    let base = changed(&document(), &[staged(&document(), Stage::Submitted)]);
    let place = Place::Indicator(row(&base, "数量指标1"), IndicatorField::Actual);
    let theirs = [
        note(&base, place, "请附签到表", 9000),
        staged(&base, Stage::Returned),
    ];
    let mut theirs = changed(&base, &theirs);
    let record = StageRecord {
        id: Id::from_bits(9001),
        from: Stage::Submitted,
        to: Stage::Returned,
        by: "财政".into(),
        time: "2021-03-06 09:00".into(),
        reason: "补附件".into(),
        content: String::new(),
        unknown: Default::default(),
    };
    theirs
        .projects
        .get_mut(0)
        .expect("a project")
        .stages
        .push(record);
    // Whether or not the common state is at hand: the record tells who moved the form on.
    for base in [Some(&base), None] {
        let ours = changed(&document(), &[staged(&document(), Stage::Submitted)]);
        let merge = merge(base, &ours, &theirs);
        assert_eq!(merge.conflicts().count(), 0);
        assert_eq!(first(merge.merged()).stage, Stage::Returned);
        assert_eq!(**merge.merged(), theirs);
        assert_eq!(
            apply(&ours, &merge.command("合并")).expect("allowed"),
            theirs
        );
    }
}

#[test]
fn a_note_at_a_row_that_is_gone_stands_at_the_form() {
    let base = document();
    let ours = changed(&base, &[removal(&base, "数量指标1")]);
    let place = Place::Indicator(row(&base, "数量指标1"), IndicatorField::Actual);
    let theirs = changed(&base, &[note(&base, place, "请核对", 9000)]);
    let merge = merge(Some(&base), &ours, &theirs);
    let kept = first(merge.merged()).notes.first().expect("the note");
    assert_eq!(kept.at, first(&base).at(Place::Whole));
    let told = merge
        .items()
        .iter()
        .filter(|item| item.matter == Matter::NoteKept);
    assert_eq!(told.count(), 1);
}

#[test]
fn parts_follow_their_row_into_another_group() {
    let base = document();
    let part = EditCommand::SetPartOf {
        project: first(&base).id,
        row: row(&base, "数量指标2"),
        parent: Some(row(&base, "数量指标1")),
    };
    let ours = changed(&base, &[part]);
    let theirs = changed(&base, &[relocation(&base, "数量指标1", "质量指标", 0)]);
    let merge = merge(Some(&base), &ours, &theirs);
    assert_eq!(
        names(merge.merged(), "质量指标")[..2],
        ["数量指标1".to_owned(), "数量指标2".to_owned()]
    );
    crate::generate::assert_sound(merge.merged());
}

#[test]
fn a_merge_is_refused_once_the_document_is_another_one() {
    let base = document();
    let theirs = changed(
        &base,
        &[cell(&base, "数量指标1", IndicatorField::Actual, "7")],
    );
    let merge = merge(Some(&base), &base, &theirs);
    let meanwhile = changed(
        &base,
        &[cell(&base, "数量指标2", IndicatorField::Actual, "8")],
    );
    let refused = apply(&meanwhile, &merge.command("合并"));
    assert_eq!(refused, Err(jiping::edit::refusal::Refusal::MergeOutdated));
}

#[test]
fn the_report_says_what_was_taken_and_how_conflicts_were_decided() {
    let base = document();
    let field = || IndicatorField::Actual;
    let ours = changed(&base, &[cell(&base, "数量指标1", field(), "7")]);
    let theirs = [
        cell(&base, "数量指标1", field(), "9"),
        cell(&base, "数量指标2", field(), "11"),
    ];
    let theirs = changed(&base, &theirs);
    let mut merge = merge(Some(&base), &ours, &theirs);
    let edition = std::sync::Arc::new(EDITION.clone());
    let report = merge.report(&|_| Some(edition.clone()));
    assert!(report.contains("采用的改动（1）"), "{report}");
    assert!(
        report.contains("我的 “7”；对方 “9”；没有决定，保留我的"),
        "{report}"
    );
    let key: Key = only_conflict(&merge, Clash::BothChanged).key.clone();
    assert!(key.to_string().parse::<CellPath>().is_ok());
    merge.choose([(key, Choice::Theirs)]);
    let report = merge.report(&|_| Some(edition.clone()));
    assert!(report.contains("采用对方的"), "{report}");
}
