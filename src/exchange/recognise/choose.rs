//! Which edition a form is on.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Fit, FormKind, Wishes, build,
    captions::{bare, exact},
    found::FoundForm,
    matching::{Matches, Spot},
};
use crate::{
    model::{
        edition::{Edition, FundRole, IndicatorRole, ScoredBy},
        figure::MoneyUnit,
        indicator::split_caption,
        typed::trim,
    },
    store::editions::EditionShelf,
};

/// An edition is a form's own if it has so many percent of the form's captions.
const ENOUGH: u32 = 85;

/// So many of the editions built last are looked at for the next form: those of one office come together.
const RECENT: usize = 40;

/// The region of editions that hold everywhere.
const EVERYWHERE: &str = "全国";

/// Chooses editions, and remembers those it had to make: forms of one office look alike.
pub(super) struct Chooser<'s> {
    shelf: &'s EditionShelf,
    wanted: Option<Arc<Edition>>,
    lacking: Option<&'s str>,
    built: Vec<Arc<Edition>>,
}

impl<'s> Chooser<'s> {
    /// Chooses among the editions of the shelf as the person wishes.
    pub(super) fn new(shelf: &'s EditionShelf, wishes: &'s Wishes) -> Self {
        let by_id = |id: &String| {
            let mut editions = shelf.list().iter();
            let shelved = editions.find(|shelved| shelved.edition.id == *id)?;
            Some(Arc::clone(&shelved.edition))
        };
        let wanted = wishes.edition.as_ref().and_then(by_id);
        Self {
            shelf,
            lacking: wishes.edition.as_deref().filter(|_| wanted.is_none()),
            wanted,
            built: Vec::new(),
        }
    }

    /// The id of the edition that the person asked for, where it is not at hand.
    pub(super) fn lacking(&self) -> Option<&'s str> {
        self.lacking
    }

    /// The edition for a form.
    pub(super) fn choose(&mut self, found: &FoundForm) -> (Arc<Edition>, Fit) {
        if let Some(wanted) = &self.wanted {
            return (Arc::clone(wanted), Fit::Chosen);
        }
        if let Some(known) = self.known(found) {
            return known;
        }
        let alike = |edition: &&Arc<Edition>| {
            let fitness = Fitness::of(found, edition);
            fitness.holds_all && fitness.exact == fitness.captions
        };
        if let Some(edition) = self.built.iter().rev().take(RECENT).find(alike) {
            return (Arc::clone(edition), Fit::Built);
        }
        let edition = Arc::new(build::edition(found));
        self.built.push(Arc::clone(&edition));
        (edition, Fit::Built)
    }

    /// The edition of the shelf that fits best, where one fits well enough.
    fn known(&self, found: &FoundForm) -> Option<(Arc<Edition>, Fit)> {
        let mut best: Option<(Fitness, &Arc<Edition>)> = None;
        for shelved in self.shelf.list() {
            let fitness = Fitness::of(found, &shelved.edition);
            let fits = fitness.has_columns && fitness.has_cells && fitness.share() >= ENOUGH;
            if fits
                && best
                    .as_ref()
                    .is_none_or(|(best, _)| fitness.rank() > best.rank())
            {
                best = Some((fitness, &shelved.edition));
            }
        }
        let (fitness, edition) = best?;
        let share = u8::try_from(fitness.share()).unwrap_or(100);
        Some((Arc::clone(edition), Fit::Known { share }))
    }
}

/// How well an edition fits a form.
#[derive(Debug, Clone, Copy, Default)]
struct Fitness {
    /// Captions and other marks of the form.
    marks: u32,
    /// Those of them that the edition has too.
    known: u32,
    /// Captions among them, levels not counted.
    captions: u32,
    /// Those of them that are word for word the same.
    exact: u32,
    /// Whether fund and indicator columns are the same on both sides.
    has_columns: bool,
    /// Whether every field of the head, every cell of the goals and every further table has a place. What stands beneath the
    /// table may become a note.
    has_cells: bool,
    /// Whether everything of the form has a place.
    holds_all: bool,
    /// Whether the edition is that of no region.
    is_general: bool,
}

impl Fitness {
    fn of(found: &FoundForm, edition: &Edition) -> Self {
        let matches = Matches::new(found, edition);
        let mut fitness = Self {
            has_columns: has_fund_columns(found, edition, &matches)
                && has_indicator_columns(found, edition, &matches),
            has_cells: has_cells(&matches),
            holds_all: true,
            is_general: edition.region == EVERYWHERE,
            ..Self::default()
        };
        fitness.compare_fields(found, edition, &matches);
        fitness.compare_funds(found, edition, &matches);
        fitness.compare_goals(found, edition, &matches);
        fitness.compare_tables(found, edition, &matches);
        fitness.compare_levels(found, edition);
        fitness.compare_habits(found, edition);
        fitness.holds_all &= fitness.has_columns;
        fitness
    }

    /// Percent of the marks that are known.
    fn share(self) -> u32 {
        (self.known * 100).checked_div(self.marks).unwrap_or(0)
    }

    /// What to compare editions by that fit both. The form's marks are as many for each. Where nothing tells them apart, the
    /// general edition is taken: the form of one region would be a guess.
    fn rank(self) -> (u32, u32, bool) {
        (self.known, self.exact, self.is_general)
    }

    /// Counts a mark that is no caption.
    fn mark(&mut self, known: bool) {
        self.marks += 1;
        self.known += u32::from(known);
    }

    /// Counts a caption; `partner` is what the edition prints for it.
    fn caption(&mut self, own: &str, partner: Option<&str>) {
        self.mark(partner.is_some());
        self.captions += 1;
        self.exact += u32::from(partner.is_some_and(|partner| exact(partner) == exact(own)));
        self.holds_all &= partner.is_some();
    }

    fn compare_fields(&mut self, found: &FoundForm, edition: &Edition, matches: &Matches) {
        let fields = found.header.iter().chain(&found.fields_below);
        for (field, spot) in fields.zip(matches.header.iter().chain(&matches.below)) {
            let own = &field.caption.text;
            let partner = match *spot {
                Spot::Header(at) => edition.header.get(at).map(|field| field.caption.as_str()),
                Spot::Text(at) => edition.texts.get(at).map(|field| field.caption.as_str()),
                Spot::Footer(at) => edition.footer.get(at).map(|field| field.caption.as_str()),
                Spot::Total => edition.totals.score.then_some(own.as_str()),
                Spot::Rating => edition.totals.rating.then_some(own.as_str()),
                Spot::Nowhere => None,
            };
            self.caption(own, partner);
        }
    }

    fn compare_funds(&mut self, found: &FoundForm, edition: &Edition, matches: &Matches) {
        let Some(funds) = &found.funds else { return };
        for (heading, at) in funds.columns.iter().zip(&matches.fund_columns) {
            let partner = at.and_then(|at| edition.funds.columns.get(at));
            self.caption(
                &heading.cell.text,
                partner.map(|column| column.caption.as_str()),
            );
        }
        for (row, at) in funds.rows.iter().zip(&matches.fund_rows) {
            let partner = at.and_then(|at| edition.funds.rows.get(at));
            self.caption(&row.name.text, partner.map(|row| row.caption.as_str()));
        }
    }

    fn compare_goals(&mut self, found: &FoundForm, edition: &Edition, matches: &Matches) {
        for (goal, matched) in found.goals.iter().zip(&matches.goals) {
            for (own, layout) in [
                (&goal.expected, &edition.goals.expected),
                (&goal.actual, &edition.goals.actual),
            ] {
                if let Some(own) = own {
                    let partner = Some(layout.caption.as_str());
                    self.caption(&own.caption.text, partner.filter(|it| !it.is_empty()));
                }
            }
            for (own, at) in goal.others.iter().zip(&matched.others) {
                let partner = at.and_then(|at| edition.goals.extra.get(at));
                self.caption(
                    &own.caption.text,
                    partner.map(|field| field.caption.as_str()),
                );
            }
            let mut last = None;
            for (heading, at) in goal.columns.iter().zip(&matched.columns) {
                let partner = at.and_then(|at| edition.indicators.columns.get(at));
                self.caption(
                    &heading.cell.text,
                    partner.map(|column| column.caption.as_str()),
                );
                // Another order is another look, but the same form.
                self.mark(*at > last);
                last = *at;
            }
        }
        let blocks = u32::try_from(found.goals.len()).unwrap_or(u32::MAX);
        self.mark(blocks <= edition.goals.most_blocks);
        self.holds_all &= blocks <= edition.goals.most_blocks;
    }

    fn compare_tables(&mut self, found: &FoundForm, edition: &Edition, matches: &Matches) {
        for (table, matched) in found.tables.iter().zip(&matches.tables) {
            let layout = matched.as_ref().and_then(|at| edition.tables.get(at.table));
            if let Some(caption) = &table.caption {
                self.caption(&caption.text, layout.map(|layout| layout.caption.as_str()));
            }
            for (index, heading) in table.headings.iter().enumerate() {
                let partner = matched.as_ref().and_then(|at| *at.columns.get(index)?);
                let partner = layout
                    .zip(partner)
                    .and_then(|(layout, at)| layout.columns.get(at));
                self.caption(&heading.text, partner.map(|column| column.caption.as_str()));
            }
        }
    }

    /// Levels that are free tell nothing; else each that is there is a mark, and so are the points that it prints.
    fn compare_levels(&mut self, found: &FoundForm, edition: &Edition) {
        let mut seen = BTreeSet::new();
        for section in found.goals.iter().flat_map(|goal| &goal.sections) {
            let Some(caption) = &section.caption else {
                continue;
            };
            let caption = super::clean::caption(&caption.text).text;
            let (first, points) = split_caption(&caption);
            let level = edition.first_level(first);
            if seen.insert((first.to_owned(), String::new())) && !edition.indicators.free_levels {
                self.mark(level.is_some());
                if let Some(points) = points {
                    let default = edition.default_weights();
                    let printed = level.and_then(|level| default.get(level.name.as_str()));
                    self.mark(printed == Some(&points));
                }
            }
            for group in section
                .groups
                .iter()
                .filter_map(|group| group.caption.as_ref())
            {
                let caption = super::clean::caption(&group.text).text;
                let second = split_caption(&caption).0.to_owned();
                let known = edition.second_level(first, &second).is_some();
                if seen.insert((first.to_owned(), second)) && !edition.indicators.free_levels {
                    self.mark(known);
                }
            }
        }
    }

    /// Year, money unit, title and where the weights stand.
    fn compare_habits(&mut self, found: &FoundForm, edition: &Edition) {
        if let Some(year) = found.year.as_ref().and_then(|(_, year)| read_year(year)) {
            let begun = edition.years.from.is_none_or(|from| from <= year);
            self.mark(begun && edition.years.to.is_none_or(|to| year <= to));
        }
        if let Some(unit) = stated_unit(found) {
            self.mark(unit == edition.money_unit);
            self.holds_all &= unit == edition.money_unit;
        }
        if let Some(title) = &found.title {
            let without_year = |text: &str| {
                let bare = bare(text).replace("{year}", "");
                bare.trim_start_matches(|c: char| c.is_ascii_digit())
                    .trim_start_matches("年度")
                    .trim_start_matches('年')
                    .to_owned()
            };
            self.mark(without_year(&title.text) == without_year(&edition.title));
        }
        if let Some(scored_by) = scored_by(found) {
            self.mark(scored_by == edition.indicators.scored_by);
            self.holds_all &= scored_by == edition.indicators.scored_by;
        }
    }
}

/// The money unit that the form states, where it is one that the program counts in.
pub(in crate::exchange) fn stated_unit(found: &FoundForm) -> Option<MoneyUnit> {
    match trim(&found.money_unit.as_ref()?.1) {
        "元" | "人民币元" => Some(MoneyUnit::Yuan),
        "万元" | "人民币万元" => Some(MoneyUnit::TenThousandYuan),
        _ => None,
    }
}

/// The year in a text such as "2020年度".
fn read_year(text: &str) -> Option<i16> {
    let digits: String = exact(text)
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    (digits.len() == 4).then(|| digits.parse().ok()).flatten()
}

/// Where weights and scores stand in a filled form; `None` where it has none filled in.
pub(super) fn scored_by(found: &FoundForm) -> Option<ScoredBy> {
    let mut of_groups = 0usize;
    let mut of_rows = 0usize;
    for goal in &found.goals {
        for group in goal.sections.iter().flat_map(|section| &section.groups) {
            of_groups += usize::from(group.weight.is_some() || group.score.is_some());
            let is_points = |at: usize| {
                let role = goal.columns.get(at).map(|heading| heading.role);
                matches!(role, Some(IndicatorRole::Weight | IndicatorRole::Score))
            };
            let cells = group.rows.iter().flat_map(|row| &row.cells);
            of_rows += usize::from(cells.into_iter().any(|(at, _)| is_points(*at)));
        }
    }
    match (of_groups, of_rows) {
        (0, 0) => None,
        (groups, rows) if groups > rows => Some(ScoredBy::Group),
        _ => Some(ScoredBy::Row),
    }
}

/// Whether no field of the head, cell of the goals or further table of the form is left over.
fn has_cells(matches: &Matches) -> bool {
    let mut goals = matches.goals.iter();
    matches.header.iter().all(|spot| *spot != Spot::Nowhere)
        && goals.all(|goal| goal.others.iter().all(Option::is_some))
        && matches.tables.iter().all(Option::is_some)
}

/// Whether all fund columns of the form have a place, and the form has all amounts of the edition.
fn has_fund_columns(found: &FoundForm, edition: &Edition, matches: &Matches) -> bool {
    if found.funds.is_none() {
        return true;
    }
    let needed = |role: FundRole| match found.what {
        FormKind::SelfEvaluation | FormKind::Monitoring => role != FundRole::Remark,
        FormKind::Targets => false,
    };
    let mut columns = edition.funds.columns.iter().enumerate();
    matches.fund_columns.iter().all(Option::is_some)
        && columns
            .all(|(at, column)| !needed(column.role) || matches.fund_columns.contains(&Some(at)))
}

/// Whether all indicator columns of the form have a place, and the form has all that matter of the edition.
fn has_indicator_columns(found: &FoundForm, edition: &Edition, matches: &Matches) -> bool {
    use IndicatorRole::{Actual, Deviation, Extra, Score, Weight};
    let may_miss = |role: IndicatorRole| match found.what {
        FormKind::SelfEvaluation | FormKind::Monitoring => matches!(role, Deviation | Extra),
        FormKind::Targets => matches!(role, Actual | Score | Deviation | Extra | Weight),
    };
    matches.goals.iter().all(|goal| {
        let mut columns = edition.indicators.columns.iter().enumerate();
        goal.columns.iter().all(Option::is_some)
            && columns.all(|(at, column)| {
                may_miss(column.role) || goal.columns.contains(&Some(at)) || goal.columns.is_empty()
            })
    })
}
