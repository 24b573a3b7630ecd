//! `merge`, `split` and `join`.

use super::{CORRECTED, Desk, FILED};

/// Puts a copy of the filed sample there with one text for another.
fn put_changed(desk: &Desk, name: &str, from: &str, to: &str) {
    let content = desk.content(FILED);
    assert!(content.contains(from), "{from} is not in the sample");
    desk.put(name, &content.replacen(from, to, 1));
}

#[test]
fn two_copies_are_joined_over_what_both_come_from() {
    let desk = Desk::new();
    put_changed(
        &desk,
        "甲.jiping",
        "\"stated\": {",
        "\"stated\": {\"title\": \"甲的标题\",",
    );
    put_changed(
        &desk,
        "乙.jiping",
        "\"header\": {",
        "\"header\": {\"extra\": \"乙的备注\",",
    );
    let arguments = [
        "merge",
        "甲.jiping",
        "乙.jiping",
        "--base",
        FILED,
        "-o",
        "合.jiping",
    ];
    let answer = desk.expect(0, &arguments);
    assert!(answer.out.contains("采用对方改动 1 处"), "{}", answer.out);
    let merged = desk.content("合.jiping");
    assert!(merged.contains("甲的标题") && merged.contains("乙的备注"));
    // Nothing is written over.
    desk.expect(2, &arguments);
    desk.expect(2, &["merge", "甲.jiping", "乙.jiping", "-o", "甲.jiping"]);
}

#[test]
fn conflicts_are_told_and_decided_as_asked() {
    let desk = Desk::new();
    let title = |text: &str| format!("\"stated\": {{\"title\": \"{text}\",");
    put_changed(&desk, "甲.jiping", "\"stated\": {", &title("甲的标题"));
    put_changed(&desk, "乙.jiping", "\"stated\": {", &title("乙的标题"));
    let files = ["merge", "甲.jiping", "乙.jiping", "--base", FILED];
    let undecided = desk.json(
        1,
        &[&files[..], &["--format", "json", "-o", "1.jiping"]].concat(),
    );
    let items = undecided["items"].as_array().expect("items");
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["clash"], "both_changed");
    assert_eq!(items[0]["choice"], "mine");
    assert_eq!(items[0]["theirs"], "乙的标题");
    assert!(desk.content("1.jiping").contains("甲的标题"));
    let decided = [
        &files[..],
        &["--take", "theirs", "--report", "-o", "2.jiping"],
    ]
    .concat();
    let answer = desk.expect(0, &decided);
    assert!(answer.out.contains("采用对方的"), "{}", answer.out);
    assert!(desk.content("2.jiping").contains("乙的标题"));
}

#[test]
fn a_file_is_split_and_joined_with_the_same_projects() {
    let desk = Desk::new();
    desk.expect(0, &["new", "另.jiping", "--name", "科普经费"]);
    desk.expect(0, &["join", FILED, "另.jiping", "-o", "全部.jiping"]);
    // The samples are two states of one project.
    desk.expect(1, &["join", FILED, CORRECTED, "-o", "一个.jiping"]);
    let all = desk.json(0, &["show", "全部.jiping"]);
    let split = ["split", "全部.jiping", "--format", "json", "-o", "分发"];
    let written = desk.json(0, &split);
    let written: Vec<String> = written["written"]
        .as_array()
        .expect("files")
        .iter()
        .map(|file| file.as_str().expect("a path").to_owned())
        .collect();
    // Nothing is written over.
    desk.expect(2, &split);
    let mut join: Vec<&str> = vec!["join"];
    join.extend(written.iter().map(String::as_str));
    join.extend(["-o", "再合.jiping"]);
    desk.expect(0, &join);
    assert_eq!(desk.json(0, &["show", "再合.jiping"]), all);
}

#[test]
fn a_part_finds_the_state_it_was_split_from() {
    let desk = Desk::new();
    desk.expect(0, &["new", "主.jiping", "--name", "科普经费"]);
    desk.expect(
        0,
        &["split", "主.jiping", "--name", "部门 {name}", "-o", "分发"],
    );
    let part = "分发/部门 科普经费.jiping";
    let filled = desk.content(part);
    let from = "\"project_name\": \"科普经费\"";
    assert!(filled.contains(from));
    desk.put(
        "退回.jiping",
        &filled.replacen(from, "\"project_name\": \"科普活动经费\"", 1),
    );
    let told = desk.json(
        0,
        &[
            "merge",
            "主.jiping",
            "退回.jiping",
            "--format",
            "json",
            "-o",
            "合.jiping",
        ],
    );
    assert_eq!(told["has_base"], true);
    assert!(desk.content("合.jiping").contains("科普活动经费"));
}
