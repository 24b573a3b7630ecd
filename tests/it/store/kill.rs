//! A process that does nothing but save is killed at random moments.

use std::{
    env,
    io::{BufRead, BufReader, Lines, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use jiff::SignedDuration;
use jiping::{
    model::id::{IdSource, RandomIds},
    store::{
        Backups, Expected, Fingerprint, MAX_FILE_BYTES, RealFs, RealSleeper, SaveOutcome,
        SaveRequest, Saver, open,
    },
};

use super::now;

/// Tells the test that it is the child process, which it starts from itself, and which folder to save in.
const FOLDER_VARIABLE: &str = "JIPING_KILL_TEST_FOLDER";
const TEST: &str =
    "store::kill::a_kill_at_any_moment_leaves_a_complete_version_no_older_than_the_last_confirmed";
const CONFIRMED: &str = "confirmed version ";

/// A content that says itself which version it is and whether it is complete.
fn payload(version: u64) -> Vec<u8> {
    // Long enough that a good share of the kills falls into the writing.
    let lines = 4000 + version % 7 * 1000;
    let mut body = format!("version {version}\n");
    for line in 0..lines {
        body += &format!("{version} 项目支出绩效自评表 {line}\n");
    }
    let hash = Fingerprint::of(body.as_bytes()).hex();
    format!("{}\n{hash}\n{body}", body.len()).into_bytes()
}

/// The version of a complete content.
fn parse(bytes: &[u8]) -> Result<u64, String> {
    let text = str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut parts = text.splitn(3, '\n');
    let mut part = || parts.next().ok_or("too short");
    let (length, hash, body) = (part()?, part()?, part()?);
    if length != body.len().to_string() {
        return Err(format!("{length} bytes promised, {} found", body.len()));
    }
    if hash != Fingerprint::of(body.as_bytes()).hex() {
        return Err("the hash differs".to_owned());
    }
    let version = body
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("version "));
    let version = version.ok_or("no version")?;
    version.parse().map_err(|_| format!("version {version}?"))
}

fn file(folder: &Path) -> PathBuf {
    folder.join("自评表.jiping")
}

/// What the child process does: it saves until it is killed.
fn save_for_ever(folder: &Path) -> ! {
    let path = file(folder);
    let opened = open(&RealFs, &path, MAX_FILE_BYTES, now().timestamp()).expect("opens");
    let mut version = parse(&opened.bytes).expect("is complete");
    let mut fingerprint = opened.fingerprint;
    let backups = Backups::at(folder.join("backups"));
    let saver = Saver {
        fs: &RealFs,
        sleeper: &RealSleeper,
    };
    loop {
        version += 1;
        let outcome = saver.save(SaveRequest {
            path: &path,
            bytes: &payload(version),
            expected: Expected::Content(fingerprint),
            backups: Some(&backups),
            check: Some(&|bytes| parse(bytes).map(drop)),
            now: &now(),
        });
        match outcome.expect("saves") {
            SaveOutcome::Saved(saved) => fingerprint = saved.fingerprint,
            conflict => panic!("{conflict:?}"),
        }
        let mut out = std::io::stdout().lock();
        writeln!(out, "{CONFIRMED}{version}").expect("the parent listens");
        out.flush().expect("the parent listens");
    }
}

fn start_child(folder: &Path) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut child = Command::new(env::current_exe().expect("this test"))
        .args(["--exact", "--nocapture", TEST])
        .env(FOLDER_VARIABLE, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let out = child.stdout.take().expect("piped");
    (child, BufReader::new(out).lines())
}

fn confirmed(line: &str) -> Option<u64> {
    line.split_once(CONFIRMED)?.1.trim().parse().ok()
}

/// Lets a child save until a random moment after its first save, kills it, and gives the last version it confirmed.
fn kill_a_child(folder: &Path) -> u64 {
    let (mut child, mut lines) = start_child(folder);
    let Some(first) = lines.find_map(|line| confirmed(&line.expect("text"))) else {
        let mut said = String::new();
        let mut stderr = child.stderr.take().expect("piped");
        stderr.read_to_string(&mut said).expect("text");
        panic!("the child ended by itself: {said}");
    };
    let pause = RandomIds.next_id() % 30_000;
    std::thread::sleep(Duration::from_micros(pause));
    child.kill().expect("kills");
    child.wait().expect("ends");
    let rest = lines.map_while(Result::ok);
    rest.filter_map(|line| confirmed(&line))
        .last()
        .unwrap_or(first)
}

#[test]
fn a_kill_at_any_moment_leaves_a_complete_version_no_older_than_the_last_confirmed() {
    if let Some(folder) = env::var_os(FOLDER_VARIABLE) {
        save_for_ever(Path::new(&folder));
    }
    let long = env::var_os("JIPING_LONG_TESTS").is_some_and(|value| value == "1");
    let rounds = if long { 500 } else { 40 };
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = file(folder.path());
    let saver = Saver {
        fs: &RealFs,
        sleeper: &RealSleeper,
    };
    saver.write_new(&path, &payload(0)).expect("writes");

    for round in 0..rounds {
        let confirmed = kill_a_child(folder.path());
        let bytes = jiping::store::Fs::read(&RealFs, &path, MAX_FILE_BYTES).expect("reads");
        let version = parse(&bytes).unwrap_or_else(|error| panic!("round {round}: {error}"));
        let possible = confirmed..=confirmed + 1;
        assert!(
            possible.contains(&version),
            "round {round}: {version} after {confirmed}"
        );
    }

    // Where the system does not tell which processes live, leftovers count as such after a while.
    let tomorrow = now().timestamp() + SignedDuration::from_hours(24 * 365 * 100);
    let opened = open(&RealFs, &path, MAX_FILE_BYTES, tomorrow).expect("opens");
    let names = jiping::store::Fs::list(&RealFs, folder.path()).expect("lists");
    assert_eq!(names.len(), 2, "the file and the backups: {names:?}");

    let backups = Backups::at(folder.path().join("backups"));
    let kept = backups.list(&RealFs, &path).expect("lists");
    assert!((1..=12).contains(&kept.len()), "{} backups", kept.len());
    let newest = parse(&opened.bytes).expect("is complete");
    for backup in kept {
        let bytes = backups
            .read(&RealFs, &backup, MAX_FILE_BYTES)
            .expect("reads");
        assert!(parse(&bytes).expect("is complete") <= newest);
    }
}
