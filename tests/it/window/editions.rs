//! 表样 in the window: made of an office's own form, edited with undo, kept, put into the document, opened elsewhere.

use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;
use jiping::{
    edit::edition::faults::Part,
    model::{
        edition::{Edition, EditionStatus},
        id::CountedIds,
        project::Project,
    },
    sheet::{
        booklet::Booklet,
        office::Behind,
        table::FormSheet,
        workbook::{WorkbookOptions, workbook},
    },
    store::{
        Fs as _,
        editions::{EditionShelf, Origin},
        simulated::SimulatedFs,
    },
    ui::{
        action::{Action, NewForm},
        command::UiCommand,
        dialogs::edition_editor::EditionEditor,
    },
};

use super::{
    parts::enter,
    setting::{SAMPLE, Setup, Window},
    start::drop_file,
};

/// The bureau's empty form, on the disk of the tests.
pub const EMPTY: &str = "/docs/某市2024年自评表.xlsx";

fn shipped(id: &str) -> Edition {
    let shelf = EditionShelf::built_in();
    let mut all = shelf.list().iter();
    let found = all.find(|known| known.edition.id == id);
    Edition::clone(&found.expect("a shipped edition").edition)
}

/// A form that no shipped edition has: other captions, a column more.
fn bureau() -> Edition {
    let mut edition = shipped("mof-2020");
    edition.title = "某市财政项目绩效自评表".into();
    edition.header[0].caption = "财政项目名称".into();
    edition.goals.expected.caption = "年初设定的目标".into();
    edition
}

/// The form as an empty workbook.
pub fn empty_workbook() -> Vec<u8> {
    let edition = bureau();
    let project = Project::blank(&edition, &mut CountedIds(0));
    let time = date(2024, 3, 5).at(14, 32, 7, 0);
    let booklet = Booklet::official([FormSheet::new(&project, &edition)], time);
    let behind = Behind {
        project: &project,
        edition: &edition,
        findings: None,
    };
    let options = WorkbookOptions { formulas: false };
    workbook(&booklet, &[behind], options).expect("a workbook")
}

fn disk() -> SimulatedFs {
    let fs = SimulatedFs::new();
    fs.put(
        SAMPLE,
        include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping"),
    );
    fs.put(EMPTY, empty_workbook());
    fs
}

/// Presses a button of the dialog in front; the tool bar above may have one of the same name.
fn press(window: &mut Window, name: &str) {
    let all = window
        .harness
        .query_all_by_role_and_label(egui::Role::Button, name);
    let lowest = all.max_by(|one, other| one.rect().top().total_cmp(&other.rect().top()));
    lowest.unwrap_or_else(|| panic!("no button {name}")).click();
    window.run();
}

fn own_editions(window: &Window) -> Vec<String> {
    let names = window
        .fs
        .list("/data/editions".as_ref())
        .unwrap_or_default();
    names
        .into_iter()
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// The whole way: 新建, drop, 新建, save — three clicks and a drop — and a colleague opens the file.
#[test]
fn a_dropped_empty_form_becomes_an_edition_in_three_clicks_and_travels() {
    let mut window = Window::on(disk(), Setup::default());
    window.run();
    window.click(UiCommand::New.label());
    assert!(window.has("拖入本单位的空白表"), "the first choice");
    drop_file(&mut window, EMPTY);
    assert!(
        window.has("已按“某市2024年自评表.xlsx”做成表样"),
        "it is made"
    );
    assert!(window.has("空白表：某市2024年自评表"), "and looked at");
    enter(&mut window, "项目名称（可以以后再填）");
    window.type_text("社区图书角");
    press(&mut window, "新建");
    let project = window.project();
    assert_eq!(project.name(), "社区图书角");
    let edition = window.document().editions[0].clone();
    assert_eq!(
        edition.reference(),
        project.edition,
        "it travels with the document"
    );
    assert_eq!(edition.name, "某市2024年自评表");
    assert_eq!(edition.status, EditionStatus::Reference);
    assert_eq!(edition.header[0].caption, "财政项目名称");
    assert_eq!(edition.header[0].key, "project_name");
    assert!(!edition.gaps.is_empty());
    assert_eq!(own_editions(&window).len(), 1, "kept for later");
    assert!(window.has("表样未核对"), "the mark on the project");

    window.will_choose("/docs/图书角.jiping");
    window.keys(Modifiers::COMMAND, Key::S);
    let elsewhere = SimulatedFs::new();
    let bytes = window.fs.content("/docs/图书角.jiping").expect("saved");
    elsewhere.put("/来件/图书角.jiping", bytes);
    let mut colleague = Window::on(elsewhere, Setup::default());
    colleague.open("/来件/图书角.jiping");
    assert_eq!(own_editions(&colleague), [""; 0]);
    let desk = colleague.harness.state().desk().expect("open");
    let of_project = desk.session.editions().of(&colleague.project());
    assert_eq!(of_project.as_ref(), Some(&edition), "the same form");
    assert_eq!(
        colleague.harness.state().said(),
        [""; 0],
        "nothing to complain of"
    );
}

#[test]
fn a_file_without_a_form_says_so_and_changes_nothing() {
    let fs = disk();
    fs.put("/docs/通知.txt", "关于报送绩效自评表的通知");
    let mut window = Window::on(fs, Setup::default());
    window.run();
    window.click(UiCommand::New.label());
    window.will_choose("/docs/通知.txt");
    window.click("选择文件…");
    assert!(window.has("没有做成表样"));
    assert!(window.has_text("没有在文件中找到自评表"));
    assert_eq!(own_editions(&window), [""; 0]);
}

#[test]
fn editions_are_found_by_region_and_initials_and_the_persons_own_come_first() {
    let fs = disk();
    let mut own = shipped("shenzhen-2020");
    own.id = "own-8".into();
    own.name = "某市未核对的表".into();
    own.status = EditionStatus::Reference;
    own.gaps = vec!["执行率保留几位小数不详".into()];
    fs.put(
        "/data/editions/own-8.json",
        serde_json::to_string(&own).expect("serialises"),
    );
    let mut window = Window::on(fs, Setup::default());
    window.run();
    window.click(UiCommand::New.label());
    let first = |window: &Window| {
        let rows = window.harness.query_all_by_role(egui::Role::ListBoxOption);
        let tops: Vec<(i32, String)> = rows
            .map(|row| {
                (
                    row.rect().top() as i32,
                    row.accesskit_node().label().unwrap_or_default(),
                )
            })
            .collect();
        tops.into_iter().min().expect("a row").1
    };
    assert_eq!(first(&window), own.name);
    assert!(
        window.has_text("执行率保留几位小数不详"),
        "what is not known stands beneath the picture"
    );
    window.type_text("cq");
    assert_eq!(first(&window), shipped("chongqing-2022").name);
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("已核对 szs");
    assert_eq!(first(&window), shipped("shenzhen-2020").name);
}

fn editing(edition: Edition) -> Window {
    let mut window = Window::on(disk(), Setup::default());
    window.run();
    let dialog = EditionEditor::new(edition.into());
    window
        .harness
        .state_mut()
        .send(Action::Ask(Box::new(dialog)));
    window.run();
    window
}

fn tab(window: &mut Window, name: &str) {
    window
        .harness
        .get_by_role_and_label(egui::Role::Tab, name)
        .click();
    window.run();
}

fn replace(window: &mut Window, name: &str, text: &str) {
    enter(window, name);
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text(text);
}

#[test]
fn an_edition_is_edited_in_steps_that_go_back_and_is_kept() {
    let mut edition = shipped("shenzhen-2020");
    edition.id = "own-1".into();
    let mut window = editing(edition);
    replace(&mut window, "名称", "某市表");
    tab(&mut window, "表头");
    press(&mut window, "实施单位");
    replace(&mut window, "标题", "用款单位");
    press(&mut window, "上移：用款单位");
    press(&mut window, "＋ 添加表头栏目");
    replace(&mut window, "标题", "财政归口处室");
    for undone in ["撤销修改：修改 标题", "撤销修改：添加 表头栏目"] {
        press(&mut window, undone);
    }
    assert!(!window.has("财政归口处室"));
    press(&mut window, "重做修改：添加 表头栏目");
    press(&mut window, "删除：表头栏目");
    press(&mut window, "保存为表样");
    assert!(!window.has("编辑表样"), "it is kept, and the dialog goes");
    let kept = kept(&window, "own-1");
    assert_eq!(kept.name, "某市表");
    let captions: Vec<_> = kept
        .header
        .iter()
        .map(|field| field.caption.as_str())
        .collect();
    assert_eq!(captions, ["项目名称", "实施年度", "用款单位", "主管部门"]);
    let keys: Vec<_> = kept.header.iter().map(|field| field.key.as_str()).collect();
    assert_eq!(keys, ["project_name", "year", "unit", "department"]);
}

fn kept(window: &Window, id: &str) -> Edition {
    let names = own_editions(window);
    let texts = names.iter().map(|name| {
        let path = format!("/data/editions/{name}");
        window.fs.content(path).expect("a file")
    });
    let mut all = texts.map(|text| serde_json::from_slice::<Edition>(&text).expect("an edition"));
    all.find(|edition| edition.id == id).expect("kept")
}

#[test]
fn what_is_wrong_is_told_at_its_part_and_is_not_kept() {
    let mut window = editing(shipped("shenzhen-2020"));
    tab(&mut window, "表头");
    press(&mut window, "项目名称");
    press(&mut window, "删除：项目名称");
    assert!(window.has("表头，1 处要改"), "the part is marked");
    assert!(window.has_text("没有项目名称，请添加一项"));
    assert!(window.has("有 1 处要改"));
    press(&mut window, "关闭");
    assert!(
        window.has_text("还有要改的地方，没有保存"),
        "unsaved changes ask"
    );
    press(&mut window, "不保存");
    assert_eq!(own_editions(&window), [""; 0]);
}

#[test]
fn points_and_formulas_are_set_with_an_example_beside_them() {
    let mut edition = shipped("mof-2020");
    edition.id = "own-2".into();
    let mut window = editing(edition);
    tab(&mut window, "计分");
    replace(&mut window, "产出指标", "40");
    assert!(window.has("合计 90 分"));
    assert!(window.has_text("处要改"), "the points no longer add up");
    replace(&mut window, "产出指标", "50");
    assert!(window.has_text("例：不超过 100，实际 150，10 分得 5 分"));
    tab(&mut window, "校验界限");
    replace(&mut window, "指标最少条数", "3");
    press(&mut window, "保存为表样");
    let kept = kept(&window, "own-2");
    assert_eq!(kept.checks.fewest_indicators, 3);
    assert_eq!(kept.default_weights()["产出指标"].to_string(), "50");
}

/// An own edition is changed while a project is on it: the project follows, as one step.
#[test]
fn projects_follow_their_edition_where_nothing_is_lost() {
    let mut edition = shipped("shenzhen-2020");
    edition.id = "own-3".into();
    let fs = disk();
    let text = serde_json::to_string(&edition).expect("serialises");
    fs.put("/data/editions/own-3.json", text);
    let mut window = Window::on(fs, Setup::default());
    window.run();
    let form = NewForm {
        edition: edition.clone().into(),
        name: "图书角".into(),
        year: String::new(),
    };
    window
        .harness
        .state_mut()
        .send(Action::CreateDocument(form));
    window.run();
    let before = window.project().edition.clone();
    window
        .harness
        .state_mut()
        .send(Action::Do(UiCommand::Editions));
    window.run();
    press(&mut window, "修改…");
    replace(&mut window, "地区", "某市");
    press(&mut window, "保存");
    window.key(Key::Escape);
    let after = window.project().edition.clone();
    assert_eq!(after.id, before.id);
    assert_ne!(after.hash, before.hash);
    let desk = window.harness.state().desk().expect("open");
    let now = desk
        .session
        .editions()
        .of(&window.project())
        .expect("at hand");
    assert_eq!(now.region, "某市");
    assert_eq!(
        own_editions(&window).len(),
        1,
        "in the place of the one before"
    );
    window.harness.state_mut().send(Action::Do(UiCommand::Undo));
    window.run();
    assert_eq!(window.project().edition, before);
}

/// Handed out as a file, removed, taken over again; one of the same id and other content is asked about.
#[test]
fn editions_are_handed_out_removed_and_taken_over() {
    let mut edition = shipped("shenzhen-2020");
    edition.id = "own-4".into();
    edition.name = "某市表".into();
    let fs = disk();
    fs.put(
        "/data/editions/own-4.json",
        serde_json::to_string(&edition).expect("serialises"),
    );
    let mut window = Window::on(fs, Setup::default());
    window.run();
    window
        .harness
        .state_mut()
        .send(Action::Do(UiCommand::Editions));
    window.run();
    window.will_choose("/docs/某市表.json");
    press(&mut window, "导出为文件…");
    assert!(window.fs.content("/docs/某市表.json").is_some());
    press(&mut window, "删除…");
    press(&mut window, "删除");
    assert_eq!(own_editions(&window), [""; 0]);
    window.will_choose("/docs/某市表.json");
    press(&mut window, "导入表样…");
    assert_eq!(own_editions(&window).len(), 1);
    edition.region = "别处".into();
    window.fs.put(
        "/docs/新.json",
        serde_json::to_string(&edition).expect("serialises"),
    );
    window.will_choose("/docs/新.json");
    press(&mut window, "导入表样…");
    assert!(
        window.has_text("地区由“广东省深圳市”改为“别处”"),
        "what differs is told"
    );
    press(&mut window, "存为新表样");
    assert_eq!(own_editions(&window).len(), 2);
}

#[test]
fn an_edition_goes_into_the_document_and_one_in_use_is_put_there_before_it_is_removed() {
    let mut edition = shipped("shenzhen-2020");
    edition.id = "own-5".into();
    let fs = disk();
    fs.put(
        "/data/editions/own-5.json",
        serde_json::to_string(&edition).expect("serialises"),
    );
    fs.put(
        "/data/settings.json",
        r#"{"appearance": "light", "embed_editions": false}"#,
    );
    let mut window = Window::on(fs, Setup::default());
    window.run();
    let form = NewForm {
        edition: edition.into(),
        name: String::new(),
        year: String::new(),
    };
    window
        .harness
        .state_mut()
        .send(Action::CreateDocument(form));
    window.run();
    assert!(window.document().editions.is_empty(), "the settings say so");
    window
        .harness
        .state_mut()
        .send(Action::Do(UiCommand::Editions));
    window.run();
    press(&mut window, "删除…");
    assert!(window.has_text("正用于本文件的 1 个项目"));
    press(&mut window, "随文件保存并删除");
    assert_eq!(window.document().editions.len(), 1);
    assert_eq!(own_editions(&window), [""; 0]);
    let desk = window.harness.state().desk().expect("open");
    let shelf = desk.session.editions().shelf();
    let of_project = shelf.get(&window.project().edition).expect("at hand");
    assert!(of_project.exact);
    assert!(
        shelf
            .list()
            .iter()
            .any(|known| known.origin == Origin::Document)
    );
}

/// To be looked at: `target/window/edition-*.png`.
#[test]
fn the_dialogs_of_editions_draw() {
    let looks = [
        ("light", Theme::Light, [1366.0, 768.0]),
        ("dark", Theme::Dark, [1366.0, 768.0]),
        ("1024", Theme::Light, [1024.0, 700.0]),
    ];
    for (name, theme, size) in looks {
        let mut window = Window::on(
            disk(),
            Setup {
                size: size.into(),
                theme,
                pictures: true,
                ..Setup::default()
            },
        );
        window.run();
        window.click(UiCommand::New.label());
        window.picture(&format!("edition-new-{name}"));
        drop_file(&mut window, EMPTY);
        window.picture(&format!("edition-made-{name}"));
        press(&mut window, "修改…");
        // All of them once; what changes with the look of the window shows on two.
        let parts = Part::ALL.into_iter();
        let parts =
            parts.filter(|part| name == "light" || matches!(part, Part::Funds | Part::Scoring));
        for part in parts {
            tab(&mut window, part.name());
            match part.name() {
                "表头" => press(&mut window, "财政项目名称"),
                "项目资金" => press(&mut window, "执行率"),
                "指标表" => press(&mut window, "产出指标"),
                _ => {}
            }
            window.picture(&format!("edition-{part:?}-{name}").to_lowercase());
        }
        press(&mut window, "保存为表样");
        press(&mut window, "新建");
        window.picture(&format!("edition-used-{name}"));
        window
            .harness
            .state_mut()
            .send(Action::Do(UiCommand::Editions));
        window.run();
        window.picture(&format!("edition-manager-{name}"));
        // The document's own is the first, the user's the second.
        window.key(Key::ArrowDown);
        press(&mut window, "删除…");
        window.picture(&format!("edition-remove-{name}"));
    }
}
