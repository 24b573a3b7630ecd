//! Comparing captions: "预算数（A）" and "全年预算数" are the same to whoever reads a form.

use std::collections::{HashMap, VecDeque};

use super::{folding::fold, project::header};

/// A caption to compare by: folded, without spaces, stars and colons.
pub fn exact(caption: &str) -> String {
    caption
        .chars()
        .map(fold)
        .filter(|c| !is_decoration(*c))
        .collect()
}

/// The same without what stands in brackets.
pub fn bare(caption: &str) -> String {
    let mut depth = 0u32;
    let mut bare = String::new();
    for c in exact(caption).chars() {
        match c {
            '(' | '【' | '〔' | '[' => depth += 1,
            ')' | '】' | '〕' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

fn is_decoration(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '*' | '★' | '☆' | '●' | '▲' | ':' | '∶' | '\u{200b}'..='\u{200f}' | '\u{feff}'
        )
}

/// Names that offices give to the same field of head or foot; the first of a line is its key.
const FIELDS: &[&[&str]] = &[
    &[
        header::PROJECT_NAME,
        "项目名称",
        "专项名称",
        "专项资金名称",
        "转移支付名称",
        "转移支付项目名称",
        "项目支出名称",
    ],
    &[header::PROJECT_CODE, "项目编码", "项目代码", "项目编号"],
    &[
        header::YEAR,
        "年度",
        "年份",
        "实施年度",
        "评价年度",
        "项目年度",
        "项目年份",
        "预算年度",
        "自评年度",
        "填报年度",
        "所属年度",
    ],
    &[
        header::DEPARTMENT,
        "主管部门",
        "主管单位",
        "预算主管部门",
        "主管部门及代码",
        "中央主管部门",
        "项目主管部门",
    ],
    &[
        header::UNIT,
        "实施单位",
        "项目实施单位",
        "资金使用单位",
        "专项实施单位",
        "项目单位",
        "预算单位",
        "单位名称",
        "填报单位",
        "用款单位",
        "执行单位",
        "承担单位",
    ],
    &[
        "filled_by",
        "填表人",
        "填报人",
        "制表人",
        "经办人",
        "填表人姓名",
    ],
    &["unit_head", "单位负责人", "单位领导", "负责人"],
    &["project_lead", "项目负责人"],
    &["phone", "联系电话", "电话", "联系方式"],
    &["filled_on", "填报日期", "填表日期", "填报时间", "填表时间"],
    &["conclusion", "评价结论", "自评结论"],
    &["problems", "存在问题", "存在的问题", "主要问题"],
    &["measures", "改进措施", "下一步改进措施", "改进建议"],
    &[
        "notes",
        "其他需要说明的事项",
        "其他需要说明事项",
        "需要说明的事项",
        "说明",
    ],
];

/// Names of the same row of the fund table; the first of a line is its key.
const FUND_ROWS: &[&[&str]] = &[
    &[
        "total",
        "年度资金总额",
        "资金总额",
        "年度总金额",
        "总金额",
        "项目总金额",
        "年度财政资金总额",
        "总额",
        "合计",
        "总计",
        "项目资金",
    ],
    &[
        "appropriation",
        "当年财政拨款",
        "本年财政拨款",
        "年度财政拨款",
        "财政拨款",
    ],
    &[
        "carried_over",
        "上年结转资金",
        "上年结转",
        "上年结转结余",
        "上年结转结余资金",
        "结转资金",
    ],
    &["other", "其他资金", "其他", "其它资金", "其它"],
    &["fiscal", "财政资金"],
    &["special_account", "财政专户管理资金", "财政专户资金"],
    &["unit", "单位资金"],
    &["central", "中央财政资金", "中央补助", "中央资金"],
    &["local", "地方资金", "地方财政资金"],
];

/// What a caption means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// The key of all captions that mean it.
    pub key: &'static str,
    /// How many known captions say it better.
    rank: usize,
}

fn class_of(classes: &[&[&'static str]], caption: &str) -> Option<Class> {
    classes.iter().find_map(|class| {
        let (key, names) = class.split_first()?;
        let rank = names.iter().position(|name| *name == caption)?;
        Some(Class { key, rank })
    })
}

/// What a field of head or foot is, where its caption is one of those known.
pub fn field(caption: &str) -> Option<Class> {
    class_of(FIELDS, &bare(caption))
}

/// What each of the fields is. Of several that mean the same, as 单位名称 and 项目实施单位, only the one that says it best.
pub fn fields(captions: &[String]) -> Vec<Option<&'static str>> {
    let classes: Vec<Option<Class>> = captions.iter().map(|caption| field(caption)).collect();
    let is_best = |at: usize, own: &Class| {
        let mut others = classes.iter().enumerate();
        !others.any(|(other, class)| {
            class.is_some_and(|class| class.key == own.key && (class.rank, other) < (own.rank, at))
        })
    };
    let best = |(at, class): (usize, &Option<Class>)| {
        class
            .filter(|class| is_best(at, class))
            .map(|class| class.key)
    };
    classes.iter().enumerate().map(best).collect()
}

/// What a row of the fund table is, where its caption is one of those known.
pub fn fund_row(caption: &str) -> Option<Class> {
    let bare = bare(caption);
    class_of(FUND_ROWS, bare.strip_prefix("其中").unwrap_or(&bare))
}

/// Pairs captions with known ones, each used once: first those that are equal, then those equal but for brackets, then
/// those of the same class, the best caption of a class first. For every caption the index of its partner.
pub fn pair(
    captions: &[String],
    known: &[String],
    class: fn(&str) -> Option<Class>,
) -> Vec<Option<usize>> {
    let mut partners = vec![None; captions.len()];
    let mut taken = vec![false; known.len()];
    let classed = |caption: &str| class(caption).map_or("", |class| class.key).to_owned();
    let ways: [&dyn Fn(&str) -> String; 3] = [&exact, &bare, &classed];
    let mut order: Vec<usize> = (0..captions.len()).collect();
    order.sort_by_key(|&at| class(&captions[at]).map(|class| class.rank));
    for way in ways {
        let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (index, caption) in known.iter().enumerate().filter(|(index, _)| !taken[*index]) {
            free.entry(way(caption)).or_default().push_back(index);
        }
        free.remove("");
        for &at in &order {
            if partners[at].is_none()
                && let Some(index) = free
                    .get_mut(&way(&captions[at]))
                    .and_then(VecDeque::pop_front)
            {
                partners[at] = Some(index);
                taken[index] = true;
            }
        }
    }
    partners
}

/// No caption has a class.
pub fn unclassed(_: &str) -> Option<Class> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(captions: &[&str], known: &[&str]) -> Vec<Option<usize>> {
        let owned = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| (*text).to_owned())
                .collect::<Vec<_>>()
        };
        pair(&owned(captions), &owned(known), field)
    }

    #[test]
    fn equal_captions_go_before_similar_ones() {
        assert_eq!(
            paired(
                &["中央主管部门", "主管部门", "*项 目 名 称（盖章）："],
                &["项目名称", "主管部门"]
            ),
            [None, Some(1), Some(0)]
        );
        assert_eq!(
            paired(
                &["资金使用单位", "备注", "备注"],
                &["备注", "实施单位", "备注"]
            ),
            [Some(1), Some(0), Some(2)]
        );
        assert_eq!(
            paired(&["单位名称", "项目实施单位"], &["实施单位"]),
            [None, Some(0)]
        );
    }

    #[test]
    fn fund_rows_are_known_by_any_of_their_names() {
        for (name, key) in [
            ("合计", Some("total")),
            ("其中：本年财政拨款", Some("appropriation")),
            ("　　　上年结转资金", Some("carried_over")),
            ("其他资金（含自有）", Some("other")),
            ("市县资金", None),
        ] {
            assert_eq!(fund_row(name).map(|class| class.key), key, "{name}");
        }
    }
}
