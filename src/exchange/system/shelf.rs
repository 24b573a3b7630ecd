//! The maps at hand: those of the program and the user's own.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use super::{
    SystemMap, SystemTable,
    fields::{field, known},
};
use crate::store::json_fault::JsonFault;

/// The program's own maps, as file name and JSON text.
const BUILT_IN: &[(&str, &str)] = &[
    (
        "form-2020.json",
        include_str!("../../../assets/systems/form-2020.json"),
    ),
    (
        "anhui.json",
        include_str!("../../../assets/systems/anhui.json"),
    ),
];

/// The maps at hand. Cheap to clone: maps are shared.
#[derive(Debug, Clone, Default)]
pub struct SystemShelf {
    maps: Vec<Arc<SystemMap>>,
    /// The ids of the user's own.
    of_user: HashSet<String>,
}

/// Why a map of the user's is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("一体化字段表没有载入：{why}。请改正后重新启动程序，其他内容不受影响。（{file}）")]
pub struct SystemError {
    /// The file's name.
    pub file: String,
    /// What is wrong with it.
    pub why: String,
}

impl SystemShelf {
    /// The program's own. That each of them loads is tested.
    pub fn built_in() -> Self {
        static MAPS: LazyLock<Vec<Arc<SystemMap>>> = LazyLock::new(|| {
            BUILT_IN
                .iter()
                .filter_map(|(file, text)| read_map(file, text).ok())
                .map(Arc::new)
                .collect()
        });
        Self {
            maps: MAPS.clone(),
            of_user: HashSet::new(),
        }
    }

    /// Adds one of the user's own; it takes the place of the program's with the same id.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and that another file of the user's has the same id. The shelf is then as before.
    pub fn add_user(&mut self, file: &str, text: &str) -> Result<(), SystemError> {
        let map = Arc::new(read_map(file, text)?);
        if !self.of_user.insert(map.id.clone()) {
            return Err(SystemError {
                file: file.to_owned(),
                why: format!("标识“{}”已用于另一份自行添加的字段表，请换一个", map.id),
            });
        }
        match self.maps.iter_mut().find(|known| known.id == map.id) {
            Some(known) => *known = map,
            None => self.maps.push(map),
        }
        Ok(())
    }

    /// All maps, the program's first.
    pub fn list(&self) -> &[Arc<SystemMap>] {
        &self.maps
    }

    /// The map with this id.
    pub fn get(&self, id: &str) -> Option<&Arc<SystemMap>> {
        self.maps.iter().find(|map| map.id == id)
    }
}

/// The map in the JSON text of a file; `file` is for messages.
///
/// # Errors
///
/// Text that is no map, with line and column, or a map that contradicts itself, with all its problems.
pub fn read_map(file: &str, text: &str) -> Result<SystemMap, SystemError> {
    let refused = |why| SystemError {
        file: file.to_owned(),
        why,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let map: SystemMap = serde_json::from_str(text).map_err(|error| {
        let JsonFault { line, column, what } = JsonFault::of(text, &error, "字段表的格式说明");
        refused(format!("第 {line} 行第 {column} 列{what}"))
    })?;
    let problems = map.problems();
    if problems.is_empty() {
        Ok(map)
    } else {
        Err(refused(problems.join("；")))
    }
}

impl SystemMap {
    /// What contradicts itself in the map, in the words of its reader; empty where nothing does.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.id.is_empty() || !self.id.chars().all(is_plain) {
            problems.push("标识 id 只能用字母、数字、“-”和“_”，不能为空".to_owned());
        }
        if let Some(why) = unfit_name(&self.name) {
            problems.push(format!("名称 name {why}"));
        }
        if self.tables.is_empty() {
            problems.push("没有表，tables 至少要有一张".to_owned());
        }
        let mut names = HashSet::new();
        for (index, table) in self.tables.iter().enumerate() {
            let which = format!("第 {} 张表“{}”", index + 1, table.name);
            if let Some(why) = unfit_name(&table.name) {
                problems.push(format!("{which}的名称 name {why}"));
            }
            // Worksheets are told apart without capitals.
            if !names.insert(table.name.to_lowercase()) {
                problems.push(format!("{which}与前面的表重名"));
            }
            problems.extend(
                table
                    .problems()
                    .into_iter()
                    .map(|why| format!("{which}{why}")),
            );
        }
        problems
    }
}

impl SystemTable {
    fn problems(&self) -> Vec<String> {
        /// The columns of a worksheet, less those that name the project.
        const MOST: usize = 16_000;
        if self.columns.is_empty() {
            return vec!["没有列".to_owned()];
        }
        if self.columns.len() > MOST {
            return vec![format!("的列超过 {MOST} 个")];
        }
        let mut problems = Vec::new();
        let mut keys = HashSet::new();
        for (index, column) in self.columns.iter().enumerate() {
            let which = format!("第 {} 列“{}”", index + 1, column.caption);
            if column.key.trim().is_empty() {
                problems.push(format!("{which}没有列标识 key"));
            } else if !keys.insert(column.key.as_str()) {
                problems.push(format!("{which}的列标识“{}”重复", column.key));
            }
            if column.caption.trim().is_empty() {
                problems.push(format!("{which}没有标题 caption"));
            }
            if field(self.rows, &column.field).is_none() {
                problems.push(format!(
                    "{which}的内容 field“{}”不认识，可用：{}",
                    column.field,
                    known(self.rows)
                ));
            }
        }
        problems
    }
}

/// Why a text cannot be the name of a worksheet and of a file.
fn unfit_name(name: &str) -> Option<&'static str> {
    /// What Excel takes.
    const LONGEST: usize = 31;
    let is_unfit = |c: char| {
        c.is_control()
            || matches!(
                c,
                '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '"' | '<' | '>' | '|'
            )
    };
    if name.trim() != name || name.is_empty() {
        Some("不能为空，前后不能有空格")
    } else if name.encode_utf16().count() > LONGEST {
        Some("不能超过 31 个字")
    } else if name.contains(is_unfit) || name.starts_with('\'') || name.ends_with(['\'', '.']) {
        Some("不能有 [ ] : * ? / \\ \" < > |，也不能以单引号开头、以单引号或句点结尾")
    } else {
        None
    }
}
