//! Files without a lasting name, to hand to another process as its input and outputs: they vanish when the last process
//! that has them open ends, however it ends.

use std::{
    fs::{File, OpenOptions},
    io::{self, ErrorKind, Read, Seek, Write},
    path::Path,
    process::Stdio,
};

use super::{Fs, RealFs, fs::too_large, temporary::TemporaryName};

/// A file that only those see who are given it. On Unix its name is gone before anything is written; Windows removes the file
/// with its last handle.
#[derive(Debug)]
pub struct Scratch {
    file: File,
}

impl Scratch {
    /// An empty file in `folder`, which is created if it is not there.
    ///
    /// # Errors
    /// What the system says.
    pub fn new(folder: &Path) -> io::Result<Self> {
        // Names of dead processes with the same number may lie about where the name outlived a power cut.
        const ATTEMPTS: usize = 16;
        RealFs.create_folders(folder)?;
        for _ in 1..ATTEMPTS {
            match Self::try_new(folder) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                done => return done,
            }
        }
        Self::try_new(folder)
    }

    fn try_new(folder: &Path) -> io::Result<Self> {
        let name = TemporaryName::beside(Path::new("reading"), RealFs.process());
        let path = folder.join(name.to_string());
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        private(&mut options);
        let file = options.open(&path)?;
        if cfg!(unix) {
            RealFs.remove(&path)?;
        }
        Ok(Self { file })
    }

    /// As [`new`](Self::new), with content to be read from its beginning.
    ///
    /// # Errors
    /// What the system says.
    pub fn holding(folder: &Path, bytes: &[u8]) -> io::Result<Self> {
        let mut scratch = Self::new(folder)?;
        scratch.file.write_all(bytes)?;
        scratch.file.rewind()?;
        Ok(scratch)
    }

    /// The file as input or output of a process that is about to be started.
    ///
    /// # Errors
    /// What the system says.
    pub fn stdio(&self) -> io::Result<Stdio> {
        Ok(self.file.try_clone()?.into())
    }

    /// All that is in it.
    ///
    /// # Errors
    /// [`ErrorKind::FileTooLarge`] if it is more than `limit` bytes; no more than `limit` + 1 bytes are ever held.
    pub fn content(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.beginning(limit.saturating_add(1))?;
        match bytes.len() as u64 > limit {
            true => Err(too_large(limit)),
            false => Ok(bytes),
        }
    }

    /// Its first bytes.
    ///
    /// # Errors
    /// What the system says.
    pub fn beginning(&mut self, bytes: u64) -> io::Result<Vec<u8>> {
        self.file.rewind()?;
        let mut found = Vec::new();
        (&self.file).take(bytes).read_to_end(&mut found)?;
        Ok(found)
    }
}

/// Nobody else reads it.
#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

/// Nobody else opens it, and it is deleted with its last handle.
#[cfg(windows)]
fn private(options: &mut OpenOptions) {
    use std::os::windows::fs::OpenOptionsExt as _;
    const FILE_ATTRIBUTE_TEMPORARY: u32 = 0x0000_0100;
    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    options
        .share_mode(0)
        .attributes(FILE_ATTRIBUTE_TEMPORARY)
        .custom_flags(FILE_FLAG_DELETE_ON_CLOSE);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_back_and_nothing_is_left_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("new");
        let mut scratch = Scratch::holding(&below, b"12345").unwrap();
        assert_eq!(scratch.content(5).unwrap(), b"12345");
        assert_eq!(scratch.beginning(2).unwrap(), b"12");
        let error = scratch.content(4).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        drop(scratch);
        assert!(RealFs.list(&below).unwrap().is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_running_process_has_the_file_without_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let input = Scratch::holding(folder.path(), b"some bytes").unwrap();
        let mut output = Scratch::new(folder.path()).unwrap();
        assert!(RealFs.list(folder.path()).unwrap().is_empty());
        let done = std::process::Command::new("/bin/cat")
            .stdin(input.stdio().unwrap())
            .stdout(output.stdio().unwrap())
            .status()
            .unwrap();
        assert!(done.success());
        assert_eq!(output.content(100).unwrap(), b"some bytes");
    }
}
