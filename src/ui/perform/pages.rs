//! Showing a page, with the focus where its filling in begins; and going from pane to pane.

use crate::{
    model::{
        edition::FieldKind,
        path::{CellPath, GoalField, Place},
    },
    ui::{
        app::App,
        desk::Page,
        frame::{panels::Side, sidebar},
        scene::Shown,
        widgets::focus::Holder,
    },
};

impl App {
    /// Shows a page with the focus on its first field, so that keys alone suffice to fill it in.
    pub(super) fn show_page(&mut self, page: Page) {
        if self.position.page == page {
            return;
        }
        self.position.page = page;
        if page == Page::Charts {
            self.views.pages.charts.want_focus();
        }
        if page == Page::Preview {
            self.views.pages.preview.want_focus();
        }
        self.position.target = self.shown().and_then(|shown| first_field(&shown, page));
    }

    /// Goes from the projects to the page, from there to the findings or the help, and round: keys alone leave the grid, which takes Tab.
    pub(super) fn go_to_next_pane(&mut self, ctx: &egui::Context) {
        let panels = &self.views.panels;
        let has_projects = panels.is_in_sight(Side::Left);
        let has_right = panels.is_in_sight(Side::Right);
        let is_at_projects = self.views.projects.has_focus();
        let is_at_right = Holder::Findings.had_focus(ctx) || Holder::Help.had_focus(ctx);
        if !is_at_projects && !is_at_right && has_right {
            match panels.has_guest() {
                true => self.views.help.want_focus(),
                false => sidebar::focus(ctx),
            }
        } else if !is_at_projects && has_projects {
            self.views.projects.want_focus();
        } else {
            self.focus_page();
        }
    }

    /// Gives the page the focus: the cell where the person was, or the first field.
    pub(super) fn focus_page(&mut self) {
        if self.position.page == Page::Indicators {
            return self.views.grid.want_focus();
        }
        if self.position.page == Page::Charts {
            return self.views.pages.charts.want_focus();
        }
        if self.position.page == Page::Preview {
            return self.views.pages.preview.want_focus();
        }
        let page = self.position.page;
        let was = self.position.cell.clone();
        let was = was.filter(|at| Page::of(&at.place) == page);
        self.position.target =
            was.or_else(|| self.shown().and_then(|shown| first_field(&shown, page)));
    }

    /// Shows a new form, with the focus on what is to be filled in next.
    pub(in crate::ui) fn begin_form(&mut self) {
        // The facts of a project that was just added are not there yet.
        self.refresh();
        self.position.page = Page::Basics;
        self.position.target = self.shown().and_then(|shown| first_empty(&shown));
    }
}

/// The field of a page that is filled in first. The grid remembers its own.
fn first_field(shown: &Shown, page: Page) -> Option<CellPath> {
    let (project, edition) = (&shown.project, &shown.edition);
    let place = match page {
        Page::Basics => return typed_header(shown).next(),
        Page::Funds => {
            let row = project.funds.get(0)?;
            Place::Fund(row.id, edition.funds.columns.first()?.key.clone())
        }
        Page::Goals => Place::Goal(project.goals.get(0)?.id, GoalField::Expected),
        Page::Indicators | Page::Charts | Page::Preview | Page::Notes => return None,
    };
    Some(project.at(place))
}

fn first_empty(shown: &Shown) -> Option<CellPath> {
    let is_empty = |at: &CellPath| {
        let text = shown.project.cell_text(&at.place);
        text.unwrap_or_default().trim().is_empty()
    };
    typed_header(shown)
        .find(is_empty)
        .or_else(|| typed_header(shown).next())
}

/// The fields of the header that are typed into; choices are made by clicks.
fn typed_header(shown: &Shown) -> impl Iterator<Item = CellPath> {
    let fields = shown.edition.header.iter();
    fields
        .filter(|layout| !matches!(layout.kind, FieldKind::Choice | FieldKind::Choices))
        .map(|layout| shown.project.at(Place::Header(layout.key.clone())))
}
