//! Other programs that open what Jiping writes: Python's openpyxl and python-docx, and LibreOffice. Where one is missing, the
//! test fails; `tests/run.sh` installs them.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What a Python script prints. Debian's own Python, which has the packages that `tests/run.sh` installs; the script finds
/// the arguments in `sys.argv[1:]`.
pub fn python(script: &str, arguments: &[&Path]) -> String {
    let mut command = Command::new("/usr/bin/python3");
    let output = command
        .args(["-X", "utf8", "-c", script])
        .args(arguments)
        .output()
        .expect("Python is there: bash tests/run.sh installs it");
    assert!(
        output.status.success(),
        "Python ended with {}:\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("Python prints UTF-8")
}

/// The files that LibreOffice makes of these, all at once because its start is what takes time. `to` is an ending, with a
/// filter where it needs one ("xls", "pdf", "xlsx:Calc MS Excel 2007 XML").
pub fn converted(files: &[&Path], to: &str, folder: &Path) -> Vec<PathBuf> {
    let profile = tempfile::tempdir().expect("a folder for LibreOffice's settings");
    let mut command = Command::new("soffice");
    let output = command
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.path().display()
        ))
        .args(["--headless", "--norestore", "--convert-to", to, "--outdir"])
        .arg(folder)
        .args(files)
        .output()
        .expect("LibreOffice is there: bash tests/run.sh installs it");
    let said = String::from_utf8_lossy(&output.stderr);
    let ending = to.split(':').next().unwrap_or(to);
    let made = files.iter().map(|file| {
        let made = folder
            .join(file.file_stem().expect("a file's name"))
            .with_extension(ending);
        assert!(
            made.exists(),
            "LibreOffice made no {}:\n{said}",
            made.display()
        );
        made
    });
    made.collect()
}
