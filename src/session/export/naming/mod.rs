//! Names of exported files: patterns with placeholders, and what a project's name may contribute to them.
//!
//! Names of projects are typed by anybody and may come by mail. What they put into a file name is harmless everywhere: no
//! folder, no device of Windows, nothing invisible, not too long. What the person wrote in the pattern itself stays as it is.

mod page_name;
mod pattern;
mod unique;

pub use page_name::{Ending, FileName, Paging};
pub use pattern::{Pattern, Values, has_placeholder, literally};
pub use unique::Names;

#[cfg(test)]
mod tests {
    use super::{pattern::LONGEST_NAME, *};

    fn ending(paging: Paging, extension: &'static str) -> Ending {
        Ending {
            suffix: String::new(),
            paging,
            extension,
        }
    }

    fn named(pattern: &str, names: &[&str], paging: Paging) -> Vec<String> {
        let pattern = Pattern::parse(pattern).expect("a pattern");
        let mut given = Names::new(&pattern);
        let ending = ending(paging, "pdf");
        let values = |(index, name)| Values {
            name,
            year: "2020",
            file: "源",
            number: index + 1,
            of: names.len(),
        };
        let all = names.iter().copied().enumerate().map(values);
        all.map(|values| given.next(&values, &ending).of_page(1, 2))
            .collect()
    }

    #[test]
    fn a_name_meant_literally_stays_as_it_is() {
        for name in [
            "汇总",
            "{year}年",
            "{汇总",
            "a{{b}}",
            "{",
            "}{",
            "{name}{n}",
        ] {
            let given = named(&literally(name), &["甲"], Paging::Together);
            assert_eq!(given, [format!("{name}.pdf")]);
        }
    }

    #[test]
    fn names_of_projects_are_harmless_in_file_names() {
        let long = "长".repeat(300);
        let emoji = "😀".repeat(300);
        for (name, file) in [
            ("../a/b:*?", "_a_b___.pdf"),
            (r#"c:\d"<e>|"#, "c__d__e__.pdf"),
            ("CON", "_CON.pdf"),
            ("lpt1.年报", "_lpt1.年报.pdf"),
            ("COM¹", "_COM¹.pdf"),
            ("CONTENT", "CONTENT.pdf"),
            ("完成. . ", "完成.pdf"),
            ("一\u{202e}二\n三\u{7}", "一 二 三.pdf"),
            ("", "未命名.pdf"),
            (" .. ", "未命名.pdf"),
            (&long, &format!("{}.pdf", "长".repeat(60))),
            (&emoji, &format!("{}.pdf", "😀".repeat(55))),
        ] {
            assert_eq!(named("{name}", &[name], Paging::Together), [file]);
        }
    }

    #[test]
    fn placeholders_are_filled_in() {
        let ten = ["甲"; 10];
        let names = named("{n} {year}-{file} {name}", &ten, Paging::Together);
        assert_eq!(names[0], "01 2020-源 甲.pdf");
        assert_eq!(names[9], "10 2020-源 甲.pdf");
        assert_eq!(named("第{page}页", &["甲"], Paging::Always), ["第1页.pdf"]);
        assert_eq!(named("{甲", &["甲"], Paging::Together), ["{甲.pdf"]);
        let long = "长".repeat(300);
        let several = named("{name}{name}{name}", &[&long], Paging::Together);
        assert!(several[0].len() <= LONGEST_NAME + ".pdf".len());
    }

    #[test]
    fn placeholders_that_make_no_sense_are_told() {
        let problem = Pattern::parse("{项目}").expect_err("unknown");
        assert!(
            problem.contains("{项目}") && problem.contains("{name}"),
            "{problem}"
        );
        assert!(Pattern::parse("{page}{page}").is_err());
        assert!(Pattern::parse("{}").is_err());
    }

    #[test]
    fn no_two_files_get_the_same_name() {
        assert_eq!(
            named("{name}", &["Ab", "aB", "ab (2)", "乙"], Paging::Together),
            ["Ab.pdf", "aB (2).pdf", "ab (2) (2).pdf", "乙.pdf"]
        );
        assert_eq!(
            named("{name}", &["甲", "甲-1", "甲", "甲-01"], Paging::IfSeveral),
            ["甲-1.pdf", "甲-1 (2)-1.pdf", "甲 (2)-1.pdf", "甲-01-1.pdf"]
        );
        assert_eq!(
            named("{name}", &["乙-2", "乙"], Paging::IfSeveral),
            ["乙-2-1.pdf", "乙 (2)-1.pdf"]
        );
        assert_eq!(
            named("{page}{name}", &["甲", "甲"], Paging::Always),
            ["1甲.pdf", "1甲 (2).pdf"]
        );
    }

    #[test]
    fn pages_are_recognised_by_their_names() {
        let pattern = Pattern::parse("表").expect("a pattern");
        let ending = ending(Paging::IfSeveral, "png");
        let name = Names::new(&pattern).next(&Values::default(), &ending);
        for (file, is_page) in [
            ("表.png", true),
            ("表-12.png", true),
            ("表-012.png", false),
            ("表-.png", false),
            ("表12.png", false),
            ("表-1.pdf", false),
            ("表-1-1.png", false),
        ] {
            assert_eq!(name.may_become(file), is_page, "{file}");
        }
    }
}
