"""总则 and 说明: what holds for the whole rulebook."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.rulebook.describe.conditions import when
from starrating.rulebook.describe.items import all_self_scored, counted
from starrating.rulebook.describe.model import Chapter
from starrating.rulebook.describe.words import day_word
from starrating.rulebook.model import Rulebook

_PERIODS = {"year": "每年", "half": "每半年", "quarter": "每季度", "month": "每月"}
_POLICY = {"full": "给满分", "leave_out": "不计入，按比例折算", "zero": "记零分"}
_ELEMENTS = {"present": "视为具备", "lacking": "视为缺少"}


def subtitle(book: Rulebook) -> str:
    """`镇党委 〔2024〕5号 2024年1月20日`, as far as it is known."""
    if book.issued is None:
        return ""
    day = day_word(book.issued.date) if book.issued.date is not None else None
    return "　".join(filter(None, (book.issued.by, book.issued.document, day)))


def general_chapter(book: Rulebook) -> Chapter:
    """总则: scope, period, force, what it rests on."""
    return Chapter("总则", tuple(_general(book)))


def _general(book: Rulebook) -> Iterator[str]:
    if book.subjects.where is not None:
        yield f"适用范围：{when(book, book.subjects.where)}的党组织。"
    if book.subjects.rated_when is not None:
        told = when(book, book.subjects.rated_when)
        yield f"参加定星：{told}的；其余只计分，不定星。"
    yield f"考核周期：{_PERIODS.get(book.period, book.period)}。"
    if book.terms:
        spans = "；".join(f"{n}（{t.from_}至{t.until}）" for n, t in book.terms.items())
        yield f"时段：{spans}。"
    until = book.in_force.until
    end = f"至{day_word(until)}" if until is not None else ""
    yield f"施行：自{day_word(book.in_force.from_)}起{end}施行。"
    yield f"规则编号：{book.id}，版本{book.version}。"
    if book.second_person:
        named = "、".join(book.second_person)
        yield f"{named}的审定结果须有第二人复核（复核人），没有的不采用。"
    if book.extends is not None:
        yield f"上级规则：{book.extends.id}（{book.extends.version}），其内容已并入本说明。"
    if book.continues is not None:
        yield f"接续：{book.continues}。"


def scoring_chapter(book: Rulebook) -> Chapter:
    """计分说明: what the scoring tables take for granted."""
    return Chapter("计分说明", tuple(_scoring(book)) if book.sections else ())


def _scoring(book: Rulebook) -> Iterator[str]:
    if any(item.points is not None for _, item in book.items()):
        yield "各项目得分以分值为限，扣完为止；另有注明的，从其注明。"
    bare = [each for each in book.sections if each.kind == "base" and each.points is not None]
    if any(item.points is None for section in bare for item in section.items):
        yield "没有列分值的项目，直接在本部分的分值中加减。"
    if all_self_scored(book):
        yield "各项目均须自评，自评分只作记录。"
    if book.raters:
        yield f"由评分人给分的，{counted(book.raters)}；其他人的评分只作参考。"
    if book.checks.unrecorded == "not_found":
        yield "到场检查过的单位，没有记下的扣分情形视为没有发现。"
    if book.checks.unrecorded_elements != "unknown":
        yield f"到场检查过的单位，清单中没有记下的要素{_ELEMENTS[book.checks.unrecorded_elements]}。"
    if book.checks.count:
        yield f"按数量累计的检查项目：{'、'.join(book.checks.count)}；其余以最近一次检查为准。"
    if book.defaults.not_applicable is not None:
        yield f"不适用的项目{_POLICY[book.defaults.not_applicable]}，项目另有注明的除外。"
