//! The fund table: rows are sources, columns are the edition's.

use std::sync::Arc;

use egui::{
    Align, Align2, Galley, Pos2, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
    text::LayoutJob, vec2,
};

use super::{
    FundsState, Money,
    computed::{Computed, computed},
    paste_block,
};
use crate::{
    edit::command::{EditCommand, NewParts, Parts},
    model::{
        edition::{FundColumn, FundRole},
        path::{CellPath, Place},
        project::FundRow,
    },
    ui::{
        action::Action,
        icons,
        scene::{Scene, Shown},
        theme::{self, Palette, ROW, space},
        widgets::{
            button,
            cell::{self, Cell, Kind, MARGIN, Step, layout},
            field::field_id,
        },
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

/// Draws the table. The names of the rows stay where they are while the figures scroll.
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
    let head = head_height(ui, &columns);
    let height = head + rows.iter().map(|row| row.height).sum::<f32>();
    let spacing = ui.spacing().item_spacing;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let size = vec2(columns[0].width, height);
        let (names, _) = ui.allocate_exact_size(size, Sense::hover());
        // One line between names and figures, which lies on the edge of the figures.
        let with_edge = names.with_max_x(names.right() + 1.0);
        paint(ui, with_edge, head, &columns[..1], &rows);
        let mut beside = ui.new_child(UiBuilder::new().max_rect(names));
        ScrollArea::horizontal()
            .id_salt("funds")
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let width = columns[1..].iter().map(|column| column.width).sum();
                let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
                paint(ui, rect, head, &columns[1..], &rows);
                let below = vec2(0.0, head);
                let at = [names.min + below, rect.min + below];
                let places = places(at, &columns, &rows);
                // Name and figures of a row by turns, so that Tab goes along the row.
                let uis = [&mut beside, &mut *ui];
                let step = cells(uis, &places, &rows, shown, scene, state);
                // After the cells, so that Tab goes from cell to cell.
                ui.spacing_mut().item_spacing = spacing;
                marks(ui, &places, &rows, shown, scene);
                if let Some((row, column, step)) = step {
                    focus_neighbour(ui, &rows, row, column, step);
                }
            });
    });
    state.focus.follow(ui);
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
    let funds = &shown.project.funds;
    // Amounts of a column align at the decimal point.
    let aligned = |column: &Column<'_>| match column.layout {
        Some(layout) => money.of_column(layout, funds.iter().map(|row| row.figure(&layout.key))),
        None => *money,
    };
    let columns: Vec<_> = columns
        .iter()
        .map(|column| (column, aligned(column)))
        .collect();
    let row = |row: &FundRow| Row {
        cells: columns
            .iter()
            .map(|(column, money)| a_cell(shown, row, column, money))
            .collect(),
        computed: columns
            .iter()
            .map(|(column, money)| computed(shown, row, column.layout?, money))
            .collect(),
        height: ROW,
    };
    funds.iter().map(|each| row(each)).collect()
}

/// How many totals a row is part of, one within the other: a part of the total 1, a part of that part 2.
fn depth(shown: &Shown, key: &str) -> u8 {
    let splits = &shown.edition.funds.splits;
    let mut depth = 0;
    let mut key = key;
    // As many steps as there are splits: an edition whose splits go round in a circle ends here, too.
    for _ in splits {
        let Some(split) = splits
            .iter()
            .find(|split| split.parts.iter().any(|part| part == key))
        else {
            break;
        };
        key = &split.total;
        depth += 1;
    }
    depth
}

/// Whether a row is a sum and part of no other.
fn is_total(shown: &Shown, key: &str) -> bool {
    let mut splits = shown.edition.funds.splits.iter();
    depth(shown, key) == 0 && splits.any(|split| split.total == key)
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
        is_bold: is_total(shown, &row.key),
        indent: match column.layout {
            None => depth(shown, &row.key),
            Some(_) => 0,
        },
        prefilled: String::new(),
    }
}

/// Where texts of a kind stand.
fn across(kind: Kind) -> Align {
    match kind {
        Kind::Number => Align::RIGHT,
        Kind::Line | Kind::Lines => Align::LEFT,
    }
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
            let cell = &row.cells[index];
            cell.text_width(ui) + if has_mark { MARK } else { 0.0 }
        });
        let font = theme::text::grid();
        let caption = layout(ui, column.caption, font, f32::INFINITY).size().x;
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
                let wrap = column.width - MARGIN.sum().x;
                let text = layout(ui, &cell.shown, cell.font(), wrap);
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

/// Draws head and lines of some columns, the rows beginning `head` below the upper edge.
fn paint(ui: &Ui, rect: Rect, head: f32, columns: &[Column<'_>], rows: &[Row]) {
    let body = rect.with_min_y(rect.top() + head);
    paint_head(ui, rect.with_max_y(body.top()), columns);
    paint_lines(ui, rect, body, columns, rows);
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

/// Draws the cells, the names in the first and the figures in the second.
fn cells(
    [names, figures]: [&mut Ui; 2],
    places: &[(usize, usize, Rect)],
    rows: &[Row],
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut FundsState,
) -> Option<(usize, usize, Step)> {
    let mut step = None;
    for &(row, column, rect) in places {
        let cell = &rows[row].cells[column];
        let ui = match column {
            0 => &mut *names,
            _ => &mut *figures,
        };
        let focus = &mut state.focus;
        let mut paste = |scene: &mut Scene<'_>, at: &CellPath, text: &str| {
            paste_block(scene, shown, at, text);
        };
        if let Some(taken) = cell::show(ui, rect, cell, shown, scene, focus, &mut paste) {
            step = Some((row, column, taken));
        }
    }
    step
}

/// Row, column and rectangle of each cell; the upper left corners of the names and of the figures are told.
fn places(
    [names, figures]: [Pos2; 2],
    columns: &[Column<'_>],
    rows: &[Row],
) -> Vec<(usize, usize, Rect)> {
    let mut places = Vec::with_capacity(columns.len() * rows.len());
    let mut top = names.y;
    for (index, row) in rows.iter().enumerate() {
        let mut left = figures.x;
        for (at, column) in columns.iter().enumerate() {
            let size = vec2(column.width, row.height);
            let corner = match at {
                0 => pos2(names.x, top),
                _ => pos2(left, top),
            };
            places.push((index, at, Rect::from_min_size(corner, size)));
            if at > 0 {
                left += column.width;
            }
        }
        top += row.height;
    }
    places
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
    places: &[(usize, usize, Rect)],
    rows: &[Row],
    shown: &Shown,
    scene: &mut Scene<'_>,
) {
    for &(row, column, rect) in places {
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
        let font = cell.font();
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
