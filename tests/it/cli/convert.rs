//! `convert`: a file on another edition, the original untouched.

use super::{Desk, FILED};

#[test]
fn a_file_is_put_on_another_edition_and_back() {
    let desk = Desk::new();
    let before = desk.content(FILED);
    let there = [
        "convert",
        FILED,
        "--edition",
        "sichuan-2022",
        "--format",
        "json",
        "-o",
    ];
    let told = desk.json(0, &[&there[..], &["四川.jiping"]].concat());
    assert_eq!(told["projects"], 1);
    assert_eq!(told["other_unit"], true);
    assert!(told["converted"].as_u64().expect("a number") > 3);
    assert_eq!(desk.content(FILED), before);

    let back = [
        "convert",
        "四川.jiping",
        "--edition",
        "shenzhen-2020",
        "-o",
        "回.jiping",
    ];
    let answer = desk.expect(0, &back);
    assert!(answer.out.contains("换好 1 个项目"), "{}", answer.out);
    let show = |file: &str| desk.json(0, &["show", file]);
    assert_eq!(
        show("回.jiping")[0]["indicators"],
        show(FILED)[0]["indicators"]
    );
}

#[test]
fn nothing_is_overwritten_and_unknown_editions_are_refused() {
    let desk = Desk::new();
    desk.put("有.jiping", "别的内容");
    for out in ["有.jiping", FILED] {
        desk.expect(2, &["convert", FILED, "--edition", "mof-2020", "-o", out]);
    }
    assert_eq!(desk.content("有.jiping"), "别的内容");
    let unknown = desk.expect(
        2,
        &["convert", FILED, "--edition", "mof-1999", "-o", "x.jiping"],
    );
    assert!(unknown.err.contains("mof-1999"));
    let kept = [
        "convert",
        FILED,
        "--edition",
        "mof-2020",
        "--amounts",
        "keep",
        "-o",
        "x.jiping",
    ];
    let answer = desk.expect(0, &kept);
    assert!(!answer.out.contains("换算了"), "{}", answer.out);
}
