//! The bytes of each kind of file.

use std::path::Path;

use super::{
    item::{Item, booklet},
    notices::{self, Notices},
    order::{Output, told},
    run::{Making, Run},
    what::What,
};
use crate::{
    exchange::{
        fill::{self, Filled},
        limits,
        system::{self, Filed},
        watch::Unwatched,
    },
    session::{one_line::one_line, print::Copy},
    sheet::{
        booklet::Booklet,
        office::{Behind, OfficeError},
        pages::Pages,
        pdf::Conformance,
        word::{self, document::Document},
        workbook::{self, WorkbookOptions},
    },
    store::error::reason,
    summary::{self, Subject, csv, flat, lines, overview::Overview, paper, report},
};

/// Pages are measured in points.
const POINTS_PER_INCH: f64 = 72.0;

impl Run<'_> {
    /// Makes the files of an output and writes them.
    ///
    /// # Errors
    ///
    /// Why not all of them were written, in words.
    pub(super) fn make(&self, output: &Output, making: &mut Making) -> Result<(), String> {
        let items = self.items(output);
        match &output.what {
            What::Pdf(copy) => {
                let pages = self.lay_out_forms(output, *copy, making)?;
                self.write_pdf(output, &pages, making)
            }
            What::Pictures(copy, scale) => {
                let pages = self.lay_out_forms(output, *copy, making)?;
                self.write_pictures(output, &pages, *scale, making)
            }
            What::Workbook { copy, formulas } => {
                let options = WorkbookOptions {
                    // Sums of the working paper are not those of the form.
                    formulas: *formulas && matches!(copy, Copy::Official | Copy::Review(..)),
                };
                let (booklet, behind) = self.forms(items, *copy);
                let bytes = workbook::workbook(&booklet, &behind, options);
                self.write_office(output, bytes, making)
            }
            What::Word(copy) => {
                let (booklet, behind) = self.forms(items, *copy);
                let document = word::form::document(&booklet, &behind);
                let bytes = document.and_then(|document| word::write(&document));
                self.write_office(output, bytes, making)
            }
            What::Fill(template) => self.fill(output, template, making),
            What::System(id) => self.write_system(output, id, making),
            What::Csv => self.write_tables(output, csv::csv, making),
            What::Lines => {
                let text = |table: &_| lines::lines(table).into_bytes();
                self.write_tables(output, text, making)
            }
            What::Summary => {
                let bytes = summary::workbook::workbook(&self.overview(items));
                self.write_office(output, bytes, making)
            }
            What::SummaryPdf => {
                let booklet = Booklet {
                    face: self.order.face,
                    ..paper::booklet(&self.overview(items))
                };
                let pages = self.lay_out(output, &booklet, making)?;
                self.write_pdf(output, &pages, making)
            }
            What::Report => {
                let time = self.order.now.datetime();
                let document = Document {
                    face: self.order.face,
                    ..report::report(&subjects(items), time)
                };
                self.write_office(output, word::write(&document), making)
            }
        }
    }

    fn items(&self, output: &Output) -> &[Item] {
        self.order.items.get(output.items.clone()).unwrap_or(&[])
    }
}

/// On paper.
impl Run<'_> {
    fn lay_out_forms(
        &self,
        output: &Output,
        copy: Copy,
        making: &mut Making,
    ) -> Result<Pages, String> {
        let items = self.items(output);
        let booklet = booklet(items, copy, self.order.face, self.order.now.datetime());
        self.lay_out(output, &booklet, making)
    }

    fn lay_out(
        &self,
        output: &Output,
        booklet: &Booklet,
        making: &mut Making,
    ) -> Result<Pages, String> {
        let pages = self.typesetter.lay_out(booklet);
        let pages = pages.map_err(|error| self.about(output, &format!("{error}。")))?;
        making.notices = Notices {
            lacks_face: (!pages.has_face).then_some(self.order.face),
            lacking: notices::lacking(&pages, booklet, self.items(output)),
            ..Notices::default()
        };
        if !pages.is_settled {
            let note = "页码和“（续）”可能印得不准，请核对后再用。";
            making.notices.notes.push(self.about(output, note));
        }
        Ok(pages)
    }

    fn write_pdf(&self, output: &Output, pages: &Pages, making: &mut Making) -> Result<(), String> {
        let bytes = pages.pdf(Conformance::Tagged);
        let bytes = bytes.map_err(|error| self.about(output, &format!("{error}。")))?;
        self.write_only(output, &bytes, format!("{} 页", pages.count()), making)
    }

    fn write_pictures(
        &self,
        output: &Output,
        pages: &Pages,
        scale: u16,
        making: &mut Making,
    ) -> Result<(), String> {
        let count = pages.count();
        (1..=count).try_for_each(|number| {
            self.write_picture(output, pages, number, scale, making)
                .map_err(|problem| match number {
                    last if last == count => problem,
                    first => format!("第 {first} 页至第 {count} 页没有写出。{problem}"),
                })
        })
    }

    /// Writes a page, counted from 1.
    fn write_picture(
        &self,
        output: &Output,
        pages: &Pages,
        number: usize,
        scale: u16,
        making: &mut Making,
    ) -> Result<(), String> {
        let scale = f64::from(scale) / POINTS_PER_INCH;
        let bytes = pages.png(number - 1, scale).ok_or_else(|| {
            let problem = "没有生成图片，表中内容没有改动。请换一个清晰度再试一次。";
            self.about(output, problem)
        })?;
        let names = output.names.first();
        let name = names.map(|name| name.of_page(number, pages.count()));
        let size = format!("第 {number} 页");
        self.write(output, &name.unwrap_or_default(), &bytes, size, making)
    }

    /// Writes the one file of an output.
    fn write_only(
        &self,
        output: &Output,
        bytes: &[u8],
        size: String,
        making: &mut Making,
    ) -> Result<(), String> {
        let name = output.names.first().map(|name| name.of_page(1, 1));
        self.write(output, &name.unwrap_or_default(), bytes, size, making)
    }
}

/// For office programs.
impl Run<'_> {
    fn forms<'i>(&self, items: &'i [Item], copy: Copy) -> (Booklet, Vec<Behind<'i>>) {
        let time = self.order.now.datetime();
        let behind = items.iter().map(|item| item.behind(copy)).collect();
        (booklet(items, copy, self.order.face, time), behind)
    }

    fn write_office(
        &self,
        output: &Output,
        bytes: Result<Vec<u8>, OfficeError>,
        making: &mut Making,
    ) -> Result<(), String> {
        let bytes = bytes.map_err(|error| self.about(output, &error.to_string()))?;
        let size = format!("{} 个项目", output.items.len());
        self.write_only(output, &bytes, size, making)
    }

    /// Fills the projects into the template.
    fn fill(&self, output: &Output, template: &Path, making: &mut Making) -> Result<(), String> {
        let bytes = self.template(template)?;
        let name = template.file_name().unwrap_or_default().to_string_lossy();
        let subjects: Vec<_> = self.items(output).iter().map(Item::filled).collect();
        let reader = self.environment.reader();
        let filled = fill::fill(&bytes, &name, &subjects, reader, &Unwatched);
        let filled = filled.map_err(|error| {
            let problem = one_line(&error.to_string());
            format!("{problem}原表：{}", told(template))
        })?;
        let Filled {
            bytes,
            written,
            inserted,
            unplaced,
            remarks,
            ..
        } = filled;
        making.notices.unplaced = unplaced;
        making.notices.notes.extend(remarks);
        let size = match inserted {
            0 => format!("填写 {written} 格"),
            rows => format!("填写 {written} 格，插入 {rows} 行"),
        };
        self.write_only(output, &bytes, size, making)
    }

    fn template(&self, path: &Path) -> Result<Vec<u8>, String> {
        let bytes = self.environment.fs().read(path, limits::FILE as u64);
        bytes.map_err(|error| {
            let problem = match error.kind() {
                std::io::ErrorKind::NotFound => "找不到原表".to_owned(),
                std::io::ErrorKind::FileTooLarge => {
                    let size = limits::FILE >> 20;
                    format!("原表超过 {size} MB")
                }
                _ => format!("原表读不出来（{}）", reason(&error)),
            };
            format!(
                "{problem}，没有填写，表中内容没有改动。请确认它还在原处、没有被其他程序占用后再试一次。原表：{}",
                told(path)
            )
        })
    }
}

/// For programs, and many projects at once.
impl Run<'_> {
    fn write_tables(
        &self,
        output: &Output,
        bytes: impl Fn(&summary::table::Table) -> Vec<u8>,
        making: &mut Making,
    ) -> Result<(), String> {
        let tables = flat::tables(&subjects(self.items(output)));
        for (table, name) in tables.iter().zip(&output.names) {
            let size = format!("{} 行", table.rows.len());
            self.write(output, &name.of_page(1, 1), &bytes(table), size, making)?;
        }
        Ok(())
    }

    fn write_system(&self, output: &Output, id: &str, making: &mut Making) -> Result<(), String> {
        let map = self.environment.systems().get(id).ok_or_else(|| {
            let problem = format!("没有编号为“{id}”的一体化字段表，没有生成文件。");
            self.about(output, &problem)
        })?;
        let filed: Vec<Filed> = self.items(output).iter().map(Item::filed).collect();
        let files = system::files(map, &filed);
        let files = files.map_err(|error| self.about(output, &error.to_string()))?;
        if !map.verified {
            let name = &map.name;
            let note = format!("“{name}”的栏目没有在系统中核对过，请先导入一份试试。");
            making.notices.notes.push(self.about(output, &note));
        }
        // A map is one workbook.
        for (_, bytes) in files.iter().take(1) {
            let size = format!("{} 个项目", filed.len());
            self.write_only(output, bytes, size, making)?;
        }
        Ok(())
    }

    fn overview(&self, items: &[Item]) -> Overview {
        let mut overview = Overview::of(&subjects(items), self.order.now.datetime());
        overview.remarks.extend(self.order.left_out.iter().cloned());
        overview
    }
}

fn subjects(items: &[Item]) -> Vec<Subject> {
    items.iter().filter_map(Item::subject).collect()
}
