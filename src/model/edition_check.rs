//! What is wrong with an edition, beyond what its JSON types refuse. Editions are written by hand and come by mail, so every
//! problem names the place in the file and what to do, in the words of the person who maintains the file.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use self::scoring::sum;
use super::{
    derived::MAX_NESTING,
    edition::{
        Edition, FieldKind, FieldLayout, FirstLevel, FundColumn, FundRole, IndicatorRole, ScoredBy,
    },
    numeral::{MAX_DECIMALS, plain},
    policy::GoalWeights,
    project::header,
    typed::trim,
};

mod scoring;

/// More columns than any form has on paper.
const MOST_COLUMNS: usize = 40;

impl Edition {
    /// Everything that keeps the edition from being used, in the order of the file; empty for a sound one.
    pub fn problems(&self) -> Vec<String> {
        let faults = self.faults().into_iter();
        faults
            .map(|Fault { place, what }| format!("{place}：{what}"))
            .collect()
    }

    /// The same as [`Self::problems`], with the places apart.
    pub fn faults(&self) -> Vec<Fault> {
        let mut problems = Problems::default();
        check_identity(self, &mut problems);
        check_title(self, &mut problems);
        check_fields(self, &mut problems);
        check_fund_columns(self, &mut problems);
        check_fund_rows(self, &mut problems);
        check_goals(self, &mut problems);
        check_indicator_columns(self, &mut problems);
        check_levels(self, &mut problems);
        check_tables(self, &mut problems);
        scoring::check(self, &mut problems);
        problems.0
    }

    /// Whether its thresholds agree with each other: those of a profile are looked at without the rest.
    pub fn thresholds_agree(&self) -> bool {
        let mut problems = Problems::default();
        scoring::check_thresholds(self, &mut problems);
        problems.0.is_empty()
    }
}

/// What is wrong at one place of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The place in the JSON (`funds.columns[2].caption`).
    pub place: String,
    /// What is wrong and what to do, in the words of the person who maintains the file.
    pub what: String,
}

/// The list being made.
#[derive(Default)]
struct Problems(Vec<Fault>);

impl Problems {
    /// Notes that `place` is wrong.
    fn at(&mut self, place: impl AsRef<str>, what: impl AsRef<str>) {
        self.0.push(Fault {
            place: place.as_ref().to_owned(),
            what: what.as_ref().to_owned(),
        });
    }

    fn at_unless(&mut self, sound: bool, place: &str, what: &str) {
        if !sound {
            self.at(place, what);
        }
    }

    /// Notes keys that cannot be an address of a field, or that stand twice.
    fn keys<'a>(&mut self, place: &str, keys: impl IntoIterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for (index, key) in keys.into_iter().enumerate() {
            let place = format!("{place}[{index}].key");
            if !is_key(key) {
                let what = format!(
                    "“{key}”不能用作键，请用小写字母开头、由小写字母、数字和下划线组成的词"
                );
                self.at(place, what);
            } else if !seen.insert(key) {
                self.at(place, format!("“{key}”重复，请改用另一个键"));
            }
        }
    }

    fn captions<'a>(&mut self, place: &str, captions: impl IntoIterator<Item = &'a str>) {
        for (index, caption) in captions.into_iter().enumerate() {
            if trim(caption).is_empty() {
                self.at(format!("{place}[{index}].caption"), "标题为空，请填写");
            }
        }
    }
}

/// Keys stand between slashes in addresses of fields, so they are plain words.
fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn check_identity(edition: &Edition, problems: &mut Problems) {
    let id = &edition.id;
    let plain_id = !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    problems.at_unless(
        plain_id,
        "id",
        "表样标识只能由小写字母、数字和连字符组成，如 shenzhen-2020",
    );
    for (place, text) in [
        ("name", &edition.name),
        ("region", &edition.region),
        ("source", &edition.source),
    ] {
        problems.at_unless(!trim(text).is_empty(), place, "不能为空，请填写");
    }
    if let (Some(from), Some(to)) = (edition.years.from, edition.years.to)
        && from > to
    {
        problems.at("years", format!("起始年度{from}晚于终止年度{to}，请对调"));
    }
}

fn check_title(edition: &Edition, problems: &mut Problems) {
    let title = &edition.title;
    let rest = title.replacen("{year}", "", 1);
    if trim(&rest).is_empty() || rest.contains(['{', '}']) {
        let what = format!("“{title}”无法识别，请写标题文字，其中只可有一处 {{year}} 代表年度");
        problems.at("title", what);
    }
    let has_year = edition.header.iter().any(|field| field.key == header::YEAR);
    if title.contains("{year}") && !has_year {
        problems.at(
            "title",
            "含 {year}，但 header 中没有 key 为 year 的字段，请补上",
        );
    }
}

fn check_fields(edition: &Edition, problems: &mut Problems) {
    for (place, fields) in [
        ("header", &edition.header),
        ("texts", &edition.texts),
        ("footer", &edition.footer),
        ("goals.extra", &edition.goals.extra),
    ] {
        check_field_list(place, fields, problems);
    }
    check_field("goals.expected", &edition.goals.expected, problems);
    if edition.goals.has_actual() {
        check_field("goals.actual", &edition.goals.actual, problems);
    }
    let named = edition
        .header
        .iter()
        .any(|field| field.key == header::PROJECT_NAME);
    problems.at_unless(
        named,
        "header",
        "没有 key 为 project_name 的字段，请补上项目名称",
    );
}

fn check_field_list(place: &str, fields: &[FieldLayout], problems: &mut Problems) {
    problems.keys(place, fields.iter().map(|field| field.key.as_str()));
    for (index, field) in fields.iter().enumerate() {
        check_field(&format!("{place}[{index}]"), field, problems);
    }
}

fn check_field(place: &str, field: &FieldLayout, problems: &mut Problems) {
    if trim(&field.caption).is_empty() {
        problems.at(format!("{place}.caption"), "标题为空，请填写");
    }
    let chosen = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
    if chosen && field.options.is_empty() {
        problems.at(
            format!("{place}.options"),
            "可选字段没有选项，请列出选项或改 kind",
        );
    }
    if !chosen && !field.options.is_empty() {
        problems.at(
            format!("{place}.options"),
            "列有选项，但 kind 不是 choice 或 choices，请改 kind 或删去选项",
        );
    }
    if field.limit == Some(0) {
        problems.at(
            format!("{place}.limit"),
            "字数上限为0，请写实际上限或删去此项",
        );
    }
}

fn check_fund_columns(edition: &Edition, problems: &mut Problems) {
    let columns = &edition.funds.columns;
    if columns.len() > MOST_COLUMNS {
        problems.at(
            "funds.columns",
            format!("列数超过{MOST_COLUMNS}，请删去多余的列"),
        );
        return;
    }
    problems.keys(
        "funds.columns",
        columns.iter().map(|column| column.key.as_str()),
    );
    problems.captions(
        "funds.columns",
        columns.iter().map(|column| column.caption.as_str()),
    );
    for (index, column) in columns.iter().enumerate() {
        let place = format!("funds.columns[{index}]");
        check_reserved_key(&place, column, problems);
        check_formula(&place, column, edition, problems);
        if column.decimals.is_some_and(|digits| digits > MAX_DECIMALS) {
            problems.at(
                format!("{place}.decimals"),
                format!("小数位数过多，最多{MAX_DECIMALS}位"),
            );
        }
    }
    for role in [FundRole::Weight, FundRole::Score, FundRole::Remark] {
        let several = columns.iter().filter(|column| column.role == role).count() > 1;
        if several {
            problems.at(
                "funds.columns",
                format!("有多列的 role 是{}，只能有一列", fund_role_key(role)),
            );
        }
    }
}

/// "name" and "remark" address the row's own caption and reason.
fn check_reserved_key(place: &str, column: &FundColumn, problems: &mut Problems) {
    let is_remark = column.role == FundRole::Remark;
    if is_remark != (column.key == "remark") {
        problems.at(
            format!("{place}.key"),
            "remark 专用于 role 为 remark 的列，请让两者一致",
        );
    }
    if column.key == "name" {
        problems.at(
            format!("{place}.key"),
            "name 专指资金行的名称，请改用另一个键",
        );
    }
}

fn fund_role_key(role: FundRole) -> &'static str {
    match role {
        FundRole::Amount => "amount",
        FundRole::Rate => "rate",
        FundRole::Weight => "weight",
        FundRole::Score => "score",
        FundRole::Remark => "remark",
    }
}

fn check_formula(place: &str, column: &FundColumn, edition: &Edition, problems: &mut Problems) {
    let Some(formula) = &column.formula else {
        return;
    };
    let place = format!("{place}.formula");
    let operands = formula.operands();
    let distinct: BTreeSet<_> = operands.iter().collect();
    if operands.is_empty() || distinct.len() < operands.len() {
        problems.at(&place, "应列出参加计算的列，且不重复，请改正或删去公式");
    }
    for operand in operands {
        if edition.fund_column_named(operand).is_none() {
            problems.at(
                &place,
                format!("列“{operand}”不存在，请改为 funds.columns 中的键"),
            );
        }
    }
    if follows_from_itself(edition, &column.key) {
        problems.at(
            &place,
            format!("列“{}”的公式绕回自身，请改用其他列", column.key),
        );
    } else if nesting(edition, &column.key, MAX_NESTING).is_none() {
        problems.at(
            &place,
            format!("公式套用公式超过{MAX_NESTING}层，请直接写出所用的列"),
        );
    }
}

/// How many formulas have to be computed one after the other for a column; `None` where more than `most`.
fn nesting(edition: &Edition, key: &str, most: usize) -> Option<usize> {
    let formula = edition
        .fund_column_named(key)
        .and_then(|column| column.formula.as_ref());
    let Some(formula) = formula else {
        return Some(0);
    };
    let left = most.checked_sub(1)?;
    let mut deepest = 0;
    for operand in formula.operands() {
        deepest = deepest.max(nesting(edition, operand, left)?);
    }
    Some(deepest + 1)
}

/// Whether the derived column `key` needs its own value.
fn follows_from_itself(edition: &Edition, key: &str) -> bool {
    let mut reached = BTreeSet::new();
    let mut open = vec![key];
    while let Some(next) = open.pop() {
        let formula = edition
            .fund_column_named(next)
            .and_then(|column| column.formula.as_ref());
        for operand in formula
            .map(|formula| formula.operands())
            .unwrap_or_default()
        {
            if operand == key {
                return true;
            }
            if reached.insert(operand) {
                open.push(operand);
            }
        }
    }
    false
}

fn check_fund_rows(edition: &Edition, problems: &mut Problems) {
    let rows = &edition.funds.rows;
    problems.keys("funds.rows", rows.iter().map(|row| row.key.as_str()));
    problems.captions("funds.rows", rows.iter().map(|row| row.caption.as_str()));
    let scored = rows.iter().filter(|row| row.scored).count();
    if scored > 1 {
        problems.at(
            "funds.rows",
            "有多行标为 scored，只有一行可以计分，请删去其余",
        );
    }
    if scored == 0 && edition.scoring.execution.weight > Decimal::ZERO {
        problems.at(
            "funds.rows",
            "预算执行率计分，但没有一行标为 scored，请标明",
        );
    }
    for (index, split) in edition.funds.splits.iter().enumerate() {
        let place = format!("funds.splits[{index}]");
        for key in std::iter::once(&split.total).chain(&split.parts) {
            if !rows.iter().any(|row| row.key == *key) {
                problems.at(
                    &place,
                    format!("资金行“{key}”不存在，请改为 funds.rows 中的键"),
                );
            }
        }
        let distinct: BTreeSet<_> = split.parts.iter().collect();
        if split.parts.is_empty()
            || distinct.len() < split.parts.len()
            || distinct.contains(&split.total)
        {
            problems.at(&place, "parts 应列出各分项，不重复，也不含合计行本身");
        }
    }
}

fn check_goals(edition: &Edition, problems: &mut Problems) {
    let goals = &edition.goals;
    problems.at_unless(goals.most_blocks > 0, "goals.most_blocks", "至少为1");
    problems.at_unless(
        goals.blocks.len() <= goals.most_blocks as usize,
        "goals.blocks",
        "列出的目标块多于 most_blocks，请调整其一",
    );
    let preset: Vec<Decimal> = goals
        .blocks
        .iter()
        .filter_map(|block| block.weight)
        .collect();
    if !goals.weighted && !preset.is_empty() {
        problems.at(
            "goals.blocks",
            "写有分值，但 goals.weighted 不是 true，请统一",
        );
    }
    if !goals.weighted && edition.scoring.goal_weights == GoalWeights::Ratios {
        problems.at(
            "scoring.goal_weights",
            "为 ratios，但 goals.weighted 不是 true，请统一",
        );
    }
    if preset.iter().any(Decimal::is_sign_negative) {
        problems.at("goals.blocks", "分值不能为负数，请改正");
    }
    let total = edition.scoring.total;
    let sum = sum(preset
        .iter()
        .copied()
        .chain([edition.scoring.execution.weight]));
    let are_points = edition.scoring.goal_weights == GoalWeights::Points;
    if are_points && !preset.is_empty() && preset.len() == goals.blocks.len() && sum != total {
        problems.at(
            "goals.blocks",
            format!(
                "预算执行率和各目标块的分值合计{}，应为{}",
                plain(sum),
                plain(total)
            ),
        );
    }
}

fn check_indicator_columns(edition: &Edition, problems: &mut Problems) {
    let columns = &edition.indicators.columns;
    problems.captions(
        "indicators.columns",
        columns.iter().map(|column| column.caption.as_str()),
    );
    let mut roles = Vec::new();
    let mut keys = BTreeSet::new();
    for (index, column) in columns.iter().enumerate() {
        let place = format!("indicators.columns[{index}]");
        if column.limit == Some(0) || column.width == Some(0) {
            problems.at(&place, "limit 和 width 不能为0，请改正或删去");
        }
        if column.role != IndicatorRole::Extra {
            let key_place = format!("{place}.key");
            problems.at_unless(
                column.key.is_empty(),
                &key_place,
                "只有 role 为 extra 的列有键，请删去",
            );
            if roles.contains(&column.role) {
                problems.at(
                    format!("{place}.role"),
                    format!(
                        "“{}”的 role 与前面的列重复，请改为 extra 并给出键",
                        column.caption
                    ),
                );
            }
            roles.push(column.role);
        } else if !is_key(&column.key) {
            problems.at(
                format!("{place}.key"),
                format!(
                    "“{}”是 extra 列，需要由小写字母、数字和下划线组成的键",
                    column.caption
                ),
            );
        } else if !keys.insert(&column.key) {
            problems.at(
                format!("{place}.key"),
                format!("“{}”重复，请改用另一个键", column.key),
            );
        }
    }
    check_scored_columns(edition, problems);
}

fn check_scored_columns(edition: &Edition, problems: &mut Problems) {
    let layout = &edition.indicators;
    if layout.columns.is_empty() {
        problems.at_unless(
            layout.scored_by == ScoredBy::Nothing,
            "indicators.scored_by",
            "没有指标列时应为 nothing",
        );
        return;
    }
    problems.at_unless(
        edition.has_column(IndicatorRole::Name),
        "indicators.columns",
        "缺少 role 为 name 的三级指标列，请补上",
    );
    let score = edition.has_column(IndicatorRole::Score);
    let weight = edition.has_column(IndicatorRole::Weight);
    match layout.scored_by {
        ScoredBy::Nothing => problems.at_unless(
            !score && !weight,
            "indicators.scored_by",
            "为 nothing，但有分值或得分列，请统一",
        ),
        ScoredBy::Row | ScoredBy::Group => problems.at_unless(
            score,
            "indicators.columns",
            "缺少 role 为 score 的得分列；不计分的表样请把 scored_by 设为 nothing",
        ),
    }
}

fn check_levels(edition: &Edition, problems: &mut Problems) {
    let levels = &edition.indicators.levels;
    if !levels.is_empty() && !edition.has_column(IndicatorRole::Level1) {
        problems.at(
            "indicators.levels",
            "有一级指标，但没有 role 为 level1 的列",
        );
    }
    let with_children = levels.iter().any(|level| !level.children.is_empty());
    if with_children && !edition.has_column(IndicatorRole::Level2) {
        problems.at(
            "indicators.levels",
            "有二级指标，但没有 role 为 level2 的列",
        );
    }
    let mut names = Names::default();
    for (index, level) in levels.iter().enumerate() {
        let place = format!("indicators.levels[{index}]");
        names.check(&place, &level.name, &level.aliases, problems);
        let mut children = Names::default();
        for (child_index, child) in level.children.iter().enumerate() {
            let place = format!("{place}.children[{child_index}]");
            children.check(&place, &child.name, &child.aliases, problems);
        }
        check_preset_children(edition, &place, level, problems);
    }
}

/// Names and aliases of one list of levels.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn check(&mut self, place: &str, name: &str, aliases: &[String], problems: &mut Problems) {
        for name in std::iter::once(name).chain(aliases.iter().map(String::as_str)) {
            if trim(name).is_empty() {
                problems.at(place, "指标名称或别名为空，请填写或删去");
            } else if !self.0.insert(name.to_owned()) {
                problems.at(place, format!("指标名称“{name}”重复，请改名或删去别名"));
            }
        }
    }
}

fn check_preset_children(
    edition: &Edition,
    place: &str,
    level: &FirstLevel,
    problems: &mut Problems,
) {
    let preset: Vec<Decimal> = level
        .children
        .iter()
        .filter_map(|child| child.weight)
        .collect();
    if preset.iter().any(Decimal::is_sign_negative) {
        problems.at(
            format!("{place}.children"),
            "二级指标分值不能为负数，请改正",
        );
        return;
    }
    let Some(points) = edition
        .default_weights()
        .get(level.name.as_str())
        .copied()
        .filter(|_| !preset.is_empty())
    else {
        return;
    };
    let sum = sum(preset.iter().copied());
    let complete = preset.len() == level.children.len();
    if sum > points || (complete && sum != points) {
        problems.at(
            format!("{place}.children"),
            format!(
                "二级指标分值合计{}，与“{}”的{}分不符，请调整",
                plain(sum),
                level.name,
                plain(points)
            ),
        );
    }
}

fn check_tables(edition: &Edition, problems: &mut Problems) {
    problems.keys(
        "tables",
        edition.tables.iter().map(|table| table.key.as_str()),
    );
    problems.captions(
        "tables",
        edition.tables.iter().map(|table| table.caption.as_str()),
    );
    for (index, table) in edition.tables.iter().enumerate() {
        let place = format!("tables[{index}]");
        check_field_list(&format!("{place}.columns"), &table.columns, problems);
        let rows = format!("{place}.rows");
        problems.keys(&rows, table.rows.iter().map(|row| row.key.as_str()));
        problems.captions(&rows, table.rows.iter().map(|row| row.caption.as_str()));
        if table.rows.is_empty() && !table.free_rows {
            problems.at(rows, "没有固定行，也不允许增行，请列出行或设 free_rows");
        }
    }
}
