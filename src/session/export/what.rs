//! What can be made of projects, and how its files are called.

use std::{ffi::OsStr, path::PathBuf};

use super::naming::{Ending, Paging};
use crate::{session::print::Copy, summary::flat};

/// What is made of projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A PDF.
    Pdf(Copy),
    /// A picture per page, with this many pixels per inch.
    Pictures(Copy, u16),
    /// A workbook of forms; of a review copy with comments.
    Workbook {
        /// The form, or the review copy.
        copy: Copy,
        /// Sums, rate and scores as formulas.
        formulas: bool,
    },
    /// A Word document of forms; of a review copy with comments.
    Word(Copy),
    /// The values filled into this file (填回原表), which itself stays as it is.
    Fill(PathBuf),
    /// A budget system's import file, by the map's id.
    System(String),
    /// The four flat tables of all projects as CSV files.
    Csv,
    /// The four flat tables of all projects as JSON Lines files.
    Lines,
    /// The 汇总表 of all projects as a workbook.
    Summary,
    /// The 汇总表 of all projects as a PDF.
    SummaryPdf,
    /// The 绩效自评报告 on all projects.
    Report,
}

impl What {
    /// What it is called in lists of results.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pdf(Copy::Official) => "PDF",
            Self::Pdf(Copy::Review(..)) => "审阅稿 PDF",
            Self::Pdf(Copy::WorkingPaper) => "复核底稿 PDF",
            Self::Pictures(Copy::Official, _) => "图片",
            Self::Pictures(Copy::Review(..), _) => "审阅稿图片",
            Self::Pictures(Copy::WorkingPaper, _) => "复核底稿图片",
            Self::Pdf(Copy::Monitoring) => "监控表 PDF",
            Self::Pictures(Copy::Monitoring, _) => "监控表图片",
            Self::Workbook {
                copy: Copy::Monitoring,
                ..
            } => "监控表 Excel",
            Self::Word(Copy::Monitoring) => "监控表 Word",
            Self::Workbook {
                copy: Copy::Official,
                ..
            } => "Excel",
            Self::Workbook {
                copy: Copy::Review(..),
                ..
            } => "审阅稿 Excel",
            Self::Workbook { .. } => "复核底稿 Excel",
            Self::Word(Copy::Official) => "Word",
            Self::Word(Copy::Review(..)) => "审阅稿 Word",
            Self::Word(Copy::WorkingPaper) => "复核底稿 Word",
            Self::Fill(_) => "填回原表",
            Self::System(_) => "一体化数据",
            Self::Csv => "数据表 CSV",
            Self::Lines => "数据表 JSON Lines",
            Self::Summary => "汇总表",
            Self::SummaryPdf => "汇总表 PDF",
            Self::Report => "绩效自评报告",
        }
    }

    /// Whether items must come with their findings.
    pub fn needs_findings(&self) -> bool {
        let is_checked = |copy| matches!(copy, Copy::Review(..) | Copy::WorkingPaper);
        let is_checked = self.copy().is_some_and(is_checked);
        is_checked || self.is_of_all()
    }

    /// Whether it is one thing on all projects, whatever the pattern of names says.
    pub fn is_of_all(&self) -> bool {
        matches!(
            self,
            Self::Csv | Self::Lines | Self::Summary | Self::SummaryPdf | Self::Report
        )
    }

    /// What of the form is made, where it is the form.
    fn copy(&self) -> Option<Copy> {
        match self {
            Self::Pdf(copy) | Self::Pictures(copy, _) | Self::Word(copy) => Some(*copy),
            Self::Workbook { copy, .. } => Some(*copy),
            _ => None,
        }
    }

    /// The extension of its files, without the dot.
    pub fn extension(&self) -> &'static str {
        match self {
            Self::Pdf(_) | Self::SummaryPdf => "pdf",
            Self::Pictures(..) => "png",
            Self::Workbook { .. } | Self::System(_) | Self::Summary => "xlsx",
            Self::Word(_) | Self::Report => "docx",
            Self::Csv => "csv",
            Self::Lines => "jsonl",
            Self::Fill(template) => extension_of(template.extension()),
        }
    }

    /// The name of what is made of all projects, where the pattern has none for that.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::Csv | Self::Lines => "绩效自评数据",
            Self::Report => "项目支出绩效自评报告",
            _ => "项目支出绩效自评汇总表",
        }
    }

    /// How the names of its files end. `is_alone` says that nothing else is made at the same time, `has_page` that the
    /// pattern says where page numbers go.
    pub(super) fn endings(&self, is_alone: bool, has_page: bool) -> Vec<Ending> {
        let ending = |suffix: &str| Ending {
            suffix: suffix.to_owned(),
            paging: match self {
                Self::Pictures(..) if has_page => Paging::Always,
                Self::Pictures(..) => Paging::IfSeveral,
                _ => Paging::Together,
            },
            extension: self.extension(),
        };
        match self {
            Self::Csv | Self::Lines => {
                let tables = flat::tables(&[]);
                let keys = tables.iter().map(|table| format!("-{}", table.key));
                keys.map(|suffix| ending(&suffix)).collect()
            }
            _ if is_alone => vec![ending("")],
            Self::Fill(_) => vec![ending("（原表）")],
            Self::System(_) => vec![ending("（一体化）")],
            _ => match self.copy() {
                Some(Copy::Review(..)) => vec![ending("（审阅稿）")],
                Some(Copy::WorkingPaper) => vec![ending("（复核底稿）")],
                Some(Copy::Monitoring) => vec![ending("（监控表）")],
                _ => vec![ending("")],
            },
        }
    }
}

/// The extension of a filled template: its own, but that of the kind it is converted to where the old one cannot be written.
fn extension_of(template: Option<&OsStr>) -> &'static str {
    let own = template.and_then(OsStr::to_str).unwrap_or_default();
    match &*own.to_ascii_lowercase() {
        "xlsm" => "xlsm",
        "xltx" => "xltx",
        "docx" | "doc" | "wps" | "odt" | "rtf" => "docx",
        "docm" => "docm",
        "dotx" => "dotx",
        _ => "xlsx",
    }
}
