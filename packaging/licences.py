#!/usr/bin/env python3
"""Writes the licences of Jiping and of everything that stands in its programs, as one text.

    python3 packaging/licences.py x86_64-pc-windows-gnu [TITLE=FILE]... >licences.txt

Further texts stand behind their titles: of what the compilers link in, say. Reads what `cargo metadata` says of one target, and the licence files that each crate brings. The same sources give the
same bytes.
"""

import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
NAMES = re.compile(r"(licen[cs]e|copying|notice|unlicense)", re.IGNORECASE)
# Texts that are about other things than what is linked in.
MOST_BYTES = 100_000

OWN = [
    ("Jiping (MIT OR Apache-2.0)", ["LICENSE-MIT", "LICENSE-APACHE"]),
    ("Fonts of Jiping, made from Noto CJK (OFL-1.1)", ["fonts/OFL.txt"]),
    ("Icons of the window, Phosphor (MIT)", ["fonts/Phosphor-LICENSE.txt"]),
]


def linked(target):
    """Name, version, licence and folder of every crate that is linked into a program for the target."""
    answer = subprocess.run(
        ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target],
        cwd=ROOT, check=True, stdout=subprocess.PIPE,
    )
    metadata = json.loads(answer.stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    found, to_see = set(), [root]
    while to_see:
        for dependency in nodes[to_see.pop()]["deps"]:
            kinds = {kind["kind"] for kind in dependency["dep_kinds"]}
            if None in kinds and dependency["pkg"] not in found:
                found.add(dependency["pkg"])
                to_see.append(dependency["pkg"])
    chosen = sorted((packages[id] for id in found), key=lambda package: (package["name"], package["version"]))
    return [
        (f"{p['name']} {p['version']}", p["license"] or "see below", pathlib.Path(p["manifest_path"]).parent)
        for p in chosen
    ]


def texts(folder):
    """The licence files of a crate, without differences that mean nothing."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and NAMES.search(path.name) and path.stat().st_size <= MOST_BYTES:
            lines = path.read_text("utf-8", "replace").replace("\r\n", "\n").split("\n")
            yield "\n".join(line.rstrip() for line in lines).strip("\n")


def rule(write, title):
    write("\n" + "=" * 80 + "\n" + title + "\n" + "=" * 80 + "\n\n")


def main():
    if len(sys.argv) < 2 or not all("=" in further for further in sys.argv[2:]):
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    write = sys.stdout.write
    write("Licences of Jiping and of everything that stands in its programs\n")
    for title, files in OWN:
        rule(write, title)
        write("\n\n".join((ROOT / file).read_text("utf-8").strip("\n") for file in files) + "\n")
    for title, _, file in (further.partition("=") for further in sys.argv[2:]):
        rule(write, title)
        write(pathlib.Path(file).read_text("utf-8").strip("\n") + "\n")
    crates = linked(sys.argv[1])
    rule(write, "Crates, with their licences")
    shared = {}
    for name, licence, folder in crates:
        found = list(texts(folder))
        write(f"{name}: {licence}{'' if found else ' (brings no text of its own)'}\n")
        for text in found:
            shared.setdefault(text, []).append(name)
    for text, names in shared.items():
        rule(write, ", ".join(names))
        write(text + "\n")


main()
