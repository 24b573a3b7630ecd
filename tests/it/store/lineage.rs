//! Which versions a file went through: kept in the file, bounded, and no reason to refuse one.

use jiping::{
    model::{
        document::Document,
        id::{CountedIds, Id},
    },
    store::{
        format::{self, Opened},
        lineage::{KEPT, Lineage, VersionId},
    },
};

fn read(bytes: &[u8]) -> Opened {
    format::read(bytes, &mut CountedIds(0)).expect("opens")
}

fn line(length: u64) -> Lineage {
    let mut ids = CountedIds(0);
    (0..length).fold(Lineage::default(), |line, _| {
        line.with(VersionId::new(&mut ids))
    })
}

#[test]
fn a_file_carries_its_latest_versions_and_gives_the_same_bytes_again() {
    let document = Document::new(Id::from_bits(1));
    let lineage = line(100);
    assert_eq!(lineage.newest_first().count(), KEPT);
    let bytes = format::write_version(&document, &lineage);
    let opened = read(&bytes);
    assert_eq!(opened.lineage, lineage);
    assert!(opened.report.is_clean(), "{:?}", opened.report);
    assert_eq!(format::lineage(&bytes), lineage);
    assert_eq!(
        format::write_version(&opened.document, &opened.lineage),
        bytes
    );
    assert!(read(&format::write(&document)).lineage.is_empty());
}

#[test]
fn what_two_lines_have_in_common_comes_latest_first() {
    let common = line(3);
    let mut mine = CountedIds(100);
    let mut theirs = CountedIds(200);
    let ours = common.with(VersionId::new(&mut mine));
    let other = common
        .with(VersionId::new(&mut theirs))
        .with(VersionId::new(&mut theirs));
    let found: Vec<String> = ours.common(&other).map(|one| one.to_string()).collect();
    assert_eq!(
        found,
        ["0000000000000003", "0000000000000002", "0000000000000001"]
    );
    assert_eq!(line(0).common(&ours).count(), 0);
}

#[test]
fn a_line_that_cannot_be_read_is_no_reason_to_refuse_a_file() {
    let whole = String::from_utf8(format::write_version(
        &Document::new(Id::from_bits(1)),
        &line(2),
    ))
    .expect("text");
    let second = "\"0000000000000002\"";
    assert!(whole.contains(second));
    for (broken, left) in [
        ("7", 1),
        ("\"no id\"", 1),
        ("null", 1),
        ("[[]]", 1),
        (second, 2),
    ] {
        let opened = read(whole.replace(second, broken).as_bytes());
        assert_eq!(opened.lineage.newest_first().count(), left, "{broken}");
    }
    let text = r#"{"format": "jiping", "versions": "none", "version": 1, "document": {"id": "0000000000000001"}}"#;
    assert!(read(text.as_bytes()).lineage.is_empty());
}
