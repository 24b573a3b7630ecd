//! `import`: other people's files, from the command line to a document.

use serde_json::{Value, json};

use super::Desk;

const FORM: &str = "项目支出绩效自评表\n（2024年度）\n项目名称,社区图书角,主管部门,市文化局\n\
    项目资金（万元）,,年初预算数,全年预算数,全年执行数,分值,执行率,得分\n\
    ,年度资金总额,20,18,17.1,10,95%,9.5\n\
    一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n\
    产出指标,数量指标,新建图书角,10个,10个,50,50\n\
    效益指标,社会效益指标,居民借阅,明显增加,明显增加,40,40\n";
const PAYMENTS: &str = "单位：元,,,\n项目名称,年初预算数,全年预算数,全年执行数\n\
    社区图书角,200000.00,180000.00,165500.00\n合计,1,1,1\n";

#[test]
fn a_form_becomes_a_document_that_is_never_written_over() {
    let desk = Desk::new();
    desk.put("社区.csv", FORM);
    let answer = desk.run(&["import", "社区.csv", "-o", "社区.jiping"]);
    assert!(answer.code < 2, "{}\n{}", answer.out, answer.err);
    assert!(answer.out.contains("社区图书角"), "{}", answer.out);
    assert!(answer.out.contains("已写入 社区.jiping"), "{}", answer.out);
    let shown = desk.json(0, &["show", "社区.jiping"]);
    assert_eq!(shown["project"], "社区图书角");
    assert_eq!(shown["funds"][0]["executed"], "17.1");
    assert_eq!(shown["indicators"][0]["target"], "10个");

    let before = desk.content("社区.jiping");
    let again = desk.expect(2, &["import", "社区.csv", "-o", "社区.jiping"]);
    assert!(again.err.contains("没有覆盖"), "{}", again.err);
    assert!(again.out.contains("没有生成文件"), "{}", again.out);
    assert_eq!(desk.content("社区.jiping"), before);
}

#[test]
fn a_folder_with_payments_is_imported_whole_and_reconciled() {
    let desk = Desk::new();
    std::fs::create_dir(desk.folder.path().join("来件")).expect("a folder");
    desk.put("来件/社区.csv", FORM);
    desk.put("来件/支付.csv", PAYMENTS);
    desk.put("来件/~$社区.xlsx", "x");
    let answer = desk.expect(1, &["import", "来件", "-o", "全部.jiping"]);
    assert!(answer.err.contains("1 个临时文件"), "{}", answer.err);
    let left_out = "支付.csv · A4：合计（这一行没有填入：文件中没有这个项目）";
    assert!(answer.out.contains(left_out), "{}", answer.out);

    let shown = desk.json(0, &["show", "全部.jiping"]);
    assert_eq!(shown["funds"][0]["executed"], "17.1", "as the form states");
    assert_eq!(
        shown["account"],
        json!({
            "initial": "200000.00",
            "adjusted": "180000.00",
            "executed": "165500.00",
            "money_unit": "元",
            "source": "支付.csv",
        })
    );
    let checked = desk.run(&["check", "全部.jiping"]);
    let finding = "全年执行数填写 17.10 万元，账面 165,500.00 元（支付.csv）";
    assert!(checked.out.contains(finding), "{}", checked.out);
}

#[test]
fn without_a_name_for_the_result_only_the_report_is_given() {
    let desk = Desk::new();
    desk.put("社区.csv", FORM);
    let before = desk.names();
    let report = desk.json(
        desk.run(&["import", "社区.csv"]).code,
        &["import", "社区.csv", "--format", "json"],
    );
    let mut after = desk.names();
    after.retain(|name| name != "data");
    assert_eq!(after, before);
    assert_eq!(report["written"], Value::Null);
    assert_eq!(report["files"][0]["name"], "社区.csv");
    let form = &report["forms"][0];
    assert_eq!(
        (&form["kind"], &form["project"], &form["cell"]),
        (
            &json!("self_evaluation"),
            &json!("社区图书角"),
            &json!("A1")
        )
    );
    let entries = report["entries"].as_array().expect("entries");
    let target = entries.iter().find(|entry| entry["cell"] == "D7");
    let target = target.expect("every cell has an entry");
    assert_eq!(
        (&target["fate"], &target["text"]),
        (&json!("read"), &json!("10个"))
    );
    let at = target["target"].as_str().expect("a place");
    assert!(at.ends_with("/target"), "{at}");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_imported() {
    let desk = Desk::new();
    desk.put("社区.csv", FORM);
    desk.put("坏.pdf", "%PDF-1.4\n");
    let answer = desk.expect(
        2,
        &["import", "社区.csv", "坏.pdf", "缺.xlsx", "-o", "新.jiping"],
    );
    assert!(answer.err.contains("坏.pdf：") && answer.err.contains("缺.xlsx：找不到文件"));
    assert!(answer.out.contains("读不出来"), "{}", answer.out);
    assert_eq!(
        desk.json(0, &["show", "新.jiping"])["project"],
        "社区图书角"
    );

    desk.put("说明.txt", "今天开会。\n");
    let nothing = desk.expect(2, &["import", "说明.txt", "-o", "空.jiping"]);
    assert!(nothing.err.contains("没有认出自评表"), "{}", nothing.err);
    assert!(!desk.names().contains(&"空.jiping".to_owned()));
    desk.expect(1, &["import", "说明.txt"]);
}

#[test]
fn an_edition_can_be_asked_for() {
    let desk = Desk::new();
    desk.put("社区.csv", FORM);
    let unknown = desk.expect(2, &["import", "社区.csv", "--edition", "keine"]);
    assert!(
        unknown.err.contains("没有编号为“keine”的表样"),
        "{}",
        unknown.err
    );
    let arguments = [
        "import",
        "社区.csv",
        "--edition",
        "shenzhen-2020",
        "--format",
        "json",
    ];
    let report: Value = serde_json::from_str(&desk.run(&arguments).out).expect("JSON");
    let form = &report["forms"][0];
    assert_eq!(
        (&form["edition"], &form["fit"]),
        (&json!("shenzhen-2020"), &json!("chosen"))
    );
}
