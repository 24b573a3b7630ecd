//! 历史版本: the list of what was kept, and the ways back.

use egui::{Key, Label, Modifiers, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, is_composing, is_confirmed};
use crate::{
    store::error::shown,
    ui::{
        action::{Action, Outbox},
        scene::Scene,
        theme::{self, Palette, space},
        versions::{List, Row, VersionsAction},
        widgets::{button, row},
    },
};

/// The height of a version's row, in points.
const HEIGHT: f32 = 46.0;

/// Shows the versions of the open document, or of a file that cannot be opened.
#[derive(Default)]
pub struct VersionsDialog {
    /// The chosen line.
    line: usize,
    /// Whether the keys moved the choice in this frame.
    moved: bool,
}

impl VersionsDialog {
    fn take_keys(&mut self, ui: &Ui, count: usize) {
        self.moved = false;
        if is_composing(ui.ctx()) {
            return;
        }
        let steps = [
            (Key::ArrowUp, -1),
            (Key::ArrowDown, 1),
            (Key::PageUp, -6),
            (Key::PageDown, 6),
            (Key::Home, isize::MIN),
            (Key::End, isize::MAX),
        ];
        for (key, by) in steps {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                self.line = self.line.saturating_add_signed(by);
                self.moved = true;
            }
        }
        self.line = self.line.min(count.saturating_sub(1));
    }

    fn rows(&mut self, ui: &mut Ui, rows: &[Row]) {
        let height = (ui.available_height() - 64.0).clamp(HEIGHT * 3.0, HEIGHT * 8.0);
        let mut area = ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true]);
        ui.spacing_mut().item_spacing.y = 2.0;
        if self.moved {
            let top = self.line as f32 * (HEIGHT + 2.0);
            area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
        }
        area.show_rows(ui, HEIGHT, rows.len(), |ui, range| {
            for index in range {
                if let Some(row) = rows.get(index)
                    && version(ui, row, index == self.line)
                {
                    self.line = index;
                }
            }
        });
    }

    fn answer(&self, ui: &mut Ui, scene: &mut Scene<'_>, chosen: Option<&Row>) -> Outcome {
        let is_usable = chosen
            .and_then(|row| row.look.as_ref())
            .is_some_and(|look| look.is_whole);
        let is_usable = is_usable && !scene.versions.is_fetching();
        let of_file = scene.versions.file().is_some();
        let confirmed = is_confirmed(ui) && is_usable;
        buttons(ui, |ui| {
            let words = match of_file {
                true => "打开此版本",
                false => "恢复此版本",
            };
            let restore = ui.add_enabled_ui(is_usable, |ui| button::primary(ui, words));
            if restore.inner.clicked() || confirmed {
                let action = VersionsAction::Restore(self.line);
                scene.send.send(Action::Versions(action));
                return Outcome::Close;
            }
            let copy = ui.add_enabled_ui(is_usable, |ui| button::plain(ui, "打开副本"));
            if copy.inner.clicked() {
                let action = VersionsAction::OpenCopy(self.line);
                scene.send.send(Action::Versions(action));
                return Outcome::Close;
            }
            let save = ui.add_enabled_ui(chosen.is_some(), |ui| button::plain(ui, "另存…"));
            if save.inner.clicked() {
                let action = VersionsAction::SaveAs(self.line);
                scene.send.send(Action::Versions(action));
            }
            match button::plain(ui, "关闭").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }
}

impl Dialog for VersionsDialog {
    fn title(&self) -> String {
        "历史版本".into()
    }

    fn width(&self) -> f32 {
        640.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("saving")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(list) = scene.versions.list().cloned() else {
            return Outcome::Close;
        };
        about(ui, scene);
        let rows = match &list {
            List::Listed(rows) => rows.as_slice(),
            _ => &[],
        };
        self.take_keys(ui, rows.len());
        match &list {
            List::Listing => weak(ui, "正在查找…"),
            List::Failed(why) => {
                ui.add(Label::new(why).wrap());
            }
            List::Listed(rows) if rows.is_empty() => weak(
                ui,
                "还没有历史版本。文件再次保存时，保存前的内容会留在这里。",
            ),
            List::Listed(rows) => self.rows(ui, rows),
        }
        self.answer(ui, scene, rows.get(self.line))
    }

    fn closed(&self, send: &mut Outbox) {
        // What was asked for before is done first.
        send.send(Action::Versions(VersionsAction::Stop));
    }
}

fn about(ui: &mut Ui, scene: &Scene<'_>) {
    match scene.versions.file() {
        Some(path) => {
            weak(
                ui,
                "文件打不开，可以从它保存前留下的版本继续。打开后请核对并保存。",
            );
            weak(ui, &shown(path));
        }
        None => weak(
            ui,
            "每次保存前，原来的内容都在这台电脑上留一份：最近 10 次，另有最近 30 个保存过的日子各一份。恢复可以撤销，保存后才写入文件。",
        ),
    }
    ui.add_space(space::S);
}

fn weak(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).color(Palette::of(ui).text_weak);
    ui.add(Label::new(text).wrap());
}

/// Draws a version; returns whether it was clicked.
fn version(ui: &mut Ui, of: &Row, is_chosen: bool) -> bool {
    let palette = Palette::of(ui);
    let time = format!("{} 之前", of.version.time());
    let words = match &of.look {
        None => "正在比较…",
        Some(look) => &look.words,
    };
    let was = of.version.was.as_deref().and_then(|path| path.file_name());
    let was = was.map(|name| format!("（当时的文件：{}）", name.to_string_lossy()));
    let words = format!("{words}{}", was.unwrap_or_default());
    let size = size_in_words(of.version.size);
    let is_whole = of.look.as_ref().is_none_or(|look| look.is_whole);
    let color = match is_whole {
        true => palette.text_weak,
        false => palette.error,
    };
    let name = format!("{time}，{words}，{size}");
    row::Row::new(&name)
        .line(&time, theme::text::strong(), palette.text)
        .line(&words, theme::text::small(), color)
        .note(&size)
        .chosen(is_chosen)
        .show(ui, HEIGHT)
        .clicked()
}

/// A size as people read it.
fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{} MB", bytes.div_ceil(1_048_576)),
    }
}
