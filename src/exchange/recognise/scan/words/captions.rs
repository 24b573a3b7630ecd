//! Captions of fields, goals, totals and people.

use super::{key, length, listed};
use crate::exchange::recognise::captions;

/// What is expected, or the side of the block.
const EXPECTED: &str = "预期目标 年初设定目标 年初目标 年初绩效目标 预期绩效目标 总体目标 年度目标 绩效目标 \
         项目年度目标 年度绩效目标 年度总体目标 项目绩效目标 项目总体目标 项目目标 设定目标 \
         计划目标 年初设定绩效目标 年初设定的目标 年度主要目标 总体绩效目标 年度总体绩效目标 \
         年度绩效总目标 项目年度绩效目标 绩效总目标 年度预期目标 年初预期目标 预算绩效目标 \
         项目年度总体目标 年度任务 年度主要目标和成果 整体目标 目标";

/// Further goals.
const OTHER: &str = "调整后目标 调整后绩效目标 中长期目标 实施期目标 长期目标 调整目标 实施期总目标 \
         年中调整目标 中期目标 调整后年度目标 全年绩效目标 项目实施内容及过程概述 监控期完成情况 \
         截至监控日完成情况";

/// What was done.
const ACTUAL: &str = "实际完成情况 完成情况 实际完成 目标完成情况 全年实际完成情况 年度总体目标完成情况 \
         实际完成目标情况 总体完成情况 自评完成情况 总体目标完成情况 年度目标完成情况 \
         绩效目标完成情况 全年完成情况 年度绩效目标完成情况 年度实际完成情况 实际完成目标 \
         目标实际完成情况 年度完成情况 项目年度目标完成情况 项目绩效目标完成情况 项目完成情况 \
         年度总体绩效目标完成情况 年度总目标完成情况 全年目标实际完成情况 全年目标完成情况 \
         年度总体目标完成情况综述 项目实施和完成情况";

/// What a caption of a goal block means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::recognise::scan) enum GoalWord {
    /// What is expected, or the side of the block.
    Expected,
    /// What was done.
    Actual,
    /// Anything else (调整后目标).
    Other,
}

/// What the caption means, and whether it is numbered ("年度绩效目标1").
pub(in crate::exchange::recognise::scan) fn goal(key: &str) -> Option<(GoalWord, bool)> {
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let name = key.trim_end_matches(numeral);
    let numbered = name.len() < key.len();
    let word = if listed(name, EXPECTED) {
        GoalWord::Expected
    } else if listed(name, OTHER) {
        GoalWord::Other
    } else if listed(name, ACTUAL) {
        GoalWord::Actual
    } else {
        return None;
    };
    Some((word, numbered))
}

/// What a text means that is a caption of a goal block by its place.
pub(in crate::exchange::recognise::scan) fn goal_like(text: &str) -> GoalWord {
    if text.contains("原因") {
        GoalWord::Other
    } else if text.contains("完成") || text.contains("实现") {
        GoalWord::Actual
    } else if text.contains("调整") || !text.contains("目标") {
        GoalWord::Other
    } else {
        GoalWord::Expected
    }
}

/// How surely a text is the caption of a header field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::exchange::recognise::scan) enum Caption {
    /// It is not.
    No,
    /// It ends like one.
    Likely,
    /// It is one.
    Sure,
}

/// How surely the text is the caption of a field above the indicator table.
pub(in crate::exchange::recognise::scan) fn header(key: &str) -> Caption {
    const WORDS: &str = "项目名称 主管部门 实施单位 项目实施单位 资金使用单位 专项实施单位 年度 实施年度 项目年度 \
         预算年度 评价年度 自评年度 项目年份 单位名称 预算单位 填报单位 填报日期 填报时间 \
         项目类别 项目属性 项目类型 项目性质 项目分类 项目编码 项目代码 项目编号 项目负责人 \
         负责人 联系人 联系电话 电话 转移支付名称 专项名称 中央主管部门 地方主管部门 省级主管部门 \
         自治区主管部门 市县主管部门 市县财政部门 主管部门及代码 主管部门名称 项目单位 \
         项目主管部门 财政归口处室 归口处室 部门联系人 建设周期 项目周期 项目期限 项目起止时间 \
         起止时间 实施期限 专项实施期 项目负责人及电话 联系人及电话 自评总分 项目总得分 自评得分 \
         总得分 财政审核评分 自评等级 评价类型 填报类型 是否为专项资金 部门名称 部门 资金名称 \
         专项资金名称 财政部门 项目内容 项目概况 实施主体 责任单位 牵头单位 项目承担单位 \
         单位领导审签 一级项目名称 二级项目名称 评价单位 自评单位 编制单位 公开单位 联系方式 \
         项目级次 职能职责 立项依据 项目地址 预算部门 一级预算单位 实施单位联系人 单位编码 \
         部门编码 报表编号 金额单位 填表人 填报人 制表人 项目所属领域 评价时间 自评时间 填表日期 \
         项目支出名称 项目审批 项目总体概况 监控截止日期 监控日期 监控期 财政资金预算分类 \
         财政资金科目代码 业务主管部门";
    const ENDS: &[&str] = &[
        "名称",
        "单位",
        "部门",
        "负责人",
        "电话",
        "编码",
        "代码",
        "年度",
        "时间",
        "日期",
        "类别",
        "属性",
        "类型",
        "性质",
        "周期",
        "联系人",
        "总分",
        "等级",
        "处室",
        "期限",
        "概述",
        "依据",
        "得分",
        "评分",
        "方式",
        "编号",
        "资金",
        "文号",
        "地点",
        "级次",
    ];
    if listed(key, WORDS) {
        return Caption::Sure;
    }
    // "主管部门及代码", "项目负责人及联系电话": several of the words.
    let several = key
        .split(['及', '和', '、', '/'])
        .all(|part| listed(part, WORDS) || part == "代码" || part == "编码");
    if several && !key.is_empty() {
        Caption::Sure
    } else if length(key) <= 12 && ENDS.iter().any(|end| key.ends_with(end)) {
        Caption::Likely
    } else {
        Caption::No
    }
}

/// Whether the text is the caption of the project's name.
pub(in crate::exchange::recognise::scan) fn is_project_name(key: &str) -> bool {
    matches!(
        key,
        "项目名称"
            | "转移支付名称"
            | "专项名称"
            | "专项资金名称"
            | "项目支出名称"
            | "资金名称"
            | "二级项目名称"
    )
}

/// Whether the text is the caption of a total row.
pub(in crate::exchange::recognise::scan) fn is_total(key: &str) -> bool {
    listed(
        key,
        "总分 合计 总计 自评总分 总得分 得分合计 合计得分 总分合计 自评得分合计 总评分 分值合计 \
         项目总得分 总分值 综合得分 自评得分 项目自评总分 项目总分 最终得分 评价总分 自评总得分 \
         绩效自评总分 总体完成率",
    )
}

/// Whether the text is the caption of a section's subtotal.
pub(in crate::exchange::recognise::scan) fn is_subtotal(key: &str) -> bool {
    key == "小计"
}

/// Whether the text is the caption of a rating.
pub(in crate::exchange::recognise::scan) fn is_rating(key: &str) -> bool {
    listed(
        key,
        "评价等级 等级 自评等级 自评结果 评定等级 评价结果 绩效等级 自评结论等级 评价等次 等次 \
         自评等次",
    )
}

/// Whether the text is a rating, perhaps with its caption before it ("（自评等级）优", "等级：优").
pub(in crate::exchange::recognise::scan) fn is_rating_value(text: &str) -> bool {
    listed(
        key(captions::rating_value(text)).as_str(),
        "优 良 中 差 优秀 良好 中等 合格 不合格 较差",
    )
}

/// Whether the text is a caption below the indicator table.
pub(in crate::exchange::recognise::scan) fn is_foot(key: &str) -> bool {
    if is_people(key) || is_rating(key) {
        return true;
    }
    listed(
        key,
        "评价结论 自评结论 存在问题 存在的问题 主要问题 改进措施 改进建议 下一步改进措施 \
         其他需要说明的事项 其他需要说明事项 其他需说明的事项 其他说明事项 需要说明的事项 \
         其他说明的问题 说明 有关建议 存在问题及原因 存在的问题及原因 存在问题及改进措施 \
         问题及建议 评价结论及建议 自评结果应用 结果应用 主管部门意见 财政部门意见 审核意见 \
         单位意见 资金管理情况 绩效自评结论 其他需要说明的问题 建议 情况说明 成果及亮点 经验做法 \
         预算绩效管理情况",
    ) || (length(key) <= 24
        // What is to be written there is no caption: "结合自评情况,分析存在的问题及原因".
        && !key.contains([',', '。', ';'])
        && [
            "结果应用方案",
            "原因分析",
            "改进措施",
            "需要说明",
            "存在的问题",
            "审核意见",
            "部门意见",
        ]
        .iter()
        .any(|word| key.contains(word)))
}

/// Whether the text is the caption of a person or date at the foot.
pub(in crate::exchange::recognise::scan) fn is_people(key: &str) -> bool {
    const WHO: &str = "填表人 填报人 填表人签字 制表人 经办人 项目负责人 财务负责人 单位负责人 部门负责人 \
         负责人 联系人 联系电话 电话 填报日期 填表日期 填报时间 填表时间 日期 审核人 \
         单位负责人签章 单位公章 单位盖章 主要负责人 分管领导 分管负责人 填报人签名 联系方式 手机 \
         复核人 单位领导 主管领导 评价人员 填报单位 填报单位负责人 科室负责人 处室负责人 评价时间 \
         自评时间 报送日期 填表人及联系电话 填报人及联系电话 联系人及电话 联系人及联系电话 \
         制表日期 制表";
    listed(key, WHO)
}
