//! PDFs read into grids: cells by ruling lines, pages put together again, what cannot be read named.

use std::cell::Cell as Counter;

use jiping::exchange::{
    error::{Excess, ReadError},
    grid::{Columns, Content},
    limits, pdf,
    watch::{Budget, Unwatched, Watch},
};
use proptest::prelude::*;

use super::paper::{NAMELESS_FONT, Page, file, file_with};

fn read(bytes: &[u8]) -> Result<Content, ReadError> {
    pdf::read(bytes, &mut Budget::new(&Unwatched))
}

/// The only grid by rows: place, span where it is more than one, text.
fn rows(content: &Content) -> Vec<String> {
    let [grid] = &content.grids[..] else {
        panic!("one grid: {content:?}");
    };
    let row = |number| {
        let cells = grid.row(number).iter().map(|cell| {
            let span = match (cell.rows, cell.columns) {
                (1, 1) => String::new(),
                (rows, columns) => format!("[{rows}x{columns}]"),
            };
            format!("{}{span} {}", cell.place.name(), cell.text)
        });
        cells.collect::<Vec<_>>().join(" | ")
    };
    (0..grid.height()).map(row).collect()
}

fn page(draw: impl FnOnce(&mut Page)) -> Page {
    let mut page = Page::default();
    draw(&mut page);
    page
}

/// A title, a line with the year and the unit, a table with a caption over two rows.
fn form(page: &mut Page) {
    page.text(200.0, 780.0, "项目支出绩效自评表");
    page.text(50.0, 760.0, "（2023年度）");
    page.text(300.0, 760.0, "金额单位：万元");
    let cells: [([f64; 4], &str); 8] = [
        ([50.0, 750.0, 150.0, 730.0], "项目名称"),
        ([150.0, 750.0, 450.0, 730.0], "图书馆免费开放"),
        ([50.0, 730.0, 150.0, 690.0], "产出指标"),
        ([150.0, 730.0, 250.0, 710.0], "新购图书"),
        ([250.0, 730.0, 350.0, 710.0], "≥5000册"),
        ([350.0, 730.0, 450.0, 710.0], "5230册"),
        ([150.0, 710.0, 250.0, 690.0], "读书活动"),
        ([250.0, 710.0, 350.0, 690.0], "≥40场"),
    ];
    for (place, text) in cells {
        page.cell(place, text);
    }
    page.cell([350.0, 710.0, 450.0, 690.0], "");
}

const FORM: [&str; 5] = [
    "A1[1x4] 项目支出绩效自评表",
    "A2 （2023年度） | C2 金额单位：万元",
    "A3 项目名称 | B3[1x3] 图书馆免费开放",
    "A4[2x1] 产出指标 | B4 新购图书 | C4 ≥5000册 | D4 5230册",
    "B5 读书活动 | C5 ≥40场",
];

#[test]
fn cells_are_where_lines_are() {
    let content = read(&file(&[page(form)])).unwrap();
    assert_eq!(rows(&content), FORM);
    assert_eq!(content.grids[0].columns, Columns::Aligned);
    assert!(content.remarks.is_empty(), "{:?}", content.remarks);
}

#[test]
fn pages_may_lie_on_their_side() {
    let rotated = |turn: u32, matrix: &str| {
        let drawn = page(form);
        Page {
            content: format!("q {matrix} cm\n{}Q", drawn.content),
            entries: format!("/MediaBox[0 0 840 840]/Rotate {turn}"),
        }
    };
    for (turn, matrix) in [
        // The page is turned, and what stands on it turned back.
        (90, "0 1 -1 0 840 0"),
        (180, "-1 0 0 -1 840 840"),
        (270, "0 -1 1 0 0 840"),
        // What stands on the page is turned and the page does not say so.
        (0, "0 1 -1 0 840 0"),
        (0, "-1 0 0 -1 840 840"),
        (0, "0 -1 1 0 0 840"),
    ] {
        let content = read(&file(&[rotated(turn, matrix)])).unwrap();
        assert_eq!(rows(&content), FORM, "{turn} {matrix}");
    }
}

#[test]
fn lines_may_be_thin_boxes_frames_or_in_pieces() {
    let boxes = "49.8 700 0.4 40 re f 149.8 700 0.4 40 re f 249.8 700 0.4 40 re f\n\
        50 739.8 100 0.4 re f 150 739.8 100 0.4 re f 50 719.8 200 0.4 re f 50 699.8 200 0.4 re f\n";
    let frames = "50 720 100 20 re S 150 720 100 20 re S 50 700 100 20 re S 150 700 100 20 re S\n";
    let hollow = "50 720 100 20 re 51 721 98 18 re f* 150 720 100 20 re 151 721 98 18 re f*\n\
        50 700 100 20 re 51 701 98 18 re f* 150 700 100 20 re 151 701 98 18 re f*\n";
    // White paint and the shade behind a cell rule nothing.
    let white = "1 g 100 700 0.4 40 re f 0.8 g 50 720 100 20 re f 0 g\n";
    for lines in [boxes, frames, hollow] {
        let page = page(|page| {
            page.content = format!("{white}{lines}");
            for (x, y, text) in [
                (53.0, 725.0, "项目名称"),
                (153.0, 725.0, "防汛"),
                (53.0, 705.0, "年度"),
                (153.0, 705.0, "2023"),
            ] {
                page.text(x, y, text);
            }
        });
        let content = read(&file(&[page])).unwrap();
        assert_eq!(
            rows(&content),
            ["A1 项目名称 | B1 防汛", "A2 年度 | B2 2023"],
            "{lines}"
        );
    }
}

#[test]
fn a_table_goes_on_over_pages() {
    let heading: [Option<&str>; 4] = ["一级指标", "三级指标", "指标值", "完成值"].map(Some);
    let first = page(|page| {
        page.rows(
            780.0,
            &[
                &heading,
                &[Some("产出指标"), Some("培训期数"), Some("5"), Some("5")],
                &[None, Some("培训人数"), Some("200"), Some("210")],
            ],
        );
        page.text(250.0, 30.0, "第 1 页 共 2 页");
    });
    let second = page(|page| {
        page.rows(
            780.0,
            &[
                &heading,
                &[Some(""), Some("教材册数"), Some("200"), Some("200")],
                &[None, Some("师资人次"), Some("20"), Some("24")],
                &[
                    Some("效益指标"),
                    Some("技能提升"),
                    Some("提升"),
                    Some("提升"),
                ],
            ],
        );
        page.text(250.0, 30.0, "第 2 页 共 2 页");
    });
    let content = read(&file(&[first, second])).unwrap();
    assert_eq!(
        rows(&content),
        [
            "A1 一级指标 | B1 三级指标 | C1 指标值 | D1 完成值",
            "A2[4x1] 产出指标 | B2 培训期数 | C2 5 | D2 5",
            "B3 培训人数 | C3 200 | D3 210",
            "B4 教材册数 | C4 200 | D4 200",
            "B5 师资人次 | C5 20 | D5 24",
            "A6 效益指标 | B6 技能提升 | C6 提升 | D6 提升",
        ]
    );
    assert_eq!(
        content.remarks,
        [
            "页码没有读取：“第 1 页 共 2 页”等 2 处。",
            "后面页上重复的内容没有再次读取（1 处）：一级指标、三级指标、指标值、完成值",
        ]
    );
}

#[test]
fn what_the_end_of_a_page_cut_is_joined_and_said_so() {
    let first = page(|page| {
        page.rows(
            780.0,
            &[
                &[Some("质量指标"), Some("验收合格率"), Some("90%")],
                &[Some("质量指标甲"), Some("因汛期道路中断暂缓"), Some("80%")],
            ],
        );
    });
    let second = page(|page| {
        page.rows(
            780.0,
            &[
                &[Some(""), Some("次年补做"), Some("")],
                &[Some("时效指标"), Some("及时"), Some("90%")],
            ],
        );
    });
    let content = read(&file(&[first, second])).unwrap();
    assert_eq!(
        rows(&content),
        [
            "A1 质量指标 | B1 验收合格率 | C1 90%",
            "A2[2x1] 质量指标甲 | B2[2x1] 因汛期道路中断暂缓次年补做 | C2[2x1] 80%",
            "",
            "A4 时效指标 | B4 及时 | C4 90%",
        ]
    );
    assert_eq!(
        content.remarks,
        ["第 1 页末被分页截断的文字已与第 2 页接上，请核对。"]
    );
}

#[test]
fn a_blank_cell_of_its_own_row_stays_blank() {
    let first = page(|page| {
        page.rows(
            780.0,
            &[&[Some("培训期数"), Some("5期"), Some("见附件所列情况说明")]],
        );
    });
    let second = page(|page| {
        page.rows(780.0, &[&[Some("培训人数"), Some(""), Some("")]]);
    });
    let content = read(&file(&[first, second])).unwrap();
    assert_eq!(
        rows(&content),
        [
            "A1 培训期数 | B1 5期 | C1 见附件所列情况说明",
            "A2 培训人数"
        ]
    );
}

#[test]
fn captions_said_again_as_continued_are_one() {
    let first = page(|page| {
        page.rows(
            780.0,
            &[&[Some("产出指标"), Some("甲")], &[None, Some("乙")]],
        );
    });
    let second = page(|page| {
        page.text(50.0, 800.0, "续表");
        page.rows(
            780.0,
            &[&[Some("产出指标（续）"), Some("丙")], &[None, Some("丁")]],
        );
    });
    let content = read(&file(&[first, second])).unwrap();
    assert_eq!(
        rows(&content),
        ["A1[4x1] 产出指标 | B1 甲", "B2 乙", "B3 丙", "B4 丁"]
    );
    assert_eq!(
        content.remarks,
        ["后面页上重复的内容没有再次读取（1 处）：续表"]
    );
}

#[test]
fn text_that_runs_over_its_row_stays_in_its_cell() {
    let page = page(|page| {
        page.rows(
            780.0,
            &[
                &[Some("上"), Some("甲")],
                &[Some(""), Some("乙")],
                &[Some("下"), Some("丙")],
            ],
        );
        // Two lines, centred over a row that is high enough for one.
        page.text(53.0, 752.0, "服务对象满意度指");
        page.text(53.0, 740.0, "标");
    });
    let content = read(&file(&[page])).unwrap();
    assert_eq!(
        rows(&content),
        [
            "A1 上 | B1 甲",
            "A2 服务对象满意度指标 | B2 乙",
            "A3 下 | B3 丙"
        ]
    );
}

#[test]
fn text_without_lines_keeps_its_order_in_loose_columns() {
    let page = page(|page| {
        for (row, texts) in (0..).zip([
            ["数量指标", "培训期数", "5期", "6期"],
            ["质量指标", "合格率", "95%", "96%"],
        ]) {
            for (column, text) in (0..).zip(texts) {
                let (x, y) = (f64::from(column) * 90.0, f64::from(row) * 20.0);
                page.text(50.0 + x, 700.0 - y, text);
            }
        }
    });
    let content = read(&file(&[page])).unwrap();
    assert_eq!(content.grids[0].columns, Columns::Loose);
    assert_eq!(
        rows(&content),
        [
            "A1 数量指标 | B1 培训期数 | C1 5期 | D1 6期",
            "A2 质量指标 | B2 合格率 | C2 95% | D2 96%",
        ]
    );
}

#[test]
fn watermarks_and_pictures_are_left_out_and_said_so() {
    let drawn = page(|page| {
        form(page);
        page.turned([0.7, 0.7, -0.7, 0.7, 200.0, 300.0], "送审稿");
    });
    let picture = page(|page| page.content = "q 500 0 0 700 50 50 cm /I Do Q".into());
    let content = read(&file(&[drawn, picture])).unwrap();
    assert_eq!(rows(&content), FORM);
    assert_eq!(
        content.remarks,
        [
            "第 2 页是图片，里面没有文字，没有读取。",
            "斜排的文字（多为水印）没有读取：送审稿",
        ]
    );
}

#[test]
fn unpainted_text_over_a_scan_is_read_with_a_warning() {
    let page = page(|page| {
        page.content = "q 500 0 0 700 50 50 cm /I Do Q 3 Tr\n".into();
        page.text(50.0, 700.0, "项目支出绩效自评表");
    });
    let content = read(&file(&[page])).unwrap();
    assert_eq!(rows(&content), ["A1 项目支出绩效自评表"]);
    assert_eq!(
        content.remarks,
        ["文字来自扫描件的识别结果，可能有错字，请逐项核对。"]
    );
}

#[test]
fn the_right_part_of_a_wide_sheet_on_a_page_of_its_own_is_named() {
    let half = |texts: [&str; 2]| {
        page(|page| {
            let row = texts.map(Some);
            page.rows(780.0, &[row.as_slice(); 9]);
        })
    };
    let content = read(&file(&[
        half(["培训期数", "指标值"]),
        half(["完成数", "得分情况"]),
    ]))
    .unwrap();
    assert_eq!(content.remarks.len(), 1, "{:?}", content.remarks);
    assert!(content.remarks[0].starts_with("第 2 页像是前一页表格的右半部分"));
}

#[test]
fn what_cannot_be_read_is_named() {
    let scan = page(|page| page.content = "q 500 0 0 700 50 50 cm /I Do Q".into());
    assert_eq!(read(&file(&[scan])), Err(ReadError::Scanned));
    assert_eq!(read(&file(&[Page::default()])), Err(ReadError::NoTable));
    let nameless = file_with(&[page(form)], NAMELESS_FONT, "");
    assert_eq!(
        read(&nameless),
        Err(ReadError::Broken("字体没有文字编码，读不出文字".into()))
    );
    let key = "00".repeat(32);
    let locked =
        format!("/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>");
    let locked = file_with(&[page(form)], "<<>>", &locked);
    assert_eq!(read(&locked), Err(ReadError::Protected));
    assert!(matches!(
        read(b"%PDF-1.7\nnothing"),
        Err(ReadError::Broken(_))
    ));
}

#[test]
fn more_than_a_form_holds_is_refused() {
    let many: Vec<Page> = (0..=limits::PAGES).map(|_| Page::default()).collect();
    let pages = Err(ReadError::TooLarge(Excess::Pages));
    assert_eq!(read(&file(&many)), pages);
    let lines = page(|page| page.content = "0 0 m 9 0 l ".repeat(200_001) + "S");
    let cells = Err(ReadError::TooLarge(Excess::Cells));
    assert_eq!(read(&file(&[lines])), cells);
    let wide = page(|page| {
        page.entries = "/MediaBox[0 0 9000 840]".into();
        for column in 0..201 {
            let left = f64::from(column) * 20.0;
            page.cell([left, 700.0, left + 20.0, 680.0], "一");
        }
    });
    let columns = Err(ReadError::TooLarge(Excess::Columns));
    assert_eq!(read(&file(&[wide])), columns);
}

/// Counts what is told, and stops when asked for the second page.
struct Impatient(Counter<u32>);

impl Watch for Impatient {
    fn stopped(&self) -> Option<ReadError> {
        (self.0.get() > 0).then_some(ReadError::Cancelled)
    }

    fn reached(&self, thousandths: u32) {
        self.0.set(thousandths);
    }
}

#[test]
fn reading_stops_between_pages() {
    let pages = [page(form), page(form), page(form), page(form)];
    let watch = Impatient(Counter::new(0));
    let result = pdf::read(&file(&pages), &mut Budget::new(&watch));
    assert_eq!(result, Err(ReadError::Cancelled));
    assert_eq!(watch.0.get(), 250);
}

#[test]
fn a_file_that_ends_early_is_no_disaster() {
    let whole = file(&[page(form)]);
    let whole_rows = rows(&read(&whole).unwrap());
    for end in (0..whole.len()).step_by(23) {
        // What is left of it may still be read, or is refused; no more than the whole comes out.
        if let Ok(content) = read(&whole[..end]) {
            assert!(rows(&content).len() <= whole_rows.len(), "cut at {end}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn changed_bytes_never_break_the_reader(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)
    ) {
        let mut bytes = file(&[page(form)]);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(content) = read(&bytes) {
            let cells = &content.grids[0].cells;
            for (index, cell) in cells.iter().enumerate() {
                prop_assert!(cell.rows >= 1 && cell.columns >= 1 && !cell.text.is_empty());
                prop_assert!(!cells[..index].iter().any(|other| other.covers(cell.place)));
            }
        }
    }
}
