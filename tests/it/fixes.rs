//! What a fix promises: nothing of its rule is left where it was used, and it makes nothing worse.

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::Date;
use jiping::{
    edit::{apply::apply, command::EditCommand},
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        path::CellPath,
        project::Project,
    },
    rules::{
        catalogue::Rule,
        checker::check_project,
        finding::{CellChange, Finding, Fix},
        profile::InForce,
    },
    session::fixing::{change_command, is_offered, one_after_another},
};

use crate::{cases, rules::case_files};

/// A form with changes made, as the window makes them; `None` where the form's stage locks it.
fn changed(project: &Project, changes: &[CellChange]) -> Option<Project> {
    let mut document = Document::new(Id::new(&mut CountedIds(1 << 40)));
    document.projects.push(project.clone());
    let command = EditCommand::Many {
        label: "修正".into(),
        commands: changes.iter().map(change_command).collect(),
    };
    let after = match project.stage.is_editable() {
        true => apply(&document, &command).expect("a fix is allowed"),
        false => return None,
    };
    after
        .projects
        .first()
        .map(|project| Project::clone(project))
}

fn mended(project: &Project, fix: &Fix) -> Option<Project> {
    changed(project, &fix.changes)
}

/// What the fixes of a rule leave behind, in words; nothing where they keep their promise.
fn left_behind(
    project: &Project,
    edition: &Edition,
    today: Date,
    before: &[Finding],
    rule: &Rule,
    changes: &[CellChange],
) -> Vec<String> {
    let Some(after) = changed(project, changes) else {
        return Vec::new();
    };
    let changed: BTreeSet<&CellPath> = changes.iter().map(|change| &change.at).collect();
    let known: BTreeSet<(&str, &CellPath)> = before
        .iter()
        .flat_map(|finding| finding.cells.iter().map(|cell| (finding.rule.code, cell)))
        .collect();
    let mut faults = Vec::new();
    for left in check_project(&after, edition, today).findings {
        let code = left.rule.code;
        let stays = code == rule.code && left.cells.iter().any(|cell| changed.contains(cell));
        // What waited for the cause comes up once it is mended: a score that is lowered now owes a reason.
        let waited = rule.silences.contains(&code);
        let is_new = !waited && left.cells.iter().any(|cell| !known.contains(&(code, cell)));
        if stays || is_new {
            let place = left.at.in_words(&after, edition);
            let what = if stays { "still" } else { "new" };
            faults.push(format!("{what}: {code} @ {place}: {}", left.message));
        }
    }
    faults
}

#[test]
fn every_fix_leaves_nothing_of_its_rule_and_makes_nothing_of_another() {
    let mut faults = Vec::new();
    let mut fixed = BTreeSet::new();
    for (file, text) in case_files() {
        for case in cases::parse(&text) {
            let (project, edition, today) = case.form();
            let before = check_project(&project, &edition, today).findings;
            for finding in before.iter().filter(|finding| finding.fix.is_some()) {
                fixed.insert(finding.rule.code);
                let changes = finding.fix.as_ref().map_or(&[][..], |fix| &fix.changes);
                let rule = finding.rule;
                for fault in left_behind(&project, &edition, today, &before, rule, changes) {
                    let code = rule.code;
                    let said = &finding.message;
                    faults.push(format!("{file} {}\n  {code} {said}\n  {fault}", case.title));
                }
            }
        }
    }
    assert!(fixed.len() >= 15, "fixes of {fixed:?} only");
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn no_fix_touches_what_was_approved() {
    for (file, text) in case_files() {
        for case in cases::parse(&text) {
            let (project, edition, today) = case.form();
            let project = Arc::new(project);
            for finding in check_project(&project, &edition, today).findings {
                let Some(after) = finding.fix.as_ref().and_then(|fix| mended(&project, fix)) else {
                    continue;
                };
                let approved = |project: &Project| -> Vec<_> {
                    project.rows().map(|view| view.indicator.filed()).collect()
                };
                let code = finding.rule.code;
                assert_eq!(
                    approved(&project),
                    approved(&after),
                    "{file}: the fix of {code}"
                );
            }
        }
    }
}

/// The fixes of one rule in a form, made together.
fn together(
    project: &Project,
    edition: &Edition,
    today: Date,
    of_rule: &[&Finding],
) -> Vec<CellChange> {
    let (project, edition) = (Arc::new(project.clone()), Arc::new(edition.clone()));
    let in_force = InForce::default();
    let mended = one_after_another(&project, of_rule, &edition, &in_force, today);
    mended.expect("fixes are allowed").changes
}

#[test]
fn all_fixes_of_a_rule_together_leave_nothing_of_it_and_make_nothing_of_another() {
    let mut faults = Vec::new();
    let mut several = BTreeSet::new();
    for (file, text) in case_files() {
        for case in cases::parse(&text) {
            let (project, edition, today) = case.form();
            if !project.stage.is_editable() {
                continue;
            }
            let before = check_project(&project, &edition, today).findings;
            let codes: BTreeSet<&str> = before.iter().map(|one| one.rule.code).collect();
            for code in codes {
                let is_wanted = |one: &&Finding| one.rule.code == code && is_offered(one);
                let of_rule: Vec<&Finding> = before.iter().filter(is_wanted).collect();
                let Some(first) = of_rule.get(1) else {
                    continue;
                };
                several.insert(code);
                let changes = together(&project, &edition, today, &of_rule);
                for fault in left_behind(&project, &edition, today, &before, first.rule, &changes) {
                    faults.push(format!("{file} {}\n  {code} {fault}", case.title));
                }
            }
        }
    }
    assert!(several.len() >= 3, "several fixes of {several:?} only");
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// A form with two scores to be mended, whose total states their sum.
pub const TWO_WRONG_SCORES: &str = "## 报警 两组各有一项得分不符
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |
|---|---|---|---|---|---|---|---|
| 产出指标 | 数量指标 | 举办业务培训场次 | ≥10场 | 7场 | 50 | 45 | 场地维修，少办三场；下年度提前落实场地。 |
| 效益指标 | 社会效益指标 | 参训人员覆盖率 | ≥90% | 45% | 40 | 30 | 两个片区没有覆盖；下年度分片区开班。 |";

#[test]
fn scores_mended_together_give_one_total() {
    let case = cases::parse(TWO_WRONG_SCORES).swap_remove(0);
    let (project, edition, today) = case.form();
    let findings = check_project(&project, &edition, today).findings;
    let of_rule: Vec<&Finding> = findings
        .iter()
        .filter(|one| one.rule.code == "C02" && is_offered(one))
        .collect();
    assert_eq!(of_rule.len(), 2, "one in each group");
    let changes = together(&project, &edition, today, &of_rule);
    let after = changed(&project, &changes).expect("a form that is open");
    // 10 + 35 + 20; each alone makes it 75.
    assert_eq!(after.stated.total_score.text(), "65");
    let left = check_project(&after, &edition, today).findings;
    let wrong = left
        .iter()
        .any(|one| matches!(one.rule.code, "C02" | "S02"));
    assert!(!wrong, "{}", cases::listing(&left, &after, &edition));
}
