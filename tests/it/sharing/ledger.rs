//! 整改台账: comments are read from tables and running text, find their cells, and are told what was changed since.

use std::sync::Arc;

use jiping::{
    edit::{
        apply::apply,
        command::EditCommand,
        history::Grouping,
        history::{History, Limits},
        refusal::{Missing, Refusal},
    },
    exchange::{
        comments::{self, Comment, Comments},
        grid::{Cell, Content, Grid},
        read::read_pasted,
        watch::Unwatched,
    },
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        ledger::Rectification,
        path::{CellPath, GoalField, IndicatorField, Place, StatedField},
        project::{Note, Project, fund, header},
        review::NoteKind,
    },
    sharing::ledger::{changes::filled, of_notes, place_in_words, sheet::listing, taken},
    store::{editions::EditionShelf, format},
};

const FILED: &[u8] = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");

fn sample() -> Document {
    let opened = format::read(FILED, &mut CountedIds(1));
    opened.expect("the sample").document
}

/// The sample, and a copy of its form under another name.
fn two_projects() -> Document {
    let mut document = sample();
    let mut other = document
        .projects
        .first()
        .expect("a project")
        .duplicate(&mut CountedIds(1 << 40));
    let name = other.header.get_mut(header::PROJECT_NAME).expect("a field");
    *name = "科普场馆运行".into();
    document.projects.push(other);
    document
}

fn edition(project: &Project) -> Option<Arc<Edition>> {
    let shelf = EditionShelf::built_in();
    shelf.get(&project.edition).map(|found| found.edition)
}

fn pasted(text: &str) -> Comments {
    comments::read(&read_pasted(text, &Unwatched).expect("text"))
}

fn entries(document: &Document, text: &str) -> Vec<Rectification> {
    taken(&pasted(text), document, &edition, &mut CountedIds(1 << 50))
}

fn add(document: &Document, entries: Vec<Rectification>) -> Document {
    let index = usize::MAX;
    apply(document, &EditCommand::AddRectifications { entries, index }).expect("added")
}

#[test]
fn a_table_is_read_by_its_headings_in_any_order() {
    let text = "2020年度绩效自评复核意见表\n序号\t指标\t存在问题\t项目名称\t整改时限\t整改情况\t责任人\t是否完成\n\
        1\t年度课题数量\t完成值与佐证材料不符\t科协组织\t3月31日\t\t李梅\t否\n\
        2\t\t执行率计算有误\t科协组织\t\t已改为99.5%\t\t已完成\n\
        合计\t\t\t\t\t\t\t\n";
    let read = pasted(text);
    let [first, second] = &read.rows[..] else {
        panic!("{read:?}");
    };
    assert_eq!(first.number, "1");
    assert_eq!(first.place, "年度课题数量");
    assert_eq!(first.comment, "完成值与佐证材料不符\n整改时限：3月31日");
    assert_eq!((&*first.by, first.done), ("李梅", false));
    assert_eq!((&*second.reply, second.done), ("已改为99.5%", true));
}

#[test]
fn merged_cells_go_for_all_rows_that_they_reach() {
    let grid = Grid {
        cells: vec![
            Cell::new(0, 0, "项目名称"),
            Cell::new(0, 1, "审核意见"),
            Cell::new(1, 0, "科协组织").spanning(2, 1),
            Cell::new(1, 1, "没有说明原因"),
            Cell::new(2, 1, "总分加错"),
        ],
        ..Grid::default()
    };
    let read = comments::read(&Content {
        grids: vec![grid],
        remarks: Vec::new(),
        own: Default::default(),
    });
    let projects: Vec<&str> = read.rows.iter().map(|row| &*row.project).collect();
    assert_eq!(projects, ["科协组织", "科协组织"]);
}

#[test]
fn running_text_is_read_by_its_numbers_with_captions_and_what_goes_on() {
    let text = "关于反馈自评审核意见的函\n各单位：\n一、科普场馆运行\n（一）年度课题数量的完成值没有依据。\n请补充合同。\n\
        （二）1.5倍以上的超额完成未说明原因\n二、总分计算有误，请核对后重新报送。\n市财政局\n2021年3月5日\n";
    let read = pasted(text);
    let comment = |number: &str, project: &str, comment: &str| Comment {
        number: number.into(),
        project: project.into(),
        comment: comment.into(),
        ..Comment::default()
    };
    let expected = [
        ("（一）", "科普场馆运行"),
        ("（二）", "科普场馆运行"),
        ("二", ""),
    ];
    let found: Vec<(&str, &str)> = read
        .rows
        .iter()
        .map(|row| (&*row.number, &*row.project))
        .collect();
    assert_eq!(found, expected, "{read:?}");
    assert!(read.rows[0].comment.ends_with("请补充合同。"), "{read:?}");
    let last = comment("二", "", "总分计算有误，请核对后重新报送。");
    assert_eq!(read.rows[2], last);
    assert_eq!(
        read.notes.len(),
        2,
        "what was left out is told: {:?}",
        read.notes
    );
}

#[test]
fn comments_find_their_project_and_cell_and_say_that_it_is_a_guess() {
    let document = two_projects();
    let other = document.projects.get(1).expect("two");
    let row = other
        .rows()
        .find(|view| view.indicator.name == "年度课题数量")
        .expect("the row")
        .indicator;
    let found = entries(
        &document,
        "1. 科普场馆运行的年度课题数量，得分应为14.70分\n2. 科普场馆运行：全年预算数与批复不符\n\
        3. 科普场馆运行自评总分有误\n4. 科普场馆运行实际完成情况写得太笼统\n5. 材料不齐，请补报\n",
    );
    let total = other
        .total_fund_row(&edition(other).expect("at hand"))
        .expect("a row")
        .id;
    let goal = other.goals.first().expect("a goal").id;
    let expected: [Option<Place>; 5] = [
        Some(Place::Indicator(row.id, IndicatorField::Score)),
        Some(Place::Fund(total, fund::ADJUSTED.into())),
        Some(Place::Stated(StatedField::TotalScore)),
        Some(Place::Goal(goal, GoalField::Actual)),
        None,
    ];
    for (entry, place) in found.iter().zip(expected) {
        let at = place.map(|place| other.at(place));
        assert_eq!(entry.at, at, "{}", entry.comment);
        assert_eq!(entry.guessed, at.is_some(), "{}", entry.comment);
    }
    assert_eq!(found.len(), 5);
    assert_eq!(found[4].project, None, "nothing names a project");
    let words = place_in_words(&found[0], &document, &edition);
    assert!(words.contains("年度课题数量 · 得分"), "{words}");
}

#[test]
fn what_changed_is_filled_in_and_what_was_typed_stays() {
    let earlier = sample();
    let project = earlier.projects.first().expect("a project");
    let row = project.rows().next().expect("a row").indicator;
    let at = project.at_indicator(row, IndicatorField::Actual);
    let entry = |at: Option<CellPath>, id: u64| Rectification {
        project: Some(project.id),
        at,
        ..Rectification::blank(Id::from_bits(id))
    };
    let unit = project.at(Place::Header(header::UNIT.into()));
    let typed = Rectification {
        before: "原写5次".into(),
        after: "改为6次".into(),
        ..entry(Some(at.clone()), 3)
    };
    let now = add(
        &earlier,
        vec![
            entry(Some(at.clone()), 1),
            entry(Some(unit), 2),
            typed,
            entry(None, 4),
            Rectification::blank(Id::from_bits(5)),
        ],
    );
    let before = row.actual.text().to_owned();
    let set = EditCommand::SetCell {
        at,
        text: "888".into(),
    };
    let now = apply(&now, &set).expect("typed");
    let found = filled(&now, &earlier, &edition);
    assert_eq!((found.unchanged, found.unknown), (1, 1));
    let now = apply(&now, &found.command().expect("something")).expect("filled in");
    let entry = |id| now.rectification(Id::from_bits(id)).expect("there");
    assert_eq!((&*entry(1).before, &*entry(1).after), (&*before, "888"));
    assert_eq!(&*entry(3).before, "原写5次");
    assert!(entry(4).after.ends_with("：888"), "{}", entry(4).after);
    let again = filled(&now, &earlier, &edition);
    assert!(again.entries.is_empty(), "nothing is filled in twice");
}

#[test]
fn notes_that_must_be_dealt_with_come_in_once() {
    let mut document = sample();
    let project = document.projects.get_mut(0).expect("a project");
    for (id, kind) in [(7, NoteKind::MustChange), (8, NoteKind::Suggestion)] {
        let mut note: Note = serde_json::from_value(serde_json::json!({
            "id": Id::<Note>::from_bits(id), "at": project.at(Place::Whole),
        }))
        .expect("a note");
        note.kind = kind;
        note.text = "请核对".into();
        project.notes.push(note);
    }
    let ids = &mut CountedIds(1 << 50);
    let entries = of_notes(&document, ids);
    assert_eq!(entries.len(), 1);
    let document = add(&document, entries);
    assert_eq!(of_notes(&document, ids), []);
}

#[test]
fn the_ledger_is_edited_in_steps_that_can_be_taken_back() {
    let document = sample();
    let mut history = History::new(document.clone(), Limits::default());
    let entries: Vec<_> = (1..=3)
        .map(|id| Rectification::blank(Id::from_bits(id)))
        .collect();
    let index = 0;
    let add = EditCommand::AddRectifications { entries, index };
    assert_eq!(history.edit(&add, None), Ok(true));
    assert_eq!(history.edit(&add, None), Err(Refusal::DuplicateId));
    for text in ["已", "已改", "已改正"] {
        let mut entry = Rectification::blank(Id::from_bits(2));
        entry.reply = text.into();
        let set = EditCommand::SetRectification {
            entry: Box::new(entry),
        };
        history.edit(&set, Some(Grouping(1))).expect("typed");
    }
    let relocate = EditCommand::MoveRectification {
        entry: Id::from_bits(3),
        index: 0,
    };
    history.edit(&relocate, None).expect("moved");
    let ids = |history: &History| -> Vec<u64> {
        history
            .document()
            .ledger
            .iter()
            .map(|entry| entry.id.bits())
            .collect()
    };
    assert_eq!(ids(&history), [3, 1, 2]);
    history.undo();
    assert_eq!(
        history.undo().as_deref(),
        Some("修改 整改事项"),
        "typing is one step"
    );
    assert_eq!(ids(&history), [1, 2, 3]);
    let drop = EditCommand::DropRectifications {
        entries: vec![Id::from_bits(9)],
    };
    let missing = Refusal::UnknownPlace(Missing::Rectification);
    assert_eq!(history.edit(&drop, None), Err(missing));
    history.undo();
    assert_eq!(**history.document(), document);
}

#[test]
fn the_feedback_table_holds_every_entry() {
    let document = sample();
    let document = add(&document, entries(&document, "1. 总分有误\n2. =1+1\n"));
    let time = jiff::civil::date(2021, 3, 5).at(14, 32, 0, 0);
    let list = listing(&document, &edition, time);
    assert_eq!(list.rows.len(), 2);
    assert!(
        list.beside
            .iter()
            .any(|words| words == "共 2 条，已整改 0 条"),
        "{:?}",
        list.beside
    );
    assert!(list.rows.iter().all(|row| row.len() == list.columns.len()));
    let booklet = list.booklet(time, Default::default());
    let sheet = &booklet.parts[0].sheet;
    assert!(sheet.cells().any(|(_, cell)| cell.text == "=1+1"));
    assert!(
        !list
            .workbook(time, Default::default())
            .expect("a workbook")
            .is_empty()
    );
    assert!(
        !list
            .word(time, Default::default())
            .expect("a document")
            .is_empty()
    );
    assert!(list.as_cells().contains("'=1+1"), "{}", list.as_cells());
}
