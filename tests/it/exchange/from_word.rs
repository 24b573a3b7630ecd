//! A project that went out as a Word document and is read back is the project again.

use std::sync::Arc;

use jiff::civil::date;
use jiping::{
    exchange::{
        child::Within,
        grid::Content,
        read::read,
        recognise::{self, File, Wishes},
        watch::Unwatched,
    },
    model::{
        edition::Edition,
        id::{CountedIds, Id},
        indicator::{Group, Indicator},
        project::Project,
    },
    sheet::{
        booklet::Booklet,
        table::FormSheet,
        word::{self, form},
    },
};
use proptest::prelude::*;

use super::{
    forms::differences,
    printed::{PRINTED, Printed},
    returned::{original, shelf},
    shown,
};
use crate::cases;

/// What comes back otherwise: the document, what a line of the difference holds, and why. Each must still be so.
const OTHERWISE: [(&str, &str, &str); 8] = [
    (
        "shenzhen-2020-corrected",
        "应为    共用原因 产出指标（50分）：",
        BESIDE,
    ),
    (
        "shenzhen-2020-corrected",
        "读成    共用原因 信息安全维护次数、",
        BESIDE,
    ),
    ("shenzhen-2020-filed", "应为    预期：<p>", MARKUP),
    ("shenzhen-2020-filed", "应为    实际：<p>", MARKUP),
    ("shenzhen-2020-filed", "读成    预期：一、", MARKUP),
    ("shenzhen-2020-filed", "读成    实际：一、", MARKUP),
    ("19", "应为  标题：", YEAR),
    ("19", "读成  标题：", YEAR),
];
/// A reason of a whole section is printed beside those of its rows that have none of their own.
const BESIDE: &str = "the form does not say which rows a reason is for";
/// Such marks were left in the text that was filed.
const MARKUP: &str = "marks such as <p> are cleaned as the text is read";
/// The year stands behind the title, in brackets of half width; it comes back as the project's year.
const YEAR: &str = "the year is no part of the title";

fn through_word(name: &str, project: &Project, edition: &Edition) -> Printed {
    let sheet = FormSheet::new(project, edition);
    let time = date(2021, 3, 5).at(14, 32, 7, 0);
    let booklet = Booklet::official([sheet.clone()], time);
    let document = form::document(&booklet, &[]).expect("a document");
    let docx = word::write(&document).expect("is written");
    let content: Content = read(&docx, "自评表.docx", &Within, &Unwatched).expect("is read");
    Printed {
        name: name.to_owned(),
        project: project.clone(),
        edition: edition.clone(),
        sheet,
        content,
    }
}

/// The lines that tell what is read from what was written.
fn changed(written: &Printed) -> Vec<String> {
    let file = File {
        name: "自评表.docx".to_owned(),
        content: Arc::new(written.content.clone()),
    };
    let mut ids = CountedIds(1 << 20);
    let recognised = recognise::recognise(&[file], &shelf(), &Wishes::default(), &mut ids);
    let expected = shown::recognised(&original(written));
    let got = shown::recognised(&recognised);
    let expected: Vec<&str> = expected.lines().collect();
    let got: Vec<&str> = got.lines().collect();
    let lines = differences(&expected, &got);
    // A document does not say that its footnotes are the edition's.
    let lines = lines.lines().filter(|line| !line.starts_with("读成  注："));
    lines.map(str::to_owned).collect()
}

#[test]
fn the_documents_of_offices_come_back() {
    let mut faults = Vec::new();
    let mut met = [false; OTHERWISE.len()];
    for printed in PRINTED.iter() {
        let name = printed.name.trim_end_matches(".jiping");
        for line in changed(&through_word(name, &printed.project, &printed.edition)) {
            let known = OTHERWISE
                .iter()
                .position(|(document, part, _)| name == *document && line.contains(part));
            match known {
                Some(index) => met[index] = true,
                None => faults.push(format!("{name}  {line}")),
            }
        }
    }
    for ((document, part, why), met) in OTHERWISE.iter().zip(met) {
        if !met {
            faults.push(format!("{document}  {part}  no longer ({why})"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The cells of a row: name, target, actual value, weight, score, reason.
type Cells = [String; 6];

fn row() -> impl Strategy<Value = Cells> {
    let name = "[培训检查维护课题活动服务]{3,9}";
    let value = prop_oneof![
        "≥[1-9][0-9]{0,3}(场|次|人)",
        "[1-9][0-9]{0,3}(\\.[0-9])?(个|项|%)",
        "≤[1-9][0-9]{2,4}元",
        Just("2020年12月底前".to_owned()),
        Just("有效保障".to_owned()),
    ];
    let actual = prop_oneof![
        "[1-9][0-9]{0,3}(\\.[0-9])?(场|次|人|个|%)",
        Just("有效保障".to_owned()),
        Just("2020年11月30日".to_owned()),
    ];
    let reason = prop_oneof![
        2 => Just(String::new()),
        1 => "受疫情影响[培训检查维护，。0-9]{5,60}，下年加强管理",
        1 => "经费压减\n下年[调整目标]{4,8}",
    ];
    (name, value, actual, "[1-9]", "[0-9]\\.[0-9]{2}", reason).prop_map(
        |(name, target, actual, weight, score, reason)| {
            [name, target, actual, weight, score, reason]
        },
    )
}

/// A form of the edition in which the groups have these rows.
fn built(edition: &Edition, groups: &[Vec<Cells>], goal: &str) -> Project {
    let mut project = cases::clean_project(edition);
    let mut ids = CountedIds(1 << 30);
    let mut groups = groups.iter();
    let first = project.goals.get_mut(0).expect("a goal");
    first.expected = goal.into();
    for section in 0..first.sections.len() {
        let section = first.sections.get_mut(section).expect("a section");
        for group in 0..section.groups.len() {
            let group: &mut Group = section.groups.get_mut(group).expect("a group");
            if let Some(rows) = groups.next() {
                group.indicators = rows
                    .iter()
                    .map(|cells| indicator(cells, &mut ids))
                    .collect();
            }
        }
    }
    project
}

fn indicator(cells: &Cells, ids: &mut CountedIds) -> Indicator {
    let [name, target, actual, weight, score, reason] = cells;
    let mut row = Indicator::blank(ids);
    row.id = Id::new(ids);
    row.name.clone_from(name);
    row.target = target.as_str().into();
    row.actual = actual.as_str().into();
    row.weight = weight.as_str().into();
    row.score = score.as_str().into();
    row.deviation = reason.as_str().into();
    row
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_form_comes_back(
        groups in proptest::collection::vec(proptest::collection::vec(row(), 1..6), 6),
        goal in "完成[培训检查维护课题活动服务，。0-9\n]{10,300}目标",
        shenzhen in any::<bool>(),
    ) {
        let edition = cases::edition(if shenzhen { "shenzhen-2020" } else { "mof-2020" });
        let project = built(&edition, &groups, &goal);
        let lines = changed(&through_word("any", &project, &edition));
        prop_assert!(lines.is_empty(), "\n{}", lines.join("\n"));
    }
}
