//! What stands where there is nothing yet, or nothing that was looked for.

use egui::{Key, Modifiers};
use jiping::{
    edit::command::EditCommand,
    model::policy::Severity,
    store::simulated::SimulatedFs,
    ui::{action::Action, command::UiCommand as C, desk::Page, dialogs::messages::MessagesDialog},
};

use super::{
    super::findings::button_of,
    page::{Chapter, Entry},
    screens::Screen,
};

pub fn chapter() -> Chapter {
    let mut entries = vec![start()];
    entries.extend(nothing_found());
    entries.extend(blank_form());
    entries.push(no_project());
    Chapter {
        title: "空白处",
        about: "还没有内容，或没有找到时看到的样子。",
        entries,
    }
}

fn start() -> Entry {
    let mut screen = Screen::on(SimulatedFs::new(), "start");
    // Everything on it counts.
    let plain = Screen::with_sample("start-sample");
    screen.compare_with(&plain);
    screen.entry("开始页，没有最近的文件", "src/ui/frame/start")
}

fn nothing_found() -> Vec<Entry> {
    let mut screen = Screen::with_sample("nothing");
    let mut entries = Vec::new();
    let none = "绝无此词";

    for level in [Severity::Error, Severity::Warning, Severity::Hint] {
        let button = button_of(&screen.window, level);
        screen.window.click(&button);
    }
    entries.push(screen.entry("校验栏：级别都不看", "src/ui/frame/sidebar/rows.rs"));

    screen.settle();
    screen.window.keys(Modifiers::COMMAND, Key::F);
    screen.window.type_text(none);
    entries.push(screen.entry("查找：没有找到", "src/ui/frame/find_bar/mod.rs"));
    screen.window.key(Key::Escape);

    screen.settle();
    screen.command(C::Palette);
    screen.window.type_text(none);
    entries.push(screen.entry_and_close("命令面板：没有找到", "src/ui/dialogs/palette.rs"));

    screen.settle();
    screen.command(C::Settings);
    screen.window.get("查找设置").focus();
    screen.window.run();
    screen.window.type_text(none);
    entries.push(screen.entry_and_close("设置：没有找到", "src/ui/dialogs/settings/mod.rs"));

    let messages = MessagesDialog::new(Vec::new());
    entries.push(screen.ask("最近的消息：还没有", "src/ui/dialogs/messages.rs", messages));

    screen.settle();
    screen.window.click("审核意见");
    entries.push(screen.entry("审核意见：还没有", "src/ui/pages/notes/mod.rs"));

    screen.settle();
    screen.command(C::Help);
    screen.window.get("搜索帮助").focus();
    screen.window.run();
    screen.window.type_text(none);
    entries.push(screen.entry("帮助：没有找到", "src/ui/help/panel.rs"));
    entries
}

fn blank_form() -> Vec<Entry> {
    let mut screen = Screen::new("blank");
    screen.command(C::New);
    screen.window.key(Key::Enter);
    let mut entries = Vec::new();
    for page in Page::ALL {
        screen.send(Action::ShowPage(page));
        let title = format!("新建的空表：{}", page.name());
        entries.push(screen.entry(&title, "src/ui/pages"));
    }
    entries
}

fn no_project() -> Entry {
    let mut screen = Screen::with_sample("none");
    screen.settle();
    let project = screen.window.project().id;
    screen.send(Action::Edit(EditCommand::RemoveProject { project }));
    screen.entry("文件中没有项目", "src/ui/pages/mod.rs")
}
