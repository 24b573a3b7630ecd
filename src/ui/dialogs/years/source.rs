//! Where last year's form comes from: another project of the document, or a file.

use std::sync::Arc;

use egui::{Label, RichText, Ui};

use crate::{
    edit::command::EditCommand,
    model::{
        last_year::{HERE, LastYear},
        project::Project,
    },
    ui::{
        action::Action,
        dialogs::buttons,
        scene::Scene,
        theme::{Palette, space},
        widgets::{button, choice},
    },
};

/// What the person did.
pub(super) enum Taken {
    /// Nothing yet.
    Nothing,
    /// Chose where it comes from.
    Source,
    /// Closed the dialog.
    Close,
}

/// Asks where it comes from; `is_known` where there is one already.
pub(super) fn show(ui: &mut Ui, project: &Project, scene: &mut Scene<'_>, is_known: bool) -> Taken {
    let weak = Palette::of(ui).text_weak;
    let about = match is_known {
        true => "另选一份表作为上年的数据，只登记在旁边供比较和核对，不改动这张表。",
        false => {
            "还没有这个项目上年的数据。选一份上年的表，就能并排比较，并核对上年结转；只登记在旁边，不改动这张表。"
        }
    };
    ui.add(Label::new(RichText::new(about).color(weak)).wrap());
    ui.add_space(space::M);
    let mut taken = of_document(ui, project, scene);
    ui.add_space(space::M);
    ui.horizontal_wrapped(|ui| {
        let word = "从文件中选…";
        let says = "绩评文件，或 Excel、Word、PDF 的自评表";
        if button::plain(ui, word).on_hover_text(says).clicked() {
            scene.send.send(Action::ChooseLastYear(project.id));
            taken = Taken::Source;
        }
        ui.label(RichText::new(says).color(weak));
    });
    buttons(ui, |ui| {
        if is_known {
            if button::plain(ui, "返回").clicked() {
                taken = Taken::Source;
            }
        } else if button::plain(ui, "关闭").clicked() {
            taken = Taken::Close;
        }
        if project.last_year.is_some() && button::plain(ui, "取消登记").clicked() {
            let command = EditCommand::SetLastYear {
                project: project.id,
                last: None,
            };
            let said = "已取消登记的上年数据".to_owned();
            scene.send.send(Action::EditAndSay(command, said));
            taken = Taken::Source;
        }
    });
    taken
}

/// Another project of the document, those of the year before first.
fn of_document(ui: &mut Ui, project: &Project, scene: &mut Scene<'_>) -> Taken {
    let Some(desk) = scene.desk else {
        return Taken::Nothing;
    };
    let projects = &desk.session.document().projects;
    let mut others: Vec<&Arc<Project>> = projects
        .iter()
        .filter(|other| other.id != project.id)
        .collect();
    if others.is_empty() {
        return Taken::Nothing;
    }
    let year = project.year().and_then(|year| year.checked_sub(1));
    others.sort_by_key(|other| other.year() != year);
    let names: Vec<(String, &str)> = others
        .iter()
        .map(|other| {
            let of = other
                .year()
                .map_or_else(|| "年度未填".to_owned(), |year| format!("{year} 年"));
            (of, other.shown_name())
        })
        .map(|(of, name)| (format!("{of} · {name}"), ""))
        .collect();
    let caption = ui.label("从本文件中选").id;
    let options = names.iter().map(|(name, about)| (name.as_str(), *about));
    let Some(index) = choice::show(ui, "本文件中的上年项目", caption, "", options) else {
        return Taken::Nothing;
    };
    if let Some(other) = others.get(index) {
        let edition = desk.session.editions().of(other);
        let last = LastYear::of(other, edition.as_deref(), HERE);
        let said = format!("已登记上年数据：{}", last.called());
        let command = EditCommand::SetLastYear {
            project: project.id,
            last: Some(Arc::new(last)),
        };
        scene.send.send(Action::EditAndSay(command, said));
    }
    Taken::Source
}
