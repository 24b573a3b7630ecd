//! The file format through its public interface: what is written comes back, and what is no document is refused kindly.

pub mod any_document;
mod integrity;
mod migration;
mod refusal;
pub mod samples;

use std::sync::LazyLock;

use jiping::{
    model::{document::Document, id::CountedIds},
    store::{
        format::{self, Opened},
        format_error::FormatError,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

use any_document::documents;

/// Ids far away from those of the documents under test.
const NEW_IDS: u64 = 0xF000_0000_0000_0000;

pub fn read(bytes: &[u8]) -> Result<Opened, FormatError> {
    format::read(bytes, &mut CountedIds(NEW_IDS))
}

fn written(document: &Document) -> String {
    String::from_utf8(format::write(document)).expect("UTF-8")
}

/// A file with this document body.
fn file(document: Value) -> Vec<u8> {
    json!({ "format": "jiping", "version": format::VERSION, "document": document })
        .to_string()
        .into_bytes()
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(document in documents()) {
        let bytes = format::write(&document);
        let opened = read(&bytes).expect("our own bytes");
        prop_assert_eq!(&opened.document, &document);
        prop_assert!(opened.report.findings.reissued.is_empty());
        prop_assert_eq!(format::write(&opened.document), bytes);
    }

    #[test]
    fn the_order_of_keys_in_the_envelope_does_not_matter(
        document in documents(),
        order in Just(["format", "version", "document"]).prop_shuffle(),
    ) {
        let body = serde_json::to_string(&document).expect("plain data");
        let entries: Vec<String> = order
            .iter()
            .map(|key| match *key {
                "format" => r#""format": "jiping""#.to_owned(),
                "version" => r#""version": 1"#.to_owned(),
                _ => format!(r#""document": {body}"#),
            })
            .collect();
        let text = format!("{{{}}}", entries.join(", "));
        prop_assert_eq!(read(text.as_bytes()).expect("any order").document, document);
    }
}

#[test]
fn a_file_is_utf8_text_with_one_value_per_line() {
    let document = read(&samples::filed()).expect("a sample").document;
    let text = written(&document);
    assert!(text.starts_with("{\n \"format\": \"jiping\",\n \"version\": 1,\n \"document\": {\n"));
    assert!(text.ends_with("}\n") && !text.ends_with("\n\n"));
    let several = text
        .lines()
        .find(|line| line.matches("\": \"").count() > 1 || line.contains("\", \""));
    assert_eq!(several, None);
}

#[test]
fn a_byte_order_mark_is_tolerated() {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    bytes.extend(samples::filed());
    assert_eq!(
        read(&bytes).expect("with a mark").document,
        read(&samples::filed()).expect("without").document
    );
}

#[test]
fn an_embedded_edition_travels_with_the_document_and_is_read_strictly() {
    let edition = include_str!("../../assets/editions/shenzhen-2020.json");
    let mut edition: Value = serde_json::from_str(edition).expect("JSON");
    let with = |edition: &Value| file(json!({ "id": "0000000000000001", "editions": [edition] }));
    let document = read(&with(&edition)).expect("a shipped edition").document;
    assert_eq!(document.editions[0].id, "shenzhen-2020");
    let again = read(&format::write(&document)).expect("our own bytes");
    assert_eq!(again.document, document);

    // Scoring by an edition that is only half understood would be wrong.
    edition["scoring"]["of_tomorrow"] = json!(true);
    let error = read(&with(&edition)).expect_err("an unknown policy");
    assert!(
        error.to_string().contains("不认识的字段 of_tomorrow"),
        "{error}"
    );
}

/// Puts an unknown field into every object of a file, the envelope included; not into tables by key, where it would be a
/// key, nor into embedded editions.
fn mark(value: &mut Value, count: &mut usize) {
    const BY_KEY: [&str; 7] = [
        "header", "figures", "texts", "footer", "tables", "cells", "extra",
    ];
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields.iter_mut() {
                match (BY_KEY.contains(&key.as_str()), inner) {
                    (true, Value::Object(by_key)) => {
                        by_key.values_mut().for_each(|inner| mark(inner, count));
                    }
                    (_, inner) => mark(inner, count),
                }
            }
            *count += 1;
            let field = json!({ "n": *count, "deep": [1.5, null, { "x": "字" }] });
            fields.insert("of_tomorrow".into(), field);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mark(item, count)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn unknown_fields_survive_at_every_level(document in documents()) {
        let mut marked: Value = serde_json::from_slice(&format::write(&document)).expect("JSON");
        let mut count = 0;
        mark(&mut marked, &mut count);
        let opened = read(marked.to_string().as_bytes()).expect("unknown fields are allowed");
        let again: Value =
            serde_json::from_slice(&format::write(&opened.document)).expect("JSON");
        prop_assert_eq!(again, marked);
        let names: Vec<String> = opened.report.findings.unknown_fields.into_iter().collect();
        prop_assert_eq!(names, ["of_tomorrow"]);
    }
}

#[test]
fn the_published_schema_is_that_of_the_model() {
    let published = include_str!("../../assets/schemas/document.schema.json");
    assert!(
        published == jiping::store::schema::document_schema_text(),
        "assets/schemas/document.schema.json is not what document_schema_text() gives: publish it anew"
    );
}

static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    jsonschema::validator_for(&jiping::store::schema::document_schema()).expect("a valid schema")
});

proptest! {
    #[test]
    fn every_file_satisfies_the_schema(document in documents()) {
        let file: Value = serde_json::from_slice(&format::write(&document)).expect("JSON");
        let problem = VALIDATOR.validate(&file).err().map(|error| error.to_string());
        prop_assert_eq!(problem, None);
    }
}

#[test]
fn the_schema_requires_no_optional_field_and_refuses_wrong_types() {
    let with_row = |row: Value| {
        json!({ "format": "jiping", "version": 1, "document": {
            "id": "0000000000000001",
            "projects": [{
                "id": "0000000000000002", "stage": "final", "money_unit": "元",
                "goals": [{ "id": "0000000000000003", "sections": [{ "id": "0000000000000004",
                    "groups": [{ "id": "0000000000000005", "indicators": [row] }] }] }],
            }],
        }})
    };
    assert!(VALIDATOR.is_valid(&with_row(json!({ "id": "0000000000000006" }))));
    assert!(VALIDATOR.is_valid(&with_row(
        json!({ "id": "0000000000000006", "of_tomorrow": 1 })
    )));
    assert!(!VALIDATOR.is_valid(&with_row(json!({ "name": "无标识" }))));
    assert!(!VALIDATOR.is_valid(&with_row(json!({ "id": "0000000000000006", "target": 10 }))));
}
