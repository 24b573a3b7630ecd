//! Choosing an edition by its picture, for a new document or for a new project in the open one. Making one of the office's
//! own form is the first choice.

pub mod form;
pub mod list;

use egui::{RichText, ScrollArea, TextEdit, Ui, vec2};

use super::{Dialog, Outcome, buttons, choosing::Choosing, is_confirmed};
use crate::{
    model::{
        edition::{Edition, Years},
        project::header,
    },
    store::editions::{EditionShelf, Shelved},
    ui::{
        action::{Action, NewForm},
        editions::{EditionAction, FormReading},
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{blank_form, button, gaps},
    },
};
use list::Found;

/// What is made on the edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Making {
    Document,
    Project,
}

/// Asks for an edition, and for the name and year of the project.
pub struct NewDialog {
    making: Making,
    choosing: Choosing,
    name: String,
    /// 年度 as a number; `None` before it was proposed.
    year: Option<String>,
    found: Found,
    /// Id and hash of the edition made of a form that was seen last: a new one is chosen when it comes.
    made: Option<(String, String)>,
    /// The id of the edition that is to be chosen once it is listed.
    wanted: Option<String>,
}

impl NewDialog {
    /// For a new document.
    pub fn document() -> Self {
        Self::of(Making::Document)
    }

    /// For a new project in the open document.
    pub fn project() -> Self {
        Self::of(Making::Project)
    }

    fn of(making: Making) -> Self {
        Self {
            making,
            choosing: Choosing::default(),
            name: String::new(),
            year: None,
            found: Found::default(),
            made: None,
            wanted: None,
        }
    }

    /// Proposes the year and, for a further project, the edition of the shown one.
    fn propose(&mut self, scene: &Scene<'_>) {
        if self.year.is_some() {
            return;
        }
        let today = scene.environment.today();
        // In the first half of a year the forms of the year before are due.
        let year = today.year() - i16::from(today.month() <= 6);
        self.year = Some(year.to_string());
        let shown = scene
            .desk
            .filter(|_| self.making == Making::Project)
            .and_then(|desk| desk.project(scene.position.project));
        if let Some(project) = shown {
            let own = &project.edition;
            let same = |known: &Shelved| known.edition.id == own.id && *known.hash == *own.hash;
            let alike = |known: &Shelved| known.edition.id == own.id;
            let line = self
                .found
                .position(same)
                .or_else(|| self.found.position(alike));
            self.choosing.line = line.unwrap_or(0);
            self.choosing.moved = true;
        }
    }

    /// An edition that was just made of a form is chosen; so it is once it is kept.
    fn choose_made(&mut self, scene: &Scene<'_>) {
        let made = scene.form.made();
        let now = made.map(|made| (made.edition.id.clone(), made.hash.to_string()));
        if self.made == now {
            return;
        }
        let before = std::mem::replace(&mut self.made, now);
        self.choosing.search.clear();
        self.choosing.moved = true;
        self.choosing.line = 0;
        self.wanted = match self.made {
            Some(_) => None,
            None => before.map(|(id, _)| id),
        };
    }

    /// Name and year of the project.
    fn fields(&mut self, ui: &mut Ui, edition: &Edition) {
        let has = |key: &str| edition.header.iter().any(|field| field.key == key);
        ui.horizontal(|ui| {
            let width = ui.available_width();
            if has(header::YEAR) {
                let year = self.year.get_or_insert_default();
                let room = width - 120.0 - space::S;
                optional(ui, "项目名称（可以以后再填）", &mut self.name, room);
                optional(ui, "年度", year, 120.0);
            } else {
                optional(ui, "项目名称（可以以后再填）", &mut self.name, width);
            }
        });
    }

    fn form(&self, known: &Shelved) -> NewForm {
        let year = self.year.as_deref().unwrap_or_default().trim();
        NewForm {
            edition: known.edition.clone(),
            name: self.name.clone(),
            // Forms print the year as "2020年", or take the number out of it for their title.
            year: match year.parse::<i16>() {
                Ok(number) => format!("{number}年"),
                Err(_) => year.to_owned(),
            },
        }
    }

    /// Makes what was asked for. An edition that was just made of a form is kept for later.
    fn create(&self, scene: &mut Scene<'_>, known: &Shelved) {
        let is_made = scene
            .form
            .made()
            .is_some_and(|made| made.hash == known.hash);
        let form = self.form(known);
        if is_made {
            let action = EditionAction::Keep {
                edition: known.edition.clone(),
                before: None,
            };
            scene.send.send(Action::Edition(Box::new(action)));
        }
        scene.send.send(match self.making {
            Making::Document => Action::CreateDocument(form),
            Making::Project => Action::CreateProject(form),
        });
    }
}

fn optional(ui: &mut Ui, caption: &str, text: &mut String, width: f32) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.set_width(width);
        let weak = Palette::of(ui).text_weak;
        let label = ui.label(
            RichText::new(caption)
                .font(theme::text::small())
                .color(weak),
        );
        let edit = TextEdit::singleline(text)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 5));
        ui.add(edit).labelled_by(label.id);
    });
}

/// Region, years, how well it is known and where it comes from.
fn about(known: &Shelved) -> String {
    let edition = &known.edition;
    let parts = [
        Some(edition.region.clone()),
        years_in_words(edition.years),
        Some(edition.status.to_string()),
        Some(known.origin.to_string()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// The years that an edition is for; `None` where they are open.
pub fn years_in_words(years: Years) -> Option<String> {
    match (years.from, years.to) {
        (Some(from), Some(to)) if from == to => Some(format!("{from}年")),
        (Some(from), Some(to)) => Some(format!("{from}—{to}年")),
        (Some(from), None) => Some(format!("{from}年起")),
        (None, Some(to)) => Some(format!("至{to}年")),
        (None, None) => None,
    }
}

/// The blank form, and what is known and not known of it.
fn preview(ui: &mut Ui, scene: &mut Scene<'_>, known: &Shelved, height: f32) {
    let about = (height * 0.28).clamp(64.0, 120.0);
    let size = vec2(ui.available_width(), height - about - 2.0 * space::S);
    blank_form::show(ui, scene, known, None, size);
    ScrollArea::vertical()
        .id_salt("source")
        .max_height(about)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            gaps::show(ui, &known.edition);
        });
}

impl Dialog for NewDialog {
    fn title(&self) -> String {
        match self.making {
            Making::Document => "新建".into(),
            Making::Project => "添加项目".into(),
        }
    }

    fn width(&self) -> f32 {
        940.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("editions")
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        /// What stands above and beneath list and picture, and around the dialog, in points.
        const AROUND: f32 = 348.0;
        let shelf = match (self.making, scene.desk) {
            (Making::Project, Some(desk)) => desk.session.editions().shelf().clone(),
            _ => EditionShelf::clone(&scene.environment.editions()),
        };
        form::card(ui, scene);
        self.choose_made(scene);
        self.found
            .find(&shelf, scene.form.made(), &self.choosing.search);
        self.propose(scene);
        if let Some(id) = self.wanted.take() {
            let line = self.found.position(|known| known.edition.id == id);
            self.choosing.line = line.unwrap_or(0);
        }
        let height = (ui.ctx().content_rect().height() - AROUND).clamp(120.0, 560.0);
        let width = ui.available_width();
        let list = (width * 0.4).clamp(240.0, 340.0);
        let mut is_final = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            ui.vertical(|ui| {
                ui.set_width(list);
                let hint = "搜索名称、地区、拼音首字母";
                self.choosing
                    .field(ui, "搜索表样", hint, self.found.count());
                self.found
                    .find(&shelf, scene.form.made(), &self.choosing.search);
                is_final = self.found.show(ui, &mut self.choosing, height);
            });
            ui.vertical(|ui| {
                ui.set_width(width - list - space::L);
                ui.set_height(height);
                if let Some(known) = self.found.get(self.choosing.line) {
                    preview(ui, scene, &known, height);
                }
            });
        });
        let chosen = self.found.get(self.choosing.line);
        if let Some(known) = &chosen {
            self.fields(ui, &known.edition);
        }
        let confirmed = is_confirmed(ui);
        let verb = match self.making {
            Making::Document => "新建",
            Making::Project => "添加",
        };
        buttons(ui, |ui| {
            let can = chosen.is_some() && !matches!(scene.form, FormReading::Reading(..));
            let create = ui.add_enabled_ui(can, |ui| button::primary(ui, verb));
            let is_asked = create.inner.clicked() || confirmed || is_final;
            if let Some(known) = chosen.as_ref().filter(|_| is_asked && can) {
                self.create(scene, known);
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }

    fn closed(&self, send: &mut crate::ui::action::Outbox) {
        send.send(Action::Edition(Box::new(EditionAction::ForgetForm)));
    }
}
