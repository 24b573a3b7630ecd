//! Texts that are alike: found among very many, and without comparing each with each.

use jiping::{
    rules::alike::{Whose, find},
    summary::overview::Overview,
};
use rust_decimal::dec;

use super::{TIME, shown, subjects};

/// A sentence of so many characters, another for every seed. Its characters are those that forms are written with: a few
/// hundred, the common ones far more often.
fn sentence(seed: u64, length: usize) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let characters = (0..length).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let (row, column) = (state % 400, (state >> 32) % 400);
        char::from_u32(0x4E00 + u32::try_from(row * column / 400).expect("small")).expect("Chinese")
    });
    characters.collect()
}

/// The sentence with every `step`th character another one.
fn retouched(sentence: &str, step: usize) -> String {
    let characters = sentence.chars().enumerate();
    characters
        .map(|(index, c)| if index % step == step - 1 { '改' } else { c })
        .collect()
}

#[test]
fn copies_with_some_words_changed_are_found_among_thousands() {
    let originals: Vec<String> = (0..4_000).map(|seed| sentence(seed, 60)).collect();
    let mut texts = originals.clone();
    // Copies of every hundredth: with each twelfth character changed, 55 of 60 are the same.
    texts.extend((0..40).map(|number| retouched(&originals[number * 100], 12)));
    // Every fifth is too much: 48 of 60.
    texts.extend((0..40).map(|number| retouched(&originals[number * 100 + 1], 5)));
    let owned: Vec<Whose<'_>> = texts
        .iter()
        .enumerate()
        .map(|(owner, text)| Whose { owner, text })
        .collect();
    let found = find(&owned);
    let pairs: Vec<Vec<usize>> = found
        .clusters
        .iter()
        .map(|members| members.iter().map(|member| member.index).collect())
        .collect();
    let planted: Vec<Vec<usize>> = (0..40)
        .map(|number| vec![number * 100, 4_000 + number])
        .collect();
    assert_eq!(pairs, planted);
    let similarity = found.clusters[0][1].similarity;
    assert_eq!(similarity.round_dp(4), dec!(0.9167));
}

#[test]
fn comparisons_grow_with_the_texts_and_not_with_their_square() {
    let comparisons = |count: u64, families: u64| {
        let texts: Vec<String> = (0..count)
            .map(|number| format!("{}第{number}批", sentence(number % families, 40)))
            .collect();
        let owned: Vec<Whose<'_>> = texts
            .iter()
            .enumerate()
            .map(|(owner, text)| Whose { owner, text })
            .collect();
        find(&owned).comparisons
    };
    // All different; many of one kind; all of one kind.
    for families in [u64::MAX, 50, 1] {
        let (few, many) = (comparisons(500, families), comparisons(8_000, families));
        assert!(many <= 8_000 * 8, "{families}: {many}");
        assert!(many <= 24 * few.max(500), "{families}: {few} became {many}");
    }
}

#[test]
fn short_texts_and_those_of_one_owner_do_not_count() {
    let text = "按计划完成了年度业务培训任务，业务人员能力得到提高";
    let of = |owner| Whose { owner, text };
    assert!(find(&[of(1), of(1)]).clusters.is_empty());
    assert_eq!(find(&[of(1), of(2), of(1)]).clusters.len(), 1);
    let short = |owner| Whose {
        owner,
        text: "已按计划全部完成了，。、！！！",
    };
    assert!(find(&[short(1), short(2)]).clusters.is_empty());
}

#[test]
fn projects_that_share_their_words_are_listed_but_not_the_years_of_one() {
    let text = "
## 不报警 甲2020.jiping
- 修改: 项目名称 = 甲
- 修改: 实际完成情况 = 全年组织业务培训十二期，培训六百人次，学员满意度达到百分之九十五。

## 不报警 甲2021.jiping
- 修改: 项目名称 = 甲
- 修改: 年度 = 2021年
- 修改: 实际完成情况 = 全年组织业务培训十二期，培训六百人次，学员满意度达到百分之九十五。
";
    let wording = |text: &str| {
        let overview = Overview::of(&subjects(text), TIME);
        let table = overview.table("alike").expect("a table").clone();
        shown(
            &table,
            &[
                "cluster",
                "projects",
                "similarity",
                "project_name",
                "year",
                "place",
            ],
        )
    };
    assert_eq!(wording(text), [""; 0]);
    let copied = text.replacen("项目名称 = 甲\n", "项目名称 = 乙\n", 1);
    let listed = wording(&copied);
    assert!(
        listed
            .iter()
            .any(|row| row.ends_with("实际完成情况") && row.contains("| 乙 |")),
        "{listed:#?}"
    );
}
