//! A large document, shared by benches.

use jiping::{
    model::{
        document::Document,
        id::{CountedIds, Id},
        indicator::Indicator,
        project::Project,
    },
    store::format,
};

/// The Shenzhen form as its unit filed it: a form with many findings.
pub const FILED: &[u8] = include_bytes!("../../assets/samples/shenzhen-2020-filed.jiping");

/// A sample's project with its rows repeated up to `rows`, as often as wanted, every id fresh.
pub fn document(sample: &[u8], projects: usize, rows: usize) -> Document {
    let mut ids = CountedIds(0);
    let mut document = format::read(sample, &mut ids).expect("the sample").document;
    let mut project = Project::clone(document.projects.first().expect("a project"));
    fill_up(&mut project, rows, &mut ids);
    document.projects = (0..projects).map(|_| project.duplicate(&mut ids)).collect();
    let count: usize = document.projects.iter().map(|one| one.rows().count()).sum();
    assert_eq!(count, projects * rows);
    document
}

/// Repeats rows of the first group, each under a name of its own.
fn fill_up(project: &mut Project, rows: usize, ids: &mut CountedIds) {
    let missing = rows - project.rows().count();
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    for number in 0..missing {
        let mut row = Indicator::clone(group.indicators.get(number).expect("a row"));
        row.id = Id::new(ids);
        row.name.push_str(&format!("（{number}）"));
        group.indicators.push(row);
    }
}
