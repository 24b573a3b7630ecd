//! What goes to others as one file: what is in it, what is not, and what is done with what comes back.

mod anonymise;
mod evidence;
mod ledger;
mod parcel;
mod publish;

use std::{io::Read as _, path::Path, sync::Arc};

use jiff::{Zoned, civil::date};
use jiping::{
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        path::Place,
        project::{Evidence, Explanation, Note, Project},
        review::{NoteKind, Reply},
        rows::Rows,
        working_paper::PaperCell,
    },
    session::environment::{Environment, FixedClock},
    store::{format, simulated::SimulatedFs},
};

/// A form with everything that tells whose it is.
pub fn telling() -> Project {
    let (mut project, edition) = crate::seed::sample("shenzhen-2020-filed");
    let mut ids = CountedIds(0xA000_0000_0000_0000);
    let text = |text: &str| text.into();
    project
        .header
        .insert("department".into(), text("深圳市福田区教育局"));
    project
        .header
        .insert("unit".into(), text("深圳市福田区红岭实验小学"));
    project
        .header
        .insert("project_name".into(), text("红岭读书节经费"));
    project.header.insert("contact".into(), text("王小明"));
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.expected = text(
        "根据深财预〔2021〕12号，由李晓华老师负责，联系人：王小明，电话13800138000，身份证11010519491231002X，账号6222021234567890123，邮箱wxm@example.com。红岭读书节经费用于红岭实验小学。",
    );
    let whole = project.at(Place::Whole);
    project.notes.push(Note {
        id: Id::new(&mut ids),
        at: whole.clone(),
        author: "赵审核".into(),
        time: "2021-03-01 10:00".into(),
        text: text("请王小明补充说明"),
        kind: NoteKind::default(),
        resolved: false,
        replies: Rows::from_iter([Reply {
            id: Id::new(&mut ids),
            author: "王小明".into(),
            time: "2021-03-02 10:00".into(),
            text: text("已补充批注答复"),
            unknown: Default::default(),
        }]),
        unknown: Default::default(),
    });
    project.explanations.push(Explanation {
        id: Id::new(&mut ids),
        rule: "F01".into(),
        at: whole,
        text: text("经核实核对无误"),
        fingerprint: String::new(),
        author: "钱核实".into(),
        time: "2021-03-02 10:00".into(),
        unknown: Default::default(),
    });
    project.set_paper_text(PaperCell::Opinion, "底稿意见甲乙丙");
    for (title, file) in [
        ("红岭读书节签到表", "材料/签到表.pdf"),
        ("照片", "../外面/照片.jpg"),
        ("合同", "材料/没有.pdf"),
    ] {
        project.evidence.push(Evidence {
            id: Id::new(&mut ids),
            indicator: None,
            title: title.into(),
            file: file.into(),
            hash: String::new(),
            length: 0,
            unknown: Default::default(),
        });
    }
    drop(edition);
    project
}

/// The edition of [`telling`].
pub fn edition() -> Arc<Edition> {
    Arc::new(crate::seed::sample("shenzhen-2020-filed").1)
}

/// A document with these projects.
pub fn document(projects: impl IntoIterator<Item = Project>) -> Document {
    let mut document = Document::new(Id::from_bits(0xD0C));
    document.projects = projects.into_iter().collect();
    document
}

/// The project under other ids and another name.
pub fn another(project: &Project, name: &str) -> Project {
    let mut copy = project.duplicate(&mut CountedIds(0xB000_0000_0000_0000));
    copy.header.insert("project_name".into(), name.into());
    copy
}

pub fn noon() -> Zoned {
    let noon = date(2021, 3, 1).at(12, 0, 0, 0);
    noon.in_tz("UTC").expect("a time that exists")
}

pub const FILE: &str = "/单位/自评表.jiping";

/// A disk with a document.
pub fn disk(document: &Document) -> SimulatedFs {
    let fs = SimulatedFs::new();
    fs.put(FILE, format::write(document));
    fs
}

pub fn world(fs: &SimulatedFs) -> Arc<Environment> {
    let clock = Arc::new(FixedClock::new(noon()));
    Arc::new(Environment::for_tests(fs, clock, 0xF000_0000_0000_0000))
}

/// The files of a zip, unpacked.
pub fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("unpacked");
        files.push((entry.name().expect("a name").to_string(), content));
    }
    files
}

/// Whether a text stands anywhere in bytes.
pub fn holds(bytes: &[u8], text: &str) -> bool {
    memchr::memmem::find(bytes, text.as_bytes()).is_some()
}

pub fn path(text: &str) -> &Path {
    Path::new(text)
}
