//! A 表样 made from an office's own form: the file is read as for an import, and its captions become the edition.

use std::{path::Path, sync::Arc};

use super::{
    environment::Environment,
    import::{self, Gathered, Source},
    progress::Progress,
};
use crate::{
    edit::edition::fields::{self, FieldList},
    exchange::recognise::{Fit, Form, FormKind, Wishes},
    model::{
        edition::{Edition, FieldLayout},
        project::header,
    },
    store::editions::EditionShelf,
};

/// An edition made from a form.
#[derive(Debug, Clone)]
pub struct FromForm {
    /// The edition. The same form gives the same id.
    pub edition: Arc<Edition>,
    /// An edition at hand whose captions are those of the form, and how many percent of them.
    pub alike: Option<(Arc<Edition>, u8)>,
}

/// Makes an edition of the first form in a file. Where an edition at hand fits the form, the way of scoring is taken from
/// it: forms rarely say it. Called in a job's thread.
///
/// # Errors
///
/// The file cannot be read, or holds no form, in words.
pub fn edition_of(
    environment: &Environment,
    shelf: &EditionShelf,
    path: &Path,
    progress: &Progress,
) -> Result<FromForm, String> {
    let source = Source::Paths(vec![path.to_path_buf()]);
    let gathered = import::gather(environment, &source, progress);
    if let Some((_, why)) = gathered.refused.first() {
        return Err(why.clone());
    }
    let made = first_form(environment, &EditionShelf::none(), &gathered).ok_or_else(|| {
        "没有在文件中找到自评表，没有做成表样。请换一份有表头和指标栏目的空白表，或在已有的表样上修改。"
            .to_owned()
    })?;
    let known = first_form(environment, shelf, &gathered);
    let alike = known.and_then(|form| match form.fit {
        Fit::Known { share } => Some((form.edition, share)),
        Fit::Chosen | Fit::Built => None,
    });
    let mut edition = Edition::clone(&made.edition);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if !stem.trim().is_empty() {
        edition.name = stem.trim().to_owned();
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    edition.source = format!("由本单位的空白表“{name}”生成。");
    name_project(&mut edition);
    edition.gaps = vec!["由空白表自动生成，请对照原表核对一遍".into()];
    match &alike {
        Some((known, _)) if scores_as(&mut edition, known) => {
            let gap = format!("计分方法按“{}”，原表没有写明", known.name);
            edition.gaps.push(gap);
        }
        _ => edition.gaps.push("计分方法按通用设置，原表没有写明".into()),
    }
    Ok(FromForm {
        edition: Arc::new(edition),
        alike,
    })
}

/// A form that calls the name of the project something longer got a field for it that it does not print: the printed one
/// takes its place.
fn name_project(edition: &mut Edition) {
    let is_name = |field: &FieldLayout| {
        field.key != header::PROJECT_NAME
            && field.caption.contains("项目")
            && field.caption.trim_end().ends_with("名称")
    };
    let added = edition
        .header
        .iter()
        .position(|field| field.key == header::PROJECT_NAME);
    let printed = edition.header.iter().position(is_name);
    if let (Some(added), Some(printed)) = (added, printed)
        && edition
            .header
            .get(added)
            .is_some_and(|field| field.caption == "项目名称")
    {
        fields::set_use(edition, printed, Some(header::PROJECT_NAME));
        fields::remove(edition, FieldList::Header, added);
    }
}

/// The first form, a 自评表 before a form of targets.
fn first_form(
    environment: &Environment,
    shelf: &EditionShelf,
    gathered: &Gathered,
) -> Option<Form> {
    let recognised = import::recognise(environment, shelf, gathered, &Wishes::default());
    let mut forms = recognised.forms;
    let whole = |form: &Form| form.what != FormKind::Targets;
    let index = forms.iter().position(whole).unwrap_or(0);
    (index < forms.len()).then(|| forms.swap_remove(index))
}

/// Takes over how another edition scores, unless that contradicts what the form prints.
fn scores_as(edition: &mut Edition, known: &Edition) -> bool {
    let mut taken = edition.clone();
    taken.scoring = known.scoring.clone();
    taken.checks = known.checks.clone();
    let is_sound = taken.problems().is_empty();
    if is_sound {
        *edition = taken;
    }
    is_sound
}
