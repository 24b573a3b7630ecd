//! What a page is drawn with: letters, straight lines, pictures.

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, font::Glyph, hayro_cmap::BfString,
    interpret_page,
};
use hayro_syntax::page::Page;
use kurbo::{Affine, BezPath, PathEl, PathSeg, Point, Rect, Shape};

use super::characters::{self, Meaning};

/// Letters of one page at most.
const LETTERS: usize = 200_000;
/// Pieces of ruling lines of one page at most.
const LINES: usize = 200_000;
/// A filled shape is a ruling line up to this width.
const RULE_WIDTH: f64 = 3.0;
/// Pieces shorter than this are dots.
const SHORTEST: f64 = 1.5;

/// The ink of one page, in points from its upper left corner.
#[derive(Debug, Default)]
pub(super) struct Ink {
    /// Its letters in the order they were drawn.
    pub letters: Vec<Letter>,
    /// Its straight lines, level or upright.
    pub lines: Vec<Line>,
    /// Its pictures.
    pub images: usize,
    /// How many letters do not say which character they are.
    pub nameless: usize,
    /// How many letters are not painted: text laid by a recogniser over a scan.
    pub hidden: usize,
    /// Whether there was more than a page may hold.
    pub overflow: bool,
    /// The page.
    pub page: Rect,
    clips: Vec<Rect>,
}

/// A letter, or a space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    /// The character.
    pub text: char,
    /// Where its baseline begins.
    pub from: Point,
    /// Where its baseline ends.
    pub to: Point,
    /// The size of its font.
    pub size: f64,
    /// Its middle, moved into what may be painted: text that runs over its cell is clipped, yet belongs to it.
    pub anchor: Point,
}

/// Which way a letter is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// From left to right.
    Level,
    /// Upwards.
    Up,
    /// Downwards.
    Down,
    /// Upside down.
    Over,
    /// At a slant, as watermarks are.
    Skewed,
}

/// A straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    /// Level lines have one y, upright ones one x.
    pub level: bool,
    /// That y or x.
    pub at: f64,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

impl Letter {
    /// Which way it is read.
    pub fn turn(&self) -> Turn {
        let way = self.to - self.from;
        if way.y.abs() <= way.x.abs() * 0.05 {
            if way.x >= 0.0 {
                Turn::Level
            } else {
                Turn::Over
            }
        } else if way.x.abs() <= way.y.abs() * 0.05 {
            if way.y < 0.0 { Turn::Up } else { Turn::Down }
        } else {
            Turn::Skewed
        }
    }

    fn map(&mut self, map: Affine) {
        self.from = map * self.from;
        self.to = map * self.to;
        self.anchor = map * self.anchor;
    }
}

impl Line {
    fn map(&mut self, map: Affine) {
        let (from, to) = if self.level {
            (Point::new(self.from, self.at), Point::new(self.to, self.at))
        } else {
            (Point::new(self.at, self.from), Point::new(self.at, self.to))
        };
        if let Some(line) = Self::between(map * from, map * to) {
            *self = line;
        }
    }

    /// The level or upright line between two points; `None` for slanting ones and dots.
    fn between(a: Point, b: Point) -> Option<Self> {
        let (wide, high) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        if wide >= SHORTEST && high <= 0.5 {
            Some(Self {
                level: true,
                at: a.y.midpoint(b.y),
                from: a.x.min(b.x),
                to: a.x.max(b.x),
            })
        } else if high >= SHORTEST && wide <= 0.5 {
            Some(Self {
                level: false,
                at: a.x.midpoint(b.x),
                from: a.y.min(b.y),
                to: a.y.max(b.y),
            })
        } else {
            None
        }
    }
}

impl Ink {
    /// Draws a page.
    pub fn of<'a>(
        page: &Page<'a>,
        cache: &InterpreterCache<'a>,
        settings: &InterpreterSettings,
    ) -> Self {
        let (width, height) = page.render_dimensions();
        let rect = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut ink = Self {
            page: rect,
            ..Self::default()
        };
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(transform, rect, cache, page.xref(), settings.clone());
        interpret_page(page, &mut context, &mut ink);
        ink.upright();
        ink
    }

    /// Turns the page so that most of its letters are level: some printers turn what stands on a page, not the page.
    fn upright(&mut self) {
        let turned = |turn| {
            let letters = self.letters.iter().filter(|letter| letter.turn() == turn);
            letters.count() * 10 > self.letters.len() * 7
        };
        let map = if turned(Turn::Up) {
            Affine::new([0.0, 1.0, -1.0, 0.0, self.page.height(), 0.0])
        } else if turned(Turn::Down) {
            Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, self.page.width()])
        } else if turned(Turn::Over) {
            Affine::new([-1.0, 0.0, 0.0, -1.0, self.page.width(), self.page.height()])
        } else {
            return;
        };
        self.letters.iter_mut().for_each(|letter| letter.map(map));
        self.lines.iter_mut().for_each(|line| line.map(map));
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }

    fn add_letter(&mut self, letter: Letter) {
        let twice = self.letters.last().is_some_and(|last| {
            last.text == letter.text && last.from.distance(letter.from) < letter.size * 0.15
        });
        if self.letters.len() >= LETTERS {
            self.overflow = true;
        } else if !twice {
            self.letters.push(letter);
        }
    }

    fn add_line(&mut self, a: Point, b: Point) {
        let Some(line) = Line::between(a, b) else {
            return;
        };
        if self.lines.len() >= LINES {
            self.overflow = true;
        } else if line.at.is_finite() && line.from.is_finite() && line.to.is_finite() {
            self.lines.push(line);
        }
    }

    /// A filled shape is a ruling line where it is thin, and four of them where it is a frame.
    fn add_filled(&mut self, path: &BezPath, transform: Affine) {
        let shapes = boxes(path, transform);
        if let [a, b] = shapes[..] {
            let (outer, inner) = if a.area() > b.area() { (a, b) } else { (b, a) };
            let gaps = [
                inner.x0 - outer.x0,
                outer.x1 - inner.x1,
                inner.y0 - outer.y0,
                outer.y1 - inner.y1,
            ];
            if gaps.iter().all(|gap| (0.0..=RULE_WIDTH).contains(gap)) {
                self.add_frame(outer);
                return;
            }
        }
        for shape in shapes {
            let (wide, high) = (shape.width(), shape.height());
            let middle = shape.center();
            if high <= RULE_WIDTH && wide > high {
                self.add_line(
                    Point::new(shape.x0, middle.y),
                    Point::new(shape.x1, middle.y),
                );
            } else if wide <= RULE_WIDTH && high > wide {
                self.add_line(
                    Point::new(middle.x, shape.y0),
                    Point::new(middle.x, shape.y1),
                );
            }
        }
    }

    fn add_frame(&mut self, rect: Rect) {
        let corners = [
            Point::new(rect.x0, rect.y0),
            Point::new(rect.x1, rect.y0),
            Point::new(rect.x1, rect.y1),
            Point::new(rect.x0, rect.y1),
        ];
        for (from, to) in corners.into_iter().zip(corners.into_iter().cycle().skip(1)) {
            self.add_line(from, to);
        }
    }
}

/// The bounds of the parts of a path that are made of straight lines.
fn boxes(path: &BezPath, transform: Affine) -> Vec<Rect> {
    let mut found: Vec<Option<Rect>> = Vec::new();
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(point) => {
                let point = transform * point;
                found.push(Some(Rect::from_points(point, point)));
            }
            PathEl::LineTo(point) => {
                if let Some(Some(rect)) = found.last_mut() {
                    *rect = rect.union_pt(transform * point);
                }
            }
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {
                if let Some(last) = found.last_mut() {
                    *last = None;
                }
            }
            PathEl::ClosePath => {}
        }
    }
    found.into_iter().flatten().collect()
}

/// Whether the paint leaves nothing to see on paper.
fn unseen(paint: &Paint) -> bool {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, a] = color.to_rgba().to_rgba8();
            a == 0 || r.min(g).min(b) >= 250
        }
        Paint::Pattern(_) => false,
    }
}

impl<'a> Device<'a> for Ink {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_path(
        &mut self,
        path: &BezPath,
        transform: Affine,
        paint: &Paint<'a>,
        mode: &PathDrawMode,
    ) {
        if unseen(paint) {
            return;
        }
        match mode {
            PathDrawMode::Stroke(stroke) => {
                let scale = transform.determinant().abs().sqrt();
                if f64::from(stroke.line_width) * scale > 2.0 * RULE_WIDTH {
                    return;
                }
                for segment in path.segments() {
                    if let PathSeg::Line(line) = segment {
                        self.add_line(transform * line.p0, transform * line.p1);
                    }
                }
            }
            PathDrawMode::Fill(_) => self.add_filled(path, transform),
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.clips
            .push(self.clip().intersect(clip.path.bounding_box()));
    }

    fn pop_clip_path(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(one)) => one.to_string(),
            Some(BfString::String(some)) => some,
            None => String::new(),
        };
        let place = transform * glyph_transform;
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(_) => None,
        };
        let width = width
            .map(f64::from)
            .filter(|width| *width > 0.0)
            .unwrap_or_else(|| 1000.0 * characters::usual_width(&text));
        let size = (place * Point::new(0.0, 1000.0) - place * Point::ORIGIN).hypot();
        if !size.is_finite() || size < 0.5 || !place.is_finite() || !width.is_finite() {
            return;
        }
        let text = match characters::meaning(&text) {
            Meaning::Text(text) => text,
            Meaning::Nothing => return,
            Meaning::Unknown => {
                self.nameless += 1;
                return;
            }
        };
        if matches!(mode, GlyphDrawMode::Invisible) {
            self.hidden += 1;
        }
        let clip = self.clip();
        let count = text.chars().count().max(1) as f64;
        for (index, text) in text.chars().enumerate() {
            let at = |share: f64| width * (index as f64 + share) / count;
            let middle = place * Point::new(at(0.5), 350.0);
            self.add_letter(Letter {
                text,
                from: place * Point::new(at(0.0), 0.0),
                to: place * Point::new(at(1.0), 0.0),
                size,
                anchor: Point::new(
                    middle.x.max(clip.x0).min(clip.x1),
                    middle.y.max(clip.y0).min(clip.y1),
                ),
            });
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.images += 1;
    }
}
