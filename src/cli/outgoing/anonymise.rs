//! `anonymise`: 脱敏副本.

use std::{fmt::Write as _, sync::Arc};

use serde::Serialize;

use super::{arguments::AnonymiseArguments, written};
use crate::{
    cli::{
        Answer, CLEAN,
        arguments::Format,
        json,
        one_line::one_line,
        workspace::{Workspace, tell},
    },
    session::outgoing::{Target, anonymous::AnonymousOrder},
    sharing::anonymise::Plan,
};

/// A word in a list for programs.
#[derive(Serialize)]
struct Listed<'p> {
    text: &'p str,
    alias: &'p str,
    kind: &'static str,
    places: usize,
}

/// Writes the copy and says where it is, or lists what would be replaced.
pub fn anonymise(arguments: &AnonymiseArguments) -> Answer {
    let workspace = Workspace::new();
    let session = workspace.open(&arguments.file)?.into_session();
    let document = Arc::clone(session.document());
    let mut plan = session.anonymous_plan();
    for word in &arguments.also {
        plan.add(word, &document)
            .map_err(|error| error.to_string())?;
    }
    for kept in &arguments.keep {
        match plan.words.iter_mut().find(|word| word.text == *kept) {
            Some(word) => word.is_on = false,
            None => tell(&format!("“{kept}”不在要替换的词中。")),
        }
    }
    let out = match &arguments.out {
        Some(out) if !arguments.list => out,
        _ => return Ok((listed(&plan, arguments.format), CLEAN)),
    };
    let order = AnonymousOrder { document, plan };
    let target = Target {
        path: out,
        replaces: arguments.overwrite,
        source: Some(&arguments.file),
    };
    let made = order.run(workspace.environment(), target)?;
    Ok((written(&made), CLEAN))
}

fn listed(plan: &Plan, format: Format) -> String {
    let on = plan.words.iter().filter(|word| word.is_on);
    match format {
        Format::Text => on.fold(String::new(), |mut text, word| {
            let (kind, word_text, alias) = (
                word.kind.words(),
                one_line(&word.text),
                one_line(&word.alias),
            );
            let _ = writeln!(text, "{kind}  {word_text} → {alias}  {} 处", word.places);
            text
        }),
        Format::Json => {
            let listed = on.map(|word| Listed {
                text: &word.text,
                alias: &word.alias,
                kind: word.kind.words(),
                places: word.places,
            });
            json(&listed.collect::<Vec<_>>())
        }
    }
}
