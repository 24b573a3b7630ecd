//! A colleague has the file open that was opened just now.

use egui::{RichText, Ui};

use super::{Dialog, Outcome, is_confirmed};
use crate::ui::{
    action::{Action, Outbox},
    outside::OutsideAction,
    scene::Scene,
    theme::{Palette, space, text},
    widgets::button,
};

/// The width of the buttons, in points: the sentences beside them begin at one line.
const BUTTON: f32 = 96.0;

/// Says who has the file, and asks how to go on. Closed without an answer, the file is only looked at.
pub struct OpenElsewhere {
    who: String,
    since: String,
    is_answered: bool,
}

impl OpenElsewhere {
    /// For a colleague, in words, who has had it since then.
    pub fn new(who: String, since: String) -> Self {
        Self {
            who,
            since,
            is_answered: false,
        }
    }
}

impl Dialog for OpenElsewhere {
    fn title(&self) -> String {
        "别人正在用这个文件".into()
    }

    fn width(&self) -> f32 {
        520.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("saving")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Self { who, since, .. } = self;
        ui.label(format!("{who}从 {since} 起打开着它。您要怎样打开？"));
        ui.add_space(space::M);
        let is_default = is_confirmed(ui);
        let look = choice(
            ui,
            true,
            "只读打开",
            "只看不改，对方不受影响；以后可以改为编辑。",
        );
        let copy = choice(
            ui,
            false,
            "打开副本",
            "另成一份，改完存成新文件，再与原文件合并。",
        );
        let go_on = choice(
            ui,
            false,
            "继续编辑",
            "两边都能改；后保存的一边会先看到对方的改动，可以合并，不会互相覆盖。",
        );
        ui.add_space(space::S);
        let hint = "对方的电脑如果是意外关机，这个提示十分钟后就不再出现。";
        let hint = RichText::new(hint).font(text::small());
        ui.label(hint.color(Palette::of(ui).text_faint));
        let answer = match () {
            () if look || is_default => Some(OutsideAction::LookOnly(true)),
            () if copy => Some(OutsideAction::Copy),
            () if go_on => None,
            () => return Outcome::Open,
        };
        self.is_answered = true;
        if let Some(answer) = answer {
            scene.send.send(Action::Outside(answer));
        }
        Outcome::Close
    }

    fn closed(&self, send: &mut Outbox) {
        if !self.is_answered {
            send.send(Action::Outside(OutsideAction::LookOnly(true)));
        }
    }
}

/// A button with what it means beside it; whether it was clicked.
fn choice(ui: &mut Ui, is_first: bool, name: &str, meaning: &str) -> bool {
    let clicked = ui.horizontal_top(|ui| {
        let button = match is_first {
            true => button::primary,
            false => button::plain,
        };
        let size = egui::vec2(BUTTON, crate::ui::theme::HIT);
        let layout = egui::Layout::top_down_justified(egui::Align::Min);
        let clicked = ui
            .allocate_ui_with_layout(size, layout, |ui| button(ui, name).clicked())
            .inner;
        ui.add_space(space::S);
        ui.vertical(|ui| {
            ui.add_space(space::XS);
            ui.add(egui::Label::new(meaning).wrap());
        });
        clicked
    });
    ui.add_space(space::XS);
    clicked.inner
}
