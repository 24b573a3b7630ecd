//! `pack`, `publish`, `anonymise`.

use std::fs;

use super::{Desk, FILED};

impl Desk {
    /// The filed sample with a person and a number in its goal, and evidence that is there and is not.
    fn put_telling(&self) {
        let mut file: serde_json::Value = serde_json::from_slice(&self.bytes(FILED)).expect("JSON");
        let project = &mut file["document"]["projects"][0];
        project["goals"][0]["expected"] = "联系人：王小明，电话13800138000".into();
        project["evidence"] = serde_json::json!([
            {"id": "00000000000000e1", "title": "签到表", "file": "签到表.pdf"},
            {"id": "00000000000000e2", "title": "合同", "file": "合同.pdf"},
        ]);
        self.put("单位.jiping", &file.to_string());
        self.put("签到表.pdf", "%PDF-");
    }
}

#[test]
fn a_parcel_is_packed_and_what_is_missing_is_told() {
    let desk = Desk::new();
    desk.put_telling();
    let answer = desk.expect(
        1,
        &[
            "pack",
            "单位.jiping",
            "--evidence",
            "--without",
            "pdf",
            "-o",
            "包.zip",
        ],
    );
    assert!(answer.out.starts_with("包.zip  "), "{}", answer.out);
    assert!(answer.err.contains("合同.pdf"), "{}", answer.err);
    assert!(desk.bytes("包.zip").starts_with(b"PK"));
    let again = desk.expect(2, &["pack", "单位.jiping", "-o", "包.zip"]);
    assert!(again.err.contains("同名文件已存在"), "{}", again.err);
    desk.expect(0, &["pack", "单位.jiping", "--overwrite", "-o", "包.zip"]);
    desk.expect(
        2,
        &["pack", "单位.jiping", "--overwrite", "-o", "单位.jiping"],
    );
    desk.expect(
        2,
        &[
            "pack",
            "单位.jiping",
            "--projects",
            "没有的",
            "-o",
            "又.zip",
        ],
    );
}

#[test]
fn nothing_is_published_while_names_are_undecided() {
    let desk = Desk::new();
    desk.put_telling();
    let answer = desk.expect(1, &["publish", "单位.jiping", "-o", "公开.docx"]);
    assert!(answer.out.starts_with("王小明\n  "), "{}", answer.out);
    assert!(answer.err.contains("--hide-names"), "{}", answer.err);
    assert!(fs::metadata(desk.folder.path().join("公开.docx")).is_err());
    for (choice, file) in [
        ("--hide-names", "一.docx"),
        ("--keep-names", "二.xlsx"),
        ("--remove-names", "三.pdf"),
    ] {
        let answer = desk.expect(0, &["publish", "单位.jiping", choice, "-o", file]);
        assert!(answer.out.starts_with(file), "{}", answer.out);
    }
    desk.expect(
        2,
        &["publish", "单位.jiping", "--keep-names", "-o", "公开.txt"],
    );
}

#[test]
fn an_anonymous_copy_is_listed_first_and_opens() {
    let desk = Desk::new();
    desk.put_telling();
    let list = desk.expect(0, &["anonymise", "单位.jiping", "--list", "--also", "签到"]);
    for line in [
        "人员  王小明 → 人员1  1 处\n",
        "电话  13800138000 → 电话1  1 处\n",
        "其他  签到 → 其他1  2 处\n",
    ] {
        assert!(list.out.contains(line), "{}", list.out);
    }
    let json = desk.expect(
        0,
        &["anonymise", "单位.jiping", "--list", "--format", "json"],
    );
    let words: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert!(
        words
            .as_array()
            .is_some_and(|words| words.iter().any(|word| word["alias"] == "单位1")),
        "{words}"
    );
    desk.expect(
        0,
        &[
            "anonymise",
            "单位.jiping",
            "--keep",
            "王小明",
            "-o",
            "副本.jiping",
        ],
    );
    let copy = String::from_utf8(desk.bytes("副本.jiping")).expect("UTF-8");
    assert!(
        copy.contains("王小明") && !copy.contains("13800138000") && !copy.contains("科学技术协会")
    );
    desk.expect(0, &["show", "副本.jiping"]);
    desk.expect(2, &["anonymise", "单位.jiping"]);
    desk.expect(
        2,
        &[
            "anonymise",
            "单位.jiping",
            "--also",
            "单位",
            "-o",
            "又.jiping",
        ],
    );
}
