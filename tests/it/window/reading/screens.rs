//! A small window whose pictures and texts are kept.

use std::{collections::BTreeMap, fs, path::Path};

use egui::{Key, Vec2};
use egui_kittest::kittest::NodeT as _;
use jiping::{
    edit::command::EditCommand,
    model::path::Place,
    store::simulated::SimulatedFs,
    ui::{action::Action, command::UiCommand, dialogs::Dialog},
};

use super::page::Entry;
use crate::window::setting::{SAMPLE, Setup, Window};

/// The folder of the pictures, below that of all pictures of windows.
const FOLDER: &str = "reading";

/// A window, and what stands in it when nothing is asked.
pub struct Screen {
    pub window: Window,
    plain: Vec<String>,
    number: usize,
    prefix: &'static str,
}

impl Screen {
    /// On the start page, with a name for notes. `prefix` tells its pictures from others.
    pub fn new(prefix: &'static str) -> Self {
        let fs = SimulatedFs::new();
        let sample = include_bytes!("../../../../assets/samples/shenzhen-2020-filed.jiping");
        fs.put(SAMPLE, sample);
        fs.put(
            "/data/settings.json",
            r#"{"appearance": "light", "user": "李梅"}"#,
        );
        Self::on(fs, prefix)
    }

    /// On the start page of a disk with something on it.
    pub fn on(fs: SimulatedFs, prefix: &'static str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::create_dir_all(root.join("target/window").join(FOLDER)).expect("a folder");
        let mut window = Window::on(
            fs,
            Setup {
                size: Vec2::new(1024.0, 700.0),
                pictures: true,
                ..Setup::default()
            },
        );
        window.run();
        let plain = texts(&window);
        Self {
            window,
            plain,
            number: 0,
            prefix,
        }
    }

    /// With the sample open.
    pub fn with_sample(prefix: &'static str) -> Self {
        let mut screen = Self::new(prefix);
        screen.window.open(SAMPLE);
        screen.settle();
        screen
    }

    /// Takes what is seen for plain: only what is added to it belongs to the entries that follow.
    pub fn settle(&mut self) {
        self.plain = texts(&self.window);
    }

    /// Takes what stands in another window for plain.
    pub fn compare_with(&mut self, other: &Self) {
        self.plain = texts(&other.window);
    }

    pub fn send(&mut self, action: Action) {
        self.window.harness.state_mut().send(action);
        self.window.run();
    }

    pub fn command(&mut self, command: UiCommand) {
        self.send(Action::Do(command));
    }

    /// Writes a text into the header.
    pub fn write(&mut self, key: &str, text: &str) {
        let at = self.window.project().at(Place::Header(key.into()));
        let text = text.to_owned();
        self.send(Action::Edit(EditCommand::SetCell { at, text }));
    }

    /// What is seen, with the texts that are not there when nothing is asked.
    pub fn entry(&mut self, title: &str, source: &str) -> Entry {
        self.number += 1;
        let name = format!("{}-{:02}", self.prefix, self.number);
        self.window.picture(&format!("{FOLDER}/{name}"));
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for text in &self.plain {
            *known.entry(text.clone()).or_default() += 1;
        }
        let is_new = |text: &String| match known.get_mut(text) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        };
        let new: Vec<String> = texts(&self.window).into_iter().filter(is_new).collect();
        assert!(!new.is_empty(), "{title}: nothing is to be seen");
        let mut entry = Entry::new(title, source).line("", new.join("\n"));
        entry.picture = Some(format!("{name}.png"));
        entry
    }

    /// A dialog as it comes up; it is closed afterwards.
    pub fn ask(&mut self, title: &str, source: &str, dialog: impl Dialog + 'static) -> Entry {
        self.settle();
        self.send(Action::Ask(Box::new(dialog)));
        self.entry_and_close(title, source)
    }

    /// What a command brings up; it is closed afterwards.
    pub fn run(&mut self, title: &str, source: &str, command: UiCommand) -> Entry {
        self.settle();
        self.command(command);
        self.entry_and_close(title, source)
    }

    /// Shows what is asked, and closes it.
    pub fn entry_and_close(&mut self, title: &str, source: &str) -> Entry {
        assert!(self.asks(), "{title}: no dialog came up");
        let entry = self.entry(title, source);
        for _ in 0..3 {
            if self.asks() {
                self.window.key(Key::Escape);
            }
        }
        assert!(!self.asks(), "{title} does not close");
        entry
    }

    fn asks(&self) -> bool {
        let layer = |memory: &egui::Memory| memory.top_modal_layer();
        self.window.harness.ctx.memory(layer).is_some()
    }
}

/// Everything that a screen reader would read, in its order.
fn texts(window: &Window) -> Vec<String> {
    let mut texts = Vec::new();
    for node in window.harness.root().children_recursive() {
        let node = node.accesskit_node();
        let words = [
            node.label(),
            node.value(),
            node.placeholder().map(Into::into),
        ];
        for text in words.into_iter().flatten() {
            let text = text.trim().to_owned();
            if text.chars().count() > 1 && texts.last() != Some(&text) {
                texts.push(text);
            }
        }
    }
    texts
}
