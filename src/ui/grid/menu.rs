//! The context menu of cells and rows.

use egui::{Popup, Response, Ui};

use super::{GridState, perform::GridAction};

/// Shows the menu at a right click.
pub fn show(response: &Response, state: &mut GridState) {
    let asked = &mut state.asked;
    Popup::context_menu(response).show(|ui| {
        ui.set_width(200.0);
        // The whole menu fits into a window of a small screen.
        ui.spacing_mut().item_spacing.y = 2.0;
        let groups: [&[(GridAction, &str)]; 6] = [
            &[
                (GridAction::Cut, "剪切"),
                (GridAction::Copy, "复制"),
                (GridAction::Paste, "粘贴"),
                (GridAction::FillDown, "向下填充"),
                (GridAction::Clear, "清除内容"),
            ],
            &[
                (GridAction::InsertRows(false), "在上方插入行"),
                (GridAction::InsertRows(true), "在下方插入行"),
                (GridAction::Library, "从指标库选…"),
                (GridAction::RemoveRows, "删除行"),
                (GridAction::MoveRows(false), "上移行"),
                (GridAction::MoveRows(true), "下移行"),
            ],
            &[
                (GridAction::MakeParts(true), "设为“其中”行"),
                (GridAction::MakeParts(false), "取消“其中”行"),
            ],
            &[
                (GridAction::Deviation, "写偏差说明…"),
                (GridAction::JoinReasons, "合并原因"),
                (GridAction::SplitReason, "拆分原因"),
            ],
            &[
                (GridAction::Adopt, "采用计算值"),
                (GridAction::Explain, "计分说明…"),
                (GridAction::Split, "合并计分助手…"),
            ],
            &[
                (GridAction::Note, "添加审核意见…"),
                (GridAction::Adjust, "记录调整…"),
                (GridAction::Help, "这一格的说明"),
            ],
        ];
        for (index, group) in groups.into_iter().enumerate() {
            if index > 0 {
                ui.separator();
            }
            for (action, caption) in group {
                item(ui, asked, *action, caption);
            }
        }
    });
}

/// The keys that do the same.
fn keys(action: GridAction) -> &'static str {
    match action {
        GridAction::Cut => "Ctrl+X",
        GridAction::Copy => "Ctrl+C",
        GridAction::Paste => "Ctrl+V",
        GridAction::FillDown => "Ctrl+D",
        GridAction::Clear => "Delete",
        GridAction::Deviation => "Shift+F9",
        GridAction::Explain => "F9",
        GridAction::Library => "Ctrl+L",
        _ => "",
    }
}

fn item(ui: &mut Ui, asked: &mut Vec<GridAction>, action: GridAction, caption: &str) {
    let button = egui::Button::new(caption)
        .frame_when_inactive(false)
        .shortcut_text(keys(action))
        .min_size(egui::vec2(ui.available_width(), 0.0));
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MenuItem, true, caption));
    if response.clicked() {
        asked.push(action);
        ui.close();
    }
}
