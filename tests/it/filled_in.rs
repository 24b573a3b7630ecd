//! 发出填报表 / 收回: workbooks that colleagues fill in come back, however they were handled meanwhile.

use std::sync::Arc;

use jiff::civil::date;
use jiping::{
    edit::{apply::apply, command::EditCommand},
    exchange::{
        child::Within,
        grid::{Cell, Content, Own},
        read,
        watch::Unwatched,
    },
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        indicator::Indicator,
        path::{IndicatorField, Place},
        project::Project,
        sending::{Sending, SendingState},
    },
    sharing::fill_in::{
        self, Found, NotTaken, Order, Returned,
        reminding::reminder,
        taken::{Choices, Offer, offer},
        ticket::Ticket,
        wanted::Wanted,
    },
    versions::merge::merge,
};
use proptest::prelude::*;

use crate::{foreign, seed};

const NOW: &str = "2021-03-12 09:00";

/// A document that was given out.
struct Given {
    document: Document,
    edition: Arc<Edition>,
    sending: Sending,
    bytes: Vec<u8>,
}

impl Given {
    fn new(wanted: Wanted) -> Self {
        Self::of(seed::sample("shenzhen-2020-corrected").0, wanted)
    }

    fn of(project: Project, wanted: Wanted) -> Self {
        let edition = Arc::new(seed::sample("shenzhen-2020-corrected").1);
        let mut document = Document::new(Id::from_bits(77));
        let project = Arc::new(project);
        document.projects.push(Arc::clone(&project));
        let sending = Sending {
            id: Id::from_bits(5),
            to: "人事处".into(),
            projects: vec![project.id],
            file: "填报表 人事处.xlsx".into(),
            time: "2021-03-01 10:00".into(),
            due: "2021-03-10".into(),
            returns: Vec::new(),
            unknown: Default::default(),
        };
        document.sendings.push(sending.clone());
        let projects = [(project, Arc::clone(&edition))];
        let order = Order {
            sending: &sending,
            document: document.id,
            projects: &projects,
            wanted,
            return_to: "财务科 李四",
            remark: "",
            now: date(2021, 3, 1).at(10, 0, 0, 0),
        };
        let bytes = fill_in::write(&order, &mut CountedIds(900)).expect("a workbook");
        Self {
            document,
            edition,
            sending,
            bytes,
        }
    }

    fn project(&self) -> &Arc<Project> {
        self.document.projects.first().expect("a project")
    }

    fn row(&self, index: usize) -> Indicator {
        let row = self.project().rows().nth(index);
        row.expect("a row").indicator.clone()
    }

    fn read(&self, content: &Content, document: &Document) -> Result<Returned, NotTaken> {
        let found = Found {
            file: "交回.xlsx",
            hash: "abc",
            content,
        };
        let edition = |_: &Project| Some(Arc::clone(&self.edition));
        fill_in::read(found, document, &edition)
    }

    /// What comes back after a change of what was sent.
    fn back(&self, change: impl FnOnce(&mut Content)) -> Returned {
        let mut content = content(&self.bytes, "a.xlsx");
        change(&mut content);
        self.read(&content, &self.document).expect("known")
    }

    fn offer(&self, document: &Document, returned: &Returned, choices: Choices) -> Offer {
        let edition = |_: &Project| Some(Arc::clone(&self.edition));
        offer(
            document,
            std::slice::from_ref(returned),
            choices,
            NOW,
            &edition,
        )
    }

    fn actual(&self, document: &Document, row: &Indicator) -> String {
        let project = document.project(self.project().id).expect("the project");
        let place = Place::Indicator(row.id, IndicatorField::Actual);
        project.cell_text(&place).expect("the cell").into_owned()
    }
}

fn content(bytes: &[u8], name: &str) -> Content {
    read::read(bytes, name, &Within, &Unwatched).expect("readable")
}

/// The cell of the form with the text, and the one right of it by so many cells of its row.
fn cell_of<'c>(content: &'c mut Content, text: &str) -> &'c mut Cell {
    let cells = content.grids[1].cells.iter_mut();
    cells
        .into_iter()
        .find(|cell| cell.text == text)
        .expect("the cell")
}

/// The row of an indicator, and the column of 实际完成值.
fn place_of(content: &Content, row: &Indicator, given: &Given) -> (u32, u32) {
    let own = self::content(&given.bytes, "a.xlsx").own;
    let ticket = Ticket::read(own.sheet.as_ref()).expect("a ticket");
    let actual = Place::Indicator(row.id, IndicatorField::Actual);
    let rows = ticket.forms[0].rows.iter();
    let mut cells = rows.flat_map(|row| &row.cells);
    let cell = cells.find(|cell| cell.at.as_ref().is_some_and(|at| at.place == actual));
    let column = cell.expect("the cell").column;
    let cells = &content.grids[1].cells;
    let name = cells
        .iter()
        .find(|cell| cell.text == row.name)
        .expect("name");
    (name.place.row, column)
}

fn type_at(content: &mut Content, (row, column): (u32, u32), text: &str) {
    let cells = &mut content.grids[1].cells;
    cells.retain(|cell| (cell.place.row, cell.place.column) != (row, column));
    cells.push(Cell::new(row, column, text));
    cells.sort_by_key(|cell| cell.place);
}

/// Moves everything from a row on down by one.
fn make_room(content: &mut Content, from: u32) {
    for cell in &mut content.grids[1].cells {
        if cell.place.row >= from {
            cell.place.row += 1;
        } else if cell.place.row.saturating_add(cell.rows) > from {
            cell.rows = cell.rows.saturating_add(1);
        }
    }
    for mark in &mut content.own.marks {
        if mark.grid == 1 && mark.row >= from {
            mark.row += 1;
        }
    }
}

#[test]
fn what_nobody_touched_changes_nothing() {
    for wanted in [
        Wanted::RESULTS,
        Wanted::ALL,
        Wanted {
            blank_rows: 2,
            ..Wanted::ALL
        },
    ] {
        let given = Given::new(wanted);
        let back = given.back(|_| {});
        let [form] = back.forms.as_slice() else {
            panic!("one form")
        };
        assert!(
            form.has_base && form.answers.len() > 10,
            "{}",
            form.answers.len()
        );
        assert_eq!(
            (form.filled(), form.locked().count(), form.added.len()),
            (0, 0, 0)
        );
        assert_eq!(back.notes, Vec::<String>::new());
        let offer = given.offer(&given.document, &back, Choices::default());
        assert_eq!(offer.theirs, given.document);
        assert_eq!(offer.base.as_ref(), Some(&given.document));
        assert_eq!(offer.notes, Vec::<String>::new());
    }
}

#[test]
fn what_was_filled_in_is_one_step_and_noted() {
    let given = Given::new(Wanted::RESULTS);
    let row = given.row(0);
    let back = given.back(|content| {
        let place = place_of(content, &row, &given);
        type_at(content, place, "123 次");
    });
    assert_eq!(back.forms[0].filled(), 1);
    let offer = given.offer(&given.document, &back, Choices::default());
    let merged = merge(offer.base.as_ref(), &given.document, &offer.theirs);
    assert_eq!(merged.conflicts().count(), 0);
    let commands = [merged.command("收回")].into_iter().chain(offer.records);
    let step = EditCommand::Many {
        label: "收回".into(),
        commands: commands.collect(),
    };
    let after = apply(&given.document, &step).expect("allowed");
    assert_eq!(given.actual(&after, &row), "123 次");
    let sending = after.sendings.first().expect("listed");
    assert_eq!(sending.state(date(2021, 3, 20)), SendingState::Returned);
    assert_eq!(back.cautions(&given.document), Vec::<String>::new());
    let [again] = &*back.cautions(&after) else {
        panic!("told")
    };
    assert!(again.contains("内容完全相同"), "{again}");
}

#[test]
fn what_both_changed_is_a_conflict() {
    let given = Given::new(Wanted::RESULTS);
    let (row, other) = (given.row(0), given.row(1));
    let set = |document: &Document, row: &Indicator, text: &str| {
        let at = given
            .project()
            .at(Place::Indicator(row.id, IndicatorField::Actual));
        apply(
            document,
            &EditCommand::SetCell {
                at,
                text: text.into(),
            },
        )
        .expect("allowed")
    };
    // After it was sent, both rows were changed here; theirs changed only the first.
    let ours = set(&set(&given.document, &row, "7"), &other, "8");
    let mut sheet = content(&given.bytes, "a.xlsx");
    let place = place_of(&sheet, &row, &given);
    type_at(&mut sheet, place, "9");
    let back = given.read(&sheet, &ours).expect("known");
    let offer = given.offer(&ours, &back, Choices::default());
    let merged = merge(offer.base.as_ref(), &ours, &offer.theirs);
    assert_eq!(merged.conflicts().count(), 1);
    let after = apply(&ours, &merged.command("收回")).expect("allowed");
    assert_eq!(given.actual(&after, &row), "7");
    assert_eq!(given.actual(&after, &other), "8");
}

#[test]
fn rows_that_moved_are_found_and_inserted_ones_are_new_indicators() {
    let given = Given::new(Wanted::RESULTS);
    let (row, next) = (given.row(0), given.row(1));
    let back = given.back(|content| {
        let (at, column) = place_of(content, &row, &given);
        make_room(content, at + 1);
        let name = cell_of(content, &row.name).place.column;
        type_at(content, (at + 1, name), "新增的指标");
        type_at(content, (at + 1, column), "5 个");
        let below = place_of(content, &next, &given);
        assert_eq!(below.0, at + 2);
        type_at(content, below, "66");
    });
    let form = &back.forms[0];
    assert_eq!(form.filled(), 1);
    let [added] = form.added.as_slice() else {
        panic!("{:?}", form.added)
    };
    assert_eq!(added.after, Some(row.id));
    assert_eq!(
        (&*added.indicator.name, added.indicator.actual.text()),
        ("新增的指标", "5 个")
    );
    let offer = given.offer(&given.document, &back, Choices::default());
    assert_eq!(given.actual(&offer.theirs, &next), "66");
    let theirs = offer
        .theirs
        .project(given.project().id)
        .expect("the project");
    assert_eq!(theirs.rows().count(), given.project().rows().count() + 1);
    // Read once more it is the same row, so that it is not added twice.
    let again = given.offer(&offer.theirs, &back, Choices::default());
    let rows = again
        .theirs
        .project(given.project().id)
        .expect("the project")
        .rows()
        .count();
    assert_eq!(rows, given.project().rows().count() + 1);
    let choices = Choices {
        rows: false,
        ..Choices::default()
    };
    assert_eq!(given.offer(&given.document, &back, choices).changes, 1);
}

#[test]
fn blank_rows_that_were_filled_in_are_new_indicators() {
    let given = Given::new(Wanted {
        blank_rows: 1,
        ..Wanted::ALL
    });
    let row = given.row(0);
    let groups = given.project().groups().count();
    let name_of_row = |content: &mut Content| cell_of(content, &row.name).place;
    let back = given.back(|content| {
        let marks: Vec<u32> = content
            .own
            .marks
            .iter()
            .filter(|mark| mark.grid == 1)
            .map(|mark| mark.row)
            .collect();
        let place = name_of_row(content);
        // The first row below with a mark and no name is a blank one.
        let texts: Vec<(u32, u32)> = content.grids[1]
            .cells
            .iter()
            .map(|cell| (cell.place.row, cell.place.column))
            .collect();
        let blank = (place.row..)
            .find(|row| marks.contains(row) && !texts.contains(&(*row, place.column)))
            .expect("a blank row");
        type_at(content, (blank, place.column), "多出的指标");
    });
    assert!(groups > 0);
    let [added] = back.forms[0].added.as_slice() else {
        panic!("one row")
    };
    assert_eq!(added.indicator.name, "多出的指标");
}

#[test]
fn without_the_hidden_sheet_and_under_another_name_rows_are_found_by_their_names() {
    let given = Given::new(Wanted::RESULTS);
    let (row, last) = (given.row(0), given.row(given.project().rows().count() - 1));
    for keeps_marks in [true, false] {
        let back = given.back(|content| {
            content.own.sheet = None;
            if !keeps_marks {
                content.own = Own::default();
            }
            content.grids[1].name = "Sheet1".into();
            make_room(content, 3);
            for row in [&row, &last] {
                let place = place_of(content, row, &given);
                type_at(content, place, "31");
            }
        });
        let form = &back.forms[0];
        assert!(!form.has_base);
        assert_eq!(form.filled(), 2, "{:?}", form.notes);
        assert_eq!(back.sending, None);
        assert!(back.notes[0].contains("隐藏工作表"), "{:?}", back.notes);
        assert_eq!(form.notes.is_empty(), keeps_marks, "{:?}", form.notes);
        let offer = given.offer(&given.document, &back, Choices::default());
        assert_eq!(offer.base, None);
        assert_eq!(given.actual(&offer.theirs, &last), "31");
        // It is the latest that the project was sent in.
        assert!(
            matches!(&offer.records[..], [EditCommand::RecordReturn { sending, .. }] if *sending == given.sending.id)
        );
    }
}

#[test]
fn rows_that_were_sorted_without_their_marks_are_found_by_name() {
    let given = Given::new(Wanted::RESULTS);
    let (one, other) = (given.row(0), given.row(1));
    let back = given.back(|content| {
        let places = [&one, &other].map(|row| place_of(content, row, &given));
        type_at(content, places[0], "甲");
        type_at(content, places[1], "乙");
        // What stands in the two rows changes places, but for what is merged over both.
        for cell in &mut content.grids[1].cells {
            if cell.rows == 1 && cell.place.column > 1 {
                let row = cell.place.row;
                if row == places[0].0 {
                    cell.place.row = places[1].0;
                } else if row == places[1].0 {
                    cell.place.row = places[0].0;
                }
            }
        }
        content.grids[1].cells.sort_by_key(|cell| cell.place);
    });
    let offer = given.offer(&given.document, &back, Choices::default());
    assert_eq!(given.actual(&offer.theirs, &one), "甲");
    assert_eq!(given.actual(&offer.theirs, &other), "乙");
    assert!(
        back.forms[0]
            .notes
            .iter()
            .any(|note| note.contains("按名称"))
    );
}

#[test]
fn locked_cells_that_changed_are_told_and_taken_only_if_wanted_and_never_where_approved() {
    let (mut project, _) = seed::sample("shenzhen-2020-corrected");
    let id = project.rows().next().expect("a row").indicator.id;
    let mut document = Document::new(Id::from_bits(1));
    document.projects.push(project.clone());
    let approved = EditCommand::ApproveTargets {
        project: project.id,
    };
    let with = apply(&document, &approved).expect("allowed");
    for is_approved in [false, true] {
        if is_approved {
            project = Project::clone(with.projects.first().expect("a project"));
        }
        let given = Given::of(project.clone(), Wanted::RESULTS);
        let row = given.row(0);
        let place = Place::Indicator(id, IndicatorField::Target);
        let before = given
            .project()
            .cell_text(&place)
            .expect("a cell")
            .into_owned();
        let back = given.back(|content| {
            let at = place_of(content, &row, &given).0;
            let cells = content.grids[1].cells.iter_mut();
            let target = cells
                .into_iter()
                .find(|cell| cell.place.row == at && cell.text == before);
            target.expect("the target").text = "改过的".into();
        });
        assert_eq!(back.forms[0].locked().count(), 1);
        let after = |choices| {
            let offer = given.offer(&given.document, &back, choices);
            let theirs = offer.theirs.project(project.id).expect("the project");
            (
                theirs.cell_text(&place).expect("a cell").into_owned(),
                offer.notes,
            )
        };
        assert_eq!(after(Choices::default()).0, before);
        let (taken, notes) = after(Choices {
            locked: true,
            ..Choices::default()
        });
        match is_approved {
            false => assert_eq!(taken, "改过的"),
            true => {
                assert_eq!(taken, before);
                assert!(notes[0].contains("随预算批复"), "{notes:?}");
            }
        }
    }
}

#[test]
fn what_belongs_elsewhere_is_told() {
    let given = Given::new(Wanted::RESULTS);
    let sheet = content(&given.bytes, "a.xlsx");
    let other = Document::new(Id::from_bits(8));
    let Err(NotTaken::OtherDocument(name)) = given.read(&sheet, &other) else {
        panic!("of another")
    };
    assert!(given.project().name().starts_with(&name) || name.contains(given.project().name()));
    let gone = Document::new(given.document.id);
    assert!(matches!(given.read(&sheet, &gone), Err(NotTaken::Gone(_))));
    let nothing = Content::default();
    assert_eq!(
        given.read(&nothing, &given.document),
        Err(NotTaken::NotOurs)
    );
}

#[test]
fn a_form_that_is_handed_in_takes_nothing() {
    use jiping::model::project::Stage;
    let given = Given::new(Wanted::RESULTS);
    let row = given.row(0);
    let back = given.back(|content| {
        let place = place_of(content, &row, &given);
        type_at(content, place, "1");
    });
    let stage = EditCommand::SetStage {
        project: given.project().id,
        stage: Stage::Submitted,
    };
    let ours = apply(&given.document, &stage).expect("allowed");
    let offer = given.offer(&ours, &back, Choices::default());
    assert_eq!((offer.changes, &offer.theirs), (0, &ours));
    assert!(offer.notes[0].contains("送审"), "{:?}", offer.notes);
}

#[test]
fn who_has_not_returned_is_reminded() {
    let given = Given::new(Wanted::RESULTS);
    let text = reminder(&given.document, &given.sending, date(2021, 3, 12));
    assert!(
        text.contains("人事处") && text.contains("2021-03-10") && text.contains("过期 2 天"),
        "{text}"
    );
}

/// What openpyxl sees: how sheets are shown and protected, how many cells are open, and that no cell is a formula.
const LOOK: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
for sheet in book.worksheets:
    cells = [cell for row in sheet.iter_rows() for cell in row]
    free = sum(1 for cell in cells if not cell.protection.locked)
    formulas = sum(1 for cell in cells if cell.data_type == "f")
    print(sheet.title, sheet.sheet_state, sheet.protection.sheet, free > 0, formulas)
"#;

#[test]
fn other_programs_keep_what_is_needed() {
    let mut project = seed::sample("shenzhen-2020-corrected").0;
    let row = project.rows().next().expect("a row").indicator.id;
    for (field, text) in [
        (IndicatorField::Actual, "=1+1"),
        (IndicatorField::Deviation, "@SUM(A1)\n第二行"),
    ] {
        let mut document = Document::new(Id::from_bits(1));
        document.projects.push(project.clone());
        let at = project.at(Place::Indicator(row, field));
        let typed = apply(
            &document,
            &EditCommand::SetCell {
                at,
                text: text.into(),
            },
        );
        let typed = typed.expect("allowed");
        project = Project::clone(typed.projects.first().expect("a project"));
    }
    let given = Given::of(
        project,
        Wanted {
            blank_rows: 1,
            ..Wanted::ALL
        },
    );
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("发出.xlsx");
    std::fs::write(&file, &given.bytes).expect("written");
    let seen = foreign::python(LOOK, &[&file]);
    let lines: Vec<&str> = seen.lines().collect();
    assert_eq!(lines.len(), 3, "{seen}");
    assert_eq!(lines[0], "填写说明 visible True False 0");
    assert!(lines[1].ends_with("visible True True 0"), "{seen}");
    assert!(lines[2].starts_with("_jiping veryHidden True"), "{seen}");

    for to in ["xls", "ods", "xlsx:Calc MS Excel 2007 XML"] {
        let out = folder.path().join(to.split(':').next().expect("an ending"));
        let made = foreign::converted(&[&file], to, &out);
        let bytes = std::fs::read(&made[0]).expect("readable");
        let name = made[0]
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name");
        let back = given
            .read(&content(&bytes, name), &given.document)
            .expect("known");
        let [form] = back.forms.as_slice() else {
            panic!("one form")
        };
        assert!(form.has_base, "{to}: {:?}", back.notes);
        let changed: Vec<_> = form
            .answers
            .iter()
            .filter(|answer| answer.is_changed())
            .collect();
        assert!(changed.is_empty(), "{to}: {changed:?}");
        assert_eq!(form.added.len(), 0, "{to}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever was done to the sheets, nothing breaks, and the document stays sound.
    #[test]
    fn nothing_that_comes_back_breaks_anything(
        edits in prop::collection::vec((any::<prop::sample::Index>(), "\\PC{0,12}", 0u8..6), 1..12),
    ) {
        static GIVEN: std::sync::LazyLock<Given> = std::sync::LazyLock::new(|| Given::new(Wanted { blank_rows: 1, ..Wanted::ALL }));
        let given = &*GIVEN;
        let mut sheet = content(&given.bytes, "a.xlsx");
        for (at, text, kind) in edits {
            match kind {
                0 => {
                    let cells = &mut sheet.grids[1].cells;
                    let at = at.index(cells.len());
                    cells[at].text = text;
                }
                1 => {
                    let cells = &mut sheet.grids[1].cells;
                    let at = at.index(cells.len());
                    cells[at].rows = u32::MAX;
                }
                2 => {
                    let marks = sheet.own.marks.len();
                    if let Some(mark) = sheet.own.marks.get_mut(at.index(marks.max(1))) {
                        mark.text = text;
                    }
                }
                3 => {
                    if let Some(own) = &mut sheet.own.sheet && !own.cells.is_empty() {
                        let at = at.index(own.cells.len());
                        own.cells[at].text.push_str(&text);
                    }
                }
                4 => make_room(&mut sheet, u32::try_from(at.index(40)).expect("small")),
                _ => {
                    let copy = sheet.grids[1].clone();
                    sheet.grids.push(copy);
                }
            }
        }
        if let Ok(back) = given.read(&sheet, &given.document) {
            let offer = given.offer(&given.document, &back, Choices { locked: true, rows: true });
            crate::generate::assert_sound(&offer.theirs);
        }
    }
}
