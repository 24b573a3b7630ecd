//! X04: two projects of one name or code. X05: one unit spelt in two ways.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    buckets::Buckets,
    digest::{Digest, NOTHING, Scope, Who, hashed},
    found::Found,
};
use crate::{
    model::{
        id::Id,
        path::Place,
        policy::Severity,
        project::{Project, header},
        record::Text,
        typed::trim,
    },
    rules::{alike::mixed, finding::Mend, form::Form},
};

/// A project by its code, or by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    who: Who,
    /// The name as it is compared.
    name: u64,
    /// The code as it is compared, where it is one.
    code: Option<u64>,
    /// The field by which it was found.
    field: &'static str,
}

/// The first few that share a code or a name, and how many do.
#[derive(PartialEq)]
struct Sharing {
    first: Vec<Who>,
    count: usize,
    /// Whether each has a code of its own.
    are_numbered: bool,
}

/// So many projects are named at most.
const NAMED: usize = 3;
/// A code has so many letters and digits at least; shorter ones are running numbers.
const SHORTEST_CODE: usize = 4;

#[derive(Default)]
pub struct Names {
    called: Buckets<Called, Sharing>,
    spelled: Buckets<Spelling, Text>,
}

/// The project by its code and year, and by its name, unit and year.
pub fn called(form: &Form<'_>, who: &Who, scope: &Scope) -> Vec<(u64, Called)> {
    let project = form.project;
    let (name, code) = (hashed(project.name()), project.header(header::PROJECT_CODE));
    let length = code.chars().filter(|c| c.is_alphanumeric()).count();
    let is_code = length >= SHORTEST_CODE && code.chars().any(|c| c.is_ascii_digit());
    let code = is_code.then(|| mixed(hashed(code)));
    let year = scope.year.unwrap_or_default().unsigned_abs();
    let by_code = code.map(|code| (code ^ u64::from(year), header::PROJECT_CODE));
    let unit = scope.unit.filter(|_| name != NOTHING);
    let by_name = unit.map(|unit| (mixed(name) ^ unit, header::PROJECT_NAME));
    let both = [by_code, by_name].into_iter().flatten();
    both.map(|(key, field)| {
        let called = Called {
            who: who.clone(),
            name,
            code,
            field,
        };
        (key, called)
    })
    .collect()
}

/// How a department or unit is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    field: &'static str,
    text: Text,
}

/// 主管部门 and 实施单位 by their letters.
pub fn spelled(form: &Form<'_>) -> Vec<(u64, Spelling)> {
    [header::DEPARTMENT, header::UNIT]
        .into_iter()
        .filter_map(|field| {
            let text = trim(form.project.header.get(field)?);
            let key = hashed(text);
            let spelling = Spelling {
                field,
                text: text.into(),
            };
            (key != NOTHING).then_some((mixed(key ^ field.len() as u64), spelling))
        })
        .collect()
}

impl Names {
    pub fn replace(&mut self, id: Id<Project>, old: Option<&Digest>, new: Option<&Digest>) {
        fn called(digest: Option<&Digest>) -> &[(u64, Called)] {
            digest.map_or(&[], |digest| &digest.called)
        }
        fn spelled(digest: Option<&Digest>) -> &[(u64, Spelling)] {
            digest.map_or(&[], |digest| &digest.spelled)
        }
        self.called.replace(id, called(old), called(new));
        self.spelled.replace(id, spelled(old), spelled(new));
    }

    pub fn settle(&mut self, changed: &mut BTreeSet<Id<Project>>) {
        self.called.settle(changed, sharing);
        self.spelled.settle(changed, usual);
    }

    /// X04
    pub fn repeated(&self, digest: &Digest) -> Option<Found> {
        let told: Vec<_> = self.called.told(&digest.called).collect();
        let by = |field| told.iter().find(|(called, _)| called.field == field);
        let code = by(header::PROJECT_CODE);
        let (called, sharing) = code.or_else(|| by(header::PROJECT_NAME))?;
        let others = sharing.count - 1;
        let message = match code {
            Some(_) => format!(
                "项目编码 {} 与{}重复",
                trim(digest.project.header(header::PROJECT_CODE)),
                sharing.others(&digest.who)
            ),
            None => format!("与同一单位同一年度的另{others}个项目同名"),
        };
        // Numbered differently, they were meant to be two.
        let level = code.is_none() && sharing.are_numbered;
        Some(Found {
            level: level.then_some(Severity::Hint),
            cells: vec![Place::Header(called.field.to_owned())],
            mend: Mend::Now,
            message,
            hint: match code {
                Some(_) => "按预算批复核对各项目的编码",
                None => "重复录入的只报一份；确是两个项目的，按预算批复写全名称，以示区别",
            }
            .into(),
            fix: None,
        })
    }

    /// X05
    pub fn spelt_differently(&self, digest: &Digest) -> Option<Found> {
        let mut told = self.spelled.told(&digest.spelled);
        let (own, usual) = told.find(|(own, usual)| own.text != **usual)?;
        let caption = digest.edition.header_caption(own.field);
        let at = Place::Header(own.field.to_owned());
        Some(Found {
            level: None,
            cells: vec![at.clone()],
            mend: Mend::Now,
            message: format!("{caption}写作“{}”，其他项目写作“{usual}”", own.text),
            hint: "同一个单位用同一种写法，汇总时才算作一家".into(),
            fix: Some((format!("改为“{usual}”"), at, usual.to_string())),
        })
    }
}

fn sharing(members: &[(Id<Project>, Called)]) -> Option<Sharing> {
    let (_, one) = members.first()?;
    // Units that carry out one project each file a form of their own under its code and name.
    let is_shared = match one.field {
        header::PROJECT_CODE => members.iter().any(|(_, other)| other.name != one.name),
        _ => members.len() > 1,
    };
    is_shared.then(|| {
        let codes = members.iter().filter_map(|(_, called)| called.code);
        let codes: BTreeSet<u64> = codes.collect();
        let mut all: Vec<&Who> = members.iter().map(|(_, called)| &called.who).collect();
        // One more than are named: a project does not name itself.
        if all.len() > NAMED + 1 {
            all.select_nth_unstable(NAMED + 1);
            all.truncate(NAMED + 1);
        }
        all.sort_unstable();
        Sharing {
            first: all.into_iter().cloned().collect(),
            count: members.len(),
            are_numbered: codes.len() == members.len(),
        }
    })
}

impl Sharing {
    /// The others in a sentence.
    fn others(&self, own: &Who) -> String {
        let others = self.first.iter().filter(|one| *one != own).take(NAMED);
        let named: Vec<String> = others.map(|one| format!("“{}”", one.name)).collect();
        let others = self.count - 1;
        match others > named.len() {
            true => format!("{}等{others}个项目", named.join("、")),
            false => named.join("、"),
        }
    }
}

/// The spelling that most projects use; nothing where there is but one.
fn usual(members: &[(Id<Project>, Spelling)]) -> Option<Text> {
    let (_, first) = members.first()?;
    if members.iter().all(|(_, one)| one.text == first.text) {
        return None;
    }
    let mut spellings: Vec<&Text> = members.iter().map(|(_, one)| &one.text).collect();
    spellings.sort_unstable();
    let alike = spellings.chunk_by(|a, b| a == b);
    let usual = alike.max_by_key(|same| (same.len(), std::cmp::Reverse(same.first())))?;
    usual.first().map(|text| Arc::clone(text))
}
