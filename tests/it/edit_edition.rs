//! A 表样 being edited: steps and their way back, what one change drags along, faults in words, differences in words.

use std::sync::Arc;

use jiping::{
    edit::edition::{
        EditionDraft, copy_of,
        faults::{Part, faults},
        fields::{self, FieldList},
        funds, indicators, keeps_all, tables,
    },
    model::{
        edition::{Edition, EditionStatus, Formula, FundRole, IndicatorRole, ScoredBy},
        edition_difference::differences,
        id::CountedIds,
        project::header,
    },
    store::editions::EditionShelf,
};
use rust_decimal::dec;

fn edition(id: &str) -> Edition {
    let shelf = EditionShelf::built_in();
    let mut all = shelf.list().iter();
    let found = all.find(|known| known.edition.id == id);
    Edition::clone(&found.expect("a shipped edition").edition)
}

fn shenzhen() -> Edition {
    edition("shenzhen-2020")
}

/// The edition after a change.
fn with(change: impl FnOnce(&mut Edition)) -> Edition {
    let mut edition = shenzhen();
    change(&mut edition);
    edition
}

#[track_caller]
fn sound(edition: &Edition) {
    assert_eq!(edition.problems(), [""; 0]);
}

#[test]
fn typing_is_one_step_and_every_step_goes_back_and_forth() {
    let mut draft = EditionDraft::new(Arc::new(shenzhen()));
    let began = Arc::clone(draft.edition());
    for name in ["某", "某市", "某市表"] {
        let mut edition = Edition::clone(draft.edition());
        edition.name = name.into();
        assert!(draft.take("修改 名称", Some("name"), edition));
    }
    let mut edition = Edition::clone(draft.edition());
    fields::add(&mut edition, FieldList::Footer, "填报人");
    assert!(draft.take("添加 表尾栏目", None, edition.clone()));
    assert!(
        !draft.take("添加 表尾栏目", None, edition),
        "nothing is different"
    );
    assert!(draft.is_changed());
    let last = Arc::clone(draft.edition());
    assert_eq!(draft.undo().as_deref(), Some("添加 表尾栏目"));
    assert_eq!(draft.edition().name, "某市表");
    assert_eq!(draft.undo().as_deref(), Some("修改 名称"));
    assert_eq!(draft.edition(), &began);
    assert!(!draft.is_changed());
    assert_eq!(draft.undo(), None);
    assert_eq!(draft.redoable(), Some("修改 名称"));
    draft.redo();
    draft.redo();
    assert_eq!(draft.edition(), &last);
}

#[test]
fn what_is_typed_back_leaves_no_step() {
    let mut draft = EditionDraft::new(Arc::new(shenzhen()));
    let name = draft.edition().name.clone();
    for name in [format!("{name}新"), name] {
        let mut edition = Edition::clone(draft.edition());
        edition.name = name;
        draft.take("修改 名称", Some("name"), edition);
    }
    assert_eq!(draft.undoable(), None);
    assert!(!draft.is_changed());
}

#[test]
fn a_copy_is_the_users_own_and_not_verified() {
    let copy = copy_of(&shenzhen(), "某市表", &mut CountedIds(6));
    assert_eq!(
        (copy.id.as_str(), copy.name.as_str()),
        ("own-000000000007", "某市表")
    );
    assert_eq!(copy.status, EditionStatus::Reference);
    assert!(copy.source.contains(&shenzhen().name));
    sound(&copy);
}

#[test]
fn a_field_is_what_the_person_says_and_the_one_before_becomes_the_forms_own() {
    let keys = |edition: &Edition| -> Vec<String> {
        edition
            .header
            .iter()
            .map(|field| field.key.clone())
            .collect()
    };
    let before = keys(&shenzhen());
    let unit = before
        .iter()
        .position(|key| key == header::UNIT)
        .expect("there");
    let department = before
        .iter()
        .position(|key| key == header::DEPARTMENT)
        .expect("there");
    let changed = with(|edition| fields::set_use(edition, unit, Some(header::DEPARTMENT)));
    assert_eq!(keys(&changed)[unit], header::DEPARTMENT);
    assert_eq!(keys(&changed)[department], "field_1");
    sound(&changed);
    let other = with(|edition| fields::set_use(edition, unit, None));
    assert_eq!(keys(&other)[unit], "field_1");
    let without_year = with(|edition| {
        edition.title = "{year}年自评表".into();
        let year = before
            .iter()
            .position(|key| key == header::YEAR)
            .expect("there");
        fields::remove(edition, FieldList::Header, year);
    });
    assert_eq!(without_year.title, "年自评表");
    sound(&without_year);
}

#[test]
fn columns_of_funds_take_their_formulas_along() {
    let changed = with(|edition| {
        let uses = funds::COLUMN_USES;
        let own = uses
            .iter()
            .find(|one| one.key.is_none() && one.role == FundRole::Amount);
        funds::add_column(edition, *own.expect("其他金额"));
        let last = edition.funds.columns.len() - 1;
        edition.funds.columns[last].formula =
            Some(Formula::Difference("adjusted".into(), "executed".into()));
    });
    sound(&changed);
    let mut renamed = changed.clone();
    let executed = position(&renamed, "executed");
    let own = funds::COLUMN_USES
        .iter()
        .find(|one| one.name == "其他金额")
        .expect("there");
    funds::set_use(&mut renamed, executed, *own);
    let last = renamed.funds.columns.last().expect("there");
    let formula = last.formula.as_ref().expect("kept");
    assert_eq!(
        formula.operands(),
        ["adjusted", renamed.funds.columns[executed].key.as_str()]
    );
    let told = faults(&renamed);
    assert_eq!(told[0].part, Part::Scoring, "{told:?}");
    let mut removed = changed;
    let executed = position(&removed, "executed");
    funds::remove_column(&mut removed, executed);
    assert_eq!(removed.funds.columns.last().expect("there").formula, None);
}

fn position(edition: &Edition, key: &str) -> usize {
    let mut columns = edition.funds.columns.iter();
    columns.position(|column| column.key == key).expect("there")
}

#[test]
fn rows_of_funds_leave_their_sums_and_hand_the_score_on() {
    let changed = with(|edition| {
        funds::remove_row(edition, 2);
        assert_eq!(edition.funds.splits[0].parts, ["appropriation", "other"]);
        funds::add_row(edition, "上级补助");
        let key = edition.funds.rows.last().expect("there").key.clone();
        funds::set_part(edition, 0, &key, true);
        funds::set_total(edition, 0, "total");
        funds::set_row_use(edition, 3, Some("carried_over"));
    });
    assert_eq!(
        changed.funds.splits[0].parts,
        ["appropriation", "other", "carried_over"]
    );
    sound(&changed);
    let without_total = with(|edition| funds::remove_row(edition, 0));
    assert!(
        without_total.funds.rows[0].scored,
        "some row carries the score"
    );
    assert!(without_total.funds.splits.is_empty());
    sound(&without_total);
}

#[test]
fn a_level_takes_its_points_along() {
    let mut edition = edition("mof-2020");
    let name = edition.indicators.levels[0].name.clone();
    let points = edition.default_weights()[name.as_str()];
    indicators::set_printed(&mut edition, 0, true);
    indicators::rename_level(&mut edition, 0, "成果");
    assert_eq!(edition.default_weights()["成果"], points);
    assert_eq!(
        edition.indicators.levels[0].caption,
        format!("成果（{points}分）")
    );
    indicators::set_points(&mut edition, 0, "成果", Some(dec!(45)));
    assert_eq!(edition.indicators.levels[0].caption, "成果（45分）");
    indicators::set_execution(&mut edition, dec!(15));
    sound(&edition);
    indicators::remove_level(&mut edition, 0);
    assert!(!edition.default_weights().contains_key("成果"));
    assert_eq!(
        faults(&edition)[0].part,
        Part::Scoring,
        "the points no longer add up"
    );
}

#[test]
fn a_form_without_columns_of_points_scores_nothing() {
    let changed = with(|edition| {
        for role in [IndicatorRole::Weight, IndicatorRole::Score] {
            let mut columns = edition.indicators.columns.iter();
            let at = columns
                .position(|column| column.role == role)
                .expect("there");
            indicators::remove_column(edition, at);
        }
    });
    assert_eq!(changed.indicators.scored_by, ScoredBy::Nothing);
    sound(&changed);
    let again = {
        let mut edition = changed;
        indicators::add_column(&mut edition, IndicatorRole::Score, "得分");
        indicators::add_column(&mut edition, IndicatorRole::Score, "备查");
        edition
    };
    assert_eq!(again.indicators.scored_by, ScoredBy::Row);
    let last = again.indicators.columns.last().expect("there");
    assert_eq!(
        (last.role, last.key.as_str()),
        (IndicatorRole::Extra, "extra_1")
    );
    sound(&again);
}

#[test]
fn everything_that_can_be_added_is_sound() {
    let mut edition = shenzhen();
    tables::add(&mut edition);
    for list in [
        FieldList::Header,
        FieldList::Goals,
        FieldList::Texts,
        FieldList::Footer,
        FieldList::Columns(0),
    ] {
        fields::add(&mut edition, list, "其他");
    }
    indicators::add_level(&mut edition);
    let last = edition.indicators.levels.len() - 1;
    indicators::add_child(&mut edition, last);
    indicators::add_child(&mut edition, last);
    while edition.scoring.weights.len() < 4 {
        indicators::add_weights(&mut edition);
    }
    funds::add_split(&mut edition);
    sound(&edition);
}

/// The file speaks to who maintains it, the editor to a clerk.
#[test]
fn faults_are_told_at_their_part_and_without_words_of_the_file() {
    let cases: [(Part, Edition); 9] = [
        (Part::Identity, with(|edition| edition.name.clear())),
        (
            Part::Header,
            with(|edition| edition.header.retain(|field| field.key != "project_name")),
        ),
        (
            Part::Header,
            with(|edition| edition.header[0].caption.clear()),
        ),
        (
            Part::Funds,
            with(|edition| funds::set_scored(edition, None)),
        ),
        (Part::Goals, with(|edition| edition.goals.most_blocks = 0)),
        (
            Part::Indicators,
            with(|edition| {
                edition
                    .indicators
                    .columns
                    .retain(|column| column.role != IndicatorRole::Name)
            }),
        ),
        (
            Part::Indicators,
            with(|edition| {
                edition
                    .indicators
                    .columns
                    .retain(|column| column.role != IndicatorRole::Level2)
            }),
        ),
        (
            Part::Scoring,
            with(|edition| edition.scoring.tiers.partly_from = dec!(0.9)),
        ),
        (
            Part::Checks,
            with(|edition| edition.checks.fewest_indicators = 90),
        ),
    ];
    for (part, edition) in cases {
        let told = faults(&edition);
        assert_eq!(told[0].part, part, "{told:?}");
        for fault in told {
            let latin = fault.what.chars().filter(char::is_ascii_lowercase).count();
            assert_eq!(latin, 0, "{}", fault.what);
        }
    }
}

#[test]
fn projects_follow_only_where_nothing_is_lost() {
    let before = shenzhen();
    assert!(keeps_all(
        &before,
        &with(|edition| edition.header[0].caption = "名称".into())
    ));
    assert!(keeps_all(
        &before,
        &with(|edition| fields::add(edition, FieldList::Texts, "说明"))
    ));
    assert!(!keeps_all(
        &before,
        &with(|edition| fields::remove(edition, FieldList::Header, 3))
    ));
    assert!(!keeps_all(
        &before,
        &with(|edition| funds::remove_row(edition, 3))
    ));
    assert!(!keeps_all(
        &before,
        &with(|edition| indicators::remove_column(edition, 3))
    ));
}

#[test]
fn differences_are_told_in_words() {
    let before = shenzhen();
    assert_eq!(differences(&before, &before), [""; 0]);
    let now = with(|edition| {
        edition.header[0].caption = "项目".into();
        funds::add_row(edition, "上级补助");
        funds::remove_column(edition, 0);
        edition.indicators.columns.swap(3, 4);
        indicators::set_points(edition, 0, "产出指标", Some(dec!(40)));
        edition.checks.most_indicators = 50;
        edition.scoring.strict_comparators = !edition.scoring.strict_comparators;
    });
    let told = differences(&before, &now);
    for sentence in [
        "表头“项目名称”改称“项目”",
        "资金表的列少了“年初预算数”",
        "资金表的行多了“上级补助”",
        "指标表的列的顺序不同",
        "大于、小于是否含本数不同",
        "校验界限“指标最多条数”由“40 条”改为“50 条”",
    ] {
        assert!(
            told.iter().any(|one| one == sentence),
            "{sentence}: {told:#?}"
        );
    }
    assert!(
        told.iter().any(|one| one.starts_with("规定分值由")),
        "{told:#?}"
    );
}
