//! 指标库: the set that comes with the program is beyond reproach, entries are found as people type, gathered without what is
//! private, and written as each edition has it.

use jiping::{
    edit::apply::apply,
    library::{
        gather::gather,
        insert::{Place, insertion},
        judge::{corrected, faults},
        search::{Index, Query},
        shelf::Shelf,
    },
    model::{
        document::Document,
        edition::{Edition, Sense},
        id::{CountedIds, Id},
        library::{Entry, Library, Origin},
        measure::{Comparator, MeasureCell, NatureCell},
        project::{Project, header},
    },
    store::{editions::EditionShelf, library},
};
use proptest::prelude::*;

use crate::cases;

fn shelf() -> Shelf {
    Shelf::new(library::built_in(), &Library::default())
}

fn names(query: &Query<'_>) -> Vec<String> {
    let index = Index::new(shelf());
    let found = index.find(query);
    let items = index.shelf().items();
    found
        .iter()
        .map(|at| items[*at].entry.name.clone())
        .collect()
}

fn found(words: &str) -> Vec<String> {
    names(&Query {
        words,
        ..Query::default()
    })
}

#[test]
fn no_rule_finds_anything_in_what_comes_with_the_program() {
    let mut complaints = Vec::new();
    for edition in EditionShelf::built_in().list() {
        let edition = &edition.edition;
        if edition.indicators.columns.len() < 3 {
            continue;
        }
        for kind in library::built_in() {
            for entry in &kind.entries {
                let told = faults(entry, edition);
                complaints.extend(told.iter().map(|fault| {
                    let (id, kind) = (&edition.id, &kind.kind);
                    format!("{id} {kind} {} {}", fault.code, fault.message)
                }));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn what_comes_with_the_program_is_complete() {
    for kind in library::built_in() {
        let entries = &kind.entries;
        assert!((8..=20).contains(&entries.len()), "{}", kind.kind);
        assert!(!kind.words.is_empty(), "{}", kind.kind);
        for sense in [
            Sense::Quantity,
            Sense::Quality,
            Sense::Timeliness,
            Sense::Cost,
        ] {
            let has = entries.iter().any(|entry| entry.sense == sense);
            assert!(has, "{} {sense:?}", kind.kind);
        }
        let surveys = entries
            .iter()
            .filter(|entry| entry.sense == Sense::Satisfaction);
        for entry in surveys {
            assert!(entry.name.contains(['问', '访', '评']), "{}", entry.name);
        }
        for (at, entry) in entries.iter().enumerate() {
            let told = [&entry.measured, &entry.evidence, &entry.target];
            assert!(told.iter().all(|text| !text.is_empty()), "{}", entry.name);
            assert!(
                entries[..at].iter().all(|other| other.key() != entry.key()),
                "{} twice",
                entry.name
            );
        }
    }
}

#[test]
fn entries_are_found_as_people_type() {
    for typed in [
        "hycql",
        "hycq",
        "huiyichuq",
        "出勤 会议",
        "会议 %",
        "会议 签到表 出勤率",
        "ＣＱＬ",
    ] {
        let found = found(typed);
        assert!(
            found.iter().any(|name| name == "会议出勤率"),
            "{typed}: {found:?}"
        );
    }
    assert_eq!(found("会议出勤率")[0], "会议出勤率");
    assert_eq!(found("xyz 会议"), Vec::<String>::new());
}

#[test]
fn what_fits_the_row_and_the_project_comes_first() {
    let query = Query {
        words: "满意",
        kinds_of_project: ["培训"].into(),
        ..Query::default()
    };
    assert_eq!(names(&query)[0], "参训学员满意度（问卷调查）");
    let query = Query {
        words: "会议",
        fits: Some(Sense::Cost),
        ..Query::default()
    };
    assert!(names(&query)[0].contains("会议费"), "{:?}", names(&query));
    let query = Query {
        kind: Some("会议"),
        sense: Some(Sense::Timeliness),
        ..Query::default()
    };
    assert_eq!(names(&query).len(), 2);
}

proptest! {
    #[test]
    fn any_text_may_be_searched_for(words in "\\PC{0,24}") {
        found(&words);
    }
}

fn entry(name: &str, sense: Sense, target: &str) -> Entry {
    let mut entry = Entry {
        name: name.into(),
        sense,
        ..Entry::default()
    };
    entry.set_target(target, None, "");
    entry
}

#[test]
fn known_mistakes_are_told_and_put_right_where_that_is_plain() {
    let edition = cases::edition("mof-2020");
    for (mistaken, code, put_right) in [
        (
            entry("巡查河道次数", Sense::Quantity, "12次"),
            "V02",
            Some("≥12次"),
        ),
        (
            entry("人均培训费", Sense::Cost, "≥400元/人"),
            "V08",
            Some("≤400元/人"),
        ),
        (
            entry("培训合格率", Sense::Quality, "≥95百分比"),
            "V05",
            Some("≥95%"),
        ),
        (
            entry("设备验收合格率", Sense::Quantity, "≥95%"),
            "I06",
            Some("≥95%"),
        ),
        (entry("巡查河道3次", Sense::Quantity, "≥3次"), "I09", None),
        (entry("完成及时性", Sense::Quantity, "≥3次"), "I20", None),
        (entry("完成及时性", Sense::Timeliness, "及时"), "V22", None),
    ] {
        let codes: Vec<&str> = faults(&mistaken, &edition).iter().map(|f| f.code).collect();
        assert!(codes.contains(&code), "{}: {codes:?}", mistaken.name);
        let corrected = corrected(&mistaken, &edition);
        assert_eq!(
            corrected.as_ref().map(Entry::whole_target).as_deref(),
            put_right,
            "{}",
            mistaken.name
        );
    }
}

fn blank(edition: &Edition) -> Document {
    let mut ids = CountedIds(0);
    let mut document = Document::new(Id::new(&mut ids));
    document.projects.push(Project::blank(edition, &mut ids));
    document
}

/// The filled in rows of a form: level, name, sign, target, unit.
fn filled(document: &Document) -> Vec<String> {
    let project = document.projects.first().expect("a project");
    let rows = project
        .rows()
        .filter(|view| !view.indicator.name.is_empty());
    rows.map(|view| {
        let row = view.indicator;
        let cells = [row.nature.text(), row.target.text(), &row.unit];
        format!("{} {} {}", view.group.caption, row.name, cells.join("|"))
    })
    .collect()
}

#[test]
fn entries_are_written_as_the_edition_has_them() {
    let shelf = shelf();
    let entries: Vec<(&Entry, Place)> = [
        "会议召开场次",
        "全部会议办结日期",
        "单场会议成本",
        "培训班举办期数",
    ]
    .iter()
    .map(|name| {
        let mut items = shelf.items().iter();
        let item = items
            .find(|item| item.entry.name == *name)
            .expect("is there");
        (&item.entry, Place::ByLevel)
    })
    .collect();
    for (id, rows) in [
        (
            "shenzhen-2020",
            [
                "数量指标 会议召开场次 |≥4场|",
                "数量指标 培训班举办期数 |≥6期|",
                "时效指标 全部会议办结日期 |12月15日前|",
                "成本指标 单场会议成本 |≤3万元/场|",
            ],
        ),
        (
            "sichuan-2022",
            [
                "数量指标 会议召开场次 ≥|4|场",
                "数量指标 培训班举办期数 ≥|6|期",
                "时效指标 全部会议办结日期 ≤|12月15日前|",
                "经济成本指标 单场会议成本 ≤|3|万元/场",
            ],
        ),
    ] {
        let edition = cases::edition(id);
        let before = blank(&edition);
        let project = before.projects.first().expect("a project");
        let rows_before = project.rows().count();
        let mut ids = CountedIds(1000);
        let insertion = insertion(project, &edition, &entries, &mut ids);
        assert_eq!(insertion.without_place, Vec::<usize>::new());
        let command = insertion.command.expect("something to do");
        assert_eq!(command.label(), "从指标库加入 4 条指标");
        let after = apply(&before, &command).expect("nothing is locked");
        assert_eq!(filled(&after), rows, "{id}");
        // Blank rows were used before any was added.
        let rows_after = after.projects.first().expect("a project").rows().count();
        assert_eq!(rows_after, rows_before + 1, "{id}");
    }
}

#[test]
fn an_entry_without_a_place_is_asked_for() {
    let edition = cases::edition("mof-2020");
    let document = blank(&edition);
    let project = document.projects.first().expect("a project");
    let mut stray = entry("某项工作次数", Sense::Other, "≥3次");
    stray.group = "其他指标".into();
    let mut ids = CountedIds(1000);
    let insertion = insertion(project, &edition, &[(&stray, Place::ByLevel)], &mut ids);
    assert_eq!(
        (insertion.command, insertion.without_place),
        (None, vec![0])
    );
}

/// A form of Sichuan with one row.
fn form(name: &str, nature: &str, target: &str, unit: &str) -> (Project, Edition) {
    let edition = cases::edition("sichuan-2022");
    let mut project = Project::clone(blank(&edition).projects.first().expect("a project"));
    for (key, text) in [
        (header::PROJECT_NAME, "河道巡查会议项目"),
        (header::YEAR, "2023"),
    ] {
        project.header.insert(key.into(), text.into());
    }
    let goal = project.goals.get_mut(0).expect("the first");
    let section = goal.sections.get_mut(0).expect("the first");
    let group = section.groups.get_mut(0).expect("the first");
    let row = group.indicators.get_mut(0).expect("the first");
    row.name = name.into();
    row.nature = NatureCell::new(nature);
    row.target = MeasureCell::new(target);
    row.unit = unit.into();
    (project, edition)
}

#[test]
fn forms_give_their_indicators_and_keep_what_is_private() {
    let (project, edition) = form("指标1：巡查河道次数", "≥", "12", "次");
    let gathered = gather(&project, &edition, &shelf(), "自评表.xlsx");
    let [entry] = &gathered.entries[..] else {
        panic!("{gathered:?}")
    };
    assert_eq!(
        (
            &*entry.name,
            entry.whole_target(),
            entry.section_name(),
            entry.group_name()
        ),
        ("巡查河道次数", "≥12次".to_owned(), "产出指标", "数量指标")
    );
    assert_eq!(entry.kinds, ["会议", "监督检查"]);
    assert_eq!(entry.origin, Origin::From("自评表.xlsx".into()));
    assert_eq!((entry.times_used(), entry.last_year), (1, Some(2023)));

    let (project, edition) = form("租赁服务费总额", "≤", "38.5", "万元");
    let gathered = gather(&project, &edition, &shelf(), "甲");
    assert_eq!(gathered.entries[0].target, "");
    assert_eq!(
        (gathered.entries[0].lowest, &*gathered.entries[0].unit),
        (None, "万元")
    );

    for name in ["联系13800000000人次", "发放慰问金3.5万元户数"] {
        let (project, edition) = form(name, "≥", "3", "户");
        let gathered = gather(&project, &edition, &shelf(), "甲");
        assert_eq!(gathered.entries, [], "{name}");
        assert!(gathered.left[0].contains("没有收录"), "{name}");
    }
}

#[test]
fn the_same_indicator_of_several_years_is_one_entry_with_its_range() {
    let mut library = Library::default();
    for (year, target) in [
        ("2022", "10"),
        ("2023", "12"),
        ("2023", "12"),
        ("2021", "15"),
    ] {
        let (mut project, edition) = form("巡查河道次数", "≥", target, "次");
        project.header.insert(header::YEAR.into(), year.into());
        let gathered = gather(&project, &edition, &shelf(), "甲");
        library.add_all(gathered.entries);
    }
    let [entry] = &library.entries[..] else {
        panic!("{library:?}")
    };
    assert_eq!(entry.range().as_deref(), Some("10～15次"));
    assert_eq!((entry.times_used(), entry.last_year), (3, Some(2023)));
    assert_eq!(entry.comparator, Some(Comparator::AtLeast));
    assert_eq!(entry.whole_target(), "≥12次");
}
