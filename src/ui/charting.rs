//! Charts as files: drawn in the background, then asked where to.

use std::sync::Arc;

use super::{
    app::{App, JobKind, JobResult},
    files::{Export, Purpose},
};
use crate::{
    session::{jobs::Wanted, print::files::plain_name},
    sheet::{
        chart::{Chart, clipped},
        layout::{LayoutError, Typesetter},
    },
};

/// Pixels for each point: sharp in a document printed on paper.
const SCALE: f64 = 3.0;
/// So many characters of a project's name stand in the name of a file.
const NAME_LENGTH: usize = 30;

/// What a chart is saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartFile {
    /// A picture.
    Png,
    /// A drawing.
    Svg,
}

impl App {
    /// Saves a chart as a file; where to is asked once it is drawn.
    pub(super) fn save_chart(&mut self, chart: &Chart, file: ChartFile) {
        let name = file_name(chart, file);
        match file {
            ChartFile::Svg => self.ask_where_for(&name, drawing(chart)),
            ChartFile::Png => {
                let typesetter = Arc::clone(&self.typesetter);
                let chart = chart.clone();
                self.start(JobKind::Chart, "chart", Wanted::Always, move || {
                    let typesetter = typesetter.get_or_init(Typesetter::new);
                    JobResult::Chart(name, chart.png(typesetter, SCALE))
                });
            }
        }
    }

    /// Asks where a chart that was drawn is to go.
    pub(super) fn chart_drawn(&mut self, name: &str, png: Result<Vec<u8>, LayoutError>) {
        match png {
            Ok(bytes) => self.ask_where_for(name, picture(bytes)),
            Err(error) => self.tell("没有生成图片", error.to_string()),
        }
    }

    fn ask_where_for(&mut self, name: &str, export: Export) {
        self.ask_where(Purpose::Export(export), name);
    }
}

fn drawing(chart: &Chart) -> Export {
    Export {
        bytes: Arc::from(chart.svg().into_bytes()),
        title: "保存图表",
        filter: ("矢量图（SVG）", &["svg"]),
    }
}

fn picture(bytes: Vec<u8>) -> Export {
    Export {
        bytes: Arc::from(bytes),
        title: "保存图表",
        filter: ("图片（PNG）", &["png"]),
    }
}

/// "各来源预算与执行-道路养护.png"
fn file_name(chart: &Chart, file: ChartFile) -> String {
    let extension = match file {
        ChartFile::Png => "png",
        ChartFile::Svg => "svg",
    };
    let whose = plain_name(&clipped(&chart.whose, NAME_LENGTH));
    match whose.as_str() {
        "" => format!("{}.{extension}", chart.title),
        whose => format!("{}-{whose}.{extension}", chart.title),
    }
}
