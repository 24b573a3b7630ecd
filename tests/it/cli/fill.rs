//! `fill`: values back into the bureau's own file, which itself stays as it is.

use std::fs;

use serde_json::Value;

use super::{Answer, Desk, FILED};

const TEMPLATE: &str = "下发.xlsx";

impl Desk {
    /// The bureau's blank workbook: the form of the sample's edition without what a unit fills in.
    fn put_template(&self) {
        self.expect(0, &["new", "空白.jiping", "--edition", "shenzhen-2020"]);
        let blank: Value = serde_json::from_str(&self.content("空白.jiping")).expect("JSON");
        let mut file: Value = serde_json::from_str(&self.content(FILED)).expect("JSON");
        let project = &mut file["document"]["projects"][0];
        project["header"] = blank["document"]["projects"][0]["header"].clone();
        forget(project, &["actual", "deviation", "score"]);
        self.put("空白.jiping", &file.to_string());
        self.expect(
            0,
            &["export", "空白.jiping", "--to", "xlsx", "-o", TEMPLATE],
        );
        fs::remove_file(self.folder.path().join("空白.jiping")).expect("removed");
    }

    fn fill(&self, code: i32, arguments: &[&str]) -> Answer {
        self.expect(code, &[&["fill"], arguments].concat())
    }
}

/// Blanks these fields wherever they are typed.
fn forget(value: &mut Value, fields: &[&str]) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                if fields.contains(&&**key) && value.is_string() {
                    *value = "".into();
                } else {
                    forget(value, fields);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| forget(one, fields)),
        _ => {}
    }
}

#[test]
fn the_values_come_into_a_copy_of_the_template_and_back_through_import() {
    let desk = Desk::new();
    desk.put_template();
    let template = desk.bytes(TEMPLATE);
    let answer = desk.run(&["fill", FILED, "--into", TEMPLATE, "-o", "填好.xlsx"]);
    assert!(answer.out.starts_with("填好.xlsx  填写 "), "{}", answer.out);
    let is_all_placed = !answer.out.contains("没有填入");
    assert_eq!(answer.code, i32::from(!is_all_placed), "{}", answer.out);
    assert_eq!(desk.bytes(TEMPLATE), template);

    desk.run(&["import", "填好.xlsx", "-o", "回来.jiping"]);
    let shown = [FILED, "回来.jiping"].map(|file| desk.json(0, &["show", file]));
    let texts = |list: &str, field: &str| {
        shown.each_ref().map(|shown| {
            let rows = shown[list].as_array().expect("rows").iter();
            rows.map(|row| row[field].to_string()).collect::<Vec<_>>()
        })
    };
    for (list, field) in [
        ("indicators", "name"),
        ("indicators", "target"),
        ("indicators", "actual"),
        ("groups", "weight"),
        ("groups", "score"),
        ("funds", "executed"),
    ] {
        let [before, after] = texts(list, field);
        assert_eq!(before, after, "{list} {field}");
    }
}

#[test]
fn a_value_without_a_place_is_told_and_the_exit_code_says_so() {
    let desk = Desk::new();
    desk.put(
        "小表.csv",
        "项目支出绩效自评表\n项目名称,,主管部门,,实施单位,\n一级指标,二级指标,三级指标,年度指标值,实际完成值\n产出指标,数量指标,,,\n",
    );
    // No cell for scores, funds or deviations.
    desk.expect(0, &["import", "小表.csv", "-o", "小表.jiping"]);
    desk.expect(
        0,
        &["export", "小表.jiping", "--to", "xlsx", "-o", "小表.xlsx"],
    );
    let answer = desk.fill(1, &[FILED, "--into", "小表.xlsx", "-o", "填好"]);
    let (written, left) = answer.out.split_once("\n\n").expect("a list");
    assert!(written.starts_with("填好.xlsx  填写 "), "{written}");
    assert!(
        left.starts_with("以下 ") && left.contains("没有填入"),
        "{left}"
    );
    assert!(
        left.lines()
            .skip(1)
            .step_by(2)
            .all(|line| !line.starts_with(' '))
    );
    assert!(
        left.lines()
            .skip(2)
            .step_by(2)
            .all(|line| line.starts_with("    "))
    );
}

#[test]
fn the_template_is_never_the_target() {
    let desk = Desk::new();
    desk.put_template();
    let template = desk.bytes(TEMPLATE);
    let answer = desk.fill(
        2,
        &[FILED, "--into", TEMPLATE, "--overwrite", "-o", TEMPLATE],
    );
    assert!(answer.err.contains("正是要导出的源文件"), "{}", answer.err);
    assert_eq!(desk.bytes(TEMPLATE), template);

    desk.put("填好.xlsx", "早已有的内容");
    let answer = desk.fill(2, &[FILED, "--into", TEMPLATE, "-o", "填好"]);
    assert!(answer.err.contains("同名文件已存在"), "{}", answer.err);
    assert_eq!(desk.content("填好.xlsx"), "早已有的内容");
}

#[test]
fn what_cannot_be_filled_in_is_told_and_makes_no_file() {
    let desk = Desk::new();
    desk.put("说明.xlsx", "这不是工作簿");
    desk.put("通知.pdf", "%PDF-1.7\n");
    let before = desk.names();
    for (arguments, said) in [
        (["没有.xlsx", "填好"], "找不到原表，没有填写"),
        (["说明.xlsx", "填好"], "原表：说明.xlsx"),
        (["通知.pdf", "填好"], "原表：通知.pdf"),
        (["说明.xlsx", "填好.docx"], "改为 .xlsx"),
        (["没有.docx", "填好.xlsx"], "改为 .docx"),
    ] {
        let [template, out] = arguments;
        let answer = desk.fill(2, &[FILED, "--into", template, "-o", out]);
        assert!(answer.err.contains(said), "{arguments:?}: {}", answer.err);
        assert_eq!(answer.out, "");
    }
    assert_eq!(desk.names(), before);
}
