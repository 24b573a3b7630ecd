//! 设置: every setting takes effect at once, survives a restart, is found by a search and goes back to its default.

use std::path::Path;

use egui::{Key, Modifiers, Theme, Vec2, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiping::{
    model::{policy::Severity, profile::Adjustments},
    rules::catalogue,
    store::{
        Fs as _,
        settings::{Appearance, Face, MoneyDisplay, Renderer, Settings},
        simulated::{Damage, Fault, Survival},
    },
    ui::{
        action::Action,
        command::UiCommand,
        dialogs::path::PathDialog,
        files::{FileRequest, Purpose},
        preferences::Group,
    },
};

use super::{
    findings::findings,
    setting::{FRAMES_PER_SECOND, SAMPLE, Setup, Window},
};

fn open_settings(window: &mut Window) {
    window.keys(Modifiers::COMMAND, Key::Comma);
    assert!(window.has("查找设置"));
}

fn group(window: &mut Window, name: &str) {
    window
        .harness
        .get_by_role_and_label(Role::Tab, name)
        .click();
    window.run();
}

fn settings(window: &Window) -> Settings {
    window.harness.state().settings().clone()
}

/// What a window opened after this one has closed knows.
fn after_restart(window: &Window) -> Settings {
    settings(&Window::on(window.fs.clone(), Setup::default()))
}

/// Chooses from a list.
fn choose(window: &mut Window, name: &str, option: &str) {
    window
        .harness
        .get_by_role_and_label(Role::ComboBox, name)
        .click();
    window.run();
    // A long list scrolls.
    let option = format!("{name} {option}");
    window.get(&option).scroll_to_me();
    window.run();
    window.click(&option);
}

fn verdict(window: &Window) -> String {
    let desk = window.harness.state().desk().expect("a document is open");
    desk.facts.verdict.to_string()
}

/// Turns the rules with these codes off in the dialog.
fn turn_off(window: &mut Window, codes: &[&str]) {
    open_settings(window);
    for code in codes {
        let rule = catalogue::by_code(code).expect("a rule");
        window.get("查找设置").focus();
        window.run();
        window.keys(Modifiers::COMMAND, Key::A);
        window.type_text(code);
        window.click(&format!("{code} {}", rule.name));
    }
    window.key(Key::Escape);
    assert!(!window.has("查找设置"));
}

#[test]
fn looks_take_effect_at_once_and_survive_a_restart() {
    let mut window = Window::with_sample();
    open_settings(&mut window);
    window.click("深色");
    assert_eq!(window.harness.ctx.theme(), Theme::Dark);
    choose(&mut window, "界面缩放", "125%");
    assert_eq!(window.harness.ctx.zoom_factor(), 1.25);
    window.click("万元");
    choose(&mut window, "绘图方式", "OpenGL（兼容）");
    let after = after_restart(&window);
    assert_eq!(after, settings(&window));
    assert_eq!(after.appearance, Appearance::Dark);
    assert_eq!((after.zoom, after.money), (125, MoneyDisplay::TenThousand));
    assert_eq!(after.renderer, Renderer::Glow);
}

#[test]
fn the_dialog_and_the_menu_stay_in_step() {
    let mut window = Window::new();
    let command = |window: &mut Window, command| {
        window.harness.state_mut().send(Action::Do(command));
        window.run();
    };
    command(&mut window, UiCommand::AppearanceDark);
    command(&mut window, UiCommand::ZoomIn);
    open_settings(&mut window);
    let is_chosen = |window: &Window, name: &str| {
        let node = window
            .harness
            .get_by_role_and_label(Role::RadioButton, name);
        node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    };
    assert!(is_chosen(&window, "深色"));
    let zoom = window
        .harness
        .get_by_role_and_label(Role::ComboBox, "界面缩放");
    assert_eq!(zoom.value().as_deref(), Some("110%"));
    window.click("浅色");
    assert!(is_chosen(&window, "浅色") && !is_chosen(&window, "深色"));
    assert_eq!(settings(&window).appearance, Appearance::Light);
}

#[test]
fn a_face_that_this_computer_lacks_is_said_so_and_can_be_chosen() {
    let mut window = Window::with_sample();
    open_settings(&mut window);
    group(&mut window, "打印和导出");
    let missing = "这台电脑上没有“仿宋”，打印和导出时改用自带字体。";
    window.click("仿宋");
    assert!(window.has(missing));
    assert_eq!(after_restart(&window).face, Face::FangSong);
    window.click("宋体");
    assert_eq!(settings(&window).face, Face::Song);
    assert_eq!(
        window
            .harness
            .query_all_by_label_contains("这台电脑上没有")
            .count(),
        0
    );
}

#[test]
fn saving_can_leave_a_pdf_beside_the_file() {
    let mut window = Window::new();
    open_settings(&mut window);
    group(&mut window, "打印和导出");
    assert!(!settings(&window).also_export);
    window.click("每次保存时，在文件旁边同时导出一份 PDF");
    assert!(after_restart(&window).also_export);
}

#[test]
fn the_recovery_copy_waits_as_long_as_was_set() {
    let mut window = Window::with_sample();
    open_settings(&mut window);
    group(&mut window, "保存和备份");
    window.click("15 秒");
    window.click("关闭");
    assert_eq!(after_restart(&window).recovery_delay, 15);
    let project = window.project().id;
    window
        .harness
        .state_mut()
        .send(Action::Edit(jiping::edit::command::EditCommand::SetCell {
            at: jiping::model::path::CellPath {
                project,
                place: jiping::model::path::Place::Header("project_name".into()),
            },
            text: "改过".into(),
        }));
    let wait = |window: &mut Window, seconds: usize| {
        for _ in 0..seconds * FRAMES_PER_SECOND {
            window.harness.step();
        }
        window.run();
    };
    wait(&mut window, 12);
    assert!(window.fs.names("/data/recovery").is_empty());
    wait(&mut window, 5);
    assert!(!window.fs.names("/data/recovery").is_empty());
}

#[test]
fn dialogs_for_files_begin_in_the_folder_that_was_set_while_it_is_there() {
    let mut window = Window::new();
    window.fs.put("/绩效/2021/旧表.jiping", "");
    open_settings(&mut window);
    group(&mut window, "保存和备份");
    assert!(window.has("上次使用的文件夹"));
    window.will_choose("/绩效/2021");
    window.click("选择文件夹…");
    assert!(window.has("/绩效/2021"));
    assert_eq!(after_restart(&window).folder, Some("/绩效/2021".into()));
    window.click("关闭");
    let ask = |window: &mut Window| {
        window.harness.state_mut().send(Action::Do(UiCommand::Open));
        window.run();
        let requests = window.requests();
        let last = requests.last().expect("asked").clone();
        assert_eq!(last.purpose, Purpose::Open);
        last.folder
    };
    assert_eq!(ask(&mut window), Some("/绩效/2021".into()));
    window.open(SAMPLE);
    assert_eq!(ask(&mut window), Some("/绩效/2021".into()));
    open_settings(&mut window);
    group(&mut window, "保存和备份");
    window.click("改用上次使用的");
    window.click("关闭");
    assert_eq!(ask(&mut window), Some("/docs".into()));
}

#[test]
fn a_folder_can_be_chosen_where_the_system_has_no_dialog() {
    let mut window = Window::new();
    window.fs.put("/绩效/2021/旧表.jiping", "");
    let ask = |window: &mut Window| {
        let request = FileRequest {
            purpose: Purpose::Folder,
            folder: Some("/绩效/2021".into()),
            name: String::new(),
        };
        let dialog = Box::new(PathDialog::new(request, None));
        window.harness.state_mut().send(Action::Ask(dialog));
        window.run();
        let field = "文件夹名或完整路径；留空即选择上面这个文件夹";
        let role = Role::TextInput;
        window.harness.get_by_role_and_label(role, field).focus();
        window.run();
    };
    ask(&mut window);
    window.type_text("没有的");
    assert!(window.has("这里没有这个文件夹"));
    window.click("选择");
    assert_eq!(settings(&window).folder, None);
    window.click("取消");
    ask(&mut window);
    window.click("选择");
    assert_eq!(settings(&window).folder, Some("/绩效/2021".into()));
}

#[test]
fn a_folder_that_is_gone_gives_way_to_the_one_used_last() {
    let window = Window::new();
    window.fs.put(
        "/data/settings.json",
        r#"{"folder": "/U盘", "recent": [{"path": "/docs/a.jiping", "projects": 1}]}"#,
    );
    let mut window = Window::on(window.fs.clone(), Setup::default());
    window.harness.state_mut().send(Action::Do(UiCommand::Open));
    window.run();
    assert_eq!(window.requests()[0].folder, Some("/docs".into()));
}

#[test]
fn the_data_folder_is_shown_opened_and_its_path_copied() {
    let mut window = Window::new();
    open_settings(&mut window);
    group(&mut window, "保存和备份");
    assert!(window.has("/data"));
    window.click("打开数据文件夹");
    assert_eq!(
        window.opened_with_system(),
        [std::path::PathBuf::from("/data")]
    );
    window.harness.get_by_label("复制路径").click();
    let mut copied = None;
    for _ in 0..4 {
        window.harness.step();
        let commands = &window.harness.output().platform_output.commands;
        copied = copied.or(commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        }));
    }
    assert_eq!(copied.as_deref(), Some("/data"));
}

#[test]
fn the_name_is_kept_as_it_is_typed_and_no_name_is_asked_for_again() {
    let mut window = Window::new();
    open_settings(&mut window);
    group(&mut window, "姓名和提示");
    window
        .harness
        .get_by_role_and_label(Role::TextInput, "姓名")
        .focus();
    window.run();
    window.type_text("李四");
    assert_eq!(after_restart(&window).user.as_deref(), Some("李四"));
    window.keys(Modifiers::COMMAND, Key::A);
    window.key(Key::Delete);
    assert_eq!(after_restart(&window).user, None);
    // As typed, a blank behind a given name does not matter.
    window.type_text("王五 ");
    assert_eq!(settings(&window).user.as_deref(), Some("王五"));
}

#[test]
fn pointers_of_the_first_use_can_be_seen_again() {
    let window = Window::new();
    window
        .fs
        .put("/data/settings.json", r#"{"pointers_seen": true}"#);
    let mut window = Window::on(window.fs.clone(), Setup::default());
    open_settings(&mut window);
    group(&mut window, "姓名和提示");
    window.click("再次显示");
    assert!(!after_restart(&window).pointers_seen);
}

#[test]
fn a_search_looks_through_names_explanations_and_rules() {
    let mut window = Window::with_sample();
    open_settings(&mut window);
    let search = |window: &mut Window, text: &str| {
        window.get("查找设置").focus();
        window.run();
        window.keys(Modifiers::COMMAND, Key::A);
        window.type_text(text);
    };
    search(&mut window, "花屏");
    assert!(window.has("绘图方式") && !window.has("界面缩放"));
    search(&mut window, "C16");
    let rule = catalogue::by_code("C16").expect("a rule");
    assert!(window.has(&format!("C16 {}", rule.name)));
    assert!(!window.has("绘图方式"));
    search(&mut window, "备份 副本");
    assert!(window.has("恢复副本") && !window.has("默认文件夹"));
    search(&mut window, "没有这样的");
    assert!(window.has("没有找到这样的设置"));
    window.click("清除查找，查看全部设置");
    assert!(window.has("界面缩放"));
}

#[test]
fn a_rule_that_is_off_is_not_shown_not_counted_and_said_so() {
    let mut window = Window::with_sample();
    let code = findings(&window)[0].rule.code;
    let before = verdict(&window);
    assert!(!before.contains("停用"));
    turn_off(&mut window, &[code]);
    assert!(findings(&window).iter().all(|one| one.rule.code != code));
    assert!(!findings(&window).is_empty(), "others are still there");
    assert!(verdict(&window).ends_with("（已停用 1 条规则）"));
    assert!(window.has("已停用 1 条规则"));
    assert!(window.has(&verdict(&window)), "the status bar says so");
    // Restarted, the rule is off in whatever is opened.
    let mut next = Window::on(window.fs.clone(), Setup::default());
    next.open(SAMPLE);
    assert!(findings(&next).iter().all(|one| one.rule.code != code));
    // The line leads to the rules that are off, and back on the finding is there again.
    next.click("已停用 1 条规则");
    let name = format!("{code} {}", catalogue::by_code(code).expect("a rule").name);
    next.click(&name);
    next.click("关闭");
    assert!(findings(&next).iter().any(|one| one.rule.code == code));
    assert_eq!(verdict(&next), before);
    assert!(!next.has("已停用 1 条规则"));
}

#[test]
fn the_status_bar_names_the_rules_that_are_off() {
    let mut window = Window::with_sample();
    turn_off(&mut window, &["C16", "B08"]);
    let words = verdict(&window);
    window.get(&words).hover();
    for _ in 0..FRAMES_PER_SECOND {
        window.harness.step();
    }
    let told = "已停用的规则：B08、C16。";
    let tips = window.harness.query_all_by_label_contains(told).count();
    assert_eq!(tips, 1);
}

#[test]
fn new_forms_samples_and_copies_recovered_are_checked_without_them_too() {
    let window = Window::new();
    let written = r#"{"disabled_rules": ["H02", "H03"]}"#;
    window.fs.put("/data/settings.json", written);
    let mut window = Window::on(window.fs.clone(), Setup::default());
    for command in [UiCommand::OpenSample, UiCommand::DuplicateProject] {
        window.harness.state_mut().send(Action::Do(command));
        window.run();
        assert!(verdict(&window).ends_with("（已停用 2 条规则）"));
    }
    for _ in 0..6 * FRAMES_PER_SECOND {
        window.harness.step();
    }
    window.run();
    let fs = window.fs.clone();
    // Nothing is tidied up when a process is killed.
    std::mem::forget(window);
    fs.restart(Survival::Everything);
    let mut window = Window::on(fs, Setup::default());
    window.harness.state_mut().offer_recovery();
    window.run();
    let offer = window.harness.query_all_by_label_contains("恢复 ").next();
    offer.expect("the copy is offered").click();
    window.run();
    assert!(verdict(&window).ends_with("（已停用 2 条规则）"));
}

#[test]
fn with_every_rule_off_the_form_is_not_simply_ready() {
    let mut window = Window::with_sample();
    let codes: Vec<&str> = catalogue::all().map(|rule| rule.code).collect();
    let all = codes.len();
    let written = serde_json::json!({ "disabled_rules": codes });
    window.fs.put("/data/settings.json", written.to_string());
    window = Window::on(window.fs.clone(), Setup::default());
    window.open(SAMPLE);
    assert!(findings(&window).is_empty());
    assert_eq!(verdict(&window), format!("可以报送（已停用 {all} 条规则）"));
}

#[test]
fn codes_that_the_program_does_not_know_are_kept_but_not_counted() {
    let window = Window::new();
    let written = r#"{"disabled_rules": ["Z99"]}"#;
    window.fs.put("/data/settings.json", written);
    let mut window = Window::on(window.fs.clone(), Setup::default());
    window.open(SAMPLE);
    assert!(!verdict(&window).contains("停用"));
    open_settings(&mut window);
    window.click("深色");
    assert!(
        after_restart(&window)
            .own_rules
            .all
            .rules
            .contains_key("Z99")
    );
}

#[test]
fn a_finding_turns_its_rule_off_and_the_message_turns_it_on_again() {
    let mut window = Window::with_sample();
    window
        .harness
        .state_mut()
        .send(Action::Do(UiCommand::NextFinding));
    window.run();
    window.click("停用这条规则");
    let turned_off = settings(&window).own_rules.all.rules;
    assert_eq!(turned_off.len(), 1);
    let code = turned_off.keys().next().expect("a rule").clone();
    assert!(findings(&window).iter().all(|one| one.rule.code != code));
    window.click("重新启用");
    assert_eq!(settings(&window).own_rules, Adjustments::default());
    assert!(findings(&window).iter().any(|one| one.rule.code == code));
}

#[test]
fn the_menu_of_a_finding_turns_its_rule_off() {
    let mut window = Window::with_sample();
    let finding = findings(&window).remove(0);
    window
        .harness
        .query_all_by_label_contains(&finding.message)
        .next()
        .expect("it is listed")
        .click_secondary();
    window.run();
    window.click("停用这条规则");
    let own = settings(&window).own_rules.all.rules;
    assert_eq!(own[finding.rule.code].on, Some(false));
}

#[test]
fn defaults_come_back_for_a_group_or_for_all_and_can_be_taken_back() {
    let mut window = Window::with_sample();
    open_settings(&mut window);
    window.click("万元");
    group(&mut window, "保存和备份");
    window.click("60 秒");
    let changed = settings(&window);
    window.get("恢复默认：保存和备份").scroll_to_me();
    window.run();
    window.click("恢复默认：保存和备份");
    assert_eq!(settings(&window).recovery_delay, 5);
    assert_eq!(settings(&window).money, MoneyDisplay::TenThousand);
    window.click("撤销恢复默认");
    assert_eq!(settings(&window), changed);
    window.click("全部恢复默认");
    assert!(window.has("已恢复默认：全部设置"));
    let defaults = settings(&window);
    assert_eq!(defaults.recovery_delay, 5);
    assert_eq!(defaults.money, MoneyDisplay::AsFiled);
    assert_eq!(defaults.appearance, Appearance::System);
    assert_eq!(defaults.recent, changed.recent, "no setting, but memory");
    window.click("撤销恢复默认");
    assert_eq!(after_restart(&window), changed);
}

#[test]
fn the_keyboard_is_enough() {
    let mut window = Window::with_sample();
    open_settings(&mut window);
    assert!(window.get("查找设置").is_focused());
    window.type_text("万元");
    for _ in 0..20 {
        window.key(Key::Tab);
        let radio = window
            .harness
            .query_by_role_and_label(Role::RadioButton, "万元");
        if radio.is_some_and(|radio| radio.is_focused()) {
            break;
        }
    }
    window.key(Key::Space);
    assert_eq!(settings(&window).money, MoneyDisplay::TenThousand);
    window.key(Key::Escape);
    assert!(!window.has("查找设置"));
    open_settings(&mut window);
    window.key(Key::Enter);
    assert!(window.has("查找设置"), "Enter in the search closes nothing");
}

/// A bureau's file that turns C16 off and has one line elsewhere.
const PROFILE: &str = r#"{"format": "jiping-profile", "id": "sz", "name": "某市复核口径", "version": "2024",
    "changes": {"all": {"rules": {"C16": {"on": false}}, "thresholds": {"checks.largest_weight": "50"}}}}"#;

fn search(window: &mut Window, text: &str) {
    window.get("查找设置").focus();
    window.run();
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text(text);
}

fn rules(window: &mut Window) {
    open_settings(window);
    group(window, "校验规则");
}

fn judged_by(window: &Window) -> Option<String> {
    window.harness.state().in_force().in_words()
}

#[test]
fn the_level_of_a_rule_is_changed_and_put_back() {
    let mut window = Window::with_sample();
    let errors = |window: &Window| {
        let all = findings(window);
        let of_rule = all.iter().filter(|one| one.rule.code == "C16");
        of_rule.filter(|one| one.level == Severity::Error).count()
    };
    assert!(errors(&window) > 0);
    open_settings(&mut window);
    search(&mut window, "C16");
    choose(&mut window, "C16 的级别", "提示");
    assert_eq!(errors(&window), 0);
    let own = after_restart(&window).own_rules;
    assert_eq!(own.all.rules["C16"].level, Some(Severity::Hint));
    choose(&mut window, "C16 的级别", "默认（错误）");
    assert_eq!(settings(&window).own_rules, Adjustments::default());
    // A rule that only hints does not get so far as to keep a form back.
    search(&mut window, "C17");
    let role = Role::ComboBox;
    window
        .harness
        .get_by_role_and_label(role, "C17 的级别")
        .click();
    window.run();
    assert!(window.has("C17 的级别 警告") && !window.has("C17 的级别 错误"));
}

#[test]
fn a_change_can_be_for_the_forms_of_one_edition() {
    let mut window = Window::with_sample();
    rules(&mut window);
    let other = crate::cases::edition("mof-2020").name;
    choose(&mut window, "更改适用于", &other);
    let rule = catalogue::all().next().expect("a rule");
    window.click(&format!("{} {}", rule.code, rule.name));
    let own = settings(&window).own_rules;
    assert_eq!(own.editions["mof-2020"].rules[rule.code].on, Some(false));
    assert!(own.all.rules.is_empty());
    window.key(Key::Escape);
    assert!(
        !verdict(&window).contains("停用"),
        "the sample is another form"
    );
    let said = "复核口径：内置（另有本机更改 1 处）";
    assert_eq!(judged_by(&window).as_deref(), Some(said));
    assert!(window.has(said), "the panel of findings says so");
}

#[test]
fn a_profile_is_taken_over_named_everywhere_and_removed() {
    let mut window = Window::with_sample();
    let before = verdict(&window);
    window.fs.put("/口径/某市.json", PROFILE);
    rules(&mut window);
    window.will_choose("/口径/某市.json");
    window.click("导入口径…");
    assert_eq!(
        judged_by(&window).as_deref(),
        Some("复核口径：某市复核口径，2024")
    );
    assert!(verdict(&window).ends_with("（已停用 1 条规则）"));
    window.key(Key::Escape);
    assert!(window.has("复核口径：某市复核口径，2024"));
    // It is there in the next run, without the file it came from.
    let file = Path::new("/口径/某市.json");
    window.fs.remove(file).expect("removed");
    let mut next = Window::on(window.fs.clone(), Setup::default());
    next.open(SAMPLE);
    assert!(findings(&next).iter().all(|one| one.rule.code != "C16"));
    rules(&mut next);
    next.click("移除口径");
    next.click("不移除");
    assert!(judged_by(&next).is_some());
    next.click("移除口径");
    next.click("移除");
    assert_eq!(judged_by(&next), None);
    assert_eq!(verdict(&next), before);
    assert!(next.fs.names("/data/profiles").is_empty());
    assert_eq!(after_restart(&next).profile, None);
}

#[test]
fn a_wrong_file_changes_nothing_and_says_why() {
    let mut window = Window::with_sample();
    let before = settings(&window);
    for (file, why) in [
        ("{\"format\": \"jiping\"}", "这不是复核口径文件"),
        (
            &PROFILE.replace("\"50\"", "\"-1\""),
            "checks.largest_weight",
        ),
        (&PROFILE[..80], "文件不完整"),
    ] {
        window.fs.put("/口径/某市.json", file);
        rules(&mut window);
        window.will_choose("/口径/某市.json");
        window.click("导入口径…");
        assert_eq!(
            window.harness.query_all_by_label_contains(why).count(),
            1,
            "{why}"
        );
        window.key(Key::Escape);
        window.key(Key::Escape);
        assert_eq!(settings(&window), before);
        assert!(window.fs.names("/data/profiles").is_empty());
    }
}

#[test]
fn a_profile_whose_file_is_gone_is_told_of() {
    let window = Window::new();
    window.fs.put("/data/settings.json", r#"{"profile": "sz"}"#);
    let mut window = Window::on(window.fs.clone(), Setup::default());
    window.open(SAMPLE);
    assert!(window.has("复核口径：内置（所选口径的文件不在了）"));
    rules(&mut window);
    choose(&mut window, "复核口径", "内置口径");
    assert_eq!(judged_by(&window), None);
}

#[test]
fn what_is_in_force_is_handed_out_and_means_the_same_elsewhere() {
    let mut window = Window::with_sample();
    turn_off(&mut window, &["C16", "B08"]);
    rules(&mut window);
    window.click("导出口径…");
    window.type_text("某市复核口径");
    window.fs.put("/口径/说明.txt", "");
    window.will_choose("/口径/某市.json");
    window.click("导出…");
    let written = window.fs.content("/口径/某市.json").expect("written");
    let mut other = Window::with_sample();
    other.fs.put("/口径/某市.json", written);
    rules(&mut other);
    other.will_choose("/口径/某市.json");
    other.click("导入口径…");
    assert_eq!(verdict(&other), verdict(&window));
    assert_eq!(settings(&other).own_rules, Adjustments::default());
}

#[test]
fn a_threshold_is_typed_refused_where_it_cannot_be_and_cleared() {
    let mut window = Window::with_sample();
    let value = |window: &Window| {
        let own = settings(window).own_rules.all.thresholds;
        own.get("checks.very_low_rate").cloned()
    };
    open_settings(&mut window);
    search(&mut window, "算极低");
    let field = "执行率多低算极低";
    let role = Role::TextInput;
    window.harness.get_by_role_and_label(role, field).focus();
    window.run();
    window.type_text("4");
    assert_eq!(value(&window), Some("4".into()));
    window.type_text("00");
    let problems = window
        .harness
        .query_all_by_label_contains("应为 0 到 100 之间的数");
    assert_eq!(problems.count(), 1);
    assert_eq!(
        value(&window),
        Some("4".into()),
        "the last that could be used"
    );
    window.keys(Modifiers::COMMAND, Key::A);
    window.key(Key::Delete);
    assert_eq!(value(&window), None);
    // Of two that contradict each other the second is refused.
    search(&mut window, "指标最少条数");
    let role = Role::TextInput;
    window
        .harness
        .get_by_role_and_label(role, "指标最少条数")
        .focus();
    window.run();
    window.type_text("9");
    window.type_text("0");
    let said = window
        .harness
        .query_all_by_label_contains("与另一个界限矛盾");
    assert_eq!(said.count(), 1);
    let own = settings(&window).own_rules.all.thresholds;
    assert_eq!(own["checks.fewest_indicators"], 9);
    search(&mut window, "偏离规定权重");
    choose(&mut window, "偏离规定权重", "不报告，由单位自定");
    let own = after_restart(&window).own_rules.all.thresholds;
    assert_eq!(own["checks.weights"], "free");
    window.click("恢复：偏离规定权重");
    let own = settings(&window).own_rules.all.thresholds;
    assert!(!own.contains_key("checks.weights"));
}

#[test]
fn tab_brings_every_rule_into_view() {
    let mut window = Window::with_sample();
    open_settings(&mut window);
    group(&mut window, "校验规则");
    let last = catalogue::all().last().expect("a rule");
    let name = format!("{} {}", last.code, last.name);
    // Each rule has a box and a level.
    for _ in 0..2 * catalogue::all().count() + 40 {
        window.key(Key::Tab);
        if window.get(&name).is_focused() {
            window.run();
            let close = window.get("关闭").rect();
            let rect = window.get(&name).rect();
            assert!(rect.bottom() < close.top(), "{rect:?} {close:?}");
            return;
        }
    }
    panic!("the last rule is never reached");
}

#[test]
fn a_settings_file_that_cannot_be_written_is_said_so_and_the_settings_hold() {
    let mut window = Window::new();
    window.fs.inject(Fault {
        on: None,
        from: 1,
        times: u64::MAX,
        damage: Damage::NoSpace,
    });
    open_settings(&mut window);
    window.click("深色");
    assert_eq!(window.harness.ctx.theme(), Theme::Dark);
    let said = window.harness.state().said();
    assert!(said.iter().any(|text| text.starts_with("设置没有保存")));
}

/// A window with the dialog in front, and its sample behind it.
fn at_size(name: &str, theme: Theme, size: Vec2, scale: f32, pictures: bool) -> Window {
    let mut window = Window::with(Setup {
        size,
        scale,
        theme,
        pictures,
    });
    window.open(SAMPLE);
    open_settings(&mut window);
    for (number, tab) in Group::ALL.into_iter().enumerate() {
        group(&mut window, tab.name());
        for button in ["关闭", "全部恢复默认"] {
            let rect = window.get(button).rect();
            assert!(
                rect.bottom() <= size.y && rect.right() <= size.x && rect.left() >= 0.0,
                "{button} of {tab:?} at {name}: {rect:?}"
            );
        }
        if pictures {
            window.picture(&format!("settings-{number}-{name}"));
        }
    }
    window
}

#[test]
fn the_way_out_is_in_sight_at_every_size() {
    for (name, size) in [
        ("1366", [1366.0, 768.0]),
        ("1024", [1024.0, 700.0]),
        ("1024 at 150 %", [683.0, 467.0]),
        ("1024 at 200 %", [512.0, 350.0]),
    ] {
        at_size(name, Theme::Light, size.into(), 1.0, false);
    }
}

#[test]
fn the_settings_draw_in_light_and_dark_and_large() {
    let looks = [
        ("light", Theme::Light, [1024.0, 700.0], 1.0),
        ("dark", Theme::Dark, [1024.0, 700.0], 1.0),
        ("150", Theme::Light, [683.0, 467.0], 1.5),
    ];
    for (name, theme, size, scale) in looks {
        let mut window = at_size(name, theme, size.into(), scale, true);
        window.key(Key::Escape);
        turn_off(&mut window, &["B08", "H07"]);
        window.picture(&format!("settings-off-{name}"));
    }
}
