//! How close rows stand. A part whose last page holds hardly anything is laid out a little closer, where that saves the page.

/// How close the rows of a part stand, on all its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Spacing {
    #[default]
    Usual,
    /// Less room above and beneath the texts of cells.
    Close,
    /// The least that is still read with ease: less room between the lines of a text, too.
    Closest,
}

/// What a part's last page holds, and what stands on the pages before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LastPage {
    /// How high its contents are without captions that every page repeats, as a share of the height of a page's text.
    pub share: f64,
    /// The same in points.
    pub height: f64,
    /// How many rows of tables begin on it.
    pub rows: usize,
    /// Rows of tables on the pages before, repeated captions included.
    pub rows_before: usize,
    /// Lines in those rows that follow another line of the same text, about.
    pub lines_before: f64,
    /// What the page before leaves blank at its foot, in points.
    pub blank_before: f64,
}

impl Spacing {
    /// From the usual to the closest.
    const ALL: [Self; 3] = [Self::Usual, Self::Close, Self::Closest];

    /// The room above the text of a cell, and beneath it, in points.
    pub fn inset(self) -> f64 {
        match self {
            Self::Usual => 3.6,
            Self::Close => 2.4,
            Self::Closest => 2.0,
        }
    }

    /// The room between two lines of a text, in sizes of the text.
    pub fn leading(self) -> f64 {
        match self {
            Self::Usual | Self::Close => 0.32,
            Self::Closest => 0.24,
        }
    }

    /// How far two lines of a text are from each other, in sizes of the text.
    pub fn line_height(self) -> f64 {
        1.0 + self.leading()
    }

    /// The least change of the usual spacing by which the last page may be saved; `None` where it is to stay as it is.
    pub fn saving(page: &LastPage, size: f64) -> Option<Self> {
        let usual = Self::Usual;
        let needed = page.height - page.blank_before;
        let saves = |spacing: &Self| {
            let by_row = 2.0 * (usual.inset() - spacing.inset());
            let by_line = (usual.leading() - spacing.leading()) * size;
            page.rows_before as f64 * by_row + page.lines_before * by_line >= needed
        };
        Self::ALL
            .into_iter()
            .skip(1)
            .find(saves)
            .filter(|_| page.is_nearly_blank())
    }

    /// The next closer one.
    pub fn closer(self) -> Option<Self> {
        Self::ALL.into_iter().find(|spacing| *spacing > self)
    }
}

impl LastPage {
    fn is_nearly_blank(&self) -> bool {
        /// As a share of a page.
        const HARDLY_ANYTHING: f64 = 1.0 / 8.0;
        /// The same where no more is there than a row, or what stands beneath the table.
        const ONE_ROW: f64 = 1.0 / 5.0;
        let most = if self.rows > 1 {
            HARDLY_ANYTHING
        } else {
            ONE_ROW
        };
        self.share <= most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A form with 30 rows on the first page, and so much on the last.
    fn page(height: f64, rows: usize) -> LastPage {
        LastPage {
            share: height / 750.0,
            height,
            rows,
            rows_before: 30,
            lines_before: 20.0,
            blank_before: 10.0,
        }
    }

    fn saving(page: LastPage) -> Option<Spacing> {
        Spacing::saving(&page, 9.0)
    }

    #[test]
    fn the_least_change_that_may_do_is_tried() {
        // 30 rows give 72 points, or 96 and 14 of their lines; 10 are blank.
        assert_eq!(saving(page(20.0, 1)), Some(Spacing::Close));
        assert_eq!(saving(page(82.0, 1)), Some(Spacing::Close));
        assert_eq!(saving(page(83.0, 3)), Some(Spacing::Closest));
        assert_eq!(saving(page(120.0, 1)), Some(Spacing::Closest));
    }

    #[test]
    fn what_cannot_be_saved_is_not_tried() {
        assert_eq!(saving(page(121.0, 1)), None);
        let few = LastPage {
            rows_before: 4,
            ..page(60.0, 1)
        };
        assert_eq!(saving(few), None);
    }

    #[test]
    fn a_page_with_more_than_hardly_anything_stays() {
        assert_eq!(saving(page(94.0, 3)), None);
        let many = LastPage {
            rows_before: 300,
            ..page(300.0, 9)
        };
        assert_eq!(saving(many), None);
    }

    #[test]
    fn each_step_is_closer_and_the_last_still_has_room() {
        assert_eq!(Spacing::Usual.closer(), Some(Spacing::Close));
        assert_eq!(Spacing::Close.closer(), Some(Spacing::Closest));
        assert_eq!(Spacing::Closest.closer(), None);
        for spacing in Spacing::ALL {
            assert!(spacing.inset() >= 2.0 && spacing.line_height() >= 1.2);
        }
    }
}
