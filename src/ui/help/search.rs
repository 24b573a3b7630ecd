//! Finding topics by what stands in them: Chinese without word breaks, any width and case of letters.

use super::{
    book::{Address, CONTENTS, Topic},
    rules,
    text::Block,
};
use crate::{model::folding::Pattern, rules::catalogue};

/// The most that is listed.
const MOST: usize = 40;

/// What is searched, in the order of the topics.
pub struct Index(Vec<Entry>);

struct Entry {
    name: String,
    title: String,
    /// Whether it is about a rule; there are many of those.
    is_rule: bool,
    parts: Vec<Part>,
}

/// What stands beneath a heading.
struct Part {
    heading: Option<String>,
    sentences: Vec<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it is.
    pub at: Address,
    /// The topic's title.
    pub title: String,
    /// The heading or the sentence that was found; where the title was, what the topic begins with.
    pub sentence: String,
}

/// How well something answers, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    TitleBegins,
    Title,
    Heading,
    TitleOfRule,
    HeadingOfRule,
    Sentence,
    Somewhere,
}

impl Index {
    /// The index of topics.
    pub fn of(topics: &[Topic]) -> Self {
        let topics = topics.iter().filter(|topic| topic.name != CONTENTS);
        Self(topics.map(entry).collect())
    }

    /// What answers all words of a text that stand apart, best first; nothing for an empty one.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let words: Vec<Pattern> = text.split_whitespace().map(Pattern::new).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(Rank, Hit)> = Vec::new();
        found.extend(self.0.iter().filter_map(|entry| entry.answer(&words)));
        found.sort_by_key(|(rank, _)| *rank);
        found.truncate(MOST);
        found.into_iter().map(|(_, hit)| hit).collect()
    }
}

impl Entry {
    /// The first sentence that says something.
    fn beginning(&self) -> &str {
        /// A rule's level alone is shorter.
        const LEAST: usize = 8;
        let mut sentences = self.parts.iter().flat_map(|part| &part.sentences);
        let first = sentences.find(|sentence| sentence.chars().count() > LEAST);
        first.map_or("", String::as_str)
    }

    fn answer(&self, words: &[Pattern]) -> Option<(Rank, Hit)> {
        let has_all = |text: &str| words.iter().all(|word| word.is_in(text));
        let hit = |heading: Option<&String>, sentence: &str| Hit {
            at: Address {
                topic: self.name.clone(),
                heading: heading.cloned(),
            },
            title: self.title.clone(),
            sentence: excerpt(sentence, words),
        };
        if has_all(&self.title) {
            let begins = words.first().is_some_and(|word| word.begins(&self.title));
            let rank = match (begins, self.is_rule) {
                (true, _) => Rank::TitleBegins,
                (false, false) => Rank::Title,
                (false, true) => Rank::TitleOfRule,
            };
            return Some((rank, hit(None, self.beginning())));
        }
        let headings = self.parts.iter().filter_map(|part| part.heading.as_ref());
        if let Some(heading) = headings.into_iter().find(|heading| has_all(heading)) {
            let rank = match self.is_rule {
                false => Rank::Heading,
                true => Rank::HeadingOfRule,
            };
            return Some((rank, hit(Some(heading), heading)));
        }
        let sentences = || {
            let parts = self.parts.iter();
            parts.flat_map(|part| part.sentences.iter().map(move |words| (part, words)))
        };
        if let Some((part, sentence)) = sentences().find(|(_, sentence)| has_all(sentence)) {
            return Some((Rank::Sentence, hit(part.heading.as_ref(), sentence)));
        }
        let is_somewhere = |word: &Pattern| {
            word.is_in(&self.title) || sentences().any(|(_, sentence)| word.is_in(sentence))
        };
        if !words.iter().all(is_somewhere) {
            return None;
        }
        let has_one = |sentence: &str| words.iter().any(|word| word.is_in(sentence));
        let (part, sentence) = sentences().find(|(_, sentence)| has_one(sentence))?;
        Some((Rank::Somewhere, hit(part.heading.as_ref(), sentence)))
    }
}

/// A sentence from a little before the first word that was found, so that the word is in sight in a narrow list.
fn excerpt(sentence: &str, words: &[Pattern]) -> String {
    /// Characters that are in sight in the narrowest panel, and those that stand before the word.
    const SEEN: usize = 14;
    const BEFORE: usize = 6;
    let starts = words.iter().filter_map(|word| word.ranges(sentence).next());
    let start = starts.map(|range| range.start).min().unwrap_or_default();
    let before = sentence.get(..start).map_or(0, |text| text.chars().count());
    if before <= SEEN {
        return sentence.to_owned();
    }
    let rest: String = sentence.chars().skip(before - BEFORE).collect();
    format!("…{rest}")
}

fn entry(topic: &Topic) -> Entry {
    let mut parts = vec![Part {
        heading: None,
        sentences: Vec::new(),
    }];
    // The index of rules says nothing that their titles do not say.
    let blocks = topic.blocks.iter();
    for block in blocks.take(if topic.name == rules::INDEX {
        1
    } else {
        usize::MAX
    }) {
        if let Block::Heading(heading) = block {
            parts.push(Part {
                heading: Some(heading.clone()),
                sentences: Vec::new(),
            });
        } else if let Some(part) = parts.last_mut() {
            part.sentences.extend(sentences(&block.text()));
        }
    }
    Entry {
        name: topic.name.clone(),
        title: topic.title.clone(),
        is_rule: catalogue::by_code(&topic.name).is_some(),
        parts,
    }
}

fn sentences(text: &str) -> Vec<String> {
    let ends = ['。', '！', '？', '\n'];
    let sentences = text.split_inclusive(ends).map(str::trim);
    let sentences = sentences.filter(|sentence| !sentence.is_empty());
    sentences.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::help::text;

    fn index(texts: &[(&str, &str)]) -> Index {
        let topics = texts.iter().map(|(name, markdown)| {
            let (title, blocks) = text::read(markdown);
            Topic {
                name: (*name).to_owned(),
                title,
                blocks,
            }
        });
        Index::of(&topics.collect::<Vec<_>>())
    }

    fn sample() -> Index {
        index(&[
            (
                "saving",
                "# 保存与恢复\n\n先保存。保存在资金页也行。\n\n## 备份\n\n留十份。",
            ),
            (
                "funds",
                "# 资金\n\n填执行数。\n\n## 执行率\n\n执行数除以预算数。",
            ),
            (
                "C16",
                "# C16 组内有指标未达标却得满分\n\n检查组内的各项得分。",
            ),
        ])
    }

    fn found(text: &str) -> Vec<(String, String)> {
        let hits = sample().find(text).into_iter();
        hits.map(|hit| (hit.at.topic, hit.sentence)).collect()
    }

    #[test]
    fn titles_come_before_texts() {
        let expected = [
            ("funds", "执行数除以预算数。"),
            ("saving", "保存在资金页也行。"),
        ];
        assert_eq!(
            found("资金"),
            expected.map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
    }

    #[test]
    fn a_heading_is_found_with_its_place() {
        let hits = sample().find("备份");
        assert_eq!(hits[0].at, Address::at("saving", "备份"));
    }

    #[test]
    fn rules_come_after_what_is_written() {
        let index = index(&[
            ("B03", "# B03 执行率计算有误\n\n看执行率。"),
            ("funds", "# 资金\n\n填数。\n\n## 执行率\n\n除。"),
        ]);
        let topics = index.find("执行率").into_iter().map(|hit| hit.at.topic);
        assert_eq!(topics.collect::<Vec<_>>(), ["funds", "B03"]);
    }

    #[test]
    fn what_was_found_late_in_a_sentence_is_in_sight() {
        let words = [Pattern::new("备份")];
        let sentence = "每次保存之前程序都会先把文件原来的样子留作备份。";
        assert_eq!(excerpt(sentence, &words), "…来的样子留作备份。");
        assert_eq!(excerpt("备份十份。", &words), "备份十份。");
    }

    #[test]
    fn codes_are_found_in_any_case_and_width() {
        for text in ["C16", "c16", "Ｃ１６"] {
            assert_eq!(
                found(text),
                [("C16".to_owned(), "检查组内的各项得分。".to_owned())],
                "{text}"
            );
        }
    }

    #[test]
    fn words_apart_must_all_be_there() {
        assert_eq!(
            found("执行数 预算数"),
            [("funds".to_owned(), "执行数除以预算数。".to_owned())]
        );
        assert_eq!(
            found("十份 先"),
            [("saving".to_owned(), "先保存。".to_owned())]
        );
        assert!(found("执行数 十份").is_empty());
        assert!(found("  ").is_empty());
    }
}
