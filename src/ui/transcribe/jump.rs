//! The list of tables and rows to go to.

use egui::{Button, ScrollArea, Ui, WidgetInfo, containers::menu::MenuButton, vec2};

use crate::{
    exchange::system::{Walk, walk::Step},
    ui::theme::{HIT, space},
};

/// How much of the list is in sight, in points.
const SIZE: [f32; 2] = [300.0, 280.0];

/// Draws the button and, while it is open, the list; the index of the cell to go to.
pub(super) fn show(ui: &mut Ui, walk: &Walk) -> Option<usize> {
    let button = Button::new("跳到…").min_size(vec2(0.0, HIT));
    let (_, list) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_width(SIZE[0]);
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows: Vec<(usize, Step)> = walk.rows().collect();
        let here = rows.partition_point(|(index, _)| *index <= walk.position());
        let here = here.saturating_sub(1);
        let shown = ScrollArea::vertical().max_height(SIZE[1]).show_rows(
            ui,
            HIT,
            rows.len(),
            |ui, range| {
                let mut chosen = None;
                for index in range {
                    let Some((position, step)) = rows.get(index).copied() else {
                        continue;
                    };
                    if row(ui, walk, step, index == here) {
                        chosen = Some(position);
                    }
                }
                chosen
            },
        );
        if shown.inner.is_some() {
            ui.close();
        }
        shown.inner
    });
    list.and_then(|list| list.inner)
}

fn row(ui: &mut Ui, walk: &Walk, step: Step, is_here: bool) -> bool {
    let words = match walk.row_name(step) {
        "" => walk.row_in_words(step),
        name => format!("{}　{name}", walk.row_in_words(step)),
    };
    let words = words.replace('\n', " ");
    let size = vec2(ui.available_width() - space::S, HIT);
    let button = Button::selectable(is_here, words.as_str())
        .truncate()
        .min_size(size);
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_here, &words));
    response.clicked()
}
