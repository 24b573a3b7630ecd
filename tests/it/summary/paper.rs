//! The 汇总表 on paper.

use jiping::{
    model::edition::Orientation,
    sheet::{fonts::SystemFonts, layout::Typesetter, pdf::Conformance},
    summary::{overview::Overview, paper::booklet},
};

use super::{TIME, overview::PROJECTS, subjects};

#[test]
fn tables_lie_across_and_hold_what_the_overview_says() {
    let overview = Overview::of(&subjects(PROJECTS), TIME);
    let booklet = booklet(&overview);
    let names: Vec<&str> = booklet
        .parts
        .iter()
        .map(|part| part.sheet.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "项目一览",
            "部门汇总",
            "一级指标",
            "同名指标汇总",
            "雷同文字",
            "全部问题",
            "图表"
        ]
    );
    for part in booklet.parts.iter().filter(|part| part.drawings.is_empty()) {
        assert_eq!(part.sheet.page, Orientation::Landscape);
        for block in part
            .sheet
            .blocks
            .iter()
            .filter(|block| block.kind.is_ruled())
        {
            for row in &block.rows {
                assert_eq!(row.cells.last().map(|cell| cell.right), Some(1000));
                assert!(
                    row.cells
                        .windows(2)
                        .all(|pair| pair[0].right == pair[1].left)
                );
            }
        }
    }
    let texts: Vec<&str> = booklet.parts[0]
        .sheet
        .cells()
        .map(|(_, cell)| cell.text.as_str())
        .collect();
    for text in [
        "绩效自评汇总表",
        "2021年3月5日 14:32 汇总　共 4 个项目",
        "道路养护",
        "50.000001",
        "80.50%",
        "合计",
    ] {
        assert!(texts.contains(&text), "{text}");
    }
    let last = booklet.parts.last().expect("charts");
    assert_eq!(last.drawings.len(), 3);
    let drawn = &last.drawings[0].alternative;
    assert_eq!(
        drawn,
        "等级分布。4 个项目，填报等级：优 1 个、良 1 个、差 1 个，按总分判定：优 2 个、良 1 个、差 1 个。"
    );
}

#[test]
fn an_overview_of_few_or_no_projects_is_printed() {
    let typesetter = Typesetter::with_fonts(SystemFonts::from_fn(Vec::new));
    for text in ["", PROJECTS] {
        let booklet = booklet(&Overview::of(&subjects(text), TIME));
        let pages = typesetter.lay_out(&booklet).expect("lays out");
        let pdf = pages.pdf(Conformance::Accessible).expect("a PDF");
        assert!(pdf.starts_with(b"%PDF"));
    }
}
