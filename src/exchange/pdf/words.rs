//! Letters become lines of text, lines become paragraphs.

use super::{
    characters::{closes, is_wide, opens},
    ink::{Letter, Turn},
};

/// A line of text, or a part of one between wide gaps.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// What it says.
    pub text: String,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Its baseline.
    pub baseline: f64,
    /// The size of its largest letter.
    pub size: f64,
}

/// A letter along the way it is read: `from` to `to` on a baseline.
#[derive(Clone, Copy)]
struct Mark {
    text: char,
    from: f64,
    to: f64,
    baseline: f64,
    size: f64,
}

impl Mark {
    fn new(letter: &Letter, turn: Turn) -> Self {
        let (from, to, baseline) = match turn {
            Turn::Level | Turn::Skewed => (letter.from.x, letter.to.x, letter.from.y),
            Turn::Up => (-letter.from.y, -letter.to.y, letter.from.x),
            Turn::Down => (letter.from.y, letter.to.y, -letter.from.x),
            Turn::Over => (-letter.from.x, -letter.to.x, -letter.from.y),
        };
        Self {
            text: letter.text,
            from,
            to,
            baseline,
            size: letter.size,
        }
    }
}

/// The lines of letters that are read the same way, each cut where the gap between letters is at least `gap` times their size.
pub(super) fn lines<'l>(
    letters: impl IntoIterator<Item = &'l Letter>,
    turn: Turn,
    gap: f64,
) -> Vec<Vec<Words>> {
    let mut marks: Vec<Mark> = letters
        .into_iter()
        .map(|letter| Mark::new(letter, turn))
        .collect();
    marks.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut result = Vec::new();
    let mut rest = marks.as_mut_slice();
    while let Some(first) = rest.first() {
        let (baseline, mut size, mut count) = (first.baseline, first.size, 1);
        while let Some(next) = rest.get(count) {
            if next.baseline - baseline > 0.5 * size.max(next.size) {
                break;
            }
            size = size.max(next.size);
            count += 1;
        }
        let (line, others) = rest.split_at_mut(count);
        line.sort_by(|a, b| a.from.total_cmp(&b.from));
        let words = split(line, gap);
        if !words.is_empty() {
            result.push(words);
        }
        rest = others;
    }
    result
}

/// The words of one line.
fn split(line: &[Mark], gap: f64) -> Vec<Words> {
    let mut parts: Vec<Words> = Vec::new();
    // Whether a space was only seen as a gap, by parts: text spread over its cell has one after each character.
    let mut spread: Vec<bool> = Vec::new();
    let mut space = false;
    let mut last: Option<Mark> = None;
    for mark in line {
        if mark.text.is_whitespace() {
            space = true;
            continue;
        }
        let size = last.map_or(mark.size, |last| last.size.max(mark.size));
        let free = last.map_or(0.0, |last| mark.from - last.to);
        // Bold letters may be drawn twice.
        if last.is_some_and(|last| {
            last.text == mark.text && (mark.from - last.from).abs() < 0.2 * size
        }) {
            continue;
        }
        let wide = is_wide(mark.text) || last.is_some_and(|last| is_wide(last.text));
        let seen = free >= size * if wide { 0.8 } else { 0.25 };
        match (parts.last_mut(), spread.last_mut()) {
            (Some(open), Some(even)) if free < gap * size => {
                *even &= seen && !space && is_wide(mark.text);
                if space || seen {
                    open.text.push(' ');
                }
                open.text.push(mark.text);
                open.to = open.to.max(mark.to);
                open.size = open.size.max(mark.size);
            }
            _ => {
                parts.push(Words {
                    text: mark.text.to_string(),
                    from: mark.from,
                    to: mark.to,
                    baseline: mark.baseline,
                    size: mark.size,
                });
                spread.push(is_wide(mark.text));
            }
        }
        space = false;
        last = Some(*mark);
    }
    for (part, even) in parts.iter_mut().zip(spread) {
        if even {
            part.text.retain(|one| one != ' ');
        }
    }
    parts
}

/// The text of a cell between two sides.
pub(super) fn cell_text(letters: &[&Letter], left: f64, right: f64) -> String {
    let mut texts = Vec::new();
    for turn in [Turn::Level, Turn::Up, Turn::Down, Turn::Over, Turn::Skewed] {
        let own: Vec<&Letter> = letters
            .iter()
            .copied()
            .filter(|letter| letter.turn() == turn)
            .collect();
        let lines: Vec<Words> = lines(own, turn, f64::INFINITY)
            .into_iter()
            .flatten()
            .collect();
        if lines.is_empty() {
            continue;
        }
        // Turned text keeps to its own length: the sides of the cell are not above and below it.
        let (left, right) = if turn == Turn::Level {
            (left, right)
        } else {
            extent(&lines)
        };
        texts.extend(paragraphs(&lines, left, right));
    }
    texts.join("\n")
}

/// Where lines begin and end.
pub(super) fn extent(lines: &[Words]) -> (f64, f64) {
    lines.iter().fold((f64::MAX, f64::MIN), |(from, to), line| {
        (from.min(line.from), to.max(line.to))
    })
}

/// Joins lines that were only wrapped. A line that leaves more room than the next word needs ended on purpose.
pub(super) fn paragraphs(lines: &[Words], left: f64, right: f64) -> Vec<String> {
    if lines.len() > 1 && lines.iter().all(|line| line.text.chars().count() == 1) {
        // A caption written downwards.
        return vec![lines.iter().map(|line| line.text.as_str()).collect()];
    }
    let sides = Sides::of(lines, left, right);
    let mut result: Vec<String> = Vec::new();
    let mut before: Option<&Words> = None;
    for line in lines {
        match (result.last_mut(), before) {
            (Some(open), Some(before)) if !sides.ended(before, line) => join(open, &line.text),
            _ => result.push(line.text.clone()),
        }
        before = Some(line);
    }
    result
}

/// How lines stand between the sides of their cell.
struct Sides {
    /// Where the first line begins that begins first.
    left: f64,
    /// The right side, without room that no line uses.
    right: f64,
    centred: bool,
}

impl Sides {
    fn of(lines: &[Words], left: f64, right: f64) -> Self {
        let gaps = |line: &Words| (line.from - left, right - line.to);
        let centred = lines.iter().all(|line| {
            let (before, after) = gaps(line);
            (before - after).abs() < 0.7 * line.size
        });
        let smallest = |gap: fn((f64, f64)) -> f64| {
            let all = lines.iter().map(|line| gap(gaps(line)).max(0.0));
            all.fold(f64::MAX, f64::min)
        };
        let size = lines.iter().map(|line| line.size).fold(0.0, f64::max);
        Self {
            left: left + smallest(|(before, _)| before),
            right: right - smallest(|(_, after)| after).min(size),
            centred,
        }
    }

    /// Whether a paragraph ends between two lines.
    fn ended(&self, line: &Words, next: &Words) -> bool {
        if numbered(&next.text) && line.text.ends_with(['。', '；', ';', '！', '？', '：']) {
            return true;
        }
        let indent = next.from - self.left;
        if !self.centred && indent > 1.5 * next.size && line.from - self.left < 0.7 * line.size {
            return true;
        }
        let room = if self.centred {
            (line.from - self.left) * 2.0
        } else {
            self.right - line.to
        };
        room > (2.0 * line.size).max(first_word(next) + 0.5 * line.size)
    }
}

/// How wide the part of a line is that cannot be broken: a word, a number with its unit, with the brackets around it.
fn first_word(line: &Words) -> f64 {
    let mut letters = line.text.chars().peekable();
    let mut width = 0.0;
    while let Some(one) = letters.next() {
        width += if is_wide(one) { 1.0 } else { 0.5 };
        let goes_on = letters.peek().is_some_and(|next| {
            let unit = one.is_ascii_digit() || !(is_wide(one) || is_wide(*next));
            *next != ' ' && (unit || closes(*next) || opens(one))
        });
        if !goes_on {
            break;
        }
    }
    (width * line.size).min(line.to - line.from)
}

/// Whether a line begins with the number of an item: 一、 （二） 3. 4、 目标5
fn numbered(text: &str) -> bool {
    let number = |one: char| one.is_ascii_digit() || "一二三四五六七八九十".contains(one);
    if let Some(rest) = text.strip_prefix("目标") {
        return rest.starts_with(number);
    }
    let inner = text.strip_prefix(['（', '(']);
    let rest = inner.unwrap_or(text).trim_start_matches(number);
    if rest.len() == inner.unwrap_or(text).len() {
        return false;
    }
    match inner {
        Some(_) => rest.starts_with(['）', ')']),
        None => {
            rest.starts_with(['、', '．', '）'])
                || rest
                    .strip_prefix('.')
                    .is_some_and(|rest| !rest.starts_with(|one: char| one.is_ascii_digit()))
        }
    }
}

/// Puts wrapped text together: words of letters with a space, all else without.
pub(super) fn join(open: &mut String, next: &str) {
    let (last, first) = (open.chars().next_back(), next.chars().next());
    if let (Some(last), Some(first)) = (last, first) {
        let letters = last.is_ascii_alphabetic() || first.is_ascii_alphabetic();
        let word = |one: char| one.is_ascii_alphanumeric() || one == ',' || one == '.';
        if letters && word(last) && first.is_ascii_alphanumeric() {
            open.push(' ');
        }
    }
    open.push_str(next);
}

#[cfg(test)]
mod tests {
    use kurbo::Point;

    use super::*;

    /// Letters of size 10 along a baseline.
    fn written(text: &str, mut x: f64, y: f64) -> Vec<Letter> {
        let place = |text: char| {
            let width = if is_wide(text) { 10.0 } else { 5.0 };
            x += width;
            Letter {
                text,
                from: Point::new(x - width, y),
                to: Point::new(x, y),
                size: 10.0,
                anchor: Point::new(x, y),
            }
        };
        text.chars().map(place).collect()
    }

    fn cell(lines: &[(&str, f64)], left: f64, right: f64) -> String {
        let letters: Vec<Letter> = lines
            .iter()
            .zip(1..)
            .flat_map(|((text, x), row)| written(text, *x, f64::from(row) * 14.0))
            .collect();
        cell_text(&letters.iter().collect::<Vec<_>>(), left, right)
    }

    #[test]
    fn wrapped_lines_are_joined_and_short_ones_end_a_paragraph() {
        let wrapped = [("举办科技讲座不少于", 2.0), ("三十场。", 2.0)];
        assert_eq!(cell(&wrapped, 0.0, 95.0), "举办科技讲座不少于三十场。");
        let two = [("完成培训。", 2.0), ("开展调研。", 2.0)];
        assert_eq!(cell(&two, 0.0, 95.0), "完成培训。\n开展调研。");
        let full = [("一、举办培训班五期；", 2.0), ("二、开展调研。", 2.0)];
        assert_eq!(
            cell(&full, 0.0, 104.0),
            "一、举办培训班五期；\n二、开展调研。"
        );
        let indented = [("举办培训班五期以上", 2.0), ("开展调研两次", 22.0)];
        assert_eq!(
            cell(&indented, 0.0, 94.0),
            "举办培训班五期以上\n开展调研两次"
        );
    }

    #[test]
    fn long_numbers_and_words_that_did_not_fit_are_no_new_paragraph() {
        let number = [("金额", 2.0), ("8086475.64元", 2.0)];
        assert_eq!(cell(&number, 0.0, 66.0), "金额8086475.64元");
        let cut = [("8086475.", 2.0), ("64", 2.0)];
        assert_eq!(cell(&cut, 0.0, 46.0), "8086475.64");
        let unit = [("新购图书一批", 2.0), ("5230册上架", 2.0)];
        assert_eq!(cell(&unit, 0.0, 92.0), "新购图书一批5230册上架");
        let bracket = [("满意度指标", 2.0), ("（10分）", 2.0)];
        assert_eq!(cell(&bracket, 0.0, 86.0), "满意度指标（10分）");
        let words = [("Budget", 2.0), ("Office", 2.0)];
        assert_eq!(cell(&words, 0.0, 36.0), "Budget Office");
    }

    #[test]
    fn captions_that_are_centred_or_written_downwards_are_joined() {
        let centred = [("社会效益", 10.0), ("指标", 20.0)];
        assert_eq!(cell(&centred, 0.0, 60.0), "社会效益指标");
        let down: Vec<(&str, f64)> = ["年", "度", "绩", "效"].map(|one| (one, 5.0)).into();
        assert_eq!(cell(&down, 0.0, 60.0), "年度绩效");
    }

    #[test]
    fn turned_captions_are_read_along_their_way() {
        let turned = |up: f64, x: f64| {
            let place = move |(text, n): (char, i32)| Letter {
                text,
                from: Point::new(x, up * f64::from(n) * 10.0),
                to: Point::new(x, up * f64::from(n + 1) * 10.0),
                size: 10.0,
                anchor: Point::new(x, 0.0),
            };
            "产出指标".chars().zip(0..).map(place).collect::<Vec<_>>()
        };
        for letters in [turned(-1.0, 20.0), turned(1.0, 20.0)] {
            assert_eq!(
                cell_text(&letters.iter().collect::<Vec<_>>(), 0.0, 40.0),
                "产出指标"
            );
        }
    }

    #[test]
    fn spaces_are_gaps_and_text_spread_over_its_cell_has_none() {
        let mut spread = written("项", 0.0, 10.0);
        spread.extend(written("目", 20.0, 10.0));
        spread.extend(written("名", 40.0, 10.0));
        let parts = lines(&spread, Turn::Level, f64::INFINITY);
        assert_eq!(parts[0][0].text, "项目名");
        let mut apart = written("（2022年度）", 0.0, 10.0);
        apart.extend(written("单位：万元", 200.0, 10.0));
        let parts = lines(&apart, Turn::Level, 2.0);
        let texts: Vec<&str> = parts[0].iter().map(|part| part.text.as_str()).collect();
        assert_eq!(texts, ["（2022年度）", "单位：万元"]);
    }

    #[test]
    fn letters_drawn_twice_to_be_bold_are_read_once() {
        let mut bold = written("合计11", 0.0, 10.0);
        bold.extend(written("合计11", 0.4, 10.0));
        let parts = lines(&bold, Turn::Level, f64::INFINITY);
        assert_eq!(parts[0][0].text, "合计11");
    }

    #[test]
    fn items_are_told_from_amounts() {
        for text in [
            "一、完成",
            "（二）开展",
            "3.举办",
            "(4)其他",
            "十二、宣传",
            "目标2：开展",
        ] {
            assert!(numbered(text), "{text}");
        }
        for text in ["3.5万元", "完成", "（元）", "2020年", "一般"] {
            assert!(!numbered(text), "{text}");
        }
    }
}
