//! Laws that hold for any edits of any document.

use jiping::{
    edit::history::{History, Limits},
    model::{
        document::Document,
        id::{CountedIds, Id},
        path::{CellPath, Place, StatedField},
        project::Project,
    },
    store::{format, integrity},
    versions::merge::{Choice, Matter, Merge, merge},
};
use proptest::prelude::*;

use crate::generate::{Step, after, assert_sound, document, places, step};

/// What somebody made of a document with some steps; ids of new parts come after `first_id`.
fn edited(document: &Document, steps: &[Step], first_id: u64) -> Document {
    let mut ids = CountedIds(first_id);
    let edit =
        |document: Document, step: &Step| after(&document, &step.command(&document, &mut ids));
    steps.iter().fold(document.clone(), edit)
}

/// The text of a cell; `None` where it is not there.
fn text(document: &Document, project: Id<Project>, place: &Place) -> Option<String> {
    let text = document.project(project)?.cell_text(place)?;
    Some(text.into_owned())
}

/// Cells that both have and whose texts differ. Footnotes have no identity, so they are left out.
fn changed_cells(older: &Document, newer: &Document) -> Vec<CellPath> {
    let mut changed = Vec::new();
    for project in newer.projects.iter() {
        for place in places(project) {
            if matches!(place, Place::Stated(StatedField::Footnote(_))) {
                continue;
            }
            let before = text(older, project.id, &place);
            if before.is_some() && before != text(newer, project.id, &place) {
                changed.push(project.at(place));
            }
        }
    }
    changed
}

fn is_plain(merge: &Merge) -> bool {
    let mut items = merge.items().iter();
    items.all(|item| !item.is_conflict() && item.matter != Matter::Locked)
}

/// Whether a whole form is asked about or told of, so that none of its cells is.
fn is_asked_as_a_whole(merge: &Merge, project: Id<Project>) -> bool {
    merge.items().iter().any(|item| {
        let is_of_form = matches!(item.matter, Matter::Form | Matter::Locked | Matter::Stage);
        item.project == Some(project) && is_of_form
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn nothing_is_made_of_nothing(base in document(), steps in steps()) {
        let changed = edited(&base, &steps, 1 << 20);
        let only_here = merge(Some(&base), &changed, &base);
        prop_assert_eq!(&**only_here.merged(), &changed);
        let only_there = merge(Some(&base), &base, &changed);
        prop_assert_eq!(&**only_there.merged(), &changed);
        let same = merge(Some(&base), &changed, &changed);
        prop_assert_eq!(&**same.merged(), &changed);
        prop_assert!(same.items().is_empty());
        let without_base = merge(None, &changed, &changed);
        prop_assert!(without_base.items().is_empty());
    }

    #[test]
    fn edits_that_do_not_touch_are_joined_in_either_order(
        base in document(),
        mine in steps(),
        theirs in steps(),
    ) {
        let (mine, theirs) = (edited(&base, &mine, 1 << 20), edited(&base, &theirs, 1 << 30));
        let one = merge(Some(&base), &mine, &theirs);
        let other = merge(Some(&base), &theirs, &mine);
        if !is_plain(&one) || !is_plain(&other) {
            return Ok(());
        }
        prop_assert_eq!(one.merged(), other.merged());
        for (side, opposite) in [(&mine, &theirs), (&theirs, &mine)] {
            for at in changed_cells(&base, side) {
                let (project, place) = (at.project, &at.place);
                if text(opposite, project, place) == text(&base, project, place)
                    && let Some(merged) = text(one.merged(), project, place)
                {
                    prop_assert_eq!(Some(merged), text(side, project, place), "{}", at);
                }
            }
        }
    }

    #[test]
    fn a_cell_that_both_changed_is_asked_about(
        base in document(),
        mine in steps(),
        theirs in steps(),
    ) {
        let (mine, theirs) = (edited(&base, &mine, 1 << 20), edited(&base, &theirs, 1 << 30));
        let merge = merge(Some(&base), &mine, &theirs);
        for at in changed_cells(&base, &mine) {
            let there = text(&theirs, at.project, &at.place);
            let is_touched = there.is_some()
                && there != text(&base, at.project, &at.place)
                && there != text(&mine, at.project, &at.place);
            if is_touched && !is_asked_as_a_whole(&merge, at.project) {
                let is_asked = merge.conflicts().any(|item| item.at.as_ref() == Some(&at));
                prop_assert!(is_asked, "{} is not asked about", at);
            }
        }
    }

    #[test]
    fn what_comes_of_it_is_sound_can_be_saved_and_undone(
        base in document(),
        mine in steps(),
        theirs in steps(),
        has_base in any::<bool>(),
        choices in proptest::collection::vec(0usize..3, 1..8),
    ) {
        let (mine, theirs) = (edited(&base, &mine, 1 << 20), edited(&base, &theirs, 1 << 30));
        let mut merge = merge(has_base.then_some(&base), &mine, &theirs);
        let all = [Choice::Mine, Choice::Theirs, Choice::Both];
        let decide = |index: usize| all[choices[index % choices.len()]];
        let items = merge.items().iter().enumerate();
        let decisions: Vec<_> = items.map(|(index, item)| (item.key.clone(), decide(index))).collect();
        merge.choose(decisions);
        let merged = &**merge.merged();
        assert_sound(merged);
        let mut checked = merged.clone();
        let findings = integrity::restore(&mut checked, &mut CountedIds(1 << 40));
        prop_assert!(findings.reissued.is_empty(), "{:?}", findings.reissued);
        prop_assert!(findings.dangling.is_empty(), "{:?}", findings.dangling);
        let bytes = format::write(merged);
        let opened = format::read(&bytes, &mut CountedIds(1 << 40)).expect("a document");
        prop_assert_eq!(&opened.document, merged);

        let mut history = History::new(mine.clone(), Limits::default());
        if history.edit(&merge.command("合并"), None).is_ok_and(|changed| changed) {
            prop_assert_eq!(&**history.document(), merged);
            history.undo();
            prop_assert_eq!(&**history.document(), &mine);
        }
    }
}
