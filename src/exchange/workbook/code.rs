//! Codes of number formats (`#,##0.00;[Red]-0.0`) are taken to pieces.

use super::{
    date::{self, Unit},
    format::{Condition, Section, Token},
};

/// Characters of a code that are looked at, as many as Excel takes.
pub(super) const LENGTH: usize = 255;

/// The sections of a code, at least one.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let code = if code.is_empty() { "General" } else { code };
    let code: Vec<char> = code.chars().take(LENGTH).collect();
    let mut reader = Reader {
        code: &code,
        at: 0,
        sections: vec![Section::default()],
    };
    while reader.step() {}
    let mut sections = reader.sections;
    for section in &mut sections {
        date::settle_minutes(&mut section.tokens);
    }
    sections
}

/// Reads a format code.
struct Reader<'c> {
    code: &'c [char],
    at: usize,
    sections: Vec<Section>,
}

impl Reader<'_> {
    fn step(&mut self) -> bool {
        let Some(character) = self.take() else {
            return false;
        };
        match character {
            ';' => self.sections.push(Section::default()),
            '"' => {
                let literal = self.until('"');
                self.push(Token::Literal(literal));
            }
            '\\' => self.escaped(),
            // WPS and Excel of the Chinese locale escape the point so: 0!.0, shows tens of thousands.
            '!' if self.code.get(self.at) == Some(&'.') => self.escaped(),
            '_' | '*' => {
                self.take();
            }
            '[' => {
                let content = self.until(']');
                self.bracket(&content);
            }
            '0' | '#' | '?' => self.push(Token::Digit(character)),
            '.' => self.point(),
            ',' => self.push(Token::Comma),
            '%' => self.push(Token::Percent),
            '@' => self.push(Token::Text),
            '/' => self.push(Token::Slash),
            'E' | 'e' if matches!(self.code.get(self.at), Some('+' | '-')) => {
                let plus = self.take() == Some('+');
                self.push(Token::Exponent(plus));
            }
            _ => self.word(character),
        }
        true
    }

    fn take(&mut self) -> Option<char> {
        let character = self.code.get(self.at).copied();
        self.at += 1;
        character
    }

    fn until(&mut self, end: char) -> String {
        let mut text = String::new();
        while let Some(character) = self.take().filter(|character| *character != end) {
            text.push(character);
        }
        text
    }

    fn escaped(&mut self) {
        if let Some(character) = self.take() {
            self.push(Token::Literal(character.to_string()));
        }
    }

    fn push(&mut self, token: Token) {
        if let Some(section) = self.sections.last_mut() {
            section.tokens.push(token);
        }
    }

    /// A point behind seconds is that of their fraction.
    fn point(&mut self) {
        let tokens = self
            .sections
            .last()
            .map(|section| section.tokens.as_slice());
        if let Some([.., Token::Date(Unit::Second(_) | Unit::AllSeconds)]) = tokens {
            let places = self.run('0');
            self.push(Token::Date(Unit::Fraction(places)));
        } else {
            self.push(Token::Point);
        }
    }

    /// How often a character follows.
    fn run(&mut self, wanted: char) -> usize {
        let rest = self.code.get(self.at..).unwrap_or_default();
        let length = rest
            .iter()
            .take_while(|character| character.eq_ignore_ascii_case(&wanted))
            .count();
        self.at += length;
        length
    }

    fn word(&mut self, first: char) {
        for (word, token) in [
            ("General", Token::General),
            ("G/通用格式", Token::General),
            ("AM/PM", Token::Date(Unit::Half("AM", "PM"))),
            ("A/P", Token::Date(Unit::Half("A", "P"))),
            ("上午/下午", Token::Date(Unit::Half("上午", "下午"))),
        ] {
            if self.follows(word) {
                self.at += word.chars().count() - 1;
                self.push(token);
                return;
            }
        }
        let length = 1 + if first.is_ascii_alphabetic() {
            self.run(first)
        } else {
            0
        };
        match Unit::of(first, length) {
            Some(unit) => self.push(Token::Date(unit)),
            None => {
                let literal = first.to_string().repeat(length);
                self.push(Token::Literal(literal));
            }
        }
    }

    /// Whether a word stands at the character that was just taken.
    fn follows(&self, word: &str) -> bool {
        let rest = self
            .code
            .get(self.at.saturating_sub(1)..)
            .unwrap_or_default();
        let mut rest = rest.iter();
        word.chars().all(|wanted| {
            rest.next()
                .is_some_and(|own| own.eq_ignore_ascii_case(&wanted))
        })
    }

    /// A condition, a currency, elapsed time; colours, languages and kinds of numerals show nothing.
    fn bracket(&mut self, content: &str) {
        if let Some(condition) = Condition::parse(content) {
            if let Some(section) = self.sections.last_mut() {
                section.condition = Some(condition);
            }
            return;
        }
        if let Some(currency) = content.strip_prefix('$') {
            if currency.eq_ignore_ascii_case("-F800") {
                return self.replace_rest(date::LONG_DATE);
            }
            if currency.eq_ignore_ascii_case("-F400") {
                return self.replace_rest(date::LONG_TIME);
            }
            let symbol = currency
                .split_once('-')
                .map_or(currency, |(symbol, _)| symbol);
            self.push(Token::Literal(symbol.to_owned()));
            return;
        }
        let elapsed = match content.to_ascii_lowercase().as_str() {
            "h" | "hh" => Unit::AllHours,
            "m" | "mm" => Unit::AllMinutes,
            "s" | "ss" => Unit::AllSeconds,
            _ => return,
        };
        self.push(Token::Date(elapsed));
    }

    /// "As the system shows dates": the code that follows is only for who does not know.
    fn replace_rest(&mut self, code: &str) {
        let instead = sections(code).into_iter().next();
        if let (Some(section), Some(own)) = (instead, self.sections.last_mut()) {
            *own = section;
        }
        self.at = self.code.len();
    }
}
