//! All topics, and how links lead to them.

use std::sync::LazyLock;

use super::{
    keys, rules,
    search::Index,
    text::{self, Block, Span},
};

/// Where a link leads: a topic, and a heading in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// The topic's name in links, such as "funds" or "C16".
    pub topic: String,
    /// The heading; the top of the topic where there is none.
    pub heading: Option<String>,
}

impl Address {
    /// The top of a topic.
    pub fn topic(topic: impl Into<String>) -> Self {
        Self {
            topic: topic.into(),
            heading: None,
        }
    }

    /// A heading of a topic.
    pub fn at(topic: impl Into<String>, heading: impl Into<String>) -> Self {
        Self {
            topic: topic.into(),
            heading: Some(heading.into()),
        }
    }

    /// The table of contents.
    pub fn contents() -> Self {
        Self::topic(CONTENTS)
    }

    /// Reads `help:funds` or `help:funds#执行率`; `None` for anything else.
    pub fn of_link(link: &str) -> Option<Self> {
        let link = link.strip_prefix("help:")?;
        Some(match link.split_once('#') {
            Some((topic, heading)) => Self::at(topic, heading),
            None => Self::topic(link),
        })
    }
}

/// The name of the table of contents.
pub const CONTENTS: &str = "contents";

/// A topic.
pub struct Topic {
    /// Its name in links.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// All topics.
pub struct Book {
    /// The topics, in the order of the table of contents; those of rules come last.
    pub topics: Vec<Topic>,
    /// What is searched.
    pub index: Index,
}

/// The topics in groups, as the table of contents lists them. Those without a text are made from the program itself.
const WRITTEN: &[(&str, &[(&str, &str)])] = &[
    (
        "开始",
        &[
            ("start", include_str!("../../../assets/help/start.md")),
            ("excel", include_str!("../../../assets/help/excel.md")),
            (
                "questions",
                include_str!("../../../assets/help/questions.md"),
            ),
        ],
    ),
    (
        "各页",
        &[
            ("basics", include_str!("../../../assets/help/basics.md")),
            ("funds", include_str!("../../../assets/help/funds.md")),
            ("goals", include_str!("../../../assets/help/goals.md")),
            (
                "indicators",
                include_str!("../../../assets/help/indicators.md"),
            ),
            ("charts", include_str!("../../../assets/help/charts.md")),
            ("preview", include_str!("../../../assets/help/preview.md")),
            ("notes", include_str!("../../../assets/help/notes.md")),
            ("review", include_str!("../../../assets/help/review.md")),
            (
                "working-paper",
                include_str!("../../../assets/help/working-paper.md"),
            ),
            (
                "monitoring",
                include_str!("../../../assets/help/monitoring.md"),
            ),
        ],
    ),
    (
        "办事",
        &[
            ("check", include_str!("../../../assets/help/check.md")),
            ("scores", include_str!("../../../assets/help/scores.md")),
            ("library", include_str!("../../../assets/help/library.md")),
            (
                "deviation",
                include_str!("../../../assets/help/deviation.md"),
            ),
            ("approved", include_str!("../../../assets/help/approved.md")),
            ("projects", include_str!("../../../assets/help/projects.md")),
            ("years", include_str!("../../../assets/help/years.md")),
            ("compare", include_str!("../../../assets/help/compare.md")),
            (
                "change-edition",
                include_str!("../../../assets/help/change-edition.md"),
            ),
            ("merge", include_str!("../../../assets/help/merge.md")),
            ("saving", include_str!("../../../assets/help/saving.md")),
            ("evidence", include_str!("../../../assets/help/evidence.md")),
            ("ledger", include_str!("../../../assets/help/ledger.md")),
            ("import", include_str!("../../../assets/help/import.md")),
            ("export", include_str!("../../../assets/help/export.md")),
            ("sharing", include_str!("../../../assets/help/sharing.md")),
            ("exchange", include_str!("../../../assets/help/exchange.md")),
            ("fill-in", include_str!("../../../assets/help/fill-in.md")),
            (
                "transcribe",
                include_str!("../../../assets/help/transcribe.md"),
            ),
            ("editions", include_str!("../../../assets/help/editions.md")),
            ("profile", include_str!("../../../assets/help/profile.md")),
            ("settings", include_str!("../../../assets/help/settings.md")),
        ],
    ),
    (
        "查阅",
        &[
            (rules::INDEX, ""),
            (keys::NAME, ""),
            ("folders", include_str!("../../../assets/help/folders.md")),
            ("privacy", include_str!("../../../assets/help/privacy.md")),
        ],
    ),
];

impl Book {
    /// The one book, made when it is first asked for.
    pub fn get() -> &'static Self {
        static BOOK: LazyLock<Book> = LazyLock::new(Book::new);
        &BOOK
    }

    fn new() -> Self {
        let mut topics: Vec<Topic> = Vec::new();
        let mut contents = Vec::new();
        for (caption, names) in WRITTEN {
            contents.push(Block::Heading((*caption).to_owned()));
            for (name, markdown) in *names {
                let topic = topic(name, markdown);
                let link = Span::link(topic.title.clone(), Address::topic(*name));
                contents.push(Block::Item(None, vec![link]));
                topics.push(topic);
            }
        }
        topics.insert(
            0,
            Topic {
                name: CONTENTS.into(),
                title: "目录".into(),
                blocks: contents,
            },
        );
        topics.extend(rules::topics());
        let index = Index::of(&topics);
        Self { topics, index }
    }

    /// The topic of this name.
    pub fn topic(&self, name: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.name == name)
    }
}

fn topic(name: &str, markdown: &str) -> Topic {
    match name {
        rules::INDEX => rules::index(),
        keys::NAME => keys::topic(),
        name => {
            let (title, mut blocks) = text::read(markdown);
            if matches!(name, "folders" | "privacy") {
                blocks.push(Block::Folders);
            }
            Topic {
                name: name.to_owned(),
                title,
                blocks,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::rules::catalogue;

    #[test]
    fn every_link_has_its_topic_and_its_heading() {
        let book = Book::get();
        let mut links = 0;
        for topic in &book.topics {
            for span in spans(&topic.blocks) {
                let Some(to) = &span.link else { continue };
                let found = book.topic(&to.topic);
                let found = found.unwrap_or_else(|| panic!("{}: {to:?}", topic.name));
                let heading = to.heading.clone().map(Block::Heading);
                let is_there = heading.is_none_or(|heading| found.blocks.contains(&heading));
                assert!(is_there, "{}: {to:?}", topic.name);
                links += 1;
            }
        }
        assert!(links > 100, "rules and topics are linked");
    }

    #[test]
    fn every_rule_has_a_topic_and_stands_in_the_index() {
        let book = Book::get();
        let index = book.topic(rules::INDEX).expect("an index");
        let linked: HashSet<_> = spans(&index.blocks)
            .filter_map(|span| span.link.as_ref())
            .map(|to| to.topic.as_str())
            .collect();
        for rule in catalogue::all() {
            assert!(book.topic(rule.code).is_some(), "{rule:?}");
            assert!(linked.contains(rule.code), "{rule:?}");
        }
    }

    #[test]
    fn every_topic_has_a_title_a_name_of_its_own_and_something_to_say() {
        let mut names = HashSet::new();
        let mut titles = HashSet::new();
        for topic in &Book::get().topics {
            assert!(names.insert(&topic.name), "{}", topic.name);
            assert!(titles.insert(&topic.title), "{}", topic.title);
            assert!(
                !topic.title.is_empty() && topic.blocks.len() > 1,
                "{}",
                topic.name
            );
        }
    }

    fn spans(blocks: &[Block]) -> impl Iterator<Item = &Span> {
        blocks.iter().flat_map(|block| match block {
            Block::Paragraph(spans) | Block::Item(_, spans) => spans.iter().collect::<Vec<_>>(),
            Block::Table(_, rows) => rows.iter().flatten().flatten().collect(),
            Block::Heading(_) | Block::Folders => Vec::new(),
        })
    }
}
