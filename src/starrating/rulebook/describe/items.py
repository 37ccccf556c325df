"""Sections and items: the scoring table, one row for each printed item, joined by its id."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from starrating.number import plain
from starrating.rulebook.describe.clauses import Scene, clause_text
from starrating.rulebook.describe.conditions import when
from starrating.rulebook.describe.model import Chapter, Row, Table
from starrating.rulebook.describe.words import percent, points, sentence
from starrating.rulebook.fields import Mean, Raters
from starrating.rulebook.model import Item, Rulebook, Section

HEAD = ("项目", "内容", "分值", "评分标准", "依据")
WIDTHS = (26, 34, 16, 128, 53)
_TITLES = {"base": "评分标准", "bonus": "加分", "deduction": "减分"}
_POLICY = {"full": "给满分", "leave_out": "不计入，按比例折算", "zero": "记零分"}


def score_chapters(book: Rulebook) -> Iterator[Chapter]:
    """评分标准, 加分 and 减分, each a table."""
    for kind, title in _TITLES.items():
        sections = [section for section in book.sections if section.kind == kind]
        rows = tuple(row for section in sections for row in _rows(book, section))
        if sections:
            yield Chapter(title, table=Table(HEAD, WIDTHS, rows, joined=True, centred=(0, 1, 2)))


def _rows(book: Rulebook, section: Section) -> Iterator[Row]:
    head = "\n".join((_heading(section), *section_notes(book, section)))
    for item in section.items:
        scene = Scene(book, section, item)
        cells = (
            head,
            f"{item.id}\n{item.title}",
            _worth(section, item),
            criteria(scene),
            basis(item),
        )
        yield Row(cells, item.id)
    if not section.items:
        yield Row((head, "", "", "", ""))


def _heading(section: Section) -> str:
    return (
        section.title
        if section.points is None
        else f"{section.title}\n（{points(section.points)}）"
    )


def section_notes(book: Rulebook, section: Section) -> tuple[str, ...]:
    """What holds for a whole section: limits, weight, scale, when it applies."""
    said = (
        ("最多{}", section.cap),
        ("最低{}", section.floor),
        ("折合{}", section.scale_to),
    )
    notes = [pattern.format(points(value)) for pattern, value in said if value is not None]
    if section.clamp:
        most = f"{points(section.points)}至" if section.points is not None else ""
        notes.append(f"得分限于{most}0分")
    if section.weight is not None:
        notes.append(f"按{percent(section.weight)}计")
    if section.applies_when is not None:
        notes.append(f"限{when(book, section.applies_when)}的，其余不计入")
    return tuple(notes)


def _worth(section: Section, item: Item) -> str:
    if item.points is not None:
        return plain(item.points)
    return {"bonus": "加分", "deduction": "减分", "base": "—"}[section.kind]


def criteria(scene: Scene) -> str:
    """The 评分标准 of one item: a line for each clause, and what holds for the whole item."""
    lines = [clause_text(scene, clause) for clause in scene.item.clauses]
    marks = len(lines) > 1
    said = [f"{n}．{line}。" if marks else f"{line}。" for n, line in enumerate(lines, start=1)]
    return "\n".join((*said, *_item_notes(scene), *_variants(scene))) or "—"


def _variants(scene: Scene) -> Iterator[str]:
    """How the item reads for others: a line for each variant, with all that it says."""
    variants = scene.item.variants
    for name, variant in variants.named() if variants is not None else ():
        other = Scene(scene.book, scene.section, scene.item.as_variant(variant))
        assert variants is not None
        heads = [f"{variants.by}为{name}的" if variant is not variants.otherwise else "其余的"]
        if variant.title is not None:
            heads.append(f"评“{variant.title}”")
        if variant.points is not None:
            heads.append(f"共{points(variant.points)}")
        if variant.basis is not None:
            heads.append(f"依据{variant.basis}")
        yield f"{'，'.join(heads)}：\n{criteria(other)}"


def _item_notes(scene: Scene) -> Iterator[str]:
    item = scene.item
    notes = []
    if item.starts_at is not None:
        notes.append("从满分起扣" if item.starts_at == "full" else "从零分起计")
    notes += _limits(item.floor, item.cap)
    if item.applies_when is not None:
        notes.append(f"适用于{when(scene.book, item.applies_when)}的")
    policy = item.not_applicable
    if policy is None and item.applies_when is not None:
        policy = scene.book.defaults.not_applicable
    if policy is not None and scene.section.kind == "base":
        notes.append(f"不适用的{_POLICY[policy]}")
    if item.self_scored and not all_self_scored(scene.book):
        notes.append("本项须自评")
    if item.raters is not None:
        notes.append(f"评分{counted(item.raters)}")
    if notes:
        yield f"（{sentence(notes, '，')[:-1]}）"


def counted(raters: Raters) -> str:
    """Whose figure counts: 以复核为准，没有的看初评."""
    if isinstance(raters, Mean):
        return f"取{'、'.join(raters.of)}的平均"
    first, *rest = raters
    return f"以{first}为准{''.join(f'，没有的看{each}' for each in rest)}"


def all_self_scored(book: Rulebook) -> bool:
    """Whether every item has a column for the unit's own score: then it is said once."""
    return all(item.self_scored for section in book.sections for item in section.items)


def _limits(floor: Fraction | None, cap: Fraction | None) -> list[str]:
    notes = [f"本项最多{points(cap)}"] if cap is not None else []
    if floor is not None:
        notes.append(f"可倒扣，最低{points(floor)}" if floor < 0 else f"本项最低{points(floor)}")
    return notes


def basis(item: Item) -> str:
    """The 依据 of an item and of those clauses that have their own."""
    own = [item.basis] if item.basis is not None else []
    own += [
        f"第{number}条：{clause.basis}"
        for number, clause in item.every_clause()
        if clause.basis is not None
    ]
    return "\n".join(own)
