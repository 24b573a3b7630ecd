//! One project in three states: at which stage it stands, whose form it is, and what lies beside the form.

use std::collections::HashSet;

use crate::model::{
    id::Id,
    project::{Project, Stage},
    review::{StageRecord, Withheld},
    rows::Rows,
};

use super::{
    beside::{account_told, always_open},
    item::{Choice, Clash, Matter},
    level::{Node, Present, rows},
    mend::mend,
    tables::{aside, stated, tables},
    tree::goals,
    walk::{Changed, Question, Spot, Three, Walk},
};

impl Node for Project {
    type Key = Id<Self>;
    const PART: &'static str = "project";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        format!("项目 {}", self.shown_name())
    }

    fn told(&self) -> String {
        format!("{} 行指标", self.rows().count())
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        walk.inside(three.ours.id, |walk| merge(walk, three))
    }

    fn is_fixed(&self) -> bool {
        !self.stage.is_editable()
    }

    fn is_as(&self, base: &Self, _: &Present) -> bool {
        self == base
    }
}

/// Whose form it is after the merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// This document's, because its stage locks it.
    Locked,
    /// This document's.
    Ours,
    /// The other one's.
    Theirs,
    /// Cell by cell.
    Joined,
}

fn merge(walk: &mut Walk<'_>, three: Three<'_, Project>) -> Project {
    let Three { base, ours, theirs } = three;
    let forms = [base, Some(ours), Some(theirs)].map(|project| project.map(form_of));
    let [base, Some(our_form), Some(their_form)] = &forms else {
        return ours.clone();
    };
    let forms = Three {
        base: base.as_ref(),
        ours: our_form,
        theirs: their_form,
    };
    let (stage, is_their_form) = stage(walk, three, forms);
    let source = match is_their_form {
        true => Source::Theirs,
        false => source(walk, forms, [ours.stage, stage]),
    };
    let mut merged = match source {
        Source::Locked | Source::Ours => ours.clone(),
        Source::Theirs => theirs.clone(),
        Source::Joined => joined(walk, three),
    };
    merged.stage = stage;
    if source == Source::Locked {
        tell_what_is_left_out(walk, three, forms);
    } else {
        merged.evidence = rows(walk, three.of(|one| &one.evidence), "佐证材料的顺序");
        merged.explanations = rows(walk, three.of(|one| &one.explanations), "核实说明的顺序");
    }
    always_open(walk, three, &mut merged);
    mend(walk, three, &mut merged);
    merged
}

/// Says that a locked form was changed there.
fn tell_what_is_left_out(
    walk: &mut Walk<'_>,
    three: Three<'_, Project>,
    forms: Three<'_, Project>,
) {
    let changed = [
        forms.changed(),
        three.of(|one| &one.evidence).changed(),
        three.of(|one| &one.explanations).changed(),
    ];
    if changed.iter().any(|changed| *changed != Changed::NotThere) {
        let stage = three.ours.stage;
        let spot = Spot::field("locked".into(), format!("已{stage}，未合并"));
        let theirs = "对方有改动".to_owned();
        walk.tell(spot, Matter::Locked, stage.to_string(), theirs);
    }
}

/// The form without its stage and what lies beside it.
fn form_of(project: &Project) -> Project {
    Project {
        stage: Stage::default(),
        evidence: Rows::new(),
        notes: Rows::new(),
        explanations: Rows::new(),
        working_paper: None,
        last_year: None,
        deadlines: Vec::new(),
        stages: Rows::new(),
        ..project.clone()
    }
}

/// The stage, and whether the form is the other side's as a whole because it was closed there.
fn stage(
    walk: &mut Walk<'_>,
    three: Three<'_, Project>,
    forms: Three<'_, Project>,
) -> (Stage, bool) {
    let Three { base, ours, theirs } = three;
    let changed = match base {
        Some(_) => three.of(|project| &project.stage).changed(),
        None if ours.stage == theirs.stage => Changed::NotThere,
        None => later(ours, theirs),
    };
    if changed == Changed::NotThere {
        return (ours.stage, false);
    }
    let is_closed = !theirs.stage.is_editable();
    let is_torn =
        is_closed && forms.ours != forms.theirs && forms.base.is_none_or(|base| base != forms.ours);
    let clash = (changed == Changed::Both || is_torn).then_some(Clash::Stage);
    let choice = walk.ask(Question {
        spot: Spot::field("stage".into(), "阶段".into()),
        matter: Matter::Stage,
        base: base.map(|project| project.stage.to_string()),
        mine: ours.stage.to_string(),
        theirs: theirs.stage.to_string(),
        clash,
        allows_both: false,
    });
    match choice {
        Choice::Theirs => (theirs.stage, is_closed && clash.is_some()),
        Choice::Mine | Choice::Both => (ours.stage, false),
    }
}

/// Who moved a project on, as its records tell.
fn later(ours: &Project, theirs: &Project) -> Changed {
    let records = |project: &Project| -> HashSet<Id<StageRecord>> {
        project.stages.iter().map(|record| record.id).collect()
    };
    let (here, there) = (records(ours), records(theirs));
    match (here.is_subset(&there), there.is_subset(&here)) {
        (true, false) => Changed::There,
        (false, true) => Changed::NotThere,
        _ => Changed::Both,
    }
}

/// Whose form it is. `stages` are those before and after the merge.
fn source(walk: &mut Walk<'_>, forms: Three<'_, Project>, stages: [Stage; 2]) -> Source {
    let Three { base, ours, theirs } = forms;
    let changed = forms.changed();
    let [before, after] = stages;
    if before == after && !before.is_editable() {
        return Source::Locked;
    }
    let kind = |project: &Project| (project.edition.clone(), project.money_unit);
    if kind(ours) == kind(theirs) {
        return Source::Joined;
    }
    let clash = match changed {
        Changed::NotThere => return Source::Ours,
        Changed::There => None,
        Changed::Both => Some(Clash::Form),
    };
    let told = |project: &Project| format!("{}，{}", project.edition.id, project.money_unit);
    let choice = walk.ask(Question {
        spot: Spot::field("form".into(), "整份表（表样、金额单位和内容）".into()),
        matter: Matter::Form,
        base: base.map(told),
        mine: told(ours),
        theirs: told(theirs),
        clash,
        allows_both: false,
    });
    match choice {
        Choice::Theirs => Source::Theirs,
        Choice::Mine | Choice::Both => Source::Ours,
    }
}

/// The form, cell by cell. What lies beside it is this document's for now.
fn joined(walk: &mut Walk<'_>, three: Three<'_, Project>) -> Project {
    use crate::model::path::Place;
    let ours = three.ours;
    let single = |key: &str, caption: &str| Spot::field(key.to_owned(), caption.to_owned());
    let withheld = |withheld: &Option<Withheld>| match withheld {
        Some(withheld) => format!("不公开 {}", withheld.reason),
        None => "可以公开".to_owned(),
    };
    let mut merged = Project {
        id: ours.id,
        copied_from: walk.quiet(three.of(|one| &one.copied_from)),
        edition: ours.edition.clone(),
        stage: ours.stage,
        money_unit: ours.money_unit,
        header: walk.keyed(three.of(|one| &one.header), Place::Header),
        funds: rows(walk, three.of(|one| &one.funds), "资金行的顺序"),
        goals: goals(walk, three),
        tables: tables(walk, three.of(|one| &one.tables)),
        texts: walk.keyed(three.of(|one| &one.texts), Place::Text),
        footer: walk.keyed(three.of(|one| &one.footer), Place::Footer),
        stated: stated(walk, three.of(|one| &one.stated)),
        evidence: ours.evidence.clone(),
        notes: ours.notes.clone(),
        explanations: ours.explanations.clone(),
        account: walk.whole(three.of(|one| &one.account), account_told, || {
            single("account", "账面数")
        }),
        budget_adjustments: rows(
            walk,
            three.of(|one| &one.budget_adjustments),
            "预算调整的顺序",
        ),
        removed: rows(walk, three.of(|one| &one.removed), "批复指标的顺序"),
        working_paper: ours.working_paper.clone(),
        last_year: ours.last_year.clone(),
        deadlines: ours.deadlines.clone(),
        aside: None,
        stages: ours.stages.clone(),
        withheld: walk.whole(three.of(|one| &one.withheld), withheld, || {
            single("withheld", "是否公开")
        }),
        unknown: walk.unknown(three.of(|one| &one.unknown)),
    };
    merged.aside = aside(walk, three.of(|one| &one.aside), &merged);
    merged
}
