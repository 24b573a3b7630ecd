//! Tables out of ruling lines: pieces are joined, lines that touch make a table, what no line separates is one cell.

use kurbo::{Point, Rect};

use super::ink::Line;

/// Lines this far apart are one line.
const SAME: f64 = 2.0;
/// Pieces of one line may leave such a gap.
const GAP: f64 = 2.5;
/// Rows and columns are at least so wide.
const NARROWEST: f64 = 4.0;
/// Pairs of lines, and places of a table, at most.
const PLACES: usize = 1_000_000;
/// Tables of a page at most.
const TABLES: usize = 200;

/// A table as ruled.
#[derive(Debug)]
pub(super) struct Lattice {
    /// Its vertical edges from left to right.
    pub xs: Vec<f64>,
    /// Its level edges from top to bottom.
    pub ys: Vec<f64>,
    /// Its cells by row, then column; together they cover all of it.
    pub cells: Vec<Span>,
    /// Which cell each place belongs to, row by row.
    owner: Vec<usize>,
}

/// The place of a cell in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// Its first row.
    pub row: usize,
    /// Its first column.
    pub column: usize,
    /// How many rows it covers.
    pub rows: usize,
    /// How many columns it covers.
    pub columns: usize,
}

/// There are more lines than a form has.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooComplex;

impl Lattice {
    /// Its bounds.
    pub fn rect(&self) -> Rect {
        let ends = |edges: &[f64]| {
            (
                edges.first().copied().unwrap_or(0.0),
                edges.last().copied().unwrap_or(0.0),
            )
        };
        let ((x0, x1), (y0, y1)) = (ends(&self.xs), ends(&self.ys));
        Rect::new(x0, y0, x1, y1)
    }

    /// The number of the cell that a point lies in.
    pub fn cell_at(&self, point: Point) -> Option<usize> {
        let column = self.xs.partition_point(|x| *x <= point.x).checked_sub(1)?;
        let row = self.ys.partition_point(|y| *y <= point.y).checked_sub(1)?;
        let width = self.xs.len().checked_sub(1)?;
        if column >= width {
            return None;
        }
        self.owner.get(row.checked_mul(width)? + column).copied()
    }

    /// The bounds of a cell.
    pub fn cell_rect(&self, span: Span) -> Rect {
        let edge = |edges: &[f64], index: usize| edges.get(index).copied().unwrap_or(0.0);
        Rect::new(
            edge(&self.xs, span.column),
            edge(&self.ys, span.row),
            edge(&self.xs, span.column + span.columns),
            edge(&self.ys, span.row + span.rows),
        )
    }
}

/// The tables of a page from its lines, from top to bottom. Frames around other tables or nearly all of the page are none.
///
/// # Errors
///
/// There are too many lines to be a form.
pub(super) fn tables(lines: &[Line]) -> Result<Vec<Lattice>, TooComplex> {
    let lines = joined(lines);
    let mut found = Vec::new();
    for group in touching(&lines)? {
        if let Some(lattice) = lattice(&group)? {
            found.push(lattice);
        }
    }
    // A small box is there to be ticked.
    found.retain(|table| {
        let rect = table.rect();
        table.cells.len() > 1 || (rect.width() >= 20.0 && rect.height() >= 12.0)
    });
    if found.len() > TABLES {
        return Err(TooComplex);
    }
    let rects: Vec<Rect> = found.iter().map(Lattice::rect).collect();
    found.retain(|table| {
        let rect = table.rect();
        let encloses = |inner: &Rect| rect.union(*inner) == rect && inner.area() < rect.area();
        table.cells.len() > 1 || !rects.iter().any(encloses)
    });
    found.sort_by(|a, b| {
        let (a, b) = (a.rect(), b.rect());
        a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0))
    });
    Ok(found)
}

/// The same lines, with pieces of one line joined.
fn joined(lines: &[Line]) -> Vec<Line> {
    let mut result = Vec::new();
    for level in [true, false] {
        let mut same: Vec<Line> = lines.iter().copied().filter(|l| l.level == level).collect();
        same.sort_by(|a, b| a.at.total_cmp(&b.at));
        let mut rest = same.as_mut_slice();
        while let Some(first) = rest.first() {
            let at = first.at;
            let count = rest.partition_point(|line| line.at <= at + SAME);
            let (cluster, others) = rest.split_at_mut(count);
            join_cluster(cluster, &mut result);
            rest = others;
        }
    }
    result.retain(|line| line.to - line.from >= NARROWEST);
    result
}

fn join_cluster(cluster: &mut [Line], into: &mut Vec<Line>) {
    cluster.sort_by(|a, b| a.from.total_cmp(&b.from));
    let (length, sum) = cluster.iter().fold((0.0, 0.0), |(length, sum), line| {
        let own = line.to - line.from;
        (length + own, sum + own * line.at)
    });
    let at = sum / f64::max(length, f64::MIN_POSITIVE);
    let mut open: Option<Line> = None;
    for line in cluster {
        match &mut open {
            Some(last) if line.from <= last.to + GAP => last.to = last.to.max(line.to),
            _ => into.extend(open.replace(Line { at, ..*line })),
        }
    }
    into.extend(open);
}

/// Lines that touch one another, by groups.
fn touching(lines: &[Line]) -> Result<Vec<Vec<Line>>, TooComplex> {
    let numbers = |level| (0..lines.len()).filter(move |index| lines[*index].level == level);
    let (level, upright): (Vec<_>, Vec<_>) = (numbers(true).collect(), numbers(false).collect());
    if level.len().saturating_mul(upright.len()) > 4 * PLACES {
        return Err(TooComplex);
    }
    let mut parents: Vec<usize> = (0..lines.len()).collect();
    for &h in &level {
        for &v in &upright {
            let (a, b) = (lines[h], lines[v]);
            let crosses = b.at >= a.from - GAP
                && b.at <= a.to + GAP
                && a.at >= b.from - GAP
                && a.at <= b.to + GAP;
            if crosses {
                let (a, b) = (root(&mut parents, h), root(&mut parents, v));
                parents[a] = b;
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<Line>> = Default::default();
    for (index, line) in lines.iter().enumerate() {
        groups
            .entry(root(&mut parents, index))
            .or_default()
            .push(*line);
    }
    Ok(groups.into_values().collect())
}

fn root(parents: &mut [usize], mut index: usize) -> usize {
    while parents[index] != index {
        parents[index] = parents[parents[index]];
        index = parents[index];
    }
    index
}

/// Sorted numbers, each more than `apart` from the one before.
pub(super) fn edges(mut numbers: Vec<f64>, apart: f64) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.dedup_by(|next, kept| *next - *kept <= apart);
    numbers
}

/// The number of the edge next to a place.
pub(super) fn nearest(edges: &[f64], place: f64) -> usize {
    let after = edges.partition_point(|edge| *edge < place);
    let distance = |index: usize| edges.get(index).map_or(f64::MAX, |e| (e - place).abs());
    match after.checked_sub(1) {
        Some(before) if distance(before) <= distance(after) => before,
        _ => after.min(edges.len().saturating_sub(1)),
    }
}

fn lattice(lines: &[Line]) -> Result<Option<Lattice>, TooComplex> {
    let of = |level: bool| lines.iter().filter(move |line| line.level == level);
    if of(true).count() < 2 || of(false).count() < 2 {
        return Ok(None);
    }
    // A side without a line is open: tables without outer lines, or cut by the end of a page.
    let all = |level: bool| {
        let across = of(!level).flat_map(|line| [line.from, line.to]);
        let ends = across.fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
        let mut places: Vec<f64> = of(level).map(|line| line.at).collect();
        let inner = places
            .iter()
            .fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
        places.extend((ends.0 < inner.0 - NARROWEST).then_some(ends.0));
        places.extend((ends.1 > inner.1 + NARROWEST).then_some(ends.1));
        edges(places, NARROWEST)
    };
    let (xs, ys) = (all(false), all(true));
    let (Some(width), Some(height)) = (xs.len().checked_sub(1), ys.len().checked_sub(1)) else {
        return Ok(None);
    };
    if width == 0 || height == 0 {
        return Ok(None);
    }
    if width.saturating_mul(height) > PLACES {
        return Err(TooComplex);
    }
    let walls = Walls::new(lines, &xs, &ys);
    let (cells, owner) = walls.cells();
    Ok(Some(Lattice {
        xs,
        ys,
        cells,
        owner,
    }))
}

/// Where lines separate the places of a table.
struct Walls {
    width: usize,
    height: usize,
    /// Whether a line stands left of a place.
    left: Vec<bool>,
    /// Whether a line lies above a place.
    above: Vec<bool>,
}

impl Walls {
    fn new(lines: &[Line], xs: &[f64], ys: &[f64]) -> Self {
        let (width, height) = (xs.len() - 1, ys.len() - 1);
        let mut walls = Self {
            width,
            height,
            left: vec![false; width * height],
            above: vec![false; width * height],
        };
        for line in lines {
            let (own, other) = if line.level { (ys, xs) } else { (xs, ys) };
            let edge = nearest(own, line.at);
            for (place, ends) in other.windows(2).enumerate() {
                let covered = line.to.min(ends[1]) - line.from.max(ends[0]);
                if covered < 0.6 * (ends[1] - ends[0]) {
                    continue;
                }
                let (row, column, walls) = if line.level {
                    (edge, place, &mut walls.above)
                } else {
                    (place, edge, &mut walls.left)
                };
                if row < height && column < width {
                    walls[row * width + column] = true;
                }
            }
        }
        walls
    }

    /// The largest rectangles of places without a line between them, and the number of the cell of each place.
    fn cells(&self) -> (Vec<Span>, Vec<usize>) {
        const FREE: usize = usize::MAX;
        let mut owner = vec![FREE; self.width * self.height];
        let mut cells = Vec::new();
        for row in 0..self.height {
            for column in 0..self.width {
                if owner[row * self.width + column] != FREE {
                    continue;
                }
                let free = |row: usize, column: usize| owner[row * self.width + column] == FREE;
                let mut columns = 1;
                while column + columns < self.width
                    && free(row, column + columns)
                    && !self.left[row * self.width + column + columns]
                {
                    columns += 1;
                }
                let mut rows = 1;
                while row + rows < self.height
                    && (column..column + columns).all(|c| {
                        free(row + rows, c)
                            && !self.above[(row + rows) * self.width + c]
                            && (c == column || !self.left[(row + rows) * self.width + c])
                    })
                {
                    rows += 1;
                }
                for r in row..row + rows {
                    owner[r * self.width + column..][..columns].fill(cells.len());
                }
                cells.push(Span {
                    row,
                    column,
                    rows,
                    columns,
                });
            }
        }
        (cells, owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f64, from: f64, to: f64) -> Line {
        Line {
            level: true,
            at,
            from,
            to,
        }
    }

    fn upright(at: f64, from: f64, to: f64) -> Line {
        Line {
            level: false,
            ..level(at, from, to)
        }
    }

    fn spans(table: &Lattice) -> Vec<(usize, usize, usize, usize)> {
        let parts = |span: &Span| (span.row, span.column, span.rows, span.columns);
        table.cells.iter().map(parts).collect()
    }

    /// Three columns and three rows; the first column is one cell over the last two rows, the first row is one cell.
    fn ruled() -> Vec<Line> {
        vec![
            level(100.0, 50.0, 350.0),
            level(120.0, 50.0, 350.0),
            level(140.0, 150.0, 350.0),
            level(160.0, 50.0, 200.0),
            level(160.4, 200.5, 350.0),
            upright(50.0, 100.0, 160.0),
            upright(150.0, 120.0, 160.0),
            upright(250.0, 120.0, 140.0),
            upright(250.3, 141.0, 160.0),
            upright(350.0, 100.0, 160.0),
        ]
    }

    #[test]
    fn missing_lines_make_cells_over_several_places() {
        let tables = tables(&ruled()).unwrap();
        assert_eq!(tables.len(), 1);
        assert_eq!(
            spans(&tables[0]),
            [
                (0, 0, 1, 3),
                (1, 0, 2, 1),
                (1, 1, 1, 1),
                (1, 2, 1, 1),
                (2, 1, 1, 1),
                (2, 2, 1, 1),
            ]
        );
        assert_eq!(tables[0].cell_at(Point::new(60.0, 150.0)), Some(1));
        assert_eq!(tables[0].cell_at(Point::new(360.0, 150.0)), None);
    }

    #[test]
    fn open_sides_are_closed() {
        let lines = [
            level(100.0, 50.0, 350.0),
            level(120.0, 50.0, 350.0),
            upright(150.0, 100.0, 150.0),
            upright(250.0, 100.0, 150.0),
        ];
        let tables = tables(&lines).unwrap();
        assert_eq!(tables[0].xs, [50.0, 150.0, 250.0, 350.0]);
        assert_eq!(tables[0].ys, [100.0, 120.0, 150.0]);
        assert_eq!(tables[0].cells.len(), 6);
    }

    #[test]
    fn a_frame_around_a_table_and_a_drawn_box_are_no_tables() {
        let frame = |x0, y0, x1, y1| {
            [
                level(y0, x0, x1),
                level(y1, x0, x1),
                upright(x0, y0, y1),
                upright(x1, y0, y1),
            ]
        };
        let mut lines = ruled();
        lines.extend(frame(20.0, 20.0, 500.0, 800.0));
        lines.extend(frame(60.0, 130.0, 69.0, 139.0));
        assert_eq!(tables(&lines).unwrap().len(), 1);
    }

    #[test]
    fn more_lines_than_a_form_has_are_refused() {
        let lines: Vec<Line> = (0..3000)
            .flat_map(|n| {
                let at = f64::from(n) * 5.0;
                [level(at, 0.0, 20_000.0), upright(at, 0.0, 20_000.0)]
            })
            .collect();
        assert!(tables(&lines).is_err());
    }
}
