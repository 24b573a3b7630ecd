//! 计分办法: how one indicator is scored where it is not by the edition's formulas. Forms state it in words
//! ("≥90%得满分；80%～90%得8分"), so it is kept as typed, and read.

use std::fmt;

use rust_decimal::{Decimal, dec};

use super::{
    indicator::Indicator,
    numeral::plain,
    typed::{Readable, Reading, Typed},
};

mod read;

/// The cell of a 计分办法; empty for the edition's formula. Boxed, since few of many rows have one.
pub type MethodCell = Typed<Box<Method>>;

/// The key of a further column that states every row's 计分办法 ("得分计算方法").
pub const COLUMN: &str = "method";

/// How an indicator is scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// 完成比例赋分: actual ÷ target × weight, beyond a bound by the edition's formula.
    Proportional {
        /// 及格线: nothing below so many percent of the target.
        pass: Option<Decimal>,
    },
    /// 分档赋分: what is earned depends on the band alone (满意度赋分, 成本控制率).
    Banded(Bands),
    /// 扣分: so many points off for every so much short or beyond, until nothing is left.
    Deduct(Deduct),
    /// 直接赋分（是/否）: all or nothing.
    YesNo,
    /// A person gives the score.
    Direct,
}

/// Bands that touch one another, the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// What is looked at.
    pub on: BandOn,
    /// Which end of a band belongs to it.
    pub side: Side,
    /// Unit of the limits ("%", "次" or empty); percent where completion or deviation is looked at.
    pub unit: String,
    /// The bands; at least one.
    pub bands: Vec<Band>,
    /// What is earned outside all bands.
    pub rest: Award,
}

/// What bands look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandOn {
    /// The actual value itself.
    Actual,
    /// 完成比例: actual ÷ target, in percent.
    Completion,
    /// 偏差: |actual − target| ÷ target, in percent.
    Deviation,
}

/// Which end of a band belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From its limit, included, up to the limit of the better band, excluded; limits fall.
    AtLeast,
    /// Up to its limit, included, from the limit of the better band, excluded; limits rise.
    AtMost,
}

/// One band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The end of the band that belongs to it.
    pub limit: Decimal,
    /// What is earned in it.
    pub award: Award,
}

/// What is earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Award {
    /// 满分
    Full,
    /// So many points, but not more than the weight.
    Points(Decimal),
    /// So many percent of the weight.
    Share(Decimal),
}

impl Award {
    /// No points.
    pub const NOTHING: Self = Self::Points(Decimal::ZERO);

    /// The points of a row that weighs `weight`; not rounded.
    pub fn of(self, weight: Decimal) -> Option<Decimal> {
        match self {
            Self::Full => Some(weight),
            Self::Points(points) => Some(points.min(weight)),
            Self::Share(percent) => weight
                .checked_mul(percent)?
                .checked_div(Decimal::ONE_HUNDRED),
        }
    }

    /// Whether this is more than `other`, as far as that can be told: points and shares need the weight.
    fn is_more_than(self, other: Self, weight: Option<Decimal>) -> bool {
        match (self, other) {
            (_, Self::Full) => false,
            (Self::Full, Self::Share(percent)) => percent < Decimal::ONE_HUNDRED,
            (Self::Points(own), Self::Points(other)) | (Self::Share(own), Self::Share(other)) => {
                own > other
            }
            _ => weight.is_some_and(|weight| self.of(weight) > other.of(weight)),
        }
    }
}

/// Points off for every step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduct {
    /// In which direction.
    pub away: Away,
    /// How much a step is; above zero.
    pub every: Decimal,
    /// The unit of a step. "%" is percentage points beside a target in percent, else percent of the target; "个百分点" are
    /// always points; any other is counted in the value's own unit; "天" and "个月" of a date.
    pub unit: String,
    /// Points off for a step; above zero.
    pub points: Decimal,
    /// Whether a step that is only begun counts (不足的按一档计).
    pub begun: bool,
}

/// In which direction from the target points are taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// 低于
    Short,
    /// 超过
    Beyond,
    /// 偏离
    Either,
}

impl Readable for Box<Method> {
    fn read(text: &str) -> Option<Self> {
        Method::read(text).map(Self::new)
    }
}

impl Method {
    /// The method that a sentence of a form describes; `None` where any part of it is not understood.
    ///
    /// Bands have to touch one another. Below the last one nothing is earned unless the sentence says otherwise.
    pub fn read(text: &str) -> Option<Self> {
        read::method(text).filter(|method| method.problem(None).is_none())
    }

    /// Why the method cannot be used for a row that weighs `weight`, in words; `None` for a sound one.
    pub fn problem(&self, weight: Option<Decimal>) -> Option<&'static str> {
        let within = |points: Decimal| {
            points >= Decimal::ZERO && weight.is_none_or(|weight| points <= weight)
        };
        match self {
            Self::Proportional { pass: Some(pass) }
                if *pass <= Decimal::ZERO || *pass > dec!(100) =>
            {
                Some("及格线应大于0、不超过100%")
            }
            Self::Banded(bands) => bands.problem(weight, within),
            Self::Deduct(deduct) if deduct.every <= Decimal::ZERO => Some("每档的幅度应大于0"),
            Self::Deduct(deduct) if deduct.points <= Decimal::ZERO => Some("每档扣分应大于0"),
            Self::Deduct(deduct) if !within(deduct.points) => Some("每档扣分不能超过分值"),
            _ => None,
        }
    }
}

impl Bands {
    /// The band in which `value` lies: its number, and what is earned. Below or beyond all bands the number is that of a band
    /// past the last.
    pub fn award(&self, value: Decimal) -> (usize, Award) {
        let at = self.bands.iter().position(|band| match self.side {
            Side::AtLeast => value >= band.limit,
            Side::AtMost => value <= band.limit,
        });
        match at.and_then(|at| Some((at, self.bands.get(at)?.award))) {
            Some(found) => found,
            None => (self.bands.len(), self.rest),
        }
    }

    fn problem(
        &self,
        weight: Option<Decimal>,
        within: impl Fn(Decimal) -> bool,
    ) -> Option<&'static str> {
        if self.bands.is_empty() {
            return Some("至少要有一档");
        }
        let ordered = self.bands.windows(2).all(|pair| match self.side {
            Side::AtLeast => pair[0].limit > pair[1].limit,
            Side::AtMost => pair[0].limit < pair[1].limit,
        });
        if !ordered {
            return Some("各档应由好到差排列，界限不能重复");
        }
        if self.on == BandOn::Deviation && self.side == Side::AtLeast {
            return Some("按偏差分档时，各档应写“不超过”的界限");
        }
        let awards = || self.bands.iter().map(|band| band.award).chain([self.rest]);
        if !awards().all(|award| match award {
            Award::Full => true,
            Award::Points(points) => within(points),
            Award::Share(percent) => percent >= Decimal::ZERO && percent <= dec!(100),
        }) {
            return Some("各档得分应在0和分值之间");
        }
        let falls = awards()
            .zip(awards().skip(1))
            .all(|(better, worse)| !worse.is_more_than(better, weight));
        (!falls).then_some("较差的一档得分不能更高")
    }
}

impl Indicator {
    /// What the row says about how it is scored: its own 计分办法, else what its column `method` states. Words that are no
    /// method are `Unreadable`: then nothing should be computed by another one.
    pub fn method(&self) -> Reading<std::borrow::Cow<'_, Method>> {
        use std::borrow::Cow;
        match self.method.reading() {
            Reading::Empty => {}
            Reading::Value(method) => return Reading::Value(Cow::Borrowed(method)),
            other => return other.clone().map(|method| Cow::Owned(*method)),
        }
        let Some(text) = self.extra.get(COLUMN) else {
            return Reading::Empty;
        };
        super::typed::read::<Box<Method>>(text).map(|method| Cow::Owned(*method))
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proportional { pass: None } => f.write_str("按完成比例计分"),
            Self::Proportional { pass: Some(pass) } => {
                write!(f, "按完成比例计分，低于{}%不得分", plain(*pass))
            }
            Self::Banded(bands) => bands.fmt(f),
            Self::Deduct(deduct) => deduct.fmt(f),
            Self::YesNo => f.write_str("达到得满分，未达到不得分"),
            Self::Direct => f.write_str("人工判分"),
        }
    }
}

impl fmt::Display for Bands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.on.words())?;
        let unit = &self.unit;
        let (first, after) = match self.side {
            Side::AtLeast => ("≥", "低于"),
            Side::AtMost => ("≤", "超过"),
        };
        let mut better: Option<Decimal> = None;
        for band in &self.bands {
            let limit = plain(band.limit);
            match better {
                None => write!(f, "{first}{limit}{unit}{}", band.award)?,
                Some(better) => {
                    let (low, high) = (band.limit.min(better), band.limit.max(better));
                    let (low, high) = (plain(low), plain(high));
                    write!(f, "；{low}{unit}～{high}{unit}{}", band.award)?;
                }
            }
            better = Some(band.limit);
        }
        if let Some(last) = better {
            write!(f, "；{after}{}{unit}{}", plain(last), self.rest)?;
        }
        Ok(())
    }
}

impl BandOn {
    /// What is looked at, as sentences begin; nothing for the actual value.
    pub fn words(self) -> &'static str {
        match self {
            Self::Actual => "",
            Self::Completion => "完成比例",
            Self::Deviation => "偏差",
        }
    }
}

impl fmt::Display for Award {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("得满分"),
            Self::Points(points) if points.is_zero() => f.write_str("不得分"),
            Self::Points(points) => write!(f, "得{}分", plain(*points)),
            Self::Share(percent) => write!(f, "得分值的{}%", plain(*percent)),
        }
    }
}

impl fmt::Display for Deduct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let away = match self.away {
            Away::Short => "低于",
            Away::Beyond => "超过",
            Away::Either => "偏离",
        };
        let step = format!("{}{}", plain(self.every), self.unit);
        let points = plain(self.points);
        write!(f, "每{away}指标值{step}扣{points}分")?;
        if self.begun {
            write!(f, "（不足{step}的按{step}计）")?;
        } else {
            write!(f, "（不足{step}的不扣）")?;
        }
        f.write_str("，扣完为止")
    }
}
