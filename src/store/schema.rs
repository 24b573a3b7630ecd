//! The published JSON Schema of a `*.jiping` file, made from the model itself.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::{
    format::{FORMAT, VERSION},
    lineage::Lineage,
};
use crate::model::document::Document;

/// The JSON Schema (draft 2020-12) of a whole file.
///
/// Only what every file has is required, and further fields are allowed: they may come from a newer version.
pub fn document_schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let document = generator.subschema_for::<Document>();
    let versions = generator.subschema_for::<Lineage>();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "绩评文件 *.jiping",
        "type": "object",
        "properties": {
            "format": { "const": FORMAT },
            "version": { "const": VERSION },
            "versions": versions,
            "document": document,
        },
        "required": ["format", "version", "document"],
        "$defs": generator.take_definitions(true),
    })
}

/// The schema as the file that is published.
pub fn document_schema_text() -> String {
    format!("{:#}\n", document_schema())
}
