//! Texts that could be taken for markup, and texts that fit nowhere: printed as they are, and never beyond their cell.

use jiping::{
    model::{
        edition::Edition,
        id::CountedIds,
        indicator::{Group, Section},
        project::Project,
    },
    sheet::{table::FormSheet, text::lines},
};

use super::{
    LaidOut,
    cells::assert_nothing_missing,
    filled::{Points, filled, shared_reason},
    inspect, readback,
};
use crate::cases;

/// What typst, HTML, LaTeX or a terminal would take for more than letters.
const MARKUP: &[&str] = &[
    "#",
    "#let x = 1",
    "#import \"a.typ\": *",
    "#panic()",
    "#include \"/etc/passwd\"",
    "$x$",
    "$ a/b $",
    "\\",
    "\\#",
    "\\u{41}",
    "]",
    "[",
    "[x]",
    "{",
    "}",
    "*bold*",
    "_a_",
    "= heading",
    "- item",
    "+ item",
    "/ term: x",
    "@ref",
    "<label>",
    "// comment",
    "/* comment */",
    "`code`",
    "```",
    "'a'",
    "\"b\"",
    "~",
    "--",
    "---",
    "...",
    "https://a.cn/?b=c&d",
    "<p>&lt;&amp;</p>",
    "%d%s",
    "${x}",
    "{{x}}",
    "\u{1B}[31m",
    "a\u{0}b\u{7}c",
    "\u{202E}abc\u{202C}",
    "\u{200F}\u{FEFF}x",
    "\tTab",
    "null",
];

/// A form with several rows in the first groups, everything filled in.
fn form(edition: &str) -> (Project, Edition) {
    let edition = cases::edition(edition);
    (filled(&edition, 2, Points::Rows), edition)
}

fn section(project: &mut Project) -> &mut Section {
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.sections.get_mut(0).expect("a section")
}

fn group(project: &mut Project) -> &mut Group {
    section(project).groups.get_mut(0).expect("a group")
}

/// Sets every text of a form, each time to the next one.
fn set_all(project: &mut Project, edition: &Edition, mut next: impl FnMut() -> String) {
    for field in &edition.header {
        project.header.insert(field.key.clone(), next().into());
    }
    for field in &edition.texts {
        project.texts.insert(field.key.clone(), next().into());
    }
    for field in &edition.footer {
        project.footer.insert(field.key.clone(), next().into());
    }
    for index in 0..project.funds.len() {
        let row = project.funds.get_mut(index).expect("a row");
        row.name = next();
        row.remark = next().into();
        for column in &edition.funds.columns {
            row.figures
                .insert(column.key.clone(), next().as_str().into());
        }
    }
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.caption = next();
    goal.weight = next().as_str().into();
    goal.expected = next().into();
    goal.actual = next().into();
    for field in &edition.goals.extra {
        goal.texts.insert(field.key.clone(), next().into());
    }
    if let Some(reason) = goal.reasons.get_mut(0) {
        reason.text = next().into();
    }
    for index in 0..goal.sections.len() {
        let section = goal.sections.get_mut(index).expect("a section");
        section.caption = next();
        for index in 0..section.groups.len() {
            set_group(section.groups.get_mut(index).expect("a group"), &mut next);
        }
    }
    project.stated.title = next();
    project.stated.total_weight = next().as_str().into();
    project.stated.total_score = next().as_str().into();
    project.stated.footnotes = vec![next(), next()];
}

fn set_group(group: &mut Group, next: &mut impl FnMut() -> String) {
    group.caption = next();
    for index in 0..group.indicators.len() {
        let row = group.indicators.get_mut(index).expect("a row");
        row.name = next();
        row.nature = next().as_str().into();
        row.target = next().as_str().into();
        row.unit = next();
        row.actual = next().as_str().into();
        row.weight = next().as_str().into();
        row.score = next().as_str().into();
        row.deviation = next().into();
    }
}

fn assert_printed(project: &Project, edition: &Edition, name: &str) -> LaidOut {
    let sheet = FormSheet::new(project, edition);
    assert_nothing_missing(project, edition, &sheet, name);
    let laid = LaidOut::of(sheet);
    inspect::assert_sound(&laid, name);
    laid
}

#[test]
fn markup_is_printed_as_typed() {
    let (mut project, edition) = form("sichuan-2022");
    // Each text stands in each kind of cell at some start.
    for start in [0, 17, 31] {
        let mut texts = MARKUP.iter().cycle().skip(start);
        set_all(&mut project, &edition, || {
            texts.next().expect("cycles").to_string()
        });
        assert_printed(&project, &edition, "markup");
    }
}

#[test]
fn all_markup_in_one_cell_stays_in_order() {
    let (mut project, edition) = form("sichuan-2022");
    let all = MARKUP.join("，");
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.expected = all.as_str().into();
    goal.texts = Default::default();
    let laid = assert_printed(&project, &edition, "all markup");
    let page: String = readback::drawn_texts(&laid.pages).concat();
    let squeezed = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{200B}')
            .collect()
    };
    assert!(
        squeezed(&page).contains(&squeezed(&lines(&all).concat())),
        "{page}"
    );
}

#[test]
fn the_name_of_a_file_is_no_markup() {
    let (mut project, edition) = form("mof-2020");
    project
        .header
        .insert("project_name".into(), "#emoji.face $x$ \\ )(".into());
    let laid = assert_printed(&project, &edition, "name");
    let text = readback::unpacked(&readback::pdf(&laid.pages));
    let units = "#emoji.face $x$ \\ )(".encode_utf16();
    let name: String = units.map(|unit| format!("{unit:04x}")).collect();
    assert!(text.contains(&name), "the title says the name as typed");
}

#[test]
fn words_without_end_are_broken() {
    let (mut project, edition) = form("sichuan-2022");
    let row = project.funds.get_mut(1).expect("a row");
    let digits = "1234567890".repeat(500);
    row.figures
        .insert("adjusted".into(), digits.as_str().into());
    row.remark = "（“".repeat(150).into();
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.expected = "—…".repeat(150).into();
    goal.actual = "abcdefghij".repeat(500).into();
    let row = group(&mut project).indicators.get_mut(1).expect("a row");
    row.deviation = "。".repeat(5_000).into();
    assert_printed(&project, &edition, "words without end");
}

#[test]
fn words_without_end_fit_into_titles_and_captions() {
    let (mut project, edition) = form("sichuan-2022");
    let text = "Abcdefghij".repeat(40);
    project
        .header
        .insert("project_name".into(), text.as_str().into());
    project
        .funds
        .get_mut(0)
        .expect("a row")
        .name
        .clone_from(&text);
    project.stated.title.clone_from(&text);
    project.stated.footnotes[0].clone_from(&text);
    section(&mut project).caption = text[..30].to_owned();
    group(&mut project).caption = text[..60].to_owned();
    for field in &edition.footer {
        project
            .footer
            .insert(field.key.clone(), text.as_str().into());
    }
    assert_printed(&project, &edition, "captions");
}

#[test]
fn a_word_that_would_fit_in_small_print_is_broken_in_a_title() {
    for characters in [40, 67, 90] {
        let (mut project, edition) = form("sichuan-2022");
        project.stated.title = "7sy3dw41r3".repeat(10).chars().take(characters).collect();
        assert_printed(&project, &edition, "a long title");
    }
}

#[test]
fn characters_that_no_font_has_leave_their_cells_in_place() {
    let (mut project, edition) = form("mof-2020");
    group(&mut project)
        .indicators
        .get_mut(0)
        .expect("a row")
        .name = "🙂👨‍👩‍👧 한글".into();
    let laid = LaidOut::new(&project, &edition);
    assert!(laid.pages.is_settled && !laid.pages.unprintable.is_empty());
    let printed = inspect::letters(&readback::drawn_texts(&laid.pages).concat());
    let cells = laid
        .sheet
        .cells()
        .map(|(_, cell)| inspect::letters(&cell.text));
    for text in cells.filter(|text| !text.contains('🙂') && text.chars().count() < 8) {
        assert!(printed.contains(&text), "{text}");
    }
}

/// Chinese text of this many characters.
fn prose(characters: usize) -> String {
    let sentence = "项目按照年度计划有序推进，各项任务均已完成，资金使用合规；";
    sentence.chars().cycle().take(characters).collect()
}

#[test]
fn a_goal_of_pages_flows_over_them() {
    let (mut project, edition) = form("mof-2020");
    project.goals.get_mut(0).expect("a goal").expected = prose(4_000).into();
    let laid = assert_printed(&project, &edition, "goal");
    assert!(laid.pages.count() >= 4);
}

#[test]
fn a_reason_of_pages_flows_over_them() {
    let (mut project, edition) = form("mof-2020");
    group(&mut project)
        .indicators
        .get_mut(1)
        .expect("a row")
        .deviation = prose(1_500).into();
    let laid = assert_printed(&project, &edition, "reason");
    assert!(laid.pages.count() >= 4);
}

#[test]
fn a_shared_reason_of_pages_flows_over_them() {
    let (mut project, edition) = form("mof-2020");
    let goal = project.goals.get_mut(0).expect("a goal");
    let spanned = goal.sections.get_mut(1).expect("a section").clone();
    goal.reasons.push(shared_reason(
        &spanned,
        &prose(1_500),
        &mut CountedIds(9_000),
    ));
    assert_printed(&project, &edition, "shared reason");
}

#[test]
fn a_caption_of_pages_is_printed_whole() {
    let (mut project, edition) = form("mof-2020");
    group(&mut project).caption = prose(700);
    assert_printed(&project, &edition, "group caption");
}

#[test]
fn names_of_pages_flow_over_them() {
    let (mut project, edition) = form("mof-2020");
    project
        .header
        .insert("project_name".into(), prose(4_000).into());
    project.funds.get_mut(1).expect("a row").name = prose(1_500);
    project.stated.footnotes[1] = prose(6_000);
    assert_printed(&project, &edition, "names");
}
