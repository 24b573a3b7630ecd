"""A file to be made: its pages, what it is saved as, and what must be read of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .content import Expectation
from .page import Page


@dataclass
class Made:
    stem: str
    # What the file is and where its layout comes from, one or two lines at the head of the expectation.
    about: str
    pages: list[Page]
    expectation: Expectation
    # What it is saved as: "xlsx", "docx", "csv", or "pdf<docx" for what soffice makes of another.
    saved_as: list[str]
    portrait: bool = False
    # What the report must say more of a file of one kind.
    further: dict[str, list[str]] = field(default_factory=dict)
