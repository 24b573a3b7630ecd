//! What the program is, under which licences it stands, and where it keeps what.

use egui::{Grid, Label, RichText, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    store::error::shown,
    ui::{
        scene::Scene,
        theme::{self, Palette, space},
        widgets::button,
    },
};

/// Licences of the program and of what it brings with it.
const LICENCES: &[(&str, &str)] = &[
    ("程序", "MIT 或 Apache-2.0，任选其一"),
    (
        "字体",
        "Jiping Sans、Jiping Serif（源自 Noto CJK），SIL OFL 1.1",
    ),
    ("图标", "Phosphor Icons 2.1，MIT"),
];

/// Tells about the program.
pub struct AboutDialog;

impl Dialog for AboutDialog {
    fn title(&self) -> String {
        "关于绩评".into()
    }

    fn width(&self) -> f32 {
        520.0
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        ui.label("项目支出绩效自评表的填报、校验和测算。不联网，数据只在本机。");
        ui.add_space(space::S);
        let folders = scene.environment.folders();
        let path = |path: Option<String>| path.unwrap_or_else(|| "没有，设置不保存".to_owned());
        let data = path(folders.map(|folders| shown(folders.data())));
        let log = path(folders.map(|folders| shown(&folders.log())));
        Grid::new("about")
            .num_columns(2)
            .spacing([space::L, space::S])
            .show(ui, |ui| {
                fact(ui, "版本", env!("CARGO_PKG_VERSION"));
                for (what, licence) in LICENCES {
                    fact(ui, what, licence);
                }
                fact(ui, "数据文件夹", &data);
                fact(ui, "日志", &log);
            });
        let is_read = buttons(ui, |ui| button::primary(ui, "关闭").clicked());
        if is_read || is_confirmed(ui) {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}

/// A line whose right side can be marked and copied.
fn fact(ui: &mut Ui, caption: &str, text: &str) {
    let weak = Palette::of(ui).text_weak;
    ui.label(RichText::new(caption).font(theme::text::grid()).color(weak));
    ui.add(Label::new(text).wrap().selectable(true));
    ui.end_row();
}
