//! `schema`: the published JSON Schemas.

use super::arguments::SchemaOf;
use crate::{
    exchange::system::SystemMap,
    model::{edition::Edition, profile::Profile},
    store::schema,
};

/// The schema as JSON text.
pub fn text(of: SchemaOf) -> String {
    match of {
        SchemaOf::Document => schema::document_schema_text(),
        SchemaOf::Edition => super::json(&Edition::schema()),
        SchemaOf::System => super::json(&SystemMap::schema()),
        SchemaOf::Profile => super::json(&Profile::schema()),
    }
}
