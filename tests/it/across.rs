//! What shows only across projects: the same after any edits as after one look, and found again only where something
//! changed.

use std::sync::Arc;

use jiff::civil::date;
use jiping::{
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id, IdSource},
        policy::Severity,
        project::{EditionRef, Explanation, Project, header},
    },
    rules::checker::{Checker, EditionSource, ProjectFindings, check_project},
};
use proptest::prelude::*;

use crate::cases;

/// Every project is on this edition.
struct OneEdition(Arc<Edition>);

impl EditionSource for OneEdition {
    fn edition(&self, _: &EditionRef) -> Option<Arc<Edition>> {
        Some(Arc::clone(&self.0))
    }

    fn revision(&self) -> u64 {
        0
    }
}

/// A document whose projects are changed one after the other.
struct Bench {
    source: OneEdition,
    clean: Project,
    ids: CountedIds,
    document: Document,
    checker: Checker,
}

impl Bench {
    fn new() -> Self {
        let edition = cases::edition("mof-2020");
        let clean = cases::clean_project(&edition);
        let mut ids = CountedIds(0x1000);
        Self {
            document: Document::new(Id::from_bits(ids.next_id())),
            source: OneEdition(Arc::new(edition)),
            clean,
            ids,
            checker: Checker::default(),
        }
    }

    /// A further project of this name with this goal and result.
    fn with(mut self, name: &str, told: &str) -> Self {
        self.add(name, told);
        self
    }

    fn add(&mut self, name: &str, told: &str) {
        let mut project = self.clean.duplicate(&mut self.ids);
        set(&mut project, name, told);
        self.document.projects.push(project);
    }

    fn edit(&mut self, index: usize, change: impl FnOnce(&mut Project)) {
        change(self.document.projects.get_mut(index).expect("a project"));
    }

    fn check(&mut self) -> Vec<Arc<ProjectFindings>> {
        self.checker
            .check(&self.document, &self.source, date(2021, 3, 1))
    }

    fn fresh(&self) -> Vec<Arc<ProjectFindings>> {
        Checker::default().check(&self.document, &self.source, date(2021, 3, 1))
    }

    fn codes(&mut self, index: usize) -> Vec<&'static str> {
        let found = self.check();
        let findings = found[index].findings.iter();
        findings.map(|finding| finding.rule.code).collect()
    }
}

fn set(project: &mut Project, name: &str, told: &str) {
    let key = header::PROJECT_NAME.to_owned();
    project.header.insert(key, name.into());
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.expected = told.into();
}

const COPIED: &str = "完成全县二十三处供水设施检修，更换老旧管道四千二百米，水质抽检合格，受益群众用水得到保障，不发生停水事故。";
const OTHER: &str = "新建加压泵站一座，改造主干管网三公里，漏损率降到百分之十二以下，老城区高层住户水压不足的问题基本解决好。";

/// What happens to the document.
#[derive(Debug, Clone)]
enum Step {
    Add(u8, u8),
    Remove(u8),
    Move(u8, u8),
    Rename(u8, u8),
    Tell(u8, u8),
    Unit(u8, u8),
    Budget(u8, u8),
    Points(u8, bool),
    Target(u8, u8),
    Look,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => any::<(u8, u8)>().prop_map(|(a, b)| Step::Add(a, b)),
        2 => any::<u8>().prop_map(Step::Remove),
        1 => any::<(u8, u8)>().prop_map(|(a, b)| Step::Move(a, b)),
        2 => any::<(u8, u8)>().prop_map(|(a, b)| Step::Rename(a, b)),
        2 => any::<(u8, u8)>().prop_map(|(a, b)| Step::Tell(a, b)),
        1 => any::<(u8, u8)>().prop_map(|(a, b)| Step::Unit(a, b)),
        2 => any::<(u8, u8)>().prop_map(|(a, b)| Step::Budget(a, b)),
        1 => any::<(u8, bool)>().prop_map(|(a, b)| Step::Points(a, b)),
        2 => any::<(u8, u8)>().prop_map(|(a, b)| Step::Target(a, b)),
        3 => Just(Step::Look),
    ];
    proptest::collection::vec(step, 1..40)
}

fn name(number: u8) -> String {
    let names = [
        "供水改造",
        "管网维护",
        "供水改造2019年",
        "泵站新建",
        "供水 改造",
    ];
    names[number as usize % names.len()].to_owned()
}

/// A few texts: some the same, some nearly so, some different, one short.
fn told(number: u8) -> String {
    match number % 6 {
        0 => COPIED.to_owned(),
        1 => OTHER.to_owned(),
        2 => "保障运转".to_owned(),
        _ => COPIED.replacen(
            "四千二百",
            ["一万", "三千六百", "九百", "两千四百五十"][number as usize % 4],
            1,
        ),
    }
}

fn edit(bench: &mut Bench, number: u8, change: &dyn Fn(&mut Project)) {
    let count = bench.document.projects.len();
    if count > 0 {
        bench.edit(number as usize % count, change);
    }
}

fn take(bench: &mut Bench, step: &Step) {
    let count = bench.document.projects.len();
    let at = |number: u8| number as usize % count.max(1);
    match *step {
        Step::Add(a, b) => bench.add(&name(a), &told(b)),
        Step::Remove(a) => drop(bench.document.projects.remove(at(a))),
        Step::Move(a, b) => {
            if let Some(project) = bench.document.projects.remove(at(a)) {
                bench.document.projects.insert(at(b), project);
            }
        }
        Step::Rename(a, b) => edit(bench, a, &|project| {
            let key = header::PROJECT_NAME.to_owned();
            project.header.insert(key, name(b).into());
        }),
        Step::Tell(a, b) => edit(bench, a, &|project| {
            project.goals.get_mut(0).expect("a goal").expected = told(b).into();
        }),
        Step::Unit(a, b) => edit(bench, a, &|project| {
            let unit = ["某市水务局", "某市 水务局", "某市水务局（本级）"][b as usize % 3];
            project.header.insert(header::UNIT.to_owned(), unit.into());
        }),
        Step::Budget(a, b) => edit(bench, a, &|project| {
            let amount = ["100.00", "112.65", "87.35", "120"][b as usize % 4];
            for row in [0, 1] {
                let row = project
                    .funds
                    .get_mut(row)
                    .expect("the total and its source");
                row.figures.insert("adjusted".to_owned(), amount.into());
            }
        }),
        Step::Points(a, is_full) => edit(bench, a, &|project| {
            project.stated.total_score = if is_full { "100" } else { "97" }.into();
        }),
        Step::Target(a, b) => edit(bench, a, &|project| {
            let goal = project.goals.get_mut(0).expect("a goal");
            let groups = &mut goal.sections.get_mut(0).expect("a section").groups;
            let group = groups.get_mut(3).expect("the costs");
            let row = group.indicators.get_mut(0).expect("a row");
            row.target = ["≤500元", "≤400元", "=400元"][b as usize % 3].into();
        }),
        Step::Look => drop(bench.check()),
    }
}

proptest! {
    #[test]
    fn findings_after_any_edits_are_those_of_a_fresh_check(
        few in 0..14_u8,
        steps in steps(),
    ) {
        let mut bench = Bench::new();
        for number in 0..few {
            bench.add(&name(number), &told(number));
        }
        for step in &steps {
            take(&mut bench, step);
        }
        let fresh = bench.fresh();
        prop_assert_eq!(bench.check(), fresh);
    }
}

#[test]
fn an_edit_renews_only_the_findings_that_it_changes() {
    let mut bench = Bench::new()
        .with("供水改造", COPIED)
        .with("管网维护", COPIED)
        .with("泵站新建", OTHER);
    let before = bench.check();
    bench.edit(1, |project| set(project, "管网维护", "更换沿街消火栓"));
    let after = bench.check();
    assert!(before[0].findings.iter().any(|one| one.rule.code == "H12"));
    assert!(after[0].findings.iter().all(|one| one.rule.code != "H12"));
    assert!(!Arc::ptr_eq(&before[1], &after[1]));
    assert!(Arc::ptr_eq(&before[2], &after[2]), "nothing to do with it");
    let same = bench.check();
    assert!(after.iter().zip(&same).all(|(a, b)| Arc::ptr_eq(a, b)));
}

#[test]
fn a_form_alone_is_not_set_beside_others() {
    let mut bench = Bench::new().with("供水改造", COPIED);
    let alone = bench.document.projects.first().expect("a project");
    let expected = check_project(alone, &bench.source.0, date(2021, 3, 1));
    assert_eq!(*bench.check()[0], expected);
}

#[test]
fn a_rule_that_is_off_finds_nothing_across_projects_and_silences_nothing() {
    let mut bench = Bench::new()
        .with("供水改造", COPIED)
        .with("管网维护", COPIED);
    for (index, amount) in ["112.65", "87.35"].into_iter().enumerate() {
        bench.edit(index, |project| {
            // The total and the one source that makes it.
            for row in 0..2 {
                let row = project.funds.get_mut(row).expect("a fund row");
                row.figures.insert("adjusted".to_owned(), amount.into());
            }
        });
    }
    let has = |codes: &[&str], code| codes.contains(&code);
    let codes = bench.codes(0);
    assert!(has(&codes, "H12") && has(&codes, "X03") && !has(&codes, "B08"));
    bench.checker.judge_by(cases::without(["H12", "X03"]));
    let codes = bench.codes(0);
    assert!(!has(&codes, "H12") && !has(&codes, "X03") && has(&codes, "B08"));
}

#[test]
fn an_explanation_holds_while_others_come_and_ends_when_the_copy_changes() {
    let mut bench = Bench::new()
        .with("供水改造", COPIED)
        .with("管网维护", COPIED);
    let found = bench.check();
    let finding = found[0].findings.iter().find(|one| one.rule.code == "H12");
    let finding = finding.expect("a copy").clone();
    bench.edit(0, |project| {
        let given: Explanation = serde_json::from_value(serde_json::json!({
            "id": Id::<Explanation>::from_bits(7),
            "rule": "H12",
            "at": finding.at,
            "text": "两个项目的工程内容一致，已分别核实",
            "fingerprint": finding.fingerprint(),
        }))
        .expect("an explanation");
        project.explanations.push(given);
    });
    let counts = |bench: &mut Bench| bench.check()[0].count(Severity::Warning);
    assert_eq!(counts(&mut bench), 0);
    bench.add("泵站新建", OTHER);
    bench.add("闸阀维护", "更换沿街消火栓");
    assert_eq!(counts(&mut bench), 0);
    bench.edit(1, |project| {
        set(project, "管网维护", &COPIED.replace("二十三", "三十二"))
    });
    assert_eq!(counts(&mut bench), 1);
}

/// Projects that differ in one word of a long text: every one is like every other.
fn many(count: usize, told: impl Fn(usize) -> String) -> Bench {
    let mut bench = Bench::new();
    for number in 0..count {
        bench.add(&format!("供水改造{}", name_of(number)), &told(number));
    }
    bench
}

/// A number in characters, so that names differ in more than numbers.
fn name_of(number: usize) -> String {
    let digits = number.to_string();
    digits
        .bytes()
        .filter_map(|digit| {
            "甲乙丙丁戊己庚辛壬癸"
                .chars()
                .nth(usize::from(digit - b'0'))
        })
        .collect()
}

#[test]
fn among_hundreds_of_copies_each_names_one_other() {
    let long = COPIED.repeat(6);
    let same = |_| long.clone();
    let nearly = |number| format!("{long}第{}批。", name_of(number));
    let blank = |_| String::new();
    let texts: [(&dyn Fn(usize) -> String, bool); 3] =
        [(&same, true), (&nearly, true), (&blank, false)];
    for (told, is_copied) in texts {
        let mut bench = many(300, told);
        for found in bench.check() {
            let copied: Vec<_> = found
                .findings
                .iter()
                .filter(|one| one.rule.code == "H12")
                .collect();
            assert_eq!(copied.len(), usize::from(is_copied));
            assert!(copied.iter().all(|one| one.message.chars().count() < 80));
        }
    }
}

#[test]
fn a_code_given_to_many_projects_names_a_few_of_them() {
    let mut bench = many(40, |_| String::new());
    for index in 0..40 {
        bench.edit(index, |project| {
            let key = header::PROJECT_CODE.to_owned();
            project.header.insert(key, "P2020001".into());
        });
    }
    let found = bench.check();
    let finding = found[0].findings.iter().find(|one| one.rule.code == "X04");
    let message = &finding.expect("a code twice").message;
    assert_eq!(message.matches('“').count(), 3, "{message}");
    assert!(message.ends_with("等39个项目重复"), "{message}");
}
