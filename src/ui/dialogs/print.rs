//! 打印: on which printer, how often, which pages, how.

use egui::{Align, Grid, Id, Label, Layout, RichText, Ui, WidgetInfo, vec2};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    printers::{
        Condition, Details, Duplex, Printer, Ticket,
        ticket::{self, MOST_COPIES},
    },
    session::print::{Proof, paper::Errand},
    store::settings::Print,
    ui::{
        action::Action,
        command::UiCommand,
        icons,
        printing::PrintAction,
        scene::Scene,
        spooling::{List, in_words},
        theme::{self, HIT, Palette, space},
        widgets::{button, choice, entry::Entry, gaps},
    },
};

/// Which pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    Current,
    Typed,
}

/// Asks how the pages of the preview are to be printed.
pub struct PrintDialog {
    /// The printer that the person chose, now or the last time.
    wanted: Option<String>,
    ticket: Ticket,
    which: Which,
    /// Page numbers as they are typed.
    typed: String,
    /// The page in sight, counted from 0.
    current: usize,
    /// Why it was not printed as it stands.
    problem: String,
}

impl PrintDialog {
    /// With this page in sight. Begins with what was set the last time; copies and pages are asked for anew.
    pub fn new(last: &Print, current: usize) -> Self {
        Self {
            wanted: last.printer.clone(),
            ticket: Ticket {
                duplex: last.duplex.into(),
                grey: last.grey,
                ..Ticket::default()
            },
            which: Which::All,
            typed: String::new(),
            current,
            problem: String::new(),
        }
    }

    /// The printer that is chosen: the one wanted if it is there, else the system's, else the first.
    fn printer<'p>(&self, printers: &'p [Printer]) -> Option<&'p Printer> {
        let wanted = |printer: &&Printer| Some(&printer.name) == self.wanted.as_ref();
        let mut choices = printers.iter();
        let wanted = choices.clone().find(wanted);
        let default = || printers.iter().find(|printer| printer.is_default);
        wanted.or_else(default).or_else(|| choices.next())
    }

    /// The pages that are chosen, counted from 0.
    fn pages(&self, proof: &Proof) -> Result<Vec<usize>, String> {
        let count = proof.pages.count();
        match self.which {
            Which::All => Ok((0..count).collect()),
            Which::Current => Ok(vec![self.current.min(count.saturating_sub(1))]),
            Which::Typed => ticket::pages(&self.typed, count).map_err(|error| error.to_string()),
        }
    }

    fn errand(&self, printer: &str, details: Option<&Details>, chosen: Vec<usize>) -> Errand {
        let can_duplex = details.is_none_or(|known| known.abilities.duplex != Some(false));
        Errand {
            printer: printer.to_owned(),
            chosen,
            ticket: Ticket {
                duplex: if can_duplex {
                    self.ticket.duplex
                } else {
                    Duplex::Off
                },
                ..self.ticket
            },
        }
    }

    /// The printers to choose from, and how the chosen one is.
    fn printers(&mut self, ui: &mut Ui, printers: &[Printer], details: Option<&Details>) {
        line(ui, "打印机", |ui, caption| {
            let shown = self.printer(printers).map_or("", |printer| &printer.name);
            let options = printers.iter().map(|printer| {
                let about = if printer.is_default { "默认" } else { "" };
                (printer.name.as_str(), about)
            });
            let taken = choice::show(ui, "打印机", caption, shown, options);
            if let Some(taken) = taken.and_then(|index| printers.get(index)) {
                self.wanted = Some(taken.name.clone());
            }
        });
        line(ui, "", |ui, _| condition(ui, details));
    }

    fn copies(&mut self, ui: &mut Ui) {
        line(ui, "份数", |ui, _| {
            let copies = &mut self.ticket.copies;
            ui.add_enabled_ui(*copies > 1, |ui| {
                if button::icon(ui, icons::MINUS, "减少一份").clicked() {
                    *copies -= 1;
                }
            });
            let mut text = copies.to_string();
            let field = Entry::new(Id::unique("copies"), "份数").width(36.0);
            if field.show(ui, &mut text).changed() {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                *copies = digits.parse().unwrap_or(1).clamp(1, MOST_COPIES);
            }
            ui.add_enabled_ui(*copies < MOST_COPIES, |ui| {
                if button::icon(ui, icons::PLUS, "增加一份").clicked() {
                    *copies += 1;
                }
            });
            if *copies > 1 {
                ui.add_space(space::M);
                choice::beside_one_another(ui, |ui| {
                    ui.checkbox(&mut self.ticket.collate, "逐份打印");
                });
            }
        });
    }

    fn which(&mut self, ui: &mut Ui) {
        line(ui, "页面", |ui, _| {
            choice::beside_one_another(ui, |ui| {
                ui.radio_value(&mut self.which, Which::All, "全部");
                let words = format!("当前页（第 {} 页）", self.current + 1);
                ui.radio_value(&mut self.which, Which::Current, words);
                ui.radio_value(&mut self.which, Which::Typed, "页码");
            });
            let field = Entry::new(pages_field(), "要打印的页码")
                .hint("1-3，5")
                .width(96.0)
                .show(ui, &mut self.typed);
            if field.gained_focus() || field.changed() {
                self.which = Which::Typed;
            }
        });
    }

    fn sides(&mut self, ui: &mut Ui, details: Option<&Details>) {
        let can_duplex = details.is_none_or(|known| known.abilities.duplex != Some(false));
        line(ui, "双面", |ui, _| {
            ui.add_enabled_ui(can_duplex, |ui| {
                choice::beside_one_another(ui, |ui| {
                    for duplex in Duplex::ALL {
                        let is_on = match can_duplex {
                            true => self.ticket.duplex == duplex,
                            false => duplex == Duplex::Off,
                        };
                        if ui.radio(is_on, duplex.words()).clicked() {
                            self.ticket.duplex = duplex;
                        }
                    }
                });
            })
            .response
            .on_disabled_hover_text("这台打印机不能自动双面打印");
        });
        let has_colours = details.is_none_or(|known| known.abilities.colour != Some(false));
        line(ui, "颜色", |ui, _| {
            ui.add_enabled_ui(has_colours, |ui| {
                choice::beside_one_another(ui, |ui| {
                    let mut is_grey = self.ticket.grey || !has_colours;
                    ui.radio_value(&mut is_grey, false, "彩色");
                    ui.radio_value(&mut is_grey, true, "黑白");
                    if has_colours {
                        self.ticket.grey = is_grey;
                    }
                });
            })
            .response
            .on_disabled_hover_text("这台打印机只印黑白");
        });
    }

    /// What comes out, or why nothing can.
    fn summary(&self, ui: &mut Ui, proof: &Proof, errand: &Result<Errand, String>) {
        let palette = Palette::of(ui);
        let (words, color) = match errand {
            Ok(errand) => {
                let plan = proof.plan(errand);
                let words = in_words(errand.chosen.len(), errand.ticket.copies, &plan);
                (format!("共 {words}"), palette.text_weak)
            }
            // What is being typed is not complained of before it is asked for.
            Err(_) if self.problem.is_empty() => (String::new(), palette.text_weak),
            Err(problem) => (problem.clone(), palette.error),
        };
        ui.scope(|ui| {
            ui.set_min_height(HIT);
            ui.add(Label::new(RichText::new(words).color(color)).wrap());
        });
    }
}

/// How the chosen printer is.
fn condition(ui: &mut Ui, details: Option<&Details>) {
    let palette = Palette::of(ui);
    let (words, color) = match details.map(|details| &details.condition) {
        None => ("正在查看状态…".to_owned(), palette.text_weak),
        Some(condition @ Condition::Ready) => (condition.in_words(), palette.text_weak),
        Some(condition @ Condition::Waiting(_)) => (
            format!("{}，打印的内容会先排队", condition.in_words()),
            palette.warning,
        ),
        Some(condition @ Condition::Refusing(_)) => (condition.in_words(), palette.error),
    };
    let about = details.map_or("", |details| &details.about);
    let words = if about.is_empty() {
        words
    } else {
        format!("{words} · {about}")
    };
    let words = RichText::new(words).font(theme::text::small()).color(color);
    ui.add(Label::new(words).truncate());
}

/// What a person should know of the printer, beneath the lines.
fn warnings(ui: &mut Ui, details: Option<&Details>) {
    let warnings = details.map(|details| details.abilities.warnings());
    for warning in warnings.unwrap_or_default() {
        let words = RichText::new(format!("{} {warning}", icons::WARNING));
        let color = Palette::of(ui).warning;
        ui.add(Label::new(words.font(theme::text::small()).color(color)).wrap());
    }
}

/// The field for page numbers.
fn pages_field() -> Id {
    Id::unique("pages to print")
}

/// A caption with something beside it.
fn line(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui, Id)) {
    let weak = Palette::of(ui).text_weak;
    let size = vec2(56.0, HIT);
    let layout = Layout::left_to_right(Align::Center);
    let caption = ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.label(RichText::new(caption).color(weak)).id
    });
    ui.horizontal(|ui| {
        ui.set_min_height(HIT);
        content(ui, caption.inner);
    });
    ui.end_row();
}

impl Dialog for PrintDialog {
    fn title(&self) -> String {
        "打印".into()
    }

    fn width(&self) -> f32 {
        540.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("preview")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        match scene.printing.printers.list() {
            List::Unknown => {
                ui.add(Label::new("正在查找打印机…").wrap());
                without_printer(ui, scene)
            }
            List::Failed(error) => {
                ui.add(Label::new(error.to_string()).wrap());
                without_printer(ui, scene)
            }
            List::Found(printers) if printers.is_empty() => {
                let words = "这台电脑上没有打印机。请先在系统设置中添加打印机；也可以用系统程序打开 PDF，从那里打印。";
                ui.add(Label::new(words).wrap());
                without_printer(ui, scene)
            }
            List::Found(printers) => {
                let printers = printers.clone();
                self.choices(ui, scene, &printers)
            }
        }
    }
}

impl PrintDialog {
    fn choices(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, printers: &[Printer]) -> Outcome {
        let Some(chosen) = self.printer(printers).map(|printer| printer.name.clone()) else {
            return Outcome::Close;
        };
        let known = scene.printing.printers.details(&chosen);
        if known.is_none() && !scene.printing.printers.is_asked(&chosen) {
            let ask = PrintAction::AskPrinter(chosen.clone());
            scene.send.send(Action::Print(ask));
        }
        let details = known.and_then(|known| known.as_ref().ok());
        Grid::new("print")
            .num_columns(2)
            .spacing([space::S, space::XS])
            .show(ui, |ui| {
                self.printers(ui, printers, details);
                self.copies(ui);
                self.which(ui);
                self.sides(ui, details);
            });
        warnings(ui, details);
        if let Some(Err(error)) = known {
            let color = Palette::of(ui).error;
            ui.add(Label::new(RichText::new(error.to_string()).color(color)).wrap());
        }
        let Some(proof) = scene.printing.proof() else {
            ui.label("正在排版…");
            return without_printer(ui, scene);
        };
        let pages = self.pages(proof);
        let errand = pages.map(|pages| self.errand(&chosen, details, pages));
        self.summary(ui, proof, &errand);
        gaps::cautions(ui, &proof.cautions);
        let refuses = details.is_some_and(|it| matches!(it.condition, Condition::Refusing(_)));
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            let print = ui.add_enabled_ui(!refuses, |ui| button::primary(ui, "打印"));
            let print = print
                .inner
                .on_disabled_hover_text("打印机不接受打印，请另选一台");
            if print.clicked() || (confirmed && !refuses) {
                match errand {
                    Ok(errand) => {
                        let send = PrintAction::Send(errand);
                        scene.send.send(Action::Print(send));
                        return Outcome::Close;
                    }
                    Err(problem) => {
                        self.problem = problem;
                        ui.memory_mut(|memory| memory.request_focus(pages_field()));
                    }
                }
            }
            others(ui, scene)
        })
    }
}

/// The buttons where nothing can be printed from here.
fn without_printer(ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
    buttons(ui, |ui| others(ui, scene))
}

/// The other ways out.
fn others(ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
    if button::plain(ui, "取消").clicked() {
        return Outcome::Close;
    }
    let command = UiCommand::OpenPdf;
    let open = button::plain(ui, command.label()).on_hover_text(command.explanation());
    open.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, command.label()));
    if open.clicked() {
        scene.send.command(command);
        return Outcome::Close;
    }
    Outcome::Open
}
