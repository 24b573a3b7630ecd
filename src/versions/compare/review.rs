//! Two states of the review: stages gone through, notes with their replies, explanations, working paper.

use super::{
    Topic, What,
    pass::{Beside, Pass},
    says::Says,
    written,
};
use crate::model::{
    path::{CellPath, Place},
    project::{Explanation, Note, Project},
    record::{Text, Unknown},
    review::{Reply, StageRecord},
    typed::trim,
    working_paper::{PaperCell, PaperField, PaperLine, WorkingPaper},
};

impl<'a> Pass<'a, Project> {
    pub(super) fn review(&mut self) {
        let (older, newer) = (self.older, self.newer);
        self.entries(
            (
                older.notes.iter().map(|one| &**one),
                newer.notes.iter().map(|one| &**one),
            ),
            |note| note.id,
            |note| of_note(newer, note),
            Self::note,
        );
        self.entries(
            (
                older.explanations.iter().map(|one| &**one),
                newer.explanations.iter().map(|one| &**one),
            ),
            |one| one.id,
            |one| of_explanation(newer, one),
            Self::explanation,
        );
        self.entries(
            (
                older.stages.iter().map(|one| &**one),
                newer.stages.iter().map(|one| &**one),
            ),
            |one| one.id,
            |_| Beside::form(Topic::Review, "流转记录"),
            Self::stage_record,
        );
        self.working_paper();
    }

    fn note(&mut self, before: &'a Note, after: &'a Note) {
        let Note {
            id: _,
            at,
            author,
            time,
            text,
            kind,
            resolved,
            replies,
            unknown,
        } = after;
        let newer = self.newer;
        let of = of_note(newer, after);
        self.choice(&of, "所在单元格", &before.at, at, ToString::to_string);
        self.field(&of, "填写人", &before.author, author);
        self.field(&of, "时间", &before.time, time);
        self.field(&of, "内容", &before.text, text);
        self.choice(&of, "类别", &before.kind, kind, ToString::to_string);
        let words = |resolved: &bool| if *resolved { "已处理" } else { "未处理" }.to_owned();
        self.choice(&of, "处理情况", &before.resolved, resolved, words);
        self.entries(
            (
                before.replies.iter().map(|one| &**one),
                replies.iter().map(|one| &**one),
            ),
            |reply| reply.id,
            |reply| of.field(&signed("回复", &reply.author)),
            |pass, old: &Reply, new: &Reply| {
                let Reply {
                    id: _,
                    author,
                    time,
                    text,
                    unknown,
                } = new;
                let of = of.field(&signed("回复", author));
                pass.field(&of, "填写人", &old.author, author);
                pass.field(&of, "时间", &old.time, time);
                pass.field(&of, "内容", &old.text, text);
                pass.unknown(|| of.clone(), &old.unknown, unknown);
            },
        );
        self.unknown(|| of.clone(), &before.unknown, unknown);
    }

    fn explanation(&mut self, before: &'a Explanation, after: &'a Explanation) {
        let Explanation {
            id: _,
            rule,
            at,
            text,
            fingerprint,
            author,
            time,
            unknown,
        } = after;
        let of = of_explanation(self.newer, after);
        self.field(&of, "规则", &before.rule, rule);
        self.choice(&of, "所在单元格", &before.at, at, ToString::to_string);
        self.field(&of, "内容", &before.text, text);
        let short = |print: &String| print.chars().take(8).collect();
        self.choice(&of, "所对应的问题", &before.fingerprint, fingerprint, short);
        self.field(&of, "填写人", &before.author, author);
        self.field(&of, "时间", &before.time, time);
        self.unknown(|| of.clone(), &before.unknown, unknown);
    }

    fn stage_record(&mut self, before: &'a StageRecord, after: &'a StageRecord) {
        let StageRecord {
            id: _,
            from,
            to,
            by,
            time,
            reason,
            content,
            unknown,
        } = after;
        let of = Beside::form(Topic::Review, format!("流转记录（{to} {time}）"));
        self.choice(&of, "原阶段", &before.from, from, ToString::to_string);
        self.choice(&of, "新阶段", &before.to, to, ToString::to_string);
        self.field(&of, "经办", &before.by, by);
        self.field(&of, "时间", &before.time, time);
        self.field(&of, "原因", &before.reason, reason);
        self.choice(&of, "内容编码", &before.content, content, Clone::clone);
        self.unknown(|| of.clone(), &before.unknown, unknown);
    }

    /// A working paper in which nothing is typed says as much as none.
    fn working_paper(&mut self) {
        let papers = (
            self.older.working_paper.as_ref(),
            self.newer.working_paper.as_ref(),
        );
        type Field = fn(&WorkingPaper) -> &Text;
        let head: [(PaperCell, Field); 3] = [
            (PaperCell::Reviewer, |paper| &paper.reviewer),
            (PaperCell::Date, |paper| &paper.date),
            (PaperCell::Opinion, |paper| &paper.opinion),
        ];
        for (cell, field) in head {
            let text = |paper: Option<&'a WorkingPaper>| paper.map_or("", |paper| field(paper));
            self.text(|| Place::Paper(cell), text(papers.0), text(papers.1));
        }
        let lines = (numbered(papers.0), numbered(papers.1));
        self.entries(
            (&lines.0, &lines.1),
            |one| (one.line.indicator, one.line.group, one.number),
            |one| Beside {
                at: paper_cell(one.line, PaperField::Note),
                what: What::Row,
                topic: Topic::Review,
            },
            |pass, old, new| pass.paper_line(old.line, new.line),
        );
        let none = Unknown::default();
        let unknown = |paper: Option<&'a WorkingPaper>| paper.map(|paper| &paper.unknown);
        self.unknown(
            || Beside::form(Topic::Review, "复核底稿"),
            unknown(papers.0).unwrap_or(&none),
            unknown(papers.1).unwrap_or(&none),
        );
    }

    fn paper_line(&mut self, before: &PaperLine, after: &PaperLine) {
        let PaperLine {
            indicator: _,
            group: _,
            actual,
            score,
            note,
            unknown,
        } = after;
        let at = |field| move || paper_cell(after, field);
        let field = at(PaperField::Actual);
        self.typed(field, &before.actual, actual, written::measure);
        let field = at(PaperField::Score);
        self.typed(field, &before.score, score, written::figure);
        self.text(at(PaperField::Note), &before.note, note);
        let of = || Beside::row(Topic::Review, at(PaperField::Note)(), "复核底稿");
        self.unknown(of, &before.unknown, unknown);
    }
}

/// A line of the working paper. Lines have no ids, and there may be two about one row in files of other programs.
struct Numbered<'a> {
    line: &'a PaperLine,
    /// How many before it are about the same.
    number: usize,
}

impl Says for Numbered<'_> {
    fn say(&self, say: &mut dyn FnMut(&str, &str)) {
        for field in PaperField::ALL {
            say(field.caption(), self.line.text(field));
        }
    }
}

fn numbered(paper: Option<&WorkingPaper>) -> Vec<Numbered<'_>> {
    let mut numbered: Vec<Numbered<'_>> = Vec::new();
    for line in paper.iter().flat_map(|paper| paper.lines.iter()) {
        let about = (line.indicator, line.group);
        let is_same = |one: &&Numbered<'_>| (one.line.indicator, one.line.group) == about;
        let number = numbered.iter().filter(is_same).count();
        numbered.push(Numbered { line, number });
    }
    numbered
}

fn paper_cell(line: &PaperLine, field: PaperField) -> Place {
    Place::Paper(PaperCell::Line(line.subject(), field))
}

/// Beside its cell, or beside the form where that is of another project.
fn of_note(project: &Project, note: &Note) -> Beside {
    Beside {
        at: place_of(project, &note.at),
        what: What::Beside(signed("审核意见", &note.author)),
        topic: Topic::Review,
    }
}

fn of_explanation(project: &Project, explanation: &Explanation) -> Beside {
    Beside {
        at: place_of(project, &explanation.at),
        what: What::Beside(format!("核实说明（{}）", trim(&explanation.rule))),
        topic: Topic::Review,
    }
}

fn place_of(project: &Project, at: &CellPath) -> Place {
    match at.project == project.id {
        true => at.place.clone(),
        false => Place::Whole,
    }
}

/// With who wrote it.
fn signed(what: &str, author: &str) -> String {
    match trim(author) {
        "" => what.to_owned(),
        author => format!("{what}（{author}）"),
    }
}
