//! The work of a clerk from end to end: a dropped file to its findings, a form typed by keys alone, back and forth.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    model::{
        document::GroupView,
        path::IndicatorField,
        project::{Project, header},
    },
    ui::{command::UiCommand, desk::Page},
};

use super::{
    findings::findings,
    parts::field,
    setting::{SAMPLE, Window},
    start::drop_file,
};

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// The group of the sample that is typed.
const GROUP: &str = "数量指标";

/// What is written as the reason of a deviation.
const REASON: &str = "按市财政要求压减一般性支出，可用经费减少。";

#[test]
fn a_dropped_file_is_one_click_from_its_first_finding() {
    let mut window = Window::new();
    window.run();
    drop_file(&mut window, SAMPLE);
    let first = findings(&window)
        .into_iter()
        .min_by_key(|finding| std::cmp::Reverse(finding.level))
        .expect("the sample has findings");
    // The list is there as soon as the file is; the gravest findings stand first in it.
    let listed = window
        .harness
        .query_all_by_label_contains(&first.message)
        .next();
    listed.expect("it is in sight without a click").click();
    window.run();
    assert_eq!(window.cell(), Some(first.at.clone()));
    assert_eq!(
        window.harness.state().position().page,
        Page::of(&first.at.place)
    );
}

#[test]
fn without_the_mouse_the_first_finding_is_one_key_away() {
    let mut window = Window::new();
    drop_file(&mut window, SAMPLE);
    window.key(Key::F8);
    let cell = window.cell().expect("a cell");
    assert!(findings(&window).iter().any(|finding| finding.at == cell));
}

/// A person with a keyboard and no mouse.
struct Typist {
    window: Window,
}

impl Typist {
    /// Presses Tab until a field has the focus; it must not be far.
    fn tab_to(&mut self, name: &str) {
        for _ in 0..4 {
            if self.is_at(name) {
                return;
            }
            self.window.key(Key::Tab);
        }
        panic!("{name} is not reached by Tab");
    }

    fn is_at(&self, name: &str) -> bool {
        let mut found = self.window.harness.query_all_by_label(name);
        found.any(|node| node.is_focused())
    }

    fn write(&mut self, text: &str) {
        if !text.is_empty() {
            self.window.type_text(text);
        }
    }

    fn press(&mut self, key: Key) {
        self.window.key(key);
    }

    /// Fills a column of the grid from the cursor down.
    fn write_down<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        for text in texts {
            self.write(text);
            self.press(Key::Enter);
        }
    }
}

fn sample() -> Project {
    let window = Window::with_sample();
    (*window.project()).clone()
}

fn group(project: &Project) -> GroupView<'_> {
    let mut groups = project.groups();
    groups
        .find(|view| view.group.caption == GROUP)
        .expect("the group")
}

/// A new document on the edition of the sample, made by keys.
fn begun() -> Typist {
    let mut typist = Typist {
        window: Window::new(),
    };
    typist.window.run();
    let wanted = sample();
    typist.window.keys(CTRL, Key::N);
    typist.write("深圳市项目支出绩效自评表（2020年）");
    typist.tab_to("项目名称（可以以后再填）");
    typist.write(wanted.name());
    typist.press(Key::Enter);
    typist
}

fn type_header(typist: &mut Typist, wanted: &Project) {
    for (key, caption) in [("department", "主管部门"), (header::UNIT, "实施单位")] {
        typist.tab_to(caption);
        typist.write(wanted.header(key));
    }
}

fn type_funds(typist: &mut Typist, wanted: &Project) {
    typist.window.keys(CTRL, Key::Num2);
    let columns = [
        ("initial", "年初预算数"),
        ("adjusted", "全年预算数"),
        ("executed", "全年执行数"),
        ("weight", "分值"),
        ("rate", "执行率"),
        ("score", "得分"),
    ];
    for row in wanted.funds.iter() {
        let name = row.name.trim_start_matches("其中：");
        for (key, caption) in columns {
            typist.tab_to(&format!("资金 {name} {caption}"));
            typist.write(row.figure(key).text());
        }
    }
}

fn type_group(typist: &mut Typist, wanted: &Project) {
    typist.window.keys(CTRL, Key::Num4);
    let wanted = group(wanted).group;
    // From the caption of the section to the first name.
    typist.window.keys(CTRL, Key::Home);
    typist.press(Key::ArrowRight);
    typist.press(Key::ArrowRight);
    let there = group(&typist.window.project()).group.indicators.len();
    for _ in there..wanted.indicators.len() {
        typist.window.keys(CTRL_SHIFT, Key::Plus);
    }
    let rows = || wanted.indicators.iter();
    let back_up = |typist: &mut Typist| {
        typist.window.keys(CTRL, Key::Home);
        for _ in 0..3 {
            typist.press(Key::ArrowRight);
        }
    };
    typist.write_down(rows().map(|row| row.name.as_str()));
    back_up(typist);
    typist.write_down(rows().map(|row| row.target.text()));
    back_up(typist);
    typist.press(Key::ArrowRight);
    typist.write_down(rows().map(|row| row.actual.text()));
    back_up(typist);
    typist.press(Key::ArrowRight);
    typist.press(Key::Tab);
    typist.write(wanted.weight.text());
    typist.press(Key::Tab);
    typist.write(wanted.score.text());
    typist.press(Key::Tab);
    let short = rows()
        .position(|row| row.name == "年度课题数量")
        .expect("it is there");
    for _ in 0..short {
        typist.press(Key::ArrowDown);
    }
    typist.write(REASON);
    typist.press(Key::Enter);
}

#[test]
fn the_filed_form_is_typed_by_keys_alone_and_taken_back_and_made_again() {
    let wanted = sample();
    let mut typist = begun();
    let start = typist.window.document();
    type_header(&mut typist, &wanted);
    type_funds(&mut typist, &wanted);
    type_group(&mut typist, &wanted);
    let typed = typist.window.project();

    assert_eq!(typed.header, wanted.header);
    let funds = |project: &Project| -> Vec<_> {
        let rows = project.funds.iter();
        rows.map(|row| (row.key.clone(), row.name.clone(), row.figures.clone()))
            .collect()
    };
    assert_eq!(funds(&typed), funds(&wanted));
    let rows = |project: &Project| -> Vec<_> {
        let rows = group(project).group.indicators.iter();
        rows.map(|row| {
            (
                row.name.clone(),
                row.target.text().to_owned(),
                row.actual.text().to_owned(),
            )
        })
        .collect()
    };
    assert_eq!(rows(&typed), rows(&wanted));
    let block = |project: &Project| {
        let group = group(project).group;
        (group.weight.clone(), group.score.clone())
    };
    assert_eq!(block(&typed), block(&wanted));
    let reasons = group(&typed).group.indicators.iter();
    let reasons: Vec<_> = reasons
        .filter(|row| !row.deviation.is_empty())
        .map(|row| (row.name.as_str(), &*row.deviation))
        .collect();
    assert_eq!(reasons, [("年度课题数量", REASON)]);

    let end = typist.window.document();
    let steps = step_while(&mut typist.window, UiCommand::Undo, Key::Z);
    assert_eq!(typist.window.document(), start);
    assert!(
        steps > 60,
        "each cell is a step of its own, not {steps} in all"
    );
    assert_eq!(
        step_while(&mut typist.window, UiCommand::Redo, Key::Y),
        steps
    );
    assert_eq!(typist.window.document(), end);
}

/// Presses a key as long as it does something; how often that was.
fn step_while(window: &mut Window, command: UiCommand, key: Key) -> usize {
    let mut steps = 0;
    while window.harness.state().is_enabled(command) {
        window.keys(CTRL, key);
        steps += 1;
        assert!(steps < 1000, "it comes to no end");
    }
    steps
}

/// Draws frame by frame until nothing changes; the input method must be on in each.
fn draw_with_ime(window: &mut Window, what: &str) {
    for frame in 0..6 {
        window.harness.step();
        let has_ime = window.harness.output().platform_output.ime.is_some();
        assert!(has_ime, "{what}: frame {frame}");
    }
}

#[test]
fn the_input_method_is_on_in_every_frame_wherever_the_cursor_goes() {
    let mut window = Window::with_sample();
    let key = |key, modifiers| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    let none = Modifiers::NONE;
    let events = [
        ("Ctrl+Home", key(Key::Home, CTRL)),
        ("to the right", key(Key::ArrowRight, none)),
        ("to a name", key(Key::ArrowRight, none)),
        ("down", key(Key::ArrowDown, none)),
        ("typing", Event::Text("字".into())),
        ("taking it", key(Key::Enter, none)),
        ("undo", key(Key::Z, CTRL)),
        ("opening", key(Key::F2, none)),
        ("leaving as it was", key(Key::Escape, none)),
        ("a new row", key(Key::Plus, CTRL_SHIFT)),
        ("far down", key(Key::End, CTRL)),
        ("the next finding of the grid", key(Key::F8, none)),
        ("pasting", Event::Paste("3".into())),
        ("a page", key(Key::PageUp, none)),
    ];
    for (what, event) in events {
        window.harness.input_mut().events.push(event);
        draw_with_ime(&mut window, what);
    }
}

#[test]
fn the_input_method_is_on_when_the_pointer_chooses_another_cell() {
    let mut window = Window::with_sample();
    let name = "绩效指标 第2行 三级指标 科协六届五次常委会";
    let pos = window.get(name).rect().center();
    let button = |pressed| Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    for (what, event) in [
        ("coming near", Event::PointerMoved(pos)),
        ("pressing", button(true)),
        ("letting go", button(false)),
    ] {
        window.harness.input_mut().events.push(event);
        draw_with_ime(&mut window, what);
    }
    let cell = window.cell();
    let project = window.project();
    let second = project.rows().nth(1).expect("a row").indicator;
    assert_eq!(
        cell,
        Some(project.at_indicator(second, IndicatorField::Name))
    );
}

#[test]
fn nothing_is_drawn_again_on_any_page_once_everything_stands_still() {
    let delay = |window: &mut Window| {
        window.run();
        window.harness.step();
        window.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay
    };
    // All that is left is the look at the file on the disk, every fifteen seconds.
    let is_still = |delay: std::time::Duration| delay > std::time::Duration::from_secs(10);
    let mut window = Window::new();
    assert_eq!(delay(&mut window), std::time::Duration::MAX, "start page");
    window.open(SAMPLE);
    for page in Page::ALL {
        window.click(page.name());
        let delay = delay(&mut window);
        assert!(is_still(delay), "{}: {delay:?}", page.name());
    }
    // With the focus in a field, too.
    window.keys(CTRL, Key::Num1);
    assert!(field(&window, "项目名称").is_focused());
    assert!(is_still(delay(&mut window)), "a field with the focus");
}
