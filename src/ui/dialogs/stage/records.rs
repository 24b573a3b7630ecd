//! 流转记录: who sent, returned, closed and opened the form, and when.

use egui::{Align, Color32, Grid, Label, Layout, RichText, ScrollArea, Ui, vec2};

use crate::{
    model::{content_hash::ContentHash, id::Id, project::Project, review::StageRecord},
    session::handing_on::broken_seal,
    ui::{
        action::Action,
        dialogs::{Dialog, Outcome, buttons, is_confirmed},
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::button,
    },
};

/// The captions of the columns and their widths in points.
const COLUMNS: [(&str, f32); 6] = [
    ("时间", 120.0),
    ("事项", 72.0),
    ("阶段", 104.0),
    ("经手人", 72.0),
    ("原因", 176.0),
    ("当时的校验码", 176.0),
];

/// Lists the steps of a project.
pub struct RecordsDialog {
    project: Id<Project>,
    /// What it says now; worked out once, as the dialog covers everything else.
    now: ContentHash,
}

impl RecordsDialog {
    /// Of a project.
    pub fn new(project: &Project) -> Self {
        Self {
            project: project.id,
            now: project.content_hash(),
        }
    }

    fn list(&self, ui: &mut Ui, project: &Project) {
        let room = (ui.ctx().content_rect().height() - 300.0).clamp(96.0, 420.0);
        let palette = Palette::of(ui);
        ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                Grid::new("steps of the form")
                    .num_columns(COLUMNS.len())
                    .spacing([space::S, space::S])
                    .show(ui, |ui| {
                        for (index, (caption, _)) in COLUMNS.iter().enumerate() {
                            cell(ui, index, caption, palette.text_weak);
                        }
                        ui.end_row();
                        for step in project.stages.iter().rev() {
                            self.row(ui, step);
                            ui.end_row();
                        }
                    });
            });
    }

    fn row(&self, ui: &mut Ui, step: &StageRecord) {
        let palette = Palette::of(ui);
        let is_now = step.is_of(self.now) == Some(true);
        let code = match is_now {
            true => format!("{} {}", step.content, icons::CHECK),
            false => step.content.clone(),
        };
        let color = if is_now {
            palette.good
        } else {
            palette.text_weak
        };
        let texts = [
            (step.time.clone(), palette.text),
            (step.called(), palette.text),
            (format!("{}→{}", step.from, step.to), palette.text_weak),
            (signed(&step.by).to_owned(), palette.text),
            (step.reason.to_string(), palette.text),
            (code, color),
        ];
        for (index, (text, color)) in texts.iter().enumerate() {
            cell(ui, index, text, *color);
        }
    }
}

fn signed(by: &str) -> &str {
    match by.trim() {
        "" => "未署名",
        by => by,
    }
}

fn cell(ui: &mut Ui, column: usize, text: &str, color: Color32) {
    let width = COLUMNS.get(column).map_or(0.0, |(_, width)| *width);
    let layout = Layout::left_to_right(Align::Min).with_main_wrap(true);
    ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
        ui.set_width(width);
        let text = RichText::new(text).font(theme::text::grid()).color(color);
        ui.add(Label::new(text).wrap());
    });
}

/// The steps as cells for a spreadsheet.
fn as_cells(project: &Project) -> String {
    let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    let mut lines = vec![COLUMNS.map(|(caption, _)| caption.to_owned()).join("\t")];
    lines.extend(project.stages.iter().map(|step| {
        [
            plain(&step.time),
            step.called(),
            format!("{}→{}", step.from, step.to),
            plain(&step.by),
            plain(&step.reason),
            plain(&step.content),
        ]
        .join("\t")
    }));
    lines.join("\n")
}

impl Dialog for RecordsDialog {
    fn title(&self) -> String {
        "流转记录".into()
    }

    fn width(&self) -> f32 {
        800.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("review")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let project = scene.desk.and_then(|desk| desk.project(self.project));
        let Some(project) = project else {
            return Outcome::Close;
        };
        let palette = Palette::of(ui);
        let name = RichText::new(project.shown_name()).font(theme::text::strong());
        ui.add(Label::new(name).truncate());
        let state = format!("现处于“{}”阶段，现在的校验码 {}", project.stage, self.now);
        ui.label(RichText::new(state).color(palette.text_weak));
        if let Some(broken) = broken_seal(project) {
            let broken = RichText::new(format!("{} {broken}", icons::WARNING));
            ui.add(Label::new(broken.color(palette.warning)).wrap());
        }
        ui.add_space(space::S);
        if project.stages.is_empty() {
            ui.label("还没有记录。送审、退回、定稿和改阶段都会记在这里。");
        } else {
            self.list(ui, project);
        }
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "关闭").clicked() || confirmed {
                return Outcome::Close;
            }
            let copy = ui.add_enabled_ui(!project.stages.is_empty(), |ui| {
                button::plain(ui, "复制为表格").on_hover_text("可粘贴到 Excel")
            });
            if copy.inner.clicked() {
                scene.send.send(Action::Copy(as_cells(project)));
                let said = "已复制，可粘贴到 Excel".to_owned();
                scene.send.send(Action::Say(said));
            }
            Outcome::Open
        })
    }
}
