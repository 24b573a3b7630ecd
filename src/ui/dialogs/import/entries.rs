//! What became of every cell, by what became of it.

use egui::{Align, Label, Layout, RichText, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::{
    exchange::report::{Entry, Fate, Report, Source},
    ui::theme::{self, HIT, Palette, RADIUS, space},
};

/// Height of an entry, in points.
const LINE: f32 = 60.0;

/// Which entries are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Refused,
    Guessed,
    Ignored,
    Cleaned,
    Read,
}

impl Kind {
    /// What is to be looked at first stands first.
    const ALL: [Self; 5] = [
        Self::Refused,
        Self::Guessed,
        Self::Ignored,
        Self::Cleaned,
        Self::Read,
    ];

    fn of(fate: Fate) -> Self {
        match fate {
            Fate::Refused => Self::Refused,
            Fate::Guessed { .. } => Self::Guessed,
            Fate::Ignored => Self::Ignored,
            Fate::Cleaned => Self::Cleaned,
            Fate::Read => Self::Read,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Refused => "无法读取",
            Self::Guessed => "请核对",
            Self::Ignored => "未导入",
            Self::Cleaned => "已整理",
            Self::Read => "已读取",
        }
    }
}

/// The list.
pub(super) struct Entries {
    kind: Kind,
    counts: [usize; Kind::ALL.len()],
    /// The entries of the kind, as indices of the report.
    listed: Vec<usize>,
    picked: Option<usize>,
    /// Whether the picked one is to be brought into sight.
    reveals: bool,
}

impl Entries {
    /// Begins with what is to be looked at first.
    pub(super) fn new(report: &Report) -> Self {
        let mut counts = [0; Kind::ALL.len()];
        for entry in &report.entries {
            let kind = Kind::of(entry.fate);
            if let Some(at) = Kind::ALL.iter().position(|each| *each == kind) {
                counts[at] += 1;
            }
        }
        let first = Kind::ALL.iter().zip(counts).find(|(_, count)| *count > 0);
        let mut entries = Self {
            kind: first.map_or(Kind::Read, |(kind, _)| *kind),
            counts,
            listed: Vec::new(),
            picked: None,
            reveals: false,
        };
        entries.list(report);
        entries
    }

    fn list(&mut self, report: &Report) {
        let of_kind = |entry: &Entry| Kind::of(entry.fate) == self.kind;
        let entries = report.entries.iter().enumerate();
        self.listed = entries
            .filter(|(_, entry)| of_kind(entry))
            .map(|(index, _)| index)
            .collect();
    }

    /// Picks what became of a source cell.
    pub(super) fn pick(&mut self, report: &Report, source: Source) {
        let at = report
            .entries
            .iter()
            .position(|entry| entry.source == source);
        if let Some(entry) = at.and_then(|at| report.entries.get(at)) {
            self.kind = Kind::of(entry.fate);
            self.list(report);
        }
        self.picked = at;
        self.reveals = true;
    }

    /// Draws the list; the source of the entry that was clicked.
    pub(super) fn show(&mut self, ui: &mut Ui, report: &Report) -> Option<Source> {
        self.kinds(ui, report);
        ui.add_space(space::XS);
        if self.listed.is_empty() {
            let faint = Palette::of(ui).text_faint;
            ui.label(RichText::new("没有内容").color(faint));
            return None;
        }
        let mut area = ScrollArea::vertical()
            .id_salt("entries of the import")
            .auto_shrink([false, false]);
        if std::mem::take(&mut self.reveals)
            && let Some(row) = self.listed.iter().position(|at| Some(*at) == self.picked)
        {
            area = area.vertical_scroll_offset((row as f32 - 1.0).max(0.0) * LINE);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut clicked = None;
        area.show_rows(ui, LINE, self.listed.len(), |ui, rows| {
            for row in rows {
                let Some(at) = self.listed.get(row).copied() else {
                    continue;
                };
                if let Some(entry) = report.entries.get(at)
                    && line(ui, entry, self.picked == Some(at))
                {
                    clicked = Some((at, entry.source.clone()));
                }
            }
        });
        let (at, source) = clicked?;
        self.picked = Some(at);
        Some(source)
    }

    fn kinds(&mut self, ui: &mut Ui, report: &Report) {
        let before = self.kind;
        ui.horizontal(|ui| {
            ui.set_height(HIT);
            ui.spacing_mut().item_spacing.x = space::XS;
            for (kind, count) in Kind::ALL.into_iter().zip(self.counts) {
                if count == 0 {
                    continue;
                }
                let words = format!("{} {count}", kind.words());
                let is_on = kind == self.kind;
                let words = RichText::new(words).font(theme::text::small());
                if ui.selectable_label(is_on, words).clicked() {
                    self.kind = kind;
                }
            }
        });
        if self.kind != before {
            self.list(report);
            self.picked = None;
        }
    }
}

/// One entry: the field, its text, and what is to be said of it. Whether it was clicked.
fn line(ui: &mut Ui, entry: &Entry, is_picked: bool) -> bool {
    let palette = Palette::of(ui);
    let size = vec2(ui.available_width(), LINE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let field = field_of(entry);
    let said = format!("{field} {} {}", entry.text, entry.note);
    response
        .widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, true, is_picked, &said));
    let fill = if is_picked {
        palette.accent_weak
    } else if response.hovered() || response.has_focus() {
        palette.hover
    } else {
        palette.raised
    };
    ui.painter()
        .rect_filled(rect.shrink(1.0), f32::from(RADIUS), fill);
    let inner = rect.shrink2(vec2(space::S, 4.0));
    let builder = egui::UiBuilder::new()
        .max_rect(inner)
        .layout(Layout::top_down(Align::Min));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(
            Label::new(
                RichText::new(field)
                    .font(theme::text::small())
                    .color(palette.text_weak),
            )
            .truncate()
            .selectable(false),
        );
        ui.add(
            Label::new(RichText::new(&entry.text).font(theme::text::grid()))
                .truncate()
                .selectable(false),
        );
        let (note, color) = note_of(entry, palette);
        ui.add(
            Label::new(RichText::new(note).font(theme::text::small()).color(color))
                .truncate()
                .selectable(false),
        );
    });
    if entry.note.is_empty() {
        response.clicked()
    } else {
        response.on_hover_text(&entry.note).clicked()
    }
}

fn field_of(entry: &Entry) -> String {
    let place = entry.source.place.map(|place| place.name());
    match (place, entry.field.as_str()) {
        (Some(place), "") => place,
        (Some(place), field) => format!("{place} → {field}"),
        (None, field) => field.to_owned(),
    }
}

fn note_of(entry: &Entry, palette: &Palette) -> (String, egui::Color32) {
    match entry.fate {
        Fate::Guessed { sure } => (format!("把握 {sure}%：{}", entry.note), palette.warning),
        Fate::Refused => (entry.note.clone(), palette.error),
        Fate::Ignored | Fate::Cleaned | Fate::Read => (entry.note.clone(), palette.text_weak),
    }
}
