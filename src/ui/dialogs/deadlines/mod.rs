//! 进度一览: every project with its stage, and by when what is due.

mod setting;
mod table;

use std::collections::BTreeSet;

use egui::{Button, Label, RichText, Ui, WidgetInfo, vec2};
use jiff::civil::Date;

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    model::{
        deadlines::Urgency,
        id::Id,
        project::{Project, Stage},
    },
    summary::progress::{self, day_in_words},
    ui::{
        action::Action,
        scene::Scene,
        theme::{HIT, Palette, space},
        widgets::button,
    },
};
use setting::Setting;

/// The dialog.
#[derive(Default)]
pub struct DeadlinesDialog {
    filter: Filter,
    order: Order,
    chosen: BTreeSet<Id<Project>>,
    setting: Setting,
}

/// Which projects are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Filter {
    #[default]
    All,
    Of(Urgency),
    /// Nothing is due: no deadline, or all met.
    Nothing,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Order {
    /// What is due first stands first; what is not due stands last.
    #[default]
    Due,
    Name,
    Stage,
    /// As in the document.
    Document,
}

/// A project in the list.
struct Line {
    project: Id<Project>,
    name: String,
    year: String,
    stage: Stage,
    /// The stage that is due next, its day, how much time is left in words, and the remark.
    due: Option<(Stage, Date, String, String)>,
    urgency: Option<Urgency>,
    /// By stage, as shown.
    days: [String; Stage::ALL.len()],
}

impl Line {
    fn of(project: &Project, today: Date) -> Self {
        let due = project.next_due();
        Self {
            project: project.id,
            name: project.shown_name().to_owned(),
            year: project
                .year()
                .map_or_else(String::new, |year| year.to_string()),
            stage: project.stage,
            urgency: due.map(|due| due.urgency(today)),
            due: due.map(|due| {
                let words = due.in_words(today);
                let remark = due.deadline.remark.trim().to_owned();
                (due.deadline.stage, due.day, words, remark)
            }),
            days: Stage::ALL.map(|stage| day_in_words(project, stage)),
        }
    }
}

impl Filter {
    const ALL: [(Self, &'static str); 5] = [
        (Self::All, "全部"),
        (Self::Of(Urgency::Overdue), "逾期"),
        (Self::Of(Urgency::ThisWeek), "本周"),
        (Self::Of(Urgency::Later), "未到"),
        (Self::Nothing, "无待办期限"),
    ];

    fn takes(self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::Of(urgency) => line.urgency == Some(urgency),
            Self::Nothing => line.urgency.is_none(),
        }
    }
}

impl Order {
    fn sort(self, lines: &mut [&Line]) {
        match self {
            Self::Document => {}
            Self::Due => lines.sort_by_key(|line| {
                let day = line.due.as_ref().map(|(_, day, ..)| *day);
                (day.is_none(), day)
            }),
            Self::Name => lines.sort_by(|one, other| one.name.cmp(&other.name)),
            Self::Stage => lines.sort_by_key(|line| line.stage),
        }
    }
}

impl Dialog for DeadlinesDialog {
    fn title(&self) -> String {
        "进度一览".into()
    }

    fn width(&self) -> f32 {
        1120.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("years")
    }

    fn holds_text(&self) -> bool {
        self.setting.holds_text()
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(desk) = scene.desk else {
            return Outcome::Close;
        };
        let document = desk.session.document();
        let today = scene.environment.today();
        let lines: Vec<Line> = document
            .projects
            .iter()
            .map(|project| Line::of(project, today))
            .collect();
        self.chosen.retain(|id| document.project(*id).is_some());
        self.filters(ui, &lines, today);
        let mut listed: Vec<&Line> = lines
            .iter()
            .filter(|line| self.filter.takes(line))
            .collect();
        self.order.sort(&mut listed);
        let room = (ui.ctx().content_rect().height() - 370.0).max(150.0);
        let goes_to = table::show(ui, &listed, &mut self.chosen, &mut self.order, room);
        ui.add_space(space::S);
        self.setting.show(ui, &self.chosen, scene);
        if let Some(project) = goes_to {
            scene.send.send(Action::ShowProject(project));
            return Outcome::Close;
        }
        self.foot(ui, scene)
    }
}

impl DeadlinesDialog {
    fn filters(&mut self, ui: &mut Ui, lines: &[Line], today: Date) {
        ui.horizontal_wrapped(|ui| {
            for (filter, word) in Filter::ALL {
                let count = lines.iter().filter(|line| filter.takes(line)).count();
                let is_on = self.filter == filter;
                let shown = format!("{word} {count}");
                let choice = Button::selectable(is_on, &shown).min_size(vec2(64.0, HIT));
                let response = ui.add(choice);
                let name = format!("只看{word}");
                response.widget_info(|| {
                    WidgetInfo::selected(egui::Role::RadioButton, true, is_on, &name)
                });
                if response.clicked() {
                    self.filter = filter;
                }
            }
            let weak = Palette::of(ui).text_weak;
            let words = format!("今天 {today}");
            ui.add(Label::new(RichText::new(words).color(weak)));
        });
        ui.add_space(space::S);
    }

    fn foot(&self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let confirmed = is_confirmed(ui) && !self.holds_text();
        buttons(ui, |ui| {
            if button::primary(ui, "关闭").clicked() || confirmed {
                return Outcome::Close;
            }
            if button::plain(ui, "导出 Excel…").clicked() {
                scene.send.send(Action::ExportProgress);
            }
            let copy = button::plain(ui, "复制为表格").on_hover_text("可粘贴到 Excel");
            if copy.clicked()
                && let Some(desk) = scene.desk
            {
                let projects = desk.session.document().projects.iter();
                let table = progress::table(projects.map(|one| &**one), scene.environment.today());
                scene.send.send(Action::Copy(table.as_cells()));
                scene
                    .send
                    .send(Action::Say("已复制，可粘贴到 Excel".into()));
            }
            Outcome::Open
        })
    }
}
