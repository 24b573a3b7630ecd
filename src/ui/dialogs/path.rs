//! A simple dialog for paths, where the system has none.

use std::path::{Path, PathBuf};

use egui::{
    TextEdit, Ui,
    text::{CCursor, CCursorRange},
};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    store::error::shown,
    ui::{
        action::{Action, Next},
        files::FileRequest,
        icons,
        scene::Scene,
        theme::{Palette, space},
        widgets::button,
    },
};

/// Asks for a path by typing and by choosing from the folder's files.
pub struct PathDialog {
    request: FileRequest,
    next: Option<Next>,
    folder: PathBuf,
    name: String,
    /// What the folder holds, read when it was entered.
    entries: Option<Vec<Entry>>,
    /// The path that will be replaced if it is chosen once more.
    replacing: Option<PathBuf>,
    /// Not shown yet: the name then takes the keyboard.
    is_new: bool,
}

struct Entry {
    name: String,
    is_folder: bool,
}

impl PathDialog {
    /// For this request.
    pub fn new(request: FileRequest, next: Option<Next>) -> Self {
        let folder = request
            .folder
            .clone()
            .or_else(|| std::env::current_dir().ok())
            .unwrap_or_else(|| PathBuf::from("/"));
        Self {
            name: request.name.clone(),
            folder,
            request,
            next,
            entries: None,
            replacing: None,
            is_new: true,
        }
    }

    fn enter(&mut self, folder: PathBuf) {
        self.folder = folder;
        self.entries = None;
        self.replacing = None;
    }

    fn read(&mut self, scene: &Scene<'_>) {
        if self.entries.is_some() {
            return;
        }
        let fs = scene.environment.fs();
        let (_, extensions) = self.request.filter();
        let mut entries: Vec<Entry> = fs
            .list(&self.folder)
            .unwrap_or_default()
            .into_iter()
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| !name.starts_with('.'))
            .map(|name| Entry {
                is_folder: fs.list(&self.folder.join(&name)).is_ok(),
                name,
            })
            .filter(|entry| {
                let extension = Path::new(&entry.name).extension();
                let known = extension.and_then(|extension| extension.to_str());
                entry.is_folder || known.is_some_and(|known| extensions.contains(&known))
            })
            .collect();
        entries.sort_by(|a, b| {
            b.is_folder
                .cmp(&a.is_folder)
                .then_with(|| a.name.cmp(&b.name))
        });
        self.entries = Some(entries);
    }

    fn list(&mut self, ui: &mut Ui) {
        let mut entered = None;
        egui::ScrollArea::vertical()
            .max_height(260.0)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let up = format!("{} 上一级文件夹", icons::ARROW_UP);
                if let Some(parent) = self.folder.parent()
                    && ui.selectable_label(false, up).clicked()
                {
                    entered = Some(parent.to_path_buf());
                }
                for entry in self.entries.iter().flatten() {
                    let icon = match entry.is_folder {
                        true => icons::FOLDER_OPEN,
                        false => icons::FILE_TEXT,
                    };
                    let text = format!("{icon} {}", entry.name);
                    if ui
                        .selectable_label(!entry.is_folder && entry.name == self.name, text)
                        .clicked()
                    {
                        if entry.is_folder {
                            entered = Some(self.folder.join(&entry.name));
                        } else {
                            self.name.clone_from(&entry.name);
                        }
                    }
                }
            });
        if let Some(folder) = entered {
            self.enter(folder);
        }
    }

    /// What stands against the path, if anything.
    fn objection(&self, path: &Path, scene: &Scene<'_>) -> Option<&'static str> {
        if self.request.is_folder() {
            let is_folder = scene.environment.fs().list(path).is_ok();
            return (!is_folder).then_some("这里没有这个文件夹");
        }
        let exists = scene.environment.fs().info(path).is_ok();
        if self.request.is_open() {
            return (!exists).then_some("这里没有这个文件");
        }
        let is_agreed = self.replacing.as_deref() == Some(path);
        (exists && !is_agreed).then_some("同名文件已存在。再按一次就替换它，也可以换一个文件名")
    }
}

impl Dialog for PathDialog {
    fn title(&self) -> String {
        self.request.title().into()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        self.read(scene);
        ui.label(egui::RichText::new(shown(&self.folder)).color(Palette::of(ui).text_weak));
        self.list(ui);
        ui.add_space(space::S);
        let caption = match self.request.is_folder() {
            true => "文件夹名或完整路径；留空即选择上面这个文件夹",
            false => "文件名或完整路径",
        };
        let label = ui.label(caption);
        let edit = TextEdit::singleline(&mut self.name).desired_width(f32::INFINITY);
        let mut output = edit.show(ui);
        let edit = output.response.response.labelled_by(label.id);
        if std::mem::take(&mut self.is_new) {
            edit.request_focus();
            // As in the system's dialogs: typing gives another name and keeps the extension.
            let stem = Path::new(&self.name).file_stem();
            let end = stem.map_or(0, |stem| stem.to_string_lossy().chars().count());
            let selected = CCursorRange::two(CCursor::new(0), CCursor::new(end));
            output.state.cursor.set_char_range(Some(selected));
            output.state.store(ui.ctx(), edit.id);
        }
        if edit.changed() {
            self.replacing = None;
        }
        let path = match self.name.trim() {
            "" => self.folder.clone(),
            name => self.folder.join(name),
        };
        let objection = self.objection(&path, scene);
        if let Some(objection) = objection {
            let color = Palette::of(ui).warning;
            ui.colored_label(color, objection);
        }
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            let verb = match () {
                () if self.request.is_folder() => "选择",
                () if self.request.is_open() => "打开",
                () => "保存",
            };
            let chosen = button::primary(ui, verb).clicked() || confirmed;
            let is_named = self.request.is_folder() || !self.name.trim().is_empty();
            if chosen && is_named {
                if objection.is_none() {
                    let action = Action::UsePath(self.request.clone(), path, self.next.clone());
                    scene.send.send(action);
                    return Outcome::Close;
                }
                self.replacing = Some(path);
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
