//! What stands around the pages.

use egui::{Key, Modifiers, ViewportCommand, ViewportId};
use egui_kittest::kittest::Queryable as _;
use jiping::ui::{action::Action, command::UiCommand, desk::Page};

use super::setting::{SAMPLE, Setup, Window};

#[test]
fn a_window_opens_on_the_start_page_and_settles() {
    let mut window = Window::new();
    window.run();
    assert!(window.has("把表拖到这里"));
}

#[test]
fn the_sample_opens_with_its_verdict() {
    let window = Window::with_sample();
    assert_eq!(window.project().name(), "科协组织建设与事业发展");
    assert!(window.has("还有 4 处必须修改"));
}

#[test]
fn f6_goes_from_pane_to_pane_and_back_into_the_grid() {
    let mut window = Window::with_sample();
    let cell = window.cell();
    window.key(Key::F6);
    assert!(window.get("查找问题").is_focused(), "the findings");
    window.key(Key::F6);
    window.key(Key::F2);
    assert!(window.has("基本信息"));
    assert!(
        window.harness.ctx.text_edit_focused(),
        "F2 in the projects goes to the name"
    );
    window.keys(Modifiers::COMMAND, Key::Num4);
    window.key(Key::F6);
    window.key(Key::F6);
    window.key(Key::F6);
    window.type_text("8");
    window.key(Key::Enter);
    let text = cell.and_then(|at| {
        window
            .project()
            .cell_text(&at.place)
            .map(|text| text.into_owned())
    });
    assert_eq!(text.as_deref(), Some("8"), "typed where the cursor was");
}

#[test]
fn narrow_windows_keep_room_for_the_page() {
    let panels = |width, height| {
        let size = egui::vec2(width, height);
        let mut window = Window::with(Setup {
            size,
            ..Setup::default()
        });
        window.open(SAMPLE);
        (window.has("搜索项目"), window.has("查找问题"))
    };
    assert_eq!(panels(1024.0, 700.0), (true, true));
    assert_eq!(panels(800.0, 560.0), (false, true));
    assert_eq!(panels(560.0, 500.0), (false, false));
    let size = egui::vec2(800.0, 560.0);
    let mut window = Window::with(Setup {
        size,
        ..Setup::default()
    });
    window.open(SAMPLE);
    window.click("视图");
    window.click("项目列表");
    assert!(window.has("搜索项目"), "what is called comes");
    assert!(!window.has("查找问题"));
}

/// Draws on, background work included; whether the window is told to close meanwhile.
fn closes(window: &mut Window) -> bool {
    for _ in 0..200 {
        window.harness.step();
        let viewport = &window.harness.output().viewport_output[&ViewportId::ROOT];
        if viewport.commands.contains(&ViewportCommand::Close) {
            return true;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    false
}

fn quit(window: &mut Window) {
    window.harness.state_mut().send(Action::Do(UiCommand::Quit));
}

#[test]
fn a_mark_beside_the_name_says_that_something_is_not_saved() {
    let mut window = Window::with_sample();
    assert!(window.has("科协2020.jiping"));
    window.type_text("99");
    window.key(Key::Enter);
    assert!(window.has("● 科协2020.jiping"));
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.has("科协2020.jiping"));
}

#[test]
fn quitting_closes_the_window() {
    let mut window = Window::new();
    quit(&mut window);
    assert!(closes(&mut window), "from the start page");
    let mut window = Window::with_sample();
    quit(&mut window);
    assert!(closes(&mut window), "with nothing unsaved");
}

#[test]
fn quitting_asks_first_where_something_is_unsaved() {
    for (answer, leaves, saves) in [
        ("取消", false, false),
        ("不保存", true, false),
        ("保存", true, true),
    ] {
        let mut window = Window::with_sample();
        window.type_text("离开前的字");
        quit(&mut window);
        assert!(!closes(&mut window), "it asks");
        // The tool bar, drawn first, has some of the names too.
        let answers = window.harness.query_all_by_label(answer);
        answers.last().expect("an answer").click();
        assert_eq!(closes(&mut window), leaves, "{answer}");
        let file = window.fs.content(SAMPLE).expect("the file");
        let has_text = String::from_utf8_lossy(&file).contains("离开前的字");
        assert_eq!(has_text, saves, "{answer}");
    }
}

#[test]
fn f10_goes_through_the_menus_by_keys_and_back_to_the_field() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND, Key::Num1);
    let field = window.harness.ctx.memory(|memory| memory.focused());
    assert!(field.is_some());
    window.key(Key::F10);
    assert!(window.get("文件").is_focused());
    window.key(Key::ArrowRight);
    assert!(window.get("编辑").is_focused());
    window.key(Key::ArrowDown);
    assert!(window.has("操作记录…"), "the menu opens");
    window.key(Key::ArrowRight);
    assert!(
        window.has("添加项目…") && !window.has("操作记录…"),
        "the next menu opens"
    );
    window.key(Key::Escape);
    assert!(!window.has("添加项目…"));
    window.key(Key::Escape);
    let now = || window.harness.ctx.memory(|memory| memory.focused());
    assert_eq!(now(), field, "Esc goes back to where the person was");
}

#[test]
fn a_command_of_a_menu_called_by_keys_leaves_the_focus_where_it_was() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND, Key::Num1);
    let field = window.harness.ctx.memory(|memory| memory.focused());
    window.key(Key::F10);
    for _ in 0..6 {
        window.key(Key::ArrowRight);
    }
    for _ in 0..3 {
        window.key(Key::ArrowDown);
    }
    window.key(Key::Enter);
    assert_eq!(window.harness.state().position().page, Page::Funds);
    window.key(Key::F10);
    window.key(Key::Escape);
    let now = window.harness.ctx.memory(|memory| memory.focused());
    assert!(now.is_some() && now != field, "the first field of the page");
}

#[test]
fn a_closed_dialog_gives_the_focus_back_and_tab_finds_the_page_again() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND, Key::Num1);
    let focused = |window: &Window| window.harness.ctx.memory(|memory| memory.focused());
    let field = focused(&window);
    assert!(field.is_some());
    for keys in [Key::Comma, Key::N] {
        window.keys(Modifiers::COMMAND, keys);
        assert_ne!(focused(&window), field);
        window.key(Key::Escape);
        assert_eq!(focused(&window), field, "{keys:?}");
    }
    window.key(Key::Escape);
    assert_eq!(focused(&window), None);
    window.key(Key::Tab);
    assert_eq!(focused(&window), field);
}

#[test]
fn keys_of_pages_bring_the_focus_to_every_page() {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND, Key::Num7);
    assert!(window.get("添加审核意见…").is_focused());
    window.key(Key::F6);
    window.key(Key::F6);
    window.keys(Modifiers::COMMAND, Key::Num4);
    window.type_text("8");
    assert!(
        window.harness.ctx.text_edit_focused(),
        "typing goes to the grid"
    );
    window.key(Key::Escape);
    window.key(Key::F6);
    assert!(window.get("查找问题").is_focused());
    window.keys(Modifiers::COMMAND, Key::Num4);
    assert!(
        !window.get("查找问题").is_focused(),
        "the shown page takes the focus back"
    );
}
