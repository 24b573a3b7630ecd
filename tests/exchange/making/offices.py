"""Layouts of single offices: forms side by side, whole departments, an office's own words."""

from __future__ import annotations

from .content import Expectation, Form, Goal, sections
from .layout import Column, funds, header, indicators, total
from .made import Made
from .page import Page


def made() -> list[Made]:
    return [beside(), department(), own_words()]


def beside() -> Made:
    """Two short forms next to each other, a blank column between them."""
    columns = [
        Column("一级指标", "level1"),
        Column("三级指标", "name"),
        Column("年度指标值", "target"),
        Column("实际完成值", "actual"),
        Column("分值", "weight"),
        Column("得分", "score"),
    ]
    forms, width = [], 6
    page = Page(2 * width + 1)
    for number, (name, count, done, score) in enumerate(
        [("窗口叫号设备更新", "24台", "24台", "60"), ("自助终端维护", "≥30台", "28台", "56")]
    ):
        form = Form(
            title="2023年度项目支出绩效自评表",
            year="2023",
            unit="万元",
            header={"项目名称": name, "实施单位": "临湖市政务服务中心"},
            funds=[("年度资金总额", {"adjusted": "18.00", "executed": "17.10", "rate": "95.00%"})],
            goals=[
                Goal(
                    sections=sections(
                        f"""
                        [产出指标]
                        {{}}
                        设备数量 | {count} | {done} | 60 | {score}
                        [满意度指标]
                        {{}}
                        办事群众满意度 | ≥95% | 97% | 40 | 40
                        """,
                        "name target actual weight score",
                    ),
                )
            ],
            total={"weight": "100", "score": str(40 + int(score))},
        )
        own = Page(width)
        own.title(form.title)
        own.line("金额单位：万元", "right")
        header(own, [("项目名称", name, 1, 2), ("实施单位", form.header["实施单位"], 1, 2)])
        heads = [("全年预算数", "adjusted", 1), ("全年执行数", "executed", 1), ("执行率", "rate", 2)]
        funds(own, form, "项目资金", ("", 1), heads)
        indicators(own, form.goals[0], columns)
        total(own, "总分", columns, form.total, side=False)
        for cell in own.cells:
            cell.column += number * (width + 1)
        page.cells += own.cells
        page.row = own.row
        forms.append(form)
    return Made(
        "beside",
        "Two forms next to each other on one sheet.",
        [page],
        Expectation(forms, report=[]),
        ["xlsx"],
    )


def department() -> Made:
    """部门整体支出: the year's tasks stand in a table of their own above the indicators."""
    tasks = [
        ["档案征集", "征集民生档案", "140.00", "完成1.1万卷"],
        ["数字加工", "扫描馆藏档案", "160.00", "完成52万页"],
    ]
    form = Form(
        title="2022年度部门整体支出绩效自评表",
        year="2022",
        unit="万元",
        header={"部门（单位）名称": "青石市档案馆", "填报时间": "2023年3月"},
        funds=[
            ("资金总额", {"initial": "900.00", "adjusted": "920.00", "executed": "910.80", "rate": "99.00%", "weight": "10", "score": "9.9"}),
            ("项目支出", {"initial": "300.00", "adjusted": "320.00", "executed": "310.80", "rate": "97.13%"}),
        ],
        goals=[
            Goal(
                expected="征集档案1万卷，数字化50万页。",
                sections=sections(
                    """
                    [投入管理指标]
                    {工作目标管理}
                    目标依据充分性 | 充分 | 充分 | 5 | 5
                    [产出指标]
                    {重点工作任务完成}
                    征集卷数 | ≥1万卷 | 1.1万卷 | 45 | 45
                    [效益指标]
                    {履职效益}
                    查档利用人次 | ≥3000人次 | 3500人次 | 30 | 30
                    {满意度}
                    查档人满意度 | ≥95% | 98% | 10 | 10
                    """,
                    "name target actual weight score",
                ),
            )
        ],
        total={"weight": "100", "score": "99.9"},
        tables=[("年度主要任务", ["主要内容", "预算金额（万元）", "完成情况"], tasks)],
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name", 2),
        Column("年度指标值", "target"),
        Column("实际完成值", "actual"),
        Column("分值", "weight"),
        Column("得分", "score"),
    ]
    page = Page(8)
    page.title(form.title)
    page.line("单位：万元", "right")
    header(page, [("部门（单位）名称", form.header["部门（单位）名称"], 1, 4), ("填报时间：", "2023年3月", 1, 2)])
    heads = [
        ("年初预算数", "initial", 1),
        ("全年预算数", "adjusted", 1),
        ("全年执行数", "executed", 1),
        ("执行率", "rate", 1),
        ("分值", "weight", 1),
        ("得分", "score", 1),
    ]
    funds(page, form, "部门预算资金", ("", 1), heads)
    first = page.row
    page.beside(1, ("任务名称", 1), ("主要内容", 2), ("预算金额（万元）", 2), ("完成情况", 2))
    for name, what, amount, done in tasks:
        page.beside(1, (name, 1), (what, 2), (amount, 2), (done, 2))
    page.side("年度主要任务", first)
    header(page, [("年度总体目标", form.goals[0].expected, 1, 7)])
    indicators(page, form.goals[0], columns)
    total(page, "合计", columns, form.total, side=False)
    return Made(
        "n2-department",
        "A whole department: its tasks of the year with their amounts, then the indicators.",
        [page],
        Expectation([form], report=["忽略：任务名称"]),
        ["xlsx"],
    )


def own_words() -> Made:
    """Numbered lines over the parts, captions and texts in one cell, the share of every level in a column of its own."""
    form = Form(
        title="部门预算项目自评表（2021年度）",
        year="2021",
        unit="元",
        header={"项目名称": "文物展柜更换", "项目属性": "☑一次性 □经常性"},
        funds=[("合计", {"initial": "480,000.00", "adjusted": "500,000.00", "executed": "490,000.00", "rate": "98.00%"})],
        goals=[
            Goal(
                expected="更换展柜40组。",
                actual="更换展柜40组，验收合格。",
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    更换展柜 | 60 | 40组 | 40组 | 60
                    [效益指标]
                    {社会效益指标}
                    参观人次 | 40 | 5万人次 | 4.6万人次 | 36.8
                    """,
                    "name weight target actual score",
                ),
            )
        ],
        total={"weight": "100", "score": "96.8", "rating": "优"},
        below={"下一步改进措施": "无"},
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("权重", "weight"),
        Column("目标值", "target"),
        Column("完成值", "actual"),
        Column("备注", "note"),
        Column("加权得分", "score"),
    ]
    page = Page(8)
    page.title(form.title)
    page.line("单位：元", "right")
    page.line("一、项目基本情况")
    header(page, [("项目名称：", "文物展柜更换", 1, 3), ("项目属性", "☑一次性 □经常性", 1, 3)])
    page.line("二、资金情况")
    first = page.row
    page.put(first, 0, "资金来源", rows=2, columns=2)
    page.put(first, 2, "预算数", columns=2)
    page.put(first + 1, 2, "年初")
    page.put(first + 1, 3, "调整后")
    page.put(first, 4, "全年执行数", rows=2, columns=2)
    page.put(first, 6, "执行率", rows=2, columns=2)
    page.row += 2
    page.across(("合计", 2), ("480,000.00", 1), ("500,000.00", 1), ("490,000.00", 2), ("98.00%", 2))
    page.line("三、目标完成情况")
    page.across(("年度目标", 1), ("年初目标：更换展柜40组。", 3), ("完成情况：更换展柜40组，验收合格。", 4), align="left")
    indicators(page, form.goals[0], columns)
    page.across(("自评总分", 3), ("100", 1), ("", 2), ("等级：优", 1), ("96.8", 1))
    header(page, [("下一步改进措施", "无", 2, 6)])
    return Made(
        "own-words",
        "An office's own words: numbered lines over the parts, goals with their captions in the same cell.",
        [page],
        Expectation([form], report=["忽略：一、项目基本情况"]),
        ["xlsx"],
    )
