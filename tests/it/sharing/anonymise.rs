//! 脱敏副本.

use std::{collections::BTreeMap, sync::Arc};

use jiping::{
    model::{
        document::Document,
        id::{CountedIds, Id},
        project::{Project, header},
        sending::Sending,
    },
    rules::checker::check_project,
    sharing::anonymise::{BadWord, Kind, Plan},
    store::format,
};
use proptest::prelude::*;

use super::{another, document, edition, holds, noon, telling};

fn plan(document: &Document) -> Plan {
    Plan::of(document, &|_| Some(edition()))
}

fn copy(document: &Document, plan: &Plan) -> Document {
    plan.copy(document, &mut CountedIds(0xC000_0000_0000_0000))
        .expect("a copy")
}

const TELLING: [&str; 14] = [
    "深圳市",
    "福田区",
    "教育局",
    "红岭实验小学",
    "红岭读书节经费",
    "王小明",
    "李晓华",
    "赵审核",
    "钱核实",
    "13800138000",
    "11010519491231002X",
    "6222021234567890123",
    "wxm@example.com",
    "深财预〔2021〕12号",
];

#[test]
fn nothing_that_tells_whose_it_is_is_left() {
    let document = document([telling()]);
    let found = plan(&document);
    let bytes = format::write(&copy(&document, &found));
    for word in TELLING {
        // 教育局 alone says nothing; it goes with the name that it is part of.
        assert!(!holds(&bytes, word), "{word}");
    }
    for kept in ["电话", "2021", "签到表", "单位1"] {
        assert!(holds(&bytes, kept) || kept == "签到表", "{kept}");
    }
    assert!(!holds(&bytes, "材料/签到表.pdf") && !holds(&bytes, "外面"));
    for project in document.projects.iter() {
        assert!(!holds(&bytes, &project.id.to_string()));
    }
}

#[test]
fn the_same_name_becomes_the_same_alias_everywhere() {
    let first = telling();
    let second = another(&first, "另一个项目名");
    let document = document([first, second]);
    let found = plan(&document);
    let aliases: BTreeMap<&str, &str> = found
        .words
        .iter()
        .map(|word| (word.text.as_str(), word.alias.as_str()))
        .collect();
    // The school is called by its short name too.
    assert_eq!(aliases["深圳市福田区红岭实验小学"], aliases["红岭实验小学"]);
    let copied = copy(&document, &found);
    let unit = |index: usize| {
        copied
            .projects
            .get(index)
            .expect("a project")
            .header(header::UNIT)
            .to_owned()
    };
    assert_eq!(unit(0), unit(1));
    let name = |index: usize| {
        copied
            .projects
            .get(index)
            .expect("a project")
            .name()
            .to_owned()
    };
    assert_ne!(name(0), name(1));
    let goal = &copied
        .projects
        .first()
        .expect("a project")
        .goals
        .first()
        .expect("a goal")
        .expected
        .clone();
    assert!(goal.contains(&name(0)) && goal.contains(&unit(0)), "{goal}");
    assert!(goal.contains("某文〔2021〕1号"), "{goal}");
}

#[test]
fn references_still_lead_to_what_they_led_to() {
    let document = document([telling()]);
    let copied = copy(&document, &plan(&document));
    let project = copied.projects.first().expect("a project");
    assert_eq!(
        project.notes.first().expect("a note").at.project,
        project.id
    );
    let read = format::read(&format::write(&copied), &mut CountedIds(1)).expect("reads");
    assert!(read.report.is_clean(), "{:?}", read.report);
    assert_eq!(read.document, copied);
}

#[test]
fn what_the_checks_find_stays_of_the_same_kind() {
    let (project, edition) = crate::seed::sample("shenzhen-2020-filed");
    let document = document([project]);
    let copied = copy(&document, &plan(&document));
    let codes = |document: &Document| {
        let project = document.projects.first().expect("a project");
        let found = check_project(project, &Arc::new(edition.clone()), noon().date());
        let mut codes: Vec<&str> = found
            .findings
            .iter()
            .map(|finding| finding.rule.code)
            .collect();
        codes.sort_unstable();
        codes
    };
    assert_eq!(codes(&document), codes(&copied));
}

#[test]
fn words_can_be_left_and_added() {
    let document = document([telling()]);
    let mut found = plan(&document);
    for word in &mut found.words {
        word.is_on = word.text != "李晓华";
    }
    assert_eq!(found.add("读", &document), Err(BadWord::TooShort));
    assert_eq!(
        found.add("单位", &document),
        Err(BadWord::OfAliases("单位".into()))
    );
    assert_eq!(
        found.add("王小明", &document),
        Err(BadWord::Known("王小明".into()))
    );
    assert_eq!(found.add(" 签到表 ", &document), Ok(()));
    let added = found.words.last().expect("a word");
    assert_eq!(
        (added.alias.as_str(), added.kind, added.places),
        ("其他1", Kind::Other, 2)
    );
    let bytes = format::write(&copy(&document, &found));
    assert!(holds(&bytes, "李晓华") && !holds(&bytes, "签到表"));
}

#[test]
fn embedded_editions_are_still_found_by_their_projects() {
    let mut document = document([telling()]);
    let mut own = (*edition()).clone();
    own.id = "own-form".into();
    own.title = "深圳市福田区教育局项目自评表".into();
    let own = Arc::new(own);
    let project = document.projects.get_mut(0).expect("a project");
    project.edition.id = own.id.clone();
    project.edition.hash = own.hash();
    document.editions.push(own);
    let copied = copy(&document, &plan(&document));
    let edition = copied.editions.first().expect("an edition");
    assert!(!edition.title.contains("教育局"), "{}", edition.title);
    let project = copied.projects.first().expect("a project");
    assert_eq!(project.edition.hash, edition.hash());
}

/// Names of two to six characters that are no aliases.
fn names() -> impl Strategy<Value = String> {
    "[赵钱孙李周吴郑王冯陈甲乙丙丁戊己庚辛壬癸]{2,6}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever names stand next to each other in whatever text, none of them is left in the file.
    #[test]
    fn no_name_stands_in_the_bytes(
        unit in names(),
        department in names(),
        project in names(),
        author in names(),
        to in names(),
        pieces in proptest::collection::vec(0_usize..5, 0..12),
    ) {
        let all = [&unit, &department, &project, &author, &to];
        let mut form: Project = telling();
        for (key, name) in [(header::UNIT, &unit), (header::DEPARTMENT, &department), (header::PROJECT_NAME, &project)] {
            form.header.insert(key.into(), name.as_str().into());
        }
        form.notes.get_mut(0).expect("a note").author = author.clone();
        let text: String = pieces.iter().map(|index| all[*index].as_str()).collect();
        form.texts.insert("summary".into(), text.as_str().into());
        form.stated.footnotes.push(text.clone());
        let mut document = document([form]);
        document.sendings.push(Sending {
            id: Id::from_bits(7),
            to: to.clone(),
            projects: Vec::new(),
            file: format!("{unit}.xlsx"),
            time: String::new(),
            due: text,
            returns: Vec::new(),
            unknown: Default::default(),
        });
        let bytes = format::write(&copy(&document, &plan(&document)));
        for name in all {
            prop_assert!(!holds(&bytes, name), "{}", name);
        }
    }
}
