//! The figures of a form: amounts of money, rates, weights and scores.

use std::fmt;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    numeral::{self, leading_number},
    record::always_written,
    typed::{Readable, Typed, trim},
};

/// A number in a cell of figures. Its scale is that of the typed text, so "99.70" keeps two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The number before the sign or unit: 99.7 for "99.7%".
    pub value: Decimal,
    /// Whether a percent sign follows.
    pub percent: bool,
    /// The money unit typed inside the cell, as in "620.82万元".
    pub unit: Option<MoneyUnit>,
}

impl Figure {
    /// How many decimals were typed.
    pub fn decimals(&self) -> u32 {
        self.value.scale()
    }
}

impl Readable for Figure {
    fn read(text: &str) -> Option<Self> {
        let text = text.strip_prefix(['¥', '￥']).map_or(text, trim);
        let (value, rest) = leading_number(text)?;
        let (percent, unit) = match trim(rest) {
            "" | "分" => (false, None),
            "%" | "％" => (true, None),
            "元" => (false, Some(MoneyUnit::Yuan)),
            "万元" => (false, Some(MoneyUnit::TenThousandYuan)),
            _ => return None,
        };
        Some(Self {
            value,
            percent,
            unit,
        })
    }
}

/// A cell for an amount, a rate, a weight or a score.
pub type FigureCell = Typed<Figure>;

impl FigureCell {
    /// The number in the cell, where there is one.
    pub fn number(&self) -> Option<Decimal> {
        self.value().map(|figure| figure.value)
    }

    /// The cell with this number, written without trailing zeros.
    pub fn of(number: Decimal) -> Self {
        Self::new(numeral::plain(number))
    }
}

/// The unit in which a form states money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
pub enum MoneyUnit {
    /// 元
    #[serde(rename = "元")]
    Yuan,
    /// 万元
    #[default]
    #[serde(rename = "万元")]
    TenThousandYuan,
}

impl MoneyUnit {
    /// How many yuan one unit is.
    pub fn in_yuan(self) -> Decimal {
        match self {
            Self::Yuan => Decimal::ONE,
            Self::TenThousandYuan => Decimal::from_parts(10_000, 0, 0, false, 0),
        }
    }

    /// An amount in this unit as one in another; `None` where it has too many digits. Exact: only the decimal point moves.
    pub fn convert(self, amount: Decimal, to: Self) -> Option<Decimal> {
        const PLACES: u32 = 4;
        let (mantissa, scale) = (amount.mantissa(), amount.scale());
        match (self, to) {
            (Self::Yuan, Self::TenThousandYuan) => {
                Decimal::try_from_i128_with_scale(mantissa, scale + PLACES).ok()
            }
            (Self::TenThousandYuan, Self::Yuan) => match scale.checked_sub(PLACES) {
                Some(scale) => Decimal::try_from_i128_with_scale(mantissa, scale).ok(),
                None => {
                    let factor = 10i128.checked_pow(PLACES - scale)?;
                    Decimal::try_from_i128_with_scale(mantissa.checked_mul(factor)?, 0).ok()
                }
            },
            _ => Some(amount),
        }
    }
}

impl fmt::Display for MoneyUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yuan => "元",
            Self::TenThousandYuan => "万元",
        })
    }
}

/// 评价等级
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Rating {
    /// 优
    #[serde(rename = "优")]
    Excellent,
    /// 良
    #[serde(rename = "良")]
    Good,
    /// 中
    #[serde(rename = "中")]
    Fair,
    /// 差
    #[serde(rename = "差")]
    Poor,
}

impl Readable for Rating {
    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "优" | "优秀" => Self::Excellent,
            "良" | "良好" => Self::Good,
            "中" | "中等" => Self::Fair,
            "差" | "较差" => Self::Poor,
            _ => return None,
        })
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Excellent => "优",
            Self::Good => "良",
            Self::Fair => "中",
            Self::Poor => "差",
        })
    }
}

always_written!(MoneyUnit);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::typed::Reading;

    #[test]
    fn empty_zero_dash_and_not_applicable_stay_apart() {
        let reading = |text: &str| FigureCell::new(text).reading().map(|figure| figure.value);
        assert_eq!(reading("  "), Reading::Empty);
        assert_eq!(reading("0"), Reading::Value(Decimal::ZERO));
        assert_eq!(reading("——"), Reading::Dash);
        assert_eq!(reading("不适用"), Reading::NotApplicable);
        assert_eq!(reading("100%20%"), Reading::Unreadable);
    }

    #[test]
    fn a_unit_inside_the_cell_is_kept() {
        let cell = FigureCell::new("620.82万元");
        let figure = cell.value().expect("a number");
        assert_eq!(figure.unit, Some(MoneyUnit::TenThousandYuan));
        assert_eq!(figure.decimals(), 2);
    }
}
