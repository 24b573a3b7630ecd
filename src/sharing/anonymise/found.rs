//! Which words of a document tell whose it is: what stands in fields for names, what labels and titles point to, numbers by
//! their form, and the regions that names of units begin with.

use std::{collections::BTreeMap, sync::Arc};

use super::{Kind, Word};
use crate::{
    model::{
        document::Document,
        edition::Edition,
        last_year::LastYear,
        project::{Project, header},
        typed::trim,
    },
    rules::personal::{
        is_for_name, is_for_telephone,
        names::{names_in, names_of_field},
        numbers,
    },
    sharing::rewriting::{Rewriter, Spot, rewritten},
};

/// The words that 代称 and names of files are made of: one of them cannot be replaced without being put back.
const OF_ALIASES: [&str; 14] = [
    "单位",
    "项目",
    "人员",
    "地区",
    "编码",
    "文号",
    "电话",
    "邮箱",
    "证件号",
    "账号",
    "其他",
    "材料",
    "文件",
    "某文",
];

/// What a region ends with.
const REGIONS: [char; 9] = ['省', '市', '州', '盟', '区', '县', '旗', '镇', '乡'];

/// Words that end like a region and are none.
const NO_REGIONS: [&str; 14] = [
    "社区", "校区", "园区", "地区", "片区", "景区", "城区", "辖区", "小区", "城市", "超市", "都市",
    "库区", "矿区",
];

/// Endings of names of units: what is given out to 财务科 is given out to no person.
const UNITS: &str = "局科处室部院所司厅委办会站队校园中心公司小学学馆库组";

/// Whether a word is part of what replaces others.
pub(super) fn is_of_aliases(word: &str) -> bool {
    OF_ALIASES.iter().any(|known| known.contains(word))
}

/// Words with their kinds in the order in which they were come upon; the first kind counts.
#[derive(Default)]
struct Words {
    found: Vec<(String, Kind)>,
    /// The same one under another name, which stands at this place.
    same: BTreeMap<usize, usize>,
    known: BTreeMap<String, usize>,
}

impl Words {
    fn add(&mut self, word: &str, kind: Kind) -> Option<usize> {
        let word = trim(word);
        if let Some(at) = self.known.get(word) {
            return Some(*at);
        }
        let says_something = word
            .chars()
            .filter(|c| c.is_alphanumeric())
            .nth(1)
            .is_some();
        let is_too_plain = kind == Kind::Code && word.chars().count() < 6;
        let is_empty_word = matches!(word, "不适用" | "不涉及" | "没有" | "暂无");
        if !says_something || is_too_plain || is_empty_word || is_of_aliases(word) {
            return None;
        }
        let at = self.found.len();
        self.found.push((word.to_owned(), kind));
        self.known.insert(word.to_owned(), at);
        Some(at)
    }

    /// Another name of the same.
    fn add_same(&mut self, word: &str, of: usize) {
        let kind = self.found[of].1;
        if let Some(at) = self.add(word, kind).filter(|at| *at > of) {
            self.same.insert(at, of);
        }
    }

    fn unit(&mut self, name: &str) {
        let Some(at) = self.add(name, Kind::Unit) else {
            return;
        };
        let mut rest = trim(name);
        while let Some((region, after)) = split_region(rest) {
            self.add(region, Kind::Region);
            rest = after;
        }
        // 福田区红岭实验小学 is called 红岭实验小学 as well; 教育局 alone tells nothing.
        if rest.len() < trim(name).len() && rest.chars().count() >= 5 {
            self.add_same(rest, at);
        }
    }

    fn people(&mut self, field: &str) {
        for name in names_of_field(field) {
            let Some(at) = self.add(name, Kind::Person) else {
                continue;
            };
            let joined: String = name.chars().filter(|c| !c.is_whitespace()).collect();
            if joined != name {
                self.add_same(&joined, at);
            }
        }
    }

    fn telephones(&mut self, field: &str) {
        let numbers = field.split(|c: char| c.is_whitespace() || "、，,;；/／".contains(c));
        let is_number = |part: &&str| part.chars().filter(char::is_ascii_digit).count() >= 5;
        for number in numbers.filter(is_number) {
            self.add(number, Kind::Telephone);
        }
    }

    fn project(&mut self, project: &Project, edition: Option<&Edition>) {
        self.add(project.name(), Kind::Project);
        self.unit(project.header(header::DEPARTMENT));
        self.unit(project.header(header::UNIT));
        self.add(project.header(header::PROJECT_CODE), Kind::Code);
        for (key, text) in &project.header {
            let caption = edition.map_or("", |edition| edition.header_caption(key));
            self.field(caption, text);
        }
        for (key, text) in &project.footer {
            let caption = edition.map_or("", |edition| edition.footer_caption(key));
            self.field(caption, text);
        }
        for note in project.notes.iter() {
            self.people(&note.author);
            note.replies
                .iter()
                .for_each(|reply| self.people(&reply.author));
        }
        project.stages.iter().for_each(|step| self.people(&step.by));
        project
            .explanations
            .iter()
            .for_each(|given| self.people(&given.author));
        if let Some(paper) = &project.working_paper {
            self.people(&paper.reviewer);
        }
        if let Some(LastYear { name, .. }) = &project.last_year {
            self.add(name, Kind::Project);
        }
    }

    fn field(&mut self, caption: &str, text: &str) {
        if is_for_telephone(caption) {
            self.telephones(text);
        } else if is_for_name(caption) {
            self.people(text);
        } else if ["单位", "部门", "机构"]
            .iter()
            .any(|word| caption.ends_with(word))
        {
            self.unit(text);
        }
    }

    fn beside_projects(&mut self, document: &Document) {
        for comment in document.ledger.iter() {
            self.add(&comment.project_name, Kind::Project);
            self.people(&comment.by);
        }
        for sending in document.sendings.iter() {
            match sending.to.ends_with(|c| UNITS.contains(c)) {
                true => self.unit(&sending.to),
                false => self.people(&sending.to),
            }
        }
    }
}

impl Rewriter for Words {
    /// Looks at a text; changes nothing.
    fn text(&mut self, _: Spot<'_>, text: &mut String) {
        for number in numbers::all(text) {
            let kind = match number.kind {
                numbers::Kind::Mobile | numbers::Kind::Landline => Kind::Telephone,
                numbers::Kind::Identity => Kind::Identity,
                numbers::Kind::Mail => Kind::Mail,
                numbers::Kind::Account => Kind::Account,
            };
            self.add(&text[number.range], kind);
        }
        for range in names_in(text) {
            self.add(&text[range], Kind::Person);
        }
        for range in document_numbers(text) {
            self.add(&text[range], Kind::DocumentNumber);
        }
    }
}

/// All words, by kind, with their 代称.
pub(super) fn words(
    document: &Document,
    edition_of: &dyn Fn(&Project) -> Option<Arc<Edition>>,
) -> Vec<Word> {
    let mut words = Words::default();
    for project in document.projects.iter() {
        words.project(project, edition_of(project).as_deref());
    }
    words.beside_projects(document);
    // The copy is not wanted: this is the way to every text.
    let _seen = rewritten(document, &mut words);
    named(words)
}

fn named(words: Words) -> Vec<Word> {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut named: Vec<Word> = Vec::with_capacity(words.found.len());
    for (index, (text, kind)) in words.found.into_iter().enumerate() {
        let alias = match words.same.get(&index).and_then(|of| named.get(*of)) {
            Some(same) => same.alias.clone(),
            None => {
                let count = counts.entry(kind).or_default();
                *count += 1;
                match kind {
                    Kind::DocumentNumber => alias_of_number(&text, *count),
                    _ => format!("{}{count}", kind.words()),
                }
            }
        };
        named.push(Word {
            text,
            alias,
            kind,
            places: 0,
            is_on: true,
        });
    }
    named.sort_by_key(|word| word.kind);
    named
}

/// How many texts hold each of the words.
pub(super) fn places(document: &Document, words: &[Word]) -> Vec<usize> {
    struct Counting<'w> {
        words: &'w [Word],
        places: Vec<usize>,
    }
    impl Rewriter for Counting<'_> {
        fn text(&mut self, _: Spot<'_>, text: &mut String) {
            for (word, places) in self.words.iter().zip(&mut self.places) {
                *places += usize::from(text.contains(&word.text));
            }
        }
    }
    let mut counting = Counting {
        words,
        places: vec![0; words.len()],
    };
    let _seen = rewritten(document, &mut counting);
    counting.places
}

/// The region that a name begins with, and the rest.
fn split_region(name: &str) -> Option<(&str, &str)> {
    let mut chars = name.char_indices().skip(1).take(8);
    let (at, end) = chars.find(|(_, c)| REGIONS.contains(c))?;
    let (region, rest) = name.split_at(at + end.len_utf8());
    let is_one = !rest.is_empty() && !NO_REGIONS.iter().any(|word| region.ends_with(word));
    is_one.then_some((region, rest))
}

/// Places of 文号 in a text: 深财预〔2021〕12号.
pub(super) fn document_numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let ends = text.match_indices('号');
    let found = ends.filter_map(|(at, end)| {
        let start = start_of_number(&text[..at])?;
        Some(start..at + end.len())
    });
    found.collect()
}

/// Where the 文号 begins that ends with this text and a 号.
fn start_of_number(before: &str) -> Option<usize> {
    /// As many characters as the short name of an office has, and what people write before it.
    const OFFICE: usize = 6;
    const LEADING: [&str; 9] = [
        "根据", "按照", "依据", "依照", "关于", "和", "及", "与", "见",
    ];
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit());
    if head.len() == before.len() {
        return None;
    }
    let head = head.trim_end_matches('第');
    let head = head.strip_suffix(['〕', ']', '］', '）', ')', '】'])?;
    let year = head.get(head.len().checked_sub(4)?..)?;
    let head = &head[..head.len() - year.len()];
    if !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let head = head.strip_suffix(['〔', '[', '［', '（', '(', '【'])?;
    // Another 文号 may end right before it.
    let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c) && *c != '号';
    let office: usize = head
        .chars()
        .rev()
        .take_while(is_han)
        .take(OFFICE)
        .map(char::len_utf8)
        .sum();
    let start = head.len() - office;
    let skipped = LEADING
        .iter()
        .find(|word| head[start..].starts_with(**word));
    Some(start + skipped.map_or(0, |word| word.len())).filter(|start| *start < head.len())
}

/// Brackets, year and 号 stay, so that a check of how it is written finds the same.
pub(super) fn alias_of_number(text: &str, count: usize) -> String {
    let open = text.find(['〔', '[', '［', '（', '(', '【']);
    let close = text.find(['〕', ']', '］', '）', ')', '】']);
    match open.zip(close).filter(|(open, close)| open < close) {
        Some((open, close)) => {
            let bracket = text[close..].chars().next().map_or(0, char::len_utf8);
            format!("某文{}{count}号", &text[open..close + bracket])
        }
        None => format!("文号{count}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_what_names_of_units_begin_with() {
        assert_eq!(
            split_region("深圳市福田区教育局"),
            Some(("深圳市", "福田区教育局"))
        );
        assert_eq!(split_region("社区服务中心"), None);
        assert_eq!(split_region("市场监督管理局"), None);
        assert_eq!(split_region("福田区"), None);
    }

    #[test]
    fn document_numbers_are_found_in_sentences() {
        let text = "根据深财预〔2021〕12号和财预[2020]10号，第3号楼";
        let found: Vec<&str> = document_numbers(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(found, ["深财预〔2021〕12号", "财预[2020]10号"]);
        assert_eq!(alias_of_number(found[0], 1), "某文〔2021〕1号");
    }
}
