//! The keys of commands: which call what, how they are called in words, and in which order they are looked for.

use std::sync::LazyLock;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{ALL, UiCommand};
use crate::ui::desk::Page;
use UiCommand as C;

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl UiCommand {
    /// The keys that call it, the one that menus show first.
    pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
        const fn keys<const N: usize>(keys: [(Modifiers, Key); N]) -> [KeyboardShortcut; N] {
            let mut all = [KeyboardShortcut::new(Modifiers::NONE, Key::A); N];
            let mut index = 0;
            while index < N {
                all[index] = KeyboardShortcut::new(keys[index].0, keys[index].1);
                index += 1;
            }
            all
        }
        macro_rules! keys {
            ($($modifiers:expr, $key:ident);+) => {{
                const KEYS: &[KeyboardShortcut] = &keys([$(($modifiers, Key::$key)),+]);
                KEYS
            }};
        }
        match self {
            C::New => keys!(CTRL, N),
            C::Open => keys!(CTRL, O),
            C::Import => keys!(CTRL, I),
            C::Save => keys!(CTRL, S),
            C::SaveAs => keys!(CTRL_SHIFT, S; Modifiers::NONE, F12),
            C::Print => keys!(CTRL, P),
            C::ExportFiles => keys!(CTRL, E),
            C::Library => keys!(CTRL, L),
            C::Transcribe => keys!(CTRL, T),
            C::Settings => keys!(CTRL, Comma),
            C::CloseDocument => keys!(CTRL, W),
            C::Undo => keys!(CTRL, Z),
            C::Redo => keys!(CTRL, Y; CTRL_SHIFT, Z),
            C::Find => keys!(CTRL, F),
            C::Replace => keys!(CTRL, H),
            C::InsertRow => keys!(CTRL_SHIFT, Plus; CTRL_SHIFT, Equals),
            C::RemoveRows => keys!(CTRL, Minus),
            C::MoveRowUp => keys!(Modifiers::ALT, ArrowUp),
            C::MoveRowDown => keys!(Modifiers::ALT, ArrowDown),
            C::PreviousProject => keys!(CTRL, PageUp),
            C::NextProject => keys!(CTRL, PageDown),
            C::ExplainScore => keys!(Modifiers::NONE, F9),
            C::WriteDeviation => keys!(Modifiers::SHIFT, F9),
            C::AddNote => keys!(Modifiers::SHIFT, F2),
            C::NextNote => keys!(Modifiers::NONE, F7),
            C::PreviousNote => keys!(Modifiers::SHIFT, F7),
            C::NextFinding => keys!(Modifiers::NONE, F8),
            C::PreviousFinding => keys!(Modifiers::SHIFT, F8),
            C::ShowPage(Page::Basics) => keys!(CTRL, Num1),
            C::ShowPage(Page::Funds) => keys!(CTRL, Num2),
            C::ShowPage(Page::Goals) => keys!(CTRL, Num3),
            C::ShowPage(Page::Indicators) => keys!(CTRL, Num4),
            C::ShowPage(Page::Charts) => keys!(CTRL, Num5),
            C::ShowPage(Page::Preview) => keys!(CTRL, Num6),
            C::ShowPage(Page::Notes) => keys!(CTRL, Num7),
            C::ShowPage(Page::WorkingPaper) => keys!(CTRL, Num8),
            C::ShowPage(Page::Monitoring) => keys!(CTRL, Num9),
            C::NextPane => keys!(Modifiers::NONE, F6),
            C::MenuBar => keys!(Modifiers::NONE, F10),
            C::ZoomReset => keys!(CTRL, Num0),
            C::Palette => keys!(CTRL_SHIFT, P),
            C::Help => keys!(Modifiers::NONE, F1),
            _ => &[],
        }
    }
}

/// Keys as keyboards and Excel name them: "Ctrl+Shift+＋".
pub fn in_words(keys: &KeyboardShortcut) -> String {
    let held = [
        (keys.modifiers.command || keys.modifiers.ctrl, "Ctrl+"),
        (keys.modifiers.alt, "Alt+"),
        (keys.modifiers.shift, "Shift+"),
    ];
    let held: String = held
        .into_iter()
        .filter_map(|(is_held, name)| is_held.then_some(name))
        .collect();
    let key = match keys.logical_key {
        Key::Plus => "＋",
        Key::Minus => "－",
        Key::Comma => "，",
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        key => key.symbol_or_name(),
    };
    format!("{held}{key}")
}

/// All keys with their commands, those with more modifiers first: a shorter one would swallow the longer.
pub fn by_length() -> &'static [(KeyboardShortcut, UiCommand)] {
    static ALL_KEYS: LazyLock<Vec<(KeyboardShortcut, UiCommand)>> = LazyLock::new(sorted_keys);
    &ALL_KEYS
}

fn sorted_keys() -> Vec<(KeyboardShortcut, UiCommand)> {
    let keys = |command: UiCommand| {
        let shortcuts = command.shortcuts().iter();
        shortcuts.map(move |shortcut| (*shortcut, command))
    };
    let mut all: Vec<_> = ALL.into_iter().flat_map(keys).collect();
    all.sort_by_key(|(shortcut, _)| std::cmp::Reverse(modifiers_of(shortcut)));
    all
}

fn modifiers_of(shortcut: &KeyboardShortcut) -> usize {
    let modifiers = shortcut.modifiers;
    [
        modifiers.alt,
        modifiers.shift,
        modifiers.ctrl || modifiers.command,
    ]
    .into_iter()
    .filter(|held| *held)
    .count()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut taken = HashMap::new();
        for command in ALL {
            for shortcut in command.shortcuts() {
                let other = taken.insert((shortcut.modifiers, shortcut.logical_key), command);
                assert!(
                    other.is_none(),
                    "{command:?} and {other:?} share {shortcut:?}"
                );
            }
        }
    }

    #[test]
    fn keys_are_told_apart_from_their_supersets() {
        // Ctrl+Z and Ctrl+Shift+Z: the longer one must be looked for first, or the shorter one swallows it.
        let ordered = by_length();
        let lengths = ordered.iter().map(|(shortcut, _)| modifiers_of(shortcut));
        assert!(lengths.is_sorted_by(|long, short| long >= short));
    }
}
