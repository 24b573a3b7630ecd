//! 发出填报表: which projects, what is to be filled in, by when; then the workbooks.

use egui::{Grid, Id as WidgetId, Label, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, export::projects::ProjectChoice, is_confirmed, progress};
use crate::{
    model::{
        id::Id,
        project::{Project, Stage},
    },
    session::handing_out::{Grouping, HandedOut, PATTERN, Request},
    sharing::fill_in::wanted::Wanted,
    store::error::shown,
    ui::{
        action::Action,
        filling_in::{FillInAction, Out},
        icons,
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::{button, choice, entry::Entry, row::Row},
    },
};

/// Height of a file in the list, in points.
const LINE: f32 = 48.0;

/// How many names are shown as examples.
const EXAMPLES: usize = 3;

/// The dialog.
pub struct HandOutDialog {
    projects: ProjectChoice,
    grouping: Grouping,
    wanted: Wanted,
    due: String,
    return_to: String,
    remark: String,
    pattern: String,
}

fn ask(scene: &mut Scene<'_>, action: FillInAction) {
    scene.send.send(Action::FillIn(Box::new(action)));
}

impl HandOutDialog {
    /// Gives these projects out, or all where there are none; what is asked for follows from the stage.
    pub fn new(projects: Vec<Id<Project>>, stage: Stage) -> Self {
        Self {
            projects: match projects.is_empty() {
                true => ProjectChoice::all(),
                false => ProjectChoice::these(projects),
            },
            grouping: Grouping::default(),
            wanted: Wanted::at(stage),
            due: String::new(),
            return_to: String::new(),
            remark: String::new(),
            pattern: PATTERN.to_owned(),
        }
    }
}

impl Dialog for HandOutDialog {
    fn title(&self) -> String {
        "发出填报表".into()
    }

    fn width(&self) -> f32 {
        720.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("fill-in")
    }

    fn holds_text(&self) -> bool {
        [&self.due, &self.return_to, &self.remark]
            .iter()
            .any(|text| !text.is_empty())
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let filling_in = scene.filling_in;
        match filling_in.out() {
            Out::Asking => self.choices(ui, scene),
            Out::Running(running) => {
                let now = running.now();
                let words = match now.files {
                    0 => "正在准备…".to_owned(),
                    files => format!(
                        "正在生成第 {} 个，共 {files} 个：{}",
                        now.file + 1,
                        now.name
                    ),
                };
                progress::show(ui, &words, &now, "写完后会登记到“填报表收发”");
                buttons(ui, |ui| {
                    if button::plain(ui, "停止").clicked() {
                        ask(scene, FillInAction::Stop);
                    }
                    Outcome::Open
                })
            }
            Out::Done(written, left_out) => done(ui, written, left_out, scene),
        }
    }
}

impl HandOutDialog {
    fn choices(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let weak = Palette::of(ui).text_weak;
        let small = |words: &str| RichText::new(words).font(theme::text::small()).color(weak);
        let words = "给没有绩评的同事一份 Excel 表：已批复的内容锁定，要填的格子是浅黄色，填好发回后用“收回填报表”合并。";
        ui.add(Label::new(small(words)).wrap());
        ui.add_space(space::S);
        let height = (ui.ctx().content_rect().height() - 260.0).max(160.0);
        ScrollArea::vertical()
            .id_salt("what to give out")
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                self.projects.show(ui, scene);
                if self.projects.ids(scene).len() > 1 {
                    self.grouping(ui);
                }
                ui.add_space(space::S);
                self.wanted(ui);
                ui.add_space(space::S);
                self.words(ui);
                folder(ui, scene);
            });
        let request = self.request(scene);
        let count = self.outlook(ui, scene, request.as_ref());
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            let word = match count {
                0 => "发出".to_owned(),
                count => format!("生成 {count} 个文件"),
            };
            let start = ui.add_enabled_ui(count > 0, |ui| button::primary(ui, &word));
            if let Ok(request) = request
                && count > 0
                && (start.inner.clicked() || confirmed)
            {
                ask(scene, FillInAction::HandOut(Box::new(request)));
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }

    fn grouping(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            choice::beside_one_another(ui, |ui| {
                let grouping = &mut self.grouping;
                ui.radio_value(grouping, Grouping::Project, "每个项目一个文件");
                ui.radio_value(grouping, Grouping::Unit, "同一实施单位一个文件");
                ui.radio_value(grouping, Grouping::Department, "同一主管部门一个文件");
            });
        });
    }

    fn wanted(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            ui.set_min_height(HIT);
            ui.label(RichText::new("要填什么").font(theme::text::strong()));
            if button::quiet(ui, "只填完成情况").clicked() {
                self.wanted = Wanted::RESULTS;
            }
            if button::quiet(ui, "全部没有批复的内容").clicked() {
                self.wanted = Wanted::ALL;
            }
        });
        let wanted = &mut self.wanted;
        ui.horizontal_wrapped(|ui| {
            choice::beside_one_another(ui, |ui| {
                ui.checkbox(&mut wanted.funds, "资金执行数");
                ui.checkbox(&mut wanted.goals, "目标完成情况");
                ui.checkbox(&mut wanted.actuals, "实际完成值");
                ui.checkbox(&mut wanted.reasons, "偏差原因");
                ui.checkbox(&mut wanted.scores, "得分");
                ui.checkbox(&mut wanted.others, "其他没有批复的内容");
            });
        });
        ui.horizontal_wrapped(|ui| {
            ui.set_min_height(HIT);
            ui.label("每组指标下留空白行，供新增指标");
            choice::beside_one_another(ui, |ui| {
                for (rows, words) in [(0, "不留"), (1, "1 行"), (2, "2 行"), (3, "3 行")] {
                    ui.radio_value(&mut wanted.blank_rows, rows, words);
                }
            });
        });
    }

    fn words(&mut self, ui: &mut Ui) {
        let width = ui.available_width() - 120.0;
        Grid::new("words to go along")
            .num_columns(2)
            .spacing([space::S, space::XS])
            .show(ui, |ui| {
                let lines = [
                    ("交回时间", "例如 2021年3月15日", &mut self.due),
                    (
                        "交给谁",
                        "例如 财务科 张三，电话、邮箱",
                        &mut self.return_to,
                    ),
                    ("其他要求", "写在填写说明中，可不填", &mut self.remark),
                    (
                        "文件名",
                        "{name} 单位或项目名称　{n} 序号　{year} 年度",
                        &mut self.pattern,
                    ),
                ];
                for (caption, hint, text) in lines {
                    ui.label(caption);
                    let id = WidgetId::unique(("words of a form that is given out", caption));
                    Entry::new(id, caption)
                        .hint(hint)
                        .width(width)
                        .show(ui, text);
                    ui.end_row();
                }
            });
    }

    /// What is asked for, or what is missing.
    fn request(&self, scene: &Scene<'_>) -> Result<Request, &'static str> {
        let projects = self.projects.ids(scene);
        if projects.is_empty() {
            return Err("请勾选要发出的项目");
        }
        if self.wanted.is_nothing() {
            return Err("请勾选要填什么");
        }
        let folder = scene.filling_in.folder();
        let folder = folder.ok_or("请选择文件放到哪个文件夹")?;
        Ok(Request {
            projects,
            grouping: self.grouping,
            wanted: self.wanted,
            due: self.due.clone(),
            return_to: self.return_to.clone(),
            remark: self.remark.clone(),
            folder: folder.to_path_buf(),
            pattern: self.pattern.clone(),
        })
    }

    /// Says which files there will be; how many.
    fn outlook(
        &self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        request: Result<&Request, &&'static str>,
    ) -> usize {
        let palette = Palette::of(ui);
        let mut line = |words: &str, color| {
            let words = RichText::new(words).font(theme::text::small()).color(color);
            ui.add(Label::new(words).wrap());
        };
        let order = match (request, scene.desk) {
            (Ok(request), Some(desk)) => desk.session.hand_out_order(request),
            (Err(missing), _) => Err((*missing).to_owned()),
            (_, None) => Err(String::new()),
        };
        match order {
            Err(problem) => {
                line(&problem, palette.text_weak);
                0
            }
            Ok(order) => {
                let count = order.planned().count();
                let names: Vec<&str> = order
                    .planned()
                    .take(EXAMPLES)
                    .map(|(file, _)| file)
                    .collect();
                if count > 0 {
                    let more = match count {
                        count if count > EXAMPLES => format!(" 等 {count} 个文件"),
                        _ => String::new(),
                    };
                    line(
                        &format!("将生成：{}{more}", names.join("、")),
                        palette.text_weak,
                    );
                }
                for sentence in order.left_out().iter().take(EXAMPLES) {
                    line(sentence, palette.warning);
                }
                count
            }
        }
    }
}

fn folder(ui: &mut Ui, scene: &mut Scene<'_>) {
    ui.horizontal(|ui| {
        ui.set_min_height(HIT);
        ui.label("文件夹");
        let verb = match scene.filling_in.folder() {
            Some(_) => "更改…",
            None => "选择文件夹…",
        };
        if button::plain(ui, verb).clicked() {
            ask(scene, FillInAction::ChooseFolder);
        }
        if let Some(folder) = scene.filling_in.folder() {
            let folder = shown(folder);
            let weak = Palette::of(ui).text_weak;
            ui.add(Label::new(RichText::new(&folder).color(weak)).truncate())
                .on_hover_text(folder);
        }
    });
}

/// What came of it.
fn done(ui: &mut Ui, written: &[HandedOut], left_out: &[String], scene: &mut Scene<'_>) -> Outcome {
    let palette = Palette::of(ui);
    let count = written.iter().filter(|one| one.end.is_ok()).count();
    let color = match count == written.len() && left_out.is_empty() {
        true => palette.good,
        false => palette.warning,
    };
    let words = format!("已生成 {count} 个文件，并登记到“填报表收发”。请把文件发给填表的同事。");
    ui.add(Label::new(RichText::new(words).color(color)).wrap());
    for sentence in left_out {
        ui.add(Label::new(RichText::new(sentence).color(palette.warning)).wrap());
    }
    ui.add_space(space::XS);
    ScrollArea::vertical()
        .id_salt("what was given out")
        .max_height(7.0 * LINE)
        .auto_shrink([false, true])
        .show_rows(ui, LINE, written.len(), |ui, rows| {
            for one in written.get(rows).into_iter().flatten() {
                file(ui, one, scene);
            }
        });
    let confirmed = is_confirmed(ui);
    buttons(ui, |ui| {
        if button::primary(ui, "完成").clicked() || confirmed {
            return Outcome::Close;
        }
        let folder = written.first().and_then(|one| one.path.parent());
        if let Some(folder) = folder.filter(|_| count > 0)
            && button::plain(ui, "打开文件夹").clicked()
        {
            ask(scene, FillInAction::Open(folder.to_path_buf()));
        }
        Outcome::Open
    })
}

fn file(ui: &mut Ui, one: &HandedOut, scene: &mut Scene<'_>) {
    let palette = Palette::of(ui);
    let name = one.path.file_name().unwrap_or_default().to_string_lossy();
    let (icon, said, color) = match &one.end {
        Ok(_) => (
            icons::CHECK_CIRCLE,
            format!("发给 {}，{} 个项目", one.to, one.projects),
            palette.text_weak,
        ),
        Err(why) => (icons::X, why.clone(), palette.error),
    };
    let label = format!("打开 {name}：{said}");
    let response = Row::new(&label)
        .icon(Some(icon))
        .line(&name, theme::text::grid(), palette.text)
        .line(&said, theme::text::small(), color)
        .note(if one.end.is_ok() { "打开" } else { "" })
        .enabled(one.end.is_ok())
        .show(ui, LINE);
    if response.on_hover_text(&said).clicked() && one.end.is_ok() {
        ask(scene, FillInAction::Open(one.path.clone()));
    }
}
