//! From what was found to a project on an edition. What the form states is kept as typed, right or wrong; nothing is computed.

use super::{
    FormKind, captions,
    choose::stated_unit,
    clean::{self, Cleaned},
    found::{Field, FoundForm},
    matching::{Matches, Spot},
    telling::{Target, Teller, Trust},
};
use crate::{
    exchange::grid::Cell,
    model::{
        edition::{Edition, FieldKind, FieldLayout},
        figure::{FigureCell, MoneyUnit},
        id::{Id, IdSource},
        path::{Place, StatedField},
        project::{Project, Stage, header},
        typed::{Typed, trim},
    },
};

mod funds;
mod indicators;
mod rows;
mod tables;

/// Makes a project of the form on the edition, and tells of every cell what became of it.
pub(super) fn settle(
    found: &FoundForm,
    edition: &Edition,
    ids: &mut dyn IdSource,
    teller: &mut Teller,
) -> Project {
    let mut project = Project::blank(edition, ids);
    let mut settler = Settler {
        found,
        edition,
        matches: Matches::new(found, edition),
        unit: stated_unit(found).unwrap_or(edition.money_unit),
        project: project.id,
        ids,
        teller,
    };
    match found.what {
        FormKind::Targets => project.stage = Stage::Targets,
        FormKind::Monitoring => project.stage = Stage::Monitoring,
        FormKind::SelfEvaluation => {}
    }
    settler.footnotes(&mut project);
    settler.fields(&mut project);
    settler.year(&mut project);
    settler.title(&mut project);
    settler.money_unit(&mut project);
    if let Some(funds) = settler.funds() {
        project.funds = funds;
    }
    project.goals = settler.goals();
    settler.tables(&mut project);
    settler.total(&mut project);
    settler.left_over();
    project
}

struct Settler<'a, 't> {
    found: &'a FoundForm,
    edition: &'a Edition,
    matches: Matches,
    unit: MoneyUnit,
    project: Id<Project>,
    ids: &'a mut dyn IdSource,
    teller: &'a mut Teller<'t>,
}

/// What kind of cell a text goes to.
#[derive(Debug, Clone, Copy)]
pub(in crate::exchange) enum Kind {
    Paragraph,
    Line,
    Caption,
    Figure,
    Amount(MoneyUnit),
    Rating,
}

impl Kind {
    /// What kind of cell a field of head or foot is.
    pub(in crate::exchange) fn of(field: &FieldLayout) -> Self {
        match field.kind {
            FieldKind::Paragraph => Self::Paragraph,
            _ => Self::Line,
        }
    }

    /// The text as such a cell takes it.
    pub(in crate::exchange) fn clean(self, text: &str) -> Cleaned {
        match self {
            Self::Paragraph => clean::paragraph(text),
            Self::Line => clean::entry(text),
            Self::Caption => clean::caption(text),
            Self::Figure => clean::figure(text, None),
            Self::Rating => clean::rating(text),
            Self::Amount(unit) => clean::figure(text, Some(unit)),
        }
    }
}

impl Settler<'_, '_> {
    /// Takes a cell to a field; its text after cleaning.
    fn take(
        &mut self,
        cell: &Cell,
        kind: Kind,
        place: Place,
        words: String,
        trust: &Trust,
    ) -> String {
        let target = Target::new(self.project, place, words);
        self.taken(cell, kind.clean(&cell.text), target, trust)
    }

    /// Tells of a cell that goes to a field; its text after cleaning.
    fn taken(&mut self, cell: &Cell, cleaned: Cleaned, target: Target, trust: &Trust) -> String {
        self.teller.taken(cell, &cleaned, target, trust);
        cleaned.text
    }

    /// Tells of a caption that the edition prints, and how it prints it where that differs.
    fn caption(&mut self, own: &Cell, printed: &str) {
        if trim(&own.text).is_empty() {
            return;
        }
        let note = if captions::exact(&own.text) == captions::exact(printed) {
            String::new()
        } else {
            format!("表样中写作“{printed}”")
        };
        let trust = Trust {
            sure: 100,
            note: &note,
        };
        self.teller
            .taken(own, &Cleaned::default(), Target::caption(printed), &trust);
    }

    /// The caption of a field, unless its value stands in the same cell.
    fn field_caption(&mut self, field: &Field, printed: &str) {
        let value = field.value.as_ref().map(|value| value.place);
        if value != Some(field.caption.place) {
            self.caption(&field.caption, printed);
        }
    }

    fn fields(&mut self, project: &mut Project) {
        let found = self.found;
        for (index, field) in found.header.iter().enumerate() {
            let spot = self.matches.header.get(index);
            self.field(project, field, *spot.unwrap_or(&Spot::Nowhere));
        }
        for (index, field) in found.fields_below.iter().enumerate() {
            let spot = self.matches.below.get(index);
            self.field(project, field, *spot.unwrap_or(&Spot::Nowhere));
        }
    }

    fn field(&mut self, project: &mut Project, field: &Field, spot: Spot) {
        let edition = self.edition;
        let full = &Trust::FULL;
        let (map, layout, place, area): (_, _, fn(String) -> Place, _) = match spot {
            Spot::Header(at) => (
                &mut project.header,
                edition.header.get(at),
                Place::Header,
                "基本信息 · ",
            ),
            Spot::Text(at) => (&mut project.texts, edition.texts.get(at), Place::Text, ""),
            Spot::Footer(at) => (
                &mut project.footer,
                edition.footer.get(at),
                Place::Footer,
                "表尾 · ",
            ),
            Spot::Total | Spot::Rating => return self.statement(project, field, spot),
            Spot::Nowhere => return self.homeless(project, field),
        };
        let Some(layout) = layout else {
            return self.homeless(project, field);
        };
        self.field_caption(field, &layout.caption);
        if let Some(value) = &field.value {
            let words = format!("{area}{}", layout.caption);
            let cleaned = match layout.options.as_slice() {
                [] => Kind::of(layout).clean(&value.text),
                options => clean::choice(&value.text, options),
            };
            let target = Target::new(self.project, place(layout.key.clone()), words);
            let text = self.taken(value, cleaned, target, full);
            if !text.is_empty() {
                map.insert(layout.key.clone(), text.into());
            }
        }
    }

    /// A total or rating in a field of its own.
    fn statement(&mut self, project: &mut Project, field: &Field, spot: Spot) {
        let Some(value) = &field.value else {
            return self.field_caption(field, &field.caption.text);
        };
        let stated = &mut project.stated;
        if spot == Spot::Total {
            self.field_caption(field, "总分");
            let place = Place::Stated(StatedField::TotalScore);
            let words = "总分 · 得分".to_owned();
            let text = self.take(value, Kind::Figure, place, words, &Trust::FULL);
            stated.total_score = FigureCell::new(text);
        } else {
            self.field_caption(field, "评价等级");
            let place = Place::Stated(StatedField::Rating);
            let text = self.take(value, Kind::Rating, place, "评价等级".into(), &Trust::FULL);
            stated.rating = Typed::new(text);
        }
    }

    /// A field that the edition does not have: it is kept as a footnote.
    fn homeless(&mut self, project: &mut Project, field: &Field) {
        let caption = captions::label(&field.caption.text);
        let Some(value) = &field.value else {
            return self.teller.ignored(
                &field.caption,
                format!("表样没有“{caption}”一栏，原表也未填写"),
            );
        };
        let at = project.stated.footnotes.len();
        let words = format!("表下注释 · 第{}条", at + 1);
        let note = format!("表样没有“{caption}”一栏，已作为表下注释保留");
        let trust = Trust {
            sure: 80,
            note: &note,
        };
        let place = Place::Stated(StatedField::Footnote(at));
        let text = self.take(value, Kind::Paragraph, place, words, &trust);
        self.field_caption(field, &caption);
        project.stated.footnotes.push(format!("{caption}：{text}"));
    }

    /// The year outside the fields: in the title or on a line of its own. A year that a field states goes before it.
    fn year(&mut self, project: &mut Project) {
        let found = self.found;
        let Some((cell, year)) = &found.year else {
            return;
        };
        let is_in_title = found
            .title
            .as_ref()
            .is_some_and(|title| title.place == cell.place);
        let year = clean::line(year).text;
        let stated = project.header(header::YEAR);
        if !stated.is_empty() {
            if captions::exact(stated).contains(&captions::exact(&year)) {
                if !is_in_title {
                    self.caption(cell, &cell.text);
                }
            } else {
                let why = format!("年度一栏写的是“{stated}”，以该栏为准");
                self.teller.ignored(cell, why);
            }
            return;
        }
        let words = format!("基本信息 · {}", self.edition.header_caption(header::YEAR));
        let target = Target::new(self.project, Place::Header(header::YEAR.into()), words);
        self.teller
            .taken(cell, &Cleaned::default(), target, &Trust::FULL);
        project.header.insert(header::YEAR.into(), year.into());
    }

    /// The title counts as stated where the edition would print another.
    fn title(&mut self, project: &mut Project) {
        let found = self.found;
        if let Some(cell) = &found.form_no {
            self.caption(cell, &format!("报表编号：{}", self.edition.form_no));
        }
        let Some(cell) = &found.title else { return };
        let place = Place::Stated(StatedField::Title);
        let printed = captions::exact(&project.title_on(self.edition));
        let own = captions::exact(&clean::caption(&cell.text).text);
        let year = found.year.as_ref().map_or("", |(line, _)| &line.text);
        let with_year = format!("{own}{}", captions::exact(year));
        let in_brackets = format!("{own}({})", captions::exact(year));
        if printed == own || printed == with_year || printed == in_brackets {
            // Nothing to state: the edition's title says the same.
            let target = Target {
                at: None,
                words: "表头 · 标题".into(),
            };
            let cleaned = clean::caption(&cell.text);
            self.teller.taken(cell, &cleaned, target, &Trust::FULL);
            return;
        }
        project.stated.title = self.take(
            cell,
            Kind::Caption,
            place,
            "表头 · 标题".into(),
            &Trust::FULL,
        );
    }

    fn money_unit(&mut self, project: &mut Project) {
        let found = self.found;
        project.money_unit = self.unit;
        if let Some(caption) = &found.unit_caption {
            self.caption(caption, "金额单位");
        }
        let Some((cell, unit)) = &found.money_unit else {
            project.stated.money_unit = String::new();
            return;
        };
        let unit = trim(unit);
        project.stated.money_unit = unit.to_owned();
        let is_read = stated_unit(found).is_some();
        let also_caption = found.funds.as_ref().is_some_and(|funds| {
            let columns = funds.columns.iter().map(|heading| &heading.cell);
            let mut captions = columns.chain(&funds.caption);
            captions.any(|caption| caption.place == cell.place)
        });
        if is_read && also_caption {
            return;
        }
        let note = format!(
            "金额单位“{unit}”不是元或万元，金额按原样保留，暂按“{}”计，请核对",
            self.unit
        );
        let trust = if is_read {
            Trust::FULL
        } else {
            Trust {
                sure: 30,
                note: &note,
            }
        };
        let place = Place::Stated(StatedField::MoneyUnit);
        let target = Target::new(self.project, place, "表头 · 金额单位".into());
        self.teller.taken(cell, &Cleaned::default(), target, &trust);
    }

    fn total(&mut self, project: &mut Project) {
        let found = self.found;
        let Some(total) = &found.total else { return };
        let printed = match self.edition.totals.caption.as_str() {
            "" => "总分",
            caption => caption,
        };
        self.caption(&total.caption, printed);
        let full = &Trust::FULL;
        if let Some(cell) = &total.weight {
            let place = Place::Stated(StatedField::TotalWeight);
            let text = self.take(cell, Kind::Figure, place, "总分 · 分值".into(), full);
            project.stated.total_weight = FigureCell::new(text);
        }
        if let Some(cell) = &total.score {
            let place = Place::Stated(StatedField::TotalScore);
            let text = self.take(cell, Kind::Figure, place, "总分 · 得分".into(), full);
            project.stated.total_score = FigureCell::new(text);
        }
        if let Some(cell) = &total.rating {
            let place = Place::Stated(StatedField::Rating);
            let text = self.take(cell, Kind::Rating, place, "评价等级".into(), full);
            project.stated.rating = Typed::new(text);
        }
    }

    fn footnotes(&mut self, project: &mut Project) {
        // Those that a blank form brings along are not the form's own.
        project.stated.footnotes = Vec::new();
        let printed = &self.edition.footnotes;
        let own: Vec<Cleaned> = self
            .found
            .footnotes
            .iter()
            .map(|cell| clean::paragraph(&cell.text))
            .collect();
        let same = own.len() == printed.len()
            && own
                .iter()
                .zip(printed)
                .all(|(own, printed)| captions::exact(&own.text) == captions::exact(printed));
        for (at, (cell, cleaned)) in self.found.footnotes.iter().zip(own).enumerate() {
            let words = format!("表下注释 · 第{}条", at + 1);
            // What the edition prints by itself need not be stated.
            let target = if same {
                Target { at: None, words }
            } else {
                let place = Place::Stated(StatedField::Footnote(at));
                Target::new(self.project, place, words)
            };
            self.teller.taken(cell, &cleaned, target, &Trust::FULL);
            if !same {
                project.stated.footnotes.push(cleaned.text);
            }
        }
    }

    /// What nothing was made of, and what a person should look at.
    fn left_over(&mut self) {
        for remarked in &self.found.ignored {
            self.teller.ignored(&remarked.cell, remarked.note.as_str());
        }
        for remarked in &self.found.warnings {
            self.teller
                .doubted(&remarked.cell, 50, remarked.note.as_str());
        }
    }
}
