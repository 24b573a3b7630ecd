//! Collects what rules find: one finding per cause and group. Weaker rules stay silent under a stronger one of the same
//! cause, and hits of one rule on rows of one group fold into one finding that lists them.

use std::borrow::Cow;

use super::{
    carried::carry_totals,
    catalogue::{self, Check, Rule},
    finding::{Finding, Fix, Mend},
    form::{Form, GroupOf, Row, SectionOf},
    profile::Applied,
};
use crate::model::{
    id::Id,
    indicator::{Group, Indicator, Section},
    path::{CellPath, IndicatorField, Place},
    policy::Severity,
    project::{FundRow, Project},
};

/// What a hit is about, from narrow to wide: a hit silences only what lies within its own extent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// The section it lies in.
    pub section: Option<Id<Section>>,
    /// The group it lies in.
    pub group: Option<Id<Group>>,
    /// The indicator row it is about.
    pub row: Option<Id<Indicator>>,
    /// The fund row it is about.
    pub fund: Option<Id<FundRow>>,
}

impl Extent {
    fn contains(&self, other: &Self) -> bool {
        fn within<T: PartialEq>(outer: Option<T>, inner: Option<T>) -> bool {
            outer.is_none() || outer == inner
        }
        within(self.section, other.section)
            && within(self.group, other.group)
            && within(self.row, other.row)
            && within(self.fund, other.fund)
    }
}

/// One hit of a rule, before folding.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Level.
    pub level: Severity,
    /// Where to go.
    pub at: CellPath,
    /// What it is about.
    pub extent: Extent,
    /// Who can mend it.
    pub mend: Mend,
    /// What is wrong, in words common to all rows ("未达目标却得满分").
    pub lead: Cow<'static, str>,
    /// This row's own part ("年度课题数量：目标 10，实际 7"); empty where the lead says it all.
    pub item: String,
    /// What to do.
    pub hint: Cow<'static, str>,
    /// What the program can do.
    pub fix: Option<Fix>,
    /// Whether hits of one group fold into one finding.
    pub folds: bool,
    /// The rules that wait until this is mended: those that its rule names, or some of them.
    pub silences: &'static [&'static str],
}

impl Hit {
    /// Sets the row's own part of the message.
    #[must_use]
    pub fn item(mut self, item: impl Into<String>) -> Self {
        self.item = item.into();
        self
    }

    /// Sets another level than the rule's own.
    #[must_use]
    pub fn level(mut self, level: Severity) -> Self {
        self.level = level;
        self
    }

    /// Says who can mend it.
    #[must_use]
    pub fn mend(mut self, mend: Mend) -> Self {
        self.mend = mend;
        self
    }

    /// Offers a fix.
    #[must_use]
    pub fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// Lets only these of the rules wait that its rule names.
    #[must_use]
    pub fn silences(mut self, codes: &'static [&'static str]) -> Self {
        self.silences = codes;
        self
    }

    /// What follows from it lies anywhere in the form, not only in its row.
    #[must_use]
    pub fn about_all(mut self) -> Self {
        self.extent = Extent::default();
        self
    }

    /// How much it weighs when the form is to be handed in: whether it must be mended first, and whether it is an error.
    fn gravity(&self) -> (bool, bool) {
        let is_error = self.level == Severity::Error;
        (is_error && self.mend == Mend::Now, is_error)
    }
}

/// Takes the hits of one project.
pub struct Sink<'r> {
    rule: &'static Rule,
    form: &'r Form<'r>,
    hits: Vec<(&'static Rule, Hit)>,
}

impl<'r> Sink<'r> {
    /// Runs every rule of the catalogue over `form` that has something to say at its stage and is in force.
    pub fn run(form: &'r Form<'r>, applied: &Applied) -> Vec<Finding> {
        let Some(first) = catalogue::all().next() else {
            return Vec::new();
        };
        let mut sink = Self {
            rule: first,
            form,
            hits: Vec::with_capacity(64),
        };
        let phase = form.phase();
        let is_on = |rule: &&Rule| rule.phase <= phase && applied.is_on(rule.code);
        for rule in catalogue::all().filter(is_on) {
            if let Check::Form(check) = rule.check {
                sink.rule = rule;
                check(form, &mut sink);
            }
        }
        settle(form, applied, sink.hits)
    }

    /// A hit at any place.
    pub fn hit(
        &self,
        place: Place,
        lead: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Hit {
        let fund = match &place {
            Place::Fund(row, _) => Some(*row),
            _ => None,
        };
        Hit {
            level: self.rule.level,
            at: self.form.at(place),
            extent: Extent {
                fund,
                ..Extent::default()
            },
            mend: Mend::Now,
            lead: lead.into(),
            item: String::new(),
            hint: hint.into(),
            fix: None,
            folds: false,
            silences: self.rule.silences,
        }
    }

    /// A hit at a cell of a row; hits of the same rule in the same group fold.
    pub fn row_hit(
        &self,
        row: &Row<'_>,
        field: IndicatorField,
        lead: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Hit {
        let mut hit = self.hit(row.place(field), lead, hint);
        hit.extent = Extent {
            section: Some(row.view.section.id),
            group: Some(row.view.group.id),
            row: Some(row.view.indicator.id),
            fund: None,
        };
        hit.folds = true;
        hit
    }

    /// A hit about a whole group.
    pub fn group_hit(
        &self,
        group: &GroupOf<'_>,
        place: Place,
        lead: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Hit {
        let mut hit = self.hit(place, lead, hint);
        hit.extent.section = Some(group.section.id);
        hit.extent.group = Some(group.group.id);
        hit
    }

    /// A hit about a whole section.
    pub fn section_hit(
        &self,
        section: &SectionOf<'_>,
        place: Place,
        lead: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Hit {
        let mut hit = self.hit(place, lead, hint);
        hit.extent.section = Some(section.section.id);
        hit
    }

    /// Takes a hit.
    pub fn push(&mut self, hit: Hit) {
        self.hits.push((self.rule, hit));
    }
}

/// Folds what stands beside stronger hits of the same cause. A finding for which a 核实说明 stands is answered, and so is what
/// follows from it: both wait until its values change.
fn settle(form: &Form<'_>, applied: &Applied, hits: Vec<(&'static Rule, Hit)>) -> Vec<Finding> {
    let mut findings = fold(silence(&hits));
    carry_totals(form, &mut findings);
    applied.grade(&mut findings);
    set_aside(form.project, &mut findings);
    findings
}

/// Leaves out hits that follow from a stronger one of the same cause. What must be mended first waits only for what must be mended
/// first too, else a form could be handed in with it; but where a value itself is in doubt (V), what is reckoned from it waits.
fn silence<'h>(hits: &'h [(&'static Rule, Hit)]) -> impl Iterator<Item = (&'static Rule, &'h Hit)> {
    let silencers: Vec<(&'static [&'static str], Extent, (bool, bool))> = hits
        .iter()
        .filter(|(_, hit)| !hit.silences.is_empty())
        .map(|(rule, hit)| {
            let gravity = match rule.code.starts_with('V') {
                true => (true, true),
                false => hit.gravity(),
            };
            (hit.silences, hit.extent, gravity)
        })
        .collect();
    hits.iter().filter_map(move |(rule, hit)| {
        let is_silenced = silencers.iter().any(|(codes, extent, gravity)| {
            extent.contains(&hit.extent) && codes.contains(&rule.code) && *gravity >= hit.gravity()
        });
        (!is_silenced).then_some((*rule, hit))
    })
}

fn fold<'h>(hits: impl Iterator<Item = (&'static Rule, &'h Hit)>) -> Vec<Finding> {
    let mut folded: Vec<(&'static Rule, Vec<&Hit>)> = Vec::new();
    for (rule, hit) in hits {
        // A rule takes its hits one after the other.
        let twin = folded
            .iter_mut()
            .rev()
            .take_while(|(other, _)| std::ptr::eq(*other, rule))
            .find(|(_, open)| {
                open.first()
                    .is_some_and(|first| belong_together(first, hit))
            });
        match twin {
            Some((_, open)) => open.push(hit),
            None => folded.push((rule, vec![hit])),
        }
    }
    folded
        .into_iter()
        .filter_map(|(rule, hits)| finding(rule, &hits))
        .collect()
}

fn belong_together(first: &Hit, next: &Hit) -> bool {
    first.folds
        && next.folds
        && first.extent.group == next.extent.group
        && first.level == next.level
        && first.mend == next.mend
        && first.lead == next.lead
}

fn finding(rule: &'static Rule, hits: &[&Hit]) -> Option<Finding> {
    let first = hits.first()?;
    let items: Vec<&str> = hits
        .iter()
        .map(|hit| hit.item.as_str())
        .filter(|item| !item.is_empty())
        .collect();
    let message = match (hits.len(), items.is_empty()) {
        (_, true) => first.lead.to_string(),
        (1, false) => format!("{}：{}", first.lead, items[0]),
        (count, false) => format!("{}（{count}处）：{}", first.lead, items.join("；")),
    };
    let fix = common_fix(hits);
    Some(Finding {
        rule,
        level: first.level,
        at: first.at.clone(),
        cells: hits.iter().map(|hit| hit.at.clone()).collect(),
        mend: first.mend,
        message,
        hint: first.hint.to_string(),
        fix,
        explained: None,
    })
}

/// The fix of a folded finding mends those of its rows that have one; its title says how many where they are not all.
fn common_fix(hits: &[&Hit]) -> Option<Fix> {
    let fixes: Vec<&Fix> = hits.iter().filter_map(|hit| hit.fix.as_ref()).collect();
    let first = &fixes.first()?.title;
    let title = match (fixes.len(), hits.len()) {
        (1, 1) => first.clone(),
        (1, of) => format!("{first}（{of}处中的1处）"),
        (some, of) if some < of => format!("{first}等{some}处（共{of}处）"),
        (all, _) => format!("{first}等{all}处"),
    };
    let changes = fixes.iter().flat_map(|fix| fix.changes.clone()).collect();
    Some(Fix { title, changes })
}

/// Marks findings for which a 核实说明 stands and still holds.
pub(super) fn set_aside(project: &Project, findings: &mut [Finding]) {
    if project.explanations.is_empty() {
        return;
    }
    for finding in findings {
        let fingerprint = finding.fingerprint();
        finding.explained = project
            .explanations
            .iter()
            .find(|given| {
                given.rule == finding.rule.code
                    && given.at == finding.at
                    && given.fingerprint == fingerprint
            })
            .map(|given| given.text.to_string());
    }
}
