"""What lies beside self-evaluations: several projects in a workbook, targets asked for and approved, accounts."""

from __future__ import annotations

from .content import Expectation, Form, Goal, sections
from .general import CLEAN, usual_page
from .layout import Column, header, indicators
from .made import Made
from .page import Page

ROLES = "name target actual weight score reason"


def projects() -> Made:
    """A workbook with a sheet for each project."""
    forms, pages = [], []
    for name, number, place in [("公厕管护", "86", "一"), ("垃圾分类宣传", "40", "二"), ("道路机扫保洁", "128", "三")]:
        form = Form(
            title="项目支出绩效自评表",
            year="2024",
            unit="万元",
            header={"项目名称": name, "主管部门": "东湖区城市管理局", "实施单位": f"东湖区环卫{place}所"},
            funds=[
                ("年度资金总额", dict(initial=f"{number}.00", adjusted=f"{number}.00", executed=f"{number}.00", weight="10", rate="100.00%", score="10")),
                ("其中：当年财政拨款", dict(initial=f"{number}.00", adjusted=f"{number}.00", executed=f"{number}.00", weight="—", rate="100.00%", score="—")),
                ("上年结转资金", dict(initial="0.00", adjusted="0.00", executed="0.00", weight="—", rate="—", score="—")),
                ("其他资金", dict(initial="0.00", adjusted="0.00", executed="0.00", weight="—", rate="—", score="—")),
            ],
            goals=[
                Goal(
                    expected=f"完成{name}全年任务。",
                    actual=f"{name}全年任务完成。",
                    sections=sections(
                        f"""
                        [产出指标]
                        {{数量指标}}
                        {name}任务量 | ≥{number}项 | {number}项 | 50 | 50
                        [效益指标]
                        {{社会效益指标}}
                        市容环境 | 改善 | 改善 | 30 | 30
                        [满意度指标]
                        {{服务对象满意度指标}}
                        市民满意度 | ≥90% | 92% | 10 | 10
                        """,
                        ROLES,
                    ),
                )
            ],
            total={"weight": "100", "score": "100"},
        )
        forms.append(form)
        pages.append(usual_page(form, name))
    return Made(
        "several-projects",
        "One workbook of a department: a sheet for each of three projects.",
        pages,
        Expectation(forms, report=CLEAN),
        ["xlsx"],
    )


def targets() -> Made:
    """绩效目标申报表: what is asked for with the budget."""
    form = Form(
        title="项目支出绩效目标申报表",
        year="2024",
        unit="万元",
        header={"项目名称": "社区养老服务站运营", "主管部门": "和平区民政局", "实施单位": "和平区养老服务中心", "项目属性": "延续项目", "项目期": "1年"},
        funds=[
            ("年度资金总额", {"金额": "210.00"}),
            ("其中：财政拨款", {"金额": "180.00"}),
            ("其他资金", {"金额": "30.00"}),
        ],
        goals=[
            Goal(
                expected="运营社区养老服务站14个，提供助餐和日间照料。",
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    运营服务站 | 14个 | 15
                    助餐人次 | ≥9万人次 | 15
                    {质量指标}
                    护理员持证率 | ≥95% | 10
                    {时效指标}
                    服务站开放天数 | ≥300天 | 10
                    [成本指标]
                    {经济成本指标}
                    每人次助餐补贴 | ≤8元 | 10
                    [效益指标]
                    {社会效益指标}
                    服务覆盖社区比例 | ≥80% | 30
                    [满意度指标]
                    {服务对象满意度指标}
                    老年人满意度 | ≥90% | 10
                    """,
                    "name target weight",
                ),
            )
        ],
        kind="目标表",
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name", 2),
        Column("指标值", "target"),
        Column("分值", "weight"),
    ]
    page = Page(7)
    page.title(form.title)
    page.line("（2024年度）", "center")
    page.line("单位：万元", "right")
    fields = list(form.header.items())
    header(page, [(*fields[0], 2, 5)], [(*fields[1], 2, 2), (*fields[2], 1, 2)], [(*fields[3], 2, 2), (*fields[4], 1, 2)])
    first = page.row
    for name, figures in form.funds:
        page.beside(2, (name + "：", 2), (figures["金额"], 3))
    page.put(first, 0, "项目资金（万元）", rows=3, columns=2)
    header(page, [("总体目标", form.goals[0].expected, 1, 6)])
    indicators(page, form.goals[0], columns, "绩效指标")
    as_targets(form)
    form.funds = [(name + "：", {"initial": figures["金额"]}) for name, figures in form.funds]
    # The edition that fits has no such fields: they are kept as notes.
    form.footnotes = [f"{name}：{form.header.pop(name)}" for name in ("项目属性", "项目期")]
    return Made(
        "targets-asked",
        "绩效目标申报表 of the budget for 2024: targets and points, nothing done yet; one amount for each source.",
        [page],
        Expectation([form], report=["猜测：延续项目"]),
        ["xlsx"],
    )


def approved() -> Made:
    """批复表: what was approved, with signs and units apart."""
    form = Form(
        title="2024年部门预算项目绩效目标批复表",
        year="2024",
        unit="万元",
        header={"项目名称": "古树名木保护", "主管部门": "云溪县林业局", "实施单位": "云溪县林业站", "预算金额": "36.50"},
        funds=[],
        goals=[
            Goal(
                expected="对218株古树名木开展体检和复壮。",
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    体检古树株数 | ≥ | 218 | 株 | 25
                    复壮古树株数 | ≥ | 20 | 株 | 25
                    [效益指标]
                    {生态效益指标}
                    古树存活率 | ≥ | 99 | % | 30
                    [满意度指标]
                    {服务对象满意度指标}
                    群众满意度 | ≥ | 90 | % | 10
                    """,
                    "name nature target unit weight",
                ),
            )
        ],
        kind="目标表",
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("指标性质", "nature"),
        Column("指标值", "target"),
        Column("度量单位", "unit"),
        Column("权重", "weight"),
    ]
    page = Page(7)
    page.title(form.title)
    page.line("金额单位：万元", "right")
    fields = list(form.header.items())
    header(page, [(*fields[0], 1, 3), (*fields[3], 1, 2)], [(*fields[1], 1, 3), (*fields[2], 1, 2)], [("年度目标", form.goals[0].expected, 1, 6)])
    indicators(page, form.goals[0], columns)
    as_targets(form)
    return Made(
        "targets-approved",
        "批复表: the finance office's approval in Word, sign and unit in columns of their own.",
        [page],
        Expectation([form], report=["猜测：延续项目"]),
        ["docx"],
        portrait=True,
    )


def as_targets(form: Form) -> None:
    """Every row is on record as approved."""
    for section in form.goals[0].sections:
        for group in section.groups:
            for row in group.rows:
                row.extra["批复"] = row.cells["target"]


def account() -> Made:
    """A payment system's list: what was budgeted and paid for every project."""
    head = ["序号", "项目编码", "项目名称", "单位", "年初预算数", "调整预算数", "全年执行数", "执行率"]
    rows = [
        ["1", "370102240000000001", "公厕管护", "东湖区环卫一所", "860,000.00", "860,000.00", "860,000.00", "100.00%"],
        ["2", "370102240000000002", "垃圾分类宣传", "东湖区环卫二所", "400,000.00", "395,000.00", "388,640.00", "98.39%"],
        ["3", "370102240000000003", "道路机扫保洁", "东湖区环卫三所", "1,280,000.00", "1,280,000.00", "1,280,000.00", "100.00%"],
        ["4", "370102240000000004", "融雪物资储备", "东湖区环卫三所", "150,000.00", "0.00", "0.00", "0.00%"],
    ]
    sums = ["合计", "", "", "", "2,690,000.00", "2,535,000.00", "2,528,640.00", "99.75%"]
    page = Page(8, "支出明细")
    page.title("2024年项目支出预算执行情况表")
    page.line("单位：元", "right")
    page.across(*[(text, 1) for text in head], bold=True)
    for row in rows:
        page.across(*[(text, 1) for text in row])
    page.across(("合计", 4), *[(text, 1) for text in sums[4:]])
    above = [["2024年项目支出预算执行情况表"], ["单位：元"]]
    return Made(
        "account-payments",
        "A list out of the payment system: code, name, budget, adjusted budget and payments of each project, in yuan.",
        [page],
        Expectation(accounts=[[*above, head, *rows, sums]], report=CLEAN),
        ["xlsx"],
    )


def made() -> list[Made]:
    return [projects(), targets(), approved(), account()]
