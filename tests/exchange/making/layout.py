"""The blocks of a form, put on a page."""

from __future__ import annotations

from dataclasses import dataclass

from .content import Form, Goal, Group, Row
from .page import Page

LEVELS = ("level1", "level2")


@dataclass
class Column:
    """A column of the indicator table: its heading, what stands in it, and how many columns of the page it covers."""

    heading: str
    role: str
    span: int = 1


def header(page: Page, *lines: list[tuple[str, str, int, int]]) -> None:
    """Lines of captions with values, each with the columns that both cover."""
    for line in lines:
        pieces = []
        for caption, value, own, its in line:
            pieces += [(caption, own), (value, its)]
        page.across(*pieces, align="left" if len(line) == 1 else "center")


def funds(page: Page, form: Form, side: str, name: tuple[str, int], columns: list[tuple[str, str, int]]) -> None:
    """The fund table; `name` is the heading above the captions of its rows, `columns` are heading, key, span."""
    first = page.row
    start = 1 if side else 0
    page.beside(start, name, *[(heading, span) for heading, _, span in columns])
    for caption, figures in form.funds:
        page.beside(start, (caption, name[1]), *[(figures.get(key, ""), span) for _, key, span in columns])
    if side:
        page.side(side, first)


def goals_beside(page: Page, goal: Goal, side: str, captions: tuple[str, str], half: int) -> None:
    """预期目标 and 实际完成情况 next to each other."""
    first = page.row
    page.beside(1, (captions[0], half), (captions[1], page.width - 1 - half))
    page.beside(1, (goal.expected, half), (goal.actual, page.width - 1 - half), align="left")
    page.side(side, first)


def indicators(
    page: Page,
    goal: Goal,
    columns: list[Column],
    side: str = "",
    levels: str = "merged",
    merged: tuple[str, ...] = (),
    headings: bool = True,
) -> None:
    """The indicator table. `levels`: level cells "merged" over their rows, "repeated" in each, or "blank" below the first.
    `merged` names roles whose cells cover a group ("weight", "score") or a section ("reason")."""
    first = page.row
    start = 1 if side else 0
    if headings:
        page.beside(start, *[(column.heading, column.span) for column in columns], bold=True)
    for section in goal.sections:
        top = page.row
        for group in section.groups:
            _group(page, group, columns, start, levels, merged)
        _levels(page, section.caption, "level1", columns, start, top, levels)
        if "section" in merged:
            for role, text in [("weight", section.weight), ("score", section.score)]:
                _block(page, role, text, columns, start, top)
        reason = dict(goal.reasons).get(section.caption)
        if "reason" in merged:
            _block(page, "reason", reason or "", columns, start, top)
    if side:
        page.side(side, first)


def _group(page: Page, group: Group, columns: list[Column], start: int, levels: str, merged: tuple[str, ...]) -> None:
    top = page.row
    for row in group.rows:
        at = start
        for column in columns:
            taken = column.role in LEVELS or column.role in merged
            if not taken and not (column.role in ("weight", "score") and "section" in merged):
                left = column.role in ("reason", "method")
                page.put(
                    page.row, at, text_of(row, column.role), columns=column.span, align="left" if left else "center"
                )
            at += column.span
        page.row += 1
    _levels(page, group.caption, "level2", columns, start, top, levels)
    for role, text in [("weight", group.weight), ("score", group.score)]:
        if role in merged:
            _block(page, role, text, columns, start, top)


def text_of(row: Row, role: str) -> str:
    return row.cells.get(role, row.extra.get(role, ""))


def _levels(page: Page, caption: str, role: str, columns: list[Column], start: int, top: int, levels: str) -> None:
    at = _place(role, columns, start)
    if at is None:
        return
    column, span = at
    if levels == "merged":
        page.put(top, column, caption, rows=page.row - top, columns=span)
        return
    for row in range(top, page.row):
        page.put(row, column, caption if levels == "repeated" or row == top else "", columns=span)


def _block(page: Page, role: str, text: str, columns: list[Column], start: int, top: int) -> None:
    at = _place(role, columns, start)
    assert at is not None, role
    page.put(top, at[0], text, rows=page.row - top, columns=at[1])


def _place(role: str, columns: list[Column], start: int) -> tuple[int, int] | None:
    for column in columns:
        if column.role == role:
            return start, column.span
        start += column.span
    return None


def total(page: Page, caption: str, columns: list[Column], values: dict[str, str], side: bool) -> None:
    """The total row: its caption up to the first column that has a value."""
    pieces, before = [], 1 if side else 0
    for column in columns:
        if column.role in values or pieces:
            pieces.append((values.get(column.role, ""), column.span))
        else:
            before += column.span
    page.across((caption, before), *pieces, bold=True)
