//! An edition made from a form for monitoring: what stands for mid-year has the keys of mid-year, so that it is told from the
//! figures of the year and goes on with the project.

use super::super::found::FoundForm;
use crate::model::{
    edition::{Edition, FieldKind, FundRole, IndicatorColumn, IndicatorRole},
    monitoring::key,
    project::fund,
};

/// Gives the cells of mid-year their keys.
pub(super) fn keys(found: &FoundForm, edition: &mut Edition) {
    header(edition);
    funds(edition);
    goals(found, edition);
    indicators(edition);
}

/// Whether the caption is that of what was reached by the day of monitoring.
fn is_monitored(caption: &str) -> bool {
    caption.contains("监控") || caption.contains("截至")
}

fn header(edition: &mut Edition) {
    let until = |caption: &str| {
        caption.contains("监控")
            && ["日", "时间", "期"]
                .iter()
                .any(|end| caption.ends_with(end))
    };
    let mut fields = edition.header.iter_mut();
    if let Some(field) = fields.find(|field| until(&field.caption)) {
        field.key = key::UNTIL.into();
        field.kind = FieldKind::Date;
    }
}

fn funds(edition: &mut Edition) {
    let mut taken = Vec::new();
    for column in &mut edition.funds.columns {
        let usual = match column.role {
            FundRole::Rate => key::RATE,
            FundRole::Amount if column.caption.contains("预计") => key::FORECAST,
            FundRole::Amount if column.key == fund::EXECUTED || is_monitored(&column.caption) => {
                key::MONITORED
            }
            _ => continue,
        };
        if !taken.contains(&usual) {
            taken.push(usual);
            column.key = usual.into();
        }
    }
    if taken.contains(&key::MONITORED) {
        edition.scoring.execution.numerator = key::MONITORED.into();
    }
}

/// A form for monitoring asks for no result of the year unless it prints a caption for it.
fn goals(found: &FoundForm, edition: &mut Edition) {
    if found.goals.iter().all(|goal| goal.actual.is_none()) {
        edition.goals.actual.caption.clear();
    }
    let mut extra = edition.goals.extra.iter_mut();
    if let Some(field) = extra.find(|field| is_monitored(&field.caption)) {
        field.key = key::MONITORED.into();
    }
}

fn indicators(edition: &mut Edition) {
    let mut taken = Vec::new();
    for column in &mut edition.indicators.columns {
        let Some(usual) = key_of(column).filter(|usual| !taken.contains(usual)) else {
            continue;
        };
        taken.push(usual);
        column.role = IndicatorRole::Extra;
        column.key = usual.into();
    }
}

/// The key of an indicator's cell of mid-year.
fn key_of(column: &IndicatorColumn) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| column.caption.contains(word));
    match column.role {
        IndicatorRole::Deviation => Some(key::REASON),
        IndicatorRole::Actual | IndicatorRole::Extra if has(&["预计"]) => Some(key::FORECAST),
        IndicatorRole::Actual => Some(key::MONITORED),
        IndicatorRole::Extra if has(&["可能性"]) => Some(key::OUTLOOK),
        IndicatorRole::Extra if has(&["备注"]) => Some(key::REMARK),
        IndicatorRole::Extra if is_monitored(&column.caption) || has(&["完成"]) => {
            Some(key::MONITORED)
        }
        _ => None,
    }
}
