"""One rulebook as `rules show` tells it: measures, items, stars, judgements, with their places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli._terminal import columns

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.faults import Fault
    from starrating.origin import Origin
    from starrating.rulebook.model import AtMost, Item, Judgement, Rulebook, Section, Star
    from starrating.rulebook.versions import Head, Shelf

_MEASURES = {
    "count": "计数",
    "distinct": "去重计数",
    "sum": "合计",
    "average": "平均",
    "min": "最小",
    "max": "最大",
    "latest": "最近一次",
    "share": "占比",
    "ratio": "比率",
    "missing": "缺的期数",
    "short": "少的次数",
    "longest_gap": "最长间隔",
    "late": "逾期",
    "field": "名册栏目",
    "value": "算式",
    "rank": "名次",
    "best": "与最优之比",
    "review": "以往评定",
    "subordinates": "下级汇总",
    "group": "同组汇总",
}
_SECTIONS = {"base": "", "bonus": "加分", "deduction": "扣分"}


def find_head(
    shelf: Shelf, book: str, version: str | None
) -> tuple[Head | None, tuple[Fault, ...]]:
    """Find the version meant by `book` and `version`; without one, the only version there is.

    Several are a usage error that lists them.
    """
    from starrating.faults import few
    from starrating.origin import Origin
    from starrating.rulebook.suggest import did_you_mean
    from starrating.rulebook.versioncodes import VERSIONS

    at, versions = Origin(shelf.folder), shelf.of(book)
    known = "；".join(head.reference for head in versions)
    if not shelf.heads:
        return None, shelf.faults
    if not versions:
        hint = did_you_mean(book, shelf.ids(), f"现有：{few(shelf.ids())}")
        return None, (VERSIONS.fault("R410", at, id=book, hint=hint),)
    if version is None:
        if len(versions) == 1:
            return versions[0], ()
        raise click.UsageError(f"{book} 有 {len(versions)} 个版本，请写明是哪一个：{known}")
    head = shelf.find(book, version)
    if head is None:
        return None, (VERSIONS.fault("R411", at, id=book, version=version, known=known),)
    return head, ()


def rulebook_lines(book: Rulebook) -> list[str]:
    """Tell the rulebook in short, in Chinese, every part with file and line."""
    lines = [f"{book.reference}《{book.title}》", *_facts(book)]
    if book.measures:
        lines += ["", f"指标 {len(book.measures)} 个"]
        lines += columns(
            (name, _MEASURES[measure.form], measure.sheet or "", _line(measure.origin))
            for name, measure in book.measures.items()
        )
    count = sum(1 for _ in book.items())
    if count:
        lines += ["", f"项目 {count} 项"]
        for section in book.sections:
            lines += _section(section)
    if book.stars:
        lines += ["", "星级", *columns(map(_star, book.bands()))]
    if book.judgements:
        lines += ["", f"判定 {len(book.judgements)} 条", *columns(map(_judgement, book.judgements))]
    return lines


def rulebook_document(book: Rulebook) -> dict[str, Json]:
    """Make a JSON object of the same; numbers as texts."""
    return {
        "id": book.id,
        "version": book.version,
        "title": book.title,
        "from": book.in_force.from_.isoformat(),
        "until": _day(book.in_force.until),
        "extends": f"{book.extends.id}@{book.extends.version}" if book.extends else None,
        "library": book.library,
        "measures": [
            {"name": name, "kind": measure.form, "sheet": measure.sheet,
             "place": str(measure.origin)}
            for name, measure in book.measures.items()
        ],
        "sections": [
            {"title": section.title, "kind": section.kind, "points": _number(section.points),
             "items": [_item_document(item) for item in section.items]}
            for section in book.sections
        ],
        "stars": [
            {"star": star.star, "from": _number(star.from_), "place": str(star.origin)}
            for star in book.bands()
        ],
        "judgements": [
            {"id": judgement.id, "title": judgement.title, "place": str(judgement.origin)}
            for judgement in book.judgements
        ],
    }  # fmt: skip


def _item_document(item: Item) -> dict[str, Json]:
    return {
        "id": item.id,
        "title": item.title,
        "points": _number(item.points),
        "clauses": len(item.clauses),
        "place": str(item.origin),
    }


def _facts(book: Rulebook) -> list[str]:
    issued, force = book.issued, book.in_force
    by = [issued.by, issued.document, str(issued.date or "")] if issued else []
    facts = [
        ("文件", book.origin.file),
        ("发布", " ".join(word for word in by if word)),
        ("施行", f"{force.from_} 起" + (f"至 {force.until}" if force.until else "长期")),
        ("继承", f"{book.extends.id}@{book.extends.version}" if book.extends else ""),
        ("用途", "供其他规则引用" if book.library else "评星" if book.stars else "只作排查"),
    ]
    return columns(fact for fact in facts if fact[1])


def _section(section: Section) -> list[str]:
    kind = _SECTIONS[section.kind]
    points = f"{_number(section.points)} 分" if section.points is not None else ""
    head = "，".join(word for word in (kind, points) if word)
    lines = [f"  {section.title}" + f"（{head}）" * bool(head)]
    return lines + columns(
        (
            (
                item.id,
                item.title,
                f"{_number(item.points)} 分" if item.points is not None else "",
                f"{len(item.clauses)} 条",
                _line(item.origin),
            )
            for item in section.items
        ),
        indent="    ",
        right="2",
    )


def _star(star: Star) -> tuple[str, str, str, str]:
    from starrating.report.words import star_word

    further = [
        "另有条件" * (star.requires is not None),
        _quota(star.at_most) if star.at_most else "",
        f"由{star.named_by}命名" if star.named_by else "",
    ]
    words = "，".join(word for word in further if word)
    return (
        star.name or star_word(star.star),
        f"{_number(star.from_)} 分起",
        words,
        _line(star.origin),
    )


def _quota(limit: AtMost) -> str:
    among = f"{limit.among}内" if limit.among else ""
    if limit.share is not None:
        return f"{among}名额 {_number(limit.share * 100)}%"
    return f"{among}名额 {limit.number} 个"


def _judgement(judgement: Judgement) -> tuple[str, str, str]:
    then = judgement.then
    title = judgement.title or then.case or then.flag or then.task or then.deny or ""
    return judgement.id, title, _line(judgement.origin)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _line(origin: Origin) -> str:
    return f"{origin.file}:{origin.line}" if origin.line else origin.file


def _number(value: Fraction | None) -> str | None:
    """Print an exact number of at most 4 decimals, without needless zeros."""
    if value is None:
        return None
    whole, rest = divmod(abs(value) * 10_000, 10_000)
    digits = f"{int(rest):04d}".rstrip("0")
    return f"{'-' * (value < 0)}{int(whole)}" + f".{digits}" * bool(digits)


def merged_table(lines: Iterable[tuple[str, Origin]]) -> list[str]:
    """The lines of a merged book, each with its place behind it."""
    return columns(((text, _line(at)) for text, at in lines), indent="")
