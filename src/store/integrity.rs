//! What a well-formed file may still have wrong: ids that stand twice, references that lead nowhere, cells that cannot be
//! read. Double ids are renewed, because every address in the program relies on them; the rest is only reported.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashMap, HashSet},
    fmt,
};

use crate::model::{
    document::Document,
    id::{Id, IdSource},
    indicator::{Group, Indicator, Section},
    path::{CellPath, Place},
    project::{FundRow, Goal, Project},
    record::Unknown,
    rows::Rows,
    typed::{Reading, Typed},
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
    let mut findings = Findings::default();
    let mut all: Vec<AnyId> = Vec::new();
    for project in document.projects.iter() {
        each_id(project, &mut |kind, bits| all.push((kind, bits)));
    }
    all.sort_unstable();
    if all.windows(2).any(|pair| pair[0] == pair[1]) {
        let mut renewal = Renewal {
            taken: all.into_iter().map(|(_, bits)| bits).collect(),
            seen: HashSet::new(),
            ids,
            reissued: Vec::new(),
        };
        each_mut(&mut document.projects, |project| renewal.renew(project));
        findings.reissued = renewal.reissued;
    }
    note_unknown(&document.unknown, &mut findings);
    for project in document.projects.iter() {
        inspect(project, &mut findings);
        find_dangling(project, &mut findings.dangling);
    }
    findings
}

/// Calls `see` for every id of a project.
fn each_id(project: &Project, see: &mut impl FnMut(Kind, u64)) {
    see(Kind::Project, project.id.bits());
    for row in project.funds.iter() {
        see(Kind::FundRow, row.id.bits());
    }
    for goal in project.goals.iter() {
        see(Kind::Goal, goal.id.bits());
        for section in goal.sections.iter() {
            see(Kind::Section, section.id.bits());
        }
        for reason in goal.reasons.iter() {
            see(Kind::Reason, reason.id.bits());
        }
    }
    for view in project.groups() {
        see(Kind::Group, view.group.id.bits());
        for row in view.group.indicators.iter() {
            see(Kind::Indicator, row.id.bits());
        }
    }
    for row in project.tables.values().flat_map(Rows::iter) {
        see(Kind::TableRow, row.id.bits());
    }
    for evidence in project.evidence.iter() {
        see(Kind::Evidence, evidence.id.bits());
    }
    for note in project.notes.iter() {
        see(Kind::Note, note.id.bits());
    }
    for explanation in project.explanations.iter() {
        see(Kind::Explanation, explanation.id.bits());
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
        each_mut(&mut project.evidence, |evidence| {
            self.one(Kind::Evidence, &mut evidence.id, &mut here);
        });
        each_mut(&mut project.notes, |note| {
            self.one(Kind::Note, &mut note.id, &mut here);
        });
        each_mut(&mut project.explanations, |explanation| {
            self.one(Kind::Explanation, &mut explanation.id, &mut here);
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
        each_mut(&mut project.notes, |note| self.follow_path(&mut note.at));
        each_mut(&mut project.explanations, |explanation| {
            self.follow_path(&mut explanation.at);
        });
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
        Place::Whole | Place::Header(_) | Place::Stated(_) | Place::Text(_) | Place::Footer(_) => {
            return None;
        }
    })
}

fn find_dangling(project: &Project, dangling: &mut Vec<Dangling>) {
    let known: OnceCell<HashSet<AnyId>> = OnceCell::new();
    let mut check = |from, to: AnyId| {
        let known = known.get_or_init(|| {
            let mut known = HashSet::new();
            each_id(project, &mut |kind, bits| {
                known.insert((kind, bits));
            });
            known
        });
        if !known.contains(&to) {
            dangling.push(Dangling {
                project: project.id,
                from,
                to: to.0,
                target: to.1,
            });
        }
    };
    for view in project.rows() {
        if let Some(whole) = view.indicator.part_of {
            check(Kind::Indicator, (Kind::Indicator, whole.bits()));
        }
    }
    for reason in project.goals.iter().flat_map(|goal| goal.reasons.iter()) {
        let section = reason.section.map(|id| (Kind::Section, id.bits()));
        let group = reason.group.map(|id| (Kind::Group, id.bits()));
        let rows = reason.rows.iter().map(|id| (Kind::Indicator, id.bits()));
        for target in section.into_iter().chain(group).chain(rows) {
            check(Kind::Reason, target);
        }
    }
    for evidence in project.evidence.iter() {
        if let Some(row) = evidence.indicator {
            check(Kind::Evidence, (Kind::Indicator, row.bits()));
        }
    }
    let notes = project.notes.iter().map(|note| (Kind::Note, &note.at));
    let explanations = project
        .explanations
        .iter()
        .map(|one| (Kind::Explanation, &one.at));
    for (from, path) in notes.chain(explanations) {
        check(from, (Kind::Project, path.project.bits()));
        if let Some(target) = target_of(&path.place) {
            check(from, target);
        }
    }
}

fn note_unknown(unknown: &Unknown, findings: &mut Findings) {
    for (name, _) in unknown.iter() {
        findings.unknown_fields.insert(name.clone());
    }
}

fn note_cell<T>(cell: &Typed<T>, findings: &mut Findings) {
    if matches!(cell.reading(), Reading::Unreadable) {
        findings.unreadable_cells += 1;
    }
}

/// Looks for cells that cannot be read and fields that are not known.
fn inspect(project: &Project, findings: &mut Findings) {
    note_unknown(&project.unknown, findings);
    note_unknown(&project.edition.unknown, findings);
    project
        .funds
        .iter()
        .for_each(|row| inspect_funds(row, findings));
    for goal in project.goals.iter() {
        note_unknown(&goal.unknown, findings);
        note_cell(&goal.weight, findings);
        for section in goal.sections.iter() {
            inspect_section(section, findings);
        }
        for reason in goal.reasons.iter() {
            note_unknown(&reason.unknown, findings);
        }
    }
    let stated = &project.stated;
    note_unknown(&stated.unknown, findings);
    note_cell(&stated.total_weight, findings);
    note_cell(&stated.total_score, findings);
    note_cell(&stated.rating, findings);
    for row in project.tables.values().flat_map(Rows::iter) {
        note_unknown(&row.unknown, findings);
    }
    for evidence in project.evidence.iter() {
        note_unknown(&evidence.unknown, findings);
    }
    for note in project.notes.iter() {
        note_unknown(&note.unknown, findings);
    }
    for explanation in project.explanations.iter() {
        note_unknown(&explanation.unknown, findings);
    }
}

fn inspect_funds(row: &FundRow, findings: &mut Findings) {
    note_unknown(&row.unknown, findings);
    for figure in row.figures.values() {
        note_cell(figure, findings);
    }
}

fn inspect_section(section: &Section, findings: &mut Findings) {
    note_unknown(&section.unknown, findings);
    note_cell(&section.weight, findings);
    note_cell(&section.score, findings);
    for group in section.groups.iter() {
        inspect_group(group, findings);
    }
}

fn inspect_group(group: &Group, findings: &mut Findings) {
    note_unknown(&group.unknown, findings);
    note_cell(&group.weight, findings);
    note_cell(&group.score, findings);
    for row in group.indicators.iter() {
        inspect_row(row, findings);
    }
}

fn inspect_row(row: &Indicator, findings: &mut Findings) {
    note_unknown(&row.unknown, findings);
    note_cell(&row.nature, findings);
    note_cell(&row.target, findings);
    note_cell(&row.actual, findings);
    note_cell(&row.weight, findings);
    note_cell(&row.score, findings);
    if let Some(approved) = &row.approved {
        note_unknown(&approved.unknown, findings);
    }
    for adjustment in &row.adjustments {
        note_unknown(&adjustment.unknown, findings);
    }
}
