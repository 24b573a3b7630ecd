//! Printing from the window: printers, how they are, what is sent to them, and what is said where it does not go.

use egui::{Key, Modifiers, Theme, Vec2, accesskit::Role};
use egui_kittest::{
    Node,
    kittest::{NodeT as _, Queryable as _},
};
use jiping::{
    printers::{Abilities, Condition, Duplex, SpoolError, simulated::Sent},
    ui::{action::Action, command::UiCommand, desk::Page},
};

use super::{
    parts::field,
    setting::{Setup, Window},
};

const CTRL: Modifiers = Modifiers::COMMAND;

fn ready(window: &Window) {
    let office = Abilities {
        duplex: Some(true),
        colour: Some(false),
        a4: Some(true),
        unreachable: Some(4.2),
    };
    let old = Abilities {
        duplex: Some(false),
        colour: Some(true),
        a4: Some(false),
        unreachable: Some(14.0),
    };
    window.printers.add("财务室激光", Condition::Ready, office);
    let offline = Condition::Waiting("脱机".into());
    window.printers.add("老喷墨", offline, old);
    let refusing = Condition::Refusing("已搬到 305 室".into());
    window
        .printers
        .add("会议室", refusing, Abilities::default());
}

/// The filed sample in a window with printers.
fn with_printers() -> Window {
    let window = Window::with_sample();
    ready(&window);
    window
}

fn asked() -> Window {
    let mut window = with_printers();
    window.keys(CTRL, Key::P);
    window
}

fn choose(window: &mut Window, printer: &str) {
    window.click("打印机");
    window.click(&format!("打印机 {printer}"));
}

/// The button of the dialog, which stands in front of the one of the tool bar.
fn print_button(window: &Window) -> Node<'_> {
    let buttons = window
        .harness
        .query_all_by_role_and_label(Role::Button, "打印");
    buttons.last().expect("a button")
}

fn print(window: &mut Window) {
    print_button(window).click();
    window.run();
}

fn only(window: &Window) -> Sent {
    let sent = window.printers.sent();
    let [only] = sent.as_slice() else {
        panic!("one job, not {sent:?}");
    };
    only.clone()
}

fn said(window: &Window) -> String {
    window.harness.state().said()[0].to_owned()
}

#[test]
fn the_key_of_printing_and_enter_print_all() {
    let mut window = asked();
    assert_eq!(window.harness.state().position().page, Page::Preview);
    window.key(Key::Enter);
    let sent = only(&window);
    assert_eq!(sent.printer, "财务室激光");
    assert_eq!(sent.plan.sides, [Some(0), Some(1), Some(2)]);
    assert!(sent.title.contains("科协组织建设"), "{}", sent.title);
    assert_eq!(said(&window), "已交给打印机“财务室激光”：3 页，用纸 3 张");
}

#[test]
fn what_is_chosen_is_sent() {
    let mut window = asked();
    window.click("增加一份");
    window.click("逐份打印");
    window.click("双面，沿短边翻");
    window.click("要打印的页码");
    window.type_text("2－3");
    assert!(window.has("共 2 页，2 份，用纸 2 张"));
    print(&mut window);
    let sent = only(&window);
    assert_eq!(sent.plan.sides, [Some(1), Some(2)]);
    assert_eq!(sent.ticket.copies, 2);
    assert!(!sent.ticket.collate);
    assert_eq!(sent.ticket.duplex, Duplex::ShortEdge);
}

#[test]
fn a_copy_count_can_be_typed() {
    let mut window = asked();
    field(&window, "份数").click();
    window.run();
    window.keys(CTRL, Key::A);
    window.type_text("12");
    window.key(Key::Enter);
    assert_eq!(only(&window).ticket.copies, 12);
}

#[test]
fn pages_that_there_are_not_are_said_and_not_printed() {
    let mut window = asked();
    window.click("要打印的页码");
    window.type_text("2-9");
    print(&mut window);
    assert!(window.has("没有第 9 页，一共 3 页"));
    assert!(window.printers.sent().is_empty());
    window.keys(CTRL, Key::A);
    window.type_text("2-3");
    print(&mut window);
    assert_eq!(only(&window).plan.sides, [Some(1), Some(2)]);
}

#[test]
fn a_printer_that_waits_is_told_before_and_after() {
    let mut window = asked();
    choose(&mut window, "老喷墨");
    assert!(window.has("脱机，打印的内容会先排队"));
    // It has neither A4 nor both sides, and does not reach the edges.
    assert!(window.has_text("没有 A4 纸"));
    assert!(window.has_text("纸边有 14 毫米印不到"));
    window.click("双面，沿长边翻");
    print(&mut window);
    let sent = only(&window);
    assert_eq!(sent.ticket.duplex, Duplex::Off);
    assert!(said(&window).ends_with("打印机脱机，会等它恢复后印出"));
}

#[test]
fn a_printer_that_takes_nothing_is_sent_nothing() {
    let mut window = asked();
    choose(&mut window, "会议室");
    assert!(window.has("不接受打印（已搬到 305 室）"));
    window.key(Key::Enter);
    assert!(window.printers.sent().is_empty());
    assert!(window.has("打印机"), "the dialog is still there");
}

#[test]
fn without_printers_there_is_the_other_way() {
    let mut window = Window::with_sample();
    window.keys(CTRL, Key::P);
    assert!(!window.has("份数"));
    let buttons = window.harness.get_all_by_label("用系统程序打开 PDF");
    // The one in front.
    buttons.last().expect("a button").click();
    window.run();
    assert_eq!(window.opened_with_system().len(), 1);
}

#[test]
fn a_service_that_is_down_is_said() {
    let mut window = with_printers();
    window.printers.fail(SpoolError::NoService {
        service: "Windows 服务 Print Spooler",
        words: "RPC 服务器不可用".into(),
    });
    window.keys(CTRL, Key::P);
    assert!(window.has_text("这台电脑的打印服务没有启动或没有安装"));
}

#[test]
fn a_job_that_fails_is_told_with_the_way_out() {
    let mut window = asked();
    window.printers.fail(SpoolError::Failed {
        printer: "财务室激光".into(),
        words: "磁盘空间不足".into(),
    });
    print(&mut window);
    assert!(window.has("没有打印"));
    assert!(window.has_text("可能只印出一部分"));
    assert!(window.printers.sent().is_empty());
}

#[test]
fn the_printer_and_its_sides_are_remembered() {
    let mut window = asked();
    choose(&mut window, "老喷墨");
    window.click("黑白");
    print(&mut window);
    let mut again = Window::beside(&window);
    ready(&again);
    again.open(super::setting::SAMPLE);
    again.keys(CTRL, Key::P);
    let printer = again.get("打印机");
    assert_eq!(printer.accesskit_node().value().as_deref(), Some("老喷墨"));
    again.key(Key::Enter);
    assert!(only(&again).ticket.grey);
}

#[test]
fn the_dialog_fits_every_window() {
    for (name, size, scale, theme) in [
        ("print-light", Vec2::new(1366.0, 768.0), 1.0, Theme::Light),
        ("print-dark-150", Vec2::new(1024.0, 700.0), 1.5, Theme::Dark),
    ] {
        let mut window = Window::with(Setup {
            size,
            scale,
            theme,
            pictures: true,
        });
        window.open(super::setting::SAMPLE);
        ready(&window);
        window.keys(CTRL, Key::P);
        choose(&mut window, "老喷墨");
        window.click("增加一份");
        window.picture(name);
        let print = print_button(&window).rect();
        assert!(window.harness.ctx.content_rect().contains_rect(print));
    }
}

#[test]
fn on_both_sides_every_project_begins_on_a_sheet_of_its_own() {
    let mut window = with_printers();
    let duplicate = Action::Do(UiCommand::DuplicateProject);
    window.harness.state_mut().send(duplicate);
    window.run();
    window.keys(CTRL, Key::Num6);
    window.click("全部 2 个项目");
    window.keys(CTRL, Key::P);
    window.click("双面，沿长边翻");
    // Three pages each, and a blank back behind the first project.
    assert!(window.has("共 6 页，用纸 4 张"));
    print(&mut window);
    let pages = [Some(0), Some(1), Some(2), None, Some(3), Some(4), Some(5)];
    assert_eq!(only(&window).plan.sides, pages);
}
