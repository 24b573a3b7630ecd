//! The plot of a card: drawn by egui_plot at the places that the chart gives, with words and ticks beside it; looked through
//! by pointer and by keys.

use std::sync::Arc;

use egui::{
    Align2, Color32, EventFilter, Galley, Id, Key, Modifiers, Painter, Pos2, Rect, Sense, Shape,
    Stroke, Ui, WidgetInfo, pos2, text::LayoutJob, vec2,
};
use egui_plot::{
    Bar, BarChart, Line, LineStyle, MarkerShape, Plot, PlotBounds, PlotPoints, Points, Polygon,
};

use super::Ready;
use crate::{
    model::path::CellPath,
    sheet::chart::{Across, Axis, Chart, Form, geometry::Area},
    ui::{
        action::Action,
        scene::Scene,
        theme::{self, Palette, space},
    },
};

/// The height of a plot of upright bars, points or lines, in points.
const HEIGHT: f32 = 220.0;
/// The height of a row of text.
const TEXT: f32 = 16.0;
/// The widest room for names at the left, as a share of the card.
const NAMES: f32 = 0.36;
/// Room for values behind lying bars.
const VALUES: f32 = 52.0;
/// What is drawn beyond the plot's edges, in points.
const EDGE: f32 = 8.0;
/// The pointer means a mark that is at most so far away.
const REACH: f32 = 18.0;

/// A mark with its place in the plot.
pub struct Place {
    /// Where.
    area: Area,
    /// The index of its series.
    series: usize,
    hue: usize,
    label: String,
    words: String,
    at: CellPath,
}

/// The marks of a chart with their places.
pub(super) fn places(chart: &Chart) -> Vec<Place> {
    let place = |spot: crate::sheet::chart::geometry::Spot<'_>| {
        let mut series = chart.series.iter();
        let found = series.position(|one| std::ptr::eq(one, spot.series));
        Place {
            area: spot.area,
            series: found.unwrap_or_default(),
            hue: spot.series.hue,
            label: spot.mark.label.clone(),
            words: spot.mark.words.clone(),
            at: spot.mark.at.clone(),
        }
    };
    chart.spots().into_iter().map(place).collect()
}

/// Draws the plot and takes pointer and keys; the words of the mark that is looked at. `top` is the upper edge of its card.
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    ready: &mut Ready,
    top: f32,
    takes_focus: bool,
) -> Option<String> {
    let frame = Frame::allocate(ui, &ready.chart);
    let id = Id::unique(("chart", ready.chart.kind));
    let response = ui.interact(frame.whole, id, Sense::click());
    if takes_focus {
        response.request_focus();
    }
    if response.gained_focus() && !takes_focus {
        // With the title, which says what the keys are in.
        ui.scroll_to_rect(frame.whole.with_min_y(top), None);
    }
    if response.has_focus() {
        take_keys(ui, &response, ready);
    }
    let pointed = response.hover_pos().and_then(|at| frame.nearest(ready, at));
    let chosen = ready.chosen.filter(|_| response.has_focus());
    let looked_at = pointed.or(chosen);
    if ui.is_rect_visible(frame.whole) {
        frame.draw(ui, ready, looked_at);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, Palette::of(ui).accent);
        let rect = frame.whole.expand(3.0);
        let radius = f32::from(theme::RADIUS);
        ui.painter()
            .rect_stroke(rect, radius, stroke, egui::StrokeKind::Inside);
    }
    let words = looked_at.and_then(|index| ready.places.get(index));
    let words = words.map(|place| place.words.clone());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::Figure, true, &ready.chart.title);
        info.current_text_value =
            Some(words.clone().unwrap_or_else(|| ready.chart.reading.clone()));
        info
    });
    if response.clicked() {
        // By a key, the pointer may be anywhere.
        let is_by_pointer = response.interact_pointer_pos().is_some();
        let meant = if is_by_pointer { pointed } else { chosen };
        if let Some(place) = meant.and_then(|index| ready.places.get(index)) {
            scene.send.send(Action::GoTo(place.at.clone()));
        }
    }
    if pointed.is_some() {
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        response.on_hover_text_at_pointer(words.as_deref().unwrap_or_default());
    }
    words
}

fn take_keys(ui: &Ui, response: &egui::Response, ready: &mut Ready) {
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let Some(last) = ready.places.len().checked_sub(1) else {
        return;
    };
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let step = |from: Option<usize>, by: isize| match from {
        Some(from) => from.saturating_add_signed(by).min(last),
        None => 0,
    };
    if pressed(Key::ArrowRight) {
        ready.chosen = Some(step(ready.chosen, 1));
    } else if pressed(Key::ArrowLeft) {
        ready.chosen = Some(step(ready.chosen, -1));
    } else if pressed(Key::Home) {
        ready.chosen = Some(0);
    } else if pressed(Key::End) {
        ready.chosen = Some(last);
    }
}

/// The rectangles of a plot.
struct Frame {
    /// With names and ticks.
    whole: Rect,
    /// What the marks lie in.
    inner: Rect,
}

impl Frame {
    fn allocate(ui: &mut Ui, chart: &Chart) -> Self {
        let width = ui.available_width();
        let widest = match chart.form {
            Form::Rows => {
                let names = chart.names().iter();
                names
                    .map(|name| line(ui, name, width * NAMES).size().x)
                    .fold(0.0, f32::max)
            }
            _ => {
                let ticks = chart.values.ticks.iter();
                ticks
                    .map(|tick| line(ui, &tick.words, width * NAMES).size().x)
                    .fold(0.0, f32::max)
            }
        };
        let (above, beneath) = match chart.form {
            Form::Rows => (4.0, 2.0 * TEXT + 4.0),
            Form::Thin => (TEXT + 10.0, 6.0),
            Form::Columns | Form::Lines => (TEXT + 10.0, TEXT + 4.0),
            Form::Points => (TEXT + 10.0, 2.0 * TEXT + 4.0),
        };
        let height = match chart.form {
            // A share of a point is not seen.
            Form::Rows => chart.plot_height() as f32,
            _ => HEIGHT - above - beneath + TEXT,
        };
        let size = vec2(width, above + height + beneath);
        let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
        let right = if chart.form == Form::Rows {
            VALUES
        } else {
            10.0
        };
        let inner = Rect::from_min_max(
            whole.min + vec2(widest + space::S, above),
            whole.max - vec2(right, beneath),
        );
        Self { whole, inner }
    }

    fn at(&self, (x, y): (f64, f64)) -> Pos2 {
        let size = self.inner.size();
        pos2(
            self.inner.left() + x as f32 * size.x,
            self.inner.bottom() - y as f32 * size.y,
        )
    }

    fn rect(&self, area: Area) -> Rect {
        Rect::from_two_pos(self.at(area.from), self.at(area.to))
    }

    /// The mark that a point means. Bars are meant by all the room above or behind them.
    fn nearest(&self, ready: &Ready, point: Pos2) -> Option<usize> {
        let form = ready.chart.form;
        if !self.whole.contains(point) {
            return None;
        }
        let distance = |place: &Place| {
            let rect = self.rect(place.area);
            let x = (rect.left() - point.x).max(point.x - rect.right()).max(0.0);
            let y = (rect.top() - point.y).max(point.y - rect.bottom()).max(0.0);
            match form {
                Form::Rows => y,
                Form::Columns | Form::Thin => x,
                Form::Points | Form::Lines => x.hypot(y),
            }
        };
        let places = ready.places.iter().map(distance).enumerate();
        let (index, distance) = places.min_by(|(_, one), (_, other)| one.total_cmp(other))?;
        (distance <= REACH).then_some(index)
    }

    fn draw(&self, ui: &mut Ui, ready: &Ready, looked_at: Option<usize>) {
        let palette = Palette::of(ui);
        let chart = &ready.chart;
        // Points on the edges are seen as a whole.
        let drawn = self.inner.expand(EDGE);
        let [x, y] = [self.inner.width(), self.inner.height()].map(|side| f64::from(EDGE / side));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(drawn));
        let plot = Plot::new(("plot", chart.kind))
            .width(drawn.width())
            .height(drawn.height())
            .sense(Sense::hover())
            .show_axes(false)
            .show_grid(false)
            .show_background(false)
            .show_x(false)
            .show_y(false)
            .allow_zoom(false)
            .allow_drag(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .allow_axis_zoom_drag(false);
        plot.show(&mut child, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([-x, -y], [1.0 + x, 1.0 + y]));
            shade(plot, chart, palette);
            grid(plot, chart, palette);
            match chart.form {
                Form::Points | Form::Lines => points(plot, ready, palette),
                Form::Columns | Form::Rows | Form::Thin => bars(plot, ready, palette),
            }
            limits(plot, chart, palette);
        });
        let painter = ui.painter();
        self.captions(ui, painter, chart);
        self.labels(ui, ready, palette);
        if let Some(place) = looked_at.and_then(|index| ready.places.get(index)) {
            let rect = self.rect(place.area).expand(match chart.form {
                Form::Points | Form::Lines => 7.0,
                _ => 1.0,
            });
            let stroke = Stroke::new(2.0, palette.text);
            painter.rect_stroke(rect, 2.0, stroke, egui::StrokeKind::Inside);
        }
    }

    /// Ticks, names and what the axes measure.
    fn captions(&self, ui: &Ui, painter: &Painter, chart: &Chart) {
        match chart.form {
            Form::Rows => self.lying(ui, painter, &chart.values),
            _ => self.upright(ui, painter, &chart.values),
        }
        match &chart.across {
            Across::Axis(across, _) => self.lying(ui, painter, across),
            Across::Names(names) => self.names(ui, painter, chart, names),
        }
    }

    fn upright(&self, ui: &Ui, painter: &Painter, axis: &Axis) {
        let palette = Palette::of(ui);
        let room = self.inner.left() - self.whole.left() - space::S;
        for tick in &axis.ticks {
            let at = self.at((0.0, axis.share(tick.at)));
            let galley = line(ui, &tick.words, room);
            let at = at - vec2(space::S + galley.size().x, galley.size().y / 2.0);
            painter.galley(at, galley, palette.text_weak);
        }
        let caption = axis.caption();
        let at = self.whole.left_top();
        text(painter, at, Align2::LEFT_TOP, &caption, palette.text_weak);
    }

    fn lying(&self, ui: &Ui, painter: &Painter, axis: &Axis) {
        let palette = Palette::of(ui);
        let room = self.inner.width() / axis.ticks.len().max(1) as f32;
        for tick in &axis.ticks {
            let at = self.at((axis.share(tick.at), 0.0));
            let galley = line(ui, &tick.words, room);
            let at = at + vec2(-galley.size().x / 2.0, 3.0);
            painter.galley(at, galley, palette.text_weak);
        }
        let caption = axis.caption();
        let at = pos2(self.inner.right(), self.whole.bottom());
        text(
            painter,
            at,
            Align2::RIGHT_BOTTOM,
            &caption,
            palette.text_weak,
        );
    }

    fn names(&self, ui: &Ui, painter: &Painter, chart: &Chart, names: &[String]) {
        let palette = Palette::of(ui);
        let each = self.inner.width() / names.len().max(1) as f32;
        for (index, name) in names.iter().enumerate() {
            let middle = chart.middle_of(index);
            match chart.form {
                Form::Thin | Form::Points => {}
                Form::Rows => {
                    let room = self.inner.left() - self.whole.left() - space::S;
                    let galley = line(ui, name, room);
                    let at = self.at((0.0, 1.0 - middle));
                    let at = at - vec2(space::S + galley.size().x, galley.size().y / 2.0);
                    painter.galley(at, galley, palette.text);
                }
                Form::Columns | Form::Lines => {
                    let galley = line(ui, name, each - 4.0);
                    let at = self.at((middle, 0.0));
                    let at = at + vec2(-galley.size().x / 2.0, 4.0);
                    painter.galley(at, galley, palette.text);
                }
            }
        }
    }

    /// Values behind lying bars and above upright ones, where they have room.
    fn labels(&self, ui: &Ui, ready: &Ready, palette: &Palette) {
        let painter = ui.painter();
        for place in &ready.places {
            let rect = self.rect(place.area);
            match ready.chart.form {
                Form::Rows => {
                    let room = self.whole.right() - rect.right() - space::XS;
                    let galley = line(ui, &place.label, room);
                    let at = rect.right_center() + vec2(space::XS, -galley.size().y / 2.0);
                    painter.galley(at, galley, palette.text_weak);
                }
                Form::Columns => {
                    let galley = line(ui, &place.label, f32::INFINITY);
                    if galley.size().x <= rect.width() {
                        let at =
                            rect.center_top() - vec2(galley.size().x / 2.0, galley.size().y + 1.0);
                        painter.galley(at, galley, palette.text_weak);
                    }
                }
                Form::Thin | Form::Points | Form::Lines => {}
            }
        }
    }
}

fn shade(plot: &mut egui_plot::PlotUi<'_>, chart: &Chart, palette: &Palette) {
    let (Some(corner), Across::Axis(across, _)) = (&chart.corner, &chart.across) else {
        return;
    };
    let right = across.share(corner.below);
    let bottom = chart.values.share(corner.from);
    let corners = vec![[0.0, bottom], [right, bottom], [right, 1.0], [0.0, 1.0]];
    let polygon = Polygon::new("", PlotPoints::from(corners))
        .fill_color(palette.error_weak)
        .stroke(Stroke::new(1.0, palette.error_weak))
        .allow_hover(false);
    plot.polygon(polygon);
}

fn grid(plot: &mut egui_plot::PlotUi<'_>, chart: &Chart, palette: &Palette) {
    let mut lines = |axis: &Axis, is_upright: bool| {
        for tick in &axis.ticks {
            let color = if tick.at.is_zero() {
                palette.edge
            } else {
                palette.line
            };
            let line = across_plot(axis.share(tick.at), is_upright);
            plot.line(line.color(color).width(1.0));
        }
    };
    lines(&chart.values, chart.form == Form::Rows);
    if let Across::Axis(across, _) = &chart.across {
        lines(across, true);
    }
}

/// A line from edge to edge.
fn across_plot(share: f64, is_upright: bool) -> Line<'static> {
    let ends = if is_upright {
        vec![[share, 0.0], [share, 1.0]]
    } else {
        vec![[0.0, share], [1.0, share]]
    };
    Line::new("", PlotPoints::from(ends)).allow_hover(false)
}

fn bars(plot: &mut egui_plot::PlotUi<'_>, ready: &Ready, palette: &Palette) {
    let is_lying = ready.chart.form == Form::Rows;
    let bars = ready.places.iter().map(|place| {
        let Area { from, to } = place.area;
        let (middle_x, middle_y) = place.area.middle();
        let (middle, base, length, width) = if is_lying {
            (middle_y, from.0, to.0 - from.0, to.1 - from.1)
        } else {
            (middle_x, from.1, to.1 - from.1, to.0 - from.0)
        };
        Bar::new(middle, length)
            .base_offset(base)
            .width(width * 0.94)
            .fill(palette.series[place.hue % palette.series.len()])
            .stroke(Stroke::NONE)
    });
    let chart = BarChart::new("", bars.collect()).allow_hover(false);
    plot.bar_chart(if is_lying {
        chart.horizontal()
    } else {
        chart.vertical()
    });
}

fn points(plot: &mut egui_plot::PlotUi<'_>, ready: &Ready, palette: &Palette) {
    for (index, series) in ready.chart.series.iter().enumerate() {
        let color = palette.series[series.hue % palette.series.len()];
        let own: Vec<[f64; 2]> = ready
            .places
            .iter()
            .filter(|place| place.series == index)
            .map(|place| [place.area.from.0, place.area.from.1])
            .collect();
        if ready.chart.form == Form::Lines {
            let style = if index == 0 {
                LineStyle::Solid
            } else {
                LineStyle::dashed_dense()
            };
            for pair in own.windows(2) {
                // Over a year without a number no line is drawn.
                let step = 1.5 / ready.chart.names().len().max(1) as f64;
                if pair[1][0] - pair[0][0] < step {
                    let course = Line::new("", PlotPoints::from(pair.to_vec()));
                    let course = course.color(color).width(2.0).style(style);
                    plot.line(course.allow_hover(false));
                }
            }
        }
        let shape = if index == 0 {
            MarkerShape::Circle
        } else {
            MarkerShape::Diamond
        };
        let marks = Points::new("", PlotPoints::from(own)).color(color);
        plot.points(marks.radius(5.0).shape(shape).allow_hover(false));
    }
}

fn limits(plot: &mut egui_plot::PlotUi<'_>, chart: &Chart, palette: &Palette) {
    for limit in &chart.limits {
        let line = across_plot(chart.values.share(limit.at), chart.form == Form::Rows);
        let line = line.color(palette.error).width(1.5);
        plot.line(line.style(LineStyle::dashed_dense()));
    }
}

/// A dashed line of a legend.
pub(super) fn dashed(painter: &Painter, ends: [Pos2; 2], color: Color32) {
    let stroke = Stroke::new(1.5, color);
    painter.extend(Shape::dashed_line(&ends, stroke, 4.0, 3.0));
}

/// A diamond of a legend.
pub(super) fn diamond(painter: &Painter, middle: Pos2, size: f32, color: Color32) {
    let corners = [
        vec2(0.0, -size),
        vec2(size, 0.0),
        vec2(0.0, size),
        vec2(-size, 0.0),
    ];
    let corners = corners.map(|corner| middle + corner).to_vec();
    painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
}

fn text(painter: &Painter, at: Pos2, anchor: Align2, words: &str, color: Color32) {
    painter.text(at, anchor, words, theme::text::small(), color);
}

/// A text in one line, cut to a width.
fn line(ui: &Ui, words: &str, room: f32) -> Arc<Galley> {
    let color = Color32::PLACEHOLDER;
    let mut job = LayoutJob::simple_singleline(words.to_owned(), theme::text::small(), color);
    job.wrap.max_width = room.max(1.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    ui.painter().layout_job(job)
}
