//! Comments on their way into the 整改台账, and earlier versions of the open file to compare with. Called in a job's thread.

use std::path::{Path, PathBuf};

use super::{
    environment::Environment,
    import::{self, Source},
    one_line::one_line,
    progress::Progress,
};
use crate::{
    exchange::comments::{self, Comments},
    model::{document::Document, id::CountedIds, project::Stage},
    store::{MAX_FILE_BYTES, backup::Backup, error::shown, format},
};

/// The comments that files or pasted text hold.
pub fn comments(environment: &Environment, source: &Source, progress: &Progress) -> Comments {
    let gathered = import::gather(environment, source, progress);
    let mut all = Comments::default();
    for (number, file) in gathered.files.iter().enumerate() {
        let about = |note: &str| match file.name.as_str() {
            "" => one_line(note),
            name => one_line(&format!("{name}：{note}")),
        };
        if let Some((_, why)) = gathered.refused.iter().find(|(at, _)| *at == number) {
            all.notes.push(about(why));
            continue;
        }
        let read = comments::read(&file.content);
        all.notes.extend(read.notes.iter().map(|note| about(note)));
        all.rows.extend(read.rows);
    }
    all.notes.extend(gathered.passed_over);
    all
}

/// An earlier state of the open document.
#[derive(Debug, Clone, PartialEq)]
pub enum Earlier {
    /// A file that the person chose.
    File(PathBuf),
    /// A version that was kept when the file was saved over.
    Kept(Backup),
    /// The version in which projects were handed in or returned last.
    Handed,
}

/// The versions of a file that were kept, newest first.
pub fn kept(environment: &Environment, file: &Path) -> Vec<Backup> {
    let backups = environment.folders().map(|folders| folders.backups());
    let list = backups.map(|backups| backups.list(environment.fs(), file));
    list.and_then(Result::ok).unwrap_or_default()
}

/// Reads an earlier state of `document`, whose file is `own`. With it, what it is called: "退回时（2021-03-05 14:32）".
///
/// # Errors
///
/// Why there is none, in words.
pub fn earlier(
    environment: &Environment,
    document: &Document,
    own: Option<&Path>,
    which: &Earlier,
    progress: &Progress,
) -> Result<(Document, String), String> {
    match which {
        Earlier::File(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            progress.begin(0, 1, &name);
            let bytes = environment.fs().read(path, MAX_FILE_BYTES);
            let bytes = bytes.map_err(|error| {
                let reason = crate::store::error::reason(&error);
                format!(
                    "文件读不出来（{reason}），没有填写修改前后。文件：{}",
                    shown(path)
                )
            })?;
            let opened = format::read(&bytes, &mut CountedIds(0))
                .map_err(|error| format!("{error}文件：{}", shown(path)))?;
            Ok((opened.document, name.into_owned()))
        }
        Earlier::Kept(backup) => {
            progress.begin(0, 1, "历史版本");
            let read = read_kept(environment, backup)?;
            Ok((read, backup.at.strftime("%Y-%m-%d %H:%M").to_string()))
        }
        Earlier::Handed => handed(environment, document, own, progress).ok_or_else(|| {
            "没有找到送审或退回时的版本：历史版本中没有与流转记录相符的内容。请选一个文件或历史版本。".to_owned()
        }),
    }
}

fn read_kept(environment: &Environment, backup: &Backup) -> Result<Document, String> {
    let folders = environment
        .folders()
        .ok_or("没有数据文件夹，读不到历史版本。")?;
    let backups = folders.backups();
    let bytes = backups.read(environment.fs(), backup, MAX_FILE_BYTES);
    let bytes = bytes.map_err(|error| one_line(&error.to_string()))?;
    let opened = format::read(&bytes, &mut CountedIds(0))
        .map_err(|error| format!("{error}文件：{}", shown(&backup.path)))?;
    Ok(opened.document)
}

/// The version that holds what most projects were handed in or returned with: forms on record are known by their content hash.
fn handed(
    environment: &Environment,
    document: &Document,
    own: Option<&Path>,
    progress: &Progress,
) -> Option<(Document, String)> {
    let records: Vec<_> = document
        .projects
        .iter()
        .filter_map(|project| {
            let mut records = project.stages.iter().rev();
            let record =
                records.find(|one| matches!(one.to, Stage::Returned | Stage::Submitted))?;
            Some((project.id, record))
        })
        .collect();
    let (_, latest) = records
        .iter()
        .max_by(|one, other| one.1.time.cmp(&other.1.time))?;
    let own = own?;
    let matching = |version: &Document| {
        let is_in = |(id, record): &&(_, &std::sync::Arc<crate::model::review::StageRecord>)| {
            let project = version.project(*id);
            project.is_some_and(|project| project.content_hash().to_string() == record.content)
        };
        records.iter().filter(is_in).count()
    };
    let backups = kept(environment, own);
    let mut best: Option<(usize, Document)> = None;
    let saved = environment.fs().read(own, MAX_FILE_BYTES).ok();
    let saved = saved.and_then(|bytes| format::read(&bytes, &mut CountedIds(0)).ok());
    let saved = saved.map(|opened| opened.document);
    let versions = backups.iter().enumerate().map_while(|(number, backup)| {
        progress.begin(number, backups.len(), "历史版本");
        (!progress.is_stopped()).then(|| read_kept(environment, backup).ok())
    });
    for version in std::iter::once(saved).chain(versions).flatten() {
        let count = matching(&version);
        if count > best.as_ref().map_or(0, |(count, _)| *count) {
            best = Some((count, version));
        }
        if best
            .as_ref()
            .is_some_and(|(count, _)| *count == records.len())
        {
            break;
        }
    }
    let (_, version) = best?;
    Some((version, format!("{}时（{}）", latest.to, latest.time)))
}
