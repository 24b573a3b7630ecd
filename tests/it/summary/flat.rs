//! Plain tables: what they say, and that other programs read the same out of them.

use jiping::summary::{
    csv::csv,
    flat::tables,
    lines::lines,
    table::{Column, Table, Value},
};
use proptest::prelude::*;
use rust_decimal::{Decimal, dec};

use super::{overview::PROJECTS, shown, subjects};
use crate::foreign::python;

#[test]
fn stated_and_computed_numbers_stand_side_by_side() {
    let subjects = subjects(PROJECTS);
    let all = tables(&subjects);
    let keys: Vec<&str> = all.iter().map(|table| table.key).collect();
    assert_eq!(keys, ["projects", "funds", "indicators", "findings"]);
    assert_eq!(
        shown(
            &all[0],
            &[
                "file",
                "year",
                "money_unit",
                "budget",
                "budget_yuan",
                "executed_yuan",
                "rate_text",
                "rate_computed"
            ]
        ),
        [
            "甲一.jiping | 2020 | 万元 | 100 | 1000000 | 805000 | 80.5% | 80.5%",
            "甲二.jiping | 2020 | 元 | 500000.01 | 500000.01 | 500000.01 | 100% | 100%",
            "乙一.jiping | 2020 | 万元 | – | – | 180000 | 100% | –",
            "丙一.jiping | 2020 | 万元 | 0 | 0 | 0 | 100% | –",
        ]
    );
    let funds = shown(
        &all[1],
        &[
            "file",
            "fund_key",
            "is_total",
            "adjusted_text",
            "adjusted_yuan",
            "score_stated",
            "score_computed",
        ],
    );
    assert_eq!(
        funds[..2],
        [
            "甲一.jiping | total | 是 | 100 | 1000000 | 10 | 8.05",
            "甲一.jiping | appropriation | 否 | 100.00 | 1000000 | – | –",
        ]
    );
    assert_eq!(funds[8], "乙一.jiping | total | 是 | 约20万 | – | 10 | –");
}

#[test]
fn targets_stand_as_typed_and_as_they_read() {
    let text = "
## 不报警 一.jiping
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 培训人次 | 不少于1,200人次 | 实际培训600人次 | 20 | 十分 |
| | | 覆盖区县 | 3～5个 | 4个 | 20 | 20 |
| | 时效指标 | 完成时间 | 2020年12月底前 | 12月25日 | 20 | 20.0 |
| 效益指标 | 社会效益 | 服务能力 | 有效提升 | 有效提升 | 30 | 30 |
";
    let all = tables(&subjects(text));
    let keys = [
        "target_text",
        "target_operator",
        "target_kind",
        "target_value",
        "target_high",
        "target_unit",
        "actual_kind",
        "score_text",
        "score_stated",
        "score_computed",
        "verdict",
    ];
    assert_eq!(
        shown(&all[2], &keys),
        [
            "不少于1,200人次 | ≥ | number | 1200 | – | 人次 | words | 十分 | – | 10.00 | missed",
            "3～5个 | – | range | 3 | 5 | 个 | number | 20 | 20 | 20.00 | met",
            "2020年12月底前 | – | date | – | – | – | date | 20.0 | 20.0 | 20.00 | met",
            "有效提升 | – | words | – | – | – | words | 30 | 30 | – | open",
        ]
    );
}

#[test]
fn what_excel_would_calculate_is_kept_from_it() {
    let texts = [
        "=1+1",
        "＝1+1",
        "+1",
        "-1",
        "@a",
        "\t=1",
        "'=1",
        "一,\"二\"\n三",
        " 四 ",
        "五",
    ];
    let table = one_column(
        texts
            .iter()
            .map(|text| Value::Text((*text).to_owned()))
            .collect(),
    );
    let written = String::from_utf8(csv(&table)).expect("UTF-8");
    assert_eq!(
        written,
        "\u{feff}文字\r\n'=1+1\r\n'＝1+1\r\n'+1\r\n'-1\r\n'@a\r\n'\t=1\r\n''=1\r\n\"一,\"\"二\"\"\n三\"\r\n\" 四 \"\r\n五\r\n"
    );
}

fn one_column(values: Vec<Value>) -> Table {
    Table {
        key: "texts",
        name: "文字",
        columns: vec![Column {
            key: "text",
            caption: "文字".to_owned(),
            width: 10,
        }],
        rows: values.into_iter().map(|value| vec![value]).collect(),
        totals: None,
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let text = "[ \t\r\n\"',;=+@＝－甲乙0-9a-z🀄-]{1,12}";
    prop_oneof![
        4 => text.prop_map(Value::Text),
        1 => (any::<i64>(), 0u32..10).prop_map(|(digits, scale)| Value::Number(Decimal::new(digits, scale))),
        1 => (0u32..30000).prop_map(|share| Value::Share(Decimal::new(share.into(), 4))),
        1 => any::<bool>().prop_map(Value::Flag),
        1 => (0usize..1_000_000).prop_map(Value::Count),
        1 => Just(Value::Blank),
    ]
}

/// Reads a CSV file as Excel's rules have it, takes our apostrophes away and prints the cells as JSON.
const READ_CSV: &str = r#"
import csv, json, sys
def plain(cell):
    if cell.startswith("'") and cell.lstrip("' \ufeff")[:1] in "=+-@\t\r\n＝＋－＠" and cell.lstrip("' \ufeff"):
        return cell[1:]
    return cell
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    print(json.dumps([[plain(cell) for cell in row] for row in csv.reader(file)]))
"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    /// Python's csv module reads the same texts.
    #[test]
    fn csv_is_read_back_by_another_program(values in prop::collection::vec(any_value(), 200)) {
        let mut table = one_column(Vec::new());
        table.columns.push(table.columns[0].clone());
        table.rows = values.chunks(2).map(<[Value]>::to_vec).collect();
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("一.csv");
        std::fs::write(&file, csv(&table)).expect("written");
        let read: Vec<Vec<String>> = serde_json::from_str(&python(READ_CSV, &[&file])).expect("JSON");
        let expected: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(plain).collect()).collect();
        prop_assert_eq!(&read[0], &["文字", "文字"]);
        prop_assert_eq!(&read[1..], expected);
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Share(share) => share.to_string(),
        Value::Blank => String::new(),
        other => super::words(other),
    }
}

proptest! {
    /// Every line is an object with all keys, and its decimals are those of the table, digit for digit.
    #[test]
    fn lines_are_read_back(values in prop::collection::vec(any_value(), 1..20)) {
        let table = one_column(values);
        let text = lines(&table);
        prop_assert_eq!(text.lines().count(), table.rows.len());
        for (line, row) in text.lines().zip(&table.rows) {
            let read: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let read = &read["text"];
            match &row[0] {
                Value::Blank => prop_assert!(read.is_null()),
                Value::Text(text) => prop_assert_eq!(read.as_str(), Some(text.as_str())),
                Value::Number(number) | Value::Share(number) => {
                    let digits = number.to_string();
                    prop_assert_eq!(read.as_str(), Some(digits.as_str()));
                }
                Value::Count(count) => prop_assert_eq!(read.as_u64(), Some(*count as u64)),
                Value::Flag(flag) => prop_assert_eq!(read.as_bool(), Some(*flag)),
            }
        }
    }
}

#[test]
fn lines_keep_the_order_of_the_columns() {
    let table = one_column(vec![Value::Number(dec!(14.70)), Value::Blank]);
    assert_eq!(lines(&table), "{\"text\":\"14.70\"}\n{\"text\":null}\n");
}
