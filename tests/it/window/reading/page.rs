//! The page itself: one HTML file, plain and quick to read.

/// One thing that the program shows.
pub struct Entry {
    /// What it is called here.
    pub title: String,
    /// Where it comes from in the source.
    pub source: String,
    /// The file name of its picture, beside the page.
    pub picture: Option<String>,
    /// Its texts, each with a word on what it is; the word may be empty.
    pub lines: Vec<(String, String)>,
}

impl Entry {
    /// An entry without picture or texts so far.
    pub fn new(title: impl Into<String>, source: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            source: source.into(),
            picture: None,
            lines: Vec::new(),
        }
    }

    /// Adds a text.
    pub fn line(mut self, word: impl Into<String>, text: impl Into<String>) -> Self {
        self.lines.push((word.into(), text.into()));
        self
    }
}

/// What belongs together.
pub struct Chapter {
    pub title: &'static str,
    /// What the reader finds here, in one sentence.
    pub about: &'static str,
    pub entries: Vec<Entry>,
}

const HEAD: &str = r#"<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>绩评：通读稿</title>
<style>
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #1d2327; }
h1, h2 { border-bottom: 1px solid #d5d9de; padding-bottom: .3rem; }
h2 { margin-top: 3rem; }
h3 { margin: 2rem 0 .2rem; font-size: 1.05rem; }
.source { color: #868e96; font: .75rem ui-monospace, monospace; margin: 0 0 .4rem; }
img { display: block; max-width: 100%; border: 1px solid #d5d9de; margin: .5rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: 0; }
dt { color: #868e96; font-size: .85rem; padding-top: .1rem; }
dd { margin: 0; white-space: pre-wrap; }
dd:first-child, .whole { grid-column: 1 / -1; }
nav details { margin: .2rem 0; }
nav a { margin-right: .9rem; white-space: nowrap; }
a { color: #1f5fa8; text-decoration: none; }
</style>
<h1>绩评：通读稿</h1>
<p>程序能显示的对话框、消息、校验问题和命令，供通读、推敲用语。由测试 <code>reading</code> 生成，不随程序发布。</p>
"#;

/// The whole page.
pub fn html(chapters: &[Chapter]) -> String {
    let mut out = HEAD.to_owned();
    out += "<nav>\n";
    for (number, chapter) in chapters.iter().enumerate() {
        let (title, count) = (escape(chapter.title), chapter.entries.len());
        out +=
            &format!("<details><summary><a href=\"#c{number}\">{title}</a>（{count}）</summary>\n");
        for (index, entry) in chapter.entries.iter().enumerate() {
            let title = escape(&entry.title);
            out += &format!("<a href=\"#c{number}-{index}\">{title}</a>\n");
        }
        out += "</details>\n";
    }
    out += "</nav>\n";
    for (number, chapter) in chapters.iter().enumerate() {
        let (title, about) = (escape(chapter.title), escape(chapter.about));
        out += &format!("<h2 id=\"c{number}\">{title}</h2>\n<p>{about}</p>\n");
        for (index, entry) in chapter.entries.iter().enumerate() {
            push(&mut out, &format!("c{number}-{index}"), entry);
        }
    }
    out
}

fn push(out: &mut String, id: &str, entry: &Entry) {
    let (title, source) = (escape(&entry.title), escape(&entry.source));
    *out += &format!("<h3 id=\"{id}\">{title}</h3>\n<p class=\"source\">{source}</p>\n");
    if let Some(picture) = &entry.picture {
        *out += &format!("<img src=\"reading/{picture}\" alt=\"{title}\" loading=\"lazy\">\n");
    }
    *out += "<dl>\n";
    for (word, text) in &entry.lines {
        let text = escape(text);
        *out += &match word.as_str() {
            "" => format!("<dd class=\"whole\">{text}</dd>\n"),
            word => format!("<dt>{}</dt><dd>{text}</dd>\n", escape(word)),
        };
    }
    *out += "</dl>\n";
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[test]
fn what_reads_like_markup_stays_text() {
    let entry = Entry::new("<b>", "a & b").line("", "“<p>”\n二");
    let chapter = Chapter {
        title: "一",
        about: "二",
        entries: vec![entry],
    };
    let page = html(&[chapter]);
    assert!(page.contains("&lt;b&gt;") && page.contains("a &amp; b"));
    assert!(page.contains("“&lt;p&gt;”\n二"));
    assert!(!page.contains("<b>") && !page.contains("<p>”"));
}
