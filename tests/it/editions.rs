//! 表样 as data: shipped and draft editions load, their faults are named, and blank forms follow from them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiping::{
    model::{
        document::Document,
        edition::{Edition, EditionStatus, FieldKind},
        figure::FigureCell,
        id::{CountedIds, Id},
        project::{EditionRef, Project},
    },
    store::editions::{EditionError, EditionShelf, Origin, read_edition},
};
use serde_json::{Value, json};

const MOF: &str = include_str!("../../assets/editions/mof-2020.json");
const FORESTRY: &str = include_str!("../../assets/editions/forestry-2024.json");

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests read their own fixtures"
)]
fn read_text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a text file")
}

/// Name and text of every file in a folder of the project.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests list their own fixtures"
)]
fn files_in(name: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(folder(name))
        .expect("the folder exists")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| {
            let text = read_text(&path);
            let name = path.file_name().expect("a name").to_string_lossy();
            (name.into_owned(), text)
        })
        .collect();
    files.sort();
    files
}

/// Editions that only the tests have.
fn drafts() -> Vec<(String, String)> {
    let mut files = files_in("tests/editions");
    files.retain(|(name, _)| name.ends_with(".json"));
    files
}

/// Shipped and draft editions.
fn all_editions() -> Vec<(String, String)> {
    let mut files = files_in("assets/editions");
    files.extend(drafts());
    files
}

fn load(name: &str, text: &str) -> Edition {
    read_edition(name, text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_edition_loads_and_survives_the_round_trip() {
    let files = all_editions();
    assert!(files.len() >= 10);
    for (name, text) in files {
        let edition = load(&name, &text);
        assert_eq!(format!("{}.json", edition.id), name);
        let written = serde_json::to_string_pretty(&edition).expect("serialises");
        assert_eq!(load(&name, &written), edition, "{name}");
    }
}

#[test]
fn every_shipped_edition_is_built_in() {
    let built_in: Vec<String> = EditionShelf::built_in()
        .list()
        .iter()
        .map(|known| format!("{}.json", known.edition.id))
        .collect();
    let files: Vec<String> = files_in("assets/editions")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(built_in, files);
}

/// What people choose by is told apart, and so is what they get.
#[test]
fn no_two_editions_are_the_same() {
    let editions: Vec<Edition> = files_in("assets/editions")
        .iter()
        .map(|(name, text)| load(name, text))
        .collect();
    for (index, edition) in editions.iter().enumerate() {
        let mut content = edition.clone();
        for other in &editions[..index] {
            assert_ne!(edition.name, other.name, "{} and {}", edition.id, other.id);
            content.id.clone_from(&other.id);
            content.name.clone_from(&other.name);
            content.source.clone_from(&other.source);
            assert_ne!(content, *other, "{}", edition.id);
        }
    }
}

/// Nothing shipped is a draft; what was not compared with a whole form says what is not known of it, in sentences.
#[test]
fn every_shipped_edition_says_how_well_it_is_known() {
    for (name, text) in files_in("assets/editions") {
        let edition = load(&name, &text);
        let verified = match edition.status {
            EditionStatus::Verified => true,
            EditionStatus::Reference => false,
            EditionStatus::Draft => panic!("{name} is a draft"),
        };
        assert!(verified || !edition.gaps.is_empty(), "{name} has no gaps");
        let sentences = edition.gaps.iter().chain([&edition.source]);
        for sentence in sentences {
            assert!(sentence.ends_with('。'), "{name}: {sentence}");
        }
        for gap in &edition.gaps {
            let length = gap.chars().count();
            assert!(length <= 60, "{name}: {gap} is long ({length})");
        }
    }
}

/// What the fields of a form are called is agreed, so that a project can change its edition without losing places.
#[test]
fn fields_of_one_key_are_of_one_kind() {
    let mut kinds: BTreeMap<String, (FieldKind, String)> = BTreeMap::new();
    for (name, text) in files_in("assets/editions") {
        let edition = load(&name, &text);
        let places = [
            ("header", &edition.header),
            ("footer", &edition.footer),
            ("texts", &edition.texts),
        ];
        for (place, fields) in places {
            for field in fields {
                let (kind, first) = kinds
                    .entry(format!("{place}/{}", field.key))
                    .or_insert_with(|| (field.kind, name.clone()));
                assert_eq!(*kind, field.kind, "{name} and {first}: {}", field.key);
            }
        }
    }
}

#[test]
fn numbers_of_editions_are_written_as_text() {
    fn check(name: &str, place: &str, value: &Value) {
        match value {
            Value::Number(number) => assert!(number.is_i64(), "{name}: {place} is {number}"),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    check(name, &format!("{place}/{index}"), item);
                }
            }
            Value::Object(fields) => {
                for (key, field) in fields {
                    check(name, &format!("{place}/{key}"), field);
                }
            }
            _ => {}
        }
    }
    for (name, text) in all_editions() {
        let value: Value = serde_json::from_str(&text).expect("JSON");
        check(&name, "", &value);
        let scoring = &value["scoring"];
        assert!(scoring["total"].is_string() && scoring["execution"]["weight"].is_string());
    }
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let schema = serde_json::to_string_pretty(&Edition::schema()).expect("serialises") + "\n";
    assert_matches_file("assets/schemas/edition.schema.json", &schema);
}

/// Compares with a published file; with UPDATE=1 the file is written instead.
#[expect(
    clippy::disallowed_methods,
    reason = "UPDATE=1 rewrites a file of the project itself"
)]
fn assert_matches_file(name: &str, generated: &str) {
    let path = folder(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, generated).expect("the project can be written");
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == generated,
        "{name} is out of date: run the tests once with UPDATE=1"
    );
}

#[test]
fn every_edition_is_as_the_published_schema_says() {
    let path = folder("assets/schemas/edition.schema.json");
    let schema = serde_json::from_str(&read_text(&path)).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for (name, text) in all_editions() {
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0], "{name}");
    }
}

#[test]
fn a_blank_form_of_every_edition_is_sound() {
    for (name, text) in all_editions() {
        let edition = load(&name, &text);
        let blank = Project::blank(&edition, &mut CountedIds(0));
        let written = serde_json::to_string(&blank).expect("serialises");
        let read: Project = serde_json::from_str(&written).expect("reads");
        assert_eq!(read, blank, "{name}");
        assert_eq!(blank.edition, edition.reference());
        assert_eq!(blank.money_unit, edition.money_unit);
        assert_eq!(blank.stated.footnotes, edition.footnotes);
        assert_eq!(blank.funds.len(), edition.funds.rows.len());
        let children = edition.indicators.levels.iter();
        let per_goal = children
            .map(|level| level.children.len().max(1))
            .sum::<usize>();
        assert_eq!(
            blank.rows().count(),
            per_goal.max(1) * blank.goals.len(),
            "{name}"
        );
    }
}

#[test]
fn a_blank_form_carries_captions_and_preset_points() {
    let blank = Project::blank(&load("mof", MOF), &mut CountedIds(0));
    let captions: Vec<_> = blank
        .groups()
        .map(|view| format!("{}/{}", view.section.caption, view.group.caption))
        .collect();
    assert_eq!(captions[0], "产出指标（50分）/数量指标");
    assert_eq!(captions[8], "满意度指标（10分）/服务对象满意度指标");
    let weights: Vec<&str> = blank
        .funds
        .iter()
        .map(|row| row.figure("weight").text())
        .collect();
    assert_eq!(weights, ["10", "", "", ""]);
    assert_eq!(blank.stated.money_unit, "万元");

    let hubei = load(
        "hubei",
        include_str!("../../assets/editions/hubei-2019.json"),
    );
    let blank = Project::blank(&hubei, &mut CountedIds(0));
    let goals: Vec<_> = blank
        .goals
        .iter()
        .map(|goal| format!("{} {}", goal.caption, goal.weight.text()))
        .collect();
    assert_eq!(goals, ["年度绩效目标1 40", "年度绩效目标2 40"]);
}

#[test]
fn the_hash_is_of_the_content_not_of_the_layout() {
    let edition = load("mof", MOF);
    let value: Value = serde_json::from_str(MOF).expect("JSON");
    let compact = load("mof", &serde_json::to_string(&value).expect("serialises"));
    assert_eq!(compact.hash(), edition.hash());
    let mut changed = edition.clone();
    changed.footnotes.pop();
    assert_ne!(changed.hash(), edition.hash());
}

/// Hashes stand in users' documents: a newer program must come to the same.
#[test]
fn the_hash_of_an_edition_outlives_the_version_of_the_program() {
    let field = |key: &str| json!({"key": key, "caption": "目标"});
    let frozen = json!({
        "id": "frozen", "name": "不变", "title": "自评表", "region": "全国", "years": {"from": null, "to": null},
        "status": "draft", "source": "测试", "money_unit": "元", "header": [field("project_name")],
        "funds": {
            "caption": "资金",
            "columns": [
                {"key": "adjusted", "caption": "预算数", "role": "amount"},
                {"key": "executed", "caption": "执行数", "role": "amount"}
            ],
            "rows": [{"key": "total", "caption": "合计", "scored": true}]
        },
        "goals": {"caption": "目标", "expected": field("expected"), "actual": field("actual")},
        "indicators": {
            "caption": "指标",
            "columns": [{"role": "name", "caption": "指标"}, {"role": "score", "caption": "得分"}]
        },
        "scoring": {"execution": {"weight": "20"}, "reverse": "ratio"}
    });
    let edition = load("frozen", &frozen.to_string());
    assert_eq!(edition.hash(), "cd0040f98ad4fe53");
}

fn changed(text: &str, name: &str) -> Edition {
    let mut edition = load("base", text);
    edition.name = name.into();
    edition
}

fn text_of(edition: &Edition) -> String {
    serde_json::to_string(edition).expect("serialises")
}

#[test]
fn the_same_content_wins_then_document_then_user_then_built_in() {
    let mut shelf = EditionShelf::built_in();
    let user = changed(MOF, "自行修改");
    shelf.add_user("我的.json", &text_of(&user)).expect("sound");
    let embedded = changed(MOF, "随文件");
    let mut document = Document::new(Id::from_bits(1));
    document.editions.push(Arc::new(embedded.clone()));
    let with_document = shelf.for_document(&document);

    for edition in [&load("mof", MOF), &user, &embedded] {
        let found = with_document
            .get(&edition.reference())
            .expect("on the shelf");
        assert!(found.exact);
        assert_eq!(*found.edition, *edition);
    }
    let stale = EditionRef {
        hash: "0123456789abcdef".into(),
        ..user.reference()
    };
    let found = with_document.get(&stale).expect("same id");
    assert!(!found.exact, "another content must be reported");
    assert_eq!(*found.edition, embedded);
    let found = shelf.get(&stale).expect("same id");
    assert!(!found.exact);
    assert_eq!(*found.edition, user);
    let unsaid = EditionRef {
        hash: String::new(),
        ..stale.clone()
    };
    assert!(shelf.get(&unsaid).expect("same id").exact);
    let foreign = EditionRef {
        id: "nowhere-2020".into(),
        ..stale
    };
    assert_eq!(shelf.get(&foreign), None);
    let origins: Vec<Origin> = with_document
        .list()
        .iter()
        .map(|known| known.origin)
        .collect();
    assert_eq!(origins[..2], [Origin::Document, Origin::User]);
    assert!(origins[2..].iter().all(|origin| *origin == Origin::BuiltIn));
    assert_eq!(origins.len(), 2 + EditionShelf::built_in().list().len());
}

#[test]
fn an_unsound_edition_inside_a_document_is_not_used() {
    let mut broken = load("mof", MOF);
    broken.funds.splits[0].total = "missing".into();
    let mut document = Document::new(Id::from_bits(1));
    document.editions.push(Arc::new(broken.clone()));
    let shelf = EditionShelf::built_in().for_document(&document);
    assert_eq!(shelf.refused().len(), 1);
    let found = shelf.get(&broken.reference()).expect("the built-in one");
    assert!(!found.exact);
}

#[test]
fn a_second_user_edition_of_one_id_is_refused() {
    let mut shelf = EditionShelf::built_in();
    shelf.add_user("a.json", MOF).expect("sound");
    let before = shelf.list().len();
    let error = shelf.add_user("b.json", MOF).expect_err("taken");
    assert!(matches!(error, EditionError::Taken { .. }));
    assert_eq!(shelf.list().len(), before);
}

#[test]
fn errors_in_the_text_tell_line_and_column() {
    for (from, to, expected) in [
        (
            "\"money_unit\": \"万元\"",
            "\"money_unit\": \"亿元\"",
            "第 20 行第 20 列的取值“亿元”不认识，可用：元、万元",
        ),
        (
            "\"money_unit\"",
            "\"moneyunit\"",
            "第 20 行第 13 列有不认识的字段“moneyunit”",
        ),
        (
            "\"landscape\",",
            "\"landscape\"",
            "第 20 行第 3 列附近不是有效的JSON",
        ),
        (
            "\"from\": 2020",
            "\"from\": \"年\"",
            "第 7 行第 15 列的值类型不对",
        ),
    ] {
        assert!(MOF.contains(from), "{from}");
        let error = read_edition("我的.json", &MOF.replacen(from, to, 1)).expect_err(to);
        let text = error.to_string();
        assert!(text.contains(expected), "{text}");
        assert!(text.ends_with("（我的.json）"), "{text}");
    }
    let half = &MOF[..1500];
    let error = read_edition("x", half).expect_err("cut off").to_string();
    assert!(error.contains("文件不完整"), "{error}");
    let error = read_edition("x", "{}").expect_err("empty").to_string();
    assert!(error.contains("缺少字段“id”"), "{error}");
}

/// An edition's text, a place in it, the value put there, and what must be said of it.
type Mutilation = (&'static str, &'static str, Value, &'static str);

fn mutilations() -> Vec<Mutilation> {
    let column = |key: &str, role: &str| json!({"key": key, "caption": "列", "role": role});
    let field = |key: &str| json!({"key": key, "caption": "字段"});
    vec![
        (MOF, "/id", json!("财政部"), "id：表样标识只能由"),
        (MOF, "/source", json!(" "), "source：不能为空"),
        (
            MOF,
            "/years/to",
            json!(2019),
            "years：起始年度2020晚于终止年度2019",
        ),
        (
            MOF,
            "/title",
            json!("自评表{年度}"),
            "title：“自评表{年度}”无法识别",
        ),
        (MOF, "/title", json!("{year}"), "title：“{year}”无法识别"),
        (MOF, "/header/1/key", json!("jahr"), "title：含 {year}"),
        (
            MOF,
            "/header/1/key",
            json!("unit"),
            "header[3].key：“unit”重复",
        ),
        (
            MOF,
            "/header/0/key",
            json!("a/b"),
            "header[0].key：“a/b”不能用作键",
        ),
        (
            MOF,
            "/header/0/key",
            json!("x"),
            "header：没有 key 为 project_name",
        ),
        (
            MOF,
            "/header/0/caption",
            json!(""),
            "header[0].caption：标题为空",
        ),
        (
            MOF,
            "/header/0/kind",
            json!("choice"),
            "header[0].options：可选字段没有选项",
        ),
        (
            MOF,
            "/header/0/options",
            json!(["甲"]),
            "header[0].options：列有选项",
        ),
        (
            MOF,
            "/header/0/limit",
            json!(0),
            "header[0].limit：字数上限为0",
        ),
        (
            MOF,
            "/texts",
            json!([field("a"), field("a")]),
            "texts[1].key：“a”重复",
        ),
        (
            MOF,
            "/footer",
            json!([field("a"), field("a")]),
            "footer[1].key：“a”重复",
        ),
        (
            MOF,
            "/goals/extra",
            json!([field("a"), field("a")]),
            "goals.extra[1].key：“a”重复",
        ),
        (
            MOF,
            "/goals/expected/caption",
            json!(""),
            "goals.expected.caption：标题为空",
        ),
        (
            MOF,
            "/funds/columns/1/key",
            json!("initial"),
            "funds.columns[1].key：“initial”重复",
        ),
        (
            MOF,
            "/funds/columns/0/key",
            json!("name"),
            "funds.columns[0].key：name 专指",
        ),
        (
            MOF,
            "/funds/columns/0/role",
            json!("remark"),
            "funds.columns[0].key：remark 专用于",
        ),
        (
            MOF,
            "/funds/columns/0/role",
            json!("score"),
            "funds.columns：有多列的 role 是score",
        ),
        (
            MOF,
            "/funds/columns/0/decimals",
            json!(11),
            "funds.columns[0].decimals：小数位数过多",
        ),
        (
            MOF,
            "/funds/columns/0/caption",
            json!("　"),
            "funds.columns[0].caption：标题为空",
        ),
        (
            MOF,
            "/funds/columns",
            (0..41)
                .map(|number| column(&format!("c{number}"), "amount"))
                .collect(),
            "funds.columns：列数超过40",
        ),
        (
            FORESTRY,
            "/funds/columns/2/formula",
            json!({"sum": ["adjusted", "nothing"]}),
            "funds.columns[2].formula：列“nothing”不存在",
        ),
        (
            FORESTRY,
            "/funds/columns/2/formula",
            json!({"sum": []}),
            "funds.columns[2].formula：应列出参加计算的列",
        ),
        (
            FORESTRY,
            "/funds/columns/2/formula",
            json!({"sum": ["adjusted", "rate"]}),
            "funds.columns[2].formula：列“base”的公式绕回自身",
        ),
        (
            MOF,
            "/funds/rows/1/key",
            json!("total"),
            "funds.rows[1].key：“total”重复",
        ),
        (
            MOF,
            "/funds/rows/1/scored",
            json!(true),
            "funds.rows：有多行标为 scored",
        ),
        (
            MOF,
            "/funds/rows/0/scored",
            json!(false),
            "funds.rows：预算执行率计分",
        ),
        (
            MOF,
            "/funds/splits/0/total",
            json!("sum"),
            "funds.splits[0]：资金行“sum”不存在",
        ),
        (
            MOF,
            "/funds/splits/0/parts",
            json!(["gift"]),
            "funds.splits[0]：资金行“gift”不存在",
        ),
        (
            MOF,
            "/funds/splits/0/parts",
            json!(["total"]),
            "funds.splits[0]：parts 应列出各分项",
        ),
        (
            MOF,
            "/goals/most_blocks",
            json!(0),
            "goals.most_blocks：至少为1",
        ),
        (
            MOF,
            "/goals/blocks",
            json!([{"caption": "一"}, {"caption": "二"}]),
            "goals.blocks：列出的目标块多于 most_blocks",
        ),
        (
            MOF,
            "/goals/blocks",
            json!([{"caption": "一", "weight": "90"}]),
            "goals.blocks：写有分值，但 goals.weighted 不是 true",
        ),
        (
            MOF,
            "/goals/blocks",
            json!([{"caption": "一", "weight": "80"}]),
            "goals.blocks：预算执行率和各目标块的分值合计90，应为100",
        ),
        (
            MOF,
            "/goals/blocks",
            json!([{"caption": "一", "weight": "-1"}]),
            "goals.blocks：分值不能为负数",
        ),
        (
            MOF,
            "/indicators/columns/3/role",
            json!("extra"),
            "indicators.columns[3].key：“年度指标值”是 extra 列",
        ),
        (
            MOF,
            "/indicators/columns/3/key",
            json!("target"),
            "indicators.columns[3].key：只有 role 为 extra 的列有键",
        ),
        (
            FORESTRY,
            "/indicators/columns/3/key",
            json!("situation"),
            "indicators.columns[3].key：“situation”重复",
        ),
        (
            MOF,
            "/indicators/columns/3/role",
            json!("actual"),
            "indicators.columns[4].role：“实际完成值”的 role 与前面的列重复",
        ),
        (
            MOF,
            "/indicators/columns/3/width",
            json!(0),
            "indicators.columns[3]：limit 和 width",
        ),
        (
            MOF,
            "/indicators/columns/2/role",
            json!("unit"),
            "indicators.columns：缺少 role 为 name",
        ),
        (
            MOF,
            "/indicators/columns/6/role",
            json!("unit"),
            "indicators.columns：缺少 role 为 score",
        ),
        (
            MOF,
            "/indicators/scored_by",
            json!("nothing"),
            "indicators.scored_by：为 nothing",
        ),
        (
            MOF,
            "/indicators/columns",
            json!([]),
            "indicators.scored_by：没有指标列时应为 nothing",
        ),
        (
            MOF,
            "/indicators/columns/0/role",
            json!("unit"),
            "indicators.levels：有一级指标",
        ),
        (
            MOF,
            "/indicators/columns/1/role",
            json!("unit"),
            "indicators.levels：有二级指标",
        ),
        (
            MOF,
            "/indicators/levels/1/aliases",
            json!(["产出"]),
            "indicators.levels[1]：指标名称“产出”重复",
        ),
        (
            MOF,
            "/indicators/levels/0/children/1/name",
            json!("数量指标"),
            "indicators.levels[0].children[1]：指标名称“数量指标”重复",
        ),
        (
            MOF,
            "/indicators/levels/0/children/1/name",
            json!(""),
            "indicators.levels[0].children[1]：指标名称或别名为空",
        ),
        (
            MOF,
            "/indicators/levels/0/children/1/weight",
            json!("60"),
            "indicators.levels[0].children：二级指标分值合计60，与“产出指标”的50分不符",
        ),
        (
            MOF,
            "/indicators/levels/0/children/1/weight",
            json!("-5"),
            "indicators.levels[0].children：二级指标分值不能为负数",
        ),
        (
            MOF,
            "/indicators/levels/0/caption",
            json!("产出指标（60分）"),
            "indicators.levels[0].caption：标题印有60分，而 scoring.weights[0] 为50分",
        ),
        (
            MOF,
            "/tables",
            json!([{"key": "t", "caption": "表", "columns": [field("a"), field("a")], "rows": []}]),
            "tables[0].columns[1].key：“a”重复",
        ),
        (
            MOF,
            "/tables",
            json!([{"key": "t", "caption": "表", "columns": [], "rows": []}]),
            "tables[0].rows：没有固定行",
        ),
        (
            MOF,
            "/scoring/total",
            json!("0"),
            "scoring.total：满分应大于0",
        ),
        (
            MOF,
            "/scoring/weights/1/when",
            json!("always"),
            "scoring.weights[1].when：与前面的一组条件相同",
        ),
        (
            MOF,
            "/scoring/weights/0/levels",
            json!({"产出指标": "50", "效果指标": "40"}),
            "scoring.weights[0].levels：一级指标“效果指标”不存在",
        ),
        (
            MOF,
            "/scoring/weights/0/levels/效益指标",
            json!("40"),
            "scoring.weights[0]：预算执行率与一级指标分值合计110，应为100",
        ),
        (
            MOF,
            "/scoring/weights/1/levels/效益指标",
            json!("30"),
            "scoring.weights[1]：预算执行率与一级指标分值合计90，应为100",
        ),
        (
            MOF,
            "/scoring/weights/0/levels/效益指标",
            json!("-30"),
            "scoring.weights[0]：分值不能为负数",
        ),
        (
            MOF,
            "/scoring/weights/0/levels/效益指标",
            json!("79000000000000000000000000000"),
            "scoring.weights[0]：预算执行率与一级指标分值合计",
        ),
        (
            MOF,
            "/scoring/execution/weight",
            json!("20"),
            "scoring.weights[0].execution：与 scoring.execution.weight 不同",
        ),
        (
            MOF,
            "/scoring/execution/weight",
            json!("-1"),
            "scoring.execution.weight：分值应在0",
        ),
        (
            MOF,
            "/scoring/execution/numerator",
            json!("spent"),
            "scoring.execution.numerator：“spent”不是金额列",
        ),
        (
            MOF,
            "/scoring/execution/denominator",
            json!("score"),
            "scoring.execution.denominator：“score”不是金额列",
        ),
        (
            MOF,
            "/scoring/execution/method",
            json!({"tiered": [{"from": "100", "score": "10"}, {"from": "60", "score": "5"}]}),
            "scoring.execution.method.tiered：各档应由高到低排列",
        ),
        (
            MOF,
            "/scoring/execution/method",
            json!({"tiered": [{"from": "100", "score": "20"}, {"from": "0", "score": "5"}]}),
            "scoring.execution.method.tiered：各档得分应在0和分值之间",
        ),
        (
            MOF,
            "/scoring/tiers/partly_from",
            json!("0.9"),
            "scoring.tiers：档次界限应为",
        ),
        (
            MOF,
            "/scoring/forward",
            json!({"proportional_from": "60"}),
            "scoring.forward.proportional_from：及格线",
        ),
        (
            MOF,
            "/scoring/reverse",
            json!({"steps": {"every_percent": "0", "deduct": "1"}}),
            "scoring.reverse.steps：every_percent",
        ),
        (
            MOF,
            "/scoring/missed_date",
            json!({"per_month": "0"}),
            "scoring.missed_date.per_month：每月扣分应大于0",
        ),
        (
            MOF,
            "/scoring/rounding/digits",
            json!(20),
            "scoring.rounding.digits：小数位数过多",
        ),
        (
            MOF,
            "/scoring/execution/rate/digits",
            json!(20),
            "scoring.execution.rate.digits：",
        ),
        (
            MOF,
            "/scoring/ratings/1/from",
            json!("95"),
            "scoring.ratings：等级应从优到差",
        ),
        (
            MOF,
            "/scoring/ratings/3/from",
            json!("10"),
            "scoring.ratings：最后一个等级应从0分起",
        ),
        (
            MOF,
            "/scoring/ratings/0/from",
            json!("900"),
            "scoring.ratings：最高等级的起点超过满分",
        ),
        (
            MOF,
            "/scoring/over_fulfilment/explain_from",
            json!("0.5"),
            "scoring.over_fulfilment：应为 1 ≤ explain_from",
        ),
        (
            MOF,
            "/checks/explain_rate_below",
            json!("900"),
            "checks.explain_rate_below：应为0到100",
        ),
        (
            MOF,
            "/checks/very_low_rate",
            json!("-1"),
            "checks.very_low_rate：应为0到100",
        ),
        (
            MOF,
            "/checks/largest_share",
            json!("40"),
            "checks.largest_share：应大于0、不大于1",
        ),
        (
            MOF,
            "/checks/copied_share",
            json!("80"),
            "checks.copied_share：应大于0、不大于1",
        ),
        (
            MOF,
            "/checks/fewest_indicators",
            json!(50),
            "checks.fewest_indicators：大于",
        ),
    ]
}

/// `text` with `new` at the JSON pointer `place`; a missing last step is added.
fn mutilated(text: &str, place: &str, new: &Value) -> String {
    let mut value: Value = serde_json::from_str(text).expect("JSON");
    let (parent, key) = place.rsplit_once('/').expect("a pointer");
    let parent = value
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("no such place: {place}"));
    match parent {
        Value::Array(items) => {
            items[key.parse::<usize>().expect("an index")] = new.clone();
        }
        parent => parent[key] = new.clone(),
    }
    value.to_string()
}

#[test]
fn every_fault_of_an_edition_is_named_with_its_place() {
    for (text, place, new, expected) in mutilations() {
        let result = read_edition("坏表样", &mutilated(text, place, &new));
        let Err(EditionError::Problems { problems, .. }) = result else {
            panic!("{place} = {new} was not refused as unsound: {result:?}");
        };
        assert!(
            problems.iter().any(|problem| problem.starts_with(expected)),
            "{place} = {new}: {problems:#?}"
        );
    }
}

#[test]
fn formulas_may_be_nested_but_not_without_end() {
    let formula = |operand: &str| json!({"ratio": [operand, "merged"]});
    let mut edition: Value = serde_json::from_str(FORESTRY).expect("JSON");
    edition["funds"]["columns"][4]["formula"] = formula("base");
    edition["funds"]["columns"][6]["formula"] = formula("arrived_rate");
    assert!(read_edition("x", &edition.to_string()).is_ok());
    edition["funds"]["columns"][3]["formula"] = formula("rate");
    let error = read_edition("x", &edition.to_string()).expect_err("four deep");
    assert!(
        error
            .to_string()
            .contains("funds.columns[3].formula：公式套用公式超过3层"),
        "{error}"
    );
}

#[test]
fn derived_amounts_follow_from_the_typed_ones() {
    let edition = load("forestry", FORESTRY);
    let mut project = Project::blank(&edition, &mut CountedIds(0));
    let mut number = |cells: &[(&str, &str)], column: &str| {
        let row = project.funds.get_mut(0).expect("one row");
        row.figures = cells
            .iter()
            .map(|(key, text)| ((*key).to_owned(), FigureCell::new(*text)))
            .collect();
        let row = project.funds.get(0).expect("one row");
        project
            .fund_number(row, column, &edition)
            .map(|number| number.normalize().to_string())
    };
    let full = [
        ("adjusted", "1,000.5"),
        ("merged", "200.5"),
        ("executed", "400"),
    ];
    assert_eq!(number(&full, "base").as_deref(), Some("800"));
    assert_eq!(number(&full, "rate").as_deref(), Some("50"));
    assert_eq!(number(&full, "executed").as_deref(), Some("400"));
    assert_eq!(
        number(&full, "arrived_rate"),
        None,
        "nothing received was typed"
    );
    assert_eq!(number(&full[..1], "base").as_deref(), Some("1000.5"));
    assert_eq!(
        number(&[("adjusted", "100"), ("merged", "200000元")], "base").as_deref(),
        Some("80"),
        "the other money unit is converted"
    );
    assert_eq!(
        number(&[("adjusted", "100"), ("merged", "不详")], "base"),
        None
    );
    assert_eq!(number(&[("merged", "5")], "base"), None);
    let zero = [("adjusted", "5"), ("merged", "5"), ("executed", "1")];
    assert_eq!(number(&zero, "rate"), None, "no rate of nothing");
}

#[test]
fn a_formula_in_a_circle_has_no_value() {
    let mut edition = load("forestry", FORESTRY);
    edition.funds.columns[0].formula = edition.funds.columns[2].formula.clone();
    let project = Project::blank(&edition, &mut CountedIds(0));
    let row = project.funds.first().expect("one row");
    assert_eq!(project.fund_number(row, "base", &edition), None);
}

/// The shelf with the drafts as a user's own editions.
pub fn shelf_with_drafts() -> EditionShelf {
    let mut shelf = EditionShelf::built_in();
    for (name, text) in drafts() {
        shelf.add_user(&name, &text).expect("sound");
    }
    shelf
}

/// The forms under tests/forms by number, with what is known to be wrong with them.
pub fn filed_forms() -> Vec<(String, Document, Value)> {
    let (documents, expected): (Vec<_>, Vec<_>) = files_in("tests/forms")
        .into_iter()
        .partition(|(name, _)| name.ends_with(".jiping"));
    assert_eq!(documents.len(), 6);
    documents
        .into_iter()
        .zip(expected)
        .map(|((name, text), (expected_name, expected))| {
            let number = name.trim_end_matches(".jiping").to_owned();
            assert_eq!(expected_name, format!("{number}.expected.json"));
            let envelope: Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(envelope["format"], "jiping");
            let document =
                serde_json::from_value(envelope["document"].clone()).expect("a document");
            (
                number,
                document,
                serde_json::from_str(&expected).expect("JSON"),
            )
        })
        .collect()
}

#[test]
pub fn filed_forms_stand_on_an_edition_that_has_a_place_for_every_cell() {
    let shelf = shelf_with_drafts();
    for (number, document, expected) in filed_forms() {
        let project = document.projects.first().expect("a project");
        assert_eq!(expected["edition"], project.edition.id, "{number}");
        let edition = shelf.get(&project.edition).expect("on the shelf").edition;
        for row in project.funds.iter() {
            assert!(edition.funds.rows.iter().any(|known| known.key == row.key));
            for column in row.figures.keys() {
                let known = edition.fund_column_named(column);
                assert!(known.is_some(), "{number}: {column}");
            }
        }
        for view in project.rows() {
            let known = edition.first_level(view.section.name());
            assert!(known.is_some(), "{number}: {}", view.section.name());
        }
        for key in project.header.keys() {
            assert!(edition.header.iter().any(|field| field.key == *key));
        }
        for key in project.texts.keys() {
            assert!(edition.texts.iter().any(|field| field.key == *key));
        }
    }
}
