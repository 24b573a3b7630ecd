//! Who is writing: asked once, before the first note or explanation, and changeable at any time.

use egui::{RichText, TextEdit, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::ui::{
    action::Action,
    command::UiCommand,
    scene::Scene,
    theme::{self, Palette, space},
    widgets::button,
};

/// The name that stands under notes and explanations; `None` where it must be asked first
/// (see [`Action::WithName`]).
pub fn author(scene: &Scene<'_>) -> Option<String> {
    let name = scene.settings.user.as_deref().map(str::trim);
    name.filter(|name| !name.is_empty()).map(str::to_owned)
}

/// The line that says by whom a text is signed, with the way to change it.
pub fn signature(ui: &mut Ui, scene: &mut Scene<'_>) {
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        let by = RichText::new(format!("署名：{}", author(scene).unwrap_or_default()));
        ui.label(by.font(theme::text::small()).color(palette.text_weak));
        if button::quiet(ui, UiCommand::ChangeName.label()).clicked() {
            scene.send.command(UiCommand::ChangeName);
        }
    });
}

/// Asks for the name.
pub struct NameDialog {
    name: String,
    /// What follows once the name is known.
    then: Option<Box<dyn Dialog>>,
    is_new: bool,
}

impl NameDialog {
    /// Begins with `name`, which may be empty.
    pub fn change(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            then: None,
            is_new: true,
        }
    }

    /// As [`Self::change`]; `then` comes once the name is known, and not at all if it is not given.
    pub fn before(name: &str, then: Box<dyn Dialog>) -> Self {
        Self {
            then: Some(then),
            ..Self::change(name)
        }
    }
}

impl Dialog for NameDialog {
    fn title(&self) -> String {
        match self.then {
            Some(_) => "填写姓名".into(),
            None => "修改姓名".into(),
        }
    }

    fn width(&self) -> f32 {
        400.0
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        ui.label(
            "姓名写在审核意见、核实说明和流转记录中，随文件保存。以后可以在“帮助”菜单中修改。",
        );
        ui.add_space(space::XS);
        let label = ui.label("姓名");
        let edit = TextEdit::singleline(&mut self.name)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 5));
        let field = ui.add(edit).labelled_by(label.id);
        if std::mem::take(&mut self.is_new) {
            field.request_focus();
        }
        let name = self.name.trim();
        let confirmed = is_confirmed(ui);
        let verb = if self.then.is_some() {
            "继续"
        } else {
            "保存姓名"
        };
        let (is_done, is_cancelled) = buttons(ui, |ui| {
            let done = ui
                .add_enabled_ui(!name.is_empty(), |ui| button::primary(ui, verb).clicked())
                .inner;
            (done, button::plain(ui, "取消").clicked())
        });
        if (is_done || confirmed) && !name.is_empty() {
            scene.send.send(Action::SetUser(name.to_owned()));
            if let Some(then) = self.then.take() {
                scene.send.send(Action::Ask(then));
            }
            return Outcome::Close;
        }
        if is_cancelled {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}
