//! The pages themselves. Of each, only the parts in sight are drawn, as many pixels as the screen has; until they are there,
//! what was drawn before stands in their place, so that nothing flickers.

use std::{collections::HashMap, sync::Arc};

use egui::{
    CursorIcon, EventFilter, Key, Painter, Pos2, Rect, Response, ScrollArea, Sense, Shadow, Stroke,
    StrokeKind, TextureId, Ui, Vec2, emath::GuiRounding as _, pos2, vec2,
};

use crate::{
    model::path::CellPath,
    session::print::Proof,
    sheet::{pages, picture::Region},
    store::settings::PageSize,
    ui::{
        action::Action,
        printing::{PrintAction, Printing, Tile},
        scene::Scene,
        theme::{Palette, space},
    },
};

/// The longest side of a part of a page, in pixels: small enough for every graphics card.
const PART: u32 = 1024;
/// How many parts are drawn at a time, so that the first are soon in sight.
const AT_A_TIME: usize = 4;
/// Points of the screen per point of 1/72 inch at 100 %: as large as on paper.
const ACTUAL: f32 = 96.0 / 72.0;
/// How far an arrow key scrolls, in points.
const LINE: f32 = 48.0;

/// What the paper remembers.
#[derive(Default)]
pub struct PaperState {
    /// The page in the middle of what is in sight.
    page: usize,
    /// Points of the screen per point of 1/72 inch, as drawn last.
    factor: f32,
    /// Whether one page at a time was shown last.
    is_single: bool,
    /// What of the paper was in sight last.
    offset: Vec2,
    view: Vec2,
    is_hovered: bool,
    wants_focus: bool,
    /// Where to go.
    wanted: Option<Wanted>,
    /// The field that was brought into sight last.
    revealed: Option<CellPath>,
    marked: Marked,
    /// Look and scale in which each page was last drawn whole.
    whole: HashMap<usize, (u128, u32)>,
}

/// Where the field where the person is is printed; looked up when it or the pages change.
#[derive(Default)]
struct Marked {
    cell: Option<CellPath>,
    proof: Option<Arc<Proof>>,
    places: Vec<(usize, pages::Rect)>,
}

impl Marked {
    fn follow(&mut self, cell: Option<&CellPath>, proof: &Arc<Proof>) {
        let is_same = self
            .proof
            .as_ref()
            .is_some_and(|own| Arc::ptr_eq(own, proof));
        if is_same && self.cell.as_ref() == cell {
            return;
        }
        self.places = cell.map_or_else(Vec::new, |at| proof.places_of(at).to_vec());
        self.cell = cell.cloned();
        self.proof = Some(Arc::clone(proof));
    }
}

#[derive(Debug, Clone, Copy)]
enum Wanted {
    /// The head of a page.
    Page(usize),
    /// A place on a page, in the middle.
    Place(usize, pages::Rect),
    /// This offset.
    Offset(Vec2),
}

impl PaperState {
    /// The page in the middle of what is in sight.
    pub fn page(&self) -> usize {
        self.page
    }

    /// The size of pages in percent, as drawn last.
    pub fn percent(&self) -> f32 {
        match self.factor {
            0.0 => 100.0,
            factor => factor / ACTUAL * 100.0,
        }
    }

    /// Whether the pointer was over it in the last frame.
    pub fn is_hovered(&self) -> bool {
        self.is_hovered
    }

    /// Has it take the focus.
    pub fn want_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Goes to a page, and has the keys turn further ones.
    pub fn go_to_page(&mut self, page: usize) {
        self.page = page;
        self.wants_focus = true;
        self.wanted = Some(Wanted::Page(page));
    }
}

/// Where pages lie, in points from the upper left corner of all.
struct Arrangement {
    pages: Vec<(usize, Rect)>,
    size: Vec2,
}

impl Arrangement {
    fn new(proof: &Proof, factor: f32, width: f32, only: Option<usize>) -> Self {
        let all = match only {
            Some(page) => page..page + 1,
            None => 0..proof.pages.count(),
        };
        let sizes: Vec<(usize, Vec2)> = all
            .filter_map(|page| Some((page, size_of(proof, page)? * factor)))
            .collect();
        let widest = sizes.iter().map(|(_, size)| size.x).fold(0.0, f32::max);
        let width = (widest + 2.0 * space::L).max(width);
        let mut y = space::L;
        let mut pages = Vec::with_capacity(sizes.len());
        for (page, size) in sizes {
            let corner = pos2((width - size.x) / 2.0, y);
            pages.push((page, Rect::from_min_size(corner, size)));
            y += size.y + space::L;
        }
        Self {
            pages,
            size: vec2(width, y),
        }
    }

    /// Where to scroll for something, with so much in sight.
    fn offset(&self, wanted: Wanted, factor: f32, view: Vec2) -> Option<Vec2> {
        let of = |wanted: usize| {
            let mut pages = self.pages.iter();
            pages
                .find(|(page, _)| *page == wanted)
                .map(|(_, at)| at.min)
        };
        let offset = match wanted {
            Wanted::Page(page) => vec2((self.size.x - view.x) / 2.0, of(page)?.y - space::L),
            Wanted::Place(page, place) => {
                let middle = vec2(
                    (place.x + place.width / 2.0) as f32,
                    (place.y + place.height / 2.0) as f32,
                );
                of(page)?.to_vec2() + middle * factor - view / 2.0
            }
            Wanted::Offset(offset) => offset,
        };
        Some(offset.clamp(Vec2::ZERO, (self.size - view).max(Vec2::ZERO)))
    }
}

fn size_of(proof: &Proof, page: usize) -> Option<Vec2> {
    let (width, height) = proof.pages.size(page)?;
    Some(vec2(width as f32, height as f32))
}

/// Points of the screen per point of 1/72 inch.
fn factor(proof: &Proof, size: PageSize, room: Vec2) -> f32 {
    let sizes = (0..proof.pages.count()).filter_map(|page| size_of(proof, page));
    let largest = sizes.fold(Vec2::splat(1.0), Vec2::max);
    let room = (room - Vec2::splat(2.0 * space::L)).max(Vec2::splat(1.0));
    let fitting = match size {
        PageSize::Width => (room.x - space::M) / largest.x,
        PageSize::Whole => (room / largest).min_elem(),
        PageSize::Percent(percent) => f32::from(percent) / 100.0 * ACTUAL,
    };
    fitting.clamp(0.1, 12.0)
}

/// Draws the pages.
pub fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    state: &mut PaperState,
    proof: &Arc<Proof>,
    is_free: bool,
) {
    let preview = scene.settings.preview;
    let room = ui.available_size();
    let factor = factor(proof, preview.size, room);
    state.page = state.page.min(proof.pages.count().saturating_sub(1));
    state.marked.follow(scene.position.cell.as_ref(), proof);
    reveal(scene, state);
    keep_middle(state, factor);
    if state.is_single != preview.single {
        state.is_single = preview.single;
        // The page that was being read stays in sight.
        state.wanted.get_or_insert(Wanted::Page(state.page));
    }
    let only = preview.single.then_some(state.page);
    let arrangement = Arrangement::new(proof, factor, room.x, only);
    let mut area = ScrollArea::both().auto_shrink(false).id_salt("paper");
    let wanted = state.wanted.take();
    if let Some(offset) = wanted.and_then(|to| arrangement.offset(to, factor, room)) {
        area = area.scroll_offset(offset);
    }
    let output = area.show_viewport(ui, |ui, viewport| {
        let size = arrangement.size.max(room);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let painted = Painting {
            proof,
            printing: scene.printing,
            palette: Palette::of(ui),
            factor,
            pixels: ui.ctx().pixels_per_point(),
        };
        let mut missing = Vec::new();
        let middle = viewport.center().y;
        for (page, place) in &arrangement.pages {
            if place.y_range().contains(middle) {
                state.page = *page;
            }
            if place.intersects(viewport) {
                let corner = (rect.min + place.min.to_vec2()).round_to_pixels(painted.pixels);
                painted.page(ui, state, *page, corner, &mut missing);
            }
        }
        if !missing.is_empty() && !scene.printing.is_drawing() {
            missing.truncate(AT_A_TIME);
            scene.send.send(Action::Print(PrintAction::Draw(missing)));
        }
        let origin = rect.min;
        point(ui, scene, proof, &arrangement, origin, factor, &response);
        describe(&response, state.page, proof);
        if is_free {
            keys(ui, scene, state, proof, &response);
        }
        response
    });
    state.offset = output.state.clamped_offset();
    state.view = output.inner_rect.size();
    state.factor = factor;
    state.is_hovered = output.inner.contains_pointer();
    if std::mem::take(&mut state.wants_focus) {
        output.inner.request_focus();
    }
    if output.inner.has_focus() {
        let stroke = Stroke::new(2.0, Palette::of(ui).accent);
        let frame = output.inner_rect.shrink(1.0);
        ui.painter()
            .rect_stroke(frame, 0.0, stroke, StrokeKind::Inside);
    }
}

/// Brings the field where the person is into sight, once.
fn reveal(scene: &Scene<'_>, state: &mut PaperState) {
    if state.revealed == scene.position.cell {
        return;
    }
    state.revealed.clone_from(&scene.position.cell);
    if let Some((page, place)) = state.marked.places.first().copied() {
        state.page = page;
        state.wanted = Some(Wanted::Place(page, place));
    }
}

/// When pages become larger or smaller, what is in the middle stays there.
fn keep_middle(state: &mut PaperState, factor: f32) {
    if state.wanted.is_some() || state.factor == 0.0 || state.factor == factor {
        return;
    }
    let middle = (state.offset + state.view / 2.0) * (factor / state.factor);
    state.wanted = Some(Wanted::Offset(middle - state.view / 2.0));
}

/// What screen readers say.
fn describe(response: &Response, page: usize, proof: &Proof) {
    let (page, count) = (page + 1, proof.pages.count());
    response.widget_info(|| {
        let name = format!("打印页面，第 {page} 页，共 {count} 页");
        egui::WidgetInfo::labeled(egui::Role::Image, true, name)
    });
}

/// Shows which field is under the pointer, and goes there by a click.
fn point(
    ui: &Ui,
    scene: &mut Scene<'_>,
    proof: &Proof,
    arrangement: &Arrangement,
    origin: Pos2,
    factor: f32,
    response: &Response,
) {
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    let on_paper = (pointer - origin).to_pos2();
    let mut pages = arrangement.pages.iter();
    let Some((page, place)) = pages.find(|(_, place)| place.contains(on_paper)) else {
        return;
    };
    let at = (on_paper - place.min) / factor;
    let Some((field, rect)) = proof.field_at(*page, at.x.into(), at.y.into()) else {
        return;
    };
    let on_screen = on_screen(rect, origin + place.min.to_vec2(), factor);
    let stroke = Stroke::new(1.0, Palette::of(ui).accent);
    ui.painter()
        .rect_stroke(on_screen, 0.0, stroke, StrokeKind::Outside);
    ui.set_cursor_icon(CursorIcon::PointingHand);
    if response.clicked() {
        scene.send.send(Action::GoTo(field.clone()));
    }
    let words = in_words(scene, field);
    response
        .clone()
        .on_hover_text_at_pointer(format!("点击修改：{words}"));
}

fn in_words(scene: &Scene<'_>, field: &CellPath) -> String {
    let found = scene.desk.and_then(|desk| {
        let project = desk.project(field.project)?;
        let facts = desk.facts.project(field.project)?;
        Some(field.in_words(project, facts.edition.as_deref()?))
    });
    found.unwrap_or_default()
}

fn on_screen(rect: pages::Rect, corner: Pos2, factor: f32) -> Rect {
    let from = vec2(rect.x as f32, rect.y as f32) * factor;
    let size = vec2(rect.width as f32, rect.height as f32) * factor;
    Rect::from_min_size(corner + from, size)
}

/// Scrolls and turns pages while the paper has the focus; Enter goes to the marked field.
fn keys(
    ui: &Ui,
    scene: &mut Scene<'_>,
    state: &mut PaperState,
    proof: &Proof,
    response: &Response,
) {
    if !response.has_focus() {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let screen = state.view.y - LINE;
    let is_single = scene.settings.preview.single;
    let last = proof.pages.count().saturating_sub(1);
    let mut by = Vec2::ZERO;
    for (key, step) in [
        (Key::ArrowUp, vec2(0.0, -LINE)),
        (Key::ArrowDown, vec2(0.0, LINE)),
        (Key::ArrowLeft, vec2(-LINE, 0.0)),
        (Key::ArrowRight, vec2(LINE, 0.0)),
        (Key::PageUp, vec2(0.0, -screen)),
        (Key::PageDown, vec2(0.0, screen)),
    ] {
        if pressed(key) {
            by += step;
        }
    }
    if is_single && pressed(Key::PageUp) {
        state.go_to_page(state.page.saturating_sub(1));
    } else if is_single && pressed(Key::PageDown) {
        state.go_to_page((state.page + 1).min(last));
    } else if pressed(Key::Home) {
        state.go_to_page(0);
    } else if pressed(Key::End) {
        state.go_to_page(last);
    } else if by != Vec2::ZERO {
        state.wanted = Some(Wanted::Offset(state.offset + by));
    } else if pressed(Key::Enter)
        && let Some(cell) = &scene.position.cell
    {
        scene.send.send(Action::GoTo(cell.clone()));
    }
    if state.wanted.is_some() {
        ui.ctx().request_repaint();
    }
}

/// What pages are painted with.
struct Painting<'a> {
    proof: &'a Proof,
    printing: &'a Printing,
    palette: &'a Palette,
    factor: f32,
    /// Pixels per point of the screen.
    pixels: f32,
}

impl Painting<'_> {
    /// Paints a page; what of it is in sight and not drawn yet is added to `missing`.
    fn page(
        &self,
        ui: &Ui,
        state: &mut PaperState,
        page: usize,
        corner: Pos2,
        missing: &mut Vec<Tile>,
    ) {
        let Some((size, look)) = size_of(self.proof, page).zip(self.proof.looks.get(page)) else {
            return;
        };
        let painter = ui.painter();
        let rect = Rect::from_min_size(corner, size * self.factor);
        let shadow = Shadow {
            offset: [0, 2],
            blur: 10,
            spread: 0,
            color: self.palette.shadow,
        };
        painter.add(shadow.as_shape(rect, 0.0));
        painter.rect_filled(rect, 0.0, self.palette.paper);
        let scale = self.scale();
        let pixels = size * (scale as f32 / 1000.0);
        let sight = painter.clip_rect();
        let parts: Vec<(Region, Option<TextureId>)> = regions(pixels)
            .filter(|region| self.place(*region, corner, scale).intersects(sight))
            .map(|region| {
                let tile = Tile {
                    page,
                    look: *look,
                    scale,
                    region,
                };
                let picture = self.printing.picture(&tile);
                if picture.is_none() {
                    missing.push(tile);
                }
                (region, picture)
            })
            .collect();
        if parts.iter().all(|(_, picture)| picture.is_some()) {
            state.whole.insert(page, (*look, scale));
        } else if let Some((look, scale)) = state.whole.get(&page) {
            for (region, picture) in self.printing.pictures_of(*look, *scale) {
                paint(painter, picture, self.place(region, corner, *scale));
            }
        }
        for (region, picture) in parts {
            if let Some(picture) = picture {
                paint(painter, picture, self.place(region, corner, scale));
            }
        }
        self.mark(painter, &state.marked, page, corner);
    }

    /// Thousandths of a pixel per point of 1/72 inch.
    fn scale(&self) -> u32 {
        (self.factor * self.pixels * 1000.0).round() as u32
    }

    /// Where a part is on the screen.
    fn place(&self, region: Region, corner: Pos2, scale: u32) -> Rect {
        // Pixel on pixel at the present scale; what was drawn at another one is stretched.
        let stretch = self.scale() as f32 / scale as f32;
        let points = |pixels: u32| pixels as f32 / self.pixels * stretch;
        let from = vec2(points(region.left), points(region.top));
        let size = vec2(points(region.width), points(region.height));
        Rect::from_min_size(corner + from, size)
    }

    /// Marks the field where the person is.
    fn mark(&self, painter: &Painter, marked: &Marked, page: usize, corner: Pos2) {
        for (_, rect) in marked.places.iter().filter(|(on, _)| *on == page) {
            let rect = on_screen(*rect, corner, self.factor);
            let fill = self.palette.accent.gamma_multiply(0.10);
            painter.rect_filled(rect, 0.0, fill);
            let stroke = Stroke::new(2.0, self.palette.accent);
            painter.rect_stroke(rect, 0.0, stroke, StrokeKind::Outside);
        }
    }
}

/// The parts of a page of so many pixels.
fn regions(pixels: Vec2) -> impl Iterator<Item = Region> {
    let (width, height) = (pixels.x.round() as u32, pixels.y.round() as u32);
    (0..height).step_by(PART as usize).flat_map(move |top| {
        (0..width).step_by(PART as usize).map(move |left| Region {
            left,
            top,
            width: PART.min(width - left),
            height: PART.min(height - top),
        })
    })
}

fn paint(painter: &Painter, picture: TextureId, at: Rect) {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(picture, at, whole, egui::Color32::WHITE);
}
