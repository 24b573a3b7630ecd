#!/usr/bin/env python3
"""Makes the four fonts of this folder from Debian's package fonts-noto-cjk.

    apt-get install fonts-noto-cjk        # 1:20220127+repack1-1
    pip install fonttools==4.68.0

    python3 fonts/make.py                 # make the fonts, check them, put them into this folder
    python3 fonts/make.py --check         # make and check them elsewhere, compare with this folder byte for byte
    python3 fonts/make.py --list FILE     # make tongyong-guifan.txt from Unihan_OtherMappings.txt(.bz2);
                                          # Debian's package unicode-data brings that file

Takes some minutes. The same sources and the same fonttools give the same bytes. Anything that is not as
expected (another source, another fonttools, a character missing, an outline changed, too many bytes) is an
error, and then nothing is written.
"""

import argparse
import bz2
import hashlib
import io
import logging
import multiprocessing
import pathlib
import sys
import tempfile

import fontTools
from fontTools import subset
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = pathlib.Path("/usr/share/fonts/opentype/noto")
FONTTOOLS = "4.68.0"
FACE = 2  # of each collection: Simplified Chinese
MOST_BYTES = 32_000_000  # all four together

# Source file and its SHA-256, its face, our family, style, and whether hints stay. The sans is also the font
# of the screen, where hints sharpen small text; the serif is for paper.
FONTS = {
    "JipingSans-Regular.otf": (
        "NotoSansCJK-Regular.ttc", "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
        "Noto Sans CJK SC", "Jiping Sans", "Regular", True,
    ),
    "JipingSans-Bold.otf": (
        "NotoSansCJK-Bold.ttc", "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
        "Noto Sans CJK SC", "Jiping Sans", "Bold", True,
    ),
    "JipingSerif-Regular.otf": (
        "NotoSerifCJK-Regular.ttc", "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481",
        "Noto Serif CJK SC", "Jiping Serif", "Regular", False,
    ),
    "JipingSerif-Bold.otf": (
        "NotoSerifCJK-Bold.ttc", "a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac",
        "Noto Serif CJK SC", "Jiping Serif", "Bold", False,
    ),
}

# Blocks taken as far as the source has them.
BLOCKS = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin-1, Latin extended
    (0x02B0, 0x036F),  # modifiers and marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin additional (pinyin)
    (0x2000, 0x27BF),  # punctuation, super- and subscripts, currency, arrows, mathematics, boxes, shapes, dingbats
    (0x2E3A, 0x2E3B),  # long dashes
    (0x2E80, 0x2FDF),  # radicals: texts copied out of a PDF hold them instead of characters
    (0x2FF0, 0x303F),  # CJK punctuation
    (0x3040, 0x312F),  # kana, bopomofo
    (0x31A0, 0x31BF),  # bopomofo extended
    (0x3220, 0x325F),  # enclosed CJK, without Hangul
    (0x3280, 0x32FF),
    (0x3358, 0x33FF),  # squared units
    (0xFE10, 0xFE1F),  # vertical and small forms
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFF9F),  # full width, half width, without Hangul
    (0xFFE0, 0xFFEE),
]

# Symbols that forms use. Each must be there, apart from LACKING.
SYMBOLS = (
    "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
    + "".join(map(chr, [*range(0x2460, 0x249C), *range(0x2500, 0x2574)]))  # ①–⑳ ⑴–⒇ ⒈–⒛, box drawing
    + "".join(map(chr, [*range(0x3220, 0x322A), *range(0xFF01, 0xFF5F)]))  # ㈠–㈩, full width
    + "".join(map(chr, [*range(0x0391, 0x03A2), *range(0x03A3, 0x03AA), *range(0x03B1, 0x03CA)]))
    + "".join(map(chr, [*range(0x2160, 0x216C), *range(0x2170, 0x217A)]))  # Roman numerals
    + "".join(map(chr, [0x2070, *range(0x2074, 0x207A), *range(0x2080, 0x208A)]))
    + "‐–—―‖‘’“”•…‰′″※‹›〈〉《》「」『』【】〔〕〖〗、。〃々〇〜"
    + "￥€£℃℉№℡™㎎㎏㎜㎝㎞㎡㎥㏄㏎㏑㏒㏕"
    + "≒←↑→↓↔↕↖↗↘↙⇐⇒⇔∈∏∑√∝∞∠∥∧∨∩∪∫∮∴∵∽≈≌≠≡≤≥≦≧≮≯⊕⊙⊥⊿⌒"
    + "□■☐☑☒✓✔✕○●◎★☆△▲▽▼◆◇◯▶◀♀♂"
)

# Asked for, but not in the sources. If a later source has one, take it off this list and off README.md.
LACKING = set("≒☐☑☒✔✕⁰⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")

# Layout that stays: accents, f ligatures and the double dash, kerning, full and half width, tight punctuation.
# 'locl' would bring back the Japanese, Korean and Taiwanese shapes and double the size.
FEATURES = ["ccmp", "liga", "kern", "mark", "fwid", "hwid", "halt", "palt"]
DROPPED_TABLES = ["BASE", "DSIG", "VORG", "vhea", "vmtx"]

ON_A_LINE = 50  # of tongyong-guifan.txt, so that its levels (3500, 3000, 1605) begin with a line


class Wrong(Exception):
    pass


def need(condition, message):
    if not condition:
        raise Wrong(message)


def two_bytes(codec, first, last):
    """What a two-byte Chinese encoding can hold, private use left out."""
    found = set()
    for lead in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            try:
                text = bytes([lead, trail]).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1 and not 0xE000 <= ord(text) <= 0xF8FF:
                found.add(ord(text))
    return found


def tongyong_guifan():
    text = (HERE / "tongyong-guifan.txt").read_text(encoding="utf-8")
    characters = text.split()
    need(all(len(line) == ON_A_LINE for line in characters[:-1]), "tongyong-guifan.txt: uneven lines")
    characters = [ord(c) for c in "".join(characters)]
    need(len(characters) == len(set(characters)) == 8105, "tongyong-guifan.txt: not 8105 different characters")
    return set(characters)


def characters(style):
    """What is taken if the source has it, and what must be there."""
    blocks = {c for first, last in BLOCKS for c in range(first, last + 1)}
    gbk, gb2312 = two_bytes("gbk", 0x81, 0xFE), two_bytes("gb2312", 0xA1, 0xF7)
    need(len(gbk) == 21791 and len(gb2312) == 7445, "this Python's gbk or gb2312 differs")
    required = (gbk if style == "Regular" else gb2312) | tongyong_guifan() | {ord(c) for c in SYMBOLS}
    return required | blocks, required


def rename(font, family, style):
    name = family.replace(" ", "") + "-" + style
    full = family if style == "Regular" else f"{family} {style}"
    table = font["name"]
    version = table.getDebugName(5)
    source = table.getDebugName(4)
    table.names = [r for r in table.names if r.langID == 0x409 and r.nameID not in (16, 17)]
    number = version.removeprefix("Version ").split(";")[0]
    for key, value in {
        1: family,
        2: style,
        3: f"{number};Jiping;{name}",
        4: full,
        5: version + ";subset for Jiping",
        6: name,
        10: f"{table.getDebugName(10)}. Subset of {source} {number}, renamed for Jiping",
    }.items():
        table.setName(value, key, 3, 1, 0x409)
    for key in (0, 7, 8, 9, 11, 12, 13, 14):
        need(table.getDebugName(key), f"name {key} is missing")

    bold = style == "Bold"
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0

    cff = font["CFF "].cff
    top = cff.topDictIndex[0]
    old = cff.fontNames[0]
    cff.fontNames[0] = name
    top.FullName, top.FamilyName, top.Weight = full, family, style
    for part in top.FDArray:
        need(part.FontName.startswith(old), f"unexpected name {part.FontName}")
        part.FontName = name + part.FontName[len(old):]


def number_anew(font):
    """Numbers the CIDs like the glyphs, without gaps, as they are in the source.

    Then a PDF writer that takes glyph ids for CIDs is right. The other tables go by glyph id and stay as they are.
    """
    top = font["CFF "].cff.topDictIndex[0]
    strings = top.CharStrings
    need(strings.charStringsAreIndexed, "CharStrings are not indexed")
    charset = [".notdef"] + [f"cid{i:05d}" for i in range(1, len(top.charset))]
    strings.charStrings = {new: strings.charStrings[old] for old, new in zip(top.charset, charset)}
    top.charset = charset
    top.CIDCount = len(charset)
    font.setGlyphOrder(charset)


def source_font(file, digest, face, style):
    path = SOURCES / file
    need(path.is_file(), f"{path} is missing: install fonts-noto-cjk")
    need(hashlib.sha256(path.read_bytes()).hexdigest() == digest, f"{file} is of another version of fonts-noto-cjk")
    font = TTFont(path, fontNumber=FACE, lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    need(font["name"].getDebugName(1) == face, f"face {FACE} of {file} is not {face}")
    need(font["name"].getDebugName(2) == style, f"{file} is not {style}")
    return font


def outline(glyphs, name):
    pen = RecordingPen()
    glyphs[name].draw(pen)
    return glyphs[name].width, pen.value


def make(target):
    file, digest, face, family, style, hints = FONTS[target]
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    wanted, required = characters(style)

    font = source_font(file, digest, face, style)
    options = subset.Options()
    options.layout_features = FEATURES
    options.drop_tables += DROPPED_TABLES
    options.hinting = hints
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.notdef_outline = True
    work = subset.Subsetter(options)
    work.populate(unicodes=wanted)
    work.subset(font)
    first = io.BytesIO()
    font.save(first)

    # Read again, so that all tables but those named below are copied as they are.
    font = TTFont(io.BytesIO(first.getvalue()), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    number_anew(font)
    rename(font, family, style)
    second = io.BytesIO()
    font.save(second)
    content = second.getvalue()
    return target, content, check(target, content, wanted, required)


def check(target, content, wanted, required):
    file, digest, face, family, style, _ = FONTS[target]
    source = source_font(file, digest, face, style)
    font = TTFont(io.BytesIO(content))
    before, after = source.getBestCmap(), font.getBestCmap()
    need(set(after) == wanted & set(before), f"{target}: characters went astray")
    lacking = required - set(after)
    need(lacking == {ord(c) for c in LACKING}, f"{target} lacks {sorted(map(hex, lacking))}")

    old, new = source.getGlyphSet(), font.getGlyphSet()
    for code in sorted(after):
        need(outline(old, before[code]) == outline(new, after[code]), f"{target}: U+{code:04X} has changed")
    order = font.getGlyphOrder()
    need(order == font["CFF "].cff.topDictIndex[0].charset, f"{target}: glyph order")
    need(order[1:] == [f"cid{i:05d}" for i in range(1, len(order))], f"{target}: CIDs are not the glyph ids")

    names = font["name"]
    bold = style == "Bold"
    need(names.getDebugName(1) == family and names.getDebugName(2) == style, f"{target}: names")
    for record in names.names:
        text = str(record)
        need(record.nameID not in (1, 2, 3, 4, 6) or "Noto" not in text, f"{target}: name {record.nameID} is {text}")
    need("SIL Open Font License" in names.getDebugName(13), f"{target}: licence")
    need("Adobe" in names.getDebugName(0), f"{target}: copyright")
    need(font["OS/2"].usWeightClass == (700 if bold else 400), f"{target}: weight")
    need(font["OS/2"].fsType == 0, f"{target}: may not be embedded")
    need(font["head"].modified == source["head"].modified, f"{target}: date")
    return len(after), len(order)


def make_list(path):
    content = pathlib.Path(path).read_bytes()
    if path.endswith(".bz2"):
        content = bz2.decompress(content)
    places = {}
    for line in content.decode("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == 3 and fields[1] == "kTGH":
            for value in fields[2].split():
                year, place = value.split(":")
                need(year == "2013" and int(place) not in places, f"unexpected: {line}")
                places[int(place)] = chr(int(fields[0].removeprefix("U+"), 16))
    need(sorted(places) == list(range(1, 8106)), f"{len(places)} places instead of 8105")
    text = "".join(places[i] for i in range(1, 8106))
    lines = [text[i:i + ON_A_LINE] + "\n" for i in range(0, len(text), ON_A_LINE)]
    (HERE / "tongyong-guifan.txt").write_text("".join(lines), encoding="utf-8", newline="\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="compare with the fonts of this folder")
    choice.add_argument("--list", metavar="FILE", help="make tongyong-guifan.txt")
    arguments = parser.parse_args()
    if arguments.list:
        make_list(arguments.list)
        return

    need(fontTools.version == FONTTOOLS, f"fonttools is {fontTools.version}, not {FONTTOOLS}")
    with multiprocessing.Pool(min(len(FONTS), multiprocessing.cpu_count())) as pool:
        made = pool.map(make, FONTS, chunksize=1)
    total = sum(len(content) for _, content, _ in made)
    need(total <= MOST_BYTES, f"{total} bytes are more than {MOST_BYTES}")
    for target, content, (count, glyphs) in made:
        digest = hashlib.sha256(content).hexdigest()
        print(f"{target:24} {len(content):>9} bytes {count:>6} characters {glyphs:>6} glyphs  sha256 {digest}")
    print(f"{'together':24} {total:>9} bytes")
    for target, content, _ in made:
        path = HERE / target
        if arguments.check:
            need(path.is_file() and path.read_bytes() == content, f"{target} is not what this script makes")
        else:
            with tempfile.NamedTemporaryFile(dir=HERE, delete=False) as file:
                file.write(content)
            pathlib.Path(file.name).chmod(0o644)
            pathlib.Path(file.name).replace(path)


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        sys.exit(f"make.py: {wrong}")
