//! 指标库: found by pinyin, put into the form, taken back; a list out of Excel on its way in.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::command::EditCommand,
    model::{
        path::IndicatorField,
        project::{Project, Stage},
    },
    store::simulated::SimulatedFs,
    ui::action::Action,
};

use super::{
    deviation::{cell, send},
    parts::{enter, press},
    setting::{SAMPLE, Setup, Window},
};

fn with_files(files: &[(&str, &str)]) -> Window {
    let fs = SimulatedFs::new();
    let sample = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
    fs.put(SAMPLE, sample);
    for (path, text) in files {
        fs.put(path, text.as_bytes());
    }
    let mut window = Window::on(fs, Setup::default());
    window.open(SAMPLE);
    window
}

/// The names under a second-level indicator.
fn names(project: &Project, group: &str) -> Vec<String> {
    let groups = project.groups().filter(|view| view.group.name() == group);
    let rows = groups.flat_map(|view| view.group.indicators.iter());
    rows.map(|row| format!("{} {}", row.name, row.target.text()))
        .collect()
}

fn open_library(window: &mut Window) {
    window.keys(Modifiers::COMMAND, Key::L);
    assert!(window.has("查找指标"));
}

#[test]
fn an_indicator_is_found_by_initials_and_put_into_the_form_as_one_step() {
    let mut window = Window::with_sample();
    let before = window.project();
    open_library(&mut window);
    window.type_text("hycql");
    assert!(window.has("会议出勤率 ≥90%"), "it is in the list");
    assert!(window.has_text("实到人数"), "how it is measured is told");
    window.key(Key::Enter);
    let after = window.project();
    let quality = names(&after, "质量指标");
    assert_eq!(quality.len(), names(&before, "质量指标").len() + 1);
    assert!(
        quality.contains(&"会议出勤率 ≥90%".to_owned()),
        "{quality:?}"
    );
    let at = window.cell().expect("the cursor is at the new row");
    assert_eq!(at, cell(&window, "会议出勤率", IndicatorField::Target));
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.project(), before);
}

#[test]
fn several_are_put_in_together_beside_the_cursor_or_by_their_level() {
    let mut window = Window::with_sample();
    let at = cell(&window, "年度课题数量", IndicatorField::Name);
    send(&mut window, Action::GoTo(at));
    let before = window.project();
    open_library(&mut window);
    for name in ["立项课题数量", "单个课题平均经费"] {
        window.keys(Modifiers::COMMAND, Key::A);
        window.type_text(name);
        window.keys(Modifiers::COMMAND, Key::Enter);
    }
    press(&mut window, "加入 2 条");
    let after = window.project();
    let quantity = names(&after, "数量指标");
    let own = quantity
        .iter()
        .position(|row| row.starts_with("年度课题数量"));
    let new = quantity.iter().position(|row| row == "立项课题数量 ≥5个");
    assert_eq!(new, own.map(|own| own + 1), "{quantity:?}");
    let cost = names(&after, "成本指标");
    assert!(
        cost.contains(&"单个课题平均经费 ≤10万元/个".to_owned()),
        "{cost:?}"
    );
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.project(), before, "one step");
}

#[test]
fn a_locked_form_refuses_in_words_and_keeps_the_dialog() {
    let mut window = Window::with_sample();
    let project = window.project().id;
    let stage = Stage::Final;
    send(
        &mut window,
        Action::Edit(EditCommand::SetStage { project, stage }),
    );
    let before = window.project();
    open_library(&mut window);
    window.key(Key::Enter);
    assert!(window.has_text("内容已锁定"));
    assert!(window.has("查找指标"));
    assert_eq!(window.project(), before);
}

#[test]
fn where_the_form_has_no_such_level_a_person_says_where() {
    let list =
        "项目类型,二级指标,指标名称,计算符号,指标值,单位\n河道,其他指标,河道巡查里程,≥,30,公里\n";
    let mut window = with_files(&[("/docs/清单.csv", list)]);
    open_library(&mut window);
    window.will_choose("/docs/清单.csv");
    window.click("导入清单…");
    press(&mut window, "收录 1 条");
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("河道");
    press(&mut window, "加入表中");
    let choice = window.harness.get_by_role_and_label(Role::ComboBox, "放到");
    choice.click();
    window.run();
    window.click("放到 产出指标 · 数量指标");
    press(&mut window, "放到这里");
    let quantity = names(&window.project(), "数量指标");
    assert!(
        quantity.contains(&"河道巡查里程 ≥30公里".to_owned()),
        "{quantity:?}"
    );
}

#[test]
fn a_list_is_looked_at_and_taken_with_one_confirmation() {
    let list = "单位指标清单\n\
        一级指标,二级指标,三级指标,方向,目标值,计量单位,计算方法\n\
        产出指标,数量指标,巡查河道次数,正向,12,次,按巡查记录计\n\
        ,,清理河道长度,,8,公里,\n\
        ,质量指标,水质达标率,≥,95,百分比,\n\
        成本指标,经济成本指标,,≤,500,元/人,\n";
    let mut window = with_files(&[("/docs/清单.csv", list)]);
    open_library(&mut window);
    window.will_choose("/docs/清单.csv");
    window.click("导入清单…");
    assert!(window.has_text("没有指标名称，只有"));
    assert!(window.has_text("已更正：指标值没有比较符号"));
    press(&mut window, "收录 3 条");
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("hd");
    assert!(window.has("巡查河道次数 ≥12次"));
    assert!(window.has("清理河道长度 ≥8公里"));
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("水质");
    assert!(window.has("水质达标率 ≥95%"));
    // The next run knows them too.
    let mut again = Window::beside(&window);
    again.open(SAMPLE);
    open_library(&mut again);
    again.type_text("水质");
    assert!(again.has("水质达标率 ≥95%"));
}

#[test]
fn an_entry_of_ones_own_is_written_judged_and_deleted() {
    let mut window = Window::with_sample();
    open_library(&mut window);
    window.click("新建指标…");
    window.type_text("河道保洁长度");
    enter(&mut window, "参考指标值");
    window.type_text("30");
    enter(&mut window, "度量单位");
    window.type_text("公里");
    press(&mut window, "保存到指标库");
    window.click("只看自建和收录的");
    assert!(window.has("河道保洁长度 ≥30公里"));
    window.click("删除这一条");
    assert!(!window.has("河道保洁长度 ≥30公里"));
    let kept = window.fs.content("/data/library.json").expect("the file");
    assert!(!String::from_utf8_lossy(&kept).contains("河道"));
}

#[test]
fn names_of_the_library_complete_what_is_typed_in_the_grid() {
    let mut window = Window::with_sample();
    let at = cell(&window, "年度课题数量", IndicatorField::Name);
    send(&mut window, Action::GoTo(at));
    window.type_text("研究报告");
    assert!(window.has("研究报告完成数量"));
    assert!(!window.has("研究报告查重合格率"), "of another level");
}

#[test]
fn pictures_of_the_library() {
    for (name, size, theme) in [
        ("library-1366-light", [1366.0, 768.0], egui::Theme::Light),
        ("library-1024-dark", [1024.0, 700.0], egui::Theme::Dark),
    ] {
        let fs = SimulatedFs::new();
        let sample = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
        fs.put(SAMPLE, sample);
        let list = "二级指标,指标名称,计算符号,指标值,单位\n数量指标,巡查河道次数,,12,次\n质量指标,水质达标率,≥,95,百分比\n成本指标,人均保洁费,≥,300,元/人\n时效指标,完成及时性,,及时,\n";
        fs.put("/docs/清单.csv", list.as_bytes());
        let setup = Setup {
            size: size.into(),
            theme,
            pictures: true,
            ..Setup::default()
        };
        let mut window = Window::on(fs, setup);
        window.open(SAMPLE);
        open_library(&mut window);
        window.picture(name);
        window.will_choose("/docs/清单.csv");
        window.click("导入清单…");
        window.picture(&format!("{name}-taking"));
        press(&mut window, "收录 3 条");
        window.click("只看自建和收录的");
        window.picture(&format!("{name}-own"));
        window.click("修改…");
        window.picture(&format!("{name}-edit"));
    }
}
