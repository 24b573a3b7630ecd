//! `compare`: what differs, for people, programs and paper.

use super::{CORRECTED, Desk, FILED, texts};

#[test]
fn a_file_is_the_same_as_its_copy_whatever_it_is_called() {
    let desk = Desk::new();
    desk.put("副本.jiping", &desk.content(FILED));
    let answer = desk.expect(0, &["compare", FILED, "副本.jiping"]);
    assert!(answer.out.contains("内容相同"), "{}", answer.out);
    assert!(answer.out.contains("新：副本.jiping（"), "{}", answer.out);
}

#[test]
fn changes_are_told_to_people_and_programs_alike() {
    let desk = Desk::new();
    let changed = desk.content(FILED).replace("课题", "项目课题");
    desk.put("改过.jiping", &changed);
    let told = desk.json(1, &["compare", FILED, "改过.jiping", "--format", "json"]);
    assert_eq!(told["same"], false);
    assert_eq!(told["older"]["name"], FILED);
    assert_eq!(told["summary"]["changed"], 1);
    let places = texts(&told["changes"], "place");
    assert_eq!(told["summary"]["places"], places.len());
    let people = desk.expect(1, &["compare", FILED, "改过.jiping"]);
    for place in &places {
        assert!(people.out.contains(place), "{place}\n{}", people.out);
    }
    let other = ["compare", FILED, "改过.jiping", "--project", "没有这个项目"];
    desk.expect(0, &other);
}

#[test]
fn lists_and_marked_copies_are_written_and_never_over_others() {
    let desk = Desk::new();
    desk.put("有.xlsx", "别的内容");
    let compare = ["compare", FILED, CORRECTED];
    desk.expect(2, &[&compare[..], &["-o", "有.xlsx"]].concat());
    desk.expect(2, &[&compare[..], &["-o", "清单.txt"]].concat());
    assert_eq!(desk.content("有.xlsx"), "别的内容");
    let out = ["-o", "清单.xlsx", "--pdf", "对照.pdf"];
    desk.expect(1, &[&compare[..], &out].concat());
    let names = desk.names();
    for name in ["清单.xlsx", "对照.pdf"] {
        assert!(names.iter().any(|other| other == name), "{names:?}");
    }
    let csv = desk.expect(1, &[&compare[..], &["--format", "csv"]].concat());
    assert!(
        csv.out
            .contains("序号,项目名称,内容,位置,类别,改动前,改动后")
    );
}
