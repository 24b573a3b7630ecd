//! Captions of the first and second level.

use super::{length, listed};

/// A caption without 指标 and without points at its end ("产出50分").
fn level(key: &str) -> &str {
    let key = key.strip_suffix('分').map_or(key, |rest| {
        rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
    });
    let key = key.strip_suffix("类").unwrap_or(key);
    key.strip_suffix("指标").unwrap_or(key)
}

/// Whether the caption is a known first-level one.
pub(in crate::exchange::recognise::scan) fn is_level1(key: &str) -> bool {
    listed(
        level(key),
        "产出 效益 效果 满意度 成本 投入 过程 决策 管理 绩效 项目决策 项目管理 项目绩效 项目产出 \
         项目效益 项目效果 项目投入 项目过程 项目成本 预算执行 预算执行率 预算执行情况 资金执行率 \
         履职效能 管理效率 运行成本 社会效应 可持续性 产出与效益 产出和效果 项目满意度",
    )
}

/// Whether the caption is a known second-level one.
pub(in crate::exchange::recognise::scan) fn is_level2(key: &str) -> bool {
    let level = level(key);
    listed(
        level,
        "数量 质量 时效 成本 进度 时间 产出数量 产出质量 产出时效 产出成本 实际完成率 质量达标率 \
         完成及时率 成本节约率 经济效益 社会效益 生态效益 环境效益 生态环境效益 政治效益 \
         可持续影响 可持续发展 可持续发展影响 可持续 可持续性 可持续效益 满意度 服务对象 经济成本 \
         社会成本 生态环境成本 生态成本 环境成本 项目立项 立项管理 资金投入 资金落实 资金管理 \
         财务管理 业务管理 组织实施 预算管理 项目管理 预算执行率 预算执行 绩效管理 工作数量 \
         工作质量",
    ) || (level.ends_with("满意度") && length(level) <= 16 && !level.contains('、'))
}

/// Whether the caption is one that stands vertically beside an indicator table.
pub(in crate::exchange::recognise::scan) fn is_table_side(key: &str) -> bool {
    listed(
        key,
        "绩效指标 年度绩效指标 绩效指标完成情况 指标完成情况 年度指标 绩效指标表 绩效目标指标 \
         年度绩效指标完成情况 绩效指标及完成情况 绩效指标自评 项目绩效指标 绩效评价指标 评价指标 \
         绩效目标完成情况指标 年度绩效目标指标 绩效指标及目标值 绩效指标情况",
    )
}
