//! Which topic is about what the person is at.

use super::book::Address;
use crate::{
    model::{
        monitoring::is_of_monitoring,
        path::{GoalField, IndicatorField, Place, StatedField},
        working_paper::PaperCell,
    },
    ui::{
        desk::{Page, Position},
        scene::Shown,
    },
};

/// The topic of a page.
pub fn of_page(page: Page) -> &'static str {
    match page {
        Page::Basics => "basics",
        Page::Funds => "funds",
        Page::Goals => "goals",
        Page::Indicators => "indicators",
        Page::Charts => "charts",
        Page::Preview => "preview",
        Page::Notes => "notes",
        Page::WorkingPaper => "working-paper",
        Page::Monitoring => "monitoring",
    }
}

/// The topic about where the person is: that of the page, at the heading about the field with the focus.
pub fn here(position: &Position) -> Address {
    let place = position.cell.as_ref().map(|cell| &cell.place);
    let heading = place
        .filter(|place| Page::of(place) == position.page)
        .and_then(heading);
    Address {
        topic: of_page(position.page).to_owned(),
        heading: heading.map(str::to_owned),
    }
}

/// The rule of what was found at the cell with the focus; where nothing was, the topic about where the person is.
pub fn of_cell(shown: &Shown, position: &Position) -> Address {
    let cell = position.cell.as_ref();
    let found = cell.map_or(&[][..], |cell| shown.facts.at(&cell.place));
    let findings = found.iter();
    let findings = findings.filter_map(|index| shown.facts.findings.findings.get(*index));
    let worst = findings.max_by_key(|finding| finding.level);
    worst.map_or_else(
        || here(position),
        |finding| Address::topic(finding.rule.code),
    )
}

/// The heading about a field, in the topic of its page.
fn heading(place: &Place) -> Option<&'static str> {
    Some(match place {
        place if is_of_monitoring(place) => "填年中监控",
        Place::Header(_) => "项目信息",
        Place::Stated(StatedField::MoneyUnit) => "金额单位",
        Place::Stated(StatedField::Footnote(_)) => "表下注释",
        Place::Table(..) | Place::Text(_) | Place::Footer(_) => "其他内容",
        Place::Fund(..) => "填资金表",
        Place::Goal(_, GoalField::Actual) => "实际完成情况",
        Place::Goal(..) => "预期目标",
        Place::Section(..) | Place::Group(..) => "一级、二级指标",
        Place::Indicator(_, field) => of_column(field)?,
        Place::Reason(_) => "偏差原因",
        Place::Stated(StatedField::TotalWeight | StatedField::TotalScore | StatedField::Rating) => {
            "合计和评价等级"
        }
        Place::Paper(PaperCell::Line(..)) => "逐行复核",
        Place::Paper(_) => "复核意见",
        Place::Whole | Place::Stated(StatedField::Title) => return None,
    })
}

fn of_column(field: &IndicatorField) -> Option<&'static str> {
    Some(match field {
        IndicatorField::Name => "三级指标",
        IndicatorField::Nature | IndicatorField::Target | IndicatorField::Unit => "指标值",
        IndicatorField::Actual | IndicatorField::Tier => "实际完成值",
        IndicatorField::Weight => "分值",
        IndicatorField::Score => "得分",
        IndicatorField::Deviation => "偏差原因",
        IndicatorField::Extra(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{
            id::Id,
            working_paper::{PaperField, PaperSubject},
        },
        ui::help::{book::Book, text::Block},
    };

    #[test]
    fn every_page_has_a_topic() {
        for page in Page::ALL {
            let topic = Book::get().topic(of_page(page));
            assert!(topic.is_some(), "{page:?}");
        }
    }

    #[test]
    fn every_heading_that_fields_lead_to_is_there() {
        let id = Id::from_bits(1);
        let fields = [
            IndicatorField::Name,
            IndicatorField::Target,
            IndicatorField::Actual,
            IndicatorField::Weight,
            IndicatorField::Score,
            IndicatorField::Deviation,
        ];
        let mut places = vec![
            Place::Header("name".into()),
            Place::Stated(StatedField::MoneyUnit),
            Place::Stated(StatedField::Footnote(0)),
            Place::Stated(StatedField::Rating),
            Place::Text("text".into()),
            Place::Fund(Id::from_bits(1), "name".into()),
            Place::Goal(Id::from_bits(1), GoalField::Actual),
            Place::Goal(Id::from_bits(1), GoalField::Expected),
            Place::Section(Id::from_bits(1), crate::model::path::BlockField::Weight),
            Place::Fund(Id::from_bits(1), "monitored".into()),
            Place::Paper(PaperCell::Opinion),
            Place::Paper(PaperCell::Line(PaperSubject::Execution, PaperField::Score)),
        ];
        places.extend(fields.map(|field| Place::Indicator(id, field)));
        for place in places {
            let heading = heading(&place).expect("a heading");
            let topic = Book::get()
                .topic(of_page(Page::of(&place)))
                .expect("a topic");
            let wanted = Block::Heading(heading.to_owned());
            assert!(topic.blocks.contains(&wanted), "{heading}");
        }
    }
}
