//! The table of keys, made from the commands themselves; and the keys of lists and the grid, which are no commands.

use super::{
    book::Topic,
    text::{Block, Span, Spans},
};
use crate::ui::command::{MENUS, UiCommand, in_words};

/// The topic's name in links.
pub const NAME: &str = "keys";

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

/// Keys of this panel.
const HELP: &[(&str, &str)] = &[
    ("选择搜索结果", "↑、↓"),
    ("打开选中的结果", "Enter"),
    ("上下滚动", "↑、↓、PageUp、PageDown"),
    ("清除搜索、关闭帮助", "Esc"),
];

/// All keys.
pub fn topic() -> Topic {
    let mut blocks = Vec::new();
    let mut table = |caption: &str, rows: Vec<Vec<Spans>>| {
        if !rows.is_empty() {
            blocks.push(Block::Heading(caption.to_owned()));
            blocks.push(Block::Table(Vec::new(), rows));
        }
    };
    for menu in MENUS {
        let commands = menu.groups.iter().flat_map(|group| group.iter());
        let rows = commands
            .filter(|command| !command.shortcuts().is_empty())
            .map(|command| row(command.label().trim_end_matches('…'), &keys_of(*command)))
            .collect();
        table(menu.caption, rows);
    }
    for (caption, keys) in [
        ("绩效指标表", GRID),
        ("项目列表", PROJECTS),
        ("帮助栏", HELP),
    ] {
        table(
            caption,
            keys.iter().map(|(what, keys)| row(what, keys)).collect(),
        );
    }
    Topic {
        name: NAME.into(),
        title: "快捷键".into(),
        blocks,
    }
}

fn row(what: &str, keys: &str) -> Vec<Spans> {
    vec![vec![Span::plain(what)], vec![Span::plain(keys)]]
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
