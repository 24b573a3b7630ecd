//! Where two texts differ: runs that both have, that only the older has, that only the newer has.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A run of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage<'t> {
    /// Which text has it.
    pub tag: Tag,
    /// The run.
    pub text: &'t str,
}

/// Which text a run is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// In both.
    Same,
    /// In the older only.
    Removed,
    /// In the newer only.
    Added,
}

/// The runs of both texts in reading order. Numbers and Latin words stay whole, and a letter or two in common between two
/// changes are no reason to part them.
pub fn passages<'t>(before: &'t str, after: &'t str) -> Vec<Passage<'t>> {
    /// Texts whose differing parts have more tokens than this together are not looked into.
    const MOST: usize = 4_000;
    let (old, new) = (tokens(before), tokens(after));
    let start = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(old, new)| old == new)
        .count();
    let middle = (
        &old_rest[..old_rest.len() - end],
        &new_rest[..new_rest.len() - end],
    );
    let steps = match middle.0.len() + middle.1.len() {
        0..=MOST => steps(middle.0, middle.1),
        _ => vec![Step {
            same: false,
            old: middle.0.len(),
            new: middle.1.len(),
        }],
    };
    let mut runs = Runs::new((before, after), (&old, &new));
    runs.take(Tag::Same, start);
    for step in joined(steps) {
        if step.same {
            runs.take(Tag::Same, step.new);
        } else {
            runs.take(Tag::Removed, step.old);
            runs.take(Tag::Added, step.new);
        }
    }
    runs.take(Tag::Same, end);
    runs.found
}

/// Both texts for a list: of long ones, what they have in common is shortened to a little around each difference.
pub fn excerpts(before: &str, after: &str) -> (String, String) {
    /// Texts with no more characters are told in full.
    const LONG: usize = 120;
    let is_long = |text: &str| text.chars().nth(LONG).is_some();
    if !is_long(before) && !is_long(after) {
        return (before.to_owned(), after.to_owned());
    }
    let passages = passages(before, after);
    let (mut old, mut new) = (String::new(), String::new());
    for (index, passage) in passages.iter().enumerate() {
        match passage.tag {
            Tag::Removed => old.push_str(passage.text),
            Tag::Added => new.push_str(passage.text),
            Tag::Same => {
                let short = shortened(passage.text, index > 0, index + 1 < passages.len());
                old.push_str(&short);
                new.push_str(&short);
            }
        }
    }
    (old, new)
}

/// As much of a text in common as stands next to a difference before or behind it.
fn shortened(text: &str, is_behind: bool, is_before: bool) -> String {
    const AROUND: usize = 12;
    let count = text.chars().count();
    let (head, tail) = (
        if is_behind { AROUND } else { 0 },
        if is_before { AROUND } else { 0 },
    );
    if count <= head + tail + 1 {
        return text.to_owned();
    }
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{start}…{end}")
}

/// A run of tokens.
#[derive(Debug, Clone, Copy)]
struct Step {
    same: bool,
    old: usize,
    new: usize,
}

fn steps(old: &[&str], new: &[&str]) -> Vec<Step> {
    let steps = capture_diff_slices(Algorithm::Myers, old, new);
    let step = |step: &similar::DiffOp| Step {
        same: step.tag() == DiffTag::Equal,
        old: step.old_range().len(),
        new: step.new_range().len(),
    };
    steps.iter().map(step).collect()
}

/// With short runs in common between two changes made part of them, and neighbouring changes made one.
fn joined(steps: Vec<Step>) -> Vec<Step> {
    /// A run in common between two changes that has no more tokens is part of them.
    const SHORT: usize = 1;
    let count = steps.len();
    let mut joined: Vec<Step> = Vec::new();
    for (index, mut step) in steps.into_iter().enumerate() {
        let is_between = index > 0 && index + 1 < count;
        step.same &= !(is_between && step.new <= SHORT);
        match joined.last_mut() {
            Some(last) if !last.same && !step.same => {
                last.old += step.old;
                last.new += step.new;
            }
            _ => joined.push(step),
        }
    }
    joined
}

/// The runs found so far, and how far both texts are read.
struct Runs<'t, 'l> {
    texts: (&'t str, &'t str),
    tokens: (&'l [&'t str], &'l [&'t str]),
    /// Tokens and bytes.
    read: [(usize, usize); 2],
    found: Vec<Passage<'t>>,
}

impl<'t, 'l> Runs<'t, 'l> {
    fn new(texts: (&'t str, &'t str), tokens: (&'l [&'t str], &'l [&'t str])) -> Self {
        Self {
            texts,
            tokens,
            read: [(0, 0); 2],
            found: Vec::new(),
        }
    }

    fn take(&mut self, tag: Tag, count: usize) {
        let old = (tag != Tag::Added).then(|| self.read(0, self.tokens.0, self.texts.0, count));
        let new = (tag != Tag::Removed).then(|| self.read(1, self.tokens.1, self.texts.1, count));
        let text = new.or(old).unwrap_or_default();
        if !text.is_empty() {
            self.found.push(Passage { tag, text });
        }
    }

    fn read(&mut self, side: usize, tokens: &[&str], text: &'t str, count: usize) -> &'t str {
        let (token, byte) = self.read[side];
        let length: usize = tokens[token..token + count]
            .iter()
            .map(|one| one.len())
            .sum();
        self.read[side] = (token + count, byte + length);
        &text[byte..byte + length]
    }
}

/// Numbers with their signs and Latin words whole, all else character by character.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_joined: fn(char) -> bool = match first {
            '0'..='9' => |c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '％'),
            'a'..='z' | 'A'..='Z' => |c| c.is_ascii_alphabetic(),
            _ => |_| false,
        };
        let joined: usize = rest
            .chars()
            .skip(1)
            .take_while(|c| is_joined(*c))
            .map(char::len_utf8)
            .sum();
        let (token, after) = rest.split_at(first.len_utf8() + joined);
        tokens.push(token);
        rest = after;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let runs = passages(before, after);
        let run = |run: &Passage<'_>| match run.tag {
            Tag::Same => run.text.to_owned(),
            Tag::Removed => format!("[-{}]", run.text),
            Tag::Added => format!("[+{}]", run.text),
        };
        runs.iter().map(run).collect()
    }

    #[test]
    fn what_differs_is_marked_and_no_more() {
        for (before, after, marked) in [
            ("完成 10 场", "完成 12 场", "完成 [-10][+12] 场"),
            ("场地原因", "因场地原因未办", "[+因]场地原因[+未办]"),
            ("98.5%", "98.6%", "[-98.5%][+98.6%]"),
            ("", "新", "[+新]"),
            ("同", "同", "同"),
            ("甲的乙", "丙的丁", "[-甲的乙][+丙的丁]"),
        ] {
            assert_eq!(shown(before, after), marked);
        }
    }

    #[test]
    fn long_texts_are_told_around_their_differences() {
        let long = "甲".repeat(200);
        let (before, after) = (format!("{long}旧{long}"), format!("{long}新{long}"));
        let around = "甲".repeat(12);
        let told = |word: &str| format!("…{around}{word}{around}…");
        assert_eq!(excerpts(&before, &after), (told("旧"), told("新")));
        assert_eq!(excerpts("短", ""), ("短".to_owned(), String::new()));
        assert_eq!(excerpts(&long, ""), (long.clone(), String::new()));
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_runs(before in "[甲乙丙1 2.a]{0,30}", after in "[甲乙丙1 2.a]{0,30}") {
            let runs = passages(&before, &after);
            let read = |other: Tag| runs.iter().filter(|run| run.tag != other).map(|run| run.text).collect::<String>();
            prop_assert_eq!(read(Tag::Added), before.as_str());
            prop_assert_eq!(read(Tag::Removed), after.as_str());
        }
    }
}
