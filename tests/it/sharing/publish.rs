//! 公开版.

use std::sync::{Arc, LazyLock};

use jiping::{
    edit::{apply::apply, command::EditCommand},
    model::{project::Project, review::Withheld},
    sharing::publish::{Decision, Kind, Plan, PublishError},
    sheet::{fonts::Face, layout::Typesetter},
};

use super::{another, document, edition, holds, noon, telling, unzipped};
use crate::sheet::readback::{drawn_texts_of, unpacked};

static TYPESETTER: LazyLock<Typesetter> = LazyLock::new(Typesetter::new);

/// What no public copy shows: numbers, what lies beside the form, whose computer it was.
const HIDDEN: [&str; 11] = [
    "13800138000",
    "11010519491231002X",
    "6222021234567890123",
    "wxm@example.com",
    "赵审核",
    "已补充批注答复",
    "经核实核对无误",
    "底稿意见甲乙丙",
    "签到表",
    "/单位",
    "送审稿",
];

fn plan(projects: impl IntoIterator<Item = Project>) -> Plan {
    let edition = edition();
    Plan::of(
        projects
            .into_iter()
            .map(|project| (Arc::new(project), Arc::clone(&edition))),
    )
}

fn bytes(plan: &Plan, kind: Kind) -> Vec<u8> {
    let made = plan.bytes(kind, Face::Bundled, noon().datetime(), &TYPESETTER);
    made.expect("a file")
}

#[test]
fn names_are_found_and_must_be_decided() {
    let mut plan = plan([telling()]);
    let found: Vec<&str> = plan.names.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(found, ["李晓华", "王小明"]);
    assert!(
        plan.names[0].places[0].context.contains("由李晓华老师负责"),
        "{:?}",
        plan.names[0]
    );
    assert_eq!(
        plan.public_forms().map(|_| ()),
        Err(PublishError::Undecided(2))
    );
    plan.names[0].decision = Decision::Keep;
    plan.names[1].decision = Decision::Hide;
    let forms = plan.public_forms().expect("decided");
    let goal = forms[0].0.goals.first().expect("a goal").expected.clone();
    assert!(
        goal.contains("李晓华") && goal.contains("王**") && !goal.contains("王小明"),
        "{goal}"
    );
    plan.names[1].decision = Decision::Remove;
    let forms = plan.public_forms().expect("decided");
    let goal = forms[0].0.goals.first().expect("a goal").expected.clone();
    assert!(goal.contains("联系人：，电话"), "{goal}");
}

#[test]
fn a_pdf_shows_the_forms_with_a_list_of_contents_and_nothing_else() {
    let first = telling();
    let second = another(&first, "另一个公开的项目");
    let ids = [first.id.to_string(), second.id.to_string()];
    let mut plan = plan([first, second]);
    plan.decide_all(Decision::Hide);
    let pdf = bytes(&plan, Kind::Pdf);
    assert_eq!(pdf, bytes(&plan, Kind::Pdf), "the same twice");
    let pages = drawn_texts_of(&pdf);
    let squeezed: Vec<String> = pages
        .iter()
        .map(|page| page.chars().filter(|c| !c.is_whitespace()).collect())
        .collect();
    assert!(
        squeezed[0].contains("目录") && squeezed[0].contains("另一个公开的项目"),
        "{}",
        squeezed[0]
    );
    let objects = unpacked(&pdf);
    for hidden in HIDDEN.into_iter().chain(["王小明"]) {
        assert!(!squeezed.concat().contains(hidden), "{hidden}");
        assert!(!objects.contains(hidden), "{hidden}");
    }
    for id in ids {
        assert!(!objects.contains(&id), "{id}");
    }
    assert!(
        !objects.contains("/Author") && objects.contains("/Creator"),
        "only the program is named"
    );
}

#[test]
fn workbooks_and_documents_say_nothing_of_people_and_computers() {
    let first = telling();
    let second = another(&first, "另一个公开的项目");
    let ids = [first.id.to_string(), second.id.to_string()];
    let mut plan = plan([first, second]);
    plan.decide_all(Decision::Hide);
    for kind in [Kind::Workbook, Kind::Word] {
        let files = unzipped(&bytes(&plan, kind));
        let core = files
            .iter()
            .find(|(name, _)| name == "docProps/core.xml")
            .expect("properties");
        let core = String::from_utf8_lossy(&core.1);
        assert!(
            !core.contains("<dc:creator>") || core.contains("<dc:creator>绩评</dc:creator>"),
            "{core}"
        );
        for (name, content) in &files {
            assert!(
                !name.contains("comments") && !name.contains("vmlDrawing"),
                "{name}"
            );
            for hidden in HIDDEN
                .iter()
                .copied()
                .chain(["王小明"])
                .chain(ids.iter().map(String::as_str))
            {
                assert!(!holds(content, hidden), "{name}: {hidden}");
            }
        }
        assert!(
            files.iter().any(|(_, content)| holds(content, "目　录")),
            "{kind}"
        );
    }
}

#[test]
fn withheld_projects_are_left_out() {
    let first = telling();
    let second = another(&first, "涉密的项目");
    let id = second.id;
    let document = document([first, second]);
    let withheld = Withheld {
        reason: "涉密".into(),
        unknown: Default::default(),
    };
    let mark = EditCommand::SetWithheld {
        project: id,
        withheld: Some(withheld.clone()),
    };
    let marked = apply(&document, &mark).expect("allowed");
    assert_eq!(marked.project(id).expect("there").withheld, Some(withheld));
    let edition = edition();
    let forms = || {
        marked
            .projects
            .iter()
            .map(|project| (project.clone(), Arc::clone(&edition)))
    };
    assert_eq!(Plan::of(forms()).len(), 1);
    let only = forms().filter(|(project, _)| project.id == id);
    assert_eq!(
        Plan::of(only).public_forms().map(|_| ()),
        Err(PublishError::Nothing)
    );
    let back = EditCommand::SetWithheld {
        project: id,
        withheld: None,
    };
    assert_eq!(apply(&marked, &back).expect("allowed"), document);
}
