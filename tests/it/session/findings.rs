//! Findings of an open file: always those of a fresh check, and the way to mend them.

use jiping::{
    edit::command::{Parts, Relocation},
    model::policy::Severity,
    rules::{
        checker::check_project,
        finding::{CellChange, Finding, Fix},
    },
    session::session::FixError,
};
use proptest::{prelude::*, sample::Index};

use super::*;

/// A change that picks its place only when it is made.
#[derive(Debug, Clone)]
enum Step {
    Set(Index, IndicatorField, String),
    Header(String),
    Remove(Index),
    Move(Index, Index, usize),
    Duplicate,
    RemoveLast,
    Undo,
    Redo,
    Look,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let field = prop_oneof![
        Just(IndicatorField::Name),
        Just(IndicatorField::Target),
        Just(IndicatorField::Actual),
        Just(IndicatorField::Score),
        Just(IndicatorField::Deviation),
    ];
    let text = "(≥|≤)?[0-9]{0,3}(次|%|个)?|不适用|均均得意|年度课题数量";
    let step = prop_oneof![
        6 => (any::<Index>(), field, text).prop_map(|(at, field, text)| Step::Set(at, field, text)),
        1 => text.prop_map(Step::Header),
        1 => any::<Index>().prop_map(Step::Remove),
        1 => (any::<Index>(), any::<Index>(), 0..5_usize)
            .prop_map(|(row, group, index)| Step::Move(row, group, index)),
        1 => Just(Step::Duplicate),
        1 => Just(Step::RemoveLast),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        2 => Just(Step::Look),
    ];
    proptest::collection::vec(step, 1..16)
}

/// Makes a step; a refused one changes nothing.
fn make(session: &mut Session, step: Step) {
    let project = session
        .document()
        .projects
        .first()
        .expect("a project")
        .clone();
    let rows: Vec<_> = project.rows().map(|view| view.indicator.id).collect();
    let command = match step {
        Step::Set(at, field, text) => {
            let place = row_place(session, at.index(rows.len()), field);
            set(session, place, &text)
        }
        Step::Header(text) => set(session, Place::Header(header::YEAR.into()), &text),
        Step::Remove(at) => EditCommand::Remove {
            project: project.id,
            parts: Parts::Indicators(vec![*at.get(&rows)]),
        },
        Step::Move(row, group, index) => {
            let groups: Vec<_> = project.groups().map(|view| view.group.id).collect();
            EditCommand::Move {
                project: project.id,
                to: Relocation::Indicators(vec![*row.get(&rows)], *group.get(&groups)),
                index,
            }
        }
        Step::Duplicate => EditCommand::InsertProject {
            index: 1,
            project: Arc::new(project.duplicate(&mut &*world(&SimulatedFs::new()))),
        },
        Step::RemoveLast => EditCommand::RemoveProject {
            project: session.document().projects.last().expect("a project").id,
        },
        Step::Undo => {
            session.undo();
            return;
        }
        Step::Redo => {
            session.redo();
            return;
        }
        Step::Look => {
            session.findings();
            return;
        }
    };
    if matches!(command, EditCommand::RemoveProject { .. }) && session.document().projects.len() < 2
    {
        return;
    }
    let _refused_or_not = session.edit(&command);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]
    #[test]
    fn findings_after_any_edits_are_those_of_a_fresh_check(steps in steps()) {
        let fs = disk();
        let mut session = open(&fs);
        session.findings();
        for step in steps {
            make(&mut session, step);
        }
        let document = Arc::clone(session.document());
        let fresh: Vec<_> = document
            .projects
            .iter()
            .map(|project| {
                let edition = session.editions().of(project).expect("built in");
                check_project(project, &edition, noon().date())
            })
            .collect();
        let found: Vec<_> = session.findings().iter().map(|found| (**found).clone()).collect();
        prop_assert_eq!(found, fresh);
    }
}

#[test]
fn only_what_changed_is_checked_again() {
    let fs = disk();
    let mut session = open(&fs);
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
    let stage = jiping::model::project::Stage::Final;
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
    let gone = Place::Indicator(jiping::model::id::Id::from_bits(1), IndicatorField::Actual);
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
