//! `editions`: an edition checked, added, written as a file; and what is said of one that nobody compared.

use super::Desk;

const OWN: &str = "某市表.json";

/// A desk with an edition's file of somebody's own.
fn desk() -> Desk {
    let desk = Desk::new();
    let text = include_str!("../../../assets/editions/chongqing-2022.json");
    let mut own: serde_json::Value = serde_json::from_str(text).expect("JSON");
    own["id"] = "own-7".into();
    own["status"] = "reference".into();
    own["gaps"] = vec!["报表编号不详"].into();
    desk.put(OWN, &own.to_string());
    desk
}

#[test]
fn an_edition_is_checked_in_words() {
    let desk = desk();
    let answer = desk.expect(0, &["editions", "--check", OWN]);
    assert!(answer.out.contains("：没有问题"), "{}", answer.out);
    assert!(answer.out.contains("未核对："), "{}", answer.out);
    let text = include_str!("../../../assets/editions/chongqing-2022.json");
    desk.put(
        "坏.json",
        &text.replacen("\"name\": \"", "\"name\": \"\", \"source\": \"", 1),
    );
    let answer = desk.run(&["editions", "--check", "坏.json"]);
    assert_eq!(answer.code, 1, "{}", answer.out);
    desk.expect(2, &["editions", "--check", "没有.json"]);
}

#[test]
fn an_edition_is_added_once_and_written_as_a_file() {
    let desk = desk();
    let answer = desk.expect(0, &["editions", "--add", OWN]);
    assert!(answer.out.starts_with("已添加表样 own-7"), "{}", answer.out);
    desk.expect(0, &["editions", "--add", OWN]);
    desk.expect(0, &["editions", "--export", "own-7", "-o", "导出.json"]);
    let answer = desk.expect(0, &["editions", "--check", "导出.json"]);
    assert!(answer.out.contains("没有问题"));
    desk.expect(2, &["editions", "--export", "own-7", "-o", "导出.json"]);
    desk.expect(2, &["editions", "--export", "没有", "-o", "别的.json"]);
    let text = include_str!("../../../assets/editions/chongqing-2022.json");
    let other = text
        .replace("chongqing-2022", "own-7")
        .replace("重庆市", "别处");
    desk.put("另一份.json", &other);
    let answer = desk.expect(2, &["editions", "--add", "另一份.json"]);
    assert!(answer.err.contains("内容不同"), "{}", answer.err);
}

#[test]
fn an_export_on_an_edition_that_nobody_compared_says_so() {
    let desk = desk();
    desk.expect(0, &["new", "重庆.jiping", "--edition", "chongqing-2022"]);
    let answer = desk.expect(0, &["export", "重庆.jiping", "--to", "csv", "-o", "表"]);
    assert!(answer.err.contains("表样未核对："), "{}", answer.err);
    assert!(
        answer.err.contains("报送前请与财政局的表对照"),
        "{}",
        answer.err
    );
}
