//! The amounts of a form in another unit of money: only the decimal point moves.

use rust_decimal::Decimal;

use crate::model::{
    edition::{Edition, FieldKind, FieldLayout, FundRole, IndicatorRole},
    figure::{FigureCell, MoneyUnit},
    monitoring,
    numeral::{MONEY_DECIMALS, aligned_money},
    path::{CellPath, GoalField, IndicatorField, Place},
    project::{FundRow, Project, fund},
    record::{KeyMap, Text},
    rows::Rows,
    typed::{Reading, trim},
};

use super::command::EditCommand;

/// What becomes of the amounts when a form's unit changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Amounts {
    /// 换算数值: 1 万元 becomes 10000 元.
    #[default]
    Convert,
    /// 只改单位: the amounts were typed in the new unit already.
    Keep,
}

/// What a conversion did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversion {
    /// How many amounts were converted.
    pub converted: usize,
    /// Cells that are no plain number and stay as they are, with their text.
    pub left: Vec<(CellPath, String)>,
}

/// Converts all that `project` states in its unit to `unit`: the fund table, rows put aside and figures of mid-year included, the account,
/// adjustments of the budget, and fields
/// and columns that the editions say are amounts. An amount that names a unit of its own stays, for it still says the same.
///
/// `editions` are those that tell what is an amount, the project's first; of a key that several have the first decides.
pub fn convert(project: &mut Project, editions: &[&Edition], unit: MoneyUnit) -> Conversion {
    let mut conversion = Conversion::default();
    let from = project.money_unit;
    if from == unit {
        return conversion;
    }
    let whole = project.at(Place::Whole);
    let mut converter = Converter {
        project: whole,
        from,
        to: unit,
        editions,
        told: &mut conversion,
    };
    converter.funds(&mut project.funds);
    if let Some(aside) = &mut project.aside {
        converter.funds(&mut aside.funds);
    }
    converter.fields(project);
    converter.goals(project);
    converter.tables(project);
    converter.account(project);
    converter.adjustments(project);
    set_unit(project, unit);
    conversion
}

/// Says that the amounts are in `unit`, on the form itself too where it names the old one.
pub fn set_unit(project: &mut Project, unit: MoneyUnit) {
    if trim(&project.stated.money_unit) == project.money_unit.to_string() {
        project.stated.money_unit = unit.to_string();
    }
    project.money_unit = unit;
}

/// The step that puts a project's amounts into another unit, and what it does.
pub fn change_unit(
    project: &Project,
    editions: &[&Edition],
    unit: MoneyUnit,
    amounts: Amounts,
) -> (EditCommand, Conversion) {
    let mut form = project.clone();
    let conversion = match amounts {
        Amounts::Convert => convert(&mut form, editions, unit),
        Amounts::Keep => {
            set_unit(&mut form, unit);
            Conversion::default()
        }
    };
    let command = EditCommand::ReplaceForm {
        label: match amounts {
            Amounts::Convert => format!("金额换算为{unit}"),
            Amounts::Keep => format!("金额单位改为{unit}"),
        },
        form: form.into(),
    };
    (command, conversion)
}

/// What a text in a cell of amounts becomes.
enum Written {
    /// It says nothing, or a unit of its own.
    Same,
    /// It is no plain number.
    Left,
    /// The amount in the new unit.
    New(String),
}

/// Thousands separators and the sign of money stay as they were typed, cents stay two digits.
fn written(text: &str, from: MoneyUnit, to: MoneyUnit) -> Written {
    let cell = FigureCell::new(text);
    let figure = match cell.reading() {
        Reading::Value(figure) if !figure.percent => figure,
        Reading::Value(_) | Reading::Unreadable => return Written::Left,
        Reading::Empty | Reading::Dash | Reading::NotApplicable => return Written::Same,
    };
    if figure.unit.is_some() || figure.value.is_zero() {
        return Written::Same;
    }
    let sign = trim(text)
        .chars()
        .next()
        .filter(|c| matches!(c, '¥' | '￥'));
    let grouped = text.contains([',', '，']);
    let cents = match figure.decimals() {
        decimals if decimals < MONEY_DECIMALS => 0,
        _ => MONEY_DECIMALS,
    };
    let number = from
        .convert(figure.value, to)
        .map(|number| digits(number, cents, grouped))
        .map(|digits| sign.into_iter().chain(digits.chars()).collect::<String>())
        .filter(|digits| FigureCell::new(&**digits).number().is_some());
    // What has too many digits in the new unit says from now on that it is in the old one.
    Written::New(number.unwrap_or_else(|| format!("{}{from}", trim(text))))
}

fn digits(number: Decimal, decimals: u32, grouped: bool) -> String {
    let mut number = number.normalize();
    if number.scale() < decimals {
        number.rescale(decimals);
    }
    if !grouped {
        return number.to_string();
    }
    let money = aligned_money(number, decimals);
    match number.scale() {
        0 => money.trim_end_matches(".00").to_owned(),
        _ => money,
    }
}

struct Converter<'a> {
    /// The address of the project as a whole.
    project: CellPath,
    from: MoneyUnit,
    to: MoneyUnit,
    editions: &'a [&'a Edition],
    told: &'a mut Conversion,
}

impl Converter<'_> {
    /// The text in the new unit, where it changes.
    fn text(&mut self, text: &str, at: Place) -> Option<String> {
        match written(text, self.from, self.to) {
            Written::Same => None,
            Written::Left => {
                let at = CellPath {
                    project: self.project.project,
                    place: at,
                };
                self.told.left.push((at, text.to_owned()));
                None
            }
            Written::New(text) => {
                self.told.converted += 1;
                Some(text)
            }
        }
    }

    fn funds(&mut self, rows: &mut Rows<FundRow>) {
        for index in 0..rows.len() {
            let Some(row) = rows.get_mut(index) else {
                continue;
            };
            for (key, cell) in &mut row.figures {
                if !self.is_amount(key) {
                    continue;
                }
                if let Some(text) = self.text(cell.text(), Place::Fund(row.id, key.clone())) {
                    *cell = FigureCell::new(text);
                }
            }
        }
    }

    fn is_amount(&self, key: &str) -> bool {
        let mut columns = self.editions.iter();
        match columns.find_map(|edition| edition.fund_column_named(key)) {
            Some(column) => column.role == FundRole::Amount,
            None => [
                fund::INITIAL,
                fund::ADJUSTED,
                fund::EXECUTED,
                monitoring::key::MONITORED,
                monitoring::key::FORECAST,
            ]
            .contains(&key),
        }
    }

    fn map(
        &mut self,
        texts: &mut KeyMap<Text>,
        layout: fn(&Edition) -> &[FieldLayout],
        place: fn(String) -> Place,
    ) {
        for (key, text) in texts {
            let fields = self.editions.iter().flat_map(|edition| layout(edition));
            if is_money(fields, key)
                && let Some(new) = self.text(text, place(key.clone()))
            {
                *text = new.into();
            }
        }
    }

    fn fields(&mut self, project: &mut Project) {
        self.map(
            &mut project.header,
            |edition| &edition.header,
            Place::Header,
        );
        self.map(&mut project.texts, |edition| &edition.texts, Place::Text);
        self.map(
            &mut project.footer,
            |edition| &edition.footer,
            Place::Footer,
        );
    }

    fn goals(&mut self, project: &mut Project) {
        let goals = &mut project.goals;
        for index in 0..goals.len() {
            let Some(goal) = goals.get_mut(index) else {
                continue;
            };
            let id = goal.id;
            for (key, text) in &mut goal.texts {
                let fields = self
                    .editions
                    .iter()
                    .flat_map(|edition| &edition.goals.extra);
                let at = Place::Goal(id, GoalField::Text(key.clone()));
                if is_money(fields, key)
                    && let Some(new) = self.text(text, at)
                {
                    *text = new.into();
                }
            }
        }
        self.extra_columns(project);
    }

    /// Further columns of the indicator table whose captions name the unit.
    fn extra_columns(&mut self, project: &mut Project) {
        let columns: Vec<String> = self
            .editions
            .iter()
            .flat_map(|edition| &edition.indicators.columns)
            .filter(|column| column.role == IndicatorRole::Extra && says_money(&column.caption))
            .map(|column| column.key.clone())
            .collect();
        if columns.is_empty() {
            return;
        }
        super::change_edition::each_row(project, |row| {
            for key in &columns {
                let at = Place::Indicator(row.id, IndicatorField::Extra(key.clone()));
                let new = row.extra.get(key).and_then(|text| self.text(text, at));
                if let Some(new) = new {
                    row.extra.insert(key.clone(), new.into());
                }
            }
        });
    }

    fn tables(&mut self, project: &mut Project) {
        for (table, rows) in &mut project.tables {
            let layouts = self.editions.iter().flat_map(|edition| &edition.tables);
            let columns: Vec<&FieldLayout> = layouts
                .filter(|layout| layout.key == *table)
                .flat_map(|layout| &layout.columns)
                .collect();
            for index in 0..rows.len() {
                let Some(row) = rows.get_mut(index) else {
                    continue;
                };
                for (key, text) in &mut row.cells {
                    let at = Place::Table(table.clone(), row.id, key.clone());
                    if is_money(columns.iter().copied(), key)
                        && let Some(new) = self.text(text, at)
                    {
                        *text = new.into();
                    }
                }
            }
        }
    }

    /// Recorded adjustments of the budget, which are in the form's unit.
    fn adjustments(&mut self, project: &mut Project) {
        let records = &mut project.budget_adjustments;
        for index in 0..records.len() {
            let Some(record) = records.get_mut(index) else {
                continue;
            };
            if let Some(text) = self.text(record.amount.text(), Place::Whole) {
                record.amount = FigureCell::new(text);
            }
        }
    }

    /// The account says its unit itself; it follows the form where both were the same.
    fn account(&mut self, project: &mut Project) {
        let Some(account) = &mut project.account else {
            return;
        };
        if account.money_unit != self.from {
            return;
        }
        for cell in [
            &mut account.initial,
            &mut account.adjusted,
            &mut account.executed,
        ] {
            if let Some(text) = self.text(cell.text(), Place::Whole) {
                *cell = FigureCell::new(text);
            }
        }
        account.money_unit = self.to;
    }
}

/// Whether the first field with this key is a number and its caption speaks of money.
fn is_money<'e>(fields: impl IntoIterator<Item = &'e FieldLayout>, key: &str) -> bool {
    let mut fields = fields.into_iter();
    fields
        .find(|field| field.key == key)
        .is_some_and(|field| field.kind == FieldKind::Number && says_money(&field.caption))
}

fn says_money(caption: &str) -> bool {
    ["金额", "资金", "预算", "决算", "支出", "经费", "元）"]
        .iter()
        .any(|word| caption.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_the_way_they_are_written() {
        use MoneyUnit::{TenThousandYuan as Wan, Yuan};
        for (text, from, to, expected) in [
            ("8,108,600.00", Yuan, Wan, "810.86"),
            ("810.86", Wan, Yuan, "8108600.00"),
            ("1,200", Wan, Yuan, "12,000,000"),
            ("12,345,678.9", Yuan, Wan, "1,234.56789"),
            ("100", Wan, Yuan, "1000000"),
            ("¥-35000", Yuan, Wan, "¥-3.5"),
            ("１２", Wan, Yuan, "120000"),
            ("0.00", Wan, Yuan, "0.00"),
            ("5万元", Wan, Yuan, "5万元"),
            ("——", Yuan, Wan, "——"),
            ("0.0000001", Yuan, Wan, "0.0000001元"),
            ("900000000000000", Wan, Yuan, "900000000000000万元"),
        ] {
            let new = match written(text, from, to) {
                Written::New(new) => new,
                Written::Same => text.to_owned(),
                Written::Left => panic!("{text} is left"),
            };
            assert_eq!(new, expected, "{text}");
        }
        for text in ["约12万", "12%", "1,23"] {
            assert!(matches!(written(text, Wan, Yuan), Written::Left), "{text}");
        }
    }
}
