//! Opening a large file: 1,000 projects of 70 indicators, against the plain serde_json parse of the same bytes into mirror
//! structs with derived `Deserialize`. Both are timed in turns; the ratio of the medians must not pass [`LIMIT`].

use std::{
    collections::BTreeMap,
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use jiping::{
    model::{
        document::Document,
        id::{CountedIds, IdSource},
    },
    store::format,
};
use serde::Deserialize;
use serde_json::{Value, json};

const PROJECTS: usize = 1_000;
const ROWS: usize = 70;
const ROUNDS: usize = 15;
const LIMIT: f64 = 2.0;

fn main() -> ExitCode {
    let bytes = large_file();
    let mut ours = Vec::new();
    let mut plain = Vec::new();
    for _ in 0..ROUNDS {
        ours.push(timed(|| {
            format::read(&bytes, &mut CountedIds(0)).expect("our own bytes")
        }));
        plain.push(timed(|| {
            serde_json::from_slice::<File>(&bytes).expect("our own bytes")
        }));
    }
    let (ours, plain) = (median(ours), median(plain));
    let ratio = ours.as_secs_f64() / plain.as_secs_f64();
    println!(
        "open: {} MB, ours {ours:.1?}, plain parse {plain:.1?}, ratio {ratio:.2} (limit {LIMIT})",
        bytes.len() / 1_000_000
    );
    if ratio > LIMIT {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The time of `work`; freeing its result does not count.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(work());
    let time = start.elapsed();
    drop(result);
    time
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The shipped sample's project, its rows repeated up to [`ROWS`], as often as wanted, every id fresh.
fn large_file() -> Vec<u8> {
    let sample = include_bytes!("../assets/samples/shenzhen-2020-filed.jiping");
    let mut file: Value = serde_json::from_slice(sample).expect("a sample");
    let mut project = file["document"]["projects"][0].take();
    let first_group = &mut project["goals"][0]["sections"][0]["groups"][0]["indicators"];
    let rows = first_group.as_array_mut().expect("rows");
    let repeated: Vec<Value> = rows.iter().cycle().take(ROWS - 60).cloned().collect();
    rows.extend(repeated);
    let mut ids = CountedIds(0);
    let projects: Vec<Value> = (0..PROJECTS)
        .map(|_| {
            let mut project = project.clone();
            renew_ids(&mut project, &mut ids);
            project
        })
        .collect();
    file["document"]["projects"] = json!(projects);
    let document: Document = serde_json::from_value(file["document"].take()).expect("a document");
    let rows: usize = document.projects.iter().map(|one| one.rows().count()).sum();
    assert_eq!(rows, PROJECTS * ROWS);
    format::write(&document)
}

fn renew_ids(value: &mut Value, ids: &mut CountedIds) {
    match value {
        Value::Object(fields) => {
            if let Some(id) = fields.get_mut("id")
                && id.as_str().is_some_and(|text| text.len() == 16)
            {
                *id = json!(format!("{:016x}", ids.next_id()));
            }
            fields.values_mut().for_each(|inner| renew_ids(inner, ids));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| renew_ids(item, ids)),
        _ => {}
    }
}

/// Declares structs of plain text fields, as one would write them without any handling of our own.
macro_rules! mirror {
    ($(struct $name:ident { $($field:ident: $type:ty,)* })+) => {$(
        #[derive(Deserialize, Default)]
        #[serde(default)]
        struct $name { $($field: $type,)* }
    )+};
}

mirror! {
    struct File { format: String, version: u32, document: Body, }
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
