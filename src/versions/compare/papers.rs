//! Two states of what else lies beside the form: evidence, deadlines, 不公开, and what is put aside.

use super::{
    Kind, Topic,
    indicator::row_in_words,
    pass::{Beside, Pass},
};
use crate::model::{
    aside::Aside,
    deadlines::Deadline,
    project::{Evidence, Project},
    record::Unknown,
    review::Withheld,
    typed::trim,
};

impl<'a> Pass<'a, Project> {
    pub(super) fn papers(&mut self) {
        let (older, newer) = (self.older, self.newer);
        self.entries(
            (
                older.evidence.iter().map(|one| &**one),
                newer.evidence.iter().map(|one| &**one),
            ),
            |one| one.id,
            of_evidence,
            Self::evidence,
        );
        self.entries(
            (&older.deadlines, &newer.deadlines),
            |one| one.stage,
            of_deadline,
            |pass, old, new| {
                let Deadline {
                    stage: _,
                    date,
                    remark,
                    unknown,
                } = new;
                let of = of_deadline(new);
                pass.field(&of, "日期", &old.date, date);
                pass.field(&of, "备注", &old.remark, remark);
                pass.unknown(|| of.clone(), &old.unknown, unknown);
            },
        );
        let of_withheld = || Beside::form(Topic::Other, "不公开");
        let (old, new) = (older.withheld.as_ref(), newer.withheld.as_ref());
        self.presence(of_withheld, old, new, |pass, old, new| {
            let Withheld { reason, unknown } = new;
            pass.field(&of_withheld(), "理由", &old.reason, reason);
            pass.unknown(of_withheld, &old.unknown, unknown);
        });
        self.aside();
    }

    fn evidence(&mut self, before: &'a Evidence, after: &'a Evidence) {
        let Evidence {
            id: _,
            indicator,
            title,
            file,
            hash,
            length,
            unknown,
        } = after;
        let of = of_evidence(after);
        if before.indicator != *indicator {
            let old = row_in_words(self.older, before.indicator);
            let new = row_in_words(self.newer, *indicator);
            self.beside(of.field("所证明的指标"), Kind::Changed, &old, &new);
        }
        self.field(&of, "材料名称", &before.title, title);
        self.field(&of, "文件", &before.file, file);
        let short = |hash: &String| hash.chars().take(8).collect();
        self.choice(&of, "文件内容", &before.hash, hash, short);
        self.choice(&of, "文件大小", &before.length, length, u64::to_string);
        self.unknown(|| of.clone(), &before.unknown, unknown);
    }

    /// The rows put aside are compared with those of the form.
    fn aside(&mut self) {
        let none = Unknown::default();
        fn unknown(aside: &Option<Aside>) -> Option<&Unknown> {
            let Aside {
                funds: _,
                tables: _,
                unknown,
            } = aside.as_ref()?;
            Some(unknown)
        }
        let (old, new) = (unknown(&self.older.aside), unknown(&self.newer.aside));
        self.unknown(
            || Beside::form(Topic::Other, "本表样没有位置的内容"),
            old.unwrap_or(&none),
            new.unwrap_or(&none),
        );
    }
}

fn of_evidence(evidence: &Evidence) -> Beside {
    let title = trim(&evidence.title);
    Beside::form(Topic::Other, format!("佐证材料（{title}）"))
}

fn of_deadline(deadline: &Deadline) -> Beside {
    Beside::form(Topic::Other, format!("期限（{}）", deadline.stage))
}
