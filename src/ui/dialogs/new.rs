//! Choosing an edition by its picture, for a new document or for a new project in the open one.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::{Dialog, Outcome, buttons, choosing::Choosing, is_confirmed};
use crate::{
    model::{
        edition::{Edition, EditionStatus, Years},
        folding::Pattern,
        project::header,
    },
    store::editions::{EditionShelf, Origin, Shelved},
    ui::{
        action::{Action, NewForm},
        pictures::Drawn,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, row::Row},
    },
};

/// The height of an edition's row, in points.
const ROW: f32 = 50.0;
/// The least width at which a form's captions can be made out, in points.
const READABLE: f32 = 220.0;

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
    /// What the list was searched for last, with the editions that were found, as indexes of the shelf.
    found: Option<(String, Vec<usize>)>,
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
            found: None,
        }
    }

    /// Proposes the year and, for a further project, the edition of the shown one.
    fn propose(&mut self, scene: &Scene<'_>, shelf: &EditionShelf) {
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
            let same = |known: &Shelved| known.edition.id == project.edition.id;
            self.choosing.line = shelf.list().iter().position(same).unwrap_or(0);
            self.choosing.moved = true;
        }
    }

    fn find(&mut self, shelf: &EditionShelf) {
        let search = self.choosing.search.trim();
        if self
            .found
            .as_ref()
            .is_some_and(|(known, _)| known == search)
        {
            return;
        }
        let terms: Vec<Pattern> = search.split_whitespace().map(Pattern::new).collect();
        let holds = |edition: &Edition| {
            terms.iter().all(|term| {
                term.is_in(&edition.name) || term.is_in(&edition.region) || term.is_in(&edition.id)
            })
        };
        let editions = shelf.list().iter().enumerate();
        let indexes = editions
            .filter(|(_, known)| known.edition.status != EditionStatus::Draft)
            .filter(|(_, known)| holds(&known.edition))
            .map(|(index, _)| index)
            .collect();
        self.found = Some((search.to_owned(), indexes));
    }

    fn indexes(&self) -> &[usize] {
        self.found.as_ref().map_or(&[], |(_, indexes)| indexes)
    }

    fn chosen<'s>(&self, shelf: &'s EditionShelf) -> Option<&'s Shelved> {
        let index = self.indexes().get(self.choosing.line)?;
        shelf.list().get(*index)
    }

    /// The editions; returns whether one was double clicked.
    fn list(&mut self, ui: &mut Ui, shelf: &EditionShelf, height: f32) -> bool {
        let lines = self.indexes().len();
        let hint = "搜索名称、地区";
        self.choosing.field(ui, "搜索表样", hint, lines);
        self.find(shelf);
        let mut clicked = None;
        let mut is_final = false;
        ScrollArea::vertical()
            .id_salt("editions")
            .max_height(height - 44.0)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (line, index) in self.indexes().iter().enumerate() {
                    let Some(known) = shelf.list().get(*index) else {
                        continue;
                    };
                    let is_chosen = line == self.choosing.line;
                    let response = edition_row(ui, known, is_chosen);
                    if is_chosen && self.choosing.moved {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        clicked = Some(line);
                    }
                    is_final |= response.double_clicked();
                }
                if self.indexes().is_empty() {
                    let words = RichText::new("没有找到这样的表样");
                    ui.label(words.color(Palette::of(ui).text_weak));
                }
            });
        if let Some(line) = clicked {
            self.choosing.line = line;
        }
        is_final
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

fn edition_row(ui: &mut Ui, known: &Shelved, is_chosen: bool) -> egui::Response {
    let palette = Palette::of(ui);
    let edition = &known.edition;
    let about = about(known);
    Row::new(&edition.name)
        .line(&edition.name, theme::text::grid(), palette.text)
        .line(&about, theme::text::small(), palette.text_weak)
        .chosen(is_chosen)
        .show(ui, ROW)
        .on_hover_ui(|ui| {
            ui.label(&edition.name);
            ui.label(about.as_str());
        })
}

/// Region, years, how well it is known and where it comes from.
fn about(known: &Shelved) -> String {
    let edition = &known.edition;
    let origin = match known.origin {
        Origin::Document => "文件自带",
        Origin::User => "自行添加",
        Origin::BuiltIn => "程序自带",
    };
    let parts = [
        Some(edition.region.clone()),
        years(edition.years),
        Some(edition.status.to_string()),
        Some(origin.to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

fn years(years: Years) -> Option<String> {
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
    let palette = Palette::of(ui);
    let about = 76.0;
    let size = vec2(ui.available_width(), height - about - 2.0 * space::S);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, f32::from(theme::RADIUS), palette.ground);
    let words = match scene.pictures.get(&known.hash) {
        Some(Drawn::Ready(texture)) => {
            paper(ui, rect.shrink(space::M), texture, &known.edition.name);
            None
        }
        Some(Drawn::Underway) => Some("正在绘制…"),
        Some(Drawn::Failed) => Some("这份表样的样子没有画出来，仍可以使用"),
        None => {
            if !scene.pictures.is_busy() {
                scene.send.send(Action::DrawEdition(known.clone()));
            }
            Some("正在绘制…")
        }
    };
    if let Some(words) = words {
        let anchor = egui::Align2::CENTER_CENTER;
        let font = theme::text::small();
        painter.text(rect.center(), anchor, words, font, palette.text_weak);
    }
    ui.add_space(space::S);
    ScrollArea::vertical()
        .id_salt("source")
        .max_height(about)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let source = RichText::new(&known.edition.source).font(theme::text::small());
            ui.add(Label::new(source.color(palette.text_weak)).wrap());
        });
}

/// The page as wide as there is room, as far down as there is room, with its shadow. Paper is white in the dark, too.
fn paper(ui: &mut Ui, room: egui::Rect, texture: &egui::TextureHandle, name: &str) {
    let palette = Palette::of(ui);
    let size = texture.size_vec2();
    // Small enough to be seen whole where it still can be read; else its upper part.
    let (wide, whole) = (room.width() / size.x, room.height() / size.y);
    let scale = if whole * size.x < READABLE {
        wide
    } else {
        wide.min(whole)
    };
    let seen = (size * scale).min(room.size());
    let rect = egui::Rect::from_center_size(room.center(), seen);
    let painter = ui.painter();
    painter.rect_filled(
        rect.translate(vec2(0.0, 2.0)).expand(1.0),
        2.0,
        palette.shadow,
    );
    let upper = egui::pos2(1.0, seen.y / (size.y * scale));
    egui::Image::from_texture((texture.id(), rect.size()))
        .uv(egui::Rect::from_min_max(egui::Pos2::ZERO, upper))
        .paint_at(ui, rect);
    let id = ui.scope_id().with("paper");
    let response = ui.interact(rect, id, egui::Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Image, true, format!("空白表：{name}"))
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
        Some("start")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let shelf = match (self.making, scene.desk) {
            (Making::Project, Some(desk)) => desk.session.editions().shelf().clone(),
            _ => EditionShelf::clone(&scene.environment.editions()),
        };
        self.propose(scene, &shelf);
        self.find(&shelf);
        let height = (ui.ctx().content_rect().height() - 270.0).clamp(120.0, 560.0);
        let width = ui.available_width();
        let list = (width * 0.4).clamp(240.0, 340.0);
        let mut is_final = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            ui.vertical(|ui| {
                ui.set_width(list);
                is_final = self.list(ui, &shelf, height);
            });
            ui.vertical(|ui| {
                ui.set_width(width - list - space::L);
                ui.set_height(height);
                if let Some(known) = self.chosen(&shelf) {
                    preview(ui, scene, known, height);
                }
            });
        });
        let chosen = self.chosen(&shelf).cloned();
        if let Some(known) = &chosen {
            self.fields(ui, &known.edition);
        }
        let confirmed = is_confirmed(ui);
        let verb = match self.making {
            Making::Document => "新建",
            Making::Project => "添加",
        };
        buttons(ui, |ui| {
            let can = chosen.is_some();
            let create = ui.add_enabled_ui(can, |ui| button::primary(ui, verb));
            let is_asked = create.inner.clicked() || confirmed || is_final;
            if let Some(known) = chosen.as_ref().filter(|_| is_asked) {
                let form = self.form(known);
                scene.send.send(match self.making {
                    Making::Document => Action::CreateDocument(form),
                    Making::Project => Action::CreateProject(form),
                });
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
