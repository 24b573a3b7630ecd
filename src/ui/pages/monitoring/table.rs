//! A table of the page. Only the rows in sight are drawn, and the one that the person goes to.

use egui::{Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    MonitoringState,
    content::{self, Line, Row, Typed},
    layout::{Layout, NAMES},
};
use crate::{
    edit::{block::Block, command::EditCommand},
    model::{monitoring::Outlook, path::CellPath, typed::trim},
    ui::{
        action::Action,
        pages::working_paper::{caption, text},
        scene::{Scene, Shown},
        theme::{self, Palette},
        widgets::{
            cell::{self, Cell, MARGIN, Step},
            choice,
            field::field_id,
        },
    },
};

/// How far beyond what is in sight rows are drawn, so that Tab finds the next one, in points.
const BEYOND: f32 = 160.0;

/// Draws a table.
pub(super) fn show(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut MonitoringState,
    content: &content::Table,
) {
    let layout = Layout::of(ui, content, ui.available_width() - NAMES);
    want_target(scene, state, content);
    let size = layout.size();
    let drawn = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let (names, _) = ui.allocate_exact_size(vec2(NAMES, size.y), Sense::hover());
        let mut beside = ui.new_child(UiBuilder::new().max_rect(names));
        ScrollArea::horizontal()
            .id_salt(content.salt)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let (figures, _) = ui.allocate_exact_size(size, Sense::hover());
                let table = Table {
                    content,
                    layout: &layout,
                    names,
                    figures,
                };
                table.draw(&mut beside, ui, shown, scene, state);
                figures.min
            })
            .inner
    });
    // What scrolls across takes what asks to be scrolled to, so that the page never hears of it.
    if state.row != state.row_before
        && let Some((salt, row)) = state.row
        && salt == content.salt
        && let Some((top, height)) = layout.rows.get(row)
    {
        // With the captions, which would cover it.
        let top = drawn.inner.y + top;
        let height = height + layout.head;
        let rect = Rect::from_min_size(pos2(drawn.inner.x, top), vec2(1.0, height));
        ui.scroll_to_rect(rect, None);
    }
}

/// A row that the person is sent to is drawn wherever it lies, so that its cell can take the focus.
fn want_target(scene: &Scene<'_>, state: &mut MonitoringState, content: &content::Table) {
    let Some(target) = &scene.position.target else {
        return;
    };
    let holds = |row: &Row| match row {
        Row::Band(_) => false,
        Row::Line(line) => {
            let mut cells = line.cells.iter().filter_map(content::Cell::filled_in);
            cells.any(|cell| cell.at == *target)
        }
    };
    if let Some(row) = content.rows.iter().position(holds) {
        state.wanted = Some((content.salt, row));
    }
}

struct Table<'a> {
    content: &'a content::Table,
    layout: &'a Layout,
    names: Rect,
    figures: Rect,
}

impl Table<'_> {
    fn draw(
        &self,
        beside: &mut Ui,
        ui: &mut Ui,
        shown: &Shown,
        scene: &mut Scene<'_>,
        state: &mut MonitoringState,
    ) {
        let sight = ui.clip_rect().expand(BEYOND);
        let wanted = state.wanted.filter(|(salt, _)| *salt == self.content.salt);
        let rows = self.layout.rows.iter().enumerate();
        let drawn: Vec<(usize, Rect)> = rows
            .map(|(index, (top, height))| {
                let top = self.figures.top() + self.layout.head + top;
                let size = vec2(self.figures.width(), *height);
                (
                    index,
                    Rect::from_min_size(pos2(self.figures.left(), top), size),
                )
            })
            .filter(|(index, rect)| {
                let is_wanted = wanted.is_some_and(|(_, row)| row == *index);
                is_wanted || rect.top() < sight.bottom() && rect.bottom() > sight.top()
            })
            .collect();
        let mut step = None;
        for (index, rect) in &drawn {
            match &self.content.rows[*index] {
                Row::Band(words) => self.band(beside, ui, *rect, words),
                Row::Line(line) => {
                    if let Some(taken) = self.cells(ui, *rect, *index, line, shown, scene, state) {
                        step = Some(taken);
                    }
                }
            }
            let stroke = Stroke::new(1.0, Palette::of(ui).line);
            ui.painter().hline(rect.x_range(), rect.bottom(), stroke);
            let names = self.names.x_range();
            beside.painter().hline(names, rect.bottom(), stroke);
        }
        // After the cells, so that Tab goes from cell to cell.
        for (index, rect) in &drawn {
            if let Row::Line(line) = &self.content.rows[*index] {
                self.name(beside, *rect, line, scene);
            }
        }
        self.head(beside, ui);
        if let Some((row, column, step)) = step {
            self.go(ui, row, column, step, state);
        }
    }

    fn name_rect(&self, row: Rect) -> Rect {
        Rect::from_x_y_ranges(self.names.x_range(), row.y_range())
    }

    /// A caption over names and figures.
    fn band(&self, beside: &Ui, ui: &Ui, rect: Rect, words: &str) {
        let ground = Palette::of(ui).ground;
        let name = self.name_rect(rect);
        ui.painter().rect_filled(rect, 0, ground);
        beside.painter().rect_filled(name, 0, ground);
        // It runs on from the names to the figures, and stays where it is while they scroll.
        let wide = name.with_max_x(ui.clip_rect().right());
        let painter = beside.painter().with_clip_rect(Rect::from_x_y_ranges(
            wide.x_range(),
            ui.clip_rect().y_range(),
        ));
        painter.text(
            pos2(wide.left() + f32::from(MARGIN.left), wide.center().y),
            egui::Align2::LEFT_CENTER,
            words,
            theme::text::small(),
            Palette::of(ui).text_weak,
        );
    }

    /// The rectangles of a row's cells.
    fn rects(&self, row: Rect) -> impl Iterator<Item = Rect> {
        let mut left = row.left();
        self.layout.widths.iter().map(move |width| {
            let cell = Rect::from_min_size(pos2(left, row.top()), vec2(*width, row.height()));
            left += width;
            cell
        })
    }

    /// The cells of a line; the step that the person takes from one of them.
    #[expect(clippy::too_many_arguments, reason = "what every cell of a page needs")]
    fn cells(
        &self,
        ui: &mut Ui,
        row: Rect,
        index: usize,
        line: &Line,
        shown: &Shown,
        scene: &mut Scene<'_>,
        state: &mut MonitoringState,
    ) -> Option<(usize, usize, Step)> {
        let stroke = Stroke::new(1.0, Palette::of(ui).line);
        let columns = self.content.columns.iter().zip(self.rects(row));
        let mut step = None;
        for (column, (cell, (layout, rect))) in line.cells.iter().zip(columns).enumerate() {
            match cell {
                content::Cell::Shown(words) => text(ui, rect, words, layout.is_number),
                content::Cell::Outlook(typed) => {
                    let target = |at: &CellPath| *at == typed.at;
                    if scene.position.take_target(target).is_some() {
                        state.row = Some((self.content.salt, index));
                    }
                    outlook(ui, rect, line, typed, shown, scene);
                }
                content::Cell::Typed(typed) => {
                    let cell = Cell {
                        at: typed.at.clone(),
                        name: format!("{} {}", line.name, typed.caption),
                        shown: typed.text.clone(),
                        kind: typed.kind,
                        is_bold: false,
                        indent: 0,
                        prefilled: String::new(),
                    };
                    let mut paste = |scene: &mut Scene<'_>, _: &CellPath, text: &str| {
                        self.paste(scene, index, column, text);
                    };
                    let focus = &mut state.focus;
                    if let Some(taken) =
                        cell::show(ui, rect, &cell, shown, scene, focus, &mut paste)
                    {
                        step = Some((index, column, taken));
                    }
                    if ui.memory(|memory| memory.has_focus(field_id(&cell.at))) {
                        state.wanted = Some((self.content.salt, index));
                        state.row = state.wanted;
                    }
                }
            }
            ui.painter().vline(rect.left(), rect.y_range(), stroke);
        }
        step
    }

    /// The name of a line, which leads to where it is planned.
    fn name(&self, ui: &mut Ui, row: Rect, line: &Line, scene: &mut Scene<'_>) {
        let palette = Palette::of(ui);
        let rect = self.name_rect(row);
        let id = field_id(&line.leads_to).with("name at mid-year");
        let response = ui.interact(rect.shrink(1.0), id, Sense::click());
        let says = format!("转到 {}", line.name);
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &says));
        text(ui, rect, &line.name, false);
        let edge = Stroke::new(1.0, palette.line);
        ui.painter().vline(rect.right(), rect.y_range(), edge);
        if response.has_focus() || response.hovered() {
            let stroke = Stroke::new(1.0, palette.accent);
            ui.painter()
                .rect_stroke(rect, 0, stroke, egui::StrokeKind::Inside);
        }
        let response = response.on_hover_text(format!("{}\n点击转到自评表中的这一行", line.name));
        if response.clicked() {
            scene.send.send(Action::GoTo(line.leads_to.clone()));
        }
    }

    /// The captions.
    fn head(&self, beside: &Ui, ui: &Ui) {
        let palette = Palette::of(ui);
        let height = self.layout.head;
        let lowest = (self.figures.bottom() - height).max(self.figures.top());
        let top = ui.clip_rect().top().clamp(self.figures.top(), lowest);
        let names = Rect::from_min_size(pos2(self.names.left(), top), vec2(NAMES, height));
        let size = vec2(self.figures.width(), height);
        let figures = Rect::from_min_size(pos2(self.figures.left(), top), size);
        let line = Stroke::new(1.0, palette.line);
        for (ui, rect) in [(beside, names), (ui, figures)] {
            ui.painter().rect_filled(rect, 0, palette.surface);
            ui.painter().hline(rect.x_range(), rect.top(), line);
            ui.painter().hline(rect.x_range(), rect.bottom(), line);
        }
        beside.painter().vline(names.right(), names.y_range(), line);
        caption(beside, names, self.content.names, false);
        for (column, rect) in self.content.columns.iter().zip(self.rects(figures)) {
            caption(ui, rect, column.caption, column.is_number);
            ui.painter().vline(rect.left(), rect.y_range(), line);
        }
    }

    /// What is typed into at a row and column.
    fn typed(&self, row: usize, column: usize) -> Option<&Typed> {
        match self.content.rows.get(row)? {
            Row::Line(line) => match line.cells.get(column)? {
                content::Cell::Typed(typed) => Some(typed),
                _ => None,
            },
            Row::Band(_) => None,
        }
    }

    /// Gives the neighbour of a cell the focus.
    fn go(&self, ui: &Ui, row: usize, column: usize, step: Step, state: &mut MonitoringState) {
        let (rows, columns) = (self.content.rows.len(), self.content.columns.len());
        let has = |(row, column): &(usize, usize)| self.typed(*row, *column).is_some();
        let target = match step {
            Step::Up => (0..row).rev().map(|row| (row, column)).find(has),
            Step::Down => (row + 1..rows).map(|row| (row, column)).find(has),
            Step::Left => (0..column).rev().map(|column| (row, column)).find(has),
            Step::Right => (column + 1..columns).map(|column| (row, column)).find(has),
        };
        if let Some((row, column)) = target
            && let Some(typed) = self.typed(row, column)
        {
            state.wanted = Some((self.content.salt, row));
            ui.memory_mut(|memory| memory.request_focus(field_id(&typed.at)));
            ui.ctx().request_repaint();
        }
    }

    /// Pastes cells with their upper left corner at a cell: into the cells that are filled in, column by column; captions
    /// between lines are passed over.
    fn paste(&self, scene: &mut Scene<'_>, row: usize, column: usize, text: &str) {
        let block = Block::parse(text);
        let lines = self.content.rows[row..].iter().filter_map(|row| match row {
            Row::Line(line) => Some(line),
            Row::Band(_) => None,
        });
        let mut commands = Vec::new();
        for (line, texts) in lines.zip(block.rows()) {
            let cells = line.cells.iter().skip(column);
            let cells = cells.filter_map(content::Cell::filled_in);
            commands.extend(cells.zip(texts).map(|(cell, text)| EditCommand::SetCell {
                at: cell.at.clone(),
                text: text.to_string(),
            }));
        }
        match commands.len() {
            0 => {}
            1 => scene.send.edit(commands.remove(0)),
            _ => scene.send.edit(EditCommand::Many {
                label: "粘贴 年中监控".to_owned(),
                commands,
            }),
        }
    }
}

/// 完成目标可能性: chosen from a list; what else was typed elsewhere stays until something is chosen.
fn outlook(
    ui: &mut Ui,
    rect: Rect,
    line: &Line,
    typed: &Typed,
    shown: &Shown,
    scene: &mut Scene<'_>,
) {
    let is_open = scene.may_type(shown, &typed.at.place);
    let name = format!("{} {}", line.name, typed.caption);
    let inner = Rect::from_center_size(rect.center(), vec2(rect.width() - 8.0, theme::HIT));
    let builder = UiBuilder::new().max_rect(inner).id_salt(&name);
    let taken = ui.scope_builder(builder, |ui| {
        ui.add_enabled_ui(is_open, |ui| {
            let options = Outlook::ALL.map(|outlook| (outlook.word(), ""));
            let options = options.into_iter().chain([("（不填）", "")]);
            choice::show(ui, &name, None, trim(&typed.text), options)
        })
        .inner
    });
    if let Some(index) = taken.inner {
        let text = Outlook::ALL.get(index).map_or("", |outlook| outlook.word());
        scene.send.edit(EditCommand::SetCell {
            at: typed.at.clone(),
            text: text.to_owned(),
        });
    }
}
