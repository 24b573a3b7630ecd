//! Every rule, with the findings that its case file brings about.

use std::collections::BTreeSet;

use jiping::rules::{catalogue, finding::Finding};

use super::page::{Chapter, Entry};
use crate::{cases, rules::case_files};

pub fn chapter() -> Chapter {
    let files = case_files();
    let entries = catalogue::all().map(|rule| {
        let file = files.iter().find(|(code, _)| code == rule.code);
        let (_, text) = file.expect("every rule has a case file");
        let mut entry = Entry::new(
            format!("{} {}", rule.code, rule.name),
            format!("src/rules · tests/rules/{}.md", rule.code),
        )
        .line("级别", format!("{}　{}", rule.level, rule.family()))
        .line("看什么", rule.summary)
        .line("为什么", rule.why)
        .line("依据", rule.basis);
        let mut seen = BTreeSet::new();
        for case in cases::parse(text) {
            let (project, edition, findings) = case.check();
            let own = |finding: &&Finding| finding.rule.code == rule.code;
            for finding in findings.iter().filter(own) {
                if seen.insert((finding.message.clone(), finding.hint.clone())) {
                    let place = finding.at.in_words(&project, &edition);
                    let fix = finding.fix.as_ref();
                    let fix = fix.map_or(String::new(), |fix| format!("　〔{}〕", fix.title));
                    entry = entry.line(
                        finding.level.to_string(),
                        format!("{place}\n{}\n→ {}{fix}", finding.message, finding.hint),
                    );
                }
            }
        }
        assert!(!seen.is_empty(), "{} was never seen", rule.code);
        entry
    });
    Chapter {
        title: "校验",
        about: "全部校验规则，以及用例中真实出现的提示：位置、问题、→ 怎样改、〔自动修正按钮〕。",
        entries: entries.collect(),
    }
}
