"""Pages become workbooks (openpyxl), documents (python-docx), CSV, and what soffice converts them to."""

from __future__ import annotations

import csv
import datetime
import io
import os
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties

from .page import Cell, Page

WRITTEN = datetime.datetime(2024, 1, 15, 9, 30)
# How files of the same content come out the same: soffice takes its dates from here.
EPOCH = str(int(datetime.datetime(2024, 1, 15, 9, 30, tzinfo=datetime.timezone.utc).timestamp()))


def workbook(path: Path, pages: list[Page]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        sheet.sheet_state = page.state
        thin = Side(style="thin")
        for cell in page.cells:
            at = sheet.cell(cell.row + 1, cell.column + 1)
            _store(at, cell)
            at.font = Font(name="宋体", size=16 if cell.bold and cell.outside else 10, bold=cell.bold)
            at.alignment = Alignment(horizontal=cell.align, vertical="center", wrap_text=True)
            last = (cell.row + cell.rows, cell.column + cell.columns)
            if not cell.outside:
                for row in range(cell.row, last[0]):
                    for column in range(cell.column, last[1]):
                        border = Border(left=thin, right=thin, top=thin, bottom=thin)
                        sheet.cell(row + 1, column + 1).border = border
            if cell.rows * cell.columns > 1:
                sheet.merge_cells(
                    start_row=cell.row + 1, start_column=cell.column + 1, end_row=last[0], end_column=last[1]
                )
        for column in range(page.width):
            sheet.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].width = 13
        for row, height in _heights(page).items():
            sheet.row_dimensions[row + 1].height = height
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    book.save(path)
    _settle(path)


def _heights(page: Page) -> dict[int, float]:
    """Rows as high as their texts need, at about six Chinese characters to a column and line."""
    height: dict[int, float] = {}
    for cell in sorted(page.cells, key=lambda cell: cell.rows):
        lines = sum(max(1, -(-len(line) // (6 * cell.columns))) for line in cell.text.split("\n"))
        rows = range(cell.row, cell.row + cell.rows)
        missing = lines * 14 + 4 - sum(height.get(row, 18) for row in rows)
        for row in rows:
            height[row] = height.get(row, 18) + max(0, missing) / cell.rows
    return height


def _store(at, cell: Cell) -> None:
    """Numbers, shares and dates as Excel keeps them: a value and a format that shows it as the text."""
    text = cell.text
    if not text:
        return
    if cell.typed:
        at.value, at.data_type = text, "s"
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        at.value, at.number_format = float(text.replace(",", "")), "#,##0" + _zeros(text)
    elif re.fullmatch(r"-?\d+(\.\d+)?", text) and len(text) < 16:
        at.value = float(text) if "." in text else int(text)
        at.number_format = "0" + _zeros(text) if text.endswith("0") and "." in text else "General"
    elif re.fullmatch(r"\d+(\.\d+)?%", text):
        # A share as the office computed it: more digits than are shown.
        places = len(_zeros(text.rstrip("%"))) - 1
        at.value = round(float(text.rstrip("%")) / 100, max(places, 0) + 2) + 0.000001
        at.number_format = "0" + _zeros(text.rstrip("%")) + "%"
    elif match := re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text):
        at.value = datetime.datetime(*map(int, match.groups()))
        at.number_format = 'yyyy"年"m"月"d"日"'
    else:
        at.value, at.data_type = text, "s"


def _zeros(text: str) -> str:
    decimals = text.partition(".")[2]
    return "." + "0" * len(decimals) if decimals else ""


def document(path: Path, pages: list[Page], portrait: bool = False, size: float = 9) -> None:
    """A document with a table for each page; what stands outside of it becomes paragraphs."""
    paper = docx.Document()
    section = paper.sections[0]
    if not portrait:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    else:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "宋体", Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    for number, page in enumerate(pages):
        if number:
            paper.add_page_break()
        _table_with_lines(paper, page)
    paper.core_properties.created = paper.core_properties.modified = WRITTEN
    paper.save(path)
    _settle(path)


def _table_with_lines(paper, page: Page) -> None:
    inner = [cell for cell in page.cells if not cell.outside]
    first = min((cell.row for cell in inner), default=0)
    last = max((cell.row + cell.rows for cell in inner), default=0)
    for cell in (cell for cell in page.cells if cell.outside and cell.row < first):
        _paragraph(paper, cell)
    table = paper.add_table(rows=last - first, cols=page.width)
    table.style = "Table Grid"
    places = [[table.cell(row, column) for column in range(page.width)] for row in range(last - first)]
    for cell in inner:
        at = places[cell.row - first][cell.column]
        if cell.rows * cell.columns > 1:
            at = at.merge(places[cell.row - first + cell.rows - 1][cell.column + cell.columns - 1])
        at.text = cell.text
        for paragraph in at.paragraphs:
            paragraph.paragraph_format.space_after = Pt(0)
            if cell.align == "center":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
    for cell in (cell for cell in page.cells if cell.outside and cell.row >= last):
        _paragraph(paper, cell)


def _paragraph(paper, cell: Cell) -> None:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(cell.text)
    run.bold = cell.bold
    if cell.bold:
        run.font.size = Pt(16)
    paragraph.paragraph_format.space_after = Pt(2)
    if cell.align != "left":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if cell.align == "center" else WD_ALIGN_PARAGRAPH.RIGHT


def comma_separated(path: Path, page: Page, encoding: str) -> None:
    height = max(cell.row + cell.rows for cell in page.cells)
    rows = [[""] * page.width for _ in range(height)]
    for cell in page.cells:
        rows[cell.row][cell.column] = cell.text
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))


def converted(path: Path, source: Path) -> None:
    """`source` saved by soffice as what `path` ends in."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                path.suffix[1:],
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "TZ": "UTC"},
        )
        path.write_bytes(Path(folder, source.stem + path.suffix).read_bytes())
    if path.suffix == ".ods":
        _settle(path)


def _settle(path: Path) -> None:
    """Packs a package anew with fixed dates, without thumbnails."""
    fixed = WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(path) as package:
        entries = [(entry, package.read(entry)) for entry in package.infolist()]
    with zipfile.ZipFile(path, "w") as package:
        for entry, data in entries:
            if entry.filename.startswith("Thumbnails/"):
                continue
            if entry.filename in ("docProps/core.xml", "meta.xml"):
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?", fixed, data)
            # Merged cells stand in any order: here from the last to the first, and not in one that changes with every run.
            merges = sorted(re.findall(rb"<mergeCell [^>]*/>", data), reverse=True)
            if merges:
                data = re.sub(rb"(<mergeCell [^>]*/>)+", lambda _: b"".join(merges), data)
            clean = zipfile.ZipInfo(entry.filename, WRITTEN.timetuple()[:6])
            plain = entry.filename == "mimetype"
            clean.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            package.writestr(clean, data)
