//! Family H, second part: what is left in the text of web forms, templates and input methods.

use std::sync::LazyLock;

use super::{
    catalogue::{Check, FixKind, Phase, Rule},
    cells::{Cell, each_filled},
    deviation::phrases,
    facts::Facts,
    finding::{CellChange, Fix, Mend},
    form::{Form, Row},
    lexicon::WordFinder,
    sink::{Hit, Sink},
};
use crate::model::{
    edition::FieldLayout,
    markup::{Markup, may_have_markup, visible_text},
    numeral::halfwidth,
    policy::Severity,
    typed::trim,
};

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "H07",
        name: "文字中残留网页标记",
        level: Severity::Error,
        summary: "单元格中有 <p>、&nbsp; 等网页标记。",
        why: "打印和公开时标记会原样出现，表会被退回。",
        basis: "公开自评表中的常见错误",
        mend: "去掉网页标记，只留文字；可以用自动修正，改前能先看到改后的样子。",
        example: "文字中残留网页标记：4个标记",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Sometimes,
        silences: &[],
        check: Check::Form(h07),
    },
    Rule {
        code: "H08",
        name: "残留模板占位符或提示语",
        level: Severity::Warning,
        summary: "单元格中还有 **、XX、……、“（100字以内）”等模板文字，或偏差说明里没有填的【】。",
        why: "提示语没有删说明这一格没有真正填写。",
        basis: "公开自评表中的常见错误；评审实践",
        mend: "把提示语换成本项目的实际内容；确实没有内容的写“无”。",
        example: "残留模板占位符或提示语：项目年度目标完成情况 · 年度目标完成情况 “对照年度目标，说明相关任务”",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(h08),
    },
    Rule {
        code: "H09",
        name: "全角数字或不可见字符",
        level: Severity::Hint,
        summary: "数值单元格中有全角数字，或文字中有零宽字符、不间断空格。",
        why: "看不出来，却会使查找、导入和计算出错。",
        basis: "填报质量要求（软件自定）",
        mend: "把全角数字改为半角，去掉看不见的字符；可以用自动修正。",
        example: "有全角数字或不可见字符：资金 · 年度资金总额 · 全年执行数“１００.00”",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Sometimes,
        silences: &[],
        check: Check::Form(h09),
    },
];

fn h07(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.facts.has(Facts::MARKUP) {
        return;
    }
    each_filled(form, &mut |cell| {
        if !may_have_markup(cell.text) {
            return;
        }
        let markup = Markup::in_text(cell.text);
        if markup.is_none() {
            return;
        }
        let counts = match (markup.tags, markup.references) {
            (tags, 0) => format!("{tags}个标记"),
            (0, references) => format!("{references}个转义符"),
            (tags, references) => format!("{tags}个标记、{references}个转义符"),
        };
        let mut hit = cell.hit(sink, "文字中残留网页标记", "去掉网页标记，只留文字");
        hit.folds = false;
        let fix = set(cell, &hit, "去掉网页标记", &visible_text(cell.text));
        sink.push(hit.item(counts).fix(fix));
    });
}

/// A fix that sets the cell, where it can be mended now.
fn set(cell: &Cell<'_>, hit: &Hit, title: &str, new: &str) -> Option<Fix> {
    (cell.mend == Mend::Now).then(|| Fix {
        title: title.to_owned(),
        changes: vec![CellChange {
            at: hit.at.clone(),
            new: new.to_owned(),
        }],
    })
}

/// Texts that a template asks to be replaced.
const PROMPTS: &[&str] = &[
    "**",
    "＊＊",
    "XX",
    "xx",
    "××",
    "ＸＸ",
    "字以内）",
    "字以内)",
    "此处填写",
    "请填写",
    "请输入",
    "请在此",
    "【】",
    "结合自评情况,",
    "结合自评情况，",
    "对照年度目标,说明",
    "对照年度目标，说明",
];

/// The blanks of 偏差说明 count by name: other texts stand in such brackets as well (深财预【2020】15号).
static PROMPT_FINDER: LazyLock<WordFinder> = LazyLock::new(|| WordFinder::new(prompts()));

/// What a template asks to be replaced.
pub(super) fn prompts() -> impl Iterator<Item = &'static str> {
    PROMPTS.iter().copied().chain(phrases::blanks())
}

fn h08(form: &Form<'_>, sink: &mut Sink<'_>) {
    let prompts: Vec<&str> = prompts_of(form).collect();
    let may_be_left = form.facts.has(Facts::PROMPT | Facts::DOTS);
    let is_number = |row: &Row<'_>| is_bare_number_of_indicator(row.name);
    if prompts.is_empty() && !may_be_left && !form.rows.iter().any(is_number) {
        return;
    }
    each_filled(form, &mut |cell| {
        let left = match cell.is_name() || may_be_left {
            true => placeholder(cell),
            false => None,
        };
        let Some(left) = left.or_else(|| unchanged_prompt(cell, &prompts)) else {
            return;
        };
        let item = format!("{} “{left}”", cell.in_words(form));
        let hit = cell.hit(
            sink,
            "残留模板占位符或提示语",
            "删去模板文字，按实际情况填写",
        );
        let mend = if cell.is_expected_goal() {
            Mend::Approved
        } else {
            cell.mend
        };
        sink.push(hit.item(item).mend(mend));
    });
}

fn unchanged_prompt(cell: &Cell<'_>, prompts: &[&str]) -> Option<String> {
    if cell.numeric {
        return None;
    }
    let mut prompts = prompts.iter();
    let left = prompts.any(|prompt| holds_squeezed(cell.text, prompt));
    left.then(|| shortened(cell.text))
}

/// What the edition prints in empty cells.
fn prompts_of<'f>(form: &'f Form<'_>) -> impl Iterator<Item = &'f str> {
    let edition = form.edition;
    let goals = [&edition.goals.expected, &edition.goals.actual];
    let fields = edition
        .header
        .iter()
        .chain(goals)
        .chain(&edition.goals.extra)
        .chain(&edition.texts)
        .chain(&edition.footer);
    fields
        .map(|field: &FieldLayout| field.prompt.as_str())
        .filter(|prompt| squeezed(prompt).next().is_some())
}

/// Whether `text` holds `part`, spaces and widths set aside.
fn holds_squeezed(text: &str, part: &str) -> bool {
    if text.len() < squeezed(part).count() {
        return false;
    }
    let Some(first) = squeezed(part).next() else {
        return true;
    };
    let begins = text.char_indices().filter(|(_, c)| narrow(*c) == first);
    begins.into_iter().any(|(at, _)| {
        let mut rest = squeezed(&text[at..]);
        squeezed(part).all(|c| rest.next() == Some(c))
    })
}

/// A text without spaces, signs in half width.
fn squeezed(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(narrow).filter(|c| !c.is_whitespace())
}

fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '　' => ' ',
        _ => c,
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 30;
    let text = trim(text);
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

/// The template's text that was left in a cell, in a few words.
fn placeholder(cell: &Cell<'_>) -> Option<String> {
    let text = trim(cell.text);
    for (start, word) in PROMPT_FINDER.find(text) {
        let end = start + word.len();
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
        let stands_alone =
            alone(text[..start].chars().next_back()) && alone(text[end..].chars().next());
        if is_mask(text, start) {
            continue;
        }
        if !word.starts_with(['X', 'x']) || stands_alone {
            return Some(around(text, start, end));
        }
    }
    let unfinished = text.ends_with("……") || text == "…" || text == "...";
    if unfinished || cell.is_name() && is_bare_number_of_indicator(text) {
        return Some(shortened(tail(text)));
    }
    None
}

/// Whether the asterisks at `start` hide digits of a number: "138****1234".
fn is_mask(text: &str, start: usize) -> bool {
    let is_star = |c: char| c == '*';
    let (before, from) = text.split_at(start);
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = before.trim_end_matches(is_star).chars().next_back();
    from.starts_with(is_star)
        && digit(before)
        && digit(from.trim_start_matches(is_star).chars().next())
}

/// A few characters on both sides of a match.
fn around(text: &str, start: usize, end: usize) -> String {
    const BEFORE: usize = 6;
    const AFTER: usize = 4;
    let before = super::money_text::last_chars(&text[..start], BEFORE);
    let from = start - before.len();
    let after = text[end..]
        .char_indices()
        .nth(AFTER)
        .map_or(text.len(), |(at, _)| end + at);
    text[from..after].replace(['\n', '\r'], " ")
}

fn tail(text: &str) -> &str {
    const LENGTH: usize = 12;
    super::money_text::last_chars(text, LENGTH)
}

/// "指标2：" with nothing behind it.
fn is_bare_number_of_indicator(text: &str) -> bool {
    text.strip_prefix("指标").is_some_and(|rest| {
        rest.trim_end_matches(['：', ':', ' ', '…', '.'])
            .chars()
            .all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    })
}

fn h09(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.facts.has(Facts::ODD) {
        return;
    }
    each_filled(form, &mut |cell| {
        if !may_be_odd(cell.text) {
            return;
        }
        let odd = |c: char| is_invisible(c) || cell.numeric && matches!(c, '０'..='９' | '．');
        if !cell.text.chars().any(odd) {
            return;
        }
        let hit = cell
            .hit(
                sink,
                "有全角数字或不可见字符",
                "改为半角数字，去掉不可见字符",
            )
            .item(in_words_with_numerals(form, cell));
        let mended = mended(cell);
        let fix = set(cell, &hit, "改为半角并去掉不可见字符", &mended);
        sink.push(hit.fix(fix));
    });
}

/// Where the cell is, and behind it a number that shows what is meant; invisible characters show nothing.
fn in_words_with_numerals(form: &Form<'_>, cell: &Cell<'_>) -> String {
    let place = cell.in_words(form);
    let shows = cell.numeric && !cell.text.chars().any(is_invisible);
    if shows {
        format!("{place}“{}”", cell.text)
    } else {
        place
    }
}

/// Whether the text has a byte with which full-width and invisible characters begin; most texts have none.
fn may_be_odd(text: &str) -> bool {
    // No way out at the first one found: so the loop is compiled to compare many bytes at once.
    text.bytes()
        .fold(false, |odd, byte| odd | matches!(byte, 0xC2 | 0xE2 | 0xEF))
}

/// Whether a character is not seen, or looks like a plain space.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

fn mended(cell: &Cell<'_>) -> String {
    cell.text
        .chars()
        .filter_map(|c| match c {
            '\u{a0}' => Some(' '),
            _ if is_invisible(c) => None,
            '０'..='９' | '．' if cell.numeric => {
                halfwidth(c.encode_utf8(&mut [0; 4])).chars().next()
            }
            _ => Some(c),
        })
        .collect()
}
