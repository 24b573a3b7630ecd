//! Family B, first part: amounts of the fund table.

use rust_decimal::{Decimal, dec};

use super::{
    catalogue::{FixKind, Rule},
    finding::{CellChange, Fix, Mend},
    form::{Form, Row},
    fund_table::{
        FundTable, MONEY_TOLERANCE, fund_hit, mend_of, money, off_by_ten_thousand, roughly_equal,
    },
    money_text::{ToldAmount, last_chars, told_amounts},
    sink::Sink,
    text::visible_text,
};
use crate::model::{
    edition::{FundColumn, FundRole, FundSplit, Sense},
    figure::MoneyUnit,
    measure::Quantity,
    numeral::{halfwidth, leading_number, plain},
    path::{GoalField, IndicatorField, Place},
    policy::Severity,
    project::{FundRow, fund},
    typed::{Reading, trim},
};

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "B01",
        name: "年度资金总额与各来源之和不符",
        level: Severity::Error,
        summary: "年初预算、全年预算或全年执行的合计与各资金来源相加不等；只差尾数的作提示。",
        why: "合计与分项不符说明有一处填错，执行率也就不可信。",
        basis: "地方预算管理一体化系统保存校验；评审实践",
        verified: true,
        since: "0.1.0",
        fix: FixKind::Never,
        silences: &[],
        check: b01,
    },
    Rule {
        code: "B02",
        name: "年度资金总额为0或空白，分项却有金额",
        level: Severity::Error,
        summary: "合计行为 0 或没有填，下面的资金来源有数。",
        why: "合计行是计算执行率和得分的依据。",
        basis: "公开自评表中的常见错误；评审实践",
        verified: true,
        since: "0.1.0",
        fix: FixKind::Sometimes,
        silences: &["B06"],
        check: b02,
    },
    Rule {
        code: "B09",
        name: "金额为负数",
        level: Severity::Error,
        summary: "预算数或执行数小于 0。",
        why: "预算和支出没有负数，负数会使合计和执行率出错。",
        basis: "填报常识（软件自定）",
        verified: false,
        since: "0.1.0",
        fix: FixKind::Never,
        silences: &[],
        check: b09,
    },
    Rule {
        code: "B10",
        name: "疑似元与万元混用",
        level: Severity::Warning,
        summary: "金额大小与金额单位不相称，或两处金额正好相差一万倍。",
        why: "单位混用是最常见的金额错误，公开后影响很大。",
        basis: "评审实践；公开自评表中的常见错误",
        verified: true,
        since: "0.1.0",
        fix: FixKind::Never,
        silences: &[],
        check: b10,
    },
    Rule {
        code: "B13",
        name: "目标文字中的金额与资金表不一致",
        level: Severity::Warning,
        summary: "目标或完成情况中写明的预算、资金总额在资金表里找不到，或所列各项之和与总额不等。",
        why: "文字和表格说的是同一笔钱，应当一致。",
        basis: "公开自评表中的常见错误",
        verified: true,
        since: "0.1.0",
        fix: FixKind::Never,
        silences: &[],
        check: b13,
    },
    Rule {
        code: "B14",
        name: "金额或分数的书写不规范",
        level: Severity::Warning,
        summary: "千分位分错、单元格内带单位、夹有文字；各格千分位写法不一的作提示。",
        why: "写法不规范的数不能参加计算，导入系统时会出错。",
        basis: "公开自评表中的常见错误",
        verified: true,
        since: "0.1.0",
        fix: FixKind::Sometimes,
        silences: &[],
        check: b14,
    },
    Rule {
        code: "B17",
        name: "资金行空白",
        level: Severity::Hint,
        summary: "其他资金来源都填了数，个别行（如上年结转资金）空白。",
        why: "空白分不清是没有发生还是漏填。",
        basis: "填报常识（软件自定）",
        verified: false,
        since: "0.1.0",
        fix: FixKind::Never,
        silences: &[],
        check: b17,
    },
    Rule {
        code: "B18",
        name: "成本指标实际值与全年执行数不一致",
        level: Severity::Warning,
        summary: "项目总成本一类指标的实际完成值与资金表的全年执行数相差超过千分之五。",
        why: "项目总成本就是实际花的钱，应与执行数一致。",
        basis: "公开自评表中的常见错误",
        verified: true,
        since: "0.1.0",
        fix: FixKind::Never,
        silences: &[],
        check: b18,
    },
    Rule {
        code: "B20",
        name: "同一金额两种口径的合计不一致",
        level: Severity::Error,
        summary: "表样按两种口径列资金（如按收入性质和按支出性质）时，另一口径的合计与总额不等。",
        why: "两种口径说的是同一笔钱，合计必须相等。",
        basis: "地方预算管理一体化系统保存校验（资金来源合计等于资金方向合计）",
        verified: true,
        since: "0.1.0",
        fix: FixKind::Never,
        silences: &[],
        check: b20,
    },
];

/// A column of a split: what the total row says and what the parts add up to.
struct ColumnSum<'a> {
    total_row: &'a FundRow,
    total: Option<Decimal>,
    parts: Decimal,
    /// By how much the sum may be off because its parts were rounded.
    remainder: Decimal,
}

impl<'a> ColumnSum<'a> {
    /// `None` where there is no total row, no part has an amount or one is unreadable.
    fn of(table: &FundTable<'a>, split: &FundSplit, column: &str) -> Option<Self> {
        let total_row = table.rows().find(|row| row.key == split.total)?;
        let mut parts = Decimal::ZERO;
        let (mut filled, mut rounded, mut decimals) = (false, 0_i64, 0);
        for row in table.rows().filter(|row| split.parts.contains(&row.key)) {
            let cell = row.figure(column);
            if matches!(cell.reading(), Reading::Unreadable) {
                return None;
            }
            let Some(amount) = table.amount(row, column) else {
                continue;
            };
            filled = true;
            decimals = decimals.max(amount.scale());
            rounded += i64::from(!amount.is_zero());
            parts = parts.checked_add(amount)?;
        }
        let cell = total_row.figure(column);
        if !filled || matches!(cell.reading(), Reading::Unreadable) {
            return None;
        }
        let total = table.amount(total_row, column);
        let decimals = decimals.max(total.map_or(0, |total| total.scale()));
        Some(Self {
            total_row,
            total,
            parts,
            remainder: Decimal::new(5 * rounded, decimals + 1),
        })
    }

    /// Whether the total row says nothing although its parts do.
    fn is_missing(&self) -> bool {
        self.parts > MONEY_TOLERANCE && self.total.is_none_or(|total| total.is_zero())
    }

    /// Total less parts, where they differ.
    fn difference(&self) -> Option<Decimal> {
        let difference = self.total? - self.parts;
        (difference.abs() > MONEY_TOLERANCE).then_some(difference)
    }
}

fn b01(form: &Form<'_>, sink: &mut Sink<'_>) {
    if let Some(split) = form.edition.funds.splits.first() {
        compare_sums(
            form,
            split,
            sink,
            "年度资金总额与各来源之和不符",
            "各资金来源之和",
        );
    }
}

fn b20(form: &Form<'_>, sink: &mut Sink<'_>) {
    for split in form.edition.funds.splits.iter().skip(1) {
        compare_sums(
            form,
            split,
            sink,
            "两种口径的合计不一致",
            &format!("{}各行之和", split.name),
        );
    }
}

fn compare_sums(
    form: &Form<'_>,
    split: &FundSplit,
    sink: &mut Sink<'_>,
    lead: &'static str,
    sum_of: &str,
) {
    const HINT: &str = "核对合计和各分项，改正填错的一处";
    const ROUNDED_HINT: &str = "差额在四舍五入的尾差以内，报送前请核对一次";
    let table = FundTable::of(form);
    for column in table.amount_columns() {
        let Some(sum) = ColumnSum::of(&table, split, &column.key) else {
            continue;
        };
        if sum.is_missing() {
            continue;
        }
        let Some((total, difference)) = sum.total.zip(sum.difference()) else {
            continue;
        };
        let is_remainder = difference.abs() <= sum.remainder;
        let (level, hint) = if is_remainder {
            (Severity::Hint, ROUNDED_HINT)
        } else {
            (Severity::Error, HINT)
        };
        let item = format!(
            "{} {}，{sum_of} {}，{} {}",
            column.caption,
            money(total),
            money(sum.parts),
            if is_remainder { "尾差" } else { "差额" },
            money(difference.abs())
        );
        let hit = fund_hit(sink, sum.total_row, &column.key, lead, hint);
        sink.push(hit.item(item).level(level));
    }
}

fn b02(form: &Form<'_>, sink: &mut Sink<'_>) {
    let Some(split) = form.edition.funds.splits.first() else {
        return;
    };
    let table = FundTable::of(form);
    for column in table.amount_columns() {
        let Some(sum) = ColumnSum::of(&table, split, &column.key).filter(ColumnSum::is_missing)
        else {
            continue;
        };
        let (lead, level) = if sum.total.is_some() {
            ("年度资金总额为 0，分项却有金额", Severity::Error)
        } else {
            ("年度资金总额未填写，分项却有金额", Severity::Warning)
        };
        let item = format!("{}的分项合计 {}", column.caption, money(sum.parts));
        let hit = fund_hit(
            sink,
            sum.total_row,
            &column.key,
            lead,
            "合计行填各资金来源之和",
        )
        .item(item)
        .level(level);
        let fix = (hit.mend == Mend::Now).then(|| {
            let new = plain(sum.parts);
            let title = format!("改为 {}", money(sum.parts));
            Fix {
                title,
                changes: vec![CellChange {
                    at: hit.at.clone(),
                    new,
                }],
            }
        });
        sink.push(hit.fix(fix));
    }
}

fn b09(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    for row in table.rows() {
        for column in table.amount_columns() {
            let Some(amount) = row.figure(&column.key).number() else {
                continue;
            };
            if amount < Decimal::ZERO {
                let item = format!(
                    "{}的{} {}",
                    table.name_of(row),
                    column.caption,
                    money(amount)
                );
                let hit = fund_hit(
                    sink,
                    row,
                    &column.key,
                    "金额为负数",
                    "核对后填正数；冲减的在原因中说明",
                );
                sink.push(hit.item(item));
            }
        }
    }
}

const MIXED_UNITS: &str = "疑似元与万元混用";
const MIXED_UNITS_HINT: &str = "核对金额单位，全表按表头标明的单位填写";

fn b10(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    let Some(main) = table.main else { return };
    if !unlikely_size(form, &table, main, sink) && !unlike_columns(form, &table, main, sink) {
        unlike_parts(form, &table, sink);
    }
    let totals = main_amounts_in_yuan(form, &table);
    for_each_goal_text(form, |place, text| {
        let told = told_amounts(text).find(|told| {
            names_a_total(told.before)
                && totals
                    .iter()
                    .any(|total| off_by_ten_thousand(*total, told.yuan))
        });
        if let Some(told) = told {
            let mend = mend_of_goal(&place);
            let lead = format!(
                "{MIXED_UNITS}：文中的 {} 与资金表正好相差一万倍",
                told.written
            );
            sink.push(sink.hit(place, lead, MIXED_UNITS_HINT).mend(mend));
        }
    });
}

/// A total of a hundred billion yuan, or one of less than one yuan.
fn unlikely_size(
    form: &Form<'_>,
    table: &FundTable<'_>,
    main: &FundRow,
    sink: &mut Sink<'_>,
) -> bool {
    const LARGEST: Decimal = dec!(1000000);
    let unit = form.project.money_unit;
    let unlikely = |amount: Decimal| match unit {
        MoneyUnit::TenThousandYuan => amount > LARGEST,
        MoneyUnit::Yuan => amount > Decimal::ZERO && amount < Decimal::ONE,
    };
    let mut found = false;
    for column in table.amount_columns() {
        let Some(amount) = table
            .amount(main, &column.key)
            .filter(|amount| unlikely(*amount))
        else {
            continue;
        };
        found = true;
        let item = format!("{} {} {unit}", column.caption, money(amount));
        let hit = fund_hit(sink, main, &column.key, MIXED_UNITS, MIXED_UNITS_HINT);
        sink.push(hit.item(item).mend(Mend::Now));
    }
    found
}

fn unlike_columns(
    form: &Form<'_>,
    table: &FundTable<'_>,
    main: &FundRow,
    sink: &mut Sink<'_>,
) -> bool {
    const PAIRS: [(&str, &str); 2] = [
        (fund::ADJUSTED, fund::EXECUTED),
        (fund::INITIAL, fund::ADJUSTED),
    ];
    for (left, right) in PAIRS {
        let (Some(first), Some(second)) = (table.amount(main, left), table.amount(main, right))
        else {
            continue;
        };
        if off_by_ten_thousand(first, second) {
            let item = format!(
                "{} {}，{} {}，正好相差一万倍",
                form.edition.fund_caption(left),
                money(first),
                form.edition.fund_caption(right),
                money(second)
            );
            let hit = fund_hit(sink, main, right, MIXED_UNITS, MIXED_UNITS_HINT);
            sink.push(hit.item(item));
            return true;
        }
    }
    false
}

/// A source that is a ten-thousandth of the total is nothing odd unless the sources do not add up.
fn unlike_parts(form: &Form<'_>, table: &FundTable<'_>, sink: &mut Sink<'_>) {
    let Some(split) = form.edition.funds.splits.first() else {
        return;
    };
    for column in table.amount_columns() {
        let Some(sum) = ColumnSum::of(table, split, &column.key) else {
            continue;
        };
        let Some((total, _)) = sum.total.zip(sum.difference()) else {
            continue;
        };
        for row in table.rows().filter(|row| split.parts.contains(&row.key)) {
            let Some(amount) = table.amount(row, &column.key) else {
                continue;
            };
            if off_by_ten_thousand(total, amount) {
                let item = format!(
                    "{}的{} {}，与合计 {} 正好相差一万倍",
                    table.name_of(row),
                    column.caption,
                    money(amount),
                    money(total)
                );
                let hit = fund_hit(sink, row, &column.key, MIXED_UNITS, MIXED_UNITS_HINT);
                sink.push(hit.item(item));
            }
        }
    }
}

fn main_amounts_in_yuan(form: &Form<'_>, table: &FundTable<'_>) -> Vec<Decimal> {
    let Some(main) = table.main else {
        return Vec::new();
    };
    amounts_in_yuan(form, table, std::iter::once(main))
}

fn amounts_in_yuan<'a>(
    form: &Form<'_>,
    table: &FundTable<'a>,
    rows: impl Iterator<Item = &'a FundRow>,
) -> Vec<Decimal> {
    let factor = form.project.money_unit.in_yuan();
    rows.flat_map(|row| {
        table
            .amount_columns()
            .filter_map(|column| table.amount(row, &column.key)?.checked_mul(factor))
    })
    .filter(|amount| *amount > Decimal::ZERO)
    .collect()
}

/// Runs `look` over the goal texts that mention money.
fn for_each_goal_text(form: &Form<'_>, mut look: impl FnMut(Place, &str)) {
    for goal in form.project.goals.iter() {
        for (field, text) in [
            (GoalField::Expected, &goal.expected),
            (GoalField::Actual, &goal.actual),
        ] {
            if text.contains('元') {
                look(Place::Goal(goal.id, field), &visible_text(text));
            }
        }
    }
}

fn mend_of_goal(place: &Place) -> Mend {
    match place {
        Place::Goal(_, GoalField::Expected) => Mend::Approved,
        _ => Mend::Now,
    }
}

fn b13(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    let known = amounts_in_yuan(form, &table, table.rows());
    if known.is_empty() {
        return;
    }
    for_each_goal_text(form, |place, text| {
        let mend = mend_of_goal(&place);
        for sentence in text.split(['。', '\n', '\r']) {
            let told: Vec<ToldAmount<'_>> = told_amounts(sentence).collect();
            let Some(lead) = odd_total(&told, &known).or_else(|| odd_parts(&told)) else {
                continue;
            };
            let hit = sink.hit(place.clone(), lead, "与资金表核对，改正不一致的一处");
            sink.push(hit.mend(mend));
        }
    });
}

/// A budget told in the text that no cell of the fund table knows.
fn odd_total(told: &[ToldAmount<'_>], known: &[Decimal]) -> Option<String> {
    let odd = told.iter().find(|told| {
        names_a_total(told.before)
            && !known.iter().any(|amount| {
                roughly_equal(*amount, told.yuan) || off_by_ten_thousand(*amount, told.yuan)
            })
    })?;
    Some(format!("文中的 {} 在资金表中找不到相同的金额", odd.written))
}

fn names_a_total(before: &str) -> bool {
    const NEAR: usize = 10;
    const TOTALS: &[&str] = &[
        "年度预算",
        "全年预算",
        "预算资金",
        "预算总额",
        "预算数",
        "资金总额",
        "总预算",
        "项目资金",
        "项目预算",
        "年初预算",
        "财政资金",
        "专项资金",
    ];
    const PARTS: &[&str] = &[
        "节约", "结余", "其中", "减", "追加", "调增", "增加", "剩余", "超", "每", "用于", "撬动",
        "带动", "配套", "社会",
    ];
    let near = last_chars(before, NEAR);
    TOTALS.iter().any(|word| near.contains(word)) && !PARTS.iter().any(|word| near.contains(word))
}

/// A total in the text that is less than the parts listed after 其中, or differs from those after 分别为.
fn odd_parts(told: &[ToldAmount<'_>]) -> Option<String> {
    let (total, parts) = told.split_first()?;
    let between = parts
        .first()?
        .before
        .get(total.before.len() + total.written.len()..)?;
    let may_be_some = between.contains("其中");
    if parts.len() < 2 || !(may_be_some || between.contains("包括") || between.contains("分别为"))
    {
        return None;
    }
    let sum = parts
        .iter()
        .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.yuan))?;
    let differs = !roughly_equal(sum, total.yuan) && (!may_be_some || sum > total.yuan);
    let list: Vec<&str> = parts.iter().map(|part| part.written).collect();
    differs.then(|| {
        format!(
            "文中各项 {} 之和与总额 {} 不等",
            list.join("、"),
            total.written
        )
    })
}

fn b14(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    for row in table.rows() {
        for column in &form.edition.funds.columns {
            if column.role != FundRole::Remark {
                badly_written(form, &table, row, column, sink);
            }
        }
    }
    mixed_grouping(&table, sink);
}

fn badly_written(
    form: &Form<'_>,
    table: &FundTable<'_>,
    row: &FundRow,
    column: &FundColumn,
    sink: &mut Sink<'_>,
) {
    let cell = row.figure(&column.key);
    let text = trim(cell.text());
    let (lead, new) = match cell.reading() {
        Reading::Value(figure) => {
            let Some(unit) = figure.unit.filter(|_| column.role == FundRole::Amount) else {
                return;
            };
            let new = if unit == form.project.money_unit {
                text.trim_end_matches(['万', '元', ' ']).to_owned()
            } else {
                let Some(amount) = table.amount(row, &column.key) else {
                    return;
                };
                plain(amount)
            };
            ("单元格内带有金额单位", Some(new))
        }
        // A percentage in the score cell is B19's.
        Reading::Unreadable if column.role == FundRole::Score && text.contains(['%', '％']) => {
            return;
        }
        Reading::Unreadable if is_digits_and_marks(text) => {
            ("千分位或小数点书写有误", regrouped(text))
        }
        Reading::Unreadable => ("不是数字", None),
        Reading::Empty | Reading::Dash | Reading::NotApplicable => return,
    };
    let item = format!("{}的{}“{text}”", table.name_of(row), column.caption);
    let hit = fund_hit(
        sink,
        row,
        &column.key,
        lead,
        "单元格只填数字，千分位每三位一节",
    )
    .item(item);
    let fix = new
        .filter(|_| hit.mend == Mend::Now && column.role == FundRole::Amount)
        .map(|new| Fix {
            title: format!("改为 {new}"),
            changes: vec![CellChange {
                at: hit.at.clone(),
                new,
            }],
        });
    sink.push(hit.fix(fix));
}

fn is_digits_and_marks(text: &str) -> bool {
    halfwidth(text)
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '、' | '\''))
}

/// The number where only spaces or commas in the whole part are wrong and the decimal point is plain.
fn regrouped(text: &str) -> Option<String> {
    let half = halfwidth(text);
    let joined: String = half.chars().filter(|c| *c != ' ').collect();
    let (whole, fraction) = joined.split_once('.').unwrap_or((&joined, ""));
    let spaced_only = !joined.contains(',') && half.contains(' ');
    let clear = spaced_only || !fraction.is_empty();
    if !clear || fraction.contains(['.', ',']) {
        return None;
    }
    let digits = joined.replace(',', "");
    let (_, rest) = leading_number(&digits)?;
    (rest.is_empty() && !whole.starts_with(',')).then_some(digits)
}

/// Some amounts with thousands separators and some without.
fn mixed_grouping(table: &FundTable<'_>, sink: &mut Sink<'_>) {
    const THOUSAND: Decimal = dec!(1000);
    let mut grouped = None;
    let mut plain_one = None;
    for row in table.rows() {
        for column in table.amount_columns() {
            let cell = row.figure(&column.key);
            if cell.number().is_none_or(|number| number.abs() < THOUSAND) {
                continue;
            }
            let slot = if cell.text().contains([',', '，']) {
                &mut grouped
            } else {
                &mut plain_one
            };
            slot.get_or_insert((row, column, cell));
        }
    }
    let (Some((_, _, with)), Some((row, column, without))) = (grouped, plain_one) else {
        return;
    };
    let item = format!("“{}”与“{}”", trim(with.text()), trim(without.text()));
    let hit = fund_hit(
        sink,
        row,
        &column.key,
        "千分位写法不一致",
        "全表统一带或不带千分位",
    );
    sink.push(
        hit.item(item)
            .level(Severity::Hint)
            .mend(mend_of(&column.key)),
    );
}

fn b17(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    for split in &form.edition.funds.splits {
        let parts: Vec<&FundRow> = table
            .rows()
            .filter(|row| split.parts.contains(&row.key))
            .collect();
        for row in &parts {
            let blank = table.amount_columns().find(|column| {
                row.figure(&column.key).is_empty()
                    && parts
                        .iter()
                        .any(|part| part.figure(&column.key).number().is_some())
            });
            if let Some(column) = blank {
                let hit = fund_hit(
                    sink,
                    row,
                    &column.key,
                    "资金行空白",
                    "没有发生的填 0，有金额的补填",
                )
                .item(table.name_of(row));
                sink.push(hit.mend(Mend::Now));
            }
        }
    }
}

fn b18(form: &Form<'_>, sink: &mut Sink<'_>) {
    let Some(executed) = FundTable::of(form)
        .main_amount(&form.edition.scoring.execution.numerator)
        .filter(|executed| *executed > Decimal::ZERO)
    else {
        return;
    };
    let Some(executed_yuan) = executed.checked_mul(form.project.money_unit.in_yuan()) else {
        return;
    };
    for row in form.counted().filter(|row| is_total_cost(row)) {
        let Some(actual) =
            money_actual(row).filter(|actual| !roughly_equal(*actual, executed_yuan))
        else {
            continue;
        };
        let hit = sink.row_hit(
            row,
            IndicatorField::Actual,
            "成本指标实际值与全年执行数不一致",
            "与资金表的全年执行数核对",
        );
        let item = format!(
            "{} {}（{} 元），全年执行数 {} {}",
            trim(&row.indicator().name),
            trim(row.indicator().actual.text()),
            money(actual),
            money(executed),
            form.project.money_unit
        );
        sink.push(hit.item(item));
    }
}

fn is_total_cost(row: &Row<'_>) -> bool {
    const NAMES: &[&str] = &[
        "总成本",
        "成本总额",
        "项目成本",
        "预算金额",
        "预算总额",
        "资金总额",
        "经费总额",
        "支出总额",
        "总费用",
        "总支出",
        "总经费",
        "总投资",
        "总金额",
    ];
    let name = trim(&row.indicator().name);
    row.sense == Sense::Cost && NAMES.iter().any(|word| name.contains(word))
}

/// The actual value in 元, where it or its target is told in money.
fn money_actual(row: &Row<'_>) -> Option<Decimal> {
    let Quantity::Number { value, unit } = &row.indicator().actual.value()?.quantity else {
        return None;
    };
    let unit = if unit.is_empty() { row.aim?.unit } else { unit };
    let factor = match unit {
        "元" => Decimal::ONE,
        "万元" => dec!(10000),
        "亿元" => dec!(100000000),
        _ => return None,
    };
    value.checked_mul(factor)
}
