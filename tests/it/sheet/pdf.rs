//! The PDF: what it says of itself, that it is tagged and sound, and the same each time.

use jiping::{
    model::figure::MoneyUnit,
    sheet::{booklet::Booklet, pdf::Conformance, table::FormSheet},
};

use super::{
    EDITIONS, LaidOut, SAMPLE, TIME, TYPESETTER, blank,
    filled::{Points, filled},
    readback::{assert_well_formed, pdf, unpacked},
};
use crate::cases;

/// A PDF string in UTF-16, as qpdf writes it.
fn hexadecimal(text: &str) -> String {
    let units = text.encode_utf16().map(|unit| format!("{unit:04x}"));
    format!("<feff{}>", units.collect::<String>())
}

#[test]
fn the_file_says_what_it_is() {
    let text = unpacked(&pdf(&SAMPLE.pages));
    let has = |what: &str| assert!(text.contains(what), "the file lacks {what}");
    has("/Lang (zh-CN)");
    has("/StructTreeRoot");
    has("/MarkInfo");
    has("/Marked true");
    has(&hexadecimal("项目支出绩效自评表 科协组织建设与事业发展"));
    has(&hexadecimal("绩评"));
    has("D:20210305143207+08'00");
    has("2021-03-05T14:32:07+08:00");
}

#[test]
fn tables_and_the_title_are_tagged() {
    let text = unpacked(&pdf(&SAMPLE.pages));
    for tag in ["/S /Table", "/S /TR", "/S /TD", "/S /TH", "/S /H1"] {
        assert!(text.contains(tag), "no {tag}");
    }
}

#[test]
fn every_edition_prints_as_accessible_pdf() {
    let mut forms = vec![("sample".to_owned(), LaidOut::of(SAMPLE.sheet.clone()))];
    for edition in EDITIONS.iter() {
        let blank = LaidOut::new(&blank(edition), edition);
        forms.push((format!("blank {}", edition.id), blank));
    }
    for (name, form) in forms {
        let accessible = form.pages.pdf(Conformance::Accessible);
        let bytes = accessible.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_well_formed(&bytes);
        let text = unpacked(&bytes);
        assert!(
            text.contains("pdfuaid") && text.contains("/DisplayDocTitle true"),
            "{name}"
        );
    }
}

#[test]
fn files_are_well_formed() {
    assert_well_formed(&pdf(&SAMPLE.pages));
    let edition = cases::edition("transfer-2022");
    let form = LaidOut::new(&filled(&edition, 2, Points::Rows), &edition);
    assert_well_formed(&pdf(&form.pages));
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let again = LaidOut::of(SAMPLE.sheet.clone());
    assert!(pdf(&SAMPLE.pages) == pdf(&again.pages), "two files differ");
}

#[test]
fn the_date_is_that_of_printing() {
    let edition = cases::edition("mof-2020");
    let sheet = FormSheet::new(&blank(&edition), &edition);
    let later = TIME.date().tomorrow().expect("a day").at(0, 0, 0, 0);
    let pages = TYPESETTER
        .lay_out(&Booklet::official([sheet], later))
        .expect("lays out");
    let text = unpacked(&pdf(&pages));
    assert!(text.contains("20210306000000") && !text.contains("20210305"));
}

#[test]
fn several_forms_share_a_file_with_pages_of_their_own() {
    let edition = cases::edition("shenzhen-2020");
    let sheets = [
        SAMPLE.sheet.clone(),
        FormSheet::new(&blank(&edition), &edition),
        SAMPLE.sheet.clone(),
    ];
    let pages = TYPESETTER
        .lay_out(&Booklet::official(sheets, TIME))
        .expect("lays out");
    let counts: Vec<(usize, usize)> = pages
        .parts
        .iter()
        .map(|part| (part.first, part.count))
        .collect();
    assert_eq!(counts, [(0, 3), (3, 1), (4, 3)]);
    let texts = super::readback::drawn_texts(&pages);
    let numbers: Vec<bool> = ["第1页共3页", "第3页共3页", "第1页共1页", "第2页共3页"]
        .iter()
        .zip([0, 2, 3, 5])
        .map(|(number, page)| {
            super::inspect::letters(&texts[page].replace('\n', "")).contains(number)
        })
        .collect();
    assert_eq!(numbers, [true; 4], "{texts:?}");
}

#[test]
fn the_title_of_the_file_is_one_clean_line() {
    let edition = cases::edition("mof-2020");
    let mut project = blank(&edition);
    let name = format!("养护\u{0}\n\u{202E}工程{}", "长".repeat(200));
    project
        .header
        .insert("project_name".into(), name.as_str().into());
    let sheet = FormSheet::new(&project, &edition);
    let booklet = Booklet::official([sheet.clone(), sheet], TIME);
    assert!(booklet.title.contains("养护 工程长"), "{}", booklet.title);
    assert!(
        !booklet
            .title
            .contains(|c: char| c.is_control() || c == '\u{202E}')
    );
    assert_eq!(booklet.title.chars().count(), 100);
}

#[test]
fn the_caption_of_the_funds_names_the_unit_of_the_amounts() {
    let edition = cases::edition("mof-2020");
    let mut project = blank(&edition);
    project.money_unit = MoneyUnit::Yuan;
    let sheet = FormSheet::new(&project, &edition);
    assert!(sheet.cells().any(|(_, cell)| cell.text == "项目资金（元）"));
}
