//! Two states of a project: head, funds, further tables and texts, foot and statements. The other parts have files of their own.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{
    Change, Topic,
    pass::{Beside, Found, Pass, keys},
    rows::{Fate, of_lists},
    written,
};
use crate::model::{
    figure::FigureCell,
    path::{Place, StatedField},
    project::{EditionRef, FundRow, Project, Stated, TableRow, fund, header},
    record::KeyMap,
    rows::Rows,
};

/// What `newer` has otherwise than `older`, in the order of the form.
pub(super) fn changes(older: &Project, newer: &Project) -> Vec<Change> {
    let mut pass = Pass::new(older, newer);
    pass.project();
    let found = pass.found.into_iter();
    let change = |one: Found| Change {
        at: newer.at(one.of.at),
        what: one.of.what,
        kind: one.kind,
        topic: one.of.topic,
        before: one.before,
        after: one.after,
    };
    found.map(change).collect()
}

/// Head fields in the order in which forms print them.
const HEAD: [&str; 5] = [
    header::PROJECT_NAME,
    header::PROJECT_CODE,
    header::YEAR,
    header::DEPARTMENT,
    header::UNIT,
];

impl Pass<'_, Project> {
    fn project(&mut self) {
        let (older, newer) = (self.older, self.newer);
        // Every field by its name, so that a new one cannot be forgotten here.
        let Project {
            id: _,
            copied_from,
            edition,
            stage,
            money_unit,
            header,
            funds: _,
            goals: _,
            tables: _,
            texts,
            footer,
            stated: _,
            evidence: _,
            notes: _,
            explanations: _,
            account: _,
            budget_adjustments: _,
            removed: _,
            working_paper: _,
            last_year: _,
            deadlines: _,
            aside: _,
            stages: _,
            withheld: _,
            unknown,
        } = newer;
        let form = || Beside::form(Topic::Basics, "整份表");
        self.edition(&older.edition, edition);
        let words = ToString::to_string;
        self.whole("阶段", Topic::Review, &older.stage, stage, words);
        let words = ToString::to_string;
        let unit = &older.money_unit;
        self.whole("金额单位（计算用）", Topic::Basics, unit, money_unit, words);
        self.stated_head();
        let at = |key: &str| Place::Header(key.to_owned());
        self.keyed(&older.header, header, &HEAD, at);
        self.funds();
        self.goals();
        self.stated_totals();
        self.tables();
        self.keyed(&older.texts, texts, &[], |key| Place::Text(key.to_owned()));
        let at = |key: &str| Place::Footer(key.to_owned());
        self.keyed(&older.footer, footer, &[], at);
        self.footnotes();
        self.records();
        self.review();
        self.papers();
        self.origin(form, older.copied_from, *copied_from);
        self.unknown(form, &older.unknown, unknown);
    }

    fn edition(&mut self, before: &EditionRef, after: &EditionRef) {
        let EditionRef { id, hash, unknown } = after;
        let topic = Topic::Basics;
        if before.id != *id {
            self.whole("表样", topic, &before.id, id, Clone::clone);
        } else if before.hash != *hash {
            let words = |hash: &String| {
                let short: String = hash.chars().take(8).collect();
                format!("{id}（内容 {short}）")
            };
            self.whole("表样的内容", topic, &before.hash, hash, words);
        }
        let of = || Beside::form(topic, "表样");
        self.unknown(of, &before.unknown, unknown);
    }

    fn stated_head(&mut self) {
        let (before, after) = (&self.older.stated, &self.newer.stated);
        let at = |field| move || Place::Stated(field);
        self.text(at(StatedField::Title), &before.title, &after.title);
        let field = at(StatedField::MoneyUnit);
        self.text(field, &before.money_unit, &after.money_unit);
    }

    fn stated_totals(&mut self) {
        let before = &self.older.stated;
        let Stated {
            title: _,
            total_weight,
            total_score,
            rating,
            money_unit: _,
            footnotes: _,
            unknown,
        } = &self.newer.stated;
        let at = |field| move || Place::Stated(field);
        let figures = [
            (StatedField::TotalWeight, &before.total_weight, total_weight),
            (StatedField::TotalScore, &before.total_score, total_score),
        ];
        for (field, before, after) in figures {
            self.typed(at(field), before, after, written::figure);
        }
        let field = at(StatedField::Rating);
        self.typed(field, &before.rating, rating, written::reading);
        let of = || Beside::form(Topic::Basics, "表上所填");
        self.unknown(of, &before.unknown, unknown);
    }

    /// Footnotes have no ids: one that was put in moves the others, and does not change them.
    fn footnotes(&mut self) {
        let before = &self.older.stated.footnotes;
        let after = &self.newer.stated.footnotes;
        if before == after {
            return;
        }
        let at = |index| Place::Stated(StatedField::Footnote(index));
        for step in capture_diff_slices(Algorithm::Myers, before, after) {
            if matches!(step, DiffOp::Equal { .. }) {
                continue;
            }
            let (old, new) = (step.old_range(), step.new_range());
            let both = old.len().min(new.len());
            for (old, new) in old.clone().zip(new.clone()) {
                self.text(|| at(new), &before[old], &after[new]);
            }
            for old in old.skip(both) {
                self.lost_cell(at(old), &before[old]);
            }
            for new in new.skip(both) {
                self.new_cell(at(new), &after[new]);
            }
        }
    }

    fn funds(&mut self) {
        let (before, after) = (fund_lists(self.older), fund_lists(self.newer));
        for (is_aside, fate) in of_lists(&before, &after, |row| row.id) {
            let at = |row: &FundRow| Place::Fund(row.id, "name".into());
            self.fate(&fate, is_aside, at, |_, aside, index| stood(aside, index));
            if let Fate::Kept { older, newer, .. } = fate {
                self.fund_row(older, newer);
            }
        }
    }

    fn fund_row(&mut self, before: &FundRow, after: &FundRow) {
        let FundRow {
            id,
            copied_from,
            key,
            name,
            figures,
            remark,
            unknown,
        } = after;
        let at = |column: &str| Place::Fund(*id, column.to_owned());
        self.text(|| at("name"), &before.name, name);
        let units = (self.older.money_unit, self.newer.money_unit);
        let empty = FigureCell::default();
        for column in keys(&before.figures, figures, &fund::ALL) {
            let old = before.figures.get(column).unwrap_or(&empty);
            let new = figures.get(column).unwrap_or(&empty);
            let is_amount = ![fund::RATE, fund::WEIGHT, fund::SCORE].contains(&column);
            self.typed(
                || at(column),
                old,
                new,
                |old, new| {
                    if is_amount && units.0 != units.1 {
                        written::money((old, units.0), (new, units.1))
                    } else {
                        written::figure(old, new)
                    }
                },
            );
        }
        self.text(|| at("remark"), &before.remark, remark);
        let of = || Beside::row(Topic::Other, at("name"), "资金行");
        self.choice(&of(), "表样中的行", &before.key, key, Clone::clone);
        self.origin(of, before.copied_from, *copied_from);
        self.unknown(of, &before.unknown, unknown);
    }

    fn tables(&mut self) {
        let (before, after) = (table_lists(self.older), table_lists(self.newer));
        for (list, fate) in of_lists(&before, &after, |row| row.id) {
            let at = |row: &TableRow, key: &str| Place::Table(list.1.into(), row.id, key.into());
            self.fate(
                &fate,
                list,
                |row| at(row, ""),
                |_, (aside, _), index| stood(aside, index),
            );
            if let Fate::Kept { older, newer, .. } = fate {
                let TableRow {
                    id: _,
                    copied_from,
                    key,
                    cells,
                    unknown,
                } = newer;
                self.keyed(&older.cells, cells, &[], |key| at(newer, key));
                let of = || Beside::row(Topic::Other, at(newer, ""), "表格行");
                self.choice(&of(), "表样中的行", &older.key, key, Clone::clone);
                self.origin(of, older.copied_from, *copied_from);
                self.unknown(of, &older.unknown, unknown);
            }
        }
    }
}

/// Rows of the fund table: those of the form, and those put aside.
fn fund_lists(project: &Project) -> [(bool, Vec<&FundRow>); 2] {
    let aside = project.aside.iter().flat_map(|aside| aside.funds.iter());
    [
        (false, project.funds.iter().map(|row| &**row).collect()),
        (true, aside.map(|row| &**row).collect()),
    ]
}

/// Rows of further tables: whether they are put aside, and the table.
fn table_lists(project: &Project) -> Vec<((bool, &str), Vec<&TableRow>)> {
    fn lists(
        tables: &KeyMap<Rows<TableRow>>,
        is_aside: bool,
    ) -> impl Iterator<Item = ((bool, &str), Vec<&TableRow>)> {
        tables.iter().map(move |(key, rows)| {
            let rows = rows.iter().map(|row| &**row);
            ((is_aside, &**key), rows.collect())
        })
    }
    let aside = project.aside.iter();
    lists(&project.tables, false)
        .chain(aside.flat_map(|aside| lists(&aside.tables, true)))
        .collect()
}

/// Where a row stands, in words.
fn stood(is_aside: bool, index: usize) -> String {
    match is_aside {
        true => "本表样没有位置的内容".to_owned(),
        false => format!("第 {} 行", index + 1),
    }
}
