//! What is filed beside the form's cells: notes, approved values and their adjustments; and the list of steps.

use super::{
    app::App,
    dialogs::{
        adjustment::AdjustmentDialog, approve::ApproveDialog, history::HistoryDialog,
        note::NoteDialog,
    },
    scene::Shown,
};

impl App {
    pub(super) fn shown(&self) -> Option<Shown> {
        Shown::of(self.desk.as_ref()?, &self.position)
    }

    /// Asks for a note at the selected cell.
    pub(super) fn ask_for_note(&mut self) {
        if let Some(shown) = self.shown() {
            let cell = self.position.cell.as_ref();
            let dialog = NoteDialog::new(&shown, cell);
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

    /// Says what recording approved values means, and asks.
    pub(super) fn ask_to_approve(&mut self) {
        if let Some(shown) = self.shown() {
            let dialog = ApproveDialog::new(&shown.project);
            self.dialogs.push(Box::new(dialog));
        }
    }

    /// Shows the steps.
    pub(super) fn show_history(&mut self) {
        self.dialogs.push(Box::new(HistoryDialog::default()));
    }
}
