//! `report`: the 绩效自评报告 on many documents.

use super::{CORRECTED, Desk, FILED};

#[test]
fn one_word_document_on_all_projects_named_as_asked() {
    let desk = Desk::new();
    desk.put_folder("送来");
    let answer = desk.expect(0, &["report", "送来", "-o", "报告.docx"]);
    assert_eq!(answer.out, "报告.docx  2 个项目\n");
    assert!(desk.bytes("报告.docx").starts_with(b"PK"));
    let answer = desk.expect(2, &["report", FILED, "-o", "报告.docx"]);
    assert!(answer.err.contains("同名文件已存在"), "{}", answer.err);
    let answer = desk.expect(2, &["report", FILED, "-o", "报告.pdf"]);
    assert!(answer.err.contains("改为 .docx"), "{}", answer.err);

    std::fs::create_dir(desk.folder.path().join("夹")).expect("a folder");
    let answer = desk.expect(0, &["report", FILED, CORRECTED, "-o", "夹"]);
    let name = answer.out.replace('\\', "/");
    assert_eq!(name, "夹/项目支出绩效自评报告.docx  2 个项目\n");
}

#[test]
fn only_the_projects_asked_for_are_reported() {
    let desk = Desk::new();
    desk.put_projects("两个.jiping", &["甲项目", "乙项目"]);
    let arguments = ["report", "两个.jiping", "--project", "乙", "-o", "报告"];
    assert_eq!(desk.expect(0, &arguments).out, "报告.docx  1 个项目\n");
    let arguments = ["report", "两个.jiping", "--project", "丙", "-o", "无"];
    let answer = desk.expect(2, &arguments);
    assert!(answer.err.contains("没有名称中含有“丙”的项目"));
}
