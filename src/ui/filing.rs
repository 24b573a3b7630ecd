//! What is filed beside the form's cells: notes, approved values and their adjustments; and the list of steps.

use super::{
    app::App,
    dialogs::{
        Dialog, adjustment::AdjustmentDialog, approve::ApproveDialog, budget::BudgetDialog,
        deviation::DeviationDialog, explanation::ExplanationDialog, history::HistoryDialog,
        missing::MissingDialog, note::NoteDialog, splits::SplitsDialog,
    },
    scene::Shown,
};
use crate::model::{
    path::{BlockField, CellPath, IndicatorField, Place},
    working_paper::{PaperCell, PaperField, PaperSubject},
};

impl App {
    pub(super) fn shown(&self) -> Option<Shown> {
        Shown::of(self.desk.as_ref()?, &self.position)
    }

    /// Asks for a note at the selected cell.
    pub(super) fn ask_for_note(&mut self) {
        if let Some(shown) = self.shown() {
            let cell = self.position.cell.as_ref().and_then(noted_at);
            let dialog = NoteDialog::new(&shown, cell.as_ref());
            self.ask_with_name(Box::new(dialog));
        }
    }

    /// Asks for an adjustment of the selected row.
    pub(super) fn ask_for_adjustment(&mut self) {
        let today = self.environment.today().to_string();
        let Some(shown) = self.shown() else { return };
        if let Some(dialog) = AdjustmentDialog::new(&shown, &self.position, today) {
            self.dialogs.push(Box::new(dialog));
        }
    }

    /// Shows what is on record of adjustments of the budget.
    pub(super) fn show_budget_adjustments(&mut self) {
        let today = self.environment.today().to_string();
        let Some(shown) = self.shown() else { return };
        let dialog = BudgetDialog::new(&shown.project, today);
        self.dialogs.push(Box::new(dialog));
    }

    /// Shows the approved indicators that the form lacks.
    pub(super) fn show_missing_indicators(&mut self) {
        let today = self.environment.today().to_string();
        let Some(shown) = self.shown() else { return };
        if !shown.project.removed.is_empty() {
            let dialog = MissingDialog::new(&shown.project, today);
            self.dialogs.push(Box::new(dialog));
        }
    }

    /// Says what recording approved values means, and asks.
    pub(super) fn ask_to_approve(&mut self) {
        if let Some(shown) = self.shown() {
            let dialog = ApproveDialog::new(&shown.project);
            self.dialogs.push(Box::new(dialog));
        }
    }

    /// Explains the number at the selected cell.
    pub(super) fn explain_score(&mut self) {
        let dialog = self.at_cell(ExplanationDialog::new);
        self.ask_or_say(dialog, "这一格没有计算的数");
    }

    /// Shows how the points of the selected group can be divided.
    pub(super) fn show_splits(&mut self) {
        let dialog = self.at_cell(SplitsDialog::new);
        self.ask_or_say(
            dialog,
            "请选中合并计分的一组：组的分值或得分写在合并的一格里",
        );
    }

    /// Writes an explanation of what deviates at the selected cell.
    pub(super) fn write_deviation(&mut self) {
        let today = self.environment.today();
        let dialog = self.at_cell(|shown, place| DeviationDialog::new(shown, place, today));
        self.ask_or_say(dialog, "这一格没有可以说明的偏差");
    }

    /// What is made of the selected cell of the shown project.
    fn at_cell<D>(&self, make: impl FnOnce(&Shown, &Place) -> Option<D>) -> Option<D> {
        let shown = self.shown()?;
        let cell = self.position.cell.as_ref()?;
        make(&shown, &cell.place)
    }

    fn ask_or_say<D: Dialog + 'static>(&mut self, dialog: Option<D>, otherwise: &str) {
        match dialog {
            Some(dialog) => self.dialogs.push(Box::new(dialog)),
            None => self.views.toasts.say(otherwise.to_owned()),
        }
    }

    /// Shows the steps.
    pub(super) fn show_history(&mut self) {
        self.dialogs.push(Box::new(HistoryDialog::default()));
    }
}

/// The field that a note at a cell is about: of the working paper, which has a column for remarks, what the line is about.
fn noted_at(cell: &CellPath) -> Option<CellPath> {
    let Place::Paper(paper) = cell.place else {
        return Some(cell.clone());
    };
    let PaperCell::Line(subject, field) = paper else {
        return None;
    };
    let place = match subject {
        PaperSubject::Execution => return None,
        PaperSubject::Group(id) => Place::Group(id, BlockField::Score),
        PaperSubject::Indicator(id) => {
            let field = match field {
                PaperField::Actual => IndicatorField::Actual,
                PaperField::Score => IndicatorField::Score,
                PaperField::Note => IndicatorField::Name,
            };
            Place::Indicator(id, field)
        }
    };
    Some(CellPath {
        project: cell.project,
        place,
    })
}
