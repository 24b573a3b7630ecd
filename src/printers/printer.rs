//! A printer, its condition, and what it can do.

/// A printer by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printer {
    /// What the system calls it.
    pub name: String,
    /// Whether the system takes it where none is chosen.
    pub is_default: bool,
}

/// How a printer is, and what it can do.
#[derive(Debug, Clone, PartialEq)]
pub struct Details {
    /// Whether it prints now.
    pub condition: Condition,
    /// Where it stands or what it is, in the words of whoever set it up; may be empty.
    pub about: String,
    /// What it can do.
    pub abilities: Abilities,
}

/// Whether a printer prints now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// As far as the system knows, it prints.
    Ready,
    /// It takes jobs, but they wait for what is said here: offline, paused, out of paper.
    Waiting(String),
    /// It takes no jobs; why, in words, as far as it is known.
    Refusing(String),
}

impl Condition {
    /// In words: 就绪, 脱机.
    pub fn in_words(&self) -> String {
        match self {
            Self::Ready => "就绪".to_owned(),
            Self::Waiting(reason) => reason.clone(),
            Self::Refusing(reason) if reason.is_empty() => "不接受打印".to_owned(),
            Self::Refusing(reason) => format!("不接受打印（{reason}）"),
        }
    }
}

/// What a printer can do. `None` where the system does not know.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Abilities {
    /// Prints both sides by itself.
    pub duplex: Option<bool>,
    /// Prints colours.
    pub colour: Option<bool>,
    /// Takes A4 paper.
    pub a4: Option<bool>,
    /// What it does not reach at the widest of the four edges of an A4 page, in millimetres.
    pub unreachable: Option<f64>,
}

/// The narrowest margin of the forms, in millimetres: what lies nearer to the edge is blank.
const MARGIN: f64 = 10.0;

impl Abilities {
    /// What a person should know before printing a form, one sentence each.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.a4 == Some(false) {
            warnings.push("这台打印机没有 A4 纸，内容会缩放到它的纸上".to_owned());
        }
        if let Some(millimetres) = self.unreachable.filter(|widest| *widest > MARGIN) {
            warnings.push(format!(
                "这台打印机的纸边有 {millimetres:.0} 毫米印不到，表的边上可能缺一块"
            ));
        }
        warnings
    }
}
