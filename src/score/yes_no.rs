//! 是/否: targets and actual values in words that say whether something is done.

use crate::model::typed::trim;

use super::qualitative::repeats;

/// It is done.
const YES: &[&str] = &[
    "是",
    "有",
    "完成",
    "已完成",
    "全部完成",
    "按时完成",
    "如期完成",
    "按期完成",
    "及时",
    "达到",
    "已达到",
    "达标",
    "达成",
    "已达成",
    "合格",
    "通过",
    "已通过",
    "实现",
    "已实现",
    "落实",
    "已落实",
];

/// It is not.
const NO: &[&str] = &[
    "否",
    "不是",
    "未完成",
    "没有完成",
    "未全部完成",
    "部分完成",
    "未按时完成",
    "不及时",
    "未达到",
    "未达标",
    "不达标",
    "未达成",
    "不合格",
    "未通过",
    "未实现",
    "未落实",
];

/// Nothing of the kind was there: good where that is the aim.
const NONE: &[&str] = &[
    "无",
    "没有",
    "未发生",
    "没有发生",
    "零发生",
    "未出现",
    "没有出现",
];

/// How aims begin of which nothing is to be there.
const AIMS_AT_NONE: &[&str] = &["无", "未", "不", "零", "没有", "杜绝"];

/// Whether an actual value in words says what its target says; `None` where a person has to judge.
pub(super) fn is_met(target: &str, actual: &str) -> Option<bool> {
    let (target, actual) = (said(target), said(actual));
    if repeats(target, actual) {
        return Some(true);
    }
    if NONE.contains(&actual) {
        let aims_at_none =
            AIMS_AT_NONE.iter().any(|word| target.starts_with(word)) || NO.contains(&target);
        return match aims_at_none {
            true => Some(true),
            false => YES.contains(&target).then_some(false),
        };
    }
    let yes = YES.contains(&actual);
    (yes || NO.contains(&actual)).then(|| yes != NO.contains(&target))
}

fn said(text: &str) -> &str {
    trim(text).trim_end_matches(['。', '.', '！'])
}
