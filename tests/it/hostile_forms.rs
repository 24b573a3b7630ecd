//! Whatever stands in a form, and however it was put together: every rule comes to an end, without overflow, and says where.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use jiff::civil::{Date, date};
use jiping::{
    edit::{apply::apply, command::EditCommand},
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        path::{CellPath, Place},
        project::{EditionRef, Project, Stage},
    },
    rules::checker::{Checker, EditionSource, check_project},
};
use proptest::{
    prelude::*,
    sample::{Index, select},
};

use crate::{
    cases,
    format::any_document::{documents, texts},
    generate::places,
};

/// Editions with all that rules look at: two splits, further tables, several goals, bands, level columns.
static EDITIONS: LazyLock<Vec<Arc<Edition>>> = LazyLock::new(|| {
    [
        "mof-2020",
        "shenzhen-2020",
        "n1-hunan-two-splits",
        "sichuan-2022",
        "hubei-2019",
        "transfer-2022",
        "chongqing-2022",
    ]
    .map(|id| Arc::new(cases::edition(id)))
    .into()
});

const TODAY: Date = date(2021, 3, 1);

/// Texts that look like what rules read and are at the edge of it.
fn edges() -> impl Strategy<Value = String> {
    let edges = select(vec![
        "999999999999999.9999999999",
        "-999999999999999.9999999999",
        "≥999999999999999",
        "≤0.0000000001",
        "0.0000000001%",
        "99999999999999亿元",
        "-100000000000000万元",
        "100000000000000%",
        "１２３，４５６．７８９０１２３４５％",
        "九千九百九十九万亿亿万亿元",
        "300～500人",
        "500～300人",
        "≥≤＝≧5%、≤3%",
        "1/0",
        "0",
        "-0.00",
        "0000年00月00日前",
        "9999年99月99日",
        "20209年12月31日",
        "每月每季度每年每次每项",
        "其中：其中：",
        "指标99999999999999999999：",
        "产出指标（999999999999999分）",
        "扣999999999999999%",
        "（（（（（））",
        "13800138000 11010119900307123X",
        "<b><i>&nbsp;&#x10FFFF;&#0;",
        "\u{301}\u{302}\u{303}",
        "\u{200b}\u{feff}\u{202e}\u{a0}",
        "🏛️👩‍👩‍👧‍👦",
        "一、\n二、\n一、\n１．\n",
        "目标1：500万元，其中：一、999999999999999万元；二、999999999999999万元。",
        "不适用",
        "无投诉",
        "优",
        "公开",
    ]);
    prop_oneof![2 => edges.prop_map(str::to_owned), 1 => texts()]
}

/// The same edition for every form.
struct One(Arc<Edition>);

impl EditionSource for One {
    fn edition(&self, _: &EditionRef) -> Option<Arc<Edition>> {
        Some(Arc::clone(&self.0))
    }

    fn revision(&self) -> u64 {
        0
    }
}

/// All cells of a form, those of the fund table by the columns of its edition.
fn cells(project: &Project, edition: &Edition) -> Vec<Place> {
    let mut cells = places(project);
    for row in project.funds.iter() {
        let columns = edition.funds.columns.iter();
        cells.extend(columns.map(|column| Place::Fund(row.id, column.key.clone())));
    }
    cells
}

/// A clean form, its values on record as approved, with some cells changed. A cell that takes no such text keeps its own.
fn changed(edition: &Edition, changes: impl IntoIterator<Item = (Place, String)>) -> Project {
    let mut document = Document::new(Id::new(&mut CountedIds(1 << 40)));
    let project = cases::clean_project(edition);
    let id = project.id;
    document.projects.push(project);
    let approve = EditCommand::ApproveTargets { project: id };
    document = apply(&document, &approve).expect("a form in work");
    for (place, text) in changes {
        let at = CellPath { project: id, place };
        if let Ok(after) = apply(&document, &EditCommand::SetCell { at, text }) {
            document = after;
        }
    }
    Project::clone(document.projects.first().expect("the form"))
}

/// Checks a form, and looks at everything that is shown of a finding.
fn check(project: &Project, edition: &Edition) {
    for finding in check_project(project, edition, TODAY).findings {
        assert!(!finding.message.is_empty() && !finding.hint.is_empty());
        assert!(!finding.at.in_words(project, edition).is_empty());
        assert!(finding.cells.contains(&finding.at));
        assert!(!finding.fingerprint().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_rule_survives_any_document(document in documents(), edition in any::<Index>()) {
        let source = One(Arc::clone(edition.get(&EDITIONS)));
        let found = Checker::default().check(&document, &source, TODAY);
        prop_assert_eq!(found.len(), document.projects.len());
    }

    #[test]
    fn every_rule_survives_any_text_in_any_cell(
        changes in prop::collection::vec((any::<Index>(), edges()), 1..60),
        edition in any::<Index>(),
        stage in select(vec![Stage::Targets, Stage::SelfEvaluation, Stage::Published]),
    ) {
        let edition = edition.get(&EDITIONS);
        let cells = cells(&cases::clean_project(edition), edition);
        let changes = changes
            .into_iter()
            .map(|(index, text)| (index.get(&cells).clone(), text));
        let mut project = changed(edition, changes);
        project.stage = stage;
        check(&project, edition);
    }
}

#[test]
fn very_long_texts_are_read_through() {
    const LONG: usize = 20_000;
    let edition = &EDITIONS[0];
    let mut kinds = BTreeSet::new();
    let mut cells = cells(&cases::clean_project(edition), edition);
    cells.retain(|place| kinds.insert(kind(place)));
    for piece in PIECES {
        let text = piece.repeat(LONG / piece.chars().count());
        let everywhere = cells.iter().map(|place| (place.clone(), text.clone()));
        check(&changed(edition, everywhere), edition);
    }
    // A rule that reads a text again for each of its characters would never come to an end here.
    let text = "年度目标5场，".repeat(10 * LONG / 7);
    for place in cells
        .iter()
        .filter(|place| matches!(place, Place::Goal(..)))
    {
        let change = (place.clone(), text.clone());
        check(&changed(edition, [change]), edition);
    }
}

/// What kind of cell it is, whatever row it stands in.
fn kind(place: &Place) -> String {
    match place {
        Place::Header(key) => key.clone(),
        Place::Goal(_, field) => format!("{field:?}"),
        Place::Indicator(_, field) => format!("{field:?}"),
        Place::Fund(_, column) => column.clone(),
        other => format!("{other:?}"),
    }
}

/// What long texts are made of.
const PIECES: [&str; 11] = [
    "9",
    "九",
    "\u{301}",
    "１",
    "（",
    "一、",
    "未完成5%，",
    "\n",
    "<b",
    "元",
    "≥",
];
