//! What lies around the projects.

use std::sync::Arc;

use jiping::model::{
    ledger::Rectification,
    sending::{Return, Sending},
};

use super::*;

fn entry(id: u64, comment: &str, reply: &str) -> Rectification {
    Rectification {
        id: Id::from_bits(id),
        number: "1".into(),
        project: None,
        project_name: String::new(),
        at: None,
        place: String::new(),
        comment: comment.into(),
        before: "".into(),
        after: "".into(),
        reply: reply.into(),
        by: String::new(),
        date: String::new(),
        done: false,
        guessed: false,
        unknown: Default::default(),
    }
}

fn with_entry(document: &Document, entry: Rectification) -> Document {
    let mut document = document.clone();
    match document.ledger.position(|known| known.id == entry.id) {
        Some(at) => *document.ledger.get_mut(at).expect("in range") = entry,
        None => document.ledger.push(entry),
    }
    document
}

#[test]
fn entries_of_the_ledger_are_joined_field_by_field() {
    let base = with_entry(&document(), entry(1, "补附件", ""));
    let ours = with_entry(&base, entry(1, "补附件", "已补"));
    let theirs = with_entry(
        &with_entry(&base, entry(1, "补签到表", "")),
        entry(2, "核对", ""),
    );
    let merge = merge(Some(&base), &ours, &theirs);
    assert_eq!(merge.conflicts().count(), 0);
    let ledger: Vec<_> = merge.merged().ledger.iter().collect();
    assert_eq!(ledger.len(), 2);
    assert_eq!(
        (&*ledger[0].comment, &*ledger[0].reply),
        ("补签到表", "已补")
    );
}

#[test]
fn returns_of_one_sending_are_put_together() {
    let returned = |time: &str| Return {
        time: time.into(),
        file: "填报.xlsx".into(),
        taken: "".into(),
        content: String::new(),
        saved: String::new(),
        unknown: Default::default(),
    };
    let sent = |returns: Vec<Return>| {
        let mut document = document();
        document.sendings.push(Sending {
            id: Id::from_bits(1),
            to: "科普部".into(),
            projects: Vec::new(),
            file: "填报.xlsx".into(),
            time: "2021-03-01 09:00".into(),
            due: String::new(),
            returns,
            unknown: Default::default(),
        });
        document
    };
    let base = sent(Vec::new());
    let ours = sent(vec![returned("2021-03-03 10:00")]);
    let theirs = sent(vec![returned("2021-03-02 10:00")]);
    let merge = merge(Some(&base), &ours, &theirs);
    let sending = merge.merged().sendings.first().expect("a sending");
    let times: Vec<&str> = sending.returns.iter().map(|one| &*one.time).collect();
    assert_eq!(times, ["2021-03-02 10:00", "2021-03-03 10:00"]);
}

#[test]
fn a_project_removed_there_goes_unless_it_was_changed_here_or_the_file_is_a_part() {
    let mut base = document();
    let second = first(&base).duplicate(&mut CountedIds(3000));
    base.projects.push(second);
    let mut theirs = base.clone();
    theirs.projects.remove(0);
    let merge_of = |ours: &Document, theirs: &Document| merge(Some(&base), ours, theirs);
    assert_eq!(merge_of(&base, &theirs).merged().projects.len(), 1);

    let ours = changed(
        &base,
        &[cell(&base, "数量指标1", IndicatorField::Actual, "7")],
    );
    let kept = merge_of(&ours, &theirs);
    only_conflict(&kept, Clash::RemovedThere);
    assert_eq!(kept.merged().projects.len(), 2);

    let part = Document {
        id: Id::from_bits(4711),
        ..theirs
    };
    assert_eq!(**merge_of(&base, &part).merged(), base);
}

#[test]
fn an_edition_of_the_other_side_travels_along() {
    let base = document();
    let mut theirs = base.clone();
    theirs.editions.push(Arc::new(EDITION.clone()));
    let merge = merge(Some(&base), &base, &theirs);
    assert_eq!(merge.merged().editions, theirs.editions);
}
