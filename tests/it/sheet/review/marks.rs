//! The mark behind the form: seen, not read.

use jiping::{
    model::project::Project,
    sheet::{
        booklet::{Booklet, Mark},
        picture::Picture,
    },
};

use super::{FILED, SEVERAL, Subject, booklet};
use crate::{
    cases,
    sheet::{TYPESETTER, blank, readback},
};

#[test]
fn the_words_of_the_mark_are_in_no_text() {
    for copy in [&*FILED, &*SEVERAL] {
        for mark in Mark::ALL {
            for word in &copy.words {
                assert!(!word.text.contains(mark.words()), "{word:?}");
            }
        }
        let words = format!("（{}）", copy.booklet.mark.expect("a mark").words());
        assert!(copy.booklet.title.ends_with(&words), "the title says it");
    }
}

#[test]
fn the_title_names_the_project_or_how_many_there_are() {
    assert!(
        FILED
            .booklet
            .title
            .contains(FILED.subjects[0].project.name())
    );
    assert!(SEVERAL.booklet.title.contains("等3个项目"));
}

fn picture(booklet: &Booklet) -> Picture {
    let pages = TYPESETTER.lay_out(booklet).expect("lays out");
    assert!(pages.is_settled);
    pages.picture(0, 1.0).expect("a page")
}

/// Where two pictures of the same page differ: the darkest grey among those points, and their share of the page's middle
/// in thousandths. Fails where they differ outside of it.
fn difference(one: &Picture, other: &Picture) -> (u8, usize) {
    assert_eq!((one.width, one.height), (other.width, other.height));
    let (width, height) = (one.width as usize, one.height as usize);
    let pixels = one.rgba.chunks_exact(4).zip(other.rgba.chunks_exact(4));
    let mut darkest = u8::MAX;
    let mut count = 0;
    for (index, (one, other)) in pixels.enumerate().filter(|(_, (one, other))| one != other) {
        let (x, y) = (index % width, index / width);
        let is_inside = |at: usize, size: usize| (size / 20..size - size / 20).contains(&at);
        assert!(
            is_inside(x, width) && is_inside(y, height),
            "the mark reaches to {x}, {y}"
        );
        let is_middle = |at: usize, size: usize| (size / 3..size - size / 3).contains(&at);
        count += usize::from(is_middle(x, width) && is_middle(y, height));
        // Where the page without a mark is white.
        if other[0] == 255 {
            darkest = darkest.min(one[0]);
        }
    }
    (darkest, count * 9000 / (width * height))
}

#[test]
fn each_mark_is_drawn_pale_in_the_middle_of_the_page() {
    let edition = cases::edition("mof-2020");
    let project: Project = blank(&edition);
    let subjects = [Subject::new(project, edition)];
    let mut plain = booklet(&subjects, Mark::default());
    plain.mark = None;
    let plain = picture(&plain);
    let marked = Mark::ALL.map(|mark| picture(&booklet(&subjects, mark)));
    for (mark, marked) in Mark::ALL.iter().zip(&marked) {
        let (darkest, share) = difference(marked, &plain);
        assert!(share > 50, "{mark:?}: {share} ‰ of the middle");
        assert!(darkest > 200, "{mark:?} is as dark as {darkest}");
    }
    assert!(marked[0] != marked[1] && marked[1] != marked[2] && marked[0] != marked[2]);
}

#[test]
fn a_mark_moves_nothing() {
    let mut plain = FILED.booklet.clone();
    plain.mark = None;
    let plain = TYPESETTER.lay_out(&plain).expect("lays out");
    assert_eq!(plain.cells, FILED.pages.cells);
    assert_eq!(readback::words(&plain).len(), FILED.words.len());
}
