//! Lists for others as files: made in the background, then asked where to.

use std::sync::Arc;

use super::{
    app::{App, JobKind, JobResult},
    files::{Export, Purpose},
};
use crate::{
    session::{
        jobs::Wanted,
        listing::{ListForm, made},
    },
    sharing::listing::Listing,
    sheet::layout::Typesetter,
};

/// A list that was made: its title, as what, and its bytes or why there are none.
pub struct Made {
    title: &'static str,
    form: ListForm,
    bytes: Result<Vec<u8>, String>,
}

impl App {
    /// Makes a list as a file, and asks where to put it.
    pub(super) fn make_list(&mut self, listing: Listing, form: ListForm) {
        let typesetter = Arc::clone(&self.typesetter);
        let time = self.environment.now().datetime();
        let face = self.settings.face.into();
        self.start(JobKind::Listing, "list", Wanted::Always, move || {
            let typesetter = || typesetter.get_or_init(Typesetter::new);
            JobResult::Listed(Made {
                title: listing.title,
                form,
                bytes: made(&listing, form, time, face, typesetter),
            })
        });
    }

    /// Asks where a list that was made is to go.
    pub(super) fn list_made(&mut self, made: Made) {
        let bytes = match made.bytes {
            Ok(bytes) => bytes,
            Err(problem) => return self.tell("没有导出", problem),
        };
        let filter: (&str, &[&str]) = match made.form {
            ListForm::Workbook => ("Excel 文件", &["xlsx"]),
            ListForm::Word => ("Word 文档", &["docx"]),
            ListForm::Pdf => ("PDF 文件", &["pdf"]),
        };
        let export = Export {
            bytes: Arc::from(bytes),
            title: "导出列表",
            filter,
        };
        let name = format!("{}.{}", made.title, made.form.ending());
        self.ask_where(Purpose::Export(export), &name);
    }
}
