//! 复核口径 as data: which rules are looked at, at which level, and where the thresholds lie; for all editions and for some.
//! A bureau hands its own out as a file, and a person has changes of their own on top.

use serde_json::Value;

use super::{
    policy::Severity,
    record::{KeyMap, record},
    threshold::{self, Threshold},
    typed::trim,
};

/// What stands in `format` of every profile file.
pub const FORMAT: &str = "jiping-profile";

/// The longest id and the longest name, issuer or version, in characters.
const LONGEST: (usize, usize) = (64, 80);

/// How many entries a list may have, and how long a code or key may be; the catalogue stays far below both.
const MOST: (usize, usize) = (1000, 64);

record! {
    /// A profile file.
    pub struct Profile {
        /// Always [`FORMAT`].
        pub format: String,
        /// Tells it from other profiles: small letters, digits, hyphens. A file with the same id takes its place.
        pub id: String,
        /// What it is called ("某市财政局 2024 年复核口径").
        pub name: String,
        /// Who hands it out; may be empty.
        pub issuer: String,
        /// Its version or date, in the issuer's own words; may be empty.
        pub version: String,
        /// Anything to be known about it; may be empty.
        pub note: String,
        /// What it changes.
        pub changes: Adjustments,
    }

    /// Changes to the rules and thresholds of the program and of editions.
    #[derive(Default)]
    pub struct Adjustments {
        /// For forms of every edition.
        pub all: Changes,
        /// For forms of the edition with this id; these come on top.
        pub editions: KeyMap<Changes>,
    }

    /// Changes that belong together.
    #[derive(Default)]
    pub struct Changes {
        /// Rules by their code. One that the program does not know is kept and has no effect.
        pub rules: KeyMap<RuleChange>,
        /// Thresholds by their key, which is their place in an edition file ("checks.very_low_rate"); see [`threshold::ALL`].
        /// One that the program does not know is kept and has no effect.
        pub thresholds: KeyMap<Value>,
    }

    /// What becomes of a rule. What is not given stays as it is.
    #[derive(Default)]
    pub struct RuleChange {
        /// Whether it is looked at.
        pub on: Option<bool>,
        /// Its level.
        pub level: Option<Severity>,
    }
}

impl Profile {
    /// A profile that changes nothing.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            format: FORMAT.into(),
            id: id.into(),
            name: name.into(),
            issuer: String::new(),
            version: String::new(),
            note: String::new(),
            changes: Adjustments::default(),
            unknown: Default::default(),
        }
    }

    /// The JSON Schema of profile files, published as `assets/schemas/profile.schema.json`.
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(Self)
    }

    /// Everything that keeps it from being used, in the order of the file; empty for a sound one.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.format != FORMAT {
            // Whatever else it says, it was not written to be read as one.
            return vec![format!("这不是复核口径文件（format 应为“{FORMAT}”）")];
        }
        let (id, text) = LONGEST;
        if !is_id(&self.id) || self.id.len() > id {
            problems.push(format!(
                "id：“{}”不能用作标识，请用小写字母、数字和连字符，不超过 {id} 个字符",
                self.id
            ));
        }
        if trim(&self.name).is_empty() {
            problems.push("name：名称为空，请填写".into());
        }
        let texts = [
            ("name", &self.name),
            ("issuer", &self.issuer),
            ("version", &self.version),
        ];
        for (place, given) in texts {
            if given.chars().count() > text || given.contains(char::is_control) {
                problems.push(format!("{place}：请写成一行，不超过 {text} 个字"));
            }
        }
        problems.extend(self.changes.problems("changes"));
        problems
    }

    /// The profile as the text of a file.
    pub fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

impl Adjustments {
    /// The changes for an edition, from the general to the special; the later ones win.
    pub fn layers(&self, edition: &str) -> impl Iterator<Item = &Changes> {
        std::iter::once(&self.all).chain(self.editions.get(edition))
    }

    /// The changes for one edition, or for all.
    pub fn of(&self, edition: Option<&str>) -> Option<&Changes> {
        match edition {
            None => Some(&self.all),
            Some(id) => self.editions.get(id),
        }
    }

    /// Sets what becomes of a rule, for one edition or for all. A change that says nothing any more is taken out.
    pub fn set_rule(
        &mut self,
        edition: Option<&str>,
        code: &str,
        on: Option<bool>,
        level: Option<Severity>,
    ) {
        self.change(edition, |changes| {
            let mut rule = changes.rules.remove(code).unwrap_or_default();
            (rule.on, rule.level) = (on, level);
            if rule != RuleChange::default() {
                changes.rules.insert(code.to_owned(), rule);
            }
        });
    }

    /// Sets a threshold, for one edition or for all; `None` takes the change back.
    pub fn set_threshold(&mut self, edition: Option<&str>, key: &str, value: Option<Value>) {
        self.change(edition, |changes| {
            match value {
                Some(value) => changes.thresholds.insert(key.to_owned(), value),
                None => changes.thresholds.remove(key),
            };
        });
    }

    fn change(&mut self, edition: Option<&str>, make: impl FnOnce(&mut Changes)) {
        let Some(id) = edition else {
            return make(&mut self.all);
        };
        let changes = self.editions.entry(id.to_owned()).or_default();
        make(changes);
        if *changes == Changes::default() {
            self.editions.remove(id);
        }
    }

    /// Takes all changes of rules over from others, in the place of these.
    pub fn take_rules(&mut self, from: &Self) {
        self.take(from, |mine, theirs| mine.rules.clone_from(&theirs.rules));
    }

    /// Takes all changes of thresholds over from others, in the place of these.
    pub fn take_thresholds(&mut self, from: &Self) {
        self.take(from, |mine, theirs| {
            mine.thresholds.clone_from(&theirs.thresholds);
        });
    }

    fn take(&mut self, from: &Self, copy: impl Fn(&mut Changes, &Changes)) {
        let nothing = Changes::default();
        let ids: Vec<String> = self
            .editions
            .keys()
            .chain(from.editions.keys())
            .cloned()
            .collect();
        for id in ids {
            let theirs = from.editions.get(&id).unwrap_or(&nothing);
            self.change(Some(&id), |mine| copy(mine, theirs));
        }
        copy(&mut self.all, &from.all);
    }

    /// Puts other changes on top of these.
    pub fn overlay(&mut self, over: &Self) {
        self.all.overlay(&over.all);
        for (id, changes) in &over.editions {
            self.editions
                .entry(id.clone())
                .or_default()
                .overlay(changes);
        }
    }

    /// All changes, each list with the edition it is for.
    pub fn lists(&self) -> impl Iterator<Item = (Option<&str>, &Changes)> {
        let editions = self
            .editions
            .iter()
            .map(|(id, changes)| (Some(id.as_str()), changes));
        std::iter::once((None, &self.all)).chain(editions)
    }

    /// Leaves out what no program wrote: names that are too long, and entries beyond every catalogue. For files that are used
    /// whatever they hold.
    pub fn bound(&mut self) {
        let (most, length) = MOST;
        let fits = |name: &String| !name.is_empty() && name.len() <= length;
        self.editions.retain(|id, _| fits(id));
        while self.editions.len() > most {
            self.editions.pop_last();
        }
        for changes in std::iter::once(&mut self.all).chain(self.editions.values_mut()) {
            changes.rules.retain(|code, _| fits(code));
            changes.thresholds.retain(|key, value| {
                fits(key)
                    && threshold::by_key(key).is_none_or(|known| known.problem(value).is_none())
            });
            while changes.rules.len() > most {
                changes.rules.pop_last();
            }
            while changes.thresholds.len() > most {
                changes.thresholds.pop_last();
            }
        }
    }

    fn problems(&self, place: &str) -> Vec<String> {
        let (most, length) = MOST;
        let mut problems = Vec::new();
        for (edition, changes) in self.lists() {
            let place = match edition {
                None => format!("{place}.all"),
                Some(id) => format!("{place}.editions.{id}"),
            };
            let names = changes
                .rules
                .keys()
                .chain(changes.thresholds.keys())
                .chain(edition.is_some().then_some(&place));
            if names
                .clone()
                .any(|name| name.is_empty() || name.len() > 2 * length)
            {
                problems.push(format!("{place}：编号或名称为空或过长"));
            }
            if changes.rules.len().max(changes.thresholds.len()) > most {
                problems.push(format!("{place}：超过 {most} 项"));
            }
            problems.extend(changes.thresholds.iter().filter_map(|(key, value)| {
                let why = threshold::by_key(key)?.problem(value)?;
                Some(format!("{place}.thresholds.{key}：{why}"))
            }));
        }
        if self.editions.len() > most {
            problems.push(format!("{place}.editions：超过 {most} 项"));
        }
        problems
    }
}

impl Changes {
    fn overlay(&mut self, over: &Self) {
        for (code, rule) in &over.rules {
            let mine = self.rules.entry(code.clone()).or_default();
            mine.on = rule.on.or(mine.on);
            mine.level = rule.level.or(mine.level);
        }
        let thresholds = over.thresholds.iter();
        self.thresholds
            .extend(thresholds.map(|(key, value)| (key.clone(), value.clone())));
    }

    /// The thresholds that this version knows, with their values.
    pub fn known_thresholds(&self) -> impl Iterator<Item = (&'static Threshold, &Value)> {
        let pairs = self.thresholds.iter();
        pairs.filter_map(|(key, value)| Some((threshold::by_key(key)?, value)))
    }
}

fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(is_plain)
}
