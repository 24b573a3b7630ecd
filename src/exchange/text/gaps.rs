//! Lines whose cells stand apart by nothing but spaces, as `pdftotext -layout` and some viewers copy them.

/// The lines of a text, each with the answer to whether its gaps separate cells: it has two gaps at least, or one, and a line
/// beside it has one as well. A lone double space in a paragraph separates nothing.
pub(super) struct Lines<'t> {
    rest: std::str::Split<'t, char>,
    before: usize,
    now: Option<(&'t str, usize)>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut rest = text.split('\n');
        let now = rest.next().map(counted);
        Self {
            rest,
            before: 0,
            now,
        }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (&'t str, bool);

    fn next(&mut self) -> Option<Self::Item> {
        let (line, gaps) = self.now?;
        self.now = self.rest.next().map(counted);
        let after = self.now.map_or(0, |(_, gaps)| gaps);
        let has_columns = gaps > 1 || gaps == 1 && (self.before > 0 || after > 0);
        self.before = gaps;
        Some((line, has_columns))
    }
}

/// The pieces of a line between its gaps: runs of at least two spaces, narrow or wide.
pub(super) fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line.trim());
    std::iter::from_fn(move || {
        let piece = rest?;
        match gap(piece) {
            Some((from, to)) => {
                rest = piece.get(to..);
                piece.get(..from)
            }
            None => {
                rest = None;
                Some(piece)
            }
        }
    })
}

fn counted(line: &str) -> (&str, usize) {
    // Tabs say more than spaces.
    let gaps = if line.contains('\t') {
        0
    } else {
        pieces(line).count() - 1
    };
    (line, gaps)
}

/// Where the first gap begins and ends.
fn gap(text: &str) -> Option<(usize, usize)> {
    let mut begin = None;
    let mut spaces = 0;
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            begin.get_or_insert(at);
            spaces += 1;
        } else {
            if let Some(from) = begin.filter(|_| spaces > 1) {
                return Some((from, at));
            }
            (begin, spaces) = (None, 0);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_runs_of_spaces() {
        let all = |line| pieces(line).collect::<Vec<_>>();
        assert_eq!(
            all("   培训场次    ≥12 场\u{3000}\u{3000}15  "),
            ["培训场次", "≥12 场", "15"]
        );
        assert_eq!(all("姓\u{3000}名 甲"), ["姓\u{3000}名 甲"]);
        assert_eq!(all(""), [""]);
    }

    #[test]
    fn a_lone_double_space_separates_nothing() {
        let text = "本年度完成了  各项任务。\n下一段。\n数量指标   12   12\n培训场次   12\n完。";
        let columns: Vec<bool> = Lines::new(text).map(|(_, columns)| columns).collect();
        assert_eq!(columns, [false, false, true, true, false]);
    }
}
