//! Three quiet pointers beside the sample when it is opened for the first time. Any click or key takes them away for good,
//! and does what it does anyway.

use egui::{
    Area, Context, Event, Frame, Id, Label, Margin, Order, Pos2, Rect, RichText, Shape, Stroke,
    Vec2, pos2, vec2,
};

use crate::ui::{
    action::Action,
    desk::Page,
    scene::Scene,
    theme::{CARD_RADIUS, Palette, space, text},
    widgets::anchor::Anchor,
};

/// How far the tip of an arrow stands from its foot, in points.
const ARROW: f32 = 7.0;
/// How far a bubble stands from what it points at.
const GAP: f32 = ARROW + 2.0;
/// How far an arrow stands from the bubble's corner.
const CORNER: f32 = 16.0;

/// Whether the pointers are shown.
#[derive(Debug, Default)]
pub struct Pointers {
    is_shown: bool,
}

impl Pointers {
    /// Shows them from now on.
    pub fn begin() -> Self {
        Self { is_shown: true }
    }
}

/// Where a bubble stands to what it points at.
#[derive(Debug, Clone, Copy)]
enum Side {
    /// Below, beginning where it begins.
    Below,
    /// Below, ending where it ends.
    BelowEnd,
    Above,
    Left,
}

/// A bubble.
struct Bubble {
    words: &'static str,
    at: Rect,
    /// Where it may stand, the best first.
    sides: &'static [Side],
}

/// Draws the pointers, unless a dialog is in front.
pub fn show(ctx: &Context, scene: &mut Scene<'_>, pointers: &Pointers, has_dialog: bool) {
    if !pointers.is_shown || has_dialog {
        return;
    }
    // Also keys that a command has taken.
    if ctx.input(|input| input.raw.events.iter().any(is_doing)) {
        return scene.send.send(Action::EndPointers);
    }
    let along = &[Side::Below, Side::BelowEnd, Side::Above];
    let beside = &[Side::Left, Side::Below, Side::Above];
    let bubbles: Vec<Bubble> = [
        (Anchor::Cell, "直接输入，和在 Excel 里一样", along),
        (Anchor::Finding, "点一下，转到有问题的格", beside),
        (
            Anchor::Tab(Page::Preview),
            "打印前先看一眼，和印出来一样",
            along,
        ),
    ]
    .into_iter()
    .filter_map(|(anchor, words, sides)| {
        let at = anchor.rect(ctx)?;
        Some(Bubble { words, at, sides })
    })
    .collect();
    // What is pointed at stays in sight, and so does every bubble.
    let mut taken: Vec<Rect> = bubbles.iter().map(|bubble| bubble.at).collect();
    for bubble in &bubbles {
        let size = size(ctx, bubble.words);
        let screen = ctx.content_rect();
        let places = bubble.sides.iter();
        let mut places = places.map(|side| (*side, place(*side, bubble.at, size, screen)));
        let is_free = |rect: &Rect| !taken.iter().any(|other| other.intersects(*rect));
        let found = places.find(|(_, rect)| screen.contains_rect(*rect) && is_free(rect));
        if let Some((side, rect)) = found {
            draw(ctx, bubble, side, rect);
            taken.push(rect);
        }
    }
}

/// A click or a key, but not the movement of the pointer or the wheel.
fn is_doing(event: &Event) -> bool {
    match event {
        Event::PointerButton { pressed, .. } => *pressed,
        Event::Key {
            pressed, repeat, ..
        } => *pressed && !*repeat,
        Event::Text(_) | Event::Ime(_) | Event::Paste(_) | Event::Cut | Event::Copy => true,
        _ => false,
    }
}

fn size(ctx: &Context, words: &str) -> Vec2 {
    let color = Palette::of_context(ctx).text;
    let words = words.to_owned();
    let galley = ctx.fonts_mut(|fonts| fonts.layout_no_wrap(words, text::grid(), color));
    galley.size() + vec2(2.0 * space::M, 2.0 * space::S)
}

fn draw(ctx: &Context, bubble: &Bubble, side: Side, rect: Rect) {
    let palette = Palette::of_context(ctx);
    let frame = Frame::new()
        .fill(palette.accent_weak)
        .stroke(Stroke::new(1.0, palette.accent))
        .corner_radius(CARD_RADIUS)
        .inner_margin(Margin::symmetric(space::M as i8, space::S as i8));
    Area::new(Id::unique(("pointer", bubble.words)))
        .order(Order::Foreground)
        .interactable(false)
        .fixed_pos(rect.min)
        .show(ctx, |ui| {
            frame.show(ui, |ui| {
                let words = RichText::new(bubble.words).font(text::grid());
                ui.add(Label::new(words).extend());
            });
            let tip = arrow(side, bubble.at, rect);
            ui.painter().add(Shape::convex_polygon(
                tip.to_vec(),
                palette.accent,
                Stroke::NONE,
            ));
        });
}

fn place(side: Side, at: Rect, size: Vec2, screen: Rect) -> Rect {
    let x = at.left().min(screen.right() - size.x - space::XS);
    let min = match side {
        Side::Below => pos2(x, at.bottom() + GAP),
        Side::BelowEnd => pos2((at.right() - size.x).max(0.0), at.bottom() + GAP),
        Side::Above => pos2(x, at.top() - GAP - size.y),
        Side::Left => pos2(at.left() - GAP - size.x, at.center().y - size.y / 2.0),
    };
    Rect::from_min_size(min, size)
}

/// The corners of the arrow from a bubble to what it points at.
fn arrow(side: Side, at: Rect, bubble: Rect) -> [Pos2; 3] {
    let half = ARROW * 0.8;
    let x = match side {
        Side::BelowEnd => at.right() - CORNER,
        _ => at.left() + CORNER,
    };
    let x = x.clamp(bubble.left() + CORNER, bubble.right() - CORNER);
    let y = bubble.center().y;
    match side {
        Side::Below | Side::BelowEnd => {
            let foot = bubble.top();
            [
                pos2(x, foot - ARROW),
                pos2(x + half, foot),
                pos2(x - half, foot),
            ]
        }
        Side::Above => {
            let foot = bubble.bottom();
            [
                pos2(x, foot + ARROW),
                pos2(x - half, foot),
                pos2(x + half, foot),
            ]
        }
        Side::Left => {
            let foot = bubble.right();
            [
                pos2(foot + ARROW, y),
                pos2(foot, y + half),
                pos2(foot, y - half),
            ]
        }
    }
}
