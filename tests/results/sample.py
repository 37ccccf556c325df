"""A hand-made review of a town: 30 organisations under one rulebook with stars and one that screens."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from starrating.faults import Fault, Level
from starrating.origin import Origin
from starrating.results.model import (
    FindingRow,
    FlagRow,
    Heading,
    ItemHead,
    ItemRow,
    Pending,
    ProblemRow,
    RatingRow,
    Results,
    RulebookHead,
    SubjectRow,
    TaskRow,
    UnusedRow,
)

BOOK, SCREEN = "town-village", "weak-and-lax"
RULE = "town-village/2023.yaml"

SECTIONS = (
    ("组织建设", ("班子配备", "按期换届", "制度建设", "责任落实", "党务公开")),
    (
        "组织生活",
        ("党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会和民主评议党员"),
    ),
    ("党员队伍", ("发展党员", "党费收缴", "流动党员管理", "教育培训")),
    ("活动场所", ("标识规范", "制度上墙", "功能布局", "远程教育设备")),
    ("服务与集体经济", ("便民服务", "集体经济收入", "矛盾化解", "问题整改")),
    ("加分项", ("表彰奖励", "创新做法")),
)
POINTS = {"组织建设": 4, "组织生活": 5, "党员队伍": 5, "活动场所": 5, "服务与集体经济": "2.5"}
VILLAGES = (
    "东庄", "西庄", "南湾", "北湾", "大王庄", "小王庄", "柳树屯", "杨家洼", "石桥", "新丰",
    "青山", "白云", "红旗", "前进", "和平", "光明", "团结", "永安", "太平", "长胜",
    "双河", "三岔口", "四方台", "五里堡", "六合", "七星", "八里营", "九龙", "十里铺", "百花",
)  # fmt: skip


EDGES = ((5, Decimal("96.5")), (4, Decimal(95)), (3, Decimal(90)), (2, Decimal(62)))


def item_heads() -> Iterator[ItemHead]:
    for number, (section, titles) in enumerate(SECTIONS, 1):
        points = POINTS.get(section)
        for at, title in enumerate(titles, 1):
            yield ItemHead(
                BOOK,
                f"{number}.{at}",
                title,
                section,
                None if points is None else Decimal(points),
                "支部工作条例第十一条" if section == "组织生活" else None,
            )


HEADS = tuple(item_heads())


def code(at: int) -> str:
    return f"{at + 1:04d}"


def name(at: int) -> str:
    return f"{VILLAGES[at]}{'社区' if at >= 27 else '村'}党支部"


def town(at: int) -> str | None:
    return ("青山镇", "白云镇", "红旗乡", "和平街道")[at % 4] if at != 29 else None


def lost(at: int, head: ItemHead, number: int) -> Decimal:
    """Points the organisation `at` loses on an item: a fixed pattern, nothing random."""
    if head.points is None:
        return Decimal(0)
    return min(head.points, Decimal("0.5") * ((at * 7 + number * 5) % 11 // 7 + (at % 9 == 8) * 3))


def states(at: int, head: ItemHead) -> str:
    if head.id == "2.2" and at % 3 == 0:
        return "not_applicable"
    if head.id == "3.2" and at in {4, 11}:
        return "no_data"
    if head.id == "6.2" and at in {6, 13}:
        return "awaiting_person"
    return "scored"


def scores(at: int, head: ItemHead, number: int) -> tuple[Decimal, Decimal]:
    state = states(at, head)
    if state == "no_data":
        return Decimal(0), Decimal(5)
    if state == "awaiting_person":
        return Decimal(0), Decimal(2)
    if head.points is None:
        return (Decimal(at % 4 == 1), Decimal(at % 4 == 1))
    if state == "not_applicable":
        return head.points, head.points
    if head.id == "2.4" and at == 3:
        return Decimal("4.3333"), Decimal("4.3333")
    score = head.points - lost(at, head, number)
    return score, score


def item_rows(at: int) -> Iterator[ItemRow]:
    for number, head in enumerate(HEADS):
        low, high = scores(at, head, number)
        yield ItemRow(BOOK, code(at), head.id, head.title, head.points, low, high, states(at, head))


def finding_rows(at: int) -> Iterator[FindingRow]:
    cell = f"inspection.xlsx!组织生活!C{at + 4}"
    for number, head in enumerate(HEADS):
        points = lost(at, head, number)
        if head.points is not None:
            yield FindingRow(
                f"{code(at)}-{head.id}-0", BOOK, code(at), head.id, None, "base", None, head.points,
                None, False, f"{RULE}:{40 + number}", None, "F001", f"起评分{head.points}分。",
            )  # fmt: skip
        if points and states(at, head) == "scored":
            yield FindingRow(
                f"{code(at)}-{head.id}-1", BOOK, code(at), head.id, "1", "clause", points * 2,
                -points, '{"units":["2023Q3"]}', at == 2 and head.id == "1.1",
                f"{RULE}:{41 + number}", cell, "F010",
                f"{head.title}：缺{points * 2}次，每次扣0.5分，扣{points}分（缺2023年第三季度；"
                "另有1条记录因状态为“作废”未计入）。",
            )  # fmt: skip
    if at in {8, 17}:
        yield FindingRow(
            f"{code(at)}-judgement-cap", BOOK, code(at), None, None, "cap", Decimal(3), None, None, False,
            f"{RULE}:160", "inspection.xlsx!负面情形!B3", "F040", "存在限制情形“班子不团结”，最高评三星。",
        )  # fmt: skip


def subject(at: int) -> SubjectRow:
    low = sum((scores(at, head, n)[0] for n, head in enumerate(HEADS)), Decimal(0))
    high = sum((scores(at, head, n)[1] for n, head in enumerate(HEADS)), Decimal(0))
    rated = at not in {9, 22}
    star = next((s for s, edge in EDGES if low >= edge), 0)
    star_high = next((s for s, edge in EDGES if high >= edge), 0)
    tie = at in {14, 15}
    star_high = min(5, star + 1) if tie and star < 5 else star_high
    state = "not_rated" if not rated else "undecided" if tie else "determined"
    if state == "determined" and star != star_high:
        state = "provisional"
    reasons = {
        9: "2023年9月新成立，不满一年，本年度不参评",
        22: "列入撤并计划",
        14: "与百花社区等2个党组织同分，名额余1个，并列待定",
        8: "存在限制情形“班子不团结”，最高评三星；上年度为四星",
        0: "经镇党委会研究审定（〔2024〕6号），由五星调整为四星：年内有1名党员受到党纪处分",
    }
    return SubjectRow(
        BOOK, code(at), name(at), "党支部", town(at), f"{town(at)}党委" if town(at) else None, rated,
        low.quantize(Decimal("0.01")), high.quantize(Decimal("0.01")), star,
        star if rated else None, star_high if rated else None, star if rated else None, state,
        at == 1, at == 26, None if at == 10 else 3 + at % 3,
        "四星" if at == 0 else None, "4" if at == 0 else None, reasons.get(at),
    )  # fmt: skip


def task_row(at: int) -> TaskRow:
    return TaskRow(
        f"2023-{BOOK}-{code(at)}-2.1", code(at), "2.1", "2023年第三季度未召开党员大会",
        f"{code(at)}-2.1-1", "补开党员大会，完善会议记录；建立年度组织生活计划，按季度对照检查，"
        "由包村干部到会指导", "党支部书记" if at % 2 else None,
        "立行立改" if at % 5 == 0 else "限期整改", date(2024, 1, 22),
        None if at % 7 == 6 else "30日内" if at % 7 == 5 else f"2024-02-{at % 28 + 1:02d}",
        "整改中" if at % 3 else "未到期", f"2022-{BOOK}-{code(at)}-2.1" if at == 5 else None, at == 5,
    )  # fmt: skip


def problem(at: int) -> ProblemRow:
    values = {
        "问题编号": f"W{at + 1:03d}", "党组织": code(at),
        "问题内容": "党员活动室被挤占，堆放杂物，远程教育设备长期未开机；部分会议记录无签到表，存在事后补记现象",
        "问题类别": "活动场所", "严重程度": "一般", "问题来源": "专项督查",
        "发现日期": f"2023-0{at % 9 + 1}-15", "是否通报": "是" if at % 2 else "否",
        "整改措施": "清理腾退，建立开放登记制度", "责任人": "党支部书记",
        "整改时限": "2023-12-31", "整改情况": "已完成", "完成日期": "2023-12-20",
    }  # fmt: skip
    return ProblemRow(
        values["问题编号"], code(at), name(at), values, f"inspection.xlsx!问题清单!A{at + 2}"
    )


def fault(number: int) -> Fault:
    codes = (
        ("D201", Level.ERROR, "日期“2023年13月5日”不是有效日期", "请改为如 2023-12-05 的日期"),
        (
            "D305",
            Level.WARNING,
            "党组织“东庄支部”与名册不一致，最接近的是“东庄村党支部”",
            "请改为全称或代码",
        ),
        ("D410", Level.HINT, "两次会议的记录文字完全相同", "请核对是否为同一次会议"),
    )
    chosen = codes[number % 3]
    return Fault(*chosen, Origin("inspection.xlsx", sheet="组织生活", cell=f"B{number + 4}"))


HEADING = Heading(
    title="清河县2023年度农村党支部达标创星评定",
    period="2023",
    period_from=date(2023, 1, 1),
    period_until=date(2023, 12, 31),
    cut_off=date(2024, 1, 15),
    stage="初评",
    level="县级",
    issued=date(2024, 1, 22),
    office={"name": "清河县委组织部"},
)

RULEBOOKS = (
    RulebookHead(
        BOOK, "2023", "村（社区）党组织达标创星评分细则",
        "评定周期2023-01-01至2023-12-31在该版本有效期内；评定方案指定", RULE, True,
        ((5, "五星级"), (4, "四星级"), (3, "三星级"), (2, None)), ((5, "县委组织部"),),
    ),
    RulebookHead(
        SCREEN, "2023", "软弱涣散基层党组织排查标准", "评定方案指定", "weak-and-lax/2023.yaml", False
    ),
)  # fmt: skip


def results(count: int = 30, **changes: object) -> Results:
    """The sample with its first `count` organisations; `changes` replace fields of Results."""
    whole = range(count)
    screened = [
        SubjectRow(
            SCREEN, code(at), name(at), "党支部", town(at), None, False, None, None, None, None,
            None, None, "not_rated", False, False, None, None, None, None,
        )
        for at in whole
    ]  # fmt: skip
    fields: dict[str, object] = {
        "heading": HEADING,
        "rulebooks": RULEBOOKS,
        "item_heads": HEADS,
        "subjects": tuple(
            row for at in whole for row in (subject(at), screened[at])
        ),
        "items": tuple(row for at in whole for row in item_rows(at)),
        "findings": tuple(row for at in whole for row in finding_rows(at)),
        "tasks": tuple(task_row(at) for at in whole),
        "flags": (
            FlagRow(SCREEN, "0009", "软弱涣散", "班子不团结", "proposed",
                    "inspection.xlsx!负面情形!B3：2023-06-01 县纪委转来，已核实", None),
            FlagRow(SCREEN, "0018", "软弱涣散", "书记空缺三个月以上", "possible",
                    "书记空缺起始日期 2023-10-08", "未提供书记到任日期，无法确认是否已补配"),
        ),
        "ratings": tuple(
            RatingRow(BOOK, code(at), "6.2", rater, "张三", str(at % 3), "做法在全县推广",
                      date(2024, 1, 10), rater == "复核")
            for at in whole if at % 6 == 1 for rater in ("初评", "复核")
        ),
        "faults": tuple(fault(number) for number in range(min(12, count))),
        "pending": (
            Pending("0015", name(14), "并列", "五星名额", "与“光明村党支部”同为 88.50 分，余名额1个",
                    "四至五星"),
            Pending("0005", name(4), "缺数据", "3.2 党费收缴", "未提供“党费收缴”检查记录", "得分0–5分"),
        ),
        "unused": (UnusedRow("inspection.xlsx", "党组织", "联系电话", 30),),
        "problems": tuple(problem(at) for at in whole if at % 3 == 0),
        "decisions": (
            {"党组织": "0001", "审定事项": "星级", "结果": "四星", "理由": "年内有1名党员受到党纪处分",
             "审定机关": "清河县委组织部部务会", "文号": "〔2024〕6号", "日期": "2024-01-20", "复核人": "李四"},
        ),
    }  # fmt: skip
    alone = Results(**fields)
    return replace(alone, **{"computed": alone, **changes})


EMPTY = Results(HEADING, (), (), (), (), (), (), (), (), ())
"""A review that found nothing at all."""
