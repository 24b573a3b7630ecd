//! What every adjustment has: date, 文号 and reason.

use egui::{Response, RichText, Ui};

use crate::{
    model::indicator::Cancellation,
    ui::{
        theme::{self, Palette},
        widgets::entry::Entry,
    },
};

const DATE: &str = "date";
const DOCUMENT_NO: &str = "document no";
const REASON: &str = "reason";

/// By which document an adjustment was approved, when and why.
pub struct Paper {
    /// When, as typed.
    pub date: String,
    /// 文号
    pub document_no: String,
    /// Why.
    pub reason: String,
}

impl Paper {
    /// One of today, with the rest to be filled in.
    pub fn new(today: String) -> Self {
        Self {
            date: today,
            document_no: String::new(),
            reason: String::new(),
        }
    }

    /// The fields that have to be filled in and are empty, by id and caption.
    fn missing(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        [
            (DATE, "日期", &self.date),
            (DOCUMENT_NO, "文号", &self.document_no),
            (REASON, "理由", &self.reason),
        ]
        .into_iter()
        .filter(|(.., text)| text.trim().is_empty())
        .map(|(id, caption, _)| (id, caption))
    }

    /// What has to be filled in before it can be recorded.
    pub fn problem(&self) -> Option<String> {
        let missing: Vec<&str> = self.missing().map(|(_, caption)| caption).collect();
        (!missing.is_empty()).then(|| format!("没有登记：请填写{}。", missing.join("、")))
    }

    /// Gives the focus to the first field that has to be filled in.
    pub fn focus_missing(&self, ui: &Ui) {
        if let Some((first, _)) = self.missing().next() {
            ui.memory_mut(|memory| memory.request_focus(field_id(first)));
        }
    }

    /// Whether something was typed beyond the date.
    pub fn holds_text(&self) -> bool {
        !(self.document_no.is_empty() && self.reason.is_empty())
    }

    /// The fields, one a line of the grid; once it was refused for them, those that are still empty are marked. Gives the
    /// first one.
    pub fn lines(&mut self, ui: &mut Ui, is_refused: bool) -> Option<Response> {
        let error = egui::Stroke::new(1.0, Palette::of(ui).error);
        let mut first = None;
        for (id, name, caption, hint, text) in [
            (DATE, "调整日期", "日期", "批准的日期", &mut self.date),
            (
                DOCUMENT_NO,
                "调整文号",
                "文号",
                "批准调整的文件编号",
                &mut self.document_no,
            ),
            (REASON, "调整理由", "理由", "为什么调整", &mut self.reason),
        ] {
            line(ui, caption, |ui| {
                let entry = Entry::new(field_id(id), name).hint(hint).show(ui, text);
                if is_refused && text.trim().is_empty() && !entry.has_focus() {
                    let inside = egui::StrokeKind::Inside;
                    ui.painter()
                        .rect_stroke(entry.rect, theme::RADIUS, error, inside);
                }
                first.get_or_insert(entry);
            });
        }
        first
    }

    /// It as the end of an approved indicator.
    pub fn cancellation(&self) -> Cancellation {
        Cancellation {
            date: self.date.clone(),
            document_no: self.document_no.clone(),
            reason: self.reason.clone(),
            unknown: Default::default(),
        }
    }
}

/// The id of a field of the dialog.
pub fn field_id(name: &str) -> egui::Id {
    egui::Id::unique(("adjustment", name))
}

/// A caption with something beside it.
pub fn line(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui)) {
    let weak = Palette::of(ui).text_weak;
    let text = RichText::new(caption).color(weak);
    let size = egui::vec2(56.0, theme::HIT);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.label(text);
    });
    content(ui);
    ui.end_row();
}

/// What stands in the way, in a line that is there before there is anything to say, so that the dialog keeps its height.
pub fn told(ui: &mut Ui, problem: &str) {
    ui.scope(|ui| {
        ui.set_min_height(theme::HIT);
        if !problem.is_empty() {
            let problem = RichText::new(problem).color(Palette::of(ui).error);
            ui.add(egui::Label::new(problem).wrap());
        }
    });
}
