//! 填写说明: the first sheet of a workbook that is given out.

use super::{layout::Form, write::Order};
use crate::{
    model::edition::Orientation,
    sheet::{
        booklet::Part,
        table::{Block, BlockKind, Cell, FULL_WIDTH, FormSheet, Row, Style},
    },
};

/// What stands in the cell that shows the colour of what is to be filled in.
pub(super) const LEGEND: &str = "这种浅黄色的格子";

/// Where captions end.
const CAPTION: u16 = 160;

/// The sheet.
pub(super) fn part(order: &Order<'_>, forms: &[Form<'_>]) -> Part {
    let sending = order.sending;
    let title = Cell::new(0, FULL_WIDTH, "填写说明", Style::Title);
    let mut rows = Vec::new();
    let mut line = |caption: &str, text: &str| {
        if !text.trim().is_empty() {
            rows.push(Row::of([
                Cell::new(0, CAPTION, caption, Style::Caption),
                Cell::new(CAPTION, FULL_WIDTH, text, Style::Text),
            ]));
        }
    };
    line("填写单位", &sending.to);
    line("填什么", &order.wanted.to_string());
    line("交回时间", &sending.due);
    line("交给谁", order.return_to);
    line("要求", order.remark);
    rows.push(Row::of([
        Cell::new(0, CAPTION, "填在哪里", Style::Caption),
        Cell::new(CAPTION, 430, LEGEND, Style::Short),
        Cell::new(
            430,
            FULL_WIDTH,
            "都可以填写，按 Tab 键跳到下一格；没有的写“无”。白色的格子是已批复或由财务填写的内容，已锁定，只能查看；认为有误的，请与我们联系。",
            Style::Text,
        ),
    ]));
    let mut line = |caption: &str, text: &str| {
        rows.push(Row::of([
            Cell::new(0, CAPTION, caption, Style::Caption),
            Cell::new(CAPTION, FULL_WIDTH, text, Style::Text),
        ]));
    };
    if order.wanted.blank_rows > 0 {
        line(
            "新增指标",
            "各组指标下面的浅黄色空白行可以填新增的指标；不需要的空着即可，收回时会略去。",
        );
    }
    line(
        "请注意",
        "请直接在本文件中填写，保存后把文件发回。文件名可以改；请不要把内容复制到别的文件，也不要删除行、列和工作表，以便交回后自动对应。",
    );
    line("本文件的表", &names(forms));
    Part::alone(FormSheet {
        project: None,
        seal: None,
        name: "填写说明".to_owned(),
        page: Orientation::Portrait,
        blocks: vec![
            Block {
                kind: BlockKind::Title,
                header_rows: 0,
                rows: vec![Row::of([title]).kept()],
            },
            Block::table(0, rows),
        ],
    })
}

/// The forms, one in a line.
fn names(forms: &[Form<'_>]) -> String {
    let line = |(number, form): (usize, &Form<'_>)| {
        format!("{}. {}", number + 1, form.project.shown_name())
    };
    let lines: Vec<String> = forms.iter().enumerate().map(line).collect();
    lines.join("\n")
}
