//! A field with a caption of the edition's own, by its kind.

use std::sync::Arc;

use egui::{Checkbox, Ui};

use crate::{
    edit::{command::EditCommand, suggest},
    model::{
        edition::{FieldKind, FieldLayout},
        layout::chosen,
        path::Place,
    },
    ui::{
        scene::{Scene, Shown},
        theme::space,
        widgets::{
            badge, choice,
            field::{self, Field},
        },
    },
};

/// Shows the field at `place`.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, place: Place, layout: &FieldLayout) {
    match layout.kind {
        FieldKind::Choice => one_of(ui, shown, scene, place, layout),
        FieldKind::Choices => any_of(ui, shown, scene, place, layout),
        FieldKind::Paragraph => {
            Field::new(shown.project.at(place), &layout.caption)
                .lines(4)
                .limit(layout.limit)
                .hint(&layout.prompt)
                .show(ui, shown, scene);
        }
        _ => line(ui, shown, scene, place, layout),
    }
}

fn line(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, place: Place, layout: &FieldLayout) {
    let mut field = Field::new(shown.project.at(place.clone()), &layout.caption)
        .limit(layout.limit)
        .hint(&layout.prompt);
    let document = scene.desk.map(|desk| Arc::clone(desk.session.document()));
    if let (Place::Header(key), Some(document)) = (place, document) {
        let edition = Arc::clone(&shown.edition);
        field = field
            .proposals(move |typed| suggest::header_values(&document, Some(&edition), &key, typed));
    }
    field.show(ui, shown, scene);
}

fn caption(ui: &mut Ui, shown: &Shown, place: &Place, layout: &FieldLayout) -> egui::Id {
    field::caption(ui, &layout.caption, |ui| badge::findings(ui, shown, place))
}

fn one_of(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, place: Place, layout: &FieldLayout) {
    let current = shown.project.cell_text(&place).unwrap_or_default();
    ui.spacing_mut().item_spacing.y = space::XS;
    let caption = caption(ui, shown, &place, layout);
    let is_editable = shown.project.stage.is_editable();
    let options = layout.options.iter().map(|option| (option.as_str(), ""));
    let taken = ui
        .add_enabled_ui(is_editable, |ui| {
            choice::show(ui, &layout.caption, caption, &current, options)
        })
        .inner;
    if let Some(taken) = taken {
        scene.send.edit(EditCommand::SetCell {
            at: shown.project.at(place),
            text: layout.options[taken].clone(),
        });
    }
}

/// Several of the options, stored with "、" between them; what is none of them stays where it stands.
fn any_of(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, place: Place, layout: &FieldLayout) {
    let current = shown.project.cell_text(&place).unwrap_or_default();
    let chosen: Vec<&str> = chosen(&current).collect();
    ui.spacing_mut().item_spacing.y = space::XS;
    caption(ui, shown, &place, layout);
    let is_editable = shown.project.stage.is_editable();
    let mut changed = None;
    ui.horizontal_wrapped(|ui| {
        choice::beside_one_another(ui, |ui| {
            for option in &layout.options {
                let mut is_on = chosen.contains(&option.as_str());
                let checkbox = Checkbox::new(&mut is_on, option.as_str());
                if ui.add_enabled(is_editable, checkbox).changed() {
                    changed = Some((option.as_str(), is_on));
                }
            }
        });
    });
    let Some((option, is_on)) = changed else {
        return;
    };
    let mut text: Vec<&str> = chosen.into_iter().filter(|each| *each != option).collect();
    if is_on {
        text.push(option);
    }
    scene.send.edit(EditCommand::SetCell {
        at: shown.project.at(place),
        text: text.join("、"),
    });
}
