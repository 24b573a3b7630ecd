//! Rules on values that depend on what an edition asks for.

use jiff::civil::date;
use jiping::{
    model::{edition::Edition, policy::Severity},
    rules::{checker::check_project, finding::Finding},
};
use rust_decimal::dec;

use crate::cases;

/// What is found in the form of the only case in `text`, on its edition as `change` leaves it.
fn findings_of(text: &str, change: impl Fn(&mut Edition)) -> Vec<Finding> {
    let cases = cases::parse(text);
    let [case] = cases.as_slice() else {
        panic!("one case: {text}")
    };
    let (project, mut edition, _) = case.check();
    change(&mut edition);
    check_project(&project, &edition, date(2021, 3, 1)).findings
}

fn of_code<'f>(findings: &'f [Finding], code: &str) -> Option<&'f Finding> {
    findings.iter().find(|finding| finding.rule.code == code)
}

#[test]
fn an_edition_may_ask_for_the_words_of_the_tiers() {
    let text = "
## 报警 三档必填
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
|---|---|---|---|---|---|---|
| 效益指标 | 社会效益指标 | 培训影响 | 带动基层开展培训 | 带动12个单位 | 10 | 10 |
| | | 资料利用 | 基层单位使用 | 达成目标 | 10 | 10 |
| | | 资料归档 | 规范归档 | 达成预期指标 | 10 | 10 |
";
    let free = findings_of(text, |_| {});
    let hint = of_code(&free, "V13").expect("其他写法");
    assert_eq!((hint.level, hint.cells.len()), (Severity::Hint, 1));

    let strict = findings_of(text, |edition| edition.checks.tier_words_required = true);
    let error = of_code(&strict, "V13").expect("不是三档之一");
    assert_eq!((error.level, error.cells.len()), (Severity::Error, 2));
    assert!(error.message.contains("带动12个单位"), "{}", error.message);
    let fix = error.fix.as_ref().expect("one of two can be put right");
    let [change] = fix.changes.as_slice() else {
        panic!("{fix:?}")
    };
    assert_eq!(change.new, "达成年度指标");
}

#[test]
fn an_edition_may_draw_the_lines_elsewhere() {
    let text = "
## 报警 两个数量，八成
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
|---|---|---|---|---|---|---|
| 产出指标 | 数量指标 | 培训3期、讲座5场 | ≥100% | 100% | 50 | 50 |
| 效益指标 | 社会效益指标 | 社会效益明显 | ≥80% | 85% | 30 | 30 |
";
    let usual = findings_of(text, |_| {});
    let strict = findings_of(text, |edition| {
        edition.checks.quantities_in_name = 2;
        edition.checks.hollow_percent_from = dec!(80);
    });
    for code in ["V12", "V18"] {
        assert!(of_code(&usual, code).is_none(), "{code}");
        assert!(of_code(&strict, code).is_some(), "{code}");
    }
}
