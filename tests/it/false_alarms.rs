//! How often the checks cry wolf: every finding on forms that are right, and every finding of a text rule that nobody
//! expected, is read by a person and called right here with a reason, or counts as a false alarm.

use std::collections::{BTreeMap, BTreeSet};

use jiping::{
    model::{edition::Edition, policy::Severity, project::Project},
    rules::{catalogue, checker::check_project, finding::Finding},
};

use crate::{cases, filed_forms::filed_forms, rules::case_files, seed};

/// Rules that judge words: these err where people write what nobody thought of.
const TEXT_RULES: &[&str] = &[
    "H05", "H08", "H10", "H12", "I05", "I06", "I07", "I09", "I12", "I13", "I14", "I15", "I17",
    "I18", "I19", "I20", "I21", "V01", "V05", "V09", "V10", "V11", "V12", "V13", "V14", "V15",
    "V17", "V18", "V19", "V22", "V23", "V24", "C10", "C11", "C12", "C13", "C20", "G02", "G03",
    "G04", "G05", "G06", "G10", "G12",
];

/// Of a thousand forms, so many may carry a false alarm.
const BOUND_PER_THOUSAND: usize = 2;

/// Forms that are right may carry so many 提示 each, on average.
const HINTS_PER_GOOD_FORM: usize = 1;

/// How a form is looked at.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Nothing above 提示 is to be said.
    Right,
    /// It has faults: what text rules say beyond the expected faults.
    Faulty,
}

/// A form, what was found, and which rules were expected to speak.
struct Judged {
    name: String,
    kind: Kind,
    project: Project,
    edition: Edition,
    findings: Vec<Finding>,
    expected: BTreeSet<String>,
}

/// What was looked at and is right: the beginning of the form's name, the code, a part of the message, why.
const RIGHT: &[(&str, &str, &str, &str)] = &[
    (
        "shenzhen-2020-corrected",
        "I14",
        "参与人员满意度",
        "no survey is named, and none may be invented",
    ),
    (
        "shenzhen-2020-corrected",
        "I19",
        "不超过全年预算数",
        "an approved target without a number",
    ),
    (
        "shenzhen-2020-corrected",
        "V02",
        "没有比较符号",
        "approved targets without a sign",
    ),
    (
        "shenzhen-2020-corrected",
        "V04",
        "年度课题数量",
        "approved targets without a unit",
    ),
    (
        "shenzhen-2020-corrected",
        "V17",
        "能利",
        "a typing error in an approved target",
    ),
    (
        "shenzhen-2020-corrected",
        "G12",
        "第十、十二条",
        "approved items that are equal",
    ),
    (
        "shenzhen-2020-corrected",
        "I13",
        "走访慰问",
        "nobody told how often",
    ),
    ("表06", "I06", "储备到位率", "rates under 数量指标"),
    (
        "表06",
        "G03",
        "地方储备粮食规模达标",
        "nine words for a year's work",
    ),
    ("表06", "V11", "“高”", "high by no measure"),
    (
        "表12",
        "G03",
        "国家基本公共卫生服务",
        "that is the project's name",
    ),
    ("表31", "I14", "场馆开放满意度", "no survey is named"),
    ("表31", "V22", "费用结算及时性", "no date, no period"),
    ("表32", "I14", "演出人员满意度", "no survey is named"),
    ("表32", "G03", "已完成", "one word for a year's work"),
    ("", "I14", "学员满意度", "no survey is named"),
    ("", "I14", "沿河居民满意度", "no survey is named"),
    ("", "I14", "参训人员满意度", "no survey is named"),
    ("I05", "I14", "服务对象满意度", "no survey is named"),
    ("I15", "I14", "对投诉处理的满意度", "no survey is named"),
    (
        "",
        "I15",
        "服务对象投诉次数",
        "complaints instead of satisfaction",
    ),
    ("I05", "I15", "投诉率", "complaints instead of satisfaction"),
    ("", "V11", "“有效提升”", "improved by no measure"),
    ("", "V11", "“有效保障”", "secured by no measure"),
    ("", "V11", "“持续优化”", "improved by no measure"),
    ("", "V11", "“明显提高”", "improved by no measure"),
    ("", "V11", "“改善”", "improved by no measure"),
    ("", "V11", "“有所提高”", "improved by no measure"),
    ("", "V11", "“逐步提高”", "improved by no measure"),
    (
        "",
        "V11",
        "学员满意度“满意”",
        "satisfaction is told in percent",
    ),
    (
        "V14",
        "V11",
        "设备采购“完成采购”",
        "a quantity was asked for",
    ),
    ("C21", "V19", "“按时完成”", "a date was asked for"),
    ("C21", "V19", "“已举办大部分”", "a number was asked for"),
    (
        "V24",
        "V19",
        "举办培训",
        "a number was asked for, 无 is none",
    ),
    ("C10", "C11", "有三场未完成", "says what, not why"),
    (
        "G12",
        "I13",
        "印发手册500册",
        "no indicator speaks of it, no result either",
    ),
    ("I02", "I07", "进度指标", "not the edition's caption"),
    (
        "V02",
        "I05",
        "参训人数",
        "a number of people under 时效指标",
    ),
    (
        "V22",
        "I05",
        "系统运行",
        "nothing of time in name or target",
    ),
    ("V06", "I06", "招生计划完成率", "a rate under 数量指标"),
    ("V18", "I06", "42天访视", "rates under 数量指标"),
    ("V24", "I06", "补贴保障率", "a rate under 数量指标"),
    ("", "I19", "不超过全年预算数", "repeats the execution rate"),
    (
        "V01",
        "I19",
        "≤上年水平",
        "no number that could be compared",
    ),
    (
        "V08",
        "I19",
        "预算执行率",
        "the execution rate as an indicator",
    ),
    ("V01", "I20", "完成时间", "the completion of what?"),
    ("", "V22", "及时性“及时”", "no date, no period"),
];

fn good_forms() -> Vec<Judged> {
    let cases = cases::parse(include_str!("false_alarms/good_forms.md"));
    let judged = |case: &cases::Case| {
        let (project, edition, findings) = case.check();
        let name = format!("填得好的表 {}", case.title);
        Judged {
            name,
            kind: Kind::Right,
            project,
            edition,
            findings,
            expected: BTreeSet::new(),
        }
    };
    cases.iter().map(judged).collect()
}

fn samples() -> Vec<Judged> {
    let sample = |name: &str, kind, expected: &[&str]| {
        let (project, edition) = seed::sample(name);
        let findings = seed::check(&project, &edition).findings;
        let expected = expected.iter().map(|code| (*code).to_owned()).collect();
        Judged {
            name: name.to_owned(),
            kind,
            project,
            edition,
            findings,
            expected,
        }
    };
    let must_find: Vec<&str> = seed::MUST_FIND.iter().map(|one| one.code).collect();
    vec![
        sample("shenzhen-2020-filed", Kind::Faulty, &must_find),
        sample("shenzhen-2020-corrected", Kind::Right, &[]),
    ]
}

fn filed() -> Vec<Judged> {
    let judged = |form: crate::filed_forms::FiledForm| {
        let today = jiff::civil::date(2024, 3, 1);
        let findings = check_project(&form.project, &form.edition, today).findings;
        Judged {
            name: format!("表{}", form.number),
            kind: Kind::Faulty,
            expected: form.expected_codes(),
            project: form.project,
            edition: form.edition,
            findings,
        }
    };
    filed_forms().into_iter().map(judged).collect()
}

fn of_cases() -> Vec<Judged> {
    let mut all = Vec::new();
    for (code, text) in case_files() {
        for case in cases::parse(&text) {
            let (project, edition, findings) = case.check();
            let expectations = case.expectations();
            let fires = expectations
                .iter()
                .filter_map(|line| line.split_whitespace().next());
            all.push(Judged {
                name: format!("{code} {}", case.title),
                kind: Kind::Faulty,
                expected: fires.map(str::to_owned).collect(),
                project,
                edition,
                findings,
            });
        }
    }
    all
}

fn all_forms() -> Vec<Judged> {
    [good_forms(), samples(), filed(), of_cases()]
        .into_iter()
        .flatten()
        .collect()
}

impl Judged {
    /// The findings that a person has to call right.
    fn questionable(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| match self.kind {
            Kind::Right => finding.level > Severity::Hint,
            Kind::Faulty => {
                let code = finding.rule.code;
                TEXT_RULES.contains(&code) && !self.expected.contains(code)
            }
        })
    }

    fn is_called_right(&self, finding: &Finding) -> Option<usize> {
        RIGHT.iter().position(|(form, code, part, _)| {
            self.name.starts_with(form)
                && finding.rule.code == *code
                && finding.message.contains(part)
        })
    }
}

#[test]
fn the_checks_seldom_cry_wolf() {
    let forms = all_forms();
    let mut by_rule: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut used = BTreeSet::new();
    let mut false_alarms = Vec::new();
    for form in &forms {
        for finding in &form.findings {
            by_rule.entry(finding.rule.code).or_default().0 += 1;
        }
        for finding in form.questionable() {
            if let Some(index) = form.is_called_right(finding) {
                used.insert(index);
                continue;
            }
            by_rule.entry(finding.rule.code).or_default().1 += 1;
            let one = std::slice::from_ref(finding);
            let listing = cases::listing(one, &form.project, &form.edition);
            false_alarms.push(format!("{}\n{listing}", form.name));
        }
    }
    println!("规则 报告 误报");
    for (code, (said, wrong)) in &by_rule {
        println!("{code} {said} {wrong}");
    }
    let (wrong, number) = (false_alarms.len(), forms.len());
    let hundredths = wrong * 100 / number;
    println!(
        "误报 {wrong} 条 / {number} 张表 = {}.{:02} 条/张",
        hundredths / 100,
        hundredths % 100
    );
    println!("{}", false_alarms.join("\n"));
    assert!(
        wrong * 1000 <= BOUND_PER_THOUSAND * number,
        "误报 {wrong} 条 / {number} 张表\n{}",
        false_alarms.join("\n")
    );
    let unused: Vec<_> = (0..RIGHT.len())
        .filter(|index| !used.contains(index))
        .map(|index| RIGHT[index])
        .collect();
    assert!(unused.is_empty(), "no longer said: {unused:#?}");
}

#[test]
fn a_form_that_is_filled_in_well_hears_nothing_but_a_hint_or_two() {
    let forms = good_forms();
    let rows: usize = forms.iter().map(|form| form.project.rows().count()).sum();
    assert!(rows >= 60, "{rows} indicators only");
    let mut hints = 0;
    for form in &forms {
        let serious: Vec<Finding> = form.questionable().cloned().collect();
        let listing = cases::listing(&serious, &form.project, &form.edition);
        assert!(serious.is_empty(), "{}\n{listing}", form.name);
        hints += form.findings.len();
    }
    assert!(
        hints <= HINTS_PER_GOOD_FORM * forms.len(),
        "{hints} hints on {} forms",
        forms.len()
    );
}

#[test]
fn the_rules_that_judge_words_are_rules() {
    for code in TEXT_RULES {
        assert!(catalogue::by_code(code).is_some(), "{code}");
    }
}
