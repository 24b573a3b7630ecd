//! 核实说明: a finding was looked into and the form is right as it stands.

use egui::{Key, Label, RichText, TextEdit, Ui};

use super::{Dialog, Outcome, buttons, id_of_draft, is_composing, name::author};
use crate::{
    edit::command::EditCommand,
    model::{
        id::Id,
        project::{Explanation, Project},
    },
    rules::finding::Finding,
    ui::{
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{badge, button},
    },
};

/// Asks for the reason why a finding is to be left as it is.
pub struct SetAside {
    finding: Finding,
    /// Where the finding is, in words.
    place: String,
    reason: String,
    /// The text comes from an explanation that no longer holds.
    is_renewal: bool,
    is_new: bool,
}

impl SetAside {
    /// For a finding of `project`. Where an earlier explanation for it no longer holds, its text is offered again.
    pub fn new(finding: Finding, place: String, project: &Project) -> Self {
        let earlier = outdated(&finding, project);
        Self {
            reason: earlier
                .map(|given| given.text.to_string())
                .unwrap_or_default(),
            is_renewal: earlier.is_some(),
            finding,
            place,
            is_new: true,
        }
    }

    fn explanation(&self, id: Id<Explanation>, author: &str, time: String) -> Explanation {
        Explanation {
            id,
            rule: self.finding.rule.code.to_owned(),
            at: self.finding.at.clone(),
            text: self.reason.trim().into(),
            fingerprint: self.finding.fingerprint(),
            author: author.to_owned(),
            time,
            unknown: Default::default(),
        }
    }
}

/// The explanation given for a finding whose values have changed since.
pub fn outdated<'p>(finding: &Finding, project: &'p Project) -> Option<&'p Explanation> {
    let mut explanations = project.explanations.iter();
    let given =
        explanations.find(|given| given.rule == finding.rule.code && given.at == finding.at)?;
    (finding.explained.is_none() && given.fingerprint != finding.fingerprint()).then_some(given)
}

impl Dialog for SetAside {
    fn title(&self) -> String {
        "填写核实说明".into()
    }

    fn width(&self) -> f32 {
        520.0
    }

    fn holds_text(&self) -> bool {
        !self.reason.trim().is_empty()
    }

    fn draft(&self, user: &str, time: &str) -> Option<EditCommand> {
        self.holds_text().then(|| EditCommand::SetExplanation {
            project: self.finding.at.project,
            explanation: self.explanation(id_of_draft(&self.reason), user, time.to_owned()),
        })
    }

    fn help(&self) -> Option<&'static str> {
        Some("check")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let palette = Palette::of(ui);
        let weak = |text: &str| {
            let text = RichText::new(text).font(theme::text::small());
            Label::new(text.color(palette.text_weak)).wrap()
        };
        ui.horizontal_top(|ui| {
            badge::show(ui, self.finding.level);
            ui.vertical(|ui| {
                ui.add(Label::new(&self.finding.message).wrap());
                ui.add(weak(&self.place));
            });
        });
        ui.add_space(space::XS);
        let label = ui.label(if self.is_renewal {
            "说明（内容已变动，请核对原来的说明）"
        } else {
            "说明"
        });
        let edit = TextEdit::multiline(&mut self.reason)
            .desired_rows(4)
            .desired_width(f32::INFINITY)
            .hint_text("例如：已与预算科核对，数据来源为财政一体化系统")
            .margin(egui::Margin::symmetric(8, 5));
        let field = ui.add(edit).labelled_by(label.id);
        if std::mem::take(&mut self.is_new) {
            field.request_focus();
        }
        ui.add(weak(
            "说明后，这个问题不再计入校验结论，列在“已说明”中。单元格内容变动后，说明自动失效。",
        ));
        let is_given = self.holds_text();
        // Enter alone begins a new line of the text.
        let confirmed = !is_composing(ui.ctx())
            && ui.input(|input| input.modifiers.command && input.key_pressed(Key::Enter));
        let (is_done, is_cancelled) = buttons(ui, |ui| {
            let done = ui.add_enabled_ui(is_given, |ui| button::primary(ui, "保存说明"));
            let done = done.inner.on_disabled_hover_text("请先填写说明");
            (done.clicked(), button::plain(ui, "取消").clicked())
        });
        if is_given
            && (is_done || confirmed)
            && let Some(author) = author(scene)
        {
            let environment = scene.environment;
            let id = Id::new(&mut &**environment);
            let explanation = self.explanation(id, &author, environment.time_in_words());
            scene.send.edit(EditCommand::SetExplanation {
                project: self.finding.at.project,
                explanation,
            });
            return Outcome::Close;
        }
        if is_cancelled {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}
