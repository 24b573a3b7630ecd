//! Every dialog as it comes up.

use std::path::PathBuf;

use egui::{Event, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::{block::Block, command::EditCommand, paste},
    model::{id::CountedIds, indicator::Removed, path::IndicatorField, project::Stage},
    printers::{Abilities, Condition},
    session::{import::Source, saving::Conflict},
    store::{Fingerprint, simulated::Survival},
    ui::{
        action::{Action, Next},
        command::UiCommand as C,
        dialogs::{
            conflict::ConflictDialog, help::HelpDialog, history::HistoryDialog, message::Message,
            messages::MessagesDialog, name::NameDialog, new::NewDialog, open_other::OpenOther,
            paste::PasteDialog, path::PathDialog, profile::ProfileDialog,
            replace_pictures::ReplacePictures, set_aside::SetAside, unsaved::Unsaved,
        },
        files::{FileRequest, Purpose},
        help::book::Address,
        importing::ImportAction,
        preferences::Group,
        profiles::HandOut,
        scene::Shown,
    },
};

use super::{
    page::{Chapter, Entry},
    screens::Screen,
};
use crate::window::{
    findings::findings,
    parts::press,
    setting::{FRAMES_PER_SECOND, SAMPLE},
};

pub fn chapter() -> Chapter {
    let mut screen = Screen::with_sample("dialog");
    let mut entries = of_files(&mut screen);
    entries.extend(of_names_and_messages(&mut screen));
    entries.extend(of_settings(&mut screen));
    entries.extend(of_work(&mut screen));
    entries.extend(of_approval(&mut screen));
    entries.extend(of_blocks(&mut screen));
    entries.extend(of_import());
    entries.extend(of_exports());
    entries.push(recovery());
    Chapter {
        title: "对话框",
        about: "每个对话框的样子和其中的文字。",
        entries,
    }
}

fn of_files(screen: &mut Screen) -> Vec<Entry> {
    let mut entries = vec![
        screen.ask(
            "新建文件",
            "src/ui/dialogs/new.rs::NewDialog",
            NewDialog::document(),
        ),
        screen.run(
            "添加项目",
            "src/ui/dialogs/new.rs::NewDialog",
            C::AddProject,
        ),
        screen.ask(
            "另开一个文件",
            "src/ui/dialogs/open_other.rs::OpenOther",
            OpenOther::new("/docs/财政部表样.jiping".into()),
        ),
        screen.ask(
            "关闭前有未保存的更改",
            "src/ui/dialogs/unsaved.rs::Unsaved",
            Unsaved::new("科协2020.jiping".into(), Next::Close),
        ),
    ];
    let found = Some(Fingerprint::of(b"x"));
    let conflicts = [
        (true, found, "保存冲突：文件已被改动"),
        (true, None, "保存冲突：文件已不在"),
        (false, found, "保存冲突：已有同名文件"),
    ];
    for (own, on_disk, title) in conflicts {
        let path = PathBuf::from(SAMPLE);
        let dialog = ConflictDialog::new(Conflict { path, on_disk, own }, None);
        let source = "src/ui/dialogs/conflict.rs::ConflictDialog";
        entries.push(screen.ask(title, source, dialog));
    }
    let paths = [
        (Purpose::Open, ""),
        (Purpose::SaveAs, "科协2020.jiping"),
        (Purpose::Folder, ""),
        (Purpose::ExportPdf, "科协2020.pdf"),
    ];
    for (purpose, name) in paths {
        let request = FileRequest {
            purpose,
            folder: Some("/docs".into()),
            name: name.into(),
        };
        let title = format!("自带的文件对话框：{}", request.title());
        let source = "src/ui/dialogs/path.rs::PathDialog";
        entries.push(screen.ask(&title, source, PathDialog::new(request, None)));
    }
    let print = "src/ui/dialogs/print.rs::PrintDialog";
    entries.push(screen.run("打印：没有打印机", print, C::Print));
    let printers = &screen.window.printers;
    printers.add("财务室激光", Condition::Ready, Abilities::default());
    entries.push(screen.run("打印", print, C::Print));
    let first = PathBuf::from("/docs/科协2020.png");
    let taken = [1, 2, 3].map(|page| format!("/docs/科协2020-{page}.png").into());
    entries.push(screen.ask(
        "替换同名图片",
        "src/ui/dialogs/replace_pictures.rs::ReplacePictures",
        ReplacePictures::new(first, taken.to_vec()),
    ));
    entries
}

fn of_names_and_messages(screen: &mut Screen) -> Vec<Entry> {
    let said = [
        "已保存",
        "已删除审核意见",
        "已导出 3 张图片：/docs/科协2020-1.png",
    ];
    let names = "src/ui/dialogs/name.rs::NameDialog";
    let then = Box::new(HistoryDialog::default());
    vec![
        screen.ask("修改姓名", names, NameDialog::change("李梅")),
        screen.ask("填写姓名", names, NameDialog::before("", then)),
        screen.ask(
            "消息框",
            "src/ui/dialogs/message.rs::Message",
            Message::new(
                "没有打开",
                "找不到文件，没有读入任何内容。请确认它未被移动、改名，U 盘或共享文件夹仍然连接。文件：/docs/科协2020.jiping",
            ),
        ),
        screen.ask(
            "最近的消息",
            "src/ui/dialogs/messages.rs::MessagesDialog",
            MessagesDialog::new(said.map(str::to_owned).to_vec()),
        ),
        screen.ask(
            "对话框中的帮助",
            "src/ui/dialogs/help.rs::HelpDialog",
            HelpDialog::new(Address::topic("saving")),
        ),
        screen.run(
            "关于绩评",
            "src/ui/dialogs/about.rs::AboutDialog",
            C::About,
        ),
        screen.run(
            "命令面板",
            "src/ui/dialogs/palette.rs::PaletteDialog",
            C::Palette,
        ),
    ]
}

fn of_settings(screen: &mut Screen) -> Vec<Entry> {
    let mut entries = Vec::new();
    for group in Group::ALL {
        screen.settle();
        screen.command(C::Settings);
        let tab = screen
            .window
            .harness
            .get_by_role_and_label(Role::Tab, group.name());
        tab.click();
        screen.window.run();
        let title = format!("设置：{}", group.name());
        let source = "src/ui/dialogs/settings/mod.rs::SettingsDialog";
        entries.push(screen.entry_and_close(&title, source));
    }
    let told = HandOut {
        name: "某市财政局 2024 年复核口径".into(),
        issuer: "某市财政局".into(),
        version: "2024-03-01".into(),
    };
    entries.push(screen.ask(
        "导出复核口径",
        "src/ui/dialogs/profile.rs::ProfileDialog",
        ProfileDialog::new(told),
    ));
    entries
}

fn of_work(screen: &mut Screen) -> Vec<Entry> {
    let mut entries = vec![screen.run(
        "添加审核意见",
        "src/ui/dialogs/note.rs::NoteDialog",
        C::AddNote,
    )];
    let missed = "年度课题数量";
    let project = screen.window.project();
    let mut rows = project.rows();
    let row = rows.find(|view| view.indicator.name == missed);
    let row = row.expect("a row").indicator;
    let at = project.at_indicator(row, IndicatorField::Score);
    screen.send(Action::GoTo(at));
    for (title, source, command) in [
        (
            "计分说明",
            "src/ui/dialogs/explanation.rs::ExplanationDialog",
            C::ExplainScore,
        ),
        (
            "合并计分助手",
            "src/ui/dialogs/splits.rs::SplitsDialog",
            C::SplitGroup,
        ),
        (
            "写偏差说明",
            "src/ui/dialogs/deviation.rs::DeviationDialog",
            C::WriteDeviation,
        ),
    ] {
        screen.settle();
        entries.push(screen.run(title, source, command));
    }
    let found = findings(&screen.window);
    let finding = found.into_iter().next().expect("a finding");
    let shown = shown(screen);
    let place = finding.at.in_words(&shown.project, &shown.edition);
    entries.push(screen.ask(
        "核实说明",
        "src/ui/dialogs/set_aside.rs::SetAside",
        SetAside::new(finding, place, &shown.project),
    ));
    screen.window.click("年度目标");
    screen.settle();
    press(&mut screen.window, "清理格式…");
    entries.push(screen.entry_and_close("清理格式", "src/ui/dialogs/cleanup.rs::CleanupDialog"));
    screen.write("project_name", "学术交流");
    screen.write("unit", "市科协");
    screen.command(C::Undo);
    entries.push(screen.run(
        "操作记录",
        "src/ui/dialogs/history.rs::HistoryDialog",
        C::History,
    ));
    entries
}

fn of_approval(screen: &mut Screen) -> Vec<Entry> {
    let approve = "src/ui/dialogs/approve.rs::ApproveDialog";
    let mut entries = vec![screen.run("登记批复值", approve, C::ApproveTargets)];
    screen.command(C::ApproveTargets);
    press(&mut screen.window, "登记批复值");
    entries.push(screen.run("登记批复值：已登记", approve, C::ApproveTargets));
    let project = screen.window.project();
    let row = project.rows().next().expect("a row").indicator;
    let at = project.at_indicator(row, IndicatorField::Target);
    screen.send(Action::GoTo(at));
    entries.push(screen.run(
        "记录调整",
        "src/ui/dialogs/adjustment/mod.rs::AdjustmentDialog",
        C::RecordAdjustment,
    ));
    let missing = "src/ui/dialogs/missing.rs::MissingDialog";
    let project = screen.window.project();
    let view = project.rows().next().expect("a row");
    let name = view.indicator.name.clone();
    screen.send(Action::Edit(EditCommand::ListRemoved {
        project: project.id,
        removed: Removed::of(&view, view.indicator.filed()),
    }));
    let command = C::MissingIndicators;
    entries.push(screen.run("表中没有的批复指标", missing, command));
    screen.command(command);
    press(&mut screen.window, &format!("登记调整：{name}"));
    entries.push(screen.entry_and_close("表中没有的批复指标：登记调整", missing));
    entries
}

fn of_blocks(screen: &mut Screen) -> Vec<Entry> {
    let shown = shown(screen);
    let row = shown.project.rows().next().expect("a row").indicator;
    let start = shown.project.at_indicator(row, IndicatorField::Target);
    let block = Block::parse("≥12\t次\t15\n≥20\t次\t二十\n≥90\t%\t95\n");
    let document = screen.window.document();
    let plan = paste::plan(
        &document,
        &shown.edition,
        &start,
        &block,
        &mut CountedIds(1 << 20),
    );
    let plan = plan.expect("a plan");
    assert!(plan.refused().count() > 0, "approved cells take nothing");
    let mut entries = vec![screen.ask(
        "粘贴预览，有不能粘贴的格",
        "src/ui/dialogs/paste.rs::PasteDialog",
        PasteDialog::new(plan),
    )];
    let source = "src/ui/dialogs/batch_funds.rs::BatchFunds";
    entries.push(screen.run("批量填资金：空", source, C::BatchFunds));
    screen.settle();
    screen.command(C::BatchFunds);
    let name = shown.project.name();
    let block = format!(
        "项目名称\t年初预算数（元）\t全年预算数\t全年执行数\n{name}\t100000\t8108600.00\t待定\n没有这个项目\t1\t1\t1\n{name}\t1\t1\t1\n"
    );
    screen.window.harness.event(Event::Paste(block));
    screen.window.run();
    entries.push(screen.entry("批量填资金：已粘贴", source));
    entries
}

fn of_import() -> Vec<Entry> {
    let source = "src/ui/dialogs/import/mod.rs::ImportDialog";
    let mut screen = Screen::with_sample("import");
    let mut entries = vec![screen.run("导入", source, C::Import)];
    screen.settle();
    screen.command(C::Import);
    let text = "项目支出绩效自评表\n项目名称\t送戏下乡\t主管部门\t文旅局\n\
        一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n\
        产出指标\t数量指标\t演出场次\t20场\t２０场\t50\t50\n";
    let read = ImportAction::Read(Source::Text(text.into()));
    screen.send(Action::Import(Box::new(read)));
    entries.push(screen.entry("导入：核对", source));
    entries
}

fn of_exports() -> Vec<Entry> {
    let export = "src/ui/dialogs/export/mod.rs::ExportDialog";
    let fill = "src/ui/dialogs/fill/mod.rs::FillDialog";
    let summary = "src/ui/dialogs/summary/mod.rs::SummaryDialog";
    let mut screen = Screen::with_sample("export");
    let mut entries = vec![
        screen.run("导出", export, C::ExportFiles),
        screen.run("填回原表", fill, C::FillTemplate),
        screen.run("汇总", summary, C::SumUp),
    ];
    screen.settle();
    screen.command(C::ExportFiles);
    for click in ["PDF 正式表", "Excel 正式表", "导出 1 个文件"] {
        screen.window.click(click);
    }
    entries.push(screen.entry("导出：结果", export));
    screen.window.click("再导出…");
    screen.window.click("导出 1 个文件");
    entries.push(screen.entry("导出：已有同名文件", export));
    screen.window.click("返回");
    screen.window.click("取消");
    let template = format!("/docs/{}.xlsx", screen.window.project().name());
    screen.settle();
    screen.command(C::FillTemplate);
    screen.window.will_choose(&template);
    screen.window.click("选择文件…");
    screen.window.click("填写");
    entries.push(screen.entry("填回原表：已填写", fill));
    screen.window.will_choose("/docs/已填.xlsx");
    screen.window.click("保存…");
    entries.push(screen.entry("填回原表：已保存", fill));
    entries
}

/// What a crash left.
fn recovery() -> Entry {
    let mut crashed = Screen::with_sample("crashed");
    crashed.write("project_name", "崩溃前的名称");
    for _ in 0..6 * FRAMES_PER_SECOND {
        crashed.window.harness.step();
    }
    crashed.window.run();
    let fs = crashed.window.fs.clone();
    // Nothing is tidied up when a process is killed.
    std::mem::forget(crashed);
    fs.restart(Survival::Everything);
    let mut screen = Screen::on(fs, "recovery");
    screen.window.harness.state_mut().offer_recovery();
    screen.window.run();
    screen.entry("恢复上次未保存的内容", "src/ui/dialogs/recover.rs::Recover")
}

fn shown(screen: &Screen) -> Shown {
    let app = screen.window.harness.state();
    let desk = app.desk().expect("a document is open");
    let shown = Shown::of(desk, app.position()).expect("a project is shown");
    assert_eq!(shown.project.stage, Stage::SelfEvaluation);
    shown
}
