//! `fill`: values back into the bureau's own file.

use std::fmt::Write as _;

use super::{Order, targets::Targets};
use crate::{
    cli::{Answer, arguments::FillArguments, content, workspace::Workspace},
    exchange::fill::Unplaced,
    rules::profile::InForce,
    session::{
        export::{What, documents::Wanted},
        one_line::{beginning, one_line},
    },
    sheet::fonts::Face,
};

/// How many characters of a value are shown: enough to find it again.
const SHOWN: usize = 60;

/// Fills the projects into the template and says what has no place there.
pub fn fill_template(arguments: &FillArguments) -> Answer {
    let workspace = Workspace::new();
    let what = What::Fill(arguments.into.clone());
    let targets = Targets::parse(&arguments.out, &what, workspace.environment().fs())?;
    let wanted = Wanted {
        filter: arguments.project.as_deref(),
        findings: false,
        in_force: &InForce::default(),
        undone: "没有填写",
    };
    let gathered = content::gather(&workspace, &arguments.files, wanted);
    let order = Order {
        what,
        targets,
        face: Face::default(),
        overwrites: arguments.overwrite,
    };
    order.carry_out(&workspace, gathered)
}

/// The values that have no place, two lines each.
pub fn listed(unplaced: &[&Unplaced]) -> String {
    if unplaced.is_empty() {
        return String::new();
    }
    let mut text = format!("\n以下 {} 处没有填入，请核对后自行填写：\n", unplaced.len());
    for one in unplaced {
        let place = match &*one.place {
            "" => String::new(),
            place => format!("（{}）", one_line(place)),
        };
        let value = match &*one.text {
            "" => String::new(),
            text => format!("：{}", beginning(text, SHOWN)),
        };
        let (field, why) = (one_line(&one.field), one_line(&one.why));
        let _ = writeln!(text, "{field}{place}{value}\n    {why}");
    }
    text
}
