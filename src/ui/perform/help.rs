//! Opening and closing help, at what the person is at; and the pointers of first use.

use crate::ui::{
    app::App,
    dialogs::help::HelpDialog,
    frame::{panels::Side, pointers::Pointers},
    help::{book::Address, context},
    widgets::focus::Holder,
};

impl App {
    /// Opens help at what the person is at, with the focus on its search; closes it where it is in sight.
    pub(super) fn toggle_help(&mut self, ctx: &egui::Context) {
        if self.is_helping() {
            return self.help(ctx, None);
        }
        let at = self.what_help_is_wanted_for(ctx);
        self.help_with_focus(ctx, at);
    }

    /// Opens help at a topic, with the focus on its search.
    pub(super) fn help_with_focus(&mut self, ctx: &egui::Context, at: Address) {
        self.help(ctx, Some(at));
        self.views.help.want_focus();
    }

    /// Opens help at a topic, or closes it; the page then has the focus that help had.
    pub(super) fn help(&mut self, ctx: &egui::Context, at: Option<Address>) {
        match at {
            Some(at) => {
                self.views.help.open(at);
                self.views.panels.call_guest();
            }
            None => {
                self.views.panels.dismiss_guest();
                if self.desk.is_some() && Holder::Help.had_focus(ctx) {
                    self.focus_page();
                }
            }
        }
    }

    /// Shows the findings, or hides them; where help stands in their place, it makes room for them.
    pub(super) fn toggle_findings(&mut self, ctx: &egui::Context) {
        let was_helping = self.is_helping();
        self.help(ctx, None);
        if was_helping {
            self.views.panels.open(Side::Right, &mut self.settings);
        } else {
            self.views.panels.toggle(Side::Right, &mut self.settings);
        }
    }

    /// F1 in a dialog: help about it, in front of it.
    pub(in crate::ui) fn help_in_dialog(&mut self, ctx: &egui::Context) {
        let topic = self.dialogs.last().and_then(|dialog| dialog.help());
        let Some(topic) = topic else { return };
        let is_asked =
            ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::F1));
        if is_asked {
            let dialog = HelpDialog::new(Address::topic(topic));
            self.dialogs.push(Box::new(dialog));
        }
    }

    /// Shows the pointers beside the sample, unless they were seen before.
    pub(in crate::ui) fn begin_pointers(&mut self) {
        if !self.settings.pointers_seen {
            self.views.pointers = Pointers::begin();
        }
    }

    pub(super) fn end_pointers(&mut self) {
        self.views.pointers = Pointers::default();
        self.settings.pointers_seen = true;
    }

    fn is_helping(&self) -> bool {
        let panels = &self.views.panels;
        panels.has_guest() && panels.is_in_sight(Side::Right)
    }

    fn what_help_is_wanted_for(&self, ctx: &egui::Context) -> Address {
        if self.desk.is_none() {
            return Address::topic("start");
        }
        let rule = self.views.sidebar.rule_in_focus();
        match rule.filter(|_| Holder::Findings.had_focus(ctx)) {
            Some(code) => Address::topic(code),
            None if self.views.projects.has_focus() => Address::topic("projects"),
            None => context::here(&self.position),
        }
    }
}
