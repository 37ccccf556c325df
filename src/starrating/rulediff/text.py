"""A comparison as text for the screen, as Markdown and as a JSON document."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.rulebook.describe.words import chapter_number
from starrating.rulediff.model import Change, Comparison, Group

HEAD = ("序号", "条款", "变化", "内容")


def title(comparison: Comparison) -> str:
    """`《村（社区）党组织达标创星评分细则》修订对照`."""
    return f"《{comparison.new.title}》修订对照"


def subtitle(comparison: Comparison) -> str:
    """`town-village@2023 → town-village@2024`."""
    return f"{comparison.old.reference} → {comparison.new.reference}"


def counted(comparison: Comparison) -> str:
    """`共 12 处：修改 9，新增 3。`."""
    if comparison.equal:
        return "两个版本的意思相同，没有变化。"
    kinds = "，".join(f"{kind} {count}" for kind, count in comparison.counts.items())
    return f"共 {len(comparison.changes)} 处：{kinds}。"


def chapters(comparison: Comparison) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """The groups that hold something, each with its heading."""
    held = [group for group in Group if comparison.of(group)]
    for place, group in enumerate(held, start=1):
        yield f"{chapter_number(place)}、{group.title}", comparison.of(group)


def to_text(comparison: Comparison) -> str:
    """Lines for the screen."""
    lines = [title(comparison), subtitle(comparison), counted(comparison)]
    for head, changes in chapters(comparison):
        lines += ["", f"{head}（{len(changes)} 处）"]
        lines += [f"  {n}. {change.sentence}。" for n, change in enumerate(changes, start=1)]
    return "\n".join(lines) + "\n"


def to_markdown(comparison: Comparison) -> str:
    """The same as Markdown, a table for each group."""
    lines = [f"# {title(comparison)}", "", subtitle(comparison), "", counted(comparison)]
    for head, changes in chapters(comparison):
        lines += ["", f"## {head}", "", f"| {' | '.join(HEAD)} |", "|---|---|---|---|"]
        lines += [
            f"| {' | '.join(_safe(cell) for cell in row(n, change))} |"
            for n, change in enumerate(changes, start=1)
        ]
    return "\n".join(lines) + "\n"


def row(number: int, change: Change) -> tuple[str, str, str, str]:
    """A change as a row of a table, under `HEAD`."""
    return str(number), change.place or "全文", change.kind, f"{change.text}。"


def _safe(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", "<br>")
