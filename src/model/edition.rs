//! 表样: what a form of one region and year looks like and how it is scored. An edition is a JSON file; a new province or
//! year needs no Rust. How it is scored stands in [`super::policy`].

use std::{collections::BTreeMap, fmt};

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    figure::MoneyUnit,
    monitoring,
    path::BlockField,
    policy::{CheckPolicy, ScoringPolicy},
    project::{EditionRef, fund, header},
    typed::trim,
};
pub use super::{
    layout::{
        FieldKind, FieldLayout, Formula, FundColumn, FundLayout, FundRole, FundRowLayout,
        FundSplit, GoalBlock, GoalLayout, Need, TableLayout, TableRowLayout, TotalLayout,
        TotalPlace,
    },
    levels::{
        FirstLevel, IndicatorColumn, IndicatorLayout, IndicatorRole, ScoredBy, SecondLevel, Sense,
    },
};

/// An edition of the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Stable id such as "shenzhen-2020".
    pub id: String,
    /// Name in the chooser.
    pub name: String,
    /// Title printed above the form. "{year}" stands for the year field of the header, which is then not printed again.
    pub title: String,
    /// 报表编号, where the form has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub form_no: String,
    /// Region whose finance bureau issued the form.
    pub region: String,
    /// The years the form is meant for.
    pub years: Years,
    /// How well the edition is known.
    pub status: EditionStatus,
    /// What the edition was made from.
    pub source: String,
    /// What is not known of it, or not compared with a whole form: short sentences. One that is [`EditionStatus::Verified`]
    /// may have some, too, such as a footnote that was not read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
    /// Orientation of the printed form.
    #[serde(default)]
    pub page: Orientation,
    /// The unit in which the form states money.
    pub money_unit: MoneyUnit,
    /// Header fields in printed order.
    pub header: Vec<FieldLayout>,
    /// 项目资金
    pub funds: FundLayout,
    /// 年度总体目标
    pub goals: GoalLayout,
    /// 绩效指标
    pub indicators: IndicatorLayout,
    /// Further tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<TableLayout>,
    /// Further texts beneath the indicator table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<FieldLayout>,
    /// The total row.
    #[serde(default)]
    pub totals: TotalLayout,
    /// Fields at the foot (项目负责人 …).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footer: Vec<FieldLayout>,
    /// Footnotes printed beneath.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<String>,
    /// How scores are computed.
    #[serde(default)]
    pub scoring: ScoringPolicy,
    /// Thresholds of the checks.
    #[serde(default)]
    pub checks: CheckPolicy,
}

/// First and last year of validity; open where not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// First year.
    pub from: Option<i16>,
    /// Last year.
    pub to: Option<i16>,
}

/// How well an edition is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EditionStatus {
    /// 已核对: taken from a whole form.
    Verified,
    /// 参考表样（未核对）: parts are not known.
    Reference,
    /// Draft, not offered to users.
    Draft,
}

impl fmt::Display for EditionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Verified => "已核对",
            Self::Reference => "参考表样（未核对）",
            Self::Draft => "草稿",
        })
    }
}

/// Page orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// 纵向
    #[default]
    Portrait,
    /// 横向
    Landscape,
}

impl Edition {
    /// The content hash: SHA-256 over the edition's canonical JSON, the first 16 hexadecimal digits.
    ///
    /// Policies that say what the default says are left out of it, so that a policy added to the program later does not
    /// change the hash of every edition that documents refer to. For the same reason a default, once shipped, stays.
    pub fn hash(&self) -> String {
        let mut canonical = serde_json::to_value(self).unwrap_or_default();
        let defaults = serde_json::json!({
            "scoring": ScoringPolicy::default(),
            "checks": CheckPolicy::default(),
        });
        leave_out_defaults(&mut canonical, &defaults);
        canonical.sort_all_objects();
        Sha256::digest(canonical.to_string())
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The JSON Schema of edition files, published as `assets/schemas/edition.schema.json`.
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(Self)
    }

    /// The reference a project keeps to this edition.
    pub fn reference(&self) -> EditionRef {
        EditionRef {
            id: self.id.clone(),
            hash: self.hash(),
            unknown: Default::default(),
        }
    }

    /// What a person should know before a form on this edition is handed in; `None` where it was compared with a whole form.
    pub fn caution(&self) -> Option<String> {
        if self.status == EditionStatus::Verified {
            return None;
        }
        let gaps = match self.gaps.is_empty() {
            true => "没有与完整的原表对照过".to_owned(),
            false => self
                .gaps
                .iter()
                .map(|gap| gap.trim_end_matches(['。', '；', '，']))
                .collect::<Vec<_>>()
                .join("；"),
        };
        Some(format!("表样未核对：{gaps}。报送前请与财政局的表对照"))
    }

    /// The first-level indicator that a caption names.
    pub fn first_level(&self, name: &str) -> Option<&FirstLevel> {
        let name = trim(name);
        self.indicators
            .levels
            .iter()
            .find(|level| level.name == name || level.aliases.iter().any(|alias| alias == name))
    }

    /// The second-level indicator that captions of both levels name.
    pub fn second_level(&self, first: &str, second: &str) -> Option<&SecondLevel> {
        let second = trim(second);
        self.first_level(first)?
            .children
            .iter()
            .find(|level| level.name == second || level.aliases.iter().any(|alias| alias == second))
    }

    /// What the indicators under these captions measure: as the edition says, else as the captions' words tell.
    pub fn sense(&self, first: &str, second: &str) -> Sense {
        let known = self
            .second_level(first, second)
            .map(|level| level.sense)
            .or_else(|| self.first_level(first).map(|level| level.sense));
        match known {
            Some(sense) if sense != Sense::Other => sense,
            _ => match Sense::of_caption(second) {
                Sense::Other => Sense::of_caption(first),
                sense => sense,
            },
        }
    }

    /// The key of the fund row that carries weight and score.
    pub fn scored_fund_row(&self) -> Option<&FundRowLayout> {
        self.funds.rows.iter().find(|row| row.scored)
    }

    /// The fund column with this role, where there is one.
    pub fn fund_column(&self, role: FundRole) -> Option<&FundColumn> {
        self.funds.columns.iter().find(|column| column.role == role)
    }

    /// The fund column with this key.
    pub fn fund_column_named(&self, key: &str) -> Option<&FundColumn> {
        self.funds.columns.iter().find(|column| column.key == key)
    }

    /// Those of the keys that name fund columns, each once.
    pub fn fund_columns_named<'k>(&self, keys: &[&'k str]) -> Vec<&'k str> {
        let mut columns: Vec<&str> = Vec::new();
        for key in keys {
            if self.fund_column_named(key).is_some() && !columns.contains(key) {
                columns.push(key);
            }
        }
        columns
    }

    /// Whether the indicator table has a column of this role.
    pub fn has_column(&self, role: IndicatorRole) -> bool {
        self.indicators
            .columns
            .iter()
            .any(|column| column.role == role)
    }

    /// The caption of a header field.
    pub fn header_caption<'a>(&'a self, key: &'a str) -> &'a str {
        caption_of(&self.header, key).unwrap_or(match key {
            header::PROJECT_NAME => "项目名称",
            header::PROJECT_CODE => "项目编码",
            header::YEAR => "实施年度",
            header::DEPARTMENT => "主管部门",
            header::UNIT => "实施单位",
            _ => monitoring::caption(key).unwrap_or(key),
        })
    }

    /// The caption of a fund column, "name" and "remark" included.
    pub fn fund_caption<'a>(&'a self, key: &'a str) -> &'a str {
        match key {
            "name" => "资金名称",
            "remark" => self
                .fund_column(FundRole::Remark)
                .map_or(fund::usual_caption(key), |column| &column.caption),
            _ => self
                .fund_column_named(key)
                .map_or(fund::usual_caption(key), |column| &column.caption),
        }
    }

    /// The caption of a further goal cell.
    pub fn goal_caption<'a>(&'a self, key: &'a str) -> &'a str {
        caption_of(&self.goals.extra, key)
            .or_else(|| monitoring::caption(key))
            .unwrap_or(key)
    }

    /// The caption of the first indicator column with this role, without the star that some forms print before columns to
    /// be filled in.
    pub fn indicator_caption(&self, role: IndicatorRole) -> &str {
        self.indicators
            .columns
            .iter()
            .find(|column| column.role == role)
            .map_or(role.usual_caption(), |column| {
                column.caption.trim_start_matches(['*', '＊'])
            })
    }

    /// The caption of a further indicator column.
    pub fn extra_caption<'a>(&'a self, key: &'a str) -> &'a str {
        self.indicators
            .columns
            .iter()
            .find(|column| column.role == IndicatorRole::Extra && column.key == key)
            .map(|column| column.caption.as_str())
            .or_else(|| monitoring::indicator_caption(key))
            .unwrap_or(key)
    }

    /// The caption of a cell of a section or group.
    pub fn block_caption(&self, field: BlockField) -> &str {
        match field {
            BlockField::Caption => "指标名称",
            BlockField::Weight => self.indicator_caption(IndicatorRole::Weight),
            BlockField::Score => self.indicator_caption(IndicatorRole::Score),
        }
    }

    /// The caption of a further text.
    pub fn text_caption<'a>(&'a self, key: &'a str) -> &'a str {
        caption_of(&self.texts, key).unwrap_or(key)
    }

    /// The caption of a field at the foot.
    pub fn footer_caption<'a>(&'a self, key: &'a str) -> &'a str {
        caption_of(&self.footer, key).unwrap_or(key)
    }

    /// The points of every first-level indicator by default, by name.
    pub fn default_weights(&self) -> BTreeMap<&str, Decimal> {
        self.scoring
            .weights
            .first()
            .map(|set| {
                set.levels
                    .iter()
                    .map(|(name, points)| (name.as_str(), *points))
                    .collect()
            })
            .unwrap_or_default()
    }
}

fn leave_out_defaults(value: &mut Value, defaults: &Value) {
    let (Value::Object(fields), Value::Object(defaults)) = (value, defaults) else {
        return;
    };
    for (name, default) in defaults {
        match fields.get_mut(name) {
            Some(field) if field == default => {
                fields.remove(name);
            }
            Some(field) => leave_out_defaults(field, default),
            None => {}
        }
    }
}

fn caption_of<'a>(fields: &'a [FieldLayout], key: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|field| field.key == key)
        .map(|field| field.caption.as_str())
}
