//! Sentences about scoring, clause by clause. What is not understood as a whole is not read at all.

use rust_decimal::Decimal;

use super::{Award, Away, Band, BandOn, Bands, Deduct, Method, Side};
use crate::model::numeral::{halfwidth, leading_number};

/// Longer texts are regulations, not methods.
const MOST_CHARACTERS: usize = 300;

/// The method that a text describes.
pub(super) fn method(text: &str) -> Option<Method> {
    if text.chars().count() > MOST_CHARACTERS {
        return None;
    }
    let text = folded(text);
    let mut parts = Vec::new();
    for clause in text.split([';', ',', '。', '\n']).map(str::trim) {
        if !clause.is_empty() {
            parts.push(clause_of(clause)?);
        }
    }
    put_together(&parts)
}

/// Half-width, without white space, and with one sign for each thing.
fn folded(text: &str) -> String {
    halfwidth(text)
        .chars()
        .filter(|c| !c.is_whitespace() || *c == '\n')
        .map(|c| match c {
            '≧' | '⩾' => '≥',
            '≦' | '⩽' => '≤',
            '—' | '－' | '–' | '〜' | '∼' => '~',
            c => c,
        })
        .collect()
}

/// What a clause says.
#[derive(Debug, Clone, PartialEq)]
enum Clause {
    /// Full marks where the target is met.
    Met,
    /// Nothing where it is missed.
    MissedNothing,
    /// By the degree of completion.
    Proportional,
    /// By a person.
    Direct,
    /// So much earned in an interval.
    Band {
        on: Option<BandOn>,
        interval: Interval,
        unit: String,
        award: Award,
    },
    /// Points off for each step.
    Deduct(Deduct),
    /// How steps that are only begun are treated.
    Begun(bool),
    /// Says only what goes without saying.
    Filler,
}

/// The values of a band.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Interval {
    /// ≥
    From(Decimal),
    /// <
    Below(Decimal),
    /// ≤
    UpTo(Decimal),
    /// >
    Beyond(Decimal),
    /// 以上: the number may belong to it or to the next band.
    Above(Decimal),
    /// 以下
    Under(Decimal),
    Between(Decimal, Decimal),
}

fn clause_of(clause: &str) -> Option<Clause> {
    const EXACT: &[(&[&str], Clause)] = &[
        (
            &[
                "扣完为止",
                "直至扣完",
                "直到扣完",
                "最低0分",
                "最低得0分",
                "最低为0分",
            ],
            Clause::Filler,
        ),
        (
            &[
                "达到得满分",
                "达到指标值得满分",
                "完成得满分",
                "达标得满分",
                "是得满分",
                "达到指标值记满分",
                "完成值达到指标值记满分",
                "完成值达到指标值得满分",
                "实际值达到指标值得满分",
                "达到目标值得满分",
                "完成指标值得满分",
                "完成目标得满分",
                "按时完成得满分",
                "未发生得满分",
                "达到指标值计满分",
                "全部完成得满分",
            ],
            Clause::Met,
        ),
        (
            &[
                "未达到不得分",
                "未完成不得分",
                "未达标不得分",
                "否则不得分",
                "否不得分",
                "发生即不得分",
                "发生不得分",
                "未达到指标值不得分",
                "未达到目标值不得分",
                "未按时完成不得分",
                "一票否决",
                "未完成得0分",
                "未达到得0分",
                "否则得0分",
                "未达标得0分",
                "否得0分",
            ],
            Clause::MissedNothing,
        ),
        (
            &[
                "按完成比例计分",
                "按完成比例得分",
                "按完成比例赋分",
                "按比例计分",
                "按比例得分",
                "按比例扣分",
                "按完成率计分",
                "按完成率得分",
                "未达到按比例计分",
                "未完成按比例计分",
                "未达到按比例得分",
                "未完成按比例得分",
                "未达到按B/A乘以分值",
                "未达到按完成比例计分",
                "未完成按完成比例计分",
                "得分=实际完成值/指标值×分值",
                "实际完成值/指标值×分值",
                "得分=实际完成值÷指标值×分值",
                "实际完成值÷指标值×分值",
                "B/A×分值",
                "B/A*分值",
                "得分=B/A×分值",
                "未达到按B/A×分值计分",
                "按B/A乘以分值",
                "按实际完成比例计分",
                "按实际完成比例得分",
                "完成率×分值",
                "完成率*分值",
            ],
            Clause::Proportional,
        ),
        (
            &[
                "人工判分",
                "由人工判分",
                "人工评分",
                "人工打分",
                "由填报人判分",
                "酌情评分",
                "酌情打分",
                "专家评分",
                "专家打分",
            ],
            Clause::Direct,
        ),
    ];
    let known = EXACT.iter().find(|(words, _)| words.contains(&clause));
    if let Some((_, known)) = known {
        return Some(known.clone());
    }
    begun(clause)
        .or_else(|| deduct(clause))
        .or_else(|| band(clause))
}

/// "不足5%的按5%计", "不足1天不扣".
fn begun(clause: &str) -> Option<Clause> {
    let rest = clause.strip_prefix("不足")?;
    let (_, rest) = number(rest)?;
    let rest = rest.trim_end_matches("分");
    if rest.ends_with("不扣") || rest.ends_with("不计") {
        Some(Clause::Begun(false))
    } else {
        rest.contains("按").then_some(Clause::Begun(true))
    }
}

/// A number, in figures or one Chinese numeral.
fn number(text: &str) -> Option<(Decimal, &str)> {
    const NUMERALS: &[(char, u32)] = &[
        ('一', 1),
        ('二', 2),
        ('两', 2),
        ('三', 3),
        ('四', 4),
        ('五', 5),
        ('六', 6),
        ('七', 7),
        ('八', 8),
        ('九', 9),
        ('十', 10),
    ];
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return leading_number(text);
    }
    let (numeral, value) = NUMERALS
        .iter()
        .find(|(numeral, _)| text.starts_with(*numeral))?;
    Some((Decimal::from(*value), &text[numeral.len_utf8()..]))
}

/// "每降低5%扣1分(不足5%的不扣)".
fn deduct(clause: &str) -> Option<Clause> {
    const AWAY: &[(&str, Away)] = &[
        ("减少", Away::Short),
        ("降低", Away::Short),
        ("下降", Away::Short),
        ("低于", Away::Short),
        ("少于", Away::Short),
        ("缺少", Away::Short),
        ("不足", Away::Short),
        ("未完成", Away::Short),
        ("降", Away::Short),
        ("低", Away::Short),
        ("少", Away::Short),
        ("缺", Away::Short),
        ("差", Away::Short),
        ("超过", Away::Beyond),
        ("超出", Away::Beyond),
        ("高于", Away::Beyond),
        ("增加", Away::Beyond),
        ("延迟", Away::Beyond),
        ("推迟", Away::Beyond),
        ("逾期", Away::Beyond),
        ("拖延", Away::Beyond),
        ("发生", Away::Beyond),
        ("出现", Away::Beyond),
        ("超", Away::Beyond),
        ("高", Away::Beyond),
        ("多", Away::Beyond),
        ("晚", Away::Beyond),
        ("迟", Away::Beyond),
        ("偏离", Away::Either),
        ("偏差", Away::Either),
        ("相差", Away::Either),
    ];
    let (before, rest) = clause.split_once('每')?;
    if !matches!(
        before,
        "" | "未达到" | "未完成" | "未达标" | "低于指标值" | "超过指标值" | "超出"
    ) {
        return None;
    }
    let (word, away) = AWAY.iter().find(|(word, _)| rest.starts_with(word))?;
    let rest = &rest[word.len()..];
    let rest = ["指标值", "目标值", "计划"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let (every, rest) = number(rest)?;
    let (unit, rest) = rest.split_once('扣')?;
    let rest = rest.strip_prefix(['减', '除']).unwrap_or(rest);
    let (points, rest) = number(rest)?;
    let rest = rest.strip_prefix('分')?;
    let remark = rest
        .strip_prefix('(')
        .map(|rest| rest.trim_end_matches(')'));
    let begun = match remark {
        None if rest.is_empty() => true,
        None => return None,
        Some(remark) => match begun(remark)? {
            Clause::Begun(begun) => begun,
            _ => return None,
        },
    };
    is_unit(unit).then(|| {
        Clause::Deduct(Deduct {
            away: *away,
            every,
            unit: unit.to_owned(),
            points,
            begun,
        })
    })
}

/// A unit has no figures and no signs but those of percent and of "per".
fn is_unit(text: &str) -> bool {
    text.chars().count() <= 6
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '%' | '‰' | '/'))
}

/// "满意度≥90%得满分".
fn band(clause: &str) -> Option<Clause> {
    let (values, award) = award(clause)?;
    let (on, values) = subject(values)?;
    let (interval, unit) = interval(values)?;
    Some(Clause::Band {
        on,
        interval,
        unit,
        award,
    })
}

/// What a clause awards, and what stands before.
fn award(clause: &str) -> Option<(&str, Award)> {
    for words in ["不得分", "不计分", "不给分"] {
        if let Some(values) = clause.strip_suffix(words) {
            return Some((values, Award::NOTHING));
        }
    }
    for words in ["得满分", "计满分", "记满分", "为满分"] {
        if let Some(values) = clause.strip_suffix(words) {
            return Some((values, Award::Full));
        }
    }
    let at = clause.rfind(['得', '计', '记'])?;
    let (values, said) = clause.split_at(at);
    let said = &said['得'.len_utf8()..];
    for words in ["分值的", "权重的", "满分的"] {
        if let Some(share) = said.strip_prefix(words) {
            let (percent, rest) = number(share)?;
            return (rest == "%").then_some((values, Award::Share(percent)));
        }
    }
    let (points, rest) = number(said)?;
    match rest {
        "分" => Some((values, Award::Points(points))),
        "%分值" | "%权重" | "%的分值" | "%的权重" => Some((values, Award::Share(points))),
        _ => None,
    }
}

/// What the values are of, where the clause says so, and the values.
fn subject(clause: &str) -> Option<(Option<BandOn>, &str)> {
    const COMPLETION: &[&str] = &["完成比例", "实际完成比例", "完成指标值的", "达到指标值的"];
    const DEVIATION: &[&str] = &["偏差", "偏差率", "偏差在", "偏离度", "偏离"];
    // Longest first, so that 不低于 is not taken for a subject that ends in 不.
    const SIGNS: &[&str] = &[
        "大于等于",
        "大于或等于",
        "小于等于",
        "小于或等于",
        "不低于",
        "不少于",
        "不小于",
        "不超过",
        "不高于",
        "不大于",
        "低于",
        "超过",
        "高于",
        "小于",
        "大于",
        "不足",
        "达到",
    ];
    let figure = clause.find(|c: char| c.is_ascii_digit() || "≥≤<>=±".contains(c))?;
    let word = SIGNS.iter().filter_map(|sign| clause.find(sign)).min();
    let at = word.map_or(figure, |word| word.min(figure));
    let (named, values) = clause.split_at(at);
    if values.starts_with('±') {
        return Some((Some(BandOn::Deviation), values));
    }
    let on = if named.is_empty() {
        None
    } else if COMPLETION.contains(&named) {
        Some(BandOn::Completion)
    } else if DEVIATION.contains(&named) {
        Some(BandOn::Deviation)
    } else if named.ends_with(['率', '度', '数', '值', '量']) && named.chars().count() <= 12 {
        Some(BandOn::Actual)
    } else {
        return None;
    };
    Some((on, values))
}

/// "≥90%", "80%(含)~90%", "60%以下".
fn interval(values: &str) -> Option<(Interval, String)> {
    type Make = fn(Decimal) -> Interval;
    const SIGNS: &[(&str, Make)] = &[
        ("大于或等于", Interval::From),
        ("大于等于", Interval::From),
        ("不低于", Interval::From),
        ("不少于", Interval::From),
        ("不小于", Interval::From),
        ("达到", Interval::From),
        ("≥", Interval::From),
        ("小于或等于", Interval::UpTo),
        ("小于等于", Interval::UpTo),
        ("不超过", Interval::UpTo),
        ("不高于", Interval::UpTo),
        ("不大于", Interval::UpTo),
        ("≤", Interval::UpTo),
        ("低于", Interval::Below),
        ("小于", Interval::Below),
        ("不足", Interval::Below),
        ("<", Interval::Below),
        ("超过", Interval::Beyond),
        ("高于", Interval::Beyond),
        ("大于", Interval::Beyond),
        (">", Interval::Beyond),
    ];
    const ENDS: &[(&str, Make)] = &[
        ("及以上", Interval::From),
        ("(含)以上", Interval::From),
        ("以上", Interval::Above),
        ("及以下", Interval::UpTo),
        ("以内", Interval::UpTo),
        ("之内", Interval::UpTo),
        ("以下", Interval::Under),
    ];
    let (sign, rest) = SIGNS
        .iter()
        .find_map(|(word, make)| Some((Some(make), values.strip_prefix(word)?)))
        .unwrap_or((None, values));
    let (first, rest) = number(rest.trim_start_matches('±'))?;
    let (unit, rest) = unit(rest);
    if let Some(make) = sign {
        return rest.is_empty().then(|| (make(first), unit.to_owned()));
    }
    if let Some((_, make)) = ENDS.iter().find(|(words, _)| *words == rest) {
        return Some((make(first), unit.to_owned()));
    }
    // The conventional end is the one that may be spelled out.
    let rest = rest.strip_prefix("(含)").unwrap_or(rest);
    let rest = rest.strip_prefix(['~', '-', '至', '到'])?;
    let (second, rest) = number(rest.trim_start_matches('±'))?;
    let (second_unit, rest) = self::unit(rest);
    if !matches!(rest, "" | "之间" | "(不含)") || !(unit.is_empty() || unit == second_unit) {
        return None;
    }
    (first < second).then(|| (Interval::Between(first, second), second_unit.to_owned()))
}

/// The unit at the start of a text, and what follows.
fn unit(text: &str) -> (&str, &str) {
    const AFTER: &[&str] = &["~", "-", "至", "到", "以", "之", "及", "(", ")"];
    let end = AFTER.iter().filter_map(|after| text.find(after)).min();
    let (unit, rest) = text.split_at(end.unwrap_or(text.len()));
    if is_unit(unit) {
        (unit, rest)
    } else {
        ("", text)
    }
}

fn put_together(parts: &[Clause]) -> Option<Method> {
    let has = |wanted: &Clause| parts.contains(wanted);
    let bands = parts
        .iter()
        .filter(|part| matches!(part, Clause::Band { .. }))
        .count();
    let deducts: Vec<&Deduct> = parts
        .iter()
        .filter_map(|part| match part {
            Clause::Deduct(deduct) => Some(deduct),
            _ => None,
        })
        .collect();
    let only = |allowed: fn(&Clause) -> bool| parts.iter().all(allowed);
    match (deducts.as_slice(), bands) {
        ([deduct], 0)
            if only(|part| {
                matches!(
                    part,
                    Clause::Deduct(_) | Clause::Met | Clause::Begun(_) | Clause::Filler
                )
            }) =>
        {
            let begun = parts.iter().find_map(|part| match part {
                Clause::Begun(begun) => Some(*begun),
                _ => None,
            });
            Some(Method::Deduct(Deduct {
                begun: begun.unwrap_or(deduct.begun),
                ..(*deduct).clone()
            }))
        }
        ([], 0) if has(&Clause::Proportional) => {
            only(|part| matches!(part, Clause::Proportional | Clause::Met))
                .then_some(Method::Proportional { pass: None })
        }
        ([], 0) if has(&Clause::Direct) => (parts.len() == 1).then_some(Method::Direct),
        ([], 0) if has(&Clause::MissedNothing) => {
            only(|part| matches!(part, Clause::MissedNothing | Clause::Met))
                .then_some(Method::YesNo)
        }
        ([], 1) if has(&Clause::Proportional) => passed(parts),
        ([], 1..) => banded(parts).map(Method::Banded),
        _ => None,
    }
}

/// "按完成比例计分，低于60%不得分".
fn passed(parts: &[Clause]) -> Option<Method> {
    let mut pass = None;
    for part in parts {
        match part {
            Clause::Proportional | Clause::Met => {}
            Clause::Band {
                on: None | Some(BandOn::Completion),
                interval: Interval::Below(limit) | Interval::Under(limit),
                unit,
                award,
            } if unit == "%" && *award == Award::NOTHING => pass = Some(*limit),
            _ => return None,
        }
    }
    Some(Method::Proportional { pass: Some(pass?) })
}

fn banded(parts: &[Clause]) -> Option<Bands> {
    let mut on = None;
    let mut unit: Option<&str> = None;
    let mut found: Vec<(Interval, Award)> = Vec::new();
    for part in parts {
        let Clause::Band {
            on: named,
            interval,
            unit: own,
            award,
        } = part
        else {
            return None;
        };
        if let Some(named) = named {
            if on.is_some_and(|on| on != *named) {
                return None;
            }
            on = Some(*named);
        }
        if *unit.get_or_insert(own) != own.as_str() {
            return None;
        }
        found.push((*interval, *award));
    }
    let side = side_of(&found)?;
    let (bands, rest) = chained(side, found)?;
    let on = on.unwrap_or(BandOn::Actual);
    let unit = unit.unwrap_or_default();
    if on != BandOn::Actual && unit != "%" {
        return None;
    }
    Some(Bands {
        on,
        side,
        unit: unit.to_owned(),
        bands,
        rest,
    })
}

/// Whether more or less is better, as the best of the open bands says.
fn side_of(found: &[(Interval, Award)]) -> Option<Side> {
    let rank = |award: Award| match award {
        Award::Full => Decimal::MAX,
        Award::Points(points) | Award::Share(points) => points,
    };
    let open = found.iter().filter_map(|(interval, award)| {
        let side = match interval {
            Interval::From(_) | Interval::Above(_) => Side::AtLeast,
            Interval::UpTo(_) | Interval::Under(_) => Side::AtMost,
            _ => return None,
        };
        Some((side, rank(*award)))
    });
    let best = open.max_by_key(|(_, rank)| *rank)?;
    (best.1 > Decimal::ZERO).then_some(best.0)
}

/// The bands from the best on, each touching the next, and what is earned outside them.
fn chained(side: Side, found: Vec<(Interval, Award)>) -> Option<(Vec<Band>, Award)> {
    let mut bands: Vec<(Decimal, Option<Decimal>, Award)> = Vec::new();
    let mut rest = None;
    for (interval, award) in found {
        match (side, interval) {
            (Side::AtLeast, Interval::From(limit) | Interval::Above(limit))
            | (Side::AtMost, Interval::UpTo(limit) | Interval::Under(limit)) => {
                bands.push((limit, None, award))
            }
            (Side::AtLeast, Interval::Between(low, high)) => bands.push((low, Some(high), award)),
            (Side::AtMost, Interval::Between(low, high)) => bands.push((high, Some(low), award)),
            (Side::AtLeast, Interval::Below(limit) | Interval::Under(limit))
            | (Side::AtMost, Interval::Beyond(limit) | Interval::Above(limit)) => {
                if rest.replace((limit, award)).is_some() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    bands.sort_by(|left, right| match side {
        Side::AtLeast => right.0.cmp(&left.0),
        Side::AtMost => left.0.cmp(&right.0),
    });
    let touching = bands.windows(2).all(|pair| pair[1].1 == Some(pair[0].0));
    let open = bands.first().is_some_and(|first| first.1.is_none());
    let closed = rest.is_none_or(|(limit, _)| bands.last().is_some_and(|last| last.0 == limit));
    (touching && open && closed).then(|| {
        let bands = bands
            .into_iter()
            .map(|(limit, _, award)| Band { limit, award });
        (
            bands.collect(),
            rest.map_or(Award::NOTHING, |(_, award)| award),
        )
    })
}
