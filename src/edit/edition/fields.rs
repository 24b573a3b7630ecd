//! Lists of fields: what is at the head of the form, beneath its tables and at its foot.

use super::fresh;
use crate::model::{
    edition::{Edition, FieldKind, FieldLayout, Need},
    project::header,
};

/// A list of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldList {
    /// 表头
    Header,
    /// Further cells of the goals.
    Goals,
    /// 表下文字
    Texts,
    /// 表尾
    Footer,
    /// The columns of the further table with this number.
    Columns(usize),
}

impl FieldList {
    /// The fields.
    pub fn of(self, edition: &Edition) -> &[FieldLayout] {
        match self {
            Self::Header => &edition.header,
            Self::Goals => &edition.goals.extra,
            Self::Texts => &edition.texts,
            Self::Footer => &edition.footer,
            Self::Columns(table) => {
                let table = edition.tables.get(table);
                table.map_or(&[], |table| &table.columns)
            }
        }
    }

    /// The fields, to be changed; none where the table is not there.
    pub fn of_mut(self, edition: &mut Edition) -> Option<&mut Vec<FieldLayout>> {
        match self {
            Self::Header => Some(&mut edition.header),
            Self::Goals => Some(&mut edition.goals.extra),
            Self::Texts => Some(&mut edition.texts),
            Self::Footer => Some(&mut edition.footer),
            Self::Columns(table) => Some(&mut edition.tables.get_mut(table)?.columns),
        }
    }

    /// Where its faults stand.
    pub fn place(self) -> String {
        match self {
            Self::Header => "header".into(),
            Self::Goals => "goals.extra".into(),
            Self::Texts => "texts".into(),
            Self::Footer => "footer".into(),
            Self::Columns(table) => format!("tables[{table}].columns"),
        }
    }
}

/// What a header field holds, as far as the program knows it: the key and what a person calls it.
pub const HEADER_USES: &[(&str, &str)] = &[
    (header::PROJECT_NAME, "项目名称"),
    (header::PROJECT_CODE, "项目编码"),
    (header::YEAR, "年度"),
    (header::DEPARTMENT, "主管部门"),
    (header::UNIT, "实施单位"),
];

/// Puts a new field with this caption at the end of a list.
pub fn add(edition: &mut Edition, list: FieldList, caption: &str) {
    let known = list.of(edition).iter().map(|field| field.key.as_str());
    let key = fresh("field", known);
    let kind = match list {
        FieldList::Texts | FieldList::Goals => FieldKind::Paragraph,
        _ => FieldKind::Line,
    };
    let field = FieldLayout {
        key,
        caption: caption.to_owned(),
        kind,
        need: Need::Optional,
        options: Vec::new(),
        limit: None,
        prompt: String::new(),
    };
    if let Some(fields) = list.of_mut(edition) {
        fields.push(field);
    }
}

/// Takes a field out of its list. The title loses the place of the year with the field of the year.
pub fn remove(edition: &mut Edition, list: FieldList, index: usize) {
    let Some(fields) = list.of_mut(edition).filter(|fields| index < fields.len()) else {
        return;
    };
    let gone = fields.remove(index);
    if list == FieldList::Header && gone.key == header::YEAR {
        edition.title = edition.title.replace("{year}", "");
    }
}

/// Says what a header field holds: one of [`HEADER_USES`], or something of the form's own. A field that held it before is
/// one of the form's own from now on.
pub fn set_use(edition: &mut Edition, index: usize, key: Option<&str>) {
    let known = |key: &str| HEADER_USES.iter().any(|(known, _)| *known == key);
    let taken: Vec<String> = edition
        .header
        .iter()
        .map(|field| field.key.clone())
        .collect();
    let own = fresh("field", taken.iter().map(String::as_str));
    let Some(current) = taken.get(index) else {
        return;
    };
    match key {
        None if !known(current) => {}
        None => set_key(edition, index, own),
        Some(key) => {
            if let Some(other) = taken.iter().position(|taken| taken == key)
                && other != index
            {
                set_key(edition, other, own);
            }
            set_key(edition, index, key.to_owned());
        }
    }
}

fn set_key(edition: &mut Edition, index: usize, key: String) {
    if let Some(field) = edition.header.get_mut(index) {
        if key == header::YEAR {
            set_kind(field, FieldKind::Year);
        }
        field.key = key;
    }
}

/// Gives a field another kind of value. Options go with the kinds that have them.
pub fn set_kind(field: &mut FieldLayout, kind: FieldKind) {
    field.kind = kind;
    let is_chosen = matches!(kind, FieldKind::Choice | FieldKind::Choices);
    if !is_chosen {
        field.options.clear();
    } else if field.options.is_empty() {
        field.options = vec!["是".into(), "否".into()];
    }
}
