//! How files are called, and where they go: a pattern with what can stand in it, a folder, and the names that come of it.

use egui::{Id, Label, RichText, Ui};

use crate::{
    session::export::naming::Pattern,
    store::error::shown,
    ui::{
        action::Action,
        exporting::{ExportAction, Plan},
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::{button, choice, entry::Entry},
    },
};

/// What can stand in a name, and what it becomes.
const PLACEHOLDERS: [(&str, &str); 4] = [
    ("{name}", "项目名称"),
    ("{n}", "序号"),
    ("{year}", "年度"),
    ("{file}", "文件名"),
];

/// How many names are shown as examples.
const EXAMPLES: usize = 3;

/// The pattern as it is typed.
#[derive(Default)]
pub(super) struct Names {
    /// `None` before anything was typed.
    typed: Option<String>,
}

impl Names {
    /// The pattern for so many projects.
    pub(super) fn pattern(&self, projects: usize) -> String {
        let proposed = || for_each(projects).to_owned();
        self.typed.clone().unwrap_or_else(proposed)
    }

    /// Draws the name.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, projects: usize) {
        let mut pattern = self.pattern(projects);
        let mut is_for_each = Pattern::parse(&pattern).is_ok_and(|known| known.is_for_each());
        if projects > 1 {
            let before = is_for_each;
            ui.horizontal(|ui| {
                choice::beside_one_another(ui, |ui| {
                    ui.radio_value(&mut is_for_each, true, "每个项目一个文件");
                    ui.radio_value(&mut is_for_each, false, "合成一个文件");
                });
            });
            if is_for_each != before {
                pattern = match is_for_each {
                    true => for_each(projects).to_owned(),
                    false => of_all(scene),
                };
                self.typed = Some(pattern.clone());
            }
        }
        ui.horizontal(|ui| {
            ui.set_min_height(HIT);
            ui.label("文件名");
            let entry = Entry::new(Id::unique("names of exported files"), "文件名");
            if entry.show(ui, &mut pattern).changed() {
                self.typed = Some(pattern.clone());
            }
        });
        ui.horizontal_wrapped(|ui| {
            let weak = Palette::of(ui).text_weak;
            let small = |words: &str| RichText::new(words).font(theme::text::small()).color(weak);
            ui.label(small("可以插入"));
            for (placeholder, meaning) in PLACEHOLDERS {
                if button::quiet(ui, meaning)
                    .on_hover_text(placeholder)
                    .clicked()
                {
                    self.typed = Some(format!("{pattern}{placeholder}"));
                }
            }
        });
    }
}

/// A name of its own for each project.
fn for_each(projects: usize) -> &'static str {
    match projects {
        0 | 1 => "{name}",
        _ => "{n} {name}",
    }
}

/// One name for all projects: that of the document.
fn of_all(scene: &Scene<'_>) -> String {
    let name = scene.desk.map(|desk| desk.file_name()).unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    // Braces would be read as something to be put in.
    stem.replace(['{', '}'], "_")
}

/// Draws the folder.
pub(super) fn folder(ui: &mut Ui, scene: &mut Scene<'_>) {
    ui.horizontal(|ui| {
        ui.set_min_height(HIT);
        ui.label("文件夹");
        let verb = match scene.exporting.folder() {
            Some(_) => "更改…",
            None => "选择文件夹…",
        };
        if button::plain(ui, verb).clicked() {
            let choose = ExportAction::ChooseFolder;
            scene.send.send(Action::ExportFiles(Box::new(choose)));
        }
        if let Some(folder) = scene.exporting.folder() {
            let folder = shown(folder);
            let weak = Palette::of(ui).text_weak;
            ui.add(Label::new(RichText::new(&folder).color(weak)).truncate())
                .on_hover_text(folder);
        }
    });
}

/// Draws the names that come of it, or why there are none.
pub(super) fn examples(ui: &mut Ui, plan: Option<&Plan>) {
    let palette = Palette::of(ui);
    let (words, color) = match plan.map(|plan| &plan.files) {
        None => (String::new(), palette.text_weak),
        Some(Err(problem)) => (problem.clone(), palette.error),
        Some(Ok(files)) => {
            let names = files.iter().take(EXAMPLES).map(|path| {
                let name = path.file_name().unwrap_or_default();
                name.to_string_lossy()
            });
            let names = names.collect::<Vec<_>>().join("、");
            let words = match files.len() {
                0 => "没有可以导出的项目".to_owned(),
                count if count > EXAMPLES => format!("将生成：{names} 等 {count} 个文件"),
                _ => format!("将生成：{names}"),
            };
            (words, palette.text_weak)
        }
    };
    let words = RichText::new(words).font(theme::text::small()).color(color);
    ui.add(Label::new(words).wrap());
    for sentence in plan.iter().flat_map(|plan| &plan.left_out) {
        let sentence = RichText::new(sentence).font(theme::text::small());
        ui.add(Label::new(sentence.color(palette.warning)).wrap());
    }
    ui.add_space(space::XS);
}
