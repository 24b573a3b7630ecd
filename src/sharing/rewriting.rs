//! Every text of a document rewritten, wherever it stands. The way through it is its published schema: so a field that is new in
//! a later version of the program is rewritten like all others, and nobody has to remember it here. Fields that the schema does
//! not know are left out.

use serde_json::{Map, Value};

use crate::{model::document::Document, store::schema};

/// Where a text stands.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    /// The record ("Project", "Evidence").
    pub record: &'a str,
    /// Its field ("header").
    pub field: &'a str,
    /// The key in the field, where it holds texts by keys ("project_name").
    pub key: &'a str,
}

/// Rewrites what it is shown.
pub trait Rewriter {
    /// A text; anything may be put in its place.
    fn text(&mut self, spot: Spot<'_>, text: &mut String);

    /// An id, as it is written in a file.
    fn id(&mut self, _id: &mut String) {}
}

/// The document with everything rewritten; `None` where what came of it is no document any more.
pub fn rewritten(document: &Document, rewriter: &mut dyn Rewriter) -> Option<Document> {
    let schema = schema::document_schema();
    let mut value = serde_json::to_value(document).ok()?;
    let definitions = schema.get("$defs")?.as_object()?;
    let mut walk = Walk {
        definitions,
        rewriter,
    };
    let root = Spot {
        record: "Document",
        field: "",
        key: "",
    };
    walk.value(definitions.get("Document")?, &mut value, root);
    serde_json::from_value(value).ok()
}

struct Walk<'w> {
    definitions: &'w Map<String, Value>,
    rewriter: &'w mut dyn Rewriter,
}

impl<'w> Walk<'w> {
    fn value(&mut self, schema: &'w Value, value: &mut Value, spot: Spot<'_>) {
        if let Some(name) = reference(schema) {
            return self.named(name, value, spot);
        }
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
            // A field that may be missing: what it is, or null.
            let is_null = |choice: &&Value| choice.get("type").is_some_and(|kind| kind == "null");
            if let Some(choice) = choices.iter().find(|choice| !is_null(choice))
                && !value.is_null()
            {
                self.value(choice, value, spot);
            }
            return;
        }
        match value {
            // A number as text and a choice from a list are no texts of anybody.
            Value::String(text) if is_text(schema) => self.rewriter.text(spot, text),
            Value::Array(items) => {
                if let Some(schema) = schema.get("items") {
                    items
                        .iter_mut()
                        .for_each(|item| self.value(schema, item, spot));
                }
            }
            Value::Object(fields) => self.fields(schema, fields, spot),
            _ => {}
        }
    }

    fn named(&mut self, name: &'w str, value: &mut Value, spot: Spot<'_>) {
        match (name, value) {
            ("Id", Value::String(id)) => self.rewriter.id(id),
            ("CellPath", Value::String(path)) => self.path(path),
            (_, value) => {
                if let Some(schema) = self.definitions.get(name) {
                    let spot = Spot {
                        record: name,
                        ..spot
                    };
                    self.value(schema, value, spot);
                }
            }
        }
    }

    fn fields(&mut self, schema: &'w Value, fields: &mut Map<String, Value>, spot: Spot<'_>) {
        if let Some(known) = schema.get("properties").and_then(Value::as_object) {
            fields.retain(|name, _| known.contains_key(name));
            for (name, value) in fields.iter_mut() {
                if let Some(schema) = known.get(name) {
                    let spot = Spot {
                        record: spot.record,
                        field: name,
                        key: "",
                    };
                    self.value(schema, value, spot);
                }
            }
        } else if let Some(schema) = schema
            .get("additionalProperties")
            .filter(|one| one.is_object())
        {
            for (key, value) in fields.iter_mut() {
                self.value(schema, value, Spot { key, ..spot });
            }
        }
    }

    /// An address holds ids between its strokes.
    fn path(&mut self, path: &mut String) {
        let is_id =
            |part: &str| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let parts = path.split('/').map(|part| {
            let mut part = part.to_owned();
            if is_id(&part) {
                self.rewriter.id(&mut part);
            }
            part
        });
        *path = parts.collect::<Vec<_>>().join("/");
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}

fn is_text(schema: &Value) -> bool {
    let is_string = match schema.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        _ => false,
    };
    is_string
        && schema.get("pattern").is_none()
        && schema.get("const").is_none()
        && schema.get("enum").is_none()
}
