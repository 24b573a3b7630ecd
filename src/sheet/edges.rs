//! Where the vertical lines of a form stand. The indicator table decides; the lines of the other parts move to its lines
//! where they would come close to them, so that the form looks like one table and Excel needs few columns.

use super::table::FULL_WIDTH;

/// Lines closer to each other than this are one line.
const NEAR: u16 = 40;

/// The edges of columns with these relative widths, from `left` to [`FULL_WIDTH`], both included.
pub fn divided(left: u16, widths: &[u32]) -> Vec<u16> {
    let total: u32 = widths.iter().sum::<u32>().max(1);
    let room = u32::from(FULL_WIDTH - left);
    let mut reached = 0;
    let mut edges = vec![left];
    for width in widths {
        reached += width;
        // At most 1000, so it fits.
        edges.push(left + (room * reached / total) as u16);
    }
    edges
}

/// The edges moved to `lines` where they are near one. No column loses more than a quarter of its width by that.
pub fn snapped(mut edges: Vec<u16>, lines: &[u16]) -> Vec<u16> {
    let wanted = edges.clone();
    for index in 1..edges.len().saturating_sub(1) {
        let least = |column: usize| (wanted[column + 1] - wanted[column]) / 4 * 3;
        let edge = edges[index];
        let nearest = lines
            .iter()
            .copied()
            .min_by_key(|line| line.abs_diff(edge))
            .filter(|line| line.abs_diff(edge) <= NEAR);
        if let Some(line) = nearest
            && line >= edges[index - 1] + least(index - 1)
            && line + least(index) <= edges[index + 1]
        {
            edges[index] = line;
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_fill_the_table_exactly() {
        assert_eq!(divided(100, &[1, 1, 1]), [100, 400, 700, 1000]);
        assert_eq!(divided(0, &[7, 3, 1]).last(), Some(&FULL_WIDTH));
    }

    #[test]
    fn near_lines_are_shared_and_columns_never_vanish() {
        assert_eq!(
            snapped(vec![0, 110, 480, 1000], &[100, 500]),
            [0, 100, 500, 1000]
        );
        assert_eq!(
            snapped(vec![0, 300, 700, 1000], &[100, 500]),
            [0, 300, 700, 1000]
        );
        assert_eq!(snapped(vec![0, 95, 105, 1000], &[100]), [0, 95, 105, 1000]);
    }
}
