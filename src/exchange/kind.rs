//! What a file is, told by its content; its name only decides where the content does not.

use std::io::Read;

use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::guard::Package;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// .xlsx, .xlsm, .et that is one
    Workbook,
    /// .xlsb
    BinaryWorkbook,
    /// .xls, .et that is one
    OldWorkbook,
    /// .ods
    OpenDocument,
    /// .docx
    Word,
    /// .pdf
    Pdf,
    /// .csv, .tsv, .txt
    Text,
    /// .doc, .wps that is one
    OldWord,
    /// .et or .wps of WPS's own
    Wps,
    /// .ofd
    Ofd,
    /// .odt, .rtf
    OtherText,
    /// A web page or XML, often with the ending .xls: how many systems export "Excel".
    Web,
    /// A picture.
    Picture,
    /// .ppt, .pptx
    Slides,
    /// .zip, .rar, .7z
    Archive,
    /// An Office file with a password to open it.
    Encrypted,
    /// A document of this program.
    Jiping,
    /// None of these.
    Unknown,
}

/// Bytes at the beginning in which a text says what it is.
const HEAD: usize = 2 << 10;

impl Kind {
    /// What the bytes are; the name's ending decides only where the bytes do not.
    pub fn of(bytes: &[u8], name: &str) -> Self {
        let head = bytes.get(..HEAD).unwrap_or(bytes);
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            packaged(bytes, name)
        } else if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            compound(bytes, name)
        } else if memmem::find(head, b"%PDF-").is_some() {
            Self::Pdf
        } else if is_picture(bytes) {
            Self::Picture
        } else if is_archive(bytes) {
            Self::Archive
        } else {
            textual(bytes, head)
        }
    }

    /// For a kind that is not read: what it is and how to convert it in WPS.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Workbook
            | Self::BinaryWorkbook
            | Self::OldWorkbook
            | Self::OpenDocument
            | Self::Word
            | Self::Pdf
            | Self::Text => "这种文件可以直接导入。",
            Self::OldWord => {
                "这是旧版 Word 或 WPS 文字文档，不能直接读取，没有导入任何内容。请用 WPS 打开，“文件—另存为”选 .docx，再导入。"
            }
            Self::Wps => {
                "这是 WPS 自有格式的文件，不能直接读取，没有导入任何内容。请用 WPS 打开，“文件—另存为”，表格选 .xlsx，文字选 .docx，再导入。"
            }
            Self::Ofd => {
                "这是 OFD 版式文件，不能直接读取，没有导入任何内容。请用 WPS 或 OFD 阅读器打开，转换为 Word 或 PDF 后再导入；有电子表格原文件时，导入原文件最准确。"
            }
            Self::OtherText => {
                "这是 .rtf 或 .odt 文档，不能直接读取，没有导入任何内容。请用 WPS 打开，“文件—另存为”选 .docx，再导入。"
            }
            Self::Web => {
                "这是网页或 XML 格式的表格（有些系统导出的 .xls 其实是这种），不能直接读取，没有导入任何内容。请用 WPS 表格打开，“文件—另存为”选 .xlsx，再导入。"
            }
            Self::Picture => {
                "这是图片，里面没有可读取的文字，没有导入任何内容。请索取电子表格或 Word 原文件；只有图片时，可先用 WPS 的“图片转文字”转成表格，核对后再导入。"
            }
            Self::Slides => {
                "这是演示文稿，不能直接读取，没有导入任何内容。请用 WPS 打开，把其中的表格复制到新的表格里，保存为 .xlsx 再导入。"
            }
            Self::Archive => {
                "这是压缩包，不能直接读取，没有导入任何内容。请先解压，再导入里面的表格或文档，也可以整个文件夹一起导入。"
            }
            Self::Encrypted => {
                "文件设有打开密码，没有导入任何内容。请用 WPS 或 Office 打开，去掉密码后另存一份，再导入。"
            }
            Self::Jiping => {
                "这是绩评自己的文件，不需要导入，没有导入任何内容。请用“打开”来打开它。"
            }
            Self::Unknown => {
                "认不出这是什么文件，没有导入任何内容。请用 WPS 打开，能显示时另存为 .xlsx 或 .docx 再导入。"
            }
        }
    }
}

/// A zip, by the names in it.
fn packaged(bytes: &[u8], name: &str) -> Kind {
    match Package::open(bytes) {
        Ok(package) => by_entries(package, name),
        // Whatever is wrong with it is told when it is read as what its names say, which are not packed.
        Err(_) => [
            (b"xl/workbook.bin".as_slice(), Kind::BinaryWorkbook),
            (b"xl/workbook", Kind::Workbook),
            (b"xl/worksheets/", Kind::Workbook),
            (b"word/document", Kind::Word),
            (b"opendocument.spreadsheet", Kind::OpenDocument),
        ]
        .into_iter()
        .find(|(mark, _)| memmem::find(bytes, mark).is_some())
        .map_or(Kind::Archive, |(_, kind)| kind),
    }
}

fn by_entries(mut package: Package, name: &str) -> Kind {
    let starts = |package: &Package, folder: &str| {
        package.names().any(|entry| {
            entry
                .get(..folder.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(folder))
        })
    };
    if package.has("xl/workbook.bin") {
        Kind::BinaryWorkbook
    } else if package.has("xl/workbook.xml") {
        Kind::Workbook
    } else if package.has("word/document.xml") {
        Kind::Word
    } else if package.has("OFD.xml") {
        Kind::Ofd
    } else if package.has("[Content_Types].xml") {
        [
            ("xl/", Kind::Workbook),
            ("word/", Kind::Word),
            ("ppt/", Kind::Slides),
        ]
        .into_iter()
        .find(|(folder, _)| starts(&package, folder))
        .map_or(Kind::Unknown, |(_, kind)| kind)
    } else if package.has("content.xml") {
        open_document(&mut package, name)
    } else {
        Kind::Archive
    }
}

fn open_document(package: &mut Package, name: &str) -> Kind {
    let mut kind = String::new();
    if let Ok(Some(part)) = package.part("mimetype") {
        // What cannot be read says nothing, as if it were missing.
        let _ = part.take(256).read_to_string(&mut kind);
    }
    let is =
        |word: &str, ending: &str| kind.contains(word) || (kind.is_empty() && ends(name, ending));
    if is("opendocument.spreadsheet", ".ods") {
        Kind::OpenDocument
    } else if is("opendocument.presentation", ".odp") {
        Kind::Slides
    } else if is("opendocument.text", ".odt") {
        Kind::OtherText
    } else {
        Kind::Unknown
    }
}

/// An OLE compound file, by the names of its streams. Entries of its directory stand at multiples of 128 bytes; all such places
/// are looked at, so no chain of sectors can lead round in a circle.
fn compound(bytes: &[u8], name: &str) -> Kind {
    let mut found = None;
    for entry in bytes.chunks_exact(128) {
        let Some(entry) = DirectoryEntry::of(entry) else {
            continue;
        };
        match entry.kind() {
            Some(Kind::Encrypted) => return Kind::Encrypted,
            // The root says what the whole is, where it says anything; embedded objects have streams of the same names.
            Some(kind) if entry.is_root => return kind,
            kind => found = found.or(kind),
        }
    }
    found.unwrap_or_else(|| {
        let own = [".et", ".ett", ".wps", ".wpt"];
        if own.iter().any(|ending| ends(name, ending)) {
            Kind::Wps
        } else {
            Kind::Unknown
        }
    })
}

struct DirectoryEntry {
    name: String,
    is_root: bool,
    /// The first field of the class, of what the root is an object.
    class: u32,
}

impl DirectoryEntry {
    fn of(bytes: &[u8]) -> Option<Self> {
        let length = usize::from(u16::from_le_bytes(bytes.get(64..66)?.try_into().ok()?));
        let kind = *bytes.get(66)?;
        if !(4..=64).contains(&length) || length % 2 != 0 || ![2, 5].contains(&kind) {
            return None;
        }
        let units: Vec<u16> = bytes
            .get(..length - 2)?
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        Some(Self {
            name: String::from_utf16(&units).ok()?,
            is_root: kind == 5,
            class: u32::from_le_bytes(bytes.get(80..84)?.try_into().ok()?),
        })
    }

    fn kind(&self) -> Option<Kind> {
        if self.is_root {
            return match self.class {
                0x0002_0810 | 0x0002_0820 => Some(Kind::OldWorkbook),
                0x0002_0900 | 0x0002_0906 => Some(Kind::OldWord),
                0x6481_8D10 => Some(Kind::Slides),
                _ => None,
            };
        }
        match self.name.as_str() {
            "Workbook" | "Book" => Some(Kind::OldWorkbook),
            "WordDocument" => Some(Kind::OldWord),
            "PowerPoint Document" => Some(Kind::Slides),
            "EncryptedPackage" => Some(Kind::Encrypted),
            _ => None,
        }
    }
}

fn is_picture(bytes: &[u8]) -> bool {
    let at =
        |from: usize, mark: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(mark));
    at(0, b"\x89PNG")
        || at(0, b"\xFF\xD8\xFF")
        || at(0, b"GIF8")
        || at(0, b"II*\0")
        || at(0, b"MM\0*")
        || at(0, b"RIFF") && at(8, b"WEBP")
        || at(4, b"ftyphei")
        // A text may begin with these letters, but not go on with zeros.
        || at(0, b"BM") && at(6, &[0; 4])
}

fn is_archive(bytes: &[u8]) -> bool {
    [
        b"Rar!\x1A\x07".as_slice(),
        b"7z\xBC\xAF\x27\x1C",
        b"\x1F\x8B\x08",
        b"\xFD7zXZ\0",
    ]
    .iter()
    .any(|mark| bytes.starts_with(mark))
        || bytes.get(257..262) == Some(b"ustar")
}

fn textual(bytes: &[u8], head: &[u8]) -> Kind {
    // In UTF-16, what says of a text what it is stands between zeros.
    let plain: Vec<u8> = head
        .iter()
        .filter(|byte| **byte != 0)
        .map(u8::to_ascii_lowercase)
        .collect();
    let plain = plain
        .strip_prefix(b"\xEF\xBB\xBF".as_slice())
        .or_else(|| plain.strip_prefix(b"\xFF\xFE".as_slice()))
        .or_else(|| plain.strip_prefix(b"\xFE\xFF".as_slice()))
        .unwrap_or(&plain)
        .trim_ascii_start();
    let begins = |marks: &[&str]| marks.iter().any(|mark| plain.starts_with(mark.as_bytes()));
    let says = |mark: &str| memmem::find(plain, mark.as_bytes()).is_some();
    if begins(&["{\\rtf"]) {
        Kind::OtherText
    } else if begins(&["{"]) && says("\"format\"") && says("\"jiping\"") {
        Kind::Jiping
    } else if begins(&[
        "<?xml",
        "<!doctype",
        "<html",
        "<head",
        "<meta",
        "<table",
        "<style",
    ]) || begins(&["<"]) && says("<html")
        || begins(&["mime-version:"]) && says("multipart/related")
    {
        Kind::Web
    } else if is_text(bytes) {
        Kind::Text
    } else {
        Kind::Unknown
    }
}

/// No zeros but those of UTF-16, and hardly any control characters.
fn is_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return true;
    }
    let mut zeros = [0_usize; 2];
    let mut controls = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            0 => zeros[at % 2] += 1,
            1..=8 | 14..=31 if *byte != 0x1B && *byte != 0x1A => controls += 1,
            _ => {}
        }
    }
    match zeros {
        [0, 0] => controls <= bytes.len() / 100,
        // UTF-16 without a mark: every line break is one, always on the same side. The other byte of a character may be any.
        [0, some] | [some, 0] => some >= bytes.len() / 50 && bytes.len().is_multiple_of(2),
        _ => false,
    }
}

fn ends(name: &str, ending: &str) -> bool {
    name.len()
        .checked_sub(ending.len())
        .and_then(|from| name.get(from..))
        .is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn package(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn compound_file(root_class: u32, streams: &[&str]) -> Vec<u8> {
        let mut bytes = vec![0; 512];
        bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        let root = ("Root Entry", 5, root_class);
        let entries = streams.iter().map(|name| (*name, 2, 0));
        for (name, kind, class) in std::iter::once(root).chain(entries) {
            let mut entry = [0; 128];
            let mut length = 2;
            for (at, unit) in name.encode_utf16().enumerate() {
                entry[2 * at..2 * at + 2].copy_from_slice(&unit.to_le_bytes());
                length += 2;
            }
            entry[64] = length;
            entry[66] = kind;
            entry[80..84].copy_from_slice(&u32::to_le_bytes(class));
            bytes.extend(entry);
        }
        bytes
    }

    #[test]
    fn packages_are_told_by_their_entries() {
        let types = ("[Content_Types].xml", "");
        for (entries, name, kind) in [
            (
                vec![types, ("xl/workbook.xml", "")],
                "a.docx",
                Kind::Workbook,
            ),
            (vec![types, ("xl/workbook2.xml", "")], "a", Kind::Workbook),
            (
                vec![("xl/workbook.bin", "")],
                "a.xlsx",
                Kind::BinaryWorkbook,
            ),
            (vec![types, ("word/document.xml", "")], "a.wps", Kind::Word),
            (vec![types, ("word/document2.xml", "")], "a", Kind::Word),
            (vec![types, ("ppt/presentation.xml", "")], "a", Kind::Slides),
            (vec![("OFD.xml", "")], "a", Kind::Ofd),
            (
                vec![
                    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                    ("content.xml", ""),
                ],
                "a.odt",
                Kind::OpenDocument,
            ),
            (vec![("content.xml", "")], "a.ODS", Kind::OpenDocument),
            (vec![("content.xml", "")], "a.odt", Kind::OtherText),
            (vec![("自评表.xlsx", "")], "a.zip", Kind::Archive),
        ] {
            assert_eq!(Kind::of(&package(&entries), name), kind, "{entries:?}");
        }
        let whole = package(&[types, ("xl/worksheets/sheet1.xml", "")]);
        assert_eq!(Kind::of(&whole[..whole.len() - 9], "a"), Kind::Workbook);
    }

    #[test]
    fn compound_files_are_told_by_their_streams_and_the_class_of_the_whole() {
        for (class, streams, name, kind) in [
            (0, vec!["Workbook"], "a.et", Kind::OldWorkbook),
            (0, vec!["Book"], "a", Kind::OldWorkbook),
            (0, vec!["WordDocument", "Workbook"], "a.wps", Kind::OldWord),
            (
                0x0002_0820,
                vec!["WordDocument", "Workbook"],
                "a",
                Kind::OldWorkbook,
            ),
            (0, vec!["PowerPoint Document"], "a", Kind::Slides),
            (0, vec!["EncryptedPackage"], "a.xlsx", Kind::Encrypted),
            (0, vec!["Contents"], "a.WPS", Kind::Wps),
            (0, vec!["Contents"], "a.msg", Kind::Unknown),
        ] {
            let bytes = compound_file(class, &streams);
            assert_eq!(Kind::of(&bytes, name), kind, "{streams:?}");
        }
    }

    #[test]
    fn the_rest_is_told_by_its_beginning() {
        let utf16: Vec<u8> = "自评表\r\n1\t2\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, kind) in [
            (b"\r\n%PDF-1.4\n\0\0".as_slice(), Kind::Pdf),
            (b"{\\rtf1 a", Kind::OtherText),
            (b"{\"format\": \"jiping\", \"version\": 1}", Kind::Jiping),
            (b"{\"format\": \"other\"}", Kind::Text),
            (b"\xEF\xBB\xBF <!DOCTYPE html><table>", Kind::Web),
            (b"<HTML xmlns:x=\"urn\"><table>", Kind::Web),
            (b"<div><html>", Kind::Web),
            (b"<?xml version=\"1.0\"?><Workbook>", Kind::Web),
            (
                b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
                Kind::Web,
            ),
            (b"\x89PNG\r\n", Kind::Picture),
            (b"BM\x10\0\0\0\0\0\0\0", Kind::Picture),
            (b"BMW,1\n", Kind::Text),
            (b"Rar!\x1A\x07\x01", Kind::Archive),
            (b"\x1F\x8B\x08\0", Kind::Archive),
            ("项目名称,分值\n".as_bytes(), Kind::Text),
            (b"\xCF\xEE\xC4\xBF,1\n", Kind::Text),
            (&utf16, Kind::Text),
            (b"a\0b\0\0c", Kind::Unknown),
            (b"\x01\x02\x03abc", Kind::Unknown),
        ] {
            assert_eq!(Kind::of(bytes, "a.xls"), kind, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_not_read_comes_with_advice_and_says_once_that_nothing_was_taken() {
        for kind in [
            Kind::OldWord,
            Kind::Wps,
            Kind::Ofd,
            Kind::OtherText,
            Kind::Web,
            Kind::Picture,
            Kind::Slides,
            Kind::Archive,
            Kind::Encrypted,
            Kind::Jiping,
            Kind::Unknown,
        ] {
            let advice = kind.advice();
            assert_eq!(advice.matches("没有导入任何内容").count(), 1, "{kind:?}");
            assert!(advice.contains('请'), "{kind:?}");
        }
    }
}
