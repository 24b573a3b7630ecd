//! Ids that stand twice are renewed, references that lead nowhere are kept and reported.

use jiping::{
    model::{
        document::Document,
        id::Id,
        path::{CellPath, IndicatorField, Place},
        project::Project,
    },
    store::{
        format,
        integrity::{Kind, Reissued},
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{NEW_IDS, any_document::documents, file, read};

fn id(number: u64) -> String {
    format!("{number:016x}")
}

/// A project whose parts have the ids from `first` on and refer to each other.
fn project(first: u64, row_ids: [u64; 2]) -> Value {
    json!({
        "id": id(first),
        "goals": [{
            "id": id(first + 1),
            "sections": [{ "id": id(first + 2), "groups": [{ "id": id(first + 3), "indicators": [
                { "id": id(row_ids[0]), "name": "全部" },
                { "id": id(row_ids[1]), "name": "其中", "part_of": id(row_ids[0]) },
            ] }] }],
            "reasons": [{ "id": id(first + 4), "section": id(first + 2), "group": id(first + 3),
                "rows": [id(row_ids[0])] }],
        }],
        "evidence": [{ "id": id(first + 5), "indicator": id(row_ids[0]) }],
        "notes": [{ "id": id(first + 6),
            "at": format!("{}/indicator/{}/score", id(first), id(row_ids[0])) }],
    })
}

fn rows(project: &Project) -> Vec<(u64, Option<u64>)> {
    project
        .rows()
        .map(|view| {
            let part_of = view.indicator.part_of.map(Id::bits);
            (view.indicator.id.bits(), part_of)
        })
        .collect()
}

#[test]
fn of_two_rows_with_one_id_the_first_keeps_it() {
    let bytes = file(json!({ "id": id(1), "projects": [project(10, [50, 50])] }));
    let opened = read(&bytes).expect("doubles are no error");
    let new = NEW_IDS + 1;
    assert_eq!(
        opened.report.findings.reissued,
        [Reissued {
            kind: Kind::Indicator,
            old: 50,
            new
        }]
    );
    let project = opened.document.projects.first().expect("one");
    // The second row still refers to the first, which kept its id.
    assert_eq!(rows(project), [(50, None), (new, Some(50))]);
    assert!(opened.report.findings.dangling.is_empty());
    assert_eq!(
        opened.report.sentences(),
        ["有 1 处标识重复（三级指标），已为后出现的换上新标识，内容没有改变。"]
    );
}

#[test]
fn a_project_pasted_twice_refers_to_its_own_parts_afterwards() {
    let twice = [project(10, [50, 51]), project(10, [50, 51])];
    let bytes = file(json!({ "id": id(1), "projects": twice }));
    let opened = read(&bytes).expect("doubles are no error");
    assert_eq!(opened.report.findings.reissued.len(), 9);
    assert!(opened.report.findings.dangling.is_empty());
    let second = opened.document.projects.get(1).expect("two");
    let whole = second.rows().next().expect("a row").indicator.id;
    assert!(whole.bits() > NEW_IDS);
    assert_eq!(rows(second)[1].1, Some(whole.bits()));
    let goal = second.goals.first().expect("one");
    let reason = goal.reasons.first().expect("one");
    assert_eq!(
        reason.section,
        goal.sections.first().map(|section| section.id)
    );
    assert_eq!(
        reason.group,
        second.groups().next().map(|view| view.group.id)
    );
    assert_eq!(reason.rows, [whole]);
    assert_eq!(second.evidence.first().expect("one").indicator, Some(whole));
    let expected = second.at(Place::Indicator(whole, IndicatorField::Score));
    assert_eq!(second.notes.first().expect("one").at, expected);
    let first = opened.document.projects.first().expect("two");
    assert_eq!(rows(first), [(50, None), (51, Some(50))]);
}

#[test]
fn a_new_id_is_none_that_the_file_has_already() {
    let taken = NEW_IDS + 1;
    let bytes = file(json!({ "id": id(1), "projects": [
        { "id": id(5) }, { "id": id(5) }, { "id": id(taken) },
    ]}));
    let opened = read(&bytes).expect("doubles are no error");
    let ids: Vec<u64> = opened
        .document
        .projects
        .iter()
        .map(|project| project.id.bits())
        .collect();
    assert_eq!(ids, [5, NEW_IDS + 2, taken]);
}

#[test]
fn one_id_in_two_kinds_is_no_double() {
    let bytes = file(json!({ "id": id(1), "projects": [
        { "id": id(5), "goals": [{ "id": id(5) }] },
    ]}));
    assert!(read(&bytes).expect("fine").report.is_clean());
}

#[test]
fn references_that_lead_nowhere_are_kept_and_reported() {
    let mut lost = project(10, [50, 51]);
    lost["goals"][0]["sections"][0]["groups"][0]["indicators"][1]["part_of"] = json!(id(99));
    lost["goals"][0]["reasons"][0]["rows"] = json!([id(50), id(98)]);
    lost["evidence"][0]["indicator"] = json!(id(97));
    lost["notes"][0]["at"] = json!(format!("{}/fund/{}/executed", id(10), id(96)));
    let bytes = file(json!({ "id": id(1), "projects": [lost] }));
    let opened = read(&bytes).expect("no error");
    let found: Vec<(Kind, Kind, u64)> = opened
        .report
        .findings
        .dangling
        .iter()
        .map(|one| (one.from, one.to, one.target))
        .collect();
    assert_eq!(
        found,
        [
            (Kind::Indicator, Kind::Indicator, 99),
            (Kind::Reason, Kind::Indicator, 98),
            (Kind::Evidence, Kind::Indicator, 97),
            (Kind::Note, Kind::FundRow, 96),
        ]
    );
    let project = opened.document.projects.first().expect("one");
    assert_eq!(rows(project)[1].1, Some(99));
    let at = &project.notes.first().expect("one").at;
    assert!(matches!(at, CellPath { place: Place::Fund(row, _), .. } if row.bits() == 96));
    assert_eq!(
        opened.report.sentences(),
        ["有 4 处引用找不到对象（三级指标、偏差原因、佐证材料、审核意见），已原样保留，不起作用。"]
    );
}

/// All ids of a file by the kind of list they stand in.
fn collect_ids(value: &Value, list: &str, ids: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(id)) = fields.get("id") {
                ids.push((list.to_owned(), id.clone()));
            }
            for (key, inner) in fields {
                let list = if list == "tables" { list } else { key };
                collect_ids(inner, list, ids);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_ids(item, list, ids)),
        _ => {}
    }
}

fn ids_of(document: &Document) -> Vec<(String, String)> {
    let value = serde_json::to_value(document).expect("plain data");
    let mut ids = Vec::new();
    collect_ids(&value["projects"], "projects", &mut ids);
    ids.retain(|(list, _)| list != "edition");
    ids
}

proptest! {
    #[test]
    fn however_ids_collide_they_are_unique_afterwards(document in documents(), fold in 1u64..20) {
        // Every id is folded onto a few, so that nearly all collide.
        let text = String::from_utf8(format::write(&document)).expect("UTF-8");
        let folded: String = text
            .lines()
            .map(|line| match line.trim().strip_prefix("\"id\": \"").and_then(|rest| rest.get(..16)) {
                Some(hex) => match u64::from_str_radix(hex, 16) {
                    Ok(bits) => line.replace(hex, &id(bits % fold)) + "\n",
                    Err(_) => format!("{line}\n"),
                },
                None => format!("{line}\n"),
            })
            .collect();
        let opened = read(folded.as_bytes()).expect("doubles are no error");
        let mut ids = ids_of(&opened.document);
        let number = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), number);
        let again = read(&format::write(&opened.document)).expect("our own bytes");
        prop_assert!(again.report.findings.reissued.is_empty());
        prop_assert_eq!(again.document, opened.document);
    }
}
