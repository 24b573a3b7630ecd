//! A row of a list: an icon, lines of text one above the other, and the ground that says whether it is chosen.

use egui::{
    Align2, Color32, FontId, Painter, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use crate::ui::theme::{self, Palette, space};

/// A row.
#[must_use = "a row is shown with `show`"]
pub struct Row<'a> {
    name: &'a str,
    icon: Option<&'a str>,
    lines: Vec<(&'a str, FontId, Color32)>,
    note: &'a str,
    choice: Option<bool>,
    enabled: bool,
}

impl<'a> Row<'a> {
    /// A row; `name` is what screen readers say.
    pub fn new(name: &'a str) -> Self {
        Self {
            name,
            icon: None,
            lines: Vec::new(),
            note: "",
            choice: None,
            enabled: true,
        }
    }

    /// With an icon at the left.
    pub fn icon(mut self, icon: Option<&'a str>) -> Self {
        self.icon = icon;
        self
    }

    /// With one more line of text, cut where it is too long.
    pub fn line(mut self, text: &'a str, font: FontId, color: Color32) -> Self {
        self.lines.push((text, font, color));
        self
    }

    /// With a short text at the right.
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// A row of a list from which one is chosen: such rows are reached by the arrows of the list, not by Tab.
    pub fn chosen(mut self, is_chosen: bool) -> Self {
        self.choice = Some(is_chosen);
        self
    }

    /// Greyed where it cannot be chosen now.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Shows the row over the full width.
    pub fn show(self, ui: &mut Ui, height: f32) -> Response {
        let size = vec2(ui.available_width(), height);
        let sense = match self.choice {
            Some(_) => Sense::CLICK,
            None => Sense::click(),
        };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        response.widget_info(|| match self.choice {
            Some(chosen) => {
                WidgetInfo::selected(egui::Role::ListBoxOption, self.enabled, chosen, self.name)
            }
            None => WidgetInfo::labeled(egui::Role::Button, self.enabled, self.name),
        });
        if ui.is_rect_visible(rect) {
            let palette = Palette::of(ui);
            let painter = ui.painter_at(rect);
            self.ground(&painter, &response, palette);
            self.paint(&painter, rect, palette);
        }
        response
    }

    fn ground(&self, painter: &Painter, response: &Response, palette: &Palette) {
        let rect = response.rect;
        let radius = f32::from(theme::RADIUS);
        if self.choice == Some(true) {
            painter.rect_filled(rect, radius, palette.accent_weak);
        } else if response.hovered() && self.enabled {
            painter.rect_filled(rect, radius, palette.hover);
        }
        if response.has_focus() {
            let stroke = Stroke::new(2.0, palette.accent);
            painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
        }
    }

    fn paint(&self, painter: &Painter, rect: Rect, palette: &Palette) {
        let mut left = rect.left() + space::S;
        if let Some(icon) = self.icon {
            let at = pos2(left + space::M, rect.center().y);
            let font = FontId::proportional(20.0);
            painter.text(at, Align2::CENTER_CENTER, icon, font, palette.text_weak);
            left += 32.0;
        }
        let mut right = rect.right() - space::S;
        if !self.note.is_empty() {
            let at = pos2(right, rect.center().y);
            let font = theme::text::small();
            let color = palette.text_weak;
            let note = painter.text(at, Align2::RIGHT_CENTER, self.note, font, color);
            right = note.left() - space::M;
        }
        let galleys: Vec<_> = self
            .lines
            .iter()
            .map(|(text, font, color)| {
                let color = if self.enabled {
                    *color
                } else {
                    palette.text_faint
                };
                let mut job = LayoutJob::simple_singleline((*text).to_owned(), font.clone(), color);
                job.wrap = TextWrapping::truncate_at_width(right - left);
                (painter.layout_job(job), color)
            })
            .collect();
        let height: f32 = galleys.iter().map(|(galley, _)| galley.size().y).sum();
        let mut y = rect.center().y - height / 2.0;
        for (galley, color) in galleys {
            let at = pos2(left, y);
            y += galley.size().y;
            painter.galley(at, galley, color);
        }
    }
}
