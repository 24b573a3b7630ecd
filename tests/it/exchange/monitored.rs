//! A form for monitoring comes in as what it is: at the stage 执行监控, its figures at the keys of mid-year.

use jiping::{
    exchange::{
        child::Within,
        read::read,
        recognise::{Fit, FormKind, Wishes},
        watch::Unwatched,
    },
    model::{monitoring::key, project::Stage},
};

use super::compared::recognised;

/// The form of an office that asks in words of its own.
const OFFICE: &str = "\
县级项目绩效运行监控情况表,,,,,,
项目名称,村级道路养护,,监控日期,2022年7月31日,,
主管部门,县交通运输局,,实施单位,县公路养护中心,,
项目资金（万元）,,年初预算数,1-7月执行数,执行率,全年预计执行数,
,年度资金总额,120,66,55%,120,
年度总体目标,养护村道85公里，保障群众出行。,,,,,
一级指标,二级指标,三级指标,年度指标值,1-7月完成情况,偏差原因,目标完成可能性
产出指标,数量指标,养护里程,≥85公里,40公里,雨季停工,确定能
效益指标,社会效益指标,群众投诉次数,≤5次,1次,,有可能
";

#[test]
fn the_form_of_any_office_keeps_its_figures_apart_from_those_of_the_year() {
    let content = read(OFFICE.as_bytes(), "监控.csv", &Within, &Unwatched).expect("is read");
    let all = recognised("监控.csv", content, &Wishes::default());
    let [form] = &all.forms[..] else {
        panic!("{} forms", all.forms.len())
    };
    assert_eq!((form.what, form.fit), (FormKind::Monitoring, Fit::Built));
    assert!(form.edition.is_for_monitoring());
    assert!(
        form.edition.problems().is_empty(),
        "{:?}",
        form.edition.problems()
    );
    assert!(!form.edition.goals.has_actual());

    let project = &form.project;
    assert_eq!(project.stage, Stage::Monitoring);
    assert_eq!(project.header(key::UNTIL), "2022年7月31日");
    let total = project.funds.iter().next().expect("a row");
    let figures = [key::MONITORED, key::RATE, key::FORECAST].map(|key| total.figure(key).text());
    assert_eq!(figures, ["66", "55%", "120"]);
    let rows: Vec<_> = project.rows().map(|row| row.indicator).collect();
    let cells =
        |at: usize| [key::MONITORED, key::REASON, key::OUTLOOK].map(|key| rows[at].monitoring(key));
    assert_eq!(cells(0), ["40公里", "雨季停工", "确定能"]);
    assert_eq!(cells(1), ["1次", "", "有可能"]);
    assert!(
        rows.iter()
            .all(|row| row.actual.text().is_empty() && row.approved.is_none())
    );
}
