//! Reads the case files under `tests/rules`, written for finance officers: see `tests/rules/README.md`.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::{Date, date};
use jiping::{
    model::{
        budget::{BudgetAdjustment, BudgetMove},
        document::Document,
        edition::{Edition, FundRole},
        figure::{FigureCell, MoneyUnit},
        id::{CountedIds, Id, IdSource},
        indicator::{
            Adjustment, Approved, ApprovedField, Cancellation, Group, Indicator, Removed, Section,
            SharedReason,
        },
        last_year::{LastIndicator, LastYear},
        measure::Tier,
        policy::Severity,
        profile::Adjustments,
        project::{Account, EditionRef, Evidence, FundRow, Goal, Project, Stage, TableRow},
    },
    rules::{
        checker::{Checker, EditionSource},
        finding::Finding,
        profile::{Chosen, InForce},
    },
};
use rust_decimal::Decimal;

/// One case of a case file: a form, or several that are checked together.
pub struct Case {
    pub title: String,
    pub fires: bool,
    /// How often it is there, each time under another name and code.
    pub copies: usize,
    pub edition: String,
    pub changes: Vec<(String, String)>,
    pub table: Vec<BTreeMap<String, String>>,
    pub expectations: Vec<String>,
    /// The forms that stand beside it.
    pub beside: Vec<Case>,
}

/// All cases of a file.
pub fn parse(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut columns: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case::new(title));
            columns.clear();
            continue;
        }
        let Some(case) = cases.last_mut() else {
            continue;
        };
        let line = line.trim_start_matches("- ");
        if let Some(copies) = line.strip_prefix("另一项目:") {
            let mut other = Case::new(&case.title);
            let copies = copies.trim().trim_end_matches('份');
            other.copies = match copies {
                "" => 1,
                number => number.parse().expect("another project, or so many 份"),
            };
            case.beside.push(other);
            columns.clear();
            continue;
        }
        let case = match case.beside.len() {
            0 => case,
            number => &mut case.beside[number - 1],
        };
        if let Some(edition) = line.strip_prefix("表样:") {
            case.edition = edition.trim().to_owned();
        } else if let Some(change) = line.strip_prefix("修改:") {
            let (place, text) = change
                .split_once('=')
                .unwrap_or_else(|| panic!("修改 needs '=': {change}"));
            case.changes
                .push((place.trim().to_owned(), text.trim().replace("\\n", "\n")));
        } else if let Some(expectation) = line.strip_prefix("期望:") {
            case.expectations.push(expectation.trim().to_owned());
        } else if line.starts_with('|') && !line.starts_with("|---") && !line.starts_with("| ---") {
            let cells: Vec<String> = line
                .trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().replace("\\n", "\n"))
                .collect();
            if columns.is_empty() {
                columns = cells;
            } else {
                case.table
                    .push(columns.iter().cloned().zip(cells).collect());
            }
        }
    }
    cases
}

impl Case {
    fn new(title: &str) -> Self {
        let fires = title.starts_with("报警");
        assert!(
            fires || title.starts_with("不报警"),
            "a case is 报警 or 不报警: {title}"
        );
        Self {
            title: title.to_owned(),
            fires,
            copies: 1,
            edition: "mof-2020".to_owned(),
            changes: Vec::new(),
            table: Vec::new(),
            expectations: Vec::new(),
            beside: Vec::new(),
        }
    }

    /// The case's form as filled in, its edition, and the day on which it is checked.
    pub fn form(&self) -> (Project, Edition, Date) {
        let edition = edition(&self.edition);
        let (project, today) = Builder::new(&edition).build(self);
        (project, edition, today)
    }

    /// The case's form as filled in, its edition, and what checking it, beside the others, finds.
    pub fn check(&self) -> (Project, Edition, Vec<Finding>) {
        self.check_all().swap_remove(0)
    }

    /// The same for every form of the case, the further ones each once, however many copies there are.
    fn check_all(&self) -> Vec<(Project, Edition, Vec<Finding>)> {
        let mut ids = CountedIds(0);
        let mut document = Document::new(Id::from_bits(ids.next_id()));
        let mut editions = Editions(Vec::new());
        let mut today = date(2021, 3, 1);
        let mut firsts = Vec::new();
        for case in std::iter::once(self).chain(&self.beside) {
            firsts.push(document.projects.len());
            let edition = edition(&case.edition);
            let (mut project, day) = Builder::new(&edition).build(case);
            editions
                .0
                .push((project.edition.clone(), Arc::new(edition)));
            if document.projects.is_empty() {
                today = day;
            } else {
                project = project.duplicate(&mut ids);
            }
            document.projects.push(project.clone());
            for number in 2..=case.copies {
                let mut copy = project.duplicate(&mut ids);
                for key in ["project_name", "project_code"] {
                    if let Some(text) = copy.header.get_mut(key) {
                        *text = format!("{text}之{number}").into();
                    }
                }
                document.projects.push(copy);
            }
        }
        let found = Checker::default().check(&document, &editions, today);
        firsts
            .into_iter()
            .zip(editions.0)
            .map(|(index, (_, edition))| {
                let project = Project::clone(document.projects.get(index).expect("just pushed"));
                (
                    project,
                    Edition::clone(&edition),
                    found[index].findings.clone(),
                )
            })
            .collect()
    }

    /// Checks the case's forms and says what is not as expected.
    pub fn run(&self) -> Result<(), String> {
        assert!(!self.expectations().is_empty(), "{}: no 期望", self.title);
        let cases = std::iter::once(self).chain(&self.beside);
        for (case, (project, edition, findings)) in cases.zip(self.check_all()) {
            for expectation in &case.expectations {
                if !holds(expectation, &findings, &project, &edition) {
                    let listing = listing(&findings, &project, &edition);
                    return Err(format!(
                        "{}\n  expected of {}: {expectation}\n  found:\n{listing}",
                        self.title,
                        project.name()
                    ));
                }
            }
        }
        Ok(())
    }

    /// What is expected of all forms of the case.
    pub fn expectations(&self) -> Vec<&str> {
        let cases = std::iter::once(self).chain(&self.beside);
        cases
            .flat_map(|case| case.expectations.iter().map(String::as_str))
            .collect()
    }
}

/// The editions of the forms of a case.
struct Editions(Vec<(EditionRef, Arc<Edition>)>);

impl EditionSource for Editions {
    fn edition(&self, wanted: &EditionRef) -> Option<Arc<Edition>> {
        let mut known = self.0.iter();
        let (_, edition) = known.find(|(reference, _)| reference == wanted)?;
        Some(Arc::clone(edition))
    }

    fn revision(&self) -> u64 {
        0
    }
}

/// Findings as lines for a failure message.
pub fn listing(findings: &[Finding], project: &Project, edition: &Edition) -> String {
    findings
        .iter()
        .map(|finding| {
            let code = finding.rule.code;
            let place = finding.at.in_words(project, edition);
            let level = finding.level;
            format!("    {code} {level} @ {place} | {}", finding.message)
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn holds(expectation: &str, findings: &[Finding], project: &Project, edition: &Edition) -> bool {
    if let Some(code) = expectation.strip_prefix('无') {
        let code = code.trim();
        return match code {
            "错误" => findings
                .iter()
                .all(|finding| finding.level != Severity::Error),
            _ => findings.iter().all(|finding| finding.rule.code != code),
        };
    }
    let (head, message) = expectation.split_once('含').unwrap_or((expectation, ""));
    let message = message.trim().trim_matches(['"', '“', '”']);
    let (head, place) = head.split_once('@').unwrap_or((head, ""));
    let mut words = head.split_whitespace();
    let code = words.next().expect("an expectation names a code");
    let level = words.next();
    findings.iter().any(|finding| {
        finding.rule.code == code
            && level.is_none_or(|level| finding.level.to_string() == level)
            && finding.message.contains(message)
            && finding
                .cells
                .iter()
                .any(|cell| squeeze(&cell.in_words(project, edition)).contains(&squeeze(place)))
    })
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The program's own rules but for these.
pub fn without<'c>(codes: impl IntoIterator<Item = &'c str>) -> InForce {
    let mut own = Adjustments::default();
    for code in codes {
        own.set_rule(None, code, Some(false), None);
    }
    InForce::new(Chosen::BuiltIn, own)
}

/// The edition with this id, from the shipped ones or the drafts of the tests.
pub fn edition(id: &str) -> Edition {
    let root = env!("CARGO_MANIFEST_DIR");
    let text = ["assets/editions", "tests/editions"]
        .iter()
        .find_map(|folder| std::fs::read_to_string(format!("{root}/{folder}/{id}.json")).ok())
        .unwrap_or_else(|| panic!("no edition {id}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{id}: {error}"))
}

/// A record whose fields are all blank but its id.
macro_rules! blank {
    ($type:ident, $id:expr, $($field:ident: $value:expr),* $(,)?) => {{
        let mut record: $type = serde_json::from_value(serde_json::json!({ "id": $id })).expect("only an id is needed");
        $(record.$field = $value;)*
        record
    }};
}

/// A section being filled from the table.
struct OpenSection {
    section: Section,
    groups: Vec<OpenGroup>,
}

/// A group being filled from the table.
struct OpenGroup {
    group: Group,
    rows: Vec<Indicator>,
}

impl OpenSection {
    fn close(self) -> Section {
        let mut section = self.section;
        let close = |open: OpenGroup| {
            let mut group = open.group;
            group.indicators = open.rows.into_iter().collect();
            group
        };
        section.groups = self.groups.into_iter().map(close).collect();
        section
    }
}

struct Builder<'e> {
    edition: &'e Edition,
    ids: CountedIds,
}

impl<'e> Builder<'e> {
    fn new(edition: &'e Edition) -> Self {
        Self {
            edition,
            ids: CountedIds(0),
        }
    }

    fn id<T>(&mut self) -> Id<T> {
        Id::from_bits(self.ids.next_id())
    }

    /// A form without faults, changed as the case says.
    fn build(&mut self, case: &Case) -> (Project, Date) {
        let mut project = self.clean();
        let mut goal = self.goal(&case.table);
        self.state_totals(&mut project, &goal);
        let mut today = date(2021, 3, 1);
        for (place, text) in &case.changes {
            if place == "今天" {
                today = text.parse().expect("a date such as 2021-03-01");
            } else {
                self.change(&mut project, &mut goal, place, text);
            }
        }
        project.goals.push(goal);
        (project, today)
    }

    fn clean(&mut self) -> Project {
        let id: Id<Project> = self.id();
        let mut project = blank!(Project, id, money_unit: self.edition.money_unit);
        project.edition = self.edition.reference();
        project.stated.money_unit = self.edition.money_unit.to_string();
        for field in &self.edition.header {
            let text = match field.key.as_str() {
                "project_name" => "业务培训",
                "project_code" => "P2020001",
                "year" => "2020年",
                "department" => "某市财政局",
                "unit" => "某市财政局培训中心",
                _ => "无",
            };
            project.header.insert(field.key.clone(), text.into());
        }
        for field in &self.edition.footer {
            project.footer.insert(field.key.clone(), "张三".into());
        }
        for text in &self.edition.texts {
            project
                .texts
                .insert(text.key.clone(), "项目按计划完成，资金使用规范。".into());
        }
        for row in self.edition.funds.rows.clone() {
            let row = self.fund_row(&row.key, &row.caption, row.scored);
            project.funds.push(row);
        }
        project
    }

    fn fund_row(&mut self, key: &str, caption: &str, scored: bool) -> FundRow {
        let parts: Vec<&String> = self
            .edition
            .funds
            .splits
            .iter()
            .flat_map(|split| &split.parts)
            .collect();
        let carries = scored || parts.first().is_some_and(|first| *first == key);
        let mut row =
            blank!(FundRow, self.id::<FundRow>(), key: key.to_owned(), name: caption.to_owned());
        for column in &self.edition.funds.columns {
            let weight = self.edition.scoring.execution.weight;
            let text = match column.role {
                FundRole::Amount => {
                    if carries {
                        "100.00".to_owned()
                    } else {
                        "0.00".to_owned()
                    }
                }
                FundRole::Rate => {
                    if carries {
                        "100%".to_owned()
                    } else {
                        "—".to_owned()
                    }
                }
                FundRole::Weight | FundRole::Score => {
                    if scored {
                        weight.to_string()
                    } else {
                        "—".to_owned()
                    }
                }
                FundRole::Remark => continue,
            };
            row.figures
                .insert(column.key.clone(), FigureCell::new(text));
        }
        row
    }

    fn goal(&mut self, table: &[BTreeMap<String, String>]) -> Goal {
        let mut goal = blank!(
            Goal,
            self.id::<Goal>(),
            expected: "完成年度业务培训任务，提高业务人员能力。".into(),
            actual: "按计划完成了年度业务培训任务，业务人员能力得到提高，达到预期效果。".into(),
        );
        let clean = clean_table(self.edition);
        let mut sections: Vec<OpenSection> = Vec::new();
        for cells in if table.is_empty() { &clean } else { table } {
            let cell = |name: &str| cells.get(name).map_or("", String::as_str);
            let group = self.open_group(&mut sections, cell("一级指标"), cell("二级指标"));
            if cell("三级指标") == "〔组〕" {
                group.group.weight = cell("分值").into();
                group.group.score = cell("得分").into();
                let spanned = group.group.id;
                if !cell("偏差原因").is_empty() {
                    goal.reasons.push(blank!(
                        SharedReason,
                        self.id::<SharedReason>(),
                        group: Some(spanned),
                        text: cell("偏差原因").into(),
                    ));
                }
            } else {
                let row = self.row(cells, &group.rows);
                group.rows.push(row);
            }
        }
        goal.sections = sections.into_iter().map(OpenSection::close).collect();
        goal
    }

    /// The group a row stands in; blank captions continue those above.
    fn open_group<'s>(
        &mut self,
        sections: &'s mut Vec<OpenSection>,
        first: &str,
        second: &str,
    ) -> &'s mut OpenGroup {
        let continues = |caption: &str, open: &str| caption.is_empty() || caption == open;
        if sections
            .last()
            .is_none_or(|open| !continues(first, &open.section.caption))
        {
            let section = blank!(Section, self.id::<Section>(), caption: first.to_owned());
            sections.push(OpenSection {
                section,
                groups: Vec::new(),
            });
        }
        let groups = &mut sections.last_mut().expect("just pushed").groups;
        if groups
            .last()
            .is_none_or(|open| !continues(second, &open.group.caption))
        {
            let group = blank!(Group, self.id::<Group>(), caption: second.to_owned());
            groups.push(OpenGroup {
                group,
                rows: Vec::new(),
            });
        }
        groups.last_mut().expect("just pushed")
    }

    fn row(&mut self, cells: &BTreeMap<String, String>, above: &[Indicator]) -> Indicator {
        let cell = |name: &str| cells.get(name).map_or("", String::as_str);
        let parent = above
            .iter()
            .find(|row| !cell("属于").is_empty() && row.name == cell("属于"))
            .map(|row| row.id);
        blank!(
            Indicator,
            self.id::<Indicator>(),
            part_of: parent,
            name: cell("三级指标").to_owned(),
            nature: cell("指标性质").into(),
            target: cell("指标值").into(),
            unit: cell("度量单位").to_owned(),
            actual: cell("实际完成值").into(),
            tier: tier(cell("完成档次")),
            method: cell("计分办法").into(),
            weight: cell("分值").into(),
            score: cell("得分").into(),
            deviation: cell("偏差原因").into(),
        )
    }

    /// The stated total follows the table, unless the case says otherwise.
    fn state_totals(&self, project: &mut Project, goal: &Goal) {
        let mut weight = self.edition.scoring.execution.weight;
        let mut score = weight;
        let number = |cell: &FigureCell| cell.number().unwrap_or(Decimal::ZERO);
        for group in goal
            .sections
            .iter()
            .flat_map(|section| section.groups.iter())
        {
            weight += number(&group.weight);
            score += number(&group.score);
            for row in group.indicators.iter().filter(|row| row.part_of.is_none()) {
                weight += number(&row.weight);
                score += number(&row.score);
            }
        }
        if self.edition.totals.weight {
            project.stated.total_weight = FigureCell::of(weight);
        }
        if self.edition.totals.score {
            project.stated.total_score = FigureCell::of(score);
        }
    }

    /// An adjustment of the budget written as "调增/20.00/文号/原因".
    fn budget_adjustment(&mut self, text: &str) -> BudgetAdjustment {
        let parts: Vec<&str> = text.split('/').collect();
        let [way, amount, number, reason] = *parts.as_slice() else {
            panic!("预算调整 is 方向/金额/文号/原因: {text}")
        };
        let mut ways = BudgetMove::ALL.into_iter();
        let way = ways.find(|one| one.to_string() == way);
        blank!(BudgetAdjustment, self.id::<BudgetAdjustment>(),
            way: way.expect("调增, 调减 or 调剂"),
            amount: amount.into(),
            date: "2020年8月10日".to_owned(),
            document_no: number.to_owned(),
            reason: reason.into(),
        )
    }

    fn change(&mut self, project: &mut Project, goal: &mut Goal, place: &str, text: &str) {
        let parts: Vec<&str> = place.split('.').collect();
        match *parts.as_slice() {
            ["预期目标"] => goal.expected = text.into(),
            ["实际完成情况"] => goal.actual = text.into(),
            ["总分", "分值"] => project.stated.total_weight = text.into(),
            ["总分", "得分"] => project.stated.total_score = text.into(),
            ["评价等级"] => project.stated.rating = text.into(),
            ["标注单位"] => project.stated.money_unit = text.to_owned(),
            ["金额单位"] => project.money_unit = money_unit(text),
            ["账面", part] => {
                let blank = || serde_json::from_str("{}").expect("an account");
                change_account(project.account.get_or_insert_with(blank), part, text);
            }
            ["上年", part] => {
                let last = project.last_year.get_or_insert_with(last_year);
                change_last_year(last, part, text);
            }
            ["上年", row, column] => {
                let last = project.last_year.get_or_insert_with(last_year);
                let row = last_row(last, goal, row);
                match column {
                    "指标值" => row.target = text.into(),
                    "完成值" => row.actual = text.into(),
                    "度量单位" => row.unit = text.into(),
                    "名称" => row.name = text.into(),
                    _ => panic!("no column {column} of 上年"),
                }
            }
            ["预算调整"] => {
                let record = self.budget_adjustment(text);
                project.budget_adjustments.push(record);
            }
            ["监控", row] => with_row(goal, row, |row| {
                row.extra.insert("monitored".to_owned(), text.into());
            }),
            ["登记批复"] => {
                assert_eq!(text, "全部", "登记批复");
                let mut all = |row: &mut Indicator| row.approved = Some(row.filed());
                each_row(goal, &mut all);
            }
            ["批复", row, field] => with_row(goal, row, |row| {
                let approved = row.approved.take().unwrap_or_else(|| row.filed());
                row.approved = Some(changed(approved, field, text));
            }),
            ["调整", row, field] => with_row(goal, row, |row| {
                let field = approved_field(field);
                let old = row.in_force(field).unwrap_or_default().to_owned();
                row.adjustments.push(Adjustment {
                    date: "2020年8月10日".into(),
                    document_no: "财预〔2020〕15号".into(),
                    reason: "年中压减任务".into(),
                    field,
                    old,
                    new: text.into(),
                    unknown: Default::default(),
                });
            }),
            ["调整", row, field, "文号"] => with_row(goal, row, |row| {
                let field = approved_field(field);
                let mut adjustments = row.adjustments.iter_mut().rev();
                let last = adjustments.find(|adjustment| adjustment.field == field);
                last.expect("an adjustment").document_no = text.into();
            }),
            ["指标", row, column] => with_row(goal, row, |row| change_row(row, column, text)),
            ["组", caption, column] => {
                let found = each_group(goal, &mut |group| {
                    (group.caption == caption).then(|| match column {
                        "分值" => group.weight = text.into(),
                        "得分" => group.score = text.into(),
                        _ => panic!("no column {column} of a group"),
                    })
                });
                assert!(found, "no group {caption}");
            }
            ["删除"] => remove(goal, text),
            ["批复另有"] => {
                let removed = self.removed(text);
                project.removed.push(removed);
            }
            ["批复另有", name, "取消文号"] => {
                let at = project
                    .removed
                    .position(|removed| removed.approved.name == name);
                let removed = project.removed.get_mut(at.expect("listed before"));
                removed.expect("listed before").cancelled = Some(Cancellation {
                    date: "2020年8月10日".into(),
                    document_no: text.into(),
                    reason: "任务取消".into(),
                    unknown: Default::default(),
                });
            }
            ["注释"] => project.stated.footnotes.push(text.to_owned()),
            ["合并原因", span] => self.span_reason(goal, span, text),
            ["阶段"] => project.stage = stage(text),
            ["删除资金行"] => {
                let index = project.funds.position(|row| row.name == text);
                project
                    .funds
                    .remove(index.unwrap_or_else(|| panic!("no fund row {text}")));
            }
            ["资金", row, "原因"] => fund_row(project, row).remark = text.into(),
            ["资金", row, column] => {
                let column = self
                    .edition
                    .funds
                    .columns
                    .iter()
                    .find(|known| known.caption == column)
                    .unwrap_or_else(|| panic!("no fund column {column}"));
                let key = column.key.clone();
                fund_row(project, row).figures.insert(key, text.into());
            }
            ["表格", table, row, column] => self.change_table(project, table, row, column, text),
            ["佐证", indicator] => self.prove(project, goal, indicator, text),
            ["文字", caption] => {
                let field = self
                    .edition
                    .texts
                    .iter()
                    .find(|field| field.caption == caption);
                let key = field
                    .unwrap_or_else(|| panic!("no text {caption}"))
                    .key
                    .clone();
                project.texts.insert(key, text.into());
            }
            ["表尾", caption] => {
                let field = self
                    .edition
                    .footer
                    .iter()
                    .find(|field| field.caption == caption);
                let key = field
                    .unwrap_or_else(|| panic!("no footer field {caption}"))
                    .key
                    .clone();
                project.footer.insert(key, text.into());
            }
            [caption] => {
                let field = self
                    .edition
                    .header
                    .iter()
                    .find(|field| field.caption == caption);
                let key = field
                    .unwrap_or_else(|| panic!("no header field {caption}"))
                    .key
                    .clone();
                project.header.insert(key, text.into());
            }
            _ => panic!("unknown place {place}"),
        }
    }

    /// A cell of a further table, whose row is there once a cell of it is filled.
    fn change_table(
        &mut self,
        project: &mut Project,
        table: &str,
        row: &str,
        column: &str,
        text: &str,
    ) {
        let layout = self
            .edition
            .tables
            .iter()
            .find(|known| known.caption == table);
        let layout = layout.unwrap_or_else(|| panic!("no table {table}"));
        let known = layout.rows.iter().find(|known| known.caption == row);
        let key = known.unwrap_or_else(|| panic!("no row {row}")).key.clone();
        let known = layout.columns.iter().find(|known| known.caption == column);
        let column = known
            .unwrap_or_else(|| panic!("no column {column}"))
            .key
            .clone();
        let id = self.id::<TableRow>();
        let rows = project.tables.entry(layout.key.clone()).or_default();
        if rows.position(|known| known.key == key).is_none() {
            rows.push(blank!(TableRow, id, key: key.clone()));
        }
        let at = rows.position(|known| known.key == key).expect("just there");
        let row = rows.get_mut(at).expect("just found");
        row.cells.insert(column, text.into());
    }

    /// Registers a piece of evidence for an indicator.
    fn prove(&mut self, project: &mut Project, goal: &Goal, indicator: &str, title: &str) {
        let groups = goal
            .sections
            .iter()
            .flat_map(|section| section.groups.iter());
        let proved = groups
            .flat_map(|group| group.indicators.iter())
            .find(|row| row.name == indicator)
            .unwrap_or_else(|| panic!("no indicator {indicator}"));
        let evidence = blank!(
            Evidence,
            self.id::<Evidence>(),
            indicator: Some(proved.id),
            title: title.to_owned(),
        );
        project.evidence.push(evidence);
    }

    /// "产出指标/数量指标/编印教材/≥5册/10"
    fn removed(&mut self, text: &str) -> Removed {
        let parts: Vec<&str> = text.split('/').collect();
        let [section, group, name, target, weight] = *parts.as_slice() else {
            panic!("批复另有 needs five parts: {text}");
        };
        let id: Id<Removed> = self.id();
        let mut removed = blank!(Removed, id, section: section.into(), group: group.into());
        removed.approved.name = name.into();
        removed.approved.target = target.into();
        removed.approved.weight = weight.into();
        removed
    }

    fn span_reason(&mut self, goal: &mut Goal, span: &str, text: &str) {
        let mut reason = blank!(SharedReason, self.id::<SharedReason>(), text: text.into());
        let section = goal.sections.iter().find(|section| section.name() == span);
        let groups: Vec<Arc<Group>> = goal
            .sections
            .iter()
            .flat_map(|section| section.groups.iter().cloned())
            .collect();
        let group = groups.iter().find(|group| group.caption == span);
        match (section, group) {
            (Some(section), _) => reason.section = Some(section.id),
            (None, Some(group)) => reason.group = Some(group.id),
            (None, None) => {
                let names: Vec<&str> = span.split('、').collect();
                reason.rows = groups
                    .iter()
                    .flat_map(|group| group.indicators.iter())
                    .filter(|row| names.contains(&row.name.as_str()))
                    .map(|row| row.id)
                    .collect();
                assert_eq!(reason.rows.len(), names.len(), "rows of 合并原因 {span}");
            }
        }
        goal.reasons.push(reason);
    }
}

fn each_row(goal: &mut Goal, change: &mut dyn FnMut(&mut Indicator)) {
    each_group(goal, &mut |group| {
        for row in 0..group.indicators.len() {
            change(group.indicators.get_mut(row).expect("in range"));
        }
        None
    });
}

/// Whether `change` answered for any group.
fn each_group(goal: &mut Goal, change: &mut dyn FnMut(&mut Group) -> Option<()>) -> bool {
    let mut found = false;
    for section in 0..goal.sections.len() {
        let section = goal.sections.get_mut(section).expect("in range");
        for group in 0..section.groups.len() {
            found |= change(section.groups.get_mut(group).expect("in range")).is_some();
        }
    }
    found
}

fn change_row(row: &mut Indicator, column: &str, text: &str) {
    match column {
        "三级指标" => text.clone_into(&mut row.name),
        "指标性质" => row.nature = text.into(),
        "指标值" => row.target = text.into(),
        "度量单位" => text.clone_into(&mut row.unit),
        "实际完成值" => row.actual = text.into(),
        "分值" => row.weight = text.into(),
        "得分" => row.score = text.into(),
        "偏差原因" => row.deviation = text.into(),
        _ => panic!("no column {column} of a row"),
    }
}

/// Removes the section, group or row of this name.
fn remove(goal: &mut Goal, name: &str) {
    let mut found = goal.sections.position(|section| section.caption == name);
    if let Some(index) = found {
        goal.sections.remove(index);
    }
    for section in 0..goal.sections.len() {
        let section = goal.sections.get_mut(section).expect("in range");
        if let Some(index) = section.groups.position(|group| group.caption == name) {
            section.groups.remove(index);
            found = Some(index);
        }
        for group in 0..section.groups.len() {
            let rows = &mut section.groups.get_mut(group).expect("in range").indicators;
            if let Some(index) = rows.position(|row| row.name == name) {
                rows.remove(index);
                found = Some(index);
            }
        }
    }
    assert!(found.is_some(), "nothing called {name}");
}

fn with_row(goal: &mut Goal, name: &str, change: impl Fn(&mut Indicator)) {
    let mut found = false;
    each_row(goal, &mut |row| {
        if row.name == name {
            found = true;
            change(row);
        }
    });
    assert!(found, "no row {name}");
}

fn approved_field(caption: &str) -> ApprovedField {
    match caption {
        "三级指标" => ApprovedField::Name,
        "指标性质" => ApprovedField::Nature,
        "指标值" => ApprovedField::Target,
        "度量单位" => ApprovedField::Unit,
        "分值" => ApprovedField::Weight,
        _ => panic!("no approved value {caption}"),
    }
}

fn changed(mut approved: Approved, field: &str, text: &str) -> Approved {
    let value = match approved_field(field) {
        ApprovedField::Name => &mut approved.name,
        ApprovedField::Nature => &mut approved.nature,
        ApprovedField::Target => &mut approved.target,
        ApprovedField::Unit => &mut approved.unit,
        ApprovedField::Weight => &mut approved.weight,
    };
    text.clone_into(value);
    approved
}

fn change_account(account: &mut Account, part: &str, text: &str) {
    match part {
        "年初预算数" => account.initial = text.into(),
        "全年预算数" => account.adjusted = text.into(),
        "全年执行数" => account.executed = text.into(),
        "金额单位" => account.money_unit = money_unit(text),
        "来源" => account.source = text.to_owned(),
        _ => panic!("unknown part of 账面 {part}"),
    }
}

/// The form of 2019, of which nothing but the total funds is known yet.
fn last_year() -> LastYear {
    serde_json::from_value(serde_json::json!({
        "year": 2019,
        "money_unit": "万元",
        "funds": [{ "key": "total", "name": "年度资金总额", "is_total": true }],
    }))
    .expect("a year")
}

fn change_last_year(last: &mut LastYear, part: &str, text: &str) {
    let total = last.funds.get_mut(0).expect("the total");
    match part {
        "年初预算数" => total.initial = text.into(),
        "全年预算数" => total.adjusted = text.into(),
        "全年执行数" => total.executed = text.into(),
        "金额单位" => last.money_unit = money_unit(text),
        _ => panic!("unknown part of 上年 {part}"),
    }
}

/// Last year's indicator of this name; one that was not named yet is as this year's row, with nothing achieved.
fn last_row<'l>(last: &'l mut LastYear, goal: &Goal, name: &str) -> &'l mut LastIndicator {
    let known = last.indicators.position(|row| row.name == name);
    let at = known.unwrap_or_else(|| {
        last.indicators.push(as_this_year(goal, name));
        last.indicators.len() - 1
    });
    last.indicators.get_mut(at).expect("just found")
}

fn as_this_year(goal: &Goal, name: &str) -> LastIndicator {
    for section in goal.sections.iter() {
        for group in section.groups.iter() {
            if let Some(row) = group.indicators.iter().find(|row| row.name == name) {
                return LastIndicator {
                    row: None,
                    section: section.caption.clone(),
                    group: group.caption.clone(),
                    name: row.name.clone(),
                    nature: row.nature.clone(),
                    unit: row.unit.clone(),
                    target: row.target.clone(),
                    actual: Default::default(),
                    weight: row.weight.clone(),
                    score: Default::default(),
                    unknown: Default::default(),
                };
            }
        }
    }
    panic!("no indicator {name}");
}

fn money_unit(text: &str) -> MoneyUnit {
    match text {
        "元" => MoneyUnit::Yuan,
        _ => MoneyUnit::TenThousandYuan,
    }
}

fn fund_row<'p>(project: &'p mut Project, caption: &str) -> &'p mut FundRow {
    let index = project
        .funds
        .position(|row| row.name == caption)
        .unwrap_or_else(|| panic!("no fund row {caption}"));
    project.funds.get_mut(index).expect("just found")
}

fn stage(text: &str) -> Stage {
    match text {
        "目标下达" => Stage::Targets,
        "年中调整" => Stage::Adjustment,
        "执行监控" => Stage::Monitoring,
        "自评" => Stage::SelfEvaluation,
        "公开" => Stage::Published,
        _ => panic!("no stage {text}"),
    }
}

fn tier(text: &str) -> Option<Tier> {
    (!text.is_empty()).then(|| {
        Tier::ALL
            .into_iter()
            .find(|tier| tier.to_string() == text)
            .unwrap_or_else(|| panic!("no tier {text}"))
    })
}

/// A table without faults: 50 + 30 + 10 points, or 50 + 40 where satisfaction stands inside 效益.
fn clean_table(edition: &Edition) -> Vec<BTreeMap<String, String>> {
    let (cost, cost_child) = if edition.first_level("成本指标").is_none() {
        ("产出指标", "成本指标")
    } else {
        ("成本指标", "经济成本指标")
    };
    let inside = edition.first_level("满意度指标").is_none();
    let satisfaction = if inside {
        "效益指标"
    } else {
        "满意度指标"
    };
    let child = if inside {
        "满意度指标"
    } else {
        "服务对象满意度指标"
    };
    [
        [
            "产出指标",
            "数量指标",
            "举办业务培训场次",
            "≥10场",
            "10场",
            "20",
        ],
        [
            "产出指标",
            "质量指标",
            "培训考核合格率",
            "≥95%",
            "96%",
            "10",
        ],
        [
            "产出指标",
            "时效指标",
            "培训完成时间",
            "2020年12月31日前",
            "2020年11月30日",
            "10",
        ],
        [cost, cost_child, "人均培训费用", "≤500元", "480元", "10"],
        [
            "效益指标",
            "社会效益指标",
            "参训人员覆盖率",
            "≥90%",
            "92%",
            "30",
        ],
        [
            satisfaction,
            child,
            "参训人员满意度（问卷调查）",
            "≥90%",
            "95%",
            "10",
        ],
    ]
    .map(|row| {
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
            "实际完成值",
            "分值",
            "得分",
        ]
        .into_iter()
        .zip(row.into_iter().chain([row[5]]))
        .map(|(column, text)| (column.to_owned(), text.to_owned()))
        .collect()
    })
    .to_vec()
}

/// A blank form of `edition`, for tests that need no case file.
pub fn clean_project(edition: &Edition) -> Project {
    Builder::new(edition).build(&Case::new("不报警")).0
}
