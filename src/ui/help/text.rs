//! Markdown, read into blocks that can be drawn and searched: headings, paragraphs, lists, tables, bold, links to topics.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::book::Address;

/// A stretch of text of one look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is bold.
    pub is_bold: bool,
    /// Where a click on it leads.
    pub link: Option<Address>,
}

impl Span {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Bold text.
    pub fn bold(text: impl Into<String>) -> Self {
        Self {
            is_bold: true,
            ..Self::plain(text)
        }
    }

    /// Text that leads to a topic.
    pub fn link(text: impl Into<String>, to: Address) -> Self {
        Self {
            link: Some(to),
            ..Self::plain(text)
        }
    }
}

/// What is kept in folders of the program, as [`Block::Folders`] lists it.
pub const KEPT: [&str; 7] = [
    "数据文件夹",
    "设置",
    "备份",
    "恢复副本",
    "自行添加的表样",
    "导入的复核口径",
    "日志",
];

/// Text of several looks.
pub type Spans = Vec<Span>;

/// A part of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; the topic's own title is not among its blocks.
    Heading(String),
    /// A paragraph.
    Paragraph(Spans),
    /// A line of a list, with its number where the list is numbered.
    Item(Option<u64>, Spans),
    /// A table: what stands above the columns, if anything does, and the rows.
    Table(Vec<String>, Vec<Vec<Spans>>),
    /// Where this computer keeps what: known only once it is drawn.
    Folders,
}

impl Block {
    /// All its text, for search.
    pub fn text(&self) -> String {
        match self {
            Self::Heading(text) => text.clone(),
            Self::Paragraph(spans) | Self::Item(_, spans) => joined(spans),
            Self::Table(head, rows) => {
                let cells = rows.iter().map(|row| {
                    let cells: Vec<String> = row.iter().map(|cell| joined(cell)).collect();
                    cells.join(" ")
                });
                let lines: Vec<String> = std::iter::once(head.join(" ")).chain(cells).collect();
                lines.join("\n")
            }
            Self::Folders => KEPT.join("\n"),
        }
    }
}

/// The text of spans without their looks.
pub fn joined(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Reads Markdown: its title, which is its heading of the first level, and its blocks.
pub fn read(markdown: &str) -> (String, Vec<Block>) {
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        reader.take(event);
    }
    (reader.title, reader.blocks)
}

#[derive(Default)]
struct Reader {
    title: String,
    blocks: Vec<Block>,
    spans: Spans,
    is_bold: bool,
    link: Option<Address>,
    /// The numbers of the lists that are open, from the outermost.
    lists: Vec<Option<u64>>,
    head: Vec<String>,
    rows: Vec<Vec<Spans>>,
    row: Vec<Spans>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.spans.push(Span {
                text: text.into_string(),
                is_bold: self.is_bold,
                link: self.link.clone(),
            }),
            // Lines of Chinese are joined without a space.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.is_bold = true,
            Tag::Link { dest_url, .. } => self.link = Address::of_link(&dest_url),
            Tag::List(first) => self.lists.push(first),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.is_bold = false,
            TagEnd::Link => self.link = None,
            TagEnd::Heading(HeadingLevel::H1) => self.title = joined(&self.taken()),
            TagEnd::Heading(_) => {
                let text = joined(&self.taken());
                self.blocks.push(Block::Heading(text));
            }
            TagEnd::Paragraph if self.lists.is_empty() => {
                let spans = self.taken();
                self.blocks.push(Block::Paragraph(spans));
            }
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::TableCell => {
                let cell = self.taken();
                self.row.push(cell);
            }
            TagEnd::TableHead => {
                let cells = std::mem::take(&mut self.row);
                self.head = cells.iter().map(|cell| joined(cell)).collect();
            }
            TagEnd::TableRow => self.rows.push(std::mem::take(&mut self.row)),
            TagEnd::Table => {
                let head = std::mem::take(&mut self.head);
                let rows = std::mem::take(&mut self.rows);
                self.blocks.push(Block::Table(head, rows));
            }
            _ => {}
        }
    }

    fn end_item(&mut self) {
        let spans = self.taken();
        let number = self.lists.last().copied().flatten();
        if let Some(Some(next)) = self.lists.last_mut() {
            *next += 1;
        }
        self.blocks.push(Block::Item(number, spans));
    }

    fn taken(&mut self) -> Spans {
        std::mem::take(&mut self.spans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_blocks() {
        let (title, blocks) = read(
            "# 资金\n\n先填**全年预算**，见[校验](help:check#结论)。\n续行。\n\n## 步骤\n\n1. 打开\n2. 保存\n\n- 其他\n\n| 键 | 做什么 |\n|---|---|\n| F1 | 帮助 |\n",
        );
        assert_eq!(title, "资金");
        let link = Span::link("校验", Address::at("check", "结论"));
        let paragraph = vec![
            Span::plain("先填"),
            Span::bold("全年预算"),
            Span::plain("，见"),
            link,
            Span::plain("。"),
            Span::plain("续行。"),
        ];
        let item = |number, text| Block::Item(number, vec![Span::plain(text)]);
        let row = vec![vec![Span::plain("F1")], vec![Span::plain("帮助")]];
        let expected = [
            Block::Paragraph(paragraph),
            Block::Heading("步骤".into()),
            item(Some(1), "打开"),
            item(Some(2), "保存"),
            item(None, "其他"),
            Block::Table(vec!["键".into(), "做什么".into()], vec![row]),
        ];
        assert_eq!(blocks, expected);
    }
}
