//! `library`: found, imported, gathered, handed on.

use serde_json::Value;

use super::{Desk, FILED};

#[test]
fn the_library_is_searched_filled_and_handed_on() {
    let desk = Desk::new();
    let found = desk.run(&["library", "hycql", "--format", "json"]);
    let found: Value = serde_json::from_str(&found.out).expect("JSON");
    assert_eq!(found[0]["name"], "会议出勤率");
    assert_eq!(desk.run(&["library", "没有这样的指标"]).code, 1);

    let gathered = desk.run(&["library", "--gather", FILED]);
    assert!(gathered.out.contains("已收录"), "{}", gathered.out);
    let own = desk.run(&["library", "--own", "--format", "json"]);
    let own: Value = serde_json::from_str(&own.out).expect("JSON");
    let count = own.as_array().expect("a list").len();
    assert!(count > 3);
    assert_eq!(own[0]["last_year"], 2020);

    let written = desk.run(&["library", "--hand-on", "库.xlsx"]);
    assert_eq!(written.code, 0, "{}", written.err);
    let again = desk.run(&["library", "--hand-on", "库.xlsx"]);
    assert_eq!(again.code, 2, "nothing is overwritten");
    let other = Desk::new();
    let list = desk.folder.path().join("库.xlsx");
    let list = list.to_str().expect("a path");
    let taken = other.run(&["library", "--import", list, "--faulty"]);
    assert!(
        taken.out.contains(&format!("已收录 {count} 条指标")),
        "{}",
        taken.out
    );
}
