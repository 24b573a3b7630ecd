//! `summary`: one file over many documents, from files and folders.

use std::fs;

use super::{CORRECTED, Desk, FILED};

impl Desk {
    /// A folder with the samples and what does not belong there.
    pub(super) fn put_folder(&self, name: &str) {
        let folder = self.folder.path().join(name);
        fs::create_dir_all(folder.join("二级/三级")).expect("folders");
        fs::copy(self.folder.path().join(FILED), folder.join("乙.jiping")).expect("copied");
        let deep = folder.join("二级/三级/丙.json");
        fs::copy(self.folder.path().join(CORRECTED), deep).expect("copied");
        fs::write(folder.join("通知.docx"), "别的文件").expect("written");
        fs::write(folder.join("~$乙.jiping"), "锁").expect("written");
    }
}

#[test]
fn all_documents_of_a_folder_become_one_workbook() {
    let desk = Desk::new();
    desk.put_folder("送来");
    let answer = desk.expect(0, &["summary", "送来", "-o", "汇总.xlsx"]);
    assert_eq!(answer.out, "汇总.xlsx  2 个项目\n");
    assert!(desk.bytes("汇总.xlsx").starts_with(b"PK"));
    let tables = ["export", "送来", "--to", "csv", "-o", "数据"];
    let answer = desk.expect(0, &tables);
    assert!(
        answer.out.starts_with("数据-projects.csv  2 行\n"),
        "{}",
        answer.out
    );
    // The same file named twice counts once.
    let twice = ["summary", "送来", "送来/乙.jiping", "-o", "又"];
    assert_eq!(desk.expect(0, &twice).out, "又.xlsx  2 个项目\n");

    let answer = desk.expect(2, &["summary", FILED, "-o", "汇总.xlsx"]);
    assert!(answer.err.contains("同名文件已存在"), "{}", answer.err);
    desk.expect(0, &["summary", FILED, "--overwrite", "-o", "汇总.xlsx"]);
}

#[test]
fn it_is_printed_where_the_output_is_a_pdf() {
    let desk = Desk::new();
    let answer = desk.expect(0, &["summary", FILED, CORRECTED, "-o", "汇总.PDF"]);
    assert!(answer.out.starts_with("汇总.pdf  "), "{}", answer.out);
    assert!(answer.out.ends_with(" 页\n"), "{}", answer.out);
    assert!(desk.bytes("汇总.pdf").starts_with(b"%PDF-"));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_summarised() {
    let desk = Desk::new();
    desk.put_folder("送来");
    desk.put("送来/坏.jiping", "{");
    desk.put_on_missing_edition("送来/外地.jiping");
    let answer = desk.expect(2, &["summary", "送来", "没有.jiping", "-o", "汇总.xlsx"]);
    assert_eq!(answer.out, "汇总.xlsx  2 个项目\n");
    for said in ["坏.jiping", "没有.jiping", "有 1 个项目缺少表样，没有汇总"] {
        assert!(answer.err.contains(said), "{said}: {}", answer.err);
    }
}

#[test]
fn where_there_is_nothing_no_file_is_made() {
    let desk = Desk::new();
    fs::create_dir(desk.folder.path().join("空")).expect("a folder");
    for (arguments, said) in [
        (["空", "汇总.xlsx"], "没有绩评文件"),
        (["没有", "汇总.xlsx"], "没有"),
        ([FILED, "汇总.docx"], "改为 .xlsx"),
        ([FILED, "{name}.xlsx"], "全部项目合成"),
        ([FILED, "没有/汇总.xlsx"], "“没有”不存在"),
    ] {
        let [input, out] = arguments;
        let answer = desk.expect(2, &["summary", input, "-o", out]);
        assert!(answer.err.contains(said), "{arguments:?}: {}", answer.err);
    }
    assert_eq!(desk.names(), [CORRECTED, FILED, "空"]);
}
