//! 期限: by when the stages of a project are to be done, and what is due next. Nothing here knows today: it is given.

use jiff::civil::Date;

use super::{
    date::WrittenDate,
    project::{Project, Stage},
    record::record,
};

record! {
    /// 期限: by when a stage is to be done.
    pub struct Deadline {
        /// The stage. 送审, 定稿 and 公开 are done once they are reached, every other stage once it is left behind.
        pub stage: Stage,
        /// The date as typed ("2021年3月31日").
        pub date: String,
        /// Whose deadline it is, or what is to be handed in.
        pub remark: String,
    }
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Due<'a> {
    /// The deadline.
    pub deadline: &'a Deadline,
    /// Its last day.
    pub day: Date,
}

/// How far off what is due is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// 逾期
    Overdue,
    /// 本周: until Sunday.
    ThisWeek,
    /// 未到
    Later,
}

impl Deadline {
    /// The last day of a date as typed, 前 and 底 included: "3月底前" ends with the month. A date without a year is one of the
    /// form's year up to 执行监控, and of the year after from 自评 on, when the year is being evaluated.
    pub fn day(&self, form_year: Option<i16>) -> Option<Date> {
        let written = WrittenDate::read(&self.date)?;
        let usual = form_year.map(|year| match self.stage {
            Stage::Targets | Stage::Adjustment | Stage::Monitoring => year,
            _ => year.saturating_add(1),
        });
        let year = written.year.or(usual)?;
        Some(written.deadline(year)?.generous)
    }
}

impl Due<'_> {
    /// Days from `today` until it is due; negative where it is overdue.
    pub fn days_left(&self, today: Date) -> i32 {
        (self.day - today).get_days()
    }

    /// How far off it is.
    pub fn urgency(&self, today: Date) -> Urgency {
        let to_sunday = 7 - i32::from(today.weekday().to_monday_one_offset());
        match self.days_left(today) {
            ..0 => Urgency::Overdue,
            days if days <= to_sunday => Urgency::ThisWeek,
            _ => Urgency::Later,
        }
    }

    /// How much time is left, in words: "逾期 3 天", "今天到期", "还有 12 天".
    pub fn in_words(&self, today: Date) -> String {
        match self.days_left(today) {
            days @ ..0 => format!("逾期 {} 天", days.unsigned_abs()),
            0 => "今天到期".to_owned(),
            days => format!("还有 {days} 天"),
        }
    }
}

impl Stage {
    /// Whether a project at this stage is done with `other`. One that was returned has been handed in once, and is done with
    /// 退回 when it is handed in again.
    pub fn is_done_with(self, other: Self) -> bool {
        let is_reached_once = matches!(other, Self::Submitted | Self::Final | Self::Published);
        match other {
            Self::Returned => self != Self::Returned,
            _ => self > other || (self == other && is_reached_once),
        }
    }
}

impl Project {
    /// The deadline of a stage.
    pub fn deadline(&self, stage: Stage) -> Option<&Deadline> {
        self.deadlines.iter().find(|one| one.stage == stage)
    }

    /// The deadline that comes next, or that was missed longest ago: the earliest of those whose stage is not done. Dates that
    /// cannot be read are passed over. 退回 is due only where the project was returned.
    pub fn next_due(&self) -> Option<Due<'_>> {
        let year = self.year();
        self.deadlines
            .iter()
            .filter(|one| !self.stage.is_done_with(one.stage))
            .filter_map(|deadline| {
                let day = deadline.day(year)?;
                Some(Due { deadline, day })
            })
            .min_by_key(|due| (due.day, due.deadline.stage))
    }

    /// Sets or takes away the deadline of a stage; they stay in the order of the stages.
    pub fn set_deadline(&mut self, stage: Stage, deadline: Option<Deadline>) {
        self.deadlines.retain(|one| one.stage != stage);
        let at = self.deadlines.partition_point(|one| one.stage < stage);
        if let Some(deadline) = deadline {
            self.deadlines.insert(at, Deadline { stage, ..deadline });
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    fn deadline(stage: Stage, date: &str) -> Deadline {
        Deadline {
            stage,
            date: date.to_owned(),
            remark: String::new(),
            unknown: Default::default(),
        }
    }

    #[test]
    fn a_date_without_year_is_in_the_year_of_its_stage() {
        for (stage, text, day) in [
            (Stage::Monitoring, "8月15日", Some(date(2020, 8, 15))),
            (Stage::SelfEvaluation, "3月底前", Some(date(2021, 3, 31))),
            (Stage::Submitted, "2022-04-10", Some(date(2022, 4, 10))),
            (Stage::Final, "尽快", None),
        ] {
            assert_eq!(deadline(stage, text).day(Some(2020)), day, "{text}");
        }
        assert_eq!(deadline(Stage::Final, "3月31日").day(None), None);
    }

    #[test]
    fn a_week_ends_on_sunday() {
        // A Wednesday.
        let today = date(2021, 3, 10);
        assert_eq!(today.weekday(), Weekday::Wednesday);
        for (day, urgency, words) in [
            (date(2021, 3, 9), Urgency::Overdue, "逾期 1 天"),
            (date(2021, 3, 10), Urgency::ThisWeek, "今天到期"),
            (date(2021, 3, 14), Urgency::ThisWeek, "还有 4 天"),
            (date(2021, 3, 15), Urgency::Later, "还有 5 天"),
        ] {
            let deadline = deadline(Stage::Final, "");
            let due = Due {
                deadline: &deadline,
                day,
            };
            assert_eq!(due.urgency(today), urgency, "{day}");
            assert_eq!(due.in_words(today), words);
        }
    }

    #[test]
    fn what_is_done_is_not_due() {
        use Stage as S;
        for (at, of, is_done) in [
            (S::Targets, S::Targets, false),
            (S::SelfEvaluation, S::Targets, true),
            (S::SelfEvaluation, S::SelfEvaluation, false),
            (S::Submitted, S::SelfEvaluation, true),
            (S::Submitted, S::Submitted, true),
            (S::Submitted, S::Returned, true),
            (S::Returned, S::Returned, false),
            (S::Returned, S::Submitted, true),
            (S::Returned, S::Final, false),
            (S::Final, S::Published, false),
        ] {
            assert_eq!(at.is_done_with(of), is_done, "{at} {of}");
        }
    }
}
