"""Forms that provinces print from systems of their own: other columns, other orders, other blocks."""

from __future__ import annotations

from .content import Expectation, Form, Goal, sections
from .general import CLEAN
from .layout import Column, funds, goals_beside, header, indicators, total
from .made import Made
from .page import Page


def anhui() -> Made:
    """V3: the weight before the values, stars, rows that are part of another."""
    form = Form(
        title="衔接资金项目绩效目标自评表",
        year="2021",
        unit="万元",
        header={
            "项目名称": "高山茶园道路硬化",
            "项目负责人及电话": "储某 0556-0000000",
            "主管部门": "岳川县乡村振兴局",
            "实施单位": "岳川县石关乡人民政府",
        },
        funds=[
            ("年度资金总额：", dict(adjusted="186", executed="181.3", weight="10", rate="97.47%", score="9.75")),
            ("本年财政拨款", dict(adjusted="186", executed="181.3", weight="-", rate="97.47%", score="-")),
            ("其他资金", dict(adjusted="0", executed="0", weight="-", score="-")),
        ],
        goals=[
            Goal(
                expected="硬化茶园生产道路6.2公里，带动脱贫户稳定增收。",
                actual="硬化茶园生产道路6.2公里，带动脱贫户61户增收。",
                sections=sections(
                    """
                    [产出指标（50分）]
                    {数量指标}
                    ★硬化道路长度 | 15 | ≥6.2公里 | 6.2公里 | 15
                    + 其中：新建 |  | ≥4公里 | 4公里 |
                    + 改建 |  | ≥2.2公里 | 2.2公里 |
                    {质量指标}
                    ★工程验收合格率 | 15 | 100% | 100% | 15
                    {时效指标}
                    工程完工及时率 | 10 | 100% | 90% | 9 | 一段路基塌方返工，晚于计划23天完工。
                    {成本指标}
                    每公里造价 | 10 | ≤30万元 | 29.2万元 | 10
                    [效益指标（30分）]
                    {经济效益指标}
                    ★带动脱贫户增收 | 15 | ≥800元/户 | 960元/户 | 15
                    {社会效益指标}
                    ★受益脱贫人口 | 15 | ≥180人 | 203人 | 15
                    [满意度指标（10分）]
                    {服务对象满意度指标}
                    受益群众满意度 | 10 | ≥95% | 96.8% | 10
                    """,
                    "name weight target actual score reason",
                ),
            )
        ],
        total={"weight": "100", "score": "98.75"},
        footnotes=["注：带★的为核心指标，不得删减。"],
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("分值", "weight"),
        Column("年度指标值", "target"),
        Column("全年实际值", "actual"),
        Column("得分", "score"),
        Column("未完成原因及拟采取的改进措施", "reason"),
    ]
    page = Page(9)
    page.title(form.title)
    page.line("（2021年度）", "center")
    fields = list(form.header.items())
    header(page, [(*fields[0], 2, 3), (*fields[1], 2, 2)], [(*fields[2], 2, 3), (*fields[3], 2, 2)])
    funds(
        page,
        form,
        "项目资金（万元）",
        ("", 2),
        [
            ("全年预算数（A）", "adjusted", 1),
            ("全年执行数（B）", "executed", 1),
            ("分值", "weight", 1),
            ("执行率（B/A）", "rate", 1),
            ("得分", "score", 2),
        ],
    )
    goals_beside(page, form.goals[0], "年度总体目标", ("年初设定目标", "全年实际完成情况"), 4)
    indicators(page, form.goals[0], columns, "绩效指标")
    total(page, "总分", columns, {"weight": "100", "score": "98.75", "reason": ""}, True)
    page.line(form.footnotes[0])
    return Made(
        "v03-anhui",
        "Anhui, funds for poverty alleviation: weight before target, starred core indicators, 其中 rows without weight.",
        [page],
        Expectation([form], report=CLEAN),
        ["docx"],
        portrait=True,
    )


def sichuan() -> Made:
    """V4: nature, value and unit apart; reasons in the fund table; texts and people below."""
    form = Form(
        title="部门预算项目支出绩效自评表（2023年度）",
        year="2023",
        unit="万元",
        header={
            "项目名称": "51010023Y000000318-城区防洪排涝设施维护",
            "主管部门": "青阳区水务局",
            "实施单位（盖章）": "青阳区河道管理所",
            "项目实施内容及过程概述": "汛前完成泵站检修和河道清淤，汛期24小时值守，汛后复核水毁点位。",
        },
        funds=[
            ("总额", dict(initial="150.00", adjusted="138.60", executed="121.97", rate="88.00%", weight="10", score="8.8", remark="一座泵站电气改造未到付款节点。")),
            ("其中：财政资金", dict(initial="150.00", adjusted="138.60", executed="121.97", rate="88.00%", weight="/", score="/")),
            ("财政专户管理资金", dict(initial="0.00", adjusted="0.00", executed="0.00", rate="/", weight="/", score="/")),
            ("单位资金", dict(initial="0.00", adjusted="0.00", executed="0.00", rate="/", weight="/", score="/")),
            ("其他资金", dict(initial="0.00", adjusted="0.00", executed="0.00", rate="/", weight="/", score="/")),
        ],
        goals=[
            Goal(
                expected="保障城区排涝泵站和河道安全度汛，城区不发生大面积内涝。",
                actual="检修泵站9座、清淤河道11.2公里，汛期城区未发生大面积内涝。",
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    检修泵站数量 | ≥ | 9 | 座 | 9 | 15 | 15
                    清淤河道长度 | ≥ | 12 | 公里 | 11.2 | 15 | 14 | 东门支渠有施工围挡，0.8公里未进场，移交后即清。
                    {质量指标}
                    设备完好率 | ≥ | 95 | % | 97 | 15 | 15
                    {时效指标}
                    汛前完成时间 | 定性 | 4月底前 |  | 4月26日 | 15 | 15
                    [效益指标]
                    {社会效益指标}
                    城区内涝点位 | ≤ | 3 | 处 | 1 | 20 | 20
                    [满意度指标]
                    {服务对象满意度指标}
                    沿河居民满意度 | ≥ | 85 | % | 92 | 10 | 10
                    """,
                    "name nature target unit actual weight score reason",
                ),
            )
        ],
        total={"weight": "100", "score": "97.8"},
        below={
            "评价结论": "项目总体完成较好，自评97.8分，防洪排涝设施运行正常。",
            "存在问题": "个别泵站改造付款滞后，影响执行进度。",
            "改进措施": "次年提前启动采购，按月跟踪付款节点。",
            "项目负责人": "周某",
            "财务负责人": "唐某",
        },
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("指标性质", "nature"),
        Column("指标值", "target"),
        Column("度量单位", "unit"),
        Column("完成值", "actual"),
        Column("权重", "weight"),
        Column("得分", "score"),
        Column("未完成原因分析", "reason"),
    ]
    page = Page(11, "510000_0013zp")
    page.title(form.title)
    page.line("报表编号：510000_0013zp")
    page.line("单位：万元", "right")
    fields = list(form.header.items())
    told = fields[3]
    header(
        page,
        [(*fields[0], 2, 9)],
        [(*fields[1], 2, 4), (*fields[2], 2, 3)],
    )
    goal = form.goals[0]
    goals_beside(page, goal, "项目年度目标完成情况", ("项目年度目标", "项目年度目标完成情况"), 5)
    header(page, [(*told, 2, 9)])
    # It stands below the goals and tells of them.
    goal.others[told[0]] = form.header.pop(told[0])
    funds(
        page,
        form,
        "预算执行情况（万元）",
        ("", 2),
        [
            ("年初预算", "initial", 1),
            ("调整后预算数", "adjusted", 1),
            ("预算执行数", "executed", 1),
            ("预算执行率", "rate", 1),
            ("权重", "weight", 1),
            ("得分", "score", 1),
            ("原因", "remark", 2),
        ],
    )
    indicators(page, goal, columns, "项目绩效指标")
    total(page, "合计", columns, {"weight": "100", "score": "97.8", "reason": ""}, True)
    for name in ["评价结论", "存在问题", "改进措施"]:
        header(page, [(name, form.below[name], 2, 9)])
    page.across(("项目负责人：周某", 6), ("财务负责人：唐某", 5), align="left")
    return Made(
        "v04-sichuan",
        "Sichuan 2023, printed from the provincial system: nature, value and unit in columns of their own, reasons in the\nfund table, conclusions and people below.",
        [page],
        Expectation([form], report=CLEAN),
        ["xlsx", "pdf<xlsx"],
    )


def hubei() -> Made:
    """V5: two goals, each with its table; no weight column."""
    first = Goal(
        caption="年度绩效目标1",
        weight="40",
        sections=sections(
            """
            [产出指标（25分）]
            {数量指标}
            新建村卫生室 | 6个 | 6个 | 15
            {质量指标}
            设备验收合格率 | 100% | 100% | 10
            [效益指标（15分）]
            {社会效益指标}
            门诊服务人次 | ≥1.5万人次 | 1.62万人次 | 15
            """,
            "name target actual score",
        ),
    )
    second = Goal(
        caption="年度绩效目标2",
        weight="40",
        sections=sections(
            """
            [产出指标（25分）]
            {数量指标}
            培训乡村医生 | 120人 | 96人 | 20
            [效益指标（15分）]
            {满意度指标}
            参训人员满意度 | ≥90% | 95% | 15
            """,
            "name target actual score",
        ),
    )
    form = Form(
        title="2021年度基层医疗服务能力提升项目绩效自评表",
        year="2021",
        unit="万元",
        header={
            "项目名称": "基层医疗服务能力提升",
            "主管部门": "梅江市卫生健康委员会",
            "项目实施单位": "梅江市基层卫生服务中心",
            "项目类别": "☑部门预算项目 □市直专项 □转移支付项目",
            "项目属性": "☑持续性项目 □新增性项目",
            "项目类型": "☑常年性项目 □延续性项目 □一次性项目",
        },
        funds=[("年度财政资金总额", dict(adjusted="320.00", executed="307.20", rate="96%", score="19.2"))],
        goals=[first, second],
        total={"score": "94.2"},
        below={
            "偏差大或目标未完成原因分析": "乡村医生培训因冬季门诊量大未能全员离岗，少训24人。",
            "改进措施及结果应用方案": "培训改为线上线下结合，于次年二季度前补训到位。",
        },
        footnotes=["备注：1.预算执行情况口径：预算数为调整后财政资金总额，执行数为资金使用单位实际支出数。"],
    )
    page = Page(7)
    page.title(form.title)
    page.across(("单位名称：梅江市卫生健康委员会", 4), ("填报日期：2022年3月12日", 3), outside=True, align="left")
    fields = list(form.header.items())
    header(page, [(*fields[0], 2, 5)], [(*fields[1], 2, 2), (*fields[2], 1, 2)])
    for field in fields[3:]:
        header(page, [(*field, 2, 5)])
    first_row = page.row
    page.beside(2, ("", 1), ("预算数（A）", 1), ("执行数（B）", 1), ("执行率（B/A）", 1), ("得分（20分*执行率）", 1))
    page.beside(2, ("年度财政资金总额", 1), ("320.00", 1), ("307.20", 1), ("96%", 1), ("19.2", 1))
    page.put(first_row, 0, "预算执行情况（万元）\n（20分）", rows=2, columns=2)
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("年初目标值（A）", "target"),
        Column("实际完成值（B）", "actual"),
        Column("得分", "score"),
    ]
    for goal in form.goals:
        indicators(page, goal, columns, f"{goal.caption}\n（40分）")
    page.across(("总分", 6), ("94.2", 1))
    for name, text in form.below.items():
        header(page, [(name, text, 2, 5)])
    page.line(form.footnotes[0])
    form.header["填报日期"] = "2022年3月12日"
    form.header["单位名称"] = "梅江市卫生健康委员会"
    return Made(
        "v05-hubei",
        "Hubei: two goal blocks of 40 points, each with its own table and no weight column; boxes ticked in the header.",
        [page],
        Expectation([form], report=[]),
        ["xlsx"],
    )


def review_column() -> Made:
    """V6: a second score by the finance office, texts on how scores are given."""
    form = Form(
        title="市级项目支出绩效自评表",
        year="2022",
        unit="万元",
        header={
            "项目名称": "智慧停车引导系统运行维护",
            "主管部门": "广源市城市管理执法委",
            "项目实施单位": "广源市城市停车服务中心",
            "项目负责人": "汪某",
            "项目属性": "经常性",
        },
        funds=[
            ("年初预算", {"中央": "", "省": "", "本级": "64", "其他": "", "adjusted": "64", "executed": "61.44", "rate": "96%"}),
        ],
        goals=[
            Goal(
                expected="引导系统全年稳定运行，泊位数据实时更新。",
                actual="系统全年在线率99.3%，接入泊位5400个。",
                sections=sections(
                    """
                    [项目决策]
                    {立项}
                    立项依据充分性 | 2 | 充分 | 充分 | 2 | 2 | 有文件依据得2分
                    [项目管理]
                    {资金管理}
                    预算执行率 | 8 | 100% | 96% | 7.7 | 7.7 | 执行率乘以分值
                    制度健全性 | 5 | 健全 | 健全 | 5 | 5 | 制度齐全得5分
                    [项目绩效]
                    {数量指标}
                    接入泊位数 | 40 | ≥5000个 | 5400个 | 40 | 38 | 按完成比例得分
                    {社会效益指标}
                    平均寻泊时间 | 35 | ≤8分钟 | 7分钟 | 35 | 35 | 按完成比例得分
                    {满意度指标}
                    车主满意度 | 10 | ≥80% | 86% | 10 | 10 | 以问卷为准
                    """,
                    "name weight target actual score 复核分 评价标准及依据",
                ),
            )
        ],
        total={"weight": "100", "score": "99.7"},
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("分值", "weight"),
        Column("年初指标值", "target"),
        Column("年终完成值", "actual"),
        Column("自评分", "score"),
        Column("复核分", "复核分"),
        Column("评价标准及依据", "评价标准及依据"),
    ]
    page = Page(9, "自评表")
    page.title(form.title)
    page.line("（2022年度）", "center")
    page.line("金额单位：万元", "right")
    fields = list(form.header.items())
    header(
        page,
        [(*fields[0], 1, 4), (*fields[1], 1, 3)],
        [(*fields[2], 1, 2), (*fields[3], 1, 2), (*fields[4], 1, 2)],
    )
    funds(
        page,
        form,
        "项目资金",
        ("", 1),
        [("中央", "中央", 1), ("省", "省", 1), ("本级", "本级", 1), ("其他", "其他", 1), ("合计", "adjusted", 1), ("执行数", "executed", 1), ("执行率", "rate", 1)],
    )
    header(page, [("年度目标", form.goals[0].expected, 1, 8)], [("完成情况", form.goals[0].actual, 1, 8)])
    indicators(page, form.goals[0], columns)
    total(page, "合计", columns, {"weight": "100", "score": "99.7", "复核分": "97.7", "评价标准及依据": ""}, False)
    return Made(
        "v06-review",
        "A city of Hubei: decision, management, results; a second score column for the review, saved as .xls.",
        [page],
        Expectation([form], report=["忽略：97.7"]),
        ["xls<xlsx"],
    )


def method_column() -> Made:
    """V10: how each score is computed stands in a column, and in one of the fund table."""
    form = Form(
        title="项目支出绩效自评表",
        year="2017",
        unit="万元",
        header={"项目名称": "中小学校舍安全维护", "主管部门及代码": "教育局 105", "实施单位": "校舍安全管理办公室"},
        funds=[
            ("年度资金总额：", {"initial": "460.00", "executed": "437.00", "weight": "10", "rate": "95.00%", "score": "9.5", "remark": "执行率乘以分值，最高不得超过分值上限"}),
            ("其中：本年财政拨款", {"initial": "460.00", "executed": "437.00", "weight": "—", "rate": "—", "score": "—"}),
            ("其他资金", {"initial": "0.00", "executed": "0.00", "weight": "—", "rate": "—", "score": "—"}),
        ],
        goals=[
            Goal(
                expected="维修校舍25处，消除安全隐患。",
                actual="维修校舍25处，隐患全部销号。",
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    维修校舍 | 20 | 25处 | 25处 | 完成值达到指标值记满分，未达到按B/A乘以分值 | 20
                    {质量指标}
                    竣工验收合格率 | 20 | 100% | 100% | 同上 | 20
                    {时效指标}
                    开学前完工率 | 10 | 100% | 92% | 同上 | 9.2 | 两处屋面雨季停工
                    [效益指标]
                    {社会效益指标}
                    校舍安全事故 | 30 | 0起 | 0起 | 发生即不得分 | 30
                    [满意度指标]
                    {服务对象满意度指标}
                    师生满意度 | 10 | ≥95% | 95.6% | 未达到按B/A乘以分值 | 10
                    """,
                    "name weight target actual 得分计算方法 score reason",
                ),
            )
        ],
        total={"weight": "100", "score": "98.7"},
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("分值", "weight"),
        Column("年度指标值（A）", "target"),
        Column("全年实际值（B）", "actual"),
        Column("得分计算方法", "得分计算方法"),
        Column("得分", "score"),
        Column("未完成原因分析", "reason"),
    ]
    page = Page(10)
    page.title(form.title)
    page.line("（ 2017 年度）", "center")
    fields = list(form.header.items())
    header(page, [(*fields[0], 2, 8)], [(*fields[1], 2, 3), (*fields[2], 2, 3)])
    funds(
        page,
        form,
        "项目资金（万元）",
        ("", 2),
        [
            ("年初预算数（A）", "initial", 1),
            ("全年执行数（B）", "executed", 1),
            ("分值", "weight", 1),
            ("执行率（B/A）", "rate", 1),
            ("得分", "score", 1),
            ("得分计算方法", "remark", 2),
        ],
    )
    goals_beside(page, form.goals[0], "年度总体目标", ("年初设定目标", "全年实际完成情况"), 5)
    indicators(page, form.goals[0], columns, "绩效指标", levels="blank")
    total(page, "总分", columns, {"weight": "100", "score": "98.7", "reason": ""} | {"target": "", "actual": "", "得分计算方法": ""}, True)
    return Made(
        "v10-method",
        "The form of 2016-17 (Beijing, Jiangxi): how a score is computed stands in a column; level cells not merged but blank below the first.",
        [page],
        Expectation([form], report=CLEAN),
        ["xlsx"],
    )


def suzhou() -> Made:
    """V11: few headings, fractional weights, saved as CSV in GBK."""
    form = Form(
        title="市级财政项目绩效自评表",
        year="2021",
        unit="万元",
        header={"项目名称": "丝绸非遗传承扶持", "主管部门": "姑苏市文广旅局"},
        funds=[
            ("年初预算", {"initial": "98.00", "使用上年结余": "4.50", "当年调整": "-6.00", "executed": "93.20", "rate": "96.58%"}),
        ],
        goals=[
            Goal(
                sections=sections(
                    """
                    [产出]
                    {}
                    扶持传承人 | 14人 | 3.71 | 14人 | 3.71
                    传习活动 | 60场 | 33.14 | 58场 | 32.04
                    结项通过率 | 100% | 33.15 | 100% | 33.15
                    [效果]
                    {}
                    参与市民 | 8000人次 | 30 | 9120人次 | 30
                    """,
                    "name target weight actual score",
                )
            )
        ],
        total={"weight": "100", "score": "98.9"},
    )
    columns = [
        Column("类别", "level1"),
        Column("指标名称", "name", 2),
        Column("目标值", "target"),
        Column("权重", "weight"),
        Column("实际完成值", "actual"),
        Column("自评分", "score"),
    ]
    page = Page(7)
    page.line(form.title)
    page.across(("项目年份", 1), ("2021", 1), ("金额单位", 1), ("万元", 4))
    fields = list(form.header.items())
    header(page, [(*fields[0], 1, 2), (*fields[1], 1, 3)])
    funds(
        page,
        form,
        "项目资金",
        ("", 1),
        [("年初预算数", "initial", 1), ("使用上年结余", "使用上年结余", 1), ("当年调整", "当年调整", 1), ("执行数", "executed", 1), ("执行率", "rate", 1)],
    )
    indicators(page, form.goals[0], columns, levels="repeated")
    total(page, "总分", columns, {"weight": "100", "actual": "", "score": "98.9"}, False)
    return Made(
        "v11-suzhou",
        "Suzhou, saved as CSV in GBK: fractional weights, one level, repeated in every row, no goals.",
        [page],
        Expectation([form], report=["有言：GBK"]),
        ["csv"],
    )


def tianjin() -> Made:
    """V12: no first level; the sign before the value, the unit after the actual value."""
    form = Form(
        title="部门项目支出绩效自评表",
        year="2023",
        unit="万元",
        header={"项目名称": "海河沿线绿化养护", "主管部门": "津海区城市管理委", "实施单位": "津海区绿化管理所"},
        funds=[
            ("年度资金总额", dict(initial="275.00", adjusted="275.00", executed="275.00", weight="10", rate="100%", score="10")),
            ("其中：财政拨款", dict(initial="275.00", adjusted="275.00", executed="275.00", rate="100%")),
        ],
        goals=[
            Goal(
                expected="养护沿线绿地38万平方米，保持良好景观。",
                actual="养护绿地38.6万平方米，专项检查均合格。",
                others={"偏差原因": "无偏差。"},
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    养护绿地面积 | ≥ | 38 | 38.6 | 万平方米 | 25 | 25
                    补植乔木 | = | 260 | 240 | 株 | 15 | 13.85 | 苗源规格不足，春季补齐
                    {质量指标}
                    检查合格率 | ≥ | 95 | 98 | % | 10 | 10
                    [效益指标]
                    {生态效益指标}
                    植被覆盖率 | ≥ | 92 | 93.5 | % | 30 | 30
                    [满意度指标]
                    {服务对象满意度指标}
                    游人满意度 | ≥ | 90 | 95 | % | 10 | 10
                    """,
                    "name nature target actual unit weight score reason",
                ),
            )
        ],
        total={"weight": "100", "score": "98.85"},
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("指标名称", "name"),
        Column("计算符号", "nature"),
        Column("指标值", "target"),
        Column("实际完成值", "actual"),
        Column("计量单位", "unit"),
        Column("分值", "weight"),
        Column("得分", "score"),
        Column("偏差原因分析及改进措施", "reason"),
    ]
    page = Page(10)
    page.title(form.title)
    page.across(("预算年度：2023", 5), ("金额单位：万元", 5), outside=True, align="left")
    fields = list(form.header.items())
    header(page, [(*fields[0], 1, 9)], [(*fields[1], 1, 4), (*fields[2], 1, 4)])
    funds(
        page,
        form,
        "项目资金",
        ("资金来源", 2),
        [("年初预算数", "initial", 1), ("全年预算数", "adjusted", 1), ("全年执行数", "executed", 1), ("分值", "weight", 1), ("执行率（%）", "rate", 1), ("得分", "score", 2)],
    )
    header(
        page,
        [("年度绩效目标", form.goals[0].expected, 1, 9)],
        [("实际完成情况", form.goals[0].actual, 1, 9)],
        [("偏差原因", "无偏差。", 1, 9)],
    )
    indicators(page, form.goals[0], columns)
    total(page, "总分", columns, {"weight": "100", "score": "98.85", "reason": ""}, False)
    return Made(
        "v12-tianjin",
        "Tianjin: sign and unit in columns of their own with the actual value between, goal texts one above the other.",
        [page],
        Expectation([form], report=["猜测：无", "忽略：资金来源"]),
        ["xlsx"],
    )


def shanxi() -> Made:
    """V14: two target columns and a balance."""
    form = Form(
        title="项目支出绩效自评表",
        year="2022",
        unit="万元",
        header={"项目名称": "采煤沉陷区监测", "主管部门": "汾阳市自然资源局", "实施单位": "汾阳市地质环境监测站"},
        funds=[
            ("年度资金总额", {"initial": "58.00", "adjusted": "52.00", "executed": "50.44", "结余": "1.56", "weight": "10", "rate": "97.00%", "score": "9.7"}),
            ("其中：当年财政拨款", {"initial": "58.00", "adjusted": "52.00", "executed": "50.44", "结余": "1.56", "rate": "97.00%"}),
            ("上年结转资金", {"initial": "0.00", "adjusted": "0.00", "executed": "0.00", "结余": "0.00"}),
        ],
        goals=[
            Goal(
                expected="监测沉陷区35平方公里，每季度出具监测报告。",
                actual="监测35平方公里，出具监测报告4份。",
                sections=sections(
                    """
                    [成本指标]
                    {经济成本指标}
                    单位面积监测成本 | ≤2万元/平方公里 | ≤1.5万元/平方公里 | 1.44万元/平方公里 | 20 | 20
                    [产出指标]
                    {数量指标}
                    监测面积 | ≥40平方公里 | ≥35平方公里 | 35平方公里 | 20 | 20
                    监测报告 | 4份 | 4份 | 4份 | 10 | 10
                    {质量指标}
                    数据有效率 | ≥98% | ≥98% | 96% | 10 | 9.8 | 两处测点被盗，已补设
                    [效益指标]
                    {社会效益指标}
                    险情预警及时率 | 100% | 100% | 100% | 20 | 20
                    [满意度指标]
                    {服务对象满意度指标}
                    村民满意度 | ≥85% | ≥85% | 90% | 10 | 10
                    """,
                    "name 年初指标值 target actual weight score reason",
                ),
            )
        ],
        total={"weight": "100", "score": "99.5"},
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("年初指标值", "年初指标值"),
        Column("年度指标值（调整后）", "target"),
        Column("实际完成值", "actual"),
        Column("分值", "weight"),
        Column("得分", "score"),
        Column("偏差原因分析及改进措施", "reason"),
    ]
    page = Page(10)
    page.title(form.title)
    page.line("（2022年度）", "center")
    page.line("单位：万元", "right")
    fields = list(form.header.items())
    header(page, [(*fields[0], 2, 8)], [(*fields[1], 2, 3), (*fields[2], 2, 3)])
    funds(
        page,
        form,
        "项目资金（万元）",
        ("", 2),
        [("年初预算数", "initial", 1), ("全年预算数", "adjusted", 1), ("全年执行数", "executed", 1), ("结余", "结余", 1), ("分值", "weight", 1), ("执行率", "rate", 1), ("得分", "score", 1)],
    )
    goals_beside(page, form.goals[0], "年度总体目标", ("预期目标", "实际完成情况"), 5)
    indicators(page, form.goals[0], columns, "绩效指标")
    total(page, "总分", columns, {"weight": "100", "score": "99.5", "reason": ""}, True)
    return Made(
        "v14-shanxi",
        "Shanxi: a balance in the fund table; targets at the year's begin and as adjusted.",
        [page],
        Expectation([form], report=CLEAN),
        ["xlsx"],
    )


def made() -> list[Made]:
    return [
        anhui(),
        sichuan(),
        hubei(),
        review_column(),
        method_column(),
        suzhou(),
        tianjin(),
        shanxi(),
    ]
