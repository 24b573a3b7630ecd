//! A project in the panel: how far it is filled in, its name, score, stage and findings.

use egui::{
    Align2, Color32, FontId, Id, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, text::LayoutJob, vec2,
};

use jiff::civil::Date;

use crate::{
    model::{deadlines::Urgency, policy::Severity, project::header},
    ui::{
        facts::ProjectFacts,
        theme::{self, Palette, space},
        widgets::badge,
    },
};

/// The height of every row, in points: room for a name of two lines.
pub const HEIGHT: f32 = 92.0;
/// The height of a line beneath the name.
const LINE: f32 = 19.0;
/// The radius of the ring.
const RING: f32 = 9.0;

/// Draws the row and takes the pointer. Only one row of the list is a stop of Tab.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    facts: &ProjectFacts,
    today: Date,
    is_shown: bool,
    is_tab_stop: bool,
) -> Response {
    let sense = if is_tab_stop {
        Sense::click_and_drag()
    } else {
        Sense::CLICK | Sense::DRAG
    };
    let id = Id::unique(("row of project", facts.project().id));
    let response = ui.interact(rect, id, sense);
    let palette = Palette::of(ui);
    ground(ui, rect, &response, is_shown, palette);
    let late = overdue(facts, today);
    paint(ui, rect, facts, late.as_deref(), palette);
    response.widget_info(|| {
        let mut words = spoken(facts);
        if let Some(late) = &late {
            words = format!("{words}，{late}");
        }
        WidgetInfo::selected(egui::Role::ListBoxOption, true, is_shown, words)
    });
    response.on_hover_ui(|ui| {
        ui.label(told(facts));
        if let Some(late) = &late {
            ui.label(late);
        }
    })
}

fn ground(ui: &Ui, rect: Rect, response: &Response, is_shown: bool, palette: &Palette) {
    let painter = ui.painter();
    let card = rect.shrink2(vec2(0.0, 1.0));
    let radius = f32::from(theme::RADIUS);
    if is_shown {
        painter.rect_filled(card, radius, palette.accent_weak);
        let bar = Rect::from_min_size(
            card.left_top() + vec2(0.0, 6.0),
            vec2(2.0, card.height() - 12.0),
        );
        painter.rect_filled(bar, 1.0, palette.accent);
    } else if response.hovered() {
        painter.rect_filled(card, radius, palette.hover);
    } else {
        let stroke = Stroke::new(1.0, palette.line);
        painter.hline(rect.x_range().shrink(space::S), rect.bottom(), stroke);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, palette.accent);
        painter.rect_stroke(card, radius, stroke, StrokeKind::Inside);
    }
}

/// What is overdue, in words: "送审逾期 3 天".
fn overdue(facts: &ProjectFacts, today: Date) -> Option<String> {
    let due = facts.project().next_due()?;
    (due.urgency(today) == Urgency::Overdue)
        .then(|| format!("{}{}", due.deadline.stage, due.in_words(today)))
}

fn paint(ui: &Ui, rect: Rect, facts: &ProjectFacts, late: Option<&str>, palette: &Palette) {
    let painter = ui.painter_at(rect);
    let left = rect.left() + space::S + 2.0 * RING + space::S + 2.0;
    let right = rect.right() - space::S;
    let text = name_job(facts, right - left, palette);
    let name = painter.layout_job(text);
    let height = name.size().y + space::XS + 2.0 * LINE;
    let top = rect.center().y - height / 2.0;
    let ring = pos2(rect.left() + space::S + RING + 2.0, top + 10.0);
    paint_ring(&painter, ring, facts.filled.percent(), palette);
    let y = top + name.size().y + space::XS + LINE / 2.0;
    painter.galley(pos2(left, top), name, palette.text);

    let standing = Standing::of(facts);
    let at = pos2(left, y);
    let score = standing.score.as_deref().unwrap_or("—");
    let drawn = text_at(&painter, at, Align2::LEFT_CENTER, score, palette.text);
    if let Some(rating) = &standing.rating {
        let at = pos2(drawn.right() + space::S, y);
        text_at(&painter, at, Align2::LEFT_CENTER, rating, palette.text_weak);
    }
    let stage = year_and_stage(facts);
    let at = pos2(right, y);
    text_at(
        &painter,
        at,
        Align2::RIGHT_CENTER,
        &stage,
        palette.text_weak,
    );
    paint_counts(&painter, pos2(left, y + LINE), facts, palette);
    if let Some(late) = late {
        let at = pos2(right, y + LINE);
        text_at(&painter, at, Align2::RIGHT_CENTER, late, palette.error);
    }
}

fn text_at(painter: &egui::Painter, at: Pos2, anchor: Align2, text: &str, color: Color32) -> Rect {
    painter.text(at, anchor, text, theme::text::small(), color)
}

/// The name on two lines at most.
fn name_job(facts: &ProjectFacts, width: f32, palette: &Palette) -> LayoutJob {
    let name = facts.project().shown_name();
    let color = match facts.project().name().trim() {
        "" => palette.text_weak,
        _ => palette.text,
    };
    let font: FontId = theme::text::grid();
    let mut job = LayoutJob::simple(name.to_owned(), font, color, width);
    job.wrap.max_rows = 2;
    job.wrap.break_anywhere = true;
    job
}

/// A ring that closes as the form is filled in.
fn paint_ring(painter: &egui::Painter, center: Pos2, percent: usize, palette: &Palette) {
    painter.circle_stroke(center, RING - 1.5, Stroke::new(3.0, palette.line));
    if percent == 0 {
        return;
    }
    let color = if percent >= 100 {
        palette.good
    } else {
        palette.accent
    };
    let stroke = Stroke::new(3.0, color);
    let point = |step: usize| {
        let angle = std::f32::consts::TAU * (step as f32 / 100.0 - 0.25);
        center + (RING - 1.5) * egui::Vec2::angled(angle)
    };
    let points = (0..=percent.min(100)).map(point).collect();
    painter.add(Shape::line(points, stroke));
}

/// How many findings of each level stand; nothing where there are none.
fn paint_counts(painter: &egui::Painter, left: Pos2, facts: &ProjectFacts, palette: &Palette) {
    let mut x = left.x;
    for (level, count) in facts.counts().into_iter().rev() {
        if count == 0 {
            continue;
        }
        badge::paint(painter, pos2(x + 6.0, left.y), 11.0, level, palette);
        let at = pos2(x + 15.0, left.y);
        let text = count.to_string();
        x = text_at(painter, at, Align2::LEFT_CENTER, &text, palette.text_weak).right() + space::S;
    }
    if x == left.x {
        let ready = match facts.edition {
            Some(_) => "没有问题",
            None => "缺少表样",
        };
        text_at(painter, left, Align2::LEFT_CENTER, ready, palette.text_weak);
    }
}

/// Score and rating as the form has them.
struct Standing {
    score: Option<String>,
    rating: Option<String>,
}

impl Standing {
    /// The total that is written in the form, else the sum of the scores that are; the rating that is written, else the one
    /// that follows.
    fn of(facts: &ProjectFacts) -> Self {
        let stated = &facts.project().stated;
        let total = facts.score.as_ref().map(|score| &score.total);
        let written = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let sum = total
            .filter(|total| total.filed.count > 0)
            .map(|total| total.filed.value.normalize().to_string());
        Self {
            score: written(stated.total_score.text()).or(sum),
            rating: written(stated.rating.text()).or_else(|| {
                total
                    .and_then(|total| total.rating)
                    .map(|rating| rating.to_string())
            }),
        }
    }
}

/// "2020 · 自评"; the stage alone where the year is not filled in.
fn year_and_stage(facts: &ProjectFacts) -> String {
    let project = facts.project();
    let stage = match project.year() {
        None => project.stage.to_string(),
        Some(year) => format!("{year} · {}", project.stage),
    };
    match &project.withheld {
        None => stage,
        Some(_) => format!("{stage} · 不公开"),
    }
}

/// What a screen reader says.
fn spoken(facts: &ProjectFacts) -> String {
    let score = match Standing::of(facts).score {
        Some(score) => format!("得分 {score}"),
        None => "尚无得分".to_owned(),
    };
    let errors = match facts.findings.count(Severity::Error) {
        0 => "没有错误".to_owned(),
        count => format!("{count} 个错误"),
    };
    let stage = year_and_stage(facts);
    format!(
        "项目 {}，{score}，{errors}，{stage}",
        facts.project().shown_name()
    )
}

/// Everything about the row in words.
fn told(facts: &ProjectFacts) -> String {
    let project = facts.project();
    let mut lines = vec![facts.project().shown_name().to_owned()];
    let code = project.header(header::PROJECT_CODE).trim();
    if !code.is_empty() {
        lines.push(format!("项目编码 {code}"));
    }
    lines.push(format!(
        "已填 {}%，{}",
        facts.filled.percent(),
        year_and_stage(facts)
    ));
    let counts: Vec<String> = facts
        .counts()
        .into_iter()
        .rev()
        .filter(|(_, count)| *count > 0)
        .map(|(level, count)| format!("{} {count}", badge::level_name(level)))
        .collect();
    if !counts.is_empty() {
        lines.push(counts.join("，"));
    }
    lines.join("\n")
}
