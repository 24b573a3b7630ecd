//! Completion from what the document and the edition hold.

use jiping::{
    edit::suggest::{
        MOST, fund_names, group_captions, header_values, names, section_captions, units,
    },
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        indicator::Indicator,
        project::Project,
    },
};

use crate::cases;

/// A project whose first two groups hold rows of these names.
fn document(groups: [&[&str]; 2]) -> Document {
    let mut ids = CountedIds(0);
    let mut document = Document::new(Id::new(&mut ids));
    let mut project = Project::blank(&edition(), &mut ids);
    project.header.insert("department".into(), "市科协".into());
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    for (at, rows) in groups.into_iter().enumerate() {
        let group = section.groups.get_mut(at).expect("a group");
        for name in rows {
            let mut row = Indicator::blank(&mut ids);
            row.name = (*name).to_owned();
            row.target = "≥5场次".into();
            row.unit = if *name == "培训期数" { "期" } else { "" }.to_owned();
            group.indicators.push(row);
        }
    }
    document.projects.push(project);
    document
}

fn edition() -> Edition {
    cases::edition("shenzhen-2020")
}

#[test]
fn names_of_the_same_group_and_frequent_ones_come_first() {
    let document = document([
        &["课题数量", "培训期数", "不适用"],
        &["课题质量", "课题质量", "结题率（课题）", "课题质量"],
    ]);
    assert_eq!(
        names(&document, Some("数量指标"), "课题"),
        ["课题数量", "课题质量", "结题率（课题）"]
    );
    assert_eq!(
        names(&document, None, "课题"),
        ["课题质量", "课题数量", "结题率（课题）"]
    );
    assert_eq!(names(&document, None, "课题数量"), [""; 0]);
    assert_eq!(names(&document, None, "(课题"), ["结题率（课题）"]);
    assert_eq!(names(&document, None, "").len(), 4);
    let many: Vec<String> = (0..20).map(|number| format!("名称{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let long = self::document([&many, &[]]);
    assert_eq!(names(&long, None, "名称").len(), MOST);
}

#[test]
fn units_come_from_their_column_and_from_inside_values() {
    let document = document([&["课题数量", "培训期数"], &["课题质量"]]);
    assert_eq!(units(&document, ""), ["场次", "期"]);
    assert_eq!(units(&document, "次"), ["场次"]);
}

#[test]
fn header_values_come_from_the_document_and_the_editions_choices() {
    let document = document([&[], &[]]);
    assert_eq!(
        header_values(&document, None, "department", "科"),
        ["市科协"]
    );
    assert_eq!(header_values(&document, None, "unit", ""), [""; 0]);
    let hubei: Edition =
        serde_json::from_str(include_str!("../../assets/editions/hubei-2019.json"))
            .expect("an edition");
    let field = hubei.header.iter().find(|field| field.key == "category");
    let options = &field.expect("a choice").options;
    assert!(!options.is_empty());
    assert_eq!(
        header_values(&document, Some(&hubei), "category", ""),
        *options
    );
}

#[test]
fn captions_come_from_the_edition_first() {
    let document = document([&[], &[]]);
    let edition = edition();
    let level = &edition.indicators.levels[0];
    assert_eq!(
        section_captions(&document, Some(&edition), "产出")[0],
        level.printed()
    );
    let children: Vec<&str> = level
        .children
        .iter()
        .map(|child| child.name.as_str())
        .collect();
    let captions = group_captions(&document, Some(&edition), &level.name, "");
    assert_eq!(captions[..children.len()], children);
    assert_eq!(
        fund_names(&document, Some(&edition), "财政拨款"),
        ["其中：当年财政拨款"]
    );
}
