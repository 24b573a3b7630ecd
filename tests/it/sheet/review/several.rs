//! Several projects in one file.

use jiping::{
    rules::checker::Verdict,
    sheet::{booklet::Booklet, pdf::Conformance},
};

use super::{FILED, ReviewCopy, SEVERAL, rows};
use crate::sheet::{
    SAMPLE, TIME, TYPESETTER,
    inspect::letters,
    readback::{self, assert_well_formed, pdf, unpacked},
};

#[test]
fn everything_comes_to_rest() {
    for copy in [&*FILED, &*SEVERAL] {
        let pages = &copy.pages;
        assert!(pages.is_settled, "moving after {} passes", pages.passes);
        assert_eq!(pages.warnings, [""; 0]);
        assert_eq!(pages.unprintable, []);
        let mut next = 0;
        for part in &pages.parts {
            assert_eq!(part.first, next);
            assert!(part.count > 0);
            next += part.count;
        }
        assert_eq!(next, pages.count());
    }
}

#[test]
fn contents_tell_the_page_of_each_project() {
    let (contents, forms) = (&SEVERAL.booklet.parts[0].sheet, SEVERAL.forms());
    let listed: Vec<_> = rows(contents).collect();
    assert_eq!(listed.len(), 3);
    for (index, (subject, cells)) in SEVERAL.subjects.iter().zip(listed).enumerate() {
        let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts[0], (index + 1).to_string());
        for said in [
            subject.project.name(),
            &Verdict::of([&subject.findings]).to_string(),
        ] {
            assert!(texts.contains(&said), "{texts:?} lack {said}");
        }
        let page = SEVERAL.pages.parts[forms[index]].first + 1;
        assert_eq!(SEVERAL.last_printed(0, index + 1), page.to_string());
    }
}

#[test]
fn one_project_has_no_contents() {
    let texts = readback::page_texts(&FILED.pages);
    assert!(!letters(&texts.concat()).contains("目录"));
    assert_eq!(FILED.forms(), [0]);
    assert_eq!(FILED.pages.parts.len(), 3);
}

/// Fails unless each page tells its number among those of its project, and among all.
fn assert_numbered(copy: &ReviewCopy) {
    let parts = &copy.booklet.parts;
    let count = copy.pages.count();
    let mut page = 0;
    let mut run = 0;
    while run < parts.len() {
        let rest = parts[run + 1..].iter();
        let end = run + 1 + rest.take_while(|part| !part.restarts).count();
        let total: usize = copy.pages.parts[run..end]
            .iter()
            .map(|part| part.count)
            .sum();
        for number in 1..=total {
            let number = format!("第{number}页共{total}页");
            let through = format!("（总第{}页）", page + 1);
            let foot = copy.foot(page);
            assert!(foot.contains(&number), "page {page}: {foot} lacks {number}");
            let is_several = copy.subjects.len() > 1;
            assert_eq!(foot.contains(&through), is_several, "page {page}: {foot}");
            page += 1;
        }
        run = end;
    }
    assert_eq!(page, count);
}

#[test]
fn pages_are_counted_by_project_and_through_the_file() {
    assert_numbered(&FILED);
    assert_numbered(&SEVERAL);
    let restarts = SEVERAL.forms().len() + 1;
    let firsts = (0..SEVERAL.pages.count())
        .filter(|page| SEVERAL.foot(*page).contains("打印第1页"))
        .count();
    assert_eq!(firsts, restarts, "contents and each project begin with 1");
}

#[test]
fn every_page_says_which_copy_it_is() {
    for copy in [&*FILED, &*SEVERAL] {
        for page in 0..copy.pages.count() {
            let foot = copy.foot(page);
            for said in ["科协自评表_$x$", "版本3f9ac2e1", "2021-03-0514:32打印"] {
                assert!(foot.contains(said), "page {page}: {foot} lacks {said}");
            }
        }
    }
}

#[test]
fn the_official_print_of_several_forms_has_the_forms_alone() {
    let sheets: Vec<_> = SEVERAL.subjects.iter().map(super::Subject::form).collect();
    let booklet = Booklet::official(sheets, TIME);
    assert_eq!((booklet.mark, &booklet.footer), (None, &None));
    assert_eq!(booklet.references, []);
    assert!(booklet.parts.iter().all(|part| part.chips.is_empty()));
    let pages = TYPESETTER.lay_out(&booklet).expect("lays out");
    assert_eq!(pages.parts.len(), 3);
    let text = letters(&readback::page_texts(&pages).concat());
    for word in ["目录", "附一", "附二", "打印", "总第", "版本"] {
        assert!(!text.contains(word), "the official print says {word}");
    }
    for (part, form) in pages.parts.iter().zip(SEVERAL.forms()) {
        let reviewed = SEVERAL.pages.parts[form];
        assert_eq!(part.count, reviewed.count, "the form ends where it did");
        assert!(text.contains(&format!("第1页共{}页", part.count)));
    }
}

fn links(bytes: &[u8]) -> usize {
    unpacked(bytes).matches("/Subtype /Link").count()
}

#[test]
fn pages_that_are_told_are_linked() {
    for copy in [&*FILED, &*SEVERAL] {
        let found = copy.booklet.references.iter();
        let found = found
            .filter(|reference| {
                let form = &copy.booklet.parts[reference.part].sheet;
                let row = reference.cell.row;
                assert_eq!(super::table(form), reference.cell.block);
                copy.last_printed(reference.part, row) != "—"
            })
            .count();
        assert!(found > 0);
        assert_eq!(links(&pdf(&copy.pages)), found);
    }
    assert_eq!(links(&pdf(&SAMPLE.pages)), 0);
}

#[test]
fn review_copies_are_sound_and_accessible() {
    for copy in [&*FILED, &*SEVERAL] {
        assert_well_formed(&pdf(&copy.pages));
        let accessible = copy.pages.pdf(Conformance::Accessible);
        let bytes = accessible.unwrap_or_else(|error| panic!("{error}"));
        assert_well_formed(&bytes);
        assert!(unpacked(&bytes).contains("pdfuaid"));
    }
}
