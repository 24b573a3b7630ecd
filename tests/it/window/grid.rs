//! The indicator grid, by keyboard, pointer, clipboard and input method.

use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jiping::model::path::{BlockField, IndicatorField, Place};

use super::setting::Window;

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;

/// The text of the cell at the cursor.
fn cell(window: &Window) -> String {
    let at = window
        .harness
        .state()
        .position()
        .cell
        .clone()
        .expect("a cell");
    let project = window.project();
    project
        .cell_text(&at.place)
        .expect("it is there")
        .into_owned()
}

/// A cell of the n-th row, counted from 1.
fn row_cell(window: &Window, row: usize, field: IndicatorField) -> String {
    let project = window.project();
    let view = project.rows().nth(row - 1).expect("a row");
    view.indicator.cell_text(&field).into_owned()
}

/// The sample with the cursor on the name of the first row.
fn at_first_name() -> Window {
    let mut window = Window::with_sample();
    window.click("绩效指标 第1行 三级指标 信息安全维护次数");
    window
}

fn press(window: &mut Window, keys: &[(Modifiers, Key)]) {
    for (modifiers, key) in keys {
        window.keys(*modifiers, *key);
    }
}

#[test]
fn the_grid_has_the_keyboard_as_soon_as_it_is_seen() {
    let mut window = Window::with_sample();
    window.keys(CTRL, Key::Home);
    window.key(Key::ArrowRight);
    window.key(Key::ArrowRight);
    assert_eq!(cell(&window), "信息安全维护次数");
    window.key(Key::ArrowDown);
    assert_eq!(cell(&window), "科协六届五次常委会");
}

#[test]
fn typing_replaces_and_enter_goes_down_as_in_excel() {
    let mut window = at_first_name();
    window.key(Key::Tab);
    assert_eq!(cell(&window), "1");
    window.type_text("3");
    window.key(Key::Enter);
    assert_eq!(row_cell(&window, 1, IndicatorField::Target), "3");
    window.key(Key::ArrowUp);
    assert_eq!(cell(&window), "3");
    // Arrows take what was typed, too.
    window.type_text("12");
    window.key(Key::ArrowDown);
    assert_eq!(row_cell(&window, 1, IndicatorField::Target), "12");
}

#[test]
fn escape_restores_and_f2_goes_on_from_what_is_there() {
    let mut window = at_first_name();
    window.type_text("错");
    window.key(Key::Escape);
    assert_eq!(cell(&window), "信息安全维护次数");
    window.key(Key::F2);
    window.type_text("（次）");
    // Inside the cell arrows move within the text.
    window.key(Key::ArrowLeft);
    window.key(Key::Backspace);
    window.key(Key::Enter);
    assert_eq!(
        row_cell(&window, 1, IndicatorField::Name),
        "信息安全维护次数（）"
    );
}

#[test]
fn a_double_click_opens_a_cell() {
    let mut window = Window::with_sample();
    let name = "绩效指标 第2行 三级指标 科协六届五次常委会";
    window.harness.get_by_label(name).click();
    window.harness.get_by_label(name).click();
    window.run();
    window.type_text("议");
    window.key(Key::Enter);
    assert_eq!(
        row_cell(&window, 2, IndicatorField::Name),
        "科协六届五次常委会议"
    );
}

#[test]
fn ctrl_arrows_home_and_end_go_far() {
    let mut window = at_first_name();
    window.keys(CTRL, Key::End);
    assert!(window.harness.state().position().cell.is_some());
    window.keys(CTRL, Key::Home);
    assert_eq!(cell(&window), "产出指标（50分）");
    window.key(Key::Home);
    press(&mut window, &[(Modifiers::NONE, Key::ArrowRight); 2]);
    window.keys(CTRL, Key::ArrowDown);
    let last = window
        .project()
        .rows()
        .last()
        .expect("rows")
        .indicator
        .name
        .clone();
    assert_eq!(cell(&window), last);
    window.keys(CTRL, Key::ArrowUp);
    assert_eq!(cell(&window), "信息安全维护次数");
    window.key(Key::PageDown);
    assert_ne!(cell(&window), "信息安全维护次数");
    window.key(Key::PageUp);
    assert_eq!(cell(&window), "信息安全维护次数");
}

#[test]
fn a_merged_cell_is_one_cell() {
    let mut window = Window::with_sample();
    window.keys(CTRL, Key::Home);
    window.key(Key::ArrowRight);
    assert_eq!(cell(&window), "数量指标");
    window.key(Key::ArrowDown);
    assert_eq!(cell(&window), "质量指标");
    window.key(Key::ArrowUp);
    assert_eq!(cell(&window), "数量指标");
}

#[test]
fn a_range_tells_count_sum_and_average() {
    let mut window = at_first_name();
    window.key(Key::ArrowRight);
    press(&mut window, &[(SHIFT, Key::ArrowDown); 3]);
    // 1, 1, 1个, 8次: what begins with a number but is text counts as text, as in Excel.
    assert!(window.has("选中 4 格 · 合计 2 · 平均 1"));
}

#[test]
fn delete_and_undo_are_one_step_each() {
    let mut window = at_first_name();
    let before = window.document();
    window.key(Key::ArrowRight);
    press(&mut window, &[(SHIFT, Key::ArrowDown); 2]);
    window.key(Key::Delete);
    assert_eq!(row_cell(&window, 3, IndicatorField::Target), "");
    window.keys(CTRL, Key::Z);
    assert_eq!(window.document(), before);
    window.keys(CTRL, Key::Y);
    assert_eq!(row_cell(&window, 3, IndicatorField::Target), "");
}

#[test]
fn ctrl_d_fills_down() {
    let mut window = at_first_name();
    window.key(Key::ArrowRight);
    press(&mut window, &[(SHIFT, Key::ArrowDown); 2]);
    window.keys(CTRL, Key::D);
    assert_eq!(row_cell(&window, 3, IndicatorField::Target), "1");
}

#[test]
fn rows_are_inserted_removed_and_moved_by_keys() {
    let mut window = at_first_name();
    let count = window.project().rows().count();
    window.keys(Modifiers::COMMAND | SHIFT, Key::Plus);
    assert_eq!(window.project().rows().count(), count + 1);
    window.keys(CTRL, Key::Z);
    window.click("绩效指标 第2行 三级指标 科协六届五次常委会");
    window.keys(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(
        row_cell(&window, 1, IndicatorField::Name),
        "科协六届五次常委会"
    );
    window.keys(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(
        row_cell(&window, 2, IndicatorField::Name),
        "科协六届五次常委会"
    );
    window.keys(CTRL, Key::Minus);
    assert_eq!(window.project().rows().count(), count - 1);
    assert_eq!(
        row_cell(&window, 2, IndicatorField::Name),
        "举办科技工作者座谈会"
    );
}

#[test]
fn a_block_as_excel_copies_it_shows_a_preview_and_is_one_step() {
    let mut window = at_first_name();
    let before = window.document();
    let block = "安全检查次数\t≥12次\t12\r\n\"含换行\n的名称\"\t1,234.00\t12%\r\n";
    window.harness.event(Event::Paste(block.into()));
    window.run();
    assert!(window.has("粘贴预览"));
    assert_eq!(window.document(), before);
    window.click("粘贴");
    assert_eq!(row_cell(&window, 1, IndicatorField::Name), "安全检查次数");
    assert_eq!(row_cell(&window, 2, IndicatorField::Name), "含换行\n的名称");
    assert_eq!(row_cell(&window, 2, IndicatorField::Target), "1,234.00");
    assert_eq!(row_cell(&window, 2, IndicatorField::Actual), "12%");
    window.keys(CTRL, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn a_copied_range_is_what_excel_takes() {
    let mut window = at_first_name();
    press(
        &mut window,
        &[(SHIFT, Key::ArrowDown), (SHIFT, Key::ArrowRight)],
    );
    window.harness.event(Event::Copy);
    window.harness.step();
    let copied = window
        .harness
        .output()
        .platform_output
        .commands
        .iter()
        .find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
    let expected = "信息安全维护次数\t1\r\n科协六届五次常委会\t1\r\n";
    assert_eq!(copied.as_deref(), Some(expected));
}

#[test]
fn one_text_is_pasted_into_every_selected_cell() {
    let mut window = at_first_name();
    window.key(Key::ArrowRight);
    press(&mut window, &[(SHIFT, Key::ArrowDown); 2]);
    window.harness.event(Event::Paste("9".into()));
    window.run();
    assert_eq!(row_cell(&window, 1, IndicatorField::Target), "9");
    assert_eq!(row_cell(&window, 3, IndicatorField::Target), "9");
}

/// Whether the input method is switched on for the frame just drawn.
fn has_ime(window: &Window) -> bool {
    window.harness.output().platform_output.ime.is_some()
}

#[test]
fn the_input_method_gets_the_first_key_of_a_selected_cell() {
    let mut window = at_first_name();
    let preedit = |text: &str| {
        Event::Ime(ImeEvent::Preedit {
            text: text.into(),
            active_range_chars: None,
        })
    };
    let events = [
        preedit("z"),
        preedit("zhong"),
        // The keys with which candidates are chosen are the input method's.
        Event::Key {
            key: Key::ArrowDown,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        },
        Event::Ime(ImeEvent::Commit("中文名称".into())),
    ];
    assert!(has_ime(&window), "before the first key");
    for event in events {
        window.harness.event(event);
        window.harness.step();
        assert!(has_ime(&window), "in every frame of the composition");
    }
    window.key(Key::Enter);
    assert_eq!(row_cell(&window, 1, IndicatorField::Name), "中文名称");
    for key in [Key::ArrowDown, Key::ArrowRight, Key::Tab] {
        window.harness.key_press(key);
        window.harness.step();
        assert!(has_ime(&window), "on every cell on the way");
    }
}

#[test]
fn keys_that_come_in_one_frame_keep_their_order() {
    let mut window = at_first_name();
    window.key(Key::ArrowRight);
    let key = |key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    for event in [
        Event::Text("5".into()),
        key(Key::Enter),
        Event::Text("6".into()),
        key(Key::Enter),
    ] {
        window.harness.event(event);
    }
    window.run();
    assert_eq!(row_cell(&window, 1, IndicatorField::Target), "5");
    assert_eq!(row_cell(&window, 2, IndicatorField::Target), "6");
}

#[test]
fn the_computed_score_is_shown_beside_a_typed_one_and_adopted() {
    let mut window = at_first_name();
    window.click("采用计算值");
    let project = window.project();
    let group = project.groups().next().expect("a group").group.id;
    let score = Place::Group(group, BlockField::Score);
    assert_eq!(project.cell_text(&score).as_deref(), Some("14.70"));
}

#[test]
fn undo_goes_back_to_the_start_and_redo_to_the_end() {
    let mut window = at_first_name();
    let start = window.document();
    for step in 0..12 {
        window.type_text(&format!("第{step}步"));
        window.key(Key::Enter);
    }
    let end = window.document();
    assert_ne!(start, end);
    for _ in 0..12 {
        window.keys(CTRL, Key::Z);
    }
    assert_eq!(window.document(), start);
    for _ in 0..12 {
        window.keys(CTRL, Key::Y);
    }
    assert_eq!(window.document(), end);
}

#[test]
fn nothing_is_drawn_again_once_everything_stands_still() {
    let mut window = at_first_name();
    window.type_text("改");
    window.key(Key::Enter);
    window.run();
    window.harness.step();
    let delay = window.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(delay > std::time::Duration::from_millis(200), "{delay:?}");
}
