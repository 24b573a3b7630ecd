//! The address of any field of a document. Findings, notes, undo labels, navigation, printed cells and merge all speak it.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{
    edition::{Edition, IndicatorRole},
    id::Id,
    indicator::{Group, Indicator, Section, SharedReason},
    project::{FundRow, Goal, Project, TableRow},
    record::FieldValue,
    typed::trim,
    working_paper::{PaperCell, PaperField, PaperSubject},
};

/// A field of one project, addressed by ids. Written as "project/kind/id/field".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellPath {
    /// The project.
    pub project: Id<Project>,
    /// The field inside it.
    pub place: Place,
}

/// A field inside a project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The project as a whole.
    Whole,
    /// A header field, by key.
    Header(String),
    /// A cell of the fund table: column key, "name" or "remark".
    Fund(Id<FundRow>, String),
    /// A cell of a goal block.
    Goal(Id<Goal>, GoalField),
    /// A cell of a first-level section.
    Section(Id<Section>, BlockField),
    /// A cell of a second-level group.
    Group(Id<Group>, BlockField),
    /// A cell of an indicator row.
    Indicator(Id<Indicator>, IndicatorField),
    /// A reason that spans several rows.
    Reason(Id<SharedReason>),
    /// A statement of the form about itself.
    Stated(StatedField),
    /// A cell of a further table: table key, row, column key.
    Table(String, Id<TableRow>, String),
    /// A further text, by key.
    Text(String),
    /// A field at the foot, by key.
    Footer(String),
    /// A cell of the working paper, which is no part of the printed form.
    Paper(PaperCell),
}

/// A cell of a goal block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GoalField {
    /// The caption of the block.
    Caption,
    /// The weight of the block.
    Weight,
    /// 预期目标
    Expected,
    /// 实际完成情况
    Actual,
    /// A further goal cell, by key.
    Text(String),
}

/// A cell of a section or group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockField {
    /// The caption.
    Caption,
    /// 分值 of the whole block.
    Weight,
    /// 得分 of the whole block.
    Score,
}

/// A cell of an indicator row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndicatorField {
    /// 三级指标
    Name,
    /// 指标性质
    Nature,
    /// 指标值
    Target,
    /// 度量单位
    Unit,
    /// 实际完成值
    Actual,
    /// 完成档次: the text of a [`super::measure::Tier`], or empty
    Tier,
    /// 分值
    Weight,
    /// 得分
    Score,
    /// 偏差原因分析及改进措施
    Deviation,
    /// A further column, by key.
    Extra(String),
}

/// A statement of the form about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatedField {
    /// The title.
    Title,
    /// 总分, weight column.
    TotalWeight,
    /// 总分, score column.
    TotalScore,
    /// 评价等级
    Rating,
    /// 金额单位
    MoneyUnit,
    /// A footnote, counted from 0.
    Footnote(usize),
}

/// Pairs of field and key, used for both writing and reading.
const INDICATOR_FIELDS: &[(IndicatorField, &str)] = &[
    (IndicatorField::Name, "name"),
    (IndicatorField::Nature, "nature"),
    (IndicatorField::Target, "target"),
    (IndicatorField::Unit, "unit"),
    (IndicatorField::Actual, "actual"),
    (IndicatorField::Tier, "tier"),
    (IndicatorField::Weight, "weight"),
    (IndicatorField::Score, "score"),
    (IndicatorField::Deviation, "deviation"),
];
const GOAL_FIELDS: &[(GoalField, &str)] = &[
    (GoalField::Caption, "caption"),
    (GoalField::Weight, "weight"),
    (GoalField::Expected, "expected"),
    (GoalField::Actual, "actual"),
];
const BLOCK_FIELDS: &[(BlockField, &str)] = &[
    (BlockField::Caption, "caption"),
    (BlockField::Weight, "weight"),
    (BlockField::Score, "score"),
];
const STATED_FIELDS: &[(StatedField, &str)] = &[
    (StatedField::Title, "title"),
    (StatedField::TotalWeight, "total_weight"),
    (StatedField::TotalScore, "total_score"),
    (StatedField::Rating, "rating"),
    (StatedField::MoneyUnit, "money_unit"),
];
const PAPER_HEAD: &[(PaperCell, &str)] = &[
    (PaperCell::Reviewer, "reviewer"),
    (PaperCell::Date, "date"),
    (PaperCell::Opinion, "opinion"),
];
const PAPER_FIELDS: &[(PaperField, &str)] = &[
    (PaperField::Actual, "actual"),
    (PaperField::Score, "score"),
    (PaperField::Note, "note"),
];

fn key_of<F: PartialEq>(fields: &[(F, &'static str)], field: &F) -> Option<&'static str> {
    fields
        .iter()
        .find(|(known, _)| known == field)
        .map(|(_, key)| *key)
}

fn field_of<F: Clone>(fields: &[(F, &str)], key: &str) -> Option<F> {
    fields
        .iter()
        .find(|(_, known)| *known == key)
        .map(|(field, _)| field.clone())
}

impl fmt::Display for CellPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", self.project)?;
        match &self.place {
            Place::Whole => f.write_str("whole"),
            Place::Header(key) => write!(f, "header/{key}"),
            Place::Fund(id, key) => write!(f, "fund/{id}/{key}"),
            Place::Goal(id, GoalField::Text(key)) => write!(f, "goal/{id}/text/{key}"),
            Place::Goal(id, field) => {
                write!(
                    f,
                    "goal/{id}/{}",
                    key_of(GOAL_FIELDS, field).unwrap_or_default()
                )
            }
            Place::Section(id, field) => {
                write!(
                    f,
                    "section/{id}/{}",
                    key_of(BLOCK_FIELDS, field).unwrap_or_default()
                )
            }
            Place::Group(id, field) => {
                write!(
                    f,
                    "group/{id}/{}",
                    key_of(BLOCK_FIELDS, field).unwrap_or_default()
                )
            }
            Place::Indicator(id, IndicatorField::Extra(key)) => {
                write!(f, "indicator/{id}/extra/{key}")
            }
            Place::Indicator(id, field) => {
                let key = key_of(INDICATOR_FIELDS, field).unwrap_or_default();
                write!(f, "indicator/{id}/{key}")
            }
            Place::Reason(id) => write!(f, "reason/{id}"),
            Place::Stated(StatedField::Footnote(index)) => write!(f, "stated/footnote/{index}"),
            Place::Stated(field) => {
                write!(
                    f,
                    "stated/{}",
                    key_of(STATED_FIELDS, field).unwrap_or_default()
                )
            }
            Place::Table(table, id, key) => write!(f, "table/{table}/{id}/{key}"),
            Place::Text(key) => write!(f, "text/{key}"),
            Place::Footer(key) => write!(f, "footer/{key}"),
            Place::Paper(cell) => write_paper_cell(f, *cell),
        }
    }
}

fn write_paper_cell(f: &mut fmt::Formatter<'_>, cell: PaperCell) -> fmt::Result {
    let PaperCell::Line(subject, field) = cell else {
        let key = key_of(PAPER_HEAD, &cell).unwrap_or_default();
        return write!(f, "paper/{key}");
    };
    let key = key_of(PAPER_FIELDS, &field).unwrap_or_default();
    match subject {
        PaperSubject::Execution => write!(f, "paper/execution/{key}"),
        PaperSubject::Group(id) => write!(f, "paper/group/{id}/{key}"),
        PaperSubject::Indicator(id) => write!(f, "paper/indicator/{id}/{key}"),
    }
}

/// A text that is not the address of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("不是有效的单元格地址")]
pub struct BadPath;

impl FromStr for CellPath {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<Self, BadPath> {
        let parts: Vec<&str> = text.split('/').collect();
        let (project, place) = parts.split_first().ok_or(BadPath)?;
        Ok(Self {
            project: project.parse().map_err(|_| BadPath)?,
            place: read_place(place).ok_or(BadPath)?,
        })
    }
}

fn read_place(parts: &[&str]) -> Option<Place> {
    fn id<T>(text: &str) -> Option<Id<T>> {
        text.parse().ok()
    }
    Some(match *parts {
        ["whole"] => Place::Whole,
        ["header", key] => Place::Header(key.into()),
        ["fund", row, key] => Place::Fund(id(row)?, key.into()),
        ["goal", goal, "text", key] => Place::Goal(id(goal)?, GoalField::Text(key.into())),
        ["goal", goal, key] => Place::Goal(id(goal)?, field_of(GOAL_FIELDS, key)?),
        ["section", section, key] => Place::Section(id(section)?, field_of(BLOCK_FIELDS, key)?),
        ["group", group, key] => Place::Group(id(group)?, field_of(BLOCK_FIELDS, key)?),
        ["indicator", row, "extra", key] => {
            Place::Indicator(id(row)?, IndicatorField::Extra(key.into()))
        }
        ["indicator", row, key] => Place::Indicator(id(row)?, field_of(INDICATOR_FIELDS, key)?),
        ["reason", reason] => Place::Reason(id(reason)?),
        ["stated", "footnote", index] => Place::Stated(StatedField::Footnote(index.parse().ok()?)),
        ["stated", key] => Place::Stated(field_of(STATED_FIELDS, key)?),
        ["table", table, row, key] => Place::Table(table.into(), id(row)?, key.into()),
        ["text", key] => Place::Text(key.into()),
        ["footer", key] => Place::Footer(key.into()),
        ["paper", key] => Place::Paper(field_of(PAPER_HEAD, key)?),
        ["paper", ref subject @ .., key] => {
            let subject = match *subject {
                ["execution"] => PaperSubject::Execution,
                ["group", group] => PaperSubject::Group(id(group)?),
                ["indicator", row] => PaperSubject::Indicator(id(row)?),
                _ => return None,
            };
            Place::Paper(PaperCell::Line(subject, field_of(PAPER_FIELDS, key)?))
        }
        _ => return None,
    })
}

impl Serialize for CellPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CellPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for CellPath {
    fn schema_name() -> Cow<'static, str> {
        "CellPath".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

impl FieldValue for CellPath {
    fn is_blank(&self) -> bool {
        false
    }

    fn missing() -> Option<Self> {
        None
    }
}

impl Project {
    /// Whether the stage lets anybody type into the cell. The working paper is written when the form is handed in, so it is
    /// never locked.
    pub fn is_open(&self, place: &Place) -> bool {
        matches!(place, Place::Paper(_)) || self.stage.is_editable()
    }

    /// The address of a place in this project.
    pub fn at(&self, place: Place) -> CellPath {
        CellPath {
            project: self.id,
            place,
        }
    }

    /// The address of a cell of an indicator row.
    pub fn at_indicator(&self, row: &Indicator, field: IndicatorField) -> CellPath {
        self.at(Place::Indicator(row.id, field))
    }

    /// The text of a cell as typed; `None` where the place does not exist in this project.
    pub fn cell_text(&self, place: &Place) -> Option<Cow<'_, str>> {
        Some(match place {
            Place::Whole => return None,
            Place::Header(key) => self.header(key).into(),
            Place::Fund(id, key) => {
                let row = self.fund_row(*id)?;
                match key.as_str() {
                    "name" => row.name.as_str().into(),
                    "remark" => (&*row.remark).into(),
                    column => row.figure(column).text().into(),
                }
            }
            Place::Goal(id, field) => {
                let goal = self.goals.iter().find(|goal| goal.id == *id)?;
                match field {
                    GoalField::Caption => goal.caption.as_str().into(),
                    GoalField::Weight => goal.weight.text().into(),
                    GoalField::Expected => (&*goal.expected).into(),
                    GoalField::Actual => (&*goal.actual).into(),
                    GoalField::Text(key) => goal.texts.get(key).map_or("", |text| text).into(),
                }
            }
            Place::Section(id, field) => {
                let section = self.section(*id)?;
                match field {
                    BlockField::Caption => section.caption.as_str().into(),
                    BlockField::Weight => section.weight.text().into(),
                    BlockField::Score => section.score.text().into(),
                }
            }
            Place::Group(id, field) => {
                let group = self.groups().find(|view| view.group.id == *id)?.group;
                match field {
                    BlockField::Caption => group.caption.as_str().into(),
                    BlockField::Weight => group.weight.text().into(),
                    BlockField::Score => group.score.text().into(),
                }
            }
            Place::Indicator(id, field) => {
                let row = self.rows().find(|view| view.indicator.id == *id)?.indicator;
                row.cell_text(field)
            }
            Place::Reason(id) => (&*self.reason(*id)?.text).into(),
            Place::Stated(field) => self.stated_text(*field)?,
            Place::Table(table, id, key) => {
                let row = self.tables.get(table)?.iter().find(|row| row.id == *id)?;
                row.cells.get(key).map_or("", |text| text).into()
            }
            Place::Text(key) => self.texts.get(key).map_or("", |text| text).into(),
            Place::Footer(key) => self.footer.get(key).map_or("", |text| text).into(),
            Place::Paper(cell) => self.paper_text(*cell)?.into(),
        })
    }

    /// The first-level section with this id.
    pub fn section(&self, id: Id<Section>) -> Option<&Section> {
        self.goals
            .iter()
            .flat_map(|goal| goal.sections.iter())
            .find(|section| section.id == id)
            .map(|section| &**section)
    }

    /// The shared reason with this id.
    pub fn reason(&self, id: Id<SharedReason>) -> Option<&SharedReason> {
        self.goals
            .iter()
            .flat_map(|goal| goal.reasons.iter())
            .find(|reason| reason.id == id)
            .map(|reason| &**reason)
    }

    fn stated_text(&self, field: StatedField) -> Option<Cow<'_, str>> {
        let stated = &self.stated;
        Some(match field {
            StatedField::Title => stated.title.as_str().into(),
            StatedField::TotalWeight => stated.total_weight.text().into(),
            StatedField::TotalScore => stated.total_score.text().into(),
            StatedField::Rating => stated.rating.text().into(),
            StatedField::MoneyUnit => stated.money_unit.as_str().into(),
            StatedField::Footnote(index) => stated.footnotes.get(index)?.as_str().into(),
        })
    }
}

impl Indicator {
    /// The text of one of the row's cells as typed.
    pub fn cell_text(&self, field: &IndicatorField) -> Cow<'_, str> {
        match field {
            IndicatorField::Name => self.name.as_str().into(),
            IndicatorField::Nature => self.nature.text().into(),
            IndicatorField::Target => self.target.text().into(),
            IndicatorField::Unit => self.unit.as_str().into(),
            IndicatorField::Actual => self.actual.text().into(),
            IndicatorField::Tier => self
                .tier
                .map_or(Cow::Borrowed(""), |tier| tier.to_string().into()),
            IndicatorField::Weight => self.weight.text().into(),
            IndicatorField::Score => self.score.text().into(),
            IndicatorField::Deviation => (&*self.deviation).into(),
            IndicatorField::Extra(key) => self.extra.get(key).map_or("", |text| text).into(),
        }
    }
}

impl CellPath {
    /// The address in words: "绩效指标 · 数量指标 第11行 年度课题数量 · 实际完成值". The project's name is not repeated.
    pub fn in_words(&self, project: &Project, edition: &Edition) -> String {
        match &self.place {
            Place::Whole => "整份表".into(),
            Place::Header(key) => format!("基本信息 · {}", edition.header_caption(key)),
            Place::Fund(id, key) => {
                let row = project.fund_row(*id);
                let name = row.map_or("（已删除的行）", |row| &row.name);
                format!("资金 · {name} · {}", edition.fund_caption(key))
            }
            Place::Goal(id, field) => goal_in_words(project, edition, *id, field),
            Place::Section(id, field) => {
                let name = project
                    .section(*id)
                    .map_or("（已删除的指标）", Section::name);
                format!("绩效指标 · {name} · {}", edition.block_caption(*field))
            }
            Place::Group(id, field) => {
                let view = project.groups().find(|view| view.group.id == *id);
                let name = view.map_or("（已删除的指标）", |view| view.group.name());
                format!("绩效指标 · {name} · {}", edition.block_caption(*field))
            }
            Place::Indicator(id, field) => indicator_in_words(project, edition, *id, field),
            Place::Reason(id) => reason_in_words(project, edition, *id),
            Place::Stated(field) => match field {
                StatedField::Title => "表头 · 标题".into(),
                StatedField::TotalWeight => "总分 · 分值".into(),
                StatedField::TotalScore => "总分 · 得分".into(),
                StatedField::Rating => "评价等级".into(),
                StatedField::MoneyUnit => "表头 · 金额单位".into(),
                StatedField::Footnote(index) => format!("表下注释 · 第{}条", index + 1),
            },
            Place::Table(table, id, key) => table_in_words(project, edition, table, *id, key),
            Place::Text(key) => edition.text_caption(key).to_owned(),
            Place::Footer(key) => format!("表尾 · {}", edition.footer_caption(key)),
            Place::Paper(cell) => paper_in_words(project, *cell),
        }
    }
}

impl CellPath {
    /// The row or block that the cell belongs to, in words: [`in_words`](Self::in_words) without the cell's own caption.
    pub fn row_in_words(&self, project: &Project, edition: &Edition) -> String {
        let words = self.in_words(project, edition);
        let has_row = !matches!(
            self.place,
            Place::Whole | Place::Header(_) | Place::Stated(_) | Place::Text(_) | Place::Footer(_)
        );
        match words.rsplit_once(" · ").filter(|_| has_row) {
            Some((row, _)) => row.to_owned(),
            None => words,
        }
    }
}

fn paper_in_words(project: &Project, cell: PaperCell) -> String {
    let caption = cell.caption();
    let PaperCell::Line(subject, _) = cell else {
        return format!("复核底稿 · {caption}");
    };
    let name = match subject {
        PaperSubject::Execution => Some("预算执行率"),
        PaperSubject::Group(id) => {
            let view = project.groups().find(|view| view.group.id == id);
            view.map(|view| view.group.name())
        }
        PaperSubject::Indicator(id) => {
            let view = project.rows().find(|view| view.indicator.id == id);
            view.map(|view| view.indicator.name.as_str())
        }
    };
    let name = name.unwrap_or("（已删除的指标）");
    format!("复核底稿 · {name} · {caption}")
}

fn goal_in_words(project: &Project, edition: &Edition, id: Id<Goal>, field: &GoalField) -> String {
    let caption = match field {
        GoalField::Caption => "标题",
        GoalField::Weight => "分值",
        GoalField::Expected => &edition.goals.expected.caption,
        GoalField::Actual => edition.goals.actual_caption(),
        GoalField::Text(key) => edition.goal_caption(key),
    };
    let number = project.goals.position(|goal| goal.id == id);
    match number {
        Some(number) if project.goals.len() > 1 => {
            format!("{}{} · {caption}", edition.goals.caption, number + 1)
        }
        _ => format!("{} · {caption}", edition.goals.caption),
    }
}

fn indicator_in_words(
    project: &Project,
    edition: &Edition,
    id: Id<Indicator>,
    field: &IndicatorField,
) -> String {
    let caption = match field {
        IndicatorField::Tier => "完成档次",
        IndicatorField::Extra(key) => edition.extra_caption(key),
        _ => edition.indicator_caption(IndicatorRole::of(field)),
    };
    let Some(view) = project.rows().find(|view| view.indicator.id == id) else {
        return format!("绩效指标 · （已删除的行） · {caption}");
    };
    let group = view.group.name();
    let number = view.number;
    match trim(&view.indicator.name) {
        "" => format!("绩效指标 · {group} 第{number}行 · {caption}"),
        name => format!("绩效指标 · {group} 第{number}行 {name} · {caption}"),
    }
}

fn reason_in_words(project: &Project, edition: &Edition, id: Id<SharedReason>) -> String {
    let caption = edition.indicator_caption(IndicatorRole::Deviation);
    let spanned = project.reason(id).map(|reason| {
        if let Some(section) = reason.section.and_then(|id| project.section(id)) {
            return section.name().to_owned();
        }
        match project
            .groups()
            .find(|view| Some(view.group.id) == reason.group)
        {
            Some(view) => view.group.name().to_owned(),
            None => format!("{}行合并单元格", reason.rows.len()),
        }
    });
    match spanned {
        Some(spanned) => format!("绩效指标 · {spanned} · {caption}"),
        None => format!("绩效指标 · {caption}"),
    }
}

fn table_in_words(
    project: &Project,
    edition: &Edition,
    table: &str,
    id: Id<TableRow>,
    key: &str,
) -> String {
    let row = project
        .tables
        .get(table)
        .and_then(|rows| rows.iter().find(|row| row.id == id));
    let layout = edition.tables.iter().find(|layout| layout.key == table);
    let caption = layout.map_or(table, |layout| &layout.caption);
    let row_name = layout
        .zip(row)
        .and_then(|(layout, row)| layout.rows.iter().find(|known| known.key == row.key))
        .map_or("", |known| &known.caption);
    let column = layout
        .and_then(|layout| layout.columns.iter().find(|known| known.key == key))
        .map_or(key, |known| &known.caption);
    format!("{caption} · {row_name} · {column}")
}
