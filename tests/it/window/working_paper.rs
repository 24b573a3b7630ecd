//! 复核底稿: typing over what is worked out, with the form locked; sums, the way back, and where names lead.

use egui::{Event, ImeEvent, Key, Modifiers};
use jiping::{
    model::{
        path::Place,
        project::Stage,
        working_paper::{PaperCell, PaperField, PaperSubject},
    },
    store::{format::write, simulated::SimulatedFs},
    ui::{desk::Page, icons},
};

use super::{
    parts::{field, press},
    setting::{SAMPLE, Setup, Window},
};

const SCORE: &str = "数量指标 全组 复核得分";
const ACTUAL: &str = "信息安全维护次数 复核完成值";

/// The sample, handed in: nothing of the form can be changed.
fn handed_in() -> Window {
    let mut document = (*Window::with_sample().document()).clone();
    document.projects.get_mut(0).expect("a project").stage = Stage::Submitted;
    let fs = SimulatedFs::new();
    fs.put(SAMPLE, write(&document));
    let mut window = Window::on(fs, Setup::default());
    window.open(SAMPLE);
    window.click("复核底稿");
    window
}

fn typed(window: &Window, name: &str, field: PaperField) -> String {
    let project = window.project();
    let mut rows = project.rows().map(|view| view.indicator);
    let row = rows.find(|row| row.name == name).expect("the row");
    let cell = PaperCell::Line(PaperSubject::Indicator(row.id), field);
    project.paper_text(cell).expect("a cell").to_owned()
}

fn focus(window: &mut Window, name: &str) {
    window.get(name).focus();
    window.run();
}

#[test]
fn a_reviewer_types_over_a_form_that_is_handed_in() {
    let mut window = handed_in();
    let before = window.document();
    assert!(window.has_text("与自评相同") || window.has_text("核减"));
    focus(&mut window, ACTUAL);
    window.type_text("6");
    assert_eq!(typed(&window, "信息安全维护次数", PaperField::Actual), "6");
    window.key(Key::Escape);
    assert_eq!(window.document(), before, "Esc takes back what was typed");

    focus(&mut window, SCORE);
    window.type_text("13");
    window.key(Key::Enter);
    let group = window.project();
    let group = group.groups().find(|view| view.group.name() == "数量指标");
    let group = group.expect("the group").group.id;
    let cell = PaperCell::Line(PaperSubject::Group(group), PaperField::Score);
    assert_eq!(window.project().paper_text(cell), Some("13"));
    assert!(window.has_text("核减"), "the sum follows");
    assert!(!window.get(SCORE).is_focused(), "Enter goes down");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.project().paper_text(cell), Some(""));
}

#[test]
fn keys_go_from_cell_to_cell_past_those_that_are_none() {
    let mut window = handed_in();
    focus(&mut window, SCORE);
    window.key(Key::Enter);
    // The rows of the group have no score of their own; the next is that of the next group.
    assert!(window.get("质量指标 全组 复核得分").is_focused());
    window.keys(Modifiers::SHIFT, Key::Enter);
    assert!(window.get(SCORE).is_focused());
    window.key(Key::ArrowRight);
    assert!(window.get("数量指标 全组 备注").is_focused());
    focus(&mut window, ACTUAL);
    window.key(Key::Tab);
    assert!(window.get("信息安全维护次数 备注").is_focused());
}

#[test]
fn f2_goes_on_from_the_prefilled_text_and_leaves_nothing_unless_something_is_typed() {
    let mut window = handed_in();
    let before = window.document();
    focus(&mut window, ACTUAL);
    window.key(Key::F2);
    window.key(Key::Enter);
    assert_eq!(window.document(), before);
    focus(&mut window, ACTUAL);
    window.key(Key::F2);
    window.type_text("项");
    assert_eq!(
        typed(&window, "信息安全维护次数", PaperField::Actual),
        "1项"
    );
}

#[test]
fn chinese_is_composed_in_a_remark() {
    let mut window = handed_in();
    focus(&mut window, "信息安全维护次数 备注");
    let preedit = |text: &str| {
        Event::Ime(ImeEvent::Preedit {
            text: text.into(),
            active_range_chars: None,
        })
    };
    let commit = Event::Ime(ImeEvent::Commit("结题报告六份".into()));
    for event in [preedit("j"), preedit("jieti"), commit] {
        window.harness.event(event);
        window.harness.step();
    }
    window.run();
    assert_eq!(
        typed(&window, "信息安全维护次数", PaperField::Note),
        "结题报告六份"
    );
}

#[test]
fn a_line_and_the_whole_go_back_to_what_is_prefilled() {
    let mut window = handed_in();
    let before = window.document();
    focus(&mut window, ACTUAL);
    window.type_text("6");
    window.key(Key::Enter);
    press(&mut window, "信息安全维护次数 回到预填");
    assert_eq!(window.document(), before);
    focus(&mut window, ACTUAL);
    window.harness.event(Event::Paste("6\n5".into()));
    window.run();
    assert_eq!(typed(&window, "信息安全维护次数", PaperField::Actual), "6");
    let all = format!("{} 全部回到预填", icons::ARROW_COUNTER_CLOCKWISE);
    press(&mut window, &all);
    assert_eq!(window.document(), before);
}

#[test]
fn a_name_leads_to_its_row_and_a_note_is_about_it() {
    let mut window = handed_in();
    focus(&mut window, ACTUAL);
    window.click("转到 信息安全维护次数");
    assert_eq!(window.harness.state().position().page, Page::Indicators);
    let cell = window.cell().expect("a cell");
    assert!(matches!(cell.place, Place::Indicator(..)));
}

#[test]
fn the_opinion_and_the_reviewer_are_kept() {
    let mut window = handed_in();
    for (name, text, cell) in [
        ("复核人", "赵敏", PaperCell::Reviewer),
        ("复核意见", "情况属实", PaperCell::Opinion),
    ] {
        field(&window, name).focus();
        window.run();
        window.type_text(text);
        assert_eq!(window.project().paper_text(cell), Some(text));
    }
}

#[test]
fn where_there_are_no_indicators_the_page_says_so() {
    let mut window = super::funds::blank("transfer-2022", &["新项目"], Setup::default());
    window.click("复核底稿");
    assert!(window.has("还没有可以复核的指标"));
    press(&mut window, "转到绩效指标");
    assert_eq!(window.harness.state().position().page, Page::Indicators);
}

#[test]
fn the_working_paper_draws_narrow_and_wide() {
    for (name, theme, size, scale) in [
        ("light", egui::Theme::Light, [1366.0, 768.0], 1.0),
        ("dark", egui::Theme::Dark, [1366.0, 768.0], 1.0),
        ("1024", egui::Theme::Light, [1024.0, 700.0], 1.0),
        ("150", egui::Theme::Light, [911.0, 512.0], 1.5),
        ("wide", egui::Theme::Light, [1920.0, 1040.0], 1.0),
    ] {
        let mut window = Window::with(Setup {
            size: size.into(),
            scale,
            theme,
            pictures: true,
        });
        window.open(SAMPLE);
        window.click("复核底稿");
        focus(&mut window, ACTUAL);
        window.type_text("6");
        window.key(Key::Enter);
        window.picture(&format!("paper-{name}"));
    }
}
