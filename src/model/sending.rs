//! 发出填报表: which forms were given to colleagues to fill in, and which came back.

use std::fmt;

use jiff::civil::Date;

use super::{
    date::WrittenDate,
    id::Id,
    project::Project,
    record::{Text, record},
};

record! {
    /// A form that was given out.
    pub struct Sending {
        /// Identity; stands in the file, so that it is known when it comes back.
        pub id: Id<Sending>,
        /// To whom: a department or a person.
        pub to: String,
        /// The projects in it.
        pub projects: Vec<Id<Project>>,
        /// The file's name.
        pub file: String,
        /// When, as "2021-03-05 14:32".
        pub time: String,
        /// By when it is to be back, as typed.
        pub due: String,
        /// The returns, the latest last; empty while it is out.
        pub returns: Vec<Return>,
    }

    /// One return of a form.
    pub struct Return {
        /// When it was taken in, as "2021-03-05 14:32".
        pub time: String,
        /// The file that came back.
        pub file: String,
        /// The hash of its content, by which the same return is known again.
        pub content: String,
        /// When it was last saved, as the file says itself ("2021-03-05T14:32:00Z"); empty where it does not.
        pub saved: String,
        /// How much was taken, in words.
        pub taken: Text,
    }
}

/// Where a form that was given out stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendingState {
    /// 已收回
    Returned,
    /// 未收回; how many days are left, where a day is set.
    Out(Option<u32>),
    /// 逾期: not back, and so many days late.
    Overdue(u32),
}

impl Sending {
    /// The last day on which it is to be back. A date without a year is the next one after it was sent.
    pub fn due_day(&self) -> Option<Date> {
        let written = WrittenDate::read(&self.due)?;
        let sent: Option<Date> = self.time.get(..10).and_then(|day| day.parse().ok());
        let year = written.year.or(sent.map(Date::year))?;
        let day = written.deadline(year)?.generous;
        match sent {
            Some(sent) if written.year.is_none() && day < sent => {
                Some(written.deadline(year.saturating_add(1))?.generous)
            }
            _ => Some(day),
        }
    }

    /// Where it stands on this day.
    pub fn state(&self, today: Date) -> SendingState {
        if !self.returns.is_empty() {
            return SendingState::Returned;
        }
        let left = self.due_day().map(|due| (due - today).get_days());
        match left {
            Some(days @ ..0) => SendingState::Overdue(days.unsigned_abs()),
            left => SendingState::Out(left.map(i32::unsigned_abs)),
        }
    }

    /// Whether this very file was taken in before.
    pub fn has_return(&self, content: &str) -> bool {
        self.returns.iter().any(|known| known.content == content)
    }
}

impl fmt::Display for SendingState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Returned => f.write_str("已收回"),
            Self::Out(None) => f.write_str("未收回"),
            Self::Out(Some(0)) => f.write_str("未收回，今天到期"),
            Self::Out(Some(days)) => write!(f, "未收回，还有 {days} 天"),
            Self::Overdue(days) => write!(f, "逾期 {days} 天"),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn sending(time: &str, due: &str) -> Sending {
        Sending {
            id: Id::from_bits(1),
            to: "农业局".into(),
            projects: Vec::new(),
            file: String::new(),
            time: time.into(),
            due: due.into(),
            returns: Vec::new(),
            unknown: Default::default(),
        }
    }

    #[test]
    fn a_date_without_year_is_the_next_one() {
        for (due, day) in [
            ("2021年1月15日前", Some(date(2021, 1, 15))),
            ("12月25日", Some(date(2020, 12, 25))),
            ("1月15日", Some(date(2021, 1, 15))),
            ("尽快", None),
            ("", None),
        ] {
            assert_eq!(sending("2020-12-20 09:00", due).due_day(), day, "{due}");
        }
    }

    #[test]
    fn what_is_not_back_is_told() {
        let mut sent = sending("2020-12-20 09:00", "2020-12-25");
        let state = |sent: &Sending, day| sent.state(date(2020, 12, day)).to_string();
        assert_eq!(state(&sent, 23), "未收回，还有 2 天");
        assert_eq!(state(&sent, 25), "未收回，今天到期");
        assert_eq!(state(&sent, 28), "逾期 3 天");
        sent.returns.push(Return {
            time: String::new(),
            file: String::new(),
            content: "a1".into(),
            saved: String::new(),
            taken: "".into(),
            unknown: Default::default(),
        });
        assert_eq!(state(&sent, 28), "已收回");
        assert!(sent.has_return("a1") && !sent.has_return("b2"));
    }
}
