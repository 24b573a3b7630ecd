//! 收回填报表: workbooks that came back, read in the background against the document as it is.

use std::{path::PathBuf, sync::Arc};

use super::{
    editions::DocumentEditions, environment::Environment, import, progress::Progress,
    session::Session,
};
use crate::{
    model::{document::Document, project::Project},
    sharing::fill_in::{
        self, Found, Returned,
        taken::{self, Choices, Offer},
    },
    store::Fingerprint,
};

/// What came back.
#[derive(Debug, Clone, Default)]
pub struct Collected {
    /// The files that hold forms of the document.
    pub returned: Vec<Returned>,
    /// The files of which nothing is taken, with why.
    pub refused: Vec<(String, String)>,
    /// What was passed over, one sentence each.
    pub passed_over: Vec<String>,
}

/// Files that are to be read against a document.
pub struct CollectOrder {
    document: Arc<Document>,
    editions: DocumentEditions,
    paths: Vec<PathBuf>,
}

impl Session {
    /// Files and folders with workbooks that came back, to be read against the document as it is now.
    pub fn collect_order(&self, paths: Vec<PathBuf>) -> CollectOrder {
        CollectOrder {
            document: Arc::clone(self.document()),
            editions: self.editions().clone(),
            paths,
        }
    }

    /// What of it is to be merged, by what the person decided.
    pub fn offer(&self, collected: &Collected, choices: Choices) -> Offer {
        let editions = |project: &Project| self.editions().of(project);
        let now = self.environment().time_in_words();
        taken::offer(
            self.document(),
            &collected.returned,
            choices,
            &now,
            &editions,
        )
    }
}

impl CollectOrder {
    /// Reads them; called in a job's thread.
    pub fn run(&self, environment: &Environment, progress: &Progress) -> Collected {
        let found = import::found(environment.fs(), &self.paths, progress);
        let mut collected = Collected {
            passed_over: found.passed_over,
            ..Collected::default()
        };
        let mut seen: Vec<String> = Vec::new();
        for (number, path) in found.files.iter().enumerate() {
            if progress.is_stopped() {
                break;
            }
            let name = path.file_name().unwrap_or(path.as_os_str());
            let name = name.to_string_lossy();
            progress.begin(number, found.files.len(), &name);
            match self.read(environment, path, &name, progress) {
                Ok(returned) if seen.contains(&returned.hash) => {
                    let why = "与前面的一个文件内容完全相同，只收回一次。";
                    collected.passed_over.push(format!("{name}：{why}"));
                }
                Ok(returned) => {
                    seen.push(returned.hash.clone());
                    collected.returned.push(returned);
                }
                Err(why) => collected.refused.push((name.into_owned(), why)),
            }
        }
        collected
    }

    fn read(
        &self,
        environment: &Environment,
        path: &std::path::Path,
        name: &str,
        progress: &Progress,
    ) -> Result<Returned, String> {
        let of_collecting = |why: String| {
            why.replace("没有导入任何内容", "没有收回任何内容")
                .replace("再导入", "再收回")
        };
        let bytes = import::bytes_of(environment, path).map_err(of_collecting)?;
        let content = import::content_of(environment, &bytes, name, progress);
        let content = content.map_err(of_collecting)?;
        let found = Found {
            file: name,
            hash: &Fingerprint::of(&bytes).hex(),
            content: &content,
        };
        let editions = |project: &Project| self.editions.of(project);
        fill_in::read(found, &self.document, &editions).map_err(|error| error.to_string())
    }
}
