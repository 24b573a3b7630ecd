//! Where touching tables are one to the eye, and what fonts are named.

use jiping::sheet::{booklet::Booklet, fonts::Face, table::FormSheet, word::form};

use super::{
    super::{TIME, edition_of, first_project},
    bytes, part,
};

fn filed() -> FormSheet {
    let project = first_project("assets/samples/shenzhen-2020-filed.jiping");
    FormSheet::new(&project, &edition_of(&project))
}

#[test]
fn tables_that_touch_have_only_a_hidden_paragraph_between_them() {
    let document = form::document(&Booklet::official([filed()], TIME), &[]).expect("a document");
    let written = part(&bytes(&document), "word/document.xml");
    let between: Vec<&str> = written
        .split("</w:tbl>")
        .skip(1)
        .filter_map(|rest| rest.split_once("<w:tbl>").map(|(between, _)| between))
        .collect();
    assert_eq!(
        between.len(),
        1,
        "the head of the form, and its list of indicators"
    );
    assert_eq!(between[0].matches("<w:p>").count(), 1);
    assert!(between[0].contains("<w:vanish/>") && !between[0].contains("<w:t "));
}

#[test]
fn fonts_are_those_of_office_machines_by_the_face_that_was_chosen() {
    let fonts = |face| {
        let booklet = Booklet {
            face,
            ..Booklet::official([filed()], TIME)
        };
        let document = form::document(&booklet, &[]).expect("a document");
        let styles = part(&bytes(&document), "word/styles.xml");
        let mut names: Vec<String> = styles
            .split("w:eastAsia=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .filter(|name| name != "zh-CN")
            .collect();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(fonts(Face::Bundled), ["宋体", "黑体"]);
    assert_eq!(fonts(Face::Song), ["宋体"]);
    assert_eq!(fonts(Face::FangSong), ["仿宋"]);
    assert_eq!(fonts(Face::Hei), ["黑体"]);
}
