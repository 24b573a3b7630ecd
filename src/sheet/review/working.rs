//! The appendix of scores: how every score comes about.

use rust_decimal::Decimal;

use super::{Reviewed, appendix, captions};
use crate::{
    model::{
        edition::ScoredBy,
        indicator::{Group, Section},
        numeral::plain,
    },
    score::{GroupScore, IndicatorScore, ProjectScore, score_project},
    sheet::{
        edges::divided,
        table::{Block, Cell, FULL_WIDTH, FormSheet, Row, Style},
    },
};

/// Relative widths: first and second level, indicator, weight, score as filed, score computed, working.
const WIDTHS: [u32; 7] = [12, 12, 24, 7, 9, 9, 34];

/// The appendix; `None` where the edition has no scores.
pub(super) fn sheet(one: &Reviewed, form: &FormSheet, ordinal: &str) -> Option<FormSheet> {
    if one.edition.indicators.scored_by == ScoredBy::Nothing {
        return None;
    }
    let score = score_project(one.project, one.edition);
    let table = Table {
        edges: divided(0, &WIDTHS),
    };
    let mut rows = vec![captions(
        &table.edges,
        &[
            "一级指标",
            "二级指标",
            "三级指标",
            "分值",
            "填报得分",
            "测算得分",
            "测算过程",
        ],
    )];
    let execution = &score.execution;
    if execution.weight.is_some() || execution.filed.is_some() {
        let mut row = vec![table.caption(0, 3, "预算执行率")];
        row.extend(table.points([
            shown(execution.weight),
            shown(execution.filed),
            computed(execution.score),
        ]));
        row.push(table.working(execution.working.to_string()));
        rows.push(Row::of(row));
    }
    let goals = &one.project.goals;
    for (number, (goal, goal_score)) in (1..).zip(goals.iter().zip(&score.goals)) {
        if goals.len() > 1 {
            let caption = match goal.caption.trim() {
                "" => format!("{}{number}", one.edition.goals.caption),
                caption => caption.to_owned(),
            };
            rows.push(Row::of([Cell::new(0, FULL_WIDTH, caption, Style::Caption)]).kept());
        }
        for (section, section_score) in goal.sections.iter().zip(&goal_score.sections) {
            rows.extend(table.section(section, &section_score.groups));
        }
    }
    if score.total.weight.count == 0 && score.total.filed.count == 0 {
        return None;
    }
    rows.push(table.total(one, &score));
    let line = format!(
        "{}：测算得分按表样的计分办法由指标值和实际完成值得出，供核对用；表中得分以填报为准。",
        form.name
    );
    let table = Block::table(1, rows);
    let heading = format!("{ordinal}　得分测算过程");
    Some(appendix(form, &heading, line, table))
}

fn shown(points: Option<Decimal>) -> String {
    points.map_or_else(|| "—".to_owned(), plain)
}

/// Computed scores keep the decimals that the edition shows.
fn computed(points: Option<Decimal>) -> String {
    points.map_or_else(|| "—".to_owned(), |points| points.to_string())
}

struct Table {
    edges: Vec<u16>,
}

impl Table {
    fn cell(&self, column: usize, text: impl Into<String>, style: Style) -> Cell {
        Cell::new(self.edges[column], self.edges[column + 1], text, style)
    }

    fn caption(&self, from: usize, to: usize, text: &str) -> Cell {
        Cell::new(self.edges[from], self.edges[to], text, Style::Caption)
    }

    fn points(&self, [weight, filed, computed]: [String; 3]) -> [Cell; 3] {
        [
            self.cell(3, weight, Style::Figure),
            self.cell(4, filed, Style::Figure),
            self.cell(5, computed, Style::Figure),
        ]
    }

    fn working(&self, text: String) -> Cell {
        self.cell(6, text, Style::Text)
    }

    /// The rows of a section, its caption beside all of them.
    fn section(&self, section: &Section, scores: &[GroupScore]) -> Vec<Row> {
        let mut rows: Vec<Row> = section
            .groups
            .iter()
            .zip(scores)
            .flat_map(|(group, score)| self.group(group, score))
            .collect();
        let count = rows.len();
        if let Some(first) = rows.first_mut() {
            let caption = self.cell(0, &section.caption, Style::Span).over(count);
            first.cells.insert(0, caption);
        }
        rows
    }

    /// A group: one row where it is 不适用, its own score where it is scored as one, and its rows where they count.
    fn group(&self, group: &Group, score: &GroupScore) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        if !score.applicable {
            rows.push(Row::of([
                self.cell(2, "不适用", Style::Text),
                self.cell(3, "—", Style::Figure),
                self.cell(4, "—", Style::Figure),
                self.cell(5, "—", Style::Figure),
                self.working(String::new()),
            ]));
        } else if score.as_one {
            let mut row = vec![self.cell(2, "全组合并计分", Style::Text)];
            row.extend(self.points([
                plain(score.weight.value),
                plain(score.filed.value),
                computed(score.computed),
            ]));
            row.push(self.working(score.working.to_string()));
            rows.push(Row::of(row));
        } else {
            let members = group.indicators.iter().zip(&score.members);
            rows.extend(
                members
                    .filter(|(_, score)| score.counts)
                    .map(|(row, score)| self.indicator(&row.name, score)),
            );
        }
        let count = rows.len();
        if let Some(first) = rows.first_mut() {
            let caption = self.cell(1, &group.caption, Style::Span).over(count);
            first.cells.insert(0, caption);
        }
        rows
    }

    fn indicator(&self, name: &str, score: &IndicatorScore) -> Row {
        let mut row = vec![self.cell(2, name, Style::Text)];
        row.extend(self.points([
            shown(score.weight),
            shown(score.filed),
            computed(score.computed),
        ]));
        row.push(self.working(score.working.to_string()));
        Row::of(row)
    }

    fn total(&self, one: &Reviewed, score: &ProjectScore) -> Row {
        let total = &score.total;
        let mut notes = Vec::new();
        if total.filed.count > 0 {
            notes.push(format!("各项填报得分合计 {}", plain(total.filed.value)));
        }
        notes.extend(
            total
                .per_hundred
                .map(|points| format!("百分制折算 {points}")),
        );
        notes.extend(total.rating.map(|rating| format!("评价等级 {rating}")));
        let stated = match one.project.stated.total_score.text().trim() {
            "" => "—".to_owned(),
            stated => stated.to_owned(),
        };
        let mut row = vec![self.caption(0, 3, "总分")];
        row.extend(self.points([plain(total.weight.value), stated, computed(total.computed)]));
        row.push(Cell::new(
            self.edges[6],
            FULL_WIDTH,
            notes.join("；"),
            Style::Text,
        ));
        Row::of(row)
    }
}
