//! The indicator grid, by keyboard, pointer, clipboard and input method.

use egui::{Event, ImeEvent, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::command::EditCommand,
    model::path::{BlockField, IndicatorField, Place},
    ui::{action::Action, command::UiCommand, desk::Page},
};

use super::{
    funds::blank,
    setting::{SAMPLE, Setup, Window},
};

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
    let project = window.project();
    let last = project.rows().last().expect("rows").indicator;
    let corner = project.at_indicator(last, IndicatorField::Deviation);
    assert_eq!(window.cell(), Some(corner));
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

fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

/// Drags from one point to another, a few frames on the way.
fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    let mut events = vec![Event::PointerMoved(from), button(from, true)];
    events.extend((1..=4).map(|part| Event::PointerMoved(from.lerp(to, part as f32 / 4.0))));
    events.push(button(to, false));
    for event in events {
        window.harness.input_mut().events.push(event);
        window.harness.step();
    }
    window.run();
}

fn names(window: &Window, count: usize) -> Vec<String> {
    (1..=count)
        .map(|row| row_cell(window, row, IndicatorField::Name))
        .collect()
}

#[test]
fn a_row_is_dragged_by_its_number_and_no_other_goes_with_it() {
    let mut window = at_first_name();
    let before = window.document();
    let [first, second, third] = <[String; 3]>::try_from(names(&window, 3)).expect("three");
    let from = window.get("选中第3行").rect().center();
    let to = window.get("选中第1行").rect().center_top() + vec2(0.0, 3.0);
    drag(&mut window, from, to);
    assert_eq!(names(&window, 3), [third, first, second]);
    window.keys(CTRL, Key::Z);
    assert_eq!(window.document(), before, "one step");
}

#[test]
fn a_row_selected_by_its_number_is_that_row_only() {
    let mut window = at_first_name();
    let count = window.project().rows().count();
    let third = row_cell(&window, 3, IndicatorField::Name);
    window.click("选中第2行");
    window.keys(CTRL, Key::Minus);
    assert_eq!(window.project().rows().count(), count - 1);
    assert_eq!(row_cell(&window, 2, IndicatorField::Name), third);
}

#[test]
fn a_new_row_has_the_cursor_wherever_it_is_inserted() {
    let mut window = at_first_name();
    window.keys(Modifiers::COMMAND | SHIFT, Key::Plus);
    window.type_text("新的一行");
    window.key(Key::Enter);
    assert_eq!(row_cell(&window, 1, IndicatorField::Name), "新的一行");
    assert_eq!(
        row_cell(&window, 2, IndicatorField::Name),
        "信息安全维护次数"
    );
}

#[test]
fn a_column_is_resized_at_its_edge_and_reset_by_a_double_click() {
    let mut window = Window::with_sample();
    let column = "列 年度指标值";
    let before = window.get(column).rect();
    let edge = before.right_center() - vec2(1.0, 0.0);
    drag(&mut window, edge, edge + vec2(60.0, 0.0));
    let wider = window.get(column).rect();
    assert!(
        (wider.width() - before.width() - 60.0).abs() < 3.0,
        "{wider:?}"
    );
    let edge = wider.right_center() - vec2(1.0, 0.0);
    window.double_click_at(edge);
    assert_eq!(window.get(column).rect(), before);
}

/// Opens the context menu of a cell and takes a command of it.
fn choose(window: &mut Window, cell: &str, command: &str) {
    window.get(cell).click_secondary();
    window.run();
    // The tool bar has some of the same names, and is drawn first.
    let found = window.harness.query_all_by_label(command).last();
    found.unwrap_or_else(|| panic!("no {command}")).click();
    window.run();
}

#[test]
fn the_context_menu_does_what_it_says() {
    let mut window = at_first_name();
    let count = window.project().rows().count();
    let second = "绩效指标 第2行 三级指标 科协六届五次常委会";
    choose(&mut window, second, "在下方插入行");
    assert_eq!(window.project().rows().count(), count + 1);
    assert_eq!(row_cell(&window, 3, IndicatorField::Name), "");
    choose(&mut window, "绩效指标 第3行 三级指标", "删除行");
    assert_eq!(window.project().rows().count(), count);
    choose(&mut window, second, "上移行");
    assert_eq!(
        row_cell(&window, 1, IndicatorField::Name),
        "科协六届五次常委会"
    );
    choose(
        &mut window,
        "绩效指标 第1行 三级指标 科协六届五次常委会",
        "清除内容",
    );
    assert_eq!(row_cell(&window, 1, IndicatorField::Name), "");
    choose(
        &mut window,
        "绩效指标 第3行 三级指标 举办科技工作者座谈会",
        "设为“其中”行",
    );
    let project = window.project();
    let rows: Vec<_> = project.rows().take(3).map(|view| view.indicator).collect();
    assert_eq!(rows[2].part_of, Some(rows[1].id));
}

#[test]
fn a_range_is_drawn_where_frames_are_few() {
    let mut window = at_first_name();
    let from = window.get("绩效指标 第2行 三级指标 科协六届五次常委会");
    let from = from.rect().center();
    let to = window.get("绩效指标 第4行 三级指标 专家联谊会各类活动");
    let to = to.rect().center();
    let events = &mut window.harness.input_mut().events;
    events.extend([Event::PointerMoved(from), button(from, true)]);
    window.run();
    let events = &mut window.harness.input_mut().events;
    events.push(Event::PointerMoved(to));
    window.run();
    let events = &mut window.harness.input_mut().events;
    events.push(button(to, false));
    window.run();
    assert!(window.has("选中 3 格"));
}

#[test]
fn a_menu_opened_on_a_row_number_is_about_that_row() {
    let mut window = at_first_name();
    choose(&mut window, "选中第2行", "删除行");
    assert_eq!(
        row_cell(&window, 1, IndicatorField::Name),
        "信息安全维护次数"
    );
    assert_eq!(
        row_cell(&window, 2, IndicatorField::Name),
        "举办科技工作者座谈会"
    );
}

#[test]
fn the_context_menu_pastes_what_the_system_holds() {
    let mut window = at_first_name();
    let cell = "绩效指标 第1行 三级指标 信息安全维护次数";
    window.get(cell).click_secondary();
    window.run();
    window.get("粘贴").click();
    let asks = (0..5).any(|_| {
        window.harness.step();
        let viewports = window.harness.output().viewport_output.values();
        let mut commands = viewports.flat_map(|viewport| &viewport.commands);
        commands.any(|one| *one == egui::ViewportCommand::RequestPaste)
    });
    assert!(asks);
    // The answer comes as a paste by keys does.
    let events = &mut window.harness.input_mut().events;
    events.push(Event::Paste("网络巡检次数".to_owned()));
    window.run();
    assert_eq!(row_cell(&window, 1, IndicatorField::Name), "网络巡检次数");
}

#[test]
fn a_tier_is_picked_by_keys() {
    let mut window = Window::with_sample();
    let project = window.project();
    let row = project
        .rows()
        .find(|view| view.indicator.name == "科普后勤管理合规性")
        .expect("judged by words")
        .indicator;
    send(
        &mut window,
        Action::GoTo(project.at_indicator(row, IndicatorField::Actual)),
    );
    window.key(Key::F4);
    window.key(Key::ArrowDown);
    window.key(Key::ArrowUp);
    window.key(Key::Enter);
    let tier = Place::Indicator(row.id, IndicatorField::Tier);
    let picked = window
        .project()
        .cell_text(&tier)
        .expect("a tier")
        .into_owned();
    assert!(!picked.is_empty());
}

#[test]
fn what_is_typed_is_completed_by_keys() {
    let mut window = at_first_name();
    // The document has such a name already.
    window.type_text("经费使用合");
    window.key(Key::F4);
    window.key(Key::Enter);
    assert_eq!(row_cell(&window, 1, IndicatorField::Name), "经费使用合规性");
    window.keys(CTRL, Key::Z);
    // Without F4, Enter takes what was typed.
    window.type_text("经费使用合");
    window.key(Key::Enter);
    assert_eq!(row_cell(&window, 1, IndicatorField::Name), "经费使用合");
}

/// The sample with everything approved, and the cursor on the target of the first row.
fn approved() -> Window {
    let mut window = at_first_name();
    let project = window.project().id;
    send(
        &mut window,
        Action::Edit(EditCommand::ApproveTargets { project }),
    );
    window.key(Key::ArrowRight);
    window
}

#[test]
fn an_approved_cell_says_so_and_opens_only_through_an_adjustment() {
    let mut window = approved();
    let before = window.document();
    assert!(window.has("绩效指标 第1行 年度指标值 1（批复值）"));
    window.type_text("3");
    assert!(window.has("登记调整"), "typing asks for the adjustment");
    window.key(Key::Escape);
    window.key(Key::F2);
    assert!(window.has("登记调整"), "and so does opening");
    window.key(Key::Escape);
    window.key(Key::Delete);
    assert_eq!(window.document(), before);
    // What was achieved is typed as ever.
    window.key(Key::ArrowRight);
    window.type_text("2");
    window.key(Key::Enter);
    assert_eq!(row_cell(&window, 1, IndicatorField::Actual), "2");
}

#[test]
fn all_computed_scores_are_adopted_in_one_step() {
    let mut window = at_first_name();
    let before = window.document();
    send(&mut window, Action::Do(UiCommand::UseAllComputed));
    let project = window.project();
    let adopted = project
        .groups()
        .next()
        .expect("a group")
        .group
        .score
        .text()
        .to_owned();
    assert_eq!(adopted, "14.70");
    window.keys(CTRL, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn a_preview_tells_what_is_refused_and_can_be_left() {
    let mut window = approved();
    let before = window.document();
    window
        .harness
        .event(Event::Paste("5\t6\r\n7\t8\r\n".into()));
    window.run();
    assert!(window.has("改动 2"));
    assert!(window.has("不能粘贴 2"));
    window.click("取消");
    assert_eq!(window.document(), before);
    window
        .harness
        .event(Event::Paste("5\t6\r\n7\t8\r\n".into()));
    window.run();
    window.click("粘贴");
    assert_eq!(row_cell(&window, 1, IndicatorField::Target), "1");
    assert_eq!(row_cell(&window, 2, IndicatorField::Actual), "8");
}

#[test]
fn empty_cells_under_a_merged_caption_continue_it() {
    let mut window = at_first_name();
    window.keys(CTRL, Key::Home);
    let block = "产出指标（50分）\t数量指标\t甲\t1次\r\n\t\t乙\t2次\r\n\t\t丙\t3次\r\n";
    window.harness.event(Event::Paste(block.into()));
    window.run();
    assert!(window.has("不能粘贴 0"));
    window.click("粘贴");
    assert_eq!(names(&window, 3), ["甲", "乙", "丙"]);
    assert_eq!(row_cell(&window, 3, IndicatorField::Target), "3次");
    let groups = window.project().groups().count();
    assert_eq!(groups, Window::with_sample().project().groups().count());
}

#[test]
fn ctrl_and_the_wheel_zoom() {
    let mut window = at_first_name();
    let zoom = |window: &Window| window.harness.state().settings().zoom;
    assert_eq!(zoom(&window), 100);
    let pos = window
        .get("绩效指标 第1行 三级指标 信息安全维护次数")
        .rect()
        .center();
    window.harness.event(Event::PointerMoved(pos));
    window.harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, 1.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: CTRL,
    });
    window.run();
    assert!(zoom(&window) > 100, "{}", zoom(&window));
    window.keys(CTRL, Key::Num0);
    assert_eq!(zoom(&window), 100);
}

#[test]
fn saving_takes_what_stands_in_the_editor() {
    let mut window = at_first_name();
    window.type_text("正在输入");
    window.keys(CTRL, Key::S);
    let saved = window.fs.content(SAMPLE).expect("the file");
    assert!(String::from_utf8_lossy(&saved).contains("正在输入"));
    assert_eq!(row_cell(&window, 1, IndicatorField::Name), "正在输入");
}

#[test]
fn no_command_loses_what_stands_in_the_editor() {
    for command in [UiCommand::CloseDocument, UiCommand::Quit, UiCommand::New] {
        let mut window = at_first_name();
        window.type_text("正在输入");
        send(&mut window, Action::Do(command));
        assert!(
            window.has("不保存"),
            "{command:?} asks about unsaved changes"
        );
        assert_eq!(row_cell(&window, 1, IndicatorField::Name), "正在输入");
    }
    for command in [
        UiCommand::Open,
        UiCommand::NextFinding,
        UiCommand::ShowPage(Page::Funds),
        UiCommand::DuplicateProject,
        UiCommand::UseAllComputed,
        UiCommand::Find,
    ] {
        let mut window = at_first_name();
        window.type_text("正在输入");
        send(&mut window, Action::Do(command));
        let document = window.document();
        let project = document.projects.get(0).expect("the first");
        let first = project.rows().next().expect("a row").indicator;
        assert_eq!(first.name, "正在输入", "{command:?}");
    }
    let mut window = at_first_name();
    let before = window.document();
    window.type_text("正在输入");
    send(&mut window, Action::Do(UiCommand::Undo));
    assert_eq!(
        window.document(),
        before,
        "what was typed is the step undone"
    );
}

#[test]
fn closing_the_window_asks_about_what_stands_in_the_editor() {
    let mut window = at_first_name();
    window.type_text("正在输入");
    let viewports = &mut window.harness.input_mut().viewports;
    let root = viewports.entry(egui::ViewportId::ROOT).or_default();
    root.events.push(egui::ViewportEvent::Close);
    window.harness.step();
    window.run();
    assert!(window.has("不保存"));
    assert_eq!(row_cell(&window, 1, IndicatorField::Name), "正在输入");
}

#[test]
fn comparators_and_units_are_picked_by_keys() {
    let mut window = blank("chongqing-2022", &["科普"], Setup::default());
    window.keys(CTRL, Key::Num4);
    let project = window.project();
    let row = project.rows().next().expect("a row").indicator.clone();
    for (field, downs, expected) in [
        (IndicatorField::Nature, 3, "≤"),
        (IndicatorField::Unit, 1, "次"),
    ] {
        send(
            &mut window,
            Action::GoTo(project.at_indicator(&row, field.clone())),
        );
        window.key(Key::F4);
        for _ in 0..downs {
            window.key(Key::ArrowDown);
        }
        window.key(Key::Enter);
        assert_eq!(row_cell(&window, 1, field), expected);
    }
}

#[test]
fn reasons_are_split_and_joined() {
    let mut window = at_first_name();
    let before = window.document();
    let shared = window.project().goals.get(0).expect("a goal").reasons.len();
    let reason = window
        .project()
        .goals
        .get(0)
        .expect("a goal")
        .reasons
        .get(0)
        .cloned();
    let reason = reason.expect("a shared reason");
    let at = window.project().at(Place::Reason(reason.id));
    window.harness.state_mut().send(Action::GoTo(at));
    window.run();
    let name = format!("绩效指标 第1行 偏差原因分析及改进措施 {}", reason.text);
    choose(&mut window, &name, "拆分原因");
    assert_eq!(
        row_cell(&window, 1, IndicatorField::Deviation),
        &*reason.text
    );
    let goal = window.project().goals.get(0).expect("a goal").clone();
    assert_eq!(goal.reasons.len(), shared - 1);

    let second = "绩效指标 第2行 偏差原因分析及改进措施";
    window.click(second);
    window.type_text("会期调整");
    window.key(Key::Enter);
    window.click(&name);
    window.keys(Modifiers::SHIFT, Key::ArrowDown);
    window.keys(Modifiers::SHIFT, Key::ArrowDown);
    choose(
        &mut window,
        "绩效指标 第3行 偏差原因分析及改进措施",
        "合并原因",
    );
    let project = window.project();
    let goal = project.goals.get(0).expect("a goal");
    let joined = goal.reasons.iter().last().expect("the joined one");
    assert_eq!(&*joined.text, format!("{}\n会期调整", reason.text));
    let rows: Vec<_> = project
        .rows()
        .take(3)
        .map(|view| view.indicator.id)
        .collect();
    assert_eq!(joined.rows, rows);
    assert_eq!(row_cell(&window, 1, IndicatorField::Deviation), "");
    assert_eq!(row_cell(&window, 2, IndicatorField::Deviation), "");
    for _ in 0..3 {
        window.keys(CTRL, Key::Z);
    }
    assert_eq!(window.document(), before);
}
