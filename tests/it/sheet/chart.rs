//! Charts: the figures they show, the sentence they say, the files they become.

use std::collections::BTreeSet;

use jiping::{
    model::{
        edition::Edition,
        figure::{FigureCell, MoneyUnit},
        id::CountedIds,
        path::Place,
        project::{Project, header},
    },
    score::{ProjectScore, score_project},
    sheet::chart::{Across, Chart, Form, Kind, Lack, Subject},
};
use proptest::prelude::*;

use super::{TYPESETTER, edition_of, first_project};
use crate::cases;

/// A form with its score.
pub struct Scored {
    pub project: Project,
    pub edition: Edition,
    score: ProjectScore,
}

impl Scored {
    fn new(project: Project, edition: Edition) -> Self {
        Self {
            score: score_project(&project, &edition),
            project,
            edition,
        }
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            project: &self.project,
            edition: &self.edition,
            score: &self.score,
        }
    }
}

fn sample() -> Scored {
    let project = first_project("assets/samples/shenzhen-2020-filed.jiping");
    let edition = edition_of(&project);
    Scored::new(project, edition)
}

/// Makes forms of 财预〔2020〕10号, each with ids of its own.
struct Maker(CountedIds);

impl Maker {
    fn new() -> Self {
        Self(CountedIds(0))
    }

    /// A form with these amounts of the rows total, appropriation, carried over and other: budget and executed.
    fn form(&mut self, name: &str, year: &str, funds: &[(&str, &str)], total: &str) -> Scored {
        let edition = cases::edition("mof-2020");
        let mut project = Project::blank(&edition, &mut self.0);
        for (key, text) in [(header::PROJECT_NAME, name), (header::YEAR, year)] {
            project.header.insert(key.to_owned(), text.into());
        }
        for (index, (budget, executed)) in funds.iter().enumerate() {
            let row = project.funds.get_mut(index).expect("a row");
            let figures = [
                ("initial", budget),
                ("adjusted", budget),
                ("executed", executed),
            ];
            for (key, text) in figures {
                row.figures.insert(key.to_owned(), FigureCell::new(*text));
            }
        }
        project.stated.total_score = FigureCell::new(total);
        Scored::new(project, edition)
    }
}

fn drawn(kind: Kind, all: &[Scored]) -> Result<Chart, Lack> {
    let subjects: Vec<Subject<'_>> = all.iter().map(Scored::subject).collect();
    Chart::of(kind, &subjects[0], &subjects)
}

fn reading(kind: Kind, all: &[Scored]) -> String {
    drawn(kind, all).expect("a chart").reading
}

/// The values of a series.
fn values(chart: &Chart, series: usize) -> Vec<String> {
    let marks = chart.series[series].marks.iter();
    marks
        .map(|mark| {
            mark.value
                .map_or("—".to_owned(), |value| value.normalize().to_string())
        })
        .collect()
}

/// How many elements a well-formed SVG has.
fn parsed(svg: &str) -> usize {
    let elements = svg.matches('<').count();
    assert_eq!(elements, svg.matches('>').count());
    assert!(is_well_formed(svg), "not well-formed: {svg}");
    elements
}

/// Whether every element is closed in order and nothing but known escapes stands in texts.
fn is_well_formed(svg: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        let known = ["amp;", "lt;", "gt;", "quot;"];
        if !text
            .split('&')
            .skip(1)
            .all(|part| known.iter().any(|name| part.starts_with(name)))
        {
            return false;
        }
        let Some(end) = tag.find('>') else {
            return false;
        };
        let inner = &tag[1..end];
        if let Some(name) = inner.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !inner.ends_with('/') {
            open.push(inner.split_whitespace().next().unwrap_or_default());
        }
        rest = &tag[end + 1..];
    }
    open.is_empty()
}

#[test]
fn the_sample_shows_its_funds_and_where_it_lost_points() {
    let sample = [sample()];
    let funds = drawn(Kind::Funds, &sample).expect("a chart");
    let names: Vec<&str> = funds.series.iter().map(|series| &*series.name).collect();
    assert_eq!(names, ["年初预算", "全年预算", "全年执行"]);
    insta::assert_snapshot!(funds.reading, @"全年预算 8,108,600.00 元，执行 8,086,475.64 元，执行率 99.7%。");
    let sections = drawn(Kind::Sections, &sample).expect("a chart");
    assert_eq!(sections.names()[0], "预算执行率");
    insta::assert_snapshot!(sections.reading, @"总分 99.97 分（分值合计 100），失分最多的是预算执行率（分值 10，得 9.97）。");
}

#[test]
fn funds_are_told_by_source_in_the_unit_that_fits() {
    let mut maker = Maker::new();
    let form = maker.form(
        "道路养护",
        "2020年",
        &[("1200", "1150"), ("1000", "990"), ("200", "160"), ("", "")],
        "95",
    );
    let chart = drawn(Kind::Funds, &[form]).expect("a chart");
    assert_eq!(chart.names(), ["当年财政拨款", "上年结转资金", "其他资金"]);
    assert_eq!(values(&chart, 2), ["990", "160", "—"]);
    assert_eq!(chart.values.unit, "万元");
    insta::assert_snapshot!(chart.reading, @"全年预算 1,200.00 万元，执行 1,150.00 万元，执行率 95.83%，其中上年结转资金最低（80.00%）；未填写或不是数字：其他资金。");
    let words = &chart.series[2].marks[1].words;
    assert_eq!(words, "上年结转资金 全年执行数 160.00 万元");

    let mut small = maker.form("小额", "2020年", &[("0.5", "0.25")], "");
    let chart = drawn(Kind::Funds, std::slice::from_ref(&small)).expect("a chart");
    assert_eq!((chart.values.unit.as_str(), chart.names().len()), ("元", 1));
    assert_eq!(values(&chart, 2), ["2500"]);
    small.project.money_unit = MoneyUnit::Yuan;
    let chart = drawn(Kind::Funds, &[small]).expect("a chart");
    assert_eq!(values(&chart, 2), ["0.25"]);
}

#[test]
fn the_reading_of_funds_is_true_where_budgets_are_odd() {
    let mut maker = Maker::new();
    let mut of = |budget: &str, executed: &str| {
        let form = maker.form("甲", "2020年", &[(budget, executed)], "");
        reading(Kind::Funds, &[form])
    };
    insta::assert_snapshot!(of("100", "120"), @"全年预算 100.00 万元，执行 120.00 万元，执行率 120.00%，超出预算 20.00 万元。");
    insta::assert_snapshot!(of("0", "5"), @"全年预算 0.00 万元，执行 5.00 万元，预算数为 0，执行率无法计算，请按当地规定处理，超出预算 5.00 万元。");
    insta::assert_snapshot!(of("100", "约九十"), @"全年预算 100.00 万元，执行合计未填写或不是数字。");
    insta::assert_snapshot!(of("100", "-5"), @"全年预算 100.00 万元，执行 -5.00 万元，执行率 -5.00%。");
    insta::assert_snapshot!(of("1000000000000000", "1"), @"全年预算 1,000,000,000,000,000.00 万元，执行 1.00 万元，执行率 0.00%。");
}

#[test]
fn a_blank_form_says_what_to_fill_in() {
    let form = [Maker::new().form("甲", "", &[], "")];
    for kind in Kind::ALL {
        let lack = drawn(kind, &form).expect_err("nothing to draw");
        assert_eq!(lack.kind, kind);
        assert!(lack.words.contains("填写"), "{}", lack.words);
        assert!(lack.at.is_some(), "{kind:?}");
    }
}

#[test]
fn rates_stand_lowest_first_against_the_limit_of_the_edition() {
    let mut maker = Maker::new();
    let all = [
        maker.form("甲", "2020年", &[("100", "95")], ""),
        maker.form("乙", "2020年", &[("100", "60")], ""),
        maker.form("丙", "2020年", &[("100", "130")], ""),
        maker.form("丁", "2020年", &[("", "3")], ""),
    ];
    let chart = drawn(Kind::Rates, &all).expect("a chart");
    assert_eq!(chart.names(), ["乙", "甲", "丙"]);
    assert_eq!(chart.form, Form::Rows);
    let limits: Vec<String> = chart
        .limits
        .iter()
        .map(|limit| limit.at.to_string())
        .collect();
    assert_eq!(limits, ["90"]);
    assert_eq!(
        (values(&chart, 0), values(&chart, 1)),
        (vec!["95".into(), "130".into()], vec!["60".to_owned()])
    );
    insta::assert_snapshot!(chart.reading, @"3 个项目的预算执行率在 60.00% 到 130.00% 之间，最低的是“乙”，低于 90% 的有 1 个：“乙”，超过 100% 的有“丙”；算不出执行率、没有画出的有“丁”。");
    // An edition without a limit has no line and says so.
    insta::assert_snapshot!(reading(Kind::Rates, &[sample()]), @"“科协组织建设与事业发展” 预算执行率 99.7%，所用表样没有规定须说明原因的界限。");
    let mixed = [sample(), maker.form("乙", "2020年", &[("100", "60")], "")];
    insta::assert_snapshot!(reading(Kind::Rates, &mixed), @"2 个项目的预算执行率在 60.00% 到 99.7% 之间，最低的是“乙”，低于 90% 的有 1 个：“乙”，1 个项目的表样没有规定界限。");
}

#[test]
fn different_limits_are_said_and_each_project_is_held_against_its_own() {
    let mut maker = Maker::new();
    let mut first = maker.form("甲", "2020年", &[("100", "85")], "");
    first.edition.checks.explain_rate_below = Some(80.into());
    let second = maker.form("乙", "2020年", &[("100", "85")], "");
    let chart = drawn(Kind::Rates, &[first, second]).expect("a chart");
    assert_eq!(chart.limits.len(), 2);
    assert_eq!(values(&chart, 1), ["85"]);
    assert!(chart.series[1].marks[0].words.starts_with('乙'));
    assert!(
        chart.reading.contains("界限不同（80%、90%）"),
        "{}",
        chart.reading
    );
}

#[test]
fn many_projects_are_thin_columns() {
    let mut maker = Maker::new();
    let all: Vec<Scored> = (0..200)
        .map(|number| {
            let executed = (number % 101).to_string();
            maker.form(
                &format!("项目{number}"),
                "2020年",
                &[("100", &executed)],
                "90",
            )
        })
        .collect();
    let chart = drawn(Kind::Rates, &all).expect("a chart");
    assert_eq!((chart.form, chart.names().len()), (Form::Thin, 200));
    assert_eq!(chart.spots().len(), 200);
    insta::assert_snapshot!(chart.reading, @"200 个项目的预算执行率在 0.00% 到 100.00% 之间，最低的是“项目0”，低于 90% 的有 180 个：“项目0”、“项目101”、“项目1”等。");
    let points = drawn(Kind::Merits, &all).expect("a chart");
    assert!(matches!(points.across, Across::Axis(..)));
    assert_eq!(points.spots().len(), 200);
}

#[test]
fn a_name_stands_whole_in_the_numbers_whatever_signs_it_has() {
    let mut maker = Maker::new();
    let all = [
        maker.form("空白", "2020年", &[("", "")], ""),
        maker.form("专项：道路养护", "2020年", &[("100", "95")], "99"),
    ];
    let table = drawn(Kind::Merits, &all).expect("a chart").table();
    let last = table.lines().last().expect("a line");
    assert_eq!(last, "专项：道路养护\t95\t99");
}

#[test]
fn low_execution_with_high_marks_is_named() {
    let mut maker = Maker::new();
    let all = [
        maker.form("甲", "2020年", &[("100", "45")], "98"),
        maker.form("乙", "2020年", &[("100", "45")], "70"),
        maker.form("丙", "2020年", &[("100", "95")], "99"),
        maker.form("丁", "2020年", &[("100", "95")], ""),
    ];
    let chart = drawn(Kind::Merits, &all).expect("a chart");
    let corner = chart.corner.as_ref().expect("a corner");
    assert_eq!((corner.below, corner.from), (90.into(), 90.into()));
    assert_eq!(chart.series[1].marks.len(), 1);
    insta::assert_snapshot!(chart.reading, @"3 个项目中有 1 个执行率低于 90%、总分 90 分以上，请核实：“甲”；缺少执行率或得分、没有画出的有“丁”。");
    let table = chart.table();
    assert!(table.contains("甲\t45\t98"), "{table}");
}

#[test]
fn a_project_is_followed_through_the_years() {
    let mut maker = Maker::new();
    let one = maker.form("道路养护", "2019年", &[("100", "85")], "90");
    let lack = drawn(Kind::Years, std::slice::from_ref(&one)).expect_err("one year");
    assert!(lack.words.contains("复制到下一年度"), "{}", lack.words);
    let mut renamed = maker.form("道路养护（二期）", "2021年", &[("100", "95.83")], "88.5");
    renamed.project.copied_from = Some(one.project.id);
    let named = maker.form("道路养护", "2020年", &[("100", "")], "89");
    let other = maker.form("绿化", "2020年", &[("100", "10")], "50");
    let mut sibling = maker.form("绿化", "2019年", &[("100", "10")], "50");
    sibling.project.copied_from = Some(one.project.id);
    let all = [one, renamed, named, other, sibling];
    let chart = drawn(Kind::Years, &all).expect("a chart");
    assert_eq!(chart.names(), ["2019年", "2020年", "2021年"]);
    assert_eq!(values(&chart, 0), ["85", "—", "95.83"]);
    assert_eq!(values(&chart, 1), ["90", "89", "88.5"]);
    insta::assert_snapshot!(chart.reading, @"2019年到2021年，预算执行率由 85.00% 升至 95.83%，总分由 90 分降至 88.5 分；没有数据：2020年的执行率。");
    // Seen from the renamed form, it is the same.
    let subjects: Vec<Subject<'_>> = all.iter().map(Scored::subject).collect();
    let again = Chart::of(Kind::Years, &subjects[1], &subjects).expect("a chart");
    assert_eq!(again.names(), chart.names());
}

#[test]
fn marks_lead_to_fields_that_are_there() {
    let all = [sample()];
    for kind in [Kind::Funds, Kind::Sections, Kind::Rates, Kind::Merits] {
        let chart = drawn(kind, &all).expect("a chart");
        for spot in chart.spots() {
            let at = &spot.mark.at;
            assert_eq!(at.project, all[0].project.id);
            assert!(
                all[0].project.cell_text(&at.place).is_some(),
                "{kind:?}: {at}"
            );
            assert_ne!(at.place, Place::Whole);
        }
    }
}

#[test]
fn svg_is_well_formed_and_escapes_what_users_typed() {
    let mut maker = Maker::new();
    let name = "<script>&amp;\"甲\"</text>\u{0}\u{202E}乙";
    let all = [
        maker.form(name, "2020年", &[("100", "45")], "98"),
        maker.form("", "2019年", &[("100", "95")], "97"),
    ];
    for kind in [Kind::Funds, Kind::Rates, Kind::Merits] {
        let chart = drawn(kind, &all).expect("a chart");
        let svg = chart.svg();
        assert!(parsed(&svg) > 20);
        // By itself a chart has a ground, on a page it has none.
        let ground = "#ffffff\"/>\n<text";
        assert!(svg.contains(ground) && !chart.clear_svg().contains(ground));
        assert!(!svg.contains("<script>") && !svg.contains('\u{202E}'));
        assert!(svg.contains("font-family=\"Jiping Sans"));
    }
}

#[test]
fn a_small_chart_stays_as_it_is() {
    let form = Maker::new().form("甲", "2020年", &[("100", "45")], "");
    let svg = drawn(Kind::Rates, &[form]).expect("a chart").svg();
    let body = svg.split("</defs>").nth(1).expect("a body");
    insta::assert_snapshot!(body, @r##"
    <rect width="640" height="199" fill="#ffffff"/>
    <text x="16.0" y="32.0" font-size="16" font-weight="bold">各项目预算执行率</text>
    <text x="624.0" y="32.0" font-size="10" text-anchor="end"></text>
    <text x="16.0" y="57.0" font-size="11.5">“甲” 预算执行率 45.00%，低于 90% 的有 1 个：“甲”。</text>
    <rect x="16.0" y="74.0" width="12.0" height="10.0" fill="#1f4e8c"/>
    <text x="33.0" y="83.0" font-size="10">不低于界限</text>
    <rect x="101.0" y="74.0" width="12.0" height="10.0" fill="#e8a32b"/>
    <rect x="101.0" y="74.0" width="12.0" height="10.0" fill="url(#hue1)"/>
    <text x="118.0" y="83.0" font-size="10">低于界限</text>
    <line x1="176.0" y1="79.0" x2="190.0" y2="79.0" stroke="#b3261e" stroke-width="1.2" stroke-dasharray="5 3"/>
    <text x="195.0" y="83.0" font-size="10">低于 90% 须说明原因</text>
    <line x1="34.0" y1="101.0" x2="34.0" y2="149.0" stroke="#1c2024" stroke-width="0.8"/>
    <text x="34.0" y="163.0" font-size="10" text-anchor="middle">0</text>
    <line x1="143.2" y1="101.0" x2="143.2" y2="149.0" stroke="#d5d9df" stroke-width="0.8"/>
    <text x="143.2" y="163.0" font-size="10" text-anchor="middle">20</text>
    <line x1="252.4" y1="101.0" x2="252.4" y2="149.0" stroke="#d5d9df" stroke-width="0.8"/>
    <text x="252.4" y="163.0" font-size="10" text-anchor="middle">40</text>
    <line x1="361.6" y1="101.0" x2="361.6" y2="149.0" stroke="#d5d9df" stroke-width="0.8"/>
    <text x="361.6" y="163.0" font-size="10" text-anchor="middle">60</text>
    <line x1="470.8" y1="101.0" x2="470.8" y2="149.0" stroke="#d5d9df" stroke-width="0.8"/>
    <text x="470.8" y="163.0" font-size="10" text-anchor="middle">80</text>
    <line x1="580.0" y1="101.0" x2="580.0" y2="149.0" stroke="#d5d9df" stroke-width="0.8"/>
    <text x="580.0" y="163.0" font-size="10" text-anchor="middle">100</text>
    <text x="580.0" y="178.0" font-size="10" text-anchor="end">预算执行率（%）</text>
    <text x="28.0" y="128.5" font-size="10" text-anchor="end">甲</text>
    <rect x="34.0" y="107.7" width="245.7" height="34.0" fill="#e8a32b"/>
    <rect x="34.0" y="107.7" width="245.7" height="34.0" fill="url(#hue1)"/>
    <text x="283.7" y="128.5" font-size="10">45.00%</text>
    <line x1="525.4" y1="98.0" x2="525.4" y2="149.0" stroke="#b3261e" stroke-width="1.2" stroke-dasharray="5 3"/>
    </svg>
    "##);
}

#[test]
fn png_has_the_texts_of_the_chart_in_ink() {
    let chart = drawn(Kind::Funds, &[sample()]).expect("a chart");
    let png = chart.png(&TYPESETTER, 1.0).expect("a picture");
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let width = u32::from_be_bytes(png[16..20].try_into().expect("four bytes"));
    assert_eq!(width, 640);
    // Without the title the picture is another: it is drawn, in a font that has it.
    let without = Chart {
        title: String::new(),
        ..chart.clone()
    };
    assert_ne!(without.png(&TYPESETTER, 1.0).expect("a picture"), png);
    let twice = chart.png(&TYPESETTER, 2.0).expect("a picture");
    let width = u32::from_be_bytes(twice[16..20].try_into().expect("four bytes"));
    assert_eq!(width, 1280);
}

/// Charts as pictures to be looked at: `target/charts/`.
#[test]
fn every_chart_is_drawn_to_be_looked_at() {
    let folder = super::folder("target/charts");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut maker = Maker::new();
    let long = "城乡结合部老旧小区雨污分流改造及配套道路恢复工程（第三标段，含征地拆迁补偿）";
    let few = [
        maker.form(
            "道路养护",
            "2019年",
            &[("1200", "1150"), ("1000", "990"), ("200", "160"), ("", "")],
            "95",
        ),
        maker.form(long, "2020年", &[("100", "45")], "98"),
        maker.form("道路养护", "2020年", &[("100", "-5")], "70"),
        maker.form("道路养护", "2021年", &[("100", "130")], "91.5"),
    ];
    let many: Vec<Scored> = (0..200)
        .map(|number| {
            let executed = (30 + number * 7 % 71).to_string();
            let total = (60 + number * 13 % 41).to_string();
            maker.form(
                &format!("项目{number}"),
                "2020年",
                &[("100", &executed)],
                &total,
            )
        })
        .collect();
    let sample = [sample()];
    let mut written = BTreeSet::new();
    for (name, all) in [
        ("sample", &sample[..]),
        ("few", &few[..]),
        ("many", &many[..]),
    ] {
        for kind in Kind::ALL {
            if let Ok(chart) = drawn(kind, all) {
                let png = chart.png(&TYPESETTER, 1.5).expect("a picture");
                let file = format!("{kind:?}-{name}.png").to_lowercase();
                std::fs::write(folder.join(&file), png).expect("written");
                written.insert(file);
            }
        }
    }
    assert_eq!(written.len(), 4 + 4 + 3, "{written:?}");
}

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[甲乙丙<>&\"'\u{0}-\u{1F}\u{202E}\u{FFFE}]{0,40}",
        "[a-z]{100,300}",
        Just("项目".repeat(300)),
        any::<String>(),
    ]
}

fn hostile_number() -> impl Strategy<Value = String> {
    prop_oneof![
        "-?[0-9]{1,15}(\\.[0-9]{1,10})?",
        Just("1000000000000000".to_owned()),
        Just("0.0000000001".to_owned()),
        Just("0".to_owned()),
        Just("约".to_owned()),
        Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_names_and_numbers_make_sound_charts(
        forms in prop::collection::vec(
            (hostile_text(), 2018..2022_i16, prop::collection::vec((hostile_number(), hostile_number()), 4), hostile_number()),
            1..30,
        )
    ) {
        let mut maker = Maker::new();
        let all: Vec<Scored> = forms
            .iter()
            .map(|(name, year, funds, total)| {
                let funds: Vec<(&str, &str)> = funds.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                maker.form(name, &year.to_string(), &funds, total)
            })
            .collect();
        for kind in Kind::ALL {
            let Ok(chart) = drawn(kind, &all) else { continue };
            prop_assert!(chart.reading.ends_with('。') && !chart.reading.contains('\n'));
            prop_assert!(chart.values.low < chart.values.high);
            for spot in chart.spots() {
                for share in [spot.area.from.0, spot.area.from.1, spot.area.to.0, spot.area.to.1] {
                    prop_assert!((-1e-9..=1.0 + 1e-9).contains(&share), "{share}");
                }
            }
            let svg = chart.svg();
            prop_assert!(parsed(&svg) > 10);
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf\""));
            prop_assert!(svg.chars().all(|c| c == '\n' || !c.is_control()));
            let widths: BTreeSet<usize> = chart.table().lines().map(|line| line.matches('\t').count()).collect();
            prop_assert_eq!(widths.len(), 1);
        }
    }
}
