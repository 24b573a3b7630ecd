//! The file on the disk while it is open in a window: changed by others, opened by others, not to be written to.

use std::{path::Path, sync::Arc};

use egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiff::{SignedDuration, tz::TimeZone};
use jiping::{
    edit::command::EditCommand,
    model::{id::CountedIds, path::Place, project::header},
    session::{
        environment::{Environment, FixedClock},
        saving::SaveEnd,
        session::Session,
    },
    store::{
        beside::{Holding, Person},
        fs::ProcessMark,
        run::Run,
        simulated::{Damage, Fault, Operation, SimulatedFs},
    },
};

use super::setting::{FRAMES_PER_SECOND, SAMPLE, Setup, Window};

const NOTE: &str = "/docs/~$科协2020.jiping";
const CHANGED: &str = "文件已被别人改动（14:32）";

fn noon() -> jiff::Zoned {
    let now = jiff::civil::date(2021, 3, 5).at(14, 32, 0, 0);
    now.to_zoned(TimeZone::UTC).expect("a time")
}

/// A colleague opens the file, gives its project a name and saves.
pub fn colleague_renames(fs: &SimulatedFs, name: &str) {
    let clock = Arc::new(FixedClock::new(noon()));
    let world = Arc::new(Environment::for_tests(fs, clock, 0xE000_0000_0000_0000));
    let mut session = Session::open(world, Path::new(SAMPLE)).expect("opens");
    let project = session.document().projects.first().expect("a project");
    let command = EditCommand::SetCell {
        at: project.at(Place::Header(header::PROJECT_NAME.into())),
        text: name.into(),
    };
    session.edit(&command).expect("an edit");
    // Files of the simulated disk are of 1970 otherwise.
    let since = std::time::SystemTime::from(noon().timestamp());
    if let Ok(ahead) = since.duration_since(fs.now()) {
        fs.advance(ahead);
    }
    assert!(matches!(session.save(), Ok(SaveEnd::Saved(_))));
}

/// A colleague at another computer has the file open since a while ago.
pub fn colleague_has_it_open(fs: &SimulatedFs, user: &str) -> Holding {
    let own = jiping::store::Fs::process(fs);
    fs.set_process(ProcessMark {
        machine: 99,
        pid: 1,
    });
    let person = Person {
        user: user.into(),
        computer: "财务室-02".into(),
        home: Some(99),
    };
    let mut ids = CountedIds(0xD000_0000_0000_0000);
    let now = noon().timestamp();
    let since = now - SignedDuration::from_mins(72);
    let mut holding = Holding::new(SAMPLE.as_ref(), person, &mut ids, since);
    let run = Run::unseen(fs, &mut ids);
    holding.renew(fs, &run, now, &|_, _| false);
    fs.set_process(own);
    holding
}

fn gets_focus(window: &mut Window) {
    window.harness.event(Event::WindowFocused(true));
    window.run();
}

fn name(window: &Window) -> String {
    window.project().name().to_owned()
}

/// Changes the name through the document, as the field does.
fn rename(window: &mut Window, name: &str) {
    let at = window
        .project()
        .at(Place::Header(header::PROJECT_NAME.into()));
    let command = EditCommand::SetCell {
        at,
        text: name.into(),
    };
    let send = jiping::ui::action::Action::Edit(command);
    window.harness.state_mut().send(send);
    window.run();
}

#[test]
fn what_others_write_is_offered_with_one_click_and_one_way_back() {
    let mut window = Window::with_sample();
    let before = window.document();
    colleague_renames(&window.fs, "对方的名称");
    gets_focus(&mut window);
    assert!(window.has_text(CHANGED));
    assert_eq!(window.document(), before, "nothing is taken over by itself");
    window.click("换成新的内容");
    assert_eq!(name(&window), "对方的名称");
    assert!(!window.has_text(CHANGED));
    assert!(!window.harness.state().has_unsaved());
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn the_file_is_looked_at_from_time_to_time() {
    let mut window = Window::with_sample();
    colleague_renames(&window.fs, "对方的名称");
    for _ in 0..14 * FRAMES_PER_SECOND {
        window.harness.step();
    }
    assert!(!window.has_text(CHANGED));
    for _ in 0..2 * FRAMES_PER_SECOND {
        window.harness.step();
    }
    window.run();
    assert!(window.has_text(CHANGED));
}

#[test]
fn nothing_is_reloaded_under_a_cell_that_is_being_edited() {
    let mut window = Window::with_sample();
    let before = window.document();
    window.type_text("正在写的");
    let at = window.cell().expect("a cell");
    colleague_renames(&window.fs, "对方的名称");
    gets_focus(&mut window);
    assert!(window.has_text(CHANGED));
    assert_eq!(window.document(), before);
    window.type_text("话");
    window.key(Key::Enter);
    let project = window.project();
    let text = project.cell_text(&at.place).map(|text| text.into_owned());
    assert_eq!(text.as_deref(), Some("正在写的话"));
    assert_ne!(name(&window), "对方的名称");
}

#[test]
fn a_save_over_what_others_wrote_asks_and_offers_to_merge() {
    let mut window = Window::with_sample();
    rename(&mut window, "我的名称");
    colleague_renames(&window.fs, "对方的名称");
    let theirs = window.fs.content(SAMPLE);
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.has("没有保存"));
    assert!(window.harness.state().has_unsaved());
    assert_eq!(window.fs.content(SAMPLE), theirs);
    window.key(Key::Escape);
    // The bar offers the same, and says what differs.
    assert!(window.has_text(CHANGED));
    window.click("查看差异");
    assert!(window.has_text("对方改了：1 个项目有改动"));
    window.click("知道了");
    window.click("用磁盘上的（放弃我的改动）");
    assert_eq!(name(&window), "对方的名称");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(name(&window), "我的名称");
}

#[test]
fn of_two_who_write_the_same_nobody_is_asked() {
    let mut window = Window::with_sample();
    rename(&mut window, "同一个名称");
    colleague_renames(&window.fs, "同一个名称");
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(!window.has("没有保存"));
    assert!(!window.harness.state().has_unsaved());
}

#[test]
fn a_share_that_is_gone_is_said_quietly_and_forgotten_when_it_is_back() {
    let mut window = Window::with_sample();
    let fs = window.fs.clone();
    fs.inject(Fault {
        on: Some(Operation::Info),
        from: 1,
        times: u64::MAX,
        damage: Damage::Device,
    });
    gets_focus(&mut window);
    assert!(window.has_text("原文件暂时读不到"));
    assert!(!window.has_text("文件已被"));
    fs.heal();
    gets_focus(&mut window);
    assert!(!window.has_text("原文件暂时读不到"));
}

#[test]
fn colleagues_see_a_note_while_the_file_is_open_and_no_longer() {
    let mut window = Window::with_sample();
    let note = window.fs.content(NOTE).expect("a note");
    let note = String::from_utf8(note).expect("text");
    assert!(
        note.contains("测试员") && note.contains("办公电脑"),
        "{note}"
    );
    window.keys(Modifiers::COMMAND, Key::W);
    assert_eq!(window.fs.content(NOTE), None);
}

#[test]
fn a_file_that_a_colleague_has_is_opened_as_the_person_chooses() {
    for (choice, rest) in [
        ("只读打开", "只看"),
        ("打开副本", "副本"),
        ("继续编辑", "编辑"),
    ] {
        let mut window = Window::new();
        let holding = colleague_has_it_open(&window.fs, "王强");
        window.open(SAMPLE);
        assert!(window.has_text("王强（财务室-02）从 13:20 起打开着它"));
        window.click(choice);
        assert!(!window.has("别人正在用这个文件"));
        let before = name(&window);
        rename(&mut window, "改过的名称");
        let is_changed = name(&window) != before;
        assert_eq!(is_changed, rest != "只看", "{choice}");
        let desk = window.harness.state().desk().expect("open");
        let has_file = desk.session.path().is_some();
        assert_eq!(has_file, rest != "副本", "{choice}");
        if rest == "只看" {
            window.click("改为编辑");
            rename(&mut window, "改过的名称");
            assert_eq!(name(&window), "改过的名称");
        }
        drop((window, holding));
    }
}

#[test]
fn closed_without_an_answer_the_file_is_only_looked_at() {
    let mut window = Window::new();
    let _holding = colleague_has_it_open(&window.fs, "");
    window.open(SAMPLE);
    assert!(window.has_text("“财务室-02”上的同事从 13:20 起打开着它"));
    window.key(Key::Escape);
    assert!(window.has("改为编辑"));
    assert!(
        window.fs.content(NOTE).is_some(),
        "the colleague's note stays"
    );
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told_and_the_save_asks_where() {
    let mut window = Window::new();
    window.fs.inject(Fault {
        on: Some(Operation::CreateNew),
        from: 1,
        times: u64::MAX,
        damage: Damage::Denied,
    });
    window.open(SAMPLE);
    assert!(window.has_text("这个文件夹不能写入"));
    rename(&mut window, "仍可编辑");
    window.fs.heal();
    window.fs.put("/docs/别处/x", "");
    window.will_choose("/docs/别处/另存.jiping");
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.fs.content("/docs/别处/另存.jiping").is_some());
    assert!(!window.has_text("这个文件夹不能写入"));
}

#[test]
fn a_file_that_is_marked_read_only_says_so_above_the_page() {
    let mut window = Window::with(Setup::default());
    window.fs.set_read_only(SAMPLE, true);
    window.open(SAMPLE);
    assert!(window.has_text("文件标为只读"));
    assert_eq!(window.fs.content(NOTE), None, "it is nobody's");
    rename(&mut window, "仍可编辑");
    assert_eq!(name(&window), "仍可编辑");
}

#[test]
fn a_merge_keeps_both_edits_and_the_next_save_goes_to_the_file() {
    let mut window = Window::with_sample();
    let at = window.project().at(Place::Header(header::UNIT.into()));
    let own = EditCommand::SetCell {
        at: at.clone(),
        text: "我填的单位".into(),
    };
    let send = jiping::ui::action::Action::Edit(own);
    window.harness.state_mut().send(send);
    window.run();
    colleague_renames(&window.fs, "对方的名称");
    window.keys(Modifiers::COMMAND, Key::S);
    // In the dialog, and in the bar behind it.
    assert_eq!(window.harness.query_all_by_label("合并…").count(), 2);
    window.key(Key::Escape);
    window.click("合并…");
    let merge = window.harness.get_by_role_and_label(Role::Button, "合并");
    merge.click();
    window.run();
    window.key(Key::Escape);
    assert_eq!(name(&window), "对方的名称");
    let unit = window.project();
    assert_eq!(unit.cell_text(&at.place).as_deref(), Some("我填的单位"));
    assert!(!window.has_text(CHANGED));
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(!window.has("没有保存"));
    assert!(!window.harness.state().has_unsaved());
    let saved = window.fs.content(SAMPLE).expect("the file");
    let saved = String::from_utf8(saved).expect("text");
    assert!(saved.contains("对方的名称") && saved.contains("我填的单位"));
}

#[test]
fn the_bars_draw_in_every_size() {
    let looks = [
        ("light", egui::Theme::Light, [1366.0, 768.0]),
        ("dark", egui::Theme::Dark, [1366.0, 768.0]),
        ("1024", egui::Theme::Light, [1024.0, 700.0]),
    ];
    for (name, theme, size) in looks {
        let mut window = Window::with(Setup {
            size: size.into(),
            scale: 1.0,
            theme,
            pictures: true,
        });
        window.open(SAMPLE);
        rename(&mut window, "我的名称");
        colleague_renames(&window.fs, "对方的名称");
        gets_focus(&mut window);
        window.picture(&format!("outside-changed-{name}"));
        let look = jiping::ui::outside::OutsideAction::LookOnly(true);
        let look = jiping::ui::action::Action::Outside(look);
        window.harness.state_mut().send(look);
        window.run();
        window.picture(&format!("outside-looking-{name}"));
        assert!(window.has("改为编辑"));
    }
}

#[test]
fn nothing_opens_in_what_is_only_looked_at() {
    let mut window = Window::new();
    let _holding = colleague_has_it_open(&window.fs, "王强");
    window.open(SAMPLE);
    window.click("只读打开");
    let before = window.document();
    window.type_text("不该写进去的字");
    window.key(Key::Enter);
    assert_eq!(window.document(), before);
    assert!(!window.harness.state().has_unsaved());
}
