//! Fields of head and foot, the year, the title and the money unit.

use super::{draft::Draft, value::Entry};
use crate::{
    exchange::{
        fill::Value,
        grid::{Cell, Place},
        recognise::{
            boxes,
            captions::{bare, exact},
            choose::stated_unit,
            found::Field,
            is_year_line,
            matching::{Matches, Spot as Goes},
            settle::Kind,
            with_year,
        },
    },
    model::{
        edition::FieldLayout,
        figure::{FigureCell, MoneyUnit},
        numeral,
        path::{self, StatedField},
        project::header,
        typed::trim,
    },
};

impl Draft<'_> {
    /// All fields that the template has captions for.
    pub(super) fn fields(&mut self, matches: &Matches) {
        let found = self.found;
        let above = found.header.iter().zip(&matches.header);
        for (field, goes) in above.chain(found.fields_below.iter().zip(&matches.below)) {
            if let Some(entry) = self.field(field, *goes) {
                self.put_field(field, &entry);
            }
        }
    }

    /// What the project says in a field.
    fn field(&self, field: &Field, goes: Goes) -> Option<Entry> {
        let project = self.project;
        let printed = field.value.as_ref().map_or("", |value| &value.text);
        let entry = |layout: &FieldLayout, area: &str, place: path::Place| {
            let text = project.cell_text(&place).unwrap_or_default();
            // Boxes stay, and are ticked.
            let text = match boxes::with_ticks(printed, &layout.options, &text) {
                Some(ticked) => ticked.into(),
                None => text,
            };
            let words = format!("{area}{}", layout.caption);
            let is_year = layout.key == header::YEAR && matches!(place, path::Place::Header(_));
            Entry {
                kind: Kind::of(layout),
                number: is_year,
                ..Entry::text(place, words, &text)
            }
        };
        Some(match goes {
            Goes::Header(at) => {
                let layout = self.edition.header.get(at)?;
                entry(
                    layout,
                    "基本信息 · ",
                    path::Place::Header(layout.key.clone()),
                )
            }
            Goes::Text(at) => {
                let layout = self.edition.texts.get(at)?;
                entry(layout, "", path::Place::Text(layout.key.clone()))
            }
            Goes::Footer(at) => {
                let layout = self.edition.footer.get(at)?;
                entry(layout, "表尾 · ", path::Place::Footer(layout.key.clone()))
            }
            Goes::Total => self.total_score(),
            Goes::Rating => self.rating(),
            Goes::Nowhere => return None,
        })
    }

    /// 总分 in the score column.
    pub(super) fn total_score(&self) -> Entry {
        let place = path::Place::Stated(StatedField::TotalScore);
        Entry::figure(place, "总分 · 得分", self.project.stated.total_score.text())
    }

    /// 评价等级
    pub(super) fn rating(&self) -> Entry {
        let place = path::Place::Stated(StatedField::Rating);
        Entry {
            kind: Kind::Rating,
            ..Entry::line(place, "评价等级", self.project.stated.rating.text())
        }
    }

    /// Puts a value beside, below or behind its caption.
    pub(super) fn put_field(&mut self, field: &Field, entry: &Entry) {
        let caption = self.board.at(field.caption.place);
        let words = trim(&field.caption.text);
        let shares = exact(caption.text) != exact(words);
        match self.value_of(field) {
            Some(value) if value.place == field.caption.place => {
                self.put_behind(caption.place, words, &value.text, entry);
            }
            Some(value) => self.put_value(value, entry),
            None if shares => self.put_behind(caption.place, words, "", entry),
            None => self.put_beside(&field.caption, entry),
        }
    }

    /// The value of a field, unless it is the caption of the next one, which has nothing before it in a blank form.
    pub(super) fn value_of<'f>(&self, field: &'f Field) -> Option<&'f Cell> {
        let goals = &self.edition.goals;
        let fields = self.edition.header.iter().chain(&self.edition.texts);
        let fields = fields.chain(&self.edition.footer).chain(&goals.extra);
        let mut captions = fields
            .chain([&goals.expected, &goals.actual])
            .map(|field| bare(&field.caption));
        let value = field.value.as_ref()?;
        let is_caption =
            captions.any(|caption| !caption.is_empty() && caption == bare(&value.text));
        (!is_caption || value.place == field.caption.place).then_some(value)
    }

    /// Puts a value where another stands. What was joined of several cells is not taken apart again.
    pub(super) fn put_value(&mut self, value: &Cell, entry: &Entry) {
        let spot = self.board.at(value.place);
        if exact(spot.text) == exact(&value.text) {
            self.put(value.place, entry);
        } else if entry.kind.clean(&value.text).text == entry.text {
            self.see(&entry.place);
        } else {
            let why = "原表的这一项由几格组成（如勾选框），请手工填写";
            self.lacks(entry, Some(value.place), why);
        }
    }

    /// Puts a value into the blank cell beside its caption, else behind or below it.
    fn put_beside(&mut self, caption: &Cell, entry: &Entry) {
        let spot = self.board.at(caption.place);
        let colon = trim(&caption.text).ends_with([':', '：']);
        let right = self.board.right_of(&spot);
        let right = right.filter(|right| right.is_blank() && right.place.row == spot.place.row);
        let is_given = right.is_some_and(|right| self.board.has(right.place));
        match right {
            Some(right) if is_given || !colon => self.put(right.place, entry),
            _ if colon => self.put_behind(spot.place, trim(&caption.text), "", entry),
            _ => {
                let below = self.board.below(&spot);
                let free = below.place.column == spot.place.column
                    && below.is_blank()
                    && below.place.row < self.found.rows.end;
                let is_year = entry.place == path::Place::Header(header::YEAR.into());
                let dated = with_year(spot.text, &entry.text).filter(|_| is_year);
                if let Some(dated) = dated {
                    self.see(&entry.place);
                    self.replace(spot.place, Value::Text(dated), &entry.place);
                } else if free {
                    self.put(below.place, entry);
                } else {
                    self.lacks(entry, Some(spot.place), "原表的这个标题旁边没有可填的空格");
                }
            }
        }
    }

    /// The year in the title or on a line of its own.
    pub(super) fn year(&mut self) {
        let Some(year) = self.project.year().map(|year| year.to_string()) else {
            return;
        };
        let found = self.found;
        let lines = found.ignored.iter().map(|remarked| &remarked.cell);
        let lines = lines.filter(|cell| is_year_line(&cell.text));
        let named = found.year.iter().map(|(cell, _)| cell);
        let at = path::Place::Header(header::YEAR.into());
        let mut done: Vec<Place> = Vec::new();
        for cell in found.title.iter().chain(named).chain(lines) {
            let text = self.board.at(cell.place).text;
            let Some(new) = with_year(text, &year).filter(|_| !done.contains(&cell.place)) else {
                continue;
            };
            done.push(cell.place);
            self.see(&at);
            if exact(&new) != exact(text) {
                self.replace(cell.place, Value::Text(new), &at);
            }
        }
    }

    /// The title is the bureau's; another one is told.
    pub(super) fn title(&mut self) {
        self.see(&path::Place::Stated(StatedField::Title));
        let own = self.project.stated.title.as_str();
        // The year may stand before or behind, and is a field of its own.
        let bare = |text: &str| {
            let text = exact(text).replace("年度", "");
            text.replace(|c: char| c.is_ascii_digit() || "()（）".contains(c), "")
        };
        let printed = self.found.title.as_ref().map_or("", |cell| &cell.text);
        if !own.is_empty() && bare(printed) != bare(own) {
            self.remarks
                .push(format!("原表的标题没有改动；项目中的标题是“{own}”。"));
        }
    }

    /// The unit that amounts are written in: the template's own, told where it is not the project's.
    pub(super) fn unit(&mut self) -> MoneyUnit {
        self.see(&path::Place::Stated(StatedField::MoneyUnit));
        let own = self.project.money_unit;
        let has_amounts = self.found.funds.is_some();
        match stated_unit(self.found) {
            Some(unit) if unit != own && has_amounts => {
                self.remarks.push(format!(
                    "原表的金额单位是“{unit}”，项目的是“{own}”，金额已换算后填入，请核对。"
                ));
                unit
            }
            None if has_amounts && own != self.edition.money_unit => {
                self.remarks.push(format!(
                    "原表没有写明金额单位，金额按“{own}”原样填入，请核对。"
                ));
                own
            }
            _ => own,
        }
    }

    /// An amount in the unit of the template; one with a unit of its own, or none at all, stays as typed.
    pub(super) fn amount(&self, text: &str, unit: MoneyUnit) -> String {
        let cell = FigureCell::new(text);
        let converted = cell
            .value()
            .filter(|figure| figure.unit.is_none() && !figure.percent)
            .filter(|_| unit != self.project.money_unit)
            .and_then(|figure| self.project.money_unit.convert(figure.value, unit));
        converted.map_or_else(|| text.to_owned(), numeral::plain)
    }
}
