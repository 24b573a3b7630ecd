//! 写偏差说明: a sentence pattern by kind of cause, with what the form states filled in and a field for every blank.

use std::collections::BTreeMap;

use egui::{Grid, Label, RichText, ScrollArea, TextFormat, Ui, WidgetInfo, text::LayoutJob};
use jiff::civil::Date;

use super::{Dialog, Outcome, buttons};
use crate::{
    edit::command::EditCommand,
    model::{path::Place, typed::trim},
    rules::{
        deviation::{
            Deviation, Part, Sentence,
            occasion::{self, Occasion, Target},
            phrases::{Pattern, patterns},
        },
        form::Form,
    },
    ui::{
        action::Action,
        scene::{Scene, Shown},
        theme::{self, CARD_RADIUS, Palette, space},
        widgets::{button, choice, entry::Entry, field::count},
    },
};

/// Writes an explanation into a cell.
pub struct DeviationDialog {
    occasions: Vec<Occasion>,
    /// The places of the targets in words, and what stands there, occasion by occasion.
    cells: Vec<Vec<(String, String)>>,
    chosen: usize,
    target: usize,
    deviation: Deviation,
    cause: &'static str,
    /// What was typed for the blanks, by their names: it stays when another cause is looked at.
    told: BTreeMap<&'static str, String>,
    replaces: bool,
    is_shown: bool,
}

/// Whether an explanation can be written about a place.
pub fn is_possible(place: &Place) -> bool {
    occasion::is_possible(place)
}

impl DeviationDialog {
    /// About a place of the shown form; `None` where nothing is judged there.
    pub fn new(shown: &Shown, place: &Place, today: Date) -> Option<Self> {
        let score = shown.facts.score.as_ref()?;
        let form = Form::new(&shown.project, &shown.edition, score, today);
        let mut occasions = occasion::at(&form, place);
        occasions.retain(|occasion| !occasion.cells.is_empty());
        let in_words = |target: &Target| {
            let text = shown.project.cell_text(&target.at.place);
            (
                target.at.in_words(&shown.project, &shown.edition),
                text.map_or_else(String::new, |text| trim(&text).to_owned()),
            )
        };
        let of_one = |occasion: &Occasion| occasion.cells.iter().map(in_words).collect();
        let deviation = occasions.first()?.deviation;
        let mut dialog = Self {
            cells: occasions.iter().map(of_one).collect(),
            occasions,
            chosen: 0,
            target: 0,
            deviation,
            cause: "",
            told: BTreeMap::new(),
            replaces: false,
            is_shown: false,
        };
        dialog.begin();
        Some(dialog)
    }

    fn occasion(&self) -> &Occasion {
        &self.occasions[self.chosen]
    }

    fn target(&self) -> &Target {
        let cells = &self.occasion().cells;
        &cells[self.target.min(cells.len() - 1)]
    }

    /// The target's place in words, and what stands there.
    fn cell(&self) -> &(String, String) {
        let cells = &self.cells[self.chosen];
        &cells[self.target.min(cells.len() - 1)]
    }

    /// Takes up the occasion: its deviation, and whether what stands in its cell is worth keeping.
    fn begin(&mut self) {
        self.target = 0;
        self.deviation = self.occasion().deviation;
        self.begin_cell();
    }

    fn begin_cell(&mut self) {
        let says_nothing = |c: char| matches!(c, '—' | '-' | '－' | '/' | '无');
        self.replaces = self.cell().1.chars().all(says_nothing);
    }

    fn pattern(&self) -> Option<&'static Pattern> {
        patterns(self.deviation).find(|pattern| pattern.cause == self.cause)
    }

    fn sentence(&self) -> Option<Sentence> {
        let pattern = self.pattern()?;
        Some(self.occasion().sentence(pattern, self.target()))
    }

    fn told(&self, blank: &str) -> Option<String> {
        let told = self.told.get(blank).map(|told| trim(told));
        told.filter(|told| !told.is_empty()).map(str::to_owned)
    }

    /// The whole text of the cell with the sentence in it.
    fn text(&self, sentence: &Sentence) -> String {
        let new = sentence.written(|blank| self.told(blank));
        let (_, before) = self.cell();
        if self.replaces || before.is_empty() {
            return new;
        }
        let is_prose = matches!(self.target().at.place, Place::Goal(..) | Place::Text(_));
        let between = if is_prose {
            "\n"
        } else if before.ends_with(['。', '；', '！', '\n']) {
            ""
        } else {
            "；"
        };
        format!("{before}{between}{new}")
    }

    fn left(&self, sentence: &Sentence) -> usize {
        let blanks = sentence.blanks().into_iter();
        blanks.filter(|blank| self.told(blank).is_none()).count()
    }

    /// What it is about, and what deviates.
    fn about(&mut self, ui: &mut Ui) {
        let name = RichText::new(&self.occasion().name).font(theme::text::strong());
        let name = ui.add(Label::new(name).wrap());
        if self.occasions.len() > 1 {
            let captions: Vec<(&str, &str)> = self
                .occasions
                .iter()
                .map(|each| {
                    let about = if each.is_stated {
                        each.deviation.name()
                    } else {
                        ""
                    };
                    (each.name.as_str(), about)
                })
                .collect();
            let current = captions[self.chosen].0;
            let taken = choice::show(ui, "说明哪一个指标", name.id, current, captions.into_iter());
            if let Some(taken) = taken {
                self.chosen = taken;
                self.begin();
            }
        }
        if !self.occasion().is_stated {
            let words = RichText::new("按现在的填写，这里没有偏差。").font(theme::text::small());
            ui.label(words.color(Palette::of(ui).text_weak));
        }
        let kinds = self.occasion().kinds;
        captioned(ui, "偏差", |ui| {
            for kind in kinds {
                ui.radio_value(&mut self.deviation, *kind, kind.name());
            }
        });
        captioned(ui, "原因", |ui| {
            for pattern in patterns(self.deviation) {
                ui.radio_value(&mut self.cause, pattern.cause, pattern.cause);
            }
        });
    }

    /// The sentence as it stands, blanks marked.
    fn preview(&self, ui: &mut Ui, sentence: &Sentence) {
        let palette = Palette::of(ui);
        let mut job = LayoutJob::default();
        for part in sentence.parts() {
            let (words, color, ground) = match part {
                Part::Words(words) => (words.to_string(), palette.text, None),
                Part::Blank(name) => match self.told(name) {
                    Some(told) => (told, palette.accent, None),
                    None => (
                        format!("【{name}】"),
                        palette.text,
                        Some(palette.accent_weak),
                    ),
                },
            };
            let mut format = TextFormat::simple(theme::text::grid(), color);
            format.line_height = Some(22.0);
            format.background = ground.unwrap_or_default();
            job.append(&words, 0.0, format);
        }
        let written = job.text.clone();
        egui::Frame::new()
            .fill(palette.ground)
            .stroke(egui::Stroke::new(1.0, palette.line))
            .corner_radius(CARD_RADIUS)
            .inner_margin(egui::Margin::symmetric(12, 8))
            .show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                let label = ui.add(Label::new(job).wrap().selectable(true));
                label.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &written));
                if let Some(limit) = self.target().limit {
                    let characters = self.text(sentence).chars().count();
                    count(ui, characters, limit as usize);
                }
            });
    }

    fn fields(&mut self, ui: &mut Ui, sentence: &Sentence) {
        if !std::mem::replace(&mut self.is_shown, true)
            && let Some(first) = sentence.blanks().first()
        {
            // Before the field is drawn: it comes into sight in the frame in which it gains the focus.
            ui.memory_mut(|memory| memory.request_focus(field_id(first)));
        }
        Grid::new("blanks of the sentence")
            .num_columns(2)
            .spacing([space::S, space::XS])
            .show(ui, |ui| {
                for blank in sentence.blanks() {
                    let weak = Palette::of(ui).text_weak;
                    ui.label(RichText::new(blank).color(weak));
                    let told = self.told.entry(blank).or_default();
                    let entry = Entry::new(field_id(blank), blank).show(ui, told);
                    if entry.gained_focus() {
                        entry.scroll_to_me(None);
                    }
                    ui.end_row();
                }
            });
    }

    /// Where it is written, and what becomes of what stands there.
    fn place(&mut self, ui: &mut Ui) {
        let before = self.target;
        captioned(ui, "写到", |ui| {
            let places = &self.cells[self.chosen];
            if let [(place, _)] = places.as_slice() {
                ui.add(Label::new(place).wrap());
                return;
            }
            for (index, (place, _)) in places.iter().enumerate() {
                ui.radio_value(&mut self.target, index, place);
            }
        });
        if self.target != before {
            self.begin_cell();
        }
        let stands = self.cell().1.clone();
        if stands.is_empty() {
            return;
        }
        captioned(ui, "原文", |ui| {
            let weak = Palette::of(ui).text_weak;
            ui.add(Label::new(RichText::new(&stands).color(weak)).truncate());
        });
        captioned(ui, "", |ui| {
            ui.radio_value(&mut self.replaces, false, "接在原文后面");
            ui.radio_value(&mut self.replaces, true, "替换原文");
        });
    }

    fn content(&mut self, ui: &mut Ui) -> Option<Sentence> {
        self.about(ui);
        ui.add_space(space::XS);
        let Some(sentence) = self.sentence() else {
            let words = RichText::new("请选一种原因。句子里只写表中已有的数，其余由您填写。");
            ui.add(Label::new(words.color(Palette::of(ui).text_weak)).wrap());
            return None;
        };
        self.preview(ui, &sentence);
        ui.add_space(space::XS);
        self.fields(ui, &sentence);
        ui.add_space(space::XS);
        self.place(ui);
        // What was typed in this frame counts.
        Some(sentence)
    }

    fn command(&self, sentence: &Sentence) -> EditCommand {
        EditCommand::SetCell {
            at: self.target().at.clone(),
            text: self.text(sentence),
        }
    }

    fn write(&self, scene: &mut Scene<'_>, sentence: &Sentence) {
        let command = self.command(sentence);
        let said = match self.left(sentence) {
            0 => "已写入偏差说明".to_owned(),
            left => format!("已写入偏差说明，还有 {left} 个【】没有填"),
        };
        scene.send.send(Action::EditAndSay(command, said));
    }
}

fn field_id(blank: &str) -> egui::Id {
    egui::Id::unique(("blank of the sentence", blank))
}

/// A caption, and beside it choices that wrap.
fn captioned(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui)) {
    /// Wide enough for two characters, in points.
    const CAPTION: f32 = 36.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let weak = Palette::of(ui).text_weak;
        let size = egui::vec2(CAPTION, theme::HIT);
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_size(size);
            ui.label(RichText::new(caption).color(weak));
        });
        ui.horizontal_wrapped(|ui| {
            ui.set_min_height(theme::HIT);
            choice::beside_one_another(ui, content);
        });
    });
}

impl Dialog for DeviationDialog {
    fn title(&self) -> String {
        "写偏差说明".into()
    }

    fn width(&self) -> f32 {
        680.0
    }

    fn holds_text(&self) -> bool {
        self.told.values().any(|told| !told.trim().is_empty())
    }

    fn draft(&self, _user: &str, _time: &str) -> Option<EditCommand> {
        let sentence = self.sentence().filter(|_| self.holds_text());
        sentence.map(|sentence| self.command(&sentence))
    }

    fn help(&self) -> Option<&'static str> {
        Some("deviation")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let room = ui.available_height() - theme::HIT - 2.0 * space::L;
        let sentence = ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| self.content(ui))
            .inner;
        let confirmed = super::is_confirmed(ui) && ui.ctx().text_edit_focused();
        buttons(ui, |ui| {
            let write = ui.add_enabled_ui(sentence.is_some(), |ui| button::primary(ui, "写入"));
            if let Some(sentence) = &sentence
                && (write.inner.clicked() || confirmed)
            {
                self.write(scene, sentence);
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            let left = sentence.as_ref().map_or(0, |sentence| self.left(sentence));
            if left > 0 {
                let words = RichText::new(format!("还有 {left} 个空没有填"));
                ui.label(words.color(Palette::of(ui).text_weak));
            }
            Outcome::Open
        })
    }
}
