//! 公开版: the forms of several projects as one file for the public, with a list of contents before them.

use jiff::civil::DateTime;

use super::{
    booklet::{Booklet, Part},
    contents::{self, Column},
    table::{FormSheet, Style},
};
use crate::model::{
    edition::Edition,
    project::{Project, header},
};

const COLUMNS: [Column; 4] = [
    ("序号", 6, Style::Figure),
    ("项目名称", 44, Style::Text),
    ("实施单位", 34, Style::Text),
    ("自评总分", 12, Style::Figure),
];

/// The forms, which are to hold nothing any more that the public is not to see. With several there is a list of contents.
pub fn booklet(forms: &[(&Project, &Edition)], time: DateTime) -> Booklet {
    let sheets = forms
        .iter()
        .map(|(project, edition)| FormSheet::new(project, edition));
    let mut booklet = Booklet::official(sheets, time);
    if forms.len() > 1 {
        let line = format!("共 {} 个项目", forms.len());
        let rows = (1..).zip(forms).map(|(number, (project, _))| {
            let number: usize = number;
            vec![
                number.to_string(),
                project.name().to_owned(),
                project.header(header::UNIT).to_owned(),
                project.stated.total_score.text().to_owned(),
            ]
        });
        let contents = contents::sheet(line, &COLUMNS, rows);
        // Pages are counted through the file, as the list tells them.
        booklet
            .parts
            .iter_mut()
            .for_each(|part| part.restarts = false);
        booklet.parts.insert(0, Part::alone(contents));
        let firsts: Vec<usize> = (1..=forms.len()).collect();
        booklet
            .references
            .extend(contents::references(&firsts, COLUMNS.len()));
    }
    booklet
}
