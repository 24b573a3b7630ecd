//! The validation sidebar, the findings' commands and the status bar.

use egui::{Key, Modifiers, OutputCommand, Theme, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiping::{
    model::{id::CountedIds, policy::Severity},
    rules::finding::{Finding, Mend},
    store::{format, settings},
    ui::{action::Action, desk::Page},
};

use super::setting::{SAMPLE, Setup, Window};

/// The findings of the shown project.
pub fn findings(window: &Window) -> Vec<Finding> {
    let app = window.harness.state();
    let desk = app.desk().expect("a document is open");
    let facts = desk.facts.project(app.position().project);
    facts.expect("a project").findings.findings.clone()
}

/// How often a name is on the screen.
fn count(window: &Window, part: &str) -> usize {
    window.harness.query_all_by_label_contains(part).count()
}

fn word(level: Severity) -> &'static str {
    match level {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Hint => "提示",
    }
}

/// The name of a finding in the sidebar, up to its place.
fn name(finding: &Finding) -> String {
    format!("{}：{}（", word(finding.level), finding.message)
}

/// How many findings of a level the shown project has.
fn of_level(window: &Window, level: Severity) -> usize {
    let all = findings(window);
    all.iter().filter(|finding| finding.level == level).count()
}

/// The name of the button that hides and shows a level.
pub fn button_of(window: &Window, level: Severity) -> String {
    format!("{} {}", word(level), of_level(window, level))
}

/// The heading of a group of findings; those about approved content are in a group of their own.
fn heading(window: &Window, caption: &str, is_in_it: impl Fn(&Finding) -> bool) -> String {
    let all = findings(window);
    let is_in_it = |finding: &&Finding| finding.mend == Mend::Now && is_in_it(finding);
    let count = all.iter().filter(is_in_it).count();
    format!("{caption} {count} 个问题")
}

/// The heading of the findings about the goals, where they are grouped by pages.
fn heading_of_goals(window: &Window) -> String {
    heading(window, Page::Goals.name(), |finding| {
        Page::of(&finding.at.place) == Page::Goals
    })
}

/// Clicks on the first widget with a name that contains this.
fn click_on(window: &mut Window, part: &str) {
    let node = window.harness.query_all_by_label_contains(part).next();
    node.unwrap_or_else(|| panic!("no {part}")).click();
    window.run();
}

/// Searches for a finding, so that it is in view, and opens it.
pub fn open(window: &mut Window, finding: &Finding) {
    window.get("查找问题").focus();
    window.run();
    window.type_text(&finding.message);
    click_on(window, &name(finding));
    assert_eq!(window.cell().as_ref(), Some(&finding.at));
}

fn copied(window: &mut Window) -> Option<String> {
    let app = window.harness.state_mut();
    app.send(Action::Do(jiping::ui::command::UiCommand::CopyFindings));
    window.harness.step();
    let commands = &window.harness.output().platform_output.commands;
    let text = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    window.run();
    text
}

/// The sample with this many copies of its project, each with a name of its own.
fn many(projects: usize) -> Vec<u8> {
    let bytes = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
    let mut ids = CountedIds(1);
    let mut document = format::read(bytes, &mut ids).expect("the sample").document;
    let first = document.projects.get(0).expect("a project").clone();
    for number in 1..projects {
        let mut copy = first.duplicate(&mut ids);
        copy.header
            .insert("project_name".into(), format!("项目{number}").into());
        document.projects.push(copy);
    }
    format::write(&document)
}

fn window_with(bytes: Vec<u8>) -> Window {
    let mut window = Window::new();
    window.fs.put("/docs/多个项目.jiping", bytes);
    window.open("/docs/多个项目.jiping");
    window
}

#[test]
fn the_sidebar_draws_in_light_and_dark_and_small() {
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for size in [Vec2::new(1366.0, 768.0), Vec2::new(1024.0, 700.0)] {
            let mut window = Window::with(Setup {
                size,
                scale: 1.0,
                theme,
                pictures: true,
            });
            window.open(SAMPLE);
            let name = |part: &str| format!("findings-{part}-{name}-{}", size.x);
            window.picture(&name("list"));
            let fixable = findings(&window)
                .into_iter()
                .find(|finding| finding.fix.is_some());
            open(&mut window, &fixable.expect("a finding with a fix"));
            window.picture(&name("open"));
            window.click("填写核实说明…");
            window.picture(&name("name"));
            window.click("继续");
            window.picture(&name("explain"));
            window.key(Key::Escape);
            window.click("清除查找");
            window.picture(&name("scrolled"));
            window.click("缩放 100%");
            window.picture(&name("zoom"));
        }
    }
}

#[test]
fn the_sample_shows_its_counts_and_verdict() {
    let window = Window::with_sample();
    assert_eq!(of_level(&window, Severity::Error), 4);
    for level in [Severity::Error, Severity::Warning, Severity::Hint] {
        assert!(window.has(&button_of(&window, level)));
    }
    assert!(window.has("校验结论：还有 4 处必须修改"));
}

#[test]
fn a_click_goes_to_the_cell_and_says_why_and_how() {
    let mut window = Window::with_sample();
    let fund = findings(&window)
        .into_iter()
        .find(|finding| Page::of(&finding.at.place) == Page::Funds)
        .expect("one about the funds");
    click_on(&mut window, &name(&fund));
    assert_eq!(window.harness.state().position().page, Page::Funds);
    assert_eq!(window.cell(), Some(fund.at.clone()));
    assert_eq!(count(&window, fund.rule.why), 1);
    assert_eq!(count(&window, fund.rule.basis), 1);
    assert!(count(&window, &fund.hint) > 0);
    // A second click closes it.
    click_on(&mut window, &name(&fund));
    assert_eq!(count(&window, fund.rule.why), 0);
}

/// The name of the finding that is open and in view.
fn opened(window: &Window) -> Option<String> {
    let levels = ["错误：", "警告：", "提示："];
    let nodes = window.harness.query_all_by_label_contains("：");
    let mut names = nodes.filter_map(|node| {
        let node = node.accesskit_node();
        let is_open = node.toggled() == Some(egui::accesskit::Toggled::True);
        node.label().filter(|_| is_open)
    });
    names.find(|name| levels.iter().any(|level| name.starts_with(level)))
}

#[test]
fn f8_goes_round_all_findings_and_shift_f8_back() {
    let mut window = Window::with_sample();
    let all = findings(&window);
    let mut seen = Vec::new();
    for _ in 0..all.len() {
        window.key(Key::F8);
        let name = opened(&window).expect("what F8 goes to is open and in view");
        assert!(!seen.contains(&name), "{name} once more, {}", seen.len());
        seen.push(name);
    }
    window.key(Key::F8);
    assert_eq!(opened(&window).as_ref(), seen.first(), "round the end");
    window.keys(Modifiers::SHIFT, Key::F8);
    assert_eq!(opened(&window).as_ref(), seen.last());
}

#[test]
fn f8_goes_on_from_the_cell_where_the_person_is() {
    let mut window = Window::with_sample();
    window.key(Key::F8);
    window.key(Key::F8);
    let second = window.cell();
    window.key(Key::F8);
    let third = window.cell().expect("a cell");
    window.key(Key::F8);
    window.key(Key::F8);
    window.harness.state_mut().send(Action::GoTo(third));
    window.run();
    window.keys(Modifiers::SHIFT, Key::F8);
    assert_eq!(window.cell(), second);
}

#[test]
fn with_the_sidebar_hidden_f8_says_what_it_is() {
    let mut window = Window::with_sample();
    let app = window.harness.state_mut();
    app.send(Action::Do(jiping::ui::command::UiCommand::ToggleFindings));
    window.run();
    window.key(Key::F8);
    let at = window.cell().expect("a cell");
    let said = window.harness.state().said()[0].to_owned();
    let all = findings(&window);
    let mut here = all.iter().filter(|finding| finding.at == at);
    assert!(here.any(|finding| said.starts_with(&name(finding))));
}

#[test]
fn a_fix_shows_old_and_new_and_is_one_step() {
    let mut window = Window::with_sample();
    let before = window.document();
    let fixable = findings(&window)
        .into_iter()
        .find(|finding| finding.fix.is_some())
        .expect("one with a fix");
    let fix = fixable.fix.clone().expect("a fix");
    open(&mut window, &fixable);
    // The beginning of either is enough: the filed texts are long.
    let start = |text: &str| text.chars().take(20).collect::<String>();
    let project = window.project();
    let old = project.cell_text(&fix.changes[0].at.place);
    assert_eq!(
        count(&window, &format!("：{}", start(&old.expect("a text")))),
        1
    );
    assert_eq!(
        count(&window, &format!("→ {}", start(&fix.changes[0].new))),
        1
    );
    window.click(&fix.title);
    let now = window.project();
    for change in &fix.changes {
        assert_eq!(
            now.cell_text(&change.at.place).as_deref(),
            Some(&*change.new)
        );
    }
    assert!(!findings(&window).contains(&fixable));
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

/// A finding whose rule has found more that can be mended, and how many.
fn several(window: &Window) -> (Finding, usize) {
    let all = findings(window);
    let fixable = |code: &str| {
        let same = all.iter().filter(|one| one.rule.code == code);
        same.filter(|one| one.fix.is_some()).count()
    };
    let found = all.iter().find(|finding| fixable(finding.rule.code) > 1);
    let found = found.expect("a rule with several fixes").clone();
    let count = fixable(found.rule.code);
    (found, count)
}

#[test]
fn all_findings_of_a_rule_are_fixed_in_one_step() {
    let mut window = Window::with_sample();
    let before = window.document();
    let (first, fixable) = several(&window);
    open(&mut window, &first);
    window.click(&format!("同类全部修正（{fixable}）"));
    let is_left = |finding: &Finding| finding.rule == first.rule && finding.fix.is_some();
    assert!(!findings(&window).iter().any(is_left));
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn fixing_a_rule_leaves_projects_alone_that_are_not_listed() {
    let mut window = window_with(many(3));
    let before = window.document();
    let (first, fixable) = several(&window);
    open(&mut window, &first);
    window.click(&format!("同类全部修正（{fixable}）"));
    let after = window.document();
    let same = |index| after.projects.get(index) == before.projects.get(index);
    assert!(!same(0) && same(1) && same(2));
}

#[test]
fn setting_aside_asks_the_name_once_and_expires_with_the_cell() {
    let mut window = Window::with_sample();
    let now = |finding: &&Finding| finding.mend == Mend::Now && finding.level == Severity::Error;
    let all = findings(&window);
    let errors: Vec<_> = all.iter().filter(now).collect();
    open(&mut window, errors[0]);
    window.click("填写核实说明…");
    assert!(window.has("填写姓名"));
    window.click("继续");
    // Nothing happens without a reason.
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert!(window.project().explanations.is_empty());
    window.type_text("已核对原始凭证");
    window.click("保存说明");
    assert!(window.has("校验结论：还有 3 处必须修改"));
    let given = window.project().explanations.iter().next().cloned();
    let given = given.expect("an explanation");
    assert_eq!(given.author, "测试员");
    assert_eq!(given.time, "2021-03-05 14:32");
    assert_eq!(&*given.text, "已核对原始凭证");
    assert_eq!(
        window.harness.state().settings().user.as_deref(),
        Some("测试员")
    );

    // The list of those set aside is closed at first.
    window.click("已说明 1 个问题");
    assert_eq!(
        count(&window, "已核对原始凭证（测试员 2021-03-05 14:32）"),
        1
    );

    // The name is not asked again.
    window.click("清除查找");
    open(&mut window, errors[1]);
    window.click("填写核实说明…");
    assert!(!window.has("填写姓名"));
    window.key(Key::Escape);

    // Once the cell changes, the explanation no longer holds.
    window.click("清除查找");
    window
        .harness
        .state_mut()
        .send(Action::Edit(jiping::edit::command::EditCommand::SetCell {
            at: errors[0].at.clone(),
            text: "改了<br/>".into(),
        }));
    window.run();
    assert!(!window.has("已说明 1 个问题"));
    assert!(window.has("校验结论：还有 4 处必须修改"));
}

#[test]
fn an_explanation_can_be_taken_back() {
    let mut window = Window::with_sample();
    window
        .harness
        .state_mut()
        .send(Action::SetUser("李四".into()));
    window.run();
    let before = window.document();
    let first = findings(&window)[0].clone();
    open(&mut window, &first);
    window.click("填写核实说明…");
    window.type_text("核实无误");
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert_eq!(window.project().explanations.len(), 1);
    window.click("已说明 1 个问题");
    window.click("撤回说明");
    assert!(window.project().explanations.is_empty());
    assert_eq!(findings(&window)[0], first);
    window.keys(Modifiers::COMMAND, Key::Z);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn levels_can_be_hidden_and_shown() {
    let mut window = Window::with_sample();
    assert!(count(&window, "警告：") > 0);
    let [errors, warnings, hints] =
        [Severity::Error, Severity::Warning, Severity::Hint].map(|level| button_of(&window, level));
    window.click(&warnings);
    window.click(&hints);
    assert_eq!(count(&window, "警告：") + count(&window, "提示："), 0);
    let all = of_level(&window, Severity::Error);
    assert_eq!(count(&window, "错误："), all);
    window.click(&errors);
    assert!(window.has("没有符合条件的问题"));
    let before = window.cell();
    window.key(Key::F8);
    assert_eq!(window.cell(), before);
    window.click("清除筛选");
    assert!(count(&window, "错误：") > 0);
}

#[test]
fn the_search_looks_at_message_rule_and_place() {
    let mut window = Window::with_sample();
    let all = findings(&window);
    let rule = all[0].rule.code;
    let of_rule = all.iter().filter(|finding| finding.rule.code == rule);
    let of_rule = of_rule.count();
    window.get("查找问题").focus();
    window.run();
    window.type_text(&rule.to_lowercase());
    let listed = copied(&mut window).expect("a table").lines().count();
    assert_eq!(listed, 1 + of_rule);
}

#[test]
fn the_grouping_is_chosen_and_remembered() {
    let mut window = Window::with_sample();
    let first = findings(&window)[0].clone();
    let goals = heading_of_goals(&window);
    assert_eq!(count(&window, &goals), 1);
    window.click("分组方式");
    window.click("按规则");
    assert_eq!(count(&window, &format!("{} ", first.rule.name)), 1);
    assert_eq!(count(&window, &goals), 0);
    window.click("分组方式");
    window.click("按严重度");
    let errors = heading(&window, "错误", |finding| {
        finding.level == Severity::Error
    });
    assert!(window.has(&errors));
    let settings = window.fs.content("/data/settings.json").expect("settings");
    let settings: settings::Settings = serde_json::from_slice(&settings).expect("json");
    assert_eq!(settings.grouping, settings::Grouping::Level);
}

#[test]
fn groups_close_and_open() {
    let mut window = Window::with_sample();
    let all = findings(&window);
    let is_of_goals = |finding: &&Finding| Page::of(&finding.at.place) == Page::Goals;
    let listed = all.iter().find(is_of_goals).expect("one about the goals");
    assert!(count(&window, &listed.message) > 0);
    let goals = heading_of_goals(&window);
    window.click(&goals);
    assert_eq!(count(&window, &listed.message), 0);
    window.click(&goals);
    assert!(count(&window, &listed.message) > 0);
}

#[test]
fn the_list_is_copied_as_a_table_for_excel() {
    let mut window = Window::with_sample();
    let text = copied(&mut window).expect("a table");
    let block = jiping::edit::block::Block::parse(&text);
    let rows = block.rows();
    assert_eq!(rows[0], ["项目", "级别", "规则", "位置", "问题", "建议"]);
    let all = findings(&window);
    assert_eq!(rows.len(), 1 + all.len());
    for finding in &all {
        let row = rows.iter().find(|row| row[4] == finding.message);
        let row = row.expect("every finding is there");
        assert_eq!(row[0], "科协组织建设与事业发展");
        assert!(row[2].starts_with(finding.rule.code));
        assert_eq!(row[5], finding.hint);
    }
}

#[test]
fn the_list_is_exported_as_a_table_that_excel_opens() {
    let mut window = Window::with_sample();
    window.will_choose("/docs/问题清单");
    window.click("导出问题清单");
    let bytes = window.fs.content("/docs/问题清单.csv").expect("a file");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.starts_with("\u{FEFF}项目,级别,规则,位置,问题,建议\r\n"));
    assert_eq!(text.lines().count(), 1 + findings(&window).len());
}

#[test]
fn two_hundred_projects_are_listed_together() {
    let mut window = window_with(many(200));
    let one = findings(&window).len();
    window.click("校验范围");
    window.click("全部项目");
    assert_eq!(
        copied(&mut window).expect("a table").lines().count(),
        1 + 200 * one
    );
    // Only what is in view is drawn.
    assert!(count(&window, "：") < 60);
    // From the last to the first, over all that was never drawn.
    window.keys(Modifiers::COMMAND, Key::Home);
    window.keys(Modifiers::SHIFT, Key::F8);
    let at = window.cell().expect("a cell");
    let last = window.document().projects.get(199).expect("a project").id;
    assert_eq!(at.project, last);
    assert_eq!(window.harness.state().position().project, last);
    assert_eq!(count(&window, "填写核实说明…"), 1, "it is in view");
    window.key(Key::F8);
    let first = window.document().projects.get(0).expect("a project").id;
    assert_eq!(window.cell().map(|at| at.project), Some(first));
}

#[test]
fn the_panel_keeps_its_width_whatever_is_in_it() {
    let mut window = Window::with_sample();
    let width = |window: &Window| window.harness.state().settings().right_panel.width;
    let before = width(&window);
    window.get("查找问题").focus();
    window.run();
    window.type_text("标记");
    window.key(Key::F8);
    window.run();
    assert_eq!(width(&window), before);
}

#[test]
fn nothing_is_drawn_again_once_settled() {
    let mut window = Window::with_sample();
    window.key(Key::F8);
    window.key(Key::F8);
    window.run();
    let viewport = &window.harness.output().viewport_output[&egui::ViewportId::ROOT];
    // The file on the disk is looked at every fifteen seconds.
    assert!(viewport.repaint_delay > std::time::Duration::from_secs(10));
}

#[test]
fn the_name_can_be_changed_at_any_time() {
    let mut window = Window::new();
    let app = window.harness.state_mut();
    app.send(Action::Do(jiping::ui::command::UiCommand::ChangeName));
    window.run();
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("王五");
    window.key(Key::Enter);
    assert!(!window.has("修改姓名"));
    assert_eq!(
        window.harness.state().settings().user.as_deref(),
        Some("王五")
    );
}

#[test]
fn the_zoom_menu_sets_the_size() {
    let mut window = Window::with_sample();
    window.click("缩放 100%");
    window.click("150%");
    assert_eq!(window.harness.state().settings().zoom, 150);
    window.click("缩放 150%");
    window.click("恢复 100%");
    assert_eq!(window.harness.state().settings().zoom, 100);
}
