//! Where a file lies, as it is written into a document: relative to the document's folder with / between folders, so that both
//! can be carried elsewhere together; absolute where there is no way from one to the other.

use std::path::{Path, PathBuf};

/// Where an absolute path begins.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Root {
    /// /
    Slash,
    /// C:
    Drive(char),
    /// \\server\share
    Share(String, String),
}

/// A path in parts, without . and .. as far as they can be resolved.
struct Parts {
    /// `None` for a relative path.
    root: Option<Root>,
    names: Vec<String>,
}

impl Parts {
    fn of(path: &str) -> Self {
        // Windows' own way to write a long path.
        let path = match path.strip_prefix(r"\\?\UNC\") {
            Some(share) => format!(r"\\{share}"),
            None => path.strip_prefix(r"\\?\").unwrap_or(path).to_owned(),
        };
        let (root, rest) = root(&path);
        let is_windows = matches!(root, Some(Root::Drive(_) | Root::Share(..)));
        let is_between = |c: char| c == '/' || (c == '\\' && (is_windows || cfg!(windows)));
        let mut names: Vec<String> = Vec::new();
        for name in rest.split(is_between) {
            match name {
                "" | "." => {}
                ".." if names.last().is_some_and(|last| last != "..") => drop(names.pop()),
                ".." if root.is_some() => {}
                name => names.push(name.to_owned()),
            }
        }
        Self { root, names }
    }
}

fn root(path: &str) -> (Option<Root>, &str) {
    if let Some(share) = path.strip_prefix(r"\\") {
        let mut parts = share.splitn(3, ['\\', '/']);
        if let (Some(server), Some(name)) = (parts.next(), parts.next()) {
            let root = Root::Share(server.to_lowercase(), name.to_lowercase());
            return (Some(root), parts.next().unwrap_or_default());
        }
    }
    let mut chars = path.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(drive), Some(':'), Some('\\' | '/')) if drive.is_ascii_alphabetic() => {
            (Some(Root::Drive(drive.to_ascii_uppercase())), &path[3..])
        }
        (Some('/'), ..) => (Some(Root::Slash), &path[1..]),
        _ => (None, path),
    }
}

/// Whether a file is written with its whole path: on another drive than the document, or of a document without a file.
pub fn is_absolute(file: &str) -> bool {
    root(file).0.is_some()
}

/// Where the file lies on this computer; `None` where it is written relative to a document without a file, or not at all.
pub fn located(file: &str, folder: Option<&Path>) -> Option<PathBuf> {
    if file.is_empty() {
        return None;
    }
    if is_absolute(file) {
        return Some(PathBuf::from(file));
    }
    let mut path = folder?.to_path_buf();
    for name in Parts::of(file).names {
        match name.as_str() {
            ".." => drop(path.pop()),
            name => path.push(name),
        }
    }
    Some(path)
}

/// How a file is written into a document in `folder`; `None` where its name is no text of Unicode.
pub fn written(path: &Path, folder: Option<&Path>) -> Option<String> {
    let file = path.to_str()?;
    let parts = Parts::of(file);
    let relative = folder.and_then(Path::to_str).and_then(|folder| {
        let folder = Parts::of(folder);
        (folder.root.is_some() && folder.root == parts.root).then(|| way(&folder, &parts))
    });
    Some(relative.unwrap_or_else(|| file.to_owned()))
}

/// The way from a folder to a file on the same drive.
fn way(folder: &Parts, file: &Parts) -> String {
    let is_windows = file.root != Some(Root::Slash);
    let is_same = |one: &String, other: &String| match is_windows {
        true => one.to_lowercase() == other.to_lowercase(),
        false => one == other,
    };
    let pairs = folder.names.iter().zip(&file.names);
    let common = pairs.take_while(|(one, other)| is_same(one, other)).count();
    let up = std::iter::repeat_n("..", folder.names.len() - common);
    let down = file.names[common..].iter().map(String::as_str);
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(file: &str, folder: &str) -> String {
        written(Path::new(file), Some(Path::new(folder))).expect("text")
    }

    #[test]
    fn files_on_the_same_drive_are_written_from_the_document_others_whole() {
        assert_eq!(from("/资料/a/佐证/1.pdf", "/资料/a"), "佐证/1.pdf");
        assert_eq!(from("/资料/佐证/1.pdf", "/资料/a/b"), "../../佐证/1.pdf");
        assert_eq!(from(r"C:\Data\佐证\1.pdf", r"c:\data"), "佐证/1.pdf");
        assert_eq!(from(r"\\?\C:\资料\1.pdf", r"C:\资料\表"), "../1.pdf");
        assert_eq!(from(r"D:\佐证\1.pdf", r"C:\资料"), r"D:\佐证\1.pdf");
        assert_eq!(
            from(r"\\Srv\财务\佐证\1.pdf", r"\\srv\财务\表"),
            "../佐证/1.pdf"
        );
        assert_eq!(
            from(r"\\srv\人事\1.pdf", r"\\srv\财务"),
            r"\\srv\人事\1.pdf"
        );
        assert_eq!(
            written(Path::new("/a/1.pdf"), None).as_deref(),
            Some("/a/1.pdf")
        );
    }

    #[test]
    fn what_is_written_is_found_again() {
        let folder = Path::new("/资料/a/b");
        for file in [
            "/资料/a/b/1.pdf",
            "/资料/a/1.pdf",
            "/1.pdf",
            "/资料/c/d/1.pdf",
        ] {
            let written = written(Path::new(file), Some(folder)).expect("text");
            assert!(!is_absolute(&written), "{written}");
            let found = located(&written, Some(folder));
            assert_eq!(found.as_deref(), Some(Path::new(file)));
        }
        assert_eq!(located("佐证/1.pdf", None), None);
        assert_eq!(located("", Some(folder)), None);
    }
}
