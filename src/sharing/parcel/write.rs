//! Puts a parcel together. The same contents and time give the same bytes.

use std::io::{Cursor, Write as _};

use jiff::civil::DateTime;
use zip::{CompressionMethod, ZipWriter, result::ZipResult, write::SimpleFileOptions};

use super::{
    manifest::{self, Entry, FORMAT, Kind, Manifest, Member, VERSION},
    names::Unique,
};
use crate::{
    model::{
        id::Id,
        project::{Evidence, Project},
    },
    store::Fingerprint,
};

/// A parcel being put together.
pub struct Writer {
    time: DateTime,
    names: Unique,
    members: Vec<Member>,
    contents: Vec<Vec<u8>>,
    projects: Vec<Entry>,
}

/// The parcel could not be packed, which would be a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("没有生成材料包：打包时出错（{0}）。表中内容没有改动，请再试一次。")]
pub struct NotPacked(String);

impl Writer {
    /// An empty parcel with these projects, made at `time`.
    pub fn new<'a>(projects: impl IntoIterator<Item = &'a Project>, time: DateTime) -> Self {
        let mut names = Unique::default();
        // Nobody else gets the name of the list.
        names.take(manifest::NAME);
        let entry = |project: &Project| Entry {
            id: project.id,
            name: project.shown_name().to_owned(),
        };
        Self {
            time,
            names,
            members: Vec::new(),
            contents: Vec::new(),
            projects: projects.into_iter().map(entry).collect(),
        }
    }

    /// Puts a file in, and says under which name.
    pub fn add(
        &mut self,
        kind: Kind,
        name: &str,
        bytes: Vec<u8>,
        evidence: Option<Id<Evidence>>,
    ) -> String {
        let name = self.names.take(name);
        let content = Fingerprint::of(&bytes);
        self.members.push(Member {
            name: name.clone(),
            kind,
            size: content.length(),
            sha256: content.hex(),
            evidence,
        });
        self.contents.push(bytes);
        name
    }

    /// The bytes of the parcel, with 说明.txt and the list.
    ///
    /// # Errors
    ///
    /// The packer failed.
    pub fn finish(mut self) -> Result<Vec<u8>, NotPacked> {
        let readme = self.readme();
        self.add(Kind::Readme, "说明.txt", readme, None);
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            made: self.time.strftime("%Y-%m-%d %H:%M").to_string(),
            projects: self.projects,
            members: self.members,
        };
        let text =
            serde_json::to_vec_pretty(&manifest).map_err(|error| NotPacked(error.to_string()))?;
        let names = manifest.members.iter().map(|member| member.name.as_str());
        let files = [(manifest::NAME, text.as_slice())].into_iter();
        let files = files.chain(names.zip(self.contents.iter().map(Vec::as_slice)));
        packed(files, self.time).map_err(|error| NotPacked(error.to_string()))
    }

    /// 说明.txt, for whoever has no program but the system's own: a byte order mark, lines as Windows ends them, and no
    /// character that GBK lacks.
    fn readme(&self) -> Vec<u8> {
        let mut lines = vec![
            "项目支出绩效自评 报送材料包".to_owned(),
            format!("制作时间：{}", self.time.strftime("%Y-%m-%d %H:%M")),
            String::new(),
            format!("包内有 {} 个项目：", self.projects.len()),
        ];
        let numbered = (1..).zip(&self.projects);
        lines.extend(numbered.map(|(number, project)| format!("{number}. {}", project.name)));
        lines.extend([String::new(), "包内文件：".to_owned()]);
        let described = |member: &Member| format!("{}（{}）", member.name, member.kind.words());
        lines.extend(self.members.iter().map(described));
        lines.extend([
            String::new(),
            "装有绩评软件的，直接用绩评打开这个压缩包，可以查看、复核或并入已有文件。".to_owned(),
            "没有绩评软件的，解压后查看 PDF 和 Excel 文件即可。".to_owned(),
            "清单.json 记着每个文件的大小和 SHA-256，可以核对文件是否被改动。".to_owned(),
        ]);
        let in_gbk = |c: char| {
            let mut buffer = [0; 4];
            let (_, _, has_failed) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
            if has_failed { '□' } else { c }
        };
        let text: String = lines.join("\r\n").chars().map(in_gbk).collect();
        format!("\u{feff}{text}\r\n").into_bytes()
    }
}

fn packed<'a>(
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
    time: DateTime,
) -> ZipResult<Vec<u8>> {
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(time.year()).unwrap_or_default();
    let stamp = zip::DateTime::from_date_and_time(
        year,
        part(time.month()),
        part(time.day()),
        part(time.hour()),
        part(time.minute()),
        part(time.second()),
    );
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(stamp.unwrap_or_default());
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        package.start_file(name, options)?;
        package.write_all(content)?;
    }
    Ok(package.finish()?.into_inner())
}
