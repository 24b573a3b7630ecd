//! Projects with other values than those that were imported.

use std::sync::Arc;

use jiping::{
    exchange::recognise::Recognised,
    model::{
        edition::FieldKind,
        figure::FigureCell,
        id::{CountedIds, Id},
        indicator::Indicator,
        project::{Project, header},
        typed::Typed,
    },
};

/// Other values in all fields that a person fills in.
pub fn values(project: &mut Project, recognised: &Recognised, at: usize) {
    let edition = &recognised.forms[at].edition;
    let is_open = |kind: FieldKind| matches!(kind, FieldKind::Line | FieldKind::Paragraph);
    for field in &edition.header {
        let value = project.header(&field.key).to_owned();
        // Of several forms each is known by its project's name.
        let names = field.key == header::PROJECT_NAME && recognised.forms.len() > 1;
        if field.key != header::YEAR && !names && !value.is_empty() && is_open(field.kind) {
            let value = format!("{value}改");
            project.header.insert(field.key.clone(), value.into());
        }
    }
    for at in 0..project.funds.len() {
        let row = project.funds.get_mut(at).expect("a row");
        let keys: Vec<String> = row.figures.keys().cloned().collect();
        for (number, key) in keys.into_iter().enumerate() {
            let text = row.figure(&key).text().to_owned();
            if row.figure(&key).number().is_some() && !text.contains('元') {
                let percent = if text.contains('%') { "%" } else { "" };
                let text = format!("{}.{}5{percent}", 31 + at, number + 1);
                row.figures.insert(key, FigureCell::new(text));
            }
        }
        if !row.remark.is_empty() {
            row.remark = "资金下达较晚。".into();
        }
    }
    for at in 0..project.goals.len() {
        let goal = project.goals.get_mut(at).expect("a goal");
        if !goal.actual.is_empty() {
            goal.actual = format!("{}\n二、另有改动。", &*goal.actual).into();
        }
        for section in 0..goal.sections.len() {
            let section = goal.sections.get_mut(section).expect("a section");
            for group in 0..section.groups.len() {
                let group = section.groups.get_mut(group).expect("a group");
                if group.score.value().is_some() {
                    group.score = FigureCell::new("3.25");
                }
                for row in 0..group.indicators.len() {
                    let row = group.indicators.get_mut(row).expect("a row");
                    indicator(row);
                }
            }
        }
    }
    let stated = &mut project.stated;
    if stated.total_score.value().is_some() {
        stated.total_score = FigureCell::new("87.65");
    }
    if stated.rating.value().is_some() {
        stated.rating = Typed::new("良");
    }
}

fn indicator(row: &mut Indicator) {
    if !row.actual.text().is_empty() {
        row.actual = Typed::new("约1234.5");
    }
    if row.score.value().is_some() {
        row.score = FigureCell::new("1.75");
    }
    if !row.deviation.is_empty() {
        row.deviation = "原因：改。\n措施：改。".into();
    }
}

/// Two more indicators at the end of every group of at least two rows; how many.
pub fn more_rows(project: &mut Project) -> usize {
    let mut ids = CountedIds(1 << 40);
    let mut added = 0;
    for goal in 0..project.goals.len() {
        let goal = project.goals.get_mut(goal).expect("a goal");
        // What spans the last row of a group spans the new ones too.
        if !goal.reasons.is_empty() {
            continue;
        }
        for section in 0..goal.sections.len() {
            let section = goal.sections.get_mut(section).expect("a section");
            for group in 0..section.groups.len() {
                let group = section.groups.get_mut(group).expect("a group");
                let Some(last) = group.indicators.last().cloned() else {
                    continue;
                };
                if group.indicators.len() < 2 || last.part_of.is_some() {
                    continue;
                }
                for number in 1..=2 {
                    let mut row = (*last).clone();
                    row.id = Id::new(&mut ids);
                    row.name = format!("新增事项{number}");
                    if !row.actual.text().is_empty() {
                        row.actual = Typed::new(format!("{number}0次"));
                    }
                    group.indicators.push(Arc::new(row));
                    added += 1;
                }
            }
        }
    }
    added
}
