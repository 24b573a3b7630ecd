//! One finding of the list: mark, rule, message and place, wrapped in full.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontId, Galley, Pos2, Rect, Response, Sense, Stroke, StrokeKind,
    TextFormat, Ui, WidgetInfo, text::LayoutJob, vec2,
};

use super::{
    actions::{TURN_OFF, TURNED_OFF},
    list::{Entry, Query},
};
use crate::{
    rules::finding::Finding,
    store::settings::Grouping,
    ui::{
        theme::{Palette, RADIUS, space, text},
        widgets::{badge, focus::Holder},
    },
};

/// How far texts stand to the right of the list's edge, in points.
pub const INDENT: f32 = 28.0;
/// Above and beneath the texts.
const PADDING: f32 = 6.0;
/// Between two texts.
const GAP: f32 = 2.0;

/// A finding as drawn.
pub struct Drawn {
    /// Its height, in points.
    pub height: f32,
    /// Whether it was clicked.
    pub is_clicked: bool,
    /// Whether its rule is to be turned off.
    pub is_turned_off: bool,
    /// Whether it has the focus.
    pub has_focus: bool,
}

/// Draws a finding at a place.
pub fn show(
    ui: &Ui,
    at: Pos2,
    width: f32,
    entry: &Entry,
    query: &Query,
    is_expanded: bool,
) -> Drawn {
    let texts = galleys(ui, width, entry, query);
    let inner: f32 = texts.iter().map(|galley| galley.size().y + GAP).sum();
    let height = inner - GAP + 2.0 * PADDING;
    let rect = Rect::from_min_size(at, vec2(width, height));
    let response = ui.interact(
        rect,
        egui::Id::unique(("finding", &entry.key)),
        Sense::click(),
    );
    let Some(finding) = entry.finding() else {
        return Drawn {
            height,
            is_clicked: false,
            is_turned_off: false,
            has_focus: false,
        };
    };
    response.widget_info(|| {
        let level = badge::level_name(finding.level);
        let name = format!("{level}：{}（{}）", finding.message, entry.place());
        WidgetInfo::selected(egui::Role::Button, true, is_expanded, name)
    });
    let palette = Palette::of(ui);
    let painter = ui.painter();
    if is_expanded {
        painter.rect_filled(rect, above_corners(), palette.accent_weak);
    } else {
        let line = Stroke::new(1.0, palette.line);
        painter.hline(
            rect.left() + INDENT..=rect.right(),
            rect.bottom() - 0.5,
            line,
        );
        if response.hovered() {
            painter.rect_filled(rect, RADIUS, palette.hover);
        }
    }
    focus_ring(ui, &response);
    let mut y = at.y + PADDING;
    let first = texts.first().and_then(|galley| galley.rows.first());
    let middle = first.map_or(0.0, |row| row.height() / 2.0);
    let mark = Pos2::new(at.x + INDENT / 2.0, y + middle);
    badge::paint(painter, mark, 12.0, finding.level, palette);
    for galley in texts {
        let size = galley.size().y;
        painter.galley(Pos2::new(at.x + INDENT, y), galley, palette.text);
        y += size + GAP;
    }
    Drawn {
        height,
        is_clicked: response.clicked(),
        is_turned_off: menu(&response),
        has_focus: response.has_focus(),
    }
}

/// The menu of a finding; says whether its rule is to be turned off.
fn menu(response: &Response) -> bool {
    let mut is_chosen = false;
    response.context_menu(|ui| {
        is_chosen = ui.button(TURN_OFF).on_hover_text(TURNED_OFF).clicked();
    });
    is_chosen
}

/// Marks what has the focus of the keyboard.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        Holder::Findings.mark(ui);
        let stroke = Stroke::new(2.0, Palette::of(ui).accent);
        ui.painter()
            .rect_stroke(response.rect, RADIUS, stroke, StrokeKind::Inside);
    }
}

fn above_corners() -> CornerRadius {
    CornerRadius {
        sw: 0,
        se: 0,
        ..CornerRadius::same(RADIUS)
    }
}

/// The corners of what is open beneath a finding.
pub fn below_corners() -> CornerRadius {
    CornerRadius {
        nw: 0,
        ne: 0,
        ..CornerRadius::same(RADIUS)
    }
}

/// How the rule's name stands to the message.
enum Lead<'f> {
    /// The heading of the group says it.
    Itself,
    /// The message begins with it; this is the rest.
    Part(&'f str),
    /// It stands above the message.
    Above,
}

fn lead<'f>(finding: &'f Finding, query: &Query) -> Lead<'f> {
    match finding.message.strip_prefix(finding.rule.name) {
        _ if query.grouping == Grouping::Rule => Lead::Itself,
        Some(rest) => Lead::Part(rest),
        None => Lead::Above,
    }
}

/// The texts of a finding, one beneath the other.
fn galleys(ui: &Ui, width: f32, entry: &Entry, query: &Query) -> Vec<Arc<Galley>> {
    let Some(finding) = entry.finding() else {
        return Vec::new();
    };
    let palette = Palette::of(ui);
    let room = width - INDENT - space::S;
    let text =
        |words: String, font: FontId, color: Color32| ui.painter().layout(words, font, color, room);
    let mut texts = Vec::with_capacity(4);
    match lead(finding, query) {
        Lead::Itself => texts.push(text(finding.message.clone(), text::grid(), palette.text)),
        Lead::Part(rest) => {
            let mut job = LayoutJob::default();
            job.wrap.max_width = room;
            let bold = TextFormat::simple(text::grid_bold(), palette.text);
            job.append(finding.rule.name, 0.0, bold);
            let plain = TextFormat::simple(text::grid(), palette.text);
            job.append(rest, 0.0, plain);
            texts.push(ui.painter().layout_job(job));
        }
        Lead::Above => {
            let name = finding.rule.name.to_owned();
            texts.push(text(name, text::grid_bold(), palette.text));
            texts.push(text(finding.message.clone(), text::grid(), palette.text));
        }
    }
    let mut place = entry.place().to_owned();
    if query.project.is_none() {
        place = format!("{} · {place}", entry.facts.project().name());
    }
    texts.push(text(place, text::small(), palette.text_weak));
    if let Some(reason) = &finding.explained {
        let words = format!("说明：{reason}");
        texts.push(text(words, text::small(), palette.good));
    }
    texts
}

/// About how high a finding is that was not drawn yet, in points.
pub fn guess(entry: &Entry, query: &Query, width: f32) -> f32 {
    /// The width of a Chinese character of the list, and the height of its lines.
    const CHARACTER: f32 = 13.0;
    const LINE: f32 = 19.0;
    let room = (width - INDENT - space::S).max(CHARACTER);
    let lines = |words: &str| {
        let characters: f32 = words
            .chars()
            .map(|c| if c.is_ascii() { 0.55 } else { 1.0 })
            .sum();
        (characters * CHARACTER / room).ceil().max(1.0)
    };
    let Some(finding) = entry.finding() else {
        return 0.0;
    };
    let reason = finding.explained.as_deref().map_or(0.0, lines);
    let name = match lead(finding, query) {
        Lead::Above => lines(finding.rule.name),
        _ => 0.0,
    };
    let all = name + lines(&finding.message) + 1.0 + reason;
    all * LINE + 2.0 * (PADDING + GAP)
}
