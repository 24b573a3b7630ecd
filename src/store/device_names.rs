//! Names that are no names of files on Windows.

use std::{
    io::{self, ErrorKind},
    path::Path,
};

/// Whether Windows takes a name for a device, whatever extension follows.
pub fn is_device_name(name: &str) -> bool {
    let base = name.split('.').next().unwrap_or_default();
    let base = base.trim_end().to_uppercase();
    let is_numbered = |rest: &str| {
        let mut rest = rest.chars();
        let digit = rest.next();
        digit.is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c)) && rest.next().is_none()
    };
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&base.as_str())
        || ["COM", "LPT"]
            .iter()
            .any(|port| base.strip_prefix(port).is_some_and(is_numbered))
}

/// On Windows, an error for a path that would lead to a device: what is written there is lost, and what is read never ends.
pub(super) fn refuse_device(path: &Path) -> io::Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy());
    if cfg!(windows) && name.is_some_and(|name| is_device_name(&name)) {
        return Err(ErrorKind::InvalidFilename.into());
    }
    Ok(())
}
