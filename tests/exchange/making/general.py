"""Forms after the annex of 2020 that most places use, and the one of Shenzhen with its merged groups."""

from __future__ import annotations

from .content import Expectation, Form, Goal, sections
from .layout import Column, funds, goals_beside, header, indicators, total
from .made import Made
from .page import Page

CLEAN = ["猜测：无", "忽略：无"]
USUAL_FUNDS = [
    ("年初预算数", "initial", 1),
    ("全年预算数", "adjusted", 1),
    ("全年执行数", "executed", 1),
    ("分值", "weight", 1),
    ("执行率", "rate", 1),
    ("得分", "score", 1),
]
USUAL = [
    Column("一级指标", "level1"),
    Column("二级指标", "level2"),
    Column("三级指标", "name"),
    Column("年度\n指标值", "target"),
    Column("实际\n完成值", "actual"),
    Column("分值", "weight"),
    Column("得分", "score"),
    Column("偏差原因分析及改进措施", "reason"),
]
ROLES = "name target actual weight score reason"


def usual_page(form: Form, name: str = "Sheet1") -> Page:
    """The layout of the annex: nine columns, captions at the side."""
    page = Page(9, name)
    page.title(form.title)
    page.line(f"（{form.year}年度）", "center")
    page.line(f"金额单位：{form.unit}", "right")
    fields = list(form.header.items())
    header(
        page,
        [(*fields[0], 2, 7)],
        [(*fields[1], 2, 3), (*fields[2], 1, 3)],
    )
    funds(page, form, "项目资金\n（万元）" if form.unit == "万元" else "项目资金（元）", ("", 2), USUAL_FUNDS)
    goal = form.goals[0]
    goals_beside(page, goal, "年度总体目标", ("预期目标", "实际完成情况"), 4)
    indicators(page, goal, USUAL, "绩效指标")
    total(page, "总分", USUAL, {"weight": form.total["weight"], "score": form.total["score"], "reason": ""}, True)
    for note in form.footnotes:
        page.line(note)
    return page


def library() -> Form:
    return Form(
        title="项目支出绩效自评表",
        year="2022",
        unit="万元",
        header={"项 目 名 称": "公共图书馆免费开放补助", "主管部门": "清河县文化广电和旅游局", "实施单位": "清河县图书馆"},
        funds=[
            ("年度资金总额：", dict(initial="86.00", adjusted="92.50", executed="90.65", weight="10", rate="98.00%", score="9.80")),
            ("其中：当年财政拨款", dict(initial="80.00", adjusted="86.50", executed="84.65", weight="—", rate="97.86%", score="—")),
            ("      上年结转资金", dict(initial="6.00", adjusted="6.00", executed="6.00", weight="—", rate="100.00%", score="—")),
            ("      其他资金", dict(initial="0.00", adjusted="0.00", executed="0.00", weight="—", rate="—", score="—")),
        ],
        goals=[
            Goal(
                expected="目标1：县图书馆全年免费开放，周开放不少于56小时；\n目标2：开展读书分享、少儿绘本和送书下乡活动；\n目标3：更新馆藏图书5000册。",
                actual="县图书馆全年免费开放320天，周开放60小时；开展各类读书活动46场，送书下乡18次；新购图书5230册并上架流通。",
                sections=sections(
                    """
                    [产出指标\\n（50分）]
                    {数量指标}
                    新购图书册数 | ≥5000册 | 5230册 | 8 | 8
                    读书活动场次 | ≥40场 | 46场 | 8 | 8
                    送书下乡次数 | ≥20次 | 18次 | 6 | 5.4 | 8月汛期道路中断，两次送书未能成行；已排入次年一季度计划补送。
                    {质量指标}
                    图书验收合格率 | 100% | 100% | 8 | 8
                    馆舍设施完好率 | ≥95% | 97.5% | 6 | 6
                    {时效指标}
                    图书上架时间 | 11月底前 | 2022年11月20日 | 7 | 7
                    {成本指标}
                    每册图书平均采购价 | ≤42元/册 | 39.8元/册 | 7 | 7
                    [效益指标\\n（30分）]
                    {社会效益\\n指标}
                    年进馆人次 | ≥12万人次 | 12.6万人次 | 10 | 10
                    居民阅读习惯养成 | 逐步养成 | 逐步养成 | 10 | 10
                    {可持续影响\\n指标}
                    总分馆运行机制 | 健全 | 基本健全 | 10 | 9 | 两个乡镇分馆管理员尚未配齐，已列入公益性岗位招聘。
                    [满意度\\n指标\\n（10分）]
                    {服务对象\\n满意度指标}
                    读者满意度 | ≥90% | 94.2% | 10 | 10
                    """,
                    ROLES,
                ),
            )
        ],
        total={"weight": "100", "score": "98.2"},
        footnotes=[
            "注：1.一级指标分值统一按产出50分、效益30分、满意度10分、预算执行率10分设置。",
            "2.定性指标按达成、部分达成、未达成三档，分别在该指标分值的80%以上、60%至80%、60%以下给分。",
        ],
    )


def mof() -> Made:
    form = library()
    return Made(
        "v01-mof",
        "The annex of 2020 as a county library fills it in: captions with blanks and line breaks, numbers with formats.",
        [usual_page(form)],
        Expectation([form], report=CLEAN),
        ["xlsx", "docx", "pdf<docx"],
        portrait=True,
    )


SHENZHEN = [
    Column("*一级指标", "level1"),
    Column("*二级指标", "level2"),
    Column("*三级指标", "name"),
    Column("*年度指标值", "target"),
    Column("*实际完成值", "actual"),
    Column("*分值", "weight"),
    Column("*得分", "score"),
    Column("偏差原因分析及改进措施", "reason"),
]


def shenzhen() -> Made:
    form = Form(
        title="项目支出绩效自评表",
        year="2020",
        unit="元",
        header={"项目名称": "社区文体服务提升", "实施年度": "2020年", "主管部门": "深圳市南桥区文体局", "实施单位": "深圳市南桥区文化馆"},
        funds=[
            ("年度资金总额", dict(initial="1,250,000.00", adjusted="1,180,000.00", executed="1,163,480.00", weight="10", rate="98.6%", score="9.86")),
            ("其中：当年财政拨款", dict(initial="1,250,000.00", adjusted="1,180,000.00", executed="1,163,480.00", weight="—", rate="98.6%", score="—")),
            ("上年结转资金", dict(initial="0.00", adjusted="0.00", executed="0.00", weight="—", rate="—", score="—")),
            ("其他资金", dict(initial="0.00", adjusted="0.00", executed="0.00", weight="—", rate="—", score="—")),
        ],
        goals=[
            Goal(
                expected="一、社区文艺辅导：为12个社区配备辅导员，每周上课；\n二、全民健身：维护健身路径30处，举办比赛6场。",
                actual="一、社区文艺辅导：12个社区全部配备辅导员，全年上课580节；\n二、全民健身：维护健身路径30处，受疫情影响举办比赛4场。",
                sections=sections(
                    """
                    [产出指标(50分)]
                    {数量指标} 20 18.5
                    辅导社区数 | 12个 | 12个
                    健身比赛场次 | ≥6场 | 4场
                    健身路径维护数 | 30处 | 30处
                    {质量指标} 15 15
                    辅导员持证率 | 100% | 100%
                    器材抽检合格率 | ≥98% | 99%
                    {时效指标} 10 10
                    课程按期完成率 | 100% | 100%
                    {成本指标} 5 5
                    项目支出控制 | 不超过全年预算数 | 不超过全年预算数
                    [效益指标(40分)]
                    {经济效益指标} — —
                    不适用 | 不适用 | 不适用
                    {社会效益指标} 30 30
                    居民参与人次 | ≥3万人次 | 3.4万人次
                    社区文化氛围 | 有效提升 | 有效提升
                    {满意度指标} 10 10
                    居民满意度 | ≥90% | 93%
                    """,
                    ROLES,
                ),
                reasons=[("产出指标(50分)", "健身比赛原定6场，上半年因疫情防控取消2场，年底前无合适场地补办，拟于次年春季补办。")],
            )
        ],
        total={"weight": "100", "score": "98.36"},
    )
    page = Page(9, "自评表")
    page.title(form.title)
    page.blank()
    fields = list(form.header.items())
    header(page, [(*fields[0], 2, 3), (*fields[1], 1, 3)], [(*fields[2], 2, 3), (*fields[3], 1, 3)])
    funds(page, form, "项目资金(元)", ("", 2), USUAL_FUNDS)
    goal = form.goals[0]
    goals_beside(page, goal, "年度总体目标", ("预期目标", "实际完成情况"), 4)
    indicators(page, goal, SHENZHEN, "年度绩效指标", merged=("weight", "score", "reason"))
    total(page, "总分", SHENZHEN, {"weight": "100", "score": "98.36", "reason": ""}, True)
    help_page = Page(2, "填报说明", "visible")
    help_page.line("填报说明")
    help_page.line("带星号的列必须填写，分值之和应为一百。")
    hidden = Page(2, "选项", "hidden")
    hidden.across(("达成预期指标", 1), ("部分达成", 1))
    # The year stands in a header field.
    form.header = {key: value for key, value in form.header.items() if key != "实施年度"}
    return Made(
        "v02-shenzhen",
        "Shenzhen 2020: weights and scores in cells merged over a group, one reason for a whole block; a sheet with\ninstructions and a hidden one with options.",
        [page, help_page, hidden],
        Expectation([form], report=["忽略：填报说明", "忽略：带星号的列", "有言：隐藏的工作表“选项”"]),
        ["xlsx"],
    )


def several() -> Made:
    """V23: three forms in one document."""
    forms = []
    for name, unit, planned, done, initial, adjusted, executed, rate, score, total_score in [
        ("农村公路日常养护", "滦水县交通运输局", "≥320公里", "326公里", "240.00", "236.00", "236.00", "100.00%", "10", "100"),
        ("危桥改造", "滦水县交通运输局", "≥4座", "3座", "510.00", "498.00", "398.40", "80.00%", "8", "93"),
        ("公路安全生命防护", "滦水县交通运输局", "≥18公里", "18公里", "75.60", "75.60", "75.60", "100.00%", "10", "100"),
    ]:
        missed = done == "3座"
        row = f"{name}工程量 | {planned} | {done} | 50 | " + (
            "45 | 一座桥管线迁改滞后，结转次年5月完工。" if missed else "50"
        )
        forms.append(
            Form(
                title="项目支出绩效自评表",
                year="2021",
                unit="万元",
                header={"项目名称": name, "主管部门": unit, "实施单位": "滦水县地方道路管理站"},
                funds=[
                    ("年度资金总额", dict(initial=initial, adjusted=adjusted, executed=executed, weight="10", rate=rate, score=score)),
                    ("其中：当年财政拨款", dict(initial=initial, adjusted=adjusted, executed=executed, weight="—", rate=rate, score="—")),
                    ("上年结转资金", dict(weight="—", score="—")),
                    ("其他资金", dict(weight="—", score="—")),
                ],
                goals=[
                    Goal(
                        expected=f"完成{name}年度任务，保障群众出行安全。",
                        actual=f"{name}完成情况：{done}。",
                        sections=sections(
                            f"""
                            [产出指标]
                            {{数量指标}}
                            {row}
                            [效益指标]
                            {{社会效益指标}}
                            群众出行条件 | 改善 | 改善 | 30 | 30
                            [满意度指标]
                            {{服务对象满意度指标}}
                            沿线群众满意度 | ≥85% | 91% | 10 | 10
                            """,
                            ROLES,
                        ),
                    )
                ],
                total={"weight": "100", "score": total_score},
            )
        )
    headings = [(h.replace("全年预算数", "调整预算数"), key, span) for h, key, span in USUAL_FUNDS]
    pages = []
    for form in forms:
        page = Page(9)
        page.title(form.title)
        page.line(f"（{form.year}年度）", "center")
        fields = list(form.header.items())
        header(page, [(*fields[0], 2, 7)], [(*fields[1], 2, 3), (*fields[2], 1, 3)])
        funds(page, form, "项目资金\n（万元）", ("", 2), headings)
        goals_beside(page, form.goals[0], "年度总体目标", ("预期目标", "实际完成情况"), 4)
        indicators(page, form.goals[0], USUAL, "绩效指标")
        total(page, "总分", USUAL, {"weight": "100", "score": form.total["score"], "reason": ""}, True)
        pages.append(page)
    return Made(
        "v23-three-forms",
        "A county of Hebei in 2021: three projects one below the other in one document, 调整预算数 for the year's budget.",
        pages,
        Expectation(forms, report=CLEAN),
        ["docx"],
        portrait=True,
    )


def made() -> list[Made]:
    return [mof(), shenzhen(), several()]
