//! `publish`: 公开版.

use std::{fmt::Write as _, path::Path};

use super::{arguments::PublishArguments, written};
use crate::{
    cli::{
        Answer, CLEAN, FINDINGS,
        one_line::one_line,
        workspace::{Workspace, tell},
    },
    session::{
        outgoing::{Target, publish::PublishOrder},
        progress::Progress,
    },
    sharing::publish::{Decision, Kind, Plan},
    sheet::layout::Typesetter,
};

/// Writes the copy for the public and says where it is; where names are undecided, lists them instead.
pub fn publish(arguments: &PublishArguments) -> Answer {
    let kind = kind_of(&arguments.out)?;
    let workspace = Workspace::new();
    let file = workspace.open(&arguments.file)?;
    let chosen = file.chosen(arguments.project.as_deref())?;
    let projects: Vec<_> = chosen.iter().map(|project| project.id).collect();
    let session = file.into_session();
    let found = session.publishable(&projects);
    found.left_out.iter().for_each(|said| tell(said));
    let mut plan = found.plan;
    let decision = match (
        arguments.hide_names,
        arguments.keep_names,
        arguments.remove_names,
    ) {
        (true, _, _) => Decision::Hide,
        (_, true, _) => Decision::Keep,
        (_, _, true) => Decision::Remove,
        _ => Decision::Undecided,
    };
    plan.decide_all(decision);
    if plan.undecided() > 0 {
        tell(
            "表中有人名，还没有决定怎样处理，没有生成文件。请加上 --hide-names（隐去名字）、--keep-names（保留）或 --remove-names（删去）。",
        );
        return Ok((listed(&plan), FINDINGS));
    }
    let order = PublishOrder {
        plan,
        kind,
        face: arguments.font,
    };
    let target = Target {
        path: &arguments.out,
        replaces: arguments.overwrite,
        source: Some(&arguments.file),
    };
    let made = order.run(
        workspace.environment(),
        &Typesetter::new(),
        &Progress::default(),
        target,
    )?;
    Ok((written(&made), CLEAN))
}

fn kind_of(path: &Path) -> Result<Kind, String> {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    let kind = Kind::ALL.into_iter().find(|kind| kind.ending() == ending);
    kind.ok_or_else(|| {
        "公开版的文件名应以 .pdf、.xlsx 或 .docx 结尾，没有生成文件。请改正 -o 后面的文件名。"
            .into()
    })
}

/// The names, each with the places where it stands.
fn listed(plan: &Plan) -> String {
    let mut text = String::new();
    for name in &plan.names {
        let _ = writeln!(text, "{}", one_line(&name.text));
        for place in &name.places {
            let _ = writeln!(
                text,
                "  {}：{}",
                one_line(&place.place),
                one_line(&place.context)
            );
        }
    }
    text
}
