"""A table of cells with spans, as it is to be drawn; writers make a workbook or a document of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Cell:
    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    bold: bool = False
    # Outside of the table's ruling: a title, a line above or below it.
    outside: bool = False
    align: str = "center"
    # As text even where it looks like a number.
    typed: bool = False


class Page:
    """Fills row by row."""

    def __init__(self, width: int, name: str = "Sheet1", state: str = "visible"):
        self.width, self.name, self.state = width, name, state
        self.row = 0
        self.cells: list[Cell] = []

    def put(self, row: int, column: int, text: str, rows: int = 1, columns: int = 1, **style) -> None:
        assert column + columns <= self.width, (text, column, columns, self.width)
        self.cells.append(Cell(row, column, text, rows, columns, **style))

    def line(self, text: str, align: str = "left", bold: bool = False) -> None:
        """A line across the page, outside the table."""
        self.put(self.row, 0, text, columns=self.width, bold=bold, outside=True, align=align)
        self.row += 1

    def title(self, text: str) -> None:
        self.line(text, "center", bold=True)

    def across(self, *pieces: tuple[str, int], **style) -> None:
        """A row of cells from left to right, each with how many columns it covers."""
        self.beside(0, *pieces, **style)

    def beside(self, column: int, *pieces: tuple[str, int], **style) -> None:
        """The same, to the right of a caption at the side."""
        for text, columns in pieces:
            self.put(self.row, column, text, columns=columns, **style)
            column += columns
        assert column == self.width, (pieces, column, self.width)
        self.row += 1

    def blank(self) -> None:
        self.row += 1

    def side(self, text: str, first: int, column: int = 0) -> None:
        """A caption at the side, down from row `first` to the last row."""
        self.put(first, column, text, rows=self.row - first)
