//! What is printed of an open document, and the files made of it.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use jiff::civil::date;
use jiping::{
    edit::command::EditCommand,
    model::{
        path::{IndicatorField, Place},
        project::header,
    },
    printers::{Abilities, Condition, Progress, SpoolError, Ticket, simulated::SimulatedPrinters},
    session::{
        environment::{Environment, FixedClock},
        print::{
            Copy, Extent, PrintOptions,
            files::{PrintError, file_name},
            paper::Errand,
        },
        session::Session,
    },
    sheet::{booklet::Mark, fonts::Face, layout::Typesetter, review::ReviewOptions},
    store::simulated::SimulatedFs,
};

const SAMPLE: &[u8] = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
static TYPESETTER: LazyLock<Typesetter> = LazyLock::new(Typesetter::new);

fn opened() -> (SimulatedFs, Arc<FixedClock>, Arc<Environment>, Session) {
    let fs = SimulatedFs::new();
    fs.put("/docs/表.jiping", SAMPLE);
    let now = date(2021, 3, 5).at(14, 32, 0, 0);
    let now = now.to_zoned(jiff::tz::TimeZone::UTC).expect("a time");
    let clock = Arc::new(FixedClock::new(now));
    let environment = Arc::new(Environment::for_tests(&fs, Arc::clone(&clock), 1));
    let session = Session::open(Arc::clone(&environment), Path::new("/docs/表.jiping"));
    (fs, clock, environment, session.expect("it opens"))
}

fn options(session: &Session, copy: Copy) -> PrintOptions {
    let first = session.document().projects.get(0).expect("a project");
    PrintOptions {
        extent: Extent::Project(first.id),
        copy,
        face: Face::Bundled,
    }
}

fn rename(session: &mut Session, name: &str) {
    let project = session.document().projects.get(0).expect("a project");
    let command = EditCommand::SetCell {
        at: project.at(Place::Header(header::PROJECT_NAME.into())),
        text: name.into(),
    };
    session.edit(&command).expect("it is allowed");
}

#[test]
fn an_order_stays_the_same_until_something_printed_changes() {
    let (_, clock, _, mut session) = opened();
    let official = options(&session, Copy::Official);
    let order = session.print_order(official);
    clock.set(
        date(2021, 3, 5)
            .at(15, 0, 0, 0)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .expect("a time"),
    );
    assert!(session.print_order(official).is_same(&order));
    rename(&mut session, "别的名称");
    assert!(!session.print_order(official).is_same(&order));
    session.undo();
    assert!(session.print_order(official).is_same(&order));
    let review = Copy::Review(Mark::Draft, ReviewOptions::default());
    let review = options(&session, review);
    assert!(!session.print_order(review).is_same(&order));
}

#[test]
fn a_review_copy_says_whether_it_was_saved() {
    let (_, _, _, mut session) = opened();
    let review = Copy::Review(Mark::Draft, ReviewOptions::default());
    let review = options(&session, review);
    let order = session.print_order(review);
    rename(&mut session, "别的名称");
    session.undo();
    // The content is the same again, and so is what the print says of it.
    assert!(session.print_order(review).is_same(&order));
    rename(&mut session, "别的名称");
    assert!(!session.print_order(review).is_same(&order));
}

#[test]
fn every_printed_field_is_found_where_it_is_printed() {
    let (_, _, _, mut session) = opened();
    let official = options(&session, Copy::Official);
    let proof = session.print_order(official).proof(&TYPESETTER);
    let proof = proof.expect("pages");
    let project = session.document().projects.get(0).expect("a project");
    assert_eq!(proof.page_of(project.id), Some(0));
    for row in project.rows() {
        let at = project.at(Place::Indicator(row.indicator.id, IndicatorField::Name));
        let [(page, rect)] = proof.places_of(&at) else {
            panic!("{at:?} is printed once");
        };
        let middle = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
        let (found, _) = proof.field_at(*page, middle.0, middle.1).expect("a field");
        assert_eq!(*found, at);
    }
    assert!(proof.field_at(0, 1.0, 1.0).is_none());
    assert!(proof.field_at(99, 100.0, 100.0).is_none());
}

#[test]
fn pages_that_look_alike_share_their_look() {
    let (_, _, _, mut session) = opened();
    let official = options(&session, Copy::Official);
    let before = session.print_order(official).proof(&TYPESETTER);
    let before = before.expect("pages").looks;
    let project = session.document().projects.get(0).expect("a project");
    let last = project.rows().last().expect("rows").indicator.id;
    let command = EditCommand::SetCell {
        at: project.at(Place::Indicator(last, IndicatorField::Actual)),
        text: "99".into(),
    };
    session.edit(&command).expect("it is allowed");
    let after = session.print_order(official).proof(&TYPESETTER);
    let after = after.expect("pages").looks;
    assert_eq!(before.len(), after.len());
    assert_eq!(before[0], after[0]);
    assert_ne!(before.last(), after.last());
}

#[test]
fn a_part_of_a_page_is_what_the_whole_shows_there() {
    use jiping::sheet::picture::Region;
    let (_, _, _, mut session) = opened();
    let official = options(&session, Copy::Official);
    let proof = session.print_order(official).proof(&TYPESETTER);
    let pages = proof.expect("pages").pages;
    let whole = pages.picture(0, 2.0).expect("a picture");
    let region = Region {
        left: 200,
        top: 300,
        width: 160,
        height: 90,
    };
    let part = pages.part_of_picture(0, 2.0, region).expect("a picture");
    assert_eq!((part.width, part.height), (160, 90));
    let mut differing = 0;
    for y in 0..90_usize {
        let from = ((y + 300) * whole.width as usize + 200) * 4;
        let own = y * 160 * 4;
        let (theirs, ours) = (&whole.rgba[from..from + 640], &part.rgba[own..own + 640]);
        let pairs = theirs.iter().zip(ours);
        differing += pairs.filter(|(a, b)| a.abs_diff(**b) > 2).count();
    }
    // A letter may stand a hair elsewhere.
    assert!(differing < part.rgba.len() / 100, "{differing} differ");
    let inked = part.rgba.chunks_exact(4).filter(|pixel| pixel[0] < 128);
    assert!(inked.count() > 50, "there is something to see");
    let empty = Region { width: 0, ..region };
    assert!(pages.part_of_picture(0, 2.0, empty).is_none());
    assert!(pages.part_of_picture(9, 2.0, region).is_none());
}

#[test]
fn a_pdf_beside_the_document_replaces_only_what_nobody_worked_on() {
    let (fs, _, environment, mut session) = opened();
    let document = Path::new("/docs/表.jiping");
    let official = options(&session, Copy::Official);
    let proof = session.print_order(official).proof(&TYPESETTER);
    let proof = proof.expect("pages");
    let path = proof.write_beside(&environment, document).expect("written");
    assert_eq!(path, Path::new("/docs/表.pdf"));
    let own = fs.content("/docs/表.pdf").expect("a file");
    rename(&mut session, "别的名称");
    let changed = session.print_order(official).proof(&TYPESETTER);
    let changed = changed.expect("pages");
    changed
        .write_beside(&environment, document)
        .expect("renewed");
    assert_ne!(fs.content("/docs/表.pdf").expect("a file"), own);
    // Commented in another program: modified later than made.
    let text = String::from_utf8_lossy(&own).replace(
        "<xmp:ModifyDate>2021-03-05T14:32:00",
        "<xmp:ModifyDate>2021-03-06T09:00:00",
    );
    assert_ne!(text.as_bytes(), String::from_utf8_lossy(&own).as_bytes());
    for foreign in [text.into_bytes(), b"%PDF-1.4 a scan".to_vec(), Vec::new()] {
        fs.put("/docs/表.pdf", foreign.clone());
        let refused = proof.write_beside(&environment, document);
        assert!(matches!(refused, Err(PrintError::Foreign(_))));
        assert_eq!(fs.content("/docs/表.pdf").expect("it"), foreign);
    }
}

#[test]
fn what_other_programs_showed_on_earlier_days_is_removed() {
    let (fs, clock, environment, mut session) = opened();
    let official = options(&session, Copy::Official);
    let proof = session.print_order(official).proof(&TYPESETTER);
    let proof = proof.expect("pages");
    let first = proof.write_view(&environment, "甲/乙").expect("written");
    assert_eq!(first, Path::new("/data/views/2021-03-05 14-32-00 甲乙.pdf"));
    let tomorrow = date(2021, 3, 6).at(9, 0, 0, 0);
    let tomorrow = tomorrow.to_zoned(jiff::tz::TimeZone::UTC);
    clock.set(tomorrow.expect("a time"));
    let second = proof.write_view(&environment, "甲").expect("written");
    assert!(fs.content(&first).is_none());
    assert!(fs.content(&second).is_some());
}

#[test]
fn a_title_makes_a_name_that_every_system_takes() {
    assert_eq!(file_name(r#"a\/:*?"<>|b"#), "ab");
    assert_eq!(file_name(" . "), "绩效自评表");
    assert_eq!(file_name(""), "绩效自评表");
    assert_eq!(file_name(&"长".repeat(500)).chars().count(), 60);
}

#[test]
fn a_job_that_is_given_up_prints_nothing() {
    let (_, _, _, mut session) = opened();
    let official = options(&session, Copy::Official);
    let proof = session.print_order(official).proof(&TYPESETTER);
    let proof = proof.expect("pages");
    let printers = SimulatedPrinters::default();
    printers.add("财务室", Condition::Ready, Abilities::default());
    let errand = Errand {
        printer: "财务室".into(),
        chosen: vec![0, 1, 2],
        ticket: Ticket::default(),
    };
    let send = |goes_on: &dyn Fn(Progress) -> bool| proof.send(&printers, "表", &errand, goes_on);
    let given_up = send(&|progress| progress.done < 2);
    assert!(matches!(
        given_up,
        Err(PrintError::Spool(SpoolError::Cancelled))
    ));
    assert!(printers.sent().is_empty());
    send(&|_| true).expect("it is printed");
    assert_eq!(printers.sent().len(), 1);
}
