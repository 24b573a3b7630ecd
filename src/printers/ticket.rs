//! How something is to be printed.

/// The most copies of one job.
pub const MOST_COPIES: u16 = 99;

/// How something is to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    /// How many copies, 1 to [`MOST_COPIES`].
    pub copies: u16,
    /// Whether copies come one after the other (逐份), not page by page.
    pub collate: bool,
    /// One side or both.
    pub duplex: Duplex,
    /// Without colours.
    pub grey: bool,
}

impl Default for Ticket {
    fn default() -> Self {
        Self {
            copies: 1,
            collate: true,
            duplex: Duplex::Off,
            grey: false,
        }
    }
}

/// One side of the sheet or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Duplex {
    /// One side.
    #[default]
    Off,
    /// Both, turned over at the long edge of the sheet.
    LongEdge,
    /// Both, turned over at the short edge.
    ShortEdge,
}

impl Duplex {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Off, Self::LongEdge, Self::ShortEdge];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Off => "单面",
            Self::LongEdge => "双面，沿长边翻",
            Self::ShortEdge => "双面，沿短边翻",
        }
    }

    /// Whether both sides are printed.
    pub fn is_on(self) -> bool {
        self != Self::Off
    }
}

/// Why a choice of pages makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// Nothing was typed.
    #[error("请写出要打印的页码，例如 1-3，5")]
    Empty,
    /// This part is no page and no range.
    #[error("看不懂页码“{0}”，请写成 1-3，5 这样")]
    Malformed(String),
    /// This part names a page that there is not.
    #[error("没有第 {page} 页，一共 {count} 页")]
    Beyond {
        /// What was typed.
        page: usize,
        /// How many pages there are.
        count: usize,
    },
}

/// The pages that a person names among `count`, counted from 0, in rising order and each once: "1-3，5", "3-", "-2". Wide
/// and narrow signs mean the same.
///
/// # Errors
///
/// See [`RangeError`].
pub fn pages(text: &str, count: usize) -> Result<Vec<usize>, RangeError> {
    let text: String = text.chars().map(narrow).collect();
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    let mut chosen = Vec::new();
    for part in parts {
        let (first, last) = range(part, count)?;
        if let Some(page) = [first, last].into_iter().find(|page| *page > count) {
            return Err(RangeError::Beyond { page, count });
        }
        chosen.extend(first - 1..last);
    }
    if chosen.is_empty() {
        return Err(RangeError::Empty);
    }
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

/// First and last page of a part, counted from 1.
fn range(part: &str, count: usize) -> Result<(usize, usize), RangeError> {
    let malformed = || RangeError::Malformed(part.to_owned());
    let number = |text: &str| match text.parse() {
        Ok(page @ 1..) => Ok(page),
        _ => Err(malformed()),
    };
    match part.split_once('-') {
        None => number(part).map(|page| (page, page)),
        Some(("", "")) => Err(malformed()),
        Some((first, "")) => Ok((number(first)?, count.max(number(first)?))),
        Some(("", last)) => Ok((1, number(last)?)),
        Some((first, last)) => {
            let (first, last) = (number(first)?, number(last)?);
            Ok((first.min(last), first.max(last)))
        }
    }
}

fn narrow(sign: char) -> char {
    match sign {
        '，' | '、' | ';' | '；' | '\t' | '　' => ',',
        '－' | '—' | '–' | '~' | '～' | '至' | '到' => '-',
        '０'..='９' => char::from(b'0' + (u32::from(sign) - u32::from('０')) as u8),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_as_people_name_them() {
        let cases: &[(&str, &[usize])] = &[
            ("1", &[0]),
            ("1-3,5", &[0, 1, 2, 4]),
            ("１－３，５", &[0, 1, 2, 4]),
            ("5、1至2", &[0, 1, 4]),
            ("4-", &[3, 4, 5]),
            ("-2", &[0, 1]),
            ("3-1", &[0, 1, 2]),
            ("2 2-3 3", &[1, 2]),
        ];
        for (text, expected) in cases {
            assert_eq!(pages(text, 6).as_deref(), Ok(*expected), "{text}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        assert_eq!(pages(" ， ", 6), Err(RangeError::Empty));
        for text in ["0", "x", "-", "1-2-3", "1.5", "99999999999999999999999"] {
            assert!(
                matches!(pages(text, 6), Err(RangeError::Malformed(_))),
                "{text}"
            );
        }
        for text in ["7", "2-9", "7-"] {
            assert!(
                matches!(pages(text, 6), Err(RangeError::Beyond { .. })),
                "{text}"
            );
        }
    }
}
