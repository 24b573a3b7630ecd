//! `ledger` and `evidence`.

use std::fs;

use serde_json::Value;

use super::{Desk, FILED};

#[test]
fn comments_become_a_ledger_that_is_filled_in_and_goes_out() {
    let desk = Desk::new();
    let comments = "一、年度课题数量的实际完成值没有依据\n二、总分计算有误\n";
    fs::write(desk.folder.path().join("意见.txt"), comments).expect("written");
    let empty = desk.run(&["ledger", FILED]);
    assert_eq!(empty.code, 0, "{}", empty.err);
    let listed = desk.run(&[
        "ledger",
        FILED,
        "--add",
        "意见.txt",
        "--format",
        "json",
        "-o",
        "台账.jiping",
    ]);
    assert_eq!(listed.code, 1, "{}", listed.err);
    let listed: Value = serde_json::from_str(&listed.out).expect("JSON");
    assert_eq!(listed["all"], 2);
    let first = &listed["entries"][0];
    assert_eq!(first["guessed"], true);
    assert!(
        first["place"]
            .as_str()
            .is_some_and(|place| place.contains("年度课题数量")),
        "{first}"
    );
    let against = desk.run(&["ledger", "台账.jiping", "--against", super::CORRECTED]);
    assert!(
        against.out.contains("已整改 0 / 2"),
        "{} {}",
        against.out,
        against.err
    );
    for name in ["反馈表.xlsx", "反馈表.docx", "反馈表.pdf"] {
        let made = desk.run(&["ledger", "台账.jiping", "-o", name]);
        assert!(desk.folder.path().join(name).exists(), "{}", made.err);
    }
    assert_eq!(
        desk.run(&["ledger", "台账.jiping", "-o", "反馈表.pdf"])
            .code,
        2
    );
    assert_eq!(
        desk.run(&["ledger", "台账.jiping", "-o", "反馈表.rtf"])
            .code,
        2
    );
}

#[test]
fn evidence_is_checked_on_the_disk() {
    let desk = Desk::new();
    let path = desk.folder.path().join(FILED);
    let mut document: Value =
        serde_json::from_slice(&fs::read(&path).expect("read")).expect("JSON");
    let file = desk.folder.path().join("合同.pdf");
    fs::write(&file, "contract").expect("written");
    let hash = jiping::store::Fingerprint::of(b"contract").hex();
    let evidence = serde_json::json!([
        { "id": "00000000000e0001", "title": "合同", "file": "合同.pdf", "hash": hash, "length": 8 }
    ]);
    let projects = document.pointer_mut("/document/projects/0");
    projects.expect("a project")["evidence"] = evidence;
    fs::write(&path, document.to_string()).expect("written");
    let good = desk.run(&[
        "evidence",
        FILED,
        "--check",
        "--format",
        "json",
        "-o",
        "登记表.xlsx",
    ]);
    assert_eq!(good.code, 0, "{} {}", good.out, good.err);
    let good: Value = serde_json::from_str(&good.out).expect("JSON");
    assert_eq!(good["files"][0]["state"], "present");
    fs::write(&file, "CONTRACT").expect("written");
    assert_eq!(desk.run(&["evidence", FILED]).code, 0, "nothing is read");
    let changed = desk.run(&["evidence", FILED, "--check"]);
    assert_eq!(changed.code, 1);
    assert!(changed.out.contains("已改动 1 份"), "{}", changed.out);
}
