//! The relations of a package (.xlsx, .xlsb, .docx): which parts a part names.

use std::collections::HashMap;

use super::{
    error::ReadError,
    guard::Package,
    limits,
    markup::{Markup, Node},
    watch::Budget,
};

/// The parts that a part names.
pub(super) struct Relations {
    by_id: HashMap<String, Relation>,
}

/// One of them.
pub(super) struct Relation {
    /// The last word of its type: "worksheet", "styles".
    pub kind: String,
    /// The name of the entry.
    pub path: String,
}

/// Relations of one part that are kept at most.
const RELATIONS: usize = 2 * limits::ENTRIES;

impl Relations {
    /// The relations of a part; of the package itself for an empty path.
    ///
    /// # Errors
    ///
    /// They are broken, or why reading was stopped.
    pub fn of(package: &mut Package, path: &str, budget: &Budget) -> Result<Self, ReadError> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let mut by_id = HashMap::new();
        let own = format!("{folder}/_rels/{file}.rels");
        let Some(part) = package.part(&own)? else {
            return Ok(Self { by_id });
        };
        let mut markup = Markup::new(part);
        while let Some(node) = markup.next()? {
            budget.go_on()?;
            let Node::Open(element) = node else {
                continue;
            };
            let is_inside = element.name == "Relationship"
                && element.get("TargetMode") != Some("External")
                && by_id.len() < RELATIONS;
            if let (true, Some(id), Some(kind), Some(target)) = (
                is_inside,
                element.get("Id"),
                element.get("Type"),
                element.get("Target"),
            ) {
                let kind = kind.rsplit('/').next().unwrap_or(kind).to_owned();
                let path = resolved(folder, target);
                by_id.insert(id.to_owned(), Relation { kind, path });
            }
        }
        Ok(Self { by_id })
    }

    /// The relation that a part knows by this name.
    pub fn get(&self, id: &str) -> Option<&Relation> {
        self.by_id.get(id)
    }

    /// All of them, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Relation> {
        self.by_id.values()
    }

    /// The part of a kind of which there is one.
    pub fn first(&self, kind: &str) -> Option<String> {
        self.by_id
            .values()
            .filter(|relation| relation.kind == kind)
            .map(|relation| relation.path.clone())
            .min()
    }
}

/// A target as the path of an entry.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|step| !step.is_empty()).collect()
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_inside_the_package() {
        for (folder, target, path) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("xl", "../docProps/app.xml", "docProps/app.xml"),
            ("xl", "..\\..\\..\\secret", "secret"),
            ("", "./xl/workbook.xml", "xl/workbook.xml"),
        ] {
            assert_eq!(resolved(folder, target), path);
        }
    }
}
