//! Two states of what is on record beside the form: 账面数, adjustments of the budget, approved indicators that the form lacks,
//! and last year.

use super::{
    Kind, Topic,
    pass::{Beside, Pass},
    says::told,
    written,
};
use crate::model::{
    budget::BudgetAdjustment,
    figure::FigureCell,
    id::Id,
    indicator::{Cancellation, Removed},
    last_year::LastYear,
    project::{Account, FundRow, Project, fund},
    typed::trim,
};

impl<'a> Pass<'a, Project> {
    pub(super) fn records(&mut self) {
        let (older, newer) = (self.older, self.newer);
        let of_account = || Beside::form(Topic::Records, "账面数");
        let (old, new) = (older.account.as_ref(), newer.account.as_ref());
        self.presence(of_account, old, new, |pass, old, new| {
            pass.account(&of_account(), old, new);
        });
        self.entries(
            (
                older.budget_adjustments.iter().map(|one| &**one),
                newer.budget_adjustments.iter().map(|one| &**one),
            ),
            |one| one.id,
            |_| Beside::form(Topic::Records, "预算调整"),
            Self::budget_adjustment,
        );
        self.entries(
            (
                older.removed.iter().map(|one| &**one),
                newer.removed.iter().map(|one| &**one),
            ),
            |one| one.id,
            of_removed,
            Self::removed,
        );
        let of_last = || Beside::form(Topic::Records, "上年");
        let (old, new) = (older.last_year.as_ref(), newer.last_year.as_ref());
        self.presence(of_last, old, new, |pass, old, new| {
            pass.last_year(&of_last(), old, new);
        });
    }

    /// A typed amount beside the form.
    fn amount(&mut self, of: &Beside, caption: &str, before: &FigureCell, after: &FigureCell) {
        if before != after {
            let kind = written::figure(before, after).kind();
            self.beside(of.field(caption), kind, before.text(), after.text());
        }
    }

    fn account(&mut self, of: &Beside, before: &Account, after: &Account) {
        let Account {
            initial,
            adjusted,
            executed,
            money_unit,
            source,
            unknown,
        } = after;
        for (column, before, after) in [
            (fund::INITIAL, &before.initial, initial),
            (fund::ADJUSTED, &before.adjusted, adjusted),
            (fund::EXECUTED, &before.executed, executed),
        ] {
            self.amount(of, fund::usual_caption(column), before, after);
        }
        let words = ToString::to_string;
        self.choice(of, "单位", &before.money_unit, money_unit, words);
        self.field(of, "来源", &before.source, source);
        self.unknown(|| of.clone(), &before.unknown, unknown);
    }

    fn budget_adjustment(&mut self, before: &BudgetAdjustment, after: &BudgetAdjustment) {
        let BudgetAdjustment {
            id: _,
            fund,
            way,
            amount,
            date,
            document_no,
            reason,
            remark,
            unknown,
        } = after;
        let of = Beside::form(Topic::Records, format!("预算调整（{}）", told(after)));
        if before.fund != *fund {
            let old = fund_in_words(self.older, before.fund);
            let new = fund_in_words(self.newer, *fund);
            self.beside(of.field("资金行"), Kind::Changed, &old, &new);
        }
        self.choice(&of, "方式", &before.way, way, ToString::to_string);
        self.amount(&of, "金额", &before.amount, amount);
        self.field(&of, "日期", &before.date, date);
        self.field(&of, "文号", &before.document_no, document_no);
        self.field(&of, "原因", &before.reason, reason);
        self.field(&of, "备注", &before.remark, remark);
        self.unknown(|| of.clone(), &before.unknown, unknown);
    }

    fn removed(&mut self, before: &'a Removed, after: &'a Removed) {
        let Removed {
            id: _,
            goal,
            section,
            group,
            approved,
            cancelled,
            unknown,
        } = after;
        let of = of_removed(after);
        self.field(&of, "目标", &before.goal, goal);
        self.field(&of, "一级指标", &before.section, section);
        self.field(&of, "二级指标", &before.group, group);
        self.approved(&of, &before.approved, approved);
        let of_cancelled = || of.field("取消");
        let (old, new) = (before.cancelled.as_ref(), cancelled.as_ref());
        self.presence(of_cancelled, old, new, |pass, old, new| {
            let Cancellation {
                date,
                document_no,
                reason,
                unknown,
            } = new;
            let of = of_cancelled();
            pass.field(&of, "日期", &old.date, date);
            pass.field(&of, "文号", &old.document_no, document_no);
            pass.field(&of, "原因", &old.reason, reason);
            pass.unknown(of_cancelled, &old.unknown, unknown);
        });
        self.unknown(|| of.clone(), &before.unknown, unknown);
    }

    fn last_year(&mut self, of: &Beside, before: &'a LastYear, after: &'a LastYear) {
        let LastYear {
            project,
            year,
            name,
            edition,
            money_unit,
            funds,
            total_score,
            rating,
            indicators,
            source,
            unknown,
        } = after;
        let id = |id: &Option<Id<Project>>| id.map_or_else(String::new, |id| id.to_string());
        self.choice(of, "来自项目", &before.project, project, id);
        let number = |year: &Option<i16>| year.map_or_else(String::new, |year| year.to_string());
        self.choice(of, "年度", &before.year, year, number);
        self.field(of, "项目", &before.name, name);
        self.field(of, "表样", &before.edition, edition);
        let words = ToString::to_string;
        self.choice(of, "单位", &before.money_unit, money_unit, words);
        self.anonymous(
            before.funds.iter().map(|row| &**row),
            funds.iter().map(|row| &**row),
            || of.field("资金"),
        );
        self.amount(of, "总分", &before.total_score, total_score);
        if before.rating != *rating {
            let kind = written::reading(&before.rating, rating).kind();
            self.beside(
                of.field("评价等级"),
                kind,
                before.rating.text(),
                rating.text(),
            );
        }
        self.anonymous(
            before.indicators.iter().map(|row| &**row),
            indicators.iter().map(|row| &**row),
            || of.field("指标"),
        );
        self.field(of, "来源", &before.source, source);
        self.unknown(|| of.clone(), &before.unknown, unknown);
    }
}

fn of_removed(removed: &Removed) -> Beside {
    let name = trim(&removed.approved.name);
    Beside::form(
        Topic::Records,
        format!("批复中有、表中没有的指标（{name}）"),
    )
}

fn fund_in_words(project: &Project, row: Option<Id<FundRow>>) -> String {
    match row {
        None => "资金总额".to_owned(),
        Some(id) => match project.fund_row(id) {
            Some(row) => row.short_name().to_owned(),
            None => "（已删除的行）".to_owned(),
        },
    }
}
