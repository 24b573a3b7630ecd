"""Makes the workbook that form.xls was converted from: a small form with what old workbooks are read for.

    python3 make.py form.xlsx
    soffice --headless --convert-to xls form.xlsx

Number formats, merged cells, a formula with a text, one with a number, an error, a truth value, a long cell, a hidden sheet
with a text far down, dates. The workbook in between is not kept.
"""

import datetime
import sys

from openpyxl import Workbook

book = Workbook()
sheet = book.active
sheet.title = "自评表"
sheet["A1"] = "项目支出绩效自评表"
sheet.merge_cells("A1:H1")
sheet["A2"] = "项目名称"
sheet["B2"] = "老旧管网改造"
sheet.merge_cells("B2:H2")
rows = [
    ("指标", "年度值", "实际值", "完成率", "分值", "得分", "日期", "备注"),
    ("改造长度", 12.5, 12.5, 1, 20, 20, datetime.date(2024, 6, 30), "按期"),
    ("投诉率", 0.05, 0.032, 0.985, 10, 10, datetime.date(2024, 12, 31), None),
    ("全年预算数", 1234567.8, 1000000, 0.81, 10, 8.1, None, None),
]
for at, row in enumerate(rows, 3):
    for column, value in enumerate(row, 1):
        sheet.cell(at, column, value)
for at in (4, 5, 6):
    sheet.cell(at, 4).number_format = "0.0%"
for column in (2, 3):
    sheet.cell(5, column).number_format = "0.00%"
    sheet.cell(6, column).number_format = "#,##0.00"
sheet["G4"].number_format = "yyyy-mm-dd"
sheet["G5"].number_format = 'yyyy"年"m"月"d"日"'
sheet["A7"] = "合计"
sheet["F7"] = "=SUM(F4:F6)"
sheet["G7"] = '=IF(F7>30,"优","良")'
sheet["H7"] = "=1/0"
sheet["A8"] = True
sheet["B8"] = "说明：" + "资金下达晚于计划，" * 1500
sheet.merge_cells("B8:H9")
sheet["A10"] = "联系电话"
sheet["B10"] = "010-00000000"
sheet["C10"] = -7
sheet["D10"] = 1e15
sheet["E10"] = 0.1 + 0.2
hidden = book.create_sheet("数据字典")
hidden.sheet_state = "hidden"
hidden["A1"] = "编码"
hidden["IV60000"] = "远处"
second = book.create_sheet("第二张")
second["C3"] = "仅此一格"
book.save(sys.argv[1])
