//! The thresholds of checks that a 复核口径 may change, with their meaning, unit and bounds. Each is a field of
//! [`CheckPolicy`] or [`OverFulfilment`], named by its place in an
//! edition file; values are JSON, as they stand there.

use rust_decimal::{Decimal, dec};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    edition::Edition,
    numeral::plain,
    policy::{CheckPolicy, OverFulfilment},
};

/// A threshold.
#[derive(Debug)]
pub struct Threshold {
    /// Its place in an edition file ("checks.very_low_rate").
    pub key: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What it means, in a sentence.
    pub about: &'static str,
    /// Codes of the rules that read it.
    pub rules: &'static [&'static str],
    /// What it can be.
    pub kind: Kind,
}

/// What a threshold can be.
#[derive(Debug)]
pub enum Kind {
    /// A number, with its unit, its smallest and its largest value.
    Number(&'static str, Decimal, Decimal),
    /// Such a number, or none: `null`.
    Optional(&'static str, Decimal, Decimal),
    /// A share above 0 and up to 1, shown in percent.
    Share,
    /// A whole number, with its unit, its smallest and its largest value.
    Count(&'static str, u32, u32),
    /// One of these: the JSON value as text, and its words.
    Choice(&'static [(&'static str, &'static str)]),
}

/// What stands for none of an optional number.
const NONE: &str = "无";

const CHECKS: &str = "checks.";
const OVER: &str = "scoring.over_fulfilment.";

/// All thresholds, in the order of the form.
pub const ALL: &[Threshold] = &[
    Threshold {
        key: "checks.explain_rate_below",
        name: "执行率低于多少要说明",
        about: "预算执行率低于它，就要说明资金没有用完的原因；“无”即不要求。",
        rules: &["B07", "G08"],
        kind: Kind::Optional("%", dec!(0), dec!(100)),
    },
    Threshold {
        key: "checks.explain_adjustment",
        name: "预算调整要说明",
        about: "全年预算与年初预算不同时是否要求说明；不要求的只作提示。",
        rules: &["B08", "X03"],
        kind: Kind::Choice(&[("true", "要求"), ("false", "不要求")]),
    },
    Threshold {
        key: "checks.very_low_rate",
        name: "执行率多低算极低",
        about: "预算执行率低于它而产出指标全部满分的，要核实。",
        rules: &["B16"],
        kind: Kind::Number("%", dec!(0), dec!(100)),
    },
    Threshold {
        key: "checks.large_budget_change",
        name: "预算调整多少要看指标",
        about: "全年预算比年初预算增减达到这个比例而指标没有调整的，要核对。",
        rules: &["P08"],
        kind: Kind::Number("%", dec!(0), dec!(1000)),
    },
    Threshold {
        key: "checks.weights",
        name: "偏离规定权重",
        about: "一级指标分值与表样规定的权重不一致时是否报告。",
        rules: &["S05", "S15"],
        kind: Kind::Choice(&[("\"reported\"", "报告"), ("\"free\"", "不报告，由单位自定")]),
    },
    Threshold {
        key: "checks.largest_weight",
        name: "单项指标最大分值",
        about: "一个三级指标的分值超过它，算过于集中。",
        rules: &["S10"],
        kind: Kind::Number("分", dec!(1), dec!(1000)),
    },
    Threshold {
        key: "checks.largest_share",
        name: "单项指标最大占比",
        about: "一个三级指标的分值占总分的比例超过它，算过于集中。",
        rules: &["S10"],
        kind: Kind::Share,
    },
    Threshold {
        key: "checks.fewest_indicators",
        name: "指标最少条数",
        about: "三级指标少于它，算偏少。",
        rules: &["I16"],
        kind: Kind::Count("条", 0, 1000),
    },
    Threshold {
        key: "checks.most_indicators",
        name: "指标最多条数",
        about: "三级指标多于它，算偏多。",
        rules: &["I16"],
        kind: Kind::Count("条", 1, 1000),
    },
    Threshold {
        key: "checks.tier_words_required",
        name: "定性指标须填三档用语",
        about: "定性指标的实际完成值是否必须是规定的三档用语之一。",
        rules: &["V13"],
        kind: Kind::Choice(&[("true", "必须"), ("false", "不必")]),
    },
    Threshold {
        key: "checks.quantities_in_name",
        name: "指标名称中的数量",
        about: "一个三级指标的名称里有这么多个数量，算写了几件事。",
        rules: &["V18"],
        kind: Kind::Count("个", 2, 100),
    },
    Threshold {
        key: "checks.hollow_percent_from",
        name: "效益百分比多高要问依据",
        about: "说不清怎样计算的效益指标，百分比达到它就要说明测算依据。",
        rules: &["V12"],
        kind: Kind::Number("%", dec!(0), dec!(100)),
    },
    Threshold {
        key: "checks.copied_share",
        name: "疑似照抄的比例",
        about: "实际完成值与指标值逐字相同的定量指标达到这个比例，算疑似照抄。",
        rules: &["C09"],
        kind: Kind::Share,
    },
    Threshold {
        key: "checks.copied_rows",
        name: "疑似照抄的最少条数",
        about: "定量指标不到这么多条的，不判断是否照抄。",
        rules: &["C09"],
        kind: Kind::Count("条", 1, 1000),
    },
    Threshold {
        key: "checks.shortest_result",
        name: "实际完成情况最少字数",
        about: "实际完成情况没有数字又少于这么多字（标点不计）的，算过于简单。",
        rules: &["G03"],
        kind: Kind::Count("字", 0, 1000),
    },
    Threshold {
        key: "scoring.over_fulfilment.explain_from",
        name: "超额多少要说明",
        about: "实际完成值达到指标值的这么多倍，就要说明原因（1.2 即超额 20%）。",
        rules: &["C06", "C07", "C11", "C12", "C13"],
        kind: Kind::Number("倍", dec!(1), dec!(1000)),
    },
    Threshold {
        key: "scoring.over_fulfilment.require_from",
        name: "超额多少必须说明",
        about: "达到指标值的这么多倍而没有说明，为错误；“无”即只作警告。",
        rules: &["C07"],
        kind: Kind::Optional("倍", dec!(1), dec!(1000)),
    },
    Threshold {
        key: "scoring.over_fulfilment.reduce_from",
        name: "超额多少建议调减得分",
        about: "达到指标值的这么多倍仍得满分的，建议调减得分。",
        rules: &["C08", "S14", "V23"],
        kind: Kind::Number("倍", dec!(1), dec!(1000)),
    },
    Threshold {
        key: "scoring.over_fulfilment.zero_target_from",
        name: "指标值为 0 时多少要说明",
        about: "指标值为 0 的正向指标，实际完成值达到它就要说明原因。",
        rules: &["C07", "C11", "C12", "C13", "S14"],
        kind: Kind::Number("", dec!(0), dec!(1000000000)),
    },
    Threshold {
        key: "checks.alike_from",
        name: "多相似算雷同",
        about: "两个项目的目标或指标表相似到这个程度，算高度雷同；低于 80% 的按 80%。",
        rules: &["H12"],
        kind: Kind::Share,
    },
    Threshold {
        key: "checks.alike_length",
        name: "比较雷同的最少字数",
        about: "目标文字少于这么多字（标点不计）的，不与其他项目比较。",
        rules: &["H12"],
        kind: Kind::Count("字", 1, 100000),
    },
    Threshold {
        key: "checks.alike_rows",
        name: "比较雷同的最少条数",
        about: "三级指标少于这么多条的，不与其他项目的指标表比较。",
        rules: &["H12"],
        kind: Kind::Count("条", 1, 1000),
    },
    Threshold {
        key: "checks.same_name_length",
        name: "多长的名称算同一指标",
        about: "三级指标名称达到这么多字，各项目同名的才算同一件事。",
        rules: &["X01"],
        kind: Kind::Count("字", 1, 100),
    },
    Threshold {
        key: "checks.full_marks_share",
        name: "满分项目的最大占比",
        about: "同一年度的项目中，满分的超过这个比例，要核实。",
        rules: &["X02"],
        kind: Kind::Share,
    },
    Threshold {
        key: "checks.full_marks_projects",
        name: "看满分占比的最少项目数",
        about: "同一年度的项目少于它，不看满分占比。",
        rules: &["X02"],
        kind: Kind::Count("个", 1, 100000),
    },
    Threshold {
        key: "checks.transfer_from",
        name: "项目间调剂的最小金额",
        about: "预算增减不到这个金额的，不在其他项目中找对应的增减。",
        rules: &["X03"],
        kind: Kind::Number("元", dec!(0), dec!(1000000000000)),
    },
];

/// The threshold with this key.
pub fn by_key(key: &str) -> Option<&'static Threshold> {
    ALL.iter().find(|threshold| threshold.key == key)
}

impl Threshold {
    /// What is wrong with a value, in words; `None` where it can be used.
    pub fn problem(&self, value: &Value) -> Option<String> {
        let is_within = |least: Decimal, most: Decimal| {
            number(value).is_some_and(|number| number >= least && number <= most)
        };
        match self.kind {
            Kind::Number(unit, least, most) if !is_within(least, most) => {
                Some(format!("应为 {least} 到 {most} 之间的数{}", in_unit(unit)))
            }
            Kind::Optional(unit, least, most) if !value.is_null() && !is_within(least, most) => {
                Some(format!(
                    "应为 {least} 到 {most} 之间的数{}，或者“无”（文件中写 null）",
                    in_unit(unit)
                ))
            }
            Kind::Share
                if !number(value).is_some_and(|n| n > Decimal::ZERO && n <= Decimal::ONE) =>
            {
                Some("应大于 0%、不大于 100%（文件中写 0.4 即 40%）".into())
            }
            Kind::Count(unit, least, most) => {
                let count = value.as_u64();
                let fits = count.is_some_and(|n| n >= least.into() && n <= most.into());
                (!fits).then(|| format!("应为 {least} 到 {most} 之间的整数{}", in_unit(unit)))
            }
            Kind::Choice(options) => {
                let text = value.to_string();
                let is_one = options.iter().any(|(json, _)| *json == text);
                (!is_one).then(|| {
                    let all: Vec<String> = options
                        .iter()
                        .map(|(json, words)| format!("{json}（{words}）"))
                        .collect();
                    format!("可用：{}", all.join("、"))
                })
            }
            _ => None,
        }
    }

    /// A value for people: "90%", "无", "报告".
    pub fn in_words(&self, value: &Value) -> String {
        let number = || number(value).map(plain);
        match self.kind {
            _ if value.is_null() => NONE.into(),
            Kind::Number(unit, ..) | Kind::Optional(unit, ..) => {
                format!("{}{}", number().unwrap_or_default(), spaced(unit))
            }
            Kind::Share => format!("{}%", self.typed(value)),
            Kind::Count(unit, ..) => format!("{value} {unit}"),
            Kind::Choice(options) => {
                let text = value.to_string();
                let chosen = options.iter().find(|(json, _)| *json == text);
                chosen.map_or(text, |(_, words)| (*words).to_owned())
            }
        }
    }

    /// What a person types for a value: a number without its unit, shares in percent, 无 for none.
    pub fn typed(&self, value: &Value) -> String {
        match (&self.kind, number(value)) {
            (Kind::Share, Some(share)) => {
                share.checked_mul(dec!(100)).map(plain).unwrap_or_default()
            }
            (_, Some(number)) => plain(number),
            (Kind::Optional(..), None) if value.is_null() => NONE.to_owned(),
            (_, None) => String::new(),
        }
    }

    /// The value that a person typed.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(&self, typed: &str) -> Result<Value, String> {
        let text = typed.trim().trim_end_matches(['%', '％']);
        let number = || text.parse::<Decimal>().ok();
        let value = match (&self.kind, number()) {
            (Kind::Optional(..), _) if text == NONE => return Ok(Value::Null),
            (Kind::Share, Some(percent)) => {
                Value::String((percent / dec!(100)).normalize().to_string())
            }
            (Kind::Count(..), Some(_)) => text.parse::<u32>().map_or(Value::Null, Value::from),
            (_, Some(number)) => Value::String(number.normalize().to_string()),
            (_, None) => Value::Null,
        };
        // What is no number is none of the values either.
        let wrong = Value::Bool(false);
        match self.problem(if value.is_null() { &wrong } else { &value }) {
            Some(problem) => Err(problem),
            None => Ok(value),
        }
    }

    /// The unit that what is typed is in.
    pub fn unit(&self) -> &'static str {
        match self.kind {
            Kind::Number(unit, ..) | Kind::Optional(unit, ..) | Kind::Count(unit, ..) => unit,
            Kind::Share => "%",
            Kind::Choice(_) => "",
        }
    }

    /// Its value in an edition.
    pub fn value(&self, edition: &Edition) -> Value {
        let part = match self.key.strip_prefix(OVER) {
            Some(field) => field_of(&edition.scoring.over_fulfilment, field),
            None => field_of(&edition.checks, self.field()),
        };
        part.unwrap_or_default()
    }

    /// Its value where neither an edition nor a profile says otherwise.
    pub fn default_value(&self) -> Value {
        let part = match self.key.strip_prefix(OVER) {
            Some(field) => field_of(&OverFulfilment::default(), field),
            None => field_of(&CheckPolicy::default(), self.field()),
        };
        part.unwrap_or_default()
    }

    fn field(&self) -> &'static str {
        self.key.strip_prefix(CHECKS).unwrap_or(self.key)
    }
}

/// The edition with these thresholds instead of its own; `None` where they contradict each other or the edition.
pub fn applied<'v>(
    edition: &Edition,
    values: impl IntoIterator<Item = (&'static Threshold, &'v Value)>,
) -> Option<Edition> {
    changed(edition, values).filter(Edition::thresholds_agree)
}

/// As [`applied`], whether they agree or not: for an edition that is being made. `None` where a value is of another kind.
pub fn changed<'v>(
    edition: &Edition,
    values: impl IntoIterator<Item = (&'static Threshold, &'v Value)>,
) -> Option<Edition> {
    let mut changed = edition.clone();
    let (mut checks, mut over) = (Vec::new(), Vec::new());
    for (threshold, value) in values {
        match threshold.key.strip_prefix(OVER) {
            Some(field) => over.push((field, value)),
            None => checks.push((threshold.field(), value)),
        }
    }
    changed.checks = with(&edition.checks, &checks)?;
    changed.scoring.over_fulfilment = with(&edition.scoring.over_fulfilment, &over)?;
    Some(changed)
}

fn with<T: Serialize + DeserializeOwned>(part: &T, values: &[(&str, &Value)]) -> Option<T> {
    let mut json = serde_json::to_value(part).ok()?;
    let fields = json.as_object_mut()?;
    for (field, value) in values {
        // Numbers may stand with or without quotes.
        let value = match value {
            Value::Number(number) if fields.get(*field).is_some_and(|old| !old.is_number()) => {
                Value::String(number.to_string())
            }
            value => (*value).clone(),
        };
        fields.insert((*field).to_owned(), value);
    }
    serde_json::from_value(json).ok()
}

fn field_of(part: &impl Serialize, field: &str) -> Option<Value> {
    serde_json::to_value(part).ok()?.get(field).cloned()
}

/// Amounts and rates stand as text in an edition, so that no decimals are lost; in a file written by hand perhaps as a number.
fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

fn in_unit(unit: &str) -> String {
    match unit {
        "" => String::new(),
        unit => format!("（{unit}）"),
    }
}

fn spaced(unit: &str) -> String {
    match unit {
        "" | "%" => unit.to_owned(),
        unit => format!(" {unit}"),
    }
}
