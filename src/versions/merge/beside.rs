//! What lies beside a form: evidence, notes, explanations, records, deadlines, the working paper.

use crate::model::{
    budget::{BudgetAdjustment, BudgetMove},
    deadlines::Deadline,
    id::Id,
    indicator::{Approved, Cancellation, Removed},
    last_year::LastYear,
    path::Place,
    project::{Account, Evidence, Explanation, Note, Project, Stage},
    review::{NoteKind, Reply, StageRecord},
    rows::Rows,
    working_paper::{PaperCell, PaperField, PaperLine, PaperSubject, WorkingPaper},
};

use super::{
    level::{Node, rows},
    walk::{Cell, Spot, Three, Walk},
    words::{listed, named},
};

/// A field of a record.
fn field<T: Cell, R: Node>(
    walk: &mut Walk<'_>,
    three: Three<'_, R>,
    of: impl Fn(&R) -> &T,
    key: &str,
    caption: &str,
) -> T {
    let row = three.ours;
    let part = Three {
        base: three.base.map(&of),
        ours: of(three.ours),
        theirs: of(three.theirs),
    };
    walk.field(part, || Spot {
        address: format!("{}/{}/{key}", R::PART, row.key()),
        place: row.place(),
        caption: format!("{} · {caption}", row.name()),
    })
}

impl Node for Evidence {
    type Key = Id<Self>;
    const PART: &'static str = "evidence";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named("佐证材料", &self.title)
    }

    fn told(&self) -> String {
        self.file.clone()
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let id = three.ours.id;
        let row = |row: &Option<_>| match row {
            Some(_) => "某项指标".to_owned(),
            None => "整个项目".to_owned(),
        };
        Self {
            id,
            indicator: walk.whole(three.of(|one| &one.indicator), row, || {
                let name = three.ours.name();
                Spot::field(
                    format!("evidence/{id}/indicator"),
                    format!("{name} · 所证明的指标"),
                )
            }),
            title: field(walk, three, |one| &one.title, "title", "材料名称"),
            file: field(walk, three, |one| &one.file, "file", "文件"),
            hash: walk.quiet(three.of(|one| &one.hash)),
            length: walk.quiet(three.of(|one| &one.length)),
            unknown: walk.unknown(three.of(|one| &one.unknown)),
        }
    }
}

impl Node for Note {
    type Key = Id<Self>;
    const PART: &'static str = "note";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named(
            "审核意见",
            &listed([("", &*self.author), ("", &*self.time)]).replace('；', ""),
        )
    }

    fn place(&self) -> Option<Place> {
        Some(self.at.place.clone())
    }

    fn told(&self) -> String {
        self.text.to_string()
    }

    fn time(&self) -> &str {
        &self.time
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let id = three.ours.id;
        let kind = |kind: &NoteKind| kind.to_string();
        let resolved = |resolved: &bool| if *resolved { "已处理" } else { "未处理" }.to_owned();
        let spot = |key: &str, caption: &str| Spot {
            address: format!("note/{id}/{key}"),
            place: three.ours.place(),
            caption: format!("{} · {caption}", three.ours.name()),
        };
        Self {
            id,
            at: walk.quiet(three.of(|note| &note.at)),
            author: walk.quiet(three.of(|note| &note.author)),
            time: walk.quiet(three.of(|note| &note.time)),
            text: field(walk, three, |note| &note.text, "text", "内容"),
            kind: walk.whole(three.of(|note| &note.kind), kind, || spot("kind", "类别")),
            resolved: walk.whole(three.of(|note| &note.resolved), resolved, || {
                spot("resolved", "处理情况")
            }),
            replies: rows(walk, three.of(|note| &note.replies), "回复的顺序"),
            unknown: walk.unknown(three.of(|note| &note.unknown)),
        }
    }
}

impl Node for Reply {
    type Key = Id<Self>;
    const PART: &'static str = "reply";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named("回复", &self.author)
    }

    fn told(&self) -> String {
        self.text.to_string()
    }

    fn time(&self) -> &str {
        &self.time
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        Self {
            id: three.ours.id,
            author: walk.quiet(three.of(|reply| &reply.author)),
            time: walk.quiet(three.of(|reply| &reply.time)),
            text: field(walk, three, |reply| &reply.text, "text", "内容"),
            unknown: walk.unknown(three.of(|reply| &reply.unknown)),
        }
    }
}

/// One finding has one explanation, whoever gave it.
impl Node for Explanation {
    type Key = String;
    const PART: &'static str = "explanation";

    fn key(&self) -> Self::Key {
        format!("{}/{}", self.rule, self.at)
    }

    fn name(&self) -> String {
        format!("核实说明 {}", self.rule)
    }

    fn place(&self) -> Option<Place> {
        Some(self.at.place.clone())
    }

    fn told(&self) -> String {
        self.text.to_string()
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let Three { ours, theirs, .. } = three;
        let text = field(walk, three, |given| &given.text, "text", "内容");
        // Who gave it, when, and for which values go with the text.
        let is_theirs = match (text == ours.text, text == theirs.text) {
            (true, true) => (&theirs.time, theirs.id) > (&ours.time, ours.id),
            (is_ours, _) => !is_ours,
        };
        let from = if is_theirs { theirs } else { ours };
        Self {
            text,
            unknown: walk.unknown(three.of(|given| &given.unknown)),
            ..from.clone()
        }
    }
}

impl Node for BudgetAdjustment {
    type Key = Id<Self>;
    const PART: &'static str = "budget";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named("预算调整", &self.document_no)
    }

    fn told(&self) -> String {
        format!("{} {}", self.way, self.amount.text())
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let id = three.ours.id;
        let way = |way: &BudgetMove| way.to_string();
        Self {
            id,
            fund: walk.quiet(three.of(|record| &record.fund)),
            way: walk.whole(three.of(|record| &record.way), way, || {
                let name = three.ours.name();
                Spot::field(format!("budget/{id}/way"), format!("{name} · 调整方式"))
            }),
            amount: field(walk, three, |record| &record.amount, "amount", "金额"),
            date: field(walk, three, |record| &record.date, "date", "日期"),
            document_no: field(
                walk,
                three,
                |record| &record.document_no,
                "document_no",
                "文号",
            ),
            reason: field(walk, three, |record| &record.reason, "reason", "原因"),
            remark: field(walk, three, |record| &record.remark, "remark", "备注"),
            unknown: walk.unknown(three.of(|record| &record.unknown)),
        }
    }
}

impl Node for Removed {
    type Key = Id<Self>;
    const PART: &'static str = "removed";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named("表中没有的批复指标", &self.approved.name)
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let id = three.ours.id;
        let cancelled = |given: &Option<Cancellation>| {
            given.as_ref().map_or(String::new(), |given| {
                listed([
                    ("", &*given.date),
                    ("文号", &given.document_no),
                    ("原因", &given.reason),
                ])
            })
        };
        let approved = |approved: &Approved| {
            listed([("指标值", &*approved.target), ("分值", &approved.weight)])
        };
        let spot = |key: &str, caption: &str| {
            let name = three.ours.name();
            Spot::field(format!("removed/{id}/{key}"), format!("{name} · {caption}"))
        };
        Self {
            id,
            goal: walk.quiet(three.of(|removed| &removed.goal)),
            section: walk.quiet(three.of(|removed| &removed.section)),
            group: walk.quiet(three.of(|removed| &removed.group)),
            approved: walk.whole(three.of(|removed| &removed.approved), approved, || {
                spot("approved", "批复值")
            }),
            cancelled: walk.whole(three.of(|removed| &removed.cancelled), cancelled, || {
                spot("cancelled", "取消记录")
            }),
            unknown: walk.unknown(three.of(|removed| &removed.unknown)),
        }
    }
}

impl Node for StageRecord {
    type Key = Id<Self>;
    const PART: &'static str = "stage_record";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        format!("流转记录 {} → {}", self.from, self.to)
    }

    fn told(&self) -> String {
        listed([("", &*self.by), ("", &*self.time), ("", &*self.reason)])
    }

    fn time(&self) -> &str {
        &self.time
    }

    /// A record is never changed.
    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        walk.quiet(three)
    }
}

impl Node for Deadline {
    type Key = Stage;
    const PART: &'static str = "deadline";

    fn key(&self) -> Self::Key {
        self.stage
    }

    fn name(&self) -> String {
        format!("{}期限", self.stage)
    }

    fn told(&self) -> String {
        self.date.clone()
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        Self {
            stage: three.ours.stage,
            date: field(walk, three, |deadline| &deadline.date, "date", "日期"),
            remark: field(walk, three, |deadline| &deadline.remark, "remark", "说明"),
            unknown: walk.unknown(three.of(|deadline| &deadline.unknown)),
        }
    }
}

/// Deadlines in the order of the stages.
pub(super) fn deadlines(walk: &mut Walk<'_>, three: Three<'_, Vec<Deadline>>) -> Vec<Deadline> {
    let as_rows = |list: &Vec<Deadline>| -> Rows<Deadline> { list.iter().cloned().collect() };
    let base = three.base.map(as_rows);
    let (ours, theirs) = (as_rows(three.ours), as_rows(three.theirs));
    let merged = rows(
        walk,
        Three {
            base: base.as_ref(),
            ours: &ours,
            theirs: &theirs,
        },
        "期限的顺序",
    );
    let mut merged: Vec<Deadline> = merged.iter().map(|one| (**one).clone()).collect();
    merged.sort_by_key(|deadline| deadline.stage);
    merged
}

fn line_address(subject: PaperSubject) -> String {
    match subject {
        PaperSubject::Execution => "execution".into(),
        PaperSubject::Group(id) => format!("group/{id}"),
        PaperSubject::Indicator(id) => format!("indicator/{id}"),
    }
}

impl Node for PaperLine {
    type Key = String;
    const PART: &'static str = "paper";

    fn key(&self) -> Self::Key {
        line_address(self.subject())
    }

    fn name(&self) -> String {
        "复核底稿的一行".into()
    }

    fn place(&self) -> Option<Place> {
        let field = PaperField::Score;
        Some(Place::Paper(PaperCell::Line(self.subject(), field)))
    }

    fn told(&self) -> String {
        let texts = PaperField::ALL.map(|field| (field.caption(), self.text(field)));
        listed(texts)
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let subject = three.ours.subject();
        let at = |field| move || Place::Paper(PaperCell::Line(subject, field));
        Self {
            indicator: three.ours.indicator,
            group: three.ours.group,
            actual: walk.cell(three.of(|line| &line.actual), at(PaperField::Actual)),
            score: walk.cell(three.of(|line| &line.score), at(PaperField::Score)),
            note: walk.cell(three.of(|line| &line.note), at(PaperField::Note)),
            unknown: walk.unknown(three.of(|line| &line.unknown)),
        }
    }
}

/// 自评复核工作底稿
pub(super) fn working_paper(
    walk: &mut Walk<'_>,
    three: Three<'_, Option<WorkingPaper>>,
) -> Option<WorkingPaper> {
    if three.ours == three.theirs {
        return three.ours.clone();
    }
    let nothing = WorkingPaper {
        reviewer: Default::default(),
        date: Default::default(),
        opinion: Default::default(),
        lines: Rows::new(),
        unknown: Default::default(),
    };
    let three = three.of(|paper| paper.as_ref().unwrap_or(&nothing));
    let at = |cell| move || Place::Paper(cell);
    let merged = WorkingPaper {
        reviewer: walk.cell(three.of(|paper| &paper.reviewer), at(PaperCell::Reviewer)),
        date: walk.cell(three.of(|paper| &paper.date), at(PaperCell::Date)),
        opinion: walk.cell(three.of(|paper| &paper.opinion), at(PaperCell::Opinion)),
        lines: rows(walk, three.of(|paper| &paper.lines), "复核底稿各行的顺序"),
        unknown: walk.unknown(three.of(|paper| &paper.unknown)),
    };
    (merged != nothing).then_some(merged)
}

/// 账面数, in short.
pub(super) fn account_told(account: &Option<Account>) -> String {
    account.as_ref().map_or(String::new(), |account| {
        listed([
            ("年初预算数", account.initial.text()),
            ("全年预算数", account.adjusted.text()),
            ("全年执行数", account.executed.text()),
            ("来源", &account.source),
        ])
    })
}

/// 上年, in short.
pub(super) fn last_year_told(last: &Option<LastYear>) -> String {
    last.as_ref().map_or(String::new(), |last| {
        let year = last.year.map_or(String::new(), |year| year.to_string());
        listed([("", &*year), ("", &*last.name), ("来源", &*last.source)])
    })
}

/// Joins what every stage allows to be changed.
pub(super) fn always_open(walk: &mut Walk<'_>, three: Three<'_, Project>, merged: &mut Project) {
    let single = |key: &str, caption: &str| Spot::field(key.to_owned(), caption.to_owned());
    merged.notes = rows(walk, three.of(|one| &one.notes), "审核意见的顺序");
    merged.stages = rows(walk, three.of(|one| &one.stages), "流转记录的顺序");
    merged.working_paper = working_paper(walk, three.of(|one| &one.working_paper));
    merged.deadlines = deadlines(walk, three.of(|one| &one.deadlines));
    merged.last_year = walk.whole(three.of(|one| &one.last_year), last_year_told, || {
        single("last_year", "上年数据")
    });
}
