//! The child: counts its memory, reads its standard input, answers on its standard output.

use std::{
    alloc::System,
    ffi::OsString,
    io::{self, BufWriter, Read as _, Write as _},
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
    time::Instant,
};

use cap::Cap;

use super::{ARGUMENT, KINDS, read_here};
use crate::exchange::{
    error::{Excess, ReadError},
    grid::Content,
    kind::Kind,
    limits,
    watch::Watch,
};

/// Memory that is kept back for the answer: with less than this left, reading stops in order. What a parser takes at once
/// beyond the limit ends the process; the parent tells the two alike.
const RESERVE: usize = 8 << 20;

/// Serves a parent if the arguments (the program's name first) ask for it; `None` lets the program go on as ever.
///
/// Both programs call this before anything else, with the allocator that counts for them. Counting is one atomic addition
/// per allocation, which no measurement of the window tells from none; the limit is set here alone.
pub fn serve(
    arguments: impl IntoIterator<Item = OsString>,
    allocator: &Cap<System>,
) -> Option<ExitCode> {
    let mut arguments = arguments.into_iter().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let word = arguments.next();
    let kind = KINDS
        .iter()
        .find(|(own, _)| word.as_ref().is_some_and(|word| word == own))
        .map(|(_, kind)| *kind);
    let Some(kind) = kind else {
        return Some(ExitCode::from(2));
    };
    let watch = Bounded {
        begun: Instant::now(),
        allocator,
    };
    Some(match limit(allocator).and_then(|()| answer(kind, &watch)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    })
}

fn limit(allocator: &Cap<System>) -> io::Result<()> {
    allocator
        .set_limit(limits::MEMORY)
        .map_err(|()| io::ErrorKind::OutOfMemory.into())
}

/// Reads and writes the answer.
fn answer(kind: Kind, watch: &Bounded) -> io::Result<()> {
    let answer = input()?.and_then(|bytes| read_caught(kind, &bytes, watch));
    let mut output = BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut output, &answer)?;
    output.flush()
}

/// The file, bounded although the parent has counted it: nobody else should be able to misuse this.
fn input() -> io::Result<Result<Vec<u8>, ReadError>> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(limits::FILE as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(match bytes.len() > limits::FILE {
        true => Err(ReadError::TooLarge(Excess::File)),
        false => Ok(bytes),
    })
}

/// A parser that panics is an answer too; one that overflows the stack is the parent's to see.
fn read_caught(kind: Kind, bytes: &[u8], watch: &Bounded) -> Result<Content, ReadError> {
    catch_unwind(AssertUnwindSafe(|| read_here(kind, bytes, watch)))
        .unwrap_or_else(|_| Err(ReadError::Crashed("文件内容出乎意料".to_owned())))
}

/// Stops by itself, in case nobody else does it.
struct Bounded<'a> {
    begun: Instant,
    allocator: &'a Cap<System>,
}

impl Watch for Bounded<'_> {
    fn stopped(&self) -> Option<ReadError> {
        if self.begun.elapsed() >= limits::TIME {
            return Some(ReadError::TooSlow(limits::TIME.as_secs()));
        }
        (self.allocator.remaining() < RESERVE).then_some(ReadError::TooLarge(Excess::Memory))
    }

    fn reached(&self, _: u32) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str]) -> Vec<OsString> {
        words.iter().map(OsString::from).collect()
    }

    #[test]
    fn a_program_that_is_started_by_a_person_goes_on() {
        let allocator = Cap::new(System, usize::MAX);
        for words in [&[][..], &["jiping"], &["jiping", "a.jiping", ARGUMENT]] {
            assert!(serve(arguments(words), &allocator).is_none(), "{words:?}");
        }
        assert_eq!(allocator.limit(), usize::MAX);
    }

    #[test]
    fn a_child_has_a_limit_and_stops_before_it() {
        let allocator = Cap::new(System, usize::MAX);
        limit(&allocator).unwrap();
        assert_eq!(allocator.limit(), limits::MEMORY);
        let watch = Bounded {
            begun: Instant::now(),
            allocator: &allocator,
        };
        assert_eq!(watch.stopped(), None);
        allocator.set_limit(RESERVE - 1).unwrap();
        let why = Some(ReadError::TooLarge(Excess::Memory));
        assert_eq!(watch.stopped(), why);
    }
}
