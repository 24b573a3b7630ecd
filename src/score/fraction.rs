//! Shares as fractions. A third of 15 points is exactly 5 only where the division comes last and rounding after it.

use rust_decimal::Decimal;

/// A share that is not divided yet: 7 of 10. The denominator is above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    numerator: Decimal,
    denominator: Decimal,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self {
        numerator: Decimal::ZERO,
        denominator: Decimal::ONE,
    };
    /// The whole.
    pub const ONE: Self = Self {
        numerator: Decimal::ONE,
        denominator: Decimal::ONE,
    };

    /// `numerator` ÷ `denominator`; `None` where the denominator is not above zero.
    pub fn new(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        (denominator > Decimal::ZERO).then_some(Self {
            numerator,
            denominator,
        })
    }

    /// What is divided.
    pub fn numerator(self) -> Decimal {
        self.numerator
    }

    /// What it is divided by.
    pub fn denominator(self) -> Decimal {
        self.denominator
    }

    /// The quotient, to 28 digits.
    pub fn value(self) -> Option<Decimal> {
        self.numerator.checked_div(self.denominator)
    }

    /// This share of `points`, multiplied before it is divided. Not rounded.
    pub fn of(self, points: Decimal) -> Option<Decimal> {
        points
            .checked_mul(self.numerator)
            .and_then(|product| product.checked_div(self.denominator))
            .or_else(|| points.checked_mul(self.value()?))
    }

    /// The fraction in whole numbers without common factors.
    fn in_whole_numbers(self) -> Option<(i128, i128)> {
        let numerator = self.numerator.normalize();
        let denominator = self.denominator.normalize();
        let scale = numerator.scale().max(denominator.scale());
        let whole = |number: Decimal| {
            number
                .mantissa()
                .checked_mul(10_i128.checked_pow(scale - number.scale())?)
        };
        reduced(whole(numerator)?, whole(denominator)?)
    }
}

fn reduced(numerator: i128, denominator: i128) -> Option<(i128, i128)> {
    let (mut larger, mut smaller) = (numerator.checked_abs()?, denominator);
    while smaller != 0 {
        (larger, smaller) = (smaller, larger % smaller);
    }
    (larger != 0).then(|| (numerator / larger, denominator / larger))
}

/// A sum of fractions that stays exact, so that it is rounded once at the end.
#[derive(Debug, Clone, Copy)]
pub(super) struct FractionSum {
    numerator: i128,
    denominator: i128,
    /// Quotients whose common denominator would be too long: right to 28 digits.
    rest: Decimal,
}

impl FractionSum {
    /// Nothing added yet.
    pub(super) const fn new() -> Self {
        Self {
            numerator: 0,
            denominator: 1,
            rest: Decimal::ZERO,
        }
    }

    /// Adds `weight` × `fraction`; `None` where the numbers are beyond all reckoning.
    #[must_use]
    pub(super) fn plus(self, fraction: Fraction, weight: Decimal) -> Option<Self> {
        let weighted = Fraction {
            numerator: fraction.numerator.checked_mul(weight)?,
            ..fraction
        };
        self.exactly_plus(weighted).or_else(|| {
            Some(Self {
                rest: self.rest.checked_add(weighted.value()?)?,
                ..self
            })
        })
    }

    fn exactly_plus(self, fraction: Fraction) -> Option<Self> {
        let (numerator, denominator) = fraction.in_whole_numbers()?;
        let left = self.numerator.checked_mul(denominator)?;
        let right = numerator.checked_mul(self.denominator)?;
        let (numerator, denominator) = reduced(
            left.checked_add(right)?,
            self.denominator.checked_mul(denominator)?,
        )?;
        Some(Self {
            numerator,
            denominator,
            ..self
        })
    }

    /// `points` × sum ÷ `whole`, divided last. Not rounded.
    pub(super) fn of(self, points: Decimal, whole: Decimal) -> Option<Decimal> {
        let numerator = Decimal::try_from_i128_with_scale(self.numerator, 0).ok()?;
        let denominator = Decimal::try_from_i128_with_scale(self.denominator, 0).ok()?;
        if self.rest.is_zero() {
            let whole = denominator.checked_mul(whole)?;
            return Fraction::new(numerator, whole)?.of(points);
        }
        let sum = numerator.checked_div(denominator)?.checked_add(self.rest)?;
        Fraction::new(sum, whole)?.of(points)
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    fn fraction(numerator: Decimal, denominator: Decimal) -> Fraction {
        Fraction::new(numerator, denominator).expect("denominator above zero")
    }

    #[test]
    fn thirds_of_fifteen_are_five_without_a_remainder() {
        assert_eq!(fraction(dec!(1), dec!(3)).of(dec!(15)), Some(dec!(5)));
        let mut sum = FractionSum::new();
        for _ in 0..3 {
            sum = sum
                .plus(fraction(dec!(1), dec!(3)), dec!(1))
                .expect("small");
        }
        assert_eq!(sum.of(dec!(10), dec!(1)), Some(dec!(10)));
    }

    #[test]
    fn tiny_and_huge_denominators_stay_right() {
        let sum = [
            fraction(dec!(0.0000000001), dec!(0.0000000002)),
            fraction(dec!(1), dec!(1000000000000000)),
            fraction(dec!(1), dec!(999999999999999.9999999999)),
            fraction(
                dec!(333333333333333.3333333333),
                dec!(999999999999999.9999999997),
            ),
        ]
        .into_iter()
        .try_fold(FractionSum::new(), |sum, part| sum.plus(part, dec!(1)))
        .expect("within reckoning");
        let points = sum.of(dec!(10), dec!(4)).expect("within reckoning");
        assert_eq!(points.round_dp(10), dec!(2.0833333333));
    }

    #[test]
    fn no_fraction_of_nothing() {
        assert_eq!(Fraction::new(dec!(1), dec!(0)), None);
        assert_eq!(Fraction::new(dec!(1), dec!(-2)), None);
    }
}
