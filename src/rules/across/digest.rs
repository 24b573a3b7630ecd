//! What rules across projects need of one, worked out once for each of its versions.

use std::{borrow::Cow, sync::Arc};

use rust_decimal::Decimal;

use super::{
    buckets::{Entries, entries},
    budgets::{self, Change},
    full_marks,
    last_year::{self, Kin},
    names::{self, Called, Spelling},
    targets::{self, Target},
};
use crate::{
    model::{
        edition::Edition,
        id::Id,
        path::{GoalField, Place},
        project::{Goal, Project, header},
        record::Text,
        typed::trim,
    },
    rules::{
        alike::{LONGEST, Sketch, letters, mixed},
        catalogue::Phase,
        form::{Form, GoalOf},
    },
};

/// What rules across projects need of one.
pub struct Digest {
    /// The project.
    pub project: Arc<Project>,
    /// Its edition.
    pub edition: Arc<Edition>,
    /// What the form states at its stage.
    pub phase: Phase,
    /// Who it is.
    pub who: Who,
    /// The name without years and numbers: the years of one project share it.
    pub family: Arc<str>,
    /// Texts and the table, to be compared with those of others.
    pub texts: Vec<Told>,
    /// By name and by code.
    pub called: Entries<Called>,
    /// By department and by unit.
    pub spelled: Entries<Spelling>,
    /// By indicator.
    pub targets: Entries<Target>,
    /// By the amount of an adjustment that nothing explains.
    pub changes: Entries<Change>,
    /// By year: whether it has full marks.
    pub marks: Entries<(Who, bool)>,
    /// By id, code and name: where the years of one project find one another.
    pub kin: Entries<Kin>,
}

/// What a project is called, in an order that does not depend on the document's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who {
    /// The name as lists show it.
    pub name: Arc<str>,
    /// Tells projects of one name apart.
    pub id: Id<Project>,
}

/// A text, or the table, with its place.
pub struct Told {
    /// The place.
    pub at: Place,
    /// How sentences call the place.
    pub called: Cow<'static, str>,
    /// The text it was made from, to be told apart from a newer one.
    source: Option<Text>,
    /// What is compared.
    pub print: Arc<Print>,
}

/// What is compared of a text or a table.
pub struct Print {
    /// What stands for it when others are looked for.
    pub sketch: Sketch,
    /// What is compared in full.
    pub body: Body,
}

/// What is compared in full.
pub enum Body {
    /// A text as a reader sees it.
    Text(Text),
    /// Rows by hashes of their names and targets, sorted.
    Rows(Box<[u64]>),
}

impl Digest {
    /// The digest of a form; what did not change since `before` is taken from there.
    pub fn of(
        project: &Arc<Project>,
        edition: &Arc<Edition>,
        form: &Form<'_>,
        before: Option<&Self>,
    ) -> Self {
        let who = Who {
            name: project.shown_name().into(),
            id: project.id,
        };
        let scope = Scope::of(form);
        Self {
            phase: form.phase(),
            family: letters(project.name())
                .filter(|c| !c.is_numeric() && *c != '年' && *c != '度')
                .collect::<String>()
                .into(),
            texts: texts(form, before),
            called: entries(names::called(form, &who, &scope)),
            spelled: entries(names::spelled(form)),
            targets: entries(targets::of(form, &who, &scope)),
            changes: entries(budgets::changes(form, &who, &scope)),
            marks: entries(full_marks::of(form, &who)),
            kin: entries(last_year::of(project, edition)),
            project: Arc::clone(project),
            edition: Arc::clone(edition),
            who,
        }
    }
}

/// Whose projects are set side by side, and of which year; hashes.
pub struct Scope {
    /// 实施单位 and year; `None` where either is not filled in.
    pub unit: Option<u64>,
    /// The year.
    pub year: Option<i16>,
}

impl Scope {
    fn of(form: &Form<'_>) -> Self {
        let project = form.project;
        let unit = [header::UNIT, header::DEPARTMENT]
            .into_iter()
            .map(|key| hashed(project.header(key)))
            .find(|hash| *hash != NOTHING);
        Self {
            unit: unit
                .zip(form.year)
                .map(|(unit, year)| mixed(unit ^ u64::from(year.unsigned_abs()))),
            year: form.year,
        }
    }
}

/// The hash of a text without letters and digits.
pub const NOTHING: u64 = 0xcbf2_9ce4_8422_2325;

/// A hash of the letters and digits of a text (FNV-1a over characters).
pub fn hashed(text: &str) -> u64 {
    letters(text).fold(NOTHING, |hash, c| {
        (hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn texts(form: &Form<'_>, before: Option<&Digest>) -> Vec<Told> {
    let least = form.edition.checks.alike_length as usize;
    let mut texts = Vec::new();
    let results = form.phase() >= Phase::Results;
    for GoalOf {
        goal,
        expected,
        actual,
        ..
    } in &form.goals
    {
        let cells = [
            (GoalField::Expected, &goal.expected, expected, true),
            (GoalField::Actual, &goal.actual, actual, results),
        ];
        for (field, source, visible, _) in cells.into_iter().filter(|(.., is_due)| *is_due) {
            let at = Place::Goal(goal.id, field);
            let known = before.and_then(|before| before.known(source));
            let print = known.or_else(|| Print::of_text(source, visible, least));
            texts.extend(print.map(|print| Told {
                called: called(form, goal, &at),
                at,
                source: Some(Arc::clone(source)),
                print,
            }));
        }
    }
    texts.extend(table(form));
    texts
}

fn called(form: &Form<'_>, goal: &Goal, at: &Place) -> Cow<'static, str> {
    let cell = match at {
        Place::Goal(_, GoalField::Actual) => "实际完成情况",
        _ => "预期目标",
    };
    match trim(&goal.caption) {
        caption if form.goals.len() > 1 && !caption.is_empty() => {
            format!("{caption}的{cell}").into()
        }
        _ => cell.into(),
    }
}

impl Digest {
    fn known(&self, source: &Text) -> Option<Arc<Print>> {
        let is_of = |told: &&Told| {
            let of = told.source.as_ref();
            of.is_some_and(|of| Arc::ptr_eq(of, source))
        };
        let told = self.texts.iter().find(is_of)?;
        Some(Arc::clone(&told.print))
    }
}

impl Told {
    /// The same for texts with the same letters.
    pub fn key(&self) -> u64 {
        self.print.sketch.key
    }
}

impl Print {
    fn of_text(source: &Text, visible: &str, least: usize) -> Option<Arc<Self>> {
        // Bytes bound the letters: a shorter text needs no look at all.
        if visible.len() < least {
            return None;
        }
        let letters: Vec<char> = letters(visible).take(LONGEST).collect();
        (letters.len() >= least.max(1)).then(|| {
            let text = match visible == &**source {
                true => Arc::clone(source),
                false => visible.into(),
            };
            Arc::new(Self {
                sketch: Sketch::of_letters(&letters),
                body: Body::Text(text),
            })
        })
    }
}

/// The indicator table as one thing: its rows by name and target.
fn table(form: &Form<'_>) -> Option<Told> {
    let first = form.sections.first()?.section.id;
    let mut rows: Vec<u64> = form
        .counted()
        .map(|row| row.indicator())
        .filter(|row| !row.name.is_empty())
        .map(|row| mixed(hashed(&row.name)) ^ hashed(row.target.text()))
        .collect();
    if rows.len() < (form.edition.checks.alike_rows as usize).max(1) {
        return None;
    }
    rows.sort_unstable();
    Some(Told {
        at: Place::Section(first, crate::model::path::BlockField::Caption),
        called: "指标表".into(),
        source: None,
        print: Arc::new(Print {
            sketch: Sketch::of_hashes(&rows),
            body: Body::Rows(rows.into()),
        }),
    })
}

/// A number that an amount is found by.
pub fn key_of_amount(scope: u64, amount: Decimal) -> u64 {
    let amount = amount.normalize();
    let mantissa = amount.mantissa().to_le_bytes();
    let (low, high) = mantissa.split_at(8);
    [low, high]
        .into_iter()
        .filter_map(|half| half.try_into().ok().map(u64::from_le_bytes))
        .fold(scope ^ u64::from(amount.scale()), |key, half| {
            mixed(key ^ half)
        })
}
