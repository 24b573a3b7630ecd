//! The parent: starts the reader, looks at the clock, and judges how it ended.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    time::{Duration, Instant},
};

use super::{ARGUMENT, Aside, KINDS};
use crate::{
    exchange::{
        error::{Excess, ReadError},
        grid::Content,
        kind::Kind,
        limits,
        watch::Watch,
    },
    store::{RealSleeper, Scratch, Sleeper, error::reason},
};

/// Between two looks at the child: soon enough for a small file, seldom enough to cost nothing.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Bytes of an answer at most: all texts of a file ([`limits::TEXT`]) with their places.
const ANSWER: u64 = 64 << 20;

/// Bytes of the child's complaints that are looked at.
const COMPLAINTS: u64 = 4 << 10;

/// How the standard library complains, in any language of the system, before it ends a process that gets no more memory.
const NO_MEMORY: &str = "memory allocation of";

/// Reads in a process of its own.
#[derive(Debug, Clone)]
pub struct Apart {
    /// The program that is started: it must begin with [`serve`](super::serve()).
    pub program: PathBuf,
    /// Where the files that are handed over lie while the child runs.
    pub folder: PathBuf,
    /// How long the child may take; [`limits::TIME`] for people.
    pub patience: Duration,
}

impl Apart {
    /// Reads in another process of the program that is running.
    ///
    /// # Errors
    ///
    /// The system does not tell where this program lies.
    pub fn of_this_program(folder: impl Into<PathBuf>) -> Result<Self, ReadError> {
        let program = std::env::current_exe().map_err(|error| not_started(&error))?;
        Ok(Self::new(program, folder))
    }

    /// Reads in a process of `program`, with the patience that people have.
    pub fn new(program: impl Into<PathBuf>, folder: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            folder: folder.into(),
            patience: limits::TIME,
        }
    }

    /// Lets the child run until it ends, or ends it.
    fn await_end(&self, child: &mut Running, watch: &dyn Watch) -> Result<ExitStatus, ReadError> {
        let begun = Instant::now();
        loop {
            let ended = child.0.try_wait();
            if let Some(status) = ended.map_err(|error| crashed(&error))? {
                return Ok(status);
            }
            if let Some(why) = watch.stopped() {
                return Err(why);
            }
            if begun.elapsed() >= self.patience {
                return Err(ReadError::TooSlow(self.patience.as_secs()));
            }
            RealSleeper.sleep(LOOK_AGAIN);
        }
    }
}

impl Aside for Apart {
    fn read(&self, kind: Kind, bytes: &[u8], watch: &dyn Watch) -> Result<Content, ReadError> {
        let (word, _) = KINDS
            .iter()
            .find(|(_, served)| *served == kind)
            .ok_or(ReadError::Unreadable(kind))?;
        watch.reached(0);
        let mut handed = Handed::over(&self.folder, bytes).map_err(|error| no_room(&error))?;
        let mut child = handed
            .start(&self.program, word)
            .map_err(|error| not_started(&error))?;
        let status = self.await_end(&mut child, watch)?;
        let content = handed.answer(status)?;
        watch.reached(1000);
        Ok(content)
    }
}

/// The files between parent and child.
struct Handed {
    input: Scratch,
    output: Scratch,
    complaints: Scratch,
}

impl Handed {
    fn over(folder: &Path, bytes: &[u8]) -> io::Result<Self> {
        Ok(Self {
            input: Scratch::holding(folder, bytes)?,
            output: Scratch::new(folder)?,
            complaints: Scratch::new(folder)?,
        })
    }

    fn start(&self, program: &Path, kind: &str) -> io::Result<Running> {
        let mut command = Command::new(program);
        command
            .args([ARGUMENT, kind])
            .stdin(self.input.stdio()?)
            .stdout(self.output.stdio()?)
            .stderr(self.complaints.stdio()?);
        without_window(&mut command);
        command.spawn().map(Running)
    }

    /// What the child found, once it has ended.
    fn answer(&mut self, status: ExitStatus) -> Result<Content, ReadError> {
        if !status.success() {
            return Err(self.end(status));
        }
        let answer = self.output.content(ANSWER).map_err(|error| {
            match error.kind() == io::ErrorKind::FileTooLarge {
                true => ReadError::TooLarge(Excess::Text),
                false => crashed(&error),
            }
        })?;
        serde_json::from_slice(&answer)
            .unwrap_or_else(|_| Err(ReadError::Crashed("没有得到完整的结果".to_owned())))
    }

    /// Why the child ended without an answer.
    fn end(&mut self, status: ExitStatus) -> ReadError {
        let complaints = self.complaints.beginning(COMPLAINTS).unwrap_or_default();
        if String::from_utf8_lossy(&complaints).contains(NO_MEMORY) {
            return ReadError::TooLarge(Excess::Memory);
        }
        ReadError::Crashed(match status.code() {
            Some(code) => format!("退出代码 {code}"),
            None => "进程被系统终止".to_owned(),
        })
    }
}

/// A child that does not outlive its parent's interest.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Of one that has ended, killing fails and waiting returns at once.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The command line's program would open a console beside the window.
#[cfg(windows)]
fn without_window(command: &mut Command) {
    use std::os::windows::process::CommandExt as _;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_window(_: &mut Command) {}

fn no_room(error: &io::Error) -> ReadError {
    ReadError::Crashed(format!("临时文件写不进去：{}", reason(error)))
}

fn not_started(error: &io::Error) -> ReadError {
    ReadError::Crashed(format!("读取程序没有启动：{}", reason(error)))
}

fn crashed(error: &io::Error) -> ReadError {
    ReadError::Crashed(reason(error))
}
