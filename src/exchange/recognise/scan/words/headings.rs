//! Headings of the indicator table and the fund table.

use super::{length, listed};
use crate::model::{edition::IndicatorRole, project::fund};

/// What a heading of an indicator table means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::recognise::scan) struct RoleWord {
    pub(in crate::exchange::recognise::scan) role: IndicatorRole,
    /// Whether it means that only where no other heading does.
    pub(in crate::exchange::recognise::scan) weak: bool,
}

/// Headings by their whole text.
const WHOLE: &[(&str, IndicatorRole)] = &[
    (
        "一级指标 一级 一级指标名称 一级目标 类别 指标类别",
        IndicatorRole::Level1,
    ),
    ("二级指标 二级 二级指标名称 二级目标", IndicatorRole::Level2),
    (
        "三级指标 三级 三级指标名称 指标名称 绩效指标名称 指标内容 具体指标 三级目标 三级指标内容 \
         三级指标及内容",
        IndicatorRole::Name,
    ),
    (
        "指标性质 性质 计算符号 运算符号 符号 比较符号 指标符号 比较符",
        IndicatorRole::Nature,
    ),
    ("度量单位 计量单位 指标单位 指标值单位", IndicatorRole::Unit),
];

/// Headings that mean something only where no other does, by their whole text.
const WEAK: &[(&str, IndicatorRole)] = &[
    ("指标 四级指标 评价指标", IndicatorRole::Name),
    ("单位", IndicatorRole::Unit),
    ("值", IndicatorRole::Target),
    (
        "完成情况 实际完成情况 全年完成情况 全年实际完成情况 指标完成情况 年度完成情况 自评情况",
        IndicatorRole::Actual,
    ),
    ("说明 改进措施 整改措施", IndicatorRole::Deviation),
    ("序号 备注 指标方向 指标类型 指标描述", IndicatorRole::Extra),
];

/// Words anywhere in a heading that make it none of the program's own columns.
const EXTRA: &str = "复核 审核 核定 评审 计算方法 评分标准 评价标准 计分 评分说明 指标解释 指标说明 扣分 佐证 数据来源 \
                     评分依据 评价依据 评分细则 评分办法 评分方法 计算公式 扣除";

/// Words anywhere in a heading.
const WITHIN: &[(&str, IndicatorRole)] = &[("偏差 偏离 原因", IndicatorRole::Deviation)];

/// Words at the end of a heading, the first that fits.
const ENDS: &[(&str, IndicatorRole)] = &[
    (
        "完成值 实际值 实际完成 实际完成数 完成指标值 实际指标值 实现值 完成数 实际完成指标",
        IndicatorRole::Actual,
    ),
    (
        "指标值 目标值 预期值 计划值 设定值 年度指标 计划数 目标数",
        IndicatorRole::Target,
    ),
    ("得分 自评分 评分 自评分数 自评分值", IndicatorRole::Score),
    (
        "分值 标准分 权重分 满分 权重 权重占比 权重占比%",
        IndicatorRole::Weight,
    ),
];

/// What the heading means; `None` for other words.
pub(in crate::exchange::recognise::scan) fn role(key: &str) -> Option<RoleWord> {
    if key.is_empty() || length(key) > 30 {
        return None;
    }
    let any = |words: &str, test: &dyn Fn(&str) -> bool| words.split(' ').any(test);
    let first = |table: &[(&str, IndicatorRole)], test: &dyn Fn(&str) -> bool| {
        let (_, role) = table.iter().find(|(words, _)| any(words, test))?;
        Some(*role)
    };
    let is = |word: &str| key == word;
    let has = |word: &str| key.contains(word);
    let ends = |word: &str| key.ends_with(word);
    if let Some(role) = first(WHOLE, &is) {
        Some(RoleWord { role, weak: false })
    } else if let Some(role) = first(WEAK, &is) {
        Some(RoleWord { role, weak: true })
    } else if any(EXTRA, &has) {
        Some(RoleWord {
            role: IndicatorRole::Extra,
            weak: true,
        })
    } else {
        let role = first(WITHIN, &has).or_else(|| first(ENDS, &ends))?;
        Some(RoleWord { role, weak: false })
    }
}

/// Whether the heading is that of a score already multiplied by the indicator's share.
pub(in crate::exchange::recognise::scan) fn is_weighted_score(key: &str) -> bool {
    key.ends_with("得分")
        && ["折算", "加权", "权重", "折合"]
            .iter()
            .any(|word| key.contains(word))
}

/// What a heading of the fund table means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::recognise::scan) enum FundWord {
    /// A column that the program knows.
    Known(&'static str),
    /// A column that it does not.
    Other,
}

/// The key of the column for remarks.
pub(in crate::exchange::recognise::scan) const REMARK: &str = "remark";

/// Headings of the fund table by their whole text.
const FUNDS_WHOLE: &[(&str, FundWord)] = &[
    (
        "分值 权重 执行率权重 标准分 执行率分值",
        FundWord::Known(fund::WEIGHT),
    ),
    (
        "得分 自评得分 执行率得分 自评分 预算执行得分",
        FundWord::Known(fund::SCORE),
    ),
    ("原因 备注 说明", FundWord::Known(REMARK)),
    ("b/a e/c", FundWord::Known(fund::RATE)),
    (
        "计划 调整 到位 结余 合计 调整数 预算调整数",
        FundWord::Other,
    ),
    ("预算", FundWord::Known(fund::ADJUSTED)),
    ("支出 执行", FundWord::Known(fund::EXECUTED)),
];

/// Words anywhere in a heading of the fund table, the first that fits.
const FUNDS_WITHIN: &[(&str, FundWord)] = &[
    ("原因", FundWord::Known(REMARK)),
    (
        "计算方法 结余 结转 到位 收回 追加 下达 计划 扣除 统筹",
        FundWord::Other,
    ),
    (
        "执行率 执行进度 支出率 支出进度 完成率",
        FundWord::Known(fund::RATE),
    ),
    ("年初", FundWord::Known(fund::INITIAL)),
    (
        "执行数 支出数 执行金额 支出金额 实际支出 实际执行 资金执行 全年执行 全年支出 决算数",
        FundWord::Known(fund::EXECUTED),
    ),
    (
        "预算数 全年预算 调整后预算 调整预算 预算安排 预算金额 年度预算 本年预算",
        FundWord::Known(fund::ADJUSTED),
    ),
];

/// What the heading means; `None` for words of something else.
pub(in crate::exchange::recognise::scan) fn fund_heading(key: &str) -> Option<FundWord> {
    let other = key.is_empty() || length(key) > 20 || key.contains("指标") || key.contains("目标");
    // "预算执行情况" is the caption at the side.
    if other || key.contains("资金总") || key.ends_with("情况") {
        return None;
    }
    let whole = FUNDS_WHOLE.iter().find(|(words, _)| listed(key, words));
    let within = || {
        let fits = |(words, _): &&(&str, FundWord)| words.split(' ').any(|word| key.contains(word));
        FUNDS_WITHIN.iter().find(fits)
    };
    whole.or_else(within).map(|(_, word)| *word)
}

/// Whether a column of this key holds money.
pub(in crate::exchange::recognise::scan) fn is_amount(key: &str) -> bool {
    matches!(key, fund::INITIAL | fund::ADJUSTED | fund::EXECUTED)
}

/// Whether the caption is one of the fund table's side or of its rows.
pub(in crate::exchange::recognise::scan) fn is_fund_caption(key: &str) -> bool {
    length(key) <= 24
        && [
            "资金",
            "拨款",
            "补助",
            "结转",
            "经费",
            "总额",
            "总金额",
            "收入",
            "贷款",
            "自筹",
            "其中",
            "预算执行",
            "财政",
            "公共预算",
            "按支出性质",
            "合计",
            "其他",
            "其它",
        ]
        .iter()
        .any(|word| key.contains(word))
}
