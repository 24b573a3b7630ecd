//! Captions as they stand in files: without what parts them from their values, numbered where they are blank.

pub(in crate::exchange) use crate::model::captions::{
    bare, exact, field, fields, fund_row, pair, unclassed,
};
use crate::model::typed::trim;

/// The caption without the colon that parts it from its value.
pub(in crate::exchange) fn label(caption: &str) -> String {
    let mut caption = super::clean::caption(caption).text;
    caption.truncate(caption.trim_end_matches(['：', ':', ' ']).len());
    caption
}

/// The caption, or a numbered one where it says nothing: "第2列". `number` counts from 0.
pub(in crate::exchange) fn or_numbered(caption: &str, number: usize, what: &str) -> String {
    let caption = label(caption);
    if exact(&caption).is_empty() {
        format!("第{}{what}", number + 1)
    } else {
        caption
    }
}

/// Whether the caption of a field says that it holds the total of the scores.
pub(in crate::exchange) fn is_total(caption: &str) -> bool {
    matches!(
        bare(caption).as_str(),
        "自评总分" | "项目总得分" | "自评得分" | "总分" | "总得分" | "自评总得分" | "评价得分"
    )
}

/// Whether the caption of a field says that it holds 评价等级.
pub(in crate::exchange) fn is_rating(caption: &str) -> bool {
    matches!(
        bare(caption).as_str(),
        "评价等级" | "自评等级" | "等级" | "评价结果等级" | "自评结果等级" | "绩效等级"
    )
}

/// A rating without the caption before it ("（自评等级）优", "等级：优").
pub(in crate::exchange) fn rating_value(text: &str) -> &str {
    match text.split_once([')', '）', '】', ':', '：']) {
        Some((caption, value)) if is_rating(caption.trim_start_matches(['(', '（', '【'])) => {
            trim(value)
        }
        _ => text,
    }
}
