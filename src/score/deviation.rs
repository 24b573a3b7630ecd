//! 偏离度: by how much what was reached lies off the target.

use rust_decimal::Decimal;

use crate::model::{
    indicator::Indicator,
    measure::{MeasureCell, Quantity},
    policy::Rounding,
};

use super::{judgement::padded, quantitative::compared, unit::converted};

/// 偏离度 in percent: (实际 − 目标) ÷ 目标, its sign kept, rounded half up to two decimals. `actual` may be another value than
/// the filed one; it is read and converted to the target's unit as scoring does.
///
/// `None` for 定性 indicators, dates and ranges, for a target of 0, and where the two cannot be compared.
pub fn deviation(indicator: &Indicator, actual: &MeasureCell) -> Option<Decimal> {
    let aim = indicator.aim().filter(|aim| !aim.qualitative)?;
    let Quantity::Number { value: target, .. } = aim.measure.quantity else {
        return None;
    };
    let actual = compared(actual, &aim)?;
    let reached = converted(actual.number()?, actual.unit(), aim.unit)?;
    let off = reached
        .checked_sub(target)?
        .checked_mul(Decimal::ONE_HUNDRED)?;
    let rounding = Rounding::default();
    let percent = rounding.apply(off.checked_div(target)?);
    // What rounds to nothing has no sign.
    let percent = if percent.is_zero() {
        Decimal::ZERO
    } else {
        percent
    };
    Some(padded(percent, rounding))
}
