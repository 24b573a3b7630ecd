//! A note with what was answered to it, and what can be done with it.

use egui::{Align, Label, Layout, Response, RichText, Sense, Stroke, Ui, Vec2};

use crate::{
    edit::command::EditCommand,
    model::{project::Note, review::Reply},
    ui::{
        action::Action,
        dialogs::{name::author, note::NoteDialog},
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, note_mark},
    },
};

/// Draws the card of a note.
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    note: &Note,
    place: &str,
    is_current: bool,
) -> Response {
    let palette = Palette::of(ui);
    let mut frame = theme::card(ui);
    if is_current {
        frame = frame.stroke(Stroke::new(1.5, palette.accent));
    }
    let drawn = ui.push_id(note.id, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                kind(ui, note);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    actions(ui, scene, note, place);
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let text = RichText::new(place).color(palette.accent);
                        let link = egui::Button::new(text).frame(false).truncate();
                        let link = ui.add(link);
                        let link = button::with_focus(ui, link);
                        if link.on_hover_text("转到此处").clicked() {
                            scene.send.send(Action::GoTo(note.at.clone()));
                        }
                    });
                });
            });
            text(ui, &note.text, note.resolved);
            by(ui, &note.author, &note.time);
            for reply in note.replies.iter() {
                answer(ui, scene, note, reply);
            }
            let verb = match note.replies.is_empty() {
                true => "回复…",
                false => "再回复…",
            };
            if button::quiet(ui, verb).clicked() {
                let dialog = NoteDialog::reply(note, None);
                scene.send.send(Action::WithName(Box::new(dialog)));
            }
        })
    });
    drawn.inner.response
}

/// The kind: mark and word, weakly once the note is dealt with.
fn kind(ui: &mut Ui, note: &Note) {
    let palette = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(14.0), Sense::hover());
    let mut painter = ui.painter().clone();
    painter.multiply_opacity(if note.resolved { 0.5 } else { 1.0 });
    note_mark::paint(&painter, rect.center(), 12.0, note.kind, palette);
    let color = match note.resolved {
        true => palette.text_weak,
        false => note_mark::color(note.kind, palette),
    };
    ui.label(RichText::new(note.kind.to_string()).color(color));
}

fn text(ui: &mut Ui, text: &str, is_weak: bool) {
    let palette = Palette::of(ui);
    let color = if is_weak {
        palette.text_weak
    } else {
        palette.text
    };
    ui.add(Label::new(RichText::new(text).color(color)).wrap());
}

fn by(ui: &mut Ui, author: &str, time: &str) {
    let author = if author.is_empty() {
        "未署名"
    } else {
        author
    };
    let by = RichText::new(format!("{author} · {time}")).font(theme::text::small());
    ui.label(by.color(Palette::of(ui).text_weak));
}

/// What was answered, set in.
fn answer(ui: &mut Ui, scene: &mut Scene<'_>, note: &Note, reply: &Reply) {
    let palette = Palette::of(ui);
    let top = ui.cursor().top();
    let indent = ui.push_id(reply.id, |ui| {
        ui.horizontal(|ui| {
            ui.add_space(space::L);
            ui.vertical(|ui| {
                text(ui, &reply.text, note.resolved);
                ui.horizontal(|ui| {
                    by(ui, &reply.author, &reply.time);
                    if is_own(scene, &reply.author) {
                        own_answer(ui, scene, note, reply);
                    }
                });
            });
        })
    });
    let bottom = indent.inner.response.rect.bottom();
    let x = indent.inner.response.rect.left() + space::S;
    let line = Stroke::new(2.0, palette.line);
    ui.painter().vline(x, top..=bottom, line);
}

fn own_answer(ui: &mut Ui, scene: &mut Scene<'_>, note: &Note, reply: &Reply) {
    if button::icon(ui, icons::PENCIL_SIMPLE, "修改这条回复").clicked() {
        let dialog = NoteDialog::reply(note, Some(reply));
        scene.send.send(Action::Ask(Box::new(dialog)));
    }
    if button::icon(ui, icons::TRASH, "删除这条回复").clicked() {
        let command = EditCommand::RemoveReply {
            project: note.at.project,
            note: note.id,
            reply: reply.id,
        };
        let said = "已删除 1 条回复".to_owned();
        scene.send.send(Action::EditAndSay(command, said));
    }
}

/// Whether the person wrote it: only their own words are theirs to change.
fn is_own(scene: &Scene<'_>, by: &str) -> bool {
    author(scene).is_some_and(|name| name == by)
}

fn actions(ui: &mut Ui, scene: &mut Scene<'_>, note: &Note, place: &str) {
    let project = note.at.project;
    if button::icon(ui, icons::TRASH, "删除这条意见").clicked() {
        let command = EditCommand::RemoveNote {
            project,
            note: note.id,
        };
        let said = "已删除 1 条审核意见".to_owned();
        scene.send.send(Action::EditAndSay(command, said));
    }
    if is_own(scene, &note.author)
        && button::icon(ui, icons::PENCIL_SIMPLE, "修改这条意见").clicked()
    {
        let dialog = NoteDialog::change(note, place);
        scene.send.send(Action::Ask(Box::new(dialog)));
    }
    let name = if note.resolved {
        "重新打开"
    } else {
        "标为已处理"
    };
    if button::quiet(ui, name).clicked() {
        scene.send.edit(EditCommand::ResolveNote {
            project,
            note: note.id,
            resolved: !note.resolved,
        });
    }
}
