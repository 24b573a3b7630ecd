//! Findings of an open file: always those of a fresh check, and the way to mend them.

use jiping::{
    model::{
        document::Document,
        id::{CountedIds, Id},
        policy::Severity,
        project::Stage,
    },
    rules::{
        catalogue::{self, Check},
        checker::{Checker, ProjectFindings},
        finding::{CellChange, Finding, Fix},
    },
    session::session::FixError,
    store::format,
};
use proptest::prelude::*;

use super::*;
use crate::{
    cases::{self, without},
    fixes::TWO_WRONG_SCORES,
    generate,
};

/// What a person does, drawn before it is known where.
#[derive(Debug, Clone)]
enum Turn {
    Edit(generate::Step),
    Undo,
    Redo,
    Look,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![
        6 => generate::step().prop_map(Turn::Edit),
        2 => Just(Turn::Undo),
        1 => Just(Turn::Redo),
        2 => Just(Turn::Look),
    ];
    proptest::collection::vec(turn, 1..20)
}

/// The findings after all turns, and those of a checker that never saw the document before.
fn found_and_fresh(
    mut session: Session,
    turns: &[Turn],
) -> (Vec<Arc<ProjectFindings>>, Vec<Arc<ProjectFindings>>) {
    let mut ids = CountedIds(0xE000_0000_0000_0000);
    for turn in turns {
        match turn {
            Turn::Edit(step) => {
                let command = step.command(session.document(), &mut ids);
                // Some steps are refused, which is a case too.
                let _ = session.edit(&command);
            }
            Turn::Undo => drop(session.undo()),
            Turn::Redo => drop(session.redo()),
            Turn::Look => drop(session.findings().to_vec()),
        }
    }
    let found = session.findings().to_vec();
    let today = noon().date();
    let fresh = Checker::default().check(session.document(), session.editions(), today);
    (found, fresh)
}

proptest! {
    #[test]
    fn findings_after_any_edits_of_any_form_are_those_of_a_fresh_check(
        mut document in generate::document(),
        turns in turns(),
    ) {
        document.editions.push(Arc::new(generate::EDITION.clone()));
        let fs = SimulatedFs::new();
        fs.put(FILE, format::write(&document));
        let (found, fresh) = found_and_fresh(open(&fs), &turns);
        prop_assert_eq!(found, fresh);
    }
}

proptest! {
    // The real form is large.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 8,
        ..ProptestConfig::default()
    })]
    #[test]
    fn findings_after_any_edits_of_the_real_form_are_those_of_a_fresh_check(turns in turns()) {
        let (found, fresh) = found_and_fresh(open(&disk()), &turns);
        prop_assert_eq!(found, fresh);
    }
}

#[test]
fn only_what_changed_is_checked_again() {
    let fs = disk();
    let mut session = open(&fs);
    // A copy is like its original: what shows only beside it would change with the name.
    let across = catalogue::all().filter(|rule| matches!(rule.check, Check::Across));
    session.judge_by(without(across.map(|rule| rule.code)));
    let first = session
        .document()
        .projects
        .first()
        .expect("a project")
        .clone();
    let copy = Arc::new(first.duplicate(&mut &*world(&fs)));
    let command = EditCommand::InsertProject {
        index: 1,
        project: copy,
    };
    assert_eq!(session.edit(&command), Ok(true));
    let before = session.findings().to_vec();
    rename(&mut session, "只改第一个");
    let after = session.findings();
    assert!(!Arc::ptr_eq(&before[0], &after[0]));
    assert!(Arc::ptr_eq(&before[1], &after[1]));
}

#[test]
fn a_new_day_means_a_new_check() {
    let fs = disk();
    let clock = Arc::new(FixedClock::new(noon()));
    let world = Arc::new(Environment::for_tests(&fs, clock.clone(), 0));
    let mut session = Session::open(world, Path::new(FILE)).expect("opens");
    let today = session.findings()[0].clone();
    assert!(Arc::ptr_eq(&today, &session.findings()[0]));
    clock.set(noon().tomorrow().expect("a day"));
    assert!(!Arc::ptr_eq(&today, &session.findings()[0]));
}

/// The first finding that offers a fix.
fn with_fix(session: &mut Session) -> Finding {
    let mut findings = session.findings().iter().flat_map(|found| &found.findings);
    findings
        .find(|finding| finding.fix.is_some())
        .expect("the filed form has some")
        .clone()
}

#[test]
fn a_fix_is_one_step_that_mends_its_finding_and_can_be_undone() {
    let fs = disk();
    let mut session = open(&fs);
    let opened = Arc::clone(session.document());
    let finding = with_fix(&mut session);
    let title = finding.fix.as_ref().expect("a fix").title.clone();
    assert_eq!(session.apply_fix(&finding), Ok(true));
    let fixed = session.findings();
    let stands = |finding: &Finding| fixed.iter().any(|found| found.findings.contains(finding));
    assert!(!stands(&finding));
    assert_eq!(session.undo(), Some(title));
    assert_eq!(session.document(), &opened);
}

#[test]
fn a_fix_is_refused_once_its_finding_does_not_stand_any_more() {
    let fs = disk();
    let mut session = open(&fs);
    let finding = with_fix(&mut session);
    assert_eq!(session.apply_fix(&finding), Ok(true));
    let mended = Arc::clone(session.document());
    assert_eq!(session.apply_fix(&finding), Err(FixError::Outdated));
    assert_eq!(session.document(), &mended);
}

#[test]
fn a_finding_without_fix_is_left_to_the_person() {
    let fs = disk();
    let mut session = open(&fs);
    let mut findings = session.findings().iter().flat_map(|found| &found.findings);
    let finding = findings
        .find(|finding| finding.fix.is_none())
        .expect("one without")
        .clone();
    assert_eq!(session.apply_fix(&finding), Err(FixError::NotOffered));
    assert!(!session.is_dirty());
}

#[test]
fn a_fix_that_the_stage_forbids_changes_nothing() {
    let fs = disk();
    let mut session = open(&fs);
    let project = session.document().projects.first().expect("a project").id;
    let stage = Stage::Final;
    assert_eq!(
        session.edit(&EditCommand::SetStage { project, stage }),
        Ok(true)
    );
    let before = Arc::clone(session.document());
    let finding = with_fix(&mut session);
    assert!(matches!(
        session.apply_fix(&finding),
        Err(FixError::Refused(_))
    ));
    assert_eq!(session.document(), &before);
}

#[test]
fn a_fix_of_several_cells_is_made_whole_or_not_at_all() {
    let fs = disk();
    let mut session = open(&fs);
    let mut finding = with_fix(&mut session);
    let project = finding.at.project;
    let gone = Place::Indicator(Id::from_bits(1), IndicatorField::Actual);
    if let Some(Fix { changes, .. }) = &mut finding.fix {
        changes.push(CellChange {
            at: CellPath {
                project,
                place: gone,
            },
            new: String::new(),
        });
    }
    // Nobody offered this fix.
    assert_eq!(session.apply_fix(&finding), Err(FixError::Outdated));
    assert!(!session.is_dirty());
}

/// A session with the one form of a case.
fn with_case(text: &str) -> Session {
    let (project, _, _) = cases::parse(text).swap_remove(0).form();
    let mut document = Document::new(Id::new(&mut CountedIds(0xD000_0000_0000_0000)));
    document.projects.push(project);
    let fs = SimulatedFs::new();
    fs.put(FILE, format::write(&document));
    open(&fs)
}

#[test]
fn all_fixes_of_a_rule_are_one_step_and_the_total_has_them_all() {
    let mut session = with_case(TWO_WRONG_SCORES);
    let opened = Arc::clone(session.document());
    let total = |session: &Session| {
        let project = session.document().projects.first().expect("a project");
        project.stated.total_score.text().to_owned()
    };
    assert_eq!(total(&session), "85");
    let project = opened.projects.first().expect("a project").id;
    assert_eq!(session.apply_fixes("C02", Some(project)), Ok(2));
    assert_eq!(total(&session), "65");
    let left = session.findings()[0].findings.iter();
    let wrong = left.filter(|one| matches!(one.rule.code, "C02" | "S02"));
    assert_eq!(wrong.count(), 0);
    assert_eq!(session.apply_fixes("C02", None), Ok(0));
    assert_eq!(
        session.undo().as_deref(),
        Some("修正 2 处：得分与完成比例不符")
    );
    assert_eq!(session.document(), &opened);
}

#[test]
fn the_verdict_counts_what_must_be_mended_now() {
    let fs = disk();
    let mut session = open(&fs);
    let verdict = session.verdict();
    let errors = session.findings()[0].count(Severity::Error);
    assert!(verdict.blocking > 0 && verdict.blocking <= errors);
    assert_eq!(
        verdict.to_string(),
        format!("还有 {} 处必须修改", verdict.blocking)
    );

    fs.put(
        FILE,
        include_bytes!("../../../assets/samples/shenzhen-2020-corrected.jiping"),
    );
    let corrected = open(&fs).verdict();
    assert!(corrected.is_ready());
    assert_eq!(corrected.to_string(), "可以报送");
}

/// Rules off: the findings of a session follow without an edit, and nobody mistakes them for those of a whole check.
mod disabled {
    use jiping::rules::{
        catalogue,
        checker::{Verdict, check_by},
        profile::InForce,
    };

    use super::*;

    fn codes(session: &mut Session) -> Vec<&'static str> {
        let findings = session.findings();
        let all = findings.iter().flat_map(|project| &project.findings);
        all.map(|finding| finding.rule.code).collect()
    }

    #[test]
    fn what_was_found_before_is_forgotten_when_rules_are_turned_off_and_on() {
        let mut session = open(&disk());
        let all = codes(&mut session);
        let code = all[0];
        let revision = session.revision();
        session.judge_by(without([code]));
        let rest: Vec<_> = all.iter().copied().filter(|one| *one != code).collect();
        let left = codes(&mut session);
        assert!(!left.contains(&code));
        for one in rest {
            assert!(left.contains(&one), "{one} went with {code}");
        }
        assert_eq!(session.revision(), revision, "the document is the same");
        assert!(!session.is_dirty());
        session.judge_by(InForce::default());
        assert_eq!(codes(&mut session), all);
    }

    #[test]
    fn unchanged_projects_are_not_looked_at_again_while_rules_stay() {
        let mut session = open(&disk());
        session.judge_by(without(["C16"]));
        let first = Arc::clone(&session.findings()[0]);
        session.judge_by(without(["C16"]));
        assert!(Arc::ptr_eq(&first, &session.findings()[0]));
    }

    #[test]
    fn a_rule_that_is_off_silences_no_other_one() {
        let session = open(&disk());
        let project = session.document().projects.first().expect("a project");
        let edition = session.editions().of(project).expect("its edition");
        let today = noon().date();
        let found = |in_force: &InForce| {
            let applied = in_force.rules_on(None);
            let findings = check_by(project, &edition, today, &applied).findings;
            findings
                .into_iter()
                .map(|finding| (finding.rule.code, finding.at))
                .collect::<Vec<_>>()
        };
        let all = found(&InForce::default());
        let mut spoke_up = 0;
        for rule in catalogue::all() {
            let rest = found(&without([rule.code]));
            assert!(rest.iter().all(|(code, _)| *code != rule.code));
            for one in all.iter().filter(|(code, _)| *code != rule.code) {
                assert!(rest.contains(one), "{one:?} went with {}", rule.code);
            }
            for new in rest.iter().filter(|one| !all.contains(one)) {
                assert!(
                    rule.silences.contains(&new.0),
                    "{new:?} was not silenced by {}",
                    rule.code
                );
                spoke_up += 1;
            }
        }
        assert!(spoke_up > 0, "the sample has findings that are silenced");
    }

    #[test]
    fn every_verdict_says_how_many_rules_are_off() {
        let verdict = |blocking, approved, unchecked, disabled| {
            Verdict {
                blocking,
                approved,
                unchecked,
                disabled,
            }
            .to_string()
        };
        assert_eq!(verdict(0, 0, 0, 0), "可以报送");
        assert_eq!(verdict(0, 0, 0, 3), "可以报送（已停用 3 条规则）");
        assert_eq!(verdict(2, 0, 0, 1), "还有 2 处必须修改（已停用 1 条规则）");
        for (blocking, approved, unchecked) in [(0, 1, 0), (0, 0, 1), (4, 0, 1)] {
            let plain = verdict(blocking, approved, unchecked, 0);
            let with = verdict(blocking, approved, unchecked, 5);
            assert_eq!(with, format!("{plain}（已停用 5 条规则）"));
        }
    }
}
