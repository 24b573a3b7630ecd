//! 年度目标: expected and actual side by side, as whole texts or item by item.

mod items;
mod pairs;

use egui::{RichText, Ui};

use crate::{
    edit::{
        cleanup,
        command::{EditCommand, NewParts, Parts},
    },
    model::{
        id::Id,
        layout::{FieldKind, FieldLayout},
        path::{CellPath, GoalField, Place},
        project::{Goal, Project},
    },
    session::jobs::Revision,
    ui::{
        action::Action,
        dialogs::cleanup::CleanupDialog,
        icons,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{badge, button, field, field::Field, note_mark},
    },
};
use pairs::{Pair, Side};

/// From this width on, in points, expected and actual stand side by side.
const SIDE_BY_SIDE: f32 = 520.0;

/// What the page remembers.
#[derive(Default)]
pub struct GoalsState {
    view: View,
    derived: Option<Derived>,
}

/// How the texts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    /// 整段
    #[default]
    Whole,
    /// 分条
    Items,
}

/// What follows from the texts; made once per revision.
struct Derived {
    revision: Revision,
    project: Id<Project>,
    blocks: Vec<Block>,
    /// Cells with leftovers of web forms and word processors.
    unclean: Vec<CellPath>,
}

/// What follows from the texts of one goal block.
struct Block {
    expected: Side,
    actual: Side,
    pairs: Vec<Pair>,
    /// What one text says nothing of.
    lacking: Vec<String>,
}

impl Derived {
    fn of(shown: &Shown, revision: Revision) -> Self {
        let project = &shown.project;
        let blocks = project.goals.iter().map(|goal| Block::of(goal, shown));
        Self {
            revision,
            project: project.id,
            blocks: blocks.collect(),
            unclean: unclean(project),
        }
    }
}

impl Block {
    fn of(goal: &Goal, shown: &Shown) -> Self {
        let expected = Side::of(&goal.expected);
        let actual = Side::of(&goal.actual);
        let pairs = pairs::pair(&expected.items, &actual.items);
        let mut lacking = Vec::new();
        if !expected.items.is_empty() && !actual.items.is_empty() {
            let in_actual = pairs.iter().filter(|pair| pair.actual.is_none());
            let in_actual = in_actual.filter_map(|pair| expected.items.get(pair.expected?));
            let in_expected = pairs.iter().filter(|pair| pair.expected.is_none());
            let in_expected = in_expected.filter_map(|pair| actual.items.get(pair.actual?));
            let goals = &shown.edition.goals;
            let of_actual = pairs::missing(in_actual);
            let of_expected = pairs::missing(in_expected);
            lacking.extend(of_actual.map(|items| format!("{}缺{items}", goals.actual_caption())));
            lacking.extend(of_expected.map(|items| format!("{}缺{items}", goals.expected.caption)));
        }
        Self {
            expected,
            actual,
            pairs,
            lacking,
        }
    }

    fn side(&self, field: &GoalField) -> Option<&Side> {
        match field {
            GoalField::Expected => Some(&self.expected),
            GoalField::Actual => Some(&self.actual),
            _ => None,
        }
    }
}

/// The cells of the page that [`cleanup::clean`] would change.
fn unclean(project: &Project) -> Vec<CellPath> {
    let mut cells = Vec::new();
    for goal in project.goals.iter() {
        let further = goal.texts.keys().map(|key| GoalField::Text(key.into()));
        for field in [GoalField::Expected, GoalField::Actual]
            .into_iter()
            .chain(further)
        {
            let place = Place::Goal(goal.id, field);
            let text = project.cell_text(&place).unwrap_or_default();
            if cleanup::needs(&text) {
                cells.push(project.at(place));
            }
        }
    }
    cells
}

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, state: &mut GoalsState) {
    let Some(desk) = scene.desk else { return };
    let revision = desk.session.revision();
    let is_current =
        |derived: &Derived| derived.revision == revision && derived.project == shown.project.id;
    if !state.derived.as_ref().is_some_and(is_current) {
        state.derived = Some(Derived::of(shown, revision));
    }
    let Some(derived) = &state.derived else {
        return;
    };
    head_of_page(ui, shown, scene, &mut state.view, &derived.unclean);
    // A text as a whole has its place in the other view.
    let is_whole = |at: &CellPath| {
        let field = match &at.place {
            Place::Goal(_, field) => Some(field),
            _ => None,
        };
        matches!(field, Some(GoalField::Expected | GoalField::Actual))
    };
    if scene.position.target.as_ref().is_some_and(is_whole) {
        state.view = View::Whole;
    }
    for (index, (goal, block)) in shown.project.goals.iter().zip(&derived.blocks).enumerate() {
        ui.push_id(goal.id, |ui| {
            ui.add_space(space::M);
            head(ui, shown, scene, goal, index);
            match state.view {
                View::Items if !block.pairs.is_empty() && shown.edition.goals.has_actual() => {
                    items::show(ui, shown, scene, goal, block);
                }
                _ => whole(ui, shown, scene, goal, block),
            }
            further(ui, shown, scene, goal);
            // Beneath the fields, which it would push down while they are typed into.
            lacking(ui, block);
        });
    }
}

/// The two views, the way to clean texts, and the way to add a goal block where the edition has room for another.
fn head_of_page(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    view: &mut View,
    unclean: &[CellPath],
) {
    ui.horizontal(|ui| {
        ui.set_min_height(theme::HIT);
        ui.spacing_mut().item_spacing.x = space::XS;
        if shown.edition.goals.has_actual() {
            for (each, name, hover) in [
                (View::Whole, "整段", "整段填写预期目标和实际完成情况"),
                (View::Items, "分条", "按编号逐条对照，可以逐条修改"),
            ] {
                ui.selectable_value(view, each, name).on_hover_text(hover);
            }
        }
        if !shown.project.stage.is_editable() {
            return;
        }
        let most = shown.edition.goals.most_blocks as usize;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if shown.project.goals.len() < most && button::plain(ui, "添加目标").clicked() {
                add(shown, scene);
            }
            if !unclean.is_empty() {
                offer_cleanup(ui, shown, scene, unclean);
            }
        });
    });
}

/// Offers to take out what a web form left in the texts. It stands in the line of the views, which is always there: the
/// fields beneath do not move when it comes or goes.
fn offer_cleanup(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, cells: &[CellPath]) {
    let palette = Palette::of(ui);
    if button::quiet(ui, "清理格式…").clicked() {
        let dialog = CleanupDialog::new(shown, cells);
        scene.send.send(Action::Ask(Box::new(dialog)));
    }
    let names: Vec<String> = cells
        .iter()
        .map(|at| format!("“{}”", caption_of(shown, at)))
        .collect();
    let text = format!(
        "{} {}中带有网页标记或多余的空格、空行",
        icons::BROOM,
        names.join("")
    );
    let words = RichText::new(&text).font(theme::text::small());
    ui.add(egui::Label::new(words.color(palette.hint)).truncate());
}

/// The caption of a goal cell, with its block's number where there are several.
fn caption_of(shown: &Shown, at: &CellPath) -> String {
    let words = at.in_words(&shown.project, &shown.edition);
    if shown.project.goals.len() > 1 {
        return words;
    }
    words
        .rsplit_once(" · ")
        .map_or(words.clone(), |(_, caption)| caption.to_owned())
}

/// Caption and weight, where the edition has them, and the way to remove the block.
fn head(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, goal: &Goal, index: usize) {
    let layout = &shown.edition.goals;
    let has_caption = layout.most_blocks > 1 || !goal.caption.is_empty();
    let has_weight = layout.weighted || !goal.weight.text().is_empty();
    if !has_caption && !has_weight {
        return;
    }
    let number = number_of(shown, index);
    ui.horizontal_top(|ui| {
        if has_caption {
            let at = shown.project.at(Place::Goal(goal.id, GoalField::Caption));
            let width = (ui.available_width() - 240.0).clamp(160.0, 480.0);
            Field::new(at, &format!("目标标题{number}"))
                .width(width)
                .show(ui, shown, scene);
        }
        if has_weight {
            let at = shown.project.at(Place::Goal(goal.id, GoalField::Weight));
            Field::new(at, &format!("目标分值{number}"))
                .width(120.0)
                .show(ui, shown, scene);
        }
        if shown.project.goals.len() > 1 && shown.project.stage.is_editable() {
            let name = format!("删除目标{number}");
            let bottom = egui::Layout::right_to_left(egui::Align::TOP);
            ui.with_layout(bottom, |ui| {
                if button::icon(ui, icons::TRASH, &name).clicked() {
                    let parts = Parts::Goals(vec![goal.id]);
                    let project = shown.project.id;
                    let said = format!("已{name}及其指标");
                    let command = EditCommand::Remove { project, parts };
                    scene.send.send(Action::EditAndSay(command, said));
                }
            });
        }
    });
    ui.add_space(space::S);
}

/// The number of a block where there are several.
fn number_of(shown: &Shown, index: usize) -> String {
    if shown.project.goals.len() > 1 {
        (index + 1).to_string()
    } else {
        String::new()
    }
}

/// The two texts with their layouts.
fn sides(shown: &Shown) -> [(GoalField, &FieldLayout); 2] {
    let goals = &shown.edition.goals;
    [
        (GoalField::Expected, &goals.expected),
        (GoalField::Actual, &goals.actual),
    ]
}

/// Both texts as they stand in the form.
fn whole(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, goal: &Goal, block: &Block) {
    let mut content = |ui: &mut Ui, side: usize| {
        let (field, layout) = &sides(shown)[side];
        let Some(side) = block.side(field) else {
            return;
        };
        caption(ui, shown, goal, field, layout, side);
        let at = shown.project.at(Place::Goal(goal.id, field.clone()));
        Field::new(at, &layout.caption)
            .uncaptioned()
            .lines(12)
            .hint(&layout.prompt)
            .show(ui, shown, scene);
    };
    if shown.edition.goals.has_actual() {
        both(ui, content);
    } else {
        content(ui, 0);
    }
}

/// Draws something for expected (0) and actual (1), side by side where there is room.
fn both(ui: &mut Ui, mut content: impl FnMut(&mut Ui, usize)) {
    if ui.available_width() < SIDE_BY_SIDE {
        for side in 0..2 {
            content(ui, side);
            ui.add_space(space::S);
        }
        return;
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.columns_const::<2, _>(|columns| {
            for (side, ui) in columns.iter_mut().enumerate() {
                ui.spacing_mut().item_spacing.x = space::S;
                content(ui, side);
            }
        });
    });
}

/// Caption with marks, and at the right how many characters the text has.
fn caption(
    ui: &mut Ui,
    shown: &Shown,
    goal: &Goal,
    field: &GoalField,
    layout: &FieldLayout,
    side: &Side,
) {
    let palette = Palette::of(ui);
    let place = Place::Goal(goal.id, field.clone());
    ui.horizontal(|ui| {
        ui.label(RichText::new(&layout.caption).font(theme::text::strong()));
        badge::findings(ui, shown, &place);
        note_mark::show(ui, shown, &place);
        ui.with_layout(
            egui::Layout::right_to_left(egui::Align::Center),
            |ui| match layout.limit {
                Some(limit) => field::count(ui, side.characters, limit as usize),
                None => {
                    let text = RichText::new(format!("{} 字", side.characters));
                    ui.label(text.font(theme::text::small()).color(palette.text_faint));
                }
            },
        );
    });
}

/// What one text says nothing of: "实际完成情况缺第三、四条".
fn lacking(ui: &mut Ui, block: &Block) {
    if block.lacking.is_empty() {
        return;
    }
    let palette = Palette::of(ui);
    egui::Frame::new()
        .fill(palette.warning_weak)
        .corner_radius(theme::RADIUS)
        .inner_margin(egui::Margin::symmetric(12, 6))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(icons::WARNING).color(palette.warning));
                let text = RichText::new(block.lacking.join("；"));
                ui.label(text.color(palette.warning));
            });
        });
}

/// Further goal cells of the edition.
fn further(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, goal: &Goal) {
    for layout in &shown.edition.goals.extra {
        ui.add_space(space::S);
        let place = Place::Goal(goal.id, GoalField::Text(layout.key.clone()));
        let lines = if layout.kind == FieldKind::Paragraph {
            4
        } else {
            1
        };
        Field::new(shown.project.at(place), &layout.caption)
            .lines(lines)
            .limit(layout.limit)
            .hint(&layout.prompt)
            .show(ui, shown, scene);
    }
}

/// Adds a goal block at the end and goes there.
fn add(shown: &Shown, scene: &mut Scene<'_>) {
    let count = shown.project.goals.len();
    let goal = Goal::blank(&shown.edition, count, &mut &**scene.environment);
    let first = shown.project.at(Place::Goal(goal.id, GoalField::Expected));
    scene.send.edit(EditCommand::Insert {
        project: shown.project.id,
        parts: NewParts::Goals(vec![goal]),
        index: count,
    });
    scene.send.send(Action::GoTo(first));
}
