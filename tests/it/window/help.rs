//! Help: opened where the person is, read, searched, followed and closed, with keys alone.

use std::{collections::BTreeSet, path::Path};

use egui::{Key, Modifiers, Theme, Vec2, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::ui::{
    action::Action,
    command::{ALL, MENUS, UiCommand},
    desk::Page,
    help::{
        book::{Address, Book},
        text::Block,
    },
};

use super::setting::{SAMPLE, Setup, Window};

/// The title or heading that is shown with these words.
fn shows(window: &Window, words: &str) -> bool {
    window
        .harness
        .query_all_by_role_and_label(Role::Label, words)
        .next()
        .is_some()
}

fn is_open(window: &Window) -> bool {
    window.has("搜索帮助")
}

#[test]
fn f1_on_the_start_page_shows_the_first_five_minutes() {
    let mut window = Window::new();
    window.run();
    window.key(Key::F1);
    assert!(shows(&window, "五分钟上手"));
    assert!(window.get("搜索帮助").is_focused());
    assert!(window.has("把表拖到这里"), "the start page stays");
    window.key(Key::F1);
    assert!(!is_open(&window));
}

#[test]
fn f1_in_a_field_shows_what_is_said_of_it_and_gives_the_focus_back() {
    let mut window = Window::with_sample();
    let cell = window.cell();
    window.key(Key::F1);
    assert!(shows(&window, "绩效指标页"));
    assert!(
        !window.has("查找问题"),
        "help stands in the place of the findings"
    );
    window.key(Key::Escape);
    assert!(!is_open(&window));
    assert!(window.has("查找问题"), "and gives it back");
    window.type_text("8");
    window.key(Key::Enter);
    let text = cell.and_then(|at| {
        let text = window.project().cell_text(&at.place)?.into_owned();
        Some(text)
    });
    assert_eq!(text.as_deref(), Some("8"), "typed where the person was");
}

#[test]
fn every_page_opens_its_topic() {
    for page in Page::ALL {
        let mut window = Window::with_sample();
        window.click(page.name());
        window.key(Key::F1);
        let title = format!("{}页", page.name());
        assert!(shows(&window, &title), "{title}");
    }
}

#[test]
fn a_field_far_down_in_a_topic_is_scrolled_to() {
    let mut window = Window::with(Setup {
        size: Vec2::new(1024.0, 480.0),
        ..Setup::default()
    });
    window.open(SAMPLE);
    // The last column: 偏差原因分析及改进措施.
    for _ in 0..12 {
        window.key(Key::ArrowRight);
    }
    window.key(Key::F1);
    let heading = window.get("偏差原因").rect();
    let field = window.get("搜索帮助").rect();
    let room = field.bottom()..480.0;
    let is_seen = room.contains(&heading.top()) && room.contains(&heading.bottom());
    assert!(is_seen, "{heading:?} beneath {field:?}");
}

#[test]
fn a_finding_opens_its_rule() {
    let mut window = Window::with_sample();
    window.key(Key::F8);
    window.click("规则说明");
    assert!(shows(&window, "检查什么"));
    assert!(shows(&window, "能自动修正吗"));
    window.click("关闭帮助");
    assert!(window.has("规则说明"), "the finding is still open");
    // By keys alone: F6 goes to the findings.
    window.key(Key::F6);
    for _ in 0..3 {
        window.key(Key::Tab);
        window.key(Key::F1);
        if shows(&window, "检查什么") {
            return;
        }
        window.key(Key::F1);
    }
    panic!("no finding took the focus");
}

#[test]
fn links_are_followed_and_gone_back_from_by_keys() {
    let mut window = Window::new();
    window.run();
    window.key(Key::F1);
    let link = |window: &Window| {
        let links = window
            .harness
            .query_all_by_role_and_label(Role::Link, "可以粘贴");
        links.map(|link| link.is_focused()).next()
    };
    for _ in 0..30 {
        window.key(Key::Tab);
        if link(&window) == Some(true) {
            break;
        }
    }
    assert_eq!(link(&window), Some(true), "Tab comes to every link");
    window.key(Key::Enter);
    assert!(shows(&window, "从 Excel 粘贴"));
    window.click("返回上一页");
    assert!(shows(&window, "五分钟上手"));
    window.click("帮助目录");
    assert!(shows(&window, "各页"));
    window.click("资金页");
    assert!(shows(&window, "填资金表"));
}

#[test]
fn help_is_searched_by_keys() {
    let mut window = Window::with_sample();
    window.key(Key::F1);
    window.type_text("c16");
    assert!(window.has("帮助：C16 组内有指标未达标却得满分"));
    window.key(Key::Enter);
    assert!(shows(&window, "C16 组内有指标未达标却得满分"));
    assert!(window.get("搜索帮助").is_focused(), "one can search on");
    window.type_text("最近十份");
    window.key(Key::ArrowDown);
    window.key(Key::ArrowUp);
    window.key(Key::Enter);
    assert!(shows(&window, "保存与恢复"));
    window.type_text("绝无此词");
    assert!(window.has("没有找到“绝无此词”"));
    window.key(Key::Escape);
    assert!(shows(&window, "保存与恢复"), "Esc clears the search first");
    window.key(Key::Escape);
    assert!(!is_open(&window));
}

#[test]
fn the_keys_of_commands_and_grid_are_listed() {
    let mut window = Window::with_sample();
    window.harness.state_mut().send(Action::Do(UiCommand::Keys));
    window.run();
    assert!(window.has("Ctrl+S"));
    assert!(window.has("向下填充"));
    let book = Book::get();
    let keys: String = book
        .topic("keys")
        .expect("a topic")
        .blocks
        .iter()
        .map(Block::text)
        .collect();
    for command in ALL
        .into_iter()
        .filter(|command| !command.shortcuts().is_empty())
    {
        let label = command.label().trim_end_matches('…');
        assert!(keys.contains(label), "{label}");
    }
}

#[test]
fn where_things_are_kept_is_told_for_this_computer() {
    let mut window = Window::new();
    window.run();
    window.key(Key::F1);
    window.type_text("存放在哪里");
    window.key(Key::Enter);
    assert!(window.has("/data/backups"));
    window.click("复制路径：备份");
    let said = window.harness.state().said().concat();
    assert!(said.contains("已复制备份的路径"), "{said}");
}

#[test]
fn the_palette_finds_topics() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    window.type_text("帮助 批复值");
    window.key(Key::Enter);
    assert!(shows(&window, "批复值与调整"));
}

#[test]
fn a_dialog_has_its_topic_too() {
    let mut window = Window::with_sample();
    window
        .harness
        .state_mut()
        .send(Action::Do(UiCommand::BatchFunds));
    window.run();
    window.key(Key::F1);
    assert!(shows(&window, "资金页"));
    window.key(Key::Escape);
    assert!(window.has("批量填资金"), "what was asked is still asked");
}

#[test]
fn in_a_narrow_window_help_comes_to_the_front_and_leaves_things_as_they_were() {
    for (width, height, scale) in [
        (1024.0, 700.0, 1.0),
        (683.0, 467.0, 1.5),
        (560.0, 500.0, 1.0),
    ] {
        let mut window = Window::with(Setup {
            size: Vec2::new(width, height),
            scale,
            ..Setup::default()
        });
        window.open(SAMPLE);
        let before = (window.has("搜索项目"), window.has("查找问题"));
        window.key(Key::F1);
        assert!(is_open(&window), "{width}");
        let right = window.get("关闭帮助").rect().right();
        assert!(right <= width, "{width}: nothing is clipped");
        window.key(Key::F1);
        let after = (window.has("搜索项目"), window.has("查找问题"));
        assert_eq!(before, after, "{width}");
    }
}

#[test]
fn the_findings_can_be_called_while_help_is_open() {
    let mut window = Window::with_sample();
    window.key(Key::F1);
    window.click("视图");
    window.click("校验栏");
    assert!(!is_open(&window));
    assert!(window.has("查找问题"));
}

#[test]
fn a_topic_is_scrolled_by_keys() {
    let mut window = Window::new();
    window.run();
    window.click("第一次用？看五分钟上手");
    window.key(Key::F1);
    window.key(Key::F1);
    let top = |window: &Window| window.get("2. 改一个问题").rect().top();
    let before = top(&window);
    window.key(Key::ArrowDown);
    assert!(top(&window) < before);
    window.key(Key::ArrowUp);
    assert_eq!(top(&window), before);
}

#[test]
fn a_finding_that_help_stands_before_is_told_in_passing() {
    let mut window = Window::with_sample();
    window.key(Key::F1);
    window.key(Key::F8);
    let said = window.harness.state().said().concat();
    assert!(said.contains("错误") || said.contains("警告"), "{said}");
}

#[test]
fn a_cell_and_a_page_have_help_at_hand() {
    let mut window = Window::with_sample();
    window.click("绩效指标页的帮助");
    assert!(shows(&window, "绩效指标页"));
    window.click("关闭帮助");
    let cell = window.harness.query_all_by_label_contains("绩效指标 第3行");
    cell.last().expect("a cell").click_secondary();
    window.run();
    window.click("这一格的说明");
    assert!(is_open(&window));
}

#[test]
fn help_draws_in_light_and_dark_wide_and_narrow() {
    let looks = [
        ("light", Theme::Light, [1366.0, 768.0], 1.0),
        ("dark", Theme::Dark, [1366.0, 768.0], 1.0),
        ("1024", Theme::Light, [1024.0, 700.0], 1.0),
        ("150", Theme::Light, [911.0, 512.0], 1.5),
    ];
    for (name, theme, size, scale) in looks {
        let mut window = Window::with(Setup {
            size: size.into(),
            scale,
            theme,
            pictures: true,
        });
        window.run();
        window.key(Key::F1);
        window.picture(&format!("help-start-{name}"));
        window.key(Key::F1);
        let run = |window: &mut Window, command: UiCommand| {
            window.harness.state_mut().send(Action::Do(command));
            window.run();
        };
        run(&mut window, UiCommand::OpenSample);
        window.picture(&format!("help-pointers-{name}"));
        window.key(Key::F1);
        window.picture(&format!("help-page-{name}"));
        window.type_text("执行率");
        window.picture(&format!("help-search-{name}"));
        window.key(Key::Escape);
        // In a narrower panel the table is what could be clipped.
        let topics: &[&str] = match name {
            "light" | "dark" => &["contents", "check", "keys", "rules", "C16", "folders"],
            _ => &["check"],
        };
        for topic in topics {
            let at = Address::topic(*topic);
            window.harness.state_mut().send(Action::Help(Some(at)));
            window.run();
            window.picture(&format!("help-{topic}-{name}").to_lowercase());
        }
        run(&mut window, UiCommand::BatchFunds);
        window.key(Key::F1);
        window.picture(&format!("help-dialog-{name}"));
    }
}

/// Help names commands and buttons in 「」: all of them must be there, in these words.
#[test]
fn what_help_tells_to_press_is_there() {
    let mut there: BTreeSet<String> = BTreeSet::new();
    there.extend(ALL.map(|command| command.label().to_owned()));
    there.extend(MENUS.iter().map(|menu| menu.caption.to_owned()));
    there.extend(Page::ALL.map(|page| page.name().to_owned()));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
    literals(&root, &mut there);
    let mut told = 0;
    for topic in &Book::get().topics {
        let text: String = topic
            .blocks
            .iter()
            .map(|block| block.text() + "\n")
            .collect();
        for words in text.split('「').skip(1) {
            let (words, _) = words.split_once('」').expect("what is opened is closed");
            assert!(there.contains(words), "{}: 「{words}」", topic.name);
            told += 1;
        }
    }
    assert!(told > 40, "only {told}");
}

/// The texts in the sources of the window, but for help's own.
fn literals(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("help") {
                literals(&path, found);
            }
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("a source");
        found.extend(source.split('"').skip(1).step_by(2).map(str::to_owned));
    }
}
