//! Takes a parcel apart, in memory.

use std::{collections::HashSet, io::Read as _, sync::Arc};

use super::{
    manifest::{self, FORMAT, Kind, Manifest, Member, VERSION},
    names::is_safe,
};
use crate::{
    exchange::{error::ReadError, guard::Package},
    model::{
        document::Document, edition::Edition, id::IdSource, ledger::Rectification,
        profile::Profile, project::Project, rows::Rows,
    },
    store::{
        Fingerprint,
        format::{self, Opened},
        format_error::FormatError,
        profiles::read_profile,
    },
};

/// Bytes of a parcel at most (200 MB).
pub const LARGEST: u64 = 200 << 20;
/// Bytes of its list at most (4 MB).
const LARGEST_LIST: u64 = 4 << 20;
/// How many names are told at most.
const TOLD: usize = 5;

/// A parcel that was read.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// Its list.
    pub manifest: Manifest,
    /// The projects in it, with the versions that they went through.
    pub opened: Opened,
    /// 复核口径 in it.
    pub profile: Option<Profile>,
    /// The files of evidence that are in it as they were when it was made.
    pub evidence: Vec<Member>,
    /// What is not as the list says, one sentence each.
    pub remarks: Vec<String>,
    bytes: Arc<[u8]>,
}

/// Why a parcel was not opened. Nothing of it is used then.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ParcelError {
    /// It is no parcel.
    #[error("这个压缩包不是报送材料包，没有打开。请确认选对了文件；普通压缩包请先解压。")]
    NoParcel,
    /// It was made by a later version.
    #[error(
        "这个材料包由新版本的绩评制作（格式 {0}，本程序支持到 {VERSION}），没有打开。请升级后再打开。"
    )]
    Newer(u32),
    /// Something in it would lead out of a folder, or is no name of a file.
    #[error(
        "材料包内有不安全的文件名，没有打开，也没有解压任何内容。请向提供者核实后重新索取。名称：{0}"
    )]
    Unsafe(String),
    /// Two names in it mean the same file on some systems.
    #[error("材料包内有重名的文件，没有打开。请向提供者重新索取。名称：{0}")]
    Clash(String),
    /// The document is not as it was when the parcel was made.
    #[error(
        "材料包内的绩评文件与清单不符（可能被改动，或传输中损坏），没有打开。请向提供者重新索取。"
    )]
    Changed,
    /// There is no document in it.
    #[error("材料包内没有绩评文件，没有打开。请向提供者重新索取。")]
    NoDocument,
    /// The archive cannot be read.
    #[error("材料包没有打开。{}", in_words(.0))]
    Archive(ReadError),
    /// The document in it cannot be read.
    #[error("材料包内的绩评文件读不出来，没有打开。{0}")]
    Document(FormatError),
}

fn in_words(error: &ReadError) -> String {
    match error {
        ReadError::TooLarge(excess) => format!("{excess}，超出读取上限，为保证安全没有读取。"),
        ReadError::Broken(part) => format!("压缩包已损坏或不完整（{part}）。请向提供者重新索取。"),
        ReadError::Protected => "压缩包设有密码。请向提供者索取没有密码的材料包。".to_owned(),
        other => other.to_string(),
    }
}

impl From<ReadError> for ParcelError {
    fn from(error: ReadError) -> Self {
        Self::Archive(error)
    }
}

/// Reads a parcel. The caller bounds the number of its bytes; ids that stand twice are renewed from `ids`.
///
/// # Errors
///
/// Why nothing of it can be used.
pub fn open(bytes: Arc<[u8]>, ids: &mut dyn IdSource) -> Result<Parcel, ParcelError> {
    let mut package = Package::open(&bytes)?;
    let manifest = list(&mut package)?;
    refuse_names(&manifest, &package)?;
    let mut remarks = Vec::new();
    let beside = package.names().filter(|name| {
        let is_listed = manifest.members.iter().any(|member| member.name == **name);
        !is_listed && *name != manifest::NAME && !name.ends_with('/')
    });
    let beside = beside.count();
    if beside > 0 {
        remarks.push(format!("包内有 {beside} 个清单以外的文件，没有读取。"));
    }
    let mut sorted = Sorted::default();
    for member in &manifest.members {
        sorted.take(member, verified(&mut package, member)?);
    }
    remarks.extend(sorted.remarks());
    let document = match sorted.document {
        Some(Content::AsListed(bytes)) => bytes,
        Some(Content::Differs) => return Err(ParcelError::Changed),
        Some(Content::Missing) | None => return Err(ParcelError::NoDocument),
    };
    let opened = format::read(&document, ids).map_err(ParcelError::Document)?;
    let profile = sorted.profile.as_deref().map(|bytes| {
        let text = String::from_utf8_lossy(bytes);
        read_profile("复核口径.json", &text)
    });
    let profile = match profile {
        Some(Ok(profile)) => Some(profile),
        Some(Err(error)) => {
            remarks.push(error.to_string());
            None
        }
        None => None,
    };
    drop(package);
    Ok(Parcel {
        opened,
        profile,
        evidence: sorted.evidence,
        remarks,
        manifest,
        bytes,
    })
}

impl Parcel {
    /// The content of a file of evidence, as it was when the parcel was made.
    ///
    /// # Errors
    ///
    /// It is not in the parcel, or not as the list says.
    pub fn content(&self, member: &Member) -> Result<Vec<u8>, ParcelError> {
        let mut package = Package::open(&self.bytes)?;
        match verified(&mut package, member)? {
            Content::AsListed(bytes) => Ok(bytes),
            Content::Missing | Content::Differs => Err(ParcelError::Changed),
        }
    }

    /// The document of the parcel beside one that it may have been made of: only some projects may have been packed, and those
    /// that were not are as they are there. Nothing is removed by a parcel.
    pub fn beside(&self, known: &Document) -> Document {
        let packed = &self.opened.document;
        let mut projects: Rows<Project> = known
            .projects
            .iter()
            .map(|project| packed.project(project.id).unwrap_or(project).clone())
            .collect();
        let new = packed
            .projects
            .iter()
            .filter(|project| known.project(project.id).is_none());
        new.for_each(|project| projects.push(project.clone()));
        let mut ledger: Rows<Rectification> = known
            .ledger
            .iter()
            .map(|one| {
                packed
                    .ledger
                    .iter()
                    .find(|other| other.id == one.id)
                    .unwrap_or(one)
                    .clone()
            })
            .collect();
        let is_new =
            |one: &&Arc<Rectification>| known.ledger.iter().all(|other| other.id != one.id);
        packed
            .ledger
            .iter()
            .filter(is_new)
            .for_each(|one| ledger.push(one.clone()));
        Document {
            projects,
            ledger,
            editions: self.editions_beside(known),
            ..known.clone()
        }
    }

    /// Every edition is packed, built-in ones too; only those come into a document that a project of it was not on before.
    fn editions_beside(&self, known: &Document) -> Vec<Arc<Edition>> {
        let mut editions = known.editions.clone();
        for edition in &self.opened.document.editions {
            let hash = edition.hash();
            let is_known = known
                .projects
                .iter()
                .any(|project| project.edition.hash == hash);
            if !is_known && !editions.contains(edition) {
                editions.push(Arc::clone(edition));
            }
        }
        editions
    }

    /// The size of all files of evidence, in bytes.
    pub fn evidence_size(&self) -> u64 {
        self.evidence.iter().map(|member| member.size).sum()
    }
}

/// What the members came to.
#[derive(Default)]
struct Sorted {
    document: Option<Content>,
    profile: Option<Vec<u8>>,
    evidence: Vec<Member>,
    missing: Vec<String>,
    differing: Vec<String>,
}

impl Sorted {
    fn take(&mut self, member: &Member, content: Content) {
        match &content {
            Content::Missing => self.missing.push(member.name.clone()),
            Content::Differs => self.differing.push(member.name.clone()),
            Content::AsListed(_) => {}
        }
        match (member.kind, content) {
            (Kind::Document, content) if self.document.is_none() => self.document = Some(content),
            (Kind::Profile, Content::AsListed(bytes)) => self.profile = Some(bytes),
            (Kind::Evidence, Content::AsListed(_)) => self.evidence.push(member.clone()),
            _ => {}
        }
    }

    fn remarks(&self) -> Vec<String> {
        let told = |names: &[String], what: &str| {
            let shown = names
                .iter()
                .take(TOLD)
                .cloned()
                .collect::<Vec<_>>()
                .join("、");
            let more = if names.len() > TOLD { "等" } else { "" };
            (!names.is_empty()).then(|| format!("{what} {} 个：{shown}{more}。", names.len()))
        };
        let missing = told(&self.missing, "清单上有、包内没有的文件");
        let differing = told(&self.differing, "与清单不符（可能被改动）、没有采用的文件");
        missing.into_iter().chain(differing).collect()
    }
}

/// What there is of a member.
enum Content {
    AsListed(Vec<u8>),
    Missing,
    Differs,
}

/// A member as the list says it is. No more is unpacked than the list says.
fn verified(package: &mut Package<'_>, member: &Member) -> Result<Content, ParcelError> {
    let Some(part) = package.part(&member.name)? else {
        return Ok(Content::Missing);
    };
    let mut bytes = Vec::new();
    part.take(member.size.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| ParcelError::Archive(ReadError::from(error)))?;
    let is_as_listed =
        bytes.len() as u64 == member.size && Fingerprint::of(&bytes).hex() == member.sha256;
    Ok(match is_as_listed {
        true => Content::AsListed(bytes),
        false => Content::Differs,
    })
}

fn list(package: &mut Package<'_>) -> Result<Manifest, ParcelError> {
    #[derive(serde::Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let part = package.part(manifest::NAME)?.ok_or(ParcelError::NoParcel)?;
    let mut text = Vec::new();
    part.take(LARGEST_LIST)
        .read_to_end(&mut text)
        .map_err(|error| ParcelError::Archive(ReadError::from(error)))?;
    let head: Head = serde_json::from_slice(&text).map_err(|_| ParcelError::NoParcel)?;
    if head.format != FORMAT {
        return Err(ParcelError::NoParcel);
    }
    if head.version > VERSION {
        return Err(ParcelError::Newer(head.version));
    }
    serde_json::from_slice(&text)
        .map_err(|_| ParcelError::Archive(ReadError::Broken("清单读不出来".to_owned())))
}

/// Refuses names that would do harm somewhere, of what is listed and of what else is packed.
fn refuse_names(manifest: &Manifest, package: &Package<'_>) -> Result<(), ParcelError> {
    let listed = manifest.members.iter().map(|member| member.name.as_str());
    let packed = package
        .names()
        .map(|name| name.strip_suffix('/').unwrap_or(name));
    if let Some(name) = listed.clone().chain(packed).find(|name| !is_safe(name)) {
        return Err(ParcelError::Unsafe(shown(name)));
    }
    if let Some(name) = package.links().next() {
        return Err(ParcelError::Unsafe(shown(name)));
    }
    for names in [listed.collect::<Vec<_>>(), package.names().collect()] {
        let mut seen = HashSet::new();
        if let Some(name) = names.iter().find(|name| !seen.insert(name.to_lowercase())) {
            return Err(ParcelError::Clash(shown(name)));
        }
    }
    Ok(())
}

/// A name of others in a message: short, on one line, and nothing invisible in it.
fn shown(name: &str) -> String {
    let plain = name.chars().take(80);
    plain
        .map(|c| {
            if c.is_control() || ('\u{200b}'..='\u{2069}').contains(&c) {
                '□'
            } else {
                c
            }
        })
        .collect()
}
