//! The plain serde_json parse of a file into mirror structs with derived `Deserialize`: what others are measured against.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Declares structs of plain text fields, as one would write them without any handling of our own.
macro_rules! mirror {
    ($($visible:vis struct $name:ident { $($field:ident: $type:ty,)* })+) => {$(
        #[derive(Deserialize, Default)]
        #[serde(default)]
        $visible struct $name { $($field: $type,)* }
    )+};
}

mirror! {
    pub struct File { format: String, version: u32, document: Body, }
    struct Body { id: String, projects: Vec<Project>, }
    struct Project {
        id: String,
        copied_from: Option<String>,
        edition: EditionRef,
        stage: String,
        money_unit: String,
        header: BTreeMap<String, String>,
        funds: Vec<FundRow>,
        goals: Vec<Goal>,
        texts: BTreeMap<String, String>,
        footer: BTreeMap<String, String>,
        stated: Stated,
    }
    struct EditionRef { id: String, hash: String, }
    struct FundRow {
        id: String,
        copied_from: Option<String>,
        key: String,
        name: String,
        figures: BTreeMap<String, String>,
        remark: String,
    }
    struct Goal {
        id: String,
        copied_from: Option<String>,
        caption: String,
        weight: String,
        expected: String,
        actual: String,
        texts: BTreeMap<String, String>,
        sections: Vec<Section>,
        reasons: Vec<Reason>,
    }
    struct Section {
        id: String,
        copied_from: Option<String>,
        caption: String,
        weight: String,
        score: String,
        groups: Vec<Group>,
    }
    struct Group {
        id: String,
        copied_from: Option<String>,
        caption: String,
        weight: String,
        score: String,
        indicators: Vec<Indicator>,
    }
    struct Indicator {
        id: String,
        copied_from: Option<String>,
        part_of: Option<String>,
        name: String,
        nature: String,
        target: String,
        unit: String,
        actual: String,
        tier: Option<String>,
        weight: String,
        score: String,
        deviation: String,
        extra: BTreeMap<String, String>,
    }
    struct Reason {
        id: String,
        copied_from: Option<String>,
        section: Option<String>,
        group: Option<String>,
        rows: Vec<String>,
        text: String,
    }
    struct Stated {
        title: String,
        total_weight: String,
        total_score: String,
        rating: String,
        money_unit: String,
        footnotes: Vec<String>,
    }
}

/// The parse.
pub fn parse(bytes: &[u8]) -> File {
    serde_json::from_slice(bytes).expect("our own bytes")
}
