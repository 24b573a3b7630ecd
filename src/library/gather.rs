//! 收录: entries out of filled in forms. What belongs to one project and not to the indicator stays behind: names of people,
//! telephone numbers, amounts of money.

use sha2::{Digest, Sha256};

use crate::{
    model::{
        document::RowView,
        edition::{Edition, FieldKind, FieldLayout, IndicatorRole},
        folding::squeezed,
        indicator::Indicator,
        library::{Entry, Origin},
        measure::Nature,
        project::{Project, header},
        typed::trim,
    },
    rules::{money_text::told_amounts, unnumbered},
};

use super::shelf::Shelf;

/// What was found in one form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gathered {
    /// The entries, in the order of the form.
    pub entries: Vec<Entry>,
    /// Rows that were not taken, one sentence each.
    pub left: Vec<String>,
}

/// The entries in a form. `source` is what they are told to come from.
pub fn gather(project: &Project, edition: &Edition, shelf: &Shelf, source: &str) -> Gathered {
    let gathering = Gathering {
        project,
        edition,
        people: people(project, edition),
        kinds: shelf
            .kinds_of(project)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        mark: mark(project),
        source,
    };
    let mut gathered = Gathered::default();
    for view in project.rows() {
        let row = view.indicator;
        let name = trim(unnumbered(&row.name));
        if name.is_empty() || row.part_of.is_some() || !row.is_applicable() {
            continue;
        }
        match gathering.why_private(name) {
            Some(why) => gathered
                .left
                .push(format!("“{name}”没有收录：名称中有{why}。")),
            None => gathered.entries.push(gathering.entry(&view, name)),
        }
    }
    gathered
}

struct Gathering<'g> {
    project: &'g Project,
    edition: &'g Edition,
    people: Vec<&'g str>,
    kinds: Vec<String>,
    mark: String,
    source: &'g str,
}

impl Gathering<'_> {
    fn entry(&self, view: &RowView<'_>, name: &str) -> Entry {
        let row = view.indicator;
        let (section, group) = (view.section.name(), view.group.name());
        let mut entry = Entry {
            name: name.to_owned(),
            kinds: self.kinds.clone(),
            origin: Origin::From(self.source.to_owned()),
            last_year: self.project.year(),
            used_in: [self.mark.clone()].into(),
            ..Entry::default()
        };
        entry.set_levels(section, group, self.edition.sense(section, group));
        let sign = match row.nature.value() {
            Some(Nature::Compared(comparator)) => Some(*comparator),
            _ => None,
        };
        entry.set_target(row.target.text(), sign, &row.unit);
        if is_money(&entry.unit) || self.why_private(&entry.target).is_some() {
            entry.target.clear();
        }
        if let Some(number) = row.target.value().and_then(|measure| measure.number())
            && !entry.target.is_empty()
        {
            (entry.lowest, entry.highest) = (Some(number), Some(number));
        }
        entry.measured = self.told(row, &["解释", "说明", "计算", "统计", "口径", "公式"]);
        entry.evidence = self.evidence(row);
        entry
    }

    /// What columns of the person's own form say, whose captions have one of the words.
    fn told(&self, row: &Indicator, words: &[&str]) -> String {
        let columns = self.edition.indicators.columns.iter();
        let texts = columns
            .filter(|column| column.role == IndicatorRole::Extra)
            .filter(|column| words.iter().any(|word| column.caption.contains(word)))
            .filter(|column| column.caption.contains("指标") || !column.caption.contains("情况"))
            .filter_map(|column| row.extra.get(&column.key))
            .map(|text| trim(text))
            .filter(|text| !text.is_empty() && self.why_private(text).is_none());
        texts.collect::<Vec<_>>().join("；")
    }

    fn evidence(&self, row: &Indicator) -> String {
        let registered = self.project.evidence.iter();
        let titles = registered
            .filter(|evidence| evidence.indicator == Some(row.id))
            .map(|evidence| trim(&evidence.title))
            .filter(|title| !title.is_empty() && self.why_private(title).is_none());
        let columns = self.told(row, &["佐证", "证明", "材料", "来源"]);
        let columns = Some(&*columns).filter(|text| !text.is_empty());
        titles.chain(columns).collect::<Vec<_>>().join("、")
    }

    /// What of one project alone a text names.
    fn why_private(&self, text: &str) -> Option<&'static str> {
        if self.people.iter().any(|person| text.contains(person)) {
            return Some("人名");
        }
        if has_long_number(text) {
            return Some("电话等号码");
        }
        told_amounts(text).next().map(|_| "金额")
    }
}

/// Whether a unit is that of an amount of money as a whole, not of a price.
fn is_money(unit: &str) -> bool {
    matches!(trim(unit), "元" | "千元" | "万元" | "百万元" | "亿元")
}

fn has_long_number(text: &str) -> bool {
    const SHORTEST: usize = 7;
    let mut run = 0;
    text.chars().any(|c| {
        run = match c {
            _ if c.is_ascii_digit() || matches!(c, '０'..='９') => run + 1,
            '-' | '－' | ' ' if run > 0 => run,
            _ => 0,
        };
        run >= SHORTEST
    })
}

/// Names of people that the form has in fields of their own.
fn people<'g>(project: &'g Project, edition: &Edition) -> Vec<&'g str> {
    let of = |fields: &[FieldLayout], value: &dyn Fn(&str) -> Option<&'g str>| {
        let fields = fields
            .iter()
            .filter(|field| field.kind == FieldKind::Person);
        fields
            .filter_map(|field| value(&field.key))
            .collect::<Vec<_>>()
    };
    let head = of(&edition.header, &|key| {
        project.header.get(key).map(|text| &**text)
    });
    let foot = of(&edition.footer, &|key| {
        project.footer.get(key).map(|text| &**text)
    });
    head.into_iter()
        .chain(foot)
        .flat_map(|names| names.split(['、', '，', ',', ' ', '；', ';']))
        .map(trim)
        .filter(|name| name.chars().count() >= 2)
        .collect()
}

/// The same project gathered again, from whatever copy, counts once.
fn mark(project: &Project) -> String {
    let mut hash = Sha256::new();
    for part in [
        project.name(),
        project.header(header::PROJECT_CODE),
        project.header(header::YEAR),
    ] {
        hash.update(squeezed(part));
        hash.update([0]);
    }
    let digest = hash.finalize();
    digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
