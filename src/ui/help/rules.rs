//! A topic of each rule, and their index, as the rule book has them.

use super::{
    book::{Address, Topic},
    text::{self, Block, Span},
};
use crate::rules::{book, catalogue, profile::Applied};

/// The name of the index in links.
pub const INDEX: &str = "rules";

/// The index of all rules, by family.
pub fn index() -> Topic {
    let mut blocks = vec![Block::Paragraph(vec![
        Span::plain("点规则看它检查什么、为什么、依据什么、怎么改。怎样处理问题，见"),
        Span::link("校验", Address::topic("check")),
        Span::plain("；停用规则、改变级别和界限，见"),
        Span::link("复核口径", Address::topic("profile")),
        Span::plain("。"),
    ])];
    let mut family = "";
    for rule in catalogue::sorted() {
        if rule.family() != family {
            family = rule.family();
            blocks.push(Block::Heading(family.to_owned()));
        }
        let title = format!("{} {}", rule.code, rule.name);
        let link = Span::link(title, Address::topic(rule.code));
        blocks.push(Block::Item(None, vec![link]));
    }
    Topic {
        name: INDEX.into(),
        title: "全部校验规则".into(),
        blocks,
    }
}

/// A topic of each rule: its entry in the rule book as it is without a profile.
pub fn topics() -> impl Iterator<Item = Topic> {
    let plain = Applied::default();
    catalogue::sorted().into_iter().map(move |rule| {
        let entry = format!("# {}\n\n{}", book::title(rule), book::entry(rule, &plain));
        let (title, mut blocks) = text::read(&entry);
        blocks.push(Block::Paragraph(vec![
            Span::link("全部校验规则", Address::topic(INDEX)),
            Span::plain(" · "),
            Span::link("怎样处理问题", Address::topic("check")),
            Span::plain(" · "),
            Span::link("复核口径", Address::topic("profile")),
        ]));
        Topic {
            name: rule.code.to_owned(),
            title,
            blocks,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_says_of_a_rule_what_the_rule_book_says() {
        let plain = Applied::default();
        let (_, book) = text::read(&book::markdown(&plain));
        for (rule, topic) in catalogue::sorted().into_iter().zip(topics()) {
            let title = format!("{} {}", rule.code, rule.name);
            assert_eq!(topic.title, title);
            let heading = Block::Heading(title);
            let at = book.iter().position(|block| *block == heading);
            let at = at.unwrap_or_else(|| panic!("{} is not in the book", rule.code));
            // Beneath it help has links to other topics.
            let (_, entry) = topic.blocks.split_last().expect("an entry");
            assert_eq!(book[at + 1..].get(..entry.len()), Some(entry));
            let example = entry.iter().any(|block| block.text() == rule.example);
            assert!(
                example,
                "{}: what Markdown takes for markup is escaped",
                rule.code
            );
        }
    }
}
