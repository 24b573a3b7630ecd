//! Charts of the workbook: Excel's own, drawn from the cells of the table beside them.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartLegendPosition, ChartType, ColNum, Color, RowNum, Worksheet,
    XlsxError,
};

use crate::{
    sheet::chart::hues::{PAPER, Rgb},
    summary::table::Table,
};

/// More rows than these are not drawn.
const MOST_DRAWN: usize = 20;
/// A chart beneath a table takes so many rows.
const ROWS: RowNum = 20;

/// No chart is wider, in pixels.
const WIDTH: u32 = 720;

/// What is drawn of a table.
struct Plan {
    title: &'static str,
    form: ChartType,
    /// The column of names.
    names: &'static str,
    /// The columns of values.
    values: &'static [&'static str],
    /// How values stand at the axis.
    code: &'static str,
    /// How they stand at their marks; empty where they do not.
    label: &'static str,
    /// What the axis measures.
    axis: &'static str,
    /// Whether it stands beneath the table and is printed with it, else at its right.
    is_beneath: bool,
}

fn plans(table: &Table) -> &'static [Plan] {
    match table.key {
        "ratings" => &[Plan {
            title: "等级分布",
            form: ChartType::Column,
            names: "rating",
            values: &["stated_count", "by_score_count"],
            code: "0",
            label: "0",
            axis: "项目数",
            is_beneath: true,
        }],
        "departments" => &[Plan {
            title: "各部门预算数和执行数",
            form: ChartType::Column,
            names: "department",
            values: &["budget_wan", "executed_wan"],
            code: "#,##0",
            label: "",
            axis: "万元",
            is_beneath: true,
        }],
        "section_totals" => &[Plan {
            title: "各一级指标得分率",
            form: ChartType::Column,
            names: "section",
            values: &["share"],
            code: "0%",
            label: "0.00%",
            axis: "得分率",
            is_beneath: true,
        }],
        "ranking" => &[
            Plan {
                title: "总分",
                form: ChartType::Bar,
                names: "project_name",
                values: &["score"],
                code: "0",
                label: "0.##",
                axis: "分",
                is_beneath: false,
            },
            Plan {
                title: "执行率",
                form: ChartType::Bar,
                names: "project_name",
                values: &["rate"],
                code: "0%",
                label: "0.00%",
                axis: "执行率",
                is_beneath: false,
            },
        ],
        _ => &[],
    }
}

/// How many rows the charts beneath a table take.
pub(super) fn rows_beneath(table: &Table) -> RowNum {
    let drawn = !table.rows.is_empty() && plans(table).iter().any(|plan| plan.is_beneath);
    if drawn { ROWS } else { 0 }
}

/// Draws what there is to draw of a table.
pub(super) fn insert(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    if table.rows.is_empty() {
        return Ok(());
    }
    let drawn = table.rows.len().min(MOST_DRAWN);
    for (plan, place) in plans(table).iter().zip(0..) {
        let chart = chart(plan, table, drawn);
        let beneath = table.rows.len() + usize::from(table.totals.is_some()) + 2;
        let (row, column) = if plan.is_beneath {
            (RowNum::try_from(beneath).unwrap_or_default(), 0)
        } else {
            let right = ColNum::try_from(table.columns.len() + 1).unwrap_or_default();
            (1 + place * (ROWS + 6), right)
        };
        sheet.insert_chart(row, column, &chart)?;
    }
    Ok(())
}

fn chart(plan: &Plan, table: &Table, drawn: usize) -> Chart {
    let mut chart = Chart::new(plan.form);
    let last = RowNum::try_from(drawn).unwrap_or(RowNum::MAX);
    let range = |key: &str| {
        let column = table.column(key).unwrap_or_default();
        let column = ColNum::try_from(column).unwrap_or_default();
        (table.name, 1, column, last, column)
    };
    for (key, hue) in plan.values.iter().zip(PAPER) {
        let caption = table
            .column(key)
            .map_or("", |column| &table.columns[column].caption);
        let series = chart.add_series();
        series
            .set_name(caption)
            .set_categories(range(plan.names))
            .set_values(range(key));
        series.set_format(
            rust_xlsxwriter::ChartFormat::new()
                .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(colour(hue))),
        );
        if !plan.label.is_empty() {
            let mut label = ChartDataLabel::new();
            series.set_data_label(label.show_value().set_num_format(plan.label));
        }
    }
    let title = match table.rows.len() > drawn {
        true => format!("{}（前 {drawn} 行）", plan.title),
        false => plan.title.to_owned(),
    };
    chart.title().set_name(&*title);
    chart
        .y_axis()
        .set_name(plan.axis)
        .set_num_format(plan.code)
        .set_min(0);
    match plan.values.len() {
        1 => chart.legend().set_hidden(),
        _ => chart.legend().set_position(ChartLegendPosition::Bottom),
    };
    if plan.form == ChartType::Bar {
        // The first row stands at the top.
        chart.x_axis().set_reverse();
    }
    let (widest, height) = if plan.is_beneath {
        (super::printed_width(table), 360)
    } else {
        (WIDTH, 440)
    };
    chart.set_width(widest.min(WIDTH)).set_height(height);
    chart
}

fn colour(Rgb(red, green, blue): Rgb) -> Color {
    Color::RGB(u32::from_be_bytes([0, red, green, blue]))
}
