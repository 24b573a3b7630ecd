//! Quantities of the goal against the indicators: G06, I13.

use rust_decimal::Decimal;

use crate::{
    model::{
        measure::Quantity,
        numeral::{leading_number, plain},
        path::{GoalField, IndicatorField, Place},
        policy::Severity,
        typed::trim,
    },
    rules::{
        catalogue::Phase,
        finding::Mend,
        form::{Form, GoalOf, Row},
        lexicon::{self, PairSet},
        sink::Sink,
    },
};

/// G06
pub fn quantity_differs(form: &Form<'_>, sink: &mut Sink<'_>) {
    for goal in &form.goals {
        let numbered = Numbered::of(&goal.expected);
        for row in form.counted() {
            if let Some((label, told)) = contradiction(row, goal, &numbered) {
                let target = trim(row.indicator().target.text());
                let name = trim(&row.indicator().name);
                let hit = sink.row_hit(
                    row,
                    IndicatorField::Target,
                    "目标中的数量与指标值不一致",
                    "核对批复的目标，以批复为准；需要调整的办理调整",
                );
                let item = format!("{name} 目标{label}写{told}，指标值为{target}");
                sink.push(hit.item(item).mend(Mend::Approved));
            }
        }
    }
}

/// The number that the goal text gives to exactly what the indicator names, where it differs from the target.
///
/// Only "name number unit" in one run of text is believed ("引进人才和项目团队5个"): numbers merely near a word mean all sorts
/// of things (第22届, 8类, 60强).
fn contradiction<'g>(
    row: &Row<'_>,
    goal: &'g GoalOf<'_>,
    numbered: &Numbered<'_>,
) -> Option<(&'g str, String)> {
    const SHORTEST_NAME: usize = 4;
    let aim = row
        .aim
        .as_ref()
        .filter(|aim| !aim.qualitative && !aim.unit.is_empty())?;
    let Quantity::Number { value, .. } = aim.measure.quantity else {
        return None;
    };
    let noun = noun_of(&row.indicator().name);
    if noun.chars().count() < SHORTEST_NAME {
        return None;
    }
    if !numbered.may_follow(noun) {
        return None;
    }
    let text = numbered.text;
    let start = text.find(noun)?;
    let rest = &text[start + noun.len()..];
    let (told, after) = leading_number(rest.trim_start_matches(LINKS))?;
    let same_unit = trim(after).starts_with(aim.unit);
    if !same_unit || told == value {
        return None;
    }
    let label = goal
        .expected_items()
        .find(|item| item.text.contains(noun))
        .map_or("", |item| item.label);
    Some((label, format!("{}{}", plain(told), aim.unit)))
}

/// What may stand between a noun and its number.
const LINKS: [char; 6] = ['约', '共', '为', '：', ':', ' '];

/// A goal text with what stands before its numbers, so that most names need not be looked for in it.
struct Numbered<'t> {
    text: &'t str,
    /// The texts before each digit or sign, without links, and their last characters.
    before: Vec<(char, &'t str)>,
}

impl<'t> Numbered<'t> {
    fn of(text: &'t str) -> Self {
        let begins = |c: char| matches!(c, '0'..='9' | '０'..='９' | '-' | '－' | '+' | '＋');
        let before = text
            .char_indices()
            .filter(|(_, c)| begins(*c))
            .filter_map(|(at, _)| {
                let before = text[..at].trim_end_matches(LINKS);
                Some((before.chars().next_back()?, before))
            })
            .collect();
        Self { text, before }
    }

    /// Whether a number may follow `noun` somewhere; never denied wrongly.
    fn may_follow(&self, noun: &str) -> bool {
        let Some(last) = noun.chars().next_back() else {
            return false;
        };
        LINKS.contains(&last)
            || self
                .before
                .iter()
                .any(|(end, before)| *end == last && before.ends_with(noun))
    }
}

/// An indicator's name without the word that says it is counted.
fn noun_of(name: &str) -> &str {
    let name = trim(name);
    ["数量", "次数", "场次", "个数", "人数", "总数", "数"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name)
}

/// A number of a text.
pub struct Told<'t> {
    /// The number.
    pub value: Decimal,
    /// What stands before it.
    before: &'t str,
    /// What follows it.
    after: &'t str,
}

/// The numbers of a text in order.
pub fn numbers(text: &str) -> impl Iterator<Item = Told<'_>> {
    let starts = text.char_indices().scan(false, |in_number, (at, c)| {
        let digit = c.is_ascii_digit();
        let starts = digit && !*in_number;
        *in_number = digit || *in_number && matches!(c, '.' | ',');
        Some(starts.then_some(at))
    });
    starts.flatten().filter_map(|at| {
        let (value, after) = leading_number(&text[at..])?;
        Some(Told {
            value,
            before: &text[..at],
            after,
        })
    })
}

/// I13
pub fn without_indicator(form: &Form<'_>, sink: &mut Sink<'_>) {
    let mut names = None;
    for goal in &form.goals {
        for promised in promises(goal) {
            let names = names.get_or_insert_with(|| Names::of(form));
            if !names.speak_of(&promised) {
                tell(form, goal, &promised, sink);
            }
        }
    }
}

fn tell(form: &Form<'_>, goal: &GoalOf<'_>, promised: &Promise<'_>, sink: &mut Sink<'_>) {
    let unit = promised.unit;
    let item = format!("“{}”", promised.words);
    let answered = form.phase() < Phase::Results || promised.is_answered_in(goal);
    let hit = if answered {
        let lead = "目标中的数量没有对应指标";
        let hint = "下年度为它设置指标；本次在实际完成情况中写明完成数量";
        sink.hit(Place::Goal(goal.goal.id, GoalField::Expected), lead, hint)
            .mend(Mend::Approved)
    } else {
        let lead = "目标中的数量没有对应指标，完成情况也没有写明";
        let hint = format!("在实际完成情况中写明完成了多少{unit}；下年度为它设置指标");
        sink.hit(Place::Goal(goal.goal.id, GoalField::Actual), lead, hint)
            .level(Severity::Warning)
    };
    let mut hit = hit.item(item);
    hit.folds = true;
    sink.push(hit);
}

/// A quantity that a goal promises: "走访慰问不少于2次".
struct Promise<'t> {
    words: &'t str,
    before: &'t str,
    after: &'t str,
    value: Decimal,
    unit: &'static str,
    label: &'t str,
}

/// What is counted is told with its number where it is no longer: "覆盖8个街道".
const LONGEST_NOUN: usize = 6;

/// The counted quantities of a goal text. Ordinals, dates, shares and money are none.
fn promises<'g>(goal: &'g GoalOf<'_>) -> Vec<Promise<'g>> {
    let text = &*goal.expected;
    let mut promises: Vec<Promise<'_>> = Vec::new();
    for told in numbers(text) {
        let Some(unit) = lexicon::COUNTERS
            .begins(told.after)
            .filter(|unit| counts(unit))
        else {
            continue;
        };
        if told.before.ends_with('第') {
            continue;
        }
        let start = clause_start(told.before);
        let end = text.len() - told.after.len();
        let after = &told.after[unit.len()..];
        let after = &after[..after.find(is_boundary).unwrap_or(after.len())];
        let noun = match after.chars().count() <= LONGEST_NOUN {
            true => after.len(),
            false => 0,
        };
        let at = told.before.len();
        let item = goal
            .expected_items()
            .rev()
            .find(|item| item.label_start <= at);
        promises.push(Promise {
            words: text[start..end + unit.len() + noun].trim_start_matches(['.', '．']),
            before: &text[start..at],
            after,
            value: told.value,
            unit,
            label: item.map_or("", |item| item.label),
        });
    }
    promises
}

/// Whether a unit counts things or people; shares and money have rules of their own.
fn counts(unit: &str) -> bool {
    !matches!(unit, "%" | "％") && !unit.ends_with('元')
}

/// Where the clause begins that ends with `text`.
fn clause_start(text: &str) -> usize {
    const LONGEST: usize = 16;
    let begin = text
        .char_indices()
        .rev()
        .take(LONGEST)
        .take_while(|(_, c)| !is_boundary(*c))
        .last();
    begin.map_or(text.len(), |(at, _)| at)
}

fn is_boundary(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_digit()
        || matches!(
            c,
            '，' | ',' | '。' | '；' | ';' | '、' | '：' | ':' | '（' | '(' | '）' | ')'
        )
}

impl Promise<'_> {
    /// Whether the result of the same item gives a number in the same unit.
    fn is_answered_in(&self, goal: &GoalOf<'_>) -> bool {
        let item = goal
            .actual_items()
            .find(|item| !self.label.is_empty() && item.label == self.label)
            .map_or(&*goal.actual, |item| item.text);
        numbers(item).any(|told| told.after.starts_with(self.unit))
    }
}

/// What the indicators of a form speak of: pairs of characters of their names, and their targets.
struct Names<'f> {
    pairs: Vec<(char, char)>,
    /// Most pairs that are asked for are in no name.
    seen: PairSet<64>,
    targets: Vec<(Decimal, &'f str)>,
}

impl<'f> Names<'f> {
    fn of(form: &'f Form<'_>) -> Self {
        let mut names = Self {
            pairs: Vec::with_capacity(16 * form.rows.len()),
            seen: PairSet::default(),
            targets: Vec::with_capacity(form.rows.len()),
        };
        for row in &form.rows {
            for pair in pairs_of(&row.indicator().name) {
                names.seen.insert(pair);
                names.pairs.push(pair);
            }
            if let Some(aim) = &row.aim
                && let Some(value) = aim.measure.number()
            {
                names.targets.push((value, aim.unit));
            }
        }
        names
    }

    /// Whether an indicator may be about the promise: a name shares two characters in a row with the words around the number,
    /// or a target is the same quantity.
    fn speak_of(&self, promise: &Promise<'_>) -> bool {
        let named = |words: &str| pairs_of(words).any(|pair| self.have(pair));
        let aimed = |(value, unit): &(Decimal, &str)| {
            *value == promise.value && (unit.is_empty() || promise.unit.starts_with(unit))
        };
        named(promise.before) || named(promise.after) || self.targets.iter().any(aimed)
    }

    fn have(&self, pair: (char, char)) -> bool {
        self.seen.may_contain(pair) && self.pairs.contains(&pair)
    }
}

/// Neighbouring characters of a text, without those words that stand in every goal.
fn pairs_of(text: &str) -> impl Iterator<Item = (char, char)> {
    let mut rest = text;
    let pieces = std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = match lexicon::GENERIC.find(rest).next() {
            Some(found) => (&rest[..found.start], &rest[found.end..]),
            None => (rest, ""),
        };
        rest = after;
        Some(piece)
    });
    pieces.flat_map(|piece| piece.chars().zip(piece.chars().skip(1)))
}
