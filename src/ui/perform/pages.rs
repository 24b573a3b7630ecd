//! Showing a page, with the focus where its filling in begins; and going from pane to pane.

use crate::{
    model::{
        edition::FieldKind,
        monitoring,
        path::{CellPath, GoalField, Place},
        working_paper::PaperCell,
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
    /// Shows a page with the focus on the cell where the person was, or its first field, so that keys alone suffice to fill it in. The page that is shown takes
    /// the focus back from whatever stands beside it.
    pub(in crate::ui) fn show_page(&mut self, ctx: &egui::Context, page: Page) {
        let is_beside = self.views.projects.has_focus() || is_at_right(ctx);
        if self.position.page == page
            && !is_beside
            && ctx.memory(|memory| memory.focused().is_some())
        {
            return;
        }
        self.position.page = page;
        self.focus_page();
    }

    /// Goes from the projects to the page, from there to the findings or the help, and round: keys alone leave the grid, which takes Tab.
    pub(super) fn go_to_next_pane(&mut self, ctx: &egui::Context) {
        let panels = &self.views.panels;
        let has_projects = panels.is_in_sight(Side::Left);
        let has_right = panels.is_in_sight(Side::Right);
        let is_at_projects = self.views.projects.has_focus();
        if !is_at_projects && !is_at_right(ctx) && has_right {
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
    pub(in crate::ui) fn focus_page(&mut self) {
        let page = self.position.page;
        let pages = &mut self.views.pages;
        match page {
            Page::Indicators => return self.views.grid.want_focus(),
            Page::Charts => return pages.charts.want_focus(),
            Page::Preview => return pages.preview.want_focus(),
            Page::Notes => return pages.notes.want_focus(),
            Page::Basics | Page::Funds | Page::Goals | Page::WorkingPaper | Page::Monitoring => {}
        }
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

fn is_at_right(ctx: &egui::Context) -> bool {
    Holder::Findings.had_focus(ctx) || Holder::Help.had_focus(ctx)
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
        Page::WorkingPaper => Place::Paper(PaperCell::Reviewer),
        Page::Monitoring => Place::Header(monitoring::key::UNTIL.to_owned()),
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
