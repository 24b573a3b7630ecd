//! The fund table: rows are sources, columns are the edition's.

use std::sync::Arc;

use egui::{
    Align, Align2, Galley, Rect, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, text::LayoutJob,
    vec2,
};

use super::{
    FundsState, Money,
    cell::{self, Cell, Kind, MARGIN, Step},
    computed::{Computed, computed},
};
use crate::{
    edit::command::{EditCommand, NewParts, Parts},
    model::{
        edition::{FundColumn, FundRole},
        path::Place,
        project::FundRow,
    },
    ui::{
        action::Action,
        icons,
        scene::{Scene, Shown},
        theme::{self, Palette, ROW, space},
        widgets::{button, field::field_id},
    },
};

/// A column as drawn.
struct Column<'a> {
    /// The edition's; `None` for the names of the rows.
    layout: Option<&'a FundColumn>,
    caption: &'a str,
    kind: Kind,
    width: f32,
}

/// A row as drawn.
struct Row {
    cells: Vec<Cell>,
    computed: Vec<Option<Computed>>,
    height: f32,
}

/// Draws the table.
pub fn show(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut FundsState,
    money: &Money,
) {
    let caption = money.caption(&shown.edition);
    let mut columns = columns(shown, &caption);
    let mut rows = rows(shown, &columns, money);
    give_widths(ui, &mut columns, &rows);
    give_heights(ui, &columns, &mut rows);
    let width: f32 = columns.iter().map(|column| column.width).sum();
    ScrollArea::horizontal()
        .id_salt("funds")
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            let head = head_height(ui, &columns);
            let height = head + rows.iter().map(|row| row.height).sum::<f32>();
            let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            let body = Rect::from_min_max(pos2(rect.left(), rect.top() + head), rect.max);
            paint_head(ui, Rect::from_min_max(rect.min, body.right_top()), &columns);
            paint_lines(ui, rect, body, &columns, &rows);
            let step = cells(ui, body, &columns, &rows, shown, scene, state);
            // After the cells, so that Tab goes from cell to cell.
            marks(ui, body, &columns, &rows, shown, scene);
            if let Some((row, column, step)) = step {
                focus_neighbour(ui, &rows, row, column, step);
            }
        });
    let is_in_table = state
        .focused
        .as_ref()
        .is_some_and(|at| ui.memory(|memory| memory.has_focus(field_id(at))));
    if !is_in_table {
        state.focused = None;
        state.editing = None;
    }
}

fn columns<'a>(shown: &'a Shown, caption: &'a str) -> Vec<Column<'a>> {
    let funds = &shown.edition.funds;
    let names = Column {
        layout: None,
        caption,
        kind: Kind::Line,
        width: 0.0,
    };
    let figures = funds.columns.iter().map(|column| Column {
        layout: Some(column),
        caption: &column.caption,
        kind: match column.role {
            FundRole::Remark => Kind::Lines,
            _ => Kind::Number,
        },
        width: 0.0,
    });
    std::iter::once(names).chain(figures).collect()
}

fn rows(shown: &Shown, columns: &[Column<'_>], money: &Money) -> Vec<Row> {
    let row = |row: &FundRow| Row {
        cells: columns
            .iter()
            .map(|column| a_cell(shown, row, column, money))
            .collect(),
        computed: columns
            .iter()
            .map(|column| computed(shown, row, column.layout?, money))
            .collect(),
        height: ROW,
    };
    shown.project.funds.iter().map(|each| row(each)).collect()
}

fn a_cell(shown: &Shown, row: &FundRow, column: &Column<'_>, money: &Money) -> Cell {
    let short = row.short_name();
    let (key, name, text) = match column.layout {
        None => ("name", format!("资金 {short} 名称"), row.name.clone()),
        Some(layout) => {
            let name = format!("资金 {short} {}", layout.caption);
            match layout.role {
                FundRole::Remark => ("remark", name, row.remark.to_string()),
                _ => {
                    let text = money.cell(layout, row.figure(&layout.key));
                    (layout.key.as_str(), name, text)
                }
            }
        }
    };
    Cell {
        at: shown.project.at(Place::Fund(row.id, key.to_owned())),
        name,
        shown: text,
        kind: column.kind,
    }
}

/// Where texts of a kind stand.
fn across(kind: Kind) -> Align {
    match kind {
        Kind::Number => Align::RIGHT,
        Kind::Line | Kind::Lines => Align::LEFT,
    }
}

/// A text as the table sets it.
pub fn layout(ui: &Ui, text: &str, wrap: f32) -> Arc<Galley> {
    let color = Palette::of(ui).text;
    ui.fonts_mut(|fonts| fonts.layout(text.to_owned(), theme::text::grid(), color, wrap))
}

/// The least width of a column and its share of what is left over.
fn bounds(column: &Column<'_>) -> (f32, f32, f32) {
    match column.layout.map(|layout| layout.role) {
        None => (150.0, 260.0, 1.2),
        Some(FundRole::Amount) => (112.0, 190.0, 1.0),
        Some(FundRole::Rate) => (76.0, 130.0, 0.5),
        Some(FundRole::Weight | FundRole::Score) => (64.0, 110.0, 0.4),
        Some(FundRole::Remark) => (200.0, 200.0, 2.5),
    }
}

fn give_widths(ui: &Ui, columns: &mut [Column<'_>], rows: &[Row]) {
    const MARK: f32 = 22.0;
    let mut shares = 0.0;
    for (index, column) in columns.iter_mut().enumerate() {
        let (least, most, share) = bounds(column);
        let texts = rows.iter().map(|row| {
            let has_mark = row.computed[index].is_some();
            let text = layout(ui, &row.cells[index].shown, f32::INFINITY).size().x;
            text + if has_mark { MARK } else { 0.0 }
        });
        let caption = layout(ui, column.caption, f32::INFINITY).size().x;
        let widest = texts.fold(caption, f32::max);
        column.width = (widest + MARGIN.sum().x + 8.0).clamp(least, most);
        shares += share;
    }
    let taken: f32 = columns.iter().map(|column| column.width).sum();
    let left = (ui.available_width() - taken).max(0.0);
    for column in columns {
        column.width = (column.width + left * bounds(column).2 / shares).floor();
    }
}

fn give_heights(ui: &Ui, columns: &[Column<'_>], rows: &mut [Row]) {
    let extra = ui.spacing().extra_text_line_spacing;
    for row in rows {
        for (column, cell) in columns.iter().zip(&row.cells) {
            if column.kind == Kind::Lines {
                let text = layout(ui, &cell.shown, column.width - MARGIN.sum().x);
                let lines = text.rows.len() as f32;
                let height = text.size().y + extra * lines + MARGIN.sum().y;
                row.height = row.height.max(height.ceil());
            }
        }
        row.height = row.height.max(ROW + 2.0);
    }
}

fn head_galley(ui: &Ui, column: &Column<'_>) -> Arc<Galley> {
    let color = Palette::of(ui).text_weak;
    let width = column.width - MARGIN.sum().x;
    let font = theme::text::grid();
    let mut job = LayoutJob::simple(column.caption.to_owned(), font, color, width);
    job.halign = across(column.kind);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

fn head_height(ui: &Ui, columns: &[Column<'_>]) -> f32 {
    columns
        .iter()
        .map(|column| head_galley(ui, column).size().y + MARGIN.sum().y)
        .fold(ROW, f32::max)
}

fn paint_head(ui: &Ui, rect: Rect, columns: &[Column<'_>]) {
    let palette = Palette::of(ui);
    ui.painter().rect_filled(rect, 0, palette.ground);
    let mut left = rect.left();
    for column in columns {
        let area = Rect::from_min_max(
            pos2(left, rect.top()),
            pos2(left + column.width, rect.bottom()),
        );
        let galley = head_galley(ui, column);
        let inner = area - MARGIN;
        let x = match across(column.kind) {
            Align::RIGHT => inner.right(),
            _ => inner.left(),
        };
        let y = inner.center().y - galley.size().y / 2.0;
        ui.painter().galley(pos2(x, y), galley, palette.text_weak);
        left += column.width;
    }
}

fn paint_lines(ui: &Ui, rect: Rect, body: Rect, columns: &[Column<'_>], rows: &[Row]) {
    let line = Stroke::new(1.0, Palette::of(ui).line);
    let painter = ui.painter();
    let mut bottom = body.top();
    painter.hline(rect.x_range(), bottom, line);
    for row in rows {
        bottom += row.height;
        painter.hline(rect.x_range(), bottom, line);
    }
    let mut right = rect.left();
    for column in &columns[..columns.len() - 1] {
        right += column.width;
        painter.vline(right, rect.y_range(), line);
    }
    painter.rect_stroke(rect, 0, line, egui::StrokeKind::Inside);
}

fn cells(
    ui: &mut Ui,
    body: Rect,
    columns: &[Column<'_>],
    rows: &[Row],
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut FundsState,
) -> Option<(usize, usize, Step)> {
    let mut step = None;
    for (row, column, rect) in places(body, columns, rows) {
        let cell = &rows[row].cells[column];
        if let Some(taken) = cell::show(ui, rect, cell, shown, scene, state) {
            step = Some((row, column, taken));
        }
    }
    step
}

/// Row, column and rectangle of each cell.
fn places(
    body: Rect,
    columns: &[Column<'_>],
    rows: &[Row],
) -> impl Iterator<Item = (usize, usize, Rect)> {
    let mut places = Vec::with_capacity(columns.len() * rows.len());
    let mut top = body.top();
    for (index, row) in rows.iter().enumerate() {
        let mut left = body.left();
        for (at, column) in columns.iter().enumerate() {
            let rect = Rect::from_min_size(pos2(left, top), vec2(column.width, row.height));
            places.push((index, at, rect));
            left += column.width;
        }
        top += row.height;
    }
    places.into_iter()
}

fn focus_neighbour(ui: &Ui, rows: &[Row], row: usize, column: usize, step: Step) {
    let target = match step {
        Step::Up => row.checked_sub(1).map(|row| (row, column)),
        Step::Down => Some((row + 1, column)),
        Step::Left => column.checked_sub(1).map(|column| (row, column)),
        Step::Right => Some((row, column + 1)),
    };
    let cell = target.and_then(|(row, column)| rows.get(row)?.cells.get(column));
    if let Some(cell) = cell {
        ui.memory_mut(|memory| memory.request_focus(field_id(&cell.at)));
        ui.ctx().request_repaint();
    }
}

/// The computed values: in the place of a missing figure, or as a mark beside a typed one that differs. A click takes them.
fn marks(
    ui: &mut Ui,
    body: Rect,
    columns: &[Column<'_>],
    rows: &[Row],
    shown: &Shown,
    scene: &mut Scene<'_>,
) {
    for (row, column, rect) in places(body, columns, rows) {
        let cell = &rows[row].cells[column];
        if let Some(computed) = &rows[row].computed[column] {
            mark(ui, rect, cell, computed, shown, scene);
        }
    }
}

fn mark(
    ui: &mut Ui,
    rect: Rect,
    cell: &Cell,
    computed: &Computed,
    shown: &Shown,
    scene: &mut Scene<'_>,
) {
    let palette = Palette::of(ui);
    let has_focus = ui.memory(|memory| memory.has_focus(field_id(&cell.at)));
    if cell.shown.is_empty() && !has_focus {
        let at = pos2(rect.right() - MARGIN.rightf(), rect.center().y);
        let font = theme::text::grid();
        let color = palette.text_weak;
        ui.painter()
            .text(at, Align2::RIGHT_CENTER, &computed.shown, font, color);
    }
    let is_editable = shown.project.stage.is_editable();
    let place = Rect::from_center_size(pos2(rect.left() + 25.0, rect.center().y), vec2(18.0, 18.0));
    let id = field_id(&cell.at).with("computed");
    let sense = if is_editable {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(place, id, sense);
    chip(ui, place, &response);
    let name = format!("采用计算值 {}：{}", computed.shown, cell.name);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, is_editable, &name));
    let hover = match is_editable {
        true => format!("{}\n点击采用 {}", computed.says, computed.shown),
        false => computed.says.clone(),
    };
    let response = response.on_hover_text(hover);
    if response.clicked() {
        scene.send.edit(EditCommand::SetCell {
            at: cell.at.clone(),
            text: computed.typed.clone(),
        });
    }
}

/// The small mark of a computed value.
fn chip(ui: &Ui, rect: Rect, response: &egui::Response) {
    let palette = Palette::of(ui);
    let is_on = response.hovered() || response.has_focus();
    let (fill, line, text) = if is_on {
        (palette.accent_weak, palette.accent, palette.accent)
    } else {
        (palette.ground, palette.line, palette.text_weak)
    };
    let stroke = Stroke::new(1.0, line);
    let painter = ui.painter();
    painter.rect(rect, 3, fill, stroke, egui::StrokeKind::Inside);
    let font = egui::FontId::proportional(11.0);
    painter.text(rect.center(), Align2::CENTER_CENTER, "算", font, text);
}

/// Adding and removing rows of the person's own.
pub fn own_rows(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    if !shown.project.stage.is_editable() {
        return;
    }
    let own: Vec<&FundRow> = shown
        .project
        .funds
        .iter()
        .filter(|row| row.key.is_empty())
        .map(|row| &**row)
        .collect();
    if own.is_empty() && !shown.edition.funds.free_rows {
        return;
    }
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        if shown.edition.funds.free_rows && add_button(ui).clicked() {
            let row = FundRow::blank(&mut &**scene.environment);
            let name = shown.project.at(Place::Fund(row.id, "name".into()));
            scene.send.edit(EditCommand::Insert {
                project: shown.project.id,
                parts: NewParts::Funds(vec![row]),
                index: usize::MAX,
            });
            scene.send.send(Action::GoTo(name));
        }
        for row in own {
            let word = format!("{} 删除“{}”", icons::TRASH, row.short_name());
            if button::quiet(ui, &word).clicked() {
                scene.send.edit(EditCommand::Remove {
                    project: shown.project.id,
                    parts: Parts::Funds(vec![row.id]),
                });
            }
        }
    });
}

fn add_button(ui: &mut Ui) -> egui::Response {
    button::quiet(ui, &format!("{} 添加一行资金", icons::PLUS))
}
