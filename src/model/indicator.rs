//! 绩效指标: first-level sections, second-level groups, indicators, and the reasons that span several of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    figure::FigureCell,
    folding::are_same,
    id::Id,
    measure::{Comparator, Measure, MeasureCell, Nature, NatureCell, Tier},
    method::MethodCell,
    numeral::leading_number,
    record::{KeyMap, Text, always_written, record},
    rows::Rows,
    typed::{Reading, trim},
};

record! {
    /// 一级指标 with its groups. An edition without levels has one section without caption.
    pub struct Section {
        /// Identity.
        pub id: Id<Section>,
        /// The section this one was copied from.
        pub copied_from: Option<Id<Section>>,
        /// The caption as stated, its points included ("产出指标（50分）").
        pub caption: String,
        /// A weight that stands in a cell of the whole section.
        pub weight: FigureCell,
        /// A score that stands in a cell of the whole section.
        pub score: FigureCell,
        /// 二级指标
        pub groups: Rows<Group>,
    }

    /// 二级指标 with its indicators. An edition without levels has one group without caption.
    pub struct Group {
        /// Identity.
        pub id: Id<Group>,
        /// The group this one was copied from.
        pub copied_from: Option<Id<Group>>,
        /// The caption as stated ("数量指标").
        pub caption: String,
        /// 分值 in a cell merged over the group; empty where the rows have their own.
        pub weight: FigureCell,
        /// 得分 in a cell merged over the group.
        pub score: FigureCell,
        /// 三级指标
        pub indicators: Rows<Indicator>,
    }

    /// 三级指标: one row of the table.
    pub struct Indicator {
        /// Identity.
        pub id: Id<Indicator>,
        /// The indicator this one was copied from.
        pub copied_from: Option<Id<Indicator>>,
        /// The indicator whose part (其中) this row is; such a row is not scored.
        pub part_of: Option<Id<Indicator>>,
        /// 三级指标 name.
        pub name: String,
        /// 指标性质 / 计算符号, where the edition has a column for it.
        pub nature: NatureCell,
        /// 年度指标值
        pub target: MeasureCell,
        /// 度量单位, where the edition has a column for it.
        pub unit: String,
        /// 实际完成值
        pub actual: MeasureCell,
        /// 完成档次 that a person picked for a qualitative indicator.
        pub tier: Option<Tier>,
        /// 计分办法 of this row; empty for the edition's formulas.
        pub method: MethodCell,
        /// 分值
        pub weight: FigureCell,
        /// 得分
        pub score: FigureCell,
        /// 偏差原因分析及改进措施 of this row.
        pub deviation: Text,
        /// Further columns of the edition, by key.
        pub extra: KeyMap<Text>,
        /// 批复值: what was approved with the budget; `None` where nothing is on record.
        pub approved: Option<Approved>,
        /// Recorded changes of approved values, oldest first.
        pub adjustments: Vec<Adjustment>,
    }

    /// 批复值
    pub struct Approved {
        /// Name as approved.
        pub name: String,
        /// 指标性质 as approved.
        pub nature: String,
        /// 指标值 as approved.
        pub target: String,
        /// 度量单位 as approved.
        pub unit: String,
        /// 分值 as approved.
        pub weight: String,
    }

    /// A recorded change of an approved value.
    pub struct Adjustment {
        /// When, as typed.
        pub date: String,
        /// 文号
        pub document_no: String,
        /// Why.
        pub reason: String,
        /// Which value.
        pub field: ApprovedField,
        /// The value before.
        pub old: String,
        /// The value after.
        pub new: String,
    }

    /// 批复中有、表中没有的指标: one that was approved with the budget and that the form lacks.
    pub struct Removed {
        /// Identity: that of its row, in this form or in the approval that was imported.
        pub id: Id<Removed>,
        /// The caption of its goal block; empty where the block has none.
        pub goal: String,
        /// The caption of its 一级指标.
        pub section: String,
        /// The caption of its 二级指标.
        pub group: String,
        /// What was approved.
        pub approved: Approved,
        /// The adjustment by which it was given up; `None` where none is on record.
        pub cancelled: Option<Cancellation>,
    }

    /// 取消指标: the recorded adjustment by which an approved indicator was given up.
    pub struct Cancellation {
        /// When, as typed.
        pub date: String,
        /// 文号
        pub document_no: String,
        /// Why.
        pub reason: String,
    }

    /// A reason that stands in a cell spanning a section, a group or a run of rows.
    pub struct SharedReason {
        /// Identity.
        pub id: Id<SharedReason>,
        /// The reason this one was copied from.
        pub copied_from: Option<Id<SharedReason>>,
        /// The first-level block it spans.
        pub section: Option<Id<Section>>,
        /// The second-level group it spans.
        pub group: Option<Id<Group>>,
        /// The rows it spans, where it is neither a whole section nor a whole group.
        pub rows: Vec<Id<Indicator>>,
        /// The reason. It counts for a row only if it names the row's indicator.
        pub text: Text,
    }
}

/// A value of an indicator that is approved with the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovedField {
    /// 三级指标
    Name,
    /// 指标性质
    Nature,
    /// 指标值
    #[default]
    Target,
    /// 度量单位
    Unit,
    /// 分值
    Weight,
}

always_written!(ApprovedField);

impl ApprovedField {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::Nature,
        Self::Target,
        Self::Unit,
        Self::Weight,
    ];
}

impl Approved {
    /// One of the values.
    pub fn value(&self, field: ApprovedField) -> &str {
        match field {
            ApprovedField::Name => &self.name,
            ApprovedField::Nature => &self.nature,
            ApprovedField::Target => &self.target,
            ApprovedField::Unit => &self.unit,
            ApprovedField::Weight => &self.weight,
        }
    }
}

impl Removed {
    /// The caption of its 一级指标 without the points.
    pub fn section_name(&self) -> &str {
        split_caption(&self.section).0
    }

    /// The caption of its 二级指标 without the points.
    pub fn group_name(&self) -> &str {
        split_caption(&self.group).0
    }

    /// Whether it is the indicator of this name in the group and section so called.
    pub fn is_named(&self, section: &str, group: &str, name: &str) -> bool {
        are_same(self.section_name(), section)
            && are_same(self.group_name(), group)
            && are_same(&self.approved.name, name)
    }
}

impl Section {
    /// The caption without its points: "产出指标" for "产出指标（50分）".
    pub fn name(&self) -> &str {
        split_caption(&self.caption).0
    }

    /// The points the caption states.
    pub fn stated_points(&self) -> Option<rust_decimal::Decimal> {
        caption_points(&self.caption)
    }
}

impl Group {
    /// The caption without its points.
    pub fn name(&self) -> &str {
        split_caption(&self.caption).0
    }

    /// The points the caption states.
    pub fn stated_points(&self) -> Option<rust_decimal::Decimal> {
        caption_points(&self.caption)
    }

    /// Whether weight or score stand in a cell of the whole group rather than in its rows.
    pub fn is_scored_as_one(&self) -> bool {
        self.weight.value().is_some() || self.score.value().is_some()
    }

    /// Whether anything in the group is to be judged.
    pub fn is_applicable(&self) -> bool {
        let waived = matches!(self.weight.reading(), Reading::NotApplicable);
        !waived
            && self
                .indicators
                .iter()
                .any(|indicator| indicator.is_applicable())
    }
}

impl Indicator {
    /// Whether the row is to be judged: neither its name nor its target says 不适用.
    pub fn is_applicable(&self) -> bool {
        let waived = matches!(self.target.reading(), Reading::NotApplicable);
        !waived && !matches!(trim(&self.name), "不适用" | "不涉及")
    }

    /// What is aimed at, with comparator and unit from their own columns where the edition has such.
    ///
    /// `None` where the target is empty, waived or not to be read.
    pub fn aim(&self) -> Option<Aim<'_>> {
        Aim::of(&self.nature, &self.target, &self.unit)
    }

    /// One of the values that are approved with the budget, as it is filed now.
    pub fn filed_value(&self, field: ApprovedField) -> &str {
        match field {
            ApprovedField::Name => &self.name,
            ApprovedField::Nature => self.nature.text(),
            ApprovedField::Target => self.target.text(),
            ApprovedField::Unit => &self.unit,
            ApprovedField::Weight => self.weight.text(),
        }
    }

    /// The last recorded change of an approved value.
    pub fn last_adjustment(&self, field: ApprovedField) -> Option<&Adjustment> {
        self.adjustments
            .iter()
            .rev()
            .find(|adjustment| adjustment.field == field)
    }

    /// What a value is to be: as last adjusted, else as approved. `None` where nothing is on record.
    pub fn in_force(&self, field: ApprovedField) -> Option<&str> {
        let approved = self.approved.as_ref()?;
        Some(match self.last_adjustment(field) {
            Some(adjustment) => &adjustment.new,
            None => approved.value(field),
        })
    }

    /// The values that are approved with the budget, as they are filed now.
    pub fn filed(&self) -> Approved {
        Approved {
            name: self.name.clone(),
            nature: self.nature.text().to_owned(),
            target: self.target.text().to_owned(),
            unit: self.unit.clone(),
            weight: self.weight.text().to_owned(),
            unknown: Default::default(),
        }
    }

    /// The tier that was picked, or that the actual value spells out.
    pub fn effective_tier(&self) -> Option<Tier> {
        self.tier.or_else(|| {
            let text = trim(self.actual.text());
            match text {
                "达成预期指标" => Some(Tier::Reached),
                _ => Tier::ALL.into_iter().find(|tier| tier.words() == text),
            }
        })
    }
}

/// What an indicator aims at, put together from its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim<'a> {
    /// The target as read.
    pub measure: &'a Measure,
    /// The comparator in force, where one is written anywhere.
    pub comparator: Option<Comparator>,
    /// The unit in force; empty where none is written.
    pub unit: &'a str,
    /// Whether it is judged by words.
    pub qualitative: bool,
}

impl<'a> Aim<'a> {
    /// What these cells aim at together; `None` where the target is empty, waived or not to be read.
    pub fn of(nature: &NatureCell, target: &'a MeasureCell, unit: &'a str) -> Option<Self> {
        let measure = target.value()?;
        let nature = nature.value();
        let comparator = match nature {
            Some(Nature::Compared(comparator)) => Some(*comparator),
            _ => measure.comparator,
        };
        Some(Self {
            measure,
            comparator,
            unit: if measure.unit().is_empty() {
                trim(unit)
            } else {
                measure.unit()
            },
            qualitative: matches!(nature, Some(Nature::Qualitative)) || measure.is_qualitative(),
        })
    }
}

/// The points that a caption prints: 50 for "产出指标（50分）".
pub fn caption_points(caption: &str) -> Option<rust_decimal::Decimal> {
    split_caption(caption).1
}

/// "产出指标（50分）" as its name and its points.
pub(crate) fn split_caption(caption: &str) -> (&str, Option<rust_decimal::Decimal>) {
    let caption = trim(caption);
    // The first byte of a full-width bracket is that of no ordinary Chinese character.
    let may_have_points = caption.bytes().any(|byte| matches!(byte, b'(' | 0xEF));
    if !may_have_points {
        return (caption, None);
    }
    let Some((name, rest)) = caption.split_once(['（', '(']) else {
        return (caption, None);
    };
    let points = leading_number(trim(rest))
        .filter(|(_, after)| trim(after).starts_with('分'))
        .map(|(points, _)| points);
    if points.is_some() {
        (trim(name), points)
    } else {
        (caption, None)
    }
}
