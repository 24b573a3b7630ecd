//! All keys, made from the commands themselves; and those of the indicator grid.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::ui::{
    command::{MENUS, UiCommand, in_words},
    scene::Scene,
    theme::{self, Palette, space},
    widgets::button,
};

/// Keys of the indicator grid, which are no commands.
const GRID: &[(&str, &str)] = &[
    ("移动到相邻单元格", "方向键"),
    ("右移、左移一格", "Tab、Shift+Tab"),
    ("下移、上移一格", "Enter、Shift+Enter"),
    ("扩大选择范围", "Shift+方向键"),
    ("移到内容边缘", "Ctrl+方向键"),
    ("移到行首、行尾", "Home、End"),
    ("移到表首、表尾", "Ctrl+Home、Ctrl+End"),
    ("翻页", "PageUp、PageDown"),
    ("修改单元格", "F2 或双击"),
    ("替换单元格内容", "直接输入"),
    ("放弃修改", "Esc"),
    ("清除内容", "Delete"),
    ("复制、剪切、粘贴", "Ctrl+C、Ctrl+X、Ctrl+V"),
    ("向下填充", "Ctrl+D"),
    ("全选、选整行、选整列", "Ctrl+A、Shift+空格、Ctrl+空格"),
    ("单元格内换行", "Alt+Enter"),
    ("从列表中选择", "F4"),
    ("放大、缩小界面", "Ctrl+滚轮"),
];

/// Keys of the panel of projects, which are no commands.
const PROJECTS: &[(&str, &str)] = &[
    ("选择项目", "↑、↓"),
    ("上移、下移项目", "Alt+↑、Alt+↓"),
    ("修改项目名称", "F2"),
    ("删除项目", "Delete"),
    ("进入表格", "Enter"),
];

/// Shows all keys.
pub struct KeysDialog;

impl Dialog for KeysDialog {
    fn title(&self) -> String {
        "快捷键".into()
    }

    fn width(&self) -> f32 {
        720.0
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut Scene<'_>) -> Outcome {
        let height = (ui.ctx().content_rect().height() - 220.0).max(120.0);
        let has_two_columns = ui.available_width() > 560.0;
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                if has_two_columns {
                    ui.columns_const(|[left, right]| {
                        of_commands(left);
                        of_lists(right);
                    });
                } else {
                    of_commands(ui);
                    of_lists(ui);
                }
            });
        let is_read = buttons(ui, |ui| button::primary(ui, "关闭").clicked());
        if is_read || is_confirmed(ui) {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}

fn of_commands(ui: &mut Ui) {
    for menu in MENUS {
        let commands = menu.groups.iter().flat_map(|group| group.iter());
        let rows: Vec<(&str, String)> = commands
            .filter(|command| !command.shortcuts().is_empty())
            .map(|command| {
                let label = command.label().trim_end_matches('…');
                (label, keys_of(*command))
            })
            .collect();
        let rows = rows.iter().map(|(label, keys)| (*label, keys.as_str()));
        table(ui, menu.caption, rows);
    }
}

fn of_lists(ui: &mut Ui) {
    table(ui, "绩效指标表", GRID.iter().copied());
    table(ui, "项目列表", PROJECTS.iter().copied());
}

fn keys_of(command: UiCommand) -> String {
    let keys: Vec<String> = command
        .shortcuts()
        .iter()
        // Plus without Shift: the same key of the keyboard.
        .filter(|keys| keys.logical_key != egui::Key::Equals)
        .map(in_words)
        .collect();
    keys.join(" 或 ")
}

fn table<'a>(ui: &mut Ui, caption: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    let palette = Palette::of(ui);
    ui.label(RichText::new(caption).font(theme::text::strong()));
    Grid::new(("keys", caption))
        .num_columns(2)
        .min_col_width(130.0)
        .spacing([space::L, space::XS])
        .show(ui, |ui| {
            for (label, keys) in rows {
                ui.label(label);
                ui.label(RichText::new(keys).color(palette.text_weak));
                ui.end_row();
            }
        });
    ui.add_space(space::M);
}
