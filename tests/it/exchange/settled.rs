//! Forms as the first half of recognition finds them, settled on an edition.

use std::{collections::BTreeSet, sync::Arc};

use jiping::{
    exchange::{
        grid::{Cell, Content, Grid, Place},
        recognise::{
            ColumnUse, File, Fit, Form, FormKind, Recognised, RowUse, Wishes,
            found::{FoundForm, FoundReason, FoundSpan, Remarked},
            recognise, settle_found,
        },
        report::{Entry, Fate, Source},
    },
    model::{
        edition::{IndicatorRole, ScoredBy, TotalPlace},
        figure::MoneyUnit,
        id::CountedIds,
        indicator::Indicator,
        markup::visible_text,
        numeral::halfwidth,
        project::{Stage, fund, header},
        typed::trim,
    },
    store::editions::EditionShelf,
};

use super::found_cells;
use forms::{Pen, common_form, flat_form, grouped_form, split_form, two_goals_form, unscored_form};

#[path = "settled/forms.rs"]
mod forms;
#[path = "settled/random.rs"]
mod random;

fn settled(form: &FoundForm) -> Recognised {
    settled_with(form, &Wishes::default())
}

fn settled_with(form: &FoundForm, wishes: &Wishes) -> Recognised {
    let all = settle_found(
        std::slice::from_ref(form),
        &EditionShelf::built_in(),
        wishes,
        &mut CountedIds(0),
    );
    assert_nothing_is_lost(form, &all);
    all
}

/// The form with a field at its head that no edition at hand has.
fn foreign(mut form: FoundForm) -> FoundForm {
    let mut pen = Pen {
        next: Place {
            row: 900,
            column: 0,
        },
    };
    form.header.push(pen.field("归档柜号", "丙-07"));
    form
}

fn only(all: &Recognised) -> &Form {
    assert_eq!(all.forms.len(), 1);
    &all.forms[0]
}

/// The form on an edition made for it, which must be sound and have a place for everything.
fn built(form: &FoundForm) -> Recognised {
    let all = settled(form);
    assert_eq!(only(&all).fit, Fit::Built);
    assert_sound(&all);
    let own: BTreeSet<Place> = form
        .ignored
        .iter()
        .map(|remarked| remarked.cell.place)
        .collect();
    let lost: Vec<&Entry> = all
        .report
        .of(Fate::Ignored)
        .filter(|entry| entry.source.place.is_none_or(|place| !own.contains(&place)))
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
    all
}

fn assert_sound(all: &Recognised) {
    let edition = &only(all).edition;
    assert_eq!(edition.problems(), Vec::<String>::new());
    assert!(edition.id.starts_with("import-"), "{}", edition.id);
    assert_eq!(only(all).project.edition, edition.reference());
}

/// Every cell of a form that has text.
fn cells(form: &FoundForm) -> Vec<&Cell> {
    let mut cells = found_cells::of(form);
    cells.extend(form.warnings.iter().map(|remarked| &remarked.cell));
    cells.retain(|cell| !trim(&cell.text).is_empty());
    cells
}

/// A text as cleaning may leave it.
fn plain(text: &str) -> String {
    let text = visible_text(text);
    halfwidth(&text).split_whitespace().collect()
}

/// Every cell has its entry, and what an entry says was taken stands in the project.
fn assert_nothing_is_lost(form: &FoundForm, all: &Recognised) {
    let told: BTreeSet<Option<Place>> = all
        .report
        .entries
        .iter()
        .map(|entry| entry.source.place)
        .collect();
    let cells = cells(form);
    for cell in &cells {
        assert!(told.contains(&Some(cell.place)), "{cell:?} is not told of");
    }
    let form = only(all);
    for entry in &all.report.entries {
        let Some(target) = &entry.target else {
            continue;
        };
        assert!(!entry.field.is_empty(), "{entry:?}");
        let stored = form.project.cell_text(&target.place);
        let stored = stored.unwrap_or_else(|| panic!("{entry:?} leads nowhere"));
        let stored = plain(&stored);
        let written = cells
            .iter()
            .filter(|cell| Some(cell.place) == entry.source.place)
            .map(|cell| plain(&cell.text))
            .any(|own| own.contains(&stored) || stored.contains(&own));
        assert!(written, "{entry:?} is stored as {stored:?}");
    }
    for pair in all.report.entries.windows(2) {
        assert!(pair[0].source <= pair[1].source);
    }
}

fn entry<'r>(all: &'r Recognised, text: &str) -> &'r Entry {
    let mut entries = all.report.entries.iter().filter(|entry| entry.text == text);
    let found = entries.next().unwrap_or_else(|| panic!("no entry {text}"));
    assert!(entries.next().is_none(), "several entries {text}");
    found
}

fn indicators(form: &Form) -> Vec<&Indicator> {
    form.project.rows().map(|view| view.indicator).collect()
}

#[test]
fn the_common_form_is_recognised_and_kept_as_typed() {
    let all = settled(&common_form());
    let form = only(&all);
    assert_eq!(form.edition.id, "mof-2020");
    assert!(
        matches!(form.fit, Fit::Known { share } if share >= 85),
        "{:?}",
        form.fit
    );
    let project = &form.project;
    assert_eq!(project.name(), "河道保洁");
    assert_eq!(project.header(header::YEAR), "2021");
    assert_eq!(project.header(header::DEPARTMENT), "水务局");
    assert_eq!(project.header(header::UNIT), "河道管理所");
    assert_eq!(project.stated.title, "");
    assert_eq!(project.stated.money_unit, "万元");
    assert_eq!(project.money_unit, MoneyUnit::TenThousandYuan);
    let keys: Vec<&str> = project.funds.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["total", "appropriation", "carried_over", "other"]);
    let total = project.funds.first().expect("a row");
    assert_eq!(total.figure(fund::ADJUSTED).text(), "120");
    assert_eq!(total.figure(fund::EXECUTED).text(), "118");
    assert_eq!(total.figure(fund::RATE).text(), "98.33%");
    let rows = indicators(form);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0].name, "保洁长度");
    assert_eq!(
        (rows[1].weight.text(), rows[1].score.text()),
        ("20分", "16")
    );
    assert_eq!(&*rows[1].deviation, "少雨。");
    assert_eq!(project.stated.total_score.text(), "95.83");
    let goal = project.goals.first().expect("a goal");
    assert_eq!(&*goal.expected, "保洁36公里。");
    assert_eq!(&*goal.actual, "　　已保洁36公里。");
    assert_eq!(
        goal.sections.first().expect("a section").caption,
        "产出指标（50分）"
    );
    assert!(rows.iter().all(|row| row.approved.is_none()));
}

#[test]
fn the_report_says_what_was_cleaned_guessed_and_left_out() {
    let all = settled(&common_form());
    for (text, note) in [
        ("<p>保洁36公里。</p>", "清除了网页标签"),
        ("１２０", "全角数字改成了半角"),
        ("118万元", "去掉了与表头相同的金额单位"),
        ("保洁 长度", "去掉了格内换行"),
    ] {
        let entry = entry(&all, text);
        assert_eq!((entry.fate, entry.note.as_str()), (Fate::Cleaned, note));
    }
    let other_unit = entry(&all, "118元");
    assert!(matches!(other_unit.fate, Fate::Guessed { .. }));
    assert!(other_unit.note.contains("金额单位"), "{}", other_unit.note);
    let stored = only(&all).project.funds.get(1).expect("a row");
    assert_eq!(stored.figure(fund::EXECUTED).text(), "118元");

    // The edition has no such field: the name is kept beneath the table.
    let filler = entry(&all, "甲某");
    assert!(matches!(filler.fate, Fate::Guessed { .. }));
    assert_eq!(
        only(&all).project.stated.footnotes,
        ["注：一级指标分值统一设置。", "填表人：甲某"]
    );
    assert_eq!(entry(&all, "联系电话").fate, Fate::Ignored);

    let actual = entry(&all, "80次");
    assert_eq!(actual.fate, Fate::Read);
    assert_eq!(actual.field, "绩效指标 · 数量指标 · 清运次数 · 实际完成值");
    assert_eq!(entry(&all, "水务局").field, "基本信息 · 主管部门");
}

#[test]
fn weights_of_groups_tell_the_edition_and_a_loose_reason_is_guessed() {
    let all = settled(&grouped_form());
    let form = only(&all);
    assert_eq!(form.edition.id, "shenzhen-2020");
    let project = &form.project;
    let groups: Vec<_> = project.groups().map(|view| view.group).collect();
    assert_eq!(groups[0].weight.text(), "50");
    assert_eq!(groups[2].score.text(), "—");
    assert!(indicators(form).iter().all(|row| row.weight.is_empty()));
    let goal = project.goals.first().expect("a goal");
    let reason = goal.reasons.first().expect("a reason");
    assert_eq!(
        reason.section,
        Some(goal.sections.first().expect("a section").id)
    );
    let told = entry(&all, "疫情影响，场次有变。");
    assert_eq!(told.fate, Fate::Guessed { sure: 60 });
    let told_row = told.source.clone();
    let row = Source {
        place: told_row.place.map(|place| Place { column: 0, ..place }),
        ..told_row
    };
    assert_eq!(all.rows.get(&row), Some(&RowUse::Reason));
}

#[test]
fn a_reason_of_several_rows_names_them_and_one_of_a_single_row_is_its_own() {
    let mut form = grouped_form();
    let rows = &form.goals[0].sections[0].groups[0].rows;
    let (first, last) = (rows[0].row, rows[1].row);
    let mut pen = Pen {
        next: Place {
            row: 300,
            column: 0,
        },
    };
    form.goals[0].reasons = vec![
        FoundReason {
            cell: pen.cell("两行共用。"),
            span: FoundSpan::Rows(first..last + 1),
            sure: 100,
        },
        FoundReason {
            cell: pen.cell("一行自用。"),
            span: FoundSpan::Rows(last..last + 1),
            sure: 100,
        },
        FoundReason {
            cell: pen.cell("没有着落。"),
            span: FoundSpan::Group(9, 9),
            sure: 100,
        },
    ];
    let all = settled(&form);
    let goal = only(&all).project.goals.first().expect("a goal").clone();
    assert_eq!(goal.reasons.len(), 1);
    assert_eq!(goal.reasons.first().expect("a reason").rows.len(), 2);
    assert_eq!(&*indicators(only(&all))[1].deviation, "一行自用。");
    assert_eq!(entry(&all, "没有着落。").fate, Fate::Ignored);
}

/// Each region's form is on the edition of its own, not on a neighbour's.
#[test]
fn a_form_of_an_edition_at_hand_is_on_it() {
    for (form, id) in [
        (common_form(), "mof-2020"),
        (grouped_form(), "shenzhen-2020"),
        (split_form(), "sichuan-2022"),
        (two_goals_form(), "hubei-2019"),
        (unscored_form(), "transfer-2022"),
    ] {
        let all = settled(&form);
        assert_eq!(only(&all).edition.id, id);
        assert!(matches!(only(&all).fit, Fit::Known { .. }), "{id}");
    }
}

#[test]
fn an_edition_is_built_where_none_fits() {
    let all = built(&foreign(split_form()));
    let form = only(&all);
    let edition = &form.edition;
    assert_eq!(edition.title, "部门预算项目支出绩效自评表（{year}年度）");
    assert_eq!(edition.form_no, "510000_0013zp");
    assert_eq!(edition.scoring.execution.weight, 10.into());
    let columns: Vec<&str> = edition
        .indicators
        .columns
        .iter()
        .map(|column| column.caption.as_str())
        .collect();
    assert_eq!(columns[3..7], ["指标性质", "指标值", "度量单位", "完成值"]);
    let texts: Vec<&str> = edition
        .texts
        .iter()
        .map(|text| text.caption.as_str())
        .collect();
    assert_eq!(texts, ["评价结论", "存在问题", "改进措施"]);
    let foot: Vec<&str> = edition
        .footer
        .iter()
        .map(|field| field.caption.as_str())
        .collect();
    assert_eq!(foot, ["项目负责人", "财务负责人"]);
    let project = &form.project;
    assert_eq!(project.year(), Some(2023));
    assert_eq!(project.stated.title, "");
    assert_eq!(
        &*project.funds.first().expect("a row").remark,
        "合同尾款未付"
    );
    let rows = indicators(form);
    let aim = rows[0].aim().expect("an aim");
    assert_eq!((aim.unit, rows[0].nature.text()), ("次", "≥"));
    assert_eq!(
        &*project.goals.first().expect("a goal").texts["goal_1"],
        "按月巡检"
    );
}

#[test]
fn the_same_form_is_on_the_same_edition_whenever_it_comes() {
    let first = only(&settled(&split_form())).edition.id.clone();
    let mut other = split_form();
    other.header[0].value = Some(Cell::new(1, 1, "网络运维"));
    other.title = Some(Cell::new(0, 0, "部门预算项目支出绩效自评表（2022年度）"));
    other.year = other.title.clone().map(|title| (title, "2022".into()));
    assert_eq!(only(&settled(&other)).edition.id, first);
    let both = settle_found(
        &[split_form(), other],
        &EditionShelf::built_in(),
        &Wishes::default(),
        &mut CountedIds(0),
    );
    assert_eq!(both.forms[0].edition.id, both.forms[1].edition.id);
    assert_ne!(both.forms[0].project.id, both.forms[1].project.id);
}

#[test]
fn an_edition_asked_for_keeps_what_it_can_and_tells_the_rest() {
    let wishes = Wishes {
        edition: Some("mof-2020".into()),
        ..Wishes::default()
    };
    let all = settled_with(&split_form(), &wishes);
    let form = only(&all);
    assert_eq!(
        (form.edition.id.as_str(), form.fit),
        ("mof-2020", Fit::Chosen)
    );
    let rows = indicators(form);
    assert_eq!(rows[0].target.text(), "≥12次");
    assert_eq!(rows[1].target.text(), "优良");
    assert_eq!(entry(&all, "定性").fate, Fate::Ignored);
    let keys: Vec<&str> = form
        .project
        .funds
        .iter()
        .map(|row| row.key.as_str())
        .collect();
    assert_eq!(keys, ["total", "", "", "", "other"]);
    assert_eq!(entry(&all, "按月巡检").fate, Fate::Ignored);
    assert!(
        form.project
            .stated
            .footnotes
            .contains(&"存在问题：付款较慢".to_owned())
    );
    assert_eq!(
        form.project.stated.title,
        "部门预算项目支出绩效自评表（2023年度）"
    );

    let unknown = Wishes {
        edition: Some("nowhere-2000".into()),
        ..Wishes::default()
    };
    let all = settled_with(&foreign(split_form()), &unknown);
    assert_eq!(only(&all).fit, Fit::Built);
    assert!(all.report.entries[0].note.contains("nowhere-2000"));
}

#[test]
fn several_goals_are_several_blocks() {
    let all = built(&foreign(two_goals_form()));
    let form = only(&all);
    let edition = &form.edition;
    assert_eq!(edition.goals.most_blocks, 2);
    assert!(edition.goals.weighted);
    assert_eq!(edition.goals.blocks[1].weight, Some(40.into()));
    assert_eq!(edition.scoring.execution.weight, 20.into());
    assert_eq!(edition.totals.place, TotalPlace::Header);
    assert_eq!(edition.indicators.scored_by, ScoredBy::Row);
    let project = &form.project;
    assert_eq!(project.stated.total_score.text(), "99.6");
    let goals: Vec<&str> = project
        .goals
        .iter()
        .map(|goal| goal.caption.as_str())
        .collect();
    assert_eq!(goals, ["年度绩效目标1", "年度绩效目标2"]);
    let row = project.funds.first().expect("a row");
    assert_eq!(
        (row.key.as_str(), row.name.as_str()),
        ("total", "年度资金总额")
    );
    assert_eq!(indicators(form).len(), 2);
}

#[test]
fn a_form_without_levels_has_one_block_without_caption() {
    let all = built(&foreign(flat_form()));
    let form = only(&all);
    assert_eq!(form.edition.money_unit, MoneyUnit::Yuan);
    assert!(form.edition.indicators.levels.is_empty());
    assert!(!form.edition.has_column(IndicatorRole::Level1));
    let view = form.project.rows().next().expect("a row");
    assert_eq!(
        (view.section.caption.as_str(), view.group.caption.as_str()),
        ("", "")
    );
    assert_eq!(view.indicator.unit, "处");
    assert!(form.edition.funds.columns.is_empty());
}

#[test]
fn a_form_without_scores_is_not_put_on_one_with_them() {
    let all = built(&foreign(unscored_form()));
    let form = only(&all);
    assert_eq!(form.edition.indicators.scored_by, ScoredBy::Nothing);
    assert_eq!(form.edition.scoring.execution.weight, 0.into());
    assert_eq!(form.edition.totals.caption, "");
    let project = &form.project;
    let table = &project.tables["table_1"];
    assert_eq!(&*table.first().expect("a row").cells["column_1"], "因素法");
    assert_eq!(&*table.get(1).expect("a row").cells["column_2"], "略晚");
    assert_eq!(project.name(), "基建补助");
}

#[test]
fn a_form_of_targets_states_approved_values() {
    let mut form = common_form();
    form.what = FormKind::Targets;
    form.title = Some(Cell::new(0, 0, "项目支出绩效目标批复表"));
    form.total = None;
    let goal = &mut form.goals[0];
    goal.actual = None;
    goal.columns.retain(|heading| {
        use IndicatorRole::{Level1, Level2, Name, Target, Weight};
        matches!(heading.role, Level1 | Level2 | Name | Target | Weight)
    });
    for group in goal
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.groups)
    {
        for row in &mut group.rows {
            row.cells.retain(|(at, _)| matches!(at, 2 | 3 | 5));
            for (at, _) in row.cells.iter_mut().filter(|(at, _)| *at == 5) {
                *at = 4;
            }
        }
    }
    let all = settled(&form);
    let form = only(&all);
    assert_eq!(form.what, FormKind::Targets);
    assert_eq!(form.project.stage, Stage::Targets);
    assert_eq!(form.edition.id, "mof-2020");
    for row in indicators(form) {
        let approved = row.approved.as_ref().expect("approved values");
        assert_eq!(
            (approved.name.as_str(), approved.target.as_str()),
            (row.name.as_str(), row.target.text())
        );
        assert_eq!(approved.weight, row.weight.text());
        assert!(row.actual.is_empty() && !row.target.is_empty());
    }

    let mut split = foreign(split_form());
    split.what = FormKind::Targets;
    split.goals[0].columns.truncate(6);
    for row in &mut split.goals[0].sections[0].groups[0].rows {
        row.cells.truncate(4);
        row.cells.retain(|(at, _)| *at < 6);
    }
    let all = built(&split);
    assert!(only(&all).edition.has_column(IndicatorRole::Actual));
}

#[test]
fn parts_belong_to_the_row_above() {
    let mut form = common_form();
    form.goals[0].sections[0].groups[0].rows[1].part = true;
    form.goals[0].sections[1].groups[0].rows[0].part = true;
    let all = settled(&form);
    let rows = indicators(only(&all));
    assert_eq!(rows[1].part_of, Some(rows[0].id));
    assert_eq!(rows[2].part_of, None);
    assert!(entry(&all, "达成预期指标").note.contains("其中"));
}

#[test]
fn guesses_and_remarks_of_the_scan_are_passed_on() {
    let mut form = common_form();
    let row = &mut form.goals[0].sections[0].groups[0].rows[1];
    row.sure = 70;
    row.note = "这一行有错位".into();
    form.funds.as_mut().expect("funds").rows[2].sure = 80;
    form.ignored = vec![Remarked {
        cell: Cell::new(900, 0, "页码 1"),
        note: "页脚".into(),
    }];
    form.warnings = vec![Remarked {
        cell: Cell::new(901, 0, "缺行"),
        note: "分页处可能缺行".into(),
    }];
    let all = settled(&form);
    let target = entry(&all, "≥100次");
    assert_eq!(
        (target.fate, target.note.as_str()),
        (Fate::Guessed { sure: 70 }, "这一行有错位")
    );
    assert_eq!(entry(&all, "页码 1").fate, Fate::Ignored);
    assert!(matches!(entry(&all, "缺行").fate, Fate::Guessed { .. }));
    assert_eq!(all.report.exit_code(), 1);
}

#[test]
fn an_odd_money_unit_is_pointed_at() {
    let mut form = common_form();
    form.money_unit = Some((Cell::new(1, 1, "单位：亿元"), "亿元".into()));
    let all = settled(&form);
    assert_eq!(only(&all).project.stated.money_unit, "亿元");
    assert!(matches!(
        entry(&all, "单位：亿元").fate,
        Fate::Guessed { .. }
    ));
    form.money_unit = None;
    let all = settled(&form);
    assert_eq!(only(&all).project.stated.money_unit, "");
    assert_eq!(only(&all).project.money_unit, only(&all).edition.money_unit);
}

/// A grid from lines of cells parted by "|".
fn grid(name: &str, text: &str) -> Grid {
    let mut cells = Vec::new();
    for (row, line) in text.trim().lines().enumerate() {
        for (column, text) in line.split('|').map(str::trim).enumerate() {
            if !text.is_empty() {
                let at = |number| u32::try_from(number).expect("small");
                cells.push(Cell::new(at(row), at(column), text));
            }
        }
    }
    Grid {
        name: name.into(),
        cells,
        ..Grid::default()
    }
}

const FLAT: &str = "
项目支出绩效自评表
单位：元
项目名称|校舍维修|项目编码|A01|自评总分|98
|年初预算数|全年预算数|全年执行数|执行率|执行率权重|执行率得分
年度总金额|50000|40000|40000|100%|10|10
其中：财政拨款|50000|40000|40000
年初目标|修5处|调整后目标|修4处|完成情况|修4处
指标名称|计量单位|指标性质|指标值|指标权重|全年完成值|指标得分|说明
维修处数|处|≥|4|60|4|60|
师生满意度|%|≥|90|30|85|28|食堂排队
";

const ACCOUNT: &str = "
单位：元
项目编码|项目名称|年初预算数|全年预算数|全年执行数
A01|校舍维修|50000|40000|40000
A02|设备购置|30000|30000|29000
A03|教师培训|20000|20000|18000
";

fn file(name: &str, grids: Vec<Grid>) -> File {
    File {
        name: name.into(),
        content: Arc::new(Content {
            grids,
            ..Content::default()
        }),
    }
}

fn recognised(files: &[File], wishes: &Wishes) -> Recognised {
    recognise(files, &EditionShelf::built_in(), wishes, &mut CountedIds(0))
}

#[test]
fn files_with_forms_accounts_and_neither_are_told_apart() {
    let files = [
        file("甲.xlsx", vec![grid("自评表", FLAT), grid("预算", ACCOUNT)]),
        file("乙.txt", vec![grid("", "今天开会\n下午写信")]),
    ];
    let all = recognised(&files, &Wishes::default());
    let form = only(&all);
    assert_sound(&all);
    assert_eq!((form.source.file, form.source.grid), (0, 0));
    assert_eq!(form.project.name(), "校舍维修");
    assert_eq!(form.project.stated.total_score.text(), "98");
    assert_eq!(indicators(form)[1].score.text(), "28");
    assert_eq!(form.project.funds.len(), 2);
    assert_eq!(all.accounts.len(), 1);
    let account = &all.accounts[0];
    assert_eq!((account.source.file, account.source.grid), (0, 1));
    let last = account.block.rows().last().expect("a row");
    assert_eq!(last, &["A03", "教师培训", "20000", "20000", "18000"]);
    let empty = |entry: &&Entry| entry.source.file == 1 && entry.text == "乙.txt";
    let told = all.report.entries.iter().find(empty).expect("an entry");
    assert_eq!(told.fate, Fate::Ignored);
}

#[test]
fn a_correction_changes_only_what_it_names() {
    let files = [file("甲.xlsx", vec![grid("自评表", FLAT)])];
    let before = recognised(&files, &Wishes::default());
    let (heading, _) = before
        .columns
        .iter()
        .find(|(_, taken)| **taken == ColumnUse::Indicator(IndicatorRole::Deviation))
        .expect("the column of reasons");
    let second = before
        .rows
        .iter()
        .filter(|(_, taken)| **taken == RowUse::Indicator)
        .nth(1);
    let (row, _) = second.expect("a second row");
    let wishes = Wishes {
        columns: [(heading.clone(), ColumnUse::Ignored)].into(),
        rows: [(row.clone(), RowUse::Part)].into(),
        ..Wishes::default()
    };
    let after = recognised(&files, &wishes);
    assert_eq!(entry(&after, "食堂排队").fate, Fate::Ignored);
    let rows = indicators(only(&after));
    assert_eq!(rows[1].part_of, Some(rows[0].id));
    assert_eq!(&*rows[1].deviation, "");
    let old = indicators(only(&before));
    assert_eq!(&*old[1].deviation, "食堂排队");
    for (old, new) in old.iter().zip(rows) {
        assert_eq!(
            (&old.name, &old.target, &old.score),
            (&new.name, &new.target, &new.score)
        );
    }
    assert_eq!(after.columns.get(heading), Some(&ColumnUse::Ignored));
    assert_eq!(after.rows.get(row), Some(&RowUse::Part));
}
