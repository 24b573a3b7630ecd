//! The fund table of an edition made from a form, and how the budget execution is scored.

use rust_decimal::Decimal;

use super::super::{
    captions, clean,
    found::{FoundForm, FundHeading, Funds},
    matching::{fund_column_captions, fund_row_captions},
};
use super::Keys;
use crate::model::{
    edition::{FundColumn, FundLayout, FundRole, FundRowLayout, FundSplit},
    figure::FigureCell,
    numeral::leading_number,
    policy::ExecutionPolicy,
    project::fund,
    typed::trim,
};

/// More columns than any form has; an edition may not have more.
const MOST_COLUMNS: usize = 40;

/// The key of the column of reasons.
const REMARK: &str = "remark";

/// The fund table, and the policy of the budget execution.
pub(super) fn layout(found: &FoundForm) -> (FundLayout, ExecutionPolicy) {
    let Some(funds) = &found.funds else {
        let layout = FundLayout {
            caption: "项目资金".into(),
            columns: Vec::new(),
            rows: Vec::new(),
            splits: Vec::new(),
            free_rows: true,
        };
        return (layout, unscored());
    };
    let mut columns = columns(funds);
    let mut rows = rows(funds);
    let execution = execution(funds, &mut columns, &rows);
    let scored = scored_row(funds, &rows);
    if !execution.weight.is_zero()
        && let Some(row) = rows.get_mut(scored)
    {
        row.scored = true;
    }
    let caption = funds.caption.as_ref().map_or("", |cell| &cell.text);
    let caption = clean::caption(caption).text;
    let layout = FundLayout {
        caption: if caption.is_empty() {
            "项目资金".into()
        } else {
            caption
        },
        splits: splits(&rows),
        columns,
        rows,
        free_rows: true,
    };
    (layout, execution)
}

fn unscored() -> ExecutionPolicy {
    ExecutionPolicy {
        weight: Decimal::ZERO,
        ..ExecutionPolicy::default()
    }
}

fn columns(funds: &Funds) -> Vec<FundColumn> {
    let mut columns: Vec<FundColumn> = Vec::new();
    let headings = funds.columns.iter().zip(fund_column_captions(funds));
    for (number, (heading, caption)) in headings.enumerate().take(MOST_COLUMNS) {
        let free = |key: &&str| columns.iter().all(|column| column.key != **key);
        let usual = heading.key.filter(|key| free(key) && *key != "name");
        let remark = reads_as_remark(funds, heading, &caption)
            .then_some(REMARK)
            .filter(free);
        let key = usual.or(remark);
        let role = match key {
            Some(fund::RATE) => FundRole::Rate,
            Some(fund::WEIGHT) => FundRole::Weight,
            Some(fund::SCORE) => FundRole::Score,
            Some(REMARK) => FundRole::Remark,
            None if caption.contains(['率', '%', '％']) => FundRole::Rate,
            _ => FundRole::Amount,
        };
        columns.push(FundColumn {
            key: key.map_or_else(|| format!("column_{}", number + 1), str::to_owned),
            caption,
            role,
            formula: None,
            decimals: None,
        });
    }
    columns
}

/// Whether an unknown column holds words. A known column of reasons goes before it.
fn reads_as_remark(funds: &Funds, heading: &FundHeading, caption: &str) -> bool {
    const WORDS: &[&str] = &["原因", "说明", "备注", "方法", "办法"];
    heading.key.is_none()
        && WORDS.iter().any(|word| caption.contains(word))
        && funds.columns.iter().all(|other| other.key != Some(REMARK))
}

fn rows(funds: &Funds) -> Vec<FundRowLayout> {
    let mut keys = Keys::new("row");
    fund_row_captions(funds)
        .into_iter()
        .map(|caption| FundRowLayout {
            key: keys.key(captions::fund_row(&caption).map(|class| class.key)),
            caption,
            scored: false,
        })
        .collect()
}

/// The row that carries weight and score: the first that has them, else the total, else the first.
fn scored_row(funds: &Funds, rows: &[FundRowLayout]) -> usize {
    let is_points = |at: usize| {
        let key = funds.columns.get(at).and_then(|heading| heading.key);
        matches!(key, Some(fund::WEIGHT | fund::SCORE))
    };
    let filled = funds.rows.iter().position(|row| {
        row.cells
            .iter()
            .any(|(at, cell)| is_points(*at) && number(&cell.text).is_some())
    });
    filled
        .or_else(|| rows.iter().position(|row| row.key == "total"))
        .unwrap_or(0)
}

/// 上年结转, 财政拨款 and 其他 add up to the total. Of other rows it is not known which is part of which.
fn splits(rows: &[FundRowLayout]) -> Vec<FundSplit> {
    let mut parts = Vec::new();
    let mut has_total = false;
    for row in rows {
        match row.key.as_str() {
            "total" => has_total = true,
            "appropriation" | "carried_over" | "other" => parts.push(row.key.clone()),
            _ => return Vec::new(),
        }
    }
    if !has_total || parts.is_empty() {
        return Vec::new();
    }
    vec![FundSplit {
        name: "资金来源".into(),
        total: "total".into(),
        parts,
    }]
}

/// How the execution is scored. A rate without amounts to follow from is an amount like any other.
fn execution(funds: &Funds, columns: &mut [FundColumn], rows: &[FundRowLayout]) -> ExecutionPolicy {
    let has = |key: &str| {
        columns
            .iter()
            .any(|column| column.key == key && column.role == FundRole::Amount)
    };
    let denominator = [fund::ADJUSTED, fund::INITIAL]
        .into_iter()
        .find(|key| has(key));
    let (Some(denominator), true) = (denominator, has(fund::EXECUTED)) else {
        for column in columns
            .iter_mut()
            .filter(|column| column.role == FundRole::Rate)
        {
            column.role = FundRole::Amount;
        }
        return unscored();
    };
    let has_score = columns.iter().any(|column| column.role == FundRole::Score);
    ExecutionPolicy {
        weight: if has_score && !rows.is_empty() {
            points(funds).unwrap_or(Decimal::TEN)
        } else {
            Decimal::ZERO
        },
        denominator: denominator.into(),
        ..ExecutionPolicy::default()
    }
}

/// The points of the execution: those in the weight column, else those in a heading ("得分（20分*执行率）").
fn points(funds: &Funds) -> Option<Decimal> {
    let is_weight =
        |at: usize| funds.columns.get(at).and_then(|heading| heading.key) == Some(fund::WEIGHT);
    let cells = funds.rows.iter().flat_map(|row| &row.cells);
    let mut weights = cells.filter(|(at, _)| is_weight(*at));
    let stated = weights.find_map(|(_, cell)| number(&cell.text));
    let score = funds
        .columns
        .iter()
        .find(|heading| heading.key == Some(fund::SCORE));
    let printed = || {
        let (_, inner) = score?.cell.text.split_once(['（', '('])?;
        let (points, rest) = leading_number(trim(inner))?;
        trim(rest).starts_with('分').then_some(points)
    };
    let sound = |points: &Decimal| *points >= Decimal::ZERO && *points <= Decimal::ONE_HUNDRED;
    stated.or_else(printed).filter(sound)
}

fn number(text: &str) -> Option<Decimal> {
    FigureCell::new(clean::figure(text, None).text).number()
}
