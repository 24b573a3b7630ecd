//! Carries a plan out on the grid itself, as the doc comments of `exchange::fill` say: what a file would show afterwards.

use jiping::exchange::{
    fill::{Plan, Value},
    grid::{Cell, Content, Grid},
};

/// The template after the plans.
pub fn out(template: &Content, plans: &[Plan]) -> Content {
    let mut content = template.clone();
    for plan in plans {
        let grid = &mut content.grids[plan.grid];
        for insert in plan.inserts.iter().rev() {
            let (after, count) = (insert.after, insert.count);
            for cell in &mut grid.cells {
                let below = cell.place.row + cell.rows;
                if cell.place.row > after {
                    cell.place.row += count;
                } else if below > after + 1 || insert.grown.contains(&cell.place) {
                    cell.rows += count;
                }
            }
            // The new rows look like the one above them: blank cells, merged within the row as there.
            let like: Vec<Cell> = grid
                .row(after)
                .iter()
                .filter(|cell| cell.rows == 1 && cell.columns > 1)
                .cloned()
                .collect();
            for nth in 1..=count {
                grid.cells.extend(like.iter().map(|cell| {
                    Cell::new(after + nth, cell.place.column, "").spanning(1, cell.columns)
                }));
            }
            grid.cells.sort_by_key(|cell| cell.place);
        }
        for write in &plan.writes {
            let text = match &write.value {
                Value::Text(text) | Value::Number { text, .. } => text.as_str(),
                Value::Blank => "",
            };
            set(grid, write.place, text);
        }
    }
    content
}

fn set(grid: &mut Grid, place: jiping::exchange::grid::Place, text: &str) {
    if let Some(cell) = grid.cells.iter_mut().find(|cell| cell.place == place) {
        text.clone_into(&mut cell.text);
        return;
    }
    let covering = grid.cells.iter().find(|cell| cell.covers(place));
    assert!(
        covering.is_none(),
        "{} is covered by {covering:?}",
        place.name()
    );
    grid.cells.push(Cell::new(place.row, place.column, text));
    grid.cells.sort_by_key(|cell| cell.place);
}
