//! What a change of edition tells the person before it is made.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::{
    edition::{Edition, FieldLayout, IndicatorRole},
    indicator::Section,
    path::{BlockField, GoalField, IndicatorField, Place},
    project::Project,
};

/// Something that stands under another caption or in another place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What the old edition calls it.
    pub from: String,
    /// What the new edition calls it.
    pub to: String,
    /// How often.
    pub count: usize,
}

/// A caption and how often it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The caption.
    pub caption: String,
    /// How often.
    pub count: usize,
}

/// Weights that are not those of the new edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightDifference {
    /// What they are the weights of.
    pub caption: String,
    /// The sum in the form.
    pub own: Decimal,
    /// The points of the new edition.
    pub usual: Decimal,
}

/// What was done, as it is told.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) moved: Vec<Moved>,
    pub(super) added: Vec<String>,
}

impl Told {
    pub(super) fn moved(&mut self, from: &str, to: &str) {
        self.moved_times(from, to, 1);
    }

    pub(super) fn moved_times(&mut self, from: &str, to: &str, count: usize) {
        let mut known = self.moved.iter_mut();
        match known.find(|moved| moved.from == from && moved.to == to) {
            Some(moved) => moved.count += count,
            None => self.moved.push(Moved {
                from: from.to_owned(),
                to: to.to_owned(),
                count,
            }),
        }
    }

    pub(super) fn added(&mut self, caption: &str) {
        if !caption.is_empty() && !self.added.iter().any(|known| known == caption) {
            self.added.push(caption.to_owned());
        }
    }

    /// Fields and columns that only the new edition has, and that nothing moved to.
    pub(super) fn fields_added(&mut self, from: Option<&Edition>, to: &Edition) {
        let old = from.map(captions).unwrap_or_default().into_iter();
        let old: Vec<(u8, &str)> = old.map(|(area, key, _)| (area, key)).collect();
        for (area, key, caption) in captions(to) {
            let reached = self.moved.iter().any(|moved| moved.to == caption);
            if !old.contains(&(area, key)) && !reached {
                self.added(caption);
            }
        }
    }
}

fn captions(edition: &Edition) -> Vec<(u8, &str, &str)> {
    fn of(area: u8, fields: &[FieldLayout]) -> impl Iterator<Item = (u8, &str, &str)> {
        let fields = fields.iter();
        fields.map(move |field| (area, field.key.as_str(), field.caption.as_str()))
    }
    let funds = edition.funds.columns.iter();
    let columns = edition.indicators.columns.iter();
    of(0, &edition.header)
        .chain(of(1, &edition.texts))
        .chain(of(2, &edition.footer))
        .chain(of(3, &edition.goals.extra))
        .chain(funds.map(|column| (4, column.key.as_str(), column.caption.as_str())))
        .chain(columns.map(|column| {
            let key = match column.role {
                IndicatorRole::Extra => column.key.as_str(),
                role => role.usual_caption(),
            };
            (5, key, column.caption.as_str())
        }))
        .collect()
}

/// What is filled in alike before and after, by caption, in the order of the form.
pub(super) fn kept(before: &Project, after: &Project, edition: &Edition) -> Vec<Counted> {
    let mut texts: BTreeMap<Place, &str> = BTreeMap::new();
    before.each_filled_cell(&mut |cell| {
        texts.insert(cell.place(), cell.text);
    });
    let mut kept: Vec<Counted> = Vec::new();
    after.each_filled_cell(&mut |cell| {
        let place = cell.place();
        if texts.get(&place) != Some(&cell.text) {
            return;
        }
        let Some(caption) = printed_caption(&place, edition) else {
            return;
        };
        match kept.iter_mut().find(|counted| counted.caption == caption) {
            Some(counted) => counted.count += 1,
            None => kept.push(Counted {
                caption: caption.to_owned(),
                count: 1,
            }),
        }
    });
    kept
}

/// The caption under which the edition prints a place; `None` where it does not.
pub(super) fn printed_caption<'e>(place: &Place, edition: &'e Edition) -> Option<&'e str> {
    let of = |fields: &'e [FieldLayout], key: &str| {
        let mut fields = fields.iter();
        fields
            .find(|field| field.key == key)
            .map(|field| field.caption.as_str())
    };
    let column = |role| {
        edition
            .has_column(role)
            .then(|| edition.indicator_caption(role))
    };
    match place {
        Place::Header(key) => of(&edition.header, key),
        Place::Text(key) => of(&edition.texts, key),
        Place::Footer(key) => of(&edition.footer, key),
        Place::Fund(_, key) if key == "name" => None,
        Place::Fund(_, key) if key == "remark" => edition
            .fund_column(crate::model::edition::FundRole::Remark)
            .map(|column| column.caption.as_str()),
        Place::Fund(_, key) => edition
            .fund_column_named(key)
            .map(|column| column.caption.as_str()),
        Place::Goal(_, GoalField::Expected) => Some(&edition.goals.expected.caption),
        Place::Goal(_, GoalField::Actual) => Some(&edition.goals.actual.caption),
        Place::Goal(_, GoalField::Text(key)) => of(&edition.goals.extra, key),
        Place::Goal(..) => None,
        Place::Section(_, BlockField::Caption) => column(IndicatorRole::Level1),
        Place::Group(_, BlockField::Caption) => column(IndicatorRole::Level2),
        Place::Section(_, field) | Place::Group(_, field) => column(match field {
            BlockField::Score => IndicatorRole::Score,
            _ => IndicatorRole::Weight,
        }),
        Place::Indicator(_, IndicatorField::Extra(key)) => edition
            .indicators
            .columns
            .iter()
            .find(|column| column.role == IndicatorRole::Extra && column.key == *key)
            .map(|column| column.caption.as_str()),
        Place::Indicator(_, field) => column(IndicatorRole::of(field)),
        Place::Reason(_) => column(IndicatorRole::Deviation),
        Place::Table(table, _, key) => {
            let mut tables = edition.tables.iter();
            tables
                .find(|layout| {
                    let mut columns = layout.columns.iter();
                    layout.key == *table && columns.any(|column| column.key == *key)
                })
                .map(|layout| layout.caption.as_str())
        }
        Place::Whole | Place::Stated(_) | Place::Paper(_) => None,
    }
}

/// Where the sums of weights are not the points of the edition.
pub(super) fn weights(project: &Project, edition: &Edition) -> Vec<WeightDifference> {
    let usual = edition.default_weights();
    let mut differences = Vec::new();
    for goal in project.goals.iter() {
        for section in goal.sections.iter() {
            let level = edition.first_level(section.name());
            let points = level.and_then(|level| usual.get(level.name.as_str()));
            let own = weight_of(section);
            if let (Some(points), Some(own)) = (points, own)
                && *points != own
            {
                differences.push(WeightDifference {
                    caption: section.name().to_owned(),
                    own,
                    usual: *points,
                });
            }
        }
    }
    differences
}

/// What the weights of a section add up to, wherever they stand; `None` where none is filled in.
fn weight_of(section: &Section) -> Option<Decimal> {
    let sum = |numbers: &mut dyn Iterator<Item = Option<Decimal>>| {
        numbers
            .flatten()
            .fold(None, |sum: Option<Decimal>, number| {
                Some(sum.map_or(number, |sum| sum.saturating_add(number)))
            })
    };
    section.weight.number().or_else(|| {
        sum(&mut section.groups.iter().map(|group| {
            group.weight.number().or_else(|| {
                let rows = group.indicators.iter();
                let scored = rows.filter(|row| row.part_of.is_none());
                sum(&mut scored.map(|row| row.weight.number()))
            })
        }))
    })
}
