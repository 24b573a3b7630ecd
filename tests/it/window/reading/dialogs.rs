//! Every dialog as it comes up.

use std::{path::PathBuf, sync::Arc};

use egui::{Event, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::{
        block::Block,
        command::{EditCommand, Parts},
        edition::faults::Part,
        paste,
    },
    model::{
        edition::Edition,
        figure::MoneyUnit,
        id::CountedIds,
        indicator::Removed,
        last_year::LastYear,
        path::{IndicatorField, Place},
        project::Stage,
    },
    printers::{Abilities, Condition},
    session::{import::Source, saving::Conflict},
    store::{Fingerprint, editions::EditionShelf, simulated::Survival},
    ui::{
        action::{Action, Next},
        command::UiCommand as C,
        dialogs::{
            change_unit::ChangeUnit,
            conflict::ConflictDialog,
            edition_editor::EditionEditor,
            editions::{known::Known, remove::RemoveEdition},
            elsewhere::OpenElsewhere,
            help::HelpDialog,
            history::HistoryDialog,
            library::edit::EditEntry,
            message::Message,
            messages::MessagesDialog,
            name::NameDialog,
            new::NewDialog,
            note::NoteDialog,
            open_other::OpenOther,
            paste::PasteDialog,
            path::PathDialog,
            profile::ProfileDialog,
            replace_pictures::ReplacePictures,
            set_aside::SetAside,
            unplaced::UnplacedDialog,
            unreadable::Unreadable,
            unsaved::Unsaved,
            years::choose::ChooseLastYear,
        },
        files::{FileRequest, Purpose},
        help::book::Address,
        importing::ImportAction,
        ledger::LedgerAction,
        library::LibraryAction,
        outgoing::OutgoingAction,
        outside::OutsideAction,
        preferences::Group,
        profiles::HandOut,
        scene::Shown,
        versions::VersionsAction,
    },
};

use super::{
    page::{Chapter, Entry},
    screens::Screen,
};
use crate::window::{
    comparing::change_sample,
    findings::findings,
    merging,
    parts::press,
    setting::{FRAMES_PER_SECOND, SAMPLE},
};

pub fn chapter() -> Chapter {
    let mut screen = Screen::with_sample("dialog");
    let mut entries = of_files(&mut screen);
    entries.extend(of_names_and_messages(&mut screen));
    entries.extend(of_settings(&mut screen));
    entries.extend(of_editions());
    entries.extend(of_work(&mut screen));
    entries.extend(of_approval(&mut screen));
    entries.extend(of_blocks(&mut screen));
    entries.extend(of_years());
    entries.extend(of_comparison());
    entries.extend(of_merges());
    entries.extend(of_import());
    entries.extend(of_library());
    entries.extend(of_ledger());
    entries.extend(of_evidence());
    entries.extend(of_exports());
    entries.extend(of_outgoing());
    entries.extend(of_filling_in());
    entries.push(recovery());
    entries.extend(versions());
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
    let path = PathBuf::from(SAMPLE);
    let on_disk = found;
    let conflict = Conflict {
        path,
        on_disk,
        own: true,
    };
    let time = "2021-03-05T14:20:00Z".parse().expect("a time");
    entries.push(screen.ask(
        "保存冲突：可以合并",
        "src/ui/dialogs/conflict.rs::ConflictDialog",
        ConflictDialog::new(conflict, None).about(time),
    ));
    entries.push(screen.ask(
        "别人正在用这个文件",
        "src/ui/dialogs/elsewhere.rs::OpenElsewhere",
        OpenElsewhere::new("王强（财务室-02）".into(), "13:20".into()),
    ));
    // Closed without an answer, it has made the document one to look at.
    screen.send(Action::Outside(OutsideAction::LookOnly(false)));
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

fn of_editions() -> Vec<Entry> {
    let mut screen = Screen::with_sample("edition");
    let manager = "src/ui/dialogs/editions/mod.rs::EditionsDialog";
    let editor = "src/ui/dialogs/edition_editor/mod.rs::EditionEditor";
    let mut entries = vec![screen.run("表样管理", manager, C::Editions)];
    let shelf = EditionShelf::built_in();
    let known = shelf.list().first().expect("an edition").clone();
    for part in Part::ALL {
        screen.settle();
        let dialog = EditionEditor::new(Arc::clone(&known.edition));
        screen.send(Action::Ask(Box::new(dialog)));
        // The page behind has tabs, too.
        let tabs = screen
            .window
            .harness
            .query_all_by_role_and_label(Role::Tab, part.name());
        let tab = tabs.max_by(|one, other| one.rect().top().total_cmp(&other.rect().top()));
        let tab = tab.expect("a tab");
        tab.click();
        screen.window.run();
        let title = format!("编辑表样：{}", part.name());
        entries.push(screen.entry_and_close(&title, editor));
    }
    let mut other = Edition::clone(&known.edition);
    other.region = "某市".into();
    other.header.swap(0, 1);
    entries.push(screen.ask(
        "导入的表样已有不同的一份",
        "src/ui/dialogs/editions/known.rs::Known",
        Known::new(other.into(), known.clone()),
    ));
    for used in [0, 3] {
        let title = format!("删除表样：{used} 个项目在用");
        let source = "src/ui/dialogs/editions/remove.rs::RemoveEdition";
        entries.push(screen.ask(&title, source, RemoveEdition::new(known.clone(), used)));
    }
    entries
}

fn of_work(screen: &mut Screen) -> Vec<Entry> {
    let mut entries = vec![screen.run(
        "添加审核意见",
        "src/ui/dialogs/note.rs::NoteDialog",
        C::AddNote,
    )];
    entries.extend(of_review(screen));
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
    screen.settle();
    screen.command(C::ChangeEdition);
    screen.window.type_text("四川");
    let source = "src/ui/dialogs/change_edition.rs::ChangeEdition";
    entries.push(screen.entry_and_close("更换表样", source));
    let project = screen.window.project().id;
    entries.push(screen.ask(
        "改金额单位",
        "src/ui/dialogs/change_unit.rs::ChangeUnit",
        ChangeUnit::new(project, MoneyUnit::TenThousandYuan),
    ));
    entries.push(screen.ask(
        "没有位置的内容",
        "src/ui/dialogs/unplaced.rs::UnplacedDialog",
        UnplacedDialog::new(project),
    ));
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
    let budget = "src/ui/dialogs/budget/mod.rs::BudgetDialog";
    entries.push(screen.run("预算调整记录：登记", budget, C::BudgetAdjustments));
    let project = screen.window.project();
    for adjustment in super::super::monitoring::adjustments() {
        screen.send(Action::Edit(EditCommand::RecordBudgetAdjustment {
            project: project.id,
            adjustment,
        }));
    }
    entries.push(screen.run("预算调整记录", budget, C::BudgetAdjustments));
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

fn of_comparison() -> Vec<Entry> {
    let source = "src/ui/dialogs/compare/mod.rs::CompareDialog";
    let mut screen = Screen::with_sample("compare");
    screen.window.will_choose(SAMPLE);
    let mut entries = vec![screen.run("与其他文件比较：两份内容相同", source, C::Compare)];
    change_sample(&mut screen.window);
    screen.settle();
    entries.push(screen.run("与其他文件比较", source, C::Compare));
    entries
}

fn of_ledger() -> Vec<Entry> {
    use crate::window::ledger::{COMMENTS, ask};
    let ledger = "src/ui/dialogs/ledger/mod.rs::LedgerDialog";
    let adding = "src/ui/dialogs/ledger/adding.rs::AddingDialog";
    let against = "src/ui/dialogs/ledger/against.rs::AgainstDialog";
    let mut screen = Screen::with_sample("ledger");
    let mut entries = vec![screen.run("整改台账：空", ledger, C::Ledger)];
    screen.command(C::Ledger);
    press(&mut screen.window, "添加审核意见…");
    entries.push(screen.entry("添加审核意见", adding));
    let source = Source::Text(COMMENTS.into());
    ask(&mut screen.window, LedgerAction::Read(source));
    entries.push(screen.entry("添加审核意见：读出来的", adding));
    press(&mut screen.window, "添加 4 条");
    entries.push(screen.entry("整改台账", ledger));
    press(&mut screen.window, "对照旧版填修改前后…");
    entries.push(screen.entry_and_close("对照哪一版", against));
    entries
}

fn of_evidence() -> Vec<Entry> {
    let source = "src/ui/dialogs/evidence/mod.rs::EvidenceDialog";
    let mut screen = Screen::with_sample("evidence");
    let mut entries = vec![screen.run("佐证材料：还没有登记", source, C::Evidence)];
    screen.command(C::Evidence);
    let files = [
        ("/docs/佐证/合同.pdf", "contract"),
        ("/docs/佐证/签到表.xlsx", "list"),
    ];
    crate::window::ledger::register(&mut screen.window, &files);
    screen
        .window
        .fs
        .put("/docs/佐证/合同.pdf", b"CONTRACT".to_vec());
    press(&mut screen.window, "重新核对");
    entries.push(screen.entry_and_close("佐证材料", source));
    entries
}

fn of_years() -> Vec<Entry> {
    let years = "src/ui/dialogs/years/mod.rs::YearsDialog";
    let deadlines = "src/ui/dialogs/deadlines/mod.rs::DeadlinesDialog";
    let mut screen = Screen::with_sample("years");
    let mut entries = vec![screen.run("与上年比较：没有上年数据", years, C::CompareYears)];
    let project = screen.window.project();
    let mut form = LastYear::of(&project, None, "去年.jiping");
    form.year = Some(2019);
    entries.push(screen.ask(
        "哪一份是上年的表",
        "src/ui/dialogs/years/choose.rs::ChooseLastYear",
        ChooseLastYear::new(project.id, vec![Arc::new(form)]),
    ));
    screen.command(C::NextYearProject);
    let project = screen.window.project();
    let rows: Vec<_> = project.rows().map(|view| view.indicator.id).collect();
    for (row, field, text) in [
        (rows[0], IndicatorField::Target, "12"),
        (rows[1], IndicatorField::Name, "换了一个说法的指标"),
    ] {
        let at = project.at(Place::Indicator(row, field));
        let text = text.to_owned();
        screen.send(Action::Edit(EditCommand::SetCell { at, text }));
    }
    let gone = Parts::Indicators(vec![rows[2]]);
    screen.send(Action::Edit(EditCommand::Remove {
        project: project.id,
        parts: gone,
    }));
    entries.push(screen.run("与上年比较", years, C::CompareYears));
    screen.command(C::CompareYears);
    press(&mut screen.window, "换一份…");
    entries.push(screen.entry_and_close("与上年比较：换一份", years));
    for (project, stage, date) in [
        (project.id, Stage::Targets, "2021-03-08"),
        (project.id, Stage::Monitoring, "2021年8月15日"),
    ] {
        let deadline = serde_json::json!({ "stage": stage, "date": date, "remark": "报局办" });
        screen.send(Action::Edit(EditCommand::SetDeadline {
            project,
            stage,
            deadline: serde_json::from_value(deadline).ok(),
        }));
    }
    let document = screen.window.document();
    let first = document.projects.first().expect("a project").id;
    let deadline = serde_json::json!({ "stage": "self_evaluation", "date": "2021-03-01" });
    screen.send(Action::Edit(EditCommand::SetDeadline {
        project: first,
        stage: Stage::SelfEvaluation,
        deadline: serde_json::from_value(deadline).ok(),
    }));
    screen.command(C::Progress);
    screen.window.click("选中列出的全部项目");
    entries.push(screen.entry_and_close("进度一览", deadlines));
    entries
}

fn of_merges() -> Vec<Entry> {
    let merge = "src/ui/dialogs/merge/mod.rs::MergeDialog";
    let mut screen = Screen::with_sample("merge");
    let offer = merging::offer(&mut screen.window);
    screen.settle();
    screen.send(Action::Merge(Box::new(offer.clone())));
    let mut entries = vec![screen.entry_and_close("合并", merge)];
    screen.send(Action::Merge(Box::new(offer)));
    press(&mut screen.window, "合并");
    entries
        .push(screen.entry_and_close("合并报告", "src/ui/dialogs/merge/report.rs::ReportDialog"));
    entries.push(screen.run(
        "拆分为每个项目一个文件",
        "src/ui/dialogs/split.rs::SplitDialog",
        C::Split,
    ));
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

fn of_library() -> Vec<Entry> {
    let mut screen = Screen::with_sample("library");
    let library = "src/ui/dialogs/library/mod.rs::LibraryDialog";
    let taking = "src/ui/dialogs/library/taking.rs::TakingDialog";
    let edit = "src/ui/dialogs/library/edit.rs::EditEntry";
    let mut entries = vec![screen.run("指标库", library, C::Library)];
    screen.settle();
    let gather = LibraryAction::GatherProject;
    screen.send(Action::Library(Box::new(gather)));
    entries.push(screen.entry_and_close("收录到指标库", taking));
    entries.push(screen.ask("新建指标", edit, EditEntry::new(None, "完成及时性")));
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

/// What goes to others, and what comes from them.
fn of_outgoing() -> Vec<Entry> {
    let parcel = "src/ui/dialogs/outgoing/parcel.rs::ParcelDialog";
    let publish = "src/ui/dialogs/outgoing/publish.rs::PublishDialog";
    let anonymise = "src/ui/dialogs/outgoing/anonymise.rs::AnonymiseDialog";
    let received = "src/ui/dialogs/outgoing/received.rs::ReceivedDialog";
    let mut screen = Screen::with_sample("outgoing");
    screen.window.put_telling();
    let mut entries = vec![
        screen.run("制作报送材料包", parcel, C::Pack),
        screen.run("制作公开版", publish, C::Publish),
        screen.run("制作脱敏副本", anonymise, C::Anonymise),
        screen.run(
            "不公开",
            "src/ui/dialogs/outgoing/withhold.rs::WithholdDialog",
            C::Withhold,
        ),
    ];
    screen.settle();
    screen.command(C::Pack);
    screen.window.will_choose("/docs/包.zip");
    screen.window.click("保存材料包…");
    entries.push(screen.entry("制作报送材料包：已生成", parcel));
    screen.window.click("完成");
    screen.settle();
    let open = OutgoingAction::Open("/docs/包.zip".into());
    screen.send(Action::Outgoing(Box::new(open)));
    entries.push(screen.entry_and_close("打开报送材料包", received));
    entries
}

fn of_filling_in() -> Vec<Entry> {
    let out = "src/ui/dialogs/hand_out.rs::HandOutDialog";
    let back = "src/ui/dialogs/collect.rs::CollectDialog";
    let list = "src/ui/dialogs/sendings.rs::SendingsDialog";
    let mut screen = Screen::with_sample("fill-in");
    let mut entries = vec![
        screen.run("发出填报表", out, C::HandOut),
        screen.run("填报表收发：还没有", list, C::Sendings),
        screen.run("收回填报表", back, C::Collect),
    ];
    screen.settle();
    screen.command(C::HandOut);
    screen.window.click("生成 1 个文件");
    entries.push(screen.entry("发出填报表：结果", out));
    screen.window.click("完成");
    let sendings = screen.window.document().sendings.clone();
    let file = format!("/docs/{}", sendings.first().expect("noted").file);
    entries.push(screen.run("填报表收发", list, C::Sendings));
    screen.settle();
    screen.command(C::Collect);
    screen.window.will_choose(&file);
    screen.window.click("选择文件…");
    entries.push(screen.entry("收回填报表：读到的", back));
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

fn versions() -> Vec<Entry> {
    let source = "src/ui/dialogs/versions.rs::VersionsDialog";
    let mut screen = Screen::with_sample("versions");
    let none = screen.run("历史版本：还没有", source, C::Versions);
    let save = |screen: &mut Screen, name: &str| {
        screen.settle();
        screen.write("project_name", name);
        screen.window.keys(egui::Modifiers::COMMAND, egui::Key::S);
    };
    for name in ["甲", "乙", "丙"] {
        save(&mut screen, name);
    }
    screen.write("project_name", "丁");
    let desk = screen.window.harness.state().desk().expect("open");
    let list = desk.session.versions().list().expect("lists");
    screen
        .window
        .fs
        .put(&list[1].backup.path, b"damaged".as_slice());
    let some = screen.run("历史版本", source, C::Versions);
    let path = PathBuf::from(SAMPLE);
    let text = format!("文件是空的，没有可以读入的内容。文件：{SAMPLE}");
    let unreadable = screen.ask(
        "打不开的文件有备份",
        "src/ui/dialogs/unreadable.rs::Unreadable",
        Unreadable::new(path.clone(), text),
    );
    screen.settle();
    screen.send(Action::Versions(VersionsAction::ShowOf(path)));
    screen.window.run();
    let of_file = screen.entry_and_close("打不开的文件的备份", source);
    vec![none, some, unreadable, of_file]
}

/// A note, an answer to it, and the form on its way from hand to hand and back.
fn of_review(screen: &mut Screen) -> Vec<Entry> {
    let before = screen.window.document();
    screen.command(C::AddNote);
    screen.window.type_text("请用批复的全称");
    press(&mut screen.window, "添加意见");
    let project = screen.window.project();
    let note = project.notes.first().expect("a note");
    let notes = "src/ui/dialogs/note.rs::NoteDialog";
    let stages = "src/ui/dialogs/stage/mod.rs::StageDialog";
    let mut entries = vec![
        screen.ask("回复审核意见", notes, NoteDialog::reply(note, None)),
        screen.ask("修改审核意见", notes, NoteDialog::change(note, "整份表")),
        screen.run("送审", stages, C::SendForReview),
        screen.run("定稿", stages, C::CloseForm),
    ];
    screen.command(C::CloseForm);
    press(&mut screen.window, "仍要定稿");
    entries.push(screen.run("重新打开定稿", stages, C::ReopenForm));
    let records = "src/ui/dialogs/stage/records.rs::RecordsDialog";
    entries.push(screen.run("流转记录", records, C::StageRecords));
    let verify = "src/ui/dialogs/stage/verify.rs::VerifyDialog";
    entries.push(screen.run("核对校验码", verify, C::VerifyCode));
    screen.command(C::Undo);
    screen.command(C::Undo);
    assert_eq!(screen.window.document(), before);
    entries
}

fn shown(screen: &Screen) -> Shown {
    let app = screen.window.harness.state();
    let desk = app.desk().expect("a document is open");
    let shown = Shown::of(desk, app.position()).expect("a project is shown");
    assert_eq!(shown.project.stage, Stage::SelfEvaluation);
    shown
}
