"""Builds templates of workbooks that are filled in by the tests: `python3 tests/exchange/templates.py FOLDER`.

All hold the same form in a sheet 自评表, each with something of its own around it. What they say is made up.
"""

import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table

ROWS = [
    ["项目支出绩效自评表"],
    ["项目名称", "（请填写）"],
    ["资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分", "备注"],
    ["年度资金总额", None, None, None, 10, None, None],
    ["其中：当年财政拨款"],
    ["其他资金"],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    ["产出指标", "数量指标", "指标1：", 10, None, 20, None],
    [None, None, "指标2：", 20, None, 20, None],
    [None, "质量指标", "指标1：", 30, None, 10, None],
    ["总分", None, None, None, None, 60, None],
    ["填表人：", None, None, "联系电话："],
]
MERGES = ["A1:H1", "B2:H2", "A8:A10", "B8:B9", "A11:E11", "A12:C12", "D12:H12"]
THIN = Side(style="thin")


def form() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "自评表"
    for row in ROWS:
        sheet.append(row)
    for row in sheet.iter_rows(min_row=1, max_row=12, max_col=8):
        for cell in row:
            cell.font = Font(name="仿宋", size=11)
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
            cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
    sheet["A1"].font = Font(name="黑体", size=18)
    for name in ["B4", "C4", "D4", "B5", "C5", "D5", "B6", "C6", "D6"]:
        sheet[name].number_format = "#,##0.00"
    sheet["F4"].number_format = "0.00%"
    for area in MERGES:
        sheet.merge_cells(area)
    for column, width in zip("ABCDEFGH", [18, 14, 22, 12, 12, 10, 10, 30]):
        sheet.column_dimensions[column].width = width
    for row, height in [(1, 36), (3, 24), (8, 30), (9, 45), (10, 33)]:
        sheet.row_dimensions[row].height = height
    sheet["C9"].fill = PatternFill("solid", fgColor="FFF2CC")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = 0.4
    sheet.oddFooter.center.text = "第 &P 页"
    return book


def with_formulas(book: Workbook) -> Workbook:
    sheet = book["自评表"]
    for column in "BCD":
        sheet[f"{column}4"] = f"=SUM({column}5:{column}6)"
    sheet["F4"] = "=IF(C4=0,0,D4/C4)"
    sheet["G4"] = "=ROUND(MIN(F4,1)*E4,2)"
    for row in [8, 9, 10]:
        sheet[f"G{row}"] = f"=IF(E{row}>=D{row},F{row},ROUND(F{row}*E{row}/D{row},2))"
    sheet["F11"] = "=SUM(F8:F10)+E4"
    sheet["G11"] = "=SUM(G8:G10)+$G$4"
    return book


def protected() -> Workbook:
    book = with_formulas(form())
    sheet = book["自评表"]
    for name in ["B2", "B5", "C5", "D5", "E8", "E9", "E10"]:
        sheet[name].protection = Protection(locked=False)
    sheet.protection.sheet = True
    sheet.protection.password = "绩效"
    sheet.protection.formatCells = False
    return book


def with_hidden_sheets() -> Workbook:
    book = form()
    for title, state in [("口径", "hidden"), ("代码", "veryHidden"), ("空白", "visible")]:
        sheet = book.create_sheet(title, 0)
        sheet.sheet_state = state
        if state != "visible":
            sheet["A1"] = f"{title}说明"
            sheet["A2"] = "=自评表!F11*2"
    book.active = book.index(book["自评表"])
    return book


def with_things_around() -> Workbook:
    book = with_formulas(form())
    sheet = book["自评表"]
    choice = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
    choice.add("H8:H10")
    limits = DataValidation(type="decimal", operator="between", formula1="0", formula2="$F$11")
    limits.add("G8:G9")
    sheet.add_data_validation(choice)
    sheet.add_data_validation(limits)
    red = PatternFill("solid", bgColor="FFC7CE")
    sheet.conditional_formatting.add("G8:G10", CellIsRule(operator="lessThan", formula=["F8"], fill=red))
    sheet.conditional_formatting.add("A11:H11", FormulaRule(formula=["$G$11<$F$11*0.6"], fill=red))
    sheet["H8"].comment = Comment("未完成的，写明原因", "财政局")
    sheet["G11"].comment = Comment("自动计算", "财政局")
    sheet["D12"].hyperlink = "https://example.invalid/"
    sheet["A12"].hyperlink = Hyperlink(ref="A12", location="自评表!G11")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=7, min_row=8, max_row=10))
    sheet.add_chart(chart, "D14")
    sheet.row_breaks.append(Break(id=11))
    sheet.freeze_panes = "A4"
    sheet["A20"], sheet["B20"] = "名称", "数"
    sheet["A21"], sheet["B21"] = "甲", 1
    sheet.add_table(Table(displayName="附表", ref="A20:B21"))
    return book


def with_names() -> Workbook:
    book = with_formulas(form())
    sheet = book["自评表"]
    sheet.print_area = "A1:H12"
    sheet.print_title_rows = "1:3"
    book.defined_names.append(DefinedName("指标得分", attr_text="自评表!$G$8:$G$10"))
    book.defined_names.append(DefinedName("合计", attr_text="自评表!$G$11"))
    book.defined_names.append(DefinedName("及格", attr_text="60"))
    return book


def with_other_sheets() -> Workbook:
    book = with_formulas(form())
    total = book.create_sheet("汇总 '总'表")
    total["A1"] = "得分"
    total["B1"] = "=自评表!G11"
    total["B2"] = "=SUM('自评表'!G8:G10)"
    total["B3"] = "=B1-B2"
    total["B4"] = '="自评表!G11"&自评表!A11'
    note = book.create_sheet("附注")
    note["A1"] = "与上表无关"
    note["A2"] = "=A1"
    chart = BarChart()
    chart.add_data(Reference(book["自评表"], min_col=7, min_row=8, max_row=10))
    total.add_chart(chart, "D2")
    book["自评表"]["H4"] = "='汇总 ''总''表'!B1"
    return book


def for_the_old_format() -> Workbook:
    book = with_names()
    sheet = book["自评表"]
    # LibreOffice writes another font's name for one that it does not have.
    sheet["A1"].font = Font(name="Noto Sans CJK SC", size=18, bold=True, underline="single", color="FFC00000")
    sheet["A5"].alignment = Alignment(horizontal="left", indent=1)
    sheet["H3"].fill = PatternFill("solid", fgColor="00B050")
    sheet.row_dimensions[6].hidden = True
    hidden = book.create_sheet("口径")
    hidden["A1"] = "口径说明"
    hidden.sheet_state = "hidden"
    return book


TEMPLATES = {
    "plain": form,
    "formulas": lambda: with_formulas(form()),
    "protected": protected,
    "hidden": with_hidden_sheets,
    "around": with_things_around,
    "names": with_names,
    "sheets": with_other_sheets,
    "old": for_the_old_format,
}


def main(folder: Path) -> None:
    for name, made in TEMPLATES.items():
        made().save(folder / f"{name}.xlsx")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
