//! Which projects of the document: the shown one, all, or some.

use std::collections::BTreeSet;

use egui::{Label, RichText, ScrollArea, Ui};

use crate::{
    model::{id::Id, project::Project},
    ui::{
        scene::Scene,
        theme::{HIT, Palette, space},
        widgets::choice,
    },
};

/// How many projects are seen at once where some are chosen.
const SEEN: f32 = 5.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Current,
    All,
    Some,
}

/// The choice of projects.
pub(in crate::ui::dialogs) struct ProjectChoice {
    which: Which,
    /// Those that are chosen one by one.
    some: BTreeSet<Id<Project>>,
}

impl ProjectChoice {
    /// Begins with the shown project.
    pub(in crate::ui::dialogs) fn current() -> Self {
        Self {
            which: Which::Current,
            some: BTreeSet::new(),
        }
    }

    /// Begins with all projects.
    pub(in crate::ui::dialogs) fn all() -> Self {
        Self {
            which: Which::All,
            some: BTreeSet::new(),
        }
    }

    /// Begins with these projects.
    pub(in crate::ui::dialogs) fn these(projects: impl IntoIterator<Item = Id<Project>>) -> Self {
        Self {
            which: Which::Some,
            some: projects.into_iter().collect(),
        }
    }

    /// The chosen projects in the order of the document.
    pub(in crate::ui::dialogs) fn ids(&self, scene: &Scene<'_>) -> Vec<Id<Project>> {
        let Some(desk) = scene.desk else {
            return Vec::new();
        };
        let shown = scene.position.project;
        let is_chosen = |id: &Id<Project>| match self.which {
            Which::Current => *id == shown,
            Which::All => true,
            Which::Some => self.some.contains(id),
        };
        let projects = desk.session.document().projects.iter();
        projects
            .map(|project| project.id)
            .filter(is_chosen)
            .collect()
    }

    /// Draws the choice; with one project there is none.
    pub(in crate::ui::dialogs) fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let Some(desk) = scene.desk else { return };
        let projects = &desk.session.document().projects;
        let shown = desk.project(scene.position.project);
        let shown = shown.map_or("", |project| project.shown_name());
        if projects.len() < 2 {
            ui.add(Label::new(format!("项目：{shown}")).truncate());
            return;
        }
        ui.horizontal_wrapped(|ui| {
            choice::beside_one_another(ui, |ui| {
                ui.radio_value(&mut self.which, Which::Current, "当前项目")
                    .on_hover_text(shown);
                let all = format!("全部 {} 个项目", projects.len());
                ui.radio_value(&mut self.which, Which::All, all);
                ui.radio_value(&mut self.which, Which::Some, "选择项目");
            });
        });
        match self.which {
            Which::Current => {
                let weak = Palette::of(ui).text_weak;
                ui.add(Label::new(RichText::new(shown).color(weak)).truncate());
            }
            Which::All => {}
            Which::Some => self.some(ui, scene),
        }
    }

    fn some(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let Some(desk) = scene.desk else { return };
        let projects = &desk.session.document().projects;
        ScrollArea::vertical()
            .id_salt("projects to choose")
            .max_height(SEEN * HIT)
            .auto_shrink([false, true])
            .show_rows(ui, HIT - space::XS, projects.len(), |ui, rows| {
                for (index, project) in projects.iter().enumerate() {
                    if !rows.contains(&index) {
                        continue;
                    }
                    let mut is_on = self.some.contains(&project.id);
                    let words = format!("{}. {}", index + 1, project.shown_name());
                    let shown = choice::beside_one_another(ui, |ui| ui.checkbox(&mut is_on, words));
                    if shown.changed() {
                        match is_on {
                            true => self.some.insert(project.id),
                            false => self.some.remove(&project.id),
                        };
                    }
                }
            });
    }
}
