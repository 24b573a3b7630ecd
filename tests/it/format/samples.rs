//! The samples that are shipped.

use std::collections::BTreeSet;

use jiping::{
    model::{document::Document, project::Project},
    store::format,
};
use serde_json::Value;

use super::read;

pub fn filed() -> Vec<u8> {
    include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping").to_vec()
}

fn corrected() -> Vec<u8> {
    include_bytes!("../../../assets/samples/shenzhen-2020-corrected.jiping").to_vec()
}

fn only(document: &Document) -> &Project {
    assert_eq!(document.projects.len(), 1);
    document.projects.first().expect("one")
}

#[test]
fn both_samples_open_clean_and_are_as_the_program_writes_them() {
    for bytes in [filed(), corrected()] {
        let opened = read(&bytes).expect("a sample");
        assert!(opened.report.is_clean(), "{:?}", opened.report);
        assert_eq!(format::write(&opened.document), bytes);
        let file: Value = serde_json::from_slice(&bytes).expect("JSON");
        let problem = super::VALIDATOR
            .validate(&file)
            .err()
            .map(|e| e.to_string());
        assert_eq!(problem, None);
    }
}

#[test]
fn both_samples_have_the_rows_and_groups_of_the_real_form() {
    for bytes in [filed(), corrected()] {
        let document = read(&bytes).expect("a sample").document;
        let project = only(&document);
        assert_eq!(project.rows().count(), 60);
        let applicable = project.rows().filter(|row| row.indicator.is_applicable());
        assert_eq!(applicable.count(), 58);
        let groups: Vec<(&str, usize, bool)> = project
            .groups()
            .map(|view| {
                let group = view.group;
                (group.name(), group.indicators.len(), group.is_applicable())
            })
            .collect();
        assert_eq!(
            groups,
            [
                ("数量指标", 15, true),
                ("质量指标", 13, true),
                ("时效指标", 15, true),
                ("成本指标", 1, true),
                ("经济效益指标", 1, false),
                ("社会效益指标", 11, true),
                ("生态效益指标", 1, false),
                ("满意度指标", 3, true),
            ]
        );
    }
}

/// Scalar values of a file by their place.
fn leaves(value: &Value, place: String, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(key, inner)| leaves(inner, format!("{place}/{key}"), found)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, inner)| leaves(inner, format!("{place}/{at}"), found)),
        other => {
            found.insert((place, other.to_string()));
        }
    }
}

#[test]
fn the_corrected_sample_changes_no_approved_target_weight_or_amount() {
    let places = |bytes: &[u8]| {
        let mut found = BTreeSet::new();
        let file: Value = serde_json::from_slice(bytes).expect("JSON");
        leaves(&file, String::new(), &mut found);
        found
    };
    let (before, after) = (places(&filed()), places(&corrected()));
    let changed: BTreeSet<&str> = before
        .symmetric_difference(&after)
        .map(|(place, _)| place.rsplit('/').next().expect("a field"))
        .collect();
    let allowed = [
        "actual",
        "deviation",
        "expected",
        "name",
        "score",
        "text",
        "tier",
        "total_score",
    ];
    assert_eq!(changed, BTreeSet::from(allowed));
}

#[test]
fn the_filed_narrative_keeps_its_traps() {
    let document = read(&filed()).expect("a sample").document;
    let goal = only(&document).goals.first().expect("one");
    for text in [&goal.expected, &goal.actual] {
        assert_eq!(text.matches("<p>").count(), 12);
        assert_eq!(text.matches("</p>").count(), 12);
        assert!(text.contains("<p>十二、"));
    }
    let item = |text: &str, number: usize| {
        let item = text.split("<p>").nth(number).expect("12 items");
        let (_, content) = item.split_once('：').expect("a title");
        content
            .trim()
            .trim_end_matches("</p>")
            .trim_end_matches(['；', '。'])
            .to_owned()
    };
    assert_eq!(item(&goal.expected, 10), item(&goal.expected, 12));
    assert!(item(&goal.expected, 7).contains("6、") && !item(&goal.actual, 7).contains("3、"));
    for (text, number, trap) in [
        (&goal.expected, 3, "得意提升"),
        (&goal.expected, 3, "走访慰问不少于2次"),
        (&goal.expected, 3, "2020年12月31日前"),
        (&goal.expected, 6, "2场"),
        (&goal.actual, 3, "因疫情"),
        (&goal.actual, 5, "60强"),
        (&goal.actual, 6, "10场"),
        (&goal.actual, 7, "第22届"),
        (&goal.actual, 8, "2019年"),
        (&goal.actual, 8, "7个课题"),
        (&goal.actual, 10, "均均"),
    ] {
        assert!(item(text, number).contains(trap), "{trap}");
    }
}
