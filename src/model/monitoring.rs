//! 年中绩效运行监控: how far a project has come at mid-year, kept in the project itself beside the figures of the year.
//!
//! The figures stand where an edition for monitoring has its columns, under the keys in [`key`]: further cells of fund rows,
//! of indicators, of goals and of the header. A self-evaluation form has no columns for them; it prints none of them and
//! misses nothing. So they go on to the end of the year with the project, and a form for monitoring is made of the project at
//! any time ([`Project::on_monitoring_form`]).

use std::{fmt, sync::Arc};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    date::WrittenDate,
    edition::{Edition, IndicatorRole},
    indicator::{Group, Indicator, Section},
    measure::MeasureCell,
    path::{GoalField, IndicatorField, Place},
    policy::Rounding,
    project::{FundRow, Goal, Project},
    record::KeyMap,
    rows::Rows,
    typed::trim,
};

/// Keys of the cells of mid-year, shared by all editions.
pub mod key {
    /// 监控截止日期, in the header.
    pub const UNTIL: &str = "monitored_until";
    /// 截至监控日执行数 of a fund row, 截至监控日完成情况 of an indicator, 监控期完成情况 of a goal.
    pub const MONITORED: &str = "monitored";
    /// 执行率 at mid-year of a fund row. Follows from the amounts; typed only into forms of other people.
    pub const RATE: &str = "monitored_rate";
    /// 全年预计执行数, 全年预计完成情况
    pub const FORECAST: &str = "forecast";
    /// 完成目标可能性; see [`super::Outlook`].
    pub const OUTLOOK: &str = "outlook";
    /// 偏差原因分析 at mid-year.
    pub const REASON: &str = "monitoring_reason";
    /// 备注 at mid-year.
    pub const REMARK: &str = "monitoring_remark";
}

/// The usual edition of the form for monitoring.
pub const USUAL_EDITION: &str = "monitoring-mof";

/// How likely it is that a target is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// 确定能
    Certain,
    /// 有可能
    Possible,
    /// 完全不可能
    Impossible,
}

impl Outlook {
    /// All of them, the best first.
    pub const ALL: [Self; 3] = [Self::Certain, Self::Possible, Self::Impossible];

    /// Reads the text of a cell.
    pub fn read(text: &str) -> Option<Self> {
        let text = trim(text);
        Self::ALL.into_iter().find(|one| one.word() == text)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Certain => "确定能",
            Self::Possible => "有可能",
            Self::Impossible => "完全不可能",
        }
    }
}

impl fmt::Display for Outlook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Keys of fund rows.
const OF_FUNDS: [&str; 3] = [key::MONITORED, key::RATE, key::FORECAST];
/// Keys of indicators.
const OF_INDICATORS: [&str; 5] = [
    key::MONITORED,
    key::FORECAST,
    key::OUTLOOK,
    key::REASON,
    key::REMARK,
];

/// Whether a key is one of mid-year, whatever it is the key of.
pub fn is_key(key: &str) -> bool {
    key == key::UNTIL || OF_FUNDS.contains(&key) || OF_INDICATORS.contains(&key)
}

/// Whether the cell is one of mid-year. What an edition has no column for is then at its place all the same.
pub fn is_of_monitoring(place: &Place) -> bool {
    match place {
        Place::Header(key) => key == key::UNTIL,
        Place::Fund(_, key) => OF_FUNDS.contains(&key.as_str()),
        Place::Indicator(_, IndicatorField::Extra(key)) => OF_INDICATORS.contains(&key.as_str()),
        Place::Goal(_, GoalField::Text(key)) => key == key::MONITORED,
        _ => false,
    }
}

/// Whether an edition has a column, field or text for the cell of mid-year.
pub fn is_on(edition: &Edition, place: &Place) -> bool {
    match place {
        Place::Header(key) => edition.header.iter().any(|field| field.key == *key),
        Place::Fund(_, key) => edition.fund_column_named(key).is_some(),
        Place::Indicator(_, IndicatorField::Extra(key)) => has_extra(edition, key),
        Place::Goal(_, GoalField::Text(key)) => {
            edition.goals.extra.iter().any(|field| field.key == *key)
        }
        _ => false,
    }
}

/// Whether the cell is one of mid-year that stands beside the form: the edition prints it nowhere, and nothing is amiss.
pub fn stands_beside(edition: &Edition, place: &Place) -> bool {
    is_of_monitoring(place) && !is_on(edition, place)
}

/// What a cell of mid-year is called where the edition has no caption for it: a header field or a cell of a goal.
pub fn caption(key: &str) -> Option<&'static str> {
    Some(match key {
        key::UNTIL => "监控截止日期",
        key::MONITORED => "监控期完成情况",
        _ => return None,
    })
}

/// As [`caption`] for the fund table.
pub fn fund_caption(key: &str) -> Option<&'static str> {
    Some(match key {
        key::MONITORED => "截至监控日执行数",
        key::RATE => "监控日执行率",
        key::FORECAST => "全年预计执行数",
        _ => return None,
    })
}

/// As [`caption`] for the indicator table.
pub fn indicator_caption(key: &str) -> Option<&'static str> {
    Some(match key {
        key::MONITORED => "截至监控日完成情况",
        key::FORECAST => "全年预计完成情况",
        key::OUTLOOK => "完成目标可能性",
        key::REASON => "监控偏差原因",
        key::REMARK => "监控备注",
        _ => return None,
    })
}

fn has_extra(edition: &Edition, key: &str) -> bool {
    let mut columns = edition.indicators.columns.iter();
    columns.any(|column| column.role == IndicatorRole::Extra && column.key == key)
}

impl Edition {
    /// Whether it is a form for monitoring: it has columns for what was reached at mid-year.
    pub fn is_for_monitoring(&self) -> bool {
        has_extra(self, key::MONITORED)
    }
}

/// A share of a year that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearShare {
    /// The last day that counts.
    pub until: Date,
    /// In percent, rounded half up to whole percents.
    pub percent: Decimal,
}

impl YearShare {
    /// How much of its year is over at the end of `until`.
    pub fn at(until: Date) -> Self {
        let days = Decimal::from(until.day_of_year());
        let of = Decimal::from(until.days_in_year());
        let percent = (days * Decimal::ONE_HUNDRED).checked_div(of);
        let rounding = Rounding {
            digits: 0,
            ..Rounding::default()
        };
        Self {
            until,
            percent: rounding.apply(percent.unwrap_or_default()),
        }
    }
}

impl Indicator {
    /// A cell of mid-year as typed; empty where nothing was.
    pub fn monitoring(&self, key: &str) -> &str {
        self.extra.get(key).map_or("", |text| text)
    }

    /// What was reached at mid-year, as a value that can be compared with the target.
    pub fn monitored(&self) -> MeasureCell {
        MeasureCell::new(self.monitoring(key::MONITORED))
    }
}

/// A day as it is often typed where nothing but a day can stand ("7.31", "7/31"). Elsewhere that is a number.
fn month_and_day(text: &str) -> Option<WrittenDate> {
    let (month, day) = trim(text).split_once(['.', '-', '/', '．', '／'])?;
    let is_number = |part: &str| (1..=2).contains(&part.chars().count());
    (is_number(month) && is_number(day))
        .then(|| WrittenDate::read(&format!("{month}月{day}日")))
        .flatten()
}

impl Project {
    /// 监控截止日期: the last day of the period that is written, in the form's year where it names none. `None` where nothing
    /// is written that is a date, or no year is known.
    pub fn monitored_until(&self) -> Option<Date> {
        let text = self.header(key::UNTIL);
        let written = WrittenDate::read(text).or_else(|| month_and_day(text))?;
        let year = written.year.or_else(|| self.year())?;
        Some(written.days(year)?.1)
    }

    /// Whether anything of mid-year is filled in.
    pub fn is_monitored(&self) -> bool {
        let is_filled = |text: &str| !trim(text).is_empty();
        let funds = self.funds.iter().flat_map(|row| &row.figures);
        let mut funds = funds.filter(|(_, cell)| is_filled(cell.text()));
        is_filled(self.header(key::UNTIL))
            || funds.any(|(key, _)| OF_FUNDS.contains(&key.as_str()))
            || self.goals.iter().any(|goal| {
                let text = goal.texts.get(key::MONITORED);
                text.is_some_and(|text| is_filled(text))
            })
            || self.rows().any(|view| {
                let mut keys = OF_INDICATORS.into_iter();
                keys.any(|key| is_filled(view.indicator.monitoring(key)))
            })
    }

    /// Takes out all that was filled in at mid-year.
    pub fn forget_monitoring(&mut self) {
        fn drop<T>(map: &mut KeyMap<T>, keys: &[&str]) {
            map.retain(|key, _| !keys.contains(&key.as_str()));
        }
        drop(&mut self.header, &[key::UNTIL]);
        each(&mut self.funds, |row: &mut FundRow| {
            drop(&mut row.figures, &OF_FUNDS);
        });
        each(&mut self.goals, |goal: &mut Goal| {
            drop(&mut goal.texts, &[key::MONITORED]);
            each(&mut goal.sections, |section: &mut Section| {
                each(&mut section.groups, |group: &mut Group| {
                    each(&mut group.indicators, |row: &mut Indicator| {
                        drop(&mut row.extra, &OF_INDICATORS);
                    });
                });
            });
        });
    }

    /// The project as it is printed on a form for monitoring: under that form's title and with its footnotes, where it is
    /// filled in on another one. Its cells keep their addresses.
    pub fn on_monitoring_form(self: &Arc<Self>, edition: &Edition) -> Arc<Self> {
        if self.edition.id == edition.id {
            return Arc::clone(self);
        }
        let mut view = Self::clone(self);
        view.stated.title.clear();
        view.stated.footnotes.clear();
        Arc::new(view)
    }
}

fn each<T: Clone>(rows: &mut Rows<T>, change: impl Fn(&mut T)) {
    for at in 0..rows.len() {
        if let Some(row) = rows.get_mut(at) {
            change(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn shares_of_a_year_are_whole_percents_of_its_days() {
        for (until, percent) in [
            (date(2020, 7, 31), "58"),
            (date(2021, 6, 30), "50"),
            (date(2021, 12, 31), "100"),
            (date(2021, 1, 1), "0"),
        ] {
            assert_eq!(YearShare::at(until).percent.to_string(), percent);
        }
    }

    #[test]
    fn outlooks_are_read_by_their_words_alone() {
        for outlook in Outlook::ALL {
            assert_eq!(Outlook::read(&format!(" {outlook} ")), Some(outlook));
        }
        assert_eq!(Outlook::read("不可能"), None);
    }
}
