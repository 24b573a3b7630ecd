//! What a change does, and what is refused.

use jiping::{
    edit::{
        apply::apply,
        command::{
            ApprovedIndicator, EditCommand, NewAdjustment, NewParts, Parts, ReasonSpan, Relocation,
        },
        next_year::next_year,
        refusal::{Missing, Refusal},
    },
    model::{
        document::Document,
        figure::MoneyUnit,
        id::{CountedIds, Id},
        indicator::{
            Approved, ApprovedField, Cancellation, Group, Indicator, Removed, SharedReason,
        },
        method::Method,
        path::{BlockField, CellPath, IndicatorField, Place, StatedField},
        project::{Account, Evidence, Explanation, Note, Project, Stage},
    },
};
use proptest::prelude::*;

use super::generate::{EDITION, assert_sound, cell_text, document, places, step};

const NAMES: [&str; 4] = ["年度课题数量", "其中：市级", "其中：区级", "培训场次"];

/// A project whose first group has a row with two parts and a fourth row.
struct Form {
    document: Document,
    ids: CountedIds,
}

impl Form {
    fn new() -> Self {
        let mut ids = CountedIds(1000);
        let mut project = Project::blank(&EDITION, &mut ids);
        let goal = project.goals.get_mut(0).expect("a goal");
        let section = goal.sections.get_mut(0).expect("a section");
        let group = section.groups.get_mut(0).expect("a group");
        group.indicators.remove(0);
        let mut parent = None;
        for name in NAMES {
            let mut row = Indicator::blank(&mut ids);
            row.name = name.into();
            row.target = "≥14".into();
            row.weight = "5".into();
            row.part_of = parent.filter(|_| name.starts_with("其中"));
            parent = parent.or(Some(row.id));
            group.indicators.push(row);
        }
        let mut document = Document::new(Id::new(&mut ids));
        document.projects.push(project);
        Self { document, ids }
    }

    fn project(&self) -> &Project {
        self.document.projects.first().expect("a project")
    }

    fn id(&self) -> Id<Project> {
        self.project().id
    }

    fn group(&self, index: usize) -> &Group {
        self.project().groups().nth(index).expect("a group").group
    }

    /// The n-th row of the first group.
    fn row(&self, index: usize) -> &Indicator {
        self.group(0).indicators.get(index).expect("a row")
    }

    fn cell(&self, row: usize, field: IndicatorField) -> CellPath {
        self.project().at_indicator(self.row(row), field)
    }

    fn names(&self, group: usize) -> Vec<&str> {
        let rows = self.group(group).indicators.iter();
        rows.map(|row| row.name.as_str()).collect()
    }

    fn make(&mut self, command: &EditCommand) {
        self.document = apply(&self.document, command).expect("a command that can be made");
        assert_sound(&self.document);
    }

    fn refusal(&self, command: &EditCommand) -> Refusal {
        apply(&self.document, command).expect_err("a command that is refused")
    }

    fn set(&self, row: usize, field: IndicatorField, text: &str) -> EditCommand {
        EditCommand::SetCell {
            at: self.cell(row, field),
            text: text.into(),
        }
    }

    fn approve(&mut self) {
        let project = self.id();
        self.make(&EditCommand::ApproveTargets { project });
    }

    fn remove_rows(&self, rows: &[usize]) -> EditCommand {
        EditCommand::Remove {
            project: self.id(),
            parts: Parts::Indicators(rows.iter().map(|row| self.row(*row).id).collect()),
        }
    }

    fn move_row(&self, row: usize, group: usize, index: usize) -> EditCommand {
        EditCommand::Move {
            project: self.id(),
            to: Relocation::Indicators(vec![self.row(row).id], self.group(group).id),
            index,
        }
    }

    fn note(&mut self, at: CellPath) -> Note {
        Note {
            id: Id::new(&mut self.ids),
            at,
            author: "李".into(),
            time: "2021-03-05 14:32".into(),
            text: "请核实".into(),
            kind: Default::default(),
            resolved: false,
            replies: Default::default(),
            unknown: Default::default(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_place_can_be_set_and_read_back(document in document(), text in cell_text()) {
        for project in document.projects.iter() {
            for place in places(project) {
                let at = project.at(place);
                let command = EditCommand::SetCell { at: at.clone(), text: text.clone() };
                let is_tier = matches!(at.place, Place::Indicator(_, IndicatorField::Tier));
                let after = match apply(&document, &command) {
                    Err(Refusal::UnknownTier(refused)) if is_tier => {
                        prop_assert_eq!(refused, text.clone());
                        continue;
                    }
                    after => after.expect("a cell that can be set"),
                };
                let project = after.project(at.project).expect("the project");
                let read = project.cell_text(&at.place).expect("the cell");
                prop_assert!(read == text || is_tier && text.trim().is_empty() && read.is_empty());
                assert_sound(&after);
            }
        }
    }

    #[test]
    fn changes_keep_a_document_sound_and_its_file_equal(
        document in document(),
        steps in proptest::collection::vec(step(), 0..25),
    ) {
        let mut ids = CountedIds(1 << 40);
        let mut document = document;
        let mut written = serde_json::to_string(&document).expect("it can be written");
        for step in steps {
            let command = step.command(&document, &mut ids);
            let after = apply(&document, &command);
            let now = serde_json::to_string(&document).expect("it can be written");
            prop_assert_eq!(&now, &written, "the document before is never touched");
            if let Ok(after) = after {
                document = after;
                written = serde_json::to_string(&document).expect("it can be written");
                assert_sound(&document);
                let read: Document = serde_json::from_str(&written).expect("it can be read");
                prop_assert_eq!(&read, &document);
            }
        }
    }

    #[test]
    fn a_locked_stage_allows_only_what_stands_beside_the_form(document in document(), step in step()) {
        let mut ids = CountedIds(1 << 40);
        let mut locked = document;
        for index in 0..locked.projects.len() {
            locked.projects.get_mut(index).expect("a project").stage = Stage::Final;
        }
        let command = step.command(&locked, &mut ids);
        let Ok(after) = apply(&locked, &command) else { return Ok(()) };
        let content = |document: &Document| {
            let mut projects: Vec<Project> = document.projects.iter().map(|p| (**p).clone()).collect();
            projects.retain(|project| project.copied_from.is_none());
            projects.sort_by_key(|project| project.id);
            for project in &mut projects {
                project.stage = Stage::Final;
                project.notes = Default::default();
                project.stages = Default::default();
                project.working_paper = None;
                project.last_year = None;
                project.deadlines.clear();
                project.withheld = None;
                for index in 0..project.evidence.len() {
                    // Where it lies changes with the place of the document.
                    project.evidence.get_mut(index).expect("one").file.clear();
                }
            }
            projects
        };
        prop_assert_eq!(content(&after), content(&locked));
    }
}

#[test]
fn emptying_a_cell_keeps_what_a_blank_form_has() {
    let mut form = Form::new();
    let before = form.document.clone();
    let at = form.project().at(Place::Header("year".into()));
    assert!(form.project().header.contains_key("year"));
    for text in ["2020年", ""] {
        form.make(&EditCommand::SetCell {
            at: at.clone(),
            text: text.into(),
        });
    }
    assert_eq!(form.document, before);
}

#[test]
fn approved_values_are_changed_by_an_adjustment_only() {
    let mut form = Form::new();
    form.approve();
    for (field, approved) in [
        (IndicatorField::Name, ApprovedField::Name),
        (IndicatorField::Nature, ApprovedField::Nature),
        (IndicatorField::Target, ApprovedField::Target),
        (IndicatorField::Unit, ApprovedField::Unit),
        (IndicatorField::Weight, ApprovedField::Weight),
    ] {
        let refusal = form.refusal(&form.set(0, field, "另写"));
        let name = NAMES[0].to_owned();
        let field = approved;
        assert_eq!(refusal, Refusal::LockedByApproval { name, field });
        assert!(refusal.to_string().contains("记录调整"), "{refusal}");
    }
    for field in [
        IndicatorField::Actual,
        IndicatorField::Score,
        IndicatorField::Deviation,
        IndicatorField::Extra("x".into()),
    ] {
        form.make(&form.set(0, field, "12"));
    }
    let adjust = |new: &str| EditCommand::RecordAdjustment {
        project: form.id(),
        row: form.row(0).id,
        adjustment: NewAdjustment {
            field: ApprovedField::Target,
            new: new.into(),
            date: "2020-06-30".into(),
            document_no: "财预〔2020〕1号".into(),
            reason: "压减".into(),
        },
    };
    let (same, other) = (adjust("≥14"), adjust("≥7"));
    assert_eq!(
        form.refusal(&same),
        Refusal::NothingAdjusted(ApprovedField::Target)
    );
    form.make(&other);
    let row = form.row(0);
    assert_eq!(row.target.text(), "≥7");
    assert_eq!(row.approved.as_ref().expect("a record").target, "≥14");
    let adjustment = row.adjustments.first().expect("a record");
    assert_eq!(
        (adjustment.old.as_str(), adjustment.new.as_str()),
        ("≥14", "≥7")
    );
}

#[test]
fn what_was_approved_can_be_filled_back_without_an_adjustment() {
    let mut form = Form::new();
    let project = form.id();
    let filed = form.row(0).clone();
    let approved = Approved {
        target: "≥20".into(),
        ..filed.filed()
    };
    form.make(&EditCommand::ApproveRow {
        project,
        row: filed.id,
        approved: Some(approved),
    });
    let back = form.set(0, IndicatorField::Target, "≥20");
    form.make(&back);
    assert_eq!(form.row(0).target.text(), "≥20");

    // After an adjustment, going back to the approval is one more change of what is in force.
    form.make(&EditCommand::RecordAdjustment {
        project,
        row: filed.id,
        adjustment: NewAdjustment {
            field: ApprovedField::Target,
            new: "≥7".into(),
            date: "2020-06-30".into(),
            document_no: String::new(),
            reason: "压减".into(),
        },
    });
    let refusal = form.refusal(&form.set(0, IndicatorField::Target, "≥20"));
    assert!(matches!(refusal, Refusal::LockedByApproval { .. }));
}

#[test]
fn an_adjustment_on_record_without_its_document_is_completed() {
    let mut form = Form::new();
    form.approve();
    let (project, row) = (form.id(), form.row(0).id);
    let adjust = |document_no: &str, reason: &str| EditCommand::RecordAdjustment {
        project,
        row,
        adjustment: NewAdjustment {
            field: ApprovedField::Target,
            new: "≥7".into(),
            date: "2020-06-30".into(),
            document_no: document_no.into(),
            reason: reason.into(),
        },
    };
    form.make(&adjust(" ", "压减"));
    form.make(&adjust("财预〔2020〕1号", "年中压减"));
    let [adjustment] = form.row(0).adjustments.as_slice() else {
        panic!("one adjustment: {:?}", form.row(0).adjustments);
    };
    assert_eq!(adjustment.document_no, "财预〔2020〕1号");
    assert_eq!(adjustment.reason, "年中压减");
    assert_eq!((&*adjustment.old, &*adjustment.new), ("≥14", "≥7"));
    let refusal = form.refusal(&adjust("财预〔2020〕2号", "又压减"));
    assert_eq!(refusal, Refusal::NothingAdjusted(ApprovedField::Target));
}

fn cancellation(document_no: &str) -> Cancellation {
    Cancellation {
        date: "2020-08-10".into(),
        document_no: document_no.into(),
        reason: "任务取消".into(),
        unknown: Default::default(),
    }
}

#[test]
fn an_approved_row_is_given_up_by_an_adjustment_that_stays_on_record() {
    let mut form = Form::new();
    let project = form.id();
    let row = form.row(0).clone();
    let cancel = EditCommand::RecordCancellation {
        project,
        of: ApprovedIndicator::Row(row.id),
        cancellation: cancellation("财预〔2020〕1号"),
    };
    assert_eq!(
        form.refusal(&cancel),
        Refusal::NotApproved(NAMES[0].into()),
        "what was not approved is removed without further ado"
    );
    form.approve();
    let group = form.group(0).clone();
    form.make(&cancel);
    assert!(!form.names(0).contains(&NAMES[0]));
    let removed = form.project().removed.first().expect("it is listed");
    assert_eq!(removed.group, group.caption);
    assert_eq!(removed.approved, row.filed());
    assert_eq!(removed.cancelled, Some(cancellation("财预〔2020〕1号")));
}

#[test]
fn the_list_of_what_the_form_lacks_has_each_indicator_once() {
    let mut form = Form::new();
    let project = form.id();
    let view = form.project().rows().next().expect("a row");
    let listed = |target: &str, ids: &mut CountedIds| {
        let approved = Approved {
            name: "编印 教材".into(),
            target: target.into(),
            ..view.indicator.filed()
        };
        Removed {
            id: Id::new(ids),
            ..Removed::of(&view, approved)
        }
    };
    let mut ids = CountedIds(1 << 20);
    let (first, second) = (listed("≥5册", &mut ids), listed("≥6册", &mut ids));
    let (first_id, second_id) = (first.id, second.id);
    let list = |removed| EditCommand::ListRemoved { project, removed };
    form.make(&list(first));
    let cancelled = cancellation("");
    form.make(&EditCommand::RecordCancellation {
        project,
        of: ApprovedIndicator::Removed(first_id),
        cancellation: cancelled.clone(),
    });
    form.make(&list(second));
    let [removed] = &*form.project().removed.iter().collect::<Vec<_>>() else {
        panic!("one: {:?}", form.project().removed);
    };
    assert_eq!(removed.approved.target, "≥6册");
    assert_eq!(removed.cancelled, Some(cancelled), "it stays on record");

    let drop = |removed| EditCommand::DropRemoved { project, removed };
    assert_eq!(
        form.refusal(&drop(first_id)),
        Refusal::UnknownPlace(Missing::Removed)
    );
    form.make(&drop(second_id));
    assert!(form.project().removed.is_empty());
}

#[test]
fn approving_again_keeps_what_was_approved_first() {
    let mut form = Form::new();
    form.approve();
    let filed = form.row(0).approved.clone();
    let group = form.group(0).id;
    let mut row = Indicator::blank(&mut form.ids);
    row.target = "≥3".into();
    form.make(&EditCommand::Insert {
        project: form.id(),
        parts: NewParts::Indicators(group, vec![row]),
        index: usize::MAX,
    });
    form.approve();
    assert_eq!(form.row(0).approved, filed);
    let added = form.row(4).approved.as_ref().expect("a record");
    assert_eq!(added.target, "≥3");
}

#[test]
fn what_was_approved_for_a_row_is_recorded_beside_what_is_filed() {
    let mut form = Form::new();
    let project = form.id();
    let approve = |row, approved: Option<&Approved>| EditCommand::ApproveRow {
        project,
        row,
        approved: approved.cloned(),
    };
    let filed = form.row(1).clone();
    let approved = Approved {
        name: filed.name.clone(),
        nature: String::new(),
        target: "≥20".into(),
        unit: "次".into(),
        weight: "5".into(),
        unknown: Default::default(),
    };
    form.make(&approve(filed.id, Some(&approved)));
    let recorded = Indicator {
        approved: Some(approved.clone()),
        ..filed.clone()
    };
    assert_eq!(*form.row(1), recorded);
    let refusal = form.refusal(&form.set(1, IndicatorField::Target, "≥1"));
    assert!(matches!(refusal, Refusal::LockedByApproval { .. }));

    form.make(&approve(filed.id, None));
    assert_eq!(*form.row(1), filed);
    let unknown = form.refusal(&approve(Id::from_bits(u64::MAX), Some(&approved)));
    assert_eq!(unknown, Refusal::UnknownPlace(Missing::Indicator));
}

#[test]
fn a_row_is_given_a_method_that_suits_its_points() {
    let mut form = Form::new();
    // Scoring is not approved with the budget.
    form.approve();
    let set = |form: &Form, method: Option<&str>| EditCommand::SetMethod {
        project: form.id(),
        row: form.row(0).id,
        method: method.map(|text| Method::read(text).expect("a method")),
    };
    let command = set(&form, Some("90%以上得满分，80%-90%得4分"));
    assert_eq!(command.label(), "修改 计分办法");
    form.make(&command);
    assert_eq!(
        form.row(0).method.text(),
        "≥90%得满分；80%～90%得4分；低于80%不得分"
    );
    let too_much = form.refusal(&set(&form, Some("90%以上得满分，80%-90%得8分")));
    assert_eq!(
        too_much.to_string(),
        "没有修改：这个计分办法不能用，各档得分应在0和分值之间。请改正后再确定。"
    );
    let copy = form.project().duplicate(&mut CountedIds(9000));
    let next = next_year(
        form.project(),
        None,
        "李",
        "2021-03-05 14:32",
        &mut CountedIds(9500),
    );
    for project in [copy, next] {
        let kept = &project.rows().next().expect("a row").indicator.method;
        assert_eq!(*kept, form.row(0).method);
    }
    form.make(&set(&form, None));
    assert!(form.row(0).method.is_empty());
}

#[test]
fn the_account_is_recorded_beside_the_funds_and_kept_in_the_file() {
    let mut form = Form::new();
    let project = form.id();
    let before = form.document.clone();
    let account = Account {
        initial: "1,200,000.00".into(),
        adjusted: Default::default(),
        executed: "1,150,000.00".into(),
        money_unit: MoneyUnit::Yuan,
        source: "支付明细.xlsx · 汇总".into(),
        unknown: Default::default(),
    };
    let set = |account: Option<&Account>| EditCommand::SetAccount {
        project,
        account: account.cloned(),
    };
    form.make(&set(Some(&account)));
    assert_eq!(form.project().account.as_ref(), Some(&account));
    assert_eq!(
        form.project().funds,
        before.project(project).expect("it").funds
    );
    let file = serde_json::to_value(form.project()).expect("it can be written");
    let expected = serde_json::json!({
        "initial": "1,200,000.00",
        "executed": "1,150,000.00",
        "money_unit": "元",
        "source": "支付明细.xlsx · 汇总",
    });
    assert_eq!(file["account"], expected);

    form.make(&set(None));
    assert_eq!(form.document, before);
    let file = serde_json::to_value(form.project()).expect("it can be written");
    assert_eq!(file.get("account"), None);
}

#[test]
fn an_approved_row_is_neither_removed_nor_taken_out_of_the_scoring() {
    let mut form = Form::new();
    let unapproved = form.row(0).id;
    form.approve();
    let refused = Refusal::ApprovedRow(NAMES[3].into());
    assert_eq!(form.refusal(&form.remove_rows(&[3])), refused);
    let as_part = EditCommand::SetPartOf {
        project: form.id(),
        row: form.row(3).id,
        parent: Some(unapproved),
    };
    assert_eq!(form.refusal(&as_part), refused);
    for parts in [
        Parts::Groups(vec![form.group(0).id]),
        Parts::Goals(vec![form.project().goals.first().expect("a goal").id]),
    ] {
        let project = form.id();
        let refusal = form.refusal(&EditCommand::Remove { project, parts });
        assert_eq!(refusal, Refusal::ApprovedRow(NAMES[0].into()));
    }
}

#[test]
fn a_locked_project_says_its_stage() {
    let mut form = Form::new();
    let project = form.id();
    form.make(&EditCommand::SetStage {
        project,
        stage: Stage::Submitted,
    });
    let refusal = form.refusal(&form.set(0, IndicatorField::Actual, "1"));
    assert_eq!(refusal, Refusal::LockedByStage(Stage::Submitted));
    assert!(refusal.to_string().contains("送审"));
    let note = form.note(form.cell(0, IndicatorField::Actual));
    let id = note.id;
    form.make(&EditCommand::AddNote { project, note });
    form.make(&EditCommand::ResolveNote {
        project,
        note: id,
        resolved: true,
    });
    assert!(form.project().notes.first().expect("a note").resolved);
    form.make(&EditCommand::SetStage {
        project,
        stage: Stage::Returned,
    });
    form.make(&form.set(0, IndicatorField::Actual, "1"));
}

#[test]
fn removing_a_row_takes_its_parts_and_what_is_filed_at_them() {
    let mut form = Form::new();
    let project = form.id();
    let (parent, part, other) = (form.row(0).id, form.row(1).id, form.row(3).id);
    let note = form.note(form.cell(1, IndicatorField::Score));
    form.make(&EditCommand::AddNote { project, note });
    let explanation = Explanation {
        id: Id::new(&mut form.ids),
        rule: "C08".into(),
        at: form.cell(0, IndicatorField::Score),
        text: "已核实".into(),
        fingerprint: String::new(),
        author: "李".into(),
        time: String::new(),
        unknown: Default::default(),
    };
    form.make(&EditCommand::SetExplanation {
        project,
        explanation,
    });
    let goal = form.project().goals.first().expect("a goal").id;
    let reasons = [vec![parent, other], vec![part]].map(|rows| SharedReason {
        id: Id::new(&mut form.ids),
        copied_from: None,
        section: None,
        group: None,
        rows,
        text: "压减".into(),
        unknown: Default::default(),
    });
    form.make(&EditCommand::Insert {
        project,
        parts: NewParts::Reasons(goal, reasons.into()),
        index: 0,
    });
    let evidence = Evidence {
        id: Id::new(&mut form.ids),
        indicator: Some(part),
        title: "验收单".into(),
        file: String::new(),
        hash: String::new(),
        length: 0,
        unknown: Default::default(),
    };
    form.make(&EditCommand::Insert {
        project,
        parts: NewParts::Evidence(vec![evidence]),
        index: 0,
    });

    form.make(&form.remove_rows(&[0]));

    assert_eq!(form.names(0), [NAMES[3]]);
    assert!(form.project().notes.is_empty());
    assert!(form.project().explanations.is_empty());
    let reasons = &form.project().goals.first().expect("a goal").reasons;
    let spans: Vec<_> = reasons.iter().map(|reason| reason.rows.clone()).collect();
    assert_eq!(spans, [vec![other]]);
    let evidence = form.project().evidence.first().expect("kept");
    assert_eq!(evidence.indicator, None);
}

#[test]
fn parts_move_with_their_row_and_not_without() {
    let mut form = Form::new();
    let away = Refusal::PartAway(NAMES[1].into());
    assert_eq!(form.refusal(&form.move_row(1, 1, 0)), away);
    assert_eq!(form.refusal(&form.move_row(3, 0, 1)), away);
    assert_eq!(form.refusal(&form.move_row(1, 0, 0)), away);
    form.make(&form.move_row(2, 0, 1));
    assert_eq!(form.names(0), [NAMES[0], NAMES[2], NAMES[1], NAMES[3]]);
    form.make(&form.move_row(0, 1, 0));
    assert_eq!(form.names(0), [NAMES[3]]);
    assert_eq!(form.names(1)[..3], [NAMES[0], NAMES[2], NAMES[1]]);
}

#[test]
fn a_row_is_never_part_of_itself_or_its_part() {
    let form = Form::new();
    for parent in [0, 1] {
        let command = EditCommand::SetPartOf {
            project: form.id(),
            row: form.row(0).id,
            parent: Some(form.row(parent).id),
        };
        let refusal = form.refusal(&command);
        assert_eq!(refusal, Refusal::PartOfItself(NAMES[0].into()));
    }
}

#[test]
fn the_last_part_becomes_independent_and_a_row_below_becomes_part() {
    let mut form = Form::new();
    let (project, parent) = (form.id(), form.row(0).id);
    let set = |row, parent| EditCommand::SetPartOf {
        project,
        row,
        parent,
    };
    let (middle, last, below) = (form.row(1).id, form.row(2).id, form.row(3).id);
    let away = Refusal::PartAway(NAMES[2].into());
    assert_eq!(form.refusal(&set(middle, None)), away);
    form.make(&set(below, Some(parent)));
    form.make(&set(below, None));
    form.make(&set(last, None));
    let parts: Vec<_> = (0..4).map(|row| form.row(row).part_of).collect();
    assert_eq!(parts, [None, Some(parent), None, None]);
}

#[test]
fn several_changes_are_made_whole_or_not_at_all() {
    let form = Form::new();
    let many = EditCommand::Many {
        label: "两处".into(),
        commands: vec![
            form.set(0, IndicatorField::Actual, "14"),
            form.set(1, IndicatorField::Tier, "很好"),
        ],
    };
    let refusal = form.refusal(&many);
    assert_eq!(refusal, Refusal::UnknownTier("很好".into()));
    assert!(
        refusal
            .to_string()
            .contains("部分达成年度指标并具有一定效果")
    );
    assert_eq!(form.row(0).actual.text(), "");
}

#[test]
fn what_is_gone_is_said() {
    let mut form = Form::new();
    let project = form.id();
    let set = form.set(3, IndicatorField::Actual, "1");
    form.make(&form.remove_rows(&[3]));
    let gone = Refusal::UnknownPlace(Missing::Indicator);
    assert_eq!(form.refusal(&set), gone);
    let lost = Id::from_bits(7);
    let remove = EditCommand::Remove {
        project,
        parts: Parts::Indicators(vec![form.row(0).id, lost]),
    };
    assert_eq!(form.refusal(&remove), gone);
    let elsewhere = EditCommand::SetStage {
        project: Id::from_bits(7),
        stage: Stage::Final,
    };
    assert_eq!(form.refusal(&elsewhere), Refusal::UnknownProject);
    let whole = EditCommand::SetCell {
        at: form.project().at(Place::Whole),
        text: "x".into(),
    };
    assert_eq!(form.refusal(&whole), Refusal::UnknownPlace(Missing::Cell));
}

#[test]
fn new_parts_bring_new_ids_and_refer_to_what_is_there() {
    let form = Form::new();
    let insert = |parts| EditCommand::Insert {
        project: form.id(),
        parts,
        index: 0,
    };
    let twice = insert(NewParts::Indicators(
        form.group(1).id,
        vec![form.row(3).clone()],
    ));
    assert_eq!(form.refusal(&twice), Refusal::DuplicateId);
    let goal = form.project().goals.first().expect("a goal");
    let reason = SharedReason {
        id: Id::from_bits(1),
        copied_from: None,
        section: None,
        group: Some(Id::from_bits(2)),
        rows: Vec::new(),
        text: "原因".into(),
        unknown: Default::default(),
    };
    let dangling = insert(NewParts::Reasons(goal.id, vec![reason]));
    assert!(matches!(
        form.refusal(&dangling),
        Refusal::DanglingReference(_)
    ));
    let same = EditCommand::InsertProject {
        index: 0,
        project: form.document.projects.first().expect("a project").clone(),
    };
    assert_eq!(form.refusal(&same), Refusal::DuplicateId);
}

#[test]
fn a_reason_can_span_other_rows() {
    let mut form = Form::new();
    let (project, group) = (form.id(), form.group(1).id);
    let goal = form.project().goals.first().expect("a goal").id;
    let reason = SharedReason {
        id: Id::new(&mut form.ids),
        copied_from: None,
        section: None,
        group: Some(form.group(0).id),
        rows: Vec::new(),
        text: "原因".into(),
        unknown: Default::default(),
    };
    let id = reason.id;
    form.make(&EditCommand::Insert {
        project,
        parts: NewParts::Reasons(goal, vec![reason]),
        index: 0,
    });
    form.make(&EditCommand::SetReasonSpan {
        project,
        reason: id,
        span: ReasonSpan::Group(group),
    });
    assert_eq!(
        form.project().reason(id).expect("a reason").group,
        Some(group)
    );
}

#[test]
fn notes_keep_their_footnote_when_an_earlier_one_goes() {
    let mut form = Form::new();
    let project = form.id();
    let footnote = |index| Place::Stated(StatedField::Footnote(index));
    let first = form.project().stated.footnotes.len();
    for (index, text) in (first..).zip(["甲", "乙"]) {
        form.make(&EditCommand::SetCell {
            at: form.project().at(footnote(index)),
            text: text.into(),
        });
    }
    let beyond = EditCommand::SetCell {
        at: form.project().at(footnote(first + 3)),
        text: "丙".into(),
    };
    assert_eq!(
        form.refusal(&beyond),
        Refusal::UnknownPlace(Missing::Footnote)
    );
    for index in [first, first + 1] {
        let note = form.note(form.project().at(footnote(index)));
        form.make(&EditCommand::AddNote { project, note });
    }
    form.make(&EditCommand::RemoveFootnote {
        project,
        index: first,
    });
    let notes: Vec<_> = form
        .project()
        .notes
        .iter()
        .map(|note| note.at.place.clone())
        .collect();
    assert_eq!(notes, [footnote(first)]);
    assert_eq!(
        form.project().cell_text(&footnote(first)).as_deref(),
        Some("乙")
    );
}

#[test]
fn nothing_is_filed_at_an_address_that_cannot_be_read_back() {
    let mut form = Form::new();
    let project = form.id();
    let note = form.note(form.project().at(Place::Header("a/b".into())));
    let refusal = form.refusal(&EditCommand::AddNote { project, note });
    assert_eq!(refusal, Refusal::Unaddressable);
}

#[test]
fn labels_name_what_was_done() {
    let form = Form::new();
    let project = form.id();
    let section = form
        .project()
        .goals
        .first()
        .expect("a goal")
        .sections
        .first()
        .expect("one")
        .id;
    for (command, label) in [
        (form.set(0, IndicatorField::Actual, "1"), "修改 实际完成值"),
        (form.set(0, IndicatorField::Tier, ""), "修改 完成档次"),
        (
            EditCommand::SetCell {
                at: form
                    .project()
                    .at(Place::Section(section, BlockField::Weight)),
                text: String::new(),
            },
            "修改 一级指标分值",
        ),
        (form.remove_rows(&[0, 1, 2]), "删除 3 行指标"),
        (form.move_row(0, 0, 0), "移动 1 行指标"),
        (
            EditCommand::SetStage {
                project,
                stage: Stage::Final,
            },
            "改为 定稿",
        ),
    ] {
        assert_eq!(command.label(), label);
    }
}
