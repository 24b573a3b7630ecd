//! Completion by first-level indicator: a sentence and a small table for each.

use super::{
    told::Told,
    writing::{Pages, cell, figure, row},
};
use crate::{
    model::{
        edition::IndicatorRole,
        figure::FigureCell,
        indicator::{Group, Indicator, Section},
        measure::Nature,
        numeral::plain,
        typed::trim,
    },
    rules::form::{Form, GroupOf, Row, SectionOf},
    sheet::word::document::{Align, TableCell, TableRow},
};

/// The columns, in their order.
const ROLES: [IndicatorRole; 6] = [
    IndicatorRole::Level2,
    IndicatorRole::Name,
    IndicatorRole::Target,
    IndicatorRole::Actual,
    IndicatorRole::Weight,
    IndicatorRole::Score,
];
/// Their relative widths.
const WIDTHS: [u32; 6] = [12, 22, 16, 16, 8, 8];
/// The columns that every table has; the others are those that the edition scores by.
const ALWAYS: usize = 4;

/// What is told of the indicators, under headings of this level.
pub(super) fn write(pages: &mut Pages, one: &Told, level: u8) {
    let form = one.form();
    let sections = form
        .sections
        .iter()
        .filter(|section| !rows_of(&form, section).is_empty());
    let mut count = 0;
    for section in sections {
        count += 1;
        let name = match section.section.name() {
            "" => "绩效指标",
            name => name,
        };
        let number = match level {
            3 => format!("{count}. "),
            _ => format!("（{count}）"),
        };
        pages.heading(level, format!("{number}{name}完成情况"));
        pages.text(sentence(&form, section));
        let columns = ALWAYS + points_of(one).len();
        let captions: Vec<String> = ROLES[..ALWAYS]
            .iter()
            .chain(points_of(one))
            .map(|role| one.edition.indicator_caption(*role).to_owned())
            .collect();
        let rows = table_rows(&form, section, points_of(one));
        pages.table(&WIDTHS[..columns], &captions, rows);
    }
    if count == 0 {
        pages.open("绩效指标的完成情况：自评表中没有填写指标");
    }
}

/// The columns of points that the edition has: both, one or none.
fn points_of(one: &Told) -> &'static [IndicatorRole] {
    let has = |role: IndicatorRole| one.edition.has_column(role);
    match (has(IndicatorRole::Weight), has(IndicatorRole::Score)) {
        (true, true) => &ROLES[ALWAYS..],
        (true, false) => &ROLES[ALWAYS..=ALWAYS],
        (false, true) => &ROLES[ALWAYS + 1..],
        (false, false) => &[],
    }
}

fn rows_of<'f, 'a>(form: &'f Form<'a>, section: &SectionOf) -> &'f [Row<'a>] {
    let groups = &form.groups[section.groups.clone()];
    match (groups.first(), groups.last()) {
        (Some(first), Some(last)) => &form.rows[first.rows.start..last.rows.end],
        _ => &[],
    }
}

/// How many indicators there are, and how many points were given, as filed.
fn sentence(form: &Form, section: &SectionOf) -> String {
    let rows = rows_of(form, section);
    let counted = rows.iter().filter(|row| row.score.counts).count();
    let missed = rows
        .iter()
        .filter(|row| row.score.counts && row.is_missed())
        .count();
    let blank = rows
        .iter()
        .filter(|row| row.score.counts && row.indicator().actual.is_empty())
        .filter(|row| row.indicator().effective_tier().is_none())
        .count();
    let mut said = vec![format!("共 {counted} 项三级指标")];
    if section.score.weight.count > 0 {
        said.push(format!("分值 {} 分", plain(section.score.weight.value)));
    }
    if section.score.filed.count > 0 {
        said.push(format!("自评得分 {} 分", plain(section.score.filed.value)));
    }
    if missed > 0 {
        said.push(format!(
            "按指标值和实际完成值比较，{missed} 项没有达到指标值"
        ));
    }
    if blank > 0 {
        said.push(format!("{blank} 项没有填写实际完成值"));
    }
    format!("{}。", said.join("，"))
}

fn table_rows(form: &Form, section: &SectionOf, points: &[IndicatorRole]) -> Vec<TableRow> {
    let mut rows: Vec<TableRow> = Vec::new();
    let columns: Vec<Points> = points
        .iter()
        .map(|role| Points::of(form, section, *role))
        .collect();
    for group in &form.groups[section.groups.clone()] {
        let members = form.rows_of(group);
        for (index, member) in members.iter().enumerate() {
            let indicator = member.indicator();
            let mut cells = Vec::new();
            if index == 0 {
                cells.push(TableCell {
                    rows: members.len(),
                    ..cell(0, group.group.name(), Align::Centre)
                });
            }
            let mut name = cell(1, trim(&indicator.name), Align::Left);
            name.style.indent = u8::from(indicator.part_of.is_some());
            cells.push(name);
            cells.push(cell(2, target(indicator), Align::Centre));
            cells.push(cell(3, actual(indicator), Align::Centre));
            for (column, points) in (ALWAYS..).zip(&columns) {
                if let Some((text, count)) = points.at(rows.len(), group, index, members) {
                    cells.push(TableCell {
                        rows: count,
                        ..figure(column, text, Align::Centre)
                    });
                }
            }
            rows.push(row(cells));
        }
    }
    rows
}

/// A column of points of one section, merged as they are filed: by row, by group or for the section as a whole.
struct Points<'a> {
    role: IndicatorRole,
    /// The section's own, where no group and no row has any, and how many rows it has.
    whole: Option<(&'a str, usize)>,
}

impl<'a> Points<'a> {
    fn of(form: &Form<'a>, section: &SectionOf<'a>, role: IndicatorRole) -> Self {
        let points = Self { role, whole: None };
        let own: &'a Section = section.section;
        let text = points.filed(&own.weight, &own.score);
        let has_own = |group: &GroupOf| {
            let rows = form.rows_of(group).iter();
            !points
                .filed(&group.group.weight, &group.group.score)
                .is_empty()
                || rows
                    .map(|row| row.indicator())
                    .any(|row| !points.filed(&row.weight, &row.score).is_empty())
        };
        let groups = &form.groups[section.groups.clone()];
        let is_whole = !text.is_empty() && !groups.iter().any(has_own);
        Self {
            role,
            whole: is_whole.then(|| (text, rows_of(form, section).len())),
        }
    }

    /// The one of the two that the column shows.
    fn filed<'f>(&self, weight: &'f FigureCell, score: &'f FigureCell) -> &'f str {
        let cell = match self.role {
            IndicatorRole::Weight => weight,
            _ => score,
        };
        trim(cell.text())
    }

    /// What begins in a row of the table and how many rows it covers: the row's number in the section, its group, its place in
    /// that. `None` where it is covered from above.
    fn at<'f>(
        &'f self,
        row: usize,
        group: &GroupOf<'f>,
        index: usize,
        members: &[Row<'f>],
    ) -> Option<(&'f str, usize)> {
        if let Some(whole) = self.whole {
            return (row == 0).then_some(whole);
        }
        let of_group: &'f Group = group.group;
        match self.filed(&of_group.weight, &of_group.score) {
            "" => {
                let own = members.get(index)?.indicator();
                Some((self.filed(&own.weight, &own.score), 1))
            }
            text => (index == 0).then_some((text, members.len())),
        }
    }
}

/// The target as filed, with sign and unit that stand in columns of their own.
pub(super) fn target(indicator: &Indicator) -> String {
    let text = trim(indicator.target.text());
    if text.is_empty() {
        return String::new();
    }
    let sign = match indicator.nature.value() {
        Some(Nature::Compared(comparator)) => comparator.sign(),
        _ => "",
    };
    let sign = if text.starts_with(sign) { "" } else { sign };
    format!("{sign}{text}{}", unit_behind(text, indicator))
}

/// The actual value as filed, or the tier that was picked.
pub(super) fn actual(indicator: &Indicator) -> String {
    match (trim(indicator.actual.text()), indicator.tier) {
        ("", Some(tier)) => tier.words().to_owned(),
        (text, _) => format!("{text}{}", unit_behind(text, indicator)),
    }
}

/// The unit of a column of its own, behind what is a mere number.
fn unit_behind<'i>(text: &str, indicator: &'i Indicator) -> &'i str {
    let is_number = text.ends_with(|last: char| last.is_ascii_digit());
    if is_number { trim(&indicator.unit) } else { "" }
}
