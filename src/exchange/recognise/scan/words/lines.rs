//! Lines that tell something by themselves: the title, the year, the money unit, footnotes, page numbers.

use super::{begins_with_digit, key, length};
use crate::model::folding::fold;

/// Bytes of the longest text that is such a line.
const LONGEST: usize = 600;

/// The money unit that a text names ("单位：万元", "项目资金（元）"), and whether it names nothing else.
pub(in crate::exchange::recognise::scan) fn money_unit(text: &str) -> Option<(&'static str, bool)> {
    if text.len() > LONGEST {
        return None;
    }
    const UNITS: &[&str] = &["万元", "千元", "亿元", "百元", "元"];
    let plain: String = text
        .chars()
        .map(fold)
        .filter(|c| !c.is_whitespace())
        .collect();
    let inside = plain.trim_matches(['(', ')']);
    for unit in UNITS {
        for before in [
            "金额单位:",
            "单位:",
            "货币单位:",
            "计量单位:",
            "单位为",
            "单位",
        ] {
            let whole = inside.strip_prefix(before) == Some(unit)
                || inside
                    .strip_prefix(before)
                    .and_then(|rest| rest.strip_prefix("人民币"))
                    == Some(unit);
            if whole {
                return Some((unit, true));
            }
            let named = format!("{before}{unit}");
            let alone = |rest: &str| !rest.starts_with(char::is_alphabetic);
            if before.ends_with(':')
                && plain
                    .split_once(&named)
                    .is_some_and(|(_, rest)| alone(rest))
            {
                return Some((unit, false));
            }
        }
        if plain.contains(&format!("({unit})")) {
            return Some((unit, false));
        }
    }
    None
}

/// The year that a text names ("2022年度", "（2022 年）").
pub(in crate::exchange::recognise::scan) fn year(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let plain: Vec<char> = text
        .chars()
        .map(fold)
        .filter(|c| !c.is_whitespace())
        .collect();
    plain.windows(5).find_map(|five| {
        let digits: String = five[..4].iter().collect();
        let is_year = five[4] == '年'
            && digits.chars().all(|c| c.is_ascii_digit())
            && (digits.starts_with("19") || digits.starts_with("20"));
        is_year.then_some(digits)
    })
}

/// Whether the text is a line that only names the year ("（2022年度）").
pub(in crate::exchange) fn is_year_line(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let plain: String = text
        .chars()
        .map(fold)
        .filter(|c| !c.is_whitespace() && !"()".contains(*c))
        .collect();
    let rest = plain.trim_start_matches(|c: char| c.is_ascii_digit() || "_×x*".contains(c));
    matches!(rest, "年度" | "年")
}

/// A text with the year in it: in place of the one that it names, or of the blanks before 年; `None` where it names none.
pub(in crate::exchange) fn with_year(text: &str, year: &str) -> Option<String> {
    let is_digit = |c: char| fold(c).is_ascii_digit();
    let at = text.match_indices('年').map(|(at, _)| at);
    at.filter_map(|at| {
        let (head, tail) = text.split_at_checked(at)?;
        let bare = head.trim_end();
        let before = bare.trim_end_matches(is_digit);
        let digits = bare.get(before.len()..)?.chars().count();
        if digits == 4 {
            return Some(format!("{before}{year}{tail}"));
        }
        let filler = |c: char| c.is_whitespace() || "_＿×xX".contains(c);
        let open = head.trim_end_matches(filler);
        if open.len() < head.len()
            && let Some(before) = century(open)
        {
            return Some(format!("{before}{year}{tail}"));
        }
        let blank = digits == 0 && (open.len() < head.len() || open.ends_with(['(', '（']));
        (blank && (open.is_empty() || open.ends_with(['(', '（']) || head.len() - open.len() >= 2))
            .then(|| format!("{open}{year}{tail}"))
    })
    .next()
}

/// What stands before a printed 20 that is to be completed by hand ("（20  年度）").
fn century(text: &str) -> Option<&str> {
    let before = text
        .strip_suffix("20")
        .or_else(|| text.strip_suffix("２０"))?;
    (before.is_empty() || before.ends_with(['(', '（'])).then_some(before)
}

/// What a title is for; `None` for texts that are no title.
pub(in crate::exchange::recognise::scan) fn title(text: &str) -> Option<Title> {
    if text.len() > LONGEST {
        return None;
    }
    let key = key(text);
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let ends = key.ends_with('表') || key.ends_with("表样") || key.ends_with("自评");
    if !ends
        || length(&key) > 60
        || plain.contains(['。', '；', ';'])
        || key.starts_with(['注', '附'])
    {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if has(&[
        "自评",
        "绩效评价表",
        "绩效目标完成情况",
        "绩效评价打分",
        "绩效完成情况",
    ]) {
        Some(Title::SelfEvaluation)
    } else if key.contains("绩效") && key.contains("监控") {
        Some(Title::Monitoring)
    } else if key.contains("绩效") && has(&["申报表", "批复表", "审批表", "目标表", "批复", "申报"])
    {
        Some(Title::Targets)
    } else {
        None
    }
}

/// What a title is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange::recognise::scan) enum Title {
    SelfEvaluation,
    Monitoring,
    Targets,
}

/// Whether the text is the beginning of a footnote.
pub(in crate::exchange::recognise::scan) fn is_footnote(text: &str) -> bool {
    let plain: String = text.trim().chars().take(12).map(fold).collect();
    let rest = plain.trim_start_matches(['(', '*', '※', '★', ' ']);
    let numbered = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let after_number = numbered.len() < rest.len()
        && numbered
            .strip_prefix(['.', '、', ')'])
            .is_some_and(|after| !begins_with_digit(after));
    ["注", "备注:", "说明:", "填表说明", "填报说明", "备注1", "※"]
        .iter()
        .any(|word| rest.starts_with(word))
        || (after_number && length(text) >= 8)
}

/// Whether the text is a numbered line over a part of the form ("二、预算执行情况").
pub(in crate::exchange::recognise::scan) fn is_part_title(text: &str) -> bool {
    let number = text.split_once('、').map_or("", |(number, _)| number);
    let numbered = !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c));
    numbered && length(text) <= 20 && !text.contains(['：', ':', '。', '，'])
}

/// Whether the text is what a page prints below its body.
pub(in crate::exchange::recognise::scan) fn is_page_number(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let plain: String = text
        .chars()
        .map(fold)
        .filter(|c| !c.is_whitespace())
        .collect();
    let bare = plain.trim_matches(['-', '—', '–', '·', '/']);
    let of_page = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_digit() || "第页共/,，of".contains(c))
            && text.chars().any(|c| c.is_ascii_digit())
    };
    of_page(bare) && (bare.contains('页') || bare.len() < plain.len() || length(bare) <= 3)
}
