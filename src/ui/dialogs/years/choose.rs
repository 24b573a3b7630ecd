//! Which form of a file is last year's, where the file does not tell.

use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui, WidgetInfo};

use crate::{
    edit::command::EditCommand,
    model::{id::Id, last_year::LastYear, numeral::money, project::Project},
    ui::{
        action::Action,
        dialogs::{Dialog, Outcome, buttons},
        scene::Scene,
        theme::{self, Palette, ROW, space},
        widgets::button,
    },
};

/// Lists the forms of a file.
pub struct ChooseLastYear {
    project: Id<Project>,
    forms: Vec<Arc<LastYear>>,
}

impl ChooseLastYear {
    /// For a project, with the forms to choose from.
    pub fn new(project: Id<Project>, forms: Vec<Arc<LastYear>>) -> Self {
        Self { project, forms }
    }
}

impl Dialog for ChooseLastYear {
    fn title(&self) -> String {
        "哪一份是上年的表".into()
    }

    fn width(&self) -> f32 {
        620.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("years")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let weak = Palette::of(ui).text_weak;
        let about = "文件中没有唯一的同名或同编码的上年项目，请选一份；只登记在旁边供比较。";
        ui.add(Label::new(RichText::new(about).color(weak)).wrap());
        ui.add_space(space::S);
        let mut outcome = Outcome::Open;
        ScrollArea::vertical()
            .max_height(8.0 * ROW)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for form in &self.forms {
                    if line(ui, form) {
                        let command = EditCommand::SetLastYear {
                            project: self.project,
                            last: Some(Arc::clone(form)),
                        };
                        let said = format!("已登记上年数据：{}（{}）", form.called(), form.source);
                        scene.send.send(Action::EditAndSay(command, said));
                        outcome = Outcome::Close;
                    }
                }
            });
        buttons(ui, |ui| {
            if button::plain(ui, "取消").clicked() {
                outcome = Outcome::Close;
            }
        });
        outcome
    }
}

/// A form; whether it was taken.
fn line(ui: &mut Ui, form: &LastYear) -> bool {
    let total = form.total_funds();
    let budget = total.and_then(|total| form.amount(&total.adjusted));
    let name = match &*form.name {
        "" => "（未填写项目名称）",
        name => name,
    };
    let mut about = vec![form.called()];
    about.extend(budget.map(|budget| format!("全年预算 {} {}", money(budget), form.money_unit)));
    let taken = ui.horizontal(|ui| {
        ui.set_height(ROW);
        let word = button::plain(ui, "选这份");
        let label = format!("选 {name}");
        word.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &label));
        let about = RichText::new(about.join(" · ")).font(theme::text::small());
        ui.label(about.color(Palette::of(ui).text_weak));
        ui.add(Label::new(name).truncate()).on_hover_text(name);
        word.clicked()
    });
    taken.inner
}
