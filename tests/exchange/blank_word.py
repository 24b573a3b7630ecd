"""Builds blank Word templates that are filled in by the tests: `python3 tests/exchange/blank_word.py FOLDER`.

The form is that of the annex of 2020 with two rows held open in each group. What it says is made up.
"""

import sys
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

GROUPS = [
    ("产出指标（50分）", ["数量指标", "质量指标", "时效指标", "成本指标"]),
    ("效益指标（30分）", ["社会效益指标", "可持续影响指标"]),
    ("满意度指标（10分）", ["服务对象满意度指标"]),
]
OPEN = ["指标1：", "……"]
PROMPT = (
    "<w:sdt %s><w:sdtPr><w:alias w:val='项目名称'/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r>"
    "<w:rPr><w:rStyle w:val='PlaceholderText'/><w:b/></w:rPr><w:t>单击此处输入项目名称</w:t></w:r></w:sdtContent></w:sdt>"
) % nsdecls("w")
TRACKED = (
    "<w:r %s><w:t>旧</w:t></w:r>",
    "<w:del %s w:id='7' w:author='财政局' w:date='2023-01-01T00:00:00Z'><w:r><w:delText>删去的</w:delText></w:r></w:del>",
    "<w:ins %s w:id='8' w:author='财政局' w:date='2023-01-01T00:00:00Z'><w:r><w:t>补入的</w:t></w:r></w:ins>",
)


def write(cell, text, bold=False):
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = cell.paragraphs[0].add_run(text)
    run.font.size = Pt(10)
    run.bold = bold


def template() -> Document:
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.header.paragraphs[0].text = "临江市财政局"
    section.footer.paragraphs[0].text = "绩效自评（内部）"
    document.add_heading("项目支出绩效自评表", 0)
    document.add_paragraph("（    年度）")
    unit = document.add_paragraph()
    unit.add_run("金额单位：").bold = True
    unit.add_run("万元")
    rows = 1 + 1 + 5 + 2 + 1 + 2 * sum(len(groups) for _, groups in GROUPS) + 1
    table = document.add_table(rows, 9, style="Table Grid")
    row = iter(table.rows)

    def line(*texts):
        cells = next(row).cells
        for at, text in texts:
            write(cells[at], text, bold=True)
        return cells

    def merged(cells, first, last):
        return cells[first].merge(cells[last])

    cells = line((0, "项目名称"))
    merged(cells, 1, 8)
    cells[1].paragraphs[0]._p.append(parse_xml(PROMPT))
    cells = line((0, "主管部门"), (5, "实施单位"))
    merged(cells, 1, 4)
    merged(cells, 6, 8)
    for piece in TRACKED:
        cells[1].paragraphs[0]._p.append(parse_xml(piece % nsdecls("w")))
    head = line((0, "项目资金（万元）"), (3, "年初预算数"), (4, "全年预算数"), (5, "全年执行数"), (6, "分值"), (7, "执行率"), (8, "得分"))
    merged(head, 1, 2)
    side = head[0]
    for name in ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"]:
        cells = line((1, name))
        merged(cells, 1, 2)
        side = side.merge(cells[0])
    write(table.rows[3].cells[6], "10")
    for at in [4, 5, 6]:
        for column in [6, 8]:
            write(table.rows[at].cells[column], "—")
    head = line((0, "年度总体目标"), (1, "预期目标"), (5, "实际完成情况"))
    merged(head, 1, 4)
    merged(head, 5, 8)
    cells = next(row).cells
    merged(cells, 1, 4)
    merged(cells, 5, 8)
    head[0].merge(cells[0])
    head = line(*enumerate(["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]))
    side = head[0]
    for section_name, groups in GROUPS:
        level1 = None
        for group in groups:
            level2 = None
            for text in OPEN:
                cells = line((3, text))
                side = side.merge(cells[0])
                level1 = cells[1] if level1 is None else level1.merge(cells[1])
                level2 = cells[2] if level2 is None else level2.merge(cells[2])
            write(level2, group)
        write(level1, section_name)
    cells = line((0, "总分"))
    merged(cells, 0, 5)
    for paragraph in [paragraph for cell in table._cells for paragraph in cell.paragraphs[1:]]:
        if not paragraph.text and paragraph._p.getparent() is not None and len(paragraph._p.getparent().findall(qn("w:p"))) > 1:
            paragraph._p.getparent().remove(paragraph._p)
    document.add_paragraph("注：本表由项目单位填写。")
    return document


def protected() -> Document:
    document = template()
    mark = OxmlElement("w:documentProtection")
    mark.set(qn("w:edit"), "forms")
    mark.set(qn("w:enforcement"), "1")
    document.settings.element.insert(0, mark)
    return document


def main(folder: Path) -> None:
    template().save(folder / "blank.docx")
    protected().save(folder / "protected.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
