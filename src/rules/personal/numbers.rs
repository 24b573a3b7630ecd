//! Numbers of persons in a text.

use std::ops::Range;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A number of a mobile telephone.
    Mobile,
    /// 身份证号, its check digit right.
    Identity,
    /// A telephone with an area code.
    Landline,
    /// An address of e-mail.
    Mail,
    /// The number of a bank account, or one as long.
    Account,
}

impl Kind {
    /// What it is called in sentences.
    pub fn words(self) -> &'static str {
        match self {
            Self::Mobile => "手机号",
            Self::Identity => "身份证号",
            Self::Landline => "电话号码",
            Self::Mail => "电子邮箱",
            Self::Account => "账号",
        }
    }
}

/// A number of a person in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, as bytes.
    pub range: Range<usize>,
    /// What is shown in its place: the middle, or all that matters, is hidden.
    pub masked: String,
}

/// Mobile numbers and identity numbers: runs of digits of just that length, by themselves.
pub fn of_persons(text: &str) -> Vec<Personal> {
    let mut found = scan(text);
    found.retain(|one| {
        let is_plain = text[one.range.clone()]
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric());
        is_plain && matches!(one.kind, Kind::Mobile | Kind::Identity)
    });
    found
}

/// All that can be told to be a number of a person or an account: those of [`of_persons`], also in groups (138 0013 8000) and
/// in digits of full width, telephones with an area code, addresses of e-mail, and numbers as long as an account's.
pub fn all(text: &str) -> Vec<Personal> {
    let mut found = scan(text);
    found.extend(mails(text));
    found.sort_by_key(|one| one.range.start);
    found
}

/// A text with these numbers masked.
pub fn masked(text: &str, numbers: &[Personal]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut from = 0;
    for number in numbers {
        if number.range.start < from {
            continue;
        }
        new.push_str(&text[from..number.range.start]);
        new.push_str(&number.masked);
        from = number.range.end;
    }
    new.push_str(&text[from..]);
    new
}

/// A character of a text with its place, digits and hyphens in half width.
type Placed = (usize, char);

fn scan(text: &str) -> Vec<Personal> {
    // Nearly no text has so many digits.
    if text.len() < 10 {
        return Vec::new();
    }
    let chars: Vec<Placed> = text.char_indices().map(|(at, c)| (at, half(c))).collect();
    let digit_at = |at: usize| chars.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
    let mut found = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        if !digit_at(start) {
            start += 1;
            continue;
        }
        let run = Run::at(&chars, start);
        let end_of_text = text.len();
        let byte = |at: usize| chars.get(at).map_or(end_of_text, |(byte, _)| *byte);
        if !run.is_part {
            // The whole in groups first, then its first group alone.
            let whole = told(&run.groups).map(|kind| (kind, run.end));
            let first = || told(&run.groups[..1]).map(|kind| (kind, run.first_end));
            if let Some((kind, end)) = whole.or_else(first) {
                let range = byte(start)..byte(end);
                let digits: String = chars[start..end].iter().map(|(_, c)| *c).collect();
                found.push(Personal {
                    kind,
                    masked: mask(kind, &digits),
                    range,
                });
                start = end;
                continue;
            }
        }
        start = run.first_end;
    }
    found
}

fn half(c: char) -> char {
    match c {
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        '－' | '–' | '—' => '-',
        'Ｘ' => 'X',
        '\u{3000}' => ' ',
        other => other,
    }
}

/// Digits, in groups that single hyphens and spaces part.
struct Run {
    groups: Vec<String>,
    /// Where it ends, and where its first group does.
    end: usize,
    first_end: usize,
    /// Whether it is part of something else: a decimal, a code with letters.
    is_part: bool,
}

impl Run {
    fn at(chars: &[Placed], start: usize) -> Self {
        let at = |index: usize| chars.get(index).map(|(_, c)| *c);
        let is_digit = |index: usize| at(index).is_some_and(|c| c.is_ascii_digit());
        let mut groups = Vec::new();
        let mut end = start;
        let mut first_end = start;
        loop {
            let from = end;
            while is_digit(end) {
                end += 1;
            }
            let mut group: String = chars[from..end].iter().map(|(_, c)| *c).collect();
            if groups.is_empty() {
                if group.len() == 17 && matches!(at(end), Some('X' | 'x')) {
                    group.push('X');
                    end += 1;
                }
                first_end = end;
            }
            groups.push(group);
            let goes_on = matches!(at(end), Some('-' | ' ')) && is_digit(end + 1);
            if !goes_on || groups.len() > 5 {
                break;
            }
            end += 1;
        }
        let before = start.checked_sub(1).and_then(at);
        let is_code = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let is_decimal = at(first_end) == Some('.') && is_digit(first_end + 1);
        let is_part = is_code(before)
            || before == Some('.')
            || is_decimal
            || is_code(at(end))
            || is_code(at(first_end));
        Self {
            groups,
            end,
            first_end,
            is_part,
        }
    }
}

/// What a number in these groups is.
fn told(groups: &[String]) -> Option<Kind> {
    let joined = groups.concat();
    let lengths: Vec<usize> = groups.iter().map(String::len).collect();
    match lengths.as_slice() {
        [11] | [3, 4, 4] | [3, 8] if is_mobile(&joined) => Some(Kind::Mobile),
        [18] if is_identity(&joined) => Some(Kind::Identity),
        [3, 8] | [4, 7 | 8] if joined.starts_with('0') => Some(Kind::Landline),
        [11 | 12] if joined.starts_with('0') && !joined.starts_with("00") => Some(Kind::Landline),
        [16..=19] | [4, 4, 4, 4] | [4, 4, 4, 4, 1..=3] if !joined.ends_with('X') => {
            Some(Kind::Account)
        }
        _ => None,
    }
}

fn mask(kind: Kind, digits: &str) -> String {
    let stars = |count: usize| "*".repeat(count);
    match kind {
        Kind::Mobile | Kind::Identity => {
            let bare: String = digits.chars().filter(char::is_ascii_alphanumeric).collect();
            let (first, last) = (&bare[..3], &bare[bare.len() - 4..]);
            format!("{first}{}{last}", stars(bare.len() - 7))
        }
        Kind::Landline => match digits.find(['-', ' ']) {
            Some(gap) => format!("{}{}", &digits[..=gap], stars(digits.len() - gap - 1)),
            None => format!("{}{}", &digits[..3], stars(digits.len() - 3)),
        },
        Kind::Mail => stars(6),
        Kind::Account => {
            let bare: String = digits.chars().filter(char::is_ascii_digit).collect();
            format!("{}{}", stars(8), &bare[bare.len() - 4..])
        }
    }
}

fn mails(text: &str) -> impl Iterator<Item = Personal> + '_ {
    let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    text.match_indices('@').filter_map(move |(at, _)| {
        let local: usize = text[..at]
            .chars()
            .rev()
            .take_while(|c| is_local(*c))
            .count();
        let host: usize = text[at + 1..].chars().take_while(|c| is_host(*c)).count();
        let (start, end) = (at - local, at + 1 + host);
        let host = text[at + 1..end].trim_end_matches(['.', '-']);
        let is_address = local > 0 && host.contains('.') && !host.starts_with('.');
        is_address.then(|| Personal {
            kind: Kind::Mail,
            range: start..at + 1 + host.len(),
            masked: mask(Kind::Mail, ""),
        })
    })
}

fn is_mobile(number: &str) -> bool {
    matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// Whether a number is an identity number by its check digit (GB 11643: weights 2^(17−i) mod 11).
fn is_identity(number: &str) -> bool {
    const CHECK: &[u8; 11] = b"10X98765432";
    let (body, check) = number.as_bytes().split_at(17);
    let mut weight = 1_u32;
    let mut sum = 0;
    for digit in body.iter().rev() {
        weight = weight * 2 % 11;
        sum += weight * u32::from(digit - b'0');
    }
    let wanted = CHECK.get((sum % 11) as usize);
    wanted.is_some_and(|wanted| check.first().map(u8::to_ascii_uppercase) == Some(*wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_by_their_form_and_stand_by_themselves() {
        for (text, kind, shown) in [
            ("电话13800138000。", Kind::Mobile, "电话138****8000。"),
            ("138-0013-8000", Kind::Mobile, "138****8000"),
            ("１３８００１３８０００", Kind::Mobile, "138****8000"),
            ("11010519491231002X", Kind::Identity, "110***********002X"),
            (
                "座机0755-12345678转8",
                Kind::Landline,
                "座机0755-********转8",
            ),
            (
                "账号6222 0212 3456 7890 123",
                Kind::Account,
                "账号********0123",
            ),
            ("写信到 a.b@example.com。", Kind::Mail, "写信到 ******。"),
        ] {
            let found = all(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].kind, kind, "{text}");
            assert_eq!(masked(text, &found), shown);
        }
        for text in [
            "A13800138000",
            "13800138000.5",
            "2021-03-05",
            "1380013800",
            "12345.67 万元",
            "@",
            "",
        ] {
            assert!(all(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_public_rule_knows_plain_numbers_only() {
        assert!(of_persons("0755-12345678，a@b.cn，138-0013-8000").is_empty());
        assert_eq!(of_persons("13800138000").len(), 1);
    }
}
