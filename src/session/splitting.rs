//! One file for each project, written into a folder. The files know the versions they come from, so that what comes back is
//! joined over the state that was given out.

use std::path::{Path, PathBuf};

use super::{
    environment::Environment,
    export::naming::{Ending, Names, Paging, Pattern, Values},
    one_line::one_line,
    session::Session,
};
use crate::{
    model::document::Document,
    store::{
        error::shown,
        format,
        lineage::{Lineage, VersionId},
    },
    versions::parts::split,
};

/// The pattern of the names where nobody says otherwise.
pub const PATTERN: &str = "{n} {name}";

/// Files to be written.
#[derive(Debug)]
pub struct SplitOrder {
    files: Vec<(PathBuf, Document)>,
    /// The versions that the files come from.
    lineage: Lineage,
}

/// What became of the files.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SplitEnd {
    /// The files that were written.
    pub written: Vec<PathBuf>,
    /// Why others were not, one sentence each.
    pub problems: Vec<String>,
}

impl Session {
    /// What is to be written into `folder`, by names after a pattern.
    ///
    /// # Errors
    ///
    /// Why nothing can be written, in words: the pattern, or that there is no project.
    pub fn split_order(&self, folder: &Path, pattern: &str) -> Result<SplitOrder, String> {
        let pattern = Pattern::parse(pattern)?;
        let document = self.document();
        if document.projects.is_empty() {
            return Err("文件中没有项目，没有可以拆分的内容。".into());
        }
        if document.projects.len() > 1 && !pattern.is_for_each() {
            return Err(
                "文件名对每个项目都相同，没有拆分。请在文件名中写上 {name}（项目名称）或 {n}（序号）。"
                    .into(),
            );
        }
        let mut ids = &**self.environment();
        let own = self.editions().to_embed(document);
        let parts = split(document, &own, &mut ids);
        let lineage = match self.is_dirty() {
            true => self.lineage().with(VersionId::new(&mut ids)),
            false => self.lineage().clone(),
        };
        let stem = self.path().and_then(Path::file_stem).unwrap_or_default();
        let stem = stem.to_string_lossy();
        let ending = Ending {
            suffix: String::new(),
            paging: Paging::Together,
            extension: "jiping",
        };
        let mut names = Names::new(&pattern);
        let of = parts.len();
        let files = parts.into_iter().enumerate().map(|(index, part)| {
            let project = part.projects.first();
            let year = project.and_then(|project| project.year());
            let values = Values {
                name: project.map_or("", |project| project.name()),
                year: &year.map_or(String::new(), |year| year.to_string()),
                file: &stem,
                number: index + 1,
                of,
            };
            let name = names.next(&values, &ending).of_page(1, 1);
            (folder.join(name), part)
        });
        Ok(SplitOrder {
            files: files.collect(),
            lineage,
        })
    }
}

impl SplitOrder {
    /// The files, in the order of the projects.
    pub fn planned(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(path, _)| &**path)
    }

    /// Writes the files. None that exists is replaced: where one does, nothing is written at all.
    pub fn run(&self, environment: &Environment) -> SplitEnd {
        let exists = |path: &&Path| environment.fs().info(path).is_ok();
        let taken: Vec<String> = self.planned().filter(exists).map(shown).collect();
        let mut end = SplitEnd::default();
        if let Some(first) = taken.first() {
            let count = taken.len();
            end.problems.push(format!(
                "文件夹中已有 {count} 个同名的文件，没有拆分，已有的文件没有改动。请另选文件夹，或改文件名。例如：{first}"
            ));
            return end;
        }
        let folder = self.planned().next().and_then(Path::parent);
        if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
            // Whether it worked is told of the first file.
            let _said_below = environment.fs().create_folders(folder);
        }
        let saver = environment.saver();
        for (path, part) in &self.files {
            let bytes = format::write_version(part, &self.lineage);
            match saver.write_new(path, &bytes) {
                Ok(_) => end.written.push(path.clone()),
                Err(error) => end.problems.push(one_line(&error.to_string())),
            }
        }
        end
    }
}
