//! Which of last year's indicators is which of this year's.

use std::collections::{HashMap, HashSet};

use rust_decimal::{Decimal, dec};

use crate::{
    model::{
        document::RowView, folding::squeezed, id::Id, indicator::Indicator, last_year::LastYear,
        project::Project,
    },
    rules::alike::{letters, similarity},
};

/// How sure it is that two indicators are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// One was copied from the other.
    Copied,
    /// They have the same name in the same group.
    SameName,
    /// Their names are alike (可能是).
    Alike,
}

/// An indicator of this year and the one it was last year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// This year's row.
    pub row: Id<Indicator>,
    /// Last year's, by its place in [`LastYear::indicators`].
    pub last: usize,
    /// How sure it is.
    pub how: How,
}

/// Names from this similarity on are alike in the same group.
const ALIKE_IN_GROUP: Decimal = dec!(0.6);
/// Names from this similarity on are alike elsewhere.
const ALIKE_ELSEWHERE: Decimal = dec!(0.8);
/// So many pairs of names are compared at most: what is left over in larger forms stays unpaired.
const MOST_COMPARED: usize = 40_000;

/// An indicator to be paired.
struct One<K> {
    key: K,
    group: (String, String),
    name: String,
}

/// The pairs, in the order of this year's form; what has no counterpart is in none.
pub fn pairs(project: &Project, last: &LastYear) -> Vec<Pair> {
    let mut matching = Matching::of(project, last);
    matching.copied(project, last);
    matching.by_name();
    matching.alike();
    let order: HashMap<Id<Indicator>, usize> = project
        .rows()
        .map(|view| view.indicator.id)
        .zip(0..)
        .collect();
    let mut found = matching.found;
    found.sort_by_key(|pair| order.get(&pair.row).copied());
    found
}

struct Matching {
    rows: Vec<One<Id<Indicator>>>,
    lasts: Vec<One<usize>>,
    found: Vec<Pair>,
}

impl Matching {
    fn of(project: &Project, last: &LastYear) -> Self {
        let row = |view: RowView<'_>| One {
            key: view.indicator.id,
            group: (squeezed(view.section.name()), squeezed(view.group.name())),
            name: squeezed(&view.indicator.name),
        };
        let lasts = last.indicators.iter().enumerate().map(|(key, one)| One {
            key,
            group: (squeezed(&one.section), squeezed(&one.group)),
            name: squeezed(&one.name),
        });
        Self {
            rows: project.rows().map(row).collect(),
            lasts: lasts.collect(),
            found: Vec::new(),
        }
    }

    /// Takes pairs out of what is left.
    fn take(&mut self, pairs: Vec<Pair>) {
        let rows: HashSet<_> = pairs.iter().map(|pair| pair.row).collect();
        let lasts: HashSet<_> = pairs.iter().map(|pair| pair.last).collect();
        self.rows.retain(|one| !rows.contains(&one.key));
        self.lasts.retain(|one| !lasts.contains(&one.key));
        self.found.extend(pairs);
    }

    /// A row that was copied in this year's form once more is a new one: the first copy has it.
    fn copied(&mut self, project: &Project, last: &LastYear) {
        let known = last.indicators.iter().enumerate();
        let mut by_row: HashMap<Id<Indicator>, usize> = known
            .filter_map(|(index, one)| Some((one.row?, index)))
            .collect();
        let pairs = project.rows().filter_map(|view| {
            let row = view.indicator;
            let last = by_row
                .remove(&row.id)
                .or_else(|| by_row.remove(&row.copied_from?))?;
            Some(Pair {
                row: row.id,
                last,
                how: How::Copied,
            })
        });
        let pairs = pairs.collect();
        self.take(pairs);
    }

    /// Of several of one name in a group the first goes with the first.
    fn by_name(&mut self) {
        let mut by_name: HashMap<_, Vec<usize>> = HashMap::new();
        for one in self.lasts.iter().rev().filter(|one| !one.name.is_empty()) {
            let same = by_name.entry((&one.group, &one.name)).or_default();
            same.push(one.key);
        }
        let pairs = self.rows.iter().filter_map(|one| {
            let last = by_name.get_mut(&(&one.group, &one.name))?.pop()?;
            Some(Pair {
                row: one.key,
                last,
                how: How::SameName,
            })
        });
        let pairs = pairs.collect();
        self.take(pairs);
    }

    /// The most alike first.
    fn alike(&mut self) {
        if self.rows.len().saturating_mul(self.lasts.len()) > MOST_COMPARED {
            return;
        }
        let lasts: Vec<Vec<char>> = self
            .lasts
            .iter()
            .map(|one| letters(&one.name).collect())
            .collect();
        let mut likes: Vec<(Decimal, Pair)> = Vec::new();
        for row in &self.rows {
            let name: Vec<char> = letters(&row.name).collect();
            for (last, other) in self.lasts.iter().zip(&lasts) {
                let least = match row.group == last.group {
                    true => ALIKE_IN_GROUP,
                    false => ALIKE_ELSEWHERE,
                };
                if let Some(similarity) = similarity(&name, other, least) {
                    let pair = Pair {
                        row: row.key,
                        last: last.key,
                        how: How::Alike,
                    };
                    likes.push((similarity, pair));
                }
            }
        }
        likes.sort_by_key(|(similarity, _)| std::cmp::Reverse(*similarity));
        let (mut rows, mut taken) = (HashSet::new(), HashSet::new());
        let mut pairs = Vec::new();
        for (_, pair) in likes {
            if !rows.contains(&pair.row) && !taken.contains(&pair.last) {
                rows.insert(pair.row);
                taken.insert(pair.last);
                pairs.push(pair);
            }
        }
        self.take(pairs);
    }
}
