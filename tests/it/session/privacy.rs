//! The log never holds what a document says, and help names all that the program keeps.

use std::path::Path;

use jiping::{
    model::{path::Place, project::header},
    session::{
        import::{Progress, Source, gather},
        recovery::offers,
        saving::SaveEnd,
        session::Session,
    },
    store::{
        Folders,
        log::Level,
        simulated::{Damage, Fault, Operation},
    },
};

use super::{FILE, disk, open, rename, set, world};

/// Stands in every text that is typed.
const MARK: &str = "机密标记Zx91";

#[test]
fn the_log_never_holds_what_a_document_says() {
    let fs = disk();
    let environment = world(&fs);
    environment.log(Level::Info, "started");
    let mut session = open(&fs);
    rename(&mut session, MARK);
    let unit = set(&session, Place::Header(header::UNIT.into()), MARK);
    session.edit(&unit).expect("typed");
    // A save that fails at each step in turn, then one that does not.
    for from in 1..30 {
        fs.inject(Fault {
            on: None,
            from,
            times: 1,
            damage: Damage::Device,
        });
        let failed = session.save();
        fs.heal();
        if let Err(error) = failed {
            assert!(!error.to_string().contains(MARK), "{error}");
            environment.log(Level::Error, &error.to_string());
        }
    }
    assert!(matches!(
        session.save(),
        Ok(SaveEnd::Saved(_)) | Ok(SaveEnd::Conflict(_))
    ));
    rename(&mut session, &format!("{MARK}2"));
    if let Some(job) = session.recovery_job() {
        job.run().expect("kept");
    }
    let _found = offers(&environment);
    // Documents that are broken within the marked text.
    let bytes = fs.content(FILE).expect("there");
    for end in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 2] {
        fs.put("/项目/坏.jiping", bytes[..end].to_vec());
        if let Err(error) = Session::open(world(&fs), Path::new("/项目/坏.jiping")) {
            environment.log(Level::Warning, &error.to_string());
        }
    }
    let text = format!("项目名称\t{MARK}\n年度绩效指标\t{MARK}\n");
    let _read = gather(&environment, &Source::Text(text), &Progress::default());
    fs.inject(Fault {
        on: Some(Operation::Read),
        from: 1,
        times: 1,
        damage: Damage::Denied,
    });
    let paths = Source::Paths(vec![FILE.into()]);
    let refused = gather(&environment, &paths, &Progress::default());
    for (_, why) in refused.refused {
        environment.log(Level::Warning, &why);
    }
    let names = fs.names("/data/log");
    assert_eq!(names, ["jiping.log"]);
    let log = fs.content("/data/log/jiping.log").expect("a log");
    let log = String::from_utf8(log).expect("text");
    assert!(log.lines().count() > 5, "errors were logged: {log}");
    assert!(!log.contains(MARK), "{log}");
}

#[test]
fn help_names_all_that_the_program_keeps() {
    let topic = include_str!("../../../assets/help/privacy.md");
    let folders = Folders::at("/data");
    let kept = [
        folders.editions(),
        folders.systems(),
        folders.profiles(),
        folders.backups().folder().to_path_buf(),
        folders.settings(),
        folders.library(),
        folders.recoveries().folder().to_path_buf(),
        folders.runs(),
        folders.views(),
        folders.scratch(),
        folders.log(),
        "/data/open".into(),
    ];
    for path in &kept {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name");
        assert!(topic.contains(&format!("| {name} |")), "{name}");
    }
    // Each folder of the program joins a name to its data folder: none may be added without being told of.
    let source = include_str!("../../../src/store/folders.rs");
    assert_eq!(source.matches("self.data.join(").count(), kept.len());
}
