//! Family B, second part: execution rate and its score.

use rust_decimal::{Decimal, dec};

use super::{
    budget,
    catalogue::{Check, FixKind, Phase, Rule},
    finding::{CellChange, Fix},
    form::Form,
    fund_table::{ColumnSum, FundTable, MONEY_TOLERANCE, fund_hit},
    sink::Sink,
};
use crate::{
    model::{
        edition::{FundRole, Sense},
        markup::{sentences, visible_text},
        numeral::{money, plain},
        path::CellPath,
        policy::{Rounding, Severity, ZeroBudget},
        project::{FundRow, fund},
        typed::{Reading, trim},
    },
    score::{ExecutionRate, execution_rate, execution_score},
};

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "B03",
        name: "执行率计算有误",
        level: Severity::Error,
        summary: "填写的执行率与按表内金额计算的不符；按填写的小数位数比较。",
        why: "执行率决定预算执行得分，系统保存时会重新计算。",
        basis: "地方预算管理一体化系统保存校验；评审实践",
        mend: "按“全年执行数 ÷ 全年预算数”重新计算执行率；金额有误的先改金额。",
        example: "执行率计算有误（2处）：年度资金总额应为 86.18%，填写 86.19%；当年财政拨款应为 86.18%，填写 100%",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Always,
        silences: &["B04"],
        check: Check::Form(b03),
    },
    Rule {
        code: "B04",
        name: "预算执行率得分有误",
        level: Severity::Error,
        summary: "预算执行率得分与按表样规定计算的不符；按精确或按显示的执行率计算都认可。",
        why: "预算执行率得分按公式产生，不能自行评定。",
        basis: "地方预算管理一体化系统保存校验；各地自评表填表说明",
        mend: "按表样规定的算法改正预算执行率得分；金额有误的先改金额。",
        example: "预算执行率得分有误：应为 8.62，填写 10",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Always,
        silences: &[],
        check: Check::Form(b04),
    },
    Rule {
        code: "B05",
        name: "预算执行率超过100%",
        level: Severity::Error,
        summary: "全年执行数大于全年预算数。",
        why: "没有预算不得支出；多数地方的系统不允许保存。",
        basis: "地方预算管理一体化系统保存校验",
        mend: "核对执行数；年中有追加的，全年预算数填调整后的数，并在备注写明依据。",
        example: "执行数超过预算数：年度资金总额执行 102.59，超过预算 100.00",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(b05),
    },
    Rule {
        code: "B06",
        name: "全年预算数为0或未填，无法计算执行率",
        level: Severity::Error,
        summary: "合计行的全年预算数为 0 或空白。",
        why: "执行率以全年预算数为分母，各地对预算为 0 的处理不同。",
        basis: "地方预算管理一体化系统执行率公式",
        mend: "填写全年预算数；确实没有预算的，按当地规定填写执行率和得分，并说明支出的来源。",
        example: "全年预算数为 0 却有支出，无法计算执行率",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(b06),
    },
    Rule {
        code: "B07",
        name: "执行率偏低未说明原因",
        level: Severity::Warning,
        summary: "执行率低于表样规定的界限，资金备注、偏差原因和完成情况中都没有说明。",
        why: "资金没有用完要说清原因，这是复核必看的一项。",
        basis: "四川省部门预算项目支出绩效自评表填表说明（执行率未达到90%的需说明原因）",
        mend: "在资金备注、偏差原因或完成情况中写明资金没有用完的原因和下一步的安排。",
        example: "执行率偏低，未说明原因：86.00%，低于 90%",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(b07),
    },
    Rule {
        code: "B08",
        name: "预算有调整，未说明原因",
        level: Severity::Warning,
        summary: "全年预算数与年初预算数不同，没有说明。表样没有备注栏的只作提示。",
        why: "年中调整预算应有依据，绩效目标也应随之调整。",
        basis: "四川省部门预算项目支出绩效自评表填表说明（年中发生预算调整的应单独说明理由）",
        mend: "在备注栏写明预算调整的原因和批准依据，并看绩效目标是否随之调整；登记了预算调整的，可以把记录写入备注栏。",
        example: "预算有调整，未说明原因：调整后预算数比年初预算增加 10.00 万元（11.11%）",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Sometimes,
        silences: &["P08"],
        check: Check::Form(b08),
    },
    Rule {
        code: "B11",
        name: "分项资金行不应计分",
        level: Severity::Error,
        summary: "合计行以外的资金行填了分值或得分。",
        why: "预算执行率只按年度资金总额计一次分，分项再填就重复计分。",
        basis: "财预〔2020〕10号所附自评表样式；评审实践",
        mend: "分项资金行的分值和得分改填“—”，只在年度资金总额一行计分。",
        example: "分项资金行不应计分（2处）：当年财政拨款的分值 10；当年财政拨款的得分 10",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(b11),
    },
    Rule {
        code: "B12",
        name: "预算执行率得分超过分值",
        level: Severity::Error,
        summary: "预算执行率得分大于它的分值。",
        why: "得分不得超过分值，系统不能保存。",
        basis: "地方预算管理一体化系统保存校验",
        mend: "核对执行率和得分，得分最高填到分值为止。",
        example: "预算执行率得分超过分值：得分 11，分值 10",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &["B04"],
        check: Check::Form(b12),
    },
    Rule {
        code: "B16",
        name: "执行率极低而产出指标均得满分",
        level: Severity::Hint,
        summary: "资金执行不到一半，数量、质量、时效指标却全部满分。",
        why: "钱没有花、事却全部办成，需要核实完成情况或说明资金节约的原因。",
        basis: "第三方复核口径",
        mend: "核实各项产出是不是真的完成；确已完成的，说明资金大量结余的原因。",
        example: "执行率极低而产出指标均得满分：执行率 20.00%",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(b16),
    },
    Rule {
        code: "B19",
        name: "预算执行率得分格疑似填错",
        level: Severity::Error,
        summary: "预算执行率得分格里是总分、百分数或远大于分值的数。",
        why: "这一格只填预算执行率的得分，填错会使总分失真。",
        basis: "公开自评表中的常见错误",
        mend: "这一格只填预算执行率这一项的得分，不填总分，也不填百分数。",
        example: "预算执行率得分格疑似填错：填写“99”（满分 10）",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &["B04", "B12", "S02"],
        check: Check::Form(b19),
    },
];

/// Scores of the execution that differ by no more are equal.
const SAME: Decimal = dec!(0.01);

fn b03(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    result_without_amount(form, &table, sink);
    let rounding = form.edition.scoring.execution.rate;
    let columns = &form.edition.funds.columns;
    for column in columns
        .iter()
        .filter(|column| column.role == FundRole::Rate)
    {
        let rounding = Rounding {
            digits: column.decimals.unwrap_or(rounding.digits),
            ..rounding
        };
        for row in table.rows() {
            let cell = row.figure(&column.key);
            let Some(stated) = cell.value() else { continue };
            let exact = if column.formula.is_some() {
                table.amount(row, &column.key)
            } else {
                exact_rate(form, &table, row)
            };
            let Some(exact) = exact.filter(|exact| !states(stated.value, *exact, rounding)) else {
                continue;
            };
            let mut shown = rounding.apply(exact);
            shown.rescale(rounding.digits);
            let sign = if stated.percent { "%" } else { "" };
            let new = format!("{shown}{sign}");
            let item = format!(
                "{}应为 {shown}%，填写 {}",
                table.name_of(row),
                trim(cell.text())
            );
            let hit = fund_hit(
                sink,
                row,
                &column.key,
                "执行率计算有误",
                "按全年执行数 ÷ 全年预算数改正执行率",
            )
            .item(item);
            let change = CellChange {
                at: hit.at.clone(),
                new: new.clone(),
            };
            let fix = Fix {
                title: format!("改为 {new}"),
                changes: vec![change],
            };
            let hit = match table.is_main(row) && score_follows(form, stated.value) {
                true => hit,
                false => hit.silences(&[]),
            };
            sink.push(hit.fix(Some(fix)));
        }
    }
}

/// Whether the filed score is the one that belongs to the stated rate: then only the rate is wrong by itself.
fn score_follows(form: &Form<'_>, stated: Decimal) -> bool {
    let execution = &form.score.execution;
    let by_rate = execution
        .weight
        .and_then(|weight| execution_score(stated, weight, form.edition));
    by_rate.is_some_and(|score| {
        execution
            .filed
            .is_some_and(|filed| (filed - score).abs() <= SAME)
    })
}

/// An amount is not filled in from which the filed rate or score would have to be formed. Where the parts of the total are
/// filled in, B02 says so.
fn result_without_amount(form: &Form<'_>, table: &FundTable<'_>, sink: &mut Sink<'_>) {
    let policy = &form.edition.scoring.execution;
    let Some(row) = table.main else { return };
    for column in [&policy.denominator, &policy.numerator] {
        let cell = row.figure(column);
        let is_blank = cell.is_empty() || cell.is_waived();
        if !is_blank || table.amount(row, column).is_some() || !table.bears_result(row, column) {
            continue;
        }
        let split = form.edition.funds.splits.first();
        let sum = split.and_then(|split| ColumnSum::of(table, split, column));
        if sum.is_some_and(|sum| sum.total_row.id == row.id && sum.is_missing()) {
            continue;
        }
        let hit = fund_hit(
            sink,
            row,
            column,
            "金额没有填写，却填了执行率或得分",
            "补填金额后核对执行率和得分",
        );
        let item = format!(
            "{}的{}",
            table.name_of(row),
            form.edition.fund_caption(column)
        );
        sink.push(hit.item(item).level(Severity::Error));
    }
}

/// The rate of a row in percent. What a budget of zero means is settled for the main row only.
fn exact_rate(form: &Form<'_>, table: &FundTable<'_>, row: &FundRow) -> Option<Decimal> {
    match execution_rate(form.project, row, form.edition) {
        ExecutionRate::Share(share) => share.of(Decimal::ONE_HUNDRED),
        ExecutionRate::Set(percent) => table.is_main(row).then_some(percent),
        ExecutionRate::Open(_) => None,
    }
}

/// Whether `stated` is `exact` at the decimals it is stated with.
fn states(stated: Decimal, exact: Decimal, rounding: Rounding) -> bool {
    const FINEST: Decimal = dec!(0.005);
    let half_unit = Decimal::new(5, stated.scale().min(10) + 1);
    let as_ruled = Rounding {
        digits: stated.scale(),
        ..rounding
    };
    (stated - exact).abs() <= half_unit.max(FINEST) || as_ruled.apply(exact) == stated
}

fn b04(form: &Form<'_>, sink: &mut Sink<'_>) {
    const NEAR: Decimal = dec!(0.05);
    let execution = &form.score.execution;
    let (Some(filed), Some(score)) = (execution.filed, execution.score) else {
        return;
    };
    let from_shown = execution.score_from_shown.unwrap_or(score);
    let off = (filed - score).abs().min((filed - from_shown).abs());
    if off <= SAME {
        return;
    }
    let Some(row) = FundTable::of(form).main else {
        return;
    };
    let hit = fund_hit(
        sink,
        row,
        fund::SCORE,
        "预算执行率得分有误",
        "按表样规定的算法改正得分",
    )
    .item(format!("应为 {score}，填写 {}", plain(filed)))
    .level(if off <= NEAR {
        Severity::Warning
    } else {
        Severity::Error
    });
    let fix = set_score(&hit.at, score);
    sink.push(hit.fix(fix));
}

fn set_score(at: &CellPath, score: Decimal) -> Option<Fix> {
    let change = CellChange {
        at: at.clone(),
        new: score.to_string(),
    };
    Some(Fix {
        title: format!("改为 {score}"),
        changes: vec![change],
    })
}

fn b05(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    let policy = &form.edition.scoring.execution;
    let mut main_is_over = false;
    let (main, others): (Vec<_>, Vec<_>) = table.rows().partition(|row| table.is_main(row));
    for row in main.into_iter().chain(others) {
        let (Some(executed), Some(budget)) = (
            table.amount(row, &policy.numerator),
            table.amount(row, &policy.denominator),
        ) else {
            continue;
        };
        if budget <= Decimal::ZERO || executed - budget <= MONEY_TOLERANCE || main_is_over {
            continue;
        }
        let level = if table.is_main(row) {
            main_is_over = true;
            policy.over_100
        } else {
            policy.over_100.min(Severity::Warning)
        };
        let item = format!(
            "{}执行 {}，超过预算 {}",
            table.name_of(row),
            money(executed),
            money(budget)
        );
        let hit = fund_hit(
            sink,
            row,
            &policy.numerator,
            "执行数超过预算数",
            "核对执行数；预算有追加的，全年预算数应填调整后的数",
        );
        sink.push(hit.item(item).level(level));
    }
}

fn b06(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    let policy = &form.edition.scoring.execution;
    let Some(row) = table.main else { return };
    let executed = table.amount(row, &policy.numerator);
    let spent = executed.is_some_and(|executed| executed > Decimal::ZERO);
    let cell_is_empty = row.figure(&policy.denominator).is_empty();
    let (lead, level) = match table.amount(row, &policy.denominator) {
        Some(budget) if budget.is_zero() && spent => {
            ("全年预算数为 0 却有支出，无法计算执行率", Severity::Error)
        }
        Some(budget) if budget.is_zero() && executed.is_some() => (
            match policy.zero_budget {
                ZeroBudget::Open => "全年预算数和执行数都为 0，执行率不计算",
                ZeroBudget::Zero => "全年预算数和执行数都为 0，执行率按 0 计",
                ZeroBudget::Full => "全年预算数和执行数都为 0，执行率按 100% 计",
            },
            Severity::Hint,
        ),
        None if cell_is_empty && spent && !table.bears_result(row, &policy.denominator) => {
            ("全年预算数未填写，无法计算执行率", Severity::Warning)
        }
        _ => return,
    };
    let hit = fund_hit(
        sink,
        row,
        &policy.denominator,
        lead,
        "核对全年预算数；确无预算的，按当地规定填写执行率和得分",
    );
    sink.push(hit.level(level));
}

fn b07(form: &Form<'_>, sink: &mut Sink<'_>) {
    let (Some(limit), Some(rate)) = (
        form.edition.checks.explain_rate_below,
        form.score.execution.rate,
    ) else {
        return;
    };
    if rate >= limit || explains_execution(form) {
        return;
    }
    let Some(row) = FundTable::of(form).main else {
        return;
    };
    let hint = "在资金备注、偏差原因或实际完成情况中说明资金未用完的原因";
    let hit = fund_hit(sink, row, fund::RATE, "执行率偏低，未说明原因", hint);
    let shown = form.score.execution.shown_rate.unwrap_or(rate);
    sink.push(hit.item(format!("{shown}%，低于 {}%", plain(limit))));
}

/// Whether the form says anywhere why money was left.
fn explains_execution(form: &Form<'_>) -> bool {
    let project = form.project;
    let remarked = project
        .funds
        .iter()
        .any(|row| !trim(&row.remark).is_empty());
    let goals = || project.goals.iter();
    remarked
        || form
            .rows
            .iter()
            .any(|row| tells_why_money_was_left(&row.indicator().deviation))
        || goals().any(|goal| tells_why_money_was_left(&goal.actual))
        || goals()
            .flat_map(|goal| goal.reasons.iter())
            .any(|reason| tells_why_money_was_left(&reason.text))
        || project
            .texts
            .values()
            .any(|text| tells_why_money_was_left(text))
}

fn tells_why_money_was_left(text: &str) -> bool {
    const ON_ITS_OWN: &[&str] = &[
        "执行率",
        "结余",
        "压减",
        "节约",
        "缩减",
        "核减",
        "未支付",
        "尚未支付",
        "待支付",
    ];
    const MONEY: &[&str] = &["资金", "预算", "支付", "支出", "经费", "款"];
    const CAUSE: &[&str] = &["因", "由于", "原因", "导致", "影响"];
    let has = |sentence: &str, words: &[&str]| words.iter().any(|word| sentence.contains(word));
    if text.is_empty() {
        return false;
    }
    sentences(&visible_text(text))
        .any(|sentence| has(sentence, ON_ITS_OWN) || has(sentence, MONEY) && has(sentence, CAUSE))
}

fn b08(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    let Some((change, row)) = table.budget_change().zip(table.main) else {
        return;
    };
    // Money spent without a budget: the budget is missing, not adjusted (B06).
    let is_missing = table.main_amount(fund::ADJUSTED) == Some(Decimal::ZERO)
        && table.main_amount(fund::EXECUTED) > Some(Decimal::ZERO);
    if is_missing || explains_adjustment(form) || budget::is_told_by_record(form) {
        return;
    }
    let share = change.percent().map_or_else(String::new, |share| {
        format!("（{}%）", Rounding::default().apply(share))
    });
    let unit = form.project.money_unit;
    let item = format!(
        "{}比{}{} {} {unit}{share}",
        form.edition.fund_caption(fund::ADJUSTED),
        form.edition.fund_caption(fund::INITIAL),
        change.way(),
        money(change.amount().abs())
    );
    let (level, hint) = if form.edition.checks.explain_adjustment {
        (Severity::Warning, "在备注栏写明调整的原因和依据")
    } else {
        (
            Severity::Hint,
            "表样没有备注栏，可在实际完成情况中写明调整的原因和文号",
        )
    };
    let hit = fund_hit(sink, row, fund::ADJUSTED, "预算有调整，未说明原因", hint);
    let fix = budget::record_as_remark(form, row);
    sink.push(hit.item(item).level(level).fix(fix));
}

/// Whether the form says anywhere why its budget was adjusted.
pub(super) fn explains_adjustment(form: &Form<'_>) -> bool {
    const WORDS: &[&str] = &["预算调", "调整预算", "追加", "调减", "调增", "调剂"];
    const OF_BUDGET: &[&str] = &["调整", "压减", "核减"];
    let has = |sentence: &str, words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let tells = |text: &str| {
        has(text, WORDS)
            || text.contains("预算")
                && sentences(&visible_text(text)).any(|sentence| {
                    sentence.contains("预算")
                        && (has(sentence, OF_BUDGET) || names_document(sentence))
                })
    };
    let project = form.project;
    project
        .funds
        .iter()
        .any(|row| !trim(&row.remark).is_empty())
        || project.texts.values().any(|text| tells(text))
        || project.goals.iter().any(|goal| {
            tells(&goal.actual) || goal.reasons.iter().any(|reason| tells(&reason.text))
        })
}

/// Whether a sentence cites a document by its number, such as 深财预〔2020〕15号.
fn names_document(sentence: &str) -> bool {
    sentence
        .match_indices(['〔', '[', '［', '（', '('])
        .any(|(at, bracket)| {
            let rest = &sentence[at + bracket.len()..];
            let Some((year, rest)) = rest.split_once(['〕', ']', '］', '）', ')']) else {
                return false;
            };
            let is_year = year.len() == 4 && year.starts_with("20");
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            is_year && after.len() < rest.len() && after.starts_with('号')
        })
}

fn b11(form: &Form<'_>, sink: &mut Sink<'_>) {
    if form.score.execution.row.is_none() {
        return;
    }
    let table = FundTable::of(form);
    for row in table.rows().filter(|row| !table.is_main(row)) {
        for key in [fund::WEIGHT, fund::SCORE] {
            let Some(number) = row.figure(key).number() else {
                continue;
            };
            if number.is_zero() {
                continue;
            }
            let item = format!(
                "{}的{} {}",
                table.name_of(row),
                form.edition.fund_caption(key),
                plain(number)
            );
            let hit = fund_hit(
                sink,
                row,
                key,
                "分项资金行不应计分",
                "分项资金行的分值和得分填“—”",
            );
            sink.push(hit.item(item));
        }
    }
}

fn b12(form: &Form<'_>, sink: &mut Sink<'_>) {
    let execution = &form.score.execution;
    let (Some(filed), Some(weight)) = (execution.filed, execution.weight) else {
        return;
    };
    let Some(row) = FundTable::of(form).main.filter(|_| filed > weight) else {
        return;
    };
    let hit = fund_hit(
        sink,
        row,
        fund::SCORE,
        "预算执行率得分超过分值",
        "得分最高为分值",
    )
    .item(format!("得分 {}，分值 {}", plain(filed), plain(weight)));
    let fix = execution.score.and_then(|score| set_score(&hit.at, score));
    sink.push(hit.fix(fix));
}

fn b16(form: &Form<'_>, sink: &mut Sink<'_>) {
    let Some(rate) = form.score.execution.rate else {
        return;
    };
    if rate >= form.edition.checks.very_low_rate {
        return;
    }
    let is_output =
        |sense: Sense| matches!(sense, Sense::Quantity | Sense::Quality | Sense::Timeliness);
    let mut outputs = form
        .groups
        .iter()
        .filter(|group| is_output(group.score.sense) && group.score.weight.value > Decimal::ZERO)
        .peekable();
    if outputs.peek().is_none()
        || !outputs.all(|group| group.score.filed.value == group.score.weight.value)
    {
        return;
    }
    let Some(row) = FundTable::of(form).main else {
        return;
    };
    let hint = "核实各项产出是否真正完成，并说明资金大量结余的原因";
    let hit = fund_hit(sink, row, fund::RATE, "执行率极低而产出指标均得满分", hint);
    let shown = form.score.execution.shown_rate.unwrap_or(rate);
    sink.push(hit.item(format!("执行率 {shown}%")));
}

fn b19(form: &Form<'_>, sink: &mut Sink<'_>) {
    const FAR_OVER: Decimal = dec!(1.5);
    let execution = &form.score.execution;
    let Some(row) = execution
        .row
        .and_then(|index| form.project.funds.get(index))
    else {
        return;
    };
    let cell = row.figure(fund::SCORE);
    let percent = cell.text().contains(['%', '％']);
    let too_large = |score: Decimal| {
        let total = form.project.stated.total_score.number();
        execution.weight.is_some_and(|weight| {
            score > weight.saturating_mul(FAR_OVER) || score > weight && Some(score) == total
        })
    };
    let wrong = match cell.reading() {
        Reading::Value(figure) => figure.percent || too_large(figure.value),
        Reading::Unreadable => percent,
        Reading::Empty | Reading::Dash | Reading::NotApplicable => false,
    };
    if !wrong {
        return;
    }
    let weight = execution
        .weight
        .map_or_else(String::new, |weight| format!("（满分 {}）", plain(weight)));
    let hit = fund_hit(
        sink,
        row,
        fund::SCORE,
        "预算执行率得分格疑似填错",
        "这一格只填预算执行率的得分",
    )
    .item(format!("填写“{}”{weight}", trim(cell.text())))
    .about_all();
    let fix = execution.score.and_then(|score| set_score(&hit.at, score));
    sink.push(hit.fix(fix));
}
