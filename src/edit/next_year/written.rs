//! Years and dates inside running text, as people write them.

use std::ops::Range;

use crate::model::folding::fold;

/// A year or date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Its bytes.
    pub range: Range<usize>,
    /// The earliest year it names; `None` for a day or month of no said year.
    pub year: Option<i16>,
}

/// All years and dates of `text`: "2020年5月20日", "2020.05.20", "2019-2020", "〔2020〕", "5月20日", "9月底", "二〇二〇年".
///
/// A number of four digits with nothing that makes it a year counts only where it is `form_year` and no unit follows.
pub(super) fn written_dates(text: &str, form_year: Option<i16>) -> Vec<Written> {
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, fold(c))).collect();
    let scan = Scan {
        chars: &chars,
        form_year,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match scan.date_at(at) {
            Some((end, year)) => {
                let end_byte = chars.get(end).map_or(text.len(), |(byte, _)| *byte);
                found.push(Written {
                    range: chars[at].0..end_byte,
                    year,
                });
                at = end;
            }
            // The rest of a number is no date.
            None => at = scan.digits_end(at).max(at + 1),
        }
    }
    found
}

struct Scan<'c> {
    chars: &'c [(usize, char)],
    form_year: Option<i16>,
}

impl Scan<'_> {
    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|(_, c)| *c)
    }

    fn is(&self, at: usize, signs: &str) -> bool {
        self.char(at).is_some_and(|c| signs.contains(c))
    }

    fn before(&self, at: usize) -> Option<char> {
        self.char(at.checked_sub(1)?)
    }

    fn skip_spaces(&self, mut at: usize) -> usize {
        while self.is(at, " ") {
            at += 1;
        }
        at
    }

    fn digits_end(&self, mut at: usize) -> usize {
        while self.char(at).is_some_and(|c| c.is_ascii_digit()) {
            at += 1;
        }
        at
    }

    /// The number that stands at `at`, of at most four digits, and where it ends.
    fn number(&self, at: usize) -> Option<(i16, usize, usize)> {
        let end = self.digits_end(at);
        let digits = end - at;
        if !(1..=4).contains(&digits) {
            return None;
        }
        let number = (at..end).try_fold(0i16, |number, at| {
            let digit = self.char(at)?.to_digit(10)?;
            number
                .checked_mul(10)?
                .checked_add(i16::try_from(digit).ok()?)
        })?;
        Some((number, digits, end))
    }

    fn year_number(&self, at: usize) -> Option<(i16, usize)> {
        let (year, digits, end) = self.number(at)?;
        (digits == 4 && (1990..=2099).contains(&year)).then_some((year, end))
    }

    /// The date that begins at `at`: where it ends and its year.
    fn date_at(&self, at: usize) -> Option<(usize, Option<i16>)> {
        // "1.2020年" is no number with a fraction, but "12020" and "3.5月" are.
        let inside_number = self
            .before(at)
            .is_some_and(|c| c.is_ascii_digit() || (c == '.' && self.year_number(at).is_none()));
        if inside_number {
            return None;
        }
        self.year_at(at)
            .or_else(|| self.chinese_year(at))
            .or_else(|| self.month_at(at).map(|end| (end, None)))
    }

    fn year_at(&self, at: usize) -> Option<(usize, Option<i16>)> {
        let (year, end) = self.year_number(at)?;
        let said = |end| self.is(self.skip_spaces(end), "年");
        if let Some((last, after)) = self.span(end)
            && (said(end) || said(after) || self.is_near(year) || self.is_near(last))
        {
            return Some((self.rest_of_date(after), Some(year.min(last))));
        }
        if said(end) {
            return Some((self.rest_of_date(end), Some(year)));
        }
        if let Some(end) = self.separated(end) {
            return Some((end, Some(year)));
        }
        let bracketed =
            self.before(at).is_some_and(|c| "〔[【(".contains(c)) && self.is(end, "〕]】)");
        let named = self.is(end, "届级版期") && self.is_near(year);
        let bare =
            Some(year) == self.form_year && !self.counts_something(end) && !self.is_decimal(end);
        (bracketed || named || bare).then_some((end, Some(year)))
    }

    /// Whether a number is likely to be a year because the form's own is not far away: "2020期", but not "2000期".
    fn is_near(&self, year: i16) -> bool {
        const FAR: i16 = 10;
        self.form_year.is_some_and(|own| (own - year).abs() <= FAR)
    }

    /// Whether a unit may follow: any word or sign of a number.
    fn counts_something(&self, end: usize) -> bool {
        self.char(self.skip_spaces(end))
            .is_some_and(|c| c.is_alphanumeric() || "%‰℃￥¥".contains(c))
    }

    fn is_decimal(&self, end: usize) -> bool {
        self.is(end, ".,") && self.char(end + 1).is_some_and(|c| c.is_ascii_digit())
    }

    /// "-2020", "年至2020": the last year of a span that began before `end`.
    fn span(&self, end: usize) -> Option<(i16, usize)> {
        let mut at = self.skip_spaces(end);
        if self.is(at, "年") {
            at += 1;
        }
        at = self.skip_spaces(at);
        if !self.is(at, "-—–~至到/、") {
            return None;
        }
        while self.is(at, "-—–~至到/、") {
            at += 1;
        }
        self.year_number(self.skip_spaces(at))
    }

    /// Where a date ends whose year number ends at `end`: 年, 度, month and day are taken in.
    fn rest_of_date(&self, end: usize) -> usize {
        let sign = self.skip_spaces(end);
        if !self.is(sign, "年") {
            return end;
        }
        let mut at = sign + 1;
        if self.is(at, "度") {
            at += 1;
        }
        self.month_at(self.skip_spaces(at)).unwrap_or(at)
    }

    /// "5月", "5月20日", "12月底": where it ends.
    fn month_at(&self, at: usize) -> Option<usize> {
        let (month, _, end) = self.number(at)?;
        let sign = self.skip_spaces(end);
        if !(1..=12).contains(&month) || !self.is(sign, "月") {
            return None;
        }
        let after = sign + 1;
        let day = self.number(self.skip_spaces(after));
        if let Some((1..=31, _, end)) = day {
            let sign = self.skip_spaces(end);
            if self.is(sign, "日号") {
                return Some(sign + 1);
            }
        }
        Some(if self.is(after, "底末初") {
            after + 1
        } else {
            after
        })
    }

    /// ".05.20", "-5-20", "/05", ".12": where it ends.
    fn separated(&self, end: usize) -> Option<usize> {
        let separator = self.char(end).filter(|c| ".-/".contains(*c))?;
        let (month, digits, after) = self.number(end + 1)?;
        if !(1..=12).contains(&month) || digits > 2 {
            return None;
        }
        let day = (self.char(after) == Some(separator))
            .then(|| self.number(after + 1))
            .flatten();
        match day {
            Some((1..=31, 1..=2, end)) => Some(end),
            // "2020.5" may be a number.
            _ if digits == 2 => Some(after),
            _ => None,
        }
    }

    /// "二〇二〇年"
    fn chinese_year(&self, at: usize) -> Option<(usize, Option<i16>)> {
        const DIGITS: &str = "〇一二三四五六七八九";
        let digit = |c: char| match c {
            '零' | '○' => Some(0),
            _ => DIGITS.chars().position(|known| known == c),
        };
        let mut year = 0i16;
        for offset in 0..4 {
            let digit = digit(self.char(at + offset)?)?;
            year = year
                .checked_mul(10)?
                .checked_add(i16::try_from(digit).ok()?)?;
        }
        let is_year = (1990..=2099).contains(&year) && self.is(at + 4, "年");
        is_year.then(|| (self.rest_of_date(at + 4), Some(year)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        written_dates(text, Some(2020))
            .into_iter()
            .map(|date| &text[date.range])
            .collect()
    }

    #[test]
    fn dates_are_found_in_running_text() {
        for (text, dates) in [
            ("2020年度科普活动", vec!["2020年度"]),
            ("2020年5月20日前完成", vec!["2020年5月20日"]),
            (
                "于5月20日、9月底和12月31日前",
                vec!["5月20日", "9月底", "12月31日"],
            ),
            ("2019-2020年评选", vec!["2019-2020年"]),
            ("2019-2020学年", vec!["2019-2020"]),
            ("2019年至2020年", vec!["2019年至2020年"]),
            ("深科协〔2020〕15号", vec!["2020"]),
            (
                "2020.05.20验收，2020-12-01公示",
                vec!["2020.05.20", "2020-12-01"],
            ),
            ("２０２０年 ５月", vec!["２０２０年 ５月"]),
            ("二〇二〇年十月", vec!["二〇二〇年"]),
            ("1.2020年办会", vec!["2020年"]),
            ("2020届毕业生", vec!["2020"]),
            ("官网维护2020", vec!["2020"]),
        ] {
            assert_eq!(found(text), dates, "{text}");
        }
    }

    #[test]
    fn numbers_are_no_dates() {
        for text in [
            "2020人",
            "12020年",
            "3.5月",
            "2020.5",
            "2020万元",
            "6个月",
            "13月",
            "1980年",
            "2000册",
            "2000期",
            "2000-2050人",
            "100%",
            "十三五",
            "",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_span_is_as_old_as_its_first_year() {
        let years = |text| -> Vec<Option<i16>> {
            let dates = written_dates(text, None);
            dates.into_iter().map(|date| date.year).collect()
        };
        assert_eq!(years("2019-2022年；5月"), [Some(2019), None]);
        assert_eq!(years("二零二一年"), [Some(2021)]);
    }
}
