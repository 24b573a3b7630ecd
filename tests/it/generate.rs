//! Documents and changes at random, for properties that hold for all of them.
//!
//! A change is drawn as a [`Step`], which knows no document: only when it is made does it pick among the parts that are there.
//! So a run of steps stays meaningful after every step before it, and shrinks well.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use jiping::{
    edit::{
        apply::apply,
        command::{
            ApprovedIndicator, EditCommand, NewAdjustment, NewParts, Parts, ReasonSpan, Relocation,
        },
    },
    model::{
        budget::{BudgetAdjustment, BudgetMove},
        deadlines::Deadline,
        document::Document,
        edition::Edition,
        figure::MoneyUnit,
        id::{CountedIds, Id, IdSource},
        indicator::{
            Approved, ApprovedField, Cancellation, Group, Indicator, Removed, Section, SharedReason,
        },
        last_year::LastYear,
        ledger::Rectification,
        measure::Tier,
        method::Method,
        path::{BlockField, CellPath, GoalField, IndicatorField, Place, StatedField},
        project::{Account, Evidence, Explanation, FundRow, Goal, Note, Project, Stage},
        review::Withheld,
        review::{NoteKind, Reply, StageRecord},
        working_paper::{PaperCell, PaperField, PaperSubject},
    },
    versions::merge::merge,
};
use proptest::{prelude::*, sample::Index};

/// An edition with a further table, level columns and fund rows.
pub static EDITION: LazyLock<Edition> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../assets/editions/transfer-2022.json"))
        .expect("an edition")
});

/// Text as people type it into cells, hostile ones among it.
pub fn cell_text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[0-9]{1,6}(\\.[0-9]{1,2})?%?".prop_map(|text| text),
        3 => "[年度课题数量≥≤不适用—完成率]{0,8}".prop_map(|text| text),
        1 => "[ \t\n\"'=+,;a-z]{0,10}".prop_map(|text| text),
        1 => Just(String::new()),
        1 => proptest::sample::select(Tier::ALL.to_vec()).prop_map(|tier| tier.to_string()),
    ]
}

/// A row before it has an id: its texts, and whether it is part (其中) of the row above.
type RowShape = (Vec<String>, bool);

/// A document of one to three projects with parts of every kind.
pub fn document() -> impl Strategy<Value = Document> {
    let row = (proptest::collection::vec(cell_text(), 4), any::<bool>());
    let group = proptest::collection::vec(row, 0..5);
    let section = proptest::collection::vec(group, 0..3);
    let goal = proptest::collection::vec(section, 0..3);
    let project = proptest::collection::vec(goal, 1..3);
    proptest::collection::vec(project, 1..4).prop_map(|projects| {
        let mut ids = CountedIds(0);
        let mut document = Document::new(Id::new(&mut ids));
        for goals in projects {
            document.projects.push(build_project(&goals, &mut ids));
        }
        document
    })
}

fn build_project(goals: &[Vec<Vec<Vec<RowShape>>>], ids: &mut CountedIds) -> Project {
    let mut project = Project::blank(&EDITION, ids);
    let template = project.goals.remove(0).expect("a goal");
    while project.goals.remove(0).is_some() {}
    for sections in goals {
        let mut goal = (*template).clone();
        goal.id = Id::new(ids);
        goal.sections = sections
            .iter()
            .map(|groups| build_section(groups, ids))
            .collect();
        let first = goal.sections.first().map(|section| section.id);
        goal.reasons.push(SharedReason {
            id: Id::new(ids),
            copied_from: None,
            section: first,
            group: None,
            rows: Vec::new(),
            text: "原因".into(),
            unknown: Default::default(),
        });
        project.goals.push(goal);
    }
    project.stated.footnotes.push("注".into());
    project
}

fn build_section(groups: &[Vec<RowShape>], ids: &mut CountedIds) -> Section {
    let id = Id::new(ids);
    Section {
        id,
        copied_from: None,
        caption: format!("产出指标（{}分）", id.bits()),
        weight: Default::default(),
        score: Default::default(),
        groups: groups.iter().map(|rows| build_group(rows, ids)).collect(),
        unknown: Default::default(),
    }
}

fn build_group(rows: &[RowShape], ids: &mut CountedIds) -> Group {
    let mut group = Group::blank("数量指标", ids);
    group.indicators.remove(0);
    let mut parent = None;
    for (texts, is_part) in rows {
        let mut row = build_row(texts, ids);
        row.part_of = parent.filter(|_| *is_part);
        if row.part_of.is_none() {
            parent = Some(row.id);
        }
        group.indicators.push(row);
    }
    group
}

fn build_row(texts: &[String], ids: &mut dyn IdSource) -> Indicator {
    let mut row = Indicator::blank(ids);
    row.name.clone_from(&texts[0]);
    row.target = texts[1].as_str().into();
    row.actual = texts[2].as_str().into();
    row.deviation = texts[3].as_str().into();
    row
}

/// Every place of a project that has a text, the next footnote not counted.
pub fn places(project: &Project) -> Vec<Place> {
    let mut places = Vec::new();
    places.extend(project.header.keys().cloned().map(Place::Header));
    places.push(Place::Header("neu".into()));
    for row in project.funds.iter() {
        for key in ["name", "remark", "initial", "rate"] {
            places.push(Place::Fund(row.id, key.into()));
        }
    }
    for goal in project.goals.iter() {
        places.extend(goal_places(goal));
    }
    for (table, rows) in &project.tables {
        for row in rows.iter() {
            places.push(Place::Table(table.clone(), row.id, "spalte".into()));
        }
    }
    places.extend(project.texts.keys().cloned().map(Place::Text));
    places.push(Place::Text("neu".into()));
    places.push(Place::Footer("neu".into()));
    places.extend(
        [
            StatedField::Title,
            StatedField::TotalWeight,
            StatedField::TotalScore,
            StatedField::Rating,
            StatedField::MoneyUnit,
        ]
        .map(Place::Stated),
    );
    places.extend([PaperCell::Reviewer, PaperCell::Date, PaperCell::Opinion].map(Place::Paper));
    places.extend(PaperField::ALL.map(|field| line(PaperSubject::Execution, field)));
    let footnotes = 0..project.stated.footnotes.len();
    places.extend(footnotes.map(|index| Place::Stated(StatedField::Footnote(index))));
    places
}

fn goal_places(goal: &Goal) -> Vec<Place> {
    let blocks = [BlockField::Caption, BlockField::Weight, BlockField::Score];
    let mut places: Vec<Place> = [
        GoalField::Caption,
        GoalField::Weight,
        GoalField::Expected,
        GoalField::Actual,
        GoalField::Text("neu".into()),
    ]
    .map(|field| Place::Goal(goal.id, field))
    .into();
    places.extend(goal.reasons.iter().map(|reason| Place::Reason(reason.id)));
    for section in goal.sections.iter() {
        places.extend(blocks.map(|field| Place::Section(section.id, field)));
        for group in section.groups.iter() {
            places.extend(blocks.map(|field| Place::Group(group.id, field)));
            let of_group = [PaperField::Score, PaperField::Note];
            places.extend(of_group.map(|field| line(PaperSubject::Group(group.id), field)));
            for row in group.indicators.iter() {
                places.extend(row_fields().map(|field| Place::Indicator(row.id, field)));
                let subject = PaperSubject::Indicator(row.id);
                places.extend(PaperField::ALL.map(|field| line(subject, field)));
            }
        }
    }
    places
}

fn line(subject: PaperSubject, field: PaperField) -> Place {
    Place::Paper(PaperCell::Line(subject, field))
}

fn row_fields() -> [IndicatorField; 10] {
    [
        IndicatorField::Name,
        IndicatorField::Nature,
        IndicatorField::Target,
        IndicatorField::Unit,
        IndicatorField::Actual,
        IndicatorField::Tier,
        IndicatorField::Weight,
        IndicatorField::Score,
        IndicatorField::Deviation,
        IndicatorField::Extra("neu".into()),
    ]
}

/// A change before it knows its document.
#[derive(Debug, Clone)]
pub struct Step {
    kind: usize,
    picks: [Index; 3],
    text: String,
    flag: bool,
}

/// How many kinds of change there are.
const KINDS: usize = 34;

/// A change of any kind; some of them are refused.
pub fn step() -> impl Strategy<Value = Step> {
    let kind = prop_oneof![1 => Just(0usize), 3 => 0..KINDS];
    (kind, any::<[Index; 3]>(), cell_text(), any::<bool>()).prop_map(|(kind, picks, text, flag)| {
        Step {
            kind,
            picks,
            text,
            flag,
        }
    })
}

impl Step {
    /// The change of this document; new parts take their ids from `ids`.
    pub fn command(&self, document: &Document, ids: &mut dyn IdSource) -> EditCommand {
        let count = document.projects.len();
        let lost = (count == 0).then(|| Project::blank(&EDITION, ids));
        let project = match &lost {
            Some(lost) => lost,
            None => document
                .projects
                .get(self.picks[0].index(count))
                .expect("in range"),
        };
        match self.kind {
            0..=3 => self.cell(project),
            4..=12 => self.structure(project, ids),
            13..=18 => self.filing(project, ids),
            _ => self.whole(document, project, ids),
        }
    }

    fn kind(&self, kind: usize) -> Self {
        Self {
            kind,
            ..self.clone()
        }
    }

    fn pick<T: Clone>(&self, number: usize, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| self.picks[number].get(from).clone())
    }

    fn row(&self, number: usize, project: &Project) -> Id<Indicator> {
        let rows: Vec<_> = project.rows().map(|view| view.indicator.id).collect();
        self.pick(number, &rows).unwrap_or(Id::from_bits(u64::MAX))
    }

    fn group(&self, number: usize, project: &Project) -> Id<Group> {
        let groups: Vec<_> = project.groups().map(|view| view.group.id).collect();
        self.pick(number, &groups)
            .unwrap_or(Id::from_bits(u64::MAX))
    }

    fn section(&self, number: usize, project: &Project) -> Id<Section> {
        let goals = project.goals.iter();
        let sections = goals.flat_map(|goal| goal.sections.iter().map(|section| section.id));
        let sections: Vec<_> = sections.collect();
        self.pick(number, &sections)
            .unwrap_or(Id::from_bits(u64::MAX))
    }

    fn goal(&self, number: usize, project: &Project) -> Id<Goal> {
        let goals: Vec<_> = project.goals.iter().map(|goal| goal.id).collect();
        self.pick(number, &goals).unwrap_or(Id::from_bits(u64::MAX))
    }

    fn place(&self, number: usize, project: &Project) -> CellPath {
        let places = places(project);
        project.at(self.pick(number, &places).expect("a header"))
    }

    fn index(&self) -> usize {
        self.picks[2].index(6)
    }

    fn cell(&self, project: &Project) -> EditCommand {
        let at = match self.kind {
            1 => project.at(Place::Stated(StatedField::Footnote(self.index()))),
            _ => self.place(1, project),
        };
        EditCommand::SetCell {
            at,
            text: self.text.clone(),
        }
    }

    fn structure(&self, project: &Project, ids: &mut dyn IdSource) -> EditCommand {
        let (id, index) = (project.id, self.index());
        let insert = |parts| EditCommand::Insert {
            project: id,
            parts,
            index,
        };
        let remove = |parts| EditCommand::Remove { project: id, parts };
        let relocate = |to| EditCommand::Move {
            project: id,
            to,
            index,
        };
        let texts = vec![self.text.clone(); 4];
        match (self.kind, self.flag) {
            (4, _) => {
                let parent = build_row(&texts, ids);
                let mut part = build_row(&texts, ids);
                part.part_of = self.flag.then_some(parent.id);
                insert(NewParts::Indicators(
                    self.group(1, project),
                    vec![parent, part],
                ))
            }
            (5, false) => {
                let group = Group::blank("质量指标", ids);
                insert(NewParts::Groups(self.section(1, project), vec![group]))
            }
            (5, true) => insert(NewParts::Funds(vec![FundRow::blank(ids)])),
            (6, false) => remove(Parts::Indicators(vec![
                self.row(1, project),
                self.row(2, project),
            ])),
            (6, true) => remove(Parts::Groups(vec![self.group(1, project)])),
            (7, false) => remove(Parts::Sections(vec![self.section(1, project)])),
            (7, true) => remove(Parts::Goals(vec![self.goal(1, project)])),
            (8, false) => relocate(Relocation::Indicators(
                vec![self.row(0, project), self.row(1, project)],
                self.group(2, project),
            )),
            (8, true) => relocate(Relocation::Groups(
                vec![self.group(0, project)],
                self.section(1, project),
            )),
            (9, false) => relocate(Relocation::Sections(
                vec![self.section(0, project)],
                self.goal(1, project),
            )),
            (9, true) => relocate(Relocation::Goals(vec![self.goal(1, project)])),
            (10, _) => EditCommand::SetPartOf {
                project: id,
                row: self.row(1, project),
                parent: self.flag.then(|| self.row(2, project)),
            },
            (11, false) => insert(NewParts::Reasons(
                self.goal(1, project),
                vec![SharedReason {
                    id: Id::new(ids),
                    copied_from: None,
                    section: None,
                    group: None,
                    rows: vec![self.row(1, project), self.row(2, project)],
                    text: self.text.as_str().into(),
                    unknown: Default::default(),
                }],
            )),
            (11, true) => {
                let funds: Vec<_> = project.funds.iter().map(|row| row.id).collect();
                let row = self.pick(1, &funds).unwrap_or(Id::from_bits(u64::MAX));
                match index % 2 {
                    0 => relocate(Relocation::Funds(vec![row])),
                    _ => remove(Parts::Funds(vec![row])),
                }
            }
            _ => {
                let goals = project.goals.iter();
                let reasons = goals.flat_map(|goal| goal.reasons.iter().map(|reason| reason.id));
                let reasons: Vec<_> = reasons.collect();
                let reason = self.pick(1, &reasons).unwrap_or(Id::from_bits(u64::MAX));
                match self.flag {
                    true => remove(Parts::Reasons(vec![reason])),
                    false => EditCommand::SetReasonSpan {
                        project: id,
                        reason,
                        span: ReasonSpan::Group(self.group(2, project)),
                    },
                }
            }
        }
    }

    fn filing(&self, project: &Project, ids: &mut dyn IdSource) -> EditCommand {
        let id = project.id;
        let text = self.text.as_str();
        match (self.kind, self.flag) {
            (13, _) => EditCommand::AddNote {
                project: id,
                note: Note {
                    id: Id::new(ids),
                    at: self.place(1, project),
                    author: "张".into(),
                    time: "2021-03-05 14:32".into(),
                    text: text.into(),
                    kind: Default::default(),
                    resolved: false,
                    replies: Default::default(),
                    unknown: Default::default(),
                },
            },
            (14, _) => {
                let notes: Vec<_> = project.notes.iter().map(|note| note.id).collect();
                let note = self.pick(1, &notes).unwrap_or(Id::from_bits(u64::MAX));
                self.about_note(project, note, ids)
            }
            (15, false) => EditCommand::SetExplanation {
                project: id,
                explanation: Explanation {
                    id: Id::new(ids),
                    rule: "C08".into(),
                    at: self.place(1, project),
                    text: text.into(),
                    fingerprint: String::new(),
                    author: "张".into(),
                    time: String::new(),
                    unknown: Default::default(),
                },
            },
            (15, true) => {
                let given: Vec<_> = project.explanations.iter().map(|given| given.id).collect();
                EditCommand::RemoveExplanation {
                    project: id,
                    explanation: self.pick(1, &given).unwrap_or(Id::from_bits(u64::MAX)),
                }
            }
            (16, _) => EditCommand::Insert {
                project: id,
                parts: NewParts::Evidence(vec![Evidence {
                    id: Id::new(ids),
                    indicator: self.flag.then(|| self.row(1, project)),
                    title: text.to_owned(),
                    file: String::new(),
                    hash: String::new(),
                    length: 0,
                    unknown: Default::default(),
                }]),
                index: self.index(),
            },
            (17, false) => EditCommand::RemoveFootnote {
                project: id,
                index: self.index(),
            },
            (17, true) => EditCommand::ApproveTargets { project: id },
            (18, true) => self.removed(project, ids),
            _ => EditCommand::RecordAdjustment {
                project: id,
                row: self.row(1, project),
                adjustment: NewAdjustment {
                    field: ApprovedField::Target,
                    new: text.to_owned(),
                    date: "2020-06-30".into(),
                    document_no: "财预〔2020〕1号".into(),
                    reason: "压减".into(),
                },
            },
        }
    }

    /// Changes of the list of approved indicators that the form lacks.
    fn removed(&self, project: &Project, ids: &mut dyn IdSource) -> EditCommand {
        let id = project.id;
        let listed: Vec<_> = project.removed.iter().map(|removed| removed.id).collect();
        let removed = self.pick(1, &listed).unwrap_or(Id::from_bits(u64::MAX));
        let cancellation = Cancellation {
            date: "2020-06-30".into(),
            document_no: self.text.clone(),
            reason: "取消".into(),
            unknown: Default::default(),
        };
        let cancel = |of| EditCommand::RecordCancellation {
            project: id,
            of,
            cancellation,
        };
        match self.index() {
            0 | 1 => cancel(ApprovedIndicator::Row(self.row(1, project))),
            2 => cancel(ApprovedIndicator::Removed(removed)),
            3 => EditCommand::DropRemoved {
                project: id,
                removed,
            },
            _ => EditCommand::ListRemoved {
                project: id,
                removed: Removed {
                    id: Id::new(ids),
                    goal: String::new(),
                    section: "产出指标".into(),
                    group: "数量指标".into(),
                    approved: build_row(&vec![self.text.clone(); 4], ids).filed(),
                    cancelled: None,
                    unknown: Default::default(),
                },
            },
        }
    }

    /// Changes of a note and of what is answered to it.
    fn about_note(&self, project: &Project, id: Id<Note>, ids: &mut dyn IdSource) -> EditCommand {
        let (project, note) = (project.id, project.notes.iter().find(|note| note.id == id));
        let replies: Vec<_> = note
            .iter()
            .flat_map(|note| note.replies.iter().map(|reply| reply.id))
            .collect();
        let known = self.pick(2, &replies);
        match self.index() % 5 {
            0 => EditCommand::RemoveNote { project, note: id },
            1 => EditCommand::ResolveNote {
                project,
                note: id,
                resolved: self.flag,
            },
            2 => EditCommand::ChangeNote {
                project,
                note: id,
                text: self.text.clone(),
                kind: self.pick(2, &NoteKind::ALL).expect("a kind"),
            },
            3 => EditCommand::RemoveReply {
                project,
                note: id,
                reply: known.unwrap_or(Id::from_bits(u64::MAX)),
            },
            _ => EditCommand::ReplyToNote {
                project,
                note: id,
                reply: Reply {
                    id: known.filter(|_| self.flag).unwrap_or_else(|| Id::new(ids)),
                    author: "王".into(),
                    time: "2021-03-06 09:00".into(),
                    text: self.text.as_str().into(),
                    unknown: Default::default(),
                },
            },
        }
    }

    /// A step of the form from hand to hand.
    fn step_on(&self, project: &Project, ids: &mut dyn IdSource) -> EditCommand {
        let to = self.pick(1, &Stage::ALL).expect("a stage");
        let time = "2021-03-05 14:32".to_owned();
        let mut record = StageRecord::of(project, Id::new(ids), to, "张".into(), time);
        record.reason = self.text.as_str().into();
        EditCommand::MoveOn {
            project: project.id,
            record,
        }
    }

    /// Changes of the record of budget adjustments.
    fn budget(&self, project: &Project, ids: &mut dyn IdSource) -> EditCommand {
        let known: Vec<_> = project
            .budget_adjustments
            .iter()
            .map(|one| one.id)
            .collect();
        let known = self.pick(1, &known);
        if let (Some(adjustment), 0) = (known, self.index()) {
            return EditCommand::DropBudgetAdjustment {
                project: project.id,
                adjustment,
            };
        }
        let funds: Vec<_> = project.funds.iter().map(|row| row.id).collect();
        EditCommand::RecordBudgetAdjustment {
            project: project.id,
            adjustment: BudgetAdjustment {
                id: known.unwrap_or_else(|| Id::new(ids)),
                fund: self.pick(2, &funds),
                way: BudgetMove::Decrease,
                amount: self.text.as_str().into(),
                date: "2020-06-30".into(),
                document_no: self.text.clone(),
                reason: "压减".into(),
                remark: Default::default(),
                unknown: Default::default(),
            },
        }
    }

    /// 整改台账, and where 佐证材料 lie.
    fn ledger(
        &self,
        document: &Document,
        project: &Project,
        ids: &mut dyn IdSource,
    ) -> EditCommand {
        let known: Vec<_> = document.ledger.iter().map(|entry| entry.id).collect();
        let known = self.pick(1, &known);
        let entry = known.unwrap_or(Id::from_bits(u64::MAX));
        let written = |id| Rectification {
            at: self.flag.then(|| self.place(1, project)),
            comment: self.text.as_str().into(),
            ..Rectification::blank(id)
        };
        match (self.kind, self.flag, self.index()) {
            (32, _, 0..=2) | (33, true, 0..=1) => EditCommand::AddRectifications {
                entries: vec![written(Id::new(ids)), written(Id::new(ids))],
                index: self.index(),
            },
            (32, _, _) => EditCommand::SetRectification {
                entry: Box::new(written(entry)),
            },
            (_, true, _) => EditCommand::MoveRectification {
                entry,
                index: self.index(),
            },
            (_, false, 0..=2) => EditCommand::DropRectifications {
                entries: vec![entry],
            },
            _ => {
                let files = project.evidence.iter();
                let files = files.map(|each| (each.id, self.text.clone()));
                EditCommand::MoveEvidence {
                    project: project.id,
                    files: files.collect(),
                }
            }
        }
    }

    fn whole(&self, document: &Document, project: &Project, ids: &mut dyn IdSource) -> EditCommand {
        let id = project.id;
        let stages = [
            Stage::Targets,
            Stage::SelfEvaluation,
            Stage::Returned,
            Stage::Submitted,
        ];
        match (self.kind, self.flag) {
            (19, true) => self.budget(project, ids),
            (19, false) => EditCommand::SetStage {
                project: id,
                stage: self.pick(1, &stages).expect("a stage"),
            },
            (20, true) => self.step_on(project, ids),
            (20, false) => EditCommand::SetStage {
                project: id,
                stage: Stage::SelfEvaluation,
            },
            (21, false) => EditCommand::SetMoneyUnit {
                project: id,
                unit: MoneyUnit::Yuan,
            },
            (21, true) => EditCommand::SetEdition {
                project: id,
                edition: EDITION.reference(),
            },
            (22, _) => EditCommand::InsertProject {
                index: self.index(),
                project: Arc::new(project.duplicate(ids)),
            },
            (23, false) => EditCommand::RemoveProject { project: id },
            (23, true) => EditCommand::MoveProject {
                project: id,
                index: self.index(),
            },
            (24, _) => EditCommand::EmbedEdition {
                edition: Arc::new(EDITION.clone()),
            },
            (25, _) => EditCommand::SetAccount {
                project: id,
                account: self.flag.then(|| Account {
                    initial: self.text.as_str().into(),
                    adjusted: Default::default(),
                    executed: "12.5".into(),
                    money_unit: MoneyUnit::Yuan,
                    source: self.text.clone(),
                    unknown: Default::default(),
                }),
            },
            (26, _) => EditCommand::ApproveRow {
                project: id,
                row: self.row(1, project),
                approved: self.flag.then(|| Approved {
                    name: self.text.clone(),
                    nature: String::new(),
                    target: "≥3".into(),
                    unit: String::new(),
                    weight: String::new(),
                    unknown: Default::default(),
                }),
            },
            (27, _) => EditCommand::SetMethod {
                project: id,
                row: self.row(1, project),
                method: self.flag.then_some(Method::Proportional {
                    pass: Some(self.index().into()),
                }),
            },
            (29, _) => EditCommand::SetLastYear {
                project: id,
                last: self
                    .flag
                    .then(|| Arc::new(LastYear::of(project, Some(&EDITION), self.text.clone()))),
            },
            (30, _) if self.text.len() % 4 == 1 => EditCommand::SetWithheld {
                project: id,
                withheld: self.flag.then(|| Withheld {
                    reason: self.text.clone(),
                    unknown: Default::default(),
                }),
            },
            (30, _) => EditCommand::SetDeadline {
                project: id,
                stage: self.pick(1, &Stage::ALL).expect("a stage"),
                deadline: self.flag.then(|| Deadline {
                    stage: Stage::default(),
                    date: self.text.clone(),
                    remark: "报主管部门".into(),
                    unknown: Default::default(),
                }),
            },
            (28, _) => EditCommand::ClearWorkingPaper {
                project: id,
                line: self
                    .flag
                    .then(|| PaperSubject::Indicator(self.row(1, project))),
            },
            (32 | 33, _) => self.ledger(document, project, ids),
            (31, true) => {
                let (one, other) = (self.kind(0), self.kind(5));
                let ours = after(document, &one.command(document, ids));
                let theirs = after(document, &other.command(document, ids));
                let merged = merge(Some(&ours), document, &theirs);
                merged.command("合并")
            }
            _ => {
                let part = |kind| self.kind(kind);
                EditCommand::Many {
                    label: "几处修改".into(),
                    commands: vec![
                        part(0).command(document, ids),
                        part(4).command(document, ids),
                        part(6).command(document, ids),
                    ],
                }
            }
        }
    }
}

/// The document after a change; as it was where the change is refused.
pub fn after(document: &Document, command: &EditCommand) -> Document {
    apply(document, command).unwrap_or_else(|_| document.clone())
}

/// Panics where a document is not sound: an id used twice, a reference that leads nowhere, a part (其中) away from its row.
pub fn assert_sound(document: &Document) {
    let mut projects = HashSet::new();
    for project in document.projects.iter() {
        assert!(projects.insert(project.id), "project id used twice");
        assert_unique_ids(project);
        assert_no_dangling(project);
        assert_parts_follow(project);
    }
    let mut entries = HashSet::new();
    for entry in document.ledger.iter() {
        assert!(entries.insert(entry.id), "entry id used twice");
    }
}

fn assert_unique_ids(project: &Project) {
    let mut used = HashSet::new();
    let mut once = |kind: &'static str, bits: u64| {
        assert!(used.insert((kind, bits)), "{kind} id {bits:x} used twice");
    };
    for goal in project.goals.iter() {
        once("goal", goal.id.bits());
        goal.reasons
            .iter()
            .for_each(|reason| once("reason", reason.id.bits()));
        for section in goal.sections.iter() {
            once("section", section.id.bits());
            for group in section.groups.iter() {
                once("group", group.id.bits());
                group
                    .indicators
                    .iter()
                    .for_each(|row| once("row", row.id.bits()));
            }
        }
    }
    project
        .funds
        .iter()
        .for_each(|row| once("fund", row.id.bits()));
    project
        .notes
        .iter()
        .for_each(|note| once("note", note.id.bits()));
    project
        .evidence
        .iter()
        .for_each(|each| once("evidence", each.id.bits()));
    project
        .explanations
        .iter()
        .for_each(|given| once("explanation", given.id.bits()));
    project
        .budget_adjustments
        .iter()
        .for_each(|record| once("budget adjustment", record.id.bits()));
    project
        .removed
        .iter()
        .for_each(|removed| once("removed", removed.id.bits()));
}

fn assert_no_dangling(project: &Project) {
    let rows: HashSet<_> = project.rows().map(|view| view.indicator.id).collect();
    let funds: HashSet<_> = project.funds.iter().map(|row| row.id).collect();
    let adjusted = project.budget_adjustments.iter();
    assert!(
        adjusted
            .filter_map(|one| one.fund)
            .all(|id| funds.contains(&id))
    );
    let groups: HashSet<_> = project.groups().map(|view| view.group.id).collect();
    let at = project.notes.iter().map(|note| &note.at);
    for at in at.chain(project.explanations.iter().map(|given| &given.at)) {
        assert_eq!(at.project, project.id);
        let is_whole = at.place == Place::Whole;
        let is_there = is_whole || project.cell_text(&at.place).is_some();
        assert!(is_there, "nothing at {at}");
    }
    for reason in project.goals.iter().flat_map(|goal| goal.reasons.iter()) {
        assert!(reason.rows.iter().all(|row| rows.contains(row)));
        assert!(reason.group.is_none_or(|group| groups.contains(&group)));
        assert!(
            reason
                .section
                .is_none_or(|section| project.section(section).is_some())
        );
    }
    for (cell, text) in project.paper_texts() {
        assert_eq!(project.paper_text(cell), Some(text), "a line about nothing");
    }
    for evidence in project.evidence.iter() {
        assert!(evidence.indicator.is_none_or(|row| rows.contains(&row)));
    }
}

fn assert_parts_follow(project: &Project) {
    for view in project.groups() {
        let rows: Vec<_> = view.group.indicators.iter().collect();
        for (index, row) in rows.iter().enumerate() {
            let Some(parent) = row.part_of else { continue };
            let above = index.checked_sub(1).map(|index| rows[index]);
            let mut ancestor = above.map(|row| row.id);
            let mut steps = 0;
            while let Some(id) = ancestor
                && id != parent
            {
                let of = rows.iter().find(|row| row.id == id);
                ancestor = of.and_then(|row| row.part_of);
                steps += 1;
                assert!(steps <= rows.len(), "parts in a circle");
            }
            assert_eq!(ancestor, Some(parent), "part stands away from its row");
        }
    }
}
