//! Projects in the columns of budget systems: maps, tables, files, the walk from cell to cell.

use std::{path::Path, sync::Arc};

use insta::assert_snapshot;
use jiping::{
    exchange::system::{
        FlatCell, SystemFileError, SystemMap, SystemRows, SystemShelf, Walk, files,
        shelf::read_map, tables,
    },
    model::{
        edition::Edition,
        figure::FigureCell,
        id::{CountedIds, Id},
        indicator::SharedReason,
        path::{BlockField, IndicatorField, Place},
        project::Project,
    },
    store::{editions::EditionShelf, format},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{foreign::python, generate};

const ANHUI: &str = include_str!("../../../assets/systems/anhui.json");

/// The sample as filed, with its edition.
fn sample() -> (Arc<Project>, Arc<Edition>) {
    let bytes = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
    let opened = format::read(bytes, &mut CountedIds(1 << 40)).expect("the sample opens");
    let project = opened.document.projects.first().expect("a project");
    let found = EditionShelf::built_in().get(&project.edition);
    (Arc::clone(project), found.expect("its edition").edition)
}

fn map(id: &str) -> Arc<SystemMap> {
    let shelf = SystemShelf::built_in();
    Arc::clone(shelf.get(id).expect("a map of the program"))
}

/// A map of one table: columns as field and whether numbers alone are wanted.
fn map_of(rows: &str, columns: &[(&str, bool)]) -> Arc<SystemMap> {
    let columns: Vec<Value> = columns
        .iter()
        .map(|(field, number)| {
            json!({ "key": field, "caption": field, "field": field, "number": number })
        })
        .collect();
    let map = json!({
        "id": "test", "name": "测试", "source": "测试",
        "tables": [{ "name": "表", "rows": rows, "columns": columns }],
    });
    Arc::new(read_map("测试.json", &map.to_string()).expect("a sound map"))
}

fn texts(rows: &[Vec<FlatCell>]) -> String {
    let line = |row: &Vec<FlatCell>| {
        let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
        texts.join("|").replace('\n', "⏎")
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The rows of a map's only table.
fn rows(project: &Project, edition: &Edition, map: &SystemMap) -> String {
    texts(&tables(project, edition, map)[0].rows)
}

/// The sample with its first indicators and funds changed.
fn changed(change: impl FnOnce(&mut Project)) -> (Project, Arc<Edition>) {
    let (project, edition) = sample();
    let mut project = (*project).clone();
    change(&mut project);
    (project, edition)
}

/// Changes the first group of a project.
fn first_group(project: &mut Project, change: impl FnOnce(&mut jiping::model::indicator::Group)) {
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    change(section.groups.get_mut(0).expect("a group"));
}

#[test]
fn the_sample_in_the_columns_of_anhui() {
    let (project, edition) = sample();
    let tables = tables(&project, &edition, &map("anhui"));
    assert_snapshot!(texts(&tables[0].rows[..13]), @r"
产出指标|数量指标|信息安全维护次数|1|1|15|15|按市财政要求压减会议、差旅、培训等8类一般性支出，可用经费减少。今后将合理设置绩效指标，提高目标完成程度。
产出指标|数量指标|科协六届五次常委会|1|1|||
产出指标|数量指标|举办科技工作者座谈会|1个|1|||
产出指标|数量指标|专家联谊会各类活动|8次|8次|||
产出指标|数量指标|管理服务创新驿站|1个|1个|||
产出指标|数量指标|参加招才引智活动|2场|10场|||
产出指标|数量指标|引进人才和项目团队|5个|10个|||
产出指标|数量指标|举办创新创业大赛|1场|1场|||
产出指标|数量指标|参加国际知名展会|1场|1场|||
产出指标|数量指标|举办高层次人才活动|4场|8场|||
产出指标|数量指标|年度课题数量|10|7|||
产出指标|数量指标|常委会专门委员会活动|3次|4次|||
产出指标|数量指标|市青年奖获奖者数量|8个|8个|||
");
    assert_snapshot!(texts(&tables[1].rows), @r"
年度资金总额|8620000.00|8108600.00|8086475.64|10|99.7|9.97
其中：当年财政拨款|8620000.00|8108600.00|8086475.64|—|99.7|—
上年结转资金|0.00|0.00|0.00|—|—|—
其他资金|0.00|0.00|0.00|—|—|—
");
}

#[test]
fn the_sample_in_the_order_of_the_form() {
    let (project, edition) = sample();
    let map = map("form-2020");
    let mut firsts = String::new();
    for mut table in tables(&project, &edition, &map) {
        for cell in &mut table.rows[0] {
            cell.text = cell.text.chars().take(12).collect();
        }
        let name = &map.tables[table.table].name;
        firsts += &format!("{name}：{}\n", texts(&table.rows[..1]));
    }
    assert_snapshot!(firsts, @r"
基本信息：科协组织建设与事业发展||2020年|深圳市科学技术协会|深圳市科学技术协会本级
项目资金：年度资金总额|8620000.00|8108600.00|8086475.64|10|99.7%|9.97|
年度总体目标：||<p>一、科普活动运行管|<p>一、科普活动运行管
绩效指标：产出指标|数量指标|信息安全维护次数||1||1|15|15|按市财政要求压减会议、差
总分：100|99.97|
");
}

#[test]
fn the_maps_of_the_program_are_sound_and_published() {
    let ids: Vec<String> = SystemShelf::built_in()
        .list()
        .iter()
        .map(|map| map.id.clone())
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/systems");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    let mut expected: Vec<String> = ids.iter().map(|id| format!("{id}.json")).collect();
    expected.sort();
    assert_eq!(names, expected, "every file is built in, under its id");
    let schema = serde_json::to_value(SystemMap::schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    for text in [
        ANHUI,
        include_str!("../../../assets/systems/form-2020.json"),
    ] {
        let file: Value = serde_json::from_str(text).expect("JSON");
        assert!(validator.is_valid(&file));
    }
    let published = include_str!("../../../assets/schemas/system.schema.json");
    let generated = serde_json::to_string_pretty(&SystemMap::schema()).expect("JSON") + "\n";
    assert!(
        published == generated,
        "assets/schemas/system.schema.json is out of date: jiping-cli schema system"
    );
}

#[test]
fn what_is_wrong_with_a_map_is_said_with_its_place() {
    let mutilated = |change: fn(&mut Value)| {
        let mut map: Value = serde_json::from_str(ANHUI).expect("JSON");
        change(&mut map);
        read_map("我的.json", &map.to_string())
            .expect_err("wrong")
            .why
    };
    assert_snapshot!(mutilated(|map| map["tables"][0]["columns"][1]["key"] = "findex".into()), @"第 1 张表“绩效指标”第 2 列“二级指标”的列标识“findex”重复");
    assert_snapshot!(mutilated(|map| map["tables"][0]["columns"][0]["field"] = "level3".into()), @"第 1 张表“绩效指标”第 1 列“一级指标”的内容 field“level3”不认识，可用：level1、level2、name、nature、sign、target、value、unit、actual、weight、score、deviation、extra:字段");
    assert_snapshot!(mutilated(|map| map["tables"][1]["columns"] = json!([])), @"第 2 张表“项目资金”没有列");
    assert_snapshot!(mutilated(|map| map["tables"][1]["name"] = "绩效指标".into()), @"第 2 张表“绩效指标”与前面的表重名");
    assert_snapshot!(mutilated(|map| map["tables"] = json!([])), @"没有表，tables 至少要有一张");
    assert_snapshot!(mutilated(|map| map["name"] = "安徽/合肥".into()), @r#"
名称 name 不能有 [ ] : * ? / \ " < > |，也不能以单引号开头、以单引号或句点结尾
"#);
    let unknown = ANHUI.replacen("\"verified\"", "\"checked\"", 1);
    let error = read_map("我的.json", &unknown).expect_err("unknown field");
    assert_snapshot!(error.to_string(), @"一体化字段表没有载入：第 5 行第 11 列有不认识的字段“checked”。请改正后重新启动程序，其他内容不受影响。（我的.json）");
    let half: String = ANHUI.chars().take(400).collect();
    let error = read_map("我的.json", &half).expect_err("cut off");
    assert_snapshot!(error.why, @"第 13 行第 47 列之后内容中断，文件不完整");
}

#[test]
fn a_map_of_the_user_takes_the_place_of_the_programs_once() {
    let mut shelf = SystemShelf::built_in();
    let count = shelf.list().len();
    let own = ANHUI.replacen("安徽 预算管理一体化", "安徽 本单位核对", 1);
    shelf.add_user("a.json", &own).expect("sound");
    assert_eq!(shelf.list().len(), count);
    assert_eq!(shelf.get("anhui").expect("there").name, "安徽 本单位核对");
    let error = shelf.add_user("b.json", ANHUI).expect_err("taken");
    assert!(error.to_string().contains("已用于另一份"), "{error}");
    assert_eq!(shelf.get("anhui").expect("there").name, "安徽 本单位核对");
}

#[test]
fn numbers_lose_signs_and_units_and_nothing_else() {
    let (project, edition) = changed(|project| {
        first_group(project, |group| {
            let targets = [
                "≥95.50%",
                "1,234万元",
                "≥300～500人",
                "不适用",
                "—",
                "2020年12月",
                "有效保障",
                "１２次",
                "",
            ];
            for (index, target) in targets.into_iter().enumerate() {
                let row = group.indicators.get_mut(index).expect("a row");
                row.target = target.into();
                row.name = target.to_owned();
            }
        });
    });
    let map = map_of(
        "indicators",
        &[
            ("sign", false),
            ("value", false),
            ("unit", false),
            ("target", true),
        ],
    );
    let table = rows(&project, &edition, &map);
    let first: Vec<&str> = table.lines().take(9).collect();
    assert_snapshot!(first.join("\n"), @r"
≥|95.50|%|95.50
|1234|万元|1234
|≥300～500人||≥300～500人
|不适用||不适用
|—||—
|2020年12月||2020年12月
定性|有效保障||有效保障
|12|次|12
|||
");
}

#[test]
fn amounts_are_in_the_unit_of_the_system() {
    let (project, edition) = changed(|project| {
        let row = project.funds.get_mut(0).expect("a row");
        row.figures.insert("initial".into(), "1,234,567.8".into());
        row.figures
            .insert("adjusted".into(), "123.45678万元".into());
        row.figures.insert("executed".into(), "待定".into());
    });
    let columns = [("initial", true), ("adjusted", true), ("executed", true)];
    let as_filed = map_of("funds", &columns);
    let mut in_ten_thousands = (*as_filed).clone();
    in_ten_thousands.money_unit = Some(jiping::model::figure::MoneyUnit::TenThousandYuan);
    let first = |map: &SystemMap| {
        rows(&project, &edition, map)
            .lines()
            .next()
            .map(str::to_owned)
    };
    assert_eq!(
        first(&as_filed).as_deref(),
        Some("1234567.8|1234567.8|待定")
    );
    assert_eq!(
        first(&in_ten_thousands).as_deref(),
        Some("123.45678|123.45678|待定")
    );
}

#[test]
fn what_stands_in_merged_cells_stands_in_the_first_free_row() {
    let (project, edition) = changed(|project| {
        let mut spanned = None;
        first_group(project, |group| {
            group.score = "15分".into();
            let first = group.indicators.get_mut(0).expect("a row");
            first.score = FigureCell::new("3");
            first.deviation = "自己的原因".into();
            spanned = Some(group.id);
        });
        let mut ids = CountedIds(1 << 50);
        let goal = project.goals.get_mut(0).expect("a goal");
        goal.reasons = std::iter::once(SharedReason {
            id: Id::new(&mut ids),
            copied_from: None,
            section: None,
            group: spanned,
            rows: Vec::new(),
            text: "全组的原因".into(),
            unknown: Default::default(),
        })
        .collect();
    });
    let map = map_of("indicators", &[("score", true), ("deviation", false)]);
    let table = rows(&project, &edition, &map);
    let first: Vec<&str> = table.lines().take(3).collect();
    assert_eq!(first, ["3|自己的原因", "15|全组的原因", "|"]);
}

/// A map with every field of indicators, funds, goals and projects that the generated documents fill.
fn everything() -> SystemMap {
    let column = |field: &str| json!({ "key": field, "caption": field, "field": field });
    let table = |rows: &str, fields: &[&str]| {
        let columns: Vec<Value> = fields.iter().map(|field| column(field)).collect();
        json!({ "name": rows, "rows": rows, "columns": columns })
    };
    let edition = &generate::EDITION;
    let headers: Vec<String> = edition
        .header
        .iter()
        .map(|field| format!("header:{}", field.key))
        .collect();
    let mut project: Vec<&str> = headers.iter().map(String::as_str).collect();
    project.extend(["total_score", "total_weight", "rating"]);
    let mut funds = vec!["name", "remark"];
    funds.extend(
        edition
            .funds
            .columns
            .iter()
            .map(|column| column.key.as_str())
            .filter(|key| *key != "remark"),
    );
    let footers: Vec<String> = edition
        .footer
        .iter()
        .map(|field| format!("footer:{}", field.key))
        .collect();
    let texts: Vec<String> = edition
        .texts
        .iter()
        .map(|field| format!("text:{}", field.key))
        .collect();
    let foot: Vec<&str> = footers.iter().chain(&texts).map(String::as_str).collect();
    let mut tables = vec![
        table("project", &project),
        table("funds", &funds),
        table("goals", &["caption", "weight", "expected", "actual"]),
        table(
            "indicators",
            &[
                "name",
                "nature",
                "target",
                "unit",
                "actual",
                "weight",
                "score",
                "deviation",
            ],
        ),
    ];
    if !foot.is_empty() {
        tables.push(table("foot", &foot));
    }
    let map = json!({ "id": "all", "name": "全部", "source": "测试", "tables": tables });
    read_map("全部.json", &map.to_string()).expect("a sound map")
}

/// Whether the map names this place, where it stands in a cell of its own.
fn is_named(project: &Project, map: &SystemMap, place: &Place) -> bool {
    let has = |rows: SystemRows, field: &str| {
        let tables = map.tables.iter().filter(|table| table.rows == rows);
        let mut columns = tables.flat_map(|table| &table.columns);
        columns.any(|column| column.field == field)
    };
    match place {
        Place::Header(key) => has(SystemRows::Project, &format!("header:{key}")),
        Place::Fund(_, key) => has(SystemRows::Funds, key),
        Place::Goal(_, field) => !matches!(field, jiping::model::path::GoalField::Text(_)),
        Place::Indicator(_, field) => !matches!(field, IndicatorField::Extra(_)),
        // Shown where a row has none of its own.
        Place::Group(id, field @ (BlockField::Weight | BlockField::Score)) => {
            project.rows().any(|view| {
                let own = match field {
                    BlockField::Score => &view.indicator.score,
                    _ => &view.indicator.weight,
                };
                view.group.id == *id && own.is_empty()
            })
        }
        Place::Footer(key) => has(SystemRows::Foot, &format!("footer:{key}")),
        Place::Text(key) => has(SystemRows::Foot, &format!("text:{key}")),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_filled_cell_that_the_map_names_is_there_as_typed(document in generate::document()) {
        let map = everything();
        for project in document.projects.iter() {
            let tables = tables(project, &generate::EDITION, &map);
            let cells: Vec<&FlatCell> = tables.iter().flat_map(|table| table.rows.iter().flatten()).collect();
            let mut missing = Vec::new();
            project.each_filled_cell(&mut |cell| {
                let place = cell.place();
                if cell.text.trim().is_empty() || !is_named(project, &map, &place) {
                    return;
                }
                let at = project.at(place);
                let is_there = cells.iter().any(|found| {
                    found.at.as_ref() == Some(&at) && found.text.lines().next() == cell.text.lines().next()
                });
                if !is_there {
                    missing.push(at.to_string());
                }
            });
            prop_assert_eq!(missing, Vec::<String>::new());
        }
    }

    #[test]
    fn a_walk_passes_every_filled_cell_once_in_order_and_back(document in generate::document()) {
        let map = Arc::new(everything());
        let edition = Arc::new(generate::EDITION.clone());
        for project in document.projects.iter() {
            let filled: Vec<String> = tables(project, &edition, &map)
                .into_iter()
                .flat_map(|table| table.rows.into_iter().flatten())
                .filter(|cell| !cell.is_blank())
                .map(|cell| cell.text)
                .collect();
            let mut walk = Walk::new(&map, &(Arc::clone(project), Arc::clone(&edition)));
            prop_assert_eq!(walk.len(), filled.len());
            let mut there = Vec::new();
            while let Some(text) = walk.press() {
                there.push(text.to_owned());
            }
            prop_assert_eq!(&there, &filled);
            prop_assert_eq!(walk.press(), None);
            let mut back = Vec::new();
            while let Some(text) = walk.back() {
                back.push(text.to_owned());
            }
            back.reverse();
            prop_assert_eq!(&back[..], &filled[..filled.len().saturating_sub(1)]);
        }
    }
}

#[test]
fn a_walk_stays_at_its_cell_while_the_form_is_edited() {
    let (project, edition) = sample();
    let map = map_of(
        "indicators",
        &[("name", false), ("target", false), ("actual", false)],
    );
    let mut walk = Walk::new(&map, &(Arc::clone(&project), Arc::clone(&edition)));
    for _ in 0..5 {
        walk.press();
    }
    let step = walk.step().expect("a cell");
    assert_eq!(walk.row_in_words(step), "表 第2行");
    assert_eq!(walk.column_in_words(step), "target");
    let (name, copied) = (walk.row_name(step).to_owned(), walk.text(step).to_owned());
    assert!(walk.is_copied());

    // A row before it goes: the walk stands at the same cell.
    let mut edited = (*project).clone();
    first_group(&mut edited, |group| {
        group.indicators.remove(0);
    });
    walk.follow(&(Arc::new(edited.clone()), Arc::clone(&edition)));
    let step = walk.step().expect("a cell");
    assert_eq!(
        (step.row, walk.row_name(step), walk.text(step)),
        (0, &*name, &*copied)
    );
    assert!(walk.is_copied());

    // Its text changes: it is to be copied again.
    first_group(&mut edited, |group| {
        let row = group.indicators.get_mut(0).expect("a row");
        row.target = "改过的值".into();
    });
    walk.follow(&(Arc::new(edited.clone()), Arc::clone(&edition)));
    assert!(!walk.is_copied());
    assert_eq!(walk.press(), Some("改过的值"));

    // It becomes blank: the next one is shown, and not copied yet.
    first_group(&mut edited, |group| {
        let row = group.indicators.get_mut(0).expect("a row");
        row.target = "".into();
        row.actual = "下一格".into();
    });
    walk.follow(&(Arc::new(edited), edition));
    assert!(!walk.is_copied());
    assert_eq!(walk.press(), Some("下一格"));
}

#[test]
fn blank_cells_are_passed_over_and_counted_unless_wanted() {
    let filed = sample();
    let map = map_of("indicators", &[("name", false), ("score", false)]);
    let mut walk = Walk::new(&map, &filed);
    let count = filed.0.rows().count();
    assert_eq!(walk.len() + walk.skipped(), 2 * count);
    assert!(walk.skipped() > 0);
    walk.go_to(3);
    let at = walk.step();
    walk.skip_blanks(false);
    assert_eq!((walk.len(), walk.skipped()), (2 * count, 0));
    assert_eq!(walk.step(), at, "the cell stays");
    assert_eq!(walk.rows().count(), count);
}

#[test]
fn the_workbook_says_the_same_to_openpyxl() {
    let (project, edition) = changed(|project| {
        project.header.insert("project_name".into(), "=1+1".into());
        project.header.insert("project_code".into(), "007".into());
    });
    let other = sample();
    let projects = [(Arc::new(project), edition), other];
    let folder = tempfile::tempdir().expect("a folder");
    let made = files(&map("anhui"), &projects).expect("a workbook");
    assert_eq!(made.len(), 1);
    let (name, bytes) = &made[0];
    assert_eq!(name, "安徽 预算管理一体化.xlsx");
    assert_eq!(
        bytes,
        &files(&map("anhui"), &projects).expect("a workbook")[0].1
    );
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let script = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
for sheet in book:
    print(sheet.title, sheet.max_row, sheet.freeze_panes)
    for row in list(sheet.iter_rows())[:2] + list(sheet.iter_rows())[-1:]:
        print("|".join("" if c.value is None else f"{c.value}:{c.data_type}:{c.number_format}" for c in row))
"#;
    assert_snapshot!(python(script, &[&path]), @r"
绩效指标 121 A2
项目名称:s:@|项目编码:s:@|一级指标:s:@|二级指标:s:@|三级指标:s:@|指标值:s:@|实际完成值:s:@|分值:s:@|得分:s:@|偏差原因分析及改进措施:s:@
=1+1:s:@|007:s:@|产出指标:s:@|数量指标:s:@|信息安全维护次数:s:@|1:s:@|1:s:@|15:n:0|15:n:0|按市财政要求压减会议、差旅、培训等8类一般性支出，可用经费减少。今后将合理设置绩效指标，提高目标完成程度。:s:@
科协组织建设与事业发展:s:@||效益指标:s:@|满意度指标:s:@|受众人员满意度:s:@|90%:s:@|90%:s:@|||
项目资金 9 A2
项目名称:s:@|项目编码:s:@|资金名称:s:@|年初预算数:s:@|全年预算数:s:@|全年执行数:s:@|分值:s:@|执行率:s:@|得分:s:@
=1+1:s:@|007:s:@|年度资金总额:s:@|8620000:n:0.00|8108600:n:0.00|8086475.64:n:0.00|10:n:0|99.7:n:0.0|9.97:n:0.00
科协组织建设与事业发展:s:@||其他资金:s:@|0:n:0.00|0:n:0.00|0:n:0.00|—:s:@|—:s:@|—:s:@
");
}

#[test]
fn a_text_that_no_cell_holds_is_refused_with_its_place() {
    let (project, edition) = changed(|project| {
        first_group(project, |group| {
            let row = group.indicators.get_mut(1).expect("a row");
            row.deviation = "长".repeat(40_000).into();
        });
    });
    let error = files(&map("anhui"), &[(Arc::new(project), edition)]).expect_err("too long");
    assert!(matches!(error, SystemFileError::Text(_, 40_000)));
    assert_snapshot!(error.to_string(), @"“绩效指标”第 3 行“偏差原因分析及改进措施”有 40000 个字，超过一个单元格的上限 32767 个，没有生成文件，数据不受影响。请缩短后再试。");
}
