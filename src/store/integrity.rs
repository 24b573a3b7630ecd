//! What a well-formed file may still have wrong: ids that stand twice, references that lead nowhere, cells that cannot be
//! read. Double ids are renewed, because every address in the program relies on them; the rest is only reported.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fmt,
};

use crate::model::{
    document::Document,
    id::{Id, IdSource},
    indicator::{Indicator, Section},
    last_year::LastYear,
    path::{CellPath, Place},
    project::{Goal, Project},
    record::Unknown,
    rows::Rows,
    typed::{Reading, Typed},
    working_paper::{PaperCell, PaperSubject},
};

/// A kind of thing that has an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 项目
    Project,
    /// 资金行
    FundRow,
    /// 年度总体目标
    Goal,
    /// 一级指标
    Section,
    /// 二级指标
    Group,
    /// 三级指标
    Indicator,
    /// 偏差原因
    Reason,
    /// A row of a further table.
    TableRow,
    /// 佐证材料
    Evidence,
    /// 审核意见
    Note,
    /// 核实说明
    Explanation,
    /// 批复中有、表中没有的指标
    Removed,
    /// 预算调整
    BudgetAdjustment,
    /// 回复
    Reply,
    /// 流转记录
    StageRecord,
    /// 整改事项
    Rectification,
    /// 发出的填报表
    Sending,
    /// A line of the working paper, which has no id of its own.
    PaperLine,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Project => "项目",
            Self::FundRow => "资金行",
            Self::Goal => "年度总体目标",
            Self::Section => "一级指标",
            Self::Group => "二级指标",
            Self::Indicator => "三级指标",
            Self::Reason => "偏差原因",
            Self::TableRow => "附表行",
            Self::Evidence => "佐证材料",
            Self::Note => "审核意见",
            Self::Explanation => "核实说明",
            Self::Removed => "表中没有的批复指标",
            Self::BudgetAdjustment => "预算调整记录",
            Self::Reply => "审核意见的回复",
            Self::StageRecord => "流转记录",
            Self::Rectification => "整改事项",
            Self::Sending => "发出的填报表",
            Self::PaperLine => "复核底稿行",
        })
    }
}

/// An id without its type, for looking at all of them alike.
type AnyId = (Kind, u64);

/// An id that stood twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reissued {
    /// What had it.
    pub kind: Kind,
    /// The id, which the first one keeps.
    pub old: u64,
    /// The id of the later one now.
    pub new: u64,
}

/// A reference to something that is not in the project. It is kept and has no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dangling {
    /// The project.
    pub project: Id<Project>,
    /// The kind of thing that refers.
    pub from: Kind,
    /// The kind of thing that is missing.
    pub to: Kind,
    /// The id that leads nowhere.
    pub target: u64,
}

/// What was found in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Ids that stood twice, in the order of the document.
    pub reissued: Vec<Reissued>,
    /// References that lead nowhere.
    pub dangling: Vec<Dangling>,
    /// How many cells hold text that cannot stand there (NaN, 1e400, a number of 200 digits …). Their text is kept.
    pub unreadable_cells: usize,
    /// Names of the fields that this version does not know. They are kept and written back.
    pub unknown_fields: BTreeSet<String>,
}

impl Findings {
    /// What is to tell, one sentence each.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if !self.reissued.is_empty() {
            let number = self.reissued.len();
            let kinds = listed(self.reissued.iter().map(|one| one.kind));
            sentences.push(format!(
                "有 {number} 处标识重复（{kinds}），已为后出现的换上新标识，内容没有改变。"
            ));
        }
        if !self.dangling.is_empty() {
            let number = self.dangling.len();
            let kinds = listed(self.dangling.iter().map(|one| one.from));
            sentences.push(format!(
                "有 {number} 处引用找不到对象（{kinds}），已原样保留，不起作用。"
            ));
        }
        if self.unreadable_cells > 0 {
            let number = self.unreadable_cells;
            sentences.push(format!(
                "有 {number} 个单元格的内容无法识别，已按原文保留，请核对。"
            ));
        }
        if !self.unknown_fields.is_empty() {
            let names: Vec<&str> = self.unknown_fields.iter().map(String::as_str).collect();
            sentences.push(format!(
                "有本程序不认识的字段（{}），保存时原样保留。",
                names.join("、")
            ));
        }
        sentences
    }
}

fn listed(kinds: impl Iterator<Item = Kind>) -> String {
    let kinds: BTreeSet<Kind> = kinds.collect();
    let names: Vec<String> = kinds.iter().map(Kind::to_string).collect();
    names.join("、")
}

/// Makes the ids of `document` unique within their kind and says what else is wrong with it.
pub fn restore(document: &mut Document, ids: &mut dyn IdSource) -> Findings {
    let found = Inspection::of(document);
    let Some(taken) = found.doubles() else {
        return found.findings;
    };
    let mut renewal = Renewal {
        taken,
        seen: HashSet::new(),
        ids,
        reissued: Vec::new(),
    };
    each_mut(&mut document.projects, |project| renewal.renew(project));
    let mut here = Here::default();
    each_mut(&mut document.ledger, |entry| {
        renewal.one(Kind::Rectification, &mut entry.id, &mut here);
    });
    each_mut(&mut document.sendings, |sending| {
        renewal.one(Kind::Sending, &mut sending.id, &mut here);
    });
    Findings {
        reissued: renewal.reissued,
        ..Inspection::of(document).findings
    }
}

fn each_mut<T: Clone>(rows: &mut Rows<T>, mut change: impl FnMut(&mut T)) {
    for index in 0..rows.len() {
        if let Some(row) = rows.get_mut(index) {
            change(row);
        }
    }
}

/// Gives new ids to whatever has the id of an earlier one.
struct Renewal<'a> {
    /// All ids of the file: a new one must not be among them.
    taken: HashSet<u64>,
    seen: HashSet<AnyId>,
    ids: &'a mut dyn IdSource,
    reissued: Vec<Reissued>,
}

impl Renewal<'_> {
    fn renew(&mut self, project: &mut Project) {
        let mut here = Here::default();
        self.one(Kind::Project, &mut project.id, &mut here);
        each_mut(&mut project.funds, |row| {
            self.one(Kind::FundRow, &mut row.id, &mut here);
        });
        each_mut(&mut project.goals, |goal| self.goal(goal, &mut here));
        for rows in project.tables.values_mut() {
            each_mut(rows, |row| {
                self.one(Kind::TableRow, &mut row.id, &mut here);
            });
        }
        if let Some(aside) = &mut project.aside {
            each_mut(&mut aside.funds, |row| {
                self.one(Kind::FundRow, &mut row.id, &mut here);
            });
            for rows in aside.tables.values_mut() {
                each_mut(rows, |row| {
                    self.one(Kind::TableRow, &mut row.id, &mut here);
                });
            }
        }
        each_mut(&mut project.evidence, |evidence| {
            self.one(Kind::Evidence, &mut evidence.id, &mut here);
        });
        each_mut(&mut project.notes, |note| {
            self.one(Kind::Note, &mut note.id, &mut here);
            each_mut(&mut note.replies, |reply| {
                self.one(Kind::Reply, &mut reply.id, &mut here);
            });
        });
        each_mut(&mut project.stages, |record| {
            self.one(Kind::StageRecord, &mut record.id, &mut here);
        });
        each_mut(&mut project.explanations, |explanation| {
            self.one(Kind::Explanation, &mut explanation.id, &mut here);
        });
        each_mut(&mut project.budget_adjustments, |record| {
            self.one(Kind::BudgetAdjustment, &mut record.id, &mut here);
        });
        each_mut(&mut project.removed, |removed| {
            self.one(Kind::Removed, &mut removed.id, &mut here);
        });
        if !here.renewed.is_empty() {
            here.redirect(project);
        }
    }

    fn goal(&mut self, goal: &mut Goal, here: &mut Here) {
        self.one(Kind::Goal, &mut goal.id, here);
        each_mut(&mut goal.sections, |section| {
            self.one(Kind::Section, &mut section.id, here);
            each_mut(&mut section.groups, |group| {
                self.one(Kind::Group, &mut group.id, here);
                each_mut(&mut group.indicators, |row| {
                    self.one(Kind::Indicator, &mut row.id, here);
                });
            });
        });
        each_mut(&mut goal.reasons, |reason| {
            self.one(Kind::Reason, &mut reason.id, here);
        });
    }

    fn one<T>(&mut self, kind: Kind, id: &mut Id<T>, here: &mut Here) {
        let old = id.bits();
        if self.seen.insert((kind, old)) {
            here.kept.insert((kind, old));
            return;
        }
        let mut new = self.ids.next_id();
        while !self.taken.insert(new) {
            new = self.ids.next_id();
        }
        *id = Id::from_bits(new);
        self.seen.insert((kind, new));
        self.reissued.push(Reissued { kind, old, new });
        if !here.kept.contains(&(kind, old)) {
            here.renewed.entry((kind, old)).or_insert(new);
        }
    }
}

/// The ids of one project that were kept and renewed. A project that was copied whole refers to its own parts, so its
/// references follow them.
#[derive(Default)]
struct Here {
    kept: HashSet<AnyId>,
    renewed: HashMap<AnyId, u64>,
}

impl Here {
    fn follow<T>(&self, kind: Kind, id: &mut Id<T>) {
        if let Some(new) = self.renewed.get(&(kind, id.bits())) {
            *id = Id::from_bits(*new);
        }
    }

    fn follow_any<T>(&self, kind: Kind, id: &mut Option<Id<T>>) {
        if let Some(id) = id {
            self.follow(kind, id);
        }
    }

    fn redirect(&self, project: &mut Project) {
        each_mut(&mut project.goals, |goal| {
            each_mut(&mut goal.sections, |section| {
                each_mut(&mut section.groups, |group| {
                    each_mut(&mut group.indicators, |row| {
                        self.follow_any(Kind::Indicator, &mut row.part_of);
                    });
                });
            });
            each_mut(&mut goal.reasons, |reason| {
                self.follow_any(Kind::Section, &mut reason.section);
                self.follow_any(Kind::Group, &mut reason.group);
                for row in &mut reason.rows {
                    self.follow(Kind::Indicator, row);
                }
            });
        });
        each_mut(&mut project.evidence, |evidence| {
            self.follow_any(Kind::Indicator, &mut evidence.indicator);
        });
        each_mut(&mut project.budget_adjustments, |record| {
            self.follow_any(Kind::FundRow, &mut record.fund);
        });
        each_mut(&mut project.notes, |note| self.follow_path(&mut note.at));
        each_mut(&mut project.explanations, |explanation| {
            self.follow_path(&mut explanation.at);
        });
        if let Some(paper) = &mut project.working_paper {
            each_mut(&mut paper.lines, |line| {
                self.follow_any(Kind::Indicator, &mut line.indicator);
                self.follow_any(Kind::Group, &mut line.group);
            });
        }
    }

    fn follow_subject(&self, subject: &mut PaperSubject) {
        match subject {
            PaperSubject::Execution => {}
            PaperSubject::Group(id) => self.follow(Kind::Group, id),
            PaperSubject::Indicator(id) => self.follow(Kind::Indicator, id),
        }
    }

    fn follow_path(&self, path: &mut CellPath) {
        self.follow(Kind::Project, &mut path.project);
        match &mut path.place {
            Place::Fund(id, _) => self.follow(Kind::FundRow, id),
            Place::Goal(id, _) => self.follow(Kind::Goal, id),
            Place::Section(id, _) => self.follow(Kind::Section, id),
            Place::Group(id, _) => self.follow(Kind::Group, id),
            Place::Indicator(id, _) => self.follow(Kind::Indicator, id),
            Place::Reason(id) => self.follow(Kind::Reason, id),
            Place::Table(_, id, _) => self.follow(Kind::TableRow, id),
            Place::Whole
            | Place::Header(_)
            | Place::Stated(_)
            | Place::Text(_)
            | Place::Footer(_) => {}
            Place::Paper(PaperCell::Line(subject, _)) => self.follow_subject(subject),
            Place::Paper(_) => {}
        }
    }
}

/// What a place refers to besides the project.
fn target_of(place: &Place) -> Option<AnyId> {
    Some(match place {
        Place::Fund(id, _) => (Kind::FundRow, id.bits()),
        Place::Goal(id, _) => (Kind::Goal, id.bits()),
        Place::Section(id, _) => (Kind::Section, id.bits()),
        Place::Group(id, _) => (Kind::Group, id.bits()),
        Place::Indicator(id, _) => (Kind::Indicator, id.bits()),
        Place::Reason(id) => (Kind::Reason, id.bits()),
        Place::Table(_, id, _) => (Kind::TableRow, id.bits()),
        Place::Paper(PaperCell::Line(PaperSubject::Group(id), _)) => (Kind::Group, id.bits()),
        Place::Paper(PaperCell::Line(PaperSubject::Indicator(id), _)) => {
            (Kind::Indicator, id.bits())
        }
        Place::Whole
        | Place::Header(_)
        | Place::Stated(_)
        | Place::Text(_)
        | Place::Footer(_)
        | Place::Paper(_) => return None,
    })
}

/// One walk over a document: in a large one the walk itself is what costs time.
#[derive(Default)]
struct Inspection {
    findings: Findings,
    /// Ids of the whole document.
    all: Vec<AnyId>,
    /// Ids of the project at hand.
    here: Vec<AnyId>,
    /// Who refers to what in the project at hand.
    references: Vec<(Kind, AnyId)>,
}

impl Inspection {
    fn of(document: &Document) -> Self {
        let mut inspection = Self::default();
        inspection.unknown(&document.unknown);
        for project in document.projects.iter() {
            inspection.project(project);
            inspection.close(project.id);
        }
        for entry in document.ledger.iter() {
            inspection.record(Kind::Rectification, entry.id, &entry.unknown);
        }
        for sending in document.sendings.iter() {
            inspection.record(Kind::Sending, sending.id, &sending.unknown);
            for each in &sending.returns {
                inspection.unknown(&each.unknown);
            }
        }
        let beside = std::mem::take(&mut inspection.here);
        inspection.all.extend(beside);
        inspection.all.sort();
        inspection
    }

    /// All ids, where any stands twice.
    fn doubles(&self) -> Option<HashSet<u64>> {
        let double = self.all.windows(2).any(|pair| pair[0] == pair[1]);
        double.then(|| self.all.iter().map(|(_, bits)| *bits).collect())
    }

    /// Looks up the references of a project when all its ids are known.
    fn close(&mut self, project: Id<Project>) {
        self.here.sort_unstable();
        for (from, target) in self.references.drain(..) {
            if self.here.binary_search(&target).is_err() {
                self.findings.dangling.push(Dangling {
                    project,
                    from,
                    to: target.0,
                    target: target.1,
                });
            }
        }
        self.all.append(&mut self.here);
    }

    fn record<T>(&mut self, kind: Kind, id: Id<T>, unknown: &Unknown) {
        self.here.push((kind, id.bits()));
        self.unknown(unknown);
    }

    fn unknown(&mut self, unknown: &Unknown) {
        for (name, _) in unknown.iter() {
            self.findings.unknown_fields.insert(name.clone());
        }
    }

    fn cell<T>(&mut self, cell: &Typed<T>) {
        if matches!(cell.reading(), Reading::Unreadable) {
            self.findings.unreadable_cells += 1;
        }
    }

    fn refer<T>(&mut self, from: Kind, to: Kind, target: impl IntoIterator<Item = Id<T>>) {
        let targets = target.into_iter().map(|id| (from, (to, id.bits())));
        self.references.extend(targets);
    }

    fn refer_to_path(&mut self, from: Kind, path: &CellPath) {
        self.refer(from, Kind::Project, [path.project]);
        if let Some(target) = target_of(&path.place) {
            self.references.push((from, target));
        }
    }

    fn project(&mut self, project: &Project) {
        self.record(Kind::Project, project.id, &project.unknown);
        self.unknown(&project.edition.unknown);
        let aside = project.aside.iter();
        for row in project
            .funds
            .iter()
            .chain(aside.flat_map(|aside| aside.funds.iter()))
        {
            self.record(Kind::FundRow, row.id, &row.unknown);
            row.figures.values().for_each(|figure| self.cell(figure));
        }
        for goal in project.goals.iter() {
            self.goal(goal);
        }
        let stated = &project.stated;
        self.unknown(&stated.unknown);
        self.cell(&stated.total_weight);
        self.cell(&stated.total_score);
        self.cell(&stated.rating);
        let aside = project.aside.iter().flat_map(|aside| aside.tables.values());
        for row in project.tables.values().chain(aside).flat_map(Rows::iter) {
            self.record(Kind::TableRow, row.id, &row.unknown);
        }
        if let Some(aside) = &project.aside {
            self.unknown(&aside.unknown);
        }
        for evidence in project.evidence.iter() {
            self.record(Kind::Evidence, evidence.id, &evidence.unknown);
            self.refer(Kind::Evidence, Kind::Indicator, evidence.indicator);
        }
        for note in project.notes.iter() {
            self.record(Kind::Note, note.id, &note.unknown);
            self.refer_to_path(Kind::Note, &note.at);
            for reply in note.replies.iter() {
                self.record(Kind::Reply, reply.id, &reply.unknown);
            }
        }
        for record in project.stages.iter() {
            self.record(Kind::StageRecord, record.id, &record.unknown);
        }
        if let Some(withheld) = &project.withheld {
            self.unknown(&withheld.unknown);
        }
        for explanation in project.explanations.iter() {
            self.record(Kind::Explanation, explanation.id, &explanation.unknown);
            self.refer_to_path(Kind::Explanation, &explanation.at);
        }
        if let Some(paper) = &project.working_paper {
            self.unknown(&paper.unknown);
            for line in paper.lines.iter() {
                self.unknown(&line.unknown);
                self.cell(&line.score);
                self.refer(Kind::PaperLine, Kind::Indicator, line.indicator);
                self.refer(Kind::PaperLine, Kind::Group, line.group);
            }
        }
        if let Some(account) = &project.account {
            self.unknown(&account.unknown);
            self.cell(&account.initial);
            self.cell(&account.adjusted);
            self.cell(&account.executed);
        }
        if let Some(last) = &project.last_year {
            self.last_year(last);
        }
        for deadline in &project.deadlines {
            self.unknown(&deadline.unknown);
        }
        for record in project.budget_adjustments.iter() {
            self.record(Kind::BudgetAdjustment, record.id, &record.unknown);
            self.cell(&record.amount);
            self.refer(Kind::BudgetAdjustment, Kind::FundRow, record.fund);
        }
        for removed in project.removed.iter() {
            self.record(Kind::Removed, removed.id, &removed.unknown);
            self.unknown(&removed.approved.unknown);
            if let Some(cancelled) = &removed.cancelled {
                self.unknown(&cancelled.unknown);
            }
        }
    }

    /// What it refers to is of another form, which need not be in the document.
    fn last_year(&mut self, last: &LastYear) {
        self.unknown(&last.unknown);
        self.cell(&last.total_score);
        self.cell(&last.rating);
        for row in last.funds.iter() {
            self.unknown(&row.unknown);
            let amounts = [&row.initial, &row.adjusted, &row.executed];
            amounts.into_iter().for_each(|amount| self.cell(amount));
        }
        for row in last.indicators.iter() {
            self.unknown(&row.unknown);
            self.cell(&row.nature);
            self.cell(&row.weight);
            self.cell(&row.score);
        }
    }

    fn goal(&mut self, goal: &Goal) {
        self.record(Kind::Goal, goal.id, &goal.unknown);
        self.cell(&goal.weight);
        for section in goal.sections.iter() {
            self.section(section);
        }
        for reason in goal.reasons.iter() {
            self.record(Kind::Reason, reason.id, &reason.unknown);
            self.refer(Kind::Reason, Kind::Section, reason.section);
            self.refer(Kind::Reason, Kind::Group, reason.group);
            self.refer(Kind::Reason, Kind::Indicator, reason.rows.iter().copied());
        }
    }

    fn section(&mut self, section: &Section) {
        self.record(Kind::Section, section.id, &section.unknown);
        self.cell(&section.weight);
        self.cell(&section.score);
        for group in section.groups.iter() {
            self.record(Kind::Group, group.id, &group.unknown);
            self.cell(&group.weight);
            self.cell(&group.score);
            for row in group.indicators.iter() {
                self.indicator(row);
            }
        }
    }

    /// Any text can stand in a target or actual value, so those cells are not looked at.
    fn indicator(&mut self, row: &Indicator) {
        self.record(Kind::Indicator, row.id, &row.unknown);
        self.refer(Kind::Indicator, Kind::Indicator, row.part_of);
        self.cell(&row.nature);
        self.cell(&row.weight);
        self.cell(&row.score);
        if let Some(approved) = &row.approved {
            self.unknown(&approved.unknown);
        }
        for adjustment in &row.adjustments {
            self.unknown(&adjustment.unknown);
        }
    }
}
