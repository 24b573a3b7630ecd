//! The texts that the cells of a workbook share.

/// Texts, one after another in one piece of memory: a workbook may have millions of tiny ones.
#[derive(Default)]
pub(in crate::exchange) struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    /// A text by its number.
    pub fn get(&self, index: usize) -> Option<&str> {
        let from = match index.checked_sub(1) {
            None => 0,
            Some(before) => *self.ends.get(before)?,
        };
        self.all.get(from..*self.ends.get(index)?)
    }

    /// Adds the next text by a function that appends to the string it is given.
    pub fn add<T>(&mut self, append: impl FnOnce(&mut String) -> T) -> T {
        let result = append(&mut self.all);
        self.ends.push(self.all.len());
        result
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_apart_by_where_they_end() {
        let mut texts = Texts::default();
        for text in ["甲", "", "乙丙"] {
            texts.add(|all| all.push_str(text));
        }
        let found: Vec<_> = (0..4).map(|index| texts.get(index)).collect();
        assert_eq!(found, [Some("甲"), Some(""), Some("乙丙"), None]);
        assert_eq!(texts.count(), 3);
    }
}
