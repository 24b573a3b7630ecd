//! By what forms are checked: the catalogue and the edition, changed by a 复核口径, changed by the person.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    sync::{Arc, Mutex, PoisonError},
};

use serde::Serialize;

use super::{
    catalogue::{self, Rule},
    finding::Finding,
};
use crate::model::{
    edition::Edition,
    policy::Severity,
    profile::{Adjustments, Profile, RuleChange},
    threshold,
};

/// Editions whose thresholds are worked out at most; more come and go only while files are imported.
const REMEMBERED: usize = 32;

/// Which profile was chosen.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Chosen {
    /// The catalogue as it is.
    #[default]
    BuiltIn,
    /// This one.
    Profile(Arc<Profile>),
    /// The one with this id, whose file is gone: the catalogue stands in for it.
    Missing(String),
}

/// What is in force, for forms of all editions. Cheap to clone, and compared by what it says.
#[derive(Debug, Clone, Default)]
pub struct InForce(Arc<Layers>);

#[derive(Debug, Default)]
struct Layers {
    chosen: Chosen,
    own: Adjustments,
    known: Mutex<Vec<Known>>,
}

/// What was worked out for an edition, known by its address, which stays its own while it is held here.
#[derive(Debug)]
struct Known {
    edition: Arc<Edition>,
    changed: Arc<Edition>,
    applied: Applied,
}

impl PartialEq for InForce {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.chosen == other.0.chosen && self.0.own == other.0.own)
    }
}

/// What is in force for forms of one edition. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Applied(Arc<Standard>);

#[derive(Debug, Default, PartialEq)]
struct Standard {
    off: BTreeSet<&'static str>,
    /// Levels other than the rule's own.
    levels: BTreeMap<&'static str, Severity>,
    words: Option<String>,
}

/// A profile as programs are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id; `None` for the program's own.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// Who hands it out.
    pub issuer: String,
    /// Its version.
    pub version: String,
    /// How many changes the person made on top of it.
    pub own_changes: usize,
}

impl InForce {
    /// The catalogue, changed by a profile, changed by the person.
    pub fn new(chosen: Chosen, own: Adjustments) -> Self {
        Self(Arc::new(Layers {
            chosen,
            own,
            known: Mutex::default(),
        }))
    }

    /// A profile as it is handed out.
    pub fn of(profile: Arc<Profile>) -> Self {
        Self::new(Chosen::Profile(profile), Adjustments::default())
    }

    /// The same without the person's own changes.
    #[must_use]
    pub fn without_own(&self) -> Self {
        Self::new(self.0.chosen.clone(), Adjustments::default())
    }

    /// The profile that was chosen.
    pub fn chosen(&self) -> &Chosen {
        &self.0.chosen
    }

    /// How forms of an edition are checked: by an edition with the thresholds in force, and by which rules.
    pub fn on(&self, edition: &Arc<Edition>) -> (Arc<Edition>, Applied) {
        if self.is_plain() {
            return (Arc::clone(edition), self.general());
        }
        // Nothing is left half done under the lock.
        let mut known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |one: &&Known| Arc::ptr_eq(&one.edition, edition);
        if let Some(one) = known.iter().find(is_same) {
            return (Arc::clone(&one.changed), one.applied.clone());
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let (changed, refused) = self.thresholds(edition);
        let applied = self.applied(&edition.id, refused);
        known.push(Known {
            edition: Arc::clone(edition),
            changed: Arc::clone(&changed),
            applied: applied.clone(),
        });
        (changed, applied)
    }

    /// Which rules are in force, and at which level, for forms of the edition with this id, or of any.
    pub fn rules_on(&self, edition: Option<&str>) -> Applied {
        self.applied(edition.unwrap_or_default(), false)
    }

    /// Whether thresholds contradict each other or the edition, so that some are left out.
    pub fn contradicts(&self, edition: &Arc<Edition>) -> bool {
        self.thresholds(edition).1
    }

    /// What is in force where the edition is not at hand.
    pub fn general(&self) -> Applied {
        match self.is_plain() {
            true => Applied::default(),
            false => self.applied("", false),
        }
    }

    /// By what forms are checked, in words; `None` where it is the catalogue as it is.
    pub fn in_words(&self) -> Option<String> {
        self.words(false)
    }

    /// By what forms are checked, for programs.
    pub fn named(&self) -> Named {
        let profile = self.profile();
        let text =
            |of: fn(&Profile) -> &str| profile.map_or_else(String::new, |it| of(it).to_owned());
        Named {
            id: profile.map(|profile| profile.id.clone()),
            name: profile.map_or_else(|| "内置".to_owned(), |profile| profile.name.clone()),
            issuer: text(|profile| &profile.issuer),
            version: text(|profile| &profile.version),
            own_changes: self.own_changes(),
        }
    }

    /// How many rules and thresholds the person changed; what this version does not know is not counted.
    pub fn own_changes(&self) -> usize {
        let lists = self.0.own.lists();
        lists
            .map(|(_, changes)| {
                let rules = changes.rules.keys();
                let known = rules.filter(|code| catalogue::by_code(code).is_some());
                known.count() + changes.known_thresholds().count()
            })
            .sum()
    }

    /// The profile, where one was chosen and is at hand.
    pub fn profile(&self) -> Option<&Arc<Profile>> {
        match &self.0.chosen {
            Chosen::Profile(profile) => Some(profile),
            Chosen::BuiltIn | Chosen::Missing(_) => None,
        }
    }

    fn is_plain(&self) -> bool {
        self.0.chosen == Chosen::BuiltIn && self.0.own == Adjustments::default()
    }

    /// The two lists of changes, the profile's first.
    fn layers(&self) -> impl Iterator<Item = &Adjustments> {
        let profile = self.profile().map(|profile| &profile.changes);
        profile.into_iter().chain([&self.0.own])
    }

    /// The edition with the thresholds in force, and whether some contradict it and were left out: a profile knows no more of
    /// an edition than its id.
    fn thresholds(&self, edition: &Arc<Edition>) -> (Arc<Edition>, bool) {
        let (mut changed, mut refused) = (Arc::clone(edition), false);
        for changes in self.layers().flat_map(|layer| layer.layers(&edition.id)) {
            if changes.thresholds.is_empty() {
                continue;
            }
            match threshold::applied(&changed, changes.known_thresholds()) {
                Some(with) => changed = Arc::new(with),
                None => refused = true,
            }
        }
        (changed, refused)
    }

    fn applied(&self, edition: &str, refused: bool) -> Applied {
        let mut standard = Standard {
            words: self.words(refused),
            ..Standard::default()
        };
        for changes in self.layers().flat_map(|layer| layer.layers(edition)) {
            for (code, change) in &changes.rules {
                if let Some(rule) = catalogue::by_code(code) {
                    standard.change(rule, change);
                }
            }
        }
        Applied(Arc::new(standard))
    }

    fn words(&self, refused: bool) -> Option<String> {
        let own = self.own_changes();
        let mut words = match &self.0.chosen {
            Chosen::BuiltIn if own == 0 && !refused => return None,
            Chosen::BuiltIn => "复核口径：内置".to_owned(),
            Chosen::Profile(profile) => match profile.version.as_str() {
                "" => format!("复核口径：{}", profile.name),
                version => format!("复核口径：{}，{version}", profile.name),
            },
            Chosen::Missing(_) => "复核口径：内置（所选口径的文件不在了）".to_owned(),
        };
        if own > 0 {
            // Writing to a string cannot fail.
            let _ = write!(words, "（另有本机更改 {own} 处）");
        }
        if refused {
            words.push_str("（有的界限与表样矛盾，没有采用）");
        }
        Some(words)
    }
}

/// What of a profile has no effect in this version, one sentence each.
pub fn remarks(profile: &Profile) -> Vec<String> {
    let mut unknown = BTreeSet::new();
    let mut capped = BTreeSet::new();
    for (_, changes) in profile.changes.lists() {
        for (code, change) in &changes.rules {
            match catalogue::by_code(code) {
                None => drop(unknown.insert(code.as_str())),
                Some(rule) if change.level.is_some_and(|level| level > highest(rule)) => {
                    capped.insert(rule.code);
                }
                Some(_) => {}
            }
        }
        let keys = changes.thresholds.keys();
        unknown.extend(
            keys.map(String::as_str)
                .filter(|key| threshold::by_key(key).is_none()),
        );
    }
    let listed = |names: BTreeSet<&str>| names.into_iter().collect::<Vec<_>>().join("、");
    let mut remarks = Vec::new();
    if !unknown.is_empty() {
        remarks.push(format!(
            "口径中有本版本没有的规则或界限，没有采用：{}。",
            listed(unknown)
        ));
    }
    if !capped.is_empty() {
        remarks.push(format!(
            "本来只作提示的规则容易误报，最高按警告处理：{}。",
            listed(capped)
        ));
    }
    remarks
}

/// A profile that says everything as it is, to be changed by hand: every rule, and the thresholds of these editions.
pub fn as_it_is<'e>(editions: impl IntoIterator<Item = &'e Edition>) -> Profile {
    let mut profile = Profile::new("my-profile", "我的复核口径");
    profile.note = "从内置口径导出。改成自己的编号、名称；规则写 on（是否启用）和 level（hint 提示、warning 警告、error 错误），\
                    不改的可以删去。"
        .to_owned();
    for rule in catalogue::all() {
        profile
            .changes
            .set_rule(None, rule.code, Some(true), Some(rule.level));
    }
    for edition in editions {
        for threshold in threshold::ALL {
            let value = threshold.value(edition);
            profile
                .changes
                .set_threshold(Some(&edition.id), threshold.key, Some(value));
        }
    }
    profile
}

impl Standard {
    fn change(&mut self, rule: &'static Rule, change: &RuleChange) {
        match change.on {
            Some(false) => drop(self.off.insert(rule.code)),
            Some(true) => drop(self.off.remove(rule.code)),
            None => {}
        }
        if let Some(level) = change.level {
            self.levels.insert(rule.code, level.min(highest(rule)));
        }
    }
}

/// The highest level that a profile can give to a rule: one that only hints is too often wrong to keep a form from being
/// handed in.
pub fn highest(rule: &Rule) -> Severity {
    match rule.level {
        Severity::Hint => Severity::Warning,
        Severity::Warning | Severity::Error => Severity::Error,
    }
}

impl Applied {
    /// Whether the rule with this code is looked at.
    pub fn is_on(&self, code: &str) -> bool {
        !self.0.off.contains(code)
    }

    /// The level of a rule: that of most of its findings.
    pub fn level_of(&self, rule: &Rule) -> Severity {
        self.0.levels.get(rule.code).copied().unwrap_or(rule.level)
    }

    /// Codes of the rules that are off, in order.
    pub fn off(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.off.iter().copied()
    }

    /// Which profile it is, in words; `None` where it is the catalogue as it is.
    pub fn in_words(&self) -> Option<&str> {
        self.0.words.as_deref()
    }

    /// Gives findings the levels in force. Under a rule that was lowered nothing is graver than its new level; under one that
    /// was raised all rise by as many steps, so that what was milder stays milder.
    pub fn grade(&self, findings: &mut [Finding]) {
        if self.0.levels.is_empty() {
            return;
        }
        for finding in findings {
            let Some(wanted) = self.0.levels.get(finding.rule.code).copied() else {
                continue;
            };
            let steps = rank(wanted) - rank(finding.rule.level);
            finding.level = match steps {
                0 => finding.level,
                1.. => raised(finding.level, steps),
                _ => finding.level.min(wanted),
            };
        }
    }
}

fn rank(level: Severity) -> i8 {
    match level {
        Severity::Hint => 0,
        Severity::Warning => 1,
        Severity::Error => 2,
    }
}

fn raised(level: Severity, steps: i8) -> Severity {
    match rank(level) + steps {
        ..=0 => Severity::Hint,
        1 => Severity::Warning,
        _ => Severity::Error,
    }
}
