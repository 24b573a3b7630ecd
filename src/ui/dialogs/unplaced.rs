//! 本表样没有位置的内容: what is kept for another edition; to be copied, or cleared.

use egui::{Label, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons};
use crate::{
    edit::change_edition::unplaced::{Unplaced, unplaced},
    model::{edition::Edition, id::Id, project::Project},
    ui::{
        action::Action,
        desk::Desk,
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::button,
    },
};

/// Lists what a project keeps and its form does not show.
pub struct UnplacedDialog {
    project: Id<Project>,
}

impl UnplacedDialog {
    /// For a project.
    pub fn new(project: Id<Project>) -> Self {
        Self { project }
    }
}

/// What has no place on the project's form.
fn of(desk: &Desk, project: &Project, edition: &Edition) -> Vec<Unplaced> {
    let known = desk.session.editions().shelf().list().iter();
    let known = known.map(|known| &*known.edition);
    let editions: Vec<&Edition> = std::iter::once(edition).chain(known).collect();
    unplaced(project, edition, &editions)
}

impl Dialog for UnplacedDialog {
    fn title(&self) -> String {
        "本表样没有位置的内容".into()
    }

    fn width(&self) -> f32 {
        620.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("change-edition")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let found = scene.desk.and_then(|desk| {
            let project = desk.project(self.project)?;
            let edition = desk.session.editions().of(project)?;
            let editable = project.stage.is_editable();
            Some((of(desk, project, &edition), editable))
        });
        let Some((items, editable)) = found else {
            return Outcome::Close;
        };
        let weak = Palette::of(ui).text_weak;
        let words = match items.is_empty() {
            true => "没有这样的内容",
            false => "这些内容不打印，也不校验；换回原来的表样后照样显示。",
        };
        let words = RichText::new(words).font(theme::text::small());
        ui.add(Label::new(words.color(weak)).wrap());
        ui.add_space(space::S);
        let height = (ui.ctx().content_rect().height() - 260.0).clamp(100.0, 420.0);
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for item in &items {
                    line(ui, item, editable, scene);
                }
            });
        let is_closed = buttons(ui, |ui| button::plain(ui, "关闭").clicked());
        if is_closed {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}

fn line(ui: &mut Ui, item: &Unplaced, editable: bool, scene: &mut Scene<'_>) {
    const BUTTONS: f32 = 96.0;
    ui.horizontal_top(|ui| {
        let width = ui.available_width() - BUTTONS;
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.add(Label::new(RichText::new(&item.caption).font(theme::text::strong())).wrap());
            ui.add(Label::new(item.text.as_str()).wrap().selectable(true));
        });
        let copy = format!("复制 {}", item.caption);
        if button::icon(ui, icons::COPY_SIMPLE, &copy).clicked() {
            scene.send.send(Action::Copy(item.text.clone()));
        }
        let clear = format!("清除 {}", item.caption);
        if editable && button::icon(ui, icons::TRASH, &clear).clicked() {
            let said = format!("已清除 {}", item.caption);
            scene.send.send(Action::EditAndSay(item.clear(), said));
        }
    });
    ui.add_space(space::S);
}
