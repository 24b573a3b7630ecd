//! Fields of a delimited text, quoted the way Excel and WPS do.

use std::borrow::Cow;

/// Goes through the fields of a text whose line ends are all "\n". A field in double quotes may hold delimiters, line ends
/// and doubled quotes; a quote that is not closed right before the next field is an ordinary character, because the clipboard
/// of Excel writes a cell that merely begins with one as it stands.
pub(super) struct Fields<'t> {
    rest: &'t str,
    delimiter: char,
    ended: bool,
}

/// A field, and whether it is the last of its row.
pub(super) struct Field<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) closes_row: bool,
}

impl<'t> Fields<'t> {
    pub(super) fn new(text: &'t str, delimiter: char) -> Self {
        Self {
            rest: text,
            delimiter,
            ended: text.is_empty(),
        }
    }

    /// The field in quotes that `rest` begins with, and what follows it.
    fn quoted(&self) -> Option<(Cow<'t, str>, &'t str)> {
        let inside = self.rest.strip_prefix('"')?;
        let mut doubled = false;
        let mut from = 0;
        loop {
            let quote = from + inside.get(from..)?.find('"')?;
            let after = inside.get(quote + 1..)?;
            if after.starts_with('"') {
                doubled = true;
                from = quote + 2;
                continue;
            }
            let closed = after.is_empty() || after.starts_with([self.delimiter, '\n']);
            let text = inside.get(..quote)?;
            let text = if doubled {
                Cow::Owned(text.replace("\"\"", "\""))
            } else {
                Cow::Borrowed(text)
            };
            return closed.then_some((text, after));
        }
    }

    fn plain(&self) -> (Cow<'t, str>, &'t str) {
        let end = self
            .rest
            .find([self.delimiter, '\n'])
            .unwrap_or(self.rest.len());
        let (text, after) = self.rest.split_at(end);
        (Cow::Borrowed(text), after)
    }
}

impl<'t> Iterator for Fields<'t> {
    type Item = Field<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let (text, after) = self.quoted().unwrap_or_else(|| self.plain());
        let closes_row = match after.strip_prefix(self.delimiter) {
            Some(next) => {
                self.rest = next;
                false
            }
            None => {
                self.rest = after.strip_prefix('\n').unwrap_or_default();
                // A line end at the very end closes the last row and opens none.
                self.ended = self.rest.is_empty();
                true
            }
        };
        Some(Field { text, closes_row })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: char) -> Vec<Vec<String>> {
        let mut rows = vec![Vec::new()];
        for field in Fields::new(text, delimiter) {
            rows.last_mut().unwrap().push(field.text.into_owned());
            if field.closes_row {
                rows.push(Vec::new());
            }
        }
        rows.pop();
        rows
    }

    #[test]
    fn quotes_hold_delimiters_and_line_ends() {
        assert_eq!(
            rows("\"甲,乙\",\"一\n二\",\"他说\"\"好\"\"\"\n,3,\n", ','),
            [vec!["甲,乙", "一\n二", "他说\"好\""], vec!["", "3", ""]]
        );
    }

    #[test]
    fn a_quote_that_is_not_closed_is_a_character() {
        assert_eq!(
            rows("\"专精特新\"企业\t12\n\"未完\t3", '\t'),
            [vec!["\"专精特新\"企业", "12"], vec!["\"未完", "3"]]
        );
    }

    #[test]
    fn the_last_line_end_opens_no_row() {
        assert_eq!(rows("a\n\nb", ',').len(), 3);
        assert_eq!(rows("a\n", ',').len(), 1);
        assert_eq!(rows("a,", ','), [vec!["a", ""]]);
        assert!(rows("", ',').is_empty());
    }
}
