//! Which side of which sheet shows which page.

use super::ticket::Ticket;

/// Where copies come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// The printer makes them.
    ByPrinter,
    /// It does not: every copy is sent.
    Sent,
}

/// Sides in the order in which they are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The page on each side, counted from 0; `None` for a blank one. Where both sides are printed, the first, third, … are fronts.
    pub sides: Vec<Option<usize>>,
    /// How often the printer is to print all of them.
    pub copies: u16,
    /// How many sheets of paper that takes, all copies together.
    pub sheets: usize,
}

impl Plan {
    /// For these pages. Where both sides are printed, those of `starts` come on a front, so that no project begins on the back
    /// of another's last page, and so does every copy.
    pub fn new(chosen: &[usize], starts: &[usize], ticket: &Ticket, by: Copies) -> Self {
        let per_sheet = if ticket.duplex.is_on() { 2 } else { 1 };
        let mut once: Vec<Option<usize>> = Vec::new();
        for page in chosen {
            if starts.contains(page) {
                fill_up(&mut once, per_sheet);
            }
            once.push(Some(*page));
        }
        let copies = ticket.copies.max(1);
        let wanted = usize::from(copies);
        if copies > 1 {
            fill_up(&mut once, per_sheet);
        }
        let sheets = once.len().div_ceil(per_sheet) * wanted;
        match by {
            Copies::ByPrinter => Self {
                sides: once,
                copies,
                sheets,
            },
            Copies::Sent => Self {
                sides: if ticket.collate {
                    once.repeat(wanted)
                } else {
                    let sheet = |sheet: &[Option<usize>]| sheet.repeat(wanted);
                    once.chunks(per_sheet).flat_map(sheet).collect()
                },
                copies: 1,
                sheets,
            },
        }
    }
}

/// Adds blank sides up to the end of the sheet.
fn fill_up(sides: &mut Vec<Option<usize>>, per_sheet: usize) {
    sides.resize(sides.len().next_multiple_of(per_sheet), None);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::printers::ticket::Duplex;

    fn ticket(copies: u16, collate: bool, duplex: Duplex) -> Ticket {
        Ticket {
            copies,
            collate,
            duplex,
            grey: false,
        }
    }

    #[test]
    fn on_one_side_pages_follow_each_other() {
        let plan = Plan::new(&[0, 1, 2], &[0, 1], &Ticket::default(), Copies::ByPrinter);
        assert_eq!(plan.sides, [Some(0), Some(1), Some(2)]);
        assert_eq!((plan.copies, plan.sheets), (1, 3));
    }

    #[test]
    fn every_project_begins_on_a_front() {
        let both = ticket(1, true, Duplex::LongEdge);
        // Three pages, then two, then one.
        let plan = Plan::new(&[0, 1, 2, 3, 4, 5], &[0, 3, 5], &both, Copies::ByPrinter);
        let expected = [Some(0), Some(1), Some(2), None, Some(3), Some(4), Some(5)];
        assert_eq!(plan.sides, expected);
        assert_eq!(plan.sheets, 4);
    }

    #[test]
    fn copies_that_the_printer_does_not_make_are_sent() {
        let one = |collate| ticket(2, collate, Duplex::Off);
        let sent = Plan::new(&[0, 1], &[0], &one(true), Copies::Sent);
        assert_eq!(sent.sides, [Some(0), Some(1), Some(0), Some(1)]);
        assert_eq!((sent.copies, sent.sheets), (1, 4));
        let sent = Plan::new(&[0, 1], &[0], &one(false), Copies::Sent);
        assert_eq!(sent.sides, [Some(0), Some(0), Some(1), Some(1)]);
        let both = ticket(2, false, Duplex::ShortEdge);
        let sent = Plan::new(&[0, 1, 2], &[0], &both, Copies::Sent);
        let sheets: Vec<&[Option<usize>]> = sent.sides.chunks(2).collect();
        let (first, last): (&[_], &[_]) = (&[Some(0), Some(1)], &[Some(2), None]);
        assert_eq!(sheets, [first, first, last, last]);
    }

    proptest! {
        #[test]
        fn no_page_is_lost_and_starts_are_fronts(
            count in 1_usize..12,
            starts in proptest::collection::btree_set(0_usize..12, 0..5),
            copies in 1_u16..5,
            collate: bool,
            duplex in proptest::sample::select(&Duplex::ALL[..]),
            is_sent: bool,
        ) {
            let chosen: Vec<usize> = (0..count).collect();
            let starts: Vec<usize> = starts.into_iter().collect();
            let by = if is_sent { Copies::Sent } else { Copies::ByPrinter };
            let plan = Plan::new(&chosen, &starts, &ticket(copies, collate, duplex), by);
            for page in &chosen {
                let times = plan.sides.iter().filter(|side| **side == Some(*page)).count();
                prop_assert_eq!(times * usize::from(plan.copies), usize::from(copies));
            }
            if duplex.is_on() {
                for (at, side) in plan.sides.iter().enumerate() {
                    let is_start = side.is_some_and(|page| starts.contains(&page));
                    prop_assert!(!is_start || at % 2 == 0);
                }
                prop_assert_eq!(plan.sheets, plan.sides.len().div_ceil(2) * usize::from(plan.copies));
            }
        }
    }
}
