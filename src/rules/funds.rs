//! Family B, first part: sums and cells of the fund table.

use rust_decimal::{Decimal, dec};

use super::{
    catalogue::{Check, FixKind, Phase, Rule},
    finding::{CellChange, Fix, Mend},
    form::Form,
    fund_table::{ColumnSum, FundTable, fund_hit, mend_of},
    sink::Sink,
};
use crate::model::{
    edition::{FundColumn, FundRole, FundSplit},
    numeral::{MAX_DECIMALS, MAX_MAGNITUDE, halfwidth, leading_number, money, plain},
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
        mend: "逐行核对资金来源和合计，改正填错的一处，使合计等于各来源之和。",
        example: "年度资金总额与各来源之和不符：全年预算数 100.00，各资金来源之和 95.00，差额 5.00",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &["B03", "B04", "B05", "B06", "B07", "B08", "B16", "P08"],
        check: Check::Form(b01),
    },
    Rule {
        code: "B02",
        name: "年度资金总额为0或空白，分项却有金额",
        level: Severity::Error,
        summary: "合计行为 0 或没有填，下面的资金来源有数。",
        why: "合计行是计算执行率和得分的依据。",
        basis: "公开自评表中的常见错误；评审实践",
        mend: "在年度资金总额一行填各资金来源之和；可以用自动修正。",
        example: "年度资金总额为 0，分项却有金额：全年预算数的分项合计 100.00",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Sometimes,
        silences: &["B06", "B08"],
        check: Check::Form(b02),
    },
    Rule {
        code: "B09",
        name: "金额为负数",
        level: Severity::Error,
        summary: "预算数或执行数小于 0。",
        why: "预算和支出没有负数，负数会使合计和执行率出错。",
        basis: "填报常识（软件自定）",
        mend: "核对金额，预算数和执行数填正数；属于冲减、退回的，在备注或偏差原因中说明。",
        example: "金额为负数：其他资金的全年执行数 -5.00",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[
            "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B16", "B20", "P08",
        ],
        check: Check::Form(b09),
    },
    Rule {
        code: "B14",
        name: "金额或分数的书写不规范",
        level: Severity::Warning,
        summary: "千分位分错、单元格内带单位、夹有文字；各格千分位写法不一的作提示。",
        why: "写法不规范的数不能参加计算，导入系统时会出错。",
        basis: "公开自评表中的常见错误",
        mend: "单元格里只填数字，千分位每三位一节，单位写在表头。",
        example: "千分位或小数点书写有误：其他资金的全年执行数“7,00.0,77”",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Sometimes,
        silences: &[],
        check: Check::Form(b14),
    },
    Rule {
        code: "B17",
        name: "资金行空白",
        level: Severity::Hint,
        summary: "其他资金来源都填了数，个别行（如上年结转资金）空白。",
        why: "空白分不清是没有发生还是漏填。",
        basis: "填报常识（软件自定）",
        mend: "没有发生的填 0，有金额的补填。",
        example: "资金行空白：上年结转资金",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(b17),
    },
    Rule {
        code: "B20",
        name: "同一金额两种口径的合计不一致",
        level: Severity::Error,
        summary: "表样按两种口径列资金（如按收入性质和按支出性质）时，另一口径的合计与总额不等。",
        why: "两种口径说的是同一笔钱，合计必须相等。",
        basis: "地方预算管理一体化系统保存校验（资金来源合计等于资金方向合计）",
        mend: "核对两种口径的各行和合计，改正填错的一处，使两边的合计相等。",
        example: "两种口径的合计不一致：年初预算数 100.00，按支出性质各行之和 0.00，差额 100.00",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(b20),
    },
];

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
        let hit = match column.key.as_str() {
            _ if is_remainder => hit.silences(&[]),
            // The rate is not formed from it.
            fund::INITIAL => hit.silences(&["B08", "P08"]),
            _ => hit,
        };
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
            let level = if table.bears_result(sum.total_row, &column.key) {
                Severity::Error
            } else {
                Severity::Warning
            };
            ("年度资金总额未填写，分项却有金额", level)
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
                sink.push(hit.item(item).about_all());
            }
        }
    }
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
        Reading::Unreadable if is_out_of_bounds(text) => {
            ("数字过大（超过一千万亿）或小数位过多", None)
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
    let unreadable = matches!(cell.reading(), Reading::Unreadable);
    let hit = if unreadable && table.bears_result(row, &column.key) {
        hit.level(Severity::Error)
    } else {
        hit
    };
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

/// A number well written that is larger, or has more decimals, than any amount may have.
fn is_out_of_bounds(text: &str) -> bool {
    let digits = halfwidth(text).replace(',', "");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let ordinary = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let whole_digits = MAX_MAGNITUDE.trunc().to_string().len();
    ordinary(whole)
        && ordinary(fraction)
        && (whole.trim_start_matches('0').len() >= whole_digits
            || fraction.len() > MAX_DECIMALS as usize)
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
