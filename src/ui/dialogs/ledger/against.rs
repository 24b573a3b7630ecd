//! Against which earlier state before and after are filled in.

use egui::{FontId, Label, RichText, ScrollArea, Ui};

use super::ask;
use crate::{
    model::project::Stage,
    session::ledger::Earlier,
    ui::{
        dialogs::{Dialog, Outcome, buttons, progress},
        ledger::LedgerAction,
        scene::Scene,
        theme::{Palette, ROW, space},
        widgets::{button, row::Row},
    },
};

/// The dialog.
#[derive(Default)]
pub struct AgainstDialog {
    /// Whether a state was asked for: it closes once that is read.
    is_asked: bool,
}

impl Dialog for AgainstDialog {
    fn title(&self) -> String {
        "对照哪一版".into()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("ledger")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        if let Some(reading) = scene.ledger.comparing() {
            let now = reading.now();
            progress::show(
                ui,
                &format!("正在读取 {}", now.name),
                &now,
                "读取的文件不会改动",
            );
            return Outcome::Open;
        }
        if self.is_asked {
            return Outcome::Close;
        }
        let weak = Palette::of(ui).text_weak;
        let about = "把那一版的内容填作“修改前”，现在的内容填作“修改后”。只填空着的，可以撤销。";
        ui.add(Label::new(RichText::new(about).color(weak)).wrap());
        ui.add_space(space::S);
        let mut which = None;
        let has_gone_out = scene.desk.is_some_and(|desk| {
            let mut projects = desk.session.document().projects.iter();
            projects.any(|project| {
                let mut records = project.stages.iter();
                records.any(|one| matches!(one.to, Stage::Returned | Stage::Submitted))
            })
        });
        if has_gone_out && line(ui, "送审或退回时的版本", "按流转记录在历史版本中找")
        {
            which = Some(Earlier::Handed);
        }
        if line(ui, "选择一份旧版文件…", ".jiping") {
            ask(scene, LedgerAction::ChooseEarlier);
            return Outcome::Close;
        }
        which = versions(ui, scene).or(which);
        if let Some(which) = which {
            self.is_asked = true;
            ask(scene, LedgerAction::FillFrom(which));
        }
        buttons(ui, |ui| match button::plain(ui, "取消").clicked() {
            true => Outcome::Close,
            false => Outcome::Open,
        })
    }
}

/// The versions that were kept.
fn versions(ui: &mut Ui, scene: &Scene<'_>) -> Option<Earlier> {
    let versions = scene.ledger.versions()?;
    let weak = Palette::of(ui).text_weak;
    ui.add_space(space::S);
    let words = match versions.len() {
        0 => "这个文件还没有历史版本".to_owned(),
        count => format!("历史版本（{count} 份，每次保存前留下的）"),
    };
    ui.label(RichText::new(words).color(weak));
    let mut taken = None;
    ScrollArea::vertical()
        .id_salt("versions")
        .max_height(6.0 * ROW)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for version in versions {
                let at = version.at.strftime("%Y-%m-%d %H:%M:%S").to_string();
                if line(ui, &at, "") {
                    taken = Some(Earlier::Kept(version.clone()));
                }
            }
        });
    taken
}

fn line(ui: &mut Ui, words: &str, about: &str) -> bool {
    let palette = Palette::of(ui);
    Row::new(words)
        .line(words, FontId::proportional(14.0), palette.text)
        .note(about)
        .show(ui, ROW)
        .clicked()
}
