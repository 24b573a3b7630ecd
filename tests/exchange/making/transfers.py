"""Forms of transfers from above: regions and funds instead of departments, often without any score."""

from __future__ import annotations

from .content import Expectation, Form, Goal, sections
from .general import CLEAN
from .layout import Column, funds, goals_beside, header, indicators, total
from .made import Made
from .page import Page

NO_POINTS = [
    Column("一级指标", "level1"),
    Column("二级指标", "level2"),
    Column("三级指标", "name"),
    Column("指标值", "target"),
    Column("全年实际完成值", "actual"),
    Column("未完成原因和改进措施", "reason"),
]
TRANSFER_FUNDS = [
    ("全年预算数（A）", "adjusted", 1),
    ("全年执行数（B）", "executed", 1),
    ("预算执行率（B/A×100%）", "rate", 2),
]


def transfer(year: str) -> tuple[Form, Page]:
    form = Form(
        title="中央对地方转移支付区域绩效自评表",
        year=year,
        unit="万元",
        header={
            "转移支付名称": "中央财政农田建设补助资金",
            "中央主管部门": "农业农村部",
            "地方主管部门": "湘源市农业农村局",
            "资金使用单位": "湘源市农田建设服务中心",
        },
        funds=[
            ("年度资金总额：", dict(adjusted="4,380.00", executed="4,160.60", rate="94.99%")),
            ("其中：中央财政资金", dict(adjusted="3,200.00", executed="3,200.00", rate="100.00%")),
            ("地方资金", dict(adjusted="1,180.00", executed="960.60", rate="81.41%")),
            ("其他资金", dict(adjusted="0.00", executed="0.00", rate="—")),
        ],
        goals=[
            Goal(
                expected="新建高标准农田2.9万亩，改善灌排条件。",
                actual="新建高标准农田2.9万亩，田间道路和渠系全部完工。",
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    新建高标准农田面积 | ≥2.9万亩 | 2.9万亩
                    渠系衬砌长度 | ≥36公里 | 34.5公里 | 1.5公里渠段改线，设计变更已批复，次年3月前完成。
                    {质量指标}
                    项目验收合格率 | 100% | 100%
                    {时效指标}
                    年度任务完成时限 | 2023年12月31日 | 2023年12月20日
                    {成本指标}
                    亩均投资 | ≤1500元/亩 | 1510元/亩 | 材料涨价，由地方资金承担。
                    [效益指标]
                    {经济效益指标}
                    亩均粮食增产 | ≥100公斤 | 108公斤
                    {社会效益指标}
                    带动就业 | 明显 | 明显
                    {生态效益指标}
                    节水灌溉面积 | ≥1.2万亩 | 1.3万亩
                    {可持续影响指标}
                    管护机制 | 建立 | 建立
                    [满意度指标]
                    {服务对象满意度指标}
                    受益农户满意度 | ≥90% | 93%
                    """,
                    "name target actual reason",
                ),
            )
        ],
    )
    page = Page(7)
    page.line("附件2")
    page.title(form.title)
    page.line(f"（{year}年度）", "center")
    fields = list(form.header.items())
    header(
        page,
        [(*fields[0], 2, 5)],
        [(*fields[1], 2, 5)],
        [(*fields[2], 2, 2), (*fields[3], 1, 2)],
    )
    funds(page, form, "资金情况\n（万元）", ("", 2), TRANSFER_FUNDS)
    return form, page


def without_points() -> Made:
    """V7."""
    form, page = transfer("2020")
    form.goals[0].sections[0].groups[2].rows[0].cells |= {"target": "2020年12月31日", "actual": "2020年12月20日"}
    form.below = {"说明": "请在此处简要说明各级审计和财政监督中发现的问题及其所涉及的金额，如没有请填无。"}
    form.footnotes = [
        "注：1.资金使用单位按项目绩效目标填报，主管部门汇总时按区域绩效目标填报。",
        "2.其他资金包括与中央财政资金、地方财政资金共同投入到同一项目的自有资金、社会资金。",
    ]
    goals_beside(page, form.goals[0], "总体目标完成情况", ("总体目标", "全年实际完成情况"), 3)
    indicators(page, form.goals[0], NO_POINTS, "绩效指标")
    header(page, [("说明", form.below["说明"], 1, 6)])
    for note in form.footnotes:
        page.line(note)
    return Made(
        "v07-transfer-2020",
        "A transfer from the centre, 2019-21: no weights, no scores, an explanation and notes below.",
        [page],
        Expectation([form], report=["猜测：无"]),
        ["docx"],
        portrait=True,
    )


def with_management() -> Made:
    """V8: a further table on how the money was managed."""
    form, page = transfer("2023")
    rows = [
        ["分配科学性", "按任务清单因素法分配", "无"],
        ["下达及时性", "收到文件后30日内下达", "无"],
        ["拨付合规性", "按合同和进度拨付", "无"],
        ["使用规范性", "专账核算", "个别凭证附件不全，已补齐"],
        ["执行准确性", "按批复内容执行", "无"],
        ["预算绩效管理情况", "开展运行监控两次", "无"],
        ["支出责任履行情况", "地方配套到位81.41%", "次年预算补足"],
    ]
    form.tables = [("资金管理情况", ["情况说明", "存在问题和改进措施"], rows)]
    first = page.row
    page.beside(1, ("", 2), ("情况说明", 2), ("存在问题和改进措施", 2))
    for name, told, trouble in rows:
        page.beside(1, (name, 2), (told, 2), (trouble, 2))
    page.side("资金管理情况", first)
    goals_beside(page, form.goals[0], "总体目标完成情况", ("总体目标", "全年实际完成情况"), 3)
    indicators(page, form.goals[0], NO_POINTS, "绩效指标")
    return Made(
        "v08-transfer-2023",
        "The same since 2022: seven rows on how the money was managed stand before the goals.",
        [page],
        Expectation([form], report=["猜测：无"]),
        ["xlsx", "ods<xlsx"],
    )


def region() -> Made:
    """V9: what is filed is ticked, budget and execution in one line each."""
    form = Form(
        title="中央专项资金绩效目标自评表",
        year="2021",
        unit="万元",
        header={
            "项目名称": "城镇老旧小区改造补助",
            "填报类型": "□整体 ☑区域 □项目",
            "主管部门": "安平区住房和城乡建设局",
            "实施单位": "安平区城建服务中心",
            "联系人及电话": "罗某 0825-0000000",
        },
        funds=[
            ("资金总额", dict(adjusted="860", executed="817", rate="95%", weight="20", score="19")),
            ("其中：中央补助", dict(adjusted="700", executed="700", rate="100%")),
            ("地方资金", dict(adjusted="160", executed="117", rate="73.1%")),
        ],
        goals=[
            Goal(
                expected="改造老旧小区8个，惠及居民1260户。",
                actual="改造老旧小区8个，惠及居民1275户。",
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    改造小区数 | 8个 | 8个 | 30 | 30
                    {质量指标}
                    工程合格率 | 100% | 100% | 20 | 20
                    [效益指标]
                    {社会效益指标}
                    惠及居民户数 | ≥1260户 | 1275户 | 20 | 20
                    [满意度指标]
                    {服务对象满意度指标}
                    居民满意度 | ≥80% | 78% | 10 | 9.75 | 停车位减少，正与社区协商错时共享。
                    """,
                    "name target actual weight score reason",
                ),
            )
        ],
        total={"weight": "100", "score": "98.75"},
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("指标值", "target"),
        Column("完成值", "actual"),
        Column("分值", "weight"),
        Column("得分", "score"),
        Column("未完成原因和改进措施", "reason"),
    ]
    page = Page(9)
    page.title(form.title)
    page.line("（2021年度）", "center")
    fields = list(form.header.items())
    header(
        page,
        [(*fields[0], 2, 3), (*fields[1], 2, 2)],
        [(*fields[2], 2, 3), (*fields[3], 2, 2)],
        [(*fields[4], 2, 7)],
    )
    funds(
        page,
        form,
        "资金情况\n（万元）",
        ("", 2),
        [("预算数（A）", "adjusted", 1), ("执行数（B）", "executed", 1), ("执行率", "rate", 1), ("分值", "weight", 1), ("得分", "score", 2)],
    )
    goals_beside(page, form.goals[0], "年度目标", ("年初设定目标", "全年完成情况"), 4)
    indicators(page, form.goals[0], columns, "绩效指标")
    total(page, "合计", columns, {"weight": "100", "score": "98.75", "reason": ""}, True)
    return Made(
        "v09-region",
        "A region's share of a central fund: kind of filing ticked in the header, 20 points for the money.",
        [page],
        Expectation([form], report=CLEAN),
        ["xlsx"],
    )


def autonomous() -> Made:
    """V17: the total score stands in the header."""
    form = Form(
        title="自治区专项资金绩效目标自评表",
        year="2022",
        unit="万元",
        header={
            "专项名称": "草原生态修复治理",
            "自治区主管部门": "林业和草原局",
            "专项实施期": "2022年1月-2022年12月",
            "市县财政部门": "盐川县财政局",
            "市县主管部门": "盐川县自然资源局",
        },
        funds=[
            ("年度资金总额", dict(adjusted="1500", executed="1485", rate="99%")),
            ("其中：中央补助", dict(adjusted="0", executed="0")),
            ("自治区补助", dict(adjusted="1200", executed="1200", rate="100%")),
            ("市县资金", dict(adjusted="300", executed="285", rate="95%")),
        ],
        goals=[
            Goal(
                expected="修复退化草原4.5万亩，围栏管护120公里。",
                actual="修复退化草原4.5万亩，围栏管护121公里。",
                sections=sections(
                    """
                    [产出指标]
                    {数量指标}
                    修复退化草原 | 20 | 4.5万亩 | 4.5万亩 | 20
                    围栏长度 | 10 | ≥120公里 | 121公里 | 10
                    {质量指标}
                    植被成活率 | 10 | ≥85% | 82% | 9.6 | 夏季持续干旱，已安排秋季补播。
                    [效益指标]
                    {生态效益指标}
                    草原综合植被盖度 | 40 | ≥56% | 56.7% | 40
                    [满意度指标]
                    {服务对象满意度指标}
                    牧民满意度 | 20 | ≥90% | 92% | 20
                    """,
                    "name weight target actual score reason",
                ),
            )
        ],
        total={"score": "99.6"},
    )
    columns = [
        Column("一级指标", "level1"),
        Column("二级指标", "level2"),
        Column("三级指标", "name"),
        Column("分值", "weight"),
        Column("年度指标值", "target"),
        Column("全年实际值", "actual"),
        Column("得分", "score"),
        Column("未完成原因及改进措施", "reason"),
    ]
    page = Page(9)
    page.title(form.title)
    page.line("（2022年度）", "center")
    fields = list(form.header.items())
    header(
        page,
        [(*fields[0], 2, 3), ("项目总得分", "99.6", 2, 2)],
        [(*fields[1], 2, 3), (*fields[2], 2, 2)],
        [(*fields[3], 2, 3), (*fields[4], 2, 2)],
    )
    funds(
        page,
        form,
        "资金情况（万元）",
        ("", 2),
        [("全年预算数（A）", "adjusted", 2), ("全年执行数（B）", "executed", 2), ("执行率（B/A）", "rate", 2)],
    )
    goals_beside(page, form.goals[0], "年度总体目标", ("年初设定目标", "年度目标完成情况"), 4)
    indicators(page, form.goals[0], columns, "绩效指标")
    return Made(
        "v17-ningxia",
        "A fund of an autonomous region: no points for the money, the total score in the header.",
        [page],
        Expectation([form], report=["猜测：无"]),
        ["docx"],
        portrait=True,
    )


def made() -> list[Made]:
    return [without_points(), with_management(), region(), autonomous()]
