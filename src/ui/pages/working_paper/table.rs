//! The table of the working paper. Only the lines in sight are drawn, and the one that the person is at or goes to.

use egui::{
    Align, Pos2, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2,
    text::LayoutJob, vec2,
};

use super::{
    PaperState,
    columns::{COLUMNS, Column, Item, Layout, NAMES, indent, is_typed, width_of_name},
};
use crate::{
    edit::{block::Block, command::EditCommand},
    model::{
        edition::Edition,
        path::{BlockField, CellPath, IndicatorField, Place},
        project::Project,
        typed::trim,
        working_paper::{PaperCell, PaperField, PaperSubject},
    },
    rules::working_paper::{Line, Paper},
    sheet::working_paper::changed_by,
    ui::{
        action::Action,
        icons,
        scene::{Scene, Shown},
        theme::{self, Palette},
        widgets::{
            button,
            cell::{self, Cell, Kind, MARGIN, Step},
            field::field_id,
        },
    },
};

/// How far beyond what is in sight lines are drawn, so that Tab finds the next one, in points.
const BEYOND: f32 = 160.0;

/// Draws the table.
pub fn show(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut PaperState,
    paper: &Paper,
) {
    let goals = goals(&shown.project, &shown.edition);
    let layout = Layout::of(ui, paper, &goals, ui.available_width() - NAMES);
    want_target(scene, shown, state, paper);
    let size = layout.size();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let (names, _) = ui.allocate_exact_size(vec2(NAMES, size.y), Sense::hover());
        let mut beside = ui.new_child(UiBuilder::new().max_rect(names));
        ScrollArea::horizontal()
            .id_salt("working paper")
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let (figures, _) = ui.allocate_exact_size(size, Sense::hover());
                let table = Table {
                    paper,
                    layout: &layout,
                    names,
                    figures,
                };
                table.draw(&mut beside, ui, shown, scene, state);
            });
    });
    state.focus.follow(ui);
}

/// The captions of the goal blocks.
fn goals(project: &Project, edition: &Edition) -> Vec<String> {
    let goals = project.goals.iter().enumerate();
    let caption = |(index, goal): (usize, &std::sync::Arc<crate::model::project::Goal>)| match trim(
        &goal.caption,
    ) {
        "" => format!("{}{}", edition.goals.caption, index + 1),
        caption => caption.to_owned(),
    };
    goals.map(caption).collect()
}

/// A line that the person is sent to is drawn wherever it lies, so that its cell can take the focus.
fn want_target(scene: &Scene<'_>, shown: &Shown, state: &mut PaperState, paper: &Paper) {
    let target = scene.position.target.as_ref();
    let target = target.filter(|at| at.project == shown.project.id);
    if let Some(Place::Paper(PaperCell::Line(subject, _))) = target.map(|at| &at.place) {
        state.wanted = paper.lines.iter().position(|line| line.subject == *subject);
    }
}

struct Table<'a> {
    paper: &'a Paper,
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
        state: &mut PaperState,
    ) {
        let sight = ui.clip_rect().expand(BEYOND);
        let drawn: Vec<(Rect, &Item)> = self
            .layout
            .rows
            .iter()
            .map(|row| {
                let top = self.figures.top() + self.layout.head + row.top;
                let size = vec2(self.figures.width(), row.height);
                let rect = Rect::from_min_size(pos2(self.figures.left(), top), size);
                (rect, &row.item)
            })
            .filter(|(rect, item)| {
                let is_wanted = matches!(item, Item::Line(index) if state.wanted == Some(*index));
                is_wanted || rect.top() < sight.bottom() && rect.bottom() > sight.top()
            })
            .collect();
        for (rect, item) in &drawn {
            self.paint(beside, ui, *rect, item);
        }
        let mut step = None;
        for (rect, item) in &drawn {
            if let Item::Line(index) = item
                && let Some(taken) = self.cells(ui, *rect, *index, shown, scene, state)
            {
                step = Some(taken);
            }
        }
        // After the cells, so that Tab goes from cell to cell.
        for (rect, item) in &drawn {
            if let Item::Line(index) = item {
                self.name(beside, *rect, &self.paper.lines[*index], shown, scene);
                self.restore(beside, *rect, &self.paper.lines[*index], shown, scene);
            }
        }
        self.head(beside, ui);
        if let Some((line, field, step)) = step {
            self.go(ui, line, field, step, shown, state);
        }
    }

    /// Lines, bands and what was filed.
    fn paint(&self, beside: &Ui, ui: &Ui, rect: Rect, item: &Item) {
        let palette = Palette::of(ui);
        let line = Stroke::new(1.0, palette.line);
        let name = self.name_rect(rect);
        match item {
            Item::Band(caption) => {
                ui.painter().rect_filled(rect, 0, palette.ground);
                beside.painter().rect_filled(name, 0, palette.ground);
                // It runs on from the names to the figures, and stays where it is while they scroll.
                let wide = name.with_max_x(ui.clip_rect().right());
                let mut job = LayoutJob::simple_singleline(
                    caption.clone(),
                    theme::text::small(),
                    palette.text_weak,
                );
                job.wrap.max_width = wide.width() - MARGIN.sum().x;
                job.wrap.max_rows = 1;
                let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
                let at = pos2(
                    wide.left() + f32::from(MARGIN.left),
                    wide.center().y - galley.size().y / 2.0,
                );
                let height = ui.clip_rect().y_range();
                // A painter of the figures could not draw over the names.
                let painter = beside
                    .painter()
                    .with_clip_rect(Rect::from_x_y_ranges(wide.x_range(), height));
                painter.galley(at, galley, palette.text_weak);
            }
            Item::Line(index) => {
                let filed = &self.paper.lines[*index];
                for (column, cell) in self.cells_of(rect) {
                    match column {
                        Column::Typed(field) if filed.value(field).is_some() => {}
                        Column::Typed(_) => {
                            ui.painter().rect_filled(cell, 0, palette.ground);
                        }
                        column => text(ui, cell, &column.text(filed), column.is_number()),
                    }
                    ui.painter().vline(cell.left(), cell.y_range(), line);
                }
                // The figures scroll behind it.
                beside.painter().vline(name.right(), name.y_range(), line);
            }
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
        beside.painter().hline(name.x_range(), rect.bottom(), line);
    }

    fn name_rect(&self, row: Rect) -> Rect {
        Rect::from_x_y_ranges(self.names.x_range(), row.y_range())
    }

    /// The cells of a row.
    fn cells_of(&self, row: Rect) -> impl Iterator<Item = (Column, Rect)> {
        let mut left = row.left();
        COLUMNS
            .into_iter()
            .zip(&self.layout.widths)
            .map(move |(column, width)| {
                let cell = Rect::from_min_size(pos2(left, row.top()), vec2(*width, row.height()));
                left += width;
                (column, cell)
            })
    }

    /// The cells of a line that are typed into; the step that the person takes from one of them.
    fn cells(
        &self,
        ui: &mut Ui,
        row: Rect,
        index: usize,
        shown: &Shown,
        scene: &mut Scene<'_>,
        state: &mut PaperState,
    ) -> Option<(usize, PaperField, Step)> {
        let line = &self.paper.lines[index];
        let mut step = None;
        for (column, rect) in self.cells_of(row) {
            let Column::Typed(field) = column else {
                continue;
            };
            let Some(value) = line.value(field) else {
                continue;
            };
            let cell = Cell {
                at: at(&shown.project, line, field),
                name: format!("{} {}", spoken(line), field.caption()),
                shown: value.typed.clone(),
                kind: match field {
                    PaperField::Actual => Kind::Line,
                    PaperField::Score => Kind::Number,
                    PaperField::Note => Kind::Lines,
                },
                is_bold: false,
                indent: 0,
                prefilled: value.prefilled.clone(),
            };
            let mut paste = |scene: &mut Scene<'_>, _: &CellPath, text: &str| {
                self.paste(scene, &shown.project, index, field, text);
            };
            let focus = &mut state.focus;
            if let Some(taken) = cell::show(ui, rect, &cell, shown, scene, focus, &mut paste) {
                step = Some((index, field, taken));
            }
            if ui.memory(|memory| memory.has_focus(field_id(&cell.at))) {
                state.wanted = Some(index);
            }
            if field == PaperField::Score {
                mark_change(ui, rect, line);
            }
        }
        step
    }

    /// The indicator's name, which leads to it.
    fn name(&self, ui: &mut Ui, row: Rect, line: &Line, shown: &Shown, scene: &mut Scene<'_>) {
        let palette = Palette::of(ui);
        let rect = self.name_rect(row);
        let rect = rect.with_max_x(rect.left() + width_of_name(line));
        let id = field_id(&at(&shown.project, line, PaperField::Note)).with("name");
        let response = ui.interact(rect.shrink(1.0), id, Sense::click());
        let says = format!("转到 {}", spoken(line));
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Link, true, &says));
        let is_on = response.hovered() || response.has_focus();
        let color = if is_on { palette.accent } else { palette.text };
        let inner = rect - MARGIN;
        let inner = inner.with_min_x(inner.left() + indent(line));
        let mut job =
            LayoutJob::simple(line.name.clone(), theme::text::grid(), color, inner.width());
        let height = ui.fonts_mut(|fonts| fonts.row_height(&theme::text::grid()));
        job.wrap.max_rows = ((inner.height() / height).floor() as usize).max(1);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let top = inner.center().y - galley.size().y / 2.0;
        ui.painter().galley(pos2(inner.left(), top), galley, color);
        if response.has_focus() {
            let stroke = Stroke::new(2.0, palette.accent);
            ui.painter()
                .rect_stroke(rect, 0, stroke, StrokeKind::Inside);
        }
        let hover = format!("{}\n点击转到自评表中的这一行", line.name);
        let response = response.on_hover_text(hover);
        if response.clicked()
            && let Some(place) = filed_place(line, shown)
        {
            scene.send.send(Action::GoTo(shown.project.at(place)));
        }
    }

    /// The way back for a line in which something is typed. It stands beside the name, where it is in sight however far the
    /// columns are scrolled.
    fn restore(&self, ui: &mut Ui, row: Rect, line: &Line, shown: &Shown, scene: &mut Scene<'_>) {
        if !is_typed(line) {
            return;
        }
        let beside = self.name_rect(row);
        let beside = beside.with_min_x(beside.left() + width_of_name(line));
        let place = Rect::from_center_size(beside.center(), vec2(theme::HIT, theme::HIT));
        let name = format!("{} 回到预填", spoken(line));
        let builder = UiBuilder::new().max_rect(place);
        let response = ui.scope_builder(builder, |ui| {
            button::icon(ui, icons::ARROW_COUNTER_CLOCKWISE, &name)
        });
        if response.inner.clicked() {
            scene.send.edit(EditCommand::ClearWorkingPaper {
                project: shown.project.id,
                line: Some(line.subject),
            });
        }
    }

    /// The captions, which stay in sight while the lines scroll.
    fn head(&self, beside: &Ui, ui: &Ui) {
        let palette = Palette::of(ui);
        let height = self.layout.head;
        let lowest = (self.figures.bottom() - height).max(self.figures.top());
        let top = ui.clip_rect().top().clamp(self.figures.top(), lowest);
        let corner = |left| pos2(left, top);
        let names = Rect::from_min_size(corner(self.names.left()), vec2(NAMES, height));
        let size = vec2(self.figures.width(), height);
        let figures = Rect::from_min_size(corner(self.figures.left()), size);
        let line = Stroke::new(1.0, palette.line);
        for (ui, rect) in [(beside, names), (ui, figures)] {
            ui.painter().rect_filled(rect, 0, palette.surface);
            ui.painter().hline(rect.x_range(), rect.top(), line);
            ui.painter().hline(rect.x_range(), rect.bottom(), line);
        }
        beside.painter().vline(names.right(), names.y_range(), line);
        caption(beside, names, "三级指标", false);
        for (column, rect) in self.cells_of(figures) {
            caption(ui, rect, column.caption(), column.is_number());
            ui.painter().vline(rect.left(), rect.y_range(), line);
        }
    }

    /// Gives the neighbour of a cell the focus.
    fn go(
        &self,
        ui: &Ui,
        line: usize,
        field: PaperField,
        step: Step,
        shown: &Shown,
        state: &mut PaperState,
    ) {
        let lines = &self.paper.lines;
        let has = |index: &usize| lines[*index].value(field).is_some();
        let fields = || PaperField::ALL.into_iter();
        let of_line = |field: &PaperField| lines[line].value(*field).is_some();
        let target = match step {
            Step::Up => (0..line).rev().find(has).map(|index| (index, field)),
            Step::Down => (line + 1..lines.len())
                .find(has)
                .map(|index| (index, field)),
            Step::Left => fields()
                .rev()
                .filter(of_line)
                .find(|other| *other < field)
                .map(|other| (line, other)),
            Step::Right => fields()
                .filter(of_line)
                .find(|other| *other > field)
                .map(|other| (line, other)),
        };
        if let Some((index, field)) = target {
            let id = field_id(&at(&shown.project, &lines[index], field));
            state.wanted = Some(index);
            ui.memory_mut(|memory| memory.request_focus(id));
            ui.ctx().request_repaint();
        }
    }

    /// Pastes cells with their upper left corner at a cell. Lines without such a cell are passed over by a row each, so that
    /// a column copied from here comes back to the same lines.
    fn paste(
        &self,
        scene: &mut Scene<'_>,
        project: &Project,
        line: usize,
        field: PaperField,
        text: &str,
    ) {
        let block = Block::parse(text);
        let fields = PaperField::ALL.into_iter().filter(|other| *other >= field);
        let mut commands = Vec::new();
        for (line, row) in self.paper.lines[line..].iter().zip(block.rows()) {
            for (field, text) in fields.clone().zip(row) {
                if line.value(field).is_some() {
                    commands.push(EditCommand::SetCell {
                        at: at(project, line, field),
                        text: text.to_string(),
                    });
                }
            }
        }
        match commands.len() {
            0 => {}
            1 => scene.send.edit(commands.remove(0)),
            _ => scene.send.edit(EditCommand::Many {
                label: "粘贴 复核底稿".to_owned(),
                commands,
            }),
        }
    }
}

/// The address of a cell of a line.
fn at(project: &Project, line: &Line, field: PaperField) -> CellPath {
    project.at(Place::Paper(PaperCell::Line(line.subject, field)))
}

/// What a line is called where its caption is not seen.
fn spoken(line: &Line) -> String {
    match (&line.subject, &line.group) {
        (PaperSubject::Group(_), Some((_, caption))) => format!("{caption} 全组"),
        _ => line.name.clone(),
    }
}

/// Where the form states what a line is about.
fn filed_place(line: &Line, shown: &Shown) -> Option<Place> {
    Some(match line.subject {
        PaperSubject::Indicator(id) => Place::Indicator(id, IndicatorField::Actual),
        PaperSubject::Group(id) => Place::Group(id, BlockField::Score),
        PaperSubject::Execution => {
            use crate::model::project::fund;
            let row = shown.project.total_fund_row(&shown.edition)?;
            Place::Fund(row.id, fund::RATE.to_owned())
        }
    })
}

/// What was taken off or added, at the left of the score.
fn mark_change(ui: &Ui, rect: Rect, line: &Line) {
    let Some(change) = line.change else {
        return;
    };
    let palette = Palette::of(ui);
    let inside = rect.shrink2(vec2(1.0, 1.0));
    let bar = inside.with_max_x(inside.left() + 3.0);
    ui.painter().rect_filled(bar, 0, palette.warning);
    let sign = if change.is_sign_negative() {
        '−'
    } else {
        '+'
    };
    let at = pos2(rect.left() + f32::from(MARGIN.left), rect.center().y);
    let words = ui.painter().text(
        at,
        egui::Align2::LEFT_CENTER,
        format!("{sign}{}", change.abs()),
        theme::text::small(),
        palette.warning,
    );
    let id = ui.scope_id().with((line.subject, "change"));
    let response = ui.interact(words, id, Sense::hover());
    response.on_hover_text(changed_by(change));
}

/// A text that cannot be typed into.
pub fn text(ui: &Ui, rect: Rect, text: &str, at_right: bool) {
    if text.is_empty() {
        return;
    }
    let inner = rect - MARGIN;
    let color = Palette::of(ui).text;
    let mut job = LayoutJob::simple(text.to_owned(), theme::text::grid(), color, inner.width());
    job.halign = if at_right { Align::RIGHT } else { Align::LEFT };
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let top = inner.center().y - galley.size().y / 2.0;
    let at = origin(inner, top, at_right);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.galley(at, galley, color);
}

/// The caption of a column.
pub fn caption(ui: &Ui, rect: Rect, text: &str, at_right: bool) {
    let inner = rect - MARGIN;
    let color = Palette::of(ui).text_weak;
    let mut job = LayoutJob::simple(text.to_owned(), theme::text::small(), color, inner.width());
    job.halign = if at_right { Align::RIGHT } else { Align::LEFT };
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let top = inner.center().y - galley.size().y / 2.0;
    ui.painter()
        .galley(origin(inner, top, at_right), galley, color);
}

/// Where a text begins: egui lays one at the right out to the left of its origin.
fn origin(inner: Rect, top: f32, at_right: bool) -> Pos2 {
    let x = if at_right {
        inner.right()
    } else {
        inner.left()
    };
    pos2(x, top)
}
