//! What stands behind the form: the findings in full, and how every score comes about.

use std::collections::BTreeSet;

use jiff::civil::date;
use jiping::{
    model::{
        edition::{Edition, ScoredBy},
        figure::FigureCell,
        policy::Severity,
        profile::Adjustments,
        project::Project,
    },
    rules::{
        checker::{Verdict, check_by},
        profile::{Chosen, InForce},
    },
    score::{ProjectScore, score_project},
    sheet::{
        booklet::{Booklet, Mark},
        table::{Cell, FormSheet},
    },
};
use rust_decimal::Decimal;

use super::{FILED, ReviewCopy, SEVERAL, Subject, booklet, heading, rows};
use crate::{
    cases,
    sheet::{
        EDITIONS, blank,
        cells::assert_tiled,
        filled::{Points, filled},
        inspect::{letters, sorted},
    },
};

const WORKING: &str = "附二　得分测算过程";

/// The texts of cells, left to right.
fn texts(cells: &[Cell]) -> Vec<&str> {
    cells.iter().map(|cell| cell.text.as_str()).collect()
}

#[test]
fn findings_are_listed_in_order_with_all_that_is_said_of_them() {
    for copy in [&*FILED, &*SEVERAL] {
        for (subject, form) in copy.subjects.iter().zip(copy.forms()) {
            let sheet = &copy.booklet.parts[form + 1].sheet;
            let findings = &subject.findings.findings;
            let listed: Vec<&[Cell]> = rows(sheet).collect();
            assert_eq!(listed.len(), findings.len().max(1));
            for (number, (finding, cells)) in (1..).zip(findings.iter().zip(listed)) {
                let texts = texts(cells);
                assert_eq!(texts[0], number.to_string());
                for said in [
                    finding.level.to_string(),
                    finding.rule.code.to_owned(),
                    finding.at.in_words(&subject.project, &subject.edition),
                    finding.message.clone(),
                    finding.hint.clone(),
                ] {
                    let cells = texts.iter().filter(|text| text.contains(&said));
                    assert_eq!(cells.count(), 1, "{said} in {texts:?}");
                }
            }
        }
    }
}

#[test]
fn a_finding_tells_the_page_on_which_its_first_cell_begins() {
    let mut seen = BTreeSet::new();
    for copy in [&*FILED, &*SEVERAL] {
        for (subject, form) in copy.subjects.iter().zip(copy.forms()) {
            let sheet = &copy.booklet.parts[form].sheet;
            for (row, finding) in (1..).zip(&subject.findings.findings) {
                let page = sheet.cell_for(&finding.at.place).map(|cell| {
                    let placed = copy.pages.placed(form, cell).expect("is printed");
                    placed.pieces[0].0 + 1 - copy.pages.parts[form].first
                });
                // What is about the form as a whole leads to where it begins.
                let expected = page.unwrap_or(1).to_string();
                let printed = copy.last_printed(form + 1, row);
                assert_eq!(printed, expected, "{}", finding.message);
                seen.insert(expected);
            }
        }
    }
    assert!(seen.len() > 2, "several pages are told: {seen:?}");
}

#[test]
fn the_line_above_says_how_the_form_stands() {
    for copy in [&*FILED, &*SEVERAL] {
        for (subject, form) in copy.subjects.iter().zip(copy.forms()) {
            let line = heading(&copy.booklet.parts[form + 1].sheet);
            let says = |what: &str| assert!(line.contains(what), "{line} lacks {what}");
            says("附一　校验意见");
            says(&Verdict::of([&subject.findings]).to_string());
            says(subject.project.name());
            for (word, level) in [
                ("错误", Severity::Error),
                ("警告", Severity::Warning),
                ("提示", Severity::Hint),
            ] {
                says(&format!("{word} {} 处", subject.findings.count(level)));
            }
        }
    }
}

#[test]
fn without_findings_the_list_says_so() {
    let mut subject = Subject::of("assets/samples/shenzhen-2020-filed.jiping");
    subject.findings.findings.clear();
    let booklet = booklet(&[subject], Mark::Final);
    assert!(booklet.parts[0].chips.is_empty());
    assert_eq!(booklet.references, []);
    let sheet = &booklet.parts[1].sheet;
    let said: Vec<Vec<&str>> = rows(sheet).map(texts).collect();
    assert_eq!(said, [["没有发现问题。"]]);
    assert!(heading(sheet).contains("可以报送。"), "{}", heading(sheet));
}

#[test]
fn rules_that_are_off_are_named() {
    let filed = &FILED.subjects[0];
    let code = filed.findings.findings[0].rule.code;
    let mut off = Adjustments::default();
    for code in [code, "V21"] {
        off.set_rule(None, code, Some(false), None);
    }
    let in_force = InForce::new(Chosen::BuiltIn, off);
    let findings = check_by(
        &filed.project,
        &filed.edition,
        date(2021, 3, 1),
        &in_force.rules_on(None),
    );
    let subject = Subject {
        project: filed.project.clone(),
        edition: filed.edition.clone(),
        findings,
    };
    let booklet = booklet(&[subject], Mark::ForReview);
    let sheet = &booklet.parts[1].sheet;
    let line = heading(sheet);
    assert!(line.contains("（已停用 2 条规则）"), "{line}");
    let mut codes = [code, "V21"];
    codes.sort_unstable();
    let named = format!("有 2 条规则已停用，没有校验：{}。", codes.join("、"));
    assert!(line.contains(&named), "{line}");
    let profile = "复核口径：内置（另有本机更改 2 处）。";
    assert!(line.contains(profile), "{line}");
    let is_clean = |cells: &[Cell]| cells.iter().all(|cell| !cell.text.contains(code));
    assert!(rows(sheet).all(is_clean));
}

/// The appendix with the working, where there is one.
fn working(booklet: &Booklet) -> Option<&FormSheet> {
    let mut found = booklet
        .parts
        .iter()
        .map(|part| &part.sheet)
        .filter(|sheet| heading(sheet).contains(WORKING));
    let first = found.next();
    assert!(found.next().is_none(), "one appendix with the working");
    first
}

/// A row of the working.
#[derive(Debug, PartialEq)]
struct Line {
    name: String,
    weight: Option<Decimal>,
    filed: Option<Decimal>,
    computed: Option<Decimal>,
    working: String,
}

impl Line {
    /// What the appendix says: the last five cells of a row, behind captions.
    fn read(cells: &[Cell]) -> Self {
        let texts = texts(&cells[cells.len() - 5..]);
        let number = |text: &str| match text {
            "—" => None,
            text => Some(text.parse().unwrap_or_else(|_| panic!("a number: {text}"))),
        };
        Self {
            name: texts[0].to_owned(),
            weight: number(texts[1]),
            filed: number(texts[2]),
            computed: number(texts[3]),
            working: texts[4].to_owned(),
        }
    }
}

/// What it must say between the execution and the total.
fn expected(project: &Project, score: &ProjectScore) -> Vec<Line> {
    let sections = project.goals.iter().zip(&score.goals);
    let sections = sections.flat_map(|(goal, scores)| goal.sections.iter().zip(&scores.sections));
    let groups = sections.flat_map(|(section, scores)| section.groups.iter().zip(&scores.groups));
    let mut lines = Vec::new();
    for (group, score) in groups {
        if !score.applicable {
            lines.push(Line {
                name: "不适用".to_owned(),
                weight: None,
                filed: None,
                computed: None,
                working: String::new(),
            });
        } else if score.as_one {
            lines.push(Line {
                name: "全组合并计分".to_owned(),
                weight: Some(score.weight.value),
                filed: Some(score.filed.value),
                computed: score.computed,
                working: score.working.to_string(),
            });
        } else {
            let members = group.indicators.iter().zip(&score.members);
            let counting = members.filter(|(_, score)| score.counts);
            lines.extend(counting.map(|(row, score)| Line {
                name: row.name.clone(),
                weight: score.weight,
                filed: score.filed,
                computed: score.computed,
                working: score.working.to_string(),
            }));
        }
    }
    lines
}

/// Fails unless the appendix says what the score says; returns how many lines it has.
fn assert_working(subject: &Subject, name: &str) -> usize {
    let score = score_project(&subject.project, &subject.edition);
    let booklet = booklet(std::slice::from_ref(subject), Mark::default());
    let sheet = working(&booklet).unwrap_or_else(|| panic!("{name}: has scores"));
    assert_tiled(sheet, name);
    // A row with a single cell names one of several goals.
    let scored = rows(sheet).filter(|cells| cells.len() > 1);
    let mut lines: Vec<Line> = scored.map(Line::read).collect();
    let total = lines.pop().expect("a total");
    assert_eq!(total.name, "总分", "{name}");
    assert_eq!(total.weight, Some(score.total.weight.value), "{name}");
    assert_eq!(total.computed, score.total.computed, "{name}");
    assert_eq!(total.filed, subject.project.stated.total_score.number());
    let filed = format!("合计 {}", score.total.filed.value.normalize());
    assert!(total.working.contains(&filed), "{name}: {total:?}");
    let execution = &score.execution;
    if execution.weight.is_some() || execution.filed.is_some() {
        let expected = Line {
            name: "预算执行率".to_owned(),
            weight: execution.weight,
            filed: execution.filed,
            computed: execution.score,
            working: execution.working.to_string(),
        };
        assert_eq!(lines.remove(0), expected, "{name}");
    }
    assert_eq!(lines, expected(&subject.project, &score), "{name}");
    lines.len()
}

#[test]
fn every_score_has_its_working() {
    assert!(assert_working(&FILED.subjects[0], "sample") > 5);
    let has_scores = |edition: &&Edition| edition.indicators.scored_by != ScoredBy::Nothing;
    for edition in EDITIONS.iter().filter(has_scores) {
        for points in [Points::Rows, Points::Groups] {
            let name = format!("{} {points:?}", edition.id);
            let subject = Subject::new(filled(edition, 2, points), edition.clone());
            assert_working(&subject, &name);
        }
    }
}

#[test]
fn forms_without_scores_have_no_working() {
    for id in ["transfer-2019", "transfer-2022", "forestry-2024"] {
        let edition = cases::edition(id);
        for project in [blank(&edition), without_points(&edition)] {
            let subject = Subject::new(project, edition.clone());
            let booklet = booklet(&[subject], Mark::default());
            assert_eq!(working(&booklet), None, "{id}");
            assert_eq!(booklet.parts.len(), 2, "{id}");
        }
    }
}

/// A filled form without weights and scores.
fn without_points(edition: &Edition) -> Project {
    let mut project = filled(edition, 2, Points::Groups);
    for index in 0..project.goals.len() {
        let goal = project.goals.get_mut(index).expect("a goal");
        goal.weight = FigureCell::default();
        for index in 0..goal.sections.len() {
            let section = goal.sections.get_mut(index).expect("a section");
            for index in 0..section.groups.len() {
                let group = section.groups.get_mut(index).expect("a group");
                (group.weight, group.score) = Default::default();
            }
        }
    }
    project
}

/// Fails unless the cells of a part that lie on one page have their text in them. Pages are told where they are looked up.
fn assert_printed(copy: &ReviewCopy, part: usize) {
    let sheet = &copy.booklet.parts[part].sheet;
    assert_tiled(sheet, &sheet.name);
    for (address, cell) in sheet.cells() {
        let placed = copy.pages.placed(part, address).expect("is printed");
        if cell.text == "—" || placed.pieces.len() > 1 {
            continue;
        }
        let printed = copy.printed(part, address);
        assert_eq!(
            sorted(&printed),
            sorted(&cell.text),
            "{} is printed as {printed}",
            letters(&cell.text)
        );
    }
}

#[test]
fn all_text_of_appendices_and_contents_is_printed_in_its_cells() {
    for copy in [&*FILED, &*SEVERAL] {
        let forms = copy.forms();
        for part in (0..copy.booklet.parts.len()).filter(|part| !forms.contains(part)) {
            assert_printed(copy, part);
        }
    }
}
