//! Names of one print, which may be one file or one for each page.

/// Where the page number goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// All pages are in one file.
    Together,
    /// At the end, if there is more than one page.
    IfSeveral,
    /// Where the pattern has it.
    Always,
}

/// How names of one kind of file end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// What follows the name, before the page number.
    pub suffix: String,
    /// Where the page number goes.
    pub paging: Paging,
    /// The extension, without the dot.
    pub extension: &'static str,
}

/// The name of what is printed: one file, or one per page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    /// What stands before the page number.
    pub before: String,
    /// Where the page number goes.
    pub paging: Paging,
    /// What stands after it.
    pub after: String,
    /// The extension, without the dot.
    pub extension: &'static str,
}

impl FileName {
    /// The name of all pages together, or of one of `count` pages, counted from 1.
    pub fn of_page(&self, page: usize, count: usize) -> String {
        let number = match self.paging {
            Paging::Together => String::new(),
            Paging::IfSeveral if count <= 1 => String::new(),
            Paging::IfSeveral => format!("-{page}"),
            Paging::Always => page.to_string(),
        };
        let (before, after, extension) = (&self.before, &self.after, self.extension);
        format!("{before}{number}{after}.{extension}")
    }

    /// Whether a page of it may get this name, however many there will be.
    pub fn may_become(&self, name: &str) -> bool {
        let ending = format!("{}.{}", self.after, self.extension);
        let middle = name
            .strip_prefix(&self.before)
            .and_then(|rest| rest.strip_suffix(&ending));
        middle.is_some_and(|middle| match self.paging {
            Paging::Together => middle.is_empty(),
            Paging::IfSeveral => {
                middle.is_empty() || middle.strip_prefix('-').is_some_and(is_number)
            }
            Paging::Always => is_number(middle),
        })
    }

    /// The name as that of the `count`-th of its kind.
    pub fn again(&self, count: usize) -> Self {
        self.clone().followed_by(&format!(" ({count})"))
    }

    /// The name with something more at its end.
    pub fn followed_by(mut self, more: &str) -> Self {
        let end = match self.paging {
            Paging::Always => &mut self.after,
            Paging::Together | Paging::IfSeveral => &mut self.before,
        };
        end.push_str(more);
        self
    }

    /// What tells it from others, where capitals do not matter.
    pub fn key(&self) -> String {
        format!("{}\0{}.{}", self.before, self.after, self.extension).to_lowercase()
    }

    /// The key of the name that has this one among its pages, if this looks like a page.
    pub fn key_of_whole(&self) -> Option<String> {
        let (whole, number) = self.before.rsplit_once('-')?;
        let is_page = self.paging == Paging::IfSeveral && is_number(number);
        is_page.then(|| format!("{whole}\0{}.{}", self.after, self.extension).to_lowercase())
    }
}

/// Whether it is written as page numbers are.
fn is_number(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}
