//! The workbook that is given out.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::{
    guide,
    layout::{Form, key_of},
    ticket::{Head, Ticket},
    wanted::Wanted,
};
use crate::{
    exchange::grid::{MARK, OWN_SHEET},
    model::{
        document::Document,
        edition::Edition,
        id::{Id, IdSource},
        indicator::Indicator,
        layout::FieldLayout,
        measure::{Comparator, Tier},
        path::{IndicatorField, Place},
        project::Project,
        sending::Sending,
    },
    sheet::{
        booklet::Booklet,
        office::OfficeError,
        table::Cell,
        workbook::fill_in::{self, Prompt, SheetPlan, ToFillIn, Treatment},
    },
};

/// What is to be given out in one workbook.
pub struct Order<'a> {
    /// Under what it is listed: to whom, by when, which projects.
    pub sending: &'a Sending,
    /// The document that the projects are of.
    pub document: Id<Document>,
    /// The projects, each with its edition.
    pub projects: &'a [(Arc<Project>, Arc<Edition>)],
    /// What is to be filled in.
    pub wanted: Wanted,
    /// To whom it is to be returned, with telephone or mail; may be empty.
    pub return_to: &'a str,
    /// What else is to be said; may be empty.
    pub remark: &'a str,
    /// When it is made.
    pub now: DateTime,
}

/// The bytes of the workbook. New rows get their ids from `ids`.
///
/// # Errors
///
/// Why there is no workbook.
pub fn write(order: &Order<'_>, ids: &mut dyn IdSource) -> Result<Vec<u8>, OfficeError> {
    let forms: Vec<Form<'_>> = order
        .projects
        .iter()
        .map(|(project, edition)| Form::new(project, edition, order.wanted, ids))
        .collect();
    let parts = std::iter::once(guide::part(order, &forms));
    let mut booklet = Booklet::official([], order.now);
    booklet.title = format!("绩效自评填报表 {}", order.sending.to);
    booklet.parts = parts
        .chain(forms.iter().map(|form| form.part.clone()))
        .collect();
    let form_of = |part: usize| part.checked_sub(1).and_then(|index| forms.get(index));
    fill_in::workbook(
        &booklet,
        &ToFillIn {
            treatment: &|part, cell| match form_of(part) {
                None if cell.text == guide::LEGEND => Treatment::Legend,
                Some(form) if form.is_open(cell) => Treatment::Open(prompt(form, cell)),
                _ => Treatment::Locked,
            },
            mark: &|part, cells| {
                form_of(part)?;
                let fields = cells.iter().filter_map(|cell| cell.at.as_ref());
                key_of(fields).map(|key| format!("{MARK}{key}"))
            },
            own_sheet: OWN_SHEET,
            note: &|plans| ticket(order, &forms, plans).lines(),
        },
    )
}

fn ticket(order: &Order<'_>, forms: &[Form<'_>], plans: &[SheetPlan]) -> Ticket {
    let head = Head::new(order.sending, order.document);
    let plans = plans.iter().skip(1);
    Ticket::new(
        head,
        forms
            .iter()
            .zip(plans)
            .map(|(form, plan)| form.sent(plan))
            .collect(),
    )
}

/// What is said of a cell that is to be filled in.
fn prompt(form: &Form<'_>, cell: &Cell) -> Prompt {
    let Some(at) = &cell.at else {
        return Prompt::default();
    };
    if form.blank_row(&at.place).is_some() {
        return new_row(&at.place);
    }
    match &at.place {
        Place::Indicator(row, field) => {
            let mut rows = form.project.rows();
            let row = rows.find(|view| view.indicator.id == *row);
            let row = row.map(|view| view.indicator);
            match field {
                IndicatorField::Actual => Prompt {
                    title: "实际完成值".to_owned(),
                    message: row
                        .map(|row| {
                            format!("{}\n指标值：{}{}", row.name, row.target.text(), row.unit)
                        })
                        .unwrap_or_default(),
                    options: match row
                        .and_then(Indicator::aim)
                        .is_some_and(|aim| aim.qualitative)
                    {
                        true => Tier::ALL.map(|tier| tier.words().to_owned()).to_vec(),
                        false => Vec::new(),
                    },
                    is_long: false,
                },
                IndicatorField::Deviation => reason(),
                IndicatorField::Nature => nature(),
                IndicatorField::Extra(_) | IndicatorField::Name => Prompt {
                    is_long: true,
                    ..Prompt::default()
                },
                _ => Prompt::default(),
            }
        }
        Place::Reason(_) => reason(),
        Place::Goal(..) | Place::Text(_) | Place::Table(..) => Prompt {
            is_long: true,
            ..Prompt::default()
        },
        Place::Fund(_, key) if key == "remark" => Prompt {
            is_long: true,
            ..Prompt::default()
        },
        Place::Fund(..) => Prompt {
            title: "金额".to_owned(),
            message: format!("单位：{}", form.project.money_unit),
            ..Prompt::default()
        },
        Place::Header(key) => of_field(form.edition.header.iter().find(|one| one.key == *key)),
        Place::Footer(key) => of_field(form.edition.footer.iter().find(|one| one.key == *key)),
        _ => Prompt::default(),
    }
}

fn new_row(place: &Place) -> Prompt {
    match place {
        Place::Indicator(_, IndicatorField::Name) => Prompt {
            title: "新增指标".to_owned(),
            message: "需要增加指标时填在这一行；不需要的空着。".to_owned(),
            is_long: true,
            ..Prompt::default()
        },
        Place::Indicator(_, IndicatorField::Nature) => nature(),
        Place::Indicator(_, IndicatorField::Deviation) => reason(),
        _ => Prompt::default(),
    }
}

fn reason() -> Prompt {
    Prompt {
        title: "偏差原因及改进措施".to_owned(),
        message: "没有完成或超额较多的，写明原因和改进措施；按目标完成的可以不写。".to_owned(),
        is_long: true,
        ..Prompt::default()
    }
}

/// The signs, as forms print them, and 定性.
fn nature() -> Prompt {
    let signs = [
        Comparator::AtLeast,
        Comparator::AtMost,
        Comparator::Equal,
        Comparator::MoreThan,
        Comparator::LessThan,
    ];
    Prompt {
        options: signs
            .iter()
            .map(|sign| sign.sign().to_owned())
            .chain(["定性".to_owned(), "定量".to_owned()])
            .collect(),
        ..Prompt::default()
    }
}

/// Choices and the form's own hint. A choice is printed as boxes, in which the chosen one is ticked.
fn of_field(field: Option<&FieldLayout>) -> Prompt {
    let Some(field) = field else {
        return Prompt::default();
    };
    Prompt {
        title: field.caption.clone(),
        message: match field.options.is_empty() {
            true => field.prompt.clone(),
            false => format!(
                "从下拉列表中选，或把选中项前的“□”改为“■”：{}",
                field.options.join("、")
            ),
        },
        options: field.options.clone(),
        is_long: false,
    }
}
