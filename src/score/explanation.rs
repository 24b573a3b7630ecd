//! The working of a score, kept as data and written out only when somebody asks.

use rust_decimal::Decimal;

use crate::model::measure::Tier;

/// How a score comes about. Its `Display` is one line that can be read aloud: "7 ÷ 10 × 15 = 10.50".
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Working {
    /// Nothing to show.
    #[default]
    Nothing,
    /// Why nothing is computed, in words.
    Open(&'static str),
    /// The target is met: full marks.
    Full {
        /// Points.
        weight: Decimal,
    },
    /// rate × weight.
    Execution {
        /// What was spent.
        executed: Decimal,
        /// What could be spent.
        budget: Decimal,
        /// Points.
        weight: Decimal,
        /// The score.
        score: Decimal,
    },
    /// actual ÷ target × weight.
    Forward {
        /// Actual value.
        actual: Decimal,
        /// Target.
        target: Decimal,
        /// Points.
        weight: Decimal,
        /// The score.
        score: Decimal,
    },
    /// The tier's band of points.
    Tier {
        /// The tier.
        tier: Tier,
        /// Lowest points.
        low: Decimal,
        /// Highest points.
        high: Decimal,
    },
}
