//! Every command as menus and the palette show it.

use jiping::ui::command::{MENUS, in_words};

use super::page::{Chapter, Entry};

pub fn chapter() -> Chapter {
    let entries = MENUS.iter().map(|menu| {
        let commands = menu.groups.iter().flat_map(|group| group.iter());
        let entry = Entry::new(format!("菜单：{}", menu.caption), "src/ui/command.rs");
        commands.fold(entry, |entry, command| {
            let keys: Vec<_> = command.shortcuts().iter().map(in_words).collect();
            let keys = match keys.is_empty() {
                true => String::new(),
                false => format!("　〔{}〕", keys.join("、")),
            };
            entry.line(command.label(), format!("{}{keys}", command.explanation()))
        })
    });
    Chapter {
        title: "命令",
        about: "菜单中的每个命令、它的说明和快捷键。",
        entries: entries.collect(),
    }
}
