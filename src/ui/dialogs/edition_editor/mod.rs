//! The editor of 表样: parts at the left, their fields in the middle, the printed form at the right, renewed as one goes.

mod checks;
mod execution;
mod fields;
mod funds;
mod goals;
mod identity;
mod indicators;
mod pen;
mod scoring;
mod tables;

use std::sync::Arc;

use egui::{Key, Label, Modifiers, RichText, ScrollArea, Ui, WidgetInfo, vec2};

use super::{Dialog, Outcome, buttons, is_composing};
use crate::{
    edit::edition::{
        EditionDraft, copy_of,
        faults::{Part, Told, faults},
        fields::FieldList,
    },
    model::edition::Edition,
    store::editions::{Origin, Shelved},
    ui::{
        action::Action,
        editions::EditionAction,
        icons,
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::{badge, blank_form, button},
    },
};
use pen::{Memory, Pen};

/// The width of the column of parts, in points.
const PARTS: f32 = 132.0;
/// What stands above and beneath the columns, and around the dialog, in points.
const AROUND: f32 = 214.0;

/// Edits an edition.
pub struct EditionEditor {
    draft: EditionDraft,
    /// The content hash of the edition as it was when it was opened, by which projects know it.
    began: Arc<str>,
    part: Part,
    memory: Memory,
    /// The edition as it is, with its hash and what is wrong with it.
    state: State,
    /// The hash of the picture that was seen last.
    seen: Option<Arc<str>>,
    /// What was asked to be kept: the dialog goes once it is.
    keeping: Option<Arc<str>>,
    /// Whether is asked what becomes of the changes.
    is_leaving: bool,
}

/// What follows from the draft.
struct State {
    shelved: Shelved,
    faults: Vec<Told>,
}

impl State {
    fn of(edition: &Arc<Edition>) -> Self {
        Self {
            shelved: Shelved::new(Arc::clone(edition), Origin::User),
            faults: faults(edition),
        }
    }
}

impl EditionEditor {
    /// For an edition of the user's own, or one that is to become one under its own id.
    pub fn new(edition: Arc<Edition>) -> Self {
        let state = State::of(&edition);
        Self {
            began: Arc::clone(&state.shelved.hash),
            draft: EditionDraft::new(edition),
            part: Part::default(),
            memory: Memory::default(),
            state,
            seen: None,
            keeping: None,
            is_leaving: false,
        }
    }

    fn follow(&mut self) {
        if !Arc::ptr_eq(&self.state.shelved.edition, self.draft.edition()) {
            self.state = State::of(self.draft.edition());
        }
    }

    /// Undo and redo by keys, where no text is being typed.
    fn take_keys(&mut self, ui: &Ui) {
        if ui.ctx().text_edit_focused() || is_composing(ui.ctx()) {
            return;
        }
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z)
            || pressed(Modifiers::COMMAND, Key::Y)
        {
            self.draft.redo();
        } else if pressed(Modifiers::COMMAND, Key::Z) {
            self.draft.undo();
        }
    }

    fn parts(&mut self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = space::XS;
        for part in Part::ALL {
            let is_shown = part == self.part;
            let palette = Palette::of(ui);
            let color = if is_shown {
                palette.accent
            } else {
                palette.text
            };
            let row = egui::Button::selectable(is_shown, RichText::new(part.name()).color(color))
                .min_size(vec2(PARTS, HIT));
            let response = ui.add(row);
            let wrong = self
                .state
                .faults
                .iter()
                .filter(|fault| fault.part == part)
                .count();
            let name = match wrong {
                0 => part.name().to_owned(),
                wrong => format!("{}，{wrong} 处要改", part.name()),
            };
            response.widget_info(|| WidgetInfo::selected(egui::Role::Tab, true, is_shown, &name));
            if wrong > 0 {
                let at = egui::pos2(response.rect.right() - 12.0, response.rect.center().y);
                let level = crate::model::policy::Severity::Error;
                badge::paint(ui.painter(), at, 12.0, level, palette);
            }
            if response.clicked() {
                self.part = part;
            }
        }
    }

    fn fields(&mut self, ui: &mut Ui, height: f32) {
        let mut edition = Edition::clone(self.draft.edition());
        let mut pen = Pen {
            edition: &mut edition,
            faults: &self.state.faults,
            memory: &mut self.memory,
            change: None,
        };
        ScrollArea::vertical()
            .id_salt(("part of an edition", self.part))
            .max_height(height)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S - 2.0);
                match self.part {
                    Part::Identity => identity::show(&mut pen, ui),
                    Part::Header => fields::show(&mut pen, ui, FieldList::Header, "表头栏目"),
                    Part::Funds => funds::show(&mut pen, ui),
                    Part::Goals => goals::show(&mut pen, ui),
                    Part::Indicators => indicators::show(&mut pen, ui),
                    Part::Tables => tables::show(&mut pen, ui),
                    Part::Foot => tables::foot(&mut pen, ui),
                    Part::Footnotes => identity::footnotes(&mut pen, ui),
                    Part::Scoring => scoring::show(&mut pen, ui),
                    Part::Checks => checks::show(&mut pen, ui),
                }
                elsewhere(ui, pen.faults, self.part);
            });
        if let Some((label, field)) = pen.change {
            self.draft.take(&label, field.as_deref(), edition);
            self.is_leaving = false;
        }
    }

    /// The printed form. A state with faults is not drawn; the picture before stays.
    fn picture(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, height: f32) {
        let size = vec2(ui.available_width(), height);
        let before = self.seen.clone();
        let is_sound = self.state.faults.is_empty();
        let known = &self.state.shelved;
        if is_sound {
            if blank_form::show(ui, scene, known, before.as_deref(), size) {
                self.seen = Some(Arc::clone(&known.hash));
            }
            return;
        }
        let words = "改好标红的地方后，这里按新的内容重画";
        let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
        let palette = Palette::of(ui);
        ui.painter()
            .rect_filled(rect, f32::from(theme::RADIUS), palette.ground);
        let anchor = egui::Align2::CENTER_CENTER;
        let font = theme::text::small();
        ui.painter()
            .text(rect.center(), anchor, words, font, palette.text_weak);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, words));
    }

    fn foot(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        if self.is_leaving {
            return self.leaving(ui, scene);
        }
        let palette = Palette::of(ui);
        let shelf = scene.environment.editions();
        let own = shelf.user(&self.state.shelved.edition.id);
        let is_kept = own.is_some_and(|own| own.hash == self.state.shelved.hash);
        buttons(ui, |ui| {
            let is_sound = self.state.faults.is_empty();
            let verb = match own {
                Some(_) => "保存",
                None => "保存为表样",
            };
            let can = is_sound && !is_kept;
            let save = ui.add_enabled_ui(can, |ui| button::primary(ui, verb)).inner;
            let why = match is_sound {
                true => "已经保存",
                false => "还有要改的地方",
            };
            if save.on_disabled_hover_text(why).clicked() {
                self.keep(scene);
            }
            if own.is_some() {
                let other = ui.add_enabled_ui(is_sound, |ui| button::plain(ui, "存为新表样"));
                let other = other.inner.on_hover_text("原来的一份不变，另存一份");
                if other.clicked() {
                    self.keep_as_new(scene);
                }
            }
            if button::plain(ui, "关闭").clicked() {
                match self.draft.is_changed() || own.is_none() {
                    true => self.is_leaving = true,
                    false => return Outcome::Close,
                }
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                self.steps(ui);
                let words = match self.state.faults.len() {
                    0 if is_kept => RichText::new("已保存").color(palette.text_weak),
                    0 => RichText::new("可以保存").color(palette.good),
                    count => RichText::new(format!("有 {count} 处要改")).color(palette.error),
                };
                ui.add(Label::new(words.font(theme::text::small())).truncate());
            });
            Outcome::Open
        })
    }

    /// Undo and redo.
    fn steps(&mut self, ui: &mut Ui) {
        let named = |verb: &str, label: Option<&str>| match label {
            Some(label) => format!("{verb}：{label}"),
            None => verb.to_owned(),
        };
        let (undo, redo) = (self.draft.undoable(), self.draft.redoable());
        let (can_undo, can_redo) = (undo.is_some(), redo.is_some());
        let (undo, redo) = (named("撤销修改", undo), named("重做修改", redo));
        let icon = icons::ARROW_COUNTER_CLOCKWISE;
        if ui
            .add_enabled_ui(can_undo, |ui| button::icon(ui, icon, &undo))
            .inner
            .clicked()
        {
            self.draft.undo();
        }
        let icon = icons::ARROW_CLOCKWISE;
        if ui
            .add_enabled_ui(can_redo, |ui| button::icon(ui, icon, &redo))
            .inner
            .clicked()
        {
            self.draft.redo();
        }
    }

    /// Asks what becomes of the changes.
    fn leaving(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        buttons(ui, |ui| {
            let is_sound = self.state.faults.is_empty();
            let save = ui.add_enabled_ui(is_sound, |ui| button::primary(ui, "保存并关闭"));
            if save
                .inner
                .on_disabled_hover_text("还有要改的地方")
                .clicked()
            {
                self.keep(scene);
            }
            if button::plain(ui, "不保存").clicked() {
                return Outcome::Close;
            }
            if button::plain(ui, "继续修改").clicked() {
                self.is_leaving = false;
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let words = match is_sound {
                    true => "这份表样还没有保存。",
                    false => "这份表样还有要改的地方，没有保存。",
                };
                ui.add(Label::new(words).truncate());
            });
            Outcome::Open
        })
    }

    /// Asks for the edition to be kept; the dialog goes once it is.
    fn keep(&mut self, scene: &mut Scene<'_>) {
        let edition = Arc::clone(self.draft.edition());
        self.keeping = Some(Arc::clone(&self.state.shelved.hash));
        let action = EditionAction::Keep {
            edition,
            before: Some(Arc::clone(&self.began)),
        };
        scene.send.send(Action::Edition(Box::new(action)));
    }

    fn keep_as_new(&mut self, scene: &mut Scene<'_>) {
        let edition = self.draft.edition();
        let name = super::editions::free_name(&scene.environment.editions(), &edition.name);
        let copy = Arc::new(copy_of(edition, &name, &mut &**scene.environment));
        self.keeping = Some(copy.hash().into());
        let action = EditionAction::Keep {
            edition: copy,
            before: None,
        };
        scene.send.send(Action::Edition(Box::new(action)));
    }

    /// Whether what was asked to be kept is.
    fn is_kept(&mut self, scene: &Scene<'_>) -> bool {
        let Some(wanted) = self.keeping.take() else {
            return false;
        };
        let shelf = scene.environment.editions();
        let mut own = shelf
            .list()
            .iter()
            .filter(|known| known.origin == Origin::User);
        own.any(|known| known.hash == wanted)
    }
}

/// What is wrong in this part and has no field: told at its end.
fn elsewhere(ui: &mut Ui, faults: &[Told], part: Part) {
    let of_part: Vec<&Told> = faults.iter().filter(|fault| fault.part == part).collect();
    if of_part.is_empty() {
        return;
    }
    ui.add_space(space::S);
    let palette = Palette::of(ui);
    egui::Frame::new()
        .fill(palette.error_weak)
        .corner_radius(theme::RADIUS)
        .inner_margin(space::S)
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            for fault in of_part {
                let words = RichText::new(&fault.what).color(palette.text);
                ui.add(Label::new(words.font(theme::text::small())).wrap());
            }
        });
}

impl Dialog for EditionEditor {
    fn title(&self) -> String {
        "编辑表样".into()
    }

    fn width(&self) -> f32 {
        1240.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("editions")
    }

    fn holds_text(&self) -> bool {
        self.draft.is_changed()
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        if self.is_kept(scene) {
            self.draft.mark_kept();
            return Outcome::Close;
        }
        self.take_keys(ui);
        self.follow();
        let name = RichText::new(&self.draft.edition().name).color(Palette::of(ui).text_weak);
        ui.add(Label::new(name).truncate());
        let height = (ui.ctx().content_rect().height() - AROUND).clamp(160.0, 760.0);
        let width = ui.available_width();
        let picture = ((width - PARTS) * 0.46).clamp(260.0, 560.0);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            ui.vertical(|ui| {
                ui.set_width(PARTS);
                ui.set_height(height);
                self.parts(ui);
            });
            ui.vertical(|ui| {
                ui.set_width(width - PARTS - picture - 2.0 * space::L);
                self.fields(ui, height);
            });
            ui.vertical(|ui| {
                ui.set_width(picture);
                self.picture(ui, scene, height);
            });
        });
        self.follow();
        self.foot(ui, scene)
    }
}
