//! What the fields of a form are called in the names of steps.

use crate::model::{
    edition::IndicatorRole,
    path::{BlockField, GoalField, IndicatorField, Place, StatedField},
    project::{fund, header},
};

/// The usual caption of a field. A command knows no edition, so captions of an edition's own are named by their part of the form.
pub fn caption(place: &Place) -> &'static str {
    match place {
        Place::Whole => "整份表",
        Place::Header(key) => match key.as_str() {
            header::PROJECT_NAME => "项目名称",
            header::PROJECT_CODE => "项目编码",
            header::YEAR => "实施年度",
            header::DEPARTMENT => "主管部门",
            header::UNIT => "实施单位",
            _ => "基本信息",
        },
        Place::Fund(_, key) => match key.as_str() {
            "name" => "资金名称",
            "remark" => "资金原因说明",
            fund::INITIAL => "年初预算数",
            fund::ADJUSTED => "全年预算数",
            fund::EXECUTED => "全年执行数",
            fund::RATE => "执行率",
            fund::WEIGHT => "资金分值",
            fund::SCORE => "资金得分",
            _ => "资金",
        },
        Place::Goal(_, field) => match field {
            GoalField::Caption => "目标标题",
            GoalField::Weight => "目标分值",
            GoalField::Expected => "预期目标",
            GoalField::Actual => "实际完成情况",
            GoalField::Text(_) => "年度总体目标",
        },
        Place::Section(_, field) => match field {
            BlockField::Caption => "一级指标",
            BlockField::Weight => "一级指标分值",
            BlockField::Score => "一级指标得分",
        },
        Place::Group(_, field) => match field {
            BlockField::Caption => "二级指标",
            BlockField::Weight => "二级指标分值",
            BlockField::Score => "二级指标得分",
        },
        Place::Indicator(_, IndicatorField::Tier) => "完成档次",
        Place::Indicator(_, IndicatorField::Extra(_)) => "指标其他栏",
        Place::Indicator(_, field) => IndicatorRole::of(field).usual_caption(),
        Place::Reason(_) => IndicatorRole::Deviation.usual_caption(),
        Place::Stated(field) => match field {
            StatedField::Title => "标题",
            StatedField::TotalWeight => "总分值",
            StatedField::TotalScore => "总得分",
            StatedField::Rating => "评价等级",
            StatedField::MoneyUnit => "表头金额单位",
            StatedField::Footnote(_) => "表下注释",
        },
        Place::Table(..) => "附表",
        Place::Text(_) => "文字说明",
        Place::Footer(_) => "表尾",
        Place::Paper(cell) => cell.caption(),
    }
}
