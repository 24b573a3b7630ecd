//! Review: what kind of remark a note is, what is answered to it, and how a form went from hand to hand.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    content_hash::ContentHash,
    id::Id,
    project::{Note, Project, Stage},
    record::{Text, always_written, record},
    typed::trim,
};

record! {
    /// 回复: what is answered to a note.
    pub struct Reply {
        /// Identity.
        pub id: Id<Reply>,
        /// Who wrote it.
        pub author: String,
        /// When, as "2021-03-05 14:32".
        pub time: String,
        /// The answer.
        pub text: Text,
    }

    /// 流转记录: one step of a form from hand to hand.
    pub struct StageRecord {
        /// Identity.
        pub id: Id<StageRecord>,
        /// The stage that was left.
        pub from: Stage,
        /// The stage that was reached.
        pub to: Stage,
        /// Who did it.
        pub by: String,
        /// When, as "2021-03-05 14:32".
        pub time: String,
        /// Why, such as what must be mended (退回); may be empty.
        pub reason: Text,
        /// The content hash of the form at that moment, see [`super::content_hash`].
        pub content: String,
    }

    /// 不公开: the project is left out of what is made public.
    pub struct Withheld {
        /// Why, with its basis (涉密, 敏感 …).
        pub reason: String,
    }
}

/// How much a note asks for.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// 必须改
    MustChange,
    /// 建议
    #[default]
    Suggestion,
    /// 疑问
    Question,
}

impl NoteKind {
    /// All of them, the strictest first.
    pub const ALL: [Self; 3] = [Self::MustChange, Self::Suggestion, Self::Question];
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MustChange => "必须改",
            Self::Suggestion => "建议",
            Self::Question => "疑问",
        })
    }
}

always_written!(NoteKind);

impl Note {
    /// Whether it asks for a change that nobody has made yet.
    pub fn is_open_demand(&self) -> bool {
        !self.resolved && self.kind == NoteKind::MustChange
    }

    /// Who wrote it, and when: "李梅，2021-03-05 14:32".
    pub fn signed(&self) -> String {
        signed(&self.author, &self.time)
    }

    /// 已处理 or 未处理.
    pub fn state(&self) -> &'static str {
        if self.resolved {
            "已处理"
        } else {
            "未处理"
        }
    }
}

impl Reply {
    /// Who answered, and when: "李梅，2021-03-05 14:32".
    pub fn signed(&self) -> String {
        signed(&self.author, &self.time)
    }
}

/// Who wrote something, and when: "李梅，2021-03-05 14:32".
fn signed(author: &str, time: &str) -> String {
    let author = match trim(author) {
        "" => "未署名",
        author => author,
    };
    match trim(time) {
        "" => author.to_owned(),
        time => format!("{author}，{time}"),
    }
}

impl StageRecord {
    /// The step of `project` from where it stands to another stage, with what the form says at this moment.
    pub fn of(project: &Project, id: Id<Self>, to: Stage, by: String, time: String) -> Self {
        Self {
            id,
            from: project.stage,
            to,
            by,
            time,
            reason: Text::default(),
            content: project.content_hash().to_string(),
            unknown: Default::default(),
        }
    }

    /// What the step is called: 送审, 退回, 撤回送审 …
    pub fn called(&self) -> String {
        match (self.from, self.to) {
            (_, to) if to.is_closed() || matches!(to, Stage::Submitted | Stage::Returned) => {
                to.to_string()
            }
            (Stage::Submitted, _) => "撤回送审".to_owned(),
            (from, _) if from.is_closed() => "重新打开".to_owned(),
            (_, to) => format!("转到{to}"),
        }
    }

    /// Whether the form said this at the end of the step; `None` where that is not on record.
    pub fn is_of(&self, content: ContentHash) -> Option<bool> {
        ContentHash::read(&self.content).map(|on_record| on_record == content)
    }

    /// The day of the step, as "2021-03-05".
    pub fn day(&self) -> &str {
        self.time.split_whitespace().next().unwrap_or_default()
    }
}

impl Stage {
    /// Whether the form is done with: what it says is what stands.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Final | Self::Published)
    }
}

/// What a closed form (定稿, 公开) says of itself on paper, and whether it still says what it said when it was closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Seal<'a> {
    /// What it says now.
    pub now: ContentHash,
    /// The step by which it was closed; `None` where that is not on record.
    pub record: Option<&'a StageRecord>,
}

impl Seal<'_> {
    /// Whether the content is still that of the closing; `None` where nothing is on record of it.
    pub fn holds(&self) -> Option<bool> {
        self.record?.is_of(self.now)
    }
}

impl fmt::Display for Seal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "内容校验码 {}", self.now)?;
        match (self.record, self.holds()) {
            (Some(record), Some(true)) => write!(f, "　{} {}", record.day(), record.to),
            (Some(record), Some(false)) => write!(f, "（{}后内容有改动）", record.to),
            _ => Ok(()),
        }
    }
}

impl Project {
    /// What a closed form says of itself; `None` for any other.
    pub fn seal(&self) -> Option<Seal<'_>> {
        self.stage.is_closed().then(|| Seal {
            now: self.content_hash(),
            record: self.closing(),
        })
    }

    /// The step by which the form was closed: the first of the last steps that are all to closed stages.
    fn closing(&self) -> Option<&StageRecord> {
        let steps = self.stages.iter().rev();
        steps
            .take_while(|step| step.to.is_closed())
            .last()
            .map(|step| &**step)
    }

    /// How many notes ask for a change that nobody has made yet.
    pub fn open_demands(&self) -> usize {
        let notes = self.notes.iter();
        notes.filter(|note| note.is_open_demand()).count()
    }
}
