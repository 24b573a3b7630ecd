//! Puts 代称 in the place of words, in every text of a document.

use std::{collections::BTreeMap, sync::Arc};

use aho_corasick::{AhoCorasick, MatchKind};

use super::{
    Kind, Word,
    found::{alias_of_number, document_numbers},
};
use crate::{
    model::{document::Document, id::IdSource, last_year::HERE},
    sharing::rewriting::{Rewriter, Spot, rewritten},
};

/// How often a text is gone over: replacing one word may bring another together, hardly ever a third.
const PASSES: usize = 8;

pub(super) struct Replacing<'a> {
    finder: Option<AhoCorasick>,
    words: &'a [&'a Word],
    ids: Option<&'a mut dyn IdSource>,
    renewed: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
    hides_numbers: bool,
}

impl<'a> Replacing<'a> {
    /// Replaces these words, the longest first where several begin at one place.
    pub fn new(words: &'a [&'a Word], ids: Option<&'a mut dyn IdSource>) -> Self {
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.iter().map(|word| &word.text));
        Self {
            // Far more words than any document has would be needed for there to be none.
            finder: finder.ok().filter(|_| !words.is_empty()),
            hides_numbers: words.iter().any(|word| word.kind == Kind::DocumentNumber),
            words,
            ids,
            renewed: BTreeMap::new(),
            files: BTreeMap::new(),
        }
    }

    /// The document with all of it replaced.
    pub fn copy(mut self, document: &Document) -> Option<Document> {
        let mut copy = rewritten(document, &mut self)?;
        // What a project says of its edition must go on leading to it.
        let pairs = document.editions.iter().zip(&copy.editions);
        let hashes: BTreeMap<String, String> = pairs
            .map(|(before, now)| (before.hash(), now.hash()))
            .filter(|(before, now)| before != now)
            .collect();
        for index in 0..copy.projects.len() {
            if let Some(project) = copy.projects.get_mut(index)
                && let Some(hash) = hashes.get(&project.edition.hash)
            {
                project.edition.hash.clone_from(hash);
            }
        }
        copy.editions.dedup_by(|one, other| Arc::ptr_eq(one, other));
        Some(copy)
    }

    fn replaced(&self, text: &str) -> Option<String> {
        let finder = self.finder.as_ref()?;
        let mut new = String::with_capacity(text.len());
        let mut from = 0;
        let mut has_changed = false;
        for found in finder.find_iter(text) {
            let word = self.words[found.pattern().as_usize()];
            // A number inside a longer one is another number.
            let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let is_number = word.text.bytes().all(|byte| byte.is_ascii_digit());
            let is_inside = is_digit(text[..found.start()].chars().next_back())
                || is_digit(text[found.end()..].chars().next());
            if is_number && is_inside {
                continue;
            }
            new.push_str(&text[from..found.start()]);
            new.push_str(&word.alias);
            from = found.end();
            has_changed = true;
        }
        new.push_str(&text[from..]);
        has_changed.then_some(new)
    }

    /// Whatever 文号 is left, because another word took part of it.
    fn without_numbers(text: &str) -> Option<String> {
        let mut left = document_numbers(text);
        left.retain(|range| !text[range.clone()].contains("某文"));
        let mut new = text.to_owned();
        for range in left.iter().rev() {
            let alias = alias_of_number(&text[range.clone()], 0);
            new.replace_range(range.clone(), &alias);
        }
        (!left.is_empty()).then_some(new)
    }

    fn file(&mut self, name: &str, text: &mut String) {
        let number = self.files.len() + 1;
        let alias = self.files.entry(text.clone()).or_insert_with(|| {
            let ending = text.rsplit_once('.').map(|(_, ending)| ending);
            let is_plain = |ending: &&str| {
                (1..=5).contains(&ending.len())
                    && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            };
            match ending.filter(is_plain) {
                Some(ending) => format!("{name}{number}.{ending}"),
                None => format!("{name}{number}"),
            }
        });
        text.clone_from(alias);
    }
}

impl Rewriter for Replacing<'_> {
    fn text(&mut self, spot: Spot<'_>, text: &mut String) {
        match (spot.record, spot.field) {
            // Whoever has the file could tell by it which it was.
            ("Evidence", "hash") | ("StageRecord", "content") => text.clear(),
            ("Evidence", "file") => self.file("材料", text),
            ("LastYear", "source") if text == HERE => {}
            ("Account" | "LastYear", "source") | ("Sending" | "Return", "file") => {
                self.file("文件", text);
            }
            ("EditionRef", "hash") => {}
            _ => {
                for _ in 0..PASSES {
                    match self.replaced(text) {
                        Some(new) => *text = new,
                        None => break,
                    }
                }
                if self.hides_numbers
                    && let Some(new) = Self::without_numbers(text)
                {
                    *text = new;
                }
            }
        }
    }

    fn id(&mut self, id: &mut String) {
        let Some(ids) = &mut self.ids else { return };
        let new = self
            .renewed
            .entry(id.clone())
            .or_insert_with(|| format!("{:016x}", ids.next_id()));
        id.clone_from(new);
    }
}
