//! The three pointers beside the sample: shown once, in the way of nothing.

use egui::{Key, Vec2};
use jiping::{
    store::simulated::SimulatedFs,
    ui::{action::Action, command::UiCommand},
};

use super::setting::{SAMPLE, Setup, Window};

const CELL: &str = "直接输入，和在 Excel 里一样";
const FINDING: &str = "点一下，转到有问题的格";

fn open_sample(window: &mut Window) {
    window
        .harness
        .state_mut()
        .send(Action::Do(UiCommand::OpenSample));
    window.run();
}

#[test]
fn pointers_appear_once_and_never_again() {
    let mut window = Window::new();
    window.run();
    open_sample(&mut window);
    assert!(window.has(CELL) && window.has(FINDING));
    let cell = window.cell();
    window.type_text("8");
    assert!(
        !window.has(CELL) && !window.has(FINDING),
        "any key takes them away"
    );
    window.key(Key::Enter);
    let typed = cell.and_then(|at| Some(window.project().cell_text(&at.place)?.into_owned()));
    assert_eq!(typed.as_deref(), Some("8"), "and is typed");
    assert!(window.harness.state().settings().pointers_seen);
    // The next run remembers.
    let mut next = Window::on(window.fs.clone(), Setup::default());
    next.run();
    open_sample(&mut next);
    assert!(!next.has(CELL) && !next.has(FINDING));
}

#[test]
fn a_click_takes_them_away_and_does_what_it_does() {
    let mut window = Window::new();
    window.run();
    open_sample(&mut window);
    window.click("资金");
    assert!(!window.has(FINDING));
    let page = window.harness.state().position().page;
    assert_eq!(page, jiping::ui::desk::Page::Funds);
}

#[test]
fn they_wait_behind_dialogs_and_leave_the_focus_and_the_cell_alone() {
    let mut window = Window::new();
    window.run();
    open_sample(&mut window);
    assert!(
        window.harness.ctx.text_edit_focused(),
        "the cell still has the focus"
    );
    window
        .harness
        .state_mut()
        .send(Action::Do(UiCommand::About));
    window.run();
    assert!(!window.has(CELL));
    assert!(
        !window.harness.state().settings().pointers_seen,
        "not seen yet"
    );
}

#[test]
fn a_file_of_ones_own_has_none() {
    let fs = SimulatedFs::new();
    let sample = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
    fs.put(SAMPLE, sample);
    let mut window = Window::on(fs, Setup::default());
    window.open(SAMPLE);
    assert!(!window.has(CELL));
}

#[test]
fn in_a_narrow_window_they_stay_inside() {
    for (width, height) in [(1024.0, 700.0), (683.0, 467.0)] {
        let mut window = Window::with(Setup {
            size: Vec2::new(width, height),
            ..Setup::default()
        });
        window.run();
        open_sample(&mut window);
        let rect = window.get(CELL).rect();
        assert!(rect.left() >= 0.0 && rect.right() <= width, "{rect:?}");
        assert!(rect.bottom() <= height, "{rect:?}");
    }
}
