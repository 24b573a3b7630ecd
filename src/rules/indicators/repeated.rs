//! I04: one thing measured twice.

use super::name::normalised;
use crate::{
    model::{id::Id, indicator::Group, path::IndicatorField, policy::Severity, typed::trim},
    rules::{
        form::{Form, Row},
        sink::Sink,
    },
};

/// A number that equal names share, and different ones hardly ever (FNV-1a over characters); `None` for no name.
fn fingerprint(name: &str) -> Option<u64> {
    let mut characters = normalised(name).peekable();
    characters.peek()?;
    Some(characters.fold(0xcbf2_9ce4_8422_2325, |hash: u64, c| {
        (hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01b3)
    }))
}

/// I04
pub(super) fn repeated(form: &Form<'_>, sink: &mut Sink<'_>) {
    let mut named: Vec<(u64, &Row<'_>)> = form
        .counted()
        .filter_map(|row| Some((fingerprint(&row.indicator().name)?, row)))
        .collect();
    // Stable: rows of one name stay in the order of the form.
    named.sort_by_key(|(fingerprint, _)| *fingerprint);
    let alike = |a: &(u64, &Row<'_>), b: &(u64, &Row<'_>)| {
        a.0 == b.0 && normalised(&a.1.indicator().name).eq(normalised(&b.1.indicator().name))
    };
    let mut repeated: Vec<_> = named
        .chunk_by(alike)
        .filter(|rows| rows.len() > 1)
        .map(|rows| rows.iter().map(|(_, row)| *row).collect::<Vec<_>>())
        .collect();
    repeated.sort_by_key(|rows| rows.first().map(|row| position(form, row)));
    for rows in repeated {
        repeated_in_groups(&rows, sink);
        repeated_across_blocks(&rows, sink);
    }
}

fn position(form: &Form<'_>, wanted: &Row<'_>) -> Option<usize> {
    form.rows
        .iter()
        .position(|row| std::ptr::eq(row.indicator(), wanted.indicator()))
}

fn repeated_in_groups(rows: &[&Row<'_>], sink: &mut Sink<'_>) {
    let mut groups: Vec<(Id<Group>, Vec<&Row<'_>>)> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|(id, _)| *id == row.view.group.id) {
            Some((_, members)) => members.push(row),
            None => groups.push((row.view.group.id, vec![row])),
        }
    }
    for (_, members) in groups.iter().filter(|(_, members)| members.len() > 1) {
        let name = trim(&members[0].indicator().name);
        let group = members[0].view.group.name();
        for row in members {
            let hit = sink.row_hit(
                row,
                IndicatorField::Name,
                format!("{group}下“{name}”重复"),
                "内容不同的，在名称中写明各自的对象；内容相同的，请在说明中注明，下年度合并",
            );
            sink.push(hit.item(format!("第{}行", row.view.number)));
        }
    }
}

/// The same name under 产出 and under 效益 measures one thing twice.
fn repeated_across_blocks(rows: &[&Row<'_>], sink: &mut Sink<'_>) {
    let output = rows.iter().find(|row| row.sense.is_output());
    let benefit = rows.iter().find(|row| row.sense.is_benefit());
    if let (Some(output), Some(benefit)) = (output, benefit) {
        let hit = sink.row_hit(
            benefit,
            IndicatorField::Name,
            format!(
                "“{}”在{}和{}中重复，复核时只计其一",
                trim(&benefit.indicator().name),
                output.view.group.name(),
                benefit.view.group.name()
            ),
            "效益指标应反映产出带来的效果，请写明与产出指标的区别",
        );
        sink.push(hit.level(Severity::Warning));
    }
}
