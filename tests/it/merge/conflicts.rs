//! A test for every kind of conflict: it is told, what this side has stands until somebody decides, and either way is possible.

use jiping::{
    edit::command::{EditCommand, NewAdjustment},
    model::{
        figure::MoneyUnit,
        indicator::ApprovedField,
        path::{GoalField, IndicatorField, Place},
        project::Stage,
    },
    versions::merge::Matter,
};

use super::*;

#[test]
fn a_cell_that_both_changed() {
    let base = document();
    let field = || IndicatorField::Actual;
    let ours = changed(&base, &[cell(&base, "数量指标1", field(), "7")]);
    let theirs = changed(&base, &[cell(&base, "数量指标1", field(), "9")]);
    let merge = merge(Some(&base), &ours, &theirs);
    let item = only_conflict(&merge, Clash::BothChanged);
    assert_eq!((&*item.mine, &*item.theirs), ("7", "9"));
    assert_eq!(item.base.as_deref(), Some(""));
    assert!(!item.allows_both);
    assert_eq!(read(merge.merged(), "数量指标1", field()), "7");
    let theirs = decided(&merge, Choice::Theirs);
    assert_eq!(read(&theirs, "数量指标1", field()), "9");
}

#[test]
fn of_two_texts_both_can_stand_one_beneath_the_other() {
    let base = document();
    let goal = first(&base).goals.first().expect("a goal").id;
    let place = || Place::Goal(goal, GoalField::Actual);
    let ours = changed(&base, &[typing(&base, place(), "完成培训三期。")]);
    let theirs = changed(&base, &[typing(&base, place(), "满意度 95%。")]);
    let merge = merge(Some(&base), &ours, &theirs);
    assert!(only_conflict(&merge, Clash::BothChanged).allows_both);
    let both = decided(&merge, Choice::Both);
    let text = first(&both).cell_text(&place()).expect("a cell");
    assert_eq!(text, "完成培训三期。\n满意度 95%。");
}

#[test]
fn a_row_changed_here_and_removed_there() {
    let base = document();
    let field = || IndicatorField::Actual;
    let ours = changed(&base, &[cell(&base, "数量指标2", field(), "7")]);
    let theirs = changed(&base, &[removal(&base, "数量指标2")]);
    let here = merge(Some(&base), &ours, &theirs);
    only_conflict(&here, Clash::RemovedThere);
    assert_eq!(names(here.merged(), "数量指标").len(), 3);
    let gone = decided(&here, Choice::Theirs);
    assert_eq!(names(&gone, "数量指标"), ["数量指标1", "数量指标3"]);

    let there = merge(Some(&base), &theirs, &ours);
    only_conflict(&there, Clash::RemovedHere);
    assert_eq!(names(there.merged(), "数量指标").len(), 2);
    let back = decided(&there, Choice::Theirs);
    assert_eq!(
        names(&back, "数量指标"),
        ["数量指标1", "数量指标2", "数量指标3"]
    );
    assert_eq!(read(&back, "数量指标2", field()), "7");
}

#[test]
fn a_group_removed_there_while_a_row_in_it_was_filled_in_here_is_asked_for_once() {
    let base = document();
    let filled = [
        cell(&base, "质量指标1", IndicatorField::Actual, "7"),
        cell(&base, "质量指标3", IndicatorField::Actual, "8"),
    ];
    let ours = changed(&base, &filled);
    let removal = EditCommand::Remove {
        project: first(&base).id,
        parts: Parts::Groups(vec![group(&base, "质量指标")]),
    };
    let theirs = changed(&base, &[removal]);
    let merge = merge(Some(&base), &ours, &theirs);
    only_conflict(&merge, Clash::RemovedThere);
    assert_eq!(names(merge.merged(), "质量指标").len(), 3);
    let gone = decided(&merge, Choice::Theirs);
    assert_eq!(
        first(&gone).groups().count(),
        first(&base).groups().count() - 1
    );
}

#[test]
fn a_row_that_both_moved_elsewhere() {
    let base = document();
    let third = EditCommand::Insert {
        project: first(&base).id,
        parts: NewParts::Groups(
            first(&base)
                .goals
                .first()
                .expect("a goal")
                .sections
                .first()
                .expect("a section")
                .id,
            vec![Group::blank("时效指标", &mut CountedIds(5000))],
        ),
        index: 9,
    };
    let base = changed(&base, &[third]);
    let ours = changed(&base, &[relocation(&base, "数量指标1", "质量指标", 0)]);
    let theirs = changed(&base, &[relocation(&base, "数量指标1", "时效指标", 0)]);
    let merge = merge(Some(&base), &ours, &theirs);
    only_conflict(&merge, Clash::BothMoved);
    assert!(names(merge.merged(), "质量指标").contains(&"数量指标1".to_owned()));
    let there = decided(&merge, Choice::Theirs);
    assert!(names(&there, "时效指标").contains(&"数量指标1".to_owned()));
}

#[test]
fn rows_that_both_put_in_another_order() {
    let base = document();
    let ours = changed(&base, &[relocation(&base, "数量指标1", "数量指标", 2)]);
    let theirs = changed(&base, &[relocation(&base, "数量指标3", "数量指标", 0)]);
    let merge = merge(Some(&base), &ours, &theirs);
    let item = only_conflict(&merge, Clash::BothMoved);
    assert_eq!(item.matter, Matter::Order);
    assert_eq!(names(merge.merged(), "数量指标")[2], "数量指标1");
    let there = decided(&merge, Choice::Theirs);
    assert_eq!(names(&there, "数量指标")[0], "数量指标3");
}

#[test]
fn a_project_that_both_moved_on() {
    let base = document();
    let ours = changed(&base, &[staged(&base, Stage::Monitoring)]);
    let theirs = changed(&base, &[staged(&base, Stage::Returned)]);
    let merge = merge(Some(&base), &ours, &theirs);
    only_conflict(&merge, Clash::Stage);
    assert_eq!(first(merge.merged()).stage, Stage::Monitoring);
    assert_eq!(
        first(&decided(&merge, Choice::Theirs)).stage,
        Stage::Returned
    );
}

#[test]
fn a_form_closed_there_while_it_was_changed_here_is_one_or_the_other() {
    let base = document();
    let field = || IndicatorField::Actual;
    let ours = changed(&base, &[cell(&base, "数量指标1", field(), "7")]);
    let closing = [
        cell(&base, "数量指标2", field(), "8"),
        staged(&base, Stage::Final),
    ];
    let theirs = changed(&base, &closing);
    let merge = merge(Some(&base), &ours, &theirs);
    only_conflict(&merge, Clash::Stage);
    let mine = first(merge.merged());
    assert_eq!(mine.stage, Stage::SelfEvaluation);
    assert_eq!(
        read(merge.merged(), "数量指标2", field()),
        "8",
        "still open, so joined"
    );
    let closed = decided(&merge, Choice::Theirs);
    assert_eq!(first(&closed).content_hash(), first(&theirs).content_hash());
}

#[test]
fn a_form_in_another_unit_of_money_is_one_or_the_other() {
    let base = document();
    let ours = changed(
        &base,
        &[cell(&base, "数量指标1", IndicatorField::Actual, "7")],
    );
    let unit = match first(&base).money_unit {
        MoneyUnit::Yuan => MoneyUnit::TenThousandYuan,
        _ => MoneyUnit::Yuan,
    };
    let project = first(&base).id;
    let theirs = changed(&base, &[EditCommand::SetMoneyUnit { project, unit }]);
    let both = merge(Some(&base), &ours, &theirs);
    only_conflict(&both, Clash::Form);
    assert_eq!(**both.merged(), ours);
    assert_eq!(decided(&both, Choice::Theirs), theirs);
    let only_there = merge(Some(&base), &base, &theirs);
    assert_eq!(only_there.conflicts().count(), 0);
    assert_eq!(**only_there.merged(), theirs);
}

#[test]
fn an_approved_value_changes_only_with_a_record() {
    let base = document();
    let field = || IndicatorField::Target;
    let base = changed(&base, &[cell(&base, "数量指标1", field(), "≥10场")]);
    let project = first(&base).id;
    let ours = changed(&base, &[EditCommand::ApproveTargets { project }]);
    let theirs = changed(&base, &[cell(&base, "数量指标1", field(), "≥8场")]);
    let unrecorded = merge(Some(&base), &ours, &theirs);
    only_conflict(&unrecorded, Clash::Approved);
    assert_eq!(read(unrecorded.merged(), "数量指标1", field()), "≥10场");

    let adjustment = EditCommand::RecordAdjustment {
        project,
        row: row(&base, "数量指标1"),
        adjustment: NewAdjustment {
            field: ApprovedField::Target,
            new: "≥8场".into(),
            date: "2020-06-30".into(),
            document_no: "财预〔2020〕1号".into(),
            reason: "压减".into(),
        },
    };
    let adjusted = changed(&ours, &[adjustment]);
    let recorded = merge(Some(&ours), &ours, &adjusted);
    assert_eq!(recorded.conflicts().count(), 0);
    assert_eq!(**recorded.merged(), adjusted);
    // Kept as it was, the record goes too.
    let mut refused = recorded;
    let keys: Vec<Key> = refused
        .items()
        .iter()
        .map(|item| item.key.clone())
        .collect();
    refused.choose(keys.into_iter().map(|key| (key, Choice::Mine)));
    assert_eq!(**refused.merged(), ours);
}

#[test]
fn an_approved_row_goes_only_with_a_record() {
    let base = document();
    let project = first(&base).id;
    let ours = changed(&base, &[EditCommand::ApproveTargets { project }]);
    let theirs = changed(&base, &[removal(&base, "数量指标1")]);
    let merge = merge(Some(&base), &ours, &theirs);
    only_conflict(&merge, Clash::Approved);
    assert_eq!(names(merge.merged(), "数量指标").len(), 3);
}

#[test]
fn without_a_common_state_a_blank_gives_way_and_the_rest_is_asked() {
    let base = document();
    let field = || IndicatorField::Actual;
    let ours = [
        cell(&base, "数量指标1", field(), "7"),
        cell(&base, "数量指标2", field(), "8"),
    ];
    let theirs = [
        cell(&base, "数量指标2", field(), "9"),
        cell(&base, "数量指标3", field(), "10"),
    ];
    let (ours, theirs) = (changed(&base, &ours), changed(&base, &theirs));
    let merge = merge(None, &ours, &theirs);
    let item = only_conflict(&merge, Clash::BothChanged);
    assert_eq!((&*item.mine, &*item.theirs), ("8", "9"));
    let values = ["数量指标1", "数量指标2", "数量指标3"];
    let values = values.map(|name| read(merge.merged(), name, field()));
    assert_eq!(values, ["7", "8", "10"]);
}
