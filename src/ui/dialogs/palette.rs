//! The palette: every command, every project and every topic of help by name.

use std::cmp::Reverse;

use egui::{RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, choosing::Choosing, is_confirmed};
use crate::{
    model::{
        folding::Pattern,
        id::Id,
        pinyin::Sought,
        project::{Project, header},
    },
    ui::{
        action::Action,
        command::{self, UiCommand, in_words},
        frame::availability,
        help::book::{Address, Book, CONTENTS, Topic},
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::row::Row,
    },
};

/// The height of a line, in points.
const HEIGHT: f32 = 44.0;

/// Lets a command, a project or a topic be chosen by typing.
#[derive(Default)]
pub struct PaletteDialog {
    choosing: Choosing,
    /// Everything there is, collected when the dialog opens.
    entries: Option<Vec<Entry>>,
    /// What is found, as indexes of entries.
    found: Vec<usize>,
    /// What it was found for.
    searched: Option<String>,
}

struct Entry {
    what: What,
    name: String,
    label: String,
    detail: String,
    keys: String,
    enabled: bool,
}

#[derive(Clone, Copy)]
enum What {
    Topic(&'static Topic),
    Command(UiCommand),
    Project(Id<Project>),
}

impl Entry {
    fn of_command(scene: &Scene<'_>, command: UiCommand) -> Self {
        let label = command.label();
        let keys = command.shortcuts().first();
        Self {
            what: What::Command(command),
            name: format!("命令 {label}"),
            label: label.to_owned(),
            detail: command.explanation().to_owned(),
            keys: keys.map_or_else(String::new, in_words),
            enabled: availability::is_enabled(command, scene.desk, scene.position),
        }
    }

    fn of_project(project: &Project) -> Self {
        let label = project.name().trim();
        let code = project.header(header::PROJECT_CODE).trim();
        Self {
            what: What::Project(project.id),
            name: format!("转到项目 {label}"),
            label: label.to_owned(),
            detail: match code {
                "" => "转到这个项目".to_owned(),
                code => format!("转到这个项目，编码 {code}"),
            },
            keys: String::new(),
            enabled: true,
        }
    }

    fn of_topic(topic: &'static Topic) -> Self {
        let label = format!("帮助：{}", topic.title);
        Self {
            what: What::Topic(topic),
            name: label.clone(),
            label,
            detail: "打开这一篇帮助".to_owned(),
            keys: String::new(),
            enabled: true,
        }
    }

    fn icon(&self) -> Option<&'static str> {
        match self.what {
            What::Command(command) => command.icon(),
            What::Project(_) => Some(icons::FILE_TEXT),
            What::Topic(_) => Some(icons::QUESTION),
        }
    }

    /// How well it answers the search; `None` where it does not. Labels count before explanations.
    fn rank(&self, terms: &[(Pattern, Sought)]) -> Option<u8> {
        let in_label =
            |(term, spelt): &(Pattern, Sought)| term.is_in(&self.label) || spelt.is_in(&self.label);
        let all = terms
            .iter()
            .all(|term| in_label(term) || term.0.is_in(&self.detail));
        all.then(|| {
            let begins = terms.iter().any(|(term, _)| term.begins(&self.label));
            u8::from(begins) + u8::from(terms.iter().all(in_label))
        })
    }
}

impl PaletteDialog {
    fn collect(&mut self, scene: &Scene<'_>) {
        if self.entries.is_some() {
            return;
        }
        let commands = command::ALL.into_iter();
        let commands = commands
            .filter(|command| *command != UiCommand::Palette)
            .map(|command| Entry::of_command(scene, command));
        let projects = scene.desk.into_iter().flat_map(|desk| {
            let projects = desk.session.document().projects.iter();
            projects.map(|project| Entry::of_project(project))
        });
        let topics = Book::get().topics.iter();
        let topics = topics.filter(|topic| topic.name != CONTENTS);
        let topics = topics.map(Entry::of_topic);
        self.entries = Some(commands.chain(projects).chain(topics).collect());
    }

    fn find(&mut self) {
        if self.searched.as_ref() == Some(&self.choosing.search) {
            return;
        }
        let words = self.choosing.search.split_whitespace();
        let terms: Vec<(Pattern, Sought)> = words
            .map(|word| (Pattern::new(word), Sought::new(word)))
            .collect();
        let entries = self.entries.iter().flatten().enumerate();
        let mut ranked: Vec<(u8, usize)> = entries
            .filter_map(|(index, entry)| Some((entry.rank(&terms)?, index)))
            .collect();
        ranked.sort_by_key(|(rank, _)| Reverse(*rank));
        self.found = ranked.into_iter().map(|(_, index)| index).collect();
        self.searched = Some(self.choosing.search.clone());
    }

    fn list(&self, ui: &mut Ui) -> Option<usize> {
        let mut clicked = None;
        let entries = self.entries.as_deref().unwrap_or_default();
        ui.spacing_mut().item_spacing.y = 0.0;
        let height = (ui.ctx().content_rect().height() - 220.0).clamp(120.0, 440.0);
        let area = ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false]);
        area.show_viewport(ui, |ui, viewport| {
            let top = ui.max_rect().top();
            let width = ui.max_rect().x_range();
            ui.set_height(HEIGHT * self.found.len() as f32);
            let rect = |line: usize| {
                let y = top + HEIGHT * line as f32;
                egui::Rect::from_x_y_ranges(width, y..=y + HEIGHT)
            };
            if self.choosing.moved {
                ui.scroll_to_rect(rect(self.choosing.line), None);
            }
            let first = (viewport.top() / HEIGHT).floor().max(0.0) as usize;
            let last = (viewport.bottom() / HEIGHT).ceil().max(0.0) as usize;
            for line in first..last.min(self.found.len()) {
                let Some(entry) = self.found.get(line).and_then(|index| entries.get(*index)) else {
                    continue;
                };
                let builder = egui::UiBuilder::new().max_rect(rect(line)).id_salt(line);
                let mut place = ui.new_child(builder);
                if show_entry(&mut place, entry, line == self.choosing.line).clicked() {
                    clicked = Some(line);
                }
            }
        });
        clicked
    }
}

fn show_entry(ui: &mut Ui, entry: &Entry, is_chosen: bool) -> egui::Response {
    let palette = Palette::of(ui);
    Row::new(&entry.name)
        .icon(Some(entry.icon().unwrap_or_default()))
        .line(&entry.label, egui::FontId::proportional(14.0), palette.text)
        .line(&entry.detail, theme::text::small(), palette.text_weak)
        .note(&entry.keys)
        .chosen(is_chosen)
        .enabled(entry.enabled)
        .show(ui, HEIGHT)
}

impl Dialog for PaletteDialog {
    fn title(&self) -> String {
        "命令面板".into()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        self.collect(scene);
        let lines = self.found.len();
        let hint = "输入命令、项目或帮助的名称，或拼音首字母";
        self.choosing.field(ui, "查找命令", hint, lines);
        self.find();
        ui.add_space(space::XS);
        if self.found.is_empty() {
            let words = RichText::new("没有找到这样的命令、项目或帮助");
            ui.label(words.color(Palette::of(ui).text_weak));
            return Outcome::Open;
        }
        let clicked = self.list(ui);
        let chosen = clicked.or_else(|| is_confirmed(ui).then_some(self.choosing.line));
        let entry = chosen
            .and_then(|line| self.found.get(line))
            .and_then(|index| self.entries.as_ref()?.get(*index))
            .filter(|entry| entry.enabled);
        let Some(entry) = entry else {
            return Outcome::Open;
        };
        scene.send.send(match entry.what {
            What::Command(command) => Action::Do(command),
            What::Project(project) => Action::ShowProject(project),
            What::Topic(topic) => Action::Help(Some(Address::topic(&topic.name))),
        });
        Outcome::Close
    }
}
