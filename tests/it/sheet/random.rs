//! What must hold for any form.

use jiping::{
    model::{
        edition::Edition,
        figure::FigureCell,
        id::{CountedIds, Id},
        indicator::{Group, Indicator, Section, SharedReason},
        project::Project,
    },
    sheet::table::FormSheet,
};
use proptest::prelude::*;

use super::{
    EDITIONS, LaidOut, blank,
    cells::{assert_addressed_once, assert_nothing_missing, assert_tiled},
    edition_of, inspect,
};
use crate::generate;

/// A form before it is built: texts and figures are dealt out to its fields in turn.
#[derive(Debug, Clone)]
pub struct Shape {
    edition: usize,
    /// Rows by section and group.
    rows: Vec<Vec<usize>>,
    texts: Vec<String>,
    figures: Vec<String>,
    /// Rows that share a reason: the first and how many.
    spans: Vec<(usize, usize)>,
    /// Of so many rows, groups or sections one has points of its own.
    points: [usize; 3],
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[完成年度课题数量项目资金]{0,9}",
        4 => "[完成，年度课题。数量、项目“资金”（一）0-9%]{10,60}",
        2 => "[a-zA-Z0-9 .:/_#$*@<>\\[\\]\\\\=-]{1,40}",
        1 => "[完成年度\n 课题，]{1,40}",
        1 => "[a-z0-9/]{40,120}",
        1 => "[完成，年度课题。数量]{150,500}",
    ]
}

fn figure() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[1-9][0-9]{0,6}(\\.[0-9]{1,4})?%?",
        1 => "[1-9][0-9]{9,18}\\.[0-9]{2}",
        1 => Just("—".to_owned()),
        1 => Just(String::new()),
        1 => "[约合计0-9]{1,12}",
    ]
}

pub fn shape() -> impl Strategy<Value = Shape> {
    let group = prop_oneof![3 => 0..6_usize, 1 => 6..25_usize];
    let rows = proptest::collection::vec(proptest::collection::vec(group, 0..4), 0..4);
    (
        0..EDITIONS.len(),
        rows,
        proptest::collection::vec(text(), 7..40),
        proptest::collection::vec(figure(), 3..13),
        proptest::collection::vec((0..40_usize, 1..20_usize), 0..4),
        [1..4_usize, 1..4_usize, 1..4_usize],
    )
        .prop_map(|(edition, rows, texts, figures, spans, points)| Shape {
            edition,
            rows,
            texts,
            figures,
            spans,
            points,
        })
}

/// Deals a shape's texts and figures out.
struct Dealer<'a> {
    shape: &'a Shape,
    dealt: usize,
    ids: CountedIds,
}

impl Dealer<'_> {
    fn text(&mut self) -> String {
        self.dealt += 1;
        self.shape.texts[self.dealt % self.shape.texts.len()].clone()
    }

    /// One of so many is a figure, the others are blank.
    fn figure(&mut self, of: usize) -> FigureCell {
        self.dealt += 1;
        if !self.dealt.is_multiple_of(of) {
            return FigureCell::default();
        }
        let figures = &self.shape.figures;
        figures[self.dealt % figures.len()].as_str().into()
    }
}

pub fn build(shape: &Shape) -> (Project, &'static Edition) {
    let edition = &EDITIONS[shape.edition];
    let mut project = blank(edition);
    let mut dealer = Dealer {
        shape,
        dealt: 0,
        ids: CountedIds(10_000),
    };
    for field in &edition.header {
        project
            .header
            .insert(field.key.clone(), dealer.text().into());
    }
    for field in edition.texts.iter().chain(&edition.footer) {
        project
            .texts
            .insert(field.key.clone(), dealer.text().into());
        project
            .footer
            .insert(field.key.clone(), dealer.text().into());
    }
    for index in 0..project.funds.len() {
        let row = project.funds.get_mut(index).expect("a row");
        row.remark = dealer.text().into();
        for column in &edition.funds.columns {
            row.figures.insert(column.key.clone(), dealer.figure(1));
        }
    }
    for index in 0..project.goals.len() {
        let goal = project.goals.get_mut(index).expect("a goal");
        goal.expected = dealer.text().into();
        goal.actual = dealer.text().into();
        goal.sections = shape
            .rows
            .iter()
            .map(|groups| section(&mut dealer, groups))
            .collect();
        let groups = goal
            .sections
            .iter()
            .flat_map(|section| section.groups.iter());
        let rows: Vec<Id<Indicator>> = groups
            .flat_map(|group| group.indicators.iter().map(|row| row.id))
            .collect();
        for (first, count) in &shape.spans {
            let span = rows.iter().skip(*first).take(*count).copied().collect();
            goal.reasons.push(SharedReason {
                id: Id::new(&mut dealer.ids),
                copied_from: None,
                section: None,
                group: None,
                rows: span,
                text: dealer.text().into(),
                unknown: Default::default(),
            });
        }
    }
    project.stated.total_score = dealer.figure(1);
    project.stated.footnotes = vec![dealer.text(), dealer.text()];
    (project, edition)
}

fn section(dealer: &mut Dealer, groups: &[usize]) -> Section {
    let [_, _, of] = dealer.shape.points;
    Section {
        id: Id::new(&mut dealer.ids),
        copied_from: None,
        caption: "产出指标（50分）".into(),
        weight: dealer.figure(of * 3),
        score: dealer.figure(of * 3),
        groups: groups.iter().map(|rows| group(dealer, *rows)).collect(),
        unknown: Default::default(),
    }
}

fn group(dealer: &mut Dealer, rows: usize) -> Group {
    let [_, of, _] = dealer.shape.points;
    let mut group = Group::blank("社会效益指标", &mut dealer.ids);
    group.weight = dealer.figure(of);
    group.score = dealer.figure(of);
    group.indicators = (0..rows).map(|_| row(dealer)).collect();
    group
}

fn row(dealer: &mut Dealer) -> Indicator {
    let [of, _, _] = dealer.shape.points;
    let mut row = Indicator::blank(&mut dealer.ids);
    row.name = dealer.text();
    row.target = dealer.text().as_str().into();
    row.unit = "个".into();
    row.actual = dealer.text().as_str().into();
    row.weight = dealer.figure(of);
    row.score = dealer.figure(of);
    if dealer.dealt.is_multiple_of(3) {
        row.deviation = dealer.text().into();
    }
    row
}

/// A layout takes a thousand times what a case of other properties takes, so few of the cases asked for are made.
pub fn few() -> ProptestConfig {
    let asked_for = ProptestConfig::default().cases;
    ProptestConfig {
        cases: asked_for.div_ceil(24),
        max_shrink_iters: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn assert_complete(project: &Project, edition: &Edition) {
    let sheet = FormSheet::new(project, edition);
    assert_tiled(&sheet, "any form");
    assert_addressed_once(&sheet, "any form");
    assert_nothing_missing(project, edition, &sheet, "any form");
}

proptest! {
    #[test]
    fn any_form_says_everything_once(shape in shape()) {
        let (project, edition) = build(&shape);
        assert_complete(&project, edition);
    }

    #[test]
    fn any_document_says_everything_once(document in generate::document()) {
        for project in document.projects.iter() {
            assert_complete(project, &edition_of(project));
        }
    }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn any_form_is_laid_out_as_it_must_be(shape in shape()) {
        let (project, edition) = build(&shape);
        inspect::assert_sound(&LaidOut::new(&project, edition), "any form");
    }
}
