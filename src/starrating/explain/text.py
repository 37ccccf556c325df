"""A story as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from starrating.explain import sums, words
from starrating.explain.model import Chapter, ItemStory, Line, Story
from starrating.explain.wrap import WIDTH, columns, padded, wrapped
from starrating.results.model import TaskRow

_NUMBERS = "一二三四五六七八九十"
_RULE = "─" * (WIDTH // 2)
_AMOUNT = 10
"""Columns of a column of points."""


def story_text(story: Story) -> str:
    """The story as lines of at most some 90 columns, with a newline at the end."""
    lines = [words.title(story), _RULE, *_pairs(words.head(story), "")]
    parts = _one_item(story) if story.item is not None else _whole(story)
    for number, (title, body) in enumerate(parts):
        lines += ["", f"{_NUMBERS[number] if number < len(_NUMBERS) else number + 1}、{title}"]
        lines += body
    return "\n".join(lines) + "\n"


def _whole(story: Story) -> list[tuple[str, list[str]]]:
    parts: list[tuple[str, list[str]]] = []
    several = sum(chapter.subject is not None for chapter in story.chapters) > 1
    for chapter in story.chapters:
        mark = f"（{chapter.book.title}）" if several else ""
        if chapter.subject is not None:
            parts.append((f"结果{mark}", list(_result(story, chapter))))
            parts.append((f"从满分到总分{mark}", list(_waterfall(chapter))))
            parts.append((f"各项得分{mark}", list(_items(chapter, full=False))))
    flags = [line for chapter in story.chapters for line in _flags(chapter, full=False)]
    people = [
        *(line for text in story.corrections for line in wrapped(text, "  · ", "    ")),
        *(line for chapter in story.chapters for line in _people(chapter)),
    ]
    parts.append(("排查建议（供研究，不是认定结论）", flags or ["  无"]))
    parts.append(("整改任务", list(_tasks(story.tasks)) or ["  无"]))
    parts.append(("人工认定（更正、复核、审定）", people or ["  无"]))
    return parts


def _one_item(story: Story) -> list[tuple[str, list[str]]]:
    parts = [
        (f"{item.row.item} {item.row.title}", list(_item(item, full=True, headed=False)))
        for chapter in story.chapters
        for item in chapter.items
    ]
    if story.tasks:
        parts.append(("整改任务", list(_tasks(story.tasks))))
    return parts


# --- result ---------------------------------------------------------------------------------------


def _result(story: Story, chapter: Chapter) -> Iterator[str]:
    assert chapter.subject is not None
    names = story.plan.names(chapter.book.id)
    yield from wrapped(words.outcome(chapter, names), "  ")
    yield from _pairs(words.standing(chapter.subject, names), "  ")
    yield from _pairs([("晋星差距", chapter.distance)] if chapter.distance else [], "  ")
    yield from _pairs(words.open_words(chapter.items), "  ")
    if chapter.way:
        yield "  星级怎么来："
    for number, line in enumerate(chapter.way, 1):
        yield from _line(line, f"  {number}. ", full=False)
    for line in chapter.notes:
        yield from _line(line, "  · ", full=False)


# --- waterfall ------------------------------------------------------------------------------------


def _waterfall(chapter: Chapter) -> Iterator[str]:
    for row in sums.waterfall(chapter):
        yield _row(*row)
    for said in sums.checks(chapter):
        yield from wrapped(said, "  ", "        ")


def _row(label: str, amounts: Iterable[str], note: str) -> str:
    cells = "".join(padded(amount, _AMOUNT, right=True) for amount in amounts)
    line = f"  {padded(label, 36)}{cells}"
    return f"{line}  {note}" if note and columns(line) + 2 + columns(note) <= WIDTH else line


# --- items ----------------------------------------------------------------------------------------


def _items(chapter: Chapter, *, full: bool) -> Iterator[str]:
    for section in chapter.sections:
        yield f"  【{section.title}】"
        for item in section.items:
            yield from _item(item, full=full)
        for line in section.lines:
            yield from _line(line, "  · ", full=full)


def _item(item: ItemStory, *, full: bool, headed: bool = True) -> Iterator[str]:
    name = f"{item.row.item} {item.row.title}：" if headed else ""
    told = [words.item_head(item), words.item_before(item)]
    yield from wrapped(f"{name}{'；'.join(filter(None, told))}", "  ", "    ")
    if full and item.basis:
        yield from wrapped(f"依据：{item.basis}", "    ", "          ")
    for line in item.lines if full else item.told:
        yield from _line(line, "    · ", full=full)
    for row in item.ratings if full else (row for row in item.ratings if row.used):
        yield from wrapped(f"评分：{words.rating(row)}", "      ", "            ")


def _line(line: Line, mark: str, *, full: bool) -> Iterator[str]:
    margin = " " * columns(mark)
    aside = "（已撤销）" if line.set_aside else ""
    yield from wrapped(f"{line.text}{aside}", mark, margin)
    notes = words.line_notes(line, full=full)
    yield from _pairs([*notes, ("明细", line.finding)] if full else notes, margin, colon=True)


# --- flags, tasks, people -------------------------------------------------------------------------


def _flags(chapter: Chapter, *, full: bool) -> Iterator[str]:
    for flag, rule in chapter.flags:
        yield from wrapped(words.flag_head(flag), "  · ", "    ")
        yield from _pairs(words.flag_notes(flag, rule, full=full), "    ", colon=True)


def _tasks(tasks: Iterable[TaskRow]) -> Iterator[str]:
    for number, task in enumerate(tasks, 1):
        mark = f"  {number}. "
        yield from wrapped(words.task_head(task), mark, " " * len(mark))
        yield from _pairs(words.task_notes(task), " " * len(mark), colon=True)


def _people(chapter: Chapter) -> Iterator[str]:
    for line in chapter.people:
        yield from _line(line, "  · ", full=True)
    for line in chapter.set_aside:
        yield from wrapped(f"不再计入 {line.finding}：{line.text}", "  · ", "    ")
    before = words.before_people(chapter)
    if before:
        yield from wrapped(before, "  · ", "    ")


def _pairs(pairs: Iterable[words.Pair], indent: str, *, colon: bool = False) -> Iterator[str]:
    """`name  text` in columns, or `name：text`; texts hang under each other."""
    for name, text in pairs:
        head = f"{name}：" if colon else padded(name, 12)
        yield from wrapped(text, indent + head, indent + " " * columns(head))
