//! Documents of every shape the model allows, small enough to make many of them.

use jiping::model::{
    aside::Aside,
    budget::{BudgetAdjustment, BudgetMove},
    deadlines::Deadline,
    document::Document,
    figure::MoneyUnit,
    id::{CountedIds, Id, IdSource},
    indicator::{
        Adjustment, Approved, ApprovedField, Cancellation, Group, Indicator, Removed, Section,
        SharedReason,
    },
    last_year::{LastFunds, LastIndicator, LastYear},
    ledger::Rectification,
    measure::Tier,
    path::{CellPath, GoalField, IndicatorField, Place, StatedField},
    project::{
        Account, EditionRef, Evidence, Explanation, FundRow, Goal, Note, Project, Stage, Stated,
        TableRow,
    },
    record::KeyMap,
    review::{NoteKind, Reply, StageRecord, Withheld},
    rows::Rows,
    sending::{Return, Sending},
    working_paper::{PaperLine, WorkingPaper},
};
use proptest::{prelude::*, sample::select};

/// What people type, and what nobody should.
pub fn texts() -> impl Strategy<Value = String> {
    let typed = select(vec![
        "",
        "0",
        "—",
        "不适用",
        "≥95%",
        "10场",
        "9月底前",
        "300～500人",
        "NaN",
        "1e400",
        "-0",
        "/",
        "不超过全年预算数",
        "620.82万元",
        "１２．５％",
        "\"引号\"",
        "反斜杠\\",
        "第一行\n第二行\t末",
    ]);
    prop_oneof![
        8 => typed.prop_map(str::to_owned),
        1 => any::<String>(),
        1 => Just("9".repeat(200)),
    ]
}

/// A value that decides the parts of a document in turn: texts to take, numbers to choose by.
#[derive(Debug)]
struct Seeds {
    texts: Vec<String>,
    choices: Vec<u8>,
    used: usize,
    ids: CountedIds,
}

impl Seeds {
    fn choice(&mut self) -> usize {
        self.used += 1;
        self.choices[self.used % self.choices.len()].into()
    }

    fn text(&mut self) -> String {
        let at = self.choice() + self.used;
        self.texts[at % self.texts.len()].clone()
    }

    fn cell<T: for<'a> From<&'a str>>(&mut self) -> T {
        T::from(&self.text())
    }

    fn id<T>(&mut self) -> Id<T> {
        Id::new(&mut self.ids)
    }

    fn origin<T>(&mut self) -> Option<Id<T>> {
        self.choice()
            .is_multiple_of(4)
            .then(|| Id::from_bits(self.ids.next_id()))
    }

    fn rows<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Rows<T> {
        let number = self.choice() % (most + 1);
        (0..number).map(|_| make(self)).collect()
    }

    fn keyed<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> KeyMap<T> {
        let number = self.choice() % 3;
        (0..number)
            .map(|at| (format!("key_{at}"), make(self)))
            .collect()
    }

    fn indicator(&mut self) -> Indicator {
        Indicator {
            id: self.id(),
            copied_from: self.origin(),
            part_of: self.origin(),
            name: self.text(),
            nature: self.cell(),
            target: self.cell(),
            unit: self.text(),
            actual: self.cell(),
            tier: Tier::ALL.get(self.choice() % 4).copied(),
            method: self.cell(),
            weight: self.cell(),
            score: self.cell(),
            deviation: self.cell(),
            extra: self.keyed(Self::cell),
            approved: self.choice().is_multiple_of(2).then(|| self.approved()),
            adjustments: (0..self.choice() % 2).map(|_| self.adjustment()).collect(),
            unknown: Default::default(),
        }
    }

    fn approved(&mut self) -> Approved {
        Approved {
            name: self.text(),
            nature: self.text(),
            target: self.text(),
            unit: self.text(),
            weight: self.text(),
            unknown: Default::default(),
        }
    }

    fn removed(&mut self) -> Removed {
        Removed {
            id: self.id(),
            goal: self.text(),
            section: self.text(),
            group: self.text(),
            approved: self.approved(),
            cancelled: self.choice().is_multiple_of(2).then(|| self.cancellation()),
            unknown: Default::default(),
        }
    }

    fn cancellation(&mut self) -> Cancellation {
        Cancellation {
            date: self.text(),
            document_no: self.text(),
            reason: self.text(),
            unknown: Default::default(),
        }
    }

    fn budget_adjustment(&mut self) -> BudgetAdjustment {
        BudgetAdjustment {
            id: self.id(),
            fund: self.origin(),
            way: BudgetMove::Transfer,
            amount: self.cell(),
            date: self.text(),
            document_no: self.text(),
            reason: self.cell(),
            remark: self.cell(),
            unknown: Default::default(),
        }
    }

    fn account(&mut self) -> Account {
        Account {
            initial: self.cell(),
            adjusted: self.cell(),
            executed: self.cell(),
            money_unit: MoneyUnit::Yuan,
            source: self.text(),
            unknown: Default::default(),
        }
    }

    fn adjustment(&mut self) -> Adjustment {
        Adjustment {
            date: self.text(),
            document_no: self.text(),
            reason: self.text(),
            field: ApprovedField::Weight,
            old: self.text(),
            new: self.text(),
            unknown: Default::default(),
        }
    }

    fn section(&mut self) -> Section {
        Section {
            id: self.id(),
            copied_from: self.origin(),
            caption: self.text(),
            weight: self.cell(),
            score: self.cell(),
            groups: self.rows(2, |seeds| Group {
                id: seeds.id(),
                copied_from: seeds.origin(),
                caption: seeds.text(),
                weight: seeds.cell(),
                score: seeds.cell(),
                indicators: seeds.rows(3, Self::indicator),
                unknown: Default::default(),
            }),
            unknown: Default::default(),
        }
    }

    fn goal(&mut self) -> Goal {
        Goal {
            id: self.id(),
            copied_from: self.origin(),
            caption: self.text(),
            weight: self.cell(),
            expected: self.cell(),
            actual: self.cell(),
            texts: self.keyed(Self::cell),
            sections: self.rows(2, Self::section),
            reasons: self.rows(2, |seeds| SharedReason {
                id: seeds.id(),
                copied_from: seeds.origin(),
                section: seeds.origin(),
                group: seeds.origin(),
                rows: seeds.origin().into_iter().collect(),
                text: seeds.cell(),
                unknown: Default::default(),
            }),
            unknown: Default::default(),
        }
    }

    fn fund_row(&mut self) -> FundRow {
        FundRow {
            id: self.id(),
            copied_from: self.origin(),
            key: self.text(),
            name: self.text(),
            figures: self.keyed(Self::cell),
            remark: self.cell(),
            unknown: Default::default(),
        }
    }

    fn table_row(&mut self) -> TableRow {
        TableRow {
            id: self.id(),
            copied_from: self.origin(),
            key: self.text(),
            cells: self.keyed(Self::cell),
            unknown: Default::default(),
        }
    }

    fn aside(&mut self) -> Aside {
        Aside {
            funds: self.rows(2, Self::fund_row),
            tables: self.keyed(|seeds| seeds.rows(2, Self::table_row)),
            unknown: Default::default(),
        }
    }

    fn path(&mut self) -> CellPath {
        let place = match self.choice() % 5 {
            0 => Place::Whole,
            1 => Place::Fund(self.id(), "executed".into()),
            2 => Place::Goal(self.id(), GoalField::Text("adjusted".into())),
            3 => Place::Indicator(self.id(), IndicatorField::Extra("basis".into())),
            _ => Place::Stated(StatedField::Footnote(1)),
        };
        CellPath {
            project: self.id(),
            place,
        }
    }

    fn working_paper(&mut self) -> WorkingPaper {
        WorkingPaper {
            reviewer: self.cell(),
            date: self.cell(),
            opinion: self.cell(),
            lines: self.rows(2, |seeds| PaperLine {
                indicator: seeds.origin(),
                group: seeds.origin(),
                actual: seeds.cell(),
                score: seeds.cell(),
                note: seeds.cell(),
                unknown: Default::default(),
            }),
            unknown: Default::default(),
        }
    }

    fn last_year(&mut self) -> LastYear {
        LastYear {
            project: self.origin(),
            year: self.choice().is_multiple_of(2).then_some(2019),
            name: self.text(),
            edition: self.text(),
            money_unit: [MoneyUnit::Yuan, MoneyUnit::TenThousandYuan][self.choice() % 2],
            funds: self.rows(2, |seeds| LastFunds {
                key: seeds.text(),
                name: seeds.text(),
                is_total: seeds.choice().is_multiple_of(2),
                initial: seeds.cell(),
                adjusted: seeds.cell(),
                executed: seeds.cell(),
                unknown: Default::default(),
            }),
            total_score: self.cell(),
            rating: self.cell(),
            indicators: self.rows(2, |seeds| LastIndicator {
                row: seeds.origin(),
                section: seeds.text(),
                group: seeds.text(),
                name: seeds.text(),
                nature: seeds.cell(),
                unit: seeds.text(),
                target: seeds.cell(),
                actual: seeds.cell(),
                weight: seeds.cell(),
                score: seeds.cell(),
                unknown: Default::default(),
            }),
            source: self.text(),
            unknown: Default::default(),
        }
    }

    fn rectification(&mut self) -> Rectification {
        Rectification {
            id: self.id(),
            number: self.text(),
            project: self.origin(),
            project_name: self.text(),
            at: self.choice().is_multiple_of(2).then(|| self.path()),
            place: self.text(),
            comment: self.cell(),
            before: self.cell(),
            after: self.cell(),
            reply: self.cell(),
            by: self.text(),
            date: self.text(),
            done: self.choice().is_multiple_of(2),
            guessed: self.choice().is_multiple_of(2),
            unknown: Default::default(),
        }
    }

    fn sending(&mut self) -> Sending {
        Sending {
            id: self.id(),
            to: self.text(),
            projects: self.origin().into_iter().collect(),
            file: self.text(),
            time: self.text(),
            due: self.text(),
            returns: (0..self.choice() % 2)
                .map(|_| Return {
                    time: self.text(),
                    file: self.text(),
                    content: self.text(),
                    saved: self.text(),
                    taken: self.cell(),
                    unknown: Default::default(),
                })
                .collect(),
            unknown: Default::default(),
        }
    }

    fn stated(&mut self) -> Stated {
        Stated {
            title: self.text(),
            total_weight: self.cell(),
            total_score: self.cell(),
            rating: self.cell(),
            money_unit: self.text(),
            footnotes: (0..self.choice() % 3).map(|_| self.text()).collect(),
            unknown: Default::default(),
        }
    }

    fn project(&mut self) -> Project {
        Project {
            id: self.id(),
            copied_from: self.origin(),
            edition: EditionRef {
                id: self.text(),
                hash: self.text(),
                unknown: Default::default(),
            },
            stage: [Stage::Targets, Stage::SelfEvaluation, Stage::Published][self.choice() % 3],
            money_unit: [MoneyUnit::Yuan, MoneyUnit::TenThousandYuan][self.choice() % 2],
            header: self.keyed(Self::cell),
            funds: self.rows(3, Self::fund_row),
            goals: self.rows(2, Self::goal),
            tables: self.keyed(|seeds| seeds.rows(2, Self::table_row)),
            texts: self.keyed(Self::cell),
            footer: self.keyed(Self::cell),
            stated: self.stated(),
            evidence: self.rows(1, |seeds| Evidence {
                id: seeds.id(),
                indicator: seeds.origin(),
                title: seeds.text(),
                file: seeds.text(),
                hash: seeds.text(),
                length: seeds.choice() as u64,
                unknown: Default::default(),
            }),
            notes: self.rows(2, |seeds| Note {
                id: seeds.id(),
                at: seeds.path(),
                author: seeds.text(),
                time: seeds.text(),
                text: seeds.cell(),
                kind: NoteKind::ALL[seeds.choice() % 3],
                resolved: seeds.choice() % 2 == 0,
                replies: seeds.rows(1, |seeds| Reply {
                    id: seeds.id(),
                    author: seeds.text(),
                    time: seeds.text(),
                    text: seeds.cell(),
                    unknown: Default::default(),
                }),
                unknown: Default::default(),
            }),
            explanations: self.rows(1, |seeds| Explanation {
                id: seeds.id(),
                rule: seeds.text(),
                at: seeds.path(),
                text: seeds.cell(),
                fingerprint: seeds.text(),
                author: seeds.text(),
                time: seeds.text(),
                unknown: Default::default(),
            }),
            account: self.choice().is_multiple_of(2).then(|| self.account()),
            budget_adjustments: self.rows(2, Self::budget_adjustment),
            removed: self.rows(2, Self::removed),
            aside: self.choice().is_multiple_of(2).then(|| self.aside()),
            working_paper: self
                .choice()
                .is_multiple_of(2)
                .then(|| self.working_paper()),
            stages: self.rows(2, |seeds| StageRecord {
                id: seeds.id(),
                from: Stage::ALL[seeds.choice() % 8],
                to: Stage::ALL[seeds.choice() % 8],
                by: seeds.text(),
                time: seeds.text(),
                reason: seeds.cell(),
                content: seeds.text(),
                unknown: Default::default(),
            }),
            withheld: self.choice().is_multiple_of(2).then(|| Withheld {
                reason: self.text(),
                unknown: Default::default(),
            }),
            last_year: self.choice().is_multiple_of(2).then(|| self.last_year()),
            deadlines: [Stage::Targets, Stage::Final]
                .into_iter()
                .take(self.choice() % 3)
                .map(|stage| Deadline {
                    stage,
                    date: self.text(),
                    remark: self.text(),
                    unknown: Default::default(),
                })
                .collect(),
            unknown: Default::default(),
        }
    }
}

/// Documents with unique ids and references that may lead nowhere.
pub fn documents() -> impl Strategy<Value = Document> {
    let seeds = (
        prop::collection::vec(texts(), 1..30),
        prop::collection::vec(any::<u8>(), 1..100),
    );
    seeds.prop_map(|(texts, choices)| {
        let mut seeds = Seeds {
            texts,
            choices,
            used: 0,
            ids: CountedIds(0),
        };
        let mut document = Document::new(seeds.id());
        document.projects = seeds.rows(3, Seeds::project);
        document.ledger = seeds.rows(2, Seeds::rectification);
        document.sendings = seeds.rows(1, Seeds::sending);
        document
    })
}
