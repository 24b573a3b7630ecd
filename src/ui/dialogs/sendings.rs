//! 填报表收发: what was given out, to whom, and who has not returned it.

use egui::{Button, Label, RichText, ScrollArea, Ui, WidgetInfo, vec2};
use jiff::civil::Date;

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    edit::command::EditCommand,
    model::{
        document::Document,
        sending::{Sending, SendingState},
    },
    sharing::fill_in::reminding::{is_out, project_names, reminder},
    ui::{
        action::Action,
        filling_in::FillInAction,
        icons,
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::button,
    },
};

/// The dialog.
#[derive(Default)]
pub struct SendingsDialog {
    filter: Filter,
}

/// Which ones are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Filter {
    #[default]
    All,
    Out,
    Overdue,
    Returned,
}

impl Filter {
    const ALL: [(Self, &'static str); 4] = [
        (Self::All, "全部"),
        (Self::Out, "未收回"),
        (Self::Overdue, "逾期"),
        (Self::Returned, "已收回"),
    ];

    fn takes(self, sending: &Sending, today: Date) -> bool {
        match (self, sending.state(today)) {
            (Self::All, _) | (Self::Returned, SendingState::Returned) => true,
            (Self::Out, state) => state != SendingState::Returned,
            (Self::Overdue, state) => matches!(state, SendingState::Overdue(_)),
            (Self::Returned, _) => false,
        }
    }
}

fn ask(scene: &mut Scene<'_>, action: FillInAction) {
    scene.send.send(Action::FillIn(Box::new(action)));
}

impl Dialog for SendingsDialog {
    fn title(&self) -> String {
        "填报表收发".into()
    }

    fn width(&self) -> f32 {
        860.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("fill-in")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(desk) = scene.desk else {
            return Outcome::Close;
        };
        let document = desk.session.document();
        let today = scene.environment.today();
        self.filters(ui, document, today);
        let listed: Vec<_> = document
            .sendings
            .iter()
            .rev()
            .filter(|one| self.filter.takes(one, today))
            .collect();
        let height = (ui.ctx().content_rect().height() - 280.0).clamp(160.0, 480.0);
        ScrollArea::vertical()
            .id_salt("what was given out")
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                if listed.is_empty() {
                    ui.add_space(space::L);
                    let faint = Palette::of(ui).text_faint;
                    let words = match document.sendings.is_empty() {
                        true => "还没有发出过填报表",
                        false => "没有这样的填报表",
                    };
                    ui.vertical_centered(|ui| ui.label(RichText::new(words).color(faint)));
                    ui.add_space(space::L);
                }
                for sending in &listed {
                    ui.push_id(sending.id.bits(), |ui| {
                        line(ui, sending, document, today, scene);
                    });
                    ui.separator();
                }
            });
        foot(ui, document, today, scene)
    }
}

impl SendingsDialog {
    fn filters(&mut self, ui: &mut Ui, document: &Document, today: Date) {
        ui.horizontal_wrapped(|ui| {
            for (filter, word) in Filter::ALL {
                let all = document.sendings.iter();
                let count = all.filter(|one| filter.takes(one, today)).count();
                let is_on = self.filter == filter;
                let shown = format!("{word} {count}");
                let choice = Button::selectable(is_on, &shown).min_size(vec2(64.0, HIT));
                let response = ui.add(choice);
                let name = format!("只看{word}");
                response.widget_info(|| {
                    WidgetInfo::selected(egui::Role::RadioButton, true, is_on, &name)
                });
                if response.clicked() {
                    self.filter = filter;
                }
            }
        });
        ui.add_space(space::S);
    }
}

/// One that was given out.
fn line(ui: &mut Ui, sending: &Sending, document: &Document, today: Date, scene: &mut Scene<'_>) {
    let palette = Palette::of(ui);
    let state = sending.state(today);
    let (icon, color) = match state {
        SendingState::Returned => (icons::CHECK_CIRCLE, palette.good),
        SendingState::Overdue(_) => (icons::WARNING, palette.error),
        SendingState::Out(_) => (icons::CLOCK, palette.text_weak),
    };
    ui.horizontal(|ui| {
        let to = match sending.to.trim() {
            "" => "（没有写发给谁）",
            to => to,
        };
        ui.add(Label::new(RichText::new(to).font(theme::text::strong())).truncate());
        ui.label(RichText::new(format!("{icon} {state}")).color(color));
    });
    let names = project_names(document, sending);
    let projects = match names.as_slice() {
        [] => "项目已不在本文件中".to_owned(),
        [only] => only.clone(),
        [first, ..] => format!("{first} 等 {} 个项目", names.len()),
    };
    let small = |words: String| {
        RichText::new(words)
            .font(theme::text::small())
            .color(palette.text_weak)
    };
    let due = match sending.due.trim() {
        "" => String::new(),
        due => format!("，应于 {due} 前交回"),
    };
    ui.add(Label::new(small(projects)).truncate())
        .on_hover_text(names.join("\n"));
    let words = format!("{} 发出{due}。文件：{}", sending.time, sending.file);
    ui.add(Label::new(small(words)).wrap());
    if let Some(last) = sending.returns.last() {
        let words = format!("{} 收回（{}）：{}", last.time, last.file, &*last.taken);
        ui.add(Label::new(small(words)).wrap());
    }
    ui.horizontal(|ui| {
        if is_out(sending) && button::quiet(ui, "复制催办文字").clicked() {
            let text = reminder(document, sending, today);
            scene.send.send(Action::Copy(text));
            scene
                .send
                .send(Action::Say("已复制催办文字，可粘贴到微信或邮件".into()));
        }
        if !names.is_empty() && button::quiet(ui, "再发一次…").clicked() {
            ask(scene, FillInAction::Ask(sending.projects.clone()));
        }
        if button::quiet(ui, "移出列表").clicked() {
            let drop = EditCommand::DropSending {
                sending: sending.id,
            };
            let said = format!("已移出发给{}的记录", sending.to);
            scene.send.send(Action::EditAndSay(drop, said));
        }
    });
}

fn foot(ui: &mut Ui, document: &Document, today: Date, scene: &mut Scene<'_>) -> Outcome {
    let confirmed = is_confirmed(ui);
    let out: Vec<_> = document.sendings.iter().filter(|one| is_out(one)).collect();
    buttons(ui, |ui| {
        if button::primary(ui, "关闭").clicked() || confirmed {
            return Outcome::Close;
        }
        if button::plain(ui, "收回填报表…").clicked() {
            ask(scene, FillInAction::AskBack);
            return Outcome::Close;
        }
        if button::plain(ui, "发出填报表…").clicked() {
            ask(scene, FillInAction::Ask(Vec::new()));
            return Outcome::Close;
        }
        if !document.sendings.is_empty() && button::plain(ui, "导出 Excel…").clicked() {
            ask(scene, FillInAction::ExportList);
        }
        if out.len() > 1 && button::plain(ui, "复制全部催办").clicked() {
            let texts: Vec<String> = out
                .iter()
                .map(|one| reminder(document, one, today))
                .collect();
            scene.send.send(Action::Copy(texts.join("\n\n")));
            scene
                .send
                .send(Action::Say(format!("已复制 {} 份催办文字", texts.len())));
        }
        Outcome::Open
    })
}
