//! Rows higher than a page.

use super::{LaidOut, blank, inspect, readback, the_cell};
use crate::cases;

#[test]
fn the_caption_beside_a_high_row_stands_on_all_its_pages() {
    let edition = cases::edition("shenzhen-2020");
    let mut project = blank(&edition);
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.actual = "按计划完成了各项任务，未发生安全事故。".repeat(300).into();
    let form = LaidOut::new(&project, &edition);
    inspect::assert_sound(&form, "a goal over pages");

    let caption = the_cell(&form.sheet, "年度总体目标");
    let cells = form.pages.cells.iter();
    let placed = cells
        .filter(|cell| cell.at == caption.at)
        .find(|cell| cell.at.is_some())
        .expect("the caption's cell");
    assert!(placed.pieces.len() >= 3, "{:?}", placed.pieces);
    let words = readback::words(&form.pages);
    for (number, (page, rect)) in placed.pieces.iter().enumerate() {
        let inside = words.iter().filter(|word| {
            let middle = f64::midpoint(word.left, word.right);
            word.page == *page && rect.contains(middle, f64::midpoint(word.top, word.bottom))
        });
        let text: String = inside.map(|word| word.text.as_str()).collect();
        let again = if number == 0 { "" } else { "（续）" };
        assert_eq!(text, format!("年度总体目标{again}"), "page {page}");
    }
}
