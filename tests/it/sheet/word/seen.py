# Prints as JSON what python-docx sees of the documents named on the command line.
import json, sys, zipfile
from xml.etree import ElementTree

import docx
from docx.oxml.ns import qn

def table(found):
    edges = [0]
    for column in found._tbl.tblGrid.findall(qn("w:gridCol")):
        edges.append(edges[-1] + int(column.get(qn("w:w"))))
    cells = {}
    kept = []
    heads = 0
    for y, row in enumerate(found.rows):
        properties = row._tr.trPr
        has = lambda name: properties is not None and properties.find(qn(name)) is not None
        heads += has("w:tblHeader")
        assert len(row.cells) == len(edges) - 1, "every row fills the table"
        paragraphs = row._tr.findall(".//" + qn("w:p"))
        keeps = lambda p: p.pPr is not None and p.pPr.find(qn("w:keepNext")) is not None
        kept.append((has("w:cantSplit"), all(keeps(p) for p in paragraphs)))
        for x, cell in enumerate(row.cells):
            place = cells.setdefault(cell._tc, [x, x, y, y, cell.text])
            place[0], place[1] = min(place[0], x), max(place[1], x)
            place[3] = max(place[3], y)
    whole = edges[-1]
    thousandth = lambda edge: round(edges[edge] * 1000 / whole)
    ruled = found._tbl.tblPr.find(qn("w:tblBorders")) is not None
    return {
        "width": whole,
        "ruled": ruled,
        "header_rows": heads,
        "cells": [
            (thousandth(left), thousandth(right + 1), top, bottom - top + 1, text)
            for left, right, top, bottom, text in cells.values()
        ],
        "kept": kept,
    }

def comments(path):
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            ElementTree.fromstring(package.read(name))  # every part is well-formed
        if "word/comments.xml" not in package.namelist():
            return []
        root = ElementTree.fromstring(package.read("word/comments.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    def text(comment):
        return "".join("\n" if e.tag == w + "br" else e.text or "" for e in comment.iter() if e.tag in (w + "t", w + "br"))
    return [(one.get(w + "author"), text(one)) for one in root]

def seen(path):
    found = docx.Document(path)
    body = found.element.body
    instructions = body.findall(".//" + qn("w:instrText"))
    for section in found.sections:
        instructions += section.footer._element.findall(".//" + qn("w:instrText"))
    commented = []
    for reference in body.findall(".//" + qn("w:commentReference")):
        paragraph = reference.getparent().getparent()
        text = "".join(t.text or "" for t in paragraph.findall(".//" + qn("w:t")))
        commented.append((int(reference.get(qn("w:id"))), text))
    properties = found.core_properties
    return {
        "title": properties.title,
        "author": properties.author,
        "created": properties.created.isoformat(),
        "sections": [
            (
                str(one.orientation).split(" ")[0],
                one.page_width.twips,
                one.page_height.twips,
                one.page_width.twips - one.left_margin.twips - one.right_margin.twips,
                one._sectPr.find(qn("w:pgNumType")) is not None,
            )
            for one in found.sections
        ],
        "paragraphs": [(p.style.name, p.text) for p in found.paragraphs if p.text],
        "tables": [table(one) for one in found.tables],
        "comments": comments(path),
        "fields": [one.text.strip() for one in instructions],
        "commented": commented,
    }

print(json.dumps([seen(path) for path in sys.argv[1:]], ensure_ascii=False))
