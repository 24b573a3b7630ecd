//! What is wrong with an edition, told to a person who knows forms and no files: at its part, in words.

use crate::model::edition::{Edition, IndicatorRole};

/// A part of an edition as it is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Part {
    /// 名称与适用
    #[default]
    Identity,
    /// 表头
    Header,
    /// 项目资金
    Funds,
    /// 年度目标
    Goals,
    /// 指标表
    Indicators,
    /// 附表与文字
    Tables,
    /// 合计与表尾
    Foot,
    /// 表下注释
    Footnotes,
    /// 计分
    Scoring,
    /// 校验界限
    Checks,
}

impl Part {
    /// All parts in the order of the form.
    pub const ALL: [Self; 10] = [
        Self::Identity,
        Self::Header,
        Self::Funds,
        Self::Goals,
        Self::Indicators,
        Self::Tables,
        Self::Foot,
        Self::Footnotes,
        Self::Scoring,
        Self::Checks,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "名称与适用",
            Self::Header => "表头",
            Self::Funds => "项目资金",
            Self::Goals => "年度目标",
            Self::Indicators => "指标表",
            Self::Tables => "附表与文字",
            Self::Foot => "合计与表尾",
            Self::Footnotes => "表下注释",
            Self::Scoring => "计分",
            Self::Checks => "校验界限",
        }
    }

    /// The part in which a place of the file is edited.
    pub fn of(place: &str) -> Self {
        let first = place.split(['.', '[']).next().unwrap_or_default();
        match first {
            "header" => Self::Header,
            "funds" => Self::Funds,
            "goals" => Self::Goals,
            "indicators" => Self::Indicators,
            "tables" | "texts" => Self::Tables,
            "totals" | "footer" => Self::Foot,
            "footnotes" => Self::Footnotes,
            "scoring" if place.starts_with("scoring.over_fulfilment") => Self::Checks,
            "scoring" if place.starts_with("scoring.goal_weights") => Self::Goals,
            "scoring" => Self::Scoring,
            "checks" => Self::Checks,
            _ => Self::Identity,
        }
    }
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The part of the editor in which it is mended.
    pub part: Part,
    /// The place in the file, by which the editor finds the row.
    pub place: String,
    /// What is wrong and what to do.
    pub what: String,
}

/// All that keeps an edition from being used, for people.
pub fn faults(edition: &Edition) -> Vec<Told> {
    let faults = edition.faults().into_iter();
    faults
        .map(|fault| Told {
            part: Part::of(&fault.place),
            what: in_words(edition, &fault.place, &fault.what),
            place: fault.place,
        })
        .collect()
}

/// Sentences whose words are those of the file, by what they begin with or hold, and what they mean.
const WORDS: &[(&str, &str)] = &[
    ("不能用作键", "内部编号有误，请删去这一项后重新添加"),
    ("重复，请改用另一个键", "与另一项的内容相同，请改选其他内容"),
    (
        "含 {year}",
        "表题中有年度，但表头没有年度一项，请在表头添加",
    ),
    (
        "没有 key 为 project_name",
        "没有项目名称，请添加一项并选“项目名称”",
    ),
    (
        "可选字段没有选项",
        "没有列出选项，请填写选项，或改选其他填写方式",
    ),
    ("列有选项", "列有选项，但填写方式不是选择，请改选填写方式"),
    (
        "有多列的 role",
        "分值、得分、原因说明各只能有一列，请改选其他内容",
    ),
    ("remark 专用于", "原因说明列有误，请重新选择这一列的内容"),
    ("name 专指", "内部编号有误，请重新选择这一列的内容"),
    ("绕回自身", "公式用到了自己，请改用其他列"),
    ("标为 scored，只有", "只能有一行填写分值和得分"),
    (
        "没有一行标为 scored",
        "预算执行率要计分，请指定哪一行填写分值和得分",
    ),
    ("资金行“", "合计用到的资金行已经不在，请重新选择"),
    ("parts 应列出", "请选择合计由哪些行相加，不能包括合计行本身"),
    ("多于 most_blocks", "列出的目标多于允许的块数，请调整其一"),
    (
        "但 goals.weighted 不是 true",
        "目标写有分值，请勾选“每个目标有分值”，或删去分值",
    ),
    (
        "limit 和 width 不能为0",
        "字数上限和列宽不能为 0，请改正或清空",
    ),
    (
        "只有 role 为 extra 的列有键",
        "内部编号有误，请重新选择这一列的内容",
    ),
    (
        "的 role 与前面的列重复",
        "与前面的一列内容相同，请改选“其他”",
    ),
    ("是 extra 列", "内部编号有误，请重新选择这一列的内容"),
    (
        "没有指标列时应为 nothing",
        "没有指标列时不能计分，请改选“不计分”",
    ),
    ("缺少 role 为 name", "缺少三级指标一列，请添加"),
    ("为 nothing，但有", "选了不计分，但有分值或得分列，请统一"),
    (
        "缺少 role 为 score",
        "缺少得分一列，请添加；不计分的表请改选“不计分”",
    ),
    (
        "没有 role 为 level1 的列",
        "有一级指标，但没有一级指标列，请添加这一列",
    ),
    (
        "没有 role 为 level2 的列",
        "有二级指标，但没有二级指标列，请添加这一列",
    ),
    (
        "而 scoring.weights[0] 为",
        "印出的分值与规定分值不同，请统一",
    ),
    (
        "没有固定行，也不允许",
        "没有固定的行，也不允许增行，请添加行或允许增行",
    ),
    (
        "与 scoring.execution.weight 不同",
        "预算执行率的分值前后不同，请统一",
    ),
    (
        "不存在，请改为 indicators.levels",
        "分值所属的一级指标已经不在，请重新填写分值",
    ),
    ("档次界限应为", "三档的界限应由高到低，都在 0% 和 100% 之间"),
    ("及格线应大于0", "及格线应大于 0%、不大于 100%"),
    ("every_percent 应", "每档超出的比例和扣分都应大于 0"),
    (
        "应为 1 ≤ explain_from",
        "三个超额界限应由小到大，都不小于 1 倍",
    ),
    ("大于 most_indicators", "指标最少条数大于最多条数，请对调"),
];

fn in_words(edition: &Edition, place: &str, what: &str) -> String {
    if what.starts_with('列') || what.contains("不是金额列") {
        let words = match place.contains("execution") {
            true => "计算执行率的金额列不在资金表中，请在“计分”中重新选择，或添加这一列",
            false => "公式用到的列已经不在，请重新选择",
        };
        return words.to_owned();
    }
    let known = WORDS.iter().find(|(words, _)| what.contains(words));
    let words = known.map_or(what, |(_, words)| words);
    match name_at(edition, place) {
        Some(name) if !name.is_empty() && !words.contains(&name) => format!("“{name}”{words}"),
        _ => words.to_owned(),
    }
}

/// What the thing at a place is called, where it is one of a list.
fn name_at(edition: &Edition, place: &str) -> Option<String> {
    let (list, rest) = place.split_once('[')?;
    let index: usize = rest.split(']').next()?.parse().ok()?;
    let caption = match list {
        "header" => &edition.header.get(index)?.caption,
        "texts" => &edition.texts.get(index)?.caption,
        "footer" => &edition.footer.get(index)?.caption,
        "goals.extra" => &edition.goals.extra.get(index)?.caption,
        "funds.columns" => &edition.funds.columns.get(index)?.caption,
        "funds.rows" => &edition.funds.rows.get(index)?.caption,
        "indicators.columns" => &edition.indicators.columns.get(index)?.caption,
        "indicators.levels" => &edition.indicators.levels.get(index)?.name,
        "tables" => &edition.tables.get(index)?.caption,
        _ => return None,
    };
    Some(caption.clone())
}

/// What a person calls the role of an indicator column.
pub fn role_name(role: IndicatorRole) -> &'static str {
    let uses = super::indicators::COLUMN_USES.iter();
    let mut named = uses.filter(|(known, _)| *known == role);
    named.next().map_or("其他", |(_, name)| name)
}
