//! From what was recognised to one step of editing.

use std::sync::Arc;

use jiping::{
    edit::{
        apply::apply,
        block::Block,
        command::{EditCommand, NewParts},
        history::{History, Limits},
        refusal::Refusal,
    },
    exchange::{
        grid::{Content, Grid, Place as At},
        recognise::{AccountTable, File, Fit, Form, FormKind, Recognised},
        report::{Entry, Fate, Source},
        step::{Import, Take, next_year, proposed, step, twin},
    },
    model::{
        document::Document,
        edition::Edition,
        figure::MoneyUnit,
        id::{CountedIds, Id},
        indicator::{Group, Indicator},
        path::{IndicatorField, Place},
        project::{Account, Project, Stage, header},
    },
    store::editions::EditionShelf,
};

/// A desk with an open document and what was recognised for it.
struct Desk {
    ids: CountedIds,
    document: Document,
    files: Vec<File>,
    recognised: Recognised,
}

impl Desk {
    fn new() -> Self {
        let mut ids = CountedIds(0);
        let document = Document::new(Id::new(&mut ids));
        let content = Content {
            grids: vec![Grid {
                name: "汇总".into(),
                ..Grid::default()
            }],
            ..Content::default()
        };
        Self {
            ids,
            document,
            files: vec![File {
                name: "来件.xlsx".into(),
                content: Arc::new(content),
            }],
            recognised: Recognised::default(),
        }
    }

    /// A project with a group of indicators of these names and targets.
    fn project(&mut self, name: &str, year: &str, rows: &[(&str, &str)]) -> Project {
        let ids = &mut self.ids;
        let mut project = Project::blank(&mof(), ids);
        let fields = [(header::PROJECT_NAME, name), (header::YEAR, year)];
        for (key, text) in fields {
            project.header.insert(key.into(), text.into());
        }
        let goal = project.goals.get_mut(0).expect("a goal");
        let section = goal.sections.get_mut(0).expect("a section");
        let group = Group {
            indicators: rows
                .iter()
                .map(|(name, target)| Indicator {
                    name: (*name).into(),
                    target: (*target).into(),
                    weight: "10".into(),
                    ..Indicator::blank(ids)
                })
                .collect(),
            ..Group::blank("数量指标", ids)
        };
        *section.groups.get_mut(0).expect("a group") = group;
        project
    }

    fn open(&mut self, project: Project) -> Id<Project> {
        let id = project.id;
        self.document.projects.push(project);
        id
    }

    fn find(&mut self, what: FormKind, project: Project) -> Id<Project> {
        let id = project.id;
        self.recognised.forms.push(Form {
            source: source(0),
            what,
            project,
            edition: mof(),
            fit: Fit::Known { share: 100 },
        });
        id
    }

    fn find_table(&mut self, text: &str) {
        self.recognised.accounts.push(AccountTable {
            source: source(3),
            block: Block::parse(text),
        });
    }

    fn step_with(&self, taking: &[Take], unit: Option<MoneyUnit>) -> Result<Import, Refusal> {
        let shelf = EditionShelf::built_in().for_document(&self.document);
        step(
            &self.document,
            &shelf,
            &self.files,
            &self.recognised,
            taking,
            unit,
        )
    }

    /// The step with what it makes of the document.
    fn step(&self, taking: &[Take]) -> (Import, Document) {
        let import = self.step_with(taking, None);
        let import = import.expect("a step that can be made");
        let after = apply(&self.document, &import.command).expect("made");
        (import, after)
    }
}

fn mof() -> Arc<Edition> {
    let shelf = EditionShelf::built_in();
    let mut known = shelf.list().iter();
    let known = known.find(|known| known.edition.id == "mof-2020");
    Arc::clone(&known.expect("built in").edition)
}

fn source(row: u32) -> Source {
    Source {
        file: 0,
        grid: 0,
        place: Some(At { row, column: 0 }),
    }
}

fn names(document: &Document) -> Vec<&str> {
    let projects = document.projects.iter();
    projects.map(|project| project.name()).collect()
}

fn total(document: &Document, id: Id<Project>, column: &str) -> String {
    let project = document.project(id).expect("a project");
    let row = project.total_fund_row(&mof()).expect("a total");
    row.figure(column).text().to_owned()
}

fn account(document: &Document, id: Id<Project>) -> Option<&Account> {
    document.project(id).expect("a project").account.as_ref()
}

/// The place and text of every entry.
fn told(entries: &[Entry]) -> Vec<String> {
    let told = |entry: &Entry| {
        let place = entry.source.place.expect("a place");
        format!("{} {}", place.name(), entry.text)
    };
    entries.iter().map(told).collect()
}

#[test]
fn new_forms_come_behind_and_a_replacing_one_takes_the_place() {
    let mut desk = Desk::new();
    let [first, second, third] =
        ["培训", "修缮", "宣传"].map(|name| desk.project(name, "2021年", &[]));
    let (first, third) = (desk.open(first), desk.open(third));
    desk.find(FormKind::SelfEvaluation, second);
    let corrected = desk.project("培训（改）", "2021年", &[]);
    let corrected = desk.find(FormKind::SelfEvaluation, corrected);
    let left = desk.project("无关", "2021年", &[]);
    desk.find(FormKind::SelfEvaluation, left);

    let taking = [Take::New, Take::Replace(first), Take::Skip];
    let (import, after) = desk.step(&taking);
    assert_eq!(names(&after), ["培训（改）", "宣传", "修缮"]);
    assert_eq!(after.projects.first().map(|p| p.id), Some(corrected));
    assert!(after.project(third).is_some() && after.project(first).is_none());
    assert_eq!(import.command.label(), "导入 2 个项目");
    assert_eq!(import.first, after.projects.get(2).map(|p| p.id));
    assert!(after.editions.is_empty(), "built-in editions stay outside");

    let mut history = History::new(desk.document.clone(), Limits::default());
    history.edit(&import.command, None).expect("made");
    history.undo();
    assert_eq!(**history.document(), desk.document, "one step back");
}

#[test]
fn an_edition_made_from_a_form_travels_with_it_once() {
    let mut desk = Desk::new();
    let built = Arc::new(Edition {
        id: "imported-1".into(),
        ..(*mof()).clone()
    });
    for name in ["培训", "修缮"] {
        let mut project = desk.project(name, "2021年", &[]);
        project.edition = built.reference();
        desk.find(FormKind::SelfEvaluation, project);
    }
    for form in &mut desk.recognised.forms {
        form.edition = Arc::clone(&built);
        form.fit = Fit::Built;
    }
    let (_, after) = desk.step(&[Take::New, Take::New]);
    assert_eq!(after.editions, [built]);
    let (_, after) = desk.step(&[Take::Skip, Take::Skip]);
    assert!(after.editions.is_empty());
}

#[test]
fn a_form_of_the_year_before_is_recorded_beside_the_project() {
    let mut desk = Desk::new();
    let now = desk.project("2021年度培训", "2021年", &[]);
    let now = desk.open(now);
    let mut before = desk.project("2020年度培训", "2020年", &[("举办培训", "≥10场")]);
    before.stated.total_score = "93".into();
    desk.find(FormKind::SelfEvaluation, before);
    let other = desk.project("修缮", "2020年", &[]);
    desk.find(FormKind::SelfEvaluation, other);
    let meant: Vec<_> = desk
        .recognised
        .forms
        .iter()
        .map(|form| next_year(&desk.document, form))
        .collect();
    assert_eq!(meant, [Some(now), None]);

    let (import, after) = desk.step(&[Take::LastYear(now), Take::Skip]);
    assert_eq!(import.command.label(), "导入 1 个项目的上年数据");
    assert_eq!((import.first, after.projects.len()), (Some(now), 1));
    let last = after
        .project(now)
        .and_then(|project| project.last_year.clone())
        .expect("on record");
    assert_eq!((last.year, last.total_score.text()), (Some(2020), "93"));
    assert_eq!(last.source, "来件.xlsx · 汇总");
    assert_eq!(
        last.indicators.first().map(|row| row.name.clone()),
        Some("举办培训".into())
    );
}

#[test]
fn what_is_not_allowed_refuses_the_whole_step() {
    let mut desk = Desk::new();
    let mut filed = desk.project("培训", "2021年", &[]);
    filed.stage = Stage::Final;
    let filed = desk.open(filed);
    for name in ["修缮", "培训"] {
        let project = desk.project(name, "2021年", &[]);
        desk.find(FormKind::SelfEvaluation, project);
    }
    let refusal = desk.step_with(&[Take::New, Take::Replace(filed)], None);
    assert_eq!(refusal, Err(Refusal::LockedByStage(Stage::Final)));
    let gone = Take::Replace(Id::from_bits(u64::MAX));
    let refusal = desk.step_with(&[Take::New, gone], None);
    assert_eq!(refusal, Err(Refusal::UnknownProject));
}

#[test]
fn an_approval_is_proposed_for_the_project_that_it_names() {
    let mut desk = Desk::new();
    let open = desk.project("业务培训", "2021年", &[]);
    let open = desk.open(open);
    let mut locked = desk.project("宣传", "2021年", &[]);
    locked.stage = Stage::Submitted;
    desk.open(locked);
    for (name, year) in [
        (" 业务 培训", "2021年度"),
        ("业务培训", "2020年"),
        ("宣传", "2021年"),
        ("修缮", ""),
    ] {
        let project = desk.project(name, year, &[]);
        desk.find(FormKind::Targets, project);
    }
    let form = desk.project("修缮", "2021年", &[]);
    let form = desk.find(FormKind::SelfEvaluation, form);
    let again = desk.project("业务培训", "2021年", &[]);
    let again = desk.find(FormKind::SelfEvaluation, again);
    let last = desk.recognised.forms.last().expect("a form");
    assert_eq!(twin(&desk.document, last), Some(open));
    // The form that comes with it goes before the document's.
    let together = proposed(&desk.document, &desk.recognised)[0];
    assert_eq!(together, Take::Approve(again));

    desk.recognised.forms.pop();
    assert_eq!(
        proposed(&desk.document, &desk.recognised),
        [
            Take::Approve(open),
            Take::New,
            Take::New,
            Take::Approve(form),
            Take::New,
        ]
    );
    let last = desk.recognised.forms.last().expect("a form");
    assert_eq!(twin(&desk.document, last), None);
}

#[test]
fn another_code_is_another_project() {
    let mut desk = Desk::new();
    let mut open = desk.project("业务培训", "2021年", &[]);
    let set = |project: &mut Project, code: &str| {
        let key = header::PROJECT_CODE.to_owned();
        project.header.insert(key, code.into());
    };
    set(&mut open, "A1");
    let open = desk.open(open);
    for (code, name, same) in [
        ("A2", "业务培训", None),
        ("Ａ1", "改了名", Some(open)),
        ("", "业务培训", Some(open)),
    ] {
        let mut project = desk.project(name, "2021年", &[]);
        set(&mut project, code);
        desk.find(FormKind::SelfEvaluation, project);
        let form = desk.recognised.forms.last().expect("a form");
        assert_eq!(twin(&desk.document, form), same, "{code} {name}");
    }
}

#[test]
fn approved_values_go_to_rows_of_the_same_name_and_the_rest_is_told() {
    let mut desk = Desk::new();
    let rows = [("培训场次", "≥10场"), ("参训人数", "≥300人"), ("其他", "1")];
    let form = desk.project("业务培训", "2021年", &rows);
    let form = desk.find(FormKind::SelfEvaluation, form);
    let told = [
        ("参训 人数", "≥400人"),
        ("培训场次", "≥12场"),
        ("验收合格率", "100%"),
        ("", "空行"),
    ];
    let mut approval = desk.project("业务培训", "2021年", &told);
    let goal = approval.goals.get_mut(0).expect("a goal");
    goal.expected = "举办培训12场".into();
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    // 批复表 often have other captions, and no weights.
    group.caption = "产出数量".into();
    for at in 0..group.indicators.len() {
        let row = group.indicators.get_mut(at).expect("a row");
        row.weight = "".into();
    }
    let missing = group.indicators.get(2).expect("a row").id;
    let at = approval.at(Place::Indicator(missing, IndicatorField::Name));
    desk.recognised.report.entries.push(Entry {
        fate: Fate::Read,
        source: source(21),
        text: "验收合格率".into(),
        target: Some(at),
        field: String::new(),
        note: String::new(),
    });
    desk.find(FormKind::Targets, approval);

    let taking = proposed(&desk.document, &desk.recognised);
    let (import, after) = desk.step(&taking);
    assert_eq!(import.command.label(), "导入 1 个项目、1 个项目的批复值");
    let project = after.project(form).expect("the form");
    let recorded: Vec<_> = project
        .rows()
        .map(|view| {
            let row = view.indicator;
            let approved = row.approved.as_ref();
            let approved = approved.map(|values| (&*values.target, &*values.weight));
            (&*row.name, row.target.text(), approved)
        })
        .take(3)
        .collect();
    assert_eq!(
        recorded,
        [
            ("培训场次", "≥10场", Some(("≥12场", "10"))),
            ("参训人数", "≥300人", Some(("≥400人", "10"))),
            ("其他", "1", None),
        ]
    );
    let goal = project.goals.first().expect("a goal");
    assert_eq!(&*goal.expected, "举办培训12场", "a blank goal is filled in");
    let [entry] = import.entries.as_slice() else {
        panic!("one is left out: {:?}", import.entries);
    };
    assert_eq!(entry.fate, Fate::Ignored);
    assert_eq!((&*entry.text, &entry.source), ("验收合格率", &source(21)));
    assert!(
        entry.note.contains("批复中有、表中没有的指标"),
        "{}",
        entry.note
    );
    let listed: Vec<_> = project
        .removed
        .iter()
        .map(|removed| {
            let approved = &removed.approved;
            (&*removed.group, &*approved.name, &*approved.target)
        })
        .collect();
    assert_eq!(listed, [("产出数量", "验收合格率", "100%")]);
}

#[test]
fn what_the_form_lacked_leaves_the_list_once_the_approval_finds_it() {
    let mut desk = Desk::new();
    let told = [("培训场次", "≥10场"), ("编印教材", "≥5册"), ("不适用", "—")];
    let form = desk.project("业务培训", "2021年", &told[..1]);
    let form = desk.open(form);
    let approval = desk.project("业务培训", "2021年", &told);
    desk.find(FormKind::Targets, approval);
    for _ in 0..2 {
        let (import, after) = desk.step(&[Take::Approve(form)]);
        assert_eq!(import.entries.len(), 2, "{:?}", import.entries);
        desk.document = after;
        let project = desk.document.project(form).expect("the form");
        let names = project
            .removed
            .iter()
            .map(|removed| &*removed.approved.name);
        assert_eq!(names.collect::<Vec<_>>(), ["编印教材"], "once only");
    }

    let project = desk.document.project(form).expect("the form");
    let view = project.rows().next().expect("a row");
    let group = view.group.id;
    let mut row = view.indicator.clone();
    row.id = Id::from_bits(0xEE);
    row.name = "编印教材".into();
    row.approved = None;
    desk.document = apply(
        &desk.document,
        &EditCommand::Insert {
            project: form,
            parts: NewParts::Indicators(group, vec![row]),
            index: usize::MAX,
        },
    )
    .expect("a row more");
    let (_, after) = desk.step(&[Take::Approve(form)]);
    let project = after.project(form).expect("the form");
    assert!(project.removed.is_empty());
}

#[test]
fn an_approval_that_says_something_else_changes_nothing_filed() {
    let mut desk = Desk::new();
    let rows = [("培训场次", "≥10场"), ("培训场次", "≥20场")];
    let mut form = desk.project("业务培训", "2021年", &rows);
    form.goals.get_mut(0).expect("a goal").expected = "全年举办十场".into();
    let form = desk.open(form);
    let mut approval = desk.project("业务培训", "2021年", &rows[..1]);
    approval.goals.get_mut(0).expect("a goal").expected = "全年举办八场".into();
    let fund = approval.funds.get_mut(0).expect("a fund row");
    fund.figures.insert("initial".into(), "50".into());
    desk.find(FormKind::Targets, approval);

    let (import, after) = desk.step(&[Take::Approve(form)]);
    assert_eq!(import.command.label(), "导入 1 个项目的批复值");
    let project = after.project(form).expect("the form");
    assert_eq!(
        &*project.goals.first().expect("a goal").expected,
        "全年举办十场"
    );
    let approved = project
        .rows()
        .filter(|view| view.indicator.approved.is_some());
    assert_eq!(approved.count(), 1, "of two alike the first");
    let texts: Vec<&str> = import.entries.iter().map(|entry| &*entry.text).collect();
    assert_eq!(texts, ["全年举办八场", "50"]);
}

const TABLE: &str = "单位：元\t\t\t\t\n\
    项目编码\t项目名称\t年初预算数\t全年预算数\t全年执行数\n\
    \t业务培训\t1,000,000.00\t1,200,000.00\t1,150,000.00\n\
    \t合计\t9\t9\t9\n\
    \t宣传\t5\t约6\t7";

#[test]
fn a_payment_table_fills_in_blank_amounts_and_is_kept_as_the_account() {
    let mut desk = Desk::new();
    let mut form = desk.project("业务培训", "2021年", &[]);
    let fund = form.funds.get_mut(0).expect("the total");
    fund.figures.insert("executed".into(), "120.00".into());
    let form = desk.find(FormKind::SelfEvaluation, form);
    let other = desk.project("宣传", "2021年", &[]);
    let other = desk.open(other);
    desk.find_table(TABLE);

    let (import, after) = desk.step(&[Take::New]);
    assert_eq!(import.command.label(), "导入 1 个项目、2 个项目的账面数");
    assert_eq!(total(&after, form, "initial"), "100");
    assert_eq!(total(&after, form, "adjusted"), "120");
    assert_eq!(
        total(&after, form, "executed"),
        "120.00",
        "what is filed stays"
    );
    assert_eq!(
        account(&after, form),
        Some(&Account {
            initial: "1,000,000.00".into(),
            adjusted: "1,200,000.00".into(),
            executed: "1,150,000.00".into(),
            money_unit: MoneyUnit::Yuan,
            source: "来件.xlsx · 汇总".into(),
            unknown: Default::default(),
        })
    );
    let of_other = account(&after, other).expect("an account");
    assert_eq!(of_other.adjusted.text(), "", "no amount");
    assert_eq!(of_other.executed.text(), "7");
    assert_eq!(told(&import.entries), ["A7 合计", "D8 约6"]);

    let wan = Some(MoneyUnit::TenThousandYuan);
    let import = desk.step_with(&[Take::New], wan).expect("a step");
    let after = apply(&desk.document, &import.command).expect("made");
    assert_eq!(total(&after, form, "initial"), "1,000,000.00");
    assert_eq!(account(&after, form).map(|account| account.money_unit), wan);
}

#[test]
fn a_payment_table_by_itself_replaces_what_is_in_the_document() {
    let mut desk = Desk::new();
    let mut form = desk.project("业务培训", "2021年", &[]);
    let fund = form.funds.get_mut(0).expect("the total");
    fund.figures.insert("executed".into(), "120.00".into());
    let form = desk.open(form);
    desk.find_table(TABLE);
    let (import, after) = desk.step(&[]);
    assert_eq!(import.first, Some(form));
    assert_eq!(total(&after, form, "executed"), "115");
}

#[test]
fn a_later_table_adds_to_the_account_and_replaces_what_it_says_anew() {
    let mut desk = Desk::new();
    let form = desk.project("业务培训", "2021年", &[]);
    let form = desk.open(form);
    desk.find_table("项目名称\t年初预算数（万元）\n业务培训\t100");
    desk.find_table("项目名称\t执行数（元）\n业务培训\t880,000.00");
    desk.find_table("项目名称\t执行数（元）\n业务培训\t900,000.00");
    let (_, after) = desk.step(&[]);
    let booked = account(&after, form).expect("an account");
    assert_eq!(booked.initial.text(), "100");
    assert_eq!(booked.executed.text(), "900,000.00元", "of another unit");
    assert_eq!(booked.money_unit, MoneyUnit::TenThousandYuan);
    assert_eq!(booked.source, "来件.xlsx · 汇总");
    assert_eq!(total(&after, form, "executed"), "90");

    desk.document = after.clone();
    let (_, again) = desk.step(&[]);
    assert_eq!(again, after, "the same files change nothing more");
}

#[test]
fn a_locked_project_keeps_its_account_and_the_step_is_made_without_it() {
    let mut desk = Desk::new();
    let mut form = desk.project("业务培训", "2021年", &[]);
    form.stage = Stage::Submitted;
    let form = desk.open(form);
    desk.find_table("项目名称\t全年执行数\n业务培训\t10");
    let (import, after) = desk.step(&[]);
    assert!(import.is_empty());
    assert_eq!(account(&after, form), None);
    let [entry] = import.entries.as_slice() else {
        panic!("one row: {:?}", import.entries);
    };
    assert!(entry.note.contains("送审"), "{}", entry.note);
}

#[test]
fn a_unit_that_nobody_told_is_a_guess() {
    let mut desk = Desk::new();
    let form = desk.project("业务培训", "2021年", &[]);
    let form = desk.open(form);
    desk.find_table("项目名称\t全年执行数\n业务培训\t10");
    let (import, after) = desk.step(&[]);
    let booked = account(&after, form).expect("an account");
    assert_eq!(booked.money_unit, MoneyUnit::TenThousandYuan);
    let [entry] = import.entries.as_slice() else {
        panic!("one guess: {:?}", import.entries);
    };
    assert_eq!(entry.fate, Fate::Guessed { sure: 50 });
    assert!(entry.note.contains("按 万元 读入"), "{}", entry.note);
}
