//! 定性指标: judged by tiers that a person picks; never full by default.

use rust_decimal::Decimal;

use crate::model::{
    indicator::Indicator,
    measure::{Measure, Tier},
    policy::{ScoringPolicy, TierPolicy},
};

use super::{
    judgement::{Earned, Judgement},
    outcome::{Verdict, Why},
};

/// Judges a qualitative indicator by the tier that was picked or spelled out.
pub(super) fn judge(indicator: &Indicator, target: &Measure, policy: &ScoringPolicy) -> Judgement {
    if let Some(tier) = indicator.effective_tier() {
        return judge_tier(tier, policy);
    }
    let Some(actual) = indicator.actual.value() else {
        return Judgement::open(Why::NoActual);
    };
    let same_bound = target.comparator == actual.comparator;
    Judgement {
        unranked: same_bound && repeats(indicator.target.text(), indicator.actual.text()),
        ..Judgement::open(Why::NoTier)
    }
}

/// What a tier is worth.
pub(super) fn judge_tier(tier: Tier, policy: &ScoringPolicy) -> Judgement {
    let (low, high) = band(tier, &policy.tiers);
    Judgement {
        verdict: if tier == Tier::Reached {
            Verdict::Met
        } else {
            Verdict::Missed
        },
        earned: Earned::Band { tier, low, high },
        ..Judgement::open(Why::NoTier)
    }
}

/// Lowest and highest share of a tier.
fn band(tier: Tier, tiers: &TierPolicy) -> (Decimal, Decimal) {
    match tier {
        Tier::Reached => (tiers.reached_from, Decimal::ONE),
        Tier::PartlyReached => (tiers.partly_from, tiers.reached_from),
        Tier::Missed => (Decimal::ZERO, tiers.partly_from),
    }
}

/// Whether an actual value only repeats its target, marks aside ("不超过全年预算数" and "未超过全年预算数").
pub(super) fn repeats(target: &str, actual: &str) -> bool {
    let mut target = said(target).peekable();
    target.peek().is_some() && target.eq(said(actual))
}

/// The letters of a text, with what only tells aim from result taken out.
fn said(text: &str) -> impl Iterator<Item = char> {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric()).peekable();
    letters.next_if_eq(&'已');
    let refusal = letters.next_if(|c| matches!(c, '不' | '未')).map(|_| '不');
    refusal.into_iter().chain(letters)
}
