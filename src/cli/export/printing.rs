//! Prints many files at once. Each is written as soon as it is laid out, so that no more are held than are being worked on.

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use jiff::Zoned;
use rayon::ThreadPoolBuilder;

use super::{
    Output,
    targets::{Targets, told},
};
use crate::{
    cli::{
        arguments::{ExportArguments, To},
        content::{
            self, Item, Kind,
            notices::{self, Notices},
        },
        one_line::one_line,
        progress::Progress,
    },
    session::{environment::Environment, jobs::words_of, print::failure},
    sheet::{fonts::Face, layout::Typesetter, pages::Pages, pdf::Conformance},
};

/// Stack of each thread, in bytes (16 MB): typesetting goes deep, and Windows gives little by itself.
const STACK: usize = 16 << 20;
/// Pixels per inch, where nothing else is asked for.
const USUAL_SCALE: u16 = 150;
/// Pages are measured in points.
const POINTS_PER_INCH: f64 = 72.0;

/// A file that was written.
pub struct WrittenFile {
    /// Where.
    pub path: PathBuf,
    /// How many pages it has, or which it is; in words.
    pub pages: String,
}

/// What became of an output.
#[derive(Default)]
pub struct Printed {
    /// What was written of it.
    pub written: Vec<WrittenFile>,
    /// What a person should know of it.
    pub notices: Notices,
    /// Why not all was written, in words.
    pub problem: Option<String>,
}

/// Prints.
pub struct Printer<'a> {
    environment: &'a Environment,
    targets: &'a Targets,
    items: &'a [Item],
    kind: Kind,
    face: Face,
    to: To,
    /// Pixels per point.
    scale: f64,
    overwrites: bool,
    /// When the command began: the same on all that it prints.
    now: Zoned,
    typesetter: Typesetter,
    /// Names that this run has written, without regard to capitals.
    claimed: Mutex<HashSet<String>>,
    /// The disk refused a file, so it will refuse the others.
    has_stopped: AtomicBool,
}

impl<'a> Printer<'a> {
    /// A printer for these items.
    pub fn new(
        environment: &'a Environment,
        targets: &'a Targets,
        items: &'a [Item],
        kind: Kind,
        arguments: &ExportArguments,
    ) -> Self {
        let scale = arguments.scale.unwrap_or(USUAL_SCALE);
        Self {
            environment,
            targets,
            items,
            kind,
            face: arguments.content.font,
            to: arguments.to,
            scale: f64::from(scale) / POINTS_PER_INCH,
            overwrites: arguments.overwrite,
            now: environment.now(),
            typesetter: Typesetter::new(),
            claimed: Mutex::default(),
            has_stopped: AtomicBool::new(false),
        }
    }

    /// Prints the outputs and tells what became of each, in their order; `None` of those that were not begun, because one
    /// before them could not be written.
    pub fn print(&self, outputs: &[Output]) -> Vec<Option<Printed>> {
        let results: Vec<OnceLock<Printed>> = outputs.iter().map(|_| OnceLock::new()).collect();
        let progress = Progress::new("导出", outputs.len());
        let next = AtomicUsize::new(0);
        let work = || {
            while !self.has_stopped.load(Ordering::Relaxed) {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some((output, result)) = outputs.get(index).zip(results.get(index)) else {
                    return;
                };
                progress.step(&self.targets.path(&output.name.of_page(1, 1)));
                result.get_or_init(|| self.print_one(output));
            }
        };
        // One loop on each thread rather than one task for each output: typesetting itself waits for tasks of this pool, and
        // a thread that waits would begin further outputs on top of its own.
        match ThreadPoolBuilder::new().stack_size(STACK).build() {
            Ok(pool) => drop(pool.broadcast(|_| work())),
            Err(_) => work(),
        }
        progress.finish();
        results.into_iter().map(OnceLock::into_inner).collect()
    }

    fn print_one(&self, output: &Output) -> Printed {
        let mut printed = Printed::default();
        // What was being laid out is dropped, and what was written before is whole: nothing half done is seen afterwards.
        let done = catch_unwind(AssertUnwindSafe(|| self.lay_out(output, &mut printed)));
        printed.problem = match done {
            Ok(done) => done.err(),
            Err(panic) => {
                let left = match printed.written.len() {
                    0 => "这个文件没有生成".to_owned(),
                    pages => format!("只写出了前 {pages} 页"),
                };
                let problem = format!(
                    "导出中途程序出错，{left}，表中内容没有改动，其他文件不受影响。请把以下信息交给维护人员：{}。",
                    words_of(&*panic)
                );
                Some(self.about(output, &problem))
            }
        };
        printed
    }

    fn lay_out(&self, output: &Output, printed: &mut Printed) -> Result<(), String> {
        let items = &self.items[output.items.clone()];
        let booklet = content::booklet(items, self.kind, self.face, &self.now);
        let pages = self.typesetter.lay_out(&booklet);
        let pages = pages.map_err(|error| self.about(output, &format!("{error}。")))?;
        printed.notices.lacks_face = !pages.has_face;
        printed.notices.lacking = notices::lacking(&pages, &booklet, items);
        let written = self.write_pages(output, &pages, printed);
        if let Some(first) = printed.written.first().filter(|_| !pages.is_settled) {
            printed.notices.notes.push(format!(
                "页码和“（续）”可能印得不准，请核对后再用。文件：{}",
                told(&first.path)
            ));
        }
        written
    }

    fn write_pages(
        &self,
        output: &Output,
        pages: &Pages,
        printed: &mut Printed,
    ) -> Result<(), String> {
        let count = pages.count();
        match self.to {
            To::Pdf => {
                let bytes = pages.pdf(Conformance::Tagged);
                let bytes = bytes.map_err(|error| self.about(output, &format!("{error}。")))?;
                let name = output.name.of_page(1, 1);
                self.write(&name, &bytes, format!("{count} 页"), printed)
            }
            To::Png => (1..=count).try_for_each(|number| {
                self.write_picture(output, pages, number, printed)
                    .map_err(|problem| match number {
                        last if last == count => problem,
                        first => format!("第 {first} 页至第 {count} 页没有写出。{problem}"),
                    })
            }),
        }
    }

    /// Writes a page, counted from 1.
    fn write_picture(
        &self,
        output: &Output,
        pages: &Pages,
        number: usize,
        printed: &mut Printed,
    ) -> Result<(), String> {
        let bytes = pages.png(number - 1, self.scale).ok_or_else(|| {
            let problem = "没有生成图片，表中内容没有改动。请换一个清晰度再试一次。";
            self.about(output, problem)
        })?;
        let name = output.name.of_page(number, pages.count());
        self.write(&name, &bytes, format!("第 {number} 页"), printed)
    }

    fn write(
        &self,
        name: &str,
        bytes: &[u8],
        pages: String,
        printed: &mut Printed,
    ) -> Result<(), String> {
        let path = self.targets.path(name);
        self.claim(name, &path)?;
        let saver = self.environment.saver();
        let saved = if self.overwrites {
            saver.replace_atomically(&path, bytes, &self.now)
        } else {
            saver.write_new(&path, bytes)
        };
        let saved = saved.map_err(|error| {
            self.has_stopped.store(true, Ordering::Relaxed);
            one_line(&failure::in_words(&error))
        })?;
        let about = |warning| format!("{warning}。文件：{}", told(&path));
        printed
            .notices
            .notes
            .extend(saved.warnings.iter().map(about));
        printed.written.push(WrittenFile { path, pages });
        Ok(())
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

    fn about(&self, output: &Output, problem: &str) -> String {
        let path = self.targets.path(&output.name.of_page(1, 1));
        format!("{}文件：{}", one_line(problem), told(&path))
    }
}
