//! What each setting is set with.

use egui::{Id, Label, RichText, Ui};

use super::{SettingsDialog, item::Item};
use crate::{
    sheet::fonts,
    store::{
        backup::KEPT,
        error::shown,
        settings::{Appearance, Face, MoneyDisplay, Renderer},
    },
    ui::{
        action::Action,
        dialogs::holds_preedit,
        faces::Faces,
        preferences::Change,
        scene::Scene,
        theme::{self, HIT, Palette},
        widgets::{button, choice, entry::Entry},
    },
};

const APPEARANCES: [(Appearance, &str); 3] = [
    (Appearance::System, "跟随系统"),
    (Appearance::Light, "浅色"),
    (Appearance::Dark, "深色"),
];

const MONEY: [(MoneyDisplay, &str); 3] = [
    (MoneyDisplay::AsFiled, "按表样"),
    (MoneyDisplay::Yuan, "元"),
    (MoneyDisplay::TenThousand, "万元"),
];

const RENDERERS: [(Renderer, &str, &str); 5] = [
    (Renderer::Auto, "自动", "依次尝试，用第一种可用的"),
    (Renderer::Dx12, "Direct3D 12", "仅 Windows"),
    (Renderer::Vulkan, "Vulkan", "独立显卡和较新的集成显卡"),
    (Renderer::Gl, "OpenGL", "较旧的显卡"),
    (Renderer::Glow, "OpenGL（兼容）", "远程桌面、虚拟机"),
];

/// Sizes to choose from, in percent.
const SIZES: [u16; 10] = [50, 75, 90, 100, 110, 125, 150, 200, 250, 300];

/// Waits for the recovery copy to choose from, in seconds.
const DELAYS: [(u16, &str); 4] = [(5, "5 秒"), (15, "15 秒"), (30, "30 秒"), (60, "60 秒")];

impl SettingsDialog {
    /// Draws what a setting is set with; `caption` is the label with its name.
    pub(super) fn control(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, item: Item, caption: Id) {
        let settings = scene.settings;
        let change = match item {
            Item::Appearance => one_of(ui, &APPEARANCES, settings.appearance, Change::Appearance),
            Item::Money => one_of(ui, &MONEY, settings.money, Change::Money),
            Item::RecoveryDelay => one_of(ui, &DELAYS, settings.recovery_delay, |seconds| {
                Change::RecoveryDelay(seconds)
            }),
            Item::Zoom => zoom(ui, settings.zoom, caption),
            Item::Renderer => renderer(ui, settings.renderer, caption),
            Item::Face => face(ui, settings.face, scene.faces),
            Item::AlsoExport => {
                let mut is_on = settings.also_export;
                let words = "每次保存时，在文件旁边同时导出一份 PDF";
                let box_ = choice::beside_one_another(ui, |ui| ui.checkbox(&mut is_on, words));
                box_.changed().then_some(Change::AlsoExport(is_on))
            }
            Item::EmbedEditions => {
                let mut is_on = settings.embed_editions;
                let words = "保存时，自行添加的表样随文件保存";
                let box_ = choice::beside_one_another(ui, |ui| ui.checkbox(&mut is_on, words));
                box_.changed().then_some(Change::EmbedEditions(is_on))
            }
            Item::User => self.user(ui, scene),
            Item::Folder => return folder(ui, scene),
            Item::DataFolder => return data_folder(ui, scene),
            // Nothing to set, but people look for it here.
            Item::Backups => {
                line(ui, &format!("每个文件保留最近 {KEPT} 版"));
                None
            }
            Item::Pointers => {
                let is_seen = settings.pointers_seen;
                let again = ui.add_enabled_ui(is_seen, |ui| button::plain(ui, "再次显示"));
                let again = again
                    .inner
                    .on_disabled_hover_text("还没有看过，或已设为再次显示");
                again.clicked().then_some(Change::ShowPointers)
            }
        };
        if let Some(change) = change {
            scene.send.send(Action::Change(change));
        }
    }

    /// The name, as it is typed; without one, that of the system's user is proposed where a name is asked for.
    fn user(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Change> {
        let current = scene.settings.user.as_deref().unwrap_or_default();
        let name = self.name.get_or_insert_with(|| current.to_owned());
        let field = Entry::new(Id::unique("name in the settings"), "姓名")
            .hint(&format!("{}（系统用户名）", scene.environment.user()))
            .width(240.0)
            .show(ui, name);
        let is_held = field.has_focus() && holds_preedit(ui.ctx());
        let is_other = name.trim() != current;
        (is_other && !is_held).then(|| Change::User(name.trim().to_owned()))
    }
}

/// Radio buttons beside one another.
fn one_of<T: Copy + PartialEq>(
    ui: &mut Ui,
    options: &[(T, &'static str)],
    current: T,
    change: impl FnOnce(T) -> Change,
) -> Option<Change> {
    let mut chosen = current;
    ui.horizontal_wrapped(|ui| {
        choice::beside_one_another(ui, |ui| {
            for (value, words) in options {
                ui.radio_value(&mut chosen, *value, *words);
            }
        });
    });
    (chosen != current).then(|| change(chosen))
}

fn zoom(ui: &mut Ui, current: u16, caption: Id) -> Option<Change> {
    let words = SIZES.map(|size| format!("{size}%"));
    let options = words.iter().map(|words| (words.as_str(), ""));
    let chosen = limited(ui, |ui| {
        choice::show(
            ui,
            Item::Zoom.name(),
            caption,
            &format!("{current}%"),
            options,
        )
    });
    SIZES.get(chosen?).map(|size| Change::Zoom(*size))
}

fn renderer(ui: &mut Ui, current: Renderer, caption: Id) -> Option<Change> {
    let is_current = |option: &&(Renderer, &str, &str)| option.0 == current;
    let shown = RENDERERS
        .iter()
        .find(is_current)
        .map_or("", |option| option.1);
    let options = RENDERERS.iter().map(|(_, name, about)| (*name, *about));
    let chosen = limited(ui, |ui| {
        choice::show(ui, Item::Renderer.name(), caption, shown, options)
    });
    RENDERERS
        .get(chosen?)
        .map(|option| Change::Renderer(option.0))
}

/// A list to choose from is no wider than its longest line.
fn limited<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width().min(320.0));
        content(ui)
    })
    .inner
}

fn face(ui: &mut Ui, current: Face, faces: &Faces) -> Option<Change> {
    let options = Face::ALL.map(|face| (face, fonts::Face::from(face).name()));
    let change = one_of(ui, &options, current, Change::Face);
    let face = fonts::Face::from(current);
    let palette = Palette::of(ui);
    let (words, color) = match (faces, faces.has(face)) {
        (_, Some(false)) => (
            format!(
                "这台电脑上没有“{}”，打印和导出时改用自带字体。",
                face.name()
            ),
            palette.warning,
        ),
        (Faces::Looking, _) if face != fonts::Face::Bundled => {
            ("正在查看这台电脑上的字体…".to_owned(), palette.text_weak)
        }
        _ => return change,
    };
    let words = RichText::new(words).font(theme::text::small()).color(color);
    ui.add(Label::new(words).wrap());
    change
}

fn folder(ui: &mut Ui, scene: &mut Scene<'_>) {
    match &scene.settings.folder {
        Some(folder) => line(ui, &shown(folder)),
        None => line(ui, "上次使用的文件夹"),
    }
    ui.horizontal_wrapped(|ui| {
        if button::plain(ui, "选择文件夹…").clicked() {
            scene.send.send(Action::ChooseFolder);
        }
        if scene.settings.folder.is_some() && button::plain(ui, "改用上次使用的").clicked() {
            scene.send.send(Action::Change(Change::Folder(None)));
        }
    });
}

fn data_folder(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(folders) = scene.environment.folders() else {
        ui.label("没有数据文件夹：设置和副本不能保存");
        return;
    };
    line(ui, &shown(folders.data()));
    ui.horizontal_wrapped(|ui| {
        if button::plain(ui, "打开数据文件夹").clicked() {
            scene.send.send(Action::OpenDataFolder);
        }
        if button::plain(ui, "复制路径").clicked() {
            scene.send.send(Action::Copy(shown(folders.data())));
            scene
                .send
                .send(Action::Say("已复制数据文件夹的路径".to_owned()));
        }
    });
}

/// What is set, on the line of the name; a path goes over as many lines as it takes.
fn line(ui: &mut Ui, words: &str) {
    ui.horizontal(|ui| {
        ui.set_min_height(HIT);
        ui.add(Label::new(words).wrap().selectable(true));
    });
}
