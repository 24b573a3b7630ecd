//! Makes many files at once. Each is written as soon as it is made, so that no more are held than are being worked on.

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use rayon::ThreadPoolBuilder;

use super::{
    End, Made, Notices, Progress,
    order::{ExportOrder, Output, is_among, is_source, told},
};
use crate::{
    session::{environment::Environment, jobs::words_of, one_line::one_line, print::failure},
    sheet::layout::Typesetter,
    store::{StoreError, fs::is_sharing_violation},
};

/// Stack of each thread, in bytes (16 MB): typesetting goes deep, and Windows gives little by itself.
const STACK: usize = 16 << 20;

/// Looks on while files are made, from several threads.
pub trait Onlooker: Sync {
    /// Whether to stop before the next file.
    fn is_stopped(&self) -> bool;

    /// A file is begun, after `done` of `all` have come to their end.
    fn begun(&self, done: usize, all: usize, path: &Path);
}

impl Onlooker for Progress {
    fn is_stopped(&self) -> bool {
        self.is_stopped()
    }

    fn begun(&self, done: usize, all: usize, path: &Path) {
        let name = path.file_name().unwrap_or(path.as_os_str());
        self.begin(done, all, &name.to_string_lossy());
    }
}

impl ExportOrder {
    /// Makes all files and tells what became of each, in the order of [`planned`](Self::planned). One that fails does not
    /// keep the others from being made, unless the disk takes no files at all.
    pub fn run(
        &self,
        environment: &Environment,
        typesetter: &Typesetter,
        onlooker: &dyn Onlooker,
    ) -> Vec<Made> {
        let run = Run {
            order: self,
            environment,
            typesetter,
            onlooker,
            sources: self.sources(environment.fs()),
            claimed: Mutex::default(),
            has_stopped: AtomicBool::new(false),
        };
        run.all()
    }
}

/// An order being carried out.
pub(super) struct Run<'a> {
    pub(super) order: &'a ExportOrder,
    pub(super) environment: &'a Environment,
    pub(super) typesetter: &'a Typesetter,
    onlooker: &'a dyn Onlooker,
    /// Where the files are that are never written to.
    sources: Vec<PathBuf>,
    /// Names that this run has written, without regard to capitals.
    claimed: Mutex<HashSet<String>>,
    /// The disk refused a file, so it will refuse the others.
    has_stopped: AtomicBool,
}

/// What became of an output so far.
#[derive(Default)]
pub(super) struct Making {
    made: Vec<Made>,
    /// What a person should know; goes with the first file that is written.
    pub(super) notices: Notices,
    /// The file that is being written.
    at: Option<PathBuf>,
}

impl Making {
    /// The files that were written.
    pub(super) fn written(&self) -> impl Iterator<Item = &Path> {
        let is_written = |made: &&Made| matches!(made.end, End::Written { .. });
        self.made.iter().filter(is_written).map(|made| &*made.path)
    }
}

impl Run<'_> {
    fn all(&self) -> Vec<Made> {
        let outputs = &self.order.outputs;
        let results: Vec<OnceLock<Vec<Made>>> = outputs.iter().map(|_| OnceLock::new()).collect();
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || {
            while !self.has_stopped.load(Ordering::Relaxed) && !self.onlooker.is_stopped() {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some((output, result)) = outputs.get(index).zip(results.get(index)) else {
                    return;
                };
                let path = self.first_path(output);
                let before = done.load(Ordering::Relaxed);
                self.onlooker.begun(before, outputs.len(), &path);
                result.get_or_init(|| self.one(output));
                done.fetch_add(1, Ordering::Relaxed);
            }
        };
        // One loop on each thread rather than one task for each output: typesetting itself waits for tasks of this pool, and
        // a thread that waits would begin further outputs on top of its own.
        match ThreadPoolBuilder::new().stack_size(STACK).build() {
            Ok(pool) => drop(pool.broadcast(|_| work())),
            Err(_) => work(),
        }
        let results = outputs.iter().zip(results);
        results
            .flat_map(|(output, result)| {
                let made = result.into_inner();
                made.unwrap_or_else(|| self.not_begun(output))
            })
            .collect()
    }

    fn not_begun(&self, output: &Output) -> Vec<Made> {
        let end = match self.has_stopped.load(Ordering::Relaxed) {
            true => End::Stopped,
            false => End::Cancelled,
        };
        let made = |path| Made {
            path,
            what: output.what.name(),
            end: end.clone(),
        };
        let names = output.names.iter();
        let paths = names.map(|name| self.order.path(&name.of_page(1, 1)));
        paths.map(made).collect()
    }

    fn one(&self, output: &Output) -> Vec<Made> {
        let mut making = Making::default();
        // What was being made is dropped, and what was written before is whole: nothing half done is seen afterwards.
        let done = catch_unwind(AssertUnwindSafe(|| self.make(output, &mut making)));
        let problem = match done {
            Ok(done) => done.err(),
            Err(panic) => {
                let left = match making.written().count() {
                    0 => "这个文件没有生成".to_owned(),
                    written => format!("只写出了前 {written} 个文件"),
                };
                let problem = format!(
                    "导出中途程序出错，{left}，表中内容没有改动，其他文件不受影响。请把以下信息交给维护人员：{}。",
                    words_of(&*panic)
                );
                Some(self.about(output, &problem))
            }
        };
        let Making {
            mut made,
            notices,
            at,
        } = making;
        if let Some(problem) = problem {
            made.push(Made {
                path: at.unwrap_or_else(|| self.first_path(output)),
                what: output.what.name(),
                end: End::Failed(problem),
            });
        }
        let ends = made.iter_mut().map(|made| &mut made.end);
        let first = ends.into_iter().find_map(|end| match end {
            End::Written { notices, .. } => Some(notices),
            _ => None,
        });
        if let Some(first) = first {
            first.append(notices);
        }
        made
    }

    /// Writes a file of an output; `size` says how much it is. One that is there and must stay is no error.
    pub(super) fn write(
        &self,
        output: &Output,
        name: &str,
        bytes: &[u8],
        size: String,
        making: &mut Making,
    ) -> Result<(), String> {
        let path = self.order.path(name);
        making.at = Some(path.clone());
        self.claim(name, &path)?;
        let end = self.put(&path, bytes, size)?;
        making.at = None;
        making.made.push(Made {
            path,
            what: output.what.name(),
            end,
        });
        Ok(())
    }

    fn put(&self, path: &Path, bytes: &[u8], size: String) -> Result<End, String> {
        if is_among(path, &self.sources, self.environment.fs()) {
            return Err(is_source(path));
        }
        let saver = self.environment.saver();
        let saved = if self.order.overwrites {
            saver.replace_atomically(path, bytes, &self.order.now)
        } else {
            saver.write_new(path, bytes)
        };
        match saved {
            Ok(saved) => {
                let about = |warning| format!("{warning}。文件：{}", told(path));
                let notes = saved.warnings.iter().map(about).collect();
                let notices = Notices {
                    notes,
                    ..Notices::default()
                };
                Ok(End::Written { size, notices })
            }
            Err(StoreError::Exists { .. }) => Ok(End::Taken),
            Err(error) => {
                if is_of_disk(&error) {
                    self.has_stopped.store(true, Ordering::Relaxed);
                }
                Err(one_line(&failure::in_words(&error)))
            }
        }
    }

    /// Takes a name for this run. Page numbers may make names alike that were not.
    fn claim(&self, name: &str, path: &Path) -> Result<(), String> {
        let mut claimed = self.claimed.lock().unwrap_or_else(PoisonError::into_inner);
        if claimed.insert(name.to_lowercase()) {
            return Ok(());
        }
        Err(format!(
            "两页得到了同一个文件名，后一页没有写出。请在 {{page}} 与其他占位之间加上一个字再导出一次。文件：{}",
            told(path)
        ))
    }

    /// A problem with an output.
    pub(super) fn about(&self, output: &Output, problem: &str) -> String {
        let path = self.first_path(output);
        format!("{}文件：{}", one_line(problem), told(&path))
    }

    fn first_path(&self, output: &Output) -> PathBuf {
        let name = output.names.first().map(|name| name.of_page(1, 1));
        self.order.path(&name.unwrap_or_default())
    }
}

/// Whether other files would meet the same: the folder or the disk takes none, rather than this one file being held.
fn is_of_disk(error: &StoreError) -> bool {
    match error {
        StoreError::Failed { source, .. } => !is_sharing_violation(source),
        StoreError::NoFolder { .. }
        | StoreError::Unverified { .. }
        | StoreError::Differs { .. } => true,
        _ => false,
    }
}
