//! How every shipped edition scores: tables that a finance officer can read (`tests/editions/ID.md`), held against the program.
//!
//! A number is expected, or — where the program works out nothing. Headings of columns that are not named here are keys of
//! the edition's own columns.

use std::{collections::BTreeMap, fs, path::PathBuf};

use jiping::{
    model::{
        edition::{Edition, FundRole, ScoredBy},
        figure::{FigureCell, Rating},
        id::CountedIds,
        indicator::{Group, Indicator, Section},
        policy::{Rounding, WeightCondition, WeightSet},
        project::{Project, fund},
    },
    score::{GroupScore, ProjectScore, Share, execution_rate, rating, score_project},
    store::editions::EditionShelf,
};
use rust_decimal::Decimal;

/// One line of a table: the cells by their headings.
type Line = BTreeMap<String, String>;

/// The tables of a file by their titles.
type Tables = BTreeMap<String, Vec<Line>>;

const NOTHING: &str = "—";

#[test]
fn every_shipped_edition_scores_as_its_tables_say() {
    let mut faults = Vec::new();
    for shelved in EditionShelf::built_in().list() {
        let edition = &shelved.edition;
        let Some(text) = file_of(&edition.id) else {
            faults.push(format!("tests/editions/{}.md is missing", edition.id));
            continue;
        };
        let found = Checked::new(edition).check(&text);
        faults.extend(
            found
                .into_iter()
                .map(|fault| format!("{}: {fault}", edition.id)),
        );
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The driver itself finds what is wrong: in a number, a title, a set of weights that no line tells.
#[test]
fn a_wrong_table_is_noticed() {
    let shelf = EditionShelf::built_in();
    let shelved = shelf.list().iter();
    let mof = shelved
        .map(|shelved| &shelved.edition)
        .find(|edition| edition.id == "mof-2020")
        .expect("shipped");
    let text = file_of("mof-2020").expect("has a file");
    assert_eq!(Checked::new(mof).check(&text), [""; 0]);
    for (from, to, expected) in [
        ("| 9.5 |", "| 9.6 |", "9.6"),
        ("# 财政部", "# 某部", "某部"),
        ("| 通常 |", "| 有成本指标 |", "有成本指标"),
        ("## 定性", "## 定型", "定型"),
    ] {
        let wrong = text.replacen(from, to, 1);
        assert_ne!(wrong, text, "{from}");
        let found = Checked::new(mof).check(&wrong);
        assert!(
            found.iter().any(|fault| fault.contains(expected)),
            "{to}: {found:?}"
        );
    }
}

fn file_of(id: &str) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/editions");
    fs::read_to_string(folder.join(id).with_extension("md")).ok()
}

/// Title and tables of a file. What is no table is read by people only.
fn read(text: &str) -> (String, Tables) {
    let mut title = String::new();
    let mut tables = Tables::new();
    let mut open = String::new();
    let mut headings: Option<Vec<String>> = None;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("## ") {
            name.clone_into(&mut open);
            headings = None;
            tables.entry(open.clone()).or_default();
        } else if let Some(name) = line.strip_prefix("# ") {
            name.clone_into(&mut title);
        } else if line.starts_with('|') {
            let cells = line.trim_matches('|').split('|');
            let cells: Vec<String> = cells.map(|cell| cell.trim().to_owned()).collect();
            let is_rule = cells.iter().all(|cell| cell.chars().all(|c| c == '-'));
            match &headings {
                _ if is_rule => {}
                None => headings = Some(cells),
                Some(headings) => {
                    let line = headings.iter().cloned().zip(cells).collect();
                    tables.entry(open.clone()).or_default().push(line);
                }
            }
        }
    }
    (title, tables)
}

/// An edition and what its tables are found to say wrongly.
struct Checked<'e> {
    edition: &'e Edition,
    faults: Vec<String>,
}

impl<'e> Checked<'e> {
    fn new(edition: &'e Edition) -> Self {
        Self {
            edition,
            faults: Vec::new(),
        }
    }

    fn check(mut self, text: &str) -> Vec<String> {
        let (title, mut tables) = read(text);
        if title != self.edition.name {
            self.faults
                .push(format!("its title is not the name: {title}"));
        }
        let scored = self.is_scored();
        if tables.len() < if scored { 3 } else { 1 } {
            self.faults.push("has too few tables".into());
        }
        self.weights(&tables.remove("分值").unwrap_or_default());
        for (title, lines) in tables {
            if lines.is_empty() {
                self.faults.push(format!("{title} has no lines"));
            }
            for line in lines {
                match title.as_str() {
                    "预算执行" => self.execution(&line),
                    "定量" => self.quantitative(&line),
                    "定性" => self.qualitative(&line),
                    "等级" => self.rating(&line),
                    _ => self.faults.push(format!("{title} is no known table")),
                }
            }
        }
        self.faults
    }

    fn is_scored(&self) -> bool {
        let execution = &self.edition.scoring.execution;
        self.edition.indicators.scored_by != ScoredBy::Nothing || !execution.weight.is_zero()
    }

    /// Notes what differs from what a cell says.
    fn expect(&mut self, line: &Line, heading: &str, got: &str) {
        let expected = line.get(heading).map_or("", String::as_str);
        if !same(expected, got) {
            let whole: Vec<&str> = line.values().map(String::as_str).collect();
            self.faults.push(format!(
                "{heading} is {got}, not {expected} ({})",
                whole.join(" | ")
            ));
        }
    }

    /// Every set of weights has its line, and no line is without a set.
    fn weights(&mut self, lines: &[Line]) {
        let sets = &self.edition.scoring.weights;
        if !self.is_scored() {
            if !lines
                .iter()
                .any(|line| line.get("情形").is_some_and(|when| when == "不计分"))
            {
                self.faults.push("分值 does not say 不计分".into());
            }
            return;
        }
        if lines.len() != sets.len() {
            self.faults.push(format!(
                "分值 has {} lines for {} sets",
                lines.len(),
                sets.len()
            ));
        }
        for line in lines {
            let when = line.get("情形").map_or("", String::as_str);
            let set = sets.iter().find(|set| condition(set.when) == when);
            let Some(set) = set else {
                self.faults.push(format!("分值: no set for {when}"));
                continue;
            };
            for heading in line.keys().filter(|heading| *heading != "情形") {
                self.expect(line, heading, &self.preset(set, heading));
            }
            for name in set.levels.keys().filter(|name| !line.contains_key(*name)) {
                self.faults.push(format!("分值: nothing is said of {name}"));
            }
        }
    }

    /// The points that a set, a second level or a goal block of the edition presets.
    fn preset(&self, set: &WeightSet, name: &str) -> String {
        let levels = self.edition.indicators.levels.iter();
        let of_second = levels
            .flat_map(|first| &first.children)
            .find(|second| second.name == name)
            .and_then(|second| second.weight);
        let mut blocks = self.edition.goals.blocks.iter();
        let of_block = || blocks.find(|block| block.caption == name)?.weight;
        let points = match name {
            "预算执行" => Some(set.execution),
            _ => set
                .levels
                .get(name)
                .copied()
                .or(of_second)
                .or_else(of_block),
        };
        points.map_or_else(
            || {
                if self.edition.first_level(name).is_some() {
                    "自定".into()
                } else {
                    NOTHING.into()
                }
            },
            |points| points.to_string(),
        )
    }

    fn execution(&mut self, line: &Line) {
        let edition = self.edition;
        let mut project = Project::blank(edition, &mut CountedIds(0));
        let scored = project.funds.iter().position(|row| {
            edition
                .scored_fund_row()
                .is_some_and(|known| known.key == row.key)
        });
        let index = scored.unwrap_or_default();
        let row = project.funds.get_mut(index).expect("a fund row");
        for (heading, cell) in line {
            let key = match heading.as_str() {
                "年初" => fund::INITIAL,
                "全年" => fund::ADJUSTED,
                "执行" => fund::EXECUTED,
                "执行率" | "得分" => continue,
                own => own,
            };
            let column = edition.fund_column_named(key);
            if column.is_none_or(|column| column.role != FundRole::Amount) {
                self.faults.push(format!("预算执行: no column {heading}"));
            }
            if cell != NOTHING {
                row.figures
                    .insert(key.to_owned(), FigureCell::new(cell.as_str()));
            }
        }
        let score = score_project(&project, edition).execution;
        let rate = score.shown_rate.or_else(|| {
            let row = project.funds.get(index).expect("a fund row");
            let percent = execution_rate(&project, row, edition).percent()?;
            Some(edition.scoring.execution.rate.apply(percent))
        });
        self.expect(line, "执行率", &shown(rate));
        if self.is_scored() {
            self.expect(line, "得分", &shown(score.score));
        }
    }

    /// What the program makes of a row with these cells.
    fn group(&self, line: &Line, target: &str, actual: &str) -> GroupScore {
        let cell = |heading: &str| line.get(heading).map_or("", String::as_str);
        let mut ids = CountedIds(1 << 20);
        let mut row = Indicator::blank(&mut ids);
        row.name = match cell("三级指标") {
            "" => "年度工作完成情况".into(),
            name => name.into(),
        };
        row.target = target.into();
        row.actual = actual.into();
        for column in &self.edition.indicators.columns {
            if let Some(text) = line.get(&column.key) {
                row.extra.insert(column.key.clone(), text.as_str().into());
            }
        }
        let caption = match cell("二级指标") {
            "" => "数量指标",
            caption => caption,
        };
        let mut group = Group::blank(caption, &mut ids);
        match self.edition.indicators.scored_by {
            ScoredBy::Group => group.weight = cell("分值").into(),
            _ => row.weight = cell("分值").into(),
        }
        group.indicators = [row].into_iter().collect();
        let mut project = Project::blank(self.edition, &mut ids);
        project.header.insert("year".into(), "2024年".into());
        let goal = project.goals.get_mut(0).expect("a goal");
        let mut section = Section::clone(goal.sections.first().expect("a section"));
        section.groups = [group].into_iter().collect();
        goal.sections = [section].into_iter().collect();
        let ProjectScore { mut goals, .. } = score_project(&project, self.edition);
        goals.remove(0).sections.remove(0).groups.remove(0)
    }

    fn quantitative(&mut self, line: &Line) {
        let cell = |heading: &str| line.get(heading).map_or("", String::as_str);
        let score = self.group(line, cell("指标值"), cell("完成值"));
        let points = if score.as_one {
            score.computed
        } else {
            score.members[0].computed
        };
        self.expect(line, "得分", &shown(points));
    }

    fn qualitative(&mut self, line: &Line) {
        let tier = line.get("档次").map_or("", String::as_str);
        let score = self.group(line, "有效保障", tier);
        let Some(Share::Band { low, high, .. }) = score.members[0].share else {
            self.faults.push(format!("定性: {tier} is no tier"));
            return;
        };
        let points =
            |share: Decimal| shown(Some(self.rounding().apply(share * score.weight.value)));
        let (low, high) = (points(low), points(high));
        self.expect(line, "最低", &low);
        self.expect(line, "最高", &high);
    }

    fn rounding(&self) -> Rounding {
        self.edition.scoring.rounding
    }

    fn rating(&mut self, line: &Line) {
        let total = line.get("总分").and_then(|text| text.parse().ok());
        let found = total.and_then(|total| rating(total, &self.edition.scoring.ratings));
        let found = found.map_or_else(|| NOTHING.to_owned(), |rating: Rating| rating.to_string());
        self.expect(line, "等级", &found);
    }
}

fn condition(when: WeightCondition) -> &'static str {
    match when {
        WeightCondition::Always => "通常",
        WeightCondition::NoSatisfaction => "无满意度指标",
        WeightCondition::WithCost => "有成本指标",
        WeightCondition::WithoutCost => "无成本指标",
    }
}

fn shown(number: Option<Decimal>) -> String {
    number.map_or_else(|| NOTHING.into(), |number| number.to_string())
}

/// Whether two cells say the same: 9.5 and 9.50 do.
fn same(expected: &str, got: &str) -> bool {
    match (expected.parse::<Decimal>(), got.parse::<Decimal>()) {
        (Ok(expected), Ok(got)) => expected == got,
        _ => expected == got,
    }
}
