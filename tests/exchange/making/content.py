"""What a form says, apart from how it looks; written down as the expectation that a finance officer can read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Captions that mean the same whatever an office calls them; all others are compared as they stand.
FUND_COLUMNS = {
    "initial": "年初预算数",
    "adjusted": "全年预算数",
    "executed": "全年执行数",
    "rate": "执行率",
    "weight": "分值",
    "score": "得分",
    "remark": "原因说明",
}
HEADER_FIELDS = {
    "实施单位（盖章）": "实施单位",
    "项目实施单位": "实施单位",
    "资金使用单位": "实施单位",
    "实施（主管）单位": "实施单位",
    "转移支付名称": "项目名称",
    "专项名称": "项目名称",
    "中央主管部门": "主管部门",
    "主管部门及代码": "主管部门",
}
ROW_FIELDS = [
    ("nature", "性质"),
    ("target", "目标"),
    ("unit", "单位"),
    ("actual", "实际"),
    ("weight", "分值"),
    ("score", "得分"),
    ("reason", "原因"),
]


@dataclass
class Row:
    """An indicator row: texts by role; further columns by their captions."""

    cells: dict[str, str]
    part: bool = False
    extra: dict[str, str] = field(default_factory=dict)


@dataclass
class Group:
    caption: str
    weight: str = ""
    score: str = ""
    rows: list[Row] = field(default_factory=list)


@dataclass
class Section:
    caption: str
    weight: str = ""
    score: str = ""
    groups: list[Group] = field(default_factory=list)


@dataclass
class Goal:
    sections: list[Section]
    expected: str = ""
    actual: str = ""
    caption: str = ""
    weight: str = ""
    others: dict[str, str] = field(default_factory=dict)
    # Reasons in cells of several rows: what they span, and the text.
    reasons: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Form:
    title: str
    year: str
    unit: str
    header: dict[str, str]
    funds: list[tuple[str, dict[str, str]]]
    goals: list[Goal]
    total: dict[str, str] = field(default_factory=dict)
    below: dict[str, str] = field(default_factory=dict)
    tables: list[tuple[str, list[str], list[list[str]]]] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    kind: str = "自评表"


@dataclass
class Expectation:
    """All that a file holds, and what the report must say besides."""

    forms: list[Form] = field(default_factory=list)
    accounts: list[list[list[str]]] = field(default_factory=list)
    report: list[str] = field(default_factory=list)

    def text(self, about: str) -> str:
        lines = [f"# {line}" for line in about.strip().splitlines()] + [""]
        for form in self.forms:
            lines += form_lines(form) + [""]
        for account in self.accounts:
            lines += ["== 资金账表 =="] + ["  " + " | ".join(map(squeezed, row)) for row in account] + [""]
        lines += ["== 报告 =="] + [f"  {line}" for line in self.report]
        return "\n".join(lines) + "\n"


def squeezed(text: str) -> str:
    """Without white space: where lines break is the reader's own matter and tested there."""
    return re.sub(r"\s+", "", text)


def caption(text: str) -> str:
    """A caption without blanks, colons and stars."""
    return squeezed(text).strip("：:*＊★")


def without_year(title: str) -> str:
    """A title without the year behind it, which has a line of its own."""
    return re.sub(r"（\d{4}年度）$", "", squeezed(title))


def beginning(text: str) -> str:
    return squeezed(text)[:20]


def pairs(values: dict[str, str]) -> str:
    return "；".join(f"{name}={squeezed(value)}" for name, value in values.items() if value)


def form_lines(form: Form) -> list[str]:
    lines = [
        f"== {form.kind} ==",
        f"标题：{without_year(form.title)}",
        f"年度：{form.year}",
        f"金额单位：{form.unit}",
    ]
    lines += field_lines("表头", form.header)
    if form.funds:
        lines.append("资金")
        for name, figures in form.funds:
            known = [(FUND_COLUMNS.get(key, key), value) for key, value in figures.items()]
            order = list(FUND_COLUMNS.values())
            known.sort(key=lambda item: order.index(item[0]) if item[0] in order else len(order))
            lines.append(f"  {squeezed(name)}：{pairs(dict(known))}")
    for goal in form.goals:
        lines += goal_lines(goal)
    if form.total:
        names = {"weight": "分值", "score": "得分", "rating": "等级"}
        lines.append(f"总分：{pairs({names[role]: text for role, text in form.total.items()})}")
    lines += field_lines("表下", form.below)
    for name, headings, rows in form.tables:
        lines.append(f"附表 {caption(name)}")
        for row in rows:
            cells = dict(sorted(zip(map(caption, headings), row[1:])))
            lines.append(f"  {squeezed(row[0])}：{pairs(cells)}")
    lines += [f"注：{beginning(note)}" for note in form.footnotes]
    return lines


def field_lines(name: str, values: dict[str, str]) -> list[str]:
    named = {HEADER_FIELDS.get(caption(key), caption(key)): squeezed(value) for key, value in values.items()}
    shown = sorted((key, value) for key, value in named.items() if value)
    return [name] + [f"  {key}：{value}" for key, value in shown] if shown else []


def goal_lines(goal: Goal) -> list[str]:
    lines = [f"目标 {caption(goal.caption)}".rstrip() + (f" 分值={goal.weight}" if goal.weight else "")]
    for name, text in [("预期", goal.expected), ("实际", goal.actual)]:
        if text:
            lines.append(f"  {name}：{beginning(text)}")
    lines += [f"  {caption(name)}：{beginning(text)}" for name, text in sorted(goal.others.items()) if text]
    for section in goal.sections:
        lines.append(block_line("  一级", section))
        for group in section.groups:
            lines.append(block_line("    二级", group))
            lines += [row_line(row) for row in group.rows]
    lines += [f"  共用原因 {span}：{beginning(text)}" for span, text in goal.reasons]
    return lines


def block_line(level: str, block: Section | Group) -> str:
    own = pairs({"分值": block.weight, "得分": block.score})
    return f"{level} {squeezed(block.caption)}".rstrip() + (f" {own}" if own else "")


def row_line(row: Row) -> str:
    pieces = [squeezed(row.cells.get("name", ""))]
    pieces += [f"{name}={squeezed(row.cells[role])}" for role, name in ROW_FIELDS if row.cells.get(role)]
    pieces += sorted(f"{caption(name)}={squeezed(text)}" for name, text in row.extra.items() if text)
    return "      " + ("其中 " if row.part else "") + " | ".join(pieces)


def sections(text: str, roles: str) -> list[Section]:
    """Reads indicators written as

        [产出指标] 50 50
          (数量指标) 15 15
            name | target | …
            + part of the row above

    `roles` names the fields between the bars; one that is not a role of its own is a further column's caption.
    """
    found: list[Section] = []
    for line in filter(None, map(str.strip, text.strip().splitlines())):
        if match := re.fullmatch(r"\[(.*)\]\s*(\S*)\s*(\S*)", line):
            found.append(Section(match[1].replace("\\n", "\n"), match[2], match[3]))
        elif match := re.fullmatch(r"\{(.*)\}\s*(\S*)\s*(\S*)", line):
            found[-1].groups.append(Group(match[1].replace("\\n", "\n"), match[2], match[3]))
        else:
            found[-1].groups[-1].rows.append(row_of(line, roles.split()))
    return found


def row_of(line: str, roles: list[str]) -> Row:
    known = {"name"} | {role for role, _ in ROW_FIELDS}
    part = line.startswith("+")
    texts = [text.strip().replace("\\n", "\n") for text in line.removeprefix("+").split("|")]
    assert len(texts) <= len(roles), line
    row = Row({}, part)
    for role, text in zip(roles, texts):
        (row.cells if role in known else row.extra)[role] = text
    return row
