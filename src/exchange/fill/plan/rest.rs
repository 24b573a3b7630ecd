//! Totals, further tables, and what of the project found no place.

use std::sync::Arc;

use super::{draft::Draft, value::Entry};
use crate::{
    exchange::{
        grid::{Cell, Place},
        recognise::{
            captions::{bare, exact},
            found::FurtherTable,
            matching::{Matches, TableMatches},
            scan::is_dash,
        },
    },
    model::{
        edition::{IndicatorRole as Role, TableLayout},
        id::Id,
        indicator::{Indicator, Section},
        monitoring,
        path::{self, BlockField, GoalField, StatedField},
        project::{Goal, TableRow},
    },
};

impl Draft<'_> {
    /// 总分 and what stands in its row.
    pub(super) fn total(&mut self) {
        let found = self.found;
        let Some(total) = &found.total else { return };
        let weight = Entry::figure(
            path::Place::Stated(StatedField::TotalWeight),
            "总分 · 分值",
            self.project.stated.total_weight.text(),
        );
        let (score, rating) = (self.total_score(), self.rating());
        self.total_cell(total.weight.as_ref(), Some(Role::Weight), &weight.stated());
        if !self.has_seen(&score.place) || total.score.is_some() {
            self.total_cell(total.score.as_ref(), Some(Role::Score), &score);
        }
        if !self.has_seen(&rating.place) || total.rating.is_some() {
            self.total_cell(total.rating.as_ref(), None, &rating);
        }
    }

    fn total_cell(&mut self, cell: Option<&Cell>, role: Option<Role>, entry: &Entry) {
        let found = self.found;
        if let Some(cell) = cell {
            let caption = found.total.as_ref().map(|total| total.caption.place);
            if caption != Some(cell.place) {
                return self.put_value(cell, entry);
            }
            let caption = found.total.as_ref().map_or("", |total| &total.caption.text);
            return self.put_behind(cell.place, caption, &cell.text, entry);
        }
        let row = found.total.as_ref().map(|total| total.caption.place.row);
        let headings = found.goals.iter().rev().flat_map(|goal| &goal.columns);
        let heading = role.and_then(|role| headings.clone().find(|heading| heading.role == role));
        let spot = heading.zip(row).and_then(|(heading, row)| {
            let place = heading.cell.place;
            let columns = place.column..place.column + heading.cell.columns.max(1);
            let under = self.board.under(row, &columns);
            let at = Place {
                row,
                column: place.column,
            };
            let spot = under.unwrap_or_else(|| self.board.at(at));
            (spot.is_blank() && spot.place.row == row && spot.place.column >= place.column)
                .then_some(spot)
        });
        match spot {
            Some(spot) => self.put(spot.place, entry),
            None => self.lacks(entry, None, "原表的总分一行没有这一格"),
        }
    }

    /// Further tables.
    pub(super) fn tables(&mut self, matches: &Matches) {
        let found = self.found;
        for (table, matched) in found.tables.iter().zip(&matches.tables) {
            let Some(matched) = matched else { continue };
            if let Some(layout) = self.edition.tables.get(matched.table) {
                self.table(table, matched, layout);
            }
        }
    }

    fn table(&mut self, table: &FurtherTable, matched: &TableMatches, layout: &TableLayout) {
        let Some(rows) = self.project.tables.get(&layout.key) else {
            return;
        };
        let mut free = rows.iter().filter(|row| row.key.is_empty());
        for (at, cells) in table.rows.iter().enumerate() {
            let known = matched.rows.get(at).copied().flatten();
            let known = known.and_then(|at| layout.rows.get(at));
            let own = match known {
                Some(known) => rows.iter().find(|row| row.key == known.key),
                None => free.next(),
            };
            if let Some(own) = own {
                self.table_row(table, matched, layout, cells, own);
            }
        }
    }

    fn table_row(
        &mut self,
        table: &FurtherTable,
        matched: &TableMatches,
        layout: &TableLayout,
        cells: &[Option<Cell>],
        own: &TableRow,
    ) {
        let row = cells.iter().flatten().map(|cell| cell.place.row).min();
        for (at, heading) in table.headings.iter().enumerate() {
            let column = matched.columns.get(at).copied().flatten();
            let Some(column) = column.and_then(|at| layout.columns.get(at)) else {
                continue;
            };
            let place = path::Place::Table(layout.key.clone(), own.id, column.key.clone());
            let words = format!("{} · {}", layout.caption, column.caption);
            let text = own.cells.get(&column.key).map_or("", |text| text);
            let entry = Entry::text(place, words, text);
            let columns = heading.place.column..heading.place.column + heading.columns.max(1);
            match (cells.get(at + 1), row) {
                (Some(Some(cell)), _) => self.put_value(cell, &entry),
                (_, Some(row)) => {
                    let spot = self.board.under(row, &columns).unwrap_or_else(|| {
                        self.board.at(Place {
                            row,
                            column: columns.start,
                        })
                    });
                    self.put(spot.place, &entry);
                }
                _ => self.lacks(&entry, None, "原表的这张表没有这一格"),
            }
        }
    }

    /// Tells of every field of the project that nothing was made of: of a fund row or a goal that the template lacks once,
    /// of others one by one.
    pub(super) fn left(&mut self) {
        let project = self.project;
        let mut left: Vec<(path::Place, String)> = Vec::new();
        project.each_filled_cell(&mut |cell| {
            let place = cell.place();
            // What was filled in at mid-year has no place in a self-evaluation form, and misses none.
            if !self.has_seen(&place) && !monitoring::stands_beside(self.edition, &place) {
                left.push((place, cell.text.to_owned()));
            }
        });
        self.lacking_funds(&left);
        self.lacking_goals(&left);
        for (place, text) in left {
            if self.has_seen(&place) || is_dash(&text) {
                continue;
            }
            if let path::Place::Stated(StatedField::Footnote(_)) = place
                && self.is_printed(&text)
            {
                continue;
            }
            let (words, why) = self.words(&place);
            let caption = self.caption(&place);
            let entry = match &place {
                path::Place::Fund(_, key) if key != "remark" => Entry::figure(place, words, &text),
                _ => Entry::text(place, words, &text),
            };
            match self.blank_beside(&caption) {
                Some(spot) => self.put(spot, &entry),
                None => self.lacks(&entry, None, why),
            }
        }
    }

    /// Fund rows that the template lacks, each with its figures in one line. A single row may still have its amounts beside
    /// their captions.
    fn lacking_funds(&mut self, left: &[(path::Place, String)]) {
        let project = self.project;
        if project.funds.len() == 1 {
            return;
        }
        for row in project.funds.iter() {
            let own =
                |place: &path::Place| matches!(place, path::Place::Fund(id, _) if *id == row.id);
            let name = path::Place::Fund(row.id, "name".into());
            if !left.iter().any(|(place, _)| *place == name) {
                continue;
            }
            let figures = left.iter().filter_map(|(place, text)| match place {
                path::Place::Fund(id, key) if *id == row.id && key != "name" && !is_dash(text) => {
                    Some(format!("{} {text}", self.edition.fund_caption(key)))
                }
                _ => None,
            });
            let figures: Vec<String> = figures.collect();
            let words = format!("资金 · {}", row.short_name());
            let entry = Entry::text(name, words, &figures.join("，"));
            self.lacking(&entry, "原表的资金表没有这一行", left, own);
        }
    }

    /// Goals of which the template has nothing, each with the beginning of what is expected.
    fn lacking_goals(&mut self, left: &[(path::Place, String)]) {
        let project = self.project;
        for (number, goal) in (1..).zip(project.goals.iter()) {
            let mut is_missing = number > 1;
            project.each_filled_cell(&mut |cell| {
                let place = cell.place();
                is_missing &= !(is_of(goal, &place) && self.has_seen(&place));
            });
            if is_missing && left.iter().any(|(place, _)| is_of(goal, place)) {
                let words = format!("{}{number}及其指标", self.edition.goals.caption);
                let place = path::Place::Goal(goal.id, GoalField::Expected);
                let entry = Entry::text(place, words, &goal.expected);
                self.lacking(&entry, "原表没有这一个目标", left, |place| {
                    is_of(goal, place)
                });
            }
        }
    }

    /// Tells of several fields at once.
    fn lacking(
        &mut self,
        entry: &Entry,
        why: &str,
        left: &[(path::Place, String)],
        own: impl Fn(&path::Place) -> bool,
    ) {
        self.lacks(entry, None, why);
        for (place, _) in left.iter().filter(|(place, _)| own(place)) {
            self.see(place);
        }
    }

    /// What the edition calls a field that stands beside its caption; empty for what stands in tables.
    fn caption(&self, place: &path::Place) -> String {
        let edition = self.edition;
        let goals = &edition.goals;
        let caption = match place {
            path::Place::Header(key) => edition.header_caption(key),
            path::Place::Text(key) => edition.text_caption(key),
            path::Place::Footer(key) => edition.footer_caption(key),
            path::Place::Goal(_, field) if self.project.goals.len() == 1 => match field {
                GoalField::Expected => &goals.expected.caption,
                GoalField::Actual => &goals.actual.caption,
                GoalField::Text(key) => edition.goal_caption(key),
                GoalField::Caption | GoalField::Weight => "",
            },
            // A single row may have its amounts beside their captions.
            path::Place::Fund(_, key) if self.project.funds.len() == 1 && key != "name" => {
                edition.fund_caption(key)
            }
            _ => "",
        };
        bare(caption)
    }

    /// The blank cell beside or below a caption that nothing was made of, since a form with blanks says less of itself.
    fn blank_beside(&self, caption: &str) -> Option<Place> {
        let found = self.found;
        let ignored = found.ignored.iter().map(|remarked| &remarked.cell);
        let goals = found.goals.iter();
        let sides = goals.clone().flat_map(|goal| &goal.side);
        let of_goals = goals.flat_map(|goal| {
            let fields = [&goal.expected, &goal.actual].into_iter().flatten();
            fields.chain(&goal.others)
        });
        let fields = found.header.iter().chain(&found.fields_below);
        let fields = fields.chain(of_goals);
        let cells = fields.flat_map(|field| std::iter::once(&field.caption).chain(&field.value));
        let mut captions = ignored.chain(sides).chain(cells);
        captions.find_map(|cell| {
            let is_caption = !caption.is_empty() && bare(&cell.text) == caption;
            let spot = is_caption.then(|| self.board.at(cell.place))?;
            let right = self.board.right_of(&spot);
            let right = right.filter(|right| right.place.row == spot.place.row);
            let below = Some(self.board.below(&spot));
            let below = below.filter(|below| {
                below.place.column == spot.place.column && below.place.row < found.rows.end
            });
            let mut beside = [right, below].into_iter().flatten();
            let free = beside.find(|spot| spot.is_blank() && !self.is_taken(spot.place));
            free.map(|spot| spot.place)
        })
    }

    /// Whether the form of the template says this already: a footnote, or a field that was kept as one ("备案号：12").
    fn is_printed(&self, note: &str) -> bool {
        let value = note.split_once('：').map_or(note, |(_, value)| value);
        let wanted = [exact(note), exact(value)];
        let rows = self.found.rows.clone();
        let mut cells = self.board.grid.cells.iter();
        cells.any(|cell| {
            let text = exact(&cell.text);
            rows.contains(&cell.place.row) && wanted.iter().any(|wanted| text.contains(wanted))
        })
    }

    /// A field in words, and why it has no place.
    fn words(&self, place: &path::Place) -> (String, &'static str) {
        let edition = self.edition;
        let no_field = "原表没有这一栏";
        let no_row = "原表没有这一行";
        match place {
            path::Place::Header(key) => (
                format!("基本信息 · {}", edition.header_caption(key)),
                no_field,
            ),
            path::Place::Text(key) => (edition.text_caption(key).to_owned(), no_field),
            path::Place::Footer(key) => {
                (format!("表尾 · {}", edition.footer_caption(key)), no_field)
            }
            path::Place::Fund(id, key) => {
                let row = self.project.funds.iter().find(|row| row.id == *id);
                let name = row.map_or("", |row| row.short_name());
                let caption = edition.fund_caption(key);
                (
                    format!("资金 · {name} · {caption}"),
                    "原表的资金表没有这一格",
                )
            }
            path::Place::Goal(_, GoalField::Text(key)) => (
                format!("{} · {}", edition.goals.caption, edition.goal_caption(key)),
                no_field,
            ),
            path::Place::Goal(..) => (edition.goals.caption.clone(), "原表没有这一个目标"),
            path::Place::Section(id, field) => {
                let mut sections = self.sections();
                let section = sections.find(|section| section.id == *id);
                let caption = section.map_or("", |section| &section.caption);
                (self.block_words(caption, *field), "原表没有这一级指标")
            }
            path::Place::Group(id, field) => {
                let mut groups = self.sections().flat_map(|section| section.groups.iter());
                let group = groups.find(|group| group.id == *id);
                let caption = group.map_or("", |group| &group.caption);
                (self.block_words(caption, *field), "原表没有这一级指标")
            }
            path::Place::Indicator(id, _) => (self.indicator_words(*id), "原表的指标表没有这一列"),
            path::Place::Reason(_) => ("绩效指标 · 几行共用的原因".into(), no_row),
            path::Place::Table(key, ..) => {
                let mut tables = edition.tables.iter();
                let table = tables.find(|table| table.key == *key);
                let caption = table.map_or(key.as_str(), |table| &table.caption);
                (caption.to_owned(), "原表没有这张表或这一行")
            }
            path::Place::Stated(StatedField::Footnote(_)) => {
                ("表下注释".into(), "表下注释按原表保留")
            }
            path::Place::Stated(StatedField::Rating) => ("评价等级".into(), no_field),
            path::Place::Stated(_) => ("总分".into(), no_row),
            path::Place::Whole | path::Place::Paper(_) => (String::new(), no_field),
        }
    }

    fn sections(&self) -> impl Iterator<Item = &Arc<Section>> {
        let goals = self.project.goals.iter();
        goals.flat_map(|goal| goal.sections.iter())
    }

    fn block_words(&self, caption: &str, field: BlockField) -> String {
        match field {
            BlockField::Caption => format!("绩效指标 · {caption}"),
            _ => format!(
                "绩效指标 · {caption} · {}",
                self.edition.block_caption(field)
            ),
        }
    }

    fn indicator_words(&self, id: Id<Indicator>) -> String {
        let groups = self.sections().flat_map(|section| section.groups.iter());
        let mut rows = groups.flat_map(|group| group.indicators.iter());
        let name = rows.find(|row| row.id == id).map_or("", |row| &row.name);
        format!("绩效指标 · {name}")
    }
}

/// Whether a field is one of the goal's block or of its indicators.
fn is_of(goal: &Goal, place: &path::Place) -> bool {
    let sections = || goal.sections.iter();
    let groups = || sections().flat_map(|section| section.groups.iter());
    match place {
        path::Place::Goal(id, _) => goal.id == *id,
        path::Place::Section(id, _) => sections().any(|section| section.id == *id),
        path::Place::Group(id, _) => groups().any(|group| group.id == *id),
        path::Place::Indicator(id, _) => groups()
            .flat_map(|group| group.indicators.iter())
            .any(|row| row.id == *id),
        path::Place::Reason(id) => goal.reasons.iter().any(|reason| reason.id == *id),
        _ => false,
    }
}
