//! What a form is: plain data, without I/O and clock.
//!
//! # Glossary 中文 ↔ identifier
//!
//! | 中文 | identifier | remark |
//! |---|---|---|
//! | 项目支出绩效自评表 | [`project::Project`] | one form; a [`document::Document`] holds one or more |
//! | 表样 | [`edition::Edition`] | a form of one region and year, as data |
//! | 项目名称 / 项目编码 / 主管部门 / 实施单位 | [`project::header`] | keys of header fields |
//! | 评价年度 / 实施年度 | [`project::header::YEAR`] | the caption stays the form's own word |
//! | 项目资金 | [`project::FundRow`] | rows × the edition's columns |
//! | 年初预算数 / 全年预算数 / 全年执行数 | [`project::fund`] | `initial`, `adjusted`, `executed` |
//! | 执行率 | `rate` | in percent; stated and computed ones stay apart |
//! | 年度总体目标 | [`project::Goal`] | 预期目标 `expected`, 实际完成情况 `actual` |
//! | 一级指标 / 二级指标 / 三级指标 | [`indicator::Section`] / [`indicator::Group`] / [`indicator::Indicator`] | |
//! | 指标性质 | [`measure::Nature`] | a comparator in some provinces, 定性/定量 in others |
//! | 计算符号 | [`measure::Comparator`] | |
//! | 指标值 / 实际完成值 | [`measure::Measure`] | `target`, `actual` |
//! | 度量单位 | `unit` | |
//! | 分值, 权重 | `weight` | points |
//! | 得分 | `score` | |
//! | 偏差原因分析及改进措施 | `deviation`, [`indicator::SharedReason`] | |
//! | 完成档次 | [`measure::Tier`] | |
//! | 计分办法 | [`method::Method`] | of one indicator; without one the edition's formulas |
//! | 其中 | `part_of` | a row that is part of another and not scored |
//! | 不适用 | [`typed::Reading::NotApplicable`] | |
//! | 批复值 | [`indicator::Approved`] | what was approved with the budget |
//! | 调整 | [`indicator::Adjustment`] | a recorded change of an approved value |
//! | 批复中有、表中没有的指标 | [`indicator::Removed`] | approved, and not in the form |
//! | 取消指标 | [`indicator::Cancellation`] | the adjustment by which an approved indicator was given up |
//! | 账面数 | [`project::Account`] | the amounts of a budget or payment table, to reconcile with |
//! | 上年 / 上年结余 | [`last_year::LastYear`] | the form of the year before; 全年预算数 less 全年执行数 |
//! | 上年结转 | [`last_year::CARRIED_OVER`] | a row of funds |
//! | 期限 | [`deadlines::Deadline`] | by when a stage is to be done |
//! | 预算调整 | [`budget::BudgetAdjustment`] | a recorded change of the budget; that of an approved value is [`indicator::Adjustment`] |
//! | 年中监控 | [`monitoring`] | figures at mid-year, beside those of the year |
//! | 评价等级 | [`figure::Rating`] | |
//! | 佐证材料 | [`project::Evidence`] | |
//! | 审核意见 | [`project::Note`] | |
//! | 自评复核工作底稿 | [`working_paper::WorkingPaper`] | a reviewer's own, beside the form; not the 审阅稿, which `sheet::review` makes |
//! | 复核完成值 / 复核得分 | [`working_paper::PaperLine`] | `actual`, `score` |
//! | 必须改 / 建议 / 疑问 | [`review::NoteKind`] | kinds of 审核意见; answered by [`review::Reply`] |
//! | 流转记录 | [`review::StageRecord`] | who sent, returned or closed a form, and when |
//! | 不公开 | [`review::Withheld`] | left out of the 公开版 |
//! | 整改台账 | [`ledger::Rectification`] | the bureau's comments, and what was done |
//! | 发出填报表 / 收回 | [`sending::Sending`] | a workbook for colleagues who have no Jiping |
//! | 核实说明 | [`project::Explanation`] | why a finding stays as it is |
//! | 本表样没有位置的内容 | [`aside::Aside`] | rows of another edition, kept for the way back |
//! | 百分制折算 | [`policy::NotApplicablePolicy::PerHundred`] | |
//! | 复核口径 | [`profile::Profile`] | rules on, off or at another level, and thresholds |
//! | 指标库 | [`library::Library`] | a person's own; the program's come by 项目类型, [`library::KindOfProject`] |
//! | 尾差 | rounding remainder | sums of rounded amounts |

pub mod aside;
pub mod blank;
pub mod budget;
pub mod captions;
pub mod cells;
pub mod changes;
pub mod content_hash;
pub mod date;
pub mod deadlines;
pub mod derived;
pub mod document;
pub mod duplicate;
pub mod edition;
pub mod edition_check;
pub mod edition_difference;
pub mod figure;
pub mod folding;
pub mod goal_items;
pub mod id;
pub mod indicator;
pub mod last_year;
pub mod layout;
pub mod ledger;
pub mod levels;
pub mod library;
pub mod markup;
pub mod measure;
pub mod method;
pub mod monitoring;
pub mod numeral;
pub mod path;
pub mod pinyin;
pub mod policy;
pub mod profile;
pub mod project;
pub mod record;
pub mod review;
pub mod rows;
pub mod sending;
pub mod threshold;
pub mod typed;
pub mod working_paper;
