//! The filed sample on its pages: where they end, what each repeats, what each says.

use super::{SAMPLE, inspect, readback};

#[test]
fn every_cell_of_the_sample_is_where_it_must_be() {
    inspect::assert_sound(&SAMPLE, "sample");
    assert_eq!(SAMPLE.pages.unprintable, []);
    assert!(SAMPLE.pages.has_face);
}

/// The pages of the sample without white space, in the order in which cells are drawn.
fn pages() -> Vec<String> {
    let texts = readback::drawn_texts(&SAMPLE.pages);
    texts
        .iter()
        .map(|text| text.chars().filter(|c| !c.is_whitespace()).collect())
        .collect()
}

/// The words with which each page's first row begins that is no caption.
#[test]
fn pages_end_where_they_always_did() {
    let mut first_rows: Vec<String> = Vec::new();
    for page in 0..SAMPLE.pages.count() {
        let cells = SAMPLE.pages.cells.iter();
        let name = cells
            .filter(|cell| cell.pieces[0].0 == page)
            .map(|cell| SAMPLE.cell(cell.address))
            .find(|cell| cell.at.is_some())
            .expect("a cell");
        first_rows.push(name.text.clone());
    }
    assert_eq!(
        first_rows,
        [
            "项目支出绩效自评表",
            "常委会专门委员会活动",
            "有效保障高层次人才联谊"
        ]
    );
}

#[test]
fn each_page_repeats_the_captions_of_columns() {
    for (index, page) in pages().iter().enumerate() {
        for caption in [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "*实际完成值",
        ] {
            assert_eq!(
                page.matches(caption).count(),
                1,
                "{caption} on page {index}"
            );
        }
        let number = format!("第{}页共3页", index + 1);
        assert!(page.contains(&number), "{number}");
    }
}

#[test]
fn captions_are_carried_on_only_where_a_page_ends() {
    let words = readback::words(&SAMPLE.pages);
    let mut carried_on = vec![Vec::new(); SAMPLE.pages.count()];
    for cell in &SAMPLE.pages.cells {
        let again = format!("{}（续）", SAMPLE.cell(cell.address).text);
        for (page, rect) in &cell.pieces[1..] {
            let inside = words.iter().filter(|word| {
                let middle = f64::midpoint(word.left, word.right);
                word.page == *page && rect.contains(middle, f64::midpoint(word.top, word.bottom))
            });
            let text: String = inside.map(|word| word.text.as_str()).collect();
            if inspect::sorted(&text) == inspect::sorted(&again) {
                carried_on[*page].push(SAMPLE.cell(cell.address).text.as_str());
            }
        }
    }
    let expected: [&[&str]; 3] = [
        &[],
        &["年度绩效指标", "产出指标（50分）", "数量指标"],
        &["年度绩效指标", "效益指标（40分）", "社会效益指标"],
    ];
    assert_eq!(carried_on, expected);
    let printed: String = words.iter().map(|word| word.text.as_str()).collect();
    let typed = SAMPLE.sheet.cells();
    let typed: usize = typed.map(|(_, cell)| cell.text.matches('续').count()).sum();
    let marks = printed.matches('续').count() - typed;
    assert_eq!(marks, 6, "nothing else is carried on");
}

#[test]
fn what_stands_beside_each_other_is_read_in_one_line() {
    let pages = readback::page_texts(&SAMPLE.pages);
    let line = |page: usize, word: &str| -> String {
        let mut lines = pages[page].lines().filter(|line| line.contains(word));
        let line = lines.next().unwrap_or_else(|| panic!("no {word}"));
        line.chars().filter(|c| !c.is_whitespace()).collect()
    };
    assert_eq!(
        line(0, "项目名称"),
        "项目名称科协组织建设与事业发展实施年度2020年"
    );
    assert_eq!(
        line(0, "年度资金总额"),
        "年度资金总额8620000.008108600.008086475.641099.7%9.97"
    );
    assert!(line(1, "市青年奖获奖者数量").contains("8个8个"));
}
