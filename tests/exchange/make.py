"""Builds tests/exchange/forms anew: `python3 tests/exchange/make.py [STEM…]`. See README.md beside it."""

import importlib
import sys
from pathlib import Path

from making import writers

FORMS = Path(__file__).parent / "forms"
MODULES = ["general", "provinces", "transfers", "systems", "tables", "offices"]


def main(stems: list[str]) -> None:
    FORMS.mkdir(exist_ok=True)
    for module in MODULES:
        for made in importlib.import_module(f"making.{module}").made():
            if not stems or made.stem in stems:
                save(made)


def save(made) -> None:
    written = {}
    for kind in made.saved_as:
        kind, _, source = kind.partition("<")
        path = FORMS / f"{made.stem}.{kind}"
        if not source:
            write(made, kind, path)
        elif source in written:
            writers.converted(path, written[source])
        else:
            passing = FORMS / f"{made.stem}.{source}"
            write(made, source, passing)
            writers.converted(path, passing)
            passing.unlink()
        written[kind] = path
        expectation = made.expectation
        report = expectation.report
        expectation.report = report + made.further.get(kind, [])
        FORMS.joinpath(f"{path.name}.expected.txt").write_text(expectation.text(made.about), encoding="utf-8")
        expectation.report = report
        print(path.name, path.stat().st_size)


def write(made, kind: str, path: Path) -> None:
    if kind == "xlsx":
        writers.workbook(path, made.pages)
    elif kind == "docx":
        writers.document(path, made.pages, made.portrait)
    elif kind == "csv":
        writers.comma_separated(path, made.pages[0], "gb18030")
    else:
        raise ValueError(kind)


if __name__ == "__main__":
    main(sys.argv[1:])
