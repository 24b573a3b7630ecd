//! What a session takes from outside: the time, new ids and the person's name. Tests and reproducible output inject their own.

use std::{ffi::OsString, fmt};

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

use crate::model::id::{IdSource, RandomIds};

/// The variable that fixes the time of everything written, in seconds since 1970-01-01 UTC
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
pub const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";

/// Clock, ids and user name.
pub struct Environment {
    clock: Box<dyn Fn() -> Zoned + Send>,
    ids: Box<dyn IdSource + Send>,
    user: String,
}

impl Environment {
    /// The machine's own clock, random ids, and the name the person has logged in with.
    ///
    /// `variable` looks up an environment variable; a readable [`SOURCE_DATE_EPOCH`] stops the clock at that time in UTC.
    pub fn of_machine(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let text = |name: &str| variable(name)?.into_string().ok();
        let fixed = text(SOURCE_DATE_EPOCH).and_then(|seconds| read_epoch(&seconds));
        let user = ["USERNAME", "USER"]
            .into_iter()
            .find_map(|name| text(name).filter(|user| !user.trim().is_empty()));
        let clock: Box<dyn Fn() -> Zoned + Send> = match fixed {
            Some(time) => Box::new(move || time.clone()),
            None => Box::new(wall_clock),
        };
        Self {
            clock,
            ids: Box::new(RandomIds),
            user: user.unwrap_or_default(),
        }
    }

    /// An environment of the caller's own.
    pub fn new(
        clock: impl Fn() -> Zoned + Send + 'static,
        ids: impl IdSource + Send + 'static,
        user: impl Into<String>,
    ) -> Self {
        Self {
            clock: Box::new(clock),
            ids: Box::new(ids),
            user: user.into(),
        }
    }

    /// The time now, in the zone of the machine.
    pub fn now(&self) -> Zoned {
        (self.clock)()
    }

    /// The day today.
    pub fn today(&self) -> Date {
        self.now().date()
    }

    /// The time as notes carry it: "2021-03-05 14:32".
    pub fn time_of_note(&self) -> String {
        self.now().strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// Where new ids come from.
    pub fn ids(&mut self) -> &mut dyn IdSource {
        &mut *self.ids
    }

    /// The person's name, as notes carry it; empty where it is not known.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Uses another name from now on.
    pub fn set_user(&mut self, user: impl Into<String>) {
        self.user = user.into();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the clock"
)]
fn wall_clock() -> Zoned {
    Zoned::now()
}

fn read_epoch(seconds: &str) -> Option<Zoned> {
    let time = Timestamp::from_second(seconds.trim().parse().ok()?).ok()?;
    Some(time.to_zoned(TimeZone::UTC))
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}
