//! 进度: stages and deadlines of all projects.

use jiff::civil::date;
use jiping::{
    model::{
        deadlines::Deadline,
        project::{Project, Stage, header},
    },
    summary::{Subject, overview::Overview, progress::table},
};

use super::{TIME, shown, subjects};
use crate::cases;

fn project(name: &str, stage: Stage, deadlines: &[(Stage, &str)]) -> Project {
    let mut project = cases::clean_project(&cases::edition("mof-2020"));
    project
        .header
        .insert(header::PROJECT_NAME.into(), name.into());
    project.stage = stage;
    for (of, date) in deadlines {
        let deadline = Deadline {
            stage: *of,
            date: (*date).to_owned(),
            remark: format!("{of}备注"),
            unknown: Default::default(),
        };
        project.set_deadline(*of, Some(deadline));
    }
    project
}

#[test]
fn what_comes_next_and_how_much_time_is_left() {
    use Stage as S;
    let projects = [
        project(
            "甲",
            S::SelfEvaluation,
            &[(S::Final, "2021-04-30"), (S::SelfEvaluation, "3月1日")],
        ),
        project(
            "乙",
            S::Submitted,
            &[(S::Submitted, "2021-03-01"), (S::Final, "2021年3月5日")],
        ),
        project(
            "丙",
            S::Returned,
            &[(S::Returned, "3月底"), (S::Published, "另行通知")],
        ),
        project("丁", S::Published, &[(S::Published, "2021-01-01")]),
    ];
    let table = table(projects.iter(), date(2021, 3, 5));
    let keys = [
        "project_name",
        "stage",
        "next",
        "due",
        "left",
        "remark",
        "due_final",
        "due_published",
    ];
    assert_eq!(
        shown(&table, &keys),
        [
            "甲 | 自评 | 自评 | 2021-03-01 | 逾期 4 天 | 自评备注 | 2021-04-30 | –",
            "乙 | 送审 | 定稿 | 2021-03-05 | 今天到期 | 定稿备注 | 2021-03-05 | –",
            "丙 | 退回 | 退回 | 2021-03-31 | 还有 26 天 | 退回备注 | – | 另行通知",
            "丁 | 公开 | – | – | – | – | – | 2021-01-01",
        ]
    );
    assert_eq!(
        table.column("due_targets"),
        None,
        "no deadline for it anywhere"
    );
    assert!(
        table
            .as_cells()
            .lines()
            .nth(2)
            .is_some_and(|line| line.starts_with("2\t乙\t"))
    );
}

#[test]
fn the_summary_has_it_where_there_are_deadlines() {
    let mut all: Vec<Subject> = subjects("## 不报警 甲.jiping\n");
    assert_eq!(Overview::of(&all, TIME).table("progress"), None);
    let late = project(
        "甲",
        Stage::SelfEvaluation,
        &[(Stage::SelfEvaluation, "2021-03-01")],
    );
    all[0].project = std::sync::Arc::new(late);
    let overview = Overview::of(&all, TIME);
    assert!(overview.table("progress").is_some());
    assert!(
        overview
            .remarks
            .iter()
            .any(|remark| remark.starts_with("有 1 个项目已过期限"))
    );
}
