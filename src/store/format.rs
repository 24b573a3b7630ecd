//! The bytes of a `*.jiping` file: `{"format": "jiping", "version": 1, "versions": […], "document": {…}}`, UTF-8, one value
//! per line so that two versions of a file compare well. `versions` is the [`Lineage`].
//!
//! The whole is read in one pass, straight into the document: that is quick, and an error has its true line and column.

use std::borrow::Cow;

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, DeserializeSeed, IgnoredAny, MapAccess},
};
use serde_json::{Value, ser::PrettyFormatter};

use super::{
    format_error::{FormatError, Position},
    integrity::{self, Findings},
    lineage::Lineage,
    migrate::{HISTORY, History},
};
use crate::model::{
    document::Document,
    id::{Id, IdSource},
    record::{FieldName, Unknown, absent, repeated},
};

/// The value of `format` in every file.
pub const FORMAT: &str = "jiping";

/// The version of the format that this program writes.
pub const VERSION: u32 = HISTORY.current();

/// Unknown fields that stood beside `document` travel inside it under this name, and out again.
const BESIDE_DOCUMENT: &str = "$envelope";

/// A document as read, with what a person should know of the reading.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The document, its ids unique.
    pub document: Document,
    /// The versions it went through; empty where the file does not say.
    pub lineage: Lineage,
    /// What was noticed or changed on the way.
    pub report: OpenReport,
}

/// What was noticed while opening. The file itself is never changed by opening it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenReport {
    /// The older version that the file had.
    pub migrated_from: Option<u32>,
    /// What was found in the content.
    pub findings: Findings,
}

impl OpenReport {
    /// Whether there is nothing to tell.
    pub fn is_clean(&self) -> bool {
        *self == Self::default()
    }

    /// What is to tell, one sentence each.
    pub fn sentences(&self) -> Vec<String> {
        let upgraded = self.migrated_from.map(|from| {
            format!("文件由旧版本的绩评创建（格式 {from}），已按格式 {VERSION} 读入，保存后旧版本将不能打开。")
        });
        upgraded
            .into_iter()
            .chain(self.findings.sentences())
            .collect()
    }
}

/// The bytes of a `document` that belongs to no line of versions yet: the same document always gives the same bytes.
pub fn write(document: &Document) -> Vec<u8> {
    write_version(document, &Lineage::default())
}

/// The bytes of `document` as a version of this lineage: both the same always give the same bytes.
pub fn write_version(document: &Document, lineage: &Lineage) -> Vec<u8> {
    #[derive(Serialize)]
    struct Envelope<'a> {
        format: &'a str,
        version: u32,
        #[serde(skip_serializing_if = "Lineage::is_empty")]
        versions: &'a Lineage,
        document: &'a Document,
        #[serde(flatten)]
        beside: Option<Value>,
    }
    let mut document = Cow::Borrowed(document);
    let mut beside = None;
    if let Some(Value::Object(_)) = document.unknown.get(BESIDE_DOCUMENT) {
        beside = document.to_mut().unknown.take(BESIDE_DOCUMENT);
    }
    let mut bytes = Vec::with_capacity(64 * 1024);
    let mut out =
        serde_json::Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b" "));
    Envelope {
        format: FORMAT,
        version: VERSION,
        versions: lineage,
        document: &document,
        beside,
    }
    .serialize(&mut out)
    .expect("every part of a document has text keys, and memory takes all bytes");
    bytes.push(b'\n');
    bytes
}

/// Reads the bytes of a file. The caller bounds their number.
///
/// Ids that stand twice are renewed from `ids`: the first one keeps its id.
///
/// # Errors
/// The bytes are no document that this version understands. Nothing of them is used then.
pub fn read(bytes: &[u8], ids: &mut dyn IdSource) -> Result<Opened, FormatError> {
    read_with(bytes, ids, HISTORY)
}

/// As [`read`], with another history of the format: how the tests prove that migration works before there is any.
///
/// # Errors
/// As [`read`].
pub fn read_with(
    bytes: &[u8],
    ids: &mut dyn IdSource,
    history: History<'_>,
) -> Result<Opened, FormatError> {
    let text = text_of(bytes)?;
    let (Content(mut document, lineage), migrated_from) = read_document(text, history)?;
    let mut findings = integrity::restore(&mut document, ids);
    if findings.unknown_fields.remove(BESIDE_DOCUMENT)
        && let Some(Value::Object(beside)) = document.unknown.get(BESIDE_DOCUMENT)
    {
        findings.unknown_fields.extend(beside.keys().cloned());
    }
    Ok(Opened {
        document,
        lineage,
        report: OpenReport {
            migrated_from,
            findings,
        },
    })
}

/// The versions that a file went through, without reading its document; none where it does not say or cannot be read.
pub fn lineage(bytes: &[u8]) -> Lineage {
    #[derive(Deserialize)]
    struct Beside {
        #[serde(default)]
        versions: Lineage,
    }
    let text = text_of(bytes).ok();
    let beside = text.and_then(|text| serde_json::from_str::<Beside>(text).ok());
    beside.map(|beside| beside.versions).unwrap_or_default()
}

/// The id of the document in bytes that may be damaged further on; `None` where it does not stand near the beginning, as this
/// program writes it.
pub fn document_id(bytes: &[u8]) -> Option<Id<Document>> {
    const HEAD: usize = 16 * 1024;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let (_, document) = head.split_once("\"document\"")?;
    let (_, id) = document.split_once("\"id\"")?;
    id.split('"').nth(1)?.parse().ok()
}

/// The text without a byte order mark, where it looks like a JSON object at all.
fn text_of(bytes: &[u8]) -> Result<&str, FormatError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(FormatError::OtherEncoding { encoding: "UTF-16" });
    }
    // After a power failure some disks leave a file of zeros.
    let mut content = bytes
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace() || **byte == 0);
    match content.next() {
        None => return Err(FormatError::Empty),
        Some(b'{') => {}
        Some(_) => return Err(FormatError::NotJiping),
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = Position::after(bytes, error.valid_up_to());
        match error.error_len() {
            None => FormatError::CutShort { at },
            Some(_) if looks_like_gbk(bytes) => FormatError::OtherEncoding { encoding: "GBK" },
            Some(_) => FormatError::NotText { at },
        }
    })
}

/// Whether bytes could be the Chinese that Windows calls ANSI: every character beyond ASCII is a pair. Damaged UTF-8 soon
/// has a run of bytes that cannot be paired.
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let mut bytes = bytes.iter();
    while let Some(byte) = bytes.next() {
        let paired = match byte {
            0..=0x7F => true,
            0x81..=0xFE => matches!(bytes.next(), Some(0x40..=0x7E | 0x80..=0xFE)),
            _ => false,
        };
        if !paired {
            return false;
        }
    }
    true
}

/// What an envelope holds.
struct Content(Document, Lineage);

/// The document, and the version of the format it had if that is an older one.
fn read_document(text: &str, history: History<'_>) -> Result<(Content, Option<u32>), FormatError> {
    let mut undecided = false;
    let first = Envelope {
        accept: Some(history.current()),
        undecided: &mut undecided,
    };
    match parse(text, first) {
        Ok(content) => return Ok((content, None)),
        Err(error) if !undecided => return Err(FormatError::of_json(text, &error)),
        Err(_) => {}
    }
    let version = read_version(text, history)?;
    if version != history.current() {
        let content = upgrade(text, version, history)?;
        return Ok((content, Some(version)));
    }
    let checked = Envelope {
        accept: None,
        undecided: &mut undecided,
    };
    parse(text, checked)
        .map(|content| (content, None))
        .map_err(|error| FormatError::of_json(text, &error))
}

fn parse<'de, S: DeserializeSeed<'de>>(
    text: &'de str,
    seed: S,
) -> Result<S::Value, serde_json::Error> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut parser)?;
    parser.end()?;
    Ok(value)
}

/// Reads the document where format and version were seen before it and are as expected; else says so and stops.
struct Envelope<'a> {
    /// The version to accept; `None` where format and version were checked already.
    accept: Option<u32>,
    /// Set when the head has to be looked at first.
    undecided: &'a mut bool,
}

impl<'de> DeserializeSeed<'de> for Envelope<'_> {
    type Value = Content;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl Envelope<'_> {
    fn look_first<E: de::Error>(&mut self) -> E {
        *self.undecided = true;
        E::custom("先读格式和版本")
    }
}

impl<'de> de::Visitor<'de> for Envelope<'_> {
    type Value = Content;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("对象")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Content, A::Error> {
        let (mut format, mut version) = (false, false);
        let (mut document, mut lineage): (Option<Document>, Option<Lineage>) = (None, None);
        let mut beside = Unknown::default();
        while let Some(key) = map.next_key::<FieldName<'de>>()? {
            match &*key.0 {
                "format" if !format => {
                    format = true;
                    let value: Value = map.next_value()?;
                    if self.accept.is_some() && value != FORMAT {
                        return Err(self.look_first());
                    }
                }
                "version" if !version => {
                    version = true;
                    let value: Value = map.next_value()?;
                    if self.accept.is_some_and(|accepted| value != accepted) {
                        return Err(self.look_first());
                    }
                }
                "document" if document.is_none() => {
                    if self.accept.is_some() && !(format && version) {
                        return Err(self.look_first());
                    }
                    document = Some(map.next_value()?);
                }
                "versions" if lineage.is_none() => lineage = Some(map.next_value()?),
                name @ ("format" | "version" | "versions" | "document") => {
                    return Err(repeated(name));
                }
                name if beside.contains(name) => return Err(repeated(name)),
                _ => beside.keep(key.0.into_owned(), map.next_value()?),
            }
        }
        let mut document = document.ok_or_else(|| match self.accept {
            Some(_) if !(format && version) => self.look_first(),
            _ => absent("document"),
        })?;
        if document.unknown.contains(BESIDE_DOCUMENT) {
            return Err(de::Error::custom(format_args!(
                "字段 {BESIDE_DOCUMENT} 为程序保留，不能使用"
            )));
        }
        if !beside.is_empty() {
            document
                .unknown
                .keep(BESIDE_DOCUMENT.into(), beside.into_value());
        }
        Ok(Content(document, lineage.unwrap_or_default()))
    }
}

/// The version of a file whose `format` is right, wherever both stand.
fn read_version(text: &str, history: History<'_>) -> Result<u32, FormatError> {
    let mut refusal = None;
    let head = Head {
        history,
        refusal: &mut refusal,
    };
    parse(text, head).map_err(|error| refusal.unwrap_or_else(|| FormatError::of_json(text, &error)))
}

/// Reads format and version and skips all else. A newer file is refused before its content is looked at.
struct Head<'a> {
    history: History<'a>,
    refusal: &'a mut Option<FormatError>,
}

impl Head<'_> {
    fn refuse<E: de::Error>(&mut self, refusal: FormatError) -> E {
        *self.refusal = Some(refusal);
        E::custom("不接受此文件")
    }

    fn accept<E: de::Error>(&mut self, found: u64) -> Result<u32, E> {
        let supported = self.history.current();
        match u32::try_from(found) {
            Ok(version) if self.history.knows(version) => Ok(version),
            Ok(version) if version < supported => {
                Err(self.refuse(FormatError::NoSuchVersion { found: version }))
            }
            _ => Err(self.refuse(FormatError::Newer { found, supported })),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Head<'_> {
    type Value = u32;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u32, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> de::Visitor<'de> for Head<'_> {
    type Value = u32;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("对象")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<u32, A::Error> {
        let (mut format, mut found) = (false, None);
        while let Some(key) = map.next_key::<FieldName<'de>>()? {
            match &*key.0 {
                "format" if !format => {
                    format = true;
                    if map.next_value::<Value>()? != FORMAT {
                        return Err(self.refuse(FormatError::NotJiping));
                    }
                }
                "version" if found.is_none() => found = Some(map.next_value::<u64>()?),
                name @ ("format" | "version") => return Err(repeated(name)),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            if let (true, Some(found)) = (format, found) {
                self.accept::<A::Error>(found)?;
            }
        }
        if !format {
            return Err(self.refuse(FormatError::NotJiping));
        }
        found.map_or_else(|| Err(absent("version")), |found| self.accept(found))
    }
}

/// The document of an older file, step by step made a current one.
fn upgrade(text: &str, from: u32, history: History<'_>) -> Result<Content, FormatError> {
    #[derive(Deserialize)]
    struct OlderFile {
        #[serde(default)]
        versions: Lineage,
        document: Value,
    }
    let mut file: OlderFile =
        serde_json::from_str(text).map_err(|error| FormatError::of_json(text, &error))?;
    history
        .migrate(&mut file.document, from)
        .and_then(|()| {
            serde_json::from_value(file.document).map_err(|error| FormatError::problem_of(&error))
        })
        .map(|document| Content(document, file.versions))
        .map_err(|problem| FormatError::NotUpgradable { from, problem })
}
