//! 指标值 and 实际完成值: what an indicator aims at and what was reached.

use std::fmt;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    date::WrittenDate,
    numeral::{halfwidth, leading_number},
    typed::{Readable, Typed, trim},
};

/// 计算符号: how the actual value is compared with the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Comparator {
    /// ≥, 不少于, 不低于, 以上
    #[serde(rename = "≥")]
    AtLeast,
    /// >, 大于, 超过
    #[serde(rename = ">")]
    MoreThan,
    /// =, 等于
    #[serde(rename = "=")]
    Equal,
    /// ≤, 不超过, 以内, 及以下
    #[serde(rename = "≤")]
    AtMost,
    /// <, 小于, 不到
    #[serde(rename = "<")]
    LessThan,
}

impl Comparator {
    /// The sign of the comparison.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::MoreThan => ">",
            Self::Equal => "=",
            Self::AtMost => "≤",
            Self::LessThan => "<",
        }
    }

    /// Whether less is better (反向指标).
    pub fn is_upper_bound(self) -> bool {
        matches!(self, Self::AtMost | Self::LessThan)
    }
}

impl fmt::Display for Comparator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sign())
    }
}

/// Signs and words before a value, longest first where one begins another.
const PREFIXES: &[(&str, Comparator)] = &[
    (">=", Comparator::AtLeast),
    ("=>", Comparator::AtLeast),
    ("<=", Comparator::AtMost),
    ("=<", Comparator::AtMost),
    ("≥", Comparator::AtLeast),
    ("≧", Comparator::AtLeast),
    ("⩾", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    ("≦", Comparator::AtMost),
    ("⩽", Comparator::AtMost),
    (">", Comparator::MoreThan),
    ("<", Comparator::LessThan),
    ("==", Comparator::Equal),
    ("=", Comparator::Equal),
    ("═", Comparator::Equal),
    ("大于或等于", Comparator::AtLeast),
    ("大于等于", Comparator::AtLeast),
    ("小于或等于", Comparator::AtMost),
    ("小于等于", Comparator::AtMost),
    ("不少于", Comparator::AtLeast),
    ("不低于", Comparator::AtLeast),
    ("不小于", Comparator::AtLeast),
    ("至少", Comparator::AtLeast),
    ("未超过", Comparator::AtMost),
    ("不超过", Comparator::AtMost),
    ("不超出", Comparator::AtMost),
    ("不高于", Comparator::AtMost),
    ("不大于", Comparator::AtMost),
    ("不多于", Comparator::AtMost),
    ("控制在", Comparator::AtMost),
    ("至多", Comparator::AtMost),
    ("最多", Comparator::AtMost),
    ("大于", Comparator::MoreThan),
    ("超过", Comparator::MoreThan),
    ("高于", Comparator::MoreThan),
    ("多于", Comparator::MoreThan),
    ("小于", Comparator::LessThan),
    ("低于", Comparator::LessThan),
    ("少于", Comparator::LessThan),
    ("不到", Comparator::LessThan),
    ("等于", Comparator::Equal),
];

/// Words after a value. 以上 and 以下 include the number itself (民法典 第一千二百五十九条).
const SUFFIXES: &[(&str, Comparator)] = &[
    ("及其以上", Comparator::AtLeast),
    ("及以上", Comparator::AtLeast),
    ("或以上", Comparator::AtLeast),
    ("以上", Comparator::AtLeast),
    ("及其以下", Comparator::AtMost),
    ("及以下", Comparator::AtMost),
    ("或以下", Comparator::AtMost),
    ("以下", Comparator::AtMost),
    ("以内", Comparator::AtMost),
    ("之内", Comparator::AtMost),
];

/// What a target or actual value says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The comparator, where one is written.
    pub comparator: Option<Comparator>,
    /// What it is compared with.
    pub quantity: Quantity,
}

/// The value of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// One number with its unit as typed ("%", "次", "万元/件" or empty).
    Number {
        /// The number before the unit.
        value: Decimal,
        /// The unit as typed.
        unit: String,
    },
    /// 300～500人
    Range {
        /// The lower end.
        low: Decimal,
        /// The upper end, not below the lower one.
        high: Decimal,
        /// The unit as typed.
        unit: String,
    },
    /// A date or deadline.
    Date(WrittenDate),
    /// Words: a qualitative value.
    Words,
}

impl Measure {
    /// The single number, where there is one.
    pub fn number(&self) -> Option<Decimal> {
        match self.quantity {
            Quantity::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The unit as typed; empty where none is or none can be.
    pub fn unit(&self) -> &str {
        match &self.quantity {
            Quantity::Number { unit, .. } | Quantity::Range { unit, .. } => unit,
            Quantity::Date(_) | Quantity::Words => "",
        }
    }

    /// Whether the value is a percentage.
    pub fn is_percent(&self) -> bool {
        matches!(self.unit(), "%" | "％" | "百分比" | "百分点")
    }

    /// Whether the value is words; a comparator without a number ("不超过全年预算数") is words too.
    pub fn is_qualitative(&self) -> bool {
        self.quantity == Quantity::Words
    }
}

impl Measure {
    /// What an actual value beside a target counted in `unit` says, remarks set aside, where it is words as a whole:
    /// "100%，共12个区", "实际培训600人次", "满意度95%". `None` where no one number can be told.
    ///
    /// Only actual values are read so: a target of several clauses is to be judged by a person.
    pub fn read_remarked(text: &str, unit: &str) -> Option<Self> {
        let half = ungrouped(&halfwidth(text));
        let half = trim(&half);
        let (clause, remark) = half.split_once([',', ';', '。']).unwrap_or((half, ""));
        let quantity = leading_clause(clause, remark, unit)
            .or_else(|| only_number(half, unit))
            .filter(|quantity| matches!(quantity, Quantity::Number { .. }))?;
        Some(Self {
            comparator: None,
            quantity,
        })
    }
}

/// `text` without thousands separators, so that the commas left part clauses.
fn ungrouped(text: &str) -> String {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut last = None;
    text.char_indices()
        .filter(|&(at, c)| {
            let mut next = text[at..].chars().skip(1);
            let group = next.by_ref().take(3).filter(char::is_ascii_digit).count();
            let separates = c == ',' && digit(last) && group == 3 && !digit(next.next());
            last = Some(c);
            !separates
        })
        .map(|(_, c)| c)
        .collect()
}

/// A number with its unit before a remark. A remark that counts in the same unit may add to it, unless it says 其中.
fn leading_clause(clause: &str, remark: &str, unit: &str) -> Option<Quantity> {
    let remark = trim(remark);
    let quantity = read_quantity(clause)?;
    let Quantity::Number { unit: own, .. } = &quantity else {
        return None;
    };
    let adds = !own.is_empty() && remark.contains(own.as_str()) && !remark.starts_with("其中");
    let listed = remark.starts_with(|c: char| c.is_ascii_digit());
    (own == unit && !adds && !listed).then_some(quantity)
}

/// The only number in the target's own unit. Percentages may stand in any words; of counts the clause has to begin with a
/// word of completion and to end with the unit. Words that turn the sense leave it unread.
fn only_number(text: &str, unit: &str) -> Option<Quantity> {
    const LEADS: &[&str] = &["实际", "完成", "已", "达到", "共", "累计", "合计", "平均"];
    const TURNS: &[char] = &[
        '未', '不', '没', '无', '减', '降', '少', '缺', '差', '余', '剩', '比', '较', '超', '增',
        '提', '升', '近', '约',
    ];
    if unit.is_empty() {
        return None;
    }
    let mut clauses = text
        .split([',', ';', '。', '(', ')'])
        .filter(|clause| clause.contains(unit) && clause.contains(|c: char| c.is_ascii_digit()));
    let clause = trim(clauses.next()?);
    if clauses.next().is_some() || clause.contains(TURNS) {
        return None;
    }
    let number = &clause[clause.find(|c: char| c.is_ascii_digit())?..];
    let (value, rest) = leading_number(number)?;
    let after = trim(rest).strip_prefix(unit)?;
    let fits = if unit == "%" {
        !after.contains(|c: char| c.is_ascii_digit())
    } else {
        after.is_empty() && LEADS.iter().any(|lead| clause.starts_with(lead))
    };
    fits.then(|| Quantity::Number {
        value,
        unit: unit.to_owned(),
    })
}

impl Readable for Measure {
    fn read(text: &str) -> Option<Self> {
        let half = halfwidth(text);
        let half = trim(&half);
        if let Some(date) = WrittenDate::read(half) {
            return Some(Self {
                comparator: None,
                quantity: Quantity::Date(date),
            });
        }
        let (prefix, rest) = strip_prefix(half);
        if prefix.is_some()
            && let Some(date) = WrittenDate::read(rest)
        {
            return Some(Self {
                comparator: prefix,
                quantity: Quantity::Date(date),
            });
        }
        let (suffix, body) = strip_suffix(rest);
        Some(match read_quantity(body) {
            Some(quantity) => Self {
                comparator: prefix.or(suffix),
                quantity,
            },
            None => Self {
                comparator: prefix,
                quantity: Quantity::Words,
            },
        })
    }
}

fn strip_prefix(text: &str) -> (Option<Comparator>, &str) {
    if !text.starts_with(begins_a_prefix) {
        return (None, text);
    }
    for (word, comparator) in PREFIXES {
        if let Some(rest) = text.strip_prefix(word) {
            return (Some(*comparator), trim(rest));
        }
    }
    (None, text)
}

/// Whether one of [`PREFIXES`] begins so. Most cells end here, and a large file has very many cells.
fn begins_a_prefix(c: char) -> bool {
    matches!(c, '>' | '=' | '<' | '≥' | '≧' | '⩾' | '≤' | '≦' | '⩽' | '═')
        || matches!(
            c,
            '大' | '小'
                | '不'
                | '至'
                | '未'
                | '控'
                | '最'
                | '超'
                | '高'
                | '多'
                | '低'
                | '少'
                | '等'
        )
}

fn strip_suffix(text: &str) -> (Option<Comparator>, &str) {
    if !text.ends_with(['上', '下', '内']) {
        return (None, text);
    }
    for (word, comparator) in SUFFIXES {
        if let Some(rest) = text.strip_suffix(word) {
            return (Some(*comparator), trim(rest));
        }
    }
    // "5个工作日内"; 2020年内 and 10月内 name a time and are no periods.
    if let Some(rest) = text.strip_suffix('内')
        && PERIODS.iter().any(|unit| rest.ends_with(unit))
    {
        return (Some(Comparator::AtMost), rest);
    }
    (None, text)
}

/// Units of periods that may stand before 内.
const PERIODS: &[&str] = &["工作日", "个月", "小时", "分钟", "天", "日", "周"];

fn read_quantity(text: &str) -> Option<Quantity> {
    let (low, rest) = leading_number(text)?;
    let rest = without_remark(trim(rest));
    let Some((low_unit, high_text)) = split_range(rest) else {
        return is_unit(rest).then(|| Quantity::Number {
            value: low,
            unit: rest.to_owned(),
        });
    };
    let (high, rest) = leading_number(trim(high_text))?;
    let unit = trim(rest);
    let units_agree = low_unit.is_empty() || low_unit == unit;
    (is_unit(unit) && units_agree && low <= high).then(|| Quantity::Range {
        low,
        high,
        unit: unit.to_owned(),
    })
}

/// What stands before a remark in brackets at the end: "期" of "期(因场地原因)". A unit may stand in brackets itself:
/// "100(万元)".
fn without_remark(text: &str) -> &str {
    let Some((before, remark)) = text
        .strip_suffix(')')
        .and_then(|inner| inner.split_once('('))
    else {
        return text;
    };
    let before = trim(before);
    if before.is_empty() {
        trim(remark)
    } else {
        before
    }
}

/// The unit of the lower end and the text of the upper end of a range.
fn split_range(rest: &str) -> Option<(&str, &str)> {
    ['~', '～', '—', '–', '-', '至', '到']
        .into_iter()
        .filter_map(|mark| rest.split_once(mark))
        .find(|(unit, high)| {
            unit.chars().count() <= 4 && trim(high).starts_with(|c: char| c.is_ascii_digit())
        })
        .map(|(unit, high)| (trim(unit), high))
}

/// A unit is a short run of letters without sentence marks and digits ("万元/件", "人·月", "m2"), or a unit drawn as one
/// character ("元/㎡"). "中旬" is part of a date.
fn is_unit(text: &str) -> bool {
    const LONGEST: usize = 8;
    let body = text.strip_suffix(['2', '3']).unwrap_or(text);
    if body.len() != text.len() && !body.ends_with('m') {
        return false;
    }
    if let Some(rest) = body.strip_prefix(['%', '％']) {
        return rest.is_empty();
    }
    body.chars().count() <= LONGEST
        && !body.ends_with('旬')
        && body.chars().all(|c| {
            c.is_alphabetic()
                || matches!(c, '/' | '*' | '·' | '.' | '²' | '³' | '℃' | '‰' | '、')
                || matches!(c, '\u{3371}'..='\u{33df}')
        })
}

/// A cell of a target or actual value.
pub type MeasureCell = Typed<Measure>;

/// 指标性质 where it stands in a column of its own: a comparator, or the word 定性.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A quantitative indicator with this comparator.
    Compared(Comparator),
    /// 定量, the comparator standing elsewhere.
    Quantitative,
    /// 定性
    Qualitative,
}

impl Readable for Nature {
    fn read(text: &str) -> Option<Self> {
        let half = halfwidth(text);
        match trim(&half) {
            "定性" | "定性指标" => return Some(Self::Qualitative),
            "定量" | "定量指标" => return Some(Self::Quantitative),
            _ => {}
        }
        let (comparator, rest) = strip_prefix(trim(&half));
        rest.is_empty().then_some(Self::Compared(comparator?))
    }
}

/// A cell of the 指标性质 column.
pub type NatureCell = Typed<Nature>;

/// 完成档次 of a qualitative indicator.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 达成年度指标
    Reached,
    /// 部分达成年度指标并具有一定效果
    PartlyReached,
    /// 未达成年度指标且效果较差
    Missed,
}

impl Tier {
    /// All tiers, best first.
    pub const ALL: [Self; 3] = [Self::Reached, Self::PartlyReached, Self::Missed];

    /// The wording of 财预〔2020〕10号.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reached => "达成年度指标",
            Self::PartlyReached => "部分达成年度指标并具有一定效果",
            Self::Missed => "未达成年度指标且效果较差",
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let measure = Measure::read(text).expect("every text is a measure");
        let sign = measure.comparator.map_or("", Comparator::sign);
        match measure.quantity {
            Quantity::Number { value, unit } => format!("{sign}{value}|{unit}"),
            Quantity::Range { low, high, unit } => format!("{sign}{low}..{high}|{unit}"),
            Quantity::Date(_) => format!("{sign}日期"),
            Quantity::Words => format!("{sign}定性"),
        }
    }

    #[test]
    fn every_prefix_and_suffix_is_looked_for() {
        for (word, comparator) in PREFIXES {
            assert_eq!(strip_prefix(word), (Some(*comparator), ""), "{word}");
        }
        for (word, comparator) in SUFFIXES {
            assert_eq!(strip_suffix(word), (Some(*comparator), ""), "{word}");
        }
    }

    #[test]
    fn reads_numbers_with_comparator_and_unit() {
        for (text, expected) in [
            ("1", "1|"),
            ("1个", "1|个"),
            ("≥50个", "≥50|个"),
            ("＞＝９０％", "≥90|%"),
            ("不少于12种", "≥12|种"),
            ("≤1次", "≤1|次"),
            ("15%及其以下", "≤15|%"),
            ("160万元以内", "≤160|万元"),
            ("5个工作日内", "≤5|个工作日"),
            ("24小时内", "≤24|小时"),
            ("1,234.5万元/件", "1234.5|万元/件"),
            ("300-500人", "300..500|人"),
            ("80%～90%", "80..90|%"),
            ("≧3场", "≥3|场"),
            ("<5次", "<5|次"),
            ("2004.1", "2004.1|"),
            ("5期（因场地原因）", "5|期"),
            ("70%（发放问卷200份，收回192份）", "70|%"),
            ("5次（含）以上", "≥5|次"),
            ("100（万元）", "100|万元"),
            ("300（线上）-500人", "定性"),
            ("≤242元/㎡", "≤242|元/㎡"),
            ("≥1200㎡", "≥1200|㎡"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn words_are_qualitative() {
        for (text, expected) in [
            ("有效保障", "定性"),
            ("不超过全年预算数", "≤定性"),
            ("未超过全年预算数", "≤定性"),
            ("完成3次培训", "定性"),
            ("3次培训,覆盖全区", "定性"),
            ("100%达到要求", "定性"),
            ("当年完成", "定性"),
            ("发现后3日内", "定性"),
            ("预算批复后20日内", "定性"),
            ("2020年12月31日前", "日期"),
            ("9月底", "日期"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn remarks_beside_an_actual_value_are_set_aside() {
        for (text, unit, value) in [
            ("100%，共12个区", "%", Some(100)),
            ("实际培训600人次", "人次", Some(600)),
            ("累计完成12场", "场", Some(12)),
            ("实际培训1,200人次", "人次", Some(1200)),
            ("1,200人次，其中线上200人次", "人次", Some(1200)),
            ("抽样调查120人，满意度95%", "%", Some(95)),
            ("600人次，其中线上200人次", "人次", Some(600)),
            ("3场，另办线上4场", "场", None),
            ("线上3场，线下4场", "场", None),
            ("未达到90%", "%", None),
            ("满意度较上年提高5%", "%", None),
            ("完成3次培训", "次", None),
            ("12月底，已办完", "场", None),
            ("1.完成培训；2.完成调研", "项", None),
            ("已全部完成", "%", None),
        ] {
            let read = Measure::read_remarked(text, unit).and_then(|measure| measure.number());
            assert_eq!(read, value.map(Decimal::from), "{text}");
        }
    }

    #[test]
    fn nature_is_a_comparator_or_a_kind() {
        assert_eq!(
            Nature::read("≥"),
            Some(Nature::Compared(Comparator::AtLeast))
        );
        assert_eq!(Nature::read("定性"), Some(Nature::Qualitative));
        assert_eq!(Nature::read("≥5"), None);
    }
}
