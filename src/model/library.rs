//! 指标库: what is known of good indicators, whichever form they will stand in.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    folding::{are_same, squeezed},
    indicator::split_caption,
    levels::Sense,
    measure::{Comparator, Measure, Quantity},
    typed::{Readable as _, trim},
};

/// The most entries that a person's library keeps.
pub const MOST_ENTRIES: usize = 20_000;

/// An indicator of the library.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// 三级指标 name.
    pub name: String,
    /// What it measures, and thereby under which levels it stands.
    #[serde(skip_serializing_if = "is_default")]
    pub sense: Sense,
    /// 一级指标 where it came from; empty for the usual one of its sense.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// 二级指标 where it came from; empty for the usual one of its sense.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// The sign before the target; `None` for dates and words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparator: Option<Comparator>,
    /// A typical target without sign and unit: "95", "12月31日前", "正常运行". Empty where none is typical.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub target: String,
    /// 度量单位 of the target; empty for dates and words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// 怎样统计
    #[serde(skip_serializing_if = "String::is_empty")]
    pub measured: String,
    /// 佐证材料
    #[serde(skip_serializing_if = "String::is_empty")]
    pub evidence: String,
    /// 项目类型 that it is for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// 备注
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// Where it came from.
    #[serde(skip_serializing_if = "is_default")]
    pub origin: Origin,
    /// The lowest target that projects had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowest: Option<Decimal>,
    /// The highest target that projects had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest: Option<Decimal>,
    /// In which projects it was found, as short hashes: a project counts once, however often it is gathered.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub used_in: BTreeSet<String>,
    /// The last year in which a project had it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_year: Option<i16>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub unknown: BTreeMap<String, serde_json::Value>,
}

/// Where an entry came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 自带: it comes with the program.
    BuiltIn,
    /// 自建: the person typed it.
    #[default]
    Own,
    /// 收录: from a form or a list of this name.
    From(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("自带"),
            Self::Own => f.write_str("自建"),
            Self::From(source) => write!(f, "从《{source}》收录"),
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What makes two entries the same indicator: name, unit and level, whatever their width, case and spaces.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryKey {
    name: String,
    unit: String,
    level: String,
}

impl Entry {
    /// What makes it the same indicator as another.
    pub fn key(&self) -> EntryKey {
        EntryKey {
            name: squeezed(&self.name),
            unit: squeezed(&self.unit),
            level: match self.sense {
                Sense::Other => squeezed(self.group_name()),
                sense => format!("{sense:?}"),
            },
        }
    }

    /// Its 一级指标: as it came, else the usual one.
    pub fn section_name(&self) -> &str {
        match split_caption(&self.section).0 {
            "" => self.sense.usual_captions().0,
            own => own,
        }
    }

    /// Its 二级指标: as it came, else the usual one.
    pub fn group_name(&self) -> &str {
        match split_caption(&self.group).0 {
            "" if split_caption(&self.section).0.is_empty() => self.sense.usual_captions().1,
            own => own,
        }
    }

    /// Sets the levels by their captions, and what is measured by what they say.
    pub fn set_levels(&mut self, section: &str, group: &str, sense: Sense) {
        let (section, group) = (split_caption(section).0, split_caption(group).0);
        self.sense = sense;
        let usual = sense.usual_captions();
        let is_usual = are_same(section, usual.0) && are_same(group, usual.1);
        let kept = |caption: &str| if is_usual { "" } else { caption }.to_owned();
        (self.section, self.group) = (kept(section), kept(group));
    }

    /// How many projects had it.
    pub fn times_used(&self) -> usize {
        self.used_in.len()
    }

    /// The typical target as one cell: "≥95%".
    pub fn whole_target(&self) -> String {
        if trim(&self.target).is_empty() {
            return String::new();
        }
        let sign = self.sign_in_target();
        let unit = if self.is_number() { &*self.unit } else { "" };
        format!("{sign}{}{unit}", trim(&self.target))
    }

    /// What stands before the target where sign and target share a cell. A date says 前 for itself.
    fn sign_in_target(&self) -> &'static str {
        match self.comparator {
            Some(comparator) if self.is_number() => comparator.sign(),
            _ => "",
        }
    }

    /// What the target says.
    pub fn quantity(&self) -> Quantity {
        Measure::read(&self.target).map_or(Quantity::Words, |measure| measure.quantity)
    }

    /// Whether the target is counted; an empty one is if the unit says so.
    pub fn is_number(&self) -> bool {
        match self.quantity() {
            Quantity::Number { .. } | Quantity::Range { .. } => true,
            Quantity::Words if trim(&self.target).is_empty() => !trim(&self.unit).is_empty(),
            Quantity::Date(_) | Quantity::Words => false,
        }
    }

    /// Reads a target as it stands in a form, "≥95%", into sign, value and unit. Those of columns of their own come first.
    pub fn set_target(&mut self, text: &str, sign: Option<Comparator>, unit: &str) {
        let text = trim(text);
        let measure = Measure::read(text);
        let own_sign = measure.as_ref().and_then(|measure| measure.comparator);
        self.comparator = sign.or(own_sign);
        self.unit = trim(unit).to_owned();
        let Some(Measure { quantity, .. }) = measure else {
            text.clone_into(&mut self.target);
            return;
        };
        let (target, written) = match quantity {
            Quantity::Number { value, unit } => (value.normalize().to_string(), unit),
            Quantity::Range { low, high, unit } => {
                self.comparator = None;
                (format!("{}～{}", low.normalize(), high.normalize()), unit)
            }
            Quantity::Date(_) => {
                self.comparator = None;
                (
                    text.trim_start_matches(['≤', '<', '＜', '≦', '='])
                        .to_owned(),
                    String::new(),
                )
            }
            Quantity::Words => {
                self.comparator = None;
                (text.to_owned(), String::new())
            }
        };
        self.target = target;
        if self.unit.is_empty() {
            self.unit = written;
        }
    }

    /// The targets that projects had: "80～95%". `None` where none was a number.
    pub fn range(&self) -> Option<String> {
        let (low, high) = (self.lowest?, self.highest?);
        let unit = trim(&self.unit);
        Some(if low == high {
            format!("{low}{unit}")
        } else {
            format!("{low}～{high}{unit}")
        })
    }

    /// Takes over what another entry of the same indicator knows and this one does not; counts the projects of both.
    pub fn absorb(&mut self, other: &Self) {
        for (own, others) in [
            (&mut self.measured, &other.measured),
            (&mut self.evidence, &other.evidence),
            (&mut self.remark, &other.remark),
        ] {
            if trim(own).is_empty() {
                others.clone_into(own);
            }
        }
        let is_newer = other.last_year > self.last_year;
        let is_blank = trim(&self.target).is_empty();
        if !trim(&other.target).is_empty() && (is_newer || is_blank) && self.origin != Origin::Own {
            other.target.clone_into(&mut self.target);
            self.comparator = other.comparator;
        }
        for kind in &other.kinds {
            if !self.kinds.contains(kind) {
                self.kinds.push(kind.clone());
            }
        }
        self.lowest = least(self.lowest, other.lowest);
        self.highest = self.highest.max(other.highest);
        self.used_in.extend(other.used_in.iter().cloned());
        self.last_year = self.last_year.max(other.last_year);
    }
}

fn least(one: Option<Decimal>, other: Option<Decimal>) -> Option<Decimal> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

impl Sense {
    /// 一级指标 and 二级指标 as 财预〔2021〕101号 calls them; both empty for what has no place there.
    pub fn usual_captions(self) -> (&'static str, &'static str) {
        match self {
            Self::Quantity => ("产出指标", "数量指标"),
            Self::Quality => ("产出指标", "质量指标"),
            Self::Timeliness => ("产出指标", "时效指标"),
            Self::Cost => ("成本指标", "经济成本指标"),
            Self::Economic => ("效益指标", "经济效益指标"),
            Self::Social => ("效益指标", "社会效益指标"),
            Self::Ecological => ("效益指标", "生态效益指标"),
            Self::Sustainable => ("效益指标", "可持续影响指标"),
            Self::Satisfaction => ("满意度指标", "服务对象满意度指标"),
            Self::Other => ("", ""),
        }
    }

    /// All that the central form has a place for, in its order.
    pub const PLACED: [Self; 9] = [
        Self::Quantity,
        Self::Quality,
        Self::Timeliness,
        Self::Cost,
        Self::Economic,
        Self::Social,
        Self::Ecological,
        Self::Sustainable,
        Self::Satisfaction,
    ];
}

/// 项目类型: a kind of project with the indicators that fit it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindOfProject {
    /// Its name ("会议").
    pub kind: String,
    /// Words by which the name of a project tells that it is of this kind.
    pub words: Vec<String>,
    /// Its indicators.
    pub entries: Vec<Entry>,
}

/// The entries of one person, as they are kept and handed on.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Library {
    /// The entries, none twice.
    pub entries: Vec<Entry>,
    /// Fields of a newer version.
    #[serde(flatten)]
    pub unknown: BTreeMap<String, serde_json::Value>,
}

impl Library {
    /// Adds entries; one of an indicator that is known lets the known one take over what it lacks. Says how many were new, and
    /// how many were known. Past [`MOST_ENTRIES`] nothing is added.
    pub fn add_all(&mut self, entries: impl IntoIterator<Item = Entry>) -> (usize, usize) {
        let mut places: BTreeMap<EntryKey, usize> = self
            .entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (entry.key(), at))
            .collect();
        let (mut new, mut known) = (0, 0);
        for entry in entries {
            let key = entry.key();
            let place = places.get(&key).copied();
            if let Some(own) = place.and_then(|at| self.entries.get_mut(at)) {
                own.absorb(&entry);
                known += 1;
            } else if self.entries.len() < MOST_ENTRIES {
                places.insert(key, self.entries.len());
                self.entries.push(entry);
                new += 1;
            }
        }
        (new, known)
    }

    /// Puts an edited entry in the place of the one that was `before`; a new one at the end.
    pub fn replace(&mut self, before: Option<&EntryKey>, entry: Entry) {
        let after = entry.key();
        let place = before.and_then(|key| self.entries.iter().position(|own| own.key() == *key));
        match place.and_then(|at| self.entries.get_mut(at)) {
            Some(own) => *own = entry,
            None => self.entries.push(entry),
        }
        let place = place.unwrap_or(self.entries.len() - 1);
        let mut at = 0;
        self.entries.retain(|own| {
            let stays = at == place || own.key() != after;
            at += 1;
            stays
        });
    }

    /// Takes an entry out.
    pub fn remove(&mut self, key: &EntryKey) {
        self.entries.retain(|own| own.key() != *key);
    }
}

/// A short text of the levels: "产出指标 · 数量指标".
pub fn levels_in_words(entry: &Entry) -> Cow<'_, str> {
    match (entry.section_name(), entry.group_name()) {
        ("", "") => "未分级".into(),
        ("", group) => group.into(),
        (section, "") => section.into(),
        (section, group) => format!("{section} · {group}").into(),
    }
}
