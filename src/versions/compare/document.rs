//! What differs beside the projects: their order, 表样 in the file, 整改台账, and 填报表 given out.

use super::{
    Kind, Topic, What,
    pass::{Beside, Found, Pass, nth},
    rows::{Fate, of_list},
};
use crate::model::{
    document::Document, edition::Edition, edition_difference::differences, id::Id,
    ledger::Rectification, path::CellPath, project::Project, sending::Sending, typed::trim,
};

/// One place beside the projects at which two states differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentChange {
    /// What it is, in words: "整改台账（3） · 回复".
    pub what: String,
    /// How it differs.
    pub kind: Kind,
    /// What stood there.
    pub before: String,
    /// What stands there.
    pub after: String,
}

/// What differs beside the projects.
pub(super) fn changes(older: &Document, newer: &Document) -> Vec<DocumentChange> {
    let mut pass = Pass::new(older, newer);
    let Document {
        id: _,
        projects: _,
        editions: _,
        ledger: _,
        sendings: _,
        unknown,
    } = newer;
    pass.order();
    pass.editions();
    pass.ledger();
    pass.sendings();
    pass.unknown(|| of("文件"), &older.unknown, unknown);
    let found = pass.found.into_iter();
    let change = |one: Found| DocumentChange {
        what: match one.of.what {
            What::Beside(called) | What::OfRow(called) => called,
            What::Cell | What::Row => String::new(),
        },
        kind: one.kind,
        before: one.before,
        after: one.after,
    };
    found.map(change).collect()
}

fn of(called: impl Into<String>) -> Beside {
    Beside::form(Topic::Other, called)
}

impl Pass<'_, Document> {
    /// Projects that both have and that stand in another order.
    fn order(&mut self) {
        let plain = |document: &'_ Document| -> Vec<Id<Project>> {
            document.projects.iter().map(|one| one.id).collect()
        };
        let (before, after) = (plain(self.older), plain(self.newer));
        for fate in of_list(&before, &after, |id| *id) {
            if let Fate::Kept {
                newer,
                moved: Some(stood),
                index,
                ..
            } = fate
            {
                let project = self.newer.project(*newer);
                let name = project.map_or("", |project| project.shown_name());
                let of = of(format!("项目的顺序（{name}）"));
                self.beside(of, Kind::Moved, &nth(stood.index), &nth(index));
            }
        }
    }

    fn editions(&mut self) {
        let (older, newer) = (self.older, self.newer);
        self.entries(
            (
                older.editions.iter().map(|one| &**one),
                newer.editions.iter().map(|one| &**one),
            ),
            |edition| edition.id.clone(),
            |edition| of(format!("随文件保存的表样（{}）", edition.name)),
            |pass, old: &Edition, new: &Edition| {
                for sentence in differences(old, new) {
                    let of = of(format!("随文件保存的表样（{}）", new.name));
                    pass.beside(of, Kind::Changed, "", &sentence);
                }
            },
        );
    }

    fn ledger(&mut self) {
        let (older, newer) = (self.older, self.newer);
        self.entries(
            (
                older.ledger.iter().map(|one| &**one),
                newer.ledger.iter().map(|one| &**one),
            ),
            |one| one.id,
            of_rectification,
            Self::rectification,
        );
    }

    fn rectification(&mut self, before: &Rectification, after: &Rectification) {
        let Rectification {
            id: _,
            number,
            project,
            project_name,
            at,
            place,
            comment,
            before: was,
            after: is,
            reply,
            by,
            date,
            done,
            guessed,
            unknown,
        } = after;
        let of = of_rectification(after);
        self.field(&of, "序号", &before.number, number);
        let named = |document: &Document, id: &Option<Id<Project>>| {
            let project = id.and_then(|id| document.project(id).cloned());
            project.map_or_else(String::new, |project| project.shown_name().to_owned())
        };
        if before.project != *project {
            let old = named(self.older, &before.project);
            let new = named(self.newer, project);
            self.beside(of.field("项目"), Kind::Changed, &old, &new);
        }
        self.field(&of, "项目名称", &before.project_name, project_name);
        let path =
            |at: &Option<CellPath>| at.as_ref().map_or_else(String::new, ToString::to_string);
        self.choice(&of, "所在单元格", &before.at, at, path);
        self.field(&of, "位置", &before.place, place);
        self.field(&of, "审核意见", &before.comment, comment);
        self.field(&of, "修改前", &before.before, was);
        self.field(&of, "修改后", &before.after, is);
        self.field(&of, "整改情况", &before.reply, reply);
        self.field(&of, "责任人", &before.by, by);
        self.field(&of, "完成时间", &before.date, date);
        let words = |done: &bool| if *done { "已完成" } else { "未完成" }.to_owned();
        self.choice(&of, "是否完成", &before.done, done, words);
        let words = |guessed: &bool| if *guessed { "推测" } else { "已核对" }.to_owned();
        self.choice(&of, "项目和位置", &before.guessed, guessed, words);
        self.unknown(|| of.clone(), &before.unknown, unknown);
    }

    fn sendings(&mut self) {
        let (older, newer) = (self.older, self.newer);
        self.entries(
            (
                older.sendings.iter().map(|one| &**one),
                newer.sendings.iter().map(|one| &**one),
            ),
            |one| one.id,
            of_sending,
            |pass, old: &Sending, new: &Sending| {
                let Sending {
                    id: _,
                    to,
                    projects,
                    file,
                    time,
                    due,
                    returns: _,
                    unknown,
                } = new;
                let of = of_sending(new);
                pass.field(&of, "发给", &old.to, to);
                let count = |projects: &Vec<Id<Project>>| format!("{} 个", projects.len());
                pass.choice(&of, "项目", &old.projects, projects, count);
                pass.field(&of, "文件", &old.file, file);
                pass.field(&of, "时间", &old.time, time);
                pass.field(&of, "期限", &old.due, due);
                pass.unknown(|| of.clone(), &old.unknown, unknown);
            },
        );
        self.returns();
    }

    fn returns(&mut self) {
        let (older, newer) = (self.older, self.newer);
        for sending in newer.sendings.iter() {
            let before = older.sendings.iter().find(|one| one.id == sending.id);
            if let Some(before) = before {
                self.anonymous(&before.returns, &sending.returns, || {
                    of_sending(sending).field("收回")
                });
            }
        }
    }
}

fn of_rectification(one: &Rectification) -> Beside {
    let number = trim(&one.number);
    of(match number {
        "" => "整改台账".to_owned(),
        number => format!("整改台账（{number}）"),
    })
}

fn of_sending(one: &Sending) -> Beside {
    of(format!("发出的填报表（{}）", trim(&one.to)))
}
