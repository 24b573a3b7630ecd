//! `new`: a blank form.

use super::{arguments::NewArguments, workspace::Workspace};
use crate::{
    edit::command::EditCommand,
    model::{
        path::Place,
        project::{EditionRef, header},
    },
    session::{saving::SaveEnd, session::Session},
    store::error::shown,
};

/// Creates the file and says where it is.
pub fn create(workspace: &Workspace, arguments: &NewArguments) -> Result<String, String> {
    let reference = EditionRef {
        id: arguments.edition.clone(),
        hash: String::new(),
        unknown: Default::default(),
    };
    let found = workspace.editions().get(&reference).ok_or_else(|| {
        format!(
            "没有编号为“{}”的表样，没有新建文件。可用的表样见 jiping-cli editions",
            arguments.edition
        )
    })?;
    let mut session = workspace.create(&found.edition);
    fill_header(&mut session, header::PROJECT_NAME, &arguments.name)?;
    fill_header(&mut session, header::YEAR, &arguments.year)?;
    match session.save_as(&arguments.file) {
        Ok(SaveEnd::Saved(warnings)) => {
            let mut text = format!(
                "已按“{}”新建 {}\n",
                found.edition.name,
                shown(&arguments.file)
            );
            for warning in warnings {
                text.push_str(&format!("{warning}\n"));
            }
            Ok(text)
        }
        Ok(SaveEnd::Conflict(conflict)) => Err(conflict.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

fn fill_header(session: &mut Session, key: &str, text: &str) -> Result<(), String> {
    let Some(project) = session.document().projects.first() else {
        return Ok(());
    };
    if text.is_empty() {
        return Ok(());
    }
    let command = EditCommand::SetCell {
        at: project.at(Place::Header(key.into())),
        text: text.into(),
    };
    session
        .edit(&command)
        .map(drop)
        .map_err(|refusal| refusal.to_string())
}
