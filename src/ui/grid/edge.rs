//! What stays in sight above and below the rows: the captions, and the total.

use egui::{Align, Align2, CursorIcon, Pos2, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use super::{
    GridState,
    change::written,
    measure::{NARROWEST, NUMBERS, PAD_X, PAD_Y, job},
    table::GridTable,
};
use crate::{
    model::{
        edition::IndicatorRole,
        layout::TotalPlace,
        path::{Place, StatedField},
    },
    ui::{
        scene::{Scene, Shown},
        theme::{Palette, text},
        widgets::{badge, explained, field::Field},
    },
};

/// The height of the total row, in points.
pub const TOTAL: f32 = 40.0;

/// How high the captions are.
pub fn head_height(ui: &Ui, state: &GridState) -> f32 {
    let Some(table) = &state.table else {
        return 0.0;
    };
    let color = Palette::of(ui).text_weak;
    let heights = table
        .columns
        .iter()
        .zip(state.edges.x.windows(2))
        .map(|(column, edge)| {
            let width = edge[1] - edge[0] - 2.0 * PAD_X;
            let job = job(&column.caption, text::small(), color, width, Align::LEFT);
            ui.fonts_mut(|fonts| fonts.layout_job(job)).size().y + 2.0 * PAD_Y
        });
    heights.fold(crate::ui::theme::ROW, f32::max).ceil()
}

/// Where a column lies on the screen, and where it may be seen.
fn column_room(state: &GridState, room: Rect, column: usize) -> (Rect, Rect) {
    let x = &state.edges.x;
    let frozen = state.table.as_ref().map_or(0, |table| table.frozen());
    let width = x.get(frozen).copied().unwrap_or_default();
    let frozen = if width + NUMBERS > room.width() * 0.6 {
        0
    } else {
        frozen
    };
    let start = room.left() + NUMBERS;
    let (left, clip_left) = if column < frozen {
        (start, start)
    } else {
        let shown_from = if frozen == 0 { start } else { start + width };
        (start - state.offset.x, shown_from)
    };
    let rect = Rect::from_x_y_ranges(left + x[column]..=left + x[column + 1], room.y_range());
    let clip = Rect::from_min_max(pos2(clip_left, room.top()), room.max);
    (rect, clip)
}

/// Draws the captions; their right edges can be dragged.
pub fn head(ui: &mut Ui, state: &mut GridState, room: Rect) {
    let palette = Palette::of(ui);
    ui.painter().rect_filled(room, 0.0, palette.ground);
    let count = state.table.as_ref().map_or(0, |table| table.columns.len());
    for column in 0..count {
        let (rect, clip) = column_room(state, room, column);
        let visible = rect.intersect(clip);
        if !visible.is_positive() {
            continue;
        }
        caption(ui, state, column, rect, clip);
        resize(ui, state, column, rect, clip);
    }
    let line = Stroke::new(1.0, palette.line);
    ui.painter()
        .hline(room.x_range(), room.bottom() - 0.5, line);
}

fn caption(ui: &mut Ui, state: &GridState, column: usize, rect: Rect, clip: Rect) {
    let Some(table) = &state.table else { return };
    let palette = Palette::of(ui);
    let painter = ui.painter().with_clip_rect(clip);
    let width = rect.width() - 2.0 * PAD_X;
    let known = &table.columns[column];
    let job = job(
        &known.caption,
        text::small(),
        palette.text_weak,
        width,
        Align::LEFT,
    );
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let is_number = matches!(known.role, IndicatorRole::Weight | IndicatorRole::Score);
    let left = if is_number {
        rect.right() - PAD_X - galley.size().x
    } else {
        rect.left() + PAD_X
    };
    let top = rect.center().y - galley.size().y / 2.0;
    painter.galley(pos2(left, top), galley, palette.text_weak);
    painter.vline(
        rect.right() - 0.5,
        rect.y_range(),
        Stroke::new(1.0, palette.line),
    );
    let id = ui.scope_id().with(("caption", column));
    let response = ui.interact(rect.intersect(clip), id, Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::ColumnHeader, true, format!("列 {}", known.name))
    });
}

fn resize(ui: &mut Ui, state: &mut GridState, column: usize, rect: Rect, clip: Rect) {
    let grip = Rect::from_x_y_ranges(rect.right() - 4.0..=rect.right() + 3.0, rect.y_range());
    let grip = grip.intersect(clip);
    if !grip.is_positive() {
        return;
    }
    let id = ui.scope_id().with(("width", column));
    let response = ui.interact(grip, id, Sense::CLICK | Sense::DRAG);
    if response.hovered() || response.dragged() {
        ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    if response.dragged() {
        let width = (rect.width() + response.drag_delta().x).max(NARROWEST);
        state.widths.insert(column, width);
    }
    if response.double_clicked() {
        state.widths.remove(&column);
    }
}

/// Draws the total: sums as computed, and what the form states beside them.
pub fn total(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, state: &GridState, room: Rect) {
    let palette = Palette::of(ui);
    let Some(table) = &state.table else { return };
    ui.painter().rect_filled(room, 0.0, palette.surface);
    ui.painter().hline(
        room.x_range(),
        room.top() + 0.5,
        Stroke::new(1.5, palette.line),
    );
    let layout = &shown.edition.totals;
    let caption = if layout.caption.is_empty() {
        "合计"
    } else {
        &layout.caption
    };
    let at = pos2(room.left() + NUMBERS + PAD_X, room.center().y);
    ui.painter().text(
        at,
        Align2::LEFT_CENTER,
        caption,
        text::grid_bold(),
        palette.text,
    );
    let Some(score) = shown.facts.score.as_deref() else {
        return;
    };
    let sums = [
        (
            IndicatorRole::Weight,
            StatedField::TotalWeight,
            Some(score.total.weight.value),
        ),
        (
            IndicatorRole::Score,
            StatedField::TotalScore,
            Some(score.total.filed.value),
        ),
    ];
    for (role, field, sum) in sums {
        let column = table.columns.iter().position(|column| column.role == role);
        let Some((column, sum)) = column.zip(sum) else {
            continue;
        };
        let (rect, clip) = column_room(state, room, column);
        let sum = if role == IndicatorRole::Score {
            written(sum, &shown.edition)
        } else {
            sum.normalize().to_string()
        };
        stated(ui, shown, scene, rect, clip, field, &sum);
    }
    let end = verdict(ui, shown, room);
    rating(ui, shown, scene, pos2(end + PAD_X, room.center().y));
}

/// The column above which a field of the total row stands; the first for the rating, which always is in sight.
pub fn column_of(table: &GridTable, place: &Place) -> Option<usize> {
    let role = match place {
        Place::Stated(StatedField::TotalWeight) => IndicatorRole::Weight,
        Place::Stated(StatedField::TotalScore) => IndicatorRole::Score,
        Place::Stated(StatedField::Rating) => return Some(0),
        _ => return None,
    };
    table.columns.iter().position(|column| column.role == role)
}

/// The rating as the form states it, where its edition asks for one or it states one unasked.
fn rating(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, left: Pos2) {
    let is_asked = shown.edition.totals.rating && shown.edition.totals.place == TotalPlace::Row;
    if !is_asked && shown.project.stated.rating.text().is_empty() {
        return;
    }
    let computed = shown.facts.score.as_deref();
    let computed = computed.and_then(|score| score.total.rating);
    let hint = computed.map_or_else(String::new, |rating| rating.to_string());
    let rect = Rect::from_min_size(pos2(left.x, left.y - 14.0), vec2(72.0, 28.0));
    let mut child = ui.new_child(UiBuilder::new().id_salt("rating").max_rect(rect));
    let place = Place::Stated(StatedField::Rating);
    let at = shown.project.at(place.clone());
    Field::new(at, "评价等级")
        .uncaptioned()
        .hint(&hint)
        .width(rect.width())
        .show(&mut child, shown, scene)
        .on_hover_ui(|ui| {
            badge::explain(ui, shown, &place);
            ui.label("评价等级；留空则按得分对应的等级打印");
            explained::hover(ui, shown, &place);
        });
    mark(ui, shown, &place, rect.right_top() + vec2(-8.0, 8.0));
}

/// A total as the form states it, over what the cells add up to.
fn stated(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    rect: Rect,
    clip: Rect,
    field: StatedField,
    sum: &str,
) {
    let width = rect.width().max(64.0);
    let rect = Rect::from_min_size(
        pos2(rect.right() - width, rect.center().y - 14.0),
        vec2(width, 28.0),
    );
    if !clip.contains_rect(rect.shrink(1.0)) {
        return;
    }
    let mut child = ui.new_child(
        UiBuilder::new()
            .id_salt(("total", rect.left() as i32))
            .max_rect(rect),
    );
    let label = match field {
        StatedField::TotalWeight => "总分 分值",
        _ => "总分 得分",
    };
    let place = Place::Stated(field);
    let at = shown.project.at(place.clone());
    Field::new(at, label)
        .uncaptioned()
        .hint(sum)
        .width(width)
        .right()
        .show(&mut child, shown, scene)
        .on_hover_ui(|ui| {
            badge::explain(ui, shown, &place);
            ui.label(format!("各行相加为 {sum}；留空则按相加的数打印"));
            explained::hover(ui, shown, &place);
        });
    mark(ui, shown, &place, rect.left_top() + vec2(8.0, 8.0));
}

/// The mark of what was found about a field of the total row, in the corner that its text leaves free.
fn mark(ui: &Ui, shown: &Shown, place: &Place, at: Pos2) {
    if let Some(level) = shown.facts.level_at(place) {
        badge::paint(ui.painter(), at, 9.0, level, Palette::of(ui));
    }
}

/// What the form comes to, at the left beside the caption; the x where it ends.
fn verdict(ui: &Ui, shown: &Shown, room: Rect) -> f32 {
    let at = pos2(room.left() + NUMBERS + 72.0, room.center().y);
    let Some(score) = shown.facts.score.as_deref() else {
        return at.x;
    };
    let palette = Palette::of(ui);
    let mut words = Vec::new();
    if let Some(computed) = score.total.computed {
        words.push(format!("测算 {}", written(computed, &shown.edition)));
    }
    if let Some(rating) = score.total.rating {
        words.push(format!("等级 {rating}"));
    }
    let written = ui.painter().text(
        at,
        Align2::LEFT_CENTER,
        words.join(" · "),
        text::small(),
        palette.text_weak,
    );
    written.right()
}
