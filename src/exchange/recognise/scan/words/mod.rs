//! The words of forms: what captions and headings mean, whatever office wrote them.

use crate::model::{folding::fold, numeral::leading_number};

mod captions;
mod headings;
mod levels;
mod lines;

pub(super) use captions::*;
pub(super) use headings::*;
pub(super) use levels::*;
pub(super) use lines::*;
pub(in crate::exchange) use lines::{is_year_line, with_year};

/// Whether the words, set apart by spaces, hold the text.
fn listed(text: &str, words: &str) -> bool {
    words.split(' ').any(|word| word == text)
}

/// A caption as it is compared: folded, without white space, stars, what stands in brackets, a leading number ("一、") and a
/// colon at the end. Where nothing is left but brackets, what stands in them.
pub(super) fn key(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(fold)
        .filter(|c| !c.is_whitespace() && !"*★☆※●◆▲\"“”'\u{200b}\u{feff}".contains(*c))
        .collect();
    let mut depth = 0_u32;
    let mut bare = String::new();
    for c in plain.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let bare = without_number(bare.trim_end_matches([':', ';', '。']));
    if bare.is_empty() {
        plain
            .trim_matches(['(', ')', '[', ']', '【', '】', ':'])
            .to_owned()
    } else {
        bare.to_owned()
    }
}

/// Without "一、" or "1." at the start.
fn without_number(text: &str) -> &str {
    let rest =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    match rest.strip_prefix(['、', '.']) {
        Some(after) if rest.len() < text.len() && !begins_with_digit(after) => after,
        _ => text,
    }
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// How many characters.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether the text is a number, perhaps with 分, % or a unit of money.
pub(super) fn is_number(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_start_matches(['¥', '￥']);
    leading_number(text)
        .is_some_and(|(_, rest)| rest.is_empty() || listed(rest, "分 % ％ 元 万元 千元 亿元"))
}

/// Whether the text stands for "nothing".
pub(in crate::exchange) fn is_dash(text: &str) -> bool {
    let mut chars = text.chars().filter(|c| !c.is_whitespace()).peekable();
    chars.peek().is_some() && chars.all(|c| "-—–－―─/／\\".contains(c))
}

/// Whether the text may be a weight or score.
pub(super) fn is_points(text: &str) -> bool {
    is_dash(text) || is_number(text)
}

/// Whether the text begins like a value: with a number or a comparator.
pub(super) fn begins_as_value(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['≥', '≤', '＞', '＜', '>', '<', '=', '＝', '≧', '≦', '═'])
        || leading_number(text).is_some()
}

/// Points in a caption: the "40" of "年度绩效目标1（40分）".
pub(super) fn points(text: &str) -> Option<String> {
    if text.len() > 200 {
        return None;
    }
    let plain: String = text
        .chars()
        .map(fold)
        .filter(|c| !c.is_whitespace())
        .collect();
    let before = &plain[..plain.rfind('分')?];
    let digits = before
        .rfind(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(before, |at| {
            let end = at + before[at..].chars().next().map_or(0, char::len_utf8);
            &before[end..]
        });
    (!digits.is_empty()).then(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{edition::IndicatorRole, project::fund};

    #[test]
    fn captions_are_compared_without_decoration() {
        for (text, wanted) in [
            ("项 目 名 称", "项目名称"),
            ("*实际完成值", "实际完成值"),
            ("年初目标值（A）", "年初目标值"),
            ("全年（调整）预算数", "全年预算数"),
            ("一、项目概况：", "项目概况"),
            ("（2022年度）", "2022年度"),
            ("绩\n效\n指\n标", "绩效指标"),
            ("产出指标\n（50分）", "产出指标"),
        ] {
            assert_eq!(key(text), wanted, "{text}");
        }
    }

    #[test]
    fn levels_are_known_with_points_and_suffixes() {
        assert!(is_level1(&key("产出指标(50分)")) && is_level1(&key("效益 40分")));
        assert!(
            is_level2(&key("社会公众或服务对象满意度指标")) && is_level2(&key("可持续影响指标"))
        );
        assert!(!is_level1(&key("产出率")) && !is_level2(&key("质量合格率")));
    }

    #[test]
    fn headings_have_many_names() {
        use IndicatorRole as R;
        for (text, wanted) in [
            ("年初指标值", R::Target),
            ("全年实际值(B)", R::Actual),
            ("年终完成值", R::Actual),
            ("参考分值", R::Weight),
            ("指标权重（分）", R::Weight),
            ("自评分", R::Score),
            ("未完成原因及拟采取的改进措施", R::Deviation),
            ("得分计算方法", R::Extra),
            ("复核分", R::Extra),
            ("度量单位", R::Unit),
        ] {
            assert_eq!(
                role(&key(text)).map(|word| word.role),
                Some(wanted),
                "{text}"
            );
        }
        assert_eq!(role("项目名称"), None);
    }

    #[test]
    fn fund_headings_have_many_names() {
        for (text, wanted) in [
            ("全年预算数（A）", Some(FundWord::Known(fund::ADJUSTED))),
            ("调整后预算数", Some(FundWord::Known(fund::ADJUSTED))),
            ("得分（20分*执行率）", Some(FundWord::Known(fund::SCORE))),
            ("预算执行进度（%）", Some(FundWord::Known(fund::RATE))),
            ("年初预算数", Some(FundWord::Known(fund::INITIAL))),
            ("得分计算方法", Some(FundWord::Other)),
            ("指标结余", None),
            ("年初目标值", None),
        ] {
            assert_eq!(fund_heading(&key(text)), wanted, "{text}");
        }
    }

    #[test]
    fn points_units_and_years_are_told() {
        assert_eq!(points("年度绩效目标1 （40分）").as_deref(), Some("40"));
        assert_eq!(points("年度绩效目标"), None);
        assert_eq!(money_unit("金额单位:元"), Some(("元", true)));
        assert_eq!(money_unit("项目资金（万元）"), Some(("万元", false)));
        assert_eq!(money_unit("主管单位：元阳县"), None);
        assert_eq!(year("（ 2022 年度）").as_deref(), Some("2022"));
        assert!(is_year_line("（    年度）") && !is_year_line("项目年度"));
    }

    #[test]
    fn titles_are_told_from_footnotes() {
        assert_eq!(
            title("项目支出绩效自评表（2023年度）"),
            Some(Title::SelfEvaluation)
        );
        assert_eq!(title("项目支出绩效目标申报表"), Some(Title::Targets));
        assert_eq!(title("注：本表为绩效自评表"), None);
        assert!(is_footnote("1.其他资金包括自有资金等") && !is_footnote("1.5万人次完成培训任务"));
    }
}
