//! The lines of a working paper.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{
    Kind, Line, Value,
    remarks::{Said, WRONG_RATE},
};
use crate::{
    model::{
        edition::{Edition, FundRole},
        figure::FigureCell,
        indicator::{Group, Indicator, Section},
        measure::{Comparator, MeasureCell, Nature, Quantity},
        numeral::plain,
        path::{BlockField, IndicatorField, Place},
        project::{FundRow, Project, fund},
        typed::trim,
        working_paper::{PaperField, PaperLine, PaperSubject},
    },
    score::{GroupScore, IndicatorScore, ProjectScore, deviation},
};

/// What the line of a group scored as one says instead of an indicator's name.
const AS_ONE: &str = "（全组合并计分）";

/// All lines in the order of the form.
pub(super) fn lines(
    project: &Project,
    edition: &Edition,
    score: &ProjectScore,
    said: &Said<'_>,
) -> Vec<Line> {
    let form = Form {
        project,
        edition,
        said,
        typed: typed(project),
    };
    let mut lines: Vec<Line> = form.execution(score).into_iter().collect();
    for (goal, (block, outcome)) in project.goals.iter().zip(&score.goals).enumerate() {
        for (section, outcome) in block.sections.iter().zip(&outcome.sections) {
            for (group, outcome) in section.groups.iter().zip(&outcome.groups) {
                form.group(goal, section, group, outcome, &mut lines);
            }
        }
    }
    lines
}

struct Form<'a> {
    project: &'a Project,
    edition: &'a Edition,
    said: &'a Said<'a>,
    typed: HashMap<PaperSubject, &'a PaperLine>,
}

/// What was typed into each line; of two about the same the first, as everywhere.
fn typed(project: &Project) -> HashMap<PaperSubject, &PaperLine> {
    let mut typed = HashMap::new();
    for line in project
        .working_paper
        .iter()
        .flat_map(|paper| paper.lines.iter())
    {
        typed.entry(line.subject()).or_insert(&**line);
    }
    typed
}

impl Form<'_> {
    /// The line with what was typed in it, and what follows from that.
    fn settled(&self, mut line: Line, filed: Option<Decimal>) -> Line {
        if let Some(typed) = self.typed.get(&line.subject) {
            for (field, value) in [
                (PaperField::Actual, &mut line.actual),
                (PaperField::Score, &mut line.score),
                (PaperField::Note, &mut line.note),
            ] {
                typed.text(field).clone_into(&mut value.typed);
            }
        }
        if line.counts {
            line.points = FigureCell::new(line.score.text()).number();
            let change = line
                .points
                .zip(filed)
                .and_then(|(now, then)| now.checked_sub(then));
            line.change = change.filter(|change| !change.is_zero());
        }
        line
    }

    /// 预算执行率, where the edition scores it.
    fn execution(&self, score: &ProjectScore) -> Option<Line> {
        let score = &score.execution;
        let row = self.project.funds.get(score.row?)?;
        if score.weight.is_none() && score.filed.is_none() {
            return None;
        }
        let subject = PaperSubject::Execution;
        let at = |role, usual| Place::Fund(row.id, self.fund_key(role, usual).to_owned());
        let rate = at(FundRole::Rate, fund::RATE);
        let points = at(FundRole::Score, fund::SCORE);
        let said = self.said;
        let filed_rate = self.figure(row, FundRole::Rate, fund::RATE);
        let right_rate = said.instead(subject, &rate, WRONG_RATE, score.shown_rate);
        let right_score = said.score_instead(subject, &points, score.score);
        let line = Line {
            name: "预算执行率".into(),
            weight: score.weight.map_or_else(String::new, plain),
            filed_score: self.figure(row, FundRole::Score, fund::SCORE),
            score: Value::of(right_score, score.filed),
            actual: Value {
                prefilled: right_rate.map_or_else(|| filed_rate.clone(), |rate| format!("{rate}%")),
                typed: String::new(),
            },
            note: Value::noted(said.remark(subject, false)),
            filed_actual: filed_rate,
            counts: true,
            ..Line::blank(subject)
        };
        Some(self.settled(line, score.filed))
    }

    fn fund_key<'k>(&'k self, role: FundRole, usual: &'k str) -> &'k str {
        let column = self.edition.fund_column(role);
        column.map_or(usual, |column| &column.key)
    }

    fn figure(&self, row: &FundRow, role: FundRole, usual: &str) -> String {
        trim(row.figure(self.fund_key(role, usual)).text()).to_owned()
    }

    /// A group: a line of its own where it is scored as one, and its rows.
    fn group(
        &self,
        goal: usize,
        section: &Section,
        group: &Group,
        score: &GroupScore,
        lines: &mut Vec<Line>,
    ) {
        let in_group = |line: Line| Line {
            goal: Some(goal),
            section: Some((section.id, trim(&section.caption).to_owned())),
            group: Some((group.id, trim(&group.caption).to_owned())),
            ..line
        };
        if score.as_one && (score.applicable || score.filed.count > 0) {
            lines.push(in_group(self.as_one(group, score)));
        }
        for (row, outcome) in group.indicators.iter().zip(&score.members) {
            if is_filled(row) {
                lines.push(in_group(self.indicator(row, outcome, score.as_one)));
            }
        }
    }

    fn as_one(&self, group: &Group, score: &GroupScore) -> Line {
        let subject = PaperSubject::Group(group.id);
        let filed = (score.filed.count > 0).then_some(score.filed.value);
        let place = Place::Group(group.id, BlockField::Score);
        let right = self.said.score_instead(subject, &place, score.computed);
        let line = Line {
            name: AS_ONE.into(),
            weight: match score.weight.count {
                0 => trim(group.weight.text()).to_owned(),
                _ => plain(score.weight.value),
            },
            filed_score: match trim(group.score.text()) {
                "" => filed.map_or_else(String::new, |points| points.to_string()),
                typed => typed.to_owned(),
            },
            score: Value::of(right, filed),
            note: Value::noted(self.said.remark(subject, false)),
            counts: true,
            ..Line::blank(subject)
        };
        self.settled(line, filed)
    }

    fn indicator(&self, row: &Indicator, score: &IndicatorScore, as_one: bool) -> Line {
        let subject = PaperSubject::Indicator(row.id);
        let counts = score.counts && !as_one;
        let place = Place::Indicator(row.id, IndicatorField::Score);
        let right = self.said.score_instead(subject, &place, score.computed);
        let (target, unit) = target_and_unit(row);
        let line = Line {
            name: trim(&row.name).to_owned(),
            is_part: row.part_of.is_some(),
            kind: kind(row),
            target,
            unit,
            weight: trim(row.weight.text()).to_owned(),
            filed_actual: trim(row.actual.text()).to_owned(),
            filed_score: trim(row.score.text()).to_owned(),
            actual: Value {
                prefilled: trim(row.actual.text()).to_owned(),
                typed: String::new(),
            },
            score: if counts {
                Value::of(right, score.filed)
            } else {
                Value::default()
            },
            note: Value::noted(self.said.remark(subject, score.counts)),
            counts,
            ..Line::blank(subject)
        };
        let line = self.settled(line, score.filed);
        Line {
            deviation: deviation(row, &MeasureCell::new(line.actual.text())),
            ..line
        }
    }
}

impl Line {
    fn blank(subject: PaperSubject) -> Self {
        Self {
            subject,
            goal: None,
            section: None,
            group: None,
            name: String::new(),
            is_part: false,
            kind: None,
            target: String::new(),
            unit: String::new(),
            weight: String::new(),
            filed_actual: String::new(),
            filed_score: String::new(),
            actual: Value::default(),
            score: Value::default(),
            note: Value::default(),
            deviation: None,
            points: None,
            change: None,
            counts: false,
        }
    }
}

impl Value {
    /// The right number, else the filed one.
    fn of(right: Option<Decimal>, filed: Option<Decimal>) -> Self {
        let number = right.or(filed);
        Self {
            prefilled: number.map_or_else(String::new, |number| number.to_string()),
            typed: String::new(),
        }
    }

    fn noted(prefilled: String) -> Self {
        Self {
            prefilled,
            typed: String::new(),
        }
    }
}

/// Whether anything stands in a row: blank forms have rows to be filled in.
fn is_filled(row: &Indicator) -> bool {
    let texts = [
        row.name.as_str(),
        row.target.text(),
        row.actual.text(),
        row.weight.text(),
        row.score.text(),
    ];
    texts.iter().any(|text| !trim(text).is_empty())
}

fn kind(row: &Indicator) -> Option<Kind> {
    let by_column = match row.nature.value() {
        Some(Nature::Qualitative) => Some(Kind::Qualitative),
        Some(Nature::Quantitative | Nature::Compared(_)) => Some(Kind::Quantitative),
        None => None,
    };
    match row.aim() {
        Some(aim) if aim.qualitative => Some(Kind::Qualitative),
        Some(_) => Some(Kind::Quantitative),
        None => by_column,
    }
}

/// The target and its unit apart: "≥50" and "个" for "不少于50个". What is no number stands as it was typed.
fn target_and_unit(row: &Indicator) -> (String, String) {
    let typed = || {
        (
            trim(row.target.text()).to_owned(),
            trim(&row.unit).to_owned(),
        )
    };
    let Some(aim) = row.aim().filter(|aim| !aim.qualitative) else {
        return typed();
    };
    // Without a sign the bare number is what is to be reached.
    let sign = match aim.comparator {
        None | Some(Comparator::Equal) => "",
        Some(comparator) => comparator.sign(),
    };
    let value = match &aim.measure.quantity {
        Quantity::Number { value, .. } => format!("{sign}{value}"),
        Quantity::Range { low, high, .. } => format!("{sign}{low}～{high}"),
        Quantity::Date(_) | Quantity::Words => return typed(),
    };
    (value, aim.unit.to_owned())
}
