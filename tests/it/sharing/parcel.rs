//! 报送材料包: what is in it, and what is not believed of one that comes from elsewhere.

use std::{
    collections::BTreeSet,
    io::{Cursor, Write as _},
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use jiping::{
    model::{document::Document, id::CountedIds, profile::Profile, project::Project},
    session::{
        outgoing::{
            Target,
            opening::{self, take_out},
            parcel::{ParcelRequest, Prints},
        },
        progress::Progress,
        session::Session,
    },
    sharing::parcel::{
        manifest::{Kind, Manifest, Member},
        read::{self, Parcel, ParcelError},
        write::Writer,
    },
    sheet::layout::Typesetter,
    store::{Fingerprint, Fs as _, format, simulated::SimulatedFs},
};
use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{FILE, another, disk, document, noon, path, telling, unzipped, world};

static TYPESETTER: LazyLock<Typesetter> = LazyLock::new(Typesetter::new);
const OUT: &str = "/单位/包.zip";

fn two() -> Document {
    let first = telling();
    let second = another(&first, "第二个项目");
    document([first, second])
}

fn request(projects: &[&Project]) -> ParcelRequest {
    ParcelRequest::of(projects.iter().map(|project| project.id).collect())
}

/// Makes a parcel of the document on the disk; its bytes and what was told.
fn made(fs: &SimulatedFs, request: &ParcelRequest) -> (Vec<u8>, Vec<String>) {
    let environment = world(fs);
    let mut session = Session::open(environment.clone(), path(FILE)).expect("opens");
    let order = session.parcel_order(request);
    let target = Target {
        path: path(OUT),
        replaces: true,
        source: Some(path(FILE)),
    };
    let written = order.run(&environment, &TYPESETTER, &Progress::default(), target);
    let written = written.expect("written");
    (fs.read(path(OUT), u64::MAX).expect("there"), written.notes)
}

fn opened(bytes: Vec<u8>) -> Result<Parcel, ParcelError> {
    read::open(Arc::from(bytes), &mut CountedIds(1))
}

fn names(bytes: &[u8]) -> Vec<String> {
    unzipped(bytes).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn it_holds_all_that_was_asked_for_and_opens_again() {
    let document = two();
    let fs = disk(&document);
    fs.put("/单位/材料/签到表.pdf", b"%PDF-1.7 signed");
    let request = ParcelRequest {
        evidence: true,
        prints: Prints::Each,
        profile: Some(Arc::new(Profile::new("own", "本单位口径"))),
        ..request(&[])
    };
    let (bytes, notes) = made(&fs, &request);
    assert_eq!(
        names(&bytes),
        [
            "清单.json",
            "自评表.jiping",
            "复核口径.json",
            "自评表/01 红岭读书节经费.pdf",
            "自评表/02 第二个项目.pdf",
            "问题清单.xlsx",
            "佐证材料/01 红岭读书节经费/签到表.pdf",
            "佐证材料/02 第二个项目/签到表.pdf",
            "佐证材料登记表.xlsx",
            "说明.txt",
        ]
    );
    // What leads out of the folder of the document is never packed, whatever a document says.
    let told = notes.join("\n");
    assert!(
        told.contains("不在文件所在的文件夹内） ：../外面/照片.jpg")
            || told.contains("不在文件所在的文件夹内）：../外面/照片.jpg"),
        "{told}"
    );
    assert!(told.contains("找不到）：材料/没有.pdf"), "{told}");
    assert_eq!(
        made(&fs, &request).0.len(),
        bytes.len(),
        "nothing depends on the run but the version"
    );

    let parcel = opened(bytes.clone()).expect("opens");
    assert_eq!(parcel.remarks, [""; 0]);
    assert!(parcel.opened.document.projects == document.projects);
    assert_eq!(
        parcel.opened.document.editions.len(),
        1,
        "the edition travels with it"
    );
    assert_eq!(
        parcel.profile.as_ref().map(|profile| profile.name.as_str()),
        Some("本单位口径")
    );
    assert_eq!(parcel.evidence.len(), 2);
    assert_eq!(
        parcel.content(&parcel.evidence[0]).expect("there"),
        b"%PDF-1.7 signed"
    );
    let readme = unzipped(&bytes).pop().expect("说明").1;
    assert!(readme.starts_with("\u{feff}".as_bytes()));
    let readme = String::from_utf8(readme).expect("UTF-8");
    let (_, _, has_lost) = encoding_rs::GBK.encode(readme.trim_start_matches('\u{feff}'));
    assert!(
        !has_lost && readme.contains("1. 红岭读书节经费\r\n"),
        "{readme}"
    );
    // The zip says of each name that it is UTF-8.
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
    assert!((0..archive.len()).all(|index| {
        archive
            .by_index(index)
            .expect("an entry")
            .name_raw()
            .is_ascii()
            || has_utf8_flag(&bytes)
    }));
}

/// Bit 11 of the flags of the first local header.
fn has_utf8_flag(bytes: &[u8]) -> bool {
    u16::from_le_bytes([bytes[6], bytes[7]]) & (1 << 11) != 0
}

#[test]
fn some_projects_are_packed_and_the_others_are_not_lost_when_it_is_merged() {
    let document = two();
    let fs = disk(&document);
    let second = document.projects.get(1).expect("two");
    let none = ParcelRequest {
        prints: Prints::None,
        findings: false,
        register: false,
        ..request(&[second])
    };
    let (bytes, _) = made(&fs, &none);
    assert_eq!(names(&bytes), ["清单.json", "自评表.jiping", "说明.txt"]);
    let parcel = opened(bytes).expect("opens");
    let ids: Vec<_> = parcel
        .opened
        .document
        .projects
        .iter()
        .map(|project| project.id)
        .collect();
    assert_eq!(ids, [second.id]);
    let beside = parcel.beside(&document);
    assert!(beside == document, "nothing was changed since");
}

#[test]
fn evidence_is_told_before_and_the_open_file_is_never_written_over() {
    let fs = disk(&two());
    fs.put("/单位/材料/签到表.pdf", b"1234");
    let environment = world(&fs);
    let mut session = Session::open(environment.clone(), path(FILE)).expect("opens");
    let order = session.parcel_order(&request(&[]));
    let survey = order.survey(&environment);
    assert_eq!(
        (
            survey.registered,
            survey.there,
            survey.size,
            survey.problems.len()
        ),
        (6, 2, 8, 4)
    );
    let target = Target {
        path: path(FILE),
        replaces: true,
        source: Some(path(FILE)),
    };
    let before = fs.read(path(FILE), u64::MAX).expect("there");
    let refused = order.run(&environment, &TYPESETTER, &Progress::default(), target);
    assert!(refused.expect_err("refused").contains("正是要导出的源文件"));
    assert_eq!(fs.read(path(FILE), u64::MAX).expect("there"), before);
    let stopped = Progress::default();
    stopped.stop();
    let target = Target {
        path: path(OUT),
        replaces: false,
        source: None,
    };
    let refused = order
        .run(&environment, &TYPESETTER, &stopped, target)
        .expect_err("stopped");
    assert!(refused.contains("已停止"), "{refused}");
    assert!(fs.info(path(OUT)).is_err());
}

#[test]
fn evidence_is_taken_out_without_overwriting_anything() {
    let fs = disk(&two());
    fs.put("/单位/材料/签到表.pdf", b"1234");
    let request = ParcelRequest {
        evidence: true,
        prints: Prints::None,
        ..request(&[])
    };
    made(&fs, &request);
    let environment = world(&fs);
    let parcel = opening::open(&environment, path(OUT)).expect("opens");
    fs.put("/收到/佐证材料/02 第二个项目/签到表.pdf", b"mine");
    let taken = take_out(&environment, &parcel, path("/收到"), &|| false);
    assert_eq!(taken.written, 1);
    assert!(
        taken.problems[0].contains("同名文件已存在"),
        "{:?}",
        taken.problems
    );
    let read = |name: &str| {
        fs.read(&PathBuf::from("/收到/佐证材料").join(name), 100)
            .expect("there")
    };
    assert_eq!(read("01 红岭读书节经费/签到表.pdf"), b"1234");
    assert_eq!(read("02 第二个项目/签到表.pdf"), b"mine");
    let session = Session::of_parcel(environment, &parcel);
    assert!(session.is_dirty() && session.path().is_none());
}

/// A zip of these files whose list names these members, whatever they are.
fn forged(files: &[(&str, &[u8])], members: &[(&str, Kind, &[u8])]) -> Vec<u8> {
    let members = members.iter().map(|(name, kind, content)| {
        let content = Fingerprint::of(content);
        Member {
            name: (*name).to_owned(),
            kind: *kind,
            size: content.length(),
            sha256: content.hex(),
            evidence: None,
        }
    });
    let manifest = Manifest {
        format: "jiping-parcel".into(),
        version: 1,
        made: String::new(),
        projects: Vec::new(),
        members: members.collect(),
    };
    let list = serde_json::to_vec(&manifest).expect("a list");
    zipped(&[&[("清单.json", list.as_slice())], files].concat())
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("a name");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("a zip").into_inner()
}

fn form() -> Vec<u8> {
    format::write(&document([telling()]))
}

#[test]
fn names_that_lead_elsewhere_or_mean_the_same_file_are_refused() {
    let form = form();
    let own = ("自评表.jiping", Kind::Document, form.as_slice());
    let packed = ("自评表.jiping", form.as_slice());
    for name in [
        "../a.pdf",
        "/etc/passwd",
        "C:/a.pdf",
        "C:a.pdf",
        "a\\..\\b.pdf",
        "佐证/../../a",
        "CON",
        "佐证材料/nul.txt",
        "COM1.pdf",
        "a.",
        "a ",
        "a\u{202e}fdp.exe",
        "a//b",
        "",
        "a\nb",
        "aux",
        "LPT1",
    ] {
        let listed = forged(
            &[packed, (name, b"x")],
            &[own, (name, Kind::Evidence, b"x")],
        );
        assert!(
            matches!(opened(listed), Err(ParcelError::Unsafe(_))),
            "listed: {name:?}"
        );
    }
    // Not on the list, and still nothing to be unpacked by whoever looks at the parcel with another program.
    let beside = forged(&[packed, ("../a.pdf", b"x")], &[own]);
    assert!(matches!(opened(beside), Err(ParcelError::Unsafe(_))));
    let clash = [
        own,
        ("佐证/a.pdf", Kind::Evidence, b"x".as_slice()),
        ("佐证/A.PDF", Kind::Evidence, b"y".as_slice()),
    ];
    let clash = forged(
        &[packed, ("佐证/a.pdf", b"x"), ("佐证/A.PDF", b"y")],
        &clash,
    );
    assert_eq!(
        opened(clash).err(),
        Some(ParcelError::Clash("佐证/A.PDF".into()))
    );
    let twice = [own, own];
    assert!(matches!(
        opened(forged(&[packed], &twice)),
        Err(ParcelError::Clash(_))
    ));
}

#[test]
fn links_are_refused() {
    let form = form();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let members = [
        ("自评表.jiping", Kind::Document, form.as_slice()),
        ("佐证", Kind::Evidence, b"/etc/passwd".as_slice()),
    ];
    for (name, content) in unzipped(&forged(&[("自评表.jiping", &form)], &members)) {
        writer
            .start_file(name, SimpleFileOptions::default())
            .expect("a name");
        writer.write_all(&content).expect("written");
    }
    writer
        .add_symlink("佐证", "/etc/passwd", SimpleFileOptions::default())
        .expect("a link");
    let bytes = writer.finish().expect("a zip").into_inner();
    assert_eq!(
        opened(bytes).err(),
        Some(ParcelError::Unsafe("佐证".into()))
    );
}

#[test]
fn what_is_not_as_listed_is_not_used() {
    let form = form();
    let other = format::write(&document([]));
    let own = ("自评表.jiping", Kind::Document, form.as_slice());
    let changed = forged(&[("自评表.jiping", &other)], &[own]);
    assert_eq!(opened(changed).err(), Some(ParcelError::Changed));
    assert_eq!(
        opened(forged(&[], &[own])).err(),
        Some(ParcelError::NoDocument)
    );
    assert_eq!(
        opened(forged(&[], &[])).err(),
        Some(ParcelError::NoDocument)
    );
    let evidence = ("佐证/a.pdf", Kind::Evidence, b"signed".as_slice());
    let missing = ("佐证/b.pdf", Kind::Evidence, b"".as_slice());
    let parcel = forged(
        &[
            ("自评表.jiping", &form),
            ("佐证/a.pdf", b"forged"),
            ("夹带.exe", b"MZ"),
        ],
        &[own, evidence, missing],
    );
    let parcel = opened(parcel).expect("the document is whole");
    assert!(parcel.evidence.is_empty());
    let told = parcel.remarks.join("\n");
    for said in [
        "1 个清单以外的文件",
        "包内没有的文件 1 个：佐证/b.pdf",
        "与清单不符（可能被改动）、没有采用的文件 1 个：佐证/a.pdf",
    ] {
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn other_zips_later_versions_and_bombs_are_refused() {
    assert_eq!(
        opened(zipped(&[("a.txt", b"x")])).err(),
        Some(ParcelError::NoParcel)
    );
    assert!(matches!(
        opened(b"PK\x03\x04".to_vec()),
        Err(ParcelError::Archive(_))
    ));
    assert_eq!(
        opened(zipped(&[("清单.json", b"{}")])).err(),
        Some(ParcelError::NoParcel)
    );
    let later = br#"{"format": "jiping-parcel", "version": 2, "what": []}"#;
    assert_eq!(
        opened(zipped(&[("清单.json", later)])).err(),
        Some(ParcelError::Newer(2))
    );
    // Sixty million zeros are packed into sixty thousand bytes.
    let zeros = vec![0; 60 << 20];
    let form = form();
    let bomb = forged(
        &[("自评表.jiping", &form), ("佐证/零", &zeros)],
        &[
            ("自评表.jiping", Kind::Document, form.as_slice()),
            ("佐证/零", Kind::Evidence, &zeros),
        ],
    );
    assert!(bomb.len() < 200 << 10);
    let refused = opened(bomb).expect_err("refused").to_string();
    assert!(refused.contains("200 倍"), "{refused}");
}

#[test]
fn any_name_becomes_a_harmless_one_of_its_own() {
    let mut project = telling();
    project
        .header
        .insert("project_name".into(), "../CON:*?😀".into());
    let mut writer = Writer::new([&project], noon().datetime());
    let mut given = BTreeSet::new();
    for name in ["a.pdf", "A.PDF", "a.pdf", "清单.json"] {
        assert!(
            given.insert(
                writer
                    .add(Kind::Evidence, name, Vec::new(), None)
                    .to_lowercase()
            ),
            "{name}"
        );
    }
    writer.add(Kind::Document, "自评表.jiping", form(), None);
    let bytes = writer.finish().expect("packed");
    let again = opened(bytes.clone()).expect("opens");
    assert_eq!(again.manifest.projects[0].name, "../CON:*?😀");
    let readme = unzipped(&bytes).pop().expect("说明").1;
    assert!(String::from_utf8_lossy(&readme).contains("../CON:*?□"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Bytes that were changed on the way are refused or give the same document; nothing panics.
    #[test]
    fn a_damaged_parcel_is_refused_or_whole(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in proptest::option::of(any::<prop::sample::Index>())) {
        static WHOLE: LazyLock<(Vec<u8>, Document)> = LazyLock::new(|| {
            let document = document([telling()]);
            let mut writer = Writer::new(document.projects.iter().map(|project| &**project), noon().datetime());
            writer.add(Kind::Document, "自评表.jiping", format::write(&document), None);
            writer.add(Kind::Evidence, "佐证材料/签到表.pdf", b"signed".to_vec(), None);
            (writer.finish().expect("packed"), document)
        });
        let mut bytes = WHOLE.0.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(parcel) = opened(bytes) {
            prop_assert_eq!(&parcel.opened.document, &WHOLE.1);
        }
    }
}
