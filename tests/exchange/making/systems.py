"""Forms of cities and counties that print from the unified budget system or their own."""

from __future__ import annotations

from .content import Expectation, Form, Goal, sections
from .general import CLEAN, USUAL_FUNDS
from .layout import Column, funds, goals_beside, header, indicators, total
from .made import Made
from .page import Page


def yinchuan() -> Made:
    """V18: the finance bureau's own score stands in the header."""
    form = Form(
        title="市本级项目支出绩效自评表",
        year="2021",
        unit="万元",
        header={
            "项目名称": "城市书房建设",
            "主管部门": "凤城市文化旅游广电局",
            "实施单位": "凤城市图书馆",
            "财政审核评分": "93",
        },
        funds=[
            ("年度资金总额", dict(initial="200.00", adjusted="180.00", executed="171.00", rate="95.00%")),
        ],
        goals=[
            Goal(
                expected="建成城市书房5座并对外开放。",
                actual="建成城市书房5座，开放4座。",
                sections=sections(
                    """
                    [项目决策]
                    {项目立项}
                    立项规范性 | 10 | 规范 | 规范 | 10
                    [项目管理]
                    {资金管理}
                    预算执行率 | 10 | 100% | 95% | 9.5
                    资金使用合规性 | 15 | 合规 | 合规 | 15
                    [项目产出]
                    {数量}
                    建成书房数 | 15 | 5座 | 5座 | 15
                    开放书房数 | 15 | 5座 | 4座 | 12 | 一座消防验收未完成
                    [项目效益]
                    {社会效益}
                    到馆人次 | 20 | ≥6万人次 | 6.8万人次 | 20
                    {满意度}
                    读者满意度 | 15 | ≥90% | 95% | 15
                    """,
                    "name weight target actual score reason",
                ),
            )
        ],
        total={"weight": "100", "score": "96.5"},
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("参考分值", "weight"),
        Column("指标值（A）", "target"),
        Column("全年实际值（B）", "actual"),
        Column("得分", "score"),
        Column("未完成原因", "reason"),
    ]
    page = Page(9)
    page.title(form.title)
    page.line("（2021年度）", "center")
    fields = list(form.header.items())
    header(
        page,
        [(*fields[0], 2, 7)],
        [(*fields[1], 2, 3), (*fields[2], 2, 2)],
        [("自评得分", "96.5", 2, 3), (*fields[3], 2, 2)],
    )
    funds(
        page,
        form,
        "项目资金（万元）",
        ("", 2),
        [("年初预算数", "initial", 1), ("调整预算数（A）", "adjusted", 1), ("全年执行数（B）", "executed", 2), ("执行率（B/A）", "rate", 2)],
    )
    goals_beside(page, form.goals[0], "年度总体目标", ("年初设定目标", "全年实际完成情况"), 4)
    indicators(page, form.goals[0], columns, "绩效指标")
    total(page, "合计", columns, {"weight": "100", "score": "96.5", "reason": ""}, True)
    form.header["自评得分"] = "96.5"
    return Made(
        "v18-yinchuan",
        "A city of Ningxia: decision, management, output, effect; the own and the finance bureau's score in the header.",
        [page],
        Expectation([form], report=["猜测：无"]),
        ["xlsx"],
    )


def converted_scores() -> Made:
    """V19: points, share and the product of both."""
    form = Form(
        title="项目支出绩效自评表",
        year="2020",
        unit="万元",
        header={
            "项目名称": "农村饮水管网维修",
            "是否为专项资金": "否",
            "实施（主管）单位": "永宁县水务局（112001）",
        },
        funds=[
            ("财政资金", {"adjusted": "132.00", "资金到位": "132.00", "executed": "125.40", "rate": "95"}),
            ("其他", {"adjusted": "0.00", "资金到位": "0.00", "executed": "0.00", "rate": "0"}),
        ],
        goals=[
            Goal(
                expected="维修老化管网，保障农村供水稳定。",
                actual="维修管网26公里，供水稳定。",
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    维修管网长度 | 更换老化管道 | ≥ | 25 | 公里 | 26 | 100 | 40 | 40
                    {质量指标}
                    水压合格率 | 抽测点合格比例 | ≥ | 95 | % | 91 | 90 | 20 | 18
                    [效益指标]
                    {社会效益指标}
                    受益人口 | 管网覆盖村人口 | ≥ | 1.1 | 万人 | 1.2 | 100 | 30 | 30
                    [预算执行率]
                    {预算执行率}
                    预算执行率 | 支出占预算比例 | ≥ | 100 | % | 95 | 95 | 10 | 9.5
                    """,
                    "name 指标描述 nature target unit actual 单项得分 weight score",
                ),
            )
        ],
        total={"weight": "100", "score": "97.5"},
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("指标描述", "指标描述"),
        Column("符号", "nature"),
        Column("值", "target"),
        Column("单位", "unit"),
        Column("实际完成值", "actual"),
        Column("单项得分", "单项得分"),
        Column("权重占比（%）", "weight"),
        Column("折算得分", "score"),
    ]
    page = Page(11)
    page.title(form.title)
    page.line("2020年度", "center")
    page.line("金额单位：万元", "right")
    fields = list(form.header.items())
    header(page, [(*fields[0], 2, 5), (*fields[1], 2, 2)], [(*fields[2], 2, 9)])
    funds(
        page,
        form,
        "预算执行情况",
        ("资金来源", 2),
        [("预算安排情况（调整后）", "adjusted", 2), ("资金到位情况", "资金到位", 2), ("资金执行情况", "executed", 2), ("预算执行进度（%）", "rate", 2)],
    )
    for _, figures in form.funds:
        figures["资金到位情况"] = figures.pop("资金到位")
    goals_beside(page, form.goals[0], "目标完成情况", ("年度预期目标", "具体完成情况"), 5)
    # Two rows of headings: 预期指标值 stands above sign, value and unit.
    top = page.row
    at = 0
    for column in columns:
        if column.role in ("nature", "target", "unit"):
            page.put(top + 1, at, column.heading)
        else:
            page.put(top, at, column.heading, rows=2)
        at += 1
    page.put(top, 4, "预期指标值", columns=3)
    page.row += 2
    indicators(page, form.goals[0], columns, headings=False)
    total(page, "合计", columns, {"weight": "100", "score": "97.5"}, False)
    return Made(
        "v19-county-system",
        "A county of Hebei: two rows of headings, points and shares and their product, the execution rate as a row.",
        [page],
        Expectation([form], report=[]),
        ["xlsx"],
    )


def yunnan() -> Made:
    """V20: amounts in yuan, signs of full width, a rating below the total."""
    form = Form(
        title="项目支出绩效自评表",
        year="2022",
        unit="元",
        header={"项目名称": "乡村学校少年宫运转", "主管部门": "凤庆县教育体育局", "实施单位": "凤庆县滇红镇中心小学"},
        funds=[
            ("年度资金总额", dict(initial="120,000.00", adjusted="118,600.00", executed="118,600.00", weight="10", rate="100.00%", score="10.00")),
            ("其中：当年财政拨款", dict(initial="120,000.00", adjusted="118,600.00", executed="118,600.00", weight="—", rate="100.00%", score="—")),
            ("上年结转资金", dict(initial="0.00", adjusted="0.00", executed="0.00", weight="—", rate="0.00%", score="—")),
            ("其他资金", dict(initial="0.00", adjusted="0.00", executed="0.00", weight="—", rate="0.00%", score="—")),
        ],
        goals=[
            Goal(
                expected="少年宫开设社团9个，每周活动不少于2次。",
                actual="开设社团9个，每周活动2次，参与学生412人。",
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    开设社团 | ═ | 9 | 个 | 9 | 20.00 | 20.00
                    参与学生 | ≧ | 380 | 人 | 412 | 20.00 | 20.00
                    [效益指标]
                    {社会效益指标}
                    学生特长发展 | ═ | 良好 | 是/否 | 良好 | 30.00 | 30.00
                    [满意度指标]
                    {服务对象满意度指标}
                    学生家长满意度 | ≧ | 90 | % | 95 | 20.00 | 18.00 | 问卷回收率偏低，次年改为家长会现场填写
                    """,
                    "name nature target unit actual weight score reason",
                ),
            )
        ],
        total={"weight": "100.00", "score": "98.00", "rating": "优"},
        below={"其他需要说明事项": "无"},
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("指标性质", "nature"),
        Column("指标值", "target"),
        Column("度量单位", "unit"),
        Column("实际完成值", "actual"),
        Column("分值", "weight"),
        Column("得分", "score"),
        Column("偏差原因分析及改进措施", "reason"),
    ]
    page = Page(10, "公开14表")
    page.title(form.title)
    page.line("公开14表", "right")
    page.across(("编制单位：凤庆县滇红镇中心小学", 5), ("2022年度", 2), ("金额单位：元", 3), outside=True, align="left")
    fields = list(form.header.items())
    header(page, [(*fields[0], 2, 8)], [(*fields[1], 2, 3), (*fields[2], 2, 3)])
    # The name of a row covers three columns here.
    funds(page, form, "项目资金\n（元）", ("", 3), USUAL_FUNDS)
    goals_beside(page, form.goals[0], "年度总体目标", ("预期目标", "实际完成情况"), 5)
    top = page.row
    for at, column in enumerate(columns):
        if column.role in ("nature", "target", "unit"):
            page.put(top + 1, at, column.heading)
        else:
            page.put(top, at, column.heading, rows=2)
    page.put(top, 3, "年度指标值", columns=3)
    page.row += 2
    indicators(page, form.goals[0], columns, headings=False)
    header(page, [("其他需要说明事项", "无", 2, 8)])
    page.across(("总分", 7), ("100.00", 1), ("98.00", 1), ("（自评等级）优", 1))
    form.header["编制单位"] = "凤庆县滇红镇中心小学"
    return Made(
        "v20-yunnan",
        "Yunnan, form 14 of the published accounts, as .xls: two rows of headings, amounts in yuan, the rating beside the total.",
        [page],
        Expectation([form], report=[]),
        ["xls<xlsx"],
    )


def flat() -> Made:
    """V21: no levels, three goal texts."""
    form = Form(
        title="项目支出绩效自评表",
        year="2023",
        unit="元",
        header={
            "项目名称": "轨道站点接驳便道",
            "项目编码": "50010723T000003456789",
            "主管部门": "江北新区住房建设委",
            "财政归口处室": "经济建设处",
            "部门联系人": "冉某",
        },
        funds=[
            ("年度总金额", dict(initial="3,600,000.00", adjusted="3,450,000.00", executed="3,312,000.00", rate="96.00", weight="10", score="9.60")),
            ("其中：财政拨款", dict(initial="3,600,000.00", adjusted="3,450,000.00", executed="3,312,000.00", rate="96.00")),
            ("一般公共预算", dict(initial="3,600,000.00", adjusted="3,450,000.00", executed="3,312,000.00", rate="96.00")),
        ],
        goals=[
            Goal(
                expected="新建接驳便道12条。",
                actual="新建接驳便道11条，改善步行条件。",
                others={"调整后目标": "新建接驳便道11条，总长4.6公里。"},
                sections=sections(
                    """
                    []
                    {}
                    新建便道条数 | 条 | = | 11 | 30 | 11 | 30
                    便道总长 | 公里 | ≥ | 4.6 | 20 | 4.5 | 19.57 | 一处坡道缩短
                    单位造价 | 元/米 | ≤ | 760 | 10 | 736 | 10
                    日均步行接驳人次 | 人次 | ≥ | 5000 | 20 | 5380 | 20
                    市民满意度 | % | ≥ | 85 | 10 | 91 | 10
                    """,
                    "name unit nature target weight actual score reason",
                ),
            )
        ],
        total={"score": "99.17"},
    )
    columns = [
        Column("指标名称", "name", 2),
        Column("计量单位", "unit"),
        Column("指标性质", "nature"),
        Column("指标值", "target"),
        Column("指标权重", "weight"),
        Column("全年完成值", "actual"),
        Column("指标得分", "score"),
        Column("说明", "reason"),
    ]
    page = Page(9)
    page.title("2023年度项目支出绩效自评表")
    form.title = "2023年度项目支出绩效自评表"
    page.line("金额单位：元", "right")
    fields = list(form.header.items())
    header(
        page,
        [(*fields[0], 2, 3), (*fields[1], 2, 2)],
        [(*fields[2], 2, 3), (*fields[3], 2, 2)],
        [(*fields[4], 2, 3), ("自评总分", "99.17", 2, 2)],
    )
    funds(
        page,
        form,
        "项目资金（元）",
        ("", 2),
        [
            ("年初预算数", "initial", 1),
            ("全年（调整）预算数", "adjusted", 1),
            ("全年执行数", "executed", 1),
            ("执行率（%）", "rate", 1),
            ("执行率权重", "weight", 1),
            ("执行率得分", "score", 1),
        ],
    )
    goal = form.goals[0]
    first = page.row
    page.beside(1, ("年初绩效目标", 2), ("全年（调整）绩效目标", 3), ("目标实际完成情况", 3))
    page.beside(1, (goal.expected, 2), (goal.others["调整后目标"], 3), (goal.actual, 3), align="left")
    page.side("年度绩效目标", first)
    goal.others = {"全年（调整）绩效目标": goal.others["调整后目标"]}
    indicators(page, goal, columns)
    return Made(
        "v21-chongqing",
        "Chongqing since 2022: a flat list without levels, three goal texts, the total score in the header.",
        [page],
        Expectation([form], report=["猜测：无"]),
        ["xlsx"],
    )


def made() -> list[Made]:
    return [yinchuan(), converted_scores(), yunnan(), flat()]
