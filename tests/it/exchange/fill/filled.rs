//! From end to end: the files of the corpus are filled in and read again.

use jiping::exchange::{
    child::Within,
    fill::{FillError, Filled, Unplaced, fill},
    recognise::Recognised,
    watch::Unwatched,
};

use super::{
    super::forms,
    changes,
    corpus::{self, content, recognised, subjects},
};

/// The files of the corpus that hold forms.
fn files() -> impl Iterator<Item = (String, Vec<u8>)> {
    corpus::files().filter(|(name, _)| !name.starts_with("account"))
}

fn filled(name: &str, bytes: &[u8], with: &Recognised) -> Filled {
    fill(bytes, name, &subjects(with), &Within, &Unwatched)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// How what is read from the file differs from what was filled in.
fn differences(name: &str, filled: &Filled, with: &Recognised) -> String {
    let name = format!("{name}.{}", ending(filled));
    corpus::faults(
        &name,
        with,
        &content(&name, &filled.bytes),
        &filled.unplaced,
    )
}

fn ending(filled: &Filled) -> &'static str {
    match filled.kind {
        jiping::exchange::kind::Kind::Word => "docx",
        _ => "xlsx",
    }
}

/// To look at the files: JIPING_FILLED names a folder that they are written to.
fn keep(name: &str, filled: &Filled) {
    if let Ok(folder) = std::env::var("JIPING_FILLED") {
        let path = std::path::Path::new(&folder).join(format!("{name}.{}", ending(filled)));
        std::fs::write(path, &filled.bytes).expect("a folder");
    }
}

#[test]
fn other_values_are_read_back() {
    let mut all = String::new();
    for (name, bytes) in files() {
        let mut with = recognised(&name, &content(&name, &bytes));
        for at in 0..with.forms.len() {
            let mut project = with.forms[at].project.clone();
            changes::values(&mut project, &with, at);
            with.forms[at].project = project;
        }
        let filled = filled(&name, &bytes, &with);
        keep(&name, &filled);
        all.push_str(&differences(&name, &filled, &with));
    }
    assert!(all.is_empty(), "{all}");
}

#[test]
fn inserted_rows_are_read_back() {
    let mut all = String::new();
    for (name, bytes) in files() {
        let mut with = recognised(&name, &content(&name, &bytes));
        let mut added = 0;
        for form in &mut with.forms {
            added += changes::more_rows(&mut form.project);
        }
        let filled = filled(&name, &bytes, &with);
        keep(&format!("more-{name}"), &filled);
        assert_eq!(filled.inserted, added, "{name}");
        all.push_str(&differences(&name, &filled, &with));
    }
    assert!(all.is_empty(), "{all}");
}

/// The templates of workbooks take what they have a place for, and tell of all the rest.
#[test]
fn a_smaller_template_takes_what_it_has_a_place_for_and_tells_of_the_rest() {
    let name = "v01-mof.docx";
    let with = recognised(
        name,
        &content(
            name,
            &std::fs::read(forms::folder().join(name)).expect("a file"),
        ),
    );
    for name in ["plain", "formulas", "protected", "hidden"] {
        let filled = filled("模板.xlsx", &super::bytes(name), &with);
        keep(&format!("template-{name}"), &filled);
        let content = content("模板.xlsx", &filled.bytes);
        let texts: Vec<&str> = content
            .grids
            .iter()
            .flat_map(|grid| grid.cells.iter().map(|cell| cell.text.as_str()))
            .collect();
        // The header, amounts by name and key, rows of the groups it has and of those it lacks.
        for text in [
            "公共图书馆免费开放补助",
            "86.00",
            "送书下乡次数",
            "时效指标",
            "图书上架时间",
            "39.8元/册",
        ] {
            assert!(texts.contains(&text), "{name} {text}\n{texts:#?}");
        }
        // Two rows of three and one of two are there, and none for two groups of a single row.
        assert_eq!((filled.inserted, filled.projects.len()), (4, 1), "{name}");
        let told = |text: &str| {
            filled
                .unplaced
                .iter()
                .any(|unplaced| unplaced.text.contains(text))
        };
        // Goals, a block and a fund row that it lacks.
        for text in ["县图书馆全年免费开放", "年进馆人次", "6.00"] {
            assert!(told(text), "{name} {text}\n{:#?}", filled.unplaced);
        }
        // What a fund row would have filled in is told once.
        let of_row = |unplaced: &&Unplaced| unplaced.text.contains("6.00");
        assert_eq!(filled.unplaced.iter().filter(of_row).count(), 1, "{name}");
        // A formula keeps its cell; the template's own targets are told.
        let remarks = filled.remarks.join("\n");
        let kept = remarks.contains("是公式，保留了原表的公式");
        assert_eq!(kept, matches!(name, "formulas" | "protected"), "{name}");
        assert!(
            remarks.contains("指标值”是“10”，已按项目写为“≥5000册”"),
            "{remarks}"
        );
    }
}

#[test]
fn each_project_goes_to_its_own_form_and_what_has_none_is_told() {
    let name = "v23-three-forms.docx";
    let bytes = std::fs::read(forms::folder().join(name)).expect("a file");
    let mut with = recognised(name, &content(name, &bytes));
    with.forms.reverse();
    with.forms.remove(0);
    let other = recognised("v01-mof.docx", &{
        let name = "v01-mof.docx";
        content(
            name,
            &std::fs::read(forms::folder().join(name)).expect("a file"),
        )
    });
    let mut subjects = subjects(&with);
    subjects.extend(corpus::subjects(&other));
    let filled = fill(&bytes, name, &subjects, &Within, &Unwatched).expect("filled");
    let homes: Vec<usize> = filled
        .projects
        .iter()
        .map(|(project, _)| *project)
        .collect();
    assert_eq!(homes, [1, 0]);
    let [unplaced] = filled.unplaced.as_slice() else {
        panic!("{:#?}", filled.unplaced);
    };
    assert_eq!(unplaced.text, "公共图书馆免费开放补助");
    let stranger = corpus::subjects(&other);
    let error = fill(&bytes, name, &stranger, &Within, &Unwatched).expect_err("no form for it");
    assert_eq!(error, FillError::NoMatch("公共图书馆免费开放补助".into()));
}

#[test]
fn what_cannot_be_filled_in_says_what_to_do() {
    let name = "v01-mof.docx";
    let own = std::fs::read(forms::folder().join(name)).expect("a file");
    let subjects = subjects(&recognised(name, &content(name, &own)));
    let tried = |name: &str, bytes: &[u8]| {
        let error = fill(bytes, name, &subjects, &Within, &Unwatched).expect_err("not filled in");
        error.to_string()
    };
    let file = |name: &str| std::fs::read(forms::folder().join(name)).expect("a file");
    for (name, bytes, wanted) in [
        ("表.ods", file("v08-transfer-2023.ods"), "另存为”选 .xlsx"),
        ("表.pdf", file("v01-mof.pdf"), "索取 .xlsx 或 .docx"),
        ("表.csv", file("v11-suzhou.csv"), "另存为”选 .xlsx"),
        ("表.rtf", b"{\\rtf1}".to_vec(), "另存为”选 .docx"),
        (
            "表.xlsx",
            file("account-payments.xlsx"),
            "没有找到绩效自评表",
        ),
        ("空.xlsx", Vec::new(), "没有填写任何内容"),
    ] {
        let said = tried(name, &bytes);
        assert!(said.contains(wanted), "{name}: {said}");
        assert!(!said.contains("没有导入"), "{name}: {said}");
    }
}
