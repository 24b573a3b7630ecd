//! Whether two texts that differ say the same all the same: 10 and 10.0, （ and (, — and －.

use super::Kind;
use crate::model::{
    figure::{FigureCell, MoneyUnit},
    folding::are_same,
    measure::{MeasureCell, Quantity},
    typed::{Reading, Typed},
};

/// Whether two different texts say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Same {
    Yes,
    No,
}

impl Same {
    pub fn kind(self) -> Kind {
        match self {
            Self::Yes => Kind::Rewritten,
            Self::No => Kind::Changed,
        }
    }

    fn is(same: bool) -> Self {
        if same { Self::Yes } else { Self::No }
    }
}

/// Texts: the same but for white space, widths and capitals.
pub(super) fn text(before: &str, after: &str) -> Same {
    Same::is(are_same(before, after))
}

/// Cells of figures: the same number with the same sign behind it, or the same word for none.
pub(super) fn figure(before: &FigureCell, after: &FigureCell) -> Same {
    reading(before, after)
}

/// Amounts in their units: the same money.
pub(super) fn money(
    (before, unit): (&FigureCell, MoneyUnit),
    (after, new_unit): (&FigureCell, MoneyUnit),
) -> Same {
    let in_yuan = |cell: &FigureCell, unit: MoneyUnit| {
        let figure = cell.value().filter(|figure| !figure.percent)?;
        let unit = figure.unit.unwrap_or(unit);
        unit.convert(figure.value, MoneyUnit::Yuan)
    };
    match in_yuan(before, unit).zip(in_yuan(after, new_unit)) {
        Some((before, after)) => Same::is(before == after),
        None => reading(before, after),
    }
}

/// 指标值 and 实际完成值: the same number, range or date, compared in the same way. Words and remarks are compared as text.
pub(super) fn measure(before: &MeasureCell, after: &MeasureCell) -> Same {
    let is_plain = |cell: &MeasureCell| {
        let is_words = cell
            .value()
            .is_none_or(|measure| measure.quantity == Quantity::Words);
        !is_words && !cell.text().contains(['(', '（'])
    };
    if is_plain(before) && is_plain(after) {
        return Same::is(
            before.reading() == after.reading() || are_same(before.text(), after.text()),
        );
    }
    match (before.reading(), after.reading()) {
        (Reading::Value(_), _) | (_, Reading::Value(_)) => text(before.text(), after.text()),
        _ => reading(before, after),
    }
}

/// Any other typed cell.
pub(super) fn reading<T: PartialEq>(before: &Typed<T>, after: &Typed<T>) -> Same {
    match (before.reading(), after.reading()) {
        (Reading::Unreadable, Reading::Unreadable) => text(before.text(), after.text()),
        (before, after) => Same::is(before == after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_by_what_they_say() {
        for (before, after, same) in [
            ("10", "10.00", Same::Yes),
            ("10", "10%", Same::No),
            ("—", "-", Same::Yes),
            ("", "0", Same::No),
            ("8,620.5", "8620.50", Same::Yes),
        ] {
            assert_eq!(
                figure(&before.into(), &after.into()),
                same,
                "{before} {after}"
            );
        }
        for (before, after, same) in [
            ("≥10场", ">=10 场", Same::Yes),
            ("10场", "10场（含线上）", Same::No),
            ("有效提升", "明显提升", Same::No),
            ("有效提升", "有效 提升", Same::Yes),
            ("不低于95%", "≥95.0%", Same::Yes),
        ] {
            assert_eq!(
                measure(&before.into(), &after.into()),
                same,
                "{before} {after}"
            );
        }
        let (yuan, ten_thousand) = (MoneyUnit::Yuan, MoneyUnit::TenThousandYuan);
        let (amount, converted) = ("12.5".into(), "125000".into());
        let converted: FigureCell = converted;
        let amount: FigureCell = amount;
        assert_eq!(
            money((&amount, ten_thousand), (&converted, yuan)),
            Same::Yes
        );
        assert_eq!(money((&amount, yuan), (&converted, yuan)), Same::No);
    }
}
