//! The document around its projects: 整改台账, forms that were given out, editions that travel with it.

use std::sync::Arc;

use crate::model::{
    document::Document,
    edition::Edition,
    id::Id,
    ledger::Rectification,
    path::CellPath,
    project::Project,
    rows::Rows,
    sending::{Return, Sending},
};

use super::{
    level::{Node, rows_of},
    walk::{Cell, Changed, Spot, Three, Walk},
    words::named,
};

/// Joins two documents that may have an ancestor.
pub(super) fn merge(walk: &mut Walk<'_>, three: Three<'_, Document>) -> Document {
    let Three { base, ours, theirs } = three;
    // A file with some of the projects, as one that was split off, has an identity of its own: what it lacks was not removed.
    let is_whole = ours.id == theirs.id && base.is_none_or(|base| base.id == theirs.id);
    let projects = rows_of(walk, three.of(|one| &one.projects), is_whole, "项目的顺序");
    let ledger = rows_of(
        walk,
        three.of(|one| &one.ledger),
        is_whole,
        "整改事项的顺序",
    );
    let sendings = rows_of(
        walk,
        three.of(|one| &one.sendings),
        is_whole,
        "发出填报表的顺序",
    );
    Document {
        id: ours.id,
        editions: editions(walk, three, &projects),
        projects,
        ledger,
        sendings,
        unknown: walk.unknown(three.of(|one| &one.unknown)),
    }
}

/// Those of both, but for what this document dropped; what a project is on is always there.
fn editions(
    walk: &Walk<'_>,
    three: Three<'_, Document>,
    projects: &Rows<Project>,
) -> Vec<Arc<Edition>> {
    let lists = three.of(|one| &one.editions);
    let mut merged = match lists.changed() {
        Changed::There if three.ours.id == three.theirs.id => walk.quiet(lists),
        _ => lists.ours.clone(),
    };
    let has = |list: &[Arc<Edition>], edition: &Edition| {
        let reference = edition.reference();
        list.iter().any(|known| known.reference() == reference)
    };
    for edition in lists.ours.iter().chain(lists.theirs) {
        let reference = edition.reference();
        let is_used = || projects.iter().any(|project| project.edition == reference);
        let is_new = !lists.base.is_some_and(|base| has(base, edition));
        if !has(&merged, edition) && (is_new || is_used()) {
            merged.push(Arc::clone(edition));
        }
    }
    merged
}

fn field<T: Cell, R: Node>(
    walk: &mut Walk<'_>,
    three: Three<'_, R>,
    of: impl Fn(&R) -> &T,
    key: &str,
    caption: &str,
) -> T {
    let row = three.ours;
    let part = Three {
        base: three.base.map(&of),
        ours: of(three.ours),
        theirs: of(three.theirs),
    };
    walk.field(part, || {
        let address = format!("{}/{}/{key}", R::PART, row.key());
        Spot::field(address, format!("{} · {caption}", row.name()))
    })
}

impl Node for Rectification {
    type Key = Id<Self>;
    const PART: &'static str = "ledger";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named("整改事项", &self.number)
    }

    fn told(&self) -> String {
        self.comment.to_string()
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let id = three.ours.id;
        let done = |done: &bool| if *done { "已完成" } else { "未完成" }.to_owned();
        let at = |at: &Option<CellPath>| at.as_ref().map_or(String::new(), CellPath::to_string);
        let spot = |key: &str, caption: &str| {
            let name = three.ours.name();
            Spot::field(format!("ledger/{id}/{key}"), format!("{name} · {caption}"))
        };
        Self {
            id,
            number: field(walk, three, |one| &one.number, "number", "序号"),
            project: walk.quiet(three.of(|one| &one.project)),
            project_name: field(walk, three, |one| &one.project_name, "project_name", "项目"),
            at: walk.whole(three.of(|one| &one.at), at, || spot("at", "对应单元格")),
            place: field(walk, three, |one| &one.place, "place", "位置"),
            guessed: walk.quiet(three.of(|one| &one.guessed)),
            comment: field(walk, three, |one| &one.comment, "comment", "审核意见"),
            before: field(walk, three, |one| &one.before, "before", "整改前"),
            after: field(walk, three, |one| &one.after, "after", "整改后"),
            reply: field(walk, three, |one| &one.reply, "reply", "整改情况"),
            by: field(walk, three, |one| &one.by, "by", "责任人"),
            date: field(walk, three, |one| &one.date, "date", "日期"),
            done: walk.whole(three.of(|one| &one.done), done, || spot("done", "是否完成")),
            unknown: walk.unknown(three.of(|one| &one.unknown)),
        }
    }
}

impl Node for Sending {
    type Key = Id<Self>;
    const PART: &'static str = "sending";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named("发出的填报表", &self.to)
    }

    fn told(&self) -> String {
        self.file.clone()
    }

    fn time(&self) -> &str {
        &self.time
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        Self {
            id: three.ours.id,
            to: field(walk, three, |one| &one.to, "to", "发给"),
            projects: walk.quiet(three.of(|one| &one.projects)),
            file: field(walk, three, |one| &one.file, "file", "文件"),
            time: walk.quiet(three.of(|one| &one.time)),
            due: field(walk, three, |one| &one.due, "due", "期限"),
            returns: returns(three.of(|one| &one.returns)),
            unknown: walk.unknown(three.of(|one| &one.unknown)),
        }
    }
}

/// Returns are only ever added: those of both sides, in the order of time.
fn returns(three: Three<'_, Vec<Return>>) -> Vec<Return> {
    let mut all = three.ours.clone();
    let new = three.theirs.iter().filter(|one| !three.ours.contains(one));
    all.extend(new.cloned());
    if all.len() > three.ours.len() {
        all.sort_by(|a, b| (&a.time, &a.file).cmp(&(&b.time, &b.file)));
    }
    all
}
